//! What moderators typed into forms: read, and given back as a file where it was not taken, so that no words are lost.
//!
//! Knows no store and no rights.

use serenity::model::application::{ActionRowComponent, ModalInteraction};

use crate::discord::message::body::{File, Message};

/// What is said below a message that brings back what was typed.
pub const KEPT: &str = "\nWhat you typed is in the file.";

/// The inputs of the form for the words of a summary, with what stands above each in the file.
const WORDS: [(&str, &str); 4] = [
    ("headline", "Headline"),
    ("lead", "First sentence"),
    ("points", "Points"),
    ("question", "Question"),
];

/// What was typed into an input of a form; empty where there is no such input.
pub fn value<'a>(form: &'a ModalInteraction, name: &str) -> &'a str {
    let inputs = form.data.components.iter().flat_map(|row| &row.components);
    let mut found = inputs.filter_map(|part| match part {
        ActionRowComponent::InputText(input) if input.custom_id == name => input.value.as_deref(),
        _ => None,
    });
    found.next_back().unwrap_or_default()
}

/// The headline, first sentence, points and question that were typed.
pub fn words(form: &ModalInteraction) -> [&str; 4] {
    WORDS.map(|(name, _)| value(form, name))
}

/// A refusal with the words of a summary that were typed, as a file.
pub fn words_kept(refusal: impl Into<Message>, form: &ModalInteraction) -> Message {
    words_back(refusal.into(), words(form))
}

/// A message with headline, first sentence, points and question as a file.
pub fn words_back(message: Message, words: [&str; 4]) -> Message {
    let parts = WORDS
        .iter()
        .zip(words)
        .map(|((_, above), words)| format!("{above}\n{}\n", words.trim()));
    kept(
        message,
        "your-words.txt",
        "The words as you typed them",
        parts.collect::<Vec<_>>().join("\n"),
    )
}

/// The message with what was typed as a file.
pub fn kept(message: Message, name: &str, alt: &str, text: String) -> Message {
    let file = File {
        name: name.to_owned(),
        alt: alt.to_owned(),
        bytes: text.into_bytes(),
    };
    Message {
        content: format!("{}{KEPT}", message.content),
        file: Some(file),
        ..message
    }
}
