//! Which picture goes with an answer, by what was asked.

use crate::answer::model::{Answer, Outcome, SubjectKind};
use crate::answer::picture::{Picture, Place};
use crate::knowledge::language::Label;
use crate::knowledge::terms::Order;
use crate::knowledge::{Knowledge, RoleId};
use crate::understanding::Filter;
use crate::understanding::request::{Ask, Compare, Facts, Request};

/// The place that is asked about: its nearest part.
fn place(knowledge: &Knowledge, ask: &Ask) -> Place {
    let area = ask.place.areas.first();
    let area = area.map(|id| Place::Area(knowledge.figures.areas.get(*id).code.clone()));
    let state = || ask.place.states.first().copied().map(Place::State);
    area.or_else(state).unwrap_or(Place::Country)
}

/// The picture of an answer to these requests: of the first that has one. Nothing that is sensitive, asks back or refuses has
/// one.
pub(crate) fn of(knowledge: &Knowledge, requests: &[Request], answer: &Answer) -> Option<Picture> {
    if answer.outcome != Outcome::Answered || answer.sensitive {
        return None;
    }
    if let Some(code) = &answer.ways {
        return Some(Picture::Ways { code: code.clone() });
    }
    requests.iter().find_map(|request| match request {
        Request::Facts(facts) => of_facts(knowledge, facts),
        Request::Compare(asked) => of_compared(knowledge, asked),
        Request::List(filter) => of_list(filter, answer),
        _ => None,
    })
}

/// The picture of roles side by side.
pub(crate) fn of_compared(knowledge: &Knowledge, asked: &Compare) -> Option<Picture> {
    let roles = slugs(knowledge, &asked.roles);
    let asks = |aspects: &[Label]| asked.aspects.iter().any(|label| aspects.contains(label));
    if asked.aspects.is_empty() || asks(&[Label::Pay]) {
        let state = asked.ask.place.states.first().copied();
        Some(Picture::Roles { roles, state })
    } else {
        asks(&PROJECTED).then_some(Picture::Growth { roles })
    }
}

/// What is answered from the projections.
const PROJECTED: [Label; 2] = [Label::Outlook, Label::Openings];

fn of_facts(knowledge: &Knowledge, facts: &Facts) -> Option<Picture> {
    let role = knowledge.role(facts.role).slug.to_string();
    let asked = &facts.ask.place;
    match facts.aspects.first()? {
        Label::Pay if !asked.settings.is_empty() || asked.by_area => None,
        Label::Pay
            if asked.areas.is_empty() && (asked.ranked.is_some() || asked.states.len() > 1) =>
        {
            let marked = asked.states.clone();
            Some(Picture::States { role, marked })
        }
        Label::Pay => {
            let place = place(knowledge, &facts.ask);
            Some(Picture::Pay { role, place })
        }
        label if PROJECTED.contains(label) => Some(Picture::Growth { roles: vec![role] }),
        _ => None,
    }
}

/// A list has a picture of what it is chosen or put in order by.
fn of_list(filter: &Filter, answer: &Answer) -> Option<Picture> {
    let roles: Vec<String> = answer
        .items
        .iter()
        .filter(|item| item.subject.kind == SubjectKind::Role)
        .map(|item| item.subject.slug.clone())
        .collect();
    if roles.len() < 2 {
        return None;
    }
    let paid = filter.pay_min.is_some() || filter.pay_max.is_some();
    match filter.order {
        Some(Order::FastestGrowing | Order::SlowestGrowing | Order::MostOpenings) => {
            Some(Picture::Growth { roles })
        }
        Some(Order::BestPaid | Order::LowestPaid) => Some(Picture::List {
            roles,
            state: filter.state,
        }),
        _ if paid => Some(Picture::List {
            roles,
            state: filter.state,
        }),
        _ => None,
    }
}

fn slugs(knowledge: &Knowledge, roles: &[RoleId]) -> Vec<String> {
    roles
        .iter()
        .map(|id| knowledge.role(*id).slug.to_string())
        .collect()
}
