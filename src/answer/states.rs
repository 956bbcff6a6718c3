//! States side by side for one role: where it pays most or least, and where most of them work.
//!
//! Every figure carries its place and period. Knows nothing of how the question was found.

use crate::answer::facts::push_fact;
use crate::answer::model::Answer;
use crate::answer::wording::{capital, earner, thousands, wage};
use crate::knowledge::cells::{Cell, TOP_CODE_USD};
use crate::knowledge::{Knowledge, Role, State};
use crate::understanding::request::End;

/// States named at either end.
const SHOWN: usize = 5;

/// The states with the highest medians and those with the lowest, the end that is asked for first.
pub(super) fn by_pay(
    knowledge: &Knowledge,
    role: &Role,
    end: End,
    period: &str,
    answer: &mut Answer,
) {
    let median = |state: State| {
        let cell = knowledge.figures.pay_in(role.soc, state)?.median;
        Some((cell.at_least()?, state, cell))
    };
    let mut known: Vec<(u32, State, Cell)> = State::all().filter_map(median).collect();
    known.sort_by_key(|(usd, state, _)| (u32::MAX - usd, *state));
    let words = |row: &(u32, State, Cell)| format!("{} {}", row.1.name(), wage(row.2));
    let highest = || shown(known.iter().map(words));
    let lowest = || shown(known.iter().rev().map(words));
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return;
    };
    let top = known.iter().filter(|row| row.2 == Cell::TopCoded).count();
    let earner = earner(role);
    answer.direct.push(match end {
        End::Lowest => {
            format!("{} pays {earner} least: {} a year (median, {period}).", named(last.1), wage(last.2))
        }
        End::Highest if top > 1 => format!(
            "In {top} states the median of {earner} is at least ${} a year ({period}): BLS does not give exact medians above that.",
            thousands(TOP_CODE_USD)
        ),
        End::Highest => {
            format!("{} pays {earner} most: {} a year (median, {period}).", named(first.1), wage(first.2))
        }
    });
    let released = known.len();
    if end == End::Lowest {
        push_fact(answer, "Lowest medians", lowest());
        push_fact(answer, "Highest median", words(first));
    } else {
        push_fact(answer, "Highest medians", highest());
        push_fact(answer, "Lowest median", words(last));
    }
    push_fact(
        answer,
        "States compared",
        format!("{released} states and areas with a figure from BLS ({period})"),
    );
}

/// The first of some states with their figures, in words.
fn shown(states: impl Iterator<Item = String>) -> String {
    states.take(SHOWN).collect::<Vec<_>>().join("; ")
}

/// A state's name at the beginning of a sentence.
fn named(state: State) -> String {
    capital(&state.in_sentence())
}

/// The states with most and with fewest jobs.
pub(super) fn by_jobs(
    knowledge: &Knowledge,
    role: &Role,
    end: End,
    period: &str,
    answer: &mut Answer,
) {
    let jobs = |state: State| {
        Some((
            knowledge
                .figures
                .pay_in(role.soc, state)?
                .employment
                .number()?,
            state,
        ))
    };
    let mut known: Vec<(u32, State)> = State::all().filter_map(jobs).collect();
    known.sort_by_key(|(jobs, state)| (u32::MAX - jobs, *state));
    let words = |row: &(u32, State)| format!("{} {}", row.1.name(), thousands(row.0));
    let highest = || shown(known.iter().map(words));
    let lowest = || shown(known.iter().rev().map(words));
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return;
    };
    let (word, row) = if end == End::Lowest {
        ("fewest", last)
    } else {
        ("most", first)
    };
    let earner = earner(role);
    answer.direct.push(format!(
        "{} has the {word} jobs for {earner}: {} ({period}).",
        named(row.1),
        thousands(row.0)
    ));
    if end == End::Lowest {
        push_fact(answer, "Fewest jobs", lowest());
    } else {
        push_fact(answer, "Most jobs", highest());
    }
}
