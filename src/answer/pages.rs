//! A list that goes on: its conditions as a short text, from which any page of it can be made again.
//!
//! A letter and a value for each condition, joined by `;`. Values are the words of the knowledge, so that a text outlives a
//! new version. Knows nothing of where such a text is kept.

use std::fmt::Write as _;

use crate::knowledge::language::Family;
use crate::knowledge::terms::{Contact, Education, Interest, License, Order, Remote, Trait};
use crate::knowledge::{Knowledge, RoleId, State, Topic};
use crate::understanding::Filter;

/// What a filter asks of remote work and of contact with patients, by the letter that stands for it.
const REMOTE: &[(char, &[Remote])] = &[
    ('y', &[Remote::Yes]),
    ('p', &[Remote::Partly]),
    ('a', &[Remote::Yes, Remote::Partly]),
    ('n', &[Remote::No]),
];
const CONTACT: &[(char, &[Contact])] = &[
    ('n', &[Contact::None]),
    ('s', &[Contact::Some]),
    ('a', &[Contact::None, Contact::Some]),
];
const ORDERS: &[(char, Order)] = &[
    ('p', Order::BestPaid),
    ('l', Order::LowestPaid),
    ('g', Order::FastestGrowing),
    ('s', Order::SlowestGrowing),
    ('o', Order::MostOpenings),
    ('j', Order::MostJobs),
    ('e', Order::LeastSchooling),
    ('t', Order::Title),
];

/// The conditions as a text without `:`; `None` where one of them cannot be written.
pub fn write(knowledge: &Knowledge, filter: &Filter) -> Option<String> {
    if !filter.among.is_empty() {
        return None;
    }
    let mut text = String::new();
    let mut put = |letter: char, value: Option<String>| {
        if let Some(value) = value {
            let gap = if text.is_empty() { "" } else { ";" };
            let _ = write!(text, "{gap}{letter}{value}");
        }
    };
    let number = |value: Option<f64>| value.map(|value| value.to_string());
    let traits = |kinds: &[Trait]| listed(kinds.iter().map(|kind| kind.word()));
    put(
        'r',
        letter(REMOTE, filter.remote, filter.remote.is_empty())?,
    );
    put(
        'c',
        letter(CONTACT, filter.contact, filter.contact.is_empty())?,
    );
    put(
        'e',
        filter.education_min.map(|level| level.word().to_owned()),
    );
    put(
        'E',
        filter.education_max.map(|level| level.word().to_owned()),
    );
    put('p', number(filter.pay_min));
    put('P', number(filter.pay_max));
    put('g', number(filter.growth_min));
    put('G', number(filter.growth_max));
    put('o', number(filter.openings_min));
    put('l', filter.license.map(|license| license.word().to_owned()));
    put(
        't',
        filter
            .trend
            .map(|trend| knowledge.trend(trend).slug.to_string()),
    );
    put('f', filter.family.map(|family| family.word().to_owned()));
    put(
        'x',
        listed(filter.without_families.iter().map(|family| family.word())),
    );
    put(
        'X',
        listed(
            filter
                .without_roles
                .iter()
                .map(|id| knowledge.role(*id).slug.as_str()),
        ),
    );
    put('w', traits(&filter.traits));
    put('a', traits(&filter.avoid));
    put(
        'i',
        filter.interest.map(|interest| interest.word().to_owned()),
    );
    put('S', filter.state.map(|state| state.code().to_owned()));
    put(
        's',
        filter
            .order
            .map(|order| letter(ORDERS, order, false))
            .unwrap_or(Some(None))?,
    );
    Some(text)
}

/// The conditions of such a text; `None` where it is broken, or of a trend that is gone.
pub fn read(knowledge: &Knowledge, text: &str) -> Option<Filter> {
    let mut filter = Filter::default();
    for part in text.split(';').filter(|part| !part.is_empty()) {
        let letter = part.chars().next()?;
        let value = part.get(letter.len_utf8()..)?;
        match letter {
            'r' => filter.remote = meaning(REMOTE, value)?,
            'c' => filter.contact = meaning(CONTACT, value)?,
            'e' => filter.education_min = Some(Education::parse(value)?),
            'E' => filter.education_max = Some(Education::parse(value)?),
            'p' => filter.pay_min = Some(number(value)?),
            'P' => filter.pay_max = Some(number(value)?),
            'g' => filter.growth_min = Some(number(value)?),
            'G' => filter.growth_max = Some(number(value)?),
            'o' => filter.openings_min = Some(number(value)?),
            'l' => filter.license = Some(License::parse(value)?),
            't' => match knowledge.find(value)? {
                Topic::Trend(id) => filter.trend = Some(id),
                Topic::Role(_) => return None,
            },
            'f' => filter.family = Some(Family::parse(value)?),
            'x' => {
                filter.without_families =
                    value.split(',').map(Family::parse).collect::<Option<_>>()?
            }
            'X' => {
                filter.without_roles = value
                    .split(',')
                    .map(|slug| role(knowledge, slug))
                    .collect::<Option<_>>()?
            }
            'w' => filter.traits = traits(value)?,
            'a' => filter.avoid = traits(value)?,
            'i' => filter.interest = Some(Interest::parse(value)?),
            'S' => filter.state = Some(State::from_code(value)?),
            's' => filter.order = Some(meaning(ORDERS, value)?),
            _ => return None,
        }
    }
    Some(filter)
}

/// The letter of a value: none where nothing is asked for, and `None` where it has none.
fn letter<T: PartialEq>(table: &[(char, T)], value: T, nothing: bool) -> Option<Option<String>> {
    if nothing {
        return Some(None);
    }
    table
        .iter()
        .find(|(_, known)| *known == value)
        .map(|(letter, _)| Some(letter.to_string()))
}

fn meaning<T: Copy>(table: &[(char, T)], text: &str) -> Option<T> {
    let mut letters = text.chars();
    let letter = letters.next().filter(|_| letters.next().is_none())?;
    table
        .iter()
        .find(|(known, _)| *known == letter)
        .map(|(_, value)| *value)
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Words joined by commas; none where there is no word.
fn listed<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| words.join(","))
}

fn role(knowledge: &Knowledge, slug: &str) -> Option<RoleId> {
    match knowledge.find(slug)? {
        Topic::Role(id) => Some(id),
        Topic::Trend(_) => None,
    }
}

fn traits(text: &str) -> Option<Vec<Trait>> {
    text.split(',').map(Trait::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_come_back_as_they_were_written() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge");
        let trend = knowledge.trend_ids().next();
        let full = Filter {
            remote: &[Remote::Yes, Remote::Partly],
            education_min: Some(Education::Award),
            education_max: Some(Education::Bachelor),
            pay_min: Some(60_000.0),
            pay_max: Some(99_999.5),
            growth_min: Some(0.1),
            growth_max: Some(12.0),
            openings_min: Some(1_000.0),
            contact: &[Contact::None, Contact::Some],
            license: Some(License::None),
            trend,
            family: Some(Family::SocialWork),
            without_families: vec![Family::Nursing, Family::Dental],
            without_roles: knowledge.role_ids().take(2).collect(),
            traits: vec![Trait::Lab, Trait::HandsOn],
            avoid: vec![Trait::Blood],
            interest: Some(Interest::Social),
            state: State::from_code("TX"),
            among: Vec::new(),
            order: Some(Order::MostOpenings),
        };
        assert_eq!(
            write(
                &knowledge,
                &Filter {
                    among: full.without_roles.clone(),
                    ..Filter::default()
                }
            ),
            None
        );
        assert!(
            full.family.is_some()
                && full.without_families.len() == 2
                && full.without_roles.len() == 2
        );
        for filter in [
            Filter::default(),
            Filter {
                order: None,
                ..full.clone()
            },
            full,
        ] {
            let text = write(&knowledge, &filter).expect("a text");
            assert!(!text.contains(':'), "{text}");
            assert_eq!(read(&knowledge, &text), Some(filter), "{text}");
        }
        for (letter, order) in ORDERS {
            let filter = Filter {
                order: Some(*order),
                ..Filter::default()
            };
            assert_eq!(write(&knowledge, &filter), Some(format!("s{letter}")));
        }
    }

    #[test]
    fn what_is_broken_is_no_list() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge");
        for text in [
            "z1",
            "r",
            "rq",
            "ryy",
            "pNaN",
            "pinf",
            "p",
            "tregistered-nurse",
            "tgone",
            "w",
            "wlab,",
            "xgone",
            "Xgone",
            "X",
            "é",
            "s",
            "SXX",
        ] {
            assert_eq!(read(&knowledge, text), None, "{text}");
        }
    }
}
