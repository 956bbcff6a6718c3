//! States, cities and regions in a question.

use careerbot::answer::Outcome;
use careerbot::knowledge::language::Label;
use careerbot::understanding::request::Place;

use super::{Wrong, advisor, ask_of, check, first_sentences, unmet};

fn place(question: &str) -> Place {
    ask_of(&advisor().understand(question).requests[0]).place
}

fn states(question: &str) -> Vec<&'static str> {
    place(question)
        .states
        .iter()
        .map(|state| state.code())
        .collect()
}

#[test]
fn case_and_place_decide_what_two_letters_mean() {
    check(&[
        (
            "how much does an MA make",
            &["medical-assistant"],
            &[Label::Pay],
        ),
        ("PA salary in PA", &["physician-assistant"], &[Label::Pay]),
    ]);
    assert_eq!(states("PA salary in PA"), ["PA"]);
    assert!(
        advisor()
            .understand("should i become a nurse or not, help me")
            .context
            .states
            .is_empty()
    );
}

#[test]
fn everyday_words_name_no_city_and_codes_at_the_end_name_their_state() {
    assert_eq!(
        advisor().understand("who does the billing").context.city,
        None
    );
    for (question, state) in [
        ("rn pay in hi", "HI"),
        ("cna wages in me", "ME"),
        ("lpn salary in or", "OR"),
    ] {
        assert_eq!(states(question), [state], "{question}");
    }
}

#[test]
fn a_city_is_told_by_its_area_and_a_state_beside_it_says_which() {
    let mut wrong = Wrong::default();
    for (question, area) in [
        ("rn pay in kansas city", "Kansas City, MO-KS"),
        ("rn pay in Kansas City, Kansas", "Kansas City, MO-KS"),
        ("rn pay in rochester minnesota", "Rochester, MN"),
        ("rn pay in rochester new york", "Rochester, NY"),
        ("rn pay in Portland, ME", "Portland-South Portland, ME"),
        ("rn pay in portland", "Portland-Vancouver-Hillsboro, OR-WA"),
        ("rn pay in billings", "Billings, MT"),
        ("rn pay in chicago", "Chicago-Naperville-Elgin, IL-IN"),
    ] {
        let direct = advisor().ask(question).direct;
        let told = direct[0].starts_with(&format!(
            "In the {area} area, registered nurses typically earn $"
        ));
        wrong.note(told, question, &direct);
    }
    wrong.none();
}

#[test]
fn states_are_ranked_from_the_end_that_is_asked_for() {
    super::first_sentences(&[
        (
            "top 5 states for RN pay",
            "California pays registered nurses most: $140,270 a year (median, May 2025)",
        ),
        (
            "where do dental hygienists make the most money",
            "The District of Columbia pays dental hygienists most",
        ),
        (
            "which state pays nursing assistants the least",
            "Puerto Rico pays nursing assistants least",
        ),
        (
            "lowest paying state for pharmacists",
            "Puerto Rico pays pharmacists least",
        ),
        (
            "what state has the most phlebotomists",
            "California has the most jobs for phlebotomists: 13,520 (May 2025)",
        ),
    ]);
    for question in [
        "whats an LPN get in the sunshine state",
        "what do MAs make in austin texas city not the whole state",
    ] {
        assert_eq!(place(question).ranked, None, "{question}");
    }
}

#[test]
fn states_are_found_in_lists_by_nickname_and_in_halves() {
    let mut wrong = Wrong::default();
    for (question, codes) in [
        ("RN pay tx vs ca vs fl", &["TX", "CA", "FL"][..]),
        ("LPN pay in PA vs OH vs MD", &["PA", "OH", "MD"]),
        ("RN pay ga vs al", &["GA", "AL"]),
        ("nurse pay north vs south carolina", &["NC", "SC"]),
        (
            "are nurses paid more in texas than in florida",
            &["TX", "FL"],
        ),
        ("LPN wages peach state", &["GA"]),
        ("RN pay jersey", &["NJ"]),
        ("nurse pay in new mexico not mexico", &["NM"]),
        ("NP vs PA in Ohio", &["OH"]),
        ("pay bump from MA to LPN", &[]),
    ] {
        wrong.note(states(question) == codes, question, place(question));
        wrong.note(
            unmet(&advisor().understand(question)).is_empty(),
            question,
            "is not answered",
        );
    }
    let doctor = advisor().understand("what is an MD");
    wrong.note(
        doctor.context.states.is_empty() && unmet(&doctor).is_empty(),
        "what is an MD",
        &doctor.requests,
    );
    for (question, reason) in [
        ("nurse pay in kenya", "abroad"),
        ("canda nurse pay", "abroad"),
    ] {
        let understood = advisor().understand(question);
        wrong.note(unmet(&understood) == reason, question, &understood.requests);
    }
    for question in ["new england nurse pay", "nurse pay midwest"] {
        let city = place(question).city;
        wrong.note(
            city.as_ref().is_some_and(|city| city.state.is_none()),
            question,
            &city,
        );
        let answer = advisor().ask(question);
        let said = careerbot::answer::text::plain(&answer);
        wrong.note(
            said.contains("none for cities or regions"),
            question,
            &answer.direct,
        );
        wrong.note(
            answer.outcome == Outcome::NotCovered || said.contains("US"),
            question,
            &answer.direct,
        );
    }
    let spanish = advisor().understand("cuanto gana una enfermera en texas");
    wrong.note(
        unmet(&spanish) != "abroad",
        "cuanto gana una enfermera en texas",
        &spanish.requests,
    );
    wrong.none();
}

#[test]
fn areas_and_kinds_of_workplace_are_ranked_where_they_are_asked_for() {
    let mut wrong = Wrong::default();
    for (question, by_area, by_setting) in [
        ("best paying areas for nurses in Texas", true, false),
        ("which cities pay dental hygienists the most", true, false),
        ("which setting pays physical therapists best", false, true),
        ("what industry pays pharmacists the most", false, true),
        ("which state pays pharmacists the most", false, false),
    ] {
        let place = place(question);
        let found = (place.by_area, place.by_setting);
        wrong.note(found == (by_area, by_setting), question, place);
    }
    wrong.none();
    let answer = advisor().ask("which setting pays physical therapists best");
    assert!(
        answer.direct[0].starts_with("Of the workplaces that I know of,"),
        "{:?}",
        answer.direct
    );
}

#[test]
fn a_workplace_beside_a_job_makes_no_other_job_of_it() {
    check(&[
        (
            "which pays more for a PT, home health or nursing home?",
            &["physical-therapist"],
            &[Label::Pay],
        ),
        (
            "what industry pays pharmacists the most",
            &["pharmacist"],
            &[Label::Pay],
        ),
        (
            "anesthetist nurse salary",
            &["nurse-anesthetist"],
            &[Label::Pay],
        ),
    ]);
    let answer = advisor().ask("school nurse salary");
    assert!(
        answer.direct[0].starts_with("In elementary and secondary schools, registered nurses"),
        "{:?}",
        answer.direct
    );
}

#[test]
fn a_state_named_after_a_city_and_apart_from_it_is_meant_as_a_whole() {
    let mut wrong = Wrong::default();
    for (question, areas) in [
        (
            "I'm from Cleveland, how much would a pharmacist make in Ohio",
            0,
        ),
        (
            "thinking of Dallas or somewhere in Texas, what is RN pay",
            0,
        ),
        ("RN pay in Cleveland, Ohio", 1),
        ("RN pay in Cleveland in Ohio", 1),
        ("Ohio, what do RNs make in Cleveland", 1),
    ] {
        let found = place(question);
        wrong.note(
            found.areas.len() == areas && found.states.len() == 1,
            question,
            &found,
        );
    }
    wrong.none();
}

#[test]
fn a_code_last_of_all_behind_what_is_asked_is_a_place() {
    for (question, state) in [("emt hourly wage PA", "PA"), ("LPN wages PA state", "PA")] {
        assert_eq!(states(question), [state], "{question}");
    }
    check(&[(
        "CNA or PA",
        &["nursing-assistant", "physician-assistant"],
        &[],
    )]);
}

#[test]
fn a_name_with_a_place_or_a_kind_of_workplace_asks_for_pay_there() {
    first_sentences(&[
        ("LVN in the Tulsa area", "In the Tulsa, OK area"),
        (
            "home health physical therapist pay",
            "In home health care services",
        ),
    ]);
}

#[test]
fn a_room_and_a_pronoun_are_no_states() {
    for question in [
        "im a surgical tech in anchorage making 25 an hour, i want into the OR",
        "15 yrs RN in Pittsburgh, 82k, no families yelling at me. what do nurses move into",
    ] {
        let said = advisor().ask(question).direct.join(" ");
        assert!(
            !said.contains("Oregon") && !said.contains("Maine"),
            "{said}"
        );
    }
}
