//! `/knowledge import` without a network: what is asked for, what is said of a file, and what becomes of it.

use careerbot::discord::interaction::follow_up::FollowUp;
use careerbot::discord::interaction::response::InitialResponse;
use careerbot::discord::moderation::entries::import;
use careerbot::knowledge::entry_file::LARGEST;
use serde_json::{Value, json};

use super::entries::Desk;
use super::moderators::{here, moderator};
use super::page::as_read;
use super::{assert_good, button, content, is_private, menu, said};
use crate::fake_discord::payloads::{by_somebody_else, press, select, with_file};

const URL: &str = "https://cdn.discordapp.com/ephemeral-attachments/1/2/notes.md?ex=1&is=2&hm=3";
const TWO: &str = "# One\nsource: https://example.org\nreview: 2027-01-31\n\nFirst text.\n\n# Two\nreview: 2027-02-01\n\nSecond *text*.\n";

fn sent(name: &str, size: u64) -> Value {
    moderator(with_file("knowledge", "import", name, size, URL))
}

/// What the file is answered with, once it has been fetched.
async fn arrived(desk: &Desk, bytes: &[u8]) -> Value {
    let reply = desk.reply(sent("notes.md", bytes.len() as u64)).await;
    assert_eq!(reply.first, InitialResponse::Thinking);
    assert_eq!(
        reply.first.body(),
        json!({"type": 5, "data": {"flags": 64}})
    );
    let fetch = reply.then.first().and_then(FollowUp::as_task);
    let import::Fetch { wanted, .. } = fetch.expect("a file to fetch");
    assert_eq!(reply.then.len(), 1);
    assert_eq!((wanted.file.url.as_str(), wanted.by.server), (URL, here()));
    let message = import::read(&desk.app, wanted, bytes).await;
    assert_good(&message.clone().into());
    json!({"data": message.body()})
}

#[tokio::test]
async fn a_good_file_becomes_drafts_once_it_is_confirmed() {
    let mut desk = Desk::new().await;
    let preview = arrived(&desk, TWO.as_bytes()).await;
    insta::assert_snapshot!(as_read(&preview), @r"
    -- a message, private --
    **2 entries** in notes.{zw}md, all well. Nothing is saved yet.
    • One
    • Two
    [Save as drafts] [Discard]
    ");
    let store = desk.app.store().expect("there");
    assert!(
        store.entry_lines(here()).await.expect("read").is_empty(),
        "nothing before it is confirmed"
    );
    desk.restart().await;
    let stranger = by_somebody_else(moderator(press(
        &button(&preview, "Save as drafts"),
        &preview["data"],
    )));
    assert!(content(&desk.send(stranger).await).contains("gone"));
    let saved = desk.press(&preview, "Save as drafts").await;
    assert!(content(&saved).contains("2 drafts"), "{saved}");
    let again = desk.press(&preview, "Save as drafts").await;
    assert!(
        content(&again).contains("gone"),
        "twice makes nothing: {again}"
    );
    let list = desk.press(&saved, "All entries").await;
    assert!(content(&list).contains("0 live, 2 waiting"), "{list}");
    assert!(desk.live().await.is_empty());
    assert_eq!(desk.log().await, ["entry.import", "entry.import"]);
    let twice = arrived(&desk, TWO.as_bytes()).await;
    assert!(
        content(&twice).contains("of this server has it already"),
        "{twice}"
    );
}

#[tokio::test]
async fn every_problem_is_said_with_its_line_and_nothing_is_taken() {
    let desk = Desk::new().await;
    let bad = arrived(
        &desk,
        b"# One\nsorce: x\n\ntext\n\n# Two\nreview: 2027-02-01\n\n@everyone\n",
    )
    .await;
    insta::assert_snapshot!(as_read(&bad), @r#"
    -- a message, private --
    Nothing was imported: notes.{zw}md has 3 problems to fix (line: what).
    • 1: review date: it is missing; write it as YYYY-MM-DD
    • 2: unknown key "sorce"; did you mean "source"?; keys stand right below the title; put an empty line between them and the text
    • 6: text: it mentions everyone; leave the mention out
    "#);
    let many: String = (0..200)
        .map(|number| format!("# Title {number}\n\n\n"))
        .collect();
    let long = arrived(&desk, many.as_bytes()).await;
    assert!(
        content(&long).contains("400 problems")
            && long["data"]["attachments"][0]["filename"] == "problems.txt",
        "{long}"
    );
    assert!(content(&arrived(&desk, b"\xFF\xFE").await).contains("not UTF-8"));
    assert!(content(&arrived(&desk, b"").await).contains("no entry in it"));
    let crowd = |count: usize, name: &str| -> String {
        (0..count)
            .map(|number| format!("# {name} {number}\nreview: 2027-01-01\n\ntext\n"))
            .collect()
    };
    assert!(
        content(&arrived(&desk, crowd(501, "Title").as_bytes()).await)
            .contains("the file has 501 entries")
    );
    assert_eq!(desk.log().await, Vec::<String>::new());
    let full = arrived(&desk, crowd(500, "Title").as_bytes()).await;
    assert!(content(&desk.press(&full, "Save as drafts").await).contains("500 drafts"));
    assert!(content(&arrived(&desk, TWO.as_bytes()).await).contains("at most 500 entries"));
    assert!(content(&desk.sub("add", &[]).await).contains("at most 500 entries"));
}

#[tokio::test]
async fn drafts_of_a_file_are_approved_one_after_the_other() {
    let desk = Desk::new().await;
    let preview = arrived(&desk, TWO.as_bytes()).await;
    let saved = desk.press(&preview, "Save as drafts").await;
    let list = desk.press(&saved, "All entries").await;
    let menu = menu(&list, 0);
    let last = menu["options"][1]["value"]
        .as_str()
        .expect("the first of the file");
    let one = desk
        .send(moderator(select(
            menu["custom_id"].as_str().expect("an id"),
            &[last],
            &list["data"],
        )))
        .await;
    let live = desk.press(&one, "Approve").await;
    let two = desk.press(&live, "Next draft (1 waiting)").await;
    assert!(said(&two).contains("Second"), "{two}");
    let gone = desk.press(&two, "Discard").await;
    assert!(!gone.to_string().contains("Next draft"), "{gone}");
    assert_eq!(desk.live().await.len(), 1);
}

#[tokio::test]
async fn files_that_cannot_be_right_are_not_even_fetched() {
    let desk = Desk::new().await;
    for (file, size, says) in [
        ("notes.md", LARGEST as u64 + 1, "at most 256 KB"),
        ("notes.docx", 10, "no markdown file"),
        ("@everyone.exe", 10, "no markdown file"),
    ] {
        let reply = desk.reply(sent(file, size)).await;
        let body = reply.first.body();
        assert!(
            reply.then.is_empty() && is_private(&body) && content(&body).contains(says),
            "{body}"
        );
    }
    let without = moderator(crate::fake_discord::payloads::subcommand(
        "knowledge",
        "import",
        &[],
    ));
    assert!(content(&desk.send(without).await).contains("send a markdown file"));
}

#[tokio::test]
async fn a_file_that_waits_is_no_summary_and_can_be_thrown_away() {
    let desk = Desk::new().await;
    let preview = arrived(&desk, TWO.as_bytes()).await;
    let draft = desk
        .app
        .store()
        .expect("there")
        .drafts(here(), "", 1)
        .await
        .expect("read")
        .remove(0);
    for letter in "psecik".chars() {
        let forged = moderator(press(
            &format!("1:x:{letter}{}.{}", draft.id, draft.revision),
            &preview["data"],
        ));
        assert!(content(&desk.send(forged).await).contains("This draft is gone"));
    }
    let view = desk
        .send(crate::fake_discord::payloads::subcommand(
            "my-data",
            "view",
            &[],
        ))
        .await;
    assert!(
        content(&view).contains("files of entries that wait: 1"),
        "{view}"
    );
    assert!(content(&desk.press(&preview, "Discard").await).contains("Thrown away"));
    assert!(content(&desk.press(&preview, "Save as drafts").await).contains("gone"));
}

#[tokio::test]
async fn the_file_in_the_readme_is_taken() {
    let readme = include_str!("../../../README.md");
    let example = readme
        .split("```markdown\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("an example");
    let desk = Desk::new().await;
    let preview = arrived(&desk, example.as_bytes()).await;
    assert!(content(&preview).contains("2 entries"), "{preview}");
}
