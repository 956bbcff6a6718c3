//! Which shipped trends an article is near to, and what it repeats of what is held.

use std::collections::{BTreeMap, HashMap};

use crate::article::sentences::{Sentence, common, sorted};
use crate::knowledge::check::page;
use crate::knowledge::{Knowledge, Topic, TrendId};

/// What a server has written itself, for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Title.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// Address of its source; may be empty.
    pub source: String,
}

/// From which likeness on a trend is near, from 0 to 1; one that is named is near at once. Measured on the shipped article,
/// each part of which is near to its own trend, and on articles of one subject.
const NEAR: f64 = 0.16;
/// A trend is as near as this share of the nearest one, at least.
const BESIDE: f64 = 0.5;
/// Share of a sentence's keywords that another one has to hold to say the same, and how many these are at least.
const SAME: f64 = 0.6;
const LEAST: usize = 5;
/// Words of a sentence by which it is named to people.
const NAMED: usize = 12;

/// The trends that an article is near to, the nearest first, at most `most`. `named` counts how often each is named.
pub(crate) fn trends(
    knowledge: &Knowledge,
    all: &[Sentence],
    named: &BTreeMap<TrendId, usize>,
    most: usize,
) -> Vec<TrendId> {
    let texts: Vec<HashMap<String, f64>> = knowledge
        .trend_ids()
        .map(|id| counted(words_of(knowledge, id)))
        .collect();
    let article = counted(
        all.iter()
            .flat_map(|sentence| sentence.keywords.iter().cloned()),
    );
    let rarity = |word: &str| {
        let holding = texts.iter().filter(|text| text.contains_key(word)).count();
        (1.0 + texts.len() as f64 / (1 + holding) as f64).ln()
    };
    let weigh = |text: &HashMap<String, f64>| -> HashMap<String, f64> {
        let weighed = text
            .iter()
            // The second and third time a word stands there count for less.
            .map(|(word, times)| (word.clone(), (1.0 + times.ln()) * rarity(word)));
        weighed.collect()
    };
    let article = weigh(&article);
    let mut scored: Vec<(f64, TrendId)> = knowledge
        .trend_ids()
        .zip(&texts)
        .map(|(id, text)| {
            let times = named.get(&id).copied().unwrap_or(0) as f64;
            (cosine(&article, &weigh(text)) + 0.1 * times.min(3.0), id)
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    scored
        .into_iter()
        .filter(|(score, _)| *score >= NEAR.max(best * BESIDE))
        .map(|(_, id)| id)
        .take(most)
        .collect()
}

fn words_of(knowledge: &Knowledge, id: TrendId) -> impl Iterator<Item = String> {
    let trend = knowledge.trend(id);
    let texts: Vec<&str> = [trend.title.as_str(), trend.summary.as_str()]
        .into_iter()
        .chain(trend.aliases.iter().map(String::as_str))
        .chain(
            trend
                .sections
                .iter()
                .flat_map(|section| section.text.lines()),
        )
        .collect();
    texts
        .into_iter()
        .flat_map(sorted)
        .collect::<Vec<_>>()
        .into_iter()
}

fn counted(words: impl Iterator<Item = String>) -> HashMap<String, f64> {
    let mut counted = HashMap::new();
    for word in words {
        *counted.entry(word).or_default() += 1.0;
    }
    counted
}

fn cosine(one: &HashMap<String, f64>, other: &HashMap<String, f64>) -> f64 {
    let length = |text: &HashMap<String, f64>| {
        text.values()
            .map(|weight| weight * weight)
            .sum::<f64>()
            .sqrt()
    };
    let shared: f64 = one
        .iter()
        .filter_map(|(word, weight)| Some(weight * other.get(word)?))
        .sum();
    let both = length(one) * length(other);
    if both > 0.0 { shared / both } else { 0.0 }
}

/// What an article repeats, a line each, at most `most`: of the shipped trends, and of what a server has written itself.
pub(crate) fn repeats(
    knowledge: &Knowledge,
    all: &[Sentence],
    held: &[Held],
    most: usize,
) -> Vec<String> {
    let mut known: Vec<(Vec<String>, String)> = Vec::new();
    for id in knowledge.trend_ids() {
        let trend = knowledge.trend(id);
        let texts = std::iter::once(trend.summary.as_str()).chain(
            trend
                .sections
                .iter()
                .flat_map(|section| section.text.lines()),
        );
        let title = knowledge.title(Topic::Trend(id));
        for sentence in texts.flat_map(page::sentences) {
            known.push((sorted(sentence), format!("the trend “{title}”")));
        }
    }
    for own in held {
        for sentence in own.text.lines().flat_map(page::sentences) {
            known.push((sorted(sentence), format!("this server's “{}”", own.title)));
        }
    }
    let mut lines = Vec::new();
    for sentence in all {
        let wanted = sentence.keywords.len();
        let same = known.iter().find(|(words, _)| {
            let shared = common(&sentence.keywords, words);
            shared >= LEAST && shared as f64 >= wanted as f64 * SAME
        });
        if let Some((_, place)) = same {
            let words: Vec<&str> = sentence.text.split_whitespace().collect();
            let dots = if words.len() > NAMED { " …" } else { "" };
            let begin = words[..words.len().min(NAMED)].join(" ");
            lines.push(format!("“{begin}{dots}” is much the same in {place}"));
        }
    }
    let beyond = lines.len().saturating_sub(most);
    lines.truncate(most);
    if beyond > 0 {
        lines.push(format!("and {beyond} more sentences that are held already"));
    }
    lines
}
