//! Hours of bad weather: a Discord that refuses, delays, limits, closes and repeats at random, and a program that loses nothing.
//!
//! `CAREERBOT_SOAK_MINUTES=60 cargo test --test suite soak -- --ignored --nocapture`; two minutes unless it says otherwise.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher as _, RandomState};
use std::io::Write as _;
use std::time::{Duration, Instant};

use careerbot::store::ServerId;
use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    MANAGE_SERVER, as_member, bot_user, fresh, guild_message, in_server, press, schedule_daily,
    slash, subcommand,
};
use crate::fake_discord::{APPLICATION, Bot, FakeDiscord, Order, Outcome};
use crate::store::place::Place;

fn dice() -> u64 {
    RandomState::new().hash_one(0_u8) % 1_000
}

/// One request in eight meets trouble. What follows a first response, and files, are left alone: nobody repeats them.
fn weather(_: usize, method: &str, path: &str) -> Option<Outcome> {
    let posting = method == "POST" && (path.ends_with("/callback") || path.ends_with("/messages"));
    match dice() {
        _ if !posting => None,
        0..30 => Some(Outcome::RateLimited(0.0)),
        30..50 => Some(Outcome::RateLimited(0.3)),
        50..70 => Some(Outcome::Fail(503, json!({"message": "503", "code": 0}))),
        70..100 => Some(Outcome::DoneButFailed),
        100..120 => Some(Outcome::Slow(Duration::from_millis(400))),
        120..125 => Some(Outcome::RateLimited(40.0)),
        _ => None,
    }
}

fn new(guild: &str, channel: &str) -> Value {
    let options = [
        ("topic", 3, json!("trend:telehealth-expansion")),
        ("channel", 7, json!(channel)),
    ];
    in_server(
        guild,
        as_member(subcommand("digest", "new", &options), MANAGE_SERVER, &[]),
    )
}

/// The answer that Discord has taken, where it came to that within a while.
async fn answer(discord: &FakeDiscord, call: &Value) -> Option<Value> {
    let token = discord.expect_interaction(call);
    for _ in 0..1 + dice() % 2 {
        discord.dispatch("INTERACTION_CREATE", call.clone());
    }
    let end = Instant::now() + Duration::from_secs(8);
    while Instant::now() < end {
        let given = discord
            .shared
            .lock()
            .interactions
            .get(&token)
            .and_then(|one| one.answered.clone());
        if given.is_some() {
            return given;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    None
}

/// The most requests within any one second, without those that Discord does not count.
fn busiest(discord: &FakeDiscord) -> usize {
    let state = discord.shared.lock();
    let times: Vec<Instant> = state
        .requests
        .iter()
        .filter(|r| !r.path.starts_with("/interactions/") && !r.path.starts_with("/webhooks/"))
        .map(|r| r.at)
        .collect();
    let within = |from: &Instant| {
        times
            .iter()
            .filter(|at| **at >= *from && **at < *from + Duration::from_secs(1))
            .count()
    };
    times.iter().map(within).max().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "takes minutes"]
async fn nothing_is_lost_doubled_or_hammered_in_bad_weather() {
    soak(&Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "takes minutes"]
async fn nothing_is_lost_doubled_or_hammered_in_bad_weather_on_postgres() {
    if let Some(place) = Place::postgres("nothing_is_lost_doubled_or_hammered").await {
        soak(&place).await;
    }
}

async fn soak(place: &Place) {
    let minutes = std::env::var("CAREERBOT_SOAK_MINUTES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(2);
    let discord = FakeDiscord::start().await;
    let (key, value) = place.setting();
    let settings = [("CAREERBOT_LOG", "info"), (key, &*value)];
    let mut bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(1).await;
    bot.logged("commands registered").await;
    bot.logged("store opened").await;
    discord.shared.lock().weather = Some(weather);
    let end = Instant::now() + Duration::from_secs(minutes * 60);
    let mut scheduled: Vec<String> = Vec::new();
    let mut posts: HashMap<String, String> = HashMap::new();
    let (mut asked, mut answered, mut orders) = (0_u32, 0_u32, 0_u32);
    while Instant::now() < end {
        let (guild, channel) = (fresh(), fresh());
        let (plan, draft) = (schedule_daily(&guild), new(&guild, &channel));
        let ask = slash(
            "ask",
            &[("question", json!("What does a telehealth coordinator do?"))],
        );
        let ask = in_server(&guild, ask);
        discord.dispatch(
            "MESSAGE_CREATE",
            guild_message(
                &format!("<@{APPLICATION}> what does a nurse do?"),
                &[bot_user()],
            ),
        );
        let (plan, draft, ask) = tokio::join!(
            answer(&discord, &plan),
            answer(&discord, &draft),
            answer(&discord, &ask)
        );
        asked += 3;
        answered += [&plan, &draft, &ask]
            .iter()
            .filter(|one| one.is_some())
            .count() as u32;
        if plan.is_some_and(|plan| {
            plan["data"]["content"]
                .to_string()
                .contains("Scheduled as number")
        }) {
            scheduled.push(guild.clone());
        }
        let button = draft.as_ref().and_then(|draft| {
            let id = draft["data"]["components"][0]["components"][0]["custom_id"].as_str()?;
            Some(in_server(
                &guild,
                as_member(press(id, &draft["data"]), MANAGE_SERVER, &[]),
            ))
        });
        if let Some(button) = button {
            let said = answer(&discord, &button)
                .await
                .map(|body| body["data"]["content"].to_string());
            if said.is_some_and(|said| {
                ["Posted", "on its way", "by itself"]
                    .iter()
                    .any(|word| said.contains(word))
            }) {
                posts.insert(channel, guild);
            }
        }
        match dice() {
            0..60 => discord.order(Order::Reconnect),
            60..120 => discord.order(Order::Drop),
            120..180 => discord.order(Order::Close(4000)),
            180..220 => discord.order(Order::InvalidSession(true)),
            _ => {}
        }
        orders += 1;
    }
    discord.shared.lock().weather = None;
    // What Discord holds back for the longest comes out by itself.
    let state_of = |discord: &FakeDiscord| -> BTreeMap<String, usize> {
        let state = discord.shared.lock();
        posts
            .keys()
            .map(|channel| {
                (
                    channel.clone(),
                    state
                        .messages
                        .values()
                        .filter(|one| one["channel_id"] == *channel)
                        .count(),
                )
            })
            .collect()
    };
    let end = Instant::now() + Duration::from_secs(300);
    while state_of(&discord).values().any(|number| *number == 0) && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let wrong: Vec<_> = state_of(&discord)
        .into_iter()
        .filter(|(_, number)| *number != 1)
        .collect();
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let store = place.open().await;
    let mut missing = Vec::new();
    for guild in &scheduled {
        let digests = store
            .digests(ServerId::new(guild.parse().expect("an id")))
            .await
            .expect("read");
        if digests.len() != 1 {
            missing.push((guild, digests.len()));
        }
    }
    let busiest = busiest(&discord);
    let logins = discord.shared.lock().identifies.len();
    let _ = writeln!(
        std::io::stderr(),
        "\nsoak of {minutes} min: {orders} rounds, {answered} of {asked} answered, {} schedules, {} posts, {logins} logins, at most {busiest} requests a second",
        scheduled.len(),
        posts.len(),
    );
    assert!(
        wrong.is_empty(),
        "posts that do not stand in their channel once: {wrong:?}"
    );
    assert!(
        missing.is_empty(),
        "schedules that were confirmed and are not there once: {missing:?}"
    );
    assert!(
        busiest <= 50 && logins < 10,
        "{busiest} requests in a second, {logins} logins"
    );
    assert!(answered * 10 >= asked * 8, "{answered} of {asked} answered");
}
