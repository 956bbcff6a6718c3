//! What the bot understands: `knowledge/language/`, language as data.
//!
//! Words by class, other forms of words, cities, labelled examples, and the weights learned from them. Knows how the files
//! are written; knows nothing of how a question is understood.

pub mod class;
pub mod examples;
pub mod label;
pub mod texts;
pub mod ways;
pub mod weights;

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::knowledge::files::{self, Files};
use crate::knowledge::problem::{Problem, did_you_mean};
use crate::knowledge::states::State;

pub use class::{About, Class, Family, LANGUAGES, Plain};
pub use label::Label;
pub use texts::Texts;
pub use ways::WayWord;
pub use weights::Weights;

const WORDS: &str = "language/words/";
const ASKING: &str = "language/words/asking.yaml";
const AMOUNTS: &str = "language/words/amounts.yaml";
const FORMS: &str = "language/words/forms.yaml";
const CITIES: &str = "language/words/cities.csv";
const ENGLISH: &str = "language/words/english.txt";
const PATHS: &str = "language/paths.yaml";
const FOREIGN: &str = "language/words/foreign.yaml";

/// Everything of the language that is data.
#[derive(Debug, Default)]
pub struct Language {
    /// Phrases with their class, in the order of the files.
    pub classes: Vec<(Class, String)>,
    /// Numbers as words.
    pub numbers: HashMap<String, f64>,
    /// Places in a row as words, from 1; the last is -1.
    pub ordinals: HashMap<String, i32>,
    /// Other forms of words in names, with the form that stands for them.
    pub title_forms: HashMap<String, String>,
    /// Other forms and words of talk, with the word that descriptions use.
    pub talk_forms: HashMap<String, String>,
    /// Endings of titles with those of the fields that they belong to.
    pub field_endings: Vec<(String, String)>,
    /// Endings that make a new word of a known one.
    pub endings: Vec<String>,
    /// Letters with how they are heard, in the order in which they are looked for.
    pub sounds: Vec<(String, String)>,
    /// What license notes write in capitals and is no credential.
    pub no_credentials: Vec<String>,
    /// Cities with the state that they lie in; regions of several states have none.
    pub cities: Vec<(String, Option<State>)>,
    /// Everyday English words, which need no correction.
    pub english: Vec<String>,
    /// Names of roles in other languages, with the role's slug.
    pub foreign: Vec<(String, String)>,
    /// Phrases of people who look for a way to better work.
    pub ways: Vec<(WayWord, String)>,
    /// Work outside health care as people tell of it who do not name the job: its title, and a phrase.
    pub work: Vec<(String, String)>,
    /// What the bot says that is no fact, by key.
    pub texts: Texts,
    /// What was learned from the examples.
    pub weights: Weights,
}

/// A class's phrases in a file: a list, or words with a value.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Phrases(Vec<String>),
    Values(BTreeMap<String, f64>),
}

/// Reads all of `knowledge/language/` but the examples.
pub(super) fn read(files: &Files, problems: &mut Vec<Problem>) -> Language {
    let mut language = Language::default();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with(WORDS)) {
        let file = files::display_path(path);
        match path.as_str() {
            FORMS => read_forms(&file, text, &mut language, problems),
            CITIES => read_cities(&file, text, &mut language, problems),
            ENGLISH => language.english = text.lines().map(str::to_owned).collect(),
            FOREIGN => read_foreign(&file, text, &mut language, problems),
            _ => read_classes(&file, text, &mut language, problems),
        }
    }
    for path in [AMOUNTS, FORMS, CITIES, ENGLISH, FOREIGN, weights::PATH] {
        if !files.contains_key(path) {
            let hint =
                "restore it from the repository, or make the weights with \"careerbot train\"";
            problems.push(Problem::new(
                &files::display_path(path),
                0,
                "file is missing",
                hint,
            ));
        }
    }
    if let Some(text) = files.get(PATHS) {
        read_ways(&files::display_path(PATHS), text, &mut language, problems);
    }
    language.texts = texts::read(files, problems);
    if let Some(text) = files.get(weights::PATH) {
        language.weights = Weights::read(&files::display_path(weights::PATH), text, problems);
    }
    language
}

/// The words without a meaning of their own that the program ships, for texts that no knowledge is at hand for.
pub fn shipped_stop_words() -> Vec<String> {
    let mut problems = Vec::new();
    let files = files::shipped(&mut problems);
    let mut language = Language::default();
    for (path, text) in files.iter().filter(|(path, _)| path.as_str() == ASKING) {
        read_classes(
            &files::display_path(path),
            text,
            &mut language,
            &mut problems,
        );
    }
    let stop = language
        .classes
        .into_iter()
        .filter(|(class, _)| *class == Class::Plain(Plain::Stop));
    stop.map(|(_, word)| word).collect()
}

/// Whether a file of the knowledge is read here.
pub(super) fn is_known(path: &str) -> bool {
    [weights::PATH, PATHS].contains(&path)
        || [WORDS, examples::FOLDER, texts::FOLDER]
            .iter()
            .any(|folder| path.starts_with(folder))
}

fn read_classes(file: &str, text: &str, language: &mut Language, problems: &mut Vec<Problem>) {
    let Some(entries) = parse::<BTreeMap<String, Entry>>(file, text, problems) else {
        return;
    };
    for (name, entry) in entries {
        match (name.as_str(), entry) {
            ("number", Entry::Values(values)) => language.numbers = values.into_iter().collect(),
            ("ordinal", Entry::Values(values)) => {
                language.ordinals = values
                    .into_iter()
                    .map(|(word, place)| (word, place as i32))
                    .collect();
            }
            (_, Entry::Phrases(phrases)) => match class::parse_class(&name) {
                Ok(class) => language
                    .classes
                    .extend(phrases.into_iter().map(|phrase| (class, phrase))),
                Err(hint) => {
                    let what = format!("\"{name}\" is no class of words");
                    problems.push(Problem::new(file, line_of(text, &name), what, hint));
                }
            },
            (_, Entry::Values(_)) => {
                let what = format!("\"{name}\" has values");
                problems.push(Problem::new(
                    file,
                    line_of(text, &name),
                    what,
                    "write a list: [word, other words]",
                ));
            }
        }
    }
}

fn read_ways(file: &str, text: &str, language: &mut Language, problems: &mut Vec<Problem>) {
    let Some(entries) = parse::<BTreeMap<String, Vec<String>>>(file, text, problems) else {
        return;
    };
    for (name, phrases) in entries {
        if let Some(title) = name.strip_prefix("work.") {
            let own = |phrase| (title.to_owned(), phrase);
            language.work.extend(phrases.into_iter().map(own));
            continue;
        }
        match WayWord::parse(&name) {
            Some(way) => language
                .ways
                .extend(phrases.into_iter().map(|phrase| (way, phrase))),
            None => {
                let what = format!("\"{name}\" is no class of words of ways");
                let hint = did_you_mean(&name, WayWord::WORDS);
                problems.push(Problem::new(file, line_of(text, &name), what, hint));
            }
        }
    }
}

fn read_forms(file: &str, text: &str, language: &mut Language, problems: &mut Vec<Problem>) {
    type Forms = BTreeMap<String, BTreeMap<String, Vec<String>>>;
    let Some(forms) = parse::<Forms>(file, text, problems) else {
        return;
    };
    for (kind, rows) in forms {
        let pairs = || {
            rows.iter()
                .flat_map(|(one, others)| others.iter().map(|other| (other.clone(), one.clone())))
        };
        let others = || rows.values().flatten().cloned().collect();
        match kind.as_str() {
            "title" => language.title_forms = pairs().collect(),
            "past" | "talk" => language.talk_forms.extend(pairs()),
            "field" => language.field_endings = pairs().collect(),
            "sound" => language.sounds = pairs().collect(),
            "ending" => language.endings = others(),
            "capitals" => language.no_credentials = others(),
            _ => {
                let what = format!("\"{kind}\" is no kind of forms");
                let hint = "allowed: title, past, talk, field, sound, ending, capitals";
                problems.push(Problem::new(file, line_of(text, &kind), what, hint));
            }
        }
    }
}

fn read_cities(file: &str, text: &str, language: &mut Language, problems: &mut Vec<Problem>) {
    for (place, row) in text
        .lines()
        .enumerate()
        .skip(1)
        .filter(|(_, row)| !row.is_empty())
    {
        let place = place + 1;
        let (city, code) = row.rsplit_once(',').unwrap_or((row, ""));
        match (code, State::from_code(code)) {
            ("", _) => language.cities.push((city.to_owned(), None)),
            (_, Some(state)) => language.cities.push((city.to_owned(), Some(state))),
            (_, None) => {
                let what = format!("\"{code}\" is no state");
                problems.push(Problem::new(
                    file,
                    place,
                    what,
                    "write city,XX with the postal code of the state",
                ));
            }
        }
    }
}

fn read_foreign(file: &str, text: &str, language: &mut Language, problems: &mut Vec<Problem>) {
    let Some(rows) = parse::<BTreeMap<String, Vec<String>>>(file, text, problems) else {
        return;
    };
    for (slug, names) in rows {
        language
            .foreign
            .extend(names.into_iter().map(|name| (name, slug.clone())));
    }
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(
    file: &str,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    match yaml_serde::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let line = error.location().map_or(0, |location| location.line());
            problems.push(Problem::new(
                file,
                line,
                format!("cannot be read: {error}"),
                "see the files beside it",
            ));
            None
        }
    }
}

/// The line on which a key of the first level, or the second, stands.
fn line_of(text: &str, key: &str) -> usize {
    let begins = |line: &str| {
        line.trim_start()
            .strip_prefix(key)
            .is_some_and(|rest| rest.starts_with(':'))
    };
    text.lines().position(begins).map_or(0, |place| place + 1)
}
