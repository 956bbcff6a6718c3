//! Discord, over the gateway, over HTTP, or both, and the page beside it: the one place where all rooms are put together.
//!
//! With a token the gateway is served, or the part of it that the settings name; with an address, HTTP, and with another, the page. Knows nothing of what is answered.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::info;

use crate::config::Config;
use crate::config::shards::Shards;
use crate::discord::api::client::Rest;
use crate::discord::{App, gateway};
use crate::http;
use crate::http::health::Loaded;
use crate::runtime::{background, demo};
use crate::store::Location;
use crate::telemetry;

/// Why the bot stopped.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The addresses that are listened on.
#[derive(Debug, Default)]
pub struct Doors {
    /// Where interactions are taken, with the public key that they are signed for.
    pub http: Option<(SocketAddr, String)>,
    /// Where the page is that plays Discord.
    pub web: Option<SocketAddr>,
}

/// Serves until SIGTERM or Ctrl-C. `loaded` is what health tells of the knowledge, and `beside` what else goes on until the token that it is given is cancelled.
///
/// # Errors
/// When the runtime cannot start, or the gateway or the HTTP server ends with an error.
pub fn run<B>(
    config: &Config,
    app: App,
    loaded: Loaded,
    location: Location,
    doors: Doors,
    beside: impl FnOnce(CancellationToken) -> B,
) -> Result<(), Error>
where
    B: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start the runtime: {error}"))?;
    runtime.block_on(serve(config, app, loaded, location, doors, beside))
}

async fn serve<B>(
    config: &Config,
    app: App,
    loaded: Loaded,
    location: Location,
    addresses: Doors,
    beside: impl FnOnce(CancellationToken) -> B,
) -> Result<(), Error>
where
    B: Future<Output = ()> + Send + 'static,
{
    let shutdown = CancellationToken::new();
    tokio::spawn(signals(shutdown.clone())?);
    let mut doors: JoinSet<Result<(), Error>> = JoinSet::new();
    let connects = config.token.is_some() && config.shards != Some(Shards::None);
    if connects {
        app.connections().expect();
    }
    if config.metrics.is_some() {
        // Before the first figure is set.
        http::metrics::begin();
    }
    let rest = Arc::new(Rest::new(config)?);
    app.set_feeds(config.feeds.clone());
    let posting = config.token.is_some().then(|| rest.clone());
    // The page alone serves nobody's server, and needs no store of theirs.
    let upkeep = if config.token.is_some() || addresses.http.is_some() {
        Some(tokio::spawn(
            background::run(location, &app, posting, &shutdown).await,
        ))
    } else {
        None
    };
    if let Some(address) = config.metrics {
        let (app, rest, shutdown) = (app.clone(), rest.clone(), shutdown.clone());
        let loaded = loaded.clone();
        doors.spawn(
            async move { Ok(http::serve_metrics(address, app, rest, loaded, shutdown).await?) },
        );
    }
    if let Some(address) = addresses.web {
        let (advisor, shutdown) = (app.shared_advisor(), shutdown.clone());
        doors.spawn(demo::serve(address, advisor, shutdown));
    }
    if let Some((address, key)) = addresses.http {
        let (app, rest, shutdown) = (app.clone(), rest.clone(), shutdown.clone());
        let loaded = loaded.clone();
        doors.spawn(
            async move { Ok(http::serve(address, app, &key, rest, loaded, shutdown).await?) },
        );
    }
    if connects {
        let (app, shards, shutdown) = (app.clone(), config.shards, shutdown.clone());
        doors.spawn(async move { Ok(gateway::serve(rest, app, shards, shutdown).await?) });
    } else if config.token.is_some() {
        let shutdown = shutdown.clone();
        doors.spawn(async move { Ok(gateway::without(rest, shutdown).await?) });
    }
    let beside = tokio::spawn(beside(shutdown.clone()));
    let mut result = Ok(());
    while let Some(ended) = doors.join_next().await {
        // One door that fails closes the others: whoever watches the process starts it again whole.
        shutdown.cancel();
        result = result.and(ended.unwrap_or_else(|error| Err(error.into())));
    }
    // A post that is being sent is finished first.
    if let Some(upkeep) = upkeep {
        let _ = upkeep.await;
    }
    let _ = beside.await;
    if let Some(store) = app.store() {
        store.close().await;
    }
    result
}

/// Cancels when the process is told to stop; a second signal ends it at once.
fn signals(shutdown: CancellationToken) -> Result<impl Future<Output = ()>, Error> {
    use tokio::signal;
    #[cfg(unix)]
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())
        .map_err(|error| format!("cannot wait for SIGTERM: {error}"))?;
    Ok(async move {
        for first in [true, false] {
            #[cfg(unix)]
            tokio::select! { _ = signal::ctrl_c() => {}, _ = terminate.recv() => {} }
            #[cfg(not(unix))]
            let _ = signal::ctrl_c().await;
            if !first {
                telemetry::flush();
                std::process::exit(1);
            }
            info!("told to stop; a second signal stops at once");
            shutdown.cancel();
        }
    })
}
