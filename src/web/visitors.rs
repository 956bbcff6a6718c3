//! All visitors: each with a server of its own, so many at once, and forgotten after a while.
//!
//! Who comes when all places are taken gets the place of the one who has done nothing for the longest time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::web::keys::random;
use crate::web::server::Server;

/// Most visitors at once; each takes at most a mebibyte or so.
const MOST: usize = 128;
/// How long a visitor may do nothing.
const IDLE: Duration = Duration::from_secs(30 * 60);

struct Visit {
    key: String,
    server: Arc<Mutex<Server>>,
    seen: Instant,
}

/// All visitors.
#[derive(Default)]
pub(super) struct Visitors(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    visits: Vec<Visit>,
    gone: Vec<Arc<Mutex<Server>>>,
}

/// Looks at a server; a panic elsewhere leaves it as it is.
pub(super) fn lock(server: &Mutex<Server>) -> MutexGuard<'_, Server> {
    server.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Visitors {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new visitor: the key to come back with, and the server.
    pub(super) fn begin(&self, bot: u64) -> (String, Arc<Mutex<Server>>) {
        let (key, server) = (random(), Arc::new(Mutex::new(Server::new(bot))));
        let mut inner = self.inner();
        if inner.visits.len() >= MOST {
            let idlest = inner
                .visits
                .iter()
                .enumerate()
                .min_by_key(|(_, visit)| visit.seen);
            if let Some(at) = idlest.map(|(at, _)| at) {
                let visit = inner.visits.swap_remove(at);
                inner.gone.push(visit.server);
            }
        }
        inner.visits.push(Visit {
            key: key.clone(),
            server: server.clone(),
            seen: Instant::now(),
        });
        (key, server)
    }

    /// The server of a visitor, who is seen to be there.
    pub(super) fn of(&self, key: &str) -> Option<Arc<Mutex<Server>>> {
        let mut inner = self.inner();
        let visit = inner.visits.iter_mut().find(|visit| visit.key == key)?;
        visit.seen = Instant::now();
        Some(visit.server.clone())
    }

    /// The server for which this holds.
    pub(super) fn find(&self, fits: impl Fn(&Server) -> bool) -> Option<Arc<Mutex<Server>>> {
        let servers: Vec<_> = self
            .inner()
            .visits
            .iter()
            .map(|visit| visit.server.clone())
            .collect();
        servers.into_iter().find(|server| fits(&lock(server)))
    }

    /// Forgets who has not been here for a while, and gives the servers that are no more since the last time.
    pub(super) fn sweep(&self, now: Instant) -> Vec<Arc<Mutex<Server>>> {
        let mut inner = self.inner();
        let (stay, go): (Vec<Visit>, Vec<Visit>) = std::mem::take(&mut inner.visits)
            .into_iter()
            .partition(|visit| now.saturating_duration_since(visit.seen) < IDLE);
        inner.visits = stay;
        let mut gone = std::mem::take(&mut inner.gone);
        gone.extend(go.into_iter().map(|visit| visit.server));
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_an_end_to_visitors_and_to_a_visit() {
        let visitors = Visitors::default();
        let (first, _) = visitors.begin(1);
        let (second, _) = visitors.begin(1);
        // The first one has been seen since.
        assert!(visitors.of(&first).is_some());
        for _ in 2..=MOST {
            visitors.begin(1);
        }
        assert!(visitors.of(&first).is_some() && visitors.of(&second).is_none());
        assert_eq!(visitors.sweep(Instant::now()).len(), 1);
        assert_eq!(visitors.sweep(Instant::now() + IDLE).len(), MOST);
        assert!(visitors.of(&first).is_none());
    }

    #[test]
    fn keys_are_long_and_never_the_same() {
        let visitors = Visitors::default();
        let keys: std::collections::BTreeSet<String> =
            (0..50).map(|_| visitors.begin(1).0).collect();
        assert!(keys.len() == 50 && keys.iter().all(|key| key.len() == 32));
    }
}
