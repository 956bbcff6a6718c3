//! "25th percentile pay", "the mean wage": figures of pay beside the usual ones.
//!
//! Knows words only.

use crate::question::normalize::Token;

/// Figures of pay that are told only where they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The 25th and 75th percentiles.
    Quartiles,
    /// The arithmetic mean.
    Mean,
}

/// The figure that the question asks for beside the median and the tenths.
pub(super) fn detail(tokens: &[Token]) -> Option<Detail> {
    let any = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word.as_str()));
    let beside = |first: &str, second: &[&str]| {
        tokens.windows(2).any(|pair| pair[0].word == first && second.contains(&pair[1].word.as_str()))
    };
    if any(&["25th", "75th", "percentile", "percentiles", "quartile", "quartiles"]) {
        return Some(Detail::Quartiles);
    }
    (beside("mean", &["wage", "wages", "salary", "pay", "income"]) || beside("not", &["median"]))
        .then_some(Detail::Mean)
}
