//! One file for each command that moderators use.

pub mod digest;
pub mod draft_trend;
pub mod export;
pub mod gaps;
pub mod knowledge;
pub mod save_as_knowledge;
pub mod settings;
pub mod stats;
pub mod trend_draft;
