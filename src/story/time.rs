//! How long a way may take, of all the lengths of time that a message tells of: time that has been is none of them.

use crate::knowledge::language::{Class, Plain, WayWord};
use crate::knowledge::terms::PayUnit;
use crate::story::told::{REACH, Told};
use crate::understanding::quantities::{Bound, MONTHS_A_YEAR, bound, months_of};
use crate::understanding::scene::Scene;

/// A way of more months than these is nothing that anybody means.
const LONGEST: f64 = 240.0;
/// So many are a few, and a couple.
const FEW: f64 = 3.0;
const COUPLE: f64 = 2.0;
/// Words between a denial and what it refuses.
const REFUSES: usize = 9;

/// A length of time, where it stands.
struct Length {
    at: usize,
    /// The word behind its unit.
    next: usize,
    months: f64,
    /// "A year": nothing is counted.
    single: bool,
    /// "A year or two".
    up_to: bool,
}

/// How surely a length bounds the way.
enum Limit {
    /// It is the time for school, or has its bound.
    Sure(u16),
    /// It may be, where nothing surer is said.
    Likely(u16),
    /// It is too long: "seven years, lord no".
    Refused(u16),
}

impl Told<'_> {
    /// The months that the way may take: the least of what surely bounds it.
    pub(super) fn time(&self, scene: &Scene<'_>) -> Option<u16> {
        let (mut sure, mut likely, mut refused) = (None::<u16>, None, None);
        // What was counted last: "seven years is too long, what can I do in two?"
        let mut unit = None;
        for at in 0..self.reading.tokens.len() {
            let Some(length) = self.length(scene, at, &mut unit) else {
                continue;
            };
            match self.limit(scene, &length) {
                Some(Limit::Sure(most)) => sure = Some(sure.map_or(most, |one| one.min(most))),
                Some(Limit::Likely(most)) => likely = likely.or(Some(most)),
                Some(Limit::Refused(most)) => refused = refused.or(Some(most)),
                None => {}
            }
        }
        let in_a_year = || {
            self.says(WayWord::WithinYear)
                .then_some(MONTHS_A_YEAR as u16)
        };
        sure.or(likely).or_else(in_a_year).or(refused)
    }

    /// Months that a unit of time stands for.
    fn unit(&self, at: usize) -> Option<f64> {
        let class = |(class, _): &(Class, usize)| match class {
            Class::Unit(unit) if *unit != PayUnit::Fortnight => months_of(*unit),
            _ => None,
        };
        let years = || self.begins(WayWord::Years, at).then_some(MONTHS_A_YEAR);
        self.reading
            .classes(at)
            .iter()
            .find_map(class)
            .or_else(years)
    }

    fn number(&self, scene: &Scene<'_>, at: usize) -> Option<f64> {
        let token = self.reading.tokens.get(at)?;
        let in_words = || scene.knowledge.language.numbers.get(&token.word).copied();
        let about = || {
            let few = self.begins(WayWord::Few, at).then_some(FEW);
            few.or(self.begins(WayWord::Couple, at).then_some(COUPLE))
        };
        token
            .number
            .or_else(in_words)
            .or_else(about)
            .filter(|_| !token.dollar && !self.reading.in_name(at))
    }

    /// The length of time that begins at a word. `unit` is what was counted last.
    fn length(&self, scene: &Scene<'_>, at: usize, unit: &mut Option<f64>) -> Option<Length> {
        let reading = self.reading;
        let single = reading.is(at, Plain::Per) && self.number(scene, at).is_none();
        // "A few weeks": so many that a number stands for them.
        if single && self.number(scene, at + 1).is_some() {
            return None;
        }
        let count = self.number(scene, at).or(single.then_some(1.0))?;
        let filler = |place: usize| self.begins(WayWord::Filler, place);
        // "Two more years", "one year more".
        let counts = at + 1 + usize::from(self.unit(at + 1).is_none() && filler(at + 1));
        let said = self.unit(counts).filter(|_| reading.together(at, counts));
        let last = at + 1 >= reading.tokens.len() || !reading.together(at, at + 1);
        let bounded = || reading.is(at + 1, Plain::AtMostBehind);
        let bare = said.is_none()
            && !single
            && (last && self.before(WayWord::TimeHave, at, 1) || bounded());
        let months = said.or(unit.filter(|_| bare))?;
        *unit = Some(months);
        let next = if bare {
            at + 1
        } else {
            counts + 1 + usize::from(filler(counts + 1))
        };
        let more = (reading.is(next, Plain::ListJoint))
            .then(|| self.number(scene, next + 1))
            .flatten()
            .filter(|_| single);
        Some(Length {
            at,
            next,
            months: more.unwrap_or(count) * months,
            single,
            up_to: more.is_some(),
        })
    }

    /// Whether a length bounds the way, and by how much.
    fn limit(&self, scene: &Scene<'_>, length: &Length) -> Option<Limit> {
        let reading = self.reading;
        let Length {
            at, next, single, ..
        } = *length;
        let said = bound(reading, at, next);
        let has = self.before(WayWord::TimeHave, at, 1);
        let of_school = self.is_of_school(length);
        let school = of_school
            || scene
                .counted
                .months
                .is_some_and(|(counted, _)| (counted - length.months).abs() < 0.5);
        // "In 2 years and earn more": what is joined says nothing of the time.
        let joined = reading.is(next, Plain::ListJoint) && has;
        let been = !of_school
            && (!joined
                && !reading.is(next, Plain::AtMostBehind)
                && self.begins(WayWord::Experience, next)
                || self.before(WayWord::BeenFor, at, 1) && !has && said == Bound::Exactly)
            || self.before(WayWord::BeenSince, at, 1) && !has;
        if been {
            return None;
        }
        let alone = self.stands_alone(at, next, scene.context.is_some());
        let fine = (next..next + 2).any(|place| {
            let enough = reading.is(place, Plain::Enough);
            (self.begins(WayWord::Bears, place) || enough) && reading.together(at, place)
        });
        let mine = fine || alone || self.before(WayWord::TimeHave, at, 3);
        let most = |less: f64| {
            let most = (length.months - less).max(1.0).floor();
            (most <= LONGEST).then_some(most as u16)
        };
        if self.is_refused_behind(next) {
            return most(1.0).map(Limit::Refused);
        }
        let sure = |less: f64| most(less).map(Limit::Sure);
        match said {
            // "Can't do more than a year".
            Bound::Least if self.refused(at) && (mine || school) => sure(0.0),
            Bound::Exactly if reading.denied[at] => sure(1.0),
            // A length with its bound is nothing else, where it is counted.
            Bound::Below if mine || school || !single => sure(1.0),
            Bound::Most if mine || school || !single => sure(0.0),
            Bound::Exactly | Bound::Around if school && (!single || has || alone) => sure(0.0),
            Bound::Exactly | Bound::Around
                if mine && (!single || alone || has || said == Bound::Around)
                    || length.up_to
                    || of_school =>
            {
                most(0.0).map(Limit::Likely)
            }
            _ => None,
        }
    }

    /// "Two years of school", "go to school for a year", "without going back to school for more than a year".
    fn is_of_school(&self, length: &Length) -> bool {
        let reading = self.reading;
        let school = |mut places: std::ops::Range<usize>| {
            places.any(|place| {
                reading.is(place, Plain::Schooling) && reading.together(length.at, place)
            })
        };
        let before = length.at.saturating_sub(REACH + 1)..length.at;
        let goes =
            self.before(WayWord::BeenFor, length.at, 1) && !reading.tokens[length.at].after_comma;
        school(length.next..length.next + REACH)
            || (goes || self.refused(length.at)) && school(before)
    }

    /// "Seven years, lord no": a denial right behind that ends its sentence.
    fn is_refused_behind(&self, next: usize) -> bool {
        let reading = self.reading;
        (next..next + REACH).any(|at| {
            let ends = at + 1 >= reading.tokens.len() || !reading.together(at, at + 1);
            ends && reading.is(at, Plain::BareNo) && reading.together(next - 1, at)
        })
    }

    /// "Without going back to school for more than a year", "can't do more than a year".
    fn refused(&self, at: usize) -> bool {
        let reading = self.reading;
        let denied = |place: usize| reading.is(place, Plain::Negator);
        reading.denied[at]
            || (at.saturating_sub(REFUSES)..at)
                .any(|place| denied(place) && reading.together(place, at))
    }

    /// A length that is a sentence of its own ("Two years."), or the end of one behind a comma; in what follows a talk, a part of
    /// one between commas.
    fn stands_alone(&self, at: usize, next: usize, follows: bool) -> bool {
        let tokens = &self.reading.tokens;
        let last = next >= tokens.len() || !self.reading.together(at, next);
        let first = at == 0 || !self.reading.together(at - 1, at);
        let begins = first || (follows || last) && tokens[at].after_comma;
        let ends = last || follows && tokens[next].after_comma;
        begins && ends
    }
}
