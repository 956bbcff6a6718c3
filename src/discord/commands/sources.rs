//! `/sources`: what the answers rest on.

use serenity::model::application::CommandType;

use crate::discord::App;
use crate::discord::commands::{Command, Input, Run};
use crate::discord::limits::{CONTENT, length};
use crate::discord::markdown::{address, escape_to};
use crate::discord::message::{Message, Reply};
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

fn run(app: &App, _: &Input<'_>) -> Reply {
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
        text.push_str(&format!("\n… and {left} more, each named in the answers that use it."));
    }
    Message::private(text).into()
}

fn line(source: &Source) -> String {
    let whose = match source.publisher.as_str() {
        "unknown" => String::new(),
        publisher => format!("{publisher}: "),
    };
    let name = escape_to(&format!("{whose}{}", source.title), 180);
    // Angle brackets keep Discord from adding a preview of each page.
    let name = address(&source.url).map_or(name.clone(), |url| format!("[{name}](<{url}>)"));
    // Noon, so that the day is the same in every time zone of the US.
    let noon = source
        .date
        .filter(|_| source.date_text.len() == 10)
        .and_then(|day| day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok());
    let date =
        noon.map_or_else(|| escape_to(&source.date_text, 40), |noon| format!("<t:{}:D>", noon.timestamp().as_second()));
    let release = escape_to(&source.release, 60);
    let when = if release == date { date } else { format!("{release} · {date}") };
    format!("• {name} · {when} · {}", escape_to(&source.license, 80))
}
