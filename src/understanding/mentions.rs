//! What a message names, sorted by what it is: roles, places, trends, credentials, likings, quantities.

use crate::knowledge::language::{Class, Family, Plain};
use crate::knowledge::settings::SettingId;
use crate::knowledge::terms::Trait;
use crate::knowledge::{Knowledge, RoleId, State, Topic, TrendId};
use crate::understanding::lexicon::{Lexicon, Meaning, Span, takes_first};
use crate::understanding::reading::Reading;

/// Words between a denial and the job that it reaches.
const UNWANTED_REACH: usize = 7;

/// A word that can mean several roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    /// The word, as the glossary writes it.
    pub term: String,
    /// The roles, most likely first.
    pub roles: Vec<RoleId>,
}

/// A city or region that a message names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct City {
    /// Its name, in small letters.
    pub name: String,
    /// The state that it lies in; none for a region of several.
    pub state: Option<State>,
    /// Whether that state is named right behind it: "Marysville, Ohio" lies nowhere else.
    pub beside: bool,
}

/// Everything that is named.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    /// Roles asked about, in order.
    pub(crate) roles: Vec<RoleId>,
    /// Roles that the writer has or had.
    pub(crate) background: Vec<RoleId>,
    /// Roles that the writer does not want.
    pub(crate) without_roles: Vec<RoleId>,
    /// Families of roles that the writer does not want.
    pub(crate) without_families: Vec<Family>,
    /// A word that can mean several roles, where no role is named outright.
    pub(crate) readings: Option<Readings>,
    /// The reading of such a word that is asked of beside a role named outright: "RT or x-ray tech".
    pub(crate) beside: Option<Readings>,
    /// Whether that word is taken by its first reading.
    pub(crate) first_reading: bool,
    /// Whether all names of roles are single words.
    pub(crate) single_word: bool,
    /// Trends.
    pub(crate) trends: Vec<TrendId>,
    /// States.
    pub(crate) states: Vec<State>,
    /// Cities and regions.
    pub(crate) cities: Vec<City>,
    /// Kinds of workplace.
    pub(crate) settings: Vec<SettingId>,
    /// Another country, as written.
    pub(crate) abroad: Option<String>,
    /// Occupations outside the knowledge, by their places there, that are asked about.
    pub(crate) outside: Vec<u16>,
    /// Whether the writer comes from an occupation outside.
    pub(crate) from_outside: bool,
    /// Credentials: name and roles.
    pub(crate) credentials: Vec<(String, Vec<RoleId>)>,
    /// Families named by one word, where a list is asked for.
    pub(crate) families: Vec<Family>,
    /// What the writer likes, and what not.
    pub(crate) likes: Vec<Trait>,
    /// What the writer does not want.
    pub(crate) dislikes: Vec<Trait>,
    /// Whether a liking or disliking is said in so many words.
    pub(crate) feelings: bool,
}

impl Mentions {
    /// Sorts the names of a message.
    pub(crate) fn new(knowledge: &Knowledge, lexicon: &Lexicon, reading: &Reading) -> Self {
        let mut found = Self {
            single_word: true,
            ..Self::default()
        };
        let halves = halves(lexicon, reading);
        for (place, span) in reading.names.iter().enumerate() {
            let half = |at: usize| halves.iter().find(|(half, _)| *half == at);
            if let Some((_, role)) = span.start.checked_sub(2).and_then(half) {
                push(&mut found.roles, *role);
            }
            if half(span.start).is_none() && !is_explained(reading, place) {
                found.take(knowledge, lexicon, reading, span);
            }
        }
        for span in &reading.spans {
            match span.meaning {
                // Where somebody comes from is not where the question is about.
                Meaning::Class(Class::Plain(Plain::Abroad))
                    if !reading.in_name(span.start)
                        && !reading.ends_before(span.start, Plain::From) =>
                {
                    found
                        .abroad
                        .get_or_insert_with(|| reading.words(span.start, span.len));
                }
                // "School nurse" is a nurse, and says where.
                Meaning::Setting(setting)
                    if is_whole_name(reading, span)
                        || is_part_of_title(reading, span)
                        || !reading.in_name(span.start) && is_where(reading, span) =>
                {
                    push(&mut found.settings, setting)
                }
                Meaning::Class(Class::Family(family)) if reading.denied[span.start] => {
                    found.without_families.push(family);
                }
                Meaning::Class(Class::Family(family)) if !found.families.contains(&family) => {
                    found.families.push(family);
                }
                _ => {}
            }
        }
        crate::understanding::feelings::read(reading, &mut found);
        if !found.roles.is_empty()
            && let Some(readings) = found.readings.take()
            && joined_to_a_role(reading)
        {
            found.stand_beside(readings, reading);
        }
        found
    }

    /// Takes the first reading that is not named already, at its place among the roles.
    fn stand_beside(&mut self, readings: Readings, reading: &Reading) {
        let mut open = readings.roles.iter().filter(|id| !self.roles.contains(id));
        if let Some(role) = open.next().copied() {
            let first = reading.names.iter().find(|name| name.meaning.may_be_role());
            let leads = first.is_some_and(|name| matches!(name.meaning, Meaning::Term(_)));
            let at = if leads { 0 } else { self.roles.len() };
            self.roles.insert(at, role);
            self.beside = Some(Readings {
                term: readings.term,
                roles: vec![role],
            });
        }
    }

    fn take(&mut self, knowledge: &Knowledge, lexicon: &Lexicon, reading: &Reading, span: &Span) {
        let roles = match span.meaning {
            Meaning::Role(id) | Meaning::Abbreviation(id) => vec![id],
            Meaning::Term(place) => term_roles(knowledge, place),
            Meaning::Trend(id) => return push(&mut self.trends, id),
            // "Washington state, not DC".
            Meaning::State(_) | Meaning::StateCode(_)
                if reading.denied[span.start] && !self.states.is_empty() =>
            {
                return;
            }
            Meaning::State(state) | Meaning::StateCode(state) => {
                first_half(reading, span)
                    .into_iter()
                    .for_each(|other| push(&mut self.states, other));
                return push(&mut self.states, state);
            }
            Meaning::City(place) => {
                let (name, state) = lexicon.city(place);
                let beside = state_behind(reading, span);
                return self.cities.push(City {
                    name: name.to_owned(),
                    state: beside.or(state),
                    beside: beside.is_some(),
                });
            }
            // "My sister": nobody's job.
            Meaning::Outside(_) if reading.covers(span.start, Plain::Kin) => return,
            Meaning::Outside(_) if is_background(reading, span) => {
                self.from_outside = true;
                return;
            }
            Meaning::Outside(place) => return push(&mut self.outside, place),
            Meaning::Credential(place) => {
                let (name, roles) = lexicon.credential(place);
                return self.credentials.push((name.to_owned(), roles.to_vec()));
            }
            Meaning::Setting(_) | Meaning::Class(_) => return,
        };
        if is_somebody_elses(reading, span) || is_employer(reading, span) {
            return;
        }
        if is_unwanted(reading, span) {
            let family = reading
                .classes(span.start)
                .iter()
                .find_map(|(class, len)| match class {
                    Class::Family(family) if *len == span.len => Some(*family),
                    _ => None,
                });
            match family {
                Some(family) => push(&mut self.without_families, family),
                None => roles
                    .into_iter()
                    .for_each(|id| push(&mut self.without_roles, id)),
            }
            return;
        }
        self.single_word &= span.len == 1;
        match (span.meaning, roles.as_slice()) {
            (Meaning::Term(_), _) if self.readings.is_some() => {}
            (Meaning::Term(place), _) => {
                let term = knowledge.glossary[usize::from(place)].term.clone();
                self.readings = Some(Readings { term, roles });
                self.first_reading = takes_first(knowledge, place);
            }
            (_, [id]) if is_background(reading, span) => push(&mut self.background, *id),
            (_, [id]) => push(&mut self.roles, *id),
            _ => {}
        }
    }
}

/// "Eye doctor (optometrist)", "respiratory therapist (RT)": of a name and what brackets say of it, the surer one counts.
fn is_explained(reading: &Reading, place: usize) -> bool {
    let names = &reading.names;
    let span = &names[place];
    let beside = |one: &Span, other: &Span| {
        let bracket = &reading.tokens[other.start];
        one.end() == other.start
            && reading.together(one.start, other.start)
            && bracket.after_comma
            && bracket.in_brackets
            && one.meaning.may_be_role()
    };
    let next = names.get(place + 1).filter(|next| beside(span, next));
    let before = place
        .checked_sub(1)
        .map(|at| &names[at])
        .filter(|before| beside(before, span));
    next.is_some_and(|next| next.meaning.is_role())
        || before.is_some_and(|before| {
            before.meaning.is_role() && matches!(span.meaning, Meaning::Term(_))
        })
}

/// "MRI vs CT tech": words that are a role's name with the last word of the next one, by their places.
fn halves(lexicon: &Lexicon, reading: &Reading) -> Vec<(usize, RoleId)> {
    let half = |name: &Span| {
        let at = name.start.checked_sub(2)?;
        let alone = name.meaning.is_role() && name.len > 1 && reading.joins(name.start - 1);
        let named = reading
            .names
            .iter()
            .any(|other| other.holds(at) && other.meaning.may_be_role());
        if !alone || named || !reading.together(at, name.start) {
            return None;
        }
        let words = [at, name.end() - 1].map(|at| reading.tokens[at].clone());
        let whole = lexicon
            .spans(&words)
            .into_iter()
            .find_map(|span| match span.meaning {
                Meaning::Role(id) if span.len == words.len() => Some(id),
                _ => None,
            })?;
        Some((at, whole))
    };
    reading.names.iter().filter_map(half).collect()
}

/// Whether a kind of workplace says where: in a clause that asks, or behind a word for a place. "RN school" is none, nor is
/// "out of school".
pub(crate) fn is_where(reading: &Reading, span: &Span) -> bool {
    let placed = reading.ends_before(span.start, Plain::WorksAt)
        || span.start > 0
            && reading.is(span.start - 1, Plain::Article)
            && reading.ends_before(span.start - 1, Plain::WorksAt);
    let level = |(class, _): &(Class, usize)| matches!(class, Class::Level(_));
    let learned = span.len == 1 && reading.is(span.start, Plain::Schooling)
        || reading.classes(span.start).iter().any(level);
    let of_job = reading
        .names
        .iter()
        .any(|name| name.start == span.end() && name.meaning.may_be_role());
    // "Nursing homes then": nothing else is said.
    let alone = !learned && reading.content().all(|at| span.holds(at));
    placed || of_job || alone || reading.asks(span.start) && !learned
}

/// "RT or x-ray tech", "RN, RT": a word with several readings is held against a role, or stands in a list with it.
fn joined_to_a_role(reading: &Reading) -> bool {
    let term = |span: &Span| matches!(span.meaning, Meaning::Term(_));
    let role = |span: &Span| span.meaning.is_role();
    reading.names.windows(2).any(|pair| {
        let between = pair[0].end()..pair[1].start;
        let comma = reading.tokens[pair[1].start].after_comma;
        let joint = |at: usize| {
            reading.is(at, Plain::Versus)
                || reading.is(at, Plain::ListJoint)
                || reading.is(at, Plain::Article)
        };
        (term(&pair[0]) && role(&pair[1]) || role(&pair[0]) && term(&pair[1]))
            && reading.together(pair[0].start, pair[1].start)
            && (comma || !between.is_empty())
            && between.len() <= 2
            && between.into_iter().all(joint)
    })
}

/// The state whose name stands right behind a city's.
fn state_behind(reading: &Reading, city: &Span) -> Option<State> {
    let behind =
        |name: &&Span| name.start == city.end() && reading.together(city.start, name.start);
    match reading.names.iter().find(behind)?.meaning {
        Meaning::State(state) | Meaning::StateCode(state) => Some(state),
        _ => None,
    }
}

/// Whether the words of a workplace are those of a role, too.
fn is_whole_name(reading: &Reading, span: &Span) -> bool {
    let same = |name: &Span| name.start == span.start && name.len == span.len;
    reading.names.iter().any(same)
}

/// "Home health physical therapist": the rest of the title names the same role by itself.
fn is_part_of_title(reading: &Reading, span: &Span) -> bool {
    let whole = reading
        .names
        .iter()
        .find(|name| name.start == span.start && name.end() > span.end());
    whole.is_some_and(|name| {
        let rest = |other: &Span| {
            other.start == span.end() && other.end() == name.end() && other.meaning == name.meaning
        };
        reading.spans.iter().any(rest)
    })
}

fn push<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

/// The roles that a term of the glossary can mean.
fn term_roles(knowledge: &Knowledge, place: u16) -> Vec<RoleId> {
    let role = |slug: &str| match knowledge.find(slug) {
        Some(Topic::Role(id)) => Some(id),
        _ => None,
    };
    knowledge.glossary[usize::from(place)]
        .roles
        .iter()
        .filter_map(|slug| role(slug.as_str()))
        .collect()
}

/// "I'm a CNA", "been a nurse for ten years", "from LPN to RN": the role is the writer's own.
fn is_background(reading: &Reading, span: &Span) -> bool {
    /// Words that may stand between "I'm a" and the job: "I'm a tired night shift CNA".
    const BETWEEN: usize = 3;
    let from = span.start.saturating_sub(BETWEEN);
    // "From high school to working as a nurse" tells where somebody wants to be.
    let goal = |at: usize| {
        let mut starts = reading.starts_before(at, Plain::Background);
        starts.any(|start| start > 0 && reading.is(start - 1, Plain::To))
    };
    let near = (from..=span.start).rev().any(|at| {
        reading.ends_before(at, Plain::Background)
            && !goal(at)
            && (at == span.start || (at..span.start).all(|place| !reading.in_name(place)))
            && reading.together(at.saturating_sub(1), span.start)
            && (at..span.start).all(|place| !reading.is(place, Plain::To))
    });
    // "From LPN to RN", "CRNA, how do I get there from RN".
    let goal_before = reading.names.iter().any(|name| {
        name.meaning.is_role()
            && name.end() <= span.start
            && reading.together(name.start, span.start)
    });
    let way = reading.ends_before(span.start, Plain::From)
        && (goal_before || (span.end()..span.end() + 2).any(|at| reading.is(at, Plain::To)));
    near || way
}

/// "My wife is an RN and says I would be a good PTA": a job that somebody else has.
fn is_somebody_elses(reading: &Reading, span: &Span) -> bool {
    /// Words that may stand between somebody and the job.
    const BETWEEN: usize = 4;
    let kin = (span.start.saturating_sub(BETWEEN + 2)..span.start)
        .rev()
        .find(|at| reading.is(*at, Plain::Kin));
    let Some(at) = kin.filter(|at| reading.together(*at, span.start)) else {
        return false;
    };
    let from = at + reading.len_of(at, Class::Plain(Plain::Kin)).unwrap_or(1);
    let has = (from..span.start).all(|place| reading.stop[place] && !reading.is(place, Plain::To));
    let only = reading
        .names
        .iter()
        .filter(|name| name.meaning.is_role())
        .count()
        == 1;
    has && from < span.start && reading.ends_before(span.start, Plain::Article) && !only
}

/// "Receptionist at a chiropractor", "work for a dentist as an assistant": whom somebody with another job works for.
fn is_employer(reading: &Reading, span: &Span) -> bool {
    let other = |name: &Span| name.meaning.may_be_role() && !name.overlaps(span);
    span.meaning.may_be_role()
        && reading.ends_before(span.start, Plain::WorksFor)
        && reading.names.iter().any(other)
}

/// "North vs South Carolina": the state whose name lends its last word from the next.
fn first_half(reading: &Reading, span: &Span) -> Option<State> {
    let joint = span.start.checked_sub(1)?;
    let joined = reading.is(joint, Plain::ListJoint)
        || reading.is(joint, Plain::Versus)
        || reading.is(joint, Plain::To);
    let half = reading
        .tokens
        .get(joint.checked_sub(1)?)
        .filter(|_| joined && span.len == 2)?;
    let noun = reading.tokens.get(span.end() - 1)?;
    let name = format!("{} {}", half.word, noun.word);
    State::named(&name)
}

/// "Not a doctor", "anything but nursing": the name is what the writer does not want. A question that denies ("why
/// don't nurses ...", "can't a nurse ...") wants it.
fn is_unwanted(reading: &Reading, span: &Span) -> bool {
    let close = (span.start.saturating_sub(UNWANTED_REACH)..span.start)
        .rev()
        .find(|at| reading.is(*at, Plain::Negator));
    let Some(at) = close.filter(|_| reading.denied[span.start]) else {
        return false;
    };
    let between = at + 1..span.start;
    let wanted = between.clone().all(|place| {
        reading.is(place, Plain::Article)
            || reading.is(place, Plain::ListJoint)
            || reading.in_name(place)
            || reading.is(place, Plain::To)
            || reading.is(place - 1, Plain::To) && reading.stop[place]
            || reading
                .len_of(at, Class::Plain(Plain::Dislike))
                .is_some_and(|len| place < at + len)
            || (at..place).any(|start| {
                reading
                    .len_of(start, Class::Plain(Plain::Negator))
                    .is_some_and(|len| place < start + len)
            })
    });
    wanted && (at > 0 || span.end() < reading.tokens.len())
}
