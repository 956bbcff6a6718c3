//! News feeds: asked by one, told once, and nothing of before.

use std::time::Duration;

use careerbot::store::feeds::{Due, Feed, Found, KEPT_DAYS, MOST_A_DAY};
use careerbot::store::settings::Settings;
use careerbot::store::{ServerId, Store};
use jiff::Timestamp;

use crate::store::place::Place;
use crate::store::{ANN, CHANNEL, ELSEWHERE, HERE, at, on_both};

on_both!(
    a_feed_is_asked_by_one_copy_and_only_where_somebody_hears_of_it,
    what_stood_there_before_is_no_news,
    an_item_is_told_once_and_not_too_many_a_day,
    what_is_over_is_forgotten,
);

const FEED: &str = "https://news.example/feed";
const LEASE: Duration = Duration::from_secs(60);
const DAY: i64 = 86_400;

/// The first copy of the program that asks for the feed has it until `until`.
async fn claimed(store: &Store, until: i64, now: i64) -> Option<Feed> {
    let claimed = store.claim_feed(FEED, at(until), at(now)).await;
    claimed.expect("written")
}

/// What stood in the feed when it was asked.
async fn stood(store: &Store, found: &[Found], now: i64) {
    let saved = store.save_feed(&feed(), Some(found), at(now)).await;
    saved.expect("written");
}

/// A store with one server that wants to hear of the feed, which is asked just now.
async fn asked(place: &Place) -> Store {
    let store = place.open().await;
    subscribed(&store, HERE, at(0)).await;
    claimed(&store, 900, 1).await.expect("due");
    store
}

async fn subscribed(store: &Store, server: ServerId, now: Timestamp) {
    let settings = Settings {
        log_channel: Some(CHANNEL),
        ..Settings::default()
    };
    store
        .save_settings(server, &settings, ANN, "log", now)
        .await
        .expect("written");
    assert!(
        store
            .subscribe(server, FEED, ANN, now)
            .await
            .expect("written")
    );
}

fn item(name: &str, published: Option<Timestamp>) -> Found {
    Found {
        name: name.to_owned(),
        title: format!("Title \0{name}"),
        link: String::new(),
        author: String::new(),
        published,
        text: String::new(),
    }
}

fn feed() -> Feed {
    Feed {
        address: FEED.to_owned(),
        etag: Some("1".to_owned()),
        modified: None,
        failures: 0,
        problem: None,
    }
}

/// Puts a row into every table of feeds.
pub(super) async fn fill(store: &Store, server: ServerId) {
    assert!(
        store
            .subscribe(server, FEED, ANN, at(0))
            .await
            .expect("written")
    );
    claimed(store, 900, 1).await.expect("due");
    for found in [&[][..], &[item("é \"quoted\"\n", Some(at(2)))]] {
        stood(store, found, 3).await;
    }
}

/// Everything that is to be told, as titles with their servers; it is told.
async fn told(store: &Store, now: Timestamp) -> Vec<(ServerId, String)> {
    let mut told = Vec::new();
    while let Some(due) = store.claim_news(LEASE, now).await.expect("written") {
        let item = store.news(due).await.expect("read").expect("there");
        told.push((due.server, item.title));
        store.told_news(due, now).await.expect("written");
    }
    told
}

async fn a_feed_is_asked_by_one_copy_and_only_where_somebody_hears_of_it(place: &Place) {
    let store = place.open().await;
    let other = place.second(&store).await;
    assert_eq!(claimed(&store, 900, 0).await, None);
    subscribed(&store, HERE, at(0)).await;
    assert!(
        !store
            .subscribe(HERE, FEED, ANN, at(1))
            .await
            .expect("written")
    );
    let (one, two) = tokio::join!(
        store.claim_feed(FEED, at(900), at(1)),
        other.claim_feed(FEED, at(900), at(1))
    );
    let claims = [one.expect("written"), two.expect("written")];
    assert_eq!(claims.iter().flatten().count(), 1, "{claims:?}");
    assert!(claimed(&store, 1_800, 899).await.is_none());
    store
        .fail_feed(FEED, "it cannot be reached", at(1_000))
        .await
        .expect("written");
    let failed = claimed(&store, 2_000, 1_000).await.expect("due");
    assert_eq!(
        (failed.failures, failed.problem.as_deref()),
        (1, Some("it cannot be reached"))
    );
    stood(&store, &[], 1_001).await;
    let known = store.feed(FEED).await.expect("read").expect("there");
    assert_eq!(
        (known.etag.as_deref(), known.failures, known.problem),
        (Some("1"), 0, None)
    );
    // Another one who subscribes has it asked at once, for all that it holds.
    subscribed(&store, ELSEWHERE, at(1_002)).await;
    let anew = claimed(&store, 2_000, 1_003).await.expect("due");
    assert_eq!(anew.etag, None);
}

async fn what_stood_there_before_is_no_news(place: &Place) {
    let store = asked(place).await;
    let (old, new) = (Some(at(-5)), Some(at(5)));
    let first = [item("new", new), item("old", old), item("undated", None)];
    stood(&store, &first, 10).await;
    assert_eq!(told(&store, at(11)).await, [(HERE, "Title new".to_owned())]);
    // An undated one that comes later is news, and so is one with the day of yesterday; one of long ago and what stood there are not.
    let more = [
        item("later", None),
        item("yesterday", Some(at(-DAY))),
        item("ancient", Some(at(-60 * DAY))),
        item("someday", Some(at(900 * DAY))),
    ];
    let all: Vec<Found> = more.iter().chain(&first).cloned().collect();
    subscribed(&store, ELSEWHERE, at(20)).await;
    stood(&store, &all, 30).await;
    let mut titles: Vec<String> = told(&store, at(31))
        .await
        .into_iter()
        .map(|(server, title)| {
            assert_eq!(server, HERE);
            title
        })
        .collect();
    titles.sort();
    assert_eq!(titles, ["Title later", "Title someday", "Title yesterday"]);
    store
        .save_feed(&feed(), None, at(40))
        .await
        .expect("written");
    assert!(told(&store, at(41)).await.is_empty());
}

async fn an_item_is_told_once_and_not_too_many_a_day(place: &Place) {
    let store = place.open().await;
    let other = place.second(&store).await;
    for server in [HERE, ELSEWHERE] {
        subscribed(&store, server, at(0)).await;
    }
    claimed(&store, 900, 1).await;
    stood(&store, &[], 2).await;
    stood(&store, &[item("a", None)], 3).await;
    let claim = |store: &Store| {
        let store = store.clone();
        async move { store.claim_news(LEASE, at(4)).await.expect("written") }
    };
    let (one, two) = tokio::join!(claim(&store), claim(&other));
    let mut claimed: Vec<Due> = [one, two, claim(&store).await]
        .into_iter()
        .flatten()
        .collect();
    claimed.sort_by_key(|due| due.server);
    assert_eq!(
        claimed.iter().map(|due| due.server).collect::<Vec<_>>(),
        [HERE, ELSEWHERE]
    );
    assert_eq!(claim(&store).await, None);
    // Whoever claimed it died: the next one has it when the lease is over.
    assert_eq!(told(&store, at(4 + 60)).await.len(), 2);
    assert!(
        store
            .ignore_news(claimed[0], ANN, at(70))
            .await
            .expect("written")
    );
    assert!(
        !store
            .ignore_news(claimed[0], ANN, at(70))
            .await
            .expect("written")
    );
    let foreign = Due {
        server: ServerId::new(333),
        ..claimed[0]
    };
    assert_eq!(store.news(foreign).await.expect("read"), None);
    assert!(
        store
            .unsubscribe(ELSEWHERE, FEED, ANN, at(80))
            .await
            .expect("written")
    );
    let many: Vec<Found> = (0..30)
        .map(|number| item(&number.to_string(), None))
        .collect();
    stood(&store, &many, 90).await;
    let most = usize::try_from(MOST_A_DAY).expect("a number");
    assert_eq!(
        told(&store, at(100)).await.len(),
        most - 1,
        "one was told before"
    );
    assert_eq!(
        told(&store, at(100 + DAY)).await.len(),
        31 - most,
        "the others wait for the next day"
    );
    assert!(told(&store, at(200 + DAY)).await.is_empty());
}

async fn what_is_over_is_forgotten(place: &Place) {
    let store = asked(place).await;
    stood(&store, &[item("a", None)], 2).await;
    stood(&store, &[item("b", None)], 3).await;
    assert_eq!(
        store
            .forget_old_news(at(KEPT_DAYS * DAY))
            .await
            .expect("written"),
        1,
        "nobody heard of it in time"
    );
    let end = at(KEPT_DAYS * DAY + 10);
    assert_eq!(
        store.forget_old_news(end).await.expect("written"),
        1,
        "what stands in the feed stays known"
    );
    store.delete_server(HERE).await.expect("written");
    assert_eq!(
        store.forget_old_news(end).await.expect("written"),
        2,
        "the other item, and the feed"
    );
    assert!(store.is_empty().await.expect("read"));
}
