//! The store beside a running server: opened for the app, its digests posted, what is counted written, and tidied once a day.
//!
//! A store that cannot be opened does not keep the bot from answering. Knows nothing of what is in the store.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::discord::App;
use crate::discord::api::client::Rest;
use crate::runtime::{letters, news, posting};
use crate::store::{self, Location, Store};

/// How long until a store that cannot be opened is tried again, where that can help.
const AGAIN: Duration = Duration::from_secs(30);
/// The same where another careerbot has it: one that is replaced goes within seconds.
const HANDOVER: Duration = Duration::from_secs(2);
/// How often what is old is deleted, and how soon again where the store did not let it.
const TIDY: Duration = Duration::from_secs(24 * 3_600);
const TIDY_AGAIN: Duration = Duration::from_secs(600);
/// How often interactions that cannot come again are forgotten.
const DEEDS: Duration = Duration::from_secs(3_600);
/// How long finished posts stay in the history, in days. `/privacy` names it.
const POSTING_DAYS: u16 = 365;

/// Opens the store for the app, where it can be opened at once, and gives the work that goes on beside the doors.
pub async fn run(
    location: Location,
    app: &App,
    rest: Option<Arc<Rest>>,
    shutdown: &CancellationToken,
) -> impl Future<Output = ()> + use<> {
    let (app, shutdown) = (app.clone(), shutdown.clone());
    let opened = open(&location, None).await;
    if let Opened::Yes(store) = &opened {
        app.set_store(store.clone());
    }
    async move {
        if let Some(store) = wait(opened, &location, &shutdown).await {
            app.set_store(store.clone());
            let posting = async {
                if let Some(rest) = rest {
                    tokio::join!(
                        posting::run(&store, &app, &rest, &shutdown),
                        news::run(&store, &app, &rest, &shutdown),
                        letters::run(&store, &rest, &shutdown)
                    );
                }
            };
            tokio::join!(
                tidy(&store, &shutdown),
                forget_deeds(&store, &shutdown),
                posting,
                app.feedback_queue().run(&store, &shutdown),
                app.count_queue().run(&store, &shutdown)
            );
        }
    }
}

/// What an attempt to open came to.
enum Opened {
    Yes(Store),
    /// Trying again after this time may help.
    NotYet(Duration, store::Error),
    /// Somebody has to change something first.
    No,
}

/// Opens the store; `before` is why it could not be opened the last time, which is not said again.
async fn open(location: &Location, before: Option<&store::Error>) -> Opened {
    match Store::open(location).await {
        Ok(store) => {
            info!(place = store.place(), "store opened");
            Opened::Yes(store)
        }
        Err(error) if error.may_open_later() => {
            let again = if matches!(error, store::Error::InUse { .. }) {
                HANDOVER
            } else {
                AGAIN
            };
            if before.is_none_or(|before| before.to_string() != error.to_string()) {
                warn!(%error, seconds = again.as_secs(), "the store cannot be opened; answering goes on, and it is tried again");
            }
            Opened::NotYet(again, error)
        }
        Err(error) => {
            error!(%error, "the store cannot be opened; answering goes on without settings and digests until the next start");
            Opened::No
        }
    }
}

async fn wait(
    mut opened: Opened,
    location: &Location,
    shutdown: &CancellationToken,
) -> Option<Store> {
    loop {
        let (again, why) = match opened {
            Opened::Yes(store) => return Some(store),
            Opened::No => return None,
            Opened::NotYet(again, why) => (again, why),
        };
        tokio::select! { () = tokio::time::sleep(again) => {}, () = shutdown.cancelled() => return None }
        opened = open(location, Some(&why)).await;
    }
}

/// Forgets what cannot come again, for as long as the program runs.
async fn forget_deeds(store: &Store, shutdown: &CancellationToken) {
    loop {
        if let Err(error) = store.forget_old_deeds(Timestamp::now()).await {
            warn!(%error, "interactions that are over are not forgotten yet");
        }
        tokio::select! { () = tokio::time::sleep(DEEDS) => {}, () = shutdown.cancelled() => return }
    }
}

async fn tidy(store: &Store, shutdown: &CancellationToken) {
    loop {
        let pause = match store.forget_old(POSTING_DAYS, Timestamp::now()).await {
            Ok(records) => {
                info!(records, "old records deleted");
                TIDY
            }
            Err(error) => {
                warn!(%error, seconds = TIDY_AGAIN.as_secs(), "old records are not deleted; trying again");
                TIDY_AGAIN
            }
        };
        tokio::select! { () = tokio::time::sleep(pause) => {}, () = shutdown.cancelled() => return }
    }
}
