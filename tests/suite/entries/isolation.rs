//! An entry is seen in its own server and nowhere else, whatever is asked and whichever way.

use std::sync::{Arc, Mutex};

use careerbot::discord::members::mention::{Heard, reply};
use careerbot::discord::{App, dispatch};
use jiff::Timestamp;
use serde_json::{Value, json};

use careerbot::knowledge::own_trend::{OwnTrend, Quote};
use careerbot::store::entries::Content;
use careerbot::store::{ServerId, Store, UserId};

use super::{live, publish};
use crate::fake_discord::APPLICATION;
use crate::fake_discord::payloads::{
    GUILD, MEMBER, autocomplete, bot_user, by_somebody_else, guild_message, in_direct_message,
    message, message_command, press, select, slash, user_installed,
};
use crate::store::place::Place;

/// Words that stand in the entries of the one server and nowhere else in the world: the number has its comma, for bare digits stand in a log by chance (times, ids).
const SECRETS: &[&str] = &["quokkafest", "zanzibarium", "Xylothorpe", "9,417"];

/// What is asked everywhere: each of these meets an entry where it may.
const QUESTIONS: &[&str] = &[
    "when is quokkafest",
    "nurse pay at Xylothorpe",
    "What does a registered nurse earn at the Xylothorpe zanzibarium?",
    "visa sponsorship zanzibarium",
    "registered nurse",
    "what does a registered nurse earn?",
    "quokkafest",
    "quokafest",
    "and there?",
    "how much do they make",
];

async fn scene() -> (App, Place) {
    let place = Place::sqlite();
    let app = live::app(place.open().await);
    let store = app.store().expect("there");
    let server = careerbot::store::ServerId::new(GUILD.parse().expect("an id"));
    for (title, text) in [
        (
            "Quokkafest",
            "The quokkafest is on day 9,417 in the zanzibarium.",
        ),
        (
            "Registered nurse pay at Xylothorpe",
            "Xylothorpe pays registered nurses 9,417 dollars in the zanzibarium.",
        ),
        (
            "Registered nurse",
            "Registered nurses meet in the zanzibarium.",
        ),
        (
            "Visa sponsorship at the zanzibarium",
            "Ask Xylothorpe. Code 9,417.",
        ),
    ] {
        publish(store, server, title, text).await;
    }
    (app, place)
}

/// The same with a trend beside the entries.
async fn scene_with_a_trend() -> (App, Place) {
    let (app, place) = scene().await;
    let server = ServerId::new(GUILD.parse().expect("an id"));
    publish_trend(app.store().expect("there"), server).await;
    (app, place)
}

/// A trend of the one server, with a secret in every part of it.
async fn publish_trend(store: &Store, server: ServerId) {
    let quote = |text: &str| Quote {
        text: text.to_owned(),
        place: "paragraph 9,417".to_owned(),
    };
    let trend = OwnTrend {
        author: "Ann Xylothorpe".to_owned(),
        publisher: "Zanzibarium Times".to_owned(),
        quotes: vec![quote("Nurses flock to the quokkafest.")],
        figures: vec![quote("9,417 nurses")],
        roles: vec!["registered-nurse".to_owned(), "dentist".to_owned()],
        near: vec!["remote-work".to_owned()],
        ..OwnTrend::default()
    };
    let content = Content {
        title: TREND.to_owned(),
        text: "Nurses move to the zanzibarium.".to_owned(),
        source: "https://xylothorpe.example/9,417".to_owned(),
        review_on: "2027-01-31".to_owned(),
        trend: Some(trend.write()),
    };
    let (who, now) = (UserId::new(5), Timestamp::UNIX_EPOCH);
    let entry = store
        .add_entry(server, &content, who, now)
        .await
        .expect("written");
    store
        .approve_entry(server, entry, 1, who, false, now)
        .await
        .expect("approved");
    assert!(
        store
            .publish_entry(server, entry, 1, who, now)
            .await
            .expect("live")
    );
}

const TREND: &str = "The zanzibarium trend";

async fn told(app: &App, interaction: &Value) -> Value {
    let interaction =
        serde_json::from_value(interaction.clone()).expect("an interaction as Discord sends it");
    let reply = dispatch(app, &interaction, Timestamp::now()).await;
    let mut said = reply.first.body();
    let steps: Vec<String> = reply.then.iter().map(|step| format!("{step:?}")).collect();
    said["then"] = json!(steps);
    said
}

async fn heard(app: &App, message: Value) -> String {
    let bot = serenity::model::id::UserId::new(APPLICATION.parse().expect("an id"));
    let (_, heard) = Heard::of_json(&message, bot).expect("a message");
    let reply = reply(app, &heard, Timestamp::now()).await;
    reply
        .map(|reply| reply.post_body(None).to_string())
        .unwrap_or_default()
}

/// What was said of the secrets beyond what the question itself said.
fn leaks(question: &str, said: &str) -> Vec<&'static str> {
    let (question, said) = (question.to_lowercase(), said.to_lowercase());
    SECRETS
        .iter()
        .copied()
        .filter(|secret| {
            said.contains(&secret.to_lowercase()) && !question.contains(&secret.to_lowercase())
        })
        .collect()
}

fn in_guild(mut interaction: Value, guild: &str) -> Value {
    for place in [
        "/guild_id",
        "/guild/id",
        "/channel/guild_id",
        "/authorizing_integration_owners/0",
    ] {
        if let Some(id) = interaction.pointer_mut(place) {
            *id = json!(guild);
        }
    }
    interaction
}

fn by(mut interaction: Value, member: &str) -> Value {
    for place in ["/member/user/id", "/user/id"] {
        if let Some(id) = interaction.pointer_mut(place) {
            *id = json!(member);
        }
    }
    interaction
}

fn fresh_member() -> String {
    crate::fake_discord::payloads::fresh()
}

fn ask(question: &str) -> Value {
    slash("ask", &[("question", json!(question))])
}

#[tokio::test]
async fn in_its_server_an_entry_is_shown_as_the_moderators_own() {
    let (app, _place) = scene().await;
    let body = told(&app, &by(ask("when is quokkafest"), &fresh_member())).await;
    let embeds = body["data"]["embeds"].as_array().expect("embeds");
    assert_eq!(embeds.len(), 1, "{body}");
    assert_eq!(
        embeds[0]["title"],
        "From this server's moderators — not checked by careerbot"
    );
    assert!(
        embeds[0]["description"]
            .as_str()
            .expect("a text")
            .contains("day 9,417"),
        "{body}"
    );
    assert_eq!(embeds[0]["footer"]["text"], "To be reviewed on 2027-01-31.");
    assert_eq!(
        embeds[0]["fields"][0]["value"],
        "<https://example.org/halls>"
    );

    let beside = told(&app, &by(ask("registered nurse"), &fresh_member())).await;
    let embeds = beside["data"]["embeds"].as_array().expect("embeds");
    assert_eq!(embeds.len(), 2, "{beside}");
    assert!(
        leaks("", &embeds[0].to_string()).is_empty()
            && leaks("", beside["data"]["content"].as_str().expect("a text")).is_empty()
    );
    for question in QUESTIONS.iter().take(4) {
        let said = told(&app, &by(ask(question), &fresh_member()))
            .await
            .to_string();
        assert!(
            said.contains("not checked by careerbot"),
            "{question}: {said}"
        );
        let mention = heard(
            &app,
            by_author(guild_message(
                &format!("<@{APPLICATION}> {question}"),
                &[bot_user()],
            )),
        )
        .await;
        assert!(
            mention.contains("not checked by careerbot"),
            "{question}: {mention}"
        );
        let answered = told(
            &app,
            &by(message_command("Answer this", question), &fresh_member()),
        )
        .await
        .to_string();
        assert!(
            answered.contains("not checked by careerbot"),
            "{question}: {answered}"
        );
    }
}

/// The same message by an author whom no rate limit has seen.
fn by_author(mut message: Value) -> Value {
    message["author"]["id"] = json!(fresh_member());
    message
}

#[tokio::test]
async fn nowhere_else_is_a_word_of_it_seen() {
    let (app, _place) = scene_with_a_trend().await;
    let elsewhere = |interaction: Value| in_guild(interaction, "500000000000000002");
    let mut asked = 0;
    for question in QUESTIONS {
        // Somebody asks where it is known, and again at once in each other place: what was asked before makes no difference.
        let member = fresh_member();
        let asks = || by(ask(question), &member);
        told(&app, &asks()).await;
        let answer_this = || by(message_command("Answer this", question), &member);
        let other_places = [
            elsewhere(asks()),
            in_direct_message(asks()),
            user_installed(asks()),
            elsewhere(answer_this()),
            by(in_direct_message(answer_this()), &member),
            user_installed(answer_this()),
            by_somebody_else(asks()),
        ];
        for interaction in &other_places {
            let said = told(&app, interaction).await;
            assert_eq!(
                leaks(question, &said.to_string()),
                Vec::<&str>::new(),
                "{question}: {said}"
            );
            assert!(
                !said.to_string().contains("at once"),
                "nobody is told to wait: {said}"
            );
            assert!(
                !said.to_string().contains("moderators"),
                "{question}: {said}"
            );
            asked += 1;
            for pressed in presses(&said) {
                let place = |press: Value| match interaction["context"].as_u64() {
                    Some(1) => in_direct_message(press),
                    _ if interaction["authorizing_integration_owners"]["0"].is_null() => {
                        user_installed(press)
                    }
                    _ => elsewhere(press),
                };
                let said = told(&app, &by(place(pressed.clone()), &fresh_member())).await;
                assert_eq!(
                    leaks(question, &said.to_string()),
                    Vec::<&str>::new(),
                    "{pressed}: {said}"
                );
                asked += 1;
            }
        }
        let mut other = by_author(guild_message(
            &format!("<@{APPLICATION}> {question}"),
            &[bot_user()],
        ));
        other["guild_id"] = json!("500000000000000002");
        for said in [
            heard(&app, other).await,
            heard(&app, by_author(message(question, &[]))).await,
        ] {
            assert!(!said.is_empty(), "the bot answers");
            assert_eq!(
                leaks(question, &said),
                Vec::<&str>::new(),
                "{question}: {said}"
            );
            asked += 1;
        }
    }
    assert!(asked > 200, "{asked} places");
}

#[tokio::test]
async fn an_answer_that_is_kept_ready_is_kept_from_entries_and_entries_from_it() {
    let (app, _place) = scene().await;
    let question = "what does a registered nurse earn?";
    let elsewhere = || in_guild(by(ask(question), &fresh_member()), "500000000000000002");
    for _ in 0..4 {
        let said = told(&app, &by(ask(question), &fresh_member()))
            .await
            .to_string();
        assert!(said.contains("not checked by careerbot"), "{said}");
    }
    for _ in 0..4 {
        let said = told(&app, &elsewhere()).await.to_string();
        assert_eq!(leaks(question, &said), Vec::<&str>::new(), "{said}");
    }
    let said = told(&app, &by(ask(question), &fresh_member()))
        .await
        .to_string();
    assert!(
        said.contains("not checked by careerbot"),
        "what others were told takes nothing away here: {said}"
    );
}

#[tokio::test]
async fn a_trend_of_a_server_is_shown_in_it_and_nowhere_else() {
    let (app, _place) = scene_with_a_trend().await;
    let name =
        |command: &str, named: &str| by(slash(command, &[("name", json!(named))]), &fresh_member());
    let list = told(&app, &by(slash("trends", &[]), &fresh_member())).await;
    let entries = list["data"]["components"][0]["components"][0]["options"].clone();
    let entries = entries.as_array().expect("a menu");
    let own = entries.iter().find(|entry| entry["label"] == TREND);
    let key = own.expect("the trend")["value"]
        .as_str()
        .expect("a value")
        .to_owned();
    let menu = list["data"]["components"][0]["components"][0]["custom_id"]
        .as_str()
        .expect("an id");
    let chosen = || by(select(menu, &[&key], &list["data"]), &fresh_member());
    let typing = |typed: &str| {
        by(
            autocomplete("trend", &[("name", json!(typed))]),
            &fresh_member(),
        )
    };
    // Each of these shows it in its own server.
    let calls: Vec<(&str, Value)> = vec![
        ("list", by(slash("trends", &[]), &fresh_member())),
        ("by its key", name("trend", &key)),
        ("chosen", chosen()),
        ("beside a role", name("role", "dentist")),
        ("beside a trend", name("trend", "remote-work")),
        ("typed", typing("")),
        ("asked", by(ask("which trends are there?"), &fresh_member())),
    ];
    for (what, call) in &calls {
        let here = told(&app, call).await;
        assert_ne!(
            leaks("", &here.to_string()),
            Vec::<&str>::new(),
            "{what}: {here}"
        );
    }
    for (what, call) in calls {
        let places = [
            in_guild(call.clone(), "500000000000000002"),
            in_direct_message(call.clone()),
            user_installed(call.clone()),
            by_somebody_else(in_guild(call, "500000000000000003")),
        ];
        for place in places {
            let said = told(&app, &place).await;
            assert_eq!(
                leaks("", &said.to_string()),
                Vec::<&str>::new(),
                "{what}: {said}"
            );
            let offered = said["data"]["components"].to_string();
            assert!(!offered.contains("own:"), "{what}: {said}");
        }
    }
}

/// Every press and choice that a message offers.
fn presses(said: &Value) -> Vec<Value> {
    let data = &said["data"];
    let rows = data["components"].as_array().cloned().unwrap_or_default();
    let parts = rows
        .iter()
        .flat_map(|row| row["components"].as_array().cloned().unwrap_or_default());
    parts
        .filter_map(|part| {
            let id = part["custom_id"].as_str()?.to_owned();
            Some(match part["options"][0]["value"].as_str() {
                Some(value) => select(&id, &[value], data),
                None => press(&id, data),
            })
        })
        .collect()
}

#[tokio::test]
async fn suggestions_and_menus_know_nothing_of_entries_even_in_their_server() {
    let (app, _place) = scene().await;
    for (command, option) in [
        ("role", "name"),
        ("trend", "name"),
        ("pay", "role"),
        ("compare", "first"),
        ("ask", "question"),
    ] {
        for typed in ["quok", "zanz", "Xylo", "9417", "registered", ""] {
            let said = told(&app, &autocomplete(command, &[(option, json!(typed))]))
                .await
                .to_string();
            assert_eq!(
                leaks(typed, &said),
                Vec::<&str>::new(),
                "{command} {typed}: {said}"
            );
        }
    }
    let said = told(&app, &by(ask("registered nurse"), MEMBER)).await;
    let rows = said["data"]["components"].to_string();
    assert_eq!(leaks("", &rows), Vec::<&str>::new(), "{rows}");
}

#[tokio::test]
async fn the_day_of_review_begins_with_the_servers_own_day() {
    let (app, _place) = scene().await;
    let store = app.store().expect("there");
    let server = careerbot::store::ServerId::new(GUILD.parse().expect("an id"));
    // The review is due on 2027-01-31; this is the first of February by UTC, and still the day before in Hawaii.
    let now: Timestamp = "2027-02-01T05:00:00Z".parse().expect("a moment");
    for (zone, due) in [("UTC", true), ("Pacific/Honolulu", false)] {
        let settings = careerbot::store::settings::Settings {
            zone: zone.to_owned(),
            ..Default::default()
        };
        store
            .save_settings(server, &settings, super::MODERATOR, "zone", now)
            .await
            .expect("written");
        let asked = serde_json::from_value(by(ask("when is quokkafest"), &fresh_member()))
            .expect("an interaction");
        let said = dispatch(&app, &asked, now).await.first.body();
        let footer = said["data"]["embeds"][0]["footer"]["text"]
            .as_str()
            .expect("a review");
        assert_eq!(footer.contains("due for review"), due, "{zone}: {footer}");
    }
}

#[tokio::test]
async fn what_is_shared_is_shared_in_its_server_alone() {
    let (app, _place) = scene().await;
    let shown = told(&app, &by(ask("when is quokkafest"), &fresh_member())).await;
    let share = presses(&shown)
        .into_iter()
        .find(|press| press["data"]["custom_id"] == "1:p:")
        .expect("a Share button");
    let said = told(&app, &share).await;
    assert!(
        said.to_string().contains("day 9,417")
            && said.to_string().contains("not checked by careerbot"),
        "{said}"
    );
    assert_eq!(said["data"]["allowed_mentions"], json!({"parse": []}));
}

/// Log lines of this thread.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn neither_logs_nor_metrics_hold_a_word_of_it() {
    // With one subscriber alone, tracing asks whichever thread is first at a line whether to log it, for all threads.
    let _second = tracing::Dispatch::new(
        tracing_subscriber::fmt()
            .with_writer(std::io::sink)
            .finish(),
    );
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let (_logs, _metrics) = (
        tracing::subscriber::set_default(subscriber),
        metrics::set_default_local_recorder(&recorder),
    );
    let (app, _place) = scene().await;
    // The store logs its statements on this level, with their text but never with what was bound to them.
    for question in QUESTIONS {
        let said = told(&app, &by(ask(question), &fresh_member())).await;
        for pressed in presses(&said) {
            told(&app, &by(pressed, &fresh_member())).await;
        }
    }
    let log = String::from_utf8_lossy(&lines.0.lock().expect("no panic")).into_owned();
    assert!(log.contains("answered"), "the log is read");
    assert_eq!(leaks("", &log), Vec::<&str>::new());
    let metrics = handle.render();
    assert!(
        metrics.contains("careerbot_feedback_total"),
        "the metrics are read: {metrics}"
    );
    assert_eq!(leaks("", &metrics), Vec::<&str>::new());
}

#[tokio::test]
async fn an_entry_that_tries_everything_does_nothing() {
    let place = Place::sqlite();
    let app = live::app(place.open().await);
    let server = careerbot::store::ServerId::new(GUILD.parse().expect("an id"));
    let text = format!(
        "@everyone <@1> <@&2> [press](https://evil.example) ```x``` {}",
        "||**_~`*@here ".repeat(300)
    );
    publish(
        app.store().expect("there"),
        server,
        "Registered nurse @everyone <@1>",
        &text,
    )
    .await;
    for question in ["registered nurse everyone", "registered nurse"] {
        let body = told(&app, &by(ask(question), &fresh_member())).await;
        assert!(
            body.to_string().contains("not checked by careerbot"),
            "{body}"
        );
        let mut bare = body.clone();
        bare.as_object_mut().expect("an object").remove("then");
        assert_eq!(
            careerbot::discord::message::limits::check_response(&bare),
            Vec::<String>::new(),
            "{bare}"
        );
        let said = body.to_string();
        assert!(
            !said.contains("@everyone") && !said.contains(" <@1>") && !said.contains("[press]"),
            "{said}"
        );
        // Where embeds are not shown, everything stands in the text.
        let mut plain = by(ask(question), &fresh_member());
        plain["app_permissions"] = json!("3072");
        let body = told(&app, &plain).await;
        assert!(
            body["data"]["content"]
                .as_str()
                .is_some_and(|text| text.contains("not checked by careerbot")),
            "{body}"
        );
        let mut bare = body.clone();
        bare.as_object_mut().expect("an object").remove("then");
        assert_eq!(
            careerbot::discord::message::limits::check_response(&bare),
            Vec::<String>::new(),
            "{bare}"
        );
    }
}
