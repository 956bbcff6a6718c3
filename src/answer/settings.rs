//! Pay by kind of workplace, in words: hospitals, clinics, nursing homes, home health, schools, government.
//!
//! The figures are for the whole US. Knows nothing of how a workplace was found in a question.

use crate::answer::areas::{hourly, pay_facts};
use crate::answer::evidence::add_sources;
use crate::answer::model::{Answer, Fact};
use crate::answer::wording::{capital, earner, join, pay_period, thousands, wage};
use crate::knowledge::cells::{Cell, Pay};
use crate::knowledge::{Knowledge, RoleId, SettingId};

/// Kinds of workplace named in a list.
const SHOWN: usize = 6;
/// Workplaces that others are parts of: they are compared only where they are asked for.
const WHOLES: &[&str] = &["private-sector", "all-government"];

/// One sentence: what a role earns in a kind of workplace, or that BLS says nothing of it.
pub fn sentence(knowledge: &Knowledge, id: RoleId, setting: SettingId) -> String {
    let role = knowledge.role(id);
    let (period, earner) = (pay_period(knowledge, role), earner(role));
    let place = &knowledge.figures.settings.get(setting).name;
    match knowledge.figures.settings.pay(role.soc, setting) {
        Some(pay) if pay.median != Cell::NotReleased => {
            let by_hour = hourly(pay.hourly_median)
                .map(|pay| format!(", {pay} an hour"))
                .unwrap_or_default();
            format!(
                "In {place}, {earner} typically earn {} a year{by_hour} (median, US, {period}).",
                wage(pay.median)
            )
        }
        Some(_) => format!("BLS has not released the pay of {earner} in {place} (US, {period})."),
        None => {
            format!("BLS publishes no figure for the pay of {earner} in {place} (US, {period}).")
        }
    }
}

/// Adds a role's pay in the kinds of workplace asked for, best paid first, and which of them pays more.
pub fn compare(knowledge: &Knowledge, id: RoleId, settings: &[SettingId], answer: &mut Answer) {
    let role = knowledge.role(id);
    let table = &knowledge.figures.settings;
    let median = |setting: SettingId| {
        table
            .pay(role.soc, setting)
            .map_or(Cell::NotReleased, |pay| pay.median)
    };
    let mut settings = settings.to_vec();
    settings.sort_by_key(|setting| (std::cmp::Reverse(median(*setting).at_least()), *setting));
    settings.dedup();
    let numbers: Vec<(SettingId, u32)> = settings
        .iter()
        .filter_map(|id| Some((*id, median(*id).number()?)))
        .collect();
    if let (Some((first, most)), Some((last, least))) = (numbers.first(), numbers.last())
        && first != last
    {
        let name = |id: SettingId| table.get(id).name.as_str();
        answer.direct.push(if most == least {
            format!(
                "The median of {} is the same in {} and {}.",
                earner(role),
                name(*first),
                name(*last)
            )
        } else {
            format!(
                "{} earned more in {}: the median is ${} a year above that in {}.",
                capital(&earner(role)),
                name(*first),
                thousands(most - least),
                name(*last)
            )
        });
    }
    answer.direct.extend(
        settings
            .iter()
            .map(|setting| sentence(knowledge, id, *setting)),
    );
    if let [one] = settings.as_slice()
        && let Some(pay) = table.pay(role.soc, *one)
    {
        answer.facts.extend(pay_facts(
            pay,
            &format!("{}, US", table.get(*one).name),
            pay_period(knowledge, role),
        ));
    }
    let sources: Vec<_> = settings
        .iter()
        .map(|setting| &table.get(*setting).source)
        .collect();
    add_sources(knowledge, answer, sources, None);
}

/// Adds where a role earns most and where most of them work.
pub fn overview(knowledge: &Knowledge, id: RoleId, answer: &mut Answer) {
    let role = knowledge.role(id);
    let (period, earner) = (pay_period(knowledge, role), earner(role));
    let table = &knowledge.figures.settings;
    let part = |(id, _): &(SettingId, &Pay)| !WHOLES.contains(&table.get(*id).slug.as_str());
    let best: Vec<(SettingId, &Pay)> = table
        .best_paying(role.soc)
        .into_iter()
        .filter(part)
        .collect();
    let largest: Vec<(SettingId, &Pay)> = table
        .largest_employers(role.soc)
        .into_iter()
        .filter(part)
        .collect();
    let Some((first, pay)) = best.first() else {
        answer.direct.push(format!(
            "BLS publishes no pay of {earner} by kind of workplace (US, {period})."
        ));
        return;
    };
    answer.direct.push(format!(
        "Of the workplaces that I know of, {} pay {earner} best: {} a year (median, US, {period}).",
        table.get(*first).name,
        wage(pay.median)
    ));
    let most: Vec<String> = largest
        .iter()
        .take(3)
        .map(|(id, _)| table.get(*id).name.clone())
        .collect();
    if !most.is_empty() {
        answer
            .direct
            .push(format!("Most of them work in {}.", join(&most)));
    }
    let line =
        |(id, pay): &(SettingId, &Pay)| format!("{} {}", table.get(*id).name, wage(pay.median));
    let list = best
        .iter()
        .take(SHOWN)
        .map(line)
        .collect::<Vec<_>>()
        .join("; ");
    answer.facts.push(Fact {
        label: "Median by workplace".to_owned(),
        value: format!("{list} (US, {period})"),
    });
    add_sources(knowledge, answer, [&table.get(*first).source], None);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::model::Outcome;
    use crate::knowledge::Topic;

    #[test]
    fn hospital_and_clinic_are_told_apart() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let Some(Topic::Role(nurse)) = knowledge.find("registered-nurse") else {
            panic!("no nurse")
        };
        let find = |slug: &str| knowledge.figures.settings.find(slug).expect("the setting");
        let mut answer = Answer::new(Outcome::Answered, "t");
        compare(
            &knowledge,
            nurse,
            &[find("physician-offices"), find("hospitals")],
            &mut answer,
        );
        assert_eq!(answer.direct.len(), 3, "{:?}", answer.direct);
        assert!(
            answer.direct[0]
                .starts_with("Registered nurses earned more in hospitals: the median is $"),
            "{:?}",
            answer.direct
        );
        assert!(
            answer.direct[1].starts_with("In hospitals, registered nurses typically earn $"),
            "{:?}",
            answer.direct
        );
        let mut answer = Answer::new(Outcome::Answered, "t");
        overview(&knowledge, nurse, &mut answer);
        assert!(
            answer.direct[1].starts_with("Most of them work in hospitals"),
            "{:?}",
            answer.direct
        );
    }
}
