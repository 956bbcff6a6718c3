//! The gateway: events come in over serenity's WebSocket, responses go out over [`Rest`].
//!
//! Asks for no privileged intent: messages that mention the bot carry their text without one. Knows nothing of what is answered.
//!
//! Two ways of serenity 0.12.5 are left as they are. It resumes at the address that it first connected to, not at READY's
//! `resume_gateway_url`: Discord takes that too, and an address of one machine of Discord's could be gone when it is needed.
//! And a close frame without a code, which Discord does not send, is noticed only at the next heartbeat.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{Context, Event, GatewayIntents, RawEventHandler, UnknownEvent};
use serenity::async_trait;
use serenity::futures::StreamExt as _;
use serenity::gateway::{GatewayError, ShardManager, ShardManagerOptions};
use serenity::model::channel::Message as ChannelMessage;
use serenity::model::id::{ApplicationId, GuildId, UserId};
use tokio::sync::{Mutex, SetOnce};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{debug, error, info, warn};

use crate::discord::absent::Absent;
use crate::discord::door::{self, Delivered, Envelope};
use crate::discord::mention::{self, Heard};
use crate::discord::register::register;
use crate::discord::rest::{self, GatewayBot, RESPONSE_TIME, Rest};
use crate::discord::{App, First, commands, server, share};
use crate::store::absences::Shard;
use crate::store::deeds::{Deed, Part, under};

/// Servers, to learn when the bot is removed from one; messages of servers and direct messages, for mentions. Interactions come without any intent. None of these is privileged.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// The kinds of events that something is done with. What is said of others can be missed.
const USED: [&str; 6] = ["READY", "RESUMED", "GUILD_CREATE", "GUILD_DELETE", "INTERACTION_CREATE", "MESSAGE_CREATE"];

/// How long work that has begun may go on after the order to stop.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Longest pause between two attempts to reach Discord at the start.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Why the gateway ended.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A call that the start needs has failed for good.
    #[error(transparent)]
    Rest(#[from] rest::Error),
    /// Discord does not accept the token.
    #[error(
        "Discord refuses DISCORD_TOKEN: reset the token on the Bot page of https://discord.com/developers/applications and set the new one"
    )]
    Token,
    /// Discord closed the gateway for good.
    #[error("Discord's gateway has closed for good: {0}")]
    Closed(String),
}

/// Serves until `shutdown`, and then until the work that has begun is done.
///
/// # Errors
/// When there is no token or Discord refuses it. What can pass, such as a failing network, is waited out instead.
pub async fn serve(rest: Arc<Rest>, app: App, shutdown: CancellationToken) -> Result<(), Error> {
    let Some((application, gateway)) = start(&rest, &shutdown).await? else { return Ok(()) };
    let tracker = TaskTracker::new();
    let registering = registration(rest.clone(), application, shutdown.clone());
    let registering = tokio::spawn(registering);
    let absent = Absent::default();
    let looking = tokio::spawn({
        let (app, absent) = (app.clone(), absent.clone());
        async move { absent.daily(&app).await }
    });
    let events =
        Events { app, rest: rest.clone(), tracker: tracker.clone(), bot: SetOnce::new(), absent: absent.clone() };
    let (manager, mut ended) = ShardManager::new(ShardManagerOptions {
        data: Arc::default(),
        event_handlers: Vec::new(),
        raw_event_handlers: vec![Arc::new(events)],
        shard_index: 0,
        shard_init: gateway.shards,
        shard_total: gateway.shards,
        // Handed over, because serenity's own client falls back to the public address when it can't ask for it.
        ws_url: Arc::new(Mutex::new(gateway.url)),
        http: Arc::new(rest.serenity()),
        intents: INTENTS,
        presence: None,
    });
    manager.initialize().map_err(|error| Error::Closed(error.to_string()))?;
    let result = tokio::select! {
        () = shutdown.cancelled() => Ok(()),
        value = ended.next() => match value {
            Some(Err(GatewayError::InvalidAuthentication)) => Err(Error::Token),
            Some(Err(error)) => Err(Error::Closed(error.to_string())),
            Some(Ok(())) | None => Err(Error::Closed("it ended by itself".to_owned())),
        },
    };
    if result.is_ok() {
        info!("stopping");
        manager.shutdown_all().await;
    }
    registering.abort();
    looking.abort();
    tracker.close();
    if timeout(DRAIN_TIME, tracker.wait()).await.is_err() {
        warn!(unfinished = tracker.len(), "stopped before all work was done");
    }
    info!("stopped");
    result
}

/// Finds the application and the gateway, however long Discord is away; `None` when it is time to stop.
async fn start(rest: &Rest, shutdown: &CancellationToken) -> Result<Option<(ApplicationId, GatewayBot)>, Error> {
    let mut pause = Duration::from_secs(1);
    loop {
        let asked = async {
            let application = rest.application().await?;
            Ok((application, rest.gateway().await?))
        };
        let asked: Result<_, rest::Error> =
            tokio::select! { asked = asked => asked, () = shutdown.cancelled() => return Ok(None) };
        let wait = match asked {
            Ok((application, gateway)) if gateway.session_start_limit.remaining > 0 => {
                return Ok(Some((application, gateway)));
            }
            Ok((_, gateway)) => {
                let wait = Duration::from_millis(gateway.session_start_limit.reset_after);
                warn!(seconds = wait.as_secs(), "no logins are left today; waiting");
                wait
            }
            Err(error) if error.status() == Some(401) => return Err(Error::Token),
            Err(error @ (rest::Error::NotSent { .. } | rest::Error::NoToken)) => return Err(error.into()),
            Err(error) => {
                warn!(%error, seconds = pause.as_secs(), "Discord is out of reach; trying again");
                let wait = pause;
                pause = (pause * 2).min(LONGEST_PAUSE);
                wait
            }
        };
        tokio::select! { () = tokio::time::sleep(wait) => {}, () = shutdown.cancelled() => return Ok(None) }
    }
}

/// Registers the commands; without success the old ones go on working, so that it is tried again and nothing else waits for it.
async fn registration(rest: Arc<Rest>, application: ApplicationId, shutdown: CancellationToken) {
    let mut pause = Duration::from_secs(5);
    while !shutdown.is_cancelled() {
        match register(&rest, application, &commands()).await {
            Ok(_) => return,
            Err(error) => {
                error!(%error, seconds = pause.as_secs(), "commands are not registered; trying again");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE * 30);
            }
        }
    }
}

/// What is done with each event. serenity calls it in a task of its own for each.
struct Events {
    app: App,
    rest: Arc<Rest>,
    tracker: TaskTracker,
    bot: SetOnce<UserId>,
    absent: Absent,
}

#[async_trait]
impl RawEventHandler for Events {
    async fn raw_event(&self, _: Context, event: Event) {
        let received = Instant::now();
        let work = async {
            match event {
                Event::InteractionCreate(event) => {
                    let interaction = event.interaction;
                    self.interaction(Envelope::of(&interaction), Some(interaction), received).await;
                }
                Event::MessageCreate(event) => self.message(event.message).await,
                Event::Ready(event) => {
                    // Also after each new login: commands are not registered here.
                    let _ = self.bot.set(event.ready.user.id);
                    info!(
                        shard = event.ready.shard.map_or(0, |shard| shard.id.0),
                        servers = event.ready.guilds.len(),
                        "ready"
                    );
                    let present: Vec<GuildId> = event.ready.guilds.iter().map(|guild| guild.id).collect();
                    let shard = event.ready.shard.map_or(Shard { number: 0, total: 1 }, |shard| Shard {
                        number: shard.id.0,
                        total: shard.total,
                    });
                    self.absent.login(&self.app, &present, shard).await;
                }
                Event::GuildCreate(event) => self.absent.back(&self.app, event.guild.id).await,
                // An outage makes a server unavailable, which is no removal.
                Event::GuildDelete(event) if !event.guild.unavailable => self.removed(event.guild.id).await,
                Event::Resumed(_) => info!("resumed"),
                Event::Unknown(event) => self.unknown(&event, received).await,
                _ => {}
            }
        };
        self.tracker.track_future(work).await;
    }
}

impl Events {
    async fn interaction(
        &self,
        envelope: Envelope,
        interaction: Option<serenity::all::Interaction>,
        received: Instant,
    ) {
        let reply = door::reply(&self.app, &envelope, interaction.as_ref()).await;
        match self.deliver(&envelope, &reply.first, received + RESPONSE_TIME).await {
            Ok(Delivered::AsMeant) => {
                metrics::histogram!("careerbot_response_seconds").record(received.elapsed().as_secs_f64());
                door::follow(&self.app, &self.rest, &envelope, reply.then).await;
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
    async fn deliver(&self, envelope: &Envelope, first: &First, until: Instant) -> Result<Delivered, rest::Error> {
        let give = async |first: &First| self.rest.respond(envelope.id, &envelope.token, first, until).await;
        let Err(mut error) = give(first).await else { return Ok(Delivered::AsMeant) };
        for (other, delivered) in door::instead(envelope, first) {
            if !door::is_refusal(&error) {
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

    /// Deletes what concerns a server that has removed the bot. Tried a few times: nobody is left there who could ask again.
    async fn removed(&self, guild: GuildId) {
        let Some(store) = self.app.store() else { return };
        let mut pause = Duration::from_secs(1);
        for _ in 0..5 {
            match store.delete_server(server::id(guild)).await {
                Ok(()) => {
                    self.app.entries().forget(server::id(guild));
                    info!(server = %guild, "removed from a server; what concerned it is deleted");
                    return;
                }
                Err(error) => error!(server = %guild, %error, "removed from a server; its records are not deleted yet"),
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }

    async fn message(&self, message: ChannelMessage) {
        // READY and the first message are handled in tasks of their own: the message may be first.
        let bot = *self.bot.wait().await;
        let heard = Heard::of(&message, bot);
        if !heard.speaks_to_bot() {
            return;
        }
        if !server::answers_in(&self.app, heard.guild, heard.channel).await {
            return;
        }
        let now = jiff::Timestamp::now();
        let deed = Deed::new(message.id.get(), Part::Whole, now);
        let Some(reply) = under(deed, mention::reply(&self.app, &heard, now)).await else { return };
        // The nonce is the message's own id: a reply is posted once, even if Discord repeats the event.
        let posted =
            door::post(&self.rest, message.channel_id, &reply, Some(message.id), &message.id.to_string()).await;
        if let Err(error) = posted {
            // A deleted channel or a missing right: there is no place to say it, and the member sees that nothing comes.
            warn!(channel = %message.channel_id, %error, "a mention is not answered");
        }
    }

    /// Events that serenity could not decode, or does not know. A lost interaction is answered all the same, and a server that
    /// is there again is noted.
    async fn unknown(&self, event: &UnknownEvent, received: Instant) {
        if !USED.contains(&event.kind.as_str()) {
            debug!(kind = %event.kind, "event of a kind that is not used");
            return;
        }
        metrics::counter!("careerbot_gateway_undecodable_total", "kind" => event.kind.clone()).increment(1);
        warn!(kind = %event.kind, "event cannot be decoded");
        match event.kind.as_str() {
            "INTERACTION_CREATE" => {
                let Some(envelope) = Envelope::of_json(&event.value) else { return };
                self.interaction(envelope, None, received).await;
            }
            // A server is a large thing to decode, and its records would be deleted if it went on as missing.
            "GUILD_CREATE" => {
                let id = event.value["id"].as_str().and_then(|id| id.parse::<std::num::NonZeroU64>().ok());
                let Some(id) = id else { return };
                self.absent.back(&self.app, id.into()).await;
            }
            _ => {}
        }
    }
}
