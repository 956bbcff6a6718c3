//! Digests: what is posted regularly, where, and when next.
//!
//! Schedules, topics, styles and a digest's memory (what its rotation has posted) are text that `digest` writes and reads.

use jiff::Timestamp;

use crate::store::columns::clean;
use crate::store::columns::from_row;
use crate::store::{
    ChannelId, Moment, Result, ServerId, ServerRoleId, Store, UserId, audit, read, step,
    transaction,
};

/// What a moderator chooses for a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Where it goes.
    pub channel: ChannelId,
    /// What it is about, as `digest` writes it.
    pub topic: String,
    /// How it is written, as `digest` writes it.
    pub style: String,
    /// When it is posted, as `digest` writes it.
    pub schedule: String,
    /// The one role that it mentions, where a moderator chose one.
    pub mention_role: Option<ServerRoleId>,
}

/// A digest as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Its number.
    pub id: i64,
    /// Its server.
    pub server: ServerId,
    /// See [`Definition::channel`].
    pub channel: ChannelId,
    /// See [`Definition::topic`].
    pub topic: String,
    /// See [`Definition::style`].
    pub style: String,
    /// See [`Definition::schedule`].
    pub schedule: String,
    /// See [`Definition::mention_role`].
    pub mention_role: Option<ServerRoleId>,
    /// What `digest` wants remembered from one posting to the next; empty at first.
    pub memory: String,
    /// When it is due next; `None` once it is over.
    pub next_due: Option<Moment>,
    /// Why it is paused; `None` while it runs.
    pub paused: Option<String>,
    /// When it was cancelled.
    pub ended_at: Option<Moment>,
    /// Who made it.
    pub created_by: UserId,
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}
from_row!(Digest {
    id,
    server,
    channel,
    topic,
    style,
    schedule,
    mention_role,
    memory,
    next_due,
    paused,
    ended_at,
    created_by,
    created_at,
    updated_at
});

/// Writes a new digest within a transaction; gives its number.
macro_rules! insert {
    ($store:expr, $tx:ident, $server:expr, $digest:expr, $next_due:expr, $who:expr, $now:expr) => {{
        let query = sqlx::query_scalar(
            "INSERT INTO digests (server, channel, topic, style, schedule, mention_role, memory, next_due, created_by, \
             created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $9) RETURNING id",
        )
        .bind($server)
        .bind($digest.channel)
        .bind(clean(&$digest.topic))
        .bind(clean(&$digest.style))
        .bind(clean(&$digest.schedule))
        .bind($digest.mention_role)
        .bind(Moment::from($next_due))
        .bind($who)
        .bind(Moment::from($now));
        let id: i64 = step!($store, $tx, query, fetch_one);
        let detail = format!("digest {id}: {}, {}", $digest.topic, $digest.schedule);
        audit::record!($store, $tx, $server, $who, "digest.add", &detail, $now);
        id
    }};
}

impl Store {
    /// Makes a digest that is due first at `next_due`; gives its number.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn add_digest(
        &self,
        server: ServerId,
        digest: &Definition,
        next_due: Timestamp,
        who: UserId,
        now: Timestamp,
    ) -> Result<i64> {
        Ok(transaction!(self, tx => insert!(self, tx, server, digest, next_due, who, now)))
    }

    /// Makes a digest of a draft that is still at `revision`, and removes the draft with it: both or neither. `None` when
    /// the draft is not at that revision, or gone; so a form that arrives twice makes one digest.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn schedule_draft(
        &self,
        server: ServerId,
        (draft, revision): (i64, i64),
        digest: &Definition,
        next_due: Timestamp,
        who: UserId,
        now: Timestamp,
    ) -> Result<Option<i64>> {
        let id = transaction!(self, tx => {
            let query = sqlx::query("DELETE FROM drafts WHERE server = $1 AND id = $2 AND revision = $3")
                .bind(server)
                .bind(draft)
                .bind(revision);
            match step!(self, tx, query, execute).rows_affected() {
                0 => None,
                _ => Some(insert!(self, tx, server, digest, next_due, who, now)),
            }
        });
        Ok(id)
    }

    /// Changes a digest that is not over; `false` when there is none. A pause stays as it is.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn change_digest(
        &self,
        server: ServerId,
        id: i64,
        digest: &Definition,
        next_due: Timestamp,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query(
                "UPDATE digests SET channel = $3, topic = $4, style = $5, schedule = $6, mention_role = $7, next_due = $8, \
                 updated_at = $9 WHERE server = $1 AND id = $2 AND ended_at IS NULL",
            )
            .bind(server)
            .bind(id)
            .bind(digest.channel)
            .bind(clean(&digest.topic))
            .bind(clean(&digest.style))
            .bind(clean(&digest.schedule))
            .bind(digest.mention_role)
            .bind(Moment::from(next_due))
            .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                audit::record!(self, tx, server, who, "digest.edit", &format!("digest {id}: {}, {}", digest.topic, digest.schedule), now);
            }
            done
        });
        Ok(done)
    }

    /// Pauses a digest with the reason that moderators see, and leaves out its posts that have not begun to be sent; `false`
    /// when there is none that runs.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn pause_digest(
        &self,
        server: ServerId,
        id: i64,
        reason: &str,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query(
                "UPDATE digests SET paused = $3, updated_at = $4 WHERE server = $1 AND id = $2 AND ended_at IS NULL AND paused IS NULL",
            )
            .bind(server)
            .bind(id)
            .bind(clean(reason))
            .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                let query = sqlx::query(
                    "UPDATE postings SET state = 'skipped', reason = 'the digest was paused', told = TRUE, updated_at = $2 \
                     WHERE digest = $1 AND state IN ('due', 'asked', 'claimed')",
                )
                .bind(id)
                .bind(Moment::from(now));
                step!(self, tx, query, execute);
                audit::record!(self, tx, server, who, "digest.pause", &format!("digest {id}: {reason}"), now);
            }
            done
        });
        Ok(done)
    }

    /// Lets a paused digest run again, due first at `next_due`; `false` when there is none that is paused.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn resume_digest(
        &self,
        server: ServerId,
        id: i64,
        next_due: Timestamp,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query(
                "UPDATE digests SET paused = NULL, next_due = $3, updated_at = $4 \
                 WHERE server = $1 AND id = $2 AND ended_at IS NULL AND paused IS NOT NULL",
            )
            .bind(server)
            .bind(id)
            .bind(Moment::from(next_due))
            .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                audit::record!(self, tx, server, who, "digest.resume", &format!("digest {id}"), now);
            }
            done
        });
        Ok(done)
    }

    /// Ends a digest for good, and its posts that have not begun to be sent; `false` when there is none.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn end_digest(
        &self,
        server: ServerId,
        id: i64,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query(
                "UPDATE digests SET ended_at = $3, next_due = NULL, updated_at = $3 WHERE server = $1 AND id = $2 AND ended_at IS NULL",
            )
            .bind(server)
            .bind(id)
            .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                let query = sqlx::query(
                    "UPDATE postings SET state = 'skipped', reason = 'the digest was cancelled', told = TRUE, updated_at = $2 \
                     WHERE digest = $1 AND state IN ('due', 'asked', 'claimed')",
                )
                .bind(id)
                .bind(Moment::from(now));
                step!(self, tx, query, execute);
                audit::record!(self, tx, server, who, "digest.cancel", &format!("digest {id}"), now);
            }
            done
        });
        Ok(done)
    }

    /// One digest of a server, also one that is over.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn digest(&self, server: ServerId, id: i64) -> Result<Option<Digest>> {
        read!(
            self,
            sqlx::query_as("SELECT * FROM digests WHERE server = $1 AND id = $2")
                .bind(server)
                .bind(id),
            fetch_optional
        )
    }

    /// The digests of a server that are not over, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn digests(&self, server: ServerId) -> Result<Vec<Digest>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT * FROM digests WHERE server = $1 AND ended_at IS NULL ORDER BY id"
            )
            .bind(server),
            fetch_all
        )
    }

    /// When the next digest of any server is due that has not removed the bot.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next_due(&self) -> Result<Option<Timestamp>> {
        let next: Option<Moment> = read!(
            self,
            sqlx::query_scalar(
                "SELECT MIN(next_due) FROM digests WHERE paused IS NULL AND ended_at IS NULL \
                 AND server NOT IN (SELECT server FROM removals)"
            ),
            fetch_one
        )?;
        Ok(next.map(|next| next.timestamp()))
    }

    /// Digests of all servers whose time has come, longest due first. Those of servers that have removed the bot rest.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn due_digests(&self, now: Timestamp, limit: u16) -> Result<Vec<Digest>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT * FROM digests WHERE next_due <= $1 AND paused IS NULL AND ended_at IS NULL \
                 AND server NOT IN (SELECT server FROM removals) ORDER BY next_due, id LIMIT $2"
            )
            .bind(Moment::from(now))
            .bind(i64::from(limit)),
            fetch_all
        )
    }
}
