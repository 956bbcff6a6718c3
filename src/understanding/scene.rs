//! All that is known of one message before it is decided what it asks.

use std::cell::OnceCell;
use std::ops::Range;

use crate::knowledge::definitions::Definition;
use crate::knowledge::language::{About, Class, Label, Plain};
use crate::knowledge::terms::{PayStatistic, PayUnit};
use crate::knowledge::{AreaId, Knowledge, RoleId, Topic, TrendId};
use crate::search::topics::{self, Found};
use crate::search::{Error, Index};
use crate::understanding::conditions;
use crate::understanding::context::{self, Context, Recalled};
use crate::understanding::features::{features, features_in_talk, features_of};
use crate::understanding::lexicon::{Lexicon, Meaning, Span};
use crate::understanding::mentions::{City, Mentions};
use crate::understanding::model::{Labels, predict};
use crate::understanding::quantities::{self, Quantities};
use crate::understanding::reading::Reading;
use crate::understanding::request::{Ask, End, Place};

/// Slug of the trend of remote work.
const REMOTE_WORK: &str = "remote-work";
/// A question without a word that begins one has at most so many words.
const SHORT_QUESTION: usize = 8;
/// From here on, somebody may be in danger or in sorrow, whatever was spoken of before.
const IN_DANGER: f32 = 0.1;
/// A clause has so many words at least.
const SHORTEST_CLAUSE: usize = 2;
/// Clauses that are looked at by themselves, at most.
const MOST_CLAUSES: usize = 5;

/// One message and everything found in it.
pub(crate) struct Scene<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) index: &'a Index,
    pub(crate) context: Option<&'a Context>,
    pub(crate) reading: Reading,
    pub(crate) found: Mentions,
    pub(crate) counted: Quantities,
    pub(crate) labels: Labels,
    pub(crate) recalled: Recalled,
    clauses: OnceCell<Vec<(Label, f32)>>,
    described: OnceCell<Vec<(RoleId, Found)>>,
    fitting: OnceCell<Vec<(RoleId, Found)>>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        knowledge: &'a Knowledge,
        lexicon: &'a Lexicon,
        index: &'a Index,
        message: &str,
        context: Option<&'a Context>,
    ) -> Self {
        let reading = Reading::new(lexicon, message);
        let found = Mentions::new(knowledge, lexicon, &reading);
        let counted = quantities::read(&reading, &knowledge.language.numbers);
        let features = features(&reading, None);
        let mut labels = predict(&knowledge.language.weights, &features);
        let recalled = context.map_or_else(Recalled::default, |context| {
            let lists = labels.of(Label::List) + labels.of(Label::Suggest) > 0.3;
            context::recall(
                &reading,
                &found,
                &knowledge.language.ordinals,
                context,
                lists,
            )
        });
        // "What does it pay": a role is asked about, though none is named. Who may be in danger is heard by the words alone.
        let of_several = reading.has(Plain::PronounMany) || reading.has(Plain::ChooseAmong);
        let of_one = reading.has(Plain::PronounOne)
            && !recalled.roles.is_empty()
            && found.roles.is_empty()
            && !of_several;
        if of_one && labels.danger() < IN_DANGER {
            let features = features_in_talk(&reading, recalled.roles.len());
            labels = predict(&knowledge.language.weights, &features);
        }
        Self {
            knowledge,
            lexicon,
            index,
            context,
            reading,
            found,
            counted,
            labels,
            recalled,
            clauses: OnceCell::new(),
            described: OnceCell::new(),
            fitting: OnceCell::new(),
        }
    }

    /// The likeliest label of each clause, where a message has several: two things asked in one sentence.
    pub(crate) fn clauses(&self) -> &[(Label, f32)] {
        self.clauses.get_or_init(|| self.read_clauses())
    }

    fn read_clauses(&self) -> Vec<(Label, f32)> {
        let reading = &self.reading;
        let mut starts = vec![0];
        for at in 1..reading.tokens.len() {
            let joint = reading.is(at, Plain::ListJoint) && !reading.is(at, Plain::Article);
            // "Visa sponsorship for PTs what do they earn": a word that asks, behind enough that asks something else.
            let from = starts.last().copied().unwrap_or(0);
            let asks = reading.is(at, Plain::Which)
                && !reading.is(at - 1, Plain::Opener)
                && at - from > SHORTEST_CLAUSE;
            // "Eye doctor (optometrist)": one behind another, and no new clause.
            let listed = reading.in_name(at) && reading.in_name(at - 1);
            let comma = reading.tokens[at].after_comma && !listed;
            if comma || joint || asks || !reading.together(at - 1, at) {
                starts.push(at);
            }
        }
        starts.push(reading.tokens.len());
        let parts: Vec<Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
        if parts.len() < 2 || parts.len() > MOST_CLAUSES {
            return Vec::new();
        }
        parts
            .into_iter()
            .filter(|part| part.len() >= SHORTEST_CLAUSE)
            .map(|part| self.labels_of(part).top())
            .collect()
    }

    /// The labels of a part, as if nothing else stood in the message.
    fn labels_of(&self, part: Range<usize>) -> Labels {
        predict(
            &self.knowledge.language.weights,
            &features_of(&self.reading, part, 0, None),
        )
    }

    /// The highest probability of a label among the sentences, each taken by itself.
    pub(crate) fn in_one_sentence(&self, label: Label) -> f32 {
        let reading = &self.reading;
        let begins = |at: &usize| *at == 0 || !reading.together(*at - 1, *at);
        let mut starts: Vec<usize> = (0..reading.tokens.len()).filter(begins).collect();
        starts.push(reading.tokens.len());
        starts
            .windows(2)
            .map(|pair| self.labels_of(pair[0]..pair[1]).of(label))
            .fold(0.0, f32::max)
    }

    /// Whether pay is asked in so many words: money, a time by which it is paid, a word for it.
    pub(crate) fn says_pay(&self) -> bool {
        let of_pay = |class: &Class| {
            matches!(
                class,
                Class::About(About::Pay)
                    | Class::Unit(_)
                    | Class::Statistic(_)
                    | Class::Order(_)
                    | Class::Plain(Plain::Dollar | Plain::PlaceWord | Plain::High | Plain::Low)
            )
        };
        let reading = &self.reading;
        let said = |at: usize| reading.classes(at).iter().any(|(class, _)| of_pay(class));
        !self.counted.money.is_empty()
            || (0..reading.tokens.len()).any(|at| !reading.in_name(at) && said(at))
    }

    /// "I'm not squeamish at all": short, and says of a kind of work that somebody likes, dislikes or bears it.
    pub(crate) fn tells_a_taste(&self) -> bool {
        let reading = &self.reading;
        let mut feelings = [Plain::Like, Plain::Dislike, Plain::Unbothered].into_iter();
        let mut all = (0..reading.tokens.len()).flat_map(|at| reading.classes(at));
        reading.tokens.len() <= SHORT_QUESTION
            && feelings.any(|class| reading.has(class))
            && all.any(|(class, _)| matches!(class, Class::Trait(_) | Class::Averse(_)))
    }

    /// Whether a trend is the one of remote work, whose name is also a wish for jobs.
    pub(crate) fn is_remote(&self, trend: TrendId) -> bool {
        self.knowledge.trend(trend).slug.as_str() == REMOTE_WORK
    }

    /// Whether the trend of remote work is named: a wish for jobs, too.
    pub(crate) fn names_remote(&self) -> bool {
        self.found.trends.iter().any(|trend| self.is_remote(*trend))
    }

    /// The first trend named that is not the one of remote work.
    pub(crate) fn other_trend(&self) -> Option<TrendId> {
        self.found
            .trends
            .iter()
            .copied()
            .find(|trend| !self.is_remote(*trend))
    }

    /// The sum of the probabilities of some labels.
    pub(crate) fn mass(&self, labels: &[Label]) -> f32 {
        labels.iter().map(|label| self.labels.of(*label)).sum()
    }

    /// The likeliest of some labels.
    pub(crate) fn likeliest(&self, labels: &[Label]) -> (Label, f32) {
        let ranked = labels.iter().map(|label| (*label, self.labels.of(*label)));
        ranked
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .unwrap_or((Label::OffTopic, 0.0))
    }

    /// The words that carry meaning, outside the names, as the index has them.
    pub(crate) fn own_stems(&self) -> Vec<String> {
        let words: Vec<&str> = self
            .reading
            .content()
            .map(|at| self.reading.tokens[at].word.as_str())
            .collect();
        let mut stems = self.index.stems(&words.join(" "));
        let mut seen = Vec::with_capacity(stems.len());
        stems.retain(|stem| {
            let new = !seen.contains(stem);
            seen.push(stem.clone());
            new
        });
        stems
    }

    /// The words that carry meaning, names included, in the words of the descriptions, as the index has them.
    pub(crate) fn described_stems(&self) -> Vec<String> {
        self.stems_of(
            self.describing()
                .map(|word| self.lexicon.described_as(word)),
        )
    }

    /// The words by which work may be described.
    fn describing(&self) -> impl Iterator<Item = &str> {
        (0..self.reading.tokens.len())
            .filter(|at| !self.reading.stop[*at] && self.reading.tokens[*at].number.is_none())
            .filter(|at| !self.is_of_question(*at))
            .map(|at| self.reading.tokens[at].word.as_str())
    }

    fn stems_of<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<String> {
        let words: Vec<&str> = words.collect();
        let mut stems = self.index.stems(&words.join(" "));
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// Whether a word names a place or says what is asked of a job: it describes none.
    fn is_of_question(&self, at: usize) -> bool {
        let place = |name: &Span| name.meaning.is_place() && name.holds(at);
        let figure = |(class, _): &(Class, usize)| {
            matches!(class, Class::About(About::Pay) | Class::Unit(_))
        };
        self.reading.names.iter().any(place) || self.reading.classes(at).iter().any(figure)
    }

    /// The topics whose names the message rewords, best first.
    pub(crate) fn reworded(&self) -> Vec<Found> {
        or_nothing(topics::by_name(
            self.index,
            self.knowledge,
            &self.described_stems(),
        ))
    }

    /// The roles whose work the message describes, best first.
    pub(crate) fn described(&self) -> &[(RoleId, Found)] {
        self.described.get_or_init(|| {
            let stems = self.described_stems();
            or_nothing(topics::by_description(self.index, self.knowledge, &stems))
        })
    }

    /// The roles whose whole work the message fits, best first.
    pub(crate) fn fitting(&self) -> &[(RoleId, Found)] {
        self.fitting.get_or_init(|| {
            let stems = self.stems_of(self.describing());
            or_nothing(topics::by_work(self.index, self.knowledge, &stems))
        })
    }

    /// The details of what is asked.
    pub(crate) fn ask(&self) -> Ask {
        let reading = &self.reading;
        let (least, most) = conditions::levels(reading);
        let level = most
            .or(least)
            .filter(|_| !conditions::named_levels(reading).is_empty());
        let statistic = match self.said(|class| matches!(class, Class::Statistic(_))) {
            Some(Class::Statistic(statistic)) => Some(statistic),
            _ => self.names_a_beginner().then_some(PayStatistic::Start),
        };
        let period = self.knowledge.pay_year();
        Ask {
            place: self.place(),
            unit: self.unit(),
            statistic: statistic
                .filter(|which| *which != PayStatistic::Start || self.labels.of(Label::Pay) > 0.2),
            amount: self.counted.money.first().cloned(),
            schooling: level.map(|level| (level, conditions::schooling_said(reading))),
            degree: reading.has(Plain::Degree) || level.is_some(),
            whether: reading.all(Plain::Whether).any(|at| {
                at == 0 || reading.tokens[at - 1].sentence != reading.tokens[at].sentence
            }) || level.is_some() && self.asks_of_a_level(),
            every_state: reading.has(Plain::EveryState),
            least: reading.has(Plain::Low) || reading.has(Plain::Less),
            earlier: self
                .counted
                .year
                .filter(|year| period.is_some_and(|period| *year < period)),
            likes: self.found.likes.clone(),
            dislikes: self.found.dislikes.clone(),
            words: reading
                .content()
                .map(|at| reading.tokens[at].stem.clone())
                .collect(),
            sentences: Vec::new(),
        }
    }

    /// "A new nurse": right before a job, somebody who has just begun.
    fn names_a_beginner(&self) -> bool {
        let reading = &self.reading;
        let mut jobs = reading
            .names
            .iter()
            .filter(|name| name.meaning.may_be_role());
        jobs.any(|name| reading.ends_before(name.start, Plain::NewTo))
    }

    /// The first class of that kind outside the names. "12 hour shifts" counts no pay by the hour.
    fn said(&self, wanted: fn(&Class) -> bool) -> Option<Class> {
        let reading = &self.reading;
        let of_schedule = |at: usize| {
            let mut covering = reading.covering(at);
            covering.any(|(class, len)| class == Class::Says(Label::Schedule) && len > 1)
        };
        (0..reading.tokens.len())
            .filter(|at| !reading.in_name(*at) && !of_schedule(*at))
            .find_map(|at| {
                let mut classes = reading.classes(at).iter().map(|(class, _)| *class);
                classes.find(wanted)
            })
    }

    /// The time by which pay is asked or told, where it is another one than the year.
    pub(crate) fn unit(&self) -> Option<PayUnit> {
        match self.said(|class| matches!(class, Class::Unit(_))) {
            Some(Class::Unit(unit)) if unit != PayUnit::Year && !self.counts_time() => Some(unit),
            _ => self
                .counted
                .money
                .first()
                .map(|amount| amount.unit)
                .filter(|unit| *unit != PayUnit::Year),
        }
    }

    /// "PhD needed for genetic counselor?": a level beside a need, with no word that asks which or how.
    fn asks_of_a_level(&self) -> bool {
        let reading = &self.reading;
        let wanted = reading.has(Plain::Need) || reading.has(Plain::Enough);
        wanted && reading.tokens.len() <= SHORT_QUESTION && !reading.has(Plain::Opener)
    }

    /// Whether time is counted: "40 hours a week" asks for no pay by the hour.
    fn counts_time(&self) -> bool {
        let reading = &self.reading;
        reading
            .all(Plain::CountedTime)
            .any(|at| reading.tokens[at].word != reading.tokens[at].stem)
    }

    /// Where something is asked: as named, else as spoken of before.
    pub(crate) fn place(&self) -> Place {
        let table = &self.knowledge.figures.areas;
        let mut states = self.found.states.clone();
        let mut areas: Vec<AreaId> = Vec::new();
        let mut unknown = None;
        let cities: &[City] = if self.means_the_state() {
            &[]
        } else {
            &self.found.cities
        };
        for city in cities {
            // "In Columbus, Ohio": the city lies in the state that is named with it.
            let only = states.first().copied().filter(|_| states.len() == 1);
            let state = city.state.filter(|_| city.beside).or(only).or(city.state);
            let anywhere = || {
                table
                    .area_of_city(&city.name, None)
                    .filter(|_| !city.beside)
            };
            match table.area_of_city(&city.name, state).or_else(anywhere) {
                Some(area) if !areas.contains(&area) => areas.push(area),
                Some(_) => {}
                None => {
                    unknown = Some(City {
                        state,
                        ..city.clone()
                    })
                }
            }
        }
        if let ([state], true) = (states.as_slice(), self.reading.has(Plain::Rural)) {
            areas.extend(table.rural(*state));
        }
        if states.is_empty() {
            let of_areas = areas
                .iter()
                .filter_map(|area| table.get(*area).states.first().copied());
            for state in of_areas.chain(unknown.as_ref().and_then(|city| city.state)) {
                if !states.contains(&state) {
                    states.push(state);
                }
            }
        }
        if states.is_empty() && unknown.is_none() {
            states.clone_from(&self.recalled.states);
            areas.clone_from(&self.recalled.areas);
            // "Vs NP there", "RN pay in both": where was spoken of before.
            let there = self.reading.has(Plain::PronounOne) && self.reading.tokens.len() <= 6;
            if let Some(context) = self.context.filter(|_| states.is_empty()) {
                let both = context.states.len() > 1 && self.reading.has(Plain::PronounMany);
                if there || both {
                    states.clone_from(&context.states);
                }
            }
        }
        let by_area = self
            .reading
            .all(Plain::CityWord)
            .any(|at| !self.reading.in_name(at));
        let by_setting = !by_area && self.found.settings.is_empty() && self.ranks_settings();
        Place {
            states,
            ranked: self.ranked().filter(|_| !by_setting),
            city: unknown,
            areas,
            settings: self.found.settings.clone(),
            by_area,
            by_setting,
        }
    }

    /// "I'm from Cleveland, what would I make in Ohio": the state is named after the city, and not as where that lies.
    fn means_the_state(&self) -> bool {
        let reading = &self.reading;
        let names = reading.names.iter().rev();
        let mut places = names.filter(|name| name.meaning.is_place());
        let (Some(state), Some(city)) = (places.next(), places.next()) else {
            return false;
        };
        // "Columbus in Ohio".
        let lies_in = city.end() == state.start
            || city.end() + 1 == state.start && reading.is(city.end(), Plain::PlaceBefore);
        matches!(city.meaning, Meaning::City(_))
            && !matches!(state.meaning, Meaning::City(_))
            && !lies_in
            && (reading.asks(state.start) || !reading.asks(city.start))
    }

    /// "Which setting pays nurses best": whether kinds of workplace are to be ranked.
    fn ranks_settings(&self) -> bool {
        let reading = &self.reading;
        reading.all(Plain::SettingWord).any(|at| {
            let near = |class| reading.all(class).any(|other| reading.together(at, other));
            !reading.in_name(at) && (near(Plain::High) || near(Plain::Low) || near(Plain::Which))
        })
    }

    /// "Which state pays nurses the most": whether states are to be ranked, and from which end.
    fn ranked(&self) -> Option<End> {
        let reading = &self.reading;
        let place = reading.all(Plain::PlaceWord).find(|at| {
            !reading.in_name(*at)
                && !reading.is(at + 1, Plain::OfState)
                && !reading.covers(*at, Plain::Home)
                && !reading.covers(*at, Plain::WholeState)
        })?;
        let near = |class: Plain| reading.all(class).any(|at| reading.together(at, place));
        let lowest = near(Plain::Low);
        let highest = near(Plain::High)
            || near(Plain::Which)
            || reading.tokens[place].word != reading.tokens[place].stem;
        (lowest || highest).then_some(if lowest { End::Lowest } else { End::Highest })
    }

    /// The places of the definitions that are asked for: those of the longest term that stands in the message.
    pub(crate) fn definitions(&self) -> Vec<usize> {
        let text = format!(" {} ", self.reading.words(0, self.reading.tokens.len()));
        let stands = |term: &str| {
            let words: Vec<String> = crate::text::phrase(term)
                .into_iter()
                .map(|token| token.word)
                .collect();
            !words.is_empty() && text.contains(&format!(" {} ", words.join(" ")))
        };
        let longest = |entry: &Definition| {
            let written = std::iter::once(&entry.term).chain(&entry.also);
            written.filter(|term| stands(term)).map(String::len).max()
        };
        let found: Vec<(usize, usize)> = self
            .knowledge
            .definitions
            .iter()
            .enumerate()
            .filter_map(|(place, entry)| longest(entry).map(|len| (place, len)))
            .collect();
        let most = found.iter().map(|(_, len)| *len).max().unwrap_or(0);
        found
            .into_iter()
            .filter(|(_, len)| *len == most)
            .map(|(place, _)| place)
            .collect()
    }

    /// The topics of some roles.
    pub(crate) fn topics(roles: &[RoleId]) -> Vec<Topic> {
        roles.iter().copied().map(Topic::Role).collect()
    }
}

fn or_nothing<T>(found: Result<Vec<T>, Error>) -> Vec<T> {
    found.unwrap_or_else(|error| {
        // The index is in memory: this is a fault of the program, and what is held as facts still answers.
        tracing::error!(%error, "search failed");
        Vec::new()
    })
}
