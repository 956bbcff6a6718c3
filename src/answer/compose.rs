//! From what was understood to an [`Answer`]: one row a kind of request, then what the writer has to be told beside it.

use crate::answer::model::{Answer, Outcome};
use crate::answer::topics::{choice, subjects};
use crate::answer::wording::{inside, join};
use crate::answer::{
    compare, define, interests, list, not_held, outside, path, paths, pictured, programs, refuse,
    role, talk, trend,
};
use crate::knowledge::language::Label;
use crate::knowledge::{Knowledge, RoleId, Topic};
use crate::text::LONGEST_QUESTION;
use crate::understanding::Understood;
use crate::understanding::request::{Clarify, Request, SmallTalk};

/// Most paragraphs of an answer.
const MOST_PARAGRAPHS: usize = 8;
/// The last of them, where several questions at once would take more.
const TOO_MUCH: &str = "There is more to say to all of this: ask one question at a time.";

/// Words that carry meaning up to which a message is a bare question.
const FEW_WORDS: usize = 12;

/// Most readings offered when a word has several.
const MOST_READINGS: usize = 5;

/// Composes the answer.
pub fn compose(knowledge: &Knowledge, understood: &Understood) -> Answer {
    let mut requests = understood.requests.iter();
    let Some(first) = requests.next() else {
        return refuse::empty(knowledge);
    };
    let mut answer = respond(knowledge, first, understood);
    for request in requests {
        append(&mut answer, respond(knowledge, request, understood));
    }
    name_one_role(knowledge, understood, &mut answer);
    name_jobs_outside(knowledge, understood, &mut answer);
    if answer.direct.len() > MOST_PARAGRAPHS {
        answer.direct.truncate(MOST_PARAGRAPHS - 1);
        answer.direct.push(TOO_MUCH.to_owned());
    }
    answer.picture = pictured::of(knowledge, &understood.requests, &answer);
    if !answer.sensitive {
        answer.notes.extend(notes(knowledge, understood, &answer));
        if understood.concern {
            answer
                .notes
                .push(knowledge.language.texts.of("concern").to_owned());
            answer.sensitive = true;
            answer.picture = None;
        }
    }
    answer
}

fn respond(knowledge: &Knowledge, request: &Request, understood: &Understood) -> Answer {
    let words = &understood.notes.words;
    match request {
        Request::Facts(facts) => role::answer(knowledge, facts),
        Request::Compare(asked) => compare::answer(knowledge, asked),
        Request::List(filter) => list::answer(knowledge, filter),
        Request::Suggest(wishes) => interests::answer(knowledge, wishes),
        Request::Path(asked) => path::answer(knowledge, asked),
        Request::Paths(wanted) => paths::answer(knowledge, wanted),
        Request::Trend(id) => trend::answer(knowledge, *id, words),
        Request::RolesOfTrend { trend, .. } => trend::roles(knowledge, *trend, words),
        Request::TrendsOfRoles { roles, trends } => trend::of_roles(knowledge, roles, trends),
        Request::Trends => trend::all(knowledge),
        Request::Define(places) => define::answer(knowledge, places),
        Request::Graduates(asked) => programs::answer(knowledge, asked),
        Request::NotHeld(asked) => not_held::answer(knowledge, asked),
        Request::Clarify(asked) => clarify(knowledge, asked),
        Request::Refuse(refusal) => refuse::answer(knowledge, refusal),
        Request::Talk(SmallTalk::Greeting) => talk::greeting(knowledge),
        Request::Talk(SmallTalk::Thanks) => talk::thanks(),
        Request::Talk(SmallTalk::Help) => talk::help(knowledge),
        Request::Talk(SmallTalk::Sources) => talk::sources(knowledge),
        Request::Talk(SmallTalk::Choose) => talk::choose(),
    }
}

/// Puts the answer to a further question under the one before it.
fn append(answer: &mut Answer, other: Answer) {
    if answer.outcome == Outcome::NotCovered && other.outcome == Outcome::Answered {
        answer.outcome = Outcome::Answered;
    }
    let titled = other
        .subjects
        .first()
        .is_some_and(|subject| answer.subjects.first() != Some(subject));
    let mut direct = other.direct;
    if let (true, Some(first)) = (titled && other.items.is_empty(), direct.first_mut()) {
        *first = format!("{}: {first}", other.title);
    }
    answer.heads.push(answer.direct.len());
    answer.direct.extend(direct);
    let new = |facts: &[crate::answer::Fact], label: &str| {
        !facts.iter().any(|known| known.label == label)
    };
    for fact in other.facts {
        if new(&answer.facts, &fact.label) {
            answer.facts.push(fact);
        } else if titled {
            let label = format!("{}, {}", other.title, inside(&fact.label))
                .chars()
                .take(60)
                .collect();
            answer.facts.push(crate::answer::Fact { label, ..fact });
        }
    }
    if answer.table.is_none() {
        (answer.table, answer.grid) = (other.table, other.grid);
    }
    if answer.items.is_empty() {
        (answer.items, answer.more, answer.next) = (other.items, other.more, other.next);
        answer.brief = other.brief;
        answer.ways = answer.ways.take().or(other.ways);
    }
    extend_new(&mut answer.subjects, other.subjects);
    extend_new(&mut answer.passages, other.passages);
    answer
        .passages
        .truncate(crate::answer::evidence::MOST_PASSAGES);
    extend_new(&mut answer.caveats, other.caveats);
    extend_new(&mut answer.sources, other.sources);
    extend_new(&mut answer.attributions, other.attributions);
    extend_new(&mut answer.credits, other.credits);
}

fn extend_new<T: PartialEq>(list: &mut Vec<T>, others: Vec<T>) {
    for other in others {
        if !list.contains(&other) {
            list.push(other);
        }
    }
}

/// Asks which reading is meant.
fn clarify(knowledge: &Knowledge, asked: &Clarify) -> Answer {
    let readings = &asked.readings;
    let shown = &readings.roles[..readings.roles.len().min(MOST_READINGS)];
    let titles: Vec<String> = shown
        .iter()
        .map(|id| inside(&knowledge.role(*id).title))
        .collect();
    let mut answer = Answer::new(Outcome::Clarify, format!("Which one: {}?", readings.term));
    answer.direct.push(format!(
        "\"{}\" can mean several roles. Which one do you mean: {}?",
        readings.term,
        titles.join(", ")
    ));
    let aspect = match asked.aspects.first() {
        Some(Label::Pay) => "pay",
        Some(Label::Outlook) => "outlook",
        Some(Label::Openings) => "openings",
        Some(Label::Education) => "training",
        Some(Label::Length) => "length of training",
        Some(Label::License) => "license",
        Some(Label::Exam) => "exam",
        Some(Label::Remote) => "remote work",
        Some(Label::Skills) => "skills",
        Some(Label::Tools) => "software",
        Some(Label::Day) => "typical day",
        Some(Label::Suits) => "personality",
        Some(Label::Schedule) => "hours",
        Some(Label::Physical) => "physical demands",
        _ => "",
    };
    let state = asked
        .place
        .states
        .first()
        .map_or_else(String::new, |state| format!(" in {}", state.name()));
    for id in shown {
        let question = format!("{} {aspect}{state}", inside(&knowledge.role(*id).title));
        let question = question.trim().to_owned();
        answer
            .choices
            .push(choice(knowledge, Topic::Role(*id), question));
    }
    answer.subjects = subjects(knowledge, shown.iter().copied());
    answer
}

/// Names held against each other that are one role here: said first, since no figure tells them apart.
fn name_one_role(knowledge: &Knowledge, understood: &Understood, answer: &mut Answer) {
    let names = &understood.notes.one_role;
    if let (Some(Request::Facts(facts)), [_, _, ..]) = (understood.requests.first(), &names[..]) {
        answer.direct.insert(
            0,
            format!(
                "{} are one job here, {}: the official figures do not tell them apart.",
                join(names),
                knowledge.role(facts.role).plural
            ),
        );
    }
}

/// Jobs that are named beside the answer and not covered: the median that BLS gives for each, where pay is asked.
fn name_jobs_outside(knowledge: &Knowledge, understood: &Understood, answer: &mut Answer) {
    let pays = match understood.requests.first() {
        Some(Request::Facts(facts)) => facts.aspects.contains(&Label::Pay),
        Some(Request::Compare(asked)) => {
            asked.aspects.is_empty() || asked.aspects.contains(&Label::Pay)
        }
        _ => return,
    };
    let jobs = understood
        .notes
        .outside
        .iter()
        .filter_map(|place| knowledge.outside.get(usize::from(*place)));
    let mut not_held = Vec::new();
    for job in jobs {
        let said = pays
            && job
                .soc
                .is_some_and(|soc| outside::add_median(knowledge, soc, answer));
        if !said {
            not_held.push(job.title.as_str());
        }
    }
    // In a long message a job outside is part of somebody's story.
    let asked = understood.notes.words.len() <= FEW_WORDS;
    if asked && !not_held.is_empty() {
        answer.notes.push(format!(
            "I don't cover this: {}. It is not among the roles that I know.",
            not_held.join(", ")
        ));
    }
}

/// How the message was read, where that is not obvious.
fn notes(knowledge: &Knowledge, understood: &Understood, answer: &Answer) -> Vec<String> {
    let mut notes = Vec::new();
    let told = &understood.notes;
    if let Some(language) = understood.language {
        notes.push(
            knowledge
                .language
                .texts
                .fill("foreign", &[("language", language)]),
        );
    }
    if !told.corrections.is_empty() && answer.outcome != Outcome::NotCovered {
        let words: Vec<String> = told
            .corrections
            .iter()
            .map(|(written, read)| format!("\"{read}\" for \"{written}\""))
            .collect();
        notes.push(format!("I read this as {}.", words.join(", ")));
    }
    let first = understood.requests.first();
    for label in &told.not_held {
        notes.push(not_held::sentence(knowledge, *label, &[], &[]));
    }
    if !told.unsorted.is_empty() {
        notes.push(format!(
            "I can't sort by this: {}. No figure tells it; ask it of one of these jobs by name.",
            told.unsorted.join(", ")
        ));
    }
    if told.same_list {
        notes.push("I took this to be about the list before it.".to_owned());
    } else if told.recalled
        && let Some(first) = first
    {
        let names: Vec<String> = topics_of(first)
            .into_iter()
            .map(|topic| inside(knowledge.title(topic)))
            .collect();
        if !names.is_empty() {
            notes.push(format!("I took this to be about {}.", join(&names)));
        }
    }
    if let (Some(readings), Some(Request::Facts(_) | Request::TrendsOfRoles { .. })) =
        (&told.reading, first)
        && let [role, others @ ..] = readings.roles.as_slice()
    {
        notes.push(reading_note(knowledge, &readings.term, *role, others));
    }
    if told.cut {
        notes.push(format!(
            "I read the first {LONGEST_QUESTION} characters only."
        ));
    }
    notes
}

fn topics_of(request: &Request) -> Vec<Topic> {
    let roles = |roles: &[RoleId]| roles.iter().copied().map(Topic::Role).collect();
    match request {
        Request::Facts(facts) => vec![Topic::Role(facts.role)],
        Request::Graduates(asked) => vec![Topic::Role(asked.role)],
        Request::Compare(asked) => roles(&asked.roles),
        Request::Trend(id) | Request::RolesOfTrend { trend: id, .. } => vec![Topic::Trend(*id)],
        Request::TrendsOfRoles { roles: ids, .. } => roles(ids),
        Request::Path(path) => path
            .from
            .into_iter()
            .chain(path.to)
            .map(Topic::Role)
            .collect(),
        Request::Paths(wanted) => wanted
            .to
            .into_iter()
            .chain(wanted.roles.iter().copied())
            .map(Topic::Role)
            .collect(),
        Request::NotHeld(asked) => asked.topics.clone(),
        _ => Vec::new(),
    }
}

fn reading_note(knowledge: &Knowledge, term: &str, first: RoleId, others: &[RoleId]) -> String {
    /// A longer description is not said back word by word.
    const WORDS: usize = 4;
    let title = inside(knowledge.title(Topic::Role(first)));
    let titles: Vec<String> = others
        .iter()
        .take(4)
        .map(|id| inside(knowledge.title(Topic::Role(*id))))
        .collect();
    let told = term.is_empty() || term.split(' ').count() > WORDS;
    match (told, titles.is_empty()) {
        (true, true) => format!("I read this as {title}."),
        (true, false) => format!(
            "I read this as {title}; near to it are {}.",
            titles.join(", ")
        ),
        (false, true) => format!("I read \"{term}\" as {title}."),
        (false, false) => format!(
            "I read \"{term}\" as {title}; it can also mean {}.",
            titles.join(", ")
        ),
    }
}
