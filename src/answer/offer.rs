//! A sum of money held against what BLS publishes: above or below, and by how much.

use crate::answer::wording::{capital, earner, thousands, wage};
use crate::knowledge::terms::PayUnit;
use crate::knowledge::{Cell, Knowledge, Role, State};
use crate::understanding::request::Ask;

/// Sums that differ by less than this share are about equal.
const EQUAL: f64 = 0.02;

/// Where a sum stands among what the role earns: an offer ("22 an hour in Ohio"), or a goal ("can a nurse make 200k").
pub(super) fn conclusion(
    knowledge: &Knowledge,
    role: &Role,
    ask: &Ask,
    period: &str,
) -> Option<String> {
    let amount = ask.amount.as_ref()?;
    let state = ask.place.states.first().copied();
    let national = knowledge.figures.national.get(&role.soc)?;
    let (low, median, high) = match state {
        Some(state) => {
            let row = knowledge.figures.pay_in(role.soc, state)?;
            (row.pct10, row.median, row.pct90)
        }
        None => (national.pct10, national.median, national.pct90),
    };
    let place = state.map_or_else(|| "the US".to_owned(), State::in_sentence);
    let middle = f64::from(median.number()?);
    let said = said(amount.said, amount.unit);
    let a_year = if amount.unit == PayUnit::Year {
        String::new()
    } else {
        format!(" ({} USD a year)", whole(amount.usd))
    };
    let gap = amount.usd - middle;
    let by = by(gap.abs(), amount.unit);
    let earner = earner(role);
    let top = |cell: Cell| cell.number().map(f64::from);
    let compared = if (gap / middle).abs() <= EQUAL {
        format!("about the median of {earner} in {place}")
    } else if gap < 0.0 {
        format!("below the median of {earner} in {place}, by {by}")
    } else {
        format!("above the median of {earner} in {place}, by {by}")
    };
    // Whether somebody can earn it is a question of the ends; whether it is good, of the middle.
    let reach = match (top(high), top(low)) {
        (Some(high), _) if amount.usd > high && ask.whether => {
            format!(
                "Not usually: even the highest-paid tenth begin at ${}. ",
                thousands(high as u32)
            )
        }
        (None, _) if high == Cell::TopCoded && gap > 0.0 => {
            format!("The highest-paid tenth earn {} or more. ", wage(high))
        }
        (_, Some(low)) if amount.usd < low => {
            format!(
                "That is less than nine in ten of them earn, ${} or more. ",
                thousands(low as u32)
            )
        }
        _ => String::new(),
    };
    Some(format!(
        "{reach}{}{a_year} is {compared} ({period}).",
        capital(&said)
    ))
}

fn said(sum: f64, unit: PayUnit) -> String {
    match unit {
        PayUnit::Hour => format!("{sum:.2} USD an hour"),
        PayUnit::Week => format!("{} USD a week", whole(sum)),
        PayUnit::Fortnight => format!("{} USD every two weeks", whole(sum)),
        PayUnit::Month => format!("{} USD a month", whole(sum)),
        PayUnit::Year => format!("{} USD a year", whole(sum)),
    }
}

fn by(gap: f64, unit: PayUnit) -> String {
    match unit {
        PayUnit::Hour => format!("{:.2} USD an hour", gap / unit.per_year()),
        _ => format!("{} USD a year", whole(gap)),
    }
}

fn whole(sum: f64) -> String {
    thousands(sum.round() as u32)
}

/// Which of two states pays a role more, and by how much.
pub(super) fn higher(
    knowledge: &Knowledge,
    role: &Role,
    first: State,
    second: State,
    period: &str,
) -> Option<String> {
    let median = |state: State| {
        knowledge
            .figures
            .pay_in(role.soc, state)
            .and_then(|row| row.median.number())
    };
    let (one, other) = (median(first)?, median(second)?);
    let ((more, most), (less, least)) = if one >= other {
        ((first, one), (second, other))
    } else {
        ((second, other), (first, one))
    };
    if most == least {
        return Some(format!(
            "{} and {} pay the same at the median ({period}).",
            first.name(),
            second.name()
        ));
    }
    Some(format!(
        "{} pays more than {}, by {} USD a year at the median ({period}).",
        capital(&more.in_sentence()),
        less.in_sentence(),
        thousands(most - least)
    ))
}
