//! The server of one visitor: its channels, what was written in them, and who sees it. Everything is in memory, and bounded.
//!
//! Messages are kept in Discord's own JSON, as they are sent back to the program with a press. Knows nothing of who asks.

mod messages;

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::web::keys::random;

/// Channels that take text, announcements and posts. Source: Discord documentation, "Channel Types".
pub(super) const ANNOUNCEMENTS: u8 = 5;
pub(super) const FORUM: u8 = 15;
const TEXT: u8 = 0;
const THREAD: u8 = 11;
/// The milliseconds from 1970 to Discord's epoch. Source: Discord documentation, "Snowflakes".
const EPOCH: i64 = 1_420_070_400_000;

/// View, Send, Embed, Attach, Read History, Add Reactions, Use Application Commands, Send in Threads, Use External Apps.
const EVERYONE: u64 = (1 << 10)
    | (1 << 11)
    | (1 << 14)
    | (1 << 15)
    | (1 << 16)
    | (1 << 6)
    | (1 << 31)
    | (1 << 38)
    | (1 << 50);
/// Manage Server.
const MANAGE: u64 = 1 << 5;

/// Most interactions that can still be answered, forms that can still be sent, posts known by their nonce, and threads.
const MOST_CALLS: usize = 40;
const MOST_THREADS: usize = 12;

/// The channels: name, kind, and what it is for.
const CHANNELS: &[(&str, u8, &str)] = &[
    ("careers", TEXT, "Ask anything about healthcare jobs"),
    (
        "career-news",
        ANNOUNCEMENTS,
        "Summaries that moderators post",
    ),
    (
        "questions",
        FORUM,
        "A forum: each post is a thread of its own",
    ),
    ("moderators", TEXT, "For those who look after the server"),
];
/// The roles of the server: name and color.
const ROLES: &[(&str, u32)] = &[("Career news", 0x57_F2_87), ("Moderator", 0x58_65_F2)];

/// As whom a visitor acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    /// Somebody who asks.
    Member,
    /// Somebody with Manage Server.
    Moderator,
}

impl Part {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Member, Self::Moderator];

    fn name(self) -> &'static str {
        match self {
            Self::Member => "sam",
            Self::Moderator => "morgan",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Moderator => "moderator",
        }
    }

    /// What they may do.
    pub(super) fn permissions(self) -> u64 {
        match self {
            Self::Member => EVERYONE,
            Self::Moderator => EVERYONE | MANAGE,
        }
    }
}

/// An id as Discord gives them: the time in front, and never the same twice in this program.
pub(super) fn snowflake() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let now = u64::try_from(Timestamp::now().as_millisecond() - EPOCH).unwrap_or(0) << 22;
    let next = |last: u64| Some(now.max(last + 1));
    LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next)
        .map_or(now, |last| now.max(last + 1))
}

/// A file that was sent along with a message.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// Its name.
    pub name: String,
    /// What a screen reader says.
    pub alt: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A message, for whose eyes it is, and at which version of the server it became so; `Null` when it was deleted.
struct Kept {
    message: Value,
    to: Option<Part>,
    version: u64,
    bytes: usize,
}

/// A thread of the forum.
#[derive(Clone)]
struct Thread {
    id: u64,
    forum: u64,
    name: String,
}

/// An interaction that is being answered, or was.
struct Call {
    token: String,
    channel: u64,
    by: Part,
    original: Option<u64>,
    /// Whether it has said so far only that it takes a moment.
    thinking: bool,
}

/// The server of one visitor.
pub(super) struct Server {
    /// Its id.
    pub id: u64,
    users: [u64; 2],
    bot: u64,
    channels: Vec<u64>,
    roles: Vec<u64>,
    threads: Vec<Thread>,
    messages: BTreeMap<u64, Kept>,
    files: VecDeque<(String, File)>,
    calls: VecDeque<Call>,
    forms: VecDeque<(String, Option<u64>)>,
    nonces: VecDeque<(String, u64)>,
    version: u64,
}

/// Adds at the end, and drops what is too old.
fn add<T>(list: &mut VecDeque<T>, item: T, most: usize) {
    list.push_back(item);
    while list.len() > most {
        list.pop_front();
    }
}

impl Server {
    /// A new one, in which nothing was said; `bot` is the program's user.
    pub(super) fn new(bot: u64) -> Self {
        Self {
            id: snowflake(),
            users: [snowflake(), snowflake()],
            bot,
            channels: CHANNELS.iter().map(|_| snowflake()).collect(),
            roles: ROLES.iter().map(|_| snowflake()).collect(),
            threads: Vec::new(),
            messages: BTreeMap::new(),
            files: VecDeque::new(),
            calls: VecDeque::new(),
            forms: VecDeque::new(),
            nonces: VecDeque::new(),
            version: 0,
        }
    }

    /// The id of whom a visitor acts as.
    pub(super) fn user_id(&self, part: Part) -> u64 {
        match part {
            Part::Member => self.users[0],
            Part::Moderator => self.users[1],
        }
    }

    fn user(&self, part: Part) -> Value {
        json!({"id": self.user_id(part).to_string(), "username": part.name(), "discriminator": "0", "global_name": part.name(), "avatar": null, "bot": false, "public_flags": 0})
    }

    /// The program's user.
    pub(super) fn bot_user(&self) -> Value {
        json!({"id": self.bot.to_string(), "username": "careerbot", "discriminator": "0", "global_name": null, "avatar": null, "bot": true, "public_flags": 0})
    }

    /// A member as interactions have it.
    pub(super) fn member(&self, part: Part) -> Value {
        let roles: &[u64] = match part {
            Part::Member => &[],
            Part::Moderator => &self.roles[1..],
        };
        let roles: Vec<String> = roles.iter().map(u64::to_string).collect();
        json!({
            "user": self.user(part), "nick": null, "avatar": null, "roles": roles, "joined_at": "2025-01-01T00:00:00.000000+00:00",
            "premium_since": null, "deaf": false, "mute": false, "pending": false, "flags": 0,
            "permissions": part.permissions().to_string(), "communication_disabled_until": null,
        })
    }

    /// The program as a member.
    pub(super) fn bot_member(&self) -> Value {
        json!({"user": self.bot_user(), "roles": [], "joined_at": "2025-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false, "flags": 0})
    }

    /// The roles, as Discord lists them.
    pub(super) fn roles(&self) -> Value {
        let role = |id: u64, name: &str, color: u32, permissions: u64, position: usize| {
            json!({
                "id": id.to_string(), "name": name, "color": color, "colors": {"primary_color": color, "secondary_color": null, "tertiary_color": null},
                "hoist": false, "position": position, "permissions": permissions.to_string(), "managed": false, "mentionable": true, "flags": 0,
            })
        };
        let everyone = role(self.id, "@everyone", 0, EVERYONE, 0);
        let others = ROLES.iter().zip(&self.roles).enumerate();
        [everyone]
            .into_iter()
            .chain(others.map(|(at, ((name, color), id))| role(*id, name, *color, 0, at + 1)))
            .collect()
    }

    /// The channels, as Discord lists them, threads of the forum last.
    pub(super) fn channels(&self) -> Vec<Value> {
        let channels = self.channels.iter().filter_map(|id| self.channel(*id));
        let threads = self
            .threads
            .iter()
            .filter_map(|thread| self.channel(thread.id));
        channels.chain(threads).collect()
    }

    /// One channel or thread; `None` where there is none of that id.
    pub(super) fn channel(&self, id: u64) -> Option<Value> {
        if let Some(thread) = self.threads.iter().find(|thread| thread.id == id) {
            return Some(json!({
                "id": id.to_string(), "type": THREAD, "guild_id": self.id.to_string(), "parent_id": thread.forum.to_string(), "name": thread.name,
                "owner_id": self.bot.to_string(), "thread_metadata": {"archived": false, "auto_archive_duration": 10_080, "archive_timestamp": Timestamp::now().to_string(), "locked": false},
            }));
        }
        let at = self.channels.iter().position(|one| *one == id)?;
        let (name, kind, about) = CHANNELS.get(at)?;
        Some(json!({
            "id": id.to_string(), "type": kind, "guild_id": self.id.to_string(), "name": name, "topic": about, "position": at, "parent_id": null,
            "permission_overwrites": [], "nsfw": false, "flags": 0, "last_message_id": null,
        }))
    }

    /// The kind of a channel.
    pub(super) fn kind(&self, id: u64) -> Option<u64> {
        self.channel(id)?["type"].as_u64()
    }

    /// Whether a channel, a thread, a token or the server itself is of this server.
    pub(super) fn has_channel(&self, id: u64) -> bool {
        self.channels.contains(&id) || self.threads.iter().any(|thread| thread.id == id)
    }

    /// Whether this interaction is one of this server.
    pub(super) fn has_call(&self, token: &str) -> bool {
        self.calls.iter().any(|call| call.token == token)
    }

    /// What the page shows of the server itself.
    pub(super) fn facts(&self) -> Value {
        let people: Vec<Value> = Part::ALL
            .iter()
            .map(|part| json!({"part": part.word(), "id": self.user_id(*part).to_string(), "name": part.name(), "permissions": part.permissions().to_string()}))
            .collect();
        json!({"id": self.id.to_string(), "name": "Demo server", "channels": self.channels(), "roles": self.roles(), "people": people, "bot": self.bot_user()})
    }

    /// What has changed since a version: messages with `for` where one of the two alone sees them.
    pub(super) fn news(&self, since: u64) -> Value {
        let changed = self
            .messages
            .iter()
            .filter(|(_, kept)| kept.version > since);
        let messages: Vec<Value> = changed
            .map(|(id, kept)| match &kept.message {
                Value::Null => json!({"id": id.to_string(), "deleted": true}),
                message => {
                    let mut message = message.clone();
                    if let Some(part) = kept.to {
                        message["for"] = part.word().into();
                    }
                    message
                }
            })
            .collect();
        json!({"version": self.version, "messages": messages, "channels": self.channels()})
    }

    /// A new interaction: its id and its token.
    pub(super) fn call(&mut self, channel: u64, by: Part, on: Option<u64>) -> (u64, String) {
        let (id, token) = (snowflake(), format!("{}-{}", self.id, random()));
        let call = Call {
            token: token.clone(),
            channel,
            by,
            original: on,
            thinking: false,
        };
        add(&mut self.calls, call, MOST_CALLS);
        (id, token)
    }

    /// The first response to an interaction: what the page is to do besides showing what has changed, a form or suggestions.
    pub(super) fn respond(
        &mut self,
        token: &str,
        asked: &Value,
        response: &Value,
        files: Vec<File>,
    ) -> Option<Value> {
        let at = self.calls.iter().position(|call| call.token == token)?;
        let (channel, by, on) = {
            let call = &self.calls[at];
            (call.channel, call.by, call.original)
        };
        let data = &response["data"];
        match response["type"].as_u64()? {
            8 => Some(json!({"choices": data["choices"]})),
            9 => {
                let form = data["custom_id"].as_str().unwrap_or_default().to_owned();
                add(&mut self.forms, (form, on), MOST_CALLS);
                Some(json!({"form": data, "message": on.map(|on| on.to_string())}))
            }
            kind @ (4 | 5) => {
                let mut body = data.clone();
                if kind == 5 {
                    body["content"] = "*careerbot is thinking…*".into();
                }
                let extra = json!({"interaction": {"type": asked["type"], "name": asked["data"]["name"], "user": self.user(by)}});
                let id = self.write(channel, &body, files, Some(by), &extra);
                self.calls[at].original = Some(id);
                self.calls[at].thinking = kind == 5;
                None
            }
            7 => {
                if let Some(on) = on {
                    self.change(on, data, files);
                }
                None
            }
            _ => None,
        }
    }

    /// A further message in answer to an interaction, or the first where that only said that it takes a moment.
    pub(super) fn follow_up(
        &mut self,
        token: &str,
        body: &Value,
        files: Vec<File>,
    ) -> Option<Value> {
        let at = self.calls.iter().position(|call| call.token == token)?;
        let (channel, by, original) = {
            let call = &self.calls[at];
            (call.channel, call.by, call.original)
        };
        if std::mem::take(&mut self.calls[at].thinking)
            && let Some(original) = original
        {
            self.change(original, body, files);
            return self.message(original, None);
        }
        let extra = original.map_or(
            Value::Null,
            |id| json!({"message_reference": {"message_id": id.to_string(), "channel_id": channel.to_string()}}),
        );
        let id = self.write(channel, body, files, Some(by), &extra);
        self.message(id, None)
    }

    /// The message that an interaction was answered with first.
    pub(super) fn original(&mut self, token: &str) -> Option<u64> {
        let call = self.calls.iter_mut().find(|call| call.token == token)?;
        call.thinking = false;
        call.original
    }

    /// Takes a form that was given out; whether it was, and the message that it came from.
    pub(super) fn take_form(&mut self, custom_id: &str) -> Option<Option<u64>> {
        let found = self.forms.iter().rev().find(|(form, _)| form == custom_id);
        found.map(|(_, on)| *on)
    }

    /// What an interaction tells of the channels and roles that its options and menus name.
    pub(super) fn resolved(&self, ids: &[u64]) -> Value {
        let mut channels = Map::new();
        let mut roles = Map::new();
        let all = self.roles();
        for id in ids {
            if let Some(mut channel) = self.channel(*id) {
                channel["permissions"] = EVERYONE.to_string().into();
                channels.insert(id.to_string(), channel);
            }
            let role = list(&all).into_iter().find(|role| is(&role["id"], *id));
            if let Some(role) = role {
                roles.insert(id.to_string(), role);
            }
        }
        json!({"channels": channels, "roles": roles})
    }
}

/// Whether a text is this id.
fn is(text: &Value, id: u64) -> bool {
    text.as_str().and_then(|text| text.parse().ok()) == Some(id)
}

/// The entries of a list; none where it is no list.
pub(super) fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}
