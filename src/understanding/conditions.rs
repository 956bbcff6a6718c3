//! "Remote jobs with an associate degree that pay over 60k": what a list must meet and how it is sorted.

use crate::knowledge::language::{About, Class, Family, Plain};
use crate::knowledge::terms::{Contact, Education, License, Order, Remote, Trait};
use crate::understanding::feelings::FIELDS;
use crate::understanding::filter::Filter;
use crate::understanding::lexicon::Meaning;
use crate::understanding::mentions::Mentions;
use crate::understanding::quantities::{Bound, Quantities, bound};
use crate::understanding::reading::Reading;

/// How far from a sum "around 60k" reaches, as a share of it.
const AROUND: f64 = 0.15;
/// Words between a superlative and what it is about.
const SUPERLATIVE_REACH: usize = 4;

/// What is said of schooling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchoolingSaid {
    /// Whether it is needed.
    Needed,
    /// Whether it is enough.
    Enough,
    /// One is needed or another enough: neither yes nor no.
    Either,
    /// It is named, and nothing of it asked.
    Named,
}

/// The levels of schooling named, with their bounds: least and most.
pub(crate) fn levels(reading: &Reading) -> (Option<Education>, Option<Education>) {
    let (mut least, mut most): (Option<Education>, Option<Education>) = (None, None);
    let lower =
        |one: Option<Education>, other: Option<Education>| one.into_iter().chain(other).min();
    let named = named_levels(reading);
    let high_school = named
        .iter()
        .any(|(_, _, level)| *level == Education::HighSchool);
    if !high_school && reading.all(Plain::NoDegree).next().is_some() {
        return (None, Some(Education::Award));
    }
    if reading.all(Plain::NoMedicalSchool).next().is_some() {
        return (None, Some(Education::Master));
    }
    for (at, len, level) in named {
        let said = if reading.denied[at] {
            Bound::Below
        } else {
            bound(reading, at, at + len)
        };
        match said {
            Bound::Least => least = Some(level),
            Bound::Most => most = Some(level),
            Bound::Below => most = lower(most, below(level)),
            Bound::Around | Bound::Exactly => {
                least = Some(least.map_or(level, |known| known.min(level)));
                most = Some(most.map_or(level, |known| known.max(level)));
            }
        }
    }
    (least, most)
}

/// The levels of schooling that are named, with their places: the longest names, outside names of roles.
pub(crate) fn named_levels(reading: &Reading) -> Vec<(usize, usize, Education)> {
    let mut named: Vec<(usize, usize, Education)> = Vec::new();
    for at in 0..reading.tokens.len() {
        for (class, len) in reading.classes(at) {
            if let Class::Level(level) = class
                && !named
                    .iter()
                    .any(|(from, len, _)| *from <= at && at < from + len)
                && (!reading.in_name(at) || is_credential(reading, at))
            {
                named.push((at, *len, *level));
            }
        }
    }
    named
}

fn is_credential(reading: &Reading, at: usize) -> bool {
    let credential = |meaning| matches!(meaning, Meaning::Credential(_));
    reading
        .names
        .iter()
        .any(|name| name.holds(at) && credential(name.meaning))
}

/// The level below another, as BLS orders them.
pub(crate) fn below(level: Education) -> Option<Education> {
    let at = Education::ALL.iter().position(|known| *known == level)?;
    // Less than a degree is a certificate; less than that, high school.
    match level {
        Education::Award | Education::SomeCollege => Some(Education::HighSchool),
        _ => Education::ALL.get(at.checked_sub(1)?).copied(),
    }
}

/// The most schooling that fits into so many months, as BLS counts its levels: an associate's degree is two years, a
/// bachelor's four, a master's six.
fn within(months: f64, bound: Bound) -> Option<Education> {
    let short = matches!(bound, Bound::Below);
    match months {
        ..24.0 => Some(Education::Award),
        ..48.0 if short && months <= 24.0 => Some(Education::Award),
        ..48.0 => Some(Education::Associate),
        ..72.0 if short => Some(Education::Associate),
        ..72.0 => Some(Education::Bachelor),
        _ => short.then_some(Education::Master),
    }
}

/// All conditions of a message.
pub(crate) fn read(reading: &Reading, found: &Mentions, counted: &Quantities) -> Filter {
    let (education_min, mut education_max) = levels(reading);
    if education_min.is_none() && education_max.is_none() {
        education_max = counted
            .months
            .and_then(|(months, bound)| within(months, bound));
    }
    let mut filter = Filter {
        education_min,
        education_max,
        remote: remote(reading),
        contact: contact(reading),
        license: license(reading),
        order: order(reading),
        openings_min: counted.openings,
        without_families: found.without_families.clone(),
        without_roles: found.without_roles.clone(),
        ..Filter::default()
    };
    for amount in &counted.money {
        match amount.bound {
            Bound::Most | Bound::Below => filter.pay_max = Some(amount.usd),
            Bound::Around => {
                filter.pay_min = Some((amount.usd * (1.0 - AROUND)).round());
                filter.pay_max = Some((amount.usd * (1.0 + AROUND)).round());
            }
            Bound::Least | Bound::Exactly if filter.pay_min.is_some() => {
                filter.pay_max = Some(amount.usd)
            }
            Bound::Least | Bound::Exactly => filter.pay_min = Some(amount.usd),
        }
    }
    match counted.percent {
        Some((percent, Bound::Most | Bound::Below)) => filter.growth_max = Some(percent),
        Some((percent, _)) => filter.growth_min = Some(percent),
        // "Which one isn't shrinking".
        None if reading.all(Plain::Shrinking).any(|at| reading.denied[at]) => {
            filter.growth_min = Some(0.0);
            filter.order = filter.order.filter(|order| *order != Order::SlowestGrowing);
        }
        None if reading.has(Plain::Shrinking) => {
            filter.growth_max = Some(0.0);
            filter.order = Some(Order::SlowestGrowing);
        }
        None => {}
    }
    filter
}

/// Narrows a list to a field of work: a family of titles, or what the work is like.
pub(crate) fn narrow(reading: &Reading, found: &Mentions, filter: &mut Filter) {
    filter.family = found
        .families
        .iter()
        .copied()
        .find(|family| !filter.without_families.contains(family));
    filter.traits = found
        .likes
        .iter()
        .copied()
        .filter(|kind| FIELDS.contains(kind))
        .collect();
    filter.avoid.clone_from(&found.dislikes);
    match filter.family {
        Some(Family::Imaging) => filter.traits.retain(|kind| *kind != Trait::Imaging),
        Some(Family::Dental) => filter.traits.retain(|kind| *kind != Trait::Teeth),
        // "Therapy jobs"; how one becomes "a therapist" asks for one who talks.
        Some(Family::Therapy) if reading.has(Plain::Job) => {
            filter.traits.retain(|kind| *kind != Trait::MentalHealth)
        }
        _ => {}
    }
}

/// What the list is sorted by: a whole phrase, or a superlative beside what it is about.
fn order(reading: &Reading) -> Option<Order> {
    let about = |at: usize| {
        reading
            .classes(at)
            .iter()
            .find_map(|(class, _)| match class {
                Class::About(about) => Some(*about),
                _ => None,
            })
    };
    for at in 0..reading.tokens.len() {
        if reading.in_name(at) {
            continue;
        }
        let is = |class| reading.is(at, class);
        let (high, low, fast, short, slow) = (
            is(Plain::High),
            is(Plain::Low),
            is(Plain::Fast),
            is(Plain::Short),
            is(Plain::Slow),
        );
        if !(high || low || fast || short || slow) {
            continue;
        }
        // What stands behind is nearer than what stands before.
        let behind =
            (at + 1..at + 1 + SUPERLATIVE_REACH).take_while(|place| reading.together(at, *place));
        let before = (at.saturating_sub(2)..at)
            .rev()
            .take_while(|place| reading.together(at, *place));
        for place in behind
            .chain(before)
            .filter(|place| !reading.in_name(*place))
        {
            let found = match about(place) {
                Some(About::Pay) if high => Some(Order::BestPaid),
                Some(About::Pay) if low => Some(Order::LowestPaid),
                Some(About::Growth) if high || fast => Some(Order::FastestGrowing),
                Some(About::Growth) if low || slow => Some(Order::SlowestGrowing),
                Some(About::Openings) if high => Some(Order::MostOpenings),
                Some(About::Schooling) if short || low || fast => Some(Order::LeastSchooling),
                Some(About::Headcount) if high && !reading.is(place, Plain::Job) => {
                    Some(Order::MostJobs)
                }
                _ => None,
            };
            if found.is_some() {
                return found;
            }
        }
    }
    let phrase = |(class, _): &(Class, usize)| match class {
        Class::Order(order) => Some(*order),
        _ => None,
    };
    (0..reading.tokens.len())
        .filter(|at| !reading.in_name(*at))
        .find_map(|at| reading.classes(at).iter().find_map(phrase))
}

/// Remote work: wanted, not wanted, in part.
fn remote(reading: &Reading) -> &'static [Remote] {
    // The trend of remote work has the same name as the wish for it.
    let of_role = |at: &usize| {
        reading
            .names
            .iter()
            .any(|name| name.holds(*at) && !matches!(name.meaning, Meaning::Trend(_)))
    };
    let places: Vec<usize> = reading
        .all(Plain::Remote)
        .filter(|at| !of_role(at))
        .collect();
    let on_site: Vec<usize> = reading.all(Plain::OnSite).collect();
    match places.as_slice() {
        [] if on_site.iter().any(|at| !reading.denied[*at]) => &[Remote::No],
        [] if !on_site.is_empty() => &[Remote::Yes],
        [] => &[],
        all if all.iter().all(|at| reading.denied[*at]) => &[Remote::No],
        [first, ..]
            if first
                .checked_sub(1)
                .is_some_and(|at| reading.is(at, Plain::Partly)) =>
        {
            &[Remote::Partly]
        }
        _ => &[Remote::Yes],
    }
}

/// "No patients", "don't want to touch anybody".
fn contact(reading: &Reading) -> &'static [Contact] {
    let denied = |class: Plain| reading.all(class).any(|at| reading.denied[at]);
    if reading.has(Plain::NoPatients) || denied(Plain::Patient) {
        &[Contact::None]
    } else if denied(Plain::Touch) {
        &[Contact::None, Contact::Some]
    } else {
        &[]
    }
}

/// "Without a license".
fn license(reading: &Reading) -> Option<License> {
    let denied = reading.all(Plain::License).any(|at| reading.denied[at]);
    (denied || reading.has(Plain::NoLicense)).then_some(License::None)
}

/// Whether a message asks if schooling is needed or enough.
pub(crate) fn schooling_said(reading: &Reading) -> SchoolingSaid {
    let choice = reading.has(Plain::Degree) && reading.all(Plain::ListJoint).next().is_some();
    if reading.has(Plain::Need) && reading.has(Plain::Enough) && choice {
        SchoolingSaid::Either
    } else if reading.has(Plain::Need) {
        SchoolingSaid::Needed
    } else if reading.has(Plain::Enough) {
        SchoolingSaid::Enough
    } else {
        SchoolingSaid::Named
    }
}
