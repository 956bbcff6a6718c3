//! The lines of `sources.yaml` that name a release, for a new one.
//!
//! Edits text, so that comments and order stay as the authors left them.

use jiff::civil::Date;

use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;

/// The text with the release, period, date and the lines that name it of one source brought up to date.
pub(super) fn renamed(
    text: &str,
    id: &SourceId,
    release: &str,
    published: Date,
    problems: &mut Vec<Problem>,
) -> String {
    let start = format!("{id}:");
    let mut inside = false;
    let mut old = String::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if !line.starts_with([' ', '#']) && !line.is_empty() {
            inside = line.trim_end() == start;
        }
        let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
        let changed = match rest.split_once(": ").filter(|_| inside) {
            Some(("release", value)) => {
                old = value.trim().trim_matches('"').to_owned();
                Some(format!("{indent}release: {}", quoted(release)))
            }
            Some(("period", _)) => Some(format!("{indent}period: {}", quoted(release))),
            Some(("date", _)) => Some(format!("{indent}date: {published}")),
            Some(("short" | "credit" | "attribution", _)) if !old.is_empty() => {
                Some(line.replace(&old, release))
            }
            _ => None,
        };
        lines.push(changed.unwrap_or_else(|| line.to_owned()));
    }
    if old.is_empty() {
        problems.push(Problem::new(
            "knowledge/sources.yaml",
            0,
            format!("no release of \"{id}\" to change"),
            "restore the source",
        ));
    }
    lines.join("\n") + "\n"
}

/// Plain where YAML reads it as text, else in quotes.
fn quoted(value: &str) -> String {
    let plain = value
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'))
        && value.contains(|c: char| !c.is_ascii_digit());
    if plain {
        value.to_owned()
    } else {
        format!("{value:?}")
    }
}
