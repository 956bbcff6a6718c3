//! The audit log: who did what and when, for as long as the server keeps it.
//!
//! Most entries are written in the transaction of the change that they tell of, so there is no change without its entry.
//! Knows no words of its own: `what` is the name of an operation, `detail` is for people and holds no question text.

use jiff::Timestamp;

use crate::store::columns::clean;
use crate::store::columns::from_row;
use crate::store::settings::AUDIT_DAYS;
use crate::store::{Moment, Result, ServerId, Store, UserId, count, read};

/// The longest detail kept, in characters; the rest is cut.
pub const DETAIL_LIMIT: usize = 500;
/// Milliseconds of a day.
pub(crate) const DAY: i64 = 86_400_000;

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Rises with each entry.
    pub id: i64,
    /// Who; [`UserId::NOBODY`] for the bot itself and for deleted members.
    pub who: UserId,
    /// Which operation, such as `entry.approve`.
    pub what: String,
    /// What exactly, for people.
    pub detail: String,
    /// When.
    pub at: Moment,
}
from_row!(Entry {
    id,
    who,
    what,
    detail,
    at
});

pub(crate) const RECORD: &str =
    "INSERT INTO audit (server, who, what, detail, at) VALUES ($1, $2, $3, $4, $5)";

/// Writes an entry inside a transaction.
macro_rules! record {
    ($store:expr, $tx:ident, $server:expr, $who:expr, $what:expr, $detail:expr, $now:expr) => {{
        let detail = $crate::store::audit::cut($detail);
        let query = sqlx::query($crate::store::audit::RECORD)
            .bind($server)
            .bind($who)
            .bind($what)
            .bind(detail)
            .bind($crate::store::Moment::from($now));
        $crate::store::step!($store, $tx, query, execute);
    }};
}
pub(crate) use record;

/// The detail, at most [`DETAIL_LIMIT`] characters.
pub(crate) fn cut(detail: &str) -> String {
    clean(detail).chars().take(DETAIL_LIMIT).collect()
}

impl Store {
    /// Writes an entry of its own, such as a refused attempt.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn audit(
        &self,
        server: ServerId,
        who: UserId,
        what: &str,
        detail: &str,
        now: Timestamp,
    ) -> Result<()> {
        count!(
            self,
            sqlx::query(RECORD)
                .bind(server)
                .bind(who)
                .bind(what)
                .bind(cut(detail))
                .bind(Moment::from(now))
        )?;
        Ok(())
    }

    /// The newest entries of a server, newest first; `before` is the id to go on from.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn audit_log(
        &self,
        server: ServerId,
        before: Option<i64>,
        limit: u16,
    ) -> Result<Vec<Entry>> {
        let before = before.unwrap_or(i64::MAX);
        read!(
            self,
            sqlx::query_as(
                "SELECT id, who, what, detail, at FROM audit WHERE server = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
            )
            .bind(server)
            .bind(before)
            .bind(i64::from(limit)),
            fetch_all
        )
    }

    /// Deletes the entries that are older than their server keeps them; gives how many. To be called once a day.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_old_audit(&self, now: Timestamp) -> Result<u64> {
        let done = count!(
            self,
            sqlx::query(
                "DELETE FROM audit WHERE at < $1 - $2 * COALESCE((SELECT audit_days FROM settings \
                 WHERE settings.server = audit.server), $3)"
            )
            .bind(Moment::from(now))
            .bind(DAY)
            .bind(i64::from(AUDIT_DAYS))
        )?;
        Ok(done)
    }
}
