//! How an answer is shown to the one who asked.

use serenity::model::id::MessageId;

use crate::discord::message::markdown::{escape_member, fit};

/// Where the whole of an answer can be had, of which a card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whole<'a> {
    /// On the pages of the roles and trends that it is about.
    Pages,
    /// By asking this once more, with nothing said before.
    Asked(&'a str),
    /// Nowhere: the card keeps the whole of the direct answer.
    Nowhere,
}

/// How an answer is shown.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The question as the member asked it, to be repeated above the answer.
    pub question: Option<&'a str>,
    /// Whether only the member sees it.
    pub private: bool,
    /// Whether embeds are shown; without them all goes into the text.
    pub embeds: bool,
    /// A line on the language of the answer, for members who read Discord in another one.
    pub language: Option<&'a str>,
    /// The message to which sharing replies.
    pub reply_to: Option<MessageId>,
    /// Where the whole answer can be had.
    pub whole: Whole<'a>,
}

impl Default for View<'_> {
    fn default() -> Self {
        Self {
            question: None,
            private: true,
            embeds: true,
            language: None,
            reply_to: None,
            whole: Whole::Pages,
        }
    }
}

/// Most characters of a question that are repeated above its answer.
const QUESTION: usize = 300;

/// The line above an answer that repeats its question.
pub fn question_line(question: &str) -> String {
    fit(question, QUESTION, |text| {
        format!("> {}", escape_member(text))
    })
}
