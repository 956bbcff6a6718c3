//! News on its way: feeds that somebody hears of are asked when they are due, and what is new is told in log channels.
//!
//! Knows when; how a feed is fetched and read stands in `news`, and how an item is told in `discord`.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::discord::App;
use crate::discord::api::client::Rest;
use crate::discord::moderation::news;
use crate::news::fetch::{Fetched, Known, fetch};
use crate::news::read::{Item, NoFeed, read};
use crate::store::feeds::{Feed, Found};
use crate::store::{self, Store};

/// The pause between two looks at what is due.
const PAUSE: Duration = Duration::from_secs(30);
/// How often a feed is asked, and how long at most after failures.
const EVERY: SignedDuration = SignedDuration::from_mins(15);
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// How long somebody who tells an item keeps it.
const LEASE: Duration = Duration::from_secs(120);
/// Items that are told in one turn.
const TOLD: usize = 50;

/// Brings news on its way until `shutdown`.
pub async fn run(store: &Store, app: &App, rest: &Rest, shutdown: &CancellationToken) {
    if app.feeds().addresses.is_empty() {
        return;
    }
    // Feeds of tests are asked at once.
    let (pause, every) = if app.feeds().on_loopback {
        (Duration::from_millis(200), SignedDuration::from_millis(500))
    } else {
        (PAUSE, EVERY)
    };
    loop {
        let turn = async {
            if let Err(error) = turn(store, app, rest, every).await {
                warn!(%error, "news waits for the store");
            }
        };
        // What is cut off is claimed again when its lease is over, and told once all the same.
        tokio::select! { () = turn => {}, () = shutdown.cancelled() => return }
        tokio::select! { () = tokio::time::sleep(pause) => {}, () = shutdown.cancelled() => return }
    }
}

async fn turn(store: &Store, app: &App, rest: &Rest, every: SignedDuration) -> store::Result<()> {
    for address in &app.feeds().addresses {
        let now = Timestamp::now();
        let claimed = store.claim_feed(address, now + every, now).await?;
        if let Some(feed) = claimed {
            ask(store, feed, app.feeds().on_loopback, every).await?;
        }
    }
    // Where Discord holds one server's word back, the others need not wait for it.
    let rest = &rest.hasty();
    for _ in 0..TOLD {
        let Some(due) = store.claim_news(LEASE, Timestamp::now()).await? else {
            break;
        };
        news::tell(app, rest, store, due, Timestamp::now()).await?;
    }
    Ok(())
}

/// Asks one feed, and saves what it holds or why it could not be read.
async fn ask(
    store: &Store,
    feed: Feed,
    on_loopback: bool,
    every: SignedDuration,
) -> store::Result<()> {
    let known = Known {
        etag: feed.etag.clone(),
        modified: feed.modified.clone(),
    };
    let problem = match fetch(&feed.address, &known, on_loopback).await {
        Ok(Fetched::Same) => return store.save_feed(&feed, None, Timestamp::now()).await,
        Ok(Fetched::New(bytes, known)) => {
            // A fault of the reader is one of this feed alone.
            let items = tokio::task::spawn_blocking(move || read(&bytes)).await;
            match items.unwrap_or(Err(NoFeed)) {
                Ok(items) => {
                    let found: Vec<Found> = items.into_iter().map(found).collect();
                    let feed = Feed {
                        etag: known.etag,
                        modified: known.modified,
                        ..feed
                    };
                    store
                        .save_feed(&feed, Some(&found), Timestamp::now())
                        .await?;
                    info!(
                        feed = bare(&feed.address),
                        items = found.len(),
                        "a feed was read"
                    );
                    return Ok(());
                }
                Err(fault) => fault.to_string(),
            }
        }
        Err(fault) => fault.to_string(),
    };
    warn!(
        feed = bare(&feed.address),
        problem,
        failures = feed.failures + 1,
        "a feed cannot be read"
    );
    let again = Timestamp::now() + later(every, feed.failures);
    store.fail_feed(&feed.address, &problem, again).await
}

/// An address as the log has it: what stands behind the question mark may be a key.
fn bare(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}

/// When a feed is asked again that failed so often before: twice as late each time, and not later than in a day.
fn later(every: SignedDuration, failures: i64) -> SignedDuration {
    let factor = 1_i32 << failures.clamp(0, 8);
    every.checked_mul(factor).unwrap_or(LONGEST).min(LONGEST)
}

fn found(item: Item) -> Found {
    Found {
        name: item.name,
        title: item.title,
        link: item.link,
        author: item.author,
        published: item.published,
        text: item.text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_that_fails_is_asked_more_and_more_seldom() {
        let minutes = |failures| later(EVERY, failures).as_mins();
        assert_eq!([0, 1, 3, 7, 99].map(minutes), [15, 30, 120, 1_440, 1_440]);
    }
}
