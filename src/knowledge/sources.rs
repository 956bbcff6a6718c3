//! Where the knowledge comes from: `knowledge/sources.yaml`.
//!
//! Knows nothing of what rests on a source.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::knowledge::front_matter::Fields;
use crate::knowledge::problem::Problem;

/// The key of a source in `sources.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub String);

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Who published it.
    pub publisher: String,
    /// Title of the work.
    pub title: String,
    /// Release or edition, as the publisher names it.
    pub release: String,
    /// The time that its figures are of, such as `May 2025`; equal to the release where it has none.
    pub period: String,
    /// Day of publication (the first of the month where only the month is known); `None` when it bears no date.
    pub date: Option<Date>,
    /// The date as the file states it: `2026-05-15`, `2025-12` or `undated`.
    pub date_text: String,
    /// Address; empty when it has none.
    pub url: String,
    /// Licence under which it is used.
    pub license: String,
    /// How a short reply names it, with its release: at most 60 characters.
    pub short: String,
    /// The short form of what its licence wants below a reply; empty where naming the source does.
    pub credit: String,
    /// The line that its publisher wants shown.
    pub attribution: String,
    /// Line of its key in `sources.yaml`.
    pub line: usize,
}

/// What `sources.yaml` writes where nothing is known of a publisher or a release.
const NOT_KNOWN: [&str; 2] = ["unknown", "undated"];

impl Source {
    /// How members are told of it: publisher, title and release, without what is not known and what the title says already.
    pub fn named(&self) -> String {
        let said = |part: &&str| {
            !part.is_empty() && !NOT_KNOWN.contains(part) && !self.title.contains(*part)
        };
        let publisher = Some(self.publisher.as_str()).filter(said);
        let release = Some(self.release.as_str()).filter(said);
        let title = Some(self.title.as_str()).filter(|title| !title.is_empty());
        [publisher, title, release]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// All sources, by key.
pub type Sources = BTreeMap<SourceId, Source>;

const KEYS: &[&str] = &[
    "publisher",
    "title",
    "release",
    "period",
    "date",
    "url",
    "license",
    "short",
    "credit",
    "attribution",
];

/// Reads `sources.yaml`: a mapping from keys to blocks, each block indented by two spaces.
pub fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Sources {
    let mut sources = Sources::new();
    for (key, line, block) in blocks(text) {
        let Some(mut fields) = Fields::parse(file, &block, line + 1, KEYS, problems) else {
            continue;
        };
        let date = fields.parsed("date", "2026-05-15, 2026-05, or undated", |text| {
            day(text).map(|day| (day, text.to_owned()))
        });
        let (date, date_text) = date.unwrap_or_default();
        let source = Source {
            publisher: fields.text("publisher"),
            title: fields.text("title"),
            release: fields.text("release"),
            period: fields.text("period"),
            date,
            date_text,
            url: fields
                .parsed("url", "https://..., or none", address)
                .unwrap_or_default(),
            license: fields.text("license"),
            short: fields.text("short"),
            credit: if fields.has("credit") {
                fields.text("credit")
            } else {
                String::new()
            },
            attribution: fields.text("attribution"),
            line,
        };
        if sources.insert(SourceId(key.to_owned()), source).is_some() {
            problems.push(Problem::new(
                file,
                line,
                format!("source \"{key}\" stands twice"),
                "remove one",
            ));
        }
    }
    if sources.is_empty() {
        problems.push(Problem::new(
            file,
            0,
            "no source",
            "every figure needs one; see CONTRIBUTING.md",
        ));
    }
    sources
}

fn day(text: &str) -> Option<Option<Date>> {
    match text {
        "undated" => Some(None),
        month if month.len() == 7 => format!("{month}-01").parse().ok().map(Some),
        day => day.parse().ok().map(Some),
    }
}

fn address(text: &str) -> Option<String> {
    match text {
        "none" => Some(String::new()),
        url if url.starts_with("https://") && !url.contains(char::is_whitespace) => {
            Some(url.to_owned())
        }
        _ => None,
    }
}

/// The top-level keys of a YAML file with the line of each and its block, without the two spaces of indent.
pub(crate) fn blocks(text: &str) -> Vec<(&str, usize, String)> {
    let mut blocks: Vec<(&str, usize, String)> = Vec::new();
    for (place, line) in text.lines().enumerate() {
        let key = line
            .strip_suffix(':')
            .filter(|key| !key.starts_with([' ', '#']) && !key.is_empty());
        match (key, blocks.last_mut()) {
            (Some(key), _) => blocks.push((key, place + 1, String::new())),
            (None, Some((_, _, block))) => {
                block.push_str(line.strip_prefix("  ").unwrap_or(line));
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(publisher: &str, title: &str, release: &str) -> Source {
        let text = format!(
            "key:\n  publisher: {publisher}\n  title: {title}\n  release: \"{release}\"\n  period: x\n  date: undated\n  url: none\n  license: x\n  short: x\n  attribution: x\n"
        );
        let mut problems = Vec::new();
        let sources = read("sources.yaml", &text, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        sources.into_values().next().expect("a source")
    }

    #[test]
    fn a_source_is_named_by_what_is_known_of_it_and_nothing_twice() {
        let check = |publisher, title, release, expected| {
            assert_eq!(source(publisher, title, release).named(), expected);
        };
        check("BLS", "Wages", "May 2025", "BLS, Wages, May 2025");
        check("unknown", "An article", "undated", "An article");
        check(
            "DOL",
            "O*NET 30.1 Database",
            "30.1",
            "DOL, O*NET 30.1 Database",
        );
        check("BLS", "BLS handbook", "2024-34", "BLS handbook, 2024-34");
    }
}
