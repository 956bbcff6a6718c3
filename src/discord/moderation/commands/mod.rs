//! One file for each command that moderators use.

pub mod digest;
pub mod gaps;
pub mod knowledge;
pub mod settings;
