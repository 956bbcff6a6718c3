//! Who hears of a change: settings and server knowledge are cached by their users, who must learn of every change, also of
//! one that another replica made.
//!
//! On SQLite there is one program, so a broadcast inside it is enough. On PostgreSQL each change is sent with NOTIFY in the
//! transaction that makes it, and every replica, the writer too, hears it through LISTEN. A listener that may have missed
//! something says [`Change::Everything`]. Knows nothing of what a change means.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tracing::warn;

use crate::store::columns::ServerId;
use crate::store::database::{ACQUIRE, Backend, Store};
use crate::store::error::{Error, Result};

/// The channel of NOTIFY.
pub(crate) const CHANNEL: &str = "careerbot_changes";
/// How long to wait before listening again after the connection was lost.
const AGAIN: Duration = Duration::from_millis(500);
/// How long nothing may be heard before the connection is tried: one whose other end has gone is as quiet as a quiet server.
const QUIET: Duration = Duration::from_secs(5);

/// What has changed. It says where, not what: whoever hears it reads anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A server's settings.
    Settings(ServerId),
    /// A server's knowledge entries.
    Entries(ServerId),
    /// Anything may have changed: after a restore, or when changes were missed.
    Everything,
}

impl Change {
    fn write(self) -> String {
        match self {
            Self::Settings(server) => format!("settings {server}"),
            Self::Entries(server) => format!("entries {server}"),
            Self::Everything => "everything".to_owned(),
        }
    }

    /// What cannot be read comes from another version, and may mean anything.
    fn parse(text: &str) -> Self {
        let server = |id: &str| id.parse().map(ServerId::new).ok();
        match text.split_once(' ') {
            Some(("settings", id)) => server(id).map_or(Self::Everything, Self::Settings),
            Some(("entries", id)) => server(id).map_or(Self::Everything, Self::Entries),
            _ => Self::Everything,
        }
    }
}

/// Hears of changes from the moment it was made.
#[derive(Debug)]
pub struct Changes(broadcast::Receiver<Change>);

impl Changes {
    /// Waits for the next change; `None` when the store is gone.
    pub async fn next(&mut self) -> Option<Change> {
        match self.0.recv().await {
            Ok(change) => Some(change),
            Err(RecvError::Lagged(_)) => Some(Change::Everything),
            Err(RecvError::Closed) => None,
        }
    }

    /// The next change that has been heard already; `None` when there is none.
    pub fn heard(&mut self) -> Option<Change> {
        match self.0.try_recv() {
            Ok(change) => Some(change),
            Err(TryRecvError::Lagged(_)) => Some(Change::Everything),
            Err(TryRecvError::Empty | TryRecvError::Closed) => None,
        }
    }
}

/// The listening task; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Listening(tokio::task::AbortHandle);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Store {
    /// Hears of every change of settings and server knowledge from now on.
    pub fn changes(&self) -> Changes {
        Changes(self.changes.subscribe())
    }

    /// Tells this program's own listeners, once a change is committed. PostgreSQL tells them through LISTEN.
    pub(crate) fn announce(&self, change: Change) {
        if matches!(self.backend, Backend::Sqlite { .. }) {
            // An error only means that nobody listens.
            let _ = self.changes.send(change);
        }
    }

    /// What NOTIFY sends for a change.
    pub(crate) fn payload(change: Change) -> String {
        change.write()
    }
}

/// Tells every replica of a change, inside the transaction that makes it; does nothing on SQLite.
macro_rules! notify {
    ($store:expr, $tx:ident, $change:expr) => {
        if $store.is_shared() {
            let payload = $crate::store::database::Store::payload($change);
            let query = sqlx::query("SELECT pg_notify($1, $2)")
                .bind($crate::store::changes::CHANNEL)
                .bind(payload);
            $crate::store::database::step!($store, $tx, query, execute);
        }
    };
}
pub(crate) use notify;

/// Listens on a connection of its own until the handle is dropped.
pub(crate) async fn listen(
    pool: &PgPool,
    changes: broadcast::Sender<Change>,
    place: &str,
) -> Result<Listening> {
    let mut listener = begin(pool)
        .await
        .map_err(|error| Error::sort(place, error))?;
    let pool = pool.clone();
    let task = tokio::spawn(async move {
        loop {
            let change = match tokio::time::timeout(QUIET, listener.try_recv()).await {
                Ok(Ok(Some(notification))) => Change::parse(notification.payload()),
                // The connection was lost; the next call makes a new one. Meanwhile anything may have happened.
                Ok(Ok(None)) => Change::Everything,
                Ok(Err(sqlx::Error::PoolClosed)) => return,
                Ok(Err(_)) => {
                    warn!("database notifications interrupted");
                    tokio::time::sleep(AGAIN).await;
                    Change::Everything
                }
                Err(_) if answers(&mut listener).await => continue,
                Err(_) => {
                    warn!("database notifications have fallen silent");
                    loop {
                        match begin(&pool).await {
                            Ok(anew) => break listener = anew,
                            Err(sqlx::Error::PoolClosed) => return,
                            Err(_) => tokio::time::sleep(AGAIN).await,
                        }
                    }
                    Change::Everything
                }
            };
            // An error only means that nobody listens.
            let _ = changes.send(change);
        }
    });
    Ok(Listening(task.abort_handle()))
}

async fn begin(pool: &PgPool) -> sqlx::Result<PgListener> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Whether the other end is still there. What is heard meanwhile is kept for the next call.
async fn answers(listener: &mut PgListener) -> bool {
    let asked = sqlx::query("SELECT 1").execute(listener);
    tokio::time::timeout(ACQUIRE, asked)
        .await
        .is_ok_and(|answer| answer.is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_survive_their_text() {
        for change in [
            Change::Settings(ServerId::new(u64::MAX)),
            Change::Entries(ServerId::new(7)),
            Change::Everything,
        ] {
            assert_eq!(Change::parse(&change.write()), change);
        }
        assert_eq!(Change::parse("settings x"), Change::Everything);
    }
}
