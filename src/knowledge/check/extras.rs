//! Checks of what stands beside roles and trends: definitions, compacts, and figures by place and workplace.

use std::collections::BTreeSet;

use crate::knowledge::check::material::Material;
use crate::knowledge::check::page::{sentences, words};
use crate::knowledge::files::display_path;
use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;

/// Sentences above which a definition is no definition.
const SENTENCES: usize = 3;
/// Words of a definition.
const WORDS: std::ops::RangeInclusive<usize> = 6..=70;

pub(super) fn definitions(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    let file = display_path("definitions.yaml");
    let wrong = |text: &str| match (words(text), sentences(text).len()) {
        (count, _) if !WORDS.contains(&count) => Some(format!(
            "it has {count} words; a definition has {} to {}",
            WORDS.start(),
            WORDS.end()
        )),
        (_, count) if count > SENTENCES => Some(format!(
            "it has {count} sentences; a definition has at most {SENTENCES}"
        )),
        _ if !text.ends_with(['.', '!']) => Some("it does not end in a full stop".to_owned()),
        _ => None,
    };
    knowledge
        .definitions
        .iter()
        .filter_map(|entry| {
            Some(Problem::new(
                &file,
                entry.line,
                format!("definition of \"{}\"", entry.term),
                wrong(&entry.means)?,
            ))
        })
        .collect()
}

/// A compact of which states are listed has some in force; all have an address where they say that they hold no list.
pub(super) fn compacts(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    let file = display_path("compacts.yaml");
    let mut problems = Vec::new();
    for compact in &knowledge.compacts {
        if compact.source.is_some() && compact.states.is_empty() {
            let what = format!("compact \"{}\" has a source and no state", compact.key);
            problems.push(Problem::new(
                &file,
                compact.line,
                what,
                "add its rows to data/compacts.csv, or remove the source",
            ));
        }
        if compact.source.is_none() && compact.look.is_empty() {
            let what = format!(
                "compact \"{}\" has neither states nor an address",
                compact.key
            );
            problems.push(Problem::new(
                &file,
                compact.line,
                what,
                "say where to look: look: https://...",
            ));
        }
    }
    problems
}

/// Every area and every workplace has figures, and figures belong to the occupations of roles.
pub(super) fn places(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    let (areas, settings) = (&knowledge.figures.areas, &knowledge.figures.settings);
    let mut problems = Vec::new();
    for id in areas
        .ids()
        .filter(|id| areas.pay(SocCode::ALL, *id).is_none())
    {
        let what = format!(
            "area {} ({}) has no row of all occupations",
            areas.get(id).code,
            areas.get(id).name
        );
        problems.push(Problem::new(
            &display_path("data/area_pay.csv"),
            0,
            what,
            "add its rows or remove the area",
        ));
    }
    let paid: BTreeSet<_> = settings
        .occupations()
        .flat_map(|soc| settings.pay_of(soc))
        .map(|(id, _)| *id)
        .collect();
    for id in settings.ids().filter(|id| !paid.contains(id)) {
        let what = format!("setting \"{}\" has no figures", settings.get(id).slug);
        problems.push(Problem::new(
            &display_path("data/settings.csv"),
            0,
            what,
            "add its rows to setting_pay.csv or remove it",
        ));
    }
    problems
}
