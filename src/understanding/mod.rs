//! From a message to what is asked of the bot, with the evidence for it.
//!
//! Text becomes words, words become mentions, mentions and words become labels by a learned model, the index finds topics and
//! sentences, and all of it becomes typed [`Request`]s. The language is data (`knowledge/language/`): no word of it stands here.
//! Never fails: what cannot be read is refused. Nothing behind this room reads the text again.

pub(crate) mod conditions;
pub mod context;
mod credentials;
pub mod evidence;
pub mod explain;
pub(crate) mod features;
pub(crate) mod feelings;
pub mod filter;
mod foreign;
pub(crate) mod lexicon;
mod mentions;
pub(crate) mod model;
mod names;
mod parts;
pub(crate) mod plan;
mod polarity;
pub(crate) mod quantities;
pub(crate) mod reading;
pub mod request;
pub(crate) mod scene;
mod sentences;
mod unexplained;
pub mod wanted;

use crate::knowledge::{Knowledge, Topic};
use crate::search::Index;

pub use conditions::SchoolingSaid;
pub use context::Context;
pub use evidence::{Evidence, Understood};
pub use filter::Filter;
pub use mentions::{City, Readings};
pub use model::Labels;
pub use quantities::{Amount, Bound};
pub use request::Request;
pub use wanted::Wanted;

/// Makes another request of what a message was planned as, from all that was found in it.
pub(crate) type Adapt = fn(&scene::Scene<'_>, plan::Plan) -> plan::Plan;

/// Understands messages about one knowledge.
pub struct Understanding {
    lexicon: lexicon::Lexicon,
    adapt: Adapt,
}

impl Understanding {
    /// Prepares for a knowledge.
    pub fn new(knowledge: &Knowledge) -> Self {
        Self {
            lexicon: lexicon::Lexicon::new(knowledge),
            adapt: |_, plan| plan,
        }
    }

    /// What the words of a message can mean.
    pub(crate) fn lexicon(&self) -> &lexicon::Lexicon {
        &self.lexicon
    }

    /// The same, with a reader for what tells more than a single question.
    pub(crate) fn with(self, adapt: Adapt) -> Self {
        Self { adapt, ..self }
    }

    /// Understands a message. `index` and `knowledge` are those that this was made for; `context` is what the same person
    /// last spoke of in the same place.
    pub fn understand(
        &self,
        knowledge: &Knowledge,
        index: &Index,
        message: &str,
        context: Option<&Context>,
    ) -> Understood {
        parts::understand(
            knowledge,
            &self.lexicon,
            index,
            message,
            context,
            self.adapt,
        )
    }

    /// The roles and trends that a sentence names, each once: of a word with several readings, the one that it is taken by.
    pub fn named(&self, knowledge: &Knowledge, sentence: &str) -> Vec<Topic> {
        let reading = reading::Reading::new(&self.lexicon, sentence);
        let found = mentions::Mentions::new(knowledge, &self.lexicon, &reading);
        let first = found.readings.filter(|_| found.first_reading);
        let first = first.and_then(|readings| readings.roles.first().copied());
        let roles = found.roles.into_iter().chain(found.background).chain(first);
        let mut topics: Vec<Topic> = Vec::new();
        for topic in roles
            .map(Topic::Role)
            .chain(found.trends.into_iter().map(Topic::Trend))
        {
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        topics
    }

    /// The pay that a few words name, such as "19 an hour" or "$45k"; the first where they name several.
    pub fn pay(&self, knowledge: &Knowledge, words: &str) -> Option<Amount> {
        self.counted(knowledge, words).money.into_iter().next()
    }

    /// The months that a few words name as the most, such as "at most 18 months".
    pub fn months(&self, knowledge: &Knowledge, words: &str) -> Option<f64> {
        self.counted(knowledge, words)
            .months
            .map(|(months, _)| months)
    }

    fn counted(&self, knowledge: &Knowledge, words: &str) -> quantities::Quantities {
        let reading = reading::Reading::new(&self.lexicon, words);
        quantities::read(&reading, &knowledge.language.numbers)
    }

    /// The words of a message that carry meaning; for a bare search.
    pub fn content_words(&self, message: &str) -> Vec<String> {
        let reading = reading::Reading::new(&self.lexicon, message);
        let words = (0..reading.tokens.len()).filter(|at| !reading.stop[*at]);
        words.map(|at| reading.tokens[at].word.clone()).collect()
    }
}
