//! A markdown body as sections of plain text.
//!
//! Only what the knowledge files use is kept: level-two headings, paragraphs and lists. Knows nothing of front matter.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::knowledge::model::Section;
use crate::knowledge::problem::{Problem, did_you_mean};

/// Splits `body` into the sections named in `headings`. Every heading must stand there once, in order, with text below it.
/// `first_line` is the line of the file on which `body` begins.
pub fn sections(
    file: &str,
    body: &str,
    first_line: usize,
    headings: &'static [&'static str],
    problems: &mut Vec<Problem>,
) -> Vec<Section> {
    let line_of = |offset: usize| first_line + body[..offset.min(body.len())].matches('\n').count();
    let mut reader = Reader {
        file,
        headings,
        problems,
        found: Vec::new(),
        lists: Vec::new(),
        heading: None,
        stray: None,
    };
    for (event, range) in Parser::new(body).into_offset_iter() {
        reader.take(event, line_of(range.start));
    }
    let Reader { found, stray, .. } = reader;
    if let Some(line) = stray {
        problems.push(Problem::new(
            file,
            line,
            "text before the first section",
            format!("begin with \"## {}\"", headings[0]),
        ));
    }
    if body.trim().is_empty() {
        problems.push(Problem::new(
            file,
            first_line,
            "body is empty",
            format!("write the sections {}", headings.join(", ")),
        ));
        return found;
    }
    check_complete(file, &found, headings, problems);
    found
}

/// What has been read so far.
struct Reader<'a> {
    file: &'a str,
    headings: &'static [&'static str],
    problems: &'a mut Vec<Problem>,
    found: Vec<Section>,
    /// The lists that are open, each with its next number where it has numbers.
    lists: Vec<Option<u64>>,
    /// The words of the heading that is open, and its line.
    heading: Option<(String, usize)>,
    /// The line of the first text before any section.
    stray: Option<usize>,
}

impl Reader<'_> {
    fn problem(&mut self, line: usize, what: impl Into<String>, hint: impl Into<String>) {
        self.problems
            .push(Problem::new(self.file, line, what, hint));
    }

    fn take(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                if level != HeadingLevel::H2 {
                    self.problem(
                        line,
                        "heading is not of level two",
                        "begin section headings with \"## \"",
                    );
                }
                self.heading = Some((String::new(), line));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((text, line)) = self.heading.take() {
                    self.begin(text.trim(), line);
                }
            }
            Event::Start(Tag::List(start)) => self.lists.push(start),
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::Start(Tag::Item) => self.begin_item(),
            Event::Start(Tag::Paragraph) => {
                if let Some(section) = self.found.last_mut()
                    && self.lists.is_empty()
                {
                    start_line(&mut section.text);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                match (&mut self.heading, self.found.last_mut()) {
                    (Some((words, _)), _) => words.push_str(&text),
                    (None, Some(section)) => section.text.push_str(&text),
                    (None, None) => self.stray = self.stray.or(Some(line)),
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(section) = self.found.last_mut() {
                    section.text.push(' ');
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                self.problem(line, "HTML in the text", "use plain markdown");
            }
            _ => {}
        }
    }

    /// Begins the section of this heading, where it is one that is known and was not begun before.
    fn begin(&mut self, text: &str, line: usize) {
        let known = self.headings.iter().find(|known| **known == text);
        match known {
            None => {
                let hint = did_you_mean(text, self.headings);
                self.problem(line, format!("unknown section \"{text}\""), hint);
            }
            Some(known) if self.found.iter().any(|section| section.heading == *known) => {
                let what = format!("section \"{text}\" stands twice");
                self.problem(line, what, "merge the two");
            }
            Some(known) => self.found.push(Section {
                heading: known,
                text: String::new(),
                line,
            }),
        }
    }

    /// Begins an item of the list that is open.
    fn begin_item(&mut self) {
        let Some(section) = self.found.last_mut() else {
            return;
        };
        start_line(&mut section.text);
        match self.lists.last_mut() {
            Some(Some(number)) => {
                section.text.push_str(&format!("{number}. "));
                *number += 1;
            }
            _ => section.text.push_str("• "),
        }
    }
}

fn start_line(text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
}

fn check_complete(
    file: &str,
    found: &[Section],
    headings: &'static [&'static str],
    problems: &mut Vec<Problem>,
) {
    for heading in headings {
        if !found.iter().any(|section| section.heading == *heading) {
            problems.push(Problem::new(
                file,
                0,
                format!("section \"{heading}\" is missing"),
                format!("add \"## {heading}\""),
            ));
        }
    }
    let place = |section: &Section| {
        headings
            .iter()
            .position(|heading| *heading == section.heading)
    };
    if let Some(pair) = found
        .windows(2)
        .find(|pair| place(&pair[0]) > place(&pair[1]))
    {
        let hint = format!("the order is {}", headings.join(", "));
        problems.push(Problem::new(
            file,
            pair[1].line,
            format!("section \"{}\" stands in the wrong place", pair[1].heading),
            hint,
        ));
    }
    for section in found
        .iter()
        .filter(|section| section.text.trim().is_empty())
    {
        problems.push(Problem::new(
            file,
            section.line,
            format!("section \"{}\" is empty", section.heading),
            "write its text or remove it",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: &[&str] = &["One", "Two"];

    fn parse(body: &str) -> (Vec<Section>, Vec<String>) {
        let mut problems = Vec::new();
        let sections = sections("f.md", body, 10, HEADINGS, &mut problems);
        (sections, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn paragraphs_and_lists_become_lines() {
        let (sections, problems) =
            parse("## One\n\nA *b*\nc.\n\n- d\n- e\n\n## Two\n\n1. f\n2. g\n");
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(sections[0].text, "A b c.\n• d\n• e");
        assert_eq!(sections[1].text, "1. f\n2. g");
        assert_eq!(sections[1].line, 18);
    }

    #[test]
    fn every_fault_of_a_body_is_named() {
        let (_, problems) = parse("stray\n\n## Tow\n\nx\n\n# One\n\n");
        assert!(
            problems.iter().any(
                |p| p.contains("unknown section \"Tow\"") && p.contains("did you mean \"Two\"")
            ),
            "{problems:?}"
        );
        assert!(
            problems.iter().any(|p| p.contains("not of level two")),
            "{problems:?}"
        );
        assert!(
            problems
                .iter()
                .any(|p| p.contains("section \"Two\" is missing")),
            "{problems:?}"
        );
        assert!(
            problems
                .iter()
                .any(|p| p.contains("f.md:10: text before the first section")),
            "{problems:?}"
        );
    }
}
