//! From a [`Question`] and the hits of a search to an [`Answer`]: one row a kind of question.

use std::cell::LazyCell;

use crate::answer::model::{Answer, Choice, Outcome};
use crate::answer::topics::{subject, subjects};
use crate::answer::wording::{inside, join, pay_period};
use crate::answer::{compare, found, interests, list, refuse, role, talk, trend};
use crate::knowledge::{Knowledge, RoleId, Topic, TrendId};
use crate::question::normalize::LONGEST_QUESTION;
use crate::question::{Cue, Kind, Question, Readings, Reason};
use crate::search::Hit;
use crate::search::coverage::Coverage;

/// Most readings offered when a word has several.
const MOST_READINGS: usize = 5;

/// Share of a question's weight from which a topic is near enough to be offered beside a refusal.
const NEAR: f32 = 0.5;

/// Composes the answer. `search` finds what matches the question's words; it is called at most once, and only by the kinds of
/// answers that look at hits: most questions are decided by the names in them.
pub fn compose(
    knowledge: &Knowledge,
    coverage: &Coverage,
    question: &Question,
    search: impl FnOnce() -> Vec<Hit>,
) -> Answer {
    let hits = LazyCell::new(search);
    let near = std::iter::once_with(|| hits.iter())
        .flatten()
        .map(|hit| hit.topic)
        .filter(|topic| coverage.of(*topic, &question.words) >= NEAR);
    let refused = |reason| refuse::answer(knowledge, reason, question, near);
    let trend_id = question.trends.first().copied();
    let mut answer = match question.kind {
        Kind::Roles => match question.roles.first() {
            Some(id) => role::answer(knowledge, *id, question),
            None => refused(Reason::Other),
        },
        Kind::Compare => compare::answer(knowledge, &question.roles, question),
        Kind::List => list::answer(knowledge, question),
        Kind::Interests => interests::answer(knowledge, question, &hits),
        Kind::Trend => trend_id.map_or_else(|| refused(Reason::Other), |id| trend::answer(knowledge, id, question)),
        Kind::TrendRoles => trend_id.map_or_else(|| refused(Reason::Other), |id| trend::roles(knowledge, id, question)),
        Kind::RoleTrends => trend::of_roles(knowledge, &question.roles, question),
        Kind::Trends => match near_trend(coverage, question, &hits) {
            Some(id) => trend::answer(knowledge, id, question),
            None => trend::all(knowledge),
        },
        Kind::Choose => talk::choose(),
        Kind::Greeting => talk::greeting(knowledge),
        Kind::Thanks => talk::thanks(),
        Kind::Help => talk::help(knowledge),
        Kind::Sources => talk::sources(knowledge),
        Kind::Ambiguous => question
            .readings
            .as_ref()
            .map_or_else(|| refused(Reason::Other), |readings| clarify(knowledge, readings, question)),
        Kind::Refused(reason) => refused(reason),
        Kind::Search => found::answer(knowledge, coverage, question, &hits).unwrap_or_else(|| refused(Reason::Other)),
    };
    if !answer.sensitive {
        answer.notes = notes(knowledge, question, &answer);
    }
    answer
}

/// The trend that a question about "the trend with ..." describes in other words.
fn near_trend(coverage: &Coverage, question: &Question, hits: &[Hit]) -> Option<TrendId> {
    const FRAME: &[&str] = &[
        "trend", "article", "future", "whats", "say", "says", "gist", "list", "name", "explain", "ten", "main",
        "current", "new", "latest",
    ];
    let words: Vec<String> = question.words.iter().filter(|word| !FRAME.contains(&word.as_str())).cloned().collect();
    if words.is_empty() {
        return None;
    }
    hits.iter().find_map(|hit| match hit.topic {
        Topic::Trend(id) if coverage.of(hit.topic, &words) >= NEAR => Some(id),
        _ => None,
    })
}

/// Asks which reading is meant.
fn clarify(knowledge: &Knowledge, readings: &Readings, question: &Question) -> Answer {
    let shown = &readings.roles[..readings.roles.len().min(MOST_READINGS)];
    let titles: Vec<String> = shown.iter().map(|id| inside(&knowledge.role(*id).title)).collect();
    let (title, sentence) = match titles.as_slice() {
        [only] => (
            format!("Do you mean {only}?"),
            format!("Most of these words are unknown to me. Do you mean the role of {only}?"),
        ),
        several => (
            format!("Which one: {}?", readings.term),
            format!("\"{}\" can mean several roles. Which one do you mean: {}?", readings.term, several.join(", ")),
        ),
    };
    let mut answer = Answer::new(Outcome::Clarify, title);
    answer.direct.push(sentence);
    let ask = match question.asks.first() {
        Some(Cue::Pay) => "pay",
        Some(Cue::Growth) => "outlook",
        Some(Cue::Openings) => "openings",
        Some(Cue::Training) => "training",
        Some(Cue::License) => "license",
        Some(Cue::Remote) => "remote work",
        Some(Cue::Skills) => "skills",
        Some(Cue::Tools) => "software",
        Some(Cue::Day) => "typical day",
        Some(Cue::Suits) => "personality",
        _ => "",
    };
    let state = question.states.first().map_or_else(String::new, |state| format!(" in {}", state.name()));
    for id in shown {
        let title = &knowledge.role(*id).title;
        let question = format!("{} {ask}{state}", inside(title));
        answer.choices.push(Choice {
            label: title.chars().take(80).collect(),
            question: question.trim().to_owned(),
            subject: Some(subject(knowledge, Topic::Role(*id))),
        });
    }
    answer.subjects = subjects(knowledge, shown.iter().copied());
    answer
}

/// How the question was read, where that is not obvious.
fn notes(knowledge: &Knowledge, question: &Question, answer: &Answer) -> Vec<String> {
    let mut notes = Vec::new();
    if !question.corrections.is_empty() && answer.outcome != Outcome::NotCovered {
        let words: Vec<String> =
            question.corrections.iter().map(|(written, read)| format!("\"{read}\" for \"{written}\"")).collect();
        notes.push(format!("I read this as {}.", words.join(", ")));
    }
    if !question.outside_beside.is_empty() && matches!(question.kind, Kind::Roles | Kind::Compare) {
        notes.push(format!(
            "I hold nothing on this: {}. It is not among the roles that I know.",
            question.outside_beside.join(", ")
        ));
    }
    if question.city_state.is_some() && answer.outcome == Outcome::Answered {
        notes.push(
            "I have no figures for cities or regions: what is said here is for the whole state or the US.".to_owned(),
        );
    }
    if question.not_held && !question.roles.is_empty() && answer.outcome == Outcome::Answered {
        notes.push(
            "I hold nothing on benefits, hours, part-time work or hiring rules; this is what I do know.".to_owned(),
        );
    }
    if question.recalled && question.kind == Kind::List {
        notes.push("I took this to be about the list before it.".to_owned());
    } else if question.recalled {
        let names: Vec<String> = question
            .roles
            .iter()
            .map(|id| inside(knowledge.title(Topic::Role(*id))))
            .chain(question.trends.iter().map(|id| inside(knowledge.title(Topic::Trend(*id)))))
            .collect();
        notes.push(format!("I took this to be about {}.", join(&names)));
    }
    if let (Some(readings), Kind::Roles | Kind::RoleTrends) = (&question.readings, question.kind)
        && let [first, others @ ..] = readings.roles.as_slice()
    {
        notes.push(reading_note(knowledge, &readings.term, *first, others));
    }
    let asked_pay = question.asks.contains(&Cue::Pay) && matches!(question.kind, Kind::Roles | Kind::Compare);
    if let Some(id) = question.roles.first().filter(|_| asked_pay) {
        let period = pay_period(knowledge, knowledge.role(*id));
        if earlier_year(&question.text, period) {
            notes.push(format!("I hold the pay of {period} only, and none of earlier years."));
        }
    }
    let safe = |token: &str| matches!(token, "safe" | "safest" | "immune" | "resistant" | "proof" | "wont" | "won't");
    if question.kind == Kind::TrendRoles && question.text.to_lowercase().split([' ', '-', '?']).any(safe) {
        notes.push(
            "I hold nothing on which jobs are safe from a trend: these are the roles that it touches.".to_owned(),
        );
    }
    if question.cut {
        notes.push(format!("I read the first {LONGEST_QUESTION} characters only."));
    }
    notes
}

/// Whether a year is named that lies before the one of the figures: "RN pay in 2020".
fn earlier_year(text: &str, period: &str) -> bool {
    let years = |text: &str| -> Vec<u32> {
        let words = text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4);
        words.filter_map(|word| word.parse().ok()).filter(|year| (1980..2100).contains(year)).collect()
    };
    let held = years(period).into_iter().max().unwrap_or(0);
    years(text).into_iter().any(|year| year < held)
}

fn reading_note(knowledge: &Knowledge, term: &str, first: RoleId, others: &[RoleId]) -> String {
    /// A longer description is not said back word by word.
    const WORDS: usize = 4;
    let title = inside(knowledge.title(Topic::Role(first)));
    if others.is_empty() {
        let long = term.split(' ').count() > WORDS;
        return if long { format!("I read this as {title}.") } else { format!("I read \"{term}\" as {title}.") };
    }
    let others: Vec<String> = others.iter().take(4).map(|id| inside(knowledge.title(Topic::Role(*id)))).collect();
    format!("I read \"{term}\" as {title}; it can also mean {}.", others.join(", "))
}
