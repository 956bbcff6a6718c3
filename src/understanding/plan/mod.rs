//! What one message asks: labels, names and passages, weighed into one request.
//!
//! The labels say what kind of thing is asked; the names say of what; what nothing explains says that it is something else.

mod beside;
mod described;
mod group;
mod job;
mod roles;
mod several;
mod talk;
mod trends;

use crate::knowledge::language::{Label, Plain};
use crate::understanding::context::only_places;
use crate::understanding::evidence::Notes;
use crate::understanding::lexicon::{Meaning, Span};
use crate::understanding::request::{Refusal, Request};
use crate::understanding::scene::Scene;

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
pub(super) const SEVERAL: &[Label] = &[
    Label::Compare,
    Label::List,
    Label::Suggest,
    Label::Path,
    Label::Choose,
];
/// Labels of trends.
pub(super) const TRENDS: &[Label] = &[
    Label::Trend,
    Label::TrendRoles,
    Label::RoleTrends,
    Label::TrendsAll,
];
/// Labels of talk with the bot.
pub(super) const TO_BOT: &[Label] = &[
    Label::Greeting,
    Label::Thanks,
    Label::Help,
    Label::Sources,
    Label::Define,
    Label::More,
];
/// What may be asked of a job and is not held as a figure or a section of its own.
pub(super) const BESIDE: &[Label] = &[
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
pub(super) const REFUSED: &[Label] = &[
    Label::Medical,
    Label::OffTopic,
    Label::Orders,
    Label::Distress,
    Label::Crisis,
];

/// From this probability on, help comes first and nothing else; see CONTRIBUTING for what it was measured on.
pub(super) const CRISIS_SURE: f32 = 0.38;
/// The same where pay is told, or ways to better work were spoken of.
pub(super) const CRISIS_AT_WORK: f32 = 0.7;
/// The same for a message that is surely sad, where danger is likely enough.
pub(super) const CRISIS_IF_SAD: f32 = 0.2;
/// From here on, a sentence of a story tells of danger by itself.
pub(super) const CRISIS_TOLD: f32 = 0.25;
/// From here on, crisis and distress together make danger that is told in so many words one's own.
pub(super) const DANGER_SAID: f32 = 0.2;
/// From here on, crisis and distress together make a message surely sad.
pub(super) const SURELY_SAD: f32 = 0.7;
/// From this probability on, a line of help stands under the answer.
pub(crate) const CRISIS_POSSIBLE: f32 = 0.1;
/// The same where nothing of what was asked is answered.
pub(crate) const CRISIS_UNANSWERED: f32 = 0.08;
/// From this probability on, a second label is asked, too.
pub(super) const SECOND: f32 = 0.25;
/// From this probability on, a second aspect of the same job is asked, too.
pub(crate) const ALSO: f32 = 0.18;
/// Below this, a word for pay outweighs what the labels say of a job.
pub(super) const UNSURE_OF_PAY: f32 = 0.6;
/// From this probability on, a clause of its own asks something of its own.
pub(super) const CLAUSE: f32 = 0.55;
/// Below this, a label alone decides nothing.
pub(super) const WEAK: f32 = 0.3;
/// Share of a name's weight, both ways, from which a reworded name is that name.
pub(super) const REWORDED: f32 = 0.62;
/// Weight of words that nothing explains, together, from which something else is asked.
pub(super) const MUCH_UNEXPLAINED: f32 = 0.9;
/// A message of so many words tells a story.
pub(super) const LONG: usize = 25;
/// A follow-up has at most so many words.
pub(super) const SHORT: usize = 10;
/// From this on, somebody is taken to be sad, or to order the bot about.
pub(super) const SAD: f32 = 0.55;
/// Below this, what would be refused may be a question whose words say that it is one.
pub(super) const DOUBTFUL: f32 = 0.75;
/// Below this, a list with conditions may be asked for beside a remark about anything else.
pub(super) const SURELY_ELSE: f32 = 0.65;
/// From here on, an opinion is asked for, whatever figure is named with it.
pub(super) const SURELY_OPINION: f32 = 0.95;
/// Below this, a label does not outweigh words that nothing explains.
pub(super) const UNSURE: f32 = 0.45;
/// The same, for a list with no condition that was read.
pub(super) const HALF_UNEXPLAINED: f32 = 0.6;
/// Most roles side by side.
pub(super) const MOST_ROLES: usize = 4;

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
    Planner {
        scene,
        notes: notes(scene),
    }
    .decide()
}

/// The occupations outside that the sentences that ask name: what somebody did before is no question.
fn asked_outside(scene: &Scene<'_>) -> Vec<u16> {
    let asked =
        |place: &u16| {
            scene.reading.names.iter().any(|name| {
                name.meaning == Meaning::Outside(*place) && scene.reading.asks(name.start)
            })
        };
    scene.found.outside.iter().copied().filter(asked).collect()
}

/// The names held against each other that are one role here; none where they are spelled alike, or several roles are named.
fn one_role(scene: &Scene<'_>) -> Vec<String> {
    let reading = &scene.reading;
    let [role] = scene.found.roles.as_slice() else {
        return Vec::new();
    };
    let named: Vec<&Span> = reading
        .names
        .iter()
        .filter(|name| name.meaning.is_of(*role))
        .collect();
    // "PT (physical therapist)" says one name twice.
    let joined = named
        .windows(2)
        .any(|pair| (pair[0].end()..pair[1].start).any(|at| reading.joins(at)));
    let compared = reading.has(Plain::Versus) || scene.labels.of(Label::Compare) >= SECOND;
    if !joined || !compared {
        return Vec::new();
    }
    let mut names: Vec<(String, String)> = named
        .into_iter()
        .map(|name| {
            let words = reading.words(name.start, name.len);
            let stems = scene.index.stems(&words).join(" ");
            let upper = reading.tokens[name.start].upper || name.len == 1 && words.len() <= 4;
            let words = if upper { words.to_uppercase() } else { words };
            (stems, format!("\"{words}\""))
        })
        .collect();
    names.sort();
    names.dedup_by(|a, b| a.0 == b.0);
    if names.len() < 2 {
        return Vec::new();
    }
    names.into_iter().map(|(_, words)| words).collect()
}

fn notes(scene: &Scene<'_>) -> Notes {
    Notes {
        corrections: scene.reading.corrections.clone(),
        outside: asked_outside(scene),
        one_role: one_role(scene),
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
        let sad = scene.labels.danger() >= SURELY_SAD;
        // Danger in so many words needs little more to be believed.
        if scene.reading.has(Plain::Danger) && scene.labels.danger() >= DANGER_SAID {
            return self.done(Request::Refuse(Refusal::Crisis), crisis.max(DANGER_SAID));
        }
        let wish = scene.tells_a_taste();
        // Who tells what they earn, or goes on about ways to better work, speaks of work unless they surely do not.
        let work = !scene.counted.money.is_empty()
            || scene.context.is_some_and(|context| context.story.is_some());
        let sure = match (wish, work) {
            (true, _) => SURELY_SAD,
            (_, true) => CRISIS_AT_WORK,
            _ => CRISIS_SURE,
        };
        // A story has many words; one of its sentences tells of danger by itself, where there is any.
        let told = scene.reading.tokens.len() < LONG
            || crisis < CRISIS_IF_SAD
            || scene.in_one_sentence(Label::Crisis) >= CRISIS_TOLD;
        // "Sorry, I meant New Jersey": nothing but a place is said.
        let place = || !scene.found.states.is_empty() && only_places(&scene.reading);
        if told && (crisis >= sure || sad && !wish && !work && crisis >= CRISIS_IF_SAD) && !place()
        {
            return self.done(Request::Refuse(Refusal::Crisis), crisis);
        }
        let roles = self.roles();
        if let Some(plan) = self.bare(&roles).or_else(|| self.choose_among(&roles)) {
            return self.done(plan, 1.0);
        }
        if let Some(request) = self.which_job() {
            return self.done(request, scene.labels.of(Label::WhichJob));
        }
        if self.is_nonsense() {
            return self.done(Request::Refuse(Refusal::Unknown), 1.0);
        }
        if let Some(filter) = self.of_field(&roles) {
            let list = self.list(filter);
            return self.done(list, 1.0);
        }
        let (group, sure) = self.group(&roles);
        let request = match group {
            Group::Refused => self.refused(),
            Group::Bot => self.talk_to_bot(&roles),
            Group::Trend => self.about_trend(&roles),
            Group::Several => self.about_several(&roles),
            Group::Beside => self.beside(&roles),
            Group::Job => self.about_job(&roles),
        };
        self.done(request, sure)
    }

    fn done(mut self, request: Request, confidence: f32) -> Plan {
        if matches!(request, Request::Facts(_) | Request::Compare(_)) {
            self.notes.not_held = self.not_held_beside(&request);
        }
        Plan {
            request,
            confidence,
            notes: self.notes,
        }
    }
}
