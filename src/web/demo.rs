//! The demo: who is there, the program that answers them, and how much they may do.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;
use tracing::warn;

use crate::discord::api::client::Rest;
use crate::discord::state::server_settings;
use crate::discord::{App, commands};
use crate::store::UserId;
use crate::web::pace::{self, Buckets};
use crate::web::server;
use crate::web::visitors::{Visitors, lock};

/// The program's user and application in the demo.
pub(super) const PROGRAM: u64 = 1_000_000_000_000_000_001;
/// Most answers at once: visitors must not take the machine from those whom the program serves.
const AT_ONCE: usize = 16;
/// How often servers are looked at that nobody uses any more.
const SWEEP: Duration = Duration::from_secs(60);

/// The demo: who is there, and the program that answers them.
pub struct Demo {
    pub(super) app: App,
    pub(super) rest: Arc<Rest>,
    pub(super) token: String,
    pub(super) visitors: Visitors,
    pub(super) commands: Value,
    pub(super) come: Buckets,
    pub(super) act: Buckets,
    pub(super) look: Buckets,
    pub(super) places: Arc<Semaphore>,
    pub(super) work: TaskTracker,
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

    /// Forgets servers that nobody uses any more, and what the store has of them.
    pub(super) async fn sweep(&self) {
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
