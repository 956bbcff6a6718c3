//! Servers that removed the bot while it was away: nobody tells of that afterwards.
//!
//! At a login Discord names the servers that the bot is in. One that is kept here and not named is noted, and deleted once it
//! has been missing for [`ABSENT_DAYS`]: a login with the token of another bot by mistake must not delete everything at once.
//! Knows nothing of logins.

use jiff::Timestamp;

use crate::store::audit::DAY;
use crate::store::{Moment, Result, ServerId, Store, count, read, step, transaction};

/// How long a server may be missing before what is kept for it is deleted, in days. `/privacy` names it.
pub const ABSENT_DAYS: i64 = 7;
/// Notes that a server is missing; one that was noted before stays noted since then.
const MISSING: &str =
    "INSERT INTO absences (server, noticed_at) VALUES ($1, $2) ON CONFLICT (server) DO NOTHING";

/// Every server of a shard, as a number of a total, of which something is kept. Source of the rule: Discord documentation, "Sharding".
const KEPT: &str = "SELECT server FROM (SELECT server FROM settings UNION SELECT server FROM digests UNION SELECT server FROM postings \
    UNION SELECT server FROM drafts UNION SELECT server FROM entries UNION SELECT server FROM gaps \
    UNION SELECT server FROM feedback UNION SELECT server FROM audit) AS kept WHERE (server >> 22) % $1 = $2 ORDER BY server";

/// A part of all servers, as Discord divides them among logins: by number, of a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 0 on.
    pub number: u32,
    /// Of how many, at least 1.
    pub total: u32,
}

impl Shard {
    /// Whether the server belongs to it. Source: Discord documentation, "Sharding".
    pub fn holds(self, server: ServerId) -> bool {
        (server.get() >> 22) % u64::from(self.total.max(1)) == u64::from(self.number)
    }
}

impl Store {
    /// Notes which servers of the shard are missing among those `present`, and gives them.
    ///
    /// # Errors
    /// When the database cannot be read or written; what was noted before stays noted.
    pub async fn note_absences(
        &self,
        present: &[ServerId],
        shard: Shard,
        now: Timestamp,
    ) -> Result<Vec<ServerId>> {
        let (total, number) = (i64::from(shard.total.max(1)), i64::from(shard.number));
        let kept: Vec<ServerId> = read!(
            self,
            sqlx::query_scalar(KEPT).bind(total).bind(number),
            fetch_all
        )?;
        let noted: Vec<ServerId> = read!(
            self,
            sqlx::query_scalar("SELECT server FROM absences"),
            fetch_all
        )?;
        let present: std::collections::HashSet<ServerId> = present.iter().copied().collect();
        for server in noted.iter().filter(|server| present.contains(server)) {
            self.is_back(*server).await?;
        }
        let missing: Vec<ServerId> = kept
            .into_iter()
            .filter(|server| !present.contains(server))
            .collect();
        for server in missing.iter().filter(|server| !noted.contains(server)) {
            count!(
                self,
                sqlx::query(MISSING).bind(server).bind(Moment::from(now))
            )?;
        }
        Ok(missing)
    }

    /// Notes that a server has removed the bot: it is missing from now on, and what it has scheduled rests.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn note_removal(&self, server: ServerId, now: Timestamp) -> Result<()> {
        transaction!(self, tx => {
            step!(self, tx, sqlx::query(MISSING).bind(server).bind(Moment::from(now)), execute);
            let query = sqlx::query("INSERT INTO removals (server) VALUES ($1) ON CONFLICT (server) DO NOTHING").bind(server);
            step!(self, tx, query, execute);
        });
        Ok(())
    }

    /// Notes that a server is not missing any more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn is_back(&self, server: ServerId) -> Result<()> {
        transaction!(self, tx => {
            for table in ["DELETE FROM absences WHERE server = $1", "DELETE FROM removals WHERE server = $1"] {
                step!(self, tx, sqlx::query(table).bind(server), execute);
            }
        });
        Ok(())
    }

    /// Deletes what is kept for those of the servers that have been missing for [`ABSENT_DAYS`]; gives their number. The caller
    /// vouches that they are missing still.
    ///
    /// # Errors
    /// When the database cannot be written; what was deleted before stays deleted.
    pub async fn forget_absent(&self, missing: &[ServerId], now: Timestamp) -> Result<usize> {
        let edge = Moment::from(now).plus_millis(-ABSENT_DAYS * DAY);
        let long: Vec<ServerId> = read!(
            self,
            sqlx::query_scalar(
                "SELECT server FROM absences WHERE noticed_at <= $1 ORDER BY server"
            )
            .bind(edge),
            fetch_all
        )?;
        let mut deleted = 0;
        for server in long.into_iter().filter(|server| missing.contains(server)) {
            self.delete_server(server).await?;
            deleted += 1;
        }
        Ok(deleted)
    }
}
