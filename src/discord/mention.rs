//! A message in a channel that mentions the bot, and what to reply to it.
//!
//! Pure: facts about the message in, a reply or silence out. Discord sends the content of such messages without the
//! privileged message-content intent.

use jiff::Timestamp;
use serenity::model::channel::Message as ChannelMessage;
use serenity::model::id::{ChannelId, GuildId, UserId};

use crate::discord::App;
use crate::discord::message::Message;

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
    /// The facts about a message.
    pub fn of(message: &ChannelMessage, bot: UserId) -> Self {
        Self {
            bot,
            author: message.author.id,
            from_bot: message.author.bot || message.webhook_id.is_some(),
            guild: message.guild_id,
            channel: message.channel_id,
            content: message.content.clone(),
        }
    }
}

/// The reply, to be posted as a reply to that message ([`Message::post_body`]); `None` means silence: the message does not
/// mention the bot in its text (a mass mention or a bare reply does not count), or a bot wrote it, or its author asks too fast.
pub fn reply(app: &App, heard: &Heard, now: Timestamp) -> Option<Message> {
    let _ = (app, heard, now);
    None
}
