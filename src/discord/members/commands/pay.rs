//! `/pay`: what a role pays, in the US, in a state or in an area.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::Kind;
use crate::answer::picture::{Picture, Place};
use crate::answer::{self, SubjectKind};
use crate::discord::app::App;
use crate::discord::command::{Command, Handled, Input, Run, Suggest, answered, suggestions};
use crate::discord::interaction::response::Response;
use crate::discord::members::ask::count_command;
use crate::discord::members::commands::role;
use crate::discord::members::{answer_view, areas, charts};
use crate::discord::message::locale;
use crate::discord::message::markdown::{escape_member, fit};
use crate::knowledge::language::Label;
use crate::knowledge::{State, Topic};

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

fn run<'a>(app: &'a App, input: &'a Input<'a>) -> Handled<'a> {
    answered(async move {
        let state = match input
            .options()
            .text("state")
            .map(|typed| (typed, State::named(typed)))
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
        count_command(app, input.call, &[&slug], &[Label::Pay]);
        let mut message = answer_view::answer(&answer, &input.view());
        let place = match (area, state) {
            (Some(area), _) => Place::Area(knowledge.figures.areas.get(area).code.clone()),
            (None, Some(state)) => Place::State(state),
            (None, None) => Place::Country,
        };
        message.file = charts::file(app, Picture::Pay { role: slug, place }).await;
        message.into()
    })
}
