//! The log of a server as moderators read it: who did what and when, newest first, page by page.
//!
//! Knows how a line looks, not who writes it.

use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::component::turn;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::Action;
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::markdown::{escape_member, fit, truncate};
use crate::discord::moderation::access::{self, Moderator};
use crate::store::UserId;
use crate::store::audit::Entry;

/// The buttons of `/settings log`.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Log(before) = *action else {
        return None;
    };
    Some(Box::pin(async move {
        let moderator = access::check(on.app, on.call, "/settings log").await?;
        let page = page(&moderator, Some(before)).await?;
        Ok(turn(on.press, on.call, page))
    }))
}

/// Lines of a page.
const LINES: u16 = 12;
/// Most characters of a line's detail.
const DETAIL: usize = 240;

/// What is written down, and how moderators read it.
const WORDS: &[(&str, &str)] = &[
    ("digest.add", "made a schedule"),
    ("digest.cancel", "ended a schedule"),
    ("digest.edit", "changed a schedule"),
    ("digest.edit-post", "edited a post"),
    ("digest.fail", "could not post a summary"),
    ("digest.late", "decided on a late post"),
    ("digest.pause", "paused a schedule"),
    ("digest.post", "posted a summary"),
    ("digest.publish", "published a post"),
    ("digest.publish-fail", "could not publish a post"),
    ("digest.remove-post", "removed a post"),
    ("digest.resume", "resumed a schedule"),
    ("digest.subscribe", "offered members something below posts"),
    ("digest.unsubscribe", "took back an offer below posts"),
    ("entry.add", "wrote an entry"),
    ("entry.approve", "approved an entry"),
    ("entry.discard", "threw a draft away"),
    ("entry.edit", "edited an entry"),
    ("entry.import", "imported an entry"),
    ("entry.keep", "kept a message as an entry"),
    ("entry.publish", "made an entry live"),
    ("entry.remove", "removed an entry"),
    ("entry.restore", "restored an entry"),
    ("feed.ignore", "ignored a piece of news"),
    ("feed.subscribe", "subscribed to a news feed"),
    ("feed.unsubscribe", "left a news feed"),
    ("gap.answer", "answered a question of members"),
    ("gap.dismiss", "dismissed a question of members"),
    ("refused", "was refused, for lack of rights"),
    ("settings", "changed the settings"),
];

/// A page of the log; `before` is the number to go on from.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn page(moderator: &Moderator<'_>, before: Option<i64>) -> Result<Message, HandlerError> {
    let mut entries = moderator
        .store
        .audit_log(moderator.server, before, LINES + 1)
        .await?;
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
    let button = older
        .and_then(|last| Action::Log(last).encode())
        .map(|id| Button::new(id, "Older"));
    Ok(Message {
        rows: button
            .into_iter()
            .map(|button| Row::Buttons(vec![button]))
            .collect(),
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
    // Moderators know the numbers of schedules by that name.
    let named = [("digest ", "schedule "), ("posting ", "post ")]
        .into_iter()
        .find_map(|(kept, read)| Some(format!("{read}{}", detail.strip_prefix(kept)?)))
        .filter(|_| entry.what.starts_with("digest."));
    let detail = named.unwrap_or(detail);
    // Changes of settings hold ids and names of zones only; what else is written down may hold a person's words.
    let detail = if entry.what == "settings" {
        truncate(&detail, DETAIL)
    } else {
        fit(&detail, DETAIL, escape_member)
    };
    let what = WORDS
        .iter()
        .find(|(kept, _)| *kept == entry.what)
        .map_or(entry.what.as_str(), |(_, words)| words);
    let at = entry.at.timestamp().as_second();
    format!(
        "<t:{at}:f> {who} **{}** · {detail}",
        what.replace(['`', '*'], "")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Moment;

    #[test]
    fn a_line_is_read_in_words() {
        let line = |what: &str, detail: &str, who| {
            let at = Moment::from(jiff::Timestamp::UNIX_EPOCH);
            line(&Entry {
                id: 1,
                who,
                what: what.to_owned(),
                detail: detail.to_owned(),
                at,
            })
        };
        for (what, detail, expected) in [
            (
                "digest.pause",
                "digest 3: gone",
                "<t:0:f> <@5> **paused a schedule** · schedule 3: gone",
            ),
            (
                "digest.post",
                "posting 3: new",
                "<t:0:f> <@5> **posted a summary** · post 3: new",
            ),
            (
                "entry.add",
                "posting hours",
                "<t:0:f> <@5> **wrote an entry** · posting hours",
            ),
            (
                "refused",
                "/gaps",
                "<t:0:f> <@5> **was refused, for lack of rights** · /gaps",
            ),
        ] {
            assert_eq!(line(what, detail, UserId::new(5)), expected);
        }
        assert!(
            line("digest.fail", "", UserId::NOBODY)
                .contains("careerbot or a deleted member **could not post")
        );
    }

    #[test]
    fn whatever_the_store_writes_down_has_its_words() {
        let mut found = 0;
        for file in [
            include_str!("../../store/digests.rs"),
            include_str!("../../store/entries.rs"),
            include_str!("../../store/entry_drafts.rs"),
            include_str!("../../store/history.rs"),
            include_str!("../../store/postings.rs"),
            include_str!("../../store/settings.rs"),
        ] {
            for line in file.lines().filter(|line| line.contains("audit::record!(")) {
                let what = line.split('"').nth(1).expect("what was done");
                assert!(WORDS.iter().any(|(kept, _)| *kept == what), "{what}");
                found += 1;
            }
        }
        assert!(found > 15, "{found}");
    }
}
