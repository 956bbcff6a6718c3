//! A community's own trends: one of them, in the list of all, and beside what they touch.
//!
//! Each is marked as its moderators' own. Official figures of the roles that it touches stand beside it, never in it.

use jiff::civil::Date;

use crate::answer::figure::median_pay;
use crate::answer::model::{Answer, Fact, Item, Outcome, Own, Subject, SubjectKind};
use crate::answer::topics::subject;
use crate::knowledge::own_trend::{OwnTrend, key, of_key};
use crate::knowledge::{Knowledge, Topic};
use crate::search::entry_index::{Entry, EntryIndex};

/// Roles whose official figures stand beside a trend.
const FIGURES: usize = 5;
/// Most characters of what is said of a trend in a list.
const NOTE: usize = 300;

/// An entry as it is shown. `today` tells whether it is due for review.
pub fn own(knowledge: &Knowledge, entry: &Entry, today: Date) -> Own {
    let official = entry.trend.as_ref().map_or_else(Vec::new, |trend| {
        let roles = roles(knowledge, trend).take(FIGURES);
        roles
            .map(|topic| Fact {
                label: knowledge.title(topic).to_owned(),
                value: figure(knowledge, topic),
            })
            .collect()
    });
    Own {
        title: entry.title.clone(),
        text: entry.text.clone(),
        source: entry.source.clone(),
        by: entry.by,
        review_on: entry.review_on,
        overdue: entry.review_on.is_some_and(|day| day < today),
        trend: entry.trend.is_some(),
        official,
    }
}

fn figure(knowledge: &Knowledge, topic: Topic) -> String {
    match topic {
        Topic::Role(id) => median_pay(knowledge, knowledge.role(id)).0,
        Topic::Trend(_) => String::new(),
    }
}

/// The roles that a trend touches; what the knowledge has no longer is left out.
fn roles<'a>(knowledge: &'a Knowledge, trend: &'a OwnTrend) -> impl Iterator<Item = Topic> + 'a {
    let found = trend.roles.iter().filter_map(|slug| knowledge.find(slug));
    found.filter(|topic| matches!(topic, Topic::Role(_)))
}

/// The shipped trends that a trend is near to.
fn near<'a>(knowledge: &'a Knowledge, trend: &'a OwnTrend) -> impl Iterator<Item = Topic> + 'a {
    let found = trend.near.iter().filter_map(|slug| knowledge.find(slug));
    found.filter(|topic| matches!(topic, Topic::Trend(_)))
}

/// The trends of a shelf.
pub fn trends(shelf: &EntryIndex) -> impl Iterator<Item = (&Entry, &OwnTrend)> {
    let entries = shelf.entries().iter();
    entries.filter_map(|entry| Some((entry, entry.trend.as_ref()?)))
}

/// The trend that a key or a title names.
pub fn find<'a>(shelf: &'a EntryIndex, named: &str) -> Option<&'a Entry> {
    let id = of_key(named.trim());
    let mut found = trends(shelf).map(|(entry, _)| entry);
    found.find(|entry| match id {
        Some(id) => entry.id == id,
        None => entry.title.eq_ignore_ascii_case(named.trim()),
    })
}

/// What a trend of the community is.
pub fn answer(knowledge: &Knowledge, entry: &Entry, today: Date) -> Answer {
    let mut answer = Answer::new(Outcome::Answered, "Written by the moderators here");
    answer.direct.push(
        "This is a trend of this server: its moderators' own summary of an article, not careerbot's."
            .to_owned(),
    );
    if let Some(trend) = &entry.trend {
        let topics = roles(knowledge, trend).chain(near(knowledge, trend));
        answer.related = topics.map(|topic| subject(knowledge, topic)).collect();
    }
    answer.own.push(own(knowledge, entry, today));
    answer
}

/// The trends of a shelf below the list of all trends.
pub fn list(shelf: &EntryIndex, answer: &mut Answer) {
    let before = answer.items.len();
    for (entry, trend) in trends(shelf) {
        let first = entry.text.split("\n\n").next().unwrap_or_default();
        let note: String = first.chars().take(NOTE).collect();
        answer.items.push(Item {
            subject: named(entry),
            note: format!("{note} ({}; this server's own)", trend.cited()),
        });
    }
    let added = answer.items.len() - before;
    if added > 0 {
        let said = if added == 1 {
            "One more trend is".to_owned()
        } else {
            format!("{added} more trends are")
        };
        answer.direct.push(format!(
            "{said} this server's own: its moderators wrote below the others what articles say, and careerbot has not checked it."
        ));
    }
}

/// Adds the trends of a shelf that touch what an answer is about to what is related to it.
pub fn relate(shelf: &EntryIndex, answer: &mut Answer) {
    if answer.sensitive {
        return;
    }
    for (entry, trend) in trends(shelf) {
        let touches = answer.subjects.iter().any(|subject| {
            trend.roles.contains(&subject.slug) || trend.near.contains(&subject.slug)
        });
        if touches {
            answer.related.push(named(entry));
        }
    }
}

/// A trend of the community as a subject.
fn named(entry: &Entry) -> Subject {
    Subject {
        kind: SubjectKind::Trend,
        slug: key(entry.id),
        number: None,
        title: entry.title.clone(),
        page: String::new(),
    }
}
