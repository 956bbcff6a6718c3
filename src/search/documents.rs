//! What stands in the index: one document a name, a description and a sentence of a topic, and one for all of a role's work.
//!
//! The list is the same for the same knowledge, so that a hit's number leads back to its text.

use std::ops::Range;

use crate::knowledge::model::{DAY, DUTIES};
use crate::knowledge::{Knowledge, Topic};

/// Which field of the index a document fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A title, alias or other name.
    Name,
    /// What a role does in everyday words, or in the words of its own summary and duties.
    Description,
    /// A sentence of a section.
    Passage,
    /// All that says what a role does, its names and everyday descriptions with it.
    Work,
}

/// Where a document's text stands in the knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The role or trend that it belongs to.
    pub topic: Topic,
    /// The field that it fills.
    pub field: Field,
    /// The section's place in [`Knowledge::sections`] and the sentence's bytes in its text; for passages only.
    pub sentence: Option<(usize, Range<usize>)>,
    /// The text, where it is no sentence of a section.
    text: String,
}

impl Document {
    /// The text as it stands in the knowledge.
    pub fn text<'a>(&'a self, knowledge: &'a Knowledge) -> &'a str {
        match &self.sentence {
            Some((section, bytes)) => {
                let sections = knowledge.sections(self.topic);
                sections
                    .get(*section)
                    .and_then(|section| section.text.get(bytes.clone()))
                    .unwrap_or("")
            }
            None => &self.text,
        }
    }
}

/// Every document, in the order of the index.
pub fn documents(knowledge: &Knowledge) -> Vec<Document> {
    let mut documents = Vec::new();
    for topic in knowledge.topics() {
        let own = |field, text: &str| Document {
            topic,
            field,
            sentence: None,
            text: text.to_owned(),
        };
        documents.extend(
            names(knowledge, topic)
                .into_iter()
                .map(|name| own(Field::Name, name)),
        );
        documents.extend(
            descriptions(knowledge, topic)
                .into_iter()
                .map(|text| own(Field::Description, text)),
        );
        if matches!(topic, Topic::Role(_)) {
            let all = [names(knowledge, topic), descriptions(knowledge, topic)].concat();
            documents.push(own(Field::Work, &all.join("\n")));
        }
        for (place, section) in knowledge.sections(topic).iter().enumerate() {
            documents.extend(sentences(&section.text).map(|bytes| Document {
                topic,
                field: Field::Passage,
                sentence: Some((place, bytes)),
                text: String::new(),
            }));
        }
    }
    documents
}

fn names(knowledge: &Knowledge, topic: Topic) -> Vec<&str> {
    let mut names = vec![knowledge.title(topic)];
    match topic {
        Topic::Role(id) => {
            let role = knowledge.role(id);
            names.extend(role.aliases.iter().chain(&role.titles).map(String::as_str));
        }
        Topic::Trend(id) => names.extend(knowledge.trend(id).aliases.iter().map(String::as_str)),
    }
    names
}

fn descriptions(knowledge: &Knowledge, topic: Topic) -> Vec<&str> {
    let id = match topic {
        Topic::Role(id) => id,
        Topic::Trend(id) => return vec![&knowledge.trend(id).summary],
    };
    let role = knowledge.role(id);
    let mut texts: Vec<&str> = role.descriptions.iter().map(String::as_str).collect();
    texts.push(&role.summary);
    texts.extend([DUTIES, DAY].map(|heading| knowledge.section(topic, heading)));
    texts
}

/// The sentences of a section's text, as byte ranges; a list item is a sentence.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let start = from + (rest.len() - rest.trim_start().len());
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = start + sentence_end(rest);
        from = end;
        Some(start..end)
    })
}

/// Length of the first sentence: to a line's end, or to a full stop behind a word of more than two letters.
fn sentence_end(text: &str) -> usize {
    let line = text.find('\n').unwrap_or(text.len());
    let mut from = 0;
    while let Some(at) = text[from..line].find(['.', '?', '!']) {
        let end = from + at + 1;
        let ends = text[end..line].starts_with(' ');
        let last = text[..end - 1].rsplit(' ').next().unwrap_or("");
        let item = last.chars().all(|c| c.is_ascii_digit()) && text[..end - 1].trim() == last;
        if ends && !item && last.chars().filter(|c| c.is_alphanumeric()).count() > 2 {
            return end;
        }
        from = end;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_and_lines() {
        let text = "Most work in offices. St. Louis has some.\n\n1. Take biology. Then apply.\n• Pass an exam";
        let found: Vec<&str> = sentences(text).map(|bytes| &text[bytes]).collect();
        assert_eq!(
            found,
            [
                "Most work in offices.",
                "St. Louis has some.",
                "1. Take biology.",
                "Then apply.",
                "• Pass an exam"
            ]
        );
    }
}
