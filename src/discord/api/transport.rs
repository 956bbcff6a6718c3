//! The way of a call: when it goes out, what its answer means, when it is tried again and when given up.
//!
//! Knows HTTP and Discord's rules for it; knows no call in particular.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use serenity::builder::CreateAttachment;
use serenity::http::{LightMethod, Multipart, MultipartUpload, Request, Route};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::{debug, error, warn};

use crate::discord::api::client::Error;
use crate::discord::api::clock::Clock;
use crate::discord::api::error_code::ErrorCode;
use crate::discord::api::model::Refusal;
use crate::discord::api::rate_limit::{self, LONGEST, RateLimits, Reach, Said, Until, number};

/// How long any other call may take, waiting and retries included.
pub(crate) const CALL_TIME: Duration = Duration::from_secs(60);

/// Calls on their way at once. Each takes a connection, and many systems allow a process 1,024 open files.
const AT_ONCE: usize = 256;

/// How often a call that may be repeated is tried again after an answer of 5xx or none.
const RETRIES: u32 = 4;

/// How often a call is tried again after an answer of 429, and the least that is waited before: Discord has named waits of
/// nothing, of a millisecond, and none at all. The least doubles each time.
const WAITS: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// How long a ban of the address lasts where its page does not say.
const BAN: Duration = Duration::from_secs(600);

/// Pause before the first retry; it doubles each time, and each is cut to a random length between half and whole.
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// A call, and whether doing it twice does no harm.
pub(crate) struct Call<'a> {
    pub(crate) what: &'static str,
    pub(crate) method: LightMethod,
    pub(crate) route: Route<'a>,
    pub(crate) params: Option<Vec<(&'static str, String)>>,
    pub(crate) body: Option<Value>,
    pub(crate) files: Vec<CreateAttachment>,
    pub(crate) repeatable: bool,
    pub(crate) until: Instant,
    /// How long it may be held back before that is said ([`Error::Held`]).
    pub(crate) patience: Duration,
}

impl<'a> Call<'a> {
    pub(crate) fn new(what: &'static str, method: LightMethod, route: Route<'a>) -> Self {
        let repeatable = !matches!(method, LightMethod::Post);
        Self {
            what,
            method,
            route,
            params: None,
            body: None,
            files: Vec::new(),
            repeatable,
            until: Instant::now() + CALL_TIME,
            patience: CALL_TIME,
        }
    }

    pub(crate) fn body(mut self, body: Value, files: Vec<CreateAttachment>) -> Self {
        self.body = Some(body);
        self.files = files;
        self
    }
}

/// What one attempt came to, when it did not succeed.
enum Trouble {
    /// Discord says when to come again.
    Wait(Duration, Said),
    /// The way is closed, and opens too late.
    Closed(Until),
    /// Nothing has happened, or it is not known whether it has.
    Again { error: Error, sent: bool },
    /// It would fail again.
    Final(Error),
}

/// The client, and where it may go.
pub(crate) struct Transport {
    pub(crate) client: reqwest::Client,
    pub(crate) token: Option<SecretString>,
    pub(crate) base: Option<Url>,
    pub(crate) clock: Clock,
    gate: RateLimits,
    lines: Semaphore,
}

impl Transport {
    /// A client that sends to `base`, or to Discord where there is none.
    pub(crate) fn new(
        client: reqwest::Client,
        token: Option<SecretString>,
        base: Option<Url>,
    ) -> Self {
        Self {
            client,
            token,
            base,
            clock: Clock::default(),
            gate: RateLimits::default(),
            lines: Semaphore::new(AT_ONCE),
        }
    }

    /// Makes a call, waiting and repeating as its kind allows, until its time is over.
    pub(crate) async fn call(&self, call: Call<'_>) -> Result<Value, Error> {
        let what = call.what;
        let late = || Error::Late { what };
        let (mut pause, mut least) = (FIRST_PAUSE, FIRST_WAIT);
        let (mut retries, mut waits) = (0, 0);
        // Whether a try may have arrived without our knowing.
        let mut in_doubt = false;
        let held = |opens: Instant, Said { code, message }: Said, in_doubt| {
            let wait = opens.saturating_duration_since(Instant::now());
            let message = if message.is_empty() {
                "rate limited".to_owned()
            } else {
                message
            };
            Error::Held {
                what,
                wait,
                code,
                message,
                in_doubt,
            }
        };
        let patience = call.until.min(Instant::now() + call.patience);
        loop {
            let attempt = async {
                self.gate
                    .pass(call.method, call.route, patience)
                    .await
                    .map_err(Trouble::Closed)?;
                // The semaphore is never closed.
                let _line = self.lines.acquire().await;
                self.once(&call).await
            };
            let trouble = match timeout_at(call.until, attempt).await {
                Err(_) => return Err(late()),
                Ok(Ok(value)) => return Ok(value),
                Ok(Err(trouble)) => trouble,
            };
            let again = match trouble {
                Trouble::Final(error) => return Err(error),
                Trouble::Closed(until) => return Err(held(until.opens, until.said, in_doubt)),
                Trouble::Wait(time, said) => {
                    warn!(
                        what,
                        seconds = time.as_secs_f64(),
                        code = said.code.0,
                        "rate limited"
                    );
                    metrics::counter!("careerbot_rest_rate_limited_total").increment(1);
                    let again = Instant::now() + time.max(least);
                    if waits == WAITS || again >= patience {
                        return Err(held(again, said, in_doubt));
                    }
                    waits += 1;
                    least *= 2;
                    again
                }
                Trouble::Again { error, sent } => {
                    if retries == RETRIES || (sent && !call.repeatable) {
                        return Err(error);
                    }
                    retries += 1;
                    in_doubt |= sent;
                    debug!(what, retries, %error, "trying again");
                    let again = Instant::now() + jittered(pause);
                    pause *= 2;
                    if again >= call.until {
                        return Err(late());
                    }
                    again
                }
            };
            sleep_until(again).await;
        }
    }

    /// Until when nothing at all is sent, and why.
    pub(crate) fn banned(&self) -> Option<Until> {
        self.gate.banned()
    }

    async fn once(&self, call: &Call<'_>) -> Result<Value, Trouble> {
        let what = call.what;
        let not_sent = |reason: String| Trouble::Final(Error::NotSent { what, reason });
        let body = call.body.as_ref().map(Value::to_string);
        let mut request = Request::new(call.route, call.method).params(call.params.clone());
        request = match body {
            Some(text) if !call.files.is_empty() => request.multipart(Some(Multipart {
                upload: MultipartUpload::Attachments(call.files.clone()),
                fields: Vec::new(),
                payload_json: Some(text),
            })),
            body => request.body(body.map(String::into_bytes)),
        };
        let token = match &self.token {
            Some(token) => format!("Bot {}", token.expose_secret().trim_start_matches("Bot ")),
            None if rate_limit::is_exempt(call.route) => String::new(),
            None => return Err(Trouble::Final(Error::NoToken)),
        };
        let built = request
            .build(&self.client, &token, self.base.as_ref().map(Url::as_str))
            .map_err(|error| not_sent(error.to_string()))?;
        let mut request = built
            .build()
            .map_err(|error| not_sent(error.without_url().to_string()))?;
        if self
            .base
            .as_ref()
            .is_some_and(|base| base.origin() != request.url().origin())
        {
            return Err(not_sent("it would leave CAREERBOT_DISCORD_API".to_owned()));
        }
        if token.is_empty() {
            request.headers_mut().remove(AUTHORIZATION);
        }
        let response = self.client.execute(request).await.map_err(|error| {
            let sent = !error.is_connect();
            // The address holds tokens of interactions: it must not reach a log.
            Trouble::Again {
                error: Error::Unreachable {
                    what,
                    reason: plain(&error.without_url()),
                },
                sent,
            }
        })?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        self.clock.note(&headers, Timestamp::now());
        let bytes = response.bytes().await.map_err(|error| Trouble::Again {
            error: Error::Unreachable {
                what,
                reason: plain(&error.without_url()),
            },
            sent: true,
        })?;
        if status == 429 {
            return Err(self.limited(call, &headers, &bytes));
        }
        self.gate.learn(call.method, call.route, &headers);
        if matches!(status, 401 | 403) {
            self.gate.note_invalid();
        }
        if (200..300).contains(&status) {
            if bytes.is_empty() {
                return Ok(Value::Null);
            }
            return serde_json::from_slice(&bytes).map_err(|error| {
                Trouble::Final(Error::Unreadable {
                    what,
                    reason: error.to_string(),
                })
            });
        }
        let said: Refusal = serde_json::from_slice(&bytes).unwrap_or_default();
        let error = Error::Refused {
            what,
            status,
            code: ErrorCode(said.code),
            message: said
                .message
                .unwrap_or_else(|| "without a reason".to_owned()),
        };
        Err(if status >= 500 {
            Trouble::Again { error, sent: true }
        } else {
            Trouble::Final(error)
        })
    }
}

impl Transport {
    /// What an answer of 429 closes and for how long. A page in place of JSON comes from in front of Discord: the address is
    /// banned, and every further call would make it worse.
    fn limited(&self, call: &Call<'_>, headers: &HeaderMap, bytes: &[u8]) -> Trouble {
        let body: Option<Refusal> = serde_json::from_slice(bytes).ok();
        let (wait, reach, said) = match body {
            None => {
                let wait = number(headers, "retry-after")
                    .and_then(|wait| Duration::try_from_secs_f64(wait).ok());
                let wait = wait
                    .filter(|wait| *wait >= FIRST_WAIT)
                    .unwrap_or(BAN)
                    .min(LONGEST);
                error!(
                    seconds = wait.as_secs(),
                    "this address is banned from Discord for a while: nothing is sent until then"
                );
                metrics::counter!("careerbot_rest_bans_total").increment(1);
                let message = "this address is banned from Discord for a while".to_owned();
                (
                    wait,
                    Reach::Banned,
                    Said {
                        code: ErrorCode::NONE,
                        message,
                    },
                )
            }
            Some(body) => {
                let global = headers.contains_key("x-ratelimit-global") || body.global;
                let reach = if global {
                    Reach::Everything
                } else {
                    Reach::Route
                };
                (
                    retry_after(headers, body.retry_after),
                    reach,
                    Said {
                        code: ErrorCode(body.code),
                        message: body.message.unwrap_or_default(),
                    },
                )
            }
        };
        // A limit that others have used up is not counted. Source: Discord documentation, "Invalid Request Limit".
        if headers
            .get("x-ratelimit-scope")
            .is_none_or(|scope| scope != "shared")
        {
            self.gate.note_invalid();
        }
        self.gate.close(
            call.method,
            call.route,
            reach,
            wait.max(FIRST_WAIT),
            said.clone(),
        );
        Trouble::Wait(wait, said)
    }
}

/// How long Discord wants to be left alone: the header, else the body, else a second.
fn retry_after(headers: &HeaderMap, body: Option<f64>) -> Duration {
    let seconds = number(headers, "retry-after").or(body).unwrap_or(1.0);
    Duration::try_from_secs_f64(seconds)
        .unwrap_or(CALL_TIME)
        .min(LONGEST)
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(retry_after(&headers, None), Duration::from_secs(1));
        assert_eq!(retry_after(&headers, Some(0.5)), Duration::from_millis(500));
        headers.insert("retry-after", "2".parse().expect("a value"));
        assert_eq!(retry_after(&headers, Some(0.5)), Duration::from_secs(2));
        headers.insert("retry-after", "-1".parse().expect("a value"));
        assert_eq!(
            retry_after(&headers, None),
            CALL_TIME,
            "nonsense waits as long as a call may"
        );
    }
}
