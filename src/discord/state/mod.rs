//! What is held in memory between interactions: conversations, rate limits and caches of the store.
//!
//! Takes the store where it needs it; never the app.

pub mod answer_cache;
pub(crate) mod chart_cache;
pub mod connections;
pub mod conversations;
pub mod count_queue;
pub mod entry_cache;
pub mod feedback_queue;
pub mod rate_limiter;
pub(crate) mod replay_cache;
pub mod seen_set;
pub mod server_settings;
pub mod settings_cache;
pub mod shared_messages;
pub mod slow_down_notices;
