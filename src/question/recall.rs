//! What a question takes from the talk before it.
//!
//! Knows nothing of who talks or for how long a talk is remembered.

use crate::knowledge::RoleId;
use crate::question::cues::Cue;
use crate::question::found::Found;
use crate::question::lexicon::{Meaning, Span};
use crate::question::normalize::Token;
use crate::question::understand::is_stop_word;
use crate::question::{Filter, Question, Remembered, remote};

/// Takes roles or trends from the talk where a pronoun, or a question without any name, refers back.
pub(super) fn recall(
    question: &mut Question,
    found: &Found,
    tokens: &[Token],
    spans: &[Span],
    remembered: Option<&Remembered>,
) {
    let Some(remembered) = remembered else { return };
    let nothing_named = question.roles.is_empty()
        && question.readings.is_none()
        && question.trends.is_empty()
        && found.outside.is_empty();
    if nothing_named && let Some(role) = by_place(tokens, remembered) {
        question.roles = vec![role];
        question.recalled = true;
        return;
    }
    let pronoun = tokens.iter().any(|token| {
        matches!(
            token.word.as_str(),
            "they" | "them" | "their" | "it" | "that" | "this" | "those" | "these" | "one" | "he" | "she" | "theyre"
        )
    });
    let short = tokens.len() <= 6;
    // "Is it hard?": whether it would suit the one who asks.
    let wonders = pronoun
        && question.asks.is_empty()
        && tokens.iter().any(|token| matches!(token.word.as_str(), "hard" | "difficult" | "tough" | "worth" | "fun"));
    let lists =
        !pronoun && found.cue_places.iter().any(|(cue, at)| *cue == Cue::List && !names_the_job(tokens, found, *at));
    if nothing_named
        && (pronoun || short && understood(tokens, spans))
        && !lists
        && (!question.asks.is_empty()
            || !found.states.is_empty()
            || found.cues.contains(&Cue::Trend)
            || found.cues.contains(&Cue::About)
            || wonders)
    {
        question.roles.clone_from(&remembered.roles);
        question.trends.clone_from(&remembered.trends);
        question.recalled = !question.roles.is_empty() || !question.trends.is_empty();
        if wonders && !question.roles.is_empty() {
            question.asks.push(Cue::Suits);
        }
    }
    let second =
        tokens.iter().any(|token| matches!(token.word.as_str(), "vs" | "versus" | "compared" | "compare" | "than"))
            || tokens.windows(2).any(|pair| {
                let it = |token: &Token| matches!(token.word.as_str(), "that" | "it" | "this" | "them" | "those");
                (it(&pair[0]) && pair[1].word == "or") || (pair[0].word == "or" && it(&pair[1]))
            });
    if question.roles.len() == 1 && second && remembered.roles.len() == 1 && remembered.roles != question.roles {
        question.roles.insert(0, remembered.roles[0]);
        question.recalled = true;
    }
    let follow_up = matches!(tokens.first().map(|token| token.word.as_str()), Some("and" | "what" | "how" | "in"))
        && tokens.len() <= 6;
    if question.asks.is_empty()
        && follow_up
        && (!question.roles.is_empty() || !question.states.is_empty())
        && (question.recalled
            || tokens.first().is_some_and(|token| token.word == "and")
            || (tokens.len() >= 2 && tokens[1].word == "about"))
    {
        question.asks.clone_from(&remembered.asks);
        if question.states.is_empty() && !question.recalled {
            question.states.clone_from(&remembered.states);
        }
    }
    if !question.states.is_empty() && question.recalled && question.asks.is_empty() {
        question.asks.push(Cue::Pay);
    }
}

/// The conditions of the list last shown, for a state: "and in Ohio?" names nothing else.
pub(super) fn list_in_state(
    question: &Question,
    found: &Found,
    tokens: &[Token],
    spans: &[Span],
    remembered: Option<&Remembered>,
) -> Option<Filter> {
    let list = remembered?.list.as_deref()?;
    let [state] = question.states[..] else { return None };
    let only_state = !found.cues.contains(&Cue::List)
        && tokens.iter().enumerate().all(|(at, token)| is_stop_word(&token.stem) || names_state(spans, at));
    only_state.then(|| Filter { state: Some(state), ..list.clone() })
}

/// The conditions of the list last shown with those of this question: "which of those pays the most", "only remote ones".
pub(super) fn list_narrowed(
    question: &Question,
    found: &Found,
    tokens: &[Token],
    remembered: Option<&Remembered>,
) -> Option<Filter> {
    const LONGEST: usize = 12;
    let list = last_list(remembered?)?;
    let word = |word: &str| tokens.iter().any(|token| token.word == word);
    let first = tokens.first().map_or("", |token| token.word.as_str());
    let of_them = ["those", "these", "them", "ones"].into_iter().any(word);
    let goes_on =
        matches!(first, "only" | "just" | "and" | "over" | "under" | "without" | "with" | "but") && tokens.len() <= 6;
    let new_list = !of_them && ["jobs", "careers", "roles", "professions"].into_iter().any(word);
    let named = !question.roles.is_empty()
        || question.readings.is_some()
        || !question.trends.is_empty() && !found.cues.contains(&Cue::Remote)
        || !found.outside.is_empty()
        || found.likes_said;
    let remote = found.cues.contains(&Cue::Remote).then(|| remote::wanted(tokens, &found.cue_places));
    let asks = found.filter.has_condition() || found.filter.order.is_some() || remote.is_some();
    if !asks || named || new_list || !(of_them || goes_on) || tokens.len() > LONGEST {
        return None;
    }
    let new = Filter { remote: remote.unwrap_or_default(), ..found.filter.clone() };
    Some(list.narrowed(new))
}

/// The conditions by which the roles last shown can be shown again.
fn last_list(remembered: &Remembered) -> Option<Filter> {
    if remembered.list.is_some() || remembered.shown.len() < 2 {
        return remembered.list.as_deref().cloned();
    }
    // The roles of a trend are more than were shown; ideas are these alone.
    Some(match remembered.trends.first() {
        Some(trend) => Filter { trend: Some(*trend), ..Filter::default() },
        None => Filter { among: remembered.shown.clone(), ..Filter::default() },
    })
}

/// "The second one", "number 3": the role that stood there in what was last shown.
fn by_place(tokens: &[Token], remembered: &Remembered) -> Option<RoleId> {
    const PLACES: &[&[&str]] =
        &[&["first", "1st"], &["second", "2nd"], &["third", "3rd"], &["fourth", "4th"], &["fifth", "5th"]];
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let place = |at: usize| match (word(at), word(at + 1)) {
        ("last", "one") => remembered.shown.len().checked_sub(1),
        ("number" | "no", _) => tokens.get(at + 1)?.number.and_then(|number| (number as usize).checked_sub(1)),
        (named, "one" | "role" | "job" | "") => PLACES.iter().position(|names| names.contains(&named)),
        _ => None,
    };
    (0..tokens.len()).find_map(place).and_then(|place| remembered.shown.get(place).copied())
}

/// Whether a state is named at this place.
pub(super) fn names_state(spans: &[Span], at: usize) -> bool {
    let is_state = |span: &Span| matches!(span.meaning, Meaning::State(_) | Meaning::StateCode(_));
    spans.iter().any(|span| is_state(span) && span.start <= at && at < span.end())
}

/// Whether "job" stands for the one talked of, not for a list: "job outlook", "how many jobs".
fn names_the_job(tokens: &[Token], found: &Found, at: usize) -> bool {
    let asked_at = |place: usize| found.cue_places.iter().any(|(cue, at)| *cue != Cue::List && *at == place);
    let word = |place: usize| tokens.get(place).map_or("", |token| token.word.as_str());
    match word(at) {
        "job" => asked_at(at) || asked_at(at + 1),
        "jobs" => at > 0 && word(at - 1) == "many",
        _ => false,
    }
}

/// Whether most of what a short question says was understood: "how do I fix my car" begins like one about becoming
/// something, and is about something else.
fn understood(tokens: &[Token], spans: &[Span]) -> bool {
    let known = |at: usize| {
        spans.iter().any(|span| {
            span.start <= at
                && at < span.end()
                && matches!(span.meaning, Meaning::Cue(_) | Meaning::State(_) | Meaning::StateCode(_) | Meaning::Home)
        })
    };
    let content = tokens.iter().enumerate().filter(|(_, token)| token.number.is_none() && !is_stop_word(&token.stem));
    let (known, unknown): (Vec<usize>, Vec<usize>) = content.map(|(at, _)| at).partition(|at| known(*at));
    known.len() >= unknown.len()
}
