//! Which roles meet conditions, and in which order: the one filter behind questions, ideas and `/explore`.
//!
//! Pure: knowledge and conditions in, roles in order out. Knows nothing of how the conditions were read or are shown. A role
//! without the figure that a condition asks about is left out, and stands last where it is sorted by.

use std::cmp::Ordering;

use crate::knowledge::figures::{National, Projection};
use crate::knowledge::terms::Order;
use crate::knowledge::terms::{Contact, Education, FigureMatch, Trait};
use crate::knowledge::{Cell, Knowledge, Role, RoleId, SocCode, State};
use crate::understanding::Filter;

/// Every role that meets the conditions, in order; best paid first where no order is asked for.
pub fn matching(knowledge: &Knowledge, filter: &Filter) -> Vec<RoleId> {
    let order = filter.order.unwrap_or(Order::BestPaid);
    // The keys are taken once for each role, not once for each comparison.
    let mut keyed: Vec<(f64, RoleId)> = knowledge
        .role_ids()
        .map(|id| (id, knowledge.role(id)))
        .filter(|(_, role)| meets(knowledge, role, filter))
        .map(|(id, role)| (sort_key(knowledge, role, order, filter.state), id))
        .collect();
    keyed.sort_by(|(a_key, a), (b_key, b)| {
        let (a, b) = (knowledge.role(*a), knowledge.role(*b));
        let by_title = || match order {
            Order::Title => a.title.to_lowercase().cmp(&b.title.to_lowercase()),
            _ => Ordering::Equal,
        };
        // Of roles with one figure, those that the figure is really about come first.
        a_key
            .total_cmp(b_key)
            .then_with(by_title)
            .then_with(|| (a.figures, &a.slug).cmp(&(b.figures, &b.slug)))
    });
    keyed.into_iter().map(|(_, id)| id).collect()
}

/// Growth of roles whose number of jobs grows at all, percent: changes are published in tenths.
pub const GROWS: f64 = 0.1;

/// Growth of roles that grow faster than all jobs in the US, percent: one tenth more than these.
pub fn faster_than_all(knowledge: &Knowledge) -> f64 {
    knowledge
        .figures
        .projections
        .get(&SocCode::ALL)
        .map_or(GROWS, |row| (tenths(row) + 1.0) / 10.0)
}

/// National figures of a role.
pub fn national<'a>(knowledge: &'a Knowledge, role: &Role) -> Option<&'a National> {
    knowledge.figures.national.get(&role.soc)
}

/// Projections for a role.
pub fn projection<'a>(knowledge: &'a Knowledge, role: &Role) -> Option<&'a Projection> {
    knowledge.figures.projections.get(&role.soc)
}

fn meets(knowledge: &Knowledge, role: &Role, filter: &Filter) -> bool {
    let pay = || median(knowledge, role, filter.state);
    let growth = || projection(knowledge, role).map(growth);
    let openings = || {
        counted(role)
            .then(|| projection(knowledge, role))
            .flatten()
            .map(openings)
    };
    let level = || projection(knowledge, role).and_then(|row| row.entry_education);
    (filter.remote.is_empty() || filter.remote.contains(&role.remote))
        && filter
            .family
            .is_none_or(|family| role.families.contains(&family))
        && (filter.among.is_empty()
            || filter
                .among
                .iter()
                .any(|id| std::ptr::eq(knowledge.role(*id), role)))
        && !filter
            .without_families
            .iter()
            .any(|family| role.families.contains(family))
        && !filter
            .without_roles
            .iter()
            .any(|id| std::ptr::eq(knowledge.role(*id), role))
        && filter.traits.iter().all(|kind| role.traits.contains(kind))
        && !filter.avoid.iter().any(|kind| clashes(role, *kind))
        && filter
            .interest
            .is_none_or(|interest| role.interests.contains(&interest))
        && (filter.contact.is_empty() || filter.contact.contains(&role.contact))
        && filter.license.is_none_or(|license| role.license == license)
        && filter
            .trend
            .is_none_or(|trend| role.trends.iter().any(|touch| touch.trend == trend))
        && filter
            .pay_min
            .is_none_or(|least| pay().is_some_and(|pay| pay >= least))
        && filter
            .pay_max
            .is_none_or(|most| pay().is_some_and(|pay| pay <= most))
        && filter
            .openings_min
            .is_none_or(|least| openings().is_some_and(|many| many >= least))
        && filter
            .growth_min
            .is_none_or(|least| growth().is_some_and(|growth| growth >= least))
        && filter
            .growth_max
            .is_none_or(|most| growth().is_some_and(|growth| growth < most))
        && filter
            .education_min
            .is_none_or(|least| level().is_some_and(|level| level >= least))
        && filter
            .education_max
            .is_none_or(|most| level().is_some_and(|level| level <= most))
}

/// Whether a role has what somebody wants to avoid. Who hates blood or caring is spared wards and surgeries; who would
/// rather not talk to strangers is spared work with patients.
pub fn clashes(role: &Role, kind: Trait) -> bool {
    role.traits.contains(&kind)
        || match kind {
            Trait::Helping | Trait::Listening => role.contact == Contact::Direct,
            Trait::Computers => role.traits.contains(&Trait::Desk) && role.contact == Contact::None,
            // Every physician trains with blood, whatever the specialty.
            Trait::Blood => {
                role.traits.contains(&Trait::Surgery) || role.license_note.contains("USMLE")
            }
            _ => false,
        }
}

/// Median pay in a state or the whole country, as it is published; `None` where there is no row.
pub fn median_cell(knowledge: &Knowledge, role: &Role, state: Option<State>) -> Option<Cell> {
    Some(match state {
        Some(state) => knowledge.figures.pay_in(role.soc, state)?.median,
        None => national(knowledge, role)?.median,
    })
}

/// Median pay to compare by, USD a year, in a state or the whole country; a top-coded one counts as the threshold.
fn median(knowledge: &Knowledge, role: &Role, state: Option<State>) -> Option<f64> {
    let median = median_cell(knowledge, role, state)?;
    median.at_least().map(f64::from)
}

/// Jobs in a state or the whole country, where they are published.
pub fn jobs(knowledge: &Knowledge, role: &Role, state: Option<State>) -> Option<u32> {
    let jobs = match state {
        Some(state) => knowledge.figures.pay_in(role.soc, state)?.employment,
        None => national(knowledge, role)?.employment,
    };
    jobs.number()
}

/// Change of the number of jobs, percent, as published: 8.1 stays 8.1 and does not become 8.100000381.
fn growth(projection: &Projection) -> f64 {
    tenths(projection) / 10.0
}

fn openings(projection: &Projection) -> f64 {
    f64::from(projection.openings_per_year)
}

/// Whether the official numbers of jobs and openings count this role: those of the nearest group say how much such work pays,
/// and nothing of how many do this.
fn counted(role: &Role) -> bool {
    role.figures != FigureMatch::Nearest
}

fn tenths(projection: &Projection) -> f64 {
    (f64::from(projection.change_percent) * 10.0).round()
}

/// Smaller comes first.
fn sort_key(knowledge: &Knowledge, role: &Role, order: Order, state: Option<State>) -> f64 {
    let pay = median(knowledge, role, state);
    let projected = projection(knowledge, role);
    match order {
        Order::BestPaid => -pay.unwrap_or(0.0),
        Order::LowestPaid => pay.unwrap_or(f64::MAX),
        Order::FastestGrowing => -projected.map_or(f64::MIN, growth),
        Order::SlowestGrowing => projected.map_or(f64::MAX, growth),
        Order::MostOpenings => -projected.filter(|_| counted(role)).map_or(0.0, openings),
        Order::MostJobs => -jobs(knowledge, role, state)
            .filter(|_| counted(role))
            .map_or(0.0, f64::from),
        Order::LeastSchooling => {
            let rank = projected
                .and_then(|row| row.entry_education)
                .and_then(|level| Education::ALL.iter().position(|other| *other == level))
                .unwrap_or(Education::ALL.len());
            rank as f64 * 1e7 - pay.unwrap_or(0.0)
        }
        Order::Title => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::terms::{Interest, Remote};

    fn shipped() -> Knowledge {
        crate::knowledge::load_shipped().expect("the shipped knowledge loads")
    }

    #[test]
    fn no_filter_gives_every_role_best_paid_first() {
        let knowledge = shipped();
        let found = matching(&knowledge, &Filter::default());
        assert_eq!(found.len(), knowledge.roles.len());
        let pays: Vec<_> = found
            .iter()
            .map(|id| median(&knowledge, knowledge.role(*id), None))
            .collect();
        assert!(pays.is_sorted_by(|a, b| a >= b), "{pays:?}");
    }

    #[test]
    fn every_role_found_meets_the_whole_filter() {
        let knowledge = shipped();
        let filter = Filter {
            pay_min: Some(50_000.0),
            education_max: Some(Education::Associate),
            remote: &[Remote::No],
            interest: Some(Interest::Realistic),
            growth_min: Some(GROWS),
            order: Some(Order::Title),
            ..Filter::default()
        };
        let found = matching(&knowledge, &filter);
        assert!(!found.is_empty() && found.len() < knowledge.roles.len());
        let titles: Vec<_> = found
            .iter()
            .map(|id| knowledge.role(*id).title.to_lowercase())
            .collect();
        assert!(titles.is_sorted(), "{titles:?}");
        for id in found {
            let role = knowledge.role(id);
            assert!(
                median(&knowledge, role, None) >= Some(50_000.0),
                "{}",
                role.slug
            );
            assert!(
                role.remote == Remote::No && role.interests.contains(&Interest::Realistic),
                "{}",
                role.slug
            );
            let row = projection(&knowledge, role).expect("a projection");
            assert!(
                row.entry_education <= Some(Education::Associate) && row.change_percent > 0.0,
                "{}",
                role.slug
            );
        }
    }

    #[test]
    fn in_a_state_its_own_pay_counts_and_what_is_not_published_there_stands_last() {
        let knowledge = shipped();
        let state = State::from_code("MS");
        let pay = |id: &RoleId| median(&knowledge, knowledge.role(*id), state);
        for (order, last) in [(Order::BestPaid, 0.0), (Order::LowestPaid, f64::MAX)] {
            let found = matching(
                &knowledge,
                &Filter {
                    state,
                    order: Some(order),
                    ..Filter::default()
                },
            );
            let pays: Vec<f64> = found.iter().map(|id| pay(id).unwrap_or(last)).collect();
            let ordered = |a: &f64, b: &f64| {
                if order == Order::BestPaid {
                    a >= b
                } else {
                    a <= b
                }
            };
            assert!(pays.is_sorted_by(ordered), "{pays:?}");
            assert!(pays[0] != last && found.len() == knowledge.roles.len());
        }
        let bound = Filter {
            state,
            pay_min: Some(90_000.0),
            ..Filter::default()
        };
        let there = matching(&knowledge, &bound);
        assert!(!there.is_empty() && there.iter().all(|id| pay(id) >= Some(90_000.0)));
        assert_ne!(
            there,
            matching(
                &knowledge,
                &Filter {
                    state: None,
                    ..bound
                }
            )
        );
    }

    #[test]
    fn jobs_of_another_group_put_no_role_first() {
        let knowledge = shipped();
        let own = knowledge.roles.iter().filter(|role| counted(role)).count();
        for order in [Order::MostJobs, Order::MostOpenings] {
            let found = matching(
                &knowledge,
                &Filter {
                    order: Some(order),
                    ..Filter::default()
                },
            );
            assert!(own > 0 && own < found.len());
            assert!(
                found
                    .iter()
                    .take(own)
                    .all(|id| counted(knowledge.role(*id))),
                "{order:?}"
            );
        }
        let many = matching(
            &knowledge,
            &Filter {
                openings_min: Some(50_000.0),
                ..Filter::default()
            },
        );
        assert!(!many.is_empty() && many.iter().all(|id| counted(knowledge.role(*id))));
    }

    #[test]
    fn growth_is_held_against_all_jobs() {
        let knowledge = shipped();
        let filter = Filter {
            growth_min: Some(faster_than_all(&knowledge)),
            ..Filter::default()
        };
        let all = knowledge.figures.projections[&SocCode::ALL].change_percent;
        let grows =
            |id: &RoleId| projection(&knowledge, knowledge.role(*id)).map(|row| row.change_percent);
        let faster = matching(&knowledge, &filter);
        let expected = knowledge
            .role_ids()
            .filter(|id| grows(id) > Some(all))
            .count();
        assert!(
            expected > 0
                && faster.len() == expected
                && faster.iter().all(|id| grows(id) > Some(all))
        );
    }
}
