//! A markdown file with entries of a server, as it is imported.
//!
//! ```text
//! # Title of the entry
//! source: https://example.org/page
//! review: 2027-06-30
//!
//! Its text, until the next line that begins with "# ".
//! ```
//! `source` may be left out. The keys stand right below the title, and an empty line ends them. Lines between ``` fences are
//! text. Strict, as the shipped files are: an unknown key is a problem. Knows nothing of where a file comes from.

use jiff::civil::Date;

use crate::knowledge::entry::{self, Entry, Part};
use crate::knowledge::letters;
use crate::knowledge::problem::{Problem, did_you_mean};

/// The largest file, in bytes.
pub const LARGEST: usize = 256 * 1024;
/// The most entries of a file.
pub const MOST: usize = 500;
/// Keys of an entry.
const KEYS: &[&str] = &["source", "review"];

/// An entry of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Address of its source; may be empty.
    pub source: String,
    /// Day of its review.
    pub review_on: String,
    /// The line of its title, counted from 1.
    pub line: usize,
    /// Lines of its keys, in the order of [`KEYS`]; 0 where a key is missing.
    key_lines: [usize; 2],
}

impl Found {
    /// What is checked of it.
    pub fn entry(&self) -> Entry<'_> {
        Entry {
            title: &self.title,
            text: &self.text,
            source: &self.source,
            review_on: &self.review_on,
        }
    }

    /// The line on which a part stands; that of the title when it stands nowhere.
    fn line_of(&self, part: Part) -> usize {
        let line = match part {
            Part::Title | Part::Text => self.line,
            Part::Source => self.key_lines[0],
            Part::Review => self.key_lines[1],
        };
        if line == 0 { self.line } else { line }
    }
}

/// The entries of a file.
///
/// # Errors
/// Every problem in it, by line. None of its entries may be taken then.
pub fn read(file: &str, bytes: &[u8], today: Date) -> Result<Vec<Found>, Vec<Problem>> {
    let problem = |line: usize, what: String, hint: &str| Problem::new(file, line, what, hint);
    if bytes.len() > LARGEST {
        let what = format!("the file has {} bytes", bytes.len());
        return Err(vec![problem(
            0,
            what,
            &format!("at most {LARGEST}; split it"),
        )]);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            return Err(vec![problem(
                line,
                "this is not UTF-8 text".to_owned(),
                "save the file as UTF-8",
            )]);
        }
    };
    let mut problems = Vec::new();
    let found = split(file, text, &mut problems);
    if found.is_empty() && problems.is_empty() {
        problems.push(problem(
            0,
            "no entry in it".to_owned(),
            "begin each entry with a line \"# Title\"",
        ));
    }
    if found.len() > MOST {
        let what = format!("the file has {} entries", found.len());
        return Err(vec![problem(
            found[MOST].line,
            what,
            &format!("at most {MOST}; split it"),
        )]);
    }
    for (place, one) in found.iter().enumerate() {
        for mistake in entry::check(&one.entry(), today) {
            problems.push(problem(one.line_of(mistake.part), mistake.to_string(), ""));
        }
        if let Some(first) = found[..place]
            .iter()
            .find(|other| same_title(&other.title, &one.title))
        {
            let what = format!("title: it stands on line {} already", first.line);
            problems.push(problem(
                one.line,
                what,
                "give each entry a title of its own",
            ));
        }
    }
    problems.sort();
    problems.dedup();
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(problems)
    }
}

/// Whether two titles would be taken for one.
pub fn same_title(one: &str, other: &str) -> bool {
    letters::folded(one) == letters::folded(other)
}

fn split(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let (mut fenced, mut in_keys, mut stray) = (false, false, false);
    for (place, line) in text.lines().enumerate() {
        let number = place + 1;
        let title = line
            .strip_prefix("# ")
            .or_else(|| (line.trim_end() == "#").then_some(""));
        if let Some(title) = title.filter(|_| !fenced) {
            found.push(Found {
                title: title.trim().to_owned(),
                line: number,
                ..Found::default()
            });
            in_keys = true;
            continue;
        }
        let Some(entry) = found.last_mut() else {
            if !line.trim().is_empty() && !stray {
                stray = true;
                let hint = "begin each entry with a line \"# Title\"";
                problems.push(Problem::new(
                    file,
                    number,
                    "text before the first title",
                    hint,
                ));
            }
            continue;
        };
        if in_keys {
            if line.trim().is_empty() {
                in_keys = false;
            } else {
                key(file, number, line, entry, problems);
            }
            continue;
        }
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        entry.text.push_str(line.trim_end());
        entry.text.push('\n');
    }
    for entry in &mut found {
        entry.text = entry.text.trim().to_owned();
    }
    found
}

fn key(file: &str, number: usize, line: &str, entry: &mut Found, problems: &mut Vec<Problem>) {
    let between = "keys stand right below the title; put an empty line between them and the text";
    let Some((name, value)) = line.split_once(':') else {
        problems.push(Problem::new(file, number, "no \"key: value\"", between));
        return;
    };
    let name = name.trim();
    let Some(place) = KEYS.iter().position(|key| *key == name) else {
        let shown: String = name.chars().take(40).collect();
        let hint = format!("{}; {between}", did_you_mean(name, KEYS));
        problems.push(Problem::new(
            file,
            number,
            format!("unknown key \"{shown}\""),
            hint,
        ));
        return;
    };
    if entry.key_lines[place] != 0 {
        let what = format!(
            "\"{name}\" stands on line {} already",
            entry.key_lines[place]
        );
        problems.push(Problem::new(file, number, what, "leave one of them out"));
        return;
    }
    entry.key_lines[place] = number;
    let value = value.trim().to_owned();
    if place == 0 {
        entry.source = value
    } else {
        entry.review_on = value
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let read = read("notes.md", text.as_bytes(), date(2026, 11, 23));
        read.err()
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn entries_are_read_with_their_keys_and_text() {
        let text = "\u{FEFF}\n# One\nsource: https://example.org\nreview: 2027-01-31\n\nFirst.\n\n```\n# no title\n```\n## Part\n\n# Two\r\nreview: 2027-02-01\r\n\r\nSecond.\r\n";
        let found = read("notes.md", text.as_bytes(), date(2026, 11, 23)).expect("good");
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(
            (
                found[0].title.as_str(),
                found[0].source.as_str(),
                found[0].line
            ),
            ("One", "https://example.org", 2)
        );
        assert_eq!(found[0].text, "First.\n\n```\n# no title\n```\n## Part");
        assert_eq!(
            (found[1].review_on.as_str(), found[1].text.as_str()),
            ("2027-02-01", "Second.")
        );
    }

    #[test]
    fn every_problem_is_listed_with_its_line() {
        let text = "hello\n# One\nsorce: x\nreview: 2020-01-01\n\nText @everyone\n\n# one\nNote without colon\nreview: 2027-01-01\nreview: 2027-01-01\n\n";
        let found = problems(text);
        let expected = [
            "notes.md:1: text before the first title",
            "notes.md:2: text: it mentions everyone",
            "notes.md:3: unknown key \"sorce\"; did you mean \"source\"?",
            "notes.md:4: review date: it is past",
            "notes.md:8: text: it is empty",
            "notes.md:8: title: it stands on line 2 already",
            "notes.md:9: no \"key: value\"",
            "notes.md:11: \"review\" stands on line 10 already",
        ];
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
        assert_eq!(problems("  \n").len(), 1);
        assert!(problems("# One")[1].contains("text: it is empty"));
    }

    #[test]
    fn files_that_are_no_text_or_too_large_are_refused_whole() {
        let today = date(2026, 11, 23);
        let wrong = |bytes: &[u8]| read("x.md", bytes, today).expect_err("wrong")[0].to_string();
        assert!(wrong(b"# One\n\n\xFF").starts_with("x.md:3: this is not UTF-8"));
        assert!(wrong(&vec![b'x'; LARGEST + 1]).contains("at most 262144"));
    }

    proptest! {
        #[test]
        fn no_file_breaks_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "(# |source:|review: |\n|```|[a-z]{1,4}){0,40}") {
            let _ = read("x.md", &bytes, date(2026, 11, 23));
            if let Ok(found) = read("x.md", text.as_bytes(), date(2026, 11, 23)) {
                prop_assert!(!found.is_empty());
            }
        }
    }
}
