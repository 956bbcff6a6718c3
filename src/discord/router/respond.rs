//! What both transports do around [`dispatch`]: a deadline, a net for panics, an apology with an id, and each interaction once.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use jiff::Timestamp;
use serenity::futures::FutureExt as _;
use serenity::model::application::Interaction;
use tokio::time::Instant;
use tracing::{debug, error, warn};

use crate::discord::api::client::Rest;
use crate::discord::app::App;
use crate::discord::interaction::delivery::{self, Envelope, sorry};
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::response::Response;
use crate::discord::router::dispatch::dispatch;
use crate::discord::state::replay_cache;
use crate::store::deeds::{Deed, Part, under};

/// How long the answer itself may take: what is left of Discord's 3 s belongs to sending it.
const THINKING_TIME: Duration = Duration::from_millis(1_800);

/// Counts what came of an interaction. A macro: a counter whose label is a literal costs no memory each time.
macro_rules! finished {
    ($app:expr, $started:expr, $outcome:literal, $reply:expr) => {{
        let started: Instant = $started;
        if $app.keeps_figures() {
            metrics::counter!("careerbot_interactions_total", "outcome" => $outcome).increment(1);
            metrics::histogram!("careerbot_answer_seconds").record(started.elapsed().as_secs_f64());
        }
        finished(started, $outcome, $reply)
    }};
}

/// Answers an interaction, whatever happens: a panic, a hang or a payload that can't be read gives an apology. One that comes
/// again, here or to another copy of the program, has no effect again and gets the first one's answer, without the steps.
/// `None` for the interaction means that it could not be decoded.
pub async fn respond(
    app: &App,
    envelope: &Envelope,
    interaction: Option<&Interaction>,
) -> Response {
    let started = Instant::now();
    let (answer, first) = app.replay_cache().of(envelope.id);
    if !first {
        let given = tokio::time::timeout(THINKING_TIME, answer.wait()).await;
        return finished!(
            app,
            started,
            "repeated",
            given.map_or_else(|_| sorry(envelope), |given| given.clone().into())
        );
    }
    let reply = answer_first(app, envelope, interaction, started).await;
    let _ = answer.set(reply.first.clone());
    reply
}

async fn answer_first(
    app: &App,
    envelope: &Envelope,
    interaction: Option<&Interaction>,
    started: Instant,
) -> Response {
    let Some(interaction) = interaction else {
        warn!(interaction = %envelope.id, kind = envelope.kind, "interaction cannot be decoded");
        return finished!(app, started, "undecodable", sorry(envelope));
    };
    let now = Timestamp::now();
    let deed = Deed::new(envelope.id.get(), Part::Whole, now);
    // In the task of the caller: a task of its own would cost a change of threads for each answer.
    let work =
        AssertUnwindSafe(under(deed.clone(), dispatch(app, interaction, now))).catch_unwind();
    let end = started + THINKING_TIME;
    match tokio::time::timeout_at(end, work).await {
        Ok(Ok(reply)) => match replay_cache::settle(app.store(), &deed, reply, end).await {
            Ok(reply) => finished!(app, started, "answered", reply),
            Err(given) => finished!(app, started, "repeated", given.into()),
        },
        Ok(Err(_)) => {
            // The panic itself is on standard error.
            error!(interaction = %envelope.id, kind = envelope.kind, "answering failed");
            finished!(app, started, "failed", sorry(envelope))
        }
        Err(_) => {
            error!(interaction = %envelope.id, kind = envelope.kind, "answering took too long");
            finished!(app, started, "slow", sorry(envelope))
        }
    }
}

fn finished(started: Instant, outcome: &'static str, reply: Response) -> Response {
    debug!(
        outcome,
        elapsed_us = started.elapsed().as_micros(),
        "interaction"
    );
    reply
}

/// Does what follows the first response ([`delivery::follow`]); an answer that could not be shared can be shared again.
pub async fn follow(app: &App, rest: &Rest, envelope: &Envelope, steps: Vec<FollowUp>) {
    // Before the member is told: they may press again at once.
    let failed = |step: &FollowUp| {
        if let FollowUp::Share(sharing) = step {
            app.shared_messages().forget(sharing.from);
        }
    };
    delivery::follow(rest, envelope, steps, failed).await;
}
