//! Rate limits: what Discord has said about them, and the wait until a call may go out.
//!
//! Interaction callbacks, follow-ups and edits are exempt from the limit over the whole bot; a route that Discord has closed is
//! waited for, whichever it is. Knows routes and times, not what is called or why.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use reqwest::header::HeaderMap;
use serenity::http::{LightMethod, Route};
use tokio::time::{Instant, sleep_until};

/// Calls a second over the whole bot. Source: Discord documentation, "Rate Limits", global rate limit.
const PER_SECOND: NonZeroU32 = NonZeroU32::MIN.saturating_add(49);

/// How many closed routes are remembered before those that are open again are swept out.
const SWEEP_AT: usize = 256;

/// Lets calls through when Discord allows them.
pub(super) struct Gate {
    all: DefaultDirectRateLimiter,
    clock: DefaultClock,
    closed: Mutex<Closed>,
}

#[derive(Default)]
struct Closed {
    everything: Option<Instant>,
    routes: HashMap<String, Instant>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            all: RateLimiter::direct(Quota::per_second(PER_SECOND)),
            clock: DefaultClock::default(),
            closed: Mutex::default(),
        }
    }
}

impl Gate {
    /// Waits until the call may go out; `None` when that would be after `until`.
    pub(super) async fn pass(&self, method: LightMethod, route: Route<'_>, until: Instant) -> Option<()> {
        loop {
            let now = Instant::now();
            let opens = self.opens(method, route).filter(|opens| *opens > now);
            let opens = match opens {
                Some(opens) => opens,
                None if is_exempt(route) => return Some(()),
                None => match self.all.check() {
                    Ok(()) => return Some(()),
                    Err(early) => now + early.wait_time_from(self.clock.now()),
                },
            };
            if opens >= until {
                return None;
            }
            sleep_until(opens).await;
        }
    }

    /// Remembers what the headers of an answer say about the next call.
    pub(super) fn learn(&self, method: LightMethod, route: Route<'_>, status: u16, headers: &HeaderMap) {
        if matches!(route, Route::InteractionResponse { .. }) {
            // There is one such call for each token: what is learned of it is of use to nobody else.
            return;
        }
        let number = |name: &str| {
            headers.get(name).and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<f64>().ok())
        };
        let wait = match status {
            429 => number("retry-after"),
            _ if number("x-ratelimit-remaining") == Some(0.0) => number("x-ratelimit-reset-after"),
            _ => None,
        };
        let Some(wait) = wait.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) else { return };
        let opens = Instant::now() + wait.min(Duration::from_secs(3600));
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if headers.contains_key("x-ratelimit-global") {
            closed.everything = Some(opens);
            return;
        }
        if closed.routes.len() >= SWEEP_AT {
            let now = Instant::now();
            closed.routes.retain(|_, opens| *opens > now);
        }
        closed.routes.insert(key(method, route), opens);
    }

    fn opens(&self, method: LightMethod, route: Route<'_>) -> Option<Instant> {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let everything = closed.everything.filter(|_| !is_exempt(route));
        if closed.routes.is_empty() {
            return everything;
        }
        closed.routes.get(&key(method, route)).copied().max(everything)
    }
}

/// Interaction endpoints are not bound to the bot's global limit. Source: Discord documentation, "Rate Limits".
pub(super) fn is_exempt(route: Route<'_>) -> bool {
    matches!(
        route,
        Route::InteractionResponse { .. }
            | Route::WebhookFollowupMessages { .. }
            | Route::WebhookOriginalInteractionResponse { .. }
    )
}

fn key(method: LightMethod, route: Route<'_>) -> String {
    format!("{} {}", method.reqwest_method(), route.path())
}
