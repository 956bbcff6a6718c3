//! `/digest history`: what was posted, and what a moderator can do with it since: edit, remove, publish, decide.
//!
//! Any moderator may, whoever posted it, and buttons work after a restart: everything is in the store. An edit is shown as a
//! difference before it is applied. What Discord has to be asked for is done in `deeds`, after the first response.

use jiff::tz::TimeZone;
use serenity::model::application::{ComponentInteraction, ModalInteraction};

use crate::digest::due::HELD;
use crate::digest::{Summary, Topic};
use crate::discord::call::Call;
use crate::discord::components::{Button, Entry, Row, Select};
use crate::discord::custom_id::Action;
use crate::discord::deeds::{Task, Work};
use crate::discord::limits::{CONTENT, ENTRY, length};
use crate::discord::markdown::{escape, escape_member, fit, truncate};
use crate::discord::message::Message;
use crate::discord::moderator::{self, Moderator, failed};
use crate::discord::reply::{First, Reply, Step};
use crate::discord::verbs::Deed;
use crate::discord::{App, difference, drafts, poster, press, summary, typed};
use crate::knowledge::Knowledge;
use crate::store::UserId;
use crate::store::drafts::{Content, Draft};
use crate::store::postings::{Posting, State};

/// Posts on a page of the history.
const SHOWN: u16 = 10;
/// What begins the topic of a draft that holds the edited words of a posting; its number follows.
const EDIT_OF: &str = "edit:";
/// What is said where the post is not in the store.
const GONE: &str = "This post is no longer in the history: it is kept for a year.";
/// What is said above a post that is no longer as a button shows it.
pub const CHANGED: &str =
    "Somebody has changed this post since. Here is how it stands now; nothing was done.";
/// What is said above edited words where the post has changed since they were begun.
pub const CHANGED_BELOW: &str = "Somebody has changed this post since. Your words are kept.";
/// What is said of a post that stands nowhere.
pub const NOWHERE: &str = "This post is not in a channel: it was removed since, or never arrived.";
/// What is said where edited words stand in the channel and not in the store.
pub const NOT_NOTED: &str = "⚠ It is changed in the channel, but I could not note it down: press Apply again in a few minutes.";
/// What is said where Discord did not say whether it has taken edited words.
pub const NO_ANSWER: &str = "⚠ Discord did not tell me whether it is changed in the channel. Press Apply again in a minute; twice does no harm.";
/// What is said where edited words are no longer there.
const WORDS_GONE: &str =
    "These words are gone: they were applied, thrown away, or left alone for a week.";
/// What is asked before a post is removed.
const REMOVE: &str = "**Remove this post from the channel?** It cannot be brought back.";
/// What is asked before a post in a forum is removed.
const REMOVE_THREAD: &str = "**Remove this post from the forum, with everything that members have written below it?** \
    It cannot be brought back.";
/// What is said where there is no token to act with.
const NO_TOKEN: &str = "I cannot do this from here: whoever runs this bot has to set DISCORD_TOKEN. Nothing was changed.";

/// A page of the history: the posts before this one, or the newest.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn page(
    app: &App,
    moderator: &Moderator<'_>,
    before: Option<i64>,
) -> Result<Message, Message> {
    let found = moderator
        .store
        .postings(moderator.server, before, SHOWN + 1)
        .await
        .map_err(|error| failed(&error))?;
    if found.is_empty() {
        return Ok(Message::private(
            "Nothing has been posted here yet. Begin with /digest new.",
        ));
    }
    let knowledge = app.advisor().knowledge();
    let older = found.len() > usize::from(SHOWN);
    let postings = &found[..found.len().min(usize::from(SHOWN))];
    let mut lines = vec![
        "**The last posts.** Choose one below to look at it, edit it or remove it.".to_owned(),
    ];
    lines.extend(postings.iter().map(|posting| {
        let when = posting.due_at.timestamp().as_second();
        format!(
            "<t:{when}:f> {} in <#{}> · {}",
            title(posting, &knowledge),
            posting.channel,
            state(posting)
        )
    }));
    let zone = moderator.settings.time_zone();
    let entries = postings
        .iter()
        .map(|posting| entry(posting, &knowledge, &zone))
        .collect();
    let menu = Action::Posted(Deed::Open, 0, 0).encode().map(|id| {
        Row::Select(Select {
            id,
            placeholder: "Choose a post".to_owned(),
            entries,
        })
    });
    let last = postings.last().filter(|_| older).map(|posting| posting.id);
    let next = last.and_then(|last| button(Deed::List, last, 0, "Older"));
    let rows = menu
        .into_iter()
        .chain(next.map(|button| Row::Buttons(vec![button])))
        .collect();
    Ok(Message {
        rows,
        ..Message::private(cut(&lines))
    })
}

/// What a press below the history, a post or a question about a late post does.
pub async fn press(
    app: &App,
    press: &ComponentInteraction,
    call: &Call,
    deed: Deed,
    id: i64,
    mark: u32,
) -> Reply {
    pressed(app, press, call, deed, id, mark)
        .await
        .unwrap_or_else(Reply::from)
}

async fn pressed(
    app: &App,
    press: &ComponentInteraction,
    call: &Call,
    deed: Deed,
    id: i64,
    mark: u32,
) -> Result<Reply, Message> {
    let moderator = moderator::check(app, call, "a button below a post").await?;
    let moderator = &moderator;
    match deed {
        Deed::List => {
            Ok(First::Update(page(app, moderator, Some(id).filter(|id| *id > 0)).await?).into())
        }
        Deed::Open => {
            let chosen = press::value(press)
                .and_then(|value| value.parse().ok())
                .unwrap_or(0);
            show(app, moderator, chosen, "").await
        }
        Deed::View => show(app, moderator, id, "").await,
        Deed::Edit => {
            let posting = find(moderator, id).await?;
            let id = Action::Posted(Deed::Edit, id, self::mark(&posting)).encode();
            let form =
                drafts::words_form(&read(&posting)?, id.ok_or_else(|| Message::private(GONE))?);
            Ok(First::Form(form).into())
        }
        Deed::Remove => {
            let posting = find(moderator, id).await?;
            // In a forum, the post is a thread of its own, which bears the number of its first message.
            let in_forum = posting
                .message
                .is_some_and(|message| message.get() == posting.channel.get());
            let question = if in_forum { REMOVE_THREAD } else { REMOVE };
            Ok(First::Update(confirm(&posting, question, Deed::RemoveNow, "Remove it")).into())
        }
        Deed::Publish => {
            let posting = find(moderator, id).await?;
            let question = "**Publish this post to every server that follows the channel?** It cannot be taken back.";
            Ok(First::Update(confirm(&posting, question, Deed::PublishNow, "Publish it")).into())
        }
        Deed::RemoveNow => later(app, moderator, id, Task::Remove, "Removing it…"),
        Deed::PublishNow => later(app, moderator, id, Task::Publish, "Publishing it…"),
        Deed::Apply => {
            let draft = moderator
                .store
                .draft(moderator.server, id)
                .await
                .map_err(|error| failed(&error))?;
            let posting = draft.as_ref().and_then(edited);
            let (Some(draft), Some(posting)) = (draft, posting) else {
                return Err(Message::private(WORDS_GONE));
            };
            let now = find(moderator, posting).await?;
            if now.state != State::Recorded {
                return Ok(First::Update(words_back(NOWHERE, &draft.body)).into());
            }
            if self::mark(&now) != mark {
                return match again(&now, &draft.body, id, CHANGED_BELOW) {
                    Some(message) => Ok(First::Update(message).into()),
                    None => show(app, moderator, posting, CHANGED).await,
                };
            }
            let task = Task::Apply {
                draft: id,
                body: draft.body,
                before: Box::new(now),
            };
            later(app, moderator, posting, task, "Changing the post…")
        }
        Deed::Discard => {
            let draft = moderator
                .store
                .draft(moderator.server, id)
                .await
                .map_err(|error| failed(&error))?;
            let posting = draft.as_ref().and_then(edited);
            let Some(posting) = posting else {
                return Err(Message::private(WORDS_GONE));
            };
            moderator
                .store
                .drop_draft(moderator.server, id)
                .await
                .map_err(|error| failed(&error))?;
            show(
                app,
                moderator,
                posting,
                "The edited words are thrown away; the post is as it was.",
            )
            .await
        }
        Deed::Retry => {
            let posting = find(moderator, id).await?;
            if posting.state != State::Failed {
                return show(app, moderator, id, CHANGED).await;
            }
            read(&posting)?;
            // A draft, so that its channel and words can be changed before it is posted.
            let Posting {
                channel,
                topic,
                style,
                mention_role,
                body,
                ..
            } = posting;
            let content = Content {
                channel,
                topic,
                style,
                mention_role,
                body,
            };
            let shown =
                drafts::keep(moderator, &content, "A draft of what could not be posted.").await?;
            let first = First::Update(shown.clone());
            Ok(drafts::checked(
                app,
                moderator,
                content.channel,
                content.mention_role,
                first,
                shown,
            ))
        }
        Deed::Late | Deed::Skip => decide(app, moderator, id, deed == Deed::Late).await,
    }
}

/// What a form with edited words does: it shows the difference to the post as it stands now, and changes nothing yet. What
/// was typed comes back with every refusal.
pub async fn submit(
    app: &App,
    form: &ModalInteraction,
    call: &Call,
    deed: Deed,
    id: i64,
    mark: u32,
) -> Reply {
    let done = async {
        let moderator = moderator::check(app, call, "a form for a post").await?;
        if deed != Deed::Edit {
            return Err(Message::private(press::OUTDATED));
        }
        let posting = find(&moderator, id).await?;
        if posting.state != State::Recorded {
            return Err(Message::private(NOWHERE));
        }
        let note = if self::mark(&posting) == mark {
            ""
        } else {
            CHANGED_BELOW
        };
        let before = read(&posting)?;
        let after = before
            .with_words(typed::words(form))
            .map_err(|error| drafts::refused(&error))?;
        if !summary::is_whole(&after) {
            return Err(Message::private(summary::TOO_LONG));
        }
        if before.words() == after.words() {
            return show(
                app,
                &moderator,
                id,
                "The words are the same; nothing was changed.",
            )
            .await;
        }
        let content = Content {
            channel: posting.channel,
            topic: format!("{EDIT_OF}{id}"),
            style: posting.style.clone(),
            mention_role: posting.mention_role,
            body: after.to_body(),
        };
        // Somebody who saw no answer the first time types the same again.
        let draft = match drafts::begun(&moderator, &content).await? {
            Some(draft) => draft.id,
            None => moderator
                .store
                .add_draft(moderator.server, moderator.user, &content, moderator.now)
                .await
                .map_err(|error| failed(&error))?,
        };
        Ok(First::Update(difference(&posting, &before, &after, draft, note)).into())
    };
    done.await
        .unwrap_or_else(|refusal| typed::words_kept(refusal, form).into())
}

/// Whether a draft holds the edited words of a posting, and is no summary to post.
pub fn is_edit(topic: &str) -> bool {
    topic.starts_with(EDIT_OF)
}

/// What a draft's edited words would change in a post as it stands now, where they could not be put in; none where the post
/// is no longer in its channel, or has these words already.
pub fn again(posting: &Posting, words: &str, draft: i64, note: &str) -> Option<Message> {
    let (before, after) = (read(posting).ok()?, Summary::from_body(words)?);
    let open = posting.state == State::Recorded && before.words() != after.words();
    open.then(|| difference(posting, &before, &after, draft, note))
}

/// The edited words of a draft again: what they would change, or the words alone where they can change nothing.
///
/// # Errors
/// The message to answer with when the post is no longer in the store, or the store fails.
pub async fn open_edit(moderator: &Moderator<'_>, draft: &Draft) -> Result<Message, Message> {
    let posting = edited(draft).ok_or_else(|| Message::private(WORDS_GONE))?;
    let posting = find(moderator, posting).await?;
    let nothing = if posting.state == State::Recorded {
        "The post has these words already."
    } else {
        NOWHERE
    };
    Ok(again(&posting, &draft.body, draft.id, "")
        .unwrap_or_else(|| words_back(nothing, &draft.body)))
}

/// The posting whose edited words a draft holds.
fn edited(draft: &Draft) -> Option<i64> {
    draft.topic.strip_prefix(EDIT_OF)?.parse().ok()
}

/// Edited words that have no post to go to, as a file below what is said of them.
pub fn words_back(said: &str, words: &str) -> Message {
    let said = Message::private(said);
    match Summary::from_body(words) {
        Some(summary) => typed::words_back(said, summary.words().each_ref().map(String::as_str)),
        None => said,
    }
}

/// What changes in a post, with the post as it will be below; `note` stands above it, at most 400 characters.
pub fn difference(
    posting: &Posting,
    before: &Summary,
    after: &Summary,
    draft: i64,
    note: &str,
) -> Message {
    let gap = if note.is_empty() { "" } else { "\n" };
    let head = format!(
        "{note}{gap}**What changes.** Nothing is changed yet; below stands the post as it would be.\n"
    );
    let buttons = [
        button(Deed::Apply, draft, mark(posting), "Apply").map(Button::main),
        button(Deed::Discard, draft, 0, "Cancel"),
    ];
    compared(
        posting,
        before,
        after,
        head,
        buttons.into_iter().flatten().collect(),
    )
}

/// Edited words that stand in the channel, perhaps, and not in the store: `head` says which, and a button does it again.
pub fn apply_again(posting: &Posting, words: &str, draft: i64, head: &str) -> Option<Message> {
    let (before, after) = (read(posting).ok()?, Summary::from_body(words)?);
    let apply = button(Deed::Apply, draft, mark(posting), "Apply").map(Button::main);
    Some(compared(
        posting,
        &before,
        &after,
        format!("{head}\n"),
        apply.into_iter().collect(),
    ))
}

fn compared(
    posting: &Posting,
    before: &Summary,
    after: &Summary,
    head: String,
    buttons: Vec<Button>,
) -> Message {
    let block = difference::block(
        &before.words().join("\n"),
        &after.words().join("\n"),
        CONTENT.saturating_sub(length(&head)),
    );
    let shown = poster::message(posting, after).unwrap_or_default();
    let rows = vec![Row::Buttons(buttons)];
    Message {
        content: format!("{head}{block}"),
        rows: rows.into(),
        private: true,
        ping: None,
        ..shown
    }
}

/// A post as it stands, with what can be done with it. `publish` where it stands in an announcement channel and is not
/// published yet; `note` stands above it.
pub fn view(posting: &Posting, knowledge: &Knowledge, note: &str, publish: bool) -> Message {
    let gap = if note.is_empty() { "" } else { "\n" };
    let when = posting.due_at.timestamp().as_second();
    let who = if posting.created_by == UserId::NOBODY {
        String::new()
    } else {
        format!(" by <@{}>", posting.created_by)
    };
    let origin = posting
        .digest
        .map(|digest| format!(", schedule {digest}"))
        .unwrap_or_default();
    let content = format!(
        "{note}{gap}**{}**, <t:{when}:F> in <#{}>{who}{origin}\n{}",
        title(posting, knowledge),
        posting.channel,
        state(posting)
    );
    let shown = Summary::from_body(&posting.body)
        .and_then(|summary| summary::message(&summary, &posting.nonce));
    let mark = mark(posting);
    let mut buttons = match posting.state {
        State::Recorded => vec![
            button(Deed::Edit, posting.id, mark, "Edit text"),
            button(Deed::Remove, posting.id, 0, "Remove"),
            button(Deed::Publish, posting.id, 0, "Publish").filter(|_| publish),
        ],
        State::Asked => vec![
            button(Deed::Late, posting.id, 0, "Post now").map(Button::main),
            button(Deed::Skip, posting.id, 0, "Skip"),
        ],
        State::Failed if read(posting).is_ok() => {
            vec![button(Deed::Retry, posting.id, 0, "Try again").map(Button::main)]
        }
        _ => Vec::new(),
    };
    buttons.push(button(Deed::List, 0, 0, "All posts"));
    let rows = vec![Row::Buttons(buttons.into_iter().flatten().collect())];
    Message {
        content,
        rows: rows.into(),
        private: true,
        ..shown.unwrap_or_default()
    }
}

/// What is said of a post that failed a moment ago, with a button that makes a draft of it.
pub fn not_posted(posting: &Posting) -> Message {
    let again = button(Deed::Retry, posting.id, 0, "Try again");
    let why = fit(
        posting.reason.as_deref().unwrap_or("no reason is known"),
        300,
        escape_member,
    );
    let content = format!(
        "It could not be posted in <#{}>: {why}. Its words are kept: try again here, or later from /digest history.",
        posting.channel
    );
    let rows = again
        .map(|again| Row::Buttons(vec![again.main()]))
        .into_iter()
        .collect();
    Message {
        rows,
        ..Message::private(content)
    }
}

/// That Discord holds a post back, and when it goes out.
pub fn held(posting: &Posting, knowledge: &Knowledge) -> Message {
    let content = format!(
        "**{}** for <#{}>: {}",
        title(posting, knowledge),
        posting.channel,
        held_until(posting).unwrap_or_default()
    );
    Message {
        content,
        ..Message::default()
    }
}

/// Why Discord holds a post back and until when, where it does.
pub(crate) fn held_until(posting: &Posting) -> Option<String> {
    let reason = posting
        .reason
        .as_deref()
        .filter(|reason| reason.starts_with(HELD))?;
    let until = posting
        .lease_until
        .filter(|_| matches!(posting.state, State::Claimed | State::Sending))?;
    let (reason, until) = (
        fit(reason, 300, escape_member),
        until.timestamp().as_second(),
    );
    Some(format!(
        "{reason}. It goes out by itself, <t:{until}:R>; nothing has to be done."
    ))
}

/// The question whether to post late what was due while the bot was away.
pub fn question(posting: &Posting, knowledge: &Knowledge) -> Message {
    let when = posting.due_at.timestamp().as_second();
    let content = format!(
        "**{}** for <#{}> was due <t:{when}:F>: {}. Post it now?",
        title(posting, knowledge),
        posting.channel,
        reason(posting)
    );
    let buttons = [
        button(Deed::Late, posting.id, 0, "Post now").map(Button::main),
        button(Deed::Skip, posting.id, 0, "Skip"),
    ];
    Message {
        content,
        rows: vec![Row::Buttons(buttons.into_iter().flatten().collect())].into(),
        ..Message::default()
    }
}

/// A button that does something with a posting.
pub fn button(deed: Deed, id: i64, mark: u32, label: &str) -> Option<Button> {
    Some(Button::new(Action::Posted(deed, id, mark).encode()?, label))
}

/// What tells the text of a posting from the one that it had before.
pub fn mark(posting: &Posting) -> u32 {
    crc32fast::hash(posting.body.as_bytes())
}

/// As many lines as one message holds, and how many more there are.
fn cut(lines: &[String]) -> String {
    const CLOSING: usize = 20;
    let mut text = String::new();
    for (done, line) in lines.iter().enumerate() {
        if length(&text) + length(line) + 1 + CLOSING > CONTENT {
            text.push_str(&format!("\n… and {} more", lines.len() - done));
            break;
        }
        if done > 0 {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

async fn find(moderator: &Moderator<'_>, id: i64) -> Result<Posting, Message> {
    let posting = moderator
        .store
        .posting(moderator.server, id)
        .await
        .map_err(|error| failed(&error))?;
    posting.ok_or_else(|| Message::private(GONE))
}

fn read(posting: &Posting) -> Result<Summary, Message> {
    Summary::from_body(&posting.body).ok_or_else(|| {
        Message::private("This post is of another version of me: it can be removed, not edited.")
    })
}

/// Shows a post, and has Discord asked whether it still stands and whether it can be published.
async fn show(app: &App, moderator: &Moderator<'_>, id: i64, note: &str) -> Result<Reply, Message> {
    let posting = find(moderator, id).await?;
    let view = view(&posting, &app.advisor().knowledge(), note, false);
    let look = posting.state == State::Recorded && app.posts();
    let work = Work::new(
        moderator,
        id,
        Task::Look {
            note: note.to_owned(),
        },
    );
    let then = if look {
        vec![Step::Posted(work)]
    } else {
        Vec::new()
    };
    Ok(Reply {
        first: First::Update(view),
        then,
    })
}

fn later(
    app: &App,
    moderator: &Moderator<'_>,
    id: i64,
    task: Task,
    said: &str,
) -> Result<Reply, Message> {
    if !app.posts() {
        return Err(Message::private(NO_TOKEN));
    }
    let first = First::Update(Message::private(said));
    Ok(Reply {
        first,
        then: vec![Step::Posted(Work::new(moderator, id, task))],
    })
}

/// The post with a question above, and two buttons.
fn confirm(posting: &Posting, question: &str, deed: Deed, label: &str) -> Message {
    let shown = Summary::from_body(&posting.body)
        .and_then(|summary| summary::message(&summary, &posting.nonce));
    let buttons = [
        button(deed, posting.id, 0, label),
        button(Deed::View, posting.id, 0, "Back"),
    ];
    let rows = vec![Row::Buttons(buttons.into_iter().flatten().collect())];
    Message {
        content: question.to_owned(),
        rows: rows.into(),
        private: true,
        ..shown.unwrap_or_default()
    }
}

/// A moderator's word on a late post. Whoever is first decides, here or on another replica.
async fn decide(
    app: &App,
    moderator: &Moderator<'_>,
    id: i64,
    post: bool,
) -> Result<Reply, Message> {
    if post && !app.posts() {
        return Err(Message::private(NO_TOKEN));
    }
    let (store, server) = (moderator.store, moderator.server);
    let decided = store
        .decide_late(server, id, post, moderator.user, moderator.now)
        .await;
    let decided = decided.map_err(|error| failed(&error))?;
    app.wake();
    let posting = find(moderator, id).await?;
    let title = title(&posting, &app.advisor().knowledge());
    let said = match (decided, post) {
        (true, true) => format!(
            "<@{}> has it posted now. /digest history shows what becomes of it.",
            moderator.user
        ),
        (true, false) => format!(
            "<@{}> has left it out. The next one comes as planned.",
            moderator.user
        ),
        (false, _) => format!("This was decided before: {}.", state(&posting)),
    };
    Ok(First::Update(Message {
        content: format!("**{title}** for <#{}>: {said}", posting.channel),
        ..Message::default()
    })
    .into())
}

/// What a post is about, in words.
pub(crate) fn title(posting: &Posting, knowledge: &Knowledge) -> String {
    let title = Topic::parse(&posting.topic)
        .map_or_else(|| posting.topic.clone(), |topic| topic.title(knowledge));
    escape(&title)
}

fn reason(posting: &Posting) -> String {
    fit(
        posting.reason.as_deref().unwrap_or("no reason is known"),
        100,
        escape_member,
    )
}

/// What became of a post, in words.
fn state(posting: &Posting) -> String {
    let reason = posting
        .reason
        .as_ref()
        .map(|_| format!(": {}", reason(posting)))
        .unwrap_or_default();
    match (posting.state, posting.message) {
        (State::Recorded, Some(message)) => {
            format!(
                "https://discord.com/channels/{}/{}/{message}",
                posting.server, posting.channel
            )
        }
        (State::Recorded, None) => "posted".to_owned(),
        (State::Failed, _) => format!("failed{reason}"),
        (State::Skipped, _) => format!("left out{reason}"),
        (State::Removed, _) => "removed since".to_owned(),
        (State::Asked, _) => format!("waits for your word{reason}"),
        (State::Due | State::Claimed | State::Sending, _) => match held_until(posting) {
            Some(held) => format!("on its way. {held}"),
            None => format!("on its way{reason}"),
        },
    }
}

fn entry(posting: &Posting, knowledge: &Knowledge, zone: &TimeZone) -> Entry {
    let title = Topic::parse(&posting.topic)
        .map_or_else(|| posting.topic.clone(), |topic| topic.title(knowledge));
    let word = match posting.state {
        State::Recorded => "posted",
        State::Failed => "failed",
        State::Skipped => "left out",
        State::Removed => "removed since",
        State::Asked => "waits for your word",
        State::Due | State::Claimed | State::Sending => "on its way",
    };
    let when = posting
        .due_at
        .timestamp()
        .to_zoned(zone.clone())
        .strftime("%b %-d, %Y, %H:%M");
    let description = truncate(&format!("{when} · {word}"), ENTRY);
    Entry {
        label: truncate(&title, ENTRY),
        value: posting.id.to_string(),
        description,
        default: false,
    }
}
