//! The bot as it runs: the store and its upkeep, and posts that go out at their time.

pub mod background;
pub mod posting;
