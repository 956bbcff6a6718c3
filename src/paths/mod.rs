//! Ways from where somebody is to better work: the graph of steps between roles, the search in it, and the order of what is found.
//!
//! Pure: knowledge and what is wanted in, ways out. At most [`MOST_STEPS`] steps, no role twice, limits before everything else.
//! Knows nothing of how the wish was read or how a way is told.

mod graph;
pub mod pay;
pub mod rank;
pub mod search;

use crate::knowledge::RoleId;
use crate::knowledge::bridges::{Bridge, StepKind};
use crate::knowledge::starts::StartId;

pub use pay::{Figure, Where};
pub use rank::{Reason, ranked};
pub use search::{Found, Limit, find};

/// Steps of a way at most.
pub const MOST_STEPS: usize = 3;
/// Months that a way takes at most where neither a time nor a goal is named.
pub const USUAL_HORIZON: u16 = 48;
/// The same for somebody with a role, where nothing of it counts.
pub const LONGEST_ANEW: u16 = 36;

/// Where a step begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// At a role.
    Role(RoleId),
    /// At schooling or training.
    Start(StartId),
    /// At high school: nothing of what one has counts.
    School,
}

/// A step to a role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step<'a> {
    /// Where it begins.
    pub from: Base,
    /// Where it leads.
    pub to: RoleId,
    /// The row that it stands in; none where it is the role's own way from high school.
    pub bridge: Option<&'a Bridge>,
    /// What has to be completed before: a degree that the step asks for.
    pub completion: Option<&'a Bridge>,
    /// What it consists of.
    pub kind: StepKind,
    /// Months at least, with the completion.
    pub least: u16,
    /// Months usually, with the completion.
    pub usual: u16,
}

/// A way: one to [`MOST_STEPS`] steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Way<'a> {
    /// The steps, in order; never empty.
    pub steps: Vec<Step<'a>>,
    /// Months at least.
    pub least: u16,
    /// Months usually.
    pub usual: u16,
    /// The role that it leads to.
    pub goal: RoleId,
    /// Pay there.
    pub pay: Figure,
    /// What the median there is above pay now, USD a year; none where the two cannot be compared.
    pub gain: Option<i64>,
}

impl Way<'_> {
    /// Whether it begins with something that one has: its first step stands in a row of its own role or training.
    pub fn keeps(&self) -> bool {
        self.steps[0]
            .bridge
            .is_some_and(|bridge| !bridge.kept.is_empty())
    }
}
