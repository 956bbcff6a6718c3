//! Discord's own error codes, and what to advise where one is met. Source: Discord documentation, "JSON Error Codes".

use std::fmt;

use crate::discord::api::forum_tag::NO_TAG;

/// A code that Discord refuses a call with; 0 where it gave none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ErrorCode(pub u64);

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is known of a code.
struct Known {
    code: ErrorCode,
    /// What to tell a member whose interaction met it.
    member: Option<&'static str>,
    /// What to tell moderators of a post that met it, as the rest of a sentence.
    moderators: Option<&'static str>,
}

impl ErrorCode {
    /// Discord gave none.
    pub const NONE: Self = Self(0);
    /// "Unknown Channel".
    pub const UNKNOWN_CHANNEL: Self = Self(10_003);
    /// "Unknown Guild".
    pub const UNKNOWN_SERVER: Self = Self(10_004);
    /// "Unknown Role".
    pub const UNKNOWN_ROLE: Self = Self(10_011);
    /// "Unknown Member".
    pub const UNKNOWN_MEMBER: Self = Self(10_007);
    /// "Unknown Message".
    pub const UNKNOWN_MESSAGE: Self = Self(10_008);
    /// "Unknown User".
    pub const UNKNOWN_USER: Self = Self(10_013);
    /// "Unknown Webhook": there is no response yet that could be followed up, or no longer.
    pub const UNKNOWN_WEBHOOK: Self = Self(10_015);
    /// "Unknown interaction".
    pub const UNKNOWN_INTERACTION: Self = Self(10_062);
    /// "This action cannot be performed due to slowmode rate limit".
    pub const SLOW_MODE: Self = Self(20_016);
    /// "You are opening direct messages too fast".
    pub const ROOMS_TOO_FAST: Self = Self(40_003);
    /// "This message has already been crossposted".
    pub const ALREADY_PUBLISHED: Self = Self(40_033);
    /// "Interaction has already been acknowledged".
    pub const ALREADY_ACKNOWLEDGED: Self = Self(40_060);
    /// "A tag is required to create a forum post in this channel".
    pub const TAG_REQUIRED: Self = Self(40_067);
    /// "Missing Access".
    pub const MISSING_ACCESS: Self = Self(50_001);
    /// "Cannot send messages to this user".
    pub const CANNOT_MESSAGE: Self = Self(50_007);
    /// "You lack permissions to perform that action".
    pub const MISSING_PERMISSIONS: Self = Self(50_013);
    /// "Cannot execute action on this channel type".
    pub const WRONG_CHANNEL_TYPE: Self = Self(50_024);
    /// "Invalid Webhook Token".
    pub const INVALID_WEBHOOK_TOKEN: Self = Self(50_027);
    /// "Tried to perform an operation on an archived thread".
    pub const THREAD_ARCHIVED: Self = Self(50_083);
    /// "Cannot reply without permission to read message history".
    pub const NO_MESSAGE_HISTORY: Self = Self(160_002);
    /// "A thread has already been created for this message".
    pub const THREAD_EXISTS: Self = Self(160_004);
    /// "Cannot send messages to this user due to having no mutual guilds".
    pub const NO_MUTUAL_SERVER: Self = Self(50_278);
    /// "Cannot edit a poll message".
    pub const HAS_A_POLL: Self = Self(520_004);
    /// "Thread is locked".
    pub const THREAD_LOCKED: Self = Self(160_005);

    /// What to tell a member whose interaction met it; `None` where nothing better is known than that it was refused.
    pub fn advice(self) -> Option<&'static str> {
        self.known()?.member
    }

    /// What to tell moderators of a post that met it, as the rest of a sentence.
    pub fn advice_on_post(self) -> Option<&'static str> {
        self.known()?.moderators
    }

    /// Whether what the interaction could be answered with is gone, so that nothing that is said reaches the member.
    pub fn is_over(self) -> bool {
        matches!(
            self,
            Self::UNKNOWN_WEBHOOK | Self::UNKNOWN_INTERACTION | Self::INVALID_WEBHOOK_TOKEN
        )
    }

    /// Whether a member can be sent no direct messages, whatever is tried: they have closed them, have left or are gone.
    pub fn is_closed_room(self) -> bool {
        matches!(
            self,
            Self::CANNOT_MESSAGE
                | Self::NO_MUTUAL_SERVER
                | Self::UNKNOWN_MEMBER
                | Self::UNKNOWN_USER
                | Self::UNKNOWN_CHANNEL
        )
    }

    /// Every code that a later step can meet while there still is a way to tell the member, with what they are told.
    pub fn advised() -> impl Iterator<Item = (Self, &'static str)> {
        KNOWN
            .iter()
            .filter_map(|known| Some((known.code, known.member?)))
    }

    fn known(self) -> Option<&'static Known> {
        KNOWN.iter().find(|known| known.code == self)
    }
}

const KNOWN: &[Known] = &[
    Known {
        code: ErrorCode::UNKNOWN_CHANNEL,
        member: Some("This channel is gone. Ask again in another one."),
        moderators: Some("the channel is gone"),
    },
    Known {
        code: ErrorCode::UNKNOWN_SERVER,
        member: None,
        moderators: Some("I am no longer in the server"),
    },
    Known {
        code: ErrorCode::UNKNOWN_MESSAGE,
        member: Some("The message that this was for is deleted. Please run the command again."),
        moderators: Some("the message is gone: somebody deleted it in the channel"),
    },
    Known {
        code: ErrorCode::SLOW_MODE,
        member: Some(
            "This channel has slow mode on, and I have to wait like anybody. Please try again in a while.",
        ),
        moderators: None,
    },
    Known {
        code: ErrorCode::ALREADY_PUBLISHED,
        member: None,
        moderators: Some("it was published already"),
    },
    Known {
        code: ErrorCode::HAS_A_POLL,
        member: None,
        moderators: Some(
            "Discord lets no message with a poll be edited; remove the post and make a new one",
        ),
    },
    Known {
        code: ErrorCode::TAG_REQUIRED,
        member: None,
        moderators: Some(NO_TAG),
    },
    Known {
        code: ErrorCode::MISSING_ACCESS,
        member: Some(
            "I cannot see this channel. A moderator can let me in with the permission View Channel.",
        ),
        moderators: Some("I cannot see the channel: my role needs View Channel there"),
    },
    Known {
        code: ErrorCode::MISSING_PERMISSIONS,
        member: Some(
            "I lack a permission here. A moderator can give me View Channel, Send Messages and Embed Links.",
        ),
        moderators: Some(
            "I lack a permission in the channel: my role needs Send Messages and Embed Links there",
        ),
    },
    Known {
        code: ErrorCode::WRONG_CHANNEL_TYPE,
        member: None,
        moderators: Some("this kind of channel takes no posts"),
    },
    Known {
        code: ErrorCode::THREAD_ARCHIVED,
        member: Some("This thread is archived. Open it again, or ask elsewhere."),
        moderators: Some("the thread is archived: open it again"),
    },
    Known {
        code: ErrorCode::THREAD_LOCKED,
        member: Some("This thread is locked. Ask elsewhere, or have a moderator unlock it."),
        moderators: Some("the thread is locked: unlock it"),
    },
];
