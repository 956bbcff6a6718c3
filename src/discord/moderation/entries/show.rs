//! An entry as moderators see it: as members will, with what is to be known above and what can be done below.
//!
//! Drawing is pure. Never exceeds a limit, whatever an entry holds.

use crate::advisor::Entry;
use crate::answer::Own;
use crate::discord::interaction::form_input;
use crate::discord::members::entry_view;
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::body::{Embed, Message};
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::Tag;
use crate::discord::message::diff;
use crate::discord::message::limits::{CONTENT, EMBED_TOTAL, length};
use crate::discord::message::markdown::{clean, escape};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::entries::entry::{GONE, Seen, button, find, mistakes};
use crate::store::UserId;
use crate::store::entries::{State, Version};

/// Most characters that what is to be mended takes.
const MISTAKES: usize = 700;

/// What moderators are told of a version beside its words.
#[derive(Debug, Clone, Default)]
pub struct Told<'a> {
    /// A line on what was just done.
    pub note: &'a str,
    /// What is to be mended.
    pub mistakes: Vec<String>,
    /// Whether the one who looks may not approve it: it is theirs, and the server wants a second moderator.
    pub own: bool,
    /// The question that it shall answer.
    pub gap: Option<Tag>,
}

/// How an entry stands now: the draft that waits, else what is live, else what was removed.
///
/// # Errors
/// The message to answer with when there is no such entry or the store fails.
pub async fn entry(
    moderator: &Moderator<'_>,
    id: i64,
    note: &str,
    gap: Option<Tag>,
) -> Result<Message, Message> {
    let seen = find(moderator, id).await?;
    of(moderator, &seen, note, gap).await
}

/// The same, of an entry that was read already.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn of(
    moderator: &Moderator<'_>,
    seen: &Seen,
    note: &str,
    gap: Option<Tag>,
) -> Result<Message, Message> {
    let Some(version) = seen.standing().or(seen.versions.first()) else {
        return Err(Message::private(GONE));
    };
    let mistakes = if seen.standing().is_some() {
        mistakes(moderator, version).await?
    } else {
        Vec::new()
    };
    let own = moderator.settings.two_step && version.author == moderator.user;
    Ok(draw(
        seen,
        version,
        &Told {
            note,
            mistakes,
            own,
            gap,
        },
    ))
}

/// A version with what is told of it and what can be done with it.
pub fn draw(seen: &Seen, version: &Version, told: &Told<'_>) -> Message {
    Message {
        content: above(seen, version, told),
        embeds: vec![embed(version)].into(),
        rows: vec![Row::Buttons(buttons(seen, version, told))].into(),
        private: true,
        ..Message::default()
    }
}

/// Where a version stands, in words.
pub fn state(state: State) -> &'static str {
    match state {
        State::Draft => "draft, waits for approval",
        State::Approved => "approved, not live yet",
        State::Live => "live",
        State::Replaced => "replaced by a newer version",
        State::Removed => "removed",
        State::Discarded => "thrown away",
    }
}

/// Who it was, as Discord shows a member.
pub fn name(user: UserId) -> String {
    if user == UserId::NOBODY {
        "a deleted member".to_owned()
    } else {
        format!("<@{user}>")
    }
}

fn above(seen: &Seen, version: &Version, told: &Told<'_>) -> String {
    let mut lines = Vec::new();
    if !told.note.is_empty() {
        lines.push(told.note.to_owned());
    }
    lines.push(format!(
        "**Entry {}, version {}**: {}. Written by {} <t:{}:R>. Members see it as below; this message only you see.",
        seen.id,
        version.version,
        state(version.state),
        name(version.author),
        version.created_at.timestamp().as_second()
    ));
    if !told.mistakes.is_empty() {
        let waits = version.state != State::Live;
        let head = if waits {
            "**To fix before it can go live:**"
        } else {
            "**Worth fixing:**"
        };
        let mut text = head.to_owned();
        for mistake in &told.mistakes {
            if length(&text) + length(mistake) < MISTAKES {
                text.push_str(&format!("\n• {}", escape(mistake)));
            }
        }
        lines.push(text);
    }
    let waits = matches!(version.state, State::Draft | State::Approved);
    if told.own && version.state == State::Draft {
        lines.push(
            "This server wants a second moderator: another one finds it in /knowledge list and approves it.".to_owned(),
        );
    }
    let mut text = lines.join("\n");
    if let Some(live) = seen
        .live()
        .filter(|live| waits && live.version != version.version)
    {
        const HEAD: &str = "\nWhat is live stays live until this is approved. What changes:\n";
        let room = CONTENT.saturating_sub(length(&text) + length(HEAD) + length(form_input::KEPT));
        let changed = diff::block(&whole(live), &whole(version), room.min(1_100));
        text.push_str(if changed.is_empty() {
            "\nWhat is live stays live until this is approved."
        } else {
            HEAD
        });
        text.push_str(&changed);
    }
    text
}

/// All words of a version, a line each, for a difference.
fn whole(version: &Version) -> String {
    format!(
        "{}\n{}\nsource: {}\nreview: {}",
        version.title, version.text, version.source, version.review_on
    )
}

/// The words as members will see them: drawn as below an answer.
pub fn embed(version: &Version) -> Embed {
    let or = |text: &str, none: &str| {
        if clean(text).trim().is_empty() {
            none.to_owned()
        } else {
            text.to_owned()
        }
    };
    let entry = Entry::new(
        &or(&version.title, "(no title)"),
        &or(&version.text, "(no text)"),
        &version.source,
        &version.review_on,
    );
    let own = Own {
        title: entry.title,
        text: or(&entry.text, "(no text)"),
        source: entry.source,
        review_on: entry.review_on,
        overdue: false,
    };
    // An embed has more room than any entry takes around its text.
    entry_view::embed(&own, EMBED_TOTAL).unwrap_or_default()
}

fn buttons(seen: &Seen, version: &Version, told: &Told<'_>) -> Vec<Button> {
    let id = seen.id;
    let make = |verb, label| button(verb, id, version.version, told.gap, label);
    let history = button(EntryVerb::History, id, 0, None, "History");
    let stands = seen
        .standing()
        .is_some_and(|standing| standing.version == version.version);
    let shown = match version.state {
        State::Draft | State::Approved if stands => {
            let label = if version.state == State::Draft {
                "Approve"
            } else {
                "Make it live"
            };
            let ready = told.mistakes.is_empty() && !(told.own && version.state == State::Draft);
            let approve =
                make(EntryVerb::Approve, label).map(|button| button.main().enabled(ready));
            vec![
                approve,
                make(EntryVerb::Edit, "Edit"),
                make(EntryVerb::Discard, "Discard"),
                history,
            ]
        }
        State::Live if stands => vec![
            make(EntryVerb::Edit, "Edit"),
            make(EntryVerb::Remove, "Remove"),
            history,
        ],
        _ => vec![
            make(EntryVerb::Restore, "Restore as a draft"),
            make(EntryVerb::View, "Back to the entry"),
            history,
        ],
    };
    let list = button(EntryVerb::List, 0, 0, None, "All entries");
    shown.into_iter().chain([list]).flatten().collect()
}
