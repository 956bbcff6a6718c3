//! Roles by what a person wants of them: pay, training, remote work, interest, growth.
//!
//! Pure: knowledge and a filter in, roles in order out. Knows nothing of how the filter was asked for or is shown. A role
//! without the figure that a filter asks about is left out, and sorted last where it is sorted by.

use std::cmp::Reverse;

use crate::knowledge::figures::{Cell, National, Projection, TOP_CODE_USD};
use crate::knowledge::terms::{Education, Interest, Remote};
use crate::knowledge::{Knowledge, Role, RoleId, SocCode};

/// What a role must meet. `None` asks for nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Filter {
    /// Median pay in the US, USD a year, at least.
    pub pay: Option<u32>,
    /// Typical entry-level education, at most.
    pub training: Option<Education>,
    /// Remote work.
    pub remote: Option<RemoteWish>,
    /// An interest type among the role's own.
    pub interest: Option<Interest>,
    /// Projected change of the number of jobs.
    pub growth: Option<Growth>,
}

/// What somebody wants of remote work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoteWish {
    /// Commonly remote.
    Commonly,
    /// At least in part.
    Partly,
    /// On site.
    OnSite,
}

/// What somebody wants of the number of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Growth {
    /// It grows at all.
    Grows,
    /// It grows faster than the number of all jobs in the US.
    FasterThanAll,
    /// It grows by at least this many percent over the period of the projections.
    AtLeast(u8),
}

/// By what to sort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Highest median pay first.
    #[default]
    Pay,
    /// Fastest growth first.
    Growth,
    /// Most openings a year first.
    Openings,
    /// By title.
    Title,
}

/// Every role that meets the filter, in order; equal ones by title.
pub fn explore(knowledge: &Knowledge, filter: &Filter, sort: Sort) -> Vec<RoleId> {
    let mut found: Vec<RoleId> =
        knowledge.role_ids().filter(|id| meets(knowledge, knowledge.role(*id), filter)).collect();
    let title = |id: &RoleId| knowledge.role(*id).title.to_lowercase();
    match sort {
        Sort::Pay => found.sort_by_key(|id| (Reverse(median(knowledge, knowledge.role(*id))), title(id))),
        Sort::Growth => {
            found.sort_by_key(|id| (Reverse(projection(knowledge, knowledge.role(*id)).map(tenths)), title(id)))
        }
        Sort::Openings => found.sort_by_key(|id| {
            (Reverse(projection(knowledge, knowledge.role(*id)).map(|row| row.openings_per_year)), title(id))
        }),
        Sort::Title => found.sort_by_key(title),
    }
    found
}

/// National figures of a role.
pub fn national<'a>(knowledge: &'a Knowledge, role: &Role) -> Option<&'a National> {
    knowledge.figures.national.get(&role.soc)
}

/// Projections for a role.
pub fn projection<'a>(knowledge: &'a Knowledge, role: &Role) -> Option<&'a Projection> {
    knowledge.figures.projections.get(&role.soc)
}

/// A wage in words, such as `$97,550`, USD a year.
pub fn dollars(cell: Cell) -> String {
    match cell {
        Cell::Number(usd) => format!("${}", thousands(usd)),
        Cell::TopCoded => format!("${} or more", thousands(TOP_CODE_USD)),
        Cell::NotReleased => "not published".to_owned(),
    }
}

fn thousands(number: u32) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1_000), number % 1_000),
    }
}

/// Median pay to compare by, USD a year; a top-coded one counts as the threshold.
fn median(knowledge: &Knowledge, role: &Role) -> Option<u32> {
    national(knowledge, role)?.median.at_least()
}

/// Change in tenths of a percent, as published: whole numbers can be sorted.
#[expect(
    clippy::cast_possible_truncation,
    reason = "changes are published between -100.0 and some hundreds of percent"
)]
fn tenths(projection: &Projection) -> i32 {
    (projection.change_percent * 10.0).round() as i32
}

fn meets(knowledge: &Knowledge, role: &Role, filter: &Filter) -> bool {
    let projected = projection(knowledge, role);
    let pay = filter.pay.is_none_or(|least| median(knowledge, role).is_some_and(|median| median >= least));
    let training = filter
        .training
        .is_none_or(|most| projected.and_then(|row| row.entry_education).is_some_and(|needed| needed <= most));
    let remote = filter.remote.is_none_or(|wish| match wish {
        RemoteWish::Commonly => role.remote == Remote::Yes,
        RemoteWish::Partly => role.remote != Remote::No,
        RemoteWish::OnSite => role.remote == Remote::No,
    });
    let interest = filter.interest.is_none_or(|interest| role.interests.contains(&interest));
    let growth = filter.growth.is_none_or(|growth| {
        let all = knowledge.figures.projections.get(&SocCode::ALL).map_or(0, tenths);
        projected.map(tenths).is_some_and(|change| match growth {
            Growth::Grows => change > 0,
            Growth::FasterThanAll => change > all,
            Growth::AtLeast(percent) => change >= i32::from(percent) * 10,
        })
    });
    pay && training && remote && interest && growth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Knowledge {
        crate::knowledge::load_shipped().expect("the shipped knowledge loads")
    }

    #[test]
    fn no_filter_gives_every_role_best_paid_first() {
        let knowledge = shipped();
        let found = explore(&knowledge, &Filter::default(), Sort::Pay);
        assert_eq!(found.len(), knowledge.roles.len());
        let pays: Vec<_> = found.iter().map(|id| median(&knowledge, knowledge.role(*id))).collect();
        assert!(pays.is_sorted_by(|a, b| a >= b), "{pays:?}");
    }

    #[test]
    fn every_role_found_meets_the_whole_filter() {
        let knowledge = shipped();
        let filter = Filter {
            pay: Some(50_000),
            training: Some(Education::Associate),
            remote: Some(RemoteWish::OnSite),
            interest: Some(Interest::Realistic),
            growth: Some(Growth::Grows),
        };
        let found = explore(&knowledge, &filter, Sort::Title);
        assert!(!found.is_empty() && found.len() < knowledge.roles.len());
        for id in found {
            let role = knowledge.role(id);
            assert!(median(&knowledge, role) >= Some(50_000), "{}", role.slug);
            assert!(role.remote == Remote::No && role.interests.contains(&Interest::Realistic), "{}", role.slug);
            let row = projection(&knowledge, role).expect("a projection");
            assert!(row.entry_education <= Some(Education::Associate) && row.change_percent > 0.0, "{}", role.slug);
        }
    }

    #[test]
    fn growth_is_held_against_all_jobs() {
        let knowledge = shipped();
        let faster =
            explore(&knowledge, &Filter { growth: Some(Growth::FasterThanAll), ..Filter::default() }, Sort::Growth);
        let all = knowledge.figures.projections[&SocCode::ALL].change_percent;
        assert!(!faster.is_empty());
        assert!(
            faster
                .iter()
                .all(|id| projection(&knowledge, knowledge.role(*id)).is_some_and(|row| row.change_percent > all))
        );
    }

    #[test]
    fn wages_are_said_with_thousands_apart_open_ends_and_gaps() {
        let shown =
            [Cell::Number(950), Cell::Number(97_050), Cell::Number(1_239_200), Cell::TopCoded, Cell::NotReleased]
                .map(dollars);
        assert_eq!(shown, ["$950", "$97,050", "$1,239,200", "$239,200 or more", "not published"]);
    }
}
