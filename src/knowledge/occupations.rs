//! What every occupation pays, healthcare or not: `data/occupations.csv`.
//!
//! With it a refusal can say one line about a job that is not covered. Knows nothing but title and median.

use std::collections::HashMap;

use crate::knowledge::cells::{Cell, Hourly};
use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::table::read;

/// An occupation, or a group of occupations, as BLS publishes it for the whole country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupation {
    /// Title of the code, plural.
    pub title: String,
    /// Jobs, without the self-employed.
    pub employment: Cell,
    /// Median, USD a year; not released where BLS publishes pay by the hour only.
    pub median: Cell,
    /// Median by the hour.
    pub hourly_median: Hourly,
    /// Release.
    pub source: SourceId,
}

/// All occupations by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occupations(HashMap<SocCode, Occupation>);

/// File name and header, below `knowledge/data/`.
pub const OCCUPATIONS: (&str, &[&str]) = (
    "occupations.csv",
    &[
        "soc",
        "title",
        "employment",
        "median",
        "hourly_median",
        "source",
    ],
);

impl Occupations {
    /// The occupation of a code; where BLS publishes only the group that holds it, that group.
    pub fn of(&self, soc: SocCode) -> Option<(SocCode, &Occupation)> {
        [soc, soc.broad()]
            .into_iter()
            .find_map(|code| self.0.get(&code).map(|row| (code, row)))
    }

    /// Every code.
    pub fn codes(&self) -> impl Iterator<Item = SocCode> + '_ {
        self.0.keys().copied()
    }

    /// Releases that are named.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &SourceId> {
        self.0.values().map(|row| &row.source)
    }

    /// Reads `occupations.csv`.
    pub(crate) fn read(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, OCCUPATIONS.1, problems, |row| {
            let soc = row.soc("soc")?;
            let occupation = Occupation {
                title: row.text("title")?.to_owned(),
                employment: row.cell("employment")?,
                median: row.cell("median")?,
                hourly_median: row.hourly("hourly_median")?,
                source: row.source()?,
            };
            row.once(self.0.insert(soc, occupation).is_some(), &soc.to_string())
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_occupation_without_a_row_of_its_own_is_found_by_its_group() {
        let mut occupations = Occupations::default();
        let mut problems = Vec::new();
        let text = "soc,title,employment,median,hourly_median,source\n13-1020,Buyers,5,70000,33.65,s\n53-2011,Airline Pilots,5,#,*,s\n53-2011,Pilots,5,#,*,s\n";
        occupations.read("occupations.csv", text, &mut problems);
        assert_eq!(problems.len(), 1, "{problems:?}");
        let found = |code: &str| {
            occupations
                .of(SocCode::parse(code).expect("a code"))
                .map(|(_, row)| row.median)
        };
        assert_eq!(found("13-1023"), Some(Cell::Number(70_000)));
        assert_eq!(found("53-2011"), Some(Cell::TopCoded));
        assert_eq!(found("55-1011"), None);
    }
}
