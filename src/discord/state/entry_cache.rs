//! The entries that a server's moderators have published, ready to be searched by questions in that server.
//!
//! A server's shelf is made from the store when somebody asks there, and kept while there is room. A change that anybody
//! makes is heard of before the next answer, also one of another replica; what can't be heard, such as a restored database,
//! is noticed within a minute. Never holds an answer up for long: without the store, answers are given without entries.
//! `of` is the one place that decides whose entries may be seen. Knows nothing of how they are written or searched.
//!
//! To see the effect of an entry that was published a moment ago, ask `fresh`, which goes by what the store says now.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lru::LruCache;
use serenity::model::id::GuildId;

use crate::advisor::{Entry, EntryIndex};
use crate::discord::state::server_settings;
use crate::knowledge::own_trend::OwnTrend;
use crate::store::{Change, Changes, ServerId, Store};

/// How long an answer waits for the store. A read takes about a millisecond; Discord gives 3 s for everything.
const PATIENCE: Duration = Duration::from_millis(400);
/// How long a shelf is taken for granted when nothing is heard of it.
const GOOD_FOR: Duration = Duration::from_secs(60);
/// Most memory for shelves, in bytes as they estimate it; the one that was not asked for longest makes room.
const ROOM: usize = 64 << 20;

/// The shelves that were asked last.
#[derive(Default)]
pub struct EntryCache(Mutex<Inside>);

struct Inside {
    kept: LruCache<ServerId, Kept>,
    bytes: usize,
    changes: Option<Changes>,
    heard: u64,
}

struct Kept {
    /// `None` for a server without entries, so that it is not read again with each question.
    shelf: Option<Arc<EntryIndex>>,
    bytes: usize,
    read: Instant,
}

impl Default for Inside {
    fn default() -> Self {
        Self {
            kept: LruCache::unbounded(),
            bytes: 0,
            changes: None,
            heard: 0,
        }
    }
}

/// The shelf that a question may be answered from: that of the server in which it is asked, when the bot is a member there.
/// `None` in direct messages, in servers that do not have the bot, where nothing is published, and when the store does not
/// tell in time.
pub(crate) async fn of(
    entries: &EntryCache,
    store: &Store,
    guild: Option<GuildId>,
    bot_in_server: bool,
) -> Option<Arc<EntryIndex>> {
    let server = server_settings::id(guild.filter(|_| bot_in_server)?);
    if let Some(known) = entries.known(store, server) {
        return known;
    }
    in_time(read(entries, store, server)).await
}

/// The shelf of a server as the store has it now, whatever was kept of it.
pub(crate) async fn fresh(
    entries: &EntryCache,
    store: &Store,
    server: ServerId,
) -> Option<Arc<EntryIndex>> {
    entries.forget(server);
    in_time(read(entries, store, server)).await
}

async fn in_time(
    reading: impl Future<Output = Option<Arc<EntryIndex>>>,
) -> Option<Arc<EntryIndex>> {
    tokio::time::timeout(PATIENCE, reading)
        .await
        .unwrap_or_else(|_| {
            tracing::warn!("entries are not read in time; answering goes on without them");
            None
        })
}

async fn read(entries: &EntryCache, store: &Store, server: ServerId) -> Option<Arc<EntryIndex>> {
    let began = entries.lock().listen(store);
    let versions = match store.live_entries(server).await {
        Ok(versions) => versions,
        Err(error) => {
            tracing::warn!(%error, "entries cannot be read; answering goes on without them");
            return None;
        }
    };
    let shelf = if versions.is_empty() {
        None
    } else {
        // Up to some milliseconds for a server with many entries.
        let made = tokio::task::spawn_blocking(move || {
            let entry = |version: &crate::store::entries::Version| {
                let trend = version.trend.as_deref().and_then(OwnTrend::parse);
                let entry = Entry::new(
                    &version.title,
                    &version.text,
                    &version.source,
                    &version.review_on,
                );
                Entry {
                    id: version.entry,
                    by: version.named.map(|named| named.get()),
                    ..entry.with_trend(trend)
                }
            };
            EntryIndex::new(versions.iter().map(entry).collect())
        });
        match made.await {
            Ok(Ok(shelf)) => Some(Arc::new(shelf)),
            Ok(Err(error)) => {
                tracing::error!(%error, "entries cannot be searched");
                return None;
            }
            // The panic of a task carries the text that it worked on; it is not logged.
            Err(_) => {
                tracing::error!("entries cannot be searched: a fault of the program");
                return None;
            }
        }
    };
    entries.keep(store, server, shelf.clone(), began);
    shelf
}

impl EntryCache {
    /// What is kept of a server's shelf; the outer `None` says that it has to be read.
    fn known(&self, store: &Store, server: ServerId) -> Option<Option<Arc<EntryIndex>>> {
        let mut inside = self.lock();
        inside.listen(store);
        inside
            .kept
            .get(&server)
            .filter(|kept| kept.read.elapsed() < GOOD_FOR)
            .map(|kept| kept.shelf.clone())
    }

    /// Keeps a shelf that was read after `began`, unless something has changed since.
    fn keep(&self, store: &Store, server: ServerId, shelf: Option<Arc<EntryIndex>>, began: u64) {
        let mut inside = self.lock();
        if inside.listen(store) != began {
            return;
        }
        inside.forget(server);
        let bytes = shelf.as_ref().map_or(200, |shelf| shelf.bytes());
        inside.bytes += bytes;
        inside.kept.put(
            server,
            Kept {
                shelf,
                bytes,
                read: Instant::now(),
            },
        );
        while inside.bytes > ROOM {
            let Some((_, oldest)) = inside.kept.pop_lru() else {
                break;
            };
            inside.bytes = inside.bytes.saturating_sub(oldest.bytes);
        }
    }

    /// Lets go of a server's shelf.
    pub fn forget(&self, server: ServerId) {
        self.lock().forget(server);
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        // Whatever was interrupted, at worst a shelf is read again.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    /// Forgets what has changed since the last call. Gives how many changes of entries were ever heard of.
    fn listen(&mut self, store: &Store) -> u64 {
        let mut changes = self.changes.take().unwrap_or_else(|| store.changes());
        while let Some(change) = changes.heard() {
            match change {
                Change::Entries(server) => self.forget(server),
                Change::Everything => {
                    self.kept.clear();
                    self.bytes = 0;
                }
                Change::Settings(_) => continue,
            }
            self.heard += 1;
        }
        self.changes = Some(changes);
        self.heard
    }

    fn forget(&mut self, server: ServerId) {
        if let Some(kept) = self.kept.pop(&server) {
            self.bytes = self.bytes.saturating_sub(kept.bytes);
        }
    }
}
