//! Calls to Discord's REST API: one client, one policy of waiting, retrying and giving up.
//!
//! serenity names the routes and builds the requests; they are sent from here, because its own rate limiter ignores a test base
//! and its errors hide `Retry-After`. With a test base, nothing leaves it: proxies and redirects are off and each address is compared.
//! Knows nothing of what is sent.

mod gate;

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;
use serenity::builder::CreateAttachment;
use serenity::http::{Http, HttpBuilder, LightMethod, Multipart, MultipartUpload, Request, Route};
use serenity::model::id::{ApplicationId, ChannelId, InteractionId};
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::{debug, warn};

use crate::config::Config;
use crate::discord::First;
use crate::discord::rest::gate::Gate;

/// How long after an interaction its first response may still be sent. Discord allows 3 s ("Interaction callback" in its
/// documentation); the rest is left for the way there.
pub const RESPONSE_TIME: Duration = Duration::from_millis(2_500);

/// How long any other call may take, waiting and retries included.
const CALL_TIME: Duration = Duration::from_secs(60);

/// How often a call that may be repeated is tried again after an answer of 5xx or none.
const RETRIES: u32 = 4;

/// Pause before the first retry; it doubles each time, and each is cut to a random length between half and whole.
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// Discord's code for "Interaction has already been acknowledged".
const ALREADY_ACKNOWLEDGED: u64 = 40_060;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no token.
    #[error("DISCORD_TOKEN is not set: copy the token from the Bot page of https://discord.com/developers/applications")]
    NoToken,
    /// Discord refused it.
    #[error("{what}: Discord answered {status}, {message} (code {code})")]
    Refused {
        /// What was tried.
        what: &'static str,
        /// HTTP status.
        status: u16,
        /// Discord's own error code; 0 when it gave none.
        code: u64,
        /// Discord's own words.
        message: String,
    },
    /// It would have come too late.
    #[error("{what}: not done in time")]
    Late {
        /// What was tried.
        what: &'static str,
    },
    /// There was no answer.
    #[error("{what}: Discord cannot be reached: {reason}")]
    Unreachable {
        /// What was tried.
        what: &'static str,
        /// Why not.
        reason: String,
    },
    /// The answer is not what the documentation says.
    #[error("{what}: Discord's answer cannot be read: {reason}")]
    Unreadable {
        /// What was tried.
        what: &'static str,
        /// Why not.
        reason: String,
    },
    /// The request could not be built, or would have gone somewhere else than to `CAREERBOT_DISCORD_API`.
    #[error("{what}: not sent: {reason}")]
    NotSent {
        /// What was tried.
        what: &'static str,
        /// Why not.
        reason: String,
    },
}

impl Error {
    /// The HTTP status that Discord refused with.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }
}

/// Where the bot finds its gateway, and how many connections Discord wants.
#[derive(Debug, Clone, Deserialize)]
pub struct GatewayBot {
    /// Address of the WebSocket.
    pub url: String,
    /// Recommended number of shards, at least 1.
    pub shards: u32,
    /// How many logins are left.
    pub session_start_limit: SessionLimit,
}

/// How many times the bot may still log in.
#[derive(Debug, Clone, Deserialize)]
pub struct SessionLimit {
    /// Logins left.
    pub remaining: u32,
    /// Milliseconds until the number is full again.
    pub reset_after: u64,
}

/// A call, and whether doing it twice does no harm.
struct Call<'a> {
    what: &'static str,
    method: LightMethod,
    route: Route<'a>,
    params: Option<Vec<(&'static str, String)>>,
    body: Option<Value>,
    files: Vec<CreateAttachment>,
    repeatable: bool,
    until: Instant,
}

impl<'a> Call<'a> {
    fn new(what: &'static str, method: LightMethod, route: Route<'a>) -> Self {
        let repeatable = !matches!(method, LightMethod::Post);
        Self { what, method, route, params: None, body: None, files: Vec::new(), repeatable, until: Instant::now() + CALL_TIME }
    }

    fn body(mut self, body: Value, files: Vec<CreateAttachment>) -> Self {
        self.body = Some(body);
        self.files = files;
        self
    }
}

/// What one attempt came to, when it did not succeed.
enum Trouble {
    /// Discord says when to come again.
    Wait(Duration),
    /// Nothing has happened, or it is not known whether it has.
    Again { error: Error, sent: bool },
    /// It would fail again.
    Final(Error),
}

/// The REST API of the real Discord or of a test base.
pub struct Rest {
    client: reqwest::Client,
    token: Option<SecretString>,
    base: Option<Url>,
    gate: Gate,
}

impl Rest {
    /// A client for the token and the base of the configuration. Without a token it can still answer interactions: those calls
    /// carry a token of their own.
    ///
    /// # Errors
    /// When the client cannot be set up.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let what = "setting up HTTP";
        let failed = |reason: String| Error::NotSent { what, reason };
        let mut client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(Duration::from_secs(5));
        if config.discord_api.is_some() {
            client = client.no_proxy();
        }
        let base = config.discord_api.as_deref().map(Url::parse).transpose().map_err(|error| failed(error.to_string()))?;
        Ok(Self { client: client.build().map_err(|error| failed(error.to_string()))?, token: config.token.clone(), base, gate: Gate::default() })
    }

    /// The same for serenity, which wants a client of its own; it is bound to the same base.
    pub(crate) fn serenity(&self) -> Http {
        let token = self.token.as_ref().map_or("", |token| token.expose_secret());
        let builder = HttpBuilder::new(token).client(self.client.clone());
        match &self.base {
            // With its rate limiter on, serenity ignores the proxy and calls discord.com.
            Some(base) => builder.proxy(base.as_str()).ratelimiter_disabled(true).build(),
            None => builder.build(),
        }
    }

    /// Whether this speaks to a test base.
    pub fn is_test(&self) -> bool {
        self.base.is_some()
    }

    /// The application that the token belongs to.
    ///
    /// # Errors
    /// As every call.
    pub async fn application(&self) -> Result<ApplicationId, Error> {
        let call = Call::new("asking for the application", LightMethod::Get, Route::Oauth2ApplicationCurrent);
        let (what, value) = (call.what, self.call(call).await?);
        let unreadable = || Error::Unreadable { what, reason: "no application id in it".to_owned() };
        value["id"].as_str().and_then(|id| id.parse().ok()).ok_or_else(unreadable)
    }

    /// Where the gateway is.
    ///
    /// # Errors
    /// As every call, and when a test base names a gateway that is not on this machine, or the real one no encrypted gateway.
    pub async fn gateway(&self) -> Result<GatewayBot, Error> {
        let call = Call::new("asking for the gateway", LightMethod::Get, Route::GatewayBot);
        let (what, value) = (call.what, self.call(call).await?);
        let gateway: GatewayBot = serde_json::from_value(value).map_err(|error| Error::Unreadable { what, reason: error.to_string() })?;
        let url = Url::parse(&gateway.url).map_err(|error| Error::Unreadable { what, reason: error.to_string() })?;
        let fits = if self.is_test() { is_loopback(&url) } else { url.scheme() == "wss" };
        if !fits {
            let reason = format!("the gateway {} is not {}", url.host_str().unwrap_or("without a host"), if self.is_test() { "on this machine" } else { "encrypted" });
            return Err(Error::NotSent { what, reason });
        }
        Ok(gateway)
    }

    /// The global commands as Discord has them, translations included.
    ///
    /// # Errors
    /// As every call.
    pub async fn commands(&self, application_id: ApplicationId) -> Result<Value, Error> {
        let mut call = Call::new("reading the registered commands", LightMethod::Get, Route::Commands { application_id });
        call.params = Some(vec![("with_localizations", "true".to_owned())]);
        self.call(call).await
    }

    /// Replaces the global commands.
    ///
    /// # Errors
    /// As every call.
    pub async fn set_commands(&self, application_id: ApplicationId, commands: Value) -> Result<(), Error> {
        let call = Call::new("registering the commands", LightMethod::Put, Route::Commands { application_id });
        self.call(call.body(commands, Vec::new())).await.map(drop)
    }

    /// Gives the first response to an interaction, by `until` or not at all. An interaction that has been answered before counts as
    /// answered: Discord takes one response only, so that trying twice does no harm.
    ///
    /// # Errors
    /// As every call.
    pub async fn respond(&self, interaction_id: InteractionId, token: &str, first: &First, until: Instant) -> Result<(), Error> {
        let call = Call::new("responding to an interaction", LightMethod::Post, Route::InteractionResponse { interaction_id, token });
        let call = Call { repeatable: true, until, ..call.body(first.body(), first.files()) };
        match self.call(call).await {
            Err(Error::Refused { code: ALREADY_ACKNOWLEDGED, .. }) => {
                debug!(interaction = %interaction_id, "acknowledged before");
                Ok(())
            }
            done => done.map(drop),
        }
    }

    /// Sends a follow-up. It is not tried again when it is unknown whether it was sent: twice is worse than not.
    ///
    /// # Errors
    /// As every call.
    pub async fn follow_up(&self, application_id: ApplicationId, token: &str, body: Value, files: Vec<CreateAttachment>) -> Result<(), Error> {
        let call = Call::new("sending a follow-up", LightMethod::Post, Route::WebhookFollowupMessages { application_id, token });
        self.call(call.body(body, files)).await.map(drop)
    }

    /// Replaces the first response.
    ///
    /// # Errors
    /// As every call.
    pub async fn edit(&self, application_id: ApplicationId, token: &str, body: Value, files: Vec<CreateAttachment>) -> Result<(), Error> {
        let call = Call::new("editing a response", LightMethod::Patch, Route::WebhookOriginalInteractionResponse { application_id, token });
        self.call(call.body(body, files)).await.map(drop)
    }

    /// Posts in a channel, once for each `nonce` (at most 25 characters): Discord drops a second message with the same one.
    ///
    /// # Errors
    /// As every call.
    pub async fn post(&self, channel_id: ChannelId, mut body: Value, files: Vec<CreateAttachment>, nonce: &str) -> Result<(), Error> {
        body["nonce"] = nonce.into();
        body["enforce_nonce"] = true.into();
        let call = Call::new("posting in a channel", LightMethod::Post, Route::ChannelMessages { channel_id });
        self.call(Call { repeatable: true, ..call.body(body, files) }).await.map(drop)
    }

    async fn call(&self, call: Call<'_>) -> Result<Value, Error> {
        let late = || Error::Late { what: call.what };
        let mut pause = FIRST_PAUSE;
        let mut retries = 0;
        loop {
            let attempt = async {
                self.gate.pass(call.method, call.route, call.until).await.ok_or_else(|| Trouble::Final(late()))?;
                self.once(&call).await
            };
            let trouble = match timeout_at(call.until, attempt).await {
                Err(_) => return Err(late()),
                Ok(Ok(value)) => return Ok(value),
                Ok(Err(trouble)) => trouble,
            };
            let again = match trouble {
                Trouble::Final(error) => return Err(error),
                Trouble::Wait(time) => {
                    warn!(what = call.what, seconds = time.as_secs_f64(), "rate limited");
                    metrics::counter!("careerbot_rest_rate_limited_total").increment(1);
                    Instant::now() + time
                }
                Trouble::Again { error, sent } => {
                    if retries == RETRIES || (sent && !call.repeatable) {
                        return Err(error);
                    }
                    retries += 1;
                    debug!(what = call.what, retries, %error, "trying again");
                    let again = Instant::now() + jittered(pause);
                    pause *= 2;
                    again
                }
            };
            if again >= call.until {
                return Err(late());
            }
            sleep_until(again).await;
        }
    }

    async fn once(&self, call: &Call<'_>) -> Result<Value, Trouble> {
        let what = call.what;
        let not_sent = |reason: String| Trouble::Final(Error::NotSent { what, reason });
        let body = call.body.as_ref().map(Value::to_string);
        let mut request = Request::new(call.route, call.method).params(call.params.clone());
        request = match body {
            Some(text) if !call.files.is_empty() => {
                request.multipart(Some(Multipart { upload: MultipartUpload::Attachments(call.files.clone()), fields: Vec::new(), payload_json: Some(text) }))
            }
            body => request.body(body.map(String::into_bytes)),
        };
        let token = match &self.token {
            Some(token) => format!("Bot {}", token.expose_secret().trim_start_matches("Bot ")),
            None if gate::is_exempt(call.route) => String::new(),
            None => return Err(Trouble::Final(Error::NoToken)),
        };
        let built = request.build(&self.client, &token, self.base.as_ref().map(Url::as_str)).map_err(|error| not_sent(error.to_string()))?;
        let mut request = built.build().map_err(|error| not_sent(error.without_url().to_string()))?;
        if self.base.as_ref().is_some_and(|base| base.origin() != request.url().origin()) {
            return Err(not_sent("it would leave CAREERBOT_DISCORD_API".to_owned()));
        }
        if token.is_empty() {
            request.headers_mut().remove(AUTHORIZATION);
        }
        let response = self.client.execute(request).await.map_err(|error| {
            let sent = !error.is_connect();
            // The address holds tokens of interactions: it must not reach a log.
            Trouble::Again { error: Error::Unreachable { what, reason: plain(&error.without_url()) }, sent }
        })?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes().await.map_err(|error| Trouble::Again { error: Error::Unreachable { what, reason: plain(&error.without_url()) }, sent: true })?;
        self.gate.learn(call.method, call.route, status, &headers);
        if status == 429 {
            return Err(Trouble::Wait(retry_after(&headers, &bytes)));
        }
        if (200..300).contains(&status) {
            if bytes.is_empty() {
                return Ok(Value::Null);
            }
            return serde_json::from_slice(&bytes).map_err(|error| Trouble::Final(Error::Unreadable { what, reason: error.to_string() }));
        }
        let said: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let message = said["message"].as_str().unwrap_or("without a reason").to_owned();
        let error = Error::Refused { what, status, code: said["code"].as_u64().unwrap_or(0), message };
        Err(if status >= 500 { Trouble::Again { error, sent: true } } else { Trouble::Final(error) })
    }
}

/// How long Discord wants to be left alone: the header, else the body, else a second.
fn retry_after(headers: &HeaderMap, body: &[u8]) -> Duration {
    let header = headers.get("retry-after").and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    let seconds = header.or_else(|| serde_json::from_slice::<Value>(body).ok()?["retry_after"].as_f64()).unwrap_or(1.0);
    Duration::try_from_secs_f64(seconds).unwrap_or(CALL_TIME)
}

/// A random length between half of `pause` and all of it, so that many waiting calls don't come back together.
fn jittered(pause: Duration) -> Duration {
    let random = RandomState::new().hash_one(0_u8) % 1000;
    pause / 2 + pause / 2 * u32::try_from(random).unwrap_or(0) / 1000
}

/// An error with its causes in one line.
fn plain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().ok()).is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_machine_are_loopback() {
        let check = |url: &str| is_loopback(&Url::parse(url).expect("an address"));
        assert!(check("ws://127.0.0.1:80") && check("ws://[::1]:80"));
        assert!(!check("wss://gateway.discord.gg") && !check("ws://127.0.0.1.example.org") && !check("ws://localhost.example.org"));
    }

    #[test]
    fn a_pause_is_cut_by_half_at_most() {
        for _ in 0..100 {
            let pause = jittered(Duration::from_millis(200));
            assert!((100..=200).contains(&pause.as_millis()), "{pause:?}");
        }
    }

    #[test]
    fn the_wait_is_read_from_the_header_and_else_from_the_body() {
        let mut headers = HeaderMap::new();
        assert_eq!(retry_after(&headers, b""), Duration::from_secs(1));
        assert_eq!(retry_after(&headers, br#"{"retry_after": 0.5}"#), Duration::from_millis(500));
        headers.insert("retry-after", "2".parse().expect("a value"));
        assert_eq!(retry_after(&headers, br#"{"retry_after": 0.5}"#), Duration::from_secs(2));
        headers.insert("retry-after", "-1".parse().expect("a value"));
        assert_eq!(retry_after(&headers, b""), CALL_TIME, "nonsense waits as long as a call may");
    }
}
