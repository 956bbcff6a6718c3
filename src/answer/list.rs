//! Roles that meet conditions, in the order asked for.
//!
//! Knows nothing of how the conditions were read.

use crate::answer::evidence::add_sources;
use crate::answer::facts::PAY_CAVEAT;
use crate::answer::model::{Answer, Brief, Item, Outcome};
use crate::answer::pages;
use crate::answer::topics::subject;
use crate::answer::wording::{
    education, headline, inside, join, pay_period, percent, projection_period, schooling,
    thousands, trait_list, wage,
};
use crate::explore::{jobs, matching};
use crate::knowledge::terms::Order;
use crate::knowledge::terms::{Contact, FigureMatch, License, Remote};
use crate::knowledge::{Knowledge, Role, RoleId, SourceId, State, Topic};
use crate::understanding::Filter;

/// Most lines shown at once when conditions narrow the list.
const MOST_ITEMS: usize = 12;
/// Lines shown when only an order is asked for: "the best paid" are not all eighty.
const MOST_RANKED: usize = 8;

/// The roles that meet the conditions, and what had to be given up for there to be any.
fn widest(knowledge: &Knowledge, filter: &Filter) -> (Filter, Vec<RoleId>, Option<String>) {
    let ids = matching(knowledge, filter);
    // What the work is like narrows a list as long as something is left; the conditions in figures always hold.
    if ids.is_empty() && !filter.traits.is_empty() {
        let (wider, ids, given_up) = widest(
            knowledge,
            &Filter {
                traits: Vec::new(),
                ..filter.clone()
            },
        );
        let field = join(&trait_list(&filter.traits));
        let said = format!("None of them has mainly to do with {field}: these meet the rest.");
        return (
            wider,
            ids,
            Some(given_up.map_or_else(|| said.clone(), |more| format!("{said} {more}"))),
        );
    }
    if ids.is_empty() && filter.contact == [Contact::None] {
        let wider = Filter {
            contact: &[Contact::Some],
            ..filter.clone()
        };
        let ids = matching(knowledge, &wider);
        let said = "None of them is without any contact: these have contact by phone or video, or now and then.";
        return (wider, ids, Some(said.to_owned()));
    }
    (filter.clone(), ids, None)
}

/// The answer to a question for a list.
pub fn answer(knowledge: &Knowledge, filter: &Filter) -> Answer {
    let (filter, ids, given_up) = widest(knowledge, filter);
    let filter = &filter;
    let conditions = conditions(knowledge, filter);
    let (these, first) = order_words(filter.order);
    if ids.is_empty() {
        let mut answer = Answer::new(Outcome::NotCovered, "No role meets all of that");
        answer.direct.push(format!(
            "None of the {} roles that I know meets all of that: {conditions}. Drop one condition and ask again.",
            knowledge.roles.len()
        ));
        return answer;
    }
    let mut answer = Answer::new(Outcome::Answered, title(filter, &conditions, these));
    let count = ids.len();
    let sentence = match (filter.has_condition(), count) {
        (true, 1) => format!(
            "One of the {} roles that I know meets that: {conditions}.",
            knowledge.roles.len()
        ),
        (true, _) => format!(
            "{count} of the {} roles that I know meet that: {conditions}. {first}, first.",
            knowledge.roles.len()
        ),
        (false, _) => format!(
            "Of the {} roles that I know, {these}.",
            knowledge.roles.len()
        ),
    };
    let sentence = match place(filter) {
        Some(state) => format!("In {}, {}", state.in_sentence(), inside(&sentence)),
        None => sentence,
    };
    answer.direct.push(sentence);
    answer.direct.extend(given_up);
    fill(knowledge, &mut answer, filter, &ids, 0);
    answer
}

/// A page of the roles that meet the conditions, counted from 0: it goes on where [`answer`] ends. `None` past the end.
pub fn page(knowledge: &Knowledge, filter: &Filter, page: u8) -> Option<Answer> {
    let ids = matching(knowledge, filter);
    let pages = ids.len().div_ceil(most(filter));
    if usize::from(page) >= pages {
        return None;
    }
    let (these, first) = order_words(filter.order);
    let mut answer = Answer::new(
        Outcome::Answered,
        title(filter, &conditions(knowledge, filter), these),
    );
    answer.direct.push(format!(
        "Page {} of {pages}: {} roles in all. {first}, first.",
        page + 1,
        ids.len()
    ));
    fill(knowledge, &mut answer, filter, &ids, page);
    Some(answer)
}

/// The state that the whole list is about: none where roles are chosen or put in order by what is projected for the US only.
fn place(filter: &Filter) -> Option<State> {
    filter
        .state
        .filter(|_| !by_growth(filter) && !by_openings(filter))
}

fn by_growth(filter: &Filter) -> bool {
    matches!(
        filter.order,
        Some(Order::FastestGrowing | Order::SlowestGrowing)
    ) || filter.growth_min.is_some()
        || filter.growth_max.is_some()
}

fn by_openings(filter: &Filter) -> bool {
    filter.order == Some(Order::MostOpenings) || filter.openings_min.is_some()
}

/// The headline, cut between words where it is long.
fn title(filter: &Filter, conditions: &str, these: &str) -> String {
    let place = place(filter)
        .map(|state| format!(" in {}", state.in_sentence()))
        .unwrap_or_default();
    let whole = if conditions.is_empty() {
        format!("Roles{place}, {these}")
    } else {
        format!("Roles{place}: {conditions}")
    };
    headline(whole)
}

/// Lines on a page.
fn most(filter: &Filter) -> usize {
    if filter.order.is_some() {
        MOST_RANKED
    } else {
        MOST_ITEMS
    }
}

/// Puts a page of the roles into the answer, with what their figures rest on.
fn fill(knowledge: &Knowledge, answer: &mut Answer, filter: &Filter, ids: &[RoleId], page: u8) {
    let before = usize::from(page) * most(filter);
    let shown: Vec<RoleId> = ids
        .iter()
        .copied()
        .skip(before)
        .take(most(filter))
        .collect();
    for id in &shown {
        let role = knowledge.role(*id);
        answer.items.push(Item {
            subject: subject(knowledge, Topic::Role(*id)),
            note: note(knowledge, role, filter),
        });
        answer.subjects.push(subject(knowledge, Topic::Role(*id)));
    }
    let mut brief = brief(knowledge, &shown, filter);
    answer.more = ids.len().saturating_sub(before + shown.len());
    answer.next = page
        .checked_add(1)
        .filter(|_| answer.more > 0)
        .and_then(|next| Some((pages::write(knowledge, filter)?, next)));
    if shown
        .iter()
        .any(|id| knowledge.role(*id).figures == FigureMatch::Nearest)
    {
        answer.caveats.push(
            "* No official figure of its own: the figure is that of the nearest official group named.".to_owned(),
        );
    }
    if let Some(state) = filter.state {
        let caution = format!(
            "Pay and numbers of jobs are those of {}; growth, openings and training are figures for the whole US.",
            state.in_sentence()
        );
        brief.instead_of.clone_from(&caution);
        answer.caveats.push(caution);
    }
    answer.brief = Some(brief);
    answer.caveats.push(PAY_CAVEAT.to_owned());
    let mut sources: Vec<&SourceId> = Vec::new();
    for id in &shown {
        let role = knowledge.role(*id);
        let there = filter
            .state
            .and_then(|state| knowledge.figures.states.get(&(role.soc, state)));
        let own = [
            there.map(|row| &row.source).or_else(|| {
                knowledge
                    .figures
                    .national
                    .get(&role.soc)
                    .map(|row| &row.source)
            }),
            knowledge
                .figures
                .projections
                .get(&role.soc)
                .map(|row| &row.source),
        ];
        for source in own.into_iter().flatten() {
            // Most rest on the same two releases.
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    add_sources(knowledge, answer, sources, None);
}

/// What is said of a role in a list: pay always, and what the conditions and the order are about.
pub fn note(knowledge: &Knowledge, role: &Role, filter: &Filter) -> String {
    let mut parts = Vec::new();
    let period = pay_period(knowledge, role);
    let there = filter
        .state
        .map(|state| (state, knowledge.figures.pay_in(role.soc, state)));
    match (there, knowledge.figures.national.get(&role.soc)) {
        (Some((state, Some(row))), _) if row.median.at_least().is_some() => {
            parts.push(format!(
                "median {} a year ({}, {period})",
                wage(row.median),
                state.name()
            ));
        }
        (Some((state, _)), Some(row)) => {
            let place = state.in_sentence();
            parts.push(format!(
                "pay in {place} is not published; median {} a year (US, {period})",
                wage(row.median)
            ));
        }
        (None, Some(row)) => {
            parts.push(format!("median {} a year (US, {period})", wage(row.median)))
        }
        (_, None) => {}
    }
    if filter.order == Some(Order::MostJobs)
        && let Some(jobs) = jobs(knowledge, role, filter.state)
    {
        let place = filter
            .state
            .map_or_else(|| "US".to_owned(), State::in_sentence);
        parts.push(format!("{} jobs ({place}, {period})", thousands(jobs)));
    }
    // Beside the pay of a state it has to be said whose figures these are.
    let whole = if filter.state.is_some() { " (US)" } else { "" };
    if let Some(row) = knowledge.figures.projections.get(&role.soc) {
        if by_growth(filter) {
            parts.push(format!(
                "{} from {}{whole}",
                percent(row.change_percent),
                projection_period(knowledge, role)
            ));
        }
        if by_openings(filter) {
            parts.push(format!(
                "about {} openings a year{whole}",
                thousands(row.openings_per_year)
            ));
        }
        if let Some(level) = row.entry_education
            && (filter.education_min.is_some()
                || filter.education_max.is_some()
                || filter.order == Some(Order::LeastSchooling))
        {
            parts.push(education(level).to_owned());
        }
    }
    if !filter.remote.is_empty() {
        parts.push(role.remote_note.clone());
    }
    let group = match role.figures {
        FigureMatch::Nearest => format!(" * (figures for all {})", role.group),
        FigureMatch::Group => format!(" (figures for all {})", role.group),
        FigureMatch::Exact => String::new(),
    };
    format!("{}{group}", parts.join(", "))
}

/// What is said of roles in a list in short: the figures alone, with their place and period once for all.
pub(super) fn brief(knowledge: &Knowledge, shown: &[RoleId], filter: &Filter) -> Brief {
    let Some(first) = shown.first().map(|id| knowledge.role(*id)) else {
        return Brief::default();
    };
    let (period, projected) = (
        pay_period(knowledge, first),
        projection_period(knowledge, first),
    );
    let place = filter.state.map_or("US", State::name);
    let mut scale = format!("Pay: median a year, {place}, {period}.");
    if filter.order == Some(Order::MostJobs) {
        scale.push_str(&format!(" Jobs: {place}, {period}."));
    }
    match (by_growth(filter), by_openings(filter)) {
        (true, true) => scale.push_str(&format!(" Growth and openings: US, {projected}.")),
        (true, false) => scale.push_str(&format!(" Growth: US, {projected}.")),
        (false, true) => scale.push_str(&format!(" Openings: US, {projected}.")),
        (false, false) => {}
    }
    let notes = shown.iter().map(|id| {
        let role = knowledge.role(*id);
        let projects = by_growth(filter) || by_openings(filter);
        let same = pay_period(knowledge, role) == period
            && (!projects || projection_period(knowledge, role) == projected);
        if same {
            brief_note(knowledge, role, filter)
        } else {
            note(knowledge, role, filter)
        }
    });
    Brief {
        notes: notes.collect(),
        scale,
        instead_of: String::new(),
    }
}

fn brief_note(knowledge: &Knowledge, role: &Role, filter: &Filter) -> String {
    let mut parts = Vec::new();
    let there = filter
        .state
        .and_then(|state| knowledge.figures.pay_in(role.soc, state))
        .filter(|row| row.median.at_least().is_some());
    match (
        filter.state,
        there,
        knowledge.figures.national.get(&role.soc),
    ) {
        (Some(_), Some(row), _) => parts.push(wage(row.median)),
        (Some(state), None, Some(row)) => parts.push(format!(
            "not published in {}; {} in the US",
            state.in_sentence(),
            wage(row.median)
        )),
        (None, _, Some(row)) => parts.push(wage(row.median)),
        (_, _, None) => {}
    }
    if filter.order == Some(Order::MostJobs) {
        parts.extend(
            jobs(knowledge, role, filter.state).map(|jobs| format!("{} jobs", thousands(jobs))),
        );
    }
    if let Some(row) = knowledge.figures.projections.get(&role.soc) {
        if by_growth(filter) {
            parts.push(format!("growth {}", percent(row.change_percent)));
        }
        if by_openings(filter) {
            parts.push(format!(
                "about {} openings",
                thousands(row.openings_per_year)
            ));
        }
        if filter.education_min.is_some()
            || filter.education_max.is_some()
            || filter.order == Some(Order::LeastSchooling)
        {
            parts.extend(row.entry_education.map(|level| schooling(level).to_owned()));
        }
    }
    let group = match role.figures {
        FigureMatch::Nearest => format!(" * (all {})", role.group),
        FigureMatch::Group => format!(" (all {})", role.group),
        FigureMatch::Exact => String::new(),
    };
    format!("{}{group}", parts.join(", "))
}

/// The conditions in words, apart from the order; empty when there are none.
pub(super) fn conditions(knowledge: &Knowledge, filter: &Filter) -> String {
    let mut parts = Vec::new();
    let dollars = |usd: f64| format!("${}", thousands(usd as u32));
    if let Some(trend) = filter.trend {
        parts.push(format!(
            "touched by the trend \"{}\"",
            knowledge.trend(trend).title
        ));
    }
    if !filter.among.is_empty() {
        parts.push("it is among those just named".to_owned());
    }
    parts.extend(filter.family.map(|family| format!("in {}", family.field())));
    parts.extend(
        filter
            .without_families
            .iter()
            .map(|family| format!("not in {}", family.field())),
    );
    if !filter.without_roles.is_empty() {
        let titles: Vec<String> = filter
            .without_roles
            .iter()
            .map(|id| inside(&knowledge.role(*id).title))
            .collect();
        parts.push(format!("other than {}", join(&titles)));
    }
    if !filter.traits.is_empty() {
        parts.push(format!(
            "the work has to do with {}",
            join(&trait_list(&filter.traits))
        ));
    }
    if !filter.avoid.is_empty() {
        parts.push(format!("without {}", join(&trait_list(&filter.avoid))));
    }
    match filter.remote {
        [] => {}
        [Remote::Yes] => parts.push("remote work is common".to_owned()),
        [Remote::Partly] => parts.push("partly remote".to_owned()),
        [Remote::No] => parts.push("on site".to_owned()),
        _ => parts.push("remote at least in part".to_owned()),
    }
    match (filter.education_min, filter.education_max) {
        (Some(least), Some(most)) if least == most => {
            parts.push(format!("typical entry education is {}", education(least)))
        }
        (Some(least), Some(most)) => parts.push(format!(
            "typical entry education from {} to {}",
            education(least),
            education(most)
        )),
        (Some(least), None) => parts.push(format!(
            "typical entry education is {} or more",
            education(least)
        )),
        (None, Some(most)) => parts.push(format!(
            "typical entry education is {} or less",
            education(most)
        )),
        (None, None) => {}
    }
    parts.extend(
        filter
            .pay_min
            .map(|usd| format!("median pay of {} or more", dollars(usd))),
    );
    parts.extend(
        filter
            .pay_max
            .map(|usd| format!("median pay of {} or less", dollars(usd))),
    );
    parts.extend(
        filter
            .openings_min
            .map(|least| format!("{} openings a year or more", thousands(least as u32))),
    );
    parts.extend(
        filter
            .growth_min
            .map(|least| format!("projected growth of {least}% or more")),
    );
    parts.extend(filter.growth_max.map(|most| {
        if most == 0.0 {
            "projected to lose jobs".to_owned()
        } else {
            format!("projected growth below {most}%")
        }
    }));
    match filter.contact {
        [] => {}
        [Contact::None] => parts.push("no contact with patients".to_owned()),
        [Contact::Some] => parts.push("little contact with patients".to_owned()),
        _ => parts.push("no touching of patients".to_owned()),
    }
    if filter.license == Some(License::None) {
        parts.push("no state license".to_owned());
    }
    parts.join("; ")
}

/// What an order says of the roles that come first: within a sentence, and at its beginning.
fn order_words(order: Option<Order>) -> (&'static str, &'static str) {
    match order.unwrap_or(Order::BestPaid) {
        Order::BestPaid => ("these have the highest median pay", "Best paid"),
        Order::LowestPaid => ("these have the lowest median pay", "Lowest paid"),
        Order::FastestGrowing => ("these are projected to grow fastest", "Fastest growing"),
        Order::SlowestGrowing => ("these are projected to grow slowest", "Slowest growing"),
        Order::MostOpenings => ("these have the most openings a year", "Most openings"),
        Order::MostJobs => ("these have the most jobs", "Most jobs"),
        Order::LeastSchooling => ("these take the least schooling", "Least schooling"),
        Order::Title => ("these stand by title", "By title"),
    }
}
