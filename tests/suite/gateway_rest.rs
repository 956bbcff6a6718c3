//! What follows a first response: follow-ups, edits, posts and files, and what happens when Discord says no.

use std::sync::Arc;
use std::time::Duration;

use careerbot::config::Config;
use careerbot::discord::api::client::{Error, Rest};
use careerbot::discord::api::error_code::ErrorCode;
use careerbot::discord::api::error_text;
use careerbot::discord::interaction::delivery::{self, Envelope};
use careerbot::discord::interaction::follow_up::FollowUp;
use careerbot::discord::interaction::follow_up::Sharing;
use careerbot::discord::interaction::response::InitialResponse;
use careerbot::discord::message::body::File;
use careerbot::discord::message::body::Message;
use careerbot::discord::message::components::{Button, Row};
use careerbot::discord::router::respond;
use serde_json::{Value, json};
use serenity::model::id::ChannelId;

use crate::dispatch::app;
use crate::fake_discord::payloads::{self, slash};
use crate::fake_discord::{FakeDiscord, Outcome, TOKEN, error};

/// A client of the fake, and an interaction that has been answered.
async fn answered(discord: &FakeDiscord) -> (Arc<Rest>, Envelope) {
    let rest = client(discord, TOKEN);
    let interaction = slash("ask", &[]);
    discord.expect_interaction(&interaction);
    let envelope = Envelope::of_json(&interaction).expect("an envelope");
    let until = tokio::time::Instant::now() + Duration::from_secs(20);
    let first = InitialResponse::Message(message("first"));
    rest.respond(
        envelope.id,
        &envelope.token,
        first.body(),
        first.files(),
        until,
    )
    .await
    .expect("answered");
    (rest, envelope)
}

pub(crate) fn client(discord: &FakeDiscord, token: &str) -> Arc<Rest> {
    let config = Config::read(|key| match key {
        "DISCORD_TOKEN" => Some(Ok(token.to_owned())),
        "CAREERBOT_DISCORD_API" => Some(Ok(discord.base.clone())),
        _ => None,
    });
    Arc::new(Rest::new(&config.expect("a configuration")).expect("a client"))
}

fn message(text: &str) -> Message {
    Message {
        content: text.to_owned(),
        ..Message::default()
    }
}

fn channel() -> ChannelId {
    payloads::CHANNEL.parse().expect("an id")
}

/// Other buttons below the first response.
fn rows(label: &str) -> FollowUp {
    FollowUp::Rows(vec![Row::Buttons(vec![Button::new("x", label)])])
}

fn post() -> FollowUp {
    shared_from(7)
}

/// The public copy of the private answer with that id.
fn shared_from(from: u64) -> FollowUp {
    FollowUp::Share(Box::new(Sharing {
        from: from.into(),
        channel: channel(),
        reply_to: 8.into(),
        message: message("public"),
        linked: message("public, with a link"),
    }))
}

fn bodies(discord: &FakeDiscord, method: &str, path: &str) -> Vec<Value> {
    discord
        .shared
        .lock()
        .requests
        .iter()
        .filter(|r| r.method == method && r.path.contains(path))
        .map(|r| r.body.clone())
        .collect()
}

#[tokio::test]
async fn steps_are_taken_in_order() {
    let discord = FakeDiscord::start().await;
    let (rest, envelope) = answered(&discord).await;
    respond::follow(
        &app(),
        &rest,
        &envelope,
        vec![FollowUp::Message(message("second")), rows("third"), post()],
    )
    .await;
    let seen: Vec<(String, u16)> = discord
        .shared
        .lock()
        .requests
        .iter()
        .map(|r| (r.method.clone(), r.status))
        .collect();
    assert_eq!(
        seen,
        [
            ("POST".to_owned(), 204),
            ("POST".to_owned(), 200),
            ("PATCH".to_owned(), 200),
            ("POST".to_owned(), 200)
        ]
    );
    assert_eq!(
        bodies(&discord, "PATCH", "@original")[0]["components"][0]["components"][0]["label"],
        "third"
    );
    let posted = &bodies(&discord, "POST", "/channels/")[0];
    assert_eq!(
        (&posted["content"], &posted["enforce_nonce"]),
        (&json!("public"), &json!(true))
    );
    assert!(
        posted["nonce"]
            .as_str()
            .is_some_and(|nonce| nonce.len() <= 25),
        "{posted}"
    );
}

#[tokio::test]
async fn a_file_goes_along_as_a_form() {
    let discord = FakeDiscord::start().await;
    let (rest, envelope) = answered(&discord).await;
    let bytes = vec![
        0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 255, 13, 10, b'-', b'-',
    ];
    let with_file = Message {
        file: Some(File {
            name: "pay.png".to_owned(),
            alt: "Pay of a nurse".to_owned(),
            bytes: bytes.clone(),
        }),
        ..message("chart")
    };
    respond::follow(&app(), &rest, &envelope, vec![FollowUp::Message(with_file)]).await;
    let sent = discord.request("POST", "/webhooks/").await;
    assert_eq!(sent.files, [("pay.png".to_owned(), bytes)]);
    assert_eq!(
        sent.body["attachments"][0]["description"], "Pay of a nurse",
        "the picture has words"
    );
}

#[tokio::test]
async fn a_deleted_channel_and_a_missing_right_are_said_privately() {
    let discord = FakeDiscord::start().await;
    let (rest, envelope) = answered(&discord).await;
    discord
        .shared
        .lock()
        .deleted_channels
        .insert(payloads::CHANNEL.to_owned());
    respond::follow(&app(), &rest, &envelope, vec![post()]).await;
    discord
        .shared
        .change(|state| state.deleted_channels.clear());
    discord
        .shared
        .lock()
        .forbidden_channels
        .insert(payloads::CHANNEL.to_owned());
    respond::follow(&app(), &rest, &envelope, vec![post()]).await;
    let said: Vec<(Value, Value)> = bodies(&discord, "POST", "/webhooks/")
        .iter()
        .map(|body| (body["content"].clone(), body["flags"].clone()))
        .collect();
    let privately = |code| {
        let words = ErrorCode(code).advice().expect("it has words");
        (json!(words), json!(64))
    };
    assert_eq!(said, [privately(10_003), privately(50_013)]);
}

#[tokio::test]
async fn whatever_keeps_an_answer_from_being_shared_is_said_privately_and_it_can_be_shared_again() {
    let codes = ErrorCode::advised().map(|(code, words)| {
        (
            Outcome::Fail(403, json!({"code": code.0, "message": "no"})),
            words,
        )
    });
    let unknown = [
        (
            Outcome::Fail(400, error(50_035, "Invalid Form Body")),
            error_text::REFUSED,
        ),
        (
            Outcome::Fail(500, json!({"message": "500"})),
            error_text::UNSURE,
        ),
        (
            Outcome::Redirect("http://127.0.0.1:9/".to_owned()),
            error_text::REFUSED,
        ),
    ];
    for (outcome, words) in codes.chain(unknown) {
        let discord = FakeDiscord::start().await;
        let (rest, envelope) = answered(&discord).await;
        let tries = if words == error_text::UNSURE { 5 } else { 1 };
        (0..tries).for_each(|_| discord.script("POST", "/channels/", outcome.clone()));
        respond::follow(&app(), &rest, &envelope, vec![post(), rows("never")]).await;
        let said = bodies(&discord, "POST", "/webhooks/");
        assert_eq!(
            (said.len(), &said[0]["content"], &said[0]["flags"]),
            (1, &json!(words), &json!(64)),
            "{outcome:?}"
        );
        assert_eq!(discord.count("PATCH", "@original"), 0, "the button stays");
        respond::follow(&app(), &rest, &envelope, vec![post(), rows("after")]).await;
        assert_eq!(discord.count("PATCH", "@original"), 1, "{outcome:?}");
        assert_eq!(discord.shared.lock().nonces.len(), 1, "{outcome:?}");
    }
}

#[tokio::test]
async fn a_step_that_failed_for_an_interaction_that_is_over_is_followed_by_nothing() {
    let discord = FakeDiscord::start().await;
    let (rest, envelope) = answered(&discord).await;
    discord.shared.change(|state| state.interactions.clear());
    respond::follow(
        &app(),
        &rest,
        &envelope,
        vec![FollowUp::Message(message("late"))],
    )
    .await;
    assert_eq!(discord.count("POST", "/webhooks/"), 1);
}

#[tokio::test]
async fn without_a_token_an_answer_is_shared_by_the_interaction_itself() {
    for token in ["", "bm8.bG9uZ2Vy.Z29vZA"] {
        let discord = FakeDiscord::start().await;
        let (_, envelope) = answered(&discord).await;
        let rest = client(&discord, token);
        respond::follow(&app(), &rest, &envelope, vec![post(), rows("after")]).await;
        let said = bodies(&discord, "POST", "/webhooks/");
        assert_eq!(said.len(), 1, "{token}");
        assert_eq!(
            (&said[0]["content"], &said[0]["flags"]),
            (&json!("public, with a link"), &Value::Null),
            "{token}"
        );
        assert_eq!(discord.count("PATCH", "@original"), 1, "{token}");
    }
}

#[tokio::test]
async fn where_nothing_can_be_replied_to_it_is_posted_by_itself() {
    let discord = FakeDiscord::start().await;
    let (rest, _) = answered(&discord).await;
    discord
        .shared
        .lock()
        .unread_channels
        .insert(payloads::CHANNEL.to_owned());
    discord
        .shared
        .lock()
        .bare_channels
        .insert(payloads::CHANNEL.to_owned());
    let embed = careerbot::discord::message::body::Embed {
        title: "Nurse".to_owned(),
        ..Default::default()
    };
    let rich = Message {
        embeds: vec![embed].into(),
        ..message("public")
    };
    let posted = delivery::post(&rest, channel(), &rich, Some(8.into()), "9").await;
    assert!(posted.is_ok(), "{posted:?}");
    let tries = bodies(&discord, "POST", "/channels/");
    let last = tries.last().expect("a try");
    assert_eq!(
        (tries.len(), &last["message_reference"], &last["embeds"]),
        (3, &Value::Null, &Value::Null),
        "{last}"
    );
    assert!(
        last["content"]
            .as_str()
            .is_some_and(|text| text.contains("Nurse")),
        "{last}"
    );
}

#[tokio::test]
async fn a_follow_up_is_not_sent_twice_when_it_is_unknown_whether_it_arrived() {
    let discord = FakeDiscord::start().await;
    let (rest, envelope) = answered(&discord).await;
    discord.script("POST", "/webhooks/", Outcome::DoneButFailed);
    respond::follow(
        &app(),
        &rest,
        &envelope,
        vec![
            FollowUp::Message(message("once")),
            FollowUp::Message(message("never")),
        ],
    )
    .await;
    let said = bodies(&discord, "POST", "/webhooks/");
    let said: Vec<&Value> = said.iter().map(|body| &body["content"]).collect();
    assert_eq!(
        said,
        [&json!("once"), &json!(error_text::UNSURE)],
        "a failed step ends the steps"
    );
}

#[tokio::test]
async fn a_post_with_a_nonce_is_tried_again_and_still_there_only_once() {
    let discord = FakeDiscord::start().await;
    let (rest, envelope) = answered(&discord).await;
    discord.script("POST", "/channels/", Outcome::DoneButFailed);
    respond::follow(&app(), &rest, &envelope, vec![post()]).await;
    let sent = bodies(&discord, "POST", "/channels/");
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0]["nonce"], sent[1]["nonce"]);
    assert_eq!(
        discord.shared.lock().nonces.len(),
        1,
        "Discord keeps one message"
    );
}

#[tokio::test]
async fn an_edit_is_tried_again() {
    let discord = FakeDiscord::start().await;
    let (rest, envelope) = answered(&discord).await;
    discord.script(
        "PATCH",
        "@original",
        Outcome::Fail(502, json!({"message": "502"})),
    );
    respond::follow(&app(), &rest, &envelope, vec![rows("new")]).await;
    assert_eq!(discord.count("PATCH", "@original"), 2);
}

#[tokio::test]
async fn a_follow_up_waits_for_the_first_response_to_arrive() {
    let discord = FakeDiscord::start().await;
    let (rest, envelope) = answered(&discord).await;
    discord.script(
        "POST",
        "/webhooks/",
        Outcome::Fail(404, error(10015, "Unknown Webhook")),
    );
    respond::follow(
        &app(),
        &rest,
        &envelope,
        vec![FollowUp::Message(message("second"))],
    )
    .await;
    let statuses: Vec<u16> = discord
        .shared
        .lock()
        .requests
        .iter()
        .filter(|r| r.path.contains("/webhooks/"))
        .map(|r| r.status)
        .collect();
    assert_eq!(statuses, [404, 200]);
}

#[tokio::test]
async fn a_route_that_discord_closes_is_left_alone_until_it_opens() {
    let discord = FakeDiscord::start().await;
    let (rest, envelope) = answered(&discord).await;
    discord.script("POST", "/channels/", Outcome::LastOne(2.0));
    respond::follow(
        &app(),
        &rest,
        &envelope,
        vec![
            shared_from(1),
            FollowUp::Message(message("another route")),
            shared_from(2),
        ],
    )
    .await;
    let state = discord.shared.lock();
    let sent = |path: &str| {
        state
            .requests
            .iter()
            .filter(|request| request.path.contains(path))
            .map(|request| (request.status, request.at))
            .collect::<Vec<_>>()
    };
    let (posts, others) = (sent("/channels/"), sent("/webhooks/"));
    assert_eq!(
        posts.iter().map(|(status, _)| *status).collect::<Vec<_>>(),
        [200, 200],
        "it does not run into the limit"
    );
    assert!(posts[1].1 - posts[0].1 >= Duration::from_millis(1900));
    assert!(
        others[0].1 - posts[0].1 < Duration::from_millis(1900),
        "other routes go on"
    );
}

#[tokio::test]
async fn interactions_are_answered_without_a_token_and_nothing_else_is() {
    let discord = FakeDiscord::start().await;
    let (_, envelope) = answered(&discord).await;
    let rest = client(&discord, "");
    respond::follow(
        &app(),
        &rest,
        &envelope,
        vec![FollowUp::Message(message("second"))],
    )
    .await;
    assert_eq!(discord.count("POST", "/webhooks/"), 1);
    assert!(matches!(rest.application().await, Err(Error::NoToken)));
}
