//! Rows of a new table: what must not be missing from them, and how they are written.

use std::collections::BTreeSet;

use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;

/// A table's rows before they are written.
pub(super) type Rows = BTreeSet<Vec<String>>;

/// The table as a CSV file.
pub(super) fn as_csv(header: &[&str], rows: &Rows) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        cells.map(quoted).collect::<Vec<_>>().join(",") + "\n"
    };
    let mut text = line(&mut header.iter().copied());
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

/// A field of a CSV file (RFC 4180), in quotes only where it needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// Every code that a table must hold and does not.
pub(super) fn missing(
    file: &str,
    wanted: &BTreeSet<SocCode>,
    found: &BTreeSet<SocCode>,
    problems: &mut Vec<Problem>,
) {
    for soc in wanted.difference(found) {
        let hint = "is it the right table? If BLS dropped the code, give the roles that use it another one first";
        problems.push(Problem::new(file, 0, format!("no row for {soc}"), hint));
    }
}
