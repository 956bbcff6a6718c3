//! Every phrase that means something, in one trie: names of roles, trends and places, and the words of intents.
//!
//! Built once for a [`Knowledge`]. Knows phrases, not sentences: `understand` decides what a question as a whole asks.

use std::collections::{HashMap, HashSet};

use crate::knowledge::glossary::Choice;
use crate::knowledge::terms::Trait;
use crate::knowledge::{Knowledge, RoleId, State, Topic, TrendId};
use crate::question::cues::{CUES, Cue};
use crate::question::descriptions::Descriptions;
use crate::question::likes::{DISLIKE, LIKE, TRAIT_WORDS};
use crate::question::normalize::{self, Token};
use crate::question::places::{ABROAD, CITIES, HOME, PLAIN_CODES, STATE_NAMES};
use crate::question::refusals::{ILLNESS, OWN_BODY, PHRASES, Reason};
use crate::question::spelling::Speller;
use crate::question::trie::{Trie, canonical, other_forms};

/// Numbers as words, from one.
#[rustfmt::skip]
const NUMBERS: &[(&str, &str)] = &[
    ("one", "first"), ("two", "second"), ("three", "third"), ("four", "fourth"), ("five", "fifth"), ("six", "sixth"), ("seven", "seventh"), ("eight", "eighth"), ("nine", "ninth"), ("ten", "tenth"),
];

/// What a phrase can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
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
    /// A city, by its place in the table.
    City(u16),
    /// Something outside the US.
    Abroad,
    /// The US.
    Home,
    /// An occupation outside the knowledge, by its place there.
    Outside(u16),
    /// A word of an intent.
    Cue(Cue),
    /// A phrase that shows that the question is not covered.
    Refusal(Reason),
    /// A word for a trait of the work.
    Trait(Trait),
    /// "I like".
    Like,
    /// "I hate".
    Dislike,
    /// A word of illness or treatment.
    Illness,
    /// A sign that the writer is the patient.
    OwnBody,
}

/// A phrase found in a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// First token.
    pub start: usize,
    /// Number of tokens.
    pub len: usize,
    /// What it means.
    pub meaning: Meaning,
}

impl Span {
    /// The token after the last.
    pub fn end(&self) -> usize {
        self.start + self.len
    }

    /// Whether it shares a token with another.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end() && other.start < self.end()
    }
}

/// All phrases of one knowledge.
pub struct Lexicon {
    trie: Trie<Meaning>,
    speller: Speller,
    names: HashMap<String, NameWord>,
    named: Vec<(Topic, f32)>,
    credentials: Vec<(String, Vec<RoleId>)>,
    descriptions: Descriptions,
}

/// A word of names.
struct NameWord {
    weight: f32,
    /// The names that hold it, as places in [`Lexicon::named`]: names of one topic and one weight are one.
    names: Vec<usize>,
}

impl Lexicon {
    /// Builds the lexicon.
    pub fn new(knowledge: &Knowledge) -> Self {
        let mut trie = Trie::default();
        let mut names = TitleIndex::default();
        let mut taken = HashSet::new();
        for id in knowledge.role_ids() {
            let role = knowledge.role(id);
            for name in role_names(knowledge, id) {
                names.add(Topic::Role(id), &name);
                for name in std::iter::once(name.clone()).chain(field_of(&name)) {
                    // "Physical therapy" is the field of the therapist and of the assistant: the first to name it has it.
                    if taken.insert(key(&name)) {
                        trie.add(&name, Meaning::Role(id));
                    }
                }
            }
            for abbreviation in &role.abbreviations {
                taken.insert(key(abbreviation));
                trie.add(abbreviation, Meaning::Abbreviation(id));
                trie.add(&format!("{abbreviation}s"), Meaning::Abbreviation(id));
            }
        }
        for id in knowledge.trend_ids() {
            let trend = knowledge.trend(id);
            for name in std::iter::once(&trend.title).chain(&trend.aliases) {
                taken.insert(key(name));
                names.add(Topic::Trend(id), name);
                trie.add(name, Meaning::Trend(id));
            }
            let (word, ordinal) = NUMBERS.get(usize::from(trend.number).wrapping_sub(1)).copied().unwrap_or(("", ""));
            for number in [trend.number.to_string().as_str(), word].into_iter().filter(|number| !number.is_empty()) {
                for pattern in ["trend {}", "trend number {}", "trend no {}"] {
                    trie.add(&pattern.replace("{}", number), Meaning::Trend(id));
                }
            }
            if !ordinal.is_empty() {
                trie.add(&format!("{ordinal} trend"), Meaning::Trend(id));
                trie.add(&format!("{}th trend", trend.number), Meaning::Trend(id));
            }
        }
        for (place, entry) in knowledge.glossary.iter().enumerate() {
            if taken.insert(key(&entry.term)) {
                trie.add(&entry.term, Meaning::Term(place as u16));
                if entry.term.len() <= 4 {
                    trie.add(&format!("{}s", entry.term), Meaning::Term(place as u16));
                }
                if entry.choice == Choice::First
                    && let Some(Topic::Role(id)) = entry.roles.first().and_then(|slug| knowledge.find(slug.as_str()))
                {
                    names.add(Topic::Role(id), &entry.term);
                }
            }
        }
        for id in knowledge.role_ids() {
            for title in &knowledge.role(id).titles {
                if taken.insert(key(title)) {
                    names.add(Topic::Role(id), title);
                    trie.add(title, Meaning::Role(id));
                }
            }
        }
        let credentials = credentials(knowledge);
        for (place, (name, _)) in credentials.iter().enumerate() {
            trie.add(name, Meaning::Credential(place as u16));
            if let Some((head, _)) = name.split_once('-') {
                trie.add(head, Meaning::Credential(place as u16));
            }
        }
        for (place, outside) in knowledge.outside.iter().enumerate() {
            for name in std::iter::once(outside.title.clone()).chain(field_of(&outside.title)) {
                if taken.insert(key(&name)) {
                    trie.add(&name, Meaning::Outside(place as u16));
                }
            }
        }
        add_language(&mut trie);
        let (names, named) = names.weigh();
        let speller = Speller::new(knowledge, trie.words(), other_forms());
        Self { trie, speller, names, named, credentials, descriptions: Descriptions::new(knowledge) }
    }

    /// The speller over the words of this lexicon.
    pub fn speller(&self) -> &Speller {
        &self.speller
    }

    /// The everyday descriptions of the roles.
    pub fn descriptions(&self) -> &Descriptions {
        &self.descriptions
    }

    /// Every phrase found at any place of `tokens`.
    pub fn spans(&self, tokens: &[Token]) -> Vec<Span> {
        let words: Vec<Option<u32>> = tokens.iter().map(|token| self.trie.word(&token.stem)).collect();
        let mut spans = Vec::with_capacity(tokens.len() * 2);
        for start in 0..words.len() {
            self.trie.walk(&words[start..], |len, meanings| {
                spans.extend(meanings.iter().map(|meaning| Span { start, len, meaning: *meaning }));
            });
        }
        spans
    }

    /// Whether some phrase holds the word.
    pub fn knows(&self, stem: &str) -> bool {
        self.trie.word(stem).is_some()
    }

    /// The roles whose license note names the credential.
    pub fn credential(&self, place: u16) -> &[RoleId] {
        self.credentials.get(usize::from(place)).map_or(&[], |(_, roles)| roles)
    }

    /// How many different words of names are among `stems`.
    pub fn words_of_titles(&self, stems: &[&str]) -> usize {
        let mut known: Vec<&str> =
            stems.iter().map(|stem| canonical(stem)).filter(|stem| self.names.contains_key(*stem)).collect();
        known.sort_unstable();
        known.dedup();
        known.len()
    }

    /// Topics by how well one of their names overlaps with `stems`: shared weight over all weight of both, from 0 to 1,
    /// best first. Words are weighted by how few names hold them; one said twice says no more than once.
    pub fn by_title(&self, stems: &[&str]) -> Vec<(Topic, f32)> {
        let mut once: Vec<&str> = stems.iter().map(|stem| canonical(stem)).collect();
        once.sort_unstable();
        once.dedup();
        let words = || once.iter().filter_map(|stem| self.names.get(*stem));
        let asked: f32 = words().map(|word| word.weight).sum();
        let mut shared = vec![0.0_f32; self.named.len()];
        let mut touched = Vec::new();
        for word in words() {
            for name in &word.names {
                if shared[*name] == 0.0 {
                    touched.push(*name);
                }
                shared[*name] += word.weight;
            }
        }
        let overlaps = touched.into_iter().map(|name| {
            let ((topic, name_weight), shared) = (self.named[name], shared[name]);
            (topic, (shared / (asked + name_weight - shared).max(f32::EPSILON)).min(1.0))
        });
        let mut ranked: Vec<(Topic, f32)> = overlaps.collect();
        ranked.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        ranked.dedup_by_key(|(topic, _)| *topic);
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }
}

/// Title, its parts where it says "or", the plural, the slug's words and the aliases.
fn role_names(knowledge: &Knowledge, id: RoleId) -> Vec<String> {
    let role = knowledge.role(id);
    let mut names = vec![role.title.clone(), role.plural.clone(), role.slug.as_str().replace('-', " ")];
    if let Some((first, second)) = role.title.split_once(" or ") {
        let (first_words, second_words): (Vec<&str>, Vec<&str>) =
            (first.split(' ').collect(), second.split(' ').collect());
        names.push(second.to_owned());
        // "Wellness or health coach" is a wellness coach too; "Medical secretary or receptionist" a medical receptionist.
        if first_words.len() == 1 && second_words.len() == 2 {
            names.push(format!("{first} {}", second_words[1]));
        } else {
            names.push(first.to_owned());
        }
    }
    names.extend(role.aliases.iter().cloned());
    names
}

/// The credentials that license notes name, by their capitals: `NCLEX-RN`, `PANCE`. Abbreviations of roles are none.
fn credentials(knowledge: &Knowledge) -> Vec<(String, Vec<RoleId>)> {
    let abbreviations: HashSet<&str> =
        knowledge.roles.iter().flat_map(|role| &role.abbreviations).map(String::as_str).collect();
    let mut credentials: Vec<(String, Vec<RoleId>)> = Vec::new();
    for id in knowledge.role_ids() {
        for word in knowledge.role(id).license_note.split(|c: char| !c.is_alphanumeric() && c != '-') {
            let capitals = word.chars().filter(char::is_ascii_uppercase).count();
            let plain =
                word.len() >= 3 && capitals >= 3 && capitals * 2 > word.len() && word != "APRN" && word != "DEA";
            if !plain || abbreviations.contains(word) {
                continue;
            }
            match credentials.iter_mut().find(|(name, _)| name == word) {
                Some((_, roles)) if roles.contains(&id) => {}
                Some((_, roles)) => roles.push(id),
                None => credentials.push((word.to_owned(), vec![id])),
            }
        }
    }
    credentials
}

/// The field that a title belongs to, by rule: "podiatrist" gives "podiatry", "health services manager" gives "health
/// services management", "truck driver" gives "truck driving".
fn field_of(title: &str) -> Option<String> {
    let words = title.split(' ').count();
    let stem = |end: &str| title.strip_suffix(end).filter(|stem| stem.len() > 3);
    if let Some(stem) = stem("therapist")
        .or_else(|| stem("ologist"))
        .or_else(|| stem("metrist"))
        .or_else(|| stem("iatrist"))
        .or_else(|| stem("practor"))
    {
        let end = title[stem.len()..].trim_end_matches("ist");
        return Some(if title.ends_with("practor") { format!("{stem}practic") } else { format!("{stem}{end}y") });
    }
    match () {
        () if words > 1 && title.ends_with("pathologist") => stem("ist").map(|stem| format!("{stem}y")),
        () if words > 1 && title.ends_with("manager") => stem("r").map(|stem| format!("{stem}ment")),
        () if words > 1 && title.ends_with("iver") => stem("er").map(|stem| format!("{stem}ing")),
        () => None,
    }
}

fn key(name: &str) -> String {
    normalize::phrase(name).iter().map(|token| canonical(&token.stem)).collect::<Vec<_>>().join(" ")
}

fn add_language(trie: &mut Trie<Meaning>) {
    for state in State::all() {
        trie.add(state.name(), Meaning::State(state));
        trie.add(state.code(), Meaning::StateCode(state));
    }
    for (code, names) in STATE_NAMES {
        if let Some(state) = State::from_code(code) {
            names.iter().for_each(|name| trie.add(name, Meaning::State(state)));
        }
    }
    for (place, (name, _)) in CITIES.iter().enumerate() {
        trie.add(name, Meaning::City(place as u16));
    }
    ABROAD.iter().for_each(|name| trie.add(name, Meaning::Abroad));
    HOME.iter().for_each(|name| trie.add(name, Meaning::Home));
    for (cue, phrases) in CUES {
        phrases.iter().for_each(|phrase| trie.add(phrase, Meaning::Cue(*cue)));
    }
    for (reason, phrases) in PHRASES {
        phrases.iter().for_each(|phrase| trie.add(phrase, Meaning::Refusal(*reason)));
    }
    for (kind, phrases) in TRAIT_WORDS {
        phrases.iter().for_each(|phrase| trie.add(phrase, Meaning::Trait(*kind)));
    }
    LIKE.iter().for_each(|phrase| trie.add(phrase, Meaning::Like));
    DISLIKE.iter().for_each(|phrase| trie.add(phrase, Meaning::Dislike));
    ILLNESS.iter().for_each(|phrase| trie.add(phrase, Meaning::Illness));
    OWN_BODY.iter().for_each(|phrase| trie.add(phrase, Meaning::OwnBody));
}

/// Whether a postal code counts at this place: "in PA", "Phoenix, AZ", "TX", but not "or", "in me" or "a PA".
pub fn state_code_counts(tokens: &[Token], at: usize, state: State) -> bool {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|place| tokens[place].word.as_str());
    let plain = PLAIN_CODES.contains(&state.code());
    let placed =
        token.after_comma || matches!(before, Some("in" | "from" | "near" | "across" | "around" | "of" | "state"));
    // These are everyday words: only capitals count, and never as the first word of a clause.
    let everyday = matches!(
        state.code(),
        "IN" | "OR" | "ME" | "HI" | "OK" | "OH" | "DE" | "LA" | "ID" | "AL" | "SO" | "PR" | "AR" | "VI"
    );
    match (token.upper, placed) {
        (true, true) => true,
        (true, false) => {
            plain
                || (everyday && before.is_some())
                || !matches!(state.code(), "PA" | "MA" | "MD" | "MT" | "CO" | "MS" | "MO" | "NE")
        }
        (false, true) => {
            plain
                || matches!(
                    state.code(),
                    "PA" | "MA" | "MD" | "MO" | "MI" | "MS" | "MT" | "CO" | "OH" | "OK" | "AR" | "AL" | "LA"
                )
        }
        (false, false) => {
            plain && !matches!(state.code(), "CA" | "NE" | "GA" | "VA" | "WA")
                || (plain && at + 1 == tokens.len() && at > 0)
        }
    }
}

/// Abbreviations that are everyday words as well: they count in capitals only.
pub fn everyday_word(word: &str) -> bool {
    matches!(
        word,
        "hit"
            | "him"
            | "aud"
            | "it"
            | "or"
            | "us"
            | "me"
            | "in"
            | "so"
            | "no"
            | "do"
            | "as"
            | "at"
            | "am"
            | "an"
            | "pic"
            | "sw"
            | "mt"
            | "md"
            | "gp"
            | "ms"
    )
}

/// Words of names, for overlap with a question.
#[derive(Default)]
struct TitleIndex {
    names: Vec<(Topic, Vec<String>)>,
}

impl TitleIndex {
    fn add(&mut self, topic: Topic, name: &str) {
        let mut stems: Vec<String> =
            normalize::phrase(name).into_iter().map(|token| canonical(&token.stem).to_owned()).collect();
        stems.sort();
        stems.dedup();
        self.names.push((topic, stems));
    }

    /// Weights every word by the number of topics whose names hold it; gives the words, and the names with their weights.
    fn weigh(self) -> (HashMap<String, NameWord>, Vec<(Topic, f32)>) {
        let mut topics: HashMap<&str, HashSet<Topic>> = HashMap::new();
        for (topic, stems) in &self.names {
            for stem in stems {
                topics.entry(stem).or_default().insert(*topic);
            }
        }
        let all = self.names.iter().map(|(topic, _)| topic).collect::<HashSet<_>>().len().max(1) as f32;
        let word = |set: &HashSet<Topic>| NameWord { weight: (1.0 + all / set.len() as f32).ln(), names: Vec::new() };
        let mut words: HashMap<String, NameWord> =
            topics.iter().map(|(stem, set)| ((*stem).to_owned(), word(set))).collect();
        let (mut named, mut places) = (Vec::new(), HashMap::new());
        for (topic, stems) in &self.names {
            let total: f32 = stems.iter().filter_map(|stem| words.get(stem)).map(|word| word.weight).sum();
            let place = *places.entry((*topic, total.to_bits())).or_insert_with(|| {
                named.push((*topic, total));
                named.len() - 1
            });
            for stem in stems {
                if let Some(word) = words.get_mut(stem)
                    && !word.names.contains(&place)
                {
                    word.names.push(place);
                }
            }
        }
        (words, named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge;

    #[test]
    fn a_word_said_twice_names_a_title_no_better_than_once() {
        let lexicon = Lexicon::new(&knowledge::load_shipped().expect("the knowledge loads"));
        for (twice, once) in [
            (vec!["social", "worker", "hospital", "hospital"], vec!["social", "worker", "hospital"]),
            (vec!["lab", "laboratory", "manager"], vec!["lab", "manager"]),
        ] {
            assert_eq!(lexicon.by_title(&twice), lexicon.by_title(&once), "{twice:?}");
        }
    }
}
