//! What differs between two states of the figures, by role.
//!
//! Compares what has been loaded, so that it shows what answers will say.

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::cells::{Cell, Hourly, Pay};
use crate::knowledge::figures::{National, Projection};
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
    /// State, area or kind of workplace; `None` for the whole country.
    pub place: Option<String>,
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
    ("median by the hour", |row| hourly(row.hourly_median)),
];

const PAY: &[Reader<Pay>] = &[
    ("jobs", |row| cell(row.employment)),
    ("10th percentile", |row| cell(row.pct10)),
    ("25th percentile", |row| cell(row.pct25)),
    ("median wage", |row| cell(row.median)),
    ("75th percentile", |row| cell(row.pct75)),
    ("90th percentile", |row| cell(row.pct90)),
    ("10th percentile by the hour", |row| hourly(row.hourly10)),
    ("median by the hour", |row| hourly(row.hourly_median)),
    ("90th percentile by the hour", |row| hourly(row.hourly90)),
];

const PROJECTIONS: &[Reader<Projection>] = &[
    ("jobs in the base year", |row| {
        row.employment_base.to_string()
    }),
    ("jobs in the projected year", |row| {
        row.employment_projected.to_string()
    }),
    ("change in percent", |row| {
        format!("{:.1}", row.change_percent)
    }),
    ("openings a year", |row| row.openings_per_year.to_string()),
    ("entry education", |row| {
        row.entry_education.map_or_else(
            || "none".to_owned(),
            |education| education.word().to_owned(),
        )
    }),
];

fn cell(cell: Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::TopCoded => "# (top-coded)".to_owned(),
        Cell::NotReleased => "* (not released)".to_owned(),
    }
}

fn hourly(cell: Hourly) -> String {
    match cell {
        Hourly::Cents(_) => cell.to_string(),
        Hourly::TopCoded => "# (top-coded)".to_owned(),
        Hourly::NotReleased => "* (not released)".to_owned(),
    }
}

/// Every figure that differs, by occupation: the whole country first, then states, areas and kinds of workplace.
pub fn between(old: &Knowledge, new: &Knowledge) -> Vec<Change> {
    let (before, after) = (&old.figures, &new.figures);
    let codes: BTreeSet<SocCode> = before
        .national
        .keys()
        .chain(after.national.keys())
        .copied()
        .collect();
    let mut changes = Vec::new();
    for soc in codes {
        let roles = roles_of(new, soc);
        let mut add = |place: Option<&str>, found: Vec<(&'static str, String, String)>| {
            changes.extend(found.into_iter().map(|(figure, old, new)| Change {
                roles: roles.clone(),
                soc,
                place: place.map(str::to_owned),
                figure,
                old,
                new,
            }));
        };
        add(
            None,
            differing(
                before.national.get(&soc),
                after.national.get(&soc),
                NATIONAL,
            ),
        );
        add(
            None,
            differing(
                before.projections.get(&soc),
                after.projections.get(&soc),
                PROJECTIONS,
            ),
        );
        for state in State::all() {
            let rows = [before, after].map(|figures| figures.pay_in(soc, state));
            add(Some(state.name()), differing(rows[0], rows[1], PAY));
        }
        let pays = [before, after].map(|figures| {
            let pay = figures.areas.pay_of(soc).iter();
            pay.map(|(id, pay)| (figures.areas.get(*id).name.as_str(), pay))
                .collect::<BTreeMap<&str, &Pay>>()
        });
        let workplaces = [before, after].map(|figures| {
            let pay = figures.settings.pay_of(soc).iter();
            pay.map(|(id, pay)| (figures.settings.get(*id).name.as_str(), pay))
                .collect::<BTreeMap<&str, &Pay>>()
        });
        for [before, after] in [pays, workplaces] {
            for place in before
                .keys()
                .chain(after.keys())
                .copied()
                .collect::<BTreeSet<&str>>()
            {
                add(
                    Some(place),
                    differing(before.get(place).copied(), after.get(place).copied(), PAY),
                );
            }
        }
    }
    changes
}

/// The tables that have a row for each occupation in each place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// States.
    States,
    /// Metropolitan and nonmetropolitan areas.
    Areas,
    /// Kinds of workplace.
    Workplaces,
}

/// The places of which there are figures, by what names them in the files: the name that people know, and the occupations.
pub fn held(
    knowledge: &Knowledge,
    places: Places,
) -> BTreeMap<String, (String, BTreeSet<SocCode>)> {
    let figures = &knowledge.figures;
    let codes = figures.national.keys().copied();
    let rows = codes.flat_map(|soc| -> Vec<(SocCode, String, String)> {
        let row = |key: &str, name: &str| (soc, key.to_owned(), name.to_owned());
        match places {
            Places::States => State::all()
                .filter(|state| figures.states.contains_key(&(soc, *state)))
                .map(|state| row(state.code(), state.name()))
                .collect(),
            Places::Areas => {
                let all = figures.areas.pay_of(soc).iter();
                let all = all.map(|(id, _)| figures.areas.get(*id));
                all.map(|area| row(&area.code, &area.name)).collect()
            }
            Places::Workplaces => {
                let all = figures.settings.pay_of(soc).iter();
                let all = all.map(|(id, _)| figures.settings.get(*id));
                all.map(|one| row(one.slug.as_str(), &one.name)).collect()
            }
        }
    });
    let mut held: BTreeMap<String, (String, BTreeSet<SocCode>)> = BTreeMap::new();
    for (soc, key, name) in rows {
        held.entry(key)
            .or_insert_with(|| (name, BTreeSet::new()))
            .1
            .insert(soc);
    }
    held
}

fn differing<T>(
    old: Option<&T>,
    new: Option<&T>,
    readers: &[Reader<T>],
) -> Vec<(&'static str, String, String)> {
    let read =
        |row: Option<&T>, reader: fn(&T) -> String| row.map_or_else(|| "none".to_owned(), reader);
    readers
        .iter()
        .map(|(name, reader)| (*name, read(old, *reader), read(new, *reader)))
        .filter(|(_, old, new)| old != new)
        .collect()
}

/// Titles of the roles that a code stands for.
pub(super) fn roles_of(knowledge: &Knowledge, soc: SocCode) -> String {
    let titles: Vec<&str> = knowledge
        .roles
        .iter()
        .filter(|role| role.soc == soc)
        .map(|role| role.title.as_str())
        .collect();
    if titles.is_empty() {
        "All occupations".to_owned()
    } else {
        titles.join(", ")
    }
}
