//! Direct messages about posts: who wants them, and those on their way, each to one and once.

use std::time::Duration;

use careerbot::store::letters::{FRESH_DAYS, Letter, MOST_READERS, Reader, Toggled};
use careerbot::store::subscriptions::Subscription;
use careerbot::store::{ChannelId, MessageId, Store, UserId};

use crate::store::place::Place;
use crate::store::postings::due_posting;
use crate::store::{ANN, BOB, CHANNEL, ELSEWHERE, HERE, at, on_both};

on_both!(
    members_read_what_is_offered_until_they_want_no_more,
    no_more_than_so_many_read_however_many_press_at_once,
    a_letter_is_planned_with_its_post_and_goes_to_one_sender_at_a_time,
    letters_go_with_their_reader_their_post_and_their_time,
    a_member_who_is_forgotten_gets_no_more,
);

const LEASE: Duration = Duration::from_secs(60);
const DAY: i64 = 86_400;

async fn offer(store: &Store, direct: bool) {
    let wanted = Subscription {
        topic: "all".to_owned(),
        role: None,
        mention: false,
        direct,
    };
    let done = store.set_subscription(HERE, &wanted, ANN, at(0)).await;
    done.expect("written");
}

fn reader(member: UserId) -> Reader {
    Reader {
        server: HERE,
        topic: "all".to_owned(),
        member,
    }
}

async fn toggle(store: &Store, member: UserId) -> Toggled {
    let done = store.toggle_reader(&reader(member), at(1)).await;
    done.expect("written")
}

/// A post that is recorded, for those who read about all.
async fn recorded(store: &Store) -> i64 {
    let (_, posting) = due_posting(store).await;
    let sent = store.begin_sending(&posting, "a", LEASE, at(12)).await;
    assert!(sent.expect("written"));
    for _ in 0..2 {
        let (id, message) = (posting.id, MessageId::new(9));
        let done = store
            .record(id, CHANNEL, message, Some("all"), at(13))
            .await;
        done.expect("written");
    }
    posting.id
}

async fn claim(store: &Store, seconds: i64) -> Option<Letter> {
    store
        .claim_letter(LEASE, at(seconds))
        .await
        .expect("written")
}

async fn reading(store: &Store) -> i64 {
    let all = store.readers(HERE).await.expect("read");
    all.first().map_or(0, |one| one.members)
}

/// Puts a reader and a letter into the store.
pub(super) async fn fill(store: &Store) {
    offer(store, true).await;
    assert_eq!(toggle(store, ANN).await, Toggled::On);
    store
        .set_room(ANN, ChannelId::new(77))
        .await
        .expect("written");
    recorded(store).await;
}

/// The letter of [`fill`] waits.
pub(super) async fn waits(store: &Store) {
    let letter = claim(store, 20).await.expect("a letter");
    assert_eq!(
        (letter.member, letter.room, letter.tries),
        (ANN, Some(ChannelId::new(77)), 1)
    );
    let later = store.send_later(&letter, at(0), false).await;
    later.expect("written");
}

async fn members_read_what_is_offered_until_they_want_no_more(place: &Place) {
    let store = place.open().await;
    assert_eq!(toggle(&store, ANN).await, Toggled::NotOffered);
    offer(&store, false).await;
    assert_eq!(toggle(&store, ANN).await, Toggled::NotOffered);
    offer(&store, true).await;
    for expected in [Toggled::On, Toggled::Off, Toggled::On] {
        assert_eq!(toggle(&store, ANN).await, expected);
    }
    assert_eq!(toggle(&store, BOB).await, Toggled::On);
    assert_eq!(reading(&store).await, 2);
    assert_eq!(store.read_by(HERE, ANN).await.expect("read"), [reader(ANN)]);
    assert!(
        store
            .read_by(ELSEWHERE, ANN)
            .await
            .expect("read")
            .is_empty()
    );
    for done in [true, false] {
        let stopped = store.stop_reading(&reader(ANN)).await.expect("written");
        assert_eq!(stopped, done);
    }
    offer(&store, true).await;
    assert_eq!(reading(&store).await, 1, "offered again changes nothing");
    offer(&store, false).await;
    assert_eq!(reading(&store).await, 0);
    offer(&store, true).await;
    assert_eq!(toggle(&store, BOB).await, Toggled::On);
    let dropped = store.drop_subscription(HERE, "all", ANN, at(2)).await;
    assert!(dropped.expect("written"));
    assert_eq!(reading(&store).await, 0);
}

async fn no_more_than_so_many_read_however_many_press_at_once(place: &Place) {
    let store = place.open().await;
    offer(&store, true).await;
    let filled = place
        .change(
            "INSERT INTO readers (server, topic, member, since) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 498) \
             SELECT 111, 'all', 1000 + i, 0 FROM n",
        )
        .await;
    assert_eq!(filled, 498);
    let other = if store.is_shared() {
        place.open().await
    } else {
        store.clone()
    };
    let mut tasks = Vec::new();
    for number in 1..=8 {
        let store = if number % 2 == 0 { &store } else { &other }.clone();
        tasks.push(tokio::spawn(async move {
            toggle(&store, UserId::new(number)).await
        }));
    }
    let mut on = 0;
    for task in tasks {
        match task.await.expect("ran") {
            Toggled::On => on += 1,
            other => assert_eq!(other, Toggled::Full),
        }
    }
    assert_eq!((on, reading(&store).await), (2, MOST_READERS));
}

async fn a_letter_is_planned_with_its_post_and_goes_to_one_sender_at_a_time(place: &Place) {
    let store = place.open().await;
    offer(&store, true).await;
    for member in [ANN, BOB] {
        toggle(&store, member).await;
    }
    let posting = recorded(&store).await;
    let (first, second) = (claim(&store, 14).await, claim(&store, 14).await);
    let (first, second) = (first.expect("a letter"), second.expect("another"));
    assert_eq!((first.posting, first.room), (posting, None));
    assert_ne!(first.member, second.member);
    assert_eq!(claim(&store, 15).await, None);
    store.settle_letter(&first).await.expect("written");
    let again = claim(&store, 74).await.expect("its lease is over");
    assert_eq!((again.member, again.tries), (second.member, 2));
    for (counted, tries) in [(true, 3), (false, 3)] {
        let later = store.send_later(&again, at(100), counted).await;
        later.expect("written");
        assert_eq!(claim(&store, 99).await, None);
        let next = claim(&store, 100).await.expect("due");
        assert_eq!(next.tries, if counted { tries } else { tries - 1 });
    }
    store.settle_letter(&second).await.expect("written");
    assert_eq!(claim(&store, 900).await, None, "each was planned once");
}

async fn letters_go_with_their_reader_their_post_and_their_time(place: &Place) {
    let store = place.open().await;
    offer(&store, true).await;
    toggle(&store, ANN).await;
    recorded(&store).await;
    assert!(store.stop_reading(&reader(ANN)).await.expect("written"));
    assert_eq!(claim(&store, 14).await, None, "no more is wanted");
    toggle(&store, ANN).await;
    recorded(&store).await;
    assert_eq!(
        place
            .change("UPDATE postings SET state = 'removed' WHERE state = 'recorded'")
            .await,
        2
    );
    assert_eq!(claim(&store, 14).await, None, "the post is gone");
    let old = |days: i64| store.forget_old_letters(at(13 + days * DAY));
    assert_eq!(old(0).await.expect("written"), 1);
    recorded(&store).await;
    assert_eq!(claim(&store, 13 + FRESH_DAYS * DAY).await, None, "old news");
    assert_eq!(old(FRESH_DAYS - 1).await.expect("written"), 0);
    assert_eq!(old(FRESH_DAYS).await.expect("written"), 1);
    recorded(&store).await;
    store.delete_server(HERE).await.expect("written");
    assert!(store.is_empty().await.expect("read"));
}

async fn a_member_who_is_forgotten_gets_no_more(place: &Place) {
    let store = place.open().await;
    offer(&store, true).await;
    for member in [ANN, BOB] {
        toggle(&store, member).await;
    }
    recorded(&store).await;
    let before = store.delete_member(BOB).await.expect("written");
    assert_eq!(before.readers, 1);
    let data = store.member_data(BOB).await.expect("read");
    assert_eq!(data.readers, 0);
    assert_eq!(claim(&store, 14).await.map(|one| one.member), Some(ANN));
    assert_eq!(claim(&store, 14).await, None);
}
