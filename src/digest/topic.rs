//! What a digest is about, as it stands in the store and on the command line.

use std::fmt;

use crate::answer::paths;
use crate::knowledge::own_trend::{key, of_key};
use crate::knowledge::{self, Knowledge, Slug};

/// What a digest is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// One trend, always the same.
    Trend(Slug),
    /// One role, always the same.
    Role(Slug),
    /// Ways on from a role or a start, always the same.
    Paths(Slug),
    /// What has changed in the knowledge since the last post.
    New,
    /// Each time the next trend.
    NextTrend,
    /// Each time the next role.
    NextRole,
    /// One entry or trend of the server's own, by its number; always the same.
    Own(i64),
    /// Each time the next entry or trend of the server's own.
    NextOwn,
}

/// What stands before a role or a start where people name the ways on from it.
const PATHS_FROM: &str = "paths from ";

/// The words of topics without a slug, with what they mean to people.
pub const WORDS: &[(&str, &str)] = &[
    ("new", "what is new in the knowledge"),
    ("next-trend", "the next trend each time"),
    ("next-role", "the next role each time"),
    ("next-own", "the next of the server's own entries each time"),
];

impl Topic {
    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("trend", slug)) => Slug::parse(slug).map(Self::Trend),
            Some(("role", slug)) => Slug::parse(slug).map(Self::Role),
            Some(("paths", slug)) => Slug::parse(slug).map(Self::Paths),
            Some(_) => of_key(text).map(Self::Own),
            None => match text {
                "new" => Some(Self::New),
                "next-trend" => Some(Self::NextTrend),
                "next-role" => Some(Self::NextRole),
                "next-own" => Some(Self::NextOwn),
                _ => None,
            },
        }
    }

    /// Reads what a person writes: as `Display` writes it, or a slug, a trend's number or a title.
    pub fn find(text: &str, knowledge: &Knowledge) -> Option<Self> {
        let text = text.trim();
        if let Some(topic) = Self::parse(text).filter(|topic| topic.exists(knowledge)) {
            return Some(topic);
        }
        if let Some(from) = text.to_lowercase().strip_prefix(PATHS_FROM) {
            let slug = paths::start_named(knowledge, from)?;
            return Some(Self::Paths(slug.clone()));
        }
        let number = text
            .parse()
            .ok()
            .and_then(|number: u8| knowledge.trends.iter().find(|trend| trend.number == number));
        if let Some(trend) = number {
            return Some(Self::Trend(trend.slug.clone()));
        }
        let topic = knowledge.find(&text.to_ascii_lowercase()).or_else(|| {
            knowledge
                .topics()
                .find(|topic| knowledge.title(*topic).eq_ignore_ascii_case(text))
        })?;
        Some(Self::of(knowledge, topic))
    }

    /// Whether what a server has written can be part of it.
    pub fn may_be_own(&self) -> bool {
        matches!(self, Self::Own(_) | Self::NextOwn | Self::NextTrend)
    }

    /// The topic of one trend or role.
    pub fn of(knowledge: &Knowledge, topic: knowledge::Topic) -> Self {
        let slug = knowledge.slug(topic).clone();
        match topic {
            knowledge::Topic::Trend(_) => Self::Trend(slug),
            knowledge::Topic::Role(_) => Self::Role(slug),
        }
    }

    /// The trend or role that it always is, where the knowledge has it.
    pub fn fixed(&self, knowledge: &Knowledge) -> Option<knowledge::Topic> {
        let (slug, wants_trend) = match self {
            Self::Trend(slug) => (slug, true),
            Self::Role(slug) => (slug, false),
            Self::Paths(_)
            | Self::New
            | Self::NextTrend
            | Self::NextRole
            | Self::Own(_)
            | Self::NextOwn => return None,
        };
        knowledge
            .find(slug.as_str())
            .filter(|topic| matches!(topic, knowledge::Topic::Trend(_)) == wants_trend)
    }

    /// Whether the knowledge has it; what is a server's own, it never has.
    pub fn exists(&self, knowledge: &Knowledge) -> bool {
        match self {
            Self::New | Self::NextTrend | Self::NextRole | Self::NextOwn => true,
            Self::Own(_) => false,
            Self::Paths(slug) => paths::from(knowledge, slug.as_str(), None).is_some(),
            Self::Trend(_) | Self::Role(_) => self.fixed(knowledge).is_some(),
        }
    }

    /// What people read: a title, or what the word means.
    pub fn title(&self, knowledge: &Knowledge) -> String {
        let word = self.to_string();
        if let Self::Own(id) = self {
            return format!("this server's own entry {id}");
        }
        if let Self::Paths(slug) = self {
            let from = paths::start_words(knowledge, slug.as_str());
            return from.map_or(word, |from| format!("Paths from {from}"));
        }
        match self.fixed(knowledge) {
            Some(topic) => knowledge.title(topic).to_owned(),
            None => WORDS
                .iter()
                .find(|(known, _)| *known == word)
                .map_or(word, |(_, meaning)| (*meaning).to_owned()),
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trend(slug) => write!(f, "trend:{slug}"),
            Self::Role(slug) => write!(f, "role:{slug}"),
            Self::Paths(slug) => write!(f, "paths:{slug}"),
            Self::New => f.write_str("new"),
            Self::NextTrend => f.write_str("next-trend"),
            Self::NextRole => f.write_str("next-role"),
            Self::Own(id) => f.write_str(&key(*id)),
            Self::NextOwn => f.write_str("next-own"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_survive_their_text_and_are_found_as_people_write_them() {
        let knowledge = knowledge::load_shipped().expect("the shipped knowledge");
        for topic in knowledge.topics() {
            let topic = Topic::of(&knowledge, topic);
            assert_eq!(Topic::parse(&topic.to_string()), Some(topic));
        }
        for (text, expected) in [
            ("1", "trend:telehealth-expansion"),
            ("telehealth-expansion", "trend:telehealth-expansion"),
            ("Registered Nurse", "role:registered-nurse"),
            (" registered-nurse ", "role:registered-nurse"),
            ("new", "new"),
            ("next-trend", "next-trend"),
        ] {
            assert_eq!(
                Topic::find(text, &knowledge)
                    .map(|topic| topic.to_string())
                    .as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for text in [
            "",
            "99",
            "trend:registered-nurse",
            "role:nobody",
            "x:y",
            "beekeeper",
        ] {
            assert_eq!(Topic::find(text, &knowledge), None, "{text}");
        }
    }
}
