//! Which kind of answer a question wants: the decision table over what was found in it.
//!
//! Every rule is general; none is made for one question.

use crate::knowledge::glossary::Choice;
use crate::knowledge::terms::Trait;
use crate::knowledge::{Knowledge, RoleId, Topic};
use crate::question::cues::Cue;
use crate::question::found::Found;
use crate::question::lexicon::{Lexicon, Meaning, Span};
use crate::question::normalize::Token;
use crate::question::recall::names_state;
use crate::question::refusals::Reason;
use crate::question::refuse::{in_danger, refuse};
use crate::question::understand::{TITLE_OVERLAP, by_title, is_stop_word};
use crate::question::{Family, Filter, Kind, Question, Readings, filter, remote};

/// Lead in overlap from which one reading of a word is settled over the others.
const CLEAR_LEAD: f32 = 0.15;

pub(super) fn decide(
    knowledge: &Knowledge,
    lexicon: &Lexicon,
    tokens: &[Token],
    spans: &[Span],
    found: &Found,
    question: &mut Question,
) -> Kind {
    let has = |cue: Cue| found.cues.contains(&cue);
    let refused = |reason: Reason| found.refused(reason);
    let named = !question.roles.is_empty() || question.readings.is_some();

    if in_danger(found, question, named) {
        return Kind::Refused(Reason::Crisis);
    }
    if refused(Reason::Injection) {
        return Kind::Refused(Reason::Injection);
    }
    if let Some(kind) = refuse(found, question, tokens, named) {
        return kind;
    }
    if tokens.is_empty() {
        return Kind::Refused(Reason::Other);
    }
    if let Some(kind) = by_description(found, tokens, question) {
        return kind;
    }
    by_title(lexicon, tokens, spans, found, question);

    let mut filter = found.filter.clone();
    let list_word = has(Cue::List);
    let trend_word = has(Cue::Trend) || found.strong_trend;
    let remote_trend = question.trends.iter().any(|id| knowledge.trend(*id).slug.as_str() == "remote-work");

    // What schooling somebody has, or hopes to get by with, decides a "yes" or "no" about a role.
    question.filter =
        Filter { education_min: filter.education_min, education_max: filter.education_max, ..Filter::default() };
    if let Some(beside) = paid_beside(knowledge, tokens, spans, question) {
        question.roles.clear();
        question.asks.clear();
        question.filter = filter.narrowed(beside);
        return Kind::List;
    }
    // "Nursing jobs over 90k": one word that names a family, beside conditions that ask for a list.
    let family = Family::named(tokens).is_some()
        && found.single_word
        && question.roles.len() + usize::from(question.readings.is_some()) == 1;
    if family && filter_strong(&found.filter) && (list_word || found.filter.order.is_some()) && !question.recalled {
        narrow(tokens, question, &mut filter);
        question.roles.clear();
        question.readings = None;
        if has(Cue::Remote) {
            filter.remote = remote::wanted(tokens, &found.cue_places);
        }
        filter.avoid.clone_from(&question.dislikes);
        question.filter = filter;
        return Kind::List;
    }
    // Roles named outright.
    if question.roles.len() >= 2 {
        return if trend_word && question.asks.is_empty() && !has(Cue::Compare) {
            Kind::RoleTrends
        } else {
            Kind::Compare
        };
    }
    if question.roles.len() == 1
        && let Some(kind) = trend_by_role(knowledge, tokens, question)
    {
        return kind;
    }
    if question.roles.len() == 1 {
        let other_trend = question.trends.len() > usize::from(remote_trend);
        if (trend_word
            && (question.asks.is_empty()
                || found.strong_trend
                || question.asks.iter().all(|ask| matches!(ask, Cue::Duties | Cue::Growth | Cue::Tools)))
            && (found.strong_trend || tokens.iter().any(|token| token.stem == "trend")))
            || (other_trend && (trend_word || question.asks.is_empty() || question.asks.contains(&Cue::Growth)))
        {
            return Kind::RoleTrends;
        }
        name_tool(knowledge, question);
        return Kind::Roles;
    }
    // A word of many readings inside a description, or beside a trend, is not what the question is about.
    let beside = found.choice == Some(Choice::Ask) && (question.describes || !question.trends.is_empty());
    if beside {
        question.readings = None;
    }
    if let Some(readings) = question.readings.clone() {
        let first = found.choice == Some(Choice::First);
        if first || readings.roles.len() == 1 {
            if let Some(id) = readings.roles.first() {
                question.roles.push(*id);
            }
            return if tokens.iter().any(|token| token.stem == "trend") { Kind::RoleTrends } else { Kind::Roles };
        }
        if let Some(id) = settled(lexicon, tokens, spans, &readings.roles) {
            question.roles.push(id);
            question.readings = None;
            return if tokens.iter().any(|token| token.stem == "trend") { Kind::RoleTrends } else { Kind::Roles };
        }
        let conditions = filter.pay_min.is_some() && filter.education_max.is_some();
        if !(found.likes_said || filter.has_condition() && list_word || conditions) {
            return Kind::Ambiguous;
        }
    }

    // Small talk, when it is all there is.
    let interests = !question.likes.is_empty() || !question.dislikes.is_empty();
    let content = question.words.len();
    let topical = !question.trends.is_empty() || interests || !filter.is_empty();
    if has(Cue::Thanks) && !topical && content <= 6 {
        return Kind::Thanks;
    }
    if has(Cue::Choose) && !topical {
        return Kind::Choose;
    }
    if has(Cue::Greeting) && !topical && tokens.len() <= 4 {
        return Kind::Greeting;
    }
    let only_help = tokens.iter().any(|token| token.word == "help")
        && tokens.len() > 4
        && !tokens.windows(2).any(|pair| pair[0].word == "you" || pair[1].word == "bot");
    // "Are you a robot": the bot is meant, and no trend.
    let to_the_bot = tokens.len() >= 3 && tokens[0].word == "are" && tokens[1].word == "you" && !interests;
    if has(Cue::Help) && (!topical || to_the_bot) && content <= 5 && !only_help {
        return Kind::Help;
    }
    let ours = tokens.iter().any(|token| token.word == "your" || token.word == "you");
    if has(Cue::Sources) && (!topical || ours && !found.likes_said && filter.is_empty()) {
        return Kind::Sources;
    }

    // Lists by condition.
    let changing = trend_word
        && remote_trend
        && !tokens
            .iter()
            .any(|token| matches!(token.stem.as_str(), "job" | "role" | "career" | "position" | "list" | "which"));
    if (has(Cue::Remote) || remote_trend) && !changing {
        filter.remote = remote::wanted(tokens, &found.cue_places);
    }
    let real_trend = question.trends.iter().copied().find(|id| knowledge.trend(*id).slug.as_str() != "remote-work");
    let asks_trend = found.strong_trend || tokens.iter().any(|token| token.stem == "trend");
    let wants_feelings = found.likes_said && interests;
    if found.likes_said && !question.likes.is_empty() && !asks_trend && question.roles.is_empty() {
        filter.order = None;
        question.filter = filter;
        return Kind::Interests;
    }
    // "Helping people, no degree": a wish that no list can be narrowed by weighs the roles that meet the conditions.
    let weighs = question.likes.iter().any(|kind| !filter::FIELDS.contains(kind));
    if weighs && filter_strong(&filter) && filter.order.is_none() && !asks_trend {
        question.filter = filter;
        return Kind::Interests;
    }
    // "Remote", and nothing else.
    let only_remote = !filter.remote.is_empty() && content <= 1;
    let asks_list = filter_strong(&filter) || only_remote || (list_word && !wants_feelings);
    if !asks_trend && asks_list && !filter.is_empty() {
        // What is to be avoided may be what named the trend: "no old people".
        filter.trend = real_trend.filter(|_| question.dislikes.is_empty());
        if filter_strong(&filter) {
            narrow(tokens, question, &mut filter);
        }
        filter.avoid.clone_from(&question.dislikes);
        question.filter = filter;
        return Kind::List;
    }

    // Trends.
    if question.trends.is_empty()
        && has(Cue::Remote)
        && tokens.iter().any(|token| matches!(token.stem.as_str(), "trend" | "article"))
    {
        question.trends.extend(knowledge.trend_ids().filter(|id| knowledge.trend(*id).slug.as_str() == "remote-work"));
    }
    if !question.trends.is_empty() && (asks_trend || !wants_feelings) {
        let wants_roles = tokens.iter().any(|token| {
            matches!(
                token.stem.as_str(),
                "job"
                    | "role"
                    | "career"
                    | "profession"
                    | "worker"
                    | "professional"
                    | "position"
                    | "occupation"
                    | "staff"
                    | "hired"
                    | "hire"
                    | "hiring"
            )
        }) || tokens.iter().any(|token| token.word == "who");
        return if wants_roles { Kind::TrendRoles } else { Kind::Trend };
    }
    if trend_word && tokens.iter().any(|token| matches!(token.stem.as_str(), "trend" | "article" | "future")) {
        return Kind::Trends;
    }
    // "Adrenaline junkie": nothing but what somebody is like.
    let bare = content > 0
        && tokens.iter().enumerate().filter(|(_, token)| !is_stop_word(&token.stem)).all(|(at, _)| {
            spans.iter().any(|span| matches!(span.meaning, Meaning::Trait(_)) && span.start <= at && at < span.end())
        });
    if interests
        && (found.likes_said
            || bare
            || list_word
            || has(Cue::Choose)
            || has(Cue::Suits)
            || question.likes.len() + question.dislikes.len() >= 2)
    {
        question.filter = filter;
        return Kind::Interests;
    }
    if has(Cue::Choose)
        || (has(Cue::Suits) && list_word)
        || (found.newcomer && (list_word || has(Cue::Suits) || has(Cue::Training)))
    {
        return Kind::Choose;
    }
    if has(Cue::Thanks) && content <= 6 {
        return Kind::Thanks;
    }
    whole_field(tokens, spans).unwrap_or(Kind::Search)
}

/// "Healthcare jobs in Ohio", "how do I get into healthcare": nothing is told but the field, and at most a state.
fn whole_field(tokens: &[Token], spans: &[Span]) -> Option<Kind> {
    const ROLES: &[&str] = &["jobs", "roles", "careers", "occupations", "professions", "positions"];
    const FIELD: &[&str] = &["healthcare", "medical"];
    /// What may stand beside these, and beside words that carry no meaning.
    const BESIDE: &[&str] = &[
        "care",
        "sector",
        "industry",
        "list",
        "show",
        "every",
        "available",
        "exist",
        "sort",
        "option",
        "cover",
        "us",
        "usa",
        "america",
        "different",
        "start",
        "enter",
        "join",
        "begin",
        "occupation",
        "profession",
        "position",
    ];
    let known = |at: usize, token: &Token| {
        let word = token.stem.as_str();
        is_stop_word(word) || FIELD.contains(&word) || BESIDE.contains(&word) || names_state(spans, at)
    };
    if !tokens.iter().enumerate().all(|(at, token)| known(at, token)) {
        return None;
    }
    let any = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word.as_str()));
    let do_something = tokens.windows(2).any(|pair| pair[0].word == "i" && pair[1].word == "do");
    if any(ROLES) {
        Some(Kind::List)
    } else if any(FIELD) && (do_something || any(&["work", "working", "into", "start", "begin", "enter", "join"])) {
        Some(Kind::Choose)
    } else {
        None
    }
}

/// "Who draws blood": a role that is described, not named. A single word ("nurse") names less than the whole sentence tells.
fn by_description(found: &Found, tokens: &[Token], question: &mut Question) -> Option<Kind> {
    let best = question.described.first()?;
    let named = question.roles.len() > 1 || question.roles.len() == 1 && !found.single_word || question.recalled;
    let about_trend = found.strong_trend || tokens.iter().any(|token| token.stem == "trend");
    // "Highest paying job under 2 years of school": conditions on a list, however well somebody's work fits the words.
    let list = found.cues.contains(&Cue::List) && found.filter.order.is_some() && filter_strong(&found.filter);
    // "Best paid, but no doctors": what is not wanted describes nobody.
    let not_held = found.cues.contains(&Cue::NotHeld) && !question.told_in_full;
    if named
        || about_trend
        || list
        || not_held
        || found.filter.leaves_out()
        || found.cues.contains(&Cue::Compare) && question.roles.len() > 1
    {
        return None;
    }
    let other = found.likes_said || !question.trends.is_empty() || found.filter.has_condition();
    if !question.told_in_full && (!question.describes || other) {
        return None;
    }
    if question.roles == [best.role] {
        return None;
    }
    let asked: Vec<Cue> = question.asks.iter().copied().filter(|cue| ASKED_OUTRIGHT.contains(cue)).collect();
    if asked.is_empty() || found.likes_said {
        question.roles.clear();
        question.readings = None;
        question.asks.clear();
        return Some(Kind::Search);
    }
    let roles: Vec<RoleId> = question.described.iter().map(|fit| fit.role).collect();
    question.roles = vec![best.role];
    question.asks = asked;
    question.readings = Some(Readings { term: "what you describe".to_owned(), roles });
    Some(Kind::Roles)
}

/// Intents that nobody words by chance while describing what somebody does.
const ASKED_OUTRIGHT: &[Cue] = &[Cue::Pay, Cue::License, Cue::Growth, Cue::Openings];

/// "Jobs that pay more than a nurse": the least or the most that they pay, and the schooling where it shall be the same.
fn paid_beside(knowledge: &Knowledge, tokens: &[Token], spans: &[Span], question: &Question) -> Option<Filter> {
    let [role] = question.roles[..] else { return None };
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.word.as_str());
    let after = |than: usize| than + 1 + usize::from(matches!(word(Some(than + 1)), "a" | "an" | "the"));
    let named = |span: &&Span| matches!(span.meaning, Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_));
    let beside = |than: usize| spans.iter().filter(named).any(|span| span.start == after(than));
    let than = (0..tokens.len()).find(|at| tokens[*at].word == "than" && beside(*at))?;
    let list = tokens[..than].iter().any(|token| {
        matches!(
            token.word.as_str(),
            "jobs" | "job" | "careers" | "career" | "roles" | "what" | "which" | "who" | "anything"
        )
    });
    let pays = tokens[..than].iter().any(|token| {
        matches!(token.stem.as_str(), "pay" | "paying" | "paid" | "earn" | "earning" | "make" | "making" | "salary")
    });
    if !list || !pays || question.recalled {
        return None;
    }
    let role = knowledge.role(role);
    let median = f64::from(knowledge.figures.national.get(&role.soc)?.median.at_least()?);
    let (least, most) = match word(than.checked_sub(1)) {
        "more" | "better" | "higher" => (Some(median + 1.0), None),
        "less" | "lower" | "worse" => (None, Some(median - 1.0)),
        _ => return None,
    };
    // "With the same schooling": no more of it than the role asks for.
    let same = tokens.windows(2).any(|pair| {
        pair[0].word == "same"
            && matches!(pair[1].stem.as_str(), "schooling" | "education" | "degree" | "training" | "school")
    });
    let level = knowledge.figures.projections.get(&role.soc).and_then(|row| row.entry_education);
    Some(Filter { pay_min: least, pay_max: most, education_max: level.filter(|_| same), ..Filter::default() })
}

/// Narrows a list to a field of work: a family of titles, or what the work is like.
fn narrow(tokens: &[Token], question: &Question, filter: &mut Filter) {
    filter.family = Family::named(tokens).filter(|family| !filter.without_families.contains(family));
    filter.traits = question.likes.iter().copied().filter(|kind| filter::FIELDS.contains(kind)).collect();
    if filter.family.is_some_and(|family| family.name == "imaging") {
        filter.traits.retain(|kind| *kind != Trait::Imaging);
    }
    if filter.family.is_some_and(|family| family.name == "dental care") {
        filter.traits.retain(|kind| *kind != Trait::Teeth);
    }
}

/// "The cybersecurity trend": a role's name that stands for its trend. "Which trend touches coders" is another question.
fn trend_by_role(knowledge: &Knowledge, tokens: &[Token], question: &mut Question) -> Option<Kind> {
    let at = tokens.iter().position(|token| token.word == "trend")?;
    let before = at.checked_sub(1).map_or("", |place| tokens[place].word.as_str());
    if matches!(before, "which" | "what" | "any" | "a" | "each" | "every" | "other" | "some" | "one" | "") {
        return None;
    }
    if question.trends.is_empty() {
        let role = knowledge.role(*question.roles.first()?);
        question.trends.push(role.trends.first()?.trend);
    }
    question.roles.clear();
    let people = tokens.iter().any(|token| {
        matches!(
            token.stem.as_str(),
            "job" | "role" | "career" | "worker" | "professional" | "people" | "who" | "hire" | "hired"
        )
    });
    Some(if people { Kind::TrendRoles } else { Kind::Trend })
}

/// A question that names one of the role's tools ("do they use Python?") is about tools.
fn name_tool(knowledge: &Knowledge, question: &mut Question) {
    const MAKERS: &[&str] = &[
        "microsoft",
        "google",
        "software",
        "system",
        "systems",
        "data",
        "health",
        "medical",
        "web",
        "adobe",
        "oracle",
        "amazon",
        "analysis",
        "management",
        "information",
        "studio",
        "electronic",
        "record",
        "language",
    ];
    let Some(id) = question.roles.first() else { return };
    if !question.asks.is_empty() && question.asks != [Cue::Duties] {
        return;
    }
    let named = knowledge.role(*id).tools.iter().any(|tool| {
        tool.split(|c: char| !c.is_alphanumeric())
            .map(str::to_lowercase)
            .any(|word| word.len() > 2 && !MAKERS.contains(&word.as_str()) && question.words.contains(&word))
    });
    if named {
        question.asks = vec![Cue::Tools];
    }
}

/// The reading that other words of the question settle: "social worker in a hospital" is a hospital social worker.
fn settled(lexicon: &Lexicon, tokens: &[Token], spans: &[Span], readings: &[RoleId]) -> Option<RoleId> {
    // "A doctor without med school" asks about school, and not about a medical doctor.
    let asked = |at: usize| {
        spans
            .iter()
            .any(|span| matches!(span.meaning, Meaning::Cue(_)) && span.len > 1 && span.start <= at && at < span.end())
    };
    let stems: Vec<&str> = tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| token.number.is_none() && !is_stop_word(&token.stem) && !asked(*at))
        .map(|(_, token)| token.stem.as_str())
        .collect();
    let overlaps: Vec<(RoleId, f32)> = lexicon
        .titles()
        .nearest(&stems)
        .into_iter()
        .filter_map(|(topic, overlap)| match topic {
            Topic::Role(id) if readings.contains(&id) => Some((id, overlap)),
            _ => None,
        })
        .collect();
    let (id, best) = *overlaps.first()?;
    let second = overlaps.get(1).map_or(0.0, |(_, overlap)| *overlap);
    (best >= TITLE_OVERLAP && best - second >= CLEAR_LEAD).then_some(id)
}

/// A condition that asks for a list even without a word such as "jobs".
pub(super) fn filter_strong(filter: &Filter) -> bool {
    filter.pay_min.is_some()
        || filter.pay_max.is_some()
        || filter.growth_min.is_some()
        || filter.growth_max.is_some()
        || filter.education_max.is_some()
        || filter.education_min.is_some()
        || !filter.contact.is_empty()
        || !filter.remote.is_empty() && filter.order.is_some()
        || filter.openings_min.is_some()
        || filter.order == Some(filter::Order::LeastSchooling)
        || filter.leaves_out()
}
