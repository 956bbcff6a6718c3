//! What a moderator orders a second time by hand is asked about, and made when they say so: with rights, and once.

use careerbot::discord::{App, First};
use careerbot::store::digests::Digest;
use serde_json::{Value, json};

use super::entries::GOOD;
use super::moderators::{here, moderator};
use super::{NOON, app, at, button, content, reply_at};
use crate::fake_discord::payloads::{CHANNEL, as_member, by, press, subcommand, submit};
use crate::store::on_both;
use crate::store::place::Place;

on_both!(
    a_second_schedule_is_made_once_and_by_moderators_alone,
    two_presses_at_once_make_one,
    a_question_about_what_has_changed_or_is_old_makes_nothing,
    a_draft_that_becomes_a_second_schedule_goes_with_it,
    a_second_draft_of_the_same_words_is_made_once,
    a_question_about_a_draft_that_has_changed_makes_nothing,
    a_second_entry_of_the_same_words_is_made_once,
);

const SCHEDULE: &str = "Schedule it all the same";
const STRANGER: &str = "400000000000000099";
const DRAFT: &str = "Begin another one all the same";
const ENTRY: &str = "Add it all the same";

async fn desk(place: &Place) -> App {
    let app = app();
    app.set_store(place.open().await);
    app
}

/// Every member may do ten things at once, so each thing is done at its own time.
async fn send(app: &App, minutes: i64, interaction: Value) -> Value {
    let reply = reply_at(app, interaction, at(NOON + minutes * 60)).await;
    reply.first.body()
}

fn daily() -> Value {
    let options = [
        ("topic", 3, json!("next-trend")),
        ("channel", 7, json!(CHANNEL)),
        ("every", 3, json!("day")),
        ("at", 3, json!("9:00")),
    ];
    moderator(subcommand("digest", "schedule", &options))
}

fn new() -> Value {
    let options = [
        ("topic", 3, json!("trend:telehealth-expansion")),
        ("channel", 7, json!(CHANNEL)),
    ];
    moderator(subcommand("digest", "new", &options))
}

fn pressed(on: &Value, label: &str) -> Value {
    moderator(press(&button(on, label), &on["data"]))
}

async fn schedules(app: &App) -> Vec<Digest> {
    let store = app.store().expect("there");
    store.digests(here()).await.expect("read")
}

async fn a_second_schedule_is_made_once_and_by_moderators_alone(place: &Place) {
    let app = desk(place).await;
    send(&app, 0, daily()).await;
    let asked = send(&app, 1, daily()).await;
    assert!(content(&asked).contains("this very schedule"), "{asked}");
    // Whoever has lost the right since, or never had it.
    let stranger = as_member(
        by(press(&button(&asked, SCHEDULE), &asked["data"]), STRANGER),
        0,
        &[],
    );
    let refused = send(&app, 2, stranger).await;
    assert!(
        content(&refused).contains("This is for moderators"),
        "{refused}"
    );
    assert_eq!(schedules(&app).await.len(), 1);
    let done = send(&app, 3, pressed(&asked, SCHEDULE)).await;
    assert!(content(&done).contains("Scheduled as number"), "{done}");
    let again = send(&app, 4, pressed(&asked, SCHEDULE)).await;
    assert!(content(&again).contains("done already"), "{again}");
    let made = schedules(&app).await;
    assert_eq!(made.len(), 2);
    assert_eq!(
        (&made[0].schedule, &made[0].topic, made[0].next_due),
        (&made[1].schedule, &made[1].topic, made[1].next_due)
    );
    // A new question can be answered anew.
    let asked = send(&app, 5, daily()).await;
    send(&app, 6, pressed(&asked, SCHEDULE)).await;
    assert_eq!(schedules(&app).await.len(), 3);
}

async fn two_presses_at_once_make_one(place: &Place) {
    let app = desk(place).await;
    send(&app, 0, daily()).await;
    let asked = send(&app, 1, daily()).await;
    // Another copy of the program, where the store can be shared.
    let other = if app.store().expect("there").is_shared() {
        desk(place).await
    } else {
        app.clone()
    };
    let presses = (0..8).map(|number| {
        let app = if number % 2 == 0 { &app } else { &other };
        let one = by(
            pressed(&asked, SCHEDULE),
            &format!("40000000000000001{number}"),
        );
        send(app, 2, one)
    });
    let said = futures_util::future::join_all(presses).await;
    let made = said
        .iter()
        .filter(|body| content(body).contains("Scheduled as number"));
    assert_eq!(made.count(), 1, "{said:#?}");
    assert_eq!(schedules(&app).await.len(), 2);
}

async fn a_question_about_what_has_changed_or_is_old_makes_nothing(place: &Place) {
    let app = desk(place).await;
    send(&app, 0, daily()).await;
    let asked = send(&app, 1, daily()).await;
    let late = send(&app, 62, pressed(&asked, SCHEDULE)).await;
    assert!(content(&late).contains("an hour ago"), "{late}");
    let number = schedules(&app).await[0].id.to_string();
    let options = [("number", 3, json!(number)), ("at", 3, json!("10:00"))];
    send(&app, 63, moderator(subcommand("digest", "edit", &options))).await;
    let changed = send(&app, 10, pressed(&asked, SCHEDULE)).await;
    assert!(
        content(&changed).contains("has changed or ended"),
        "{changed}"
    );
    assert_eq!(schedules(&app).await.len(), 1);
}

async fn a_draft_that_becomes_a_second_schedule_goes_with_it(place: &Place) {
    let app = desk(place).await;
    let options = [
        ("topic", 3, json!("trend:telehealth-expansion")),
        ("channel", 7, json!(CHANNEL)),
        ("every", 3, json!("day")),
        ("at", 3, json!("9:00")),
    ];
    send(
        &app,
        0,
        moderator(subcommand("digest", "schedule", &options)),
    )
    .await;
    let preview = send(&app, 1, new()).await;
    let form = send(&app, 2, pressed(&preview, "Schedule")).await;
    let id = form["data"]["custom_id"].as_str().expect("a form");
    let words = [("every", "day"), ("on", ""), ("at", "9:00")];
    let asked = send(&app, 3, moderator(submit(id, &words))).await;
    assert!(content(&asked).contains("this very schedule"), "{asked}");
    let store = app.store().expect("there").clone();
    let drafts = async || store.drafts(here(), "-", 9).await.expect("read").len();
    assert_eq!((schedules(&app).await.len(), drafts().await), (1, 1));
    let done = send(&app, 4, pressed(&asked, SCHEDULE)).await;
    assert!(content(&done).contains("Scheduled as number"), "{done}");
    assert_eq!((schedules(&app).await.len(), drafts().await), (2, 0));
}

async fn a_second_draft_of_the_same_words_is_made_once(place: &Place) {
    let app = desk(place).await;
    let first = send(&app, 0, new()).await;
    let asked = send(&app, 1, new()).await;
    assert!(
        content(&asked).contains("begun this very draft already"),
        "{asked}"
    );
    assert_eq!(button(&first, "Post now"), button(&asked, "Post now"));
    let store = app.store().expect("there").clone();
    let drafts = async || store.drafts(here(), "-", 9).await.expect("read").len();
    let done = send(&app, 2, pressed(&asked, DRAFT)).await;
    assert_ne!(button(&first, "Post now"), button(&done, "Post now"));
    assert_eq!(drafts().await, 2);
    let again = send(&app, 3, pressed(&asked, DRAFT)).await;
    assert!(content(&again).contains("done already"), "{again}");
    assert_eq!(drafts().await, 2);
}

async fn a_question_about_a_draft_that_has_changed_makes_nothing(place: &Place) {
    let app = desk(place).await;
    let first = send(&app, 0, new()).await;
    let asked = send(&app, 1, new()).await;
    let form = send(&app, 2, pressed(&first, "Edit text")).await;
    let id = form["data"]["custom_id"].as_str().expect("a form");
    let words = [
        ("headline", "Other words"),
        ("lead", ""),
        ("points", "One point."),
        ("question", ""),
    ];
    send(&app, 3, moderator(submit(id, &words))).await;
    let said = send(&app, 4, pressed(&asked, DRAFT)).await;
    assert!(content(&said).contains("has changed since"), "{said}");
    let store = app.store().expect("there");
    assert_eq!(store.drafts(here(), "-", 9).await.expect("read").len(), 1);
}

async fn a_second_entry_of_the_same_words_is_made_once(place: &Place) {
    let app = desk(place).await;
    let form = send(&app, 0, moderator(subcommand("knowledge", "add", &[]))).await;
    let id = form["data"]["custom_id"]
        .as_str()
        .expect("a form")
        .to_owned();
    let filled = || moderator(submit(&id, &GOOD));
    send(&app, 1, filled()).await;
    let asked = send(&app, 2, filled()).await;
    assert!(content(&asked).contains("word for word"), "{asked}");
    let store = app.store().expect("there").clone();
    let entries = async || store.entry_lines(here()).await.expect("read").len();
    let stranger = as_member(
        by(press(&button(&asked, ENTRY), &asked["data"]), STRANGER),
        0,
        &[],
    );
    send(&app, 3, stranger).await;
    assert_eq!(entries().await, 1);
    let done = send(&app, 4, pressed(&asked, ENTRY)).await;
    // It says what has to be mended before members find both.
    assert!(done.to_string().contains("has the same one"), "{done}");
    send(&app, 5, pressed(&asked, ENTRY)).await;
    assert_eq!(entries().await, 2);
    let reply = reply_at(&app, pressed(&asked, ENTRY), at(NOON + 400)).await;
    assert!(matches!(reply.first, First::Message(_)), "{reply:?}");
}
