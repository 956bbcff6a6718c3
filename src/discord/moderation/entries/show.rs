//! An entry as moderators see it: as members will, with what is to be known above and what can be done below.
//!
//! Drawing is pure. Never exceeds a limit, whatever an entry holds.

use jiff::civil::Date;

use crate::advisor::{Entry, own};
use crate::discord::interaction::form_input;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::members::entry_view;
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::body::{Embed, Field, Message};
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::Tag;
use crate::discord::message::diff;
use crate::discord::message::limits::{CONTENT, EMBED_TOTAL, FIELD_VALUE, length};
use crate::discord::message::line_budget::LineBudget;
use crate::discord::message::markdown::{clean, escape, escape_to};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::entries::credit;
use crate::discord::moderation::entries::entry::{GONE, Seen, button, find, mistakes};
use crate::knowledge::Knowledge;
use crate::knowledge::own_trend::{OwnTrend, line};
use crate::store::UserId;
use crate::store::credits::Credit;
use crate::store::entries::{State, Version};

/// Most characters that what is to be mended takes.
const MISTAKES: usize = 700;

/// What moderators are told of a version beside its words.
#[derive(Debug, Clone, Default)]
pub struct Told<'a> {
    /// A line on what was just done.
    pub note: &'a str,
    /// What is to be mended.
    pub mistakes: Vec<String>,
    /// Whether the one who looks may not approve it: it is theirs, and the server wants a second moderator.
    pub own: bool,
    /// The question that it shall answer.
    pub gap: Option<Tag>,
    /// Where it comes from, where it is made of a message, and who looks.
    pub credit: Option<(Credit, UserId)>,
}

/// How an entry stands now: the draft that waits, else what is live, else what was removed.
///
/// # Errors
/// The message to answer with when there is no such entry or the store fails.
pub async fn entry(
    moderator: &Moderator<'_>,
    id: i64,
    note: &str,
    gap: Option<Tag>,
) -> Result<Message, HandlerError> {
    let seen = find(moderator, id).await?;
    of(moderator, &seen, note, gap).await
}

/// The same, of an entry that was read already.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn of(
    moderator: &Moderator<'_>,
    seen: &Seen,
    note: &str,
    gap: Option<Tag>,
) -> Result<Message, HandlerError> {
    let Some(version) = seen.standing().or(seen.versions.first()) else {
        return Err(HandlerError::private(GONE));
    };
    let mistakes = if seen.standing().is_some() {
        mistakes(moderator, version).await?
    } else {
        Vec::new()
    };
    let own = moderator.settings.two_step && version.author == moderator.user;
    let credit = moderator.store.credit(moderator.server, seen.id).await?;
    Ok(draw(
        &moderator.knowledge,
        seen,
        version,
        &Told {
            note,
            mistakes,
            own,
            gap,
            credit: credit.map(|credit| (credit, moderator.user)),
        },
    ))
}

/// A version with what is told of it and what can be done with it.
pub fn draw(knowledge: &Knowledge, seen: &Seen, version: &Version, told: &Told<'_>) -> Message {
    let waits = matches!(version.state, State::Draft | State::Approved);
    let found = trend(version)
        .filter(|_| waits)
        .and_then(|trend| found(knowledge, &trend));
    let room = EMBED_TOTAL - found.as_ref().map_or(0, Embed::length);
    let stands = seen
        .standing()
        .is_some_and(|standing| standing.version == version.version);
    let of_trend = (version.trend.is_some() && stands).then(|| {
        let make = |verb, label| button(verb, seen.id, version.version, None, label);
        let buttons = [
            make(EntryVerb::EditArticle, "Address, author, date"),
            make(EntryVerb::EditLinks, "Roles and trends"),
        ];
        Row::Buttons(buttons.into_iter().flatten().collect())
    });
    let credit = told.credit.as_ref().filter(|_| stands);
    let of_author = credit.and_then(|(credit, viewer)| credit::row(credit, *viewer));
    let rows = std::iter::once(Row::Buttons(buttons(seen, version, told)))
        .chain(of_trend)
        .chain(of_author);
    Message {
        content: above(seen, version, told),
        embeds: std::iter::once(embed(knowledge, version, room))
            .chain(found)
            .collect(),
        rows: rows.collect(),
        private: true,
        ..Message::default()
    }
}

/// Where a version stands, in words.
pub fn state(state: State) -> &'static str {
    match state {
        State::Draft => "draft, waits for approval",
        State::Approved => "approved, not live yet",
        State::Live => "live",
        State::Replaced => "replaced by a newer version",
        State::Removed => "removed",
        State::Discarded => "thrown away",
    }
}

/// Who it was, as Discord shows a member.
pub fn name(user: UserId) -> String {
    if user == UserId::NOBODY {
        "a deleted member".to_owned()
    } else {
        format!("<@{user}>")
    }
}

fn above(seen: &Seen, version: &Version, told: &Told<'_>) -> String {
    let mut lines = Vec::new();
    if !told.note.is_empty() {
        lines.push(told.note.to_owned());
    }
    lines.push(format!(
        "**Entry {}, version {}**: {}. Written by {} <t:{}:R>. Members see it as below; this message only you see.",
        seen.id,
        version.version,
        state(version.state),
        name(version.author),
        version.created_at.timestamp().as_second()
    ));
    if let Some((credit, _)) = &told.credit {
        lines.push(credit::line(credit));
    }
    if let Some(asked) = trend(version).and_then(|trend| asked(version, &trend)) {
        lines.push(asked);
    }
    if !told.mistakes.is_empty() {
        let waits = version.state != State::Live;
        let head = if waits {
            "**To fix before it can go live:**"
        } else {
            "**Worth fixing:**"
        };
        let mut text = head.to_owned();
        for mistake in &told.mistakes {
            if length(&text) + length(mistake) < MISTAKES {
                text.push_str(&format!("\n• {}", escape(mistake)));
            }
        }
        lines.push(text);
    }
    let waits = matches!(version.state, State::Draft | State::Approved);
    if told.own && version.state == State::Draft {
        lines.push(
            "This server wants a second moderator: another one finds it in /knowledge list and approves it.".to_owned(),
        );
    }
    let mut text = lines.join("\n");
    if let Some(live) = seen
        .live()
        .filter(|live| waits && live.version != version.version)
    {
        const HEAD: &str = "\nWhat is live stays live until this is approved. What changes:\n";
        let room = CONTENT.saturating_sub(length(&text) + length(HEAD) + length(form_input::KEPT));
        let changed = diff::block(&whole(live), &whole(version), room.min(1_100));
        text.push_str(if changed.is_empty() {
            "\nWhat is live stays live until this is approved."
        } else {
            HEAD
        });
        text.push_str(&changed);
    }
    text
}

/// All words of a version, a line each, for a difference.
fn whole(version: &Version) -> String {
    let trend = trend(version).map_or_else(String::new, |trend| {
        let (roles, near) = (trend.roles.join(", "), trend.near.join(", "));
        format!("\n{}\nroles: {roles}\ntrends: {near}", trend.lines())
    });
    format!(
        "{}\n{}\nsource: {}\nreview: {}{trend}",
        version.title, version.text, version.source, version.review_on
    )
}

fn trend(version: &Version) -> Option<OwnTrend> {
    version.trend.as_deref().and_then(OwnTrend::parse)
}

/// What was not found in an article, and what happens if it stays away; `None` where all is there or all is done.
fn asked(version: &Version, trend: &OwnTrend) -> Option<String> {
    let waits = matches!(version.state, State::Draft | State::Approved);
    let open: Vec<&str> = [
        (version.source.is_empty(), "its address"),
        (trend.author.is_empty(), "its author"),
        (
            trend.published.is_empty(),
            "its date, without which it is called undated",
        ),
    ]
    .into_iter()
    .filter(|(open, _)| *open && waits)
    .map(|(_, what)| what)
    .collect();
    (!open.is_empty()).then(|| {
        format!(
            "Not found in the article: {}. If you know it, press **Address, author, date**.",
            open.join("; ")
        )
    })
}

/// What else was found in an article, for moderators alone; `None` where there is nothing.
fn found(knowledge: &Knowledge, trend: &OwnTrend) -> Option<Embed> {
    let near = trend.near.iter().filter_map(|slug| {
        let topic = knowledge.find(slug)?;
        Some(format!("• {}", escape(knowledge.title(topic))))
    });
    let offered = trend
        .offered
        .iter()
        .map(|quote| format!("• {}", escape_to(&line(quote), 400)));
    let repeats = trend
        .repeats
        .iter()
        .map(|line| format!("• {}", escape_to(line, 300)));
    let mut fields = Vec::new();
    for (name, lines) in [
        (
            "Sentences that you may quote instead",
            offered.collect::<Vec<_>>(),
        ),
        ("Near to careerbot's own trends", near.collect()),
        ("Held already", repeats.collect()),
    ] {
        let mut value = LineBudget::new(FIELD_VALUE);
        lines.iter().for_each(|line| value.push(line));
        if !value.text.is_empty() {
            fields.push(Field {
                name: name.to_owned(),
                value: value.text,
                inline: false,
            });
        }
    }
    (!fields.is_empty()).then(|| Embed {
        title: "Also found in the article (members do not see this)".to_owned(),
        fields,
        ..Embed::default()
    })
}

/// The words as members will see them, drawn as below an answer, in at most `room` characters.
pub fn embed(knowledge: &Knowledge, version: &Version, room: usize) -> Embed {
    let title = if clean(&version.title).trim().is_empty() {
        "(no title)"
    } else {
        &version.title
    };
    let entry = Entry::new(title, &version.text, &version.source, &version.review_on);
    let mut entry = entry.with_trend(trend(version));
    entry.by = version.named.map(UserId::get);
    if entry.text.is_empty() {
        entry.text = "(no text)".to_owned();
    }
    // An entry under review is not held to be late.
    let own = own(knowledge, &entry, Date::MIN);
    // An embed has more room than any entry takes around its text.
    entry_view::embed(&own, room).unwrap_or_default()
}

fn buttons(seen: &Seen, version: &Version, told: &Told<'_>) -> Vec<Button> {
    let id = seen.id;
    let make = |verb, label| button(verb, id, version.version, told.gap, label);
    let history = button(EntryVerb::History, id, 0, None, "History");
    let stands = seen
        .standing()
        .is_some_and(|standing| standing.version == version.version);
    let shown = match version.state {
        State::Draft | State::Approved if stands => {
            let label = if version.state == State::Draft {
                "Approve"
            } else {
                "Make it live"
            };
            let ready = told.mistakes.is_empty() && !(told.own && version.state == State::Draft);
            let approve =
                make(EntryVerb::Approve, label).map(|button| button.main().enabled(ready));
            vec![
                approve,
                make(EntryVerb::Edit, "Edit"),
                make(EntryVerb::Discard, "Discard"),
                history,
            ]
        }
        State::Live if stands => vec![
            make(EntryVerb::Edit, "Edit"),
            make(EntryVerb::Remove, "Remove"),
            history,
        ],
        _ => vec![
            make(EntryVerb::Restore, "Restore as a draft"),
            make(EntryVerb::View, "Back to the entry"),
            history,
        ],
    };
    let list = button(EntryVerb::List, 0, 0, None, "All entries");
    shown.into_iter().chain([list]).flatten().collect()
}
