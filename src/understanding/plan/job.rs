//! What is asked of one job, or of several side by side.

use crate::knowledge::language::{About, Class, Label, Plain};
use crate::knowledge::{RoleId, Topic, TrendId};
use crate::understanding::conditions;
use crate::understanding::filter::Filter;
use crate::understanding::foreign;
use crate::understanding::plan::{
    ALSO, ASPECTS, DOUBTFUL, LONG, MOST_ROLES, MUCH_UNEXPLAINED, Planner, SEVERAL, UNSURE,
    UNSURE_OF_PAY, WEAK,
};
use crate::understanding::request::{Ask, Compare, Facts, NotHeld, Path, Refusal, Request};
use crate::understanding::scene::Scene;
use crate::understanding::sentences::{self, HOLDS};
use crate::understanding::unexplained::{Unexplained, rarity, unexplained, weight};

/// Words for an aspect, beside which a doubtful label about something else is not believed.
const OUTRIGHT: &[(Class, Label)] = &[
    (Class::Plain(Plain::License), Label::License),
    (Class::About(About::Pay), Label::Pay),
    (Class::About(About::Growth), Label::Outlook),
    (Class::About(About::Openings), Label::Openings),
    (Class::Plain(Plain::Remote), Label::Remote),
];

/// Words for what roles are compared in that no figure tells, looked for first.
const COMPARED: &[(Class, Label)] = &[
    (Class::Says(Label::Physical), Label::Physical),
    (Class::Says(Label::Schedule), Label::Schedule),
];

/// Weights of the words that nothing explains, together, and the probability that a label must have beside so much.
const DOUBTED: &[(f32, f32)] = &[(MUCH_UNEXPLAINED, UNSURE), (1.3, 0.55), (1.8, 0.65)];

/// By so much surer must a label be where none of the words that ask is explained.
const NOTHING_READ: f32 = 0.2;

/// What is often asked in one breath with pay.
const BESIDE_PAY: &[Label] = &[
    Label::Outlook,
    Label::Openings,
    Label::Headcount,
    Label::Education,
    Label::Length,
    Label::Duties,
    Label::Remote,
    Label::License,
    Label::Schedule,
    Label::Workplace,
];

impl Planner<'_, '_> {
    /// The aspects asked, likeliest first, then in the order of the question.
    pub(super) fn aspects(&self) -> Vec<Label> {
        let labels = &self.scene.labels;
        let mut asked: Vec<(Label, f32)> = ASPECTS
            .iter()
            .map(|label| (*label, labels.of(*label)))
            .collect();
        asked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let least = ALSO.max(asked[0].1 * 0.3);
        let mut aspects: Vec<Label> = asked
            .iter()
            .filter(|(_, sure)| *sure >= least)
            .map(|(label, _)| *label)
            .collect();
        // "How's demand, nationally": in a talk, a word for a figure asks for it where the labels say nothing.
        if aspects.is_empty() && self.notes.recalled {
            aspects.extend(self.measured());
        }
        if aspects.is_empty() && asked[0].1 >= 0.15 {
            aspects.push(asked[0].0);
        }
        if aspects.is_empty() {
            aspects.extend(self.said_outright().or_else(|| self.said_aspect()));
        }
        // "Do I need a PhD": a level of schooling beside a need.
        let level = self.scene.reading.has(Plain::Need)
            && !conditions::named_levels(&self.scene.reading).is_empty();
        if level && asked[0].1 < DOUBTFUL && !aspects.contains(&Label::Education) {
            aspects = vec![Label::Education];
        }
        if self.scene.reading.has(Plain::Dollar)
            && !aspects.contains(&Label::Pay)
            && asked[0].0 != Label::Pay
        {
            aspects.insert(0, Label::Pay);
        }
        // A time by which it is paid, or a word for pay, asks for pay.
        let paid = self.says_money();
        if paid && asked[0].1 < UNSURE_OF_PAY && !aspects.contains(&Label::Pay) {
            aspects.insert(0, Label::Pay);
        }
        if self.leaves_pay_out() {
            aspects.retain(|label| *label != Label::Pay);
        }
        // "Pay, and is it growing": beside another figure, a word for pay is a second question.
        if paid && BESIDE_PAY.contains(&asked[0].0) && !aspects.contains(&Label::Pay) {
            aspects.push(Label::Pay);
        }
        aspects.extend(self.joined_to_pay(&aspects));
        for label in self.asked_in_clauses(ASPECTS) {
            if !aspects.is_empty() && !aspects.contains(&label) {
                aspects.push(label);
            }
        }
        aspects.truncate(3);
        aspects
    }

    /// "The most phlebotomists": a superlative right before a role.
    fn counts_a_role(&self) -> bool {
        let reading = &self.scene.reading;
        reading.names.iter().any(|name| {
            name.meaning.is_role()
                && (reading.ends_before(name.start, Plain::High)
                    || reading.ends_before(name.start, Plain::Low))
        })
    }

    /// "Pay and growth": a second figure, joined to the word for pay.
    fn joined_to_pay(&self, aspects: &[Label]) -> Option<Label> {
        let reading = &self.scene.reading;
        let pay = |at: usize| reading.is_about(at, About::Pay);
        let joined = |at: usize| {
            at >= 2 && reading.is(at - 1, Plain::ListJoint) && pay(at - 2)
                || reading.is(at + 1, Plain::ListJoint) && pay(at + 2)
        };
        let said = |about: About| {
            (0..reading.tokens.len()).any(|at| reading.is_about(at, about) && joined(at))
        };
        let figures = [
            (About::Growth, Label::Outlook),
            (About::Openings, Label::Openings),
        ];
        figures
            .into_iter()
            .find(|(about, label)| !aspects.contains(label) && said(*about))
            .map(|(_, label)| label)
    }

    /// The aspect that a word for it names outright, beside what the labels say.
    pub(super) fn said_outright(&self) -> Option<Label> {
        let reading = &self.scene.reading;
        let says = |class: &Class| {
            (0..reading.tokens.len())
                .any(|at| !reading.in_name(at) && reading.len_of(at, *class).is_some())
        };
        // What is compared leaves little to what it is compared in.
        let compared = self.compares();
        COMPARED
            .iter()
            .filter(|_| compared)
            .chain(OUTRIGHT)
            .find(|(class, label)| {
                (compared || self.scene.labels.of(*label) >= 0.05) && says(class)
            })
            .map(|(_, label)| *label)
    }

    /// The aspect of the longest phrase by which a role's text is known to be about it: "part time".
    fn said_aspect(&self) -> Option<Label> {
        let reading = &self.scene.reading;
        let said = (0..reading.tokens.len())
            .filter(|at| !reading.in_name(*at))
            .flat_map(|at| reading.classes(at))
            .filter_map(|(class, len)| match class {
                Class::Says(label) if ASPECTS.contains(label) => Some((*label, *len)),
                _ => None,
            });
        let (label, len) = said.max_by_key(|(_, len)| *len)?;
        (len > 1).then_some(label)
    }

    /// Whether a word for a figure, or for what a role's text is known to be about, stands outside the names.
    pub(super) fn names_aspect(&self) -> bool {
        let reading = &self.scene.reading;
        let figure = |at: usize| {
            [About::Growth, About::Openings]
                .iter()
                .any(|about| reading.is_about(at, *about))
        };
        let said = (0..reading.tokens.len()).any(|at| !reading.in_name(at) && figure(at));
        said || self.says_money() || self.said_aspect().is_some()
    }

    /// Whether a time of pay, or a word that says nothing but pay, stands outside the names.
    pub(super) fn says_money(&self) -> bool {
        let reading = &self.scene.reading;
        let unit = self.scene.unit().is_some();
        let word = (0..reading.tokens.len()).any(|at| {
            // "Makes" by itself says nothing of pay; "makes less" does.
            let weak = reading.stop[at]
                && !reading.is(at + 1, Plain::Less)
                && !reading.is(at + 1, Plain::More);
            !weak
                && !reading.in_name(at)
                && !reading.ends_before(at, Plain::Negator)
                && reading.is_about(at, About::Pay)
        });
        unit || word
    }

    /// "Besides pay": every word for pay stands right behind a denial.
    fn leaves_pay_out(&self) -> bool {
        let reading = &self.scene.reading;
        let pay = |at: &usize| reading.is_about(*at, About::Pay);
        let mut said = (0..reading.tokens.len()).filter(pay).peekable();
        said.peek().is_some() && said.all(|at| reading.ends_before(at, Plain::Negator))
    }

    pub(super) fn facts(&self, role: RoleId, aspects: Vec<Label>, mut ask: Ask) -> Request {
        // What has no section of its own, and what the question's own words ask, stands in the role's text.
        let own = self.scene.own_stems();
        let about = aspects.first().copied();
        ask.sentences = sentences::find(
            self.scene.index,
            self.scene.knowledge,
            &[Topic::Role(role)],
            &own,
            about,
        );
        Request::Facts(Facts { role, aspects, ask })
    }

    pub(super) fn about_job(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let mut aspects = self.aspects();
        // A follow-up that asks nothing of its own goes on with what was asked.
        let (_, sure) = scene.likeliest(ASPECTS);
        if (sure < WEAK || scene.recalled.same) && !scene.recalled.aspects.is_empty() {
            aspects.clone_from(&scene.recalled.aspects);
        }
        if let Some(request) = self.program_online(&aspects) {
            return request;
        }
        if !scene.counted.money.is_empty() && !roles.is_empty() && !aspects.contains(&Label::Pay) {
            aspects = vec![Label::Pay];
        }
        if let Some(request) = self.abroad(roles) {
            return request;
        }
        // "Jobs that pay less than ...", "what pays less than ...".
        let paying = scene.reading.is(0, Plain::Opener) && scene.reading.is_about(1, About::Pay);
        if let ([role], true) = (
            roles,
            (scene.reading.has(Plain::Job) || paying) && !self.notes.recalled,
        ) && let Some(filter) = self.paid_beside(*role)
        {
            return Request::List(filter);
        }
        if let ([from, to], true) = (
            roles,
            self.notes.recalled
                && scene.reading.has(Plain::From)
                && scene.reading.has(Plain::PronounMany),
        ) {
            return Request::Path(Path {
                from: Some(*from),
                to: Some(*to),
                ask: scene.ask(),
            });
        }
        match roles {
            [] => self.without_role(aspects),
            [role] => self.about_one(*role, aspects),
            several => self.side_by_side(several, aspects),
        }
    }

    /// "Can I do that online", said of a way into a job: the program is meant, and not the work.
    pub(super) fn program_online(&self, aspects: &[Label]) -> Option<Request> {
        let context = self.scene.context?;
        let way = [Label::Education, Label::Length, Label::Path, Label::Exam];
        let of_way = context.aspects.iter().any(|aspect| way.contains(aspect));
        let meant = aspects == [Label::Remote]
            && self.notes.recalled
            && self.scene.reading.has(Plain::PronounOne);
        (of_way && meant).then(|| {
            Request::NotHeld(NotHeld {
                topics: Scene::topics(&self.scene.recalled.roles),
                about: Some(Label::School),
                words: Vec::new(),
                ask: Ask::default(),
                sentences: Vec::new(),
            })
        })
    }

    /// Another country is named, and not as where somebody comes from: nothing is held on it.
    pub(super) fn abroad(&self, roles: &[RoleId]) -> Option<Request> {
        let scene = self.scene;
        let named = scene.found.abroad.is_some()
            && !scene.reading.has(Plain::Home)
            && scene.found.states.is_empty();
        named.then(|| {
            Request::NotHeld(NotHeld {
                topics: Scene::topics(roles),
                about: Some(Label::Abroad),
                words: Vec::new(),
                ask: Ask::default(),
                sentences: Vec::new(),
            })
        })
    }

    pub(super) fn about_one(&mut self, role: RoleId, aspects: Vec<Label>) -> Request {
        let scene = self.scene;
        if let Some(request) = self.graduates(&[role], &aspects) {
            return request;
        }
        let ask = scene.ask();
        // "What state has the most phlebotomists": how many work there.
        let counted = ask.place.ranked.is_some() && !self.says_money() && self.counts_a_role();
        let aspects = if counted && aspects == [Label::Pay] {
            vec![Label::Headcount]
        } else {
            aspects
        };
        // "From LPN to RN": a way between two jobs.
        let from = scene
            .found
            .background
            .first()
            .copied()
            .filter(|from| *from != role);
        let way = [Label::Next, Label::Education, Label::Length, Label::Path];
        if let Some(from) = from
            && aspects.iter().all(|aspect| way.contains(aspect))
        {
            return Request::Path(Path {
                from: Some(from),
                to: Some(role),
                ask,
            });
        }
        if let Some(trend) = self.trend_of_outlook(&aspects) {
            return Request::TrendsOfRoles {
                roles: vec![role],
                trends: vec![trend],
            };
        }
        // "Can a dental assistant take x-rays in Texas": a place alone asks for no pay where other words ask something.
        let words: Vec<Unexplained> = scene
            .reading
            .content()
            .filter(|at| scene.reading.asks(*at) && !scene.reading.covers(*at, Plain::Calendar))
            .map(|at| Unexplained { at, weight: 1.0 })
            .collect();
        let meant = scene.says_pay()
            || !scene.counted.money.is_empty()
            || scene.labels.of(Label::Pay) >= UNSURE_OF_PAY;
        let other = !words.is_empty() && !meant;
        if aspects == [Label::Pay] && other && !self.notes.recalled {
            return self.unexplained_of(&[role], &words, vec![Label::Duties], ask);
        }
        let unread = self.asks_else(&aspects);
        match unread {
            // "How much is a sandwich" after a role: something else is asked for, and nothing points back.
            Some(_) if self.notes.recalled && !scene.reading.points_back() => {
                Request::Refuse(Refusal::Unknown)
            }
            Some(unread) => self.unexplained_of(&[role], &unread, aspects, ask),
            None => self.facts(role, aspects, ask),
        }
    }

    /// The words that nothing explains, where they say more of what is asked than the labels do: the more they weigh, the
    /// surer the label must be.
    fn asks_else(&self, aspects: &[Label]) -> Option<Vec<Unexplained>> {
        let scene = self.scene;
        // Another language's words are not looked for here.
        if foreign::language(&scene.reading).is_some() {
            return None;
        }
        let unread = unexplained(scene, aspects);
        let heavy = weight(&unread);
        if heavy < MUCH_UNEXPLAINED {
            return None;
        }
        let sure = aspects.first().map_or(0.0, |label| scene.labels.of(*label));
        let asked: f32 = scene
            .reading
            .content()
            .filter(|at| scene.reading.asks(*at))
            .map(|at| rarity(scene, at))
            .sum();
        let pay =
            aspects.contains(&Label::Pay) && (scene.says_pay() || !scene.counted.money.is_empty());
        let recalled = self.notes.recalled && !scene.reading.points_back();
        // "Are there male nurses": nothing that is asked is understood.
        let more = if heavy >= asked { NOTHING_READ } else { 0.0 };
        // A story has many words of its own.
        let grades = if scene.reading.tokens.len() < LONG {
            DOUBTED
        } else {
            &DOUBTED[..1]
        };
        let doubted = grades
            .iter()
            .any(|(least, bound)| heavy >= *least && (recalled || !pay && sure < bound + more));
        (doubted && heavy * 2.0 >= asked).then_some(unread)
    }

    /// "Will AI replace radiologists": how a trend changes a job, asked as its future.
    pub(super) fn trend_of_outlook(&self, aspects: &[Label]) -> Option<TrendId> {
        let trend = self.scene.other_trend()?;
        let future = [Label::Outlook, Label::Openings, Label::Duties, Label::Tools];
        aspects
            .iter()
            .all(|aspect| future.contains(aspect))
            .then_some(trend)
    }

    /// Something is asked that no label explains: the role's text may hold it, else it is not held.
    pub(super) fn unexplained_of(
        &mut self,
        roles: &[RoleId],
        unread: &[Unexplained],
        aspects: Vec<Label>,
        mut ask: Ask,
    ) -> Request {
        let scene = self.scene;
        let words: Vec<String> = unread
            .iter()
            .map(|word| scene.reading.tokens[word.at].word.clone())
            .collect();
        let stems = scene.index.stems(&words.join(" "));
        let topics = Scene::topics(roles);
        let found = sentences::find(scene.index, scene.knowledge, &topics, &stems, None);
        if let [role] = roles
            && found
                .first()
                .is_some_and(|sentence| sentence.share >= HOLDS)
        {
            let role = *role;
            ask.sentences = found;
            return Request::Facts(Facts { role, aspects, ask });
        }
        let ask = Ask {
            sentences: found.clone(),
            ..ask
        };
        Request::NotHeld(NotHeld {
            topics,
            about: None,
            words,
            ask,
            sentences: found,
        })
    }

    pub(super) fn side_by_side(&mut self, roles: &[RoleId], aspects: Vec<Label>) -> Request {
        let scene = self.scene;
        let roles: Vec<RoleId> = roles.iter().copied().take(MOST_ROLES).collect();
        if let ([from, to], true) = (roles.as_slice(), self.is_way(&aspects)) {
            return Request::Path(Path {
                from: Some(*from),
                to: Some(*to),
                ask: scene.ask(),
            });
        }
        if let Some(trend) = self
            .trend_of_outlook(&aspects)
            .filter(|_| !aspects.is_empty())
        {
            return Request::TrendsOfRoles {
                roles,
                trends: vec![trend],
            };
        }
        if !self.compares()
            && let Some(unread) = self.asks_else(&aspects)
        {
            return self.unexplained_of(&roles, &unread, aspects, scene.ask());
        }
        Request::Compare(Compare {
            roles,
            aspects,
            ask: scene.ask(),
        })
    }

    /// Whether roles are set against each other in so many words.
    fn compares(&self) -> bool {
        self.scene.labels.of(Label::Compare) >= UNSURE || self.scene.reading.has(Plain::Versus)
    }

    /// "Rad tech to MRI tech": two roles with nothing but "to" between them, and nothing of figures asked.
    pub(super) fn is_way(&self, aspects: &[Label]) -> bool {
        let reading = &self.scene.reading;
        let named: Vec<_> = reading
            .names
            .iter()
            .filter(|name| name.meaning.may_be_role())
            .collect();
        let joined = named
            .windows(2)
            .any(|pair| pair[0].end() + 1 == pair[1].start && reading.is(pair[0].end(), Plain::To));
        let figures = [
            Label::Pay,
            Label::Outlook,
            Label::Openings,
            Label::Headcount,
        ];
        joined && !aspects.iter().any(|aspect| figures.contains(aspect))
    }

    /// An aspect is asked, and no role is named: a word with readings, a job outside, a description, a list.
    pub(super) fn without_role(&mut self, aspects: Vec<Label>) -> Request {
        let scene = self.scene;
        let found = &scene.found;
        // "Virtual doctor visits, telehealth": half of a title that is none, beside a trend.
        let title = scene.other_trend().and_then(|_| self.unknown_title());
        if let Some(readings) = found.readings.clone().filter(|_| title.is_none()) {
            return self.of_readings(readings, aspects);
        }
        if let Some(refusal) = self.other_job() {
            return Request::Refuse(refusal);
        }
        if let Some(trend) = scene.other_trend() {
            return Request::Trend(trend);
        }
        if let Some((_, roles)) = found
            .credentials
            .iter()
            .find(|(_, roles)| !roles.is_empty())
        {
            let ask = scene.ask();
            return match roles.as_slice() {
                [role] => self.facts(*role, aspects, ask),
                several => Request::Compare(Compare {
                    roles: several.to_vec(),
                    aspects,
                    ask,
                }),
            };
        }
        // "Who puts you to sleep, but isn't a doctor", "who plans the radiation for cancer patients": a description, whatever it
        // leaves out or might narrow a list by.
        if scene.labels.of(Label::Duties) >= UNSURE
            && (!found.without_roles.is_empty() || self.is_surely_described())
            && let Some(request) = self.by_description(&aspects)
        {
            return request;
        }
        let filter = self.filter();
        let jobs = scene.reading.has(Plain::Job) || scene.reading.has(Plain::Field);
        let besides = Filter {
            remote: &[],
            ..filter.clone()
        }
        .has_condition()
            || filter.order.is_some();
        let besides = besides && !filter.remote.is_empty();
        // "What can I do besides nursing": what is left out asks for the rest.
        let left_out = !found.without_families.is_empty() || !found.without_roles.is_empty();
        // "Remote", "remote jobs in Texas and Ohio": the wish is all there is.
        let only_remote = !filter.remote.is_empty()
            && (scene.reading.tokens.len() <= 2 || !found.trends.is_empty())
            && weight(&unexplained(scene, &aspects)) < MUCH_UNEXPLAINED;
        let wished = found.feelings && !(found.likes.is_empty() && found.dislikes.is_empty());
        let listed = (filter.has_condition() || filter.order.is_some())
            && (scene.mass(SEVERAL) > 0.1 || jobs || besides || left_out || only_remote);
        // "I'm into fitness": ideas; "jobs" with conditions are a list.
        if wished && !(jobs && listed) {
            return self.suggest(Filter {
                traits: Vec::new(),
                avoid: Vec::new(),
                order: None,
                ..filter
            });
        }
        if listed {
            return self.list(filter);
        }
        if let Some(request) = self.by_description(&aspects) {
            return request;
        }
        if weight(&unexplained(scene, &aspects)) < MUCH_UNEXPLAINED && !aspects.is_empty() {
            return Request::Refuse(Refusal::NoRole(aspects[0]));
        }
        Request::Refuse(Refusal::Unknown)
    }
}
