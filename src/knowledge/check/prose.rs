//! Checks of the wording: furniture of web pages, long sentences, figures, sentences that stand twice.
//!
//! Knows nothing of what a role or a trend is.

use std::collections::HashMap;

use crate::knowledge::check::material::Material;
use crate::knowledge::check::page::{self, Kind, Page, Paragraph};
use crate::knowledge::problem::Problem;

/// Words above which a sentence is hard to follow.
const MAX_WORDS: usize = 40;
/// Words from which an equal sentence in two files is no accident.
const TEMPLATE_WORDS: usize = 6;
/// Whole numbers from which a number is a figure.
const FIGURE: u64 = 1000;

/// Phrases of comment forms and page furniture, lower case.
const BOILERPLATE: &[&str] = &[
    "leave a reply",
    "leave a comment",
    "your email address",
    "required fields are marked",
    "save my name",
    "post comment",
    "cancel reply",
    "share this:",
    "click here",
    "subscribe to",
    "all rights reserved",
    "cookie policy",
    "skip to content",
];

/// Words of British English with the American ones. A phrase counts at the borders of words.
const BRITISH: &[(&str, &str)] = &[
    ("posts", "jobs"),
    ("sit the", "take the"),
    ("sits the", "takes the"),
    ("sit an exam", "take an exam"),
    ("rota", "schedule"),
    ("licence", "license"),
    ("licences", "licenses"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("whilst", "while"),
    ("towards", "toward"),
    ("fortnight", "two weeks"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("centre", "center"),
    ("centres", "centers"),
    ("ageing", "aging"),
    ("judgement", "judgment"),
    ("operating theatre", "operating room"),
    ("anaesthesia", "anesthesia"),
    ("paediatric", "pediatric"),
    ("orthopaedic", "orthopedic"),
    ("tumour", "tumor"),
    ("organise", "organize"),
    ("specialise", "specialize"),
    ("recognise", "recognize"),
];

fn each(
    material: &Material<'_>,
    mut look: impl FnMut(&Page, &Paragraph) -> Option<Problem>,
) -> Vec<Problem> {
    material
        .pages
        .iter()
        .flat_map(|page| {
            page.paragraphs
                .iter()
                .filter_map(|paragraph| look(page, paragraph))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The phrase of page furniture that a text holds.
pub(crate) fn boilerplate_in(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    BOILERPLATE
        .iter()
        .copied()
        .find(|phrase| text.contains(phrase))
}

pub(super) fn boilerplate(material: &Material<'_>) -> Vec<Problem> {
    each(material, |page, paragraph| {
        let phrase = boilerplate_in(&paragraph.text)?;
        Some(Problem::new(
            &page.file,
            paragraph.line,
            format!("\"{phrase}\" is part of a web page, not of the subject"),
            "remove the passage",
        ))
    })
}

/// Members are American: other words make them stumble. `posts` as a verb is rare enough to be worded in another way.
pub(super) fn british(material: &Material<'_>) -> Vec<Problem> {
    each(material, |page, paragraph| {
        let words: Vec<String> = paragraph
            .text
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let text = format!(" {} ", words.join(" "));
        let (british, american) = BRITISH
            .iter()
            .find(|(british, _)| text.contains(&format!(" {british} ")))?;
        Some(Problem::new(
            &page.file,
            paragraph.line,
            format!("\"{british}\" is British"),
            format!("write \"{american}\", or word it in another way"),
        ))
    })
}

pub(super) fn long_sentences(material: &Material<'_>) -> Vec<Problem> {
    each(material, |page, paragraph| {
        let longest = page::sentences(&paragraph.text)
            .into_iter()
            .max_by_key(|sentence| page::words(sentence))?;
        let words = page::words(longest);
        let start: String = longest
            .split_whitespace()
            .take(4)
            .collect::<Vec<_>>()
            .join(" ");
        (words > MAX_WORDS).then(|| {
            Problem::new(
                &page.file,
                paragraph.line,
                format!("the sentence \"{start} ...\" has {words} words"),
                format!("split it; at most {MAX_WORDS}"),
            )
        })
    })
}

/// Most sentences that a trend's file may quote; none has more than [`MAX_WORDS`].
const MOST_QUOTED: usize = 2;
/// Quoted words that are fewer are a name or a saying.
const QUOTED_WORDS: usize = 8;

/// An article's words are its own: what a trend quotes of it is little.
pub(super) fn quotations(material: &Material<'_>) -> Vec<Problem> {
    let trends = material
        .pages
        .iter()
        .filter(|page| page.kind == Kind::Trend);
    let quoted = |paragraph: &Paragraph| {
        let even = paragraph.text.replace(['“', '”'], "\"");
        let parts = even.split('"').skip(1).step_by(2);
        let long = parts.filter(|part| page::words(part) >= QUOTED_WORDS);
        long.map(|part| page::sentences(part).len()).sum::<usize>()
    };
    trends
        .filter_map(|page| {
            let mut count = 0;
            let over = page.paragraphs.iter().find(|paragraph| {
                count += quoted(paragraph);
                count > MOST_QUOTED
            })?;
            Some(Problem::new(
                &page.file,
                over.line,
                format!("more than {MOST_QUOTED} sentences are quoted"),
                "say the others in your own words",
            ))
        })
        .collect()
}

pub(super) fn figures(material: &Material<'_>) -> Vec<Problem> {
    each(material, |page, paragraph| {
        let word = paragraph
            .text
            .split_whitespace()
            .find(|word| is_figure(word))?;
        let word = word.trim_end_matches(['.', ',', ';', ':']);
        Some(Problem::new(
            &page.file,
            paragraph.line,
            format!("\"{word}\" is a figure"),
            "leave it out: answers take figures from data/, with place, period and source",
        ))
    })
}

/// Sums of money, shares, and whole numbers of [`FIGURE`] and above that are not years.
fn is_figure(word: &str) -> bool {
    let digits = word.contains(|c: char| c.is_ascii_digit());
    let number: String = word
        .trim_matches(|c: char| !c.is_ascii_digit())
        .replace(',', "");
    let year = word.trim_matches(|c: char| c.is_ascii_punctuation()).len() == 4
        && (number.starts_with("19") || number.starts_with("20"));
    word.contains('$')
        || digits && word.contains('%')
        || word.eq_ignore_ascii_case("percent")
        || !year && number.parse::<u64>().is_ok_and(|number| number >= FIGURE)
}

pub(super) fn repeated(material: &Material<'_>) -> Vec<Problem> {
    let mut first: HashMap<String, (&str, usize)> = HashMap::new();
    let mut problems = Vec::new();
    for page in &material.pages {
        for paragraph in &page.paragraphs {
            for sentence in page::sentences(&paragraph.text)
                .into_iter()
                .filter(|sentence| page::words(sentence) >= TEMPLATE_WORDS)
            {
                match first.get(&sentence.to_lowercase()) {
                    Some((file, line)) if *file != page.file => {
                        let what = format!("the same sentence stands in {file}:{line}");
                        problems.push(Problem::new(
                            &page.file,
                            paragraph.line,
                            what,
                            "say what is particular here",
                        ));
                    }
                    Some(_) => {}
                    None => {
                        first.insert(sentence.to_lowercase(), (&page.file, paragraph.line));
                    }
                }
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::is_figure;

    #[test]
    fn money_shares_and_large_numbers_are_figures() {
        for figure in ["$40", "12%", "1,000", "2500.", "percent", "(3000)"] {
            assert!(is_figure(figure), "{figure}");
        }
        for word in [
            "12", "NCLEX-RN", "24/7", "2024", "2024,", "two", "12-lead", "401(k)",
        ] {
            assert!(!is_figure(word), "{word}");
        }
    }
}
