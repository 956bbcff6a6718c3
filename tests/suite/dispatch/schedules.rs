//! `/digest schedule` and `/digest edit`: times, confirmations, suggestions and mistakes.

use careerbot::store::digests::Definition;
use careerbot::store::{ChannelId, ServerRoleId, UserId};
use serde_json::{Value, json};

use super::moderators::{here, moderator, with_store};
use super::page::as_read;
use super::{NOON, at, button, content, first, is_private, parts, reply_at};
use crate::fake_discord::payloads::{
    CHANNEL, GUILD, MANAGE_SERVER, as_member, press, select_role, subcommand, typing,
    user_installed,
};

const OTHER_CHANNEL: &str = "300000000000000002";
const ROLE: &str = "700000000000000001";

fn schedule(options: &[(&str, u8, Value)]) -> Value {
    moderator(subcommand("digest", "schedule", options))
}

fn weekly(options: &[(&str, u8, Value)]) -> Value {
    let usual = [
        ("topic", 3, json!("next-trend")),
        ("channel", 7, json!(CHANNEL)),
        ("every", 3, json!("week")),
        ("at", 3, json!("9:00 am")),
        ("on", 3, json!("Monday")),
    ];
    let named = |name: &str| options.iter().any(|(other, _, _)| *other == name);
    let kept: Vec<_> = usual
        .iter()
        .filter(|(name, _, _)| !named(name))
        .cloned()
        .collect();
    schedule(&[&kept, options].concat())
}

/// Every member may do ten things at once, so each test asks at its own time.
async fn later(app: &careerbot::discord::App, minutes: i64, interaction: Value) -> String {
    content(
        &reply_at(app, interaction, at(NOON + minutes * 60))
            .await
            .first
            .body(),
    )
    .to_owned()
}

async fn in_new_york() -> (careerbot::discord::App, crate::store::place::Place) {
    let (app, place) = with_store().await;
    first(
        &app,
        moderator(subcommand(
            "settings",
            "set",
            &[("time-zone", 3, json!("America/New_York"))],
        )),
    )
    .await;
    (app, place)
}

#[tokio::test]
async fn a_schedule_is_confirmed_with_its_next_posts_in_everybodys_own_time() {
    let (app, _place) = in_new_york().await;
    let body = first(&app, weekly(&[])).await;
    let said = content(&body);
    assert!(
        is_private(&body) && said.contains("**the next trend each time**"),
        "{said}"
    );
    assert!(
        said.contains("every week on Monday at 09:00 in America/New_York"),
        "{said}"
    );
    // Noon was a Sunday: the next three Mondays at nine in New York.
    let monday = 1_795_442_400;
    for week in 0..3 {
        assert!(
            said.contains(&format!("<t:{}:F>", monday + week * 7 * 86_400)),
            "{said}"
        );
    }
    let digests = app
        .store()
        .expect("there")
        .digests(here())
        .await
        .expect("read");
    assert_eq!(
        digests[0].next_due.map(|next| next.timestamp().as_second()),
        Some(monday)
    );
    assert_eq!(
        (digests[0].style.as_str(), digests[0].mention_role),
        ("short", None)
    );
}

#[tokio::test]
async fn times_that_cannot_be_are_explained_and_nothing_is_saved() {
    let (app, _place) = in_new_york().await;
    for (minute, (option, says)) in (0..).zip([
        (
            ("at", 3, json!("25:00")),
            "is not a time of day: write it as 9:00",
        ),
        (("at", 3, json!("soon")), "is not a time of day"),
        (("on", 3, json!("Someday")), "is not a day"),
        (
            ("every", 3, json!("day")),
            "\"every day\" and \"weekday\" have no day of their own: leave \"Monday\" out",
        ),
        (
            ("every", 3, json!("year")),
            "is not day, week or month, nor once, weekday or two weeks",
        ),
        (("topic", 3, json!("beekeeper")), "I have no topic"),
        (("style", 3, json!("loud")), "no such style"),
        (("mention-role", 8, json!(GUILD)), "never mention @everyone"),
    ]) {
        let said = later(&app, minute, weekly(&[option]))
            .await
            .replace('\u{200b}', "");
        assert!(said.contains(says), "{said}");
    }
    let none = schedule(&[
        ("topic", 3, json!("new")),
        ("every", 3, json!("day")),
        ("at", 3, json!("9")),
    ]);
    assert!(later(&app, 20, none).await.contains("Where should it go?"));
    assert!(
        app.store()
            .expect("there")
            .digests(here())
            .await
            .expect("read")
            .is_empty()
    );
    // A time that the clocks leave out is possible, and its day is told beforehand.
    let gap = weekly(&[
        ("every", 3, json!("week")),
        ("on", 3, json!("Sunday")),
        ("at", 3, json!("2:30")),
    ]);
    let said = later(&app, 21, gap).await;
    assert!(
        said.contains(
            "the clocks go forward and there is no 02:30: that day it is posted at 03:30"
        ),
        "{said}"
    );
}

#[tokio::test]
async fn a_schedule_is_edited_part_by_part() {
    let (app, _place) = in_new_york().await;
    first(&app, weekly(&[])).await;
    let store = app.store().expect("there").clone();
    let before = store.digests(here()).await.expect("read").remove(0);
    let number = ("number", 3, json!(before.id.to_string()));
    let edit = async |minute, options: &[(&str, u8, Value)]| {
        let call = moderator(subcommand(
            "digest",
            "edit",
            &[std::slice::from_ref(&number), options].concat(),
        ));
        later(&app, minute, call).await
    };
    assert!(edit(1, &[]).await.contains("name what to change"));
    let said = edit(
        2,
        &[
            ("channel", 7, json!(OTHER_CHANNEL)),
            ("style", 3, json!("discussion")),
        ],
    )
    .await;
    assert!(
        said.contains(OTHER_CHANNEL)
            && said.contains("(discussion)")
            && said.contains("Monday at 09:00"),
        "{said}"
    );
    let now = store.digests(here()).await.expect("read").remove(0);
    assert_eq!(now.next_due, before.next_due, "the time stays");
    assert!(
        edit(3, &[("at", 3, json!("noon"))])
            .await
            .contains("every week on Monday at 12:00")
    );
    assert!(
        edit(4, &[("on", 3, json!("Friday"))])
            .await
            .contains("every week on Friday at 12:00")
    );
    assert!(
        edit(5, &[("every", 3, json!("day"))])
            .await
            .contains("every day at 12:00")
    );
    assert!(
        edit(6, &[("topic", 3, json!("1"))])
            .await
            .contains("Telehealth")
    );
    assert!(
        edit(7, &[("mention-role", 8, json!(ROLE))])
            .await
            .contains(&format!("mentions <@&{ROLE}>"))
    );
    let now = store.digests(here()).await.expect("read").remove(0);
    assert_eq!(
        now.mention_role,
        Some(ServerRoleId::new(ROLE.parse().expect("an id")))
    );
    assert!(
        !edit(8, &[("mention-nobody", 5, json!(true))])
            .await
            .contains("mentions")
    );
    assert!(
        edit(9, &[("at", 3, json!("99"))])
            .await
            .contains("Nothing was changed")
    );
    later(
        &app,
        10,
        moderator(subcommand("digest", "pause", std::slice::from_ref(&number))),
    )
    .await;
    assert!(
        edit(11, &[("at", 3, json!("8"))])
            .await
            .contains("It stays **paused**")
    );
    let other = moderator(subcommand(
        "digest",
        "edit",
        &[("number", 3, json!("99")), ("at", 3, json!("8"))],
    ));
    assert!(
        later(&app, 12, other)
            .await
            .contains("no scheduled summary 99 to edit")
    );
    let log = store.audit_log(here(), None, 30).await.expect("read");
    assert_eq!(
        log.iter()
            .filter(|entry| entry.what == "digest.edit" && entry.who != UserId::NOBODY)
            .count(),
        8
    );
}

#[tokio::test]
async fn schedules_and_topics_are_suggested_to_those_who_may_see_them() {
    let (app, _place) = in_new_york().await;
    first(&app, weekly(&[])).await;
    first(
        &app,
        weekly(&[("topic", 3, json!("role:registered-nurse"))]),
    )
    .await;
    let names = async |interaction: Value| {
        let body = first(&app, interaction).await;
        let choices = body["data"]["choices"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        choices
            .iter()
            .map(|choice| choice["name"].as_str().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    for sub in ["edit", "pause", "resume", "cancel"] {
        let all = names(moderator(typing("digest", sub, "number", ""))).await;
        assert_eq!(all.len(), 2, "{sub}: {all:?}");
    }
    let nurses = names(moderator(typing("digest", "edit", "number", "nurse"))).await;
    assert!(
        nurses.len() == 1 && nurses[0].contains("egistered nurse"),
        "{nurses:?}"
    );
    assert!(
        names(as_member(typing("digest", "edit", "number", ""), 0, &[]))
            .await
            .is_empty(),
        "not for everybody"
    );
    let outside = user_installed(typing("digest", "edit", "number", ""));
    assert!(
        names(as_member(outside, MANAGE_SERVER, &[]))
            .await
            .is_empty(),
        "not where the bot is no member"
    );
    let topics = names(moderator(typing("digest", "schedule", "topic", "next"))).await;
    assert!(
        topics
            .iter()
            .any(|topic| topic == "the next trend each time"),
        "{topics:?}"
    );
    let log = app
        .store()
        .expect("there")
        .audit_log(here(), None, 30)
        .await
        .expect("read");
    assert!(
        log.iter().all(|entry| entry.what != "refused"),
        "typing is no attempt"
    );
}

#[tokio::test]
async fn one_role_is_mentioned_where_a_moderator_chooses_it_and_never_everyone() {
    let (app, _place) = with_store().await;
    let new = subcommand(
        "digest",
        "new",
        &[("topic", 3, json!("1")), ("channel", 7, json!(CHANNEL))],
    );
    let mut shown = first(&app, moderator(new)).await;
    assert!(
        !content(&shown).contains("<@&"),
        "nobody unless it is chosen"
    );
    let menu = |body: &Value| {
        let rows = body["data"]["components"].as_array().expect("rows").clone();
        let menu = rows
            .iter()
            .map(|row| row["components"][0].clone())
            .find(|part| part["type"] == 6);
        menu.expect("a menu of roles")
    };
    let choose = async |shown: &Value, roles: &[&str]| {
        let id = menu(shown)["custom_id"].as_str().expect("an id").to_owned();
        first(&app, moderator(select_role(&id, roles, &shown["data"]))).await
    };
    shown = choose(&shown, &[GUILD]).await;
    assert!(
        content(&shown).contains("never mention @everyone"),
        "{shown}"
    );
    shown = choose(&shown, &[ROLE]).await;
    assert!(content(&shown).contains(&format!("<@&{ROLE}>")), "{shown}");
    assert_eq!(
        shown["data"]["allowed_mentions"],
        json!({"parse": []}),
        "the preview itself pings nobody"
    );
    assert_eq!(
        menu(&shown)["default_values"],
        json!([{"id": ROLE, "type": "role"}])
    );
    let forged = menu(&shown)["custom_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let body = first(
        &app,
        as_member(select_role(&forged, &[ROLE], &shown["data"]), 0, &[]),
    )
    .await;
    assert!(content(&body).contains("This is for moderators"), "{body}");
    let body = first(&app, moderator(press(&forged, &shown["data"]))).await;
    assert_eq!(
        body["type"], 7,
        "a press where a menu was changes nothing: {body}"
    );
    shown = choose(&shown, &[]).await;
    assert!(!content(&shown).contains("<@&"), "none again: {shown}");
}

#[tokio::test]
async fn every_schedule_is_reached_page_by_page_the_paused_ones_first() {
    let (app, _place) = with_store().await;
    let store = app.store().expect("there").clone();
    let definition = Definition {
        channel: ChannelId::new(CHANNEL.parse().expect("an id")),
        topic: "trend:telehealth-expansion".to_owned(),
        style: "discussion".to_owned(),
        schedule: "every week on Monday at 09:00 in America/New_York".to_owned(),
        mention_role: None,
    };
    for _ in 0..50 {
        store
            .add_digest(here(), &definition, at(NOON + 60), UserId::new(5), at(NOON))
            .await
            .expect("written");
    }
    let why = "*".repeat(300);
    assert!(
        store
            .pause_digest(here(), 50, &why, UserId::new(5), at(NOON))
            .await
            .expect("written")
    );
    let mut body = first(&app, moderator(subcommand("digest", "list", &[]))).await;
    assert!(
        content(&body).starts_with("**Scheduled summaries**, page 1 of "),
        "{body}"
    );
    assert!(
        content(&body)
            .lines()
            .nth(1)
            .is_some_and(|line| line.starts_with("**50** · ") && line.contains("paused"))
    );
    let list = body["data"].clone();
    let mut seen = Vec::new();
    for page in 1.. {
        let lines: Vec<&str> = content(&body).lines().skip(1).collect();
        seen.extend(
            lines
                .iter()
                .filter_map(|line| line.split("**").nth(1)?.parse::<i64>().ok()),
        );
        let next = parts(&body)
            .into_iter()
            .find(|part| part["label"] == "Next")
            .expect("a button")
            .clone();
        if next["disabled"] == true {
            break;
        }
        let press = moderator(press(next["custom_id"].as_str().expect("an id"), &list));
        body = reply_at(&app, press, at(NOON + page * 60))
            .await
            .first
            .body();
        assert_eq!(body["type"], 7, "in the place of the page before: {body}");
    }
    assert_eq!(seen, [50].into_iter().chain(1..50).collect::<Vec<i64>>());
    let back = moderator(press(&button(&body, "Previous"), &list));
    assert_eq!(
        reply_at(&app, back.clone(), at(NOON + 3_600))
            .await
            .first
            .body()["type"],
        7
    );
    let refused = reply_at(&app, as_member(back, 0, &[]), at(NOON + 3_600))
        .await
        .first
        .body();
    assert!(
        content(&refused).contains("This is for moderators"),
        "{refused}"
    );
    let beyond = moderator(press("1:y:200", &list));
    assert_eq!(
        reply_at(&app, beyond, at(NOON + 3_600)).await.first.body()["data"],
        body["data"],
        "the last there is"
    );
}

/// The schedule that the server has, as it stands in the store.
async fn stands(app: &careerbot::discord::App) -> Vec<String> {
    let digests = app
        .store()
        .expect("there")
        .digests(here())
        .await
        .expect("read");
    digests.into_iter().map(|digest| digest.schedule).collect()
}

#[tokio::test]
async fn schedules_that_people_expect_are_taken() {
    let (app, _place) = in_new_york().await;
    for (minute, (every, on, says)) in (0..).zip([
        (
            "once",
            Some("2026-12-24"),
            "once on 2026-12-24 at 09:00 in America/New_York",
        ),
        (
            "weekday",
            None,
            "every weekday at 09:00 in America/New_York",
        ),
        (
            "two weeks",
            Some("Monday"),
            "every two weeks on Monday from 2026-11-23 at 09:00 in America/New_York",
        ),
        (
            "month",
            Some("first Monday"),
            "every month on the first Monday at 09:00 in America/New_York",
        ),
    ]) {
        let mut options = vec![
            ("topic", 3, json!("next-trend")),
            ("channel", 7, json!(CHANNEL)),
            ("every", 3, json!(every)),
            ("at", 3, json!("9:00")),
        ];
        options.extend(on.map(|on| ("on", 3, json!(on))));
        let said = later(&app, minute, schedule(&options)).await;
        assert!(said.contains("Scheduled") && said.contains(says), "{said}");
        assert!(stands(&app).await.contains(&says.to_owned()));
    }
    for (minute, (on, says)) in (10..).zip([
        ("2026-02-30", "is not a date"),
        (
            "tomorrow",
            "is not a date: write the day of a post that comes once as 2026-12-24",
        ),
        ("2026-11-20", "never due again"),
    ]) {
        let options = [("every", 3, json!("once")), ("on", 3, json!(on))];
        let said = later(&app, minute, weekly(&options)).await;
        assert!(said.contains(says), "{on}: {said}");
    }
    assert_eq!(stands(&app).await.len(), 4);
}

#[tokio::test]
async fn a_schedule_rests_between_two_dates_and_keeps_that_when_its_time_changes() {
    let (app, _place) = in_new_york().await;
    first(&app, weekly(&[])).await;
    let pause = |options: &[(&str, u8, Value)]| {
        let number = ("number", 3, json!("1"));
        moderator(subcommand(
            "digest",
            "pause",
            &[&[number], options].concat(),
        ))
    };
    let (from, until) = (
        ("from", 3, json!("2026-12-14")),
        ("until", 3, json!("2027-01-03")),
    );
    let said = later(&app, 1, pause(&[from.clone(), until.clone()])).await;
    assert!(
        said.contains("rests from 2026-12-14 to 2027-01-03, both days included"),
        "{said}"
    );
    let paused =
        "every week on Monday at 09:00 in America/New_York, not from 2026-12-14 to 2027-01-03";
    assert_eq!(stands(&app).await, [paused]);
    for (minute, (options, says)) in (2..).zip([
        (vec![from.clone()], "name the last day with until"),
        (
            vec![until.clone(), ("from", 3, json!("2027-01-04"))],
            "is no time between two dates",
        ),
        (
            vec![("until", 3, json!("soon"))],
            "is no time between two dates",
        ),
        (
            vec![
                ("from", 3, json!("2026-01-01")),
                ("until", 3, json!("2026-01-02")),
            ],
            "these days are over",
        ),
    ]) {
        let said = later(&app, minute, pause(&options)).await;
        assert!(said.contains(says), "{said}");
        assert_eq!(stands(&app).await, [paused]);
    }
    let edit = moderator(subcommand(
        "digest",
        "edit",
        &[("number", 3, json!("1")), ("at", 3, json!("10:00"))],
    ));
    later(&app, 8, edit).await;
    assert_eq!(stands(&app).await, [paused.replace("09:00", "10:00")]);
}

#[tokio::test]
async fn what_is_coming_is_shown_as_a_calendar_and_with_its_texts() {
    let (app, _place) = in_new_york().await;
    first(&app, weekly(&[])).await;
    first(
        &app,
        weekly(&[
            ("every", 3, json!("once")),
            ("on", 3, json!("2026-11-26")),
            ("topic", 3, json!("new")),
        ]),
    )
    .await;
    let list = moderator(subcommand("digest", "list", &[]));
    let list = reply_at(&app, list, at(NOON + 60)).await.first.body();
    let pressed = |label: &str, minute: i64| {
        let press = moderator(press(&button(&list, label), &list["data"]));
        reply_at(&app, press, at(NOON + minute * 60))
    };
    let calendar = pressed("Calendar", 2).await.first.body();
    insta::assert_snapshot!(as_read(&calendar), @r"
    -- in the place of the message --
    **What is coming in the next 30 days**, by the clock of America/New_York
    **Monday, November 23**
    09:00 · the next trend each time (number 1) in <#300000000000000001>
    **Thursday, November 26**
    09:00 · what is new in the knowledge (number 2) in <#300000000000000001>
    **Monday, November 30**
    09:00 · the next trend each time (number 1) in <#300000000000000001>
    **Monday, December 7**
    09:00 · the next trend each time (number 1) in <#300000000000000001>
    **Monday, December 14**
    09:00 · the next trend each time (number 1) in <#300000000000000001>
    **Monday, December 21**
    09:00 · the next trend each time (number 1) in <#300000000000000001>
    [Next five posts] [All schedules]
    ");
    let texts = pressed("Next five posts", 3).await;
    let said = content(&texts.first.body()).to_owned();
    assert!(
        said.contains("Trend: Telehealth expansion")
            && said.contains("Trend: Artificial intelligence"),
        "{said}"
    );
    let file = super::kept(&texts);
    assert_eq!(file.matches("=== ").count(), 5, "{file}");
    assert!(
        file.contains(
            "=== Monday, November 23, 2026, 09:00 EST, number 1 ===\n\nTrend: Telehealth expansion"
        ),
        "{file}"
    );
    let stranger = as_member(press(&button(&list, "Calendar"), &list["data"]), 0, &[]);
    let refused = reply_at(&app, stranger, at(NOON + 300)).await.first.body();
    assert!(
        content(&refused).contains("This is for moderators"),
        "{refused}"
    );
}
