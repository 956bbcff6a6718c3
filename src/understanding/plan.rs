//! What one message asks: labels, names and passages, weighed into one request.
//!
//! The labels say what kind of thing is asked; the names say of what; what nothing explains says that it is something else.

use crate::knowledge::language::{About, Class, Label, Plain};
use crate::knowledge::{RoleId, Topic, TrendId};
use crate::understanding::conditions;
use crate::understanding::context::{goes_on, only_places};
use crate::understanding::evidence::Notes;
use crate::understanding::filter::Filter;
use crate::understanding::lexicon::Meaning;
use crate::understanding::mentions::Readings;
use crate::understanding::request::{
    Ask, Clarify, Compare, Facts, NotHeld, Path, Refusal, Request, Sentence, SmallTalk, Suggest,
};
use crate::understanding::scene::Scene;
use crate::understanding::sentences::{self, HOLDS};
use crate::understanding::unexplained::{Unexplained, unexplained};

/// Labels of one job.
pub(crate) const ASPECTS: &[Label] = &[
    Label::Duties,
    Label::Day,
    Label::Workplace,
    Label::Schedule,
    Label::Physical,
    Label::Pay,
    Label::Outlook,
    Label::Openings,
    Label::Headcount,
    Label::Education,
    Label::Length,
    Label::License,
    Label::Exam,
    Label::Remote,
    Label::Skills,
    Label::Tools,
    Label::Suits,
    Label::Next,
];
/// Labels about several jobs.
const SEVERAL: &[Label] = &[Label::Compare, Label::List, Label::Suggest, Label::Path, Label::Choose];
/// Labels of trends.
const TRENDS: &[Label] = &[Label::Trend, Label::TrendRoles, Label::RoleTrends, Label::TrendsAll];
/// Labels of talk with the bot.
const TO_BOT: &[Label] = &[Label::Greeting, Label::Thanks, Label::Help, Label::Sources, Label::Define, Label::More];
/// What may be asked of a job and is not held as a figure or a section of its own.
const BESIDE: &[Label] = &[
    Label::Renewal,
    Label::Cost,
    Label::Difficulty,
    Label::Benefits,
    Label::Background,
    Label::ForeignTraining,
    Label::MilitaryCredit,
    Label::Compact,
    Label::School,
    Label::Employer,
    Label::Travel,
    Label::History,
    Label::Document,
    Label::Abroad,
    Label::Visa,
    Label::Opinion,
];
/// What is refused whatever it is asked of.
const REFUSED: &[Label] = &[Label::Medical, Label::OffTopic, Label::Orders, Label::Distress, Label::Crisis];

/// From this probability on, help comes first and nothing else. Measured on sentences kept apart: of these and the next
/// two bounds, 91 % of crisis messages and 5 % of those that sound like one get help first.
const CRISIS_SURE: f32 = 0.35;
/// The same for a message that is surely sad, where danger is likely enough.
const CRISIS_IF_SAD: f32 = 0.15;
/// From here on, crisis and distress together make a message surely sad.
const SURELY_SAD: f32 = 0.7;
/// From this probability on, a line of help stands under the answer.
pub(crate) const CRISIS_POSSIBLE: f32 = 0.04;
/// From this probability on, a second label is asked, too.
const SECOND: f32 = 0.25;
/// From this probability on, a second aspect of the same job is asked, too.
const ALSO: f32 = 0.18;
/// From this probability on, a clause of its own asks something of its own.
const CLAUSE: f32 = 0.7;
/// Below this, a label alone decides nothing.
const WEAK: f32 = 0.3;
/// Share of a name's weight, both ways, from which a reworded name is that name.
const REWORDED: f32 = 0.62;
/// Weight of words that nothing explains, together, from which something else is asked.
const MUCH_UNEXPLAINED: f32 = 0.9;
/// A message of so many words tells a story.
const LONG: usize = 25;
/// A follow-up has at most so many words.
const SHORT: usize = 10;
/// From this on, somebody is taken to be sad, or to order the bot about.
const SAD: f32 = 0.55;
/// Below this, what would be refused may be a question whose words say that it is one.
const DOUBTFUL: f32 = 0.75;
/// Below this, a label does not outweigh words that nothing explains.
const UNSURE: f32 = 0.45;
/// The same, for a list with no condition that was read.
const HALF_UNEXPLAINED: f32 = 0.6;
/// Most roles side by side.
const MOST_ROLES: usize = 4;

/// What one message asks.
pub(crate) struct Plan {
    pub(crate) request: Request,
    pub(crate) confidence: f32,
    pub(crate) notes: Notes,
}

/// The group of labels that a message most likely belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Job,
    Several,
    Trend,
    Bot,
    Beside,
    Refused,
}

/// Decides what a message asks.
pub(crate) fn plan(scene: &Scene<'_>) -> Plan {
    Planner { scene, notes: notes(scene) }.decide()
}

fn notes(scene: &Scene<'_>) -> Notes {
    let title = |place: &u16| scene.knowledge.outside.get(usize::from(*place)).map(|outside| outside.title.clone());
    Notes {
        corrections: scene.reading.corrections.clone(),
        outside: scene.found.outside.iter().filter_map(title).collect(),
        cut: scene.reading.cut,
        ..Notes::default()
    }
}

struct Planner<'a, 'b> {
    scene: &'a Scene<'b>,
    notes: Notes,
}

impl Planner<'_, '_> {
    fn decide(mut self) -> Plan {
        let scene = self.scene;
        if scene.reading.tokens.is_empty() {
            return self.done(Request::Refuse(Refusal::Empty), 1.0);
        }
        let crisis = scene.labels.of(Label::Crisis);
        let sad = crisis + scene.labels.of(Label::Distress) >= SURELY_SAD;
        if crisis >= CRISIS_SURE || sad && crisis >= CRISIS_IF_SAD {
            return self.done(Request::Refuse(Refusal::Crisis), crisis);
        }
        let roles = self.roles();
        if let Some(plan) = self.bare(&roles).or_else(|| self.choose_among(&roles)) {
            return self.done(plan, 1.0);
        }
        if self.is_nonsense() {
            return self.done(Request::Refuse(Refusal::Unknown), 1.0);
        }
        let (group, sure) = self.group(&roles);
        let request = match group {
            Group::Refused => self.refused(),
            Group::Bot => self.to_bot(&roles),
            Group::Trend => self.about_trend(&roles),
            Group::Several => self.about_several(&roles),
            Group::Beside => self.beside(&roles),
            Group::Job => self.about_job(&roles),
        };
        self.done(request, sure)
    }

    fn done(self, request: Request, confidence: f32) -> Plan {
        Plan { request, confidence, notes: self.notes }
    }

    /// The roles that the message is about: named, else the writer's own, else spoken of before, else reworded.
    fn roles(&mut self) -> Vec<RoleId> {
        let scene = self.scene;
        let found = &scene.found;
        let mut roles = self.asked_roles();
        if roles.is_empty() && found.readings.is_none() {
            roles.clone_from(&found.background);
        }
        let reworded = (roles.is_empty() || roles.len() == 1 && found.single_word) && scene.recalled.roles.is_empty();
        if reworded && let Some(role) = self.reworded(&roles) {
            self.notes.reading = Some(Readings { term: self.role_words(), roles: vec![role] });
            return vec![role];
        }
        if roles.is_empty()
            && let Some(readings) = &found.readings
            && (found.first_reading || readings.roles.len() == 1)
        {
            self.notes.reading = Some(readings.clone());
            roles.extend(readings.roles.first());
        }
        if roles.is_empty() && found.readings.is_none() {
            match found.credentials.iter().map(|(_, roles)| roles).find(|roles| !roles.is_empty()) {
                Some(own) if own.len() == 1 => roles.extend(own),
                _ => {}
            }
        }
        if roles.is_empty() && found.readings.is_none() && found.outside.is_empty() && !scene.recalled.roles.is_empty() {
            self.notes.recalled = true;
            roles.clone_from(&scene.recalled.roles);
        }
        // "How much more would I get", after "and for an RN?": the role before that one.
        if let ([role], Some(context), true) = (roles.as_slice(), scene.context, self.notes_more())
            && let Some(other) = context.other.filter(|other| other != role && context.roles == roles)
        {
            self.notes.recalled = true;
            return vec![other, *role];
        }
        if self.notes.recalled {
            return roles;
        }
        // "How much more as an RN": the role spoken of before is the other one.
        if let ([role], Some(context)) = (roles.as_slice(), scene.context)
            && !context.roles.contains(role)
            && context.roles.len() == 1
            && self.compares_with_before()
        {
            self.notes.recalled = true;
            return vec![context.roles[0], *role];
        }
        roles
    }

    /// The roles named; in a long message those of the sentences that ask, where these name any.
    fn asked_roles(&self) -> Vec<RoleId> {
        let (reading, named) = (&self.scene.reading, &self.scene.found.roles);
        if reading.tokens.len() < LONG || named.len() < 2 {
            return named.clone();
        }
        let in_question = |role: &RoleId| {
            reading.names.iter().any(|name| {
                matches!(name.meaning, Meaning::Role(id) | Meaning::Abbreviation(id) if id == *role) && reading.asks(name.start)
            })
        };
        let asked: Vec<RoleId> = named.iter().copied().filter(in_question).collect();
        // "What degree is that": the one spoken of last.
        let refers = reading.all(Plain::PronounOne).any(|at| reading.asks(at));
        match (asked.is_empty(), refers) {
            (false, _) => asked,
            (true, true) => named.last().copied().into_iter().collect(),
            (true, false) => named.clone(),
        }
    }

    /// Whether nothing in the message is known: neither names nor everyday words.
    fn is_nonsense(&self) -> bool {
        let reading = &self.scene.reading;
        let known = |at: usize| {
            reading.stop[at]
                || reading.in_name(at)
                || reading.tokens[at].number.is_some()
                || !reading.classes(at).is_empty()
                || self.scene.lexicon.speller().knows(&reading.tokens[at])
        };
        let unknown = (0..reading.tokens.len()).filter(|at| !known(*at)).count() + reading.corrections.len();
        reading.names.is_empty() && unknown >= 2 && unknown * 2 > reading.tokens.len()
    }

    /// "Which is higher", "which of those needs less school": one among what was spoken of.
    fn choose_among(&mut self, roles: &[RoleId]) -> Option<Request> {
        let scene = self.scene;
        let context = scene.context?;
        let reading = &scene.reading;
        let which = reading.has(Plain::ChooseAmong) || reading.has(Plain::PronounMany);
        let measured = [Plain::High, Plain::Low, Plain::Fast, Plain::Short, Plain::More, Plain::Less];
        let asks = which && measured.iter().any(|class| reading.has(*class));
        if !asks || !crate::understanding::context::names_nothing(&scene.found) || reading.tokens.len() > SHORT {
            return None;
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
    fn measured(&self) -> Option<Label> {
        let reading = &self.scene.reading;
        (0..reading.tokens.len()).filter(|at| !reading.in_name(*at)).find_map(|at| {
            reading.classes(at).iter().find_map(|(class, _)| match class {
                Class::About(About::Pay) => Some(Label::Pay),
                Class::About(About::Growth) => Some(Label::Outlook),
                Class::About(About::Openings) => Some(Label::Openings),
                Class::About(About::Headcount) => Some(Label::Headcount),
                Class::About(About::Schooling) => Some(Label::Education),
                _ => None,
            })
        })
    }

    /// "How much more", "which is better": said of what was spoken of before.
    fn notes_more(&self) -> bool {
        let reading = &self.scene.reading;
        let compares = reading.has(Plain::More) || reading.has(Plain::ChooseAmong) || self.scene.labels.of(Label::Compare) >= SECOND;
        compares && reading.tokens.len() <= SHORT && crate::understanding::context::names_nothing(&self.scene.found)
    }

    fn compares_with_before(&self) -> bool {
        let reading = &self.scene.reading;
        if reading.is(0, Plain::Versus) || self.scene.recalled.roles.len() == 1 {
            return true;
        }
        let back = reading.has(Plain::PronounOne) || reading.has(Plain::PronounMany);
        let more = reading.has(Plain::More) || reading.has(Plain::Less) || reading.has(Plain::Comparison);
        (self.scene.labels.of(Label::Compare) >= SECOND && (back || more || reading.tokens.len() <= 6))
            || more && reading.tokens.len() <= 12 && self.scene.labels.of(Label::List) < WEAK
    }

    /// The role whose name the message says in other words: "assistant to physical therapists".
    fn reworded(&self, named: &[RoleId]) -> Option<RoleId> {
        let best = *self.scene.reworded().first()?;
        let Topic::Role(role) = best.topic else { return None };
        let new = !named.contains(&role) && best.words >= 2;
        (new && best.share * best.whole >= REWORDED * REWORDED && best.whole >= 0.99).then_some(role)
    }

    fn role_words(&self) -> String {
        let words: Vec<&str> = self.scene.reading.content().map(|at| self.scene.reading.tokens[at].word.as_str()).collect();
        words.join(" ")
    }

    /// A message that is nothing but names: all about a role, its pay in a state, a comparison, a trend.
    fn bare(&mut self, roles: &[RoleId]) -> Option<Request> {
        let scene = self.scene;
        if let Some(context) = scene.context
            && only_places(&scene.reading)
        {
            return self.elsewhere(context);
        }
        let content = scene.reading.content().next().is_some() || !scene.counted.money.is_empty();
        let said = scene.reading.tokens.len() > 4;
        if content || said || self.notes.recalled || scene.labels.top().1 > 0.8 && goes_on(&scene.reading) {
            return None;
        }
        if !scene.reading.stop.iter().enumerate().all(|(at, stop)| scene.reading.in_name(at) || !stop) {
            return None;
        }
        let mut ask = scene.ask();
        if let (Some(context), [role]) = (scene.context, roles)
            && !context.aspects.is_empty()
            && !context.roles.contains(role)
        {
            // "LPNs?": the same question of another role, in the same place.
            if ask.place.states.is_empty() {
                ask.place.states.clone_from(&context.states);
            }
            return Some(self.facts(*role, context.aspects.clone(), ask));
        }
        match (roles, scene.found.trends.as_slice()) {
            ([role], []) if ask.place.states.is_empty() => Some(self.facts(*role, Vec::new(), ask)),
            ([role], []) => Some(self.facts(*role, vec![Label::Pay], ask)),
            ([], [trend]) => Some(Request::Trend(*trend)),
            _ => None,
        }
    }

    /// The same as before, in another place.
    fn elsewhere(&mut self, context: &crate::understanding::Context) -> Option<Request> {
        let scene = self.scene;
        self.notes.recalled = true;
        let ask = scene.ask();
        if let Some(list) = &context.list {
            self.notes.same_list = true;
            return Some(Request::List(Filter { state: ask.place.states.first().copied(), ..(**list).clone() }));
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
            roles => Some(Request::Compare(Compare { roles: roles.to_vec(), aspects, ask })),
        }
    }

    fn group(&self, roles: &[RoleId]) -> (Group, f32) {
        let scene = self.scene;
        // Aspects of a job are near to one another and count together; reasons to refuse have nothing in common.
        let alone = |labels: &[Label]| scene.likeliest(labels).1;
        let sad = scene.labels.of(Label::Distress) + scene.labels.of(Label::Crisis);
        let mut groups = [
            (Group::Job, scene.mass(ASPECTS)),
            (Group::Several, scene.mass(SEVERAL)),
            (Group::Trend, scene.mass(TRENDS)),
            (Group::Bot, alone(TO_BOT)),
            (Group::Beside, alone(BESIDE)),
            (Group::Refused, alone(REFUSED).max(sad)),
        ];
        groups.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (group, sure) = groups[0];
        let reading = &scene.reading;
        if !matches!(group, Group::Refused | Group::Beside) {
            return (group, sure);
        }
        let (label, label_sure) = scene.likeliest(&[REFUSED, BESIDE].concat());
        if roles.len() == 2 && self.is_way(&[]) && label_sure < DOUBTFUL {
            return (Group::Job, label_sure);
        }
        // A level of schooling, and whether it is needed: asked of a role.
        let needed = reading.has(Plain::Need) && !conditions::named_levels(reading).is_empty();
        if !roles.is_empty() && needed && label_sure < DOUBTFUL && label == Label::Opinion {
            return (Group::Job, label_sure);
        }
        let next = |wanted: &[Group]| groups.iter().copied().find(|(group, _)| wanted.contains(group));
        // Sorrow and orders are not guessed.
        let guessed = matches!(label, Label::Distress | Label::Crisis) && sad < SAD || label == Label::Orders && label_sure < SAD;
        if group == Group::Refused && guessed {
            return next(&[Group::Job, Group::Several, Group::Trend, Group::Bot, Group::Beside]).unwrap_or((group, sure));
        }
        // A sum of money beside a role is held against its pay, however it is worded.
        if !roles.is_empty() && !scene.counted.money.is_empty() && (label_sure < DOUBTFUL || label == Label::Opinion) {
            return (Group::Job, label_sure);
        }
        // No other country is named.
        if matches!(label, Label::Abroad | Label::Visa) && scene.found.abroad.is_none() && label_sure < 0.9 {
            return next(&[Group::Job, Group::Several]).unwrap_or((group, sure));
        }
        // Conditions on jobs, or likings said in so many words, ask for a list or for ideas.
        let filter = self.filter();
        let wished = scene.found.feelings && !(scene.found.likes.is_empty() && scene.found.dislikes.is_empty());
        let listed = (filter.has_condition() || filter.order.is_some()) && (reading.has(Plain::Job) || reading.has(Plain::Field) || reading.tokens.len() <= SHORT);
        if roles.is_empty() && label_sure < DOUBTFUL && !matches!(label, Label::Crisis | Label::Medical | Label::Orders) && (listed || wished) {
            return (Group::Several, label_sure);
        }
        // A short follow-up goes on with the talk unless it is surely something else.
        let follows = self.notes.recalled && reading.tokens.len() <= SHORT;
        if follows && group == Group::Refused && sure < DOUBTFUL && label != Label::Crisis {
            return next(&[Group::Job, Group::Several, Group::Beside]).unwrap_or((group, sure));
        }
        (group, sure)
    }

    /// The aspects asked, likeliest first, then in the order of the question.
    fn aspects(&self) -> Vec<Label> {
        let labels = &self.scene.labels;
        let mut asked: Vec<(Label, f32)> = ASPECTS.iter().map(|label| (*label, labels.of(*label))).collect();
        asked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let least = ALSO.max(asked[0].1 * 0.3);
        let mut aspects: Vec<Label> = asked.iter().filter(|(_, sure)| *sure >= least).map(|(label, _)| *label).collect();
        if aspects.is_empty() && asked[0].1 >= 0.15 {
            aspects.push(asked[0].0);
        }
        // "Do I need a PhD": a level of schooling beside a need.
        let level = self.scene.reading.has(Plain::Need) && !conditions::named_levels(&self.scene.reading).is_empty();
        if level && asked[0].1 < DOUBTFUL && !aspects.contains(&Label::Education) {
            aspects = vec![Label::Education];
        }
        if self.scene.reading.has(Plain::Dollar) && !aspects.contains(&Label::Pay) && asked[0].0 != Label::Pay {
            aspects.insert(0, Label::Pay);
        }
        for (label, sure) in self.scene.clauses() {
            if sure >= CLAUSE && ASPECTS.contains(&label) && !aspects.contains(&label) && !aspects.is_empty() {
                aspects.push(label);
            }
        }
        aspects.truncate(3);
        aspects
    }

    fn facts(&self, role: RoleId, aspects: Vec<Label>, mut ask: Ask) -> Request {
        // What has no section of its own, and what the question's own words ask, stands in the role's text.
        let own = self.scene.own_stems();
        let about = aspects.first().copied();
        ask.sentences = sentences::find(self.scene.index, self.scene.knowledge, &[Topic::Role(role)], &own, about);
        Request::Facts(Facts { role, aspects, ask })
    }

    fn about_job(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let mut aspects = self.aspects();
        // A follow-up that asks nothing of its own goes on with what was asked.
        let (_, sure) = scene.likeliest(ASPECTS);
        if sure < WEAK && !scene.recalled.aspects.is_empty() {
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
        if let ([role], true) = (roles, scene.reading.has(Plain::Job) && !self.notes.recalled)
            && let Some(filter) = self.paid_beside(*role)
        {
            return Request::List(filter);
        }
        if let ([from, to], true) = (roles, self.notes.recalled && scene.reading.has(Plain::From) && scene.reading.has(Plain::PronounMany)) {
            return Request::Path(Path { from: Some(*from), to: Some(*to), ask: scene.ask() });
        }
        match roles {
            [] => self.without_role(aspects),
            [role] => self.about_one(*role, aspects),
            several => self.side_by_side(several, aspects),
        }
    }

    /// "Can I do that online", said of a way into a job: the program is meant, and not the work.
    fn program_online(&self, aspects: &[Label]) -> Option<Request> {
        let context = self.scene.context?;
        let way = [Label::Education, Label::Length, Label::Next, Label::Path, Label::Exam];
        let of_way = context.aspects.iter().any(|aspect| way.contains(aspect));
        let meant = aspects == [Label::Remote] && self.notes.recalled && self.scene.reading.has(Plain::PronounOne);
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
    fn abroad(&self, roles: &[RoleId]) -> Option<Request> {
        let scene = self.scene;
        let named = scene.found.abroad.is_some() && !scene.reading.has(Plain::Home) && scene.found.states.is_empty();
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

    fn about_one(&mut self, role: RoleId, aspects: Vec<Label>) -> Request {
        let scene = self.scene;
        let ask = scene.ask();
        // "From LPN to RN": a way between two jobs.
        let from = scene.found.background.first().copied().filter(|from| *from != role);
        let way = [Label::Next, Label::Education, Label::Length, Label::Path];
        if let Some(from) = from
            && aspects.iter().all(|aspect| way.contains(aspect))
        {
            return Request::Path(Path { from: Some(from), to: Some(role), ask });
        }
        if let Some(trend) = self.trend_of_outlook(&aspects) {
            return Request::TrendsOfRoles { roles: vec![role], trends: vec![trend] };
        }
        // "Can a dental assistant take x-rays in Texas": a place alone asks for no pay where other words ask something.
        let own = scene.own_stems();
        if aspects == [Label::Pay] && !scene.says_pay() && !own.is_empty() && !self.notes.recalled {
            let words: Vec<Unexplained> =
                scene.reading.content().map(|at| Unexplained { at, weight: 1.0 }).collect();
            return self.unexplained_of(role, &words, vec![Label::Duties], ask);
        }
        let unread = unexplained(scene, &aspects);
        let heavy: f32 = unread.iter().map(|word| word.weight).sum();
        let sure = aspects.first().map_or(0.0, |label| scene.labels.of(*label));
        let content = scene.reading.content().filter(|at| scene.reading.asks(*at)).count();
        let pay = aspects.contains(&Label::Pay) && scene.says_pay();
        if !pay && sure < UNSURE && heavy >= MUCH_UNEXPLAINED && unread.len() * 2 >= content {
            return self.unexplained_of(role, &unread, aspects, ask);
        }
        self.facts(role, aspects, ask)
    }

    /// "Will AI replace radiologists": how a trend changes a job, asked as its future.
    fn trend_of_outlook(&self, aspects: &[Label]) -> Option<TrendId> {
        let remote = |id: &TrendId| self.scene.knowledge.trend(*id).slug.as_str() == "remote-work";
        let trend = self.scene.found.trends.iter().copied().find(|id| !remote(id))?;
        let future = [Label::Outlook, Label::Openings, Label::Duties, Label::Tools];
        aspects.iter().all(|aspect| future.contains(aspect)).then_some(trend)
    }

    /// Something is asked that no label explains: the role's text may hold it, else it is not held.
    fn unexplained_of(
        &mut self,
        role: RoleId,
        unread: &[Unexplained],
        aspects: Vec<Label>,
        mut ask: Ask,
    ) -> Request {
        let scene = self.scene;
        let words: Vec<String> = unread.iter().map(|word| scene.reading.tokens[word.at].word.clone()).collect();
        let stems = scene.index.stems(&words.join(" "));
        let topics = [Topic::Role(role)];
        let found = sentences::find(scene.index, scene.knowledge, &topics, &stems, None);
        if found.first().is_some_and(|sentence| sentence.share >= HOLDS) {
            ask.sentences = found;
            return Request::Facts(Facts { role, aspects, ask });
        }
        self.notes.unread.clone_from(&words);
        let ask = Ask { sentences: found.clone(), ..ask };
        Request::NotHeld(NotHeld { topics: topics.to_vec(), about: None, words, ask, sentences: found })
    }

    fn side_by_side(&mut self, roles: &[RoleId], aspects: Vec<Label>) -> Request {
        let scene = self.scene;
        let roles: Vec<RoleId> = roles.iter().copied().take(MOST_ROLES).collect();
        if let ([from, to], true) = (roles.as_slice(), self.is_way(&aspects)) {
            return Request::Path(Path { from: Some(*from), to: Some(*to), ask: scene.ask() });
        }
        if let Some(trend) = self.trend_of_outlook(&aspects).filter(|_| !aspects.is_empty()) {
            return Request::TrendsOfRoles { roles, trends: vec![trend] };
        }
        Request::Compare(Compare { roles, aspects, ask: scene.ask() })
    }

    /// "Rad tech to MRI tech": two roles with nothing but "to" between them, and nothing of figures asked.
    fn is_way(&self, aspects: &[Label]) -> bool {
        let reading = &self.scene.reading;
        let role = |meaning| matches!(meaning, Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_));
        let named: Vec<_> = reading.names.iter().filter(|name| role(name.meaning)).collect();
        let joined = named.windows(2).any(|pair| pair[0].end() + 1 == pair[1].start && reading.is(pair[0].end(), Plain::To));
        let figures = [Label::Pay, Label::Outlook, Label::Openings, Label::Headcount];
        joined && !aspects.iter().any(|aspect| figures.contains(aspect))
    }

    /// An aspect is asked, and no role is named: a word with readings, a job outside, a description, a list.
    fn without_role(&mut self, aspects: Vec<Label>) -> Request {
        let scene = self.scene;
        let found = &scene.found;
        if let Some(readings) = found.readings.clone() {
            return self.of_readings(readings, aspects);
        }
        if let Some(refusal) = self.other_job() {
            return Request::Refuse(refusal);
        }
        if let Some(trend) = found.trends.first() {
            return Request::Trend(*trend);
        }
        if let Some((_, roles)) = found.credentials.iter().find(|(_, roles)| !roles.is_empty()) {
            let ask = scene.ask();
            return match roles.as_slice() {
                [role] => self.facts(*role, aspects, ask),
                several => Request::Compare(Compare { roles: several.to_vec(), aspects, ask }),
            };
        }
        let filter = self.filter();
        let jobs = scene.reading.has(Plain::Job) || scene.reading.has(Plain::Field);
        if (filter.has_condition() || filter.order.is_some()) && (scene.mass(SEVERAL) > 0.1 || jobs) {
            return self.list(filter);
        }
        if scene.found.feelings && (!scene.found.likes.is_empty() || !scene.found.dislikes.is_empty()) {
            return self.suggest(Filter { traits: Vec::new(), avoid: Vec::new(), order: None, ..filter });
        }
        if let Some(request) = self.by_description(&aspects) {
            return request;
        }
        let unread = unexplained(scene, &aspects);
        if unread.iter().map(|word| word.weight).sum::<f32>() < MUCH_UNEXPLAINED && !aspects.is_empty() {
            return Request::Refuse(Refusal::NoRole(aspects[0]));
        }
        Request::Refuse(Refusal::Unknown)
    }

    /// A word of several readings: settled by the other words of the question, else asked.
    fn of_readings(&mut self, readings: Readings, aspects: Vec<Label>) -> Request {
        let scene = self.scene;
        let among = |role: &RoleId| readings.roles.contains(role);
        let best = scene.reworded().into_iter().find_map(|found| match found.topic {
            Topic::Role(role) if among(&role) && found.words >= 2 && found.whole >= 0.6 => Some(role),
            _ => None,
        });
        if let Some(role) = best.or_else(|| self.settled(&readings)) {
            return self.about_one(role, aspects);
        }
        // "Dialysis tech": half of a title with a word before it that no role bears.
        if let Some(title) = self.unknown_title() {
            return Request::Refuse(Refusal::UnknownJob(title));
        }
        let place = scene.place();
        Request::Clarify(Clarify { readings, aspects, place })
    }

    /// The one reading whose title holds a further word of the message: "RTs, respiratory".
    fn settled(&self, readings: &Readings) -> Option<RoleId> {
        let scene = self.scene;
        let words: Vec<&str> = (0..scene.reading.tokens.len())
            .filter(|at| !scene.reading.stop[*at] && !scene.reading.denied[*at])
            .map(|at| scene.reading.tokens[at].stem.as_str())
            .collect();
        let held = |role: &RoleId| {
            let title = scene.knowledge.role(*role).title.to_lowercase();
            let mut parts = title.split([' ', '-']);
            parts.any(|part| words.contains(&part) && !readings.term.to_lowercase().contains(part))
        };
        let mut fitting = readings.roles.iter().copied().filter(held);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// Half of a title with words before it that nothing explains: the job is not known.
    fn unknown_title(&self) -> Option<String> {
        let reading = &self.scene.reading;
        let half = reading.all(Plain::TitleHalf).find(|at| *at > 0 && reading.together(*at - 1, *at))?;
        let own = |at: usize| !reading.stop[at] && reading.tokens[at].number.is_none() && reading.classes(at).is_empty();
        let from = (0..half).rev().take_while(|at| own(*at) && reading.together(*at, half)).last()?;
        let words = from..=half;
        Some(words.map(|at| reading.tokens[at].word.as_str()).collect::<Vec<_>>().join(" "))
    }

    fn other_job(&self) -> Option<Refusal> {
        let found = &self.scene.found;
        if !found.outside.is_empty() && found.roles.is_empty() && found.trends.is_empty() {
            return Some(Refusal::OtherJob(found.outside.clone()));
        }
        None
    }

    /// A role told in everyday words: "who draws blood".
    fn by_description(&mut self, aspects: &[Label]) -> Option<Request> {
        let scene = self.scene;
        let found = scene.described();
        let (role, best) = *found.first()?;
        let second = found.get(1).map_or(0.0, |(_, second)| second.score);
        let lead = best.score / second.max(f32::EPSILON);
        let fits = best.words >= 2 && (best.share >= 0.45 && lead >= 1.1 || best.share >= 0.6 || best.words >= 3 && lead >= 1.5);
        if !fits {
            return None;
        }
        let close = found.iter().take_while(|(_, other)| other.score >= best.score * 0.75).map(|(role, _)| *role);
        self.notes.reading = Some(Readings { term: String::new(), roles: close.take(MOST_ROLES).collect() });
        let asked: Vec<Label> = aspects.iter().copied().filter(|aspect| *aspect != Label::Duties).collect();
        Some(self.facts(role, asked, scene.ask()))
    }

    fn filter(&self) -> Filter {
        let scene = self.scene;
        let mut filter = conditions::read(scene.knowledge, &scene.reading, &scene.found, &scene.counted);
        conditions::narrow(&scene.found, &mut filter);
        filter.state = scene.place().states.first().copied();
        if filter.remote.is_empty() && scene.found.trends.iter().any(|id| scene.knowledge.trend(*id).slug.as_str() == "remote-work") {
            filter.remote = &[crate::knowledge::terms::Remote::Yes];
        }
        filter
    }

    fn list(&mut self, mut filter: Filter) -> Request {
        let scene = self.scene;
        let remote = |id: &TrendId| scene.knowledge.trend(*id).slug.as_str() == "remote-work";
        let says_trend = scene.reading.has(Plain::TrendWord) || scene.mass(TRENDS) > WEAK;
        filter.trend = scene.found.trends.iter().copied().find(|id| !remote(id)).filter(|_| says_trend);
        Request::List(filter)
    }

    fn about_several(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let (label, _) = scene.likeliest(SEVERAL);
        let aspects = self.aspects();
        match (label, roles) {
            (Label::Compare | Label::Choose | Label::Suggest, [_, _, ..]) => self.side_by_side(roles, aspects),
            (Label::List, [_, _, ..]) if !self.notes.recalled => self.side_by_side(roles, aspects),
            (Label::Path, _) => self.path(roles),
            (Label::List | Label::Suggest | Label::Choose, _) => self.wishes(label, roles),
            (_, [role]) => self.against(*role, aspects),
            _ => self.without_role(aspects),
        }
    }

    /// One role, compared: with a state, a job outside, or with what all jobs pay.
    fn against(&mut self, role: RoleId, aspects: Vec<Label>) -> Request {
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

    fn path(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let ask = scene.ask();
        let background = scene.found.background.first().copied();
        match (background, roles) {
            (Some(from), [to, ..]) if from != *to => Request::Path(Path { from: Some(from), to: Some(*to), ask }),
            (Some(from), _) => Request::Path(Path { from: Some(from), to: None, ask }),
            (None, [from, to]) => Request::Path(Path { from: Some(*from), to: Some(*to), ask }),
            (None, [to, ..]) => Request::Path(Path { from: None, to: Some(*to), ask }),
            (None, []) => self.wishes(Label::Suggest, roles),
        }
    }

    /// "Jobs that pay more than a nurse": the least or the most that they pay.
    fn paid_beside(&self, role: RoleId) -> Option<Filter> {
        let scene = self.scene;
        let reading = &scene.reading;
        let more = reading.has(Plain::More) && !reading.has(Plain::Less);
        if !reading.has(Plain::Comparison) || !(more || reading.has(Plain::Less)) {
            return None;
        }
        let role = scene.knowledge.role(role);
        let median = f64::from(scene.knowledge.figures.national.get(&role.soc)?.median.at_least()?);
        let (pay_min, pay_max) = if more { (Some(median + 1.0), None) } else { (None, Some(median - 1.0)) };
        let filter = self.filter();
        let same = reading.has(Plain::Same) && reading.has(Plain::Schooling);
        let level = scene.knowledge.figures.projections.get(&role.soc).and_then(|row| row.entry_education);
        let education_max = filter.education_max.or(level.filter(|_| same));
        Some(Filter { pay_min, pay_max, education_max, order: None, family: None, ..filter })
    }

    /// A list by conditions, ideas by likings, or how to choose.
    fn wishes(&mut self, label: Label, roles: &[RoleId]) -> Request {
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
        let unread: f32 = unexplained(scene, &[label]).iter().map(|word| word.weight).sum();
        let asks_nothing = !filter.has_condition() && filter.order.is_none();
        if asks_nothing && unread >= HALF_UNEXPLAINED && found.trends.is_empty() && label == Label::List {
            return self.by_description(&[]).unwrap_or(Request::Refuse(Refusal::Unknown));
        }
        if filter.has_condition() || filter.order.is_some() || filter.state.is_some() || scene.reading.has(Plain::Field) {
            if label == Label::Choose && !filter.has_condition() {
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
            return Request::RolesOfTrend { trend: *trend, safe: false };
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

    fn suggest(&self, filter: Filter) -> Request {
        let scene = self.scene;
        let described = scene.described();
        let described = described.iter().take(6).map(|(role, fit)| (*role, fit.share)).collect();
        Request::Suggest(Suggest {
            likes: scene.found.likes.clone(),
            dislikes: scene.found.dislikes.clone(),
            filter,
            background: scene.found.background.clone(),
            described,
            words: scene.ask().words,
        })
    }

    /// The list shown before, with these conditions: "only remote ones", "which of those pays most".
    fn narrowed(&self, filter: &Filter) -> Option<Filter> {
        let scene = self.scene;
        let context = scene.context?;
        let back = scene.reading.has(Plain::PronounMany) || goes_on(&scene.reading);
        let plain_list = scene.reading.all(Plain::Job).any(|at| !scene.reading.ends_before(at, Plain::PronounMany))
            && !scene.reading.has(Plain::PronounMany);
        if !(filter.has_condition() || filter.order.is_some()) || !back || plain_list {
            return None;
        }
        let before = match (&context.list, context.shown.len()) {
            (Some(list), _) => (**list).clone(),
            (None, 2..) => Filter { among: context.shown.clone(), ..Filter::default() },
            _ => return None,
        };
        Some(before.narrowed(filter.clone()))
    }

    fn about_trend(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let (label, sure) = scene.likeliest(TRENDS);
        let filter = self.filter();
        let remote = |id: &TrendId| scene.knowledge.trend(*id).slug.as_str() == "remote-work";
        let only_remote = scene.found.trends.iter().all(remote);
        let says_trend = scene.reading.has(Plain::TrendWord)
            || scene.reading.has(Plain::Future)
            || sure >= DOUBTFUL && !only_remote;
        // "Mental health jobs from my flat": conditions on jobs, and no trend.
        let jobs = scene.reading.has(Plain::Job) || scene.reading.has(Plain::Field);
        let besides = Filter { remote: &[], ..filter.clone() }.has_condition();
        if roles.is_empty() && !says_trend && filter.has_condition() && (jobs || besides) {
            return self.list(filter);
        }
        if roles.is_empty() && !says_trend && !scene.found.trends.is_empty() && scene.found.trends.iter().all(remote) {
            return self.without_role(vec![Label::Remote]);
        }
        if let ([_, ..], true, false) = (roles, scene.found.trends.iter().all(remote), says_trend)
            && !scene.found.trends.is_empty()
        {
            return self.about_one(roles[0], vec![Label::Remote]);
        }
        let trends = if scene.found.trends.is_empty() { &scene.recalled.trends } else { &scene.found.trends };
        let trend = trends.first().copied().or_else(|| self.described_trend());
        let named = !scene.found.roles.is_empty() || self.notes.recalled;
        match (label, trend, roles) {
            (Label::RoleTrends, _, [_, ..]) => {
                Request::TrendsOfRoles { roles: roles.to_vec(), trends: trends.clone() }
            }
            (Label::Trend | Label::TrendRoles, Some(_), [_, ..]) if named && !scene.found.trends.is_empty() => {
                Request::TrendsOfRoles { roles: roles.to_vec(), trends: trends.clone() }
            }
            (_, None, [_, ..]) if named => Request::TrendsOfRoles { roles: roles.to_vec(), trends: Vec::new() },
            (Label::TrendRoles, Some(trend), _) => Request::RolesOfTrend { trend, safe: false },
            (Label::TrendsAll, Some(trend), _) if !scene.found.trends.is_empty() => Request::Trend(trend),
            (Label::TrendsAll, _, _) | (_, None, _) => self.all_trends(label),
            (_, Some(trend), _) => Request::Trend(trend),
        }
    }

    fn all_trends(&self, label: Label) -> Request {
        let unread = unexplained(self.scene, &[label]);
        let heavy: f32 = unread.iter().map(|word| word.weight).sum();
        if heavy >= 2.0 * MUCH_UNEXPLAINED && self.scene.labels.of(label) < 0.5 {
            return Request::Refuse(Refusal::Unknown);
        }
        Request::Trends
    }

    /// A trend told in other words.
    fn described_trend(&self) -> Option<TrendId> {
        let best = self.scene.reworded().into_iter().find(|found| matches!(found.topic, Topic::Trend(_)))?;
        match best.topic {
            Topic::Trend(trend) if best.whole >= 0.7 => Some(trend),
            _ => None,
        }
    }

    fn to_bot(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let (label, _) = scene.likeliest(TO_BOT);
        let topic = !roles.is_empty() || !scene.found.trends.is_empty();
        match label {
            Label::Define => self.define(roles),
            Label::More => self.more(roles),
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

    fn define(&mut self, roles: &[RoleId]) -> Request {
        let places = self.scene.definitions();
        if !places.is_empty() {
            return Request::Define(places);
        }
        if let Some((_, own)) = self.scene.found.credentials.iter().find(|(_, roles)| !roles.is_empty()) {
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

    fn more(&mut self, roles: &[RoleId]) -> Request {
        let ask = self.scene.ask();
        let trends = &self.scene.recalled.trends;
        match (roles, trends.first(), self.scene.context) {
            ([role], _, _) => self.facts(*role, Vec::new(), ask),
            ([_, _, ..], _, _) => Request::Compare(Compare { roles: roles.to_vec(), aspects: Vec::new(), ask }),
            ([], Some(trend), _) => Request::Trend(*trend),
            ([], None, Some(context)) if context.list.is_some() => {
                let list = context.list.as_deref().cloned().unwrap_or_default();
                self.notes.same_list = true;
                Request::List(list)
            }
            _ => Request::Talk(SmallTalk::Help),
        }
    }

    /// Something that no section holds: a sentence of the role's text may; else it is said to be not held.
    fn beside(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let (label, _) = scene.likeliest(BESIDE);
        if label == Label::Abroad && scene.found.abroad.is_none() && scene.labels.of(label) < CRISIS_SURE {
            let aspects = self.aspects();
            if !roles.is_empty() && !aspects.is_empty() {
                return self.about_one(roles[0], aspects);
            }
        }
        if roles.is_empty() && let Some(refusal) = self.other_job().filter(|_| label == Label::Opinion) {
            return Request::Refuse(refusal);
        }
        let topics = Scene::topics(roles);
        if let (Label::Compact, [role]) = (label, roles) {
            return Request::Facts(Facts { role: *role, aspects: vec![label], ask: scene.ask() });
        }
        let own = scene.own_stems();
        let found = sentences::find(scene.index, scene.knowledge, &topics, &own, Some(label));
        let ask = scene.ask();
        let held = found.first().is_some_and(|sentence| holds_own(sentence));
        if let ([role], true) = (roles, held) {
            return Request::Facts(Facts { role: *role, aspects: vec![label], ask: Ask { sentences: found, ..ask } });
        }
        Request::NotHeld(NotHeld { topics, about: Some(label), words: Vec::new(), ask, sentences: found })
    }

    fn refused(&mut self) -> Request {
        let scene = self.scene;
        let (label, _) = scene.likeliest(REFUSED);
        Request::Refuse(match label {
            Label::Distress => Refusal::Distress,
            Label::Crisis => Refusal::Distress,
            Label::OffTopic => match self.other_job() {
                Some(job) => job,
                None => Refusal::Unknown,
            },
            other => Refusal::About(other),
        })
    }
}

/// Whether a sentence holds most of what was asked in the question's own words.
fn holds_own(sentence: &Sentence) -> bool {
    sentence.share >= HOLDS
}
