//! What a talk remembers, and what a message takes from it.

use crate::knowledge::language::{Class, Label, Plain};
use crate::knowledge::{AreaId, RoleId, State, TrendId};
use crate::understanding::filter::Filter;
use crate::understanding::lexicon::{Meaning, Span};
use crate::understanding::mentions::{City, Mentions, is_where};
use crate::understanding::reading::Reading;
use crate::understanding::request::End;
use crate::understanding::wanted::Wanted;

/// What is remembered of a talk, so that "how much do they make?" can be understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    /// Roles last spoken of, those compared together.
    pub roles: Vec<RoleId>,
    /// Trends last spoken of.
    pub trends: Vec<TrendId>,
    /// What was last asked.
    pub aspects: Vec<Label>,
    /// States last spoken of; a series ("Washington", "and Oregon") stays together.
    pub states: Vec<State>,
    /// A city named, for which only its state is held.
    pub city: Option<City>,
    /// Areas last spoken of.
    pub areas: Vec<AreaId>,
    /// The conditions of the list last shown.
    pub list: Option<Box<Filter>>,
    /// The roles last shown one below the other, in their order.
    pub shown: Vec<RoleId>,
    /// The role spoken of before the last, in the same question.
    pub other: Option<RoleId>,
    /// The ways to better work last asked for: where somebody is, and what bounds them.
    pub story: Option<Box<Wanted>>,
    /// The role that came out on top where several were compared.
    pub winner: Option<RoleId>,
    /// The end from which places were ranked last.
    pub ranked: Option<End>,
}

impl Context {
    /// What is remembered of ways that were asked for.
    pub(crate) fn of_ways(wanted: &Wanted) -> Self {
        let goal = wanted.open.or(wanted.to);
        Self {
            roles: goal
                .into_iter()
                .chain(wanted.roles.iter().copied())
                .take(1)
                .collect(),
            aspects: vec![Label::Path],
            story: Some(Box::new(wanted.clone())),
            states: wanted.place.states.clone(),
            areas: wanted.place.areas.clone(),
            city: wanted.place.city.clone(),
            ..Self::default()
        }
    }
}

/// What a message takes from the talk before it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Recalled {
    /// Roles.
    pub(crate) roles: Vec<RoleId>,
    /// Trends.
    pub(crate) trends: Vec<TrendId>,
    /// States.
    pub(crate) states: Vec<State>,
    /// Areas.
    pub(crate) areas: Vec<AreaId>,
    /// Aspects.
    pub(crate) aspects: Vec<Label>,
    /// Whether nothing but another name is said: the same is asked of it.
    pub(crate) same: bool,
}

/// A message of so many words may refer back without saying so.
const SHORT: usize = 7;
/// The same where "one" stands behind a place in a list: "how much does the second one pay in Ohio".
const LONGER: usize = 14;

/// Whether a message names nothing that it could be about.
pub(crate) fn names_nothing(found: &Mentions) -> bool {
    found.roles.is_empty()
        && found.background.is_empty()
        && found.readings.is_none()
        && found.trends.is_empty()
        && found.outside.is_empty()
        && found.credentials.is_empty()
}

/// Whether a message refers back: by a word that does, or because it is short and names nothing.
pub(crate) fn refers_back(reading: &Reading, found: &Mentions, lists: bool) -> bool {
    let pronoun = reading.points_back();
    let jobs = reading.all(Plain::Job).any(|at| {
        let token = &reading.tokens[at];
        token.word != token.stem && !reading.ends_before(at, Plain::PronounMany)
    });
    // "Can AI replace it": a trend is named, and of what is referred to.
    let trend_alone =
        found.roles.is_empty() && found.readings.is_none() && !found.trends.is_empty();
    if trend_alone {
        return reading.has(Plain::PronounOne) && reading.tokens.len() <= SHORT;
    }
    names_nothing(found)
        && (pronoun || reading.tokens.len() <= SHORT)
        && !(jobs && lists && !pronoun)
}

impl Context {
    /// The roles that a place counts in: those shown last, else those spoken of.
    fn listed(&self) -> &[RoleId] {
        if self.shown.is_empty() {
            &self.roles
        } else {
            &self.shown
        }
    }

    /// The role at a place counted from 1; below 0, the last.
    fn at_place(&self, place: i32) -> Option<RoleId> {
        let list = self.listed();
        let role = match usize::try_from(place) {
            Ok(place) => list.get(place.checked_sub(1)?),
            Err(_) => list.last(),
        };
        role.copied()
    }
}

/// The role that stands at the place named: "the second one", "number 3".
pub(crate) fn by_place(
    reading: &Reading,
    ordinals: &std::collections::HashMap<String, i32>,
    context: &Context,
) -> Option<RoleId> {
    let at = reading
        .tokens
        .iter()
        .position(|token| ordinals.contains_key(&token.word))?;
    // "The first one", "the last": a short message, in which nothing is counted.
    let of_shown = reading.is(at + 1, Plain::ShownWord) || reading.is(at + 1, Plain::Job);
    let ends = at + 1 == reading.tokens.len() || reading.stop[at + 1];
    let most = if of_shown { LONGER } else { SHORT };
    let alone =
        reading.tokens.len() <= most && (ends || of_shown) && reading.tokens[at].number.is_none();
    let place = ordinals[&reading.tokens[at].word];
    context.at_place(place).filter(|_| alone)
}

/// The roles at the places named, "the last than the first", in order of the list.
fn by_places(
    reading: &Reading,
    ordinals: &std::collections::HashMap<String, i32>,
    context: &Context,
) -> Vec<RoleId> {
    let named = reading.tokens.iter().filter(|token| token.number.is_none());
    let mut roles: Vec<RoleId> = named
        .filter_map(|token| context.at_place(*ordinals.get(&token.word)?))
        .collect();
    roles.dedup();
    roles
}

/// The role that stands at the place named anywhere in a message: "show me the first step by step".
pub(crate) fn by_ordinal(
    reading: &Reading,
    ordinals: &std::collections::HashMap<String, i32>,
    context: &Context,
) -> Option<RoleId> {
    let token = reading
        .tokens
        .iter()
        .find(|token| ordinals.contains_key(&token.word) && token.number.is_none())?;
    let place = usize::try_from(ordinals[&token.word])
        .ok()?
        .checked_sub(1)?;
    context.shown.get(place).copied()
}

/// What a message takes from the talk.
pub(crate) fn recall(
    reading: &Reading,
    found: &Mentions,
    ordinals: &std::collections::HashMap<String, i32>,
    context: &Context,
    lists: bool,
) -> Recalled {
    let mut recalled = Recalled::default();
    if names_nothing(found)
        && let [one, other, ..] = by_places(reading, ordinals, context).as_slice()
        && reading.has(Plain::More)
    {
        recalled.roles = vec![*one, *other];
        return recalled;
    }
    if names_nothing(found)
        && let Some(role) = by_place(reading, ordinals, context)
    {
        recalled.roles = vec![role];
        return recalled;
    }
    // "And the other one?", where two were shown and one of them was spoken of.
    if names_nothing(found)
        && reading.has(Plain::OtherOne)
        && let ([one, other], [last]) = (context.shown.as_slice(), context.roles.as_slice())
    {
        recalled.roles = vec![if last == one { *other } else { *one }];
        recalled.aspects.clone_from(&context.aspects);
        recalled.same = true;
        return recalled;
    }
    if refers_back(reading, found, lists) {
        let one = reading.has(Plain::PronounOne) && !reading.has(Plain::PronounMany);
        recalled.roles = match context.winner {
            Some(winner) if one && context.roles.len() > 1 => vec![winner],
            _ => context.roles.clone(),
        };
        recalled.trends.clone_from(&context.trends);
        let whole_country = reading.has(Plain::WholeCountry) || reading.has(Plain::Home);
        if found.states.is_empty() && found.cities.is_empty() && !whole_country {
            recalled.states.clone_from(&context.states);
            if !reading.has(Plain::WholeState) {
                recalled.areas.clone_from(&context.areas);
            }
            if reading.has(Plain::WholeState) {
                recalled
                    .states
                    .extend(context.city.as_ref().and_then(|city| city.state));
                recalled.states.dedup();
            }
        }
        recalled.aspects.clone_from(&context.aspects);
    } else if (goes_on(reading) || reading.is(0, Plain::Versus) || only_names(reading))
        && (!context.roles.is_empty() || context.story.is_none())
    {
        // "And nurses?", "the ultrasound kind": another role, the same question.
        recalled.aspects.clone_from(&context.aspects);
        recalled.same = only_names(reading);
        if found.states.is_empty() {
            recalled.states.clone_from(&context.states);
        }
    }
    // "What would a medical assistant make there".
    let placed = !found.states.is_empty() || !found.cities.is_empty();
    if !placed && recalled.states.is_empty() && says_there(reading) {
        recalled.states.clone_from(&context.states);
        recalled.areas.clone_from(&context.areas);
    }
    recalled
}

/// "There", "same state": where was spoken of before. "There are" names no place.
fn says_there(reading: &Reading) -> bool {
    reading.all(Plain::There).any(|at| {
        !reading.is(at + 1, Plain::Whether) && (at == 0 || !reading.is(at - 1, Plain::Whether))
    })
}

/// "The ultrasound kind", "ok, what about LPNs", "same two states for LPN": names, and words that only tie them to the talk.
fn only_names(reading: &Reading) -> bool {
    let ties = [
        Plain::GoesOn,
        Plain::Article,
        Plain::FollowWord,
        Plain::There,
        Plain::PlaceBefore,
    ];
    let small =
        |at: usize| reading.in_name(at) || ties.iter().any(|class| reading.covers(at, *class));
    !reading.names.is_empty()
        && reading.tokens.len() <= SHORT
        && (0..reading.tokens.len()).all(small)
}

/// Whether a short message begins as one that goes on: "and", "what about".
pub(crate) fn goes_on(reading: &Reading) -> bool {
    reading.tokens.len() <= SHORT && reading.is(0, Plain::GoesOn)
}

/// Whether nothing is named but places, and words without meaning.
pub(crate) fn only_places(reading: &Reading) -> bool {
    let small = |at: usize| {
        reading.stop[at]
            || reading.classes(at).iter().any(|(class, _)| {
                matches!(
                    class,
                    Class::Plain(
                        Plain::GoesOn
                            | Plain::PlaceBefore
                            | Plain::PlaceWord
                            | Plain::WholeState
                            | Plain::WholeCountry
                            | Plain::Home
                    )
                )
            })
    };
    let setting =
        |span: &Span| matches!(span.meaning, Meaning::Setting(_)) && is_where(reading, span);
    let settings: Vec<&Span> = reading.spans.iter().filter(|span| setting(span)).collect();
    let place = |name: &Span| name.meaning.is_place() || setting(name);
    let of_setting = |at: usize| settings.iter().any(|span| span.holds(at));
    let named = !settings.is_empty() || reading.names.iter().any(place);
    let whole = [Plain::WholeState, Plain::WholeCountry, Plain::Home]
        .iter()
        .any(|class| reading.has(*class));
    (named || whole)
        && reading.names.iter().all(place)
        && (0..reading.tokens.len()).all(|at| {
            reading.in_name(at)
                || small(at)
                || of_setting(at)
                || reading.covers(at, Plain::TakeBack)
        })
}
