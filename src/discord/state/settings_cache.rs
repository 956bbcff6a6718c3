//! Settings of servers as they were read last: an answer must not wait for the database each time.
//!
//! A change that anybody makes is heard of before the next answer, also one of another replica; what can't be heard, such as a
//! restored database, is noticed within a minute. Knows nothing of what the settings mean.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::store::settings::Settings;
use crate::store::{Change, Changes, Result, ServerId, Store};

/// How long settings are taken for granted when nothing is heard of them.
const GOOD_FOR: Duration = Duration::from_secs(60);

/// Servers kept at most, some hundred bytes each; then it begins anew.
const KEEP: usize = 10_000;

/// The settings that were read last.
#[derive(Default)]
pub struct SettingsCache(Mutex<Inside>);

#[derive(Default)]
struct Inside {
    /// With when they were read; without where they may have changed since.
    known: HashMap<ServerId, (Option<Instant>, Arc<Settings>)>,
    changes: Option<Changes>,
}

impl Inside {
    /// Forgets what has changed since the last call; says whether `server` may be among it.
    fn listen(&mut self, store: &Store, server: ServerId) -> bool {
        let changes = self.changes.get_or_insert_with(|| store.changes());
        let mut touched = false;
        while let Some(change) = changes.heard() {
            match change {
                Change::Settings(changed) => {
                    self.known.remove(&changed);
                    touched |= changed == server;
                }
                Change::Everything => {
                    self.known.values_mut().for_each(|(read, _)| *read = None);
                    touched = true;
                }
                Change::Entries(_) => {}
            }
        }
        touched
    }
}

impl SettingsCache {
    /// The settings of a server, from memory where they are known.
    ///
    /// # Errors
    /// When they have to be read and the database cannot be.
    pub async fn settings(&self, store: &Store, server: ServerId) -> Result<Arc<Settings>> {
        if let Some(settings) = self.known(store, server) {
            return Ok(settings);
        }
        let settings = Arc::new(store.settings(server).await?);
        let mut inside = self.lock();
        // A change that was made while they were read may have come too late for the reading.
        if !inside.listen(store, server) {
            if inside.known.len() >= KEEP {
                inside.known.clear();
            }
            inside
                .known
                .insert(server, (Some(Instant::now()), settings.clone()));
        }
        Ok(settings)
    }

    /// The settings of a server as far as they are known without reading them.
    pub fn known(&self, store: &Store, server: ServerId) -> Option<Arc<Settings>> {
        let mut inside = self.lock();
        inside.listen(store, server);
        let (read, settings) = inside.known.get(&server)?;
        read.filter(|read| read.elapsed() < GOOD_FOR)
            .map(|_| settings.clone())
    }

    /// The settings of a server as they were read last, however long ago: for where the store does not tell them. `None` where
    /// they were never read, or have changed since for certain.
    pub fn last(&self, store: &Store, server: ServerId) -> Option<Arc<Settings>> {
        let mut inside = self.lock();
        inside.listen(store, server);
        inside
            .known
            .get(&server)
            .map(|(_, settings)| settings.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Location, UserId};

    #[tokio::test]
    async fn what_may_have_changed_is_read_again_and_still_known_where_it_cannot_be() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&Location::Sqlite(folder.path().join("careerbot.db")))
            .await
            .expect("the store opens");
        let (recent, server, now) = (
            SettingsCache::default(),
            ServerId::new(1),
            jiff::Timestamp::UNIX_EPOCH,
        );
        let public = Settings {
            private_answers: false,
            ..Settings::default()
        };
        assert_eq!(recent.last(&store, server), None);
        store
            .save_settings(server, &public, UserId::new(2), "x", now)
            .await
            .expect("written");
        recent.settings(&store, server).await.expect("read");
        store.announce(Change::Everything);
        assert_eq!(
            recent.known(&store, server),
            None,
            "the connection to the store was lost for a while"
        );
        store.close().await;
        assert!(recent.settings(&store, server).await.is_err());
        assert_eq!(recent.last(&store, server).as_deref(), Some(&public));
        store.announce(Change::Settings(server));
        assert_eq!(
            recent.last(&store, server),
            None,
            "these are not the settings any more"
        );
    }
}
