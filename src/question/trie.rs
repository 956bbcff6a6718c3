//! Phrases of words, matched longest first: a trie over interned stems.
//!
//! Knows nothing of what a phrase means; each carries values of any type.

use std::collections::HashMap;

use crate::question::normalize;

/// Words that mean the same in titles: the short form and its long forms, as stems. Both sides of a match go through it.
#[rustfmt::skip]
const SAME: &[(&str, &str)] = &[
    ("technician", "tech"), ("technologist", "tech"), ("asst", "assistant"), ("assist", "assistant"), ("doc", "doctor"), ("resp", "respiratory"), ("psych", "psychiatric"),
    ("occ", "occupational"), ("phys", "physical"), ("pharm", "pharmacy"), ("lab", "laboratory"), ("admin", "administrator"), ("mgmt", "management"), ("mgr", "manager"), ("med", "medical"), ("rehab", "rehabilitation"),
    ("rad", "radiologic"), ("info", "information"), ("coord", "coordinator"), ("spec", "specialist"), ("peds", "pediatric"), ("counsellor", "counselor"), ("ageing", "aging"), ("licence", "license"), ("licenced", "licensed"), ("paediatric", "pediatric"), ("behavioural", "behavioral"), ("anaesthetist", "anesthetist"), ("gynaecologist", "gynecologist"), ("personalised", "personalized"), ("programme", "program"), ("centre", "center"),
];

/// The word that stands for all that mean the same.
pub fn canonical(stem: &str) -> &str {
    SAME.iter().find(|(short, _)| *short == stem).map_or(stem, |(_, same)| same)
}

/// Every short or other form that [`canonical`] knows.
pub fn other_forms() -> impl Iterator<Item = &'static str> {
    SAME.iter().map(|(form, _)| *form)
}

/// Phrases with their values.
#[derive(Debug, Clone)]
pub struct Trie<T> {
    words: HashMap<String, u32>,
    edges: HashMap<(u32, u32), u32>,
    values: Vec<Vec<T>>,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { words: HashMap::new(), edges: HashMap::new(), values: vec![Vec::new()] }
    }
}

impl<T> Trie<T> {
    /// Adds a phrase; its words are told apart as in a question. A phrase without a word is passed over.
    pub fn add(&mut self, phrase: &str, value: T) {
        let mut node = 0;
        for token in &normalize::phrase(phrase) {
            let next_word = self.words.len() as u32;
            let word = *self.words.entry(canonical(&token.stem).to_owned()).or_insert(next_word);
            let next_node = self.values.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(next_node);
            if node == next_node {
                self.values.push(Vec::new());
            }
        }
        if node != 0 {
            self.values[node as usize].push(value);
        }
    }

    /// The number of a word that some phrase holds.
    pub fn word(&self, stem: &str) -> Option<u32> {
        self.words.get(canonical(stem)).copied()
    }

    /// Every word of every phrase.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// Calls `found` with the length and the values of each phrase that begins at the start of `words`.
    pub fn walk<'a>(&'a self, words: &[Option<u32>], mut found: impl FnMut(usize, &'a [T])) {
        let mut node = 0;
        for (place, word) in words.iter().enumerate() {
            let Some(next) = word.and_then(|word| self.edges.get(&(node, word))) else { return };
            node = *next;
            let values = &self.values[node as usize];
            if !values.is_empty() {
                found(place + 1, values);
            }
        }
    }
}
