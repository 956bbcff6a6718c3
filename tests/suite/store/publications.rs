//! Publications: ordered once, claimed once, held, given up, gone with their posts, and part of every backup.

use std::time::Duration;

use careerbot::store::postings::Hold;
use careerbot::store::publications::State;
use careerbot::store::{MessageId, Store};

use super::place::Place;
use super::postings::due_posting;
use crate::store::{ANN, BOB, CHANNEL, ELSEWHERE, HERE, at, on_both};

on_both!(
    a_publication_is_ordered_once_and_claimed_by_one,
    what_is_held_or_given_up_is_told_once_and_can_be_ordered_again,
    a_publication_goes_with_its_post_and_into_every_backup,
    a_server_that_removed_the_bot_publishes_nothing,
);

const LEASE: Duration = Duration::from_secs(60);

/// A posting that stands in its channel.
async fn recorded(store: &Store) -> i64 {
    let (_, posting) = due_posting(store).await;
    assert!(
        store
            .begin_sending(&posting, "a", LEASE, at(12))
            .await
            .expect("written")
    );
    store
        .record(posting.id, CHANNEL, MessageId::new(9), None, at(13))
        .await
        .expect("written");
    posting.id
}

/// A publication that waits.
pub(crate) async fn ordered(store: &Store) {
    let id = recorded(store).await;
    assert!(order(store, id, 14).await);
}

async fn order(store: &Store, id: i64, seconds: i64) -> bool {
    store
        .order_publication(HERE, id, ANN, LEASE, at(seconds))
        .await
        .expect("written")
}

async fn a_publication_is_ordered_once_and_claimed_by_one(place: &Place) {
    let store = place.open().await;
    let (_, posting) = due_posting(&store).await;
    assert!(!order(&store, posting.id, 12).await, "it is not posted yet");
    assert!(
        store
            .begin_sending(&posting, "a", LEASE, at(12))
            .await
            .expect("written")
    );
    store
        .record(posting.id, CHANNEL, MessageId::new(9), None, at(13))
        .await
        .expect("written");
    let id = posting.id;
    assert!(
        !store
            .order_publication(ELSEWHERE, id, ANN, LEASE, at(14))
            .await
            .expect("written"),
        "another server's post"
    );
    let (one, two) = tokio::join!(order(&store, id, 14), order(&store, id, 14));
    assert!(one != two, "of two orders at once, one counts");
    let claim = async |seconds| {
        store
            .claim_publication(LEASE, at(seconds))
            .await
            .expect("written")
    };
    assert_eq!(claim(15).await, None, "whoever ordered it has it");
    let (one, two) = tokio::join!(claim(75), claim(75));
    assert!(
        one.is_some() != two.is_some(),
        "one takes it over: {one:?} {two:?}"
    );
    assert_eq!(one.or(two).expect("claimed").attempts, 2);
    assert_eq!(store.member_data(ANN).await.expect("read").publications, 1);
    store.save_publication(id, at(76)).await.expect("written");
    store.save_publication(id, at(77)).await.expect("written");
    assert_eq!(store.publication(HERE, id).await.expect("read"), None);
    let log = store.audit_log(HERE, None, 9).await.expect("read");
    let done = log.iter().filter(|line| line.what == "digest.publish");
    assert_eq!(done.map(|line| line.who).collect::<Vec<_>>(), [ANN]);
}

async fn what_is_held_or_given_up_is_told_once_and_can_be_ordered_again(place: &Place) {
    let store = place.open().await;
    let id = recorded(&store).await;
    assert!(order(&store, id, 14).await);
    let hold = Hold {
        until: at(2_400),
        reason: "Discord says: slowly",
        in_doubt: false,
        tell: true,
    };
    store.hold_publication(id, &hold).await.expect("written");
    let untold = store.untold_publications(9).await.expect("read");
    assert_eq!(
        untold
            .iter()
            .map(|one| (one.posting, one.attempts, one.due_at.timestamp()))
            .collect::<Vec<_>>(),
        [(id, 0, at(2_400))],
        "a wait that Discord wants is no attempt"
    );
    store
        .told_of_publication(&untold[0])
        .await
        .expect("written");
    assert!(store.untold_publications(9).await.expect("read").is_empty());
    assert!(!order(&store, id, 20).await, "it waits already");
    assert_eq!(
        store
            .claim_publication(LEASE, at(2_399))
            .await
            .expect("written"),
        None
    );
    let due = store.claim_publication(LEASE, at(2_400)).await;
    assert_eq!(due.expect("written").expect("due").posting, id);
    store
        .fail_publication(id, "the channel is gone", at(2_401))
        .await
        .expect("written");
    let untold = store.untold_publications(9).await.expect("read");
    assert_eq!(
        untold
            .iter()
            .map(|one| (one.state, one.reason.as_deref()))
            .collect::<Vec<_>>(),
        [(State::Failed, Some("the channel is gone"))]
    );
    // Whoever was told how it waited does not know yet that it failed.
    let mut waiting = untold[0].clone();
    waiting.state = State::Waiting;
    store.told_of_publication(&waiting).await.expect("written");
    assert_eq!(store.untold_publications(9).await.expect("read").len(), 1);
    assert_eq!(
        store
            .claim_publication(LEASE, at(9_999))
            .await
            .expect("written"),
        None,
        "what is given up is not tried again"
    );
    assert!(order(&store, id, 10_000).await);
    let again = store
        .publication(HERE, id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        (again.state, again.attempts, again.reason),
        (State::Waiting, 1, None)
    );
}

async fn a_publication_goes_with_its_post_and_into_every_backup(place: &Place) {
    let store = place.open().await;
    let id = recorded(&store).await;
    assert!(order(&store, id, 14).await);
    let file = place.file("copy");
    store.backup(&file, at(20)).await.expect("written");
    assert!(
        store
            .save_removal(HERE, id, BOB, at(21))
            .await
            .expect("written")
    );
    assert_eq!(store.publication(HERE, id).await.expect("read"), None);
    store.close().await;
    drop(store);
    Store::restore(place.location(), &file, true)
        .await
        .expect("restored");
    let store = place.open().await;
    let kept = store.publication(HERE, id).await.expect("read");
    assert_eq!(kept.map(|kept| kept.state), Some(State::Waiting));
    store.delete_server(HERE).await.expect("written");
    assert_eq!(store.publication(HERE, id).await.expect("read"), None);
}

async fn a_server_that_removed_the_bot_publishes_nothing(place: &Place) {
    let store = place.open().await;
    let id = recorded(&store).await;
    assert!(order(&store, id, 14).await);
    store.note_removal(HERE, at(15)).await.expect("written");
    let claim = async || {
        store
            .claim_publication(LEASE, at(999))
            .await
            .expect("written")
    };
    assert_eq!(claim().await, None);
    store.is_back(HERE).await.expect("written");
    assert_eq!(claim().await.expect("due").posting, id);
}
