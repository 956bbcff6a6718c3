//! What Discord's REST API and its gateway give, as far as the bot looks at it.
//!
//! Lenient: a field that is missing, or of another kind than expected, is as if it were not there; an item that cannot be read is
//! left out of its list; whatever is not named here is not looked at. serenity's own models of whole objects want fields that
//! Discord may leave out one day and fail where one is missing, so that only its ids, numbered types, flags, overwrites and tags
//! are used.

use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use serenity::model::Permissions;
use serenity::model::application::ApplicationFlags;
use serenity::model::channel::{
    ChannelFlags, ChannelType, ForumTag, MessageFlags, PermissionOverwrite,
};
use serenity::model::id::{
    ApplicationId, ChannelId, GuildId, MessageId, RoleId, UserId, WebhookId,
};

/// Forums for pictures, which serenity has no name for. Source: Discord documentation, "Channel Types".
const MEDIA: ChannelType = ChannelType::Unknown(16);

/// A channel or a thread.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Channel {
    /// Its id.
    #[serde(deserialize_with = "lenient")]
    pub id: Option<ChannelId>,
    /// What it is.
    #[serde(rename = "type", deserialize_with = "lenient")]
    pub kind: Option<ChannelType>,
    /// Its server.
    #[serde(deserialize_with = "lenient")]
    pub guild_id: Option<GuildId>,
    /// The channel of a thread, or the category of a channel.
    #[serde(deserialize_with = "lenient")]
    pub parent_id: Option<ChannelId>,
    /// Who began a thread.
    #[serde(deserialize_with = "lenient")]
    pub owner_id: Option<UserId>,
    /// What it is called.
    #[serde(deserialize_with = "lenient")]
    pub name: Option<String>,
    /// Flags, such as that a forum wants a tag on each post.
    #[serde(deserialize_with = "lenient")]
    pub flags: ChannelFlags,
    /// The tags of a forum.
    #[serde(deserialize_with = "lenient_list")]
    pub available_tags: Vec<ForumTag>,
    /// What only threads have.
    #[serde(deserialize_with = "lenient")]
    pub thread_metadata: ThreadMetadata,
    /// What it allows and denies roles and members.
    #[serde(deserialize_with = "lenient_list")]
    pub permission_overwrites: Vec<PermissionOverwrite>,
}

impl Channel {
    /// Whether it is a thread of a channel.
    pub fn is_thread(&self) -> bool {
        use ChannelType::{NewsThread, PrivateThread, PublicThread};
        matches!(self.kind, Some(NewsThread | PublicThread | PrivateThread))
    }

    /// The channel that it is a thread of.
    pub fn thread_of(&self) -> Option<ChannelId> {
        self.parent_id.filter(|_| self.is_thread())
    }

    /// Whether each post in it is a thread: a forum, for words or pictures.
    pub fn is_forum(&self) -> bool {
        matches!(self.kind, Some(ChannelType::Forum | MEDIA))
    }

    /// Whether its posts can be published to the servers that follow it.
    pub fn is_announcements(&self) -> bool {
        self.kind == Some(ChannelType::News)
    }

    /// Whether members write in it, and a thread can be opened below a message: a channel for text or announcements.
    pub fn is_text(&self) -> bool {
        self.kind == Some(ChannelType::Text) || self.is_announcements()
    }
}

/// What only threads have.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ThreadMetadata {
    /// Whether moderators alone may write in it.
    #[serde(deserialize_with = "lenient")]
    pub locked: bool,
}

/// Threads of a server or of a channel.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ThreadList {
    /// The threads.
    #[serde(deserialize_with = "lenient_list")]
    pub threads: Vec<Channel>,
}

/// A role of a server.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Role {
    /// Its id; the role that everyone has bears the server's.
    #[serde(deserialize_with = "lenient")]
    pub id: Option<RoleId>,
    /// What it allows in the whole server.
    #[serde(deserialize_with = "lenient")]
    pub permissions: Permissions,
    /// Whether an integration gives it, and nobody else.
    #[serde(deserialize_with = "lenient")]
    pub managed: bool,
    /// Whether everybody may mention it.
    #[serde(deserialize_with = "lenient")]
    pub mentionable: bool,
    /// Its place among the roles, the lowest first.
    #[serde(deserialize_with = "lenient")]
    pub position: i64,
}

/// A member of a server.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Member {
    /// The roles, without that which everyone has.
    #[serde(deserialize_with = "lenient_list")]
    pub roles: Vec<RoleId>,
}

/// A message.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Message {
    /// Its id.
    #[serde(deserialize_with = "lenient")]
    pub id: Option<MessageId>,
    /// Its channel.
    #[serde(deserialize_with = "lenient")]
    pub channel_id: Option<ChannelId>,
    /// Its server, where the gateway gave it; none in direct messages.
    #[serde(deserialize_with = "lenient")]
    pub guild_id: Option<GuildId>,
    /// The webhook that wrote it.
    #[serde(deserialize_with = "lenient")]
    pub webhook_id: Option<WebhookId>,
    /// Who wrote it.
    #[serde(deserialize_with = "lenient")]
    pub author: Author,
    /// Its text.
    #[serde(deserialize_with = "lenient")]
    pub content: String,
    /// Its embeds.
    #[serde(deserialize_with = "lenient_list")]
    pub embeds: Vec<Embed>,
    /// What it was sent with; Discord gives it back only right after sending.
    #[serde(deserialize_with = "lenient")]
    pub nonce: Option<String>,
    /// Flags, such as that it was published.
    #[serde(deserialize_with = "lenient")]
    pub flags: MessageFlags,
    /// Its poll; nothing in it is looked at.
    #[serde(deserialize_with = "lenient")]
    pub poll: Option<Map<String, Value>>,
}

/// Who wrote a message.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Author {
    /// The user.
    #[serde(deserialize_with = "lenient")]
    pub id: Option<UserId>,
    /// Whether that is a bot.
    #[serde(deserialize_with = "lenient")]
    pub bot: bool,
}

/// An embed of a message.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Embed {
    /// What stands below it.
    #[serde(deserialize_with = "lenient")]
    pub footer: Footer,
}

/// What stands below an embed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Footer {
    /// Its text.
    #[serde(deserialize_with = "lenient")]
    pub text: String,
}

/// The application that a token belongs to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Application {
    /// Its id.
    #[serde(deserialize_with = "lenient")]
    pub id: Option<ApplicationId>,
    /// What it is called.
    #[serde(deserialize_with = "lenient")]
    pub name: Option<String>,
    /// Its public key, in hexadecimal.
    #[serde(deserialize_with = "lenient")]
    pub verify_key: String,
    /// Where Discord posts interactions; none, or empty, where they come over the gateway.
    #[serde(deserialize_with = "lenient")]
    pub interactions_endpoint_url: Option<String>,
    /// Flags, such as the privileged intents that it is given.
    #[serde(deserialize_with = "lenient")]
    pub flags: ApplicationFlags,
}

/// A server that the bot is in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Server {
    /// Its id.
    #[serde(deserialize_with = "lenient")]
    pub id: Option<GuildId>,
    /// What it is called.
    #[serde(deserialize_with = "lenient")]
    pub name: Option<String>,
    /// What the bot's roles allow it there.
    #[serde(deserialize_with = "lenient")]
    pub permissions: Permissions,
}

/// A command as it is registered: what tells it from others, and the rest as it is. Commands are compared and given back whole,
/// with whatever Discord comes to add to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Command {
    /// What it is called.
    #[serde(
        default,
        deserialize_with = "lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
    /// What it is used on, as Discord numbers it; a chat command where it is not said.
    #[serde(
        rename = "type",
        default,
        deserialize_with = "lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<u64>,
    /// Everything else.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// What Discord says in place of what was asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Refusal {
    /// Why, in Discord's words.
    #[serde(deserialize_with = "lenient")]
    pub(crate) message: Option<String>,
    /// Why, in Discord's number; 0 where it says none.
    #[serde(deserialize_with = "lenient")]
    pub(crate) code: u64,
    /// Whether a limit is one on all calls.
    #[serde(deserialize_with = "lenient")]
    pub(crate) global: bool,
    /// Seconds until a limit is over.
    #[serde(deserialize_with = "lenient")]
    pub(crate) retry_after: Option<f64>,
}

/// What of an answer says whose or which it is.
#[derive(Debug, Deserialize)]
pub(crate) struct Identified<T> {
    /// The id.
    pub(crate) id: T,
}

/// The value, or what stands for none where it is of another kind.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    from: D,
) -> Result<T, D::Error> {
    let value = Value::deserialize(from)?;
    Ok(T::deserialize(value).unwrap_or_default())
}

/// The items that can be read; none where it is no list.
fn lenient_list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let items: Vec<Value> = lenient(from)?;
    let read = items
        .into_iter()
        .filter_map(|item| T::deserialize(item).ok());
    Ok(read.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_missing_new_or_of_another_kind_makes_nothing_unreadable() {
        let channel: Channel = serde_json::from_value(json!({
            "id": 7, "type": 99, "guild_id": null, "parent_id": "x", "name": ["a"], "flags": "many", "thread_metadata": 1,
            "available_tags": [{"id": "1", "name": "News", "moderated": false, "emoji_id": null, "shape": "round"}, {"id": "2"}, 3],
            "permission_overwrites": [{"id": "5", "type": 0, "allow": "1024", "deny": "0"}, {"id": "6", "type": 9, "allow": "0", "deny": "0"}],
            "novelty": {},
        }))
        .expect("a channel");
        assert_eq!(channel.kind, Some(ChannelType::Unknown(99)));
        assert_eq!((channel.guild_id, channel.parent_id), (None, None));
        assert_eq!(
            (channel.name, channel.thread_metadata.locked),
            (None, false)
        );
        assert_eq!(channel.available_tags.len(), 1);
        assert_eq!(channel.permission_overwrites.len(), 1);
        let message: Message = serde_json::from_value(json!({
            "id": "8", "author": null, "content": 5, "embeds": [{"type": "hologram"}], "nonce": 9, "flags": 1_u64 << 40, "poll": null,
        }))
        .expect("a message");
        assert_eq!(message.id, Some(MessageId::new(8)));
        assert!(message.content.is_empty() && message.embeds[0].footer.text.is_empty());
        assert!(message.poll.is_none() && message.nonce.is_none());
        for nothing in [json!({}), json!({"roles": null}), json!({"roles": ["x"]})] {
            let member: Member = serde_json::from_value(nothing).expect("a member");
            assert!(member.roles.is_empty());
        }
    }

    #[test]
    fn a_command_is_given_back_as_it_came() {
        let whole = json!({"name": "launch", "type": 4, "handler": 2, "options": [{"type": 3}], "novelty": null});
        let bare = json!({"name": "play", "description": "Play"});
        for sent in [whole, bare] {
            let command: Command = serde_json::from_value(sent.clone()).expect("a command");
            assert_eq!(serde_json::to_value(command).expect("JSON"), sent);
        }
    }
}
