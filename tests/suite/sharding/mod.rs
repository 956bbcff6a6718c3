//! The shards of one bot in several processes on one PostgreSQL: logins take turns, each process judges its own servers alone,
//! and one takes over from another without losing or doubling anything.
//!
//! The large one is a measurement, 160,000 servers on 64 shards in 4 processes, with the program that `CAREERBOT_PROGRAM` names
//! (a release build), else that of the tests:
//! `CAREERBOT_PROGRAM=$PWD/target/release/careerbot cargo test --test suite sharding -- --ignored --nocapture`.

mod wide;

use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use careerbot::store::{Location, ServerId, UserId};
use futures_util::stream::{self, StreamExt as _};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use sqlx::Connection as _;

use crate::fake_discord::payloads::{CHANNEL, fresh, in_server, schedule_daily, slash};
use crate::fake_discord::{Bot, FakeDiscord, signed};
use crate::store::place::Place;
use wide::{Wide, server};

/// A process that keeps these shards.
fn process(wide: &Wide, place: &Place, shards: &str) -> Bot {
    let (key, value) = place.setting();
    let settings = [
        (key, value.as_str()),
        ("CAREERBOT_SHARDS", shards),
        ("CAREERBOT_LOG", "info"),
    ];
    Bot::start_with(&wide.discord, &["serve"], &settings)
}

/// Sends a call to a shard and waits for what it is answered.
async fn call(wide: &Wide, shard: u32, call: Value) -> Value {
    let token = wide.discord.expect_interaction(&call);
    wide.dispatch(shard, "INTERACTION_CREATE", &call);
    wide.discord.response(&token).await
}

/// A question that somebody else asks in one of the shard's servers, each time in the next.
fn question(wide: &Wide, shard: u32) -> Value {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let text = json!("what does a paramedic earn?");
    let number = NEXT.fetch_add(1, Ordering::Relaxed) % 70;
    in_server(
        &server(shard, wide.total, number).to_string(),
        slash("ask", &[("question", text)]),
    )
}

/// Has each of these shards answer a question.
async fn all_answer(wide: &Wide, shards: std::ops::Range<u32>) {
    for shard in shards {
        let answer = call(wide, shard, question(wide, shard)).await;
        assert!(
            answer.to_string().contains("aramedic"),
            "shard {shard}: {answer}"
        );
    }
}

/// The servers that are noted as missing.
async fn missing(place: &Place) -> Vec<i64> {
    let Location::Postgres(url) = place.location() else {
        panic!("several processes need PostgreSQL");
    };
    let mut raw = sqlx::PgConnection::connect(url.expose_secret())
        .await
        .expect("connected");
    sqlx::query_scalar("SELECT server FROM absences ORDER BY server")
        .fetch_all(&mut raw)
        .await
        .expect("read")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_share_four_shards_and_others_take_over() {
    let Some(place) = Place::postgres("two_processes_share_four_shards").await else {
        return;
    };
    let wide = Wide::start(4, 2, 75).await;
    let store = place.open().await;
    let id = |shard, number| ServerId::new(server(shard, 4, number));
    // The third is in none of the others' shards, and none of the first two in its.
    for kept in [id(2, 0), id(1, 1_000), id(3, 1_000)] {
        let written = store.audit(kept, UserId::NOBODY, "test", "x", Timestamp::now());
        written.await.expect("written");
    }
    let first = process(&wide, &place, "0-1/4");
    let second = process(&wide, &place, "2-3/4");
    wide.stand(0..4, 1).await;
    assert_eq!(wide.tell_servers(0..4).await.0, 300);
    all_answer(&wide, 0..4).await;
    let mut gone = vec![server(1, 4, 1_000), server(3, 4, 1_000)];
    gone.sort_unstable();
    let gone: Vec<i64> = gone.into_iter().map(u64::cast_signed).collect();
    let end = Instant::now() + crate::fake_discord::PATIENCE;
    while missing(&place).await != gone {
        assert!(Instant::now() < end, "{:?}", missing(&place).await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    // A rolling restart: the new one stands before the old one goes, and both hear everything for a while.
    let mut first = first;
    let _newer = process(&wide, &place, "0-1/4");
    wide.stand(0..2, 2).await;
    let here = server(0, 4, 7).to_string();
    let said = call(&wide, 0, schedule_daily(&here)).await;
    assert!(said.to_string().contains("Scheduled as number"), "{said}");
    let asked = question(&wide, 1);
    let token = asked["token"].as_str().expect("a token").to_owned();
    call(&wide, 1, asked).await;
    first.signal("TERM");
    for _ in 0..20 {
        all_answer(&wide, 0..2).await;
    }
    assert!(first.ended().await.success());
    wide.stand(0..2, 1).await;
    all_answer(&wide, 0..4).await;
    assert_eq!(store.digests(id(0, 7)).await.expect("read").len(), 1);
    let taken = |state: &crate::fake_discord::State| {
        let given = state.requests.iter();
        given
            .filter(|request| request.path.contains(&token) && request.status == 204)
            .count()
    };
    assert_eq!(taken(&wide.discord.shared.lock()), 1, "answered once");

    // One is killed, and another takes its part.
    second.signal("KILL");
    drop(second);
    wide.stand(2..4, 0).await;
    let _third = process(&wide, &place, "2-3/4");
    wide.stand(2..4, 1).await;
    all_answer(&wide, 0..4).await;
    assert_eq!(missing(&place).await, gone);
    assert_eq!(wide.logins().len(), 8);
    assert_eq!(wide.faults(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http_replicas_without_a_gateway_answer_and_post_once() {
    let Some(place) = Place::postgres("http_replicas_without_a_gateway").await else {
        return;
    };
    let discord = FakeDiscord::start().await;
    let (store, key) = (place.setting(), signed::public_key());
    let settings = [
        ("DISCORD_PUBLIC_KEY", key.as_str()),
        ("CAREERBOT_SHARDS", "none"),
        (store.0, &store.1),
    ];
    let start = || Bot::start_with(&discord, &["serve", "--http", "127.0.0.1:0"], &settings);
    let replicas = [start(), start()];
    for replica in &replicas {
        replica.logged("store opened").await;
        replica
            .logged("no connection to the gateway is wanted")
            .await;
        replica.logged("commands").await;
    }
    let doors = [replicas[0].address().await, replicas[1].address().await];
    let guild = fresh();
    let said = signed::interaction(doors[0], &schedule_daily(&guild)).await;
    assert!(
        said.json().to_string().contains("Scheduled as number"),
        "{}",
        said.json()
    );
    for door in doors {
        let asked = slash("ask", &[("question", json!("what does a paramedic earn?"))]);
        let answer = signed::interaction(door, &in_server(&guild, asked)).await;
        assert!(answer.json().to_string().contains("aramedic"));
    }
    let due = "UPDATE digests SET next_due = (extract(epoch FROM now()) * 1000)::BIGINT - 1000";
    assert_eq!(place.change(due).await, 1);
    discord
        .request("POST", &format!("/channels/{CHANNEL}/messages"))
        .await;
    // As long as both take turns, and longer.
    tokio::time::sleep(Duration::from_secs(17)).await;
    let posts = discord.count("POST", &format!("/channels/{CHANNEL}/messages"));
    assert_eq!(posts, 1);
    assert_eq!(discord.shared.lock().connections, 0, "no gateway");
    drop(replicas);
}

/// Says a line of the measurement.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Megabytes of memory that a process holds.
fn resident(bot: &Bot) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", bot.pid()));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, for a release build; see the head of the file"]
async fn a_hundred_and_sixty_thousand_servers_in_four_processes() {
    const TOTAL: u32 = 64;
    const EACH: u32 = 16;
    const QUESTIONS: u32 = 500;
    let Some(place) = Place::postgres("a_hundred_and_sixty_thousand_servers").await else {
        return;
    };
    let wide = Wide::start(TOTAL, 16, 2_500).await;
    let ranges: Vec<(u32, String)> = (0..TOTAL)
        .step_by(EACH as usize)
        .map(|first| (first, format!("{first}-{}/{TOTAL}", first + EACH - 1)))
        .collect();
    let begun = Instant::now();
    let mut bots: Vec<Bot> = ranges
        .iter()
        .map(|(_, range)| process(&wide, &place, range))
        .collect();
    wide.stand(0..TOTAL, 1).await;
    say(&format!(
        "64 shards of 4 processes logged in within {:.1} s",
        begun.elapsed().as_secs_f64()
    ));
    wide.discord.shared.lock().trusting = true;
    for ((first, range), bot) in ranges.iter().zip(&bots) {
        let before = resident(bot);
        let (told, took) = wide.tell_servers(*first..first + EACH).await;
        say(&format!(
            "{range}: {told} servers in {:.2} s, {:.0} events a second; {before} MB before, {} MB after",
            took.as_secs_f64(),
            told as f64 / took.as_secs_f64(),
            resident(bot)
        ));
    }
    let begun = Instant::now();
    stream::iter(0..QUESTIONS * 4)
        .for_each_concurrent(32, |number| {
            let (wide, shard) = (&wide, number * 17 % TOTAL);
            async move {
                call(wide, shard, question(wide, shard)).await;
            }
        })
        .await;
    say(&format!(
        "{} questions answered in {:.2} s by 4 processes",
        QUESTIONS * 4,
        begun.elapsed().as_secs_f64()
    ));
    // One is killed; whoever watches it starts it again.
    let begun = Instant::now();
    bots[1].signal("KILL");
    wide.stand(EACH..2 * EACH, 0).await;
    bots[1] = process(&wide, &place, &ranges[1].1);
    wide.stand(EACH..2 * EACH, 1).await;
    say(&format!(
        "16 shards of a killed process stand again after {:.1} s",
        begun.elapsed().as_secs_f64()
    ));
    all_answer(&wide, EACH..2 * EACH).await;
    for ((_, range), bot) in ranges.iter().zip(&bots) {
        say(&format!("{range}: {} MB at the end", resident(bot)));
    }
    let logins = wide.logins();
    assert_eq!(logins.len(), 80);
    let nearest = logins.iter().enumerate().flat_map(|(place, one)| {
        let same = move |other: &&wide::Login| other.shard % 16 == one.shard % 16;
        let next = logins[place + 1..].iter().find(same);
        next.map(|next| next.at - one.at)
    });
    say(&format!(
        "nearest logins of one bucket: {:.2} s",
        nearest.min().unwrap_or_default().as_secs_f64()
    ));
    assert_eq!(wide.faults(), Vec::<String>::new());
}
