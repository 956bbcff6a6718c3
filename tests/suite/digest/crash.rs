//! Killed at every step between a due digest and its recorded message: nothing is lost and nothing comes twice.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use careerbot::digest::runner::Runner;
use careerbot::store::postings::State;
use careerbot::store::{Location, Store};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};

use super::channel::Channel;
use super::daily;
use super::turns::{knowledge, later, nine, turn};
use crate::store::place::Place;
use crate::store::{ANN, HERE, on_both};

on_both!(
    a_kill_at_any_step_neither_loses_nor_doubles_a_post,
    a_kill_at_each_step_in_turn_still_posts_once
);

const PLACE: &str = "CAREERBOT_TEST_DIGEST_PLACE";
const CHANNEL: &str = "CAREERBOT_TEST_DIGEST_CHANNEL";
const STOP: &str = "CAREERBOT_TEST_DIGEST_STOP";
const NOW: &str = "CAREERBOT_TEST_DIGEST_NOW";

/// Every step, in order.
const STEPS: &[&str] = &[
    "Planned",
    "Claimed",
    "Composed",
    "Saved",
    "before the message",
    "after the message",
    "Answered",
    "Recorded",
];

/// Says that it has come to a step, and stops there for good when it is the one to die at.
fn stop_at(step: &str) {
    if std::env::var(STOP).is_ok_and(|stop| stop == step) {
        let mut out = std::io::stdout();
        writeln!(out, "\nreached {step}")
            .and_then(|()| out.flush())
            .expect("heard");
        loop {
            std::thread::sleep(std::time::Duration::from_secs(60));
        }
    }
}

/// Runs in a process of its own, which is killed at a step.
#[tokio::test]
#[ignore = "the other half of the tests below"]
async fn child_that_posts() {
    let Ok(place) = std::env::var(PLACE) else {
        return;
    };
    let location =
        Location::choose(Some(&SecretString::from(place)), Path::new(".")).expect("a location");
    let store = Store::open(&location).await.expect("opened");
    let mut channel = Channel::new(PathBuf::from(std::env::var(CHANNEL).expect("a file")));
    channel.watch = Box::new(stop_at);
    let now: Timestamp = std::env::var(NOW)
        .expect("a moment")
        .parse()
        .expect("a moment");
    let clock = move || now;
    // An owner of its own, as each start of the program has.
    let owner = format!("child {}", std::process::id());
    let runner = Runner {
        store: &store,
        poster: &channel,
        owner: &owner,
        clock: &clock,
        watch: &|point| stop_at(&format!("{point:?}")),
    };
    runner.turn(&knowledge()).await.expect("a turn");
}

/// Lets a child run until it comes to a step, and kills it there. `false` when it ended without coming to it.
fn kill_at(step: &str, place: &Place, channel: &Path, now: Timestamp) -> bool {
    let url = match place.location() {
        Location::Sqlite(path) => format!("sqlite:{}", path.display()),
        Location::Postgres(url) => url.expose_secret().to_owned(),
    };
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args([
            "--exact",
            "digest::crash::child_that_posts",
            "--ignored",
            "--nocapture",
        ])
        .env(PLACE, url)
        .env(CHANNEL, channel)
        .env(STOP, step)
        .env(NOW, now.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let reached = lines
        .map_while(Result::ok)
        .any(|line| line == format!("reached {step}"));
    child.kill().expect("SIGKILL");
    child.wait().expect("gone");
    reached
}

async fn check_posted_once(place: &Place, channel: &Channel, name: &str) {
    assert_eq!(
        channel.messages().len(),
        1,
        "{name}: {:?}",
        channel.messages()
    );
    let store = place.open().await;
    let postings = store.postings(HERE, None, 10).await.expect("read");
    assert_eq!(postings.len(), 1, "{name}");
    assert_eq!(
        (
            postings[0].state,
            postings[0].message.map(|message| message.get())
        ),
        (State::Recorded, Some(1)),
        "{name}"
    );
    let digest = store.digests(HERE).await.expect("read").remove(0);
    assert!(
        digest.memory.contains("telehealth-expansion"),
        "{name}: {}",
        digest.memory
    );
    store.delete_server(HERE).await.expect("written");
    store.close().await;
}

async fn a_kill_at_any_step_neither_loses_nor_doubles_a_post(place: &Place) {
    let knowledge = knowledge();
    for (number, step) in STEPS.iter().enumerate() {
        let store = place.open().await;
        store
            .add_digest(HERE, &daily("next-trend"), nine(), ANN, later(-60))
            .await
            .expect("written");
        store.close().await;
        drop(store);
        let channel = Channel::new(place.file(&format!("channel{number}")));
        assert!(
            kill_at(step, place, &channel.file, nine()),
            "the child comes to {step}"
        );
        let store = place.open().await;
        // Nobody waits for the dead: once the lease is over, the post goes on.
        turn(&store, &channel, &knowledge, later(200)).await;
        turn(&store, &channel, &knowledge, later(400)).await;
        store.close().await;
        drop(store);
        check_posted_once(place, &channel, step).await;
    }
}

async fn a_kill_at_each_step_in_turn_still_posts_once(place: &Place) {
    let store = place.open().await;
    store
        .add_digest(HERE, &daily("next-trend"), nine(), ANN, later(-60))
        .await
        .expect("written");
    store.close().await;
    drop(store);
    let channel = Channel::new(place.file("channel"));
    for (number, step) in (0..).zip(STEPS) {
        assert!(
            kill_at(step, place, &channel.file, later(number * 200)),
            "the child comes to {step}"
        );
    }
    check_posted_once(place, &channel, "all").await;
}
