//! Where somebody is, where they want to be and what bounds the way, read from a story or from what follows one in a talk.
//!
//! Looks at what the message was understood as, and makes ways of it where it tells of somebody's own place and asks onwards.
//! What it cannot read it leaves as it was.

use crate::knowledge::language::{About, Class, Family, Label, Plain, WayWord};
use crate::knowledge::starts::StartId;
use crate::knowledge::terms::{Contact, Education, License, Order, PayUnit, Remote, Trait};
use crate::knowledge::{Knowledge, RoleId};
use crate::understanding::conditions;
use crate::understanding::context::{by_place, goes_on};
use crate::understanding::filter::Filter;
use crate::understanding::lexicon::{Meaning, OfWay};
use crate::understanding::plan::Plan;
use crate::understanding::quantities::{Amount, Bound, bound};
use crate::understanding::reading::Reading;
use crate::understanding::request::{Path, Place, Refusal, Request, SmallTalk};
use crate::understanding::scene::Scene;
use crate::understanding::wanted::Wanted;

/// Sum of the labels of ways from which a way onwards is asked for.
const ONWARD: f32 = 0.35;
/// A message that goes on with a talk about ways has at most so many words.
const FOLLOWS: usize = 22;
/// Words between a number and what says what it is for.
const REACH: usize = 4;
const MONTHS_A_YEAR: f64 = 12.0;
const WEEKS_A_MONTH: f64 = 4.33;
/// A way of more months than these is nothing that anybody means.
const LONGEST: f64 = 240.0;

/// Makes ways of a plan where the message, or the talk before it, asks for them.
pub(crate) fn adapt(scene: &Scene<'_>, mut plan: Plan) -> Plan {
    if !may_be_way(&plan.request) {
        return plan;
    }
    let told = Told::read(scene);
    let wanted = match scene.context.and_then(|context| context.story.as_deref()) {
        Some(before) => follow(scene, &told, before).or_else(|| first(scene, &told, &plan.request)),
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

/// Whether what was understood leaves room for a way: help, refusals of their own kind and plain talk do not.
fn may_be_way(request: &Request) -> bool {
    match request {
        Request::Refuse(Refusal::About(label)) => {
            matches!(label, Label::OffTopic | Label::Opinion)
        }
        Request::Refuse(Refusal::Crisis | Refusal::Distress | Refusal::Empty) => false,
        Request::NotHeld(asked) => matches!(
            asked.about,
            None | Some(
                Label::MilitaryCredit | Label::ForeignTraining | Label::Opinion | Label::Background
            )
        ),
        Request::Talk(SmallTalk::Greeting | SmallTalk::Thanks | SmallTalk::Sources) => false,
        Request::Define(_)
        | Request::Clarify(_)
        | Request::Trend(_)
        | Request::RolesOfTrend { .. }
        | Request::TrendsOfRoles { .. }
        | Request::Trends => false,
        _ => true,
    }
}

/// What a message tells of a way.
struct Told<'a> {
    reading: &'a Reading,
    /// Phrases of ways: place, length, meaning.
    words: Vec<(usize, usize, OfWay)>,
    /// Roles that the writer has or had.
    roles: Vec<RoleId>,
    /// Where the writer starts.
    start: Option<StartId>,
    /// The level of schooling that the writer holds.
    level: Option<Education>,
    /// Pay now, and pay that is wanted, USD a year.
    now: Option<Amount>,
    pay_min: Option<f64>,
    /// Months that the way may take.
    months: Option<u16>,
    /// The highest schooling wanted.
    schooling: Option<Education>,
    /// Other limits.
    limits: Filter,
    /// What is put up with.
    bears: Vec<Trait>,
    /// Where the writer wants to be.
    to: Vec<RoleId>,
    /// Roles named that are neither.
    others: Vec<RoleId>,
}

impl<'a> Told<'a> {
    fn read(scene: &'a Scene<'_>) -> Self {
        let reading = &scene.reading;
        let words = scene.lexicon.of_ways(&reading.tokens);
        let mut told = Self {
            reading,
            words,
            roles: scene.found.background.clone(),
            start: None,
            level: None,
            now: None,
            pay_min: None,
            months: None,
            schooling: None,
            limits: Filter::default(),
            bears: Vec::new(),
            to: Vec::new(),
            others: Vec::new(),
        };
        told.start = told.start_of(scene.knowledge);
        told.drop_training(scene);
        told.read_pay(scene);
        told.read_roles(scene);
        told.read_schooling(scene.knowledge);
        told.months = told.time(scene);
        told.read_limits(scene);
        told
    }

    /// Whether a phrase of the class stands anywhere.
    fn says(&self, word: WayWord) -> bool {
        self.words
            .iter()
            .any(|(at, _, meaning)| *meaning == OfWay::Word(word) && !self.in_role(*at))
    }

    /// Whether a phrase of the class ends within a few words before a place, with nothing of weight between.
    fn before(&self, word: WayWord, place: usize, reach: usize) -> bool {
        self.words.iter().any(|(at, len, meaning)| {
            let end = at + len;
            *meaning == OfWay::Word(word)
                && end <= place
                && place - end < reach
                && self.reading.together(*at, place)
        })
    }

    fn in_role(&self, at: usize) -> bool {
        self.reading.names.iter().any(|name| {
            name.holds(at) && matches!(name.meaning, Meaning::Role(_) | Meaning::Abbreviation(_))
        })
    }

    /// The start with the most words; the highest level of several.
    fn start_of(&self, knowledge: &Knowledge) -> Option<StartId> {
        let starts = self.words.iter().filter_map(|(at, len, meaning)| {
            let OfWay::Start(id) = meaning else {
                return None;
            };
            let wanted = self.before(WayWord::PayGoal, *at, 2)
                && !self.reading.ends_before(*at, Plain::Have);
            let start = &knowledge.starts[usize::from(id.0)];
            let named = self.in_role(*at) && start.holds.is_none();
            (!wanted && !named).then_some((start.holds.is_some(), start.level, *len, *id))
        });
        let all: Vec<_> = starts.collect();
        // Who has no diploma names it to say so.
        let none = all
            .iter()
            .copied()
            .filter(|(_, level, _, _)| *level < Education::HighSchool)
            .max_by_key(|(_, _, len, _)| *len);
        let most = all
            .into_iter()
            .max_by_key(|(holds, level, len, _)| (*level, *holds, *len));
        match (none, most) {
            (Some(none), Some(most)) if most.1 <= Education::HighSchool => Some(none.3),
            (_, most) => most.map(|(_, _, _, id)| id),
        }
    }

    fn start_holds(&self, knowledge: &Knowledge) -> bool {
        let start = self.start.map(|id| &knowledge.starts[usize::from(id.0)]);
        start.is_some_and(|start| start.holds.is_some())
    }

    /// "Army medic": training, and no role that a title of the lists may make of it.
    fn drop_training(&mut self, scene: &Scene<'_>) {
        if !self.start_holds(scene.knowledge) {
            return;
        }
        for name in &self.reading.names {
            if let Meaning::Role(id) | Meaning::Abbreviation(id) = name.meaning
                && (name.start..name.end()).any(|at| self.in_start(at))
            {
                self.roles.retain(|role| *role != id);
            }
        }
    }

    /// Whether a word is part of a phrase that says where somebody starts.
    fn in_start(&self, place: usize) -> bool {
        self.words.iter().any(|(at, len, meaning)| {
            matches!(meaning, OfWay::Start(_)) && *at <= place && place < at + len
        })
    }

    fn read_pay(&mut self, scene: &Scene<'_>) {
        for amount in &scene.counted.money {
            let number = |at: &usize| {
                scene.reading.tokens[*at].number.is_some_and(|number| {
                    (number - amount.said).abs() < 0.005
                        || (number * 1_000.0 - amount.said).abs() < 0.5
                })
            };
            let at = (0..scene.reading.tokens.len()).find(number);
            let goal = at.is_some_and(|at| self.before(WayWord::PayGoal, at, 2));
            match amount.bound {
                Bound::Least | Bound::Around if goal || self.now.is_some() => {
                    self.pay_min = Some(amount.usd);
                }
                Bound::Most | Bound::Below => {}
                _ if goal || self.now.is_some() => self.pay_min = Some(amount.usd),
                Bound::Least => self.pay_min = Some(amount.usd),
                _ => self.now = Some(amount.clone()),
            }
        }
    }

    fn read_roles(&mut self, scene: &Scene<'_>) {
        for span in &scene.reading.names {
            let (Meaning::Role(id) | Meaning::Abbreviation(id)) = span.meaning else {
                continue;
            };
            let training = self.start_holds(scene.knowledge)
                && (span.start..span.end()).any(|at| self.in_start(at));
            if !scene.found.roles.contains(&id) || self.roles.contains(&id) || training {
                continue;
            }
            let list = if self.before(WayWord::Goal, span.start, 3) {
                &mut self.to
            } else {
                &mut self.others
            };
            if !list.contains(&id) {
                list.push(id);
            }
        }
        // "CNA in Ohio, $19 an hour": the only role named is the writer's, where pay now is told of it.
        if let ([role], true, true) = (
            self.others.as_slice(),
            self.roles.is_empty() && self.to.is_empty(),
            self.now.is_some() || self.start.is_some() || self.begins_with_role(),
        ) {
            self.roles = vec![*role];
            self.others.clear();
        }
        let goals = self.to.clone();
        self.others.retain(|role| !goals.contains(role));
    }

    /// "CNA here", "CNA wanting more": the message begins with the role.
    fn begins_with_role(&self) -> bool {
        self.reading
            .names
            .first()
            .is_some_and(|name| name.start <= 1)
    }

    /// What schooling the writer has, and what is the most that is wanted.
    fn read_schooling(&mut self, knowledge: &Knowledge) {
        let reading = self.reading;
        for (at, len, level) in conditions::named_levels(reading) {
            let said = bound(reading, at, at + len);
            if reading.denied[at] && !self.in_start(at) || said == Bound::Below {
                self.schooling = conditions::below(level);
            } else if said == Bound::Most {
                self.schooling = Some(level);
            } else if self.has_before(at) || self.in_start(at) && !reading.denied[at] {
                self.level = self.level.max(Some(level));
            }
        }
        let start = self
            .start
            .map(|id| knowledge.starts[usize::from(id.0)].level);
        if start.is_some_and(|level| level < Education::HighSchool) {
            self.level = None;
        }
        let without = reading.all(Plain::NoDegree).any(|at| !self.in_start(at));
        if without && self.schooling.is_none() {
            self.schooling = Some(Education::Award);
        }
    }

    /// "I have an associate's": a phrase of having within the words before.
    fn has_before(&self, at: usize) -> bool {
        (at.saturating_sub(REACH)..at)
            .any(|place| self.reading.is(place, Plain::Have) && self.reading.together(place, at))
    }

    /// The months that the way may take.
    fn time(&self, scene: &Scene<'_>) -> Option<u16> {
        let reading = self.reading;
        let unit = |at: usize| {
            reading
                .classes(at)
                .iter()
                .find_map(|(class, _)| match class {
                    Class::Unit(PayUnit::Year) => Some(MONTHS_A_YEAR),
                    Class::Unit(PayUnit::Month) => Some(1.0),
                    Class::Unit(PayUnit::Week) => Some(1.0 / WEEKS_A_MONTH),
                    _ => None,
                })
        };
        let number = |at: usize| {
            let token = reading.tokens.get(at)?;
            token
                .number
                .or_else(|| scene.knowledge.language.numbers.get(&token.word).copied())
                .filter(|_| !token.dollar && !reading.in_name(at))
        };
        for at in 0..reading.tokens.len() {
            let single = reading.is(at, Plain::Per) && number(at).is_none();
            let Some(count) = number(at).or(single.then_some(1.0)) else {
                continue;
            };
            let Some(months) = unit(at + 1).filter(|_| reading.together(at, at + 1)) else {
                continue;
            };
            // "A year or two".
            let more = (reading.is(at + 2, Plain::ListJoint))
                .then(|| number(at + 3))
                .flatten()
                .filter(|_| single);
            let mut most = more.unwrap_or(count) * months;
            let said = bound(reading, at, at + 2);
            let taught = (at + 2..at + 2 + REACH)
                .any(|place| reading.is(place, Plain::Schooling) && reading.together(at, place));
            let been = !taught
                && self.words.iter().any(|(place, _, meaning)| {
                    *meaning == OfWay::Word(WayWord::Experience) && *place == at + 2
                });
            let fine = (at + 2..at + 4)
                .any(|place| reading.is(place, Plain::Enough) && reading.together(at, place));
            let mine = (fine || self.before(WayWord::TimeHave, at, 3)) && !been;
            let counted = scene.counted.months.map(|(months, _)| months);
            let school = !been
                && (taught
                    || counted.is_some_and(|counted| (counted - count * months).abs() < 0.5));
            match said {
                _ if reading.denied[at] && said == Bound::Exactly && !been => {
                    most -= 1.0;
                }
                Bound::Below if mine || school => most -= 1.0,
                Bound::Most if mine || school => {}
                Bound::Exactly | Bound::Around if (mine || school) && !single || more.is_some() => {
                }
                _ => continue,
            }
            if (1.0..=LONGEST).contains(&most) {
                return Some(most.floor() as u16);
            }
        }
        None
    }

    fn read_limits(&mut self, scene: &Scene<'_>) {
        let read = conditions::read(self.reading, &scene.found, &scene.counted);
        let families = self
            .reading
            .spans
            .iter()
            .filter_map(|span| match span.meaning {
                Meaning::Class(Class::Family(family))
                    if !self.in_role(span.start) && !self.reading.denied[span.start] =>
                {
                    Some(family)
                }
                _ => None,
            });
        let family: Option<Family> = families.last();
        self.limits = Filter {
            remote: if self.wants_remote() {
                read.remote
            } else {
                &[]
            },
            contact: read.contact,
            license: read.license,
            pay_min: self.pay_min,
            family,
            without_families: read.without_families,
            without_roles: read.without_roles,
            avoid: self.avoided(scene),
            ..Filter::default()
        };
        if !self.reading.has(Plain::Unbothered) {
            return;
        }
        for span in &self.reading.spans {
            if let Meaning::Class(Class::Trait(kind) | Class::Averse(kind)) = span.meaning
                && !self.limits.avoid.contains(&kind)
                && !scene.found.likes.contains(&kind)
            {
                self.bears.push(kind);
            }
        }
    }

    /// "Stay at home mom" wishes for nothing.
    fn wants_remote(&self) -> bool {
        let said = |class| self.reading.all(class).any(|at| !self.in_start(at));
        said(Plain::Remote) || said(Plain::OnSite)
    }

    /// What is not wanted; a word for schooling says nothing of the work ("without four years of school").
    fn avoided(&self, scene: &Scene<'_>) -> Vec<Trait> {
        let reading = self.reading;
        let said = |kind: Trait| {
            let mut spans = reading.spans.iter().filter(move |span| {
                matches!(span.meaning, Meaning::Class(Class::Trait(own) | Class::Averse(own)) if own == kind)
            });
            spans.any(|span| !(span.start..span.end()).any(|at| reading.is(at, Plain::Schooling)))
        };
        let dislikes = scene.found.dislikes.iter().copied();
        dislikes.filter(|kind| said(*kind)).collect()
    }

    /// What the ways are to be sorted by: only words that say so, in what follows a talk.
    fn order(&self) -> Option<Order> {
        let reading = self.reading;
        let about = |wanted: About| {
            (0..reading.tokens.len()).any(|at| !reading.in_name(at) && reading.is_about(at, wanted))
        };
        let high = reading.has(Plain::High);
        match () {
            () if about(About::Growth) && (high || reading.has(Plain::Fast)) => {
                Some(Order::FastestGrowing)
            }
            () if about(About::Openings) && high => Some(Order::MostOpenings),
            () if about(About::Pay) && high => Some(Order::BestPaid),
            () if reading.has(Plain::Fast) || reading.has(Plain::Short) => {
                Some(Order::LeastSchooling)
            }
            () => None,
        }
    }

    /// Whether anything is said that bounds a way or says where it begins.
    fn bounds(&self) -> bool {
        self.months.is_some()
            || self.schooling.is_some()
            || self.now.is_some()
            || self.limits != Filter::default()
    }
}

/// The ways that a message asks for by itself.
fn first(scene: &Scene<'_>, told: &Told<'_>, request: &Request) -> Option<Wanted> {
    let labels = scene.labels.of(Label::Path) + scene.labels.of(Label::Next);
    let onward = told.says(WayWord::MoveOn) || labels >= ONWARD;
    let better = told.says(WayWord::BetterPaid);
    let mut roles = told.roles.clone();
    let mut to = told.to.first().copied();
    // Nothing is held on training from abroad; military training is held.
    if let Request::NotHeld(asked) = request
        && asked.about == Some(Label::ForeignTraining)
        && !told.start_holds(scene.knowledge)
    {
        return None;
    }
    match request {
        // From one role to another: a single known step has an answer of its own, unless something bounds the way.
        Request::Path(Path {
            from: Some(from),
            to: Some(goal),
            ..
        }) => {
            let known = crate::knowledge::bridges::between(
                &scene.knowledge.bridges,
                &scene.knowledge.role(*from).slug,
                &scene.knowledge.role(*goal).slug,
            );
            let placed = !scene.place().states.is_empty();
            if !known.is_empty() && !told.bounds() && !placed {
                return None;
            }
            if !roles.contains(from) {
                roles = vec![*from];
            }
            roles.retain(|role| role != goal);
            to = Some(*goal);
        }
        Request::Path(Path { from: Some(_), .. }) if !told.bounds() && !better => return None,
        // Facts asked of other roles, or roles side by side.
        Request::Compare(_) => return None,
        Request::Facts(facts) if !told.roles.contains(&facts.role) && Some(facts.role) != to => {
            let way = [
                Label::Education,
                Label::Length,
                Label::License,
                Label::Next,
                Label::Path,
            ];
            let asks_way = facts.aspects.iter().all(|aspect| way.contains(aspect));
            let from = !told.roles.is_empty() || told.start.is_some();
            if !(asks_way && onward && from && told.others.is_empty() && to.is_none()) {
                return None;
            }
            to = Some(facts.role);
        }
        _ if !told.others.is_empty() => return None,
        _ if !(onward || better) => return None,
        _ => {}
    }
    let placed = !roles.is_empty() || told.start.is_some() || scene.found.from_outside;
    let own = told.says(WayWord::Me)
        || !scene.found.background.is_empty()
        || told.now.is_some()
        || told.start.is_some();
    if !placed || !own {
        return None;
    }
    // Likings without a role ask for ideas, and what school asks is no way.
    let idea = matches!(request, Request::Suggest(_)) && roles.is_empty();
    if idea && !told.bounds() && told.start.is_none() {
        return None;
    }
    let order = told
        .reading
        .has(Plain::Fast)
        .then_some(Order::LeastSchooling);
    Some(Wanted {
        roles,
        start: told.start,
        level: told.level,
        now: told.now.clone(),
        place: scene.place(),
        to,
        months: told.months,
        schooling: told.schooling,
        limits: told.limits.clone(),
        likes: scene.found.likes.clone(),
        order,
        open: None,
    })
}

/// The ways asked for before, with what this message changes.
fn follow(scene: &Scene<'_>, told: &Told<'_>, before: &Wanted) -> Option<Wanted> {
    let context = scene.context?;
    let reading = &scene.reading;
    let last = context.aspects == [Label::Path];
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
    // "The second one, step by step".
    if last && named.is_empty() {
        let place = by_place(reading, &scene.knowledge.language.ordinals, context);
        if let Some(role) = place.filter(|_| told.months.is_none()) {
            wanted.open = Some(role);
            return Some(wanted);
        }
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
    let bounded = told.months.is_some() || told.schooling.is_some();
    if asks && !bounded && told.limits == Filter::default() {
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
    if let Some(now) = &told.now {
        wanted.now = Some(now.clone());
        changed = true;
    }
    if bounded {
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
    let order = told.order().filter(|_| last);
    if order.is_some() {
        wanted.order = order;
        changed = true;
    }
    let place = named_place(scene);
    let alone = named.is_empty() && reading.content().next().is_none() || changed || goes_on;
    if let Some(place) = place.filter(|_| alone || onward) {
        wanted.place = place;
        changed = true;
    }
    let again = last || onward || goes_on && bounded || goes_on && !told.limits.avoid.is_empty();
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
