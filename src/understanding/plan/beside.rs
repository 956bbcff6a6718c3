//! What is not held, and what is refused.

use crate::knowledge::RoleId;
use crate::knowledge::language::{Label, Plain};
use crate::understanding::plan::{ASPECTS, BESIDE, CLAUSE, Planner, REFUSED, UNSURE, WEAK};
use crate::understanding::request::{Ask, Facts, Graduates, NotHeld, Refusal, Request};
use crate::understanding::scene::Scene;
use crate::understanding::sentences::{self, HOLDS};
use crate::understanding::unexplained::rarity;

/// From this probability of pay on, a sum is asked for beside what no section holds: "how much do travel nurses make".
const SUMMED: f32 = 0.15;

/// Beside these, the words that ask are not named: the sentence that refuses says all there is.
const UNNAMED: &[Label] = &[Label::Opinion, Label::Abroad, Label::Compact];
/// From this rarity on, a word says what is asked.
const TELLING_WORD: f32 = 0.4;
/// More phrases than this are a story, and not what is asked.
const MOST_PHRASES: usize = 3;

impl Planner<'_, '_> {
    /// Something that no section holds: a sentence of the role's text may; else it is said to be not held.
    pub(super) fn beside(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let (label, _) = scene.likeliest(BESIDE);
        if label == Label::Abroad && scene.found.abroad.is_none() && scene.labels.of(label) < UNSURE
        {
            let aspects = self.aspects();
            if !roles.is_empty() && !aspects.is_empty() {
                return self.about_one(roles[0], aspects);
            }
        }
        // "The worst state for an RN, by pay": a figure settles it.
        let measured = scene.place().ranked.is_some() && self.says_money();
        if let ([role], true) = (roles, label == Label::Opinion && measured) {
            return self.about_one(*role, vec![Label::Pay]);
        }
        if roles.is_empty()
            && let Some(refusal) = self.other_job().filter(|_| label == Label::Opinion)
        {
            return Request::Refuse(refusal);
        }
        if let Some(request) = self.graduates(roles, &[label]) {
            return request;
        }
        let topics = Scene::topics(roles);
        if let (Label::Compact, [role]) = (label, roles) {
            return Request::Facts(Facts {
                role: *role,
                aspects: vec![label],
                ask: scene.ask(),
            });
        }
        let own = scene.own_stems();
        let found = sentences::find(scene.index, scene.knowledge, &topics, &own, Some(label));
        let ask = scene.ask();
        // What contracts and bonuses pay is a figure, and no sentence holds one.
        let pays = self.says_money() || scene.labels.of(Label::Pay) >= SUMMED;
        let held = !pays
            && found
                .first()
                .is_some_and(|one| one.share >= HOLDS || one.share > 0.0 && one.kind >= 2);
        if let ([role], true) = (roles, held) {
            return Request::Facts(Facts {
                role: *role,
                aspects: vec![label],
                ask: Ask {
                    sentences: found,
                    ..ask
                },
            });
        }
        // "Tuition, and what would I make": what is held is told, and the rest named as not held.
        let held = self.asked_in_clauses(ASPECTS);
        if let ([role], false) = (roles, held.is_empty()) {
            return self.facts(*role, held, ask);
        }
        Request::NotHeld(NotHeld {
            topics,
            about: Some(label),
            words: self.asked_words(label),
            ask,
            sentences: found,
        })
    }

    /// The labels of these that clauses of their own surely bear.
    pub(super) fn asked_in_clauses(&self, of: &[Label]) -> Vec<Label> {
        let mut asked: Vec<Label> = Vec::new();
        for (label, sure) in self.scene.clauses() {
            if *sure >= CLAUSE && of.contains(label) && !asked.contains(label) {
                asked.push(*label);
            }
        }
        asked
    }

    /// What clauses of their own ask beside what is answered, and nothing is held on.
    pub(super) fn not_held_beside(&self, request: &Request) -> Vec<Label> {
        let answered = match request {
            Request::Facts(facts) => facts.aspects.as_slice(),
            Request::Compare(compare) => compare.aspects.as_slice(),
            _ => return Vec::new(),
        };
        let mut beside = self.asked_in_clauses(BESIDE);
        beside.retain(|label| !answered.contains(label) && !UNNAMED.contains(label));
        beside
    }

    /// The words that ask for what is not held, as they stand side by side: "flu shot", "nose ring".
    fn asked_words(&self, label: Label) -> Vec<String> {
        let reading = &self.scene.reading;
        let mut phrases: Vec<(usize, usize)> = Vec::new();
        let telling = |at: &usize| reading.asks(*at) && rarity(self.scene, *at) >= TELLING_WORD;
        for at in reading.content().filter(telling) {
            match phrases.last_mut() {
                Some((start, len)) if *start + *len == at => *len += 1,
                _ => phrases.push((at, 1)),
            }
        }
        if UNNAMED.contains(&label) || phrases.len() > MOST_PHRASES {
            return Vec::new();
        }
        phrases
            .into_iter()
            .map(|(start, len)| reading.words(start, len))
            .collect()
    }

    /// "What do nursing grads earn", "how much debt after pharmacy school": what graduates earn and owe is held by field.
    pub(super) fn graduates(&self, roles: &[RoleId], asked: &[Label]) -> Option<Request> {
        let reading = &self.scene.reading;
        let says = |class: Plain| reading.all(class).any(|at| !reading.in_name(at));
        let owed = says(Plain::Debt);
        let ideas = self
            .scene
            .mass(&[Label::Suggest, Label::List, Label::Choose])
            >= UNSURE;
        let money = !ideas && asked.contains(&Label::Pay) || owed && asked.contains(&Label::Cost);
        let ([role], true, true) = (roles, money, owed || says(Plain::Graduates)) else {
            return None;
        };
        let ask = self.scene.ask();
        // "New grad here, they offer 36.50": a beginner's pay, and a sum of one's own.
        let meant = ask.amount.is_none() && (owed || ask.statistic.is_none());
        meant.then_some(Request::Graduates(Graduates {
            role: *role,
            owed,
            ask,
        }))
    }

    pub(super) fn refused(&mut self) -> Request {
        let scene = self.scene;
        let (label, _) = scene.likeliest(REFUSED);
        Request::Refuse(match label {
            // "Mentor program": nothing says that somebody is sad.
            Label::Distress | Label::Crisis if scene.labels.danger() < WEAK => Refusal::Unknown,
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
