//! What moderators and servers set, kept durably: settings, digests and their postings, drafts, server knowledge, gaps,
//! feedback, counts and the audit log.
//!
//! One [`Store`] on either of two databases: SQLite in a file (one program at a time), or PostgreSQL (several replicas).
//! Every write that returned `Ok` survives a crash of the program, and with a sound disk that of the machine.
//! Knows nothing of Discord's messages, of schedules or of how a summary is written, and never looks at the clock: `now`
//! is an argument everywhere. Replicas are expected to agree on the time within a few seconds (NTP).
//!
//! The statements are the same on both databases: `$1` parameters, `ON CONFLICT` and `RETURNING` mean the same on both.

pub mod absences;
pub mod audit;
pub mod backup;
mod changes;
mod columns;
pub mod counts;
pub mod credits;
pub mod deeds;
pub mod digests;
pub mod drafts;
mod dump;
pub mod entries;
pub mod entry_drafts;
pub mod entry_lists;
mod error;
pub mod feedback;
pub mod feeds;
mod file;
pub mod gaps;
mod history;
mod logins;
mod look;
mod open;
pub mod postings;
pub mod privacy;
pub mod publications;
mod restore;
mod schema;
pub mod settings;
pub mod subscriptions;
mod tables;

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{PgPool, SqlitePool};
use tokio::sync::broadcast;
use tokio::time::error::Elapsed;

pub use changes::{Change, Changes};
pub use columns::{ChannelId, MessageId, Moment, ServerId, ServerRoleId, UnknownWord, UserId};
pub use error::Error;
pub use look::{Seen, look};
pub use open::Location;

/// What comes back from every operation.
pub type Result<T> = std::result::Result<T, Error>;

/// The open database. Cheap to clone; all clones share connections.
#[derive(Debug, Clone)]
pub struct Store {
    backend: Backend,
    /// The database as it is named in errors: a path, or an address without its password.
    place: Arc<str>,
    changes: broadcast::Sender<Change>,
}

#[derive(Debug, Clone)]
enum Backend {
    Sqlite {
        read: SqlitePool,
        /// One connection: SQLite has one writer at a time, and a queue here is fairer than its busy loop.
        write: SqlitePool,
        /// Looked at before each change.
        there: Arc<file::There>,
        /// Held for as long as the store is open, so that no second careerbot writes to the file.
        _lock: Arc<File>,
    },
    Postgres {
        pool: PgPool,
        /// Ends the listening task with the last clone.
        _listening: Arc<changes::Listening>,
    },
}

impl Store {
    /// The database as it is named to people: a path, or an address without its password.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Whether several replicas can share this store.
    pub fn is_shared(&self) -> bool {
        matches!(self.backend, Backend::Postgres { .. })
    }

    /// Whether the database is there and answers.
    ///
    /// # Errors
    /// When it is gone, silent or in trouble.
    pub async fn ping(&self) -> Result<()> {
        self.check_place()?;
        let _: i32 = read!(self, sqlx::query_scalar("SELECT 1"), fetch_one)?;
        Ok(())
    }

    /// Waits for writes under way and closes every connection. A store that is dropped loses nothing either.
    pub async fn close(&self) {
        match &self.backend {
            Backend::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Backend::Postgres { pool, .. } => pool.close().await,
        }
    }

    /// Whether a change would be kept: a database whose file is deleted takes it, and loses it.
    fn check_place(&self) -> Result<()> {
        match &self.backend {
            Backend::Sqlite { there, .. } => there.check(&self.place),
            Backend::Postgres { .. } => Ok(()),
        }
    }

    /// What a statement has come to within [`ANSWER`].
    fn settle<T>(&self, done: std::result::Result<sqlx::Result<T>, Elapsed>) -> Result<T> {
        match (done, &self.backend) {
            // The one connection that writes is taken by others, who wait for a lock.
            (Ok(Err(sqlx::Error::PoolTimedOut)), Backend::Sqlite { .. }) => {
                let cause = "others wait for it already".to_owned();
                Err(Error::Locked {
                    place: self.place.to_string(),
                    cause,
                })
            }
            (done, _) => settle(&self.place, done),
        }
    }
}

/// How long a statement may take. Far more than any of ours needs: whoever is still silent then has gone.
const ANSWER: Duration = Duration::from_secs(10);

/// As [`Store::settle`], before there is a store.
fn settle<T>(place: &str, done: std::result::Result<sqlx::Result<T>, Elapsed>) -> Result<T> {
    match done {
        Ok(done) => done.map_err(|error| Error::sort(place, error)),
        Err(_) => {
            let cause = format!("no answer within {} s", ANSWER.as_secs());
            Err(Error::Lost {
                place: place.to_owned(),
                cause,
                in_doubt: true,
            })
        }
    }
}

/// Waits for a statement, and not for ever.
macro_rules! wait {
    ($store:expr, $statement:expr) => {
        $store.settle(tokio::time::timeout($crate::store::ANSWER, $statement).await)
    };
}
pub(crate) use wait;

/// Runs one statement that reads. The query is built anew for each database, as its type differs.
macro_rules! read {
    ($store:expr, $query:expr, $fetch:ident) => {{
        $crate::store::deeds::look();
        match &$store.backend {
            $crate::store::Backend::Sqlite { read, .. } => {
                $crate::store::wait!($store, $query.$fetch(read))
            }
            $crate::store::Backend::Postgres { pool, .. } => {
                $crate::store::wait!($store, $query.$fetch(pool))
            }
        }
    }};
}
pub(crate) use read;

/// Runs one statement that writes and gives rows back; under a deed that is not noted yet, in a transaction that notes it.
macro_rules! change {
    ($store:expr, $query:expr, $fetch:ident) => {
        async {
            if $crate::store::deeds::pending().is_some() {
                return Ok($crate::store::transaction!($store, tx => $crate::store::step!($store, tx, $query, $fetch)));
            }
            $store.check_place()?;
            match &$store.backend {
                $crate::store::Backend::Sqlite { write, .. } => $crate::store::wait!($store, $query.$fetch(write)),
                $crate::store::Backend::Postgres { pool, .. } => $crate::store::wait!($store, $query.$fetch(pool)),
            }
        }
        .await
    };
}
pub(crate) use change;

/// Runs one statement that writes, and gives how many rows it touched; as [`change!`].
macro_rules! count {
    ($store:expr, $query:expr) => {
        async {
            if $crate::store::deeds::pending().is_some() {
                let rows = $crate::store::transaction!($store, tx => {
                    $crate::store::step!($store, tx, $query, execute).rows_affected()
                });
                return Ok(rows);
            }
            $store.check_place()?;
            match &$store.backend {
                $crate::store::Backend::Sqlite { write, .. } => {
                    $crate::store::wait!($store, $query.execute(write)).map(|done| done.rows_affected())
                }
                $crate::store::Backend::Postgres { pool, .. } => {
                    $crate::store::wait!($store, $query.execute(pool)).map(|done| done.rows_affected())
                }
            }
        }
        .await
    };
}
pub(crate) use count;

/// Runs `$body` in a transaction named `$tx`; an early return through `?` rolls back. The body's value comes out. What is
/// done under a deed notes it in its first transaction.
macro_rules! transaction {
    ($store:expr, $tx:ident => $body:expr) => {
        match &$store.backend {
            $crate::store::Backend::Sqlite { write, .. } => {
                $store.check_place()?;
                // IMMEDIATE takes the lock at once: a transaction that reads first could not be upgraded later.
                let mut $tx = $crate::store::wait!($store, write.begin_with("BEGIN IMMEDIATE"))?;
                let deed = $crate::store::deeds::note!($store, $tx);
                let value = $body;
                $crate::store::wait!($store, $tx.commit())?;
                deed.inspect(|deed| deed.set_noted());
                value
            }
            $crate::store::Backend::Postgres { pool, .. } => {
                let mut $tx = $crate::store::wait!($store, pool.begin())?;
                let deed = $crate::store::deeds::note!($store, $tx);
                let value = $body;
                $crate::store::wait!($store, $tx.commit())?;
                deed.inspect(|deed| deed.set_noted());
                value
            }
        }
    };
}
pub(crate) use transaction;

/// Runs one statement inside a transaction.
macro_rules! step {
    ($store:expr, $tx:ident, $query:expr, $fetch:ident) => {
        $crate::store::wait!($store, $query.$fetch(&mut *$tx))?
    };
}
pub(crate) use step;
