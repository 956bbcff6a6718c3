//! Both transports give the same answer: every interaction goes through the gateway and through HTTP, and the bodies are compared.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    autocomplete, by_somebody_else, in_direct_message, press, select, slash, submit, user_installed,
};
use crate::fake_discord::{Bot, FakeDiscord, PATIENCE, State, signed};
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
        for option in command["options"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|option| option["autocomplete"] == true)
        {
            for text in ["", "nur", "tele", "zzzz", "\u{202e}@everyone"] {
                all.push(autocomplete(
                    name,
                    &[(option["name"].as_str().expect("a name"), json!(text))],
                ));
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
        all.push(slash(
            "ask",
            &[("question", json!(question)), ("private", json!(false))],
        ));
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

/// A request that the bot made after its first response: method, path without the interaction's token, body, files.
type Later = (String, String, Value, Vec<(String, Vec<u8>)>);

/// What was sent for interactions beside the first responses, as far as Discord took it: over HTTP a follow-up may be on its
/// way before the response is, and is then sent again. In an order of its own, because interactions overtake each other.
fn later(state: &State) -> Vec<Later> {
    let of_start = ["/commands", "/gateway", "/oauth2", "/callback"];
    let sent = state
        .requests
        .iter()
        .filter(|request| !of_start.iter().any(|part| request.path.contains(part)));
    let taken = sent.filter(|request| request.status < 400 || !request.path.contains("/webhooks/"));
    let mut all: Vec<Later> = taken
        .map(|request| {
            (
                request.method.clone(),
                request.path.clone(),
                request.body.clone(),
                request.files.clone(),
            )
        })
        .collect();
    all.sort_by_key(|(method, path, body, _)| format!("{path} {method} {}", uncharted(body)));
    all
}

/// Whether two later steps are the same: wholly, or but for a chart that one of them had no time to draw.
fn alike(one: &Later, other: &Later) -> bool {
    if one.3.is_empty() == other.3.is_empty() {
        return one == other;
    }
    let text = |(method, path, body, _): &Later| (method.clone(), path.clone(), uncharted(body));
    text(one) == text(other)
}

/// A message without what shows its chart.
fn uncharted(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(message) = body.as_object_mut() {
        message.remove("attachments");
    }
    for embed in body["embeds"].as_array_mut().into_iter().flatten() {
        if let Some(embed) = embed.as_object_mut() {
            embed.remove("image");
        }
    }
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_interaction_is_answered_alike_over_both_transports() {
    let (over_gateway, over_http) = (FakeDiscord::start().await, FakeDiscord::start().await);
    let _gateway = Bot::start(&over_gateway);
    let http = Bot::start_with(
        &over_http,
        &["serve", "--http", "127.0.0.1:0"],
        &[("DISCORD_PUBLIC_KEY", &signed::public_key())],
    );
    let address = http.address().await;
    over_gateway.ready(1).await;
    // With each interaction, whether what it shows is pressed: what a press shows is not pressed again.
    let mut open: Vec<(Value, bool)> = recorded()
        .into_iter()
        .map(|interaction| (interaction, true))
        .collect();
    let mut seen = std::collections::HashSet::new();
    while let Some((interaction, first)) = open.pop() {
        let one = over_gateway.interact(interaction.clone()).await;
        let token = over_http.expect_interaction(&interaction);
        let answer = signed::interaction(address, &interaction).await;
        assert_eq!(answer.status, 200, "{interaction}");
        let other = answer.json();
        over_http.acknowledged(&token, other.clone());
        let charted = |body: &Value| body["data"]["attachments"].is_array();
        // An answer goes without its chart where the machine is too busy to draw it in time.
        if charted(&one) == charted(&other) {
            assert_eq!(one, other, "{interaction}");
            let callback = over_gateway
                .request("POST", &format!("/{token}/callback"))
                .await;
            assert!(
                callback.files == answer.files(),
                "the files differ: {interaction}"
            );
        }
        if first {
            let fresh = presses(&one)
                .into_iter()
                .filter(|press| seen.insert(press["data"].to_string()));
            open.extend(fresh.map(|press| (press, false)));
        }
    }
    let end = Instant::now() + PATIENCE;
    loop {
        let (one, other) = (
            later(&over_gateway.shared.lock()),
            later(&over_http.shared.lock()),
        );
        let differing: Vec<_> = one
            .iter()
            .zip(&other)
            .filter(|(one, other)| !alike(one, other))
            .collect();
        if one.len() == other.len() && differing.is_empty() {
            assert!(
                one.iter()
                    .any(|(_, path, _, _)| path.contains("/channels/")),
                "an answer was shared: {one:?}"
            );
            break;
        }
        let first = differing.first();
        assert!(
            Instant::now() < end,
            "{} and {} later steps, and differing: {first:?}",
            one.len(),
            other.len()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
