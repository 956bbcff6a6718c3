//! Checks of length: sections that say too little, files that say too little or too much.
//!
//! Counts words of the body; the front matter is data.

use crate::knowledge::check::material::Material;
use crate::knowledge::check::page::{Kind, words};
use crate::knowledge::problem::Problem;

/// Words below which a section answers no question.
const SECTION_WORDS: usize = 15;

pub(super) fn short_sections(material: &Material<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in &material.pages {
        for (line, heading) in &page.headings {
            let count: usize = page
                .body()
                .filter(|paragraph| paragraph.heading == *heading)
                .map(|paragraph| words(&paragraph.text))
                .sum();
            // An empty section is refused by `load`.
            if (1..SECTION_WORDS).contains(&count) {
                let what = format!("section \"{heading}\" has {count} words");
                problems.push(Problem::new(
                    &page.file,
                    *line,
                    what,
                    format!("say more; at least {SECTION_WORDS}"),
                ));
            }
        }
    }
    problems
}

pub(super) fn files(material: &Material<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in &material.pages {
        let (noun, low, high) = match page.kind {
            Kind::Role => ("role", 250, 700),
            Kind::Trend => ("trend", 300, 700),
        };
        let count = page.words();
        if count < low || count > high {
            let hint = format!("a {noun} has {low} to {high}");
            problems.push(Problem::new(
                &page.file,
                0,
                format!("the text has {count} words"),
                hint,
            ));
        }
    }
    problems
}
