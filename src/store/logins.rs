//! Turns for logins to the gateway, where several processes keep a part of the shards each.
//!
//! The database's own clock counts: those of the machines differ. Knows nothing of Discord.

use std::time::Duration;

use crate::store::database::{Backend, wait};
use crate::store::{Result, Store};

/// Takes the turn unless another has it; a row where it is taken. The moment is read before the row is locked, so that whoever
/// waited for the lock comes too early rather than too late.
const TAKE: &str = "INSERT INTO logins (bucket, free_at) \
    SELECT $1, (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT + $2 \
    ON CONFLICT (bucket) DO UPDATE SET free_at = EXCLUDED.free_at WHERE logins.free_at <= EXCLUDED.free_at - $2 \
    RETURNING bucket";
/// Says when the next may follow.
const FREE: &str = "UPDATE logins SET free_at = (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT + $2 WHERE bucket = $1";
/// For how long the turn is somebody else's.
const LEFT: &str = "SELECT free_at - (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT FROM logins WHERE bucket = $1";

impl Store {
    /// Takes the turn of these shards, so that no other process has it for the time `lease`, unless it is freed before
    /// ([`Store::free_login`]); where another has it, gives for how long. A process that dies holds up the others for no
    /// longer than that. A store that is not shared gives every turn at once: there is no other process.
    ///
    /// # Errors
    /// When the database cannot be written; the turn is not taken then.
    pub async fn take_login(&self, bucket: u32, lease: Duration) -> Result<Option<Duration>> {
        let Backend::Postgres { pool, .. } = &self.backend else {
            return Ok(None);
        };
        let lease = millis(lease);
        let take = sqlx::query_scalar(TAKE).bind(i64::from(bucket)).bind(lease);
        let taken: Option<i64> = wait!(self, take.fetch_optional(pool))?;
        if taken.is_some() {
            return Ok(None);
        }
        let left = sqlx::query_scalar(LEFT).bind(i64::from(bucket));
        let left: Option<i64> = wait!(self, left.fetch_optional(pool))?;
        let left = left.unwrap_or(0).clamp(1, lease.max(1));
        Ok(Some(Duration::from_millis(left.unsigned_abs())))
    }

    /// Frees the turn that was taken: the next may follow after the time `apart`.
    ///
    /// # Errors
    /// When the database cannot be written; the turn is free once its lease is over.
    pub async fn free_login(&self, bucket: u32, apart: Duration) -> Result<()> {
        let Backend::Postgres { pool, .. } = &self.backend else {
            return Ok(());
        };
        let free = sqlx::query(FREE)
            .bind(i64::from(bucket))
            .bind(millis(apart));
        wait!(self, free.execute(pool)).map(drop)
    }
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2)
}
