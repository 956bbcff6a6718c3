//! The rows of a comparison, and the cell of one role in each.

use crate::answer::length::span;
use crate::answer::role::first_sentence;
use crate::answer::wording::{
    contact_words, education, group_note, join, pay_period, percent, projection_period, thousands,
    wage,
};
use crate::explore::median_cell;
use crate::knowledge::language::Label;
use crate::knowledge::model::{PHYSICAL, SCHEDULE};
use crate::knowledge::terms::{License, Remote};
use crate::knowledge::{Knowledge, Role, State};

const NOT_STATED: &str = "not stated";

/// A row of the comparison: the intents that want it, its label, and the cell of one role.
pub(super) type Row = (
    &'static [Label],
    &'static str,
    fn(&Knowledge, &Role, Option<State>) -> String,
);

pub(super) const ROWS: &[Row] = &[
    (&[Label::Duties], "What they do", |_, role, _| {
        role.summary.clone()
    }),
    (&[Label::Pay], "Median pay", pay),
    (&[Label::Outlook], "Projected growth", growth),
    (
        &[Label::Outlook, Label::Openings],
        "Openings a year",
        openings,
    ),
    (&[Label::Headcount], "Jobs", jobs),
    (
        &[Label::Education, Label::Length],
        "Typical entry education",
        training,
    ),
    (
        &[Label::Length, Label::Education, Label::Path],
        "How long it takes",
        |_, role, _| span(role.length.least, role.length.usual),
    ),
    (&[Label::Schedule], "Hours", |knowledge, role, _| {
        of_section(knowledge, role, SCHEDULE)
    }),
    (
        &[Label::Physical],
        "Physical demands",
        |knowledge, role, _| of_section(knowledge, role, PHYSICAL),
    ),
    (
        &[Label::License, Label::Exam, Label::Education],
        "License",
        |_, role, _| license(role),
    ),
    (&[Label::Remote], "Remote work", |_, role, _| remote(role)),
    (&[Label::Skills], "Skills", |_, role, _| list(&role.skills)),
    (&[Label::Tools], "Tools", |_, role, _| list(&role.tools)),
    (
        &[Label::Suits, Label::Day, Label::Workplace, Label::Next],
        "Suits people who like",
        |_, role, _| interests(role),
    ),
    (
        &[Label::Suits, Label::Duties],
        "Contact with patients",
        |_, role, _| contact_words(role.contact).to_owned(),
    ),
];

fn pay(knowledge: &Knowledge, role: &Role, state: Option<State>) -> String {
    median_cell(knowledge, role, state).map_or_else(
        || NOT_STATED.to_owned(),
        |cell| {
            format!(
                "{} ({}){}",
                wage(cell),
                pay_period(knowledge, role),
                group_note(role)
            )
        },
    )
}

fn growth(knowledge: &Knowledge, role: &Role, _: Option<State>) -> String {
    let row = knowledge.figures.projections.get(&role.soc);
    row.map_or_else(
        || NOT_STATED.to_owned(),
        |row| {
            format!(
                "{} ({}){}",
                percent(row.change_percent),
                projection_period(knowledge, role),
                group_note(role)
            )
        },
    )
}

fn openings(knowledge: &Knowledge, role: &Role, _: Option<State>) -> String {
    let row = knowledge.figures.projections.get(&role.soc);
    row.map_or_else(
        || NOT_STATED.to_owned(),
        |row| {
            format!(
                "about {}{}",
                thousands(row.openings_per_year),
                group_note(role)
            )
        },
    )
}

fn jobs(knowledge: &Knowledge, role: &Role, _: Option<State>) -> String {
    let number = knowledge
        .figures
        .national
        .get(&role.soc)
        .and_then(|row| row.employment.number());
    number.map_or_else(
        || NOT_STATED.to_owned(),
        |number| {
            format!(
                "{} ({}){}",
                thousands(number),
                pay_period(knowledge, role),
                group_note(role)
            )
        },
    )
}

pub(super) fn training(knowledge: &Knowledge, role: &Role, _: Option<State>) -> String {
    let level = knowledge
        .figures
        .projections
        .get(&role.soc)
        .and_then(|row| row.entry_education);
    level.map_or_else(
        || NOT_STATED.to_owned(),
        |level| format!("{}{}", education(level), group_note(role)),
    )
}

/// The first sentence of a section.
fn of_section(knowledge: &Knowledge, role: &Role, heading: &str) -> String {
    let topic = knowledge.find(role.slug.as_str());
    topic.map_or_else(String::new, |topic| {
        first_sentence(knowledge.section(topic, heading)).to_owned()
    })
}

fn license(role: &Role) -> String {
    let needed = match role.license {
        License::State => "needed in all or most states",
        License::SomeStates => "needed in some states",
        License::None => "no state license",
        License::Varies => "depends on the profession held",
    };
    format!("{needed}. {}", role.license_note)
}

pub(super) fn remote(role: &Role) -> String {
    let word = match role.remote {
        Remote::Yes => "yes",
        Remote::Partly => "in part",
        Remote::No => "no, on site",
    };
    format!("{word} ({})", role.remote_note)
}

/// Items named in a cell: what decides stands first.
const NAMED: usize = 5;

fn list(items: &[String]) -> String {
    if items.is_empty() {
        NOT_STATED.to_owned()
    } else {
        items[..items.len().min(NAMED)].join(", ")
    }
}

fn interests(role: &Role) -> String {
    join(
        &role
            .interests
            .iter()
            .map(|interest| interest.plain().to_owned())
            .collect::<Vec<_>>(),
    )
}
