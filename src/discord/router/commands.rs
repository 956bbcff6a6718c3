//! The command set as one table: a command is one file and one line in [`COMMANDS`].

use serenity::builder::CreateCommand;
use serenity::model::application::CommandType;

use crate::discord::command::Command;
use crate::discord::members::commands::{
    answer_this, ask, compare, explore, help, my_data, path, pay, privacy, quiz, role, sources,
    trend, trends,
};
use crate::discord::moderation::commands::{
    digest, draft_trend, export, gaps, knowledge, save_as_knowledge, settings, stats, trend_draft,
};

/// Every command, in the order in which `/help` lists them.
pub const COMMANDS: &[&Command] = &[
    &ask::COMMAND,
    &role::COMMAND,
    &compare::COMMAND,
    &pay::COMMAND,
    &path::COMMAND,
    &explore::COMMAND,
    &quiz::COMMAND,
    &trends::COMMAND,
    &trend::COMMAND,
    &sources::COMMAND,
    &privacy::COMMAND,
    &my_data::COMMAND,
    &digest::COMMAND,
    &knowledge::COMMAND,
    &trend_draft::COMMAND,
    &gaps::COMMAND,
    &stats::COMMAND,
    &export::COMMAND,
    &settings::COMMAND,
    &help::COMMAND,
    &answer_this::COMMAND,
    &draft_trend::COMMAND,
    &save_as_knowledge::COMMAND,
];

/// The command of that name and kind.
pub fn find(name: &str, kind: CommandType) -> Option<&'static Command> {
    COMMANDS
        .iter()
        .copied()
        .find(|command| command.name == name && command.kind == kind)
}

/// Every command, as Discord wants it for registration.
pub fn commands() -> Vec<CreateCommand> {
    COMMANDS.iter().map(|command| command.create()).collect()
}
