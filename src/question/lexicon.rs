//! Every phrase that means something, in one trie: names of roles, trends and places, and the words of intents.
//!
//! Built once for a [`Knowledge`]. Knows phrases, not sentences: `understand` decides what a question as a whole asks.

use std::collections::HashSet;

use crate::knowledge::glossary::Choice;
use crate::knowledge::terms::Trait;
use crate::knowledge::{Knowledge, RoleId, State, Topic, TrendId};
use crate::question::credentials::credentials;
use crate::question::cues::{CUES, Cue};
use crate::question::descriptions::Descriptions;
use crate::question::likes::{DISLIKE, LIKE, TRAIT_WORDS};
use crate::question::normalize::{self, Token};
use crate::question::places::{ABROAD, CITIES, HOME, NICKNAMES, STATE_NAMES};
use crate::question::refusals::{DANGER, ILLNESS, OWN_BODY, PHRASES, Reason, SOMEBODY};
use crate::question::spelling::Speller;
use crate::question::titles::{TitleIndex, Titles, field_of, role_names};
use crate::question::trie::{Trie, canonical, other_forms};

/// Numbers as words, from one.
#[rustfmt::skip]
const NUMBERS: &[(&str, &str)] = &[
    ("one", "first"), ("two", "second"), ("three", "third"), ("four", "fourth"), ("five", "fifth"), ("six", "sixth"), ("seven", "seventh"), ("eight", "eighth"), ("nine", "ninth"), ("ten", "tenth"),
];

/// What a phrase can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A role's title, alias or official title.
    Role(RoleId),
    /// An abbreviation of a role; counts in capitals, or where it can be nothing else.
    Abbreviation(RoleId),
    /// An entry of the glossary.
    Term(u16),
    /// A license, exam or certificate, by its place in [`Lexicon::credential`].
    Credential(u16),
    /// A trend's title or by-name.
    Trend(TrendId),
    /// A state by its name.
    State(State),
    /// A state by its postal code.
    StateCode(State),
    /// A city, by its place in the table.
    City(u16),
    /// Something outside the US.
    Abroad,
    /// The US.
    Home,
    /// An occupation outside the knowledge, by its place there.
    Outside(u16),
    /// A word of an intent.
    Cue(Cue),
    /// A phrase that shows that the question is not covered.
    Refusal(Reason),
    /// A word for a trait of the work.
    Trait(Trait),
    /// "I like".
    Like,
    /// "I hate".
    Dislike,
    /// A word of illness or treatment.
    Illness,
    /// A sign that the writer is the patient.
    OwnBody,
    /// A word of danger to life.
    Danger,
    /// A sign that a particular person is meant.
    Somebody,
}

/// A phrase found in a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// First token.
    pub start: usize,
    /// Number of tokens.
    pub len: usize,
    /// What it means.
    pub meaning: Meaning,
}

impl Span {
    /// The token after the last.
    pub fn end(&self) -> usize {
        self.start + self.len
    }

    /// Whether it shares a token with another.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end() && other.start < self.end()
    }
}

/// All phrases of one knowledge.
pub struct Lexicon {
    trie: Trie<Meaning>,
    speller: Speller,
    titles: Titles,
    credentials: Vec<(String, Vec<RoleId>)>,
    descriptions: Descriptions,
}

impl Lexicon {
    /// Builds the lexicon.
    pub fn new(knowledge: &Knowledge) -> Self {
        let mut trie = Trie::default();
        let mut names = TitleIndex::default();
        let mut taken = HashSet::new();
        for id in knowledge.role_ids() {
            let role = knowledge.role(id);
            for name in role_names(knowledge, id) {
                names.add(Topic::Role(id), &name);
                for name in std::iter::once(name.clone()).chain(field_of(&name)) {
                    // "Physical therapy" is the field of the therapist and of the assistant: the first to name it has it.
                    if taken.insert(key(&name)) {
                        trie.add(&name, Meaning::Role(id));
                    }
                }
            }
            for abbreviation in &role.abbreviations {
                taken.insert(key(abbreviation));
                trie.add(abbreviation, Meaning::Abbreviation(id));
                trie.add(&format!("{abbreviation}s"), Meaning::Abbreviation(id));
            }
        }
        for id in knowledge.trend_ids() {
            let trend = knowledge.trend(id);
            for name in std::iter::once(&trend.title).chain(&trend.aliases) {
                taken.insert(key(name));
                names.add(Topic::Trend(id), name);
                trie.add(name, Meaning::Trend(id));
            }
            let (word, ordinal) = NUMBERS.get(usize::from(trend.number).wrapping_sub(1)).copied().unwrap_or(("", ""));
            for number in [trend.number.to_string().as_str(), word].into_iter().filter(|number| !number.is_empty()) {
                for pattern in ["trend {}", "trend number {}", "trend no {}"] {
                    trie.add(&pattern.replace("{}", number), Meaning::Trend(id));
                }
            }
            if !ordinal.is_empty() {
                trie.add(&format!("{ordinal} trend"), Meaning::Trend(id));
                trie.add(&format!("{}th trend", trend.number), Meaning::Trend(id));
            }
        }
        for (place, entry) in knowledge.glossary.iter().enumerate() {
            if taken.insert(key(&entry.term)) {
                trie.add(&entry.term, Meaning::Term(place as u16));
                if entry.term.len() <= 4 {
                    trie.add(&format!("{}s", entry.term), Meaning::Term(place as u16));
                }
                if entry.choice == Choice::First
                    && let Some(Topic::Role(id)) = entry.roles.first().and_then(|slug| knowledge.find(slug.as_str()))
                {
                    names.add(Topic::Role(id), &entry.term);
                }
            }
        }
        for id in knowledge.role_ids() {
            for title in &knowledge.role(id).titles {
                if taken.insert(key(title)) {
                    names.add(Topic::Role(id), title);
                    trie.add(title, Meaning::Role(id));
                }
            }
        }
        let credentials = credentials(knowledge);
        for (place, (name, _)) in credentials.iter().enumerate() {
            trie.add(name, Meaning::Credential(place as u16));
            if let Some((head, _)) = name.split_once('-') {
                trie.add(head, Meaning::Credential(place as u16));
            }
        }
        for (place, outside) in knowledge.outside.iter().enumerate() {
            for name in std::iter::once(outside.title.clone()).chain(field_of(&outside.title)) {
                if taken.insert(key(&name)) {
                    trie.add(&name, Meaning::Outside(place as u16));
                }
            }
        }
        add_language(&mut trie);
        // A slip is nearer to any word than to a far country of few letters: "gana" is no Ghana.
        let short = |word: &&str| word.len() < 6 && ABROAD.contains(word);
        let speller = Speller::new(knowledge, trie.words().filter(|word| !short(word)), other_forms());
        Self { trie, speller, titles: names.weigh(), credentials, descriptions: Descriptions::new(knowledge) }
    }

    /// The speller over the words of this lexicon.
    pub fn speller(&self) -> &Speller {
        &self.speller
    }

    /// The words of titles and other names.
    pub(super) fn titles(&self) -> &Titles {
        &self.titles
    }

    /// The everyday descriptions of the roles.
    pub fn descriptions(&self) -> &Descriptions {
        &self.descriptions
    }

    /// Every phrase found at any place of `tokens`.
    pub fn spans(&self, tokens: &[Token]) -> Vec<Span> {
        let words: Vec<Option<u32>> = tokens.iter().map(|token| self.trie.word(&token.stem)).collect();
        let mut spans = Vec::with_capacity(tokens.len() * 2);
        for start in 0..words.len() {
            self.trie.walk(&words[start..], |len, meanings| {
                spans.extend(meanings.iter().map(|meaning| Span { start, len, meaning: *meaning }));
            });
        }
        spans
    }

    /// Whether some phrase holds the word.
    pub fn knows(&self, stem: &str) -> bool {
        self.trie.word(stem).is_some()
    }

    /// The roles whose license note names the credential.
    pub fn credential(&self, place: u16) -> &[RoleId] {
        self.credentials.get(usize::from(place)).map_or(&[], |(_, roles)| roles)
    }
}

fn key(name: &str) -> String {
    normalize::phrase(name).iter().map(|token| canonical(&token.stem)).collect::<Vec<_>>().join(" ")
}

fn add_language(trie: &mut Trie<Meaning>) {
    for state in State::all() {
        trie.add(state.name(), Meaning::State(state));
        trie.add(state.code(), Meaning::StateCode(state));
    }
    for (code, names) in STATE_NAMES.iter().chain(NICKNAMES) {
        if let Some(state) = State::from_code(code) {
            names.iter().for_each(|name| trie.add(name, Meaning::State(state)));
        }
    }
    for (place, (name, _)) in CITIES.iter().enumerate() {
        trie.add(name, Meaning::City(place as u16));
    }
    ABROAD.iter().for_each(|name| trie.add(name, Meaning::Abroad));
    HOME.iter().for_each(|name| trie.add(name, Meaning::Home));
    for (cue, phrases) in CUES {
        phrases.iter().for_each(|phrase| trie.add(phrase, Meaning::Cue(*cue)));
    }
    for (reason, phrases) in PHRASES {
        phrases.iter().for_each(|phrase| trie.add(phrase, Meaning::Refusal(*reason)));
    }
    for (kind, phrases) in TRAIT_WORDS {
        phrases.iter().for_each(|phrase| trie.add(phrase, Meaning::Trait(*kind)));
    }
    LIKE.iter().for_each(|phrase| trie.add(phrase, Meaning::Like));
    DISLIKE.iter().for_each(|phrase| trie.add(phrase, Meaning::Dislike));
    ILLNESS.iter().for_each(|phrase| trie.add(phrase, Meaning::Illness));
    OWN_BODY.iter().for_each(|phrase| trie.add(phrase, Meaning::OwnBody));
    DANGER.iter().for_each(|phrase| trie.add(phrase, Meaning::Danger));
    SOMEBODY.iter().for_each(|phrase| trie.add(phrase, Meaning::Somebody));
}
