//! The log of a server as moderators read it: who did what and when, newest first, page by page.
//!
//! Knows how a line looks, not who writes it.

use crate::discord::custom_id::Action;
use crate::discord::limits::{CONTENT, length};
use crate::discord::markdown::{escape_member, fit, truncate};
use crate::discord::message::{Button, Message, Row};
use crate::discord::moderator::{Moderator, failed};
use crate::store::UserId;
use crate::store::audit::Entry;

/// Lines of a page.
const LINES: u16 = 12;
/// Most characters of a line's detail.
const DETAIL: usize = 240;

/// A page of the log; `before` is the number to go on from.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn page(moderator: &Moderator<'_>, before: Option<i64>) -> Result<Message, Message> {
    let mut entries =
        moderator.store.audit_log(moderator.server, before, LINES + 1).await.map_err(|error| failed(&error))?;
    let more = entries.len() > usize::from(LINES);
    entries.truncate(usize::from(LINES));
    if entries.is_empty() {
        return Ok(Message::private(if before.is_some() {
            "There is nothing older in the log."
        } else {
            "The log is empty: nothing has been changed here yet."
        }));
    }
    let mut text = format!("**Log** — kept for {} days", moderator.settings.audit_days);
    let mut last = before;
    for entry in &entries {
        let line = line(entry);
        if length(&text) + length(&line) + 1 > CONTENT {
            break;
        }
        text.push('\n');
        text.push_str(&line);
        last = Some(entry.id);
    }
    let older = last.filter(|last| more || entries.last().is_some_and(|entry| entry.id != *last));
    let button = older.and_then(|last| Action::Log(last).encode()).map(|id| Button::new(id, "Older"));
    Ok(Message {
        rows: button.into_iter().map(|button| Row::Buttons(vec![button])).collect(),
        ..Message::private(text)
    })
}

fn line(entry: &Entry) -> String {
    let who = if entry.who == UserId::NOBODY {
        "careerbot or a deleted member".to_owned()
    } else {
        format!("<@{}>", entry.who)
    };
    let detail = entry.detail.replace('\n', " ");
    // Changes of settings hold ids and names of zones only; what else is written down may hold a person's words.
    let detail = if entry.what == "settings" { truncate(&detail, DETAIL) } else { fit(&detail, DETAIL, escape_member) };
    format!("<t:{}:f> {who} · `{}` {detail}", entry.at.timestamp().as_second(), entry.what.replace('`', ""))
}
