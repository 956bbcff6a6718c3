//! What a message was understood as, and why: the answer's requests, and everything that led to them.

use serde::Serialize;

use crate::knowledge::language::Label;
use crate::understanding::context::Context;
use crate::understanding::request::Request;

/// A message, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    /// What is asked, in order; never empty.
    pub requests: Vec<Request>,
    /// How sure the reading of the first request is, from 0 to 1.
    pub confidence: f32,
    /// Whether somebody may be in danger although something else is answered: a line of help belongs under the answer.
    pub concern: bool,
    /// The language of the message, where it is not English.
    pub language: Option<&'static str>,
    /// How the message was read.
    pub notes: Notes,
    /// What the next message may refer back to.
    pub context: Context,
}

/// What the writer has to be told of how the message was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notes {
    /// Words read differently, as (written, read).
    pub corrections: Vec<(String, String)>,
    /// A word with several readings that was settled: the word, the role taken and the others.
    pub reading: Option<crate::understanding::Readings>,
    /// Whether roles or trends were taken from the talk.
    pub recalled: bool,
    /// Whether the list before was meant.
    pub same_list: bool,
    /// Occupations outside the knowledge that are named beside what is answered, by their places there.
    pub outside: Vec<u16>,
    /// What a list was to be narrowed by, and no figure tells: "night shift".
    pub unsorted: Vec<String>,
    /// What is asked beside what is answered, and not held: "the pass rate, and the pay".
    pub not_held: Vec<Label>,
    /// Whether the end of the message was cut off.
    pub cut: bool,
    /// Names of the question that are held against each other, and are one role here: "BSN" and "ADN".
    pub one_role: Vec<String>,
    /// All that was said, reduced to words, for a community's own entries.
    pub words: Vec<String>,
}

/// A label with its probability and the features that made it likely.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelEvidence {
    /// The label.
    pub label: &'static str,
    /// Its probability.
    pub probability: f32,
    /// Features and what each adds.
    pub features: Vec<(String, f32)>,
}

/// A passage that the index found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PassageEvidence {
    /// Slug of its topic.
    pub topic: String,
    /// Heading of its section.
    pub heading: String,
    /// The sentence.
    pub text: String,
    /// Share of the question's own words that it holds.
    pub share: f32,
}

/// Everything that led to a reading, for people who trace a wrong answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// The message as it was read.
    pub text: String,
    /// Words, spelling mended.
    pub words: Vec<String>,
    /// Words read differently, as (written, read).
    pub corrections: Vec<(String, String)>,
    /// What is named or of a class, with the words, and whether it is denied.
    pub mentions: Vec<(String, String, bool)>,
    /// The likeliest labels.
    pub labels: Vec<LabelEvidence>,
    /// Words that nothing explains, with their weight.
    pub unexplained: Vec<(String, f32)>,
    /// Topics that the index found by name or description, with score and share.
    pub topics: Vec<(String, f32, f32)>,
    /// Sentences that the index found within the topics.
    pub passages: Vec<PassageEvidence>,
    /// The request chosen.
    pub request: String,
    /// The request that would have been chosen without the likeliest label.
    pub runner_up: String,
    /// How sure.
    pub confidence: f32,
}
