//! What is done with each event of the gateway: interactions and mentions are answered, servers noted.
//!
//! An event is read as far as it is needed: whatever else stands in it can have any form. Knows nothing of connections.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use serenity::model::application::Interaction;
use serenity::model::id::{GuildId, UserId};
use tokio::sync::SetOnce;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;
use tracing::{debug, error, info, warn};

use crate::discord::api::client::{self, RESPONSE_TIME, Rest};
use crate::discord::app::App;
use crate::discord::gateway::departures::Departures;
use crate::discord::gateway::threads::Threads;
use crate::discord::interaction::decode;
use crate::discord::interaction::delivery::{self, Delivered, Envelope};
use crate::discord::interaction::response::InitialResponse;
use crate::discord::members::mention::{self, Heard};
use crate::discord::members::share;
use crate::discord::router::respond;
use crate::discord::state::connections::Connections;
use crate::store::absences::Shard;
use crate::store::deeds::{Deed, Part, under};

/// What is done with events.
pub(super) struct Events {
    app: App,
    rest: Arc<Rest>,
    tracker: TaskTracker,
    bot: SetOnce<UserId>,
    absent: Departures,
    threads: Threads,
}

/// What is used of READY.
#[derive(Deserialize)]
struct Ready {
    user: Known<UserId>,
    guilds: Vec<Known<GuildId>>,
}

/// What is used of a server, or of a user.
#[derive(Deserialize)]
struct Known<T> {
    id: T,
    #[serde(default)]
    unavailable: bool,
}

impl Events {
    /// Events answered by `app` through `rest`, each in a task that `tracker` waits for.
    pub(super) fn new(app: App, rest: Arc<Rest>, tracker: TaskTracker, absent: Departures) -> Self {
        Self {
            app,
            rest,
            tracker,
            bot: SetOnce::new(),
            absent,
            threads: Threads::default(),
        }
    }

    /// Who answers.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// The state of the connections.
    pub(super) fn connections(&self) -> &Connections {
        self.app.connections()
    }

    /// Does what an event that came to this shard asks for, in a task of its own. Events of kinds that are not used cost nothing.
    pub(super) fn take(self: &Arc<Self>, shard: Shard, kind: String, data: String) {
        let received = Instant::now();
        let events = self.clone();
        self.tracker
            .spawn(async move { events.done(shard, &kind, &data, received).await });
    }

    async fn done(&self, shard: Shard, kind: &str, data: &str, received: Instant) {
        let read = match kind {
            "INTERACTION_CREATE" => {
                self.interaction_create(data, received).await;
                true
            }
            "MESSAGE_CREATE" => self.message_create(data).await,
            "READY" => self.ready(shard, data).await,
            "GUILD_CREATE" => match serde_json::from_str::<Known<GuildId>>(data) {
                Ok(guild) => {
                    self.absent.back(&self.app, guild.id).await;
                    true
                }
                Err(_) => false,
            },
            "GUILD_DELETE" => match serde_json::from_str::<Known<GuildId>>(data) {
                // An outage makes a server unavailable, which is no removal.
                Ok(guild) if guild.unavailable => true,
                Ok(guild) => {
                    self.absent.gone(&self.app, guild.id).await;
                    true
                }
                Err(_) => false,
            },
            "RESUMED" => {
                info!("resumed");
                true
            }
            _ => {
                debug!(%kind, "event of a kind that is not used");
                true
            }
        };
        if !read {
            undecodable(kind);
        }
    }

    /// Also after each new login: commands are not registered here. Which servers are missing is judged by the shard that was logged
    /// in, whatever READY says of it: one that were taken for all of them would miss all others' servers.
    async fn ready(&self, shard: Shard, data: &str) -> bool {
        let Ok(ready) = serde_json::from_str::<Ready>(data) else {
            return false;
        };
        let _ = self.bot.set(ready.user.id);
        info!(shard = shard.number, servers = ready.guilds.len(), "ready");
        let present: Vec<GuildId> = ready.guilds.iter().map(|guild| guild.id).collect();
        self.absent.login(&self.app, &present, shard).await;
        true
    }

    /// One that cannot be decoded is answered all the same, as far as it says where.
    async fn interaction_create(&self, data: &str, received: Instant) {
        if let Ok(interaction) = decode::interaction(data.as_bytes()) {
            return self
                .interaction(Envelope::of(&interaction), Some(interaction), received)
                .await;
        }
        undecodable("INTERACTION_CREATE");
        let value: Value = serde_json::from_str(data).unwrap_or_default();
        if let Some(envelope) = Envelope::of_json(&value) {
            self.interaction(envelope, None, received).await;
        }
    }

    async fn interaction(
        &self,
        envelope: Envelope,
        interaction: Option<Interaction>,
        received: Instant,
    ) {
        let reply = respond::respond(&self.app, &envelope, interaction.as_ref()).await;
        match self
            .deliver(&envelope, &reply.first, received + RESPONSE_TIME)
            .await
        {
            Ok(Delivered::AsMeant) => {
                metrics::histogram!("careerbot_response_seconds")
                    .record(received.elapsed().as_secs_f64());
                respond::follow(&self.app, &self.rest, &envelope, reply.then).await;
            }
            // What was to follow would follow on an apology.
            Ok(Delivered::Apology) => share::failed(&self.app, interaction.as_ref()),
            Err(error) => {
                metrics::counter!("careerbot_interactions_lost_total").increment(1);
                error!(interaction = %envelope.id, %error, elapsed_ms = received.elapsed().as_millis(), "response not delivered");
                share::failed(&self.app, interaction.as_ref());
            }
        }
    }

    /// Gives the first response; where Discord refuses it, the same in bare text, and where it refuses that, an apology. Nothing
    /// can be said once the interaction is over.
    async fn deliver(
        &self,
        envelope: &Envelope,
        first: &InitialResponse,
        until: Instant,
    ) -> Result<Delivered, client::Error> {
        let give = async |first: &InitialResponse| {
            self.rest
                .respond(
                    envelope.id,
                    &envelope.token,
                    first.body(),
                    first.files(),
                    until,
                )
                .await
        };
        let Err(mut error) = give(first).await else {
            return Ok(Delivered::AsMeant);
        };
        for (other, delivered) in delivery::instead(envelope, first) {
            if !delivery::is_refusal(&error) {
                break;
            }
            warn!(interaction = %envelope.id, %error, "a response is refused; giving a plainer one");
            match give(&other).await {
                Ok(()) => return Ok(delivered),
                Err(next) => error = next,
            }
        }
        Err(error)
    }

    /// Whether the server wants answers in that channel, or in the one that it is a thread of.
    async fn answers_in(&self, heard: &Heard) -> bool {
        let answers = async |channel| self.app.answers_in(heard.guild, channel).await;
        if answers(heard.channel).await {
            return true;
        }
        match self.threads.parent(&self.rest, heard.channel).await {
            Some(parent) => answers(parent).await,
            None => false,
        }
    }

    async fn message_create(&self, data: &str) -> bool {
        let Ok(value) = serde_json::from_str::<Value>(data) else {
            return false;
        };
        // READY and the first message are handled in tasks of their own: the message may be first.
        let bot = *self.bot.wait().await;
        let Some((id, heard)) = Heard::of_json(&value, bot) else {
            return false;
        };
        if !heard.speaks_to_bot() || !self.answers_in(&heard).await {
            return true;
        }
        let now = jiff::Timestamp::now();
        let deed = Deed::new(id.get(), Part::Whole, now);
        let Some(reply) = under(deed, mention::reply(&self.app, &heard, now)).await else {
            return true;
        };
        // The nonce is the message's own id: a reply is posted once, even if Discord repeats the event.
        let posted =
            delivery::post(&self.rest, heard.channel, &reply, Some(id), &id.to_string()).await;
        if let Err(error) = posted {
            // A deleted channel or a missing right: there is no place to say it, and the member sees that nothing comes.
            warn!(channel = %heard.channel, %error, "a mention is not answered");
        }
        true
    }
}

fn undecodable(kind: &str) {
    metrics::counter!("careerbot_gateway_undecodable_total", "kind" => kind.to_owned())
        .increment(1);
    warn!(%kind, "event cannot be decoded");
}
