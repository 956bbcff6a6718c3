//! When the bot may log in: Discord resets the token of one that does so too often.
//!
//! Knows Discord's budget and the pace, also where other processes log in with the same token; knows nothing of connections.
//! Source: Discord documentation, "Session Start Limit Object", and "Rate Limiting" of the gateway.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::{Instant, sleep, sleep_until};
use tracing::{debug, warn};

use crate::discord::api::client::{GatewayBot, Rest};
use crate::discord::app::App;
use crate::discord::gateway::plan::Plan;

/// Logins that are never used up: whoever mends what is wrong needs some.
pub(super) const RESERVE: u32 = 20;
/// Between two logins of one bucket: Discord wants five seconds between their arrivals, and the way there takes its time.
const APART: Duration = Duration::from_millis(5_500);
/// How long a process may take from its turn to its login, which is sent on a connection of its own; a little more than both may take.
const LEASE: Duration = Duration::from_secs(40);
/// How often it is asked whether the turn of another process is over sooner.
const LOOK: Duration = Duration::from_millis(500);
/// The wait before a login that follows one which did not last; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest: 288 logins a day at most, where Discord allows 1,000.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// The token is not good.
#[derive(Debug)]
pub(super) struct Refused;

/// The logins of the shards that this process keeps.
pub(super) struct Logins {
    rest: Arc<Rest>,
    /// Where other processes log in, too: through its store they take turns.
    others: Option<App>,
    /// Logins that the budget which was asked for at the start has room for.
    known: AtomicU32,
    /// When each bucket of shards has its next turn. Held while one waits: the others of its bucket come after it, in order.
    turns: Vec<Arc<Mutex<Instant>>>,
}

impl Logins {
    /// Logins with the budget that Discord has told with the gateway; `app` has the store in which processes take turns.
    pub(super) fn new(rest: Arc<Rest>, app: &App, gateway: &GatewayBot, plan: &Plan) -> Self {
        // More buckets than shards are of no use: each shard has one to itself then.
        let buckets = gateway
            .session_start_limit
            .max_concurrency
            .clamp(1, plan.total);
        // The others take of the same budget, and may do so at this moment.
        let known = match (plan.is_part(), left(gateway)) {
            (true, left) if left < plan.total => 0,
            (_, left) => plan.count().min(left),
        };
        Self {
            rest,
            others: plan.is_part().then(|| app.clone()),
            known: AtomicU32::new(known),
            turns: (0..buckets)
                .map(|_| Arc::new(Mutex::new(Instant::now())))
                .collect(),
        }
    }

    /// Waits until this shard may log in, after so many logins in a row that did not last. Until the turn is used or given back, no
    /// other shard of its bucket logs in: what counts is when a login arrives, not when somebody sets out.
    ///
    /// # Errors
    /// When Discord refuses the token.
    pub(super) async fn wait(&self, shard: u32, failed: u32) -> Result<Turn, Refused> {
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
        let bucket = shard as usize % self.turns.len().max(1);
        // There always is one.
        let turn = self
            .turns
            .get(bucket)
            .cloned()
            .unwrap_or_else(|| Arc::new(Mutex::new(Instant::now())));
        let mut turn = Turn {
            next: turn.lock_owned().await,
            bucket: u32::try_from(bucket).unwrap_or(u32::MAX),
            others: None,
        };
        sleep_until(*turn.next).await;
        if let Some(app) = &self.others
            && among_others(app, turn.bucket).await
        {
            turn.others = Some(app.clone());
        }
        Ok(turn)
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

/// The turn to log in.
pub(super) struct Turn {
    /// When the bucket has its next one.
    next: OwnedMutexGuard<Instant>,
    bucket: u32,
    /// Where it was taken among other processes, too.
    others: Option<App>,
}

impl Turn {
    /// The login was sent just now.
    pub(super) fn used(mut self) {
        *self.next = Instant::now() + APART;
        self.free(APART);
    }

    /// There was none.
    pub(super) fn given_back(self) {
        self.free(Duration::ZERO);
    }

    /// Lets other processes have the next one. Nothing waits for that.
    fn free(self, apart: Duration) {
        let (bucket, others) = (self.bucket, self.others);
        let Some(app) = others else { return };
        tokio::spawn(async move {
            if let Some(store) = app.store()
                && let Err(error) = store.free_login(bucket, apart).await
            {
                debug!(%error, "other processes wait for the lease of a login to be over");
            }
        });
    }
}

/// Waits for the turn of this bucket among all processes; `false` where none could be had. A store that is away keeps nobody from
/// logging in: Discord refuses what comes too early, and it is tried again later; without a login nobody is answered at all.
async fn among_others(app: &App, bucket: u32) -> bool {
    loop {
        let Some(store) = app.store() else {
            warn!("logging in without regard to other processes: the store is not open");
            return false;
        };
        match store.take_login(bucket, LEASE).await {
            Ok(None) => return true,
            Ok(Some(wait)) => sleep(wait.min(LOOK)).await,
            Err(error) => {
                warn!(%error, "logging in without regard to other processes: the store does not answer");
                return false;
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
