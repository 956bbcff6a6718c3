//! Which figures are told, and how they are qualified.

use super::{Kind, advisor, first_sentences, kinds};

#[test]
fn unreleased_and_top_coded_pay_is_said_to_be_so() {
    first_sentences(&[
        ("data scientist pay delaware", "has not released"),
        ("radiologist pay in delaware", "at least $239,200"),
        ("genetic counselor wages in guam", "no figure"),
    ]);
}

#[test]
fn a_nearest_figure_names_its_group() {
    first_sentences(&[(
        "telehealth coordinator salary",
        "health information technologists and medical registrars",
    )]);
}

#[test]
fn pay_is_told_for_the_time_that_is_asked_for() {
    first_sentences(&[
        (
            "pharmacist in ohio pay per hour",
            "$137,020 a year (May 2025). By the hour the median is 65.87 USD.",
        ),
        (
            "how much per month does a CNA make in alabama",
            "$34,140 a year (May 2025). That comes to about 2,845 USD a month",
        ),
        (
            "what does a nurse make per week",
            "$97,550 a year in the US (May 2025). That comes to about 1,876 USD a week",
        ),
    ]);
    let answer = advisor().ask("how many hours a week do nurses work and what do they make");
    assert!(
        !answer.direct.join(" ").contains("USD a week"),
        "{:?}",
        answer.direct
    );
}

#[test]
fn percentiles_and_the_mean_are_told_where_they_are_asked_for() {
    for (question, sentence) in [
        (
            "25th percentile pay for occupational therapists",
            "$82,510 or less (25th percentile)",
        ),
        (
            "mean wage for pharmacists",
            "The mean was $140,920 a year (US, May 2025).",
        ),
        (
            "average nurse salary not median",
            "The mean was $101,420 a year (US, May 2025).",
        ),
    ] {
        let answer = advisor().ask(question);
        assert!(
            answer.direct.join(" ").contains(sentence),
            "{question}: {:?}",
            answer.direct
        );
    }
    // BLS's quarters of the state, not those of the whole country.
    let answer = advisor().ask("75th percentile RN salary in oregon");
    let sentence = "A quarter of them earned $107,220 or less (25th percentile), and a quarter $134,420 or more (75th percentile) (Oregon, May 2025).";
    assert!(
        answer.direct.join(" ").contains(sentence),
        "{:?}",
        answer.direct
    );
}

#[test]
fn what_graduates_earn_and_owe_is_told_by_their_field() {
    kinds(
        Kind::Graduates,
        &[
            "what do nursing grads earn",
            "how much debt do pharmacy school graduates have",
            "how much do people owe after dental school",
            "earnings of dental hygiene graduates in Texas",
        ],
    );
    kinds(
        Kind::Facts,
        &[
            "new grad RN pay in Ohio",
            "what does a new nurse make",
            "I'm a new grad, they offer $36 an hour as an RN in Ohio",
        ],
    );
    first_sentences(&[(
        "how much debt do pharmacy school graduates have",
        "People who finished a program with a first professional degree in the field \"Pharmacy, Pharmaceutical Sciences, and \
         Administration\" owed a median of $",
    )]);
    let beginner = advisor().ask("what does a brand new nurse make");
    let said = beginner.direct.join(" ");
    assert!(said.contains("BLS has no pay by experience; the lowest-paid tenth earned"));
}

#[test]
fn a_job_outside_beside_one_that_is_held_gets_its_one_line() {
    let answer = advisor().ask("how much do actuaries make compared to nurses");
    assert!(
        answer
            .direct
            .iter()
            .any(|line| line.starts_with("For actuaries BLS gives a median of $")),
        "{:?}",
        answer.direct
    );
    // What somebody did before is no question.
    let story = advisor().ask(
        "I drove trucks for 15 years and my back is fine. Never liked the nights much. How much does a surgical tech make?",
    );
    assert!(!story.direct.join(" ").contains("truck"));
}

#[test]
fn names_of_one_role_held_against_each_other_are_said_to_be_one() {
    first_sentences(&[
        ("BSN vs ADN", "\"ADN\" and \"BSN\" are one job here"),
        (
            "what's the difference between an LVN and an LPN",
            "\"LPN\" and \"LVN\" are one job here, licensed practical nurses",
        ),
        (
            "ultrasound tech vs sonographer pay",
            "\"sonographer\" and \"ultrasound tech\" are one job here",
        ),
    ]);
    // Two roles, and one name in its plural, are something else.
    for question in ["RN vs LPN pay", "nurse or nurses, pay"] {
        let answer = advisor().ask(question);
        assert!(!answer.direct[0].contains("one job here"), "{question}");
    }
}
