//! Words with several readings: `knowledge/glossary.yaml`.
//!
//! A word here never belongs to one role alone; words that do stand in the role's own file.

use crate::knowledge::names::Slug;
use crate::knowledge::problem::Problem;

/// What to do with a word of several readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Take the first reading and say so.
    First,
    /// Ask which one is meant.
    Ask,
}

/// One word or phrase and the roles that it can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The word, as written.
    pub term: String,
    /// Roles, most likely first.
    pub roles: Vec<Slug>,
    /// What to do with it.
    pub choice: Choice,
    /// Line in the file.
    pub line: usize,
}

/// All entries, in the order of the file.
pub type Glossary = Vec<Entry>;

/// Reads `glossary.yaml`. Each line is `term: [slug, slug]` below a heading line `first:` or `ask:`.
pub fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Glossary {
    let mut glossary = Glossary::new();
    let mut choice = None;
    for (place, line) in text.lines().enumerate() {
        let number = place + 1;
        let problem = |what: String| {
            Problem::new(
                file,
                number,
                what,
                "write \"  term: [slug, slug]\" below \"first:\" or \"ask:\"",
            )
        };
        match line.trim_end() {
            "" => {}
            comment if comment.trim_start().starts_with('#') => {}
            "first:" => choice = Some(Choice::First),
            "ask:" => choice = Some(Choice::Ask),
            row => {
                let Some(choice) = choice else {
                    problems.push(problem(format!(
                        "\"{row}\" stands before the first heading"
                    )));
                    continue;
                };
                match entry(row) {
                    Some((term, roles)) => glossary.push(Entry {
                        term,
                        roles,
                        choice,
                        line: number,
                    }),
                    None => problems.push(problem(format!("cannot read \"{}\"", row.trim()))),
                }
            }
        }
    }
    glossary
}

fn entry(row: &str) -> Option<(String, Vec<Slug>)> {
    let (term, roles) = row.strip_prefix("  ")?.rsplit_once(": [")?;
    let roles = roles
        .strip_suffix(']')?
        .split(',')
        .map(|slug| Slug::parse(slug.trim()))
        .collect::<Option<Vec<_>>>()?;
    let term = term.trim().trim_matches('"');
    (!term.is_empty() && roles.len() > 1).then(|| (term.to_owned(), roles))
}
