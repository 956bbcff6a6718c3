//! Checks of names: each alias, title and abbreviation leads to one role or trend, and stands in one place.
//!
//! Shared words belong into the glossary, with all their readings; whether those are the right ones, only a person knows.

use std::collections::HashMap;

use crate::knowledge::check::material::Material;
use crate::knowledge::files::display_path;
use crate::knowledge::model::Knowledge;
use crate::knowledge::problem::Problem;

/// One place in which a name stands.
pub(super) struct Name {
    pub(super) term: String,
    pub(super) file: String,
    pub(super) line: usize,
    /// Slug of the role or trend, or [`GLOSSARY`].
    pub(super) owner: String,
}

/// Owner of the names that stand in the glossary.
pub(super) const GLOSSARY: &str = "glossary";

fn line_in(material: &Material<'_>, path: &str, fits: impl Fn(&str) -> bool) -> usize {
    let text = material.files.get(path).map_or("", String::as_str);
    text.lines().position(fits).map_or(0, |place| place + 1)
}

/// The line of an item of a list such as `aliases:`; the line of the key when the list stands on one line.
fn item_line(material: &Material<'_>, path: &str, key: &str, item: &str) -> usize {
    let at = line_in(material, path, |line| {
        line.trim()
            .strip_prefix("- ")
            .is_some_and(|text| text.trim_matches('"') == item)
    });
    if at > 0 {
        at
    } else {
        line_in(material, path, |line| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'))
        })
    }
}

/// Every name but abbreviations: titles, aliases, rows of titles.csv, words of the glossary.
pub(super) fn alias_names(material: &Material<'_>, knowledge: &Knowledge) -> Vec<Name> {
    let mut names = Vec::new();
    let mut add = |term: &str, path: &str, line: usize, owner: &str| {
        names.push(Name {
            term: term.to_lowercase(),
            file: display_path(path),
            line,
            owner: owner.to_owned(),
        });
    };
    for role in &knowledge.roles {
        let path = format!("roles/{}.md", role.slug);
        add(
            &role.title,
            &path,
            line_in(material, &path, |line| line.starts_with("title:")),
            role.slug.as_str(),
        );
        for alias in &role.aliases {
            add(
                alias,
                &path,
                item_line(material, &path, "aliases", alias),
                role.slug.as_str(),
            );
        }
    }
    for trend in &knowledge.trends {
        let path = format!("trends/{:02}-{}.md", trend.number, trend.slug);
        add(
            &trend.title,
            &path,
            line_in(material, &path, |line| line.starts_with("title:")),
            trend.slug.as_str(),
        );
        for alias in &trend.aliases {
            add(
                alias,
                &path,
                item_line(material, &path, "aliases", alias),
                trend.slug.as_str(),
            );
        }
    }
    for role in &knowledge.roles {
        for title in &role.titles {
            let row = line_in(material, "data/titles.csv", |line| {
                line.rsplit_once(',').is_some_and(|(name, slug)| {
                    name.trim_matches('"') == title && slug == role.slug.as_str()
                })
            });
            add(title, "data/titles.csv", row, role.slug.as_str());
        }
    }
    for entry in &knowledge.glossary {
        add(&entry.term, "glossary.yaml", entry.line, GLOSSARY);
    }
    names
}

pub(super) fn aliases(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    twice(&alias_names(material, knowledge), "name")
}

/// The abbreviations of every role.
pub(super) fn abbreviation_names(material: &Material<'_>, knowledge: &Knowledge) -> Vec<Name> {
    let mut names = Vec::new();
    for role in &knowledge.roles {
        let path = format!("roles/{}.md", role.slug);
        let line = line_in(material, &path, |line| line.starts_with("abbreviations:"));
        names.extend(role.abbreviations.iter().map(|short| Name {
            term: short.to_lowercase(),
            file: display_path(&path),
            line: item_line(material, &path, "abbreviations", short).max(line),
            owner: role.slug.to_string(),
        }));
    }
    names
}

pub(super) fn abbreviations(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    let mut names = abbreviation_names(material, knowledge);
    names.extend(knowledge.glossary.iter().map(|entry| Name {
        term: entry.term.to_lowercase(),
        file: display_path("glossary.yaml"),
        line: entry.line,
        owner: GLOSSARY.to_owned(),
    }));
    twice(&names, "abbreviation")
}

/// Every second place of a name.
fn twice(names: &[Name], noun: &str) -> Vec<Problem> {
    let mut first: HashMap<&str, &Name> = HashMap::new();
    let mut problems = Vec::new();
    for name in names {
        match first.get(name.term.as_str()) {
            Some(other) => {
                let what = format!(
                    "{noun} \"{}\" stands in {}:{} too",
                    name.term, other.file, other.line
                );
                let hint = if other.owner == name.owner {
                    "remove one of the two"
                } else {
                    "keep it with the one it means, or move it to the glossary with all its readings"
                };
                problems.push(Problem::new(&name.file, name.line, what, hint));
            }
            None => {
                first.insert(&name.term, name);
            }
        }
    }
    problems
}
