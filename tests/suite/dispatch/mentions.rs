//! Messages in channels: which ones are answered, and how.

use careerbot::discord::App;
use careerbot::discord::members::mention::{Heard, reply};
use careerbot::discord::message::body::Message;
use careerbot::discord::message::limits::check_message;
use careerbot::store::UserId;
use careerbot::store::settings::Settings;
use serde_json::{Value, json};

use super::moderators::{self, with_store};
use super::{NOON, app, at};
use crate::fake_discord::payloads::{
    CHANNEL, GUILD, bot_user, guild_message, message, slash, user,
};
use crate::fake_discord::{APPLICATION, openapi};

async fn hear(app: &careerbot::discord::App, message: Value) -> Option<Message> {
    let bot = serenity::model::id::UserId::new(APPLICATION.parse().expect("an id"));
    let (_, heard) = Heard::of_json(&message, bot).expect("a message as Discord sends it");
    reply(app, &heard, at(NOON)).await
}

fn mention() -> String {
    format!("<@{APPLICATION}>")
}

#[tokio::test]
async fn a_question_to_the_bot_is_answered_for_all_to_see() {
    for content in [
        format!("{} what do nurses earn?", mention()),
        format!("so <@!{APPLICATION}> what do nurses earn?"),
        format!("what do nurses earn {}", mention()),
    ] {
        let message = hear(&app(), guild_message(&content, &[bot_user()]))
            .await
            .expect("an answer");
        let body = message.post_body(Some(serenity::model::id::MessageId::new(7)));
        assert_eq!(check_message(&body), Vec::<String>::new(), "{body}");
        assert_eq!(
            openapi::request("POST", "/channels/1/messages", &body),
            Vec::<String>::new(),
            "{body}"
        );
        assert!(
            !message.private && !body.to_string().contains("Share"),
            "{body}"
        );
        assert_eq!(body["message_reference"]["message_id"], "7");
    }
}

#[tokio::test]
async fn a_follow_up_that_mentions_it_again_keeps_the_thread() {
    let app = app();
    let ask = |text: &str| guild_message(&format!("{} {text}", mention()), &[bot_user()]);
    hear(&app, ask("what does a registered nurse earn?"))
        .await
        .expect("an answer");
    let followed = hear(&app, ask("and in Texas?"))
        .await
        .expect("an answer")
        .body()
        .to_string();
    assert!(
        followed.contains("egistered nurse") && followed.contains("In Texas"),
        "{followed}"
    );
    // Somebody else in the same channel begins a talk of their own.
    let mut other = ask("and in Ohio?");
    other["author"] = user("400000000000000077", "alex");
    let answer = hear(&app, other)
        .await
        .expect("an answer")
        .body()
        .to_string();
    assert!(
        answer.contains("which role you mean") && !answer.contains("nurses earned"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_bare_mention_is_told_how_to_ask() {
    let message = hear(&app(), guild_message(&mention(), &[bot_user()]))
        .await
        .expect("a hint");
    assert!(message.content.contains("/help"));
}

#[tokio::test]
async fn silence_on_all_that_is_not_said_to_it() {
    let mut everyone = guild_message("@everyone what do nurses earn?", &[]);
    everyone["mention_everyone"] = json!(true);
    let bare_reply = guild_message("thanks, and in Texas?", &[bot_user()]);
    let mut from_bot = guild_message(&format!("{} hi", mention()), &[bot_user()]);
    from_bot["author"]["bot"] = json!(true);
    let mut own = guild_message(&format!("{} hi", mention()), &[bot_user()]);
    own["author"] = bot_user();
    let mut hook = guild_message(&format!("{} hi", mention()), &[bot_user()]);
    hook["webhook_id"] = json!("8");
    let other = guild_message("<@1000000000000000011> hi", &[]);
    let hidden = guild_message("", &[]);
    for silent in [
        everyone,
        bare_reply,
        from_bot,
        own,
        hook,
        other,
        hidden,
        message("", &[]),
    ] {
        assert_eq!(hear(&app(), silent.clone()).await, None, "{silent}");
    }
}

#[tokio::test]
async fn a_direct_message_needs_no_mention() {
    assert!(
        hear(&app(), message("what do nurses earn?", &[]))
            .await
            .is_some()
    );
}

/// What fifty messages at that second are replied to: how many answers, and what those who write too fast are told.
async fn flood(
    app: &careerbot::discord::App,
    message: impl Fn() -> Value,
    second: i64,
) -> (usize, Vec<String>) {
    let bot = serenity::model::id::UserId::new(APPLICATION.parse().expect("an id"));
    let mut replies = Vec::new();
    for _ in 0..50 {
        let (_, heard) = Heard::of_json(&message(), bot).expect("a message as Discord sends it");
        replies.extend(
            reply(app, &heard, at(second))
                .await
                .map(|message| message.content),
        );
    }
    let (told, answers): (Vec<_>, Vec<_>) = replies
        .into_iter()
        .partition(|text| text.contains("try again in"));
    (answers.len(), told)
}

#[tokio::test]
async fn a_flood_of_mentions_is_told_once_to_slow_down_and_then_met_with_silence() {
    let app = app();
    let ask = || guild_message(&format!("{} hi", mention()), &[bot_user()]);
    let told = vec!["That was a lot at once. Please try again in 3 s.".to_owned()];
    assert_eq!(flood(&app, ask, NOON).await, (10, told.clone()));
    assert_eq!(
        flood(&app, ask, NOON + 30).await,
        (10, Vec::new()),
        "in a channel not again so soon"
    );
    assert_eq!(
        flood(&app, ask, NOON + 90).await,
        (10, told),
        "a while later it is"
    );
}

#[tokio::test]
async fn a_flood_of_direct_messages_is_told_how_long_to_wait_and_told_again_after_that() {
    let app = app();
    let ask = || message("hi", &[]);
    for round in 0..3 {
        let (answers, told) = flood(&app, ask, NOON + 3 * round).await;
        assert_eq!(
            (answers, told.len()),
            (if round == 0 { 10 } else { 1 }, 1),
            "round {round}"
        );
    }
}

#[tokio::test]
async fn a_mention_in_a_server_is_not_answered_where_it_is_not_known_what_the_server_wants() {
    let (guild, here) = (
        GUILD.parse().expect("an id"),
        CHANNEL.parse().expect("an id"),
    );
    let allowed = "300000000000000002".parse().expect("an id");
    let answers = async |app: &App, guild, channel| app.answers_in(guild, channel).await;
    let (app, _place) = with_store().await;
    let store = app.store().expect("there").clone();
    let settings = Settings {
        allowed_channels: vec![careerbot::store::ChannelId::new(300_000_000_000_000_002)],
        ..Settings::default()
    };
    store
        .save_settings(moderators::here(), &settings, UserId::new(5), "x", at(NOON))
        .await
        .expect("written");
    let both = async |app: &App| {
        (
            answers(app, Some(guild), here).await,
            answers(app, Some(guild), allowed).await,
        )
    };
    assert_eq!(both(&app).await, (false, true));
    store.close().await;
    assert_eq!(both(&app).await, (false, true), "as it was known last");
    let (never_read, _place) = with_store().await;
    never_read.store().expect("there").close().await;
    for unknown in [never_read, super::app()] {
        assert_eq!(both(&unknown).await, (false, false));
        assert!(
            answers(&unknown, None, here).await,
            "nothing can be set for a direct message"
        );
        let said = super::first(
            &unknown,
            slash("ask", &[("question", json!("What does a dentist earn?"))]),
        )
        .await;
        assert!(
            super::is_private(&said),
            "a command is answered privately: {said}"
        );
    }
}
