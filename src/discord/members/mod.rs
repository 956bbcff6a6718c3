//! What members use: questions and mentions, the commands, the buttons below answers, and how answers look.

pub mod answer_buttons;
pub mod answer_view;
pub(crate) mod areas;
pub mod ask;
pub mod buttons;
pub(crate) mod charts;
pub mod commands;
pub mod entry_view;
pub(crate) mod letters;
pub mod mention;
pub mod own_trends;
pub mod pages;
pub mod share;
pub(crate) mod subscribe;
pub(crate) mod under_posts;
