//! Rate limits: what Discord has said about them, and the wait until a call may go out.
//!
//! Interaction callbacks, follow-ups and edits are exempt from the limit over the whole bot; a route that Discord has closed is
//! waited for, whichever it is. Knows routes and times, not what is called or why.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use reqwest::header::HeaderMap;
use serenity::http::{LightMethod, Route};
use tokio::time::{Instant, sleep_until};
use tracing::error;

use crate::discord::api::error_code::ErrorCode;

/// Calls a second over the whole bot, and how many of them at once: together 45 within any second. Discord allows 50; what leaves
/// evenly may arrive in a bunch, so that some room is left. Source: Discord documentation, "Rate Limits", global rate limit.
const PER_SECOND: NonZeroU32 = NonZeroU32::MIN.saturating_add(34);
const AT_ONCE: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);

/// No wait is believed beyond this.
pub(crate) const LONGEST: Duration = Duration::from_secs(7 * 24 * 3_600);

/// How many closed routes are remembered before those that are open again are swept out.
const SWEEP_AT: usize = 256;

/// Calls of 401, 403 and 429 within [`WINDOW`] from which on nothing is sent. Discord bans an address at 10,000; other
/// programs, and other copies of this one, may share it. Source: Discord documentation, "Invalid Request Limit".
const MOST_INVALID: u32 = 2_000;
const WINDOW: Duration = Duration::from_secs(600);
/// The window is counted in so many parts.
const PARTS: usize = 60;
const PART: Duration = Duration::from_secs(WINDOW.as_secs() / PARTS as u64);

/// Lets calls through when Discord allows them.
pub(crate) struct RateLimits {
    all: DefaultDirectRateLimiter,
    clock: DefaultClock,
    closed: Mutex<Closed>,
}

#[derive(Default)]
struct Closed {
    /// Everything but the endpoints of interactions.
    everything: Option<Until>,
    /// Everything without exception: a ban of the address, or too many calls that Discord calls invalid.
    banned: Option<Until>,
    routes: HashMap<String, Until>,
    invalid: Invalid,
}

/// Until when something is closed, and what Discord said of it.
#[derive(Clone)]
pub(crate) struct Until {
    pub(crate) opens: Instant,
    pub(crate) said: Said,
}

/// Discord's words of why it wants to be left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
}

/// What an answer closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The route of the call.
    Route,
    /// All but the endpoints of interactions.
    Everything,
    /// All without exception.
    Banned,
}

/// Invalid calls of the last ten minutes, by the part of the window in which they were made.
struct Invalid {
    begun: Instant,
    parts: [(u64, u32); PARTS],
}

impl Default for Invalid {
    fn default() -> Self {
        Self {
            begun: Instant::now(),
            parts: [(0, 0); PARTS],
        }
    }
}

impl Invalid {
    /// Notes one; the number of all within the window, and when the oldest of them leave it.
    fn note(&mut self, now: Instant) -> (u32, Instant) {
        // The first part has number 1: 0 stands where nothing was counted.
        let part = now.duration_since(self.begun).as_secs() / PART.as_secs() + 1;
        let place = usize::try_from(part).unwrap_or(0) % PARTS;
        let (number, count) = &mut self.parts[place];
        if *number == part {
            *count += 1;
        } else {
            (*number, *count) = (part, 1);
        }
        let within = |number: u64| number > 0 && number + PARTS as u64 > part;
        let counted = self.parts.iter().filter(|(number, _)| within(*number));
        let (total, oldest) = counted.fold((0, part), |(total, oldest), (number, count)| {
            (total + count, oldest.min(*number))
        });
        let leaves = oldest + PARTS as u64 - 1;
        (
            total,
            self.begun + PART * u32::try_from(leaves).unwrap_or(u32::MAX),
        )
    }
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            all: RateLimiter::direct(Quota::per_second(PER_SECOND).allow_burst(AT_ONCE)),
            clock: DefaultClock::default(),
            closed: Mutex::default(),
        }
    }
}

impl RateLimits {
    /// Waits until the call may go out. `Err` when that would be after `until`.
    pub(crate) async fn pass(
        &self,
        method: LightMethod,
        route: Route<'_>,
        until: Instant,
    ) -> Result<(), Until> {
        loop {
            let now = Instant::now();
            let opens = self.opens(method, route).filter(|until| until.opens > now);
            let closed = match opens {
                Some(closed) => closed,
                None if is_exempt(route) => return Ok(()),
                None => match self.all.check() {
                    Ok(()) => return Ok(()),
                    Err(early) => Until {
                        opens: now + early.wait_time_from(self.clock.now()),
                        said: Said::default(),
                    },
                },
            };
            if closed.opens >= until {
                return Err(closed);
            }
            sleep_until(closed.opens).await;
        }
    }

    /// Remembers what the headers of a good answer say about the next call.
    pub(crate) fn learn(&self, method: LightMethod, route: Route<'_>, headers: &HeaderMap) {
        if number(headers, "x-ratelimit-remaining") != Some(0.0) {
            return;
        }
        let wait = number(headers, "x-ratelimit-reset-after")
            .and_then(|wait| Duration::try_from_secs_f64(wait).ok());
        if let Some(wait) = wait {
            self.close(method, route, Reach::Route, wait, Said::default());
        }
    }

    /// Lets nothing through for that long, as far as `reach` says.
    pub(crate) fn close(
        &self,
        method: LightMethod,
        route: Route<'_>,
        reach: Reach,
        wait: Duration,
        said: Said,
    ) {
        let until = Until {
            opens: Instant::now() + wait.min(LONGEST),
            said,
        };
        let mut closed = self.lock();
        match reach {
            Reach::Banned => closed.banned = later(closed.banned.take(), until),
            Reach::Everything => closed.everything = later(closed.everything.take(), until),
            // There is one such call for each token: what is learned of it is of use to nobody else.
            Reach::Route if matches!(route, Route::InteractionResponse { .. }) => {}
            Reach::Route => {
                if closed.routes.len() >= SWEEP_AT {
                    let now = Instant::now();
                    closed.routes.retain(|_, until| until.opens > now);
                }
                closed.routes.insert(key(method, route), until);
            }
        }
    }

    /// Counts a call that Discord calls invalid, and closes everything before there are enough of them for a ban.
    pub(crate) fn note_invalid(&self) {
        let now = Instant::now();
        let mut closed = self.lock();
        let (total, opens) = closed.invalid.note(now);
        if total < MOST_INVALID
            || closed
                .banned
                .as_ref()
                .is_some_and(|until| until.opens > now)
        {
            return;
        }
        let message =
            format!("{total} invalid requests in ten minutes, which could get this address banned");
        error!(
            seconds = opens.duration_since(now).as_secs(),
            "nothing is sent to Discord for a while: {message}"
        );
        closed.banned = Some(Until {
            opens,
            said: Said {
                code: ErrorCode::NONE,
                message,
            },
        });
    }

    /// Until when nothing at all is sent, and why.
    pub(crate) fn banned(&self) -> Option<Until> {
        self.lock()
            .banned
            .clone()
            .filter(|until| until.opens > Instant::now())
    }

    fn opens(&self, method: LightMethod, route: Route<'_>) -> Option<Until> {
        let closed = self.lock();
        let everything = closed.everything.clone().filter(|_| !is_exempt(route));
        let all = match (closed.banned.clone(), everything) {
            (Some(one), Some(other)) => later(Some(one), other),
            (one, other) => one.or(other),
        };
        match (
            closed
                .routes
                .get(&key(method, route))
                .filter(|_| !closed.routes.is_empty()),
            all,
        ) {
            (Some(route), all) => later(all, route.clone()),
            (None, all) => all,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Closed> {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The one of the two that opens later.
fn later(one: Option<Until>, other: Until) -> Option<Until> {
    Some(one.filter(|one| one.opens > other.opens).unwrap_or(other))
}

/// The number in a header.
pub(crate) fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse().ok())
}

/// Interaction endpoints are not bound to the bot's global limit. Source: Discord documentation, "Rate Limits".
pub(crate) fn is_exempt(route: Route<'_>) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_calls_are_counted_for_ten_minutes() {
        let mut invalid = Invalid::default();
        let at = |seconds| invalid_at(seconds, &mut invalid);
        fn invalid_at(seconds: u64, invalid: &mut Invalid) -> (u32, u64) {
            let (total, leaves) = invalid.note(invalid.begun + Duration::from_secs(seconds));
            (total, leaves.duration_since(invalid.begun).as_secs())
        }
        let mut at = at;
        assert_eq!(at(0), (1, 600));
        assert_eq!(at(15), (2, 600));
        assert_eq!(at(599), (3, 600));
        assert_eq!(at(600), (3, 610), "the first has left");
        assert_eq!(at(5_000), (1, 5_600), "all have left");
    }

    #[tokio::test]
    async fn too_many_invalid_calls_close_everything_and_a_ban_outlasts_a_route() {
        let gate = RateLimits::default();
        for _ in 1..MOST_INVALID {
            gate.note_invalid();
        }
        assert!(gate.banned().is_none());
        gate.note_invalid();
        let route = Route::InteractionResponse {
            interaction_id: 1.into(),
            token: "t",
        };
        let now = Instant::now();
        let Err(closed) = gate
            .pass(LightMethod::Post, route, now + Duration::from_secs(60))
            .await
        else {
            panic!("it is closed")
        };
        assert!(
            closed.opens > now + Duration::from_secs(580)
                && closed.said.message.contains("invalid")
        );
    }
}
