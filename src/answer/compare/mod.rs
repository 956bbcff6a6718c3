//! Roles side by side, fact by fact.
//!
//! A cell says "not stated" where the knowledge has nothing.

mod grid;
mod rows;
mod sentences;

use grid::grid;
use rows::{ROWS, Row};
use sentences::direct;

use crate::answer::evidence::{add_passage, add_sources};
use crate::answer::facts::{LICENSE_CAVEAT, PAY_CAVEAT};
use crate::answer::model::{Answer, Outcome, Table};
use crate::answer::topics::subjects;
use crate::answer::wording::{capital, join, place, whose};
use crate::knowledge::language::Label;
use crate::knowledge::model::{DAY, DUTIES, LICENSE, REMOTE, SKILLS, SUITS, TRAINING};
use crate::knowledge::{Knowledge, Role, RoleId, Topic};
use crate::understanding::request::Compare;

/// Most roles side by side.
pub const MOST_ROLES: usize = 4;
/// The rows of every comparison.
const SHORT: &[&str] = &[
    "Median pay",
    "Projected growth",
    "Openings a year",
    "Typical entry education",
    "How long it takes",
    "Remote work",
];

/// Two to four roles side by side: the facts asked for, or all of them.
pub fn answer(knowledge: &Knowledge, compare: &Compare) -> Answer {
    let ids = &compare.roles[..compare.roles.len().min(MOST_ROLES)];
    let (aspects, ask) = (&compare.aspects, &compare.ask);
    let roles: Vec<&Role> = ids.iter().map(|id| knowledge.role(*id)).collect();
    let titles: Vec<String> = roles.iter().map(|role| role.title.clone()).collect();
    let mut answer = Answer::new(Outcome::Answered, capital(&join(&titles)));
    answer.subjects = subjects(knowledge, ids.iter().copied());
    let asked = |labels: &[Label]| aspects.iter().any(|ask| labels.contains(ask));
    let everything = !ROWS.iter().any(|(cues, _, _)| asked(cues));
    let state = ask.place.states.first().copied();

    let mut table = Table {
        columns: titles,
        rows: Vec::new(),
    };
    for (cues, label, cell) in ROWS {
        if SHORT.contains(label) || asked(cues) {
            let cells = roles
                .iter()
                .map(|role| cell(knowledge, role, state))
                .collect();
            let label = if *label == "Median pay" {
                format!("Median pay a year ({})", place(state))
            } else {
                (*label).to_owned()
            };
            table.rows.push((label, cells));
        }
    }
    answer.direct = direct(knowledge, &roles, compare, state, everything);
    answer.table = Some(table);
    let prose = |label: &&Row| asked(label.0) && !SHORT.contains(&label.1);
    answer.grid = Some(grid(knowledge, &roles, state, ROWS.iter().filter(prose)));
    caveats(
        &roles,
        &mut answer,
        everything || asked(&[Label::Pay]),
        everything || asked(&[Label::License, Label::Education]),
    );
    for (cue, heading) in [
        (Label::Day, DAY),
        (Label::Education, TRAINING),
        (Label::License, LICENSE),
        (Label::Remote, REMOTE),
        (Label::Suits, SUITS),
        (Label::Skills, SKILLS),
        (Label::Duties, DUTIES),
    ] {
        if asked(&[cue]) {
            ids.iter().for_each(|id| {
                add_passage(
                    knowledge,
                    &mut answer,
                    Topic::Role(*id),
                    heading,
                    &ask.words,
                )
            });
        }
    }
    for (role, id) in roles.iter().zip(ids) {
        // O*NET has a part in skills, tools and interests only.
        let onet = asked(&[
            Label::Skills,
            Label::Tools,
            Label::Suits,
            Label::Duties,
            Label::Day,
        ]);
        let sources = role
            .sources
            .iter()
            .filter(|source| onet || !source.0.starts_with("onet"));
        add_sources(knowledge, &mut answer, sources, Some(Topic::Role(*id)));
    }
    answer
}

/// The role that comes out on top in what was asked: "that one" then means it. `None` where nothing tells them apart.
pub fn winner(knowledge: &Knowledge, compare: &Compare) -> Option<RoleId> {
    let state = compare.ask.place.states.first().copied();
    let figure = |id: &RoleId| -> Option<f64> {
        let role = knowledge.role(*id);
        let row = knowledge.figures.projections.get(&role.soc);
        match compare.aspects.first() {
            Some(Label::Outlook) => row.map(|row| f64::from(row.change_percent)),
            Some(Label::Openings) => row.map(|row| f64::from(row.openings_per_year)),
            // Less schooling is what people look for.
            Some(Label::Education | Label::Length) => {
                row?.entry_education.map(|level| -f64::from(level as u8))
            }
            Some(Label::Pay) | None => match state {
                Some(state) => knowledge
                    .figures
                    .pay_in(role.soc, state)?
                    .median
                    .at_least()
                    .map(f64::from),
                None => knowledge
                    .figures
                    .national
                    .get(&role.soc)?
                    .median
                    .at_least()
                    .map(f64::from),
            },
            _ => None,
        }
    };
    let mut ranked: Vec<(f64, RoleId)> = compare
        .roles
        .iter()
        .filter_map(|id| figure(id).map(|figure| (figure, *id)))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    match ranked.as_slice() {
        [first, second, ..] if first.0 > second.0 => {
            let least = compare.ask.least
                && !matches!(
                    compare.aspects.first(),
                    Some(Label::Education | Label::Length)
                );
            Some(if least { ranked.last()?.1 } else { first.1 })
        }
        _ => None,
    }
}

fn caveats(roles: &[&Role], answer: &mut Answer, pay: bool, license: bool) {
    for role in roles {
        if let Some(whose) = whose(role).map(|text| format!("{}: {text}", role.title)) {
            answer.caveats.push(whose);
        }
    }
    if pay {
        answer.caveats.push(PAY_CAVEAT.to_owned());
    }
    if license {
        answer.caveats.push(LICENSE_CAVEAT.to_owned());
    }
}
