//! `careerbot serve`: Discord, over the gateway, over HTTP, or both. The one place where all rooms are put together.
//!
//! With a token the gateway is served; with `--http` the HTTP door. Knows nothing of what is answered.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::info;

use crate::cli::failure::Failure;
use crate::cli::reload::{self, Reloader};
use crate::cli::{keep, notify, open};
use crate::config::Config;
use crate::discord::rest::Rest;
use crate::discord::{App, gateway};
use crate::http;
use crate::http::health::Loaded;
use crate::store::Location;
use crate::telemetry;

/// What `careerbot serve` is told.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Take interactions over HTTP at this address, such as 127.0.0.1:8080; needs DISCORD_PUBLIC_KEY
    #[arg(long, value_name = "ADDR")]
    http: Option<SocketAddr>,
}

/// Serves until SIGTERM or Ctrl-C.
pub fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    if config.token.is_none() && args.http.is_none() {
        return Err(Failure::Usage("DISCORD_TOKEN is not set: put the bot's token into .env (see .env.example), or serve over HTTP with --http".to_owned()));
    }
    let door = match (args.http, &config.public_key) {
        (Some(_), None) => {
            return Err(Failure::Usage("DISCORD_PUBLIC_KEY is not set: --http needs it to know Discord's requests (General Information page of the application)".to_owned()));
        }
        (Some(address), Some(key)) => Some((address, key.clone())),
        (None, _) => None,
    };
    let location = open::store(config)?;
    let (advisor, loaded) = open::serving(config)?;
    let app = App::new(Arc::new(advisor));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    runtime
        .block_on(serve(config, app, loaded, location, door))
        .map_err(Failure::Other)
}

async fn serve(
    config: &Config,
    app: App,
    loaded: Loaded,
    location: Location,
    door: Option<(SocketAddr, String)>,
) -> anyhow::Result<()> {
    let shutdown = CancellationToken::new();
    tokio::spawn(signals(shutdown.clone())?);
    let mut doors: JoinSet<anyhow::Result<()>> = JoinSet::new();
    if config.token.is_some() {
        app.lines().expect();
    }
    let reloader = Reloader::new(config, app.clone(), loaded.clone());
    let rest = Arc::new(Rest::new(config)?);
    let posting = config.token.is_some().then(|| rest.clone());
    let kept = tokio::spawn(keep::store(location, &app, posting, &shutdown).await);
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
    tokio::spawn(notify::run(shutdown.clone()));
    let orders = tokio::spawn(reload::run(reloader, shutdown.clone()));
    let mut result = Ok(());
    while let Some(ended) = doors.join_next().await {
        // One door that fails closes the others: whoever watches the process starts it again whole.
        shutdown.cancel();
        result = result.and(ended.unwrap_or_else(|error| Err(error.into())));
    }
    // A post that is being sent is finished first.
    let _ = kept.await;
    let _ = orders.await;
    if let Some(store) = app.store() {
        store.close().await;
    }
    result
}

/// Cancels when the process is told to stop; a second signal ends it at once.
fn signals(shutdown: CancellationToken) -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal;
    #[cfg(unix)]
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())
        .context("cannot wait for SIGTERM")?;
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
