//! Table 1.2 of the Employment Projections: jobs now and in ten years, openings, entry education.
//!
//! Columns as in BLS's `occupation.xlsx`, which names the years in its headers; jobs and openings are in thousands.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::knowledge::figures_update::rows::{Rows, missing};
use crate::knowledge::figures_update::table::{self, Column, Table, display_name};
use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::terms::Education;

const CODE: Column = Column {
    name: "National Employment Matrix code",
    fits: |header| header.ends_with("national employment matrix code"),
};
const TITLE: Column = Column {
    name: "National Employment Matrix title",
    fits: |header| header.ends_with("national employment matrix title"),
};
const JOBS: Column = Column {
    name: "Employment, YEAR",
    fits: |header| year(header).is_some(),
};
const CHANGE: Column = Column {
    name: "Employment change, percent",
    fits: |header| header.starts_with("employment change, percent"),
};
const OPENINGS: Column = Column {
    name: "Occupational openings, annual average",
    fits: |header| header.starts_with("occupational openings"),
};
const EDUCATION: Column = Column {
    name: "Typical education needed for entry",
    fits: |header| header.starts_with("typical education needed for entry"),
};

/// Percentage points by which a published change may differ from the one that its rounded jobs give.
const ROUNDING: f64 = 0.06;
/// Jobs by which two published numbers in thousands with one decimal may be off together.
const ROUNDED_JOBS: f64 = 100.0;

fn year(header: &str) -> Option<u16> {
    header.strip_prefix("employment, ")?.get(..4)?.parse().ok()
}

/// Rows of `projections.csv` and the period, such as `2025-35`.
pub(super) fn read(
    path: &Path,
    wanted: &BTreeSet<SocCode>,
    source: &SourceId,
    problems: &mut Vec<Problem>,
) -> Option<(Rows, String)> {
    let table = table::read(
        path,
        &[CODE, TITLE, JOBS, CHANGE, OPENINGS, EDUCATION],
        problems,
    )?;
    let file = display_name(path);
    let Some((base, projected)) = years(&table) else {
        problems.push(Problem::new(
            &file,
            0,
            "missing columns: a second \"Employment, YEAR\"",
            "the table has one for the base year and one ten years later",
        ));
        return None;
    };
    let mut rows: BTreeMap<SocCode, Vec<String>> = BTreeMap::new();
    for (line, cells) in &table.rows {
        let text = |column: Column| {
            table
                .place(column.fits)
                .and_then(|place| cells.get(place))
                .map_or("", String::as_str)
        };
        let jobs = |year: u16| {
            table
                .place(|header| self::year(header) == Some(year))
                .and_then(|place| cells.get(place))
                .map_or("", String::as_str)
        };
        let Some(soc) = SocCode::parse(text(CODE)).filter(|soc| wanted.contains(soc)) else {
            continue;
        };
        match row(
            soc,
            text(TITLE),
            [jobs(base), jobs(projected)],
            text(CHANGE),
            text(OPENINGS),
            text(EDUCATION),
            source,
        ) {
            Ok(fields) => {
                if rows
                    .insert(soc, fields.clone())
                    .is_some_and(|other| other != fields)
                {
                    problems.push(Problem::new(
                        &file,
                        *line,
                        format!("a second row for {soc} differs from the first"),
                        "keep the right one",
                    ));
                }
            }
            Err(what) => problems.push(Problem::new(
                &file,
                *line,
                format!("{what} ({soc})"),
                "BLS gives jobs and openings in thousands, of at least 0",
            )),
        }
    }
    missing(&file, wanted, &rows.keys().copied().collect(), problems);
    Some((
        rows.into_values().collect(),
        format!("{base}-{:02}", projected % 100),
    ))
}

fn years(table: &Table) -> Option<(u16, u16)> {
    let years: BTreeSet<u16> = table
        .header
        .iter()
        .filter_map(|header| year(header))
        .collect();
    let (first, last) = (*years.first()?, *years.last()?);
    (first < last).then_some((first, last))
}

fn row(
    soc: SocCode,
    title: &str,
    jobs: [&str; 2],
    change: &str,
    openings: &str,
    education: &str,
    source: &SourceId,
) -> Result<Vec<String>, String> {
    let [base, projected] = [
        thousands("employment", jobs[0])?,
        thousands("projected employment", jobs[1])?,
    ];
    let openings = thousands("openings", openings)?;
    let percent: f64 = change
        .replace(',', "")
        .parse()
        .map_err(|_| format!("percent change cannot be \"{change}\""))?;
    if title.is_empty() {
        return Err("title is empty".to_owned());
    }
    if base == 0 {
        return Err("employment is 0".to_owned());
    }
    let given = (f64::from(projected) - f64::from(base)) / f64::from(base) * 100.0;
    if !percent.is_finite()
        || (given - percent).abs() > ROUNDING + ROUNDED_JOBS / f64::from(base) * 100.0
    {
        return Err(format!(
            "percent change is {change}, but its jobs give {given:.1}"
        ));
    }
    // Totals have no education; BLS writes a dash.
    let education = if matches!(education, "" | "-" | "\u{2013}" | "\u{2014}") {
        ""
    } else {
        education
    };
    if !education.is_empty() && Education::parse(education).is_none() {
        return Err(format!("entry education cannot be \"{education}\""));
    }
    Ok(vec![
        soc.to_string(),
        title.to_owned(),
        base.to_string(),
        projected.to_string(),
        ((percent * 10.0).round() / 10.0).to_string(),
        openings.to_string(),
        education.to_owned(),
        source.0.clone(),
    ])
}

fn thousands(name: &str, text: &str) -> Result<u32, String> {
    match text.replace(',', "").parse::<f64>() {
        Ok(number) if (0.0..=4_000_000.0).contains(&number) => Ok((number * 1000.0).round() as u32),
        _ => Err(format!("{name} cannot be \"{text}\"")),
    }
}
