//! `/trend`: all about one trend.

use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::Kind;
use crate::answer::SubjectKind;
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, Suggest, suggestions};
use crate::discord::interaction::response::Response;
use crate::discord::members::answer_view;
use crate::discord::members::commands::role;
use crate::discord::message::locale;

/// `/trend`.
pub const COMMAND: Command = Command {
    name: "trend",
    description: "What is changing in healthcare work, and what it means for jobs",
    body: |body| {
        body.add_option(
            locale::option(
                "trend",
                CommandOptionType::String,
                "name",
                "Start typing and choose",
            )
            .required(true)
            .set_autocomplete(true),
        )
    },
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: Some(Suggest::Now(|app, _, _, typed| {
        suggestions(app, typed, Kind::Trend)
    })),
};

fn run(app: &App, input: &Input<'_>) -> Response {
    match role::slug(
        app,
        input.options().text("name").unwrap_or_default(),
        SubjectKind::Trend,
    ) {
        Ok(slug) => app
            .advisor()
            .trend(&slug)
            .map_or_else(Response::knowledge_changed, |answer| {
                answer_view::answer(&answer, &input.view()).into()
            }),
        Err(message) => (*message).into(),
    }
}
