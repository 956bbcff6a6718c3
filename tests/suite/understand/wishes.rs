//! What somebody likes and what not.

use careerbot::knowledge::terms::Trait;
use careerbot::understanding::request::{Request, SmallTalk};

use super::{Kind, Wrong, advisor, kind, kinds, slugs};

/// What a question likes and what it avoids, and whether the answer lists by conditions or suggests.
fn wishes(question: &str) -> (Kind, Vec<Trait>, Vec<Trait>) {
    let request = advisor().understand(question).requests.swap_remove(0);
    let kind = kind(&request);
    match request {
        Request::Suggest(suggest) => {
            let likes = [suggest.likes, suggest.filter.traits].concat();
            (
                kind,
                likes,
                [suggest.dislikes, suggest.filter.avoid].concat(),
            )
        }
        Request::List(filter) => (kind, filter.traits, filter.avoid),
        _ => (kind, Vec::new(), Vec::new()),
    }
}

/// Questions with the likings and the dislikes that their answer goes by.
#[track_caller]
fn check(table: &[(&str, &[Trait], &[Trait])]) {
    let mut wrong = Wrong::default();
    for (question, likes, avoids) in table {
        let found = wishes(question);
        let roles = matches!(found.0, Kind::List | Kind::Suggest);
        wrong.note(
            roles && found.1 == *likes && found.2 == *avoids,
            question,
            &found,
        );
    }
    wrong.none();
}

#[test]
fn wishes_beside_a_condition_are_not_lost() {
    for question in [
        "helping people, no degree",
        "no degree, helping people",
        "i want to help ppl, no degree",
    ] {
        check(&[(question, &[Trait::Helping], &[])]);
        let answer = advisor().ask(question);
        let said = answer
            .direct
            .iter()
            .any(|line| line.contains("a certificate (not a degree) or less"));
        assert!(said, "{question}: {:?}", answer.direct);
    }
    check(&[
        (
            "short training under a yr, no blood, hands on",
            &[Trait::HandsOn],
            &[Trait::Blood],
        ),
        ("no blood or needles, no degree", &[], &[Trait::Blood]),
    ]);
    kinds(
        Kind::List,
        &[
            "just a high school diploma, list em",
            "whats the best paying job without med school",
            "can you show me jobs w/o a degree",
        ],
    );
}

#[test]
fn a_list_leaves_out_what_is_to_be_avoided() {
    let answer = advisor().ask("no blood, no degree");
    let slugs = slugs(&answer);
    assert!(
        answer.direct[0].contains("avoid blood"),
        "{:?}",
        answer.direct
    );
    for bloody in ["surgical-technologist", "phlebotomist", "paramedic"] {
        assert!(!slugs.is_empty() && !slugs.contains(&bloody), "{slugs:?}");
    }
    let answer = advisor().ask("no kids or old people, associates degree");
    assert!(
        answer.items.len() > 3 && !answer.direct[0].contains("trend"),
        "{:?}",
        answer.direct
    );
}

#[test]
fn what_a_job_should_not_have_is_never_taken_for_a_liking() {
    check(&[
        (
            "healthcare jobs that dont deal with bodily fluids",
            &[],
            &[Trait::Blood],
        ),
        ("jobs that don't involve math", &[], &[Trait::Numbers]),
        ("jobs away from computers", &[], &[Trait::Computers]),
        ("jobs that arent in an office", &[], &[Trait::Desk]),
        (
            "i dont have a degree and love kids",
            &[Trait::Children],
            &[],
        ),
    ]);
}

#[test]
fn who_would_touch_nobody_may_still_talk_to_people() {
    let answer = advisor().ask("i dont want to touch people");
    assert!(
        answer.direct[0].contains("no touching"),
        "{:?}",
        answer.direct
    );
    assert!(answer.more > 6, "{}", answer.more);
}

#[test]
fn what_no_role_has_is_said_to_be_given_up() {
    let answer = advisor().ask("jobs in a lab that dont need a degree");
    assert!(
        answer
            .direct
            .iter()
            .any(|line| line.contains("laboratory work: these meet the rest")),
        "{:?}",
        answer.direct
    );
}

#[test]
fn who_would_rather_not_meet_strangers_likes_to_work_alone() {
    let mut wrong = Wrong::default();
    for question in [
        "i like the lab but i dont like talking to strangers",
        "lab work, not a people person, no degree",
    ] {
        let (_, likes, avoids) = wishes(question);
        wrong.note(
            likes.contains(&Trait::Quiet) && !avoids.contains(&Trait::Quiet),
            question,
            (&likes, &avoids),
        );
    }
    wrong.none();
}

#[test]
fn what_the_bot_is_and_a_single_wish_are_answered() {
    kinds(Kind::Talk(SmallTalk::Help), &["are you chatgpt"]);
    kinds(Kind::Talk(SmallTalk::Sources), &["how do you know this"]);
    kinds(Kind::List, &["remote"]);
}

#[test]
fn what_a_back_or_a_hand_cannot_do_is_never_taken_for_a_liking() {
    check(&[
        ("jobs for someone with a bad back", &[], &[Trait::Lifting]),
        ("not good with needles", &[], &[Trait::Blood]),
        ("im not really into math", &[], &[Trait::Numbers]),
        ("i dont hate blood", &[Trait::Blood], &[]),
        ("im not bad at math", &[Trait::Numbers], &[]),
        ("i hate blood", &[], &[Trait::Blood]),
        ("im not squeamish at all", &[Trait::Blood], &[]),
    ]);
}

#[test]
fn what_somebody_failed_at_or_does_not_mind_is_not_what_they_like() {
    let (_, likes, avoids) = wishes("i failed chemistry twice, which health job");
    assert!(
        avoids.contains(&Trait::Science) && !likes.contains(&Trait::Science),
        "{likes:?}, {avoids:?}"
    );
    check(&[
        ("i dont mind blood but hate lifting", &[], &[Trait::Lifting]),
        (
            "i want to work with old people but not lift them",
            &[Trait::OlderAdults],
            &[Trait::Lifting],
        ),
    ]);
}
