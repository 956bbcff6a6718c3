//! Discord's REST API: the client and its rate limits, what Discord refuses and what to advise, and permissions.
//!
//! Knows Discord's rules; knows nothing of this bot's commands and answers.

pub(crate) mod attachment;
pub mod client;
pub(crate) mod clock;
pub(crate) mod error;
pub mod error_code;
pub mod error_text;
pub mod forum_tag;
pub mod member_role;
mod messages;
pub mod model;
pub mod permissions;
pub(crate) mod rate_limit;
pub(crate) mod transport;
