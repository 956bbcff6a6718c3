//! What a comparison says first: who has more of what was asked.

use crate::answer::compare::rows::{remote, training};
use crate::answer::wording::{
    capital, group_note, join, pay_period, percent, projection_period, thousands, wage,
};
use crate::explore::median_cell;
use crate::knowledge::language::Label;
use crate::knowledge::{Cell, Knowledge, Role, State};
use crate::understanding::request::Compare;

/// One sentence for each figure asked for: who has more, and how much each has.
pub(super) fn direct(
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
