//! Ways in words: where somebody stands, what bounds the ways, a way in a line, its pay, a step of it.
//!
//! Every figure has its place and period; lengths are ranges.

use crate::answer::length::{months, span};
use crate::answer::list::conditions;
use crate::answer::role_figures::up_to;
use crate::answer::wording::{
    capital, education, inside, join, pay_period, shared_traits, thousands, trait_list, wage,
    with_article,
};
use crate::knowledge::bridges::StepKind;
use crate::knowledge::starts::{Start, asked_first};
use crate::knowledge::terms::{FigureMatch, Order, PayUnit, Trait};
use crate::knowledge::{Cell, Knowledge, RoleId};
use crate::paths::rank::{self, Reason};
use crate::paths::{Base, Figure, LONGEST_ANEW, Limit, Step, USUAL_HORIZON, Way, Where, pay};
use crate::understanding::request::Place;
use crate::understanding::{Amount, Filter, Wanted};

/// A way of which only the shortest form fits the time.
pub(super) fn near_words(knowledge: &Knowledge, way: &Way<'_>) -> String {
    format!(
        "{} takes {}: its shortest form would fit your time, the usual one does not.",
        capital(&with_article(&knowledge.role(way.goal).title)),
        span(way.least, way.usual)
    )
}

/// Where somebody stands, as it follows "from".
pub(super) fn from_words(knowledge: &Knowledge, wanted: &Wanted) -> String {
    let mut parts: Vec<String> = wanted
        .roles
        .iter()
        .map(|role| with_article(&knowledge.role(*role).title))
        .collect();
    let start = wanted.start.and_then(|id| knowledge.start(id));
    // Beside a role, what every role asks for says nothing, nor what this one does.
    let asked = wanted.roles.iter().filter_map(|role| {
        let row = knowledge
            .figures
            .projections
            .get(&knowledge.role(*role).soc)?;
        row.entry_education
    });
    let asked = asked.max();
    let says = |start: &&Start| {
        start.includes.is_some() && (start.holds.is_some() || Some(start.level) > asked)
    };
    // More than what the start stands for: a teacher with a master's degree.
    let higher = wanted.level.filter(|level| {
        start.is_some_and(|start| start.holds.is_none() && start.level < *level)
            && Some(*level) > asked
    });
    if let Some(level) = higher {
        let field = if parts.is_empty() {
            " in another field"
        } else {
            ""
        };
        parts.push(format!("{}{field}", education(level)));
    } else if let Some(start) = start.filter(|start| parts.is_empty() || says(start)) {
        parts.push(start.name.clone());
    } else if let Some(level) = wanted
        .level
        .filter(|level| !parts.is_empty() && Some(*level) > asked)
    {
        parts.push(education(level).to_owned());
    }
    if parts.is_empty() {
        parts.push("a high school diploma".to_owned());
    }
    if let Some(title) = wanted
        .outside
        .as_deref()
        .filter(|_| wanted.roles.is_empty())
    {
        parts = vec![format!(
            "work as {} with {}",
            with_article(title),
            join(&parts)
        )];
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

/// " at $19 an hour (about 39,520 USD a year, full time)", or nothing.
pub(super) fn now_words(wanted: &Wanted) -> String {
    let now = wanted.now.as_ref();
    now.map(|now| format!(" at {}", pay_said(now)))
        .unwrap_or_default()
}

/// Pay as it was said, with the year that it comes to: "$19 an hour (about 39,520 USD a year, full time)".
pub fn pay_said(amount: &Amount) -> String {
    match amount.unit {
        PayUnit::Year => format!("${} a year", thousands(amount.usd.round() as u32)),
        unit => format!(
            "{} {} (about {} USD a year, full time)",
            said(amount.said),
            per(unit),
            thousands(amount.usd.round() as u32)
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
pub(super) fn bounds(knowledge: &Knowledge, wanted: &Wanted) -> String {
    let mut parts = Vec::new();
    if wanted.open.or(wanted.to).is_none() && !wanted.takes_less() {
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
    // Who earns by the hour and names a round sum an hour hears of the least pay by the hour, too.
    let by_the_hour = wanted.now.as_ref().map(|now| now.unit) == Some(PayUnit::Hour);
    let least = wanted.limits.pay_min.filter(|_| by_the_hour);
    let hourly = least.map(|usd| (usd, usd / PayUnit::Hour.per_year()));
    let hourly = hourly.filter(|(_, hour)| (hour * 100.0 - (hour * 100.0).round()).abs() < 1e-6);
    if let Some((usd, hour)) = hourly {
        let (hour, year) = (said(hour), thousands(usd.round() as u32));
        parts.push(format!(
            "median pay of {hour} an hour (${year} a year) or more"
        ));
    }
    let limits = conditions(
        knowledge,
        &Filter {
            pay_min: wanted.limits.pay_min.filter(|_| hourly.is_none()),
            ..wanted.limits.clone()
        },
    );
    for limit in limits.split("; ") {
        // A field and a role of it that is left out have one name.
        if !parts.iter().any(|part| part == limit) {
            parts.push(limit.to_owned());
        }
    }
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

pub(super) fn limit_words(wanted: &Wanted, limit: Limit) -> String {
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
pub(super) fn line(
    knowledge: &Knowledge,
    wanted: &Wanted,
    shown: &[Way<'_>],
    place: usize,
) -> String {
    let way = &shown[place];
    let reason = rank::reason(knowledge, wanted, shown, place);
    format!(
        "{}, {}. {} {}",
        time(way.least, way.usual),
        route(knowledge, way),
        pay_words(knowledge, wanted, way),
        reason_words(
            wanted,
            reason,
            shown.len(),
            &rank::liked_fields(knowledge, wanted, way)
        )
    )
}

pub(super) fn time(least: u16, usual: u16) -> String {
    if usual == 0 {
        "no further schooling".to_owned()
    } else {
        span(least, usual)
    }
}

/// What a way consists of: "a certificate", "an associate's degree by way of licensed practical nurse (12 to 18 months)".
pub(super) fn route(knowledge: &Knowledge, way: &Way<'_>) -> String {
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
pub(super) fn pay_words(knowledge: &Knowledge, wanted: &Wanted, way: &Way<'_>) -> String {
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

pub(super) fn where_words(knowledge: &Knowledge, place: Where) -> String {
    match place {
        Where::Area(area) => knowledge.figures.areas.get(area).name.clone(),
        Where::State(state) => state.name().to_owned(),
        Where::Country => "US".to_owned(),
    }
}

/// Whose figures they are, where they are not the role's own.
pub(super) fn group(knowledge: &Knowledge, id: RoleId) -> String {
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

fn reason_words(wanted: &Wanted, reason: Reason, count: usize, liked: &[Trait]) -> String {
    let among = match count {
        1 => return "The only one that keeps to your limits.".to_owned(),
        2 => "of the two",
        _ => "of the three",
    };
    match reason {
        Reason::GainForTime if !liked.is_empty() => format!(
            "First: {}, as you like; then most gained for the time it takes.",
            join(&trait_list(liked))
        ),
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
pub(super) fn step_words(knowledge: &Knowledge, wanted: &Wanted, step: &Step<'_>) -> String {
    let role = knowledge.role(step.to);
    let mut parts = vec![format!("{}.", capital(&time(step.least, step.usual)))];
    if let Some(own) = step.completion {
        parts.push(format!(
            "First, the bachelor's degree ({}): {}",
            span(own.least, own.usual),
            own.how
        ));
    }
    parts.push(match step.bridge {
        Some(bridge) => bridge.how.clone(),
        None => role.length.note.clone(),
    });
    if let Some(first) = asked_first(&knowledge.prerequisites, &role.slug) {
        parts.push(first.why.clone());
    }
    parts.push(format!("License: {}", role.license_note));
    let figure = pay::at(knowledge, role, &wanted.place);
    parts.push(format!(
        "{}.",
        figure_words(knowledge, wanted, step.to, &figure)
    ));
    match step.bridge {
        Some(bridge) => {
            if !bridge.kept.is_empty() {
                parts.push(format!("What counts: {}", inside(&bridge.kept)));
            }
            parts.extend(Some(bridge.caution.clone()).filter(|words| !words.is_empty()));
        }
        None if step.from == Base::School && !wanted.roles.is_empty() => {
            parts.push("I know of nothing that you have that shortens it.".to_owned());
        }
        None => {}
    }
    parts.join(" ")
}

/// What the work asks of body and schedule.
pub(super) fn asks(knowledge: &Knowledge, id: RoleId) -> Option<String> {
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
