//! Knowledge that changes under a running server: taken while questions come in, and refused with a reason where it is faulty.

use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::json;

use crate::fake_discord::payloads::{by_somebody_else, slash};
use crate::fake_discord::{Bot, FakeDiscord, bot};
use crate::folder::Folder;

const FILE: &str = "roles/registered-nurse.md";
const BEFORE: &str = "Registered nurses judge how patients are doing";
const AFTER: &str = "Registered nurses find out how patients fare";

/// A server on a knowledge folder of its own, with an index of its own.
async fn serving(folder: &Folder, watch: &str) -> (FakeDiscord, Bot, std::net::SocketAddr) {
    let discord = FakeDiscord::start().await;
    let (knowledge, index) = (
        folder.path("").display().to_string(),
        folder.root().join("index").display().to_string(),
    );
    let bot = Bot::start_with(
        &discord,
        &["serve"],
        &[
            ("CAREERBOT_KNOWLEDGE", &knowledge),
            ("CAREERBOT_INDEX", &index),
            ("CAREERBOT_METRICS", "127.0.0.1:0"),
            ("CAREERBOT_WATCH", watch),
        ],
    );
    let address = bot.address_of("metrics").await;
    discord.ready(1).await;
    (discord, bot, address)
}

/// The answer to a member who has not asked before.
async fn duties(discord: &FakeDiscord) -> String {
    let call = slash(
        "ask",
        &[("question", json!("what does a registered nurse do"))],
    );
    discord.interact(by_somebody_else(call)).await.to_string()
}

/// `careerbot reload` for this server.
async fn reload(discord: &FakeDiscord, bot: &Bot) -> (Option<i32>, String, String) {
    let (mut program, _home) = bot::command(&discord.base, &["reload"]);
    program.env("CAREERBOT_DATA", bot.data());
    let run = tokio::task::spawn_blocking(move || program.output().expect("it runs"));
    let Output {
        status,
        stdout,
        stderr,
    } = run.await.expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

async fn get(address: std::net::SocketAddr, path: &str) -> String {
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let asked = client.get(format!("http://{address}{path}")).send().await;
    asked.expect("an answer").text().await.expect("text")
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_knowledge_is_taken_while_questions_come_in_and_none_is_lost() {
    let folder = Folder::new();
    let (discord, bot, _) = serving(&folder, "").await;
    let discord = Arc::new(discord);
    assert!(duties(&discord).await.contains(BEFORE));
    let (stop, asked) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let asking = tokio::spawn({
        let (discord, stop, asked) = (discord.clone(), stop.clone(), asked.clone());
        async move {
            while !stop.load(Ordering::Relaxed) {
                let said = duties(&discord).await;
                assert!(said.contains(BEFORE) || said.contains(AFTER), "{said}");
                asked.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    for (from, to) in [(BEFORE, AFTER), (AFTER, BEFORE), (BEFORE, AFTER)] {
        folder.edit(FILE, from, to);
        let (code, out, err) = reload(&discord, &bot).await;
        assert_eq!(
            (code, out.as_str(), err.as_str()),
            (Some(0), "2 roles and 1 trend\n", "")
        );
        assert!(duties(&discord).await.contains(to), "the new one at once");
    }
    stop.store(true, Ordering::Relaxed);
    asking.await.expect("every question is answered");
    assert!(asked.load(Ordering::Relaxed) > 0);
    let (code, out, _) = reload(&discord, &bot).await;
    assert!(
        code == Some(0) && out.contains("nothing has changed"),
        "{out}"
    );
    assert!(!bot.log().contains("panicked"), "{}", bot.log());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_faulty_file_keeps_the_old_knowledge_and_says_why() {
    let folder = Folder::new();
    let (discord, bot, address) = serving(&folder, "").await;
    folder.edit(FILE, BEFORE, AFTER);
    folder.edit(FILE, "remote: partly", "remote: perhaps");
    let (code, out, err) = reload(&discord, &bot).await;
    assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
    assert!(
        err.contains(FILE)
            && err.contains("remote")
            && err.contains("the old knowledge stays in use"),
        "{err}"
    );
    bot.logged("the knowledge is not loaded anew, and the old stays in use: 1 problem")
        .await;
    assert!(duties(&discord).await.contains(BEFORE));
    let health = get(address, "/health/ready").await;
    assert!(
        health.contains("impaired: knowledge: ") && health.contains(FILE),
        "{health}"
    );
    let figures = get(address, "/metrics").await;
    for line in [
        "careerbot_knowledge_refused 1",
        "careerbot_knowledge_reloads_total{outcome=\"refused\"} 1",
    ] {
        assert!(figures.contains(line), "{line}: {figures}");
    }
    folder.edit(FILE, "remote: perhaps", "remote: partly");
    bot.signal("HUP");
    bot.logged("knowledge loaded anew: 2 roles and 1 trend")
        .await;
    assert!(duties(&discord).await.contains(AFTER));
    assert!(
        get(address, "/health/ready")
            .await
            .contains("ok: knowledge: ")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watched_folder_is_loaded_when_it_has_changed() {
    let folder = Folder::new();
    let (discord, bot, _) = serving(&folder, "1").await;
    bot.logged("the knowledge is watched").await;
    folder.edit(FILE, BEFORE, AFTER);
    bot.logged("knowledge loaded anew: 2 roles and 1 trend")
        .await;
    assert!(duties(&discord).await.contains(AFTER));
    folder.edit(FILE, "remote: partly", "remote: perhaps");
    bot.logged("the knowledge is not loaded anew").await;
    assert!(duties(&discord).await.contains(AFTER));
    folder.edit(FILE, AFTER, BEFORE);
    folder.edit(FILE, "remote: perhaps", "remote: partly");
    while bot.log().matches("knowledge loaded anew: ").count() < 2 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(duties(&discord).await.contains(BEFORE));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_server_the_order_says_so_and_a_stopped_one_leaves_no_socket() {
    let discord = FakeDiscord::start().await;
    let mut bot = Bot::start(&discord);
    discord.ready(1).await;
    assert_eq!(reload(&discord, &bot).await.0, Some(0));
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    assert!(!bot.data().join("careerbot.sock").exists());
    let (code, _, err) = reload(&discord, &bot).await;
    assert!(
        code == Some(1)
            && err.contains("no careerbot answers at")
            && err.contains("CAREERBOT_DATA"),
        "{err}"
    );
}
