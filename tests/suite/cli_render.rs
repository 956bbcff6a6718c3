//! Answers on a terminal: what stands where, at which width, with and without color.

use careerbot::answer::{
    Answer, Choice, Fact, Item, Outcome, Passage, SourceRef, Subject, SubjectKind, Table,
};
use careerbot::cli::io::Look;
use careerbot::cli::render::{Depth, answer};

fn subject(title: &str) -> Subject {
    Subject {
        kind: SubjectKind::Role,
        slug: "x".to_owned(),
        number: None,
        title: title.to_owned(),
        page: String::new(),
    }
}

fn render(whole: &Answer, look: Look) -> String {
    answer(whole, look, Depth::Whole)
}

/// An answer that holds something of everything.
fn full() -> Answer {
    let mut answer = Answer::new(Outcome::Answered, "Registered nurse");
    answer
        .notes
        .push("I read this as a question about pay.".to_owned());
    answer.direct.push(
        "Half of all registered nurses earn more than the median, half earn less; the middle is what is shown here."
            .to_owned(),
    );
    answer.facts.push(Fact {
        label: "Median pay".to_owned(),
        value: "$97,550 a year (US, May 2025)".to_owned(),
    });
    answer.facts.push(Fact {
        label: "Usual entry education".to_owned(),
        value: "Bachelor's degree".to_owned(),
    });
    answer.table = Some(Table {
        columns: vec!["Registered nurse".to_owned(), "Pharmacist".to_owned()],
        rows: vec![(
            "Remote work".to_owned(),
            vec![
                "partly: telehealth and triage posts exist".to_owned(),
                "no".to_owned(),
            ],
        )],
    });
    answer.items.push(Item {
        subject: subject("Care coordinator"),
        note: "partly remote".to_owned(),
    });
    answer.more = 4;
    answer.passages.push(Passage {
        title: "Registered nurse".to_owned(),
        heading: "A usual day".to_owned(),
        text: "Hospital nurses begin with a report.\n• Give medicines on time.".to_owned(),
        marks: std::iter::once(9..15).collect(),
        url: "https://www.bls.gov/ooh/healthcare/registered-nurses.htm".to_owned(),
    });
    answer.caveats.push("Rules differ by state.".to_owned());
    answer.choices.push(Choice {
        label: "Nurse practitioner".to_owned(),
        question: "nurse practitioner".to_owned(),
        subject: None,
    });
    answer.related.push(subject("Physician assistant"));
    answer.sources.push(SourceRef {
        title: "BLS, OEWS".to_owned(),
        url: "https://www.bls.gov/oes/".to_owned(),
        date: "2026-05-15".to_owned(),
        short: "BLS wages, May 2025".to_owned(),
    });
    answer
        .attributions
        .push("Source: U.S. Bureau of Labor Statistics.".to_owned());
    answer
}

#[test]
fn everything_that_an_answer_holds_is_shown_in_order() {
    insta::assert_snapshot!(render(
        &full(),
        Look {
            width: 72,
            color: false
        }
    ));
}

#[test]
fn a_narrow_terminal_gets_lists_instead_of_tables() {
    let text = render(
        &full(),
        Look {
            width: 40,
            color: false,
        },
    );
    assert!(
        text.lines()
            .filter(|line| !line.contains("https://"))
            .all(|line| line.chars().count() <= 40),
        "{text}"
    );
    assert!(text.contains("Pharmacist\nRemote work  no\n"), "{text}");
}

#[test]
fn color_changes_nothing_but_color() {
    let plain = render(
        &full(),
        Look {
            width: 72,
            color: false,
        },
    );
    let painted = render(
        &full(),
        Look {
            width: 72,
            color: true,
        },
    );
    assert!(!plain.contains('\u{1b}') && painted.contains("\u{1b}[1;36mRegistered nurse\u{1b}[0m"));
    let codes = regex::Regex::new("\u{1b}\\[[0-9;]*m").expect("a pattern");
    assert_eq!(codes.replace_all(&painted, ""), plain);
}
