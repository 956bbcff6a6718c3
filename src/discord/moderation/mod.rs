//! What moderators use: settings, digests, the server's own entries, gaps in the knowledge, numbers, and the audit log.
//!
//! `access` checks anew with every command, press and form that whoever did it may moderate.

pub mod access;
pub mod audit_log;
pub mod commands;
pub mod digests;
pub mod entries;
pub mod export;
pub mod gaps;
pub mod news;
pub mod permission_report;
mod posted;
mod setting_changes;
mod setting_words;
pub mod stats;
pub mod twin;
pub mod twin_press;
