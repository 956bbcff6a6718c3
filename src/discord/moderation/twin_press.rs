//! A second schedule, draft or entry that is equal to one that is there, made when a moderator says so.
//!
//! The press answers the question of `twin`: once, with rights, and only while what is there is as the question showed it.

use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::actions::Kind;
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::twin::Twin;
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::digests::{draft_view, schedules};
use crate::discord::moderation::entries::{act, entry};
use crate::store::credits::Credit;
use crate::store::deeds::{self, KEPT_MINUTES};
use crate::store::entries::Content;

/// How long after the question its button is good, in seconds. Its answer is remembered for longer.
const GOOD_FOR: i64 = (KEPT_MINUTES - 5) * 60;
/// What is said of an older one.
const TOO_OLD: &str =
    "I asked this an hour ago or longer, so nothing was done. Please run the command again.";
/// What is said where what the question was about is not as it was.
const CHANGED: &str = "What I asked about has changed or ended since, so nothing was done. Please run the command again.";

/// The button below the question.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Twin(twin) = *action else {
        return None;
    };
    Some(Box::pin(press(on.app, on.call, twin)))
}

/// What a press on the button below the question does.
pub(crate) async fn press(
    app: &App,
    call: &InteractionContext,
    twin: Twin,
) -> Result<Response, HandlerError> {
    let moderator = access::check(app, call, "a button that makes another one").await?;
    if call.now.as_second() - i64::from(twin.asked) > GOOD_FOR {
        return Err(HandlerError::private(TOO_OLD));
    }
    let made = async {
        match twin.kind {
            Kind::Schedule => schedule(app, &moderator, twin).await,
            Kind::Draft => draft(app, &moderator, twin).await,
            Kind::Entry => entry(&moderator, twin).await,
        }
    };
    deeds::answering(twin.question, call.now, made).await
}

async fn schedule(
    app: &App,
    moderator: &Moderator<'_>,
    twin: Twin,
) -> Result<Response, HandlerError> {
    let known = schedules::room(moderator).await?;
    let same = known.iter().find(|known| known.id == twin.of);
    let definition = same
        .map(schedules::definition_of)
        .filter(|definition| schedules::mark(definition) == twin.as_shown)
        .ok_or_else(|| HandlerError::private(CHANGED))?;
    let schedule = definition
        .schedule
        .parse()
        .map_err(|_| HandlerError::private(CHANGED))?;
    let draft = match twin.with {
        None => None,
        Some((draft, revision)) => {
            let draft = draft_view::find(moderator, draft).await?;
            if draft.revision != revision {
                return Err(draft_view::preview(&draft, draft_view::CHANGED).into());
            }
            Some(draft)
        }
    };
    let done = schedules::make(app, moderator, &definition, &schedule, draft.as_ref()).await?;
    let first = InitialResponse::Update(done.clone());
    let (channel, role) = (definition.channel, definition.mention_role);
    Ok(draft_view::checked(
        app, moderator, channel, role, first, done,
    ))
}

async fn draft(app: &App, moderator: &Moderator<'_>, twin: Twin) -> Result<Response, HandlerError> {
    let draft = draft_view::find(moderator, twin.of).await?;
    if draft.revision != twin.as_shown {
        return Ok(
            InitialResponse::Update(draft_view::preview(&draft, draft_view::CHANGED)).into(),
        );
    }
    let content = draft_view::content(&draft);
    let shown = draft_view::make(moderator, &content, "").await?;
    let shown = draft_view::drawn(app, &draft, shown).await;
    let first = InitialResponse::Update(shown.clone());
    let (channel, role) = (content.channel, content.mention_role);
    Ok(draft_view::checked(
        app, moderator, channel, role, first, shown,
    ))
}

async fn entry(moderator: &Moderator<'_>, twin: Twin) -> Result<Response, HandlerError> {
    let seen = entry::find(moderator, twin.of).await?;
    let standing = seen
        .standing()
        .filter(|standing| standing.version == twin.as_shown)
        .ok_or_else(|| HandlerError::private(CHANGED))?;
    let content = Content::from(standing);
    let gap = twin
        .with
        .and_then(|(gap, _)| u32::try_from(gap).ok())
        .map(Tag);
    // It comes from where the first one does; whether its author is named is asked anew.
    let credit = moderator.store.credit(moderator.server, seen.id).await?;
    let origin = credit.as_ref().map(Credit::origin);
    let shown = act::make(moderator, &content, gap, origin.as_ref()).await?;
    Ok(InitialResponse::Update(shown).into())
}
