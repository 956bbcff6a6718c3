//! A new release of the statistics: read as BLS publishes it, held against what stands, written all or nothing.
//!
//! Takes the occupations that roles use and leaves the rest. A table with one impossible value changes nothing.
//! Knows nothing of how changes are shown.

pub mod changes;
mod cities;
mod oews;
mod projections;
mod release;
mod rows;
mod table;
pub mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;

pub use changes::Change;
use changes::Places;
use rows::as_csv;
pub use table::display_name;

use crate::knowledge::areas::{AREA_PAY, AREAS, CITIES};
use crate::knowledge::figures::{NATIONAL, PROJECTIONS, STATES};
use crate::knowledge::files::Files;
use crate::knowledge::load::load;
use crate::knowledge::model::Knowledge;
use crate::knowledge::names::SocCode;
use crate::knowledge::occupations::OCCUPATIONS;
use crate::knowledge::problem::Problem;
use crate::knowledge::settings::SETTING_PAY;
use crate::knowledge::sources::SourceId;

/// What to read. Each table is an `.xlsx`, a `.zip` that holds one, or a CSV of the same columns.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// National pay and jobs (`national_M2025_dl.xlsx` of `oesm25nat.zip`).
    pub national: Option<PathBuf>,
    /// Pay and jobs by state (`state_M2025_dl.xlsx` of `oesm25st.zip`).
    pub state: Option<PathBuf>,
    /// Pay and jobs by metropolitan and nonmetropolitan area (`MSA_M2025_dl.xlsx` and `BOS_M2025_dl.xlsx` of `oesm25ma.zip`).
    pub area: Option<PathBuf>,
    /// Pay and jobs by industry (the tables of `oesm25in4.zip`).
    pub industry: Option<PathBuf>,
    /// Projections (`occupation.xlsx`, sheet "Table 1.2").
    pub projections: Option<PathBuf>,
    /// Release of the pay tables, such as `May 2026`, and the day of its publication.
    pub release: Option<(String, Date)>,
    /// Day of publication of the projections; their release stands in the table itself.
    pub projections_published: Option<Date>,
    /// Whether figures may go that stand now and that the tables do not have. An answer then says that there is none: it has
    /// to be so, and not a hole in a table.
    pub accept_missing: bool,
}

/// What an update comes to.
#[derive(Debug)]
pub struct Plan {
    /// New content of files, by path below the knowledge folder. Only files whose content changes.
    pub files: BTreeMap<String, String>,
    /// What changes, by role.
    pub changes: Vec<Change>,
}

/// Works out the update of the knowledge in `files`, or names every reason against it.
pub fn plan(files: &Files, input: &Input) -> Result<Plan, Vec<Problem>> {
    let old = load(files)?;
    let mut problems = Vec::new();
    let roles = old.roles.iter().map(|role| role.soc);
    let wanted: BTreeSet<SocCode> = roles.chain([SocCode::ALL]).collect();
    // The total has the release of the table; single occupations may still stand with an older one.
    let total = old.figures.national.get(&SocCode::ALL);
    let oews = source_of(total.map(|row| &row.source));
    let total = old.figures.projections.get(&SocCode::ALL);
    let outlook = source_of(total.map(|row| &row.source));

    let mut texts = pay(files, input, &old, &wanted, &oews, &mut problems);
    let mut sources = files.get("sources.yaml").cloned().unwrap_or_default();
    if let Some((release, published)) = &input.release {
        problems.extend(half_release(input, &old));
        sources = release::renamed(&sources, &oews, release, *published, &mut problems);
    }
    if let Some(path) = &input.projections
        && let Some((rows, period)) = projections::read(path, &wanted, &outlook, &mut problems)
    {
        texts.insert(
            format!("data/{}", PROJECTIONS.0),
            as_csv(PROJECTIONS.1, &rows),
        );
        let known = old
            .sources
            .get(&outlook)
            .map_or("", |source| source.release.as_str());
        match input.projections_published {
            Some(published) => {
                sources = release::renamed(&sources, &outlook, &period, published, &mut problems)
            }
            None if known != period => {
                let hint = "say when it was published: --projections-published 2027-08-26";
                problems.push(Problem::new(
                    &display_name(path),
                    0,
                    format!("the table is of {period}, the figures here are of {known}"),
                    hint,
                ));
            }
            None => {}
        }
    }
    texts.insert("sources.yaml".to_owned(), sources);
    if !problems.is_empty() {
        problems.sort();
        return Err(problems);
    }

    texts.retain(|path, text| files.get(path) != Some(text));
    let mut after = files.clone();
    after.extend(texts.clone());
    // The new figures must pass everything that a load asks for, before anything is written.
    let new = load(&after)?;
    if !input.accept_missing {
        nothing_gone(input, &old, &new)?;
    }
    Ok(Plan {
        files: texts,
        changes: changes::between(&old, &new),
    })
}

/// The files of pay and jobs that the tables give, by path below the knowledge folder.
fn pay(
    files: &Files,
    input: &Input,
    old: &Knowledge,
    wanted: &BTreeSet<SocCode>,
    oews: &SourceId,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, String> {
    let figures = &old.figures;
    let mut texts = BTreeMap::new();
    let mut give = |name: &str, text: String| texts.insert(format!("data/{name}"), text);
    if let Some(path) = &input.national
        && let Some(rows) = oews::national(path, wanted, oews, problems)
    {
        give(NATIONAL.0, as_csv(NATIONAL.1, &rows));
        let known: BTreeSet<SocCode> = figures.occupations.codes().collect();
        if !known.is_empty()
            && let Some(rows) = oews::occupations(path, &known, oews, problems)
        {
            give(OCCUPATIONS.0, as_csv(OCCUPATIONS.1, &rows));
        }
    }
    let published: BTreeSet<SocCode> = figures.states.keys().map(|(soc, _)| *soc).collect();
    if let Some(path) = &input.state
        && let Some(rows) = oews::by_state(path, wanted, &published, oews, problems)
    {
        give(STATES.0, as_csv(STATES.1, &rows));
    }
    if let Some(path) = &input.area
        && let Some((areas, pay)) = oews::by_area(path, wanted, oews, problems)
    {
        give(CITIES.0, cities::carried(files, &areas));
        give(AREAS.0, as_csv(AREAS.1, &areas));
        give(AREA_PAY.0, as_csv(AREA_PAY.1, &pay));
    }
    if let Some(path) = &input.industry
        && let Some(rows) = oews::by_industry(path, wanted, &figures.settings, problems)
    {
        give(SETTING_PAY.0, as_csv(SETTING_PAY.1, &rows));
    }
    texts
}

/// What is said where a release is named and not all tables are given that have figures of it: one source stands for all.
fn half_release(input: &Input, old: &Knowledge) -> Option<Problem> {
    let figures = &old.figures;
    let tables = [
        (
            "--oews-national",
            input.national.is_some() || figures.national.is_empty(),
        ),
        (
            "--oews-state",
            input.state.is_some() || figures.states.is_empty(),
        ),
        (
            "--oews-area",
            input.area.is_some() || figures.areas.rows() == 0,
        ),
        (
            "--oews-industry",
            input.industry.is_some() || figures.settings.all.is_empty(),
        ),
    ];
    let absent = tables.iter().filter(|(_, given)| !given);
    let absent: Vec<&str> = absent.map(|(option, _)| *option).collect();
    (!absent.is_empty()).then(|| {
        let hint = format!(
            "give {} too: one source stands for all of them",
            absent.join(" and ")
        );
        Problem::new("--release", 0, "half of a release", hint)
    })
}

/// Refuses an update with which figures would go that stand now.
fn nothing_gone(input: &Input, old: &Knowledge, new: &Knowledge) -> Result<(), Vec<Problem>> {
    let tables = [
        (&input.state, Places::States),
        (&input.area, Places::Areas),
        (&input.industry, Places::Workplaces),
    ];
    for (path, places) in tables {
        let gone = path
            .as_ref()
            .map(|path| gone(&display_name(path), old, new, places));
        if let Some(gone) = gone.filter(|gone| !gone.is_empty()) {
            return Err(gone);
        }
    }
    Ok(())
}

fn source_of(source: Option<&SourceId>) -> SourceId {
    source.cloned().unwrap_or_else(|| SourceId(String::new()))
}

/// What is said of figures that stand now and that a table does not have: whole places first, then what else is gone.
fn gone(file: &str, old: &Knowledge, new: &Knowledge, places: Places) -> Vec<Problem> {
    /// As many of each as one reads.
    const NAMED: usize = 20;
    let hint =
        "is the table whole? If BLS publishes it no longer, run it again with --accept-missing";
    let problem = |what: String| Problem::new(file, 0, what, hint);
    let after = changes::held(new, places);
    let (mut whole, mut rows) = (Vec::new(), Vec::new());
    for (key, (name, before)) in changes::held(old, places) {
        let Some((_, after)) = after.get(&key) else {
            let number = before.len();
            whole.push(format!("no row for {name}, which has {number} now"));
            continue;
        };
        rows.extend(before.difference(after).map(|soc| {
            let roles = changes::roles_of(old, *soc);
            format!("no row for {roles} ({soc}) in {name}, which stands now")
        }));
    }
    let more = |all: &[String], what: &str| {
        let more = all.len().checked_sub(NAMED).filter(|more| *more > 0);
        more.map(|more| format!("{more} more {what} that stand now are missing"))
    };
    let more = [more(&whole, "places"), more(&rows, "rows")];
    let named = whole.into_iter().take(NAMED);
    let named = named.chain(rows.into_iter().take(NAMED));
    named
        .chain(more.into_iter().flatten())
        .map(problem)
        .collect()
}
