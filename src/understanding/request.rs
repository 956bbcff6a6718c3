//! What is asked, typed: what cannot be meant cannot be written.

use crate::knowledge::language::Label;
use crate::knowledge::settings::SettingId;
use crate::knowledge::terms::{Education, PayStatistic, PayUnit, Trait};
use crate::knowledge::{AreaId, RoleId, State, Topic, TrendId};
use crate::understanding::conditions::SchoolingSaid;
use crate::understanding::filter::Filter;
use crate::understanding::mentions::{City, Readings};
use crate::understanding::quantities::Amount;
use crate::understanding::wanted::Wanted;

/// One thing asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Facts about one role; all of it where no aspect is asked.
    Facts(Facts),
    /// Roles side by side.
    Compare(Compare),
    /// Roles that meet conditions.
    List(Filter),
    /// Roles that suit somebody.
    Suggest(Suggest),
    /// How to get from a role, or from nothing, to a role, or onwards.
    Path(Path),
    /// Ways from where somebody is to better work.
    Paths(Box<Wanted>),
    /// What a trend is.
    Trend(TrendId),
    /// The roles of a trend.
    RolesOfTrend {
        /// The trend.
        trend: TrendId,
        /// Whether jobs that the trend leaves alone are asked for.
        safe: bool,
    },
    /// The trends of roles, those asked about first.
    TrendsOfRoles {
        /// The roles.
        roles: Vec<RoleId>,
        /// The trends asked about; all where it is empty.
        trends: Vec<TrendId>,
    },
    /// All trends.
    Trends,
    /// What a term means, by the places of its meanings in the definitions.
    Define(Vec<usize>),
    /// What graduates of the programs that lead to a role earn and owe.
    Graduates(Graduates),
    /// Something about known topics that is not held.
    NotHeld(NotHeld),
    /// Which reading is meant.
    Clarify(Clarify),
    /// Not covered.
    Refuse(Refusal),
    /// Talk with the bot.
    Talk(SmallTalk),
}

/// Facts about one role.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The role.
    pub role: RoleId,
    /// What is asked of it, in the order of the question; labels of a job.
    pub aspects: Vec<Label>,
    /// The details of what is asked.
    pub ask: Ask,
}

/// Roles side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// The roles, two or more.
    pub roles: Vec<RoleId>,
    /// What is compared; everything where it is empty.
    pub aspects: Vec<Label>,
    /// The details of what is asked.
    pub ask: Ask,
}

/// How to get somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Where somebody is.
    pub from: Option<RoleId>,
    /// Where they want to be.
    pub to: Option<RoleId>,
    /// The details of what is asked.
    pub ask: Ask,
}

/// Roles that suit somebody.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Suggest {
    /// What they like.
    pub likes: Vec<Trait>,
    /// What they do not want.
    pub dislikes: Vec<Trait>,
    /// What the role must meet besides.
    pub filter: Filter,
    /// Roles that they have, and need not be told of.
    pub background: Vec<RoleId>,
    /// Roles whose work they describe, with how well it fits, from 0 to 1.
    pub described: Vec<(RoleId, f32)>,
    /// The words that they describe it with.
    pub words: Vec<String>,
}

/// From this fit on, work is described, and not only touched on.
const DESCRIBED: f32 = 0.6;

impl Suggest {
    /// Whether a role's work is described well enough to be meant.
    pub fn is_described(&self) -> bool {
        self.described
            .first()
            .is_some_and(|(_, fit)| *fit >= DESCRIBED)
    }
}

/// What graduates earn and owe.
#[derive(Debug, Clone, PartialEq)]
pub struct Graduates {
    /// The role that their programs lead to.
    pub role: RoleId,
    /// Whether what they owe is asked, and not what they earn.
    pub owed: bool,
    /// The details of what is asked: where, and with which schooling.
    pub ask: Ask,
}

/// Details that several kinds of requests share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ask {
    /// Where.
    pub place: Place,
    /// The time for which pay is asked, where it is not the year.
    pub unit: Option<PayUnit>,
    /// A figure of pay beside the median.
    pub statistic: Option<PayStatistic>,
    /// A sum that pay is held against.
    pub amount: Option<Amount>,
    /// A level of schooling that is asked about.
    pub schooling: Option<(Education, SchoolingSaid)>,
    /// Whether a degree is asked about, of whatever level.
    pub degree: bool,
    /// Whether a yes or a no is asked for.
    pub whether: bool,
    /// Whether it is asked of every state without exception.
    pub every_state: bool,
    /// Whether the least is asked for, where figures are compared.
    pub least: bool,
    /// A year before those of the figures.
    pub earlier: Option<u32>,
    /// What they like, and do not want, where it is asked whether a role suits.
    pub likes: Vec<Trait>,
    /// What they do not want.
    pub dislikes: Vec<Trait>,
    /// The words that carry meaning, to mark them in what is shown.
    pub words: Vec<String>,
    /// Sentences of the topic that hold what was asked, best first.
    pub sentences: Vec<Sentence>,
}

/// Where something is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The states; the whole country where there is none.
    pub states: Vec<State>,
    /// Whether states are to be ranked.
    pub ranked: Option<End>,
    /// A city or region for which no figures are held but its state's.
    pub city: Option<City>,
    /// Metropolitan and nonmetropolitan areas.
    pub areas: Vec<AreaId>,
    /// Kinds of workplace.
    pub settings: Vec<SettingId>,
    /// Whether areas are to be ranked, and not states.
    pub by_area: bool,
    /// Whether kinds of workplace are to be ranked.
    pub by_setting: bool,
}

/// The end of a ranking that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The highest first.
    Highest,
    /// The lowest first.
    Lowest,
}

/// A sentence of a topic's text that holds what was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The topic.
    pub topic: Topic,
    /// The heading that it stands under.
    pub heading: &'static str,
    /// The sentence.
    pub text: String,
    /// Share of the question's own words, by their weight, that it holds.
    pub share: f32,
    /// Words that it holds by which a sentence is known to be about the kind of thing asked.
    pub kind: usize,
}

/// Something that is not held.
#[derive(Debug, Clone, PartialEq)]
pub struct NotHeld {
    /// What it was asked of.
    pub topics: Vec<Topic>,
    /// What it is, where a label names it.
    pub about: Option<Label>,
    /// The words that nothing explains; with a label, the words that ask for it.
    pub words: Vec<String>,
    /// What is asked beside it, which is held.
    pub ask: Ask,
    /// Sentences that come near it.
    pub sentences: Vec<Sentence>,
}

/// A question with several readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Clarify {
    /// The word and its readings.
    pub readings: Readings,
    /// What is asked of them.
    pub aspects: Vec<Label>,
    /// Where.
    pub place: Place,
}

/// Why a question is not covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody may be in danger: answered with help, never stored.
    Crisis,
    /// Somebody is down about studies, work or life.
    Distress,
    /// What a label names: medical advice, opinions, other countries ...
    About(Label),
    /// Jobs that the official lists know and the bot does not cover, by their places in the knowledge.
    OtherJob(Vec<u16>),
    /// A title that nothing here knows.
    UnknownJob(String),
    /// A role is missing: only what is asked of it is said.
    NoRole(Label),
    /// Words that nothing explains.
    Unknown,
    /// Nothing to read.
    Empty,
}

/// Talk with the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmallTalk {
    /// A greeting.
    Greeting,
    /// Thanks.
    Thanks,
    /// What the bot can do.
    Help,
    /// Where the figures come from.
    Sources,
    /// How to choose.
    Choose,
}
