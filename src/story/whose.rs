//! Whose the roles are that a message names: the writer's own, a goal, or neither; and what work somebody does outside health care.

use crate::knowledge::language::{Plain, WayWord};
use crate::knowledge::{Knowledge, RoleId};
use crate::story::told::Told;
use crate::understanding::lexicon::{Meaning, OfWay, Span};
use crate::understanding::scene::Scene;

impl<'a> Told<'a> {
    pub(super) fn read_roles(&mut self, scene: &Scene<'_>) {
        let mut denied = Vec::new();
        for span in &scene.reading.names {
            let (Meaning::Role(id) | Meaning::Abbreviation(id)) = span.meaning else {
                continue;
            };
            let training =
                (span.start..span.end()).any(|at| self.in_start(at)) || self.training.contains(&id);
            let school = self.is_school(span);
            if !scene.found.roles.contains(&id) || self.roles.contains(&id) || training || school {
                continue;
            }
            if scene.reading.denied[span.start] {
                denied.push(id);
            }
            // "What do I need to work as a nurse here": only such words make a goal of what was learned abroad.
            let goal = self.before(WayWord::Goal, span.start, 3)
                || self.before(WayWord::As, span.start, 3);
            if self.abroad.contains(&id) && !goal {
                continue;
            }
            let own = self.works_as(span.start) || self.goes_on_with_own(span);
            let list = if own {
                &mut self.roles
            } else if goal {
                &mut self.to
            } else {
                &mut self.others
            };
            if !list.contains(&id) {
                list.push(id);
            }
        }
        for span in &scene.reading.names {
            if let Meaning::Credential(place) = span.meaning
                && let [role] = scene.lexicon.credential(place).1
                && self.before(WayWord::Goal, span.start, 3)
                && !self.to.contains(role)
            {
                self.to.push(*role);
            }
        }
        // "Not nursing": where another role is named, it is neither where the writer is nor a goal.
        if !self.roles.is_empty() || self.others.iter().any(|role| !denied.contains(role)) {
            self.others.retain(|role| !denied.contains(role));
        }
        self.take_own_role();
        let goals = self.to.clone();
        self.others.retain(|role| !goals.contains(role));
        self.drop_given_up();
        // "Contact tracer at 55k, one year at most, epidemiology would be great": the other role is the goal.
        if let ([role], true, true, true) = (
            self.others.as_slice(),
            self.to.is_empty(),
            !self.roles.is_empty(),
            self.now.is_some() && self.months.is_some(),
        ) {
            self.to = vec![*role];
            self.others.clear();
        }
    }

    /// "CNA in Ohio, $19 an hour": the role that is named first, and no other beside it, is the writer's, where pay now is told of it.
    fn take_own_role(&mut self) {
        let told = self.now.is_some()
            || self.start.is_some()
            || self.begins_with_role()
            || self.pay_min.is_some() && self.says(WayWord::MoveOn);
        let Some(first) = self.others.first().copied() else {
            return;
        };
        // "And LPN?" goes on with a talk about ways.
        let goes_on = self.reading.is(0, Plain::GoesOn);
        if !self.roles.is_empty() || !told || goes_on {
            return;
        }
        if self.is_asked_about(first) {
            if self.others == [first] && self.to.is_empty() {
                self.to.push(first);
            }
            return;
        }
        self.roles.push(first);
        let beside: Vec<RoleId> = self
            .role_spans()
            .filter(|(_, span)| self.goes_on_with_own(span))
            .map(|(role, _)| role)
            .collect();
        let own = |role: &RoleId| *role == first || beside.contains(role);
        let begins = self.now.is_some() && self.begins_with_role();
        if begins || self.says(WayWord::Else) || self.others.iter().all(own) {
            self.roles.extend(beside);
            self.roles.dedup();
            self.others.retain(|role| !self.roles.contains(role));
        } else {
            self.roles.clear();
        }
    }

    /// "Teacher, 51k. Speech path: how long?", "is music therapist a real job": a role that is named behind what somebody does, or first
    /// where something is asked, is no work of theirs.
    fn is_asked_about(&self, role: RoleId) -> bool {
        let at = self.role_spans().find(|(id, _)| *id == role);
        let Some(at) = at.map(|(_, span)| span.start) else {
            return false;
        };
        let works_outside = self.outside.as_ref().is_some_and(|(place, _)| *place < at);
        works_outside || self.only_asks_at(at)
    }

    /// Whether the clause of a word asks, and the message does not begin with asking.
    fn only_asks_at(&self, at: usize) -> bool {
        self.reading.asks(at) && !self.reading.asks(0)
    }

    /// Whether a role that is neither the writer's nor a goal stands where something is asked.
    pub(super) fn asks_of_others(&self) -> bool {
        self.role_spans()
            .any(|(role, span)| self.others.contains(&role) && self.only_asks_at(span.start))
    }

    /// The work outside health care that somebody does or did: the first that is named, or told of ("I drive a school bus"), and that
    /// is neither somebody else's nor a goal.
    pub(super) fn read_outside(&mut self, knowledge: &Knowledge) {
        let reading = self.reading;
        let own = |at: usize, end: usize| {
            let others =
                at > 0 && (reading.is(at - 1, Plain::Own) || reading.covers(at - 1, Plain::Kin));
            let goal = self.before(WayWord::Become, at, 3) || self.before(WayWord::Goal, at, 2);
            !others
                && !self.begins(WayWord::SaysSo, end)
                && !reading.denied[at]
                && (!goal || reading.ends_before(at, Plain::Background))
        };
        // "Tattoo artist" is told of, and no artist.
        let within = |name: &Span| {
            self.words.iter().any(|(at, len, meaning)| {
                matches!(meaning, OfWay::Work(_))
                    && *at <= name.start
                    && name.end() <= at + len
                    && *len > name.len
            })
        };
        let named = reading.names.iter().find_map(|name| match name.meaning {
            Meaning::Outside(place) if own(name.start, name.end()) && !within(name) => {
                let title = &knowledge.outside[usize::from(place)].title;
                Some((name.start, title.clone()))
            }
            _ => None,
        });
        let told = || {
            self.words
                .iter()
                .find_map(|(at, len, meaning)| match meaning {
                    OfWay::Work(place) if own(*at, at + len) => {
                        let (title, _) = &knowledge.language.work[usize::from(*place)];
                        Some((*at, title.clone()))
                    }
                    _ => None,
                })
        };
        self.outside = named.or_else(told);
    }

    /// The roles that are named, with their places.
    pub(super) fn role_spans(&self) -> impl Iterator<Item = (RoleId, &'a Span)> {
        self.reading
            .names
            .iter()
            .filter_map(|span| match span.meaning {
                Meaning::Role(id) | Meaning::Abbreviation(id) => Some((id, span)),
                _ => None,
            })
    }

    /// "Orderly / patient transporter": another word for the writer's own role, right behind it.
    fn goes_on_with_own(&self, span: &Span) -> bool {
        self.role_spans().any(|(role, before)| {
            self.roles.contains(&role)
                && before.end() == span.start
                && self.reading.together(before.start, span.start)
        })
    }

    /// "I'd love to do physical therapy, but seven years is crazy. What else": what was named before that binds no more.
    fn drop_given_up(&mut self) {
        let given_up: Vec<RoleId> = self
            .role_spans()
            .filter(|(_, span)| {
                self.words.iter().any(|(at, _, meaning)| {
                    *meaning == OfWay::Word(WayWord::Else) && span.end() <= *at
                })
            })
            .map(|(role, _)| role)
            .collect();
        self.to.retain(|role| !given_up.contains(role));
        self.others.retain(|role| !given_up.contains(role));
        self.given_up = given_up;
    }

    /// "PA school did not work out": where the role is taught. Who becomes it is not there.
    pub(super) fn is_school(&self, span: &Span) -> bool {
        !self.begins(WayWord::Goal, span.end())
            && self.reading.is(span.end(), Plain::Schooling)
            && self.reading.together(span.start, span.end())
    }

    /// "I work in a hospital lab as a phlebotomist": the role is the writer's own.
    fn works_as(&self, place: usize) -> bool {
        let works = self.words.iter().any(|(at, _, meaning)| {
            *meaning == OfWay::Word(WayWord::Work)
                && *at < place
                && self.reading.together(*at, place)
        });
        works && self.before(WayWord::As, place, 3)
    }

    /// "CNA here", "CNA wanting more": the message begins with the role.
    pub(super) fn begins_with_role(&self) -> bool {
        self.reading
            .names
            .first()
            .is_some_and(|name| name.start <= 1)
    }
}
