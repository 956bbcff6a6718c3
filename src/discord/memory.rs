//! What was talked about a moment ago, by member and channel, so that "and in Texas?" can be understood.
//!
//! In memory only, for 15 minutes, bounded; gone with a restart. Knows no clock, and nothing of what is remembered.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serenity::model::id::{ChannelId, UserId};

/// How long a talk is remembered after its last question.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_mins(15);

/// How many talks are remembered at most; the one that was quiet for longest makes room.
pub const TALKS: usize = 10_000;

/// Talks by member and channel.
pub struct Memory<T> {
    talks: Mutex<Talks<T>>,
    most: usize,
}

struct Talks<T> {
    by_place: HashMap<(UserId, ChannelId), Talk<T>>,
    /// Places by the turn of their last use: the first is the one that was quiet for longest.
    by_turn: BTreeMap<u64, (UserId, ChannelId)>,
    turn: u64,
}

struct Talk<T> {
    what: T,
    until: Timestamp,
    turn: u64,
}

impl<T: Clone> Memory<T> {
    /// An empty memory of at most `most` talks.
    pub fn new(most: usize) -> Self {
        Self {
            talks: Mutex::new(Talks { by_place: HashMap::new(), by_turn: BTreeMap::new(), turn: 0 }),
            most: most.max(1),
        }
    }

    /// What is remembered of a talk at `now`.
    pub fn recall(&self, user: UserId, channel: ChannelId, now: Timestamp) -> Option<T> {
        self.lock().by_place.get(&(user, channel)).filter(|talk| now < talk.until).map(|talk| talk.what.clone())
    }

    /// Remembers a talk from `now` on, in place of what was remembered of it.
    pub fn keep(&self, user: UserId, channel: ChannelId, what: T, now: Timestamp) {
        let until = now.checked_add(KEPT_FOR).unwrap_or(Timestamp::MAX);
        let mut talks = self.lock();
        talks.turn += 1;
        let turn = talks.turn;
        if let Some(old) = talks.by_place.insert((user, channel), Talk { what, until, turn }) {
            talks.by_turn.remove(&old.turn);
        }
        talks.by_turn.insert(turn, (user, channel));
        while talks.by_place.len() > self.most || talks.oldest_ended(now) {
            let Some((_, place)) = talks.by_turn.pop_first() else { break };
            talks.by_place.remove(&place);
        }
    }

    /// Until when each talk of a member is remembered, soonest first.
    pub fn of_member(&self, user: UserId, now: Timestamp) -> Vec<(ChannelId, Timestamp)> {
        let talks = self.lock();
        let own = talks.by_place.iter().filter(|((member, _), talk)| *member == user && now < talk.until);
        let mut found: Vec<_> = own.map(|((_, channel), talk)| (*channel, talk.until)).collect();
        found.sort_by_key(|(_, until)| *until);
        found
    }

    /// Forgets all talks of a member; says how many there were.
    pub fn forget(&self, user: UserId) -> usize {
        let mut talks = self.lock();
        let before = talks.by_place.len();
        talks.by_place.retain(|(member, _), _| *member != user);
        talks.by_turn.retain(|_, (member, _)| *member != user);
        before - talks.by_place.len()
    }

    fn lock(&self) -> MutexGuard<'_, Talks<T>> {
        // No code between lock and unlock leaves the two maps apart, so a poisoned lock still holds good data.
        self.talks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Talks<T> {
    fn oldest_ended(&self, now: Timestamp) -> bool {
        let oldest = self.by_turn.first_key_value().and_then(|(_, place)| self.by_place.get(place));
        oldest.is_some_and(|talk| talk.until <= now)
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
        let memory = Memory::new(10);
        memory.keep(ANN, HERE, "nurse", at(0));
        assert_eq!(memory.recall(ANN, HERE, at(899)), Some("nurse"));
        assert_eq!(memory.recall(ANN, HERE, at(900)), None);
        assert_eq!(memory.recall(UserId::new(2), HERE, at(1)), None, "nobody else's");
        assert_eq!(memory.recall(ANN, ChannelId::new(8), at(1)), None, "nowhere else");
    }

    #[test]
    fn the_quietest_talk_makes_room() {
        let memory = Memory::new(2);
        memory.keep(ANN, ChannelId::new(1), 1, at(0));
        memory.keep(ANN, ChannelId::new(2), 2, at(1));
        memory.keep(ANN, ChannelId::new(1), 3, at(2));
        memory.keep(ANN, ChannelId::new(3), 4, at(3));
        let kept: Vec<_> = (1..=3).map(|channel| memory.recall(ANN, ChannelId::new(channel), at(4))).collect();
        assert_eq!(kept, [Some(3), None, Some(4)]);
    }

    #[test]
    fn a_member_can_have_everything_forgotten() {
        let memory = Memory::new(10);
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
        let memory = Memory::new(10);
        memory.keep(ANN, HERE, 1, at(0));
        memory.keep(UserId::new(2), HERE, 2, at(2_000));
        assert_eq!(memory.lock().by_place.len(), 1);
    }
}
