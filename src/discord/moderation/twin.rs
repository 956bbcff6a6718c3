//! A second schedule, draft or entry that is equal to one that is there: the question that is asked first.
//!
//! Whoever saw no answer the first time asks again by hand, and would have everything twice. The button below the question
//! names what is there, as it was shown, and the question itself, which is answered once however often it is pressed. Knows
//! nothing of how each is made: `twin_press` does.

use crate::discord::message::actions::Kind;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::Action;
use crate::discord::message::twin::Twin;
use crate::discord::moderation::access::Moderator;
use crate::store::deeds;

/// The message that says what is there already, with the button that makes another one. What is there is named by its number
/// and by the mark, revision or version that was shown; `with` as in [`Twin`].
pub(crate) fn ask(
    moderator: &Moderator<'_>,
    mut said: Message,
    kind: Kind,
    (of, as_shown): (i64, i64),
    with: Option<(i64, i64)>,
) -> Message {
    let twin = Twin {
        kind,
        of,
        as_shown,
        question: deeds::question(),
        asked: u32::try_from(moderator.now.as_second()).unwrap_or(0),
        with,
    };
    let label = match kind {
        Kind::Schedule => "Schedule it all the same",
        Kind::Draft => "Begin another one all the same",
        Kind::Entry => "Add it all the same",
    };
    if let Some(id) = Action::Twin(twin).encode() {
        said.rows
            .edit()
            .push(Row::Buttons(vec![Button::new(id, label)]));
    }
    said
}
