//! The figure in front of a post: what changed most since its topic was posted last, else another kind of figure each time.
//!
//! Every number comes from the tables of `knowledge`, with its place, period and group. Knows nothing of where it is shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::answer::wording::{
    capital, earner, pay_period, percent, projection_period, thousands, wage,
};
use crate::explore::{national, projection};
use crate::knowledge::cells::Hourly;
use crate::knowledge::terms::FigureMatch;
use crate::knowledge::{Cell, Knowledge, Role, SocCode, SourceId, State};

/// Figures of a role as a post told its readers, so that the next one can say what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Median pay in the US, USD a year.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<u32>,
    /// Projected change of the number of jobs, tenths of a percent.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub growth: Option<i32>,
}

/// Figures by the roles' slugs.
pub type Figures = BTreeMap<String, Told>;

/// A figure in words, and where it comes from.
pub(super) type Front = (String, SourceId);

/// The figures of these roles as they stand.
pub(super) fn figures<'a>(knowledge: &Knowledge, roles: impl Iterator<Item = &'a Role>) -> Figures {
    roles
        .map(|role| (role.slug.to_string(), told(knowledge, role)))
        .collect()
}

fn told(knowledge: &Knowledge, role: &Role) -> Told {
    Told {
        pay: national(knowledge, role).and_then(|row| row.median.number()),
        growth: projection(knowledge, role).map(|row| (row.change_percent * 10.0).round() as i32),
    }
}

/// What changed most among these roles since `before`; `None` where nothing did.
pub(super) fn changed<'a>(
    knowledge: &Knowledge,
    roles: impl Iterator<Item = &'a Role>,
    before: &Figures,
) -> Option<Front> {
    let changes = roles.filter_map(|role| {
        let (then, now) = (before.get(role.slug.as_str())?, told(knowledge, role));
        let pay = then.pay.zip(now.pay).and_then(|(then, now)| {
            let share = (f64::from(now) - f64::from(then)).abs() / f64::from(then.max(1));
            let source = national(knowledge, role)?.source.clone();
            let words = || pay_change(knowledge, role, then, now);
            (then != now).then(|| (share, (words(), source)))
        });
        let growth = then.growth.zip(now.growth).and_then(|(then, now)| {
            let share = f64::from((now - then).abs()) / 1_000.0;
            let source = projection(knowledge, role)?.source.clone();
            let words = || growth_change(knowledge, role, then, now);
            (then != now).then(|| (share, (words(), source)))
        });
        pay.into_iter()
            .chain(growth)
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
    });
    // Of changes of one size, that of the first role.
    let most = changes.reduce(|most, next| if next.0 > most.0 { next } else { most })?;
    Some(most.1)
}

fn pay_change(knowledge: &Knowledge, role: &Role, then: u32, now: u32) -> String {
    let moved = if now > then { "rose" } else { "fell" };
    format!(
        "New since this was last posted: the median pay of {} {moved} from ${} to ${} a year (US, {}).",
        earner(role),
        thousands(then),
        thousands(now),
        pay_period(knowledge, role)
    )
}

fn growth_change(knowledge: &Knowledge, role: &Role, then: i32, now: i32) -> String {
    let tenths = |tenths: i32| percent(tenths as f32 / 10.0);
    format!(
        "New since this was last posted: the projected change in jobs for {} is now {} instead of {} (US, {}).",
        earner(role),
        tenths(now),
        tenths(then),
        projection_period(knowledge, role)
    )
}

/// The kinds of figures that take turns in front.
const KINDS: &[fn(&Knowledge, &Role) -> Option<Front>] =
    &[growth, best_state, openings, hour, range, jobs];

/// A figure of one of these roles: the kind whose turn it is, of the first role that has it; else the next kind that one has.
pub(super) fn of_turn<'a>(
    knowledge: &Knowledge,
    roles: impl Iterator<Item = &'a Role> + Clone,
    turn: usize,
) -> Option<Front> {
    (turn..turn + KINDS.len()).find_map(|turn| {
        let kind = KINDS[turn % KINDS.len()];
        roles.clone().find_map(|role| kind(knowledge, role))
    })
}

/// Numbers of jobs and openings count those of the nearest group, and say nothing of how many do this.
fn counted(role: &Role) -> Option<&Role> {
    (role.figures != FigureMatch::Nearest).then_some(role)
}

fn growth(knowledge: &Knowledge, role: &Role) -> Option<Front> {
    let row = projection(knowledge, counted(role)?)?;
    // Two releases are not held against each other.
    let all = knowledge.figures.projections.get(&SocCode::ALL);
    let all = all
        .filter(|all| all.source == row.source)
        .map(|all| format!(" All jobs: {}.", signed(all.change_percent)))
        .unwrap_or_default();
    let change = match row.change_percent {
        0.0 => "is projected to stay as it is".to_owned(),
        up if up > 0.0 => format!("is projected to grow {}", percent(up)),
        down => format!("is projected to shrink {}", percent(-down)),
    };
    let words = format!(
        "The number of jobs for {} {change} from {} (US).{all}",
        earner(role),
        projection_period(knowledge, role)
    );
    Some((words, row.source.clone()))
}

fn signed(change: f32) -> String {
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{}", percent(change))
}

fn openings(knowledge: &Knowledge, role: &Role) -> Option<Front> {
    let row = projection(knowledge, counted(role)?)?;
    let words = format!(
        "About {} openings a year are projected for {} (US, {}).",
        thousands(row.openings_per_year),
        earner(role),
        projection_period(knowledge, role)
    );
    Some((words, row.source.clone()))
}

/// The state that pays most, where one alone does.
fn best_state(knowledge: &Knowledge, role: &Role) -> Option<Front> {
    let mut known: Vec<(u32, State)> = State::all()
        .filter_map(|state| {
            let row = knowledge.figures.pay_in(role.soc, state)?;
            Some((row.median.number()?, state))
        })
        .collect();
    known.sort_unstable();
    let open = State::all().any(|state| {
        let row = knowledge.figures.pay_in(role.soc, state);
        row.is_some_and(|row| row.median == Cell::TopCoded)
    });
    let (usd, state) = known.pop().filter(|_| !open && !known.is_empty())?;
    let words = format!(
        "{} earn most in {}: a median of ${} a year ({}).",
        capital(&earner(role)),
        state.in_sentence(),
        thousands(usd),
        pay_period(knowledge, role)
    );
    Some((words, national(knowledge, role)?.source.clone()))
}

fn hour(knowledge: &Knowledge, role: &Role) -> Option<Front> {
    let row = national(knowledge, role)?;
    let Hourly::Cents(cents) = row.hourly_median else {
        return None;
    };
    let words = format!(
        "Half of {} earn more than ${}.{:02} an hour, half earn less (US, {}).",
        earner(role),
        cents / 100,
        cents % 100,
        pay_period(knowledge, role)
    );
    Some((words, row.source.clone()))
}

fn range(knowledge: &Knowledge, role: &Role) -> Option<Front> {
    let row = national(knowledge, role)?;
    row.pct10.number().zip(row.pct90.number())?;
    let words = format!(
        "Of {}, the lowest-paid tenth earn {} a year or less, the highest-paid tenth {} or more (US, {}).",
        earner(role),
        wage(row.pct10),
        wage(row.pct90),
        pay_period(knowledge, role)
    );
    Some((words, row.source.clone()))
}

fn jobs(knowledge: &Knowledge, role: &Role) -> Option<Front> {
    let row = national(knowledge, counted(role)?)?;
    let words = format!(
        "There are {} jobs for {} (US, {}).",
        thousands(row.employment.number()?),
        earner(role),
        pay_period(knowledge, role)
    );
    Some((words, row.source.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::load_shipped;

    fn role<'a>(knowledge: &'a Knowledge, slug: &str) -> &'a Role {
        let found = knowledge
            .roles
            .iter()
            .find(|role| role.slug.as_str() == slug);
        found.expect("a role")
    }

    #[test]
    fn every_kind_says_where_and_when_and_of_whom() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        for role in &knowledge.roles {
            let fronts: Vec<Front> = KINDS
                .iter()
                .filter_map(|kind| kind(&knowledge, role))
                .collect();
            for (words, source) in &fronts {
                assert!(
                    words.contains(&earner(role)) || words.contains(&capital(&earner(role))),
                    "{words}"
                );
                assert!(words.contains("(US") || words.contains(" in "), "{words}");
                assert!(words.ends_with('.') && words.contains(" 20"), "{words}");
                assert!(knowledge.sources.contains_key(source));
            }
            assert!(
                !fronts.is_empty() || national(&knowledge, role).is_none(),
                "{}",
                role.slug
            );
        }
    }

    #[test]
    fn what_changed_most_stands_in_front() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        let roles = ["registered-nurse", "pharmacist"].map(|slug| role(&knowledge, slug));
        let mut before = figures(&knowledge, roles.into_iter());
        assert_eq!(changed(&knowledge, roles.into_iter(), &before), None);
        let now = told(&knowledge, roles[1]);
        let pay = now.pay.expect("a figure");
        before.insert(
            "pharmacist".to_owned(),
            Told {
                pay: Some(pay / 2),
                ..now
            },
        );
        let nurse = told(&knowledge, roles[0]);
        before.insert(
            "registered-nurse".to_owned(),
            Told {
                growth: nurse.growth.map(|growth| growth + 1),
                ..nurse
            },
        );
        let (words, _) = changed(&knowledge, roles.into_iter(), &before).expect("a change");
        assert!(
            words.starts_with(&format!(
                "New since this was last posted: the median pay of pharmacists rose from ${} to ${} a year (US, ",
                thousands(pay / 2),
                thousands(pay)
            )),
            "{words}"
        );
        before.remove("pharmacist");
        let (words, _) = changed(&knowledge, roles.into_iter(), &before).expect("a change");
        assert!(
            words.contains("projected change in jobs for registered nurses is now "),
            "{words}"
        );
    }
}
