//! Whether the author of a message wants to be named beside the entry that is made of it: asked by a moderator, said by the
//! author alone, and taken back by them at any time.

use serenity::model::application::ComponentInteraction;

use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::component::is_private;
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::actions::CreditVerb;
use crate::discord::message::body::Message;
use crate::discord::message::custom_id::Action;
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::entries::entry::GONE;
use crate::discord::moderation::entries::{credit, show};
use crate::discord::state::server_settings;
use crate::store::UserId;
use crate::store::credits::Credit;

/// The buttons for authors.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

/// What is said to anybody but the author.
const NOT_YOURS: &str = "Only whoever wrote that message can say so. Nothing was changed.";
/// What is said where there is nothing left to be named beside.
const NOTHING_LEFT: &str =
    "What was kept of that message is no longer there, so nothing of it names anybody.";

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Credit(verb, entry) = *action else {
        return None;
    };
    Some(Box::pin(press(on.app, on.press, on.call, verb, entry)))
}

/// Has the author asked, below their message. Gives the entry as it stands then, and the question.
///
/// # Errors
/// The message to answer with when there is no such entry or the store fails.
pub(crate) async fn ask(
    moderator: &Moderator<'_>,
    press: &ComponentInteraction,
    entry: i64,
) -> Result<(Message, Vec<FollowUp>), HandlerError> {
    let (store, server) = (moderator.store, moderator.server);
    let found = store.credit(server, entry).await?;
    let found = found.ok_or_else(|| HandlerError::private(GONE))?;
    let asked = store.ask_author(server, entry, moderator.user, moderator.now);
    if !asked.await? {
        let shown = show::entry(moderator, entry, "There is nobody to ask any more.", None).await?;
        return Ok((shown, Vec::new()));
    }
    let question = credit::question(&found, press.message.id);
    let note = "I ask them below their message.";
    let shown = show::entry(moderator, entry, note, None).await?;
    Ok((shown, question.into_iter().collect()))
}

async fn press(
    app: &App,
    press: &ComponentInteraction,
    call: &InteractionContext,
    verb: CreditVerb,
    entry: i64,
) -> Result<Response, HandlerError> {
    let named = verb == CreditVerb::Name;
    let credit = say(app, call, entry, named).await?;
    if !is_private(&press.message) {
        return Ok(InitialResponse::Update(credit::said(&credit, named)).into());
    }
    // The author is a moderator, who looks at the entry.
    let note = if named {
        "It says that it is from you."
    } else {
        "It names you no longer."
    };
    let Some(moderator) = access::quietly(app, call).await else {
        return Ok(Response::private(note));
    };
    let shown = show::entry(&moderator, entry, note, None).await?;
    Ok(InitialResponse::Update(shown).into())
}

/// Saves what the author says, if it is the author.
async fn say(
    app: &App,
    call: &InteractionContext,
    entry: i64,
    named: bool,
) -> Result<Credit, HandlerError> {
    let (Some(store), Some(guild)) = (app.store(), call.server()) else {
        return Err(HandlerError::private(NOTHING_LEFT));
    };
    let (server, user) = (server_settings::id(guild), UserId::new(call.user.get()));
    let credit = store.credit(server, entry).await?;
    let credit = credit.ok_or_else(|| HandlerError::private(NOTHING_LEFT))?;
    let done = store.name_author(server, entry, user, named, call.now);
    if done.await? {
        Ok(credit)
    } else {
        Err(HandlerError::private(NOT_YOURS))
    }
}
