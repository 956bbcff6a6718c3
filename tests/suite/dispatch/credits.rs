//! "Save as knowledge" without a network: a message becomes an entry, and its author alone says whether they are named.

use careerbot::discord::interaction::follow_up::{FollowUp, Sharing};
use careerbot::discord::interaction::response::Response;
use serde_json::{Value, json};

use super::entries::{BOB, Desk, form_id};
use super::moderators::moderator;
use super::page::as_read;
use super::{button, content, is_private, parts, said};
use crate::fake_discord::payloads::{
    CHANNEL, GUILD, MEMBER, as_member, by, by_somebody_else, in_direct_message, message_command,
    press, slash, submit, typed, user, user_installed,
};

/// Who wrote the answer that is kept.
const ANN: &str = "400000000000000011";
const ANSWER: &str = "Mentoring hour\nAsk <@400000000000000012> on Fridays at noon, in the voice channel <#300000000000000009>.";

/// "Save as knowledge" on a message, by a moderator.
fn save(text: &str, author: Value) -> Value {
    let mut call = moderator(message_command("Save as knowledge", text));
    let target = target(&call);
    call["data"]["resolved"]["messages"][&target]["author"] = author;
    call
}

fn target(call: &Value) -> String {
    call["data"]["target_id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

/// The form with what stands in it, sent back.
fn filled(form: &Value, changed: &[(&str, &str)]) -> Value {
    moderator(submit(form_id(form), &typed(form, changed)))
}

/// The preview of the draft that becomes of a message of Ann.
async fn drafted(desk: &Desk) -> (Value, Value) {
    let call = save(ANSWER, user(ANN, "ann"));
    let form = desk.send(call.clone()).await;
    (call, desk.send(filled(&form, &[])).await)
}

fn labels(body: &Value) -> Vec<&str> {
    let labels = parts(body).into_iter().map(|part| part["label"].as_str());
    labels.flatten().collect()
}

/// What a member is told who asks about it.
async fn asked(desk: &Desk) -> String {
    let question = json!("When is the mentoring hour?");
    let answer = desk.send(slash("ask", &[("question", question)])).await;
    assert_eq!(
        answer["data"]["allowed_mentions"],
        json!({"parse": []}),
        "{answer}"
    );
    said(&answer)
}

fn question(reply: &Response) -> &Sharing {
    let [FollowUp::Share(question)] = reply.then.as_slice() else {
        panic!("no question: {reply:?}");
    };
    question
}

/// A press on a button of the question, which all can see.
fn answer(question: &Sharing, label: &str, member: &str) -> Value {
    let shown = question.message.body();
    let id = button(&json!({"data": shown}), label);
    by(as_member(press(&id, &shown), 0, &[]), member)
}

#[tokio::test]
async fn an_answer_becomes_a_draft_that_names_nobody() {
    let desk = Desk::new().await;
    let (call, preview) = drafted(&desk).await;
    let message = target(&call);
    let link = format!("https://discord.com/channels/{GUILD}/{CHANNEL}/{message}");
    insta::assert_snapshot!(as_read(&preview).replace(&link, "LINK"), @r"
    -- a new message, private --
    **Entry 1, version 1**: draft, waits for approval. Written by <@400000000000000001> <t:1795348808:R>. Members see it as below; this message only you see.
    Made of a message: LINK. Its author is not named unless they agree to it.
    # From this server's moderators — not checked by careerbot
    **Mentoring hour**
    Mentoring hour
    Ask @{zw}member on Fridays at noon, in the voice channel #channel.
    ## Their source
    <LINK>
    below: To be reviewed on 2027-11-22.
    [Approve] [Edit] [Discard] [History] [All entries]
    [Ask the author to be named]
    ");
    let shown = said(&preview);
    assert!(!shown.contains(ANN) && !shown.contains("400000000000000012"));
    assert_eq!(desk.log().await, ["entry.keep"]);
    assert!(desk.live().await.is_empty(), "nobody has approved it");
    let live = desk.press(&preview, "Approve").await;
    assert!(content(&live).contains("It is live"), "{live}");
    let told = asked(&desk).await;
    assert!(
        told.contains("on Fridays at noon") && told.contains(&link),
        "{told}"
    );
    assert!(!told.contains("an answer by"), "{told}");
}

#[tokio::test]
async fn only_the_author_says_that_they_are_named_and_takes_it_back() {
    let mut desk = Desk::new().await;
    let (call, preview) = drafted(&desk).await;
    desk.press(&preview, "Approve").await;
    let id = button(&preview, "Ask the author to be named");
    let reply = desk.reply(moderator(press(&id, &preview["data"]))).await;
    let shown = reply.first.body();
    let hidden = |body: &Value| as_read(body).replace(&target(&call), "MESSAGE");
    insta::assert_snapshot!(hidden(&shown), @r"
    -- in the place of the message --
    I ask them below their message.
    **Entry 1, version 1**: live. Written by <@400000000000000001> <t:1795348808:R>. Members see it as below; this message only you see.
    Made of a message: https://discord.com/channels/500000000000000001/300000000000000001/MESSAGE. <@400000000000000011> is asked, and not named unless they agree.
    # From this server's moderators — not checked by careerbot
    **Mentoring hour**
    Mentoring hour
    Ask @{zw}member on Fridays at noon, in the voice channel #channel.
    ## Their source
    <https://discord.com/channels/500000000000000001/300000000000000001/MESSAGE>
    below: To be reviewed on 2027-11-22.
    [Edit] [Remove] [History] [All entries]
    [Ask the author again]
    ");
    let question = question(&reply);
    assert_eq!(question.channel.to_string(), CHANNEL);
    assert_eq!(question.reply_to.to_string(), target(&call));
    let posted = question.message.post_body(Some(question.reply_to));
    assert!(
        !posted.to_string().contains("Fridays"),
        "no draft is public"
    );
    insta::assert_snapshot!(hidden(&json!({"data": posted})), @r"
    -- a message --
    <@400000000000000011>: the moderators here want to keep this answer, so that whoever asks me about it in this server gets it. May it say that it is from you? Only you can press; unless you say yes, nobody is named, and you can change your mind here at any time.
    [Name me] [Do not name me]
    ");
    assert!(question.linked.content.contains(&target(&call)));
    desk.restart().await;
    for stranger in [MEMBER, BOB] {
        for label in ["Name me", "Do not name me"] {
            let refused = desk.send(answer(question, label, stranger)).await;
            assert!(
                is_private(&refused) && content(&refused).contains("Only whoever wrote"),
                "{refused}"
            );
        }
    }
    assert!(!asked(&desk).await.contains("an answer by"));
    let agreed = desk.send(answer(question, "Name me", ANN)).await;
    insta::assert_snapshot!(hidden(&agreed), @r"
    -- in the place of the message --
    <@400000000000000011> agreed: what the moderators keep of this answer says whom it is from.
    [Do not name me]
    ");
    let named = format!("an answer by <@{ANN}>");
    assert!(asked(&desk).await.contains(&named));
    let taken_back = desk.send(answer(question, "Do not name me", ANN)).await;
    insta::assert_snapshot!(hidden(&taken_back), @r"
    -- in the place of the message --
    What the moderators keep of this answer names nobody.
    [Name me]
    ");
    assert!(!asked(&desk).await.contains("an answer by"));
    desk.send(answer(question, "Name me", ANN)).await;
    assert!(asked(&desk).await.contains(&named), "it works for ever");
    desk.send(by(slash("my-data", &[]), ANN)).await;
    let all = crate::fake_discord::payloads::subcommand("my-data", "view", &[]);
    let view = desk.send(by(all, ANN)).await;
    assert!(
        content(&view).contains("messages of yours that a server's moderators keep as an entry: 1"),
        "{view}"
    );
    desk.send(by(
        crate::fake_discord::payloads::subcommand("my-data", "delete", &[]),
        ANN,
    ))
    .await;
    assert!(!asked(&desk).await.contains("an answer by"));
    let log = desk.log().await;
    assert_eq!(
        log.iter()
            .filter(|what| what.starts_with("entry.ask"))
            .count(),
        1,
        "{log:?}"
    );
}

#[tokio::test]
async fn a_moderator_who_keeps_their_own_answer_is_named_until_they_say_otherwise() {
    let desk = Desk::new().await;
    let form = desk.send(save(ANSWER, user(MEMBER, "sam"))).await;
    let preview = desk.send(filled(&form, &[])).await;
    let named = format!("an answer by <@{MEMBER}>");
    assert!(said(&preview).contains(&named), "{preview}");
    assert!(
        !labels(&preview)
            .iter()
            .any(|label| label.contains("Ask the author"))
    );
    let unnamed = desk.press(&preview, "Do not name me").await;
    assert!(
        content(&unnamed).starts_with("It names you no longer.")
            && !said(&unnamed).contains(&named),
        "{unnamed}"
    );
    let refused = desk.press_as(BOB, &preview, "Do not name me").await;
    assert!(
        content(&refused).contains("Only whoever wrote"),
        "{refused}"
    );
    // Discord says of each message that only one member sees it; an update does not say so anew.
    let mut unnamed = unnamed;
    unnamed["data"]["flags"] = json!(64);
    let again = desk.press(&unnamed, "Name me").await;
    assert!(said(&again).contains(&named), "{again}");
}

#[tokio::test]
async fn apps_and_webhooks_are_never_named() {
    let desk = Desk::new().await;
    let mut app = user("400000000000000013", "another bot");
    app["bot"] = json!(true);
    let mut webhook = save(
        "A second answer of good length.",
        user("500000000000000001", "feed"),
    );
    let message = target(&webhook);
    webhook["data"]["resolved"]["messages"][&message]["webhook_id"] = json!("500000000000000001");
    for call in [save("An answer of good length.", app), webhook] {
        let form = desk.send(call.clone()).await;
        let preview = desk.send(filled(&form, &[("title", &target(&call))])).await;
        assert!(
            content(&preview).contains("There is no member to name."),
            "{preview}"
        );
        assert_eq!(labels(&preview).len(), 5, "{preview}");
    }
}

#[tokio::test]
async fn a_message_that_is_kept_already_is_noticed() {
    let desk = Desk::new().await;
    let (call, preview) = drafted(&desk).await;
    let form_before = desk.send(save(ANSWER, user(ANN, "ann"))).await;
    let mut again = call.clone();
    again["id"] = json!(crate::fake_discord::payloads::fresh());
    let shown = desk.send(again.clone()).await;
    assert!(
        content(&shown).starts_with(
            "Nothing was added: this message is kept already, as this entry.\n**Entry 1,"
        ),
        "{shown}"
    );
    // The same words from another message: a second one is made only when that is meant.
    let twin = desk
        .send(filled(&form_before, &[("source", &source(&call))]))
        .await;
    assert!(
        content(&twin)
            .starts_with("Nothing was added: this entry is there already, word for word."),
        "{twin}"
    );
    let second = desk.press(&twin, "Add it all the same").await;
    assert!(content(&second).contains("Entry 2, version 1"), "{second}");
    assert!(content(&second).contains("Made of a message"), "{second}");
    // A form that was open all the while brings back what was typed.
    let mut other = save("Another answer, long enough.", user(ANN, "ann"));
    let form = desk.send(other.clone()).await;
    desk.send(filled(&form, &[("title", "One")])).await;
    let late = desk.reply(filled(&form, &[("title", "Two")])).await;
    assert!(super::kept(&late).contains("# Two"), "{late:?}");
    assert!(content(&late.first.body()).starts_with("Nothing was added: this message is kept"));
    // Once it is removed, it can be kept anew.
    let removed = desk.press(&preview, "Discard").await;
    assert!(content(&removed).contains("Thrown away"), "{removed}");
    desk.press(&second, "Discard").await;
    other["id"] = json!(crate::fake_discord::payloads::fresh());
    again["id"] = json!(crate::fake_discord::payloads::fresh());
    assert_eq!(desk.send(again).await["type"], 9);
}

fn source(call: &Value) -> String {
    format!(
        "https://discord.com/channels/{GUILD}/{CHANNEL}/{}",
        target(call)
    )
}

#[tokio::test]
async fn only_moderators_keep_messages_and_only_in_their_server() {
    let desk = Desk::new().await;
    let call = save(ANSWER, user(ANN, "ann"));
    let refused = desk.send(as_member(call.clone(), 0, &[])).await;
    assert!(content(&refused).contains("Manage Server"), "{refused}");
    let form = desk.send(call.clone()).await;
    let refused = desk.reply(as_member(filled(&form, &[]), 0, &[])).await;
    assert!(
        content(&refused.first.body()).contains("Manage Server")
            && super::kept(&refused).contains("on Fridays at noon"),
        "what was typed comes back: {refused:?}"
    );
    for elsewhere in [
        user_installed(call.clone()),
        in_direct_message(call.clone()),
    ] {
        let refused = desk.send(elsewhere).await;
        assert!(
            content(&refused).contains("in a server that has added me"),
            "{refused}"
        );
    }
    let preview = desk.send(filled(&form, &[])).await;
    let id = button(&preview, "Ask the author to be named");
    let refused = desk
        .reply(as_member(press(&id, &preview["data"]), 0, &[]))
        .await;
    assert!(
        refused.then.is_empty() && content(&refused.first.body()).contains("Manage Server"),
        "{refused:?}"
    );
    let reply = desk.reply(moderator(press(&id, &preview["data"]))).await;
    let elsewhere = by_somebody_else(answer(question(&reply), "Name me", ANN));
    let refused = desk.send(elsewhere).await;
    assert!(content(&refused).contains("no longer there"), "{refused}");
    let empty = desk.send(save("  ", user(ANN, "ann"))).await;
    assert!(
        content(&empty).contains("no text that I can read"),
        "{empty}"
    );
}
