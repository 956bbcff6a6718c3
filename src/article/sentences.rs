//! The sentences of an article with their places.

use crate::article::read::Article;
use crate::knowledge::check::page;
use crate::knowledge::own_trend::Quote;
use crate::search::keywords::keywords;

/// More sentences are not looked at.
const MOST: usize = 600;

/// A sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) text: String,
    /// Paragraph and place in it, each counted from 0. Headlines are not counted.
    pub(crate) paragraph: usize,
    pub(crate) at: usize,
    /// What carries its meaning, sorted.
    pub(crate) keywords: Vec<String>,
}

impl Sentence {
    /// The sentence with its place, to be quoted.
    pub(crate) fn quote(&self) -> Quote {
        Quote {
            text: self.text.clone(),
            place: self.place(),
        }
    }

    /// Where it stands, for people.
    pub(crate) fn place(&self) -> String {
        format!("paragraph {}, sentence {}", self.paragraph + 1, self.at + 1)
    }
}

/// The sentences of an article, in order.
pub(crate) fn of(article: &Article) -> Vec<Sentence> {
    let texts = article.paragraphs.iter().filter(|(heading, _)| !heading);
    let mut found = Vec::new();
    for (paragraph, (_, text)) in texts.enumerate() {
        for (at, sentence) in page::sentences(text).into_iter().enumerate() {
            let text = sentence.trim_start_matches(['•', '-']).trim();
            if !text.is_empty() {
                found.push(Sentence {
                    text: text.to_owned(),
                    paragraph,
                    at,
                    keywords: sorted(text),
                });
            }
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    found
}

/// The keywords of a text, sorted.
pub(crate) fn sorted(text: &str) -> Vec<String> {
    let mut words = keywords(text);
    words.sort_unstable();
    words
}

/// How many words two sorted lists have in common.
pub(crate) fn common(one: &[String], other: &[String]) -> usize {
    one.iter()
        .filter(|word| other.binary_search(word).is_ok())
        .count()
}
