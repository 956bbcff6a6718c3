//! An answer from search alone, when the question names no role and no intent was found.
//!
//! Given only when a topic's text covers most of what was asked; a weak hit is never an answer.

use crate::answer::evidence::{add_passage, add_sources};
use crate::answer::model::{Answer, Item, Outcome};
use crate::answer::topics::subject;
use crate::answer::wording::inside;
use crate::knowledge::{Knowledge, Topic};
use crate::question::Question;
use crate::question::understand::is_stop_word;
use crate::search::Hit;
use crate::search::coverage::Coverage;

/// Share of the question's weight that a topic's text must hold. Measured on the working half of the questions.
const ENOUGH: f32 = 0.78;
/// The same for a question that describes a person or somebody's own wishes: a role is meant, only which one is open.
const ENOUGH_DESCRIBED: f32 = 0.6;
/// Fewer known words than this are no question that search alone can answer.
const FEWEST_WORDS: usize = 3;
/// The same for a description: one word, such as "autopsies", stands in a text by chance.
const FEWEST_DESCRIBED: usize = 2;
/// Most topics shown.
const MOST_TOPICS: usize = 3;

/// The topics whose text covers the question, or nothing.
pub fn answer(knowledge: &Knowledge, coverage: &Coverage, question: &Question, hits: &[Hit]) -> Option<Answer> {
    if let Some(best) = question.described.first() {
        let topics = question.described.iter().map(|fit| Topic::Role(fit.role)).take(MOST_TOPICS).collect::<Vec<_>>();
        return Some(show(knowledge, question, hits, Topic::Role(best.role), &topics));
    }
    let (bar, fewest) = if question.describes { (ENOUGH_DESCRIBED, FEWEST_DESCRIBED) } else { (ENOUGH, FEWEST_WORDS) };
    // "Part-time jobs": a text that mentions it in passing is no answer to what the knowledge does not hold.
    if question.not_held || question.words.len() < fewest || question.words.iter().all(|word| is_stop_word(word)) {
        return None;
    }
    let mut topics: Vec<(f32, f32, Topic)> = Vec::new();
    for hit in hits {
        match topics.iter_mut().find(|(_, _, topic)| *topic == hit.topic) {
            Some((_, score, _)) => *score += hit.score * 0.3,
            None => topics.push((coverage.of(hit.topic, &question.words), hit.score, hit.topic)),
        }
    }
    topics.retain(|(share, _, topic)| *share >= bar && (!question.describes || matches!(topic, Topic::Role(_))));
    topics.sort_by(|a, b| (b.0 * b.1).total_cmp(&(a.0 * a.1)).then(a.2.cmp(&b.2)));
    topics.truncate(MOST_TOPICS);
    let topics: Vec<Topic> = topics.into_iter().map(|(_, _, topic)| topic).collect();
    let (first, _) = topics.split_first()?;
    Some(show(knowledge, question, hits, *first, &topics))
}

/// The first topic in full and the others beside it.
fn show(knowledge: &Knowledge, question: &Question, hits: &[Hit], first: Topic, topics: &[Topic]) -> Answer {
    let mut answer = Answer::new(Outcome::Answered, knowledge.title(first));
    let summary = match first {
        Topic::Role(id) => &knowledge.role(id).summary,
        Topic::Trend(id) => &knowledge.trend(id).summary,
    };
    answer.direct.push(format!("That sounds like {}. {summary}", inside(knowledge.title(first))));
    for topic in topics {
        answer.subjects.push(subject(knowledge, *topic));
        if *topic != first {
            let summary = match topic {
                Topic::Role(id) => knowledge.role(*id).summary.clone(),
                Topic::Trend(id) => knowledge.trend(*id).summary.clone(),
            };
            answer.items.push(Item { subject: subject(knowledge, *topic), note: summary });
        }
        let sections = knowledge.sections(*topic);
        if let Some(section) = hits
            .iter()
            .filter(|hit| hit.topic == *topic)
            .find_map(|hit| hit.section)
            .and_then(|place| sections.get(place))
        {
            add_passage(knowledge, &mut answer, *topic, section.heading, &question.words);
        }
        let sources = match topic {
            Topic::Role(id) => &knowledge.role(*id).sources,
            Topic::Trend(id) => &knowledge.trend(*id).sources,
        };
        add_sources(knowledge, &mut answer, sources, Some(*topic));
    }
    answer
}
