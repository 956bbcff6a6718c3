//! A page in the browser that plays Discord: a demo server for each visitor, with the real commands and the real replies.
//!
//! What a visitor does becomes the interaction that Discord would send, and takes the same way as one of Discord's. What the
//! program sends later (edits, follow-ups, posts) goes over its usual client to `loopback`, which is the demo's Discord on
//! this machine. Nothing is kept: servers are in memory, and forgotten. Knows nothing of what is answered.

mod door;
mod loopback;
mod pace;
mod pages;
mod payload;
mod server;
mod visitors;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::warn;

use crate::discord::api::client::Rest;
use crate::discord::state::server_settings;
use crate::discord::{App, commands};
use crate::http::{self, Error};
use crate::store::UserId;
use crate::web::pace::Buckets;
use crate::web::visitors::{Visitors, lock};

/// The program's user and application in the demo.
const PROGRAM: u64 = 1_000_000_000_000_000_001;
/// Most answers at once: visitors must not take the machine from those whom the program serves.
const AT_ONCE: usize = 16;
/// How often servers are looked at that nobody uses any more.
const SWEEP: Duration = Duration::from_secs(60);

/// The demo: who is there, and the program that answers them.
pub struct Demo {
    app: App,
    rest: Arc<Rest>,
    token: String,
    visitors: Visitors,
    commands: Value,
    come: Buckets,
    act: Buckets,
    look: Buckets,
    places: Arc<Semaphore>,
    work: TaskTracker,
}

/// 128 bits that nobody can guess, as 32 hex digits.
pub fn random() -> String {
    let mut bytes = [0; 16];
    // Without randomness of the system nothing else in the program is safe either; the time at least differs.
    if getrandom::fill(&mut bytes).is_err() {
        bytes = jiff::Timestamp::now().as_nanosecond().to_le_bytes();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Demo {
    /// A demo in which `app` answers, and reaches its Discord over `rest`, which has this token.
    pub fn new(app: App, rest: Arc<Rest>, token: String) -> Arc<Self> {
        Arc::new(Self {
            app,
            rest,
            token,
            visitors: Visitors::default(),
            commands: serde_json::to_value(commands()).unwrap_or_default(),
            come: Buckets::new(pace::COME),
            act: Buckets::new(pace::ACT),
            look: Buckets::new(pace::LOOK),
            places: Arc::new(Semaphore::new(AT_ONCE)),
            work: TaskTracker::new(),
        })
    }

    /// Serves the demo's Discord on a socket of this machine, until `shutdown`.
    pub async fn loopback(self: Arc<Self>, listener: TcpListener, shutdown: CancellationToken) {
        http::serve_on(listener, loopback::router(self), &shutdown).await;
    }

    /// Serves the page until `shutdown`.
    ///
    /// # Errors
    /// When the address can't be used.
    pub async fn page(
        self: Arc<Self>,
        address: SocketAddr,
        shutdown: CancellationToken,
    ) -> Result<(), Error> {
        let router = Router::new()
            .route("/come", post(door::come))
            .route("/act", post(door::act))
            .route("/say", post(door::say))
            .route("/news/{since}", get(door::news))
            .route("/files/{key}/{name}", get(door::file))
            .with_state(self.clone())
            .merge(pages::routes())
            .layer(from_fn(pages::headers));
        tokio::select! {
            served = http::listen(address, "a page to try careerbot at", router, shutdown.clone()) => served?,
            () = self.sweep() => {}
        }
        self.work.close();
        self.work.wait().await;
        Ok(())
    }

    /// Forgets servers that nobody uses any more, and what the store has of them.
    async fn sweep(&self) {
        loop {
            tokio::time::sleep(SWEEP).await;
            for server in self.visitors.sweep(Instant::now()) {
                let (id, people) = {
                    let server = lock(&server);
                    (
                        server.id,
                        server::Part::ALL.map(|part| server.user_id(part)),
                    )
                };
                let Some(store) = self.app.store() else {
                    continue;
                };
                let mut done = store.delete_server(server_settings::id(id.into())).await;
                for person in people {
                    done = done.and(store.delete_member(UserId::new(person)).await.map(drop));
                }
                if let Err(error) = done {
                    warn!(%error, "a demo server is not deleted from the demo's store; it goes when the program stops");
                }
            }
        }
    }
}
