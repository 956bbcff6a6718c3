//! Facts and cautions as several answers add them: each once.

use crate::answer::model::{Answer, Fact};

/// Said wherever pay is shown.
pub const PAY_CAVEAT: &str = "Wages are before tax, for wage and salary workers; a median is no promise of what one job pays.";
/// Said wherever a license is spoken of.
pub const LICENSE_CAVEAT: &str = "Rules differ by state and change: check with the state's board, or find it at https://www.careeronestop.org/Toolkit/Training/find-licenses.aspx.";

/// Adds a fact unless one of that label is there.
pub(super) fn push_fact(answer: &mut Answer, label: &str, value: String) {
    if !answer.facts.iter().any(|fact| fact.label == label) {
        answer.facts.push(Fact {
            label: label.to_owned(),
            value,
        });
    }
}

/// Adds a caution unless it is there.
pub(super) fn push_caveat(answer: &mut Answer, caveat: &str) {
    if !answer.caveats.iter().any(|known| known == caveat) {
        answer.caveats.push(caveat.to_owned());
    }
}
