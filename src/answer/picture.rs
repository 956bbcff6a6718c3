//! What is to be drawn beside an answer, as plain data.
//!
//! Roles stand by their slugs and areas by their codes, so that a picture outlives a change of the knowledge. Knows nothing of
//! how a picture is drawn or where it is shown.

use crate::knowledge::State;

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Picture {
    /// Pay of a role in a place, beside the places around it.
    Pay {
        /// The role's slug.
        role: String,
        /// The place.
        place: Place,
    },
    /// Pay of a role in every state, as a map.
    States {
        /// The role's slug.
        role: String,
        /// States to mark: those of the asker.
        marked: Vec<State>,
    },
    /// Pay of roles side by side, from the 10th to the 90th percentile.
    Roles {
        /// Their slugs.
        roles: Vec<String>,
        /// Where; the whole US where there is none.
        state: Option<State>,
    },
    /// Growth and openings of roles, beside all jobs.
    Growth {
        /// Their slugs.
        roles: Vec<String>,
    },
    /// Median pay of the roles of a list, as bars.
    List {
        /// Their slugs, in the order of the list.
        roles: Vec<String>,
        /// Where; the whole US where there is none.
        state: Option<State>,
    },
    /// Ways to better work: time across, pay up.
    Ways {
        /// What they were asked for with, as [`crate::answer::paths::code`] writes it.
        code: String,
    },
}

impl Picture {
    /// Whether it shows what somebody has told of themselves: it is drawn for them and never kept.
    pub fn is_personal(&self) -> bool {
        matches!(self, Self::Ways { .. })
    }
}

/// Where a picture of pay is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The whole US.
    Country,
    /// One state.
    State(State),
    /// One metropolitan or nonmetropolitan area, by its code.
    Area(String),
}
