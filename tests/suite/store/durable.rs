//! Killed in the middle of writing, again and again: what was acknowledged is there.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

use careerbot::store::{Location, Store};
use secrecy::{ExposeSecret as _, SecretString};

use crate::store::place::Place;
use crate::store::{ANN, HERE, at, knowledge};

const PLACE: &str = "CAREERBOT_TEST_PLACE";
const FIRST: &str = "CAREERBOT_TEST_FIRST";

/// Runs in a process of its own, which is killed: writes entries and acknowledges each on standard output.
#[tokio::test]
#[ignore = "the other half of the tests below"]
async fn child_that_writes() {
    let Ok(place) = std::env::var(PLACE) else {
        return;
    };
    let first: u64 = std::env::var(FIRST)
        .expect("a number")
        .parse()
        .expect("a number");
    let location = Location::choose(Some(&SecretString::from(place)), std::path::Path::new("."))
        .expect("a location");
    let store = Store::open(&location).await.expect("opened");
    let mut out = std::io::stdout();
    for number in first.. {
        store
            .add_entry(HERE, &knowledge::content(&number.to_string()), ANN, at(0))
            .await
            .expect("written");
        writeln!(out, "\nack {number}")
            .and_then(|()| out.flush())
            .expect("heard");
    }
}

#[tokio::test]
async fn a_hundred_kills_lose_nothing_acknowledged_on_sqlite() {
    kill_again_and_again(&Place::sqlite(), 100).await;
}

#[tokio::test]
async fn kills_lose_nothing_acknowledged_on_postgres() {
    let Some(place) = Place::postgres("kills_lose_nothing_acknowledged_on_postgres").await else {
        return;
    };
    kill_again_and_again(&place, 25).await;
}

async fn kill_again_and_again(place: &Place, times: u64) {
    let url = match place.location() {
        Location::Sqlite(path) => format!("sqlite:{}", path.display()),
        Location::Postgres(url) => url.expose_secret().to_owned(),
    };
    let mut acknowledged: Vec<u64> = Vec::new();
    for round in 0..times {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                "store::durable::child_that_writes",
                "--ignored",
                "--nocapture",
            ])
            .env(PLACE, &url)
            .env(FIRST, (round * 1_000_000).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut take = |line: std::io::Result<String>| {
            acknowledged.extend(
                line.ok()
                    .and_then(|line| line.strip_prefix("ack ")?.parse::<u64>().ok()),
            )
        };
        // At least one acknowledgement, then a moment that differs from round to round.
        loop {
            let line = lines.next().expect("the child writes");
            let done = line.as_ref().is_ok_and(|line| line.starts_with("ack"));
            take(line);
            if done {
                break;
            }
        }
        std::thread::sleep(Duration::from_micros(round * 131 % 7_919));
        child.kill().expect("SIGKILL");
        child.wait().expect("gone");
        lines.for_each(take);
    }
    assert!(acknowledged.len() as u64 >= times);
    let store = place.open().await;
    let entries = store.entries(HERE).await.expect("read");
    let kept: std::collections::HashSet<u64> = entries
        .iter()
        .map(|entry| entry.title.parse().expect("a number"))
        .collect();
    let lost: Vec<u64> = acknowledged
        .iter()
        .copied()
        .filter(|number| !kept.contains(number))
        .collect();
    assert_eq!(lost, Vec::<u64>::new());
    assert!(
        kept.len() as u64 <= acknowledged.len() as u64 + times,
        "at most the one under way is there unacknowledged"
    );
    // Each entry came with its line in the audit log, or not at all.
    let mut lines = 0;
    let mut before = None;
    loop {
        let page = store.audit_log(HERE, before, u16::MAX).await.expect("read");
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        lines += page.len();
    }
    assert_eq!(lines, entries.len());
}
