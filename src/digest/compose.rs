//! From the knowledge to a [`Summary`]. Nothing is generated: sentences are those of the files, figures those of the tables.
//!
//! Pure: the day is an argument. Knows nothing of where a summary goes.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::digest::memory::Memory;
use crate::digest::news;
use crate::digest::news_post::{of_first_news, of_news};
use crate::digest::parts::{add_roles, add_sources, empty, question};
use crate::digest::points::{lead, points};
use crate::digest::sentences::cut;
use crate::digest::summary::{HEADLINE_LIMIT, Point, Style, Summary};
use crate::digest::topic::Topic;
use crate::digest::{front, questions, ways};
use crate::knowledge::terms::FigureMatch;
use crate::knowledge::{self, Knowledge, Role, RoleId};

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

/// What the next post of a digest is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// A trend, a role, ways on from somewhere, or what is new.
    pub topic: Topic,
    /// What to remember once it is posted; `None` where nothing changes.
    pub(super) after: Option<Memory>,
}

/// What the next post of a digest is about; `None` where the knowledge has nothing of it.
pub fn choose(knowledge: &Knowledge, topic: &Topic, memory: &Memory) -> Option<Chosen> {
    let rotate = |all: Vec<&str>| {
        let (slug, after) = memory.next(&all)?;
        Some(Chosen {
            topic: Topic::of(knowledge, knowledge.find(slug)?),
            after: Some(after),
        })
    };
    match topic {
        Topic::Trend(_) | Topic::Role(_) => Some(Chosen {
            topic: Topic::of(knowledge, topic.fixed(knowledge)?),
            after: None,
        }),
        // What a server has written is not in the knowledge.
        Topic::Own(_) | Topic::NextOwn => None,
        Topic::New | Topic::Paths(_) => Some(Chosen {
            topic: topic.clone(),
            after: None,
        }),
        Topic::NextTrend => rotate(
            knowledge
                .trends
                .iter()
                .map(|one| one.slug.as_str())
                .collect(),
        ),
        Topic::NextRole => rotate(
            knowledge
                .roles
                .iter()
                .map(|one| one.slug.as_str())
                .collect(),
        ),
    }
}

/// The summary of what was chosen. `last` is the server's last post on it: this one says something else. `None` when there is
/// nothing to say, as nothing is new.
pub fn write(
    knowledge: &Knowledge,
    chosen: &Chosen,
    style: Style,
    memory: &Memory,
    last: Option<&Summary>,
    date: Date,
) -> Option<Composed> {
    let topic = chosen.topic.to_string();
    if let Some(fixed) = chosen.topic.fixed(knowledge) {
        return Some(Composed {
            topic,
            summary: of_topic_after(knowledge, fixed, style, last, date),
            memory: chosen.after.clone(),
        });
    }
    if let Topic::Paths(slug) = &chosen.topic {
        return Some(Composed {
            topic,
            summary: ways::summary(knowledge, slug.as_str(), style, last, date)?,
            memory: None,
        });
    }
    let seen = Some(news::prints(knowledge));
    let summary = match &memory.seen {
        Some(seen) => of_news(knowledge, &news::since_prints(knowledge, seen), style, date)?,
        None => of_first_news(knowledge, style, date)?,
    };
    Some(Composed {
        topic,
        summary: Summary {
            seen: seen.clone(),
            ..summary
        },
        memory: Some(Memory {
            posted: memory.posted.clone(),
            seen,
        }),
    })
}

/// The first summary of a digest on its topic; see [`choose`] and [`write()`].
pub fn next(
    knowledge: &Knowledge,
    topic: &Topic,
    style: Style,
    memory: &Memory,
    date: Date,
) -> Option<Composed> {
    let chosen = choose(knowledge, topic, memory)?;
    write(knowledge, &chosen, style, memory, None, date)
}

/// The posts of a digest that nobody else posts beside, one a week from `date` on; it ends where there is nothing to say.
pub fn weekly(
    knowledge: &Knowledge,
    topic: &Topic,
    style: Style,
    date: Date,
) -> impl Iterator<Item = Composed> {
    let (mut memory, mut date) = (Memory::default(), date);
    let mut posted: HashMap<String, Summary> = HashMap::new();
    std::iter::from_fn(move || {
        let chosen = choose(knowledge, topic, &memory)?;
        let last = posted.get(&chosen.topic.to_string());
        let composed = write(knowledge, &chosen, style, &memory, last, date)?;
        if let Some(after) = &composed.memory {
            memory = after.clone();
        }
        posted.insert(composed.topic.clone(), composed.summary.clone());
        date = date.saturating_add(jiff::Span::new().weeks(1));
        Some(composed)
    })
}

/// The first summary of one trend or role.
pub fn of_topic(
    knowledge: &Knowledge,
    topic: knowledge::Topic,
    style: Style,
    date: Date,
) -> Summary {
    of_topic_after(knowledge, topic, style, None, date)
}

/// The summary of one trend or role after `last`: other points, another figure in front, another question.
fn of_topic_after(
    knowledge: &Knowledge,
    topic: knowledge::Topic,
    style: Style,
    last: Option<&Summary>,
    date: Date,
) -> Summary {
    let edition = last.map_or(0, |last| last.edition.saturating_add(1));
    let turn = usize::from(edition);
    let place = usize::from(place(topic));
    let points = points(knowledge, topic, style, place, turn);
    let title = knowledge.title(topic);
    let kind = match topic {
        knowledge::Topic::Trend(_) => "Trend",
        knowledge::Topic::Role(_) => "Role",
    };
    // A topic that comes again bears the name of one of its points, and another one than before.
    let again = last.and_then(|last| {
        let headline = |point: &Point| {
            let label = crate::answer::wording::inside(&point.label);
            cut(&format!("{title}: {label}"), HEADLINE_LIMIT)
        };
        points
            .iter()
            .map(headline)
            .find(|other| *other != last.headline)
    });
    let headline = again.unwrap_or_else(|| format!("{kind}: {title}"));
    let mut summary = empty(style, date, headline, lead(knowledge, topic, turn));
    summary.points = points;
    summary.about = Some(knowledge.slug(topic).to_string());
    summary.edition = edition;
    // Topics that follow each other in a rotation differ in their question and in the kind of their figure.
    let (roles, reviewed, sources) = match topic {
        knowledge::Topic::Trend(id) => {
            let trend = knowledge.trend(id);
            let all: Vec<RoleId> = trend.roles().collect();
            summary.question = question(style, || questions::of_trend(place + turn));
            let shown = turned(&all, turn * style.roles());
            (shown, trend.reviewed, &trend.sources)
        }
        knowledge::Topic::Role(id) => {
            let role = knowledge.role(id);
            summary.question = question(style, || questions::of_role(&role.plural, place + turn));
            let others = turned(&role.related, turn * (style.roles() - 1));
            let shown = std::iter::once(id).chain(others).collect();
            (shown, role.reviewed, &role.sources)
        }
    };
    summary.reviewed = Some(reviewed);
    let all = || roles.iter().map(|id| knowledge.role(*id));
    let about = match topic {
        knowledge::Topic::Trend(_) => roles.len(),
        knowledge::Topic::Role(_) => 1,
    };
    let changed = last.and_then(|last| front::changed(knowledge, all(), &last.figures));
    let front =
        changed.or_else(|| front::of_turn(knowledge, own_first(all().take(about)), place + turn));
    summary.figures = front::figures(knowledge, all());
    add_roles(&mut summary, knowledge, roles.iter().copied());
    add_sources(&mut summary, knowledge, sources);
    if let Some((words, source)) = front {
        summary.front = Some(words);
        add_sources(&mut summary, knowledge, std::slice::from_ref(&source));
    }
    summary
}

/// Roles that have a figure of their own before those that only have the nearest group's.
fn own_first<'a>(
    roles: impl Iterator<Item = &'a Role> + Clone,
) -> impl Iterator<Item = &'a Role> + Clone {
    let nearest = |role: &&Role| role.figures == FigureMatch::Nearest;
    let own = roles.clone().filter(move |role| !nearest(role));
    own.chain(roles.filter(nearest))
}

/// The place of a topic among its like.
fn place(topic: knowledge::Topic) -> u16 {
    match topic {
        knowledge::Topic::Trend(id) => id.0,
        knowledge::Topic::Role(id) => id.0,
    }
}

/// The same, begun at another place.
fn turned(all: &[RoleId], from: usize) -> Vec<RoleId> {
    let from = from.checked_rem(all.len()).unwrap_or(0);
    let (before, after) = all.split_at(from);
    [after, before].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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
        .expect("a first post");
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

    /// What is said in a post, without its date.
    fn said(summary: &Summary) -> String {
        let undated = Summary {
            date: day(),
            ..summary.clone()
        };
        crate::digest::text::plain(&undated)
    }

    #[test]
    fn a_year_of_weekly_posts_has_no_two_alike() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        for topic in [Topic::NextTrend, Topic::NextRole] {
            for (style, word, _) in Style::ALL {
                let year: Vec<Composed> =
                    weekly(&knowledge, &topic, *style, day()).take(52).collect();
                assert_eq!(year.len(), 52);
                let texts: HashSet<String> = year.iter().map(|post| said(&post.summary)).collect();
                assert_eq!(texts.len(), 52, "{topic} {word}");
                for pair in year.windows(2) {
                    let (one, next) = (&pair[0].summary, &pair[1].summary);
                    assert!(one.front != next.front, "{:?}", one.front);
                    assert!(one.question.is_none() || one.question != next.question);
                }
                for (place, post) in year.iter().enumerate() {
                    let post = (&post.topic, &post.summary);
                    assert_eq!(post.1.points.len(), style.points(), "{}", post.1.headline);
                    assert!(post.1.front.is_some(), "{}", post.1.headline);
                    let earlier = year[..place].iter().rev().find(|one| one.topic == *post.0);
                    let Some(earlier) = earlier.map(|one| &one.summary) else {
                        continue;
                    };
                    assert_ne!(earlier.headline, post.1.headline);
                    assert_ne!(earlier.lead, post.1.lead);
                    assert_ne!(earlier.front, post.1.front);
                    assert!(earlier.question.is_none() || earlier.question != post.1.question);
                    for point in &post.1.points {
                        assert!(
                            !earlier.points.contains(point),
                            "{}: {point:?}",
                            post.1.headline
                        );
                        assert!(point.text != post.1.lead, "{point:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn one_topic_every_week_says_all_that_is_known_before_it_begins_anew() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        for slug in ["trend:telehealth-expansion", "role:registered-nurse"] {
            let topic = Topic::parse(slug).expect("a topic");
            let year: Vec<Composed> = weekly(&knowledge, &topic, Style::Discussion, day())
                .take(52)
                .collect();
            let texts: HashSet<String> = year.iter().map(|post| said(&post.summary)).collect();
            assert_eq!(texts.len(), 52, "{slug}");
            let first = year[..7].iter().flat_map(|post| &post.summary.points);
            let points: HashSet<&str> = first.map(|point| point.text.as_str()).collect();
            assert_eq!(points.len(), 21, "{slug}");
        }
    }

    #[test]
    fn the_first_post_of_what_is_new_claims_nothing_to_be_new() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        let first = next(
            &knowledge,
            &Topic::New,
            Style::Short,
            &Memory::default(),
            day(),
        );
        let first = first.expect("a post").summary;
        let text = crate::digest::text::plain(&first);
        assert!(
            text.starts_with("What you can read here\nI know "),
            "{text}"
        );
        assert!(
            !text.contains("Updated") && !text.contains("New:"),
            "{text}"
        );
        assert_eq!(first.points.len(), 3);
        assert!(first.seen.is_some() && !first.sources.is_empty());
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
