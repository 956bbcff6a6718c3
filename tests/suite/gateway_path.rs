//! `/path` with the running program: what is completed, the card, one way step by step, Compare, Share with its picture, and a
//! limit that comes later in the talk.

use serde_json::{Value, json};

use crate::fake_discord::payloads::{self, autocomplete, press, select, slash};
use crate::fake_discord::{Bot, FakeDiscord, Recorded};

/// Everything that a reply says.
fn said(body: &Value) -> String {
    let data = &body["data"];
    let embed = |key: &str| {
        data["embeds"][0][key]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let content = data["content"].as_str().unwrap_or_default();
    [content.to_owned(), embed("title"), embed("description")].join("\n")
}

fn parts(body: &Value) -> impl Iterator<Item = &Value> {
    let rows = body["data"]["components"].as_array().into_iter().flatten();
    rows.flat_map(|row| row["components"].as_array().into_iter().flatten())
}

/// The custom id of the button with this label.
fn button<'a>(body: &'a Value, label: &str) -> &'a str {
    parts(body)
        .find(|part| part["label"] == label)
        .and_then(|part| part["custom_id"].as_str())
        .unwrap_or_else(|| panic!("no {label} below {body}"))
}

/// The menu that opens one of the ways.
fn menu(body: &Value) -> &Value {
    parts(body)
        .find(|part| part["type"] == 3)
        .unwrap_or_else(|| panic!("no menu below {body}"))
}

/// The first response to an interaction as it went over the wire, with its files.
async fn response(discord: &FakeDiscord, call: Value) -> Recorded {
    let id = call["id"].as_str().expect("an id").to_owned();
    discord.interact(call).await;
    discord
        .request("POST", &format!("/interactions/{id}/"))
        .await
}

/// What is suggested for the last of these options: names and values.
async fn suggested(discord: &FakeDiscord, options: &[(&str, Value)]) -> Vec<(String, String)> {
    let body = discord.interact(autocomplete("path", options)).await;
    let text = |choice: &Value, key: &str| choice[key].as_str().expect("a text").to_owned();
    let choices = body["data"]["choices"].as_array().expect("choices");
    choices
        .iter()
        .map(|choice| (text(choice, "name"), text(choice, "value")))
        .collect()
}

/// Completes each option as a member types it, and sends what was completed.
async fn completed(discord: &FakeDiscord) -> Value {
    let mut options: Vec<(&str, Value)> = Vec::new();
    for (option, typed, name) in [
        ("from", "cna", "Nursing assistant"),
        ("place", "ohi", "Ohio"),
        ("time", "3 y", "3 years"),
        (
            "pay",
            "19",
            "$19 an hour (about 39,520 USD a year, full time)",
        ),
    ] {
        options.push((option, json!(typed)));
        let found = suggested(discord, &options).await;
        let (_, value) = found
            .iter()
            .find(|(found, _)| found == name)
            .unwrap_or_else(|| panic!("{option}: {found:?}"));
        options.pop();
        options.push((option, json!(value)));
    }
    slash("path", &options)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_path_is_completed_opened_compared_shared_and_narrowed() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let call = completed(&discord).await;
    let sent = response(&discord, call).await;
    let card = sent.body;
    let words = said(&card);
    for expected in [
        "nursing assistant in Ohio at $19 an hour",
        "at most 3 years",
        "Ohio, May 2025",
        "not a promise",
    ] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    let picture = card["data"]["attachments"][0].clone();
    let (file, alt) = (picture["filename"].clone(), picture["description"].clone());
    let alt = alt.as_str().expect("words for those who do not see it");
    assert!(
        alt.contains("$39,520") || alt.contains("39,520"),
        "pay now stands in {alt}"
    );
    assert!(sent.files[0].1.starts_with(b"\x89PNG"), "a picture");

    // One way, step by step.
    let menu = menu(&card);
    let options = menu["options"].as_array().expect("ways");
    assert_eq!(options.len(), 3);
    let (id, first) = (menu["custom_id"].as_str(), options[0]["value"].as_str());
    let opened = select(id.expect("an id"), &[first.expect("a way")], &card["data"]);
    let opened = said(&discord.interact(opened).await);
    for expected in ["Step 1: ", "License: ", "$19 an hour"] {
        assert!(opened.contains(expected), "{expected}: {opened}");
    }

    // All three side by side.
    let compared = press(button(&card, "Compare"), &card["data"]);
    let compared = said(&discord.interact(compared).await);
    for option in options {
        let title = option["label"].as_str().expect("a label");
        assert!(compared.contains(title), "{title}: {compared}");
    }

    // The channel sees the same picture with the same words, under the member's name.
    let mut share = press(button(&card, "Share"), &card["data"]);
    share["message"]["attachments"] = json!([{
        "id": payloads::fresh(), "filename": file, "size": 1, "url": "https://cdn.example/1",
        "proxy_url": "https://cdn.example/1", "ephemeral": true,
    }]);
    let shared = response(&discord, share).await;
    let post = &shared.body["data"];
    assert!(post["flags"].is_null() || post["flags"] == 0, "{post}");
    assert!(post.to_string().contains(payloads::MEMBER), "{post}");
    assert_eq!(post["allowed_mentions"], json!({"parse": []}), "{post}");
    assert_eq!(
        (
            &post["attachments"][0]["filename"],
            &post["attachments"][0]["description"]
        ),
        (&file, &json!(alt)),
        "{post}"
    );
    assert_eq!(shared.files, sent.files, "byte for byte");

    // A limit that comes in the talk holds beside those that were given.
    let ask = |question: &str| slash("ask", &[("question", json!(question))]);
    let narrowed = said(&discord.interact(ask("and without nights")).await);
    for expected in ["night", "$19 an hour", "at most 3 years", "Ohio"] {
        assert!(narrowed.contains(expected), "{expected}: {narrowed}");
    }
    assert!(
        !narrowed.contains("• **Registered nurse**"),
        "registered nurses work nights: {narrowed}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_of_a_way_that_is_broken_or_gone_does_not_keep_an_answer_from_being_shared() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let call = slash("path", &[("from", json!("nursing-assistant"))]);
    let card = discord.interact(call).await;
    let mut share = press(button(&card, "Share"), &card["data"]);
    share["message"]["attachments"] = json!([{
        "id": payloads::fresh(), "filename": "ways-r00000000-US.png", "size": 1,
        "url": "https://cdn.example/1", "proxy_url": "https://cdn.example/1", "ephemeral": true,
    }]);
    let shared = response(&discord, share).await;
    assert!(
        said(&shared.body).contains("not a promise"),
        "{}",
        shared.body
    );
    assert_eq!(shared.files, Vec::new());
}
