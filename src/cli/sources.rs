//! `careerbot sources`: where the knowledge comes from, how old it is, and what rests on it.
//!
//! Counts and dates; judges nothing.

use jiff::civil::Date;

use crate::cli::failure::{Failure, count};
use crate::cli::io::{Io, Look};
use crate::cli::open::{self, Place, today};
use crate::cli::page::{Page, Style};
use crate::config::Config;
use crate::knowledge::check::days_between;
use crate::knowledge::{Knowledge, SourceId};

/// Days after which an age is told in months, and months after which it is told in years.
const DAYS_TOLD: i64 = 60;
const DAYS_OF_MONTH: f64 = 30.44;
const MONTHS_TOLD: f64 = 24.0;
/// Columns of the widest label below.
const LABEL: usize = 11;

/// Prints every source.
pub fn run(config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let knowledge = open::knowledge(&Place::of_knowledge(config))?;
    write!(io.out, "{}", text(&knowledge, today(), io.look))?;
    Ok(())
}

/// Every source with its age on `today` and what rests on it.
pub fn text(knowledge: &Knowledge, today: Date, look: Look) -> String {
    let mut page = Page::new(look);
    for (id, source) in &knowledge.sources {
        page.line(Style::Title, &source.title);
        page.labelled("Publisher", LABEL, &source.publisher);
        page.labelled("Release", LABEL, &source.release);
        page.labelled(
            "Published",
            LABEL,
            &source.date.map_or_else(
                || "undated".to_owned(),
                |date| format!("{} ({})", source.date_text, age(date, today)),
            ),
        );
        if !source.url.is_empty() {
            page.labelled("Address", LABEL, &source.url);
        }
        page.labelled("License", LABEL, &source.license);
        page.labelled("Rests on it", LABEL, &rests(knowledge, id));
        page.labelled("Credit", LABEL, &source.attribution);
        page.labelled("Key", LABEL, &id.0);
        page.gap();
    }
    page.finish()
}

/// `12 days old`, `6 months old`, `2.5 years old`.
pub fn age(date: Date, today: Date) -> String {
    let days = days_between(date, today);
    let months = days as f64 / DAYS_OF_MONTH;
    match days {
        ..0 => "not yet out by this computer's clock".to_owned(),
        0..DAYS_TOLD => format!("{} old", count(days as usize, "day")),
        _ if months < MONTHS_TOLD => format!("{months:.0} months old"),
        _ => format!("{:.1} years old", months / 12.0),
    }
}

fn rests(knowledge: &Knowledge, id: &SourceId) -> String {
    let figures = &knowledge.figures;
    let parts = [
        (
            knowledge
                .roles
                .iter()
                .filter(|role| role.sources.contains(id))
                .count(),
            "role",
            "roles",
        ),
        (
            knowledge
                .trends
                .iter()
                .filter(|trend| trend.sources.contains(id))
                .count(),
            "trend",
            "trends",
        ),
        (
            figures
                .national
                .values()
                .filter(|row| row.source == *id)
                .count(),
            "row of national pay",
            "rows of national pay",
        ),
        (
            figures
                .states
                .values()
                .filter(|row| row.source == *id)
                .count(),
            "row of pay by state",
            "rows of pay by state",
        ),
        (
            figures
                .projections
                .values()
                .filter(|row| row.source == *id)
                .count(),
            "projection",
            "projections",
        ),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| format!("{number} {}", if number == 1 { one } else { many }))
        .collect();
    if told.is_empty() {
        "lists of job titles".to_owned()
    } else {
        told.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_in_the_unit_that_fits() {
        let day = |text: &str| text.parse::<Date>().expect("a date");
        assert_eq!(age(day("2026-11-21"), day("2026-11-22")), "1 day old");
        assert_eq!(age(day("2026-05-15"), day("2026-11-22")), "6 months old");
        assert_eq!(age(day("2018-01-01"), day("2026-11-22")), "8.9 years old");
        assert_eq!(
            age(day("2027-01-01"), day("2026-11-22")),
            "not yet out by this computer's clock"
        );
    }
}
