//! Pay, jobs and projections by SOC code, read from `knowledge/data/*.csv`.
//!
//! Each row names its source. Knows nothing of roles: which role a code stands for is the role's file's business.

use std::collections::HashMap;

use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::states::State;
use crate::knowledge::terms::Education;

/// The lowest annual wage that BLS no longer gives exactly, in USD: "$115.00 or more per hour or $239,200 or more per
/// year" (note 5 of the OEWS May 2025 tables).
pub const TOP_CODE_USD: u32 = 239_200;

/// One cell of a wage or employment table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A published number: USD a year before tax, or jobs.
    Number(u32),
    /// `#`: at or above [`TOP_CODE_USD`]; BLS gives no exact figure.
    TopCoded,
    /// `*`: BLS has not released the figure.
    NotReleased,
}

impl Cell {
    /// Parses a cell in BLS's notation: a number (commas allowed), `#`, or `*` / `**`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "#" => Some(Self::TopCoded),
            "*" | "**" => Some(Self::NotReleased),
            number => number.replace(',', "").parse().ok().map(Self::Number),
        }
    }

    /// The published number, if there is one.
    pub fn number(self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            Self::TopCoded | Self::NotReleased => None,
        }
    }

    /// What to compare by: a top-coded wage counts as the threshold.
    pub fn at_least(self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            Self::TopCoded => Some(TOP_CODE_USD),
            Self::NotReleased => None,
        }
    }
}

/// National pay and jobs of one occupation (OEWS): USD a year before tax, wage and salary workers only.
#[derive(Debug, Clone, PartialEq)]
pub struct National {
    /// Title of the code.
    pub title: String,
    /// Jobs, without the self-employed.
    pub employment: Cell,
    /// Mean wage.
    pub mean: Cell,
    /// 10th percentile.
    pub pct10: Cell,
    /// 25th percentile.
    pub pct25: Cell,
    /// Median wage.
    pub median: Cell,
    /// 75th percentile.
    pub pct75: Cell,
    /// 90th percentile.
    pub pct90: Cell,
    /// Release.
    pub source: SourceId,
}

/// Pay and jobs of one occupation in one state (OEWS).
#[derive(Debug, Clone, PartialEq)]
pub struct StatePay {
    /// Jobs, without the self-employed.
    pub employment: Cell,
    /// 10th percentile, USD a year.
    pub pct10: Cell,
    /// Median, USD a year.
    pub median: Cell,
    /// 90th percentile, USD a year.
    pub pct90: Cell,
    /// Release.
    pub source: SourceId,
}

/// Projected jobs of one occupation (Employment Projections); the self-employed are counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// Title of the code.
    pub title: String,
    /// Jobs in the base year.
    pub employment_base: u32,
    /// Jobs in the projected year.
    pub employment_projected: u32,
    /// Change over the whole period, percent; one decimal.
    pub change_percent: f32,
    /// Openings a year, published in hundreds.
    pub openings_per_year: u32,
    /// Typical entry-level education; `None` for totals.
    pub entry_education: Option<Education>,
    /// Release.
    pub source: SourceId,
}

/// All tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// National pay and jobs.
    pub national: HashMap<SocCode, National>,
    /// Pay and jobs by state.
    pub states: HashMap<(SocCode, State), StatePay>,
    /// Projections.
    pub projections: HashMap<SocCode, Projection>,
}

/// File name and header of the three tables, below `knowledge/data/`.
pub const NATIONAL: (&str, &[&str]) =
    ("national.csv", &["soc", "title", "employment", "mean", "pct10", "pct25", "median", "pct75", "pct90", "source"]);
/// See [`NATIONAL`].
pub const STATES: (&str, &[&str]) =
    ("states.csv", &["state", "soc", "employment", "pct10", "median", "pct90", "source"]);
/// See [`NATIONAL`].
pub const PROJECTIONS: (&str, &[&str]) = (
    "projections.csv",
    &[
        "soc",
        "title",
        "employment_base",
        "employment_projected",
        "change_percent",
        "openings_per_year",
        "entry_education",
        "source",
    ],
);

impl Figures {
    /// Reads `national.csv`; problems are added with their line.
    pub fn read_national(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, NATIONAL.1, problems, |row| {
            let soc = row.soc("soc")?;
            let national = National {
                title: row.text("title")?.to_owned(),
                employment: row.cell("employment")?,
                mean: row.cell("mean")?,
                pct10: row.cell("pct10")?,
                pct25: row.cell("pct25")?,
                median: row.cell("median")?,
                pct75: row.cell("pct75")?,
                pct90: row.cell("pct90")?,
                source: row.source()?,
            };
            row.ascending(&["pct10", "pct25", "median", "pct75", "pct90"])?;
            row.once(self.national.insert(soc, national).is_some(), &soc.to_string())
        });
    }

    /// Reads `states.csv`; problems are added with their line.
    pub fn read_states(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, STATES.1, problems, |row| {
            let soc = row.soc("soc")?;
            let code = row.text("state")?;
            let state =
                State::from_code(code).ok_or_else(|| format!("unknown state \"{code}\": use the postal code"))?;
            let pay = StatePay {
                employment: row.cell("employment")?,
                pct10: row.cell("pct10")?,
                median: row.cell("median")?,
                pct90: row.cell("pct90")?,
                source: row.source()?,
            };
            row.ascending(&["pct10", "median", "pct90"])?;
            row.once(self.states.insert((soc, state), pay).is_some(), &format!("{soc} in {code}"))
        });
    }

    /// Reads `projections.csv`; problems are added with their line.
    pub fn read_projections(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, PROJECTIONS.1, problems, |row| {
            let soc = row.soc("soc")?;
            let education = row.raw("entry_education");
            let entry_education = if education.is_empty() {
                None
            } else {
                Some(Education::parse(education).ok_or_else(|| {
                    format!("unknown entry_education \"{education}\": BLS says one of {}", Education::WORDS.join(", "))
                })?)
            };
            let projection = Projection {
                title: row.text("title")?.to_owned(),
                employment_base: row.number("employment_base")?,
                employment_projected: row.number("employment_projected")?,
                change_percent: row.decimal("change_percent")?,
                openings_per_year: row.number("openings_per_year")?,
                entry_education,
                source: row.source()?,
            };
            row.once(self.projections.insert(soc, projection).is_some(), &soc.to_string())
        });
    }
}

/// One row of a table with what is needed to name a mistake in it.
struct Row<'a> {
    columns: &'a [&'a str],
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn raw(&self, column: &str) -> &str {
        self.columns
            .iter()
            .position(|name| *name == column)
            .and_then(|place| self.record.get(place))
            .unwrap_or("")
            .trim()
    }

    fn text(&self, column: &str) -> Result<&str, String> {
        match self.raw(column) {
            "" => Err(format!("{column} is empty")),
            text => Ok(text),
        }
    }

    fn soc(&self, column: &str) -> Result<SocCode, String> {
        let text = self.text(column)?;
        SocCode::parse(text).ok_or_else(|| format!("\"{text}\" is not a SOC code: write it as 29-1141"))
    }

    fn cell(&self, column: &str) -> Result<Cell, String> {
        let text = self.text(column)?;
        Cell::parse(text).ok_or_else(|| {
            format!("{column} \"{text}\" is no figure: write a whole number, # (top-coded) or * (not released)")
        })
    }

    fn number(&self, column: &str) -> Result<u32, String> {
        let text = self.text(column)?;
        text.parse().map_err(|_| format!("{column} \"{text}\" is not a whole number of at least 0"))
    }

    fn decimal(&self, column: &str) -> Result<f32, String> {
        let text = self.text(column)?;
        match text.parse::<f32>() {
            Ok(number) if number.is_finite() && number >= -100.0 => Ok(number),
            _ => Err(format!("{column} \"{text}\" is not a percentage of at least -100")),
        }
    }

    fn source(&self) -> Result<SourceId, String> {
        Ok(SourceId(self.text("source")?.to_owned()))
    }

    /// Percentiles must not fall: a row in which they do was copied wrongly.
    fn ascending(&self, columns: &[&str]) -> Result<(), String> {
        let mut last: Option<(&str, u32)> = None;
        for column in columns {
            let Some(number) = self.cell(column)?.at_least() else { continue };
            if let Some((before, lower)) = last
                && lower > number
            {
                return Err(format!("{before} {lower} is above {column} {number}: percentiles cannot fall"));
            }
            last = Some((column, number));
        }
        Ok(())
    }

    fn once(&self, replaced: bool, key: &str) -> Result<(), String> {
        if replaced { Err(format!("second row for {key}: remove one of the two")) } else { Ok(()) }
    }
}

/// Runs `take` on each row; a wrong header stops the file, a wrong row is a problem of its own line.
fn read(
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

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(rows: &str) -> Vec<String> {
        let mut problems = Vec::new();
        let text = format!("{}\n{rows}", STATES.1.join(","));
        Figures::default().read_states("states.csv", &text, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn cells_follow_the_notation_of_bls() {
        assert_eq!(Cell::parse("97,550"), Some(Cell::Number(97_550)));
        assert_eq!(Cell::parse("#"), Some(Cell::TopCoded));
        assert_eq!(Cell::parse("**"), Some(Cell::NotReleased));
        assert_eq!(Cell::parse("-5"), None);
    }

    #[test]
    fn good_rows_have_no_problem() {
        assert_eq!(problems_of("CA,29-1141,1,2,3,4,s\nDE,29-1224,*,*,#,#,s\n"), Vec::<String>::new());
    }

    #[test]
    fn every_bad_row_is_named_by_its_line() {
        let found = problems_of(
            "CA,29-1141,1,9,3,4,s\nZZ,29-1141,1,2,3,4,s\nCA,29-1141,1,2,x,4,s\nNY,29-1141,1,2\nTX,29-1141,1,2,3,4,\n",
        );
        assert_eq!(found.len(), 5, "{found:?}");
        for (line, problem) in (2..).zip(&found) {
            assert!(problem.starts_with(&format!("states.csv:{line}: ")), "{problem}");
        }
    }

    #[test]
    fn a_second_row_of_one_key_is_a_problem() {
        let found = problems_of("CA,29-1141,1,2,3,4,s\nCA,29-1141,1,2,3,4,s\n");
        assert_eq!(found, ["states.csv:3: second row for 29-1141 in CA: remove one of the two"]);
    }
}
