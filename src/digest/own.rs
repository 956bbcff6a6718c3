//! Summaries of what a server has written itself, and of rotations in which that takes its turn.
//!
//! Its moderators' words stay theirs: the summary says whose they are, and that nobody has checked them. Pure, as `compose`.

use jiff::civil::Date;

use crate::digest::compose::{self, Chosen, Composed};
use crate::digest::memory::Memory;
use crate::digest::parts::{add_roles, empty, question};
use crate::digest::sentences::{cut, sentences};
use crate::digest::summary::{POINT_LIMIT, Point, Source, Style, Summary};
use crate::digest::topic::Topic;
use crate::knowledge::own_trend::{OwnTrend, Quote, UNDATED, key, of_key};
use crate::knowledge::plain::plain;
use crate::knowledge::{self, Knowledge};
use crate::store::entries::Version;

/// What stands first in a summary of what a server has written.
pub const LEAD: &str = "This server's moderators write, and careerbot has not checked it:";

/// What the next post of a server's digest is about, as [`compose::choose`]; `live` is what the server has written, as it is
/// live now.
pub fn choose(
    knowledge: &Knowledge,
    live: &[Version],
    topic: &Topic,
    memory: &Memory,
) -> Option<Chosen> {
    let keys = |trends: bool| {
        live.iter()
            .filter(move |version| version.trend.is_some() || !trends)
            .map(|version| key(version.entry))
    };
    let all: Vec<String> = match topic {
        Topic::Own(id) => {
            let there = live.iter().any(|version| version.entry == *id);
            return there.then(|| Chosen {
                topic: topic.clone(),
                after: None,
            });
        }
        Topic::NextOwn => keys(false).collect(),
        Topic::NextTrend if keys(true).next().is_some() => {
            let shipped = knowledge.trends.iter().map(|trend| trend.slug.to_string());
            shipped.chain(keys(true)).collect()
        }
        _ => return compose::choose(knowledge, topic, memory),
    };
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let (chosen, after) = memory.next(&all)?;
    let topic = match of_key(chosen) {
        Some(id) => Topic::Own(id),
        None => Topic::of(knowledge, knowledge.find(chosen)?),
    };
    Some(Chosen {
        topic,
        after: Some(after),
    })
}

/// The summary of what was chosen, as [`compose::write`].
pub fn write(
    knowledge: &Knowledge,
    live: &[Version],
    chosen: &Chosen,
    style: Style,
    memory: &Memory,
    last: Option<&Summary>,
    date: Date,
) -> Option<Composed> {
    let Topic::Own(id) = chosen.topic else {
        return compose::write(knowledge, chosen, style, memory, last, date);
    };
    let version = live.iter().find(|version| version.entry == id)?;
    Some(Composed {
        topic: chosen.topic.to_string(),
        summary: of(knowledge, version, style, date),
        memory: chosen.after.clone(),
    })
}

/// The summary of one entry or trend.
fn of(knowledge: &Knowledge, version: &Version, style: Style, date: Date) -> Summary {
    let trend = version.trend.as_deref().and_then(OwnTrend::parse);
    let head = if trend.is_some() {
        "Trend of this server"
    } else {
        "From this server"
    };
    let headline = format!("{head}: {}", version.title);
    let mut summary = empty(style, date, headline, LEAD.to_owned());
    let text = plain(&version.text);
    let said = text.lines().flat_map(sentences).map(|text| ("", text));
    let of_article = |label, quotes: &[Quote]| -> Vec<(&'static str, String)> {
        let line = |quote: &Quote| (label, knowledge::own_trend::line(quote));
        quotes.iter().map(line).collect()
    };
    let (quotes, figures) = trend.as_ref().map_or_else(Default::default, |trend| {
        (
            of_article("The article says", &trend.quotes),
            of_article("A figure of the article", &trend.figures),
        )
    });
    let told = quotes
        .iter()
        .take(1)
        .chain(&figures)
        .chain(quotes.iter().skip(1));
    // Of a trend, the article has its place beside what the moderators say of it.
    let kept = told.clone().count().min(style.points() / 2);
    let own = said.take(style.points() - kept);
    let points = own.chain(told.map(|(label, text)| (*label, text.as_str())));
    summary.points = points
        .take(style.points())
        .map(|(label, text)| Point {
            label: label.to_owned(),
            text: cut(text, POINT_LIMIT),
        })
        .collect();
    summary.question = question(style, || {
        "What have you seen of this where you work or study?".to_owned()
    });
    if let Some(trend) = &trend {
        let roles = trend
            .roles
            .iter()
            .filter_map(|slug| match knowledge.find(slug)? {
                knowledge::Topic::Role(id) => Some(id),
                knowledge::Topic::Trend(_) => None,
            });
        add_roles(&mut summary, knowledge, roles);
    }
    summary
        .sources
        .splice(0..0, source(version, trend.as_ref()));
    summary
}

/// Where the moderators have it from.
fn source(version: &Version, trend: Option<&OwnTrend>) -> Option<Source> {
    let named = trend.map(|trend| {
        let parts = [trend.author.as_str(), trend.publisher.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    });
    let named = named.filter(|named| !named.is_empty());
    (trend.is_some() || !version.source.is_empty()).then(|| Source {
        title: named.unwrap_or_else(|| "The moderators' source".to_owned()),
        url: version.source.clone(),
        date: trend
            .map(|trend| trend.published.clone())
            .filter(|date| !date.is_empty())
            .unwrap_or_else(|| UNDATED.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::entries::State;
    use crate::store::{Moment, ServerId, UserId};

    fn version(entry: i64, title: &str, trend: Option<OwnTrend>) -> Version {
        let now = Moment::from(jiff::Timestamp::UNIX_EPOCH);
        Version {
            server: ServerId::new(1),
            entry,
            version: 1,
            title: title.to_owned(),
            text: "One **is** so. Two is so.\n\nThree is so. Four is so.".to_owned(),
            source: "https://example.org/a".to_owned(),
            review_on: "2027-01-31".to_owned(),
            trend: trend.map(|trend| trend.write()),
            state: State::Live,
            author: UserId::new(1),
            approver: None,
            named: None,
            created_at: now,
            updated_at: now,
        }
    }

    fn trend() -> OwnTrend {
        let quote = |text: &str| Quote {
            text: text.to_owned(),
            place: String::new(),
        };
        OwnTrend {
            author: "Ann Ames".to_owned(),
            quotes: vec![quote("Nurses move.")],
            figures: vec![quote("62% of them")],
            roles: vec!["registered-nurse".to_owned(), "gone".to_owned()],
            ..OwnTrend::default()
        }
    }

    #[test]
    fn the_servers_own_takes_its_turn_and_is_marked() {
        let knowledge = crate::knowledge::load_shipped().expect("loads");
        let live = [
            version(4, "Study hall", None),
            version(7, "Screens", Some(trend())),
        ];
        let date = jiff::civil::date(2026, 11, 27);
        let next = |topic: &Topic, memory: &Memory| {
            let chosen = choose(&knowledge, &live, topic, memory)?;
            write(&knowledge, &live, &chosen, Style::Short, memory, None, date)
        };
        let mut memory = Memory::default();
        let mut posted = Vec::new();
        for _ in 0..knowledge.trends.len() + 1 {
            let composed = next(&Topic::NextTrend, &memory).expect("a summary");
            memory = composed.memory.expect("remembered");
            posted.push(composed.topic);
        }
        assert_eq!(
            posted.last().map(String::as_str),
            Some("own:7"),
            "{posted:?}"
        );
        let again = next(&Topic::NextTrend, &memory).expect("a new round");
        assert!(again.topic.starts_with("trend:"), "{}", again.topic);
        let first = next(&Topic::NextOwn, &Memory::default()).expect("a summary");
        assert_eq!(first.topic, "own:4");
        assert_eq!(first.summary.headline, "From this server: Study hall");
        let summary = next(&Topic::Own(7), &Memory::default())
            .expect("a summary")
            .summary;
        assert_eq!(
            (summary.headline.as_str(), summary.lead.as_str()),
            ("Trend of this server: Screens", LEAD)
        );
        let points: Vec<(&str, &str)> = summary
            .points
            .iter()
            .map(|point| (point.label.as_str(), point.text.as_str()))
            .collect();
        assert_eq!(
            points,
            [
                ("", "One is so."),
                ("", "Two is so."),
                ("The article says", "“Nurses move.”")
            ]
        );
        assert_eq!(summary.roles.len(), 1);
        assert_eq!(
            (
                summary.sources[0].title.as_str(),
                summary.sources[0].date.as_str()
            ),
            ("Ann Ames", "undated")
        );
        assert_eq!(next(&Topic::Own(5), &Memory::default()), None);
        assert_eq!(
            choose(&knowledge, &[], &Topic::NextOwn, &Memory::default()),
            None
        );
    }
}
