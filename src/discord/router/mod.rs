//! Which command, button or form goes to which feature.

pub mod commands;
pub mod components;
pub mod dispatch;

pub mod respond;
