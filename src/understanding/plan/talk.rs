//! What goes on with the talk, and what is said to the bot.

use crate::knowledge::language::{About, Class, Label, Plain};
use crate::knowledge::{RoleId, TrendId};
use crate::search::topics::Found;
use crate::understanding::context::{Context, goes_on, names_nothing, only_places};
use crate::understanding::filter::Filter;
use crate::understanding::plan::{
    ASPECTS, MUCH_UNEXPLAINED, Planner, SECOND, SHORT, TO_BOT, UNSURE,
};
use crate::understanding::request::{Compare, End, Refusal, Request, SmallTalk};
use crate::understanding::unexplained::{unexplained, weight};

/// Share of a message from which it says which of several is meant, and how far before the next.
const NEARLY_ALL: f32 = 0.5;
const CLEARLY: f32 = 1.2;

impl Planner<'_, '_> {
    /// A message that is nothing but names: all about a role, its pay in a state, a comparison, a trend.
    pub(super) fn bare(&mut self, roles: &[RoleId]) -> Option<Request> {
        let scene = self.scene;
        if let Some(context) = scene.context
            && only_places(&scene.reading)
        {
            return self.elsewhere(context);
        }
        // "And across the river in Washington": a place, and nothing else that is surely asked.
        if let Some(context) = scene.context
            && goes_on(&scene.reading)
            && names_nothing(&scene.found)
            && !(scene.found.states.is_empty() && scene.found.cities.is_empty())
            && scene.labels.top().1 < UNSURE
            && self.measured().is_none()
        {
            return self.elsewhere(context);
        }
        if let Some(request) = scene.context.and_then(|context| {
            self.other_end(context)
                .or_else(|| self.of_those_shown(context))
        }) {
            return Some(request);
        }
        // "New York, the state", "LVN in the Fresno area": words for places say nothing else.
        let places = [
            Plain::PlaceWord,
            Plain::CityWord,
            Plain::WholeState,
            Plain::Negator,
        ];
        let before_place = [Plain::PlaceBefore, Plain::WorksAt, Plain::Article];
        // "90th percentile, dental hygienists".
        let counts = |at: usize| {
            let mut classes = scene.reading.covering(at);
            classes.any(|(class, _)| matches!(class, Class::Statistic(_)))
        };
        let of_place = |at: &usize| {
            counts(*at) || places.iter().any(|class| scene.reading.covers(*at, *class))
        };
        let content =
            scene.reading.content().any(|at| !of_place(&at)) || !scene.counted.money.is_empty();
        if content || self.notes.recalled {
            return None;
        }
        let small = |at: usize| {
            of_place(&at)
                || before_place
                    .iter()
                    .any(|one| scene.reading.covers(at, *one))
        };
        let mut ask = scene.ask();
        let somewhere = !ask.place.states.is_empty() || !ask.place.settings.is_empty();
        let placed = somewhere && roles.len() == 1;
        let said = !placed && scene.reading.tokens.len() > 4;
        if said || !placed && scene.labels.top().1 > 0.8 && goes_on(&scene.reading) {
            return None;
        }
        let goes_on = self.names_and_goes_on();
        if !goes_on
            && !scene
                .reading
                .stop
                .iter()
                .enumerate()
                .all(|(at, stop)| scene.reading.in_name(at) || !stop || placed && small(at))
        {
            return None;
        }
        if let (Some(context), [role]) = (scene.context, roles)
            && !context.aspects.is_empty()
            && !context.roles.contains(role)
        {
            // "LPNs?": the same question of another role, in the same place.
            if ask.place.states.is_empty() {
                ask.place.states.clone_from(&context.states);
                ask.place.areas.clone_from(&context.areas);
            }
            return Some(self.facts(*role, context.aspects.clone(), ask));
        }
        match (roles, scene.found.trends.as_slice()) {
            ([role], []) if !somewhere && ask.statistic.is_none() => {
                Some(self.facts(*role, Vec::new(), ask))
            }
            ([role], []) => Some(self.facts(*role, vec![Label::Pay], ask)),
            // "Remote jobs", "remote": the work is meant, and not the trend.
            ([], [trend]) if scene.is_remote(*trend) && !self.says_title(*trend) => {
                Some(self.list(self.filter()))
            }
            ([], [trend]) => Some(Request::Trend(*trend)),
            _ => None,
        }
    }

    /// "Ok and LPN there?", "the MRI kind": a name, and small words that only tie it to what was spoken of.
    fn names_and_goes_on(&self) -> bool {
        let reading = &self.scene.reading;
        let small = [
            Plain::GoesOn,
            Plain::Article,
            Plain::ListJoint,
            Plain::FollowWord,
        ];
        self.scene
            .context
            .is_some_and(|context| !context.aspects.is_empty())
            && (0..reading.tokens.len()).all(|at| {
                reading.in_name(at) || small.iter().any(|class| reading.covers(at, *class))
            })
    }

    /// Whether a message is a trend's title, or names it as a trend.
    fn says_title(&self, trend: TrendId) -> bool {
        let reading = &self.scene.reading;
        let title = self.scene.knowledge.trend(trend).title.to_lowercase();
        reading.has(Plain::TrendWord) || reading.words(0, reading.tokens.len()) == title
    }

    /// The same as before, in another place.
    pub(super) fn elsewhere(&mut self, context: &Context) -> Option<Request> {
        let scene = self.scene;
        self.notes.recalled = true;
        let ask = scene.ask();
        if let Some(list) = &context.list
            && ask.place.settings.is_empty()
        {
            self.notes.same_list = true;
            return Some(Request::List(Filter {
                state: ask.place.states.first().copied(),
                ..(**list).clone()
            }));
        }
        let mut aspects = context.aspects.clone();
        aspects.retain(|aspect| matches!(aspect, Label::Pay | Label::Headcount));
        if aspects.is_empty() {
            // What differs by place is pay.
            aspects.push(Label::Pay);
        }
        match context.roles.as_slice() {
            [] => None,
            [role] => Some(self.facts(*role, aspects, ask)),
            roles => Some(Request::Compare(Compare {
                roles: roles.to_vec(),
                aspects,
                ask,
            })),
        }
    }

    /// "Worst?", where places were ranked: from the other end.
    fn other_end(&mut self, context: &Context) -> Option<Request> {
        let reading = &self.scene.reading;
        let (low, high) = (reading.has(Plain::Low), reading.has(Plain::High));
        let [role] = context.roles.as_slice() else {
            return None;
        };
        context.ranked?;
        if reading.tokens.len() > 3 || low == high || !names_nothing(&self.scene.found) {
            return None;
        }
        self.notes.recalled = true;
        let mut ask = self.scene.ask();
        ask.place.states.clear();
        ask.place.areas.clear();
        ask.place.ranked = Some(if low { End::Lowest } else { End::Highest });
        Some(self.facts(*role, context.aspects.clone(), ask))
    }

    /// "The marriage kind", where it was asked which of several is meant: the one that the words fit.
    fn of_those_shown(&mut self, context: &Context) -> Option<Request> {
        let scene = self.scene;
        let open = context.roles.is_empty() && !context.shown.is_empty() && context.list.is_none();
        if !open || scene.reading.tokens.len() > SHORT || !names_nothing(&scene.found) {
            return None;
        }
        let shown = |(role, _): &&(RoleId, Found)| context.shown.contains(role);
        let mut fitting = scene.fitting().iter().filter(shown);
        let (best, fit) = *fitting.next()?;
        let next = fitting.next().map_or(0.0, |(_, next)| next.score);
        // All that is said must be about it: a new question is none.
        (fit.share >= NEARLY_ALL && fit.score >= next * CLEARLY)
            .then(|| self.facts(best, context.aspects.clone(), scene.ask()))
    }

    /// "Which is higher", "which of those needs less school": one among what was spoken of.
    pub(super) fn choose_among(&mut self, roles: &[RoleId]) -> Option<Request> {
        let scene = self.scene;
        let context = scene.context?;
        let reading = &scene.reading;
        let which = reading.has(Plain::ChooseAmong) || reading.has(Plain::PronounMany);
        let measured = [
            Plain::High,
            Plain::Low,
            Plain::Fast,
            Plain::Short,
            Plain::More,
            Plain::Less,
        ];
        let asks = which && measured.iter().any(|class| reading.has(*class));
        if !asks || !names_nothing(&scene.found) || reading.tokens.len() > SHORT {
            return None;
        }
        if roles.is_empty()
            && let Some(list) = self.narrowed(&self.filter())
        {
            self.notes.same_list = true;
            return Some(Request::List(list));
        }
        let (aspect, sure) = scene.likeliest(ASPECTS);
        let said = self.measured();
        let aspects = match said {
            Some(aspect) => vec![aspect],
            None if sure >= SECOND => vec![aspect],
            None if context.aspects.is_empty() => vec![Label::Pay],
            None => context.aspects.clone(),
        };
        match roles {
            [role] if context.states.len() > 1 && scene.found.states.is_empty() => {
                let mut ask = scene.ask();
                ask.place.states.clone_from(&context.states);
                ask.place.ranked = None;
                self.notes.recalled = true;
                Some(self.facts(*role, vec![Label::Pay], ask))
            }
            [_, _, ..] => Some(self.side_by_side(roles, aspects)),
            _ => None,
        }
    }

    /// What a superlative is about, as an aspect: "more openings".
    pub(super) fn measured(&self) -> Option<Label> {
        let reading = &self.scene.reading;
        (0..reading.tokens.len())
            .filter(|at| !reading.in_name(*at))
            .find_map(|at| {
                reading
                    .classes(at)
                    .iter()
                    .find_map(|(class, _)| match class {
                        Class::About(About::Pay) => Some(Label::Pay),
                        Class::About(About::Growth) => Some(Label::Outlook),
                        Class::About(About::Openings) => Some(Label::Openings),
                        Class::About(About::Headcount) => Some(Label::Headcount),
                        Class::About(About::Schooling) => Some(Label::Education),
                        _ => None,
                    })
            })
    }

    pub(super) fn talk_to_bot(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let (label, _) = scene.likeliest(TO_BOT);
        let topic = !roles.is_empty() || !scene.found.trends.is_empty();
        match label {
            Label::Define => self.define(roles),
            Label::More => self.more(roles),
            // "Lakers score last night": small talk is short and known.
            Label::Greeting | Label::Thanks
                if !topic
                    && weight(&unexplained(scene, &[label])) >= MUCH_UNEXPLAINED
                    && scene.labels.of(label) < UNSURE =>
            {
                Request::Refuse(Refusal::Unknown)
            }
            Label::Help if !topic => Request::Talk(SmallTalk::Help),
            Label::Greeting if !topic => Request::Talk(SmallTalk::Greeting),
            Label::Thanks if !topic || self.notes.recalled => Request::Talk(SmallTalk::Thanks),
            Label::Sources => Request::Talk(SmallTalk::Sources),
            _ if roles.is_empty() => Request::Talk(SmallTalk::Help),
            _ => {
                let aspects = self.aspects();
                self.about_one(roles[0], aspects)
            }
        }
    }

    pub(super) fn define(&mut self, roles: &[RoleId]) -> Request {
        let places = self.scene.definitions();
        if !places.is_empty() {
            return Request::Define(places);
        }
        if let Some((_, own)) = self
            .scene
            .found
            .credentials
            .iter()
            .find(|(_, roles)| !roles.is_empty())
        {
            let (role, ask) = (own[0], self.scene.ask());
            return self.facts(role, vec![Label::Exam], ask);
        }
        match roles {
            [role, ..] if !self.notes.recalled => {
                let ask = self.scene.ask();
                self.facts(*role, Vec::new(), ask)
            }
            _ => match self.scene.found.readings.clone() {
                Some(readings) => self.of_readings(readings, Vec::new()),
                None => self.without_role(Vec::new()),
            },
        }
    }

    pub(super) fn more(&mut self, roles: &[RoleId]) -> Request {
        let ask = self.scene.ask();
        let trends = &self.scene.recalled.trends;
        match (roles, trends.first(), self.scene.context) {
            ([role], _, _) => self.facts(*role, Vec::new(), ask),
            ([_, _, ..], _, _) => Request::Compare(Compare {
                roles: roles.to_vec(),
                aspects: Vec::new(),
                ask,
            }),
            ([], Some(trend), _) => Request::Trend(*trend),
            ([], None, Some(context)) if context.list.is_some() => {
                let list = context.list.as_deref().cloned().unwrap_or_default();
                self.notes.same_list = true;
                Request::List(list)
            }
            _ => Request::Talk(SmallTalk::Help),
        }
    }
}
