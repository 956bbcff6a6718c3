//! The versions of an entry: who wrote and approved what, and the way back to each.

use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Entry, Row, Select};
use crate::discord::message::custom_id::{Action, EntryAction};
use crate::discord::message::diff;
use crate::discord::message::limits::{CONTENT, ENTRY, length};
use crate::discord::message::markdown::{clean, escape_member, fit, truncate};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::entries::entry::{GONE, Seen, button, find};
use crate::discord::moderation::entries::show::{self, Told, name, state};

/// Versions of a page.
const PAGE: usize = 8;

/// A page of the versions, counted from 0, the newest first.
///
/// # Errors
/// The message to answer with when there is no such entry or the store fails.
pub async fn page(
    moderator: &Moderator<'_>,
    entry: i64,
    page: i64,
) -> Result<Message, HandlerError> {
    Ok(draw(&find(moderator, entry).await?, page))
}

/// The page as a message.
pub fn draw(seen: &Seen, page: i64) -> Message {
    let pages = seen.versions.len().div_ceil(PAGE).max(1);
    let page = usize::try_from(page).unwrap_or(0).min(pages - 1);
    let shown = &seen.versions[page * PAGE..seen.versions.len().min((page + 1) * PAGE)];
    let mut text = format!(
        "**History of entry {}** · page {} of {pages}",
        seen.id,
        page + 1
    );
    for version in shown {
        let approver = version
            .approver
            .map(|who| format!(", approved by {}", name(who)))
            .unwrap_or_default();
        text.push_str(&format!(
            "\n**{}** · {} · {} · by {}{approver} · <t:{}:f>",
            version.version,
            fit(&title(&version.title), 60, escape_member),
            state(version.state),
            name(version.author),
            version.created_at.timestamp().as_second()
        ));
    }
    let entries = shown
        .iter()
        .map(|version| Entry {
            label: truncate(
                &format!("{}: {}", version.version, title(&version.title)),
                ENTRY,
            ),
            value: version.version.to_string(),
            description: state(version.state).to_owned(),
            default: false,
        })
        .collect();
    let menu = Action::Entry(EntryAction {
        verb: EntryVerb::Version,
        entry: seen.id,
        version: 0,
        gap: None,
    })
    .encode();
    let menu = menu.map(|id| {
        Row::Select(Select {
            id,
            placeholder: "Look at a version".to_owned(),
            entries,
        })
    });
    let to = |number: usize, label| {
        button(
            EntryVerb::History,
            seen.id,
            i64::try_from(number).unwrap_or(0),
            None,
            label,
        )
    };
    let turn = (pages > 1).then(|| {
        [
            to(page.wrapping_sub(1).min(pages), "Newer").map(|button| button.enabled(page > 0)),
            to(page + 1, "Older").map(|button| button.enabled(page + 1 < pages)),
        ]
    });
    let buttons = turn
        .into_iter()
        .flatten()
        .flatten()
        .chain(button(
            EntryVerb::View,
            seen.id,
            0,
            None,
            "Back to the entry",
        ))
        .collect();
    Message {
        rows: menu.into_iter().chain([Row::Buttons(buttons)]).collect(),
        ..Message::private(text)
    }
}

fn title(text: &str) -> String {
    let title = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        "(no title)".to_owned()
    } else {
        title
    }
}

/// One version, with what has changed since where another one is live.
///
/// # Errors
/// The message to answer with when there is no such version or the store fails.
pub async fn version(
    moderator: &Moderator<'_>,
    entry: i64,
    number: i64,
) -> Result<Message, HandlerError> {
    let seen = find(moderator, entry).await?;
    let version = seen
        .version(number)
        .ok_or_else(|| HandlerError::private(GONE))?;
    if seen
        .standing()
        .is_some_and(|standing| standing.version == number)
    {
        return show::of(moderator, &seen, "", None).await;
    }
    let mut message = show::draw(&moderator.knowledge, &seen, version, &Told::default());
    if let Some(live) = seen.live().filter(|live| live.version != number) {
        const HEAD: &str = "\nWhat would change against what is live:\n";
        let room = CONTENT
            .saturating_sub(length(&message.content) + length(HEAD))
            .min(1_100);
        let changed = diff::block(&live.text, &version.text, room);
        if !changed.is_empty() {
            message.content.push_str(HEAD);
            message.content.push_str(&changed);
        }
    }
    Ok(message)
}
