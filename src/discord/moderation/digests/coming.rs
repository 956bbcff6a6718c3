//! What is coming in a server, below `/digest list`: a calendar of the next weeks, and the next posts with their texts.
//!
//! Rights are checked with each press. Posts nothing.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use crate::digest::coming::{self, Coming};
use crate::digest::compose::Composed;
use crate::digest::memory::Memory;
use crate::digest::{Style, Summary, Topic, own, runner, text};
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::component::turn;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::message::actions::ComingVerb;
use crate::discord::message::body::{File, Message};
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::Action;
use crate::discord::message::limits::CONTENT;
use crate::discord::message::line_budget::LineBudget;
use crate::discord::message::markdown::{escape_member, fit};
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::digests::schedule_options::called;
use crate::discord::moderation::digests::schedules;
use crate::store::digests::Digest;

/// The buttons of what is coming.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

/// Days of the calendar.
const DAYS: i64 = 30;
/// Posts of one schedule in it.
const EACH: usize = 31;
/// Posts whose texts are shown.
const TEXTS: usize = 5;

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Coming(verb) = *action else {
        return None;
    };
    Some(Box::pin(async move {
        let moderator = access::check(on.app, on.call, "/digest list").await?;
        let message = match verb {
            ComingVerb::Calendar => calendar(&moderator).await?,
            ComingVerb::Texts => texts(&moderator).await?,
            ComingVerb::List => schedules::list(&moderator, 0).await?,
        };
        Ok(turn(on.press, on.call, message))
    }))
}

/// The buttons that lead to what is coming.
pub(crate) fn buttons() -> Option<Row> {
    row(&[
        (ComingVerb::Calendar, "Calendar"),
        (ComingVerb::Texts, "Next five posts"),
    ])
}

fn row(verbs: &[(ComingVerb, &str)]) -> Option<Row> {
    let buttons: Vec<Button> = verbs
        .iter()
        .filter_map(|(verb, label)| Some(Button::new(Action::Coming(*verb).encode()?, *label)))
        .collect();
    (!buttons.is_empty()).then_some(Row::Buttons(buttons))
}

async fn digests(moderator: &Moderator<'_>) -> Result<Vec<Digest>, HandlerError> {
    Ok(moderator.store.digests(moderator.server).await?)
}

/// The posts of the next weeks, a line each below their day, as the server's own days are.
///
/// # Errors
/// The message to answer with when the store fails.
async fn calendar(moderator: &Moderator<'_>) -> Result<Message, HandlerError> {
    let digests = digests(moderator).await?;
    let until = moderator
        .now
        .checked_add(SignedDuration::from_hours(24 * DAYS))
        .unwrap_or(Timestamp::MAX);
    let posts = coming::posts(&digests, moderator.now, until, EACH);
    let mut lines = Vec::new();
    let zone = moderator.settings.time_zone();
    let mut day = None;
    for post in &posts {
        let local = post.at.to_zoned(zone.clone());
        let head = if day == Some(local.date()) {
            String::new()
        } else {
            day = Some(local.date());
            format!("**{}**\n", local.strftime("%A, %B %-d"))
        };
        let title = called(moderator, &post.digest.topic).await;
        lines.push(format!(
            "{head}{} · {} (number {}) in <#{}>",
            local.strftime("%H:%M"),
            fit(&title, 100, escape_member),
            post.digest.id,
            post.digest.channel
        ));
    }
    let mut text = LineBudget::new(CONTENT);
    text.push(&format!(
        "**What is coming in the next {DAYS} days**, by the clock of {}",
        moderator.settings.zone
    ));
    if lines.is_empty() {
        text.push("Nothing: there is no schedule that runs.");
    }
    text.push_all(lines.into_iter(), 0);
    Ok(Message {
        rows: row(&[
            (ComingVerb::Texts, "Next five posts"),
            (ComingVerb::List, "All schedules"),
        ])
        .into_iter()
        .collect(),
        ..Message::private(text.text)
    })
}

/// The next posts with what they would say, if nothing is changed before.
///
/// # Errors
/// The message to answer with when the store fails.
async fn texts(moderator: &Moderator<'_>) -> Result<Message, HandlerError> {
    let digests = digests(moderator).await?;
    let mut posts = coming::posts(&digests, moderator.now, Timestamp::MAX, TEXTS);
    posts.truncate(TEXTS);
    let said = rehearse(moderator, &posts).await?;
    let mut lines = LineBudget::new(CONTENT);
    lines.push("**The next posts**, as they would be written today. Nothing is posted; the file has their texts.");
    let mut file = String::new();
    for (post, composed) in posts.iter().zip(&said) {
        let (headline, text) = match composed {
            Some(composed) => (
                composed.summary.headline.clone(),
                text::plain(&composed.summary),
            ),
            None => (NOTHING.to_owned(), NOTHING.to_owned()),
        };
        lines.push(&line(post, &headline));
        let when = post.at.to_zoned(post.schedule.time_zone().clone());
        let _ = writeln!(
            file,
            "=== {}, number {} ===\n\n{text}\n",
            when.strftime("%A, %B %-d, %Y, %H:%M %Z"),
            post.digest.id
        );
    }
    if posts.is_empty() {
        return Ok(Message {
            rows: row(&[(ComingVerb::List, "All schedules")])
                .into_iter()
                .collect(),
            ..Message::private("There is no schedule that runs, so nothing is coming.")
        });
    }
    Ok(Message {
        file: Some(File {
            name: "next-posts.txt".to_owned(),
            alt: "The texts of the next posts".to_owned(),
            bytes: file.into_bytes(),
        }),
        rows: row(&[
            (ComingVerb::Calendar, "Calendar"),
            (ComingVerb::List, "All schedules"),
        ])
        .into_iter()
        .collect(),
        ..Message::private(lines.text)
    })
}

/// What these posts would say, in their order, each as if those before it had been posted; `None` where there would be nothing
/// to say. Nothing is remembered.
///
/// # Errors
/// The message to answer with when the store fails.
async fn rehearse(
    moderator: &Moderator<'_>,
    posts: &[Coming<'_>],
) -> Result<Vec<Option<Composed>>, HandlerError> {
    let (store, server) = (moderator.store, moderator.server);
    let live = store.live_entries(server).await?;
    let news = runner::last_news(store, server).await;
    let seen = news?.map(|(seen, _)| seen);
    let mut memories: HashMap<i64, Memory> = HashMap::new();
    let mut posted: HashMap<String, Summary> = HashMap::new();
    let mut said = Vec::with_capacity(posts.len());
    for coming in posts {
        let digest = coming.digest;
        let memory = memories
            .entry(digest.id)
            .or_insert_with(|| Memory::parse(&digest.memory));
        let (topic, style) = (Topic::parse(&digest.topic), Style::parse(&digest.style));
        let (Some(topic), Some(style)) = (topic, style) else {
            said.push(None);
            continue;
        };
        if topic == Topic::New && memory.seen.is_none() {
            memory.seen.clone_from(&seen);
        }
        let Some(chosen) = own::choose(&moderator.knowledge, &live, &topic, memory) else {
            said.push(None);
            continue;
        };
        let last = match posted.get(&chosen.topic.to_string()) {
            Some(last) => Some(last.clone()),
            None => runner::last_summary(store, server, &chosen.topic).await?,
        };
        let date = coming
            .at
            .to_zoned(coming.schedule.time_zone().clone())
            .date();
        let knowledge = &moderator.knowledge;
        let composed = own::write(
            knowledge,
            &live,
            &chosen,
            style,
            memory,
            last.as_ref(),
            date,
        );
        if let Some(composed) = &composed {
            if let Some(after) = &composed.memory {
                *memory = after.clone();
            }
            posted.insert(composed.topic.clone(), composed.summary.clone());
        }
        said.push(composed);
    }
    Ok(said)
}

/// What is said of a post that would be left out.
const NOTHING: &str = "Nothing new to say: it would be left out.";

fn line(post: &Coming<'_>, headline: &str) -> String {
    format!(
        "<t:{}:F> in <#{}>: {}",
        post.at.as_second(),
        post.digest.channel,
        fit(headline, 200, escape_member)
    )
}
