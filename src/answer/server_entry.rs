//! What the asker's own community has written, beside or in place of an answer from the knowledge.
//!
//! An entry is shown only when it holds what the question is about; the answer from the knowledge stays as it is, and their
//! words and figures never mix. Knows nothing of who wrote an entry or who may read it.

use jiff::civil::Date;

use crate::answer::model::{Answer, Outcome};
use crate::answer::own_trend::own;
use crate::knowledge::language::Label;
use crate::knowledge::{Knowledge, Topic};
use crate::search::entry_index::{EntryIndex, Hit};
use crate::search::keywords::keywords;
use crate::understanding::Understood;
use crate::understanding::request::{Refusal, Request};

/// Most entries shown with an answer.
const MOST_SHOWN: usize = 2;
/// Words of a question that do not stand in one passage by chance.
const MANY: usize = 4;

/// Adds the entries that fit a question to its answer. `today` tells which of them are due for review.
pub fn add(
    knowledge: &Knowledge,
    shelf: &EntryIndex,
    understood: &Understood,
    today: Date,
    answer: &mut Answer,
) {
    let kept_apart = |request: &Request| {
        matches!(
            request,
            Request::Refuse(Refusal::Crisis | Refusal::Distress | Refusal::About(Label::Medical))
        )
    };
    if understood.requests.iter().any(kept_apart) {
        return;
    }
    let words = words(knowledge, understood);
    let hits = match shelf.find(&words) {
        Ok(hits) => hits,
        Err(error) => {
            // The shelf is in memory: this is a fault of the program, and the answer holds without it.
            tracing::error!(%error, "search on a shelf failed");
            return;
        }
    };
    let named = !answer.subjects.is_empty() || !understood.context.states.is_empty();
    let mut fitting: Vec<Hit<'_>> = hits
        .into_iter()
        .filter(|hit| fits(hit, answer.outcome != Outcome::NotCovered, named))
        .collect();
    let held = |hit: &Hit<'_>| hit.held.iter().filter(|held| **held).count();
    // The most of the question first, then the title that says least beside it; a stable sort keeps the order of the shelf.
    fitting.sort_by_key(|hit| {
        std::cmp::Reverse((held(hit), hit.in_title, std::cmp::Reverse(hit.title_words)))
    });
    let Some(best) = fitting.first().map(held) else {
        return;
    };
    answer.own = fitting
        .into_iter()
        .take_while(|hit| held(hit) == best)
        .take(MOST_SHOWN)
        .map(|hit| own(knowledge, hit.entry, today))
        .collect();
    if answer.outcome == Outcome::NotCovered {
        take_place(answer);
    }
}

/// The words that an entry has to hold: what the question is about, and what it refers back to. A word that was taken for
/// a misspelling counts as written and as read.
fn words(knowledge: &Knowledge, understood: &Understood) -> Vec<Vec<String>> {
    let mut words: Vec<Vec<String>> = Vec::new();
    let mut add = |word: String, other: Option<String>| {
        if !words.iter().any(|known| known.contains(&word)) {
            words.push(std::iter::once(word).chain(other).collect());
        }
    };
    for word in &understood.notes.words {
        let read = understood
            .notes
            .corrections
            .iter()
            .find(|(written, _)| keywords(written).contains(word));
        let other = read.and_then(|(_, read)| keywords(read).pop());
        add(word.clone(), other);
    }
    if understood.notes.recalled {
        let roles = understood.context.roles.iter().copied().map(Topic::Role);
        for topic in roles.chain(understood.context.trends.iter().copied().map(Topic::Trend)) {
            keywords(knowledge.title(topic))
                .into_iter()
                .for_each(|word| add(word, None));
        }
    }
    words
}

/// Whether an entry is about what was asked. `covered` says that the knowledge has an answer of its own, `named` that the
/// question names a role, trend or state.
fn fits(hit: &Hit<'_>, covered: bool, named: bool) -> bool {
    let asked = hit.held.len();
    let held = hit.held.iter().filter(|held| **held).count();
    if held == asked {
        return match asked {
            // Beside an answer, the entry has to be about the same, and not only to mention it: most of its title is asked
            // for, or so many words together that chance is out of the question.
            _ if covered => {
                hit.title_held * 2 > hit.title_words || asked >= MANY && hit.in_title > 0
            }
            // One word fits many texts: it has to be much of the title.
            1 => hit.title_held > 0 && hit.title_held * 2 >= hit.title_words,
            _ => true,
        };
    }
    // The whole title was asked for, by somebody who used another word or two beside it.
    let beside = if asked > 4 { 2 } else { 1 };
    !named && hit.title_words >= 2 && hit.title_held == hit.title_words && asked - held <= beside
}

/// The entries become the answer of a question that the knowledge does not cover. What was said instead of an answer stays
/// as a note, so that nobody takes the entries for careerbot's.
fn take_place(answer: &mut Answer) {
    answer.outcome = Outcome::Answered;
    answer.facts.clear();
    answer.passages.clear();
    answer.sources.clear();
    answer.subjects.clear();
    answer.title = "Written by the moderators here".to_owned();
    let said = std::mem::take(&mut answer.direct);
    answer.notes.extend(said.into_iter().next());
    answer.direct.push(
        "The moderators here have written about this. It is their own text, not careerbot's."
            .to_owned(),
    );
}
