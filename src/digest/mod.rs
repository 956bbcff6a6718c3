//! Digests: summaries of a trend, of a role or of what is new, and when they are posted.
//!
//! `compose` writes a [`Summary`] from the knowledge, `own` from what a server has written, `text` shows it without markup, `cadence` says how often and
//! `schedule` when the next one is due, `memory` what a digest has posted before, and `due` brings each due one to its
//! channel exactly once. All but `due` is pure, and `due` takes the clock and the channel as arguments. Knows nothing of
//! Discord's messages or commands.

pub mod cadence;
pub mod coming;
pub mod compose;
pub mod dress;
pub mod front;
pub mod memory;
pub mod news;
mod news_post;
pub mod own;
mod parts;
mod points;
mod questions;
pub mod runner;
pub mod schedule;
mod sentences;
pub mod summary;
pub mod text;
pub mod time;
pub mod topic;
mod ways;
pub mod zone;

pub use cadence::Cadence;
pub use schedule::Schedule;
pub use summary::{Style, Summary};
pub use topic::Topic;
