//! Answers as bad as they can get, through the renderer: no limit is ever exceeded.

use careerbot::answer::{
    Answer, Brief, Choice, Fact, Grid, GridRow, Item, Outcome, Own, Passage, SourceRef, Subject,
    SubjectKind, Table,
};
use careerbot::discord::interaction::response::InitialResponse;
use careerbot::discord::interaction::view_options::{View, Whole};
use careerbot::discord::members::answer_view::{answer, whole};
use careerbot::discord::message::body::Message;
use careerbot::discord::message::limits::{check_message, check_response};
use proptest::prelude::*;

use crate::fake_discord::openapi;

/// Text that markdown, mentions, Unicode and sheer length make hard.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z ,.]{0,80}",
        1 => Just(String::new()),
        1 => Just("   \n ".to_owned()),
        1 => (1..4_000_usize).prop_map(|n| "*".repeat(n)),
        1 => (1..700_usize).prop_map(|n| "@everyone ".repeat(n)),
        1 => (1..300_usize).prop_map(|n| "[x](https://evil.example) **`||~~ <@1> ".repeat(n)),
        1 => (1..900_usize).prop_map(|n| "\u{202E}😀\u{200F}é\u{0}".repeat(n)),
        1 => (1..3_000_usize).prop_map(|n| "x".repeat(n)),
        1 => "\\PC{0,400}",
        1 => (1..400_usize).prop_map(|n| "> # - line\n".repeat(n)),
    ]
}

fn url() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("https://www.bls.gov/oes/".to_owned()),
        (1..2_000_usize).prop_map(|n| format!("https://x.example/{}", "(a)".repeat(n))),
        Just("javascript:x".to_owned()),
        text()
    ]
}

fn subject() -> impl Strategy<Value = Subject> {
    ("[a-z]{1,12}", text(), prop::option::of(any::<u8>())).prop_map(|(slug, title, number)| {
        Subject {
            kind: if number.is_some() {
                SubjectKind::Trend
            } else {
                SubjectKind::Role
            },
            slug,
            number,
            title,
            page: String::new(),
        }
    })
}

fn passage() -> impl Strategy<Value = Passage> {
    (
        text(),
        text(),
        text(),
        prop::collection::vec((0..700_usize, 0..40_usize), 0..8),
        url(),
    )
        .prop_map(|(title, heading, text, marks, url)| Passage {
            title,
            heading,
            text,
            marks: marks
                .into_iter()
                .map(|(from, long)| from..from + long)
                .collect(),
            url,
        })
}

fn table() -> impl Strategy<Value = Table> {
    (
        prop::collection::vec(text(), 0..4),
        prop::collection::vec((text(), prop::collection::vec(text(), 0..4)), 0..20),
    )
        .prop_map(|(columns, rows)| Table { columns, rows })
}

fn grid() -> impl Strategy<Value = Grid> {
    let cells = prop::collection::vec(text(), 0..5);
    (
        prop::collection::vec(text(), 0..5),
        prop::collection::vec((cells, 0..5_usize), 0..8),
        prop::collection::vec(text(), 0..3),
        prop::collection::vec((text(), text()), 0..4),
    )
        .prop_map(|(columns, rows, notes, lines)| Grid {
            columns,
            rows: rows
                .into_iter()
                .map(|(cells, best)| GridRow {
                    label: "Openings",
                    cells,
                    best: Some((best, "highest")),
                })
                .collect(),
            notes,
            lines: lines
                .into_iter()
                .map(|(label, value)| Fact { label, value })
                .collect(),
        })
}

fn own() -> impl Strategy<Value = Own> {
    (
        text(),
        text(),
        url(),
        prop::option::of(0..3_000_i32),
        any::<bool>(),
        prop::collection::vec((text(), text()), 0..6),
    )
        .prop_map(|(title, text, source, days, overdue, official)| Own {
            title,
            text,
            source,
            by: overdue.then_some(u64::MAX),
            review_on: days.map(|days| {
                jiff::civil::date(2026, 1, 1).saturating_add(jiff::Span::new().days(days))
            }),
            overdue,
            trend: !official.is_empty(),
            official: official
                .into_iter()
                .map(|(label, value)| Fact { label, value })
                .collect(),
        })
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::Answered),
        Just(Outcome::Clarify),
        Just(Outcome::NotCovered)
    ]
}

fn extreme() -> impl Strategy<Value = Answer> {
    let words = (
        text(),
        prop::collection::vec(text(), 0..4),
        prop::collection::vec(text(), 0..4),
    );
    let figures = (
        prop::collection::vec((text(), text()), 0..40),
        prop::option::of(table()),
        prop::option::of(grid()),
        prop::collection::vec((subject(), text(), text()), 0..40),
        0..200_usize,
    );
    let evidence = (
        prop::collection::vec(passage(), 0..4),
        prop::collection::vec(text(), 0..6),
        prop::collection::vec((text(), url(), text(), text()), 0..12),
        prop::collection::vec(text(), 0..6),
    );
    let links = (
        prop::collection::vec((text(), text(), prop::option::of(subject())), 0..9),
        prop::collection::vec(subject(), 0..41),
        prop::collection::vec(subject(), 0..6),
        any::<bool>(),
    );
    let rest = (
        outcome(),
        prop::collection::vec(own(), 0..3),
        prop::option::of(("[a-z0-9;,]{0,130}", any::<u8>())),
    );
    (words, figures, evidence, links, rest).prop_map(
        |(
            (title, notes, direct),
            (facts, table, grid, items, more),
            (passages, caveats, sources, attributions),
            (choices, related, subjects, sensitive),
            (outcome, own, next),
        )| Answer {
            notes,
            direct,
            facts: facts
                .into_iter()
                .map(|(label, value)| Fact { label, value })
                .collect(),
            table,
            grid,
            brief: (more % 2 == 0).then(|| Brief {
                scale: items
                    .first()
                    .map_or_else(String::new, |item| item.2.clone()),
                notes: items.iter().map(|item| item.2.clone()).collect(),
                instead_of: String::new(),
            }),
            credits: attributions.clone(),
            heads: vec![1],
            items: items
                .into_iter()
                .map(|(subject, note, _)| Item { subject, note })
                .collect(),
            more,
            passages,
            caveats,
            choices: choices
                .into_iter()
                .map(|(label, question, subject)| Choice {
                    label,
                    question,
                    subject,
                })
                .collect(),
            related,
            subjects,
            sources: sources
                .into_iter()
                .map(|(title, url, date, short)| SourceRef {
                    title,
                    url,
                    date,
                    short,
                })
                .collect(),
            attributions,
            sensitive,
            own,
            next,
            ..Answer::new(outcome, title)
        },
    )
}

fn assert_within_limits(message: &Message) -> Result<(), TestCaseError> {
    for body in [
        InitialResponse::Message(message.clone()).body(),
        InitialResponse::Update(message.clone()).body(),
    ] {
        prop_assert_eq!(check_response(&body), Vec::<String>::new(), "{}", body);
        prop_assert_eq!(
            openapi::request("POST", "/interactions/1/token/callback", &body),
            Vec::<String>::new(),
            "{}",
            body
        );
    }
    let body = message.post_body(Some(serenity::model::id::MessageId::new(1)));
    prop_assert_eq!(check_message(&body), Vec::<String>::new());
    // Buttons and menus show their labels as they stand, without markdown or mentions.
    let shown = format!("{}{}", body["content"], body["embeds"]);
    prop_assert!(
        !shown.contains("@everyone") && !shown.contains("<@1>") && !shown.contains('\u{202E}'),
        "{}",
        shown
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_exceeds_a_limit(
        extreme in extreme(), question in prop::option::of(text()), private in any::<bool>(), embeds in any::<bool>(),
        foreign in any::<bool>(), reply_to in prop::option::of(1..=u64::MAX),
    ) {
        let view = View {
            question: question.as_deref(),
            private,
            embeds,
            language: foreign.then_some("Answers are in English."),
            reply_to: reply_to.map(serenity::model::id::MessageId::new),
            whole: question.as_deref().map_or(Whole::Nowhere, Whole::Asked),
        };
        assert_within_limits(&answer(&extreme, &view))?;
        assert_within_limits(&whole(&extreme, &view))?;
    }
}

#[test]
fn an_empty_answer_still_says_something() {
    for embeds in [true, false] {
        let message = answer(
            &Answer::new(Outcome::NotCovered, ""),
            &View {
                embeds,
                ..View::default()
            },
        );
        assert!(!message.content.trim().is_empty());
        assert_eq!(check_message(&message.body()), Vec::<String>::new());
    }
}

#[test]
fn a_message_about_a_crisis_is_not_repeated_rated_or_shared() {
    let mut crisis = Answer::new(Outcome::NotCovered, "You matter");
    crisis.direct.push("Call or text 988.".to_owned());
    crisis.sensitive = true;
    let message = answer(
        &crisis,
        &View {
            question: Some("something painful"),
            ..View::default()
        },
    );
    assert!(!message.body().to_string().contains("painful"));
    assert_eq!(*message.rows, []);
}

#[test]
fn a_full_answer_keeps_its_direct_answer_sources_and_attribution() {
    let mut full = Answer::new(Outcome::Answered, "Registered nurse");
    full.direct.push("They earn a lot.".to_owned());
    full.facts = (0..30)
        .map(|n| Fact {
            label: format!("Fact {n}"),
            value: "v".repeat(400),
        })
        .collect();
    full.passages = vec![
        Passage {
            title: "Registered nurse".to_owned(),
            heading: "What they do".to_owned(),
            text: "word ".repeat(120),
            marks: std::iter::once(0..4).collect(),
            url: String::new()
        };
        3
    ];
    full.caveats = vec!["Careful. ".repeat(40)];
    full.sources = vec![SourceRef {
        title: "BLS".to_owned(),
        url: "https://www.bls.gov/oes/".to_owned(),
        date: "2026-05-15".to_owned(),
        short: "BLS wages, May 2025".to_owned(),
    }];
    full.attributions = vec!["Source: BLS.".to_owned()];
    full.credits = vec!["BLS, in short.".to_owned()];
    for embeds in [true, false] {
        let body = answer(
            &full,
            &View {
                embeds,
                ..View::default()
            },
        )
        .body()
        .to_string();
        for needed in [
            "They earn a lot.",
            "https://www.bls.gov/oes/",
            "BLS wages, May 2025",
            "BLS, in short.",
        ] {
            assert!(body.contains(needed), "{needed}: {body}");
        }
        assert!(
            !body.contains("Source: BLS."),
            "the short form does: {body}"
        );
    }
    let body = whole(&full, &View::default()).body().to_string();
    for needed in ["They earn a lot.", "<t:1778846400:D>", "Source: BLS."] {
        assert!(body.contains(needed), "{needed}: {body}");
    }
}
