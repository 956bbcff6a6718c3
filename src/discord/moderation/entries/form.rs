//! The form in which an entry is written, and what was typed into it.
//!
//! Knows no store. What was typed is never lost: where it cannot be saved, it comes back as a file.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serenity::model::application::ModalInteraction;

use crate::discord::interaction::form_input::{self, value};
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Form, TextInput};
use crate::discord::message::custom_id::{Action, EntryAction, Tag};
use crate::discord::message::markdown::truncate;
use crate::knowledge::entry::{SOURCE, TEXT, TITLE};
use crate::store::entries::{Content, Version};

/// Most characters of the day: room for a mistyped one.
const DAY: usize = 20;

/// An empty form, with the title that it may begin with. The review is proposed for a year from now.
pub fn new(title: &str, today: Date, gap: Option<Tag>) -> Option<Form> {
    let next = today.checked_add(1.year()).unwrap_or(today);
    let content = Content {
        title: truncate(title, TITLE),
        text: String::new(),
        source: String::new(),
        review_on: next.to_string(),
    };
    form(
        EntryAction {
            verb: EntryVerb::New,
            entry: 0,
            version: 0,
            gap,
        },
        "A new entry",
        content,
    )
}

/// The form with the words of a version.
pub fn edit(version: &Version, gap: Option<Tag>) -> Option<Form> {
    let content = Content {
        title: version.title.clone(),
        text: version.text.clone(),
        source: version.source.clone(),
        review_on: version.review_on.clone(),
    };
    let work = EntryAction {
        verb: EntryVerb::Edit,
        entry: version.entry,
        version: version.version,
        gap,
    };
    form(work, "Edit the entry", content)
}

fn form(work: EntryAction, title: &'static str, content: Content) -> Option<Form> {
    let input = |id, label, value: String, most: usize, long, required| TextInput {
        id,
        label,
        // Discord refuses a form whose input holds more than it takes.
        value: if value.encode_utf16().count() > most {
            truncate(&value, most)
        } else {
            value
        },
        most,
        long,
        required,
    };
    let inputs = vec![
        input(
            "title",
            "Title, at most 100 characters",
            content.title,
            TITLE,
            false,
            true,
        ),
        input(
            "text",
            "Text, at most 3,000 characters",
            content.text,
            TEXT,
            true,
            true,
        ),
        input(
            "source",
            "Address of the source (may be empty)",
            content.source,
            SOURCE,
            false,
            false,
        ),
        input(
            "review",
            "To be reviewed on (YYYY-MM-DD)",
            content.review_on,
            DAY,
            false,
            true,
        ),
    ];
    Some(Form {
        id: Action::Entry(work).encode()?,
        title,
        inputs,
    })
}

/// What was typed.
pub fn read(form: &ModalInteraction) -> Content {
    let line = |name| {
        value(form, name)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    Content {
        title: line("title"),
        text: value(form, "text").trim().to_owned(),
        source: line("source"),
        review_on: line("review"),
    }
}

/// A refusal with what was typed into a form.
pub fn returned(refusal: Message, form: &ModalInteraction) -> Message {
    kept(refusal, &read(form))
}

/// The message with what was typed as a file, so that a text that could not be saved is not lost.
pub fn kept(message: Message, content: &Content) -> Message {
    let mut text = format!("# {}\n", content.title);
    for (key, value) in [("source", &content.source), ("review", &content.review_on)] {
        if !value.is_empty() {
            text.push_str(&format!("{key}: {value}\n"));
        }
    }
    text.push_str(&format!("\n{}\n", content.text));
    form_input::kept(message, "your-entry.md", "The entry as you typed it", text)
}
