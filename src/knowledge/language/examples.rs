//! Labelled examples: `knowledge/language/examples/*.tsv`, one file an author.
//!
//! A line is `label[ + label ...]<TAB>message`, the most important label first. They teach the model; a question is never
//! looked up in them. The everyday descriptions of the roles teach what a job is described with.

use std::collections::HashMap;

use crate::knowledge::files::{self, Files};
use crate::knowledge::language::label::Label;
use crate::knowledge::outside::{self, DESCRIPTIONS};
use crate::knowledge::problem::{Problem, did_you_mean};

/// Folder of the examples, below the knowledge folder.
pub const FOLDER: &str = "language/examples/";

/// One example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The file, as an author names it.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// What it asks, most important first; never empty.
    pub labels: Vec<Label>,
    /// The message.
    pub text: String,
}

/// Reads every example; what cannot be read, or stands twice, is a problem.
pub fn read(files: &Files, problems: &mut Vec<Problem>) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut seen: HashMap<String, (String, usize)> = HashMap::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with(FOLDER)) {
        let file = files::display_path(path);
        for (place, row) in text
            .lines()
            .enumerate()
            .filter(|(_, row)| !row.trim().is_empty())
        {
            let line = place + 1;
            let mut problem =
                |what: String, hint: String| problems.push(Problem::new(&file, line, what, hint));
            let Some((labels, text)) = row.split_once('\t') else {
                problem(
                    "has no tab".to_owned(),
                    "write label, tab, message".to_owned(),
                );
                continue;
            };
            let named: Vec<&str> = labels.split('+').map(str::trim).collect();
            let known: Vec<Label> = named.iter().filter_map(|name| Label::parse(name)).collect();
            if let Some(name) = named.iter().find(|name| Label::parse(name).is_none()) {
                problem(
                    format!("\"{name}\" is no label"),
                    did_you_mean(name, Label::WORDS),
                );
                continue;
            }
            let key = text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase();
            if let Some((other, first)) = seen.insert(key, (file.clone(), line)) {
                problem(
                    format!("stands in {other}:{first} too"),
                    "keep one of them".to_owned(),
                );
                continue;
            }
            examples.push(Example {
                file: file.clone(),
                line,
                labels: known,
                text: text.trim().to_owned(),
            });
        }
    }
    let (file, columns) = DESCRIPTIONS;
    if let Some(text) = files.get(file) {
        // What is wrong with a row is told where the roles are read.
        for (line, text, _) in outside::pairs(file, text, columns, &mut Vec::new()) {
            examples.push(Example {
                file: file.to_owned(),
                line,
                labels: vec![Label::WhichJob],
                text,
            });
        }
    }
    examples
}

/// CRC-32 over everything that the weights were learned from: the examples and the classes of words.
pub fn fingerprint(files: &Files) -> u32 {
    // Where nothing is labelled, nothing is learned.
    let labelled = files.keys().any(|path| path.starts_with(FOLDER));
    let taught = |path: &String| {
        path.starts_with(FOLDER)
            || path.starts_with("language/words/")
            || labelled && path == DESCRIPTIONS.0
    };
    let taught: Files = files
        .iter()
        .filter(|(path, _)| taught(path))
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect();
    files::fingerprint(&taught)
}
