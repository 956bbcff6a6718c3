//! A server's own trend with the running program: an article that is fetched, edited, approved after a restart, asked about
//! and posted.

use serde_json::{Value, json};

use crate::articles::fixture;
use crate::fake_discord::payloads::{
    CHANNEL, message_command, press, slash, subcommand, submit_on, typed, with_file,
};
use crate::fake_discord::rest::Served;
use crate::fake_discord::{Bot, FakeDiscord};
use crate::gateway_digests::moderator;

const PATH: &str = "/attachments/1/2/a.html";
const SUMMARY: &str = "Some hospitals move experienced nurses from the bedside to a screen.";

fn button(message: &Value, label: &str) -> Value {
    let rows = message["components"].as_array().expect("rows");
    let parts = rows
        .iter()
        .flat_map(|row| row["components"].as_array().expect("buttons"));
    let found = parts.into_iter().find(|part| part["label"] == label);
    let id = found.unwrap_or_else(|| panic!("no {label}: {message}"))["custom_id"]
        .as_str()
        .expect("an id");
    moderator(press(id, message))
}

/// A form that a press opened, filled in with some inputs changed.
fn filled(form: &Value, changed: &[(&str, &str)], on: &Value) -> Value {
    let id = form["data"]["custom_id"].as_str().expect("an id");
    moderator(submit_on(id, &typed(form, changed), on))
}

/// The preview of an article that was sent along.
async fn brought(discord: &FakeDiscord) -> Value {
    discord.shared.change(|state| {
        let page = Served::Whole(fixture("virtual-nursing.html"));
        state.attachments.insert(PATH.to_owned(), page)
    });
    let url = format!("https://cdn.discordapp.com{PATH}?ex=1&hm=2");
    let call = moderator(with_file("trend-draft", "add", "a.html", 100, &url));
    assert_eq!(
        discord.interact(call.clone()).await,
        json!({"type": 5, "data": {"flags": 64}})
    );
    let token = call["token"].as_str().expect("a token").to_owned();
    discord
        .request("PATCH", &format!("/{token}/messages/@original"))
        .await
        .body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_article_is_brought_in_approved_after_a_restart_asked_about_and_posted() {
    let discord = FakeDiscord::start().await;
    let data = tempfile::tempdir().expect("a folder");
    let settings = [("CAREERBOT_DATA", data.path().to_str().expect("UTF-8"))];
    let mut bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(1).await;
    let preview = brought(&discord).await;
    assert!(
        preview.to_string().contains("Lena Okafor, Ward Letter"),
        "{preview}"
    );
    let form = discord.interact(button(&preview, "Edit")).await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(2).await;
    let edited = discord
        .interact(filled(&form, &[("text", SUMMARY)], &preview))
        .await;
    assert!(edited["data"].to_string().contains(SUMMARY), "{edited}");
    let live = discord.interact(button(&edited["data"], "Approve")).await;
    assert!(
        live["data"]["content"]
            .as_str()
            .expect("a text")
            .contains("It is live"),
        "{live}"
    );
    // On a busy machine, the first answer may go out before what the server has written is read.
    let mut list = Value::Null;
    for _ in 0..5 {
        list = discord.interact(slash("trends", &[])).await;
        if list.to_string().contains("This server's own trend") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    assert!(
        list.to_string().contains("This server's own trend"),
        "{list}"
    );
    let options = [
        (
            "topic",
            3,
            json!("hospitals put experienced nurses behind a screen"),
        ),
        ("channel", 7, json!(CHANNEL)),
    ];
    let summary = discord
        .interact(moderator(subcommand("digest", "new", &options)))
        .await;
    discord.interact(button(&summary["data"], "Post now")).await;
    let posted = discord
        .request("POST", &format!("/channels/{CHANNEL}/messages"))
        .await
        .body;
    let posted = posted.to_string();
    for says in [
        "Trend of this server: Hospitals put experienced nurses behind a screen",
        "This server's moderators write, and careerbot has not checked it:",
        SUMMARY,
        "Lena Okafor, Ward Letter",
        "Registered nurse",
    ] {
        assert!(posted.contains(says), "{says}: {posted}");
    }
    let log = bot.log();
    for secret in ["Lena", "nurses", "a.html", "hm=2"] {
        assert!(
            !log.contains(secret),
            "{secret} is nobody's business: {log}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_becomes_a_draft_and_a_file_that_is_gone_is_said_to_be() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let article = String::from_utf8(fixture("community-paramedics.md")).expect("UTF-8");
    let body = article.split("---\n").nth(2).expect("a body");
    let call = moderator(message_command("Draft a trend from this", body));
    discord.interact(call.clone()).await;
    let token = call["token"].as_str().expect("a token").to_owned();
    let draft = discord
        .request("PATCH", &format!("/{token}/messages/@original"))
        .await
        .body;
    assert!(
        draft
            .to_string()
            .contains("Paramedics who come before the emergency"),
        "{draft}"
    );
    let url = format!("https://cdn.discordapp.com{PATH}?ex=1&hm=2");
    let call = moderator(with_file("trend-draft", "add", "a.html", 100, &url));
    discord.interact(call.clone()).await;
    let token = call["token"].as_str().expect("a token").to_owned();
    let told = discord
        .request("PATCH", &format!("/{token}/messages/@original"))
        .await
        .body;
    assert!(told.to_string().contains("the file is gone"), "{told}");
}
