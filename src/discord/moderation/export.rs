//! What a server has here, as files for its moderators: entries and trends as the markdown that `/knowledge import` takes, gaps,
//! numbers and the log as CSV.
//!
//! Shows nothing of another server, and of gaps nothing that `/gaps` does not show.

use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::message::body::{File, Message};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::stats;
use crate::knowledge::entry::Entry;
use crate::knowledge::entry_file;
use crate::knowledge::own_trend::OwnTrend;
use crate::store::UserId;
use crate::store::counts::KEPT_WEEKS;
use crate::store::gaps::SHOWN_FROM;

/// Lines of the log that are read at once.
const PAGE: u16 = 500;
/// Most lines of the log in a file: what stands before them is kept, and said to be.
const MOST: usize = 20_000;

/// What can be had, with what it is called.
pub const KINDS: &[(&str, &str)] = &[
    (
        "entries",
        "entries and trends, as /knowledge import takes them",
    ),
    ("gaps", "what members did not find, as CSV"),
    ("stats", "the numbers of each week, as CSV"),
    ("log", "the log, as CSV"),
];

/// The file of a kind.
///
/// # Errors
/// The message to answer with when there is nothing, no such kind, or the store fails.
pub async fn file(moderator: &Moderator<'_>, kind: &str) -> Result<Message, HandlerError> {
    match kind {
        "entries" => entries(moderator).await,
        "gaps" => gaps(moderator).await,
        "stats" => numbers(moderator).await,
        "log" => log(moderator).await,
        _ => Err(HandlerError::private(
            "I know no such file: choose one from the list.",
        )),
    }
}

async fn entries(moderator: &Moderator<'_>) -> Result<Message, HandlerError> {
    let live = moderator.store.live_entries(moderator.server).await?;
    if live.is_empty() {
        return Err(HandlerError::private(
            "Nothing that this server has written is live, so there is nothing to export.",
        ));
    }
    let parts = live.iter().map(|version| {
        let entry = Entry {
            title: &version.title,
            text: &version.text,
            source: &version.source,
            review_on: &version.review_on,
        };
        entry_file::write(
            &entry,
            version.trend.as_deref().and_then(OwnTrend::parse).as_ref(),
        )
    });
    let text = parts.collect::<Vec<_>>().join("\n");
    let trends = live
        .iter()
        .filter(|version| version.trend.is_some())
        .count();
    let said = format!(
        "What is live here: {} entries and {trends} trends. /knowledge import takes this file, {} KB at a time.",
        live.len() - trends,
        entry_file::LARGEST / 1024
    );
    Ok(with("knowledge.md", "Entries and trends", said, text))
}

async fn gaps(moderator: &Moderator<'_>) -> Result<Message, HandlerError> {
    if !moderator.settings.gaps {
        return Err(HandlerError::private(
            "In this server nothing is counted: /settings set gaps: True begins it.",
        ));
    }
    let groups = moderator.store.gaps(moderator.server).await?;
    let mut text = row(&["question", "times", "wordings", "last"]);
    for group in &groups {
        text.push_str(&row(&[
            &group.question,
            &group.count.to_string(),
            &group.wordings.len().to_string(),
            &group.last_at.timestamp().to_string(),
        ]));
    }
    let said = format!(
        "{} questions that were asked {SHOWN_FROM} times or more without a good answer.",
        groups.len()
    );
    Ok(with("gaps.csv", "What members did not find", said, text))
}

async fn numbers(moderator: &Moderator<'_>) -> Result<Message, HandlerError> {
    if !moderator.settings.stats {
        return Err(HandlerError::private(stats::OFF));
    }
    let since = stats::weeks_ago(moderator.now, KEPT_WEEKS - 1);
    let counts = moderator.store.counts(moderator.server, since).await?;
    let mut text = row(&["week", "kind", "what", "count"]);
    for count in &counts {
        let week = count.week.timestamp().strftime("%F").to_string();
        let times = count.count.to_string();
        text.push_str(&row(&[&week, count.kind.word(), &count.what, &times]));
    }
    let said = format!(
        "What was counted here, a line for each number; weeks begin on Monday (UTC) and are kept for {KEPT_WEEKS} weeks. What is pressed is the id of a post's message."
    );
    Ok(with("stats.csv", "The numbers of each week", said, text))
}

async fn log(moderator: &Moderator<'_>) -> Result<Message, HandlerError> {
    let mut text = row(&["time", "who", "what", "detail"]);
    let (mut before, mut count) = (None, 0);
    loop {
        let page = moderator
            .store
            .audit_log(moderator.server, before, PAGE)
            .await?;
        for entry in &page {
            let who = if entry.who == UserId::NOBODY {
                String::new()
            } else {
                entry.who.to_string()
            };
            let at = entry.at.timestamp().to_string();
            text.push_str(&row(&[&at, &who, &entry.what, &entry.detail]));
        }
        count += page.len();
        before = page.last().map(|entry| entry.id);
        if page.len() < usize::from(PAGE) || count >= MOST {
            break;
        }
    }
    let said = format!(
        "The last {count} lines of the log, newest first; it is kept for {} days.",
        moderator.settings.audit_days
    );
    Ok(with("log.csv", "The log of this server", said, text))
}

fn with(name: &str, alt: &str, said: String, text: String) -> Message {
    Message {
        file: Some(File {
            name: name.to_owned(),
            alt: alt.to_owned(),
            bytes: text.into_bytes(),
        }),
        ..Message::private(said)
    }
}

/// A row of CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let guard = if formula { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    let cells: Vec<String> = cells.iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn cells_are_quoted_and_run_nothing() {
        assert_eq!(row(&["a", "b \"c\", d"]), "\"a\",\"b \"\"c\"\", d\"\r\n");
        assert_eq!(
            row(&["=1+1", "@sum", "-2"]),
            "\"'=1+1\",\"'@sum\",\"'-2\"\r\n"
        );
    }
}
