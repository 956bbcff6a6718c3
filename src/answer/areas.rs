//! Pay in a metropolitan or nonmetropolitan area, in words: one area, several compared, the best paying ones of a state.
//!
//! Every figure carries its area and period. Where an area has no released figure the state's stands in, and the answer says so.
//! Knows nothing of how the area was found.

use crate::answer::evidence::add_sources;
use crate::answer::model::{Answer, Fact};
use crate::answer::wording::{capital, earner, median_sentence, pay_period, thousands, wage};
use crate::knowledge::cells::{Cell, Hourly, Pay, TOP_CODE_CENTS};
use crate::knowledge::{AreaId, Knowledge, RoleId, State};

/// Areas named in a list.
const SHOWN: usize = 5;

/// Pay by the hour as BLS publishes it: `41.50 USD`, `at least 115.00 USD`, or nothing where it publishes none. The dollar sign
/// stands before yearly figures only, so that none is taken for the other.
pub fn hourly(cell: Hourly) -> Option<String> {
    let dollars = |cents: u32| format!("{}.{:02} USD", thousands(cents / 100), cents % 100);
    match cell {
        Hourly::Cents(cents) => Some(dollars(cents)),
        Hourly::TopCoded => Some(format!("at least {}", dollars(TOP_CODE_CENTS))),
        Hourly::NotReleased => None,
    }
}

/// One sentence: what a role earns in an area, or that BLS says nothing of it, and then what the state's figure is.
pub fn sentence(knowledge: &Knowledge, id: RoleId, area: AreaId) -> String {
    let role = knowledge.role(id);
    let (period, earner) = (pay_period(knowledge, role), earner(role));
    let place = knowledge.figures.areas.get(area).in_sentence();
    let row = knowledge.figures.areas.pay(role.soc, area);
    let by_hour = row
        .and_then(|row| hourly(row.hourly_median))
        .map(|pay| format!(", {pay} an hour"))
        .unwrap_or_default();
    let said = median_sentence(&earner, &place, period, row.map(|row| row.median), &by_hour);
    match row.and_then(|row| row.median.at_least()) {
        Some(_) => said,
        None => said + &instead(knowledge, id, area),
    }
}

/// What the state says where the area says nothing.
fn instead(knowledge: &Knowledge, id: RoleId, area: AreaId) -> String {
    let role = knowledge.role(id);
    let states = &knowledge.figures.areas.get(area).states;
    let known = |state: &State| {
        let median = knowledge.figures.pay_in(role.soc, *state)?.median;
        median
            .at_least()
            .map(|_| format!("in {} it was {} a year", state.in_sentence(), wage(median)))
    };
    let known: Vec<String> = states.iter().filter_map(known).take(2).collect();
    if known.is_empty() {
        String::new()
    } else {
        format!(" The median {}.", known.join(", and "))
    }
}

/// Facts about a role's pay in an area: range, quartiles, by the hour, jobs. Empty where nothing is released.
pub fn facts(knowledge: &Knowledge, id: RoleId, area: AreaId) -> Vec<Fact> {
    let role = knowledge.role(id);
    let Some(row) = knowledge.figures.areas.pay(role.soc, area) else {
        return Vec::new();
    };
    pay_facts(row, &label(knowledge, area), pay_period(knowledge, role))
}

/// The facts of a row of pay: range, quartiles, by the hour, jobs, each with its place and period.
pub(super) fn pay_facts(row: &Pay, place: &str, period: &str) -> Vec<Fact> {
    let released = |cell: Cell| cell.at_least().is_some();
    let mut facts = Vec::new();
    let mut push = |label: &str, value: String| {
        facts.push(Fact {
            label: label.to_owned(),
            value,
        })
    };
    if released(row.pct10) || released(row.pct90) {
        push(
            "Range there",
            format!(
                "{} (lowest-paid tenth) to {} (highest-paid tenth), {place}, {period}",
                wage(row.pct10),
                wage(row.pct90)
            ),
        );
    }
    if released(row.pct25) || released(row.pct75) {
        push(
            "Middle half there",
            format!(
                "{} (lower quarter) to {} (upper quarter), {place}, {period}",
                wage(row.pct25),
                wage(row.pct75)
            ),
        );
    }
    if let [Some(low), Some(middle), Some(high)] =
        [row.hourly10, row.hourly_median, row.hourly90].map(hourly)
    {
        push(
            "By the hour there",
            format!(
                "{middle} median; {low} (lowest-paid tenth) to {high} (highest-paid tenth), {place}, {period}"
            ),
        );
    }
    if let Some(jobs) = row.employment.number() {
        push(
            "Jobs there",
            format!(
                "{} ({place}, {period}; the self-employed are not counted)",
                thousands(jobs)
            ),
        );
    }
    facts
}

/// An area's name with the room that a fact has for it.
fn label(knowledge: &Knowledge, area: AreaId) -> String {
    knowledge.figures.areas.get(area).name.clone()
}

/// Puts a role's pay in an area before everything else that an answer says of its pay.
pub fn put_first(knowledge: &Knowledge, id: RoleId, area: AreaId, answer: &mut Answer) {
    answer.direct.insert(0, sentence(knowledge, id, area));
    answer.facts.splice(0..0, facts(knowledge, id, area));
    add_sources(
        knowledge,
        answer,
        [&knowledge.figures.areas.get(area).source],
        None,
    );
}

/// Adds a comparison of areas, best paid first: one sentence each, and by how much the ends differ where both are exact.
pub fn compare(knowledge: &Knowledge, id: RoleId, areas: &[AreaId], answer: &mut Answer) {
    let role = knowledge.role(id);
    let median = |area: AreaId| {
        knowledge
            .figures
            .areas
            .pay(role.soc, area)
            .map_or(Cell::NotReleased, |pay| pay.median)
    };
    let mut areas = areas.to_vec();
    areas.dedup();
    areas.sort_by_key(|area| (std::cmp::Reverse(median(*area).at_least()), *area));
    answer
        .direct
        .extend(areas.iter().map(|area| sentence(knowledge, id, *area)));
    let numbers: Vec<(AreaId, u32)> = areas
        .iter()
        .filter_map(|area| Some((*area, median(*area).number()?)))
        .collect();
    if let (Some((first, most)), Some((last, least))) = (numbers.first(), numbers.last())
        && first != last
    {
        let name = |area: AreaId| knowledge.figures.areas.get(area).in_sentence();
        answer.direct.push(match most - least {
            0 => format!(
                "The median is the same in {} and {}.",
                name(*first),
                name(*last)
            ),
            more => {
                format!(
                    "The median in {} is ${} a year above that in {}.",
                    name(*first),
                    thousands(more),
                    name(*last)
                )
            }
        });
    }
    let sources: Vec<_> = areas
        .iter()
        .map(|area| &knowledge.figures.areas.get(*area).source)
        .collect();
    add_sources(knowledge, answer, sources, None);
}

/// Adds the areas of a state, or of the whole US, that pay a role best.
pub fn best(knowledge: &Knowledge, id: RoleId, state: Option<State>, answer: &mut Answer) {
    let role = knowledge.role(id);
    let (period, earner) = (pay_period(knowledge, role), earner(role));
    let ranked = knowledge.figures.areas.best_paying_areas(role.soc, state);
    let whole = state.map_or_else(|| "the US".to_owned(), State::in_sentence);
    let Some((first, pay)) = ranked.first() else {
        answer.direct.push(format!(
            "BLS publishes no pay of {earner} for any area of {whole} ({period})."
        ));
        return;
    };
    let name = |area: AreaId| knowledge.figures.areas.get(area).name.as_str();
    answer.direct.insert(
        0,
        format!(
            "Of the areas of {whole}, {} pays {earner} best: {} a year (median, {period}).",
            knowledge.figures.areas.get(*first).in_sentence(),
            wage(pay.median)
        ),
    );
    let words = |(area, pay): &(AreaId, &Pay)| format!("{} {}", name(*area), wage(pay.median));
    let list = ranked
        .iter()
        .take(SHOWN)
        .map(words)
        .collect::<Vec<_>>()
        .join("; ");
    answer.facts.push(Fact {
        label: "Highest medians".to_owned(),
        value: list,
    });
    if ranked.len() > SHOWN
        && let Some(last) = ranked.last()
    {
        answer.facts.push(Fact {
            label: "Lowest median".to_owned(),
            value: words(last),
        });
    }
    let compared = format!(
        "{} areas of {whole} with a figure from BLS ({period})",
        ranked.len()
    );
    answer.facts.push(Fact {
        label: "Areas compared".to_owned(),
        value: capital(&compared),
    });
    add_sources(
        knowledge,
        answer,
        [&knowledge.figures.areas.get(*first).source],
        None,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::model::Outcome;
    use crate::knowledge::Topic;

    fn shipped(slug: &str) -> (Knowledge, RoleId) {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let Some(Topic::Role(id)) = knowledge.find(slug) else {
            panic!("no role {slug}")
        };
        (knowledge, id)
    }

    fn city(knowledge: &Knowledge, name: &str, state: &str) -> AreaId {
        knowledge
            .figures
            .areas
            .area_of_city(name, State::from_code(state))
            .expect("an area")
    }

    #[test]
    fn a_suburb_is_answered_with_its_area_named() {
        let (knowledge, nurse) = shipped("registered-nurse");
        let plano = city(&knowledge, "Plano", "TX");
        let said = sentence(&knowledge, nurse, plano);
        let pay = knowledge
            .figures
            .areas
            .pay(knowledge.role(nurse).soc, plano)
            .expect("a row");
        let usd = thousands(pay.median.number().expect("a number"));
        assert!(
            said.starts_with(
                "In the Dallas-Fort Worth-Arlington, TX area, registered nurses typically earn"
            ),
            "{said}"
        );
        assert!(
            said.contains(&format!("${usd} a year, "))
                && said.contains(" USD an hour (median, May 2025)"),
            "{said}"
        );
        let facts = facts(&knowledge, nurse, plano);
        assert_eq!(facts.len(), 4);
        assert!(
            facts
                .iter()
                .all(|fact| fact.value.contains("Dallas") && fact.value.contains("May 2025")),
            "{facts:?}"
        );
    }

    #[test]
    fn where_the_area_is_silent_the_state_speaks() {
        let (knowledge, id) = shipped("radiologist");
        let soc = knowledge.role(id).soc;
        let silent = knowledge
            .figures
            .areas
            .of_state(State::from_code("TX").expect("a state"))
            .find(|area| {
                knowledge
                    .figures
                    .areas
                    .pay(soc, *area)
                    .is_none_or(|pay| pay.median == Cell::NotReleased)
            })
            .expect("an area without a figure");
        let said = sentence(&knowledge, id, silent);
        assert!(
            said.contains("BLS") && said.contains("The median in Texas it was")
                || said.contains("in Texas it was"),
            "{said}"
        );
    }

    #[test]
    fn areas_are_compared_and_ranked() {
        let (knowledge, nurse) = shipped("registered-nurse");
        let mut answer = Answer::new(Outcome::Answered, "t");
        let pair = [
            city(&knowledge, "Houston", "TX"),
            city(&knowledge, "San Francisco", "CA"),
        ];
        compare(&knowledge, nurse, &pair, &mut answer);
        assert_eq!(answer.direct.len(), 3);
        assert!(
            answer.direct[0].contains("San Francisco")
                && answer.direct[2].contains("a year above that in"),
            "{:?}",
            answer.direct
        );
        let mut answer = Answer::new(Outcome::Answered, "t");
        best(&knowledge, nurse, State::from_code("TX"), &mut answer);
        assert!(
            answer.direct[0].starts_with("Of the areas of Texas, the "),
            "{:?}",
            answer.direct
        );
        assert!(answer.facts[0].value.matches("; ").count() == 4 && answer.sources.len() == 1);
    }
}
