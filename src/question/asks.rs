//! What is asked of a role: the intents that the cues of a question make.
//!
//! Knows cues and their weight; knows nothing of roles.

use crate::question::cues::Cue;
use crate::question::lexicon::Span;
use crate::question::normalize::Token;
use crate::question::ranks::states_ranked;

/// The intents that the cues make, in a fixed order of weight: weak cues count only where no strong one stands.
pub(super) fn asks(cues: &[Cue], tokens: &[Token], spans: &[Span]) -> Vec<Cue> {
    let has = |cue: Cue| cues.contains(&cue);
    let word = |word: &str| tokens.iter().any(|token| token.word == word);
    let mut asks = Vec::new();
    let mut add = |cue: Cue, holds: bool| {
        if holds && !asks.contains(&cue) {
            asks.push(cue);
        }
    };
    let schooling = has(Cue::School) || has(Cue::Training);
    add(
        Cue::Pay,
        has(Cue::Pay)
            || (has(Cue::HowMuch)
                && !schooling
                && !has(Cue::Growth)
                && !has(Cue::Openings)
                && !has(Cue::Employment)
                && !has(Cue::Remote)),
    );
    let ranked = states_ranked(tokens, spans).is_some();
    if ranked && (word("make") || word("makes")) {
        // "Where do they make the most".
        add(Cue::Pay, true);
    }
    let strong_training = has(Cue::HowLong) || has(Cue::School) || has(Cue::Training);
    add(Cue::Growth, has(Cue::Growth));
    add(Cue::Openings, has(Cue::Openings));
    let most = ["most", "fewest", "least"].into_iter().any(&word);
    add(Cue::Employment, has(Cue::Employment) || ranked && most && !has(Cue::Pay) && !has(Cue::Make));
    add(Cue::License, has(Cue::License));
    add(Cue::Remote, has(Cue::Remote));
    add(Cue::Tools, has(Cue::Tools));
    add(Cue::Skills, has(Cue::Skills) && !(has(Cue::Tools) && (word("computer") || word("software"))));
    add(Cue::Suits, has(Cue::Suits));
    add(Cue::Day, has(Cue::Day));
    // "What does a night shift look like": the shift is the day that is asked about.
    let only_shifts = has(Cue::Day) && !word("where") && !word("workplace") && !word("setting");
    add(Cue::Workplace, has(Cue::Workplace) && !only_shifts && !(ranked && has(Cue::Pay)));
    add(Cue::Next, has(Cue::Next));
    add(Cue::Training, strong_training);
    if has(Cue::BeA) && asks.is_empty() && !has(Cue::Duties) {
        asks.push(Cue::Training);
    }
    let weak = asks.is_empty();
    if has(Cue::Make)
        && (word("make") || word("makes") || word("making"))
        && (weak || asks == [Cue::Training])
        && !word("sure")
        && !word("good")
    {
        asks.insert(0, Cue::Pay);
    }
    if has(Cue::Duties) && !has(Cue::Day) {
        asks.insert(0, Cue::Duties);
    } else if has(Cue::Do) && asks.is_empty() {
        asks.push(Cue::Duties);
    }
    asks
}

/// The intent that a weak cue stands for.
pub(super) fn makes(cue: Cue) -> Cue {
    match cue {
        Cue::Make | Cue::HowMuch => Cue::Pay,
        Cue::HowLong | Cue::School | Cue::BeA => Cue::Training,
        Cue::Do => Cue::Duties,
        other => other,
    }
}
