//! Roles described instead of named: "who scrapes the plaque off", "the guy that puts you to sleep before surgery".
//!
//! Compares a question with the everyday descriptions of each role. Knows nothing of intents; whether a question
//! describes a role at all is decided elsewhere.

use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};

use crate::knowledge::model::{DAY, DUTIES};
use crate::knowledge::{Knowledge, RoleId};
use crate::question::normalize::{self, Token};
use crate::question::understand::is_stop_word;

/// Words of talk that say nothing of what somebody does.
#[rustfmt::skip]
const FRAME: &[&str] = &[
    "call", "called", "title", "name", "dude", "thru", "ppl", "guy", "lady", "gal", "bloke", "chap", "man", "woman", "folk", "folks", "whos", "youre", "theyre", "before", "after", "when", "while", "them", "him", "her", "his", "our", "us", "own", "again", "thats", "other", "every", "day", "still", "always", "ever", "even", "else", "over", "off", "down", "through", "without", "only", "around", "were", "isnt", "didnt", "until",
];

/// What it adds to a description's shared words that they are all of it.
const WHOLE: f32 = 0.3;
/// What words count that stand in other descriptions of the same role.
const OTHERS: f32 = 0.6;

/// Past forms that no rule leads back: "the lady who drew my blood".
#[rustfmt::skip]
const PAST: &[(&str, &str)] = &[
    ("bit", "bite"), ("bled", "bleed"), ("broke", "break"), ("broken", "break"), ("brought", "bring"), ("came", "come"), ("caught", "catch"), ("chose", "choose"), ("drawn", "draw"), ("drew", "draw"), ("drove", "drive"), ("fed", "feed"), ("felt", "feel"), ("fought", "fight"), ("found", "find"), ("fell", "fall"), ("gave", "give"), ("given", "give"), ("grew", "grow"), ("heard", "hear"), ("held", "hold"), ("kept", "keep"), ("laid", "lay"), ("led", "lead"), ("left", "leave"), ("lost", "lose"), ("paid", "pay"), ("ran", "run"), ("rode", "ride"), ("said", "say"), ("sat", "sit"), ("saw", "see"), ("sewn", "sew"), ("slid", "slide"), ("slept", "sleep"), ("spoke", "speak"), ("stood", "stand"), ("stuck", "stick"), ("taken", "take"), ("taught", "teach"), ("thought", "think"), ("told", "tell"), ("took", "take"), ("woke", "wake"), ("wore", "wear"), ("wrote", "write"), ("written", "write"),
];

/// Words of talk for what the descriptions call by one word.
#[rustfmt::skip]
const SAME: &[(&str, &str)] = &[
    ("anaesthesia", "anesthesia"), ("app", "software"), ("apps", "software"), ("auntie", "family"), ("belly", "stomach"), ("bf", "partner"), ("boozing", "drinking"), ("bookings", "appointments"), ("booking", "appointment"), ("books", "schedules"), ("calendar", "schedule"), ("celeb", "celebrity"), ("chat", "talk"), ("chats", "talk"), ("chemo", "cancer"), ("chompers", "teeth"), ("coke", "drugs"), ("crim", "crime"), ("doc", "doctor"), ("docs", "doctor"), ("dope", "drugs"), ("drugstore", "pharmacy"), ("er", "emergency"), ("fentanyl", "drugs"), ("gams", "legs"), ("gp", "doctor"), ("grandma", "old"), ("grandpa", "old"), ("grandmother", "old"), ("grandfather", "old"), ("grandparents", "old"), ("granny", "old"), ("gramps", "old"), ("elderly", "old"), ("elder", "old"), ("seniors", "old"), ("hacked", "hackers"), ("heroin", "drugs"), ("hubby", "husband"), ("images", "pictures"), ("img", "pictures"), ("infant", "baby"), ("infants", "baby"), ("inspect", "audit"), ("jabs", "shots"), ("jab", "shots"), ("kiddo", "kids"), ("kiddos", "kids"), ("children", "kids"), ("child", "kids"), ("mates", "friend"), ("med", "medicine"), ("meds", "medicine"), ("medication", "medicine"), ("medications", "medicine"), ("meth", "drugs"), ("mom", "family"), ("mum", "family"), ("nana", "old"), ("neb", "nebulizers"), ("nebs", "nebulizers"), ("newborn", "baby"), ("newborns", "baby"), ("op", "surgery"), ("operations", "surgery"), ("operation", "surgery"), ("opioids", "drugs"), ("pics", "pictures"), ("photo", "pictures"), ("preggo", "pregnant"), ("pregnancy", "pregnant"), ("records", "charts"), ("script", "prescription"), ("scripts", "prescription"), ("rx", "prescription"), ("sesh", "sessions"), ("sonogram", "ultrasound"), ("spouse", "husband"), ("temp", "temperature"), ("tooth", "teeth"), ("tummy", "stomach"), ("vent", "ventilator"), ("vid", "video"), ("webcam", "video"), ("zoom", "video"), ("wife", "husband"), ("xray", "x"), ("xrays", "x"), ("youngsters", "kids"), ("peek", "snoop"), ("peeked", "snoop"), ("couch", "home"), ("sofa", "home"), ("nursery", "baby"),
];

/// How well a role's descriptions fit a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The role.
    pub role: RoleId,
    /// Share of the question's weight that the role's descriptions hold, from 0 to 1.
    pub share: f32,
    /// Words shared with the one description that fits best.
    pub words: usize,
    /// For ranking: weight of the shared words, those of the best description in full, others in part.
    pub score: f32,
}

/// What a word of a role's summary, names or daily work counts, against 1 for a word of its descriptions.
const BESIDE: f32 = 0.5;

/// All descriptions, by word.
pub struct Descriptions {
    stemmer: Stemmer,
    words: HashMap<String, Word>,
    /// Role and weight of each description.
    phrases: Vec<(RoleId, f32)>,
    /// Weight of a word that no role holds.
    unknown: f32,
}

/// Where a word stands.
#[derive(Default)]
struct Word {
    /// By how few roles hold it.
    weight: f32,
    /// Descriptions that hold it.
    phrases: Vec<u32>,
    /// Roles that hold it, with what it counts there.
    roles: Vec<(RoleId, f32)>,
}

impl Word {
    fn stand(&mut self, role: RoleId, counts: f32) {
        match self.roles.iter_mut().find(|(other, _)| *other == role) {
            Some((_, held)) => *held = held.max(counts),
            None => self.roles.push((role, counts)),
        }
    }
}

impl Descriptions {
    /// Reads the descriptions of all roles, and what else they say of their work.
    pub fn new(knowledge: &Knowledge) -> Self {
        let stemmer = Stemmer::new(Algorithm::English);
        let mut words: HashMap<String, Word> = HashMap::new();
        let mut phrases = Vec::new();
        let mut stems_of = Vec::new();
        for id in knowledge.role_ids() {
            let role = knowledge.role(id);
            for description in &role.descriptions {
                let stems = stems(&stemmer, &normalize::phrase(description));
                for stem in &stems {
                    let word = words.entry(stem.clone()).or_default();
                    word.phrases.push(phrases.len() as u32);
                    word.stand(id, 1.0);
                }
                stems_of.push(stems);
                phrases.push((id, 0.0));
            }
            let sections = role.sections.iter().filter(|section| [DUTIES, DAY].contains(&section.heading));
            let texts = sections.map(|section| section.text.as_str());
            for text in texts.chain([role.title.as_str(), &role.summary]).chain(role.aliases.iter().map(String::as_str))
            {
                for stem in stems(&stemmer, &normalize::phrase(text)) {
                    words.entry(stem).or_default().stand(id, BESIDE);
                }
            }
        }
        let all = knowledge.roles.len().max(1) as f32;
        for word in words.values_mut() {
            let roles: f32 = word.roles.iter().map(|(_, counts)| counts).sum();
            word.weight = (1.0 + all / roles.max(1.0)).ln();
        }
        for (phrase, stems) in phrases.iter_mut().zip(&stems_of) {
            phrase.1 = stems.iter().filter_map(|stem| words.get(stem)).map(|word| word.weight).sum();
        }
        Self { stemmer, words, phrases, unknown: (1.0 + all / 4.0).ln() }
    }

    /// The roles whose descriptions share words with the question, best first.
    pub fn fits(&self, tokens: &[Token]) -> Vec<Fit> {
        let stems = stems(&self.stemmer, tokens);
        let mut asked = 0.0;
        let mut by_phrase: HashMap<u32, (f32, usize)> = HashMap::new();
        let mut by_role: HashMap<RoleId, f32> = HashMap::new();
        for stem in &stems {
            let Some(word) = self.words.get(stem) else {
                asked += self.unknown;
                continue;
            };
            asked += word.weight;
            for place in &word.phrases {
                let (shared, count) = by_phrase.entry(*place).or_default();
                (*shared, *count) = (*shared + word.weight, *count + 1);
            }
            for (role, counts) in &word.roles {
                *by_role.entry(*role).or_default() += word.weight * counts;
            }
        }
        let mut fits: HashMap<RoleId, Fit> = HashMap::new();
        for (place, (shared, words)) in by_phrase {
            let (role, weight) = self.phrases[place as usize];
            let held = by_role.get(&role).copied().unwrap_or(0.0);
            // A description that is said in full tells more than the same words out of a longer one.
            let score = shared * (1.0 + WHOLE * shared / weight.max(f32::EPSILON)) + (held - shared) * OTHERS;
            let fit = Fit { role, share: held / asked.max(f32::EPSILON), words, score };
            let best = fits.entry(role).or_insert(fit);
            if fit.score > best.score {
                *best = fit;
            }
        }
        let mut fits: Vec<Fit> = fits.into_values().collect();
        fits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.role.cmp(&b.role)));
        fits
    }
}

/// The words that carry meaning, each once, reduced to their stems: "scrapes" and "scraping" are one.
fn stems(stemmer: &Stemmer, tokens: &[Token]) -> Vec<String> {
    let mut stems: Vec<String> = Vec::with_capacity(tokens.len());
    for token in tokens.iter().filter(|token| token.number.is_none()) {
        if is_stop_word(&token.stem) || is_stop_word(&token.word) || FRAME.contains(&token.word.as_str()) {
            continue;
        }
        let word =
            PAST.iter().find(|(past, _)| *past == token.word).map_or(token.word.as_str(), |(_, present)| present);
        let word = SAME.iter().find(|(talk, _)| *talk == word).map_or(word, |(_, same)| same);
        let stem = stemmer.stem(word).into_owned();
        if !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge;

    #[test]
    fn a_description_finds_its_role_and_small_talk_finds_none() {
        let knowledge = knowledge::load_shipped().expect("the knowledge loads");
        let descriptions = Descriptions::new(&knowledge);
        let best = |question: &str| {
            let fit = descriptions.fits(&normalize::clean(question).tokens).into_iter().next()?;
            Some((knowledge.role(fit.role).slug.to_string(), fit.words, fit.share))
        };
        for (question, role) in [
            ("who scrapes the tartar off and polishes", "dental-hygienist"),
            ("somebody that drew my blood at the lab and found the vein", "phlebotomist"),
            ("the person who tracks how an outbreak spreads and where it came from", "epidemiologist"),
        ] {
            let (slug, words, share) = best(question).expect(question);
            assert_eq!(slug, role, "{question}");
            assert!(words >= 2 && share > 0.4, "{question}: {words} words, {share}");
        }
        for question in ["what a lovely sunset tonight", "", "42"] {
            assert!(best(question).is_none_or(|(_, words, _)| words < 2), "{question}");
        }
    }

    #[test]
    fn every_word_of_talk_leads_to_a_word_of_some_role() {
        let knowledge = knowledge::load_shipped().expect("the knowledge loads");
        let descriptions = Descriptions::new(&knowledge);
        let stem = |word: &str| descriptions.stemmer.stem(word).into_owned();
        let wrong: Vec<String> = SAME
            .iter()
            .filter_map(|(talk, same)| match () {
                () if FRAME.contains(talk) => Some(format!("{talk} is dropped before it is looked up")),
                () if stem(talk) == stem(same) => Some(format!("{talk} has the stem of {same}")),
                () if SAME.iter().any(|(talk, _)| talk == same) => Some(format!("{same} is itself looked up")),
                () if !descriptions.words.contains_key(&stem(same)) => Some(format!("{same} stands in no role")),
                () => None,
            })
            .collect();
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[test]
    fn who_is_spoken_of_says_nothing_of_the_work() {
        let stemmer = Stemmer::new(Algorithm::English);
        for person in ["gal", "guy", "lady", "bloke", "chap"] {
            let asked = format!("the {person} who cleaned my teeth");
            assert_eq!(stems(&stemmer, &normalize::phrase(&asked)), ["clean", "teeth"], "{person}");
        }
    }

    #[test]
    fn every_role_is_described() {
        let knowledge = knowledge::load_shipped().expect("the knowledge loads");
        for role in &knowledge.roles {
            assert!(role.descriptions.len() >= 5, "{} has {}", role.slug, role.descriptions.len());
        }
    }
}
