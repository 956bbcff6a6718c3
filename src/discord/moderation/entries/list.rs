//! The list of a server's entries, page by page, and the names by which moderators call them.
//!
//! Shows nothing of another server.

use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::Suggestion;
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Entry, Row, Select};
use crate::discord::message::custom_id::{Action, EntryAction};
use crate::discord::message::limits::{CHOICE, CHOICES, ENTRY};
use crate::discord::message::markdown::{clean, escape_member, fit, truncate};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::entries::entry::{button, today};
use crate::knowledge::entry_file::same_title;
use crate::store::entries::State;
use crate::store::entry_lists::Line;

/// Entries of a page.
const PAGE: usize = 10;

/// A page of the list, counted from 0; of the trends alone, where only these are wanted.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn page(
    moderator: &Moderator<'_>,
    page: i64,
    trends: bool,
) -> Result<Message, HandlerError> {
    let mut lines = moderator.store.entry_lines(moderator.server).await?;
    lines.retain(|line| line.trend || !trends);
    if trends && lines.is_empty() {
        return Ok(Message::private(
            "This server has no trend of its own yet. Begin with /trend-draft add, or with Apps → **Draft a trend from this** on a message.",
        ));
    }
    Ok(draw(&lines, page, &today(moderator).to_string(), trends))
}

/// The page as a message; `today` is written as `YYYY-MM-DD`.
pub fn draw(lines: &[Line], page: i64, today: &str, trends: bool) -> Message {
    if lines.is_empty() {
        return Message::private(
            "This server has no entry yet. Begin with /knowledge add or /knowledge import.",
        );
    }
    let pages = lines.len().div_ceil(PAGE);
    let page = usize::try_from(page).unwrap_or(0).min(pages - 1);
    let shown = &lines[page * PAGE..lines.len().min((page + 1) * PAGE)];
    let waiting = lines.iter().filter(|line| line.waiting.is_some()).count();
    let live = lines.iter().filter(|line| line.live).count();
    let head = if trends {
        "This server's own trends"
    } else {
        "This server's knowledge"
    };
    let mut text = format!(
        "**{head}**: {live} live, {waiting} waiting · page {} of {pages}",
        page + 1
    );
    for line in shown {
        text.push_str(&format!(
            "\n**{}** · {} · {}",
            line.entry,
            fit(&title(line), 90, escape_member),
            words(line, today)
        ));
    }
    let entries = shown
        .iter()
        .map(|line| Entry {
            label: truncate(&title(line), ENTRY),
            value: line.entry.to_string(),
            description: truncate(&format!("{}: {}", line.entry, words(line, today)), ENTRY),
            default: false,
        })
        .collect();
    let menu = Action::Entry(EntryAction {
        verb: EntryVerb::Chosen,
        entry: 0,
        version: 0,
        gap: None,
    })
    .encode();
    let mut rows: Vec<Row> = menu
        .map(|id| {
            Row::Select(Select {
                id,
                placeholder: "Open an entry".to_owned(),
                entries,
            })
        })
        .into_iter()
        .collect();
    if pages > 1 {
        let to = |number: usize, label| {
            button(
                EntryVerb::List,
                i64::from(trends),
                i64::try_from(number).unwrap_or(0),
                None,
                label,
            )
        };
        let back =
            to(page.wrapping_sub(1).min(pages), "Previous").map(|button| button.enabled(page > 0));
        let on = to(page + 1, "Next").map(|button| button.enabled(page + 1 < pages));
        rows.push(Row::Buttons([back, on].into_iter().flatten().collect()));
    }
    Message {
        rows: rows.into(),
        ..Message::private(text)
    }
}

/// The title on one line; never empty.
fn title(line: &Line) -> String {
    let title = clean(&line.title)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if title.is_empty() {
        "(no title)".to_owned()
    } else {
        title
    }
}

/// Where an entry stands, in words.
fn words(line: &Line, today: &str) -> String {
    let waiting = match line.waiting {
        Some(State::Approved) => "approved, not live yet",
        Some(_) => "draft, waits for approval",
        None => "",
    };
    // Days that are written YYYY-MM-DD sort as text.
    let due = if line.review_on.as_str() < today {
        "review was due"
    } else {
        "review by"
    };
    let state = match (line.removed, line.live, waiting) {
        (true, _, _) => "removed".to_owned(),
        (false, true, "") if line.review_on.is_empty() => "live".to_owned(),
        (false, true, "") => format!("live, {due} {}", fit(&line.review_on, 20, escape_member)),
        (false, true, waiting) => format!("live; a new version: {waiting}"),
        (false, false, waiting) => waiting.to_owned(),
    };
    if line.trend {
        format!("trend, {state}")
    } else {
        state
    }
}

/// The entry that was typed or chosen: a number, or a title.
///
/// # Errors
/// The message to answer with when there is none or the store fails.
pub async fn named(moderator: &Moderator<'_>, typed: &str) -> Result<i64, HandlerError> {
    let lines = moderator.store.entry_lines(moderator.server).await?;
    let number: Option<i64> = typed.trim().parse().ok();
    let found = lines
        .iter()
        .find(|line| Some(line.entry) == number)
        .or_else(|| lines.iter().find(|line| same_title(&line.title, typed)));
    found.map(|line| line.entry).ok_or_else(|| {
        HandlerError::private(format!(
            "This server has no entry called \"{}\": start typing and choose one from the list.",
            fit(typed, 100, escape_member)
        ))
    })
}

/// Entries that complete what was typed, those that begin with it first.
pub fn suggestions(lines: &[Line], typed: &str) -> Vec<Suggestion> {
    let wanted = typed.trim().to_lowercase();
    let mut found: Vec<(bool, &Line)> = lines
        .iter()
        .filter(|line| {
            line.title.to_lowercase().contains(&wanted) || line.entry.to_string() == wanted
        })
        .map(|line| (!line.title.to_lowercase().starts_with(&wanted), line))
        .collect();
    found.sort_by_key(|(inside, _)| *inside);
    let shown = found.into_iter().take(CHOICES).map(|(_, line)| {
        let name = if line.removed {
            format!("(removed) {}", title(line))
        } else {
            title(line)
        };
        Suggestion {
            name: truncate(&name, CHOICE),
            value: line.entry.to_string(),
        }
    });
    shown.collect()
}
