//! What is kept about a member or a server, and how it is deleted.
//!
//! Knows which columns name a member. What `/privacy` says has to agree with the list here.

use jiff::Timestamp;
use serde::Serialize;

use crate::store::changes::notify;
use crate::store::columns::from_row;
use crate::store::{Change, Moment, Result, ServerId, Store, UserId, read, step, transaction};

/// What is kept about a member, as numbers of records in all servers. Nothing else bears a member's id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MemberData {
    /// Drafts of summaries; deleted on their wish.
    pub drafts: i64,
    /// Digests that they made; their name is taken off.
    pub digests: i64,
    /// Posts that they made; their name is taken off.
    pub postings: i64,
    /// Posts that they ordered to be published and that wait for it; their name is taken off.
    pub publications: i64,
    /// Versions of entries that they wrote or approved; their name is taken off.
    pub entry_versions: i64,
    /// Entries that are made of a message of theirs; nobody is named beside them any more.
    pub credits: i64,
    /// Topics that they get direct messages about; deleted on their wish, with the messages on their way.
    pub readers: i64,
    /// Lines of the audit log; their name is taken off.
    pub audit: i64,
}
from_row!(MemberData {
    drafts,
    digests,
    postings,
    entry_versions,
    credits,
    readers,
    audit,
    publications
});

/// Statements that take a member's id away; `$1` is the member and `$2` stands in their place.
const FORGET_MEMBER: &[&str] = &[
    "UPDATE digests SET created_by = $2 WHERE created_by = $1",
    "UPDATE postings SET created_by = $2 WHERE created_by = $1",
    "UPDATE publications SET ordered_by = $2 WHERE ordered_by = $1",
    "UPDATE entry_versions SET author = $2 WHERE author = $1",
    "UPDATE entry_versions SET approver = $2 WHERE approver = $1",
    "UPDATE credits SET author = $2, state = 'nobody' WHERE author = $1",
    "UPDATE audit SET who = $2 WHERE who = $1",
];

/// Statements that delete a server; `$1` is the server. Versions go with their entries, readers and letters with what is offered.
const FORGET_SERVER: &[&str] = &[
    "DELETE FROM settings WHERE server = $1",
    "DELETE FROM postings WHERE server = $1",
    "DELETE FROM digests WHERE server = $1",
    "DELETE FROM drafts WHERE server = $1",
    "DELETE FROM entries WHERE server = $1",
    "DELETE FROM subscriptions WHERE server = $1",
    "DELETE FROM gaps WHERE server = $1",
    "DELETE FROM feedback WHERE server = $1",
    "DELETE FROM counts WHERE server = $1",
    "DELETE FROM feed_subscriptions WHERE server = $1",
    "DELETE FROM feed_news WHERE server = $1",
    "DELETE FROM audit WHERE server = $1",
    "DELETE FROM absences WHERE server = $1",
    "DELETE FROM removals WHERE server = $1",
];

impl Store {
    /// What is kept about a member.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn member_data(&self, member: UserId) -> Result<MemberData> {
        read!(
            self,
            sqlx::query_as(
                "SELECT (SELECT COUNT(*) FROM drafts WHERE author = $1) AS drafts, \
                 (SELECT COUNT(*) FROM digests WHERE created_by = $1) AS digests, \
                 (SELECT COUNT(*) FROM postings WHERE created_by = $1) AS postings, \
                 (SELECT COUNT(*) FROM publications WHERE ordered_by = $1) AS publications, \
                 (SELECT COUNT(*) FROM entry_versions WHERE author = $1 OR approver = $1) AS entry_versions, \
                 (SELECT COUNT(*) FROM credits WHERE author = $1) AS credits, \
                 (SELECT COUNT(*) FROM readers WHERE member = $1) AS readers, \
                 (SELECT COUNT(*) FROM audit WHERE who = $1) AS audit"
            )
            .bind(member),
            fetch_one
        )
    }

    /// Deletes a member's drafts, ends their direct messages, and takes their id off everything else, in all servers. What the server's community owns
    /// (its digests, entries and log) stays, without the name. Gives what was there.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn delete_member(&self, member: UserId) -> Result<MemberData> {
        let before = self.member_data(member).await?;
        let named = transaction!(self, tx => {
            let query = sqlx::query_scalar("SELECT DISTINCT server FROM credits WHERE author = $1").bind(member);
            let named: Vec<ServerId> = step!(self, tx, query, fetch_all);
            step!(self, tx, sqlx::query("DELETE FROM drafts WHERE author = $1").bind(member), execute);
            step!(self, tx, sqlx::query("DELETE FROM readers WHERE member = $1").bind(member), execute);
            for statement in FORGET_MEMBER {
                step!(self, tx, sqlx::query(*statement).bind(member).bind(UserId::NOBODY), execute);
            }
            for server in &named {
                notify!(self, tx, Change::Entries(*server));
            }
            named
        });
        for server in named {
            self.announce(Change::Entries(server));
        }
        Ok(before)
    }

    /// Deletes everything of a server: to be called when the bot was removed from it (not when it is only unavailable).
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn delete_server(&self, server: ServerId) -> Result<()> {
        transaction!(self, tx => {
            for statement in FORGET_SERVER {
                step!(self, tx, sqlx::query(*statement).bind(server), execute);
            }
            notify!(self, tx, Change::Settings(server));
            notify!(self, tx, Change::Entries(server));
        });
        self.announce(Change::Settings(server));
        self.announce(Change::Entries(server));
        Ok(())
    }

    /// Deletes what is older than it may be kept: audit lines, drafts, gaps, counts, news, letters, and finished postings after `posting_days`.
    /// To be called once a day; gives the number of records.
    ///
    /// # Errors
    /// When the database cannot be written; what was deleted before stays deleted.
    pub async fn forget_old(&self, posting_days: u16, now: Timestamp) -> Result<u64> {
        let edge =
            Moment::from(now).plus_millis(-i64::from(posting_days) * crate::store::audit::DAY);
        let postings = crate::store::count!(
            self,
            sqlx::query(
                "DELETE FROM postings WHERE updated_at < $1 AND state IN ('recorded', 'failed', 'skipped', 'removed')"
            )
            .bind(edge)
        )?;
        Ok(postings
            + self.forget_old_audit(now).await?
            + self.forget_old_drafts(now).await?
            + self.forget_old_gaps(now).await?
            + self.forget_old_counts(now).await?
            + self.forget_old_news(now).await?
            + self.forget_old_letters(now).await?)
    }
}
