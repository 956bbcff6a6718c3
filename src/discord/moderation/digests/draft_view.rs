//! How a draft of a summary is shown: its preview with buttons, and its forms.

use std::num::NonZeroU64;

use crate::digest::Summary;
use crate::digest::summary::{HEADLINE_LIMIT, SENTENCE_LIMIT};
use crate::discord::app::App;
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::members::charts;
use crate::discord::message::actions::{DraftVerb, Kind};
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Entry, Form, Row, Select, TextInput};
use crate::discord::message::custom_id::Action;
use crate::discord::message::limits::{ENTRY, INPUT};
use crate::discord::message::markdown::{escape_member, fit, truncate};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::digests::{post_view, publisher, summary_view};
use crate::discord::moderation::permission_report::ChannelCheck;
use crate::discord::moderation::twin;
use crate::store::drafts::{Content, Draft};
use crate::store::entry_drafts::IMPORT;
use crate::store::{ChannelId, ServerRoleId};

/// What is said of a draft that is no longer there.
pub(crate) const GONE: &str = "This draft is gone: it was posted, scheduled, thrown away, or left alone for a week. /digest history shows what was posted.";

/// Drafts offered at once, the newest: as many as a menu holds.
pub(crate) const MENU: u16 = 25;

/// What is said when the role is chosen that everyone has.
pub(crate) const EVERYONE: &str = "I never mention @everyone. Choose another role, or none.";

/// What is said above a preview that has changed since.
pub(crate) const CHANGED: &str =
    "This draft has changed since. Here is how it stands now; nothing was done.";

/// What is said above a draft that was begun before.
const BEGUN: &str = "You have begun this very draft already, and here it is. Did you mean another one of the same words?";

/// The moderator's own draft that says the same for the same channel. Somebody who saw no answer the first time asks again.
pub(crate) async fn begun(
    moderator: &Moderator<'_>,
    wanted: &Content,
) -> Result<Option<Draft>, HandlerError> {
    let drafts = moderator
        .store
        .drafts(moderator.server, IMPORT, MENU)
        .await?;
    Ok(drafts
        .into_iter()
        .find(|draft| draft.author == moderator.user && content(draft) == *wanted))
}

/// Keeps a draft; gives its preview, with a note above. Where the moderator has begun the very same one already, that one is
/// shown, with a button that makes another.
///
/// # Errors
/// The message to answer with when the store fails.
pub(crate) async fn keep(
    moderator: &Moderator<'_>,
    content: &Content,
    note: &str,
) -> Result<Message, HandlerError> {
    if let Some(draft) = begun(moderator, content).await? {
        let there = (draft.id, draft.revision);
        let shown = preview(&draft, BEGUN);
        return Ok(twin::ask(moderator, shown, Kind::Draft, there, None));
    }
    make(moderator, content, note).await
}

/// Keeps a draft, whatever others there are; gives its preview, with a note above.
///
/// # Errors
/// The message to answer with when the store fails.
pub(crate) async fn make(
    moderator: &Moderator<'_>,
    content: &Content,
    note: &str,
) -> Result<Message, HandlerError> {
    let store = moderator.store;
    let id = store
        .add_draft(moderator.server, moderator.user, content, moderator.now)
        .await?;
    Ok(preview(&find(moderator, id).await?, note))
}

/// A first response after which a summary's channel is looked at: what keeps it from being posted is added.
pub(crate) fn checked(
    app: &App,
    moderator: &Moderator<'_>,
    channel: ChannelId,
    role: Option<ServerRoleId>,
    first: InitialResponse,
    shown: Message,
) -> Response {
    let place = NonZeroU64::new(moderator.server.get()).zip(NonZeroU64::new(channel.get()));
    let then = place.filter(|_| app.posts()).map(|(server, channel)| {
        FollowUp::task(ChannelCheck {
            server: server.into(),
            channel: channel.into(),
            role: publisher::role(moderator.server, role),
            shown,
        })
    });
    Response {
        first,
        then: then.into_iter().collect(),
    }
}

/// What is said of a mistake that changed nothing.
pub(crate) fn refused(error: &dyn std::fmt::Display) -> HandlerError {
    HandlerError::private(format!(
        "Nothing was changed: {}.",
        fit(&error.to_string(), 300, escape_member)
    ))
}

/// A menu of the drafts that wait, where there are any: a preview that was dismissed is opened again from it.
///
/// # Errors
/// The message to answer with when the store fails.
pub(crate) async fn waiting(moderator: &Moderator<'_>) -> Result<Option<Row>, HandlerError> {
    let drafts = moderator
        .store
        .drafts(moderator.server, IMPORT, MENU)
        .await?;
    let zone = moderator.settings.time_zone();
    let entries = drafts.iter().filter_map(|draft| {
        let summary = read(draft).ok()?;
        let what = if post_view::is_edit(&draft.topic) {
            "edited words of a post"
        } else {
            "summary"
        };
        let when = draft
            .updated_at
            .timestamp()
            .to_zoned(zone.clone())
            .strftime("%b %-d, %Y, %H:%M");
        Some(Entry {
            label: truncate(&summary.headline, ENTRY),
            value: draft.id.to_string(),
            description: truncate(&format!("{what}, changed {when}"), ENTRY),
            default: false,
        })
    });
    let (entries, id) = (
        entries.collect::<Vec<_>>(),
        Action::Draft(DraftVerb::Open, 0, 0).encode(),
    );
    let menu = id.filter(|_| !entries.is_empty());
    Ok(menu.map(|id| {
        Row::Select(Select {
            id,
            placeholder: "Drafts that wait: go on with one".to_owned(),
            entries,
        })
    }))
}

/// A draft of a summary.
///
/// # Errors
/// The message to answer with when there is none or the store fails.
pub(crate) async fn find(moderator: &Moderator<'_>, id: i64) -> Result<Draft, HandlerError> {
    let draft = moderator.store.draft(moderator.server, id).await?;
    // Files of entries and the edited words of a post wait in the same table, and are no summaries to post.
    let summary = draft.filter(|draft| draft.topic != IMPORT && !post_view::is_edit(&draft.topic));
    summary.ok_or_else(|| HandlerError::private(GONE))
}

pub(crate) fn read(draft: &Draft) -> Result<Summary, HandlerError> {
    Summary::from_body(&draft.body).ok_or_else(|| {
        HandlerError::private(
            "This draft is of another version of me. Begin anew with /digest new.",
        )
    })
}

/// What a draft holds.
pub(crate) fn content(draft: &Draft) -> Content {
    Content {
        channel: draft.channel,
        topic: draft.topic.clone(),
        style: draft.style.clone(),
        mention_role: draft.mention_role,
        body: draft.body.clone(),
    }
}

/// The preview: the post as it will be, with a line above and buttons below.
pub fn preview(draft: &Draft, note: &str) -> Message {
    let summary = read(draft).ok();
    let follow = summary
        .as_ref()
        .and_then(|summary| summary.dress.follow.clone())
        .unwrap_or_default();
    let Some(shown) =
        summary.and_then(|summary| summary_view::message(&summary, &reference(draft)))
    else {
        return Message::private(GONE);
    };
    let gap = if note.is_empty() { "" } else { "\n" };
    let role = publisher::role(draft.server, draft.mention_role);
    let pings = role
        .map(|role| format!("\nAbove it stands <@&{role}>, and its members are notified."))
        .unwrap_or_default();
    let taken = follow
        .role
        .map(|role| {
            format!("\nBelow it stands a button with which members take the role <@&{role}>.")
        })
        .unwrap_or_default();
    let letters = if follow.direct {
        "\nBelow it stands a button with which members get a direct message about posts like this; those who pressed it before get one about this post."
    } else {
        ""
    };
    let content = format!(
        "{note}{gap}**Preview** for <#{}>. Only you see this; what is posted looks the same.{pings}{taken}{letters}",
        draft.channel
    );
    let buttons = [
        (DraftVerb::Post, "Post now"),
        (DraftVerb::Schedule, "Schedule"),
        (DraftVerb::Edit, "Edit text"),
        (DraftVerb::Channel, "Change channel"),
        (DraftVerb::Cancel, "Cancel"),
    ];
    let buttons = buttons
        .into_iter()
        .filter_map(|(verb, label)| Some(Button::new(id(draft, verb)?, label)));
    let buttons = buttons
        .enumerate()
        .map(|(place, button)| if place == 0 { button.main() } else { button })
        .collect();
    let mut rows = vec![Row::Buttons(buttons)];
    if let Some(id) = id(draft, DraftVerb::Mention) {
        rows.push(Row::Roles {
            id,
            chosen: role,
            placeholder: "Mention a role? Nobody is, unless you choose one",
        });
    }
    Message {
        content,
        rows: rows.into(),
        private: true,
        ..shown
    }
}

/// A preview with the chart that the post of the draft has.
pub(crate) async fn drawn(app: &App, draft: &Draft, shown: Message) -> Message {
    let picture = read(draft)
        .ok()
        .and_then(|summary| summary_view::picture(&summary));
    charts::with(app, picture.filter(|_| shown.file.is_none()), shown).await
}

/// What tells the post of this draft from every other one.
pub(crate) fn reference(draft: &Draft) -> String {
    // The revision stands in it, so that pressing twice posts once.
    format!("d{}.{}", draft.id, draft.revision)
}

pub(crate) fn id(draft: &Draft, verb: DraftVerb) -> Option<String> {
    Action::Draft(verb, draft.id, draft.revision).encode()
}

/// The preview with a menu of channels above its buttons.
pub(crate) fn channels(draft: &Draft) -> Message {
    let mut message = preview(draft, "Choose the channel below.");
    if let Some(id) = id(draft, DraftVerb::Pick) {
        message.rows.edit().insert(0, Row::Channels(id));
    }
    message
}

pub(crate) fn edit_form(draft: &Draft) -> Result<Form, HandlerError> {
    let id = id(draft, DraftVerb::Edit).ok_or_else(|| HandlerError::private(GONE))?;
    Ok(words_form(&read(draft)?, id))
}

/// A form with the words of a summary, to edit.
pub(crate) fn words_form(summary: &Summary, id: String) -> Form {
    let [headline, lead, points, question] = summary.words();
    let input = |id, label, value: String, most, long, required| TextInput {
        id,
        label,
        value,
        most,
        long,
        required,
    };
    let inputs = vec![
        input(
            "headline",
            "Headline",
            headline,
            HEADLINE_LIMIT,
            false,
            true,
        ),
        input(
            "lead",
            "InitialResponse sentence",
            lead,
            SENTENCE_LIMIT,
            true,
            false,
        ),
        input(
            "points",
            "Points, one a line, at most five",
            points,
            INPUT,
            true,
            true,
        ),
        input(
            "question",
            "Question to talk about",
            question,
            SENTENCE_LIMIT,
            false,
            false,
        ),
    ];
    Form {
        id,
        title: "Edit the words",
        inputs,
    }
}

pub(crate) fn schedule_form(
    moderator: &Moderator<'_>,
    draft: &Draft,
) -> Result<Form, HandlerError> {
    let input = |id, label, value: &str, required| TextInput {
        id,
        label,
        value: value.to_owned(),
        most: 40,
        long: false,
        required,
    };
    let at = moderator
        .now
        .to_zoned(moderator.settings.time_zone())
        .strftime("%H:00")
        .to_string();
    let inputs = vec![
        input(
            "every",
            "day, weekday, week, two weeks, month or once",
            "week",
            true,
        ),
        input("on", "Day: Monday, 15, first Monday, 2026-12-24", "", false),
        input("at", "At what time, in the server's time zone", &at, true),
    ];
    let id = id(draft, DraftVerb::Schedule).ok_or_else(|| HandlerError::private(GONE))?;
    Ok(Form {
        id,
        title: "Post it regularly",
        inputs,
    })
}
