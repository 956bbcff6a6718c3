//! What graduates of a field earn and owe, by credential and state, after the College Scorecard: `data/programs.csv`.
//!
//! Each figure is the middle one of the programs' own medians: worked out here from the published figures of single programs, and
//! no figure of the Department of Education. An answer must say so. Not tuition, not length.

use std::collections::HashMap;

use crate::knowledge::names::Slug;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::states::State;
use crate::knowledge::table::{Row, read};
use crate::knowledge::terms::vocabulary;

vocabulary! {
    /// What a program leads to, in the words of the College Scorecard; ordered from least to most.
    Credential {
        /// Certificate or diploma below a bachelor's degree.
        Certificate = "Undergraduate Certificate or Diploma",
        /// Associate's degree.
        Associate = "Associate's Degree",
        /// Bachelor's degree.
        Bachelor = "Bachelor's Degree",
        /// Certificate after a bachelor's degree.
        PostBachelor = "Post-baccalaureate Certificate",
        /// Master's degree.
        Master = "Master's Degree",
        /// Certificate of graduate study.
        Graduate = "Graduate/Professional Certificate",
        /// Doctoral degree.
        Doctoral = "Doctoral Degree",
        /// First professional degree, such as a pharmacist's.
        FirstProfessional = "First Professional Degree",
    }
}

/// A field of study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Code of four digits (CIP).
    pub code: String,
    /// The Department of Education's name of it.
    pub name: String,
    /// Slugs of the roles that it usually leads to; may be empty.
    pub roles: Vec<Slug>,
    /// Line in the file.
    pub line: usize,
}

/// Medians of the programs of one field, credential and state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Medians {
    /// Programs whose earnings were published.
    pub with_earnings: u32,
    /// The middle one of their median earnings four years after completion, USD a year.
    pub earnings: Option<u32>,
    /// Programs whose debt was published.
    pub with_debt: u32,
    /// The middle one of their median debts at completion, USD.
    pub debt: Option<u32>,
}

/// All fields and their medians.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Programs {
    /// Fields, in the order of the file.
    pub fields: Vec<Field>,
    /// Where the figures are from.
    pub source: Option<SourceId>,
    medians: HashMap<(String, Credential, Option<State>), Medians>,
}

/// What must be said with every figure.
pub const CAUTION: &str = "The middle of the programs' own medians, worked out from the College Scorecard; not a figure of the \
Department of Education. Small programs are not published. Earnings are those of people who got federal aid.";

/// File name and header of the two tables, below `knowledge/data/`.
pub const FIELDS: (&str, &[&str]) = ("fields.csv", &["field", "name", "roles"]);
/// See [`FIELDS`]. `US` in the column of states is the whole country.
pub const PROGRAMS: (&str, &[&str]) = (
    "programs.csv",
    &[
        "field",
        "credential",
        "state",
        "with_earnings",
        "earnings",
        "with_debt",
        "debt",
        "source",
    ],
);

impl Programs {
    /// The fields that lead to a role, by its slug.
    pub fn fields_of(&self, role: &Slug) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(move |field| field.roles.contains(role))
    }

    /// Medians of a field and credential in a state, or in the whole country.
    pub fn medians(
        &self,
        field: &str,
        credential: Credential,
        state: Option<State>,
    ) -> Option<&Medians> {
        self.medians.get(&(field.to_owned(), credential, state))
    }

    /// The credentials of a field for which something is known in a state or the whole country, least first.
    pub fn credentials(&self, field: &str, state: Option<State>) -> Vec<(Credential, &Medians)> {
        Credential::ALL
            .iter()
            .filter_map(|kind| Some((*kind, self.medians(field, *kind, state)?)))
            .collect()
    }

    /// Number of rows of figures.
    pub fn rows(&self) -> usize {
        self.medians.len()
    }

    /// Reads `fields.csv`; `programs.csv` needs it.
    pub(crate) fn read_fields(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, FIELDS.1, problems, |row| {
            let code = row.text("field")?.to_owned();
            let roles = row.raw("roles").split(' ').filter(|slug| !slug.is_empty());
            let roles = roles
                .map(|slug| Slug::parse(slug).ok_or_else(|| format!("\"{slug}\" is not a slug")))
                .collect::<Result<_, _>>()?;
            let twice = self.fields.iter().any(|other| other.code == code);
            self.fields.push(Field {
                code: code.clone(),
                name: row.text("name")?.to_owned(),
                roles,
                line: row.line(),
            });
            row.once(twice, &code)
        });
    }

    /// Reads `programs.csv`.
    pub(crate) fn read_programs(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, PROGRAMS.1, problems, |row| {
            let field = row.text("field")?;
            if !self.fields.iter().any(|known| known.code == field) {
                return Err(format!("unknown field \"{field}\": add it to {}", FIELDS.0));
            }
            let word = row.text("credential")?;
            let credential = Credential::parse(word).ok_or_else(|| {
                format!(
                    "credential cannot be \"{word}\": write one of {}",
                    Credential::WORDS.join(", ")
                )
            })?;
            let state = if row.raw("state") == "US" {
                None
            } else {
                Some(row.state("state")?)
            };
            let medians = Medians {
                with_earnings: row.number("with_earnings")?,
                earnings: optional(row, "earnings")?,
                with_debt: row.number("with_debt")?,
                debt: optional(row, "debt")?,
            };
            let source = row.source()?;
            if self.source.as_ref().is_some_and(|other| *other != source) {
                return Err("a second source: all rows are of one release".to_owned());
            }
            self.source = Some(source);
            let key = format!("{field}, {word}, {}", row.raw("state"));
            row.once(
                self.medians
                    .insert((field.to_owned(), credential, state), medians)
                    .is_some(),
                &key,
            )
        });
    }
}

/// A number that may be missing.
fn optional(row: &Row<'_>, column: &str) -> Result<Option<u32>, String> {
    if row.raw(column).is_empty() {
        Ok(None)
    } else {
        row.number(column).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_stand_by_field_credential_and_state() {
        let mut programs = Programs::default();
        let mut problems = Vec::new();
        programs.read_fields(
            "fields.csv",
            "field,name,roles\n5138,Nursing.,registered-nurse nurse-practitioner\n",
            &mut problems,
        );
        let rows = "5138,Associate's Degree,US,500,70000,400,18000,s\n5138,Bachelor's Degree,TX,5,80000,0,,s\n9999,Bachelor's Degree,TX,5,80000,0,,s\n5138,Degree,TX,5,80000,0,,s\n";
        programs.read_programs(
            "programs.csv",
            &format!("{}\n{rows}", PROGRAMS.1.join(",")),
            &mut problems,
        );
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(
            problems[0]
                .to_string()
                .starts_with("programs.csv:4: unknown field \"9999\"")
        );
        assert!(
            problems[1]
                .to_string()
                .starts_with("programs.csv:5: credential cannot be \"Degree\"")
        );
        let nurse = Slug::parse("registered-nurse").expect("a slug");
        let field = programs.fields_of(&nurse).next().expect("a field");
        let texas = State::from_code("TX");
        assert_eq!(
            programs
                .medians(&field.code, Credential::Bachelor, texas)
                .map(|row| (row.earnings, row.debt)),
            Some((Some(80_000), None))
        );
        assert_eq!(programs.credentials("5138", None).len(), 1);
    }
}
