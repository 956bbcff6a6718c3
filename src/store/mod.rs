//! What moderators and servers set, kept durably: settings, digests and their postings, drafts, server knowledge, gaps,
//! feedback, counts and the audit log.
//!
//! One [`Store`] on either of two databases: SQLite in a file (one program at a time), or PostgreSQL (several replicas).
//! Every write that returned `Ok` survives a crash of the program, and with a sound disk that of the machine.
//! Knows nothing of Discord's messages, of schedules or of how a summary is written, and never looks at the clock: `now`
//! is an argument everywhere. Replicas are expected to agree on the time within a few seconds (NTP).
//!
//! The statements are the same on both databases: `$1` parameters, `ON CONFLICT` and `RETURNING` mean the same on both.

pub mod absences;
pub mod audit;
pub mod backup;
mod changes;
mod columns;
pub mod counts;
pub mod credits;
mod database;
pub mod deeds;
pub mod digests;
pub mod drafts;
mod dump;
pub mod entries;
pub mod entry_drafts;
pub mod entry_lists;
mod error;
pub mod feedback;
pub mod feeds;
mod file;
pub mod gaps;
mod history;
pub mod letters;
mod logins;
mod look;
mod open;
pub mod postings;
pub mod privacy;
pub mod publications;
mod restore;
mod schema;
pub mod settings;
pub mod subscriptions;
mod tables;

pub use changes::{Change, Changes};
pub use columns::{ChannelId, MessageId, Moment, ServerId, ServerRoleId, UnknownWord, UserId};
pub use database::Store;
pub use error::{Error, Result};
pub use look::{Seen, look};
pub use open::Location;

pub(crate) use database::{change, count, read, step, transaction};
