//! A message to Discord as plain data, and its JSON.
//!
//! Knows the wire format and nothing of what a message says. `allowed_mentions` always has `"parse": []`: no text of a
//! member or of the knowledge can ping anybody. One role can be named in it, which takes a moderator's own choice.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Value, json};
use serenity::builder::CreateAttachment;
use serenity::model::id::{ChannelId, GuildId, MessageId, RoleId};

use crate::discord::authoring::import;
use crate::discord::deeds::Work;
use crate::discord::limits::length;
use crate::discord::parts::Parts;
use crate::discord::permissions::Wanted;

/// The flag of a message that only the member sees who caused it.
/// Source: Discord documentation, message flags, `EPHEMERAL`.
pub const EPHEMERAL: u64 = 1 << 6;

/// A message that is not yet sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Message {
    /// Markdown above the embeds.
    pub content: String,
    /// Embeds, top to bottom.
    pub embeds: Parts<Embed>,
    /// Rows of buttons and menus, top to bottom.
    pub rows: Parts<Row>,
    /// A file shown below the text; its description is read out by screen readers.
    pub file: Option<File>,
    /// Whether only the member who caused it sees it.
    pub private: bool,
    /// The one role that may be pinged, where a moderator chose one on purpose.
    pub ping: Option<RoleId>,
}

impl Message {
    /// A message of text that only the member sees who caused it.
    pub fn private(content: impl Into<String>) -> Self {
        Self { content: content.into(), private: true, ..Self::default() }
    }

    /// The body of a follow-up, or the `data` of a first response.
    pub fn body(&self) -> Value {
        json!(Body { message: self, way: Way::New })
    }

    /// The body of an edit, or the `data` of an update: what is empty here is emptied there.
    pub fn edit_body(&self) -> Value {
        json!(Body { message: self, way: Way::Edit })
    }

    /// The body of a message in a channel, as a reply to another message where one is given. The reply pings nobody, and
    /// is posted without the reference when that message is gone.
    pub fn post_body(&self, reply_to: Option<MessageId>) -> Value {
        json!(Body { message: self, way: Way::Post(reply_to) })
    }

    /// The files to send with the body.
    pub fn files(&self) -> Vec<CreateAttachment> {
        self.file
            .iter()
            .map(|file| CreateAttachment::bytes(file.bytes.clone(), file.name.clone()).description(file.alt.clone()))
            .collect()
    }
}

/// A message on its way, written out as it is sent: an answer is not built as a tree of JSON first.
struct Body<'a> {
    message: &'a Message,
    way: Way,
}

/// How a message goes out.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// By itself, in answer to an interaction.
    New,
    /// In the place of one that is there.
    Edit,
    /// Into a channel, as a reply where a message is given.
    Post(Option<MessageId>),
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { message, way } = self;
        let edit = *way == Way::Edit;
        let mut body = serializer.serialize_map(None)?;
        if edit || !message.content.is_empty() {
            body.serialize_entry("content", &message.content)?;
        }
        if edit || !message.embeds.is_empty() {
            body.serialize_entry("embeds", &message.embeds)?;
        }
        if edit || !message.rows.is_empty() {
            body.serialize_entry("components", &message.rows)?;
        }
        match &message.file {
            Some(file) => {
                let file = json!([{"id": "0", "filename": file.name, "description": file.alt}]);
                body.serialize_entry("attachments", &file)?;
            }
            None if edit => body.serialize_entry("attachments", &[(); 0])?,
            None => {}
        }
        // Nobody else sees a private message, so that it pings nobody.
        let role = message.ping.filter(|_| !message.private).map(|role| role.to_string());
        body.serialize_entry("allowed_mentions", &Mentions { parse: [], roles: role.map(|role| [role]) })?;
        if message.private && *way == Way::New {
            body.serialize_entry("flags", &EPHEMERAL)?;
        }
        if let Way::Post(Some(reply_to)) = way {
            let reference = json!({"message_id": reply_to.to_string(), "fail_if_not_exists": false});
            body.serialize_entry("message_reference", &reference)?;
        }
        body.end()
    }
}

/// Who is pinged.
#[derive(serde::Serialize)]
struct Mentions {
    parse: [&'static str; 0],
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<[String; 1]>,
}

/// Nobody is.
const NOBODY: Mentions = Mentions { parse: [], roles: None };

/// A file to attach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// File name with its extension.
    pub name: String,
    /// What it shows, in words, at most 1,024 characters.
    pub alt: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// An embed. Empty parts are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Embed {
    /// Headline, without markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Where the headline leads.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Colour of the bar at the side, 0xRRGGBB; it carries no meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<u32>,
    /// Labelled values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Small print, without markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<Footer>,
}

impl Embed {
    /// How many characters it has in all, as Discord counts them.
    pub fn length(&self) -> usize {
        let fields: usize = self.fields.iter().map(|field| length(&field.name) + length(&field.value)).sum();
        let footer = self.footer.as_ref().map_or(0, |footer| length(&footer.text));
        length(&self.title) + length(&self.description) + fields + footer
    }
}

/// A labelled value of an embed; neither part may be empty.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Field {
    /// Label.
    pub name: String,
    /// Markdown.
    pub value: String,
    /// Whether it may stand beside others.
    pub inline: bool,
}

/// Small print of an embed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Footer {
    /// Its text.
    pub text: String,
}

/// A row below a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// One to five buttons.
    Buttons(Vec<Button>),
    /// One menu.
    Select(Select),
    /// A menu of the server's channels that take posts; its custom id.
    Channels(String),
    /// A menu of the server's roles, in which none or one is chosen.
    Roles {
        /// Its custom id.
        id: String,
        /// The role chosen now.
        chosen: Option<RoleId>,
        /// What it says while nothing is chosen.
        placeholder: &'static str,
    },
}

/// Type numbers of channels that take posts: text, announcements, the three kinds of threads, and forums.
/// Source: Discord documentation, "Channel Types".
const POSTABLE: [u8; 6] = [0, 5, 10, 11, 12, 15];

/// A form to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What is sent back with it.
    pub id: String,
    /// Headline, at most 45 characters.
    pub title: &'static str,
    /// One to five inputs.
    pub inputs: Vec<TextInput>,
}

/// A text to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextInput {
    /// Its name.
    pub id: &'static str,
    /// What it asks for, at most 45 characters.
    pub label: &'static str,
    /// What stands in it at first.
    pub value: String,
    /// Most characters.
    pub most: usize,
    /// Whether it has several lines.
    pub long: bool,
    /// Whether it must be filled in.
    pub required: bool,
}

impl Form {
    fn json(&self) -> Value {
        let rows: Vec<Value> = self.inputs.iter().map(|input| {
            let mut json = json!({"type": 4, "custom_id": input.id, "label": input.label, "style": if input.long { 2 } else { 1 }, "required": input.required, "max_length": input.most});
            if !input.value.is_empty() {
                json["value"] = input.value.clone().into();
            }
            json!({"type": 1, "components": [json]})
        }).collect();
        json!({"custom_id": self.id, "title": self.title, "components": rows})
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(Some(2))?;
        row.serialize_entry("type", &1)?;
        match self {
            Self::Buttons(buttons) => row.serialize_entry("components", buttons)?,
            Self::Select(select) => row.serialize_entry("components", &[select])?,
            Self::Channels(id) => {
                let menu =
                    json!({"type": 8, "custom_id": id, "placeholder": "Choose a channel", "channel_types": POSTABLE});
                row.serialize_entry("components", &[menu])?;
            }
            Self::Roles { id, chosen, placeholder } => {
                let mut menu =
                    json!({"type": 6, "custom_id": id, "placeholder": placeholder, "min_values": 0, "max_values": 1});
                if let Some(role) = chosen {
                    menu["default_values"] = json!([{"id": role.to_string(), "type": "role"}]);
                }
                row.serialize_entry("components", &[menu])?;
            }
        }
        row.end()
    }
}

/// How a button looks. The look carries no meaning: the label says what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Filled.
    Main,
    /// Gray.
    Plain,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What is sent back when it is pressed.
    pub id: String,
    /// What it says.
    pub label: String,
    /// How it looks.
    pub look: Look,
    /// Whether it can't be pressed.
    pub disabled: bool,
}

impl Button {
    /// A gray button.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), look: Look::Plain, disabled: false }
    }

    /// The same button, filled.
    #[must_use]
    pub fn main(mut self) -> Self {
        self.look = Look::Main;
        self
    }

    /// The same button, to be pressed only where `on` holds.
    #[must_use]
    pub fn enabled(mut self, on: bool) -> Self {
        self.disabled = !on;
        self
    }
}

impl Serialize for Button {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let style = match self.look {
            Look::Main => 1,
            Look::Plain => 2,
        };
        let mut button = serializer.serialize_map(None)?;
        button.serialize_entry("type", &2)?;
        button.serialize_entry("style", &style)?;
        button.serialize_entry("label", &self.label)?;
        button.serialize_entry("custom_id", &self.id)?;
        if self.disabled {
            button.serialize_entry("disabled", &true)?;
        }
        button.end()
    }
}

/// A menu from which one entry is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// What is sent back, beside the value chosen.
    pub id: String,
    /// What it says while nothing is chosen.
    pub placeholder: String,
    /// Its entries.
    pub entries: Vec<Entry>,
}

impl Serialize for Select {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut select = serializer.serialize_map(Some(4))?;
        select.serialize_entry("type", &3)?;
        select.serialize_entry("custom_id", &self.id)?;
        select.serialize_entry("placeholder", &self.placeholder)?;
        select.serialize_entry("options", &self.entries)?;
        select.end()
    }
}

/// An entry of a menu.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// What it says.
    pub label: String,
    /// What is sent back.
    pub value: String,
    /// A smaller second line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Whether it is the one chosen now.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

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
            Self::Pong | Self::Thinking | Self::Noted | Self::Form(_) | Self::Suggestions(_) => Vec::new(),
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
        };
        let mut callback = serializer.serialize_map(None)?;
        callback.serialize_entry("type", &kind)?;
        match self {
            Self::Pong | Self::Noted => {}
            Self::Message(message) => callback.serialize_entry("data", &Body { message, way: Way::New })?,
            Self::Thinking => callback.serialize_entry("data", &json!({"flags": EPHEMERAL}))?,
            Self::Update(message) => callback.serialize_entry("data", &Body { message, way: Way::Edit })?,
            Self::Form(form) => callback.serialize_entry("data", &form.json())?,
            Self::Suggestions(choices) => callback.serialize_entry("data", &json!({"choices": choices}))?,
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
        Self { first, then: Vec::new() }
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
