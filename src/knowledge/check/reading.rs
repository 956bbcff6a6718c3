//! How hard a file is to read, as a school grade (Flesch-Kincaid).
//!
//! A report for authors: terms of the trade make health care score high, so no limit is set.

use crate::knowledge::check::page::{self, Page};

/// The reading level of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Place as an author names it.
    pub file: String,
    /// Words of its body.
    pub words: usize,
    /// Flesch-Kincaid grade level: years of US schooling.
    pub grade: f64,
}

/// The level of each page, hardest first.
pub fn levels(pages: &[Page]) -> Vec<Reading> {
    let mut levels: Vec<Reading> = pages
        .iter()
        .map(|page| {
            let text: Vec<&str> = page
                .body()
                .flat_map(|paragraph| page::sentences(&paragraph.text))
                .collect();
            Reading {
                file: page.file.clone(),
                words: page.words(),
                grade: grade(&text),
            }
        })
        .collect();
    levels.sort_by(|a, b| {
        b.grade
            .total_cmp(&a.grade)
            .then_with(|| a.file.cmp(&b.file))
    });
    levels
}

/// The level of a text.
pub fn of(text: &str) -> f64 {
    grade(&page::sentences(text))
}

/// 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975); 0 without text.
fn grade(sentences: &[&str]) -> f64 {
    let words: Vec<&str> = sentences
        .iter()
        .flat_map(|sentence| sentence.split_whitespace())
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect();
    if words.is_empty() {
        return 0.0;
    }
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let count = words.len() as f64;
    0.39 * count / sentences.len() as f64 + 11.8 * syllables as f64 / count - 15.59
}

/// Runs of vowels, without a silent e at the end; at least one.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let runs = letters
        .iter()
        .enumerate()
        .filter(|(place, c)| {
            vowel(c)
                && !place
                    .checked_sub(1)
                    .is_some_and(|before| vowel(&letters[before]))
        })
        .count();
    let silent = letters.ends_with(&['e']) && !letters.ends_with(&['l', 'e']) && runs > 1;
    (runs - usize::from(silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_runs_of_vowels() {
        for (word, count) in [
            ("nurse", 1),
            ("table", 2),
            ("telehealth", 3),
            ("the", 1),
            ("RN", 1),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn long_words_and_sentences_score_higher() {
        assert!(
            grade(&["The nurse helps."])
                < grade(&[
                    "Interdisciplinary collaboration facilitates comprehensive rehabilitation."
                ])
        );
        assert!(grade(&[]).abs() < f64::EPSILON);
    }
}
