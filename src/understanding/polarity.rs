//! What is denied: by a word in front ("no nights"), or behind ("blood isn't for me").

use crate::knowledge::language::{Class, Plain};
use crate::understanding::reading::Reading;

/// Words that a denial reaches over.
const REACH: usize = 7;

/// Whether each word is denied.
pub(crate) fn denied(reading: &Reading) -> Vec<bool> {
    let tokens = &reading.tokens;
    let mut denied = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        if let Some(len) = reading.len_of(at, Class::Plain(Plain::Negator))
            && !in_unbothered(reading, at)
            && !begins_question(reading, at)
        {
            forward(reading, at, len, &mut denied);
        }
        if let Some(len) = reading.len_of(at, Class::Plain(Plain::NegatorBehind)) {
            backward(reading, at, &mut denied);
            denied[at..(at + len).min(tokens.len())].fill(false);
        }
        if reading.is(at, Plain::BareNo)
            && ends_clause(reading, at)
            && at > 0
            && reading.together(at - 1, at)
        {
            backward(reading, at, &mut denied);
        }
    }
    denied
}

/// "Isn't AI going to ...": asked, and not denied.
fn begins_question(reading: &Reading, at: usize) -> bool {
    let first = at == 0 || !reading.together(at - 1, at);
    // "Don't want to": said, and not asked.
    first && reading.is(at, Plain::AsksNegated) && !reading.is(at, Plain::Dislike)
}

/// "Dont mind", "not afraid of": what stands behind is not denied.
pub(crate) fn in_unbothered(reading: &Reading, at: usize) -> bool {
    (at.saturating_sub(2)..=at).any(|start| {
        reading
            .len_of(start, Class::Plain(Plain::Unbothered))
            .is_some_and(|len| at < start + len)
    })
}

fn ends_clause(reading: &Reading, at: usize) -> bool {
    let next = reading.tokens.get(at + 1);
    next.is_none_or(|next| next.after_comma || next.sentence != reading.tokens[at].sentence)
        || reading.is(at + 1, Plain::ScopeEnd)
}

fn forward(reading: &Reading, start: usize, len: usize, denied: &mut [bool]) {
    // A bare "no" ends at the comma; a list ("no nights, weekends or blood") goes on.
    let short = len == 1 && reading.is(start, Plain::BareNo);
    let from = start + len;
    // "No degree remote jobs": a whole phrase denies no more than itself.
    let phrase = [Plain::NoDegree, Plain::NoPatients, Plain::NoMedicalSchool]
        .into_iter()
        .find_map(|class| reading.len_of(start, Class::Plain(class)))
        .map(|len| start + len)
        .filter(|end| !reading.is(*end, Plain::ListJoint));
    for at in from..(from + REACH).min(denied.len()) {
        if !reading.together(start, at)
            || reading.is(at, Plain::ScopeEnd)
            || phrase.is_some_and(|end| at >= end)
        {
            break;
        }
        // "I don't like the phone, I like numbers": a wish of its own.
        let wish = || wishes(reading, at) || wishes(reading, at + 1);
        let comma = reading.tokens[at].after_comma && at > from;
        if comma && (short || wish() || !list_goes_on(reading, at)) {
            break;
        }
        // "No degree and love kids": a wish of its own.
        if at > from
            && reading.is(at - 1, Plain::ListJoint)
            && (wishes(reading, at) || wishes(reading, at + 1))
        {
            break;
        }
        denied[at] = true;
    }
}

fn wishes(reading: &Reading, at: usize) -> bool {
    reading.is(at, Plain::Like) && !reading.is(at, Plain::JoinsName)
        || reading.is(at, Plain::Dislike)
}

/// "Nights, weekends or blood": an "or" further on says that the list of what is not wanted goes on.
fn list_goes_on(reading: &Reading, at: usize) -> bool {
    let rest = at..(at + REACH).min(reading.tokens.len());
    rest.clone()
        .take_while(|place| reading.together(at, *place))
        .any(|place| reading.is(place, Plain::ListJoint))
}

fn backward(reading: &Reading, start: usize, denied: &mut [bool]) {
    for at in (start.saturating_sub(3)..start).rev() {
        if !reading.together(start, at) || reading.is(at, Plain::ScopeEnd) {
            break;
        }
        denied[at] = true;
        if reading.tokens[at].after_comma {
            break;
        }
    }
}
