//! "Which state pays nurses the most": whether states are to be ranked, and from which end.
//!
//! Knows words only; what they are ranked by is what else the question asks.

use crate::question::lexicon::Span;
use crate::question::normalize::Token;
use crate::question::recall::names_state;

/// The end of a ranking that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The highest first.
    Highest,
    /// The lowest first.
    Lowest,
}

/// Words that ask for one state among all, or for all of them.
#[rustfmt::skip]
const ASKS: &[&str] = &["which", "what", "whats", "whichs", "top", "best", "highest", "most", "better", "every", "each", "by", "rank", "ranked", "ranking", "richest", "greatest", "biggest", "largest"];
/// Words before or behind "states" that say by which end.
const ENDS: &[&str] = &["most", "best", "highest", "more", "top"];
/// How far from the word "state" they stand at most.
const REACH: usize = 4;
/// The same, from the other end.
const LOWEST: &[&str] = &["lowest", "least", "worst", "poorest", "fewest", "smallest", "lower", "less"];
/// What a state has, beside pay: "state license", "state board", "united states".
const OF_STATE: &[&str] =
    &["license", "licensing", "licence", "board", "law", "exam", "university", "college", "hospital"];

/// Whether states are to be ranked: "which state", "top 5 states", "where do they make the most".
pub(super) fn states_ranked(tokens: &[Token], spans: &[Span]) -> Option<End> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let any = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word.as_str()));
    let a_state = |at: usize| {
        tokens[at].stem == "state"
            && !names_state(spans, at)
            && (at == 0 || word(at - 1) != "united")
            && !tokens.get(at + 1).is_some_and(|next| OF_STATE.contains(&next.stem.as_str()))
    };
    let near = |words: &[&str], from: usize, to: usize| (from..to).any(|at| words.contains(&word(at)));
    let asked_at = |at: usize| {
        let before = at.saturating_sub(REACH);
        let many = word(at) == "states";
        near(ASKS, before, at)
            || near(LOWEST, before, at)
            || many && (near(ENDS, at, at + REACH) || near(LOWEST, at, at + REACH))
    };
    let place = any(&["where"]) && (any(ENDS) || any(LOWEST));
    let asked = place || (0..tokens.len()).any(|at| a_state(at) && asked_at(at));
    asked.then_some(if any(LOWEST) { End::Lowest } else { End::Highest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::normalize::clean;

    #[test]
    fn one_end_of_a_ranking_is_read() {
        for (question, end) in [
            ("which state pays nurses the most", Some(End::Highest)),
            ("top 5 states for RN pay", Some(End::Highest)),
            ("where do dental hygienists make the most money", Some(End::Highest)),
            ("nurse pay by state", Some(End::Highest)),
            ("worst state for EMT pay", Some(End::Lowest)),
            ("which state pays nursing assistants the least", Some(End::Lowest)),
            ("nurse pay in the united states", None),
            ("what is the state board exam for nurses", None),
            ("where do nurses work", None),
            ("nurse pay in my state", None),
            ("states with the highest pay for nurses", Some(End::Highest)),
            ("what do they make in austin texas city not the whole state", None),
        ] {
            assert_eq!(states_ranked(&clean(question).tokens, &[]), end, "{question}");
        }
    }
}
