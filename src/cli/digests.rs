//! Posting beside a running server: turns of the runner, and word to moderators of what failed.
//!
//! Knows when to take a turn and what to tell; what a turn does stands in `digest`.

use std::num::NonZeroU64;
use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::digest::due::{Runner, Turn};
use crate::discord::App;
use crate::discord::markdown::{escape_member, fit};
use crate::discord::message::Message;
use crate::discord::poster::Channels;
use crate::discord::rest::Rest;
use crate::store::postings::{Posting, State};
use crate::store::{self, Store};

/// The pause between two turns; a press on Post now ends it at once.
const PAUSE: Duration = Duration::from_secs(15);
/// How long a turn may go on after the order to stop. What is cut off then goes on after the next start, without doubling.
const GRACE: Duration = Duration::from_secs(10);
/// Posts that moderators are told of at once.
const TOLD: u16 = 20;

/// Brings posts on their way until `shutdown`.
pub async fn run(store: &Store, app: &App, rest: &Rest, shutdown: &CancellationToken) {
    let owner = format!("{}.{}", std::process::id(), Timestamp::now().as_nanosecond());
    let channels = Channels(rest);
    let runner = Runner { store, poster: &channels, owner: &owner, clock: &Timestamp::now, watch: &|_| {} };
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
            if let Err(error) = tell(store, rest).await {
                warn!(%error, "moderators are not told yet");
            }
        };
        let too_long = async {
            shutdown.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! { () = turn => {}, () = too_long => warn!("stopped in the middle of a post; it goes on after the next start") }
        tokio::select! { () = tokio::time::sleep(PAUSE) => {}, () = app.woken() => {}, () = shutdown.cancelled() => {} }
    }
}

/// Tells the moderators, in the log channel where there is one, of posts that failed or wait for their word.
async fn tell(store: &Store, rest: &Rest) -> store::Result<()> {
    for posting in store.untold(TOLD).await? {
        let log = store.settings(posting.server).await?.log_channel.and_then(|id| NonZeroU64::new(id.get()));
        // Saved first: told twice would be worse than once in the history only.
        if !store.told(posting.id).await? {
            continue;
        }
        let Some(log) = log else { continue };
        let message = Message { content: words(&posting), ..Message::default() };
        if let Err(error) =
            rest.post(log.into(), message.post_body(None), Vec::new(), &format!("t{}", posting.id)).await
        {
            warn!(%error, "the log channel takes no message");
        }
    }
    Ok(())
}

fn words(posting: &Posting) -> String {
    let reason = fit(posting.reason.as_deref().unwrap_or("no reason is known"), 400, escape_member);
    match (posting.state, posting.digest) {
        (State::Asked, Some(digest)) => format!(
            "Summary {digest} for <#{}> was not posted: {reason}. It goes on as planned next time; for this one, use /digest new.",
            posting.channel
        ),
        (_, Some(digest)) => format!(
            "Summary {digest} for <#{}> could not be posted: {reason}. I have paused it; /digest resume {digest} lets it go on.",
            posting.channel
        ),
        (_, None) => {
            format!("A summary for <#{}> could not be posted: {reason}. Begin again with /digest new.", posting.channel)
        }
    }
}
