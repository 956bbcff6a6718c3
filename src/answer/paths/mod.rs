//! Ways from where somebody is to better work: three, a line each, or one step by step.
//!
//! Knows nothing of how the wish was read, and nothing of how ways are found. Every figure has its place and period; lengths are
//! ranges; what is not known is said by name.

pub mod code;
pub mod drawn;
mod words;

use crate::answer::evidence::add_sources;
use crate::answer::facts::{LICENSE_CAVEAT, PAY_CAVEAT, push_caveat, push_fact};
use crate::answer::model::{Answer, Item, Outcome};
use crate::answer::paths::words::{
    asks, bounds, from_words, group, limit_words, line, near_words, now_words, pay_words, route,
    step_words, time,
};
use crate::answer::picture::Picture;
use crate::answer::topics::subject;
use crate::answer::wording::{
    capital_words, headline, inside, join, percent, projection_period, thousands, trait_list,
    with_article,
};
use crate::explore::{clashes, projection};
use crate::knowledge::terms::{Education, FigureMatch, Order, Trait};
use crate::knowledge::{Knowledge, RoleId, Slug, SourceId, Topic};
use crate::paths::rank::ranked;
use crate::paths::{Base, Found, Way, find};
use crate::understanding::Wanted;

pub use words::pay_said;

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
/// What the ways of somebody leave out who has learned a profession abroad.
const LEARNED_ABROAD: &str = "What follows begins without it: your state's licensing board says what it counts for, and may make the way shorter.";
const TENTH: &str = "The lowest-paid tenth in a place are all who do the work there, not beginners: BLS has no pay by experience.";

/// The answer.
pub fn answer(knowledge: &Knowledge, wanted: &Wanted) -> Answer {
    let found = find(knowledge, wanted);
    let mut answer = match wanted.open.or(wanted.to) {
        Some(goal) => to_goal(knowledge, wanted, goal, &found),
        None => several(knowledge, wanted, found),
    };
    if wanted.abroad {
        let texts = &knowledge.language.texts;
        let not_held = texts.fill("not-held.foreign-training", &[("of", "")]);
        let said = format!("{not_held} {LEARNED_ABROAD}");
        answer.direct.insert(0, said);
    }
    if wanted.record {
        let texts = &knowledge.language.texts;
        let not_held = texts.fill("not-held.background", &[("of", "")]);
        let look = texts.fill("look.background", &[]);
        answer.direct.push(format!("{not_held} {look}"));
    }
    if answer.outcome == Outcome::Answered {
        answer.ways = code::write(knowledge, wanted);
        let code = answer.ways.clone();
        answer.picture = code.map(|code| Picture::Ways { code });
    }
    answer
}

/// Ways on from a role or a start by its slug, in an order, with nothing said of place, time or pay; `None` where there is no such
/// slug, or no way.
pub fn from(knowledge: &Knowledge, slug: &str, order: Option<Order>) -> Option<Answer> {
    let wanted = Wanted {
        order,
        ..begun(knowledge, slug)?
    };
    let answer = answer(knowledge, &wanted);
    (!answer.items.is_empty()).then_some(answer)
}

/// A role or a start by its slug, as it stands behind "from".
pub fn start_words(knowledge: &Knowledge, slug: &str) -> Option<String> {
    begun(knowledge, slug).map(|wanted| from_words(knowledge, &wanted))
}

/// The slug of a role or a start that people name: by a name of the role, or a word by which they mean the start; with or without
/// an article.
pub fn start_named<'a>(knowledge: &'a Knowledge, words: &str) -> Option<&'a Slug> {
    let words = words.trim();
    let bare = ["a ", "an ", "the "]
        .iter()
        .find_map(|article| words.strip_prefix(article));
    let same = |name: &str| {
        name.eq_ignore_ascii_case(words) || bare.is_some_and(|bare| name.eq_ignore_ascii_case(bare))
    };
    let start = knowledge.starts.iter().find(|start| {
        same(start.slug.as_str()) || same(&start.name) || start.words.iter().any(|word| same(word))
    });
    if let Some(start) = start {
        return Some(&start.slug);
    }
    let mut named = knowledge.roles.iter().filter(|role| {
        let others = role.abbreviations.iter().chain(&role.aliases);
        same(role.slug.as_str())
            || same(&role.title)
            || others.chain(&role.titles).any(|name| same(name))
    });
    let role = named.next()?;
    // A name of several is no name of one, but for its own title.
    let titled = knowledge.roles.iter().find(|role| same(&role.title));
    match (titled, named.next()) {
        (Some(titled), _) => Some(&titled.slug),
        (None, None) => Some(&role.slug),
        (None, Some(_)) => None,
    }
}

fn begun(knowledge: &Knowledge, slug: &str) -> Option<Wanted> {
    let wanted = Wanted::default();
    match knowledge.find(slug) {
        Some(Topic::Role(id)) => Some(Wanted {
            roles: vec![id],
            ..wanted
        }),
        Some(Topic::Trend(_)) => None,
        None => Some(Wanted {
            start: Some(knowledge.start_named(slug)?),
            ..wanted
        }),
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
    let clash: Vec<Trait> = wanted
        .limits
        .avoid
        .iter()
        .copied()
        .filter(|kind| clashes(knowledge.role(goal), *kind))
        .collect();
    if !clash.is_empty() {
        answer.direct.push(format!(
            "You want to avoid {}, which is part of this work.",
            join(&trait_list(&clash))
        ));
    }
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
            "I hold no way of at most three steps from {from}{} to {} that keeps to all of that: {}.",
            now_words(wanted),
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
