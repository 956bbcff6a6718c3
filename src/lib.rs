//! careerbot answers career questions about healthcare work, in Discord and in a terminal.
//!
//! A question goes in at one of three doors (the Discord gateway, Discord over HTTP, a terminal), is understood
//! as [`Request`](understanding::Request)s with the evidence for each, becomes an [`Answer`](answer::Answer), and is rendered
//! for the door it came through.
//!
//! ```text
//!  knowledge/: roles, trends, data, language      a person's words
//!         |  load, check, train                       |  text
//!         v                                           v
//!    knowledge ------> search (tantivy) ------> understanding ------> answer ------> advisor  (the one inner door)
//!    (what we know)    (names, descriptions,    (what was asked,      (what we       ask, explain, role, trend,
//!         |             sentences)               and why)              say)          compare, pay, list, complete
//!         |                                           |                  ^   |        |
//!         +-------------------------------------------+-> explore, paths +   v        |
//!                                                         (pick, sort) --> chart      +--> site (static pages)
//!                                                                                     v
//!                    +---------------+----------------+---------------+
//!                    |               |                |               |
//!                  digest <------- store           discord ----->   http           cli
//!             (trend summaries)  (what moderators (commands,      (interactions,  (ask, chat, serve,
//!                                 and servers set) views, API,     health,         check, index, eval,
//!                                                  gateway)        metrics)        figures, ...)
//!                    |               |                |               |               ^
//!                    |               |                +----> web <----+               |
//!                    |               |              (a page that plays Discord)       |
//!                    |               |                        |                       |
//!                    +---------------+------------------------+----------> runtime ---+
//!                                                                (the bot as it runs)
//! ```
//!
//! Arrows point from the used to the user; `cli` may use every room, and `runtime` alone puts them all together.
//! Reading order: [`knowledge`], [`text`], [`search`], `spelling` (slips mended), [`understanding`], [`learning`] (its weights, from examples), `story` (where somebody is and wants to be),
//! [`explore`], [`paths`], [`answer`], [`chart`], [`advisor`], [`site`], [`article`] (what is brought in, and the draft made
//! of it); then [`store`], [`digest`], [`discord`], [`http`], [`news`] (feeds, fetched and read), [`web`], [`runtime`],
//! [`cli`]; [`config`] and [`telemetry`] where they are needed. The rooms up to `article` know nothing of Discord, HTTP, terminals, databases or the clock.
//! `tests/suite/architecture.rs` reads the
//! imports and holds them against this map.

pub mod advisor;
pub mod answer;
pub mod article;
pub mod chart;
pub mod explore;
pub mod knowledge;
pub mod learning;
pub mod paths;
pub mod search;
pub mod site;
mod spelling;
mod story;
pub mod text;
pub mod understanding;

pub mod cli;
pub mod digest;
pub mod discord;
pub mod http;
pub mod news;
pub mod runtime;
pub mod store;
pub mod web;

pub mod config;
pub mod telemetry;
