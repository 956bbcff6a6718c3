//! What can be said of a topic, sentence by sentence, so that each of its posts says something else.
//!
//! The sentences are those of the files. They are put in one order, the same each time; a post takes the next of them.

use crate::digest::sentences::{items, sentences, stands_alone};
use crate::digest::summary::{Point, Style};
use crate::knowledge::model::{
    CAUSE, CAUTIONS, CHANGE, DAY, DUTIES, LEARN, LICENSE, MEANING, NEXT_STEPS, PHYSICAL, REMOTE,
    SCHEDULE, SKILLS, SUITS, TRAINING, TREND_ROLES, WATCH, WORKPLACE,
};
use crate::knowledge::{Knowledge, Topic};

/// Sections that give points, in the order of the first full summary, and the label of each. The first three make a short one;
/// those after the fifth stand in for a section without a sentence.
const OF_TREND: &[(&str, &str)] = &[
    (MEANING, "What it means for you"),
    (CAUSE, "Why it is happening"),
    (WATCH, "What to watch"),
    (CAUTIONS, "Caution"),
    (CHANGE, "What is changing"),
    (LEARN, "Skills"),
    (TREND_ROLES, "Who does what"),
];
const OF_ROLE: &[(&str, &str)] = &[
    (WORKPLACE, "Where they work"),
    (TRAINING, "How to become one"),
    (SUITS, "Who it suits"),
    (LICENSE, "License"),
    (REMOTE, "Remote work"),
    (DUTIES, "What they do"),
    (DAY, "A usual day"),
    (SCHEDULE, "Hours"),
    (PHYSICAL, "What it asks of the body"),
    (SKILLS, "Skills"),
    (NEXT_STEPS, "Next steps"),
];

fn sections(topic: Topic) -> (&'static [(&'static str, &'static str)], &'static str) {
    match topic {
        Topic::Trend(_) => (OF_TREND, CHANGE),
        Topic::Role(_) => (OF_ROLE, DUTIES),
    }
}

fn summary(knowledge: &Knowledge, topic: Topic) -> &str {
    match topic {
        Topic::Role(id) => &knowledge.role(id).summary,
        Topic::Trend(id) => &knowledge.trend(id).summary,
    }
}

/// The sentence that a topic's post begins with: the file's own summary the first time, then what else says what it is.
pub(super) fn lead(knowledge: &Knowledge, topic: Topic, edition: usize) -> String {
    let leads = leads(knowledge, topic);
    leads[edition % leads.len()].to_owned()
}

/// The sentences that a post can begin with: the summary, then those of the section that says what the topic is. Its first is
/// a point of a full summary, unless no other stands alone.
fn leads(knowledge: &Knowledge, topic: Topic) -> Vec<&str> {
    let (_, heading) = sections(topic);
    let summary = summary(knowledge, topic);
    let found = sentences(knowledge.section(topic, heading));
    let others = found
        .iter()
        .copied()
        .skip(1)
        .filter(|text| stands_alone(text));
    let mut leads: Vec<&str> = std::iter::once(summary).chain(others).collect();
    if leads.len() == 1 {
        leads.extend(found.first().filter(|text| **text != summary));
    }
    leads
}

/// The points of a topic's post: the first of each section the first time, then those that come after them. `place` is the
/// topic's among its like: topics that follow each other begin with other sections.
pub(super) fn points(
    knowledge: &Knowledge,
    topic: Topic,
    style: Style,
    place: usize,
    edition: usize,
) -> Vec<Point> {
    let all = all(knowledge, topic);
    let (many, wanted) = (all.len(), style.points().min(all.len()));
    // Once all were said, they are put together otherwise.
    let first = place % BEGINNINGS + edition * wanted;
    let round = first.checked_div(many).unwrap_or(0);
    (0..wanted)
        .map(|place| all[(first + place * (round + 1) + round) % many].clone())
        .fold(Vec::new(), |mut points, point| {
            if !points.contains(&point) {
                points.push(point);
            }
            points
        })
}

/// How many sections take turns at the beginning of a first post.
const BEGINNINGS: usize = 5;

/// All points in their order: the first of each section, then the second of each, and so on.
fn all(knowledge: &Knowledge, topic: Topic) -> Vec<Point> {
    let (table, what) = sections(topic);
    let leads = leads(knowledge, topic);
    let mut columns: Vec<Vec<Point>> = table
        .iter()
        .map(|(heading, label)| {
            let text = knowledge.section(topic, heading);
            let found = sentences(text);
            let rest = if *heading == what { 1 } else { usize::MAX };
            let said = found
                .into_iter()
                .filter(|sentence| !leads.contains(sentence))
                .enumerate()
                .filter(|(place, text)| *place == 0 || stands_alone(text))
                .map(|(_, text)| text)
                .take(rest);
            // What introduces a list says little without it.
            let listed = items(text);
            let said: Vec<&str> = if listed.is_empty() {
                said.collect()
            } else {
                said.take(1).chain(listed).collect()
            };
            said.into_iter()
                .map(|text| Point {
                    label: (*label).to_owned(),
                    text: text.to_owned(),
                })
                .collect()
        })
        .collect();
    columns.push(touches(knowledge, topic));
    let longest = columns.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest)
        .flat_map(|row| columns.iter().filter_map(move |column| column.get(row)))
        .cloned()
        .collect()
}

/// How the trend touches each of its roles, or the role's trends touch it.
fn touches(knowledge: &Knowledge, topic: Topic) -> Vec<Point> {
    match topic {
        Topic::Trend(id) => {
            let of_role = |role| {
                let role = knowledge.role(role);
                let touch = role.trends.iter().find(|touch| touch.trend == id)?;
                Some(Point {
                    label: format!("For {}", role.plural),
                    text: touch.how.clone(),
                })
            };
            knowledge.trend(id).roles().filter_map(of_role).collect()
        }
        Topic::Role(id) => {
            let touches = knowledge.role(id).trends.iter();
            touches
                .map(|touch| Point {
                    label: knowledge.trend(touch.trend).title.clone(),
                    text: touch.how.clone(),
                })
                .collect()
        }
    }
}
