//! What is counted for `/stats`, where a server asked for it: how questions end, what they are about, verdicts, and presses
//! below posts.
//!
//! Answers never wait for it: what there is to count is gathered for a moment and then written at once; where too much waits,
//! some is lost, which costs a count and nothing else. Holds no text and nobody's id. Knows nothing of how counts are shown.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serenity::model::id::{GuildId, MessageId};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::answer::Outcome;
use crate::discord::state::server_settings;
use crate::discord::state::settings_cache::SettingsCache;
use crate::knowledge::language::Label;
use crate::store::counts::{Kind, Tally};
use crate::store::{Store, deeds};

/// Tallies that wait at most, some hundred bytes each.
const MOST: usize = 4_000;
/// Tallies that are written at once.
const BATCH: usize = 250;
/// How long more is waited for before they are written.
const GATHER: Duration = Duration::from_secs(1);
/// Topics, and aspects, of one question that are counted.
const NAMED: usize = 3;

/// Something that there is to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    /// A question: how it ended, the slugs of what it was about, and what it asked of it.
    Question(Outcome, Vec<String>, Vec<Label>),
    /// A verdict on an answer.
    Verdict(bool),
    /// A button or menu of a message was used. Only that of a post is counted.
    Press(MessageId),
}

impl Counted {
    fn things(self) -> Vec<(Kind, String)> {
        let alone = |kind| vec![(kind, String::new())];
        match self {
            Self::Question(Outcome::NotCovered, ..) => alone(Kind::NotCovered),
            Self::Question(Outcome::Clarify, ..) => alone(Kind::AskedBack),
            Self::Question(Outcome::Answered, topics, aspects) => {
                let topics = topics.into_iter().take(NAMED);
                let aspects = aspects.into_iter().take(NAMED);
                let topics = topics.map(|slug| (Kind::Topic, slug));
                let aspects = aspects.map(|label| (Kind::Aspect, label.word().to_owned()));
                let answered = alone(Kind::Answered).into_iter();
                answered.chain(topics).chain(aspects).collect()
            }
            Self::Verdict(true) => alone(Kind::Helpful),
            Self::Verdict(false) => alone(Kind::Unhelpful),
            Self::Press(message) => vec![(Kind::Press, message.to_string())],
        }
    }
}

/// What waits to be counted.
#[derive(Default)]
pub struct CountQueue {
    waiting: Mutex<Vec<Tally>>,
    wake: Notify,
}

impl CountQueue {
    /// Notes what there is to count in a server; whether the server wants it is decided when it is written. Nothing is noted of
    /// direct messages and of servers without the bot (`None`).
    pub(crate) fn note(
        &self,
        store: &Store,
        recent: &SettingsCache,
        guild: Option<GuildId>,
        now: Timestamp,
        counted: impl FnOnce() -> Counted,
    ) {
        let Some(server) = guild.map(server_settings::id) else {
            return;
        };
        // Few servers want it; nothing is made for the others, nor sent as far as the database.
        if recent
            .known(store, server)
            .is_some_and(|settings| !settings.stats)
        {
            return;
        }
        self.push(Tally {
            server,
            of: deeds::current(),
            at: now,
            things: counted().things(),
        });
    }

    fn push(&self, tally: Tally) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MOST {
            metrics::counter!("careerbot_counts_lost_total").increment(1);
            return;
        }
        waiting.push(tally);
        // The first one begins the gathering, a full batch ends it.
        if waiting.len() == 1 || waiting.len() == BATCH {
            self.wake.notify_one();
        }
    }

    /// Writes what waits. What cannot be written is lost.
    pub async fn write(&self, store: &Store) {
        let waiting = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *waiting)
        };
        for batch in waiting.chunks(BATCH) {
            if let Err(error) = store.count_all(batch).await {
                tracing::warn!(%error, tallies = batch.len(), "numbers for /stats are not counted");
                let lost = u64::try_from(batch.len()).unwrap_or(u64::MAX);
                metrics::counter!("careerbot_counts_lost_total").increment(lost);
            }
        }
    }

    /// Writes what comes, until `shutdown`, and then what still waits.
    pub async fn run(&self, store: &Store, shutdown: &CancellationToken) {
        while !shutdown.is_cancelled() {
            tokio::select! { () = self.wake.notified() => {}, () = shutdown.cancelled() => {} }
            tokio::select! {
                () = tokio::time::sleep(GATHER) => {},
                () = self.wake.notified() => {},
                () = shutdown.cancelled() => {},
            }
            self.write(store).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_does_not_keep_up_costs_counts_and_no_memory() {
        let queue = CountQueue::default();
        for _ in 0..MOST * 2 {
            queue.push(Tally {
                server: server_settings::id(GuildId::new(1)),
                of: None,
                at: Timestamp::UNIX_EPOCH,
                things: Counted::Verdict(true).things(),
            });
        }
        let waiting = queue.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(waiting.len(), MOST);
    }

    #[test]
    fn only_an_answered_question_says_what_it_was_about() {
        let topics = || (0..5).map(|number| format!("role-{number}")).collect();
        let question = |outcome| Counted::Question(outcome, topics(), vec![Label::Pay]).things();
        let kinds = |things: Vec<(Kind, String)>| -> Vec<Kind> {
            things.into_iter().map(|(kind, _)| kind).collect()
        };
        let (topic, aspect) = (Kind::Topic, Kind::Aspect);
        assert_eq!(
            kinds(question(Outcome::Answered)),
            [Kind::Answered, topic, topic, topic, aspect]
        );
        assert_eq!(kinds(question(Outcome::NotCovered)), [Kind::NotCovered]);
        assert_eq!(kinds(question(Outcome::Clarify)), [Kind::AskedBack]);
    }
}
