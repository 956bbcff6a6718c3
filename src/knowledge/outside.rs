//! Occupations that are known not to be covered: `knowledge/data/outside.csv`, and what BLS itself calls them.
//!
//! With them a refusal can name what was asked for. Knows nothing about those occupations but their names.

use crate::knowledge::names::SocCode;
use crate::knowledge::occupations::Occupations;
use crate::knowledge::problem::Problem;
use crate::knowledge::table;
use crate::knowledge::terms::FigureMatch;

/// One title of an occupation outside the knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideTitle {
    /// The title, lower case; singular in `outside.csv`.
    pub title: String,
    /// The occupation, as the Standard Occupational Classification names it.
    pub occupation: String,
    /// Its code, by which `figures.occupations` knows what it pays; `None` where it has none of its own.
    pub soc: Option<SocCode>,
}

/// All titles.
pub type Outside = Vec<OutsideTitle>;

/// File and columns of the everyday descriptions, below the knowledge folder.
pub(crate) const DESCRIPTIONS: (&str, [&str; 2]) =
    ("data/descriptions.csv", ["description", "role"]);
/// Header of `outside.csv`; the code may be empty.
pub const OUTSIDE: &[&str] = &["title", "occupation", "soc"];

/// Reads `outside.csv`.
pub fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Outside {
    let mut outside = Outside::new();
    table::read(file, text, OUTSIDE, problems, |row| {
        let soc = if row.raw("soc").is_empty() {
            None
        } else {
            Some(row.soc("soc")?)
        };
        let (title, occupation) = (
            row.text("title")?.to_owned(),
            row.text("occupation")?.to_owned(),
        );
        outside.push(OutsideTitle {
            title,
            occupation,
            soc,
        });
        Ok(())
    });
    outside
}

/// The occupations that BLS publishes and no role stands for, by the titles that it gives them. Each role is given by its code
/// and by how well the figures of that code fit it.
///
/// A group that holds the occupation of a role is left out: its title is a wish for its roles.
pub(crate) fn published(occupations: &Occupations, roles: &[(SocCode, FigureMatch)]) -> Outside {
    let covered = |code: SocCode| {
        roles.iter().any(|(soc, figures)| {
            code != *soc && code.holds(*soc) || code == *soc && *figures == FigureMatch::Exact
        })
    };
    let mut codes: Vec<SocCode> = occupations
        .codes()
        .filter(|code| *code != SocCode::ALL && !covered(*code))
        .collect();
    codes.sort();
    codes
        .into_iter()
        .filter_map(|code| {
            let (_, row) = occupations.of(code)?;
            Some(OutsideTitle {
                title: row.title.to_lowercase(),
                occupation: row.title.clone(),
                soc: Some(code),
            })
        })
        .collect()
}

/// Reads a CSV file of two columns that must not be empty, as (line, first, second).
pub(crate) fn pairs(
    file: &str,
    text: &str,
    columns: [&str; 2],
    problems: &mut Vec<Problem>,
) -> Vec<(usize, String, String)> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    if !reader
        .headers()
        .is_ok_and(|header| header.iter().eq(columns))
    {
        problems.push(Problem::new(
            file,
            1,
            "the header is wrong",
            format!("write {}", columns.join(",")),
        ));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.into_records() {
        let line = |position: Option<&csv::Position>| {
            position.map_or(0, |position| position.line() as usize)
        };
        match record {
            Ok(record) => match (record.get(0).map(str::trim), record.get(1).map(str::trim)) {
                (Some(one), Some(two)) if !one.is_empty() && !two.is_empty() => {
                    rows.push((line(record.position()), one.to_owned(), two.to_owned()))
                }
                _ => problems.push(Problem::new(
                    file,
                    line(record.position()),
                    "a column is empty",
                    format!("write {}", columns.join(",")),
                )),
            },
            Err(error) => problems.push(Problem::new(
                file,
                line(error.position()),
                "row has a wrong number of columns",
                format!("write {}", columns.join(",")),
            )),
        }
    }
    rows
}
