//! Moderators' commands on a store of their own: rights, settings, the log, and what members notice of it.

use careerbot::discord::App;
use careerbot::discord::interaction::follow_up::FollowUp;
use careerbot::discord::interaction::response::InitialResponse;
use careerbot::discord::moderation::permission_report::PermissionCheck;
use careerbot::store::settings::Settings;
use careerbot::store::{ServerId, ServerRoleId, UserId};
use serde_json::{Value, json};

use super::page::as_read;
use super::{NOON, app, at, button, content, first, is_private, reply_at};
use crate::fake_discord::payloads::{
    CHANNEL, GUILD, MANAGE_SERVER, MEMBER, as_member, autocomplete, by_somebody_else,
    in_direct_message, press, slash, subcommand, user_installed,
};
use crate::store::place::Place;

const ROLE: &str = "700000000000000001";
const OTHER_CHANNEL: &str = "300000000000000002";

/// An app with a store, which stays as long as the place.
pub(super) async fn with_store() -> (App, Place) {
    let (app, place) = (app(), Place::sqlite());
    app.set_store(place.open().await);
    (app, place)
}

pub(super) fn moderator(interaction: Value) -> Value {
    as_member(interaction, MANAGE_SERVER, &[])
}

pub(super) fn here() -> ServerId {
    ServerId::new(GUILD.parse().expect("an id"))
}

async fn settings(app: &App) -> Settings {
    app.store()
        .expect("there")
        .settings(here())
        .await
        .expect("read")
}

fn set(options: &[(&str, u8, Value)]) -> Value {
    subcommand("settings", "set", options)
}

fn ask(private: Option<bool>) -> Value {
    let private = private.map(|private| ("private", json!(private)));
    slash(
        "ask",
        &[
            Some(("question", json!("What does a dentist earn?"))),
            private,
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>(),
    )
}

#[tokio::test]
async fn settings_are_saved_shown_and_logged() {
    let (app, _place) = with_store().await;
    let view = first(&app, moderator(subcommand("settings", "view", &[]))).await;
    insta::assert_snapshot!(as_read(&view), @r"
    -- a new message, private --
    **Settings of this server**
    • Moderator role: none; members with Manage Server moderate
    • Digest channel: none; name one with each digest
    • Log channel: none; I cannot tell you when a post fails
    • Time zone: UTC
    • Answers: private, unless a member chooses otherwise
    • I answer in: all channels
    • Late posts: Post it late
    • Questions without a good answer: not counted
    • Numbers of each week: not counted
    • Entries of /knowledge: approved by any moderator
    • Log: kept for 90 days
    • Posts: each topic in its own colour; points, roles, question
    ");
    let options = [
        ("moderator-role", 8, json!(ROLE)),
        ("digest-channel", 7, json!(CHANNEL)),
        ("log-channel", 7, json!(OTHER_CHANNEL)),
        ("time-zone", 3, json!("america/new_york")),
        ("private-answers", 5, json!(false)),
        ("late-posts", 3, json!("ask")),
        ("log-days", 4, json!(30)),
    ];
    let saved = first(&app, moderator(set(&options))).await;
    insta::assert_snapshot!(as_read(&saved), @r"
    -- a new message, private --
    Saved.
    **Settings of this server**
    • Moderator role: <@&700000000000000001>
    • Digest channel: <#300000000000000001>
    • Log channel: <#300000000000000002>
    • Time zone: America/New_York
    • Answers: public, unless a member chooses otherwise
    • I answer in: all channels
    • Late posts: Ask in the log channel
    • Questions without a good answer: not counted
    • Numbers of each week: not counted
    • Entries of /knowledge: approved by any moderator
    • Log: kept for 30 days
    • Posts: each topic in its own colour; points, roles, question
    -# Discord shows moderator commands to members with Manage Server. To show them to the role too: Server Settings → Integrations → this bot.
    ");
    let now = settings(&app).await;
    assert_eq!(
        (now.zone.as_str(), now.private_answers, now.audit_days),
        ("America/New_York", false, 30)
    );
    assert_eq!(
        now.moderator_role,
        Some(ServerRoleId::new(ROLE.parse().expect("an id")))
    );
    let log = first(&app, moderator(subcommand("settings", "log", &[]))).await;
    insta::assert_snapshot!(as_read(&log), @r"
    -- a new message, private --
    **Log** — kept for 30 days
    <t:1795348800:f> <@400000000000000001> **changed the settings** · Moderator role: <@&700000000000000001>; Digest channel: <#300000000000000001>; Log channel: <#300000000000000002>; Time zone: America/New_York; Answers: public, unless a member chooses otherwise; Late posts: Ask in the log channel; Log:…
    ");
    first(&app, moderator(set(&[("clear", 3, json!("log-channel"))]))).await;
    assert_eq!(settings(&app).await.log_channel, None);
    let same = first(&app, moderator(set(&[("clear", 3, json!("log-channel"))]))).await;
    assert!(content(&same).starts_with("Nothing changed"), "{same}");
}

#[tokio::test]
async fn who_wants_to_be_asked_where_nobody_can_be_is_told_so() {
    let (app, _place) = with_store().await;
    let warns = |body: &Value| {
        content(body).contains("There is no log channel to ask in, so late posts are left out")
    };
    let asked = first(&app, moderator(set(&[("late-posts", 3, json!("ask"))]))).await;
    assert!(
        warns(&asked) && content(&asked).starts_with("Saved"),
        "{asked}"
    );
    assert!(warns(
        &first(&app, moderator(subcommand("settings", "view", &[]))).await
    ));
    let mended = first(&app, moderator(set(&[("log-channel", 7, json!(CHANNEL))]))).await;
    assert!(!warns(&mended), "{mended}");
    assert!(!warns(
        &first(&app, moderator(subcommand("settings", "view", &[]))).await
    ));
    assert!(warns(
        &first(&app, moderator(set(&[("clear", 3, json!("log-channel"))]))).await
    ));
}

#[tokio::test]
async fn what_cannot_be_set_changes_nothing() {
    let (app, _place) = with_store().await;
    for (option, says) in [
        (
            ("time-zone", 3, json!("Mars/*Olympus*")),
            "is not a time zone",
        ),
        (("time-zone", 3, json!("EST")), "America/New_York is one"),
        (("time-zone", 3, json!("mst")), "America/Denver is one"),
        (("time-zone", 3, json!("localtime")), "start typing a city"),
        (("time-zone", 3, json!("posixrules")), "start typing a city"),
        (("time-zone", 3, json!("Factory")), "start typing a city"),
        (("moderator-role", 8, json!(GUILD)), "@everyone"),
        (("late-posts", 3, json!("perhaps")), "late posts"),
        (("log-days", 4, json!(0)), "from 1 to"),
        (("clear", 3, json!("everything")), "what to clear"),
    ] {
        let body = first(
            &app,
            by_a_fresh_moderator(set(&[("private-answers", 5, json!(false)), option])),
        )
        .await;
        assert!(
            content(&body).starts_with("Nothing was changed") && content(&body).contains(says),
            "{body}"
        );
    }
    assert_eq!(settings(&app).await, Settings::default());
    let body = first(&app, moderator(set(&[]))).await;
    assert!(content(&body).contains("choose at least one"), "{body}");
}

/// The same server, another member, whom no rate limit has seen.
fn by_a_fresh_moderator(interaction: Value) -> Value {
    let mut other = by_somebody_else(moderator(interaction));
    other["guild_id"] = json!(GUILD);
    other["authorizing_integration_owners"] = json!({"0": GUILD});
    other
}

#[tokio::test]
async fn rights_are_checked_with_each_command_and_press_and_refusals_are_logged() {
    let (app, _place) = with_store().await;
    for sub in ["view", "set", "check", "log"] {
        let body = first(
            &app,
            as_member(
                subcommand("settings", sub, &[("private-answers", 5, json!(false))]),
                0,
                &[ROLE],
            ),
        )
        .await;
        assert!(
            content(&body).contains("Manage Server") && is_private(&body),
            "{body}"
        );
    }
    let forged = press("1:l:9000", &json!({"content": "x", "flags": 64}));
    let body = first(&app, as_member(forged.clone(), 0, &[ROLE])).await;
    assert!(content(&body).contains("This is for moderators"), "{body}");
    let log = app
        .store()
        .expect("there")
        .audit_log(here(), None, 20)
        .await
        .expect("read");
    let tried: Vec<(&str, &str, UserId)> = log
        .iter()
        .map(|entry| (entry.what.as_str(), entry.detail.as_str(), entry.who))
        .collect();
    assert_eq!(tried.len(), 5);
    assert!(
        tried.iter().all(|(what, detail, who)| *what == "refused"
            && detail.starts_with("/settings ")
            && *who == UserId::new(MEMBER.parse().expect("an id"))),
        "{tried:?}"
    );
    first(&app, moderator(set(&[("moderator-role", 8, json!(ROLE))]))).await;
    let body = first(&app, as_member(forged, 0, &[ROLE])).await;
    assert_eq!(body["type"], 7, "the page turns: {body}");
    let body = first(
        &app,
        as_member(set(&[("time-zone", 3, json!("Europe/Paris"))]), 0, &[ROLE]),
    )
    .await;
    assert!(content(&body).starts_with("Saved."), "{body}");
    for options in [
        ("moderator-role", 8, json!(CHANNEL)),
        ("clear", 3, json!("moderator-role")),
    ] {
        let body = first(&app, as_member(set(&[options]), 0, &[ROLE])).await;
        assert!(
            content(&body).contains("only by members with Manage Server"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn the_log_is_read_page_by_page() {
    let (app, _place) = with_store().await;
    for number in 0..30 {
        app.store()
            .expect("there")
            .audit(
                here(),
                UserId::NOBODY,
                "test",
                &format!("line {number} {}", "*x*".repeat(200)),
                at(NOON),
            )
            .await
            .expect("written");
    }
    let mut body = first(&app, moderator(subcommand("settings", "log", &[]))).await;
    let mut seen = 0;
    for _ in 0..6 {
        seen += content(&body).lines().count() - 1;
        if body["data"]["components"]
            .as_array()
            .is_none_or(Vec::is_empty)
        {
            break;
        }
        body = first(
            &app,
            moderator(press(&button(&body, "Older"), &body["data"])),
        )
        .await;
    }
    assert_eq!(seen, 30);
}

#[tokio::test]
async fn settings_belong_to_servers_that_have_the_bot() {
    let (app, _place) = with_store().await;
    for call in [
        in_direct_message(subcommand("settings", "view", &[])),
        moderator(user_installed(subcommand("settings", "view", &[]))),
    ] {
        assert!(content(&first(&app, call).await).contains("in a server that has added me"));
    }
    first(
        &app,
        moderator(set(&[("private-answers", 5, json!(false))])),
    )
    .await;
    assert!(!is_private(&first(&app, ask(None)).await));
    for call in [
        in_direct_message(ask(None)),
        user_installed(ask(None)),
        by_somebody_else(ask(None)),
    ] {
        assert!(is_private(&first(&app, call).await), "another place");
    }
}

#[tokio::test]
async fn the_servers_default_is_what_a_member_can_change() {
    let (app, _place) = with_store().await;
    assert!(is_private(&first(&app, ask(None)).await));
    first(
        &app,
        moderator(set(&[("private-answers", 5, json!(false))])),
    )
    .await;
    assert!(!is_private(&first(&app, ask(None)).await));
    assert!(is_private(&first(&app, ask(Some(true))).await));
    app.store().expect("there").close().await;
    assert!(
        !is_private(&first(&app, ask(Some(false))).await),
        "what this server wants is remembered for a while"
    );
    assert!(
        is_private(&first(&app, by_somebody_else(ask(Some(false)))).await),
        "what another server wants is not known"
    );
}

#[tokio::test]
async fn members_are_sent_to_the_channels_that_are_allowed() {
    let (app, _place) = with_store().await;
    first(
        &app,
        moderator(set(&[("allow-channel", 7, json!(OTHER_CHANNEL))])),
    )
    .await;
    let body = first(&app, ask(Some(false))).await;
    assert!(
        content(&body).contains(&format!("I answer in <#{OTHER_CHANNEL}>")) && is_private(&body),
        "{body}"
    );
    assert!(
        content(&first(&app, slash("role", &[("name", json!("dentist"))])).await)
            .contains("I answer in")
    );
    assert!(content(&first(&app, slash("privacy", &[])).await).contains("What I read"));
    let mut there = ask(None);
    there["channel_id"] = json!(OTHER_CHANNEL);
    assert!(!content(&first(&app, there).await).contains("I answer in"));
    let mut thread = ask(None);
    thread["channel"]["type"] = json!(11);
    thread["channel"]["parent_id"] = json!(OTHER_CHANNEL);
    thread["channel"]["thread_metadata"] = json!({"archived": false, "auto_archive_duration": 60, "archive_timestamp": "2026-01-01T00:00:00+00:00", "locked": false});
    assert!(
        !content(&first(&app, thread).await).contains("I answer in"),
        "a thread of an allowed channel"
    );
    assert!(!content(&first(&app, in_direct_message(ask(None))).await).contains("I answer in"));
}

#[tokio::test]
async fn without_a_store_moderators_are_told_and_answers_go_on() {
    let app = app();
    for sub in ["view", "set", "check", "log"] {
        let body = first(&app, moderator(subcommand("settings", sub, &[]))).await;
        assert!(content(&body).contains("store is not available"), "{body}");
    }
    assert!(!content(&first(&app, ask(None)).await).contains("store"));
    let (app, _place) = with_store().await;
    app.store().expect("there").close().await;
    let body = first(&app, moderator(subcommand("settings", "view", &[]))).await;
    assert!(content(&body).contains("nothing was changed"), "{body}");
}

const SCHEDULED: u64 = 300_000_000_000_000_009;

#[tokio::test]
async fn a_check_looks_at_each_channel_that_is_set() {
    let (app, _place) = with_store().await;
    let none = first(&app, moderator(subcommand("settings", "check", &[]))).await;
    assert!(content(&none).contains("no channel to check"), "{none}");
    first(
        &app,
        moderator(set(&[
            ("log-channel", 7, json!(CHANNEL)),
            ("allow-channel", 7, json!(OTHER_CHANNEL)),
        ])),
    )
    .await;
    let mut scheduled = crate::store::postings::definition();
    scheduled.channel = careerbot::store::ChannelId::new(SCHEDULED);
    for _ in 0..2 {
        let store = app.store().expect("there");
        store
            .add_digest(here(), &scheduled, at(NOON), UserId::NOBODY, at(NOON))
            .await
            .expect("written");
    }
    let reply = reply_at(
        &app,
        moderator(subcommand("settings", "check", &[])),
        at(NOON),
    )
    .await;
    assert!(matches!(&reply.first, InitialResponse::Message(message) if message.private));
    let check = reply.then.first().and_then(FollowUp::as_task);
    let PermissionCheck { wanted, .. } = check.expect("a check");
    assert_eq!(reply.then.len(), 1);
    assert_eq!(
        wanted
            .iter()
            .map(|wanted| wanted.channel.to_string())
            .collect::<Vec<_>>(),
        [CHANNEL, &SCHEDULED.to_string(), OTHER_CHANNEL],
        "each once, also the channel of scheduled digests"
    );
}

#[tokio::test]
async fn moderators_see_and_delete_what_bears_their_name() {
    let (app, _place) = with_store().await;
    first(
        &app,
        moderator(set(&[("time-zone", 3, json!("Europe/Paris"))])),
    )
    .await;
    let view = first(&app, subcommand("my-data", "view", &[])).await;
    assert!(
        content(&view).contains("logs that name you: 1") && is_private(&view),
        "{view}"
    );
    let done = first(
        &app,
        press(&button(&view, "Delete all of it"), &view["data"]),
    )
    .await;
    assert!(content(&done).contains("without your name"), "{done}");
    assert!(
        content(&first(&app, subcommand("my-data", "view", &[])).await)
            .contains("nothing about you")
    );
    let log = app
        .store()
        .expect("there")
        .audit_log(here(), None, 5)
        .await
        .expect("read");
    assert_eq!(
        (log.len(), log[0].who),
        (1, UserId::NOBODY),
        "the server keeps its log"
    );
    assert_eq!(settings(&app).await.zone, "Europe/Paris");
    app.store().expect("there").close().await;
    for part in ["view", "delete"] {
        let body = first(&app, subcommand("my-data", part, &[])).await;
        assert!(content(&body).contains("try again"), "{body}");
    }
}

#[tokio::test]
async fn time_zones_are_suggested() {
    let mut typing = autocomplete("settings", &[("time-zone", json!("new y"))]);
    let option = typing["data"]["options"][0].take();
    typing["data"]["options"] = json!([{"name": "set", "type": 1, "options": [option]}]);
    let body = first(&app(), typing).await;
    assert_eq!(body["data"]["choices"][0]["value"], "America/New_York");
}
