//! Gaps: what members asked and did not find, counted where a server opted in. No user ids, and nothing that looks like one.
//!
//! Knows nothing of how a question is answered; whether two questions are alike is judged by their words alone.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::store::audit::DAY;
use crate::store::columns::from_row;
use crate::store::{Moment, Result, ServerId, Store, count, read};

/// From how many occurrences on moderators see a question: below it, the wording could point at one member.
pub const SHOWN_FROM: i64 = 3;
/// How long a question that nobody asks any more is kept, in days.
pub const KEPT_DAYS: i64 = 90;
/// The longest question kept, in characters.
pub const QUESTION_LIMIT: usize = 200;
/// The most questions kept of one server; further new ones are not counted.
pub const MOST_QUESTIONS: i64 = 2_000;
/// How many of the most frequent questions are grouped.
const GROUPED: i64 = 500;
/// The share of words that two questions must have in common to be alike.
const ALIKE: f64 = 0.6;
/// The similarity of spelling from which two questions are alike.
const SPELLED_ALIKE: f64 = 0.88;

/// Questions that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The most frequent wording.
    pub question: String,
    /// All wordings, the most frequent first.
    pub wordings: Vec<String>,
    /// How often any of them was asked.
    pub count: i64,
    /// When one was last asked.
    pub last_at: Moment,
}

#[derive(Debug, Clone)]
struct Row {
    question: String,
    count: i64,
    last_at: Moment,
}
from_row!(Row {
    question,
    count,
    last_at
});

impl Store {
    /// Counts a question that was refused or found unhelpful, if the server opted in; `false` when it was not counted.
    /// Never call this for a sensitive answer.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn count_gap(
        &self,
        server: ServerId,
        question: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let Some(question) = normalize(question) else {
            return Ok(false);
        };
        let done = count!(
            self,
            sqlx::query(
                "INSERT INTO gaps (server, question, count, first_at, last_at) SELECT $1, $2, 1, $3, $3 \
                 WHERE EXISTS (SELECT 1 FROM settings s WHERE s.server = $1 AND s.gaps) \
                 AND ((SELECT COUNT(*) FROM gaps g WHERE g.server = $1) < $4 \
                 OR EXISTS (SELECT 1 FROM gaps g WHERE g.server = $1 AND g.question = $2)) \
                 ON CONFLICT (server, question) DO UPDATE SET count = gaps.count + 1, last_at = excluded.last_at"
            )
            .bind(server)
            .bind(&question)
            .bind(Moment::from(now))
            .bind(MOST_QUESTIONS)
        )?;
        Ok(done > 0)
    }

    /// The questions of a server that were asked at least [`SHOWN_FROM`] times, alike ones together, most frequent first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn gaps(&self, server: ServerId) -> Result<Vec<Group>> {
        let rows: Vec<Row> = read!(
            self,
            sqlx::query_as(
                "SELECT question, count, last_at FROM gaps WHERE server = $1 ORDER BY count DESC, question LIMIT $2"
            )
            .bind(server)
            .bind(GROUPED),
            fetch_all
        )?;
        Ok(group(rows))
    }

    /// Forgets a wording, once it has been answered or dismissed; `false` when there is none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_gap(&self, server: ServerId, wording: &str) -> Result<bool> {
        Ok(count!(
            self,
            sqlx::query("DELETE FROM gaps WHERE server = $1 AND question = $2")
                .bind(server)
                .bind(wording)
        )? > 0)
    }

    /// Forgets all wordings of a server, once it no longer wants them counted; gives how many.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_gaps(&self, server: ServerId) -> Result<u64> {
        count!(
            self,
            sqlx::query("DELETE FROM gaps WHERE server = $1").bind(server)
        )
    }

    /// Forgets questions that nobody asked for [`KEPT_DAYS`]; gives how many. To be called once a day.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_old_gaps(&self, now: Timestamp) -> Result<u64> {
        count!(
            self,
            sqlx::query("DELETE FROM gaps WHERE last_at < $1")
                .bind(Moment::from(now).plus_millis(-KEPT_DAYS * DAY))
        )
    }
}

/// Whether two questions are alike, by their words alone.
pub fn are_alike(one: &str, other: &str) -> bool {
    match (normalize(one), normalize(other)) {
        (Some(one), Some(other)) => {
            alike(&content_words(&one), &content_words(&other), &one, &other)
        }
        _ => false,
    }
}

/// The question as it is counted: lower case, single spaces, without punctuation, mentions, addresses and long numbers.
/// `None` when nothing is left.
pub fn normalize(question: &str) -> Option<String> {
    let mut text = String::new();
    for token in question.split_whitespace() {
        let personal = token.contains('@')
            || token.contains("://")
            || token.starts_with("www.")
            || longest_number(token) >= 5;
        if personal || token.starts_with('<') {
            continue;
        }
        for word in token
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| word.contains(char::is_alphanumeric))
        {
            if !text.is_empty() {
                text.push(' ');
            }
            text.extend(word.trim_matches('\'').chars().flat_map(char::to_lowercase));
        }
    }
    let cut: String = text.chars().take(QUESTION_LIMIT).collect();
    let cut = cut.trim_end().to_owned();
    (!cut.is_empty()).then_some(cut)
}

/// Digits of the longest number in a token, counting through hyphens, dots and brackets as in telephone numbers.
fn longest_number(token: &str) -> usize {
    token
        .split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '.' | '(' | ')'))
        .map(|run| run.bytes().filter(u8::is_ascii_digit).count())
        .max()
        .unwrap_or(0)
}

/// Puts alike questions together; `rows` come most frequent first, and so do the groups.
fn group(rows: Vec<Row>) -> Vec<Group> {
    let mut groups: Vec<(BTreeSet<String>, Group)> = Vec::new();
    for row in rows {
        let words = content_words(&row.question);
        let alike = groups
            .iter_mut()
            .find(|(other, group)| alike(&words, other, &row.question, &group.question));
        match alike {
            Some((_, group)) => {
                group.count += row.count;
                group.last_at = group.last_at.max(row.last_at);
                group.wordings.push(row.question);
            }
            None => groups.push((
                words,
                Group {
                    question: row.question.clone(),
                    wordings: vec![row.question],
                    count: row.count,
                    last_at: row.last_at,
                },
            )),
        }
    }
    let mut shown: Vec<Group> = groups
        .into_iter()
        .map(|(_, group)| group)
        .filter(|group| group.count >= SHOWN_FROM)
        .collect();
    shown.sort_by(|a, b| {
        b.count
            .cmp(&a.count)
            .then_with(|| a.question.cmp(&b.question))
    });
    shown
}

fn alike(words: &BTreeSet<String>, others: &BTreeSet<String>, question: &str, other: &str) -> bool {
    let common = words.intersection(others).count();
    let all = words.union(others).count();
    if all > 0 && common as f64 / all as f64 >= ALIKE {
        return true;
    }
    // Spelling is compared only where lengths leave a chance: it is the slow half.
    question.len().abs_diff(other.len()) <= 4
        && strsim::normalized_damerau_levenshtein(question, other) >= SPELLED_ALIKE
}

/// Words that carry the question: without the small words, and without a plural s.
fn content_words(question: &str) -> BTreeSet<String> {
    const SMALL: &[&str] = &[
        "a", "an", "and", "any", "are", "as", "at", "be", "become", "can", "do", "does", "for",
        "get", "how", "i", "in", "is", "it", "me", "my", "of", "on", "or", "so", "the", "there",
        "to", "what", "what's", "when", "where", "which", "who", "with", "you",
    ];
    question
        .split(' ')
        .filter(|word| !SMALL.contains(word))
        .map(|word| {
            word.strip_suffix('s')
                .filter(|stem| stem.chars().count() > 2)
                .unwrap_or(word)
                .to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, expected: Option<&str>) {
        assert_eq!(normalize(question).as_deref(), expected, "{question}");
    }

    #[test]
    fn what_could_name_a_person_is_left_out() {
        check(
            "Hey <@80351110224678912>, how do I become a  perfusionist?!",
            Some("hey how do i become a perfusionist"),
        );
        check(
            "mail me at jo@example.org or (555)123-4567",
            Some("mail me at or"),
        );
        check("is https://example.org/me good", Some("is good"));
        check("What's 12 weeks' pay?", Some("what's 12 weeks pay"));
        check("@everyone ??? \u{0}", None);
        check(&"é".repeat(500), Some(&"é".repeat(QUESTION_LIMIT)));
    }

    fn row(question: &str, count: i64) -> Row {
        Row {
            question: question.to_owned(),
            count,
            last_at: Moment::from(Timestamp::UNIX_EPOCH),
        }
    }

    #[test]
    fn alike_questions_count_together_and_rare_ones_stay_hidden() {
        let rows = vec![
            row("how do i become a perfusionist", 2),
            row("become perfusionist", 1),
            row("how do i become a perfusoinist", 1),
            row("salary of a beekeeper", 2),
        ];
        let groups = group(rows);
        assert_eq!(groups.len(), 1, "{groups:?}");
        assert_eq!(
            (groups[0].question.as_str(), groups[0].count),
            ("how do i become a perfusionist", 4)
        );
        assert_eq!(groups[0].wordings.len(), 3);
    }
}
