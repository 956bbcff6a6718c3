//! What is said when a question is not covered: one sentence what is missing, and the official place to look.
//!
//! A message about a crisis gets a short pointer to help and is marked so that nobody stores it.

use crate::answer::model::{Answer, Choice, Outcome};
use crate::answer::topics::choice;
use crate::answer::wording::inside;
use crate::answer::{outside, talk};
use crate::knowledge::language::Label;
use crate::knowledge::{Knowledge, Topic};
use crate::understanding::request::Refusal;

/// Jobs outside whose pay is told.
const MOST_JOBS: usize = 2;
/// Roles of a like name that are offered.
const MOST_ALIKE: usize = 3;

/// The refusal.
pub fn answer(knowledge: &Knowledge, refusal: &Refusal) -> Answer {
    let texts = &knowledge.language.texts;
    let mut answer = Answer::new(Outcome::NotCovered, "Not covered");
    let (roles, trends) = (
        knowledge.roles.len().to_string(),
        knowledge.trends.len().to_string(),
    );
    let counts = [("roles", roles.as_str()), ("trends", trends.as_str())];
    let job = match refusal {
        Refusal::OtherJob(places) => {
            let titles = places
                .iter()
                .filter_map(|place| knowledge.outside.get(usize::from(*place)));
            titles
                .map(|outside| outside.title.clone())
                .collect::<Vec<_>>()
                .join(", ")
        }
        Refusal::UnknownJob(title) => title.clone(),
        _ => String::new(),
    };
    let key = match refusal {
        Refusal::Crisis => {
            answer.title = texts.of("title.crisis").to_owned();
            answer.direct.push(texts.of("refuse.crisis").to_owned());
            answer.sensitive = true;
            return answer;
        }
        Refusal::Distress => {
            answer.title = texts.of("title.distress").to_owned();
            answer.direct.push(texts.of("refuse.distress").to_owned());
            answer.sensitive = true;
            return answer;
        }
        Refusal::About(Label::Medical) => "medical",
        Refusal::About(Label::Orders) => "orders",
        Refusal::About(_) => "about",
        Refusal::OtherJob(_) => "other-job",
        Refusal::UnknownJob(_) => "unknown-job",
        Refusal::NoRole(_) => "no-role",
        Refusal::Unknown => "unknown",
        Refusal::Empty => "empty",
    };
    let values = [&counts[..], &[("job", job.as_str())]].concat();
    answer
        .direct
        .push(texts.fill(&format!("refuse.{key}"), &values));
    if let Refusal::OtherJob(places) = refusal {
        let known = places
            .iter()
            .filter_map(|place| knowledge.outside.get(usize::from(*place)));
        for job in known.take(MOST_JOBS) {
            if let Some(soc) = job.soc {
                outside::add_median(knowledge, soc, &mut answer);
            }
        }
    }
    let look = match key {
        "unknown-job" => "other-job",
        "no-role" | "about" => "empty",
        key => key,
    };
    answer
        .direct
        .push(texts.of(&format!("look.{look}")).to_owned());
    // Who has asked for nothing yet is shown where to begin; to whoever asks for something else nothing of this is near.
    answer.choices = match refusal {
        Refusal::Empty | Refusal::NoRole(_) => talk::starters(),
        _ => alike(knowledge, &job),
    };
    answer
}

/// Roles that have the job's title inside a name of theirs: a dialysis technician may be a "certified clinical hemodialysis
/// technician".
fn alike(knowledge: &Knowledge, job: &str) -> Vec<Choice> {
    let held = |name: &str| {
        let name = format!(" {} ", name.to_lowercase());
        !job.is_empty() && name.contains(&format!(" {job} "))
    };
    knowledge
        .role_ids()
        .filter(|id| {
            let mut names = knowledge.role(*id).names().into_iter();
            names.any(|name| held(&name))
        })
        .take(MOST_ALIKE)
        .map(|id| {
            let question = format!("What is {}?", inside(&knowledge.role(id).title));
            choice(knowledge, Topic::Role(id), question)
        })
        .collect()
}

/// The refusal of a message without a word.
pub fn empty(knowledge: &Knowledge) -> Answer {
    answer(knowledge, &Refusal::Empty)
}
