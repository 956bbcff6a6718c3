//! One figure of a role in words: what it is, of where and when, and of whom where it covers more than the role.
//!
//! Every number comes from the tables of `knowledge`. Knows nothing of summaries.

use crate::knowledge::figures::TOP_CODE_USD;
use crate::knowledge::terms::FigureMatch;
use crate::knowledge::{Cell, Knowledge, Role, SourceId};

/// The figure's words and the source that it comes from; no source where there is no figure.
pub fn median_pay(knowledge: &Knowledge, role: &Role) -> (String, Option<SourceId>) {
    let Some(national) = knowledge.figures.national.get(&role.soc) else {
        return ("no pay figure is published for this role".to_owned(), None);
    };
    let period = knowledge.sources.get(&national.source).map_or("undated", |source| source.period.as_str());
    let mut words = match national.median {
        Cell::Number(dollars) => format!("median pay {} a year (US, {period})", usd(dollars)),
        Cell::TopCoded => format!(
            "median pay at least {} a year (US, {period}; the survey gives no exact figure above that)",
            usd(TOP_CODE_USD)
        ),
        Cell::NotReleased => format!("median pay not released by the survey (US, {period})"),
    };
    match role.figures {
        FigureMatch::Exact => {}
        FigureMatch::Group => words += &format!("; the figure is for all {}", role.group),
        FigureMatch::Nearest => {
            words += &format!("; the role has no figure of its own, this one is for {}, the nearest group", role.group)
        }
    }
    (words, Some(national.source.clone()))
}

/// `$1,234,567`.
pub fn usd(dollars: u32) -> String {
    let digits = dollars.to_string();
    let mut text = String::from("$");
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::load_shipped;

    #[track_caller]
    fn check(slug: &str, median: Option<Cell>, expected: &str) {
        let mut knowledge = load_shipped().expect("the shipped knowledge");
        let role = knowledge.roles.iter().find(|role| role.slug.as_str() == slug).expect("a role").clone();
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
        assert_eq!(median_pay(&knowledge, &role).0, expected.replace("PERIOD", period));
    }

    #[test]
    fn a_figure_says_of_where_when_and_whom() {
        check("nurse-practitioner", Some(Cell::Number(132_050)), "median pay $132,050 a year (US, PERIOD)");
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
        check("family-physician", Some(Cell::NotReleased), "median pay not released by the survey (US, PERIOD)");
        check("family-physician", None, "no pay figure is published for this role");
    }

    #[test]
    fn dollars_have_commas() {
        for (dollars, text) in [(0, "$0"), (999, "$999"), (1_000, "$1,000"), (1_234_567, "$1,234,567")] {
            assert_eq!(usd(dollars), text);
        }
    }
}
