//! Digests from the moment that they are due to the message in the channel.

mod channel;
mod crash;
mod preview;
mod turns;

use careerbot::store::digests::Definition;

use crate::store::CHANNEL;

/// A digest of the next trend, every day at nine.
pub(crate) fn daily(topic: &str) -> Definition {
    Definition {
        channel: CHANNEL,
        topic: topic.to_owned(),
        style: "short".to_owned(),
        schedule: "every day at 09:00 in America/New_York".to_owned(),
        mention_role: None,
    }
}
