//! What was talked about a moment ago, by member and channel, so that "and in Texas?" can be understood.
//!
//! In memory only, for 15 minutes, bounded; gone with a restart. Knows no clock, and nothing of what is remembered.

use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use lru::LruCache;
use serenity::model::id::{ChannelId, UserId};

use crate::understanding::Context;

/// How long a talk is remembered after its last question.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_mins(15);

/// How many talks are remembered at most; the one that was quiet for longest makes room.
pub const MOST: usize = 10_000;

/// What is remembered of a talk, with the fingerprint of the knowledge that it points into.
pub type Conversation = (u32, Context);

/// Talks by member and channel.
pub struct Conversations<T>(Mutex<LruCache<(UserId, ChannelId), Kept<T>>>);

struct Kept<T> {
    what: T,
    until: Timestamp,
}

impl<T: Clone> Conversations<T> {
    /// An empty memory of at most `most` talks.
    pub fn new(most: usize) -> Self {
        Self(Mutex::new(LruCache::new(
            NonZeroUsize::new(most).unwrap_or(NonZeroUsize::MIN),
        )))
    }

    /// What is remembered of a talk at `now`.
    pub fn recall(&self, user: UserId, channel: ChannelId, now: Timestamp) -> Option<T> {
        self.lock()
            .peek(&(user, channel))
            .filter(|talk| now < talk.until)
            .map(|talk| talk.what.clone())
    }

    /// Remembers a talk from `now` on, in place of what was remembered of it.
    pub fn keep(&self, user: UserId, channel: ChannelId, what: T, now: Timestamp) {
        let until = now.checked_add(KEPT_FOR).unwrap_or(Timestamp::MAX);
        let mut talks = self.lock();
        talks.put((user, channel), Kept { what, until });
        while talks
            .peek_lru()
            .is_some_and(|(_, oldest)| oldest.until <= now)
        {
            talks.pop_lru();
        }
    }

    /// Until when each talk of a member is remembered, soonest first.
    pub fn of_member(&self, user: UserId, now: Timestamp) -> Vec<(ChannelId, Timestamp)> {
        let talks = self.lock();
        let own = talks
            .iter()
            .filter(|((member, _), talk)| *member == user && now < talk.until);
        let mut found: Vec<_> = own
            .map(|((_, channel), talk)| (*channel, talk.until))
            .collect();
        found.sort_by_key(|(_, until)| *until);
        found
    }

    /// Forgets all talks of a member; says how many there were.
    pub fn forget(&self, user: UserId) -> usize {
        let mut talks = self.lock();
        let own: Vec<_> = talks
            .iter()
            .map(|(place, _)| *place)
            .filter(|(member, _)| *member == user)
            .collect();
        own.iter()
            .filter(|place| talks.pop(place).is_some())
            .count()
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<(UserId, ChannelId), Kept<T>>> {
        // Every change is one call.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    const ANN: UserId = UserId::new(1);
    const HERE: ChannelId = ChannelId::new(9);

    #[test]
    fn a_talk_ends_after_fifteen_quiet_minutes() {
        let memory = Conversations::new(10);
        memory.keep(ANN, HERE, "nurse", at(0));
        assert_eq!(memory.recall(ANN, HERE, at(899)), Some("nurse"));
        assert_eq!(memory.recall(ANN, HERE, at(900)), None);
        assert_eq!(
            memory.recall(UserId::new(2), HERE, at(1)),
            None,
            "nobody else's"
        );
        assert_eq!(
            memory.recall(ANN, ChannelId::new(8), at(1)),
            None,
            "nowhere else"
        );
    }

    #[test]
    fn the_quietest_talk_makes_room() {
        let memory = Conversations::new(2);
        memory.keep(ANN, ChannelId::new(1), 1, at(0));
        memory.keep(ANN, ChannelId::new(2), 2, at(1));
        memory.keep(ANN, ChannelId::new(1), 3, at(2));
        memory.keep(ANN, ChannelId::new(3), 4, at(3));
        let kept: Vec<_> = (1..=3)
            .map(|channel| memory.recall(ANN, ChannelId::new(channel), at(4)))
            .collect();
        assert_eq!(kept, [Some(3), None, Some(4)]);
    }

    #[test]
    fn a_member_can_have_everything_forgotten() {
        let memory = Conversations::new(10);
        memory.keep(ANN, HERE, 1, at(0));
        memory.keep(ANN, ChannelId::new(8), 1, at(1));
        memory.keep(UserId::new(2), HERE, 2, at(2));
        assert_eq!(memory.of_member(ANN, at(3)).len(), 2);
        assert_eq!(memory.forget(ANN), 2);
        assert_eq!(memory.of_member(ANN, at(3)), []);
        assert_eq!(memory.recall(UserId::new(2), HERE, at(3)), Some(2));
    }

    #[test]
    fn ended_talks_leave_the_memory() {
        let memory = Conversations::new(10);
        memory.keep(ANN, HERE, 1, at(0));
        memory.keep(UserId::new(2), HERE, 2, at(2_000));
        assert_eq!(memory.lock().len(), 1);
    }
}
