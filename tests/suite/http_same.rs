//! Both transports give the same answer: every interaction goes through the gateway and through HTTP, and the bodies are compared.

use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    autocomplete, by_somebody_else, in_direct_message, press, select, slash, submit, user_installed,
};
use crate::fake_discord::{Bot, FakeDiscord, signed};
use crate::gateway::filled;

/// One interaction of each kind: all commands where they can be called, autocomplete of each option that has it, presses, forms, nonsense.
fn recorded() -> Vec<Value> {
    let commands = serde_json::to_value(careerbot::discord::commands()).expect("commands");
    let mut all = Vec::new();
    for command in commands.as_array().expect("a list") {
        all.push(filled(command));
        all.push(in_direct_message(filled(command)));
        all.push(user_installed(filled(command)));
        let name = command["name"].as_str().expect("a name");
        for option in
            command["options"].as_array().into_iter().flatten().filter(|option| option["autocomplete"] == true)
        {
            for text in ["", "nur", "tele", "zzzz", "\u{202e}@everyone"] {
                all.push(autocomplete(name, &[(option["name"].as_str().expect("a name"), json!(text))]));
            }
        }
    }
    for question in [
        "What does a telehealth coordinator do?",
        "which jobs can I do from home",
        "how do I fix my car",
        "nurse",
        "",
        "@everyone **bold** `code`",
        &"x".repeat(6000),
    ] {
        all.push(slash("ask", &[("question", json!(question))]));
        all.push(slash("ask", &[("question", json!(question)), ("private", json!(false))]));
    }
    let message = json!({"content": "old", "embeds": [], "components": []});
    all.push(press("from-an-older-version:1:2", &message));
    all.push(press("", &message));
    all.push(select("related", &["role:registered-nurse"], &message));
    all.push(submit("some-form", &[("text", "hello")]));
    all.push(slash("no-such-command", &[]));
    all.push(slash("role", &[("name", json!(5))]));
    let mut broken = slash("help", &[]);
    broken["channel_id"] = json!({});
    all.push(broken);
    all.into_iter().map(by_somebody_else).collect()
}

/// A press on each button and a choice in each menu of a response.
fn presses(body: &Value) -> Vec<Value> {
    let data = &body["data"];
    let parts = data["components"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row["components"].as_array().into_iter().flatten());
    parts
        .filter(|part| part["disabled"] != true)
        .filter_map(|part| {
            let id = part["custom_id"].as_str()?;
            Some(by_somebody_else(match part["type"].as_u64() {
                Some(3) => select(id, &[part["options"][0]["value"].as_str()?], data),
                _ => press(id, data),
            }))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_interaction_is_answered_alike_over_both_transports() {
    let (over_gateway, over_http) = (FakeDiscord::start().await, FakeDiscord::start().await);
    let _gateway = Bot::start(&over_gateway);
    let http = Bot::start_with(
        &over_http,
        &["serve", "--http", "127.0.0.1:0"],
        &[("DISCORD_PUBLIC_KEY", &signed::public_key()), ("DISCORD_TOKEN", "")],
    );
    let address = http.address().await;
    over_gateway.ready(1).await;
    let mut open = recorded();
    let first = open.len();
    let mut seen = std::collections::HashSet::new();
    let mut done = 0;
    while let Some(interaction) = open.pop() {
        done += 1;
        let one = over_gateway.interact(interaction.clone()).await;
        // What follows the first response over HTTP must find its interaction acknowledged.
        let token = over_http.expect_interaction(&interaction);
        over_http.acknowledged(&token, Value::Null);
        let other = signed::interaction(address, &interaction).await;
        assert_eq!(other.status, 200, "{interaction}");
        assert_eq!(one, other.json(), "{interaction}");
        if done <= first {
            open.extend(presses(&one).into_iter().filter(|press| seen.insert(press["data"].to_string())));
        }
        assert!(done < 2000, "presses lead to ever new presses");
    }
    assert!(done >= first);
}
