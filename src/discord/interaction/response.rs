//! All that an interaction is answered with: what must be sent at once, its JSON, and the steps that follow.
//!
//! Knows which steps there are; how they are done stands in `door`.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Value, json};
use serenity::builder::CreateAttachment;
use serenity::model::id::{ChannelId, GuildId, MessageId, RoleId};

use crate::discord::api::permissions::Wanted;
use crate::discord::message::body::{Body, EPHEMERAL, Message, NOBODY, Way};
use crate::discord::message::components::{Form, Row};
use crate::discord::moderation::digests::post_actions::Work;
use crate::discord::moderation::entries::import;

/// A suggestion while a member types.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Suggestion {
    /// What is shown.
    pub name: String,
    /// What is sent back when it is taken.
    pub value: String,
}

/// What must be sent within 3 seconds of an interaction.
#[derive(Debug, Clone, PartialEq)]
pub enum First {
    /// The answer to Discord's check that the endpoint lives (type 1).
    Pong,
    /// A new message (type 4).
    Message(Message),
    /// A private message that says that it takes a moment; a later [`Step`] replaces it (type 5).
    Thinking,
    /// The message whose button was pressed is replaced (type 7).
    Update(Message),
    /// The press is taken note of; the message whose button was pressed stays as it is until a later [`Step`] (type 6).
    Noted,
    /// A form to fill in (type 9).
    Form(Form),
    /// Suggestions while a member types (type 8).
    Suggestions(Vec<Suggestion>),
    /// What was answered when the same interaction came before, as it was sent ([`First::body`]).
    Again(Value),
}

impl First {
    /// The body of the callback: `{"type": …, "data": …}`.
    pub fn body(&self) -> Value {
        json!(self)
    }

    /// The files to send with the body; where there are any, the body goes as `payload_json` of a multipart form.
    pub fn files(&self) -> Vec<CreateAttachment> {
        match self {
            Self::Message(message) | Self::Update(message) => message.files(),
            Self::Pong
            | Self::Thinking
            | Self::Noted
            | Self::Form(_)
            | Self::Suggestions(_)
            | Self::Again(_) => Vec::new(),
        }
    }
}

impl Serialize for First {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = match self {
            Self::Pong => 1,
            Self::Message(_) => 4,
            Self::Thinking => 5,
            Self::Noted => 6,
            Self::Update(_) => 7,
            Self::Suggestions(_) => 8,
            Self::Form(_) => 9,
            Self::Again(body) => return body.serialize(serializer),
        };
        let mut callback = serializer.serialize_map(None)?;
        callback.serialize_entry("type", &kind)?;
        match self {
            Self::Pong | Self::Noted | Self::Again(_) => {}
            Self::Message(message) => callback.serialize_entry(
                "data",
                &Body {
                    message,
                    way: Way::New,
                },
            )?,
            Self::Thinking => callback.serialize_entry("data", &json!({"flags": EPHEMERAL}))?,
            Self::Update(message) => callback.serialize_entry(
                "data",
                &Body {
                    message,
                    way: Way::Edit,
                },
            )?,
            Self::Form(form) => callback.serialize_entry("data", &form.json())?,
            Self::Suggestions(choices) => {
                callback.serialize_entry("data", &json!({"choices": choices}))?
            }
        }
        callback.end()
    }
}

/// An answer on its way from the one who asked to all in the channel, as a reply to another message.
#[derive(Debug, Clone, PartialEq)]
pub struct Sharing {
    /// The private message that it stands in. It is posted once.
    pub from: MessageId,
    /// The channel.
    pub channel: ChannelId,
    /// The message to reply to.
    pub reply_to: MessageId,
    /// What to post with the bot's own rights ([`Message::post_body`]).
    pub message: Message,
    /// What to send as a follow-up where the bot has no token to post with: the same, with a link in place of the reply.
    pub linked: Message,
}

/// The body of an edit that changes the rows of a message and keeps the rest.
pub fn rows_body(rows: &[Row]) -> Value {
    json!({"components": rows, "allowed_mentions": NOBODY})
}

/// What to do after the first response, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Send a follow-up ([`Message::body`]).
    FollowUp(Message),
    /// Post an answer for all to see; where that fails, the member is told why, and can share it again.
    Share(Box<Sharing>),
    /// Give the first response, or the message whose button was pressed, other rows ([`rows_body`]). Nobody waits for it.
    Rows(Vec<Row>),
    /// Find out what the bot may do in these channels of a server, and replace the first response by a report.
    CheckPermissions {
        /// The server.
        server: GuildId,
        /// What is needed, and where.
        wanted: Vec<Wanted>,
    },
    /// Fetch a file of entries, and replace the first response by what is in it.
    Import(Box<import::Wanted>),
    /// Find out what keeps a summary from its channel, and add it to the first response.
    CheckChannel {
        /// The server.
        server: GuildId,
        /// The channel.
        channel: ChannelId,
        /// The role to mention.
        role: Option<RoleId>,
        /// The first response.
        shown: Message,
    },
    /// Do something with a summary that was posted, and say in the first response what came of it.
    Posted(Work),
}

/// All that an interaction is answered with.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// What must be sent within 3 seconds.
    pub first: First,
    /// What comes after it, in order; at most five, the limit where the bot is installed by a user only.
    pub then: Vec<Step>,
}

impl From<First> for Reply {
    fn from(first: First) -> Self {
        Self {
            first,
            then: Vec::new(),
        }
    }
}

impl From<Message> for First {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<Message> for Reply {
    fn from(message: Message) -> Self {
        First::Message(message).into()
    }
}

impl Reply {
    /// A reply of text that only the member sees.
    pub fn private(content: impl Into<String>) -> Self {
        Message::private(content).into()
    }

    /// What to say when the knowledge was swapped between finding a thing and answering about it.
    pub fn knowledge_changed() -> Self {
        Self::private("My knowledge changed just now. Please try again.")
    }
}
