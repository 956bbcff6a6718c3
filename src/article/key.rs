//! The sentences that say most of an article: near its beginning, of words that are rare in it, and near to what the rest says.
//!
//! Each score lies between 0 and 1. Nothing is reworded.

use std::collections::HashMap;

use crate::article::sentences::Sentence;
use crate::knowledge::check::boilerplate_in;
use crate::knowledge::check::page::words;
use crate::knowledge::own_trend::QUOTE_WORDS;

/// Sentences with fewer words say too little by themselves.
const SHORTEST: usize = 8;
/// What each of the three scores counts for.
const OVERLAP: f64 = 0.45;
const POSITION: f64 = 0.35;
const RARITY: f64 = 0.2;
/// How much less a sentence counts that leans on the one before it.
const LEANING: f64 = 0.5;
/// From which likeness on two sentences say the same.
const SAME: f64 = 0.45;
/// Beginnings that lean on what stands before.
const LEANS: &[&str] = &[
    "this ",
    "these ",
    "they ",
    "it ",
    "its ",
    "such ",
    "those ",
    "that ",
    "he ",
    "she ",
    "but ",
    "and ",
    "as a result",
    "however",
    "here ",
    "also",
    "in addition",
    "moreover",
    "furthermore",
    "therefore",
    "for example",
    "their ",
    "his ",
    "her ",
    "so ",
    "then ",
    "thus ",
];

/// The sentences that say most, the best first, at most `most`. None repeats another.
pub(crate) fn sentences(all: &[Sentence], most: usize) -> Vec<&Sentence> {
    let rarity = rarity(all);
    let squared = |word: &str| rarity.get(word).copied().unwrap_or_default().powi(2);
    let weigh = |sentence: &Sentence| -> f64 {
        sentence
            .keywords
            .iter()
            .map(|word| squared(word))
            .sum::<f64>()
            .sqrt()
    };
    let weights: Vec<f64> = all.iter().map(weigh).collect();
    let alike = |one: usize, other: usize| -> f64 {
        let shared: f64 = all[one]
            .keywords
            .iter()
            .filter(|word| all[other].keywords.binary_search(word).is_ok())
            .map(|word| squared(word))
            .sum();
        let both = weights[one] * weights[other];
        if both > 0.0 { shared / both } else { 0.0 }
    };
    let fits = |sentence: &Sentence| {
        (SHORTEST..=QUOTE_WORDS).contains(&words(&sentence.text))
            && sentence.text.ends_with(['.', '!', '”', '"'])
            && boilerplate_in(&sentence.text).is_none()
            && !sentence.keywords.is_empty()
    };
    let candidates: Vec<usize> = (0..all.len()).filter(|at| fits(&all[*at])).collect();
    let overlap: Vec<f64> = candidates
        .iter()
        .map(|one| {
            (0..all.len())
                .filter(|other| other != one)
                .map(|other| alike(*one, other))
                .sum()
        })
        .collect();
    let rare: Vec<f64> = candidates
        .iter()
        .map(|at| weights[*at] / (all[*at].keywords.len() as f64).sqrt())
        .collect();
    let (most_overlap, most_rare) = (largest(&overlap), largest(&rare));
    let mut scored: Vec<(f64, usize)> = candidates
        .iter()
        .enumerate()
        .map(|(place, at)| {
            let score = OVERLAP * overlap[place] / most_overlap
                + RARITY * rare[place] / most_rare
                + POSITION * position(&all[*at]);
            let text = all[*at].text.to_lowercase();
            let leans = LEANS.iter().any(|begin| text.starts_with(begin));
            (if leans { score * LEANING } else { score }, *at)
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut chosen: Vec<usize> = Vec::new();
    for (_, at) in scored {
        if chosen.len() < most && chosen.iter().all(|other| alike(at, *other) < SAME) {
            chosen.push(at);
        }
    }
    chosen.into_iter().map(|at| &all[at]).collect()
}

/// The beginning of an article and the first sentence of a paragraph say what the rest is about.
fn position(sentence: &Sentence) -> f64 {
    let first = if sentence.at == 0 { 1.0 } else { 0.6 };
    first / (1.0 + 0.12 * sentence.paragraph as f64)
}

/// How rare each word is among the sentences.
fn rarity(all: &[Sentence]) -> HashMap<&str, f64> {
    let mut holds: HashMap<&str, f64> = HashMap::new();
    for word in all.iter().flat_map(|sentence| &sentence.keywords) {
        *holds.entry(word).or_default() += 1.0;
    }
    let count = all.len() as f64;
    holds
        .values_mut()
        .for_each(|times| *times = (1.0 + count / *times).ln());
    holds
}

fn largest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::MIN_POSITIVE, f64::max)
}
