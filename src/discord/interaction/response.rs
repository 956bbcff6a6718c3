//! All that an interaction is answered with: what must be sent at once, its JSON, and what follows.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Value, json};
use serenity::builder::CreateAttachment;

use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::message::body::{Body, EPHEMERAL, Message, Way};
use crate::discord::message::components::Form;

/// What is said of an order that came again and was carried out the first time.
pub const DONE: &str = "This was done already.";

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
pub enum InitialResponse {
    /// The answer to Discord's check that the endpoint lives (type 1).
    Pong,
    /// A new message (type 4).
    Message(Message),
    /// A private message that says that it takes a moment; a later [`FollowUp`] replaces it (type 5).
    Thinking,
    /// The message whose button was pressed is replaced (type 7).
    Update(Message),
    /// The press is taken note of; the message whose button was pressed stays as it is until a later [`FollowUp`] (type 6).
    Noted,
    /// A form to fill in (type 9).
    Form(Form),
    /// Suggestions while a member types (type 8).
    Suggestions(Vec<Suggestion>),
    /// What was answered when the same interaction came before, as it was sent ([`InitialResponse::body`]).
    Again(Value),
}

impl InitialResponse {
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

impl Serialize for InitialResponse {
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

/// All that an interaction is answered with.
#[derive(Debug)]
pub struct Response {
    /// What must be sent within 3 seconds.
    pub first: InitialResponse,
    /// What comes after it, in order; at most five, the limit where the bot is installed by a user only.
    pub then: Vec<FollowUp>,
}

impl From<InitialResponse> for Response {
    fn from(first: InitialResponse) -> Self {
        Self {
            first,
            then: Vec::new(),
        }
    }
}

impl From<Message> for InitialResponse {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<Message> for Response {
    fn from(message: Message) -> Self {
        InitialResponse::Message(message).into()
    }
}

impl Response {
    /// A reply of text that only the member sees.
    pub fn private(content: impl Into<String>) -> Self {
        Message::private(content).into()
    }

    /// What to say when the knowledge was swapped between finding a thing and answering about it.
    pub fn knowledge_changed() -> Self {
        Self::private("My knowledge changed just now. Please try again.")
    }
}
