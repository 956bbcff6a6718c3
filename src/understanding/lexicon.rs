//! Every phrase that means something, in one trie: names of roles, trends and places, and the classes of words.
//!
//! Built once for a [`Knowledge`]. Knows phrases, not sentences.

use std::collections::{HashMap, HashSet};

use crate::knowledge::glossary::Choice;
use crate::knowledge::language::{Class, Plain, WayWord};
use crate::knowledge::settings::SettingId;
use crate::knowledge::starts::StartId;
use crate::knowledge::{Knowledge, RoleId, State, Topic, TrendId};
use crate::spelling::Speller;
use crate::text::phrases::Phrases;
use crate::text::{self, Token};
use crate::understanding::credentials::credentials;

/// What a phrase can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A role's title, alias or official title.
    Role(RoleId),
    /// An abbreviation of a role; counts in capitals, or where it can be nothing else.
    Abbreviation(RoleId),
    /// An entry of the glossary.
    Term(u16),
    /// A license, exam or certificate, by its place in [`Lexicon::credential`].
    Credential(u16),
    /// A trend's title or by-name.
    Trend(TrendId),
    /// A state by its name.
    State(State),
    /// A state by its postal code.
    StateCode(State),
    /// A city or region, by its place in [`Lexicon::city`].
    City(u16),
    /// A kind of workplace.
    Setting(SettingId),
    /// An occupation outside the knowledge, by its place there.
    Outside(u16),
    /// A word of a class.
    Class(Class),
}

impl Meaning {
    /// Whether it names one role.
    pub(crate) fn is_role(self) -> bool {
        matches!(self, Self::Role(_) | Self::Abbreviation(_))
    }

    /// Whether it names a place.
    pub(crate) fn is_place(self) -> bool {
        matches!(self, Self::State(_) | Self::StateCode(_) | Self::City(_))
    }

    /// Whether it names this role.
    pub(crate) fn is_of(self, role: RoleId) -> bool {
        matches!(self, Self::Role(id) | Self::Abbreviation(id) if id == role)
    }

    /// Whether it names a role, or a word that can mean several.
    pub(crate) fn may_be_role(self) -> bool {
        self.is_role() || matches!(self, Self::Term(_))
    }
}

/// A phrase found in a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    /// First token.
    pub(crate) start: usize,
    /// Number of tokens.
    pub(crate) len: usize,
    /// What it means.
    pub(crate) meaning: Meaning,
}

impl Span {
    /// The token after the last.
    pub(crate) fn end(&self) -> usize {
        self.start + self.len
    }

    /// Whether it shares a token with another.
    pub(crate) fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end() && other.start < self.end()
    }

    /// Whether it holds a token.
    pub(crate) fn holds(&self, at: usize) -> bool {
        self.start <= at && at < self.end()
    }
}

/// What a phrase says of a way to better work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfWay {
    /// A word for it.
    Word(WayWord),
    /// Where somebody starts.
    Start(StartId),
    /// Work outside health care that is told of, by its place in the language.
    Work(u16),
}

/// All phrases of one knowledge.
pub(crate) struct Lexicon {
    phrases: Phrases<Meaning>,
    ways: Phrases<OfWay>,
    speller: Speller,
    credentials: Vec<(String, Vec<RoleId>)>,
    cities: Vec<(String, Option<State>)>,
    stop: HashSet<String>,
    talk_forms: HashMap<String, String>,
}

impl Lexicon {
    /// Builds the lexicon.
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let language = &knowledge.language;
        let mut builder = Builder {
            phrases: Phrases::new(language.title_forms.clone()),
            taken: HashSet::new(),
            knowledge,
        };
        builder.add_roles();
        builder.add_trends();
        builder.add_terms();
        let credentials = credentials(knowledge);
        let cities = builder.add_places();
        let Builder { mut phrases, .. } = builder;
        for (place, (name, _)) in credentials.iter().enumerate() {
            for name in
                std::iter::once(name.as_str()).chain(name.split_once('-').map(|(head, _)| head))
            {
                phrases.add(name, Meaning::Credential(place as u16));
            }
        }
        let mut stop = HashSet::new();
        for (class, phrase) in &language.classes {
            if *class == Class::Plain(Plain::Stop) {
                stop.extend([phrase.clone(), text::singular(phrase).into_owned()]);
            } else {
                phrases.add(phrase, Meaning::Class(*class));
            }
        }
        let mut ways = Phrases::new(HashMap::new());
        for (way, phrase) in &language.ways {
            ways.add(phrase, OfWay::Word(*way));
        }
        for (place, start) in knowledge.starts.iter().enumerate() {
            for phrase in &start.words {
                ways.add(phrase, OfWay::Start(StartId(place as u8)));
            }
        }
        for (place, (_, phrase)) in language.work.iter().enumerate() {
            ways.add(phrase, OfWay::Work(place as u16));
        }
        let of_ways: Vec<String> = ways.words().map(str::to_owned).collect();
        let numbers = language.numbers.keys().chain(language.ordinals.keys());
        let known = stop
            .iter()
            .chain(numbers)
            .chain(&of_ways)
            .map(String::as_str);
        let speller = Speller::new(knowledge, &phrases, known);
        Self {
            phrases,
            ways,
            speller,
            credentials,
            cities,
            stop,
            talk_forms: language.talk_forms.clone(),
        }
    }

    /// The speller over the words of this lexicon.
    pub(crate) fn speller(&self) -> &Speller {
        &self.speller
    }

    /// Every phrase found at any place of `tokens`.
    pub(crate) fn spans(&self, tokens: &[Token]) -> Vec<Span> {
        let found = self.phrases.find(tokens).into_iter();
        found
            .map(|(start, len, meaning)| Span {
                start,
                len,
                meaning,
            })
            .collect()
    }

    /// Every phrase of a way to better work at any place of `tokens`: its place, its length and what it says.
    pub(crate) fn of_ways(&self, tokens: &[Token]) -> Vec<(usize, usize, OfWay)> {
        self.ways.find(tokens)
    }

    /// Whether some phrase holds the word.
    pub(crate) fn knows(&self, stem: &str) -> bool {
        self.phrases.word(stem).is_some()
    }

    /// Whether a word carries no meaning of its own.
    pub(crate) fn is_stop_word(&self, token: &Token) -> bool {
        self.stop.contains(&token.word) || self.stop.contains(&token.stem)
    }

    /// The word that descriptions use for a word of talk.
    pub(crate) fn described_as<'a>(&'a self, word: &'a str) -> &'a str {
        self.talk_forms.get(word).map_or(word, String::as_str)
    }

    /// A city or region, with its state where it has but one.
    pub(crate) fn city(&self, place: u16) -> (&str, Option<State>) {
        self.cities
            .get(usize::from(place))
            .map_or(("", None), |(name, state)| (name, *state))
    }

    /// The name and the roles of a credential.
    pub(crate) fn credential(&self, place: u16) -> (&str, &[RoleId]) {
        self.credentials
            .get(usize::from(place))
            .map_or(("", &[]), |(name, roles)| (name, roles))
    }
}

/// Names as they are added: the first to name something has the name.
struct Builder<'a> {
    phrases: Phrases<Meaning>,
    taken: HashSet<String>,
    knowledge: &'a Knowledge,
}

impl Builder<'_> {
    fn take(&mut self, name: &str, meaning: Meaning) {
        if self.taken.insert(self.phrases.key(name)) {
            self.phrases.add(name, meaning);
        }
    }

    /// The field that a title belongs to, by its ending.
    fn field_of(&self, title: &str) -> Option<String> {
        let mut endings = self.knowledge.language.field_endings.iter();
        endings.find_map(|(end, field)| {
            title
                .strip_suffix(end.as_str())
                .filter(|stem| stem.len() > 2)
                .map(|stem| format!("{stem}{field}"))
        })
    }

    fn take_with_field(&mut self, name: &str, meaning: Meaning) {
        self.take(name, meaning);
        if let Some(field) = self.field_of(name) {
            self.take(&field, meaning);
        }
    }

    fn add_roles(&mut self) {
        for id in self.knowledge.role_ids() {
            let role = self.knowledge.role(id);
            for name in role.names() {
                self.take_with_field(&name, Meaning::Role(id));
            }
            for abbreviation in &role.abbreviations {
                self.taken.insert(self.phrases.key(abbreviation));
                self.phrases.add(abbreviation, Meaning::Abbreviation(id));
                self.phrases
                    .add(&format!("{abbreviation}s"), Meaning::Abbreviation(id));
            }
        }
        self.add_codes();
        for (name, slug) in &self.knowledge.language.foreign {
            if let Some(Topic::Role(id)) = self.knowledge.find(slug) {
                self.take(name, Meaning::Role(id));
            }
        }
    }

    /// Codes of the official lists: "29-1141", "29-1141.00", "291141", also with the list's name before them. One that several
    /// roles share is first of all that of the role which it is about.
    fn add_codes(&mut self) {
        let classes = &self.knowledge.language.classes;
        let lists = classes
            .iter()
            .filter(|(class, _)| *class == Class::Plain(Plain::CodeList));
        let lists: Vec<&str> = lists.map(|(_, word)| word.as_str()).collect();
        let mut roles: Vec<RoleId> = self.knowledge.role_ids().collect();
        // Exact, group, nearest.
        roles.sort_by_key(|id| self.knowledge.role(*id).figures as u8);
        for id in roles {
            let role = self.knowledge.role(id);
            let code = role.soc.to_string();
            for code in [role.onet.clone(), code.replace('-', ""), code] {
                self.take(&code, Meaning::Role(id));
                for list in &lists {
                    self.take(&format!("{list} {code}"), Meaning::Role(id));
                }
            }
        }
    }

    fn add_trends(&mut self) {
        let language = &self.knowledge.language;
        let of_class = |wanted: Plain| {
            let all = language
                .classes
                .iter()
                .filter(move |(class, _)| *class == Class::Plain(wanted));
            all.map(|(_, word)| word.as_str()).collect::<Vec<&str>>()
        };
        let words: Vec<&str> = of_class(Plain::TrendWord);
        let signs: Vec<&str> = of_class(Plain::NumberSign);
        for id in self.knowledge.trend_ids() {
            let trend = self.knowledge.trend(id);
            for name in std::iter::once(&trend.title).chain(&trend.aliases) {
                self.taken.insert(self.phrases.key(name));
                self.phrases.add(name, Meaning::Trend(id));
            }
            let number = i32::from(trend.number);
            let counted = language
                .numbers
                .iter()
                .filter(|(_, value)| **value == f64::from(trend.number));
            let placed = language
                .ordinals
                .iter()
                .filter(|(_, value)| **value == number);
            for word in &words {
                self.phrases
                    .add(&format!("{word} {number}"), Meaning::Trend(id));
                for sign in &signs {
                    self.phrases
                        .add(&format!("{word} {sign} {number}"), Meaning::Trend(id));
                }
                for (count, _) in counted.clone() {
                    self.phrases
                        .add(&format!("{word} {count}"), Meaning::Trend(id));
                }
                for (place, _) in placed.clone() {
                    self.phrases
                        .add(&format!("{place} {word}"), Meaning::Trend(id));
                }
            }
        }
    }

    fn add_terms(&mut self) {
        for (place, entry) in self.knowledge.glossary.iter().enumerate() {
            let term = Meaning::Term(place as u16);
            if self.taken.insert(self.phrases.key(&entry.term)) {
                self.phrases.add(&entry.term, term);
                if entry.term.len() <= 4 {
                    self.phrases.add(&format!("{}s", entry.term), term);
                }
            }
        }
        for id in self.knowledge.role_ids() {
            for title in &self.knowledge.role(id).titles {
                self.take(title, Meaning::Role(id));
                // "CNSs": what ends in s has no plural that could be told by its letters.
                if title.len() <= 4 {
                    self.take(&format!("{title}s"), Meaning::Role(id));
                }
            }
        }
        for (place, outside) in self.knowledge.outside.iter().enumerate() {
            self.take_with_field(&outside.title, Meaning::Outside(place as u16));
        }
    }

    /// Adds states, cities and kinds of workplace; returns the cities.
    fn add_places(&mut self) -> Vec<(String, Option<State>)> {
        for state in State::all() {
            self.phrases.add(state.name(), Meaning::State(state));
            self.phrases.add(state.code(), Meaning::StateCode(state));
        }
        for (class, name) in &self.knowledge.language.classes {
            if let Class::State(state) = class {
                self.phrases.add(name, Meaning::State(*state));
            }
        }
        let figures = &self.knowledge.figures;
        let mut cities = self.knowledge.language.cities.clone();
        let known: HashSet<String> = cities.iter().map(|(name, _)| name.clone()).collect();
        let mut of_areas: Vec<(String, Option<State>)> = figures
            .areas
            .cities()
            .filter(|(name, _)| !known.contains(*name))
            .map(|(name, states)| (name.to_owned(), (states.len() == 1).then(|| states[0].0)))
            .collect();
        of_areas.sort();
        cities.extend(of_areas);
        for (place, (city, _)) in cities.iter().enumerate() {
            self.phrases.add(city, Meaning::City(place as u16));
        }
        for setting in figures.settings.ids() {
            for word in &figures.settings.get(setting).words {
                self.phrases.add(word, Meaning::Setting(setting));
            }
        }
        cities
    }
}

/// Whether a glossary term is taken by its first reading.
pub(crate) fn takes_first(knowledge: &Knowledge, term: u16) -> bool {
    knowledge
        .glossary
        .get(usize::from(term))
        .is_some_and(|entry| entry.choice == Choice::First)
}
