//! `/digest history`: what was posted, and what a moderator can do with it since: edit, remove, publish, decide.
//!
//! Any moderator may, whoever posted it, and buttons work after a restart: everything is in the store. An edit is shown as a
//! difference before it is applied. What Discord has to be asked for is done in `post_actions`, after the first response.

use serenity::model::application::{ComponentInteraction, ModalInteraction};

use crate::digest::Summary;
use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, Submission};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::interaction::{component, form_input};
use crate::discord::message::actions::PostVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Row, Select};
use crate::discord::message::custom_id::Action;
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::markdown::{escape_member, fit};
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::digests::post_actions::{PostAction, PostTask};
use crate::discord::moderation::digests::post_view::{
    CHANGED, CHANGED_BELOW, EDIT_OF, NOWHERE, again, button, confirm, cut, difference, edited,
    entry, is_own, mark, read, state, title, view, words_back,
};
use crate::discord::moderation::digests::{draft_view, summary_view};
use crate::store::drafts::{Content, Draft};
use crate::store::postings::{Posting, State};

/// The buttons and forms of posts.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: route_form,
};

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Posted(verb, id, mark) = *action else {
        return None;
    };
    Some(Box::pin(press(on.app, on.press, on.call, verb, id, mark)))
}

fn route_form<'a>(filled: Submission<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Posted(verb, id, mark) = *action else {
        return None;
    };
    Some(Box::pin(submit(
        filled.app,
        filled.form,
        filled.call,
        verb,
        id,
        mark,
    )))
}

/// Posts on a page of the history.
const SHOWN: u16 = 10;
/// What is said where the post is not in the store.
const GONE: &str = "This post is no longer in the history: it is kept for a year.";
/// What is said where edited words are no longer there.
const WORDS_GONE: &str =
    "These words are gone: they were applied, thrown away, or left alone for a week.";
/// What is asked before a post is removed.
const REMOVE: &str = "**Remove this post from the channel?** It cannot be brought back.";
/// What is asked before a post in a forum is removed.
const REMOVE_THREAD: &str = "**Remove this post from the forum, with everything that members have written below it?** \
    It cannot be brought back.";
/// What is asked before a post is published.
const PUBLISH: &str =
    "**Publish this post to every server that follows the channel?** It cannot be taken back.";
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
) -> Result<Message, HandlerError> {
    let found = moderator
        .store
        .postings(moderator.server, before, SHOWN + 1)
        .await?;
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
    add_words(&mut lines[1..], postings);
    let zone = moderator.settings.time_zone();
    let entries = postings
        .iter()
        .map(|posting| entry(posting, &knowledge, &zone))
        .collect();
    let menu = Action::Posted(PostVerb::Open, 0, 0).encode().map(|id| {
        Row::Select(Select {
            id,
            placeholder: "Choose a post".to_owned(),
            entries,
        })
    });
    let last = postings.last().filter(|_| older).map(|posting| posting.id);
    let next = last.and_then(|last| button(PostVerb::List, last, 0, "Older"));
    let rows = menu
        .into_iter()
        .chain(next.map(|button| Row::Buttons(vec![button])))
        .collect();
    Ok(Message {
        rows,
        ..Message::private(cut(&lines))
    })
}

/// Adds to the line of each post what it said, as far as all of it fits one message.
fn add_words(lines: &mut [String], postings: &[Posting]) {
    /// For the line above, and a line that says how many more there are.
    const AROUND: usize = 120;
    /// What stands around the words of one post.
    const MARKS: usize = 6;
    /// Less says nothing.
    const LEAST: usize = 24;
    let taken: usize = lines.iter().map(|line| length(line) + 1).sum();
    let each = CONTENT.saturating_sub(taken + AROUND) / lines.len().max(1);
    let room = each.saturating_sub(MARKS).min(WORDS);
    for (line, posting) in lines.iter_mut().zip(postings) {
        let words = words(posting);
        if room >= LEAST && !words.is_empty() {
            line.push_str(&format!("\n-# {}", fit(&words, room, escape_member)));
        }
    }
}

/// Most characters of what a post said, in the list.
const WORDS: usize = 400;

/// What a post said, the figure in front and then its points; empty where it was never composed.
fn words(posting: &Posting) -> String {
    let Some(summary) = Summary::from_body(&posting.body) else {
        return String::new();
    };
    let points = summary.points.iter().map(|point| point.text.as_str());
    let parts: Vec<&str> = summary.front.as_deref().into_iter().chain(points).collect();
    parts.join(" • ")
}

/// What a press below the history, a post or a question about a late post does.
pub async fn press(
    app: &App,
    press: &ComponentInteraction,
    call: &InteractionContext,
    deed: PostVerb,
    id: i64,
    mark: u32,
) -> Result<Response, HandlerError> {
    let moderator = access::check(app, call, "a button below a post").await?;
    let moderator = &moderator;
    match deed {
        PostVerb::List => {
            let page = page(app, moderator, Some(id).filter(|id| *id > 0)).await?;
            Ok(InitialResponse::Update(page).into())
        }
        PostVerb::Open => {
            let chosen = component::value(press)
                .and_then(|value| value.parse().ok())
                .unwrap_or(0);
            show(app, moderator, chosen, "").await
        }
        PostVerb::View => show(app, moderator, id, "").await,
        PostVerb::Edit => form(&find(moderator, id).await?),
        PostVerb::Remove | PostVerb::Publish => ask(&find(moderator, id).await?, deed),
        PostVerb::RemoveNow => later(app, moderator, id, PostAction::Remove, "Removing it…"),
        PostVerb::PublishNow => {
            stays(&find(moderator, id).await?)?;
            later(app, moderator, id, PostAction::Publish, "Publishing it…")
        }
        PostVerb::Apply => apply(app, moderator, id, mark).await,
        PostVerb::Discard => discard(app, moderator, id).await,
        PostVerb::Retry => retry(app, moderator, id).await,
        PostVerb::Late | PostVerb::Skip => decide(app, moderator, id, deed == PostVerb::Late).await,
    }
}

/// The form with the words of a post.
fn form(posting: &Posting) -> Result<Response, HandlerError> {
    let id = Action::Posted(PostVerb::Edit, posting.id, mark(posting)).encode();
    let words = read(posting)?;
    let id = id.ok_or_else(|| HandlerError::private(GONE))?;
    Ok(InitialResponse::Form(draft_view::words_form(&words, id)).into())
}

/// Asks whether a post is to be removed or published.
fn ask(posting: &Posting, deed: PostVerb) -> Result<Response, HandlerError> {
    // In a forum, the post is a thread of its own, which bears the number of its first message.
    let in_forum = posting
        .message
        .is_some_and(|message| message.get() == posting.channel.get());
    let (question, then, label) = match deed {
        PostVerb::Publish => {
            stays(posting)?;
            (PUBLISH, PostVerb::PublishNow, "Publish it")
        }
        _ if in_forum => (REMOVE_THREAD, PostVerb::RemoveNow, "Remove it"),
        _ => (REMOVE, PostVerb::RemoveNow, "Remove it"),
    };
    Ok(InitialResponse::Update(confirm(posting, question, then, label)).into())
}

/// Puts edited words into the post, where it stands as it did when the difference was shown.
async fn apply(
    app: &App,
    moderator: &Moderator<'_>,
    id: i64,
    mark: u32,
) -> Result<Response, HandlerError> {
    let draft = moderator.store.draft(moderator.server, id).await?;
    let posting = draft.as_ref().and_then(edited);
    let (Some(draft), Some(posting)) = (draft, posting) else {
        return Err(HandlerError::private(WORDS_GONE));
    };
    let now = find(moderator, posting).await?;
    if now.state != State::Recorded {
        return Ok(InitialResponse::Update(words_back(NOWHERE, &draft.body)).into());
    }
    if self::mark(&now) != mark {
        return match again(&now, &draft.body, id, CHANGED_BELOW) {
            Some(message) => Ok(InitialResponse::Update(message).into()),
            None => show(app, moderator, posting, CHANGED).await,
        };
    }
    let task = PostAction::Apply {
        draft: id,
        body: draft.body,
        before: Box::new(now),
    };
    later(app, moderator, posting, task, "Changing the post…")
}

/// Throws edited words away.
async fn discard(app: &App, moderator: &Moderator<'_>, id: i64) -> Result<Response, HandlerError> {
    let draft = moderator.store.draft(moderator.server, id).await?;
    let Some(posting) = draft.as_ref().and_then(edited) else {
        return Err(HandlerError::private(WORDS_GONE));
    };
    moderator.store.drop_draft(moderator.server, id).await?;
    let note = "The edited words are thrown away; the post is as it was.";
    show(app, moderator, posting, note).await
}

/// Makes a draft of what could not be posted, so that its channel and words can be changed before it is posted.
async fn retry(app: &App, moderator: &Moderator<'_>, id: i64) -> Result<Response, HandlerError> {
    let posting = find(moderator, id).await?;
    if posting.state != State::Failed {
        return show(app, moderator, id, CHANGED).await;
    }
    read(&posting)?;
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
    let said = "A draft of what could not be posted.";
    let shown = draft_view::keep(moderator, &content, said).await?;
    let first = InitialResponse::Update(shown.clone());
    Ok(draft_view::checked(
        app,
        moderator,
        channel,
        mention_role,
        first,
        shown,
    ))
}

/// What a form with edited words does: it shows the difference to the post as it stands now, and changes nothing yet. What
/// was typed comes back with every refusal.
pub async fn submit(
    app: &App,
    form: &ModalInteraction,
    call: &InteractionContext,
    deed: PostVerb,
    id: i64,
    mark: u32,
) -> Result<Response, HandlerError> {
    let done = async {
        let moderator = access::check(app, call, "a form for a post").await?;
        if deed != PostVerb::Edit {
            return Err(HandlerError::private(component::OUTDATED));
        }
        let posting = find(&moderator, id).await?;
        if posting.state != State::Recorded {
            return Err(HandlerError::private(NOWHERE));
        }
        let note = if self::mark(&posting) == mark {
            ""
        } else {
            CHANGED_BELOW
        };
        let before = read(&posting)?;
        let after = before
            .with_words(form_input::words(form))
            .map_err(|error| draft_view::refused(&error))?;
        if !summary_view::is_whole(&after) {
            return Err(HandlerError::private(summary_view::TOO_LONG));
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
        let draft = match draft_view::begun(&moderator, &content).await? {
            Some(draft) => draft.id,
            None => {
                moderator
                    .store
                    .add_draft(moderator.server, moderator.user, &content, moderator.now)
                    .await?
            }
        };
        Ok(InitialResponse::Update(difference(&posting, &before, &after, draft, note)).into())
    };
    done.await
        .map_err(|refusal: HandlerError| form_input::words_kept(refusal, form).into())
}

/// The edited words of a draft again: what they would change, or the words alone where they can change nothing.
///
/// # Errors
/// The message to answer with when the post is no longer in the store, or the store fails.
pub async fn open_edit(moderator: &Moderator<'_>, draft: &Draft) -> Result<Message, HandlerError> {
    let posting = edited(draft).ok_or_else(|| HandlerError::private(WORDS_GONE))?;
    let posting = find(moderator, posting).await?;
    let nothing = if posting.state == State::Recorded {
        "The post has these words already."
    } else {
        NOWHERE
    };
    Ok(again(&posting, &draft.body, draft.id, "")
        .unwrap_or_else(|| words_back(nothing, &draft.body)))
}

/// Refuses to publish what the server has written itself.
fn stays(posting: &Posting) -> Result<(), HandlerError> {
    if is_own(posting) {
        return Err(HandlerError::private(
            "This is what your server has written itself, and it stays in your server: I do not publish it to others.",
        ));
    }
    Ok(())
}

async fn find(moderator: &Moderator<'_>, id: i64) -> Result<Posting, HandlerError> {
    let posting = moderator.store.posting(moderator.server, id).await?;
    posting.ok_or_else(|| HandlerError::private(GONE))
}

/// Shows a post, and has Discord asked whether it still stands and whether it can be published.
async fn show(
    app: &App,
    moderator: &Moderator<'_>,
    id: i64,
    note: &str,
) -> Result<Response, HandlerError> {
    let posting = find(moderator, id).await?;
    let view = view(&posting, &app.advisor().knowledge(), note, false);
    let look = posting.state == State::Recorded && app.posts();
    let work = PostTask::new(
        moderator,
        id,
        PostAction::Look {
            note: note.to_owned(),
        },
    );
    let then = if look {
        vec![work.follow_up(app)]
    } else {
        Vec::new()
    };
    Ok(Response {
        first: InitialResponse::Update(view),
        then,
    })
}

pub(crate) fn later(
    app: &App,
    moderator: &Moderator<'_>,
    id: i64,
    task: PostAction,
    said: &str,
) -> Result<Response, HandlerError> {
    if !app.posts() {
        return Err(HandlerError::private(NO_TOKEN));
    }
    let first = InitialResponse::Update(Message::private(said));
    Ok(Response {
        first,
        then: vec![PostTask::new(moderator, id, task).follow_up(app)],
    })
}

/// A moderator's word on a late post. Whoever is first decides, here or on another replica.
async fn decide(
    app: &App,
    moderator: &Moderator<'_>,
    id: i64,
    post: bool,
) -> Result<Response, HandlerError> {
    if post && !app.posts() {
        return Err(HandlerError::private(NO_TOKEN));
    }
    let (store, server) = (moderator.store, moderator.server);
    let decided = store
        .decide_late(server, id, post, moderator.user, moderator.now)
        .await?;
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
    Ok(InitialResponse::Update(Message {
        content: format!("**{title}** for <#{}>: {said}", posting.channel),
        ..Message::default()
    })
    .into())
}
