//! What the running program makes of Discord's limits: it waits as long as it is told, never hammers, and loses no post.

use std::time::Duration;

use serde_json::{Value, json};
use serenity::model::id::{ChannelId, MessageId};

use crate::fake_discord::payloads::{
    CHANNEL, MANAGE_SERVER, as_member, bot_user, guild_message, press, slash, subcommand,
};
use crate::fake_discord::{APPLICATION, Bot, FakeDiscord, Outcome};
use crate::gateway_rest::client;
use crate::store::on_both;
use crate::store::place::Place;

const TOKEN: &str = crate::fake_discord::TOKEN;
const LOG: &str = "300000000000000002";

async fn running() -> (FakeDiscord, Bot) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    bot.logged("commands registered").await;
    (discord, bot)
}

fn ask() -> Value {
    slash(
        "ask",
        &[("question", json!("What does a telehealth coordinator do?"))],
    )
}

/// 429 with a wait in the body alone.
fn limited(seconds: f64, code: u64) -> Outcome {
    Outcome::Fail(
        429,
        json!({"message": "You are being rate limited.", "retry_after": seconds, "code": code}),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_without_a_usable_wait_is_not_answered_with_a_storm() {
    let (discord, bot) = running().await;
    for outcome in [
        Outcome::RateLimited(0.0),
        limited(0.0, 0),
        limited(0.001, 0),
    ] {
        discord.shared.change(|state| state.scripts.clear());
        for _ in 0..200 {
            discord.script("POST", "/callback", outcome.clone());
            discord.script("POST", "/channels/", outcome.clone());
        }
        let before = (
            discord.count("POST", "/callback"),
            discord.count("POST", "/channels/"),
        );
        let call = ask();
        discord.expect_interaction(&call);
        discord.dispatch("INTERACTION_CREATE", call);
        bot.logged("response not delivered").await;
        discord.dispatch(
            "MESSAGE_CREATE",
            guild_message(
                &format!("<@{APPLICATION}> what does a nurse do?"),
                &[bot_user()],
            ),
        );
        bot.logged("a mention is not answered").await;
        // Whatever would still come.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let sent = (
            discord.count("POST", "/callback") - before.0,
            discord.count("POST", "/channels/") - before.1,
        );
        assert!(sent.0 <= 6 && sent.1 <= 6, "{outcome:?}: {sent:?}");
    }
    discord.shared.change(|state| state.scripts.clear());
    discord.interact(ask()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ban_stops_everything_until_it_ends() {
    let (discord, bot) = running().await;
    discord.script("POST", "/callback", Outcome::Ban(600));
    let before = discord.shared.lock().requests.len();
    for _ in 0..5 {
        let call = ask();
        discord.expect_interaction(&call);
        discord.dispatch("INTERACTION_CREATE", call);
        bot.logged("banned").await;
    }
    discord.dispatch(
        "MESSAGE_CREATE",
        guild_message(
            &format!("<@{APPLICATION}> what does a nurse do?"),
            &[bot_user()],
        ),
    );
    bot.logged("a mention is not answered").await;
    assert_eq!(
        discord.shared.lock().requests.len(),
        before + 1,
        "nothing was sent after the page"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_ban_ends() {
    let (discord, bot) = running().await;
    discord.script("POST", "/callback", Outcome::Ban(3));
    let call = ask();
    discord.expect_interaction(&call);
    discord.dispatch("INTERACTION_CREATE", call);
    bot.logged("response not delivered").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    discord.interact(ask()).await;
}

#[tokio::test]
async fn a_long_limit_says_what_discord_said_and_until_when() {
    let discord = FakeDiscord::start().await;
    let rest = client(&discord, TOKEN);
    let (channel, message) = (
        ChannelId::new(CHANNEL.parse().expect("an id")),
        MessageId::new(7),
    );
    discord.script("POST", "/crosspost", Outcome::RateLimited(2_400.0));
    discord.script("PATCH", "/messages/7", limited(1_800.0, 30_046));
    for (done, least, code) in [
        (rest.publish(channel, message).await, 2_390, 0),
        (
            rest.edit_message(
                channel,
                message,
                json!({"content": "x", "allowed_mentions": {"parse": []}}),
            )
            .await,
            1_790,
            30_046,
        ),
        // The second one is not even sent.
        (rest.publish(channel, message).await, 2_390, 0),
    ] {
        let error = done.expect_err("held");
        let careerbot::discord::rest::Error::Held {
            wait,
            message,
            code: said,
            in_doubt: false,
            ..
        } = &error
        else {
            panic!("{error}")
        };
        assert!(
            wait.as_secs() >= least && *said == code && message.contains("rate limited"),
            "{error}"
        );
    }
    assert_eq!(discord.count("POST", "/crosspost"), 1);
}

on_both!(a_post_that_discord_holds_back_is_announced_and_goes_out);

async fn a_post_that_discord_holds_back_is_announced_and_goes_out(place: &Place) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_on(&discord, place);
    discord.ready(1).await;
    bot.logged("store opened").await;
    let moderator = |call| as_member(call, MANAGE_SERVER, &[]);
    discord
        .interact(moderator(subcommand(
            "settings",
            "set",
            &[("log-channel", 7, json!(LOG))],
        )))
        .await;
    let options = [
        ("topic", 3, json!("trend:telehealth-expansion")),
        ("channel", 7, json!(CHANNEL)),
    ];
    let preview = discord
        .interact(moderator(subcommand("digest", "new", &options)))
        .await;
    let posts = format!("/channels/{CHANNEL}/messages");
    discord.script("POST", &posts, Outcome::RateLimited(3_900.0));
    let id = preview["data"]["components"][0]["components"][0]["custom_id"]
        .as_str()
        .expect("a button")
        .to_owned();
    let said = discord
        .interact(moderator(press(&id, &preview["data"])))
        .await["data"]["content"]
        .to_string();
    assert!(said.contains("by itself"), "{said}");
    let told = discord
        .request("POST", &format!("/channels/{LOG}/messages"))
        .await
        .body["content"]
        .to_string();
    assert!(
        told.contains("Discord makes me wait") && told.contains("by itself, <t:"),
        "{told}"
    );
    assert_eq!(discord.count("POST", &posts), 1);
    drop(bot);
    // The wait is turned forward.
    let forward = "UPDATE postings SET lease_until = 0 WHERE state = 'claimed'";
    assert_eq!(place.change(forward).await, 1);
    let _bot = Bot::start_on(&discord, place);
    discord
        .wait("the post", |state| {
            state
                .messages
                .values()
                .any(|one| one["channel_id"] == CHANNEL)
                .then_some(())
        })
        .await;
}
