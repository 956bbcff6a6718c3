//! A server's knowledge with the running program: files that are fetched, a restart in between, counts that are written.

use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    CHANNEL, MANAGE_SERVER, as_member, by, message_command, press, slash, subcommand, submit, text,
    typed, user, with_file,
};
use crate::fake_discord::rest::Served;
use crate::fake_discord::{Bot, FakeDiscord, signed};

const PATH: &str = "/attachments/1/2/notes.md";
const TWO: &str = "# One\nsource: https://example.org\nreview: 2030-01-31\n\nFirst.\n\n# Two\nreview: 2030-02-01\n\nSecond.\n";

fn moderator(interaction: Value) -> Value {
    as_member(interaction, MANAGE_SERVER, &[])
}

fn sent(url: &str) -> Value {
    moderator(with_file("knowledge", "import", "notes.md", 100, url))
}

fn at_discord() -> Value {
    sent(&format!("https://cdn.discordapp.com{PATH}?ex=1&hm=2"))
}

fn button(message: &Value, label: &str) -> Value {
    let parts = message["components"][0]["components"]
        .as_array()
        .expect("buttons");
    let id = parts
        .iter()
        .find(|part| part["label"] == label)
        .expect("a button")["custom_id"]
        .as_str()
        .expect("an id");
    moderator(press(id, message))
}

/// What the first response to this interaction was replaced by.
async fn replaced(discord: &FakeDiscord, interaction: &Value) -> Value {
    let token = interaction["token"].as_str().expect("a token").to_owned();
    discord
        .request("PATCH", &format!("/{token}/messages/@original"))
        .await
        .body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_fetched_shown_and_taken_after_a_restart() {
    let discord = FakeDiscord::start().await;
    discord.shared.change(|state| {
        state
            .attachments
            .insert(PATH.to_owned(), Served::Whole(TWO.into()))
    });
    let data = tempfile::tempdir().expect("a folder");
    let settings = [("CAREERBOT_DATA", data.path().to_str().expect("UTF-8"))];
    let mut bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(1).await;
    let call = at_discord();
    assert_eq!(
        discord.interact(call.clone()).await,
        json!({"type": 5, "data": {"flags": 64}})
    );
    let preview = replaced(&discord, &call).await;
    assert!(text(&preview).contains("2 entries"), "{preview}");
    assert_eq!(
        discord.request("GET", PATH).await.query,
        "ex=1&hm=2",
        "addresses of files are signed"
    );
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let _bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(2).await;
    let saved = discord.interact(button(&preview, "Save as drafts")).await;
    assert!(text(&saved).contains("2 drafts"), "{saved}");
    let list = discord
        .interact(moderator(subcommand("knowledge", "list", &[])))
        .await;
    assert!(text(&list).contains("0 live, 2 waiting"), "{list}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_are_too_large_gone_or_elsewhere_are_refused() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    let large = vec![b'x'; 300 * 1024];
    for (served, says) in [
        (Some(Served::Whole(large.clone())), "larger than 256 KB"),
        (Some(Served::Pieces(large)), "larger than 256 KB"),
        (Some(Served::Pieces(TWO.into())), "2 entries"),
        (None, "the file is gone"),
    ] {
        discord.shared.change(|state| match served {
            Some(served) => state.attachments.insert(PATH.to_owned(), served),
            None => state.attachments.remove(PATH),
        });
        let call = at_discord();
        discord.interact(call.clone()).await;
        let told = replaced(&discord, &call).await;
        assert!(text(&told).contains(says), "{told}");
    }
    let asked = discord.count("GET", PATH);
    for url in [
        format!("https://example.org{PATH}"),
        format!("{}{PATH}", discord.base),
        "file:///etc/passwd".to_owned(),
    ] {
        let call = sent(&url);
        discord.interact(call.clone()).await;
        let told = replaced(&discord, &call).await;
        assert!(text(&told).contains("from Discord only"), "{told}");
    }
    assert_eq!(
        discord.count("GET", PATH),
        asked,
        "nothing else is asked for files"
    );
    assert!(
        !bot.log().contains("notes.md"),
        "addresses and names of files are nobody's business"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_taken_over_http_as_well() {
    let discord = FakeDiscord::start().await;
    discord.shared.change(|state| {
        state
            .attachments
            .insert(PATH.to_owned(), Served::Whole(TWO.into()))
    });
    let settings = [
        ("DISCORD_PUBLIC_KEY", signed::public_key()),
        ("DISCORD_TOKEN", String::new()),
    ];
    let settings: Vec<(&str, &str)> = settings
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    let http = Bot::start_with(&discord, &["serve", "--http", "127.0.0.1:0"], &settings);
    let address = http.address().await;
    let call = at_discord();
    let token = discord.expect_interaction(&call);
    let response = signed::interaction(address, &call).await;
    assert_eq!(response.json(), json!({"type": 5, "data": {"flags": 64}}));
    // Only now Discord knows of the response: what came before it was refused, and is tried again.
    discord.acknowledged(&token, response.json());
    let preview = discord
        .wait("the file's preview", move |state| {
            let found = state
                .requests
                .iter()
                .find(|r| r.method == "PATCH" && r.status == 200 && r.path.contains(&token));
            found.map(|request| request.body.clone())
        })
        .await;
    assert!(text(&preview).contains("2 entries"), "{preview}");
}

/// A form, sent back as it was shown.
fn sent_back(form: &Value) -> Value {
    let id = form["data"]["custom_id"].as_str().expect("an id");
    moderator(submit(id, &typed(form, &[])))
}

const AUTHOR: &str = "400000000000000011";
const SAID: &str = "Zebra hour\nFridays at noon the giraffes answer.";

/// "Save as knowledge" on a message of the author's.
fn save() -> Value {
    let mut call = moderator(message_command("Save as knowledge", SAID));
    let target = call["data"]["target_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    call["data"]["resolved"]["messages"][&target]["author"] = user(AUTHOR, "ann");
    call
}

/// Presses the last button of an entry, which asks the author.
fn ask_author(entry: &Value) -> Value {
    let id = &entry["components"][1]["components"][0]["custom_id"];
    moderator(press(id.as_str().expect("an id"), entry))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_author_of_a_kept_message_is_asked_below_it_once() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    let call = save();
    let form = discord.interact(call.clone()).await;
    let entry = discord.interact(sent_back(&form)).await;
    let asked = ask_author(&entry["data"]);
    let shown = discord.interact(asked.clone()).await;
    assert!(text(&shown).contains("I ask them"), "{shown}");
    let path = format!("/channels/{CHANNEL}/messages");
    let question = discord.request("POST", &path).await.body;
    assert_eq!(
        question["message_reference"]["message_id"],
        call["data"]["target_id"]
    );
    assert_eq!(question["allowed_mentions"], json!({"parse": []}));
    assert_eq!(
        discord.interact(asked).await,
        shown,
        "it comes again, and has no effect again"
    );
    assert_eq!(discord.count("POST", &path), 1);
    let id = question["components"][0]["components"][0]["custom_id"]
        .as_str()
        .expect("an id");
    let said = discord.interact(by(press(id, &question), AUTHOR)).await;
    assert!(text(&said).contains(AUTHOR), "{said}");
    let log = bot.log().to_lowercase();
    for word in ["zebra", "giraffe"] {
        assert!(!log.contains(word), "no word of a message is logged");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_author_is_asked_over_http_without_a_token_as_well() {
    let discord = FakeDiscord::start().await;
    let key = signed::public_key();
    let settings = [("DISCORD_PUBLIC_KEY", key.as_str()), ("DISCORD_TOKEN", "")];
    let http = Bot::start_with(&discord, &["serve", "--http", "127.0.0.1:0"], &settings);
    let address = http.address().await;
    let form = signed::interaction(address, &save()).await.json();
    assert_eq!(form["type"], 9, "{form}");
    let entry = signed::interaction(address, &sent_back(&form)).await.json();
    let call = ask_author(&entry["data"]);
    let token = discord.expect_interaction(&call);
    let response = signed::interaction(address, &call).await;
    discord.acknowledged(&token, response.json());
    let question = discord
        .wait("the question to the author", move |state| {
            let found = state
                .requests
                .iter()
                .find(|r| r.method == "POST" && r.status == 200 && r.path.contains(&token));
            found.map(|request| request.body.clone())
        })
        .await;
    assert!(text(&question).contains("May it say that it is from you?"));
    assert!(question["flags"].is_null(), "all see it: {question}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_members_do_not_find_reaches_moderators() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    discord
        .interact(moderator(subcommand(
            "settings",
            "set",
            &[("gaps", 5, json!(true))],
        )))
        .await;
    for _ in 0..3 {
        discord
            .interact(slash("ask", &[("question", json!("How do I fix my car?"))]))
            .await;
    }
    let mut page = Value::Null;
    for _ in 0..3 {
        page = discord.interact(moderator(slash("gaps", &[]))).await;
        if text(&page).contains("how do i fix my car") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    panic!("not counted: {page}");
}
