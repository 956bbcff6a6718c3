//! Pay, jobs and projections by SOC code, read from `knowledge/data/*.csv`.
//!
//! Each row names its source. Knows nothing of roles: which role a code stands for is the role's file's business.

use std::collections::HashMap;

use crate::knowledge::areas::Areas;
use crate::knowledge::cells::{Cell, Hourly, Pay, pay_header};
use crate::knowledge::names::SocCode;
use crate::knowledge::occupations::Occupations;
use crate::knowledge::problem::Problem;
use crate::knowledge::settings::Settings;
use crate::knowledge::sources::SourceId;
use crate::knowledge::states::State;
use crate::knowledge::table::read;
use crate::knowledge::terms::Education;

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
    /// Median by the hour.
    pub hourly_median: Hourly,
    /// Release.
    pub source: SourceId,
}

/// Pay and jobs of one occupation in one state (OEWS).
#[derive(Debug, Clone, PartialEq)]
pub struct StatePay {
    /// The figures.
    pub pay: Pay,
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
    /// Pay and jobs by metropolitan and nonmetropolitan area.
    pub areas: Areas,
    /// Pay and jobs by kind of workplace.
    pub settings: Settings,
    /// Median pay of every occupation, also of those that no role stands for.
    pub occupations: Occupations,
}

/// File name and header of the three tables, below `knowledge/data/`.
pub const NATIONAL: (&str, &[&str]) = (
    "national.csv",
    &[
        "soc",
        "title",
        "employment",
        "mean",
        "pct10",
        "pct25",
        "median",
        "pct75",
        "pct90",
        "hourly_median",
        "source",
    ],
);
/// See [`NATIONAL`].
pub const STATES: (&str, &[&str]) = ("states.csv", pay_header!("state", "soc"; "source"));
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
    /// Pay and jobs of an occupation in a state; `None` where BLS publishes no row.
    pub fn pay_in(&self, soc: SocCode, state: State) -> Option<&Pay> {
        self.states.get(&(soc, state)).map(|row| &row.pay)
    }

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
                hourly_median: row.hourly("hourly_median")?,
                source: row.source()?,
            };
            row.ascending(&["pct10", "pct25", "median", "pct75", "pct90"])?;
            row.once(
                self.national.insert(soc, national).is_some(),
                &soc.to_string(),
            )
        });
    }

    /// Reads `states.csv`; problems are added with their line.
    pub fn read_states(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, STATES.1, problems, |row| {
            let soc = row.soc("soc")?;
            let state = row.state("state")?;
            let pay = StatePay {
                pay: row.pay()?,
                source: row.source()?,
            };
            row.once(
                self.states.insert((soc, state), pay).is_some(),
                &format!("{soc} in {}", state.code()),
            )
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
                    format!(
                        "unknown entry_education \"{education}\": BLS says one of {}",
                        Education::WORDS.join(", ")
                    )
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
            row.once(
                self.projections.insert(soc, projection).is_some(),
                &soc.to_string(),
            )
        });
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
    fn good_rows_have_no_problem() {
        assert_eq!(
            problems_of("CA,29-1141,1,2,3,4,5,6,1.5,2.25,3,s\nDE,29-1224,*,*,#,#,#,#,*,#,#,s\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn every_bad_row_is_named_by_its_line() {
        let found = problems_of(
            "CA,29-1141,1,9,3,4,5,6,1,2,3,s\nZZ,29-1141,1,2,3,4,5,6,1,2,3,s\nCA,29-1141,1,2,x,4,5,6,1,2,3,s\nNY,29-1141,1,2\nTX,29-1141,1,2,3,4,5,6,1,2,3,\nMS,29-1141,1,2,3,4,5,6,1,2.345,3,s\n",
        );
        assert_eq!(found.len(), 6, "{found:?}");
        for (line, problem) in (2..).zip(&found) {
            assert!(
                problem.starts_with(&format!("states.csv:{line}: ")),
                "{problem}"
            );
        }
    }

    #[test]
    fn a_second_row_of_one_key_is_a_problem() {
        let found = problems_of("CA,29-1141,1,2,3,4,5,6,1,2,3,s\nCA,29-1141,1,2,3,4,5,6,1,2,3,s\n");
        assert_eq!(
            found,
            ["states.csv:3: second row for 29-1141 in CA: remove one of the two"]
        );
    }
}
