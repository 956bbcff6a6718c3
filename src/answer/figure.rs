//! One figure of a role in words: what it is, of where and when, and of whom where it covers more than the role.
//!
//! Every number comes from the tables of `knowledge`. Knows nothing of where it stands.

use crate::answer::wording::wage;
use crate::knowledge::terms::FigureMatch;
use crate::knowledge::{Cell, Knowledge, Role, SourceId};

/// The figure's words and the source that it comes from; no source where there is no figure.
pub fn median_pay(knowledge: &Knowledge, role: &Role) -> (String, Option<SourceId>) {
    let Some(national) = knowledge.figures.national.get(&role.soc) else {
        return ("no pay figure is published for this role".to_owned(), None);
    };
    let period = knowledge
        .sources
        .get(&national.source)
        .map_or("undated", |source| source.period.as_str());
    let pay = wage(national.median);
    let mut words = match national.median {
        Cell::Number(_) => format!("median pay {pay} a year (US, {period})"),
        Cell::TopCoded => {
            format!(
                "median pay {pay} a year (US, {period}; the survey gives no exact figure above that)"
            )
        }
        Cell::NotReleased => format!("median pay {pay} by the survey (US, {period})"),
    };
    match role.figures {
        FigureMatch::Exact => {}
        FigureMatch::Group => words += &format!("; the figure is for all {}", role.group),
        FigureMatch::Nearest => {
            words += &format!(
                "; the role has no figure of its own, this one is for {}, the nearest group",
                role.group
            )
        }
    }
    (words, Some(national.source.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::load_shipped;

    #[track_caller]
    fn check(slug: &str, median: Option<Cell>, expected: &str) {
        let mut knowledge = load_shipped().expect("the shipped knowledge");
        let role = knowledge
            .roles
            .iter()
            .find(|role| role.slug.as_str() == slug)
            .expect("a role")
            .clone();
        match (median, knowledge.figures.national.get_mut(&role.soc)) {
            (Some(median), Some(national)) => national.median = median,
            _ => drop(knowledge.figures.national.remove(&role.soc)),
        }
        // The period is that of the release that the knowledge holds.
        let period = knowledge
            .sources
            .iter()
            .find(|(id, _)| id.0.starts_with("bls-oews"))
            .map_or("", |(_, source)| &source.period);
        assert_eq!(
            median_pay(&knowledge, &role).0,
            expected.replace("PERIOD", period)
        );
    }

    #[test]
    fn a_figure_says_of_where_when_and_whom() {
        check(
            "nurse-practitioner",
            Some(Cell::Number(132_050)),
            "median pay $132,050 a year (US, PERIOD)",
        );
        check(
            "telehealth-coordinator",
            Some(Cell::Number(67_310)),
            "median pay $67,310 a year (US, PERIOD); the role has no figure of its own, this one is for health information \
             technologists and medical registrars, the nearest group",
        );
        check(
            "family-physician",
            Some(Cell::TopCoded),
            "median pay at least $239,200 a year (US, PERIOD; the survey gives no exact figure above that)",
        );
        check(
            "family-physician",
            Some(Cell::NotReleased),
            "median pay not released by the survey (US, PERIOD)",
        );
        check(
            "family-physician",
            None,
            "no pay figure is published for this role",
        );
    }
}
