//! "How much is that an hour": the time for which somebody wants to know the pay.
//!
//! Knows words only; figures are by the year, and what becomes of them is worded elsewhere.

use crate::question::normalize::Token;

/// A time for which pay is asked, other than the year of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// An hour.
    Hour,
    /// A week.
    Week,
    /// Two weeks.
    Fortnight,
    /// A month.
    Month,
}

#[rustfmt::skip]
const WORDS: &[(Pace, &[&str])] = &[
    (Pace::Fortnight, &["biweekly", "fortnight", "fortnightly"]),
    (Pace::Hour, &["hour", "hourly", "hr", "hrly"]),
    (Pace::Week, &["week", "weekly", "wk"]),
    (Pace::Month, &["month", "monthly"]),
];

/// The time that the question names, in the singular: "40 hours a week" counts hours and names none.
pub(super) fn pace(tokens: &[Token]) -> Option<Pace> {
    let hours = tokens.iter().any(|token| matches!(token.word.as_str(), "hours" | "hrs" | "months" | "weeks"));
    let named = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word.as_str()));
    WORDS.iter().filter(|_| !hours).find(|(_, words)| named(words)).map(|(pace, _)| *pace)
}
