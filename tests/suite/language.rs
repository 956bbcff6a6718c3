//! Language is data: no word of it stands in the code that understands it, and what was learned belongs to the examples.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use careerbot::knowledge::files::{self, Files};
use careerbot::knowledge::language::examples::{self, Example};
use careerbot::knowledge::language::{Label, Weights, weights};
use careerbot::knowledge::{Knowledge, load_shipped};
use careerbot::learning::{self, Settings};
use careerbot::understanding::Understanding;

/// Words of string literals that are no language: names of labels' masks, of kinds of mentions, and one trend's slug.
const NAMES: &[&str] = &[
    "role",
    "term",
    "credential",
    "trend",
    "state",
    "city",
    "outside",
    "money",
    "length",
    "large",
    "small",
    "year",
    "percent",
    "remote",
    "work",
    "search",
    "failed",
    "within",
    "a",
    "topic",
    "of",
    "w",
    "c",
    "n",
    "unit",
    "level",
    "order",
    "trait",
    "averse",
    "setting",
    "about",
    "says",
];

fn knowledge() -> Knowledge {
    load_shipped().expect("the shipped knowledge")
}

fn shipped() -> Files {
    let mut problems = Vec::new();
    let read = files::shipped(&mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    read
}

fn all_examples() -> Vec<Example> {
    let mut problems = Vec::new();
    let all = examples::read(&shipped(), &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    all
}

/// The string literals of a source file, without its tests, its comments and what is filled in.
fn literals(source: &str) -> Vec<String> {
    let code = source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| {
            let code = line.split(" // ").next().unwrap_or_default();
            code.split('"')
                .skip(1)
                .step_by(2)
                .map(without_places)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// A literal without its `{name}`s: those are names of the code.
fn without_places(literal: &str) -> String {
    let begins = literal.split('{');
    begins
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every source file of the room that understands, with its path.
fn room() -> Vec<(PathBuf, String)> {
    let mut folders =
        vec![Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/understanding")).to_owned()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the room") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let source = fs::read_to_string(&path).expect("UTF-8");
                sources.push((path, source));
            }
        }
    }
    assert!(sources.len() > 20, "{} files", sources.len());
    sources
}

#[test]
fn no_word_of_the_language_stands_in_the_code_that_understands() {
    let knowledge = knowledge();
    let english: BTreeSet<&str> = knowledge
        .language
        .english
        .iter()
        .map(String::as_str)
        .collect();
    let labels: BTreeSet<&str> = Label::WORDS
        .iter()
        .flat_map(|word| word.split('-'))
        .collect();
    let mut found = Vec::new();
    for (path, source) in room() {
        for literal in literals(&source) {
            for word in literal
                .split(|c: char| !c.is_alphabetic())
                .map(str::to_lowercase)
            {
                let known = NAMES.contains(&word.as_str()) || labels.contains(word.as_str());
                if !known && english.contains(word.as_str()) {
                    found.push(format!(
                        "{}: \"{literal}\" holds \"{word}\"",
                        path.display()
                    ));
                }
            }
        }
    }
    assert!(
        found.is_empty(),
        "put it into knowledge/language/: {}",
        found.join("\n")
    );
}

#[test]
fn the_room_that_understands_stays_small() {
    let code = |source: &str| {
        source
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default()
            .lines()
            .map(str::trim_start)
            .filter(|line| !line.is_empty() && !line.starts_with("//"))
            .count()
    };
    let lines: usize = room().iter().map(|(_, source)| code(source)).sum();
    // Lines of code, neither blank nor comment. Three thousand are meant, and not reached.
    assert!(lines < 6_300, "{lines} lines");
}

#[test]
fn there_are_enough_examples_of_each_label() {
    let mut counts: BTreeMap<Label, usize> = BTreeMap::new();
    let all = all_examples();
    for label in all.iter().flat_map(|example| &example.labels) {
        *counts.entry(*label).or_default() += 1;
    }
    assert!(all.len() >= 10_000, "{} examples", all.len());
    let few: Vec<_> = Label::ALL
        .iter()
        .filter(|label| counts.get(label).copied().unwrap_or(0) < 150)
        .collect();
    assert!(few.is_empty(), "{few:?}");
    for open in [
        Label::OffTopic,
        Label::Opinion,
        Label::Medical,
        Label::Crisis,
        Label::Distress,
    ] {
        assert!(counts[&open] >= 600, "{open:?}: {}", counts[&open]);
    }
}

#[test]
fn the_shipped_weights_belong_to_the_shipped_examples() {
    assert_eq!(
        knowledge().language.weights.examples,
        examples::fingerprint(&shipped()),
        "run careerbot train"
    );
}

#[test]
fn learning_twice_gives_the_same_weights_and_the_file_gives_them_back() {
    let knowledge = knowledge();
    let understanding = Understanding::new(&knowledge);
    let some: Vec<Example> = all_examples().into_iter().step_by(40).collect();
    let settings = Settings {
        rounds: 2,
        ..Settings::default()
    };
    let rows = learning::train(&understanding, &some, settings, |_| true);
    assert!(!rows.is_empty());
    assert_eq!(
        learning::train(&understanding, &some, settings, |_| true),
        rows
    );
    let mut files = shipped();
    files.insert(weights::PATH.to_owned(), weights::write(7, &rows));
    let read = careerbot::knowledge::load(&files)
        .expect("it loads")
        .language
        .weights;
    assert_eq!(read, Weights::from_rows(7, &rows));
}
