//! Discord: from an interaction to the response.
//!
//! [`dispatch`] is the one way in, whichever transport the interaction came by; [`commands`] is the whole command set. Inner
//! rooms first: `message` is plain data, `api` talks to Discord, `interaction` is one call and its response, `state` is what
//! is held in memory; `app` puts them together for the features of `members` and `moderation`, which `router` tells apart
//! and `gateway` serves.

pub mod api;
pub mod app;
pub mod command;
pub mod feature;
pub mod gateway;
pub mod interaction;
pub mod members;
pub mod message;
pub mod moderation;
pub mod router;
pub mod state;

pub use app::App;
pub use message::body::Message;
pub use router::commands::commands;
pub use router::dispatch::dispatch;
