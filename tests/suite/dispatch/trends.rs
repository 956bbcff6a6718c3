//! A server's own trends without a network: brought in, edited, approved, and then seen wherever trends are.

use careerbot::discord::interaction::follow_up::FollowUp;
use careerbot::discord::interaction::response::InitialResponse;
use careerbot::discord::moderation::entries::bring_in;
use careerbot::knowledge::own_trend::OwnTrend;
use careerbot::store::entries::State;
use serde_json::{Value, json};

use super::entries::{BOB, Desk, form_id};
use super::moderators::{here, moderator};
use super::{assert_good, button, content, is_private, menu, parts, said};
use crate::articles::fixture;
use crate::fake_discord::payloads::{
    as_member, autocomplete, by, by_somebody_else, in_direct_message, message_command, press,
    select, slash, subcommand, submit, submit_on, user_installed, with_file,
};

const URL: &str = "https://cdn.discordapp.com/ephemeral-attachments/1/2/a.html?ex=1&is=2&hm=3";
const SUMMARY: &str = "Some hospitals move experienced nurses from the bedside to a screen, from which they help several wards at once.";

fn sent(name: &str, size: u64) -> Value {
    moderator(with_file("trend-draft", "add", name, size, URL))
}

/// What a file is answered with, once it has been fetched.
async fn arrived(desk: &Desk, name: &str, bytes: Vec<u8>) -> Value {
    drafted(desk, sent(name, bytes.len() as u64), bytes).await
}

/// What the making of a draft comes to that an interaction begins.
async fn drafted(desk: &Desk, interaction: Value, bytes: Vec<u8>) -> Value {
    let reply = desk.reply(interaction).await;
    assert_eq!(reply.first, InitialResponse::Thinking, "{reply:?}");
    let task = reply.then.first().and_then(FollowUp::as_task);
    let task: &bring_in::Drafting = task.expect("a draft on its way");
    assert_eq!(task.url().is_some(), !bytes.is_empty());
    let message = task.finish(bytes).await;
    assert_good(&message.clone().into());
    json!({"data": message.body()})
}

async fn brought(desk: &Desk) -> Value {
    arrived(desk, "a.html", fixture("virtual-nursing.html")).await
}

/// What stands in the inputs of a form, by name.
fn inputs(form: &Value) -> Vec<(String, String)> {
    let rows = form["data"]["components"].as_array().expect("rows");
    let input = |row: &Value| {
        let input = &row["components"][0];
        let text = |key: &str| input[key].as_str().unwrap_or_default().to_owned();
        (text("custom_id"), text("value"))
    };
    rows.iter().map(input).collect()
}

/// Presses a button that opens a form, and fills it in with some inputs changed.
async fn change(desk: &Desk, on: &Value, label: &str, changed: &[(&str, &str)]) -> Value {
    let form = desk.press(on, label).await;
    let mut filled = inputs(&form);
    for (name, value) in changed {
        let input = filled.iter_mut().find(|(known, _)| known == name);
        input.unwrap_or_else(|| panic!("no input {name}: {form}")).1 = (*value).to_owned();
    }
    let filled: Vec<(&str, &str)> = filled
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    desk.send(moderator(submit_on(form_id(&form), &filled, &on["data"])))
        .await
}

/// A trend that is live.
pub(super) async fn live(desk: &Desk) -> Value {
    let preview = brought(desk).await;
    let edited = change(desk, &preview, "Edit", &[("text", SUMMARY)]).await;
    let live = desk.press(&edited, "Approve").await;
    assert!(content(&live).contains("It is live"), "{live}");
    live
}

fn stands(desk: &Desk) -> impl Future<Output = Vec<careerbot::store::entries::Version>> {
    let store = desk.app.store().expect("there").clone();
    async move { store.entries(here()).await.expect("read") }
}

fn enabled(body: &Value, label: &str) -> bool {
    parts(body)
        .iter()
        .any(|part| part["label"] == label && part["disabled"] != true)
}

#[tokio::test]
async fn an_article_becomes_a_draft_that_needs_a_sentence_of_ones_own() {
    let mut desk = Desk::new().await;
    let preview = brought(&desk).await;
    assert!(is_private(&preview), "{preview}");
    assert!(
        content(&preview).contains("text: it is empty") && !enabled(&preview, "Approve"),
        "{preview}"
    );
    let shown = said(&preview);
    for says in [
        "Hospitals put experienced nurses behind a screen",
        "A trend from this server's moderators — not checked by careerbot",
        "Quoted from the article:",
        "(paragraph 1, sentence 1)",
        "Figures of the article, not official ones:",
        "$2.4 million",
        "The article: Lena Okafor, Ward Letter, 2026-09-14.",
        "Official figures of roles that it touches",
        "Registered nurse: median pay $",
        "Also found in the article (members do not see this)",
        "Sentences that you may quote instead",
        "Telehealth expansion",
        "https://wardletter.example/virtual-nursing?id=7&v=2",
    ] {
        assert!(shown.contains(says), "{says}: {shown}");
    }
    assert!(desk.live().await.is_empty());
    desk.restart().await;
    let edited = change(&desk, &preview, "Edit", &[("text", SUMMARY)]).await;
    assert!(
        enabled(&edited, "Approve") && said(&edited).contains(SUMMARY),
        "{edited}"
    );
    let stale = desk.press(&preview, "Roles and trends").await;
    assert!(content(&stale).contains("has changed since"), "{stale}");
    let linked = change(
        &desk,
        &edited,
        "Roles and trends",
        &[
            ("roles", "Registered nurse\nhome-health-aide\nSpace nurse"),
            ("trends", "Remote work opportunities\ntelehealth-expansion"),
        ],
    )
    .await;
    assert!(
        content(&linked).contains("roles: careerbot has none of that name at place 3")
            && !enabled(&linked, "Approve"),
        "{linked}"
    );
    let form = desk.press(&linked, "Roles and trends").await;
    assert!(
        inputs(&form)[0].1.ends_with("\nSpace nurse"),
        "what was typed is there: {form}"
    );
    let mended = change(
        &desk,
        &linked,
        "Roles and trends",
        &[("roles", "registered NURSE")],
    )
    .await;
    let about = change(
        &desk,
        &mended,
        "Address, author, date",
        &[
            ("author", ""),
            ("date", "undated"),
            ("source", "https://example.org/x"),
        ],
    )
    .await;
    assert!(
        content(&about).contains(
            "Not found in the article: its author; its date, without which it is called undated"
        ),
        "{about}"
    );
    assert!(
        said(&about).contains("The article: Ward Letter, undated."),
        "{about}"
    );
    let dated = change(
        &desk,
        &about,
        "Address, author, date",
        &[("date", "14 Sept 2026")],
    )
    .await;
    let live = desk.press(&dated, "Approve").await;
    assert!(content(&live).contains("It is live"), "{live}");
    let version = desk.live().await.remove(0);
    let trend = version
        .trend
        .as_deref()
        .and_then(OwnTrend::parse)
        .expect("a trend");
    assert_eq!(
        (
            trend.roles,
            trend.near.len(),
            trend.published.as_str(),
            version.source.as_str()
        ),
        (
            vec!["registered-nurse".to_owned()],
            2,
            "2026-09-14",
            "https://example.org/x"
        )
    );
    assert_eq!(
        desk.log().await,
        [
            "entry.publish",
            "entry.approve",
            "entry.edit",
            "entry.edit",
            "entry.edit",
            "entry.edit",
            "entry.edit",
            "entry.add"
        ]
    );
}

#[tokio::test]
async fn more_than_two_quoted_sentences_are_refused_wherever_they_stand() {
    let desk = Desk::new().await;
    let preview = brought(&desk).await;
    let taken = "Most programs ask for at least three years at the bedside, as I see it. The nurses at the bedside call it a second pair of eyes.";
    let edited = change(&desk, &preview, "Edit", &[("text", taken)]).await;
    assert!(
        content(&edited).contains(
            "quotations: 3 sentences are the article's word for word, 1 of them in the text"
        ) && !enabled(&edited, "Approve"),
        "{edited}"
    );
    let forged = desk
        .send(moderator(press(
            &button(&edited, "Approve"),
            &edited["data"],
        )))
        .await;
    assert!(
        content(&forged).contains("Nothing was approved"),
        "{forged}"
    );
    let long = format!("“{}.”", "word ".repeat(41).trim());
    let edited = change(
        &desk,
        &edited,
        "Edit",
        &[("text", SUMMARY), ("quotes", &long)],
    )
    .await;
    assert!(
        content(&edited).contains("a quoted sentence has 41 words; at most 40"),
        "{edited}"
    );
    assert!(desk.live().await.is_empty());
}

#[tokio::test]
async fn a_second_moderator_approves_where_the_server_wants_one() {
    let desk = Desk::new().await;
    desk.set(|settings| settings.two_step = true).await;
    let preview = brought(&desk).await;
    let edited = change(&desk, &preview, "Edit", &[("text", SUMMARY)]).await;
    assert!(
        !enabled(&edited, "Approve") && content(&edited).contains("second moderator"),
        "{edited}"
    );
    let list = desk
        .send(by(moderator(subcommand("trend-draft", "list", &[])), BOB))
        .await;
    assert!(
        content(&list).contains("This server's own trends")
            && content(&list).contains("trend, draft"),
        "{list}"
    );
    let opened = menu(&list, 0);
    let id = opened["custom_id"].as_str().expect("an id");
    let value = opened["options"][0]["value"].as_str().expect("a value");
    let shown = desk
        .send(by(moderator(select(id, &[value], &list["data"])), BOB))
        .await;
    let live = desk.press_as(BOB, &shown, "Approve").await;
    assert!(content(&live).contains("It is live"), "{live}");
}

#[tokio::test]
async fn an_article_is_pasted_or_taken_from_a_message() {
    let desk = Desk::new().await;
    let form = desk
        .send(moderator(subcommand("trend-draft", "add", &[])))
        .await;
    let article = String::from_utf8(fixture("community-paramedics.md")).expect("UTF-8");
    let body = article.split("---\n").nth(2).expect("a body");
    let typed = [
        ("article", body),
        ("title", ""),
        ("source", "https://ruralhealth.example/a"),
        ("author", "Tomas Reyes"),
        ("date", "Aug 3, 2026"),
    ];
    let filled = moderator(submit(form_id(&form), &typed));
    let preview = drafted(&desk, filled, Vec::new()).await;
    let shown = said(&preview);
    for says in [
        "Paramedics who come before the emergency",
        "The article: Tomas Reyes, 2026-08-03.",
        "412 calls",
        "Paramedic: median pay",
    ] {
        assert!(shown.contains(says), "{says}: {shown}");
    }
    let short = desk
        .fill(
            &form,
            &[
                ("article", "Too short."),
                ("title", "Kept"),
                ("source", ""),
                ("author", ""),
                ("date", ""),
            ],
            None,
        )
        .await;
    assert!(
        content(&short).contains("2 words of text, which is no article")
            && content(&short).contains("in the file"),
        "{short}"
    );
    let call = moderator(message_command(
        "Draft a trend from this",
        &format!("https://example.org/paramedics\n\n{body}"),
    ));
    let from = drafted(&desk, call, Vec::new()).await;
    assert!(
        said(&from).contains("https://example.org/paramedics"),
        "{from}"
    );
    assert!(
        content(&from).contains("has the same one"),
        "two drafts of one title: {from}"
    );
    let bare = desk
        .send(moderator(message_command(
            "Draft a trend from this",
            "hello there",
        )))
        .await;
    assert!(content(&bare).contains("Nothing was brought in"), "{bare}");
    assert_eq!(stands(&desk).await.len(), 2);
}

#[tokio::test]
async fn files_that_are_no_article_are_refused_in_plain_words() {
    let desk = Desk::new().await;
    for (name, size, says) in [
        ("a.pdf", 10, "PDF files are not read"),
        (
            "a.docx",
            10,
            "only text (.txt), markdown (.md) and web pages (.html)",
        ),
        ("a.txt", 2 << 20, "at most 1024 KB"),
    ] {
        let reply = desk.reply(sent(name, size)).await;
        let body = reply.first.body();
        assert!(
            reply.then.is_empty() && is_private(&body) && content(&body).contains(says),
            "{body}"
        );
    }
    for (name, bytes, says) in [
        (
            "a.txt",
            &b"%PDF-1.4 and so on"[..],
            "PDF files are not read",
        ),
        ("a.txt", b"\xff\xfe\x00", "UTF-8"),
        ("a.html", b"<script>only this</script>", "0 words"),
    ] {
        let told = arrived(&desk, name, bytes.to_vec()).await;
        assert!(content(&told).contains(says), "{told}");
    }
    assert!(stands(&desk).await.is_empty());
}

#[tokio::test]
async fn only_moderators_bring_in() {
    let desk = Desk::new().await;
    let member = |call: Value| as_member(call, 0, &[]);
    for call in [
        member(subcommand("trend-draft", "add", &[])),
        member(subcommand("trend-draft", "list", &[])),
        member(message_command("Draft a trend from this", SUMMARY)),
    ] {
        let refused = desk.send(call).await;
        assert!(
            content(&refused).contains("This is for moderators"),
            "{refused}"
        );
    }
    let preview = brought(&desk).await;
    for label in [
        "Edit",
        "Roles and trends",
        "Address, author, date",
        "Approve",
    ] {
        let press = member(press(&button(&preview, label), &preview["data"]));
        assert!(content(&desk.send(press).await).contains("This is for moderators"));
    }
}

#[tokio::test]
async fn a_live_trend_is_found_wherever_trends_are() {
    let desk = Desk::new().await;
    live(&desk).await;
    let list = desk.send(slash("trends", &[])).await;
    assert!(said(&list).contains("this server's own)"), "{list}");
    let entry = menu(&list, 0)["options"]
        .as_array()
        .expect("entries")
        .iter()
        .find(|entry| entry["description"] == "This server's own trend");
    let value = entry.expect("in the menu")["value"]
        .as_str()
        .expect("a value")
        .to_owned();
    let id = menu(&list, 0)["custom_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let chosen = desk.send(select(&id, &[&value], &list["data"])).await;
    let typed = desk
        .send(autocomplete("trend", &[("name", json!("hospitals put"))]))
        .await;
    assert_eq!(
        typed["data"]["choices"][0]["value"],
        value.as_str(),
        "{typed}"
    );
    for shown in [
        chosen,
        desk.send(slash("trend", &[("name", json!(value))])).await,
        desk.send(slash(
            "trend",
            &[(
                "name",
                json!("hospitals put experienced nurses behind a screen"),
            )],
        ))
        .await,
        desk.send(slash(
            "ask",
            &[("question", json!("experienced nurses behind a screen"))],
        ))
        .await,
    ] {
        let said = said(&shown);
        for says in [
            "A trend from this server's moderators — not checked by careerbot",
            SUMMARY,
            "The article: Lena Okafor, Ward Letter, 2026-09-14.",
            "Registered nurse: median pay $",
            "To be reviewed on 2027-05-22.",
        ] {
            assert!(said.contains(says), "{says}: {shown}");
        }
        assert!(
            !said.contains("Also found"),
            "that is for moderators: {shown}"
        );
    }
    for (command, name) in [
        ("role", "registered-nurse"),
        ("trend", "telehealth-expansion"),
    ] {
        let card = desk.send(slash(command, &[("name", json!(name))])).await;
        let menus = card["data"]["components"].to_string();
        assert!(menus.contains(&value), "{command}: {card}");
        let elsewhere = [in_direct_message, user_installed];
        for place in elsewhere {
            let card = desk
                .send(place(slash(command, &[("name", json!(name))])))
                .await;
            assert!(!card.to_string().contains(&value), "{command}: {card}");
        }
    }
    let question = slash("ask", &[("question", json!("which trends are there?"))]);
    let question = desk.send(by(question, BOB)).await;
    assert!(said(&question).contains("this server's own"), "{question}");
    for gone in [
        in_direct_message(select(&id, &[&value], &list["data"])),
        user_installed(by_somebody_else(select(&id, &[&value], &list["data"]))),
    ] {
        assert!(content(&desk.send(gone).await).contains("no longer in my knowledge"));
    }
}

#[tokio::test]
async fn a_trend_has_a_history_and_can_be_removed_and_restored() {
    let desk = Desk::new().await;
    let shown = live(&desk).await;
    let again = change(
        &desk,
        &shown,
        "Edit",
        &[("text", "Another summary of the same."), ("figures", "")],
    )
    .await;
    assert!(
        content(&again).contains("What changes") && content(&again).contains("$2.4 million"),
        "{again}"
    );
    let asked = desk.press(&shown, "Remove").await;
    assert!(
        content(&asked).contains("has changed since") || content(&asked).contains("Remove entry"),
        "{asked}"
    );
    let id = stands(&desk).await[0].entry.to_string();
    let asked = desk.sub("remove", &[("entry", 3, json!(id))]).await;
    let removed = desk.press(&asked, "Remove").await;
    assert!(content(&removed).contains("Removed"), "{removed}");
    assert!(!said(&desk.send(slash("trends", &[])).await).contains("this server's own"));
    let restored = desk
        .sub(
            "restore",
            &[("entry", 3, json!(id)), ("version", 4, json!(2))],
        )
        .await;
    assert!(
        content(&restored).contains("a draft again") && said(&restored).contains("Lena Okafor"),
        "{restored}"
    );
    assert_eq!(stands(&desk).await[0].state, State::Draft);
    let live = desk.press(&restored, "Approve").await;
    assert!(content(&live).contains("It is live"), "{live}");
    assert!(said(&desk.send(slash("trends", &[])).await).contains("this server's own"));
}

#[tokio::test]
async fn a_trend_is_a_topic_of_summaries_and_is_never_published_elsewhere() {
    let desk = Desk::new().await;
    live(&desk).await;
    let id = stands(&desk).await[0].entry;
    let key = format!("own:{id}");
    let typed = desk
        .send(moderator(crate::fake_discord::payloads::typing(
            "digest",
            "new",
            "topic",
            "hospitals",
        )))
        .await;
    assert_eq!(
        typed["data"]["choices"][0]["value"],
        key.as_str(),
        "{typed}"
    );
    let member = as_member(
        crate::fake_discord::payloads::typing("digest", "new", "topic", "hospitals"),
        0,
        &[],
    );
    assert!(
        !desk.send(member).await.to_string().contains("own:"),
        "for moderators alone"
    );
    let channel = ("channel", 7, json!(crate::fake_discord::payloads::CHANNEL));
    let new = |topic: &str| {
        let options = [("topic", 3, json!(topic)), channel.clone()];
        moderator(subcommand("digest", "new", &options))
    };
    for topic in [
        key.as_str(),
        "next-own",
        "Hospitals put experienced nurses behind a screen",
    ] {
        let preview = desk.send(new(topic)).await;
        let shown = said(&preview);
        for says in [
            "Trend of this server: Hospitals put experienced nurses behind a screen",
            "This server's moderators write, and careerbot has not checked it:",
            "The article says",
            "Lena Okafor, Ward Letter",
            "Registered nurse",
        ] {
            assert!(shown.contains(says), "{topic}: {says}: {shown}");
        }
    }
    let unknown = desk.send(new("own:77")).await;
    assert!(content(&unknown).contains("I have no topic"), "{unknown}");
    let options = [
        ("topic", 3, json!(key)),
        ("every", 3, json!("week")),
        ("on", 3, json!("Monday")),
        ("at", 3, json!("9:00")),
        channel.clone(),
    ];
    let scheduled = desk
        .send(moderator(subcommand("digest", "schedule", &options)))
        .await;
    assert!(
        content(&scheduled).contains("**Hospitals put experienced nurses behind a screen**"),
        "{scheduled}"
    );
    let list = desk
        .send(moderator(subcommand("digest", "list", &[])))
        .await;
    assert!(
        content(&list).contains("Hospitals put experienced nurses behind a screen"),
        "{list}"
    );
    let texts = desk
        .reply(moderator(press(
            &button(&list, "Next five posts"),
            &list["data"],
        )))
        .await;
    assert!(super::kept(&texts).contains(SUMMARY));
    let manual = careerbot::store::postings::Manual {
        channel: careerbot::store::ChannelId::new(7),
        topic: &key,
        style: "short",
        mention_role: None,
        body: "{}",
        nonce: "n",
    };
    let store = desk.app.store().expect("there");
    let now = jiff::Timestamp::UNIX_EPOCH;
    let posting = store
        .post_now(here(), &manual, None, careerbot::store::UserId::new(5), now)
        .await
        .expect("saved");
    for letter in ["p", "y"] {
        let forged = moderator(press(
            &format!("1:h:{letter}{posting}.00000000"),
            &list["data"],
        ));
        let refused = desk.send(forged).await;
        assert!(
            content(&refused).contains("stays in your server"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn what_is_exported_is_taken_by_an_import_and_the_log_is_a_table() {
    let desk = Desk::new().await;
    let export = |what: &str| moderator(slash("export", &[("what", json!(what))]));
    let empty = desk.send(export("entries")).await;
    assert!(content(&empty).contains("nothing to export"), "{empty}");
    assert!(content(&desk.send(export("gaps")).await).contains("nothing is counted"));
    live(&desk).await;
    let entry = desk.draft().await;
    desk.press(&entry, "Approve").await;
    let reply = desk.reply(export("entries")).await;
    assert!(content(&reply.first.body()).contains("1 entries and 1 trends"));
    let file = super::kept(&reply);
    let today = jiff::civil::date(2026, 11, 22);
    let found = careerbot::knowledge::entry_file::read("knowledge.md", file.as_bytes(), today)
        .expect("taken");
    let live = desk.live().await;
    assert_eq!(found.len(), 2);
    for (found, version) in found.iter().zip(&live) {
        assert_eq!(
            (&found.title, &found.text, &found.source, &found.review_on),
            (
                &version.title,
                &version.text,
                &version.source,
                &version.review_on
            )
        );
        let shown = |trend: Option<&OwnTrend>| trend.map(OwnTrend::lines);
        let before = version.trend.as_deref().and_then(OwnTrend::parse);
        assert_eq!(shown(found.trend.as_ref()), shown(before.as_ref()));
    }
    desk.set(|settings| settings.gaps = true).await;
    let gaps = desk.reply(export("gaps")).await;
    assert_eq!(
        super::kept(&gaps),
        "\"question\",\"times\",\"wordings\",\"last\"\r\n"
    );
    let log = super::kept(&desk.reply(export("log")).await);
    let lines: Vec<&str> = log.lines().collect();
    assert!(
        lines[0] == "\"time\",\"who\",\"what\",\"detail\"" && lines[1].contains("\"settings\""),
        "{log}"
    );
    assert_eq!(lines.len(), 1 + desk.log().await.len());
    let member = as_member(slash("export", &[("what", json!("log"))]), 0, &[]);
    assert!(content(&desk.send(member).await).contains("This is for moderators"));
}
