//! What somebody likes and what not: each word for a trait of the work, with the feeling that goes with it.
//!
//! Knows where feelings stand; knows nothing of which role has which trait.

use crate::question::cues::Cue;
use crate::question::found::Found;
use crate::question::lexicon::{Meaning, Span};
use crate::question::likes::{OPPOSITES, UNWANTED};
use crate::question::normalize::Token;

impl Found {
    /// Likes and dislikes: each trait word goes with the nearest "like" or "hate" before it in its sentence; a word
    /// without either counts as liked when the question says somewhere what the writer likes.
    pub(super) fn take_traits(&mut self, tokens: &[Token], spans: &[Span], chosen: &[Span]) {
        let in_role = |span: &Span| {
            chosen.iter().any(|name| {
                matches!(name.meaning, Meaning::Role(_) | Meaning::Abbreviation(_))
                    && name.len > 1
                    && name.overlaps(span)
            })
        };
        let feelings: Vec<(&Span, bool)> = spans
            .iter()
            .filter_map(|span| match span.meaning {
                Meaning::Like if !compares(tokens, span) => Some((span, !is_denied(tokens, span))),
                Meaning::Dislike if !is_about_schooling(tokens, span) => Some((span, is_denied_dislike(tokens, span))),
                _ => None,
            })
            .collect();
        for span in spans {
            let Meaning::Trait(kind) = span.meaning else { continue };
            if in_role(span) || is_about_learning_or_lists(tokens, spans, span) {
                continue;
            }
            let inside_longer = spans.iter().any(|other| {
                matches!(other.meaning, Meaning::Trait(_))
                    && other.len > span.len
                    && other.overlaps(span)
                    && other.meaning != span.meaning
                    && other.start <= span.start
                    && other.end() >= span.end()
            });
            // "Dont mind blood": the word is no mind.
            let minded = span.len == 1
                && tokens[span.start].word == "mind"
                && span.start > 0
                && matches!(
                    tokens[span.start - 1].word.as_str(),
                    "dont" | "not" | "wouldnt" | "never" | "doesnt" | "didnt"
                );
            if inside_longer || minded || is_the_asker(tokens, span) {
                continue;
            }
            let within = feelings.iter().find(|(feeling, _)| {
                feeling.len > span.len && feeling.start <= span.start && feeling.end() >= span.end()
            });
            let before = feelings
                .iter()
                .filter(|(feeling, _)| {
                    feeling.end() <= span.start
                        && tokens[feeling.start].sentence == tokens[span.start].sentence
                        && !ends_before(tokens, feeling, span)
                })
                .max_by_key(|(feeling, like)| (feeling.end(), feeling.len, !*like));
            let after = feelings
                .iter()
                .filter(|(feeling, _)| {
                    feeling.start >= span.end()
                        && feeling.start <= span.end() + if feeling.len > 1 { 3 } else { 1 }
                        && tokens[feeling.start].sentence == tokens[span.start].sentence
                        && matches!(
                            tokens[feeling.start].word.as_str(),
                            "bore"
                                | "bores"
                                | "is"
                                | "isnt"
                                | "scares"
                                | "fascinate"
                                | "fascinates"
                                | "makes"
                                | "make"
                                | "freaks"
                                | "freak"
                                | "gross"
                                | "grosses"
                        )
                })
                .min_by_key(|(feeling, _)| feeling.start);
            let (likes, said) = match (within.or(before), after) {
                (_, Some((_, like))) => (*like, true),
                (Some((_, like)), None) => (*like, true),
                (None, None) => (true, false),
            };
            self.likes_said |= said;
            let likes = likes != stands_in(OPPOSITES, tokens, span) && !stands_in(UNWANTED, tokens, span);
            let list = if likes { &mut self.likes } else { &mut self.dislikes };
            if !list.contains(&kind) {
                list.push(kind);
            }
        }
        let dislikes = self.dislikes.clone();
        self.likes.retain(|kind| !dislikes.contains(kind));
    }
}

/// "Part time jobs for students", "jobs for seniors": those who look for work, not whom it is done for.
fn is_the_asker(tokens: &[Token], span: &Span) -> bool {
    let word = |back: usize| span.start.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    matches!(tokens[span.start].word.as_str(), "students" | "teens" | "teenagers" | "seniors")
        && word(1) == "for"
        && matches!(word(2), "jobs" | "job" | "careers" | "work" | "roles")
}

/// "What is rent like around here": the word does not say what somebody likes.
fn compares(tokens: &[Token], span: &Span) -> bool {
    const LIKING: &[&str] = &[
        "i", "you", "we", "they", "people", "who", "that", "really", "also", "would", "id", "do", "dont", "not", "and",
        "always", "to", "just", "kinda", "actually", "he", "she", "both", "u", "mostly", "still", "but", "might",
    ];
    let before = span.start.checked_sub(1).map(|at| tokens[at].word.as_str());
    tokens[span.start].word == "like"
        && span.len == 1
        && tokens.first().is_some_and(|first| matches!(first.word.as_str(), "what" | "whats" | "how" | "hows"))
        && before.is_some_and(|before| !LIKING.contains(&before))
}

/// "No degree, helping people": what is not wanted is the schooling, and nothing that stands after it.
fn is_about_schooling(tokens: &[Token], span: &Span) -> bool {
    const BETWEEN: &[&str] = &["a", "an", "any", "need", "needing", "have", "having", "med", "medical", "high"];
    const SCHOOLING: &[&str] =
        &["degree", "diploma", "college", "school", "schooling", "university", "license", "licence", "experience"];
    is_bare_no(tokens, span)
        && tokens[span.end()..]
            .iter()
            .take(3)
            .find(|token| !BETWEEN.contains(&token.stem.as_str()))
            .is_some_and(|token| SCHOOLING.contains(&token.stem.as_str()))
}

/// Whether the words are one of a table: "hate talking to strangers", "a bad back".
fn stands_in(table: &[&str], tokens: &[Token], span: &Span) -> bool {
    let stems = || tokens[span.start..span.end()].iter().map(|token| token.stem.as_str());
    table.iter().any(|phrase| stems().eq(phrase.split(' ')))
}

/// "Not good with needles", "im not really into math": a liking that is denied.
fn is_denied(tokens: &[Token], span: &Span) -> bool {
    let word = |back: usize| span.start.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let weakened =
        usize::from(matches!(word(1), "really" | "very" | "so" | "too" | "that" | "particularly" | "a" | "get"));
    matches!(word(1 + weakened), "not" | "never" | "isnt" | "arent" | "aint" | "dont" | "doesnt" | "didnt" | "no")
}

/// "Dont hate blood", "not bad at math": a dislike that is denied.
fn is_denied_dislike(tokens: &[Token], span: &Span) -> bool {
    let word = tokens[span.start].word.as_str();
    matches!(word, "hate" | "dislike" | "bad" | "tired" | "sick" | "bored" | "afraid" | "scared")
        && is_denied(tokens, span)
}

fn is_bare_no(tokens: &[Token], span: &Span) -> bool {
    span.len == 1 && matches!(tokens[span.start].word.as_str(), "no" | "without" | "not" | "never")
}

/// "No blood, hands on": a bare "no" ends at the comma, unless an "or" says that the list of what is not wanted goes on.
fn ends_before(tokens: &[Token], feeling: &Span, span: &Span) -> bool {
    let between = feeling.end() + 1..=span.start;
    let goes_on = || {
        tokens[feeling.end()..]
            .iter()
            .take_while(|token| token.sentence == tokens[span.start].sentence)
            .any(|token| matches!(token.word.as_str(), "or" | "nor"))
    };
    is_bare_no(tokens, feeling) && tokens[between].iter().any(|token| token.after_comma) && !goes_on()
}

/// "High school only", "no med school", "list the jobs": the words say how somebody learned or what is asked for; children are
/// meant by "schools" and "in a school", paperwork by "lists".
fn is_about_learning_or_lists(tokens: &[Token], spans: &[Span], span: &Span) -> bool {
    let word = |back: usize| span.start.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let in_a = matches!(word(2), "in" | "at") && matches!(word(1), "a" | "the" | "my");
    let singular = span.len == 1 && tokens[span.start].word == tokens[span.start].stem;
    let asked = |cue: Cue| matches!(cue, Cue::School | Cue::List);
    let kind_of_school = span.len == 1 && tokens.get(span.end()).is_some_and(|next| next.stem == "school");
    kind_of_school
        || singular
            && !in_a
            && spans
                .iter()
                .any(|other| matches!(other.meaning, Meaning::Cue(cue) if asked(cue)) && other.overlaps(span))
}
