//! When the bot may log in: Discord resets the token of one that does so too often.
//!
//! Knows Discord's budget and the pace; knows nothing of connections. Source: Discord documentation, "Session Start Limit
//! Object", and "Rate Limiting" of the gateway.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, sleep_until};
use tracing::warn;

use crate::discord::api::client::{GatewayBot, Rest};

/// Logins that are never used up: whoever mends what is wrong needs some.
pub(super) const RESERVE: u32 = 20;
/// Between two logins of one bucket.
const APART: Duration = Duration::from_secs(5);
/// The wait before a login that follows one which did not last; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest: 288 logins a day at most, where Discord allows 1,000.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// The token is not good.
#[derive(Debug)]
pub(super) struct Refused;

/// The logins of all shards.
pub(super) struct Logins {
    rest: Arc<Rest>,
    /// How many shards may log in at once.
    buckets: u32,
    /// Logins that the budget which was asked for at the start has room for.
    known: AtomicU32,
    /// When each bucket has its next turn.
    next: Mutex<HashMap<u32, Instant>>,
}

impl Logins {
    /// Logins with the budget that Discord has told with the gateway.
    pub(super) fn new(rest: Arc<Rest>, gateway: &GatewayBot) -> Self {
        Self {
            rest,
            buckets: gateway.session_start_limit.max_concurrency.max(1),
            known: AtomicU32::new(gateway.shards.min(left(gateway))),
            next: Mutex::default(),
        }
    }

    /// Waits until this shard may log in, after so many logins in a row that did not last.
    ///
    /// # Errors
    /// When Discord refuses the token.
    pub(super) async fn wait(&self, shard: u32, failed: u32) -> Result<(), Refused> {
        if failed > 0 {
            let wait = pause(failed);
            warn!(
                shard,
                seconds = wait.as_secs(),
                "the last login did not last; waiting before the next one"
            );
            sleep(wait).await;
        }
        let known = self
            .known
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |known| {
                known.checked_sub(1)
            });
        if known.is_err() {
            self.ask().await?;
        }
        let turn = {
            let mut next = self.next.lock().await;
            let turn = next
                .entry(shard % self.buckets)
                .or_insert_with(Instant::now);
            let mine = (*turn).max(Instant::now());
            *turn = mine + APART;
            mine
        };
        sleep_until(turn).await;
        Ok(())
    }

    /// Asks Discord for the budget until there is some.
    async fn ask(&self) -> Result<(), Refused> {
        let mut failed = 0;
        loop {
            match self.rest.gateway().await {
                Ok(gateway) if left(&gateway) > 0 => return Ok(()),
                Ok(gateway) => wait_for_more(&gateway).await,
                Err(error) if error.status() == Some(401) => return Err(Refused),
                Err(error) => {
                    failed += 1;
                    let wait = pause(failed);
                    warn!(%error, seconds = wait.as_secs(), "the budget of logins is not known; asking again");
                    sleep(wait).await;
                }
            }
        }
    }
}

/// Waits until Discord allows logins again.
pub(super) async fn wait_for_more(gateway: &GatewayBot) {
    let limit = &gateway.session_start_limit;
    let wait = Duration::from_millis(limit.reset_after) + Duration::from_secs(1);
    warn!(
        left = limit.remaining,
        seconds = wait.as_secs(),
        "no logins are left today but a reserve; waiting"
    );
    sleep(wait).await;
}

/// How many logins may still be used.
pub(super) fn left(gateway: &GatewayBot) -> u32 {
    gateway
        .session_start_limit
        .remaining
        .saturating_sub(RESERVE)
}

fn pause(failed: u32) -> Duration {
    (FIRST_WAIT * 2_u32.saturating_pow(failed.saturating_sub(1).min(16))).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_that_do_not_last_become_rare() {
        let waits: Vec<u64> = (1..=9).map(|failed| pause(failed).as_secs()).collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
    }
}
