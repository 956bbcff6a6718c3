//! Publishing to the servers that follow an announcement channel: at once where Discord lets it, else by itself later.
//!
//! An order is saved before Discord is asked, and stays until Discord has published the post or refused it: also over a
//! restart, and here or in another copy of the program. Discord publishes a message once, so that asking again does no harm.

use jiff::Timestamp;
use serenity::model::id::{ChannelId, MessageId};

use crate::digest::runner::{
    ATTEMPTS, HELD, LEASE, PostError, SHORTEST_HOLD, TELL_FROM, backoff, span,
};
use crate::discord::api::client::{Error, Rest};
use crate::discord::api::error_code::ErrorCode;
use crate::discord::message::body::Message;
use crate::discord::message::markdown::{escape_member, fit};
use crate::discord::moderation::digests::publisher::{self, place};
use crate::discord::moderation::digests::{alerts, post_view};
use crate::knowledge::Knowledge;
use crate::store::postings::{Hold, Posting};
use crate::store::publications::{Publication, State};
use crate::store::{self, Store, UserId};

/// Publications handled, and told of, in one turn.
const TURN: u16 = 20;
/// What is said where it is done.
const DONE: &str = "Published to the servers that follow the channel.";

/// Orders a post to be published, and asks Discord at once; what came of it, and whether it can be ordered again.
///
/// # Errors
/// When the store fails; nothing was ordered then.
pub(crate) async fn order(
    store: &Store,
    rest: &Rest,
    posting: &Posting,
    (channel, message): (ChannelId, MessageId),
    who: UserId,
    now: Timestamp,
) -> store::Result<(String, bool)> {
    if !store
        .order_publication(posting.server, posting.id, who, LEASE, now)
        .await?
    {
        let ordered = store.publication(posting.server, posting.id).await?;
        return Ok(ordered.map_or_else(|| (DONE.to_owned(), false), |known| said(&known)));
    }
    let ordered = store.publication(posting.server, posting.id).await?;
    let Some(ordered) = ordered else {
        return Ok((post_view::NOWHERE.to_owned(), false));
    };
    bring(store, rest, &ordered, (channel, message), Timestamp::now()).await?;
    let left = store.publication(posting.server, posting.id).await?;
    if let Some(failed) = left.as_ref().filter(|left| left.state == State::Failed) {
        // Whoever ordered it is told here and now.
        store.told_of_publication(failed).await?;
    }
    Ok(left.map_or_else(|| (DONE.to_owned(), false), |left| said(&left)))
}

/// What stands above a post of which a publication is known, and whether it can be ordered again.
pub(crate) fn said(known: &Publication) -> (String, bool) {
    match known.state {
        State::Failed => (format!("⚠ It was not published: {}.", reason(known)), true),
        State::Waiting => (waits(known), false),
    }
}

/// Asks Discord for what waits and whose time has come, and tells moderators of what waits for long or was given up.
///
/// # Errors
/// When the store fails; the rest is done in the next turn.
pub async fn turn(
    store: &Store,
    rest: &Rest,
    knowledge: &Knowledge,
    clock: &(dyn Fn() -> Timestamp + Sync),
) -> store::Result<()> {
    // Where Discord holds one server's post back, the others need not wait for it.
    let rest = &rest.hasty();
    for _ in 0..TURN {
        let Some(due) = store.claim_publication(LEASE, clock()).await? else {
            break;
        };
        let posting = store.posting(due.server, due.posting).await?;
        match posting.as_ref().and_then(place) {
            Some(at) => bring(store, rest, &due, at, clock()).await?,
            None => store.drop_publication(due.posting).await?,
        }
    }
    for untold in store.untold_publications(TURN).await? {
        let posting = store.posting(untold.server, untold.posting).await?;
        let Some(posting) = posting else { continue };
        let log = store.settings(untold.server).await?.log_channel;
        let heard = match log {
            // The history tells.
            None => true,
            Some(log) => {
                alerts::once(
                    rest,
                    log,
                    &mark(&untold),
                    word(&untold, &posting, knowledge),
                )
                .await
            }
        };
        if heard {
            store.told_of_publication(&untold).await?;
        }
    }
    Ok(())
}

/// Asks Discord for a publication that was claimed, and saves what came of it.
async fn bring(
    store: &Store,
    rest: &Rest,
    ordered: &Publication,
    (channel, message): (ChannelId, MessageId),
    now: Timestamp,
) -> store::Result<()> {
    let id = ordered.posting;
    let error = match rest.publish(channel, message).await {
        Ok(())
        | Err(Error::Refused {
            code: ErrorCode::ALREADY_PUBLISHED,
            ..
        }) => return store.save_publication(id, now).await,
        Err(error) => error,
    };
    tracing::info!(%error, posting = id, "a post is not published");
    let (wait, reason, counts) = match publisher::sort(error) {
        PostError::Refused(reason) => return store.fail_publication(id, &reason, now).await,
        PostError::Held { time, reason, .. } => (
            span(time).max(SHORTEST_HOLD),
            format!("{HELD}{reason}"),
            false,
        ),
        PostError::Wait { time, reason } => (span(time), reason, true),
        PostError::Unclear(_) => (
            backoff(ordered.attempts),
            "Discord did not answer".to_owned(),
            true,
        ),
    };
    if counts && ordered.attempts >= ATTEMPTS {
        let reason = format!("Discord did not do it in {ATTEMPTS} attempts: {reason}");
        return store.fail_publication(id, &reason, now).await;
    }
    let hold = Hold {
        until: now.checked_add(wait).unwrap_or(now),
        reason: &reason,
        in_doubt: counts,
        tell: !counts && wait >= TELL_FROM,
    };
    store.hold_publication(id, &hold).await
}

fn reason(known: &Publication) -> String {
    let reason = known.reason.as_deref().unwrap_or("no reason is known");
    fit(reason, 300, escape_member)
}

fn waits(known: &Publication) -> String {
    let until = known.due_at.timestamp().as_second();
    let why = known
        .reason
        .as_ref()
        .map(|_| format!("{}. ", reason(known)))
        .unwrap_or_default();
    format!("{why}It is published by itself, <t:{until}:R>; nothing has to be done.")
}

/// What tells the word on a publication from every other one: until when it waits, or which order failed.
fn mark(known: &Publication) -> String {
    let (kind, when) = match known.state {
        State::Waiting => ('p', known.due_at),
        State::Failed => ('n', known.ordered_at),
    };
    format!("{kind}{}.{:x}", known.posting, when.timestamp().as_second())
}

fn word(known: &Publication, posting: &Posting, knowledge: &Knowledge) -> Message {
    let what = format!(
        "Publishing **{}** in <#{}>: ",
        post_view::title(posting, knowledge),
        posting.channel
    );
    let then = match known.state {
        State::Waiting => waits(known),
        State::Failed => format!(
            "given up. {}. /digest history lets you try again.",
            reason(known)
        ),
    };
    Message {
        content: format!("{what}{then}"),
        ..Message::default()
    }
}
