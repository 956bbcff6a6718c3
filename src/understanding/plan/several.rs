//! Lists by conditions, ideas by likings, ways from here to there.

use crate::knowledge::RoleId;
use crate::knowledge::language::{Class, Label, Plain};
use crate::knowledge::terms::Remote;
use crate::understanding::conditions;
use crate::understanding::context::goes_on;
use crate::understanding::filter::Filter;
use crate::understanding::plan::{
    HALF_UNEXPLAINED, MUCH_UNEXPLAINED, Planner, SECOND, SEVERAL, SHORT, TRENDS, UNSURE, WEAK,
};
use crate::understanding::request::{Path, Refusal, Request, SmallTalk, Suggest};
use crate::understanding::unexplained::{unexplained, weight};

/// From here on, a label says what is asked of a role that bears the name of its field.
const FIELD_UNSURE: f32 = 0.6;
/// What the texts of the roles tell, and no figure.
const UNTOLD: &[Label] = &[Label::Schedule, Label::Benefits, Label::Travel];

impl Planner<'_, '_> {
    pub(super) fn about_several(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let (label, _) = scene.likeliest(SEVERAL);
        let aspects = self.aspects();
        match (label, roles) {
            (Label::Compare | Label::Choose | Label::Suggest, [_, _, ..]) => {
                self.side_by_side(roles, aspects)
            }
            (Label::List, [_, _, ..]) if !self.notes.recalled => self.side_by_side(roles, aspects),
            (Label::Path, _) => self.path(roles),
            (Label::List | Label::Suggest | Label::Choose, _) => self.wishes(label, roles),
            (_, [role]) => self.against(*role, aspects),
            _ => self.without_role(aspects),
        }
    }

    /// One role, compared: with a state, a job outside, or with what all jobs pay.
    pub(super) fn against(&mut self, role: RoleId, aspects: Vec<Label>) -> Request {
        if self.scene.found.states.len() > 1 {
            let ask = self.scene.ask();
            return self.facts(role, vec![Label::Pay], ask);
        }
        let list = self.scene.labels.of(Label::List);
        if list >= SECOND
            && let Some(filter) = self.paid_beside(role)
        {
            return Request::List(filter);
        }
        self.about_one(role, aspects)
    }

    pub(super) fn path(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let ask = scene.ask();
        let background = scene.found.background.first().copied();
        match (background, roles) {
            (Some(from), [to, ..]) if from != *to => Request::Path(Path {
                from: Some(from),
                to: Some(*to),
                ask,
            }),
            (Some(from), _) => Request::Path(Path {
                from: Some(from),
                to: None,
                ask,
            }),
            (None, [from, to]) => Request::Path(Path {
                from: Some(*from),
                to: Some(*to),
                ask,
            }),
            (None, [to, ..]) => Request::Path(Path {
                from: None,
                to: Some(*to),
                ask,
            }),
            (None, []) => match self.other_job() {
                Some(job) => Request::Refuse(job),
                None => self.wishes(Label::Suggest, roles),
            },
        }
    }

    /// "Jobs that pay more than a nurse": the least or the most that they pay.
    pub(super) fn paid_beside(&self, role: RoleId) -> Option<Filter> {
        let scene = self.scene;
        let reading = &scene.reading;
        let more = reading.has(Plain::More) && !reading.has(Plain::Less);
        if !reading.has(Plain::Comparison) || !(more || reading.has(Plain::Less)) {
            return None;
        }
        // "Do they ever work less than full time": no pay is compared.
        if !(self.says_money() || reading.has(Plain::Job) || scene.labels.of(Label::List) >= UNSURE)
        {
            return None;
        }
        let role = scene.knowledge.role(role);
        let median = f64::from(
            scene
                .knowledge
                .figures
                .national
                .get(&role.soc)?
                .median
                .at_least()?,
        );
        let (pay_min, pay_max) = if more {
            (Some(median + 1.0), None)
        } else {
            (None, Some(median - 1.0))
        };
        let filter = self.filter();
        let same = reading.has(Plain::Same) && reading.has(Plain::Schooling);
        let level = scene
            .knowledge
            .figures
            .projections
            .get(&role.soc)
            .and_then(|row| row.entry_education);
        let education_max = filter.education_max.or(level.filter(|_| same));
        // A bound in money beside the role bounds the other end.
        let (pay_min, pay_max) = (pay_min.or(filter.pay_min), pay_max.or(filter.pay_max));
        Some(Filter {
            pay_min,
            pay_max,
            education_max,
            order: None,
            family: None,
            ..filter
        })
    }

    /// A list by conditions, ideas by likings, or how to choose.
    pub(super) fn wishes(&mut self, label: Label, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let found = &scene.found;
        if let ([role], Label::List) = (roles, label)
            && let Some(filter) = self.paid_beside(*role)
        {
            return Request::List(filter);
        }
        let mut filter = self.filter();
        let narrowed = self.narrowed(&filter);
        if let Some(list) = narrowed {
            self.notes.same_list = true;
            return Request::List(list);
        }
        let own_role = roles.len() == 1 && !self.notes.recalled && found.background.is_empty();
        if own_role && filter.family.is_none() {
            let aspects = self.aspects();
            return self.about_one(roles[0], aspects);
        }
        if let (Some(readings), None) = (&found.readings, filter.family)
            && !filter.has_condition()
            && filter.order.is_none()
            && label == Label::List
        {
            let aspects = self.aspects();
            return self.of_readings(readings.clone(), aspects);
        }
        let wish = !found.likes.is_empty() || !found.dislikes.is_empty();
        if label != Label::List && (wish || filter.has_condition()) || wish && found.feelings {
            filter.order = filter.order.filter(|_| !wish);
            if !wish {
                return self.list(filter);
            }
            filter.traits = Vec::new();
            filter.avoid = Vec::new();
            return self.suggest(filter);
        }
        let unread = weight(&unexplained(scene, &[label]));
        // What is left out says nothing of what is wanted.
        let asks_nothing = filter.order.is_none()
            && !Filter {
                without_roles: Vec::new(),
                ..filter.clone()
            }
            .has_condition();
        if asks_nothing && !wish && found.trends.is_empty() && label == Label::List {
            if let Some(refusal) = self.other_job() {
                return Request::Refuse(refusal);
            }
            // "Jobs around animals": what the words describe is meant, and no list of all.
            // "Jobs my dog can do" are none.
            let reading = &scene.reading;
            let is_own = |at: usize| at > 0 && reading.is(at - 1, Plain::Own);
            let words = reading
                .content()
                .any(|at| reading.covering(at).next().is_none() || is_own(at));
            let described = words && !scene.reading.has(Plain::Own);
            let surely = described && self.is_surely_described();
            if let Some(request) = surely.then(|| self.by_description(&[])).flatten() {
                return request;
            }
            let ideas = self.suggest(filter.clone());
            if described && matches!(&ideas, Request::Suggest(ideas) if ideas.is_described()) {
                return ideas;
            }
            if words != described || unread >= HALF_UNEXPLAINED {
                return Request::Refuse(Refusal::Unknown);
            }
        }
        if filter.has_condition()
            || filter.order.is_some()
            || filter.state.is_some()
            || scene.reading.has(Plain::Field)
        {
            // "How do I get into healthcare" asks for no list of the best paid.
            let open = label != Label::List && filter.order.is_none() && filter.state.is_none();
            if (label == Label::Choose || open) && !filter.has_condition() {
                return Request::Talk(SmallTalk::Choose);
            }
            return self.list(filter);
        }
        if label == Label::Choose {
            return Request::Talk(SmallTalk::Choose);
        }
        if let Some(refusal) = self.other_job() {
            return Request::Refuse(refusal);
        }
        if let Some(trend) = found.trends.first() {
            return Request::RolesOfTrend {
                trend: *trend,
                safe: false,
            };
        }
        if let Some(request) = self.by_description(&[]) {
            return request;
        }
        match label {
            Label::Suggest if unread < MUCH_UNEXPLAINED => Request::Talk(SmallTalk::Choose),
            Label::List if unread < 0.5 && scene.reading.has(Plain::Job) => self.list(filter),
            _ => Request::Refuse(Refusal::Unknown),
        }
    }

    pub(super) fn suggest(&self, filter: Filter) -> Request {
        let scene = self.scene;
        let described = scene.described();
        let described = described
            .iter()
            .filter(|(role, _)| !scene.found.without_roles.contains(role))
            .take(6)
            .map(|(role, fit)| (*role, fit.share))
            .collect();
        Request::Suggest(Suggest {
            likes: scene.found.likes.clone(),
            dislikes: scene.found.dislikes.clone(),
            filter,
            background: scene.found.background.clone(),
            described,
            words: scene.ask().words,
        })
    }

    /// "What sorts of nursing roles exist": jobs of a field whose word is a role's name, too, and nothing asked of that role.
    pub(super) fn of_field(&self, roles: &[RoleId]) -> Option<Filter> {
        let scene = self.scene;
        let reading = &scene.reading;
        let [_] = roles else { return None };
        let mut named = reading
            .names
            .iter()
            .filter(|name| name.meaning.may_be_role());
        let name = named.next().filter(|_| named.next().is_none())?;
        let whole =
            |(class, len): &(Class, usize)| matches!(class, Class::Family(_)) && *len == name.len;
        let field = reading.classes(name.start).iter().any(whole);
        let several = |at: usize| reading.tokens[at].word != reading.tokens[at].stem;
        let jobs = reading
            .all(Plain::Job)
            .any(|at| several(at) && !reading.in_name(at));
        let which = reading.has(Plain::Opener) && !reading.is(0, Plain::Whether);
        let (_, sure) = scene.labels.top();
        let asked = field
            && jobs
            && which
            && sure < FIELD_UNSURE
            && scene.found.states.is_empty()
            && scene.found.background.is_empty()
            && !self.names_aspect();
        asked.then(|| self.filter())
    }

    /// The list shown before, with these conditions: "only remote ones", "which of those pays most".
    pub(super) fn narrowed(&self, filter: &Filter) -> Option<Filter> {
        let scene = self.scene;
        let context = scene.context?;
        let back = scene.reading.has(Plain::PronounMany)
            || goes_on(&scene.reading)
            || scene.reading.is(0, Plain::ChooseAmong) && scene.reading.tokens.len() <= SHORT;
        let plain_list = scene
            .reading
            .all(Plain::Job)
            .any(|at| !scene.reading.ends_before(at, Plain::PronounMany))
            && !scene.reading.has(Plain::PronounMany);
        if !(filter.has_condition() || filter.order.is_some()) || !back || plain_list {
            return None;
        }
        let before = match (&context.list, context.shown.len()) {
            (Some(list), _) => (**list).clone(),
            (None, 2..) => Filter {
                among: context.shown.clone(),
                ..Filter::default()
            },
            _ => return None,
        };
        Some(before.narrowed(filter.clone()))
    }

    pub(super) fn filter(&self) -> Filter {
        let scene = self.scene;
        let mut filter = conditions::read(&scene.reading, &scene.found, &scene.counted);
        conditions::narrow(&scene.reading, &scene.found, &mut filter);
        filter.state = scene.place().states.first().copied();
        if filter.remote.is_empty() && scene.names_remote() {
            filter.remote = &[Remote::Yes];
        }
        filter
    }

    /// "Night shift jobs": conditions that stand in the texts of the roles and in no figure.
    fn untold_conditions(&self) -> Vec<String> {
        let reading = &self.scene.reading;
        let untold = |at: usize| {
            let len = |label: &Label| reading.len_of(at, Class::Says(*label));
            UNTOLD.iter().filter_map(len).max()
        };
        let mut words: Vec<String> = Vec::new();
        let (mut at, mut end) = (0, None);
        while at < reading.tokens.len() {
            let len = untold(at).filter(|_| !reading.in_name(at)).unwrap_or(0);
            match words.last_mut() {
                _ if len == 0 => {}
                Some(last) if end == Some(at) => {
                    *last = format!("{last} {}", reading.words(at, len));
                }
                _ => words.push(reading.words(at, len)),
            }
            at += len.max(1);
            end = (len > 0).then_some(at);
        }
        words
    }

    pub(super) fn list(&mut self, mut filter: Filter) -> Request {
        let scene = self.scene;
        // "Help people hear, but no audiologist": what is left out says nothing of what is wanted, the other words do.
        let rest = Filter {
            without_roles: Vec::new(),
            ..filter.clone()
        };
        let left_out = !filter.without_roles.is_empty();
        if left_out && !rest.has_condition() && filter.order.is_none() && filter.state.is_none() {
            let ideas = self.suggest(filter.clone());
            if matches!(&ideas, Request::Suggest(ideas) if ideas.is_described()) {
                return ideas;
            }
        }
        self.notes.unsorted = self.untold_conditions();
        let says_trend = scene.reading.has(Plain::TrendWord) || scene.mass(TRENDS) > WEAK;
        filter.trend = scene.other_trend().filter(|_| says_trend);
        Request::List(filter)
    }
}
