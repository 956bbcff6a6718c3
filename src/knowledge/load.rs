//! From files to [`Knowledge`]: everything read, every link resolved, or every problem named.
//!
//! Nothing is ever half-loaded: with a single problem there is no knowledge. Knows which file is read by whom; `link` resolves
//! what they say of each other. Knows nothing of style, which `check` judges.

use std::collections::{BTreeSet, HashSet};

use crate::knowledge::figures::{self, Figures};
use crate::knowledge::files::{self, Files};
use crate::knowledge::link::{Parts, link, unknown_source};
use crate::knowledge::model::Knowledge;
use crate::knowledge::names::Slug;
use crate::knowledge::problem::Problem;
use crate::knowledge::programs::{self, Programs};
use crate::knowledge::read_role::RawRole;
use crate::knowledge::read_trend::RawTrend;
use crate::knowledge::sources::{self, SourceId, Sources};
use crate::knowledge::{
    areas, bridges, compacts, definitions, frame, glossary, language, occupations, outside,
    read_role, read_trend, settings, starts,
};

/// Loads the knowledge, or returns every problem found, sorted by file and line.
pub fn load(files: &Files) -> Result<Knowledge, Vec<Problem>> {
    let mut problems = Vec::new();
    let knowledge = read(files, &mut problems);
    problems.sort();
    problems.dedup();
    match knowledge {
        Some(knowledge) if problems.is_empty() => Ok(knowledge),
        _ => Err(problems),
    }
}

fn read(files: &Files, problems: &mut Vec<Problem>) -> Option<Knowledge> {
    let sources = single(files, "sources.yaml", problems, sources::read);
    let glossary = single(files, "glossary.yaml", problems, glossary::read);
    let outside = single(files, "data/outside.csv", problems, outside::read);
    let titles = single(
        files,
        "data/titles.csv",
        problems,
        |file, text, problems| outside::pairs(file, text, ["title", "role"], problems),
    );
    let descriptions = single(
        files,
        outside::DESCRIPTIONS.0,
        problems,
        |file, text, problems| outside::pairs(file, text, outside::DESCRIPTIONS.1, problems),
    );
    let figures = read_figures(files, &sources, problems);
    let language = language::read(files, problems);
    let frame = optional(files, "frame.yaml", problems, frame::read);
    let definitions = optional(files, "definitions.yaml", problems, definitions::read);
    let mut compacts = optional(files, "compacts.yaml", problems, |file, text, problems| {
        compacts::read(file, text, &sources, problems)
    });
    optional(
        files,
        &data(compacts::COMPACTS.0),
        problems,
        |file, text, problems| compacts::read_states(&mut compacts, file, text, problems),
    );
    let bridges = optional(files, &data(bridges::BRIDGES.0), problems, bridges::read);
    let beginnings = optional(files, &data(starts::STARTS.0), problems, starts::read);
    let prerequisites = optional(
        files,
        &data(starts::PREREQUISITES.0),
        problems,
        starts::read_prerequisites,
    );
    let mut programs = Programs::default();
    optional(
        files,
        &data(programs::FIELDS.0),
        problems,
        |file, text, problems| programs.read_fields(file, text, problems),
    );
    optional(
        files,
        &data(programs::PROGRAMS.0),
        problems,
        |file, text, problems| programs.read_programs(file, text, problems),
    );
    let named: [(String, Vec<&SourceId>); 5] = [
        (
            "frame.yaml".to_owned(),
            frame.iter().map(|frame| &frame.source).collect(),
        ),
        (
            data(bridges::BRIDGES.0),
            bridges.iter().map(|bridge| &bridge.source).collect(),
        ),
        (
            data(starts::STARTS.0),
            beginnings.iter().map(|start| &start.source).collect(),
        ),
        (
            data(starts::PREREQUISITES.0),
            prerequisites.iter().map(|one| &one.source).collect(),
        ),
        (data(programs::PROGRAMS.0), programs.source.iter().collect()),
    ];
    for (path, ids) in named {
        known_sources(&path, ids.into_iter(), &sources, problems);
    }
    let (roles, mut trends, refused) = topics(files, problems);
    trends.sort_by(|a, b| (a.number, &a.slug).cmp(&(b.number, &b.slug)));
    link(
        Parts {
            roles,
            trends,
            titles,
            descriptions,
            sources,
            glossary,
            outside,
            language,
            figures,
            frame,
            definitions,
            compacts,
            bridges,
            starts: beginnings,
            prerequisites,
            programs,
            refused,
            fingerprint: files::fingerprint(files),
        },
        problems,
    )
}

/// The roles, the trends, and what could not be read of them: links to these are not dangling, so they add no further problems.
/// A file that is neither, nor one of those known, is a problem.
fn topics(
    files: &Files,
    problems: &mut Vec<Problem>,
) -> (Vec<RawRole>, Vec<RawTrend>, HashSet<Slug>) {
    let (mut roles, mut trends, mut refused) = (Vec::new(), Vec::new(), HashSet::new());
    for (path, text) in files {
        let file = files::display_path(path);
        match path.split_once('/') {
            Some(("roles", name)) => {
                if let Some(slug) = slug_of(&file, name, problems) {
                    let role = read_role::read(&file, slug.clone(), text, problems);
                    if role.is_none() {
                        refused.insert(slug);
                    }
                    roles.extend(role);
                }
            }
            Some(("trends", name)) => {
                let name = name
                    .split_once('-')
                    .filter(|(number, _)| number.parse::<u8>().is_ok())
                    .map_or(name, |(_, name)| name);
                if let Some(slug) = slug_of(&file, name, problems) {
                    let trend = read_trend::read(&file, slug.clone(), text, problems);
                    if trend.is_none() {
                        refused.insert(slug);
                    }
                    trends.extend(trend);
                }
            }
            _ if KNOWN_FILES.contains(&path.as_str()) || language::is_known(path) => {}
            _ => problems.push(Problem::new(
                &file,
                0,
                "unknown file",
                format!(
                    "role files stand in roles/, trend files in trends/; others: {}",
                    KNOWN_FILES.join(", ")
                ),
            )),
        }
    }
    for (folder, empty) in [("roles", roles.is_empty()), ("trends", trends.is_empty())] {
        if empty
            && !files
                .keys()
                .any(|path| path.starts_with(&format!("{folder}/")))
        {
            problems.push(Problem::new(
                &files::display_path(folder),
                0,
                "holds no file",
                "is this the right knowledge folder?",
            ));
        }
    }
    (roles, trends, refused)
}

const KNOWN_FILES: &[&str] = &[
    "sources.yaml",
    "glossary.yaml",
    "frame.yaml",
    "definitions.yaml",
    "compacts.yaml",
    "data/national.csv",
    "data/states.csv",
    "data/projections.csv",
    "data/areas.csv",
    "data/cities.csv",
    "data/area_pay.csv",
    "data/settings.csv",
    "data/setting_pay.csv",
    "data/occupations.csv",
    "data/official_titles.csv",
    "data/compacts.csv",
    "data/bridges.csv",
    "data/starts.csv",
    "data/prerequisites.csv",
    "data/fields.csv",
    "data/programs.csv",
    "data/titles.csv",
    outside::DESCRIPTIONS.0,
    "data/outside.csv",
];

fn data(name: &str) -> String {
    format!("data/{name}")
}

/// A file that a knowledge folder may lack: what it would tell is then not known.
fn optional<T: Default>(
    files: &Files,
    path: &str,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(&str, &str, &mut Vec<Problem>) -> T,
) -> T {
    files.get(path).map_or_else(T::default, |text| {
        read(&files::display_path(path), text, problems)
    })
}

fn single<T: Default>(
    files: &Files,
    path: &str,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(&str, &str, &mut Vec<Problem>) -> T,
) -> T {
    let file = files::display_path(path);
    match files.get(path) {
        Some(text) => read(&file, text, problems),
        None => {
            problems.push(Problem::new(
                &file,
                0,
                "file is missing",
                "restore it from the repository",
            ));
            T::default()
        }
    }
}

fn read_figures(files: &Files, sources: &Sources, problems: &mut Vec<Problem>) -> Figures {
    let mut figures = Figures::default();
    single(
        files,
        &data(figures::NATIONAL.0),
        problems,
        |file, text, problems| figures.read_national(file, text, problems),
    );
    single(
        files,
        &data(figures::STATES.0),
        problems,
        |file, text, problems| figures.read_states(file, text, problems),
    );
    single(
        files,
        &data(figures::PROJECTIONS.0),
        problems,
        |file, text, problems| figures.read_projections(file, text, problems),
    );
    let Figures {
        areas,
        settings,
        occupations,
        ..
    } = &mut figures;
    optional(
        files,
        &data(areas::AREAS.0),
        problems,
        |file, text, problems| areas.read_areas(file, text, problems),
    );
    optional(
        files,
        &data(areas::CITIES.0),
        problems,
        |file, text, problems| areas.read_cities(file, text, problems),
    );
    optional(
        files,
        &data(areas::AREA_PAY.0),
        problems,
        |file, text, problems| areas.read_pay(file, text, problems),
    );
    optional(
        files,
        &data(settings::SETTINGS.0),
        problems,
        |file, text, problems| settings.read_settings(file, text, problems),
    );
    optional(
        files,
        &data(settings::SETTING_PAY.0),
        problems,
        |file, text, problems| settings.read_pay(file, text, problems),
    );
    optional(
        files,
        &data(occupations::OCCUPATIONS.0),
        problems,
        |file, text, problems| occupations.read(file, text, problems),
    );

    let mut known = |name: &str, ids: &mut dyn Iterator<Item = &SourceId>| {
        known_sources(&data(name), ids, sources, problems);
    };
    known(
        figures::NATIONAL.0,
        &mut figures.national.values().map(|row| &row.source),
    );
    known(
        figures::STATES.0,
        &mut figures.states.values().map(|row| &row.source),
    );
    known(
        figures::PROJECTIONS.0,
        &mut figures.projections.values().map(|row| &row.source),
    );
    known(
        areas::AREAS.0,
        &mut figures.areas.ids().map(|id| &figures.areas.get(id).source),
    );
    known(
        settings::SETTINGS.0,
        &mut figures.settings.all.iter().map(|setting| &setting.source),
    );
    known(
        occupations::OCCUPATIONS.0,
        &mut figures.occupations.sources(),
    );
    figures
}

/// Names each source of a file that `sources.yaml` does not have.
fn known_sources<'a>(
    path: &str,
    ids: impl Iterator<Item = &'a SourceId>,
    sources: &Sources,
    problems: &mut Vec<Problem>,
) {
    let ids: BTreeSet<&SourceId> = ids.filter(|id| !sources.contains_key(id)).collect();
    problems.extend(
        ids.into_iter()
            .map(|id| unknown_source(&files::display_path(path), 0, &id.0, sources)),
    );
}

fn slug_of(file: &str, name: &str, problems: &mut Vec<Problem>) -> Option<Slug> {
    let slug = name.strip_suffix(".md").and_then(Slug::parse);
    if slug.is_none() {
        let hint = "name it with lower-case words joined by hyphens, ending in .md";
        problems.push(Problem::new(file, 0, "the file name is not a slug", hint));
    }
    slug
}
