//! What a server's moderators have written, as an embed or as lines of text, apart from careerbot's own answer.
//!
//! Their text is shown as it stands: nothing in it formats, links behind a label or mentions. Never exceeds the room given.
//! Pure.

use crate::answer::Own;
use crate::discord::message::body::{Embed, Field, Footer};
use crate::discord::message::limits::{
    EMBED_DESCRIPTION, EMBED_TITLE, FIELD_NAME, FIELD_VALUE, length,
};
use crate::discord::message::line_budget::LineBudget;
use crate::discord::message::markdown::{address, escape, escape_to, fit};

/// The colour of the bar at the side, another one than beside careerbot's answer; it carries no meaning of its own.
const COLOR: u32 = 0x8A_6D_3B;
/// Most characters of a title.
const TITLE: usize = 200;
/// Longer addresses are not shown.
const ADDRESS: usize = 500;
/// What stands above the figures of the roles that a trend touches.
const OFFICIAL: &str = "Official figures of roles that it touches (BLS, from careerbot)";
/// Where the text begins to be of use.
const LEAST: usize = 80;

/// An entry as an embed of at most `room` characters in all; `None` when there is no room for it.
pub fn embed(own: &Own, room: usize) -> Option<Embed> {
    let title = fit(own.head(), EMBED_TITLE, escape);
    let name = escape_to(&own.title, TITLE.min(FIELD_NAME));
    let footer = review(own);
    let source = source(own).filter(|line| length(line) <= FIELD_VALUE);
    const SOURCE: &str = "Their source";
    let official = official(own, FIELD_VALUE);
    let around = length(&title)
        + length(&name)
        + length("****\n")
        + length(&footer)
        + source
            .as_ref()
            .map_or(0, |line| length(SOURCE) + length(line))
        + if official.is_empty() {
            0
        } else {
            length(OFFICIAL) + length(&official)
        };
    let text_room = room
        .checked_sub(around)?
        .min(EMBED_DESCRIPTION - TITLE - 20);
    if text_room < LEAST {
        return None;
    }
    let text = escape_to(&own.text, text_room);
    let head = if name.trim().is_empty() {
        String::new()
    } else {
        format!("**{}**\n", name.trim())
    };
    let description = format!("{head}{text}").trim().to_owned();
    Some(Embed {
        title,
        url: String::new(),
        description,
        color: Some(COLOR),
        fields: [(SOURCE, source.unwrap_or_default()), (OFFICIAL, official)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| Field {
                name: name.to_owned(),
                value,
                inline: false,
            })
            .collect(),
        footer: (!footer.is_empty()).then_some(Footer { text: footer }),
    })
}

/// An entry as text of at most `room` characters, for channels in which embeds are not shown; empty when there is no room.
pub fn lines(own: &Own, room: usize) -> String {
    let mut around = vec![
        format!("**{}**", escape(own.head())),
        format!("**{}**", escape_to(&own.title, TITLE)),
    ];
    let mut last = Vec::new();
    last.extend(source(own).map(|line| format!("Their source: {line}")));
    // Where there is little room, the figures of the roles are one menu away.
    let figures = official(own, room / 4);
    if !figures.is_empty() {
        last.push(format!("{OFFICIAL}:\n{figures}"));
    }
    last.extend(own.review().map(|line| format!("-# {line}")));
    let fixed: usize = around
        .iter()
        .chain(&last)
        .map(|line| length(line) + 1)
        .sum();
    let text_room = room.saturating_sub(fixed);
    if text_room < LEAST {
        return String::new();
    }
    around.push(escape_to(&own.text, text_room));
    around.extend(last);
    around.retain(|line| !line.is_empty());
    around.join("\n")
}

/// Official figures, as many lines as fit.
fn official(own: &Own, most: usize) -> String {
    let mut lines = LineBudget::new(most);
    for fact in &own.official {
        lines.push(&format!(
            "• {}: {}",
            escape_to(&fact.label, 100),
            escape_to(&fact.value, 300)
        ));
    }
    lines.text
}

fn review(own: &Own) -> String {
    own.review().unwrap_or_default()
}

/// The source: an address that Discord links by itself, or words; and whose message it was, where they want to be named.
fn source(own: &Own) -> Option<String> {
    let shown = address(&own.source)
        .map(|url| format!("<{url}>"))
        .unwrap_or_else(|| escape_to(&own.source, 200));
    let shown = Some(shown).filter(|shown| !shown.trim().is_empty() && length(shown) <= ADDRESS);
    // Discord shows the name that they have now, and pings nobody: no message of the bot lets a member be mentioned.
    let by = own.by.map(|member| format!("an answer by <@{member}>"));
    let parts: Vec<String> = shown.into_iter().chain(by).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn own(title: &str, text: &str, source: &str) -> Own {
        let day = jiff::civil::date(2026, 3, 1);
        Own {
            title: title.into(),
            text: text.into(),
            source: source.into(),
            by: None,
            review_on: Some(day),
            trend: false,
            official: Vec::new(),
            overdue: true,
        }
    }

    #[test]
    fn whose_text_it_is_stands_above_it_and_nothing_in_it_works() {
        let embed = embed(
            &own(
                "Study **hall**",
                "@everyone <@1> # hi [a](b)",
                "https://a.example/x",
            ),
            2_000,
        )
        .expect("room");
        assert!(embed.title.contains("not checked by careerbot"));
        assert!(
            embed.description.contains("@\u{200B}everyone")
                && embed.description.contains("\\<@\u{200B}1\\>")
        );
        assert!(embed.description.contains("Study \\*\\*hall\\*\\*"));
        assert_eq!(embed.fields[0].value, "<https://a.example/x>");
        assert!(
            embed
                .footer
                .expect("a footer")
                .text
                .contains("due for review on 2026-03-01")
        );
    }

    #[test]
    fn whoever_wants_to_be_named_stands_beside_the_source() {
        let by = |source: &str| Own {
            by: Some(7),
            ..own("Study hall", "Go early.", source)
        };
        let shown = embed(&by("https://a.example/x"), 2_000).expect("room");
        assert_eq!(
            shown.fields[0].value,
            "<https://a.example/x> · an answer by <@7>"
        );
        assert_eq!(
            embed(&by(""), 2_000).expect("room").fields[0].value,
            "an answer by <@7>"
        );
        assert!(lines(&by(""), 2_000).contains("\nTheir source: an answer by <@7>\n"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_entry_exceeds_its_room(
            title in "\\PC{0,300}", text in "(\\PC|\n|[*_@<>]){0,4000}", source in "(https://)?\\PC{0,600}", room in 0..6_000_usize,
        ) {
            let own = own(&title, &text, &source);
            if let Some(embed) = embed(&own, room) {
                prop_assert!(embed.length() <= room, "{} of {room}", embed.length());
                prop_assert!(length(&embed.description) <= EMBED_DESCRIPTION);
            }
            prop_assert!(length(&lines(&own, room)) <= room);
        }

        #[test]
        fn every_entry_is_shown_where_there_is_room_for_one(title in "\\PC{0,300}", text in "\\PC{1,4000}", source in "https://[a-z]{3,480}") {
            prop_assert!(embed(&own(&title, &text, &source), 1_500).is_some());
        }
    }
}
