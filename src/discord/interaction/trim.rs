//! An interaction with nothing in it but what is used: Discord's payloads grow, and serenity's model takes no flag, no form of
//! a picture's name and no kind of thing that it does not know.
//!
//! Works on JSON, for what it mends is what a model would refuse; knows which fields the model needs to be there and which of them
//! anybody reads.

use serde_json::{Map, Value, json};

/// The interaction without what nobody reads, in a form that serenity's model holds.
pub(crate) fn interaction(value: &Value) -> Value {
    let mut tidy = kept(
        value,
        &[
            "id",
            "application_id",
            "type",
            "token",
            "version",
            "guild_id",
            "channel_id",
            "app_permissions",
            "data",
        ],
    );
    let text = |key: &str| value[key].as_str().unwrap_or("en-US");
    tidy.insert("locale".to_owned(), text("locale").into());
    tidy.insert("entitlements".to_owned(), json!([]));
    tidy.insert(
        "attachment_size_limit".to_owned(),
        value["attachment_size_limit"].as_u64().unwrap_or(0).into(),
    );
    for (key, tidied) in [
        ("user", user as fn(&Value) -> Value),
        ("member", member),
        ("message", message),
        ("channel", channel),
        ("authorizing_integration_owners", owners),
    ] {
        if value[key].is_object() {
            tidy.insert(key.to_owned(), tidied(&value[key]));
        }
    }
    if let Some(resolved) = tidy
        .get_mut("data")
        .and_then(|data| data.get_mut("resolved"))
    {
        *resolved = self::resolved(resolved);
    }
    Value::Object(tidy)
}

/// Gives messages that a command is about the text that members see in them: that of a forwarded message, and that of
/// components, stands elsewhere than other texts.
pub(crate) fn fill_texts(interaction: &mut Value) {
    let messages = interaction["data"]
        .get_mut("resolved")
        .and_then(|resolved| resolved.get_mut("messages"));
    for message in messages
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|messages| messages.values_mut())
    {
        if message["content"]
            .as_str()
            .is_some_and(|content| !content.trim().is_empty())
        {
            continue;
        }
        let text = shown(message);
        if let (false, Some(message)) = (text.is_empty(), message.as_object_mut()) {
            message.insert("content".to_owned(), text.into());
        }
    }
}

/// The text that a message shows: its own, that of what it forwards, and that of its components.
fn shown(message: &Value) -> String {
    let mut texts = Vec::new();
    let forwarded = message["message_snapshots"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|snapshot| &snapshot["message"]);
    for one in std::iter::once(message).chain(forwarded) {
        texts.extend(one["content"].as_str());
        components(&one["components"], &mut texts);
    }
    texts.retain(|text| !text.trim().is_empty());
    texts.join("\n")
}

/// Type number of a text among components. Source: Discord documentation, "Component Object".
const TEXT_DISPLAY: u64 = 10;

fn components<'a>(list: &'a Value, texts: &mut Vec<&'a str>) {
    for component in list.as_array().into_iter().flatten() {
        if component["type"] == TEXT_DISPLAY {
            texts.extend(component["content"].as_str());
        }
        components(&component["components"], texts);
    }
}

/// Only these keys of an object, where they hold something.
fn kept(value: &Value, keys: &[&str]) -> Map<String, Value> {
    let found = keys.iter().filter(|key| !value[**key].is_null());
    found
        .map(|key| ((*key).to_owned(), value[*key].clone()))
        .collect()
}

fn user(value: &Value) -> Value {
    json!({
        "id": value["id"], "username": value["username"].as_str().unwrap_or_default(), "discriminator": "0",
        "global_name": value["global_name"].as_str(), "avatar": null, "bot": value["bot"] == true,
    })
}

fn member(value: &Value) -> Value {
    let mut member = kept(value, &["roles", "permissions"]);
    member.entry("roles").or_insert_with(|| json!([]));
    for (key, usual) in [
        ("user", user(&value["user"])),
        ("nick", Value::Null),
        ("joined_at", json!("2015-01-01T00:00:00Z")),
        ("deaf", json!(false)),
        ("mute", json!(false)),
        ("flags", json!(0)),
    ] {
        member.insert(key.to_owned(), usual);
    }
    Value::Object(member)
}

fn channel(value: &Value) -> Value {
    let mut channel = kept(value, &["id", "type", "permissions", "parent_id"]);
    channel.insert(
        "name".to_owned(),
        value["name"].as_str().unwrap_or_default().into(),
    );
    Value::Object(channel)
}

/// Kinds of installation that are known.
fn owners(value: &Value) -> Value {
    Value::Object(kept(value, &["0", "1"]))
}

/// A message: its text, what the bot reads back from its own ones, and what it replies to.
fn message(value: &Value) -> Value {
    let mut message = kept(
        value,
        &[
            "id",
            "channel_id",
            "guild_id",
            "webhook_id",
            "flags",
            "timestamp",
            "message_reference",
        ],
    );
    if value["flags"]
        .as_u64()
        .is_none_or(|flags| u32::try_from(flags).is_err())
    {
        message.remove("flags");
    }
    let own = value["author"]["bot"] == true;
    let list = |key: &str| {
        if own {
            value[key].as_array().cloned().unwrap_or_default()
        } else {
            Vec::new()
        }
    };
    for (key, usual) in [
        ("author", user(&value["author"])),
        (
            "content",
            value["content"].as_str().unwrap_or_default().into(),
        ),
        ("edited_timestamp", Value::Null),
        ("tts", json!(false)),
        ("mention_everyone", json!(false)),
        ("mentions", json!([])),
        ("mention_roles", json!([])),
        ("attachments", list("attachments").into()),
        ("embeds", list("embeds").into()),
        ("components", list("components").into()),
        ("pinned", json!(false)),
        (
            "type",
            value["type"]
                .as_u64()
                .filter(|kind| *kind < 256)
                .unwrap_or(0)
                .into(),
        ),
    ] {
        message.insert(key.to_owned(), usual);
    }
    message
        .entry("timestamp")
        .or_insert_with(|| json!("2015-01-01T00:00:00Z"));
    if value["referenced_message"].is_object() {
        message.insert(
            "referenced_message".to_owned(),
            self::message(&value["referenced_message"]),
        );
    }
    Value::Object(message)
}

fn resolved(value: &Value) -> Value {
    let mut resolved = kept(value, &["roles", "attachments"]);
    for (key, tidied) in [
        ("users", user as fn(&Value) -> Value),
        ("messages", message),
        ("channels", channel),
    ] {
        if let Some(all) = value[key].as_object() {
            let all: Map<String, Value> = all
                .iter()
                .map(|(id, one)| (id.clone(), tidied(one)))
                .collect();
            resolved.insert(key.to_owned(), all.into());
        }
    }
    Value::Object(resolved)
}
