//! A role or trend file as prose: paragraphs and list items with the line on which each begins.
//!
//! Rougher than `markdown`, and on purpose: it also reads files that do not load.

use crate::knowledge::files::{self, Files};
use crate::knowledge::front_matter;

/// Keys of the front matter whose values are sentences.
const SENTENCE_KEYS: &[&str] = &[
    "summary",
    "remote_note",
    "license_note",
    "length_note",
    "how",
];

/// Whether a file describes a role or a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file of `roles/`.
    Role,
    /// A file of `trends/`.
    Trend,
}

/// One paragraph, list item or sentence of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Line of its first word.
    pub line: usize,
    /// Heading above it; empty in the front matter.
    pub heading: String,
    /// Its words on one line, without the mark of a list item.
    pub text: String,
}

/// A file as prose.
#[derive(Debug, Clone)]
pub struct Page {
    /// Place as an author names it.
    pub file: String,
    /// Path below the knowledge folder.
    pub path: String,
    /// Role or trend.
    pub kind: Kind,
    /// Front matter first, then the body.
    pub paragraphs: Vec<Paragraph>,
    /// Headings of the body with their lines.
    pub headings: Vec<(usize, String)>,
}

impl Page {
    /// Paragraphs of the body.
    pub fn body(&self) -> impl Iterator<Item = &Paragraph> {
        self.paragraphs
            .iter()
            .filter(|paragraph| !paragraph.heading.is_empty())
    }

    /// Words of the body.
    pub fn words(&self) -> usize {
        self.body().map(|paragraph| words(&paragraph.text)).sum()
    }
}

/// Words of a text: runs without white space that hold a letter or a digit.
pub fn words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// Every role and trend file.
pub fn all(files: &Files) -> Vec<Page> {
    let kind = |path: &str| match path.split_once('/')?.0 {
        "roles" => Some(Kind::Role),
        "trends" => Some(Kind::Trend),
        _ => None,
    };
    files
        .iter()
        .filter_map(|(path, text)| Some(read(path, kind(path)?, text)))
        .collect()
}

fn read(path: &str, kind: Kind, text: &str) -> Page {
    let mut page = Page {
        file: files::display_path(path),
        path: path.to_owned(),
        kind,
        paragraphs: Vec::new(),
        headings: Vec::new(),
    };
    // What is wrong with the front matter is `load`'s to tell.
    if let Some(split) = front_matter::split(&page.file, text, &mut Vec::new()) {
        page.paragraphs = sentences_of_keys(split.yaml);
        body(split.body, split.body_line, &mut page);
    }
    page
}

fn sentences_of_keys(yaml: &str) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut folded = false;
    for (place, line) in yaml.lines().enumerate() {
        let indented = line.starts_with("  ");
        let key = line
            .trim_start()
            .split_once(": ")
            .filter(|(key, _)| SENTENCE_KEYS.contains(key));
        match (key, found.last_mut()) {
            (Some((_, value)), _) => {
                let value = value.trim().trim_matches('"');
                folded = matches!(value, ">-" | ">" | "|");
                let text = if folded {
                    String::new()
                } else {
                    value.to_owned()
                };
                found.push(Paragraph {
                    line: place + 2,
                    heading: String::new(),
                    text,
                });
            }
            (None, Some(last)) if folded && indented => push_words(&mut last.text, line),
            _ => folded = false,
        }
    }
    found
}

fn body(text: &str, first_line: usize, page: &mut Page) {
    let mut heading = String::new();
    let mut open = false;
    for (place, line) in text.lines().enumerate() {
        let number = first_line + place;
        let line = line.trim();
        if let Some(title) = line.strip_prefix("## ") {
            heading = title.to_owned();
            page.headings.push((number, heading.clone()));
            open = false;
        } else if line.is_empty() {
            open = false;
        } else {
            let item = list_item(line);
            match page
                .paragraphs
                .last_mut()
                .filter(|_| open && item.is_none())
            {
                Some(paragraph) => push_words(&mut paragraph.text, line),
                None => {
                    page.paragraphs.push(Paragraph {
                        line: number,
                        heading: heading.clone(),
                        text: item.unwrap_or(line).to_owned(),
                    });
                }
            }
            open = true;
        }
    }
}

fn list_item(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        line[digits..].strip_prefix(". ")
    } else {
        line.strip_prefix("- ").or_else(|| line.strip_prefix("* "))
    }
}

fn push_words(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line.trim());
}

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: &[&str] = &["e.g.", "i.e.", "U.S.", "Dr.", "vs.", "etc.", "St.", "No."];

/// The sentences of a paragraph.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (place, mark) in text
        .char_indices()
        .filter(|(_, c)| matches!(c, '.' | '!' | '?'))
    {
        let end = place + mark.len_utf8();
        let after = &text[end..];
        let ends = after.is_empty()
            || after.starts_with(' ')
                && after.trim_start().starts_with(|c: char| !c.is_lowercase());
        let abbreviation =
            ABBREVIATIONS.iter().any(|word| text[..end].ends_with(word)) && !after.is_empty();
        if ends && !abbreviation {
            sentences.push(text[start..end].trim());
            start = end;
        }
    }
    if !text[start..].trim().is_empty() {
        sentences.push(text[start..].trim());
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_items_and_front_matter_know_their_lines() {
        let page = read(
            "roles/x.md",
            Kind::Role,
            "---\nsummary: >-\n  One\n  two.\ntrends:\n  - trend: t\n    how: \"Three.\"\n---\n\n## A day\n\nFour\nfive.\n\n- Six\n  seven\n1. Eight\n",
        );
        let found: Vec<(usize, &str)> = page
            .paragraphs
            .iter()
            .map(|p| (p.line, p.text.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (2, "One two."),
                (7, "Three."),
                (12, "Four five."),
                (15, "Six seven"),
                (17, "Eight")
            ]
        );
        assert_eq!(page.words(), 5);
        assert_eq!(page.headings, [(10, "A day".to_owned())]);
    }

    #[test]
    fn sentences_end_at_stops_but_not_at_abbreviations() {
        assert_eq!(
            sentences("In the U.S. it is so. Is it? Yes, e.g. here."),
            ["In the U.S. it is so.", "Is it?", "Yes, e.g. here."]
        );
        assert_eq!(sentences("no stop"), ["no stop"]);
    }
}
