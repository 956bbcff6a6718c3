//! A message as plain data: its body, components and custom ids, markdown, and Discord's limits.
//!
//! Pure. Knows nothing of the network, the store or what this bot talks about.

pub mod actions;
pub mod body;
pub mod components;
pub mod custom_id;
mod custom_id_text;
pub mod diff;
pub mod limits;
pub mod line_budget;
pub mod locale;
pub mod markdown;
pub mod plain_text;
pub mod shared_parts;
pub mod twin;
