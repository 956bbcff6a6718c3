//! How a post of a digest is shown to moderators: its state, its text, and what an edit would change.

use jiff::tz::TimeZone;

use crate::digest::runner::HELD;
use crate::digest::{Summary, Topic};
use crate::discord::interaction::form_input;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::message::actions::PostVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Entry, Row};
use crate::discord::message::custom_id::Action;
use crate::discord::message::diff;
use crate::discord::message::limits::{CONTENT, ENTRY, length};
use crate::discord::message::markdown::{escape, escape_member, fit, truncate};
use crate::discord::moderation::digests::{publisher, summary_view};
use crate::knowledge::Knowledge;
use crate::store::UserId;
use crate::store::drafts::Draft;
use crate::store::postings::{Posting, State};

/// What begins the topic of a draft that holds the edited words of a posting; its number follows.
pub(crate) const EDIT_OF: &str = "edit:";

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

/// The posting whose edited words a draft holds.
pub(crate) fn edited(draft: &Draft) -> Option<i64> {
    draft.topic.strip_prefix(EDIT_OF)?.parse().ok()
}

/// Edited words that have no post to go to, as a file below what is said of them.
pub fn words_back(said: &str, words: &str) -> Message {
    let said = Message::private(said);
    match Summary::from_body(words) {
        Some(summary) => {
            form_input::words_back(said, summary.words().each_ref().map(String::as_str))
        }
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
        button(PostVerb::Apply, draft, mark(posting), "Apply").map(Button::main),
        button(PostVerb::Discard, draft, 0, "Cancel"),
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
    let apply = button(PostVerb::Apply, draft, mark(posting), "Apply").map(Button::main);
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
    let block = diff::block(
        &before.words().join("\n"),
        &after.words().join("\n"),
        CONTENT.saturating_sub(length(&head)),
    );
    let shown = publisher::message(posting, after).unwrap_or_default();
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
        .and_then(|summary| summary_view::message(&summary, &posting.nonce));
    let mark = mark(posting);
    let mut buttons = match posting.state {
        State::Recorded => vec![
            button(PostVerb::Edit, posting.id, mark, "Edit text"),
            button(PostVerb::Remove, posting.id, 0, "Remove"),
            button(PostVerb::Publish, posting.id, 0, "Publish")
                .filter(|_| publish && !is_own(posting)),
        ],
        State::Asked => vec![
            button(PostVerb::Late, posting.id, 0, "Post now").map(Button::main),
            button(PostVerb::Skip, posting.id, 0, "Skip"),
        ],
        State::Failed if read(posting).is_ok() => {
            vec![button(PostVerb::Retry, posting.id, 0, "Try again").map(Button::main)]
        }
        _ => Vec::new(),
    };
    buttons.push(button(PostVerb::List, 0, 0, "All posts"));
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
    let again = button(PostVerb::Retry, posting.id, 0, "Try again");
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
        button(PostVerb::Late, posting.id, 0, "Post now").map(Button::main),
        button(PostVerb::Skip, posting.id, 0, "Skip"),
    ];
    Message {
        content,
        rows: vec![Row::Buttons(buttons.into_iter().flatten().collect())].into(),
        ..Message::default()
    }
}

/// A button that does something with a posting.
pub fn button(deed: PostVerb, id: i64, mark: u32, label: &str) -> Option<Button> {
    Some(Button::new(Action::Posted(deed, id, mark).encode()?, label))
}

/// What tells the text of a posting from the one that it had before.
pub fn mark(posting: &Posting) -> u32 {
    crc32fast::hash(posting.body.as_bytes())
}

/// As many lines as one message holds, and how many more there are.
pub(crate) fn cut(lines: &[String]) -> String {
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

pub(crate) fn read(posting: &Posting) -> Result<Summary, HandlerError> {
    Summary::from_body(&posting.body).ok_or_else(|| {
        HandlerError::private(
            "This post is of another version of me: it can be removed, not edited.",
        )
    })
}

/// The post with a question above, and two buttons.
pub(crate) fn confirm(posting: &Posting, question: &str, deed: PostVerb, label: &str) -> Message {
    let shown = Summary::from_body(&posting.body)
        .and_then(|summary| summary_view::message(&summary, &posting.nonce));
    let buttons = [
        button(deed, posting.id, 0, label),
        button(PostVerb::View, posting.id, 0, "Back"),
    ];
    let rows = vec![Row::Buttons(buttons.into_iter().flatten().collect())];
    Message {
        content: question.to_owned(),
        rows: rows.into(),
        private: true,
        ..shown.unwrap_or_default()
    }
}

/// What a post is about, in words.
pub(crate) fn title(posting: &Posting, knowledge: &Knowledge) -> String {
    escape(&plain_title(posting, knowledge))
}

fn plain_title(posting: &Posting, knowledge: &Knowledge) -> String {
    match Topic::parse(&posting.topic) {
        // What a server has written is called by its headline, which the post holds.
        Some(topic @ Topic::Own(_)) => Summary::from_body(&posting.body)
            .map_or_else(|| topic.title(knowledge), |summary| summary.headline),
        Some(topic) => topic.title(knowledge),
        None => posting.topic.clone(),
    }
}

/// Whether a post holds what its server has written itself, which no other server is to see.
pub(crate) fn is_own(posting: &Posting) -> bool {
    matches!(Topic::parse(&posting.topic), Some(Topic::Own(_)))
}

fn reason(posting: &Posting) -> String {
    fit(
        posting.reason.as_deref().unwrap_or("no reason is known"),
        100,
        escape_member,
    )
}

/// What became of a post, in words.
pub(crate) fn state(posting: &Posting) -> String {
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

pub(crate) fn entry(posting: &Posting, knowledge: &Knowledge, zone: &TimeZone) -> Entry {
    let title = plain_title(posting, knowledge);
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
