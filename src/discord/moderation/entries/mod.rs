//! A server's own knowledge in the hands of its moderators: written in a form, looked at privately, approved, live.
//!
//! Everything is in the store, so that each preview works after a restart; the version that a preview shows stands in its
//! buttons, so that an old one cannot approve another text than it shows. Rights are checked with each press and form.
//! Knows nothing of how an entry is found.

pub mod act;
pub mod form;
pub mod history;
pub mod import;
pub mod list;
pub mod show;

use serenity::model::application::{ComponentInteraction, ModalInteraction};

use crate::discord::App;
use crate::discord::interaction::context::Call;
use crate::discord::interaction::response::{First, Reply, Step};
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::Button;
use crate::discord::message::custom_id::{Action, Tag, Work};
use crate::discord::moderation::access::{self, Moderator, failed};
use crate::discord::router::components;
use crate::knowledge::entry::{self, Entry};
use crate::knowledge::entry_file::same_title;
use crate::store::entries::{State, Version};

/// Most entries of a server, removed ones not counted.
pub const MOST_ENTRIES: usize = 500;

/// What is said of an entry that the server does not have.
const GONE: &str = "There is no such entry in this server. /knowledge list shows all of them.";
/// What is said above an entry that has changed since.
const CHANGED: &str = "This entry has changed since. Here is how it stands now; nothing was done.";

/// An entry with all its versions, the newest first; never without one.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its number.
    pub id: i64,
    /// Its versions.
    pub versions: Vec<Version>,
}

impl Seen {
    /// The draft that waits.
    pub fn waiting(&self) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| matches!(version.state, State::Draft | State::Approved))
    }

    /// What members find.
    pub fn live(&self) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| version.state == State::Live)
    }

    /// The version that stands for the entry: the draft that waits, else what is live; `None` when it is removed.
    pub fn standing(&self) -> Option<&Version> {
        self.waiting().or_else(|| self.live())
    }

    /// The version of that number.
    pub fn version(&self, number: i64) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| version.version == number)
    }
}

/// An entry of the moderator's server.
///
/// # Errors
/// The message to answer with when there is none or the store fails.
pub async fn find(moderator: &Moderator<'_>, id: i64) -> Result<Seen, Message> {
    let versions = moderator
        .store
        .entry_history(moderator.server, id)
        .await
        .map_err(|error| failed(&error))?;
    if versions.is_empty() {
        Err(Message::private(GONE))
    } else {
        Ok(Seen { id, versions })
    }
}

/// What is to be mended in a version before it can go live, in words.
///
/// # Errors
/// The message to answer with when the store fails.
async fn mistakes(moderator: &Moderator<'_>, version: &Version) -> Result<Vec<String>, Message> {
    let lines = moderator
        .store
        .entry_lines(moderator.server)
        .await
        .map_err(|error| failed(&error))?;
    let checked = Entry {
        title: &version.title,
        text: &version.text,
        source: &version.source,
        review_on: &version.review_on,
    };
    let mut found: Vec<String> = entry::check(&checked, today(moderator))
        .iter()
        .map(ToString::to_string)
        .collect();
    let same = lines.iter().find(|line| {
        !line.removed && line.entry != version.entry && same_title(&line.title, &version.title)
    });
    if let Some(other) = same.filter(|_| !version.title.trim().is_empty()) {
        found.push(format!(
            "title: entry {} has the same one; edit that entry, or choose another title",
            other.entry
        ));
    }
    Ok(found)
}

/// The day in the server's time zone.
fn today(moderator: &Moderator<'_>) -> jiff::civil::Date {
    moderator
        .now
        .to_zoned(moderator.settings.time_zone())
        .date()
}

/// A button that does something with an entry.
fn button(
    verb: EntryVerb,
    entry: i64,
    version: i64,
    gap: Option<Tag>,
    label: &str,
) -> Option<Button> {
    Some(Button::new(
        Action::Entry(Work {
            verb,
            entry,
            version,
            gap,
        })
        .encode()?,
        label,
    ))
}

/// What a press on a button or menu does.
pub async fn press(app: &App, press: &ComponentInteraction, call: &Call, work: Work) -> Reply {
    let Work {
        verb,
        entry,
        version,
        gap,
    } = work;
    let mut then: Vec<Step> = Vec::new();
    let done = async {
        let moderator = access::check(app, call, "a button of /knowledge").await?;
        let chosen = || {
            components::value(press)
                .and_then(|value| value.parse().ok())
                .unwrap_or(0)
        };
        let shown = |message| Ok(First::Update(message));
        match verb {
            EntryVerb::New => Err(Message::private(components::OUTDATED)),
            EntryVerb::Edit => act::edit(&moderator, entry, version, gap).await,
            EntryVerb::Approve => {
                let (message, steps) = act::approve(app, &moderator, entry, version, gap).await?;
                then = steps;
                shown(message)
            }
            EntryVerb::Discard => shown(act::discard(&moderator, entry, version).await?),
            EntryVerb::View => shown(show::entry(&moderator, entry, "", gap).await?),
            EntryVerb::Chosen => shown(show::entry(&moderator, chosen(), "", None).await?),
            EntryVerb::List => shown(list::page(&moderator, version).await?),
            EntryVerb::History => shown(history::page(&moderator, entry, version).await?),
            EntryVerb::Version => shown(history::version(&moderator, entry, chosen()).await?),
            EntryVerb::Restore => shown(act::restore(&moderator, entry, version).await?),
            EntryVerb::Remove => shown(act::ask_to_remove(&moderator, entry).await?),
            EntryVerb::RemoveNow => shown(act::remove(&moderator, entry, version).await?),
            EntryVerb::Import => shown(import::confirm(&moderator, entry).await?),
            EntryVerb::DropImport => shown(import::drop(&moderator, entry).await?),
        }
    };
    let first = done.await.unwrap_or_else(First::Message);
    Reply { first, then }
}

/// What a form that was filled in does. What was typed comes back with every refusal.
pub async fn submit(app: &App, filled: &ModalInteraction, call: &Call, work: Work) -> Reply {
    let content = form::read(filled);
    let done = async {
        let moderator = access::check(app, call, "a form of /knowledge").await?;
        match work.verb {
            EntryVerb::New => act::add(&moderator, &content, work.gap).await,
            EntryVerb::Edit => {
                act::revise(&moderator, work.entry, work.version, &content, work.gap).await
            }
            _ => Err(Message::private(components::OUTDATED)),
        }
    };
    match done.await {
        // A form that a command opened has no message below it that could change.
        Ok(message) if filled.message.is_some() => First::Update(message).into(),
        Ok(message) => message.into(),
        Err(refusal) => form::kept(refusal, &content).into(),
    }
}
