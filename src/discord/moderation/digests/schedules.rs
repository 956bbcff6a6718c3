//! Schedules as moderators enter, change and read them.
//!
//! Times are those of the server's zone; each confirmation says when it is posted next, as Discord shows times to everybody
//! in their own. Knows nothing of how a post is composed or sent.

use jiff::Timestamp;
use serenity::model::id::RoleId;

use crate::digest::cadence::date;
use crate::digest::schedule::{Error, Schedule};
use crate::digest::{Cadence, Style};
use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::component::turn;
use crate::discord::interaction::context::Options;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::actions::Kind;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::Action;
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::markdown::{escape, escape_member, fit};
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::digests::draft_view::{GONE, checked, refused, waiting};
use crate::discord::moderation::digests::schedule_options::{
    WHERE, When, called, find, no_such, read, role, style, topic,
};
use crate::discord::moderation::digests::{coming, publisher};
use crate::discord::moderation::twin;
use crate::discord::state::server_settings;
use crate::store::digests::{Definition, Digest};
use crate::store::drafts::Draft;

/// The buttons of `/digest list`.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Schedules(page) = *action else {
        return None;
    };
    Some(Box::pin(async move {
        let moderator = access::check(on.app, on.call, "/digest list").await?;
        let page = list(&moderator, page).await?;
        Ok(turn(on.press, on.call, page))
    }))
}

/// Schedules that a server can have at once: more than anybody reads.
const MOST: usize = 50;
/// Characters kept free for what stands above a page of them.
const HEAD: usize = 100;
/// Next posts named in a confirmation.
const NAMED: usize = 3;

/// Saves a new schedule, and confirms it. A draft that it is made of goes with it, and stays where none is made.
///
/// # Errors
/// The message to answer with when it cannot be saved.
pub async fn add(
    app: &App,
    moderator: &Moderator<'_>,
    definition: &Definition,
    schedule: &Schedule,
    draft: Option<&Draft>,
) -> Result<Message, HandlerError> {
    let known = room(moderator).await?;
    if let Some(same) = known
        .iter()
        .find(|known| definition_of(known) == *definition)
    {
        let said = Message::private(format!(
            "Nothing was added: number **{}** is this very schedule, made <t:{}:R>. Did you mean to change it? /digest edit does. A second one would post everything twice.",
            same.id,
            same.created_at.timestamp().as_second()
        ));
        let there = (same.id, mark(definition));
        let draft = draft.map(|draft| (draft.id, draft.revision));
        return Err(twin::ask(moderator, said, Kind::Schedule, there, draft).into());
    }
    make(app, moderator, definition, schedule, draft).await
}

/// Saves a new schedule, whatever others there are, and confirms it; as [`add`].
///
/// # Errors
/// The message to answer with when it cannot be saved.
pub(crate) async fn make(
    app: &App,
    moderator: &Moderator<'_>,
    definition: &Definition,
    schedule: &Schedule,
    draft: Option<&Draft>,
) -> Result<Message, HandlerError> {
    let store = moderator.store;
    let next = first(schedule, moderator.now)?;
    let Moderator {
        server, user, now, ..
    } = *moderator;
    let number = match draft.map(|draft| (draft.id, draft.revision)) {
        Some(draft) => {
            store
                .schedule_draft(server, draft, definition, next, user, now)
                .await
        }
        None => store
            .add_digest(server, definition, next, user, now)
            .await
            .map(Some),
    };
    let number = number?.ok_or_else(|| HandlerError::private(GONE))?;
    app.wake();
    let done = format!("Scheduled as number **{number}**");
    let said = confirmed(app, moderator, &done, definition, schedule).await;
    Ok(Message::private(said))
}

/// The schedules that a server has, where there is room for one more.
///
/// # Errors
/// The message to answer with when there is none, or the store fails.
pub(crate) async fn room(moderator: &Moderator<'_>) -> Result<Vec<Digest>, HandlerError> {
    let known = moderator.store.digests(moderator.server).await?;
    if known.len() >= MOST {
        return Err(HandlerError::private(format!(
            "There are {MOST} schedules already: end one with /digest cancel first."
        )));
    }
    Ok(known)
}

/// What a schedule does. Somebody who saw no answer the first time asks for the same again.
pub(crate) fn definition_of(digest: &Digest) -> Definition {
    Definition {
        channel: digest.channel,
        topic: digest.topic.clone(),
        style: digest.style.clone(),
        schedule: digest.schedule.clone(),
        mention_role: digest.mention_role,
    }
}

/// What tells what a schedule does from what it did before.
pub(crate) fn mark(definition: &Definition) -> i64 {
    i64::from(crc32fast::hash(format!("{definition:?}").as_bytes()))
}

/// What `/digest schedule` does.
///
/// # Errors
/// The message that says what is missing or wrong.
pub async fn command(
    app: &App,
    moderator: &Moderator<'_>,
    options: Options<'_>,
) -> Result<Response, HandlerError> {
    let topic = topic(moderator, options).await?.ok_or_else(|| {
        HandlerError::private(
            "What should it be about? Start typing a topic and choose one from the list.",
        )
    })?;
    let style = style(options)?.unwrap_or(Style::Short);
    let channel = options
        .channel("channel")
        .map(server_settings::channel)
        .or(moderator.settings.digest_channel);
    let channel = channel.ok_or_else(|| HandlerError::private(WHERE))?;
    let when = When {
        every: options.text("every").unwrap_or_default(),
        on: options.text("on"),
        at: options.text("at").unwrap_or_default(),
    };
    let schedule = read(moderator, when)?;
    let definition = Definition {
        channel,
        topic: topic.to_string(),
        style: style.word().to_owned(),
        schedule: schedule.to_string(),
        mention_role: role(moderator, options)?,
    };
    let done = add(app, moderator, &definition, &schedule, None).await?;
    Ok(checked(
        app,
        moderator,
        channel,
        definition.mention_role,
        InitialResponse::Message(done.clone()),
        done,
    ))
}

/// What `/digest edit` does: what is not named stays as it is.
///
/// # Errors
/// The message that says what is missing or wrong.
pub async fn edit(
    app: &App,
    moderator: &Moderator<'_>,
    options: Options<'_>,
) -> Result<Response, HandlerError> {
    let digest = find(moderator, options, "edit").await?;
    if options.len() < 2 {
        return Err(HandlerError::private(
            "Nothing was changed: name what to change, such as channel, at or topic.",
        ));
    }
    let topic = topic(moderator, options)
        .await?
        .map_or_else(|| digest.topic.clone(), |topic| topic.to_string());
    let style =
        style(options)?.map_or_else(|| digest.style.clone(), |style| style.word().to_owned());
    let channel = options
        .channel("channel")
        .map_or(digest.channel, server_settings::channel);
    let same_time = ["every", "on", "at"]
        .iter()
        .all(|name| options.text(name).is_none());
    let old: Option<Schedule> = digest.schedule.parse().ok();
    let schedule = match old {
        Some(old) if same_time => old,
        old => other_time(moderator, options, old)?,
    };
    let nobody = options.flag("mention-nobody") == Some(true);
    let mention_role = if nobody {
        None
    } else {
        role(moderator, options)?.or(digest.mention_role)
    };
    let definition = Definition {
        channel,
        topic,
        style,
        schedule: schedule.to_string(),
        mention_role,
    };
    let kept = digest
        .next_due
        .filter(|_| same_time)
        .map(|next| next.timestamp());
    let next = match kept {
        Some(next) => next,
        None => first(&schedule, moderator.now)?,
    };
    let store = moderator.store;
    let done = store
        .change_digest(
            moderator.server,
            digest.id,
            &definition,
            next,
            moderator.user,
            moderator.now,
        )
        .await;
    if !done? {
        return Err(no_such(digest.id, "edit"));
    }
    app.wake();
    let mut text = confirmed(
        app,
        moderator,
        &format!("Changed number **{}**", digest.id),
        &definition,
        &schedule,
    )
    .await;
    if digest.paused.is_some() {
        text.push_str(&format!(
            "\nIt stays **paused**: /digest resume {} lets it go on.",
            digest.id
        ));
    }
    let done = Message::private(text);
    Ok(checked(
        app,
        moderator,
        channel,
        mention_role,
        InitialResponse::Message(done.clone()),
        done,
    ))
}

/// When a schedule posts that is edited: as it did, where nothing else is named.
fn other_time(
    moderator: &Moderator<'_>,
    options: Options<'_>,
    old: Option<Schedule>,
) -> Result<Schedule, HandlerError> {
    let every = options.text("every");
    let cadence = old.as_ref().map(Schedule::cadence);
    let kept_on = cadence.filter(|cadence| every.is_none_or(|every| every == cadence.every()));
    let kept_on = kept_on.and_then(Cadence::on);
    let kept_at = old
        .as_ref()
        .map(|old| old.at().strftime("%H:%M").to_string());
    let when = When {
        every: every.or(cadence.map(Cadence::every)).unwrap_or_default(),
        on: options.text("on").or(kept_on.as_deref()),
        at: options
            .text("at")
            .or(kept_at.as_deref())
            .unwrap_or_default(),
    };
    // What the moderators planned for some days stays planned.
    let pause = old.and_then(|old| old.pause());
    read(moderator, when)?
        .with_pause(pause)
        .map_err(|error| refused(&error))
}

/// A page of the server's schedules, counted from 0, those that are paused first: what a moderator has to see. Below stands
/// a menu of the drafts that wait.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn list(moderator: &Moderator<'_>, page: u8) -> Result<Message, HandlerError> {
    let mut digests = moderator.store.digests(moderator.server).await?;
    let mut rows: Vec<Row> = waiting(moderator).await?.into_iter().collect();
    if digests.is_empty() {
        let text =
            "Nothing is scheduled. Begin with /digest new, and press Schedule below the preview.";
        return Ok(Message {
            rows: rows.into(),
            ..Message::private(text)
        });
    }
    digests.sort_by_key(|digest| (digest.paused.is_none(), digest.id));
    rows.extend(coming::buttons());
    let mut lines = Vec::with_capacity(digests.len());
    for digest in &digests {
        lines.push(line(digest, &called(moderator, &digest.topic).await));
    }
    let pages = pages(lines.into_iter(), CONTENT - HEAD);
    let page = usize::from(page).min(pages.len().saturating_sub(1));
    let text = pages.get(page).map_or("", String::as_str);
    if pages.len() < 2 {
        return Ok(Message {
            rows: rows.into(),
            ..Message::private(format!("**Scheduled summaries**\n{text}"))
        });
    }
    let to = |page: usize, label| {
        let id = Action::Schedules(u8::try_from(page).unwrap_or(u8::MAX)).encode()?;
        Some(Button::new(id, label))
    };
    let back = to(page.wrapping_sub(1).min(pages.len()), "Previous")
        .map(|button| button.enabled(page > 0));
    let on = to(page + 1, "Next").map(|button| button.enabled(page + 1 < pages.len()));
    rows.push(Row::Buttons([back, on].into_iter().flatten().collect()));
    let head = format!(
        "**Scheduled summaries**, page {} of {}",
        page + 1,
        pages.len()
    );
    Ok(Message {
        rows: rows.into(),
        ..Message::private(format!("{head}\n{text}"))
    })
}

fn line(digest: &Digest, title: &str) -> String {
    let next = match (&digest.paused, digest.next_due) {
        (Some(reason), _) => format!("**paused**: {}", fit(reason, 150, escape_member)),
        (None, Some(next)) => format!("next <t:{}:F>", next.timestamp().as_second()),
        (None, None) => "over".to_owned(),
    };
    format!(
        "**{}** · {} ({}) in <#{}>, {} · {next}",
        digest.id,
        fit(title, 200, escape_member),
        digest.style,
        digest.channel,
        digest.schedule
    )
}

/// The lines in as few texts as hold them all, in their order, each of at most `most` characters.
fn pages(lines: impl Iterator<Item = String>, most: usize) -> Vec<String> {
    let mut pages: Vec<String> = Vec::new();
    for line in lines {
        match pages.last_mut() {
            Some(page) if length(page) + 1 + length(&line) <= most => {
                page.push('\n');
                page.push_str(&line);
            }
            _ => pages.push(line),
        }
    }
    pages
}

/// Has a schedule rest from the first to the last of two days, and go on by itself; gives what is said of it.
///
/// # Errors
/// The message that says what cannot be read.
pub async fn rest(
    app: &App,
    moderator: &Moderator<'_>,
    digest: &Digest,
    from: Option<&str>,
    until: &str,
) -> Result<Message, HandlerError> {
    let day = |text: &str| {
        date(text.trim()).ok_or_else(|| refused(&Error::Pause(fit(text, 40, escape_member))))
    };
    let today = moderator
        .now
        .to_zoned(moderator.settings.time_zone())
        .date();
    let from = from.map_or(Ok(today), day)?;
    let until = day(until)?;
    if until < today {
        return Err(HandlerError::private(
            "Nothing was changed: these days are over.",
        ));
    }
    let old: Schedule = digest.schedule.parse().map_err(|error| refused(&error))?;
    let schedule = old
        .with_pause(Some((from, until)))
        .map_err(|error| refused(&error))?;
    let next = first(&schedule, moderator.now)?;
    let definition = Definition {
        schedule: schedule.to_string(),
        ..definition_of(digest)
    };
    let Moderator {
        store,
        server,
        user,
        now,
        ..
    } = *moderator;
    let done = store
        .change_digest(server, digest.id, &definition, next, user, now)
        .await?;
    app.wake();
    if !done {
        return Err(no_such(digest.id, "pause"));
    }
    Ok(Message::private(format!(
        "Number **{}** rests from {from} to {until}, both days included, and goes on by itself: next <t:{}:F>.",
        digest.id,
        next.as_second()
    )))
}

fn first(schedule: &Schedule, now: Timestamp) -> Result<Timestamp, HandlerError> {
    schedule.next_after(now).ok_or_else(|| {
        HandlerError::private(
            "Nothing was changed: this is never due again. Choose a later day or time.",
        )
    })
}

/// What a schedule does, when it is due next, and what is unusual about it.
pub fn confirmation(
    title: &str,
    done: &str,
    definition: &Definition,
    schedule: &Schedule,
    role: Option<RoleId>,
    now: Timestamp,
) -> String {
    let mut text = format!(
        "{done}: **{}** ({}) in <#{}>, {schedule}.",
        escape(title),
        definition.style,
        definition.channel
    );
    for (place, next) in schedule.next_times(now, NAMED).iter().enumerate() {
        let word = if place == 0 { "Next" } else { "then" };
        text.push_str(&format!("\n{word} <t:{}:F>", next.as_second()));
    }
    for remark in schedule.remarks(now) {
        text.push_str(&format!("\n{remark}"));
    }
    if let Some(role) = role {
        text.push_str(&format!("\nEach post mentions <@&{role}>."));
    }
    text
}

async fn confirmed(
    app: &App,
    moderator: &Moderator<'_>,
    done: &str,
    definition: &Definition,
    schedule: &Schedule,
) -> String {
    let role = publisher::role(moderator.server, definition.mention_role);
    let title = called(moderator, &definition.topic).await;
    let mut text = confirmation(&title, done, definition, schedule, role, moderator.now);
    if !app.posts() {
        text.push_str("\nI cannot post from here: whoever runs this bot has to set DISCORD_TOKEN.");
    }
    text
}
