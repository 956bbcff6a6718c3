//! Questions in plain words: asked, answered, remembered for a while.
//!
//! The one place where the conversation memory meets the advisor.

use jiff::Timestamp;
use serenity::model::id::{ChannelId, UserId};

use crate::answer::Answer;
use crate::discord::App;

/// Answers a question in the light of what was said before in the same place, and remembers it; a message about a crisis
/// is answered and never remembered.
pub fn ask(app: &App, user: UserId, channel: ChannelId, question: &str, now: Timestamp) -> Answer {
    // What is remembered points into the knowledge that it came from, and is of no use after a swap.
    let edition = app.advisor().knowledge().fingerprint;
    let before = app.memory().recall(user, channel, now).filter(|(of, _)| *of == edition);
    let (answer, remembered) = app.advisor().ask_in(question, before.as_ref().map(|(_, talk)| talk));
    if !answer.sensitive {
        app.memory().keep(user, channel, (edition, remembered), now);
    }
    answer
}
