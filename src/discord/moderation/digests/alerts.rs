//! Word to the moderators, in the log channel, of posts that failed or wait for their decision.
//!
//! Said first and saved second, so that a crash in between loses nothing; before it is said again it is looked for, so that
//! it does not stand there twice. Without a log channel the history tells. Knows nothing of how posts are sent.

use std::num::NonZeroU64;

use serenity::model::id::ChannelId;

use crate::discord::api::client::{Error, Rest};
use crate::discord::api::error_code::ErrorCode;
use crate::discord::message::body::Message;
use crate::discord::message::markdown::{escape_member, fit};
use crate::discord::moderation::digests::post_view;
use crate::knowledge::Knowledge;
use crate::store::digests::Digest;
use crate::store::postings::{Posting, State};
use crate::store::{self, Store};

/// Posts that moderators are told of at once.
const TOLD: u16 = 20;
/// Messages of the log channel, the newest, that are looked through for what was said already.
const LOOKED: usize = 100;

/// Tells the moderators what they do not know yet.
///
/// # Errors
/// When the store fails; they are told in the next turn.
pub async fn send_alerts(
    store: &Store,
    rest: &Rest,
    knowledge: &Knowledge,
    now: jiff::Timestamp,
) -> store::Result<()> {
    // Where Discord holds one server's word back, the others need not wait for it.
    let rest = &rest.hasty();
    for posting in store.untold(TOLD).await? {
        let log = store
            .settings(posting.server)
            .await?
            .log_channel
            .and_then(|id| NonZeroU64::new(id.get()));
        let digest = match posting.digest {
            Some(digest) => store.digest(posting.server, digest).await?,
            None => None,
        };
        let cannot = match log {
            None => "no log channel is set".to_owned(),
            Some(log) => match say(rest, log.into(), &posting, digest.as_ref(), knowledge).await {
                Ok(()) => {
                    store.told(posting.id).await?;
                    continue;
                }
                Err(Error::Refused {
                    code,
                    status: 400 | 403 | 404,
                    message,
                    ..
                }) => {
                    let why = code.advice_on_post().map_or(message, str::to_owned);
                    tracing::warn!(why, "the log channel takes no message");
                    format!("the log channel takes no message ({why})")
                }
                Err(error) => {
                    tracing::warn!(%error, "moderators are not told yet");
                    continue;
                }
            },
        };
        if posting.state == State::Asked {
            let reason = posting.reason.as_deref().unwrap_or("it was late");
            store
                .skip_asked(
                    posting.id,
                    &format!("{reason}; nobody could be asked, as {cannot}"),
                    now,
                )
                .await?;
        }
        store.told(posting.id).await?;
    }
    Ok(())
}

async fn say(
    rest: &Rest,
    log: ChannelId,
    posting: &Posting,
    digest: Option<&Digest>,
    knowledge: &Knowledge,
) -> Result<(), Error> {
    // A question and a failure of one posting are two messages.
    let kind = match posting.state {
        State::Recorded => 'l',
        State::Asked => 'q',
        State::Claimed | State::Sending => 'w',
        _ => 'f',
    };
    // Another database has counted from 1, too: the name of the posting is its own for ever.
    let name = crc32fast::hash(posting.nonce.as_bytes());
    let reference = format!("{kind}{}.{name:08x}", posting.id);
    let message = match posting.state {
        State::Asked => post_view::question(posting, knowledge),
        State::Claimed | State::Sending => post_view::held(posting, knowledge),
        State::Recorded if posting.reason.is_some() => lacking(posting),
        // It came right before it was told of.
        State::Due | State::Recorded | State::Removed => return Ok(()),
        State::Failed | State::Skipped => failure(posting, digest),
    };
    write(rest, log, &reference, message).await
}

/// Says a word of the bot's own in a log channel, where it does not stand there yet; whether that is settled: said, or
/// refused for good.
pub(crate) async fn once(
    rest: &Rest,
    log: store::ChannelId,
    reference: &str,
    message: Message,
) -> bool {
    let Some(log) = NonZeroU64::new(log.get()) else {
        return true;
    };
    match write(rest, log.into(), reference, message).await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "the log channel takes no message");
            matches!(
                error,
                Error::Refused {
                    status: 400 | 403 | 404,
                    ..
                }
            )
        }
    }
}

/// Writes a message that bears a reference, unless one of the newest bears it already.
async fn write(
    rest: &Rest,
    log: ChannelId,
    reference: &str,
    message: Message,
) -> Result<(), Error> {
    let mark = format!("-# ref {reference}");
    let found = rest.messages_before(log, None, LOOKED).await;
    let said = match &found {
        Ok(found) => found.iter().any(|message| message.content.ends_with(&mark)),
        // Where it may not read, it may still write.
        Err(Error::Refused {
            code: ErrorCode::MISSING_ACCESS | ErrorCode::MISSING_PERMISSIONS,
            ..
        }) => false,
        Err(_) => return found.map(drop),
    };
    if said {
        return Ok(());
    }
    let message = Message {
        content: format!("{}\n{mark}", message.content),
        ..message
    };
    rest.post(log, message.post_body(None), Vec::new(), reference)
        .await
        .map(drop)
}

/// That a post stands in its channel, and what it lacks.
fn lacking(posting: &Posting) -> Message {
    let lacks = posting.reason.as_deref().unwrap_or_default();
    Message {
        content: format!(
            "A summary is posted in <#{}>, but {}.",
            posting.channel,
            fit(lacks, 400, escape_member)
        ),
        ..Message::default()
    }
}

/// That a post failed, and what becomes of its schedule.
fn failure(posting: &Posting, digest: Option<&Digest>) -> Message {
    let reason = fit(
        posting.reason.as_deref().unwrap_or("no reason is known"),
        400,
        escape_member,
    );
    let again = if posting.body.is_empty() {
        ""
    } else {
        " Its words are kept: /digest history lets you try again."
    };
    let (which, then) = match digest {
        Some(digest) if digest.paused.is_some() => {
            let id = digest.id;
            (
                format!("Summary {id}"),
                format!("The schedule is paused; /digest resume {id} lets it go on."),
            )
        }
        Some(digest) if digest.ended_at.is_none() => (
            format!("Summary {}", digest.id),
            format!("The schedule goes on.{again}"),
        ),
        _ => ("A summary".to_owned(), again.trim_start().to_owned()),
    };
    Message {
        content: format!(
            "{which} for <#{}> could not be posted: {reason}. {then}",
            posting.channel
        ),
        ..Message::default()
    }
}
