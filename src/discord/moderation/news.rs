//! News of feeds, as moderators hear of it in their log channel: a card for each item, from which a trend can be drafted.
//!
//! Nothing of a feed reaches members by itself. Whatever a feed says is shown as text, with mentions and markup out of effect.
//! Knows nothing of how feeds are fetched.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::article::Article;
use crate::config::feeds::Feeds;
use crate::discord::api::client::Rest;
use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::actions::NewsVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::Action;
use crate::discord::message::limits::CONTENT;
use crate::discord::message::line_budget::{LineBudget, RESERVE};
use crate::discord::message::markdown::{escape_member, fit, truncate};
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::digests::alerts;
use crate::discord::moderation::entries::{act, bring_in};
use crate::store::feeds::{Due, Item};
use crate::store::{self, Store};

/// The buttons below news.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

/// Most characters of an item's title, and of its text, on a card.
const TITLE: usize = 300;
const EXCERPT: usize = 500;
/// Most characters of a trend's title.
const TREND_TITLE: usize = 100;
/// What stands below the list of feeds.
const END: &str = "-# /trend-draft feeds subscribe and unsubscribe take one of them. News goes to your log channel, with a button that drafts a trend; nothing is posted to members.";
/// What is said where the operator allows no feed.
const NONE: &str = "Whoever runs me has allowed no news feeds (CAREERBOT_FEEDS), so there is nothing to subscribe to.";
/// What a button is answered with whose item is gone.
const GONE: &str = "This piece of news is no longer kept here. Its article can be brought in with /trend-draft add.";

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::News(verb, item) = *action else {
        return None;
    };
    Some(Box::pin(press(on, verb, item)))
}

/// A feed by its address or its number in the list, as moderators write it.
fn find<'a>(feeds: &'a Feeds, typed: &str) -> Result<&'a str, HandlerError> {
    let typed = typed.trim();
    let numbered = typed
        .parse::<usize>()
        .ok()
        .and_then(|number| feeds.addresses.get(number.checked_sub(1)?));
    let named = || feeds.addresses.iter().find(|address| *address == typed);
    numbered.or_else(named).map(String::as_str).ok_or_else(|| {
        HandlerError::private(if feeds.addresses.is_empty() {
            NONE.to_owned()
        } else {
            format!(
                "\"{}\" is none of the feeds that whoever runs me allows: choose one from the list, or its number from /trend-draft feeds.",
                fit(typed, 100, escape_member)
            )
        })
    })
}

/// Every feed that the operator allows, with whether this server hears of it.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn list(
    moderator: &Moderator<'_>,
    feeds: &Feeds,
    head: &str,
) -> Result<Message, HandlerError> {
    if feeds.addresses.is_empty() {
        return Ok(Message::private(NONE));
    }
    let Moderator { store, server, .. } = *moderator;
    let heard = store.feeds_heard(server).await?;
    let mut text = LineBudget::new(CONTENT - END.len() - RESERVE);
    text.push(head);
    text.push("**News feeds that whoever runs me allows**");
    for (place, address) in feeds.addresses.iter().enumerate() {
        let mut line = format!("{}. {}", place + 1, shown(address));
        if heard.contains(address) {
            line.push_str(" — subscribed");
            let asked = store.feed(address).await?;
            if let Some(problem) = asked.and_then(|feed| feed.problem) {
                line.push_str(&format!(
                    "; I could not read it the last time ({}), and try again by myself",
                    fit(&problem, 100, escape_member)
                ));
            }
        }
        text.push(&line);
    }
    text.most = CONTENT;
    if text.left_out > 0 {
        text.push(&format!("…and {} more, by their numbers", text.left_out));
    }
    text.push(END);
    Ok(Message::private(text.text))
}

/// An address as text that leads nowhere.
fn shown(address: &str) -> String {
    format!("`{}`", truncate(&address.replace('`', "%60"), 150))
}

/// Has the server hear of a feed, or no more of it.
///
/// # Errors
/// The message to answer with when there is no such feed, no log channel, or the store fails.
pub async fn switch(
    moderator: &Moderator<'_>,
    feeds: &Feeds,
    typed: &str,
    on: bool,
) -> Result<Message, HandlerError> {
    let Moderator {
        store,
        server,
        user,
        now,
        ..
    } = *moderator;
    // What the operator no longer allows can still be left.
    let heard = store.feeds_heard(server).await?;
    let left = heard
        .iter()
        .find(|feed| !on && feed.as_str() == typed.trim());
    let feed = match left {
        Some(feed) => feed.as_str(),
        None => find(feeds, typed)?,
    };
    if on && moderator.settings.log_channel.is_none() {
        return Err(HandlerError::private(
            "Nothing was changed: news goes to the log channel, and there is none. Choose one with /settings set log-channel.",
        ));
    }
    let done = if on {
        store.subscribe(server, feed, user, now).await
    } else {
        store.unsubscribe(server, feed, user, now).await
    };
    let head = match (done?, on) {
        (true, true) => "Subscribed: what comes from now on goes to the log channel.",
        (false, true) => "This server hears of that feed already.",
        (true, false) => "Unsubscribed: this server hears no more of that feed.",
        (false, false) => "This server does not hear of that feed.",
    };
    list(moderator, feeds, head).await
}

/// The card of an item.
pub fn card(item: &Item) -> Message {
    let mut head = vec![host(&item.feed)];
    if !item.author.is_empty() {
        head.push(item.author.clone());
    }
    let mut text = LineBudget::new(CONTENT - RESERVE);
    text.push(&format!("**{}**", fit(&item.title, TITLE, escape_member)));
    let day = item
        .published
        .map(|day| format!(" · <t:{}:D>", day.timestamp().as_second()));
    text.push(&format!(
        "News of {}{}",
        fit(&head.join(", "), TITLE, escape_member),
        day.unwrap_or_default()
    ));
    let excerpt = fit(&item.text, EXCERPT, escape_member);
    if !excerpt.trim().is_empty() {
        text.push(&format!("> {excerpt}"));
    }
    if !item.link.is_empty() {
        text.push(&format!("<{}>", item.link));
    }
    let button = |verb, label| Some(Button::new(Action::News(verb, item.id).encode()?, label));
    let buttons = [
        button(NewsVerb::Draft, "Draft").map(Button::main),
        button(NewsVerb::Ignore, "Ignore"),
    ];
    Message {
        content: text.text,
        rows: vec![Row::Buttons(buttons.into_iter().flatten().collect())].into(),
        ..Message::default()
    }
}

fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The item as an article to draft a trend from.
fn article(item: &Item) -> Article {
    let day = item
        .published
        .map(|day| day.timestamp().to_zoned(TimeZone::UTC).date());
    Article {
        title: truncate(&item.title, TREND_TITLE),
        author: item.author.clone(),
        publisher: host(if item.link.is_empty() {
            &item.feed
        } else {
            &item.link
        }),
        published: day.map(|day| day.to_string()).unwrap_or_default(),
        source: item.link.clone(),
        paragraphs: item
            .text
            .split("\n\n")
            .filter(|text| !text.trim().is_empty())
            .map(|text| (false, text.to_owned()))
            .collect(),
    }
}

async fn press(on: Press<'_>, verb: NewsVerb, item: i64) -> Result<Response, HandlerError> {
    let moderator = access::check(on.app, on.call, "a button below news").await?;
    let due = Due {
        server: moderator.server,
        item,
    };
    let found = moderator.store.news(due).await?;
    let item = found.ok_or_else(|| HandlerError::private(GONE))?;
    match verb {
        NewsVerb::Draft => {
            act::room(&moderator, 1).await?;
            Ok(bring_in::take(on.app, &moderator, article(&item)))
        }
        NewsVerb::Ignore => {
            moderator
                .store
                .ignore_news(due, moderator.user, moderator.now)
                .await?;
            let card = card(&item);
            // The mark by which it is found again stays.
            let mark = on
                .press
                .message
                .content
                .lines()
                .last()
                .filter(|line| line.starts_with("-# ref "));
            let lines = [
                Some(card.content.as_str()),
                Some("-# Ignored by a moderator."),
                mark,
            ];
            let content = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
            let card = Message {
                content,
                rows: Vec::new().into(),
                ..card
            };
            Ok(InitialResponse::Update(card).into())
        }
    }
}

/// Tells a server of an item, in its log channel, where that does not stand there yet.
///
/// # Errors
/// When the store fails; it is told later.
pub async fn tell(
    app: &App,
    rest: &Rest,
    store: &Store,
    due: Due,
    now: Timestamp,
) -> store::Result<()> {
    let log = store.settings(due.server).await?.log_channel;
    let (Some(log), Some(item)) = (log, store.news(due).await?) else {
        return Ok(());
    };
    // What the operator took back in the meantime is not told.
    if app.feeds().addresses.contains(&item.feed) {
        // The number may be another item's after a restore; the name is its own.
        let name = format!("{} {} {}", item.feed, item.name, due.server);
        let reference = format!("n{:08x}", crc32fast::hash(name.as_bytes()));
        if !alerts::once(rest, log, &reference, card(&item)).await {
            return Ok(());
        }
    }
    store.told_news(due, now).await
}
