//! What happens once and not again: a bounded memory of keys, in which the one that came last longest ago makes room.
//!
//! In memory only, and gone with a restart. Knows nothing of what the keys stand for.

use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use lru::LruCache;

/// The keys that came lately.
pub struct SeenSet<K: Hash + Eq>(Mutex<LruCache<K, ()>>);

impl<K: Hash + Eq> SeenSet<K> {
    /// A memory of at most `most` keys.
    pub fn new(most: usize) -> Self {
        Self(Mutex::new(LruCache::new(
            NonZeroUsize::new(most).unwrap_or(NonZeroUsize::MIN),
        )))
    }

    /// Notes a key; `false` when it was noted before.
    pub fn is_first(&self, key: K) -> bool {
        self.lock().put(key, ()).is_none()
    }

    /// Forgets a key: the next time is the first again.
    pub fn forget(&self, key: &K) {
        self.lock().pop(key);
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<K, ()>> {
        // Every change is one call.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_first_until_it_was_noted_and_again_when_it_is_forgotten() {
        let once = SeenSet::new(10);
        assert!(once.is_first(1) && once.is_first(2));
        assert!(!once.is_first(1));
        once.forget(&1);
        assert!(once.is_first(1) && !once.is_first(2));
    }

    #[test]
    fn memory_is_bounded_and_what_came_longest_ago_makes_room() {
        let once = SeenSet::new(3);
        for key in 0..100 {
            assert!(once.is_first(key));
        }
        assert_eq!(once.lock().len(), 3);
        assert!(!once.is_first(99) && !once.is_first(97) && once.is_first(0) && once.is_first(98));
    }
}
