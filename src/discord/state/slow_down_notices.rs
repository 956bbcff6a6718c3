//! Who was told lately in a channel to slow down.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use lru::LruCache;
use serenity::model::id::{ChannelId, GuildId, UserId};

use crate::discord::message::body::Message;
use crate::discord::state::rate_limiter;

/// How long somebody who asks too fast in a server's channel is not told so again: nothing there is private.
const QUIET: SignedDuration = SignedDuration::from_secs(60);

/// Members remembered who were told to slow down.
const REMEMBERED: usize = 4_000;

/// Who was told to slow down, where, and until when they are not told again.
pub struct SlowDownNotices(Mutex<LruCache<(UserId, ChannelId), Timestamp>>);

impl Default for SlowDownNotices {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(
            NonZeroUsize::new(REMEMBERED).unwrap_or(NonZeroUsize::MIN),
        )))
    }
}

impl SlowDownNotices {
    /// What to reply to somebody who has to wait: words in their first message of many, silence after that. In a direct
    /// message the next words come when the wait is over, in a server's channel a while later.
    pub(crate) fn reply(
        &self,
        author: UserId,
        channel: ChannelId,
        guild: Option<GuildId>,
        seconds: u64,
        now: Timestamp,
    ) -> Option<Message> {
        let key = (author, channel);
        let wait = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
        let quiet = if guild.is_some() {
            wait.max(QUIET)
        } else {
            wait
        };
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.get(&key).is_some_and(|until| now < *until) {
            return None;
        }
        told.put(key, now.checked_add(quiet).unwrap_or(Timestamp::MAX));
        Some(Message {
            content: rate_limiter::words(seconds),
            ..Message::default()
        })
    }
}
