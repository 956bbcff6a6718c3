//! `/sources`: what the answers rest on.

use serenity::model::application::CommandType;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run};
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::body::{Embed, Message};
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::line_budget::LineBudget;
use crate::discord::message::markdown::{address, day, escape_to};
use crate::knowledge::{Knowledge, Source, pages};

/// `/sources`.
pub const COMMAND: Command = Command {
    name: "sources",
    description: "What my answers rest on",
    body: |body| body,
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: None,
};

fn run(app: &App, input: &Input<'_>) -> Response {
    let knowledge = app.advisor().knowledge();
    let credits = credits(&knowledge);
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
    let list = Message::private(text);
    if input.call.embeds {
        let embed = Embed {
            title: CREDITS.to_owned(),
            url: knowledge.address(pages::SOURCES).unwrap_or_default(),
            description: credits,
            ..Embed::default()
        };
        return Message {
            embeds: vec![embed].into(),
            ..list
        }
        .into();
    }
    // Both would not fit into one text.
    Response {
        first: InitialResponse::Message(list),
        then: vec![FollowUp::Message(Message::private(format!(
            "**{CREDITS}**\n{credits}"
        )))],
    }
}

/// What stands above the lines of [`credits`].
const CREDITS: &str = "Credits, in the words of publishers and licenses";

/// The line that each publisher or licence wants shown, once.
fn credits(knowledge: &Knowledge) -> String {
    let mut lines = LineBudget::new(CONTENT - 100);
    for source in knowledge.sources.values() {
        lines.push(&escape_to(&source.attribution, 600));
    }
    lines.text
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
