//! Brings each due digest to its channel exactly once.
//!
//! Small steps over the store: plan what is due, claim a posting, compose it, save that it is about to be sent, send it with
//! an enforced nonce, record its message. After a crash anywhere in between, the next turn, here or on another replica, goes
//! on from what was saved: what may have been sent is looked for before it is sent again. The clock and the channel are
//! arguments. Knows nothing of Discord's messages.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::digest::dress::Dress;
use crate::digest::memory::Memory;
use crate::digest::news::Prints;
use crate::digest::own;
use crate::digest::schedule::Schedule;
use crate::digest::summary::{Style, Summary};
use crate::digest::topic::Topic;
use crate::knowledge::Knowledge;
use crate::store::digests::Digest;
use crate::store::postings::{Hold, Plan, Posting, State};
use crate::store::settings::LatePolicy;
use crate::store::{ChannelId, MessageId, Result, ServerId, Store, UserId};

/// From how long after its time on a post counts as late.
pub const LATE_AFTER: SignedDuration = SignedDuration::from_mins(30);
/// How long a claim holds. Longer than looking for a message, sending it and every wait for the database together, so that
/// nobody takes over what is still being sent.
pub const LEASE: Duration = Duration::from_secs(180);
/// How long looking for a message, and sending one, may take.
pub const DEADLINE: Duration = Duration::from_secs(30);
/// How often a posting is tried before it is given up.
pub const ATTEMPTS: i64 = 8;
/// The wait after the first attempt; it doubles with each, up to [`LONGEST_WAIT`].
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// The longest wait between attempts.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// The least that a post is held back, where Discord's own wait is shorter or none.
pub const SHORTEST_HOLD: SignedDuration = SignedDuration::from_secs(30);
/// From which wait on moderators are told of it.
pub const TELL_FROM: SignedDuration = SignedDuration::from_mins(2);
/// How the reason of a post begins that Discord holds back.
pub const HELD: &str = "Discord makes me wait with it. ";
/// What is added to the reason where moderators want to be asked and there is no place for it.
const NOBODY_ASKED: &str = "; nobody could be asked, as no log channel is set";
/// Digests planned, and postings handled, in one turn.
const TURN: u16 = 50;

/// Why a channel did not take a post.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// It never will: the channel is gone, or the permission is lost. The digest is paused for this reason.
    #[error("{0}")]
    Refused(String),
    /// It may have arrived or not: no answer, or one that says nothing.
    #[error("{0}")]
    Unclear(String),
    /// Discord takes nothing for this time, and said so. That is no attempt, however often and however long it does.
    #[error("{reason}")]
    Held {
        /// How long to wait.
        time: Duration,
        /// Why.
        reason: String,
        /// Whether it may have arrived all the same.
        in_doubt: bool,
    },
    /// It has not arrived; it may be tried again after this time.
    #[error("{reason}")]
    Wait {
        /// How long to wait.
        time: Duration,
        /// Why.
        reason: String,
    },
}

/// Where a post stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// The channel that holds the message: in a forum, the thread that the post is.
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
}

/// The channels, as the runner sees them.
pub trait Poster: Sync {
    /// Posts a summary with the posting's nonce, which Discord is told to enforce. Mentions nobody but the posting's role.
    fn post(
        &self,
        posting: &Posting,
        summary: &Summary,
    ) -> impl Future<Output = std::result::Result<Sent, PostError>> + Send;

    /// Looks for the message of a posting that may have been sent, among the bot's own messages in the channel since it was
    /// due: by the reference that no other post bears.
    fn find(
        &self,
        posting: &Posting,
        summary: &Summary,
    ) -> impl Future<Output = std::result::Result<Option<Sent>, PostError>> + Send;

    /// What comes after a post that stands in its channel and is recorded, such as a thread below it; what it lacks, as the
    /// rest of a sentence for moderators. Done at most once.
    fn follow(
        &self,
        _posting: &Posting,
        _summary: &Summary,
        _sent: Sent,
    ) -> impl Future<Output = Option<String>> + Send {
        std::future::ready(None)
    }
}

/// A place between two steps: what happened last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// An occurrence became a posting.
    Planned,
    /// A posting was claimed.
    Claimed,
    /// It was composed; nothing of it is saved.
    Composed,
    /// It is saved that it is about to be sent.
    Saved,
    /// The channel answered; nothing of that is saved.
    Answered,
    /// Its message is saved.
    Recorded,
}

/// What a turn did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turn {
    /// Occurrences that became postings.
    pub planned: u32,
    /// Posts whose message was recorded.
    pub posted: u32,
    /// Posts left out, as there was nothing to say.
    pub skipped: u32,
    /// Posts given up; moderators have to be told of them.
    pub failed: u32,
    /// Posts to be tried again later.
    pub waiting: u32,
}

/// Runs the digests of all servers.
pub struct Runner<'a, P> {
    /// Where everything is saved.
    pub store: &'a Store,
    /// The channels.
    pub poster: &'a P,
    /// Names this program among the replicas; another one after each start.
    pub owner: &'a str,
    /// The time.
    pub clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// Told of each step, for metrics and tests.
    pub watch: &'a (dyn Fn(Point) + Sync),
}

impl<P: Poster> Runner<'_, P> {
    /// One turn: plans what is due, and brings postings on their way until none is left for now.
    ///
    /// # Errors
    /// When the store fails; whatever was under way goes on in a later turn.
    pub async fn turn(&self, knowledge: &Knowledge) -> Result<Turn> {
        let mut turn = Turn::default();
        let now = (self.clock)();
        for digest in self.store.due_digests(now, TURN).await? {
            if self.plan(&digest, now).await? {
                turn.planned += 1;
                (self.watch)(Point::Planned);
            }
        }
        for _ in 0..TURN {
            let Some(posting) = self.store.claim(self.owner, LEASE, (self.clock)()).await? else {
                break;
            };
            (self.watch)(Point::Claimed);
            self.bring(posting, knowledge, &mut turn).await?;
        }
        Ok(turn)
    }

    /// Turns what a digest missed into one posting at most, by the server's policy where it is late.
    async fn plan(&self, digest: &Digest, now: Timestamp) -> Result<bool> {
        let Some(due) = digest.next_due else {
            return Ok(false);
        };
        let schedule: Schedule = match digest.schedule.parse() {
            Ok(schedule) => schedule,
            Err(error) => {
                let reason = format!("its schedule cannot be read: {error}");
                self.store
                    .pause_digest(digest.server, digest.id, &reason, UserId::NOBODY, now)
                    .await?;
                return Ok(false);
            }
        };
        let last = schedule.last_due(due.timestamp(), now);
        let late = now.duration_since(last);
        let mut reason = format!("it was due {} ago, while the bot was away", in_words(late));
        let plan = if late <= LATE_AFTER {
            Plan::Post
        } else {
            let settings = self.store.settings(digest.server).await?;
            match settings.late_policy {
                LatePolicy::Post => Plan::Post,
                LatePolicy::Skip => Plan::Skip(&reason),
                LatePolicy::Ask if settings.log_channel.is_some() => Plan::Ask(&reason),
                // Without a place to ask in, leaving it out does the least harm; the history says why.
                LatePolicy::Ask => {
                    reason.push_str(NOBODY_ASKED);
                    Plan::Skip(&reason)
                }
            }
        };
        self.store
            .plan(digest.id, due, last, plan, schedule.next_after(now), now)
            .await
    }

    /// Brings a claimed posting on its way.
    async fn bring(
        &self,
        mut posting: Posting,
        knowledge: &Knowledge,
        turn: &mut Turn,
    ) -> Result<()> {
        let summary = match Summary::from_body(&posting.body) {
            Some(summary) => summary,
            None => match self.compose(&mut posting, knowledge).await? {
                Some(summary) => summary,
                None => {
                    turn.skipped += 1;
                    return self
                        .store
                        .skip(
                            posting.id,
                            self.owner,
                            "there was nothing new to say",
                            (self.clock)(),
                        )
                        .await;
                }
            },
        };
        (self.watch)(Point::Composed);
        if posting.state == State::Sending {
            match within(self.poster.find(&posting, &summary)).await {
                Ok(Some(sent)) => {
                    (self.watch)(Point::Answered);
                    return self.recorded(&posting, &summary, sent, turn).await;
                }
                Ok(None) => {}
                // It is not known whether it stands there: sending it again might double it.
                Err(error @ (PostError::Unclear(_) | PostError::Wait { .. }))
                    if posting.attempts > ATTEMPTS =>
                {
                    let reason = format!(
                        "I could not find out whether it was posted, please look in the channel: {error}"
                    );
                    return self.give_up(&posting, &reason, false, turn).await;
                }
                Err(error) => return self.not_posted(&posting, error, true, turn).await,
            }
        }
        if posting.attempts > ATTEMPTS {
            let reason = format!(
                "Discord did not take it in {ATTEMPTS} attempts: {}",
                posting.reason.as_deref().unwrap_or("no answer")
            );
            return self.give_up(&posting, &reason, false, turn).await;
        }
        if !self
            .store
            .begin_sending(&posting, self.owner, LEASE, (self.clock)())
            .await?
        {
            // Another replica has taken it over, or its digest was cancelled.
            return Ok(());
        }
        (self.watch)(Point::Saved);
        let answer = within(self.poster.post(&posting, &summary)).await;
        (self.watch)(Point::Answered);
        match answer {
            Ok(sent) => self.recorded(&posting, &summary, sent, turn).await,
            Err(error) => self.not_posted(&posting, error, false, turn).await,
        }
    }

    /// Writes the posting's text into it; `None` when there is nothing to say.
    async fn compose(
        &self,
        posting: &mut Posting,
        knowledge: &Knowledge,
    ) -> Result<Option<Summary>> {
        let digest = match posting.digest {
            Some(id) => self.store.digest(posting.server, id).await?,
            None => None,
        };
        let mut memory = digest
            .as_ref()
            .map(|digest| Memory::parse(&digest.memory))
            .unwrap_or_default();
        // The day in the digest's zone, as its readers have it.
        let zone = digest
            .and_then(|digest| digest.schedule.parse::<Schedule>().ok())
            .and_then(|schedule| TimeZone::get(schedule.zone()).ok());
        let date = (self.clock)()
            .to_zoned(zone.unwrap_or(TimeZone::UTC))
            .date();
        let (Some(topic), Some(style)) =
            (Topic::parse(&posting.topic), Style::parse(&posting.style))
        else {
            return Ok(None);
        };
        if topic == Topic::New && memory.seen.is_none() {
            memory.seen = last_news(self.store, posting.server)
                .await?
                .map(|(seen, _)| seen);
        }
        let live = if topic.may_be_own() {
            self.store.live_entries(posting.server).await?
        } else {
            Vec::new()
        };
        let Some(chosen) = own::choose(knowledge, &live, &topic, &memory) else {
            return Ok(None);
        };
        let last = last_summary(self.store, posting.server, &chosen.topic).await?;
        let last = last.as_ref();
        let composed = own::write(knowledge, &live, &chosen, style, &memory, last, date);
        let Some(mut composed) = composed else {
            return Ok(None);
        };
        let settings = self.store.settings(posting.server).await?;
        let chosen = self.store.subscriptions(posting.server).await?;
        composed.summary.dress =
            Dress::of(&settings.posts).with_offer(&chosen, &[&composed.topic, &posting.topic]);
        posting.topic = composed.topic;
        posting.body = composed.summary.to_body();
        posting.memory_after = composed.memory.map(|memory| memory.write());
        Ok(Some(composed.summary))
    }

    async fn recorded(
        &self,
        posting: &Posting,
        summary: &Summary,
        sent: Sent,
        turn: &mut Turn,
    ) -> Result<()> {
        let follow = summary.dress.follow.as_ref();
        let readers = follow.map(|follow| follow.topic.as_str());
        let (channel, message, now) = (sent.channel, sent.message, (self.clock)());
        self.store
            .record(posting.id, channel, message, readers, now)
            .await?;
        (self.watch)(Point::Recorded);
        // It stands there whatever comes of this: what fails now is told, and not tried again.
        let follows = self.poster.follow(posting, summary, sent);
        let lacks = tokio::time::timeout(DEADLINE, follows)
            .await
            .unwrap_or_else(|_| Some("Discord did not answer in time".to_owned()));
        if let Some(lacks) = lacks {
            self.store.note(posting.id, &lacks, (self.clock)()).await?;
        }
        turn.posted += 1;
        Ok(())
    }

    /// Gives a posting up. Its digest is paused only where it is `lost` for good; else its next one comes as planned.
    async fn give_up(
        &self,
        posting: &Posting,
        reason: &str,
        lost: bool,
        turn: &mut Turn,
    ) -> Result<()> {
        turn.failed += 1;
        self.store
            .fail(posting.id, self.owner, reason, lost, (self.clock)())
            .await
    }

    async fn not_posted(
        &self,
        posting: &Posting,
        error: PostError,
        looking: bool,
        turn: &mut Turn,
    ) -> Result<()> {
        let now = (self.clock)();
        let wait = match &error {
            PostError::Held {
                time,
                reason,
                in_doubt,
            } => {
                turn.waiting += 1;
                let wait = span(*time).max(SHORTEST_HOLD);
                let until = now.checked_add(wait).unwrap_or(now);
                let told = posting
                    .reason
                    .as_deref()
                    .is_some_and(|reason| reason.starts_with(HELD));
                let hold = Hold {
                    until,
                    reason: &format!("{HELD}{reason}"),
                    in_doubt: *in_doubt || posting.state == State::Sending && looking,
                    tell: wait >= TELL_FROM && !told,
                };
                return self.store.hold(posting.id, self.owner, &hold, now).await;
            }
            PostError::Refused(reason) => return self.give_up(posting, reason, true, turn).await,
            PostError::Unclear(_) => backoff(posting.attempts),
            PostError::Wait { time, .. } => span(*time).max(SignedDuration::from_secs(1)),
        };
        turn.waiting += 1;
        self.store
            .try_later(
                posting.id,
                self.owner,
                now.checked_add(wait).unwrap_or(now),
                &error.to_string(),
                now,
            )
            .await
    }
}

/// A wait that Discord named; one that no clock can count is the longest.
pub fn span(time: Duration) -> SignedDuration {
    SignedDuration::try_from(time).unwrap_or(LONGEST_WAIT)
}

/// What the last post of what is new in a server has seen of the knowledge, and when it was due; `None` where there is none.
///
/// # Errors
/// When the store fails.
pub async fn last_news(store: &Store, server: ServerId) -> Result<Option<(Prints, Timestamp)>> {
    let last = store.last_on(server, &Topic::New.to_string()).await?;
    Ok(last.and_then(|last| {
        Some((
            Summary::from_body(&last.body)?.seen?,
            last.due_at.timestamp(),
        ))
    }))
}

/// The last post on a topic that stands in a server; `None` where there is none.
///
/// # Errors
/// When the store fails.
pub async fn last_summary(
    store: &Store,
    server: ServerId,
    topic: &Topic,
) -> Result<Option<Summary>> {
    let last = store.last_on(server, &topic.to_string()).await?;
    Ok(last.and_then(|last| Summary::from_body(&last.body)))
}

/// Runs a call to Discord for [`DEADLINE`] at most.
async fn within<T>(
    call: impl Future<Output = std::result::Result<T, PostError>>,
) -> std::result::Result<T, PostError> {
    tokio::time::timeout(DEADLINE, call)
        .await
        .unwrap_or_else(|_| {
            Err(PostError::Unclear(
                "Discord did not answer in time".to_owned(),
            ))
        })
}

/// The wait after that many attempts.
pub fn backoff(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 10) - 1).unwrap_or(0);
    FIRST_WAIT
        .checked_mul(2_i32.saturating_pow(doublings))
        .unwrap_or(LONGEST_WAIT)
        .min(LONGEST_WAIT)
}

/// `40 minutes`, `3 hours`, `2 days`.
fn in_words(late: SignedDuration) -> String {
    let minutes = late.as_mins();
    match minutes {
        0..120 => format!("{minutes} minutes"),
        120..2_880 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (1..=8)
            .map(|attempts| backoff(attempts).as_secs())
            .collect();
        assert_eq!(waits, [30, 60, 120, 240, 480, 900, 900, 900]);
    }

    #[test]
    fn a_lease_outlives_what_is_done_under_it() {
        assert!(LEASE > DEADLINE * 2 + Duration::from_secs(20));
    }
}
