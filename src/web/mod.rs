//! A page in the browser that plays Discord: a demo server for each visitor, with the real commands and the real replies.
//!
//! What a visitor does becomes the interaction that Discord would send, and takes the same way as one of Discord's. What the
//! program sends later (edits, follow-ups, posts) goes over its usual client to `loopback`, which is the demo's Discord on
//! this machine. Nothing is kept: servers are in memory, and forgotten. Knows nothing of what is answered.

pub mod demo;
mod door;
pub mod keys;
mod loopback;
mod pace;
mod pages;
mod payload;
mod server;
mod visitors;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::http::{self, Error};
use crate::web::demo::Demo;

/// Serves the demo's Discord on a socket of this machine, until `shutdown`.
pub async fn serve_discord(demo: Arc<Demo>, listener: TcpListener, shutdown: CancellationToken) {
    http::serve_on(listener, loopback::router(demo), &shutdown).await;
}

/// Serves the page until `shutdown`.
///
/// # Errors
/// When the address can't be used.
pub async fn serve(
    demo: Arc<Demo>,
    address: SocketAddr,
    shutdown: CancellationToken,
) -> Result<(), Error> {
    let router = Router::new()
        .route("/come", post(door::come))
        .route("/act", post(door::act))
        .route("/say", post(door::say))
        .route("/news/{since}", get(door::news))
        .route("/files/{key}/{name}", get(door::file))
        .with_state(demo.clone())
        .merge(pages::routes())
        .layer(from_fn(pages::headers));
    tokio::select! {
        served = http::listen(address, "a page to try careerbot at", router, shutdown.clone()) => served?,
        () = demo.sweep() => {}
    }
    demo.work.close();
    demo.work.wait().await;
    Ok(())
}
