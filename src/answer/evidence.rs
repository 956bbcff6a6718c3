//! What an answer rests on: passages with the matching words marked, sources with dates, lines of attribution.
//!
//! Knows nothing of intents.

use std::ops::Range;

use crate::answer::model::{Answer, Passage, SourceRef};
use crate::knowledge::{Knowledge, SourceId, Topic};

/// Longest passage, in characters; longer ones are cut at a sentence.
const LONGEST_PASSAGE: usize = 600;
/// Most passages in an answer.
pub const MOST_PASSAGES: usize = 3;
/// Most marks in a passage: more would mark everything.
const MOST_MARKS: usize = 12;

/// Adds a section of a topic as evidence, unless it is there already or there is no room.
pub fn add_passage(
    knowledge: &Knowledge,
    answer: &mut Answer,
    topic: Topic,
    heading: &str,
    words: &[String],
) {
    let title = knowledge.title(topic);
    let there = answer
        .passages
        .iter()
        .any(|passage| passage.title == title && passage.heading == heading);
    let text = shorten(knowledge.section(topic, heading));
    if there || text.is_empty() || answer.passages.len() >= MOST_PASSAGES {
        return;
    }
    let marks = marks(&text, words);
    answer.passages.push(Passage {
        title: title.to_owned(),
        heading: heading.to_owned(),
        marks,
        text,
        url: read_more(knowledge, topic),
    });
}

/// Where to read more about a topic: the Handbook's page, or O*NET's; empty for trends.
pub fn read_more(knowledge: &Knowledge, topic: Topic) -> String {
    match topic {
        Topic::Role(id) => {
            let role = knowledge.role(id);
            role.handbook
                .clone()
                .unwrap_or_else(|| format!("https://www.onetonline.org/link/summary/{}", role.onet))
        }
        Topic::Trend(_) => String::new(),
    }
}

fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST_PASSAGE) else {
        return text.to_owned();
    };
    let head = &text[..end];
    let at = head
        .rfind(". ")
        .map(|at| at + 1)
        .or_else(|| head.rfind('\n'))
        .or_else(|| head.rfind(' '))
        .unwrap_or(end);
    format!("{} …", head[..at].trim_end())
}

/// The words of `text` that share a stem with one of `words`.
fn marks(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    let mut start = None;
    // Compared in place: this runs over every word of every passage shown.
    let same = |word: &str, asked: &str| {
        let singular = word
            .get(..asked.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(asked));
        singular && (word.len() == asked.len() || matches!(&word[asked.len()..], "s" | "S"))
    };
    let mut take = |from: usize, to: usize| {
        let word = &text[from..to];
        if word.len() > 3
            && marks.len() < MOST_MARKS
            && words
                .iter()
                .any(|asked| asked.len() > 2 && same(word, asked))
        {
            marks.push(from..to);
        }
    };
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                take(from, at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        take(from, text.len());
    }
    marks
}

/// Adds sources by key, each once, with the attribution lines that their publishers want shown. The Handbook and O*NET
/// are linked at the topic's own page.
pub fn add_sources<'a>(
    knowledge: &Knowledge,
    answer: &mut Answer,
    ids: impl IntoIterator<Item = &'a SourceId>,
    topic: Option<Topic>,
) {
    for id in ids {
        let Some(source) = knowledge.sources.get(id) else {
            continue;
        };
        let page = match topic {
            Some(Topic::Role(role)) => {
                let role = knowledge.role(role);
                match id.0.as_str() {
                    handbook if handbook.starts_with("bls-ooh") => role.handbook.clone(),
                    onet if onet.starts_with("onet") => Some(format!(
                        "https://www.onetonline.org/link/summary/{}",
                        role.onet
                    )),
                    _ => None,
                }
            }
            _ => None,
        };
        let url = page.unwrap_or_else(|| source.url.clone());
        let title = source.named();
        if !answer
            .sources
            .iter()
            .any(|known| known.title == title && known.url == url)
        {
            answer.sources.push(SourceRef {
                title,
                url,
                date: source.date_text.clone(),
                short: source.short.clone(),
            });
        }
        for (list, line) in [
            (&mut answer.attributions, &source.attribution),
            (&mut answer.credits, &source.credit),
        ] {
            if !line.is_empty() && !list.contains(line) {
                list.push(line.clone());
            }
        }
    }
}
