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

/// How a sentence begins that says little without the one before it.
const BEGINS: &[&str] = &[
    "a further",
    "after that",
    "afterward",
    "also",
    "and",
    "another",
    "at that",
    "at the same time",
    "both",
    "but",
    "either",
    "even so",
    "for example",
    "from there",
    "he",
    "here",
    "however",
    "in addition",
    "in response",
    "in the older",
    "instead",
    "neither",
    "next",
    "nor",
    "one of",
    "or",
    "other",
    "others",
    "she",
    "so",
    "still",
    "such",
    "the first",
    "the former",
    "the last",
    "the latter",
    "the other",
    "the rest",
    "the same",
    "the second",
    "then",
    "there",
    "yet",
];
/// Words that point at what was said before, wherever they stand.
const POINTS_BACK: &[&str] = &["them", "these", "this", "those"];
/// Words that do so near the beginning.
const POINTS_BACK_EARLY: &[&str] = &["her", "his", "it", "its", "one", "that", "their", "they"];
/// So many words count as the beginning.
const EARLY: usize = 4;
/// A sentence of fewer words says little by itself.
const FEW: usize = 7;

/// Whether a sentence can be read without the one before it.
pub(crate) fn stands_alone(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let begins = |begin: &&str| {
        lower
            .strip_prefix(*begin)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .collect();
    let early = &words[..words.len().min(EARLY)];
    words.len() >= FEW
        && !BEGINS.iter().any(begins)
        && !words.iter().any(|word| POINTS_BACK.contains(word))
        && !early.iter().any(|word| POINTS_BACK_EARLY.contains(word))
}

/// The items of a section's list that are whole sentences.
pub(crate) fn items(text: &str) -> Vec<&str> {
    let item = |line: &'_ str| -> Option<usize> {
        let rest = line.strip_prefix('•').or_else(|| {
            line.trim_start_matches(|c: char| c.is_ascii_digit())
                .strip_prefix('.')
        });
        rest.map(|rest| line.len() - rest.trim_start().len())
    };
    text.lines()
        .map(str::trim)
        .filter_map(|line| Some(&line[item(line)?..]))
        .filter(|item| item.ends_with(['.', '?', '!', '"']))
        .collect()
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
    fn what_points_back_does_not_stand_alone() {
        for (sentence, alone) in [
            ("Hospitals hire most of the people who train here.", true),
            ("Hospitals hire most.", false),
            ("Thisbe works where the others of her family do.", true),
            ("Most of these are found where few people live.", false),
            (
                "Others work in clinics, schools or offices of their own.",
                false,
            ),
            ("Much of their care is moving out of hospitals.", false),
            ("So, it grows where nobody would have looked.", false),
        ] {
            assert_eq!(stands_alone(sentence), alone, "{sentence}");
        }
    }

    #[test]
    fn items_of_a_list_are_taken_where_they_are_sentences() {
        let text = "Do this.\n• Ask more.\n• no sentence\n2. Learn it.";
        assert_eq!(items(text), ["Ask more.", "Learn it."]);
    }

    #[test]
    fn a_text_is_cut_at_a_word() {
        assert_eq!(cut("one two, three", 10), "one two…");
        assert_eq!(cut("one two", 7), "one two");
        assert_eq!(cut("ééééé", 3), "éé…");
    }
}
