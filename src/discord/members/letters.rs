//! The button below a post with which members get direct messages about posts like it, and the one in those messages that ends
//! them.
//!
//! A press is somebody's own: it begins and ends nobody else's messages. The first message is sent at once, so that whoever has
//! closed their direct messages hears of it while they can change that. What is sent later stands in
//! `moderation/digests/letters.rs`.

use std::num::NonZeroU64;

use jiff::Timestamp;
use serenity::model::id::{ChannelId, MessageId};

use crate::discord::api::client::{Error, Rest};
use crate::discord::api::error_text;
use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::follow_up::{FollowUp, Outcome, Task};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::state::server_settings;
use crate::store::letters::{MOST_READERS, Reader, Toggled};
use crate::store::{self, ServerId, Store, UserId};

/// The buttons.
pub(crate) const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

/// What stands on the button below a post.
pub(crate) const LABEL: &str = "Message me these";
/// What stands on the button in a direct message.
const STOP: &str = "Stop these messages";

const NOT_OFFERED: &str =
    "The moderators here no longer offer direct messages about this, so nothing was changed.";
const UNKNOWN: &str =
    "I cannot save that at the moment, so nothing was changed. Please try again in a minute.";
const OFF: &str = "Stopped: I won't send you direct messages about posts like this one any more.";
const OFF_ALREADY: &str = "I don't send you these any more; there was nothing to stop.";
const ON: &str = "You will get a short direct message when a post like this one goes out. Press again to stop it.";
const CLOSED: &str = "Nothing was changed: Discord does not let me send you direct messages. Allow them under **Privacy Settings** of this server, then press again.";
/// What the first message says.
const WELCOME: &str = "From now on I send you a short message here when a post like that goes out, as you wanted. The button below ends it, and so does the one below the posts.";

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let (app, call) = (on.app, on.call);
    match *action {
        Action::Letters(topic) => Some(Box::pin(async move {
            let post = (on.press.message.channel_id, on.press.message.id);
            let done = toggle(app, call, topic, post).await;
            done.map_err(HandlerError::private)
        })),
        Action::StopLetters(server, topic) => Some(Box::pin(async move {
            let said = stop(app, call, ServerId::new(server), topic).await;
            Ok(Response::private(said))
        })),
        _ => None,
    }
}

/// What a press below a post does; else what to say instead.
async fn toggle(
    app: &App,
    call: &InteractionContext,
    topic: Tag,
    (channel, message): (ChannelId, MessageId),
) -> Result<Response, String> {
    let (Some(store), Some(guild)) = (app.store(), call.server()) else {
        return Err(NOT_OFFERED.to_owned());
    };
    let server = server_settings::id(guild);
    let member = UserId::new(call.user.get());
    let changed = async {
        let offered = store.subscriptions(server).await?;
        let Some(found) = offered.iter().find(|one| Tag::of(&one.topic) == topic) else {
            return Ok(None);
        };
        let topic = found.topic.clone();
        let reader = Reader {
            server,
            topic,
            member,
        };
        let toggled = store.toggle_reader(&reader, call.now).await?;
        Ok::<_, store::Error>(Some((reader, toggled)))
    };
    let changed = changed.await.map_err(|error| {
        tracing::warn!(%error, "direct messages cannot be switched");
        UNKNOWN.to_owned()
    })?;
    match changed {
        Some((_, Toggled::NotOffered)) | None => Err(NOT_OFFERED.to_owned()),
        Some((_, Toggled::Off)) => Err(OFF.to_owned()),
        Some((_, Toggled::Full)) => Err(format!(
            "Nothing was changed: {MOST_READERS} members of this server get these direct messages already, and I send no more. The posts stay here for all to read."
        )),
        Some((reader, Toggled::On)) => Ok(Response {
            first: InitialResponse::Thinking,
            then: vec![FollowUp::task(Welcome {
                store: store.clone(),
                reader,
                post: format!("https://discord.com/channels/{guild}/{channel}/{message}"),
                now: call.now,
            })],
        }),
    }
}

/// Ends somebody's own direct messages; what to say.
async fn stop(app: &App, call: &InteractionContext, server: ServerId, topic: Tag) -> &'static str {
    let Some(store) = app.store() else {
        return UNKNOWN;
    };
    let done = async {
        let mut stopped = false;
        let read = store.read_by(server, UserId::new(call.user.get())).await?;
        for reader in read.iter().filter(|reader| Tag::of(&reader.topic) == topic) {
            stopped |= store.stop_reading(reader).await?;
        }
        Ok::<_, store::Error>(stopped)
    };
    match done.await {
        Ok(true) => OFF,
        Ok(false) => OFF_ALREADY,
        Err(error) => {
            tracing::warn!(%error, "direct messages cannot be switched");
            UNKNOWN
        }
    }
}

/// A direct message with the button that ends them.
pub(crate) fn message(reader: &Reader, content: String) -> Message {
    let stop = Action::StopLetters(reader.server.get(), Tag::of(&reader.topic)).encode();
    let stop = stop.map(|id| Button::new(id, STOP));
    Message {
        content,
        rows: vec![Row::Buttons(stop.into_iter().collect())].into(),
        ..Message::default()
    }
}

/// The channel of the direct messages with a member; saved, so that it is opened once.
///
/// # Errors
/// When Discord does not open it.
pub(crate) async fn room(store: &Store, rest: &Rest, reader: &Reader) -> Result<ChannelId, Error> {
    let user = NonZeroU64::new(reader.member.get()).unwrap_or(NonZeroU64::MIN);
    let room = rest.room_with(user.into()).await?;
    if let Err(error) = store
        .set_room(reader.member, store::ChannelId::new(room.get()))
        .await
    {
        tracing::debug!(%error, "direct messages are opened again next time");
    }
    Ok(room)
}

/// The first direct message on its way.
#[derive(Debug)]
struct Welcome {
    store: Store,
    reader: Reader,
    /// The link to the post below which the button was pressed.
    post: String,
    now: Timestamp,
}

impl Task for Welcome {
    fn run<'a>(&'a self, rest: &'a Rest) -> Outcome<'a> {
        Box::pin(async move { Some(Message::private(self.said(rest).await)) })
    }
}

impl Welcome {
    async fn said(&self, rest: &Rest) -> String {
        match self.sent(rest).await {
            Ok(()) => ON.to_owned(),
            Err(error) => {
                // What does not begin well is not begun: nobody waits for messages that never come.
                let taken_back = self.store.stop_reading(&self.reader).await;
                tracing::warn!(%error, taken_back = taken_back.is_ok(), "a first direct message is not sent");
                match error {
                    Error::Refused { code, .. } if code.is_closed_room() => CLOSED,
                    other => error_text::advice(&other).unwrap_or(error_text::REFUSED),
                }
                .to_owned()
            }
        }
    }

    async fn sent(&self, rest: &Rest) -> Result<(), Error> {
        let room = room(&self.store, rest, &self.reader).await?;
        let about = format!(
            "{} {} {}",
            self.reader.server,
            self.reader.topic,
            self.now.as_millisecond()
        );
        let said = message(
            &self.reader,
            format!("{WELCOME}\n-# You pressed it at {}", self.post),
        );
        rest.post(
            room,
            said.post_body(None),
            Vec::new(),
            &nonce('w', &self.reader, &about),
        )
        .await
        .map(drop)
    }
}

/// Names a direct message to a member, so that it arrives once: 25 characters.
pub(crate) fn nonce(kind: char, reader: &Reader, about: &str) -> String {
    let about = crc32fast::hash(about.as_bytes());
    format!("{kind}{:016x}{about:08x}", reader.member.get())
}
