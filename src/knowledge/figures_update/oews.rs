//! The pay tables of the Occupational Employment and Wage Statistics: national, by state, by area and by industry.
//!
//! Columns and notation as in BLS's `national_M2025_dl.xlsx`, `state_M2025_dl.xlsx`, `MSA_M2025_dl.xlsx`,
//! `BOS_M2025_dl.xlsx` and `nat4d_M2025_dl.xlsx`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::knowledge::areas::AreaKind;
use crate::knowledge::cells::{Cell, Hourly};
use crate::knowledge::figures_update::rows::{Rows, missing};
use crate::knowledge::figures_update::table::{self, Column, Table, display_name};
use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;
use crate::knowledge::settings::Settings;
use crate::knowledge::sources::SourceId;
use crate::knowledge::states::State;

/// `PRIM_STATE` of rows for the whole country.
const WHOLE_COUNTRY: &str = "US";

macro_rules! column {
    ($name:literal) => {
        Column {
            name: $name,
            fits: |header| header.eq_ignore_ascii_case($name),
        }
    };
}

const NATIONAL: &[Column] = &[
    column!("OCC_CODE"),
    column!("OCC_TITLE"),
    column!("TOT_EMP"),
    column!("A_MEAN"),
    column!("A_PCT10"),
    column!("A_PCT25"),
    column!("A_MEDIAN"),
    column!("A_PCT75"),
    column!("A_PCT90"),
    column!("H_MEDIAN"),
];

/// The columns given, and then those of jobs, of pay a year and of pay by the hour.
macro_rules! pay_columns {
    ($($own:literal),+) => {
        &[
            $(column!($own),)+
            column!("TOT_EMP"),
            column!("A_PCT10"),
            column!("A_PCT25"),
            column!("A_MEDIAN"),
            column!("A_PCT75"),
            column!("A_PCT90"),
            column!("H_PCT10"),
            column!("H_MEDIAN"),
            column!("H_PCT90"),
        ]
    };
}

const BY_STATE: &[Column] = pay_columns!("PRIM_STATE", "OCC_CODE");
const BY_AREA: &[Column] =
    pay_columns!("AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "OCC_CODE");
const BY_INDUSTRY: &[Column] = pay_columns!("NAICS", "NAICS_TITLE", "OCC_CODE");

/// Jobs and pay a year, in the order of our columns.
const YEAR: &[&str] = &[
    "TOT_EMP", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90",
];
/// Pay by the hour, in the order of our columns.
const HOUR: &[&str] = &["H_PCT10", "H_MEDIAN", "H_PCT90"];
/// `AREA_TYPE` of metropolitan and of nonmetropolitan areas.
const METRO: &str = "4";
const NONMETRO: &str = "6";

/// Rows of `national.csv`.
pub(super) fn national(
    path: &Path,
    wanted: &BTreeSet<SocCode>,
    source: &SourceId,
    problems: &mut Vec<Problem>,
) -> Option<Rows> {
    let table = table::read(path, NATIONAL, problems)?;
    let mut sheet = Sheet::new(path, &table, problems);
    let mut rows = BTreeMap::new();
    for row in sheet.rows_of_country(wanted) {
        let title = sheet.text(&row, "OCC_TITLE").unwrap_or_default().to_owned();
        let Some(cells) = sheet.cells(
            &row,
            &[
                "TOT_EMP", "A_MEAN", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90",
            ],
            2,
        ) else {
            continue;
        };
        let Some(hours) = sheet.hours(&row, &["H_MEDIAN"]) else {
            continue;
        };
        let mut fields = vec![row.soc.to_string(), title];
        fields.extend(cells.into_iter().chain(hours));
        fields.push(source.0.clone());
        sheet.put(&mut rows, row.soc, fields, row.line);
    }
    missing(
        &display_name(path),
        wanted,
        &rows.keys().copied().collect(),
        problems,
    );
    Some(rows.into_values().collect())
}

/// Rows of `occupations.csv`: those of the national table whose codes are `known`.
pub(super) fn occupations(
    path: &Path,
    known: &BTreeSet<SocCode>,
    source: &SourceId,
    problems: &mut Vec<Problem>,
) -> Option<Rows> {
    let table = table::read(path, NATIONAL, problems)?;
    let mut sheet = Sheet::new(path, &table, problems);
    let mut rows = BTreeMap::new();
    for row in sheet.rows_of_country(known) {
        let title = sheet.text(&row, "OCC_TITLE").unwrap_or_default().to_owned();
        let year = |cell: &str| {
            if cell.is_empty() {
                "*".to_owned()
            } else {
                cell.to_owned()
            }
        };
        // Some occupations have pay by the hour only; then BLS leaves the year empty.
        let median = year(sheet.text(&row, "A_MEDIAN").unwrap_or_default());
        let Some(jobs) = sheet.cells(&row, &["TOT_EMP"], 1) else {
            continue;
        };
        let Some(median) = Cell::parse(&median).map(written) else {
            sheet.problem(
                row.line,
                format!("A_MEDIAN of {} cannot be \"{median}\"", row.soc),
                "is it the right table?",
            );
            continue;
        };
        let Some(hours) = sheet.hours(&row, &["H_MEDIAN"]) else {
            continue;
        };
        let mut fields = vec![row.soc.to_string(), title];
        fields.extend(jobs.into_iter().chain([median]).chain(hours));
        fields.push(source.0.clone());
        sheet.put(&mut rows, row.soc, fields, row.line);
    }
    Some(rows.into_values().collect())
}

/// Rows of `states.csv`. Those of the occupations in `needed` must be there: BLS publishes some for no state.
pub(super) fn by_state(
    path: &Path,
    wanted: &BTreeSet<SocCode>,
    needed: &BTreeSet<SocCode>,
    source: &SourceId,
    problems: &mut Vec<Problem>,
) -> Option<Rows> {
    let table = table::read(path, BY_STATE, problems)?;
    let mut sheet = Sheet::new(path, &table, problems);
    let mut rows = BTreeMap::new();
    let mut found = BTreeSet::new();
    for row in sheet.rows(wanted) {
        let code = sheet.text(&row, "PRIM_STATE").unwrap_or_default();
        let Some(state) = State::from_code(code) else {
            sheet.problem(
                row.line,
                format!("unknown state \"{code}\""),
                "PRIM_STATE holds postal codes; is it the table by state?",
            );
            continue;
        };
        let Some(cells) = sheet.pay(&row) else {
            continue;
        };
        let mut fields = vec![state.code().to_owned(), row.soc.to_string()];
        fields.extend(cells);
        fields.push(source.0.clone());
        found.insert(row.soc);
        sheet.put(&mut rows, (state.code(), row.soc), fields, row.line);
    }
    let needed: BTreeSet<SocCode> = needed.intersection(wanted).copied().collect();
    missing(&display_name(path), &needed, &found, problems);
    Some(rows.into_values().collect())
}

/// Rows of `areas.csv` and of `area_pay.csv`. BLS puts metropolitan and nonmetropolitan areas into two workbooks of one archive.
pub(super) fn by_area(
    path: &Path,
    wanted: &BTreeSet<SocCode>,
    source: &SourceId,
    problems: &mut Vec<Problem>,
) -> Option<(Rows, Rows)> {
    let mut areas = BTreeMap::new();
    let mut rows = BTreeMap::new();
    let mut found = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    for table in table::read_all(path, BY_AREA, problems)? {
        let mut sheet = Sheet::new(path, &table, problems);
        for row in sheet.rows(wanted) {
            let kind = sheet.text(&row, "AREA_TYPE").unwrap_or_default();
            if ![METRO, NONMETRO].contains(&kind) {
                continue;
            }
            match area(&sheet, &row, kind == METRO, source) {
                Ok(fields) => {
                    let code = fields[0].clone();
                    kinds.insert(kind.to_owned());
                    if areas
                        .insert(code.clone(), fields.clone())
                        .is_some_and(|other| other != fields)
                    {
                        sheet.problem(
                            row.line,
                            format!("area {code} has two names"),
                            "keep the right one",
                        );
                    }
                    let Some(cells) = sheet.pay(&row) else {
                        continue;
                    };
                    found.insert(row.soc);
                    let mut fields = vec![row.soc.to_string(), code.clone()];
                    fields.extend(cells);
                    sheet.put(&mut rows, (row.soc, code), fields, row.line);
                }
                Err(what) => sheet.problem(
                    row.line,
                    what,
                    "is it BLS's table by metropolitan and nonmetropolitan area?",
                ),
            }
        }
    }
    for (kind, name) in [(METRO, "metropolitan"), (NONMETRO, "nonmetropolitan")] {
        if !kinds.contains(kind) {
            let hint = "give the whole oesm25ma.zip: it holds both kinds";
            problems.push(Problem::new(
                &display_name(path),
                0,
                format!("no {name} area"),
                hint,
            ));
        }
    }
    if !found.contains(&SocCode::ALL) {
        missing(
            &display_name(path),
            &BTreeSet::from([SocCode::ALL]),
            &found,
            problems,
        );
    }
    Some((areas.into_values().collect(), rows.into_values().collect()))
}

/// A row of `areas.csv`: code of seven digits, name, kind, states, source.
fn area(
    sheet: &Sheet<'_>,
    row: &Row<'_>,
    metro: bool,
    source: &SourceId,
) -> Result<Vec<String>, String> {
    let text = |column: &str| sheet.text(row, column).unwrap_or_default();
    let (code, title) = (text("AREA"), text("AREA_TITLE"));
    if title.is_empty()
        || code.is_empty()
        || code.len() > 7
        || !code.bytes().all(|b| b.is_ascii_digit())
    {
        return Err(format!(
            "AREA cannot be \"{code}\" with AREA_TITLE \"{title}\""
        ));
    }
    // The name of a metropolitan area ends in its states; a nonmetropolitan one lies in one state.
    let states: Vec<&str> = if metro {
        title
            .rsplit_once(", ")
            .map_or("", |(_, states)| states)
            .split('-')
            .collect()
    } else {
        vec![text("PRIM_STATE")]
    };
    if let Some(wrong) = states.iter().find(|code| State::from_code(code).is_none()) {
        return Err(format!("unknown state \"{wrong}\" of area \"{title}\""));
    }
    let kind = if metro {
        AreaKind::Metropolitan
    } else {
        AreaKind::Nonmetropolitan
    };
    Ok(vec![
        format!("{code:0>7}"),
        title.to_owned(),
        kind.word().to_owned(),
        states.join(" "),
        source.0.clone(),
    ])
}

/// Rows of `setting_pay.csv`, for the industries of `settings`.
pub(super) fn by_industry(
    path: &Path,
    wanted: &BTreeSet<SocCode>,
    settings: &Settings,
    problems: &mut Vec<Problem>,
) -> Option<Rows> {
    let mut rows = BTreeMap::new();
    let mut found = BTreeSet::new();
    for table in table::read_all(path, BY_INDUSTRY, problems)? {
        let mut sheet = Sheet::new(path, &table, problems);
        for row in sheet.rows_of_industries(wanted) {
            let industry = sheet.text(&row, "NAICS").unwrap_or_default();
            let Some(setting) = settings
                .all
                .iter()
                .find(|setting| setting.industry == industry)
            else {
                continue;
            };
            let Some(cells) = sheet.pay(&row) else {
                continue;
            };
            found.insert(setting.slug.clone());
            let mut fields = vec![setting.slug.to_string(), row.soc.to_string()];
            fields.extend(cells);
            sheet.put(&mut rows, (setting.slug.clone(), row.soc), fields, row.line);
        }
    }
    for setting in settings
        .all
        .iter()
        .filter(|setting| !found.contains(&setting.slug))
    {
        let hint = "give the archive that holds all of BLS's tables by industry, or remove the setting from settings.csv";
        let what = format!(
            "no row for industry {} ({})",
            setting.industry, setting.title
        );
        problems.push(Problem::new(&display_name(path), 0, what, hint));
    }
    Some(rows.into_values().collect())
}

/// A row of a wanted occupation.
struct Row<'a> {
    line: usize,
    soc: SocCode,
    cells: &'a [String],
}

/// A table while it is read, with where to put its faults.
struct Sheet<'a> {
    file: String,
    table: &'a Table,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Sheet<'a> {
    fn new(path: &Path, table: &'a Table, problems: &'a mut Vec<Problem>) -> Self {
        Self {
            file: display_name(path),
            table,
            problems,
        }
    }

    /// Rows of wanted occupations over all industries; notes below the table have no code and fall out.
    fn rows(&self, wanted: &BTreeSet<SocCode>) -> Vec<Row<'a>> {
        let table = self.table;
        let group = table.place(|header| header == "i_group");
        let whole = |cells: &[String]| {
            group
                .and_then(|place| cells.get(place))
                .is_none_or(|group| group.is_empty() || group == "cross-industry")
        };
        self.rows_of_industries(wanted)
            .into_iter()
            .filter(|row| whole(row.cells))
            .collect()
    }

    /// The same for the whole country: a table may hold states, too.
    fn rows_of_country(&self, wanted: &BTreeSet<SocCode>) -> Vec<Row<'a>> {
        let elsewhere = |row: &Row<'_>| {
            self.text(row, "PRIM_STATE")
                .is_some_and(|state| state != WHOLE_COUNTRY)
        };
        self.rows(wanted)
            .into_iter()
            .filter(|row| !elsewhere(row))
            .collect()
    }

    /// Rows of wanted occupations, whatever the industry.
    fn rows_of_industries(&self, wanted: &BTreeSet<SocCode>) -> Vec<Row<'a>> {
        let table = self.table;
        let code = table.place(|header| header == "occ_code");
        table
            .rows
            .iter()
            .filter_map(|(line, cells)| {
                let soc = SocCode::parse(cells.get(code?)?)?;
                wanted.contains(&soc).then_some(Row {
                    line: *line,
                    soc,
                    cells,
                })
            })
            .collect()
    }

    /// Jobs, pay a year and pay by the hour of a row in our notation, or a problem.
    fn pay(&mut self, row: &Row<'_>) -> Option<Vec<String>> {
        let mut fields = self.cells(row, YEAR, 1)?;
        fields.extend(self.hours(row, HOUR)?);
        Some(fields)
    }

    /// Cells of pay by the hour in our notation, or a problem. BLS leaves them empty where it publishes the year only.
    fn hours(&mut self, row: &Row<'_>, columns: &[&str]) -> Option<Vec<String>> {
        let mut fields = Vec::new();
        for column in columns {
            let text = self.text(row, column).unwrap_or_default();
            let cell = if text.is_empty() {
                Some(Hourly::NotReleased)
            } else {
                Hourly::parse(text)
            };
            let Some(cell) = cell else {
                let hint = "BLS writes dollars and cents, # (top-coded) or * (not released)";
                self.problem(
                    row.line,
                    format!("{column} of {} cannot be \"{text}\"", row.soc),
                    hint,
                );
                return None;
            };
            fields.push(cell.to_string());
        }
        Some(fields)
    }

    fn text<'b>(&self, row: &Row<'b>, column: &str) -> Option<&'b str> {
        let place = self
            .table
            .place(|header| header.eq_ignore_ascii_case(column))?;
        Some(row.cells.get(place).map_or("", String::as_str))
    }

    /// The cells of a row in our notation, or a problem. From the place `rising` on they are wages that must not fall.
    fn cells(&mut self, row: &Row<'_>, columns: &[&str], rising: usize) -> Option<Vec<String>> {
        let mut fields = Vec::new();
        let mut below: Option<(&str, u32)> = None;
        for (place, column) in columns.iter().enumerate() {
            let text = self.text(row, column).unwrap_or_default();
            let Some(cell) = Cell::parse(text) else {
                let hint =
                    "BLS writes whole numbers of at least 0, # (top-coded) or * (not released)";
                self.problem(
                    row.line,
                    format!("{column} of {} cannot be \"{text}\"", row.soc),
                    hint,
                );
                return None;
            };
            if let Some(number) = cell.at_least().filter(|_| place >= rising) {
                // A top-coded wage is a lower limit only.
                let falls = below.filter(|(_, less)| *less > number);
                if falls.is_some() && cell == Cell::TopCoded {
                    fields.push(written(cell));
                    continue;
                }
                if let Some((lower, less)) = falls {
                    self.problem(
                        row.line,
                        format!(
                            "{lower} of {} is {less}, which is above {column} {number}",
                            row.soc
                        ),
                        "wages cannot fall from one percentile to the next",
                    );
                    return None;
                }
                below = Some((column, number));
            }
            fields.push(written(cell));
        }
        Some(fields)
    }

    /// Keeps a row. BLS lists some codes twice, as a group and as its only member; two different rows are a fault.
    fn put<K: Ord>(
        &mut self,
        rows: &mut BTreeMap<K, Vec<String>>,
        key: K,
        fields: Vec<String>,
        line: usize,
    ) {
        match rows.get(&key) {
            Some(other) if *other != fields => self.problem(
                line,
                format!(
                    "a second row for {} differs from the first",
                    fields[..2].join(" ")
                ),
                "keep the right one",
            ),
            Some(_) => {}
            None => {
                rows.insert(key, fields);
            }
        }
    }

    fn problem(&mut self, line: usize, what: String, hint: &str) {
        self.problems
            .push(Problem::new(&self.file, line, what, hint));
    }
}

fn written(cell: Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::TopCoded => "#".to_owned(),
        Cell::NotReleased => "*".to_owned(),
    }
}
