//! What the first and last lines of an article say of it: title, author, day, address.
//!
//! What is not sure is left open: somebody is asked for it then.

use crate::article::dates;

/// Lines at the beginning, and at the end, that may say it.
const FIRST: usize = 8;
const LAST: usize = 3;
/// Most words of such a line, and of a name.
const MOST_WORDS: usize = 14;
const NAME_WORDS: usize = 5;
/// Most characters of a headline.
const HEADLINE: usize = 120;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) author: String,
    pub(crate) publisher: String,
    pub(crate) published: String,
    pub(crate) source: String,
}

/// Keys as people write them above an article, in small letters.
const KEYS: &[(&[&str], fn(&mut Head) -> &mut String)] = &[
    (&["author", "by", "written by"], |head| &mut head.author),
    (
        &["published", "date", "posted", "published on", "posted on"],
        |head| &mut head.published,
    ),
    (&["source", "url", "link", "address"], |head| {
        &mut head.source
    }),
    (
        &["publisher", "published by", "publication", "site"],
        |head| &mut head.publisher,
    ),
];

/// Takes the lines that only say this out of the paragraphs.
pub(crate) fn take(paragraphs: &mut Vec<(bool, String)>) -> Head {
    let mut head = Head::default();
    let mut place = 0;
    let count = paragraphs.len();
    paragraphs.retain(|(_, text)| {
        let edge = place < FIRST || place + LAST >= count;
        place += 1;
        !(edge && line(text, &mut head))
    });
    head
}

/// Whether a line says nothing but this; what it says is noted where nothing was before.
fn line(text: &str, head: &mut Head) -> bool {
    if text.split_whitespace().count() > MOST_WORDS {
        return false;
    }
    if is_address(text) {
        keep(&mut head.source, text);
        return true;
    }
    let mut took = false;
    for part in text.split(['|', '·', '•']).map(str::trim) {
        took |= self::part(part, head);
    }
    took
}

fn part(text: &str, head: &mut Head) -> bool {
    if let Some((key, value)) = text.split_once(':') {
        let key = key.trim().to_lowercase();
        let found = KEYS.iter().find(|(names, _)| names.contains(&key.as_str()));
        if let Some((_, place)) = found {
            let value = value.trim();
            let mut said = Head::default();
            *place(&mut said) = value.to_owned();
            // A source is an address, or the name of who published it.
            if !said.source.is_empty() && !is_address(&said.source) {
                said.publisher = std::mem::take(&mut said.source);
            }
            said.published = dates::find(&said.published).unwrap_or_default();
            keep(&mut head.author, &said.author);
            keep(&mut head.publisher, &said.publisher);
            keep(&mut head.published, &said.published);
            keep(&mut head.source, &said.source);
            return true;
        }
    }
    let lower = text.to_lowercase();
    let name = ["written by ", "by "]
        .iter()
        .find(|by| lower.starts_with(*by))
        .and_then(|by| text.get(by.len()..));
    if let Some(name) = name {
        let name = name.split(',').next().unwrap_or_default().trim();
        if is_name(name) {
            keep(&mut head.author, name);
            if let Some(date) = dates::find(text) {
                keep(&mut head.published, &date);
            }
            return true;
        }
    }
    // A day by itself, with a word or two such as "Updated" before it.
    match dates::find(text) {
        Some(date) if text.split_whitespace().count() <= NAME_WORDS && !text.ends_with('.') => {
            keep(&mut head.published, &date);
            true
        }
        _ => false,
    }
}

fn keep(field: &mut String, value: &str) {
    if field.is_empty() {
        field.push_str(value);
    }
}

fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=NAME_WORDS).contains(&words.len())
        && !text.ends_with(['.', '!', '?'])
        && words[0].starts_with(char::is_uppercase)
}

/// Whether a text is a web address and nothing else.
pub(crate) fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}

/// Whether a line is a headline: short, and no sentence.
pub(crate) fn is_headline(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let over = |c: char| matches!(c, '.' | '!' | ':' | ';' | ',' | '”' | '"');
    (1..=MOST_WORDS).contains(&words)
        && text.chars().count() <= HEADLINE
        && !text.ends_with(over)
        && !text.starts_with(['•', '-', '*'])
        && !is_address(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(lines: &[&str], expected: [&str; 4], left: usize) {
        let mut paragraphs: Vec<(bool, String)> = lines
            .iter()
            .map(|line| (false, (*line).to_owned()))
            .collect();
        let head = take(&mut paragraphs);
        assert_eq!(
            [&head.author, &head.publisher, &head.published, &head.source].map(String::as_str),
            expected,
            "{lines:?}"
        );
        assert_eq!(paragraphs.len(), left, "{paragraphs:?}");
    }

    #[test]
    fn lines_that_say_who_when_and_where_are_taken_out() {
        says(
            &[
                "Nurses at home",
                "By Ann Ames, Staff Writer | October 3, 2026",
                "https://example.org/a",
                "Text goes on by the day.",
            ],
            ["Ann Ames", "", "2026-10-03", "https://example.org/a"],
            2,
        );
        says(
            &["Source: Example News", "Published: May 2026", "A text."],
            ["", "Example News", "2026-05", ""],
            1,
        );
        says(
            &[
                "By 2030 there will be more nurses.",
                "By the time they come, all is over.",
                "On May 3, 2026 the law changed in many states of the country.",
                "Note: so it is",
            ],
            ["", "", "", ""],
            4,
        );
    }
}
