//! The figures of an article, each with the words around it.
//!
//! A figure says how much: a share, a sum, a large number. Years, numbers of lists and names such as COVID-19 are none.

use crate::article::sentences::Sentence;
use crate::knowledge::own_trend::{FIGURE_WORDS, Quote};

/// Words before a figure that are shown where the sentence is too long.
const BEFORE: usize = 10;
/// From which number on a bare one counts.
const LARGE: f64 = 100.0;
/// Words behind a number that make a figure of it.
const SCALES: &[&str] = &["percent", "million", "billion", "trillion", "thousand"];

/// The figures in their order, one a sentence, at most `most`.
pub(crate) fn of(all: &[Sentence], most: usize) -> Vec<Quote> {
    all.iter()
        .filter_map(|sentence| {
            Some(Quote {
                text: around(&sentence.text)?,
                place: sentence.place(),
            })
        })
        .take(most)
        .collect()
}

/// The words around the first figure of a sentence; the whole sentence where it is short enough.
fn around(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let at = (0..words.len()).find(|at| is_figure(words[*at], words.get(at + 1).copied()))?;
    if words.len() <= FIGURE_WORDS {
        return Some(sentence.to_owned());
    }
    // Two words are kept for the dots, which count for none.
    let from = at.saturating_sub(BEFORE);
    let to = words.len().min(from + FIGURE_WORDS);
    let mut text = words[from..to].join(" ");
    if from > 0 {
        text.insert_str(0, "… ");
    }
    if to < words.len() {
        text.push_str(" …");
    }
    Some(text)
}

fn is_figure(word: &str, next: Option<&str>) -> bool {
    let word = word
        .trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';' | ':' | '.' | '“' | '”' | '"'));
    if !word.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if word.starts_with(['$', '€', '£']) || word.ends_with('%') {
        return true;
    }
    let next = next
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let Ok(number) = word.replace(',', "").parse::<f64>() else {
        return false;
    };
    if SCALES.contains(&next.as_str()) {
        return true;
    }
    let year = (1900.0..2200.0).contains(&number) && !word.contains(',') && number.fract() == 0.0;
    number >= LARGE && !year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_how_much() {
        for (sentence, expected) in [
            ("Jobs grow by 22% until 2034.", true),
            ("It pays $31.50 an hour.", true),
            ("Some 1,900 nurses left.", true),
            ("About 3.2 million people (half of them women) do it.", true),
            ("There are 250 of them.", true),
            ("In 2024 it began.", false),
            ("COVID-19 came, and care 24/7.", false),
            ("Nurses of 12 states.", false),
            ("1. Telehealth", false),
        ] {
            assert_eq!(around(sentence).is_some(), expected, "{sentence}");
        }
    }

    #[test]
    fn a_long_sentence_is_cut_around_its_figure() {
        let long = format!(
            "{} 22% {}.",
            "before ".repeat(20).trim(),
            "after ".repeat(20).trim()
        );
        let cut = around(&long).expect("a figure");
        assert!(
            cut.starts_with("… before") && cut.contains("22%") && cut.ends_with("after …"),
            "{cut}"
        );
        assert_eq!(crate::knowledge::check::page::words(&cut), FIGURE_WORDS);
    }
}
