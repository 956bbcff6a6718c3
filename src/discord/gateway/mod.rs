//! The gateway: events come in over WebSockets, responses go out over [`Rest`].
//!
//! Asks for no privileged intent: messages that mention the bot carry their text without one. Knows nothing of what is answered.

mod close;
pub(crate) mod departures;
mod events;
mod logins;
mod plan;
pub mod registration;
pub mod setup_check;
mod shard;
mod socket;
mod threads;

use std::sync::Arc;
use std::time::Duration;

use serenity::model::gateway::GatewayIntents;
use serenity::model::id::ApplicationId;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, info, warn};

use crate::config::shards::Shards;
use crate::discord::api::client::{self, GatewayBot, Rest};
use crate::discord::app::App;
use crate::discord::gateway::departures::Departures;
use crate::discord::gateway::events::Events;
use crate::discord::gateway::logins::Logins;
use crate::discord::gateway::plan::Plan;
use crate::discord::gateway::registration::{NotRegistered, register};
use crate::discord::gateway::setup_check::invitation;
use crate::discord::gateway::shard::{Ended, Shard};
use crate::discord::router::commands::commands;

/// Servers, to learn when the bot is removed from one; messages of servers and direct messages, for mentions. Interactions come without any intent. None of these is privileged.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES);

/// How long work that has begun may go on after the order to stop.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Longest pause between two attempts to reach Discord at the start.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How long to wait before Discord is asked how many shards it wants.
const REPLAN: Duration = Duration::from_secs(5);

/// Why the gateway ended.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A call that the start needs has failed for good.
    #[error(transparent)]
    Rest(#[from] client::Error),
    /// Discord does not accept the token.
    #[error(
        "Discord refuses DISCORD_TOKEN: reset the token on the Bot page of https://discord.com/developers/applications and set the new one"
    )]
    Token,
    /// Discord closed the gateway for good.
    #[error("Discord's gateway has closed for good: {0}")]
    Closed(String),
}

/// Serves `shards`, all where none are given, until `shutdown`, and then until the work that has begun is done.
///
/// # Errors
/// When there is no token or Discord refuses it, or closes the gateway for good. What can pass, such as a failing network, is
/// waited out instead.
pub async fn serve(
    rest: Arc<Rest>,
    app: App,
    shards: Option<Shards>,
    shutdown: CancellationToken,
) -> Result<(), Error> {
    let Some((application, gateway)) = start(&rest, &shutdown).await? else {
        return Ok(());
    };
    info!(invitation = %invitation(application), "to add the bot to a server, open the address of the invitation");
    let tracker = TaskTracker::new();
    let registering = tokio::spawn(registration(rest.clone(), application, shutdown.clone()));
    let absent = Departures::default();
    let looking = tokio::spawn({
        let (app, absent) = (app.clone(), absent.clone());
        async move { absent.daily(&app).await }
    });
    let events = Arc::new(Events::new(
        app.clone(),
        rest.clone(),
        tracker.clone(),
        absent,
    ));
    let result = stay(&rest, &events, gateway, shards, &shutdown).await;
    registering.abort();
    looking.abort();
    tracker.close();
    if timeout(DRAIN_TIME, tracker.wait()).await.is_err() {
        warn!(
            unfinished = tracker.len(),
            "stopped before all work was done"
        );
    }
    info!("stopped");
    result
}

/// Registers the commands and keeps no connection: what is asked comes over HTTP.
///
/// # Errors
/// When there is no token or Discord refuses it.
pub async fn without(rest: Arc<Rest>, shutdown: CancellationToken) -> Result<(), Error> {
    if let Some((application, _)) = start(&rest, &shutdown).await? {
        info!("no connection to the gateway is wanted; interactions come over HTTP alone");
        tokio::select! {
            () = registration(rest, application, shutdown.clone()) => {}
            () = shutdown.cancelled() => {}
        }
    }
    shutdown.cancelled().await;
    Ok(())
}

/// Keeps as many connections as Discord wants, also when it comes to want another number.
async fn stay(
    rest: &Arc<Rest>,
    events: &Arc<Events>,
    mut gateway: GatewayBot,
    given: Option<Shards>,
    shutdown: &CancellationToken,
) -> Result<(), Error> {
    loop {
        let shards = gateway.shards.max(1);
        let plan = Plan::of(given, &gateway);
        if plan.total < shards {
            warn!(
                given = plan.total,
                wanted = shards,
                "CAREERBOT_SHARDS divides the servers into fewer shards than Discord wants"
            );
        }
        let why = match connections(rest, events, &gateway, &plan, shutdown).await {
            Ok(()) => return Ok(()),
            Err(Ended::Token) => return Err(Error::Token),
            Err(Ended::Fatal(why)) => return Err(Error::Closed(why.to_owned())),
            Err(Ended::Replan(why)) if given.is_some() => {
                return Err(Error::Closed(format!(
                    "{why}: CAREERBOT_SHARDS divides the servers into {} shards, and Discord wants {shards}; start all processes with ranges of as many",
                    plan.total
                )));
            }
            Err(Ended::Replan(why)) => why,
        };
        warn!(
            shards,
            "the gateway has closed with {why}; asking how many shards Discord wants"
        );
        tokio::select! { () = tokio::time::sleep(REPLAN) => {}, () = shutdown.cancelled() => return Ok(()) }
        let Some((_, anew)) = start(rest, shutdown).await? else {
            return Ok(());
        };
        if anew.shards.max(1) == shards {
            return Err(Error::Closed(format!(
                "{why}, while it asks for just these {shards}"
            )));
        }
        info!(
            before = shards,
            now = anew.shards,
            "Discord wants another number of shards"
        );
        gateway = anew;
    }
}

/// Keeps a connection for each shard of the plan until `shutdown`, or until one of them ends by itself.
async fn connections(
    rest: &Arc<Rest>,
    events: &Arc<Events>,
    gateway: &GatewayBot,
    plan: &Plan,
    shutdown: &CancellationToken,
) -> Result<(), Ended> {
    events.connections().begin(plan.mine.clone());
    let logins = Arc::new(Logins::new(rest.clone(), events.app(), gateway, plan));
    // One that ends by itself takes the others along.
    let stop = shutdown.child_token();
    let mut shards = JoinSet::new();
    for number in plan.mine.clone() {
        let shard = Shard {
            number,
            total: plan.total,
            address: gateway.url.clone(),
            token: rest.login_token(),
            rest: rest.clone(),
            events: events.clone(),
            logins: logins.clone(),
            shutdown: stop.clone(),
        };
        shards.spawn(shard.run());
    }
    let mut result = Ok(());
    while let Some(ended) = shards.join_next().await {
        if !stop.is_cancelled() {
            stop.cancel();
        }
        // A panic in a shard is a fault of ours; the program ends and is started again.
        let ended = ended.unwrap_or(Err(Ended::Fatal(
            "a connection failed by a fault in careerbot, please report it",
        )));
        result = result.and(ended);
    }
    if result.is_ok() {
        info!("stopping");
    }
    result
}

/// Finds the application and the gateway, however long Discord is away; `None` when it is time to stop.
async fn start(
    rest: &Rest,
    shutdown: &CancellationToken,
) -> Result<Option<(ApplicationId, GatewayBot)>, Error> {
    let mut pause = Duration::from_secs(1);
    loop {
        let asked = async {
            let application = rest.application().await?;
            Ok((application, rest.gateway().await?))
        };
        let asked: Result<_, client::Error> =
            tokio::select! { asked = asked => asked, () = shutdown.cancelled() => return Ok(None) };
        let wait = match asked {
            Ok((application, gateway)) if logins::left(&gateway) > 0 => {
                return Ok(Some((application, gateway)));
            }
            Ok((_, gateway)) => {
                tokio::select! { () = logins::wait_for_more(&gateway) => {}, () = shutdown.cancelled() => return Ok(None) }
                continue;
            }
            Err(error) if error.status() == Some(401) => return Err(Error::Token),
            Err(error @ (client::Error::NotSent { .. } | client::Error::NoToken)) => {
                return Err(error.into());
            }
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
        match register(&rest, application, &commands(), false).await {
            Ok(_) => return,
            // Trying again would not help, and what is registered goes on working.
            Err(error @ NotRegistered::Taken(_)) => {
                return error!(%error, "commands are not registered");
            }
            Err(error) => {
                error!(%error, seconds = pause.as_secs(), "commands are not registered; trying again");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE * 30);
            }
        }
    }
}
