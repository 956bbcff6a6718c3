//! What is new: which topics of the knowledge changed since a digest last looked.
//!
//! A digest remembers a fingerprint of each topic. Knows nothing of when it looks or what is said of a change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::knowledge::{Knowledge, Topic};

/// Fingerprints of one topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// Of its words.
    #[serde(rename = "w")]
    pub words: u32,
    /// Of its figures.
    #[serde(rename = "f")]
    pub figures: u32,
}

/// Fingerprints of all topics, by slug.
pub type Prints = BTreeMap<String, Print>;

/// How a topic changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not there before.
    Added,
    /// Its words changed.
    Reworded,
    /// Only its figures changed.
    NewFigures,
}

/// The fingerprints of the knowledge as it stands.
pub fn prints(knowledge: &Knowledge) -> Prints {
    knowledge
        .topics()
        .map(|topic| (knowledge.slug(topic).to_string(), print(knowledge, topic)))
        .collect()
}

/// What changed since `seen`: added topics first, then reworded ones, trends before roles.
pub fn since_prints(knowledge: &Knowledge, seen: &Prints) -> Vec<(Topic, Change)> {
    let changed = knowledge.topics().filter_map(|topic| {
        let now = print(knowledge, topic);
        let change = match seen.get(knowledge.slug(topic).as_str()) {
            None => Change::Added,
            Some(before) if before.words != now.words => Change::Reworded,
            Some(before) if before.figures != now.figures => Change::NewFigures,
            Some(_) => return None,
        };
        Some((topic, change))
    });
    sorted(changed.collect())
}

fn sorted(mut changed: Vec<(Topic, Change)>) -> Vec<(Topic, Change)> {
    changed.sort_by_key(|(topic, change)| (*change, matches!(topic, Topic::Role(_)), *topic));
    changed
}

fn print(knowledge: &Knowledge, topic: Topic) -> Print {
    let mut words = crc32fast::Hasher::new();
    let mut add = |text: &str| {
        words.update(text.as_bytes());
        words.update(&[0]);
    };
    add(knowledge.title(topic));
    for section in knowledge.sections(topic) {
        add(section.heading);
        add(&section.text);
    }
    let mut figures = crc32fast::Hasher::new();
    match topic {
        Topic::Trend(id) => add(&knowledge.trend(id).summary),
        Topic::Role(id) => {
            let role = knowledge.role(id);
            add(&role.summary);
            if let Some(national) = knowledge.figures.national.get(&role.soc) {
                for cell in [
                    national.employment,
                    national.pct10,
                    national.median,
                    national.pct90,
                ] {
                    let (kind, number) = match cell {
                        crate::knowledge::Cell::Number(number) => (0_u8, number),
                        crate::knowledge::Cell::TopCoded => (1, 0),
                        crate::knowledge::Cell::NotReleased => (2, 0),
                    };
                    figures.update(&[kind]);
                    figures.update(&number.to_le_bytes());
                }
                figures.update(national.source.0.as_bytes());
            }
            if let Some(projection) = knowledge.figures.projections.get(&role.soc) {
                figures.update(&projection.employment_projected.to_le_bytes());
                figures.update(projection.source.0.as_bytes());
            }
        }
    }
    Print {
        words: words.finalize(),
        figures: figures.finalize(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{Cell, load_shipped};

    #[test]
    fn only_what_changed_is_new_and_how() {
        let mut knowledge = load_shipped().expect("the shipped knowledge");
        let mut seen = prints(&knowledge);
        assert!(since_prints(&knowledge, &seen).is_empty());
        let text = serde_json::to_string(&seen).expect("JSON");
        assert_eq!(serde_json::from_str::<Prints>(&text).expect("JSON"), seen);
        seen.remove("phlebotomist");
        knowledge.trends[3].summary.push('!');
        let soc = knowledge
            .roles
            .iter()
            .find(|role| role.slug.as_str() == "audiologist")
            .expect("a role")
            .soc;
        knowledge
            .figures
            .national
            .get_mut(&soc)
            .expect("a figure")
            .median = Cell::TopCoded;
        let found: Vec<(&str, Change)> = since_prints(&knowledge, &seen)
            .into_iter()
            .map(|(topic, change)| (knowledge.slug(topic).as_str(), change))
            .collect();
        assert_eq!(
            found,
            [
                ("phlebotomist", Change::Added),
                (knowledge.trends[3].slug.as_str(), Change::Reworded),
                ("audiologist", Change::NewFigures),
            ]
        );
    }
}
