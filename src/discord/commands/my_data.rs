//! `/my-data`: what is kept about the member, and its removal.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::discord::App;
use crate::discord::call::Call;
use crate::discord::commands::{Command, Input, Run};
use crate::discord::custom_id::Action;
use crate::discord::locale;
use crate::discord::message::{Button, Message, Reply, Row};

/// `/my-data`.
pub const COMMAND: Command = Command {
    name: "my-data",
    description: "See or delete what I keep about you",
    body,
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: None,
};

/// Most channels listed.
const CHANNELS: usize = 20;

fn body(command: CreateCommand) -> CreateCommand {
    command
        .add_option(locale::option("my-data", CommandOptionType::SubCommand, "view", "Show what I keep about you"))
        .add_option(locale::option("my-data", CommandOptionType::SubCommand, "delete", "Delete all that I keep about you"))
}

fn run(app: &App, input: &Input<'_>) -> Reply {
    match input.options().subcommand().map(|(name, _)| name) {
        Some("view") => view(app, input.call).into(),
        Some("delete") => forget(app, input.call).into(),
        _ => Reply::private("Please choose /my-data view or /my-data delete."),
    }
}

fn view(app: &App, call: &Call) -> Message {
    let talks = app.memory().of_member(call.user, call.now);
    if talks.is_empty() {
        return Message::private("I keep nothing about you at the moment. After a question I remember for 15 minutes what the answer was about; /privacy says more.");
    }
    let mut text = "I remember what your last answer was about in these places, in memory only:".to_owned();
    for (channel, until) in talks.iter().take(CHANNELS) {
        text.push_str(&format!("\n• <#{channel}>, until <t:{0}:t> (<t:{0}:R>)", until.as_second()));
    }
    if talks.len() > CHANNELS {
        text.push_str(&format!("\n… and {} more", talks.len() - CHANNELS));
    }
    let delete = Action::Forget.encode().map(|id| Button::new(id, "Delete all of it"));
    Message { rows: vec![Row::Buttons(delete.into_iter().collect())], ..Message::private(text) }
}

/// Forgets the member, and says so.
pub fn forget(app: &App, call: &Call) -> Message {
    match app.memory().forget(call.user) {
        0 => Message::private("There was nothing to delete: I keep nothing about you at the moment."),
        _ => Message::private("Done. I have deleted all that I kept about you."),
    }
}
