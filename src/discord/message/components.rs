//! What stands below a message, and forms: rows, buttons, menus and inputs as plain data, and their JSON.
//!
//! Knows the wire format; knows nothing of what a press does.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Value, json};
use serenity::model::id::RoleId;

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
    /// Its JSON.
    pub(crate) fn json(&self) -> Value {
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
                let menu = json!({"type": 8, "custom_id": id, "placeholder": "Choose a channel", "channel_types": POSTABLE});
                row.serialize_entry("components", &[menu])?;
            }
            Self::Roles {
                id,
                chosen,
                placeholder,
            } => {
                let mut menu = json!({"type": 6, "custom_id": id, "placeholder": placeholder, "min_values": 0, "max_values": 1});
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
        Self {
            id: id.into(),
            label: label.into(),
            look: Look::Plain,
            disabled: false,
        }
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
