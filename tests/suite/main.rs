//! One test binary, a module for each area. `folder` is a miniature knowledge folder that tests may spoil.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot set up its scene has failed"
)]

mod architecture;
mod articles;
mod ask_properties;
mod cards;
mod chat;
mod check;
mod check_own_words;
mod cli;
mod cli_render;
mod digest;
mod dispatch;
mod doctor;
mod entries;
mod figures;
mod figures_areas;
mod figures_facts;
mod folder;
mod index_kill;
mod language;
mod load;
mod official_titles;
mod once;
mod operations;
mod packages;
mod paths;
mod people;
mod readme;
mod relevance;
mod reload;
mod secrets;
mod settings;
mod sharding;
mod shared;
mod site;
mod soak;
mod store;
mod trend_import;
mod understand;
mod web;

#[path = "../../examples/pictures/scenes/mod.rs"]
mod pictures;

mod fake_discord;
mod gateway;
mod gateway_burst;
mod gateway_digests;
mod gateway_feeds;
mod gateway_knowledge;
mod gateway_letters;
mod gateway_limits;
mod gateway_lines;
mod gateway_mentions;
mod gateway_moderators;
mod gateway_path;
mod gateway_payloads;
mod gateway_publish;
mod gateway_rest;
mod gateway_schedules;
mod gateway_share;
mod gateway_subscribe;
mod gateway_trends;
mod http;
mod http_same;
