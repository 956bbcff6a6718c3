//! What follows the first response to an interaction.
//!
//! A feature whose outcome depends on what Discord says gives a [`Task`]: delivery runs it and knows no feature.

use std::any::Any;
use std::fmt::Debug;
use std::pin::Pin;

use serde_json::{Value, json};
use serenity::model::id::{ChannelId, MessageId};

use crate::discord::api::client::Rest;
use crate::discord::message::body::{Message, NOBODY};
use crate::discord::message::components::Row;

/// What to do after the first response, in order.
#[derive(Debug)]
pub enum FollowUp {
    /// Send a further message ([`Message::body`]).
    Message(Message),
    /// Post an answer for all to see; where that fails, the member is told why, and can share it again.
    Share(Box<Sharing>),
    /// Give the first response, or the message whose button was pressed, other rows ([`rows_body`]). Nobody waits for it.
    Rows(Vec<Row>),
    /// Do something that takes a while, and replace the first response by what came of it.
    Task(Box<dyn Task>),
}

/// Work that goes on after the first response, such as a question to Discord.
pub trait Task: Any + Debug + Send + Sync {
    /// Does it; what to say in place of the first response, where there is something to say.
    fn run<'a>(&'a self, rest: &'a Rest) -> Outcome<'a>;
}

/// What a [`Task`] comes to.
pub type Outcome<'a> = Pin<Box<dyn Future<Output = Option<Message>> + Send + 'a>>;

impl FollowUp {
    /// The work as what follows a response.
    pub fn task(task: impl Task) -> Self {
        Self::Task(Box::new(task))
    }

    /// The work, where it is of this type.
    pub fn as_task<T: Task>(&self) -> Option<&T> {
        match self {
            Self::Task(task) => (task.as_ref() as &dyn Any).downcast_ref(),
            _ => None,
        }
    }
}

/// An answer on its way from the one who asked to all in the channel, as a reply to another message.
#[derive(Debug, Clone, PartialEq)]
pub struct Sharing {
    /// The private message that it stands in. It is posted once.
    pub from: MessageId,
    /// The channel.
    pub channel: ChannelId,
    /// The message to reply to.
    pub reply_to: MessageId,
    /// What to post with the bot's own rights ([`Message::post_body`]).
    pub message: Message,
    /// What to send as a follow-up where the bot has no token to post with: the same, with a link in place of the reply.
    pub linked: Message,
}

/// The body of an edit that changes the rows of a message and keeps the rest.
pub fn rows_body(rows: &[Row]) -> Value {
    json!({"components": rows, "allowed_mentions": NOBODY})
}
