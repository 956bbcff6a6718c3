//! What is said when a question is not covered: one sentence what is missing, the official place to look, and the two
//! nearest topics.
//!
//! A message about a crisis gets a short pointer to help and is marked so that nobody stores it.

use crate::answer::model::{Answer, Choice, Outcome};
use crate::answer::topics::subject;
use crate::answer::wording::inside;
use crate::knowledge::{Knowledge, RoleId, Topic};
use crate::question::{Kind, Question, Reason};

/// Nearest topics offered.
const MOST_TOPICS: usize = 2;

/// The refusal for a reason. `near` are topics near to the question, nearest first; no more of them are taken than are shown.
pub fn answer(knowledge: &Knowledge, reason: Reason, question: &Question, near: impl Iterator<Item = Topic>) -> Answer {
    let mut answer = Answer::new(Outcome::NotCovered, "Not covered");
    if reason == Reason::Crisis {
        answer.title = "You deserve help now".to_owned();
        answer.direct.push("I'm a career bot and cannot help with this, but people can, right now. If you or somebody else is in danger, call your local emergency number. In the US you can call or text 988 at any hour, free, to talk with somebody. You don't have to carry this alone.".to_owned());
        answer.sensitive = true;
        return answer;
    }
    answer.direct.push(missing(knowledge, reason, question));
    answer.direct.push(place_to_look(reason, question).to_owned());
    answer.choices = choices(knowledge, reason, question, near);
    answer
}

fn missing(knowledge: &Knowledge, reason: Reason, question: &Question) -> String {
    let outside = question.outside.as_deref();
    match reason {
        // Nothing in the question shows that it is about something else: only the role is missing.
        Reason::Other if question.kind == Kind::Search && !question.asks.is_empty() && question.words.len() <= 3 => {
            "I can't tell which role you mean: name one, such as \"registered nurse pay\".".to_owned()
        }
        Reason::Crisis | Reason::Other => format!(
            "I don't have an answer to that: I cover {} healthcare roles and {} trends in the US, and nothing else.",
            knowledge.roles.len(),
            knowledge.trends.len()
        ),
        Reason::Injection => {
            "I don't take instructions of that kind: I only answer questions about healthcare careers.".to_owned()
        }
        Reason::Medical => "I can't give medical advice: I only answer questions about healthcare careers.".to_owned(),
        Reason::Abroad => format!(
            "I don't cover work outside the US ({}): every figure and rule I have is for the United States.",
            outside.map_or_else(|| "another country".to_owned(), capital_words)
        ),
        Reason::City => format!(
            "I don't have figures for {}: I have no figures for cities or regions, only for the US and its states.",
            outside.map_or_else(|| "a city".to_owned(), capital_words)
        ),
        Reason::Visa => "I don't cover visas, sponsorship or immigration.".to_owned(),
        Reason::Employer => {
            "I don't cover employers, vacancies or applications: I don't know who is hiring.".to_owned()
        }
        Reason::School => "I don't cover particular schools, rankings, admissions or fees.".to_owned(),
        Reason::Opinion => "I don't give opinions: I only answer with facts about healthcare careers.".to_owned(),
        Reason::OtherJob => {
            let occupation =
                outside.and_then(|place| place.parse::<usize>().ok()).and_then(|place| knowledge.outside.get(place));
            let title = occupation.map_or("that job", |outside| outside.title.as_str());
            format!(
                "I don't cover that job ({title}): it is not among the {} healthcare roles that I know.",
                knowledge.roles.len()
            )
        }
    }
}

fn place_to_look(reason: Reason, question: &Question) -> &'static str {
    match reason {
        Reason::Medical => {
            "Please ask a doctor, a nurse line or a pharmacist; in an emergency call your local emergency number."
        }
        Reason::City => "BLS publishes pay by metropolitan area at https://www.bls.gov/oes/.",
        Reason::Visa => "The official place is U.S. Citizenship and Immigration Services, https://www.uscis.gov/.",
        Reason::Employer => {
            "Openings are listed at CareerOneStop, https://www.careeronestop.org/JobSearch/job-search.aspx."
        }
        Reason::School => {
            "The official place to compare schools is the College Scorecard, https://collegescorecard.ed.gov/."
        }
        Reason::OtherJob => {
            "Look in the BLS Occupational Outlook Handbook, https://www.bls.gov/ooh/, or O*NET OnLine, https://www.onetonline.org/."
        }
        Reason::Abroad => "Look at that country's own statistics office and licensing body.",
        _ if question.words.is_empty() => "Try a role and what you want to know, such as \"registered nurse pay\".",
        _ => "For careers beyond these, look in the BLS Occupational Outlook Handbook, https://www.bls.gov/ooh/.",
    }
}

/// The questions nearest to what was asked: the same in the state or the US for a city, else the two best topics.
fn choices(
    knowledge: &Knowledge,
    reason: Reason,
    question: &Question,
    mut near: impl Iterator<Item = Topic>,
) -> Vec<Choice> {
    let mut choices = Vec::new();
    let role = question.roles.first().copied();
    if let (Reason::City, Some(state), Some(id)) = (reason, question.city_state, role) {
        choices.push(pay_choice(knowledge, id, &format!("in {}", state.name())));
    }
    if let (Reason::City | Reason::Abroad, Some(id)) = (reason, role) {
        choices.push(pay_choice(knowledge, id, "in the US"));
        return choices;
    }
    let mut topics: Vec<Topic> = question
        .roles
        .iter()
        .copied()
        .map(Topic::Role)
        .chain(question.trends.iter().copied().map(Topic::Trend))
        .collect();
    if !matches!(reason, Reason::Injection | Reason::Medical) {
        while topics.len() < MOST_TOPICS
            && let Some(topic) = near.next()
        {
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
    }
    for topic in topics.into_iter().take(MOST_TOPICS) {
        let title = knowledge.title(topic);
        choices.push(Choice {
            label: title.chars().take(80).collect(),
            question: format!("What is {}?", inside(title)),
            subject: Some(subject(knowledge, topic)),
        });
    }
    if choices.is_empty() {
        choices.push(Choice {
            label: "Fastest-growing roles".to_owned(),
            question: "What are the fastest growing jobs?".to_owned(),
            subject: None,
        });
        choices.push(Choice {
            label: "The ten trends".to_owned(),
            question: "What are the trends?".to_owned(),
            subject: None,
        });
    }
    choices
}

fn pay_choice(knowledge: &Knowledge, id: RoleId, place: &str) -> Choice {
    let title = &knowledge.role(id).title;
    Choice {
        label: format!("{title} pay {place}").chars().take(80).collect(),
        question: format!("{} pay {place}", inside(title)),
        subject: Some(subject(knowledge, Topic::Role(id))),
    }
}

/// Names of places that are written in capitals.
const INITIALS: &[&str] = &["uk", "uae", "nhs", "eu", "nz", "nyc", "gbp", "cad"];

fn capital_words(name: &str) -> String {
    name.split(' ')
        .map(|word| if INITIALS.contains(&word) { word.to_uppercase() } else { crate::answer::wording::capital(word) })
        .collect::<Vec<_>>()
        .join(" ")
}
