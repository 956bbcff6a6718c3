//! Direct messages about posts on their way, slowly: Discord wants no crowd written to at once.
//!
//! Knows when; how a letter is sent stands in `discord`.

use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use crate::discord::api::client::Rest;
use crate::discord::moderation::digests::letters::{Sight, send};
use crate::store::{self, Store};

/// The pause between two letters, and between two looks at what is due.
const PACE: Duration = Duration::from_millis(1_500);
const PAUSE: Duration = Duration::from_secs(10);
/// The same with a test base.
const TEST_PACE: Duration = Duration::from_millis(50);
/// How long somebody who sends a letter keeps it: longer than all calls for it together.
const LEASE: Duration = Duration::from_secs(300);

/// Brings letters on their way until `shutdown`.
pub async fn run(store: &Store, rest: &Rest, shutdown: &CancellationToken) {
    // What Discord holds back is held back here, for all letters.
    let rest = &rest.hasty();
    let mut sight = Sight::default();
    loop {
        let pause = async {
            let done = turn(store, rest, &mut sight).await;
            done.unwrap_or_else(|error| {
                warn!(%error, "direct messages wait for the store");
                PAUSE
            })
        };
        // What is cut off is claimed again when its lease is over, and looked for before it is sent.
        let pause = tokio::select! { pause = pause => pause, () = shutdown.cancelled() => return };
        tokio::select! { () = tokio::time::sleep(pause) => {}, () = shutdown.cancelled() => return }
    }
}

/// Sends one letter; how long to wait for the next.
async fn turn(store: &Store, rest: &Rest, sight: &mut Sight) -> store::Result<Duration> {
    let (pace, idle) = if rest.is_test() {
        (TEST_PACE, TEST_PACE)
    } else {
        (PACE, PAUSE)
    };
    let Some(letter) = store.claim_letter(LEASE, Timestamp::now()).await? else {
        // Roles and permissions may change meanwhile.
        *sight = Sight::default();
        return Ok(idle);
    };
    let held = send(store, rest, &letter, sight, Timestamp::now()).await?;
    Ok(held.map_or(pace, |held| held.max(pace)))
}
