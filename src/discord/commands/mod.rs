//! The command set as one table: a command is one file and one line in [`COMMANDS`].

pub mod help;

use std::pin::Pin;

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandData, CommandType, InstallationContext, InteractionContext};

use crate::discord::App;
use crate::discord::call::Call;
use crate::discord::message::{Reply, Suggestion};

/// Every command, in the order in which `/help` lists them.
pub const COMMANDS: &[&Command] = &[&help::COMMAND];

/// A command that a member can run.
pub struct Command {
    /// Name, as Discord shows it.
    pub name: &'static str,
    /// What it does, in one line of at most 100 characters; empty for message commands, which Discord shows without one.
    pub description: &'static str,
    /// Adds options, localizations and permissions to a body that has name, kind, description, contexts and
    /// integration types already.
    pub body: fn(CreateCommand) -> CreateCommand,
    /// Slash command or message command.
    pub kind: CommandType,
    /// What it does.
    pub run: Run,
    /// What it suggests while a member types, given the name of the option and the text so far.
    pub suggest: Option<fn(&App, &Input<'_>, &str, &str) -> Vec<Suggestion>>,
}

/// A future that a command gave out.
pub type Later<'a> = Pin<Box<dyn Future<Output = Reply> + Send + 'a>>;

/// How a command runs.
pub enum Run {
    /// At once: it waits for nothing.
    Now(fn(&App, &Input<'_>) -> Reply),
    /// It waits for something, such as a drawing or a database.
    Later(for<'a> fn(&'a App, &'a Input<'a>) -> Later<'a>),
}

/// What a command is given.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Who called it, where and when.
    pub call: &'a Call,
    /// The options as Discord sent them.
    pub data: &'a CommandData,
}

impl Command {
    /// The body to register it with.
    pub fn create(&self) -> CreateCommand {
        let body = CreateCommand::new(self.name)
            .kind(self.kind)
            .integration_types(vec![InstallationContext::Guild, InstallationContext::User])
            .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm, InteractionContext::PrivateChannel]);
        let body = if self.description.is_empty() { body } else { body.description(self.description) };
        (self.body)(body)
    }
}

/// The command of that name and kind.
pub fn find(name: &str, kind: CommandType) -> Option<&'static Command> {
    COMMANDS.iter().copied().find(|command| command.name == name && command.kind == kind)
}
