//! Numbers in a message, with what bounds them and what they count.

use crate::knowledge::language::{About, Class, Plain};
use crate::knowledge::terms::PayUnit;
use crate::understanding::reading::Reading;

/// How a number bounds what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// This or more.
    Least,
    /// This or less.
    Most,
    /// Less than this.
    Below,
    /// About this.
    Around,
    /// This.
    Exactly,
}

/// A sum of money.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// USD a year.
    pub usd: f64,
    /// The sum as it was said, in its own unit.
    pub said: f64,
    /// The time that it is paid for.
    pub unit: PayUnit,
    /// How it bounds pay.
    pub bound: Bound,
}

/// Everything that is counted.
#[derive(Debug, Default)]
pub(crate) struct Quantities {
    /// Sums of money, in order.
    pub(crate) money: Vec<Amount>,
    /// Percent, with its bound.
    pub(crate) percent: Option<(f64, Bound)>,
    /// A number of openings.
    pub(crate) openings: Option<f64>,
    /// Months of schooling, with their bound.
    pub(crate) months: Option<(f64, Bound)>,
    /// A year of our time.
    pub(crate) year: Option<u32>,
}

/// Pay by the hour is no more than this, USD: a larger sum is pay for a longer time.
const MOST_AN_HOUR: f64 = 400.0;
/// What somebody may earn an hour who names no unit, USD.
const HOURLY: std::ops::Range<f64> = 7.0..100.0;
/// The least and the most that somebody may mean by pay a year, USD.
const YEARLY: std::ops::RangeInclusive<f64> = 10_000.0..=2_000_000.0;
/// Words that may stand between a number and its bound.
const BOUND_REACH: usize = 4;
/// Words between a length of time and the schooling that it measures.
const SCHOOLING_REACH: usize = 5;
pub(crate) const MONTHS_A_YEAR: f64 = 12.0;
const WEEKS_A_MONTH: f64 = 4.33;

/// Reads every number. `numbers` are numbers as words.
pub(crate) fn read(
    reading: &Reading,
    numbers: &std::collections::HashMap<String, f64>,
) -> Quantities {
    let mut found = Quantities::default();
    let mut at = 0;
    while at < reading.tokens.len() {
        if let Some(len) = reading.len_of(at, Class::Plain(Plain::SixFigures)) {
            found.money.push(Amount {
                usd: 1e5,
                said: 1e5,
                unit: PayUnit::Year,
                bound: Bound::Least,
            });
            at += len;
            continue;
        } else if let Some(said) = said(reading, numbers, at)
            && !reading.in_name(at)
        {
            let shared = shared_size(reading, numbers, &said);
            number(reading, &said, shared, &mut found);
            at = said.end;
            continue;
        } else if reading.is(at, Plain::Per) && found.months.is_none() {
            // "Less than a year of school": one.
            one_year(reading, at, &mut found);
        }
        at += 1;
    }
    found
}

/// A number as it stands in a message.
struct Said {
    at: usize,
    end: usize,
    value: f64,
    in_words: bool,
}

/// The number that begins at a word: digits, or words, "twenty-eight".
fn said(
    reading: &Reading,
    numbers: &std::collections::HashMap<String, f64>,
    at: usize,
) -> Option<Said> {
    let token = reading.tokens.get(at)?;
    let in_words = |at: usize| {
        let token = reading
            .tokens
            .get(at)
            .filter(|token| token.number.is_none());
        token.and_then(|token| numbers.get(&token.word)).copied()
    };
    if let Some(value) = token.number {
        return Some(Said {
            at,
            end: at + 1,
            value,
            in_words: false,
        });
    }
    let first = in_words(at)?;
    let second = in_words(at + 1).filter(|_| reading.together(at, at + 1));
    let (value, len) = match second {
        Some(one) if (20.0..100.0).contains(&first) && one < 10.0 => (first + one, 2),
        Some(hundred) if first < 10.0 && hundred == 100.0 => (first * hundred, 2),
        _ => (first, 1),
    };
    Some(Said {
        at,
        end: at + len,
        value,
        in_words: true,
    })
}

fn number(reading: &Reading, said: &Said, shared: Option<f64>, found: &mut Quantities) {
    let Said { at, in_words, .. } = *said;
    let token = &reading.tokens[at];
    let (mut next, mut value) = (said.end, said.value);
    let thousand = reading.is(next, Plain::Thousand);
    if thousand {
        value *= 1_000.0;
        next += 1;
    } else if let Some(size) = shared {
        value *= size;
    }
    let bound = bound(reading, at, next);
    if token.word.ends_with('%') || reading.is(next, Plain::Percent) {
        found.percent = Some((value, bound));
        return;
    }
    if let Some(unit) = length_unit(reading, next) {
        if schooling_near(reading, at, next)
            || matches!(bound, Bound::Below | Bound::Most) && !token.dollar
        {
            let Some(months) = months_of(unit) else {
                return;
            };
            found.months = Some((value * months, bound));
        }
        return;
    }
    // "Positions" are jobs as well as openings.
    let about = |wanted| {
        let mut near =
            (at.saturating_sub(6)..next + 4).filter(|place| !reading.is(*place, Plain::Job));
        near.any(|place| reading.is_about(place, wanted))
    };
    let pay = about(About::Pay);
    if about(About::Openings) && !pay && !token.dollar && value >= 100.0 {
        found.openings = Some(value);
        return;
    }
    let scaled = token.word.ends_with('k') || thousand || in_words && shared.is_some();
    let paid = pay && pay_unit(reading, next).is_some();
    if !scaled
        && !token.dollar
        && !paid
        && (1_950.0..2_100.0).contains(&value)
        && token.word.len() == 4
    {
        found.year = Some(value as u32);
        return;
    }
    if in_words && !scaled && !reading.is(next, Plain::Dollar) {
        return;
    }
    let unit = pay_unit(reading, next);
    // "12 hour shifts", "a 40 hour week": hours that are counted. "17.80/hr plus tips": nobody counts hours in hundredths.
    let hours = unit_at(reading, next) == Some(PayUnit::Hour) && !reading.is(next, Plain::Per);
    let noun = reading.tokens.get(next + 1).is_some_and(|behind| {
        reading.together(next, next + 1)
            && !behind.after_comma
            && (!reading.stop[next + 1] || unit_at(reading, next + 1).is_some())
    });
    if hours && noun && !token.dollar && !pay && value.fract() == 0.0 {
        return;
    }
    let money = token.dollar
        || scaled
        || in_cents(&token.word)
        || in_words_of_pay(reading, at, value)
        || reading.is(next, Plain::Dollar)
        || unit.is_some()
        || YEARLY.contains(&value);
    let counted = is_counted(reading, next);
    if !money || counted || reading.is(next, Plain::Job) && !token.dollar && !scaled {
        return;
    }
    let unit = unit.unwrap_or(if value <= MOST_AN_HOUR {
        PayUnit::Hour
    } else {
        PayUnit::Year
    });
    let usd = value * unit.per_year();
    if YEARLY.contains(&usd) {
        found.money.push(Amount {
            usd,
            said: value,
            unit,
            bound,
        });
    }
}

/// "Making 14. No college": pay by the hour, where nothing that is counted stands behind.
fn in_words_of_pay(reading: &Reading, at: usize, value: f64) -> bool {
    let counts_nothing = reading.tokens.get(at + 1).is_none_or(|next| {
        !reading.together(at, at + 1) || next.after_comma || reading.stop[at + 1]
    });
    HOURLY.contains(&value) && counts_nothing && reading.ends_before(at, Plain::Earns)
}

/// "Making 16.40", "CNA, 18.50": two digits behind the point. A grade of 3.50 is no pay that anybody earns, and falls away later.
fn in_cents(word: &str) -> bool {
    matches!(word.rsplit_once('.'), Some((_, cents)) if cents.len() == 2)
}

/// The months that one of a unit is; an hour is no length of a way.
pub(crate) fn months_of(unit: PayUnit) -> Option<f64> {
    match unit {
        PayUnit::Year => Some(MONTHS_A_YEAR),
        PayUnit::Month => Some(1.0),
        PayUnit::Week | PayUnit::Fortnight => Some(1.0 / WEEKS_A_MONTH),
        PayUnit::Hour => None,
    }
}

/// "Less than a year of school", "a month's course": a time that is not counted is one.
fn one_year(reading: &Reading, at: usize, found: &mut Quantities) {
    let months = match unit_at(reading, at + 1) {
        Some(PayUnit::Year) => MONTHS_A_YEAR,
        Some(PayUnit::Month) => 1.0,
        _ => return,
    };
    let bound = bound(reading, at, at + 2);
    if matches!(bound, Bound::Below | Bound::Most) && schooling_near(reading, at, at + 2) {
        found.months = Some((months, bound));
    }
}

/// "Between 50 and 60 thousand", "forty to sixty thousand": the first number is of the same size as the second.
fn shared_size(
    reading: &Reading,
    numbers: &std::collections::HashMap<String, f64>,
    first: &Said,
) -> Option<f64> {
    let joint = reading.is(first.end, Plain::ListJoint) || reading.is(first.end, Plain::To);
    let other = said(reading, numbers, first.end + 1).filter(|_| joint && first.value < 1_000.0)?;
    let sized =
        reading.is(other.end, Plain::Thousand) || reading.tokens[other.at].word.ends_with('k');
    sized.then_some(1_000.0)
}

/// "An hour", "per hour", "hourly", "/hr" behind a sum.
fn pay_unit(reading: &Reading, next: usize) -> Option<PayUnit> {
    (next..next + 3)
        .take_while(|at| *at == next || skips(reading, *at - 1))
        .find_map(|at| unit_at(reading, at))
}

fn skips(reading: &Reading, at: usize) -> bool {
    reading.is(at, Plain::Per) || reading.is(at, Plain::Dollar)
}

fn unit_at(reading: &Reading, at: usize) -> Option<PayUnit> {
    reading
        .classes(at)
        .iter()
        .find_map(|(class, _)| match class {
            Class::Unit(unit) => Some(*unit),
            _ => None,
        })
}

/// Whether a word is a time in the plural: hours that are counted, and no unit of pay.
fn is_counted(reading: &Reading, at: usize) -> bool {
    reading
        .tokens
        .get(at)
        .is_some_and(|token| token.word != token.stem && reading.is(at, Plain::CountedTime))
}

/// "2 years", "18 months", "a 12-week course": a length of time right behind a number.
fn length_unit(reading: &Reading, next: usize) -> Option<PayUnit> {
    let unit = unit_at(reading, next).filter(|_| !reading.is(next, Plain::Per))?;
    let number = reading.tokens.get(next.wrapping_sub(1))?;
    let money = number.dollar
        || number.number.is_some_and(|value| value > MOST_AN_HOUR)
        || number.word.ends_with('k');
    (!money && (is_counted(reading, next) || unit != PayUnit::Hour)).then_some(unit)
}

fn schooling_near(reading: &Reading, at: usize, next: usize) -> bool {
    let around = (at.saturating_sub(SCHOOLING_REACH)..at).chain(next..next + SCHOOLING_REACH);
    around
        .into_iter()
        .any(|place| reading.is(place, Plain::Schooling) && reading.together(place, at))
}

/// The bound that stands around words `from..to`: "over 60k", "60k or more", "at most a bachelor's".
pub(crate) fn bound(reading: &Reading, from: usize, to: usize) -> Bound {
    let before = (from.saturating_sub(BOUND_REACH)..from).rev();
    // "The same money, two years at most": what stands before a comma bounds what stands there.
    let near = |at: &usize| {
        reading.tokens[*at].number.is_none()
            && reading.together(*at, from)
            && !reading.tokens[*at + 1].after_comma
    };
    for at in before.take_while(near) {
        let reaches = |class: Plain| {
            reading
                .len_of(at, Class::Plain(class))
                .is_some_and(|len| at + len <= from)
        };
        for (class, bound) in [
            (Plain::AtLeast, Bound::Least),
            (Plain::Below, Bound::Below),
            (Plain::AtMost, Bound::Most),
            (Plain::Around, Bound::Around),
        ] {
            if reaches(class) {
                // "Not under", "never longer than": the other way round.
                let denied = reading.ends_before(at, Plain::Negator);
                return match bound {
                    Bound::Below if denied => Bound::Least,
                    Bound::Least if denied => Bound::Most,
                    bound => bound,
                };
            }
        }
    }
    for at in to..(to + 3).min(reading.tokens.len()) {
        let number = |place: usize| {
            reading
                .tokens
                .get(place)
                .is_some_and(|token| token.number.is_some())
        };
        if number(at) || number(at + 1) || !reading.together(from, at) {
            break;
        }
        // "60k plus"; "17.80/hr plus doordash" adds something else.
        let end = at
            + reading
                .len_of(at, Class::Plain(Plain::AtLeastBehind))
                .unwrap_or(0);
        let adds = reading.together(at, end)
            && end == at + 1
            && !reading.stop[end]
            && !reading.tokens[end].after_comma
            && reading.classes(end).is_empty();
        if reading.is(at, Plain::AtLeastBehind) && !adds {
            return Bound::Least;
        }
        if reading.is(at, Plain::AtMostBehind) {
            return Bound::Most;
        }
    }
    Bound::Exactly
}
