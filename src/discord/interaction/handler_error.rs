//! Why a handler has no reply of its own, and what the person sees then.

use crate::discord::interaction::response::{DONE, InitialResponse, Response};
use crate::discord::message::body::Message;
use crate::store;

/// Why a handler stops.
#[derive(Debug)]
pub enum HandlerError {
    /// There is nothing to do, or somebody may not do it: the message says so.
    Refused(Message),
    /// The store failed under somebody's hands.
    Store(store::Error),
}

impl HandlerError {
    /// A refusal that only the person sees.
    pub fn private(text: impl Into<String>) -> Self {
        Self::Refused(Message::private(text))
    }
}

impl From<Message> for HandlerError {
    fn from(message: Message) -> Self {
        Self::Refused(message)
    }
}

impl From<store::Error> for HandlerError {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// What the person sees. A store that failed is logged here, and nowhere else.
impl From<HandlerError> for Message {
    fn from(error: HandlerError) -> Self {
        let error = match error {
            HandlerError::Refused(message) => return message,
            HandlerError::Store(store::Error::Repeated | store::Error::Answered) => {
                return Self::private(DONE);
            }
            HandlerError::Store(error) => error,
        };
        tracing::error!(%error, "the store failed");
        Self::private(match error {
            _ if error.is_in_doubt() => {
                "My store fell silent, and I cannot tell whether something was changed. Please look again in a minute."
            }
            store::Error::DiskFull { .. } => {
                "The disk of my store is full, and nothing was changed. Whoever runs this bot has to free some room."
            }
            _ if error.is_passing() => {
                "My store did not answer in time, and nothing was changed. Please try again in a minute."
            }
            _ => {
                "My store cannot be used at the moment, and nothing was changed. Whoever runs this bot finds the reason in its log."
            }
        })
    }
}

impl From<HandlerError> for InitialResponse {
    fn from(error: HandlerError) -> Self {
        Self::Message(error.into())
    }
}

impl From<HandlerError> for Response {
    fn from(error: HandlerError) -> Self {
        Message::from(error).into()
    }
}
