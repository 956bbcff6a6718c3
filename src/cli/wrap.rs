//! Plain text onto lines of a width.
//!
//! Gives places in the text rather than new text, so that marks can be painted afterwards. Counts characters; the
//! knowledge holds none that take two columns.

use std::ops::Range;

/// Columns that a text takes.
pub fn columns(text: &str) -> usize {
    text.chars().count()
}

/// The byte ranges of the lines of `text` at `width` columns. Line ends of the text are kept; a word longer than a
/// line is cut. An empty text has no line.
pub fn lines(text: &str, width: usize) -> Vec<Range<usize>> {
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
        while columns(&text[word.clone()]) > width {
            lines.extend(line.take());
            let cut = text[word.clone()]
                .char_indices()
                .nth(width)
                .map_or(word.end, |(place, _)| word.start + place);
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
