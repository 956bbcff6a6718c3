//! The sentences of a topic that hold what was asked: by the question's own words, or by the words of its kind.

use crate::knowledge::language::{Class, Label};
use crate::knowledge::model::REMOTE;
use crate::knowledge::{Knowledge, Topic};
use crate::search::documents::Field;
use crate::search::{Index, topics};
use crate::understanding::request::Sentence;

/// Share of the question's own words that a sentence has to hold to be the answer. Measured on the tuned half.
pub(crate) const HOLDS: f32 = 0.5;
/// Most sentences shown.
const MOST: usize = 3;

/// What a topic's text says of an aspect or of the question's own words, best first. `own` are stems.
pub(crate) fn find(
    index: &Index,
    knowledge: &Knowledge,
    topics: &[Topic],
    own: &[String],
    about: Option<Label>,
) -> Vec<Sentence> {
    let kind = about.map_or_else(Vec::new, |label| says(index, knowledge, label));
    let mut stems: Vec<String> = own.to_vec();
    stems.extend(kind.iter().filter(|stem| !own.contains(stem)).cloned());
    if stems.is_empty() || topics.is_empty() {
        return Vec::new();
    }
    let hits = match topics::sentences(index, knowledge, &stems, topics) {
        Ok(hits) => hits,
        Err(error) => {
            // The index is in memory: this is a fault of the program, and what is held as facts still answers.
            tracing::error!(%error, "search within a topic failed");
            return Vec::new();
        }
    };
    let weight = |stem: &String| index.weight(Field::Passage, stem);
    let asked: f32 = own.iter().map(weight).sum();
    let mut found: Vec<(f32, Sentence)> = hits
        .into_iter()
        .filter_map(|hit| {
            let document = &index.documents()[hit.document];
            let (section, _) = document.sentence.as_ref()?;
            let heading = knowledge.sections(document.topic).get(*section)?.heading;
            // "No: they work on site" answers one question only.
            if heading == REMOTE && about != Some(Label::Remote) {
                return None;
            }
            let held = index.stems_of(knowledge, hit.document);
            let shared: f32 = own
                .iter()
                .filter(|stem| held.binary_search(stem).is_ok())
                .map(weight)
                .sum();
            let of_kind = kind
                .iter()
                .filter(|stem| held.binary_search(stem).is_ok())
                .count();
            let share = if asked > 0.0 { shared / asked } else { 0.0 };
            let sentence = Sentence {
                topic: document.topic,
                heading,
                text: document.text(knowledge).to_owned(),
                share,
                kind: of_kind,
            };
            // Words of the kind tell that a sentence is on the subject; the question's own tell that it is the answer.
            Some((
                share * 4.0 + of_kind.min(3) as f32 * 0.5 + hit.score * 0.02,
                sentence,
            ))
        })
        .filter(|(score, _)| *score >= 0.5)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(MOST);
    found.into_iter().map(|(_, sentence)| sentence).collect()
}

/// The stems by which a sentence is known to be about a label.
fn says(index: &Index, knowledge: &Knowledge, label: Label) -> Vec<String> {
    let classes = knowledge.language.classes.iter();
    let phrases = classes.filter(|(class, _)| *class == Class::Says(label));
    let mut stems: Vec<String> = phrases
        .flat_map(|(_, phrase)| index.stems(phrase))
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}
