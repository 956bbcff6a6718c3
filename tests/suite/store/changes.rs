//! Who hears of changes, and two replicas on one database.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use careerbot::store::postings::Plan;
use careerbot::store::settings::Settings;
use careerbot::store::{Change, Changes, Moment};

use crate::store::place::Place;
use crate::store::{ANN, BOB, HERE, at, knowledge, on_both, postings};

on_both!(
    changes_of_settings_and_entries_are_heard,
    nothing_is_heard_of_what_did_not_happen
);

async fn hear(changes: &mut Changes) -> Option<Change> {
    tokio::time::timeout(Duration::from_secs(1), changes.next())
        .await
        .expect("heard within a second")
}

async fn changes_of_settings_and_entries_are_heard(place: &Place) {
    let store = place.open().await;
    let mut changes = store.changes();
    store
        .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
        .await
        .expect("written");
    assert_eq!(hear(&mut changes).await, Some(Change::Settings(HERE)));
    let entry = store
        .add_entry(HERE, &knowledge::content("One"), ANN, at(0))
        .await
        .expect("written");
    store
        .approve_entry(HERE, entry, 1, BOB, false, at(0))
        .await
        .expect("written");
    store
        .publish_entry(HERE, entry, 1, BOB, at(0))
        .await
        .expect("written");
    assert_eq!(
        hear(&mut changes).await,
        Some(Change::Entries(HERE)),
        "drafts are nobody's business"
    );
    store
        .remove_entry(HERE, entry, BOB, at(0))
        .await
        .expect("written");
    assert_eq!(hear(&mut changes).await, Some(Change::Entries(HERE)));
}

async fn nothing_is_heard_of_what_did_not_happen(place: &Place) {
    let store = place.open().await;
    let mut changes = store.changes();
    assert!(
        !store
            .remove_entry(HERE, 5, BOB, at(0))
            .await
            .expect("written")
    );
    assert!(
        !store
            .publish_entry(HERE, 5, 1, BOB, at(0))
            .await
            .expect("written")
    );
    assert!(
        tokio::time::timeout(Duration::from_millis(200), changes.next())
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_change_reaches_the_other_replica_within_a_second() {
    let Some(place) = Place::postgres("a_change_reaches_the_other_replica_within_a_second").await
    else {
        return;
    };
    let (one, two) = (place.open().await, place.open().await);
    let mut changes = two.changes();
    for _ in 0..5 {
        let begun = Instant::now();
        one.save_settings(HERE, &Settings::default(), ANN, "x", at(0))
            .await
            .expect("written");
        assert_eq!(hear(&mut changes).await, Some(Change::Settings(HERE)));
        assert!(begun.elapsed() < Duration::from_secs(1));
    }
    for number in 0..5 {
        let content = knowledge::content(&number.to_string());
        let entry = one
            .add_entry(HERE, &content, ANN, at(0))
            .await
            .expect("written");
        one.approve_entry(HERE, entry, 1, BOB, false, at(0))
            .await
            .expect("written");
        let begun = Instant::now();
        assert!(
            one.publish_entry(HERE, entry, 1, BOB, at(0))
                .await
                .expect("written")
        );
        assert_eq!(hear(&mut changes).await, Some(Change::Entries(HERE)));
        let live = two.live_entries(HERE).await.expect("read");
        assert!(
            live.iter().any(|live| live.entry == entry),
            "what is heard can be read"
        );
        assert!(begun.elapsed() < Duration::from_secs(1));
        assert!(
            one.remove_entry(HERE, entry, BOB, at(0))
                .await
                .expect("written")
        );
        assert_eq!(hear(&mut changes).await, Some(Change::Entries(HERE)));
        assert!(two.live_entries(HERE).await.expect("read").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_replicas_plan_and_claim_every_post_once() {
    let Some(place) = Place::postgres("two_replicas_plan_and_claim_every_post_once").await else {
        return;
    };
    let (one, two) = (place.open().await, place.open().await);
    let mut digests = Vec::new();
    for _ in 0..40 {
        digests.push(
            one.add_digest(HERE, &postings::definition(), at(10), ANN, at(0))
                .await
                .expect("written"),
        );
    }
    let mut tasks = Vec::new();
    for number in 0..8 {
        let store = if number % 2 == 0 {
            one.clone()
        } else {
            two.clone()
        };
        let digests = digests.clone();
        tasks.push(tokio::spawn(async move {
            let mut planned = 0;
            for digest in digests {
                planned += usize::from(
                    store
                        .plan(
                            digest,
                            Moment::from(at(10)),
                            at(10),
                            Plan::Post,
                            Some(at(20)),
                            at(10),
                        )
                        .await
                        .expect("written"),
                );
            }
            let mut claimed = Vec::new();
            while let Some(posting) = store
                .claim(&number.to_string(), Duration::from_secs(60), at(11))
                .await
                .expect("written")
            {
                claimed.push(posting.id);
            }
            (planned, claimed)
        }));
    }
    let (mut planned, mut claimed) = (0, Vec::new());
    for task in tasks {
        let (its_planned, its_claimed) = task.await.expect("ran");
        planned += its_planned;
        claimed.extend(its_claimed);
    }
    assert_eq!(planned, 40);
    assert_eq!(claimed.len(), 40, "each once");
    assert_eq!(claimed.iter().collect::<HashSet<_>>().len(), 40);
}
