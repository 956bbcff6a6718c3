//! What the model sees of a message: its words and their pieces, with names and numbers masked by what they are.

use crate::knowledge::language::weights::{self, hash};
use std::ops::Range;

use crate::knowledge::language::Class;
use crate::understanding::lexicon::Meaning;
use crate::understanding::reading::{Reading, TELLING};

/// What pieces of words count for, beside whole words.
const PIECES: f32 = 0.4;
/// What a class of words counts for.
const CLASS: f32 = 0.1;
/// Lengths of pieces, in characters, with a mark at either end of the word.
const PIECE_LENGTHS: [usize; 3] = [3, 4, 5];
/// Words longer than this are cut for pieces.
const LONGEST_WORD: usize = 24;

/// A feature with its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Feature {
    /// Hash of its name.
    pub(crate) hash: u64,
    /// Its value.
    pub(crate) value: f32,
    /// The word that it comes from, where it comes from one.
    pub(crate) word: Option<u32>,
}

/// A word as the model sees it, and the token that it begins at.
struct Seen<'a> {
    word: &'a str,
    at: usize,
    masked: bool,
}

/// The features of a message. With `names`, what each is called is told, too.
pub(crate) fn features(reading: &Reading, names: Option<&mut Vec<String>>) -> Vec<Feature> {
    features_of(reading, 0..reading.tokens.len(), 0, names)
}

/// The features of a message that refers to roles spoken of before, so many of them.
pub(crate) fn features_in_talk(reading: &Reading, spoken_of: usize) -> Vec<Feature> {
    features_of(reading, 0..reading.tokens.len(), spoken_of, None)
}

/// The features of a part of a message, as if nothing else stood in it.
pub(crate) fn features_of(
    reading: &Reading,
    part: Range<usize>,
    spoken_of: usize,
    mut names: Option<&mut Vec<String>>,
) -> Vec<Feature> {
    let seen: Vec<Seen<'_>> = seen(reading)
        .into_iter()
        .filter(|seen| part.contains(&seen.at))
        .collect();
    let mut features = Vec::with_capacity(seen.len() * 14 + 8);
    let mut add = |parts: &[&str], value: f32, word: Option<usize>| {
        features.push(Feature {
            hash: hash(parts),
            value,
            word: word.map(|at| at as u32),
        });
        if let Some(names) = names.as_deref_mut() {
            names.push(parts.concat());
        }
    };
    let weight = |at: usize| if reading.asks(at) { 1.0 } else { TELLING };
    let grams: f32 = seen
        .iter()
        .map(|word| weight(word.at).powi(2) * 3.0)
        .sum::<f32>()
        .max(1.0)
        .sqrt();
    for (place, one) in seen.iter().enumerate() {
        let value = weight(one.at) / grams;
        add(&["w:", one.word], value, Some(one.at));
        if let Some(two) = seen.get(place + 1) {
            add(&["w:", one.word, " ", two.word], value, Some(one.at));
            if let Some(three) = seen.get(place + 2) {
                add(
                    &["w:", one.word, " ", two.word, " ", three.word],
                    value,
                    Some(one.at),
                );
            }
        }
    }
    if let (Some(first), Some(last)) = (seen.first(), seen.last()) {
        add(&["w:^ ", first.word], 1.0 / grams, Some(first.at));
        add(&["w:", last.word, " $"], 1.0 / grams, Some(last.at));
    }
    let words: Vec<(Vec<char>, usize)> = seen
        .iter()
        .filter(|word| !word.masked)
        .map(|word| {
            (
                std::iter::once('^')
                    .chain(word.word.chars().take(LONGEST_WORD))
                    .chain(['$'])
                    .collect(),
                word.at,
            )
        })
        .collect();
    let pieces = |word: &Vec<char>| {
        PIECE_LENGTHS
            .iter()
            .map(|len| (word.len() + 1).saturating_sub(*len))
            .sum::<usize>()
    };
    let all: f32 = words
        .iter()
        .map(|(word, at)| weight(*at).powi(2) * pieces(word) as f32)
        .sum::<f32>()
        .max(1.0)
        .sqrt();
    let mut piece = String::new();
    for (word, at) in &words {
        let value = PIECES * weight(*at) / all;
        for part in PIECE_LENGTHS.iter().flat_map(|len| word.windows(*len)) {
            piece.clear();
            piece.extend(part);
            add(&["c:", &piece], value, None);
        }
    }
    // Classes of words hold what the words themselves are too rare to teach.
    let mut held: Vec<[&str; 2]> = Vec::new();
    for at in part.clone().filter(|at| !reading.in_name(*at)) {
        for (class, _) in reading.classes(at) {
            if let Some(name) = class_name(*class)
                && !held.contains(&name)
            {
                held.push(name);
                add(&["k:", name[0], name[1]], CLASS, None);
            }
        }
    }
    for (name, count) in counts(reading, &part, spoken_of) {
        let digit = ["0", "1", "2", "3"][count.min(3)];
        add(&["n:", name, digit], 0.25, None);
    }
    add(&[weights::BIAS], 0.5, None);
    features
}

/// The name of a class as a feature, in two parts; none for one that says nothing of what is asked.
fn class_name(class: Class) -> Option<[&'static str; 2]> {
    Some(match class {
        Class::Plain(plain) => [plain.word(), ""],
        Class::About(about) => ["about.", about.word()],
        Class::Unit(_) => ["unit", ""],
        Class::Level(_) => ["level", ""],
        Class::Statistic(_) => ["stat", ""],
        Class::Order(_) => ["order", ""],
        Class::Trait(_) => ["trait", ""],
        Class::Averse(_) => ["averse", ""],
        Class::Says(label) => ["says.", label.word()],
        Class::State(_) | Class::Family(_) | Class::Titled(_) | Class::Language(_) => return None,
    })
}

/// How many names of each kind there are, and how long the message is.
fn counts(reading: &Reading, part: &Range<usize>, spoken_of: usize) -> [(&'static str, usize); 8] {
    let names = || {
        reading
            .names
            .iter()
            .filter(|name| part.contains(&name.start))
    };
    let count = |kind: fn(&Meaning) -> bool| names().filter(|name| kind(&name.meaning)).count();
    let length = match part.len() {
        0..=3 => 0,
        4..=9 => 1,
        10..=24 => 2,
        _ => 3,
    };
    [
        ("role", count(|name| name.may_be_role()) + spoken_of),
        (
            "state",
            count(|name| matches!(name, Meaning::State(_) | Meaning::StateCode(_))),
        ),
        ("city", count(|name| matches!(name, Meaning::City(_)))),
        ("trend", count(|name| matches!(name, Meaning::Trend(_)))),
        ("outside", count(|name| matches!(name, Meaning::Outside(_)))),
        (
            "credential",
            count(|name| matches!(name, Meaning::Credential(_))),
        ),
        (
            "money",
            part.clone()
                .filter(|at| number_mask(reading, *at) == "MONEY")
                .count(),
        ),
        ("length", length),
    ]
}

fn seen(reading: &Reading) -> Vec<Seen<'_>> {
    let mut seen = Vec::with_capacity(reading.tokens.len());
    let mut names = reading.names.iter().peekable();
    let mut at = 0;
    while at < reading.tokens.len() {
        while names.peek().is_some_and(|name| name.start < at) {
            names.next();
        }
        if let Some(name) = names.next_if(|name| name.start == at) {
            // A trend's name and an exam's say what is asked; they stay, beside what they are.
            let mask = match name.meaning {
                Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_) => "ROLE",
                Meaning::State(_) | Meaning::StateCode(_) => "STATE",
                Meaning::City(_) => "CITY",
                Meaning::Outside(_) => "OUTSIDE",
                Meaning::Trend(_) => "TREND",
                Meaning::Credential(_) => "CREDENTIAL",
                Meaning::Setting(_) | Meaning::Class(_) => "",
            };
            seen.push(Seen {
                word: mask,
                at,
                masked: true,
            });
            if matches!(name.meaning, Meaning::Trend(_) | Meaning::Outside(_)) {
                let words = at..name.end();
                seen.extend(words.map(|at| Seen {
                    word: &reading.tokens[at].word,
                    at,
                    masked: false,
                }));
            }
            at = name.end();
            continue;
        }
        if reading.tokens[at].number.is_some() {
            seen.push(Seen {
                word: number_mask(reading, at),
                at,
                masked: true,
            });
        } else {
            seen.push(Seen {
                word: &reading.tokens[at].word,
                at,
                masked: false,
            });
        }
        at += 1;
    }
    seen
}

/// What a number is: money, a year, a small or a large number.
fn number_mask(reading: &Reading, at: usize) -> &'static str {
    let token = &reading.tokens[at];
    match token.number {
        None => "",
        Some(_) if token.dollar || token.word.ends_with('k') => "MONEY",
        Some(_) if token.word.ends_with('%') => "PERCENT",
        Some(value) if (1_950.0..2_060.0).contains(&value) && token.word.len() == 4 => "YEAR",
        Some(value) if value >= 10_000.0 => "MONEY",
        Some(value) if value > 100.0 => "LARGE",
        Some(_) => "SMALL",
    }
}
