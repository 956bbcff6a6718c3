//! A published table as rows of text: from a workbook, from a workbook in an archive, or from CSV.
//!
//! Finds the header row by the columns asked for; knows nothing of what the columns mean.

use std::io::{Cursor, Read as _};
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};

use crate::knowledge::problem::Problem;

/// Rows within which a header must stand: BLS puts a title or two above it.
const HEADER_WITHIN: usize = 10;
/// Bytes up to which a file in an archive is unpacked; the largest of BLS's tables has about 10 MB.
const LARGEST: u64 = 300 << 20;

/// A column that must be there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Its name, for people.
    pub(super) name: &'static str,
    /// Whether a header in lower case is this column.
    pub(super) fits: fn(&str) -> bool,
}

/// Rows of one sheet below its header.
#[derive(Debug)]
pub(super) struct Table {
    /// Headers in lower case, with plain hyphens.
    pub(super) header: Vec<String>,
    /// Line of each row in the sheet, counted from 1, and its cells.
    pub(super) rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    /// The cells of a column, by its place.
    pub(super) fn place(&self, fits: impl Fn(&str) -> bool) -> Option<usize> {
        self.header.iter().position(|header| fits(header))
    }
}

/// The name of a file without its folders.
pub fn display_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The table of a file that has all the columns. Without one, a problem names what is missing.
pub(super) fn read(path: &Path, columns: &[Column], problems: &mut Vec<Problem>) -> Option<Table> {
    read_all(path, columns, problems)?.into_iter().next()
}

/// Every table of a file, or of the files of an archive, that has all the columns; at least one. Without one, a problem names
/// what is missing.
pub(super) fn read_all(
    path: &Path,
    columns: &[Column],
    problems: &mut Vec<Problem>,
) -> Option<Vec<Table>> {
    let file = display_name(path);
    let sheets = match std::fs::read(path)
        .map_err(|error| format!("cannot be read: {error}"))
        .and_then(|bytes| sheets(&bytes))
    {
        Ok(sheets) => sheets,
        Err(what) => {
            problems.push(Problem::new(
                &file,
                0,
                what,
                "give the .xlsx or .zip as downloaded from bls.gov, or a CSV of the same columns",
            ));
            return None;
        }
    };
    let mut nearest: Option<Vec<&str>> = None;
    let mut tables = Vec::new();
    for sheet in sheets {
        let mut found = None;
        for (place, (_, cells)) in sheet.iter().enumerate().take(HEADER_WITHIN) {
            let header: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
            let absent: Vec<&str> = columns
                .iter()
                .filter(|column| !header.iter().any(|cell| (column.fits)(cell)))
                .map(|column| column.name)
                .collect();
            if absent.is_empty() {
                found = Some((header, place + 1));
                break;
            }
            if nearest
                .as_ref()
                .is_none_or(|best| absent.len() < best.len())
            {
                nearest = Some(absent);
            }
        }
        tables.extend(found.map(|(header, first)| Table {
            header,
            rows: sheet.into_iter().skip(first).collect(),
        }));
    }
    if tables.is_empty() {
        let absent = nearest.unwrap_or_default().join(", ");
        problems.push(Problem::new(
            &file,
            0,
            format!("missing columns: {absent}"),
            "is it the right table?",
        ));
        return None;
    }
    Some(tables)
}

/// A header as it is compared: lower case, one space between words, plain hyphens.
fn plain(header: &str) -> String {
    header
        .to_lowercase()
        .replace(['\u{2013}', '\u{2014}'], "-")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

type Sheet = Vec<(usize, Vec<String>)>;

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("is empty".to_owned());
    }
    if !bytes.starts_with(b"PK") {
        return csv_sheet(bytes).map(|sheet| vec![sheet]);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| format!("is a broken archive: {error}"))?;
    if archive.index_for_name("xl/workbook.xml").is_some() {
        return workbook(bytes);
    }
    let mut found = Vec::new();
    for place in 0..archive.len() {
        let mut member = archive
            .by_index(place)
            .map_err(|error| format!("is a broken archive: {error}"))?;
        let name = member
            .name()
            .map_err(|error| format!("is a broken archive: {error}"))?
            .to_lowercase();
        // Office leaves "~$name.xlsx" beside a file that is open.
        if !(name.ends_with(".xlsx") || name.ends_with(".csv")) || name.contains("~$") {
            continue;
        }
        let mut inner = Vec::new();
        member
            .by_ref()
            .take(LARGEST)
            .read_to_end(&mut inner)
            .map_err(|error| format!("{name} in it cannot be unpacked: {error}"))?;
        found.extend(if name.ends_with(".csv") {
            vec![csv_sheet(&inner)?]
        } else {
            workbook(&inner)?
        });
    }
    if found.is_empty() {
        Err("holds no .xlsx and no .csv".to_owned())
    } else {
        Ok(found)
    }
}

fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let mut book =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| format!("is a broken workbook: {error}"))?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book
            .worksheet_range(&name)
            .map_err(|error| format!("sheet \"{name}\" is broken: {error}"))?;
        let first = range.start().map_or(0, |(row, _)| row as usize) + 1;
        sheets.push(
            range
                .rows()
                .enumerate()
                .map(|(place, row)| (first + place, row.iter().map(cell).collect()))
                .collect(),
        );
    }
    Ok(sheets)
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        // Rounded, because 640.4 is stored as 640.39999999999998.
        Data::Float(number) => format!("{}", (number * 1e6).round() / 1e6),
        other => other.to_string().trim().to_owned(),
    }
}

fn csv_sheet(bytes: &[u8]) -> Result<Sheet, String> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| "is neither a workbook nor CSV in UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut sheet = Vec::new();
    for record in reader.into_records() {
        let record = record.map_err(|error| format!("is broken CSV: {error}"))?;
        let line = record
            .position()
            .map_or(0, |position| position.line() as usize);
        sheet.push((
            line,
            record.iter().map(|cell| cell.trim().to_owned()).collect(),
        ));
    }
    Ok(sheet)
}
