//! Checks of what rests on what: figures, sources, and links in the text.
//!
//! Links between roles and trends, SOC codes without figures and unknown sources are refused by `load` already.

use std::collections::BTreeSet;

use crate::knowledge::areas::AREA_PAY;
use crate::knowledge::check::material::Material;

use crate::knowledge::cells::Cell;
use crate::knowledge::figures::{NATIONAL, PROJECTIONS, STATES};
use crate::knowledge::files::display_path;
use crate::knowledge::model::Role;
use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;
use crate::knowledge::settings::SETTING_PAY;

fn role_file(role: &Role) -> String {
    display_path(&format!("roles/{}.md", role.slug))
}

/// The line of a key in a file; 0 when it does not stand there.
fn line_of(material: &Material<'_>, path: &str, start: &str) -> usize {
    let text = material.files.get(path).map_or("", String::as_str);
    text.lines()
        .position(|line| line.starts_with(start))
        .map_or(0, |place| place + 1)
}

pub(super) fn pay(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    knowledge
        .roles
        .iter()
        .filter(|role| {
            knowledge
                .figures
                .national
                .get(&role.soc)
                .is_none_or(|row| row.median == Cell::NotReleased)
        })
        .map(|role| {
            let line = line_of(material, &format!("roles/{}.md", role.slug), "soc:");
            Problem::new(
                &role_file(role),
                line,
                format!("no median wage for SOC code {}", role.soc),
                "use the nearest code that has one, and figures: nearest",
            )
        })
        .collect()
}

pub(super) fn figure_sources(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    for role in &knowledge.roles {
        let pay = knowledge
            .figures
            .national
            .get(&role.soc)
            .map(|row| &row.source);
        let outlook = knowledge
            .figures
            .projections
            .get(&role.soc)
            .map(|row| &row.source);
        for id in [pay, outlook]
            .into_iter()
            .flatten()
            .filter(|id| !role.sources.contains(id))
        {
            let line = line_of(material, &format!("roles/{}.md", role.slug), "sources:");
            problems.push(Problem::new(
                &role_file(role),
                line,
                format!("its figures rest on \"{id}\", which it does not name"),
                format!("add {id} to sources"),
            ));
        }
    }
    problems
}

pub(super) fn unused_figures(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    let used: BTreeSet<SocCode> = knowledge
        .roles
        .iter()
        .map(|role| role.soc)
        .chain([SocCode::ALL])
        .collect();
    let figures = &knowledge.figures;
    let tables: [(&str, BTreeSet<SocCode>); 5] = [
        (NATIONAL.0, figures.national.keys().copied().collect()),
        (
            STATES.0,
            figures.states.keys().map(|(soc, _)| *soc).collect(),
        ),
        (PROJECTIONS.0, figures.projections.keys().copied().collect()),
        (AREA_PAY.0, figures.areas.occupations().collect()),
        (SETTING_PAY.0, figures.settings.occupations().collect()),
    ];
    tables
        .into_iter()
        .flat_map(|(name, codes)| {
            codes
                .difference(&used)
                .map(|soc| (name, *soc))
                .collect::<Vec<_>>()
        })
        .map(|(name, soc)| {
            Problem::new(
                &display_path(&format!("data/{name}")),
                0,
                format!("no role uses SOC code {soc}"),
                "remove its rows or add its role",
            )
        })
        .collect()
}

/// Sources of files that name none: lists of titles.
const SOURCES_OF_LISTS: &[&str] = &["soc-2018"];

pub(super) fn unused_sources(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    let named = knowledge
        .roles
        .iter()
        .flat_map(|role| &role.sources)
        .chain(knowledge.trends.iter().flat_map(|trend| &trend.sources))
        .chain(
            knowledge
                .compacts
                .iter()
                .filter_map(|compact| compact.source.as_ref()),
        )
        .chain(knowledge.bridges.iter().map(|bridge| &bridge.source))
        .chain(knowledge.starts.iter().map(|start| &start.source))
        .chain(knowledge.prerequisites.iter().map(|one| &one.source))
        .chain(&knowledge.programs.source);
    let used: BTreeSet<_> = named.collect();
    knowledge
        .sources
        .iter()
        .filter(|(id, _)| !used.contains(id) && !SOURCES_OF_LISTS.contains(&id.0.as_str()))
        .map(|(id, source)| {
            Problem::new(
                &display_path("sources.yaml"),
                source.line,
                format!("nothing rests on \"{id}\""),
                "remove it, or name it where it is used",
            )
        })
        .collect()
}

pub(super) fn dead_links(material: &Material<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in &material.pages {
        let folder = page.path.split_once('/').map_or("", |(folder, _)| folder);
        for paragraph in page.body() {
            for target in targets(&paragraph.text) {
                if !leads_somewhere(material, folder, target) {
                    let hint =
                        "link to https://..., or to a file such as ../trends/08-remote-work.md";
                    problems.push(Problem::new(
                        &page.file,
                        paragraph.line,
                        format!("link to \"{target}\" leads nowhere"),
                        hint,
                    ));
                }
            }
        }
    }
    problems
}

/// The targets of markdown links.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

fn leads_somewhere(material: &Material<'_>, folder: &str, target: &str) -> bool {
    if target.starts_with("https://") {
        return true;
    }
    let file = target.split('#').next().unwrap_or("");
    match file.strip_prefix("../") {
        Some(path) => material.files.contains_key(path),
        None => material.files.contains_key(&format!("{folder}/{file}")),
    }
}
