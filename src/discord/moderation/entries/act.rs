//! What moderators do with entries: write, approve, discard, remove, restore.
//!
//! Each says what it did in the message that shows the entry afterwards. Knows no interaction.

use crate::discord::app::App;
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::InitialResponse;
use crate::discord::message::actions::{EntryVerb, Kind};
use crate::discord::message::body::Message;
use crate::discord::message::components::Row;
use crate::discord::message::custom_id::Tag;
use crate::discord::message::limits::{BUTTONS, EMBED_TOTAL};
use crate::discord::message::markdown::{escape_member, fit};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::entries::entry::{
    CHANGED, GONE, MOST_ENTRIES, Seen, button, find, mistakes,
};
use crate::discord::moderation::entries::{form, show};
use crate::discord::moderation::{gaps, twin};
use crate::knowledge::entry_file::same_title;
use crate::store::UserId;
use crate::store::credits::Origin;
use crate::store::entries::{Approval, Content, State};

/// Saves a new entry, made of a message where one is given, as a draft and shows it. What is wrong with it is saved too, so that nothing typed is lost.
///
/// # Errors
/// The message to answer with when the server has too many, or the store fails.
pub async fn add(
    moderator: &Moderator<'_>,
    content: &Content,
    gap: Option<Tag>,
    origin: Option<&Origin>,
) -> Result<Message, HandlerError> {
    if let Some(same) = same_entry(moderator, content).await? {
        let shown = show::of(moderator, &same, SAME, gap).await?;
        let version = same.standing().map_or(0, |standing| standing.version);
        let with = gap.map(|gap| (i64::from(gap.0), 0));
        let there = (same.id, version);
        return Ok(twin::ask(moderator, shown, Kind::Entry, there, with));
    }
    if let Some(origin) = origin {
        not_kept_yet(moderator, origin).await?;
    }
    make(moderator, content, gap, origin).await
}

/// Refuses a message of which an entry is made already; shows that entry.
///
/// # Errors
/// The message to answer with.
pub async fn not_kept_yet(moderator: &Moderator<'_>, origin: &Origin) -> Result<(), HandlerError> {
    let kept = moderator
        .store
        .kept_as(moderator.server, origin.message)
        .await?;
    match kept {
        Some(entry) => Err(show::entry(moderator, entry, KEPT, None).await?.into()),
        None => Ok(()),
    }
}

/// What is said above the entry that is made of a message.
const KEPT: &str = "Nothing was added: this message is kept already, as this entry.";

/// Saves a new entry as a draft, whatever others there are, and shows it; as [`add`].
///
/// # Errors
/// The message to answer with when the server has too many, or the store fails.
pub(crate) async fn make(
    moderator: &Moderator<'_>,
    content: &Content,
    gap: Option<Tag>,
    origin: Option<&Origin>,
) -> Result<Message, HandlerError> {
    room(moderator, 1).await?;
    let (store, server, user, now) = (
        moderator.store,
        moderator.server,
        moderator.user,
        moderator.now,
    );
    let entry = match origin {
        Some(origin) => store.keep_message(server, content, origin, user, now).await,
        None => store.add_entry(server, content, user, now).await,
    };
    let entry = entry?;
    show::entry(moderator, entry, "", gap).await
}

/// What is said above an entry that is there already.
const SAME: &str = "Nothing was added: this entry is there already, word for word.";

/// The entry that says the same as `content`, where there is one. Somebody who saw no answer the first time sends it again.
async fn same_entry(
    moderator: &Moderator<'_>,
    content: &Content,
) -> Result<Option<Seen>, HandlerError> {
    let lines = moderator.store.entry_lines(moderator.server).await?;
    let alike = lines
        .iter()
        .filter(|line| !line.removed && same_title(&line.title, &content.title));
    for line in alike {
        let seen = find(moderator, line.entry).await?;
        if seen
            .standing()
            .is_some_and(|standing| same(standing, content))
        {
            return Ok(Some(seen));
        }
    }
    Ok(None)
}

/// Refuses more entries than a server may have.
///
/// # Errors
/// The message to answer with.
pub async fn room(moderator: &Moderator<'_>, more: usize) -> Result<(), HandlerError> {
    let lines = moderator.store.entry_lines(moderator.server).await?;
    let there = lines.iter().filter(|line| !line.removed).count();
    if there + more <= MOST_ENTRIES {
        return Ok(());
    }
    Err(HandlerError::private(format!(
        "Nothing was saved: a server has at most {MOST_ENTRIES} entries, and this one has {there}. Remove some with /knowledge remove."
    )))
}

/// The form to edit an entry in, as it stands.
///
/// # Errors
/// The message to answer with when there is no such entry, it is removed, or the store fails.
pub async fn open(moderator: &Moderator<'_>, entry: i64) -> Result<InitialResponse, HandlerError> {
    let seen = find(moderator, entry).await?;
    match seen.standing() {
        Some(standing) => form::edit(standing, None)
            .map(InitialResponse::Form)
            .ok_or_else(|| HandlerError::private(GONE)),
        None => show::of(moderator, &seen, "It is removed: restore it first.", None)
            .await
            .map(InitialResponse::Message),
    }
}

/// The form to edit an entry in, if it still stands as the button shows it.
///
/// # Errors
/// The message to answer with when there is no such entry or the store fails.
pub async fn edit(
    moderator: &Moderator<'_>,
    verb: EntryVerb,
    entry: i64,
    version: i64,
    gap: Option<Tag>,
) -> Result<InitialResponse, HandlerError> {
    let seen = find(moderator, entry).await?;
    let form = |standing| match verb {
        EntryVerb::EditArticle => form::about(standing),
        EntryVerb::EditLinks => form::links(standing, &moderator.knowledge),
        _ => form::edit(standing, gap),
    };
    match seen.standing() {
        Some(standing) if standing.version == version => form(standing)
            .map(InitialResponse::Form)
            .ok_or_else(|| HandlerError::private(GONE)),
        _ => show::of(moderator, &seen, CHANGED, gap)
            .await
            .map(InitialResponse::Update),
    }
}

/// Saves a new version of an entry as a draft and shows it.
///
/// # Errors
/// The message to answer with when the entry has changed since, or the store fails.
pub async fn revise(
    moderator: &Moderator<'_>,
    entry: i64,
    version: i64,
    content: &Content,
    gap: Option<Tag>,
) -> Result<Message, HandlerError> {
    let seen = find(moderator, entry).await?;
    if seen.version(version).is_some_and(|old| same(old, content))
        && seen.standing().is_some_and(|now| now.version == version)
    {
        return show::of(moderator, &seen, "Nothing was changed.", gap).await;
    }
    let made = moderator
        .store
        .revise_entry(
            moderator.server,
            entry,
            version,
            content,
            moderator.user,
            moderator.now,
        )
        .await?;
    if made.is_none() {
        return Err(show::entry(moderator, entry, "Somebody else has changed or removed this entry while you were typing, so yours was not saved. Here is how it stands now.", gap).await?.into());
    }
    show::entry(moderator, entry, "", gap).await
}

fn same(version: &crate::store::entries::Version, content: &Content) -> bool {
    Content::from(version) == *content
}

/// Approves the draft that is shown and makes it live; then tries the question that it shall answer.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn approve(
    app: &App,
    moderator: &Moderator<'_>,
    entry: i64,
    version: i64,
    gap: Option<Tag>,
) -> Result<(Message, Vec<FollowUp>), HandlerError> {
    let seen = find(moderator, entry).await?;
    let Some(waiting) = seen.waiting().filter(|waiting| waiting.version == version) else {
        return Ok((show::of(moderator, &seen, CHANGED, gap).await?, Vec::new()));
    };
    if !mistakes(moderator, waiting).await?.is_empty() {
        return Ok((
            show::of(
                moderator,
                &seen,
                "Nothing was approved: what stands below has to be fixed first.",
                gap,
            )
            .await?,
            Vec::new(),
        ));
    }
    if let Some(refusal) = approve_draft(moderator, &seen, version).await? {
        return Ok((
            show::entry(moderator, entry, refusal, gap).await?,
            Vec::new(),
        ));
    }
    let (store, server, user, now) = (
        moderator.store,
        moderator.server,
        moderator.user,
        moderator.now,
    );
    let live = store
        .publish_entry(server, entry, version, user, now)
        .await?;
    if !live {
        return Ok((
            show::entry(moderator, entry, CHANGED, gap).await?,
            Vec::new(),
        ));
    }
    let (tried, steps) = gaps::after_approval(app, moderator, &waiting.title, gap).await?;
    let note = format!("It is live: questions in this server find it from now on.{tried}");
    let mut message = show::entry(moderator, entry, &note, None).await?;
    offer_next(moderator, entry, &mut message).await?;
    Ok((message, steps))
}

/// Adds a button to the next draft that waits, so that many can be looked at one after the other.
async fn offer_next(
    moderator: &Moderator<'_>,
    entry: i64,
    message: &mut Message,
) -> Result<(), HandlerError> {
    let lines = moderator.store.entry_lines(moderator.server).await?;
    let mut waiting: Vec<i64> = lines
        .iter()
        .filter(|line| line.waiting.is_some() && line.entry != entry)
        .map(|line| line.entry)
        .collect();
    // Those written after this one first, in the order in which a file has them.
    waiting.sort_by_key(|other| (*other < entry, *other));
    let label = format!("Next draft ({} waiting)", waiting.len());
    let next = waiting
        .first()
        .and_then(|next| button(EntryVerb::View, *next, 0, None, &label));
    if let (Some(Row::Buttons(buttons)), Some(next)) = (message.rows.edit().first_mut(), next)
        && buttons.len() < BUTTONS
    {
        buttons.push(next.main());
    }
    Ok(())
}

/// Approves a draft; gives why not in words.
async fn approve_draft(
    moderator: &Moderator<'_>,
    seen: &Seen,
    version: i64,
) -> Result<Option<&'static str>, HandlerError> {
    let Some(draft) = seen
        .waiting()
        .filter(|waiting| waiting.state == State::Draft)
    else {
        return Ok(None);
    };
    let two_step = moderator.settings.two_step;
    if two_step && draft.author == UserId::NOBODY {
        // Whoever deleted their name from it could be the one who approves it.
        return Ok(Some(
            "Nothing was approved: its author's name is deleted. Press Edit and save it under your own name; then another moderator can approve it.",
        ));
    }
    let (store, server, user, now) = (
        moderator.store,
        moderator.server,
        moderator.user,
        moderator.now,
    );
    let done = store
        .approve_entry(server, seen.id, version, user, two_step, now)
        .await?;
    Ok(match done {
        Approval::Done => None,
        Approval::OwnDraft => Some(
            "Nothing was approved: this server wants a second moderator to approve what you wrote.",
        ),
        Approval::NoDraft => Some(CHANGED),
    })
}

/// Throws the draft away that is shown.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn discard(
    moderator: &Moderator<'_>,
    entry: i64,
    version: i64,
) -> Result<Message, HandlerError> {
    let done = moderator
        .store
        .discard_entry(
            moderator.server,
            entry,
            version,
            moderator.user,
            moderator.now,
        )
        .await?;
    let note = if done {
        "Thrown away. /knowledge history still has its words."
    } else {
        CHANGED
    };
    let mut message = show::entry(moderator, entry, note, None).await?;
    offer_next(moderator, entry, &mut message).await?;
    Ok(message)
}

/// Asks whether an entry shall really go.
///
/// # Errors
/// The message to answer with when there is no such entry, it is removed already, or the store fails.
pub async fn ask_to_remove(moderator: &Moderator<'_>, entry: i64) -> Result<Message, HandlerError> {
    let seen = find(moderator, entry).await?;
    let Some(standing) = seen.standing() else {
        return show::of(moderator, &seen, "It is removed already.", None).await;
    };
    let buttons = [
        button(
            EntryVerb::RemoveNow,
            entry,
            standing.version,
            None,
            "Remove",
        )
        .map(|button| button.main()),
        button(EntryVerb::View, entry, standing.version, None, "Keep it"),
    ];
    Ok(Message {
        rows: vec![Row::Buttons(buttons.into_iter().flatten().collect())].into(),
        embeds: vec![show::embed(&moderator.knowledge, standing, EMBED_TOTAL)].into(),
        ..Message::private(format!(
            "Remove entry {entry}, **{}**? Members stop finding it at once. /knowledge restore brings it back as a draft.",
            fit(&standing.title, 200, escape_member)
        ))
    })
}

/// Removes an entry, if it still stands as it was shown.
///
/// # Errors
/// The message to answer with when there is no such entry or the store fails.
pub async fn remove(
    moderator: &Moderator<'_>,
    entry: i64,
    version: i64,
) -> Result<Message, HandlerError> {
    let seen = find(moderator, entry).await?;
    if seen
        .standing()
        .is_none_or(|standing| standing.version != version)
    {
        return show::of(moderator, &seen, CHANGED, None).await;
    }
    let done = moderator
        .store
        .remove_entry(moderator.server, entry, moderator.user, moderator.now)
        .await?;
    let note = if done {
        "Removed. Restore brings it back as a draft."
    } else {
        CHANGED
    };
    show::entry(moderator, entry, note, None).await
}

/// Makes a draft of an old version.
///
/// # Errors
/// The message to answer with when there is no such version or the store fails.
pub async fn restore(
    moderator: &Moderator<'_>,
    entry: i64,
    version: i64,
) -> Result<Message, HandlerError> {
    let seen = find(moderator, entry).await?;
    if seen.standing().is_none() {
        room(moderator, 1).await?;
    }
    if seen
        .standing()
        .is_some_and(|standing| standing.version == version)
    {
        return show::of(moderator, &seen, "This version stands already.", None).await;
    }
    let made = moderator
        .store
        .restore_entry(
            moderator.server,
            entry,
            version,
            moderator.user,
            moderator.now,
        )
        .await?;
    match made {
        Some(_) => {
            let note =
                format!("Version {version} is a draft again; it goes live when it is approved.");
            show::entry(moderator, entry, &note, None).await
        }
        None => Err(HandlerError::private(GONE)),
    }
}
