//! Pay at a role in somebody's place: in the area, else in the state, else in the whole country, and where it was found.

use crate::knowledge::{AreaId, Cell, Knowledge, Role, RoleId, State};
use crate::understanding::Wanted;
use crate::understanding::request::Place;

/// Where a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// A metropolitan or nonmetropolitan area.
    Area(AreaId),
    /// A state.
    State(State),
    /// The whole country.
    Country,
}

/// Pay, USD a year before tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Median.
    pub median: Cell,
    /// What the lowest-paid tenth earn at most.
    pub low: Cell,
    /// Where.
    pub place: Where,
    /// Whether that is the place asked about, and not a wider one because nothing is published there.
    pub asked: bool,
}

/// Pay at a role in a place.
pub fn at(knowledge: &Knowledge, role: &Role, place: &Place) -> Figure {
    let figures = &knowledge.figures;
    let released = |cell: Cell| cell.at_least().is_some();
    let area = place.areas.first().copied();
    let state = place.states.first().copied();
    if let Some(area) = area
        && let Some(pay) = figures.areas.pay(role.soc, area)
        && released(pay.median)
    {
        return Figure {
            median: pay.median,
            low: pay.pct10,
            place: Where::Area(area),
            asked: true,
        };
    }
    if let Some(state) = state
        && let Some(pay) = figures.pay_in(role.soc, state)
        && released(pay.median)
    {
        return Figure {
            median: pay.median,
            low: pay.pct10,
            place: Where::State(state),
            asked: area.is_none(),
        };
    }
    let (median, low) = figures
        .national
        .get(&role.soc)
        .map_or((Cell::NotReleased, Cell::NotReleased), |row| {
            (row.median, row.pct10)
        });
    Figure {
        median,
        low,
        place: Where::Country,
        asked: area.is_none() && state.is_none(),
    }
}

/// What somebody earns now, USD a year, to hold pay in a place against: what they say, else the median of the best paid of their
/// roles, where it is published in that same place.
pub fn now(knowledge: &Knowledge, wanted: &Wanted, place: Where) -> Option<f64> {
    if let Some(now) = &wanted.now {
        return Some(now.usd);
    }
    let median = |role: &RoleId| {
        let figure = at(knowledge, knowledge.role(*role), &wanted.place);
        let same = figure.place == place;
        same.then(|| figure.median.number())
            .flatten()
            .map(f64::from)
    };
    wanted.roles.iter().filter_map(median).reduce(f64::max)
}

/// What pay is above pay now, USD a year. A top-coded median is at least its threshold.
pub fn gain(knowledge: &Knowledge, wanted: &Wanted, pay: &Figure) -> Option<i64> {
    let there = f64::from(pay.median.at_least()?);
    let now = now(knowledge, wanted, pay.place)?;
    Some((there - now).round() as i64)
}
