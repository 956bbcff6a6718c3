//! Postings: one post of a digest, or one post made by hand, on its way to a channel exactly once.
//!
//! ```text
//! due ──claim──> claimed ──begin_sending──> sending ──record──> recorded ──> removed
//!  └─ asked (waits for a moderator)            └─ fail ──> failed         skipped: left out
//! ```
//! `sending` is saved before Discord is called: after a crash, a posting in that state may or may not have arrived, and has
//! to be looked for by its nonce before it is sent again. A claim is a lease: when its owner dies, another takes over.
//! Knows the states, not how a message is sent.

use std::time::Duration;

use jiff::Timestamp;

use crate::store::columns::from_row;
use crate::store::columns::{clean, words};
use crate::store::{
    ChannelId, MessageId, Moment, Result, ServerId, ServerRoleId, Store, UserId, audit, change,
    count, step, transaction,
};

words! {
    /// Where a posting stands.
    State {
        /// Waits for its time or for a free hand.
        Due = "due",
        /// Waits for a moderator to say whether it is to be posted late.
        Asked = "asked",
        /// Somebody prepares it; nothing has been sent.
        Claimed = "claimed",
        /// Handed to Discord; whether it arrived is not known yet.
        Sending = "sending",
        /// It stands in the channel, and its message is known.
        Recorded = "recorded",
        /// It will not be posted; the reason says why.
        Failed = "failed",
        /// Left out; the reason says why.
        Skipped = "skipped",
        /// It was posted, and a moderator has removed it since.
        Removed = "removed",
    }
}

/// One post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Its number.
    pub id: i64,
    /// Its server.
    pub server: ServerId,
    /// The digest that it belongs to; `None` for a post made by hand.
    pub digest: Option<i64>,
    /// Where it goes.
    pub channel: ChannelId,
    /// What it is about, as `digest` writes it.
    pub topic: String,
    /// How it is written.
    pub style: String,
    /// The one role that it mentions.
    pub mention_role: Option<ServerRoleId>,
    /// Sent to Discord as an enforced nonce; at most 25 characters.
    pub nonce: String,
    /// When it is due.
    pub due_at: Moment,
    /// Where it stands.
    pub state: State,
    /// Who claimed it.
    pub owner: Option<String>,
    /// Until when the claim holds.
    pub lease_until: Option<Moment>,
    /// How often it was claimed.
    pub attempts: i64,
    /// What is posted, as `digest` writes it; empty until it is composed, and then the same for every attempt.
    pub body: String,
    /// What the digest is to remember once this is posted.
    pub memory_after: Option<String>,
    /// The message, once it is known.
    pub message: Option<MessageId>,
    /// Why it failed, was left out, or is asked about.
    pub reason: Option<String>,
    /// Whether moderators know of the failure or question.
    pub told: bool,
    /// Who made it or its digest.
    pub created_by: UserId,
    /// When it was planned.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}
from_row!(Posting { id, server, digest, channel, topic, style, mention_role, nonce, due_at, owner, lease_until, attempts, body, memory_after, message, reason, told, created_by, created_at, updated_at; state });

/// How a due digest goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan<'a> {
    /// Post it.
    Post,
    /// Ask the moderators, who see the reason.
    Ask(&'a str),
    /// Leave it out, for this reason.
    Skip(&'a str),
}

/// A posting that Discord holds back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold<'a> {
    /// Until when.
    pub until: Timestamp,
    /// What Discord said.
    pub reason: &'a str,
    /// Whether it may have arrived all the same, and has to be looked for.
    pub in_doubt: bool,
    /// Whether moderators are to be told ([`Store::untold`]).
    pub tell: bool,
}

/// A post made by hand: composed already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manual<'a> {
    /// Where it goes.
    pub channel: ChannelId,
    /// What it is about.
    pub topic: &'a str,
    /// How it is written.
    pub style: &'a str,
    /// The one role that it mentions.
    pub mention_role: Option<ServerRoleId>,
    /// What is posted.
    pub body: &'a str,
    /// Names the moderator's click, so that a click that arrives twice posts once; at most 25 characters.
    pub nonce: &'a str,
}

const CLAIM_SQLITE: &str = "UPDATE postings SET state = CASE state WHEN 'sending' THEN 'sending' ELSE 'claimed' END, owner = $2, \
    lease_until = $3, attempts = attempts + 1, updated_at = $1 WHERE id = (SELECT id FROM postings WHERE \
    ((state = 'due' AND due_at <= $1) OR (state IN ('claimed', 'sending') AND lease_until <= $1)) \
    AND server NOT IN (SELECT server FROM removals) ORDER BY due_at, id LIMIT 1) RETURNING *";
const CLAIM_POSTGRES: &str = "UPDATE postings SET state = CASE state WHEN 'sending' THEN 'sending' ELSE 'claimed' END, owner = $2, \
    lease_until = $3, attempts = attempts + 1, updated_at = $1 WHERE id = (SELECT id FROM postings WHERE \
    ((state = 'due' AND due_at <= $1) OR (state IN ('claimed', 'sending') AND lease_until <= $1)) \
    AND server NOT IN (SELECT server FROM removals) ORDER BY due_at, id LIMIT 1 \
    FOR UPDATE SKIP LOCKED) RETURNING *";

/// Names what a digest missed since it was due: planned twice, it has the same name. The digest's server and the moment in
/// which it was made stand in it, as its number may have been another digest's before a restore. At most 25 characters.
fn occurrence(server: ServerId, digest: i64, made: Moment, due: Moment) -> String {
    let whose = crc32fast::hash(format!("{server} {made:?}").as_bytes());
    format!(
        "{:x}.{:x}.{whose:08x}",
        digest & 0xfff_ffff,
        due.timestamp().as_second() & 0xffff_ffff
    )
}

impl Store {
    /// Turns what a digest has missed since it was due at `due` into one posting, that of its `last` occurrence, and sets when
    /// the digest is due next; a digest that never is again is over. `false` when the digest is no longer due then: another replica was faster, or a moderator
    /// changed it.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn plan(
        &self,
        digest: i64,
        due: Moment,
        last: Timestamp,
        plan: Plan<'_>,
        next_due: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool> {
        let (state, reason, told) = match plan {
            Plan::Post => (State::Due, None, true),
            Plan::Ask(reason) => (State::Asked, Some(reason), false),
            Plan::Skip(reason) => (State::Skipped, Some(reason), true),
        };
        let planned = transaction!(self, tx => {
            let query = sqlx::query_as(
                "UPDATE digests SET next_due = $3, ended_at = CASE WHEN CAST($3 AS BIGINT) IS NULL THEN $4 ELSE ended_at END, \
                 updated_at = $4 WHERE id = $1 AND next_due = $2 AND paused IS NULL AND ended_at IS NULL \
                 RETURNING server, created_at",
            )
            .bind(digest)
            .bind(due)
            .bind(next_due.map(Moment::from))
            .bind(Moment::from(now));
            let found: Option<(ServerId, Moment)> = step!(self, tx, query, fetch_optional);
            if let Some((server, made)) = found {
                let query = sqlx::query(
                    "INSERT INTO postings (server, digest, channel, topic, style, mention_role, nonce, due_at, state, attempts, body, \
                     reason, told, created_by, created_at, updated_at) SELECT server, id, channel, topic, style, mention_role, $2, $3, \
                     $4, 0, '', $5, $6, created_by, $7, $7 FROM digests WHERE id = $1 ON CONFLICT (nonce) DO NOTHING",
                )
                .bind(digest)
                .bind(occurrence(server, digest, made, due))
                .bind(Moment::from(last))
                .bind(state.word())
                .bind(reason)
                .bind(told)
                .bind(Moment::from(now));
                step!(self, tx, query, execute);
            }
            found.is_some()
        });
        Ok(planned)
    }

    /// Makes a post by hand that is due at once, and removes the draft that it came from. Gives its number, and the same
    /// number again when the same click arrives twice.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn post_now(
        &self,
        server: ServerId,
        post: &Manual<'_>,
        draft: Option<i64>,
        who: UserId,
        now: Timestamp,
    ) -> Result<i64> {
        let nonce = clean(post.nonce);
        let id = transaction!(self, tx => {
            let query = sqlx::query_scalar(
                "INSERT INTO postings (server, channel, topic, style, mention_role, nonce, due_at, state, attempts, body, told, \
                 created_by, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'due', 0, $8, TRUE, $9, $7, $7) \
                 ON CONFLICT (nonce) DO NOTHING RETURNING id",
            )
            .bind(server)
            .bind(post.channel)
            .bind(clean(post.topic))
            .bind(clean(post.style))
            .bind(post.mention_role)
            .bind(&nonce)
            .bind(Moment::from(now))
            .bind(clean(post.body))
            .bind(who);
            let made: Option<i64> = step!(self, tx, query, fetch_optional);
            match made {
                Some(id) => {
                    let query = sqlx::query("DELETE FROM drafts WHERE server = $1 AND id = $2").bind(server).bind(draft);
                    step!(self, tx, query, execute);
                    audit::record!(self, tx, server, who, "digest.post", &format!("posting {id}: {}", post.topic), now);
                    id
                }
                None => {
                    let query = sqlx::query_scalar("SELECT id FROM postings WHERE nonce = $1 AND server = $2").bind(&nonce).bind(server);
                    step!(self, tx, query, fetch_one)
                }
            }
        });
        Ok(id)
    }

    /// Claims the posting that has been due longest, or one whose owner let its lease run out. Nobody else gets it before
    /// the lease is over. One in state [`State::Sending`] has to be looked for before it is sent again.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is claimed then.
    pub async fn claim(
        &self,
        owner: &str,
        lease: Duration,
        now: Timestamp,
    ) -> Result<Option<Posting>> {
        let sql = if self.is_shared() {
            CLAIM_POSTGRES
        } else {
            CLAIM_SQLITE
        };
        let until = Moment::after(now, lease);
        change!(
            self,
            sqlx::query_as(sql)
                .bind(Moment::from(now))
                .bind(owner)
                .bind(until),
            fetch_optional
        )
    }

    /// Saves what is about to be sent, before it is sent. `false` when the claim is no longer the owner's: send nothing then.
    ///
    /// # Errors
    /// When the database cannot be written; send nothing then.
    pub async fn begin_sending(
        &self,
        posting: &Posting,
        owner: &str,
        lease: Duration,
        now: Timestamp,
    ) -> Result<bool> {
        let until = Moment::after(now, lease);
        let done = count!(
            self,
            sqlx::query(
                "UPDATE postings SET state = 'sending', topic = $4, body = $5, memory_after = $6, lease_until = $7, updated_at = $3 \
                 WHERE id = $1 AND owner = $2 AND lease_until > $3 AND state IN ('claimed', 'sending')"
            )
            .bind(posting.id)
            .bind(owner)
            .bind(Moment::from(now))
            .bind(clean(&posting.topic))
            .bind(clean(&posting.body))
            .bind(posting.memory_after.as_deref().map(clean))
            .bind(until)
        )?;
        Ok(done > 0)
    }

    /// Saves that the posting stands in `channel` as `message`, and what its digest is to remember. Asked by whoever knows the
    /// message, owner or not; once is enough, twice does no harm. In a forum, the channel is the thread that the post is. Whoever
    /// wants direct messages about the topic `readers` gets a letter about it.
    ///
    /// # Errors
    /// When the database cannot be written; the posting stays in [`State::Sending`] then and is found again by its nonce.
    pub async fn record(
        &self,
        posting: i64,
        channel: ChannelId,
        message: MessageId,
        readers: Option<&str>,
        now: Timestamp,
    ) -> Result<()> {
        transaction!(self, tx => {
            let query = sqlx::query(
                "UPDATE postings SET state = 'recorded', message = $2, channel = $4, owner = NULL, lease_until = NULL, reason = NULL, updated_at = $3 \
                 WHERE id = $1 AND state = 'sending'",
            )
            .bind(posting)
            .bind(message)
            .bind(Moment::from(now))
            .bind(channel);
            if step!(self, tx, query, execute).rows_affected() > 0 {
                let query = sqlx::query(
                    "UPDATE digests SET memory = p.memory_after FROM postings p WHERE p.id = $1 AND p.digest = digests.id AND p.memory_after IS NOT NULL",
                )
                .bind(posting);
                step!(self, tx, query, execute);
                let query = sqlx::query(
                    "INSERT INTO letters (posting, server, topic, member, tries, made_at, lease_until) SELECT p.id, r.server, r.topic, \
                     r.member, 0, $3, 0 FROM postings p JOIN readers r ON r.server = p.server WHERE p.id = $1 AND r.topic = $2 \
                     ON CONFLICT (posting, member) DO NOTHING",
                )
                .bind(posting)
                .bind(readers)
                .bind(Moment::from(now));
                step!(self, tx, query, execute);
            }
        });
        Ok(())
    }

    /// Notes what a post that stands in its channel lacks, for moderators to be told.
    ///
    /// # Errors
    /// When the database cannot be written; nobody is told then.
    pub async fn note(&self, posting: i64, lacks: &str, now: Timestamp) -> Result<()> {
        count!(
            self,
            sqlx::query(
                "UPDATE postings SET reason = $2, told = FALSE, updated_at = $3 WHERE id = $1 AND state = 'recorded'"
            )
            .bind(posting)
            .bind(clean(lacks))
            .bind(Moment::from(now))
        )?;
        Ok(())
    }

    /// Gives a posting back for another attempt after `until`; its state stays, so one that may have arrived is looked for.
    ///
    /// # Errors
    /// When the database cannot be written; the lease then runs out by itself.
    pub async fn try_later(
        &self,
        posting: i64,
        owner: &str,
        until: Timestamp,
        reason: &str,
        now: Timestamp,
    ) -> Result<()> {
        count!(
            self,
            sqlx::query(
                "UPDATE postings SET lease_until = $3, reason = $4, updated_at = $5 \
                 WHERE id = $1 AND owner = $2 AND state IN ('claimed', 'sending')"
            )
            .bind(posting)
            .bind(owner)
            .bind(Moment::from(until))
            .bind(clean(reason))
            .bind(Moment::from(now))
        )?;
        Ok(())
    }

    /// Gives a posting back until Discord takes it again. That was no attempt. What surely has not arrived can be cancelled
    /// meanwhile.
    ///
    /// # Errors
    /// When the database cannot be written; the lease then runs out by itself.
    pub async fn hold(
        &self,
        posting: i64,
        owner: &str,
        hold: &Hold<'_>,
        now: Timestamp,
    ) -> Result<()> {
        count!(
            self,
            sqlx::query(
                "UPDATE postings SET lease_until = $3, reason = $4, attempts = attempts - 1, told = told AND NOT $5, updated_at = $6, \
                 state = CASE WHEN $7 THEN state ELSE 'claimed' END WHERE id = $1 AND owner = $2 AND state IN ('claimed', 'sending')"
            )
            .bind(posting)
            .bind(owner)
            .bind(Moment::from(hold.until))
            .bind(clean(hold.reason))
            .bind(hold.tell)
            .bind(Moment::from(now))
            .bind(hold.in_doubt)
        )?;
        Ok(())
    }

    /// Gives a posting up. With `pause`, its digest is paused for the same reason. Moderators are to be told
    /// ([`Store::untold`]).
    ///
    /// # Errors
    /// When the database cannot be written; the posting is then claimed again later.
    pub async fn fail(
        &self,
        posting: i64,
        owner: &str,
        reason: &str,
        pause: bool,
        now: Timestamp,
    ) -> Result<()> {
        transaction!(self, tx => {
            let query = sqlx::query_as(
                "UPDATE postings SET state = 'failed', reason = $3, told = FALSE, owner = NULL, lease_until = NULL, updated_at = $4 \
                 WHERE id = $1 AND owner = $2 AND state IN ('claimed', 'sending') RETURNING server, digest",
            )
            .bind(posting)
            .bind(owner)
            .bind(clean(reason))
            .bind(Moment::from(now));
            let failed: Option<(ServerId, Option<i64>)> = step!(self, tx, query, fetch_optional);
            if let Some((server, digest)) = failed {
                audit::record!(self, tx, server, UserId::NOBODY, "digest.fail", &format!("posting {posting}: {reason}"), now);
                if let Some(digest) = digest.filter(|_| pause) {
                    let query = sqlx::query("UPDATE digests SET paused = $2, updated_at = $3 WHERE id = $1 AND paused IS NULL")
                        .bind(digest)
                        .bind(clean(reason))
                        .bind(Moment::from(now));
                    step!(self, tx, query, execute);
                }
            }
        });
        Ok(())
    }

    /// Leaves a claimed posting out, for a reason that the history shows.
    ///
    /// # Errors
    /// When the database cannot be written; the posting is then claimed again later.
    pub async fn skip(
        &self,
        posting: i64,
        owner: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<()> {
        count!(
            self,
            sqlx::query(
                "UPDATE postings SET state = 'skipped', reason = $3, owner = NULL, lease_until = NULL, updated_at = $4 \
                 WHERE id = $1 AND owner = $2 AND state = 'claimed'"
            )
            .bind(posting)
            .bind(owner)
            .bind(clean(reason))
            .bind(Moment::from(now))
        )?;
        Ok(())
    }
}
