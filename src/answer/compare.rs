//! Roles side by side, fact by fact.
//!
//! A cell says "not stated" where the knowledge has nothing.

use crate::answer::blocks::{in_short, shortened};
use crate::answer::evidence::{add_passage, add_sources};
use crate::answer::facts::{LICENSE_CAVEAT, PAY_CAVEAT};
use crate::answer::length::span;
use crate::answer::model::{Answer, Fact, Grid, GridRow, Outcome, Table};
use crate::answer::role::first_sentence;
use crate::answer::topics::subjects;
use crate::answer::wording::{
    capital, contact_words, education, group_note, inside, join, pay_period, percent, place,
    projection_period, schooling, thousands, wage, whose,
};
use crate::explore::median_cell;
use crate::knowledge::figures::Projection;
use crate::knowledge::language::Label;
use crate::knowledge::model::{
    DAY, DUTIES, LICENSE, PHYSICAL, REMOTE, SCHEDULE, SKILLS, SUITS, TRAINING,
};
use crate::knowledge::terms::{FigureMatch, License, Remote};
use crate::knowledge::{Cell, Knowledge, Role, RoleId, State, Topic};
use crate::understanding::request::Compare;

/// Most roles side by side.
pub const MOST_ROLES: usize = 4;
const NOT_STATED: &str = "not stated";

/// A row of the comparison: the intents that want it, its label, and the cell of one role.
type Row = (
    &'static [Label],
    &'static str,
    fn(&Knowledge, &Role, Option<State>) -> String,
);

const ROWS: &[Row] = &[
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

/// One sentence for each figure asked for: who has more, and how much each has.
fn direct(
    knowledge: &Knowledge,
    roles: &[&Role],
    compare: &Compare,
    state: Option<State>,
    everything: bool,
) -> Vec<String> {
    let mut sentences = Vec::new();
    let asked = |label: Label| compare.aspects.contains(&label);
    if asked(Label::Pay) || everything {
        sentences.push(pay_sentence(knowledge, roles, state, compare.ask.least));
    }
    if asked(Label::Outlook) {
        sentences.push(growth_sentence(knowledge, roles));
    }
    if asked(Label::Education) || asked(Label::Length) {
        let levels: Vec<String> = roles
            .iter()
            .map(|role| format!("{}: {}", role.title, training(knowledge, role, None)))
            .collect();
        sentences.push(format!("Typical way in. {}.", levels.join("; ")));
    }
    if asked(Label::Remote) {
        let words: Vec<String> = roles
            .iter()
            .map(|role| format!("{}: {}", role.title, remote(role)))
            .collect();
        sentences.push(format!("Working remotely. {}.", words.join("; ")));
    }
    if everything || sentences.is_empty() {
        sentences.splice(0..0, roles.iter().map(|role| role.summary.clone()));
    }
    sentences
}

/// Who earns most and what each earns; the least first where that is what is asked for.
fn pay_sentence(
    knowledge: &Knowledge,
    roles: &[&Role],
    state: Option<State>,
    least: bool,
) -> String {
    let cell = |role: &Role| median_cell(knowledge, role, state);
    let period = roles.first().map_or("", |role| pay_period(knowledge, role));
    let place = state.map_or_else(|| "the US".to_owned(), State::in_sentence);
    let mut known: Vec<(u32, &Role, Cell)> = roles
        .iter()
        .filter_map(|role| {
            cell(role).and_then(|cell| cell.at_least().map(|usd| (usd, *role, cell)))
        })
        .collect();
    known.sort_by_key(|(usd, role, _)| {
        (if least { *usd } else { u32::MAX - usd }, role.slug.clone())
    });
    let word = match (least, known.len()) {
        (false, 2) => "more",
        (false, _) => "most",
        (true, 2) => "less",
        (true, _) => "least",
    };
    let figures: Vec<String> = known
        .iter()
        .map(|(_, role, cell)| format!("{}{} {}", role.plural, group_note(role), wage(*cell)))
        .collect();
    let missing: Vec<String> = roles
        .iter()
        .filter(|role| !known.iter().any(|(_, other, _)| other.slug == role.slug))
        .map(|role| role.plural.clone())
        .collect();
    let missing = if missing.is_empty() {
        String::new()
    } else {
        format!(
            " BLS has not released a figure for {} in {place}.",
            join(&missing)
        )
    };
    match known.as_slice() {
        [] => format!("BLS has not released pay for these roles in {place} ({period})."),
        [first, second, ..] if first.0 == second.0 && first.1.soc == second.1.soc => format!(
            "The official figures do not tell these apart: {} a year in {place} ({period}).{missing}",
            figures.join("; ")
        ),
        [first, second, ..] if first.0 == second.0 => {
            format!(
                "{} a year at the median in {place} ({period}).{missing}",
                capital(&figures.join("; "))
            )
        }
        [first, second] => {
            // The difference of two is what is asked; it is reckoned, and bears no dollar sign.
            let gap = match (first.2, second.2) {
                (Cell::Number(one), Cell::Number(other)) => {
                    format!(
                        " The difference is {} USD a year.",
                        thousands(one.abs_diff(other))
                    )
                }
                _ => String::new(),
            };
            let pay = |(_, role, cell): &(u32, &Role, Cell)| wage(*cell) + &group_note(role);
            format!(
                "{} earn {word}: {} a year, and {} {} (median in {place}, {period}).{gap}{missing}",
                capital(&first.1.plural),
                pay(first),
                second.1.plural,
                pay(second)
            )
        }
        [first, _, ..] => {
            format!(
                "{} earn {word}: {} a year (median in {place}, {period}).{missing}",
                capital(&first.1.plural),
                figures.join("; ")
            )
        }
        [only] => format!(
            "{}: {} a year at the median in {place} ({period}).{missing}",
            capital(&only.1.plural),
            wage(only.2)
        ),
    }
}

fn growth_sentence(knowledge: &Knowledge, roles: &[&Role]) -> String {
    let mut known: Vec<(f32, &Role)> = roles
        .iter()
        .filter_map(|role| {
            knowledge
                .figures
                .projections
                .get(&role.soc)
                .map(|row| (row.change_percent, *role))
        })
        .collect();
    known.sort_by(|a, b| b.0.total_cmp(&a.0));
    let period = roles
        .first()
        .map_or_else(String::new, |role| projection_period(knowledge, role));
    let figures: Vec<String> = known
        .iter()
        .map(|(change, role)| format!("{}{} {}", role.plural, group_note(role), percent(*change)))
        .collect();
    let lead = match known.as_slice() {
        [first, second, ..] if first.0 > second.0 => {
            format!("{} grow faster. ", capital(&first.1.plural))
        }
        _ => String::new(),
    };
    format!(
        "{lead}Projected change of jobs from {period} in the US: {}.",
        figures.join("; ")
    )
}

/// Most characters of a role's duties in short.
const DUTIES_IN_SHORT: usize = 90;
/// Most characters of what was asked for and does not fit into a cell.
const PROSE_IN_SHORT: usize = 180;

/// The comparison in short rows, then what each of them does and what else was asked for.
fn grid<'a>(
    knowledge: &Knowledge,
    roles: &[&Role],
    state: Option<State>,
    prose: impl Iterator<Item = &'a Row>,
) -> Grid {
    let projections: Vec<Option<&Projection>> = roles
        .iter()
        .map(|role| knowledge.figures.projections.get(&role.soc))
        .collect();
    let two = roles.len() == 2;
    // A figure of a wider group bears a mark; whose it is stands above.
    let marked = |place: usize, text: String| match roles[place].figures {
        FigureMatch::Exact => text,
        FigureMatch::Group | FigureMatch::Nearest => text + "*",
    };
    let medians: Vec<Option<Cell>> = roles
        .iter()
        .map(|role| median_cell(knowledge, role, state))
        .collect();
    let row = |label, cells: Vec<String>, best| GridRow { label, cells, best };
    let figures = |cells: Vec<Option<String>>| -> Vec<String> {
        let cells = cells.into_iter().enumerate();
        cells
            .map(|(place, cell)| cell.map_or_else(|| "-".to_owned(), |cell| marked(place, cell)))
            .collect()
    };
    let pay: Vec<Option<f64>> = medians
        .iter()
        .map(|cell| cell.and_then(Cell::at_least).map(f64::from))
        .collect();
    let of = |figure: fn(&Projection) -> f64| -> Vec<Option<f64>> {
        projections.iter().map(|row| row.map(figure)).collect()
    };
    let (growth, openings) = (
        of(|row| f64::from(row.change_percent)),
        of(|row| f64::from(row.openings_per_year)),
    );
    let months: Vec<Option<f64>> = roles
        .iter()
        .map(|role| Some(-f64::from(role.length.usual)))
        .collect();
    let word = |of_two, of_more| if two { of_two } else { of_more };
    let texts = |text: fn(&Role) -> String| roles.iter().map(|role| text(role)).collect();
    let rows = vec![
        row(
            "Pay",
            figures(
                medians
                    .iter()
                    .map(|cell| Some(wage(cell.unwrap_or(Cell::NotReleased))))
                    .collect(),
            ),
            best(&pay, word("higher", "highest")),
        ),
        row(
            "Growth",
            figures(growth_cells(&growth)),
            best(&growth, word("faster", "fastest")),
        ),
        row(
            "Openings",
            figures(
                projections
                    .iter()
                    .map(|row| row.map(|row| thousands(row.openings_per_year)))
                    .collect(),
            ),
            best(&openings, word("more", "most")),
        ),
        row(
            "Way in",
            figures(
                projections
                    .iter()
                    .map(|row| row.and_then(|row| row.entry_education).map(schooling))
                    .map(|level| level.map(str::to_owned))
                    .collect(),
            ),
            None,
        ),
        row(
            "Takes",
            texts(|role| span(role.length.least, role.length.usual)),
            best(&months, word("shorter", "shortest")),
        ),
        row("License", texts(|role| license_word(role).to_owned()), None),
        row("Remote", texts(|role| remote_word(role).to_owned()), None),
    ];
    let mut lines: Vec<Fact> = roles
        .iter()
        .map(|role| Fact {
            label: role.title.clone(),
            value: shortened(duties(role), DUTIES_IN_SHORT),
        })
        .collect();
    for (_, label, cell) in prose.filter(|(_, label, _)| *label != "What they do") {
        lines.extend(roles.iter().map(|role| Fact {
            label: format!("{}, {}", role.title, inside(label)),
            value: in_short(&cell(knowledge, role, state), PROSE_IN_SHORT).into_owned(),
        }));
    }
    Grid {
        columns: roles.iter().map(|role| role.title.clone()).collect(),
        rows,
        notes: grid_notes(knowledge, roles, state),
        lines,
    }
}

/// What a role does, without its name where the summary begins with it.
fn duties(role: &Role) -> &str {
    let summary = role.summary.as_str();
    let name = summary.get(..role.plural.len());
    match name {
        Some(name) if name.eq_ignore_ascii_case(&role.plural) => summary[name.len()..].trim_start(),
        _ => summary,
    }
}

/// Place and period of the figures, and whose the marked ones are.
fn grid_notes(knowledge: &Knowledge, roles: &[&Role], state: Option<State>) -> Vec<String> {
    let once = |all: Vec<String>| {
        let mut known: Vec<String> = Vec::new();
        for one in all {
            if !one.is_empty() && !known.contains(&one) {
                known.push(one);
            }
        }
        known.join(" and ")
    };
    let pay = once(
        roles
            .iter()
            .map(|role| pay_period(knowledge, role).to_owned())
            .collect(),
    );
    let projected = once(
        roles
            .iter()
            .map(|role| projection_period(knowledge, role))
            .collect(),
    );
    let mut notes = vec![format!(
        "Pay: median a year, {}, {pay}. Growth and openings a year: US, {projected}.",
        place(state)
    )];
    notes.extend(roles.iter().filter_map(|role| match role.figures {
        FigureMatch::Exact => None,
        FigureMatch::Group => Some(format!("* {}: figures for all {}.", role.title, role.group)),
        FigureMatch::Nearest => Some(format!(
            "* {}: no figures of its own; those of the nearest group, all {}.",
            role.title, role.group
        )),
    }));
    notes
}

/// The place of the one largest figure; `None` where it is shared or stands alone.
fn best(figures: &[Option<f64>], word: &'static str) -> Option<(usize, &'static str)> {
    let mut known: Vec<(usize, f64)> = figures
        .iter()
        .enumerate()
        .filter_map(|(place, figure)| figure.map(|figure| (place, figure)))
        .collect();
    known.sort_by(|a, b| b.1.total_cmp(&a.1));
    match known.as_slice() {
        [first, second, ..] if first.1 > second.1 => Some((first.0, word)),
        _ => None,
    }
}

/// Growth in whole percent; exact where whole ones would hide a difference.
fn growth_cells(growth: &[Option<f64>]) -> Vec<Option<String>> {
    let hides = growth.iter().flatten().any(|one| {
        let mut others = growth.iter().flatten();
        others.any(|other| one != other && one.round() == other.round())
    });
    growth
        .iter()
        .map(|change| {
            change.map(|change| {
                let exact = if hides || change.abs() < 0.5 {
                    percent(change as f32)
                } else {
                    percent(change.round() as f32)
                };
                if change > 0.0 {
                    format!("+{exact}")
                } else {
                    exact
                }
            })
        })
        .collect()
}

fn license_word(role: &Role) -> &'static str {
    match role.license {
        License::State => "most states",
        License::SomeStates => "some states",
        License::None => "none",
        License::Varies => "varies",
    }
}

fn remote_word(role: &Role) -> &'static str {
    match role.remote {
        Remote::Yes => "common",
        Remote::Partly => "in part",
        Remote::No => "no, on site",
    }
}

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

fn training(knowledge: &Knowledge, role: &Role, _: Option<State>) -> String {
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

fn remote(role: &Role) -> String {
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

/// Titles inside a sentence, joined.
pub fn titles(knowledge: &Knowledge, ids: &[RoleId]) -> String {
    join(
        &ids.iter()
            .map(|id| inside(&knowledge.role(*id).title))
            .collect::<Vec<_>>(),
    )
}
