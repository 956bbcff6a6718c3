//! Which of the names found in a question hold: the longest first, without overlap, abbreviations by their case.
//!
//! Knows nothing of intents.

use crate::knowledge::State;
use crate::question::lexicon::{Meaning, Span};
use crate::question::normalize::Token;
use crate::question::places::{CITIES, PLAIN_CODES};

/// The names among `spans` that hold together, in order of place.
///
/// Of all ways to choose names that do not overlap, the one with the highest sum of worths is taken; a name's worth
/// grows with the square of its length, so that longer names win over the shorter ones inside them.
pub fn choose(tokens: &[Token], spans: &[Span]) -> Vec<Span> {
    let names: Vec<Span> = spans.iter().copied().filter(|span| holds(tokens, spans, span)).collect();
    let mut best: Vec<(u32, Option<Span>)> = vec![(0, None); tokens.len() + 1];
    for at in (0..tokens.len()).rev() {
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
    while at < tokens.len() {
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
        Meaning::City(_) => 5,
        Meaning::StateCode(_) => 5,
        Meaning::Trend(_) => 4,
        Meaning::Abroad => 3,
        _ => 2,
    };
    (span.len * span.len) as u32 * 10 + rank
}

/// Whether a span is a name at all, and counts where it stands.
fn holds(tokens: &[Token], spans: &[Span], span: &Span) -> bool {
    let token = &tokens[span.start];
    let before = span.start.checked_sub(1).map(|at| tokens[at].word.as_str());
    match span.meaning {
        Meaning::Role(_) | Meaning::Trend(_) | Meaning::State(_) | Meaning::Abroad => true,
        // "LPN or surgical tech": the little word is no operating room.
        Meaning::Outside(_) => token.word != "or" || token.upper,
        // The billing is no Billings, a queen no Queens.
        Meaning::City(place) => span.len > 1 || CITIES[usize::from(place)].0 == token.word,
        Meaning::Term(_) => {
            let place = span.len == 1
                && spans
                    .iter()
                    .any(|other| other.start == span.start && matches!(other.meaning, Meaning::StateCode(_)));
            (span.len > 1 || !everyday_word(&token.word) || token.upper)
                && !(place && beside_a_state(tokens, spans, span))
        }
        Meaning::StateCode(state) => {
            let abbreviation = spans.iter().any(|other| {
                other.start == span.start && matches!(other.meaning, Meaning::Abbreviation(_) | Meaning::Term(_))
            });
            let listed = beside_a_state(tokens, spans, span);
            listed || state_code_counts(tokens, span.start, state) && (!abbreviation || placed(tokens, span))
        }
        Meaning::Abbreviation(_) => {
            let place =
                spans.iter().any(|other| other.start == span.start && matches!(other.meaning, Meaning::StateCode(_)));
            let article = matches!(before, Some("a" | "an" | "the" | "as" | "for" | "become" | "be"));
            let plain = token.upper || !(everyday_word(&token.word) || everyday_word(&token.stem)) || article;
            let placed = placed(tokens, span) || beside_a_state(tokens, spans, span);
            plain && !(place && placed) && !right_now(tokens, spans, span)
        }
        _ => false,
    }
}

/// "In PA", "Phoenix, AZ": a place is named here. "From MA to LPN" is a way, and names none.
fn placed(tokens: &[Token], span: &Span) -> bool {
    let way = tokens.get(span.end()).is_some_and(|next| next.word == "to");
    match span.start.checked_sub(1).map(|at| tokens[at].word.as_str()) {
        _ if tokens[span.start].after_comma => true,
        Some("from") => !way,
        Some("in" | "near" | "across" | "state") => true,
        _ => false,
    }
}

/// "TX vs CA", "fl, ca, ny", "Ohio or MD": a code in a list with a state beside it, unless its own place follows ("LPN in TX vs
/// PA in TX").
fn beside_a_state(tokens: &[Token], spans: &[Span], span: &Span) -> bool {
    let joint = |token: &Token| matches!(token.word.as_str(), "vs" | "versus" | "v" | "or" | "and" | "than");
    let abbreviates = |at: usize| {
        let name = |one: &Span| matches!(one.meaning, Meaning::Abbreviation(_) | Meaning::Term(_));
        spans.iter().any(|one| one.start == at && name(one))
    };
    // What is a role or an English word as well needs a neighbor that is a state for sure.
    let doubtful = abbreviates(span.start);
    let english =
        |at: usize| matches!(tokens[at].word.as_str(), "in" | "or" | "me" | "hi" | "ok" | "so" | "la" | "id" | "pr");
    let sure = |other: &Span| match other.meaning {
        Meaning::State(_) => true,
        Meaning::StateCode(state) => {
            let alone = !abbreviates(other.start);
            alone && (state_code_counts(tokens, other.start, state) || !doubtful && !english(other.start))
        }
        _ => false,
    };
    let joined = |from: usize, to: usize| {
        from <= to
            && to < tokens.len()
            && tokens[from..to].iter().all(joint)
            && from < to
            && tokens[from - 1].sentence == tokens[to].sentence
    };
    if english(span.start) && !tokens[span.start].upper {
        return false;
    }
    let own_place = tokens.get(span.end()).is_some_and(|next| next.word == "in");
    !own_place
        && spans.iter().filter(|other| other.start != span.start && sure(other)).any(|other| {
            if other.end() <= span.start { joined(other.end(), span.start) } else { joined(span.end(), other.start) }
        })
}

/// "Are hairdressers in demand rn", "what jobs are growing rn": small letters at the very end of a sentence that has its
/// subject already mean "right now", unless the word before them asks for a name ("LPN to rn", "pay of an rn") or is one.
fn right_now(tokens: &[Token], spans: &[Span], span: &Span) -> bool {
    #[rustfmt::skip]
    const JOINS: &[&str] = &[
        "a", "an", "the", "and", "or", "vs", "versus", "v", "to", "than", "as", "for", "of", "like", "with", "about", "into", "by", "is", "become", "becoming", "be", "being", "between", "compared", "against", "my",
    ];
    let token = &tokens[span.start];
    let same = |other: &Span| tokens[other.start].sentence == token.sentence;
    let name = |other: &Span| {
        matches!(
            other.meaning,
            Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_) | Meaning::Trend(_) | Meaning::Outside(_)
        )
    };
    let before = || spans.iter().filter(|other| other.end() <= span.start && same(other));
    let jobs = |token: &Token| {
        matches!(token.word.as_str(), "jobs" | "careers" | "roles" | "professions" | "occupations" | "trends")
    };
    let has_subject = before().any(name) || tokens[..span.start].iter().any(jobs);
    let joined = span.start.checked_sub(1).is_none_or(|at| JOINS.contains(&tokens[at].word.as_str()))
        || before().any(|other| name(other) && other.end() == span.start);
    token.word == "rn"
        && !token.upper
        && tokens.get(span.end()).is_none_or(|next| next.sentence != token.sentence)
        && has_subject
        && !joined
}

/// Whether a postal code counts at this place: "in PA", "Phoenix, AZ", "TX", but not "or", "in me" or "a PA".
fn state_code_counts(tokens: &[Token], at: usize, state: State) -> bool {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|place| tokens[place].word.as_str());
    let plain = PLAIN_CODES.contains(&state.code());
    let placed =
        token.after_comma || matches!(before, Some("in" | "from" | "near" | "across" | "around" | "of" | "state"));
    // These are everyday words: only capitals count, and never as the first word of a clause.
    let everyday = matches!(
        state.code(),
        "IN" | "OR" | "ME" | "HI" | "OK" | "OH" | "DE" | "LA" | "ID" | "AL" | "SO" | "PR" | "AR" | "VI"
    );
    match (token.upper, placed) {
        (true, true) => true,
        (true, false) => {
            plain
                || (everyday && before.is_some())
                || !matches!(state.code(), "PA" | "MA" | "MD" | "MT" | "CO" | "MS" | "MO" | "NE")
        }
        (false, true) => {
            let last = tokens.get(at + 1).is_none_or(|next| next.sentence != token.sentence);
            // "RN pay in hi": at the very end behind "in" hardly anything else can be meant.
            plain
                || (last && before == Some("in"))
                || matches!(
                    state.code(),
                    "PA" | "MA" | "MD" | "MO" | "MI" | "MS" | "MT" | "CO" | "OH" | "OK" | "AR" | "AL" | "LA"
                )
        }
        (false, false) => {
            plain && !matches!(state.code(), "CA" | "NE" | "GA" | "VA" | "WA")
                || (plain && at + 1 == tokens.len() && at > 0)
        }
    }
}

/// Abbreviations that are everyday words as well: they count in capitals only.
fn everyday_word(word: &str) -> bool {
    matches!(
        word,
        "hit"
            | "him"
            | "aud"
            | "it"
            | "or"
            | "us"
            | "me"
            | "in"
            | "so"
            | "no"
            | "do"
            | "as"
            | "at"
            | "am"
            | "an"
            | "pic"
            | "sw"
            | "mt"
            | "md"
            | "gp"
            | "ms"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge;
    use crate::question::{Lexicon, normalize};

    #[test]
    fn rn_at_the_end_means_right_now_where_the_subject_stands_before_it() {
        let knowledge = knowledge::load_shipped().expect("the knowledge loads");
        let lexicon = Lexicon::new(&knowledge);
        for (question, nurse) in [
            ("are hairdressers in demand rn", false),
            ("are medical coders in demand rn", false),
            ("what do phlebotomists make rn? asking for a friend", false),
            ("which healthcare jobs are growing fastest rn", false),
            ("lpn to rn", true),
            ("difference between lpn rn", true),
            ("who earns more, a pharmacist or rn", true),
            ("salary texas rn", true),
            ("are medical coders in demand RN", true),
        ] {
            let tokens = normalize::clean(question).tokens;
            let spans = lexicon.spans(&tokens);
            let chosen = choose(&tokens, &spans);
            let named = chosen.iter().any(|span| tokens[span.start].word == "rn");
            assert_eq!(named, nurse, "{question}");
        }
    }
}
