//! Sharing a private answer, from the press to what the channel sees, over both transports.

use std::time::Duration;

use serde_json::{Value, json};

use crate::fake_discord::payloads::{self, message_command, press, slash};
use crate::fake_discord::{Bot, FakeDiscord, Outcome, signed};

/// The press on Share below a private answer.
fn share(answer: &Value) -> Value {
    let data = &answer["data"];
    assert_eq!(data["flags"], 64, "the answer is private: {answer}");
    let buttons = data["components"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row["components"].as_array().into_iter().flatten());
    let button = buttons.clone().find(|part| {
        part["label"]
            .as_str()
            .is_some_and(|label| label.contains("Share"))
    });
    let id = button
        .and_then(|button| button["custom_id"].as_str())
        .unwrap_or_else(|| panic!("no Share below {answer}"));
    press(id, data)
}

fn ask() -> Value {
    slash(
        "ask",
        &[("question", json!("What does a telehealth coordinator do?"))],
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shared_answer_is_public_and_says_who_shared_it() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let answer = discord.interact(ask()).await;
    let pressed = discord.interact(share(&answer)).await;
    // Either the press itself is answered in public, or a follow-up is.
    let public = if pressed["type"] == 4 {
        pressed["data"].clone()
    } else {
        discord.request("POST", "/webhooks/").await.body
    };
    assert!(
        public["flags"].is_null() || public["flags"] == 0,
        "{public}"
    );
    assert!(
        public.to_string().contains(payloads::MEMBER),
        "it names the member: {public}"
    );
    assert_eq!(
        public["allowed_mentions"],
        json!({"parse": []}),
        "naming is not pinging"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_to_a_message_is_shared_as_a_reply_to_it() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let call = message_command("Answer this", "what does a medical coder do?");
    let answer = discord.interact(call.clone()).await;
    let target = call["data"]["target_id"].clone();
    discord.interact(share(&answer)).await;
    let posted = discord.request("POST", "/channels/").await;
    assert_eq!(posted.body["message_reference"]["message_id"], target);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_share_that_discord_refuses_is_said_privately() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    discord
        .shared
        .lock()
        .deleted_channels
        .insert(payloads::CHANNEL.to_owned());
    let answer = discord
        .interact(message_command(
            "Answer this",
            "what does a medical coder do?",
        ))
        .await;
    let pressed = share(&answer);
    discord.interact(pressed.clone()).await;
    let said = discord.request("POST", "/webhooks/").await;
    assert_eq!(said.body["flags"], 64, "{}", said.body);
    assert_eq!(
        discord.count("PATCH", "@original"),
        0,
        "the button is still there"
    );
    // The channel is back: the same button posts the answer now, and goes.
    discord.shared.lock().deleted_channels.clear();
    discord.interact(again(&pressed)).await;
    let edit = discord.request("PATCH", "@original").await;
    assert!(
        !edit.body["components"].to_string().contains("Share"),
        "{}",
        edit.body
    );
    assert_eq!(discord.shared.lock().nonces.len(), 1);
}

/// A second press on the same button.
fn again(press: &Value) -> Value {
    let mut again = press.clone();
    let id = payloads::fresh();
    again["token"] = json!(format!("token-{id}"));
    again["id"] = json!(id);
    again
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_double_press_posts_once() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let answer = discord
        .interact(message_command(
            "Answer this",
            "what does a medical coder do?",
        ))
        .await;
    let pressed = share(&answer);
    discord.script(
        "POST",
        "/channels/",
        Outcome::Slow(Duration::from_millis(500)),
    );
    let second = again(&pressed);
    let tokens = [&pressed, &second].map(|press| discord.expect_interaction(press));
    for press in [pressed, second] {
        discord.dispatch("INTERACTION_CREATE", press);
    }
    let mut kinds = Vec::new();
    for token in &tokens {
        kinds.push(discord.response(token).await["type"].as_u64());
    }
    kinds.sort();
    assert_eq!(
        kinds,
        [Some(4), Some(6)],
        "one is noted, the other is told that it is shared"
    );
    discord.request("PATCH", "@original").await;
    assert_eq!(discord.count("POST", "/channels/"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_share_that_discord_never_took_can_be_repeated() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    let answer = discord.interact(ask()).await;
    let pressed = share(&answer);
    // Discord does not know this interaction.
    discord.dispatch("INTERACTION_CREATE", pressed.clone());
    bot.logged("response not delivered").await;
    let public = discord.interact(again(&pressed)).await;
    assert!(public["data"]["flags"].is_null(), "{public}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_http_without_a_token_an_answer_to_a_message_is_shared_with_a_link_to_it() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(
        &discord,
        &["serve", "--http", "127.0.0.1:0"],
        &[
            ("DISCORD_PUBLIC_KEY", &signed::public_key()),
            ("DISCORD_TOKEN", ""),
        ],
    );
    let address = bot.address().await;
    let call = message_command("Answer this", "what does a medical coder do?");
    let target = call["data"]["target_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let pressed = share(&signed::interaction(address, &call).await.json());
    let token = discord.expect_interaction(&pressed);
    let noted = signed::interaction(address, &pressed).await.json();
    assert_eq!(noted, json!({"type": 6}));
    discord.acknowledged(&token, noted);
    discord.request("PATCH", "@original").await;
    let public = discord
        .wait("the public follow-up", |state| {
            state
                .requests
                .iter()
                .find(|r| r.path.contains("/webhooks/") && r.status == 200)
                .cloned()
        })
        .await
        .body;
    assert!(
        public["flags"].is_null()
            && public["content"]
                .as_str()
                .is_some_and(|text| text.contains(&target)),
        "{public}"
    );
    assert_eq!(discord.count("POST", "/channels/"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sharing_works_over_http_too() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(
        &discord,
        &["serve", "--http", "127.0.0.1:0"],
        &[("DISCORD_PUBLIC_KEY", &signed::public_key())],
    );
    let address = bot.address().await;
    let answer = signed::interaction(
        address,
        &message_command("Answer this", "what does a medical coder do?"),
    )
    .await
    .json();
    let pressed = share(&answer);
    let token = discord.expect_interaction(&pressed);
    discord.acknowledged(&token, Value::Null);
    assert_eq!(signed::interaction(address, &pressed).await.status, 200);
    discord.request("POST", "/channels/").await;
}
