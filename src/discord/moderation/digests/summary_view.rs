//! A trend summary as a Discord message: the preview, the post and the search for a post all draw it here.
//!
//! Pure. Knows nothing of drafts and channels.

use std::fmt::Write as _;

use serenity::model::id::RoleId;

use crate::answer::picture::{Picture, Place};
use crate::digest::Summary;
use crate::digest::dress::Order;
use crate::digest::text::fit;
use crate::discord::members::{subscribe, under_posts};
use crate::discord::message::body::{Embed, Footer, Message, Poll};
use crate::discord::message::limits::{EMBED_DESCRIPTION, FOOTER, length};
use crate::discord::message::markdown::{day, escape, link, truncate};

/// The colour of the bar at the side where a post is about several topics; it carries no meaning.
const COLOR: u32 = 0x2A_7F_9E;
/// Colours of topics: each has its own at every post, so that members know it again. Seen well on light and on dark.
const COLORS: [u32; 12] = [
    0x2A_7F_9E, 0xC2_57_1A, 0x3D_8B_4F, 0x8A_5C_C2, 0xB8_8A_1E, 0xC2_48_6B, 0x2E_8F_86, 0x5B_76_C9,
    0x9C_6B_3F, 0x6F_8F_2B, 0xA8_54_A0, 0xD0_6A_52,
];
/// Most answers of a poll, beside the last one. Source: Discord documentation, "Poll Create Request Object".
const ANSWERS: usize = 9;
/// Longest answer of a poll, and its longest question, in characters; same source.
const ANSWER: usize = 55;
const POLL_QUESTION: usize = 300;

/// The word before a post's reference, by which the post is found again in its channel.
const REFERENCE: &str = "ref ";

/// The message that shows a summary; `None` when it can't be made to fit, which takes a moderator's own long words.
///
/// `reference` stands in the small print. No other post bears it: after a crash it tells this post from one of the same words.
pub fn message(summary: &Summary, reference: &str) -> Option<Message> {
    let fitted = fit(summary, EMBED_DESCRIPTION, |summary| length(&text(summary)))?;
    let embed = Embed {
        title: summary.headline.clone(),
        description: text(&fitted),
        color: Some(color(summary)),
        footer: Some(Footer {
            text: truncate(&footer(&fitted, reference), FOOTER),
        }),
        ..Embed::default()
    };
    Some(Message {
        embeds: vec![embed].into(),
        ..Message::default()
    })
}

/// What is said of words that [`is_whole`] does not hold for.
pub const TOO_LONG: &str = "Nothing was changed: the text is too long for one message, with its roles and sources. Shorten the points.";

/// Whether a message shows all of a summary: what a moderator wrote must not be cut.
pub fn is_whole(summary: &Summary) -> bool {
    length(&text(summary)) <= EMBED_DESCRIPTION
}

/// The same message as it is posted: above it stands the one role to mention, where a moderator chose one.
pub fn post(summary: &Summary, reference: &str, role: Option<RoleId>) -> Option<Message> {
    let content = role.map(|role| format!("<@&{role}>")).unwrap_or_default();
    let roles = summary
        .roles
        .iter()
        .map(|role| (role.slug.as_str(), role.title.as_str()));
    let rows = match &summary.about {
        Some(about) => under_posts::rows(about, roles),
        None => Vec::new(),
    };
    let rows = match &summary.dress.follow {
        Some(follow) => subscribe::below(rows, follow),
        None => rows,
    };
    Some(Message {
        content,
        rows: rows.into(),
        poll: poll(summary),
        ping: role,
        ..message(summary, reference)?
    })
}

fn color(summary: &Summary) -> u32 {
    let own = |slug: &String| COLORS[crc32fast::hash(slug.as_bytes()) as usize % COLORS.len()];
    let topic = || summary.about.as_ref().map(own);
    summary.dress.colour.or_else(topic).unwrap_or(COLOR)
}

/// The poll that closes a post: which of its roles members would look into.
fn poll(summary: &Summary) -> Option<Poll> {
    let mut answers: Vec<String> = summary
        .roles
        .iter()
        .take(ANSWERS)
        .map(|role| truncate(&role.title, ANSWER))
        .collect();
    if !summary.dress.poll || answers.is_empty() {
        return None;
    }
    answers.push("None of these".to_owned());
    Some(Poll {
        question: truncate(
            "Which of these roles would you look into first?",
            POLL_QUESTION,
        ),
        answers,
    })
}

/// The chart that goes with a post: of its roles, or of its role alone, another one each time.
pub fn picture(summary: &Summary) -> Option<Picture> {
    let roles: Vec<String> = summary.roles.iter().map(|role| role.slug.clone()).collect();
    let first = roles.first()?.clone();
    let about_role = summary.about.as_ref() == Some(&first);
    Some(match (about_role, summary.edition % 3) {
        (true, 0) => Picture::States {
            role: first,
            marked: Vec::new(),
        },
        (true, 1) => Picture::Pay {
            role: first,
            place: Place::Country,
        },
        (false, 1) => Picture::Growth { roles },
        (false, 2) => Picture::List { roles, state: None },
        _ => Picture::Roles { roles, state: None },
    })
}

/// A part of a post.
type Part = fn(&mut String, &Summary);

/// The parts between the first sentences and the sources, in the order that the server has chosen.
fn parts(order: Order) -> [Part; 3] {
    match order {
        Order::Points => [points, roles, question],
        Order::Roles => [roles, points, question],
        Order::Question => [question, points, roles],
    }
}

fn text(summary: &Summary) -> String {
    let mut text = String::new();
    paragraph(&mut text, &summary.dress.intro);
    paragraph(&mut text, &summary.lead);
    if let Some(front) = &summary.front {
        let _ = write!(text, "\n\n**{}**", escape(front));
    }
    for part in parts(summary.dress.order) {
        part(&mut text, summary);
    }
    paragraph(&mut text, &summary.dress.closing);
    if !summary.sources.is_empty() {
        text.push_str("\n\n**Sources**");
    }
    for source in &summary.sources {
        let title = if source.url.is_empty() {
            escape(&source.title)
        } else {
            link(&source.title, &source.url)
        };
        let _ = write!(text, "\n• {title} ({})", day(&source.date, 40));
    }
    text.trim().to_owned()
}

fn paragraph(text: &mut String, words: &str) {
    if !words.is_empty() {
        let _ = write!(text, "\n\n{}", escape(words));
    }
}

fn points(text: &mut String, summary: &Summary) {
    text.push('\n');
    for point in &summary.points {
        let label = if point.label.is_empty() {
            String::new()
        } else {
            format!("**{}:** ", escape(&point.label))
        };
        let _ = write!(text, "\n• {label}{}", escape(&point.text));
    }
}

fn roles(text: &mut String, summary: &Summary) {
    if !summary.roles.is_empty() {
        text.push_str("\n\n**Roles**");
    }
    for role in &summary.roles {
        let _ = write!(
            text,
            "\n• {}: {}",
            escape(&role.title),
            escape(&role.figure)
        );
    }
}

fn question(text: &mut String, summary: &Summary) {
    if let Some(question) = &summary.question {
        let _ = write!(text, "\n\n**{}**", escape(question));
    }
}

/// Whether an embed's small print bears this reference. Moderators' words never stand there.
pub fn bears(footer: &str, reference: &str) -> bool {
    let first = footer.lines().next().unwrap_or_default();
    first
        .rsplit(" · ")
        .next()
        .and_then(|last| last.trim().strip_prefix(REFERENCE))
        == Some(reference)
}

fn footer(summary: &Summary, reference: &str) -> String {
    let mut text = summary.date.to_string();
    if let Some(reviewed) = summary.reviewed {
        let _ = write!(text, " · text reviewed {reviewed}");
    }
    if summary.edited {
        text.push_str(" · edited by a moderator");
    }
    let _ = write!(text, " · {REFERENCE}{reference}");
    for line in &summary.attributions {
        let _ = write!(text, "\n{line}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Style;
    use crate::digest::compose::of_topic;
    use crate::discord::message::limits::check_message;
    use crate::knowledge::load_shipped;

    #[test]
    fn every_summary_fits_a_message_whole() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        for topic in knowledge.topics() {
            for (style, _, _) in Style::ALL {
                let summary = of_topic(&knowledge, topic, *style, jiff::civil::date(2026, 11, 22));
                let message = message(&summary, "d1.1").expect("it fits");
                assert!(bears(
                    &message.embeds[0].footer.as_ref().expect("small print").text,
                    "d1.1"
                ));
                assert_eq!(
                    check_message(&message.post_body(None)),
                    Vec::<String>::new()
                );
                assert!(is_whole(&summary), "else no word of it could be edited");
                let embed = &message.embeds[0];
                assert!(
                    embed.description.contains("**Sources**") && !embed.description.contains('…'),
                    "{}",
                    embed.description
                );
            }
        }
    }

    #[test]
    fn what_a_moderator_writes_stays_within_the_limits_or_is_refused() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        let summary = of_topic(
            &knowledge,
            knowledge.find("telehealth-expansion").expect("a trend"),
            Style::Full,
            jiff::civil::date(2026, 11, 22),
        );
        let points = [
            "*_~ ".repeat(124),
            "@everyone ".repeat(40),
            "word ".repeat(100),
            "y".repeat(500),
            "z".repeat(500),
        ]
        .join("\n");
        let edited = summary
            .with_words(["**New**", &"`".repeat(400), &points, &"?".repeat(400)])
            .expect("good words");
        assert!(
            !is_whole(&edited),
            "so that a form with these words is refused"
        );
        if let Some(message) = message(&edited, "d1.1") {
            assert_eq!(
                check_message(&message.post_body(None)),
                Vec::<String>::new()
            );
            assert!(
                message.embeds[0]
                    .footer
                    .as_ref()
                    .is_some_and(|footer| footer.text.contains("edited"))
            );
        }
    }

    #[test]
    fn only_the_whole_reference_counts() {
        for (footer, bears_it) in [
            ("2026-11-22 · ref d1.1", true),
            (
                "2026-11-22 · text reviewed 2026-10-01 · ref d1.1\nSource: x",
                true,
            ),
            ("2026-11-22 · ref d1.12", false),
            ("2026-11-22 · ref 3d1.1", false),
            ("2026-11-22\n· ref d1.1", false),
            ("", false),
        ] {
            assert_eq!(bears(footer, "d1.1"), bears_it, "{footer}");
        }
    }
}
