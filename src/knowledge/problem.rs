//! An author's mistake, as data: where it stands, what is wrong and what to do about it.
//!
//! Knows nothing of how problems are found; it only holds, orders and words them.

use std::fmt;

/// One mistake in the knowledge files. Problems are collected, never thrown, so that an author sees all of them at once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path of the file below the knowledge folder's parent, for example `knowledge/roles/dentist.md`.
    pub file: String,
    /// Line in that file, counted from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// What is wrong, lower case, without a full stop.
    pub what: String,
    /// What to do next; empty when `what` says it already.
    pub hint: String,
}

impl Problem {
    /// A problem at a line of a file.
    pub fn new(file: &str, line: usize, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            what: what.into(),
            hint: hint.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}", self.what)?;
        if !self.hint.is_empty() {
            write!(f, "; {}", self.hint)?;
        }
        Ok(())
    }
}

/// The candidate nearest to `word`, for a "did you mean" hint; `None` when nothing is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 2.max(candidate.len() / 4))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A hint that names the nearest candidate, or lists the candidates when none is near.
pub fn did_you_mean(word: &str, candidates: &[&str]) -> String {
    match nearest(word, candidates.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("allowed: {}", candidates.join(", ")),
    }
}
