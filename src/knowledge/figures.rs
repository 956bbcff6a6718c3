//! Pay, jobs and projections by SOC code, read from `knowledge/data/*.csv`.
//!
//! Each row names its source. Knows nothing of roles: which role a code stands for is the role's file's business.

use std::collections::HashMap;

use crate::knowledge::areas::Areas;
use crate::knowledge::names::SocCode;
use crate::knowledge::occupations::Occupations;
use crate::knowledge::problem::Problem;
use crate::knowledge::settings::Settings;
use crate::knowledge::sources::SourceId;
use crate::knowledge::states::State;
use crate::knowledge::table::read;
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
    /// `*`: BLS has not released the figure. Quartiles by state may also be empty: then they are not at hand.
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

/// The lowest hourly wage that BLS no longer gives exactly, in cents; see [`TOP_CODE_USD`].
pub const TOP_CODE_CENTS: u32 = 11_500;

/// One cell of pay by the hour, as BLS publishes it: never the year divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hourly {
    /// US cents an hour before tax.
    Cents(u32),
    /// `#`: at or above [`TOP_CODE_CENTS`].
    TopCoded,
    /// `*`: not released, or an occupation that BLS publishes by the year only.
    NotReleased,
}

impl Hourly {
    /// Parses dollars and cents (`47.02`), `#`, or `*` / `**`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "#" => Some(Self::TopCoded),
            "*" | "**" => Some(Self::NotReleased),
            number => {
                let (dollars, cents) = number.split_once('.').unwrap_or((number, "0"));
                let cents = match cents.len() {
                    1 => cents.parse::<u32>().ok()? * 10,
                    2 => cents.parse().ok()?,
                    _ => return None,
                };
                let dollars: u32 = dollars.replace(',', "").parse().ok()?;
                Some(Self::Cents(dollars.checked_mul(100)?.checked_add(cents)?))
            }
        }
    }

    /// The published pay in cents, if there is one.
    pub fn cents(self) -> Option<u32> {
        match self {
            Self::Cents(cents) => Some(cents),
            Self::TopCoded | Self::NotReleased => None,
        }
    }
}

impl std::fmt::Display for Hourly {
    /// As it stands in a file.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Cents(cents) => write!(f, "{}.{:02}", cents / 100, cents % 100),
            Self::TopCoded => f.write_str("#"),
            Self::NotReleased => f.write_str("*"),
        }
    }
}

/// Pay and jobs of one occupation in a place or a kind of workplace (OEWS): wage and salary workers only, before tax. BLS has no
/// pay by experience: the percentiles are those of all who do the work there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pay {
    /// Jobs, without the self-employed.
    pub employment: Cell,
    /// 10th percentile, USD a year.
    pub pct10: Cell,
    /// 25th percentile, USD a year.
    pub pct25: Cell,
    /// Median, USD a year.
    pub median: Cell,
    /// 75th percentile, USD a year.
    pub pct75: Cell,
    /// 90th percentile, USD a year.
    pub pct90: Cell,
    /// 10th percentile by the hour.
    pub hourly10: Hourly,
    /// Median by the hour.
    pub hourly_median: Hourly,
    /// 90th percentile by the hour.
    pub hourly90: Hourly,
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

/// A header: the columns given, those of a row of pay, and the columns given behind the semicolon.
macro_rules! pay_header {
    ($($before:literal),+ $(; $behind:literal)?) => {
        &[
            $($before,)+ "employment", "pct10", "pct25", "median", "pct75", "pct90", "hourly10", "hourly_median", "hourly90",
            $($behind)?
        ]
    };
}
pub(crate) use pay_header;

/// Rows of pay, best paid first; those whose median was not released are left out, top-coded medians stand first.
pub(crate) fn best_paid<'a, Id: Copy + Ord + 'a>(
    rows: impl Iterator<Item = &'a (Id, Pay)>,
) -> Vec<(Id, &'a Pay)> {
    let released = rows.filter(|(_, pay)| pay.median != Cell::NotReleased);
    let mut found: Vec<(Id, &Pay)> = released.map(|(id, pay)| (*id, pay)).collect();
    found.sort_by_key(|(id, pay)| (std::cmp::Reverse(pay.median.at_least()), *id));
    found
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
    fn cells_follow_the_notation_of_bls() {
        assert_eq!(Cell::parse("97,550"), Some(Cell::Number(97_550)));
        assert_eq!(Cell::parse("#"), Some(Cell::TopCoded));
        assert_eq!(Cell::parse("**"), Some(Cell::NotReleased));
        assert_eq!(Cell::parse("-5"), None);
        assert_eq!(Hourly::parse("47.02"), Some(Hourly::Cents(4702)));
        assert_eq!(Hourly::parse("1,047.5"), Some(Hourly::Cents(104_750)));
        assert_eq!(
            ["#", "**"].map(Hourly::parse),
            [Some(Hourly::TopCoded), Some(Hourly::NotReleased)]
        );
        assert_eq!(["", "-1", "1.234", "x"].map(Hourly::parse), [None; 4]);
        assert_eq!(Hourly::Cents(4705).to_string(), "47.05");
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
