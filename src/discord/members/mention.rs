//! A message in a channel that mentions the bot, or one sent to it directly, and what to reply to it.
//!
//! Facts about the message in, a reply or silence out. Discord sends the content of such messages without the
//! privileged message-content intent.

use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use lru::LruCache;
use serde_json::Value;
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use crate::discord::App;
use crate::discord::members::{answer_view, ask};
use crate::discord::message::body::Message;
use crate::discord::state::rate_limiter;

/// What is known of a message that was posted in a channel or sent directly.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The bot's own user.
    pub bot: UserId,
    /// Who wrote it.
    pub author: UserId,
    /// Whether a bot or a webhook wrote it.
    pub from_bot: bool,
    /// The server; `None` in direct messages.
    pub guild: Option<GuildId>,
    /// The channel.
    pub channel: ChannelId,
    /// The text as written, mentions as `<@id>`.
    pub content: String,
}

impl Heard {
    /// The facts about a message, and its id, from Discord's JSON; `None` where one of them is missing. Nothing else in it is
    /// looked at, so that nothing else can make it unreadable.
    pub fn of_json(message: &Value, bot: UserId) -> Option<(MessageId, Self)> {
        let number = |value: &Value| value.as_str()?.parse::<NonZeroU64>().ok();
        let heard = Self {
            bot,
            author: number(&message["author"]["id"])?.into(),
            from_bot: message["author"]["bot"] == true || message["webhook_id"].is_string(),
            guild: number(&message["guild_id"]).map(GuildId::from),
            channel: number(&message["channel_id"])?.into(),
            content: message["content"].as_str().unwrap_or_default().to_owned(),
        };
        Some((number(&message["id"])?.into(), heard))
    }

    /// Whether it speaks to the bot at all. Cheap: it is asked of every message in every server.
    pub fn speaks_to_bot(&self) -> bool {
        !self.from_bot && self.author != self.bot && self.question().is_some()
    }

    /// The text without the mentions of the bot; `None` when it is not spoken to: a mass mention or a bare reply to one
    /// of its messages does not count. A direct message speaks to it without a mention.
    fn question(&self) -> Option<String> {
        let names = [format!("<@{}>", self.bot), format!("<@!{}>", self.bot)];
        let named = names
            .iter()
            .any(|name| self.content.contains(name.as_str()));
        let spoken_to = named || (self.guild.is_none() && !self.content.trim().is_empty());
        spoken_to.then(|| {
            names
                .iter()
                .fold(self.content.clone(), |text, name| {
                    text.replace(name.as_str(), " ")
                })
                .trim()
                .to_owned()
        })
    }
}

/// What a mention without a question is answered with.
const HELLO: &str = "Ask me about healthcare jobs in the US, such as: what does a sonographer earn in Texas? /help lists what I can do.";

/// How long somebody who asks too fast in a server's channel is not told so again: nothing there is private.
const QUIET: SignedDuration = SignedDuration::from_secs(60);

/// Members remembered who were told to slow down.
const REMEMBERED: usize = 4_000;

/// Who was told to slow down, where, and until when they are not told again.
pub struct Hasty(Mutex<LruCache<(UserId, ChannelId), Timestamp>>);

impl Default for Hasty {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(
            NonZeroUsize::new(REMEMBERED).unwrap_or(NonZeroUsize::MIN),
        )))
    }
}

impl Hasty {
    /// What to reply to somebody who has to wait: words in their first message of many, silence after that. In a direct
    /// message the next words come when the wait is over, in a server's channel a while later.
    fn reply(&self, heard: &Heard, seconds: u64, now: Timestamp) -> Option<Message> {
        let key = (heard.author, heard.channel);
        let wait = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
        let quiet = if heard.guild.is_some() {
            wait.max(QUIET)
        } else {
            wait
        };
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.get(&key).is_some_and(|until| now < *until) {
            return None;
        }
        told.put(key, now.checked_add(quiet).unwrap_or(Timestamp::MAX));
        Some(Message {
            content: rate_limiter::words(seconds),
            ..Message::default()
        })
    }
}

/// The reply, to be posted as a reply to that message ([`Message::post_body`]); `None` means silence: the message does not
/// mention the bot in its text, or a bot wrote it, or its author asks too fast and was told so.
pub async fn reply(app: &App, heard: &Heard, now: Timestamp) -> Option<Message> {
    if heard.from_bot || heard.author == heard.bot {
        return None;
    }
    let question = heard.question()?;
    if let Err(seconds) = app.throttle().take(heard.author, heard.guild, now) {
        return app.hasty().reply(heard, seconds, now);
    }
    if question.is_empty() {
        return Some(Message {
            content: HELLO.to_owned(),
            ..Message::default()
        });
    }
    // Discord sends messages of a server only to bots that are members of it.
    let place = ask::Place {
        user: heard.author,
        channel: heard.channel,
        guild: heard.guild,
        bot_in_server: heard.guild.is_some(),
    };
    let view = answer_view::View {
        private: false,
        ..answer_view::View::default()
    };
    let shown = ask::show(app, place, &question, &view, now).await;
    // There is no private message in a channel: help in a crisis is said where it was asked for.
    Some(Message {
        private: false,
        ..shown
    })
}
