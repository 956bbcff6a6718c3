//! What a visitor did, as the interaction that Discord would send for it.
//!
//! Who, where and with what rights is filled in here, never taken from the browser; what was typed and chosen is. It is JSON
//! from end to end: what a browser sends, held to be anything, is copied field by field into what Discord would send.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::web::server::{File, Part, Server, list};

/// Kinds of interactions. Source: Discord documentation, "Interaction Object", "Interaction Type".
const COMMAND: u8 = 2;
const COMPONENT: u8 = 3;
const SUGGESTIONS: u8 = 4;
const FORM: u8 = 5;
/// Types of options that name a channel, a role, a file. Source: Discord documentation, "Application Command Option Type".
const OPTION_CHANNEL: u64 = 7;
const OPTION_ROLE: u64 = 8;
const OPTION_FILE: u64 = 11;
/// The kind of a command in the menu of a message.
const MESSAGE_COMMAND: u64 = 3;
/// Most values of a menu, inputs of a form and options of a command that are looked at.
const MOST: usize = 30;

/// What a visitor did.
#[derive(Debug, Deserialize)]
pub(super) struct Deed {
    /// As whom.
    #[serde(rename = "as")]
    pub part: Part,
    /// In which channel.
    pub channel: String,
    /// The kind of the interaction.
    pub kind: u8,
    /// Its data, as Discord has it.
    pub data: Value,
    /// The message that it is about.
    #[serde(default)]
    pub message: Option<String>,
    /// A file that is sent along.
    #[serde(default)]
    pub file: Option<Upload>,
}

/// A file of text.
#[derive(Debug, Deserialize)]
pub(super) struct Upload {
    name: String,
    text: String,
}

/// An interaction, ready to be read as one of Discord's, and its token.
pub(super) struct Call {
    pub(super) json: Value,
    pub(super) token: String,
}

impl Deed {
    /// Whether it costs next to nothing.
    pub(super) fn is_light(&self) -> bool {
        self.kind == SUGGESTIONS
    }

    /// The interaction; `None` for what Discord would not send: a press on what is not there, a form that nobody gave out.
    pub(super) fn call(self, server: &mut Server, application: u64) -> Option<Call> {
        let channel: u64 = self.channel.parse().ok()?;
        let shown = server.channel(channel)?;
        let mut message = self.message.as_deref().and_then(|id| id.parse().ok());
        let mut data = match self.kind {
            COMMAND | SUGGESTIONS => {
                command(server, self.part, &self.data, message.take(), self.file)?
            }
            COMPONENT => {
                let on = server.seen_by(self.part, message?)?;
                press(server, &self.data, &on)?
            }
            FORM => {
                let id = self.data["custom_id"].as_str()?;
                message = server.take_form(id)?;
                form(&self.data)?
            }
            _ => return None,
        };
        let on = message.and_then(|id| server.message(id, None));
        let (id, token) = server.call(channel, self.part, message);
        data["id"] = json!(id.to_string());
        let guild = server.id.to_string();
        let mut channel = shown;
        channel["permissions"] = self.part.permissions().to_string().into();
        let mut json = json!({
            "id": id.to_string(), "application_id": application.to_string(), "type": self.kind, "data": data, "guild_id": guild,
            "guild": {"id": guild, "locale": "en-US", "features": []}, "guild_locale": "en-US", "locale": "en-US",
            "channel_id": channel["id"], "channel": channel, "member": server.member(self.part), "token": token, "version": 1,
            "app_permissions": Part::Member.permissions().to_string(), "entitlements": [], "authorizing_integration_owners": {"0": guild},
            "context": 0, "attachment_size_limit": 10_485_760,
        });
        if let Some(on) = on {
            json["message"] = on;
        }
        Some(Call { json, token })
    }
}

/// The data of a command, or of the typing of one.
fn command(
    server: &mut Server,
    part: Part,
    given: &Value,
    target: Option<u64>,
    file: Option<Upload>,
) -> Option<Value> {
    let name = given["name"].as_str()?;
    let kind = given["type"].as_u64().unwrap_or(1);
    let mut data = json!({"name": name, "type": kind});
    if kind == MESSAGE_COMMAND {
        let target = target?;
        let message = server.seen_by(part, target)?;
        let target = target.to_string();
        data["resolved"] = json!({"messages": {&target: message}});
        data["target_id"] = target.into();
        return Some(data);
    }
    let mut options = list(&given["options"]);
    options.truncate(MOST);
    let mut named = Vec::new();
    let mut files = Map::new();
    let mut file = file.map(|file| (server.upload(as_file(&file)), file));
    for option in &mut options {
        let inner = option["options"].as_array_mut().map(std::mem::take);
        let mut inner = inner.unwrap_or_default();
        inner.truncate(MOST);
        let all = if inner.is_empty() {
            std::slice::from_mut(option)
        } else {
            &mut inner[..]
        };
        for option in all {
            match option["type"].as_u64() {
                Some(OPTION_CHANNEL | OPTION_ROLE) => {
                    named.extend(
                        option["value"]
                            .as_str()
                            .and_then(|id| id.parse::<u64>().ok()),
                    );
                }
                Some(OPTION_FILE) => {
                    let (key, sent) = file.take()?;
                    // Discord's own address; the program asks for its path where this demo answers.
                    let url = format!("https://cdn.discordapp.com/attachments/{}/{key}", server.id);
                    let id = server.id.to_string();
                    option["value"] = id.clone().into();
                    files.insert(
                        id.clone(),
                        json!({"id": id, "filename": sent.name, "size": sent.text.len(), "url": url, "proxy_url": url, "content_type": "text/plain; charset=utf-8", "ephemeral": true}),
                    );
                }
                _ => {}
            }
        }
        if !inner.is_empty() {
            option["options"] = inner.into();
        }
    }
    let mut resolved = server.resolved(&named);
    resolved["attachments"] = files.into();
    data["options"] = options.into();
    data["resolved"] = resolved;
    Some(data)
}

fn as_file(upload: &Upload) -> File {
    let name = upload
        .name
        .chars()
        .filter(|c| c.is_alphanumeric() || "._-".contains(*c));
    File {
        name: name.take(60).collect(),
        alt: String::new(),
        bytes: upload.text.clone().into_bytes(),
    }
}

/// The data of a press, or of a choice, on what stands below this message and can be pressed.
fn press(server: &Server, given: &Value, on: &Value) -> Option<Value> {
    let rows = list(&on["components"]);
    let there = rows
        .iter()
        .flat_map(|row| list(&row["components"]))
        .find(|one| one["custom_id"].is_string() && one["custom_id"] == given["custom_id"])
        .filter(|one| one["disabled"] != true)?;
    let mut data = json!({"custom_id": there["custom_id"], "component_type": there["type"]});
    if there["type"] != 2 {
        let mut values = list(&given["values"]);
        values.truncate(MOST);
        let ids: Vec<u64> = values
            .iter()
            .filter_map(|id| id.as_str()?.parse().ok())
            .collect();
        data["values"] = values.into();
        if there["type"] != 3 {
            data["resolved"] = server.resolved(&ids);
        }
    }
    Some(data)
}

/// The data of a form: its texts by their names.
fn form(given: &Value) -> Option<Value> {
    let rows: Vec<Value> = given["inputs"]
        .as_object()?
        .iter()
        .take(MOST)
        .map(|(id, text)| json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": text.as_str().unwrap_or_default()}]}))
        .collect();
    Some(json!({"custom_id": given["custom_id"], "components": rows}))
}
