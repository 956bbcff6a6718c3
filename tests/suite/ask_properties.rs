//! What holds of every answer, whatever was asked.

use std::sync::OnceLock;

use careerbot::advisor::Advisor;
use careerbot::answer::Answer;
use careerbot::knowledge::load_shipped;
use proptest::prelude::*;

fn advisor() -> &'static Advisor {
    static ADVISOR: OnceLock<Advisor> = OnceLock::new();
    ADVISOR.get_or_init(|| {
        Advisor::in_memory(load_shipped().expect("the shipped knowledge")).expect("an advisor")
    })
}

/// Words that questions are made of, and pieces that break programs.
const PIECES: &[&str] = &[
    "nurse",
    "RN",
    "PA",
    "in PA",
    "texas",
    "pay",
    "how much",
    "vs",
    "remote",
    "jobs",
    "without a degree",
    "?",
    "what does",
    "do",
    "trend 3",
    "telehealth",
    "they",
    "nrse",
    "best paid",
    "over 60k",
    "$",
    "@everyone",
    "**",
    "```",
    "\u{202E}",
    "\u{200B}",
    "👩🏽‍⚕️",
    "n\u{301}\u{302}",
    "'; DROP TABLE",
    "\n",
    "\t",
    "\0",
    "İ",
    "ß",
    "ﬁ",
    "1e9",
    "-",
    "ＲＮ",
];

fn question() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(any::<u8>(), 0..600)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        proptest::collection::vec(proptest::sample::select(PIECES), 0..40)
            .prop_map(|pieces| pieces.join(" ")),
        proptest::collection::vec(proptest::sample::select(PIECES), 0..400)
            .prop_map(|pieces| pieces.concat()),
    ]
}

/// What the parts of an answer promise in `answer::model`, with room for the mark that a text was cut.
fn within_limits(answer: &Answer) -> Result<(), TestCaseError> {
    let length = |text: &str| text.chars().count();
    prop_assert!(
        length(&answer.title) <= 120,
        "title of {}",
        length(&answer.title)
    );
    prop_assert!(!answer.title.trim().is_empty());
    prop_assert!(
        !answer.direct.is_empty() && answer.direct.len() <= 8,
        "{} paragraphs",
        answer.direct.len()
    );
    for direct in &answer.direct {
        prop_assert!(
            length(direct) <= 1_000,
            "{} characters: {direct}",
            length(direct)
        );
    }
    prop_assert!(answer.choices.len() <= 5);
    for choice in &answer.choices {
        prop_assert!(
            length(&choice.label) <= 80 && !choice.question.trim().is_empty(),
            "{choice:?}"
        );
    }
    prop_assert!(answer.passages.len() <= 3);
    for passage in &answer.passages {
        prop_assert!(
            length(&passage.text) <= 610,
            "{} characters",
            length(&passage.text)
        );
        let mut last = 0;
        for mark in &passage.marks {
            prop_assert!(
                mark.start >= last
                    && mark.end > mark.start
                    && passage.text.get(mark.clone()).is_some(),
                "{mark:?} in {}",
                passage.text
            );
            last = mark.end;
        }
    }
    for fact in &answer.facts {
        prop_assert!(
            length(&fact.label) <= 60 && !fact.value.trim().is_empty(),
            "{fact:?}"
        );
    }
    if let Some(table) = &answer.table {
        prop_assert!(
            table
                .rows
                .iter()
                .all(|(_, cells)| cells.len() == table.columns.len())
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered_within_the_limits_and_the_same_each_time(question in question()) {
        let answer = advisor().ask(&question);
        within_limits(&answer)?;
        prop_assert_eq!(&advisor().ask(&question), &answer);
    }

    #[test]
    fn a_talk_of_any_texts_goes_on(first in question(), second in question()) {
        let (_, remembered) = advisor().ask_in(&first, None);
        let (answer, again) = advisor().ask_in(&second, Some(&remembered));
        within_limits(&answer)?;
        within_limits(&advisor().ask_in("how much do they make?", Some(&again)).0)?;
    }
}

#[test]
fn a_million_characters_are_read_no_further_than_the_cap() {
    let long = "nurse pay in texas ".repeat(60_000);
    let (mut answer, within) = (advisor().ask(&long), advisor().ask(&long[..4_000]));
    let cut = |note: &String| note.contains("4000 characters");
    assert!(
        answer.notes.iter().any(cut) && !within.notes.iter().any(cut),
        "{:?}, {:?}",
        answer.notes,
        within.notes
    );
    // The cap on the input makes the rest of no account: with it or without, the answer is the same.
    answer.notes.retain(|note| !cut(note));
    assert_eq!(answer, within);
}
