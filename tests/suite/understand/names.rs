//! Names beside names: brackets, shared last words, workplaces, somebody else's job.

use careerbot::knowledge::language::Label;

use super::{Wrong, advisor, ask_of, check};

#[test]
fn of_a_name_and_what_brackets_say_of_it_the_surer_one_counts() {
    check(&[
        (
            "what does an eye doctor (optometrist) earn",
            &["optometrist"],
            &[Label::Pay],
        ),
        (
            "RT (respiratory therapist) salary",
            &["respiratory-therapist"],
            &[Label::Pay],
        ),
        (
            "respiratory therapist (RT) salary",
            &["respiratory-therapist"],
            &[Label::Pay],
        ),
    ]);
}

#[test]
fn a_name_said_twice_is_no_comparison() {
    for question in [
        "foot doctor (podiatrist) salary",
        "are PT (physical therapist) jobs going up or down",
        "RD pay indiana (dietitian)",
    ] {
        let notes = advisor().understand(question).notes;
        assert!(notes.one_role.is_empty(), "{question}: {notes:?}");
    }
    let notes = advisor()
        .understand("dietitian or RD, who earns more")
        .notes;
    assert_eq!(notes.one_role.len(), 2);
}

#[test]
fn two_names_may_share_their_last_word() {
    check(&[(
        "mri vs ct tech pay",
        &["mri-technologist", "radiologic-technologist"],
        &[Label::Pay],
    )]);
}

#[test]
fn a_school_where_a_job_is_learned_is_no_workplace() {
    let mut wrong = Wrong::default();
    for (question, settings) in [
        ("I'm done with RN school, what will I earn", 0),
        ("sonographer pay fresh out of school", 0),
        ("what do RNs earn in schools", 1),
        ("school nurse pay", 1),
        ("what do hospitals pay phlebotomists", 1),
    ] {
        let found = ask_of(&advisor().understand(question).requests[0])
            .place
            .settings;
        wrong.note(found.len() == settings, question, found.len());
    }
    wrong.none();
}

#[test]
fn a_sister_is_no_job_and_what_somebody_else_says_names_none() {
    check(&[(
        "my sister says hygienists earn a lot, what do they make",
        &["dental-hygienist"],
        &[Label::Pay],
    )]);
}

#[test]
fn a_description_that_holds_nearly_all_that_is_said_comes_before_a_list() {
    for (question, role) in [
        (
            "who is it that plans the radiation dose for cancer patients, name of that job?",
            "medical-dosimetrist",
        ),
        (
            "the desk person on a hospital ward who answers phones n enters orders",
            "health-unit-coordinator",
        ),
    ] {
        let answer = advisor().ask(question);
        let first = answer.subjects.first().map(|subject| subject.slug.as_str());
        assert_eq!(first, Some(role), "{question}");
    }
}
