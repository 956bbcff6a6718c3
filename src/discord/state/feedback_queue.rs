//! What is counted beside answers: verdicts, and, where a server asked for it, questions that found no good answer.
//!
//! Answers never wait for it: a note is put into a short queue and written later; where the queue is full, a note is lost,
//! which costs a count and nothing else. No note holds who asked. Knows nothing of how counts are shown.

use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serenity::model::channel::Message as ChannelMessage;
use serenity::model::id::{GuildId, MessageId, UserId};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::discord::interaction::context::InteractionContext;
use crate::discord::message::markdown::unescape;
use crate::discord::state::seen_set::SeenSet;
use crate::discord::state::server_settings;
use crate::discord::state::settings_cache::SettingsCache;
use crate::store::deeds::{self, Deed, Part};
use crate::store::{self, ServerId, Store};

/// Notes that wait at most; each is some hundred bytes.
const MOST: usize = 1_000;
/// Most characters of a question that are kept until it is counted.
const QUESTION: usize = 500;
/// Where verdicts are counted that were given outside of servers that have the bot.
const NOWHERE: ServerId = ServerId::new(0);

/// How many verdicts are remembered, so that the same one is not counted twice.
const REMEMBERED: usize = 4_000;

/// Something to count.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Note {
    Gap {
        server: ServerId,
        question: String,
        now: Timestamp,
    },
    Verdict {
        server: ServerId,
        subject: String,
        helpful: bool,
    },
}

/// A note with the interaction or message that it is of: one that comes again is not counted again.
#[derive(Debug)]
struct Waiting {
    note: Note,
    of: Option<u64>,
}

/// Notes that wait to be written.
pub struct FeedbackQueue {
    queue: Mutex<VecDeque<Waiting>>,
    wake: Notify,
    /// Who has judged which message, as keyed hashes whose key nobody knows and that are gone with a restart.
    judged: SeenSet<u64>,
    key: RandomState,
}

impl Default for FeedbackQueue {
    fn default() -> Self {
        Self {
            queue: Mutex::default(),
            wake: Notify::new(),
            judged: SeenSet::new(REMEMBERED),
            key: RandomState::new(),
        }
    }
}

impl FeedbackQueue {
    /// Notes that a member judges a message; `false` when they have done so before.
    fn is_first(&self, user: UserId, message: MessageId) -> bool {
        self.judged.is_first(self.key.hash_one((user, message)))
    }

    fn push(&self, note: Note) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        if queue.len() < MOST {
            queue.push_back(Waiting {
                note,
                of: deeds::current(),
            });
            self.wake.notify_one();
        } else {
            metrics::counter!("careerbot_counts_lost_total").increment(1);
        }
    }

    /// Writes what waits. What cannot be written is lost.
    pub async fn write(&self, store: &Store) {
        loop {
            let waiting = self
                .queue
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .pop_front();
            let Some(Waiting { note, of }) = waiting else {
                return;
            };
            let part = if matches!(note, Note::Gap { .. }) {
                Part::Gap
            } else {
                Part::Verdict
            };
            let write = write_one(store, note);
            let done = match of {
                Some(id) => deeds::under(Deed::new(id, part, Timestamp::now()), write).await,
                None => write.await,
            };
            if matches!(done, Err(store::Error::Repeated)) {
                continue;
            }
            if let Err(error) = done {
                tracing::warn!(%error, "something is not counted");
                metrics::counter!("careerbot_counts_lost_total").increment(1);
            }
        }
    }

    /// Writes what comes, until `shutdown`, and then what still waits.
    pub async fn run(&self, store: &Store, shutdown: &CancellationToken) {
        while !shutdown.is_cancelled() {
            tokio::select! { () = self.wake.notified() => {}, () = shutdown.cancelled() => {} }
            self.write(store).await;
        }
    }
}

async fn write_one(store: &Store, note: Note) -> store::Result<()> {
    match note {
        Note::Gap {
            server,
            question,
            now,
        } => store.count_gap(server, &question, now).await.map(drop),
        Note::Verdict {
            server,
            subject,
            helpful,
        } => store.count_feedback(server, &subject, helpful).await,
    }
}

/// Notes a verdict on what an answer was about, such as `role:dentist`; and with 👎 the question above it, as [`gap`] does.
/// A member's first verdict on an answer is the one that counts; `false` for every further one.
pub(crate) fn verdict(
    tally: &FeedbackQueue,
    store: Option<(&Store, &SettingsCache)>,
    call: &InteractionContext,
    subject: &str,
    helpful: bool,
    on: &ChannelMessage,
) -> bool {
    if !tally.is_first(call.user, on.id) {
        return false;
    }
    if let Some((store, recent)) = store {
        let server = call.server().map_or(NOWHERE, server_settings::id);
        tally.push(Note::Verdict {
            server,
            subject: subject.to_owned(),
            helpful,
        });
        if !helpful && let Some(question) = asked(on) {
            gap(tally, store, recent, call.server(), &question, call.now);
        }
    }
    true
}

/// Notes a question that found no good answer in a server; whether the server wants that counted is decided when it is written.
/// Nothing is noted of direct messages and of servers without the bot (`None`).
pub(crate) fn gap(
    tally: &FeedbackQueue,
    store: &Store,
    recent: &SettingsCache,
    guild: Option<GuildId>,
    question: &str,
    now: Timestamp,
) {
    let Some(server) = guild.map(server_settings::id) else {
        return;
    };
    // Few servers want it; the others' refusals need not go as far as the database.
    if recent
        .known(store, server)
        .is_some_and(|settings| !settings.gaps)
    {
        return;
    }
    let question = question.chars().take(QUESTION).collect();
    tally.push(Note::Gap {
        server,
        question,
        now,
    });
}

/// The question that an answer repeats in its quote, or that it replies to.
fn asked(answer: &ChannelMessage) -> Option<String> {
    let quoted = answer
        .content
        .lines()
        .find_map(|line| line.strip_prefix("> "))
        .map(unescape);
    quoted.or_else(|| {
        answer
            .referenced_message
            .as_ref()
            .map(|message| message.content.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_members_second_verdict_on_an_answer_is_no_other_verdict() {
        let tally = FeedbackQueue::default();
        let judges = |user, message| tally.is_first(UserId::new(user), MessageId::new(message));
        assert!(judges(1, 1) && judges(2, 1) && judges(1, 2));
        assert!(!judges(1, 1) && !judges(2, 1));
    }

    #[test]
    fn a_store_that_does_not_keep_up_costs_counts_and_no_memory() {
        let tally = FeedbackQueue::default();
        for _ in 0..MOST * 2 {
            tally.push(Note::Verdict {
                server: NOWHERE,
                subject: "none".to_owned(),
                helpful: true,
            });
        }
        assert_eq!(
            tally
                .queue
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .len(),
            MOST
        );
    }
}
