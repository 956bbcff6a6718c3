//! Which topics words lead to: by a reworded name, by what a role does, and the sentences of a topic that hold them.
//!
//! BM25 ranks; the share of the words' weight that is held says how sure that is, and can be compared between questions.

use std::collections::HashMap;

use crate::knowledge::{Knowledge, RoleId, Topic};
use crate::search::documents::Field;
use crate::search::error::Error;
use crate::search::{Hit, Index};

/// Documents looked at for a name.
const NAME_HITS: usize = 12;
/// Documents looked at for a description.
const DESCRIPTION_HITS: usize = 40;
/// Sentences looked at within a topic.
const SENTENCE_HITS: usize = 6;
/// What each further document of a role adds to its best one: many that fit a little say less than one that fits well.
const FURTHER: f32 = 0.35;

/// A topic that words lead to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The topic.
    pub topic: Topic,
    /// Score, comparable within one search only.
    pub score: f32,
    /// Share of the words' weight that the best document holds, from 0 to 1.
    pub share: f32,
    /// The same seen from the document: how much of it the words are.
    pub whole: f32,
    /// How many of the words the best document holds.
    pub words: usize,
    /// The best document.
    pub document: usize,
}

/// The topics whose names the stems reword, best first.
///
/// # Errors
/// When tantivy fails.
pub fn by_name(
    index: &Index,
    knowledge: &Knowledge,
    stems: &[String],
) -> Result<Vec<Found>, Error> {
    let hits = index.search(stems, &[Field::Name], &[], NAME_HITS)?;
    let mut found: Vec<Found> = Vec::new();
    for hit in hits {
        let fit = fit(index, knowledge, Field::Name, stems, hit);
        match found.iter_mut().find(|known| known.topic == fit.topic) {
            Some(known) if known.share * known.whole >= fit.share * fit.whole => {}
            Some(known) => *known = fit,
            None => found.push(fit),
        }
    }
    found.sort_by(|a, b| {
        (b.share * b.whole)
            .total_cmp(&(a.share * a.whole))
            .then(a.topic.cmp(&b.topic))
    });
    Ok(found)
}

/// The roles whose descriptions, summary, duties or names the stems fit, best first.
///
/// # Errors
/// When tantivy fails.
pub fn by_description(
    index: &Index,
    knowledge: &Knowledge,
    stems: &[String],
) -> Result<Vec<(RoleId, Found)>, Error> {
    let hits = index.search(
        stems,
        &[Field::Description, Field::Name],
        &[],
        DESCRIPTION_HITS,
    )?;
    let mut best: HashMap<RoleId, (f32, Hit, f32)> = HashMap::new();
    for hit in hits {
        let Some(Topic::Role(role)) = index
            .documents()
            .get(hit.document)
            .map(|document| document.topic)
        else {
            continue;
        };
        let entry = best.entry(role).or_insert((0.0, hit, 1.0));
        entry.0 += hit.score * entry.2;
        entry.2 *= FURTHER;
    }
    let mut found: Vec<(RoleId, Found)> = best
        .into_iter()
        .map(|(role, (score, hit, _))| {
            (
                role,
                Found {
                    score,
                    ..fit(index, knowledge, Field::Description, stems, hit)
                },
            )
        })
        .collect();
    found.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
    Ok(found)
}

/// The roles whose whole work the stems fit, best first: names, descriptions, summary, duties and day together.
///
/// # Errors
/// When tantivy fails.
pub fn by_work(
    index: &Index,
    knowledge: &Knowledge,
    stems: &[String],
) -> Result<Vec<(RoleId, Found)>, Error> {
    let hits = index.search(stems, &[Field::Work], &[], NAME_HITS)?;
    let role = |hit: Hit| {
        let found = fit(index, knowledge, Field::Work, stems, hit);
        match found.topic {
            Topic::Role(role) => Some((role, found)),
            Topic::Trend(_) => None,
        }
    };
    Ok(hits.into_iter().filter_map(role).collect())
}

/// The sentences of some topics that hold any of the stems, best first.
///
/// # Errors
/// When tantivy fails.
pub fn sentences(
    index: &Index,
    knowledge: &Knowledge,
    stems: &[String],
    topics: &[Topic],
) -> Result<Vec<Found>, Error> {
    let hits = index.search(stems, &[Field::Passage], topics, SENTENCE_HITS)?;
    Ok(hits
        .into_iter()
        .map(|hit| fit(index, knowledge, Field::Passage, stems, hit))
        .collect())
}

fn fit(index: &Index, knowledge: &Knowledge, field: Field, stems: &[String], hit: Hit) -> Found {
    let held = index.stems_of(knowledge, hit.document);
    let weight = |stem: &String| index.weight(field, stem);
    let (mut asked, mut shared, mut words) = (0.0, 0.0, 0);
    for stem in stems {
        let weight = weight(stem);
        asked += weight;
        if held.binary_search(stem).is_ok() {
            shared += weight;
            words += 1;
        }
    }
    let all: f32 = held.iter().map(weight).sum();
    let topic = index.documents()[hit.document].topic;
    let share = |of: f32| {
        if of > 0.0 {
            (shared / of).min(1.0)
        } else {
            0.0
        }
    };
    Found {
        topic,
        score: hit.score,
        share: share(asked),
        whole: share(all),
        words,
        document: hit.document,
    }
}
