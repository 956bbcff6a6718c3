//! A message to Discord as plain data, and its JSON.
//!
//! Knows the wire format and nothing of what a message says. `allowed_mentions` always has `"parse": []`: no text of a
//! member or of the knowledge can ping anybody. One role can be named in it, which takes a moderator's own choice.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Value, json};
use serenity::builder::CreateAttachment;
use serenity::model::id::{MessageId, RoleId};

use crate::discord::message::components::Row;
use crate::discord::message::limits::length;
use crate::discord::message::shared_parts::Parts;

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
    /// A poll below all else. Only a new message in a channel can have one, and Discord lets no such message be edited.
    pub poll: Option<Poll>,
    /// Whether only the member who caused it sees it.
    pub private: bool,
    /// The one role that may be pinged, where a moderator chose one on purpose.
    pub ping: Option<RoleId>,
}

impl Message {
    /// A message of text that only the member sees who caused it.
    pub fn private(content: impl Into<String>) -> Self {
        Self {
            content: content.into(),
            private: true,
            ..Self::default()
        }
    }

    /// The body of a follow-up, or the `data` of a first response.
    pub fn body(&self) -> Value {
        json!(Body {
            message: self,
            way: Way::New
        })
    }

    /// The body of an edit, or the `data` of an update: what is empty here is emptied there.
    pub fn edit_body(&self) -> Value {
        json!(Body {
            message: self,
            way: Way::Edit
        })
    }

    /// The body of a message in a channel, as a reply to another message where one is given. The reply pings nobody, and
    /// is posted without the reference when that message is gone.
    pub fn post_body(&self, reply_to: Option<MessageId>) -> Value {
        json!(Body {
            message: self,
            way: Way::Post(reply_to)
        })
    }

    /// The files to send with the body.
    pub fn files(&self) -> Vec<CreateAttachment> {
        self.file
            .iter()
            .map(|file| {
                CreateAttachment::bytes(file.bytes.clone(), file.name.clone())
                    .description(file.alt.clone())
            })
            .collect()
    }
}

/// A message on its way, written out as it is sent: an answer is not built as a tree of JSON first.
pub(crate) struct Body<'a> {
    pub(crate) message: &'a Message,
    pub(crate) way: Way,
}

/// How a message goes out.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Way {
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
        let role = message
            .ping
            .filter(|_| !message.private)
            .map(|role| role.to_string());
        body.serialize_entry(
            "allowed_mentions",
            &Mentions {
                parse: [],
                roles: role.map(|role| [role]),
            },
        )?;
        if message.private && *way == Way::New {
            body.serialize_entry("flags", &EPHEMERAL)?;
        }
        if let (Way::Post(_), Some(poll)) = (way, &message.poll) {
            body.serialize_entry("poll", &poll.json())?;
        }
        if let Way::Post(Some(reply_to)) = way {
            let reference =
                json!({"message_id": reply_to.to_string(), "fail_if_not_exists": false});
            body.serialize_entry("message_reference", &reference)?;
        }
        body.end()
    }
}

/// Who is pinged.
#[derive(serde::Serialize)]
pub(crate) struct Mentions {
    parse: [&'static str; 0],
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<[String; 1]>,
}

/// Nobody is.
pub(crate) const NOBODY: Mentions = Mentions {
    parse: [],
    roles: None,
};

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

/// A poll: members choose one of its answers, for a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// At most 300 characters.
    pub question: String,
    /// Two to ten, at most 55 characters each.
    pub answers: Vec<String>,
}

/// How long a poll is open, in hours.
const POLL_HOURS: u16 = 7 * 24;

impl Poll {
    fn json(&self) -> Value {
        let answers: Vec<Value> = self
            .answers
            .iter()
            .map(|answer| json!({"poll_media": {"text": answer}}))
            .collect();
        json!({
            "question": {"text": self.question},
            "answers": answers,
            "duration": POLL_HOURS,
            "allow_multiselect": false,
        })
    }
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
        let fields: usize = self
            .fields
            .iter()
            .map(|field| length(&field.name) + length(&field.value))
            .sum();
        let footer = self
            .footer
            .as_ref()
            .map_or(0, |footer| length(&footer.text));
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
