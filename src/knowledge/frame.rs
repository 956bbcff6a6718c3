//! What all trends have in common: why they happen, and what to do about it, after the article that names them
//! (`knowledge/frame.yaml`).

use crate::knowledge::front_matter::Fields;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;

/// The frame of the trends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Why the trends happen, in a sentence or two.
    pub why: String,
    /// What the article advises, in a sentence or two.
    pub advice: String,
    /// What to hold against it, in a sentence or two.
    pub caution: String,
    /// The article.
    pub source: SourceId,
}

const KEYS: &[&str] = &["why", "advice", "caution", "source"];

/// Reads `frame.yaml`.
pub(crate) fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<Frame> {
    let mut fields = Fields::parse(file, text, 1, KEYS, problems)?;
    Some(Frame {
        why: fields.text("why"),
        advice: fields.text("advice"),
        caution: fields.text("caution"),
        source: SourceId(fields.text("source")),
    })
}
