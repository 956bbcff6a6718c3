//! Drafts of summaries: a private preview with buttons, until it is posted, scheduled or thrown away.
//!
//! The draft is in the store, so that its preview works after a restart; its revision stands in every button, so that an
//! old preview cannot post another text than it shows. Rights are checked with each press and form.

use std::num::NonZeroU64;
use std::time::Duration;

use serenity::model::application::{
    ComponentInteraction, ComponentInteractionDataKind, ModalInteraction,
};

use crate::digest::compose::FIRST_LOOK_DAYS;
use crate::digest::memory::Memory;
use crate::digest::summary::{HEADLINE_LIMIT, SENTENCE_LIMIT};
use crate::digest::{Style, Summary, Topic, compose, due};
use crate::discord::call::Call;
use crate::discord::components::{Button, Entry, Form, Row, Select, TextInput};
use crate::discord::custom_id::Action;
use crate::discord::deeds::{Task, Work};
use crate::discord::limits::{ENTRY, INPUT};
use crate::discord::markdown::{escape_member, fit, truncate};
use crate::discord::message::Message;
use crate::discord::moderator::{self, Moderator, failed};
use crate::discord::reply::{First, Reply, Step};
use crate::discord::schedules::{self, When};
use crate::discord::twin::{self, Twin};
use crate::discord::verbs::{Kind, Verb};
use crate::discord::{App, history, poster, press, server, summary, typed};
use crate::store::digests::Definition;
use crate::store::drafts::{Content, Draft};
use crate::store::entry_drafts::IMPORT;
use crate::store::postings::{Manual, State};
use crate::store::{ChannelId, ServerRoleId};

/// What is said of a draft that is no longer there.
pub(crate) const GONE: &str = "This draft is gone: it was posted, scheduled, thrown away, or left alone for a week. /digest history shows what was posted.";
/// Drafts offered at once, the newest: as many as a menu holds.
const MENU: u16 = 25;
/// What is said above a preview that has changed since.
pub(crate) const CHANGED: &str =
    "This draft has changed since. Here is how it stands now; nothing was done.";
/// What is said above a draft that was begun before.
const BEGUN: &str = "You have begun this very draft already, and here it is. Did you mean another one of the same words?";
/// What is said when the role is chosen that everyone has.
pub(crate) const EVERYONE: &str = "I never mention @everyone. Choose another role, or none.";
/// How long a press on Post now waits for the post; Discord wants an answer within 3 s.
const WAIT: Duration = Duration::from_millis(1_100);
/// How often it looks.
const LOOK: Duration = Duration::from_millis(50);

/// Composes a summary, keeps it as a draft and shows it.
///
/// # Errors
/// The message to answer with when there is nothing to say or the store fails.
pub async fn begin(
    app: &App,
    moderator: &Moderator<'_>,
    topic: &Topic,
    style: Style,
    channel: ChannelId,
) -> Result<Reply, Message> {
    let date = moderator
        .now
        .to_zoned(moderator.settings.time_zone())
        .date();
    let mut memory = Memory::default();
    let mut span = String::new();
    if *topic == Topic::New {
        let last = due::last_news(moderator.store, moderator.server)
            .await
            .map_err(|error| failed(&error))?;
        span = match &last {
            Some((_, at)) => format!("since the last such post here, <t:{}:D>", at.as_second()),
            None => {
                format!("in the last {FIRST_LOOK_DAYS} days, as there is no such post here yet")
            }
        };
        memory.seen = last.map(|(seen, _)| seen);
    }
    let Some(composed) = compose::next(&app.advisor().knowledge(), topic, style, &memory, date)
    else {
        return Err(Message::private(format!(
            "Nothing in my knowledge has changed {span}. Choose a trend or a role instead."
        )));
    };
    let content = Content {
        channel,
        topic: topic.to_string(),
        style: style.word().to_owned(),
        mention_role: None,
        body: composed.summary.to_body(),
    };
    let note = if span.is_empty() {
        span
    } else {
        format!("This is what has changed in my knowledge {span}.")
    };
    let shown = keep(moderator, &content, &note).await?;
    Ok(checked(
        app,
        moderator,
        channel,
        None,
        First::Message(shown.clone()),
        shown,
    ))
}

/// The moderator's own draft that says the same for the same channel. Somebody who saw no answer the first time asks again.
pub(crate) async fn begun(
    moderator: &Moderator<'_>,
    wanted: &Content,
) -> Result<Option<Draft>, Message> {
    let drafts = moderator
        .store
        .drafts(moderator.server, IMPORT, MENU)
        .await
        .map_err(|error| failed(&error))?;
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
) -> Result<Message, Message> {
    if let Some(draft) = begun(moderator, content).await? {
        let asked = Twin::of(moderator, Kind::Draft, (draft.id, draft.revision), None);
        return Ok(twin::ask(preview(&draft, BEGUN), asked));
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
) -> Result<Message, Message> {
    let store = moderator.store;
    let id = store
        .add_draft(moderator.server, moderator.user, content, moderator.now)
        .await;
    let id = id.map_err(|error| failed(&error))?;
    Ok(preview(&find(moderator, id).await?, note))
}

/// What a press on a button or menu of a preview does.
pub async fn press(
    app: &App,
    press: &ComponentInteraction,
    call: &Call,
    verb: Verb,
    id: i64,
    revision: i64,
) -> Reply {
    let done = async {
        let moderator = moderator::check(app, call, "a button below a draft").await?;
        if verb == Verb::Open {
            let chosen = press::value(press)
                .and_then(|value| value.parse().ok())
                .unwrap_or(0);
            return open(app, &moderator, chosen).await;
        }
        let draft = find(&moderator, id).await?;
        if draft.revision != revision {
            return Ok(First::Update(preview(&draft, CHANGED)).into());
        }
        let changed = match (verb, &press.data.kind) {
            (Verb::Post, _) => return post(app, &moderator, &draft).await,
            (Verb::Edit, _) => return edit_form(&draft).map(First::Form).map(Reply::from),
            (Verb::Schedule, _) => {
                return schedule_form(&moderator, &draft)
                    .map(First::Form)
                    .map(Reply::from);
            }
            (Verb::Channel, _) => return Ok(First::Update(channels(&draft)).into()),
            (Verb::Cancel, _) => {
                moderator
                    .store
                    .drop_draft(moderator.server, id)
                    .await
                    .map_err(|error| failed(&error))?;
                return Ok(
                    First::Update(Message::private("Thrown away. Nothing was posted.")).into(),
                );
            }
            (Verb::Pick, ComponentInteractionDataKind::ChannelSelect { values }) => {
                let channel = values
                    .first()
                    .map_or(draft.channel, |id| server::channel(*id));
                Content {
                    channel,
                    ..content(&draft)
                }
            }
            (Verb::Mention, ComponentInteractionDataKind::RoleSelect { values }) => {
                let mention_role = values.first().map(|role| ServerRoleId::new(role.get()));
                if mention_role.is_some_and(|role| role.get() == moderator.server.get()) {
                    return Ok(First::Update(preview(&draft, EVERYONE)).into());
                }
                Content {
                    mention_role,
                    ..content(&draft)
                }
            }
            (Verb::Pick | Verb::Mention | Verb::Open, _) => {
                return Ok(First::Update(preview(&draft, "")).into());
            }
        };
        let (channel, role) = (changed.channel, changed.mention_role);
        let shown = change(&moderator, &draft, changed).await?;
        Ok(checked(
            app,
            &moderator,
            channel,
            role,
            First::Update(shown.clone()),
            shown,
        ))
    };
    done.await.unwrap_or_else(Reply::from)
}

/// A first response after which a summary's channel is looked at: what keeps it from being posted is added.
pub(crate) fn checked(
    app: &App,
    moderator: &Moderator<'_>,
    channel: ChannelId,
    role: Option<ServerRoleId>,
    first: First,
    shown: Message,
) -> Reply {
    let place = NonZeroU64::new(moderator.server.get()).zip(NonZeroU64::new(channel.get()));
    let then = place
        .filter(|_| app.posts())
        .map(|(server, channel)| Step::CheckChannel {
            server: server.into(),
            channel: channel.into(),
            role: poster::role(moderator.server, role),
            shown,
        });
    Reply {
        first,
        then: then.into_iter().collect(),
    }
}

/// What a form that was filled in does.
pub async fn submit(
    app: &App,
    form: &ModalInteraction,
    call: &Call,
    verb: Verb,
    id: i64,
    revision: i64,
) -> Reply {
    let done = async {
        let moderator = moderator::check(app, call, "a form for a draft").await?;
        let draft = find(&moderator, id).await?;
        if draft.revision != revision {
            return Err(preview(&draft, CHANGED));
        }
        let input = |name: &str| typed::value(form, name);
        match verb {
            Verb::Edit => {
                let edited = read(&draft)?
                    .with_words(typed::words(form))
                    .map_err(|error| refused(&error))?;
                if !summary::is_whole(&edited) {
                    return Err(Message::private(summary::TOO_LONG));
                }
                change(
                    &moderator,
                    &draft,
                    Content {
                        body: edited.to_body(),
                        ..content(&draft)
                    },
                )
                .await
                .map(First::Update)
            }
            Verb::Schedule => schedule(
                app,
                &moderator,
                &draft,
                [input("every"), input("on"), input("at")],
            )
            .await
            .map(First::Update),
            Verb::Post | Verb::Channel | Verb::Pick | Verb::Mention | Verb::Cancel | Verb::Open => {
                Err(Message::private(press::OUTDATED))
            }
        }
    };
    let refusal = match done.await {
        Ok(first) => return first.into(),
        Err(refusal) if verb == Verb::Edit => typed::words_kept(refusal, form),
        Err(refusal) => refusal,
    };
    refusal.into()
}

/// What is said of a mistake that changed nothing.
pub(crate) fn refused(error: &dyn std::fmt::Display) -> Message {
    Message::private(format!(
        "Nothing was changed: {}.",
        fit(&error.to_string(), 300, escape_member)
    ))
}

/// A menu of the drafts that wait, where there are any: a preview that was dismissed is opened again from it.
///
/// # Errors
/// The message to answer with when the store fails.
pub(crate) async fn waiting(moderator: &Moderator<'_>) -> Result<Option<Row>, Message> {
    let drafts = moderator
        .store
        .drafts(moderator.server, IMPORT, MENU)
        .await
        .map_err(|error| failed(&error))?;
    let zone = moderator.settings.time_zone();
    let entries = drafts.iter().filter_map(|draft| {
        let summary = read(draft).ok()?;
        let what = if history::is_edit(&draft.topic) {
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
        Action::Draft(Verb::Open, 0, 0).encode(),
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

/// Shows a draft again, whoever began it.
async fn open(app: &App, moderator: &Moderator<'_>, id: i64) -> Result<Reply, Message> {
    let draft = moderator
        .store
        .draft(moderator.server, id)
        .await
        .map_err(|error| failed(&error))?;
    let draft = draft
        .filter(|draft| draft.topic != IMPORT)
        .ok_or_else(|| Message::private(GONE))?;
    if history::is_edit(&draft.topic) {
        return history::open_edit(moderator, &draft)
            .await
            .map(|shown| First::Update(shown).into());
    }
    let shown = preview(&draft, "");
    Ok(checked(
        app,
        moderator,
        draft.channel,
        draft.mention_role,
        First::Update(shown.clone()),
        shown,
    ))
}

/// A draft of a summary.
///
/// # Errors
/// The message to answer with when there is none or the store fails.
pub(crate) async fn find(moderator: &Moderator<'_>, id: i64) -> Result<Draft, Message> {
    let draft = moderator
        .store
        .draft(moderator.server, id)
        .await
        .map_err(|error| failed(&error))?;
    // Files of entries and the edited words of a post wait in the same table, and are no summaries to post.
    let summary = draft.filter(|draft| draft.topic != IMPORT && !history::is_edit(&draft.topic));
    summary.ok_or_else(|| Message::private(GONE))
}

fn read(draft: &Draft) -> Result<Summary, Message> {
    Summary::from_body(&draft.body).ok_or_else(|| {
        Message::private("This draft is of another version of me. Begin anew with /digest new.")
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
    let Some(shown) = read(draft)
        .ok()
        .and_then(|summary| summary::message(&summary, &reference(draft)))
    else {
        return Message::private(GONE);
    };
    let gap = if note.is_empty() { "" } else { "\n" };
    let role = poster::role(draft.server, draft.mention_role);
    let pings = role
        .map(|role| format!("\nAbove it stands <@&{role}>, and its members are notified."))
        .unwrap_or_default();
    let content = format!(
        "{note}{gap}**Preview** for <#{}>. Only you see this; what is posted looks the same.{pings}",
        draft.channel
    );
    let buttons = [
        (Verb::Post, "Post now"),
        (Verb::Schedule, "Schedule"),
        (Verb::Edit, "Edit text"),
        (Verb::Channel, "Change channel"),
        (Verb::Cancel, "Cancel"),
    ];
    let buttons = buttons
        .into_iter()
        .filter_map(|(verb, label)| Some(Button::new(id(draft, verb)?, label)));
    let buttons = buttons
        .enumerate()
        .map(|(place, button)| if place == 0 { button.main() } else { button })
        .collect();
    let mut rows = vec![Row::Buttons(buttons)];
    if let Some(id) = id(draft, Verb::Mention) {
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

/// What tells the post of this draft from every other one.
fn reference(draft: &Draft) -> String {
    // The revision stands in it, so that pressing twice posts once.
    format!("d{}.{}", draft.id, draft.revision)
}

fn id(draft: &Draft, verb: Verb) -> Option<String> {
    Action::Draft(verb, draft.id, draft.revision).encode()
}

/// The preview with a menu of channels above its buttons.
fn channels(draft: &Draft) -> Message {
    let mut message = preview(draft, "Choose the channel below.");
    if let Some(id) = id(draft, Verb::Pick) {
        message.rows.edit().insert(0, Row::Channels(id));
    }
    message
}

async fn change(
    moderator: &Moderator<'_>,
    draft: &Draft,
    content: Content,
) -> Result<Message, Message> {
    let done = moderator
        .store
        .change_draft(
            moderator.server,
            draft.id,
            draft.revision,
            &content,
            moderator.now,
        )
        .await
        .map_err(|error| failed(&error))?;
    let now = find(moderator, draft.id).await?;
    if done {
        Ok(preview(&now, ""))
    } else {
        Err(preview(&now, CHANGED))
    }
}

fn edit_form(draft: &Draft) -> Result<Form, Message> {
    let id = id(draft, Verb::Edit).ok_or_else(|| Message::private(GONE))?;
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
        input("lead", "First sentence", lead, SENTENCE_LIMIT, true, false),
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

fn schedule_form(moderator: &Moderator<'_>, draft: &Draft) -> Result<Form, Message> {
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
        input("every", "How often: day, week or month", "week", true),
        input("on", "On which day: Monday, or 1 to 31", "", false),
        input("at", "At what time, in the server's time zone", &at, true),
    ];
    let id = id(draft, Verb::Schedule).ok_or_else(|| Message::private(GONE))?;
    Ok(Form {
        id,
        title: "Post it regularly",
        inputs,
    })
}

/// Makes a schedule of a draft's topic, style and channel. Its words are composed anew each time.
async fn schedule(
    app: &App,
    moderator: &Moderator<'_>,
    draft: &Draft,
    [every, on, at]: [&str; 3],
) -> Result<Message, Message> {
    let on = Some(on.trim()).filter(|on| !on.is_empty());
    let schedule = schedules::read(moderator, When { every, on, at })?;
    let definition = Definition {
        channel: draft.channel,
        topic: draft.topic.clone(),
        style: draft.style.clone(),
        schedule: schedule.to_string(),
        mention_role: draft.mention_role,
    };
    let mut done = schedules::add(app, moderator, &definition, &schedule, Some(draft)).await?;
    if read(draft).is_ok_and(|summary| summary.edited) {
        done.content
            .push_str("\nEach post is written anew from my knowledge: your edited words are for Post now only.");
    }
    Ok(done)
}

/// Has a draft posted, and waits a moment for it.
async fn post(app: &App, moderator: &Moderator<'_>, draft: &Draft) -> Result<Reply, Message> {
    if !app.posts() {
        return Err(Message::private(
            "I cannot post from here: whoever runs this bot has to set DISCORD_TOKEN. Your draft stays.",
        ));
    }
    let nonce = reference(draft);
    let manual = Manual {
        channel: draft.channel,
        topic: &draft.topic,
        style: &draft.style,
        mention_role: draft.mention_role,
        body: &draft.body,
        nonce: &nonce,
    };
    let number = moderator
        .store
        .post_now(
            moderator.server,
            &manual,
            Some(draft.id),
            moderator.user,
            moderator.now,
        )
        .await
        .map_err(|error| failed(&error))?;
    Ok(on_its_way(app, moderator, number, draft.channel).await)
}

/// Waits a moment for a post that is due now, and says what became of it.
pub(crate) async fn on_its_way(
    app: &App,
    moderator: &Moderator<'_>,
    number: i64,
    channel: ChannelId,
) -> Reply {
    app.wake();
    let end = tokio::time::Instant::now() + WAIT;
    while tokio::time::Instant::now() < end {
        tokio::time::sleep(LOOK).await;
        let Ok(Some(posting)) = moderator.store.posting(moderator.server, number).await else {
            break;
        };
        match (posting.state, posting.message) {
            (State::Recorded, Some(message)) => {
                let said = format!(
                    "Posted: https://discord.com/channels/{}/{}/{message}",
                    posting.server, posting.channel
                );
                let offer = Work::new(moderator, number, Task::Offer { said: said.clone() });
                return Reply {
                    first: First::Update(Message::private(said)),
                    then: vec![Step::Posted(offer)],
                };
            }
            (State::Failed, _) => {
                return First::Update(history::not_posted(&posting)).into();
            }
            _ => {
                if let Some(held) = history::held_until(&posting) {
                    return First::Update(Message::private(held)).into();
                }
            }
        }
    }
    let said =
        format!("It is on its way to <#{channel}>. /digest history shows what becomes of it.");
    First::Update(Message::private(said)).into()
}
