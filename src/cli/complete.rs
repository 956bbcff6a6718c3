//! What Tab offers in the chat: commands, then titles and states.
//!
//! Pure but for the advisor's titles; the line editor only shows it.

use crate::advisor::{Advisor, Kind};
use crate::cli::repl::{COMMANDS, Words};

/// Most ways to complete that are offered at once.
const OFFERED: usize = 25;
/// Letters from which a plain word is worth completing.
const LETTERS: usize = 3;

/// Where the completed part of `line` begins, in bytes, and what can stand there. `line` ends at the cursor.
pub fn complete(advisor: &Advisor, line: &str) -> (usize, Vec<String>) {
    let Some(rest) = line.strip_prefix('/') else {
        return plain(advisor, line);
    };
    let Some((name, words)) = rest.split_once(' ') else {
        return (
            0,
            COMMANDS
                .iter()
                .filter(|command| command.name.starts_with(rest))
                .map(written)
                .collect(),
        );
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        return (line.len(), Vec::new());
    };
    let comma = words.rfind(',');
    // The part behind the last comma, without the space behind it.
    let behind = comma.map_or(words, |place| words[place + 1..].trim_start());
    let (kind, part) = match command.words {
        Words::Free => return (line.len(), Vec::new()),
        Words::Role => (Kind::Role, words.trim_start()),
        Words::Trend => (Kind::Trend, words.trim_start()),
        Words::Roles => (Kind::Role, behind),
        Words::RoleAndState => (
            if comma.is_some() {
                Kind::State
            } else {
                Kind::Role
            },
            behind,
        ),
    };
    (line.len() - part.len(), titles(advisor, part, kind))
}

/// A command as it is written, ready for its words.
fn written(command: &crate::cli::repl::Command) -> String {
    if command.usage.is_empty() {
        format!("/{}", command.name)
    } else {
        format!("/{} ", command.name)
    }
}

fn titles(advisor: &Advisor, prefix: &str, kind: Kind) -> Vec<String> {
    let mut titles: Vec<String> = advisor
        .complete(prefix, kind, OFFERED)
        .into_iter()
        .map(|completion| completion.title)
        .collect();
    // Where titles begin as typed, names that only resemble it would keep Tab from completing.
    let typed = prefix.to_lowercase();
    if titles
        .iter()
        .any(|title| title.to_lowercase().starts_with(&typed))
    {
        titles.retain(|title| title.to_lowercase().starts_with(&typed));
    }
    titles
}

/// In a question, the last word is completed to a title that begins with it.
fn plain(advisor: &Advisor, line: &str) -> (usize, Vec<String>) {
    let start = line.rfind(' ').map_or(0, |place| place + 1);
    let word = &line[start..];
    if word.chars().count() < LETTERS {
        return (line.len(), Vec::new());
    }
    let begins = |title: &String| title.to_lowercase().starts_with(&word.to_lowercase());
    let found = [Kind::Role, Kind::Trend]
        .into_iter()
        .flat_map(|kind| titles(advisor, word, kind))
        .filter(begins)
        .map(|title| title.to_lowercase());
    (start, found.collect())
}
