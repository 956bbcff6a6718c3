//! Correcting words that the vocabulary lacks.
//!
//! Only words of names and intents are offered as corrections; a word that is known, here or in everyday English, is
//! never touched. Distances count a transposition as one step (optimal string alignment).

use std::collections::{HashMap, HashSet};

use rphonetic::{Encoder as _, Metaphone};

use crate::knowledge::{Knowledge, State, Topic};
use crate::text::phrases::Phrases;
use crate::text::{self, Token, singular};

/// More corrections than this are not made in one question: the rest is no typing slip.
const MOST_CORRECTIONS: usize = 8;

/// A word of so many letters that differs in one is hardly another.
const LONG: usize = 8;
/// A word of fewer letters that begins with another letter is another word.
const SHORT: usize = 6;
/// How often a word of a title counts at least.
const OF_TITLE: u32 = 20;

/// The words that a correction may give, and those that need none.
pub(crate) struct Speller {
    targets: Vec<Target>,
    known: HashSet<String>,
    english: HashSet<String>,
    by_sound: HashMap<String, Vec<usize>>,
    metaphone: Metaphone,
    endings: Vec<String>,
    sounds: Vec<(String, String)>,
}

struct Target {
    word: String,
    letters: u32,
    frequency: u32,
}

impl Speller {
    /// A speller over the words of phrases; how often the knowledge uses a word breaks ties.
    pub(crate) fn new<'a, T>(
        knowledge: &Knowledge,
        phrases: &Phrases<T>,
        other: impl Iterator<Item = &'a str>,
    ) -> Self {
        let words = &knowledge.language.english;
        let mut frequency: HashMap<String, u32> = HashMap::new();
        for topic in knowledge.topics() {
            let boost = if matches!(topic, Topic::Role(_)) {
                20
            } else {
                10
            };
            for token in text::clean(knowledge.title(topic)).tokens {
                *frequency.entry(token.stem).or_default() += boost;
            }
            let told: &[String] = match topic {
                Topic::Role(id) => &knowledge.role(id).descriptions,
                Topic::Trend(_) => &[],
            };
            let sections = knowledge
                .sections(topic)
                .iter()
                .map(|section| &section.text);
            for text in sections.chain(told) {
                for word in text
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|word| word.len() > 2)
                {
                    *frequency
                        .entry(singular(&word.to_ascii_lowercase()).into_owned())
                        .or_default() += 1;
                }
            }
        }
        // "Virgina" is a state, and no islands.
        for state in State::all() {
            let name = state.name().to_ascii_lowercase();
            *frequency.entry(name).or_default() += OF_TITLE;
        }
        let outside_only: HashSet<String> = knowledge
            .outside
            .iter()
            .flat_map(|outside| outside.title.split(|c: char| !c.is_alphanumeric()))
            .map(|word| singular(word).into_owned())
            .collect();
        let mut known: HashSet<String> = words
            .iter()
            .map(|word| singular(word).into_owned())
            .collect();
        known.extend(words.iter().cloned());
        known.extend(other.map(str::to_owned));
        let mut targets = Vec::new();
        for word in phrases.words() {
            let count = frequency.get(word).copied().unwrap_or(0);
            // Words of jobs outside the knowledge need no correction, but are no good guess for a slip either.
            if word.len() >= 4
                && word.bytes().all(|b| b.is_ascii_lowercase())
                && (count > 0 || !outside_only.contains(word))
            {
                targets.push(Target {
                    word: word.to_owned(),
                    letters: letters(word),
                    frequency: count,
                });
            }
            known.insert(word.to_owned());
        }
        for form in phrases.other_forms() {
            if form.len() >= 4 && known.insert(form.to_owned()) {
                targets.push(Target {
                    word: form.to_owned(),
                    letters: letters(form),
                    frequency: frequency.get(form).copied().unwrap_or(0),
                });
            }
        }
        known.extend(frequency.into_keys());
        targets.sort_by(|a, b| a.word.cmp(&b.word));
        let metaphone = Metaphone::new(Some(12));
        let mut by_sound: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, target) in targets.iter().enumerate() {
            by_sound
                .entry(sound(&metaphone, &knowledge.language.sounds, &target.word))
                .or_default()
                .push(place);
        }
        Self {
            targets,
            known,
            english: words.iter().cloned().collect(),
            by_sound,
            metaphone,
            endings: knowledge.language.endings.clone(),
            sounds: knowledge.language.sounds.clone(),
        }
    }

    /// Whether it is an everyday English word.
    pub(crate) fn is_english(&self, word: &str) -> bool {
        self.english.contains(word)
    }

    /// Whether a word needs no correction.
    pub(crate) fn knows(&self, token: &Token) -> bool {
        let known = |word: &str| self.known.contains(word);
        known(&token.stem)
            || known(&token.word)
            || self.endings.iter().any(|end| {
                token.word.strip_suffix(end.as_str()).is_some_and(|root| {
                    root.len() >= 4
                        && (self.english.contains(root)
                            || self.english.contains(format!("{root}e").as_str()))
                })
            })
    }

    /// The best correction of an unknown word: by distance (1 from four letters, 2 from eight), then first letter, then
    /// how often the knowledge uses it; failing that a word that sounds the same.
    pub(crate) fn correct(&self, token: &Token) -> Option<&str> {
        let word = token.stem.as_str();
        if word.len() < 4 || word.len() > 24 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let known = |word: &str| self.known.contains(word);
        if known(&token.stem) || known(&token.word) {
            return None;
        }
        // "Coordinater" is made like a word, and one letter from one of a title.
        let derived = self.knows(token);
        if derived && word.len() < LONG {
            return None;
        }
        let reach = if word.len() >= 8 { 2 } else { 1 };
        let own = letters(word);
        let near = self
            .targets
            .iter()
            .filter(|target| {
                target.word.len().abs_diff(word.len()) <= reach
                    && (target.letters ^ own).count_ones() as usize <= 2 * reach
            })
            .filter_map(|target| {
                let distance = strsim::osa_distance(word, &target.word);
                // "Perry" is no Derry.
                let other_first = target.word.as_bytes()[0] != word.as_bytes()[0];
                let another = other_first && word.len() < SHORT;
                (distance <= reach && !another).then(|| {
                    (
                        distance,
                        other_first,
                        u32::MAX - target.frequency,
                        &target.word,
                    )
                })
            })
            .min();
        if derived {
            let title = |(distance, _, rarity, _): &(usize, bool, u32, &String)| {
                *distance == 1 && u32::MAX - rarity >= OF_TITLE
            };
            return near.filter(title).map(|(_, _, _, word)| word.as_str());
        }
        let alike = self.sounds_like(word);
        match (near, alike) {
            // One more step is forgiven where the word sounds the same: "sycologist" is no serologist.
            (Some((distance, ..)), Some((steps, word))) if steps <= distance + 1 => Some(word),
            (Some((_, _, _, word)), _) => Some(word),
            (None, alike) => alike.map(|(_, word)| word),
        }
    }

    /// The nearest word that sounds the same, with its distance: at most half of its letters.
    fn sounds_like(&self, word: &str) -> Option<(usize, &str)> {
        let sound = sound(&self.metaphone, &self.sounds, word);
        if sound.len() < 3 {
            return None;
        }
        self.by_sound
            .get(&sound)?
            .iter()
            .map(|place| &self.targets[*place])
            .map(|target| {
                (
                    strsim::osa_distance(word, &target.word),
                    u32::MAX - target.frequency,
                    &target.word,
                )
            })
            .filter(|(distance, _, target)| distance * 2 <= target.len().max(word.len()))
            .min()
            .map(|(distance, _, word)| (distance, word.as_str()))
    }

    /// Two words run together, when both halves are words of phrases.
    /// `near` is the word's best correction.
    fn split(
        &self,
        token: &Token,
        near: Option<&str>,
        is_name_word: impl Fn(&str) -> bool,
    ) -> Option<(String, String)> {
        let word = token.word.as_str();
        if word.len() < 7 || word.len() > 30 || !word.is_ascii() || self.knows(token) {
            return None;
        }
        // "Langage" is one letter from a word, and no two words.
        if near.is_some_and(|near| strsim::osa_distance(&token.stem, near) <= 1) {
            return None;
        }
        (3..=word.len() - 3)
            .map(|at| (&word[..at], singular(&word[at..])))
            .find_map(|(first, second)| {
                (is_name_word(first) && is_name_word(&second))
                    .then(|| (first.to_owned(), second.into_owned()))
            })
    }

    /// A word with its drawn-out letters shortened ("heyyy"), when it is not known as it stands.
    fn squeezed(&self, token: &Token) -> Option<String> {
        let bytes = token.word.as_bytes();
        let drawn = bytes
            .windows(3)
            .any(|three| three[0] == three[1] && three[1] == three[2]);
        if !drawn || !token.word.is_ascii() || token.number.is_some() || self.knows(token) {
            return None;
        }
        let mut word = String::with_capacity(token.word.len());
        for c in token.word.chars() {
            if !word.ends_with(c) {
                word.push(c);
            }
        }
        Some(word)
    }

    /// Corrects the tokens in place and returns what was changed, as (written, read).
    pub(crate) fn mend(
        &self,
        tokens: &mut Vec<Token>,
        is_name_word: impl Fn(&str) -> bool,
    ) -> Vec<(String, String)> {
        let mut changes = Vec::new();
        let mut at = 0;
        while at < tokens.len() && changes.len() < MOST_CORRECTIONS {
            if let Some(word) = self.squeezed(&tokens[at]) {
                tokens[at] = Token {
                    stem: singular(&word).into_owned(),
                    word,
                    ..tokens[at].clone()
                };
            }
            let joined = tokens
                .get(at + 1)
                .map(|next| format!("{}{}", tokens[at].word, next.stem));
            if let Some(joined) = joined
                && joined.len() >= 7
                && is_name_word(&joined)
                && !(is_name_word(&tokens[at].stem) && is_name_word(&tokens[at + 1].stem))
            {
                // One word written as two: "tele health".
                tokens[at] = Token {
                    word: joined.clone(),
                    stem: joined,
                    ..tokens[at].clone()
                };
                tokens.remove(at + 1);
                at += 1;
                continue;
            }
            let near = self.correct(&tokens[at]);
            // "From Belmont": a name is no two words.
            let begins = at == 0 || tokens[at - 1].sentence != tokens[at].sentence;
            let name = tokens[at].capital && !begins;
            let split = || self.split(&tokens[at], near, &is_name_word);
            if let Some((first, second)) = (!name).then(split).flatten() {
                let written = tokens[at].word.clone();
                changes.push((written, format!("{first} {second}")));
                let rest = Token {
                    word: second.clone(),
                    stem: second,
                    ..tokens[at].clone()
                };
                tokens[at] = Token {
                    word: first.clone(),
                    stem: first,
                    ..tokens[at].clone()
                };
                tokens.insert(at + 1, rest);
                at += 1;
            } else if let Some(word) = near {
                changes.push((tokens[at].word.clone(), word.to_owned()));
                tokens[at] = Token {
                    word: word.to_owned(),
                    stem: word.to_owned(),
                    upper: false,
                    ..tokens[at].clone()
                };
            }
            at += 1;
        }
        changes
    }
}

/// How a word sounds, doubled letters once: Metaphone keeps a doubled "c", which no ear does.
fn sound(metaphone: &Metaphone, sounds: &[(String, String)], word: &str) -> String {
    let heard = sounds
        .iter()
        .fold(word.to_owned(), |word, (written, heard)| {
            word.replace(written.as_str(), heard)
        });
    let mut letters: Vec<char> = heard.chars().collect();
    letters.dedup();
    metaphone.encode(&letters.into_iter().collect::<String>())
}

/// The letters of a word as bits: words within n edits differ in at most 2n letters, which sorts out most at once.
fn letters(word: &str) -> u32 {
    word.bytes()
        .filter(u8::is_ascii_lowercase)
        .fold(0, |bits, b| bits | 1 << (b - b'a'))
}
