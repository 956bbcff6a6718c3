//! What differs between two states of the figures, by role.
//!
//! Compares what has been loaded, so that it shows what answers will say.

use std::collections::BTreeSet;

use crate::knowledge::figures::{Cell, National, Projection, StatePay};
use crate::knowledge::figures_update::roles_of;
use crate::knowledge::model::Knowledge;
use crate::knowledge::names::SocCode;
use crate::knowledge::states::State;

/// One figure that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Titles of the roles that it is shown for.
    pub roles: String,
    /// Occupation.
    pub soc: SocCode,
    /// State; `None` for the whole country.
    pub state: Option<State>,
    /// Name of the figure.
    pub figure: &'static str,
    /// What stands now, as it is written in the file; `none` where nothing does.
    pub old: String,
    /// What comes.
    pub new: String,
}

type Reader<T> = (&'static str, fn(&T) -> String);

const NATIONAL: &[Reader<National>] = &[
    ("jobs", |row| cell(row.employment)),
    ("mean wage", |row| cell(row.mean)),
    ("10th percentile", |row| cell(row.pct10)),
    ("25th percentile", |row| cell(row.pct25)),
    ("median wage", |row| cell(row.median)),
    ("75th percentile", |row| cell(row.pct75)),
    ("90th percentile", |row| cell(row.pct90)),
];

const BY_STATE: &[Reader<StatePay>] = &[
    ("jobs", |row| cell(row.employment)),
    ("10th percentile", |row| cell(row.pct10)),
    ("median wage", |row| cell(row.median)),
    ("90th percentile", |row| cell(row.pct90)),
];

const PROJECTIONS: &[Reader<Projection>] = &[
    ("jobs in the base year", |row| row.employment_base.to_string()),
    ("jobs in the projected year", |row| row.employment_projected.to_string()),
    ("change in percent", |row| format!("{:.1}", row.change_percent)),
    ("openings a year", |row| row.openings_per_year.to_string()),
    ("entry education", |row| {
        row.entry_education.map_or_else(|| "none".to_owned(), |education| education.word().to_owned())
    }),
];

fn cell(cell: Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::TopCoded => "# (top-coded)".to_owned(),
        Cell::NotReleased => "* (not released)".to_owned(),
    }
}

/// Every figure that differs, by occupation: the whole country first, then states.
pub fn between(old: &Knowledge, new: &Knowledge) -> Vec<Change> {
    let (before, after) = (&old.figures, &new.figures);
    let codes: BTreeSet<SocCode> = before.national.keys().chain(after.national.keys()).copied().collect();
    let mut changes = Vec::new();
    for soc in codes {
        let roles = roles_of(new, soc);
        let mut add = |state: Option<State>, found: Vec<(&'static str, String, String)>| {
            changes.extend(found.into_iter().map(|(figure, old, new)| Change {
                roles: roles.clone(),
                soc,
                state,
                figure,
                old,
                new,
            }));
        };
        add(None, differing(before.national.get(&soc), after.national.get(&soc), NATIONAL));
        add(None, differing(before.projections.get(&soc), after.projections.get(&soc), PROJECTIONS));
        for state in State::all() {
            add(Some(state), differing(before.states.get(&(soc, state)), after.states.get(&(soc, state)), BY_STATE));
        }
    }
    changes
}

/// Figures of states that are there before and not after, by occupation.
pub fn gone(old: &Knowledge, new: &Knowledge) -> Vec<(SocCode, State)> {
    let codes: BTreeSet<SocCode> = old.figures.national.keys().copied().collect();
    let pairs = codes.into_iter().flat_map(|soc| State::all().map(move |state| (soc, state)));
    pairs.filter(|pair| old.figures.states.contains_key(pair) && !new.figures.states.contains_key(pair)).collect()
}

fn differing<T>(old: Option<&T>, new: Option<&T>, readers: &[Reader<T>]) -> Vec<(&'static str, String, String)> {
    let read = |row: Option<&T>, reader: fn(&T) -> String| row.map_or_else(|| "none".to_owned(), reader);
    readers
        .iter()
        .map(|(name, reader)| (*name, read(old, *reader), read(new, *reader)))
        .filter(|(_, old, new)| old != new)
        .collect()
}
