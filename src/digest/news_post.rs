//! The summary of what is new in the knowledge, and the first one of it in a server.

use jiff::civil::Date;

use crate::digest::compose::of_topic;
use crate::digest::news::Change;
use crate::digest::parts::{add_roles, add_sources, empty, question};
use crate::digest::points::points;
use crate::digest::sentences::cut;
use crate::digest::summary::{HEADLINE_LIMIT, Point, Style, Summary};
use crate::knowledge::{self, Knowledge};

/// The first summary of what is new in a server: nobody has read anything here, so that nothing counts as new yet.
pub(super) fn of_first_news(knowledge: &Knowledge, style: Style, date: Date) -> Option<Summary> {
    let mut topics: Vec<knowledge::Topic> = knowledge.topics().collect();
    let reviewed = |topic: &knowledge::Topic| match topic {
        knowledge::Topic::Trend(id) => knowledge.trend(*id).reviewed,
        knowledge::Topic::Role(id) => knowledge.role(*id).reviewed,
    };
    // The sort is stable: trends of one day stay before roles.
    topics.sort_by_key(|topic| matches!(topic, knowledge::Topic::Role(_)));
    topics.sort_by_key(|topic| std::cmp::Reverse(reviewed(topic)));
    let newest = reviewed(topics.first()?);
    topics.truncate(style.points());
    let lead = format!(
        "I know {} roles and {} trends in healthcare, last reviewed on {newest}. From now on, this post tells what has changed in them; to begin with, here are the latest.",
        knowledge.roles.len(),
        knowledge.trends.len()
    );
    let mut summary = empty(style, date, "What you can read here".to_owned(), lead);
    for topic in &topics {
        summary.points.push(Point {
            label: knowledge.title(*topic).to_owned(),
            text: lead_of(knowledge, *topic).to_owned(),
        });
    }
    summary.question = question(style, || {
        "What would you like to read about first?".to_owned()
    });
    add_all(&mut summary, knowledge, &topics);
    Some(summary)
}

/// The summary of what changed; `None` when nothing did.
pub(super) fn of_news(
    knowledge: &Knowledge,
    changed: &[(knowledge::Topic, Change)],
    style: Style,
    date: Date,
) -> Option<Summary> {
    let headline = match changed {
        [] => return None,
        // A single change is worth its own summary.
        [(topic, change)] => {
            let mut summary = of_topic(knowledge, *topic, style, date);
            summary.headline = cut(
                &format!("{}: {}", said(*change), knowledge.title(*topic)),
                HEADLINE_LIMIT,
            );
            return Some(summary);
        }
        many => format!("What is new: {} topics", many.len()),
    };
    let trends = changed
        .iter()
        .filter(|(topic, _)| matches!(topic, knowledge::Topic::Trend(_)))
        .count();
    let lead = format!(
        "{} and {} were added or updated.",
        counted(trends, "trend"),
        counted(changed.len() - trends, "role")
    );
    let mut summary = empty(style, date, headline, lead);
    let limit = style.points().max(if changed.len() == 2 { 4 } else { 3 });
    for (topic, change) in changed {
        let label = format!("{}: {}", said(*change), knowledge.title(*topic));
        summary.points.push(Point {
            label,
            text: lead_of(knowledge, *topic).to_owned(),
        });
        // Two changes give two points each: three points are the least.
        if changed.len() == 2 {
            summary
                .points
                .extend(points(knowledge, *topic, style, 0, 0).into_iter().take(1));
        }
    }
    let beyond = changed.len().saturating_sub(limit);
    summary.points.truncate(limit);
    if beyond > 0 {
        summary.lead += &format!(" The first {limit} are below; /trends lists every trend.");
    }
    summary.question = question(style, || {
        "Which of these would you like to talk about?".to_owned()
    });
    let topics: Vec<knowledge::Topic> = changed.iter().map(|(topic, _)| *topic).collect();
    add_all(&mut summary, knowledge, &topics);
    Some(summary)
}

/// Roles and sources of several topics: a trend stands for its first role.
fn add_all(summary: &mut Summary, knowledge: &Knowledge, topics: &[knowledge::Topic]) {
    let first = |topic: &knowledge::Topic| match topic {
        knowledge::Topic::Role(id) => Some(*id),
        knowledge::Topic::Trend(id) => knowledge.trend(*id).named_roles.first().copied(),
    };
    add_roles(summary, knowledge, topics.iter().filter_map(first));
    for topic in topics.iter().take(summary.points.len()) {
        let sources = match topic {
            knowledge::Topic::Role(id) => &knowledge.role(*id).sources,
            knowledge::Topic::Trend(id) => &knowledge.trend(*id).sources,
        };
        add_sources(summary, knowledge, sources);
    }
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

fn said(change: Change) -> &'static str {
    match change {
        Change::Added => "New",
        Change::Reworded => "Updated",
        Change::NewFigures => "New figures",
    }
}

fn lead_of(knowledge: &Knowledge, topic: knowledge::Topic) -> &str {
    match topic {
        knowledge::Topic::Role(id) => &knowledge.role(id).summary,
        knowledge::Topic::Trend(id) => &knowledge.trend(id).summary,
    }
}
