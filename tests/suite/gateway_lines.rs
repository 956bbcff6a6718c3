//! The connections to the gateway: kept without hammering, resumed where that is possible, and known to be lost where not.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fake_discord::payloads::{CHANNEL, bot_user, guild_message, slash};
use crate::fake_discord::{APPLICATION, Bot, FakeDiscord, Order, Outcome};

async fn running() -> (FakeDiscord, Bot) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    (discord, bot)
}

fn ask() -> Value {
    slash(
        "ask",
        &[("question", json!("What does a telehealth coordinator do?"))],
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logins_that_do_not_last_become_rare_and_the_budget_is_asked_for() {
    let (discord, bot) = running().await;
    let end = Instant::now() + Duration::from_secs(22);
    let mut seen = 1;
    while Instant::now() < end {
        if discord.shared.lock().readies >= seen {
            // One way and the other.
            discord.order(if seen % 2 == 0 {
                Order::InvalidSession(false)
            } else {
                Order::Close(4009)
            });
            seen += 1;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let logins = discord.shared.lock().identifies.len();
    assert!(
        (2..=3).contains(&logins),
        "{logins} logins in 22 s: after 5 s, and after 10 s more"
    );
    assert!(
        discord.count("GET", "/gateway/bot") >= logins,
        "the budget is asked for before each but the first"
    );
    bot.logged("the last login did not last").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reserve_of_logins_is_kept() {
    let (discord, bot) = running().await;
    discord.shared.lock().logins_left = 20;
    discord.order(Order::Close(4009));
    bot.logged("no logins are left today but a reserve").await;
    let second = Bot::start(&discord);
    second
        .logged("no logins are left today but a reserve")
        .await;
    assert_eq!(discord.shared.lock().identifies.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_whose_other_end_is_silent_is_given_up_and_resumed() {
    let discord = FakeDiscord::start().await;
    discord.shared.lock().heartbeat_ms = 1_000;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    discord.shared.lock().mute_heartbeats = true;
    bot.logged("the gateway has fallen silent").await;
    discord.shared.lock().mute_heartbeats = false;
    discord
        .wait("RESUME", |state| (!state.resumes.is_empty()).then_some(()))
        .await;
    assert_eq!(discord.interact(ask()).await["type"], 4);
    assert_eq!(discord.shared.lock().identifies.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mention_that_is_sent_while_the_gateway_is_away_is_answered() {
    let (discord, bot) = running().await;
    discord.shared.change(|state| state.away = true);
    discord.order(Order::Drop);
    bot.logged("the gateway cannot be reached").await;
    discord
        .wait("end of the connection", |state| {
            state.link.is_none().then_some(())
        })
        .await;
    discord.dispatch(
        "MESSAGE_CREATE",
        guild_message(
            &format!("<@{APPLICATION}> what does a nurse do?"),
            &[bot_user()],
        ),
    );
    tokio::time::sleep(Duration::from_secs(8)).await;
    discord.shared.change(|state| state.away = false);
    discord
        .request("POST", &format!("/channels/{CHANNEL}/messages"))
        .await;
    let state = discord.shared.lock();
    assert_eq!(
        (state.identifies.len(), state.resumes.len()),
        (1, 1),
        "resumed, not logged in again"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_for_good_ends_the_program_with_what_to_do() {
    for (code, word) in [
        (4010, "4010"),
        (4012, "newer careerbot"),
        (4013, "intents"),
        (4014, "intents"),
    ] {
        let discord = FakeDiscord::start().await;
        discord.shared.lock().on_login.push_back(Order::Close(code));
        let mut bot = Bot::start(&discord);
        assert_eq!(bot.ended().await.code(), Some(1), "{code}");
        bot.logged(word).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_servers_for_one_shard_are_given_two() {
    let (discord, bot) = running().await;
    discord.shared.lock().shards = 2;
    discord.order(Order::Close(4011));
    discord.ready(3).await;
    let shards: Vec<Value> = discord
        .shared
        .lock()
        .identifies
        .iter()
        .map(|one| one["shard"].clone())
        .collect();
    assert_eq!(shards[0], json!([0, 1]));
    // In whichever order.
    assert!(
        shards.len() == 3 && shards.contains(&json!([0, 2])) && shards.contains(&json!([1, 2])),
        "{shards:?}"
    );
    bot.logged("Discord wants another number of shards").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_that_came_too_late_is_made_again() {
    let discord = FakeDiscord::start().await;
    discord.shared.lock().on_login.push_back(Order::Close(4003));
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    assert_eq!(discord.interact(ask()).await["type"], 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_and_figures_know_the_gateway_and_a_ban() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(
        &discord,
        &["serve"],
        &[("CAREERBOT_METRICS", "127.0.0.1:0")],
    );
    let address = bot.address_of("metrics").await;
    discord.ready(1).await;
    discord.interact(ask()).await;
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let get = async |path: &str| {
        let answer = client
            .get(format!("http://{address}{path}"))
            .send()
            .await
            .expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    assert_eq!(get("/health/live").await, (200, "ok\n".to_owned()));
    let (status, said) = get("/health/ready").await;
    for line in [
        "ok: gateway: 1 of 1 connections stand\n",
        "ok: discord: ",
        "ok: store: ",
        "ok: index: ",
        "ok: knowledge: 154 roles and 10 trends, loaded ",
    ] {
        assert!(status == 200 && said.contains(line), "{line} in {said}");
    }
    let figures = get("/metrics").await.1;
    assert!(
        figures.contains("careerbot_gateway_connections_up 1"),
        "{figures}"
    );
    assert!(
        figures.contains("careerbot_gateway_last_heard_timestamp_seconds "),
        "{figures}"
    );
    discord.script("POST", "/callback", Outcome::Ban(600));
    let call = ask();
    discord.expect_interaction(&call);
    discord.dispatch("INTERACTION_CREATE", call);
    bot.logged("banned").await;
    let (status, said) = get("/health/ready").await;
    assert!(
        status == 503 && said.contains("down: discord: ") && said.contains("banned"),
        "{status}: {said}"
    );
    assert_eq!(get("/health").await.0, 503, "the short name of the same");
    assert_eq!(get("/health/live").await.0, 200, "no reason to start again");
}
