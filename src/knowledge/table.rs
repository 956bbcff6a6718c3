//! CSV tables of the knowledge, row by row: the header held against what is expected, each wrong cell a problem of its line.
//!
//! Knows the notation of cells, not what a table is about.

use crate::knowledge::cells::{Cell, Hourly, Pay};
use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::states::State;

/// One row of a table with what is needed to name a mistake in it.
pub(crate) struct Row<'a> {
    columns: &'a [&'a str],
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    /// Line in the file.
    pub(crate) fn line(&self) -> usize {
        self.record
            .position()
            .map_or(0, |position| position.line() as usize)
    }

    pub(crate) fn raw(&self, column: &str) -> &str {
        self.columns
            .iter()
            .position(|name| *name == column)
            .and_then(|place| self.record.get(place))
            .unwrap_or("")
            .trim()
    }

    pub(crate) fn text(&self, column: &str) -> Result<&str, String> {
        match self.raw(column) {
            "" => Err(format!("{column} is empty")),
            text => Ok(text),
        }
    }

    pub(crate) fn soc(&self, column: &str) -> Result<SocCode, String> {
        let text = self.text(column)?;
        SocCode::parse(text)
            .ok_or_else(|| format!("\"{text}\" is not a SOC code: write it as 29-1141"))
    }

    pub(crate) fn cell(&self, column: &str) -> Result<Cell, String> {
        let text = self.text(column)?;
        Cell::parse(text).ok_or_else(|| no_figure(column, text))
    }

    pub(crate) fn number(&self, column: &str) -> Result<u32, String> {
        let text = self.text(column)?;
        text.parse()
            .map_err(|_| format!("{column} \"{text}\" is not a whole number of at least 0"))
    }

    pub(crate) fn decimal(&self, column: &str) -> Result<f32, String> {
        let text = self.text(column)?;
        match text.parse::<f32>() {
            Ok(number) if number.is_finite() && number >= -100.0 => Ok(number),
            _ => Err(format!(
                "{column} \"{text}\" is not a percentage of at least -100"
            )),
        }
    }

    pub(crate) fn source(&self) -> Result<SourceId, String> {
        Ok(SourceId(self.text("source")?.to_owned()))
    }

    /// Percentiles must not fall: a row in which they do was copied wrongly.
    pub(crate) fn ascending(&self, columns: &[&str]) -> Result<(), String> {
        rising(
            columns
                .iter()
                .filter_map(|column| Some((*column, Cell::parse(self.raw(column))?))),
        )
    }

    pub(crate) fn hourly(&self, column: &str) -> Result<Hourly, String> {
        let text = self.text(column)?;
        Hourly::parse(text).ok_or_else(|| no_hourly(column, text))
    }

    pub(crate) fn state(&self, column: &str) -> Result<State, String> {
        let code = self.text(column)?;
        State::from_code(code)
            .ok_or_else(|| format!("unknown state \"{code}\": use the postal code"))
    }

    /// Pay by the year and by the hour in the nine columns from `employment` on, which every table of pay by place or workplace
    /// has in this order. Quartiles, and ends by the hour, may be empty. By place and not by name: there are tens of thousands of
    /// such rows.
    pub(crate) fn pay(&self) -> Result<Pay, String> {
        let first = self
            .columns
            .iter()
            .position(|name| *name == "employment")
            .unwrap_or(self.columns.len());
        let text = |place: usize| self.record.get(first + place).unwrap_or("").trim();
        let name = |place: usize| self.columns.get(first + place).copied().unwrap_or("pay");
        let cell = |place: usize, optional: bool| match text(place) {
            "" if optional => Ok(Cell::NotReleased),
            "" => Err(format!("{} is empty", name(place))),
            text => Cell::parse(text).ok_or_else(|| no_figure(name(place), text)),
        };
        let hour = |place: usize, optional: bool| match text(place) {
            "" if optional => Ok(Hourly::NotReleased),
            "" => Err(format!("{} is empty", name(place))),
            text => Hourly::parse(text).ok_or_else(|| no_hourly(name(place), text)),
        };
        let pay = Pay {
            employment: cell(0, false)?,
            pct10: cell(1, false)?,
            pct25: cell(2, true)?,
            median: cell(3, false)?,
            pct75: cell(4, true)?,
            pct90: cell(5, false)?,
            hourly10: hour(6, true)?,
            hourly_median: hour(7, false)?,
            hourly90: hour(8, true)?,
        };
        rising(
            [pay.pct10, pay.pct25, pay.median, pay.pct75, pay.pct90]
                .iter()
                .zip(1..)
                .map(|(cell, place)| (name(place), *cell)),
        )?;
        Ok(pay)
    }

    pub(crate) fn once(&self, replaced: bool, key: &str) -> Result<(), String> {
        if replaced {
            Err(format!("second row for {key}: remove one of the two"))
        } else {
            Ok(())
        }
    }
}

fn no_figure(column: &str, text: &str) -> String {
    format!(
        "{column} \"{text}\" is no figure: write a whole number, # (top-coded) or * (not released)"
    )
}

fn no_hourly(column: &str, text: &str) -> String {
    format!(
        "{column} \"{text}\" is no pay by the hour: write dollars and cents, # (top-coded) or * (not released)"
    )
}

/// An error where one of the cells falls below the one before it. A top-coded one is a lower limit only.
fn rising<'a>(cells: impl Iterator<Item = (&'a str, Cell)>) -> Result<(), String> {
    let mut last: Option<(&str, u32)> = None;
    for (column, cell) in cells {
        let Some(number) = cell.at_least() else {
            continue;
        };
        match last {
            Some((_, lower)) if lower > number && cell == Cell::TopCoded => {}
            Some((before, lower)) if lower > number => {
                return Err(format!(
                    "{before} {lower} is above {column} {number}: percentiles cannot fall"
                ));
            }
            _ => last = Some((column, number)),
        }
    }
    Ok(())
}

/// Runs `take` on each row; a wrong header stops the file, a wrong row is a problem of its own line.
pub(crate) fn read(
    file: &str,
    text: &str,
    columns: &[&str],
    problems: &mut Vec<Problem>,
    mut take: impl FnMut(&Row<'_>) -> Result<(), String>,
) {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    match reader.headers() {
        Ok(header) if header.iter().eq(columns.iter().copied()) => {}
        Ok(header) => {
            let found = header.iter().collect::<Vec<_>>().join(",");
            problems.push(Problem::new(
                file,
                1,
                format!("columns are \"{found}\""),
                format!("write {}", columns.join(",")),
            ));
            return;
        }
        Err(error) => {
            problems.push(Problem::new(
                file,
                1,
                format!("cannot be read as CSV: {error}"),
                "",
            ));
            return;
        }
    }
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record
                    .position()
                    .map_or(0, |position| position.line() as usize);
                if let Err(what) = take(&Row {
                    columns,
                    record: &record,
                }) {
                    problems.push(Problem::new(file, line, what, ""));
                }
            }
            Err(error) => {
                let line = error
                    .position()
                    .map_or(0, |position| position.line() as usize);
                problems.push(Problem::new(
                    file,
                    line,
                    "row has a wrong number of columns",
                    format!("the file has {}", columns.len()),
                ));
            }
        }
    }
}
