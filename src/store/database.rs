//! The open database, and how statements are run on either kind of it.
//!
//! Every macro takes a query that is built anew for each database, as its type differs. Knows nothing of tables.

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{PgPool, SqlitePool};
use tokio::sync::broadcast;
use tokio::time::error::Elapsed;

use crate::store::changes::{Change, Listening};
use crate::store::error::{Error, Result};
use crate::store::file::There;

/// The open database. Cheap to clone; all clones share connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) backend: Backend,
    /// The database as it is named in errors: a path, or an address without its password.
    pub(super) place: Arc<str>,
    pub(super) changes: broadcast::Sender<Change>,
}

#[derive(Debug, Clone)]
pub(super) enum Backend {
    Sqlite {
        read: SqlitePool,
        /// One connection: SQLite has one writer at a time, and a queue here is fairer than its busy loop.
        write: SqlitePool,
        /// Looked at before each change.
        there: Arc<There>,
        /// Held for as long as the store is open, so that no second careerbot writes to the file.
        _lock: Arc<File>,
    },
    Postgres {
        pool: PgPool,
        /// Ends the listening task with the last clone.
        _listening: Arc<Listening>,
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

    /// What a claim's inner query ends with: replicas pass over the rows that another is taking; `of` names the table where
    /// several are joined. One program has its file to itself.
    pub(crate) fn skip_locked(&self, of: &str) -> String {
        match (self.is_shared(), of) {
            (false, _) => String::new(),
            (true, "") => " FOR UPDATE SKIP LOCKED".to_owned(),
            (true, of) => format!(" FOR UPDATE OF {of} SKIP LOCKED"),
        }
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
    pub(super) fn check_place(&self) -> Result<()> {
        match &self.backend {
            Backend::Sqlite { there, .. } => there.check(&self.place),
            Backend::Postgres { .. } => Ok(()),
        }
    }

    /// What a statement has come to within [`ANSWER`].
    pub(super) fn settle<T>(
        &self,
        done: std::result::Result<sqlx::Result<T>, Elapsed>,
    ) -> Result<T> {
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

/// How long to wait for a connection that answers: Discord gives 3 s for a whole answer, of which the door leaves 1.8 s for
/// thinking, and 0.4 s of them are for settings.
pub(super) const ACQUIRE: Duration = Duration::from_millis(1_200);

/// How long a statement may take. Far more than any of ours needs: whoever is still silent then has gone.
pub(super) const ANSWER: Duration = Duration::from_secs(10);

/// As [`Store::settle`], before there is a store.
pub(super) fn settle<T>(
    place: &str,
    done: std::result::Result<sqlx::Result<T>, Elapsed>,
) -> Result<T> {
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
        $store.settle(tokio::time::timeout($crate::store::database::ANSWER, $statement).await)
    };
}
pub(crate) use wait;

/// Runs one statement that reads. The query is built anew for each database, as its type differs.
macro_rules! read {
    ($store:expr, $query:expr, $fetch:ident) => {{
        $crate::store::deeds::look();
        match &$store.backend {
            $crate::store::database::Backend::Sqlite { read, .. } => {
                $crate::store::database::wait!($store, $query.$fetch(read))
            }
            $crate::store::database::Backend::Postgres { pool, .. } => {
                $crate::store::database::wait!($store, $query.$fetch(pool))
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
                return Ok($crate::store::database::transaction!($store, tx => $crate::store::database::step!($store, tx, $query, $fetch)));
            }
            $store.check_place()?;
            match &$store.backend {
                $crate::store::database::Backend::Sqlite { write, .. } => $crate::store::database::wait!($store, $query.$fetch(write)),
                $crate::store::database::Backend::Postgres { pool, .. } => $crate::store::database::wait!($store, $query.$fetch(pool)),
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
                let rows = $crate::store::database::transaction!($store, tx => {
                    $crate::store::database::step!($store, tx, $query, execute).rows_affected()
                });
                return Ok(rows);
            }
            $store.check_place()?;
            match &$store.backend {
                $crate::store::database::Backend::Sqlite { write, .. } => {
                    $crate::store::database::wait!($store, $query.execute(write)).map(|done| done.rows_affected())
                }
                $crate::store::database::Backend::Postgres { pool, .. } => {
                    $crate::store::database::wait!($store, $query.execute(pool)).map(|done| done.rows_affected())
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
            $crate::store::database::Backend::Sqlite { write, .. } => {
                $store.check_place()?;
                // IMMEDIATE takes the lock at once: a transaction that reads first could not be upgraded later.
                let mut $tx = $crate::store::database::wait!($store, write.begin_with("BEGIN IMMEDIATE"))?;
                let deed = $crate::store::deeds::note!($store, $tx);
                let value = $body;
                $crate::store::database::wait!($store, $tx.commit())?;
                deed.inspect(|deed| deed.set_noted());
                value
            }
            $crate::store::database::Backend::Postgres { pool, .. } => {
                let mut $tx = $crate::store::database::wait!($store, pool.begin())?;
                let deed = $crate::store::deeds::note!($store, $tx);
                let value = $body;
                $crate::store::database::wait!($store, $tx.commit())?;
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
        $crate::store::database::wait!($store, $query.$fetch(&mut *$tx))?
    };
}
pub(crate) use step;
