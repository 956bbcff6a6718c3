//! The running program and its store in trouble: members get their answers, moderators read what is the matter, and what was
//! acknowledged is there.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use careerbot::store::{Location, Store};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::fake_discord::payloads::{MANAGE_SERVER, as_member, slash, subcommand};
use crate::fake_discord::{Bot, FakeDiscord};
use crate::store::backups::make_newer;
use crate::store::postgres::{Reach, Server};
use crate::store::silent::Relay;
use crate::store::{ANN, HERE};

/// Discord waits this long for an answer.
const DISCORD_WAITS: Duration = Duration::from_secs(3);

/// From a member of their own each time, of whom no rate limit has heard.
fn fresh(mut interaction: Value) -> Value {
    static MEMBERS: AtomicU64 = AtomicU64::new(410_000_000_000_000_000);
    let member = MEMBERS.fetch_add(1, Ordering::Relaxed).to_string();
    interaction["member"]["user"]["id"] = json!(member);
    interaction
}

fn moderator(interaction: Value) -> Value {
    fresh(as_member(interaction, MANAGE_SERVER, &[]))
}

#[track_caller]
fn text(body: &Value) -> String {
    body["data"]["content"]
        .as_str()
        .unwrap_or_else(|| panic!("no content: {body}"))
        .to_owned()
}

/// A member asks, and gets the answer in time whatever the store does.
async fn answering_goes_on(discord: &FakeDiscord) {
    let begun = Instant::now();
    let answer = discord
        .interact(fresh(slash(
            "ask",
            &[("question", json!("What does a dentist earn?"))],
        )))
        .await;
    assert!(begun.elapsed() < DISCORD_WAITS, "{:?}", begun.elapsed());
    let said = answer["data"].to_string();
    assert!(
        said.contains("a year") && !said.contains("store"),
        "{answer}"
    );
}

async fn set_zone(discord: &FakeDiscord, zone: &str) -> String {
    let begun = Instant::now();
    let body = discord
        .interact(moderator(subcommand(
            "settings",
            "set",
            &[("time-zone", 3, json!(zone))],
        )))
        .await;
    assert!(begun.elapsed() < DISCORD_WAITS, "{:?}", begun.elapsed());
    text(&body)
}

async fn view(discord: &FakeDiscord) -> String {
    text(
        &discord
            .interact(moderator(subcommand("settings", "view", &[])))
            .await,
    )
}

/// Tries until the store answers again.
async fn back(discord: &FakeDiscord, zone: &str) {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let said = set_zone(discord, zone).await;
        if said.starts_with("Saved.")
            || said.starts_with("Nothing changed: it was set like this already")
        {
            return;
        }
        assert!(Instant::now() < end, "{said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_is_lost_while_serving_is_said_and_used_again() {
    const TEST: &str = "a_postgres_that_is_lost_while_serving_is_said_and_used_again";
    let Some(mut server) = Server::start(TEST) else {
        return;
    };
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(
        &discord,
        &["serve"],
        &[("DATABASE_URL", &server.url("postgres"))],
    );
    discord.ready(1).await;
    assert!(
        set_zone(&discord, "Europe/Paris")
            .await
            .starts_with("Saved.")
    );
    server.order("stop");
    answering_goes_on(&discord).await;
    let said = set_zone(&discord, "Europe/Rome").await;
    assert!(said.contains("My store"), "{said}");
    answering_goes_on(&discord).await;
    server.order("start");
    back(&discord, "Europe/Vienna").await;
    assert!(view(&discord).await.contains("Europe/Vienna"));
    assert!(!bot.log().contains("panicked"), "{}", bot.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_falls_silent_while_serving_holds_no_answer_up() {
    const TEST: &str = "a_postgres_that_falls_silent_while_serving_holds_no_answer_up";
    let Some(server) = Server::start_reached(TEST, Reach::Port) else {
        return;
    };
    let relay = Relay::start(server.port()).await;
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start_with(&discord, &["serve"], &[("DATABASE_URL", &relay.url())]);
    discord.ready(1).await;
    assert!(
        set_zone(&discord, "Europe/Paris")
            .await
            .starts_with("Saved.")
    );
    relay.silence(true);
    answering_goes_on(&discord).await;
    let said = set_zone(&discord, "Europe/Rome").await;
    assert!(
        said.contains("did not answer in time, and nothing was changed"),
        "{said}"
    );
    relay.silence(false);
    back(&discord, "Europe/Vienna").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_never_answers_does_not_keep_the_program_from_serving() {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!(
        "postgres://bot:hunter2@{}/careerbot",
        silent.local_addr().expect("its address")
    );
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, &["serve"], &[("DATABASE_URL", &url)]);
    discord.ready(1).await;
    answering_goes_on(&discord).await;
    assert!(
        set_zone(&discord, "Europe/Rome")
            .await
            .contains("store is not available")
    );
    bot.logged("the store cannot be opened; answering goes on, and it is tried again")
        .await;
    assert!(!bot.log().contains("hunter2"), "{}", bot.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_that_is_started_before_the_old_one_stops_gets_its_store() {
    let discord = FakeDiscord::start().await;
    let data = tempfile::tempdir().expect("a folder");
    let settings = [("CAREERBOT_DATA", data.path().to_str().expect("UTF-8"))];
    let mut old = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(1).await;
    old.logged("store opened").await;
    let new = Bot::start_with(&discord, &["serve"], &settings);
    new.logged("is in use by another careerbot").await;
    new.logged("it is tried again").await;
    old.signal("TERM");
    assert!(old.ended().await.success());
    new.logged("store opened").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_another_program_locks_is_said_and_written_again() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    assert!(
        set_zone(&discord, "Europe/Paris")
            .await
            .starts_with("Saved.")
    );
    let other = Connection::open(bot.data().join("careerbot.db")).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let said = set_zone(&discord, "Europe/Rome").await;
    assert!(
        said.contains("did not answer in time, and nothing was changed"),
        "{said}"
    );
    answering_goes_on(&discord).await;
    assert!(
        view(&discord).await.contains("Europe/Paris"),
        "reading goes on"
    );
    other.execute_batch("ROLLBACK").expect("free");
    back(&discord, "Europe/Vienna").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_runs_full_is_said_and_what_was_saved_is_there() {
    let discord = FakeDiscord::start().await;
    let mut bot = Bot::start_with_little_room(&discord, 500);
    discord.ready(1).await;
    let mut saved = "UTC";
    let zones = ["Europe/Paris", "Europe/Rome"].into_iter().cycle();
    let mut refused = String::new();
    for zone in zones.take(60) {
        let said = set_zone(&discord, zone).await;
        if !said.starts_with("Saved.") {
            refused = said;
            break;
        }
        saved = zone;
    }
    assert!(
        refused.contains("disk of my store is full, and nothing was changed"),
        "{refused}"
    );
    answering_goes_on(&discord).await;
    assert!(view(&discord).await.contains(saved), "reading goes on");
    bot.make_room();
    back(&discord, "Europe/Vienna").await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let store = Store::open(&Location::Sqlite(bot.data().join("careerbot.db")))
        .await
        .expect("opened");
    let server = careerbot::store::ServerId::new(
        crate::fake_discord::payloads::GUILD.parse().expect("an id"),
    );
    assert_eq!(
        store.settings(server).await.expect("read").zone,
        "Europe/Vienna"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_cannot_be_written_and_a_newer_database_are_said_at_the_start() {
    let newer = tempfile::tempdir().expect("a folder");
    let file = newer.path().join("careerbot.db");
    Store::open(&Location::Sqlite(file.clone()))
        .await
        .expect("opened")
        .close()
        .await;
    make_newer(&file);
    // Nobody may make a folder here, root neither.
    for (data, says) in [
        (
            "/sys/careerbot",
            "give the user that runs careerbot write permission",
        ),
        (
            newer.path().to_str().expect("UTF-8"),
            "install the newer careerbot",
        ),
    ] {
        let discord = FakeDiscord::start().await;
        let bot = Bot::start_with(&discord, &["serve"], &[("CAREERBOT_DATA", data)]);
        discord.ready(1).await;
        bot.logged(says).await;
        answering_goes_on(&discord).await;
        assert!(view(&discord).await.contains("store is not available"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_old_is_deleted_by_the_running_program() {
    let data = tempfile::tempdir().expect("a folder");
    let location = Location::Sqlite(data.path().join("careerbot.db"));
    let days_ago = |days: i64| Timestamp::now() - SignedDuration::from_hours(24 * days);
    let store = Store::open(&location).await.expect("opened");
    store
        .audit(HERE, ANN, "old", "x", days_ago(91))
        .await
        .expect("written");
    store
        .audit(HERE, ANN, "kept", "x", days_ago(89))
        .await
        .expect("written");
    let old = store
        .add_draft(HERE, ANN, &super::postings::draft_content(), days_ago(8))
        .await
        .expect("written");
    let kept = store
        .add_draft(HERE, ANN, &super::postings::draft_content(), days_ago(6))
        .await
        .expect("written");
    store.close().await;
    drop(store);
    let discord = FakeDiscord::start().await;
    let folder = data.path().to_str().expect("UTF-8");
    let mut bot = Bot::start_with(&discord, &["serve"], &[("CAREERBOT_DATA", folder)]);
    discord.ready(1).await;
    bot.logged("old records deleted").await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let store = Store::open(&location).await.expect("opened");
    let log = store.audit_log(HERE, None, 10).await.expect("read");
    assert_eq!(
        log.iter()
            .map(|entry| entry.what.as_str())
            .collect::<Vec<_>>(),
        ["kept"]
    );
    assert!(
        store.draft(HERE, old).await.expect("read").is_none(),
        "a week, as /privacy says"
    );
    assert!(store.draft(HERE, kept).await.expect("read").is_some());
}
