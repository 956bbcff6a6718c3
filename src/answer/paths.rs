//! Ways from where somebody is to better work: three, a line each, or one step by step.
//!
//! Knows nothing of how the wish was read, and nothing of how ways are found. Every figure has its place and period; lengths are
//! ranges; what is not known is said by name.

use crate::answer::evidence::add_sources;
use crate::answer::length::{months, span};
use crate::answer::list::conditions;
use crate::answer::model::{Answer, Item, Outcome};
use crate::answer::role::{LICENSE_CAVEAT, PAY_CAVEAT, push_caveat, push_fact};
use crate::answer::role_figures::up_to;
use crate::answer::topics::subject;
use crate::answer::wording::{
    capital, capital_words, education, headline, inside, join, pay_period, percent,
    projection_period, shared_traits, thousands, trait_list, wage, with_article,
};
use crate::explore::projection;
use crate::knowledge::bridges::StepKind;
use crate::knowledge::starts::asked_first;
use crate::knowledge::terms::{Education, FigureMatch, Order, PayUnit, Trait};
use crate::knowledge::{Cell, Knowledge, RoleId, SourceId, Topic};
use crate::paths::rank::{self, Reason, ranked};
use crate::paths::{
    Base, Figure, Found, LONGEST_ANEW, Limit, Step, USUAL_HORIZON, Way, Where, find, pay,
};
use crate::understanding::Wanted;
use crate::understanding::request::Place;

/// Ways shown.
const MOST_WAYS: usize = 3;
/// Other ways to a named goal that are told in a line.
const MOST_OTHERS: usize = 2;
/// Ways named of which only the shortest form fits the time.
const MOST_NEAR: usize = 2;
/// Limits named, of which each by itself rules out what there would be.
const MOST_LIMITS: usize = 4;
/// What no table of this program knows.
const UNKNOWN: &str = "What people usually do, not a promise. I hold nothing on whether a program admits you, on tuition and aid, on credit for what you have learned, or on what one employer pays or pays for.";
const TENTH: &str = "The lowest-paid tenth in a place are all who do the work there, not beginners: BLS has no pay by experience.";

/// The answer.
pub fn answer(knowledge: &Knowledge, wanted: &Wanted) -> Answer {
    let found = find(knowledge, wanted);
    match wanted.open.or(wanted.to) {
        Some(goal) => to_goal(knowledge, wanted, goal, &found),
        None => several(knowledge, wanted, found),
    }
}

/// Up to three ways, a line each.
fn several(knowledge: &Knowledge, wanted: &Wanted, found: Found<'_>) -> Answer {
    if found.ways.is_empty() {
        return nothing(knowledge, wanted, &found);
    }
    let count = found.ways.len();
    let mut shown = ranked(knowledge, wanted, found.ways);
    shown.truncate(MOST_WAYS);
    let from = from_words(knowledge, wanted);
    let mut answer = Answer::new(Outcome::Answered, headline(format!("Ways on from {from}")));
    let these = match shown.len() {
        1 => "one way keeps to all of that".to_owned(),
        some if some == count => format!("{some} ways keep to all of that"),
        some => format!("{some} of {count} ways that keep to all of that"),
    };
    answer.direct.push(format!(
        "From {from}{}, {these}: {}.",
        now_words(wanted),
        bounds(knowledge, wanted)
    ));
    for (place, way) in shown.iter().enumerate() {
        answer.items.push(Item {
            subject: subject(knowledge, Topic::Role(way.goal)),
            note: line(knowledge, wanted, &shown, place),
        });
        answer
            .subjects
            .push(subject(knowledge, Topic::Role(way.goal)));
    }
    let near = ranked(knowledge, wanted, found.near);
    let own = |way: &&Way<'_>| knowledge.role(way.goal).figures != FigureMatch::Nearest;
    for way in near.iter().filter(own).take(MOST_NEAR) {
        answer.direct.push(near_words(knowledge, way));
    }
    finish(knowledge, wanted, &shown, &mut answer);
    answer
}

/// One goal, step by step; other ways to it in a line each.
fn to_goal(knowledge: &Knowledge, wanted: &Wanted, goal: RoleId, found: &Found<'_>) -> Answer {
    let Some(way) = found.ways.first() else {
        return nothing(knowledge, wanted, found);
    };
    let from = from_words(knowledge, wanted);
    let title = inside(&knowledge.role(goal).title);
    let mut answer = Answer::new(
        Outcome::Answered,
        headline(format!("From {from} to {title}")),
    );
    let total = time(way.least, way.usual);
    answer.direct.push(format!(
        "From {from}{} to {}: {}{total} in all, {}.",
        now_words(wanted),
        with_article(&title),
        if way.steps.len() > 1 { "usually " } else { "" },
        route(knowledge, way)
    ));
    answer.direct.push(pay_words(knowledge, wanted, way));
    for (place, step) in way.steps.iter().enumerate() {
        let label = format!("Step {}: {}", place + 1, knowledge.role(step.to).title);
        push_fact(
            &mut answer,
            &label.chars().take(60).collect::<String>(),
            step_words(knowledge, wanted, step),
        );
    }
    let role = knowledge.role(goal);
    if let Some(row) = projection(knowledge, role) {
        push_fact(
            &mut answer,
            "Growth and openings",
            format!(
                "{} from {}, about {} openings a year (US{})",
                percent(row.change_percent),
                projection_period(knowledge, role),
                thousands(row.openings_per_year),
                group(knowledge, goal)
            ),
        );
    }
    if let Some(asks) = asks(knowledge, goal) {
        push_fact(&mut answer, "What it asks of body and schedule", asks);
    }
    for other in found.ways.iter().skip(1).take(MOST_OTHERS) {
        answer.direct.push(format!(
            "Another way takes {}: {}.",
            time(other.least, other.usual),
            route(knowledge, other)
        ));
    }
    push_caveat(&mut answer, LICENSE_CAVEAT);
    answer.subjects.push(subject(knowledge, Topic::Role(goal)));
    finish(knowledge, wanted, std::slice::from_ref(way), &mut answer);
    answer
}

/// Nothing keeps to everything: which limit rules out what.
fn nothing(knowledge: &Knowledge, wanted: &Wanted, found: &Found<'_>) -> Answer {
    let from = from_words(knowledge, wanted);
    let mut answer = Answer::new(Outcome::NotCovered, "No way keeps to all of that");
    let goal = wanted.open.or(wanted.to);
    let what = match goal {
        Some(goal) => format!(
            "I hold no way of at most three steps from {from} to {} that keeps to all of that: {}.",
            with_article(&knowledge.role(goal).title),
            bounds(knowledge, wanted)
        ),
        None => format!(
            "None of the ways that I hold from {from}{} keeps to all of that: {}.",
            now_words(wanted),
            bounds(knowledge, wanted)
        ),
    };
    answer.direct.push(what);
    for (limit, count, example) in found.ruled_out.iter().take(MOST_LIMITS) {
        let title = inside(&knowledge.role(*example).title);
        let would = match (goal, count) {
            (Some(_), _) => "there is a way".to_owned(),
            (None, 1) => format!("there would be one: {title}"),
            (None, many) => format!("there would be {many}, the shortest to {title}"),
        };
        answer
            .direct
            .push(format!("Without {}, {would}.", limit_words(wanted, *limit)));
    }
    if found.ruled_out.is_empty() {
        answer.direct.push(
            "No single limit is the reason. Drop two of them, or name another place to begin."
                .to_owned(),
        );
    }
    for way in found.near.iter().take(MOST_NEAR) {
        answer.direct.push(near_words(knowledge, way));
    }
    let topics = goal.into_iter().chain(wanted.roles.iter().copied());
    answer.subjects = topics
        .map(|role| subject(knowledge, Topic::Role(role)))
        .collect();
    answer.caveats.push(UNKNOWN.to_owned());
    answer
}

/// A way of which only the shortest form fits the time.
fn near_words(knowledge: &Knowledge, way: &Way<'_>) -> String {
    format!(
        "{} takes {}: its shortest form would fit your time, the usual one does not.",
        capital(&with_article(&knowledge.role(way.goal).title)),
        span(way.least, way.usual)
    )
}

/// Where somebody stands, as it follows "from".
fn from_words(knowledge: &Knowledge, wanted: &Wanted) -> String {
    let mut parts: Vec<String> = wanted
        .roles
        .iter()
        .map(|role| with_article(&knowledge.role(*role).title))
        .collect();
    let start = wanted.start.and_then(|id| knowledge.start(id));
    // Beside a role, what every role asks for says nothing.
    if let Some(start) = start.filter(|start| parts.is_empty() || start.includes.is_some()) {
        parts.push(start.name.clone());
    } else if let Some(level) = wanted.level.filter(|_| !parts.is_empty()) {
        parts.push(education(level).to_owned());
    }
    if parts.is_empty() {
        parts.push("a high school diploma".to_owned());
    }
    format!("{}{}", join(&parts), place_words(knowledge, &wanted.place))
}

/// " in Ohio", or nothing.
fn place_words(knowledge: &Knowledge, place: &Place) -> String {
    if let Some(area) = place.areas.first() {
        return format!(" in {}", knowledge.figures.areas.get(*area).in_sentence());
    }
    place
        .states
        .first()
        .map(|state| format!(" in {}", state.in_sentence()))
        .unwrap_or_default()
}

/// Pay now as it was said, with the year that it comes to.
fn now_words(wanted: &Wanted) -> String {
    let Some(now) = &wanted.now else {
        return String::new();
    };
    match now.unit {
        PayUnit::Year => format!(" at ${} a year", thousands(now.usd.round() as u32)),
        unit => format!(
            " at {} {} (about {} USD a year, full time)",
            said(now.said),
            per(unit),
            thousands(now.usd.round() as u32)
        ),
    }
}

fn said(sum: f64) -> String {
    if sum.fract().abs() < 0.005 {
        format!("${}", thousands(sum as u32))
    } else {
        format!(
            "${}.{:02}",
            thousands(sum as u32),
            (sum.fract() * 100.0).round() as u32
        )
    }
}

fn per(unit: PayUnit) -> &'static str {
    match unit {
        PayUnit::Hour => "an hour",
        PayUnit::Week => "a week",
        PayUnit::Fortnight => "every two weeks",
        PayUnit::Month => "a month",
        PayUnit::Year => "a year",
    }
}

/// What the ways were held to, in words; what is usual where nothing was said.
fn bounds(knowledge: &Knowledge, wanted: &Wanted) -> String {
    let mut parts = Vec::new();
    if wanted.open.or(wanted.to).is_none() {
        parts.push(match (&wanted.now, wanted.roles.is_empty()) {
            (Some(_), _) => "median pay above yours now".to_owned(),
            (None, false) => "median pay above that of the work you have".to_owned(),
            (None, true) => String::new(),
        });
    }
    match (wanted.months, wanted.open.or(wanted.to)) {
        (Some(months), _) => parts.push(format!("{} of usual length", most(months))),
        (None, None) if wanted.roles.is_empty() => parts.push(format!(
            "up to {} in all, as you named no time",
            months(USUAL_HORIZON)
        )),
        (None, None) => parts.push(format!(
            "up to {}, or {} where nothing you have counts, as you named no time",
            months(USUAL_HORIZON),
            months(LONGEST_ANEW)
        )),
        _ => {}
    }
    parts.extend(
        wanted
            .schooling
            .map(|level| format!("no schooling above {}", education(level))),
    );
    parts.push(conditions(knowledge, &wanted.limits));
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        parts.push("at most three steps".to_owned());
    }
    parts.join("; ")
}

/// The most that a way may take: "less than 4 years", "at most 18 months".
fn most(most: u16) -> String {
    if (most + 1).is_multiple_of(12) {
        format!("less than {}", months(most + 1))
    } else {
        format!("at most {}", months(most))
    }
}

fn limit_words(wanted: &Wanted, limit: Limit) -> String {
    let limits = &wanted.limits;
    match limit {
        Limit::Time => wanted.months.map_or_else(
            || "the limit in time".to_owned(),
            |limit| format!("the limit of {}", most(limit)),
        ),
        Limit::Schooling => wanted.schooling.map_or_else(
            || "the limit in schooling".to_owned(),
            |level| format!("the limit to {}", education(level)),
        ),
        Limit::Avoid(kind) => format!("leaving out {}", join(&trait_list(&[kind]))),
        Limit::Remote => "the wish for remote work".to_owned(),
        Limit::Contact => "the wish about patients".to_owned(),
        Limit::License => "the wish about a license".to_owned(),
        Limit::Family => limits.family.map_or_else(
            || "the field".to_owned(),
            |family| format!("the field of {}", family.field()),
        ),
        Limit::Pay => limits.pay_min.map_or_else(
            || "the least pay".to_owned(),
            |usd| format!("the least pay of ${} a year", thousands(usd as u32)),
        ),
        Limit::Better => match wanted.now {
            Some(_) => "asking for more pay than now".to_owned(),
            None => "asking for more than the work you have pays".to_owned(),
        },
        Limit::Without => "leaving out what you named".to_owned(),
    }
}

/// A way in one line: time and what it consists of, pay, why it stands here.
fn line(knowledge: &Knowledge, wanted: &Wanted, shown: &[Way<'_>], place: usize) -> String {
    let way = &shown[place];
    let reason = rank::reason(knowledge, wanted, shown, place);
    format!(
        "{}, {}. {} {}",
        time(way.least, way.usual),
        route(knowledge, way),
        pay_words(knowledge, wanted, way),
        reason_words(wanted, reason, shown.len())
    )
}

fn time(least: u16, usual: u16) -> String {
    if usual == 0 {
        "no further schooling".to_owned()
    } else {
        span(least, usual)
    }
}

/// What a way consists of: "a certificate", "an associate's degree by way of licensed practical nurse (12 to 18 months)".
fn route(knowledge: &Knowledge, way: &Way<'_>) -> String {
    let mut parts = Vec::new();
    for step in &way.steps {
        if let Some(own) = step.completion {
            parts.push(format!(
                "the bachelor's degree completed ({})",
                span(own.least, own.usual)
            ));
        }
        let kind = kind_words(step.kind);
        let (least, usual) = step.completion.map_or((step.least, step.usual), |own| {
            (step.least - own.least, step.usual - own.usual)
        });
        let alone = way.steps.len() == 1 && step.completion.is_none();
        if alone {
            parts.push(kind.to_owned());
        } else {
            let title = inside(&knowledge.role(step.to).title);
            parts.push(format!("{kind} ({title}, {})", time(least, usual)));
        }
    }
    parts.join(", then ")
}

fn kind_words(kind: StepKind) -> &'static str {
    match kind {
        StepKind::OnTheJob => "training on the job or experience",
        StepKind::Course => "a short course or training",
        StepKind::Certificate => "a certificate program",
        StepKind::Bridge => "a bridge program that counts the license",
        StepKind::Associate => "an associate's degree",
        StepKind::Bachelor => "a bachelor's degree",
        StepKind::Master => "a master's degree",
        StepKind::Doctoral => "a doctoral or professional degree",
    }
}

/// Pay at the end of a way, with its place and period, held against pay now.
fn pay_words(knowledge: &Knowledge, wanted: &Wanted, way: &Way<'_>) -> String {
    let mut text = figure_words(knowledge, wanted, way.goal, &way.pay);
    if let Some(gain) = way.gain.filter(|gain| *gain != 0) {
        let more = if gain > 0 { "more" } else { "less" };
        let at_least = if way.pay.median == Cell::TopCoded {
            "at least "
        } else {
            "about "
        };
        let sum = thousands(gain.unsigned_abs() as u32);
        let than = match (&wanted.now, wanted.roles.as_slice()) {
            (Some(_), _) => "you earn now".to_owned(),
            (None, [role]) => format!("{} there", knowledge.role(*role).plural),
            (None, _) => "your best-paid work there".to_owned(),
        };
        text.push_str(&format!(", {at_least}{sum} USD a year {more} than {than}"));
    }
    text.push('.');
    text
}

/// A median and the lowest-paid tenth, with place, period and group.
fn figure_words(knowledge: &Knowledge, wanted: &Wanted, id: RoleId, figure: &Figure) -> String {
    let role = knowledge.role(id);
    let period = pay_period(knowledge, role);
    let place = where_words(knowledge, figure.place);
    if figure.median == Cell::NotReleased {
        return format!("BLS has not released its pay ({place}, {period})");
    }
    let missing = if figure.asked {
        String::new()
    } else {
        format!("Not published{}; ", place_words(knowledge, &wanted.place))
    };
    let low = match figure.low {
        Cell::NotReleased => String::new(),
        low => format!(", lowest-paid tenth {}", up_to(low)),
    };
    let text = format!(
        "{missing}median {} a year{low} ({place}, {period}{})",
        wage(figure.median),
        group(knowledge, id)
    );
    capital(&text)
}

fn where_words(knowledge: &Knowledge, place: Where) -> String {
    match place {
        Where::Area(area) => knowledge.figures.areas.get(area).name.clone(),
        Where::State(state) => state.name().to_owned(),
        Where::Country => "US".to_owned(),
    }
}

/// Whose figures they are, where they are not the role's own.
fn group(knowledge: &Knowledge, id: RoleId) -> String {
    let role = knowledge.role(id);
    match role.figures {
        FigureMatch::Exact => String::new(),
        FigureMatch::Group => format!(", figure for all {}", role.group),
        FigureMatch::Nearest => format!(
            ", figure for the nearest official group, all {}",
            role.group
        ),
    }
}

fn reason_words(wanted: &Wanted, reason: Reason, count: usize) -> String {
    let among = match count {
        1 => return "The only one that keeps to your limits.".to_owned(),
        2 => "of the two",
        _ => "of the three",
    };
    match reason {
        Reason::GainForTime => {
            let gained = if wanted.now.is_some() || !wanted.roles.is_empty() {
                "gained"
            } else {
                "earned"
            };
            format!(
                "First: most {gained} for the time it takes, with openings and what you keep weighed in."
            )
        }
        Reason::Shortest => format!("The shortest {among}."),
        Reason::ShortestKept => "First: the shortest that builds on what you have.".to_owned(),
        Reason::BestPaid => format!("The best paid {among}."),
        Reason::MostOpenings => format!("The most openings {among}."),
        Reason::FastestGrowing => format!("The fastest growing {among}."),
        Reason::Keeps => format!(
            "Next by {}; what you have helps.",
            order_words(wanted.order)
        ),
        Reason::Next => format!("Next by {}.", order_words(wanted.order)),
    }
}

/// What the ways are sorted by.
fn order_words(order: Option<Order>) -> &'static str {
    match order {
        Some(Order::LeastSchooling) => "time",
        Some(Order::BestPaid) => "pay",
        Some(Order::FastestGrowing) => "growth",
        Some(Order::MostOpenings) => "openings",
        _ => "what it gains for its time",
    }
}

/// A step: time, what it consists of, license, what is kept, what may stand in the way, pay.
fn step_words(knowledge: &Knowledge, wanted: &Wanted, step: &Step<'_>) -> String {
    let role = knowledge.role(step.to);
    let mut parts = vec![format!("{}.", capital(&time(step.least, step.usual)))];
    if let Some(own) = step.completion {
        parts.push(format!(
            "First, the bachelor's degree ({}): {}",
            span(own.least, own.usual),
            own.how
        ));
    }
    match step.bridge {
        Some(bridge) => {
            parts.push(bridge.how.clone());
            if !bridge.kept.is_empty() {
                parts.push(format!("What counts: {}", inside(&bridge.kept)));
            }
            if !bridge.caution.is_empty() {
                parts.push(bridge.caution.clone());
            }
        }
        None => {
            parts.push(role.length.note.clone());
            if step.from == Base::School && !wanted.roles.is_empty() {
                parts.push("I know of nothing that you have that shortens it.".to_owned());
            }
        }
    }
    if let Some(first) = asked_first(&knowledge.prerequisites, &role.slug) {
        parts.push(first.why.clone());
    }
    parts.push(format!("License: {}", role.license_note));
    let figure = pay::at(knowledge, role, &wanted.place);
    parts.push(format!(
        "{}.",
        figure_words(knowledge, wanted, step.to, &figure)
    ));
    parts.join(" ")
}

/// What the work asks of body and schedule.
fn asks(knowledge: &Knowledge, id: RoleId) -> Option<String> {
    const BODY: &[Trait] = &[
        Trait::Lifting,
        Trait::Blood,
        Trait::Shifts,
        Trait::Driving,
        Trait::Emergencies,
        Trait::Desk,
    ];
    let named = shared_traits(knowledge.role(id), BODY);
    (!named.is_empty()).then(|| join(&named))
}

/// Cautions and sources of what was shown.
fn finish(knowledge: &Knowledge, wanted: &Wanted, shown: &[Way<'_>], answer: &mut Answer) {
    for role in &wanted.roles {
        answer.subjects.push(subject(knowledge, Topic::Role(*role)));
    }
    let steps = || shown.iter().flat_map(|way| &way.steps);
    if wanted.level.is_none()
        && steps().any(|step| {
            step.completion.is_none()
                && step.bridge.is_some_and(|bridge| bridge.schooling.is_some())
                && matches!(step.from, Base::Role(role) if wanted.roles.contains(&role))
        })
    {
        answer.caveats.push(
            "I took you to hold the schooling that is typical for your work; tell me where it is another, because some of these steps ask for a bachelor's degree first."
                .to_owned(),
        );
    }
    let no_diploma = wanted
        .start
        .and_then(|id| knowledge.start(id))
        .is_some_and(|start| start.level < Education::HighSchool);
    if no_diploma {
        answer.caveats.push(
            "Most programs beyond a first course ask for a high school diploma or a GED."
                .to_owned(),
        );
    }
    if let Some(city) = &wanted.place.city {
        let sentence = knowledge
            .language
            .texts
            .fill("not-held.city", &[("city", &capital_words(&city.name))]);
        answer.direct.insert(0, sentence);
    }
    if shown
        .iter()
        .any(|way| knowledge.role(way.goal).figures == FigureMatch::Nearest)
    {
        answer
            .caveats
            .push("A nearest official group is wider than the role named.".to_owned());
    }
    for caveat in [UNKNOWN, TENTH, PAY_CAVEAT] {
        answer.caveats.push(caveat.to_owned());
    }
    let mut sources: Vec<&SourceId> = Vec::new();
    for step in steps() {
        let role = knowledge.role(step.to);
        match step.bridge {
            Some(bridge) => sources.push(&bridge.source),
            None => sources.extend(&role.sources),
        }
        sources.extend(step.completion.map(|bridge| &bridge.source));
        let figures = &knowledge.figures;
        sources.extend(figures.national.get(&role.soc).map(|row| &row.source));
        sources.extend(figures.projections.get(&role.soc).map(|row| &row.source));
    }
    add_sources(
        knowledge,
        answer,
        sources,
        shown.first().map(|way| Topic::Role(way.goal)),
    );
}
