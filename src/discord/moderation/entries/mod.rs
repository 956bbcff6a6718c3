//! A server's own knowledge in the hands of its moderators: written in a form, looked at privately, approved, live.
//!
//! Everything is in the store, so that each preview works after a restart; the version that a preview shows stands in its
//! buttons, so that an old one cannot approve another text than it shows. Rights are checked with each press and form.
//! Knows nothing of how an entry is found.

pub mod act;
pub mod bring_in;
pub mod consent;
pub mod credit;
pub mod entry;
pub mod form;
pub mod history;
pub mod import;
pub mod list;
pub mod show;

use serenity::model::application::{ComponentInteraction, ModalInteraction};

use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, Submission};
use crate::discord::interaction::component;
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::custom_id::{Action, EntryAction};
use crate::discord::moderation::access;

/// Stands where an entry's number does in the buttons of the list that shows trends alone.
pub(crate) const TRENDS: i64 = 1;

/// The buttons and forms of a server's own entries.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: route_form,
};

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Entry(work) = *action else {
        return None;
    };
    Some(Box::pin(press(on.app, on.press, on.call, work)))
}

fn route_form<'a>(filled: Submission<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Entry(work) = *action else {
        return None;
    };
    Some(Box::pin(submit(filled.app, filled.form, filled.call, work)))
}

/// What a press on a button or menu does.
pub async fn press(
    app: &App,
    press: &ComponentInteraction,
    call: &InteractionContext,
    work: EntryAction,
) -> Result<Response, HandlerError> {
    let EntryAction {
        verb,
        entry,
        version,
        gap,
    } = work;
    let mut then: Vec<FollowUp> = Vec::new();
    let moderator = access::check(app, call, "a button of /knowledge").await?;
    let chosen = || {
        component::value(press)
            .and_then(|value| value.parse().ok())
            .unwrap_or(0)
    };
    let shown = InitialResponse::Update;
    let first = match verb {
        EntryVerb::New | EntryVerb::BringIn | EntryVerb::Keep => {
            return Err(HandlerError::private(component::OUTDATED));
        }
        EntryVerb::Edit | EntryVerb::EditTrend | EntryVerb::EditArticle | EntryVerb::EditLinks => {
            act::edit(&moderator, verb, entry, version, gap).await?
        }
        EntryVerb::Approve => {
            let (message, steps) = act::approve(app, &moderator, entry, version, gap).await?;
            then = steps;
            shown(message)
        }
        EntryVerb::AskAuthor => {
            let (message, steps) = consent::ask(&moderator, press, entry).await?;
            then = steps;
            shown(message)
        }
        EntryVerb::Discard => shown(act::discard(&moderator, entry, version).await?),
        EntryVerb::View => shown(show::entry(&moderator, entry, "", gap).await?),
        EntryVerb::Chosen => shown(show::entry(&moderator, chosen(), "", None).await?),
        EntryVerb::List => shown(list::page(&moderator, version, entry == TRENDS).await?),
        EntryVerb::History => shown(history::page(&moderator, entry, version).await?),
        EntryVerb::Version => shown(history::version(&moderator, entry, chosen()).await?),
        EntryVerb::Restore => shown(act::restore(&moderator, entry, version).await?),
        EntryVerb::Remove => shown(act::ask_to_remove(&moderator, entry).await?),
        EntryVerb::RemoveNow => shown(act::remove(&moderator, entry, version).await?),
        EntryVerb::Import => shown(import::confirm(&moderator, entry).await?),
        EntryVerb::DropImport => shown(import::drop(&moderator, entry).await?),
    };
    Ok(Response { first, then })
}

/// What a form that was filled in does. What was typed comes back with every refusal.
pub async fn submit(
    app: &App,
    filled: &ModalInteraction,
    call: &InteractionContext,
    work: EntryAction,
) -> Result<Response, HandlerError> {
    let verb = work.verb;
    let content = form::read(filled, verb, &app.advisor().knowledge(), None);
    let kept = |refusal: HandlerError| form::kept(refusal, &content).into();
    if verb == EntryVerb::BringIn {
        let begun = async {
            let moderator = access::check(app, call, "a form of /trend-draft").await?;
            bring_in::pasted(app, &moderator, &content)
        };
        return begun.await.map_err(kept);
    }
    let done = async {
        let moderator = access::check(app, call, "a form of /knowledge").await?;
        match verb {
            EntryVerb::New => act::add(&moderator, &content, work.gap, None).await,
            EntryVerb::Keep => {
                let origin = form::origin(work, call.channel);
                act::add(&moderator, &content, None, Some(&origin)).await
            }
            EntryVerb::Edit
            | EntryVerb::EditTrend
            | EntryVerb::EditArticle
            | EntryVerb::EditLinks => {
                let seen = entry::find(&moderator, work.entry).await?;
                let before = seen.version(work.version);
                let content = form::read(filled, verb, &moderator.knowledge, before);
                act::revise(&moderator, work.entry, work.version, &content, work.gap).await
            }
            _ => Err(HandlerError::private(component::OUTDATED)),
        }
    };
    let message = done.await.map_err(kept)?;
    // A form that a command opened has no message below it that could change.
    Ok(match filled.message {
        Some(_) => InitialResponse::Update(message).into(),
        None => message.into(),
    })
}
