//! Counts: how questions end, what they are about, verdicts and presses below posts, by week, where a server opted in. Numbers
//! alone: no text, nobody's id, nothing of when within a week.
//!
//! Knows nothing of how an answer is made or shown.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::store::audit::DAY;
use crate::store::columns::{clean, from_row, words};
use crate::store::deeds::{NOTE, Part};
use crate::store::{MessageId, Moment, Result, ServerId, Store, count, read, step, transaction};

/// How many weeks are kept, the one that runs among them. `/privacy` names it.
pub const KEPT_WEEKS: i64 = 26;
/// The most different things counted of a server in a week; further new ones are not counted.
pub const MOST_THINGS: i64 = 1_000;
/// The longest name of a thing, in characters.
const NAME: usize = 120;

words! {
    /// What is counted.
    Kind {
        /// A question was answered.
        Answered = "answered",
        /// A question was not covered.
        NotCovered = "not-covered",
        /// A question was asked back.
        AskedBack = "asked-back",
        /// An answer was judged 👍.
        Helpful = "helpful",
        /// An answer was judged 👎.
        Unhelpful = "unhelpful",
        /// A role or trend was asked about; its slug is the name.
        Topic = "topic",
        /// Something of a role was asked, such as `pay`; that is the name.
        Aspect = "aspect",
        /// A button or menu of a post was used; the id of the post's message is the name.
        Press = "press",
    }
}

/// How often something was counted in a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// When the week began, as [`week`] has it.
    pub week: Moment,
    /// What was counted.
    pub kind: Kind,
    /// Which of its kind; empty where there is but one.
    pub what: String,
    /// How often.
    pub count: i64,
}
from_row!(Count { week, what, count; kind });

/// What one interaction or message adds: each thing once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Where it happened.
    pub server: ServerId,
    /// The interaction or message: one that comes again adds nothing. `None` where that cannot happen.
    pub of: Option<u64>,
    /// When.
    pub at: Timestamp,
    /// What to count, each with its name.
    pub things: Vec<(Kind, String)>,
}

impl Tally {
    /// Its deed to note: a press adds its own, beside what the answer to it adds.
    fn deed(&self) -> Option<(i64, i64)> {
        let is_press = self.things.iter().any(|(kind, _)| *kind == Kind::Press);
        let part = if is_press { Part::Press } else { Part::Count };
        Some((self.of?.cast_signed(), part as i64))
    }
}

/// When the week of a moment began: on Monday by UTC.
pub fn week(now: Timestamp) -> Moment {
    let day = now.as_second().div_euclid(86_400);
    // The first day of all was a Thursday.
    let monday = day - (day + 3).rem_euclid(7);
    Timestamp::from_second(monday.saturating_mul(86_400))
        .unwrap_or(Timestamp::MIN)
        .into()
}

const COUNT: &str = "INSERT INTO counts (server, week, kind, what, count) SELECT $1, $2, $3, $4, $5 \
    WHERE EXISTS (SELECT 1 FROM settings s WHERE s.server = $1 AND s.stats) \
    AND ($3 <> 'press' OR EXISTS (SELECT 1 FROM postings p WHERE p.server = $1 AND p.message = $6)) \
    AND ((SELECT COUNT(*) FROM counts n WHERE n.server = $1 AND n.week = $2) < $7 \
    OR EXISTS (SELECT 1 FROM counts n WHERE n.server = $1 AND n.week = $2 AND n.kind = $3 AND n.what = $4)) \
    ON CONFLICT (server, week, kind, what) DO UPDATE SET count = counts.count + excluded.count";

impl Store {
    /// Counts all of these in one transaction, as far as their servers opted in and presses are below posts of theirs.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was counted then.
    pub async fn count_all(&self, tallies: &[Tally]) -> Result<()> {
        // In one order, here and in every other copy of the program: none waits for another that waits for it.
        let mut tallies: Vec<&Tally> = tallies.iter().collect();
        tallies.sort_by_key(|tally| tally.deed());
        transaction!(self, tx => {
            let mut sums: BTreeMap<(ServerId, Moment, &str, String), i64> = BTreeMap::new();
            for tally in &tallies {
                if let Some((id, part)) = tally.deed() {
                    let note = sqlx::query(NOTE).bind(id).bind(part).bind(Moment::from(tally.at));
                    if step!(self, tx, note, execute).rows_affected() == 0 {
                        continue;
                    }
                }
                for (kind, what) in &tally.things {
                    let what = clean(what).chars().take(NAME).collect();
                    *sums.entry((tally.server, week(tally.at), kind.word(), what)).or_default() += 1;
                }
            }
            for ((server, week, kind, what), count) in &sums {
                let message: Option<MessageId> = what.parse().ok().map(MessageId::new);
                let query = sqlx::query(COUNT)
                    .bind(*server)
                    .bind(*week)
                    .bind(*kind)
                    .bind(what)
                    .bind(*count)
                    .bind(message)
                    .bind(MOST_THINGS);
                step!(self, tx, query, execute);
            }
        });
        Ok(())
    }

    /// What was counted in a server since a moment's week began: the newest week first, and in it the most frequent first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn counts(&self, server: ServerId, since: Timestamp) -> Result<Vec<Count>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT week, kind, what, count FROM counts WHERE server = $1 AND week >= $2 \
                 ORDER BY week DESC, count DESC, kind, what"
            )
            .bind(server)
            .bind(week(since)),
            fetch_all
        )
    }

    /// Forgets what was counted in a server, once it no longer wants that; gives how many records.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_counts(&self, server: ServerId) -> Result<u64> {
        count!(
            self,
            sqlx::query("DELETE FROM counts WHERE server = $1").bind(server)
        )
    }

    /// Forgets weeks before the last [`KEPT_WEEKS`]; gives how many records. To be called once a day.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_old_counts(&self, now: Timestamp) -> Result<u64> {
        let first = week(now).plus_millis(-(KEPT_WEEKS - 1) * 7 * DAY);
        count!(
            self,
            sqlx::query("DELETE FROM counts WHERE week < $1").bind(first)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        for (moment, begins) in [
            ("2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z"),
            ("2026-11-29T23:59:59Z", "2026-11-23T00:00:00Z"),
            ("2026-11-30T00:00:00Z", "2026-11-30T00:00:00Z"),
            ("1970-01-01T00:00:00Z", "1969-12-29T00:00:00Z"),
            ("1969-12-28T23:59:59Z", "1969-12-22T00:00:00Z"),
        ] {
            let moment: Timestamp = moment.parse().expect("a moment");
            assert_eq!(week(moment).timestamp().to_string(), begins, "{moment}");
        }
        let _ = (week(Timestamp::MIN), week(Timestamp::MAX));
    }
}
