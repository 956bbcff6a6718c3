//! Who may moderate: checked anew with every command, press and form.
//!
//! What Discord shows to whom does not count here: a custom id can be forged, and a role can be taken away between a
//! preview and a press on it. Refusals are written down. Knows nothing of what moderators do.

use std::sync::Arc;

use jiff::Timestamp;
use serenity::model::Permissions;

use crate::discord::app::App;
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::state::server_settings;
use crate::knowledge::Knowledge;
use crate::store::settings::Settings;
use crate::store::{ServerId, Store, UserId};

/// What is said where there is no store.
const NO_STORE: &str = "My store is not available at the moment, so there is nothing to set or post. Answers go on as usual. Whoever runs this bot finds the reason in its log.";

/// A moderator at work in a server, with the right to it.
#[derive(Debug)]
pub struct Moderator<'a> {
    /// Where everything is saved.
    pub store: &'a Store,
    /// The server.
    pub server: ServerId,
    /// Who it is.
    pub user: UserId,
    /// What the server has set.
    pub settings: Settings,
    /// Whether they may manage the server itself, and not only moderate.
    pub manages: bool,
    /// The knowledge, as it stands while they work.
    pub knowledge: Arc<Knowledge>,
    /// When.
    pub now: Timestamp,
}

/// A moderator whose rights were checked, for work that goes on after the first response.
#[derive(Debug, Clone, PartialEq)]
pub struct Later {
    /// The server.
    pub server: ServerId,
    /// Who it is.
    pub user: UserId,
    /// What the server had set.
    pub settings: Settings,
    /// When they were checked.
    pub now: Timestamp,
}

impl Later {
    /// The moderator, to be at work again later.
    pub fn of(moderator: &Moderator<'_>) -> Self {
        Self {
            server: moderator.server,
            user: moderator.user,
            settings: moderator.settings.clone(),
            now: moderator.now,
        }
    }

    /// The moderator at work again.
    ///
    /// # Errors
    /// The message to answer with when there is no store.
    pub fn moderator<'a>(&self, app: &'a App) -> Result<Moderator<'a>, HandlerError> {
        let store = app.store().ok_or_else(|| HandlerError::private(NO_STORE))?;
        Ok(Moderator {
            store,
            server: self.server,
            user: self.user,
            settings: self.settings.clone(),
            manages: false,
            knowledge: app.advisor().knowledge(),
            now: self.now,
        })
    }
}

/// The moderator that a call comes from; else the refusal to answer with. A refusal for lack of rights is audited with what
/// was tried.
pub async fn check<'a>(
    app: &'a App,
    call: &InteractionContext,
    tried: &str,
) -> Result<Moderator<'a>, HandlerError> {
    let Some(guild) = call.guild.filter(|_| call.bot_in_server) else {
        return Err(HandlerError::private(
            "This is for moderators, in a server that has added me.",
        ));
    };
    let Some(store) = app.store() else {
        return Err(HandlerError::private(NO_STORE));
    };
    let (server, user) = (server_settings::id(guild), UserId::new(call.user.get()));
    let settings = store.settings(server).await?;
    let manages = manages(call);
    if may(call, &settings) {
        return Ok(Moderator {
            store,
            server,
            user,
            settings,
            manages,
            knowledge: app.advisor().knowledge(),
            now: call.now,
        });
    }
    refuse(store, server, user, tried, call.now).await;
    Err(HandlerError::private(match settings.moderator_role {
        Some(role) => format!("This is for moderators: it takes the permission Manage Server or the role <@&{role}>."),
        None => "This is for moderators: it takes the permission Manage Server, or the moderator role once /settings set has one.".to_owned(),
    }))
}

/// The moderator that a call comes from, where nothing is said or written down otherwise: while they type.
pub async fn quietly<'a>(app: &'a App, call: &InteractionContext) -> Option<Moderator<'a>> {
    let guild = call.guild.filter(|_| call.bot_in_server)?;
    let store = app.store()?;
    let (server, user) = (server_settings::id(guild), UserId::new(call.user.get()));
    let settings = store.settings(server).await.ok()?;
    let (allowed, manages) = (may(call, &settings), manages(call));
    allowed.then_some(Moderator {
        store,
        server,
        user,
        settings,
        manages,
        knowledge: app.advisor().knowledge(),
        now: call.now,
    })
}

fn manages(call: &InteractionContext) -> bool {
    call.permissions
        .intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR)
}

/// Whether a call comes from somebody who may moderate, by what the server has set.
pub fn may(call: &InteractionContext, settings: &Settings) -> bool {
    let wanted = settings.moderator_role;
    manages(call)
        || wanted.is_some_and(|wanted| call.roles.iter().any(|role| role.get() == wanted.get()))
}

/// Writes down that somebody tried what they may not do.
pub async fn refuse(store: &Store, server: ServerId, user: UserId, tried: &str, now: Timestamp) {
    tracing::info!(tried, "refused for lack of rights");
    if let Err(error) = store.audit(server, user, "refused", tried, now).await {
        tracing::warn!(%error, "a refusal is not in the log");
    }
}
