//! What failed after a first response, in plain words: what happened and what to do.
//!
//! A table of Discord's JSON error codes (documentation, Opcodes and Status Codes). Holds only words that can reach a member.

use crate::discord::api::client::Error;

/// Each code that a later step can meet while there still is a way to tell the member.
pub const TROUBLES: &[(u64, &str)] = &[
    (10_003, "This channel is gone. Ask again in another one."),
    (
        10_008,
        "The message that this was for is deleted. Please run the command again.",
    ),
    (
        20_016,
        "This channel has slow mode on, and I have to wait like anybody. Please try again in a while.",
    ),
    (
        50_001,
        "I cannot see this channel. A moderator can let me in with the permission View Channel.",
    ),
    (
        50_013,
        "I lack a permission here. A moderator can give me View Channel, Send Messages and Embed Links.",
    ),
    (
        50_083,
        "This thread is archived. Open it again, or ask elsewhere.",
    ),
    (
        160_005,
        "This thread is locked. Ask elsewhere, or have a moderator unlock it.",
    ),
];

/// What is said where it is not known whether it worked.
pub const UNSURE: &str = "Discord did not answer me in time. Please look whether it is done, and if it is not, try again in a minute.";

/// What is said where Discord takes nothing for a while.
pub const HELD: &str =
    "Discord makes me wait, so it is not done. Please try again in a few minutes.";

/// What is said where there is nothing that a member could do about it.
pub const REFUSED: &str = "Discord did not accept my answer. Please try again; if it happens again, tell whoever runs me.";

/// Codes for "Unknown Webhook", "Unknown interaction" and "Invalid Webhook Token": what the interaction could be answered with
/// is gone, and nothing that is said reaches the member.
pub const OVER: &[u64] = &[10_015, 10_062, 50_027];

/// What to tell a member about a later step that failed; `None` where nothing reaches them any more.
pub fn of(error: &Error) -> Option<&'static str> {
    match error {
        Error::Refused { code, .. } if OVER.contains(code) => None,
        Error::Refused { status, .. } if *status >= 500 => Some(UNSURE),
        Error::Refused { code, .. } => Some(
            TROUBLES
                .iter()
                .find(|(known, _)| known == code)
                .map_or(REFUSED, |(_, words)| words),
        ),
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
