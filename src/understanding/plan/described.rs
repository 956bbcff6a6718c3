//! Jobs that are told by what they do: "who draws blood", "the one who tests newborns' hearing, what do they earn".

use crate::knowledge::RoleId;
use crate::knowledge::language::{Label, Plain};
use crate::search::topics::Found;
use crate::understanding::conditions;
use crate::understanding::filter::Filter;
use crate::understanding::mentions::Readings;
use crate::understanding::plan::{MOST_ROLES, Planner, SURELY_ELSE, UNSURE};
use crate::understanding::request::{Refusal, Request, Suggest};

/// From this probability on, a job is described to hear which one it is.
const WHICH: f32 = 0.3;
/// The same as a share of the likeliest label's.
const BESIDE_THE_LIKELIEST: f32 = 0.6;
/// Share of what is said from which a role's work fits it.
const FITS: f32 = 0.35;
/// How far before the next one, where one description points to the same role as the whole of its work, and where not. Of
/// descriptions by others, three of four and four of five are right from there on.
const LEADS: f32 = 1.1;
const LEADS_ALONE: f32 = 1.3;
/// Share of what is said from which a role's work comes near to it.
const NEAR: f32 = 0.3;
/// Share of what is said from which a description surely means its role.
const SURELY: f32 = 0.6;

/// The roles whose work is described, best first, and whether the first is meant.
struct Described {
    fitting: Vec<(RoleId, Found)>,
    meant: bool,
    /// Whether nearly all that is said fits it.
    surely: bool,
}

impl Planner<'_, '_> {
    fn described(&self) -> Option<Described> {
        let scene = self.scene;
        let mut fitting = scene.fitting().to_vec();
        fitting.retain(|(role, _)| !scene.found.without_roles.contains(role));
        // One description that holds nearly all that is said says more than all that a role does.
        let told = scene.described().first().copied();
        let outright = told.filter(|(_, told)| told.share >= SURELY && told.words >= 3);
        let place = |role: RoleId| fitting.iter().position(|one| one.0 == role);
        if let Some(at) = outright.and_then(|(role, _)| place(role)) {
            fitting[..=at].rotate_right(1);
        }
        let (best, fit) = *fitting.first()?;
        let next = fitting.get(1).map_or(0.0, |(_, next)| next.score);
        let both = told.is_some_and(|(role, _)| role == best);
        let leads = fit.score >= next * if both { LEADS } else { LEADS_ALONE };
        Some(Described {
            meant: fit.words >= 2 && fit.share >= FITS && (leads || outright.is_some()),
            surely: fit.words >= 3 && fit.share >= SURELY && leads,
            fitting,
        })
    }

    /// "Who draws blood": the job that does what is described, or those that come nearest to it.
    pub(super) fn which_job(&mut self) -> Option<Request> {
        let scene = self.scene;
        let found = &scene.found;
        let sure = scene.labels.of(Label::WhichJob);
        let named = !found.roles.is_empty();
        let (likeliest, likely) = scene.labels.top();
        // What seems to be about something else may be a description that fits.
        let else_where =
            [Label::OffTopic, Label::Opinion].contains(&likeliest) && likely < SURELY_ELSE;
        // Who says what they like asks what would suit them.
        if scene.tells_a_taste()
            || self.bounds_a_list()
            || (sure < WHICH || sure < likely * BESIDE_THE_LIKELIEST) && !else_where
            || named && sure < UNSURE
            || !found.outside.is_empty()
        {
            return None;
        }
        let described = self.described()?;
        let (best, fit) = described.fitting[0];
        if named && (fit.share < SURELY || found.roles.contains(&best))
            || (sure < WHICH || else_where) && !described.surely
        {
            return None;
        }
        // "Weapon system maintenance technician": a title that is not held, and no description.
        if !described.surely
            && found.readings.is_some()
            && let Some(title) = self.unknown_title()
        {
            return Some(Request::Refuse(Refusal::UnknownJob(title)));
        }
        if described.meant {
            let asked = self.aspects();
            return Some(self.of_described(&described, asked));
        }
        let near = fit.words >= 2 && fit.share >= NEAR;
        near.then(|| {
            let worth = |(role, other): &(RoleId, Found)| (*role, other.score / fit.score);
            let nearest = described.fitting.iter().take(MOST_ROLES);
            Request::Suggest(Suggest {
                likes: Vec::new(),
                dislikes: Vec::new(),
                filter: Filter::default(),
                background: found.background.clone(),
                described: nearest.map(worth).collect(),
                words: scene.ask().words,
            })
        })
    }

    fn of_described(&mut self, described: &Described, mut asked: Vec<Label>) -> Request {
        let mut ask = self.scene.ask();
        // "What's the job where somebody ...": no place is asked for.
        ask.place.ranked = None;
        asked.retain(|aspect| *aspect != Label::Duties);
        let close = described.fitting.iter().map(|(role, _)| *role);
        self.notes.reading = Some(Readings {
            term: String::new(),
            roles: close.take(MOST_ROLES).collect(),
        });
        self.facts(described.fitting[0].0, asked, ask)
    }

    /// "Helping people, no degree", "under two years": what bounds a list of jobs, and describes none.
    fn bounds_a_list(&self) -> bool {
        let reading = &self.scene.reading;
        !conditions::named_levels(reading).is_empty()
            || reading.has(Plain::NoDegree)
            || !self.scene.counted.money.is_empty()
            || self.scene.counted.months.is_some()
    }

    /// A role told in everyday words where something else is asked of it, too.
    pub(super) fn by_description(&mut self, aspects: &[Label]) -> Option<Request> {
        let described = self.described().filter(|described| described.meant)?;
        Some(self.of_described(&described, aspects.to_vec()))
    }

    /// Whether a role's work holds nearly all that is said.
    pub(super) fn is_surely_described(&self) -> bool {
        self.described().is_some_and(|described| described.surely)
    }
}
