//! Discord, over the gateway, over HTTP, or both: the one place where all rooms are put together.
//!
//! With a token the gateway is served; with an address, HTTP. Knows nothing of what is answered.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::info;

use crate::config::Config;
use crate::discord::api::client::Rest;
use crate::discord::{App, gateway};
use crate::http;
use crate::http::health::Loaded;
use crate::runtime::background;
use crate::store::Location;
use crate::telemetry;

/// Why the bot stopped.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Serves until SIGTERM or Ctrl-C. `http` is the address to take interactions at, with the public key that they are signed for;
/// `loaded` is what health tells of the knowledge, and `beside` what else goes on until the token that it is given is cancelled.
///
/// # Errors
/// When the runtime cannot start, or the gateway or the HTTP server ends with an error.
pub fn run<B>(
    config: &Config,
    app: App,
    loaded: Loaded,
    location: Location,
    http: Option<(SocketAddr, String)>,
    beside: impl FnOnce(CancellationToken) -> B,
) -> Result<(), Error>
where
    B: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start the runtime: {error}"))?;
    runtime.block_on(serve(config, app, loaded, location, http, beside))
}

async fn serve<B>(
    config: &Config,
    app: App,
    loaded: Loaded,
    location: Location,
    door: Option<(SocketAddr, String)>,
    beside: impl FnOnce(CancellationToken) -> B,
) -> Result<(), Error>
where
    B: Future<Output = ()> + Send + 'static,
{
    let shutdown = CancellationToken::new();
    tokio::spawn(signals(shutdown.clone())?);
    let mut doors: JoinSet<Result<(), Error>> = JoinSet::new();
    if config.token.is_some() {
        app.connections().expect();
    }
    if config.metrics.is_some() {
        // Before the first figure is set.
        http::metrics::begin();
    }
    let rest = Arc::new(Rest::new(config)?);
    let posting = config.token.is_some().then(|| rest.clone());
    let upkeep = tokio::spawn(background::run(location, &app, posting, &shutdown).await);
    if let Some(address) = config.metrics {
        let (app, rest, shutdown) = (app.clone(), rest.clone(), shutdown.clone());
        let loaded = loaded.clone();
        doors.spawn(
            async move { Ok(http::serve_metrics(address, app, rest, loaded, shutdown).await?) },
        );
    }
    if let Some((address, key)) = door {
        let (app, rest, shutdown) = (app.clone(), rest.clone(), shutdown.clone());
        let loaded = loaded.clone();
        doors.spawn(
            async move { Ok(http::serve(address, app, &key, rest, loaded, shutdown).await?) },
        );
    }
    if config.token.is_some() {
        let (app, shutdown) = (app.clone(), shutdown.clone());
        doors.spawn(async move { Ok(gateway::serve(rest, app, shutdown).await?) });
    }
    let beside = tokio::spawn(beside(shutdown.clone()));
    let mut result = Ok(());
    while let Some(ended) = doors.join_next().await {
        // One door that fails closes the others: whoever watches the process starts it again whole.
        shutdown.cancel();
        result = result.and(ended.unwrap_or_else(|error| Err(error.into())));
    }
    // A post that is being sent is finished first.
    let _ = upkeep.await;
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
