//! What failed after a first response, in plain words: what happened and what to do.
//!
//! Holds only words that can reach a member.

use crate::discord::api::client::Error;

/// What is said where it is not known whether it worked.
pub const UNSURE: &str = "Discord did not answer me in time. Please look whether it is done, and if it is not, try again in a minute.";

/// What is said where Discord takes nothing for a while.
pub const HELD: &str =
    "Discord makes me wait, so it is not done. Please try again in a few minutes.";

/// What is said where there is nothing that a member could do about it.
pub const REFUSED: &str = "Discord did not accept my answer. Please try again; if it happens again, tell whoever runs me.";

/// What to tell a member about a later step that failed; `None` where nothing reaches them any more.
pub fn advice(error: &Error) -> Option<&'static str> {
    match error {
        Error::Refused { code, .. } if code.is_over() => None,
        Error::Refused { status, .. } if *status >= 500 => Some(UNSURE),
        Error::Refused { code, .. } => Some(code.advice().unwrap_or(REFUSED)),
        Error::Held {
            in_doubt: false, ..
        } => Some(HELD),
        Error::Held { .. }
        | Error::Late { .. }
        | Error::Unreachable { .. }
        | Error::Unreadable { .. } => Some(UNSURE),
        Error::NoToken | Error::TooLarge { .. } | Error::NotSent { .. } => Some(REFUSED),
    }
}
