//! What somebody likes and what not.

use careerbot::knowledge::terms::Trait;
use careerbot::question::Kind;

use super::{advisor, check};

/// A question with a condition: what it likes, what it avoids, and what the answer comes to.
#[track_caller]
fn wishes(question: &str, kind: Kind, likes: &[Trait], avoids: &[Trait]) {
    let understood = advisor().understand(question);
    assert_eq!(
        (understood.kind, understood.likes.as_slice(), understood.dislikes.as_slice()),
        (kind, likes, avoids),
        "{question}"
    );
}

#[test]
fn wishes_beside_a_condition_are_not_lost() {
    for question in ["helping people, no degree", "no degree, helping people", "i want to help ppl, no degree"] {
        wishes(question, Kind::Interests, &[Trait::Helping], &[]);
        let answer = advisor().ask(question);
        assert!(answer.direct.iter().any(|line| line.contains("certificate) or less")), "{:?}", answer.direct);
    }
    wishes("short training under a yr, no blood, hands on", Kind::Interests, &[Trait::HandsOn], &[Trait::Blood]);
    wishes("no blood or needles, no degree", Kind::List, &[], &[Trait::Blood]);
    wishes("just a high school diploma, list em", Kind::List, &[], &[]);
    wishes("whats the best paying job without med school", Kind::List, &[], &[]);
    wishes("can you show me jobs w/o a degree", Kind::List, &[], &[]);
}

#[test]
fn a_list_leaves_out_what_is_to_be_avoided() {
    let answer = advisor().ask("no blood, no degree");
    let slugs: Vec<&str> = answer.items.iter().map(|item| item.subject.slug.as_str()).collect();
    assert!(answer.direct[0].contains("without blood"), "{:?}", answer.direct);
    for bloody in ["surgical-technologist", "phlebotomist", "paramedic"] {
        assert!(!slugs.is_empty() && !slugs.contains(&bloody), "{slugs:?}");
    }
    let answer = advisor().ask("no kids or old people, associates degree");
    assert!(answer.items.len() > 3 && !answer.direct[0].contains("trend"), "{:?}", answer.direct);
}

#[test]
fn what_a_job_should_not_have_is_never_taken_for_a_liking() {
    for (question, avoided) in [
        ("healthcare jobs that dont deal with bodily fluids", Trait::Blood),
        ("jobs that don't involve math", Trait::Numbers),
        ("jobs away from computers", Trait::Computers),
        ("jobs that arent in an office", Trait::Desk),
    ] {
        wishes(question, Kind::Interests, &[], &[avoided]);
    }
    wishes("i dont have a degree and love kids", Kind::Interests, &[Trait::Children], &[]);
}

#[test]
fn who_would_touch_nobody_may_still_talk_to_people() {
    let answer = advisor().ask("i dont want to touch people");
    assert!(answer.direct[0].contains("no touching"), "{:?}", answer.direct);
    assert!(answer.more > 6, "{}", answer.more);
}

#[test]
fn what_no_role_has_is_said_to_be_given_up() {
    let answer = advisor().ask("jobs with kids that dont need a degree");
    assert!(answer.direct.iter().any(|line| line.contains("children: these meet the rest")), "{:?}", answer.direct);
}

#[test]
fn who_would_rather_not_meet_strangers_likes_to_work_alone() {
    for question in ["i like the lab but i dont like talking to strangers", "lab work, not a people person, no degree"]
    {
        let understood = advisor().understand(question);
        assert!(
            understood.likes.contains(&Trait::Quiet) && !understood.dislikes.contains(&Trait::Quiet),
            "{question}: {:?}, {:?}",
            understood.likes,
            understood.dislikes
        );
    }
}

#[test]
fn what_the_bot_is_and_a_single_wish_are_answered() {
    check("are you chatgpt", Kind::Help, &[], &[]);
    assert_eq!(advisor().understand("how do you know this").kind, Kind::Sources);
    assert_eq!(advisor().understand("remote").kind, Kind::List);
}

#[test]
fn what_a_back_or_a_hand_cannot_do_is_never_taken_for_a_liking() {
    wishes("jobs for someone with a bad back", Kind::Interests, &[], &[Trait::Lifting]);
    wishes("not good with needles", Kind::Interests, &[], &[Trait::Blood]);
    wishes("im not really into math", Kind::Interests, &[], &[Trait::Numbers]);
    wishes("i dont hate blood", Kind::Interests, &[Trait::Blood], &[]);
    wishes("im not bad at math", Kind::Interests, &[Trait::Numbers], &[]);
    wishes("i hate blood", Kind::Interests, &[], &[Trait::Blood]);
    wishes("im not squeamish at all", Kind::Interests, &[Trait::Blood], &[]);
}

#[test]
fn what_somebody_failed_at_or_does_not_mind_is_not_what_they_like() {
    let failed = advisor().understand("i failed chemistry twice, which health job");
    assert!(failed.dislikes.contains(&Trait::Science) && !failed.likes.contains(&Trait::Science));
    let minds = advisor().understand("i dont mind blood but hate lifting");
    assert_eq!((minds.likes, minds.dislikes), (vec![Trait::Blood], vec![Trait::Lifting]));
    let old = advisor().understand("i want to work with old people but not lift them");
    assert_eq!((old.likes, old.dislikes), (vec![Trait::OlderAdults], vec![Trait::Lifting]));
}
