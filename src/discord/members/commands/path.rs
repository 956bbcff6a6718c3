//! `/path`: ways from where somebody is to better work, or to a role.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::{Advisor, Kind};
use crate::answer::SubjectKind;
use crate::answer::paths::{self, code, pay_said};
use crate::answer::wording::capital;
use crate::discord::app::App;
use crate::discord::command::{Command, Handled, Input, Run, Suggest, answered, suggestions};
use crate::discord::interaction::response::{Response, Suggestion};
use crate::discord::members::commands::role;
use crate::discord::members::{areas, ask};
use crate::discord::message::body::Message;
use crate::discord::message::limits::{CHOICE, CHOICES};
use crate::discord::message::locale;
use crate::discord::message::markdown::{escape_member, fit, truncate};
use crate::knowledge::starts::Start;
use crate::knowledge::{Knowledge, RoleId, State, Topic};
use crate::understanding::Wanted;
use crate::understanding::request::Place;

/// `/path`.
pub const COMMAND: Command = Command {
    name: "path",
    description: "Ways from where you are to better paid work, or to a role you name",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(run),
    suggest: Some(Suggest::Now(|app, _, option, typed| match option {
        "from" => from_suggestions(app, typed),
        "place" => place_suggestions(app, typed),
        "time" => time_suggestions(app.advisor(), typed),
        "pay" => pay_suggestions(app.advisor(), typed),
        _ => suggestions(app, typed, Kind::Role),
    })),
};

/// Options with what they are, in their order.
const OPTIONS: [(&str, &str); 5] = [
    ("from", "What you do now, or the schooling you have"),
    ("to", "Where you want to be; anywhere better when left out"),
    ("place", "A state, or a city and its surroundings"),
    ("time", "How long it may take in all, such as 2 years"),
    ("pay", "What you earn now, such as 19 an hour or 45k a year"),
];

/// Lengths that people have in mind.
const TIMES: [&str; 8] = [
    "3 months",
    "6 months",
    "9 months",
    "1 year",
    "18 months",
    "2 years",
    "3 years",
    "4 years",
];

fn body(command: CreateCommand) -> CreateCommand {
    OPTIONS
        .into_iter()
        .fold(command, |command, (name, description)| {
            command.add_option(
                locale::option("path", CommandOptionType::String, name, description)
                    .required(name == "from")
                    .set_autocomplete(true),
            )
        })
}

fn run<'a>(app: &'a App, input: &'a Input<'a>) -> Handled<'a> {
    answered(async move {
        let knowledge = app.advisor().knowledge();
        let code = match read(app, &knowledge, input) {
            Ok(wanted) => code::write(&knowledge, &wanted),
            Err(refusal) => return (*refusal).into(),
        };
        let shown = match code {
            Some(code) => ask::ways(app, input.call, &code, &input.view()).await,
            None => None,
        };
        shown.map_or_else(Response::knowledge_changed, Into::into)
    })
}

/// What is wanted; else what to tell the member: which option cannot be read, and what to write instead.
fn read(app: &App, knowledge: &Knowledge, input: &Input<'_>) -> Result<Wanted, Box<Message>> {
    let text = |name| input.options().text(name);
    let advisor = app.advisor();
    let mut wanted = Wanted::default();
    let typed = text("from").unwrap_or_default();
    let start = paths::start_named(knowledge, typed);
    wanted.start = start.and_then(|slug| knowledge.start_named(slug.as_str()));
    if wanted.start.is_none() {
        wanted.roles.push(role_named(app, knowledge, typed)?);
    }
    if let Some(typed) = text("to") {
        let to = role_named(app, knowledge, typed)?;
        if wanted.roles.contains(&to) {
            return Err(refusal(
                "You are there already: choose another role as **to**, or leave it out.".to_owned(),
            ));
        }
        wanted.to = Some(to);
    }
    if let Some(typed) = text("place") {
        wanted.place = place(knowledge, typed).map_err(refusal)?;
    }
    if let Some(typed) = text("time") {
        let months = advisor.months_named(typed);
        wanted.months = Some(months.ok_or_else(|| unread(typed, "time", "18 months or 2 years"))?);
    }
    if let Some(typed) = text("pay") {
        let now = advisor.pay_named(typed);
        wanted.now = Some(now.ok_or_else(|| unread(typed, "pay", "19 an hour or 45k a year"))?);
    }
    Ok(wanted)
}

fn refusal(words: String) -> Box<Message> {
    Box::new(Message::private(words))
}

fn unread(typed: &str, option: &str, example: &str) -> Box<Message> {
    let shown = fit(typed, 100, escape_member);
    refusal(format!(
        "I can't read \"{shown}\" as **{option}**: write it such as {example}, or leave it out."
    ))
}

/// The role of a slug, a title, or a name that no other role has ("CNA"); else a message that offers the nearest ones.
fn role_named(app: &App, knowledge: &Knowledge, typed: &str) -> Result<RoleId, Box<Message>> {
    let named = paths::start_named(knowledge, typed).and_then(|slug| knowledge.find(slug.as_str()));
    if let Some(Topic::Role(id)) = named {
        return Ok(id);
    }
    match knowledge.find(&role::slug(app, typed, SubjectKind::Role)?) {
        Some(Topic::Role(id)) => Ok(id),
        _ => Err(refusal(
            "My knowledge changed just now. Please try again.".to_owned(),
        )),
    }
}

/// A state, or an area with its state; else what to tell the member.
fn place(knowledge: &Knowledge, typed: &str) -> Result<Place, String> {
    if let Some(state) = State::named(typed) {
        return Ok(Place {
            states: vec![state],
            ..Place::default()
        });
    }
    let known = &knowledge.figures.areas;
    let area = areas::read(known, typed, None)?;
    Ok(code::place_of_area(known, area))
}

/// Roles first, unless schooling is what was typed; with nothing typed, every start.
fn from_suggestions(app: &App, typed: &str) -> Vec<Suggestion> {
    let knowledge = app.advisor().knowledge();
    let wanted = typed.trim().to_lowercase();
    let starts = knowledge
        .starts
        .iter()
        .filter_map(|start| start_words(start, &wanted).map(|name| (name, start.slug.to_string())))
        .map(|(name, value)| Suggestion {
            name: truncate(&name, CHOICE),
            value,
        });
    starts
        .chain(suggestions(app, typed, Kind::Role))
        .take(CHOICES)
        .collect()
}

/// How a start is offered for what was typed: its name, and the word that was begun where it is another; `None` where it does not
/// fit.
fn start_words(start: &Start, typed: &str) -> Option<String> {
    let name = capital(&start.name);
    let parts = start.name.split(' ');
    if parts.into_iter().any(|word| word.starts_with(typed)) || start.name.starts_with(typed) {
        return Some(name);
    }
    let word = start.words.iter().find(|word| word.starts_with(typed))?;
    Some(format!("{}: {}", capital(word), start.name))
}

fn place_suggestions(app: &App, typed: &str) -> Vec<Suggestion> {
    let knowledge = app.advisor().knowledge();
    let mut found = suggestions(app, typed, Kind::State);
    found.extend(areas::suggestions(&knowledge.figures.areas, typed));
    found.truncate(CHOICES);
    found
}

fn time_suggestions(advisor: &Advisor, typed: &str) -> Vec<Suggestion> {
    let wanted = typed.trim().to_lowercase();
    let mut found: Vec<String> = TIMES
        .iter()
        .filter(|words| words.contains(&wanted))
        .map(|words| (*words).to_owned())
        .collect();
    if found.is_empty() && advisor.months_named(typed).is_some() {
        found.push(truncate(typed.trim(), CHOICE));
    }
    found
        .into_iter()
        .map(|words| Suggestion {
            name: words.clone(),
            value: words,
        })
        .collect()
}

/// What was typed, as it is read.
fn pay_suggestions(advisor: &Advisor, typed: &str) -> Vec<Suggestion> {
    let typed = typed.trim();
    let read = advisor
        .pay_named(typed)
        .filter(|_| typed.chars().count() <= CHOICE);
    read.map(|amount| Suggestion {
        name: truncate(&pay_said(&amount), CHOICE),
        value: typed.to_owned(),
    })
    .into_iter()
    .collect()
}
