//! A member at work: interactions as Discord sends them, answered by the real dispatch.
//!
//! So a picture shows what members get, not what somebody thought they get. Knows nothing of drawing.

use serde_json::{Value, json};

use careerbot::discord::interaction::response::InitialResponse;
use careerbot::discord::members::commands::answer_this;
use careerbot::discord::members::mention::{self, Heard};
use careerbot::discord::message::body::Message;
use careerbot::discord::{App, dispatch};

/// The ids of a made-up server, its channel, the member and the application; they are shown nowhere.
const SERVER: &str = "5000";
const CHANNEL: &str = "3000";
const MEMBER: &str = "4000";
const APPLICATION: &str = "1000";
/// Every permission; without Embed Links, and so without Administrator.
const ALL: u64 = (1 << 50) - 1;
const NO_EMBEDS: u64 = ALL & !(1 << 14) & !(1 << 3);

/// What the member does, one after the other. Each but the first is done on the message that came before.
#[derive(Clone, Copy)]
pub(super) enum Deed {
    /// A slash command with its options.
    Type(&'static str, &'static [(&'static str, &'static str)]),
    /// The same, where the bot may not show embeds.
    TypeWithoutEmbeds(&'static str, &'static [(&'static str, &'static str)]),
    /// The same so often that it is too often.
    TypeTooOften(&'static str, &'static [(&'static str, &'static str)]),
    /// A message in the channel that mentions the bot.
    Mention(&'static str),
    /// "Answer this" on a message of somebody else.
    AnswerThis(&'static str),
    /// The button with this label.
    Press(&'static str),
    /// The button with this label, again and again.
    PressTimes(&'static str, usize),
}

/// The last reply; `None` when there is none, because the knowledge holds no such role or the message no such button.
pub(super) async fn play(app: &App, deeds: &[Deed], now: jiff::Timestamp) -> Option<Message> {
    let mut last: Option<Message> = None;
    for deed in deeds {
        last = match deed {
            Deed::Type(name, options) => say(app, slash(name, options, ALL), now).await,
            Deed::TypeWithoutEmbeds(name, options) => {
                say(app, slash(name, options, NO_EMBEDS), now).await
            }
            Deed::TypeTooOften(name, options) => {
                let mut said = None;
                for _ in 0..20 {
                    said = say(app, slash(name, options, ALL), now).await;
                }
                said
            }
            Deed::Mention(text) => {
                let heard = Heard {
                    bot: APPLICATION.parse().ok()?,
                    author: MEMBER.parse().ok()?,
                    from_bot: false,
                    guild: Some(SERVER.parse().ok()?),
                    channel: CHANNEL.parse().ok()?,
                    content: format!("<@{APPLICATION}> {text}"),
                };
                mention::reply(app, &heard, now).await
            }
            Deed::AnswerThis(text) => say(app, answer_this(text), now).await,
            Deed::Press(label) => say(app, press(&last?, label)?, now).await,
            Deed::PressTimes(label, times) => {
                // Slowly enough for the limits on how fast members may ask.
                for turn in 0..i64::try_from(*times).ok()? {
                    let later = now
                        .checked_add(jiff::SignedDuration::from_secs(10 * turn))
                        .ok()?;
                    last = say(app, press(&last?, label)?, later).await;
                }
                last
            }
        };
    }
    last
}

async fn say(app: &App, interaction: Value, now: jiff::Timestamp) -> Option<Message> {
    let reply = dispatch(app, &serde_json::from_value(interaction).ok()?, now).await;
    match reply.first {
        InitialResponse::Message(message) | InitialResponse::Update(message) => Some(message),
        _ => None,
    }
}

fn slash(name: &str, options: &[(&str, &str)], permissions: u64) -> Value {
    let options: Vec<Value> = options
        .iter()
        .map(|(name, value)| json!({"name": name, "type": 3, "value": value}))
        .collect();
    interaction(
        2,
        json!({"id": "1", "name": name, "type": 1, "options": options}),
        permissions,
    )
}

/// The message command on a message of somebody else.
fn answer_this(text: &str) -> Value {
    let target = message(&user("4001", "kim"), text, 0);
    let data = json!({
        "id": "1", "name": answer_this::COMMAND.name, "type": 3, "target_id": target["id"], "resolved": {"messages": {"2000": target}},
    });
    interaction(2, data, ALL)
}

/// A message as Discord sends it along.
fn message(author: &Value, content: &str, flags: u64) -> Value {
    json!({
        "id": "2000", "channel_id": CHANNEL, "author": author, "content": content, "timestamp": "2026-11-22T12:00:00.000000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": [], "components": [], "pinned": false, "type": 0, "flags": flags,
    })
}

/// The press on a button of a message.
fn press(shown: &Message, label: &str) -> Option<Value> {
    let body = shown.body();
    let rows = body["components"].as_array()?;
    let buttons = rows
        .iter()
        .flat_map(|row| row["components"].as_array().into_iter().flatten());
    let id = buttons
        .into_iter()
        .find(|button| button["label"] == label)?["custom_id"]
        .clone();
    let mut press = interaction(3, json!({"custom_id": id, "component_type": 2}), ALL);
    let content = body["content"].as_str().unwrap_or_default();
    press["message"] = message(
        &user(APPLICATION, "careerbot"),
        content,
        body["flags"].as_u64().unwrap_or(0),
    );
    press["message"]["embeds"] = body["embeds"]
        .as_array()
        .cloned()
        .unwrap_or_default()
        .into();
    press["message"]["components"] = rows.clone().into();
    Some(press)
}

fn interaction(kind: u8, data: Value, permissions: u64) -> Value {
    json!({
        "id": "6000", "application_id": APPLICATION, "type": kind, "data": data, "guild_id": SERVER,
        "guild": {"id": SERVER, "locale": "en-US", "features": []}, "guild_locale": "en-US", "locale": "en-US",
        "channel_id": CHANNEL, "member": {
            "user": user(MEMBER, "sam"), "nick": null, "avatar": null, "roles": [], "joined_at": "2025-01-01T00:00:00.000000+00:00",
            "premium_since": null, "deaf": false, "mute": false, "pending": false, "flags": 0, "permissions": ALL.to_string(),
        },
        "token": "preview", "version": 1, "app_permissions": permissions.to_string(), "entitlements": [],
        "authorizing_integration_owners": {"0": SERVER}, "context": 0, "attachment_size_limit": 10_485_760,
    })
}

fn user(id: &str, name: &str) -> Value {
    json!({"id": id, "username": name, "discriminator": "0", "global_name": name, "avatar": null, "bot": false, "public_flags": 0})
}
