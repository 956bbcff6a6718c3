//! `/role`: all about one role; and how a typed role or trend is found.

use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::Kind;
use crate::answer::{Subject, SubjectKind};
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, Suggest, answered, suggestions};
use crate::discord::interaction::response::Response;
use crate::discord::members::ask::count_command;
use crate::discord::members::{answer_view, own_trends};
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::limits::LABEL;
use crate::discord::message::locale;
use crate::discord::message::markdown::{escape_member, fit, truncate};
use crate::knowledge::Topic;

/// `/role`.
pub const COMMAND: Command = Command {
    name: "role",
    description: "All about a role: what they do, pay, training, outlook",
    body: |body| {
        body.add_option(
            locale::option(
                "role",
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
    suggest: Some(Suggest::Now(|app, _, _, typed| {
        suggestions(app, typed, Kind::Role)
    })),
};

async fn run(app: &App, input: &Input<'_>) -> Response {
    let named = input.options().text("name").unwrap_or_default();
    let slug = match slug(app, named, SubjectKind::Role) {
        Ok(slug) => slug,
        Err(message) => return (*message).into(),
    };
    let Some(answer) = app.advisor().role(&slug) else {
        return Response::knowledge_changed();
    };
    count_command(app, input.call, &[&slug], &[]);
    let answer = own_trends::beside(app, input.call, answer).await;
    answer_view::answer(&answer, &input.view()).into()
}

/// The slug of what was chosen or typed; else a message that offers the nearest ones.
pub(crate) fn slug(app: &App, typed: &str, kind: SubjectKind) -> Result<String, Box<Message>> {
    let knowledge = app.advisor().knowledge();
    let of_kind = |topic: &Topic| {
        matches!(
            (topic, kind),
            (Topic::Role(_), SubjectKind::Role) | (Topic::Trend(_), SubjectKind::Trend)
        )
    };
    let named = knowledge.find(typed).or_else(|| {
        knowledge
            .topics()
            .find(|topic| of_kind(topic) && knowledge.title(*topic).eq_ignore_ascii_case(typed))
    });
    if let Some(topic) = named.filter(of_kind) {
        return Ok(knowledge.slug(topic).to_string());
    }
    let (word, complete, list) = match kind {
        SubjectKind::Role => ("role", Kind::Role, "/explore lists them all"),
        SubjectKind::Trend => ("trend", Kind::Trend, "/trends lists them all"),
    };
    let near: Vec<Subject> = app
        .advisor()
        .complete(typed, complete, 4)
        .iter()
        .filter_map(|completion| knowledge.find(&completion.value))
        .map(|topic| crate::advisor::subject(&knowledge, topic))
        .collect();
    let shown = fit(typed, 100, escape_member);
    if typed.is_empty() || near.is_empty() {
        let what = if typed.is_empty() {
            format!("Please name a {word}")
        } else {
            format!("I know no {word} called \"{shown}\"")
        };
        return Err(Box::new(Message::private(format!(
            "{what}: start typing and choose one from the list; {list}."
        ))));
    }
    let buttons = near.iter().filter_map(|subject| {
        Some(
            Button::new(
                Action::Topic(Tag::of(&subject.slug)).encode()?,
                truncate(&subject.title, LABEL),
            )
            .main(),
        )
    });
    let rows = vec![Row::Buttons(buttons.take(4).collect())];
    let text = format!(
        "I know no {word} called \"{shown}\". Did you mean one of these? Otherwise, {list}."
    );
    Err(Box::new(Message {
        rows: rows.into(),
        ..Message::private(text)
    }))
}
