//! What the bot says that is no fact: `knowledge/language/texts/*.yaml`, by key.

use std::collections::BTreeMap;

use crate::knowledge::files::{self, Files};
use crate::knowledge::language::parse;
use crate::knowledge::problem::Problem;

/// Folder of the texts, below the knowledge folder.
pub(super) const FOLDER: &str = "language/texts/";

/// Texts by key.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, String>);

/// Keys that the program needs, beside one `not-held.` and one `look.` for each label that is not held.
const NEEDED: &[&str] = &[
    "concern",
    "foreign",
    "look.city",
    "look.medical",
    "look.orders",
    "look.other-job",
    "look.unknown",
    "look.words",
    "look.empty",
    "not-held.city",
    "not-held.words",
    "refuse.about",
    "refuse.crisis",
    "refuse.distress",
    "refuse.empty",
    "refuse.medical",
    "refuse.no-role",
    "refuse.orders",
    "refuse.other-job",
    "refuse.unknown",
    "refuse.unknown-job",
    "title.crisis",
    "title.distress",
];

impl Texts {
    /// The text of a key; empty where there is none.
    pub fn of(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// The text of a key with each `{name}` replaced.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let fill = |text: String, (name, value): &(&str, &str)| {
            text.replace(&format!("{{{name}}}"), value)
        };
        values.iter().fold(self.of(key).to_owned(), fill)
    }
}

/// Reads all texts; a key that stands twice, or is missing, is a problem.
pub(super) fn read(files: &Files, problems: &mut Vec<Problem>) -> Texts {
    let mut texts = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with(FOLDER)) {
        let file = files::display_path(path);
        for (key, value) in
            parse::<BTreeMap<String, String>>(&file, text, problems).unwrap_or_default()
        {
            if texts.insert(key.clone(), value.trim().to_owned()).is_some() {
                problems.push(Problem::new(
                    &file,
                    0,
                    format!("\"{key}\" stands twice"),
                    "keep one of them",
                ));
            }
        }
    }
    for key in NEEDED.iter().filter(|key| !texts.contains_key(**key)) {
        problems.push(Problem::new(
            &files::display_path(FOLDER),
            0,
            format!("\"{key}\" is missing"),
            "write it",
        ));
    }
    Texts(texts)
}
