//! The bot as it runs: everything put together, the store and its upkeep, and posts that go out at their time.

pub mod background;
pub mod demo;
pub mod letters;
pub mod news;
pub mod posting;
pub mod serve;
