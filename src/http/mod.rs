//! The HTTP door: Discord posts interactions here instead of sending them over the gateway; health and figures beside it.
//!
//! TLS is left to a proxy in front. Knows signatures and bodies; the answers come from the same dispatch as over the gateway.

mod connections;
pub mod health;
pub mod interactions;
pub mod metrics;
pub mod multipart;
pub mod signature;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::discord::App;
use crate::discord::api::client::Rest;
use crate::http::health::{Loaded, Watched};
use crate::http::interactions::Door;
use crate::http::signature::Signature;

/// How long work that has begun may go on after the order to stop.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Whom a connection comes from: an extension of each of its requests.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Why the door can't be opened, or has closed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The public key is no point on the curve.
    #[error(
        "DISCORD_PUBLIC_KEY is not a public key: copy it from the application's General Information page"
    )]
    PublicKey,
    /// The address can't be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        error: io::Error,
    },
}

/// Serves `POST /interactions` and `/health/...` until `shutdown`, and then until the work that has begun is done.
/// `public_key` is 64 hex digits; `rest` is used for what follows the first responses.
///
/// # Errors
/// When the key or the address can't be used.
pub async fn serve(
    address: SocketAddr,
    app: App,
    public_key: &str,
    rest: Arc<Rest>,
    loaded: Loaded,
    shutdown: CancellationToken,
) -> Result<(), Error> {
    let signature = Signature::new(public_key).ok_or(Error::PublicKey)?;
    let health = health::routes(Watched {
        app: app.clone(),
        rest: rest.clone(),
        loaded,
    });
    let door = Door::new(app, signature, rest);
    let work = door.work();
    let router = Router::new()
        .route("/interactions", post(interactions::handle))
        .with_state(door)
        .merge(health);
    listen(address, "interactions", router, shutdown).await?;
    work.close();
    if timeout(DRAIN_TIME, work.wait()).await.is_err() {
        warn!(unfinished = work.len(), "stopped before all work was done");
    }
    Ok(())
}

/// Serves `/health/...` and `/metrics` alone, for `CAREERBOT_METRICS`, until `shutdown`.
///
/// # Errors
/// When the address can't be used.
pub async fn serve_metrics(
    address: SocketAddr,
    app: App,
    rest: Arc<Rest>,
    loaded: Loaded,
    shutdown: CancellationToken,
) -> Result<(), Error> {
    let watched = Watched { app, rest, loaded };
    let looked = watched.clone();
    let figures = move || {
        let watched = looked.clone();
        async move {
            // Before anything is rendered: the figures of the parts are set by looking.
            metrics::begin();
            watched.look().await;
            metrics::render()
        }
    };
    let router = Router::new()
        .route("/metrics", get(figures))
        .merge(health::routes(watched));
    listen(address, "metrics", router, shutdown).await
}

/// Serves these routes until `shutdown`; `serves` names them in the log.
///
/// # Errors
/// When the address can't be used.
pub async fn listen(
    address: SocketAddr,
    serves: &str,
    router: Router,
    shutdown: CancellationToken,
) -> Result<(), Error> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| Error::Listen { address, error })?;
    let upkeep = tokio::spawn(metrics::upkeep());
    info!(address = %listener.local_addr().unwrap_or(address), serves, "listening");
    serve_on(listener, router, &shutdown).await;
    upkeep.abort();
    Ok(())
}

/// Serves these routes on a socket that listens already, until `shutdown`.
pub async fn serve_on(listener: TcpListener, router: Router, shutdown: &CancellationToken) {
    connections::serve(listener, router, shutdown).await;
}
