//! Discord: from an interaction to the response, without a network.
//!
//! [`dispatch`] is the one way in, whichever transport the interaction came by; [`mod@commands`] is the whole command set. Knows
//! serenity's model and Discord's JSON; knows nothing of sockets, tokens and retries.

mod absent;
pub mod audit;
pub mod authoring;
pub mod buttons;
pub mod call;
pub mod commands;
pub mod components;
pub mod custom_id;
pub mod decode;
pub mod deeds;
pub mod difference;
pub mod doctor;
pub mod door;
pub mod drafts;
pub mod entries;
pub mod forum;
pub mod gaps;
pub mod gateway;
mod given;
pub mod history;
pub mod limits;
pub mod locale;
pub mod markdown;
pub mod memory;
pub mod mention;
pub mod message;
pub mod moderator;
pub mod more;
pub mod once;
pub mod own;
pub mod parts;
pub mod permissions;
pub mod plain;
pub mod poster;
pub mod press;
pub mod public;
pub mod publish;
pub mod ready;
pub mod recent;
pub mod register;
pub mod render;
pub mod reply;
pub mod rest;
pub mod schedules;
pub mod server;
pub mod share;
pub mod summary;
pub mod talk;
pub mod tally;
pub mod tell;
pub mod throttle;
mod tidy;
pub mod trouble;
pub mod twin;
pub mod typed;
pub mod verbs;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use jiff::Timestamp;
use serenity::builder::CreateCommand;
use serenity::model::application::{
    CommandInteraction, ComponentInteraction, Interaction, ModalInteraction,
};
use tokio::sync::Notify;

use crate::advisor::Advisor;
use crate::discord::call::Call;
use crate::discord::commands::{Input, Run, Suggest};
use crate::discord::custom_id::Action;
use crate::discord::entries::Entries;
use crate::discord::gateway::lines::Lines;
use crate::discord::given::Given;
use crate::discord::memory::Memory;
use crate::discord::mention::Hasty;
pub use crate::discord::message::Message;
use crate::discord::ready::Ready;
use crate::discord::recent::Recent;
pub use crate::discord::reply::{First, Reply, Step};
use crate::discord::server::Known;
use crate::discord::share::Shared;
use crate::discord::tally::Tally;
use crate::discord::throttle::{Pace, Throttle};
use crate::discord::verbs::{Deed, Verb};
use crate::store::Store;
use crate::understanding::Context;

/// What is remembered of a talk, with the fingerprint of the knowledge that it points into.
type Talk = (u32, Context);

/// All that commands and buttons work with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<State>);

struct State {
    advisor: Arc<Advisor>,
    memory: Memory<Talk>,
    throttle: Throttle,
    shared: Shared,
    store: OnceLock<Store>,
    recent: Recent,
    entries: Entries,
    tally: Tally,
    ready: Ready,
    hasty: Hasty,
    given: Given,
    lines: Lines,
    posts: AtomicBool,
    wake: Notify,
}

impl App {
    /// An app that answers from this advisor, at the usual pace.
    pub fn new(advisor: Arc<Advisor>) -> Self {
        Self::with_pace(advisor, Pace::default())
    }

    /// An app that answers from this advisor, at a pace of your own.
    pub fn with_pace(advisor: Arc<Advisor>, pace: Pace) -> Self {
        Self(Arc::new(State {
            advisor,
            memory: Memory::new(memory::TALKS),
            throttle: Throttle::new(pace),
            shared: Shared::default(),
            store: OnceLock::new(),
            recent: Recent::default(),
            entries: Entries::default(),
            tally: Tally::default(),
            ready: Ready::default(),
            hasty: Hasty::default(),
            given: Given::default(),
            lines: Lines::default(),
            posts: AtomicBool::new(false),
            wake: Notify::new(),
        }))
    }

    /// Who answers the questions.
    pub fn advisor(&self) -> &Advisor {
        &self.0.advisor
    }

    /// What was talked about a moment ago.
    pub fn memory(&self) -> &Memory<Talk> {
        &self.0.memory
    }

    /// How fast members may ask.
    pub fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    /// Gives the app its store. Without one, answering works, and moderators are told that there is none. The first one stays.
    pub fn set_store(&self, store: Store) {
        let _ = self.0.store.set(store);
    }

    /// What servers have set; `None` while there is no store.
    pub fn store(&self) -> Option<&Store> {
        self.0.store.get()
    }

    /// The settings of servers as they were read last.
    pub(crate) fn recent(&self) -> &Recent {
        &self.0.recent
    }

    /// The entries of servers, ready to be searched.
    pub fn entries(&self) -> &Entries {
        &self.0.entries
    }

    /// What is counted beside answers.
    pub fn tally(&self) -> &Tally {
        &self.0.tally
    }

    /// Answers that were given twice.
    pub(crate) fn ready(&self) -> &Ready {
        &self.0.ready
    }

    /// Who was told lately in a channel to slow down.
    pub(crate) fn hasty(&self) -> &Hasty {
        &self.0.hasty
    }

    /// What interactions were answered with lately.
    pub(crate) fn given(&self) -> &Given {
        &self.0.given
    }

    /// The connections to the gateway.
    pub fn lines(&self) -> &Lines {
        &self.0.lines
    }

    /// Says that somebody brings posts on their way from now on; they wait for [`App::woken`].
    pub fn begin_posting(&self) {
        self.0.posts.store(true, Ordering::Relaxed);
    }

    /// Whether posts are brought on their way here: that takes the bot's token.
    pub fn posts(&self) -> bool {
        self.0.posts.load(Ordering::Relaxed)
    }

    /// Wakes whoever brings posts on their way.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }

    /// Waits until there is a post to bring.
    pub async fn woken(&self) {
        self.0.wake.notified().await;
    }

    /// Which answers were shared lately.
    pub fn shared(&self) -> &Shared {
        &self.0.shared
    }
}

/// Every command, as Discord wants it for registration.
pub fn commands() -> Vec<CreateCommand> {
    commands::COMMANDS
        .iter()
        .map(|command| command.create())
        .collect()
}

/// Answers an interaction; what is wrong with it is said in the reply in plain words.
// What presses and forms do takes much state; in a box, questions need not carry it along.
pub async fn dispatch(app: &App, interaction: &Interaction, now: Timestamp) -> Reply {
    match interaction {
        Interaction::Ping(_) => First::Pong.into(),
        Interaction::Command(command) => {
            let call = Call::of_command(command, now);
            readable(run(app, command, &call).await, &call)
        }
        Interaction::Autocomplete(command) => suggest(app, command, now).await.into(),
        Interaction::Component(press) => {
            let call = Call::of_component(press, now);
            readable(Box::pin(pressed(app, press, &call)).await, &call)
        }
        Interaction::Modal(form) => {
            let call = Call::of_modal(form, now);
            readable(Box::pin(submitted(app, form, &call)).await, &call)
        }
        _ => Reply::private(press::OUTDATED),
    }
}

/// The reply as the member can read it: as text where embeds are not shown, and with a line on its language where they
/// read Discord in another one and are the only one who sees it.
fn readable(reply: Reply, call: &Call) -> Reply {
    let note = locale::language_note(&call.locale);
    if call.embeds && note.is_none() {
        return reply;
    }
    let fit = |message: Message| {
        let message = if call.embeds {
            message
        } else {
            plain::without_embeds(message)
        };
        match note {
            Some(note) if message.private => plain::with_note(message, note),
            _ => message,
        }
    };
    let first = match reply.first {
        First::Message(message) => First::Message(fit(message)),
        First::Update(message) => First::Update(fit(message)),
        other => other,
    };
    let then = reply.then.into_iter().map(|step| match step {
        Step::FollowUp(message) => Step::FollowUp(fit(message)),
        Step::Share(mut sharing) => {
            sharing.message = fit(sharing.message);
            sharing.linked = fit(sharing.linked);
            Step::Share(sharing)
        }
        other => other,
    });
    Reply {
        first,
        then: then.collect(),
    }
}

async fn run(app: &App, command: &CommandInteraction, call: &Call) -> Reply {
    let started = Instant::now();
    if let Err(seconds) = app.throttle().take(call.user, call.guild, call.now) {
        return slow_down(seconds);
    }
    let Some(found) = commands::find(&command.data.name, command.data.kind) else {
        return Reply::private(
            "I do not know this command. Discord may still show an older list: reload Discord, or try /help.",
        );
    };
    let server = server::known(app, call).await;
    if let Some(elsewhere) = server.elsewhere(call, found.name) {
        return elsewhere;
    }
    let input = Input {
        call,
        data: &command.data,
        server: &server,
    };
    let reply = match &found.run {
        Run::Now(run) => run(app, &input),
        Run::Later(run) => run(app, &input).await,
    };
    tracing::info!(
        command = found.name,
        elapsed_us = started.elapsed().as_micros(),
        "answered"
    );
    reply
}

/// Suggestions for what is being typed. Not throttled: Discord asks at every keystroke, and an answer costs microseconds.
async fn suggest(app: &App, command: &CommandInteraction, now: Timestamp) -> First {
    let call = Call::of_command(command, now);
    let server = Known::default();
    let input = Input {
        call: &call,
        data: &command.data,
        server: &server,
    };
    let suggest = commands::find(&command.data.name, command.data.kind)
        .and_then(|found| found.suggest.as_ref());
    let suggestions = match (suggest, command.data.autocomplete()) {
        (Some(Suggest::Now(suggest)), Some(typed)) => suggest(app, &input, typed.name, typed.value),
        (Some(Suggest::Later(suggest)), Some(typed)) => suggest(app, &input, typed.value).await,
        _ => Vec::new(),
    };
    First::Suggestions(suggestions)
}

async fn pressed(app: &App, press: &ComponentInteraction, call: &Call) -> Reply {
    let started = Instant::now();
    if let Err(seconds) = app.throttle().take(call.user, call.guild, call.now) {
        return slow_down(seconds);
    }
    let mut reply = press::reply(app, press, call).await;
    share::add_chart(app, press, &mut reply).await;
    tracing::info!(
        command = "press",
        elapsed_us = started.elapsed().as_micros(),
        "answered"
    );
    reply
}

async fn submitted(app: &App, form: &ModalInteraction, call: &Call) -> Reply {
    let action = Action::decode(&form.data.custom_id);
    if let Err(seconds) = app.throttle().take(call.user, call.guild, call.now) {
        let refusal = slow_down(seconds);
        return match (action, refusal.first) {
            // A text that took half an hour to write is not lost to a moment's haste.
            (Some(Action::Entry(_)), First::Message(message)) => {
                authoring::form::returned(message, form).into()
            }
            (
                Some(Action::Draft(Verb::Edit, ..) | Action::Posted(Deed::Edit, ..)),
                First::Message(message),
            ) => typed::words_kept(message, form).into(),
            (_, first) => first.into(),
        };
    }
    match action {
        Some(Action::Draft(verb, id, revision)) => {
            drafts::submit(app, form, call, verb, id, revision).await
        }
        Some(Action::Entry(work)) => authoring::submit(app, form, call, work).await,
        Some(Action::Posted(deed, id, mark)) => {
            history::submit(app, form, call, deed, id, mark).await
        }
        _ => Reply::private(press::OUTDATED),
    }
}

fn slow_down(seconds: u64) -> Reply {
    Reply::private(throttle::words(seconds))
}
