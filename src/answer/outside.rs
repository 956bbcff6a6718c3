//! The one line that is said of a job outside healthcare: what BLS gives as its median.

use crate::answer::areas::hourly;
use crate::answer::evidence::add_sources;
use crate::answer::model::Answer;
use crate::answer::wording::wage;
use crate::knowledge::cells::Cell;
use crate::knowledge::{Knowledge, SocCode};

/// The median of an occupation, or of the group that BLS publishes it with: one sentence; `None` where there is none.
pub fn median(knowledge: &Knowledge, soc: SocCode) -> Option<String> {
    let (_, row) = knowledge.figures.occupations.of(soc)?;
    let period = knowledge
        .sources
        .get(&row.source)
        .map_or("", |source| source.period.as_str());
    let pay = match (row.median, hourly(row.hourly_median)) {
        (Cell::NotReleased, None) => return None,
        (Cell::NotReleased, Some(by_hour)) => format!("{by_hour} an hour"),
        (median, _) => format!("{} a year", wage(median)),
    };
    Some(format!(
        "For {} BLS gives a median of {pay} (US, {period}).",
        title(&row.title)
    ))
}

/// A title inside a sentence: in lower case, but for short words in capitals and names of their own.
fn title(title: &str) -> String {
    let small = |word: &str| {
        let plain =
            word.chars().filter(|c| c.is_uppercase()).count() == 1 && word.chars().count() > 1;
        if plain && !OWN_NAMES.contains(&word.trim_end_matches(',')) {
            word.to_lowercase()
        } else {
            word.to_owned()
        }
    };
    title.split(' ').map(small).collect::<Vec<_>>().join(" ")
}

/// Words of titles that keep their capital.
const OWN_NAMES: &[&str] = &["English", "Internet", "Federal", "Postal"];

/// Adds the median with its source; false where there is none.
pub fn add_median(knowledge: &Knowledge, soc: SocCode, answer: &mut Answer) -> bool {
    let (Some(sentence), Some((_, row))) = (
        median(knowledge, soc),
        knowledge.figures.occupations.of(soc),
    ) else {
        return false;
    };
    answer.direct.push(sentence);
    add_sources(knowledge, answer, [&row.source], None);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::model::Outcome;

    #[test]
    fn a_job_outside_has_one_line_with_its_source() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let soc = |code: &str| SocCode::parse(code).expect("a code");
        let mut answer = Answer::new(Outcome::NotCovered, "t");
        assert!(add_median(&knowledge, soc("47-2111"), &mut answer));
        assert!(
            answer.direct[0].starts_with("For electricians BLS gives a median of $"),
            "{:?}",
            answer.direct
        );
        assert!(answer.direct[0].ends_with("a year (US, May 2025).") && answer.sources.len() == 1);
        let actors = median(&knowledge, soc("27-2011")).expect("pay by the hour");
        assert!(actors.contains(" an hour (US, May 2025)"), "{actors}");
        assert_eq!(median(&knowledge, soc("55-1011")), None);
    }

    #[test]
    fn every_job_outside_with_a_code_that_bls_publishes_has_its_line() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let with = knowledge
            .outside
            .iter()
            .filter(|row| row.soc.is_some_and(|soc| median(&knowledge, soc).is_some()))
            .count();
        assert!(
            with * 100 > knowledge.outside.len() * 90,
            "{with} of {}",
            knowledge.outside.len()
        );
    }
}
