//! An answer as plain data: what every door renders in its own way.
//!
//! Holds finished plain text only. Knows nothing of Discord, terminals or how the answer was found.

use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use crate::answer::picture::Picture;

/// How a question ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The question is answered.
    Answered,
    /// Several readings are equally good; [`Answer::choices`] offers them.
    Clarify,
    /// The knowledge does not cover it; [`Answer::choices`] offers the nearest topics.
    NotCovered,
}

/// What kind of thing a subject is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// A role.
    Role,
    /// A trend.
    Trend,
}

/// A role or trend that an answer is about, or links to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Subject {
    /// Role or trend.
    pub kind: SubjectKind,
    /// Its slug.
    pub slug: String,
    /// A trend's number; `None` for roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u8>,
    /// Its title; not part of the machine interface.
    #[serde(skip)]
    pub title: String,
    /// Its page on the operator's site; empty where there is none. Not part of the machine interface either.
    #[serde(skip)]
    pub page: String,
}

/// A labelled fact, such as `Median pay: $97,550 a year (US, May 2025)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Label, at most 60 characters.
    pub label: String,
    /// Value with place, period and group where it is a figure.
    pub value: String,
}

/// A comparison: one column for each thing compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Titles of the columns.
    pub columns: Vec<String>,
    /// Label and one cell for each column; a cell says "not stated" where nothing is known.
    pub rows: Vec<(String, Vec<String>)>,
}

/// A comparison in short rows, for a screen of forty columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// What is compared.
    pub columns: Vec<String>,
    /// The rows, each with a cell for each column.
    pub rows: Vec<GridRow>,
    /// Place and period of its figures, and whose they are where a `*` stands behind one.
    pub notes: Vec<String>,
    /// What does not fit into cells, a line each.
    pub lines: Vec<Fact>,
}

/// A row of a [`Grid`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// Label, at most 8 characters.
    pub label: &'static str,
    /// A few words for each column.
    pub cells: Vec<String>,
    /// The column that comes out on top, and what is said of it, such as "higher"; `None` where nothing tells them apart.
    pub best: Option<(usize, &'static str)>,
}

/// The notes of a list in short.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brief {
    /// What all of its figures have in common: statistic, place and period; may be empty.
    pub scale: String,
    /// A note for each item, with whatever sets its figures apart from the others.
    pub notes: Vec<String>,
    /// The caution of which the scale takes the place; may be empty.
    pub instead_of: String,
}

/// What a role of the answer pays at the median, where its figures are its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Median {
    /// The sum a year, such as `$97,550`.
    pub pay: String,
    /// Place and period, such as `US, May 2025`.
    pub of: String,
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What the line is about.
    pub subject: Subject,
    /// What is said of it, such as its pay; may be empty.
    pub note: String,
}

/// A passage of the knowledge, shown as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Title of the role or trend that it comes from.
    pub title: String,
    /// Heading of the section that it comes from.
    pub heading: String,
    /// Plain text, at most 600 characters.
    pub text: String,
    /// Byte ranges of `text` that match the question, sorted and apart; rendered in bold.
    pub marks: Vec<Range<usize>>,
    /// Address to read more at; empty when there is none.
    pub url: String,
}

/// Something that a member can choose: pressing it asks `question`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the button says, at most 80 characters.
    pub label: String,
    /// The question that it stands for.
    pub question: String,
    /// The role or trend that it leads to, where it leads to one.
    pub subject: Option<Subject>,
}

/// A source as members see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceRef {
    /// Publisher and title.
    pub title: String,
    /// Address; empty when the source has none.
    pub url: String,
    /// Day of publication, or `undated`.
    pub date: String,
    /// How a short reply names it, with its release.
    #[serde(skip)]
    pub short: String,
}

/// What the asker's own community has written. It is theirs: nothing of it is checked, and it stands apart from the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Title, one line of any length.
    pub title: String,
    /// Plain text of any length.
    pub text: String,
    /// Address of its source; may be empty.
    pub source: String,
    /// Whom it is from, where they want to be named: their number where the community is.
    pub by: Option<u64>,
    /// The day on which its authors mean to review it.
    pub review_on: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whether it is a trend: their summary of an article.
    pub trend: bool,
    /// Official figures of the roles that it touches: careerbot's, beside their words.
    pub official: Vec<Fact>,
}

impl Own {
    /// What has to stand above it.
    pub const HEAD: &str = "From this server's moderators — not checked by careerbot";
    /// What has to stand above a trend.
    pub const TREND_HEAD: &str = "A trend from this server's moderators — not checked by careerbot";

    /// What has to stand above it.
    pub fn head(&self) -> &'static str {
        if self.trend {
            Self::TREND_HEAD
        } else {
            Self::HEAD
        }
    }

    /// When it is to be reviewed, or that it should have been; `None` when no day is set.
    pub fn review(&self) -> Option<String> {
        self.review_on.map(|day| {
            if self.overdue {
                format!("Was due for review on {day}: it may be out of date.")
            } else {
                format!("To be reviewed on {day}.")
            }
        })
    }
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How the question ended.
    pub outcome: Outcome,
    /// Headline, at most 120 characters.
    pub title: String,
    /// How the question was read, when that is not obvious ("I read this as …").
    pub notes: Vec<String>,
    /// The direct answer: one short paragraph a part of the question, at most 8.
    pub direct: Vec<String>,
    /// Facts, most important first.
    pub facts: Vec<Fact>,
    /// What the role pays that is asked about, where pay is what it answers with.
    pub median: Option<Median>,
    /// Where in `direct` the answer to each further part of the question begins; the first begins at 0.
    pub heads: Vec<usize>,
    /// A comparison, where the question asks for one.
    pub table: Option<Table>,
    /// The comparison in short.
    pub grid: Option<Grid>,
    /// A list, where the question asks for one, sorted by what was asked for.
    pub items: Vec<Item>,
    /// What is said of the items in short; as their notes say it where it is not there.
    pub brief: Option<Brief>,
    /// How many further items there are beyond `items`.
    pub more: usize,
    /// Where the list goes on: its conditions, as [`crate::answer::pages`] writes them, and the number of the next page.
    pub next: Option<(String, u8)>,
    /// Where it shows ways to better work: what they were asked for with, as [`crate::answer::paths::code`] writes it.
    pub ways: Option<String>,
    /// Evidence, at most three.
    pub passages: Vec<Passage>,
    /// Cautions that belong to the figures or rules shown.
    pub caveats: Vec<String>,
    /// Readings to choose from, or the nearest topics of a refusal; at most five.
    pub choices: Vec<Choice>,
    /// Related roles and trends, closest first.
    pub related: Vec<Subject>,
    /// What the answer is about, best first.
    pub subjects: Vec<Subject>,
    /// What it rests on.
    pub sources: Vec<SourceRef>,
    /// What the asker's own community has written on it, at most two.
    pub own: Vec<Own>,
    /// Lines that the publishers of the sources want shown.
    pub attributions: Vec<String>,
    /// The short form of those lines that a licence wants.
    pub credits: Vec<String>,
    /// What can be drawn beside it.
    pub picture: Option<Picture>,
    /// True when the question must never be logged, stored or counted (a message about a crisis).
    pub sensitive: bool,
}

impl Answer {
    /// An answer with nothing in it but its outcome and title.
    pub fn new(outcome: Outcome, title: impl Into<String>) -> Self {
        Self {
            outcome,
            title: title.into(),
            notes: Vec::new(),
            direct: Vec::new(),
            median: None,
            heads: Vec::new(),
            facts: Vec::new(),
            table: None,
            grid: None,
            items: Vec::new(),
            brief: None,
            more: 0,
            next: None,
            ways: None,
            passages: Vec::new(),
            caveats: Vec::new(),
            choices: Vec::new(),
            related: Vec::new(),
            subjects: Vec::new(),
            sources: Vec::new(),
            own: Vec::new(),
            attributions: Vec::new(),
            credits: Vec::new(),
            picture: None,
            sensitive: false,
        }
    }
}
