//! `/pay`: what a role pays, in the US or in a state.

use std::time::Duration;

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::Kind;
use crate::answer::SubjectKind;
use crate::chart;
use crate::discord::App;
use crate::discord::commands::{Command, Input, Later, Run, Suggest, role, suggestions};
use crate::discord::markdown::{escape_member, fit};
use crate::discord::message::File;
use crate::discord::reply::Reply;
use crate::discord::{locale, render};
use crate::knowledge::{State, Topic};

/// `/pay`.
pub const COMMAND: Command = Command {
    name: "pay",
    description: "What a role pays, in the US or in one state",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(run),
    suggest: Some(Suggest::Now(|app, _, option, typed| {
        suggestions(app, typed, if option == "state" { Kind::State } else { Kind::Role })
    })),
};

fn body(command: CreateCommand) -> CreateCommand {
    command
        .add_option(
            locale::option("pay", CommandOptionType::String, "role", "Start typing and choose")
                .required(true)
                .set_autocomplete(true),
        )
        .add_option(
            locale::option("pay", CommandOptionType::String, "state", "A state; the whole US when left out")
                .set_autocomplete(true),
        )
}

fn run<'a>(app: &'a App, input: &'a Input<'a>) -> Later<'a> {
    Box::pin(async move {
        let state = match input.options().text("state").map(|typed| (typed, state(typed))) {
            None => None,
            Some((_, Some(state))) => Some(state),
            Some((typed, None)) => {
                let shown = fit(typed, 100, escape_member);
                return Reply::private(format!(
                    "I know no state called \"{shown}\": start typing and choose one from the list, or leave it out for the whole US."
                ));
            }
        };
        let slug = match role::slug(app, input.options().text("role").unwrap_or_default(), SubjectKind::Role) {
            Ok(slug) => slug,
            Err(message) => return (*message).into(),
        };
        let Some(answer) = app.advisor().pay(&slug, state) else { return Reply::knowledge_changed() };
        let mut message = render::answer(&answer, &input.view());
        message.file = chart(app, &slug, state).await;
        message.into()
    })
}

/// The state of a postal code or name, however written.
fn state(typed: &str) -> Option<State> {
    State::all().find(|state| state.code().eq_ignore_ascii_case(typed) || state.name().eq_ignore_ascii_case(typed))
}

/// How long an answer waits for its chart, which says nothing that the text does not: less than an answer may take in all.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The chart of a role's pay; `None` when no figure is published, or when the machine is too busy to draw it in time.
/// Drawing takes milliseconds, so it leaves this thread.
pub(in crate::discord) async fn chart(app: &App, slug: &str, state: Option<State>) -> Option<File> {
    let knowledge = app.advisor().knowledge();
    let Some(Topic::Role(role)) = knowledge.find(slug) else { return None };
    let name = file_name(slug, state);
    let drawing = tokio::task::spawn_blocking(move || {
        let bytes = chart::pay_png(&knowledge, role, state)?;
        Some(File { name, alt: chart::pay_alt(&knowledge, role, state)?, bytes })
    });
    in_time(PATIENCE, drawing).await?.ok().flatten()
}

async fn in_time<T>(patience: Duration, drawing: impl Future<Output = T>) -> Option<T> {
    let drawn = tokio::time::timeout(patience, drawing).await.ok();
    if drawn.is_none() {
        tracing::warn!("a chart is not drawn in time; its answer goes without");
    }
    drawn
}

/// The name of a chart's file, from which [`named`] knows it again.
fn file_name(slug: &str, state: Option<State>) -> String {
    format!("pay-{slug}-{}.png", state.map_or("US", State::code))
}

/// What the chart of that file name shows: a role's slug, and the state.
pub(in crate::discord) fn named(file: &str) -> Option<(&str, Option<State>)> {
    let (slug, place) = file.strip_prefix("pay-")?.strip_suffix(".png")?.rsplit_once('-')?;
    match place {
        "US" => Some((slug, None)),
        code => Some((slug, Some(State::from_code(code)?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_chart_that_takes_too_long_does_not_hold_the_answer_up() {
        assert_eq!(in_time(Duration::from_millis(1), std::future::pending::<()>()).await, None);
        assert_eq!(in_time(PATIENCE, async { 1 }).await, Some(1));
    }

    #[test]
    fn a_file_name_says_what_the_chart_shows() {
        for state in [None, State::from_code("TX")] {
            assert_eq!(named(&file_name("registered-nurse", state)), Some(("registered-nurse", state)));
        }
        for other in ["", "pay.png", "pay-US.png", "pay-x-ZZ.png", "cat.png"] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
