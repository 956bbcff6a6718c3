//! The button below a post with which members take the role that is for its topic, and lay it down again.
//!
//! Which role that is stands in the store, and not in the button: nobody can take another one. Whether the role may be given is
//! looked at with each press. Who has it is Discord's to know; nothing is kept.

use std::num::NonZeroU64;

use serenity::model::id::{GuildId, RoleId, UserId};

use crate::digest::dress::Follow;
use crate::discord::api::client::{Error, Rest};
use crate::discord::api::error_code::ErrorCode;
use crate::discord::api::{error_text, member_role};
use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::follow_up::{FollowUp, Outcome, Task};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::members::letters;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::limits::BUTTONS;
use crate::discord::state::server_settings;

/// The button.
pub(crate) const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

/// What stands on it.
pub(crate) const LABEL: &str = "Tell me of these";
/// What is said where moderators have taken the role away.
const GONE: &str = "The moderators here no longer offer a role for this, so nothing was changed.";
/// What is said where the store does not tell.
const UNKNOWN: &str = "I cannot look up which role this is for at the moment, so nothing was changed. Please try again in a minute.";
/// What is said where Discord does not let the bot give the role.
const NOT_ALLOWED: &str = "Discord does not let me give or take this role, so nothing was changed. A moderator can find out why with /settings check.";

/// The rows below a post, with the buttons for what is offered for its topic.
pub(crate) fn below(mut rows: Vec<Row>, offered: &Follow) -> Vec<Row> {
    let topic = Tag::of(&offered.topic);
    let wanted = [
        (offered.role.is_some(), Action::Follow(topic), LABEL),
        (offered.direct, Action::Letters(topic), letters::LABEL),
    ];
    let wanted = wanted.into_iter().filter(|(offered, ..)| *offered);
    let buttons: Vec<Button> = wanted
        .filter_map(|(_, action, label)| Some(Button::new(action.encode()?, label)))
        .collect();
    match rows.first_mut() {
        Some(Row::Buttons(there)) if there.len() + buttons.len() <= BUTTONS => {
            there.extend(buttons);
        }
        _ if buttons.is_empty() => {}
        _ => rows.insert(0, Row::Buttons(buttons)),
    }
    rows
}

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Follow(topic) = *action else {
        return None;
    };
    Some(Box::pin(async move {
        let done = press(on.app, on.call, topic).await;
        done.map_err(HandlerError::private)
    }))
}

/// What a press does; else what to say instead.
async fn press(app: &App, call: &InteractionContext, topic: Tag) -> Result<Response, &'static str> {
    let (Some(store), Some(guild)) = (app.store(), call.server()) else {
        return Err(GONE);
    };
    let server = server_settings::id(guild);
    let read = async {
        let chosen = store.subscriptions(server).await?;
        Ok::<_, crate::store::Error>((chosen, store.settings(server).await?))
    };
    let (chosen, settings) = read.await.map_err(|error| {
        tracing::warn!(%error, "a role cannot be looked up");
        UNKNOWN
    })?;
    let found = chosen.iter().find(|one| Tag::of(&one.topic) == topic);
    let role = found.and_then(|found| NonZeroU64::new(found.role?.get()));
    let role = RoleId::from(role.ok_or(GONE)?);
    Ok(Response {
        first: InitialResponse::Thinking,
        then: vec![FollowUp::task(Toggle {
            server: guild,
            member: call.user,
            role,
            give: !call.roles.contains(&role),
            moderators: settings.moderator_role.map(|role| role.get()),
        })],
    })
}

/// A role on its way to a member, or from them.
#[derive(Debug)]
pub(crate) struct Toggle {
    /// The server.
    pub server: GuildId,
    /// The member.
    pub member: UserId,
    /// The role.
    pub role: RoleId,
    /// Whether it is given: they did not have it when they pressed.
    pub give: bool,
    /// The role of the bot's moderators, which is never given.
    pub moderators: Option<u64>,
}

impl Task for Toggle {
    fn run<'a>(&'a self, rest: &'a Rest) -> Outcome<'a> {
        Box::pin(async move { Some(Message::private(self.done(rest).await)) })
    }
}

impl Toggle {
    async fn done(&self, rest: &Rest) -> String {
        match self.toggled(rest).await {
            Ok(None) if self.give => format!(
                "You will be told of posts like this one: you have the role <@&{}> now. Press again to lay it down.",
                self.role
            ),
            Ok(None) => format!(
                "You won't be told any more: you have laid down the role <@&{}>.",
                self.role
            ),
            Ok(Some(obstacle)) => format!(
                "Nothing was changed: I cannot give or take the role <@&{}>, because {obstacle}. Please tell a moderator.",
                self.role
            ),
            Err(error) => {
                tracing::warn!(%error, "a role is not given or taken");
                match error {
                    Error::Refused {
                        code:
                            ErrorCode::MISSING_PERMISSIONS
                            | ErrorCode::MISSING_ACCESS
                            | ErrorCode::UNKNOWN_ROLE,
                        ..
                    }
                    | Error::NoToken => NOT_ALLOWED,
                    other => error_text::advice(&other).unwrap_or(error_text::REFUSED),
                }
                .to_owned()
            }
        }
    }

    /// Gives or takes the role; what keeps the bot from it, where something does.
    async fn toggled(&self, rest: &Rest) -> Result<Option<String>, Error> {
        let bot = rest.myself().await?;
        let roles = rest.roles(self.server).await?;
        let own = rest.member(self.server, bot).await?;
        let obstacle =
            member_role::obstacle(self.server, self.role, self.moderators, &roles, (&own, bot));
        if obstacle.is_some() {
            return Ok(obstacle);
        }
        rest.set_member_role(self.server, self.member, self.role, self.give)
            .await?;
        Ok(None)
    }
}
