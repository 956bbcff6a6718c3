//! The order of ways, and why each stands where it stands. Never which is best for somebody.

use std::cmp::Ordering;

use crate::explore::projection;
use crate::knowledge::terms::{FigureMatch, Order, Trait};
use crate::knowledge::{Knowledge, SocCode};
use crate::paths::Way;
use crate::understanding::Wanted;
use crate::understanding::feelings::FIELDS;

/// Months added to every way, so that what takes a week does not win by its shortness alone.
const SETTLING_MONTHS: f64 = 12.0;
/// What a way counts for, beside one that begins anew, where something of what one has is kept.
const KEPT: f64 = 1.6;
/// What each thing that one likes adds, and each field among them.
const LIKED: f64 = 0.08;
const LIKED_FIELD: f64 = 9.0;
/// Openings a year at which they count for one; ten times as many count for a fifth more.
const MANY_OPENINGS: f64 = 100_000.0;

/// Why a way stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Most gained for the time it takes, weighed by openings and by what is kept.
    GainForTime,
    /// The shortest.
    Shortest,
    /// The shortest that begins with what one has.
    ShortestKept,
    /// The best paid.
    BestPaid,
    /// The most openings.
    MostOpenings,
    /// The fastest growing.
    FastestGrowing,
    /// What one has counts.
    Keeps,
    /// Next in the order.
    Next,
}

/// The ways in order: as asked, else by gain against time, weighed by openings, by what is kept and by what is liked.
pub fn ranked<'a>(knowledge: &Knowledge, wanted: &Wanted, ways: Vec<Way<'a>>) -> Vec<Way<'a>> {
    let mut keyed: Vec<(f64, Way<'a>)> = ways
        .into_iter()
        .map(|way| (key(knowledge, wanted, &way), way))
        .collect();
    keyed.sort_by(|(one, a), (other, b)| {
        let later = || (a.usual, a.least, a.goal).cmp(&(b.usual, b.least, b.goal));
        other
            .partial_cmp(one)
            .unwrap_or(Ordering::Equal)
            .then_with(later)
    });
    let ways: Vec<Way<'a>> = keyed.into_iter().map(|(_, way)| way).collect();
    // A figure of a wider group cannot be held against one's own pay: such ways come last.
    let (own, nearest): (Vec<_>, Vec<_>) = ways
        .into_iter()
        .partition(|way| knowledge.role(way.goal).figures != FigureMatch::Nearest);
    own.into_iter().chain(nearest).collect()
}

/// Larger comes first.
fn key(knowledge: &Knowledge, wanted: &Wanted, way: &Way<'_>) -> f64 {
    let value = value(knowledge, wanted, way);
    let median = way.pay.median.at_least().map_or(0.0, f64::from);
    match wanted.order {
        // What begins anew comes behind what builds on a role.
        Some(Order::LeastSchooling) => {
            let anew = !wanted.roles.is_empty() && !way.keeps();
            -f64::from(way.usual) - if anew { 1e6 } else { 0.0 } + value / 1e9
        }
        Some(Order::BestPaid) => median + value / 1e9,
        Some(Order::FastestGrowing) => growth(knowledge, way).unwrap_or(-100.0),
        Some(Order::MostOpenings) => openings(knowledge, way).unwrap_or(0.0),
        _ => value,
    }
}

fn value(knowledge: &Knowledge, wanted: &Wanted, way: &Way<'_>) -> f64 {
    let middle = f64::from(way.least + way.usual) / 2.0;
    // Who tells no pay is held against the lowest-paid tenth of all jobs.
    let floor = knowledge
        .figures
        .national
        .get(&SocCode::ALL)
        .and_then(|row| row.pct10.number())
        .map_or(0.0, f64::from);
    let gain = way.gain.map_or_else(
        || way.pay.median.at_least().map_or(0.0, f64::from) - floor,
        |gain| gain as f64,
    );
    let open = openings(knowledge, way).unwrap_or(1_000.0).max(100.0);
    let weight = 1.0 + (open / MANY_OPENINGS).log10() / 5.0;
    let kept = if way.keeps() { KEPT } else { 1.0 };
    let role = knowledge.role(way.goal);
    let of_role = |kind: &&Trait| role.traits.contains(kind);
    let worth = |kind: &Trait| {
        if FIELDS.contains(kind) {
            LIKED_FIELD
        } else {
            LIKED
        }
    };
    let liked: f64 = wanted.likes.iter().filter(of_role).map(worth).sum();
    gain / (middle + SETTLING_MONTHS) * weight * kept * (1.0 + liked)
}

/// The fields that one likes and a way leads to.
pub fn liked_fields(knowledge: &Knowledge, wanted: &Wanted, way: &Way<'_>) -> Vec<Trait> {
    let role = knowledge.role(way.goal);
    let liked = |kind: &Trait| FIELDS.contains(kind) && role.traits.contains(kind);
    wanted.likes.iter().copied().filter(liked).collect()
}

/// Openings a year, where they are counted for the role or its group.
pub fn openings(knowledge: &Knowledge, way: &Way<'_>) -> Option<f64> {
    let role = knowledge.role(way.goal);
    projection(knowledge, role)
        .filter(|_| role.figures != FigureMatch::Nearest)
        .map(|row| f64::from(row.openings_per_year))
}

/// Change of the number of jobs, percent.
pub fn growth(knowledge: &Knowledge, way: &Way<'_>) -> Option<f64> {
    projection(knowledge, knowledge.role(way.goal)).map(|row| f64::from(row.change_percent))
}

/// Why the way at `place` among those shown stands there: what sets it apart from the others.
pub fn reason(knowledge: &Knowledge, wanted: &Wanted, shown: &[Way<'_>], place: usize) -> Reason {
    let way = &shown[place];
    let most = |value: &dyn Fn(&Way<'_>) -> f64| {
        shown
            .iter()
            .enumerate()
            .all(|(other, one)| other == place || value(one) < value(way))
    };
    if place == 0 {
        let shorter = |one: &Way<'_>| one.usual < way.usual;
        return match wanted.order {
            Some(Order::LeastSchooling) if shown.iter().any(shorter) => Reason::ShortestKept,
            Some(Order::LeastSchooling) => Reason::Shortest,
            Some(Order::BestPaid) => Reason::BestPaid,
            Some(Order::FastestGrowing) => Reason::FastestGrowing,
            Some(Order::MostOpenings) => Reason::MostOpenings,
            _ => Reason::GainForTime,
        };
    }
    let median = |way: &Way<'_>| way.pay.median.at_least().map_or(0.0, f64::from);
    let same_place = shown.iter().all(|one| one.pay.place == way.pay.place);
    match () {
        () if most(&|way| -f64::from(way.usual)) => Reason::Shortest,
        () if same_place && most(&median) => Reason::BestPaid,
        () if most(&|way| openings(knowledge, way).unwrap_or(0.0)) => Reason::MostOpenings,
        () if way.keeps() => Reason::Keeps,
        () => Reason::Next,
    }
}
