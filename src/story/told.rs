//! What a message tells of where somebody is and of what bounds a way, word by word.
//!
//! Knows nothing of what was asked before.

use crate::knowledge::language::{About, Class, Family, Label, Plain, WayWord};
use crate::knowledge::starts::{Start, StartId};
use crate::knowledge::terms::{Education, Order, PayUnit, Trait};
use crate::knowledge::{Knowledge, RoleId, Topic};
use crate::understanding::conditions;
use crate::understanding::filter::Filter;
use crate::understanding::lexicon::{Meaning, OfWay, Span};
use crate::understanding::quantities::{Amount, Bound, bound};
use crate::understanding::reading::Reading;
use crate::understanding::scene::Scene;

/// Words between a number and what says what it is for.
const REACH: usize = 4;
const MONTHS_A_YEAR: f64 = 12.0;
const WEEKS_A_MONTH: f64 = 4.33;
/// A message of so many words tells a story.
const STORY: usize = 15;
/// Below this, the likeliest label says nothing sure of what is asked.
const UNSURE: f32 = 0.4;
/// Below this, somebody who tells of work and pay is not taken to be sad.
const SAD: f32 = 0.75;
/// A way of more months than these is nothing that anybody means.
const LONGEST: f64 = 240.0;

/// What a message tells of a way.
pub(super) struct Told<'a> {
    pub(super) reading: &'a Reading,
    /// Phrases of ways: place, length, meaning.
    pub(super) words: Vec<(usize, usize, OfWay)>,
    /// Roles that the writer has or had.
    pub(super) roles: Vec<RoleId>,
    /// Where the writer starts.
    pub(super) start: Option<StartId>,
    /// Roles that the writer has learned abroad.
    pub(super) abroad: Vec<RoleId>,
    /// Roles that only the words for the writer's schooling name.
    pub(super) training: Vec<RoleId>,
    /// The level of schooling that the writer holds.
    pub(super) level: Option<Education>,
    /// Pay now, and pay that is wanted, USD a year.
    pub(super) now: Option<Amount>,
    pub(super) pay_min: Option<f64>,
    /// Months that the way may take.
    pub(super) months: Option<u16>,
    /// The highest schooling wanted.
    pub(super) schooling: Option<Education>,
    /// Other limits.
    pub(super) limits: Filter,
    /// What is put up with.
    pub(super) bears: Vec<Trait>,
    /// What is liked.
    pub(super) likes: Vec<Trait>,
    /// Where the writer wants to be.
    pub(super) to: Vec<RoleId>,
    /// Roles named that are neither.
    pub(super) others: Vec<RoleId>,
}

impl<'a> Told<'a> {
    pub(super) fn read(scene: &'a Scene<'_>) -> Self {
        let reading = &scene.reading;
        let words = scene.lexicon.of_ways(&reading.tokens);
        let mut told = Self {
            reading,
            words,
            roles: scene.found.background.clone(),
            abroad: Vec::new(),
            start: None,
            training: Vec::new(),
            level: None,
            now: None,
            pay_min: None,
            months: None,
            schooling: None,
            limits: Filter::default(),
            bears: Vec::new(),
            likes: Vec::new(),
            to: Vec::new(),
            others: Vec::new(),
        };
        told.start = told.start_of(scene.knowledge);
        told.drop_training(scene.knowledge);
        told.read_abroad();
        told.read_pay(scene);
        told.months = told.time(scene);
        told.read_roles(scene);
        told.read_schooling(scene.knowledge);
        told.read_limits(scene);
        told
    }

    /// Whether a phrase of the class stands anywhere.
    pub(super) fn says(&self, word: WayWord) -> bool {
        self.words
            .iter()
            .any(|(at, _, meaning)| *meaning == OfWay::Word(word) && !self.in_role(*at))
    }

    /// Whether a phrase of the class ends within a few words before a place, with nothing of weight between.
    fn before(&self, word: WayWord, place: usize, reach: usize) -> bool {
        self.words.iter().any(|(at, len, meaning)| {
            let end = at + len;
            *meaning == OfWay::Word(word)
                && end <= place
                && place - end < reach
                && self.reading.together(*at, place)
        })
    }

    fn in_role(&self, at: usize) -> bool {
        self.reading
            .names
            .iter()
            .any(|name| name.holds(at) && name.meaning.is_role())
    }

    /// The start with the most words; the highest level of several.
    fn start_of(&self, knowledge: &Knowledge) -> Option<StartId> {
        let starts = self.words.iter().filter_map(|(at, len, meaning)| {
            let OfWay::Start(id) = meaning else {
                return None;
            };
            let wanted = self.before(WayWord::PayGoal, *at, 2)
                && !self.reading.ends_before(*at, Plain::Have);
            let start = knowledge.start(*id)?;
            // "How do I become an electrician", "without a bachelor's degree": nobody starts there.
            if self.before(WayWord::Become, *at, 3) || self.reading.denied[*at] {
                return None;
            }
            // "Psychology degree" may name a role as a whole; within a longer name it says nothing of its own.
            let named = self.reading.names.iter().any(|name| {
                name.holds(*at)
                    && name.meaning.is_role()
                    && !(*at <= name.start && name.end() <= at + len)
            });
            (!wanted && !named).then_some((*at, (start.holds.is_some(), start.level, *len, *id)))
        });
        // "An associate degree in accounting": the words that begin first say which degree it is.
        let level_of = |id: StartId| knowledge.start(id).map(|start| start.level);
        let lower = |at: usize, level: Education| {
            self.words.iter().any(|(begin, len, meaning)| {
                matches!(meaning, OfWay::Start(id) if level_of(*id) < Some(level))
                    && *begin < at
                    && at < begin + len
            })
        };
        let all: Vec<_> = starts
            .filter(|(at, (_, level, _, _))| !lower(*at, *level))
            .map(|(_, start)| start)
            .collect();
        // Who has no diploma names it to say so.
        let none = all
            .iter()
            .copied()
            .filter(|(_, level, _, _)| *level < Education::HighSchool)
            .max_by_key(|(_, _, len, _)| *len);
        let most = all
            .into_iter()
            .max_by_key(|(holds, level, len, _)| (*level, *holds, *len));
        match (none, most) {
            (Some(none), Some(most)) if most.1 <= Education::HighSchool => Some(none.3),
            (_, most) => most.map(|(_, _, _, id)| id),
        }
    }

    fn started<'k>(&self, knowledge: &'k Knowledge) -> Option<&'k Start> {
        knowledge.start(self.start?)
    }

    pub(super) fn start_holds(&self, knowledge: &Knowledge) -> bool {
        let start = self.started(knowledge);
        start.is_some_and(|start| start.holds.is_some())
    }

    /// "Army medic", "psychology degree": training, and no role that a title of the lists may make of it.
    fn drop_training(&mut self, knowledge: &Knowledge) {
        for name in &self.reading.names {
            let (Meaning::Role(id) | Meaning::Abbreviation(id)) = name.meaning else {
                // "Corpsman" may mean several roles.
                if let Meaning::Term(place) = name.meaning
                    && (name.start..name.end()).any(|at| self.in_start(at))
                {
                    let named = &knowledge.glossary[usize::from(place)].roles;
                    let ids = named
                        .iter()
                        .filter_map(|slug| match knowledge.find(slug.as_str()) {
                            Some(Topic::Role(id)) => Some(id),
                            _ => None,
                        });
                    self.training.extend(ids);
                }
                continue;
            };
            let trained = (name.start..name.end()).any(|at| self.in_start(at));
            if trained || self.start.is_some() && self.is_school(name) {
                self.roles.retain(|role| *role != id);
                self.training.push(id);
            }
        }
    }

    /// Whether a word is part of a phrase that says where somebody starts.
    fn in_start(&self, place: usize) -> bool {
        self.words.iter().any(|(at, len, meaning)| {
            // "Medical secretary" is a role, and no secretary.
            let inside = self.reading.names.iter().any(|name| {
                name.meaning.is_role()
                    && name.holds(*at)
                    && !(*at <= name.start && name.end() <= at + len)
            });
            matches!(meaning, OfWay::Start(_)) && *at <= place && place < at + len && !inside
        })
    }

    fn read_pay(&mut self, scene: &Scene<'_>) {
        for amount in &scene.counted.money {
            let number = |at: &usize| {
                scene.reading.tokens[*at].number.is_some_and(|number| {
                    (number - amount.said).abs() < 0.005
                        || (number * 1_000.0 - amount.said).abs() < 0.5
                })
            };
            let at = (0..scene.reading.tokens.len()).find(number);
            let goal = at.is_some_and(|at| self.before(WayWord::PayGoal, at, 2));
            match amount.bound {
                Bound::Least | Bound::Around if goal || self.now.is_some() => {
                    self.pay_min = Some(amount.usd);
                }
                // "I won't go under 90k".
                Bound::Most | Bound::Below if at.is_some_and(|at| self.reading.denied[at]) => {
                    self.pay_min = Some(amount.usd);
                }
                Bound::Most | Bound::Below => {}
                _ if goal || self.now.is_some() => self.pay_min = Some(amount.usd),
                Bound::Least => self.pay_min = Some(amount.usd),
                _ => self.now = Some(amount.clone()),
            }
        }
    }

    /// "A nurse in Kenya", "dentist from Brazil": what was learned there is no place to begin at here.
    fn read_abroad(&mut self) {
        let reading = self.reading;
        // "In Cuba I was a doctor".
        let before = |span: &Span| {
            let mut ahead = span.start.saturating_sub(REACH + 1)..span.start;
            ahead.any(|at| {
                reading.is(at, Plain::Abroad)
                    && reading.ends_before(at, Plain::WorksAt)
                    && reading.together(at, span.start)
            })
        };
        let there = |span: &Span| {
            let mut behind = span.end()..span.end() + REACH;
            behind.any(|at| reading.is(at, Plain::Abroad) && reading.together(span.start, at))
        };
        self.abroad = self
            .role_spans()
            .filter(|(_, span)| there(span) || before(span))
            .map(|(role, _)| role)
            .collect();
        let abroad = &self.abroad;
        self.roles.retain(|role| !abroad.contains(role));
    }

    fn read_roles(&mut self, scene: &Scene<'_>) {
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
        if !self.roles.is_empty() || !told {
            return;
        }
        self.roles.push(first);
        let beside: Vec<RoleId> = self
            .role_spans()
            .filter(|(_, span)| self.goes_on_with_own(span))
            .map(|(role, _)| role)
            .collect();
        let own = |role: &RoleId| *role == first || beside.contains(role);
        if self.says(WayWord::Else) || self.others.iter().all(own) {
            self.roles.extend(beside);
            self.roles.dedup();
            self.others.retain(|role| !self.roles.contains(role));
        } else {
            self.roles.clear();
        }
    }

    /// The roles that are named, with their places.
    fn role_spans(&self) -> impl Iterator<Item = (RoleId, &'a Span)> {
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
    }

    /// "PA school did not work out": where the role is taught. Who becomes it is not there.
    fn is_school(&self, span: &Span) -> bool {
        let becomes = self
            .words
            .iter()
            .any(|(at, _, meaning)| *meaning == OfWay::Word(WayWord::Goal) && *at == span.end());
        !becomes
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
    fn begins_with_role(&self) -> bool {
        self.reading
            .names
            .first()
            .is_some_and(|name| name.start <= 1)
    }

    /// What schooling the writer has, and what is the most that is wanted.
    fn read_schooling(&mut self, knowledge: &Knowledge) {
        let reading = self.reading;
        for (at, len, level) in conditions::named_levels(reading) {
            let said = bound(reading, at, at + len);
            // "My psych degree ... if I can't do grad school": more than one starts with is no start.
            let above = self
                .started(knowledge)
                .is_some_and(|start| start.level >= Education::HighSchool && start.level < level);
            if reading.denied[at] && (above || !self.in_start(at)) || said == Bound::Below {
                self.schooling = conditions::below(level);
            } else if said == Bound::Most {
                self.schooling = Some(level);
            } else if self.has_before(at)
                || (self.in_start(at) || self.set_apart(at, at + len)) && !reading.denied[at]
            {
                self.level = self.level.max(Some(level));
            }
        }
        if self.no_diploma(knowledge) {
            self.level = None;
        }
        let without = reading.all(Plain::NoDegree).any(|at| !self.in_start(at));
        if without && self.schooling.is_none() {
            self.schooling = Some(Education::Award);
        }
    }

    /// "Teacher, master's, Cleveland": a part of a sentence by itself.
    fn set_apart(&self, from: usize, to: usize) -> bool {
        let tokens = &self.reading.tokens;
        let begins =
            from == 0 || tokens[from].after_comma || !self.reading.together(from - 1, from);
        let ends = tokens
            .get(to)
            .is_none_or(|next| next.after_comma || !self.reading.together(from, to));
        begins && ends
    }

    /// "I have an associate's": a phrase of having within the words before.
    fn has_before(&self, at: usize) -> bool {
        (at.saturating_sub(REACH)..at)
            .any(|place| self.reading.is(place, Plain::Have) && self.reading.together(place, at))
    }

    /// The months that the way may take.
    fn time(&self, scene: &Scene<'_>) -> Option<u16> {
        let reading = self.reading;
        let unit = |at: usize| {
            reading
                .classes(at)
                .iter()
                .find_map(|(class, _)| match class {
                    Class::Unit(PayUnit::Year) => Some(MONTHS_A_YEAR),
                    Class::Unit(PayUnit::Month) => Some(1.0),
                    Class::Unit(PayUnit::Week) => Some(1.0 / WEEKS_A_MONTH),
                    _ => None,
                })
                .or_else(|| {
                    let years = |(place, _, meaning): &(usize, usize, OfWay)| {
                        *place == at && *meaning == OfWay::Word(WayWord::Years)
                    };
                    self.words.iter().any(years).then_some(MONTHS_A_YEAR)
                })
        };
        // Time for school counts before any other: "getting out in 3 months, two years of school at most".
        let mut first = None;
        // What was counted last: "seven years is too long, what can I do in two?"
        let mut counted_in = None;
        let number = |at: usize| {
            let token = reading.tokens.get(at)?;
            token
                .number
                .or_else(|| scene.knowledge.language.numbers.get(&token.word).copied())
                .filter(|_| !token.dollar && !reading.in_name(at))
        };
        for at in 0..reading.tokens.len() {
            let single = reading.is(at, Plain::Per) && number(at).is_none();
            let Some(count) = number(at).or(single.then_some(1.0)) else {
                continue;
            };
            // "Two more years", "one year more".
            let filler = |wanted: usize| {
                self.words.iter().any(|(place, _, meaning)| {
                    *meaning == OfWay::Word(WayWord::Filler) && *place == wanted
                })
            };
            let counts = at + 1 + usize::from(unit(at + 1).is_none() && filler(at + 1));
            let said = unit(counts).filter(|_| reading.together(at, counts));
            let last = at + 1 >= reading.tokens.len() || !reading.together(at, at + 1);
            let bare = said.is_none() && last && !single && self.before(WayWord::TimeHave, at, 1);
            let Some(months) = said.or(counted_in.filter(|_| bare)) else {
                continue;
            };
            counted_in = Some(months);
            // "A year or two".
            let next = if bare {
                at + 1
            } else {
                counts + 1 + usize::from(filler(counts + 1))
            };
            let more = (reading.is(next, Plain::ListJoint))
                .then(|| number(next + 1))
                .flatten()
                .filter(|_| single);
            let mut most = more.unwrap_or(count) * months;
            let said = bound(reading, at, next);
            let school = |mut places: std::ops::Range<usize>| {
                places
                    .any(|place| reading.is(place, Plain::Schooling) && reading.together(at, place))
            };
            let taught = school(next..next + REACH);
            // "In 2 years and earn more": what is joined says nothing of the time.
            let joined =
                reading.is(next, Plain::ListJoint) && self.before(WayWord::TimeHave, at, 1);
            let been = !taught
                && !joined
                && !reading.is(next, Plain::AtMostBehind)
                && self.words.iter().any(|(place, _, meaning)| {
                    *meaning == OfWay::Word(WayWord::Experience) && *place == next
                });
            // "Without going back to school for more than a year".
            let taught = taught || self.refused(at) && school(at.saturating_sub(REACH + 1)..at);
            let alone = !been && self.stands_alone(at, next, scene.context.is_some());
            let fine = (next..next + 2).any(|place| {
                let put_up_with = self.words.iter().any(|(start, _, meaning)| {
                    *start == place && *meaning == OfWay::Word(WayWord::Bears)
                });
                (put_up_with || reading.is(place, Plain::Enough)) && reading.together(at, place)
            });
            let mine = (fine || alone || self.before(WayWord::TimeHave, at, 3)) && !been;
            let counted = scene.counted.months.map(|(months, _)| months);
            let school = !been
                && (taught
                    || counted.is_some_and(|counted| (counted - count * months).abs() < 0.5));
            match said {
                // "Can't do more than a year".
                Bound::Least if self.refused(at) && (mine || school) => {}
                _ if reading.denied[at] && said == Bound::Exactly && !been => {
                    most -= 1.0;
                }
                // A length with its bound is nothing else, where it is counted and has not been.
                Bound::Below if mine || school || !single && !been => most -= 1.0,
                Bound::Most if mine || school || !single && !been => {}
                Bound::Exactly | Bound::Around
                    if (mine || school)
                        && (!single || alone || self.before(WayWord::TimeHave, at, 1))
                        || more.is_some() => {}
                _ => continue,
            }
            if !(1.0..=LONGEST).contains(&most) {
                continue;
            }
            if school {
                return Some(most.floor() as u16);
            }
            first = first.or(Some(most.floor() as u16));
        }
        first
    }

    /// "Without going back to school for more than a year", "can't do more than a year".
    fn refused(&self, at: usize) -> bool {
        /// Words between a denial and what it refuses.
        const BETWEEN: usize = 9;
        let reading = self.reading;
        let denied = |place: usize| reading.is(place, Plain::Negator);
        reading.denied[at]
            || (at.saturating_sub(BETWEEN)..at)
                .any(|place| denied(place) && reading.together(place, at))
    }

    /// A length that is a sentence of its own ("Two years."), or the end of one behind a comma; in what follows a talk, a part of one
    /// between commas.
    fn stands_alone(&self, at: usize, next: usize, follows: bool) -> bool {
        let tokens = &self.reading.tokens;
        let last = next >= tokens.len() || !self.reading.together(at, next);
        let first = at == 0 || !self.reading.together(at - 1, at);
        let begins = first || (follows || last) && tokens[at].after_comma;
        let ends = last || follows && tokens[next].after_comma;
        begins && ends
    }

    fn read_limits(&mut self, scene: &Scene<'_>) {
        let read = conditions::read(self.reading, &scene.found, &scene.counted);
        let mut families = self
            .reading
            .spans
            .iter()
            .filter_map(|span| match span.meaning {
                Meaning::Class(Class::Family(family))
                    if !self.in_role(span.start) && !self.reading.denied[span.start] =>
                {
                    Some(family)
                }
                _ => None,
            });
        let family: Option<Family> = families.next_back();
        self.limits = Filter {
            remote: if self.wants_remote() {
                read.remote
            } else {
                &[]
            },
            contact: read.contact,
            license: read.license,
            pay_min: self.pay_min,
            family,
            without_families: read.without_families,
            without_roles: read.without_roles,
            avoid: self.avoided(scene),
            ..Filter::default()
        };
        // "Nine months of school" says nothing of children.
        let taught = |kind: Trait| {
            let mut spans = self.reading.spans.iter().filter(
                |span| matches!(span.meaning, Meaning::Class(Class::Trait(own)) if own == kind),
            );
            let school = |span: &Span| {
                (span.start..span.end()).any(|at| self.reading.is(at, Plain::Schooling))
            };
            spans.clone().next().is_some() && spans.all(school)
        };
        let likes = scene.found.likes.iter().copied();
        self.likes = likes.filter(|kind| !taught(*kind)).collect();
        for span in &self.reading.spans {
            if let Meaning::Class(Class::Trait(kind)) = span.meaning
                && !self.reading.denied[span.start]
                && !self.likes.contains(&kind)
                && self.before(WayWord::Prefer, span.start, 3)
            {
                self.likes.push(kind);
            }
        }
        let put_up_with = self.says(WayWord::Bears);
        if !self.reading.has(Plain::Unbothered) && !put_up_with {
            return;
        }
        for span in &self.reading.spans {
            if let Meaning::Class(Class::Trait(kind) | Class::Averse(kind)) = span.meaning
                && !self.limits.avoid.contains(&kind)
                && (put_up_with || !scene.found.likes.contains(&kind))
            {
                self.bears.push(kind);
            }
        }
    }

    /// "Stay at home mom" wishes for nothing.
    fn wants_remote(&self) -> bool {
        let said = |class| self.reading.all(class).any(|at| !self.in_start(at));
        said(Plain::Remote) || said(Plain::OnSite)
    }

    /// What is not wanted; a word for schooling says nothing of the work ("without four years of school").
    fn avoided(&self, scene: &Scene<'_>) -> Vec<Trait> {
        let reading = self.reading;
        let said = |kind: Trait| {
            let mut spans = reading.spans.iter().filter(move |span| {
                matches!(span.meaning, Meaning::Class(Class::Trait(own) | Class::Averse(own)) if own == kind)
            });
            spans.any(|span| !(span.start..span.end()).any(|at| reading.is(at, Plain::Schooling)))
        };
        let dislikes = scene.found.dislikes.iter().copied();
        dislikes.filter(|kind| said(*kind)).collect()
    }

    /// What the ways are to be sorted by: only words that say so, in what follows a talk.
    pub(super) fn order(&self) -> Option<Order> {
        let reading = self.reading;
        let about = |wanted: About| {
            (0..reading.tokens.len()).any(|at| !reading.in_name(at) && reading.is_about(at, wanted))
        };
        let high = reading.has(Plain::High);
        match () {
            () if about(About::Growth) && (high || reading.has(Plain::Fast)) => {
                Some(Order::FastestGrowing)
            }
            () if (about(About::Openings) || about(About::Headcount)) && high => {
                Some(Order::MostOpenings)
            }
            () if about(About::Pay) && high => Some(Order::BestPaid),
            () if reading.has(Plain::Fast) || reading.has(Plain::Short) => {
                Some(Order::LeastSchooling)
            }
            () => None,
        }
    }

    /// Whether somebody brings schooling above high school, or training.
    pub(super) fn brings_more(&self, knowledge: &Knowledge) -> bool {
        let start = self.started(knowledge);
        start.is_some_and(|start| start.holds.is_some() || start.level > Education::HighSchool)
    }

    /// Whether somebody has not finished high school.
    pub(super) fn no_diploma(&self, knowledge: &Knowledge) -> bool {
        let start = self.started(knowledge);
        start.is_some_and(|start| start.level < Education::HighSchool)
    }

    /// Whether a way is a single known step, of which nothing more is said than that it is asked for.
    pub(super) fn is_one_step(&self, scene: &Scene<'_>, from: RoleId, to: RoleId) -> bool {
        let knowledge = scene.knowledge;
        let [from, to] = [from, to].map(|role| &knowledge.role(role).slug);
        let known = crate::knowledge::bridges::between(&knowledge.bridges, from, to);
        !known.is_empty() && !self.bounds() && scene.place().states.is_empty()
    }

    /// Whether pay now, or training that counts, stands beside pay that is wanted, or beside the time that there is for it: nothing but
    /// a way is asked with that.
    pub(super) fn tells_of_a_way(&self, knowledge: &Knowledge) -> bool {
        (self.now.is_some() || self.start_holds(knowledge))
            && (self.pay_min.is_some() || self.months.is_some())
    }

    /// Whether anything is told of the writer: "I", "just finished", pay now, a job outside.
    pub(super) fn of_oneself(&self, scene: &Scene<'_>) -> bool {
        self.says(WayWord::Me)
            || self.reading.has(Plain::Have)
            || self.now.is_some()
            || scene.found.from_outside
    }

    pub(super) fn tells_a_story(&self) -> bool {
        self.reading.tokens.len() >= STORY
    }

    /// Whether a fact of the work is surely asked for, and no way.
    pub(super) fn asks_a_fact(&self, scene: &Scene<'_>) -> bool {
        let (label, sure) = scene.labels.top();
        sure >= UNSURE
            && !matches!(
                label,
                Label::Path
                    | Label::Next
                    | Label::Suggest
                    | Label::List
                    | Label::Choose
                    | Label::More
            )
    }

    /// Whether nothing else is surely asked: the likeliest label is unsure, or says how somebody feels.
    pub(super) fn asks_nothing(&self, scene: &Scene<'_>) -> bool {
        let (label, sure) = scene.labels.top();
        self.tells_a_story()
            && (sure < UNSURE || sure < SAD && matches!(label, Label::Distress | Label::Opinion))
    }

    /// Whether anything is said that bounds a way or says where it begins.
    pub(super) fn bounds(&self) -> bool {
        self.now.is_some() || self.is_limited()
    }

    /// Whether a time, a highest schooling or another limit is set.
    pub(super) fn is_limited(&self) -> bool {
        self.is_timed() || self.limits != Filter::default()
    }

    /// Whether a time or a highest schooling is set.
    pub(super) fn is_timed(&self) -> bool {
        self.months.is_some() || self.schooling.is_some()
    }
}
