//! Which command, button or form goes to which feature.

pub mod commands;
pub mod dispatch;
pub mod features;
pub mod respond;
