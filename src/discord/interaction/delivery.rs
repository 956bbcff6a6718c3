//! How a response reaches Discord: what replaces one that is refused, and what follows it.
//!
//! Knows neither sockets nor signatures nor features.

use std::borrow::Cow;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use serenity::model::application::Interaction;
use serenity::model::id::{ApplicationId, ChannelId, InteractionId, MessageId};
use tracing::warn;

use crate::discord::api::client::{Error, Rest};
use crate::discord::api::error_code::ErrorCode;
use crate::discord::api::error_text;
use crate::discord::interaction::follow_up::{FollowUp, Sharing, rows_body};
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::body::Message;
use crate::discord::message::components::Row;
use crate::discord::message::plain_text;

/// Type numbers of interactions. Source: Discord documentation, "Interaction Object".
const AUTOCOMPLETE: u64 = 4;

/// What is known of an interaction before, and without, understanding it.
#[derive(Clone, Deserialize)]
pub struct Envelope {
    /// Its id.
    pub id: InteractionId,
    /// What the response is sent with. Never logged.
    pub token: String,
    /// The application that it is for.
    #[serde(rename = "application_id")]
    pub application: ApplicationId,
    /// Command, component and so on, as Discord numbers them.
    #[serde(rename = "type")]
    pub kind: u64,
}

impl std::fmt::Debug for Envelope {
    /// Without the token, with which anybody could answer.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Envelope")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl Envelope {
    /// The envelope of an interaction in Discord's JSON; `None` when there is nothing to answer to.
    pub fn of_json(value: &Value) -> Option<Self> {
        Self::deserialize(value).ok()
    }

    /// The envelope of an interaction that serenity has decoded.
    pub fn of(interaction: &Interaction) -> Self {
        Self {
            id: interaction.id(),
            token: interaction.token().to_owned(),
            application: interaction.application_id(),
            kind: u64::from(u8::from(interaction.kind())),
        }
    }
}

/// The apology. The id is the interaction's own, which is in the log; autocomplete has no room for words.
pub(crate) fn sorry(envelope: &Envelope) -> Response {
    if envelope.kind == AUTOCOMPLETE {
        return InitialResponse::Suggestions(Vec::new()).into();
    }
    Response::private(format!(
        "Something went wrong. Please try again. If it happens again, tell whoever runs this bot the code {}.",
        envelope.id
    ))
}

/// What came of a first response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// The member has what was meant for them, at least its text.
    AsMeant,
    /// The member has an apology.
    Apology,
}

/// What to give in place of a first response that Discord refuses, the best first. A message that is to be replaced stays as
/// it is; suggestions have no other form.
pub fn instead(envelope: &Envelope, first: &InitialResponse) -> Vec<(InitialResponse, Delivered)> {
    let bare = match first {
        InitialResponse::Suggestions(_) | InitialResponse::Pong | InitialResponse::Again(_) => {
            return Vec::new();
        }
        InitialResponse::Message(message) => {
            let bare = Message {
                file: None,
                rows: Vec::new().into(),
                ..message.clone()
            };
            Some(plain_text::without_embeds(bare)).filter(|bare| bare != message)
        }
        _ => None,
    };
    let bare = bare.map(|bare| (InitialResponse::Message(bare), Delivered::AsMeant));
    bare.into_iter()
        .chain([(sorry(envelope).first, Delivered::Apology)])
        .collect()
}

/// Whether Discord has refused a response for what is in it, so that another one may be taken.
pub fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Refused { status: 400.., code, .. } if !code.is_over())
}

/// Does what follows the first response, in order. A step that fails is logged and ends them, and a member who waits for it is
/// told; before that, `failed` hears of it.
pub async fn follow(
    rest: &Rest,
    envelope: &Envelope,
    steps: Vec<FollowUp>,
    failed: impl Fn(&FollowUp),
) {
    for (number, step) in steps.into_iter().enumerate() {
        let done = match take(rest, &step).await {
            Ok(Some(word)) => say(rest, envelope, &word).await,
            done => done.map(drop),
        };
        if let Err(error) = done {
            warn!(interaction = %envelope.id, step = number, %error, "a later step failed");
            failed(&step);
            // Other rows only take a button away that has served.
            if !matches!(step, FollowUp::Rows(_)) {
                give_up(rest, envelope, &error).await;
            }
            return;
        }
    }
}

/// Tells the member privately what to do about a step that has failed, where there still is a way to tell.
async fn give_up(rest: &Rest, envelope: &Envelope, error: &Error) {
    let Some(words) = error_text::advice(error) else {
        return;
    };
    let body = Message::private(words).body();
    if let Err(error) = rest
        .follow_up(envelope.application, &envelope.token, body, Vec::new())
        .await
    {
        warn!(interaction = %envelope.id, %error, "nor can the member be told");
    }
}

/// What is to be sent once a step is done.
enum Word<'a> {
    /// A follow-up.
    FollowUp(&'a Message),
    /// What replaces the first response.
    Edit(Message),
    /// Other rows for the first response.
    Rows(&'a [Row]),
}

/// Does what a step asks for, once; what is to be said of it.
async fn take<'a>(rest: &Rest, step: &'a FollowUp) -> Result<Option<Word<'a>>, Error> {
    Ok(match step {
        FollowUp::Message(message) => Some(Word::FollowUp(message)),
        FollowUp::Task(task) => task.run(rest).await.map(Word::Edit),
        FollowUp::Rows(rows) => Some(Word::Rows(rows)),
        FollowUp::Share(sharing) => {
            let Sharing {
                from,
                channel,
                reply_to,
                message,
                linked,
            } = sharing.as_ref();
            // The nonce is that of the private message: pressed again, it is not posted again, even if a failure was none.
            match post(rest, *channel, message, Some(*reply_to), &from.to_string()).await {
                // What answers an interaction needs none, where the bot's own token is missing or no longer good.
                Err(Error::NoToken | Error::Refused { status: 401, .. }) => {
                    Some(Word::FollowUp(linked))
                }
                done => done.map(|_| None)?,
            }
        }
    })
}

/// Sends it. Over HTTP the first response may still be on its way, so that it is sent again for a while.
async fn say(rest: &Rest, envelope: &Envelope, word: &Word<'_>) -> Result<(), Error> {
    let (application, token) = (envelope.application, &envelope.token);
    let mut pause = Duration::from_millis(100);
    loop {
        let done = match word {
            Word::FollowUp(message) => {
                rest.follow_up(application, token, message.body(), message.files())
                    .await
            }
            Word::Edit(message) => {
                rest.edit(application, token, message.edit_body(), message.files())
                    .await
            }
            Word::Rows(rows) => {
                rest.edit(application, token, rows_body(rows), Vec::new())
                    .await
            }
        };
        match done {
            Err(Error::Refused {
                code: ErrorCode::UNKNOWN_WEBHOOK,
                ..
            }) if pause < Duration::from_secs(2) => {
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            done => return done,
        }
    }
}

/// Posts a message: as plain text where the bot may write in the channel but not show embeds or attach files, and as no reply
/// where it may not read what was said before.
///
/// # Errors
/// As the call.
pub async fn post(
    rest: &Rest,
    channel: ChannelId,
    message: &Message,
    reply_to: Option<MessageId>,
    nonce: &str,
) -> Result<MessageId, Error> {
    let mut message = Cow::Borrowed(message);
    let mut reply_to = reply_to;
    loop {
        let posted = rest
            .post(channel, message.post_body(reply_to), message.files(), nonce)
            .await;
        let rich = !message.embeds.is_empty() || message.file.is_some();
        // Each way takes something away, so that there are three tries at most.
        match posted {
            Err(Error::Refused {
                code: ErrorCode::MISSING_PERMISSIONS,
                ..
            }) if rich => {
                message = Cow::Owned(plain_text::without_embeds(Message {
                    file: None,
                    ..message.into_owned()
                }));
            }
            Err(Error::Refused {
                code: ErrorCode::NO_MESSAGE_HISTORY,
                ..
            }) if reply_to.is_some() => reply_to = None,
            posted => return posted,
        }
    }
}
