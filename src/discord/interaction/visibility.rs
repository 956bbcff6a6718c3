//! Whether an answer may be for all to see where a member is: nobody has the bot say what they may not say there themselves.
//!
//! Facts about the call in, what stands in the way out. Knows nothing of what would be posted.

use crate::discord::interaction::context::InteractionContext;

/// What keeps an answer from being public.
#[derive(Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// What it is, and what to do, for a member who wants to share an answer.
    pub words: &'static str,
    /// The same in a line of at most 95 characters, for below an answer that was to be public. There is room for that much.
    pub line: &'static str,
}

const MUTE: Obstacle = Obstacle {
    words: "You may not write in this channel, so I do not post here for you. Share where you may write, or ask a moderator for the permission \"Send Messages\".",
    line: "Only you see this: you may not write here. A moderator can give you \"Send Messages\".",
};

const MUTE_IN_THREAD: Obstacle = Obstacle {
    words: "You may not write in this thread, so I do not post here for you. Share where you may write, or ask a moderator for the permission \"Send Messages in Threads\".",
    line: "Only you see this: you may not write here. Moderators can give \"Send Messages in Threads\".",
};

const OUTSIDE: Obstacle = Obstacle {
    words: "This server does not let apps from outside post in it. Ask a moderator to add me to the server, or to give you the permission \"Use External Apps\".",
    line: "Only you see this: a moderator can add me to the server, or give you \"Use External Apps\".",
};

/// What stands in the way; `None` where nothing does. In direct messages nothing can.
pub fn obstacle(call: &InteractionContext) -> Option<&'static Obstacle> {
    match call {
        InteractionContext { guild: None, .. } => None,
        InteractionContext {
            may_write: false,
            thread: true,
            ..
        } => Some(&MUTE_IN_THREAD),
        InteractionContext {
            may_write: false, ..
        } => Some(&MUTE),
        // Discord itself then shows whatever such an app says to the member alone.
        InteractionContext {
            bot_in_server: false,
            may_use_outside_apps: false,
            ..
        } => Some(&OUTSIDE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_fits_below_every_answer() {
        for obstacle in [&MUTE, &MUTE_IN_THREAD, &OUTSIDE] {
            assert!(
                obstacle.line.len() <= 95,
                "{}: {}",
                obstacle.line.len(),
                obstacle.line
            );
        }
    }
}
