//! Publishing to the servers that follow a channel, where Discord holds it back, does not answer or refuses it.

use serde_json::{Value, json};

use crate::fake_discord::payloads::{CHANNEL, press, subcommand};
use crate::fake_discord::{Bot, FakeDiscord, Outcome, error};
use crate::gateway_digests::{LOG, and_then, button, moderator, new, open, part};
use crate::store::on_both;
use crate::store::place::Place;

on_both!(
    what_discord_holds_back_is_published_by_itself_after_a_restart,
    what_has_no_answer_is_asked_for_again_and_published_once,
    what_is_refused_later_is_told_and_can_be_ordered_again,
);

/// Turns the wait of what is to be published forward.
const FORWARD: &str = "UPDATE publications SET due_at = 0 WHERE state = 'waiting'";

/// A running bot whose announcement channel holds a post; what offers to publish it.
async fn posted(place: &Place) -> (FakeDiscord, Bot, Value) {
    let discord = FakeDiscord::start().await;
    discord
        .shared
        .change(|state| state.channel_types.insert(CHANNEL.to_owned(), 5));
    let bot = Bot::start_on(&discord, place);
    discord.ready(1).await;
    bot.logged("store opened").await;
    let log = [("log-channel", 7, json!(LOG))];
    discord
        .interact(moderator(subcommand("settings", "set", &log)))
        .await;
    let preview = discord.interact(new()).await;
    let offer = and_then(&discord, button(&preview, "Post now")).await;
    (discord, bot, offer)
}

async fn publish(discord: &FakeDiscord, from: &Value) -> Value {
    let id = part(from, "Publish").expect("a button");
    let asked = discord.interact(moderator(press(&id, from))).await;
    and_then(discord, button(&asked, "Publish it")).await
}

fn text(message: &Value) -> &str {
    message["content"].as_str().expect("a text")
}

async fn is_published(discord: &FakeDiscord) {
    discord
        .wait("the publication", |state| {
            let mut all = state.messages.values();
            all.any(|one| one["channel_id"] == CHANNEL && one["flags"] == 1)
                .then_some(())
        })
        .await;
}

/// What the log channel was told, once it was told so much.
async fn told(discord: &FakeDiscord, times: usize) -> Vec<String> {
    discord
        .wait("word in the log channel", move |state| {
            let path = format!("/channels/{LOG}/messages");
            let sent = state.requests.iter();
            let words: Vec<String> = sent
                .filter(|request| request.method == "POST" && request.path.contains(&path))
                .map(|request| request.body["content"].to_string())
                .collect();
            (words.len() >= times).then_some(words)
        })
        .await
}

async fn what_discord_holds_back_is_published_by_itself_after_a_restart(place: &Place) {
    let (discord, bot, offer) = posted(place).await;
    discord.script("POST", "/crosspost", Outcome::RateLimited(2_400.0));
    let waits =
        |said: &str| said.contains("Discord makes me wait") && said.contains("by itself, <t:");
    let done = publish(&discord, &offer).await;
    assert!(
        waits(text(&done)) && part(&done, "Publish").is_none(),
        "{done}"
    );
    let words = told(&discord, 1).await;
    assert!(
        words[0].contains("Publishing **") && waits(&words[0]),
        "{words:?}"
    );
    // Asked for again, it is still one order, and Discord is left alone.
    let again = publish(&discord, &offer).await;
    assert!(waits(text(&again)), "{again}");
    let view = open(&discord).await;
    assert!(
        waits(text(&view)) && part(&view, "Publish").is_none(),
        "{view}"
    );
    assert_eq!(discord.count("POST", "/crosspost"), 1);
    drop(bot);
    assert_eq!(place.change(FORWARD).await, 1);
    let _bot = Bot::start_on(&discord, place);
    discord.ready(2).await;
    is_published(&discord).await;
    assert_eq!(discord.count("POST", "/crosspost"), 2);
    let view = open(&discord).await;
    assert!(text(&view).contains("It is published"), "{view}");
    assert_eq!(told(&discord, 1).await.len(), 1, "and nothing else is told");
}

async fn what_has_no_answer_is_asked_for_again_and_published_once(place: &Place) {
    let (discord, bot, offer) = posted(place).await;
    // Discord has done it, and says that it failed.
    discord.script("POST", "/crosspost", Outcome::DoneButFailed);
    let done = publish(&discord, &offer).await;
    assert!(
        text(&done).contains("Discord did not answer") && text(&done).contains("by itself, <t:"),
        "{done}"
    );
    drop(bot);
    assert_eq!(place.change(FORWARD).await, 1);
    let _bot = Bot::start_on(&discord, place);
    discord.ready(2).await;
    discord
        .wait("the second try", |state| {
            let tries = state.requests.iter();
            (tries.filter(|one| one.path.contains("/crosspost")).count() == 2).then_some(())
        })
        .await;
    is_published(&discord).await;
    let left = left(place).await;
    assert_eq!(left, 0, "nothing is left to do");
}

/// How many publications are left after a moment.
async fn left(place: &Place) -> u64 {
    for _ in 0..100 {
        if place.change("UPDATE publications SET told = told").await == 0 {
            return 0;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    place.change("UPDATE publications SET told = told").await
}

async fn what_is_refused_later_is_told_and_can_be_ordered_again(place: &Place) {
    let (discord, bot, offer) = posted(place).await;
    discord.script("POST", "/crosspost", Outcome::RateLimited(2_400.0));
    publish(&discord, &offer).await;
    told(&discord, 1).await;
    drop(bot);
    assert_eq!(place.change(FORWARD).await, 1);
    let refused = error(50_013, "Missing Permissions");
    discord.script("POST", "/crosspost", Outcome::Fail(403, refused));
    let _bot = Bot::start_on(&discord, place);
    discord.ready(2).await;
    let words = told(&discord, 2).await;
    assert!(
        words[1].contains("given up") && words[1].contains("I lack a permission"),
        "{words:?}"
    );
    let view = open(&discord).await;
    assert!(text(&view).contains("It was not published"), "{view}");
    let done = publish(&discord, &view).await;
    assert!(text(&done).starts_with("Published"), "{done}");
    is_published(&discord).await;
}
