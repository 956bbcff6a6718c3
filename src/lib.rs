//! careerbot answers career questions about healthcare work, in Discord and in a terminal.
pub mod advisor;
pub mod answer;
pub mod chart;
pub mod cli;
pub mod config;
pub mod digest;
pub mod discord;
pub mod explore;
pub mod http;
pub mod knowledge;
pub mod store;
pub mod question;
pub mod search;
pub mod telemetry;
