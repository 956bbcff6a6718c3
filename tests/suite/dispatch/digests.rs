//! `/digest` without a network: previews, forms, schedules and rights.

use careerbot::digest::memory::Memory;
use careerbot::digest::{Style, Topic, compose};
use careerbot::discord::App;
use careerbot::discord::interaction::response::Response;
use careerbot::store::digests::Definition;
use careerbot::store::drafts::Content;
use careerbot::store::entry_drafts::IMPORT;
use careerbot::store::postings::Manual;
use careerbot::store::{ChannelId, Location, UserId};
use serde_json::{Value, json};

use super::moderators::{here, moderator, with_store};
use super::page::as_read;
use super::{NOON, at, button, content, first, is_private, kept, menu, parts, reply_at, said};
use crate::fake_discord::payloads::{
    CHANNEL, MANAGE_SERVER, as_member, by_somebody_else, press, select, select_channel, subcommand,
    submit,
};

const OTHER_CHANNEL: &str = "300000000000000002";

fn new(options: &[(&str, u8, Value)]) -> Value {
    let topic = ("topic", 3, json!("trend:telehealth-expansion"));
    moderator(subcommand("digest", "new", &[&[topic], options].concat()))
}

fn to_channel() -> Value {
    new(&[("channel", 7, json!(CHANNEL))])
}

fn form_id(body: &Value) -> &str {
    assert_eq!(body["type"], 9, "a form: {body}");
    body["data"]["custom_id"].as_str().expect("an id")
}

#[tokio::test]
async fn a_preview_is_private_and_can_be_edited_moved_and_thrown_away() {
    let (app, _place) = with_store().await;
    let preview = first(&app, to_channel()).await;
    assert!(
        is_private(&preview) && content(&preview).contains(&format!("<#{CHANNEL}>")),
        "{preview}"
    );
    assert!(
        said(&preview).contains("Trend: ") && said(&preview).contains("Sources"),
        "{preview}"
    );
    let form = first(
        &app,
        moderator(press(&button(&preview, "Edit text"), &preview["data"])),
    )
    .await;
    let bad = first(
        &app,
        moderator(submit(
            form_id(&form),
            &[("headline", " "), ("points", "one")],
        )),
    )
    .await;
    assert!(content(&bad).contains("the headline is empty"), "{bad}");
    let words = [
        ("headline", "**New** words"),
        ("lead", ""),
        ("points", "one\ntwo @everyone"),
        ("question", "And you?"),
    ];
    let edited = first(&app, moderator(submit(form_id(&form), &words))).await;
    assert!(
        said(&edited).contains("New")
            && said(&edited).contains("And you?")
            && !said(&edited).contains(" @everyone"),
        "{edited}"
    );
    let stale = first(
        &app,
        moderator(press(&button(&preview, "Post now"), &preview["data"])),
    )
    .await;
    assert!(
        content(&stale).contains("changed since"),
        "an old preview posts nothing: {stale}"
    );
    let menu = first(
        &app,
        moderator(press(&button(&edited, "Change channel"), &edited["data"])),
    )
    .await;
    let id = menu["data"]["components"][0]["components"][0]["custom_id"]
        .as_str()
        .expect("a menu of channels");
    let moved = first(
        &app,
        moderator(select_channel(id, OTHER_CHANNEL, &menu["data"])),
    )
    .await;
    assert!(content(&moved).contains(OTHER_CHANNEL), "{moved}");
    let without_token = first(
        &app,
        moderator(press(&button(&moved, "Post now"), &moved["data"])),
    )
    .await;
    assert!(
        content(&without_token).contains("DISCORD_TOKEN"),
        "{without_token}"
    );
    let gone = first(
        &app,
        moderator(press(&button(&moved, "Cancel"), &moved["data"])),
    )
    .await;
    assert!(content(&gone).contains("Thrown away"), "{gone}");
    let again = first(
        &app,
        moderator(press(&button(&moved, "Edit text"), &moved["data"])),
    )
    .await;
    assert!(content(&again).contains("This draft is gone"), "{again}");
}

#[tokio::test]
async fn words_that_are_not_taken_come_back_as_a_file() {
    let (app, _place) = with_store().await;
    let preview = first(&app, to_channel()).await;
    let form = first(
        &app,
        moderator(press(&button(&preview, "Edit text"), &preview["data"])),
    )
    .await;
    let fill = |headline: &str| {
        moderator(submit(
            form_id(&form),
            &[
                ("headline", headline),
                ("points", "mine\nyours"),
                ("question", "And?"),
            ],
        ))
    };
    let typed = |headline: &str| {
        format!(
            "Headline\n{headline}\n\nFirst sentence\n\n\nPoints\nmine\nyours\n\nQuestion\nAnd?\n"
        )
    };
    let check = |reply: &Response, said: &str, headline: &str| {
        let body = reply.first.body();
        assert!(content(&body).contains(said) && is_private(&body), "{body}");
        assert!(
            content(&body).ends_with("What you typed is in the file."),
            "{body}"
        );
        assert_eq!(
            (body["type"].as_u64(), kept(reply)),
            (Some(4), typed(headline)),
            "the preview stays"
        );
    };
    check(
        &reply_at(&app, fill(" "), at(NOON)).await,
        "the headline is empty",
        "",
    );
    check(
        &reply_at(&app, as_member(fill("One"), 0, &[]), at(NOON)).await,
        "This is for moderators",
        "One",
    );
    first(&app, fill("One")).await;
    check(
        &reply_at(&app, fill("Two"), at(NOON)).await,
        "This draft has changed since",
        "Two",
    );
    for _ in 0..10 {
        reply_at(&app, subcommand("help", "x", &[]), at(NOON + 10_000)).await;
    }
    check(
        &reply_at(&app, fill("Three"), at(NOON + 10_000)).await,
        "That was a lot at once",
        "Three",
    );
    app.store().expect("there").close().await;
    check(
        &reply_at(&app, fill("Four"), at(NOON + 20_000)).await,
        "nothing was changed",
        "Four",
    );
}

#[tokio::test]
async fn a_preview_that_was_dismissed_is_opened_again_from_the_list_by_any_moderator() {
    let (app, _place) = with_store().await;
    let list = || moderator(subcommand("digest", "list", &[]));
    assert!(
        parts(&first(&app, list()).await).is_empty(),
        "nothing waits"
    );
    let preview = first(&app, to_channel()).await;
    let store = app.store().expect("there");
    let file = Content {
        channel: ChannelId::new(7),
        topic: IMPORT.to_owned(),
        style: String::new(),
        mention_role: None,
        body: "[]".to_owned(),
    };
    let file = store
        .add_draft(here(), UserId::new(5), &file, at(NOON))
        .await
        .expect("written");
    let shown = first(&app, list()).await;
    let offered = menu(&shown, 0);
    let entries = offered["options"].as_array().expect("entries");
    assert_eq!(
        entries.len(),
        1,
        "a file of entries is no summary: {offered}"
    );
    assert_eq!(entries[0]["label"], preview["data"]["embeds"][0]["title"]);
    let id = offered["custom_id"].as_str().expect("an id").to_owned();
    let draft = entries[0]["value"].as_str().expect("a draft").to_owned();
    let choose = |value: &str| select(&id, &[value], &shown["data"]);
    let mut again = first(&app, as_member(choose(&draft), MANAGE_SERVER, &[])).await;
    assert_eq!(again["type"], 7, "in the place of the list: {again}");
    let mut before = preview["data"].clone();
    for data in [&mut before, &mut again["data"]] {
        let data = data.as_object_mut().expect("a message");
        data.retain(|key, _| ["content", "embeds", "components"].contains(&key.as_str()));
    }
    assert_eq!(again["data"], before, "the preview as it was");
    let body = first(&app, as_member(choose(&draft), 0, &[])).await;
    assert!(content(&body).contains("This is for moderators"), "{body}");
    let elsewhere = first(&app, by_somebody_else(moderator(choose(&draft)))).await;
    assert!(
        content(&elsewhere).contains("This draft is gone"),
        "another server's: {elsewhere}"
    );
    for wrong in [file.to_string(), "99".to_owned(), "x".to_owned()] {
        let gone = reply_at(&app, moderator(choose(&wrong)), at(NOON + 60))
            .await
            .first
            .body();
        assert!(
            content(&gone).contains("This draft is gone"),
            "{wrong}: {gone}"
        );
    }
    reply_at(
        &app,
        moderator(press(&button(&preview, "Cancel"), &preview["data"])),
        at(NOON + 120),
    )
    .await;
    assert!(
        parts(&reply_at(&app, list(), at(NOON + 120)).await.first.body()).is_empty(),
        "nothing waits any more"
    );
}

/// Five points, each as long as one may be, that no message holds together with roles and sources.
pub(super) fn too_long() -> String {
    [
        "a*".repeat(250),
        "b*".repeat(250),
        "c*".repeat(250),
        "d*".repeat(250),
        "e*".repeat(250),
    ]
    .join("\n")
}

#[tokio::test]
async fn words_with_which_roles_or_points_would_be_left_out_are_refused() {
    let (app, _place) = with_store().await;
    let preview = first(&app, to_channel()).await;
    let form = first(
        &app,
        moderator(press(&button(&preview, "Edit text"), &preview["data"])),
    )
    .await;
    let long = too_long();
    let filled = moderator(submit(
        form_id(&form),
        &[("headline", "One"), ("points", &long)],
    ));
    let refused = reply_at(&app, filled, at(NOON)).await;
    let body = refused.first.body();
    assert!(
        content(&body).contains("too long for one message") && kept(&refused).contains(&long),
        "{body}"
    );
    let form = first(
        &app,
        moderator(press(&button(&preview, "Edit text"), &preview["data"])),
    )
    .await;
    assert_eq!(form["type"], 9, "the draft is as it was: {form}");
}

#[tokio::test]
async fn a_schedule_is_made_confirmed_listed_paused_resumed_and_ended() {
    let (app, _place) = with_store().await;
    first(
        &app,
        moderator(subcommand(
            "settings",
            "set",
            &[
                ("time-zone", 3, json!("America/New_York")),
                ("digest-channel", 7, json!(CHANNEL)),
            ],
        )),
    )
    .await;
    let preview = first(&app, new(&[])).await;
    let form = first(
        &app,
        moderator(press(&button(&preview, "Schedule"), &preview["data"])),
    )
    .await;
    for (every, on, at) in [
        ("year", "", "9:00"),
        ("week", "Someday", "9:00"),
        ("day", "", "25:00"),
    ] {
        let bad = first(
            &app,
            moderator(submit(
                form_id(&form),
                &[("every", every), ("on", on), ("at", at)],
            )),
        )
        .await;
        assert!(content(&bad).starts_with("Nothing was changed"), "{bad}");
    }
    let filled = moderator(submit(
        form_id(&form),
        &[("every", "Week"), ("on", "Monday"), ("at", "9:30 am")],
    ));
    let done = first(&app, filled.clone()).await;
    insta::assert_snapshot!(as_read(&done), @r"
    -- in the place of the message --
    Scheduled as number **1**: **Telehealth expansion** (short) in <#300000000000000001>, every week on Monday at 09:30 in America/New_York.
    Next <t:1795444200:F>
    then <t:1796049000:F>
    then <t:1796653800:F>
    I cannot post from here: whoever runs this bot has to set DISCORD_TOKEN.
    ");
    assert!(
        content(&first(&app, filled).await).contains("gone"),
        "a form that arrives twice makes one"
    );
    let store = app.store().expect("there");
    let digests = store.digests(here()).await.expect("read");
    assert_eq!(digests.len(), 1);
    let number = ("number", 4, json!(digests[0].id));
    // A minute later: the pace of a member is ten at once.
    let run = async |sub: &str| {
        let options = if sub == "list" {
            &[]
        } else {
            std::slice::from_ref(&number)
        };
        content(
            &reply_at(
                &app,
                moderator(subcommand("digest", sub, options)),
                at(NOON + 60),
            )
            .await
            .first
            .body(),
        )
        .to_owned()
    };
    assert!(run("list").await.contains("every week on Monday"));
    assert!(run("resume").await.contains("no scheduled summary"));
    assert!(run("pause").await.starts_with("Paused"));
    assert!(run("list").await.contains("**paused**"));
    assert!(run("resume").await.contains("It goes on"));
    assert!(run("cancel").await.starts_with("Ended"));
    assert!(run("list").await.contains("Nothing is scheduled"));
}

#[tokio::test]
async fn a_draft_of_which_no_schedule_can_be_made_stays() {
    let (app, place) = with_store().await;
    let preview = first(&app, to_channel()).await;
    let form = first(
        &app,
        moderator(press(&button(&preview, "Schedule"), &preview["data"])),
    )
    .await;
    let fill = || {
        moderator(submit(
            form_id(&form),
            &[("every", "week"), ("on", "Monday"), ("at", "9:30 am")],
        ))
    };
    let store = app.store().expect("there");
    let definition = Definition {
        channel: ChannelId::new(7),
        topic: "new".to_owned(),
        style: "short".to_owned(),
        schedule: "daily 09:00 UTC".to_owned(),
        mention_role: None,
    };
    for _ in 0..50 {
        store
            .add_digest(here(), &definition, at(NOON + 60), UserId::new(5), at(NOON))
            .await
            .expect("written");
    }
    assert!(content(&first(&app, fill()).await).contains("There are 50 schedules already"));
    store
        .end_digest(here(), 1, UserId::new(5), at(NOON))
        .await
        .expect("written");
    let Location::Sqlite(path) = place.location() else {
        panic!("SQLite")
    };
    let other = rusqlite::Connection::open(path).expect("opened");
    let broken =
        "CREATE TRIGGER broken BEFORE INSERT ON digests BEGIN SELECT RAISE(ABORT, 'broken'); END";
    other.execute_batch(broken).expect("broken");
    assert!(content(&first(&app, fill()).await).contains("nothing was changed"));
    other.execute_batch("DROP TRIGGER broken").expect("mended");
    let words = first(
        &app,
        moderator(press(&button(&preview, "Edit text"), &preview["data"])),
    )
    .await;
    assert_eq!(words["type"], 9, "the draft is still there: {words}");
    assert!(content(&first(&app, fill()).await).starts_with("Scheduled as number"));
    assert!(
        content(&first(&app, fill()).await).contains("gone"),
        "and goes with the schedule that is made"
    );
    assert_eq!(store.digests(here()).await.expect("read").len(), 50);
}

#[tokio::test]
async fn what_cannot_be_composed_is_said() {
    let (app, _place) = with_store().await;
    let call = |options: &[(&str, u8, Value)]| moderator(subcommand("digest", "new", options));
    for (options, says) in [
        (vec![], "I have no topic"),
        (vec![("topic", 3, json!("*beekeeper*"))], "I have no topic"),
        (vec![("topic", 3, json!("1"))], "Where should it go"),
        (
            vec![
                ("topic", 3, json!("1")),
                ("channel", 7, json!(CHANNEL)),
                ("style", 3, json!("loud")),
            ],
            "no such style",
        ),
    ] {
        assert!(content(&first(&app, call(&options)).await).contains(says));
    }
}

/// A post of what is new that stands in the channel, by somebody who knew nothing of this role.
async fn told_without(app: &App, role: Option<&str>, nonce: &str) {
    let (store, knowledge) = (app.store().expect("there"), app.advisor().knowledge());
    let date = jiff::civil::date(2026, 11, 22);
    let composed = compose::next(
        &knowledge,
        &Topic::New,
        Style::Short,
        &Memory::default(),
        date,
    )
    .expect("news");
    let mut summary = composed.summary;
    summary
        .seen
        .as_mut()
        .expect("seen")
        .retain(|slug, _| Some(slug.as_str()) != role);
    let (channel, body) = (ChannelId::new(7), summary.to_body());
    let manual = Manual {
        channel,
        topic: "new",
        style: "short",
        mention_role: None,
        body: &body,
        nonce,
    };
    let id = store
        .post_now(here(), &manual, None, UserId::new(5), at(NOON))
        .await
        .expect("written");
    super::history::arrived(store, id).await;
}

#[tokio::test]
async fn what_is_new_is_told_since_the_last_such_post_of_the_server() {
    let (app, _place) = with_store().await;
    let call = || {
        subcommand(
            "digest",
            "new",
            &[("topic", 3, json!("new")), ("channel", 7, json!(CHANNEL))],
        )
    };
    let fresh = first(&app, moderator(call())).await;
    assert!(
        content(&fresh).contains("There is no post of what is new here yet"),
        "{fresh}"
    );
    told_without(&app, Some("phlebotomist"), "d1.1").await;
    let since = first(&app, moderator(call())).await;
    assert_eq!(
        since["data"]["embeds"][0]["title"], "New: Phlebotomist",
        "{since}"
    );
    assert!(
        content(&since).contains(&format!("since the last such post here, <t:{NOON}:D>")),
        "{since}"
    );
    let elsewhere = first(&app, by_somebody_else(moderator(call()))).await;
    assert!(
        content(&elsewhere).contains("There is no post of what is new here yet"),
        "another server was told nothing: {elsewhere}"
    );
    told_without(&app, None, "d2.1").await;
    let nothing = first(&app, moderator(call())).await;
    assert!(
        content(&nothing)
            .starts_with("Nothing in my knowledge has changed since the last such post"),
        "{nothing}"
    );
}

#[tokio::test]
async fn rights_are_checked_again_with_each_press_and_form() {
    let (app, _place) = with_store().await;
    let preview = first(&app, to_channel()).await;
    let form = first(
        &app,
        moderator(press(&button(&preview, "Edit text"), &preview["data"])),
    )
    .await;
    let tries = [
        press(&button(&preview, "Post now"), &preview["data"]),
        press(&button(&preview, "Cancel"), &preview["data"]),
        submit(form_id(&form), &[("headline", "Mine"), ("points", "one")]),
        subcommand("digest", "list", &[]),
    ];
    for forged in tries {
        let body = first(&app, as_member(forged, 0, &[])).await;
        assert!(
            content(&body).contains("This is for moderators") && is_private(&body),
            "{body}"
        );
    }
    let log = app
        .store()
        .expect("there")
        .audit_log(here(), None, 10)
        .await
        .expect("read");
    assert_eq!(
        log.iter().filter(|entry| entry.what == "refused").count(),
        4
    );
}

/// The names of the charts that go with a response.
fn charts(reply: &Response) -> Vec<String> {
    let files = reply.first.files().into_iter();
    files.map(|file| file.filename.clone()).collect()
}

#[tokio::test]
async fn a_preview_shows_the_chart_that_the_post_will_have_whatever_is_pressed() {
    let (app, _place) = with_store().await;
    let reply = reply_at(&app, to_channel(), at(NOON)).await;
    let chart = charts(&reply);
    assert_eq!(chart.len(), 1, "{reply:?}");
    let preview = reply.first.body();
    let pressed = |label: &str| moderator(press(&button(&preview, label), &preview["data"]));
    let moved = reply_at(&app, pressed("Change channel"), at(NOON + 4)).await;
    assert_eq!(charts(&moved), chart);
    let form = reply_at(&app, pressed("Edit text"), at(NOON + 8)).await;
    let form = form.first.body();
    let words = [
        ("headline", "New words"),
        ("lead", ""),
        ("points", "one"),
        ("question", ""),
    ];
    let edited = moderator(submit(form_id(&form), &words));
    let edited = reply_at(&app, edited, at(NOON + 12)).await;
    assert_eq!(charts(&edited), chart);
    let list = moderator(subcommand("digest", "list", &[]));
    let list = reply_at(&app, list, at(NOON + 16)).await.first.body();
    let waiting = menu(&list, 0);
    let (id, value) = (
        waiting["custom_id"].as_str().expect("an id"),
        waiting["options"][0]["value"].as_str().expect("a draft"),
    );
    let opened = moderator(select(id, &[value], &list["data"]));
    let opened = reply_at(&app, opened, at(NOON + 20)).await;
    assert_eq!(charts(&opened), chart);
    // The post of this draft draws the same one.
    let store = app.store().expect("there");
    let draft = store.drafts(here(), IMPORT, 1).await.expect("read");
    let summary = careerbot::digest::Summary::from_body(&draft[0].body).expect("a summary");
    assert!(careerbot::discord::moderation::digests::summary_view::picture(&summary).is_some());
}
