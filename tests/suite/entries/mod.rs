//! What a server's moderators have written: when it is shown, to whom, and how soon.

mod fits;
mod isolation;
mod live;

use careerbot::store::entries::{Approval, Content};
use careerbot::store::{ServerId, Store, UserId};
use jiff::Timestamp;

const MODERATOR: UserId = UserId::new(9);

/// Publishes an entry as moderators do, and gives its number.
async fn publish(store: &Store, server: ServerId, title: &str, text: &str) -> i64 {
    let content = Content {
        title: title.to_owned(),
        text: text.to_owned(),
        source: "https://example.org/halls".to_owned(),
        review_on: "2027-01-31".to_owned(),
        trend: None,
    };
    let now = Timestamp::now();
    let entry = store
        .add_entry(server, &content, MODERATOR, now)
        .await
        .expect("written");
    go_live(store, server, entry, 1).await;
    entry
}

async fn go_live(store: &Store, server: ServerId, entry: i64, version: i64) {
    let now = Timestamp::now();
    let approval = store
        .approve_entry(server, entry, version, MODERATOR, false, now)
        .await
        .expect("written");
    assert_eq!(approval, Approval::Done);
    assert!(
        store
            .publish_entry(server, entry, version, MODERATOR, now)
            .await
            .expect("written")
    );
}
