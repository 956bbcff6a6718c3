//! Remote work as a condition of a list: wanted, not wanted, or in part.
//!
//! Knows how people word it; knows nothing of which role allows it.

use crate::knowledge::terms::Remote;
use crate::question::bound::is_denied_through;
use crate::question::cues::Cue;
use crate::question::normalize::Token;

/// Words that may stand between a denial and what it denies: "i dont want to work from home".
#[rustfmt::skip]
const BETWEEN: &[&str] = &["want", "wanna", "wanting", "like", "interested", "looking", "in", "for", "to", "do", "doing", "have", "work", "working", "works", "a", "an", "any", "be", "being", "at", "job", "jobs", "fully", "totally", "strictly"];

/// What a list may hold, where the words of [`Cue::Remote`] stand at these places.
pub(super) fn wanted(tokens: &[Token], cues: &[(Cue, usize)]) -> &'static [Remote] {
    let any = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word.as_str()));
    let pair = |first: &[&str], second: &str| {
        tokens.windows(2).any(|pair| first.contains(&pair[0].word.as_str()) && pair[1].stem.starts_with(second))
    };
    // "On site" and "in person" say the opposite of the others.
    let on_site = |at: usize| match tokens[at].word.as_str() {
        "onsite" | "commute" => true,
        "on" | "in" => !any(&["remote", "home"]),
        _ => false,
    };
    let denied = |at: usize| is_denied_through(tokens, at, BETWEEN, 6);
    // "Don't have to work on site" asks for what "don't have to work from home" leaves open.
    let must = tokens.windows(2).any(|pair| pair[0].word == "have" && pair[1].word == "to");
    let places = || cues.iter().filter(|(cue, _)| *cue == Cue::Remote).map(|(_, at)| *at);
    match () {
        () if places().any(on_site) && any(&["fine", "ok", "okay"]) => &[],
        () if places().any(|at| on_site(at) && !denied(at) && tokens[at].word != "commute") => &[Remote::No],
        () if places().any(|at| !on_site(at) && denied(at)) && must => &[],
        () if any(&["non"]) || places().any(|at| !on_site(at) && denied(at)) => &[Remote::No],
        () if pair(&["partly", "partially", "somewhat"], "remote") => &[Remote::Partly],
        () => &[Remote::Yes],
    }
}
