//! What ways were asked for with, as a short text, from which they can be found again.
//!
//! A letter and a value for each part, joined by `_`; behind `__` the limits, as [`crate::answer::pages`] writes them. Of letters,
//! digits, `.`, `-` and `_` only, so that it may stand in a button and in the name of a file. Roles and starts stand as the
//! CRC-32 of their slugs: a text outlives a new version. Knows nothing of where such a text is kept.

use std::fmt::Write as _;

use crate::answer::pages;
use crate::knowledge::names::tag_of;
use crate::knowledge::starts::StartId;
use crate::knowledge::terms::{Education, Order, PayUnit, Trait};
use crate::knowledge::{AreaId, Areas, Knowledge, RoleId, State};
use crate::understanding::request::Place;
use crate::understanding::{Amount, Bound, Filter, Wanted};

const ORDERS: &[(char, Order)] = &[
    ('e', Order::LeastSchooling),
    ('p', Order::BestPaid),
    ('g', Order::FastestGrowing),
    ('o', Order::MostOpenings),
];
const UNITS: &[(char, PayUnit)] = &[
    ('h', PayUnit::Hour),
    ('w', PayUnit::Week),
    ('f', PayUnit::Fortnight),
    ('m', PayUnit::Month),
    ('y', PayUnit::Year),
];
/// No pay is larger than this, USD.
const MOST_PAY: f64 = 1e9;

/// What is wanted as a text, without what a board may look at, which is nobody else's to see; `None` where some of it cannot be
/// written.
pub fn write(knowledge: &Knowledge, wanted: &Wanted) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let role = |letter: char, id: RoleId| {
        format!("{letter}{:08x}", tag_of(knowledge.role(id).slug.as_str()))
    };
    parts.extend(wanted.roles.iter().map(|id| role('r', *id)));
    parts.extend(wanted.abroad.then(|| "x".to_owned()));
    let outside = wanted.outside.as_deref();
    parts.extend(outside.map(|title| format!("u{:08x}", tag_of(title))));
    parts.extend(
        wanted
            .start
            .and_then(|id| knowledge.start(id))
            .map(|start| format!("s{:08x}", tag_of(start.slug.as_str()))),
    );
    parts.extend(wanted.level.and_then(place_of).map(|at| format!("l{at}")));
    if let Some(now) = &wanted.now {
        let (letter, _) = UNITS.iter().find(|(_, unit)| *unit == now.unit)?;
        parts.push(format!("n{letter}{}", now.said));
    }
    match (wanted.place.areas.first(), wanted.place.states.first()) {
        (Some(area), _) => parts.push(format!("a{}", knowledge.figures.areas.get(*area).code)),
        (None, Some(state)) => parts.push(format!("p{}", state.code())),
        (None, None) => {}
    }
    parts.extend(wanted.to.map(|id| role('t', id)));
    parts.extend(wanted.months.map(|months| format!("m{months}")));
    parts.extend(
        wanted
            .schooling
            .and_then(place_of)
            .map(|at| format!("c{at}")),
    );
    if !wanted.likes.is_empty() {
        let words: Vec<&str> = wanted.likes.iter().map(|kind| kind.word()).collect();
        parts.push(format!("k{}", words.join(".")));
    }
    if let Some(order) = wanted.order {
        let (letter, _) = ORDERS.iter().find(|(_, known)| *known == order)?;
        parts.push(format!("o{letter}"));
    }
    parts.extend(wanted.open.map(|id| role('q', id)));
    let mut text = parts.join("_");
    let limits = Filter {
        pay_min: wanted.limits.pay_min.map(f64::round),
        ..wanted.limits.clone()
    };
    if !limits.is_empty() {
        let limits = pages::write(knowledge, &limits)?;
        let _ = write!(text, "__{}", limits.replace(';', "_").replace(',', "."));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    text.chars().all(plain).then_some(text)
}

/// What such a text says is wanted; `None` where it is broken, or names what is gone.
pub fn read(knowledge: &Knowledge, text: &str) -> Option<Wanted> {
    let mut wanted = Wanted::default();
    let (parts, limits) = text.split_once("__").unwrap_or((text, ""));
    for part in parts.split('_').filter(|part| !part.is_empty()) {
        let letter = part.chars().next()?;
        let value = part.get(letter.len_utf8()..)?;
        match letter {
            'r' => wanted.roles.push(role(knowledge, value)?),
            'x' if value.is_empty() => wanted.abroad = true,
            'u' => wanted.outside = Some(outside(knowledge, value)?.to_owned()),
            's' => wanted.start = Some(start(knowledge, value)?),
            'l' => wanted.level = Some(level(value)?),
            'n' => wanted.now = Some(pay(value)?),
            'a' => {
                let areas = &knowledge.figures.areas;
                wanted.place = place_of_area(areas, areas.by_code(value)?);
            }
            'p' => wanted.place.states = vec![State::from_code(value)?],
            't' => wanted.to = Some(role(knowledge, value)?),
            'm' => wanted.months = Some(value.parse().ok()?),
            'c' => wanted.schooling = Some(level(value)?),
            'k' => wanted.likes = value.split('.').map(Trait::parse).collect::<Option<_>>()?,
            'o' => wanted.order = Some(meaning(ORDERS, value)?),
            'q' => wanted.open = Some(role(knowledge, value)?),
            _ => return None,
        }
    }
    if !limits.is_empty() {
        wanted.limits = pages::read(knowledge, &limits.replace('_', ";").replace('.', ","))?;
    }
    Some(wanted)
}

/// An area as a place, with the state that it lies in first.
pub fn place_of_area(areas: &Areas, area: AreaId) -> Place {
    Place {
        areas: vec![area],
        states: areas
            .get(area)
            .states
            .first()
            .copied()
            .into_iter()
            .collect(),
        ..Place::default()
    }
}

fn place_of(level: Education) -> Option<usize> {
    Education::ALL.iter().position(|known| *known == level)
}

fn level(value: &str) -> Option<Education> {
    Education::ALL.get(value.parse::<usize>().ok()?).copied()
}

fn tag(value: &str) -> Option<u32> {
    u32::from_str_radix(value, 16)
        .ok()
        .filter(|_| value.len() == 8)
}

fn role(knowledge: &Knowledge, value: &str) -> Option<RoleId> {
    let tag = tag(value)?;
    knowledge
        .role_ids()
        .find(|id| tag_of(knowledge.role(*id).slug.as_str()) == tag)
}

fn outside<'a>(knowledge: &'a Knowledge, value: &str) -> Option<&'a str> {
    let tag = tag(value)?;
    let named = knowledge
        .outside
        .iter()
        .map(|outside| outside.title.as_str());
    let told = knowledge
        .language
        .work
        .iter()
        .map(|(title, _)| title.as_str());
    named.chain(told).find(|title| tag_of(title) == tag)
}

fn start(knowledge: &Knowledge, value: &str) -> Option<StartId> {
    let tag = tag(value)?;
    let start = knowledge
        .starts
        .iter()
        .find(|start| tag_of(start.slug.as_str()) == tag)?;
    knowledge.start_named(start.slug.as_str())
}

fn pay(value: &str) -> Option<Amount> {
    let letter = value.get(..1)?;
    let unit = meaning(UNITS, letter)?;
    let said: f64 = value.get(1..)?.parse().ok()?;
    (0.0..=MOST_PAY).contains(&said).then(|| Amount {
        usd: said * unit.per_year(),
        said,
        unit,
        bound: Bound::Exactly,
    })
}

fn meaning<T: Copy>(table: &[(char, T)], text: &str) -> Option<T> {
    let mut letters = text.chars();
    let letter = letters.next().filter(|_| letters.next().is_none())?;
    table
        .iter()
        .find(|(known, _)| *known == letter)
        .map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::terms::{Contact, Remote};

    #[test]
    fn what_is_wanted_comes_back_as_it_was_written() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge");
        let mut roles = knowledge.role_ids();
        let mut one = || roles.next().expect("a role");
        let areas = &knowledge.figures.areas;
        let area = areas.area_of_city("Columbus", State::from_code("OH"));
        let full = Wanted {
            roles: vec![one(), one()],
            outside: Some("school bus driver".to_owned()),
            abroad: true,
            // Left out on purpose: a text in a button is for everybody to see.
            record: false,
            start: Some(StartId(5)),
            level: Some(Education::Associate),
            now: pay("h18.75"),
            place: Place {
                areas: area.into_iter().collect(),
                states: State::from_code("OH").into_iter().collect(),
                ..Place::default()
            },
            to: Some(one()),
            months: Some(47),
            schooling: Some(Education::Bachelor),
            limits: Filter {
                remote: &[Remote::Yes, Remote::Partly],
                contact: &[Contact::None],
                pay_min: Some(62_400.0),
                avoid: vec![Trait::Blood, Trait::HandsOn],
                without_roles: vec![one(), one()],
                ..Filter::default()
            },
            likes: vec![Trait::MentalHealth, Trait::Lab],
            order: Some(Order::BestPaid),
            open: Some(one()),
        };
        assert!(full.now.is_some() && area.is_some());
        for wanted in [Wanted::default(), full] {
            let text = write(&knowledge, &wanted).expect("a text");
            assert_eq!(read(&knowledge, &text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_broken_is_no_wish() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge");
        for text in [
            "z",
            "r",
            "r00000000",
            "rxyz",
            "s1",
            "l9",
            "n",
            "nh",
            "nhinf",
            "nh-4",
            "nq3",
            "é",
            "pXX",
            "a1",
            "m-1",
            "m99999999",
            "c",
            "k",
            "klab.",
            "oz",
            "x1",
            "t00000000_",
            "__z1",
            "n€1",
        ] {
            assert_eq!(read(&knowledge, text), None, "{text}");
        }
    }
}
