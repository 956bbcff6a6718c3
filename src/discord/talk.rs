//! Questions in plain words: asked, answered, remembered for a while.
//!
//! The one place where the conversation memory meets the advisor.

use jiff::Timestamp;
use serenity::model::id::{ChannelId, UserId};

use crate::answer::{Answer, Subject};
use crate::discord::App;

/// What is remembered of a talk.
#[derive(Debug, Clone, Default)]
pub struct Remembered {
    /// What the last answer was about.
    pub subjects: Vec<Subject>,
}

/// Answers a question in the light of what was said before in the same place, and remembers it; a message about a crisis
/// is answered and never remembered.
pub fn ask(app: &App, user: UserId, channel: ChannelId, question: &str, now: Timestamp) -> Answer {
    let answer = app.advisor().ask(question);
    if !answer.sensitive {
        app.memory().keep(user, channel, Remembered { subjects: answer.subjects.clone() }, now);
    }
    answer
}
