//! Roles side by side, fact by fact.
//!
//! A cell says "not stated" where the knowledge has nothing.

use crate::answer::evidence::{add_passage, add_sources};
use crate::answer::model::{Answer, Outcome, Table};
use crate::answer::role::{LICENSE_CAVEAT, PAY_CAVEAT};
use crate::answer::topics::subjects;
use crate::answer::wording::{
    capital, contact_words, education, group_note, inside, join, pay_period, percent, place, projection_period,
    thousands, wage, whose,
};
use crate::knowledge::model::{DAY, DUTIES, LICENSE, REMOTE, SKILLS, SUITS, TRAINING};
use crate::knowledge::terms::{License, Remote};
use crate::knowledge::{Cell, Knowledge, Role, RoleId, State, Topic};
use crate::question::{Cue, Question};

/// Most roles side by side.
pub const MOST_ROLES: usize = 4;
const NOT_STATED: &str = "not stated";

/// A row of the comparison: the intents that want it, its label, and the cell of one role.
type Row = (&'static [Cue], &'static str, fn(&Knowledge, &Role, Option<State>) -> String);

const ROWS: &[Row] = &[
    (&[Cue::Duties], "What they do", |_, role, _| role.summary.clone()),
    (&[Cue::Pay], "Median pay", pay),
    (&[Cue::Growth], "Projected growth", growth),
    (&[Cue::Growth, Cue::Openings], "Openings a year", openings),
    (&[Cue::Employment], "Jobs", jobs),
    (&[Cue::Training], "Typical entry education", training),
    (&[Cue::License, Cue::Training], "License", |_, role, _| license(role)),
    (&[Cue::Remote], "Remote work", |_, role, _| remote(role)),
    (&[Cue::Skills], "Skills", |_, role, _| list(&role.skills)),
    (&[Cue::Tools], "Tools", |_, role, _| list(&role.tools)),
    (&[Cue::Suits, Cue::Day, Cue::Workplace, Cue::Next], "Suits people who like", |_, role, _| interests(role)),
    (&[Cue::Suits, Cue::Duties], "Contact with patients", |_, role, _| contact_words(role.contact).to_owned()),
];

/// Two to four roles side by side: the facts asked for, or all of them.
pub fn answer(knowledge: &Knowledge, ids: &[RoleId], question: &Question) -> Answer {
    let ids = &ids[..ids.len().min(MOST_ROLES)];
    let roles: Vec<&Role> = ids.iter().map(|id| knowledge.role(*id)).collect();
    let titles: Vec<String> = roles.iter().map(|role| role.title.clone()).collect();
    let mut answer = Answer::new(Outcome::Answered, capital(&join(&titles)));
    answer.subjects = subjects(knowledge, ids.iter().copied());
    let asked = |cues: &[Cue]| question.asks.iter().any(|ask| cues.contains(ask));
    let everything = !ROWS.iter().any(|(cues, _, _)| asked(cues));
    let state = question.states.first().copied();

    let mut table = Table { columns: titles, rows: Vec::new() };
    for (cues, label, cell) in ROWS {
        if everything || asked(cues) {
            let cells = roles.iter().map(|role| cell(knowledge, role, state)).collect();
            let label = if *label == "Median pay" {
                format!("Median pay a year ({})", place(state))
            } else {
                (*label).to_owned()
            };
            table.rows.push((label, cells));
        }
    }
    answer.direct = direct(knowledge, &roles, question, state, everything);
    answer.table = Some(table);
    caveats(&roles, &mut answer, everything || asked(&[Cue::Pay]), everything || asked(&[Cue::License, Cue::Training]));
    for (cue, heading) in [
        (Cue::Day, DAY),
        (Cue::Training, TRAINING),
        (Cue::License, LICENSE),
        (Cue::Remote, REMOTE),
        (Cue::Suits, SUITS),
        (Cue::Skills, SKILLS),
        (Cue::Duties, DUTIES),
    ] {
        if asked(&[cue]) {
            ids.iter().for_each(|id| add_passage(knowledge, &mut answer, Topic::Role(*id), heading, &question.words));
        }
    }
    for (role, id) in roles.iter().zip(ids) {
        add_sources(knowledge, &mut answer, &role.sources, Some(Topic::Role(*id)));
    }
    answer
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
    question: &Question,
    state: Option<State>,
    everything: bool,
) -> Vec<String> {
    let mut sentences = Vec::new();
    let asked = |cue: Cue| question.asks.contains(&cue);
    if asked(Cue::Pay) || everything {
        let words = |word: &str| matches!(word, "less" | "least" | "lower" | "lowest" | "worse" | "worst");
        let least = question.text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(words);
        sentences.push(pay_sentence(knowledge, roles, state, least));
    }
    if asked(Cue::Growth) {
        sentences.push(growth_sentence(knowledge, roles));
    }
    if asked(Cue::Training) {
        let levels: Vec<String> =
            roles.iter().map(|role| format!("{}: {}", role.title, training(knowledge, role, None))).collect();
        sentences.push(format!("Typical way in. {}.", levels.join("; ")));
    }
    if asked(Cue::Remote) {
        let words: Vec<String> = roles.iter().map(|role| format!("{}: {}", role.title, remote(role))).collect();
        sentences.push(format!("Working remotely. {}.", words.join("; ")));
    }
    if everything || sentences.is_empty() {
        sentences.splice(0..0, roles.iter().map(|role| role.summary.clone()));
    }
    sentences
}

/// Who earns most and what each earns; the least first where that is what is asked for.
fn pay_sentence(knowledge: &Knowledge, roles: &[&Role], state: Option<State>, least: bool) -> String {
    let cell = |role: &Role| match state {
        Some(state) => knowledge.figures.states.get(&(role.soc, state)).map(|row| row.median),
        None => knowledge.figures.national.get(&role.soc).map(|row| row.median),
    };
    let period = roles.first().map_or("", |role| pay_period(knowledge, role));
    let place = state.map_or_else(|| "the US".to_owned(), State::in_sentence);
    let mut known: Vec<(u32, &Role, Cell)> = roles
        .iter()
        .filter_map(|role| cell(role).and_then(|cell| cell.at_least().map(|usd| (usd, *role, cell))))
        .collect();
    known.sort_by_key(|(usd, role, _)| (if least { *usd } else { u32::MAX - usd }, role.slug.clone()));
    let word = match (least, known.len()) {
        (false, 2) => "more",
        (false, _) => "most",
        (true, 2) => "less",
        (true, _) => "least",
    };
    let figures: Vec<String> =
        known.iter().map(|(_, role, cell)| format!("{}{} {}", role.plural, group_note(role), wage(*cell))).collect();
    let missing: Vec<String> = roles
        .iter()
        .filter(|role| !known.iter().any(|(_, other, _)| other.slug == role.slug))
        .map(|role| role.plural.clone())
        .collect();
    let missing = if missing.is_empty() {
        String::new()
    } else {
        format!(" BLS has not released a figure for {} in {place}.", join(&missing))
    };
    match known.as_slice() {
        [] => format!("BLS has not released pay for these roles in {place} ({period})."),
        [first, second, ..] if first.0 == second.0 && first.1.soc == second.1.soc => format!(
            "The official figures do not tell these apart: {} a year in {place} ({period}).{missing}",
            figures.join("; ")
        ),
        [first, second, ..] if first.0 == second.0 => {
            format!("{} a year at the median in {place} ({period}).{missing}", capital(&figures.join("; ")))
        }
        [first, _, ..] => format!(
            "{} earn {word}: {} a year at the median in {place} ({period}).{missing}",
            capital(&first.1.plural),
            figures.join("; ")
        ),
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
        .filter_map(|role| knowledge.figures.projections.get(&role.soc).map(|row| (row.change_percent, *role)))
        .collect();
    known.sort_by(|a, b| b.0.total_cmp(&a.0));
    let period = roles.first().map_or_else(String::new, |role| projection_period(knowledge, role));
    let figures: Vec<String> = known
        .iter()
        .map(|(change, role)| format!("{}{} {}", role.plural, group_note(role), percent(*change)))
        .collect();
    let lead = match known.as_slice() {
        [first, second, ..] if first.0 > second.0 => format!("{} grow faster. ", capital(&first.1.plural)),
        _ => String::new(),
    };
    format!("{lead}Projected change of jobs from {period} in the US: {}.", figures.join("; "))
}

fn pay(knowledge: &Knowledge, role: &Role, state: Option<State>) -> String {
    let cell = match state {
        Some(state) => knowledge.figures.states.get(&(role.soc, state)).map(|row| row.median),
        None => knowledge.figures.national.get(&role.soc).map(|row| row.median),
    };
    cell.map_or_else(
        || NOT_STATED.to_owned(),
        |cell| format!("{} ({}){}", wage(cell), pay_period(knowledge, role), group_note(role)),
    )
}

fn growth(knowledge: &Knowledge, role: &Role, _: Option<State>) -> String {
    let row = knowledge.figures.projections.get(&role.soc);
    row.map_or_else(
        || NOT_STATED.to_owned(),
        |row| format!("{} ({}){}", percent(row.change_percent), projection_period(knowledge, role), group_note(role)),
    )
}

fn openings(knowledge: &Knowledge, role: &Role, _: Option<State>) -> String {
    let row = knowledge.figures.projections.get(&role.soc);
    row.map_or_else(
        || NOT_STATED.to_owned(),
        |row| format!("about {}{}", thousands(row.openings_per_year), group_note(role)),
    )
}

fn jobs(knowledge: &Knowledge, role: &Role, _: Option<State>) -> String {
    let number = knowledge.figures.national.get(&role.soc).and_then(|row| row.employment.number());
    number.map_or_else(
        || NOT_STATED.to_owned(),
        |number| format!("{} ({}){}", thousands(number), pay_period(knowledge, role), group_note(role)),
    )
}

fn training(knowledge: &Knowledge, role: &Role, _: Option<State>) -> String {
    let level = knowledge.figures.projections.get(&role.soc).and_then(|row| row.entry_education);
    level.map_or_else(|| NOT_STATED.to_owned(), |level| format!("{}{}", education(level), group_note(role)))
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
    if items.is_empty() { NOT_STATED.to_owned() } else { items[..items.len().min(NAMED)].join(", ") }
}

fn interests(role: &Role) -> String {
    join(&role.interests.iter().map(|interest| interest.plain().to_owned()).collect::<Vec<_>>())
}

/// Titles inside a sentence, joined.
pub fn titles(knowledge: &Knowledge, ids: &[RoleId]) -> String {
    join(&ids.iter().map(|id| inside(&knowledge.role(*id).title)).collect::<Vec<_>>())
}
