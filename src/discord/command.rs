//! What a command is, and what it is given when a member runs it.

use std::pin::Pin;

use serenity::builder::CreateCommand;
use serenity::model::Permissions;
use serenity::model::application::{
    CommandData, CommandType, InstallationContext, InteractionContext as Where,
};

use crate::advisor::Kind;
use crate::discord::app::App;
use crate::discord::interaction::context::{InteractionContext, Options};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{Response, Suggestion};
use crate::discord::interaction::view_options::View;
use crate::discord::message::limits::{CHOICE, CHOICES};
use crate::discord::message::locale;
use crate::discord::message::markdown::truncate;
use crate::discord::state::server_settings::ServerSettings;

/// A command that a member can run.
pub struct Command {
    /// Name, as Discord shows it.
    pub name: &'static str,
    /// What it does, in one line of at most 100 characters; empty for message commands, which Discord shows without one.
    pub description: &'static str,
    /// Adds options and permissions to a body that has the rest already: name, kind, description, their localizations,
    /// contexts and integration types.
    pub body: fn(CreateCommand) -> CreateCommand,
    /// Slash command or message command.
    pub kind: CommandType,
    /// What it does.
    pub run: Run,
    /// What it suggests while a member types, given the name of the option and the text so far.
    pub suggest: Option<Suggest>,
}

/// Suggestions, from the name of an option and the text so far.
pub enum Suggest {
    /// At once, from what is in memory.
    Now(fn(&App, &Input<'_>, &str, &str) -> Vec<Suggestion>),
    /// From the store, which is waited for.
    Later(for<'a> fn(&'a App, &'a Input<'a>, &'a str) -> Suggestions<'a>),
}

/// Suggestions that are waited for.
pub type Suggestions<'a> = Pin<Box<dyn Future<Output = Vec<Suggestion>> + Send + 'a>>;

/// A response that is waited for, or why there is none.
pub type Handled<'a> = Pin<Box<dyn Future<Output = Result<Response, HandlerError>> + Send + 'a>>;

/// What a handler gives out that always has a response.
pub(crate) fn answered<'a>(response: impl Future<Output = Response> + Send + 'a) -> Handled<'a> {
    Box::pin(async move { Ok(response.await) })
}

/// How a command runs.
pub enum Run {
    /// At once: it waits for nothing.
    Now(fn(&App, &Input<'_>) -> Response),
    /// It waits for something, such as a drawing or a database.
    Later(for<'a> fn(&'a App, &'a Input<'a>) -> Handled<'a>),
}

/// What a command is given.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Who called it, where and when.
    pub call: &'a InteractionContext,
    /// The options as Discord sent them.
    pub data: &'a CommandData,
    /// What holds in the server; while members type, what holds in every server.
    pub server: &'a ServerSettings,
    /// Every command, in the order in which `/help` lists them.
    pub commands: &'static [&'static Command],
}

impl<'a> Input<'a> {
    /// The options by name.
    pub fn options(&self) -> Options<'a> {
        Options::new(&self.data.options)
    }

    /// How an answer to this is shown: privately, without the question.
    pub fn view(&self) -> View<'a> {
        View {
            embeds: self.call.embeds,
            language: locale::language_note(&self.call.locale),
            ..View::default()
        }
    }
}

impl Command {
    /// The body to register it with.
    pub fn create(&self) -> CreateCommand {
        let body = CreateCommand::new(self.name)
            .kind(self.kind)
            .integration_types(vec![InstallationContext::Guild, InstallationContext::User])
            .contexts(vec![Where::Guild, Where::BotDm, Where::PrivateChannel]);
        let body = if self.description.is_empty() {
            body
        } else {
            body.description(self.description)
        };
        (self.body)(locale::command(self.name, self.kind, body))
    }
}

/// Makes a command one for moderators: only in servers that have the bot, and shown to members with Manage Server unless
/// the server's own integration settings say otherwise. Rights are checked again with each use.
pub(crate) fn for_moderators(command: CreateCommand) -> CreateCommand {
    command
        .contexts(vec![Where::Guild])
        .integration_types(vec![InstallationContext::Guild])
        .default_member_permissions(Permissions::MANAGE_GUILD)
}

/// What completes the text so far.
pub(crate) fn suggestions(app: &App, typed: &str, kind: Kind) -> Vec<Suggestion> {
    let found = app.advisor().complete(typed.trim(), kind, CHOICES);
    let shown = found.into_iter().filter(|found| {
        !found.title.is_empty() && !found.value.is_empty() && found.value.len() <= CHOICE
    });
    shown
        .map(|found| Suggestion {
            name: truncate(&found.title, CHOICE),
            value: found.value,
        })
        .take(CHOICES)
        .collect()
}
