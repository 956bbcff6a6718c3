//! Charts that were drawn lately, and how many are drawn at once.
//!
//! A chart depends on the knowledge and on what it shows, and on nobody who asks. Bounded, and gone with a restart.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;

use crate::answer::picture::Picture;
use crate::chart::Chart;

/// Charts kept at most, 40 KB or so each; the one that was not asked for longest makes room.
const KEPT: usize = 128;
/// Charts drawn at once, or waiting for a thread: some milliseconds of work each. Whoever comes then goes without one.
const AT_ONCE: usize = 8;

/// The charts.
pub(crate) struct ChartCache {
    kept: Mutex<LruCache<(u32, Picture), Arc<Chart>>>,
    drawing: Arc<tokio::sync::Semaphore>,
}

impl Default for ChartCache {
    fn default() -> Self {
        let most = NonZeroUsize::new(KEPT).unwrap_or(NonZeroUsize::MIN);
        Self {
            kept: Mutex::new(LruCache::new(most)),
            drawing: Arc::new(tokio::sync::Semaphore::new(AT_ONCE)),
        }
    }
}

impl ChartCache {
    /// The chart of a picture in this edition of the knowledge, where it was drawn lately.
    pub(crate) fn find(&self, edition: u32, picture: &Picture) -> Option<Arc<Chart>> {
        // A lock that somebody left in a panic holds whole charts all the same.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&(edition, picture.clone())).cloned()
    }

    /// Keeps a chart.
    pub(crate) fn keep(&self, edition: u32, picture: Picture, chart: Arc<Chart>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put((edition, picture), chart);
    }

    /// Leave to draw, for as long as what it gives is held; `None` where too many are drawn already.
    pub(crate) fn leave(&self) -> Option<tokio::sync::OwnedSemaphorePermit> {
        self.drawing.clone().try_acquire_owned().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn growth(slug: usize) -> Picture {
        Picture::Growth {
            roles: vec![slug.to_string()],
        }
    }

    #[test]
    fn a_chart_is_kept_for_its_picture_and_edition_and_their_number_is_bounded() {
        let cache = ChartCache::default();
        let chart = Arc::new(Chart {
            png: vec![1],
            alt: "x".to_owned(),
        });
        for slug in 0..=KEPT {
            cache.keep(1, growth(slug), chart.clone());
        }
        assert_eq!(cache.find(1, &growth(1)), Some(chart));
        assert_eq!(cache.find(2, &growth(1)), None);
        assert_eq!(cache.find(1, &growth(0)), None, "the oldest made room");
    }

    #[test]
    fn no_more_are_drawn_at_once_than_a_machine_can_bear() {
        let cache = ChartCache::default();
        let mut held: Vec<_> = (0..AT_ONCE).filter_map(|_| cache.leave()).collect();
        assert_eq!(held.len(), AT_ONCE);
        assert!(cache.leave().is_none());
        held.pop();
        assert!(cache.leave().is_some());
    }
}
