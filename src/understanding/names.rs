//! Which of the names found in a message hold: the longest first, without overlap, abbreviations and places by their reasons.

use crate::knowledge::State;
use crate::knowledge::language::{About, Class, Plain};
use crate::understanding::lexicon::{Meaning, Span};
use crate::understanding::reading::Reading;

/// The names that hold together, in order of place. `is_english` tells everyday words.
///
/// Of all ways to choose names that do not overlap, the one with the highest sum of worths is taken; a name's worth
/// grows with the square of its length, so that longer names win over the shorter ones inside them.
pub(crate) fn choose(reading: &Reading, is_english: impl Fn(&str) -> bool) -> Vec<Span> {
    let holds = |span: &&Span| holds(reading, span, &is_english);
    let names: Vec<Span> = reading.spans.iter().filter(holds).copied().collect();
    let mut best: Vec<(u32, Option<Span>)> = vec![(0, None); reading.tokens.len() + 1];
    for at in (0..reading.tokens.len()).rev() {
        best[at] = (best[at + 1].0, None);
        for span in names.iter().filter(|span| span.start == at) {
            let total = worth(span) + best[span.end()].0;
            if total > best[at].0 {
                best[at] = (total, Some(*span));
            }
        }
    }
    let mut chosen = Vec::new();
    let mut at = 0;
    while at < reading.tokens.len() {
        match best[at].1 {
            Some(span) => {
                chosen.push(span);
                at = span.end();
            }
            None => at += 1,
        }
    }
    chosen
}

fn worth(span: &Span) -> u32 {
    let rank = match span.meaning {
        Meaning::Role(_) => 9,
        Meaning::Abbreviation(_) => 8,
        Meaning::Term(_) => 7,
        Meaning::State(_) => 6,
        Meaning::City(_) | Meaning::StateCode(_) => 5,
        Meaning::Trend(_) => 4,
        Meaning::Credential(_) => 3,
        _ => 2,
    };
    (span.len * span.len) as u32 * 10 + rank
}

/// Whether a span is a name at all, and counts where it stands.
fn holds(reading: &Reading, span: &Span, is_english: impl Fn(&str) -> bool) -> bool {
    let token = &reading.tokens[span.start];
    let single = span.len == 1;
    // A small word is a name in capitals only.
    let small = single
        && (reading.stop[span.start] || reading.is(span.start, Plain::Everyday))
        && !token.upper;
    match span.meaning {
        Meaning::Trend(_) => !(single && reading.stop[span.start]),
        Meaning::Role(_) => !(single && (reading.stop[span.start] || is_workplace(reading, span))),
        Meaning::State(state) => {
            let whole = reading.words(span.start, span.len) == state.name().to_lowercase();
            let last = span.end() == reading.tokens.len() && other_name(reading, span.start);
            whole || !single || !is_english(&token.word) || placed(reading, span) || last
        }
        // The billing is no Billings; a buffalo is Buffalo only where a place is looked for.
        Meaning::City(_) if reading.ends_before(span.start, Plain::BaseWord) => false,
        Meaning::City(_) => {
            !single
                || (token.word == token.stem || !is_english(&token.stem))
                    && !is_english(&token.word)
                || placed(reading, span)
                || set_apart(reading, span.start)
        }
        Meaning::Outside(_) => !small && (!single || !reading.is(span.start, Plain::Job)),
        Meaning::Term(_) => {
            !(small || is_code(reading, span.start) && beside_a_state(reading, span))
        }
        Meaning::Credential(_) => !small,
        Meaning::StateCode(state) => state_code_holds(reading, span, state),
        Meaning::Abbreviation(_) => {
            let place = is_code(reading, span.start)
                && (placed(reading, span)
                    || beside_a_state(reading, span)
                    || ends_a_question(reading, span.start));
            let held = span.start > 0 && reading.is(span.start - 1, Plain::Versus)
                || reading.is(span.end(), Plain::Versus);
            let held = held && !reading.stop[span.start] && other_name(reading, span.start);
            (!small || held || reading.ends_before(span.start, Plain::Article))
                && !place
                && !right_now(reading, span)
        }
        Meaning::Setting(_) | Meaning::Class(_) => false,
    }
}

/// "Nursing home", "dermatology office MA": a field inside the name of a workplace says where, and not who. "Pharmacist hospital pay"
/// has no other job to ask of.
fn is_workplace(reading: &Reading, span: &Span) -> bool {
    let whole = |other: &Span| {
        matches!(other.meaning, Meaning::Setting(_))
            && other.start <= span.start
            && other.end() > span.end()
    };
    let placed = reading.ends_before(span.start, Plain::WorksAt)
        || reading.ends_before(span.start, Plain::Article);
    if !(placed || reading.spans.iter().any(whole) || other_name(reading, span.start)) {
        return false;
    }
    let field = reading
        .classes(span.start)
        .iter()
        .all(|(class, _)| *class != Class::Plain(Plain::TitleHalf));
    field && reading.is(span.end(), Plain::Workplace)
}

fn means(reading: &Reading, at: usize, wanted: impl Fn(Meaning) -> bool) -> bool {
    reading
        .spans
        .iter()
        .any(|span| span.start == at && span.len == 1 && wanted(span.meaning))
}

fn is_code(reading: &Reading, at: usize) -> bool {
    means(reading, at, |meaning| {
        matches!(meaning, Meaning::StateCode(_))
    })
}

fn abbreviates(reading: &Reading, at: usize) -> bool {
    means(reading, at, |meaning| {
        matches!(meaning, Meaning::Abbreviation(_) | Meaning::Term(_))
    })
}

/// "In PA", "Phoenix, AZ": a place is named here. "From MA to LPN" is a way, and names none.
fn placed(reading: &Reading, span: &Span) -> bool {
    let way = reading.is(span.end(), Plain::To);
    let city = reading
        .spans
        .iter()
        .any(|other| other.end() == span.start && matches!(other.meaning, Meaning::City(_)));
    let before = reading.ends_before(span.start, Plain::PlaceBefore)
        && reading.together(span.start - 1, span.start);
    let from = before && reading.is(span.start - 1, Plain::From);
    // "PA state".
    let state = is_code(reading, span.start)
        && reading.is(span.end(), Plain::PlaceWord)
        && !reading.is(span.end() + 1, Plain::OfState);
    city || state || before && !(from && way)
}

/// "CNA, Buffalo, $20": a name by its capital letter, between commas or before a number.
fn set_apart(reading: &Reading, at: usize) -> bool {
    let token = &reading.tokens[at];
    let ends = reading.tokens.get(at + 1).is_none_or(|next| {
        next.after_comma || next.number.is_some() || !reading.together(at, at + 1)
    });
    token.capital && token.after_comma && ends
}

/// "TX vs CA", "fl, ca, ny": a code in a list with a sure state beside it, unless its own place follows.
fn beside_a_state(reading: &Reading, span: &Span) -> bool {
    let small = (reading.stop[span.start] || reading.is(span.start, Plain::Everyday))
        && !reading.tokens[span.start].upper;
    let sure = |other: &&Span| match other.meaning {
        Meaning::State(_) => true,
        Meaning::StateCode(_) if abbreviates(reading, other.start) => placed(reading, other),
        Meaning::StateCode(_) => {
            reading.tokens[other.start].upper
                || !reading.stop[other.start] && !reading.is(other.start, Plain::Everyday)
        }
        _ => false,
    };
    let joined = |from: usize, to: usize| {
        from <= to && reading.together(from.saturating_sub(1), to) && {
            let comma = reading
                .tokens
                .get(to)
                .is_some_and(|token| token.after_comma);
            let joint = |at: usize| reading.is(at, Plain::JoinsName);
            from < to && (from..to).all(joint) || from == to && comma
        }
    };
    let own_place = reading.ends_before(span.end() + 1, Plain::PlaceBefore);
    // "GA vs al": what is held against a sure state is one, however small it is written.
    let against = |at: usize| reading.is(at, Plain::Versus);
    let held = span.start > 0 && against(span.start - 1) || against(span.end());
    (!small || held)
        && !own_place
        && reading
            .spans
            .iter()
            .filter(|other| other.start != span.start)
            .filter(sure)
            .any(|other| {
                if other.end() <= span.start {
                    joined(other.end(), span.start)
                } else {
                    joined(span.end(), other.start)
                }
            })
}

/// Whether a postal code is a place here: in capitals or plain letters with a reason, never "or", "hi" or "a PA".
fn state_code_holds(reading: &Reading, span: &Span, _: State) -> bool {
    let at = span.start;
    let token = &reading.tokens[at];
    let plain = reading.is(at, Plain::PlainCode);
    let doubtful = abbreviates(reading, at);
    let small = reading.stop[at] || reading.is(at, Plain::Everyday);
    if beside_a_state(reading, span) {
        return true;
    }
    // "Want into the OR": a room, and no Oregon.
    if at > 0 && reading.is(at - 1, Plain::Article) {
        return false;
    }
    let placed = placed(reading, span);
    let last = reading
        .tokens
        .get(at + 1)
        .is_none_or(|next| next.sentence != token.sentence);
    // "LPN pay, PA": behind a comma it is a place where the job is named already.
    let listed = token.after_comma && last && token.upper && other_name(reading, at)
        || doubtful && ends_a_question(reading, at);
    match (doubtful, small) {
        _ if plain && !doubtful => token.upper || placed || last || other_name(reading, at),
        (true, _) => placed && (token.upper || !small || last) || listed,
        // "Pay in hi" is Hawaii, "compare them for me" is no Maine.
        (false, true) if reading.stop[at] => {
            let where_to = placed && last && at > 0 && !reading.is(at - 1, Plain::JoinsName);
            where_to || token.upper && (placed || last && other_name(reading, at))
        }
        (false, true) => {
            placed && (token.upper || last) || token.upper && last && other_name(reading, at)
        }
        (false, false) => token.upper || placed || last && at > 0,
    }
}

/// "EMT hourly wage PA": last of all, behind what is asked of a job that is named, a code is a place.
fn ends_a_question(reading: &Reading, at: usize) -> bool {
    let asked = |(class, _): (Class, usize)| {
        matches!(
            class,
            Class::About(About::Pay | About::Growth | About::Openings) | Class::Unit(_)
        )
    };
    let named = |span: &Span| span.end() < at && span.meaning.may_be_role();
    at + 1 == reading.tokens.len()
        && at > 0
        && reading.covering(at - 1).any(asked)
        && reading.spans.iter().any(named)
}

/// Whether a role is named elsewhere.
fn other_name(reading: &Reading, at: usize) -> bool {
    reading
        .spans
        .iter()
        .any(|span| !span.holds(at) && span.meaning.may_be_role())
}

/// "What jobs are growing rn": small letters at the very end of a sentence that has its subject already mean "right now",
/// unless the word before asks for a name ("LPN to rn") or is one.
fn right_now(reading: &Reading, span: &Span) -> bool {
    let token = &reading.tokens[span.start];
    let name = |other: &&Span| {
        other.end() <= span.start
            && reading.together(other.start, span.start)
            && matches!(
                other.meaning,
                Meaning::Role(_)
                    | Meaning::Abbreviation(_)
                    | Meaning::Term(_)
                    | Meaning::Trend(_)
                    | Meaning::Outside(_)
            )
    };
    let jobs =
        (0..span.start).any(|at| reading.together(at, span.start) && reading.is(at, Plain::Job));
    let mut before = reading.spans.iter().filter(name).peekable();
    let has_subject = before.peek().is_some() || jobs;
    let joined = span.start == 0
        || reading.is(span.start - 1, Plain::JoinsName)
        || before.any(|other| other.end() == span.start);
    let last = reading
        .tokens
        .get(span.end())
        .is_none_or(|next| next.sentence != token.sentence)
        || reading.stop.get(span.end()).copied().unwrap_or(false)
            && span.end() + 1 == reading.tokens.len();
    reading.is(span.start, Plain::RightNow) && !token.upper && last && has_subject && !joined
}
