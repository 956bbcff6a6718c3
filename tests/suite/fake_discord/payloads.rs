//! Payloads in the form in which Discord sends them: interactions of each kind, messages, users.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use super::APPLICATION;

pub(crate) const MEMBER: &str = "400000000000000001";
pub(crate) const GUILD: &str = "500000000000000001";
pub(crate) const CHANNEL: &str = "300000000000000001";

/// What everyone may do in the server: View Channel, Send Messages, Embed Links, Attach Files, Read Message History.
pub(crate) const EVERYONE: u64 = (1 << 10) | (1 << 11) | (1 << 14) | (1 << 15) | (1 << 16);
/// The permission Manage Server.
pub(crate) const MANAGE_SERVER: u64 = 1 << 5;

/// A snowflake that no other payload has.
pub(crate) fn fresh() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(600_000_000_000_000_000);
    NEXT.fetch_add(1, Ordering::Relaxed).to_string()
}

pub(crate) fn application() -> Value {
    json!({
        "id": APPLICATION, "name": "careerbot", "icon": null, "description": "", "bot_public": true, "bot_require_code_grant": false,
        "verify_key": "0".repeat(64), "flags": 0, "team": null, "owner": user("400000000000000009", "owner"), "summary": "",
    })
}

pub(crate) fn bot_user() -> Value {
    let mut bot = user(APPLICATION, "careerbot");
    bot["bot"] = json!(true);
    bot["verified"] = json!(true);
    bot["mfa_enabled"] = json!(false);
    bot
}

pub(crate) fn user(id: &str, name: &str) -> Value {
    json!({"id": id, "username": name, "discriminator": "0", "global_name": name, "avatar": null, "bot": false, "public_flags": 0})
}

fn member() -> Value {
    json!({
        "user": user(MEMBER, "sam"), "nick": null, "avatar": null, "roles": [], "joined_at": "2025-01-01T00:00:00.000000+00:00", "premium_since": null,
        "deaf": false, "mute": false, "pending": false, "flags": 0, "permissions": "2248473465835073", "communication_disabled_until": null,
    })
}

/// An interaction in a server, of a type and with data.
pub(crate) fn interaction(kind: u8, data: Value) -> Value {
    let id = fresh();
    json!({
        "id": id, "application_id": APPLICATION, "type": kind, "data": data, "guild_id": GUILD,
        "guild": {"id": GUILD, "locale": "en-US", "features": []}, "guild_locale": "en-US", "locale": "en-US",
        "channel_id": CHANNEL, "channel": {"id": CHANNEL, "type": 0, "name": "careers", "permissions": "2248473465835073", "guild_id": GUILD, "last_message_id": null, "nsfw": false, "parent_id": null, "position": 0, "topic": null, "flags": 0},
        "member": member(), "token": format!("aW50ZXJhY3Rpb24-{id}"), "version": 1, "app_permissions": "2248473465835073",
        "entitlements": [], "authorizing_integration_owners": {"0": GUILD}, "context": 0, "attachment_size_limit": 10_485_760,
    })
}

/// The same interaction from another member in another server, whom no rate limit has seen yet.
pub(crate) fn by_somebody_else(mut interaction: Value) -> Value {
    let (member, guild) = (fresh(), fresh());
    for place in ["/member/user/id", "/user/id"] {
        if let Some(id) = interaction.pointer_mut(place) {
            *id = json!(member);
        }
    }
    for place in ["/guild_id", "/guild/id", "/channel/guild_id"] {
        if let Some(id) = interaction.pointer_mut(place) {
            *id = json!(guild);
        }
    }
    interaction
}

/// The same interaction in a direct message with the bot.
pub(crate) fn in_direct_message(mut interaction: Value) -> Value {
    let map = interaction
        .as_object_mut()
        .expect("an interaction is an object");
    for key in ["guild_id", "guild", "guild_locale", "member"] {
        map.remove(key);
    }
    interaction["user"] = user(MEMBER, "sam");
    interaction["channel"] = json!({"id": CHANNEL, "type": 1, "last_message_id": null, "flags": 0, "recipients": [user(MEMBER, "sam")]});
    interaction["context"] = json!(1);
    interaction["authorizing_integration_owners"] = json!({"0": "0", "1": MEMBER});
    interaction
}

/// The same interaction in a server that does not have the bot, from a member who has installed it for themselves.
pub(crate) fn user_installed(mut interaction: Value) -> Value {
    interaction["authorizing_integration_owners"] = json!({"1": MEMBER});
    interaction["app_permissions"] = json!("0");
    interaction
}

/// Options of a slash command from names and values.
fn options(pairs: &[(&str, Value)]) -> Vec<Value> {
    pairs
        .iter()
        .map(|(name, value)| {
            let kind = if value.is_boolean() {
                5
            } else if value.is_i64() {
                4
            } else {
                3
            };
            json!({"name": name, "type": kind, "value": value})
        })
        .collect()
}

/// A slash command in a server.
pub(crate) fn slash(name: &str, pairs: &[(&str, Value)]) -> Value {
    interaction(
        2,
        json!({"id": fresh(), "name": name, "type": 1, "options": options(pairs)}),
    )
}

/// A subcommand in a server; options are name, type number and value.
pub(crate) fn subcommand(name: &str, sub: &str, options: &[(&str, u8, Value)]) -> Value {
    let options: Vec<Value> = options
        .iter()
        .map(|(name, kind, value)| json!({"name": name, "type": kind, "value": value}))
        .collect();
    interaction(
        2,
        json!({"id": fresh(), "name": name, "type": 1, "options": [{"name": sub, "type": 1, "options": options}]}),
    )
}

/// The same interaction from a member with exactly these permissions and roles.
pub(crate) fn as_member(mut interaction: Value, permissions: u64, roles: &[&str]) -> Value {
    interaction["member"]["permissions"] = json!(permissions.to_string());
    interaction["member"]["roles"] = json!(roles);
    interaction
}

/// Autocomplete; the last option has the focus.
pub(crate) fn autocomplete(name: &str, pairs: &[(&str, Value)]) -> Value {
    let mut options = options(pairs);
    if let Some(last) = options.last_mut() {
        last["focused"] = json!(true);
    }
    interaction(
        4,
        json!({"id": fresh(), "name": name, "type": 1, "options": options}),
    )
}

/// Autocomplete of an option of a subcommand.
pub(crate) fn typing(name: &str, sub: &str, option: &str, typed: &str) -> Value {
    let option = json!({"name": option, "type": 3, "value": typed, "focused": true});
    interaction(
        4,
        json!({"id": fresh(), "name": name, "type": 1, "options": [{"name": sub, "type": 1, "options": [option]}]}),
    )
}

/// A subcommand with a file, which Discord says to have this size and to be at this address.
pub(crate) fn with_file(name: &str, sub: &str, file: &str, size: u64, url: &str) -> Value {
    let id = fresh();
    let mut call = subcommand(name, sub, &[("file", 11, json!(id))]);
    call["data"]["resolved"] = json!({"attachments": {&id: {
        "id": id, "filename": file, "size": size, "url": url, "proxy_url": url, "content_type": "text/markdown; charset=utf-8", "ephemeral": true,
    }}});
    call
}

/// The same interaction from this member.
pub(crate) fn by(mut interaction: Value, member: &str) -> Value {
    interaction["member"]["user"] = user(member, "somebody");
    interaction
}

/// A press on a button of a message of the bot.
pub(crate) fn press(custom_id: &str, on: &Value) -> Value {
    component(json!({"custom_id": custom_id, "component_type": 2}), on)
}

/// A choice in a select menu of a message of the bot.
pub(crate) fn select(custom_id: &str, values: &[&str], on: &Value) -> Value {
    component(
        json!({"custom_id": custom_id, "component_type": 3, "values": values}),
        on,
    )
}

/// A choice in a menu of channels.
pub(crate) fn select_channel(custom_id: &str, channel: &str, on: &Value) -> Value {
    component(
        json!({"custom_id": custom_id, "component_type": 8, "values": [channel], "resolved": {"channels": {channel: {"id": channel, "type": 0, "name": "other", "permissions": "0"}}}}),
        on,
    )
}

/// A choice in a menu of roles; none, or one.
pub(crate) fn select_role(custom_id: &str, roles: &[&str], on: &Value) -> Value {
    let resolved: serde_json::Map<String, Value> = roles
        .iter()
        .map(|id| {
            let role = json!({"id": id, "name": "nurses", "color": 0, "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}, "hoist": false, "position": 1, "permissions": "0", "managed": false, "mentionable": true, "flags": 0});
            ((*id).to_owned(), role)
        })
        .collect();
    component(
        json!({"custom_id": custom_id, "component_type": 6, "values": roles, "resolved": {"roles": resolved}}),
        on,
    )
}

/// The same form, from a button below a message of the bot.
pub(crate) fn from_message(mut form: Value, on: &Value) -> Value {
    form["message"] = component(Value::Null, on)["message"].clone();
    form
}

/// `on` is what the bot said: the body of its message.
fn component(data: Value, on: &Value) -> Value {
    let mut interaction = interaction(3, data);
    let mut message = message("", &[]);
    message["author"] = bot_user();
    for key in ["content", "embeds", "components", "flags"] {
        if !on[key].is_null() {
            message[key] = on[key].clone();
        }
    }
    interaction["message"] = message;
    interaction
}

/// A form that a member has filled in.
pub(crate) fn submit(custom_id: &str, inputs: &[(&str, &str)]) -> Value {
    let rows: Vec<Value> = inputs
        .iter()
        .map(|(id, value)| json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": value}]}))
        .collect();
    interaction(5, json!({"custom_id": custom_id, "components": rows}))
}

/// What stands in a form, by the ids of its inputs, with some of it changed.
pub(crate) fn typed<'a>(form: &'a Value, changed: &[(&str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let rows = form["data"]["components"].as_array().expect("rows");
    rows.iter()
        .map(|row| {
            let input = &row["components"][0];
            let name = input["custom_id"].as_str().expect("an id");
            let typed = changed.iter().find(|(known, _)| *known == name);
            let value = input["value"].as_str().unwrap_or_default();
            (name, typed.map_or(value, |(_, typed)| *typed))
        })
        .collect()
}

/// A form that a button below a message of the bot had opened.
pub(crate) fn submit_on(custom_id: &str, inputs: &[(&str, &str)], on: &Value) -> Value {
    let mut form = submit(custom_id, inputs);
    form["message"] = press("", on)["message"].take();
    form
}

/// The Apps menu of a message.
pub(crate) fn message_command(name: &str, content: &str) -> Value {
    let target = message(content, &[]);
    let id = target["id"].as_str().expect("an id").to_owned();
    interaction(
        2,
        json!({"id": fresh(), "name": name, "type": 3, "target_id": id, "resolved": {"messages": {id: target}}}),
    )
}

/// A message in a channel, from a member; `mentions` are the users that it mentions.
pub(crate) fn message(content: &str, mentions: &[Value]) -> Value {
    json!({
        "id": fresh(), "channel_id": CHANNEL, "author": user(MEMBER, "sam"), "content": content, "timestamp": "2026-11-22T12:00:00.000000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": mentions, "mention_roles": [], "attachments": [], "embeds": [],
        "components": [], "pinned": false, "type": 0, "flags": 0,
    })
}

/// A message in a server's channel as the gateway sends it.
pub(crate) fn guild_message(content: &str, mentions: &[Value]) -> Value {
    let mut message = message(content, mentions);
    message["guild_id"] = json!(GUILD);
    let mut member = member();
    member.as_object_mut().expect("an object").remove("user");
    message["member"] = member;
    message
}

/// A call of a moderator of another server, whom nobody else is.
pub(crate) fn in_server(guild: &str, mut call: Value) -> Value {
    call["guild_id"] = json!(guild);
    call["authorizing_integration_owners"] = json!({"0": guild});
    call["member"]["user"]["id"] = json!(fresh());
    call
}

/// `/digest schedule` in a server: what is new, each day at nine.
pub(crate) fn schedule_daily(guild: &str) -> Value {
    let options = [
        ("topic", 3, json!("new")),
        ("every", 3, json!("day")),
        ("at", 3, json!("9:00")),
        ("channel", 7, json!(CHANNEL)),
    ];
    in_server(
        guild,
        as_member(
            subcommand("digest", "schedule", &options),
            MANAGE_SERVER,
            &[],
        ),
    )
}

/// What a message says, as a response bears it or by itself.
#[track_caller]
pub(crate) fn text(body: &Value) -> String {
    let found = body["data"]["content"]
        .as_str()
        .or(body["content"].as_str());
    found
        .unwrap_or_else(|| panic!("no text: {body}"))
        .to_owned()
}
