//! `/digest history` without a network: pages, views, differences, late posts and rights.

use careerbot::config::Config;
use careerbot::digest::{Style, Summary, compose};
use careerbot::discord::App;
use careerbot::discord::api::client::Rest;
use careerbot::discord::interaction::follow_up::{FollowUp, Task};
use careerbot::store::digests::Definition;
use careerbot::store::postings::{Manual, Plan, State};
use careerbot::store::settings::{LatePolicy, Settings};
use careerbot::store::{ChannelId, Location, MessageId, Store, UserId};
use serde_json::{Value, json};

use super::moderators::{here, moderator, with_store};
use super::page::as_read;
use super::{NOON, at, button, content, first, is_private, kept, menu, parts, reply_at, said};
use crate::fake_discord::payloads::{
    CHANNEL, as_member, by_somebody_else, from_message, press, select, subcommand, submit,
};
use crate::fake_discord::{FakeDiscord, Outcome, TOKEN};

fn history() -> Value {
    moderator(subcommand("digest", "history", &[]))
}

fn channel() -> ChannelId {
    ChannelId::new(CHANNEL.parse().expect("an id"))
}

/// A post that stands in the channel.
pub(super) async fn posted(app: &App, nonce: &str) -> i64 {
    let store = app.store().expect("there");
    let knowledge = app.advisor().knowledge();
    let topic = knowledge.find("telehealth-expansion").expect("a topic");
    let body = compose::of_topic(
        &knowledge,
        topic,
        Style::Short,
        jiff::civil::date(2026, 11, 22),
    )
    .to_body();
    let (topic, style) = ("trend:telehealth-expansion", "short");
    let manual = Manual {
        channel: channel(),
        topic,
        style,
        mention_role: None,
        body: &body,
        nonce,
    };
    let id = store
        .post_now(here(), &manual, None, UserId::new(5), at(NOON))
        .await
        .expect("written");
    arrived(store, id).await;
    id
}

pub(super) async fn arrived(store: &Store, id: i64) {
    let lease = std::time::Duration::from_secs(60);
    let claimed = store
        .claim("test", lease, at(NOON))
        .await
        .expect("written")
        .expect("due");
    assert_eq!(claimed.id, id);
    assert!(
        store
            .begin_sending(&claimed, "test", lease, at(NOON))
            .await
            .expect("written")
    );
    store
        .record(id, channel(), MessageId::new(9_000), None, at(NOON))
        .await
        .expect("written");
}

/// The post as it is shown after it was chosen from the history.
async fn open(app: &App, id: i64) -> Value {
    let page = first(app, history()).await;
    let id = id.to_string();
    let chosen = menu(&page, 0)["custom_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    first(app, moderator(select(&chosen, &[&id], &page["data"]))).await
}

#[tokio::test]
async fn the_history_is_read_page_by_page_and_a_post_is_shown_as_it_stands() {
    let (app, _place) = with_store().await;
    assert!(content(&first(&app, history()).await).contains("Nothing has been posted here yet"));
    let mut ids = Vec::new();
    for number in 0..12 {
        ids.push(posted(&app, &format!("d{number}.1")).await);
    }
    let page = first(&app, history()).await;
    assert!(is_private(&page), "{page}");
    assert_eq!(menu(&page, 0)["options"].as_array().map(Vec::len), Some(10));
    let listed = content(&page);
    let (posts, words) = (
        listed.matches("<t:").count(),
        listed.matches("\n-# ").count(),
    );
    assert_eq!((posts, words), (10, 10), "what each said: {listed}");
    let older = first(
        &app,
        moderator(press(&button(&page, "Older"), &page["data"])),
    )
    .await;
    let body = app.store().expect("there").posting(here(), ids[0]).await;
    let body = body.expect("read").expect("there").body;
    let summary = careerbot::digest::Summary::from_body(&body).expect("a summary");
    for words in summary.front.iter().chain([&summary.points[0].text]) {
        let begins: String = words.chars().take(40).collect();
        assert!(content(&older).contains(&begins), "{begins}: {older}");
    }
    assert_eq!(
        (
            older["type"].clone(),
            menu(&older, 0)["options"].as_array().map(Vec::len)
        ),
        (json!(7), Some(2))
    );
    let view = open(&app, ids[11]).await;
    assert!(
        content(&view).contains(&format!("/{CHANNEL}/9000")) && content(&view).contains("<@5>"),
        "{view}"
    );
    assert!(
        said(&view).contains("Trend: ") && said(&view).contains("ref d11.1"),
        "{view}"
    );
    let labels: Vec<&str> = parts(&view)
        .iter()
        .filter_map(|part| part["label"].as_str())
        .collect();
    assert_eq!(
        labels,
        ["Edit text", "Remove", "All posts"],
        "Publish only where Discord says that it can be"
    );
}

#[tokio::test]
async fn an_edit_is_shown_as_a_difference_and_changes_nothing_by_itself() {
    let (app, _place) = with_store().await;
    let store = app.store().expect("there").clone();
    let id = posted(&app, "d1.1").await;
    let before = store
        .posting(here(), id)
        .await
        .expect("read")
        .expect("there");
    let [headline, lead, points, question] =
        Summary::from_body(&before.body).expect("a summary").words();
    // Another moderator than the author, and after a restart: nothing but the store is needed.
    let view = open(&app, id).await;
    let form = first(
        &app,
        moderator(press(&button(&view, "Edit text"), &view["data"])),
    )
    .await;
    assert_eq!(
        form["data"]["components"][0]["components"][0]["value"],
        json!(headline)
    );
    let form_id = form["data"]["custom_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let fill = |headline: &str| {
        let words = [
            ("headline", headline),
            ("lead", &lead),
            ("points", &points),
            ("question", &question),
        ];
        moderator(from_message(submit(&form_id, &words), &view["data"]))
    };
    let empty = reply_at(&app, fill(" "), at(NOON)).await;
    let text = content(&empty.first.body()).to_owned();
    assert!(
        text.contains("the headline is empty") && text.contains("What you typed is in the file"),
        "{text}"
    );
    assert!(kept(&empty).contains(&points), "{empty:?}");
    assert!(content(&first(&app, fill(&headline)).await).contains("The words are the same"));
    let long = super::digests::too_long();
    let long_words = [
        ("headline", "New"),
        ("lead", ""),
        ("points", long.as_str()),
        ("question", ""),
    ];
    let filled = moderator(from_message(submit(&form_id, &long_words), &view["data"]));
    let refused = reply_at(&app, filled, at(NOON)).await;
    assert!(
        content(&refused.first.body()).contains("too long for one message")
            && kept(&refused).contains(&long)
    );
    let changed = first(&app, fill("Care from a distance ``` @everyone")).await;
    let text = content(&changed);
    assert!(
        text.contains(&format!("- {headline}")) && text.contains("+ Care from a distance '''"),
        "{text}"
    );
    assert!(
        !text.contains(&format!("- {lead}")) && !text.contains("@everyone"),
        "only what changes: {text}"
    );
    assert!(
        changed["data"]["embeds"][0]["title"]
            .as_str()
            .expect("a title")
            .contains("Care from a distance")
    );
    assert_eq!(
        store
            .posting(here(), id)
            .await
            .expect("read")
            .expect("there")
            .body,
        before.body,
        "nothing yet"
    );
    let without_token = first(
        &app,
        moderator(press(&button(&changed, "Apply"), &changed["data"])),
    )
    .await;
    assert!(
        content(&without_token).contains("DISCORD_TOKEN"),
        "{without_token}"
    );
    app.begin_posting();
    let reply = reply_at(
        &app,
        moderator(press(&button(&changed, "Apply"), &changed["data"])),
        at(NOON + 60),
    )
    .await;
    assert!(
        matches!(reply.then.as_slice(), [FollowUp::Task(_)]),
        "{reply:?}"
    );
    // Somebody else was faster: the difference that was shown is no longer the one that would be made.
    let mut other = Summary::from_body(&before.body).expect("a summary");
    other.headline = "Other words".to_owned();
    assert!(
        store
            .save_edit(here(), id, &other.to_body(), UserId::new(6), at(NOON))
            .await
            .expect("written")
    );
    let late = reply_at(
        &app,
        moderator(press(&button(&changed, "Apply"), &changed["data"])),
        at(NOON + 61),
    )
    .await;
    let late = late.first.body();
    let text = content(&late);
    assert!(
        text.starts_with("Somebody has changed this post since. Your words are kept."),
        "{late}"
    );
    assert!(
        text.contains("- Other words") && text.contains("+ Care from a distance"),
        "against how it stands now: {text}"
    );
    let reply = reply_at(
        &app,
        moderator(press(&button(&late, "Apply"), &late["data"])),
        at(NOON + 61),
    )
    .await;
    assert!(
        matches!(reply.then.as_slice(), [FollowUp::Task(_)]),
        "seen, so it may be applied: {reply:?}"
    );
    let list = reply_at(
        &app,
        moderator(subcommand("digest", "list", &[])),
        at(NOON + 61),
    )
    .await
    .first
    .body();
    let offered = &menu(&list, 0);
    let entry = &offered["options"][0];
    assert_eq!(entry["label"], changed["data"]["embeds"][0]["title"]);
    assert!(
        entry["description"]
            .as_str()
            .is_some_and(|text| text.starts_with("edited words of a post")),
        "{entry}"
    );
    let id = offered["custom_id"].as_str().expect("an id");
    let chosen = moderator(select(
        id,
        &[entry["value"].as_str().expect("a draft")],
        &list["data"],
    ));
    let again = reply_at(&app, chosen, at(NOON + 61)).await.first.body();
    assert!(
        content(&again).contains("- Other words") && content(&again).contains("+ Care from"),
        "{again}"
    );
    assert_eq!(
        button(&again, "Apply"),
        button(&late, "Apply"),
        "as it would be applied now"
    );
    let late = reply_at(&app, fill("My words"), at(NOON + 62))
        .await
        .first
        .body();
    let text = content(&late);
    assert!(
        text.starts_with("Somebody has changed this post since. Your words are kept."),
        "{late}"
    );
    assert!(
        text.contains("- Other words") && text.contains("+ My words"),
        "{text}"
    );
    let cancel = moderator(press(&button(&changed, "Cancel"), &changed["data"]));
    assert!(
        content(
            &reply_at(&app, cancel.clone(), at(NOON + 63))
                .await
                .first
                .body()
        )
        .contains("thrown away")
    );
    let gone = reply_at(
        &app,
        moderator(press(&button(&changed, "Apply"), &changed["data"])),
        at(NOON + 64),
    )
    .await;
    assert!(
        content(&gone.first.body()).contains("These words are gone"),
        "{gone:?}"
    );
}

/// The difference that other words would make in a post, with Apply below.
async fn edited(app: &App, id: i64, headline: &str) -> Value {
    let view = open(app, id).await;
    let form = first(
        app,
        moderator(press(&button(&view, "Edit text"), &view["data"])),
    )
    .await;
    let form_id = form["data"]["custom_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    first(
        app,
        moderator(from_message(
            submit(&form_id, &words(headline)),
            &view["data"],
        )),
    )
    .await
}

fn words(headline: &str) -> [(&str, &str); 4] {
    [
        ("headline", headline),
        ("lead", ""),
        ("points", "One point."),
        ("question", ""),
    ]
}

#[tokio::test]
async fn edited_words_of_a_post_that_is_gone_come_back_as_a_file() {
    let (app, _place) = with_store().await;
    app.begin_posting();
    let store = app.store().expect("there").clone();
    let id = posted(&app, "d1.1").await;
    let view = open(&app, id).await;
    let form = first(
        &app,
        moderator(press(&button(&view, "Edit text"), &view["data"])),
    )
    .await;
    let form_id = form["data"]["custom_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let changed = first(
        &app,
        moderator(from_message(
            submit(&form_id, &words("My words")),
            &view["data"],
        )),
    )
    .await;
    assert!(
        store
            .save_removal(here(), id, UserId::new(6), at(NOON))
            .await
            .expect("written")
    );
    let mut words_lost = Vec::new();
    for lost in [
        moderator(from_message(
            submit(&form_id, &words("My words")),
            &view["data"],
        )),
        moderator(press(&button(&changed, "Apply"), &changed["data"])),
    ] {
        let lost = reply_at(&app, lost, at(NOON + 60)).await;
        let body = lost.first.body();
        words_lost.push(as_read(&body));
        assert_eq!(
            kept(&lost),
            "Headline\nMy words\n\nFirst sentence\n\n\nPoints\nOne point.\n\nQuestion\n\n"
        );
        assert!(
            parts(&body).is_empty() && lost.then.is_empty(),
            "there is nothing to apply: {body}"
        );
    }
    insta::assert_snapshot!(words_lost.join("\n"), @r"
    -- a new message, private --
    This post is not in a channel: it was removed since, or never arrived.
    What you typed is in the file.
    file your-words.txt
    -- in the place of the message --
    This post is not in a channel: it was removed since, or never arrived.
    What you typed is in the file.
    file your-words.txt
    ");
    let list = reply_at(
        &app,
        moderator(subcommand("digest", "list", &[])),
        at(NOON + 60),
    )
    .await
    .first
    .body();
    let (menu_id, draft) = (
        menu(&list, 0)["custom_id"].clone(),
        menu(&list, 0)["options"][0]["value"].clone(),
    );
    let chosen = select(
        menu_id.as_str().expect("an id"),
        &[draft.as_str().expect("a draft")],
        &list["data"],
    );
    let lost = reply_at(&app, moderator(chosen), at(NOON + 60)).await;
    assert!(
        kept(&lost).contains("My words"),
        "the list brings them back, too: {lost:?}"
    );
    let cancel = moderator(press(&button(&changed, "Cancel"), &changed["data"]));
    reply_at(&app, cancel.clone(), at(NOON + 120)).await;
    let gone = reply_at(&app, cancel, at(NOON + 120)).await.first.body();
    assert!(content(&gone).starts_with("These words are gone"), "{gone}");
}

#[tokio::test]
async fn edited_words_stay_to_be_applied_when_the_store_or_discord_fails() {
    let (app, place) = with_store().await;
    app.begin_posting();
    let discord = FakeDiscord::start().await;
    let config = Config {
        token: Some(TOKEN.to_owned().into()),
        discord_api: Some(discord.base.clone()),
        ..Config::default()
    };
    let rest = Rest::new(&config).expect("a client");
    let message = json!({"id": "9000", "channel_id": CHANNEL, "author": {"id": "2"}, "embeds": []});
    discord
        .shared
        .change(|state| state.messages.insert(9_000, message.clone()));
    let store = app.store().expect("there").clone();
    let id = posted(&app, "d1.1").await;
    let shown = edited(&app, id, "My words").await;
    let Location::Sqlite(path) = place.location() else {
        panic!("SQLite")
    };
    let other = rusqlite::Connection::open(path).expect("opened");
    let breaks = |when: &str| {
        let sql = format!(
            "CREATE TRIGGER broken BEFORE UPDATE ON postings WHEN {when} BEGIN SELECT RAISE(ABORT, 'x'); END"
        );
        other.execute_batch(&sql).expect("broken");
    };
    let mended = || other.execute_batch("DROP TRIGGER broken").expect("mended");
    let mut minute = 0;
    let mut apply = async |shown: &Value| {
        minute += 10;
        let pressed = moderator(press(&button(shown, "Apply"), &shown["data"]));
        let mut reply = reply_at(&app, pressed, at(NOON + minute * 60)).await;
        let Some(FollowUp::Task(work)) = reply.then.pop() else {
            panic!("nothing is done: {reply:?}")
        };
        work
    };
    let said = async |work: Box<dyn Task>| json!({"data": work.run(&rest).await.expect("words").edit_body()});
    let edits = || discord.count("PATCH", &format!("/channels/{CHANNEL}/messages"));
    // The post cannot be taken: nothing is changed, and Apply is still there.
    breaks("NEW.lease_until IS NOT NULL");
    let failed = said(apply(&shown).await).await;
    assert!(
        content(&failed).contains("nothing was changed") && content(&failed).contains("+ My words"),
        "{failed}"
    );
    mended();
    // Discord does not take it, and the post cannot be given back.
    breaks("NEW.lease_until IS NULL");
    discord
        .shared
        .change(|state| state.forbidden_channels.insert(CHANNEL.to_owned()));
    let failed = said(apply(&failed).await).await;
    assert!(
        content(&failed).starts_with("⚠ Nothing was changed: I cannot see the channel"),
        "{failed}"
    );
    mended();
    discord
        .shared
        .change(|state| state.forbidden_channels.clear());
    // It is changed in the channel, and that cannot be saved.
    breaks("NEW.body <> OLD.body");
    let failed = said(apply(&failed).await).await;
    assert!(
        content(&failed)
            .starts_with("⚠ It is changed in the channel, but I could not note it down"),
        "{failed}"
    );
    assert!(
        !content(&failed).contains("Nothing is changed yet"),
        "{failed}"
    );
    assert_eq!(newest(&discord)["embeds"][0]["title"], "My words");
    mended();
    let done = said(apply(&failed).await).await;
    assert!(
        content(&done).starts_with("Changed in the channel."),
        "{done}"
    );
    let saved = store
        .posting(here(), id)
        .await
        .expect("read")
        .expect("there")
        .body;
    assert!(saved.contains("My words") && edits() == 3, "{saved}");
    // Discord changes it, and says that it has failed.
    let shown = edited(&app, id, "Newer words").await;
    for _ in 0..5 {
        discord.script(
            "PATCH",
            &format!("/channels/{CHANNEL}/messages"),
            Outcome::DoneButFailed,
        );
    }
    let failed = said(apply(&shown).await).await;
    assert!(
        content(&failed).starts_with("⚠ Discord did not tell me whether it is changed"),
        "{failed}"
    );
    assert!(
        !content(&failed).contains("Nothing is changed yet"),
        "{failed}"
    );
    let edited_before = edits();
    // The store is gone altogether once Apply is pressed.
    let work = apply(&failed).await;
    store.close().await;
    let failed = said(work).await;
    assert!(
        content(&failed).contains("+ Newer words") && edits() == edited_before,
        "{failed}"
    );
    button(&failed, "Apply");
}

fn newest(discord: &FakeDiscord) -> Value {
    discord
        .shared
        .lock()
        .messages
        .values()
        .next_back()
        .cloned()
        .expect("a message")
}

#[tokio::test]
async fn removing_is_asked_about_and_nobody_without_rights_gets_there() {
    let (app, _place) = with_store().await;
    let id = posted(&app, "d1.1").await;
    app.begin_posting();
    let view = open(&app, id).await;
    let asked = first(
        &app,
        moderator(press(&button(&view, "Remove"), &view["data"])),
    )
    .await;
    assert!(
        content(&asked).contains("Remove this post from the channel?"),
        "{asked}"
    );
    let back = first(
        &app,
        moderator(press(&button(&asked, "Back"), &asked["data"])),
    )
    .await;
    assert!(said(&back).contains("Trend: "), "{back}");
    let sure = press(&button(&asked, "Remove it"), &asked["data"]);
    for forged in [
        sure.clone(),
        press(&button(&view, "Edit text"), &view["data"]),
    ] {
        let body = first(&app, as_member(forged, 0, &[])).await;
        assert!(content(&body).contains("This is for moderators"), "{body}");
    }
    // A moderator of another server does not reach it by its number.
    let elsewhere = first(
        &app,
        by_somebody_else(moderator(press(&button(&asked, "Back"), &asked["data"]))),
    )
    .await;
    assert!(!said(&elsewhere).contains("Trend: "), "{elsewhere}");
    let reply = reply_at(&app, moderator(sure), at(NOON + 60)).await;
    assert!(
        matches!(reply.then.as_slice(), [FollowUp::Task(_)]),
        "{reply:?}"
    );
}

#[tokio::test]
async fn what_could_not_be_posted_becomes_a_draft_again_with_its_words() {
    let (app, _place) = with_store().await;
    let store = app.store().expect("there").clone();
    let id = posted(&app, "d1.1").await;
    let body = store
        .posting(here(), id)
        .await
        .expect("read")
        .expect("there")
        .body;
    let manual = Manual {
        channel: channel(),
        topic: "new",
        style: "short",
        mention_role: None,
        body: &body,
        nonce: "d2.1",
    };
    let failed = store
        .post_now(here(), &manual, None, UserId::new(5), at(NOON))
        .await
        .expect("written");
    store
        .claim("test", std::time::Duration::from_secs(60), at(NOON))
        .await
        .expect("written")
        .expect("due");
    store
        .fail(failed, "test", "the channel is gone", false, at(NOON))
        .await
        .expect("written");
    let view = open(&app, failed).await;
    assert!(
        content(&view).contains("failed: the channel is gone"),
        "{view}"
    );
    let again = press(&button(&view, "Try again"), &view["data"]);
    assert!(
        content(&first(&app, as_member(again.clone(), 0, &[])).await)
            .contains("This is for moderators")
    );
    let preview = first(&app, moderator(again)).await;
    assert!(
        content(&preview).contains("A draft of what could not be posted"),
        "{preview}"
    );
    assert_eq!(
        preview["data"]["embeds"][0]["title"], view["data"]["embeds"][0]["title"],
        "with its words"
    );
    for label in ["Post now", "Change channel", "Edit text"] {
        button(&preview, label);
    }
    let stands = open(&app, id).await;
    assert!(
        parts(&stands)
            .iter()
            .all(|part| part["label"] != "Try again"),
        "{stands}"
    );
    let forged = button(&view, "Try again").replace(&format!("t{failed}."), &format!("t{id}."));
    assert!(
        content(&first(&app, moderator(press(&forged, &view["data"]))).await)
            .contains("nothing was done")
    );
}

#[tokio::test]
async fn a_late_post_is_decided_once() {
    let (app, _place) = with_store().await;
    app.begin_posting();
    let store = app.store().expect("there").clone();
    let settings = Settings {
        late_policy: LatePolicy::Ask,
        log_channel: Some(channel()),
        ..Settings::default()
    };
    store
        .save_settings(here(), &settings, UserId::new(5), "late", at(NOON))
        .await
        .expect("written");
    let definition = Definition {
        channel: channel(),
        topic: "trend:remote-work".to_owned(),
        style: "short".to_owned(),
        schedule: "every day at 09:00 in UTC".to_owned(),
        mention_role: None,
    };
    let digest = store
        .add_digest(here(), &definition, at(NOON), UserId::new(5), at(NOON))
        .await
        .expect("written");
    let due = store
        .digest(here(), digest)
        .await
        .expect("read")
        .expect("there")
        .next_due
        .expect("due");
    store
        .plan(
            digest,
            due,
            at(NOON),
            Plan::Ask("it was due 2 hours ago"),
            None,
            at(NOON),
        )
        .await
        .expect("written");
    let posting = store.untold(1).await.expect("read").remove(0);
    let question = careerbot::discord::moderation::digests::post_view::question(
        &posting,
        &app.advisor().knowledge(),
    );
    let question = json!({"data": question.post_body(None)});
    insta::assert_snapshot!(as_read(&question), @r"
    -- a message --
    **Remote work opportunities** for <#300000000000000001> was due <t:1795348800:F>: it was due 2 hours ago. Post it now?
    [Post now] [Skip]
    ");
    let (post, skip) = (button(&question, "Post now"), button(&question, "Skip"));
    let refused = first(&app, as_member(press(&post, &question["data"]), 0, &[])).await;
    assert!(
        content(&refused).contains("This is for moderators") && is_private(&refused),
        "{refused}"
    );
    let view = open(&app, posting.id).await;
    assert!(content(&view).contains("waits for your word"), "{view}");
    assert_eq!(button(&view, "Skip"), skip, "the history offers the same");
    let done = first(&app, moderator(press(&post, &question["data"]))).await;
    // Nobody can press again.
    insta::assert_snapshot!(as_read(&done), @r"
    -- in the place of the message --
    **Remote work opportunities** for <#300000000000000001>: <@400000000000000001> has it posted now. /digest history shows what becomes of it.
    ");
    let again = first(&app, moderator(press(&skip, &question["data"]))).await;
    assert!(content(&again).contains("decided before"), "{again}");
    assert_eq!(
        store
            .posting(here(), posting.id)
            .await
            .expect("read")
            .expect("there")
            .state,
        State::Due
    );
    let log = store.audit_log(here(), None, 20).await.expect("read");
    assert_eq!(
        log.iter()
            .filter(|entry| entry.what == "digest.late")
            .count(),
        1
    );
}
