//! Which roles a message is about: named, the writer's own, spoken of before, reworded, described, or one of several readings.

use crate::knowledge::language::{About, Label, Plain};
use crate::knowledge::{RoleId, Topic};
use crate::text::singular;
use crate::understanding::context::names_nothing;
use crate::understanding::lexicon::Meaning;
use crate::understanding::mentions::Readings;
use crate::understanding::plan::{LONG, Planner, REWORDED, SECOND, SHORT, WEAK};
use crate::understanding::request::{Clarify, Refusal, Request};

/// Share of a name that a message must hold to settle a word of several readings, and share of the message.
const OF_NAME: f32 = 0.6;
const OF_MESSAGE: f32 = 0.25;

impl Planner<'_, '_> {
    /// The roles that the message is about: named, else the writer's own, else spoken of before, else reworded.
    pub(super) fn roles(&mut self) -> Vec<RoleId> {
        let scene = self.scene;
        let found = &scene.found;
        let mut roles = self.asked_roles();
        self.notes.reading.clone_from(&found.beside);
        if roles.is_empty() && found.readings.is_none() {
            roles.clone_from(&found.background);
        }
        // "Anesthetist nurse": two single words that are one title together.
        let reworded = (roles.is_empty() || roles.len() <= 2 && found.single_word)
            && scene.recalled.roles.is_empty()
            && found.outside.is_empty();
        if reworded && let Some(role) = self.reworded(&roles) {
            self.notes.reading = Some(Readings {
                term: self.role_words(),
                roles: vec![role],
            });
            return vec![role];
        }
        if roles.is_empty()
            && let Some(readings) = &found.readings
            && let Some(role) = self.closest_to_last(readings)
        {
            self.notes.reading = Some(Readings {
                roles: vec![role],
                ..readings.clone()
            });
            roles.push(role);
        }
        if roles.is_empty()
            && let Some(readings) = &found.readings
            && (found.first_reading || readings.roles.len() == 1)
        {
            self.notes.reading = Some(readings.clone());
            roles.extend(readings.roles.first());
        }
        if roles.is_empty() && found.readings.is_none() {
            match found
                .credentials
                .iter()
                .map(|(_, roles)| roles)
                .find(|roles| !roles.is_empty())
            {
                Some(own) if own.len() == 1 => roles.extend(own),
                _ => {}
            }
        }
        if roles.is_empty()
            && found.readings.is_none()
            && found.outside.is_empty()
            && !scene.recalled.roles.is_empty()
        {
            self.notes.recalled = true;
            roles.clone_from(&scene.recalled.roles);
        }
        // "How much more would I get", after "and for an RN?": the role before that one.
        if let ([role], Some(context), true) = (roles.as_slice(), scene.context, self.notes_more())
            && let Some(other) = context
                .other
                .filter(|other| other != role && context.roles == roles)
        {
            self.notes.recalled = true;
            return vec![other, *role];
        }
        // "I'm an RN pondering NP school, which of the two": the writer's own is one of them.
        if let ([role], [own]) = (roles.as_slice(), found.background.as_slice())
            && role != own
            && scene.reading.has(Plain::PronounMany)
            && scene.reading.has(Plain::ChooseAmong)
        {
            return vec![*own, *role];
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
    pub(super) fn asked_roles(&self) -> Vec<RoleId> {
        let (reading, named) = (&self.scene.reading, &self.scene.found.roles);
        if reading.tokens.len() < LONG || named.len() < 2 {
            return named.clone();
        }
        let in_question = |role: &RoleId| {
            reading.names.iter().any(|name| {
                matches!(name.meaning, Meaning::Role(id) | Meaning::Abbreviation(id) if id == *role)
                    && reading.asks(name.start)
            })
        };
        let asked: Vec<RoleId> = named.iter().copied().filter(in_question).collect();
        // "What degree is that": the one spoken of last.
        let several = reading.all(Plain::PronounMany).any(|at| reading.asks(at));
        let refers = !several && reading.all(Plain::PronounOne).any(|at| reading.asks(at));
        // "I'm an RN and thought of NP school. What is needed on top of my BSN": the writer's own is not asked about.
        let own = &self.scene.found.background;
        let only_own = asked.iter().all(|role| own.contains(role));
        match (only_own, refers) {
            (false, _) => asked,
            (true, true) => named.last().copied().into_iter().collect(),
            (true, false) => named.clone(),
        }
    }

    /// "How much more", "which is better": said of what was spoken of before.
    pub(super) fn notes_more(&self) -> bool {
        let reading = &self.scene.reading;
        let compares = reading.has(Plain::More)
            || reading.has(Plain::ChooseAmong)
            || self.scene.labels.of(Label::Compare) >= SECOND;
        compares && reading.tokens.len() <= SHORT && names_nothing(&self.scene.found)
    }

    pub(super) fn compares_with_before(&self) -> bool {
        let reading = &self.scene.reading;
        if reading.is(0, Plain::Versus) || self.scene.recalled.roles.len() == 1 {
            return true;
        }
        let back = reading.points_back();
        let more =
            reading.has(Plain::More) || reading.has(Plain::Less) || reading.has(Plain::Comparison);
        (self.scene.labels.of(Label::Compare) >= SECOND
            && (back || more || reading.tokens.len() <= 6))
            || more && reading.tokens.len() <= 12 && self.scene.labels.of(Label::List) < WEAK
    }

    /// The role whose name the message says in other words: "assistant to physical therapists".
    pub(super) fn reworded(&self, named: &[RoleId]) -> Option<RoleId> {
        let best = *self.scene.reworded().first()?;
        let Topic::Role(role) = best.topic else {
            return None;
        };
        let new = !named.contains(&role) && best.words >= 2 && self.holds_the_names(best.document);
        (new && best.share * best.whole >= REWORDED * REWORDED && best.whole >= 0.99)
            .then_some(role)
    }

    /// Whether a title is said in one piece, with each role named in the message as a part of it: "anesthetist nurse" is one
    /// of two names; "which industry pays pharmacists" names no industrial pharmacist.
    fn holds_the_names(&self, document: usize) -> bool {
        let (scene, reading) = (self.scene, &self.scene.reading);
        let Some(title) = scene.index.documents().get(document) else {
            return false;
        };
        let written = title.text(scene.knowledge).to_lowercase();
        let title = scene.index.stems(title.text(scene.knowledge));
        let in_title = |at: usize| {
            // "RN education" is no nurse educator.
            let asked = reading.is_about(at, About::Schooling);
            if asked && !written.contains(&reading.tokens[at].word) {
                return false;
            }
            let word = scene.lexicon.described_as(&reading.tokens[at].word);
            scene
                .index
                .stems(word)
                .iter()
                .any(|stem| title.contains(stem))
        };
        let held: Vec<usize> = (0..reading.tokens.len())
            .filter(|at| in_title(*at))
            .collect();
        let (Some(first), Some(last)) = (held.first(), held.last()) else {
            return false;
        };
        let one_piece = (*first..=*last).all(|at| held.contains(&at) || reading.stop[at]);
        let mut names = reading
            .names
            .iter()
            .filter(|name| name.meaning.may_be_role());
        let named = names.clone().next().is_some();
        !named || one_piece && names.all(|name| held.iter().any(|at| name.holds(*at)))
    }

    pub(super) fn role_words(&self) -> String {
        let words: Vec<&str> = self
            .scene
            .reading
            .content()
            .map(|at| self.scene.reading.tokens[at].word.as_str())
            .collect();
        words.join(" ")
    }

    /// "What about techs", where a vet was spoken of: the closest related job whose name ends in the word.
    fn closest_to_last(&self, readings: &Readings) -> Option<RoleId> {
        let knowledge = self.scene.knowledge;
        let [last] = self.scene.context?.roles.as_slice() else {
            return None;
        };
        let near = &knowledge.role(*last).related;
        let word = singular(&readings.term.to_lowercase()).into_owned();
        let ends = |name: &String| {
            let name = name.to_lowercase();
            name.rsplit(' ')
                .next()
                .is_some_and(|end| singular(end) == word)
        };
        let mut fitting = near.iter().copied().filter(|id| {
            let role = knowledge.role(*id);
            let mut names = role.aliases.iter().chain([&role.title]);
            names.any(ends)
        });
        // The closest stands first.
        fitting.next()
    }

    /// The one reading whose title holds a further word of the message: "RTs, respiratory".
    pub(super) fn settled(&self, readings: &Readings) -> Option<RoleId> {
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

    /// A word of several readings: settled by the other words of the question, else asked.
    pub(super) fn of_readings(&mut self, readings: Readings, aspects: Vec<Label>) -> Request {
        let scene = self.scene;
        let among = |role: &RoleId| readings.roles.contains(role);
        let best = scene
            .reworded()
            .into_iter()
            .find_map(|found| match found.topic {
                Topic::Role(role)
                    if among(&role)
                        && found.words >= 2
                        && found.whole >= OF_NAME
                        && found.share >= OF_MESSAGE =>
                {
                    Some(role)
                }
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
        Request::Clarify(Clarify {
            readings,
            aspects,
            place,
        })
    }

    /// Half of a title with words before it that nothing explains: the job is not known.
    pub(super) fn unknown_title(&self) -> Option<String> {
        let reading = &self.scene.reading;
        let half = reading
            .all(Plain::TitleHalf)
            .find(|at| *at > 0 && reading.together(*at - 1, *at))?;
        let part = |at: usize| !reading.stop[at] && reading.tokens[at].number.is_none();
        let from = (0..half)
            .rev()
            .take_while(|at| part(*at) && reading.together(*at, half))
            .last()?;
        // "Hospital tech" has no word of its own; "elint analysis technician" has one.
        (from..half).find(|at| reading.classes(*at).is_empty())?;
        let words = from..=half;
        Some(
            words
                .map(|at| reading.tokens[at].word.as_str())
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    pub(super) fn other_job(&self) -> Option<Refusal> {
        let found = &self.scene.found;
        if !found.outside.is_empty() && found.roles.is_empty() && found.trends.is_empty() {
            return Some(Refusal::OtherJob(found.outside.clone()));
        }
        None
    }
}
