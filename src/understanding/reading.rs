//! A message as it was read: its words, what each phrase of them can mean, which sentences ask, and what is denied.

use crate::knowledge::language::{About, Class, Plain};
use crate::text::{self, Token};
use crate::understanding::lexicon::{Lexicon, Meaning, Span};
use crate::understanding::{names, polarity};

/// What words of a sentence that tells count for, beside one that asks. Measured on the authors left out.
pub(crate) const TELLING: f32 = 0.45;

/// A phrase of a class has so many words at most.
const LONGEST_PHRASE: usize = 6;

/// A message, read.
pub(crate) struct Reading {
    /// The words, spelling mended.
    pub(crate) tokens: Vec<Token>,
    /// Words read differently, as (written, read).
    pub(crate) corrections: Vec<(String, String)>,
    /// The text as it was read.
    pub(crate) text: String,
    /// Whether the end was cut off.
    pub(crate) cut: bool,
    /// Every phrase, whatever it can mean.
    pub(crate) spans: Vec<Span>,
    /// The names among them that hold, in order, without overlap.
    pub(crate) names: Vec<Span>,
    /// Whether each word is denied.
    pub(crate) denied: Vec<bool>,
    /// Whether each word carries no meaning of its own.
    pub(crate) stop: Vec<bool>,
    /// The classes of each word that begins a phrase, with the phrase's length.
    classes: Vec<Vec<(Class, usize)>>,
    /// Whether the clause of each word asks.
    asks: Vec<bool>,
}

impl Reading {
    /// Reads a message.
    pub(crate) fn new(lexicon: &Lexicon, message: &str) -> Self {
        let clean = text::clean(message);
        let mut tokens = clean.tokens;
        let corrections = lexicon
            .speller()
            .mend(&mut tokens, |word| lexicon.knows(word));
        let mut spans = lexicon.spans(&tokens);
        if let Some(end) = taken_back(&spans, tokens.len()) {
            tokens.drain(..end);
            spans = lexicon.spans(&tokens);
        }
        let mut classes = vec![Vec::new(); tokens.len()];
        for span in &spans {
            if let Meaning::Class(class) = span.meaning {
                classes[span.start].push((class, span.len));
            }
        }
        let stop = tokens
            .iter()
            .map(|token| lexicon.is_stop_word(token))
            .collect();
        let mut reading = Self {
            tokens,
            corrections,
            text: clean.text,
            cut: clean.cut,
            spans,
            names: Vec::new(),
            denied: Vec::new(),
            stop,
            classes,
            asks: Vec::new(),
        };
        reading.names = names::choose(&reading, |word| lexicon.speller().is_english(word));
        reading.denied = polarity::denied(&reading);
        reading.asks = reading.asking(&clean.asking);
        reading
    }

    /// Which clauses ask, by word: a new one begins behind a comma with a word that asks ("I'm moving to Boise, what would I
    /// make"). A clause asks by how it begins, the last of its sentence by a question mark, too. Where none does, all of them.
    fn asking(&self, marked: &[usize]) -> Vec<bool> {
        let tokens = &self.tokens;
        let opens = |at: usize| self.is(at, Plain::Opener);
        let begins = |at: usize| {
            let joined = self.is(at, Plain::ScopeEnd) || self.is(at, Plain::ListJoint);
            tokens[at].after_comma
                && (opens(at) || joined && at + 1 < tokens.len() && opens(at + 1))
        };
        let mut asks = vec![false; tokens.len()];
        let mut start = 0;
        for end in 1..=tokens.len() {
            let last = end == tokens.len() || tokens[end].sentence != tokens[start].sentence;
            if !last && !begins(end) {
                continue;
            }
            let marked = last && marked.contains(&tokens[start].sentence);
            if marked || opens(start) || start > 0 && begins(start) {
                asks[start..end].fill(true);
            }
            start = end;
        }
        if asks.iter().any(|asks| *asks) {
            asks
        } else {
            vec![true; tokens.len()]
        }
    }

    /// Whether the clause of a word asks.
    pub(crate) fn asks(&self, at: usize) -> bool {
        self.asks.get(at).copied().unwrap_or(false)
    }

    /// Whether a phrase of the class begins at this word.
    pub(crate) fn is(&self, at: usize, class: Plain) -> bool {
        self.len_of(at, Class::Plain(class)).is_some()
    }

    /// The length of the longest phrase of the class that begins at this word.
    pub(crate) fn len_of(&self, at: usize, class: Class) -> Option<usize> {
        let of_class = |(known, len): &(Class, usize)| (*known == class).then_some(*len);
        self.classes.get(at)?.iter().filter_map(of_class).max()
    }

    /// The classes of the phrases that begin at a word, with their lengths.
    pub(crate) fn classes(&self, at: usize) -> &[(Class, usize)] {
        self.classes.get(at).map_or(&[], Vec::as_slice)
    }

    /// The classes of the phrases that cover this word, with their lengths.
    pub(crate) fn covering(&self, at: usize) -> impl Iterator<Item = (Class, usize)> + '_ {
        (at.saturating_sub(LONGEST_PHRASE - 1)..=at).flat_map(move |start| {
            let classes = self.classes(start).iter().copied();
            classes.filter(move |(_, len)| at < start + len)
        })
    }

    /// Whether a word sets two names beside each other: "or", "and", "vs".
    pub(crate) fn joins(&self, at: usize) -> bool {
        self.is(at, Plain::Versus) || self.is(at, Plain::ListJoint) && !self.is(at, Plain::Article)
    }

    /// Whether a phrase of the class covers this word.
    pub(crate) fn covers(&self, at: usize, class: Plain) -> bool {
        self.covering(at)
            .any(|(known, _)| known == Class::Plain(class))
    }

    /// Where phrases of the class begin.
    pub(crate) fn all(&self, class: Plain) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(move |at| self.is(*at, class))
    }

    /// Whether a phrase of the class stands anywhere outside the names.
    pub(crate) fn has(&self, class: Plain) -> bool {
        self.all(class).any(|at| !self.in_name(at))
    }

    /// Whether a word points back to what was spoken of: "it", "those".
    pub(crate) fn points_back(&self) -> bool {
        self.has(Plain::PronounOne) || self.has(Plain::PronounMany)
    }

    /// Whether a word at this place is about something by itself: pay, growth, schooling.
    pub(crate) fn is_about(&self, at: usize, about: About) -> bool {
        self.len_of(at, Class::About(about)).is_some()
    }

    /// Whether a phrase of the class ends right before this word.
    pub(crate) fn ends_before(&self, at: usize, class: Plain) -> bool {
        self.starts_before(at, class).next().is_some()
    }

    /// Where the phrases of the class begin that end right before this word.
    pub(crate) fn starts_before(&self, at: usize, class: Plain) -> impl Iterator<Item = usize> {
        let starts = (1..=at.min(5)).map(move |back| at - back);
        starts.filter(move |start| self.len_of(*start, Class::Plain(class)) == Some(at - start))
    }

    /// Whether a word is part of a name.
    pub(crate) fn in_name(&self, at: usize) -> bool {
        self.names.iter().any(|name| name.holds(at))
    }

    /// Whether two words stand in one sentence.
    pub(crate) fn together(&self, one: usize, other: usize) -> bool {
        match (self.tokens.get(one), self.tokens.get(other)) {
            (Some(one), Some(other)) => one.sentence == other.sentence,
            _ => false,
        }
    }

    /// The words that carry meaning, outside the names, by their places.
    pub(crate) fn content(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens.len())
            .filter(|at| !self.stop[*at] && !self.in_name(*at) && self.tokens[*at].number.is_none())
            .filter(|at| !self.is(*at, Plain::Article))
    }

    /// The words of a phrase, as written.
    pub(crate) fn words(&self, start: usize, len: usize) -> String {
        self.tokens[start..start + len]
            .iter()
            .map(|token| token.word.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The end of what is taken back, "how many RNs, no wait, LPNs": all before the last such phrase that something follows.
fn taken_back(spans: &[Span], words: usize) -> Option<usize> {
    let class = Meaning::Class(Class::Plain(Plain::TakeBack));
    let back = |span: &&Span| span.meaning == class && span.start > 0 && span.end() < words;
    spans.iter().filter(back).map(Span::end).max()
}
