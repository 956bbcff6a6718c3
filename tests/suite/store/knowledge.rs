//! Entries: versions, approval, history, and that no server touches another's.

use careerbot::store::credits::{Consent, Origin};
use careerbot::store::entries::{Approval, Content, State};
use careerbot::store::entry_drafts::IMPORT;
use careerbot::store::{Change, ChannelId, MessageId, Store, UserId, drafts};

use crate::store::place::Place;
use crate::store::{ANN, BOB, ELSEWHERE, HERE, at, on_both};

on_both!(
    only_the_author_of_a_message_says_whether_they_are_named,
    an_entry_goes_from_draft_to_live_to_removed_and_back,
    the_author_cannot_approve_where_two_are_wanted,
    what_is_live_stays_live_while_a_newer_draft_waits,
    a_server_cannot_touch_the_entry_of_another,
    a_revision_needs_the_version_that_was_seen,
    drafts_are_thrown_away_and_come_back,
    a_file_becomes_drafts_once_and_whole,
);

pub(crate) fn content(title: &str) -> Content {
    Content {
        title: title.to_owned(),
        text: "Text\0 with NUL".to_owned(),
        source: "https://example.org".to_owned(),
        review_on: "2027-01-31".to_owned(),
        trend: None,
    }
}

async fn publish(store: &Store, entry: i64, version: i64) {
    assert_eq!(
        store
            .approve_entry(HERE, entry, version, BOB, true, at(1))
            .await
            .expect("written"),
        Approval::Done
    );
    assert!(
        store
            .publish_entry(HERE, entry, version, BOB, at(2))
            .await
            .expect("written")
    );
}

async fn an_entry_goes_from_draft_to_live_to_removed_and_back(place: &Place) {
    let store = place.open().await;
    let entry = store
        .add_entry(HERE, &content("One"), ANN, at(0))
        .await
        .expect("written");
    assert!(
        !store
            .publish_entry(HERE, entry, 1, BOB, at(0))
            .await
            .expect("written"),
        "a draft is not approved"
    );
    assert!(store.live_entries(HERE).await.expect("read").is_empty());
    publish(&store, entry, 1).await;
    let live = store.live_entries(HERE).await.expect("read");
    assert_eq!(
        (
            live[0].title.as_str(),
            live[0].text.as_str(),
            live[0].server
        ),
        ("One", "Text with NUL", HERE)
    );
    assert_eq!(store.all_live_entries(0, 10).await.expect("read"), live);
    assert!(
        store
            .all_live_entries(entry, 10)
            .await
            .expect("read")
            .is_empty()
    );
    assert!(
        store
            .remove_entry(HERE, entry, ANN, at(3))
            .await
            .expect("written")
    );
    assert!(
        !store
            .remove_entry(HERE, entry, ANN, at(3))
            .await
            .expect("written"),
        "once"
    );
    assert!(store.live_entries(HERE).await.expect("read").is_empty());
    assert_eq!(
        store
            .edit_entry(HERE, entry, &content("Two"), ANN, at(4))
            .await
            .expect("written"),
        None,
        "removed entries are restored, not edited"
    );
    assert_eq!(
        store
            .restore_entry(HERE, entry, 1, ANN, at(5))
            .await
            .expect("written"),
        Some(2)
    );
    assert!(
        store.live_entries(HERE).await.expect("read").is_empty(),
        "a restored version is a draft"
    );
    publish(&store, entry, 2).await;
    let history = store.entry_history(HERE, entry).await.expect("read");
    let states: Vec<_> = history
        .iter()
        .map(|version| (version.version, version.state))
        .collect();
    assert_eq!(states, [(2, State::Live), (1, State::Removed)]);
}

async fn the_author_cannot_approve_where_two_are_wanted(place: &Place) {
    let store = place.open().await;
    let entry = store
        .add_entry(HERE, &content("One"), ANN, at(0))
        .await
        .expect("written");
    assert_eq!(
        store
            .approve_entry(HERE, entry, 1, ANN, true, at(1))
            .await
            .expect("written"),
        Approval::OwnDraft
    );
    assert_eq!(
        store
            .approve_entry(HERE, entry, 1, BOB, true, at(1))
            .await
            .expect("written"),
        Approval::Done
    );
    assert_eq!(
        store
            .approve_entry(HERE, entry, 1, BOB, true, at(1))
            .await
            .expect("written"),
        Approval::NoDraft
    );
    let own = store
        .add_entry(HERE, &content("Own"), ANN, at(0))
        .await
        .expect("written");
    assert_eq!(
        store
            .approve_entry(HERE, own, 1, ANN, false, at(1))
            .await
            .expect("written"),
        Approval::Done
    );
}

async fn what_is_live_stays_live_while_a_newer_draft_waits(place: &Place) {
    let store = place.open().await;
    let entry = store
        .add_entry(HERE, &content("One"), ANN, at(0))
        .await
        .expect("written");
    publish(&store, entry, 1).await;
    assert_eq!(
        store
            .edit_entry(HERE, entry, &content("Two"), ANN, at(1))
            .await
            .expect("written"),
        Some(2)
    );
    assert_eq!(
        store.live_entries(HERE).await.expect("read")[0].title,
        "One"
    );
    assert_eq!(store.entries(HERE).await.expect("read")[0].title, "Two");
    publish(&store, entry, 2).await;
    let live = store.live_entries(HERE).await.expect("read");
    assert_eq!((live.len(), live[0].title.as_str()), (1, "Two"));
    assert_eq!(
        store.entry_history(HERE, entry).await.expect("read")[1].state,
        State::Replaced
    );
}

async fn a_server_cannot_touch_the_entry_of_another(place: &Place) {
    let store = place.open().await;
    let entry = store
        .add_entry(HERE, &content("Ours"), ANN, at(0))
        .await
        .expect("written");
    assert_eq!(
        store
            .edit_entry(ELSEWHERE, entry, &content("X"), BOB, at(0))
            .await
            .expect("written"),
        None
    );
    assert_eq!(
        store
            .approve_entry(ELSEWHERE, entry, 1, BOB, false, at(0))
            .await
            .expect("written"),
        Approval::NoDraft
    );
    publish(&store, entry, 1).await;
    assert!(
        !store
            .publish_entry(ELSEWHERE, entry, 1, BOB, at(0))
            .await
            .expect("written")
    );
    assert!(
        !store
            .remove_entry(ELSEWHERE, entry, BOB, at(0))
            .await
            .expect("written")
    );
    assert_eq!(
        store
            .restore_entry(ELSEWHERE, entry, 1, BOB, at(0))
            .await
            .expect("written"),
        None
    );
    assert!(
        store
            .entry_history(ELSEWHERE, entry)
            .await
            .expect("read")
            .is_empty()
    );
    assert!(store.entry_lines(ELSEWHERE).await.expect("read").is_empty());
    assert_eq!(
        store
            .revise_entry(ELSEWHERE, entry, 1, &content("X"), BOB, at(0))
            .await
            .expect("written"),
        None
    );
    store
        .revise_entry(HERE, entry, 1, &content("Two"), ANN, at(0))
        .await
        .expect("written");
    assert!(
        !store
            .discard_entry(ELSEWHERE, entry, 2, BOB, at(0))
            .await
            .expect("written")
    );
    assert!(
        store
            .live_entries(ELSEWHERE)
            .await
            .expect("read")
            .is_empty()
    );
    assert_eq!(store.live_entries(HERE).await.expect("read").len(), 1);
    assert!(
        store
            .audit_log(ELSEWHERE, None, 10)
            .await
            .expect("read")
            .is_empty()
    );
}

async fn a_revision_needs_the_version_that_was_seen(place: &Place) {
    let store = place.open().await;
    let entry = store
        .add_entry(HERE, &content("One"), ANN, at(0))
        .await
        .expect("written");
    let revise = async |seen: i64, title: &str| {
        store
            .revise_entry(HERE, entry, seen, &content(title), ANN, at(1))
            .await
            .expect("written")
    };
    assert_eq!(revise(1, "Two").await, Some(2));
    assert_eq!(revise(1, "Late").await, None, "it has changed since");
    assert_eq!(
        store
            .approve_entry(HERE, entry, 1, BOB, false, at(1))
            .await
            .expect("written"),
        Approval::NoDraft,
        "an older draft cannot go live behind the newer one"
    );
    publish(&store, entry, 2).await;
    assert_eq!(revise(2, "Three").await, Some(3));
    let states: Vec<_> = store
        .entry_history(HERE, entry)
        .await
        .expect("read")
        .iter()
        .map(|version| version.state)
        .collect();
    assert_eq!(states, [State::Draft, State::Live, State::Discarded]);
    let lines = store.entry_lines(HERE).await.expect("read");
    assert_eq!(
        (lines.len(), lines[0].live, lines[0].waiting),
        (1, true, Some(State::Draft))
    );
}

async fn drafts_are_thrown_away_and_come_back(place: &Place) {
    let store = place.open().await;
    let entry = store
        .add_entry(HERE, &content("One"), ANN, at(0))
        .await
        .expect("written");
    publish(&store, entry, 1).await;
    store
        .revise_entry(HERE, entry, 1, &content("Two"), ANN, at(3))
        .await
        .expect("written");
    assert!(
        store
            .discard_entry(HERE, entry, 2, ANN, at(4))
            .await
            .expect("written")
    );
    assert!(
        !store
            .discard_entry(HERE, entry, 2, ANN, at(4))
            .await
            .expect("written"),
        "once"
    );
    assert!(
        !store
            .discard_entry(HERE, entry, 1, ANN, at(4))
            .await
            .expect("written"),
        "live versions are removed instead"
    );
    assert_eq!(
        store.live_entries(HERE).await.expect("read")[0].title,
        "One"
    );
    let lines = store.entry_lines(HERE).await.expect("read");
    assert_eq!(
        (
            lines[0].title.as_str(),
            lines[0].live,
            lines[0].waiting,
            lines[0].removed
        ),
        ("One", true, None, false)
    );
    assert_eq!(
        store
            .revise_entry(HERE, entry, 1, &content("Three"), ANN, at(5))
            .await
            .expect("written"),
        Some(3)
    );
    let never = store
        .add_entry(HERE, &content("Never"), ANN, at(6))
        .await
        .expect("written");
    assert!(
        store
            .discard_entry(HERE, never, 1, ANN, at(7))
            .await
            .expect("written")
    );
    let lines = store.entry_lines(HERE).await.expect("read");
    assert_eq!(
        lines
            .iter()
            .map(|line| (line.entry, line.removed))
            .collect::<Vec<_>>(),
        [(entry, false), (never, true)]
    );
    assert_eq!(
        store
            .revise_entry(HERE, never, 1, &content("X"), ANN, at(8))
            .await
            .expect("written"),
        None
    );
    assert_eq!(
        store
            .restore_entry(HERE, never, 1, ANN, at(9))
            .await
            .expect("written"),
        Some(2)
    );
    assert_eq!(
        store.entry_lines(HERE).await.expect("read")[0].waiting,
        Some(State::Draft)
    );
}

async fn a_file_becomes_drafts_once_and_whole(place: &Place) {
    let store = place.open().await;
    let waiting = drafts::Content {
        channel: ChannelId::new(0),
        topic: IMPORT.to_owned(),
        style: "notes.md".to_owned(),
        mention_role: None,
        body: "# One".to_owned(),
    };
    let file = store
        .add_draft(HERE, ANN, &waiting, at(0))
        .await
        .expect("written");
    let contents = [content("One"), content("Two")];
    let import = async |server| {
        store
            .import_entries(server, file, &contents, ANN, at(1))
            .await
            .expect("written")
    };
    assert_eq!(import(ELSEWHERE).await, None);
    assert_eq!(import(HERE).await.map(|made| made.len()), Some(2));
    assert_eq!(import(HERE).await, None, "a second press makes nothing");
    assert_eq!(store.entry_lines(HERE).await.expect("read").len(), 2);
    let summary = store
        .add_draft(HERE, ANN, &super::postings::draft_content(), at(0))
        .await
        .expect("written");
    assert_eq!(
        store
            .import_entries(HERE, summary, &contents, ANN, at(1))
            .await
            .expect("written"),
        None
    );
}

/// An entry that a moderator makes of a message of `author`.
pub(super) async fn keep(store: &Store, who: UserId, author: UserId, message: u64) -> i64 {
    let origin = Origin {
        channel: ChannelId::new(5),
        message: MessageId::new(message),
        author,
    };
    let content = content("kept");
    let kept = store.keep_message(HERE, &content, &origin, who, at(0));
    kept.await.expect("written")
}

async fn only_the_author_of_a_message_says_whether_they_are_named(place: &Place) {
    let store = place.open().await;
    let entry = keep(&store, BOB, ANN, 7).await;
    let state = || {
        let store = store.clone();
        async move {
            let credit = store.credit(HERE, entry).await.expect("read");
            credit.expect("there").state
        }
    };
    assert_eq!(state().await, Consent::Open);
    let message = MessageId::new(7);
    assert_eq!(
        store.kept_as(HERE, message).await.expect("read"),
        Some(entry)
    );
    assert_eq!(store.kept_as(ELSEWHERE, message).await.expect("read"), None);
    assert!(
        store
            .credit(ELSEWHERE, entry)
            .await
            .expect("read")
            .is_none()
    );
    let name = |server, author, named| {
        let store = store.clone();
        async move {
            let done = store.name_author(server, entry, author, named, at(2)).await;
            done.expect("written")
        }
    };
    let asked = store.ask_author(ELSEWHERE, entry, BOB, at(1)).await;
    assert!(!asked.expect("written"));
    assert!(
        store
            .ask_author(HERE, entry, BOB, at(1))
            .await
            .expect("written")
    );
    assert_eq!(state().await, Consent::Asked);
    assert!(!name(HERE, BOB, true).await && !name(ELSEWHERE, ANN, true).await);
    assert_eq!(state().await, Consent::Asked);
    let mut changes = store.changes();
    assert!(name(HERE, ANN, true).await);
    assert_eq!(state().await, Consent::Named);
    let heard = tokio::time::timeout(std::time::Duration::from_secs(5), async {
        loop {
            if let Some(change) = changes.heard() {
                break change;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    assert_eq!(heard.await.expect("heard"), Change::Entries(HERE));
    assert!(
        !store
            .ask_author(HERE, entry, BOB, at(3))
            .await
            .expect("written"),
        "they have said so"
    );
    assert!(name(HERE, ANN, false).await);
    assert_eq!(state().await, Consent::Unnamed);
    let app = keep(&store, BOB, UserId::NOBODY, 8).await;
    let done = store
        .name_author(HERE, app, UserId::NOBODY, true, at(4))
        .await;
    assert!(!done.expect("written"), "there is nobody to name");
    store
        .remove_entry(HERE, entry, BOB, at(5))
        .await
        .expect("written");
    assert_eq!(store.kept_as(HERE, message).await.expect("read"), None);
    let log = store.audit_log(HERE, None, 100).await.expect("read");
    assert!(
        log.iter().all(|line| !line.detail.contains("kept")),
        "no word of it is in the log: {log:?}"
    );
}
