//! The demo's Discord as the program sees it: those routes of Discord's REST API that the program uses, on this machine alone.
//!
//! Whoever asks needs the token that the program made up at its start, or that of an interaction. What is sent lands in the
//! visitor's server. Routes and error codes: Discord documentation.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::http::multipart;
use crate::web::demo::{Demo, PROGRAM};
use crate::web::server::{ANNOUNCEMENTS, FORUM, File, Server};
use crate::web::visitors::lock;

/// Largest body: a message with its picture.
const LARGEST: usize = 2 * 1024 * 1024;

type Answer = (u16, Value);

/// The routes.
pub(super) fn router(demo: Arc<Demo>) -> Router {
    Router::new()
        .fallback(handle)
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(demo)
}

async fn handle(
    State(demo): State<Arc<Demo>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    let path = uri.path();
    if let Some(rest) = path.strip_prefix("/attachments/") {
        return attachment(&demo, rest);
    }
    let path = path.strip_prefix("/api/v10").unwrap_or(path);
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (body, files) = read(header(CONTENT_TYPE).unwrap_or_default(), &bytes);
    let own = header(AUTHORIZATION) == Some(format!("Bot {}", demo.token).as_str());
    let (status, answer) = match (parts.as_slice(), own) {
        (["webhooks", _, token, rest @ ..], _) => {
            webhook(&demo, &method, token, rest, &body, files)
        }
        (_, false) => error(401, 0, "401: Unauthorized"),
        (parts, true) => route(&demo, &method, parts, uri.query(), &body, files),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if answer.is_null() {
        return status.into_response();
    }
    (status, axum::Json(answer)).into_response()
}

fn error(status: u16, code: u64, message: &str) -> Answer {
    (status, json!({"message": message, "code": code}))
}

fn unknown(what: &str) -> Answer {
    let code = match what {
        "Channel" => 10_003,
        "Guild" => 10_004,
        "Message" => 10_008,
        _ => 10_015,
    };
    error(404, code, &format!("Unknown {what}"))
}

/// The JSON of a body, and the files beside it with the descriptions that it gives them.
fn read(kind: &str, bytes: &[u8]) -> (Value, Vec<File>) {
    let Some(parts) = multipart::read(kind, bytes) else {
        return (
            serde_json::from_slice(bytes).unwrap_or_default(),
            Vec::new(),
        );
    };
    let body: Value = parts
        .iter()
        .find(|part| part.file.is_none())
        .and_then(|part| serde_json::from_slice(part.data).ok())
        .unwrap_or_default();
    let message = if body["message"].is_object() {
        &body["message"]
    } else {
        &body
    };
    let files = parts.iter().filter_map(|part| {
        Some(File {
            name: part.file.clone()?,
            alt: description(message, part.file.as_deref()?),
            bytes: part.data.to_vec(),
        })
    });
    (body.clone(), files.collect())
}

/// What a message says of a file of this name.
pub(super) fn description(message: &Value, file: &str) -> String {
    let all = message["attachments"].as_array().into_iter().flatten();
    let found = all.into_iter().find(|one| one["filename"] == file);
    found
        .and_then(|one| one["description"].as_str())
        .unwrap_or_default()
        .to_owned()
}

/// A file that a visitor has sent along: `SERVER/KEY`.
fn attachment(demo: &Demo, path: &str) -> Response {
    let found = path.split_once('/').and_then(|(server, key)| {
        let id: u64 = server.parse().ok()?;
        let server = demo.visitors.find(|server| server.id == id)?;
        lock(&server).file(key).map(|file| file.bytes.clone())
    });
    found.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |bytes| bytes.into_response(),
    )
}

/// What is sent in answer to an interaction; its token says which.
fn webhook(
    demo: &Demo,
    method: &Method,
    token: &str,
    rest: &[&str],
    body: &Value,
    files: Vec<File>,
) -> Answer {
    let Some(server) = demo.visitors.find(|server| server.has_call(token)) else {
        return error(401, 50_027, "Invalid Webhook Token");
    };
    let mut server = lock(&server);
    match (method.as_str(), rest) {
        ("POST", []) => server
            .follow_up(token, body, files)
            .map_or_else(|| unknown("Webhook"), |message| (200, message)),
        (method, ["messages", message]) => {
            let id = match *message {
                "@original" => server.original(token),
                id => id.parse().ok(),
            };
            let Some(id) = id.filter(|id| server.message(*id, None).is_some()) else {
                return unknown("Message");
            };
            match method {
                "PATCH" => server.change(id, body, files),
                "DELETE" => {
                    server.delete(id);
                    return (204, Value::Null);
                }
                _ => {}
            }
            (200, server.message(id, None).unwrap_or_default())
        }
        _ => error(404, 0, "404: Not Found"),
    }
}

fn route(
    demo: &Demo,
    method: &Method,
    parts: &[&str],
    query: Option<&str>,
    body: &Value,
    files: Vec<File>,
) -> Answer {
    let of_server = |id: &str, tell: &dyn Fn(&Server) -> Value| {
        let id: u64 = id.parse().unwrap_or(0);
        demo.visitors
            .find(|server| server.id == id)
            .map_or_else(|| unknown("Guild"), |server| (200, tell(&lock(&server))))
    };
    match (method.as_str(), parts) {
        ("GET", ["users", "@me"]) => (
            200,
            json!({"id": PROGRAM.to_string(), "username": "careerbot", "discriminator": "0", "bot": true}),
        ),
        ("GET", ["guilds", server, "roles"]) => of_server(server, &Server::roles),
        ("GET", ["guilds", server, "channels"]) => {
            of_server(server, &|server| server.channels().into())
        }
        ("GET", ["guilds", server, "members", _]) => of_server(server, &Server::bot_member),
        ("GET", ["guilds", server, "threads", "active"]) => {
            of_server(server, &|server| threads(server).into())
        }
        (_, ["channels", id, rest @ ..]) => {
            let id: u64 = id.parse().unwrap_or(0);
            match demo.visitors.find(|server| server.has_channel(id)) {
                Some(server) => channel(&server, id, method, rest, query, body, files),
                None => unknown("Channel"),
            }
        }
        _ => error(404, 0, "404: Not Found"),
    }
}

fn threads(server: &Server) -> Value {
    let threads: Vec<Value> = server
        .channels()
        .into_iter()
        .filter(|channel| channel["thread_metadata"].is_object())
        .collect();
    json!({"threads": threads, "members": [], "has_more": false})
}

fn channel(
    server: &Mutex<Server>,
    id: u64,
    method: &Method,
    rest: &[&str],
    query: Option<&str>,
    body: &Value,
    files: Vec<File>,
) -> Answer {
    let mut server = lock(server);
    let kind = server.kind(id);
    match (method.as_str(), rest) {
        ("GET", []) => (200, server.channel(id).unwrap_or_default()),
        ("DELETE", []) if server.delete_thread(id) => {
            (200, json!({"id": id.to_string(), "type": 11}))
        }
        ("DELETE", []) => error(403, 50_013, "Missing Permissions"),
        ("GET", ["threads", "archived", "public"]) => (
            200,
            json!({"threads": [], "members": [], "has_more": false}),
        ),
        ("POST", ["threads"]) if kind == Some(FORUM.into()) => {
            (201, server.begin_thread(id, body, files))
        }
        ("POST", ["messages"]) if kind != Some(FORUM.into()) => {
            let posted = server.post(id, body, files);
            posted.map_or_else(|| unknown("Message"), |message| (200, message))
        }
        ("POST", ["messages" | "threads"]) => {
            error(400, 50_024, "Cannot execute action on this channel type")
        }
        ("GET", ["messages"]) => {
            let number = |name: &str| {
                let all = query.unwrap_or_default().split('&');
                all.into_iter()
                    .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
                    .and_then(|value| value.parse::<u64>().ok())
            };
            let limit = usize::try_from(number("limit").unwrap_or(50)).unwrap_or(50);
            let before = number("before").unwrap_or(u64::MAX);
            (200, server.before(id, before, limit).into())
        }
        (method, ["messages", message, rest @ ..]) => {
            let message: u64 = message.parse().unwrap_or(0);
            if server.message(message, Some(id)).is_none() {
                return unknown("Message");
            }
            match (method, rest) {
                ("GET", []) => {}
                ("PATCH", []) => server.change(message, body, files),
                ("DELETE", []) => {
                    server.delete(message);
                    return (204, Value::Null);
                }
                ("POST", ["crosspost"]) if kind != Some(ANNOUNCEMENTS.into()) => {
                    return error(400, 50_024, "Cannot execute action on this channel type");
                }
                ("POST", ["crosspost"]) if !server.publish(message) => {
                    return error(400, 40_033, "This message has already been crossposted.");
                }
                ("POST", ["crosspost"]) => {}
                _ => return error(404, 0, "404: Not Found"),
            }
            (200, server.message(message, Some(id)).unwrap_or_default())
        }
        _ => error(404, 0, "404: Not Found"),
    }
}
