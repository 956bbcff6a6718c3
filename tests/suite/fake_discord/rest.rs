//! The REST side of the fake: commands, callbacks, follow-ups, edits and messages, with scripted failures.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Extract;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{
    APPLICATION, Interaction, Shared, State, TOKEN, error, limits, multipart, openapi, payloads,
};

/// Names and bytes of files.
type Files = Vec<(String, Vec<u8>)>;

/// A request that the bot made.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub method: String,
    /// Path without `/api/v10`, and without the query.
    pub path: String,
    pub query: String,
    pub body: Value,
    /// Names and bytes of the files sent along.
    pub files: Vec<(String, Vec<u8>)>,
    /// What it was answered with.
    pub status: u16,
    pub at: Instant,
}

/// What happens to one request instead of the usual.
pub(crate) struct Script {
    pub method: String,
    pub path: String,
    pub outcome: Outcome,
}

/// The kinds of trouble that can be scripted.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// 429 with `Retry-After`, in seconds.
    RateLimited(f64),
    /// The page of a ban of the address: 429 without JSON, with `Retry-After`.
    Ban(u64),
    /// The usual answer, which says that it was the last one allowed for so many seconds.
    LastOne(f64),
    /// An error status with a body.
    Fail(u16, Value),
    /// The usual answer, later.
    Slow(Duration),
    /// The usual effect, but the answer is 500: the bot can't know that it worked.
    DoneButFailed,
    /// The usual effect, but the answer never comes.
    DoneButSilent,
    /// A redirect to another host, which must not be followed.
    Redirect(String),
}

/// How a file is given out.
#[derive(Clone, Debug)]
pub(crate) enum Served {
    /// With its length.
    Whole(Vec<u8>),
    /// In pieces, without saying how long it is.
    Pieces(Vec<u8>),
}

impl Served {
    fn response(self) -> Response {
        match self {
            Self::Whole(bytes) => bytes.into_response(),
            Self::Pieces(bytes) => {
                let pieces: Vec<Result<Vec<u8>, std::convert::Infallible>> = bytes
                    .chunks(10_000)
                    .map(|piece| Ok(piece.to_vec()))
                    .collect();
                axum::body::Body::from_stream(futures_util::stream::iter(pieces)).into_response()
            }
        }
    }
}

pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let router = Router::new().fallback(handle).with_state(shared);
    let _ = axum::serve(listener, router).await;
}

async fn handle(
    Extract(shared): Extract<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    let method = method.to_string();
    let path = uri
        .path()
        .strip_prefix("/api/v10")
        .unwrap_or(uri.path())
        .to_owned();
    if path.starts_with("/attachments/") {
        return shared.change(|state| {
            if headers.contains_key("authorization") {
                state
                    .problems
                    .push(format!("{path}: the token was sent to the file server"));
            }
            let file = state.attachments.get(&path).cloned();
            let status = if file.is_some() { 200 } else { 404 };
            let query = uri.query().unwrap_or("").to_owned();
            let body = Value::Null;
            state.requests.push(Recorded {
                method,
                path,
                query,
                body,
                files: Vec::new(),
                status,
                at: Instant::now(),
            });
            file.map_or_else(|| StatusCode::NOT_FOUND.into_response(), Served::response)
        });
    }
    let kind = headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_owned();
    let (body, files, mut problems) = decode(&kind, &bytes);
    if !shared.lock().trusting {
        problems.extend(openapi::request(&method, &path, &body));
        problems.extend(check(&method, &path, &body, &files));
    }
    if !uri.path().starts_with("/api/v10/") {
        problems.push("not under /api/v10".to_owned());
    }
    let scripted = shared.change(|state| {
        match state
            .scripts
            .iter()
            .position(|script| script.method == method && path.contains(&script.path))
        {
            Some(at) => state.scripts.remove(at).map(|script| script.outcome),
            None => state
                .weather
                .and_then(|weather| weather(state.requests.len(), &method, &path)),
        }
    });
    if let Some(Outcome::Slow(delay)) = scripted {
        tokio::time::sleep(delay).await;
    }
    let silent = matches!(scripted, Some(Outcome::DoneButSilent));
    let authorized = headers
        .get("authorization")
        .is_some_and(|value| value == &format!("Bot {TOKEN}"));
    let recorded = |status: u16| Recorded {
        method: method.clone(),
        path: path.clone(),
        query: uri.query().unwrap_or("").to_owned(),
        body: body.clone(),
        files: files.clone(),
        status,
        at: Instant::now(),
    };
    let reset = if let Some(Outcome::LastOne(seconds)) = scripted {
        Some(seconds)
    } else {
        None
    };
    let response = shared.change(|state| {
        state.problems.extend(problems.iter().map(|problem| format!("{method} {path}: {problem}")));
        let (status, answer, retry) = match scripted {
            Some(Outcome::RateLimited(seconds)) => (
                429,
                json!({"message": "You are being rate limited.", "retry_after": seconds, "global": false}),
                Some(seconds),
            ),
            Some(Outcome::Fail(status, answer)) => (status, answer, None),
            Some(Outcome::Ban(seconds)) => {
                state.requests.push(recorded(429));
                let page = "<!DOCTYPE html><title>Access denied | discord.com used Cloudflare to restrict access</title>error code: 1015";
                let headers = [("content-type", "text/html".to_owned()), ("retry-after", seconds.to_string())];
                return (StatusCode::TOO_MANY_REQUESTS, headers, page).into_response();
            }
            Some(Outcome::Redirect(to)) => {
                state.requests.push(recorded(307));
                return (StatusCode::TEMPORARY_REDIRECT, [("location", to)]).into_response();
            }
            Some(Outcome::DoneButFailed) => {
                let _ = route(state, &method, &path, uri.query().unwrap_or(""), &body, authorized);
                (500, json!({"message": "500: Internal Server Error", "code": 0}), None)
            }
            Some(Outcome::Slow(_) | Outcome::LastOne(_) | Outcome::DoneButSilent) | None => {
                let (status, answer) = route(state, &method, &path, uri.query().unwrap_or(""), &body, authorized);
                (status, answer, None)
            }
        };
        state.requests.push(recorded(status));
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = if answer.is_null() {
            status.into_response()
        } else {
            (status, [("content-type", "application/json")], answer.to_string()).into_response()
        };
        if let Some(value) = reset.and_then(|seconds| seconds.to_string().parse().ok()) {
            response.headers_mut().insert("x-ratelimit-remaining", 0.into());
            response.headers_mut().insert("x-ratelimit-reset-after", value);
        }
        if state.clock_behind > 0 {
            let there = jiff::Timestamp::now() - jiff::SignedDuration::from_secs(state.clock_behind);
            let date = there.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
            response.headers_mut().insert("date", date.parse().expect("a value"));
        }
        if let Some(value) = retry.and_then(|seconds| seconds.to_string().parse().ok()) {
            response.headers_mut().insert("retry-after", value);
        }
        response
    });
    if silent {
        tokio::time::sleep(super::PATIENCE * 2).await;
    }
    response
}

/// The JSON body, the files, and what is wrong with the form of either.
fn decode(kind: &str, bytes: &[u8]) -> (Value, Files, Vec<String>) {
    if bytes.is_empty() {
        return (Value::Null, Vec::new(), Vec::new());
    }
    if kind.starts_with("multipart/form-data") {
        let parts = match multipart::read(kind, bytes) {
            Ok(parts) => parts,
            Err(problem) => return (Value::Null, Vec::new(), vec![problem]),
        };
        let mut body = Value::Null;
        let mut files = Vec::new();
        for part in parts {
            match part.file {
                Some(name) => files.push((name, part.data)),
                None if part.name == "payload_json" => {
                    body = serde_json::from_slice(&part.data).unwrap_or(Value::Null)
                }
                None => {
                    return (
                        body,
                        files,
                        vec![format!("unknown form field {}", part.name)],
                    );
                }
            }
        }
        return (body, files, Vec::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(body) if kind.starts_with("application/json") => (body, Vec::new(), Vec::new()),
        Ok(body) => (body, Vec::new(), vec![format!("JSON sent as \"{kind}\"")]),
        Err(problem) => (
            Value::Null,
            Vec::new(),
            vec![format!("body is not JSON: {problem}")],
        ),
    }
}

fn check(method: &str, path: &str, body: &Value, files: &[(String, Vec<u8>)]) -> Vec<String> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let mut wrong = match (method, parts.as_slice()) {
        ("POST", ["interactions", _, _, "callback"]) => limits::callback(body),
        ("POST", ["webhooks", _, _]) | ("POST", ["channels", _, "messages"]) => {
            limits::any_message(body, false)
        }
        ("POST", ["channels", _, "threads"]) => limits::any_message(&body["message"], false),
        ("PATCH", ["webhooks", _, _, "messages", _])
        | ("PATCH", ["channels", _, "messages", _]) => limits::any_message(body, true),
        ("PUT", ["applications", _, "commands"]) => limits::commands(body),
        ("POST", ["applications", _, "commands"]) => limits::commands(&json!([body])),
        _ => Vec::new(),
    };
    let message = if body["data"].is_object() {
        &body["data"]
    } else if body["message"].is_object() {
        &body["message"]
    } else {
        body
    };
    let named = message["attachments"].as_array().map_or(0, Vec::len);
    if files.len() > named.max(10) || (!files.is_empty() && named != files.len()) {
        wrong.push(format!("{} files but {named} attachments", files.len()));
    }
    wrong
}

fn route(
    state: &mut State,
    method: &str,
    path: &str,
    query: &str,
    body: &Value,
    authorized: bool,
) -> (u16, Value) {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let needs_token = !matches!(
        parts.first(),
        Some(&("interactions" | "webhooks" | "gateway"))
    ) || path == "/gateway/bot";
    if needs_token && !authorized {
        return (401, json!({"message": "401: Unauthorized", "code": 0}));
    }
    match (method, parts.as_slice()) {
        ("GET", ["gateway"]) => (200, json!({"url": state.gateway_url})),
        ("GET", ["gateway", "bot"]) => (
            200,
            json!({"url": state.gateway_url, "shards": state.shards.max(1), "session_start_limit": {
                "total": 1000, "remaining": if state.logins_left == 0 { 999 } else { state.logins_left }, "reset_after": 14_400_000, "max_concurrency": state.max_concurrency.max(1),
            }}),
        ),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            let mut application = payloads::application();
            if let (Some(usual), Some(other)) =
                (application.as_object_mut(), state.application.as_object())
            {
                usual.extend(other.clone());
            }
            (200, application)
        }
        ("GET", ["users", "@me", "guilds"]) => (200, state.servers.clone().into()),
        ("GET", ["guilds", _, "channels"]) => (200, state.server_channels.clone().into()),
        ("GET", ["users", "@me"]) => (200, payloads::bot_user()),
        (_, ["applications", application, "commands", rest @ ..])
            if *application == APPLICATION =>
        {
            commands(state, method, rest, query, body)
        }
        ("POST", ["interactions", id, token, "callback"]) => callback(state, id, token, body),
        ("POST", ["webhooks", application, token]) if *application == APPLICATION => {
            follow_up(state, token, body)
        }
        (_, ["webhooks", application, token, "messages", message])
            if *application == APPLICATION =>
        {
            edit(state, method, token, message, body)
        }
        ("GET", ["guilds", guild, "roles"]) => {
            let mut roles = vec![
                json!({"id": guild, "name": "@everyone", "permissions": (payloads::EVERYONE & !state.denied).to_string(), "position": 0}),
            ];
            roles.extend(state.roles.clone());
            (200, roles.into())
        }
        ("GET", ["guilds", _, "members", member]) if state.left.contains(*member) => {
            (404, error(10007, "Unknown Member"))
        }
        ("POST", ["users", "@me", "channels"]) => {
            let member = body["recipient_id"].as_str().unwrap_or_default();
            let recipients = [payloads::user(member, "somebody")];
            (
                200,
                json!({"id": room(member), "type": 1, "recipients": recipients}),
            )
        }
        ("POST", ["channels", channel, "messages"])
            if state
                .closed_to_messages
                .iter()
                .any(|member| room(member) == *channel) =>
        {
            (403, error(50007, "Cannot send messages to this user"))
        }
        ("POST", ["channels", channel, "messages"]) => post(state, channel, body),
        ("GET", ["guilds", _, "members", member]) => (
            200,
            json!({"user": payloads::user(member, "careerbot"), "roles": state.bot_roles, "permissions": "0"}),
        ),
        ("PUT" | "DELETE", ["guilds", _, "members", _, "roles", _]) if state.roles_refused > 0 => {
            (403, error(state.roles_refused, "Missing Permissions"))
        }
        ("PUT" | "DELETE", ["guilds", _, "members", _, "roles", _]) => (204, Value::Null),
        (_, ["channels", channel, ..]) if state.deleted_channels.contains(*channel) => {
            (404, error(10003, "Unknown Channel"))
        }
        ("GET", ["channels", channel, "messages"]) => (200, before(state, channel, query).into()),
        ("GET", ["channels", channel]) if state.forbidden_channels.contains(*channel) => {
            let closed = json!([{"id": payloads::GUILD, "type": 0, "allow": "0", "deny": "2048"}]);
            (200, channel_body(state, channel, &closed))
        }
        ("GET", ["channels", channel]) => (200, channel_body(state, channel, &json!([]))),
        ("POST", ["channels", channel, "threads"]) => begin_thread(state, channel, body),
        ("GET", ["guilds", _, "threads", "active"]) => (
            200,
            json!({"threads": threads(state, false), "members": []}),
        ),
        ("GET", ["channels", _, "threads", "archived", "public"]) => (
            200,
            json!({"threads": threads(state, true), "members": [], "has_more": false}),
        ),
        ("DELETE", ["channels", thread]) => match state.threads.remove(*thread) {
            Some((forum, _)) if !state.forbidden_channels.contains(&forum) => {
                state
                    .messages
                    .retain(|_, message| message["channel_id"] != *thread);
                state.deleted_channels.insert((*thread).to_owned());
                (200, json!({"id": thread, "type": 11}))
            }
            Some(kept) => {
                state.threads.insert((*thread).to_owned(), kept);
                (403, error(50013, "Missing Permissions"))
            }
            None => (403, error(50013, "Missing Permissions")),
        },
        (_, ["channels", channel, "messages", message, ..]) => {
            one_message(state, method, channel, message, &parts, body)
        }
        _ => (404, json!({"message": "404: Not Found", "code": 0})),
    }
}

/// A command as Discord gives it back: with the ids and defaults that it adds.
fn registered(state: &mut State, body: &Value) -> Value {
    state.next_id += 1;
    let mut command = json!({
        "id": state.next_id.to_string(), "application_id": APPLICATION, "version": state.next_id.to_string(), "type": 1,
        "default_member_permissions": null, "nsfw": false, "dm_permission": true, "name_localizations": null, "description_localizations": null,
        "integration_types": [0], "contexts": null, "description": "",
    });
    if let (Some(command), Some(body)) = (command.as_object_mut(), body.as_object()) {
        command.extend(body.clone());
        // Discord leaves out what says nothing: empty lists, and `required: false`.
        strip(command);
    }
    command
}

fn strip(map: &mut serde_json::Map<String, Value>) {
    map.retain(|key, value| match key.as_str() {
        "options" | "choices" => value.as_array().is_none_or(|list| !list.is_empty()),
        "required" | "autocomplete" => *value != false,
        _ => true,
    });
    for value in map.values_mut() {
        if let Value::Array(list) = value {
            for item in list {
                if let Value::Object(map) = item {
                    strip(map);
                }
            }
        }
    }
}

fn commands(
    state: &mut State,
    method: &str,
    rest: &[&str],
    query: &str,
    body: &Value,
) -> (u16, Value) {
    let at = rest.first().and_then(|id| {
        state
            .commands
            .iter()
            .position(|command| command["id"] == *id)
    });
    match (method, rest) {
        // Without `with_localizations` Discord leaves the translations out.
        ("GET", []) if query.contains("with_localizations=true") => {
            (200, state.commands.clone().into())
        }
        ("GET", []) => {
            let mut all = state.commands.clone();
            for map in all.iter_mut().filter_map(Value::as_object_mut) {
                map.retain(|key, _| !key.ends_with("_localizations"));
            }
            (200, all.into())
        }
        ("PUT", [])
            if state.commands.iter().any(|one| one["type"] == 4)
                && list(body).iter().all(|one| one["type"] != 4) =>
        {
            (
                400,
                error(
                    50240,
                    "You cannot remove this app's Entry Point command in a bulk update operation.",
                ),
            )
        }
        ("PUT", []) => {
            let all: Vec<Value> = body
                .as_array()
                .cloned()
                .unwrap_or_default()
                .iter()
                .map(|one| registered(state, one))
                .collect();
            state.commands.clone_from(&all);
            (200, all.into())
        }
        ("POST", []) => {
            let one = registered(state, body);
            state
                .commands
                .retain(|old| (&old["name"], &old["type"]) != (&one["name"], &one["type"]));
            state.commands.push(one.clone());
            (201, one)
        }
        ("PATCH", [_]) if at.is_some() => {
            let one = &mut state.commands[at.unwrap_or(0)];
            if let (Some(one), Some(body)) = (one.as_object_mut(), body.as_object()) {
                one.extend(body.clone());
            }
            (200, one.clone())
        }
        ("GET", [_]) if at.is_some() => (200, state.commands[at.unwrap_or(0)].clone()),
        ("DELETE", [_]) if at.is_some() => {
            state.commands.remove(at.unwrap_or(0));
            (204, Value::Null)
        }
        _ => (404, error(10063, "Unknown application command")),
    }
}

fn callback(state: &mut State, id: &str, token: &str, body: &Value) -> (u16, Value) {
    match state
        .interactions
        .get_mut(token)
        .filter(|known| known.id == id)
    {
        Some(known) if known.answered.is_some() => (
            400,
            error(40060, "Interaction has already been acknowledged."),
        ),
        Some(known) if known.sent.elapsed() < state.response_time => {
            known.answered = Some(body.clone());
            (204, Value::Null)
        }
        _ => (404, error(10062, "Unknown interaction")),
    }
}

fn follow_up(state: &mut State, token: &str, body: &Value) -> (u16, Value) {
    match state.interactions.get_mut(token) {
        Some(Interaction {
            answered: Some(first),
            thought,
            ..
        }) => {
            // The first follow-up takes the place of "thinking", and is as private as that was, whatever it says itself.
            let thinking = first["type"] == 5 && !std::mem::replace(thought, true);
            if thinking && first["data"]["flags"] != body["flags"] {
                state.problems.push(format!(
                    "a follow-up is shown to others than it is meant for: {body}"
                ));
            }
            state.next_id += 1;
            (
                200,
                message_body(&state.next_id.to_string(), "300000000000000001", body),
            )
        }
        Some(_) => (404, error(10015, "Unknown Webhook")),
        None => (401, error(50027, "Invalid Webhook Token")),
    }
}

fn edit(state: &mut State, method: &str, token: &str, message: &str, body: &Value) -> (u16, Value) {
    match (state.interactions.get_mut(token), method) {
        (
            Some(Interaction {
                answered: Some(_), ..
            }),
            "DELETE",
        ) => (204, Value::Null),
        (
            Some(Interaction {
                answered: Some(_),
                thought,
                ..
            }),
            "PATCH" | "GET",
        ) => {
            *thought |= message == "@original";
            let id = if message == "@original" {
                "210000000000000001"
            } else {
                message
            };
            (200, message_body(id, "300000000000000001", body))
        }
        (Some(_), _) => (404, error(10015, "Unknown Webhook")),
        (None, _) => (401, error(50027, "Invalid Webhook Token")),
    }
}

fn post(state: &mut State, channel: &str, body: &Value) -> (u16, Value) {
    if state.deleted_channels.contains(channel) {
        return (404, error(10003, "Unknown Channel"));
    }
    if state.without_threads && body["poll"].is_object() {
        return (403, error(50013, "Missing Permissions"));
    }
    if state.forbidden_channels.contains(channel) {
        return (403, error(50013, "Missing Permissions"));
    }
    if !list(&body["attachments"]).is_empty() && state.denied & ATTACH_FILES != 0 {
        return (403, error(50013, "Missing Permissions"));
    }
    let rich = ["embeds", "attachments"]
        .iter()
        .any(|key| body[*key].as_array().is_some_and(|list| !list.is_empty()));
    if rich && state.bare_channels.contains(channel) {
        return (403, error(50013, "Missing Permissions"));
    }
    if body["message_reference"].is_object() && state.unread_channels.contains(channel) {
        return (
            403,
            error(
                160002,
                "Cannot reply without permission to read message history",
            ),
        );
    }
    // In a channel nothing is private.
    if body["flags"].as_u64().is_some_and(|flags| flags & 64 != 0) {
        return (400, error(50035, "Invalid Form Body"));
    }
    let nonce = body["nonce"]
        .as_str()
        .filter(|_| body["enforce_nonce"] == true)
        .map(str::to_owned);
    if state
        .channel_types
        .get(channel)
        .is_some_and(|kind| FORUMS.contains(kind))
    {
        return (
            400,
            error(50024, "Cannot execute action on this channel type"),
        );
    }
    if let Some(before) = nonce.as_ref().and_then(|nonce| state.nonces.get(nonce)) {
        return (200, before.clone());
    }
    let message = keep(state, channel, body);
    let mut answer = message.clone();
    if let Some(nonce) = nonce {
        state.nonces.insert(nonce.clone(), message);
        // Discord gives it back here, and never again.
        answer["nonce"] = nonce.into();
    }
    (200, answer)
}

/// The channel of the direct messages with a member.
pub(crate) fn room(member: &str) -> String {
    format!("9{}", &member[1..])
}

/// A new message of the bot; its id is that of the time of day, as Discord's are.
fn keep(state: &mut State, channel: &str, body: &Value) -> Value {
    let id = new_snowflake(state);
    let message = message_body(&id, channel, body);
    state
        .messages
        .insert(id.parse().unwrap_or(0), message.clone());
    message
}

fn new_snowflake(state: &mut State) -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_millis());
    let behind = u64::try_from(state.clock_behind).unwrap_or(0) * 1_000;
    let id = (u64::try_from(now).unwrap_or(0) - behind - 1_420_070_400_000) << 22;
    state.next_snowflake = id.max(state.next_snowflake + 1);
    state.next_snowflake.to_string()
}

/// The newest messages before an id, where one is given; newest first.
fn before(state: &State, channel: &str, query: &str) -> Vec<Value> {
    let part = |name: &str| {
        query
            .split('&')
            .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    };
    let before: u64 = part("before")
        .and_then(|id| id.parse().ok())
        .unwrap_or(u64::MAX);
    let limit: usize = part("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(50);
    let here = state
        .messages
        .range(..before)
        .rev()
        .map(|(_, message)| message);
    here.filter(|message| message["channel_id"] == channel)
        .take(limit)
        .cloned()
        .collect()
}

/// A post in a forum: a thread with a first message of the same id.
/// The permission Attach Files.
const ATTACH_FILES: u64 = 1 << 15;

fn begin_thread(state: &mut State, forum: &str, body: &Value) -> (u16, Value) {
    let files = !list(&body["message"]["attachments"]).is_empty();
    if state.forbidden_channels.contains(forum) || files && state.denied & ATTACH_FILES != 0 {
        return (403, error(50013, "Missing Permissions"));
    }
    if let Some(tags) = state.forum_tags.get(forum) {
        let usable = |tag: &Value| {
            tags.as_array()
                .is_some_and(|tags| tags.iter().any(|one| one["id"] == *tag))
        };
        match body["applied_tags"].as_array() {
            Some(applied) if !applied.is_empty() && applied.iter().all(usable) => {}
            _ => {
                return (
                    400,
                    error(
                        40067,
                        "A tag is required to create a forum post in this channel",
                    ),
                );
            }
        }
    }
    let message = keep(state, forum, &body["message"]);
    let id = message["id"].as_str().unwrap_or_default().to_owned();
    if let Some(kept) = id
        .parse()
        .ok()
        .and_then(|id: u64| state.messages.get_mut(&id))
    {
        kept["channel_id"] = id.clone().into();
    }
    state.threads.insert(id.clone(), (forum.to_owned(), false));
    state.channel_types.insert(id.clone(), 11);
    (
        201,
        json!({"id": id, "type": 11, "guild_id": payloads::GUILD, "parent_id": forum, "owner_id": APPLICATION, "name": body["name"], "message": message}),
    )
}

fn threads(state: &State, closed: bool) -> Vec<Value> {
    let found = state
        .threads
        .iter()
        .filter(|(_, (_, archived))| *archived == closed);
    found.map(|(id, (forum, _))| json!({"id": id, "type": 11, "parent_id": forum, "owner_id": APPLICATION})).collect()
}

/// Reading, editing, deleting and publishing one message.
fn one_message(
    state: &mut State,
    method: &str,
    channel: &str,
    id: &str,
    parts: &[&str],
    body: &Value,
) -> (u16, Value) {
    let key: u64 = id.parse().unwrap_or(0);
    let Some(message) = state
        .messages
        .get_mut(&key)
        .filter(|message| message["channel_id"] == channel)
    else {
        return (404, error(10008, "Unknown Message"));
    };
    if method != "GET" && state.forbidden_channels.contains(channel) {
        return (403, error(50001, "Missing Access"));
    }
    match (method, parts.get(4)) {
        ("GET", None) => (200, message.clone()),
        ("PATCH", None) => {
            let mut edited = message_body(id, channel, body);
            edited["flags"] = message["flags"].clone();
            *message = edited.clone();
            (200, edited)
        }
        ("DELETE", None) => {
            state.messages.remove(&key);
            (204, Value::Null)
        }
        ("POST", Some(&"threads")) if state.without_threads => {
            (403, error(50013, "Missing Permissions"))
        }
        ("POST", Some(&"threads")) if message["thread"].is_object() => (
            400,
            error(
                160_004,
                "A thread has already been created for this message",
            ),
        ),
        ("POST", Some(&"threads")) => {
            let thread = json!({"id": id, "type": 11, "parent_id": channel, "name": body["name"]});
            message["thread"] = thread.clone();
            (201, thread)
        }
        ("POST", Some(&"crosspost")) if state.channel_types.get(channel) == Some(&5) => {
            if message["flags"] == 1 {
                return (
                    400,
                    error(40033, "This message has already been crossposted."),
                );
            }
            message["flags"] = 1.into();
            (200, message.clone())
        }
        ("POST", Some(&"crosspost")) => (
            400,
            error(50024, "Cannot execute action on this channel type"),
        ),
        _ => (404, json!({"message": "404: Not Found", "code": 0})),
    }
}

fn channel_body(state: &State, id: &str, overwrites: &Value) -> Value {
    let kind = state.channel_types.get(id).copied().unwrap_or(0);
    let mut body = json!({"id": id, "type": kind, "guild_id": payloads::GUILD, "name": "careers", "permission_overwrites": overwrites});
    if let Some((forum, _)) = state.threads.get(id) {
        body["parent_id"] = forum.clone().into();
    }
    if let Some(tags) = state.forum_tags.get(id) {
        body["available_tags"] = tags.clone();
        body["flags"] = 16.into();
    }
    body
}

/// Forums, and media channels, which are forums of pictures.
const FORUMS: [u64; 2] = [15, 16];

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn message_body(id: &str, channel: &str, body: &Value) -> Value {
    let mut message = json!({
        "id": id, "channel_id": channel, "author": payloads::bot_user(), "content": body["content"].as_str().unwrap_or(""), "timestamp": "2026-11-22T12:00:00.000000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": list(&body["embeds"]), "pinned": false, "type": 0,
    });
    if body["poll"].is_object() {
        message["poll"] = body["poll"].clone();
    }
    message
}
