//! Checks against official titles: what the Standard Occupational Classification or O*NET calls one occupation is no name of a
//! role that stands for another, and no such title is unknown here.
//!
//! `data/official_titles.csv` holds the titles of healthcare and its neighbors, `data/outside.csv` those of the rest.
//! Titles are compared as questions are: "tech", "technician" and "technologist" are one word.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::knowledge::check::material::Material;
use crate::knowledge::check::names::{GLOSSARY, Name, abbreviation_names, alias_names};
use crate::knowledge::files::display_path;
use crate::knowledge::model::{Knowledge, Role};
use crate::knowledge::names::SocCode;
use crate::knowledge::outside;
use crate::knowledge::problem::Problem;

const OFFICIAL: &str = "data/official_titles.csv";
const COLUMNS: [&str; 2] = ["title", "soc"];

pub(super) fn titles(material: &Material<'_>) -> Vec<Problem> {
    let (Some(knowledge), Some(text)) = (material.knowledge, material.files.get(OFFICIAL)) else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    let forms = &knowledge.language.title_forms;
    let official = official(text, knowledge, &mut problems);
    let roles: HashMap<&str, &Role> = knowledge
        .roles
        .iter()
        .map(|role| (role.slug.as_str(), role))
        .collect();
    let glossary: HashMap<usize, Vec<&Role>> = knowledge
        .glossary
        .iter()
        .map(|entry| {
            (
                entry.line,
                entry
                    .roles
                    .iter()
                    .filter_map(|slug| roles.get(slug.as_str()).copied())
                    .collect(),
            )
        })
        .collect();
    let names = alias_names(material, knowledge)
        .into_iter()
        .chain(abbreviation_names(material, knowledge));
    for name in names {
        let Some(codes) = official.get(&plain(&name.term, forms)) else {
            continue;
        };
        let readings = match roles.get(name.owner.as_str()) {
            // What a role is called is its author's choice; the text says whom the figures cover.
            Some(role) if role.title.to_lowercase() == name.term => continue,
            Some(role) => vec![*role],
            None if name.owner == GLOSSARY => glossary.get(&name.line).cloned().unwrap_or_default(),
            None => continue,
        };
        if let Some(wrong) = readings
            .iter()
            .find(|role| !codes.iter().any(|code| is(role, *code)))
        {
            problems.push(problem(&name, wrong, codes, knowledge));
        }
    }
    problems
}

/// Official titles that are no name of anything: a question that names one would be taken for something else.
pub(super) fn unknown(material: &Material<'_>) -> Vec<Problem> {
    let (Some(knowledge), Some(text)) = (material.knowledge, material.files.get(OFFICIAL)) else {
        return Vec::new();
    };
    let forms = &knowledge.language.title_forms;
    let names = alias_names(material, knowledge);
    let short = abbreviation_names(material, knowledge);
    let known: HashSet<String> = names
        .iter()
        .chain(&short)
        .map(|name| name.term.as_str())
        .chain(knowledge.outside.iter().map(|row| row.title.as_str()))
        .map(|title| plain(title, forms))
        .collect();
    // What cannot be read is a problem of the other check.
    let rows = outside::pairs(&display_path(OFFICIAL), text, COLUMNS, &mut Vec::new());
    rows.into_iter()
        .filter(|(_, title, _)| !known.contains(&plain(title, forms)))
        .map(|(line, title, code)| {
            let stands = SocCode::parse(&code).map(|code| of(code, knowledge));
            let hint = match stands.unwrap_or_default().as_slice() {
                [] => "add it to data/outside.csv".to_owned(),
                roles => format!(
                    "add it to data/titles.csv where it is {}, else to data/outside.csv",
                    roles.join(" or ")
                ),
            };
            Problem::new(
                &display_path(OFFICIAL),
                line,
                format!("\"{title}\" ({code}) is the name of nothing"),
                hint,
            )
        })
        .collect()
}

/// Codes by [`plain`] title.
fn official(
    text: &str,
    knowledge: &Knowledge,
    problems: &mut Vec<Problem>,
) -> HashMap<String, BTreeSet<SocCode>> {
    let forms = &knowledge.language.title_forms;
    let mut official: HashMap<String, BTreeSet<SocCode>> = HashMap::new();
    for (line, title, code) in outside::pairs(&display_path(OFFICIAL), text, COLUMNS, problems) {
        match SocCode::parse(&code) {
            Some(soc) => {
                _ = official
                    .entry(plain(&title, forms))
                    .or_default()
                    .insert(soc)
            }
            None => problems.push(Problem::new(
                &display_path(OFFICIAL),
                line,
                format!("\"{code}\" is not a SOC code"),
                "write it as 29-1141",
            )),
        }
    }
    for row in &knowledge.outside {
        if let Some(soc) = row.soc {
            official
                .entry(plain(&row.title, forms))
                .or_default()
                .insert(soc);
        }
    }
    official
}

/// Whether a role stands for an occupation: by its figures, which may be those of a group, or by its O*NET code.
fn is(role: &Role, code: SocCode) -> bool {
    let onet = role.onet.split('.').next().and_then(SocCode::parse);
    role.soc == code
        || onet == Some(code)
        || role.soc == role.soc.broad() && role.soc == code.broad()
}

/// The roles that stand for an occupation.
fn of(code: SocCode, knowledge: &Knowledge) -> Vec<&str> {
    knowledge
        .roles
        .iter()
        .filter(|role| is(role, code))
        .map(|role| role.slug.as_str())
        .collect()
}

fn problem(name: &Name, role: &Role, codes: &BTreeSet<SocCode>, knowledge: &Knowledge) -> Problem {
    let mut better: Vec<&str> = codes.iter().flat_map(|code| of(*code, knowledge)).collect();
    better.sort_unstable();
    better.dedup();
    let hint = match better.as_slice() {
        [] => "remove it here; data/outside.csv may hold it".to_owned(),
        roles => format!("give it to {}", roles.join(" or ")),
    };
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    let what = format!(
        "\"{}\" is an official title of {}, not of {} ({})",
        name.term,
        codes.join(", "),
        role.slug,
        role.soc
    );
    Problem::new(&name.file, name.line, what, hint)
}

/// A title as titles are compared: lower case, without what stands in parentheses, each word in the singular and in the form
/// that stands for its others.
fn plain(title: &str, forms: &HashMap<String, String>) -> String {
    let mut depth = 0u32;
    let mut words = String::with_capacity(title.len());
    for c in title.to_lowercase().chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || matches!(c, '+' | '&' | '\'') => words.push(c),
            _ => words.push(' '),
        }
    }
    words
        .split_whitespace()
        .map(singular)
        .map(|word| forms.get(&word).cloned().unwrap_or(word))
        .collect::<Vec<_>>()
        .join(" ")
}

fn singular(word: &str) -> String {
    if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        word.to_owned()
    } else if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        format!("{stem}y")
    } else if ["ches", "shes", "sses", "xes"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        word[..word.len() - 2].to_owned()
    } else {
        word.strip_suffix('s').unwrap_or(word).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::plain;

    #[test]
    fn titles_are_compared_without_case_parentheses_and_plurals() {
        let forms = HashMap::from([("technician".to_owned(), "tech".to_owned())]);
        for (title, expected) in [
            ("Dialysis Technicians", "dialysis tech"),
            ("Registered Nurses (RNs)", "registered nurse"),
            ("Sex-Offender Coaches", "sex offender coach"),
            ("Secretaries", "secretary"),
            ("Diagnosis", "diagnosis"),
            ("Nurse's Aides", "nurse' aide"),
            ("a) b", "a b"),
        ] {
            assert_eq!(plain(title, &forms), plain(expected, &forms), "{title}");
        }
        assert_ne!(
            plain("pharmacy aide", &forms),
            plain("pharmacy technician", &forms)
        );
    }
}
