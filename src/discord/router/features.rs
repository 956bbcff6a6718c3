//! The table of features: which of them a press or a form belongs to.

use serenity::model::application::{ComponentInteraction, ModalInteraction};

use crate::discord::app::App;
use crate::discord::feature::{Feature, Press, Submission};
use crate::discord::interaction::component::{OUTDATED, is_private};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::response::Response;
use crate::discord::members::{buttons, letters, subscribe, under_posts};
use crate::discord::message::custom_id::Action;
use crate::discord::moderation::digests::{coming, drafts, posts, schedules};
use crate::discord::moderation::{audit_log, entries, gaps, news, twin_press};
use crate::discord::router::commands::COMMANDS;
use crate::discord::state::count_queue::Counted;

/// Every feature with buttons or forms. Members' buttons come last: they take what no other takes.
const FEATURES: &[Feature] = &[
    drafts::FEATURE,
    posts::FEATURE,
    schedules::FEATURE,
    coming::FEATURE,
    entries::FEATURE,
    entries::consent::FEATURE,
    gaps::FEATURE,
    news::FEATURE,
    audit_log::FEATURE,
    twin_press::FEATURE,
    under_posts::FEATURE,
    subscribe::FEATURE,
    letters::FEATURE,
    buttons::FEATURE,
];

/// The response to a press.
pub(crate) async fn press(
    app: &App,
    press: &ComponentInteraction,
    call: &InteractionContext,
) -> Response {
    // Only messages of this application carry ids that this application wrote. The bot of an old application has another id.
    let own = press.message.author.id.get() == press.application_id.get()
        || press.message.application_id == Some(press.application_id);
    let action = Action::decode(&press.data.custom_id).filter(|_| own);
    // Posts are public; which message is one, is decided where presses are counted.
    if own && !is_private(&press.message) {
        app.count(call.server(), call.now, || Counted::Press(press.message.id));
    }
    let on = Press {
        app,
        press,
        call,
        commands: COMMANDS,
    };
    let handled = action.and_then(|action| {
        FEATURES
            .iter()
            .find_map(|feature| (feature.press)(on, &action))
    });
    match handled {
        Some(handled) => handled.await.unwrap_or_else(Response::from),
        None => Response::private(OUTDATED),
    }
}

/// The response to a form that was filled in.
pub(crate) async fn submit(
    app: &App,
    form: &ModalInteraction,
    call: &InteractionContext,
    action: Option<Action>,
) -> Response {
    let filled = Submission { app, form, call };
    let handled = action.and_then(|action| {
        FEATURES
            .iter()
            .find_map(|feature| (feature.submit)(filled, &action))
    });
    match handled {
        Some(handled) => handled.await.unwrap_or_else(Response::from),
        None => Response::private(OUTDATED),
    }
}
