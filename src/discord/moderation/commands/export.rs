//! `/export`: what a server has here, as a file. For moderators.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, for_moderators};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::Response;
use crate::discord::message::locale;
use crate::discord::moderation::{access, export};

/// `/export`.
pub const COMMAND: Command = Command {
    name: "export",
    description: "For moderators: entries and trends, gaps, numbers or the log as a file",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| Box::pin(run(app, input))),
    suggest: None,
};

fn body(command: CreateCommand) -> CreateCommand {
    let what = locale::option("export", CommandOptionType::String, "what", "Which of them");
    let what = export::KINDS
        .iter()
        .fold(what.required(true), |option, (kind, called)| {
            locale::choice(option, called, *kind)
        });
    for_moderators(command).add_option(what)
}

async fn run(app: &App, input: &Input<'_>) -> Result<Response, HandlerError> {
    let moderator = access::check(app, input.call, "/export").await?;
    let kind = input.options().text("what").unwrap_or_default();
    export::file(&moderator, kind).await.map(Response::from)
}
