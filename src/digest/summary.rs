//! A summary as plain data: what every door renders in its own way, and what the store keeps of a post.
//!
//! Holds finished plain text. Knows nothing of Discord, terminals or how it was composed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::digest::dress::Dress;
use crate::digest::front::Figures;
use crate::digest::news::Prints;
use crate::knowledge::letters;

/// How a summary is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Three points and three roles.
    Short,
    /// Five points and five roles.
    Full,
    /// As short, and it ends with a question.
    Discussion,
}

impl Style {
    /// Every style with its word and what it means to people.
    pub const ALL: &[(Self, &str, &str)] = &[
        (Self::Short, "short", "three points and three roles"),
        (Self::Full, "full", "five points and five roles"),
        (
            Self::Discussion,
            "discussion",
            "short, and ends with a question",
        ),
    ];

    /// The style of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known, _)| *known == word)
            .map(|(style, _, _)| *style)
    }

    /// The word that stands in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Full => "full",
            Self::Discussion => "discussion",
        }
    }

    /// How many points there are at most.
    pub const fn points(self) -> usize {
        match self {
            Self::Full => 5,
            Self::Short | Self::Discussion => 3,
        }
    }

    /// How many roles there are at most.
    pub const fn roles(self) -> usize {
        self.points()
    }
}

/// One point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// What it is about, such as `Why it is happening`; empty where a moderator wrote the point.
    pub label: String,
    /// One or two sentences.
    pub text: String,
}

/// A role with one figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleLine {
    /// Slug of the role.
    pub slug: String,
    /// Title of the role.
    pub title: String,
    /// One figure with place, period and, where it covers more than the role, its group; or why there is none.
    pub figure: String,
}

/// A source as members see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Publisher, title and release.
    pub title: String,
    /// Address; empty when the source has none.
    pub url: String,
    /// Day of publication, or `undated`.
    pub date: String,
}

/// A whole summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How it is written.
    pub style: Style,
    /// Headline, at most [`HEADLINE_LIMIT`] characters.
    pub headline: String,
    /// What it is about, in one sentence.
    pub lead: String,
    /// The figure in front: one sentence with place and period; none where nothing is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front: Option<String>,
    /// Three to five points.
    pub points: Vec<Point>,
    /// The roles concerned.
    pub roles: Vec<RoleLine>,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// Lines that the publishers of the figures want shown.
    pub attributions: Vec<String>,
    /// The day for which it was composed.
    pub date: Date,
    /// The day on which a person last held the text against its sources, where it is about one topic.
    pub reviewed: Option<Date>,
    /// A question to talk about, for [`Style::Discussion`].
    pub question: Option<String>,
    /// Whether a moderator changed the words.
    pub edited: bool,
    /// Slug of the trend or role that it is about; none where it is about several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// How it looks.
    #[serde(default, skip_serializing_if = "Dress::is_plain")]
    pub dress: Dress,
    /// How many posts on the topic the server had before this one.
    #[serde(default)]
    pub edition: u16,
    /// Figures of the topic's roles as they stood: the next post tells what has changed since.
    #[serde(default, skip_serializing_if = "Figures::is_empty")]
    pub figures: Figures,
    /// The knowledge as a summary of what is new found it: the next one tells what has changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Prints>,
}

/// The longest headline, in characters; Discord's embed titles hold 256.
pub const HEADLINE_LIMIT: usize = 200;
/// The longest point that a moderator can write, in characters.
pub const POINT_LIMIT: usize = 500;
/// The longest lead or question that a moderator can write, in characters.
pub const SENTENCE_LIMIT: usize = 400;
/// The most points that a moderator can write.
pub const MOST_POINTS: usize = 5;

/// Why an edited text is refused; each says what to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// There is no headline.
    #[error("the headline is empty, or nobody sees it: write a few words")]
    NoHeadline,
    /// The headline's letters are not what they look like.
    #[error("the headline cannot be taken: {0}")]
    Letters(&'static str),
    /// Something is too long.
    #[error("the {0} is longer than {1} characters: shorten it")]
    TooLong(&'static str, usize),
    /// There is no point.
    #[error("there are no points: write one to five, one a line")]
    NoPoints,
    /// There are too many.
    #[error("there are {0} points: write at most five, one a line")]
    TooManyPoints(usize),
}

impl Summary {
    /// The words that a moderator edits: headline, lead, points (one a line) and question.
    pub fn words(&self) -> [String; 4] {
        let points: Vec<String> = self
            .points
            .iter()
            .map(|point| {
                if point.label.is_empty() {
                    point.text.clone()
                } else {
                    format!("{}: {}", point.label, point.text)
                }
            })
            .collect();
        [
            self.headline.clone(),
            self.lead.clone(),
            points.join("\n"),
            self.question.clone().unwrap_or_default(),
        ]
    }

    /// The summary with a moderator's words. Roles, figures and sources stay: they are not words.
    ///
    /// # Errors
    /// Says what is missing or too long.
    pub fn with_words(
        &self,
        [headline, lead, points, question]: [&str; 4],
    ) -> Result<Self, EditError> {
        let headline = within("headline", headline.trim(), HEADLINE_LIMIT)?;
        if !letters::is_seen(&headline) {
            return Err(EditError::NoHeadline);
        }
        if let Some(what) = letters::mistake_in_title(&headline) {
            return Err(EditError::Letters(what));
        }
        let lines: Vec<&str> = points
            .lines()
            .map(|line| line.trim().trim_start_matches(['-', '•', '*']).trim())
            .filter(|line| !line.is_empty())
            .collect();
        match lines.len() {
            0 => return Err(EditError::NoPoints),
            many if many > MOST_POINTS => return Err(EditError::TooManyPoints(many)),
            _ => {}
        }
        let mut edited = Vec::new();
        for line in lines {
            let line = within("point", line, POINT_LIMIT)?;
            // A label that is still there stays a label.
            let label = self.points.iter().map(|point| &point.label).find(|label| {
                !label.is_empty()
                    && line
                        .strip_prefix(label.as_str())
                        .is_some_and(|rest| rest.starts_with(": "))
            });
            edited.push(match label {
                Some(label) => Point {
                    label: label.clone(),
                    text: line[label.len() + 2..].to_owned(),
                },
                None => Point {
                    label: String::new(),
                    text: line,
                },
            });
        }
        let question = within("question", question.trim(), SENTENCE_LIMIT)?;
        Ok(Self {
            headline,
            lead: within("first sentence", lead.trim(), SENTENCE_LIMIT)?,
            points: edited,
            question: (!question.is_empty()).then_some(question),
            edited: true,
            ..self.clone()
        })
    }

    /// As it is kept in the store.
    pub fn to_body(&self) -> String {
        // Strings, lists and options of strings always fit JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From what is kept in the store; `None` when it is not a summary.
    pub fn from_body(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }
}

fn within(what: &'static str, text: &str, limit: usize) -> Result<String, EditError> {
    if text.chars().count() > limit {
        Err(EditError::TooLong(what, limit))
    } else {
        Ok(text.to_owned())
    }
}
