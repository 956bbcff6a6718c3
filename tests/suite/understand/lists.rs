//! Lists by condition, and what they leave out.

use careerbot::answer::Outcome;
use careerbot::knowledge::language::Label;
use careerbot::knowledge::terms::{Contact, Education, License, Order, Remote, Trait};
use careerbot::understanding::Filter;
use careerbot::understanding::request::{Request, SmallTalk};

use super::{Kind, Wrong, advisor, asked, check, filter_of, kind_of, kinds, slugs};

#[test]
fn who_begins_is_shown_the_least_schooling_first() {
    let mut wrong = Wrong::default();
    for question in [
        "remote jobs no experience",
        "entry level jobs paying over 25 an hour",
    ] {
        let order = filter_of(question).and_then(|filter| filter.order);
        wrong.note(
            kind_of(question) == Kind::List && order == Some(Order::LeastSchooling),
            question,
            order,
        );
    }
    wrong.none();
    check(&[(
        "what is the entry level education for a nurse",
        &["registered-nurse"],
        &[Label::Education],
    )]);
}

#[test]
fn a_family_that_is_not_wanted_is_left_out_of_a_list() {
    let mut wrong = Wrong::default();
    for question in [
        "highest paying job under 2 years of school that isnt nursing",
        "jobs without a degree that arent nursing",
    ] {
        let answer = advisor().ask(question);
        let slugs = slugs(&answer);
        assert!(
            answer.direct[0].contains("not in nursing"),
            "{question}: {:?}",
            answer.direct
        );
        assert!(
            !slugs.iter().any(|slug| slug.contains("nurs")),
            "{question}: {slugs:?}"
        );
        wrong.note(slugs.contains(&"surgical-technologist"), question, &slugs);
    }
    wrong.none();
}

#[test]
fn jobs_that_pay_more_than_a_role_are_a_list() {
    let mut wrong = Wrong::default();
    for (question, least, most) in [
        ("jobs that pay more than a nurse", Some(97_551.0), None),
        ("what pays less than an emt", None, Some(44_469.0)),
        (
            "jobs that make more than 50k but less than nurses",
            Some(50_000.0),
            Some(97_549.0),
        ),
    ] {
        let request = advisor().understand(question).requests.swap_remove(0);
        let bounds = if let Request::List(filter) = &request {
            (filter.pay_min, filter.pay_max)
        } else {
            (None, None)
        };
        wrong.note(bounds == (least, most), question, request);
    }
    wrong.none();
    let (kind, roles, aspects) = asked("do pharmacists make more than a nurse");
    assert_eq!(kind, Kind::Compare);
    assert_eq!(
        (roles, aspects),
        (
            vec!["pharmacist".to_owned(), "registered-nurse".to_owned()],
            vec![Label::Pay]
        )
    );
}

#[test]
fn a_list_for_a_state_takes_that_states_pay_and_says_what_is_not_of_the_state() {
    let advisor = advisor();
    let texas = advisor.ask("jobs in Texas that pay over 90k");
    let words = texas.direct.join(" ");
    assert!(
        words.starts_with("In Texas, ") && texas.title.starts_with("Roles in Texas"),
        "{words}"
    );
    assert!(
        texas
            .items
            .iter()
            .all(|item| item.note.contains("(Texas, May 2025)")),
        "{:?}",
        texas.items
    );
    let grows = advisor.ask("fastest growing jobs in Ohio");
    assert!(
        !grows.direct.join(" ").contains("Ohio"),
        "growth is projected for the US only: {:?}",
        grows.direct
    );
    let mut wrong = Wrong::default();
    let told = |note: &str| note.contains("(Ohio, May 2025)") && note.contains("2035 (US)");
    let right = grows.items.iter().all(|item| told(&item.note))
        && grows
            .caveats
            .iter()
            .any(|caveat| caveat.contains("Pay and numbers of jobs are those of Ohio"));
    wrong.note(
        right,
        "fastest growing jobs in Ohio",
        (&grows.items, &grows.caveats),
    );
    wrong.none();
    let jobs = advisor.ask("which roles have the most jobs in Ohio");
    let mut wrong = Wrong::default();
    let told = jobs
        .items
        .iter()
        .all(|item| item.note.contains(" jobs (Ohio, May 2025)"));
    wrong.note(told, "which roles have the most jobs in Ohio", &jobs.items);
    wrong.none();
    let two = advisor.ask("remote jobs in Texas and Ohio");
    let mut wrong = Wrong::default();
    let told = two.direct.join(" ").contains("one state at a time")
        && two
            .items
            .iter()
            .all(|item| item.note.contains("(US, May 2025)"));
    wrong.note(told, "remote jobs in Texas and Ohio", &two.direct);
    wrong.none();
}

#[test]
fn who_asks_for_nothing_but_the_field_gets_all_roles_or_help_in_choosing() {
    kinds(
        Kind::List,
        &[
            "healthcare jobs",
            "what healthcare jobs are there?",
            "list all roles",
            "jobs in Texas",
            "which professions exist in Ohio",
        ],
    );
    let answer = advisor().ask("healthcare jobs in Ohio");
    assert!(
        answer.title.starts_with("Roles in Ohio"),
        "{}",
        answer.title
    );
    assert_eq!(
        answer.items.len() + answer.more,
        advisor().knowledge().roles.len()
    );
    kinds(
        Kind::Talk(SmallTalk::Choose),
        &[
            "how do I get into healthcare",
            "I want to work in healthcare",
            "what can I do in healthcare",
        ],
    );
    let mut wrong = Wrong::default();
    for question in [
        "what is healthcare",
        "jobs on oil rigs",
        "do you like healthcare",
        "plumbing jobs in Ohio",
    ] {
        let answer = advisor().ask(question);
        wrong.note(
            answer.outcome == Outcome::NotCovered,
            question,
            &answer.direct,
        );
    }
    wrong.none();
}

#[test]
fn what_a_list_shall_leave_out_is_left_out() {
    let mut wrong = Wrong::default();
    for (question, without_nursing, roles) in [
        (
            "all jobs except doctors that make over 150k",
            false,
            &["psychiatrist", "dentist"][..],
        ),
        (
            "best paid jobs excluding physicians",
            false,
            &["family-physician", "radiologist"],
        ),
        (
            "highest paying health job besides doctor and dentist",
            false,
            &["dentist"],
        ),
        (
            "highest paying jobs that arent doctors",
            false,
            &["psychiatrist"],
        ),
        (
            "I don't want to be a nurse or a doctor, what else is there",
            true,
            &["family-physician"],
        ),
        ("not a doctor or nurse, pays over 100k", true, &["dentist"]),
        ("everything but nursing with associates", true, &[]),
        ("what can i do besides nursing", true, &[]),
        ("jobs with babies that arent nursing", true, &[]),
    ] {
        let kind = kind_of(question);
        wrong.note(matches!(kind, Kind::List | Kind::Suggest), question, kind);
        let answer = advisor().ask(question);
        wrong.note(!answer.items.is_empty(), question, &answer.direct);
        for item in &answer.items {
            let slug = item.subject.slug.as_str();
            wrong.note(!roles.contains(&slug), question, slug);
            wrong.note(
                !without_nursing || !item.subject.title.contains("urs"),
                question,
                slug,
            );
        }
    }
    wrong.none();
    let answer = advisor().ask("want to work with kids but not as a doctor or nurse");
    assert!(
        answer
            .items
            .iter()
            .all(|item| !item.subject.slug.contains("nurse")),
        "{:?}",
        answer.items
    );
    let mut wrong = Wrong::default();
    for question in [
        "i'm not a nurse, how do i become one",
        "why not become a nurse",
        "is a nurse not a doctor",
    ] {
        let found = asked(question).1;
        wrong.note(
            found.contains(&"registered-nurse".to_owned()),
            question,
            &found,
        );
    }
    wrong.none();
}

#[test]
fn work_that_shall_not_be_remote_is_on_site() {
    let mut wrong = Wrong::default();
    for (question, remote) in [
        (
            "not interested in remote. hands on job with associate degree",
            &[Remote::No][..],
        ),
        ("jobs where i dont work remote", &[Remote::No]),
        ("i'd rather not work remotely, bachelors", &[Remote::No]),
        (
            "i dont want to work from home, which jobs with a certificate pay best",
            &[Remote::No],
        ),
        ("jobs where i dont have to work on site", &[Remote::Yes]),
        ("jobs on site over 60k", &[Remote::No]),
        ("no degree remote jobs", &[Remote::Yes]),
        ("i dont like people, remote jobs", &[Remote::Yes]),
        ("partly remote jobs over 60k", &[Remote::Partly]),
    ] {
        let found = filter_of(question).map(|filter| filter.remote);
        wrong.note(found == Some(remote), question, found);
    }
    wrong.none();
}

#[test]
fn lists_are_asked_for_in_many_words() {
    let table: [(&str, fn(&Filter) -> bool); 5] = [
        ("jobs in healthcare that dont require a license", |filter| {
            filter.license == Some(License::None)
        }),
        ("easiest healthcare job to get into", |filter| {
            filter.order == Some(Order::LeastSchooling)
        }),
        ("i dont like people. at all. health care job?", |filter| {
            filter.contact == [Contact::None]
        }),
        ("jobs that pay 2000 a week", |filter| {
            filter.pay_min == Some(104_000.0)
        }),
        (
            "jobs that pay better than CNA with the same schooling",
            |filter| {
                (filter.education_max, filter.pay_min) == (Some(Education::Award), Some(42_261.0))
            },
        ),
    ];
    let mut wrong = Wrong::default();
    for (question, right) in table {
        let found = filter_of(question);
        wrong.note(found.as_ref().is_some_and(right), question, found);
    }
    wrong.none();
}

#[test]
fn a_condition_that_no_figure_tells_is_named() {
    for (question, words) in [
        ("night shift jobs that pay well", "night shift"),
        ("best paid part time jobs in healthcare", "part time"),
    ] {
        let notes = advisor().ask(question).notes.join(" ");
        assert!(
            notes.contains(&format!("I can't sort by this: {words}.")),
            "{question}: {notes}"
        );
    }
    let notes = advisor().ask("highest paying jobs in healthcare").notes;
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn a_list_of_work_that_is_only_described_begins_with_that_work() {
    for (question, first) in [
        ("jobs around animals", "veterinar"),
        ("careers with animals", "veterinar"),
    ] {
        let answer = advisor().ask(question);
        let slug = answer.subjects.first().map(|subject| subject.slug.clone());
        assert!(
            slug.as_deref().is_some_and(|slug| slug.starts_with(first)),
            "{question}: {slug:?}"
        );
        let lead = answer.direct.first().map(String::as_str);
        assert!(
            lead.is_some_and(|lead| !lead.starts_with("If ,")),
            "{question}: {lead:?}"
        );
    }
}

#[test]
fn a_field_with_the_name_of_a_role_gives_a_list_where_nothing_is_asked_of_that_role() {
    kinds(
        Kind::List,
        &[
            "what sorts of nursing roles exist",
            "name the different nurse jobs for me",
            "all the careers in dental, what are they",
            "where's the big money in medicine",
        ],
    );
}

#[test]
fn a_degree_that_one_does_without_is_no_place_to_start_from() {
    let filter = filter_of("what are the highest paying jobs without a bachelor's degree");
    let most = filter.and_then(|filter| filter.education_max);
    assert_eq!(most, Some(Education::Associate));
    kinds(
        Kind::List,
        &["which healthcare jobs pay over $60,000 with an associate degree"],
    );
}

#[test]
fn numbers_in_words_bound_pay() {
    let filter = filter_of("medical roles that make somewhere from forty to sixty thousand");
    let bounds = filter.map(|filter| (filter.pay_min, filter.pay_max));
    assert_eq!(bounds, Some((Some(40_000.0), Some(60_000.0))));
    let filter = filter_of("remote health jobs that pay 60k plus");
    assert_eq!(filter.and_then(|filter| filter.pay_min), Some(60_000.0));
    let filter = filter_of("six figure health careers list");
    assert_eq!(filter.and_then(|filter| filter.pay_min), Some(100_000.0));
}

#[test]
fn little_of_a_burden_is_wished_away() {
    for question in [
        "which healthcare jobs are the least physically demanding",
        "healthcare work that is easiest on the body",
    ] {
        let filter = filter_of(question);
        let Request::Suggest(ideas) = &advisor().understand(question).requests[0] else {
            panic!("{question}: {filter:?}");
        };
        assert_eq!(ideas.dislikes, [Trait::Lifting], "{question}");
    }
}
