//! How soon a change of entries is seen: by this program, and by another one on the same database.

use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use careerbot::advisor::Advisor;
use careerbot::answer::{Answer, Outcome};
use careerbot::discord::App;
use careerbot::discord::state::rate_limiter::{Bucket, Pace};
use careerbot::store::{ServerId, Store};
use jiff::Timestamp;
use serenity::model::id::GuildId;

use super::{MODERATOR, go_live, publish};
use crate::store::place::Place;
use crate::store::{ELSEWHERE, HERE, on_both};

on_both!(
    what_is_published_is_found_by_the_next_question,
    what_is_replaced_removed_or_deleted_is_found_no_more,
    an_entry_of_another_server_is_not_found,
);

pub(super) fn app(store: Store) -> App {
    static ADVISOR: OnceLock<Arc<Advisor>> = OnceLock::new();
    let advisor = ADVISOR.get_or_init(|| {
        let knowledge = careerbot::knowledge::load_shipped()
            .unwrap_or_else(|problems| panic!("{} problems", problems.len()));
        Arc::new(Advisor::in_memory(knowledge).expect("an index in memory"))
    });
    // Nobody is too fast here: a member who is told to wait is told nothing that a test could find.
    let bucket = Bucket {
        burst: NonZeroU32::MAX,
        refill: Duration::from_millis(1),
    };
    let app = App::with_pace(
        advisor.clone(),
        Pace {
            member: bucket,
            server: bucket,
            keep: 1_000,
        },
    );
    app.set_store(store);
    app
}

pub(super) async fn ask(app: &App, server: ServerId, question: &str) -> Answer {
    let guild = Some(GuildId::new(server.get()));
    let Some(shelf) = app.entry_index(guild, true).await else {
        return app.advisor().ask_in(question, None).0;
    };
    app.advisor()
        .ask_on(&shelf, jiff::civil::date(2026, 11, 22), question, None)
        .0
}

fn texts(answer: &Answer) -> Vec<&str> {
    answer.own.iter().map(|own| own.text.as_str()).collect()
}

/// Asks until the answer is as expected; says how long that took.
async fn until(app: &App, expected: &[&str]) -> Duration {
    let began = Instant::now();
    loop {
        let answer = ask(app, HERE, "when is zumba hall").await;
        if texts(&answer) == expected {
            return began.elapsed();
        }
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "{:?}, not {expected:?}",
            texts(&answer)
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn what_is_published_is_found_by_the_next_question(place: &Place) {
    let app = app(place.open().await);
    let store = app.store().expect("there");
    assert_eq!(
        ask(&app, HERE, "when is zumba hall").await.outcome,
        Outcome::NotCovered
    );
    publish(store, HERE, "Zumba hall", "Tuesdays.").await;
    // What another task does not yet know, whoever publishes can know.
    let shelf = app.fresh_entry_index(HERE).await.expect("a shelf");
    assert_eq!(shelf.len(), 1);
    until(&app, &["Tuesdays."]).await;
    let answer = ask(&app, HERE, "when is zumba hall").await;
    assert_eq!(answer.outcome, Outcome::Answered);
    assert_eq!(answer.own[0].source, "https://example.org/halls");
}

async fn what_is_replaced_removed_or_deleted_is_found_no_more(place: &Place) {
    let app = app(place.open().await);
    let store = app.store().expect("there");
    let entry = publish(store, HERE, "Zumba hall", "Tuesdays.").await;
    until(&app, &["Tuesdays."]).await;
    let mut content = careerbot::store::entries::Content {
        title: "Zumba hall".to_owned(),
        text: "Fridays.".to_owned(),
        source: String::new(),
        review_on: String::new(),
        trend: None,
    };
    let now = Timestamp::now();
    store
        .edit_entry(HERE, entry, &content, MODERATOR, now)
        .await
        .expect("written");
    assert_eq!(
        texts(&ask(&app, HERE, "zumba hall").await),
        ["Tuesdays."],
        "a draft is nobody's business"
    );
    go_live(store, HERE, entry, 2).await;
    until(&app, &["Fridays."]).await;
    assert!(
        store
            .remove_entry(HERE, entry, MODERATOR, now)
            .await
            .expect("written")
    );
    until(&app, &[]).await;
    content.text = "Sundays.".to_owned();
    publish(store, HERE, "Zumba hall", "Sundays.").await;
    until(&app, &["Sundays."]).await;
    store.delete_server(HERE).await.expect("written");
    until(&app, &[]).await;
}

async fn an_entry_of_another_server_is_not_found(place: &Place) {
    let app = app(place.open().await);
    let store = app.store().expect("there");
    publish(store, ELSEWHERE, "Zumba hall", "Elsewhere.").await;
    assert_eq!(
        app.fresh_entry_index(HERE).await.map(|shelf| shelf.len()),
        None
    );
    assert_eq!(
        ask(&app, HERE, "when is zumba hall").await.outcome,
        Outcome::NotCovered
    );
    publish(store, HERE, "Zumba hall", "Here.").await;
    until(&app, &["Here."]).await;
    assert_eq!(
        texts(&ask(&app, ELSEWHERE, "when is zumba hall").await),
        ["Elsewhere."]
    );
}

#[tokio::test]
async fn what_another_replica_publishes_is_found_within_a_second() {
    let Some(place) =
        Place::postgres("what_another_replica_publishes_is_found_within_a_second").await
    else {
        return;
    };
    let (one, two) = (app(place.open().await), app(place.open().await));
    let store = one.store().expect("there");
    assert_eq!(
        ask(&two, HERE, "when is zumba hall").await.outcome,
        Outcome::NotCovered
    );
    let entry = publish(store, HERE, "Zumba hall", "Tuesdays.").await;
    assert!(until(&two, &["Tuesdays."]).await < Duration::from_secs(1));
    assert!(
        store
            .remove_entry(HERE, entry, MODERATOR, Timestamp::now())
            .await
            .expect("written")
    );
    assert!(until(&two, &[]).await < Duration::from_secs(1));
}

#[tokio::test]
async fn without_the_store_answers_are_given_without_entries() {
    let place = Place::sqlite();
    let app = app(place.open().await);
    let store = app.store().expect("there");
    publish(store, HERE, "Zumba hall", "Tuesdays.").await;
    store.close().await;
    let began = Instant::now();
    assert_eq!(
        ask(&app, HERE, "when is zumba hall").await.outcome,
        Outcome::NotCovered
    );
    assert_eq!(
        ask(&app, HERE, "what does a dentist earn").await.outcome,
        Outcome::Answered
    );
    assert!(began.elapsed() < Duration::from_secs(2));
}
