//! From an interaction to its response: which command, button or form it is, and whether whoever sent it is too fast.

use std::time::Instant;

use jiff::Timestamp;
use serenity::model::application::{
    CommandInteraction, ComponentInteraction, Interaction, ModalInteraction,
};

use crate::discord::app::App;
use crate::discord::command::{Input, Run, Suggest};
use crate::discord::interaction::component::OUTDATED;
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::form_input;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::members::share;
use crate::discord::message::actions::{DraftVerb, PostVerb};
use crate::discord::message::body::Message;
use crate::discord::message::custom_id::Action;
use crate::discord::message::{locale, plain_text};
use crate::discord::moderation::entries;
use crate::discord::router::{commands, features};
use crate::discord::state::rate_limiter;
use crate::discord::state::server_settings::ServerSettings;

/// Answers an interaction; what is wrong with it is said in the reply in plain words.
// What presses and forms do takes much state; in a box, questions need not carry it along.
pub async fn dispatch(app: &App, interaction: &Interaction, now: Timestamp) -> Response {
    match interaction {
        Interaction::Ping(_) => InitialResponse::Pong.into(),
        Interaction::Command(command) => {
            let call = InteractionContext::of_command(command, now);
            readable(run(app, command, &call).await, &call)
        }
        Interaction::Autocomplete(command) => suggest(app, command, now).await.into(),
        Interaction::Component(press) => {
            let call = InteractionContext::of_component(press, now);
            readable(Box::pin(pressed(app, press, &call)).await, &call)
        }
        Interaction::Modal(form) => {
            let call = InteractionContext::of_modal(form, now);
            readable(Box::pin(submitted(app, form, &call)).await, &call)
        }
        _ => Response::private(OUTDATED),
    }
}

/// The reply as the member can read it: as text where embeds are not shown, and with a line on its language where they
/// read Discord in another one and are the only one who sees it.
fn readable(reply: Response, call: &InteractionContext) -> Response {
    let note = locale::language_note(&call.locale);
    if call.embeds && note.is_none() {
        return reply;
    }
    let fit = |message: Message| {
        let message = if call.embeds {
            message
        } else {
            plain_text::without_embeds(message)
        };
        match note {
            Some(note) if message.private => plain_text::with_note(message, note),
            _ => message,
        }
    };
    let first = match reply.first {
        InitialResponse::Message(message) => InitialResponse::Message(fit(message)),
        InitialResponse::Update(message) => InitialResponse::Update(fit(message)),
        other => other,
    };
    let then = reply.then.into_iter().map(|step| match step {
        FollowUp::Message(message) => FollowUp::Message(fit(message)),
        FollowUp::Share(mut sharing) => {
            sharing.message = fit(sharing.message);
            sharing.linked = fit(sharing.linked);
            FollowUp::Share(sharing)
        }
        other => other,
    });
    Response {
        first,
        then: then.collect(),
    }
}

async fn run(app: &App, command: &CommandInteraction, call: &InteractionContext) -> Response {
    let started = Instant::now();
    if let Err(seconds) = app.rate_limiter().take(call.user, call.guild, call.now) {
        return slow_down(seconds);
    }
    let Some(found) = commands::find(&command.data.name, command.data.kind) else {
        return Response::private(
            "I do not know this command. Discord may still show an older list: reload Discord, or try /help.",
        );
    };
    let server = app.server_settings(call).await;
    if let Some(elsewhere) = server.elsewhere(call, found.name) {
        return elsewhere;
    }
    let input = Input {
        call,
        data: &command.data,
        server: &server,
        commands: commands::COMMANDS,
    };
    let reply = match &found.run {
        Run::Now(run) => run(app, &input),
        Run::Later(run) => run(app, &input).await.unwrap_or_else(Response::from),
    };
    tracing::info!(
        command = found.name,
        elapsed_us = started.elapsed().as_micros(),
        "answered"
    );
    reply
}

/// Suggestions for what is being typed. Not throttled: Discord asks at every keystroke, and an answer costs microseconds.
async fn suggest(app: &App, command: &CommandInteraction, now: Timestamp) -> InitialResponse {
    let call = InteractionContext::of_command(command, now);
    let server = ServerSettings::default();
    let input = Input {
        call: &call,
        data: &command.data,
        server: &server,
        commands: commands::COMMANDS,
    };
    let suggest = commands::find(&command.data.name, command.data.kind)
        .and_then(|found| found.suggest.as_ref());
    let suggestions = match (suggest, command.data.autocomplete()) {
        (Some(Suggest::Now(suggest)), Some(typed)) => suggest(app, &input, typed.name, typed.value),
        (Some(Suggest::Later(suggest)), Some(typed)) => suggest(app, &input, typed.value).await,
        _ => Vec::new(),
    };
    InitialResponse::Suggestions(suggestions)
}

async fn pressed(app: &App, press: &ComponentInteraction, call: &InteractionContext) -> Response {
    let started = Instant::now();
    if let Err(seconds) = app.rate_limiter().take(call.user, call.guild, call.now) {
        return slow_down(seconds);
    }
    let mut reply = features::press(app, press, call).await;
    share::add_chart(app, press, &mut reply).await;
    tracing::info!(
        command = "press",
        elapsed_us = started.elapsed().as_micros(),
        "answered"
    );
    reply
}

async fn submitted(app: &App, form: &ModalInteraction, call: &InteractionContext) -> Response {
    let action = Action::decode(&form.data.custom_id);
    if let Err(seconds) = app.rate_limiter().take(call.user, call.guild, call.now) {
        let refusal = slow_down(seconds);
        return match (action, refusal.first) {
            // A text that took half an hour to write is not lost to a moment's haste.
            (Some(Action::Entry(work)), InitialResponse::Message(message)) => {
                let knowledge = app.advisor().knowledge();
                let typed = entries::form::read(form, work.verb, &knowledge, None);
                entries::form::kept(message, &typed).into()
            }
            (
                Some(Action::Draft(DraftVerb::Edit, ..) | Action::Posted(PostVerb::Edit, ..)),
                InitialResponse::Message(message),
            ) => form_input::words_kept(message, form).into(),
            (_, first) => first.into(),
        };
    }
    features::submit(app, form, call, action).await
}

fn slow_down(seconds: u64) -> Response {
    Response::private(rate_limiter::words(seconds))
}
