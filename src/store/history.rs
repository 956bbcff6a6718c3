//! Postings as moderators see them: the history, what they decide and edit, and what they have to be told.
//!
//! Knows nothing of how a posting gets to its channel; that is `postings`.

use std::time::Duration;

use jiff::Timestamp;

use crate::store::columns::clean;
use crate::store::postings::{Posting, State};
use crate::store::{
    Moment, Result, ServerId, Store, UserId, audit, count, read, step, transaction,
};

impl Store {
    /// A moderator's word on a late posting; `false` when it does not wait for one.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn decide_late(
        &self,
        server: ServerId,
        posting: i64,
        post: bool,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let state = if post { State::Due } else { State::Skipped };
        let done = transaction!(self, tx => {
            let query = sqlx::query("UPDATE postings SET state = $3, told = TRUE, updated_at = $4 WHERE server = $1 AND id = $2 AND state = 'asked'")
                .bind(server)
                .bind(posting)
                .bind(state.word())
                .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                audit::record!(self, tx, server, who, "digest.late", &format!("posting {posting}: {}", if post { "to be posted" } else { "left out" }), now);
            }
            done
        });
        Ok(done)
    }

    /// Leaves out a posting that waits for a moderator's word, as nobody can be asked; `false` when it does not wait.
    ///
    /// # Errors
    /// When the database cannot be written; it then goes on waiting.
    pub async fn skip_asked(&self, posting: i64, reason: &str, now: Timestamp) -> Result<bool> {
        let done = count!(
            self,
            sqlx::query(
                "UPDATE postings SET state = 'skipped', reason = $2, told = TRUE, updated_at = $3 WHERE id = $1 AND state = 'asked'"
            )
            .bind(posting)
            .bind(clean(reason))
            .bind(Moment::from(now))
        )?;
        Ok(done > 0)
    }

    /// Takes the right to change the message of a posting, whose text is `body`, for `lease`; `false` when its text is
    /// another one by now, or somebody else is changing it at this moment. `owner` names who changes it.
    ///
    /// # Errors
    /// When the database cannot be written; change nothing then.
    pub async fn begin_edit(
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
                "UPDATE postings SET owner = $4, lease_until = $5 WHERE server = $1 AND id = $2 AND body = $3 \
                 AND state = 'recorded' AND (lease_until IS NULL OR lease_until <= $6)"
            )
            .bind(posting.server)
            .bind(posting.id)
            .bind(&posting.body)
            .bind(clean(owner))
            .bind(until)
            .bind(Moment::from(now))
        )?;
        Ok(done > 0)
    }

    /// Gives the right to change a message back, as it was not changed.
    ///
    /// # Errors
    /// When the database cannot be written; the lease then runs out by itself.
    pub async fn drop_edit(&self, posting: &Posting, owner: &str) -> Result<()> {
        count!(
            self,
            sqlx::query("UPDATE postings SET owner = NULL, lease_until = NULL WHERE id = $1 AND owner = $2 AND state = 'recorded'")
                .bind(posting.id)
                .bind(clean(owner))
        )?;
        Ok(())
    }

    /// Saves that a moderator edited the message of a posting; `false` when there is none in the channel.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn save_edit(
        &self,
        server: ServerId,
        posting: i64,
        body: &str,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query("UPDATE postings SET body = $3, owner = NULL, lease_until = NULL, updated_at = $4 WHERE server = $1 AND id = $2 AND state = 'recorded'")
                .bind(server)
                .bind(posting)
                .bind(clean(body))
                .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                audit::record!(self, tx, server, who, "digest.edit-post", &format!("posting {posting}"), now);
            }
            done
        });
        Ok(done)
    }

    /// Saves that a moderator removed the message of a posting; `false` when there is none in the channel.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn save_removal(
        &self,
        server: ServerId,
        posting: i64,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query("UPDATE postings SET state = 'removed', updated_at = $3 WHERE server = $1 AND id = $2 AND state = 'recorded'")
                .bind(server)
                .bind(posting)
                .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                // There is nothing left to publish.
                step!(self, tx, sqlx::query("DELETE FROM publications WHERE posting = $1").bind(posting), execute);
                audit::record!(self, tx, server, who, "digest.remove-post", &format!("posting {posting}"), now);
            }
            done
        });
        Ok(done)
    }

    /// One posting of a server.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn posting(&self, server: ServerId, id: i64) -> Result<Option<Posting>> {
        read!(
            self,
            sqlx::query_as("SELECT * FROM postings WHERE server = $1 AND id = $2")
                .bind(server)
                .bind(id),
            fetch_optional
        )
    }

    /// The newest postings of a server, newest first; `before` is the number to go on from.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn postings(
        &self,
        server: ServerId,
        before: Option<i64>,
        limit: u16,
    ) -> Result<Vec<Posting>> {
        let before = before.unwrap_or(i64::MAX);
        read!(
            self,
            sqlx::query_as(
                "SELECT * FROM postings WHERE server = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
            )
            .bind(server)
            .bind(before)
            .bind(i64::from(limit)),
            fetch_all
        )
    }

    /// The newest posting of a server on a topic that stands in its channel.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_on(&self, server: ServerId, topic: &str) -> Result<Option<Posting>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT * FROM postings WHERE server = $1 AND topic = $2 AND state = 'recorded' ORDER BY id DESC LIMIT 1"
            )
            .bind(server)
            .bind(clean(topic)),
            fetch_optional
        )
    }

    /// Postings that moderators have to be told of and were not yet: failures, and questions whether to post late.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn untold(&self, limit: u16) -> Result<Vec<Posting>> {
        read!(
            self,
            sqlx::query_as("SELECT * FROM postings WHERE NOT told AND server NOT IN (SELECT server FROM removals) ORDER BY id LIMIT $1").bind(i64::from(limit)),
            fetch_all
        )
    }

    /// Saves that moderators were told; `false` when somebody else told them in the meantime.
    ///
    /// # Errors
    /// When the database cannot be written; they are then told twice.
    pub async fn told(&self, posting: i64) -> Result<bool> {
        Ok(count!(
            self,
            sqlx::query("UPDATE postings SET told = TRUE WHERE id = $1 AND NOT told").bind(posting)
        )? > 0)
    }
}
