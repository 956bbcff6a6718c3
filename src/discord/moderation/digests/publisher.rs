//! The channels of Discord, as the runner of digests sees them.
//!
//! Posts in text and announcement channels, threads and forums, and pings nobody but the posting's own role. Knows what each
//! refusal means for the post, and nothing of when it is due.

use std::num::NonZeroU64;
use std::time::Duration;

use serenity::model::id::{ChannelId, ForumTagId, GuildId, RoleId, UserId};

use crate::digest::Summary;
use crate::digest::runner::{PostError, Poster, Sent};
use crate::discord::api::client::{self, Rest};
use crate::discord::api::error_code::ErrorCode;
use crate::discord::api::forum_tag::{self, Tag};
use crate::discord::api::model;
use crate::discord::app::App;
use crate::discord::members::charts;
use crate::discord::message::body::{File, Message};
use crate::discord::message::markdown::truncate;
use crate::discord::moderation::digests::summary_view;
use crate::store::postings::{Posting, State};
use crate::store::{self, MessageId, ServerId, ServerRoleId};

/// Discord's epoch in milliseconds: a message's id holds the time since then above its low 22 bits.
/// Source: Discord documentation, "Snowflakes".
const EPOCH: i64 = 1_420_070_400_000;
/// Messages that Discord gives at once.
const PAGE: usize = 100;
/// How many of these pages are searched for a post that may have arrived.
const PAGES: usize = 20;
/// Longest name of a thread, in characters. Source: Discord documentation, "Start Thread in Forum or Media Channel".
const THREAD_NAME: usize = 100;
/// What is said where Discord does not know the bot.
const BAD_TOKEN: &str =
    "Discord does not accept the bot's token: whoever runs this bot has to set a new DISCORD_TOKEN";
/// How long to wait where the fault is the bot's own and will be mended by its owner.
const OWNER: Duration = Duration::from_secs(15 * 60);

/// Posts over Discord's REST API.
pub struct Channels {
    rest: Rest,
    /// Who draws the charts of posts; without one, posts go without.
    app: Option<App>,
}

impl Channels {
    /// The channels as this client sees them. Where Discord holds one back, the others need not wait for it.
    pub fn new(rest: &Rest) -> Self {
        Self {
            rest: rest.hasty(),
            app: None,
        }
    }

    /// The same, with a chart beside each post.
    pub fn with_charts(self, app: &App) -> Self {
        Self {
            app: Some(app.clone()),
            ..self
        }
    }

    /// The chart of a post; `None` where none can be drawn in time. A chart depends on the post alone, so that a post that is
    /// sent again is the same.
    async fn chart(&self, summary: &Summary) -> Option<File> {
        charts::file(self.app.as_ref()?, summary_view::picture(summary)?).await
    }

    /// Sends a message, and again without what Discord refuses of it: first the poll, then the chart in its place, then both.
    /// What is refused has not arrived, so that it stands there once.
    async fn send(
        &self,
        channel: ChannelId,
        mut message: Message,
        nonce: &str,
    ) -> Result<u64, client::Error> {
        let mut poll = None;
        loop {
            let sent = self
                .rest
                .post(channel, message.post_body(None), message.files(), nonce)
                .await;
            match sent {
                Err(client::Error::Refused {
                    status: 400 | 403,
                    code,
                    ..
                }) if message.poll.is_some() && code != ErrorCode::NONE => {
                    poll = message.poll.take()
                }
                Err(client::Error::Refused {
                    code: ErrorCode::MISSING_PERMISSIONS,
                    ..
                }) if message.file.is_some() => {
                    message.file = None;
                    message.poll = poll.take();
                }
                other => return other.map(|id| id.get()),
            }
        }
    }
}

impl Channels {
    /// Begins a post in a forum, and again without the chart where Discord refuses that: what is refused has not arrived.
    async fn begin_thread(
        &self,
        forum: ChannelId,
        name: &str,
        tag: Option<ForumTagId>,
        mut message: Message,
    ) -> Result<ChannelId, client::Error> {
        loop {
            let (body, files) = (message.post_body(None), message.files());
            match self.rest.post_in_forum(forum, name, tag, body, files).await {
                Err(client::Error::Refused {
                    code: ErrorCode::MISSING_PERMISSIONS,
                    ..
                }) if message.file.is_some() => message.file = None,
                other => return other,
            }
        }
    }
}

impl Poster for Channels {
    async fn post(&self, posting: &Posting, summary: &Summary) -> Result<Sent, PostError> {
        let channel = channel(posting)?;
        let mut message = message(posting, summary)
            .ok_or_else(|| PostError::Refused("the text is too long for one message".to_owned()))?;
        let found = self.rest.channel(channel).await.map_err(sort)?;
        if found.is_forum() {
            let name = truncate(&summary.headline, THREAD_NAME);
            let tag = match forum_tag::tag(&found) {
                Tag::Fitting { id, .. } => Some(id),
                Tag::NotNeeded | Tag::NoneToUse => None,
            };
            message.file = self.chart(summary).await;
            let sent = self.begin_thread(channel, &name, tag, message);
            let thread = sent.await.map_err(sort)?;
            // The first message of a thread in a forum bears the thread's own id.
            return Ok(Sent {
                channel: store::ChannelId::new(thread.get()),
                message: MessageId::new(thread.get()),
            });
        }
        message.file = self.chart(summary).await;
        let sent = self.send(channel, message, &posting.nonce);
        let id = sent.await.map_err(sort)?;
        Ok(Sent {
            channel: posting.channel,
            message: MessageId::new(id),
        })
    }

    async fn follow(&self, posting: &Posting, summary: &Summary, sent: Sent) -> Option<String> {
        let mut lacks = Vec::new();
        let channel = channel(posting).ok()?;
        let message = NonZeroU64::new(sent.message.get())?.into();
        // In a forum, and in a thread, a post is in a thread already.
        let found = self.rest.channel(channel).await.ok();
        let opens = found.is_some_and(|found| found.is_text());
        if summary.dress.thread && opens {
            let name = truncate(&summary.headline, THREAD_NAME);
            match self.rest.open_thread(channel, message, &name).await {
                Ok(())
                | Err(client::Error::Refused {
                    code: ErrorCode::THREAD_EXISTS,
                    ..
                }) => {}
                Err(error) => {
                    tracing::warn!(%error, "no thread below a post");
                    lacks.push(
                        "without the thread below it: my role needs Create Public Threads there"
                            .to_owned(),
                    );
                }
            }
        }
        if summary.dress.poll && opens {
            let there = self.rest.message(channel, message).await;
            if there.is_ok_and(|there| there.poll.is_none()) {
                lacks.push("without its poll: my role needs Create Polls there".to_owned());
            }
        }
        (!lacks.is_empty()).then(|| lacks.join("; "))
    }

    async fn find(&self, posting: &Posting, _: &Summary) -> Result<Option<Sent>, PostError> {
        let channel = channel(posting)?;
        let bot = self.rest.myself().await.map_err(sort)?;
        let since = since(posting);
        let found = self.rest.channel(channel).await.map_err(sort)?;
        if found.is_forum() {
            return self.find_in_forum(posting, channel, since, bot).await;
        }
        // From the newest on: what was sent just before a crash is near, whatever this machine's clock says.
        let mut before = None;
        for _ in 0..PAGES {
            let page = self.rest.messages_before(channel, before, PAGE).await;
            let messages = page.map_err(sort)?;
            let id = |message: &model::Message| message.id.map(|id| id.get());
            let own = messages
                .iter()
                .find(|message| is_of(message, bot, &posting.nonce));
            if let Some(found) = own.and_then(id) {
                return Ok(Some(Sent {
                    channel: posting.channel,
                    message: MessageId::new(found),
                }));
            }
            match messages.iter().filter_map(id).min() {
                Some(oldest) if messages.len() == PAGE && oldest > since => before = Some(oldest),
                _ => return Ok(None),
            }
        }
        Err(PostError::Unclear(
            "too many messages came after it to find it again".to_owned(),
        ))
    }
}

/// From which id on a posting's message is looked for: Discord's ids hold the time by its own clock, and this machine's may be
/// wrong by a day.
fn since(posting: &Posting) -> u64 {
    const DAY: i64 = 24 * 3_600 * 1_000;
    snowflake(posting.due_at.timestamp().as_millisecond() - DAY)
}

impl Channels {
    /// Looks at the first message of each thread that the bot has begun in the forum since then.
    async fn find_in_forum(
        &self,
        posting: &Posting,
        forum: ChannelId,
        since: u64,
        bot: UserId,
    ) -> Result<Option<Sent>, PostError> {
        let server = NonZeroU64::new(posting.server.get()).map(GuildId::from);
        let open = match server {
            Some(server) => self.rest.open_threads(server).await.map_err(sort)?,
            None => model::ThreadList::default(),
        };
        let closed = self.rest.closed_threads(forum).await.map_err(sort)?;
        let threads = [open.threads, closed.threads].into_iter().flatten();
        let own = threads
            .filter(|thread| thread.parent_id == Some(forum) && thread.owner_id == Some(bot));
        let recent = own.filter_map(|thread| thread.id.filter(|id| id.get() >= since));
        for thread in recent {
            let number = thread.get();
            match self.rest.message(thread, number.into()).await {
                Ok(message) if is_of(&message, bot, &posting.nonce) => {
                    return Ok(Some(Sent {
                        channel: store::ChannelId::new(number),
                        message: MessageId::new(number),
                    }));
                }
                // Its first message was deleted: it is another post's thread, or nobody wants this one back.
                Ok(_)
                | Err(client::Error::Refused {
                    code: ErrorCode::UNKNOWN_MESSAGE,
                    ..
                }) => {}
                Err(error) => return Err(sort(error)),
            }
        }
        Ok(None)
    }
}

/// Where a posting stands, while it does.
pub(crate) fn place(posting: &Posting) -> Option<(ChannelId, serenity::model::id::MessageId)> {
    let message = posting
        .message
        .filter(|_| posting.state == State::Recorded)?;
    Some((
        NonZeroU64::new(posting.channel.get())?.into(),
        NonZeroU64::new(message.get())?.into(),
    ))
}

/// The message that a posting is in its channel; `None` when it cannot be made to fit.
pub fn message(posting: &Posting, summary: &Summary) -> Option<Message> {
    let follow = summary.dress.follow.as_ref();
    let taken = follow
        .filter(|follow| follow.mention)
        .and_then(|follow| follow.role)
        .map(ServerRoleId::new);
    summary_view::post(
        summary,
        &posting.nonce,
        role(posting.server, posting.mention_role.or(taken)),
    )
}

/// The role to mention. Never the one that everyone has: it bears the server's own id.
pub fn role(server: ServerId, role: Option<ServerRoleId>) -> Option<RoleId> {
    role.filter(|role| role.get() != server.get())
        .and_then(|role| NonZeroU64::new(role.get()))
        .map(RoleId::from)
}

/// The smallest id of what was made at that time, in milliseconds since 1970.
pub fn snowflake(milliseconds: i64) -> u64 {
    u64::try_from((milliseconds - EPOCH).max(0)).unwrap_or(0) << 22
}

/// Whether the message is that of the posting with this nonce. Discord gives a nonce back only right after sending.
fn is_of(message: &model::Message, bot: UserId, nonce: &str) -> bool {
    let mut embeds = message.embeds.iter().take(1);
    let marked = embeds.any(|embed| summary_view::bears(&embed.footer.text, nonce));
    message.author.id == Some(bot) && (message.nonce.as_deref() == Some(nonce) || marked)
}

fn channel(posting: &Posting) -> Result<ChannelId, PostError> {
    NonZeroU64::new(posting.channel.get())
        .map(ChannelId::from)
        .ok_or_else(|| PostError::Refused("there is no such channel".to_owned()))
}

/// What a failed call means for the post, in words for moderators.
pub fn sort(error: client::Error) -> PostError {
    match error {
        client::Error::Refused { status: 401, .. } => PostError::Wait {
            time: OWNER,
            reason: BAD_TOKEN.to_owned(),
        },
        client::Error::NoToken | client::Error::NotSent { .. } => PostError::Wait {
            time: OWNER,
            reason: error.to_string(),
        },
        client::Error::Held {
            wait,
            message,
            in_doubt,
            ..
        } => PostError::Held {
            time: wait,
            reason: said(&message),
            in_doubt,
        },
        // Without a code of Discord's own, it may be the word of somebody in between.
        client::Error::Refused {
            status,
            code,
            message,
            ..
        } if (400..500).contains(&status) && code != ErrorCode::NONE => PostError::Refused(
            code.advice_on_post()
                .map_or_else(|| format!("Discord refused it: {message}"), str::to_owned),
        ),
        other => PostError::Unclear(other.to_string()),
    }
}

/// Discord's words of why it takes nothing for a while, in ours.
fn said(message: &str) -> String {
    format!("Discord says: {}", message.trim().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: u64) -> client::Error {
        client::Error::Refused {
            what: "posting",
            status,
            code: ErrorCode(code),
            message: "No".to_owned(),
        }
    }

    #[test]
    fn a_post_mentions_one_role_and_only_where_moderators_want_that() {
        use crate::digest::dress::Follow;
        use crate::store::{Moment, UserId};

        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge");
        let topic = knowledge.find("telehealth-expansion").expect("a trend");
        let day = jiff::civil::date(2026, 11, 22);
        let mut summary =
            crate::digest::compose::of_topic(&knowledge, topic, crate::digest::Style::Short, day);
        let now = Moment::from(jiff::Timestamp::UNIX_EPOCH);
        let mut posting = Posting {
            id: 1,
            server: ServerId::new(1),
            digest: Some(1),
            channel: store::ChannelId::new(2),
            topic: "next-trend".to_owned(),
            style: "short".to_owned(),
            mention_role: None,
            nonce: "n1".to_owned(),
            due_at: now,
            state: State::Due,
            owner: None,
            lease_until: None,
            attempts: 0,
            body: String::new(),
            memory_after: None,
            message: None,
            reason: None,
            told: true,
            created_by: UserId::NOBODY,
            created_at: now,
            updated_at: now,
        };
        for (chosen, role, mention, expected) in [
            (None, 5, false, None),
            (None, 5, true, Some(5)),
            (None, 1, true, None),
            (Some(6), 5, true, Some(6)),
        ] {
            posting.mention_role = chosen.map(ServerRoleId::new);
            summary.dress.follow = Some(Follow {
                topic: "all".to_owned(),
                role: Some(role),
                mention,
                direct: false,
            });
            let post = message(&posting, &summary).expect("it fits");
            assert_eq!(post.ping, expected.map(RoleId::new));
            let below = serde_json::json!(post.rows[0]).to_string();
            assert!(below.contains("Tell me of these"), "{below}");
        }
    }

    #[test]
    fn only_what_discord_itself_refuses_is_refused_for_good() {
        assert_eq!(
            sort(refused(404, 10_003)),
            PostError::Refused("the channel is gone".to_owned())
        );
        assert_eq!(
            sort(refused(400, 50_035)),
            PostError::Refused("Discord refused it: No".to_owned())
        );
        for passing in [
            refused(403, 0),
            refused(503, 0),
            client::Error::Late { what: "posting" },
        ] {
            assert!(matches!(sort(passing), PostError::Unclear(_)));
        }
        for (owners, reason) in [
            (refused(401, 0), "does not accept the bot's token"),
            (client::Error::NoToken, "not set"),
        ] {
            assert!(
                matches!(sort(owners), PostError::Wait { reason: said, .. } if said.contains(reason))
            );
        }
    }
}
