//! Digests, drafts, and the way of a posting.

use std::time::Duration;

use careerbot::store::digests::Definition;
use careerbot::store::postings::{Manual, Plan, Posting, State};
use careerbot::store::settings::Settings;
use careerbot::store::{MessageId, Moment, ServerId, ServerRoleId, Store, drafts};

use crate::store::place::Place;
use crate::store::{ANN, BOB, CHANNEL, ELSEWHERE, HERE, at, on_both};

on_both!(
    a_digest_is_made_changed_paused_resumed_and_ended,
    an_occurrence_is_planned_once,
    a_posting_is_claimed_by_one_and_taken_over_when_its_lease_is_over,
    a_posting_goes_from_due_to_recorded_and_its_digest_remembers,
    a_click_that_arrives_twice_posts_once,
    a_failure_pauses_the_digest_and_is_told_once,
    a_late_posting_waits_for_a_moderator,
    a_draft_cannot_be_overwritten_by_an_older_preview,
    a_draft_becomes_one_digest_and_goes_with_it,
    the_drafts_of_a_server_are_listed_the_newest_first,
    two_who_edit_a_post_at_once_take_turns,
    old_things_are_forgotten,
);

const LEASE: Duration = Duration::from_secs(60);

pub(crate) fn definition() -> Definition {
    Definition {
        channel: CHANNEL,
        topic: "trend:telehealth-expansion".to_owned(),
        style: "short".to_owned(),
        schedule: "every day at 09:00 in UTC".to_owned(),
        mention_role: Some(ServerRoleId::new(77)),
    }
}

pub(crate) fn draft_content() -> drafts::Content {
    drafts::Content {
        channel: CHANNEL,
        topic: "new".to_owned(),
        style: "full".to_owned(),
        mention_role: None,
        body: "{}".to_owned(),
    }
}

/// Puts a row into every table.
pub(crate) async fn fill(store: &Store, server: ServerId) {
    store
        .save_settings(
            server,
            &Settings {
                gaps: true,
                stats: true,
                ..Settings::default()
            },
            ANN,
            "gaps",
            at(0),
        )
        .await
        .expect("written");
    let digest = store
        .add_digest(server, &definition(), at(10), ANN, at(0))
        .await
        .expect("written");
    assert!(
        store
            .plan(
                digest,
                Moment::from(at(10)),
                at(10),
                Plan::Post,
                Some(at(20)),
                at(11)
            )
            .await
            .expect("written")
    );
    store
        .add_draft(server, ANN, &draft_content(), at(0))
        .await
        .expect("written");
    let entry = store
        .add_entry(
            server,
            &super::knowledge::content("Title é \"quoted\"\n\t"),
            ANN,
            at(0),
        )
        .await
        .expect("written");
    store
        .approve_entry(server, entry, 1, BOB, true, at(0))
        .await
        .expect("written");
    assert!(
        store
            .publish_entry(server, entry, 1, BOB, at(0))
            .await
            .expect("written")
    );
    let tally = careerbot::store::counts::Tally {
        server,
        of: None,
        at: at(0),
        things: vec![(careerbot::store::counts::Kind::Answered, String::new())],
    };
    store.count_all(&[tally]).await.expect("written");
    assert!(
        store
            .count_gap(server, "what does a beekeeper earn", at(0))
            .await
            .expect("written")
    );
    store
        .count_feedback(server, "role:paramedic", true)
        .await
        .expect("written");
}

pub(crate) async fn due_posting(store: &Store) -> (i64, Posting) {
    let digest = store
        .add_digest(HERE, &definition(), at(10), ANN, at(0))
        .await
        .expect("written");
    assert!(
        store
            .plan(
                digest,
                Moment::from(at(10)),
                at(10),
                Plan::Post,
                Some(at(20)),
                at(11)
            )
            .await
            .expect("written")
    );
    let posting = store
        .claim("a", LEASE, at(11))
        .await
        .expect("written")
        .expect("one is due");
    (digest, posting)
}

async fn a_digest_is_made_changed_paused_resumed_and_ended(place: &Place) {
    let store = place.open().await;
    let id = store
        .add_digest(HERE, &definition(), at(10), ANN, at(0))
        .await
        .expect("written");
    assert!(store.due_digests(at(9), 10).await.expect("read").is_empty());
    assert_eq!(store.due_digests(at(10), 10).await.expect("read").len(), 1);
    assert!(
        !store
            .change_digest(ELSEWHERE, id, &definition(), at(12), BOB, at(1))
            .await
            .expect("written")
    );
    let changed = Definition {
        style: "full".to_owned(),
        ..definition()
    };
    assert!(
        store
            .change_digest(HERE, id, &changed, at(12), BOB, at(1))
            .await
            .expect("written")
    );
    assert!(
        !store
            .pause_digest(ELSEWHERE, id, "holidays", ANN, at(2))
            .await
            .expect("written")
    );
    assert!(
        store
            .pause_digest(HERE, id, "holidays", ANN, at(2))
            .await
            .expect("written")
    );
    assert!(
        !store
            .pause_digest(HERE, id, "again", ANN, at(2))
            .await
            .expect("written")
    );
    assert!(
        store
            .due_digests(at(12), 10)
            .await
            .expect("read")
            .is_empty(),
        "paused"
    );
    let digest = store.digest(HERE, id).await.expect("read").expect("there");
    assert_eq!(
        (digest.style.as_str(), digest.paused.as_deref()),
        ("full", Some("holidays"))
    );
    assert!(
        !store
            .resume_digest(ELSEWHERE, id, at(30), ANN, at(3))
            .await
            .expect("written")
    );
    assert!(
        store
            .resume_digest(HERE, id, at(30), ANN, at(3))
            .await
            .expect("written")
    );
    assert_eq!(store.due_digests(at(30), 10).await.expect("read").len(), 1);
    assert!(
        !store
            .end_digest(ELSEWHERE, id, ANN, at(4))
            .await
            .expect("written")
    );
    assert!(
        store
            .end_digest(HERE, id, ANN, at(4))
            .await
            .expect("written")
    );
    assert!(
        !store
            .end_digest(HERE, id, ANN, at(4))
            .await
            .expect("written")
    );
    assert!(store.digests(HERE).await.expect("read").is_empty());
    assert!(
        store
            .due_digests(at(99), 10)
            .await
            .expect("read")
            .is_empty()
    );
    assert!(store.digest(ELSEWHERE, id).await.expect("read").is_none());
}

async fn an_occurrence_is_planned_once(place: &Place) {
    let store = place.open().await;
    let digest = store
        .add_digest(HERE, &definition(), at(10), ANN, at(0))
        .await
        .expect("written");
    let due = Moment::from(at(10));
    assert!(
        store
            .plan(digest, due, at(10), Plan::Post, Some(at(20)), at(11))
            .await
            .expect("written")
    );
    assert!(
        !store
            .plan(digest, due, at(10), Plan::Post, Some(at(20)), at(11))
            .await
            .expect("written"),
        "it moved on"
    );
    // A moderator sets the digest back to the same moment: the occurrence exists already.
    assert!(
        store
            .change_digest(HERE, digest, &definition(), at(10), ANN, at(12))
            .await
            .expect("written")
    );
    assert!(
        store
            .plan(digest, due, at(10), Plan::Post, Some(at(20)), at(12))
            .await
            .expect("written")
    );
    assert_eq!(store.postings(HERE, None, 10).await.expect("read").len(), 1);
}

async fn a_posting_is_claimed_by_one_and_taken_over_when_its_lease_is_over(place: &Place) {
    let store = place.open().await;
    let (_, posting) = due_posting(&store).await;
    assert_eq!(
        (posting.state, posting.attempts, posting.mention_role),
        (State::Claimed, 1, Some(ServerRoleId::new(77)))
    );
    assert!(posting.nonce.len() <= 25, "{}", posting.nonce);
    assert!(
        store
            .claim("b", LEASE, at(12))
            .await
            .expect("written")
            .is_none()
    );
    let taken = store
        .claim("b", LEASE, at(72))
        .await
        .expect("written")
        .expect("the lease is over");
    assert_eq!((taken.id, taken.attempts), (posting.id, 2));
    assert!(
        !store
            .begin_sending(&posting, "a", LEASE, at(73))
            .await
            .expect("written"),
        "a has lost it"
    );
    assert!(
        store
            .begin_sending(&taken, "b", LEASE, at(73))
            .await
            .expect("written")
    );
    assert!(
        !store
            .begin_sending(&taken, "b", LEASE, at(500))
            .await
            .expect("written"),
        "the lease is over"
    );
    let again = store
        .claim("c", LEASE, at(500))
        .await
        .expect("written")
        .expect("b has died");
    assert_eq!(again.state, State::Sending, "it may have arrived");
}

async fn a_posting_goes_from_due_to_recorded_and_its_digest_remembers(place: &Place) {
    let store = place.open().await;
    let (digest, mut posting) = due_posting(&store).await;
    posting.body = "{\"text\":\"\u{1F469}\"}".to_owned();
    posting.memory_after = Some("telehealth-expansion".to_owned());
    assert!(
        store
            .begin_sending(&posting, "a", LEASE, at(12))
            .await
            .expect("written")
    );
    assert_eq!(
        store
            .digest(HERE, digest)
            .await
            .expect("read")
            .expect("there")
            .memory,
        "",
        "nothing is posted yet"
    );
    for _ in 0..2 {
        store
            .record(posting.id, posting.channel, MessageId::new(5), None, at(13))
            .await
            .expect("written");
    }
    let recorded = store
        .posting(HERE, posting.id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        (recorded.state, recorded.message, recorded.body.as_str()),
        (
            State::Recorded,
            Some(MessageId::new(5)),
            posting.body.as_str()
        )
    );
    assert_eq!(
        store
            .digest(HERE, digest)
            .await
            .expect("read")
            .expect("there")
            .memory,
        "telehealth-expansion"
    );
    assert!(
        store
            .claim("b", LEASE, at(10_000))
            .await
            .expect("written")
            .is_none()
    );
    assert!(
        store
            .save_edit(HERE, posting.id, "new", BOB, at(14))
            .await
            .expect("written")
    );
    assert!(
        !store
            .save_edit(ELSEWHERE, posting.id, "new", BOB, at(14))
            .await
            .expect("written")
    );
    assert!(
        !store
            .save_removal(ELSEWHERE, posting.id, BOB, at(15))
            .await
            .expect("written")
    );
    assert!(
        store
            .save_removal(HERE, posting.id, BOB, at(15))
            .await
            .expect("written")
    );
    assert!(
        !store
            .save_edit(HERE, posting.id, "new", BOB, at(16))
            .await
            .expect("written")
    );
    assert!(
        store
            .posting(ELSEWHERE, posting.id)
            .await
            .expect("read")
            .is_none()
    );
}

async fn a_click_that_arrives_twice_posts_once(place: &Place) {
    let store = place.open().await;
    let draft = store
        .add_draft(HERE, ANN, &draft_content(), at(0))
        .await
        .expect("written");
    let post = Manual {
        channel: CHANNEL,
        topic: "new",
        style: "full",
        mention_role: None,
        body: "{}",
        nonce: "1234567890123456789",
    };
    let id = store
        .post_now(HERE, &post, Some(draft), ANN, at(1))
        .await
        .expect("written");
    assert_eq!(
        store
            .post_now(HERE, &post, Some(draft), ANN, at(1))
            .await
            .expect("written"),
        id
    );
    assert!(store.draft(HERE, draft).await.expect("read").is_none());
    let claimed = store
        .claim("a", LEASE, at(1))
        .await
        .expect("written")
        .expect("it is due");
    assert_eq!(
        (claimed.id, claimed.body.as_str(), claimed.digest),
        (id, "{}", None)
    );
}

async fn a_failure_pauses_the_digest_and_is_told_once(place: &Place) {
    let store = place.open().await;
    let (digest, posting) = due_posting(&store).await;
    store
        .try_later(posting.id, "a", at(30), "Discord did not answer", at(12))
        .await
        .expect("written");
    assert!(
        store
            .claim("a", LEASE, at(29))
            .await
            .expect("written")
            .is_none()
    );
    assert!(
        store
            .claim("a", LEASE, at(30))
            .await
            .expect("written")
            .is_some()
    );
    store
        .fail(posting.id, "not the owner", "x", true, at(31))
        .await
        .expect("written");
    assert!(store.untold(10).await.expect("read").is_empty());
    store
        .fail(posting.id, "a", "the channel is gone", true, at(31))
        .await
        .expect("written");
    assert_eq!(
        store
            .digest(HERE, digest)
            .await
            .expect("read")
            .expect("there")
            .paused
            .as_deref(),
        Some("the channel is gone")
    );
    let untold = store.untold(10).await.expect("read");
    assert_eq!((untold[0].id, untold[0].state), (posting.id, State::Failed));
    assert!(store.told(posting.id).await.expect("written"));
    assert!(!store.told(posting.id).await.expect("written"));
}

async fn a_late_posting_waits_for_a_moderator(place: &Place) {
    let store = place.open().await;
    let digest = store
        .add_digest(HERE, &definition(), at(10), ANN, at(0))
        .await
        .expect("written");
    assert!(
        store
            .plan(
                digest,
                Moment::from(at(10)),
                at(10),
                Plan::Ask("an hour late"),
                None,
                at(4000)
            )
            .await
            .expect("written")
    );
    assert!(
        store
            .claim("a", LEASE, at(4000))
            .await
            .expect("written")
            .is_none()
    );
    let asked = store.untold(10).await.expect("read").remove(0);
    assert_eq!(
        (asked.state, asked.reason.as_deref()),
        (State::Asked, Some("an hour late"))
    );
    assert!(
        !store
            .decide_late(ELSEWHERE, asked.id, true, BOB, at(4001))
            .await
            .expect("written")
    );
    assert!(
        store
            .decide_late(HERE, asked.id, true, BOB, at(4001))
            .await
            .expect("written")
    );
    assert!(
        !store
            .decide_late(HERE, asked.id, false, BOB, at(4001))
            .await
            .expect("written")
    );
    assert_eq!(
        store
            .claim("a", LEASE, at(4002))
            .await
            .expect("written")
            .expect("due")
            .id,
        asked.id
    );
    store
        .skip(asked.id, "a", "nothing new", at(4003))
        .await
        .expect("written");
    assert_eq!(
        store
            .posting(HERE, asked.id)
            .await
            .expect("read")
            .expect("there")
            .state,
        State::Skipped
    );
}

async fn a_draft_cannot_be_overwritten_by_an_older_preview(place: &Place) {
    let store = place.open().await;
    let id = store
        .add_draft(HERE, ANN, &draft_content(), at(0))
        .await
        .expect("written");
    let newer = drafts::Content {
        body: "newer".to_owned(),
        ..draft_content()
    };
    assert!(
        !store
            .change_draft(ELSEWHERE, id, 1, &newer, at(1))
            .await
            .expect("written")
    );
    assert!(
        store
            .change_draft(HERE, id, 1, &newer, at(1))
            .await
            .expect("written")
    );
    assert!(
        !store
            .change_draft(HERE, id, 1, &draft_content(), at(2))
            .await
            .expect("written")
    );
    let draft = store.draft(HERE, id).await.expect("read").expect("there");
    assert_eq!((draft.revision, draft.body.as_str()), (2, "newer"));
    assert!(store.draft(ELSEWHERE, id).await.expect("read").is_none());
    assert!(!store.drop_draft(ELSEWHERE, id).await.expect("written"));
    assert!(store.drop_draft(HERE, id).await.expect("written"));
}

async fn the_drafts_of_a_server_are_listed_the_newest_first(place: &Place) {
    let store = place.open().await;
    let mut ids = Vec::new();
    for second in [3, 1, 2] {
        ids.push(
            store
                .add_draft(HERE, ANN, &draft_content(), at(second))
                .await
                .expect("written"),
        );
    }
    store
        .add_draft(ELSEWHERE, ANN, &draft_content(), at(9))
        .await
        .expect("written");
    let other = drafts::Content {
        topic: "other".to_owned(),
        ..draft_content()
    };
    store
        .add_draft(HERE, ANN, &other, at(9))
        .await
        .expect("written");
    assert!(
        store
            .change_draft(HERE, ids[1], 1, &draft_content(), at(8))
            .await
            .expect("written")
    );
    let list = async |limit| {
        let drafts = store.drafts(HERE, "other", limit).await.expect("read");
        drafts.iter().map(|draft| draft.id).collect::<Vec<i64>>()
    };
    assert_eq!(
        (list(25).await, list(1).await),
        (vec![ids[1], ids[0], ids[2]], vec![ids[1]])
    );
}

async fn a_draft_becomes_one_digest_and_goes_with_it(place: &Place) {
    let store = place.open().await;
    let draft = store
        .add_draft(HERE, ANN, &draft_content(), at(0))
        .await
        .expect("written");
    let schedule = async |server, revision| {
        store
            .schedule_draft(server, (draft, revision), &definition(), at(10), ANN, at(0))
            .await
            .expect("written")
    };
    assert_eq!(
        (schedule(HERE, 2).await, schedule(ELSEWHERE, 1).await),
        (None, None)
    );
    assert!(
        store.digests(HERE).await.expect("read").is_empty()
            && store.draft(HERE, draft).await.expect("read").is_some()
    );
    let (one, two) = tokio::join!(schedule(HERE, 1), schedule(HERE, 1));
    assert!(
        one.is_some() != two.is_some(),
        "of two at once one makes it: {one:?}, {two:?}"
    );
    assert_eq!(store.digests(HERE).await.expect("read").len(), 1);
    assert_eq!(store.draft(HERE, draft).await.expect("read"), None);
    assert_eq!(
        store.audit_log(HERE, None, 10).await.expect("read").len(),
        1
    );
}

async fn two_who_edit_a_post_at_once_take_turns(place: &Place) {
    let store = place.open().await;
    let (_, mut posting) = due_posting(&store).await;
    posting.body = "old".to_owned();
    assert!(
        store
            .begin_sending(&posting, "a", LEASE, at(12))
            .await
            .expect("written")
    );
    assert!(
        !store
            .begin_edit(&posting, "edit 1", LEASE, at(12))
            .await
            .expect("written"),
        "it does not stand yet"
    );
    store
        .record(posting.id, posting.channel, MessageId::new(5), None, at(13))
        .await
        .expect("written");
    let begin = async |posting: &Posting, owner, second| {
        store
            .begin_edit(posting, owner, LEASE, at(second))
            .await
            .expect("written")
    };
    assert!(begin(&posting, "edit 1", 14).await);
    assert!(!begin(&posting, "edit 2", 14).await, "the other one waits");
    store.drop_edit(&posting, "edit 2").await.expect("written");
    assert!(
        !begin(&posting, "edit 2", 15).await,
        "only its owner gives it back"
    );
    store.drop_edit(&posting, "edit 1").await.expect("written");
    assert!(begin(&posting, "edit 2", 15).await);
    assert!(
        begin(&posting, "edit 3", 75).await,
        "whoever died holds it for a minute"
    );
    assert!(
        store
            .save_edit(HERE, posting.id, "new", BOB, at(76))
            .await
            .expect("written")
    );
    assert!(
        !begin(&posting, "edit 4", 500).await,
        "it was made from other words"
    );
    posting.body = "new".to_owned();
    assert!(
        begin(&posting, "edit 4", 76).await,
        "what is saved is no longer held"
    );
}

async fn old_things_are_forgotten(place: &Place) {
    let store = place.open().await;
    fill(&store, HERE).await;
    let (_, posting) = due_posting(&store).await;
    store
        .skip(posting.id, "a", "x", at(12))
        .await
        .expect("written");
    assert_eq!(
        store
            .forget_old(400, at(5 * 86_400))
            .await
            .expect("written"),
        0
    );
    assert!(
        store
            .forget_old(400, at(401 * 86_400))
            .await
            .expect("written")
            > 3
    );
    assert_eq!(
        store.postings(HERE, None, 10).await.expect("read").len(),
        1,
        "an open posting stays"
    );
    assert_eq!(store.live_entries(HERE).await.expect("read").len(), 1);
}
