//! `/help`: what the bot can do.

use serenity::model::application::CommandType;

use crate::discord::App;
use crate::discord::commands::{COMMANDS, Command, Input, Run};
use crate::discord::message::{Message, Reply};

/// `/help`.
pub const COMMAND: Command = Command {
    name: "help",
    description: "What I can do and how to ask",
    body: |body| body,
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: None,
};

fn run(_: &App, _: &Input<'_>) -> Reply {
    let lines: Vec<String> = COMMANDS
        .iter()
        .filter(|command| command.kind == CommandType::ChatInput)
        .map(|command| format!("**/{}** — {}", command.name, command.description))
        .collect();
    Message::private(lines.join("\n")).into()
}
