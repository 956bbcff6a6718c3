//! Interactions as Discord sends them in, responses as Discord gets them out, through `dispatch` and without a network.
//!
//! Every body is held against Discord's own description, where it is present, and against the limits, always.

mod commands;
mod credits;
mod digests;
mod entries;
mod extremes;
mod gaps;
mod history;
mod imports;
mod mentions;
mod moderators;
mod news;
mod page;
mod presses;
mod readable;
mod schedules;
mod stats;
mod trends;
mod twins;
mod under_posts;
mod ways;
mod wild;

use std::sync::{Arc, OnceLock};

use careerbot::advisor::Advisor;
use careerbot::discord::interaction::follow_up::FollowUp;
use careerbot::discord::interaction::response::{InitialResponse, Response};
use careerbot::discord::message::limits::{check_message, check_response};
use careerbot::discord::{App, dispatch};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::fake_discord::openapi;

/// The time at which tests take place unless they say otherwise.
const NOON: i64 = 1_795_348_800;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a time")
}

/// An app of its own on the shipped knowledge.
pub(crate) fn app() -> App {
    static ADVISOR: OnceLock<Arc<Advisor>> = OnceLock::new();
    let advisor = ADVISOR.get_or_init(|| {
        let knowledge = careerbot::knowledge::load_shipped()
            .unwrap_or_else(|problems| panic!("{} problems", problems.len()));
        Arc::new(Advisor::in_memory(knowledge).expect("an index in memory"))
    });
    App::new(advisor.clone())
}

/// The reply to an interaction, its bodies checked.
async fn reply_at(app: &App, interaction: Value, now: Timestamp) -> Response {
    let interaction =
        serde_json::from_value(interaction).expect("an interaction as Discord sends it");
    let reply = dispatch(app, &interaction, now).await;
    assert_good(&reply);
    reply
}

/// The body of the first response.
async fn first(app: &App, interaction: Value) -> Value {
    reply_at(app, interaction, at(NOON)).await.first.body()
}

fn assert_good(reply: &Response) {
    let body = reply.first.body();
    assert_eq!(check_response(&body), Vec::<String>::new(), "{body}");
    assert_eq!(
        openapi::request("POST", "/interactions/1/token/callback", &body),
        Vec::<String>::new(),
        "{body}"
    );
    for step in &reply.then {
        let (path, body) = match step {
            FollowUp::Message(message) => ("/webhooks/1/token", message.body()),
            FollowUp::Rows(rows) => {
                let body = careerbot::discord::interaction::follow_up::rows_body(rows);
                let path = "/webhooks/1/token/messages/@original";
                assert_eq!(
                    openapi::request("PATCH", path, &body),
                    Vec::<String>::new(),
                    "{body}"
                );
                continue;
            }
            FollowUp::Share(sharing) => {
                assert!(
                    !sharing.message.private && !sharing.linked.private,
                    "nobody could see it"
                );
                let body = sharing.message.post_body(Some(sharing.reply_to));
                assert_eq!(
                    openapi::request(
                        "POST",
                        &format!("/channels/{}/messages", sharing.channel),
                        &body
                    ),
                    Vec::<String>::new(),
                    "{body}"
                );
                assert_eq!(check_message(&body), Vec::<String>::new(), "{body}");
                ("/webhooks/1/token", sharing.linked.body())
            }
            FollowUp::Task(_) => continue,
        };
        assert_eq!(check_message(&body), Vec::<String>::new(), "{body}");
        if path == "/webhooks/1/token" {
            assert_eq!(
                openapi::request("POST", path, &body),
                Vec::<String>::new(),
                "{body}"
            );
        }
    }
    assert!(reply.then.len() <= careerbot::discord::message::limits::FOLLOW_UPS);
}

fn is_private(body: &Value) -> bool {
    body["data"]["flags"]
        .as_u64()
        .is_some_and(|flags| flags & 64 != 0)
}

/// What a response brings back in its file.
#[track_caller]
fn kept(reply: &Response) -> String {
    let file = reply
        .first
        .files()
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no file: {reply:?}"));
    String::from_utf8_lossy(&file.data).into_owned()
}

#[track_caller]
fn content(body: &Value) -> &str {
    body["data"]["content"]
        .as_str()
        .unwrap_or_else(|| panic!("no content: {body}"))
}

/// Everything that a message says: content and embeds.
fn said(body: &Value) -> String {
    let data = &body["data"];
    format!(
        "{}\n{}",
        data["content"].as_str().unwrap_or_default(),
        serde_json::to_string(&data["embeds"]).unwrap_or_default()
    )
}

/// The buttons and menus of a message.
fn parts(body: &Value) -> Vec<&Value> {
    let rows = body["data"]["components"].as_array();
    rows.into_iter()
        .flatten()
        .flat_map(|row| row["components"].as_array().into_iter().flatten())
        .collect()
}

/// The custom id of the button with that label.
#[track_caller]
fn button(body: &Value, label: &str) -> String {
    let found = parts(body).into_iter().find(|part| part["label"] == label);
    found
        .and_then(|part| part["custom_id"].as_str())
        .unwrap_or_else(|| panic!("no button {label}: {body}"))
        .to_owned()
}

/// The menu of a message, by its place among the menus.
#[track_caller]
fn menu(body: &Value, place: usize) -> &Value {
    parts(body)
        .into_iter()
        .filter(|part| part["type"] == 3)
        .nth(place)
        .unwrap_or_else(|| panic!("no menu: {body}"))
}

/// A role whose card is a stable place to press on: its message as the bot sent it.
async fn role_card(app: &App) -> Value {
    first(
        app,
        crate::fake_discord::payloads::slash("role", &[("name", json!("registered-nurse"))]),
    )
    .await
}

#[tokio::test]
async fn a_ping_is_answered_with_a_pong() {
    let ping = json!({"id": "1", "application_id": "2", "type": 1, "token": "t", "version": 1});
    let reply = reply_at(&app(), ping, at(NOON)).await;
    assert_eq!(reply.first, InitialResponse::Pong);
    assert_eq!(reply.first.body(), json!({"type": 1}));
}
