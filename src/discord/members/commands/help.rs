//! `/help`: what the bot can do.

use serenity::model::application::CommandType;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run};
use crate::discord::interaction::response::Response;
use crate::discord::message::body::Message;
use crate::discord::message::locale;

/// `/help`.
pub const COMMAND: Command = Command {
    name: "help",
    description: "What I can do and how to ask",
    body: |body| body,
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: None,
};

fn run(_: &App, input: &Input<'_>) -> Response {
    let mut text = "I answer questions about healthcare jobs in the US: what people do, pay, training, outlook, remote work, and the trends behind it. Every answer names its sources.".to_owned();
    for command in input
        .commands
        .iter()
        .filter(|command| command.kind == CommandType::ChatInput)
    {
        text.push_str(&format!(
            "\n**/{}** — {}",
            command.name, command.description
        ));
    }
    text.push_str("\nYou can also mention me with a question, or choose Apps → **Answer this** on a message. Answers are for you alone until you press **Share**.");
    text.push_str("\n-# General information, not advice on your own case.");
    if let Some(note) = locale::language_note(&input.call.locale) {
        text.push_str(&format!("\n-# {note}"));
    }
    Message::private(text).into()
}
