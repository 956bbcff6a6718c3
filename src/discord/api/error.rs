//! Why a call to Discord failed, in words for a log. No address stands in them: addresses hold tokens of interactions.

use std::time::Duration;

use crate::discord::api::error_code::ErrorCode;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no token.
    #[error(
        "DISCORD_TOKEN is not set: copy the token from the Bot page of https://discord.com/developers/applications"
    )]
    NoToken,
    /// Discord refused it.
    #[error("{what}: Discord answered {status}, {message} (code {code})")]
    Refused {
        /// What was tried.
        what: &'static str,
        /// HTTP status.
        status: u16,
        /// Discord's own error code; 0 when it gave none.
        code: ErrorCode,
        /// Discord's own words.
        message: String,
    },
    /// It would have come too late.
    #[error("{what}: not done in time")]
    Late {
        /// What was tried.
        what: &'static str,
    },
    /// Discord wants to be left alone for longer than the call may wait. A later call goes out by itself then.
    #[error("{what}: Discord takes none for another {} s: {message} (code {code})", wait.as_secs())]
    Held {
        /// What was tried.
        what: &'static str,
        /// For how long.
        wait: Duration,
        /// Discord's own error code; 0 when it gave none.
        code: ErrorCode,
        /// Discord's own words.
        message: String,
        /// Whether an earlier try of the same call may have arrived.
        in_doubt: bool,
    },
    /// There was no answer.
    #[error("{what}: Discord cannot be reached: {reason}")]
    Unreachable {
        /// What was tried.
        what: &'static str,
        /// Why not.
        reason: String,
    },
    /// It is larger than it may be.
    #[error("{what}: it has more than {most} bytes")]
    TooLarge {
        /// What was tried.
        what: &'static str,
        /// The most bytes that it may have.
        most: usize,
    },
    /// The answer is not what the documentation says.
    #[error("{what}: Discord's answer cannot be read: {reason}")]
    Unreadable {
        /// What was tried.
        what: &'static str,
        /// Why not.
        reason: String,
    },
    /// The request could not be built, or would have gone somewhere else than to `CAREERBOT_DISCORD_API`.
    #[error("{what}: not sent: {reason}")]
    NotSent {
        /// What was tried.
        what: &'static str,
        /// Why not.
        reason: String,
    },
}

impl Error {
    /// The HTTP status that Discord refused with.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }
}
