//! Which channel a thread belongs to: Discord does not say so with a message.
//!
//! Asked once a channel, and only for a message that speaks to the bot where the server allows some channels alone.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;
use serenity::model::id::ChannelId;
use tracing::debug;

use crate::discord::api::client::Rest;

/// Channels remembered.
const REMEMBERED: usize = 2_000;

/// The channels that were asked for lately.
pub(super) struct Threads(Mutex<LruCache<ChannelId, Option<ChannelId>>>);

impl Default for Threads {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(
            NonZeroUsize::new(REMEMBERED).unwrap_or(NonZeroUsize::MIN),
        )))
    }
}

impl Threads {
    /// The channel that this one is a thread of; `None` where it is none, or Discord does not tell.
    pub(super) async fn parent(&self, rest: &Rest, channel: ChannelId) -> Option<ChannelId> {
        if let Some(known) = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&channel)
        {
            return *known;
        }
        match rest.hasty().channel(channel).await {
            Ok(found) => {
                let parent = found.thread_of();
                self.0
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .put(channel, parent);
                parent
            }
            Err(error) => {
                debug!(%channel, %error, "whether it is a thread is not known");
                None
            }
        }
    }
}
