//! Taking sentences out of a section, and cutting a text to a length.
//!
//! Knows English full stops and the few abbreviations that the files use; knows nothing of what a sentence says.

/// The sentences of the first paragraph that is not a list.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let is_list =
        |line: &&str| !line.starts_with('•') && !line.starts_with(|c: char| c.is_ascii_digit());
    let Some(paragraph) = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && is_list(line))
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut begin = 0;
    for (place, end) in paragraph.match_indices(['.', '?', '!']) {
        let after = place + end.len();
        let next = paragraph[after..].trim_start();
        let over = next.is_empty()
            || paragraph[after..].starts_with(' ')
                && next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '"');
        if over && !ends_in_abbreviation(&paragraph[begin..after]) {
            found.push(paragraph[begin..after].trim());
            begin = after;
        }
    }
    if !paragraph[begin..].trim().is_empty() {
        found.push(paragraph[begin..].trim());
    }
    found
}

/// Whether the full stop at the end belongs to an abbreviation, such as `U.S.`, `Ph.D.` or `Dr.`.
fn ends_in_abbreviation(text: &str) -> bool {
    let last = text
        .trim_end_matches('.')
        .rsplit([' ', '(', '.'])
        .next()
        .unwrap_or("");
    text.ends_with('.')
        && (last.chars().count() == 1 && last != "I"
            || [
                "Dr", "St", "No", "vs", "Mr", "Ms", "Mrs", "Jr", "Inc", "approx",
            ]
            .contains(&last))
}

/// The text, at most `limit` characters, cut at a word with an ellipsis.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let short: String = text.chars().take(limit.saturating_sub(1)).collect();
    let whole = short
        .rsplit_once(' ')
        .map_or(short.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(sentences(text), expected);
    }

    #[test]
    fn sentences_end_where_they_end() {
        check(
            "One. Two? \"Three\"! four",
            &["One.", "Two?", "\"Three\"! four"],
        );
        check(
            "The U.S. Army and Dr. Who agree. So be it.",
            &["The U.S. Army and Dr. Who agree.", "So be it."],
        );
        check(
            "A degree (Ph.D. or M.D.) helps.\n• a list\nLast.",
            &["A degree (Ph.D. or M.D.) helps."],
        );
        check(
            "• a list\n1. a step\nAt version 2.5 it works.",
            &["At version 2.5 it works."],
        );
        check("", &[]);
    }

    #[test]
    fn a_text_is_cut_at_a_word() {
        assert_eq!(cut("one two, three", 10), "one two…");
        assert_eq!(cut("one two", 7), "one two");
        assert_eq!(cut("ééééé", 3), "éé…");
    }
}
