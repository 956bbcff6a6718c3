//! What a question takes from the talk before it.

use careerbot::answer::Outcome;

use super::{Wrong, advisor};

#[test]
fn a_pronoun_refers_back_within_a_talk() {
    let (_, remembered) = advisor().ask_in("what does a phlebotomist do", None);
    let (answer, _) = advisor().ask_in("how much do they make?", Some(&remembered));
    assert_eq!(
        answer.subjects.first().map(|subject| subject.slug.as_str()),
        Some("phlebotomist")
    );
    assert!(answer.direct[0].contains("$45,230"), "{:?}", answer.direct);
    let (alone, _) = advisor().ask_in("how much do they make?", None);
    assert_eq!(alone.outcome, Outcome::NotCovered);
}

#[test]
fn a_talk_goes_on_with_whether_it_is_hard_and_that_or_another() {
    let (_, remembered) = advisor().ask_in("what does a nurse make", None);
    let (answer, remembered) = advisor().ask_in("is it hard?", Some(&remembered));
    assert!(
        answer.direct[0].contains("how hard the school or the exam is for registered nurses"),
        "{:?}",
        answer.direct
    );
    let (answer, _) = advisor().ask_in(
        "which one pays more, that or a pharmacist",
        Some(&remembered),
    );
    let slugs: Vec<&str> = answer
        .subjects
        .iter()
        .map(|subject| subject.slug.as_str())
        .collect();
    assert_eq!(slugs, ["registered-nurse", "pharmacist"]);
    assert_eq!(advisor().ask("is it hard?").outcome, Outcome::NotCovered);
}

#[test]
fn a_list_is_given_again_for_a_state_that_is_named_after_it() {
    let (_, talk) = advisor().ask_in("remote jobs without a degree", None);
    let (answer, talk) = advisor().ask_in("and in Ohio?", Some(&talk));
    let words = answer.direct.join(" ");
    assert!(
        words.starts_with("In Ohio, ") && words.contains("remote work is common"),
        "{words}"
    );
    assert_eq!(
        answer.notes,
        ["I took this to be about the list before it."]
    );
    let (answer, talk) = advisor().ask_in("what about texas", Some(&talk));
    assert!(
        answer.direct.join(" ").starts_with("In Texas, "),
        "{:?}",
        answer.direct
    );
    // What is asked about one role is no longer about the list.
    let (_, talk) = advisor().ask_in("phlebotomist pay", Some(&talk));
    let (answer, _) = advisor().ask_in("and in Ohio?", Some(&talk));
    assert!(
        answer
            .direct
            .join(" ")
            .contains("In Ohio, phlebotomists typically earn $39,770 a year"),
        "{:?}",
        answer.direct
    );
}

#[test]
fn a_talk_goes_on_with_the_list_and_by_place() {
    let slugs = |answer: &careerbot::answer::Answer| -> Vec<String> {
        answer
            .items
            .iter()
            .map(|item| item.subject.slug.to_string())
            .collect()
    };
    let (ideas, remembered) = advisor().ask_in("i like science but hate blood", None);
    let (best, _) = advisor().ask_in("which of those pays the most", Some(&remembered));
    let (mut named, mut ranked) = (slugs(&ideas), slugs(&best));
    assert_eq!(ranked[0], "healthcare-data-scientist", "{best:?}");
    named.sort();
    ranked.sort();
    assert_eq!(named, ranked, "the same, in another order");
    let (second, _) = advisor().ask_in("tell me more about the second one", Some(&remembered));
    assert_eq!(second.subjects[0].slug.to_string(), slugs(&ideas)[1]);
    let (_, remembered) = advisor().ask_in("remote jobs without a degree", None);
    let (over, _) = advisor().ask_in("over 50k", Some(&remembered));
    assert!(
        over.direct[0].contains("remote work is common") && over.direct[0].contains("$50,000"),
        "{over:?}"
    );
    let (_, remembered) = advisor().ask_in("what jobs does telehealth create", None);
    let (rich, _) = advisor().ask_in("which of them pay over 100k", Some(&remembered));
    let mut wrong = Wrong::default();
    let right =
        rich.direct[0].contains("Telehealth expansion") && rich.direct[0].contains("$100,000");
    wrong.note(right, "which of them pay over 100k", &rich.direct);
    wrong.none();
    let (new, _) = advisor().ask_in("which remote jobs pay over 100k", Some(&remembered));
    assert!(!new.direct[0].contains("Telehealth"), "a new list: {new:?}");
}

/// The subjects and the first sentence of the last turn.
fn last(turns: &[&str]) -> (Vec<String>, String) {
    let mut remembered = None;
    let mut last = (Vec::new(), String::new());
    for turn in turns {
        let (answer, now) = advisor().ask_in(turn, remembered.as_ref());
        let slugs = answer.subjects.iter().map(|one| one.slug.clone());
        last = (
            slugs.collect(),
            answer.direct.first().cloned().unwrap_or_default(),
        );
        remembered = Some(now);
    }
    last
}

#[test]
fn what_was_asked_goes_on_with_another_name() {
    for (turns, role) in [
        (
            ["what are welders paid", "ok what about surgical techs"],
            "surgical-technologist",
        ),
        (
            ["what does a rad tech earn", "the ultrasound kind"],
            "diagnostic-medical-sonographer",
        ),
    ] {
        let (slugs, first) = last(&turns);
        assert_eq!(slugs, [role], "{turns:?}");
        assert!(first.contains("typically earn $"), "{turns:?}: {first}");
    }
}

#[test]
fn there_is_where_was_spoken_of_before() {
    let (_, first) = last(&[
        "RN pay in Oregon",
        "what would a medical assistant make there",
    ]);
    assert!(
        first.starts_with("In Oregon, medical assistants"),
        "{first}"
    );
}

#[test]
fn a_pronoun_stands_for_the_role_in_what_is_asked_of_it() {
    let (slugs, first) = last(&[
        "How do I become a genetic counselor?",
        "what does it pay here",
    ]);
    assert_eq!(slugs, ["genetic-counselor"]);
    assert!(
        first.starts_with("Genetic counselors typically earn $"),
        "{first}"
    );
}

#[test]
fn one_that_is_not_shrinking_is_one_that_grows() {
    let (slugs, _) = last(&[
        "medical biller vs medical coder",
        "which one isn't shrinking",
    ]);
    assert_eq!(slugs.first().map(String::as_str), Some("medical-coder"));
}

#[test]
fn a_kind_of_workplace_alone_is_another_place_for_the_same_question() {
    let (_, remembered) = advisor().ask_in("how much does an occupational therapist make", None);
    let (answer, remembered) = advisor().ask_in("nursing homes then", Some(&remembered));
    assert!(
        answer.direct[0].starts_with("In nursing care facilities"),
        "{:?}",
        answer.direct
    );
    // School by itself asks what one has to learn.
    let (answer, _) = advisor().ask_in("school?", Some(&remembered));
    assert!(
        !answer.direct[0].contains("secondary schools"),
        "{:?}",
        answer.direct
    );
}

#[test]
fn ways_go_on_with_a_move_a_least_pay_and_a_fact_of_one() {
    let first = "CNA in Toledo, $18.25. what pays better that I can finish in 18 months or less";
    let (_, remembered) = advisor().ask_in(first, None);
    let (answer, remembered) = advisor().ask_in(
        "my boyfriend is moving us, so in Columbus",
        Some(&remembered),
    );
    assert!(
        answer.direct[0].contains("Columbus, OH"),
        "{:?}",
        answer.direct
    );
    let (answer, remembered) = advisor().ask_in("I won't go under 45k", Some(&remembered));
    assert!(
        answer.direct[0].contains("$45,000 or more"),
        "{:?}",
        answer.direct
    );
    assert!(answer.direct[0].contains("$18.25"), "{:?}", answer.direct);
    let (answer, _) = advisor().ask_in(
        "do surgical technologists need a license in Ohio?",
        Some(&remembered),
    );
    assert!(!answer.direct[0].contains("$18.25"), "{:?}", answer.direct);
}
