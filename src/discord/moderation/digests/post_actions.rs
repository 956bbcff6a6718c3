//! What moderators do with a summary that was posted, as far as Discord has to be asked: look, edit, remove, publish.
//!
//! Done after the first response, because Discord may take its time. Discord comes first and the store second: what is saved
//! has happened. Rights were checked with the press. Knows nothing of buttons.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serenity::model::channel::MessageFlags;
use serenity::model::id::{ChannelId, MessageId};

use crate::digest::Summary;
use crate::discord::api::client::{CALL_TIME, Error, Rest};
use crate::discord::api::error_code::ErrorCode;
use crate::discord::api::model;
use crate::discord::app::App;
use crate::discord::interaction::follow_up::{FollowUp, Outcome, Task};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::message::actions::PostVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::Row;
use crate::discord::message::markdown::truncate;
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::digests::publisher::{self, place};
use crate::discord::moderation::digests::{post_view, publications};
use crate::store::postings::{Posting, State};
use crate::store::{ServerId, Store, UserId};

/// How long a post is held while its message is edited, counted from the press: nobody else may take it while the call is on
/// its way. The call may take [`CALL_TIME`], and begins after the press: behind the first response and some reads of the
/// store, for which as long again is more than enough. Whoever ends earlier gives the post back at once.
const EDITING: Duration = Duration::from_secs(2 * CALL_TIME.as_secs() + 60);

/// What is said to whoever comes second.
const BUSY: &str = "Another moderator is changing this post at this moment, so nothing was done. Look at it again in a few seconds.";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostAction {
    /// See whether it still stands, and whether it can be published. The note stands above it.
    Look {
        /// What was said already.
        note: String,
    },
    /// Offer to publish what was posted just now, where that can be done. The text is what was said already.
    Offer {
        /// What was said already.
        said: String,
    },
    /// Put edited words in.
    Apply {
        /// The draft that holds them.
        draft: i64,
        /// The words.
        body: String,
        /// The post as it stood when that was decided.
        before: Box<Posting>,
    },
    /// Take it out of the channel.
    Remove,
    /// Send it to the servers that follow the channel.
    Publish,
}

/// A task with whom and what it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostTask {
    server: ServerId,
    who: UserId,
    posting: i64,
    action: PostAction,
    now: Timestamp,
}

impl PostTask {
    /// A moderator's task for a posting of their server.
    pub fn new(moderator: &Moderator<'_>, posting: i64, action: PostAction) -> Self {
        Self {
            server: moderator.server,
            who: moderator.user,
            posting,
            action,
            now: moderator.now,
        }
    }

    /// The work as what follows a first response.
    pub(crate) fn follow_up(self, app: &App) -> FollowUp {
        FollowUp::task(PostWork {
            app: app.clone(),
            work: self,
        })
    }

    /// What is said where it was not done: edited words stay on the screen, to be tried again.
    fn refused(&self, refusal: HandlerError) -> Message {
        let refusal = Message::from(refusal);
        let PostAction::Apply {
            draft,
            body,
            before,
        } = &self.action
        else {
            return refusal;
        };
        let again = post_view::again(before, body, *draft, &refusal.content);
        again.unwrap_or_else(|| post_view::words_back(&refusal.content, body))
    }

    /// What is said where it never can be done: edited words come back as a file.
    fn in_vain(&self, said: &str) -> Message {
        match &self.action {
            PostAction::Apply { body, .. } => post_view::words_back(said, body),
            _ => Message::private(said),
        }
    }
}

/// A task with all that it takes.
#[derive(Debug)]
pub struct PostWork {
    app: App,
    work: PostTask,
}

impl Task for PostWork {
    fn run<'a>(&'a self, rest: &'a Rest) -> Outcome<'a> {
        Box::pin(carry_out(&self.app, rest, &self.work))
    }
}

/// Does it; what to say instead of the first response, where there is something to say.
pub async fn carry_out(app: &App, rest: &Rest, work: &PostTask) -> Option<Message> {
    let store = app.store()?;
    let done = async {
        let posting = find(store, work).await?;
        let Some((channel, message)) = place(&posting) else {
            return Ok(Some(work.in_vain(post_view::NOWHERE)));
        };
        let at = At {
            app,
            rest,
            store,
            work,
            posting: &posting,
            channel,
            message,
        };
        match &work.action {
            PostAction::Look { note } => at.look(note).await.map(Some),
            PostAction::Offer { said } => Ok(at.offer(said).await),
            PostAction::Apply {
                draft,
                body,
                before,
            } => at.apply(*draft, body, before).await.map(Some),
            PostAction::Remove => at.remove().await.map(Some),
            PostAction::Publish => at.publish().await.map(Some),
        }
    };
    done.await
        .unwrap_or_else(|refusal| Some(work.refused(refusal)))
}

async fn find(store: &Store, work: &PostTask) -> Result<Posting, HandlerError> {
    let found = store.posting(work.server, work.posting).await?;
    found.ok_or_else(|| HandlerError::private("This post is no longer in the history."))
}

struct At<'a> {
    app: &'a App,
    rest: &'a Rest,
    store: &'a Store,
    work: &'a PostTask,
    posting: &'a Posting,
    channel: ChannelId,
    message: MessageId,
}

impl At<'_> {
    fn view(&self, posting: &Posting, note: &str, publish: bool) -> Message {
        post_view::view(posting, &self.app.advisor().knowledge(), note, publish)
    }

    /// The channel and the message, as Discord has them.
    async fn now(&self) -> Result<(model::Channel, model::Message), Error> {
        Ok((
            self.rest.channel(self.channel).await?,
            self.rest.message(self.channel, self.message).await?,
        ))
    }

    async fn look(&self, note: &str) -> Result<Message, HandlerError> {
        let PostTask {
            server, posting, ..
        } = *self.work;
        let ordered = self.store.publication(server, posting).await?;
        let (note, publish) = match self.now().await {
            Ok((channel, message)) if channel.is_announcements() => {
                let published = message.flags.contains(MessageFlags::CROSSPOSTED);
                match ordered {
                    _ if published => (
                        "It is published to the servers that follow the channel.".to_owned(),
                        false,
                    ),
                    Some(ordered) if note.is_empty() => publications::said(&ordered),
                    _ => (note.to_owned(), true),
                }
            }
            Ok(_) => (note.to_owned(), false),
            Err(error) => (format!("⚠ {}.", words(&error)), false),
        };
        Ok(self.view(self.posting, &note, publish))
    }

    async fn offer(&self, said: &str) -> Option<Message> {
        let channel = self.rest.channel(self.channel).await.ok()?;
        if !channel.is_announcements() || post_view::is_own(self.posting) {
            return None;
        }
        tracing::debug!(channel = %self.channel, "publishing can be offered");
        let button = post_view::button(PostVerb::Publish, self.posting.id, 0, "Publish")?;
        let content = format!(
            "{said}\nThis is an announcement channel: it is not published to the servers that follow it unless you say so."
        );
        Some(Message {
            rows: vec![Row::Buttons(vec![button])].into(),
            ..Message::private(content)
        })
    }

    async fn apply(
        &self,
        draft: i64,
        body: &str,
        before: &Posting,
    ) -> Result<Message, HandlerError> {
        let edited =
            Summary::from_body(body).and_then(|summary| publisher::message(self.posting, &summary));
        let Some(edited) = edited else {
            return Ok(self
                .work
                .in_vain("Nothing was changed: the text does not fit into one message."));
        };
        // An edit notifies nobody.
        let edited = Message {
            ping: None,
            ..edited
        };
        // Two who press within the same second: whoever takes the post first changes it, and the other is told.
        let owner = format!("edit {draft}");
        // What could not be put in stays on the screen, to be tried again.
        let kept = |posting: &Posting, note: &str, alone: &str| match post_view::again(
            posting, body, draft, note,
        ) {
            Some(again) => again,
            None if posting.state == State::Recorded => self.view(posting, alone, false),
            None => self.work.in_vain(post_view::NOWHERE),
        };
        let refusal = if post_view::mark(self.posting) != post_view::mark(before) {
            Some((post_view::CHANGED_BELOW, post_view::CHANGED))
        } else {
            let begun = self
                .store
                .begin_edit(self.posting, &owner, EDITING, self.work.now)
                .await;
            if begun? { None } else { Some((BUSY, BUSY)) }
        };
        if let Some((note, alone)) = refusal {
            return Ok(kept(&find(self.store, self.work).await?, note, alone));
        }
        // The chart stays: it is of the roles, which no words change.
        let mut body_now = edited.edit_body();
        if let Some(parts) = body_now.as_object_mut() {
            parts.remove("attachments");
        }
        let done = self
            .rest
            .edit_message(self.channel, self.message, body_now)
            .await;
        if let Err(error) = done {
            self.give_back(&owner).await;
            let note = format!("⚠ Nothing was changed: {}.", words(&error));
            return match error {
                Error::Refused {
                    code: ErrorCode::UNKNOWN_CHANNEL | ErrorCode::UNKNOWN_MESSAGE,
                    ..
                } => Ok(self.work.in_vain(&note)),
                Error::Refused { status: ..500, .. }
                | Error::Held {
                    in_doubt: false, ..
                }
                | Error::NoToken
                | Error::NotSent { .. } => Ok(kept(self.posting, &note, &note)),
                _ => self.apply_again(draft, body, post_view::NO_ANSWER),
            };
        }
        let PostTask {
            server,
            who,
            posting,
            now,
            ..
        } = *self.work;
        match self.store.save_edit(server, posting, body, who, now).await {
            Ok(true) => {
                if let Err(error) = self.store.drop_draft(server, draft).await {
                    tracing::warn!(%error, "edited words stay a while, although they are applied");
                }
                let posting = Posting {
                    body: body.to_owned(),
                    ..self.posting.clone()
                };
                Ok(self.view(&posting, "Changed in the channel.", false))
            }
            Ok(false) => Ok(self.work.in_vain("It was removed in the meantime.")),
            Err(error) => {
                tracing::error!(%error, "an edit that was made is not saved");
                self.give_back(&owner).await;
                self.apply_again(draft, body, post_view::NOT_NOTED)
            }
        }
    }

    fn apply_again(&self, draft: i64, body: &str, head: &str) -> Result<Message, HandlerError> {
        post_view::apply_again(self.posting, body, draft, head)
            .ok_or_else(|| HandlerError::private(head))
    }

    /// Lets others change the post; where that fails, they wait until the right runs out.
    async fn give_back(&self, owner: &str) {
        if let Err(error) = self.store.drop_edit(self.posting, owner).await {
            tracing::warn!(%error, "a post stays held for a while");
        }
    }

    async fn remove(&self) -> Result<Message, HandlerError> {
        // In a forum, the thread is the post. Without Manage Threads, its first message is all that can be taken out.
        let in_forum = self.channel.get() == self.message.get();
        let mut done = Err(Error::Late {
            what: "deleting a thread",
        });
        if in_forum {
            done = self.rest.delete_thread(self.channel).await;
        }
        let first_only = in_forum
            && matches!(
                done,
                Err(Error::Refused {
                    code: ErrorCode::MISSING_ACCESS | ErrorCode::MISSING_PERMISSIONS,
                    ..
                })
            );
        if !in_forum || first_only {
            done = self.rest.delete_message(self.channel, self.message).await;
        }
        let said = match done {
            Ok(()) if first_only => format!(
                "Removed from <#{}>. What members have written below it stays: to remove that, too, my role needs Manage Threads there.",
                self.channel
            ),
            Ok(()) => format!(
                "Removed from <#{}>. The history keeps that it was posted.",
                self.channel
            ),
            // Whoever deleted it by hand did what is asked for.
            Err(
                error @ Error::Refused {
                    code: ErrorCode::UNKNOWN_CHANNEL | ErrorCode::UNKNOWN_MESSAGE,
                    ..
                },
            ) => {
                format!(
                    "There was nothing left to remove: {}. The history says so now.",
                    words(&error)
                )
            }
            Err(error) => {
                return Ok(self.view(
                    self.posting,
                    &format!("⚠ It was not removed: {}.", words(&error)),
                    false,
                ));
            }
        };
        let PostTask {
            server,
            who,
            posting,
            now,
            ..
        } = *self.work;
        self.store.save_removal(server, posting, who, now).await?;
        let button = post_view::button(PostVerb::List, 0, 0, "All posts");
        Ok(Message {
            rows: button
                .map(|button| Row::Buttons(vec![button]))
                .into_iter()
                .collect(),
            ..Message::private(said)
        })
    }

    async fn publish(&self) -> Result<Message, HandlerError> {
        let at = (self.channel, self.message);
        let PostTask { who, now, .. } = *self.work;
        let (note, again) =
            publications::order(self.store, self.rest, self.posting, at, who, now).await?;
        // Moderators hear of what waits.
        self.app.wake();
        Ok(self.view(self.posting, &note, again))
    }
}

/// Why Discord did not do it, in plain words.
fn words(error: &Error) -> String {
    tracing::info!(%error, "a post is not changed");
    match error {
        Error::Refused { code, message, .. } => code.advice_on_post().map_or_else(
            || format!("Discord refused it: {}", truncate(message, 200)),
            str::to_owned,
        ),
        Error::Held { wait, message, .. } => {
            let until = (Timestamp::now() + SignedDuration::try_from(*wait).unwrap_or_default())
                .as_second();
            let message = truncate(message.trim_end_matches('.'), 200);
            format!("Discord takes it again <t:{until}:R>, and says: {message}")
        }
        _ => "Discord did not answer; please try again in a minute".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::api::client::RESPONSE_TIME;

    #[test]
    fn a_post_is_held_until_any_call_on_it_has_ended() {
        // The call begins behind the first response, at whatever pace the store is read.
        let store = CALL_TIME;
        assert!(EDITING > RESPONSE_TIME + store + CALL_TIME);
    }
}
