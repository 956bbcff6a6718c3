//! What a moderator types of a schedule: when, which, on what, in which style; and what completes it.

use crate::digest::schedule::{Error, Schedule};
use crate::digest::{Cadence, Style, Topic, time};
use crate::discord::app::App;
use crate::discord::command::Input;
use crate::discord::interaction::context::Options;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::Suggestion;
use crate::discord::message::limits::{CHOICE, CHOICES};
use crate::discord::message::markdown::{escape_member, fit, truncate};
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::digests::draft_view::{EVERYONE, refused};
use crate::knowledge::entry_file::same_title;
use crate::knowledge::own_trend::{key, of_key};
use crate::store::ServerRoleId;
use crate::store::digests::Digest;
use crate::store::entry_lists::Line;

/// When a schedule is due, as a moderator typed it.
#[derive(Debug, Clone, Copy)]
pub struct When<'a> {
    /// One of `cadence::EVERY`.
    pub every: &'a str,
    /// The day on which, where one was named.
    pub on: Option<&'a str>,
    /// The time of day.
    pub at: &'a str,
}

/// Reads what was typed, in the server's time zone.
///
/// # Errors
/// The message that says what cannot be read, and how to write it.
pub fn read(moderator: &Moderator<'_>, when: When<'_>) -> Result<Schedule, HandlerError> {
    let today = moderator
        .now
        .to_zoned(moderator.settings.time_zone())
        .date();
    let read =
        Cadence::parse(&when.every.trim().to_lowercase(), when.on, today).and_then(|cadence| {
            let at = time::parse(when.at).ok_or_else(|| Error::Time(when.at.to_owned()))?;
            Schedule::new(cadence, at, &moderator.settings.zone)
        });
    read.map_err(|error| refused(&error))
}

/// The schedule that a command names by its number.
///
/// # Errors
/// The message that says that there is none.
pub async fn find(
    moderator: &Moderator<'_>,
    options: Options<'_>,
    what: &str,
) -> Result<Digest, HandlerError> {
    let typed = options
        .text("number")
        .and_then(|text| text.trim_start_matches('#').parse().ok());
    let id = typed.or(options.number("number")).unwrap_or(0);
    let digest = moderator.store.digest(moderator.server, id).await?;
    digest
        .filter(|digest| digest.ended_at.is_none())
        .ok_or_else(|| no_such(id, what))
}

/// What is said of a schedule that is not there.
pub fn no_such(id: i64, what: &str) -> HandlerError {
    HandlerError::private(format!(
        "There is no scheduled summary {id} to {what}. /digest list shows them with their numbers."
    ))
}

/// The topic that was named, where one was: of the knowledge, or of what the server has written and is live.
///
/// # Errors
/// The message that says that there is none like it, or that the store fails.
pub async fn topic(
    moderator: &Moderator<'_>,
    options: Options<'_>,
) -> Result<Option<Topic>, HandlerError> {
    let Some(typed) = options.text("topic") else {
        return Ok(None);
    };
    if let Some(topic) = Topic::find(typed, &moderator.knowledge) {
        return Ok(Some(topic));
    }
    let lines = moderator.store.entry_lines(moderator.server).await?;
    let named = |line: &&Line| match of_key(typed.trim()) {
        Some(id) => line.entry == id,
        None => same_title(&line.title, typed),
    };
    let own = lines.iter().filter(|line| line.live).find(named);
    let own = own.map(|line| Some(Topic::Own(line.entry)));
    own.ok_or_else(|| {
        let typed = fit(typed, 100, escape_member);
        HandlerError::private(format!(
            "I have no topic called \"{typed}\": start typing and choose one from the list."
        ))
    })
}

/// What the server has written and is live, as topics that complete what was typed: for its moderators alone.
pub async fn own_topics(app: &App, input: &Input<'_>, typed: &str) -> Vec<Suggestion> {
    let Some(moderator) = access::quietly(app, input.call).await else {
        return Vec::new();
    };
    let lines = moderator.store.entry_lines(moderator.server).await;
    let wanted = typed.trim().to_lowercase();
    let lines = lines.unwrap_or_default().into_iter();
    lines
        .filter(|line| line.live && line.title.to_lowercase().contains(&wanted))
        .take(CHOICES / 2)
        .map(|line| {
            let kind = if line.trend { "trend" } else { "entry" };
            Suggestion {
                name: truncate(
                    &format!("{} (this server's own {kind})", line.title),
                    CHOICE,
                ),
                value: key(line.entry),
            }
        })
        .collect()
}

/// What a topic is called: where it is the server's own, by its title.
pub(crate) async fn called(moderator: &Moderator<'_>, topic: &str) -> String {
    let Some(topic) = Topic::parse(topic) else {
        return topic.to_owned();
    };
    if let Topic::Own(id) = topic {
        let lines = moderator.store.entry_lines(moderator.server).await;
        let own = lines
            .unwrap_or_default()
            .into_iter()
            .find(|line| line.entry == id);
        if let Some(line) = own {
            return line.title;
        }
    }
    topic.title(&moderator.knowledge)
}

/// The style that was named, where one was.
///
/// # Errors
/// The message that says that there is none like it.
pub fn style(options: Options<'_>) -> Result<Option<Style>, HandlerError> {
    let Some(word) = options.text("style") else {
        return Ok(None);
    };
    let style = Style::parse(word).map(Some);
    style.ok_or_else(|| HandlerError::private("I know no such style: choose one from the list."))
}

pub(crate) fn role(
    moderator: &Moderator<'_>,
    options: Options<'_>,
) -> Result<Option<ServerRoleId>, HandlerError> {
    let role = options
        .role("mention-role")
        .map(|role| ServerRoleId::new(role.get()));
    // The role that everyone has bears the server's own id.
    if role.is_some_and(|role| role.get() == moderator.server.get()) {
        return Err(HandlerError::private(format!(
            "Nothing was changed. {EVERYONE}"
        )));
    }
    Ok(role)
}

/// The server's schedules that fit what was typed, for those who may see them.
pub async fn suggest(app: &App, input: &Input<'_>, typed: &str) -> Vec<Suggestion> {
    let Some(moderator) = access::quietly(app, input.call).await else {
        return Vec::new();
    };
    let Ok(digests) = moderator.store.digests(moderator.server).await else {
        return Vec::new();
    };
    let knowledge = app.advisor().knowledge();
    let wanted = typed.trim().trim_start_matches('#').to_lowercase();
    let names = digests.iter().map(|digest| {
        let title = Topic::parse(&digest.topic)
            .map_or_else(|| digest.topic.clone(), |topic| topic.title(&knowledge));
        let paused = if digest.paused.is_some() {
            ", paused"
        } else {
            ""
        };
        (
            digest.id,
            format!("{}: {title}, {}{paused}", digest.id, digest.schedule),
        )
    });
    names
        .filter(|(_, name)| name.to_lowercase().contains(&wanted))
        .take(CHOICES)
        .map(|(id, name)| Suggestion {
            name: truncate(&name, CHOICE),
            value: id.to_string(),
        })
        .collect()
}

/// What is said where no channel is named or set.
pub(crate) const WHERE: &str = "Where should it go? Name a channel with the option channel, or set one for all with /settings set digest-channel.";
