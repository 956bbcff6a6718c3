//! From a member's text to a [`Question`]: what is asked, about which roles, trends and places, under which conditions.
//!
//! Knows words and names; knows nothing of search, of answers or of Discord. Never fails: what cannot be read is a
//! question of kind [`Kind::Search`].

mod amounts;
mod asks;
mod bound;
mod credentials;
pub mod cues;
mod decide;
pub mod descriptions;
pub mod detail;
pub mod family;
mod feelings;
pub mod filter;
mod found;
pub mod keywords;
pub mod lexicon;
pub mod likes;
pub mod names;
pub mod normalize;
pub mod pace;
mod phrases;
pub mod places;
pub mod ranks;
mod recall;
pub mod refusals;
mod refuse;
mod remote;
mod schooling;
pub mod spelling;
mod titles;
pub mod trie;
pub mod understand;

use crate::knowledge::terms::Trait;
use crate::knowledge::{RoleId, State, TrendId};

pub use cues::Cue;
pub use descriptions::Fit;
pub use detail::Detail;
pub use family::Family;
pub use filter::{Filter, Order};
pub use lexicon::Lexicon;
pub use pace::Pace;
pub use ranks::End;
pub use refusals::Reason;
pub use understand::understand;

/// What kind of answer a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Facts about the roles named.
    Roles,
    /// The roles named, side by side.
    Compare,
    /// A list of roles that meet conditions.
    List,
    /// Roles that suit somebody's likes.
    Interests,
    /// What a trend is.
    Trend,
    /// The roles of a trend.
    TrendRoles,
    /// The trends of a role.
    RoleTrends,
    /// The list of trends.
    Trends,
    /// How to choose.
    Choose,
    /// A greeting.
    Greeting,
    /// Thanks.
    Thanks,
    /// What the bot can do.
    Help,
    /// Where the figures come from.
    Sources,
    /// A word with several readings, or one known word among unknown ones; see [`Question::readings`].
    Ambiguous,
    /// Not covered.
    Refused(Reason),
    /// Nothing was recognised; search decides.
    Search,
}

/// What a word with several readings can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    /// The word; empty where only the role is certain.
    pub term: String,
    /// The roles, most likely first.
    pub roles: Vec<RoleId>,
}

/// A question, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The text as it was read.
    pub text: String,
    /// Whether the end was cut off.
    pub cut: bool,
    /// Words read differently, as (written, read).
    pub corrections: Vec<(String, String)>,
    /// What kind of answer is wanted.
    pub kind: Kind,
    /// Roles asked about, in the order of the question.
    pub roles: Vec<RoleId>,
    /// Roles that the writer has, as background ("I'm a CNA").
    pub background: Vec<RoleId>,
    /// A word with several readings that was settled, or is to be asked about.
    pub readings: Option<Readings>,
    /// Trends asked about.
    pub trends: Vec<TrendId>,
    /// States asked about.
    pub states: Vec<State>,
    /// What is asked of the roles, in the order of the question.
    pub asks: Vec<Cue>,
    /// Whether states are to be ranked, and from which end.
    pub states_ranked: Option<End>,
    /// The time for which pay is asked, where it is not the year.
    pub pace: Option<Pace>,
    /// A figure of pay that is told only where it is asked for.
    pub detail: Option<Detail>,
    /// Conditions of a list.
    pub filter: Filter,
    /// What the writer likes.
    pub likes: Vec<Trait>,
    /// What the writer does not want.
    pub dislikes: Vec<Trait>,
    /// What lies outside: a job, a city, a country.
    pub outside: Option<String>,
    /// The state that the city lies in, where a city was named.
    pub city_state: Option<State>,
    /// Whether it describes somebody ("the person who ...") or the writer's own wishes, without naming a role.
    pub describes: bool,
    /// The roles that the question describes in everyday words, best first; empty when none fits well enough.
    pub described: Vec<Fit>,
    /// Whether the first of them is described so fully that nothing else can be meant.
    pub told_in_full: bool,
    /// Titles of occupations outside the knowledge that the question names, beside its roles.
    pub outside_beside: Vec<String>,
    /// Whether something is asked that the knowledge holds nothing on, such as benefits or part-time work.
    pub not_held: bool,
    /// Whether a role was taken from earlier in the talk.
    pub recalled: bool,
    /// Words that carry meaning, as stems, for search.
    pub words: Vec<String>,
}

/// What is remembered of a talk, so that "how much do they make?" can be understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Remembered {
    /// Roles last spoken of.
    pub roles: Vec<RoleId>,
    /// Trends last spoken of.
    pub trends: Vec<TrendId>,
    /// What was last asked.
    pub asks: Vec<Cue>,
    /// States last spoken of.
    pub states: Vec<State>,
    /// The conditions of the list last shown, where a list was.
    pub list: Option<Box<Filter>>,
    /// The roles that were last shown one below the other, in their order, where there were several.
    pub shown: Vec<RoleId>,
}
