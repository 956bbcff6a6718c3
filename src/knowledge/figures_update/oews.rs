//! The pay tables of the Occupational Employment and Wage Statistics, national and by state.
//!
//! Columns and notation as in BLS's `national_M2025_dl.xlsx` and `state_M2025_dl.xlsx`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::knowledge::figures::Cell;
use crate::knowledge::figures_update::table::{self, Column, Table};
use crate::knowledge::figures_update::{Rows, display_name, missing};
use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::states::State;

/// `PRIM_STATE` of rows for the whole country.
const WHOLE_COUNTRY: &str = "US";

macro_rules! column {
    ($name:literal) => {
        Column { name: $name, fits: |header| header.eq_ignore_ascii_case($name) }
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
];

const BY_STATE: &[Column] = &[
    column!("PRIM_STATE"),
    column!("OCC_CODE"),
    column!("TOT_EMP"),
    column!("A_PCT10"),
    column!("A_MEDIAN"),
    column!("A_PCT90"),
];

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
    for row in sheet.rows(wanted) {
        if sheet.text(&row, "PRIM_STATE").is_some_and(|state| state != WHOLE_COUNTRY) {
            continue;
        }
        let title = sheet.text(&row, "OCC_TITLE").unwrap_or_default().to_owned();
        let Some(cells) =
            sheet.cells(&row, &["TOT_EMP", "A_MEAN", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"], 2)
        else {
            continue;
        };
        let mut fields = vec![row.soc.to_string(), title];
        fields.extend(cells);
        fields.push(source.0.clone());
        sheet.put(&mut rows, row.soc, fields, row.line);
    }
    missing(&display_name(path), wanted, &rows.keys().copied().collect(), problems);
    Some(rows.into_values().collect())
}

/// Rows of `states.csv`.
pub(super) fn by_state(
    path: &Path,
    wanted: &BTreeSet<SocCode>,
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
        let Some(cells) = sheet.cells(&row, &["TOT_EMP", "A_PCT10", "A_MEDIAN", "A_PCT90"], 1) else { continue };
        let mut fields = vec![state.code().to_owned(), row.soc.to_string()];
        fields.extend(cells);
        fields.push(source.0.clone());
        found.insert(row.soc);
        sheet.put(&mut rows, (state.code(), row.soc), fields, row.line);
    }
    missing(&display_name(path), wanted, &found, problems);
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
        Self { file: display_name(path), table, problems }
    }

    /// Rows of wanted occupations over all industries; notes below the table have no code and fall out.
    fn rows(&self, wanted: &BTreeSet<SocCode>) -> Vec<Row<'a>> {
        let table = self.table;
        let code = table.place(|header| header == "occ_code");
        let group = table.place(|header| header == "i_group");
        let whole = |cells: &[String]| {
            group.and_then(|place| cells.get(place)).is_none_or(|group| group.is_empty() || group == "cross-industry")
        };
        table
            .rows
            .iter()
            .filter(|(_, cells)| whole(cells))
            .filter_map(|(line, cells)| {
                let soc = SocCode::parse(cells.get(code?)?)?;
                wanted.contains(&soc).then_some(Row { line: *line, soc, cells })
            })
            .collect()
    }

    fn text<'b>(&self, row: &Row<'b>, column: &str) -> Option<&'b str> {
        let place = self.table.place(|header| header.eq_ignore_ascii_case(column))?;
        Some(row.cells.get(place).map_or("", String::as_str))
    }

    /// The cells of a row in our notation, or a problem. From the place `rising` on they are wages that must not fall.
    fn cells(&mut self, row: &Row<'_>, columns: &[&str], rising: usize) -> Option<Vec<String>> {
        let mut fields = Vec::new();
        let mut below: Option<(&str, u32)> = None;
        for (place, column) in columns.iter().enumerate() {
            let text = self.text(row, column).unwrap_or_default();
            let Some(cell) = Cell::parse(text) else {
                let hint = "BLS writes whole numbers of at least 0, # (top-coded) or * (not released)";
                self.problem(row.line, format!("{column} of {} cannot be \"{text}\"", row.soc), hint);
                return None;
            };
            if let Some(number) = cell.at_least().filter(|_| place >= rising) {
                if let Some((lower, less)) = below.filter(|(_, less)| *less > number) {
                    self.problem(
                        row.line,
                        format!("{lower} of {} is {less}, which is above {column} {number}", row.soc),
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
    fn put<K: Ord>(&mut self, rows: &mut BTreeMap<K, Vec<String>>, key: K, fields: Vec<String>, line: usize) {
        match rows.get(&key) {
            Some(other) if *other != fields => self.problem(
                line,
                format!("a second row for {} differs from the first", fields[..2].join(" ")),
                "keep the right one",
            ),
            Some(_) => {}
            None => {
                rows.insert(key, fields);
            }
        }
    }

    fn problem(&mut self, line: usize, what: String, hint: &str) {
        self.problems.push(Problem::new(&self.file, line, what, hint));
    }
}

fn written(cell: Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::TopCoded => "#".to_owned(),
        Cell::NotReleased => "*".to_owned(),
    }
}
