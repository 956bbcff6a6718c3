//! `/knowledge` without a network: forms, previews, approvals, the list, the history, and who may do what.

use std::cell::Cell;

use careerbot::discord::App;
use careerbot::discord::interaction::response::{InitialResponse, Response};
use careerbot::discord::message::limits::{CUSTOM_ID, check_message, check_response, length};
use careerbot::discord::moderation::entries::{form, history, list, show};
use careerbot::knowledge::own_trend::{OwnTrend, Quote};
use careerbot::store::credits::{Consent, Credit};
use careerbot::store::entries::{State, Version};
use careerbot::store::entry_lists::Line;
use careerbot::store::settings::Settings;
use careerbot::store::{Moment, UserId};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::moderators::{here, moderator, with_store};
use super::page::as_read;
use super::{NOON, app, at, button, content, is_private, menu, parts, reply_at, said};
use crate::fake_discord::payloads::{
    GUILD, MEMBER, as_member, by, by_somebody_else, in_direct_message, press, select, slash,
    subcommand, submit, submit_on, typing, user_installed,
};
use crate::store::place::Place;

/// Another moderator.
pub(super) const BOB: &str = "400000000000000002";
pub(super) const GOOD: [(&str, &str); 4] = [
    ("title", "Our mentoring hour"),
    (
        "text",
        "Every Friday at noon nurses answer questions of students in the voice channel.",
    ),
    ("source", "https://example.org/mentoring"),
    ("review", "2027-06-30"),
];

/// A moderator's desk: an app with a store, and a clock that leaves time between two actions.
pub(super) struct Desk {
    pub app: App,
    place: Place,
    clock: Cell<i64>,
}

impl Desk {
    pub(super) async fn new() -> Self {
        let (app, place) = with_store().await;
        Self {
            app,
            place,
            clock: Cell::new(NOON),
        }
    }

    /// The program begins anew on the same store.
    pub(super) async fn restart(&mut self) {
        self.app.store().expect("there").close().await;
        self.app = app();
        self.app.set_store(self.place.open().await);
    }

    pub(super) async fn reply(&self, interaction: Value) -> Response {
        self.clock.set(self.clock.get() + 4);
        reply_at(&self.app, interaction, at(self.clock.get())).await
    }

    pub(super) async fn send(&self, interaction: Value) -> Value {
        self.reply(interaction).await.first.body()
    }

    pub(super) async fn sub(&self, sub: &str, options: &[(&str, u8, Value)]) -> Value {
        self.send(moderator(subcommand("knowledge", sub, options)))
            .await
    }

    pub(super) async fn press(&self, on: &Value, label: &str) -> Value {
        self.send(moderator(press(&button(on, label), &on["data"])))
            .await
    }

    pub(super) async fn press_as(&self, member: &str, on: &Value, label: &str) -> Value {
        self.send(by(
            moderator(press(&button(on, label), &on["data"])),
            member,
        ))
        .await
    }

    /// Fills in a form that was opened from the message `on`.
    pub(super) async fn fill(
        &self,
        form: &Value,
        inputs: &[(&str, &str)],
        on: Option<&Value>,
    ) -> Value {
        let id = form_id(form);
        let filled = on.map_or_else(
            || submit(id, inputs),
            |on| submit_on(id, inputs, &on["data"]),
        );
        self.send(moderator(filled)).await
    }

    /// A draft that is good.
    pub(super) async fn draft(&self) -> Value {
        let form = self.sub("add", &[]).await;
        self.fill(&form, &GOOD, None).await
    }

    pub(super) async fn live(&self) -> Vec<Version> {
        self.app
            .store()
            .expect("there")
            .live_entries(here())
            .await
            .expect("read")
    }

    pub(super) async fn log(&self) -> Vec<String> {
        let log = self
            .app
            .store()
            .expect("there")
            .audit_log(here(), None, 100)
            .await
            .expect("read");
        log.into_iter().map(|entry| entry.what).collect()
    }

    pub(super) async fn set(&self, change: impl FnOnce(&mut Settings)) {
        let store = self.app.store().expect("there");
        let mut settings = store.settings(here()).await.expect("read");
        change(&mut settings);
        store
            .save_settings(here(), &settings, UserId::NOBODY, "a test", at(NOON))
            .await
            .expect("written");
    }
}

#[track_caller]
pub(super) fn form_id(body: &Value) -> &str {
    assert_eq!(body["type"], 9, "a form: {body}");
    body["data"]["custom_id"].as_str().expect("an id")
}

/// What stands in an input of a form.
fn filled<'a>(form: &'a Value, name: &str) -> &'a str {
    let rows = form["data"]["components"].as_array().expect("rows");
    let input = rows
        .iter()
        .map(|row| &row["components"][0])
        .find(|input| input["custom_id"] == name);
    input.expect("an input")["value"]
        .as_str()
        .unwrap_or_default()
}

fn is_enabled(body: &Value, label: &str) -> bool {
    parts(body)
        .iter()
        .any(|part| part["label"] == label && part["disabled"] != true)
}

#[tokio::test]
async fn what_is_wrong_comes_back_with_the_text_until_it_is_mended_and_goes_live() {
    let mut desk = Desk::new().await;
    let form = desk.sub("add", &[]).await;
    assert_eq!(
        filled(&form, "review"),
        "2027-11-22",
        "a year from now is proposed"
    );
    let bad = [
        ("title", "Mentoring"),
        ("text", "Come, @everyone!"),
        ("source", "example.org"),
        ("review", "soon"),
    ];
    let preview = desk.fill(&form, &bad, None).await;
    assert!(is_private(&preview) && preview["type"] == 4, "{preview}");
    for says in [
        "To fix",
        "text: it mentions everyone",
        "source: it is no web address",
        "review date: there is no such day",
    ] {
        assert!(content(&preview).contains(says), "{says}: {preview}");
    }
    assert!(
        !is_enabled(&preview, "Approve") && is_enabled(&preview, "Edit"),
        "{preview}"
    );
    let forged = button(&preview, "Approve");
    let refused = desk.send(moderator(press(&forged, &preview["data"]))).await;
    assert!(
        content(&refused).contains("Nothing was approved") && desk.live().await.is_empty(),
        "{refused}"
    );
    desk.restart().await;
    let form = desk.press(&preview, "Edit").await;
    assert_eq!(
        (filled(&form, "text"), filled(&form, "review")),
        ("Come, @everyone!", "soon"),
        "nothing is lost"
    );
    let preview = desk.fill(&form, &GOOD, Some(&preview)).await;
    assert_eq!(
        preview["type"], 7,
        "the preview changes in place: {preview}"
    );
    assert!(
        !content(&preview).contains("To fix") && said(&preview).contains("Our mentoring hour"),
        "{preview}"
    );
    assert!(desk.live().await.is_empty(), "a draft is not live");
    desk.restart().await;
    let live = desk.press(&preview, "Approve").await;
    assert!(content(&live).contains("It is live"), "{live}");
    let entries = desk.live().await;
    assert_eq!(
        (entries.len(), entries[0].title.as_str(), entries[0].version),
        (1, "Our mentoring hour", 2)
    );
    assert_eq!(
        desk.log().await,
        ["entry.publish", "entry.approve", "entry.edit", "entry.add"]
    );
}

#[tokio::test]
async fn a_second_moderator_approves_where_the_server_wants_one() {
    let desk = Desk::new().await;
    let set = moderator(subcommand(
        "settings",
        "set",
        &[("second-moderator", 5, json!(true))],
    ));
    assert!(content(&desk.send(set).await).contains("approved by a second moderator"));
    let own = desk.draft().await;
    insta::assert_snapshot!(as_read(&own), @r"
    -- a new message, private --
    **Entry 1, version 1**: draft, waits for approval. Written by <@400000000000000001> <t:1795348812:R>. Members see it as below; this message only you see.
    This server wants a second moderator: another one finds it in /knowledge list and approves it.
    # From this server's moderators — not checked by careerbot
    **Our mentoring hour**
    Every Friday at noon nurses answer questions of students in the voice channel.
    ## Their source
    <https://example.org/mentoring>
    below: To be reviewed on 2027-06-30.
    (Approve) [Edit] [Discard] [History] [All entries]
    ");
    let refused = desk
        .send(moderator(press(&button(&own, "Approve"), &own["data"])))
        .await;
    assert!(
        content(&refused).contains("Nothing was approved") && desk.live().await.is_empty(),
        "{refused}"
    );
    let list = desk
        .send(by(moderator(subcommand("knowledge", "list", &[])), BOB))
        .await;
    insta::assert_snapshot!(as_read(&list), @r"
    -- a new message, private --
    **This server's knowledge**: 0 live, 1 waiting · page 1 of 1
    **1** · Our mentoring hour · draft, waits for approval
    v Open an entry
      Our mentoring hour – 1: draft, waits for approval
    ");
    let (id, value) = {
        let menu = menu(&list, 0);
        (
            menu["custom_id"].as_str().expect("an id"),
            menu["options"][0]["value"].as_str().expect("a value"),
        )
    };
    let seen = desk
        .send(by(moderator(select(id, &[value], &list["data"])), BOB))
        .await;
    assert!(is_enabled(&seen, "Approve"), "{seen}");
    let live = desk.press_as(BOB, &seen, "Approve").await;
    assert!(content(&live).contains("It is live"), "{live}");
    assert_eq!(
        desk.live().await[0].approver,
        Some(UserId::new(BOB.parse().expect("an id")))
    );
    let again = desk.press_as(BOB, &seen, "Approve").await;
    assert!(content(&again).contains("changed since"), "{again}");
    // Whoever takes their name off a draft must not approve it as a second moderator.
    let form = desk.press(&live, "Edit").await;
    let mut words = GOOD;
    words[1].1 = "Every Thursday.";
    let draft = desk.fill(&form, &words, Some(&live)).await;
    desk.send(subcommand("my-data", "delete", &[])).await;
    let refused = desk.press(&draft, "Approve").await;
    assert!(
        content(&refused).contains("author's name is deleted"),
        "{refused}"
    );
    assert!(desk.live().await[0].text.contains("Friday"));
    let role_only = as_member(
        subcommand("settings", "set", &[("second-moderator", 5, json!(false))]),
        0,
        &["7"],
    );
    desk.set(|settings| settings.moderator_role = Some(careerbot::store::ServerRoleId::new(7)))
        .await;
    assert!(content(&desk.send(role_only).await).contains("only by members with Manage Server"));
}

#[tokio::test]
async fn what_is_live_stays_until_the_new_version_is_approved_and_the_difference_is_shown() {
    let desk = Desk::new().await;
    let live = desk.press(&desk.draft().await, "Approve").await;
    let form = desk.press(&live, "Edit").await;
    let same = desk.fill(&form, &GOOD, Some(&live)).await;
    assert!(content(&same).contains("Nothing was changed"), "{same}");
    let mut words = GOOD;
    words[1].1 = "Every Thursday at noon.\n``` @everyone? no";
    let draft = desk.fill(&form, &words, Some(&live)).await;
    insta::assert_snapshot!(as_read(&draft), @r"
    -- in the place of the message --
    **Entry 1, version 2**: draft, waits for approval. Written by <@400000000000000001> <t:1795348824:R>. Members see it as below; this message only you see.
    **To fix before it can go live:**
    • text: it mentions everyone; leave the mention out
    What is live stays live until this is approved. What changes:
    ```diff
    - Every Friday at noon nurses answer questions of students in the voice channel.
    + Every Thursday at noon.
    + ''' @{zw}everyone? no
    ```
    # From this server's moderators — not checked by careerbot
    **Our mentoring hour**
    Every Thursday at noon.
    ## Their source
    <https://example.org/mentoring>
    below: To be reviewed on 2027-06-30.
    (Approve) [Edit] [Discard] [History] [All entries]
    ");
    assert!(desk.live().await[0].text.contains("Friday"));
    // A form that was opened before somebody else saved: what was typed is not lost.
    let late = desk.fill(&form, &words, Some(&live)).await;
    insta::assert_snapshot!(as_read(&late), @r"
    -- a new message, private --
    Somebody else has changed or removed this entry while you were typing, so yours was not saved. Here is how it stands now.
    **Entry 1, version 2**: draft, waits for approval. Written by <@400000000000000001> <t:1795348824:R>. Members see it as below; this message only you see.
    **To fix before it can go live:**
    • text: it mentions everyone; leave the mention out
    What is live stays live until this is approved. What changes:
    ```diff
    - Every Friday at noon nurses answer questions of students in the voice channel.
    + Every Thursday at noon.
    + ''' @{zw}everyone? no
    ```
    What you typed is in the file.
    # From this server's moderators — not checked by careerbot
    **Our mentoring hour**
    Every Thursday at noon.
    ## Their source
    <https://example.org/mentoring>
    below: To be reviewed on 2027-06-30.
    file your-entry.md
    (Approve) [Edit] [Discard] [History] [All entries]
    ");
    let stale = desk.press(&live, "Remove").await;
    assert!(content(&stale).contains("Remove entry"), "{stale}");
    words[1].1 = "Every Thursday at noon.";
    let form = desk.press(&draft, "Edit").await;
    let draft = desk.fill(&form, &words, Some(&draft)).await;
    let gone = desk.press(&draft, "Discard").await;
    insta::assert_snapshot!(as_read(&gone), @r"
    -- in the place of the message --
    Thrown away. /knowledge history still has its words.
    **Entry 1, version 1**: live. Written by <@400000000000000001> <t:1795348808:R>. Members see it as below; this message only you see.
    # From this server's moderators — not checked by careerbot
    **Our mentoring hour**
    Every Friday at noon nurses answer questions of students in the voice channel.
    ## Their source
    <https://example.org/mentoring>
    below: To be reviewed on 2027-06-30.
    [Edit] [Remove] [History] [All entries]
    ");
    let stale = desk.press(&draft, "Approve").await;
    assert!(
        content(&stale).contains("changed since") && desk.live().await[0].text.contains("Friday"),
        "{stale}"
    );
}

#[tokio::test]
async fn what_is_removed_comes_back_as_a_draft() {
    let mut desk = Desk::new().await;
    let live = desk.press(&desk.draft().await, "Approve").await;
    let number = desk.live().await[0].entry;
    let asked = desk
        .sub("remove", &[("entry", 3, json!("our MENTORING hour"))])
        .await;
    assert!(
        content(&asked).contains("Remove entry") && desk.live().await.len() == 1,
        "{asked}"
    );
    let kept = desk.press(&asked, "Keep it").await;
    assert!(content(&kept).contains(": live"), "{kept}");
    desk.restart().await;
    let removed = desk.press(&asked, "Remove").await;
    assert!(
        content(&removed).contains("Removed.") && desk.live().await.is_empty(),
        "{removed}"
    );
    assert!(content(&desk.press(&asked, "Remove").await).contains("changed since"));
    assert!(content(&desk.press(&live, "Edit").await).contains("changed since"));
    let form = desk
        .sub("edit", &[("entry", 3, json!(number.to_string()))])
        .await;
    assert!(content(&form).contains("restore it first"), "{form}");
    let history = desk
        .sub("restore", &[("entry", 3, json!(number.to_string()))])
        .await;
    insta::assert_snapshot!(as_read(&history), @r"
    -- a new message, private --
    **History of entry 1** · page 1 of 1
    **1** · Our mentoring hour · removed · by <@400000000000000001>, approved by <@400000000000000001> · <t:1795348808:f>
    v Look at a version
      1: Our mentoring hour – removed
    [Back to the entry]
    ");
    let id = menu(&history, 0)["custom_id"].as_str().expect("an id");
    let version = desk
        .send(moderator(select(id, &["1"], &history["data"])))
        .await;
    let draft = desk.press(&version, "Restore as a draft").await;
    assert!(desk.live().await.is_empty());
    insta::assert_snapshot!(as_read(&draft), @r"
    -- in the place of the message --
    Version 1 is a draft again; it goes live when it is approved.
    **Entry 1, version 2**: draft, waits for approval. Written by <@400000000000000001> <t:1795348848:R>. Members see it as below; this message only you see.
    # From this server's moderators — not checked by careerbot
    **Our mentoring hour**
    Every Friday at noon nurses answer questions of students in the voice channel.
    ## Their source
    <https://example.org/mentoring>
    below: To be reviewed on 2027-06-30.
    [Approve] [Edit] [Discard] [History] [All entries]
    ");
    let live = desk.press(&draft, "Approve").await;
    assert!(
        content(&live).contains("It is live") && desk.live().await[0].version == 2,
        "{live}"
    );
    let log = desk.log().await;
    assert!(
        log.contains(&"entry.remove".to_owned()) && log.contains(&"entry.restore".to_owned()),
        "{log:?}"
    );
    let none = desk
        .sub(
            "restore",
            &[("entry", 3, json!("1")), ("version", 4, json!(99))],
        )
        .await;
    assert!(content(&none).contains("no such entry"), "{none}");
}

#[tokio::test]
async fn members_find_what_is_live_at_once_as_it_was_previewed_and_nothing_else() {
    let desk = Desk::new().await;
    let ask = || slash("ask", &[("question", json!("When is our mentoring hour?"))]);
    let found = async || said(&desk.send(ask()).await).contains("Every Friday at noon");
    assert!(!found().await);
    let draft = desk.draft().await;
    assert!(!found().await, "a draft is not found");
    let live = desk.press(&draft, "Approve").await;
    let answer = desk.send(ask()).await;
    let shown = answer["data"]["embeds"]
        .as_array()
        .expect("embeds")
        .last()
        .expect("the entry");
    assert_eq!(
        *shown, draft["data"]["embeds"][0],
        "the preview is what members see"
    );
    assert!(
        !said(&desk.send(by_somebody_else(ask())).await).contains("Friday"),
        "another server"
    );
    let asked = desk.press(&live, "Remove").await;
    desk.press(&asked, "Remove").await;
    assert!(!found().await, "removed");
}

#[tokio::test]
async fn what_was_typed_comes_back_whatever_goes_wrong() {
    let desk = Desk::new().await;
    let form = form_id(&desk.sub("add", &[]).await).to_owned();
    let kept = |body: &Value| {
        body["data"]["attachments"][0]["filename"] == "your-entry.md" && is_private(body)
    };
    for _ in 0..10 {
        reply_at(&desk.app, subcommand("help", "x", &[]), at(NOON + 10_000)).await;
    }
    let hasty = reply_at(
        &desk.app,
        moderator(submit(&form, &GOOD)),
        at(NOON + 10_000),
    )
    .await;
    let body = hasty.first.body();
    assert!(
        content(&body).contains("That was a lot at once") && kept(&body),
        "{body}"
    );
    let file = hasty.first.files().remove(0);
    assert!(
        String::from_utf8_lossy(&file.data).contains("\nreview: 2027-06-30\n\nEvery Friday"),
        "it can be imported"
    );
    desk.app.store().expect("there").close().await;
    let body = reply_at(
        &desk.app,
        moderator(submit(&form, &GOOD)),
        at(NOON + 20_000),
    )
    .await
    .first
    .body();
    assert!(
        content(&body).contains("nothing was changed") && kept(&body),
        "{body}"
    );
}

#[tokio::test]
async fn one_title_stands_for_one_entry() {
    let desk = Desk::new().await;
    desk.press(&desk.draft().await, "Approve").await;
    let mut words = GOOD;
    words[1].1 = "Every Monday at noon nurses answer questions of students in the voice channel.";
    let twin = desk.fill(&desk.sub("add", &[]).await, &words, None).await;
    assert!(
        content(&twin).contains("has the same one") && !is_enabled(&twin, "Approve"),
        "{twin}"
    );
}

#[tokio::test]
async fn a_title_that_nobody_sees_or_that_looks_like_another_is_refused_with_the_reason() {
    let desk = Desk::new().await;
    desk.press(&desk.draft().await, "Approve").await;
    for (title, reason) in [
        ("\u{200b}\u{2060}", "nothing that anybody sees"),
        ("\u{3164}", "nothing that anybody sees"),
        ("Our\u{200b} mentoring hour", "has the same one"),
        ("Our mentoring h\u{43e}ur", "two alphabets"),
        (
            "Our me\u{301}\u{301}\u{301}\u{301}\u{301}ntoring",
            "piles up marks",
        ),
        ("Our \u{202e}gnirotnem", "turn the direction"),
    ] {
        let mut words = GOOD;
        (words[0].1, words[1].1) = (
            title,
            "Every Monday at noon nurses answer questions of students in the voice channel.",
        );
        let draft = desk.fill(&desk.sub("add", &[]).await, &words, None).await;
        assert!(
            content(&draft).contains(reason) && !is_enabled(&draft, "Approve"),
            "{title:?}: {draft}"
        );
    }
}

#[tokio::test]
async fn the_list_has_pages_and_says_where_each_entry_stands() {
    let desk = Desk::new().await;
    let empty = desk.sub("list", &[]).await;
    assert!(content(&empty).contains("no entry yet"), "{empty}");
    for number in 0..23 {
        let form = desk.sub("add", &[]).await;
        let title = format!("Entry about *topic* {number}");
        let mut words = GOOD;
        words[0].1 = &title;
        let draft = desk.fill(&form, &words, None).await;
        if number % 2 == 0 {
            desk.press(&draft, "Approve").await;
        }
    }
    let page = desk.sub("list", &[]).await;
    assert!(
        content(&page).contains("12 live, 11 waiting · page 1 of 3"),
        "{page}"
    );
    assert!(
        content(&page).contains("live, review by 2027-06-30")
            && content(&page).contains("waits for approval"),
        "{page}"
    );
    let page = desk.press(&page, "Next").await;
    let last = desk.press(&page, "Next").await;
    assert!(
        content(&last).contains("page 3 of 3") && !is_enabled(&last, "Next"),
        "{last}"
    );
    assert_eq!(content(&last).lines().count(), 4);
}

/// The same server's moderator, or another server's.
fn elsewhere(interaction: Value) -> Value {
    by_somebody_else(moderator(interaction))
}

#[tokio::test]
async fn a_server_sees_suggests_and_touches_its_own_entries_only() {
    let desk = Desk::new().await;
    let draft = desk.draft().await;
    let live = desk.press(&draft, "Approve").await;
    let number = desk.live().await[0].entry;
    let choices = async |interaction: Value| {
        desk.send(interaction).await["data"]["choices"]
            .as_array()
            .expect("a list")
            .len()
    };
    assert_eq!(
        choices(moderator(typing("knowledge", "edit", "entry", "mentor"))).await,
        1
    );
    assert_eq!(
        choices(moderator(typing("knowledge", "edit", "entry", "zzz"))).await,
        0
    );
    for nobody in [
        elsewhere(typing("knowledge", "edit", "entry", "")),
        as_member(typing("knowledge", "edit", "entry", ""), 0, &[]),
        in_direct_message(typing("knowledge", "edit", "entry", "")),
        user_installed(moderator(typing("knowledge", "edit", "entry", ""))),
    ] {
        assert_eq!(choices(nobody).await, 0);
    }
    assert!(
        content(
            &desk
                .send(elsewhere(subcommand("knowledge", "list", &[])))
                .await
        )
        .contains("no entry yet")
    );
    let by_number = elsewhere(subcommand(
        "knowledge",
        "edit",
        &[("entry", 3, json!(number.to_string()))],
    ));
    assert!(content(&desk.send(by_number).await).contains("no entry called"));
    for label in ["Edit", "Remove", "History"] {
        let body = desk
            .send(elsewhere(press(&button(&live, label), &live["data"])))
            .await;
        assert!(
            content(&body).contains("no such entry in this server"),
            "{label}: {body}"
        );
    }
    for letter in "eaxvhobry".chars() {
        let forged = press(&format!("1:k:{letter}{number}.1"), &live["data"]);
        let body = desk.send(elsewhere(forged)).await;
        assert!(!said(&body).contains("mentoring"), "{letter}: {body}");
    }
    let form = elsewhere(submit(&format!("1:k:e{number}.1"), &GOOD));
    assert!(content(&desk.send(form).await).contains("no such entry"));
    assert_eq!(desk.live().await.len(), 1);
}

#[tokio::test]
async fn members_without_rights_are_refused_and_written_down() {
    let desk = Desk::new().await;
    let draft = desk.draft().await;
    let mut tries: Vec<Value> = ["add", "list"]
        .iter()
        .map(|sub| subcommand("knowledge", sub, &[]))
        .collect();
    for sub in ["edit", "remove", "history", "restore"] {
        tries.push(subcommand("knowledge", sub, &[("entry", 3, json!("1"))]));
    }
    tries.push(subcommand("gaps", "none", &[]));
    tries.push(slash("stats", &[]));
    for letter in "eaxvcobhlryijn".chars() {
        tries.push(press(&format!("1:k:{letter}1.1"), &draft["data"]));
    }
    for letter in "lcwtd".chars() {
        tries.push(press(&format!("1:g:{letter}00000000"), &draft["data"]));
    }
    for id in ["1:k:n0.0", "1:k:e1.1", "1:k:a1.1"] {
        tries.push(submit(id, &GOOD));
    }
    let count = tries.len();
    for forged in tries {
        let body = desk.send(as_member(forged, 0, &["9"])).await;
        assert!(
            content(&body).contains("This is for moderators") && is_private(&body),
            "{body}"
        );
        assert!(!said(&body).contains("mentoring"), "{body}");
    }
    let refused = desk
        .app
        .store()
        .expect("there")
        .audit_log(here(), None, 100)
        .await
        .expect("read");
    let refused: Vec<_> = refused
        .iter()
        .filter(|entry| entry.what == "refused")
        .collect();
    assert_eq!(refused.len(), count);
    assert!(
        refused
            .iter()
            .all(|entry| entry.who == UserId::new(MEMBER.parse().expect("an id")))
    );
    assert!(desk.live().await.is_empty());
    for place in [
        in_direct_message(subcommand("knowledge", "list", &[])),
        user_installed(subcommand("knowledge", "list", &[])),
    ] {
        assert!(content(&desk.send(place).await).contains("in a server that has added me"));
    }
}

#[tokio::test]
async fn what_a_moderator_wrote_stays_without_their_name() {
    let desk = Desk::new().await;
    desk.press(&desk.draft().await, "Approve").await;
    let view = desk.send(subcommand("my-data", "view", &[])).await;
    assert!(
        content(&view).contains("texts that you wrote or approved for a server: 1"),
        "{view}"
    );
    let done = desk.send(subcommand("my-data", "delete", &[])).await;
    assert!(content(&done).contains("without your name"), "{done}");
    let live = desk.live().await;
    assert_eq!(
        (live[0].author, live[0].approver),
        (UserId::NOBODY, Some(UserId::NOBODY))
    );
    let history = desk
        .sub("history", &[("entry", 3, json!(live[0].entry.to_string()))])
        .await;
    assert!(
        content(&history).contains("a deleted member") && !content(&history).contains(MEMBER),
        "{history}"
    );
    assert!(!GUILD.is_empty());
}

#[tokio::test]
async fn ids_that_make_no_sense_do_no_harm() {
    let desk = Desk::new().await;
    let draft = desk.draft().await;
    for letter in "eaxvcobhlryijn".chars() {
        for rest in [
            "0.0",
            "-1.-1",
            "9223372036854775807.9223372036854775807",
            "1.99",
            "1.1.deadbeef",
        ] {
            let body = desk
                .send(moderator(press(
                    &format!("1:k:{letter}{rest}"),
                    &draft["data"],
                )))
                .await;
            assert!(
                body["type"] == 4 || body["type"] == 7 || body["type"] == 9,
                "{body}"
            );
        }
    }
    for letter in "lcwtd".chars() {
        let body = desk
            .send(moderator(press(
                &format!("1:g:{letter}ffffffff"),
                &draft["data"],
            )))
            .await;
        assert!(is_private(&body) || body["type"] == 7, "{body}");
    }
}

fn any_trend() -> impl Strategy<Value = OwnTrend> {
    let quotes = || {
        let words = prop_oneof!["\\PC{0,300}", Just("@everyone *x* ".repeat(20))];
        let quote = (words, "[a-z 0-9,]{0,40}").prop_map(|(text, place)| Quote { text, place });
        prop::collection::vec(quote, 0..12)
    };
    let slugs = || {
        let slug = prop::sample::select(vec![
            "registered-nurse",
            "surgeon",
            "remote-work",
            "? <@1> **x**",
        ]);
        prop::collection::vec(slug.prop_map(str::to_owned), 0..40)
    };
    let lines = prop::collection::vec("\\PC{0,400}", 0..9);
    (
        quotes(),
        quotes(),
        quotes(),
        slugs(),
        slugs(),
        lines,
        "\\PC{0,300}",
    )
        .prop_map(
            |(quotes, figures, offered, roles, near, repeats, author)| OwnTrend {
                publisher: author.clone(),
                published: author.chars().take(20).collect(),
                author,
                quotes,
                figures,
                roles,
                near,
                offered,
                repeats,
                prints: vec![7; 600],
            },
        )
}

fn any_version() -> impl Strategy<Value = Version> {
    let words = |most: usize| {
        prop_oneof![
            prop::collection::vec(any::<char>(), 0..most).prop_map(String::from_iter),
            prop::sample::select(vec![
                "*",
                "@everyone ",
                "`",
                "x",
                "😀",
                "\n- ",
                "<@1>",
                "[a](b) "
            ])
            .prop_map(move |part| part.repeat(most / part.encode_utf16().count())),
        ]
    };
    let states = [
        State::Draft,
        State::Approved,
        State::Live,
        State::Replaced,
        State::Removed,
        State::Discarded,
    ];
    (
        words(100),
        words(3_000),
        words(300),
        words(20),
        prop::sample::select(states.to_vec()),
        any::<u64>(),
        any::<i64>(),
        any_trend(),
    )
        .prop_map(
            |(title, text, source, review_on, state, author, number, trend)| Version {
                server: here(),
                entry: number,
                version: number,
                title,
                text,
                source,
                review_on,
                trend: (number % 2 == 0).then(|| trend.write()),
                state,
                author: UserId::new(author),
                approver: Some(UserId::new(u64::MAX)),
                named: (number % 3 == 0).then_some(UserId::new(u64::MAX)),
                created_at: Moment::from(at(NOON)),
                updated_at: Moment::from(at(NOON)),
            },
        )
}

/// The longest that can be said of where an entry comes from.
fn longest_credit() -> Credit {
    Credit {
        entry: i64::MIN,
        server: careerbot::store::ServerId::new(u64::MAX),
        channel: careerbot::store::ChannelId::new(u64::MAX),
        message: careerbot::store::MessageId::new(u64::MAX),
        author: UserId::new(u64::MAX),
        state: Consent::Asked,
    }
}

#[track_caller]
fn fits(message: &careerbot::discord::message::body::Message) {
    let body = message.body();
    assert_eq!(check_message(&body), Vec::<String>::new(), "{body}");
    for part in parts(&json!({"data": body})) {
        assert!(length(part["custom_id"].as_str().expect("an id")) <= CUSTOM_ID);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_preview_list_and_history_fits(versions in prop::collection::vec(any_version(), 1..12), page in any::<i64>()) {
        let lines: Vec<Line> = versions
            .iter()
            .map(|version| Line {
                entry: version.entry,
                title: version.title.clone(),
                review_on: version.review_on.clone(),
                live: version.state == State::Live,
                waiting: Some(version.state).filter(|state| *state == State::Draft),
                removed: version.state == State::Removed,
                trend: version.trend.is_some(),
            })
            .collect();
        let mut lines: Vec<Line> = lines.into_iter().zip(0..).map(|(line, number)| Line { entry: i64::MAX - number, ..line }).collect();
        fits(&list::draw(&lines, page, "2026-11-23", page % 2 == 0));
        lines.truncate(1);
        fits(&list::draw(&lines, 0, "2026-11-23", false));
        let versions: Vec<Version> = versions.into_iter().zip(0..).map(|(version, number)| Version { version: i64::MAX - number, ..version }).collect();
        let knowledge = app().advisor().knowledge();
        let seen = careerbot::discord::moderation::entries::entry::Seen { id: i64::MIN, versions };
        fits(&history::draw(&seen, page));
        for version in &seen.versions {
            let told = show::Told {
                note: "It is live: questions in this server find it from now on.",
                mistakes: vec!["text: it mentions a member or a role; write a name instead".to_owned(); 12],
                own: true,
                gap: Some(careerbot::discord::message::custom_id::Tag(u32::MAX)),
                credit: Some((longest_credit(), UserId::NOBODY)),
            };
            let shown = show::draw(&knowledge, &seen, version, &told);
            fits(&shown);
            let typed = careerbot::store::entries::Content {
                title: version.title.clone(),
                text: version.text.clone(),
                source: version.source.clone(),
                review_on: version.review_on.clone(),
                trend: version.trend.clone(),
            };
            fits(&form::kept(shown, &typed));
            for form in [form::about(version), form::links(version, &knowledge)] {
                prop_assert_eq!(form.is_some(), version.trend.is_some());
                prop_assert!(form.is_none_or(|form| check_response(&InitialResponse::Form(form).body()).is_empty()));
            }
            prop_assert!(form::edit(version, told.gap).is_some_and(|form| check_response(&InitialResponse::Form(form).body()).is_empty()));
        }
    }
}
