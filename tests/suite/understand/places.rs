//! States, cities and regions in a question.

use careerbot::knowledge::State;
use careerbot::question::{Cue, Kind, Reason};

use super::{advisor, check};

#[test]
fn case_and_place_decide_what_two_letters_mean() {
    check("how much does an MA make", Kind::Roles, &["medical-assistant"], &[Cue::Pay]);
    check("PA salary in PA", Kind::Roles, &["physician-assistant"], &[Cue::Pay]);
    let understood = advisor().understand("PA salary in PA");
    assert_eq!(understood.states.iter().map(|state| state.code()).collect::<Vec<_>>(), ["PA"]);
    assert!(advisor().understand("should i become a nurse or not, help me").states.is_empty());
}

#[test]
fn everyday_words_name_no_city_and_codes_at_the_end_name_their_state() {
    assert_eq!(advisor().understand("who does the billing").city_state, None);
    assert_eq!(advisor().understand("rn pay in billings").kind, Kind::Refused(Reason::City));
    for (question, state) in [("rn pay in hi", "HI"), ("cna wages in me", "ME"), ("lpn salary in or", "OR")] {
        let states = advisor().understand(question).states;
        assert_eq!(states.iter().map(|state| state.code()).collect::<Vec<_>>(), [state], "{question}");
    }
}

#[test]
fn a_state_named_with_a_city_is_the_one_that_is_offered() {
    for (question, state) in [
        ("rn pay in kansas city", "MO"),
        ("rn pay in Kansas City, Kansas", "KS"),
        ("rn pay in rochester minnesota", "MN"),
        ("rn pay in Portland, ME", "ME"),
        ("rn pay in portland", "OR"),
    ] {
        assert_eq!(advisor().understand(question).city_state, State::from_code(state), "{question}");
    }
    let answer = advisor().ask("rn pay in Kansas City, Kansas");
    assert_eq!(answer.choices[0].label, "Registered nurse pay in Kansas");
}

#[test]
fn states_are_ranked_from_the_end_that_is_asked_for() {
    for (question, sentence) in [
        ("top 5 states for RN pay", "California pays registered nurses most: a median of $140,270 a year"),
        ("where do dental hygienists make the most money", "The District of Columbia pays dental hygienists most"),
        ("which state pays nursing assistants the least", "Puerto Rico pays nursing assistants least"),
        ("lowest paying state for pharmacists", "Puerto Rico pays pharmacists least"),
        ("what state has the most phlebotomists", "California has the most jobs for phlebotomists: 13,520 (May 2025)"),
    ] {
        let answer = advisor().ask(question);
        assert!(answer.direct[0].starts_with(sentence), "{question}: {:?}", answer.direct);
    }
    for question in
        ["whats an LPN get in the sunshine state", "what do MAs make in austin texas city not the whole state"]
    {
        assert_eq!(advisor().understand(question).states_ranked, None, "{question}");
    }
}

#[test]
fn states_are_found_in_lists_by_nickname_and_in_halves() {
    for (question, states) in [
        ("RN pay tx vs ca vs fl", &["TX", "CA", "FL"][..]),
        ("LPN pay in PA vs OH vs MD", &["PA", "OH", "MD"]),
        ("RN pay ga vs al", &["GA", "AL"]),
        ("nurse pay north vs south carolina", &["NC", "SC"]),
        ("are nurses paid more in texas than in florida", &["TX", "FL"]),
        ("LPN wages peach state", &["GA"]),
        ("RN pay jersey", &["NJ"]),
        ("nurse pay in new mexico not mexico", &["NM"]),
        ("NP vs PA in Ohio", &["OH"]),
        ("pay bump from MA to LPN", &[]),
        ("what is an MD", &[]),
    ] {
        let understood = advisor().understand(question);
        let codes: Vec<&str> = understood.states.iter().map(|state| state.code()).collect();
        assert_eq!(codes, states, "{question}");
        assert!(!matches!(understood.kind, Kind::Refused(_)), "{question}: {:?}", understood.kind);
    }
    for (question, reason) in [
        ("new england nurse pay", Reason::City),
        ("nurse pay midwest", Reason::City),
        ("nurse pay in kenya", Reason::Abroad),
        ("canda nurse pay", Reason::Abroad),
    ] {
        assert_eq!(advisor().understand(question).kind, Kind::Refused(reason), "{question}");
    }
    assert_ne!(advisor().understand("cuanto gana una enfermera en texas").kind, Kind::Refused(Reason::Abroad));
}
