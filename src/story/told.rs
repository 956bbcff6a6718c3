//! What a message tells of where somebody is and of what bounds a way, word by word.
//!
//! Knows nothing of what was asked before.

use crate::knowledge::language::{About, Class, Family, Label, Plain, WayWord};
use crate::knowledge::starts::{Start, StartId};
use crate::knowledge::terms::{Education, Order, Trait};
use crate::knowledge::{Knowledge, RoleId, Topic};
use crate::understanding::conditions;
use crate::understanding::feelings;
use crate::understanding::filter::Filter;
use crate::understanding::lexicon::{Meaning, OfWay, Span};
use crate::understanding::quantities::{Amount, Bound, bound};
use crate::understanding::reading::Reading;
use crate::understanding::scene::Scene;

/// Words between a number and what says what it is for.
pub(super) const REACH: usize = 4;
/// A message of so many words tells a story.
const STORY: usize = 15;
/// Below this, the likeliest label says nothing sure of what is asked.
const UNSURE: f32 = 0.4;
/// Below this, somebody who tells of work and pay is not taken to be sad.
const SAD: f32 = 0.75;

/// What a message tells of a way.
pub(super) struct Told<'a> {
    pub(super) reading: &'a Reading,
    /// Phrases of ways: place, length, meaning.
    pub(super) words: Vec<(usize, usize, OfWay)>,
    /// Roles that the writer has or had.
    pub(super) roles: Vec<RoleId>,
    /// Work outside health care, by its title, and the word at which it is told of.
    pub(super) outside: Option<(usize, String)>,
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
    /// Roles that bind no more, as something else is asked for behind them.
    pub(super) given_up: Vec<RoleId>,
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
            outside: None,
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
            given_up: Vec::new(),
            others: Vec::new(),
        };
        told.start = told.start_of(scene.knowledge);
        told.drop_training(scene.knowledge);
        told.read_abroad();
        told.read_pay(scene);
        told.months = told.time(scene);
        told.read_outside(scene.knowledge);
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

    /// Whether a phrase of the class begins at a word.
    pub(super) fn begins(&self, word: WayWord, at: usize) -> bool {
        self.words
            .iter()
            .any(|(place, _, meaning)| *place == at && *meaning == OfWay::Word(word))
    }

    /// Whether a phrase of the class ends within a few words before a place, with nothing of weight between.
    pub(super) fn before(&self, word: WayWord, place: usize, reach: usize) -> bool {
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
    pub(super) fn in_start(&self, place: usize) -> bool {
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
                // "I owe the hospital 11 grand".
                _ if at.is_some_and(|at| self.is_owed(at)) => {}
                _ if goal || self.now.as_ref().is_some_and(|now| now.usd < amount.usd) => {
                    self.pay_min = Some(amount.usd);
                }
                _ if self.now.is_some() => {}
                Bound::Least => self.pay_min = Some(amount.usd),
                _ => self.now = Some(amount.clone()),
            }
        }
    }

    fn is_owed(&self, at: usize) -> bool {
        (at.saturating_sub(REACH)..at)
            .any(|place| self.reading.is(place, Plain::Debt) && self.reading.together(place, at))
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

    fn read_limits(&mut self, scene: &Scene<'_>) {
        let read = conditions::read(self.reading, &scene.found, &scene.counted);
        let mut families = self
            .reading
            .spans
            .iter()
            .filter_map(|span| match span.meaning {
                Meaning::Class(Class::Family(family))
                    if !self.in_role(span.start)
                        && !self.reading.denied[span.start]
                        && !self.in_workplace(span) =>
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
        self.likes = likes
            .filter(|kind| !taught(*kind) && !self.is_only_told(*kind))
            .collect();
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

    /// "An aide at a nursing home": the field is the workplace's.
    fn in_workplace(&self, span: &Span) -> bool {
        let setting = |other: &Span| {
            matches!(other.meaning, Meaning::Setting(_))
                && other.holds(span.start)
                && other.len > span.len
        };
        self.reading.is(span.end(), Plain::Workplace) || self.reading.spans.iter().any(setting)
    }

    /// "I drive a school bus", "permanent nights for seven years": what the work is or was, and no liking.
    fn is_only_told(&self, kind: Trait) -> bool {
        let of_kind =
            |span: &&Span| matches!(span.meaning, Meaning::Class(Class::Trait(own)) if own == kind);
        let in_work = |at: usize| {
            self.words.iter().any(|(place, len, meaning)| {
                matches!(meaning, OfWay::Work(_)) && *place <= at && at < place + len
            })
        };
        let burden = feelings::BURDENS.contains(&kind) && self.tells_a_story();
        let mut spans = self.reading.spans.iter().filter(of_kind);
        spans.all(|span| in_work(span.start) || burden && !feelings::is_liked(self.reading, span))
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

    /// Whether nothing but ways is surely asked: the likeliest label is of ways, unsure, or says how somebody feels.
    pub(super) fn asks_nothing(&self, scene: &Scene<'_>) -> bool {
        let (label, sure) = scene.labels.top();
        self.tells_a_story()
            && (sure < UNSURE
                || sure < SAD && matches!(label, Label::Distress | Label::Opinion)
                || matches!(
                    label,
                    Label::Suggest | Label::Next | Label::Path | Label::List
                ))
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
