//! Every sentence of the knowledge is in its own words: no eight words in a row stand in a source.

use std::collections::HashMap;

use careerbot::knowledge::check::page;
use careerbot::knowledge::files;

use crate::shared::{read, rows};

/// Words in a row from which an agreement is no accident.
const RUN: usize = 8;

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .map(|word| word.replace('’', "'"))
        .collect()
}

fn runs(text: &str) -> Vec<String> {
    words(text).windows(RUN).map(|run| run.join(" ")).collect()
}

/// Every run of the sources, with where it stands.
fn published() -> Option<HashMap<String, String>> {
    let mut found = HashMap::new();
    let mut add = |place: &str, text: &str| {
        found.extend(runs(text).into_iter().map(|run| (run, place.to_owned())))
    };
    let article = read(
        "article/future-of-healthcare-jobs.txt",
        "words taken from the article",
    )?;
    add("the article", &String::from_utf8_lossy(&article));
    for row in rows(&read(
        "facts/ooh_text.csv",
        "words taken from the Handbook",
    )?) {
        for column in [
            "what_they_do",
            "how_to_become",
            "work_environment",
            "licenses_certifications",
        ] {
            add(&format!("the Handbook on {}", row["slug"]), &row[column]);
        }
    }
    for row in rows(&read(
        "facts/ooh_2024_34_full_text_health.csv",
        "words taken from the whole Handbook",
    )?) {
        add(&format!("the Handbook on {}", row["page"]), &row["text"]);
    }
    for row in rows(&read(
        "facts/onet_role_details.csv",
        "words taken from O*NET",
    )?) {
        // Names of programs, skills and occupations are official names, not sentences.
        if ["description", "core_task"].contains(&row["kind"].as_str()) {
            add(&format!("O*NET on {}", row["slug"]), &row["value"]);
        }
    }
    Some(found)
}

#[test]
fn no_eight_words_in_a_row_are_taken_from_a_source() {
    let Some(published) = published() else { return };
    assert!(published.len() > 10_000, "the sources were read");
    let mut unread = Vec::new();
    let mut taken = Vec::new();
    for page in page::all(&files::shipped(&mut unread)) {
        for paragraph in &page.paragraphs {
            for run in runs(&paragraph.text) {
                if let Some(place) = published.get(&run) {
                    taken.push(format!(
                        "{}:{}: \"{run}\" stands in {place}",
                        page.file, paragraph.line
                    ));
                }
            }
        }
    }
    assert_eq!(taken, Vec::<String>::new());
}

#[test]
fn a_copied_sentence_would_be_found() {
    let source = runs(
        "Registered nurses (RNs) provide and coordinate patient care and educate patients and the public.",
    );
    let ours = runs(
        "As BLS says: registered nurses RNs provide and coordinate patient care, and educate them.",
    );
    assert!(ours.iter().any(|run| source.contains(run)));
}
