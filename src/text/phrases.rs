//! Phrases of words, matched at every length: a trie over interned stems.
//!
//! Knows nothing of what a phrase means; each carries values of any type.

use std::collections::HashMap;

use crate::text::{self, Token};

/// Other forms of words, each with the form that stands for them all; both sides of a match go through it.
pub(crate) type Forms = HashMap<String, String>;

/// The form that stands for a word.
pub(crate) fn canonical<'a>(forms: &'a Forms, stem: &'a str) -> &'a str {
    forms.get(stem).map_or(stem, String::as_str)
}

/// Phrases with their values.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<T> {
    forms: Forms,
    words: HashMap<String, u32>,
    edges: HashMap<(u32, u32), u32>,
    values: Vec<Vec<T>>,
}

impl<T> Phrases<T> {
    /// No phrases yet.
    pub(crate) fn new(forms: Forms) -> Self {
        Self {
            forms,
            words: HashMap::new(),
            edges: HashMap::new(),
            values: vec![Vec::new()],
        }
    }

    /// Adds a phrase; its words are told apart as in a question. A phrase without a word is passed over.
    pub(crate) fn add(&mut self, phrase: &str, value: T) {
        let mut node = 0;
        for token in &text::phrase(phrase) {
            let next_word = self.words.len() as u32;
            let stem = canonical(&self.forms, &token.stem).to_owned();
            let word = *self.words.entry(stem).or_insert(next_word);
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
    pub(crate) fn word(&self, stem: &str) -> Option<u32> {
        self.words.get(canonical(&self.forms, stem)).copied()
    }

    /// Every word of every phrase.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// Every other form that a phrase may be written with.
    pub(crate) fn other_forms(&self) -> impl Iterator<Item = &str> {
        self.forms.keys().map(String::as_str)
    }

    /// The stems of a phrase as one text, equal for phrases that are one here.
    pub(crate) fn key(&self, phrase: &str) -> String {
        text::phrase(phrase)
            .iter()
            .map(|token| canonical(&self.forms, &token.stem))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Every phrase in `tokens`: where it begins, how long it is, and a value. None reaches over the end of a sentence.
    pub(crate) fn find(&self, tokens: &[Token]) -> Vec<(usize, usize, T)>
    where
        T: Copy,
    {
        let words: Vec<Option<u32>> = tokens.iter().map(|token| self.word(&token.stem)).collect();
        let mut found = Vec::with_capacity(tokens.len() * 2);
        for start in 0..words.len() {
            self.walk(&words[start..], |len, values| {
                if tokens[start].sentence == tokens[start + len - 1].sentence {
                    found.extend(values.iter().map(|value| (start, len, *value)));
                }
            });
        }
        found
    }

    /// Calls `found` with the length and the values of each phrase that begins at the start of `words`.
    pub(crate) fn walk<'a>(&'a self, words: &[Option<u32>], mut found: impl FnMut(usize, &'a [T])) {
        let mut node = 0;
        for (place, word) in words.iter().enumerate() {
            let Some(next) = word.and_then(|word| self.edges.get(&(node, word))) else {
                return;
            };
            node = *next;
            let values = &self.values[node as usize];
            if !values.is_empty() {
                found(place + 1, values);
            }
        }
    }
}
