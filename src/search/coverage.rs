//! How much of a question a topic's text covers: the confidence of a search.
//!
//! BM25 scores cannot be compared between questions; the share of the question's weight that a topic's text holds can.

use std::collections::HashMap;

use crate::knowledge::{Knowledge, Topic};

/// Which topics use which word, with the weight of each word.
pub struct Coverage {
    words: HashMap<String, (Vec<u64>, f32)>,
    places: HashMap<Topic, usize>,
}

impl Coverage {
    /// Reads all text of the knowledge. `stem` must be the function that the questions' words went through.
    pub fn new(knowledge: &Knowledge, stem: impl Fn(&str) -> String) -> Self {
        let topics: Vec<Topic> = knowledge.topics().collect();
        let blocks = topics.len().div_ceil(64);
        let mut words: HashMap<String, (Vec<u64>, f32)> = HashMap::new();
        for (place, topic) in topics.iter().enumerate() {
            let mut add = |text: &str| {
                for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                    let bits = &mut words.entry(stem(&word.to_lowercase())).or_insert_with(|| (vec![0; blocks], 0.0)).0;
                    bits[place / 64] |= 1 << (place % 64);
                }
            };
            add(knowledge.title(*topic));
            if let Topic::Role(id) = topic {
                let role = knowledge.role(*id);
                add(&role.summary);
                role.aliases
                    .iter()
                    .chain(&role.skills)
                    .chain(&role.tools)
                    .chain(&role.titles)
                    .chain(&role.descriptions)
                    .for_each(|text| add(text));
            }
            knowledge.sections(*topic).iter().for_each(|section| add(&section.text));
        }
        let all = topics.len() as f32;
        for (bits, weight) in words.values_mut() {
            let count: u32 = bits.iter().map(|block| block.count_ones()).sum();
            *weight = (1.0 + all / count.max(1) as f32).ln();
        }
        let places = topics.into_iter().enumerate().map(|(place, topic)| (topic, place)).collect();
        Self { words, places }
    }

    /// The share of the words' weight that the topic's text holds, from 0 to 1. A word that no topic holds weighs as much
    /// as the rarest.
    pub fn of(&self, topic: Topic, words: &[String]) -> f32 {
        let Some(&place) = self.places.get(&topic) else { return 0.0 };
        let rarest = (1.0 + self.places.len() as f32).ln();
        let (mut held, mut all) = (0.0, 0.0);
        for word in words {
            match self.words.get(word) {
                Some((bits, weight)) => {
                    all += weight;
                    if bits[place / 64] >> (place % 64) & 1 == 1 {
                        held += weight;
                    }
                }
                None => all += rarest,
            }
        }
        if all > 0.0 { held / all } else { 0.0 }
    }
}
