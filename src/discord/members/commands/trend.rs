//! `/trend`: all about one trend.

use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::Kind;
use crate::answer::SubjectKind;
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, Suggest, answered, suggestions};
use crate::discord::interaction::response::{Response, Suggestion};
use crate::discord::members::ask::count_command;
use crate::discord::members::commands::role;
use crate::discord::members::{answer_view, own_trends};
use crate::discord::message::limits::CHOICES;
use crate::discord::message::locale;
use crate::knowledge::language::Label;

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
    run: Run::Later(|app, input| answered(run(app, input))),
    suggest: Some(Suggest::Later(|app, input, typed| {
        Box::pin(suggest(app, input, typed))
    })),
};

async fn run(app: &App, input: &Input<'_>) -> Response {
    let named = input.options().text("name").unwrap_or_default();
    let slug = match role::slug(app, named, SubjectKind::Trend) {
        Ok(slug) => slug,
        Err(message) => {
            return match own_trends::answer(app, input.call, named).await {
                Some(answer) => answer_view::answer(&answer, &input.view()).into(),
                None => (*message).into(),
            };
        }
    };
    let Some(answer) = app.advisor().trend(&slug) else {
        return Response::knowledge_changed();
    };
    count_command(app, input.call, &[&slug], &[Label::Trend]);
    let answer = own_trends::beside(app, input.call, answer).await;
    answer_view::answer(&answer, &input.view()).into()
}

/// Trends that complete what was typed; the server's own come last, and always have a place.
async fn suggest(app: &App, input: &Input<'_>, typed: &str) -> Vec<Suggestion> {
    let mut own = own_trends::suggestions(app, input.call, typed).await;
    own.truncate(CHOICES / 2);
    let mut all = suggestions(app, typed, Kind::Trend);
    all.truncate(CHOICES - own.len());
    all.extend(own);
    all
}
