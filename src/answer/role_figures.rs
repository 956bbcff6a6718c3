//! What is said of a role in figures: pay in the US and by state, outlook, openings, jobs.
//!
//! Every figure carries its place, period and group.

use crate::answer::evidence::add_sources;
use crate::answer::facts::{PAY_CAVEAT, push_fact};
use crate::answer::model::{Answer, Median};
use crate::answer::wording::{
    about_hourly, capital, capital_words, count, earner, median_sentence, paced, pay_period,
    percent, place, projection_period, thousands, wage, whose,
};
use crate::answer::{areas, offer, settings, states};
use crate::knowledge::cells::Cell;
use crate::knowledge::language::Label;
use crate::knowledge::terms::FigureMatch;
use crate::knowledge::terms::PayStatistic;
use crate::knowledge::{Knowledge, Role, RoleId, SocCode, State};
use crate::understanding::request::Ask;

/// Areas compared at most.
const MOST_AREAS: usize = 4;

/// What the lower part of a group earned at most. A figure that is top-coded has no upper end.
pub(super) fn up_to(cell: Cell) -> String {
    match cell {
        Cell::Number(_) => format!("{} or less", wage(cell)),
        Cell::TopCoded => format!(
            "up to a sum that is {} (BLS gives no exact figure above that)",
            wage(cell)
        ),
        Cell::NotReleased => "a sum that BLS has not released".to_owned(),
    }
}

/// What the upper part of a group earned at least.
fn from(cell: Cell) -> String {
    match cell {
        Cell::Number(_) => format!("{} or more", wage(cell)),
        Cell::TopCoded => wage(cell),
        Cell::NotReleased => "a sum that BLS has not released".to_owned(),
    }
}

/// Pay in the US, or in each of the states asked for.
pub fn pay(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let by_area = !ask.place.areas.is_empty();
    // An area is nearer than its state.
    let states = if by_area {
        &[][..]
    } else {
        ask.place.states.as_slice()
    };
    let role = knowledge.role(id);
    let Some(national) = knowledge.figures.national.get(&role.soc) else {
        return;
    };
    let period = pay_period(knowledge, role).to_owned();
    if let Some(end) = ask.place.ranked.filter(|_| !ask.place.by_area) {
        states::by_pay(knowledge, role, end, &period, answer);
    }
    for state in states.iter().take(5) {
        let row = knowledge.figures.pay_in(role.soc, *state);
        let median = row.map(|row| row.median);
        // Who asks by the hour is told exactly, behind the year's.
        let by_hour = row
            .filter(|_| ask.unit.is_none())
            .map(|row| about_hourly(row.hourly_median))
            .unwrap_or_default();
        let sentence = median_sentence(
            &earner(role),
            &state.in_sentence(),
            &period,
            median,
            &by_hour,
        );
        let paced = row
            .and_then(|row| paced(row.median, row.hourly_median, ask.unit?))
            .unwrap_or_default();
        answer.direct.push(sentence + &paced);
        if let Some(row) = row {
            range(answer, row.pct10, row.pct90, *state, &period);
            if let Some(jobs) = row.employment.number() {
                push_fact(
                    answer,
                    &format!("Jobs in {}", state.name()),
                    format!("{} ({period})", thousands(jobs)),
                );
            }
        }
    }
    if states.is_empty() && !by_area {
        let by_hour = match ask.unit {
            None => about_hourly(national.hourly_median),
            Some(_) => String::new(),
        };
        // In the middle of a sentence it stands between two commas.
        let by_hour = if by_hour.is_empty() {
            by_hour
        } else {
            by_hour + ","
        };
        let sentence = match (role.figures, national.median) {
            (FigureMatch::Nearest, median) => format!(
                "There is no official pay figure for {} alone. The nearest official group, {}, typically earns {} a year{by_hour} in the US (median, {period}).",
                role.plural,
                role.group,
                wage(median)
            ),
            (_, median) => {
                format!(
                    "{} typically earn {} a year{by_hour} in the US (median, {period}).",
                    capital(&earner(role)),
                    wage(median)
                )
            }
        };
        let paced = ask
            .unit
            .and_then(|unit| paced(national.median, national.hourly_median, unit))
            .unwrap_or_default();
        answer.direct.push(sentence + &paced);
        push_fact(
            answer,
            "Lowest-paid tenth",
            format!("{} (US, {period})", up_to(national.pct10)),
        );
        push_fact(
            answer,
            "Highest-paid tenth",
            format!("{} (US, {period})", from(national.pct90)),
        );
        push_fact(
            answer,
            "Jobs",
            format!(
                "{} (US, {period}; the self-employed are not counted)",
                count(national.employment)
            ),
        );
    } else {
        push_fact(
            answer,
            "US median",
            format!("{} a year ({period})", wage(national.median)),
        );
    }
    let one_place = states.len() < 2 && !by_area && ask.place.ranked.is_none();
    let asked_for_more = ask.statistic.is_some() || ask.amount.is_some();
    if one_place && !asked_for_more && answer.direct.len() == 1 {
        let cell = match states.first() {
            Some(state) => knowledge
                .figures
                .pay_in(role.soc, *state)
                .map(|row| row.median),
            None => Some(national.median),
        };
        answer.median = median(role, cell, place(states.first().copied()), &period);
    }
    let there = states
        .first()
        .and_then(|state| knowledge.figures.pay_in(role.soc, *state));
    let (low, high) = there.map_or((national.pct10, national.pct90), |row| {
        (row.pct10, row.pct90)
    });
    let country = place(None);
    let place = place(states.first().copied().filter(|_| there.is_some()));
    // Of some occupations the quarters are at hand for the whole country only.
    let quarters = there
        .map(|row| (row.pct25, row.pct75))
        .filter(|quarters| *quarters != (Cell::NotReleased, Cell::NotReleased));
    let (lower, upper) = quarters.unwrap_or((national.pct25, national.pct75));
    let of_quarters = if quarters.is_some() { place } else { country };
    answer.direct.extend(ask.statistic.map(|statistic| match statistic {
        PayStatistic::Quartiles => format!(
            "A quarter of them earned {} (25th percentile), and a quarter {} (75th percentile) ({of_quarters}, {period}).",
            up_to(lower),
            from(upper)
        ),
        PayStatistic::Mean => format!("The mean was {} a year (US, {period}).", wage(national.mean)),
        PayStatistic::Start => format!(
            "BLS has no pay by experience; the lowest-paid tenth earned {} ({place}, {period}).",
            up_to(low)
        ),
        PayStatistic::Top => format!(
            "BLS has no pay by experience; the highest-paid tenth earned {} ({place}, {period}).",
            from(high)
        ),
    }));
    let missing = match ask.statistic {
        Some(PayStatistic::Mean) => Some("mean"),
        Some(PayStatistic::Quartiles) if quarters.is_none() => Some("quarters"),
        _ => None,
    };
    if let (Some(missing), false) = (missing, states.is_empty()) {
        answer.caveats.push(format!(
            "I do not hold the {missing} of a state here; what I give is of the whole US."
        ));
    }
    if let Some(conclusion) = offer::conclusion(knowledge, role, ask, &period) {
        answer.direct.insert(0, conclusion);
    }
    if let [first, second, ..] = states
        && let Some(sentence) = offer::higher(knowledge, role, *first, *second, &period)
    {
        answer.direct.insert(0, sentence);
    }
    if let Some(year) = ask.earlier {
        answer.caveats.push(format!(
            "I hold the pay of {period} only, and nothing of {year}."
        ));
    }
    match ask.place.areas.as_slice() {
        [] => {}
        [area] => areas::put_first(knowledge, id, *area, answer),
        several => areas::compare(
            knowledge,
            id,
            &several[..several.len().min(MOST_AREAS)],
            answer,
        ),
    }
    if ask.place.by_area && ask.place.ranked.is_some() {
        areas::best(knowledge, id, states.first().copied(), answer);
    }
    let settings_asked =
        ask.place.settings.len() > 1 || ask.place.states.is_empty() && ask.amount.is_none();
    let said = answer.direct.len();
    if settings_asked && !ask.place.settings.is_empty() {
        settings::compare(knowledge, id, &ask.place.settings, answer);
    } else if ask.place.by_setting {
        settings::overview(knowledge, id, answer);
    }
    // What was asked comes first.
    answer.direct.rotate_left(said);
    if let Some(city) = &ask.place.city {
        let sentence = knowledge
            .language
            .texts
            .fill("not-held.city", &[("city", &capital_words(&city.name))]);
        answer.direct.insert(0, sentence);
        answer
            .caveats
            .push(knowledge.language.texts.of("look.city").to_owned());
    }
    if role.figures != FigureMatch::Nearest || !states.is_empty() {
        answer.caveats.extend(whose(role));
    }
    answer.caveats.push(PAY_CAVEAT.to_owned());
    add_sources(knowledge, answer, [&national.source], None);
}

/// What a role pays at the median, where BLS publishes it of the role alone and gives an exact sum.
pub(super) fn median(role: &Role, cell: Option<Cell>, place: &str, period: &str) -> Option<Median> {
    let own = role.figures == FigureMatch::Exact && !role.group.contains("all industries");
    let cell = cell.filter(|cell| own && cell.number().is_some())?;
    Some(Median {
        pay: wage(cell),
        of: format!("{place}, {period}"),
    })
}

fn range(answer: &mut Answer, low: Cell, high: Cell, state: State, period: &str) {
    if low.number().is_none() && high.number().is_none() {
        return;
    }
    push_fact(
        answer,
        &format!("Range in {}", place(Some(state))),
        format!(
            "{} (lowest-paid tenth) to {} (highest-paid tenth), {period}",
            wage(low),
            wage(high)
        ),
    );
}

/// Growth, openings or jobs, whichever is asked first, with the others as facts.
pub fn outlook(knowledge: &Knowledge, id: RoleId, aspect: Label, ask: &Ask, answer: &mut Answer) {
    let role = knowledge.role(id);
    if let (Label::Headcount, Some(end)) = (aspect, ask.place.ranked) {
        states::by_jobs(knowledge, role, end, pay_period(knowledge, role), answer);
    }
    let Some(row) = knowledge.figures.projections.get(&role.soc) else {
        return;
    };
    let period = projection_period(knowledge, role);
    let earner = earner(role);
    let change = row.change_percent;
    let moves = match change {
        up if up > 0.0 => format!("to grow {}", percent(up)),
        down if down < 0.0 => format!("to shrink by {}", percent(-down)),
        _ => "to stay the same".to_owned(),
    };
    let openings = format!("about {} openings a year", thousands(row.openings_per_year));
    let sentence = match aspect {
        // Whoever asks how many places come free often means whether there will be more of them.
        Label::Openings => {
            format!(
                "BLS projects {openings} for {earner} in the US, on average, from {period}, and the number of jobs {moves}."
            )
        }
        Label::Headcount => {
            let national = knowledge.figures.national.get(&role.soc);
            let jobs =
                national.map_or_else(|| "not released".to_owned(), |row| count(row.employment));
            format!(
                "BLS counted {jobs} jobs for {earner} in the US ({}).",
                pay_period(knowledge, role)
            )
        }
        _ => {
            let jobs = if change == 0.0 {
                format!("The number of jobs for {earner} is")
            } else {
                format!("Jobs for {earner} are")
            };
            format!("{jobs} projected {moves} from {period} in the US, with {openings}.")
        }
    };
    if aspect == Label::Headcount {
        for state in ask.place.states.iter().take(3) {
            let row = knowledge.figures.pay_in(role.soc, *state);
            let (place, period) = (state.in_sentence(), pay_period(knowledge, role));
            answer
                .direct
                .push(match row.and_then(|row| row.employment.number()) {
                    Some(jobs) => format!(
                        "In {place}, BLS counted {} jobs for {earner} ({period}).",
                        thousands(jobs)
                    ),
                    None => format!(
                        "BLS publishes no number of jobs for {earner} in {place} ({period})."
                    ),
                });
        }
    }
    if !answer.direct.contains(&sentence) {
        answer.direct.push(sentence);
    }
    push_fact(
        answer,
        "Projected growth",
        format!("{} from {period} (US)", percent(change)),
    );
    if let Some(all) = knowledge.figures.projections.get(&SocCode::ALL) {
        push_fact(
            answer,
            "All occupations",
            format!("{} from {period}", percent(all.change_percent)),
        );
    }
    push_fact(
        answer,
        "Openings",
        format!(
            "about {} a year, from growth and from people leaving",
            thousands(row.openings_per_year)
        ),
    );
    push_fact(
        answer,
        "Jobs",
        format!(
            "{} in {}, {} projected for {}; the self-employed are counted",
            thousands(row.employment_base),
            first_year(&period),
            thousands(row.employment_projected),
            last_year(&period)
        ),
    );
    for state in ask.place.states.iter().take(3) {
        if let Some(jobs) = knowledge
            .figures
            .pay_in(role.soc, *state)
            .and_then(|row| row.employment.number())
        {
            push_fact(
                answer,
                &format!("Jobs in {}", state.name()),
                format!("{} ({})", thousands(jobs), pay_period(knowledge, role)),
            );
        }
    }
    if !ask.place.states.is_empty() {
        answer
            .caveats
            .push("Projections are for the whole US; BLS publishes none by state here.".to_owned());
    }
    answer.caveats.extend(whose(role));
    add_sources(knowledge, answer, [&row.source], None);
    for touch in role.trends.iter().take(2) {
        let trend = knowledge.trend(touch.trend);
        push_fact(
            answer,
            &format!("Trend: {}", trend.title),
            touch.how.clone(),
        );
    }
}

fn first_year(period: &str) -> &str {
    period.split(' ').next().unwrap_or(period)
}

fn last_year(period: &str) -> &str {
    period.rsplit(' ').next().unwrap_or(period)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::model::Outcome;
    use crate::knowledge::Topic;

    fn said(slug: &str, state: &str, statistic: PayStatistic) -> String {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let Some(Topic::Role(id)) = knowledge.find(slug) else {
            panic!("no role {slug}")
        };
        let mut ask = Ask {
            statistic: Some(statistic),
            ..Ask::default()
        };
        ask.place.states = vec![State::from_code(state).expect("a state")];
        let mut answer = Answer::new(Outcome::Answered, "t");
        pay(&knowledge, id, &ask, &mut answer);
        [answer.direct, answer.caveats].concat().join("\n")
    }

    #[test]
    fn the_quarters_of_a_state_are_its_own_where_they_are_held() {
        let nurses = said("registered-nurse", "OH", PayStatistic::Quartiles);
        assert!(
            nurses.contains("(25th percentile)") && nurses.contains("(Ohio, May 2025)"),
            "{nurses}"
        );
        assert!(!nurses.contains("I do not hold"), "{nurses}");
        let epidemiologists = said("epidemiologist", "OH", PayStatistic::Mean);
        assert!(
            epidemiologists.contains("I do not hold the mean of a state here"),
            "{epidemiologists}"
        );
    }

    #[test]
    fn a_top_coded_end_has_no_upper_limit() {
        let low = said("radiologist", "IL", PayStatistic::Start);
        assert!(
            low.contains("earned up to a sum that is at least $239,200 (BLS gives no exact figure above that) (Illinois"),
            "{low}"
        );
        let high = said("radiologist", "IL", PayStatistic::Top);
        assert!(
            high.contains("earned at least $239,200 (Illinois"),
            "{high}"
        );
    }
}
