//! `/pay`: what a role pays, in the US, in a state or in an area.

use std::time::Duration;

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::Kind;
use crate::answer::{self, SubjectKind};
use crate::chart::{self, Place};
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Later, Run, Suggest, suggestions};
use crate::discord::interaction::response::Response;
use crate::discord::members::commands::role;
use crate::discord::members::{answer_view, areas};
use crate::discord::message::body::File;
use crate::discord::message::locale;
use crate::discord::message::markdown::{escape_member, fit};
use crate::knowledge::{Areas, State, Topic};

/// `/pay`.
pub const COMMAND: Command = Command {
    name: "pay",
    description: "What a role pays, in the US, in one state or around a city",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(run),
    suggest: Some(Suggest::Now(|app, _, option, typed| match option {
        "state" => suggestions(app, typed, Kind::State),
        "area" => areas::suggestions(&app.advisor().knowledge().figures.areas, typed),
        _ => suggestions(app, typed, Kind::Role),
    })),
};

fn body(command: CreateCommand) -> CreateCommand {
    command
        .add_option(
            locale::option(
                "pay",
                CommandOptionType::String,
                "role",
                "Start typing and choose",
            )
            .required(true)
            .set_autocomplete(true),
        )
        .add_option(
            locale::option(
                "pay",
                CommandOptionType::String,
                "state",
                "A state; the whole US when left out",
            )
            .set_autocomplete(true),
        )
        .add_option(
            locale::option(
                "pay",
                CommandOptionType::String,
                "area",
                "A city, its surroundings, or a rural area",
            )
            .set_autocomplete(true),
        )
}

fn run<'a>(app: &'a App, input: &'a Input<'a>) -> Later<'a> {
    Box::pin(async move {
        let state = match input
            .options()
            .text("state")
            .map(|typed| (typed, areas::state(typed)))
        {
            None => None,
            Some((_, Some(state))) => Some(state),
            Some((typed, None)) => {
                let shown = fit(typed, 100, escape_member);
                return Response::private(format!(
                    "I know no state called \"{shown}\": start typing and choose one from the list, or leave it out for the whole US."
                ));
            }
        };
        let knowledge = app.advisor().knowledge();
        let area = match input
            .options()
            .text("area")
            .map(|typed| areas::read(&knowledge.figures.areas, typed, state))
        {
            None => None,
            Some(Ok(area)) => Some(area),
            Some(Err(refusal)) => return Response::private(refusal),
        };
        let slug = match role::slug(
            app,
            input.options().text("role").unwrap_or_default(),
            SubjectKind::Role,
        ) {
            Ok(slug) => slug,
            Err(message) => return (*message).into(),
        };
        let state = state.or_else(|| knowledge.figures.areas.get(area?).states.first().copied());
        let Some(mut answer) = app.advisor().pay(&slug, state) else {
            return Response::knowledge_changed();
        };
        if let (Some(area), Some(Topic::Role(role))) = (area, knowledge.find(&slug)) {
            answer::areas::put_first(&knowledge, role, area, &mut answer);
        }
        let mut message = answer_view::answer(&answer, &input.view());
        let place = match (area, state) {
            (Some(area), _) => Place::Area(area),
            (None, Some(state)) => Place::State(state),
            (None, None) => Place::Country,
        };
        message.file = chart(app, &slug, place).await;
        message.into()
    })
}

/// How long an answer waits for its chart, which says nothing that the text does not: less than an answer may take in all.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The chart of a role's pay; `None` when no figure is published, or when the machine is too busy to draw it in time.
/// Drawing takes milliseconds, so it leaves this thread.
pub(crate) async fn chart(app: &App, slug: &str, place: Place) -> Option<File> {
    let knowledge = app.advisor().knowledge();
    let Some(Topic::Role(role)) = knowledge.find(slug) else {
        return None;
    };
    let name = file_name(&knowledge.figures.areas, slug, place);
    let drawing = tokio::task::spawn_blocking(move || {
        let bytes = chart::pay_png(&knowledge, role, place)?;
        Some(File {
            name,
            alt: chart::pay_alt(&knowledge, role, place)?,
            bytes,
        })
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
fn file_name(areas: &Areas, slug: &str, place: Place) -> String {
    let place = match place {
        Place::Country => "US",
        Place::State(state) => state.code(),
        Place::Area(area) => &areas.get(area).code,
    };
    format!("pay-{slug}-{place}.png")
}

/// What the chart of that file name shows: a role's slug, and the place.
pub(crate) fn named<'a>(areas: &Areas, file: &'a str) -> Option<(&'a str, Place)> {
    let (slug, place) = file
        .strip_prefix("pay-")?
        .strip_suffix(".png")?
        .rsplit_once('-')?;
    match place {
        "US" => Some((slug, Place::Country)),
        code => {
            let area = || areas.by_code(code).map(Place::Area);
            Some((
                slug,
                State::from_code(code).map(Place::State).or_else(area)?,
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_chart_that_takes_too_long_does_not_hold_the_answer_up() {
        assert_eq!(
            in_time(Duration::from_millis(1), std::future::pending::<()>()).await,
            None
        );
        assert_eq!(in_time(PATIENCE, async { 1 }).await, Some(1));
    }

    #[test]
    fn a_file_name_says_what_the_chart_shows() {
        let areas = crate::knowledge::load_shipped()
            .expect("the shipped knowledge loads")
            .figures
            .areas;
        let area = areas.ids().last().map(Place::Area);
        for place in [
            Some(Place::Country),
            State::from_code("TX").map(Place::State),
            area,
        ]
        .into_iter()
        .flatten()
        {
            let name = file_name(&areas, "registered-nurse", place);
            assert_eq!(named(&areas, &name), Some(("registered-nurse", place)));
        }
        for other in [
            "",
            "pay.png",
            "pay-US.png",
            "pay-x-ZZ.png",
            "pay-x-9999999.png",
            "cat.png",
        ] {
            assert_eq!(named(&areas, other), None, "{other}");
        }
    }
}
