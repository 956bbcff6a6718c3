//! What the page asks for: to come, to do something, to say something, to see what is new.
//!
//! A visitor is known by a key that only their page has. Everything is limited by address before anything is looked at.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use serenity::model::id::MessageId;
use tokio::time::timeout;
use tracing::debug;

use crate::discord::interaction::decode;
use crate::discord::interaction::delivery::{self, Envelope};
use crate::discord::members::mention::{self, Heard};
use crate::discord::router::respond;
use crate::http::Peer;
use crate::web::demo::{Demo, PROGRAM};
use crate::web::loopback::description;
use crate::web::payload::{Call, Deed};
use crate::web::server::{File, Part, Server};
use crate::web::visitors::lock;

/// Largest body: a form with everything that fits into it, or a file.
const LARGEST: usize = 64 * 1024;
/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(5);
/// The header with a visitor's key.
const KEY: &str = "x-visit";
/// Where a proxy on this machine says for whom it asks.
const FORWARDED: &str = "x-forwarded-for";

/// Why something is not done: for whom reads the page.
pub(super) struct Refusal(StatusCode, &'static str);

const TOO_FAST: Refusal = Refusal(
    StatusCode::TOO_MANY_REQUESTS,
    "That was a lot at once. Please wait a moment.",
);
const GONE: Refusal = Refusal(
    StatusCode::GONE,
    "This demo server is no more: nothing was done in it for half an hour. Reload the page for a new one.",
);
const ODD: Refusal = Refusal(
    StatusCode::BAD_REQUEST,
    "That cannot be done here. Reload the page.",
);
const FULL: Refusal = Refusal(
    StatusCode::SERVICE_UNAVAILABLE,
    "Many people are trying this out. Please try again in a moment.",
);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        debug!(status = self.0.as_u16(), "the page refuses");
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

/// The address of whoever asks: what a proxy says, where the proxy is on this machine.
fn address(peer: Peer, headers: &HeaderMap) -> IpAddr {
    let named = headers
        .get_all(FORWARDED)
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    match named {
        Some(named) if peer.0.to_canonical().is_loopback() => named,
        _ => peer.0,
    }
}

async fn read<T: DeserializeOwned>(body: Body) -> Result<T, Refusal> {
    let bytes = timeout(BODY_TIME, to_bytes(body, LARGEST)).await;
    let bytes = bytes
        .map_err(|_| Refusal(StatusCode::REQUEST_TIMEOUT, "The request took too long."))?
        .map_err(|_| Refusal(StatusCode::PAYLOAD_TOO_LARGE, "That is more than fits."))?;
    serde_json::from_slice(&bytes).map_err(|_| ODD)
}

fn server(demo: &Demo, headers: &HeaderMap) -> Result<Arc<Mutex<Server>>, Refusal> {
    let key = headers.get(KEY).and_then(|value| value.to_str().ok());
    demo.visitors.of(key.unwrap_or_default()).ok_or(GONE)
}

/// A new visitor: the key, the server, and the commands as Discord gets them.
pub(super) async fn come(
    State(demo): State<Arc<Demo>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    if !demo.come.take(address(peer, &headers), Instant::now()) {
        return Err(TOO_FAST);
    }
    let (key, server) = demo.visitors.begin(PROGRAM);
    let facts = lock(&server).facts();
    Ok(Json(
        json!({"key": key, "server": facts, "commands": demo.commands}),
    ))
}

/// What is new since a version.
pub(super) async fn news(
    State(demo): State<Arc<Demo>>,
    Extension(peer): Extension<Peer>,
    Path(since): Path<u64>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    if !demo.look.take(address(peer, &headers), Instant::now()) {
        return Err(TOO_FAST);
    }
    let server = server(&demo, &headers)?;
    let news = lock(&server).news(since);
    Ok(Json(news))
}

/// A file of a message.
pub(super) async fn file(
    State(demo): State<Arc<Demo>>,
    Path((key, _)): Path<(String, String)>,
) -> Response {
    let found = demo
        .visitors
        .find(|server| server.file(&key).is_some())
        .and_then(|server| lock(&server).file(&key).cloned());
    let Some(file) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = if file.name.ends_with(".png") {
        "image/png"
    } else {
        "text/plain; charset=utf-8"
    };
    (
        [
            (CONTENT_TYPE, kind),
            (CACHE_CONTROL, "private, max-age=600"),
        ],
        file.bytes,
    )
        .into_response()
}

/// A command, a press, a choice, a form, or the typing of a command.
pub(super) async fn act(
    State(demo): State<Arc<Demo>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let server = server(&demo, &headers)?;
    let deed: Deed = read(body).await?;
    let pace = if deed.is_light() {
        &demo.look
    } else {
        &demo.act
    };
    if !pace.take(address(peer, &headers), Instant::now()) {
        return Err(TOO_FAST);
    }
    let Ok(_place) = demo.places.try_acquire() else {
        return Err(FULL);
    };
    let Some(call) = deed.call(&mut lock(&server), PROGRAM) else {
        return Err(ODD);
    };
    // Answering takes a large state: in a box of its own it is not moved along.
    let done = Box::pin(answer(&demo, &server, call)).await;
    Ok(Json(done.unwrap_or_else(|| json!({}))))
}

/// Has the program answer, and notes what it says.
async fn answer(demo: &Arc<Demo>, server: &Mutex<Server>, call: Call) -> Option<Value> {
    let envelope = Envelope::of_json(&call.json)?;
    let interaction = decode::interaction(call.json.to_string().as_bytes()).ok();
    let reply = respond::respond(&demo.app, &envelope, interaction.as_ref()).await;
    let response = reply.first.body();
    let files = reply.first.files().into_iter().map(|file| File {
        alt: description(&response["data"], &file.filename),
        name: file.filename,
        bytes: file.data,
    });
    let shown = lock(server).respond(&call.token, &call.json, &response, files.collect());
    if !reply.then.is_empty() {
        let demo = demo.clone();
        demo.work.clone().spawn(async move {
            respond::follow(&demo.app, &demo.rest, &envelope, reply.then).await;
        });
    }
    shown
}

/// What a visitor types into a channel.
#[derive(Deserialize)]
pub(super) struct Said {
    #[serde(rename = "as")]
    part: Part,
    channel: String,
    content: String,
}

/// Most characters of a message. Source: Discord documentation, "Create Message".
const LONGEST: usize = 2_000;

/// A message that mentions the program.
pub(super) async fn say(
    State(demo): State<Arc<Demo>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let server = server(&demo, &headers)?;
    let said: Said = read(body).await?;
    if !demo.act.take(address(peer, &headers), Instant::now()) {
        return Err(TOO_FAST);
    }
    let Ok(place) = demo.places.clone().try_acquire_owned() else {
        return Err(FULL);
    };
    let (id, mut message) = {
        let mut server = lock(&server);
        let channel = said.channel.parse().map_err(|_| ODD)?;
        if !server.has_channel(channel) || said.content.chars().count() > LONGEST {
            return Err(ODD);
        }
        let id = server.say(channel, said.part, &said.content);
        (id, server.message(id, None).ok_or(ODD)?)
    };
    message["guild_id"] = lock(&server).id.to_string().into();
    demo.work.clone().spawn(async move {
        hear(&demo, id, &message).await;
        drop(place);
    });
    Ok(Json(json!({})))
}

/// What the gateway does with a message.
async fn hear(demo: &Demo, id: u64, message: &Value) {
    let Some((_, heard)) = Heard::of_json(message, PROGRAM.into()) else {
        return;
    };
    if !heard.speaks_to_bot() || !demo.app.answers_in(heard.guild, heard.channel).await {
        return;
    }
    let Some(reply) = Box::pin(mention::reply(&demo.app, &heard, Timestamp::now())).await else {
        return;
    };
    let id = MessageId::new(id);
    let nonce = id.to_string();
    let posted = delivery::post(&demo.rest, heard.channel, &reply, Some(id), &nonce).await;
    if let Err(error) = posted {
        debug!(%error, "a mention in the demo is not answered");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_believed_on_this_machine_alone() {
        let mut headers = HeaderMap::new();
        headers.insert(
            FORWARDED,
            "203.0.113.9, 198.51.100.7".parse().expect("a value"),
        );
        let of = |peer: &str, headers: &HeaderMap| {
            address(Peer(peer.parse().expect("an address")), headers).to_string()
        };
        assert_eq!(of("127.0.0.1", &headers), "198.51.100.7");
        assert_eq!(of("::ffff:127.0.0.1", &headers), "198.51.100.7");
        assert_eq!(of("192.0.2.1", &headers), "192.0.2.1");
        assert_eq!(of("127.0.0.1", &HeaderMap::new()), "127.0.0.1");
    }
}
