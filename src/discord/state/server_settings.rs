//! What a server has set, as far as it concerns its members: where the bot answers, and whether answers are private.
//!
//! Never holds an answer up: when the store does not tell in time, the settings that were read last hold, and answers are
//! given privately. Knows nothing of how settings are changed.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serenity::model::id::{ChannelId, GuildId};

use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::response::Response;
use crate::discord::state::settings_cache::SettingsCache;
use crate::store::settings::Settings;
use crate::store::{self, ServerId, Store};

/// How long an answer waits for the store. A read takes well under a millisecond; Discord gives 3 s for everything.
const PATIENCE: Duration = Duration::from_millis(400);

/// Commands that work in every channel: what members have a right to know, and what moderators do.
const ANYWHERE: &[&str] = &[
    "help",
    "privacy",
    "my-data",
    "settings",
    "digest",
    "knowledge",
    "trend-draft",
    "gaps",
    "stats",
    "export",
];

/// Channels named when a member is sent to another one.
const NAMED: usize = 10;

/// What holds where something was done.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// The settings; where the store does not tell them, those that were read last, or the defaults.
    pub settings: Arc<Settings>,
    /// Whether they hold for certain: else nothing is made public.
    pub certain: bool,
}

impl Default for ServerSettings {
    /// Where nothing can be set: direct messages, and servers that do not have the bot.
    fn default() -> Self {
        Self {
            settings: Arc::default(),
            certain: true,
        }
    }
}

impl ServerSettings {
    /// Where a member is sent whose server does not want answers in this channel; `None` where it does.
    pub fn elsewhere(&self, call: &InteractionContext, command: &str) -> Option<Response> {
        let allowed = &self.settings.allowed_channels;
        let here = [Some(call.channel), call.parent];
        let fits = allowed.is_empty()
            || ANYWHERE.contains(&command)
            || here
                .into_iter()
                .flatten()
                .any(|here| allowed.contains(&channel(here)));
        if fits {
            return None;
        }
        let names: Vec<String> = allowed
            .iter()
            .take(NAMED)
            .map(|id| format!("<#{id}>"))
            .collect();
        Some(Response::private(format!(
            "In this server I answer in {}. You can also ask me in a direct message.",
            names.join(", ")
        )))
    }
}

/// What holds for a call.
pub(crate) async fn known(
    recent: &SettingsCache,
    store: Option<&Store>,
    call: &InteractionContext,
) -> ServerSettings {
    match (store, call.guild.filter(|_| call.bot_in_server)) {
        (Some(store), Some(guild)) => {
            read(recent, store, guild)
                .await
                .unwrap_or_else(|| ServerSettings {
                    certain: false,
                    ..ServerSettings::default()
                })
        }
        _ => ServerSettings::default(),
    }
}

/// Whether the bot answers a mention in that channel. A thread is allowed with its channel, for which this is asked, too:
/// Discord does not say with a message whether its channel is a thread. An answer to a mention is public: where it is not known what the server wants,
/// there is none.
pub(crate) async fn answers_in(
    recent: &SettingsCache,
    store: Option<&Store>,
    guild: Option<GuildId>,
    here: ChannelId,
) -> bool {
    let Some(guild) = guild else { return true };
    let Some(store) = store else { return false };
    let Some(known) = read(recent, store, guild).await else {
        return false;
    };
    let allowed = &known.settings.allowed_channels;
    allowed.is_empty() || allowed.contains(&channel(here))
}

/// The day in the server's time zone; in UTC where its settings are not known.
pub(crate) async fn today(
    recent: &SettingsCache,
    store: &Store,
    guild: GuildId,
    now: Timestamp,
) -> Date {
    let zone = read(recent, store, guild)
        .await
        .map_or(TimeZone::UTC, |known| known.settings.time_zone());
    now.to_zoned(zone).date()
}

/// What a server has set, as it was read last where the store does not tell it in time.
async fn read(recent: &SettingsCache, store: &Store, guild: GuildId) -> Option<ServerSettings> {
    let server = id(guild);
    if let Some(settings) = recent.known(store, server) {
        return Some(ServerSettings {
            settings,
            certain: true,
        });
    }
    match tokio::time::timeout(PATIENCE, recent.settings(store, server)).await {
        Ok(Ok(settings)) => {
            return Some(ServerSettings {
                settings,
                certain: true,
            });
        }
        Ok(Err(error)) => tracing::warn!(%error, "settings cannot be read; answers are private"),
        Err(_) => tracing::warn!("settings are not read in time; answers are private"),
    }
    recent.last(store, server).map(|settings| ServerSettings {
        settings,
        certain: false,
    })
}

/// A server's id as the store has it.
pub fn id(guild: GuildId) -> ServerId {
    ServerId::new(guild.get())
}

/// A channel's id as the store has it.
pub fn channel(channel: ChannelId) -> store::ChannelId {
    store::ChannelId::new(channel.get())
}
