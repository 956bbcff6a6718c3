//! Amounts in a question: pay, growth and openings, with the bounds around them.
//!
//! Knows sizes and units; knows nothing of which role pays what.

use crate::question::bound::{Bound, bound};
use crate::question::filter::Filter;
use crate::question::normalize::Token;
use crate::question::phrases::Words;

pub(super) fn read_numbers(words: &Words<'_>, filter: &mut Filter) {
    let tokens = words.tokens;
    for (at, token) in tokens.iter().enumerate() {
        let in_words =
            NUMBER_WORDS.iter().find(|(word, _)| *word == token.word).map(|(_, number)| *number).filter(|_| {
                tokens.get(at + 1).is_some_and(|next| {
                    matches!(next.word.as_str(), "percent" | "pct" | "thousand" | "grand" | "k" | "hundred")
                })
            });
        let Some(mut number) = token.number.or(in_words) else { continue };
        let next = tokens.get(at + 1).map_or("", |token| token.word.as_str());
        if per_hour(tokens, at) {
            number *= HOURS_A_YEAR;
        }
        number *= times_a_year(tokens, at);
        // "Between 50 and 60 thousand": the first number is of the same size as the second.
        if matches!(next, "and" | "to")
            && tokens.get(at + 3).is_some_and(|token| matches!(token.word.as_str(), "thousand" | "grand" | "k"))
            && number < 1_000.0
        {
            number *= 1_000.0;
        }
        if matches!(next, "thousand" | "grand" | "k" | "ks") {
            number *= 1_000.0;
        }
        let percent = token.word.ends_with('%') || matches!(next, "percent" | "pct" | "percentage" | "per");
        let bound = bound(tokens, at, at + 1, 4);
        if percent && number <= 100.0 {
            match bound {
                Bound::Most | Bound::Below => filter.growth_max = Some(number),
                Bound::Least | Bound::Exactly => filter.growth_min = Some(number),
            }
        } else if tokens[at + 1..].iter().take(4).any(|near| matches!(near.stem.as_str(), "opening" | "vacancy")) {
            filter.openings_min = Some(number);
        } else if tokens
            .get(at + 1)
            .is_some_and(|near| matches!(near.stem.as_str(), "job" | "position" | "worker" | "people" | "employee"))
            && !token.word.ends_with('k')
        {
            // A number of jobs is no pay.
        } else if (10_000.0..=1_000_000.0).contains(&number) {
            let around = at.checked_sub(1).is_some_and(|before| {
                matches!(tokens[before].word.as_str(), "around" | "roughly" | "approximately" | "approx")
            });
            if around && filter.pay_min.is_none() {
                (filter.pay_min, filter.pay_max) =
                    (Some((number * (1.0 - AROUND)).round()), Some((number * (1.0 + AROUND)).round()));
                continue;
            }
            match bound {
                Bound::Most | Bound::Below => filter.pay_max = Some(number),
                Bound::Least | Bound::Exactly if filter.pay_min.is_some() => filter.pay_max = Some(number),
                Bound::Least | Bound::Exactly => filter.pay_min = Some(number),
            }
        }
    }
    if ["six figures", "six figure", "6 figures", "6 figure"].iter().any(|phrase| words.contain(phrase)) {
        filter.pay_min = filter.pay_min.or(Some(100_000.0));
    }
}

/// Numbers as words, where a unit follows.
#[rustfmt::skip]
const NUMBER_WORDS: &[(&str, f64)] = &[
    ("five", 5.0), ("ten", 10.0), ("fifteen", 15.0), ("twenty", 20.0), ("thirty", 30.0), ("forty", 40.0), ("fifty", 50.0), ("sixty", 60.0), ("seventy", 70.0), ("eighty", 80.0), ("ninety", 90.0), ("hundred", 100.0),
];

/// Hours by which BLS turns hourly into annual wages (OEWS technical notes: 2,080 hours a year).
const HOURS_A_YEAR: f64 = 2_080.0;

/// "$40 an hour", "25 per hour", "30 hourly".
fn per_hour(tokens: &[Token], at: usize) -> bool {
    let word = |place: usize| tokens.get(place).map_or("", |token| token.word.as_str());
    matches!(
        (word(at + 1), word(at + 2)),
        ("an" | "per" | "a" | "dollars" | "bucks", "hour" | "hr" | "an") | ("hourly" | "hr" | "ph", _)
    )
}

/// "2000 a week", "4k per month": how often a year it is paid; once where nothing is said.
fn times_a_year(tokens: &[Token], at: usize) -> f64 {
    let word = |place: usize| tokens.get(place).map_or("", |token| token.word.as_str());
    let counted = matches!(word(at + 1), "k" | "dollars" | "bucks" | "usd");
    let behind = at + 1 + usize::from(counted);
    match (word(behind), word(behind + 1)) {
        ("a" | "per" | "every" | "each", "week" | "wk") | ("weekly", _) => 52.0,
        ("a" | "per" | "every" | "each", "month" | "mo") | ("monthly", _) => 12.0,
        _ => 1.0,
    }
}

/// How far "around 60k" reaches, either way.
const AROUND: f64 = 0.15;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::filter::check;

    #[test]
    fn pay_and_growth_are_read() {
        check("over 90 thousand", Filter { pay_min: Some(90_000.0), ..Filter::default() });
        check("earn less than 120k", Filter { pay_max: Some(120_000.0), ..Filter::default() });
        check("around 100k", Filter { pay_min: Some(85_000.0), pay_max: Some(115_000.0), ..Filter::default() });
        check("pay 2000 a week", Filter { pay_min: Some(104_000.0), ..Filter::default() });
        check("at least 5k per month", Filter { pay_min: Some(60_000.0), ..Filter::default() });
        check("$30 an hour", Filter { pay_min: Some(62_400.0), ..Filter::default() });
        check("15 percent growth or better", Filter { growth_min: Some(15.0), ..Filter::default() });
    }
}
