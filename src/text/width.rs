//! How wide a text is on a display, in columns of a terminal or of a font of fixed width, and its lines at a width.
//!
//! Gives places in the text rather than new text, so that marks can be painted afterwards.

use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

/// Columns that a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// The longest beginning of a text that takes at most `room` columns; one character at least, where there is one.
pub(crate) fn fitting(text: &str, room: usize) -> &str {
    text.char_indices()
        .map(|(place, c)| &text[..place + c.len_utf8()])
        .take_while(|head| head.width() <= room)
        .last()
        .or_else(|| text.chars().next().map(|c| &text[..c.len_utf8()]))
        .unwrap_or(text)
}

/// The byte ranges of the lines of `text` at `width` columns. Line ends of the text are kept; a word longer than a
/// line is cut. An empty text has no line.
pub(crate) fn lines(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap_paragraph(text, start..start + paragraph.len(), width, &mut lines);
        start += paragraph.len() + 1;
    }
    if text.is_empty() { Vec::new() } else { lines }
}

fn wrap_paragraph(
    text: &str,
    paragraph: Range<usize>,
    width: usize,
    lines: &mut Vec<Range<usize>>,
) {
    let before = lines.len();
    let mut line: Option<Range<usize>> = None;
    for mut word in words(text, paragraph.clone()) {
        // A character wider than the line is a line of its own.
        while columns(&text[word.clone()]) > width && text[word.clone()].chars().nth(1).is_some() {
            lines.extend(line.take());
            let cut = word.start + fitting(&text[word.clone()], width).len();
            lines.push(word.start..cut);
            word.start = cut;
        }
        line = Some(match line {
            Some(open) if columns(&text[open.start..word.end]) <= width => open.start..word.end,
            full => {
                lines.extend(full);
                word
            }
        });
    }
    lines.extend(line.filter(|line| !line.is_empty()));
    if lines.len() == before {
        lines.push(paragraph.start..paragraph.start);
    }
}

fn words(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (place, character) in text[within.clone()].char_indices() {
        let place = within.start + place;
        match (character == ' ', start) {
            (false, None) => start = Some(place),
            (true, Some(begin)) => {
                words.push(begin..place);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|begin| begin..within.end));
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wide_and_joined_characters_take_what_a_display_gives_them() {
        for (text, width) in [("nurse", 5), ("看護師", 6), ("e\u{301}", 1), ("", 0)] {
            assert_eq!(columns(text), width, "{text}");
        }
        assert_eq!(fitting("看護師", 5), "看護");
        assert_eq!(fitting("看護師", 1), "看", "something is always taken");
        assert_eq!(fitting("abc", 9), "abc");
        assert_eq!(fitting("", 9), "");
    }

    #[track_caller]
    fn check(text: &str, width: usize, expected: &[&str]) {
        let found: Vec<&str> = lines(text, width)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_fill_lines() {
        check("one two three", 7, &["one two", "three"]);
        check("one\n\ntwo", 9, &["one", "", "two"]);
        check("abcdefgh ij", 3, &["abc", "def", "gh", "ij"]);
        check("", 5, &[]);
        check("看護師 ok", 5, &["看護", "師 ok"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_no_word_is_lost(text in "[a-z \n—…é]{0,200}", width in 1..60_usize) {
            let ranges = lines(&text, width);
            prop_assert!(ranges.iter().all(|range| columns(&text[range.clone()]) <= width));
            let kept: String = ranges.iter().flat_map(|range| text[range.clone()].chars()).filter(|c| !c.is_whitespace()).collect();
            let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(kept, whole);
        }
    }
}
