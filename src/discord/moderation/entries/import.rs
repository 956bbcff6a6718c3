//! `/knowledge import`: a markdown file becomes drafts, all of its entries or none.
//!
//! The file waits in the store until its confirmation, so that the preview works after a restart. Knows nothing of how a file
//! is fetched beyond asking for it.

use std::fmt::Write as _;

use crate::discord::api::client::{Error, Rest};
use crate::discord::app::App;
use crate::discord::interaction::follow_up::{FollowUp, Outcome, Task};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::body::{File, Message};
use crate::discord::message::components::Row;
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::markdown::{escape_member, fit};
use crate::discord::moderation::access::{Later, Moderator};
use crate::discord::moderation::entries::act;
use crate::discord::moderation::entries::entry::{button, today, unknown};
use crate::knowledge::Problem;
use crate::knowledge::entry_file::{self, Found, LARGEST, same_title};
use crate::store::entries::Content;
use crate::store::entry_drafts::IMPORT;
use crate::store::{ChannelId, drafts};

/// Names by which a markdown file may end.
const ENDS: &[&str] = &[".md", ".markdown", ".txt"];
/// Titles shown of what was found.
const TITLES: usize = 12;
/// What is said of a file that is no longer there.
const GONE: &str = "This file is gone: it was imported, thrown away, or left alone for a week. /knowledge list shows the drafts made of it.";

/// A file that a moderator sent along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// How many bytes it has, as Discord says.
    pub size: u64,
    /// Where it is.
    pub url: String,
}

/// A file that is to be fetched, and for whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The file.
    pub file: Attached,
    /// Who sent it.
    pub by: Later,
}

/// Has a file fetched, if it can be one of entries at all.
pub fn begin(app: &App, moderator: &Moderator<'_>, file: Attached) -> Response {
    let lower = file.name.to_lowercase();
    let shown = fit(&file.name, 100, escape_member);
    if !ENDS.iter().any(|end| lower.ends_with(end)) {
        return Response::private(format!(
            "Nothing was imported: {shown} is no markdown file. Its name has to end in .md."
        ));
    }
    if file.size > LARGEST as u64 {
        return Response::private(format!(
            "Nothing was imported: {shown} has {} KB, and at most {} KB are read. Split it.",
            file.size.div_ceil(1024),
            LARGEST / 1024
        ));
    }
    Response {
        first: InitialResponse::Thinking,
        then: vec![FollowUp::task(Fetch {
            app: app.clone(),
            wanted: Wanted {
                file,
                by: Later::of(moderator),
            },
        })],
    }
}

/// A file on its way.
#[derive(Debug)]
pub struct Fetch {
    app: App,
    /// The file.
    pub wanted: Wanted,
}

impl Task for Fetch {
    fn run<'a>(&'a self, rest: &'a Rest) -> Outcome<'a> {
        Box::pin(async move { Some(fetch(&self.app, rest, &self.wanted).await) })
    }
}

/// Fetches the file and says what is in it.
pub async fn fetch(app: &App, rest: &Rest, wanted: &Wanted) -> Message {
    match rest.attachment(&wanted.file.url, LARGEST).await {
        Ok(bytes) => read(app, wanted, &bytes).await,
        Err(error) => {
            tracing::warn!(%error, "a file of entries is not read");
            Message::private(format!(
                "Nothing was imported: {}",
                trouble(&error, LARGEST)
            ))
        }
    }
}

/// Why a file did not come, of which at most `most` bytes are read.
pub(crate) fn trouble(error: &Error, most: usize) -> String {
    match error {
        Error::TooLarge { .. } => {
            format!("the file is larger than {} KB. Split it.", most / 1024)
        }
        Error::NotSent { .. } => {
            "I read files from Discord only, and this one lies elsewhere.".to_owned()
        }
        Error::Refused {
            status: 403 | 404, ..
        } => "the file is gone. Send the command with it again.".to_owned(),
        _ => "Discord did not give me the file. Please try again in a minute.".to_owned(),
    }
}

/// Says what is in a file: every problem, or its entries with a button that takes them.
pub async fn read(app: &App, wanted: &Wanted, bytes: &[u8]) -> Message {
    let moderator = match wanted.by.moderator(app) {
        Ok(moderator) => moderator,
        Err(refusal) => return refusal.into(),
    };
    let store = moderator.store;
    let done = async {
        let found = check(&moderator, &wanted.file.name, bytes).await?;
        let content = drafts::Content {
            channel: ChannelId::new(0),
            topic: IMPORT.to_owned(),
            style: wanted.file.name.chars().take(100).collect(),
            mention_role: None,
            body: String::from_utf8_lossy(bytes).into_owned(),
        };
        let id = store
            .add_draft(moderator.server, moderator.user, &content, moderator.now)
            .await?;
        Ok::<_, HandlerError>(preview(id, &wanted.file.name, &found))
    };
    done.await.unwrap_or_else(Message::from)
}

/// The entries of a file, if every one of them can be taken.
async fn check(
    moderator: &Moderator<'_>,
    name: &str,
    bytes: &[u8],
) -> Result<Vec<Found>, HandlerError> {
    // Some milliseconds for a large file: other answers must not wait behind it.
    let (file, bytes, day) = (name.to_owned(), bytes.to_vec(), today(moderator));
    let read = tokio::task::spawn_blocking(move || entry_file::read(&file, &bytes, day)).await;
    let found = read
        .map_err(|_| {
            Message::private("Nothing was imported: I could not read this file, which is my fault and not yours.")
        })?
        .map_err(|problems| wrong(name, &problems))?;
    let lines = moderator.store.entry_lines(moderator.server).await?;
    let mut problems = Vec::new();
    for one in &found {
        let same = lines
            .iter()
            .find(|line| !line.removed && same_title(&line.title, &one.title));
        if let Some(other) = same {
            let what = format!("title: entry {} of this server has it already", other.entry);
            problems.push(Problem::new(
                name,
                one.line,
                what,
                "leave it out, or choose another title",
            ));
        }
    }
    for one in &found {
        let unknown = one
            .trend
            .iter()
            .flat_map(|trend| unknown(&moderator.knowledge, trend));
        problems.extend(
            unknown.map(|mistake| {
                Problem::new(name, one.line_of(mistake.part), mistake.to_string(), "")
            }),
        );
    }
    if !problems.is_empty() {
        return Err(wrong(name, &problems).into());
    }
    act::room(moderator, found.len()).await?;
    Ok(found)
}

/// Every problem as `line: message`; what does not fit into a message is in a file.
fn wrong(name: &str, problems: &[Problem]) -> Message {
    const CLOSING: usize = 60;
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| {
            let hint = if problem.hint.is_empty() {
                String::new()
            } else {
                format!("; {}", problem.hint)
            };
            format!("{}: {}{hint}", problem.line.max(1), problem.what)
        })
        .collect();
    let mut text = format!(
        "Nothing was imported: {} has {} to fix (line: what).",
        fit(name, 100, escape_member),
        if problems.len() == 1 {
            "one problem".to_owned()
        } else {
            format!("{} problems", problems.len())
        }
    );
    let mut shown = 0;
    for line in &lines {
        let line = format!("\n• {}", fit(line, 300, escape_member));
        if length(&text) + length(&line) + CLOSING > CONTENT {
            break;
        }
        text.push_str(&line);
        shown += 1;
    }
    let file = (shown < lines.len()).then(|| {
        let _ = write!(
            text,
            "\n… and {} more; the file has all of them.",
            lines.len() - shown
        );
        File {
            name: "problems.txt".to_owned(),
            alt: "Every problem of the file, with its line".to_owned(),
            bytes: (lines.join("\n") + "\n").into_bytes(),
        }
    });
    Message {
        file,
        ..Message::private(text)
    }
}

fn preview(id: i64, name: &str, found: &[Found]) -> Message {
    let count = if found.len() == 1 {
        "one entry".to_owned()
    } else {
        format!("{} entries", found.len())
    };
    let mut text = format!(
        "**{count}** in {}, all well. Nothing is saved yet.",
        fit(name, 100, escape_member)
    );
    for one in found.iter().take(TITLES) {
        let _ = write!(text, "\n• {}", fit(&one.title, 110, escape_member));
    }
    if found.len() > TITLES {
        let _ = write!(text, "\n… and {} more", found.len() - TITLES);
    }
    let buttons = [
        button(EntryVerb::Import, id, 1, None, "Save as drafts").map(|button| button.main()),
        button(EntryVerb::DropImport, id, 1, None, "Discard"),
    ];
    Message {
        rows: vec![Row::Buttons(buttons.into_iter().flatten().collect())].into(),
        ..Message::private(text)
    }
}

/// Takes the entries of a file that waits, all of them or none.
///
/// # Errors
/// The message to answer with when the file is gone, cannot be taken any more, or the store fails.
pub async fn confirm(moderator: &Moderator<'_>, id: i64) -> Result<Message, HandlerError> {
    let draft = moderator.store.draft(moderator.server, id).await?;
    let Some(draft) = draft.filter(|draft| draft.topic == IMPORT) else {
        return Ok(Message::private(GONE));
    };
    // Checked again: days pass, and another moderator may have written under the same title.
    let found = check(moderator, &draft.style, draft.body.as_bytes()).await?;
    let contents: Vec<Content> = found
        .into_iter()
        .map(|one| Content {
            title: one.title,
            text: one.text,
            source: one.source,
            review_on: one.review_on,
            trend: one.trend.map(|trend| trend.write()),
        })
        .collect();
    let made = moderator
        .store
        .import_entries(
            moderator.server,
            id,
            &contents,
            moderator.user,
            moderator.now,
        )
        .await?;
    let Some(made) = made else {
        return Ok(Message::private(GONE));
    };
    let list = button(EntryVerb::List, 0, 0, None, "All entries").map(|button| button.main());
    let who = if moderator.settings.two_step {
        "Another moderator opens"
    } else {
        "Open"
    };
    Ok(Message {
        rows: vec![Row::Buttons(list.into_iter().collect())].into(),
        ..Message::private(format!(
            "Saved: {} {}. {who} each from the list and approves it; until then members do not see it.",
            made.len(),
            if made.len() == 1 { "draft" } else { "drafts" },
        ))
    })
}

/// Throws a file away.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn drop(moderator: &Moderator<'_>, id: i64) -> Result<Message, HandlerError> {
    let draft = moderator.store.draft(moderator.server, id).await?;
    if draft.is_none_or(|draft| draft.topic != IMPORT) {
        return Ok(Message::private(GONE));
    }
    moderator.store.drop_draft(moderator.server, id).await?;
    Ok(Message::private("Thrown away. Nothing was imported."))
}
