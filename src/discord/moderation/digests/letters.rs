//! A direct message about a post, to a member who wants one: short, with a link to the post.
//!
//! It goes only to whoever still is in the server and sees the channel. It is looked for before it is sent: the link names the
//! post, and stands in no other message. Knows nothing of when letters are due.

use std::num::NonZeroU64;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serenity::model::Permissions;
use serenity::model::channel::{ChannelType, PermissionOverwrite};
use serenity::model::id::{ChannelId, GuildId, UserId};

use crate::digest::summary::Summary;
use crate::discord::api::client::{Error, Rest};
use crate::discord::api::error_code::ErrorCode;
use crate::discord::api::model::Role;
use crate::discord::api::permissions::{granted, look};
use crate::discord::members::letters::{message, nonce, room};
use crate::discord::message::body::Message;
use crate::discord::message::markdown::{escape, fit};
use crate::discord::moderation::digests::publisher::place;
use crate::store::letters::{Letter, Reader};
use crate::store::{self, Store};

/// Most characters of a post's first sentences.
const LEAD: usize = 220;
/// The newest messages among which one that was sent already is looked for.
const LOOKED: usize = 50;
/// How often a letter is tried.
const TRIES: i64 = 5;
/// How long a letter waits after its first try; twice as long after each.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// How long all letters wait where Discord finds that rooms are opened too fast, or does not accept the token.
const LONG: Duration = Duration::from_secs(600);

/// Who sees a post: looked up once for all its letters.
#[derive(Debug, Default)]
pub struct Sight {
    posting: i64,
    found: Option<Seen>,
}

/// The roles of a server, and what a channel allows and denies them.
type Seen = (Vec<Role>, Vec<PermissionOverwrite>);

/// Brings a claimed letter on its way. How long all others have to wait, where Discord wants that.
///
/// # Errors
/// When the store fails; the letter is looked for and sent later.
pub async fn send(
    store: &Store,
    rest: &Rest,
    letter: &Letter,
    sight: &mut Sight,
    now: Timestamp,
) -> store::Result<Option<Duration>> {
    let posting = store.posting(letter.server, letter.posting).await?;
    let stands = posting.and_then(|posting| {
        let summary = Summary::from_body(&posting.body)?;
        Some((place(&posting)?, summary))
    });
    let Some(((channel, post), summary)) = stands else {
        store.settle_letter(letter).await?;
        return Ok(None);
    };
    let link = format!(
        "https://discord.com/channels/{}/{channel}/{post}",
        letter.server
    );
    let error = match deliver(store, rest, letter, sight, channel, &link, &summary).await {
        Ok(()) => {
            store.settle_letter(letter).await?;
            return Ok(None);
        }
        Err(error) => error,
    };
    let pause = match &error {
        Error::Refused {
            code: ErrorCode::ROOMS_TOO_FAST,
            ..
        }
        | Error::Refused { status: 401, .. }
        | Error::NoToken => Some(LONG),
        Error::Held { wait, .. } => Some(*wait),
        Error::Refused { code, .. } if code.is_closed_room() => {
            store.stop_reading(&letter.reader()).await?;
            return Ok(None);
        }
        _ => None,
    };
    if pause.is_none() && letter.tries >= TRIES {
        tracing::warn!(%error, "a direct message is given up");
        store.settle_letter(letter).await?;
        return Ok(None);
    }
    tracing::debug!(%error, "a direct message waits");
    let doubled = FIRST_WAIT.checked_mul(1 << letter.tries.clamp(0, 10));
    let wait = match pause {
        Some(pause) => SignedDuration::try_from(pause).unwrap_or(FIRST_WAIT),
        None => doubled.unwrap_or(FIRST_WAIT),
    };
    store
        .send_later(letter, now + wait, pause.is_none())
        .await?;
    Ok(pause)
}

/// Sends it, unless it stands there already, or the member does not see the post.
async fn deliver(
    store: &Store,
    rest: &Rest,
    letter: &Letter,
    sight: &mut Sight,
    channel: ChannelId,
    link: &str,
    summary: &Summary,
) -> Result<(), Error> {
    let one = NonZeroU64::MIN;
    let server = GuildId::from(NonZeroU64::new(letter.server.get()).unwrap_or(one));
    let user = UserId::from(NonZeroU64::new(letter.member.get()).unwrap_or(one));
    let member = rest.member(server, user).await?;
    if sight.posting != letter.posting {
        *sight = Sight {
            posting: letter.posting,
            found: visible(rest, server, channel).await?,
        };
    }
    let sees = sight.found.as_ref().is_some_and(|(roles, overwrites)| {
        granted(roles, &member, overwrites, server, user).contains(Permissions::VIEW_CHANNEL)
    });
    if !sees {
        return Ok(());
    }
    let reader = letter.reader();
    let known = letter.room.and_then(|room| NonZeroU64::new(room.get()));
    let room = match known {
        Some(known) => ChannelId::from(known),
        None => room(store, rest, &reader).await?,
    };
    let newest = rest.messages_before(room, None, LOOKED).await?;
    let stands = newest
        .iter()
        .any(|message| message.author.bot && message.content.lines().any(|line| line == link));
    if stands {
        return Ok(());
    }
    let said = written(&reader, summary, link);
    rest.post(
        room,
        said.post_body(None),
        Vec::new(),
        &nonce('l', &reader, link),
    )
    .await
    .map(drop)
}

/// The message about a post, which `link` leads to.
pub fn written(reader: &Reader, summary: &Summary, link: &str) -> Message {
    let text = format!(
        "**{}**\n{}\n{link}",
        escape(&summary.headline),
        fit(&summary.lead, LEAD, escape)
    );
    message(reader, text)
}

/// The server's roles, and the overwrites that say who sees the post; `None` where nobody is told of it: only its members see
/// a private thread.
async fn visible(rest: &Rest, server: GuildId, channel: ChannelId) -> Result<Option<Seen>, Error> {
    match look(rest, server, channel).await {
        Ok((_, own)) if own.kind == Some(ChannelType::PrivateThread) => Ok(None),
        Ok((parent, _)) => Ok(Some((
            rest.roles(server).await?,
            parent.permission_overwrites,
        ))),
        Err(Error::Refused {
            code: ErrorCode::UNKNOWN_CHANNEL | ErrorCode::MISSING_ACCESS,
            ..
        }) => Ok(None),
        Err(error) => Err(error),
    }
}
