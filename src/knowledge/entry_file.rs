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
//! text. An entry with any of the further keys is a trend: `published` (a date, or "undated"), `author`, `publisher`, `quote`
//! and `figure` (as often as there are, each as [`own_trend::line`] writes it), `roles` and `trends` (slugs with commas).
//! Strict, as the shipped files are: an unknown key is a problem. [`write()`] writes what [`read`] reads. Knows nothing of where a
//! file comes from.

use jiff::civil::Date;

use crate::knowledge::entry::{self, Entry, Part};
use crate::knowledge::letters;
use crate::knowledge::own_trend::{self, OwnTrend, UNDATED};
use crate::knowledge::problem::{Problem, did_you_mean};

/// The largest file, in bytes.
pub const LARGEST: usize = 256 * 1024;
/// The most entries of a file.
pub const MOST: usize = 500;
/// Keys of an entry, with the part that each gives.
const KEYS: &[(&str, Part)] = &[
    ("source", Part::Source),
    ("review", Part::Review),
    ("published", Part::Published),
    ("author", Part::Author),
    ("publisher", Part::Publisher),
    ("quote", Part::Quotes),
    ("figure", Part::Figures),
    ("roles", Part::Roles),
    ("trends", Part::Near),
];

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
    /// What it has beside, where it is a trend.
    pub trend: Option<OwnTrend>,
    /// The line of each key that it has.
    key_lines: Vec<(Part, usize)>,
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
    pub fn line_of(&self, part: Part) -> usize {
        let keys = self.key_lines.iter();
        keys.rev()
            .find(|(known, _)| *known == part)
            .map_or(self.line, |(_, line)| *line)
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
        let of_trend = one
            .trend
            .iter()
            .flat_map(|trend| own_trend::check(trend, &one.text));
        for mistake in entry::check(&one.entry(), today)
            .into_iter()
            .chain(of_trend)
        {
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
    let Some((_, part)) = KEYS.iter().find(|(key, _)| *key == name) else {
        let shown: String = name.chars().take(40).collect();
        let known: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
        let hint = format!("{}; {between}", did_you_mean(name, &known));
        problems.push(Problem::new(
            file,
            number,
            format!("unknown key \"{shown}\""),
            hint,
        ));
        return;
    };
    let part = *part;
    let repeats = matches!(part, Part::Quotes | Part::Figures);
    let before = entry.key_lines.iter().find(|(known, _)| *known == part);
    if let Some((_, line)) = before.filter(|_| !repeats) {
        let what = format!("\"{name}\" stands on line {line} already");
        problems.push(Problem::new(file, number, what, "leave one of them out"));
        return;
    }
    entry.key_lines.push((part, number));
    let value = value.trim().to_owned();
    match part {
        Part::Source => entry.source = value,
        Part::Review => entry.review_on = value,
        _ => of_trend(part, value, entry.trend.get_or_insert_default()),
    }
}

/// Takes a key that only a trend has.
fn of_trend(part: Part, value: String, trend: &mut OwnTrend) {
    let slugs = || {
        let parts = value.split(',').map(|slug| slug.trim().to_owned());
        parts.filter(|slug| !slug.is_empty()).collect()
    };
    match part {
        Part::Published if value == UNDATED => {}
        Part::Published => trend.published = value,
        Part::Author => trend.author = value,
        Part::Publisher => trend.publisher = value,
        Part::Quotes => trend.quotes.extend(own_trend::read_line(&value)),
        Part::Figures => trend.figures.extend(own_trend::read_line(&value)),
        Part::Roles => trend.roles = slugs(),
        Part::Near => trend.near = slugs(),
        Part::Title | Part::Text | Part::Source | Part::Review => {}
    }
}

/// An entry as it stands in a file; what is only for those who prepare a trend is left out.
pub fn write(entry: &Entry<'_>, trend: Option<&OwnTrend>) -> String {
    let mut lines = vec![format!("# {}", entry.title)];
    let mut key = |name: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{name}: {value}"));
        }
    };
    key("source", entry.source);
    key("review", entry.review_on);
    if let Some(trend) = trend {
        let undated = trend.published.is_empty();
        key(
            "published",
            if undated { UNDATED } else { &trend.published },
        );
        key("author", &trend.author);
        key("publisher", &trend.publisher);
        for quote in &trend.quotes {
            key("quote", &own_trend::line(quote));
        }
        for figure in &trend.figures {
            key("figure", &own_trend::line(figure));
        }
        key("roles", &trend.roles.join(", "));
        key("trends", &trend.near.join(", "));
    }
    format!("{}\n\n{}\n", lines.join("\n"), entry.text)
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
    fn a_trend_is_read_as_it_is_written() {
        let quote = |text: &str| own_trend::Quote {
            text: text.to_owned(),
            place: "paragraph 1, sentence 2".to_owned(),
        };
        let trend = OwnTrend {
            author: "Ann Ames".to_owned(),
            quotes: vec![quote("Nurses work from home."), quote("It grows.")],
            figures: vec![quote("22% more jobs")],
            roles: vec!["registered-nurse".to_owned(), "surgeon".to_owned()],
            near: vec!["remote-work".to_owned()],
            ..OwnTrend::default()
        };
        let entry = Entry {
            title: "One",
            text: "Own words.",
            source: "https://example.org",
            review_on: "2027-01-31",
        };
        let text = write(&entry, Some(&trend))
            + "\n"
            + &write(
                &Entry {
                    title: "Two",
                    ..entry
                },
                None,
            );
        assert!(
            text.contains("published: undated\nauthor: Ann Ames\nquote: “Nurses"),
            "{text}"
        );
        let found = read("notes.md", text.as_bytes(), date(2026, 11, 23)).expect("good");
        assert_eq!(found[0].trend.as_ref(), Some(&trend));
        assert_eq!(found[0].entry(), entry);
        assert_eq!((found[1].title.as_str(), &found[1].trend), ("Two", &None));
        let bad = problems(
            "# One\nreview: 2027-01-31\nquote: One.\nquote: Two. Three.\npublished: soon\n\nText.",
        );
        assert!(
            bad.len() == 2
                && bad[0].starts_with("notes.md:4: quotations: 3 sentences")
                && bad[1].starts_with("notes.md:5: date of the article"),
            "{bad:?}"
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
        fn no_file_breaks_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "(# |source:|review: |quote: |published: |roles: |\n|```|[a-z]{1,4}){0,40}") {
            let _ = read("x.md", &bytes, date(2026, 11, 23));
            if let Ok(found) = read("x.md", text.as_bytes(), date(2026, 11, 23)) {
                prop_assert!(!found.is_empty());
            }
        }
    }
}
