//! Posting beside a running server: turns of the runner, each followed by word to the moderators.
//!
//! Knows when to take a turn; what a turn does stands in `digest`, and what is told in `discord`.

use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::digest::runner::{Runner, Turn};
use crate::discord::App;
use crate::discord::api::client::Rest;
use crate::discord::moderation::digests::alerts::send_alerts;
use crate::discord::moderation::digests::publications;
use crate::discord::moderation::digests::publisher::Channels;
use crate::store::Store;

/// The longest pause between two turns; a press on Post now ends it at once, and so does the next digest that is due.
const PAUSE: Duration = Duration::from_secs(15);
/// The shortest: what cannot be planned must not keep the program busy.
const SHORTEST: Duration = Duration::from_secs(1);
/// How long a turn may go on after the order to stop. What is cut off then goes on after the next start, without doubling.
const GRACE: Duration = Duration::from_secs(10);

/// Brings posts on their way until `shutdown`.
pub async fn run(store: &Store, app: &App, rest: &Rest, shutdown: &CancellationToken) {
    let owner = format!(
        "{}.{}",
        std::process::id(),
        Timestamp::now().as_nanosecond()
    );
    let channels = Channels::new(rest).with_charts(app);
    let runner = Runner {
        store,
        poster: &channels,
        owner: &owner,
        clock: &Timestamp::now,
        watch: &|_| {},
    };
    app.begin_posting();
    while !shutdown.is_cancelled() {
        let knowledge = app.advisor().knowledge();
        let turn = async {
            match runner.turn(&knowledge).await {
                Ok(turn) if turn == Turn::default() => {}
                Ok(turn) => info!(
                    planned = turn.planned,
                    posted = turn.posted,
                    skipped = turn.skipped,
                    failed = turn.failed,
                    waiting = turn.waiting,
                    "digests"
                ),
                Err(error) => warn!(%error, "digests wait for the store"),
            }
            if let Err(error) = send_alerts(store, rest, &knowledge, Timestamp::now()).await {
                warn!(%error, "moderators are not told yet");
            }
            if let Err(error) = publications::turn(store, rest, &knowledge, &Timestamp::now).await {
                warn!(%error, "publications wait for the store");
            }
        };
        let too_long = async {
            shutdown.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! { () = turn => {}, () = too_long => warn!("stopped in the middle of a post; it goes on after the next start") }
        tokio::select! { () = tokio::time::sleep(until_next(store).await) => {}, () = app.woken() => {}, () = shutdown.cancelled() => {} }
    }
}

/// How long to wait for the next turn: a digest goes out at its time, not up to a pause later.
async fn until_next(store: &Store) -> Duration {
    pause(store.next_due().await.ok().flatten(), Timestamp::now())
}

/// The pause before what is due `next`; the shortest where it is due already, as one turn takes a number of them only.
fn pause(next: Option<Timestamp>, now: Timestamp) -> Duration {
    let wait = next.map(|next| Duration::try_from(next.duration_since(now)).unwrap_or_default());
    wait.unwrap_or(PAUSE).clamp(SHORTEST, PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_already_is_not_kept_waiting() {
        let now = Timestamp::UNIX_EPOCH;
        let next = |seconds| Timestamp::from_second(seconds).ok();
        for (next, seconds) in [
            (next(-60), 1),
            (next(0), 1),
            (next(7), 7),
            (next(60), 15),
            (None, 15),
        ] {
            assert_eq!(pause(next, now), Duration::from_secs(seconds), "{next:?}");
        }
    }
}
