//! CSV tables of the knowledge, row by row: the header held against what is expected, each wrong cell a problem of its line.
//!
//! Knows the notation of cells, not what a table is about.

use crate::knowledge::figures::{Cell, Hourly, Pay};
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
        self.record.position().map_or(0, |position| position.line() as usize)
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
        SocCode::parse(text).ok_or_else(|| format!("\"{text}\" is not a SOC code: write it as 29-1141"))
    }

    pub(crate) fn cell(&self, column: &str) -> Result<Cell, String> {
        let text = self.text(column)?;
        Cell::parse(text).ok_or_else(|| {
            format!("{column} \"{text}\" is no figure: write a whole number, # (top-coded) or * (not released)")
        })
    }

    pub(crate) fn number(&self, column: &str) -> Result<u32, String> {
        let text = self.text(column)?;
        text.parse().map_err(|_| format!("{column} \"{text}\" is not a whole number of at least 0"))
    }

    pub(crate) fn decimal(&self, column: &str) -> Result<f32, String> {
        let text = self.text(column)?;
        match text.parse::<f32>() {
            Ok(number) if number.is_finite() && number >= -100.0 => Ok(number),
            _ => Err(format!("{column} \"{text}\" is not a percentage of at least -100")),
        }
    }

    pub(crate) fn source(&self) -> Result<SourceId, String> {
        Ok(SourceId(self.text("source")?.to_owned()))
    }

    /// Percentiles must not fall: a row in which they do was copied wrongly. A top-coded one is a lower limit only.
    pub(crate) fn ascending(&self, columns: &[&str]) -> Result<(), String> {
        let mut last: Option<(&str, u32)> = None;
        for column in columns {
            let Some(cell) = Cell::parse(self.raw(column)) else { continue };
            let Some(number) = cell.at_least() else { continue };
            match last {
                Some((_, lower)) if lower > number && cell == Cell::TopCoded => {}
                Some((before, lower)) if lower > number => {
                    return Err(format!("{before} {lower} is above {column} {number}: percentiles cannot fall"));
                }
                _ => last = Some((column, number)),
            }
        }
        Ok(())
    }

    pub(crate) fn hourly(&self, column: &str) -> Result<Hourly, String> {
        let text = self.text(column)?;
        Hourly::parse(text).ok_or_else(|| {
            format!(
                "{column} \"{text}\" is no pay by the hour: write dollars and cents, # (top-coded) or * (not released)"
            )
        })
    }

    pub(crate) fn state(&self, column: &str) -> Result<State, String> {
        let code = self.text(column)?;
        State::from_code(code).ok_or_else(|| format!("unknown state \"{code}\": use the postal code"))
    }

    /// Pay by the year and by the hour in the columns that every table of pay by place or workplace has. Quartiles, and ends by
    /// the hour, may be empty.
    pub(crate) fn pay(&self) -> Result<Pay, String> {
        self.ascending(&["pct10", "pct25", "median", "pct75", "pct90"])?;
        let quartile =
            |column: &str| if self.raw(column).is_empty() { Ok(Cell::NotReleased) } else { self.cell(column) };
        let end =
            |column: &str| if self.raw(column).is_empty() { Ok(Hourly::NotReleased) } else { self.hourly(column) };
        Ok(Pay {
            employment: self.cell("employment")?,
            pct10: self.cell("pct10")?,
            pct25: quartile("pct25")?,
            median: self.cell("median")?,
            pct75: quartile("pct75")?,
            pct90: self.cell("pct90")?,
            hourly10: end("hourly10")?,
            hourly_median: self.hourly("hourly_median")?,
            hourly90: end("hourly90")?,
        })
    }

    pub(crate) fn once(&self, replaced: bool, key: &str) -> Result<(), String> {
        if replaced { Err(format!("second row for {key}: remove one of the two")) } else { Ok(()) }
    }
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
            problems.push(Problem::new(file, 1, format!("cannot be read as CSV: {error}"), ""));
            return;
        }
    }
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |position| position.line() as usize);
                if let Err(what) = take(&Row { columns, record: &record }) {
                    problems.push(Problem::new(file, line, what, ""));
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, |position| position.line() as usize);
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
