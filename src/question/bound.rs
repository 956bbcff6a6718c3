//! What stands around a number or a level and bounds it: "over", "at most", "or more", "no".
//!
//! Knows nothing of what is bounded.

use crate::question::normalize::Token;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Bound {
    Least,
    Most,
    Below,
    Exactly,
}

/// The bound that stands around tokens `from..to`: "over 60k", "60k or more", "at most a bachelor's".
pub(super) fn bound(tokens: &[Token], from: usize, to: usize, reach: usize) -> Bound {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    for at in (from.saturating_sub(reach)..from).rev() {
        if tokens[at].number.is_some() {
            break;
        }
        let next = word(at + 1);
        match word(at) {
            "more" | "greater" | "higher" | "better" if next == "than" => return Bound::Least,
            "less" | "lower" | "fewer" if next == "than" || word(at + 2) == "than" => return Bound::Below,
            "no" if next == "more" => return Bound::Most,
            "up" if next == "to" => return Bound::Most,
            "below" | "under" if at > 0 && matches!(word(at - 1), "dime" | "not" | "nothing" | "penny") => {
                return Bound::Least;
            }
            "without" | "below" | "under" => return Bound::Below,
            w if LEAST.contains(&w) => return Bound::Least,
            w if MOST.contains(&w) => return Bound::Most,
            _ => {}
        }
    }
    for (at, token) in tokens.iter().enumerate().skip(to).take(3) {
        // "High school, minimum 45k": what stands before a number belongs to the number.
        if token.number.is_some() || tokens.get(at + 1).is_some_and(|next| next.number.is_some()) {
            break;
        }
        match (word(at), word(at + 1)) {
            ("or", "more" | "better" | "higher" | "above" | "up" | "over" | "greater")
            | ("and", "up" | "above" | "higher")
            | ("minimum" | "min" | "upwards" | "plus", _) => return Bound::Least,
            ("or", "less" | "lower" | "below" | "under" | "fewer")
            | ("max" | "maximum" | "tops", _)
            | ("at", "most")
            | ("and", "below" | "under" | "less") => return Bound::Most,
            _ => {}
        }
    }
    Bound::Exactly
}

/// Words that deny what stands behind them.
#[rustfmt::skip]
pub(super) const NOT: &[&str] = &["no", "not", "never", "without", "dont", "doesnt", "isnt", "arent", "cant", "hate", "avoid", "zero", "away", "neither", "nor"];

/// Whether what stands at `at` is denied with nothing but words of `between` since: "dont want to work remotely".
pub(super) fn is_denied_through(tokens: &[Token], at: usize, between: &[&str], reach: usize) -> bool {
    let word = |place: usize| tokens[place].word.as_str();
    let mut before = (0..at).rev().take(reach).take_while(|place| tokens[*place].sentence == tokens[at].sentence);
    before.find(|place| !between.contains(&word(*place))).is_some_and(|place| NOT.contains(&word(place)))
}

/// Whether one of the `reach` words before `at` in its sentence denies it. "Don't mind" denies nothing, and "rather" only
/// what stands behind its "than".
pub(super) fn is_denied(tokens: &[Token], at: usize, reach: usize) -> bool {
    let first = at.saturating_sub(reach);
    let here = |place: &usize| tokens[*place].sentence == tokens[at].sentence;
    let word = |place: usize| tokens[place].word.as_str();
    (first..at).filter(here).any(|place| match word(place) {
        "than" => (first..place).any(|before| word(before) == "rather"),
        not => NOT.contains(&not) && !matches!(word(place + 1), "mind" | "hate" | "avoid" | "afraid" | "scared"),
    })
}

#[rustfmt::skip]
const LEAST: &[&str] = &["over", "above", "least", "minimum", "min", "exceeds", "exceeding", "upwards", "north", "beyond", "greater", "higher", "starting"];

#[rustfmt::skip]
const MOST: &[&str] = &["under", "below", "most", "maximum", "max", "upto", "within", "beneath"];
