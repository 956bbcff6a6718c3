//! `POST /interactions`: the signature first, then everything else.
//!
//! Nothing of the body is looked at before the signature holds. Knows nothing of what is answered.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serenity::model::application::Interaction;
use tokio::time::timeout;
use tokio_util::task::TaskTracker;
use tracing::{debug, warn};

use crate::discord::App;
use crate::discord::api::client::Rest;
use crate::discord::interaction::decode;
use crate::discord::interaction::delivery::Envelope;
use crate::discord::interaction::response::InitialResponse;
use crate::discord::router::respond;
use crate::http::multipart;
use crate::http::signature::Signature;

/// Largest body taken. A message command carries a whole message with ten embeds, which stays far below it.
const LARGEST: usize = 256 * 1024;

/// Room made for a response at once: most answers are shorter.
const USUAL: usize = 6 * 1024;

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(3);

/// How long it is not said again that requests are refused for their time.
const AGAIN: Duration = Duration::from_secs(60);

/// What the handler works with.
#[derive(Clone)]
pub struct Door(Arc<Inside>);

struct Inside {
    app: App,
    signature: Signature,
    rest: Arc<Rest>,
    work: TaskTracker,
}

impl Door {
    /// A door to this app for requests that this key has signed.
    pub fn new(app: App, signature: Signature, rest: Arc<Rest>) -> Self {
        Self(Arc::new(Inside {
            app,
            signature,
            rest,
            work: TaskTracker::new(),
        }))
    }

    /// What goes on after responses have been sent.
    pub fn work(&self) -> TaskTracker {
        self.0.work.clone()
    }
}

/// Takes an interaction and responds to it.
pub async fn handle(State(door): State<Door>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = match signed(&door.0.signature, &parts.headers, body).await {
        Ok(body) => body,
        Err(status) => {
            debug!(status = status.as_u16(), "request refused");
            metrics::counter!("careerbot_http_refused_total", "status" => status.as_str().to_owned()).increment(1);
            return status.into_response();
        }
    };
    // Answering takes a large state: in a box of its own it is not moved with each layer that wraps this handler.
    Box::pin(respond_to(door, body)).await
}

/// What kind of interaction it is, where no more of it is understood.
#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    number: u64,
}

/// Discord's question whether anybody is there. Source: Discord documentation, "Interaction Type".
const PING: u64 = 1;

/// Responds to an interaction that Discord sent.
async fn respond_to(door: Door, body: Bytes) -> Response {
    let (envelope, interaction) = match decode::interaction(&body) {
        Ok(Interaction::Ping(_)) => return respond(&InitialResponse::Pong),
        Ok(interaction) => (Envelope::of(&interaction), Some(interaction)),
        Err(_) => match serde_json::from_slice::<Kind>(&body) {
            Ok(Kind { number: PING }) => return respond(&InitialResponse::Pong),
            _ => match serde_json::from_slice::<Envelope>(&body) {
                Ok(envelope) => (envelope, None),
                Err(_) => return StatusCode::BAD_REQUEST.into_response(),
            },
        },
    };
    let reply = respond::respond(&door.0.app, &envelope, interaction.as_ref()).await;
    let response = respond(&reply.first);
    if !reply.then.is_empty() {
        let (app, rest) = (door.0.app.clone(), door.0.rest.clone());
        door.0
            .work
            .spawn(async move { respond::follow(&app, &rest, &envelope, reply.then).await });
    }
    response
}

/// The body, once it is certain that Discord sent it.
///
/// # Errors
/// The status to refuse the request with.
pub async fn signed(
    signature: &Signature,
    headers: &HeaderMap,
    body: Body,
) -> Result<Bytes, StatusCode> {
    let now = Timestamp::now().as_second();
    let stale = !signature.plausible(headers, now);
    // What is refused for its time alone is worth a look: if Discord has signed it, this machine's clock is wrong.
    let Some(age) = signature.age(headers, now) else {
        return Err(StatusCode::UNAUTHORIZED);
    };
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<usize>().ok());
    if announced.is_some_and(|size| size > LARGEST) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let body = match timeout(BODY_TIME, to_bytes(body, LARGEST)).await {
        Err(_) => return Err(StatusCode::REQUEST_TIMEOUT),
        Ok(Err(_)) => return Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Ok(body)) => body,
    };
    if !signature.holds(headers, &body) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    if stale {
        metrics::counter!("careerbot_http_stale_total").increment(1);
        static SAID: Mutex<Option<Instant>> = Mutex::new(None);
        let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        if said.is_none_or(|said| said.elapsed() > AGAIN) {
            *said = Some(Instant::now());
            warn!(
                age_s = age,
                "a request that Discord has signed is refused for its time: either somebody plays an old one again, or this machine's clock is wrong and has to be set by NTP"
            );
        }
        return Err(StatusCode::UNAUTHORIZED);
    }
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let is_json = kind
        .split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if is_json {
        Ok(body)
    } else {
        Err(StatusCode::UNSUPPORTED_MEDIA_TYPE)
    }
}

fn respond(first: &InitialResponse) -> Response {
    let files = first.files();
    let mut json = Vec::with_capacity(USUAL);
    if files.is_empty() && serde_json::to_writer(&mut json, first).is_ok() {
        return ([(CONTENT_TYPE, "application/json")], json).into_response();
    }
    let (kind, bytes) = multipart::form(&first.body(), &files);
    ([(CONTENT_TYPE, kind)], bytes).into_response()
}
