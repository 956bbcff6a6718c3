//! Publications: a post of an announcement channel on its way to the servers that follow the channel.
//!
//! ```text
//! waiting ──claim──> waiting (somebody has it until `due_at`) ──> gone: Discord has published it
//!    └── hold: until Discord takes it again                   └─> failed: the reason says why; can be ordered again
//! ```
//! What is ordered is saved before Discord is asked. Discord publishes a message once, so that asking again does no harm. Knows
//! nothing of how Discord is asked.

use std::time::Duration;

use jiff::Timestamp;

use crate::store::columns::{clean, from_row, words};
use crate::store::postings::Hold;
use crate::store::{
    Moment, Result, ServerId, Store, UserId, audit, change, count, read, step, transaction,
};

words! {
    /// How far a publication is.
    State {
        /// It is tried at its time.
        Waiting = "waiting",
        /// It was given up; the reason says why.
        Failed = "failed",
    }
}

/// A post that is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The posting.
    pub posting: i64,
    /// Its server.
    pub server: ServerId,
    /// How far it is.
    pub state: State,
    /// Not before then. Whoever claims it puts the end of the claim here.
    pub due_at: Moment,
    /// How often Discord was asked without a word of when to ask again.
    pub attempts: i64,
    /// Why it waits or failed.
    pub reason: Option<String>,
    /// Whether moderators know of it.
    pub told: bool,
    /// Who ordered it.
    pub ordered_by: UserId,
    /// When it was ordered.
    pub ordered_at: Moment,
}
from_row!(Publication {
    posting, server, due_at, attempts, reason, told, ordered_by, ordered_at; state
});

const CLAIM: &str = "UPDATE publications SET due_at = $2, attempts = attempts + 1 WHERE posting = (SELECT posting FROM publications \
    WHERE state = 'waiting' AND due_at <= $1 AND server NOT IN (SELECT server FROM removals) ORDER BY due_at, posting LIMIT 1";

impl Store {
    /// Orders that a posting in its channel is published, and claims the publication. `false` where it is ordered already or
    /// the posting is not in its channel.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn order_publication(
        &self,
        server: ServerId,
        posting: i64,
        who: UserId,
        lease: Duration,
        now: Timestamp,
    ) -> Result<bool> {
        let done = count!(
            self,
            sqlx::query(
                "INSERT INTO publications (posting, server, state, due_at, attempts, told, ordered_by, ordered_at) \
                 SELECT id, server, 'waiting', $3, 1, TRUE, $5, $4 FROM postings WHERE server = $1 AND id = $2 AND state = 'recorded' \
                 ON CONFLICT (posting) DO UPDATE SET state = 'waiting', due_at = excluded.due_at, attempts = 1, reason = NULL, \
                 told = TRUE, ordered_by = excluded.ordered_by, ordered_at = excluded.ordered_at WHERE publications.state = 'failed'"
            )
            .bind(server)
            .bind(posting)
            .bind(Moment::after(now, lease))
            .bind(Moment::from(now))
            .bind(who)
        )?;
        Ok(done > 0)
    }

    /// What is known of a posting's publication: `None` where none was ordered, or it is done.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn publication(&self, server: ServerId, posting: i64) -> Result<Option<Publication>> {
        read!(
            self,
            sqlx::query_as("SELECT * FROM publications WHERE server = $1 AND posting = $2")
                .bind(server)
                .bind(posting),
            fetch_optional
        )
    }

    /// Claims the publication whose time came first. Nobody else gets it before the lease is over.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is claimed then.
    pub async fn claim_publication(
        &self,
        lease: Duration,
        now: Timestamp,
    ) -> Result<Option<Publication>> {
        let lock = self.skip_locked("");
        let statement = format!("{CLAIM}{lock}) RETURNING *");
        change!(
            self,
            // Both parts stand in this file.
            sqlx::query_as(sqlx::AssertSqlSafe(statement.as_str()))
                .bind(Moment::from(now))
                .bind(Moment::after(now, lease)),
            fetch_optional
        )
    }

    /// Gives a publication back until Discord takes it. One that Discord itself holds back was no attempt.
    ///
    /// # Errors
    /// When the database cannot be written; its lease then runs out by itself.
    pub async fn hold_publication(&self, posting: i64, hold: &Hold<'_>) -> Result<()> {
        count!(
            self,
            sqlx::query(
                "UPDATE publications SET due_at = $2, reason = $3, told = told AND NOT $4, \
                 attempts = CASE WHEN $5 THEN attempts ELSE attempts - 1 END WHERE posting = $1 AND state = 'waiting'"
            )
            .bind(posting)
            .bind(Moment::from(hold.until))
            .bind(clean(hold.reason))
            .bind(hold.tell)
            .bind(hold.in_doubt)
        )?;
        Ok(())
    }

    /// Notes that Discord has published it.
    ///
    /// # Errors
    /// When the database cannot be written; Discord is then asked again, and says that it is done.
    pub async fn save_publication(&self, posting: i64, now: Timestamp) -> Result<()> {
        transaction!(self, tx => {
            let query = sqlx::query_as("DELETE FROM publications WHERE posting = $1 RETURNING server, ordered_by").bind(posting);
            let done: Option<(ServerId, UserId)> = step!(self, tx, query, fetch_optional);
            if let Some((server, who)) = done {
                audit::record!(self, tx, server, who, "digest.publish", &format!("posting {posting}"), now);
            }
        });
        Ok(())
    }

    /// Forgets a publication whose post is no longer in its channel.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn drop_publication(&self, posting: i64) -> Result<()> {
        count!(
            self,
            sqlx::query("DELETE FROM publications WHERE posting = $1").bind(posting)
        )?;
        Ok(())
    }

    /// Gives a publication up. Moderators are to be told ([`Store::untold_publications`]).
    ///
    /// # Errors
    /// When the database cannot be written; it is then claimed again later.
    pub async fn fail_publication(&self, posting: i64, reason: &str, now: Timestamp) -> Result<()> {
        transaction!(self, tx => {
            let query = sqlx::query_as(
                "UPDATE publications SET state = 'failed', reason = $2, told = FALSE WHERE posting = $1 AND state = 'waiting' RETURNING server, ordered_by",
            )
            .bind(posting)
            .bind(clean(reason));
            let failed: Option<(ServerId, UserId)> = step!(self, tx, query, fetch_optional);
            if let Some((server, who)) = failed {
                audit::record!(self, tx, server, who, "digest.publish-fail", &format!("posting {posting}: {reason}"), now);
            }
        });
        Ok(())
    }

    /// Publications that moderators have to be told of and were not yet: those that wait for long, and those that failed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn untold_publications(&self, limit: u16) -> Result<Vec<Publication>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT * FROM publications WHERE NOT told AND server NOT IN (SELECT server FROM removals) ORDER BY posting LIMIT $1"
            )
            .bind(i64::from(limit)),
            fetch_all
        )
    }

    /// Saves that moderators were told of a publication as it stands.
    ///
    /// # Errors
    /// When the database cannot be written; they are then told again.
    pub async fn told_of_publication(&self, told: &Publication) -> Result<()> {
        count!(
            self,
            sqlx::query("UPDATE publications SET told = TRUE WHERE posting = $1 AND state = $2")
                .bind(told.posting)
                .bind(told.state.word())
        )?;
        Ok(())
    }
}
