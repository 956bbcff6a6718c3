//! Whether a question is refused, and why: rules that depend on what else it says.
//!
//! The words that show a reason stand in `refusals`.

use crate::knowledge::State;
use crate::question::cues::Cue;
use crate::question::found::Found;
use crate::question::normalize::Token;
use crate::question::places::CITIES;
use crate::question::refusals::Reason;
use crate::question::{Kind, Question};

/// Whether somebody may be in danger, the writer or another: "my friend says he will jump". A role, a wish or a question
/// about pay, schooling or licenses shows that a career is the subject: "can my sister be a suicide counselor".
pub(super) fn in_danger(found: &Found, question: &Question, named: bool) -> bool {
    let career = |ask: &Cue| matches!(ask, Cue::Pay | Cue::Training | Cue::License | Cue::Growth | Cue::Openings);
    let wish = found.likes_said && !question.likes.is_empty();
    let about_work = named || wish || question.asks.iter().any(career);
    found.refused(Reason::Crisis) || found.danger && found.somebody && !about_work
}

/// Reasons to refuse that depend on what else the question says.
pub(super) fn refuse(found: &Found, question: &mut Question, tokens: &[Token], named: bool) -> Option<Kind> {
    let has = |cue: Cue| found.cues.contains(&cue);
    let refused = |reason: Reason| found.refused(reason);
    let refuse = |reason: Reason| Some(Kind::Refused(reason));

    if refused(Reason::Visa) {
        return refuse(Reason::Visa);
    }
    if refused(Reason::Opinion) {
        return refuse(Reason::Opinion);
    }
    if let Some(abroad) = &found.abroad
        && !found.home
    {
        question.outside = Some(abroad.clone());
        return refuse(Reason::Abroad);
    }
    let told = question.told_in_full;
    if refused(Reason::Employer) && !told {
        return refuse(Reason::Employer);
    }
    let stem = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.stem.as_str()));
    let fees = stem(&["cost", "price", "expensive", "afford", "fee", "tuition", "debt"])
        && (has(Cue::School)
            || stem(&[
                "college",
                "university",
                "program",
                "degree",
                "training",
                "school",
                "class",
                "course",
                "become",
            ]))
        || asks_fee(found, tokens);
    if (refused(Reason::School) || fees) && !(fees && has(Cue::HowLong)) {
        return refuse(Reason::School);
    }
    if let Some(place) = found.cities.first() {
        let (city, state) = CITIES[usize::from(*place)];
        question.outside = Some(city.to_owned());
        // The state that is named with it, if any: there are two Kansas Cities.
        question.city_state = question.states.first().copied().or_else(|| State::from_code(state));
        let money = question.asks.contains(&Cue::Pay)
            || question.asks.contains(&Cue::Openings)
            || question.asks.contains(&Cue::Employment)
            || question.asks.is_empty();
        let state_asked = !question.states.is_empty()
            && tokens.iter().any(|token| token.stem == "state" || token.stem == "statewide");
        if (money && !state_asked) || !named {
            return refuse(Reason::City);
        }
    }
    let career = named
        || has(Cue::List) && !tokens.iter().all(|token| token.stem != "job" && token.stem != "career")
        || found.likes_said
        || question.asks.iter().any(|ask| {
            matches!(ask, Cue::Pay | Cue::Training | Cue::License | Cue::Growth | Cue::Openings | Cue::Remote)
        });
    if found.illness && found.own_body && !named && !told && !(career && (found.likes_said || has(Cue::List))) {
        return refuse(Reason::Medical);
    }
    // "Tell me a nurse joke": a role in one word, of which nothing is asked, is not the subject.
    let in_passing = found.single_word && !question.recalled && question.asks.is_empty() && question.states.is_empty();
    if refused(Reason::Other) && (!named || in_passing) && !told && !beside_a_list(found, tokens) {
        return refuse(Reason::Other);
    }
    if let Some(place) = found.outside.first()
        && !named
        && question.described.is_empty()
        && question.trends.is_empty()
        && (!found.likes_said || question.likes.is_empty())
        && !found.filter.has_condition()
    {
        question.outside = Some(place.to_string());
        return refuse(Reason::OtherJob);
    }
    None
}

/// "How much is CNA class": the price of what it ends with.
fn asks_fee(found: &Found, tokens: &[Token]) -> bool {
    let earns = |token: &Token| matches!(token.stem.as_str(), "make" | "earn" | "pay" | "paid" | "get" | "salary");
    let priced = |token: &Token| {
        matches!(token.stem.as_str(), "class" | "course" | "tuition" | "schooling" | "school" | "program")
    };
    found.cues.contains(&Cue::HowMuch) && tokens.last().is_some_and(priced) && !tokens.iter().any(earns)
}

/// "Which remote jobs let me stay home with my dog": a list of jobs is asked for, and what shows another subject stands
/// behind it as a side remark. "What job should my dog have" and "jobs for my cat" are about the other subject.
fn beside_a_list(found: &Found, tokens: &[Token]) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.word.as_str());
    let noun = |at: usize| {
        let many = matches!(word(Some(at)), "jobs" | "careers" | "roles" | "positions" | "occupations" | "professions");
        let one = matches!(word(Some(at)), "job" | "career" | "role" | "position" | "occupation" | "profession");
        many || one && tokens.iter().any(|token| matches!(token.word.as_str(), "i" | "me"))
    };
    // A list is asked for by its noun at the very start ("remote jobs"), or by a word of asking up to two words before it.
    let asked = |at: usize| {
        at <= 1
            || (at.saturating_sub(2)..at).any(|before| {
                matches!(
                    word(Some(before)),
                    "which" | "what" | "whats" | "any" | "list" | "some" | "are" | "find" | "show"
                )
            })
    };
    let Some(list) = (0..tokens.len()).find(|at| noun(*at) && asked(*at)) else { return false };
    let mut subjects = found.reasons.iter().filter(|(reason, _)| *reason == Reason::Other).map(|(_, at)| *at);
    subjects.all(|at| {
        let before = word(at.checked_sub(1));
        at > list + 1
            && !matches!(
                before,
                "can"
                    | "could"
                    | "should"
                    | "would"
                    | "will"
                    | "do"
                    | "does"
                    | "is"
                    | "for"
                    | "suit"
                    | "suits"
                    | "fit"
                    | "fits"
            )
    })
}
