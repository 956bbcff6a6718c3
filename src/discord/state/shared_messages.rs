//! Which answers were shared lately, so that a second press does not post one twice.

use serenity::model::id::MessageId;

use crate::discord::state::seen_set::SeenSet;

/// How many shared messages are remembered.
const REMEMBERED: usize = 2_000;

/// The messages that were shared lately.
pub struct SharedMessages(SeenSet<MessageId>);

impl Default for SharedMessages {
    fn default() -> Self {
        Self(SeenSet::new(REMEMBERED))
    }
}

impl SharedMessages {
    /// Whether a message is shared for the first time; from now on it was.
    pub(crate) fn is_first(&self, message: MessageId) -> bool {
        self.0.is_first(message)
    }

    /// Forgets that a message was shared, because nothing came of it: it can be shared again.
    pub fn forget(&self, message: MessageId) {
        self.0.forget(&message);
    }
}
