//! What a question is understood to ask, on the shipped knowledge: names, and what is asked of them.

mod figures;
mod known_faults;
mod lists;
mod names;
mod places;
mod refusals;
mod talks;
mod wishes;

use std::io::Write as _;
use std::sync::OnceLock;

use known_faults::KNOWN_FAULTS;

use careerbot::advisor::{Advisor, Kind as Completable};
use careerbot::answer::{Answer, Outcome};
use careerbot::knowledge;
use careerbot::knowledge::language::Label;
use careerbot::knowledge::{RoleId, Topic};
use careerbot::understanding::request::{Ask, Refusal, Request, SmallTalk};
use careerbot::understanding::{Filter, Understood};

fn advisor() -> &'static Advisor {
    static ADVISOR: OnceLock<Advisor> = OnceLock::new();
    ADVISOR.get_or_init(|| {
        let knowledge = knowledge::load_shipped().expect("the shipped knowledge loads");
        Advisor::in_memory(knowledge).expect("an index in memory")
    })
}

/// What a request asks for, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Facts,
    Compare,
    List,
    Suggest,
    Path,
    Trends,
    Define,
    Graduates,
    NotHeld,
    Clarify,
    Refuse,
    Talk(SmallTalk),
}

fn kind(request: &Request) -> Kind {
    match request {
        Request::Facts(_) => Kind::Facts,
        Request::Compare(_) => Kind::Compare,
        Request::List(_) => Kind::List,
        Request::Suggest(_) => Kind::Suggest,
        Request::Path(_) | Request::Paths(_) => Kind::Path,
        Request::Trend(_)
        | Request::RolesOfTrend { .. }
        | Request::TrendsOfRoles { .. }
        | Request::Trends => Kind::Trends,
        Request::Define(_) => Kind::Define,
        Request::Graduates(_) => Kind::Graduates,
        Request::NotHeld(_) => Kind::NotHeld,
        Request::Clarify(_) => Kind::Clarify,
        Request::Refuse(_) => Kind::Refuse,
        Request::Talk(talk) => Kind::Talk(*talk),
    }
}

/// The kind of the first request.
fn kind_of(question: &str) -> Kind {
    kind(&advisor().understand(question).requests[0])
}

/// The roles that a request is about; of a way, the one that it leads to.
fn roles_of(request: &Request) -> Vec<RoleId> {
    match request {
        Request::Facts(facts) => vec![facts.role],
        Request::Compare(compare) => compare.roles.clone(),
        Request::Path(path) => path.to.or(path.from).into_iter().collect(),
        Request::TrendsOfRoles { roles, .. } => roles.clone(),
        Request::NotHeld(not_held) => {
            let role = |topic: &Topic| {
                if let Topic::Role(id) = topic {
                    Some(*id)
                } else {
                    None
                }
            };
            not_held.topics.iter().filter_map(role).collect()
        }
        _ => Vec::new(),
    }
}

/// What a request asks of its roles; the way in is schooling, however it is worded.
fn aspects_of(request: &Request) -> Vec<Label> {
    let way = |label: &Label| match label {
        Label::Path | Label::Length => Label::Education,
        other => *other,
    };
    match request {
        Request::Facts(facts) => facts.aspects.iter().map(way).collect(),
        Request::Compare(compare) => compare.aspects.iter().map(way).collect(),
        Request::Path(_) => vec![Label::Education],
        _ => Vec::new(),
    }
}

fn ask_of(request: &Request) -> Ask {
    match request {
        Request::Facts(facts) => facts.ask.clone(),
        Request::Compare(compare) => compare.ask.clone(),
        Request::Path(path) => path.ask.clone(),
        Request::NotHeld(not_held) => not_held.ask.clone(),
        Request::Clarify(clarify) => Ask {
            place: clarify.place.clone(),
            ..Ask::default()
        },
        other => panic!("asks for no details: {other:?}"),
    }
}

/// The conditions that the answer's roles must meet; none where roles are not what is asked for.
fn filter_of(question: &str) -> Option<Filter> {
    match advisor().understand(question).requests.swap_remove(0) {
        Request::List(filter) => Some(filter),
        Request::Suggest(suggest) => Some(suggest.filter),
        _ => None,
    }
}

/// Why a question is not answered, in the words of the labels; nothing where it is.
fn unmet(understood: &Understood) -> &'static str {
    match &understood.requests[0] {
        Request::NotHeld(not_held) => not_held.about.map_or("words", Label::word),
        Request::Refuse(Refusal::About(label)) => label.word(),
        Request::Refuse(Refusal::Crisis) => "crisis",
        Request::Refuse(Refusal::Distress) => "distress",
        Request::Refuse(Refusal::OtherJob(_) | Refusal::UnknownJob(_)) => "other job",
        Request::Refuse(Refusal::NoRole(_)) => "no role",
        Request::Refuse(Refusal::Unknown) => "unknown",
        Request::Refuse(Refusal::Empty) => "empty",
        _ => "",
    }
}

/// Collects what is not as it should be, so that one run shows all of it.
#[derive(Default)]
struct Wrong(Vec<Noted>);

/// A question, and what was found wrong with it, if anything.
struct Noted {
    question: String,
    wrong: Option<String>,
}

impl Wrong {
    fn note(&mut self, right: bool, question: &str, found: impl std::fmt::Debug) {
        let wrong = (!right).then(|| format!("{question}: {found:?}"));
        self.0.push(Noted {
            question: question.to_owned(),
            wrong,
        });
    }

    /// # Panics
    /// When anything is wrong that is no known fault, or a known fault is mended and still on the list.
    #[track_caller]
    fn none(self) {
        let known = |noted: &Noted| KNOWN_FAULTS.contains(&noted.question.as_str());
        let mut failed: Vec<String> = self
            .0
            .iter()
            .filter(|noted| !known(noted))
            .filter_map(|noted| noted.wrong.clone())
            .collect();
        for noted in self.0.iter().filter(|noted| known(noted)) {
            let same = self
                .0
                .iter()
                .filter(|other| other.question == noted.question);
            if same.clone().all(|other| other.wrong.is_none()) {
                failed.push(format!(
                    "{}: mended; take it off the list of known faults",
                    noted.question
                ));
            }
            for wrong in same.filter_map(|other| other.wrong.as_ref()) {
                let _ = writeln!(std::io::stderr(), "known fault: {wrong}");
            }
        }
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }
}

fn slugs(answer: &Answer) -> Vec<&str> {
    answer
        .items
        .iter()
        .map(|item| item.subject.slug.as_str())
        .collect()
}

fn subjects(answer: &Answer) -> Vec<&str> {
    answer
        .subjects
        .iter()
        .map(|subject| subject.slug.as_str())
        .collect()
}

/// What the requests of a question are about, and what they ask, each said once.
fn asked(question: &str) -> (Kind, Vec<String>, Vec<Label>) {
    let understood = advisor().understand(question);
    let knowledge = advisor().knowledge();
    let (mut roles, mut aspects) = (Vec::new(), Vec::new());
    for request in &understood.requests {
        for slug in roles_of(request)
            .into_iter()
            .map(|id| knowledge.role(id).slug.as_str().to_owned())
        {
            if !roles.contains(&slug) {
                roles.push(slug);
            }
        }
        for aspect in aspects_of(request) {
            if !aspects.contains(&aspect) {
                aspects.push(aspect);
            }
        }
    }
    (kind(&understood.requests[0]), roles, aspects)
}

/// Questions with the roles that they are about and what they ask of them, in order.
#[track_caller]
fn check(table: &[(&str, &[&str], &[Label])]) {
    let mut wrong = Wrong::default();
    for (question, roles, aspects) in table {
        let found = asked(question);
        wrong.note(found.1 == *roles && found.2 == *aspects, question, &found);
    }
    wrong.none();
}

/// Questions with the kind of their first request.
#[track_caller]
fn kinds(expected: Kind, questions: &[&str]) {
    let mut wrong = Wrong::default();
    for question in questions {
        let found = kind_of(question);
        wrong.note(found == expected, question, found);
    }
    wrong.none();
}

/// Questions with the words that their answer's first sentence holds.
#[track_caller]
fn first_sentences(table: &[(&str, &str)]) {
    let mut wrong = Wrong::default();
    for (question, words) in table {
        let answer = advisor().ask(question);
        wrong.note(
            answer
                .direct
                .first()
                .is_some_and(|first| first.contains(words)),
            question,
            &answer.direct,
        );
    }
    wrong.none();
}

#[test]
fn two_questions_in_one_are_kept_in_their_order() {
    check(&[(
        "how do I become a paramedic and how much do they make",
        &["paramedic"],
        &[Label::Education, Label::Pay],
    )]);
}

#[test]
fn slips_are_mended_and_told() {
    check(&[
        (
            "ocupashunal therapist skool",
            &["occupational-therapist"],
            &[Label::Education],
        ),
        ("medicalcoder salary", &["medical-coder"], &[Label::Pay]),
        (
            "tele health coordinator pay",
            &["telehealth-coordinator"],
            &[Label::Pay],
        ),
    ]);
    let answer = advisor().ask("dentle asistant wages");
    assert!(
        answer
            .notes
            .iter()
            .any(|note| note.starts_with("I read this as")),
        "{:?}",
        answer.notes
    );
}

#[test]
fn a_known_word_is_never_corrected() {
    for question in [
        "is it worth it to be a decent phlebotomist",
        "ballpark pay for a dentist annually",
    ] {
        assert_eq!(
            advisor().understand(question).notes.corrections,
            Vec::new(),
            "{question}"
        );
    }
}

#[test]
fn a_role_that_the_writer_has_is_background() {
    check(&[(
        "I'm a CNA, how do I become an RN",
        &["registered-nurse"],
        &[Label::Education],
    )]);
}

#[test]
fn the_longest_name_wins() {
    check(&[
        (
            "psychiatric nurse practitioner pay",
            &["psychiatric-nurse-practitioner"],
            &[Label::Pay],
        ),
        (
            "physical therapist assistant",
            &["physical-therapist-assistant"],
            &[],
        ),
        ("dental asst pay", &["dental-assistant"], &[Label::Pay]),
    ]);
}

#[test]
fn words_of_several_readings_ask_or_say_what_was_read() {
    let answer = advisor().ask("what does a tech earn?");
    assert_eq!(answer.outcome, Outcome::Clarify);
    assert!((2..=5).contains(&answer.choices.len()));
    assert!(
        !answer.direct.join(" ").contains('$'),
        "no figure is guessed"
    );
}

#[test]
fn codes_of_the_official_lists_name_their_role() {
    check(&[
        ("29-1141", &["registered-nurse"], &[]),
        ("29-1141.00", &["registered-nurse"], &[]),
        ("291141", &["registered-nurse"], &[]),
        (
            "what does 29-1141 earn",
            &["registered-nurse"],
            &[Label::Pay],
        ),
        ("29-1171.00", &["nurse-practitioner"], &[]),
        ("SOC 29-1123", &["physical-therapist"], &[]),
        ("O*NET 29-1292.00", &["dental-hygienist"], &[]),
        ("SOC code 29-1021 pay", &["dentist"], &[Label::Pay]),
    ]);
    // A code that several roles share is that of the role which it is about, where there is one.
    let knowledge = advisor().knowledge();
    for id in knowledge.role_ids() {
        let role = knowledge.role(id);
        if role.figures == careerbot::knowledge::terms::FigureMatch::Exact {
            for code in [role.soc.to_string(), role.onet.clone()] {
                let read = advisor().understand(&code);
                assert_eq!(roles_of(&read.requests[0]), [id], "{code} is {}", role.slug);
            }
        }
    }
    // It is a code, and no amount of money.
    let said = advisor().ask("291141").direct.join(" ");
    assert!(!said.contains("$291,141"), "{said}");
}

#[test]
fn prefixes_and_abbreviations_complete() {
    let first = |prefix: &str, kind| {
        advisor()
            .complete(prefix, kind, 25)
            .into_iter()
            .next()
            .map(|completion| completion.value)
    };
    assert_eq!(
        first("rn", Completable::Role).as_deref(),
        Some("registered-nurse")
    );
    assert_eq!(first("calif", Completable::State).as_deref(), Some("CA"));
    assert_eq!(
        first("tele", Completable::Trend).as_deref(),
        Some("telehealth-expansion")
    );
    assert_eq!(advisor().complete("", Completable::Role, 25).len(), 25);
    assert!(advisor().complete("zzzz", Completable::Role, 25).is_empty());
}

#[test]
fn a_word_said_twice_says_no_more_than_once() {
    check(&[("nurse nurse nurse nurse", &["registered-nurse"], &[])]);
}

#[test]
fn what_a_question_leaves_unsaid_is_taken_from_what_it_names() {
    check(&[
        (
            "how to go from lpn to rn",
            &["registered-nurse"],
            &[Label::Education],
        ),
        (
            "from cashier to medical assistant",
            &["medical-assistant"],
            &[Label::Education],
        ),
        (
            "is 80k a lot for a respiratory therapist",
            &["respiratory-therapist"],
            &[Label::Pay],
        ),
        (
            "how many nurses are there in the us",
            &["registered-nurse"],
            &[Label::Headcount],
        ),
    ]);
    let answer = advisor().ask("how many paramedics are there in texas");
    assert!(
        answer.direct[0].starts_with("In Texas, BLS counted 8,410 jobs"),
        "{:?}",
        answer.direct
    );
    let mut wrong = Wrong::default();
    let answer = advisor().ask("flight attendant vs nurse");
    wrong.note(
        subjects(&answer) == ["registered-nurse"],
        "flight attendant vs nurse",
        &answer.direct,
    );
    wrong.none();
}

#[test]
fn whether_a_level_of_schooling_is_needed_is_told_by_the_typical_one() {
    let mut wrong = Wrong::default();
    for (question, verdict) in [
        ("do i need a masters to be a nurse", "No, not as a rule: "),
        ("phd needed for genetic counselor?", "No, not as a rule: "),
        ("is a phd required to be a psychologist", "Yes, usually: "),
        (
            "do you need an associates to be a nurse",
            "The typical way in ",
        ),
        (
            "i have a masters, do i need more to be a dietitian",
            "Yes, usually: ",
        ),
    ] {
        let answer = advisor().ask(question);
        wrong.note(
            answer.direct[0].starts_with(verdict),
            question,
            &answer.direct,
        );
    }
    wrong.none();
}

#[test]
fn nights_and_weekends_are_told_from_where_the_work_is() {
    first_sentences(&[
        (
            "does a medical lab scientist work nights",
            "night and weekend",
        ),
        (
            "are there 12 hour shifts for respiratory therapists",
            "Twelve-hour shifts, nights and holidays",
        ),
    ]);
    let answer = advisor().ask("what does a normal 12 hr shift look like for a cna");
    assert!(answer.direct[0].contains("shift"), "{:?}", answer.direct);
}

#[test]
fn an_exam_is_told_by_what_it_is_and_yes_answers_a_yes_or_no() {
    for (question, words) in [("what is NCLEX", "NCLEX"), ("what is ARRT", "ARRT")] {
        let answer = advisor().ask(question);
        assert_eq!(
            (answer.outcome, kind_of(question)),
            (Outcome::Answered, Kind::Define),
            "{question}"
        );
        assert!(
            answer.direct[0].contains(words),
            "{question}: {:?}",
            answer.direct
        );
    }
    assert_eq!(asked("NCLEX-RN").1, ["registered-nurse"]);
    for (question, yes) in [
        ("do nurses need a license", true),
        ("is a license required for massage therapists", true),
        ("what license does a nurse need", false),
        ("can i take x-rays in california without license", false),
        (
            "can a texas nurse work in oklahoma with same license",
            false,
        ),
    ] {
        let answer = advisor().ask(question);
        assert_eq!(
            answer
                .direct
                .iter()
                .any(|sentence| sentence.starts_with("Yes")),
            yes,
            "{question}"
        );
    }
    let mut wrong = Wrong::default();
    let question = "physical therapist with only a bachelors?";
    let answer = advisor().ask(question);
    wrong.note(
        answer.direct[0].starts_with("Usually not: "),
        question,
        &answer.direct,
    );
    wrong.none();
}

#[test]
fn what_is_left_out_of_a_question_is_not_answered() {
    let besides = advisor().ask("difference between EMT and paramedic besides pay");
    assert!(
        besides.direct[0].starts_with("Emergency medical technicians answer"),
        "{:?}",
        besides.direct
    );
    let less = advisor().ask("who makes less, medical assistants or pharmacy techs");
    assert!(
        less.direct[0].starts_with("Medical assistants earn less: $45,690 a year, and pharmacy"),
        "{:?}",
        less.direct
    );
    let three = advisor().ask("which pays more radiologist psychiatrist or dentist");
    assert!(
        three.direct[0].starts_with("Radiologists earn most:"),
        "{:?}",
        three.direct
    );
    check(&[
        (
            "which pays more in florida, LPN or surgical tech",
            &["licensed-practical-nurse", "surgical-technologist"],
            &[Label::Pay],
        ),
        (
            "nurse vs software engineer salary",
            &["registered-nurse"],
            &[Label::Pay],
        ),
    ]);
}

#[test]
fn a_degree_or_a_certificate_is_answered_by_neither_yes_nor_no() {
    let mut wrong = Wrong::default();
    let question = "do paramedics need a degree, or is a certificate enough?";
    let answer = advisor().ask(question);
    let right = answer.direct[0].starts_with("No degree is needed as a rule: the typical way in");
    wrong.note(right, question, &answer.direct);
    wrong.none();
    let answer = advisor().ask("is a bachelors enough for epidemiology");
    assert!(
        answer.direct[0].starts_with("Usually not: "),
        "{:?}",
        answer.direct
    );
}
