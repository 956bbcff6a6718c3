//! From the knowledge to a [`Summary`]. Nothing is generated: sentences are those of the files, figures those of the tables.
//!
//! Pure: the day is an argument. Knows nothing of where a summary goes.

use jiff::civil::Date;

use crate::answer::figure::median_pay;
use crate::digest::memory::Memory;
use crate::digest::news::{self, Change};
use crate::digest::sentences::{cut, sentences};
use crate::digest::summary::{HEADLINE_LIMIT, Point, RoleLine, Source, Style, Summary};
use crate::digest::topic::Topic;
use crate::knowledge::model::{
    CAUSE, CAUTIONS, CHANGE, DUTIES, LEARN, LICENSE, MEANING, REMOTE, SUITS, TRAINING, WATCH,
    WORKPLACE,
};
use crate::knowledge::{self, Knowledge, Role, RoleId, SourceId, Trend};

/// Sections that give points, in the order of a full summary, and the label of each. The first three make a short one; those
/// after the fifth stand in for a section without a sentence.
const TREND_POINTS: &[(&str, &str)] = &[
    (MEANING, "What it means for you"),
    (CAUSE, "Why it is happening"),
    (WATCH, "What to watch"),
    (CAUTIONS, "Caution"),
    (CHANGE, "What is changing"),
    (LEARN, "Skills"),
];
const ROLE_POINTS: &[(&str, &str)] = &[
    (WORKPLACE, "Where they work"),
    (TRAINING, "How to become one"),
    (SUITS, "Who it suits"),
    (LICENSE, "License"),
    (REMOTE, "Remote work"),
    (DUTIES, "What they do"),
];
/// How far back a summary of what is new looks where there was none before, in days.
pub const FIRST_LOOK_DAYS: i32 = 30;

/// A summary with what a digest is to remember once it is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// What it turned out to be about, as [`Topic`] writes it.
    pub topic: String,
    /// The summary.
    pub summary: Summary,
    /// What to remember; `None` where nothing changes.
    pub memory: Option<Memory>,
}

/// The next summary of a digest; `None` when there is nothing to say: the topic has left the knowledge, or nothing is new.
pub fn next(
    knowledge: &Knowledge,
    topic: &Topic,
    style: Style,
    memory: &Memory,
    date: Date,
) -> Option<Composed> {
    let (topic, after) = match topic {
        Topic::Trend(_) | Topic::Role(_) => (topic.fixed(knowledge)?, None),
        Topic::NextTrend => rotate(
            knowledge,
            memory,
            knowledge
                .trends
                .iter()
                .map(|trend| trend.slug.as_str())
                .collect(),
        )?,
        Topic::NextRole => rotate(
            knowledge,
            memory,
            knowledge
                .roles
                .iter()
                .map(|role| role.slug.as_str())
                .collect(),
        )?,
        // What a server has written is not in the knowledge.
        Topic::Own(_) | Topic::NextOwn => return None,
        Topic::New => {
            let changed = match &memory.seen {
                Some(seen) => news::since_prints(knowledge, seen),
                None => news::since_date(
                    knowledge,
                    date.saturating_sub(jiff::Span::new().days(FIRST_LOOK_DAYS)),
                ),
            };
            let seen = Some(news::prints(knowledge));
            let summary = Summary {
                seen: seen.clone(),
                ..of_news(knowledge, &changed, style, date)?
            };
            let memory = Memory {
                posted: memory.posted.clone(),
                seen,
            };
            return Some(Composed {
                topic: Topic::New.to_string(),
                summary,
                memory: Some(memory),
            });
        }
    };
    let summary = of_topic(knowledge, topic, style, date);
    Some(Composed {
        topic: Topic::of(knowledge, topic).to_string(),
        summary,
        memory: after,
    })
}

fn rotate(
    knowledge: &Knowledge,
    memory: &Memory,
    all: Vec<&str>,
) -> Option<(knowledge::Topic, Option<Memory>)> {
    let (slug, after) = memory.next(&all)?;
    Some((knowledge.find(slug)?, Some(after)))
}

/// The summary of one trend or role.
pub fn of_topic(
    knowledge: &Knowledge,
    topic: knowledge::Topic,
    style: Style,
    date: Date,
) -> Summary {
    match topic {
        knowledge::Topic::Trend(id) => of_trend(knowledge, topic, knowledge.trend(id), style, date),
        knowledge::Topic::Role(id) => of_role(knowledge, topic, id, style, date),
    }
}

fn of_trend(
    knowledge: &Knowledge,
    topic: knowledge::Topic,
    trend: &Trend,
    style: Style,
    date: Date,
) -> Summary {
    let mut summary = empty(
        style,
        date,
        format!("Trend: {}", trend.title),
        trend.summary.clone(),
    );
    summary.points = points(knowledge, topic, TREND_POINTS, &trend.summary, style);
    summary.reviewed = Some(trend.reviewed);
    summary.question = question(style, || {
        "Where do you already meet this trend, at work or in your studies?".to_owned()
    });
    add_roles(&mut summary, knowledge, trend.roles());
    add_sources(&mut summary, knowledge, &trend.sources);
    summary
}

fn of_role(
    knowledge: &Knowledge,
    topic: knowledge::Topic,
    id: RoleId,
    style: Style,
    date: Date,
) -> Summary {
    let role = knowledge.role(id);
    let mut summary = empty(
        style,
        date,
        format!("Role: {}", role.title),
        role.summary.clone(),
    );
    summary.points = points(knowledge, topic, ROLE_POINTS, &role.summary, style);
    summary.reviewed = Some(role.reviewed);
    summary.question = question(style, || {
        format!(
            "What would you ask one of the {} before choosing this work?",
            role.plural
        )
    });
    add_roles(
        &mut summary,
        knowledge,
        std::iter::once(id).chain(role.related.iter().copied()),
    );
    add_sources(&mut summary, knowledge, &role.sources);
    summary
}

/// The summary of what changed; `None` when nothing did.
pub fn of_news(
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
            let table = if matches!(topic, knowledge::Topic::Trend(_)) {
                TREND_POINTS
            } else {
                ROLE_POINTS
            };
            summary.points.extend(
                points(knowledge, *topic, table, lead_of(knowledge, *topic), style)
                    .into_iter()
                    .take(1),
            );
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
    let roles: Vec<RoleId> = changed
        .iter()
        .flat_map(|(topic, _)| match topic {
            knowledge::Topic::Role(id) => vec![*id],
            knowledge::Topic::Trend(id) => knowledge
                .trend(*id)
                .named_roles
                .iter()
                .copied()
                .take(1)
                .collect(),
        })
        .collect();
    add_roles(&mut summary, knowledge, roles.into_iter());
    for (topic, _) in changed.iter().take(limit) {
        let sources = match topic {
            knowledge::Topic::Role(id) => &knowledge.role(*id).sources,
            knowledge::Topic::Trend(id) => &knowledge.trend(*id).sources,
        };
        add_sources(&mut summary, knowledge, sources);
    }
    Some(summary)
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

pub(super) fn empty(style: Style, date: Date, headline: String, lead: String) -> Summary {
    Summary {
        style,
        headline: cut(&headline, HEADLINE_LIMIT),
        lead,
        points: Vec::new(),
        roles: Vec::new(),
        sources: Vec::new(),
        attributions: Vec::new(),
        date,
        reviewed: None,
        question: None,
        edited: false,
        seen: None,
    }
}

pub(super) fn question(style: Style, write: impl FnOnce() -> String) -> Option<String> {
    (style == Style::Discussion).then(write)
}

/// One sentence of each section of the table, as many as the style holds. One that only repeats the lead gives way to the
/// next of its section.
fn points(
    knowledge: &Knowledge,
    topic: knowledge::Topic,
    table: &[(&str, &str)],
    lead: &str,
    style: Style,
) -> Vec<Point> {
    let one = |(heading, label): &(&str, &str)| {
        let text = sentences(knowledge.section(topic, heading))
            .into_iter()
            .find(|sentence| *sentence != lead)?;
        Some(Point {
            label: (*label).to_owned(),
            text: text.to_owned(),
        })
    };
    table.iter().filter_map(one).take(style.points()).collect()
}

/// The roles with a figure each, as many as the style holds, and the sources of those figures.
pub(super) fn add_roles(
    summary: &mut Summary,
    knowledge: &Knowledge,
    roles: impl Iterator<Item = RoleId>,
) {
    for id in roles {
        let role: &Role = knowledge.role(id);
        if summary.roles.len() == summary.style.roles() {
            return;
        }
        if summary
            .roles
            .iter()
            .any(|line| line.slug == role.slug.as_str())
        {
            continue;
        }
        let (figure, source) = median_pay(knowledge, role);
        summary.roles.push(RoleLine {
            slug: role.slug.to_string(),
            title: role.title.clone(),
            figure,
        });
        let Some(source) = source else { continue };
        add_sources(summary, knowledge, std::slice::from_ref(&source));
        if let Some(source) = knowledge.sources.get(&source)
            && !source.attribution.is_empty()
            && !summary.attributions.contains(&source.attribution)
        {
            summary.attributions.push(source.attribution.clone());
        }
    }
}

fn add_sources(summary: &mut Summary, knowledge: &Knowledge, sources: &[SourceId]) {
    for source in sources.iter().filter_map(|id| knowledge.sources.get(id)) {
        let source = Source {
            title: source.named(),
            url: source.url.clone(),
            date: source.date_text.clone(),
        };
        if !summary.sources.contains(&source) {
            summary.sources.push(source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::load_shipped;

    fn day() -> Date {
        jiff::civil::date(2026, 11, 22)
    }

    #[test]
    fn every_topic_has_points_without_figures_and_roles_with_one_each() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        for topic in knowledge.topics() {
            for (style, word, _) in Style::ALL {
                let summary = of_topic(&knowledge, topic, *style, day());
                let name = format!("{} {word}", summary.headline);
                assert_eq!(summary.points.len(), style.points(), "{name}");
                for point in &summary.points {
                    assert!(!point.text.contains(['$', '%']), "{name}: {}", point.text);
                    assert!(
                        point.text.ends_with(['.', '?', '!', '"']),
                        "{name}: {}",
                        point.text
                    );
                    assert_ne!(point.text, summary.lead, "{name}");
                }
                assert!((1..=style.roles()).contains(&summary.roles.len()), "{name}");
                for line in &summary.roles {
                    let role = knowledge
                        .roles
                        .iter()
                        .find(|role| role.slug.as_str() == line.slug)
                        .expect("a role");
                    assert!(
                        line.figure.contains("(US, ") || line.figure.starts_with("no pay figure"),
                        "{name}: {}",
                        line.figure
                    );
                    let names_group = line.figure.contains(&role.group);
                    assert_eq!(
                        names_group,
                        role.figures != crate::knowledge::terms::FigureMatch::Exact,
                        "{name}: {}",
                        line.figure
                    );
                }
                assert!(
                    !summary.sources.is_empty() && !summary.attributions.is_empty(),
                    "{name}"
                );
                assert_eq!(
                    summary.question.is_some(),
                    *style == Style::Discussion,
                    "{name}"
                );
                assert_eq!(Summary::from_body(&summary.to_body()), Some(summary));
            }
        }
    }

    #[test]
    fn a_rotation_goes_through_all_trends_and_news_are_told_once() {
        let mut knowledge = load_shipped().expect("the shipped knowledge");
        let mut memory = Memory::default();
        let mut topics = Vec::new();
        for _ in 0..10 {
            let composed =
                next(&knowledge, &Topic::NextTrend, Style::Short, &memory, day()).expect("a trend");
            topics.push(composed.topic);
            memory = composed.memory.expect("a memory");
        }
        topics.sort();
        topics.dedup();
        assert_eq!(topics.len(), 10);
        let first = next(
            &knowledge,
            &Topic::New,
            Style::Full,
            &Memory::default(),
            day(),
        )
        .expect("all is new");
        assert_eq!(first.summary.points.len(), 5);
        let memory = first.memory.expect("a memory");
        assert!(
            first.summary.seen.is_some() && first.summary.seen == memory.seen,
            "the post tells what it has seen"
        );
        let edited = first
            .summary
            .with_words(["Mine", "", "one", ""])
            .expect("good words");
        assert_eq!(
            Summary::from_body(&edited.to_body()).and_then(|summary| summary.seen),
            memory.seen
        );
        assert_eq!(
            next(&knowledge, &Topic::New, Style::Full, &memory, day()),
            None,
            "nothing is left to say"
        );
        knowledge.trends[0].summary.push('!');
        let one = next(&knowledge, &Topic::New, Style::Short, &memory, day()).expect("one is new");
        assert_eq!(
            one.summary.headline,
            format!("Updated: {}", knowledge.trends[0].title)
        );
        knowledge.roles[0].summary.push('!');
        let two = next(&knowledge, &Topic::New, Style::Short, &memory, day()).expect("two are new");
        assert_eq!(
            (two.summary.headline.as_str(), two.summary.points.len()),
            ("What is new: 2 topics", 4)
        );
        let gone = Topic::Role(crate::knowledge::Slug::parse("gone").expect("a slug"));
        assert_eq!(next(&knowledge, &gone, Style::Short, &memory, day()), None);
    }

    #[test]
    fn a_moderators_words_replace_words_and_leave_figures() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        let summary = of_topic(
            &knowledge,
            knowledge.find("telehealth-expansion").expect("a trend"),
            Style::Short,
            day(),
        );
        let words = summary.words();
        let same = summary
            .with_words(words.each_ref().map(String::as_str))
            .expect("unchanged words");
        assert_eq!(
            same,
            Summary {
                edited: true,
                ..summary.clone()
            }
        );
        let edited = summary
            .with_words(["New", "", "- one\n\n• two: three", "Why?"])
            .expect("good words");
        assert_eq!(
            (
                edited.points.len(),
                edited.points[1].text.as_str(),
                edited.question.as_deref()
            ),
            (2, "two: three", Some("Why?"))
        );
        assert_eq!(edited.roles, summary.roles);
        for (bad, says) in [
            (["", "", "x", ""], "headline"),
            (["x", "", " \n-", ""], "no points"),
            (["x", "", "1\n2\n3\n4\n5\n6", ""], "6 points"),
            ([&"x".repeat(201), "", "x", ""], "200"),
        ] {
            assert!(
                summary
                    .with_words(bad)
                    .expect_err("bad words")
                    .to_string()
                    .contains(says),
                "{bad:?}"
            );
        }
    }
}
