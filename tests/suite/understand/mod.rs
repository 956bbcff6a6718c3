//! What a question is understood to ask, on the shipped knowledge: names, and what is asked of them.

mod figures;
mod lists;
mod places;
mod refusals;
mod talks;
mod wishes;

use std::sync::OnceLock;

use careerbot::advisor::{Advisor, Kind as Completable};
use careerbot::answer::Outcome;
use careerbot::knowledge;
use careerbot::question::{Cue, Kind};

fn advisor() -> &'static Advisor {
    static ADVISOR: OnceLock<Advisor> = OnceLock::new();
    ADVISOR.get_or_init(|| {
        let knowledge = knowledge::load_shipped().expect("the shipped knowledge loads");
        Advisor::in_memory(knowledge).expect("an index in memory")
    })
}

#[track_caller]
fn check(question: &str, kind: Kind, roles: &[&str], asks: &[Cue]) {
    let advisor = advisor();
    let understood = advisor.understand(question);
    let knowledge = advisor.knowledge();
    let slugs: Vec<&str> = understood.roles.iter().map(|id| knowledge.role(*id).slug.as_str()).collect();
    assert_eq!((understood.kind, slugs.as_slice(), understood.asks.as_slice()), (kind, roles, asks), "{question}");
}

#[test]
fn two_questions_in_one_are_kept_in_their_order() {
    check(
        "how do I become a paramedic and how much do they make",
        Kind::Roles,
        &["paramedic"],
        &[Cue::Training, Cue::Pay],
    );
}

#[test]
fn slips_are_mended_and_told() {
    check("ocupashunal therapist skool", Kind::Roles, &["occupational-therapist"], &[Cue::Training]);
    check("medicalcoder salary", Kind::Roles, &["medical-coder"], &[Cue::Pay]);
    check("tele health coordinator pay", Kind::Roles, &["telehealth-coordinator"], &[Cue::Pay]);
    let answer = advisor().ask("dentle asistant wages");
    assert!(answer.notes.iter().any(|note| note.starts_with("I read this as")), "{:?}", answer.notes);
}

#[test]
fn a_known_word_is_never_corrected() {
    for question in ["is it worth it to be a decent phlebotomist", "ballpark pay for a dentist annually"] {
        assert_eq!(advisor().understand(question).corrections, Vec::new(), "{question}");
    }
}

#[test]
fn a_role_that_the_writer_has_is_background() {
    check("I'm a CNA, how do I become an RN", Kind::Roles, &["registered-nurse"], &[Cue::Training]);
}

#[test]
fn the_longest_name_wins() {
    check("psychiatric nurse practitioner pay", Kind::Roles, &["psychiatric-nurse-practitioner"], &[Cue::Pay]);
    check("physical therapist assistant", Kind::Roles, &["physical-therapist-assistant"], &[]);
    check("dental asst pay", Kind::Roles, &["dental-assistant"], &[Cue::Pay]);
}

#[test]
fn words_of_several_readings_ask_or_say_what_was_read() {
    let answer = advisor().ask("what does a tech earn?");
    assert_eq!(answer.outcome, Outcome::Clarify);
    assert!((2..=5).contains(&answer.choices.len()));
    assert!(!answer.direct.join(" ").contains('$'), "no figure is guessed");
}

#[test]
fn prefixes_and_abbreviations_complete() {
    let first =
        |prefix: &str, kind| advisor().complete(prefix, kind, 25).into_iter().next().map(|completion| completion.value);
    assert_eq!(first("rn", Completable::Role).as_deref(), Some("registered-nurse"));
    assert_eq!(first("calif", Completable::State).as_deref(), Some("CA"));
    assert_eq!(first("tele", Completable::Trend).as_deref(), Some("telehealth-expansion"));
    assert_eq!(advisor().complete("", Completable::Role, 25).len(), 25);
    assert!(advisor().complete("zzzz", Completable::Role, 25).is_empty());
}

#[test]
fn a_word_said_twice_says_no_more_than_once() {
    check("nurse nurse nurse nurse", Kind::Roles, &["registered-nurse"], &[]);
}

#[test]
fn what_a_question_leaves_unsaid_is_taken_from_what_it_names() {
    check("how to go from lpn to rn", Kind::Roles, &["registered-nurse"], &[Cue::Training]);
    check("from cashier to medical assistant", Kind::Roles, &["medical-assistant"], &[Cue::Training]);
    check("is 80k a lot for a respiratory therapist", Kind::Roles, &["respiratory-therapist"], &[Cue::Pay]);
    check("how many nurses are there in the us", Kind::Roles, &["registered-nurse"], &[Cue::Employment]);
    let answer = advisor().ask("how many paramedics are there in texas");
    assert!(answer.direct[0].starts_with("In Texas, BLS counted 8,410 jobs"), "{:?}", answer.direct);
    check("vet tech vs nurse", Kind::Roles, &["registered-nurse"], &[]);
}

#[test]
fn whether_a_level_of_schooling_is_needed_is_told_by_the_typical_one() {
    for (question, verdict) in [
        ("do i need a masters to be a nurse", "No, usually not: "),
        ("phd needed for genetic counselor?", "No, usually not: "),
        ("is a phd required to be a psychologist", "Yes, usually: "),
        ("do you need an associates to be a nurse", "The typical way in "),
        ("i have a masters, do i need more to be a dietitian", "Yes, usually: "),
    ] {
        let answer = advisor().ask(question);
        assert!(answer.direct[0].starts_with(verdict), "{question}: {:?}", answer.direct);
    }
}

#[test]
fn nights_and_weekends_are_told_from_where_the_work_is() {
    for (question, sentence) in [
        ("does a medical lab scientist work nights", "night and weekend"),
        ("are there 12 hour shifts for respiratory therapists", "Twelve-hour shifts, nights and holidays"),
    ] {
        let answer = advisor().ask(question);
        assert!(answer.direct[0].contains(sentence), "{question}: {:?}", answer.direct);
    }
    let answer = advisor().ask("what does a normal 12 hr shift look like for a cna");
    assert!(answer.direct[0].contains("shift"), "{:?}", answer.direct);
}

#[test]
fn an_exam_of_several_roles_is_asked_about_and_yes_answers_a_yes_or_no() {
    for (question, roles) in [
        ("what is NCLEX", &["licensed-practical-nurse", "registered-nurse"][..]),
        ("what is ARRT", &["diagnostic-medical-sonographer", "mri-technologist", "radiologic-technologist"]),
    ] {
        let answer = advisor().ask(question);
        let offered: Vec<&str> =
            answer.choices.iter().filter_map(|choice| Some(choice.subject.as_ref()?.slug.as_str())).collect();
        assert_eq!((answer.outcome, offered.as_slice()), (Outcome::Clarify, roles), "{question}");
    }
    check("NCLEX-RN", Kind::Roles, &["registered-nurse"], &[Cue::License]);
    for (question, yes) in [
        ("do nurses need a license", true),
        ("is a license required for massage therapists", true),
        ("what license does a nurse need", false),
        ("can i take x-rays in california without license", false),
        ("can a texas nurse work in oklahoma with same license", false),
    ] {
        let answer = advisor().ask(question);
        assert_eq!(answer.direct.iter().any(|sentence| sentence.starts_with("Yes")), yes, "{question}");
    }
    assert!(advisor().ask("physical therapist with only a bachelors?").direct[0].starts_with("Usually not: "));
}

#[test]
fn what_is_left_out_of_a_question_is_not_answered() {
    let besides = advisor().ask("difference between EMT and paramedic besides pay");
    assert!(besides.direct[0].starts_with("Emergency medical technicians answer"), "{:?}", besides.direct);
    let less = advisor().ask("who makes less, medical assistants or pharmacy techs");
    assert!(
        less.direct[0].starts_with("Medical assistants earn less: medical assistants $45,690"),
        "{:?}",
        less.direct
    );
    let three = advisor().ask("which pays more radiologist psychiatrist or dentist");
    assert!(three.direct[0].starts_with("Radiologists earn most:"), "{:?}", three.direct);
    check(
        "which pays more in florida, LPN or surgical tech",
        Kind::Compare,
        &["licensed-practical-nurse", "surgical-technologist"],
        &[Cue::Pay],
    );
    check("nurse vs software engineer salary", Kind::Roles, &["registered-nurse"], &[Cue::Pay]);
}

#[test]
fn a_degree_or_a_certificate_is_answered_by_neither_yes_nor_no() {
    let answer = advisor().ask("do paramedics need a degree, or is a certificate enough?");
    assert!(answer.direct[0].starts_with("No degree is needed as a rule: the typical way in"), "{:?}", answer.direct);
    let answer = advisor().ask("is a bachelors enough for epidemiology");
    assert!(answer.direct[0].starts_with("Usually not: "), "{:?}", answer.direct);
}
