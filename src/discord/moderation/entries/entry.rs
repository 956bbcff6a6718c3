//! One entry of a server: found, checked for mistakes, and the buttons that lead to it.

use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::components::Button;
use crate::discord::message::custom_id::{Action, EntryAction, Tag};
use crate::discord::moderation::access::Moderator;
use crate::knowledge::entry::{self, Entry, Mistake, Part};
use crate::knowledge::entry_file::same_title;
use crate::knowledge::own_trend::{self, MOST_LINKS, OwnTrend};
use crate::knowledge::{Knowledge, Topic};
use crate::store::entries::{State, Version};

/// Most entries of a server, removed ones not counted.
pub const MOST_ENTRIES: usize = 500;

/// What is said of an entry that the server does not have.
pub(crate) const GONE: &str =
    "There is no such entry in this server. /knowledge list shows all of them.";

/// What is said above an entry that has changed since.
pub(crate) const CHANGED: &str =
    "This entry has changed since. Here is how it stands now; nothing was done.";

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
pub async fn find(moderator: &Moderator<'_>, id: i64) -> Result<Seen, HandlerError> {
    let versions = moderator.store.entry_history(moderator.server, id).await?;
    if versions.is_empty() {
        Err(HandlerError::private(GONE))
    } else {
        Ok(Seen { id, versions })
    }
}

/// What is to be mended in a version before it can go live, in words.
///
/// # Errors
/// The message to answer with when the store fails.
pub(crate) async fn mistakes(
    moderator: &Moderator<'_>,
    version: &Version,
) -> Result<Vec<String>, HandlerError> {
    let lines = moderator.store.entry_lines(moderator.server).await?;
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
    if let Some(trend) = version.trend.as_deref().and_then(OwnTrend::parse) {
        let of_trend = own_trend::check(&trend, &version.text).into_iter();
        let unknown = unknown(&moderator.knowledge, &trend);
        found.extend(of_trend.chain(unknown).map(|mistake| mistake.to_string()));
    }
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

/// Roles and trends that a trend is said to touch and that the knowledge does not have.
pub(crate) fn unknown(knowledge: &Knowledge, trend: &OwnTrend) -> Vec<Mistake> {
    let of = |part: Part, slugs: &[String], role: bool| {
        let known = |slug: &String| {
            let topic = knowledge.find(slug);
            topic.is_some_and(|topic| matches!(topic, Topic::Role(_)) == role)
        };
        let places = slugs.iter().enumerate().filter(|(_, slug)| !known(slug));
        let lines: Vec<String> = places.map(|(place, _)| (place + 1).to_string()).collect();
        (!lines.is_empty()).then(|| Mistake {
            part,
            what: format!(
                "careerbot has none of that name at place {}; write its title as {} shows it, or leave it out",
                lines.join(", "),
                if role { "/role" } else { "/trends" }
            ),
        })
    };
    let many = |part: Part, slugs: &[String]| {
        (slugs.len() > MOST_LINKS).then(|| Mistake {
            part,
            what: format!("there are {}; at most {MOST_LINKS}", slugs.len()),
        })
    };
    let found = [
        of(Part::Roles, &trend.roles, true),
        of(Part::Near, &trend.near, false),
        many(Part::Roles, &trend.roles),
        many(Part::Near, &trend.near),
    ];
    found.into_iter().flatten().collect()
}

/// The day in the server's time zone.
pub(crate) fn today(moderator: &Moderator<'_>) -> jiff::civil::Date {
    moderator
        .now
        .to_zoned(moderator.settings.time_zone())
        .date()
}

/// A button that does something with an entry.
pub(crate) fn button(
    verb: EntryVerb,
    entry: i64,
    version: i64,
    gap: Option<Tag>,
    label: &str,
) -> Option<Button> {
    Some(Button::new(
        Action::Entry(EntryAction {
            verb,
            entry,
            version,
            gap,
        })
        .encode()?,
        label,
    ))
}
