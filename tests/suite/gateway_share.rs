//! Sharing a private answer, from the press to what the channel sees, over both transports.

use serde_json::{Value, json};

use crate::fake_discord::payloads::{self, message_command, press, slash};
use crate::fake_discord::{Bot, FakeDiscord, signed};

/// The press on Share below a private answer.
fn share(answer: &Value) -> Value {
    let data = &answer["data"];
    assert_eq!(data["flags"], 64, "the answer is private: {answer}");
    let buttons = data["components"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row["components"].as_array().into_iter().flatten());
    let button = buttons.clone().find(|part| part["label"].as_str().is_some_and(|label| label.contains("Share")));
    let id =
        button.and_then(|button| button["custom_id"].as_str()).unwrap_or_else(|| panic!("no Share below {answer}"));
    press(id, data)
}

fn ask() -> Value {
    slash("ask", &[("question", json!("What does a telehealth coordinator do?"))])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shared_answer_is_public_and_says_who_shared_it() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let answer = discord.interact(ask()).await;
    let pressed = discord.interact(share(&answer)).await;
    // Either the press itself is answered in public, or a follow-up is.
    let public =
        if pressed["type"] == 4 { pressed["data"].clone() } else { discord.request("POST", "/webhooks/").await.body };
    assert!(public["flags"].is_null() || public["flags"] == 0, "{public}");
    assert!(public.to_string().contains(payloads::MEMBER), "it names the member: {public}");
    assert_eq!(public["allowed_mentions"], json!({"parse": []}), "naming is not pinging");
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
    discord.shared.lock().deleted_channels.insert(payloads::CHANNEL.to_owned());
    let answer = discord.interact(message_command("Answer this", "what does a medical coder do?")).await;
    discord.interact(share(&answer)).await;
    let said = discord.request("POST", "/webhooks/").await;
    assert_eq!(said.body["flags"], 64, "{}", said.body);
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
    let answer =
        signed::interaction(address, &message_command("Answer this", "what does a medical coder do?")).await.json();
    let pressed = share(&answer);
    discord.expect_interaction(&pressed);
    assert_eq!(signed::interaction(address, &pressed).await.status, 200);
    discord.request("POST", "/channels/").await;
}
