//! Where somebody is, where they want to be and what bounds the way, read from a story or from what follows one in a talk.
//!
//! Looks at what the message was understood as, and makes ways of it where it tells of somebody's own place and asks onwards.
//! What it cannot read it leaves as it was.

mod time;
mod told;
mod whose;

use crate::knowledge::RoleId;
use crate::knowledge::language::{Label, Plain, WayWord};
use crate::knowledge::starts::HIGH_SCHOOL;
use crate::knowledge::terms::{Contact, License, Order, Remote};
use crate::story::told::Told;
use crate::understanding::context::{by_ordinal, by_place, goes_on};
use crate::understanding::filter::Filter;
use crate::understanding::plan::Plan;
use crate::understanding::request::{Path, Place, Refusal, Request, SmallTalk};
use crate::understanding::scene::Scene;
use crate::understanding::wanted::Wanted;

/// Sum of the labels of ways from which a way onwards is asked for.
const ONWARD: f32 = 0.35;
/// The same with the labels of ideas, where pay now is told.
const IDEAS: f32 = 0.5;
/// The same where nothing is told of pay or of a role, and a name stands in passing.
const SURELY_IDEAS: f32 = 0.8;
/// The label of training from abroad, from which on it was told of.
const LEARNED: f32 = 0.2;
/// A message that goes on with a talk about ways has at most so many words.
const FOLLOWS: usize = 22;
/// A limit that is told by itself has at most so many words.
const FEW: usize = 4;

/// Makes ways of a plan where the message, or the talk before it, asks for them.
pub(crate) fn adapt(scene: &Scene<'_>, mut plan: Plan) -> Plan {
    let follows = scene.context.is_some_and(|context| context.story.is_some());
    let few = scene.reading.tokens.len() <= FEW;
    let most = Leave {
        supposed: true,
        remote: follows,
        limited: true,
    };
    if !may_be_way(&plan.request, &most) {
        return plan;
    }
    let told = Told::read(scene);
    let leave = Leave {
        // "What about LPN": the same is asked of another goal.
        supposed: told.says(WayWord::Suppose) || follows && scene.recalled.same,
        remote: follows && !told.limits.remote.is_empty(),
        limited: follows && few && told.limits != Filter::default()
            || told.now.is_some() && told.asks_nothing(scene),
    };
    if !may_be_way(&plan.request, &leave) {
        return plan;
    }
    let wanted = match scene.context.and_then(|context| context.story.as_deref()) {
        Some(before) => follow(scene, &told, before, &plan.request)
            .or_else(|| first(scene, &told, &plan.request)),
        None => first(scene, &told, &plan.request),
    };
    if let Some(wanted) = wanted {
        plan.request = Request::Paths(Box::new(wanted));
        plan.notes.recalled = false;
        plan.notes.same_list = false;
        plan.notes.reading = None;
        plan.notes.outside = Vec::new();
    }
    plan
}

/// What a message says by which some refusals leave room for a way.
struct Leave {
    /// Something is only supposed: "what if I move"; or nothing but another name is said.
    supposed: bool,
    /// Remote work is asked for in a talk about ways: nobody asks for a program that is held online.
    remote: bool,
    /// A limit is told in a few words in a talk about ways ("no patients"), or a story of work and pay, which might sound like
    /// grief.
    limited: bool,
}

/// Whether what was understood leaves room for a way: help, refusals of their own kind and plain talk do not.
fn may_be_way(request: &Request, leave: &Leave) -> bool {
    match request {
        Request::Refuse(Refusal::About(label)) => {
            matches!(label, Label::OffTopic | Label::Opinion)
        }
        Request::Refuse(Refusal::Distress) => leave.limited,
        Request::Refuse(Refusal::Crisis | Refusal::Empty) => false,
        Request::NotHeld(asked) => match asked.about {
            None
            | Some(
                Label::MilitaryCredit | Label::ForeignTraining | Label::Opinion | Label::Background,
            ) => true,
            Some(Label::School) if leave.remote => true,
            // "What if I move to Washington".
            Some(_) => leave.supposed,
        },
        Request::Talk(SmallTalk::Greeting | SmallTalk::Thanks | SmallTalk::Sources) => false,
        Request::Define(_)
        | Request::Graduates(_)
        | Request::Trend(_)
        | Request::RolesOfTrend { .. }
        | Request::TrendsOfRoles { .. }
        | Request::Trends => false,
        _ => true,
    }
}

/// The ways that a message asks for by itself.
fn first(scene: &Scene<'_>, told: &Told<'_>, request: &Request) -> Option<Wanted> {
    let labels = scene.mass(&[Label::Path, Label::Next]);
    let ideas = scene.mass(&[Label::Suggest, Label::List, Label::Choose]);
    let better = told.says(WayWord::BetterPaid);
    let mut roles = told.roles.clone();
    let mut to = told.to.first().copied();
    // "31 years at the plant, 27 an hour, half a year of school": who names no schooling is taken to have finished high school.
    let told_of_work = (told.says(WayWord::Me) || told.now.is_some())
        && told.tells_a_story()
        && told.pay_min.is_none();
    let asks_onward = labels + ideas >= IDEAS;
    let unnamed = told_of_work
        && roles.is_empty()
        && !scene.found.from_outside
        && (told.now.is_some() && told.is_limited() || told.is_timed() && asks_onward);
    let high_school = || scene.knowledge.start_named(HIGH_SCHOOL).filter(|_| unnamed);
    let start = told.start.or_else(high_school);
    let onward = told.says(WayWord::MoveOn)
        || labels >= ONWARD
        || told.tells_of_a_way(scene.knowledge)
        // Who tells what they are and earn, and asks for ideas, asks for ways.
        || (told.now.is_some() || told_of_work && told.is_timed()) && asks_onward
        // Nothing else is surely asked: "a few weeks' course, not college".
        || told.now.is_some() && (!told.roles.is_empty() || start.is_some()) && told.asks_nothing(scene)
        // "I have a diploma and no work history: what job could I do".
        || matches!(request, Request::Suggest(_)) && told.start.is_some() && told.tells_a_story()
        || !told.roles.is_empty() && told.now.is_some() && !told.to.is_empty()
        || !told.abroad.is_empty() && told.now.is_some();
    // Nothing is held on training from abroad; military training is held, and there are ways on from the work that is done here.
    let abroad = !told.abroad.is_empty() && !told.roles.is_empty() && told.now.is_some();
    if let Request::NotHeld(asked) = request
        && asked.about == Some(Label::ForeignTraining)
        && !told.start_holds(scene.knowledge)
        && !abroad
    {
        return None;
    }
    let way = [
        Label::Education,
        Label::Length,
        Label::License,
        Label::Next,
        Label::Path,
    ];
    let from = !told.roles.is_empty() || told.start.is_some();
    // "12 weeks of training is all we can pay for, something at a front desk": what a story names in passing is not asked about.
    let asks_ideas =
        ideas >= SURELY_IDEAS && told_of_work && told.is_timed() && told.others.len() <= 1;
    // "Looking at sonography and respiratory therapy": several are what is weighed.
    let in_passing = told.now.is_some()
        && told.others.len() <= 1
        && told.asks_nothing(scene)
        && !told.asks_of_others();
    match request {
        _ if asks_ideas && roles.is_empty() && to.is_none() => {}
        // From one role to another: a single known step has an answer of its own, unless something bounds the way.
        Request::Path(Path {
            from: Some(role),
            to: Some(goal),
            ..
        }) if !told.training.contains(role)
            && !told.roles.contains(goal)
            && !told.given_up.contains(goal) =>
        {
            let goal = to.filter(|_| told.training.contains(goal)).unwrap_or(*goal);
            if told.is_one_step(scene, *role, goal) {
                return None;
            }
            if !roles.contains(role) {
                roles = vec![*role];
            }
            roles.retain(|role| *role != goal);
            to = Some(goal);
        }
        // "Psych degree": a word with several readings names the schooling.
        Request::Clarify(_) if told.start.is_none() => return None,
        Request::Path(Path {
            from: Some(role),
            to: None,
            ..
        }) if !told.bounds() && !better && !told.training.contains(role) => return None,
        // "My medic training": where one starts, and no role asked about.
        Request::Facts(facts) if told.training.contains(&facts.role) && !(onward || better) => {
            return None;
        }
        Request::Facts(facts) if told.training.contains(&facts.role) => {}
        // Roles side by side, but not where the writer's own has two names; and facts asked of other roles.
        Request::Compare(asked)
            if !(abroad
                || in_passing && asked.roles.iter().any(|role| told.roles.contains(role)))
                && !(to.is_some() && from && (onward || told.now.is_some()))
                && !asked.roles.iter().all(|role| told.roles.contains(role)) =>
        {
            return None;
        }
        // "CPC coder, 56k, what's the next rung": no name says the role, but it was understood.
        Request::Facts(facts)
            if roles.is_empty()
                && to.is_none()
                && told.others.iter().all(|role| *role == facts.role)
                && told.start.is_none()
                && told.now.is_some()
                && (onward || better) =>
        {
            roles = vec![facts.role];
        }
        Request::Facts(facts)
            if !told.roles.contains(&facts.role)
                && (told.to.contains(&facts.role) || told.others.contains(&facts.role) || from) =>
        {
            // What is gained may be asked with it.
            let asks_way = told.tells_of_a_way(scene.knowledge)
                || facts.aspects.is_empty()
                || facts.aspects.iter().any(|aspect| way.contains(aspect))
                    && facts
                        .aspects
                        .iter()
                        .all(|aspect| way.contains(aspect) || *aspect == Label::Pay);
            let asked = onward || to == Some(facts.role) && !facts.aspects.is_empty();
            let other = to.is_some_and(|to| to != facts.role) || !told.others.is_empty();
            if !(asks_way && from && asked) || other {
                return None;
            }
            if let [role] = told.roles.as_slice()
                && told.is_one_step(scene, *role, facts.role)
            {
                return None;
            }
            to = Some(facts.role);
        }
        // "I'm a pharmacist moving to Oklahoma, what would I be paid": pay is asked of the writer's own work.
        Request::Facts(facts)
            if facts.aspects.contains(&Label::Pay)
                && told.roles.contains(&facts.role)
                && !told.bounds()
                && !better
                && told.now.is_none()
                && !told.says(WayWord::MoveOn) =>
        {
            return None;
        }
        // "What comes after this": the usual next steps are the answer, unless something bounds the way.
        Request::Facts(facts)
            if facts.aspects == [Label::Next]
                && !told.bounds()
                && !better
                && scene.place().states.is_empty() =>
        {
            return None;
        }
        // "What can I do with a GED": a list of what asks for no more.
        // "Which jobs pay over 60k with an associate degree": nobody tells of a place of their own.
        Request::List(_)
            if roles.is_empty()
                && (!told.of_oneself(scene)
                    || !told.bounds() && !told.no_diploma(scene.knowledge)) =>
        {
            return None;
        }
        // What a story names in passing is not asked about.
        _ if told.others.iter().any(|role| !roles.contains(role)) && !in_passing => {
            return None;
        }
        _ if !(onward || better) => return None,
        _ => {}
    }
    let placed =
        !roles.is_empty() || start.is_some() || scene.found.from_outside || told.outside.is_some();
    let way = matches!(request, Request::Path(Path { from: Some(_), .. }));
    // "Plumber vs electrician": nobody tells of themselves.
    let others = scene.found.outside.len() > 1 && told.now.is_none() && !told.says(WayWord::Me);
    if others {
        return None;
    }
    let own = told.says(WayWord::Me)
        || way
        || !scene.found.background.is_empty()
        || told.now.is_some()
        || told.pay_min.is_some()
        || start.is_some();
    if !placed || !own {
        return None;
    }
    // From high school to a goal: how one becomes it is the answer, unless something bounds the way.
    if to.is_some()
        && roles.is_empty()
        && !told.brings_more(scene.knowledge)
        && !told.bounds()
        && scene.place().states.is_empty()
    {
        return None;
    }
    // Likings without a role ask for ideas, and what school asks is no way.
    let idea = matches!(request, Request::Suggest(_)) && roles.is_empty();
    if idea && !told.bounds() && start.is_none() {
        return None;
    }
    let order = told
        .reading
        .has(Plain::Fast)
        .then_some(Order::LeastSchooling);
    Some(Wanted {
        roles,
        abroad: !told.abroad.is_empty()
            || scene.reading.has(Plain::Abroad)
                && scene.labels.of(Label::ForeignTraining) >= LEARNED,
        record: told.says(WayWord::Record),
        outside: told.outside.clone().map(|(_, title)| title),
        start,
        level: told.level,
        now: told.now.clone(),
        place: scene.place(),
        to,
        months: told.months,
        schooling: told.schooling,
        limits: told.limits.clone(),
        likes: told.likes.clone(),
        order,
        open: None,
    })
}

/// The ways asked for before, with what this message changes.
fn follow(
    scene: &Scene<'_>,
    told: &Told<'_>,
    before: &Wanted,
    request: &Request,
) -> Option<Wanted> {
    let context = scene.context?;
    let reading = &scene.reading;
    let last = context.aspects == [Label::Path] || context.aspects == [Label::Next];
    if reading.tokens.len() > FOLLOWS || scene.found.abroad.is_some() {
        return None;
    }
    let goes_on = goes_on(reading);
    let onward = told.says(WayWord::MoveOn);
    let named: Vec<RoleId> = told.to.iter().chain(&told.others).copied().collect();
    if !scene.found.outside.is_empty() && told.start.is_none() {
        return None;
    }
    let mut wanted = before.clone();
    wanted.open = None;
    let mut changed = false;
    // "Too long: what else": the goal that was named binds no more.
    let drops_goal = told.says(WayWord::Else) && named.is_empty();
    if drops_goal && wanted.to.take().is_some() {
        changed = true;
    }
    // "The second one, step by step".
    if last && named.is_empty() {
        let ordinals = &scene.knowledge.language.ordinals;
        let open = told.says(WayWord::Open);
        let place = by_place(reading, ordinals, context)
            .or_else(|| by_ordinal(reading, ordinals, context).filter(|_| open));
        if let Some(role) = place.filter(|_| told.months.is_none()) {
            wanted.open = Some(role);
            return Some(wanted);
        }
    }
    // "Do lab scientists need a license in Washington": a fact of what is named.
    if let Request::Facts(facts) = request
        && scene.found.roles.contains(&facts.role)
        && told.asks_a_fact(scene)
        && !scene.recalled.same
        && told.now.is_none()
    {
        return None;
    }
    match named.as_slice() {
        [] => {}
        [role] if last && (goes_on || onward || told.says(WayWord::Open)) => {
            if context.shown.contains(role) {
                wanted.open = Some(*role);
            } else {
                wanted.to = Some(*role);
            }
            changed = true;
        }
        _ => return None,
    }
    // A pronoun asks something of what was shown.
    let asks = reading.has(Plain::PronounOne) && named.is_empty();
    let paid = told.now.is_some() || told.pay_min.is_some();
    let bounded = told.is_timed() || paid;
    if asks && !bounded && told.limits == Filter::default() && told.bears.is_empty() {
        return None;
    }
    if !told.roles.is_empty() {
        wanted.roles.clone_from(&told.roles);
        changed = true;
    }
    if let Some(start) = told.start {
        wanted.start = Some(start);
        wanted.level = told.level;
        changed = true;
    } else if told.level.is_some() {
        wanted.level = told.level;
        changed = true;
    }
    match &told.now {
        // What one earns is told already: "I won't go under 90k".
        Some(least) if before.now.is_some() && !reading.has(Plain::Earns) => {
            wanted.limits.pay_min = Some(least.usd);
            changed = true;
        }
        Some(now) => {
            wanted.now = Some(now.clone());
            changed = true;
        }
        None => {}
    }
    if told.is_timed() {
        wanted.months = told.months.or(wanted.months);
        wanted.schooling = told
            .schooling
            .or(wanted.schooling.filter(|_| told.months.is_none()));
        changed = true;
    }
    if told.limits != Filter::default() {
        narrow(&mut wanted.limits, &told.limits);
        changed = true;
    }
    if !told.bears.is_empty() {
        wanted
            .limits
            .avoid
            .retain(|kind| !told.bears.contains(kind));
        changed = true;
    }
    for kind in told.likes.iter().filter(|_| last) {
        if !wanted.likes.contains(kind) {
            wanted.likes.push(*kind);
            changed = true;
        }
    }
    let order = told.order().filter(|_| last);
    if order.is_some() {
        wanted.order = order;
        changed = true;
    }
    let place = named_place(scene);
    // "My boyfriend's job is moving us, so in Columbus": of all this only the place was understood.
    let only_place = matches!(request, Request::Refuse(_)) && last && named.is_empty();
    let alone = named.is_empty() && reading.content().next().is_none() || changed || goes_on;
    if let Some(place) =
        place.filter(|_| alone || only_place || onward || told.says(WayWord::Suppose))
    {
        wanted.place = place;
        changed = true;
    }
    // "What if I could do a whole year": what bounds ways bounds those of the talk.
    let supposed = told.says(WayWord::Suppose) && bounded && named.is_empty();
    let again = last
        || onward
        || drops_goal
        || supposed
        || goes_on && bounded
        || goes_on && !told.limits.avoid.is_empty();
    (changed && again).then_some(wanted)
}

/// Limits that come on top of others; where both set the same one, the later holds.
fn narrow(limits: &mut Filter, more: &Filter) {
    fn later<T: Clone>(one: &mut Option<T>, other: &Option<T>) {
        if other.is_some() {
            one.clone_from(other);
        }
    }
    let remote: &'static [Remote] = more.remote;
    let contact: &'static [Contact] = more.contact;
    if !remote.is_empty() {
        limits.remote = remote;
    }
    if !contact.is_empty() {
        limits.contact = contact;
    }
    let license: &Option<License> = &more.license;
    later(&mut limits.license, license);
    later(&mut limits.pay_min, &more.pay_min);
    later(&mut limits.family, &more.family);
    for kind in &more.avoid {
        if !limits.avoid.contains(kind) {
            limits.avoid.push(*kind);
        }
    }
    for role in &more.without_roles {
        if !limits.without_roles.contains(role) {
            limits.without_roles.push(*role);
        }
    }
    for family in &more.without_families {
        if !limits.without_families.contains(family) {
            limits.without_families.push(*family);
        }
    }
}

/// The place that the message itself names; an empty one for the whole country.
fn named_place(scene: &Scene<'_>) -> Option<Place> {
    if !scene.found.states.is_empty() || !scene.found.cities.is_empty() {
        let mut place = scene.place();
        place.ranked = None;
        return Some(place);
    }
    (scene.reading.has(Plain::WholeCountry) || scene.reading.has(Plain::Home)).then(Place::default)
}
