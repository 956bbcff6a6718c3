//! Servers that removed the bot: noted when Discord says so and at each login, and deleted a while later.
//!
//! Knows when Discord tells which servers there are; how long a server may be missing stands in the store.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serenity::model::id::GuildId;
use tracing::{info, warn};

use crate::discord::app::App;
use crate::discord::state::server_settings;
use crate::store::ServerId;
use crate::store::absences::{ABSENT_DAYS, Shard};

/// How often those that are missing are looked at.
const LOOK: Duration = Duration::from_secs(24 * 3_600);

/// The servers that were missing at the logins of this program, and have not come back since.
#[derive(Debug, Clone, Default)]
pub(crate) struct Departures(Arc<Mutex<HashSet<ServerId>>>);

impl Departures {
    /// A login: Discord has named the servers that the bot is in.
    pub(crate) async fn login(&self, app: &App, present: &[GuildId], shard: Shard) {
        let Some(store) = app.store() else { return };
        let present: Vec<ServerId> = present
            .iter()
            .map(|guild| server_settings::id(*guild))
            .collect();
        match store.note_absences(&present, shard, Timestamp::now()).await {
            Ok(missing) => {
                let mut known = self.lock();
                known.retain(|server| !shard.holds(*server));
                known.extend(missing);
            }
            Err(error) => {
                warn!(%error, "servers that are missing are not noted; the next login does it")
            }
        }
        self.look(app).await;
    }

    /// Discord says that the bot was removed from a server. It has said so in outages, too: what is kept for the server rests
    /// until it is back, and is deleted a while later. Tried a few times: nobody is left there who could ask again.
    pub(crate) async fn gone(&self, app: &App, guild: GuildId) {
        let server = server_settings::id(guild);
        self.lock().insert(server);
        let Some(store) = app.store() else { return };
        let mut pause = Duration::from_secs(1);
        for _ in 0..5 {
            match store.note_removal(server, Timestamp::now()).await {
                Ok(()) => {
                    info!(server = %guild, days = ABSENT_DAYS, "removed from a server; what concerns it rests, and is deleted unless it is back by then");
                    return;
                }
                Err(error) => {
                    warn!(server = %guild, %error, "removed from a server, which is not noted yet")
                }
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }

    /// A server is there, perhaps again.
    pub(crate) async fn back(&self, app: &App, guild: GuildId) {
        let server = server_settings::id(guild);
        // Discord names every server after a login: only those that were missing are worth a word to the store.
        if !self.lock().remove(&server) {
            return;
        }
        let Some(store) = app.store() else { return };
        if let Err(error) = store.is_back(server).await {
            warn!(%error, "a server that is back is noted as missing; the next login mends it");
        }
    }

    /// Looks once a day.
    pub(crate) async fn daily(&self, app: &App) {
        loop {
            tokio::time::sleep(LOOK).await;
            self.look(app).await;
        }
    }

    async fn look(&self, app: &App) {
        let Some(store) = app.store() else { return };
        let missing: Vec<ServerId> = self.lock().iter().copied().collect();
        if missing.is_empty() {
            return;
        }
        match store.forget_absent(&missing, Timestamp::now()).await {
            Ok(0) => {}
            Ok(servers) => info!(
                servers,
                "removed a week ago; what concerned these servers is deleted"
            ),
            Err(error) => warn!(%error, "servers that are missing are not deleted yet"),
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<ServerId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
