//! What is done once, however often and to however many copies of the program the order for it comes.
//!
//! Whoever carries out an order does it under a [`Deed`] ([`under`]). The first change of the store that is made under it notes
//! the order's id in the same transaction; where the id is noted already, nothing is changed ([`Error::Repeated`]), and what
//! was answered can be read ([`Store::deed_reply`]). Knows ids, and nothing of what is ordered.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::store::columns::{Moment, clean, unique};
use crate::store::database::{Store, change, count, read};
use crate::store::error::{Error, Result};

/// How long a deed is remembered, in minutes. An interaction can be answered for 15 minutes, and a signed request is taken
/// for 5. `/privacy` names it.
pub const KEPT_MINUTES: i64 = 60;

/// Which effect of an order is meant, where it has several that are written apart from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What it orders.
    Whole = 0,
    /// A question that found no answer is counted.
    Gap = 1,
    /// A verdict is counted.
    Verdict = 2,
    /// The answer to a question that was put to a moderator is carried out.
    Answer = 3,
    /// A question or a verdict is counted for the server's numbers.
    Count = 4,
    /// A press below a post is counted for them.
    Press = 5,
}

/// How far it has come.
const NOTHING: u8 = 0;
const LOOKED: u8 = 1;
const NOTED: u8 = 2;
const REPEATED: u8 = 3;

/// An order on its way.
#[derive(Debug)]
pub struct Deed {
    id: i64,
    part: Part,
    at: Timestamp,
    state: AtomicU8,
    /// The question that it answers, noted with it.
    answers: OnceLock<i64>,
}

tokio::task_local! {
    static UNDER: Arc<Deed>;
}

impl Deed {
    /// The deed that the interaction or message with this id orders.
    pub fn new(id: u64, part: Part, at: Timestamp) -> Arc<Self> {
        Arc::new(Self {
            id: id.cast_signed(),
            part,
            at,
            state: AtomicU8::new(NOTHING),
            answers: OnceLock::new(),
        })
    }

    /// Whether it has changed something, and was the first to do so.
    pub fn is_noted(&self) -> bool {
        self.state() == NOTED
    }

    /// Whether somebody else was first.
    pub fn is_repeated(&self) -> bool {
        self.state() == REPEATED
    }

    /// Whether the store was read or changed under it.
    pub fn has_looked(&self) -> bool {
        self.state() != NOTHING
    }

    fn state(&self) -> u8 {
        self.state.load(Ordering::Relaxed)
    }

    pub(crate) fn set_noted(&self) {
        self.state.store(NOTED, Ordering::Relaxed);
    }

    pub(crate) fn set_repeated(&self) {
        self.state.store(REPEATED, Ordering::Relaxed);
    }
}

/// Does `work` under a deed.
pub async fn under<T>(deed: Arc<Deed>, work: impl Future<Output = T>) -> T {
    UNDER.scope(deed, work).await
}

/// The id of what is done here and now, where it is done under a deed.
pub fn current() -> Option<u64> {
    UNDER.try_with(|deed| deed.id.cast_unsigned()).ok()
}

/// A number for a question that is asked here and now. Two copies of the program that are asked the same give it the same one.
pub fn question() -> i64 {
    current().map_or_else(unique, u64::cast_signed)
}

/// Does `work`, of which the first change is made only if the question with this number has had no answer yet
/// ([`Error::Answered`]): whoever presses twice orders twice, and means it once. Remembered for [`KEPT_MINUTES`] at least.
pub async fn answering<T>(question: i64, at: Timestamp, work: impl Future<Output = T>) -> T {
    let known = UNDER.try_with(|deed| deed.answers.set(question)).is_ok();
    if known {
        work.await
    } else {
        under(Deed::new(question.cast_unsigned(), Part::Answer, at), work).await
    }
}

/// Notes that the store is read.
pub(crate) fn look() {
    let _ = UNDER.try_with(|deed| {
        let _ = deed
            .state
            .compare_exchange(NOTHING, LOOKED, Ordering::Relaxed, Ordering::Relaxed);
    });
}

/// The deed that has yet to be noted with its first change.
pub(crate) fn pending() -> Option<Arc<Deed>> {
    UNDER
        .try_with(|deed| (!deed.is_noted()).then(|| deed.clone()))
        .ok()
        .flatten()
}

/// The id, part and time to note.
pub(crate) fn key(deed: &Deed) -> (i64, i64, Moment) {
    (deed.id, deed.part as i64, Moment::from(deed.at))
}

/// The question that a deed answers, to note.
pub(crate) fn answers(deed: &Deed) -> Option<(i64, i64, Moment)> {
    let question = *deed.answers.get()?;
    Some((question, Part::Answer as i64, Moment::from(deed.at)))
}

pub(crate) const NOTE: &str = "INSERT INTO deeds (interaction, part, at) VALUES ($1, $2, $3) ON CONFLICT (interaction, part) DO NOTHING";

/// Notes the deed that a transaction is made under; leaves the transaction where it is noted already. Another replica's
/// transaction with the same deed is waited for.
macro_rules! note {
    ($store:expr, $tx:ident) => {{
        let deed = $crate::store::deeds::pending();
        if let Some(deed) = &deed {
            let (id, part, at) = $crate::store::deeds::key(deed);
            let query = sqlx::query($crate::store::deeds::NOTE)
                .bind(id)
                .bind(part)
                .bind(at);
            if $crate::store::database::step!($store, $tx, query, execute).rows_affected() == 0 {
                deed.set_repeated();
                return Err($crate::store::error::Error::Repeated);
            }
            if let Some((question, part, at)) = $crate::store::deeds::answers(deed) {
                let query = sqlx::query($crate::store::deeds::NOTE)
                    .bind(question)
                    .bind(part)
                    .bind(at);
                if $crate::store::database::step!($store, $tx, query, execute).rows_affected() == 0
                {
                    return Err($crate::store::error::Error::Answered);
                }
            }
        }
        deed
    }};
}
pub(crate) use note;

impl Store {
    /// Notes a deed that changes nothing in the store; `false` where it is noted already.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn claim_deed(&self, deed: &Deed) -> Result<bool> {
        let (id, part, at) = key(deed);
        let done = count!(self, sqlx::query(NOTE).bind(id).bind(part).bind(at));
        let first = match done {
            Err(Error::Repeated) => false,
            done => done? > 0,
        };
        if first {
            deed.set_noted();
        }
        Ok(first)
    }

    /// Keeps what a deed was answered with.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep_deed_reply(&self, deed: &Deed, reply: &str) -> Result<()> {
        let (id, part, _) = key(deed);
        count!(
            self,
            sqlx::query("UPDATE deeds SET reply = $3 WHERE interaction = $1 AND part = $2")
                .bind(id)
                .bind(part)
                .bind(clean(reply))
        )?;
        Ok(())
    }

    /// What a deed was answered with: `None` where it is not noted, an inner `None` while its answer is not known.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn deed_reply(&self, deed: &Deed) -> Result<Option<Option<String>>> {
        let (id, part, _) = key(deed);
        read!(
            self,
            sqlx::query_scalar("SELECT reply FROM deeds WHERE interaction = $1 AND part = $2")
                .bind(id)
                .bind(part),
            fetch_optional
        )
    }

    /// Forgets deeds that cannot come again; gives how many. To be called once an hour.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_old_deeds(&self, now: Timestamp) -> Result<u64> {
        let edge = Moment::from(now).plus_millis(-KEPT_MINUTES * 60_000);
        let gone: Vec<i64> = change!(
            self,
            sqlx::query_scalar("DELETE FROM deeds WHERE at < $1 RETURNING part").bind(edge),
            fetch_all
        )?;
        Ok(u64::try_from(gone.len()).unwrap_or(u64::MAX))
    }
}
