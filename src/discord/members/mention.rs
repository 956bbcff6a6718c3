//! A message in a channel that mentions the bot, or one sent to it directly, and what to reply to it.
//!
//! Facts about the message in, a reply or silence out. Discord sends the content of such messages without the
//! privileged message-content intent.

use jiff::Timestamp;
use serde::Deserialize as _;
use serde_json::Value;
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use crate::discord::api::model;
use crate::discord::app::App;
use crate::discord::interaction::view_options::View;
use crate::discord::members::ask;
use crate::discord::message::body::Message;

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
        let message = model::Message::deserialize(message).ok()?;
        let heard = Self {
            bot,
            author: message.author.id?,
            from_bot: message.author.bot || message.webhook_id.is_some(),
            guild: message.guild_id,
            channel: message.channel_id?,
            content: message.content,
        };
        Some((message.id?, heard))
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

/// The reply, to be posted as a reply to that message ([`Message::post_body`]); `None` means silence: the message does not
/// mention the bot in its text, or a bot wrote it, or its author asks too fast and was told so.
pub async fn reply(app: &App, heard: &Heard, now: Timestamp) -> Option<Message> {
    if heard.from_bot || heard.author == heard.bot {
        return None;
    }
    let question = heard.question()?;
    if let Err(seconds) = app.rate_limiter().take(heard.author, heard.guild, now) {
        return app.slow_down_notices().reply(
            heard.author,
            heard.channel,
            heard.guild,
            seconds,
            now,
        );
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
    let view = View {
        private: false,
        ..View::default()
    };
    let shown = ask::show(app, place, &question, &view, now).await;
    // There is no private message in a channel: help in a crisis is said where it was asked for.
    Some(Message {
        private: false,
        ..shown
    })
}
