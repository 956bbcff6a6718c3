//! `/sources`: what the answers rest on.

use serenity::model::application::CommandType;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run};
use crate::discord::interaction::response::Response;
use crate::discord::message::body::Message;
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::markdown::{address, day, escape_to};
use crate::knowledge::Source;

/// `/sources`.
pub const COMMAND: Command = Command {
    name: "sources",
    description: "What my answers rest on",
    body: |body| body,
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: None,
};

fn run(app: &App, _: &Input<'_>) -> Response {
    let knowledge = app.advisor().knowledge();
    let mut text = "**What my answers rest on.** Each answer names its own sources.".to_owned();
    let mut left = knowledge.sources.len();
    for line in knowledge.sources.values().map(line) {
        if length(&text) + length(&line) + 60 > CONTENT {
            break;
        }
        text.push('\n');
        text.push_str(&line);
        left -= 1;
    }
    if left > 0 {
        text.push_str(&format!(
            "\n… and {left} more, each named in the answers that use it."
        ));
    }
    Message::private(text).into()
}

fn line(source: &Source) -> String {
    let name = escape_to(&source.named(), 180);
    // Angle brackets keep Discord from adding a preview of each page.
    let name = address(&source.url).map_or(name.clone(), |url| format!("[{name}](<{url}>)"));
    format!(
        "• {name} · {} · {}",
        day(&source.date_text, 40),
        escape_to(&source.license, 80)
    )
}
