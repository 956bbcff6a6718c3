//! Any message as plain text: for channels in which the bot may not show embeds, and a line on the language of a reply.
//!
//! Pure. Knows nothing of permissions; who calls it does.

use crate::discord::message::body::{Embed, Message};
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::line_budget::{LineBudget, RESERVE};
use crate::discord::message::markdown::escape;

/// Room that sources and small print are sure of.
const CLOSING: usize = 700;

/// The same message with all of its embeds in the text, as much of them as fits. What answers rest on is kept first.
#[must_use]
pub fn without_embeds(mut message: Message) -> Message {
    if message.embeds.is_empty() {
        return message;
    }
    let embeds = std::mem::take(&mut message.embeds);
    let mut closing = LineBudget::new(CLOSING);
    for embed in &embeds {
        embed
            .fields
            .iter()
            .filter(|field| field.name == "Sources")
            .for_each(|field| {
                field.value.lines().for_each(|line| closing.push(line));
            });
        let small = embed.footer.iter().flat_map(|footer| footer.text.lines());
        small.for_each(|line| closing.push(&format!("-# {}", escape(line))));
    }
    let most = (CONTENT - RESERVE).saturating_sub(length(&closing.text) + 1);
    let mut lines = LineBudget::new(most.max(length(&message.content)));
    lines.push(&message.content);
    embeds.iter().for_each(|embed| push(&mut lines, embed));
    if lines.left_out > 0 {
        lines.push("…");
    }
    let (text, closing) = (lines.text, closing.text);
    message.content = if closing.is_empty() || length(&text) + length(&closing) + 1 > CONTENT {
        text
    } else {
        format!("{text}\n{closing}")
    };
    message
}

fn push(lines: &mut LineBudget, embed: &Embed) {
    if !embed.title.is_empty() {
        lines.push(&format!("**{}**", embed.title));
    }
    embed.description.lines().for_each(|line| lines.push(line));
    for field in embed.fields.iter().filter(|field| field.name != "Sources") {
        // A value of several lines stands below its name.
        let gap = if field.value.contains('\n') {
            "\n"
        } else {
            " "
        };
        for line in format!("**{}:**{gap}{}", field.name, field.value).lines() {
            lines.push(line);
        }
    }
}

/// The same message with this line below its text, where it does not say so anywhere and there is room.
#[must_use]
pub fn with_note(mut message: Message, note: &str) -> Message {
    let said = |text: &str| text.contains(note);
    let in_embeds = message.embeds.iter().any(|embed| {
        said(&embed.description)
            || embed
                .footer
                .as_ref()
                .is_some_and(|footer| said(&footer.text))
    });
    let line = format!("\n-# {note}");
    if !in_embeds && !said(&message.content) && length(&message.content) + length(&line) <= CONTENT
    {
        message.content.push_str(&line);
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::message::body::{Field, Footer};
    use crate::discord::message::limits::check_message;

    fn full(words: usize) -> Message {
        let field = |name: &str, value: String| Field {
            name: name.to_owned(),
            value,
            inline: false,
        };
        let embed = Embed {
            title: "Nurse".to_owned(),
            description: "word ".repeat(words),
            fields: vec![
                field("Pay", "$1".to_owned()),
                field("Sources", "[BLS](https://x.example) · 2026".to_owned()),
            ],
            footer: Some(Footer {
                text: "Answers are in English.\nSource: BLS.".to_owned(),
            }),
            ..Embed::default()
        };
        Message {
            embeds: vec![embed].into(),
            ..Message::private("Nurses earn a lot.")
        }
    }

    #[test]
    fn everything_of_a_short_embed_stands_in_the_text() {
        let plain = without_embeds(full(5));
        assert_eq!(
            plain.content,
            "Nurses earn a lot.\n**Nurse**\nword word word word word \n**Pay:** $1\n[BLS](https://x.example) · 2026\n-# Answers are in English.\n-# Source: BLS."
        );
        assert!(plain.embeds.is_empty() && plain.private);
    }

    #[test]
    fn sources_stay_where_the_rest_does_not_fit() {
        for words in [300, 700] {
            let plain = without_embeds(full(words));
            assert_eq!(check_message(&plain.body()), Vec::<String>::new());
            assert!(
                plain.content.contains("https://x.example"),
                "{}",
                plain.content
            );
        }
    }

    #[test]
    fn a_note_is_said_once() {
        let note = "Answers are in English.";
        assert_eq!(with_note(full(1), note).content, "Nurses earn a lot.");
        let twice = with_note(with_note(Message::private("Hello."), note), note);
        assert_eq!(twice.content, "Hello.\n-# Answers are in English.");
        let long = Message::private("x".repeat(CONTENT));
        assert_eq!(with_note(long.clone(), note), long);
    }
}
