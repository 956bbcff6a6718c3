//! Messages that mention the bot, over the real gateway: answered in the channel, once, and never with a ping.

use serde_json::{Value, json};

use crate::fake_discord::payloads::{self, guild_message, message, slash};
use crate::fake_discord::{APPLICATION, Bot, FakeDiscord, Outcome};

async fn running() -> (FakeDiscord, Bot) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    (discord, bot)
}

/// A message in a server that mentions the bot.
fn mention(text: &str) -> Value {
    guild_message(&format!("<@{APPLICATION}> {text}"), &[payloads::bot_user()])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mention_is_answered_as_a_reply_to_its_message() {
    let (discord, _bot) = running().await;
    let asked = mention("what does a telehealth coordinator do?");
    discord.dispatch("MESSAGE_CREATE", asked.clone());
    let reply = discord
        .request("POST", &format!("/channels/{}/messages", payloads::CHANNEL))
        .await;
    assert_eq!(reply.body["message_reference"]["message_id"], asked["id"]);
    assert_eq!(reply.body["allowed_mentions"], json!({"parse": []}));
    assert!(
        reply.body["flags"].is_null(),
        "a message in a channel cannot be private"
    );
    assert!(
        reply.body["content"]
            .as_str()
            .is_some_and(|text| !text.is_empty()),
        "{}",
        reply.body
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_direct_message_is_answered() {
    let (discord, _bot) = running().await;
    discord.dispatch(
        "MESSAGE_CREATE",
        message(
            &format!("<@{APPLICATION}> what is a medical coder?"),
            &[payloads::bot_user()],
        ),
    );
    discord.request("POST", "/channels/").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mention_that_discord_sends_twice_or_fails_to_take_is_posted_once() {
    let (discord, _bot) = running().await;
    discord.script("POST", "/channels/", Outcome::DoneButFailed);
    let asked = mention("what does a nurse do?");
    discord.dispatch("MESSAGE_CREATE", asked.clone());
    discord.dispatch("MESSAGE_CREATE", asked);
    discord
        .wait("two tries that worked", |state| {
            (state
                .requests
                .iter()
                .filter(|r| r.path.contains("/channels/") && r.status == 200)
                .count()
                >= 2)
                .then_some(())
        })
        .await;
    assert_eq!(
        discord.shared.lock().nonces.len(),
        1,
        "one message stands in the channel"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_it_may_not_write_it_stays_silent_and_goes_on() {
    let (discord, bot) = running().await;
    discord
        .shared
        .lock()
        .forbidden_channels
        .insert(payloads::CHANNEL.to_owned());
    discord.dispatch("MESSAGE_CREATE", mention("what does a nurse do?"));
    bot.logged("a mention is not answered").await;
    assert_eq!(
        discord.count("POST", "/channels/"),
        2,
        "once as it is, once as plain text, and no more"
    );
    assert_eq!(discord.interact(slash("help", &[])).await["type"], 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_it_may_not_show_embeds_it_answers_in_plain_text() {
    let (discord, _bot) = running().await;
    discord
        .shared
        .lock()
        .bare_channels
        .insert(payloads::CHANNEL.to_owned());
    discord.dispatch(
        "MESSAGE_CREATE",
        mention("what does a nurse practitioner earn in Texas?"),
    );
    let posted = discord
        .wait("a post that was taken", |state| {
            state
                .requests
                .iter()
                .find(|r| r.path.contains("/channels/") && r.status == 200)
                .cloned()
        })
        .await;
    let text = posted.body["content"].as_str().expect("a text");
    assert!(
        posted.body["embeds"].is_null() && text.contains("Range in Texas"),
        "{}",
        posted.body
    );
    assert!(
        text.contains("https://www.bls.gov"),
        "the source is named: {text}"
    );
    assert_eq!(
        discord.count("POST", "/channels/"),
        2,
        "tried once as it is, and once as text"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_it_may_not_read_what_was_said_it_answers_without_a_reply() {
    let (discord, _bot) = running().await;
    discord
        .shared
        .lock()
        .unread_channels
        .insert(payloads::CHANNEL.to_owned());
    discord.dispatch("MESSAGE_CREATE", mention("what does a nurse do?"));
    let posted = discord
        .wait("a post that was taken", |state| {
            state
                .requests
                .iter()
                .find(|r| r.path.contains("/channels/") && r.status == 200)
                .cloned()
        })
        .await;
    assert!(
        posted.body["message_reference"].is_null() && posted.body["embeds"].is_array(),
        "{}",
        posted.body
    );
    assert_eq!(
        discord.count("POST", "/channels/"),
        2,
        "tried once as a reply, and once by itself"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_direct_messages_are_told_how_long_to_wait() {
    let (discord, _bot) = running().await;
    for _ in 0..14 {
        discord.dispatch("MESSAGE_CREATE", message("what is a medical coder?", &[]));
    }
    let told = discord
        .wait("a wait in words", |state| {
            let said = state
                .requests
                .iter()
                .filter(|r| r.path.contains("/channels/"))
                .map(|r| r.body["content"].clone());
            said.into_iter()
                .find(|text| text.to_string().contains("try again in"))
        })
        .await;
    assert!(
        told.to_string().contains("try again in 3 s")
            || told.to_string().contains("try again in 2 s"),
        "{told}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn threads_of_an_allowed_channel_are_allowed_and_those_of_others_are_not() {
    let (discord, _bot) = running().await;
    let allow = payloads::subcommand(
        "settings",
        "set",
        &[("allow-channel", 7, json!(payloads::CHANNEL))],
    );
    discord
        .interact(payloads::as_member(allow, payloads::MANAGE_SERVER, &[]))
        .await;
    let (inside, outside) = ("300000000000000071", "300000000000000072");
    discord.shared.change(|state| {
        for (thread, parent) in [(inside, payloads::CHANNEL), (outside, "300000000000000099")] {
            state
                .threads
                .insert(thread.to_owned(), (parent.to_owned(), false));
            state.channel_types.insert(thread.to_owned(), 11);
        }
    });
    for thread in [outside, outside, inside, inside] {
        let mut asked = mention("what does a nurse do?");
        asked["channel_id"] = json!(thread);
        discord.dispatch("MESSAGE_CREATE", asked);
    }
    let answers = format!("/channels/{inside}/messages");
    discord
        .wait("two answers", |state| {
            (state
                .requests
                .iter()
                .filter(|r| r.path == answers && r.method == "POST")
                .count()
                == 2)
                .then_some(())
        })
        .await;
    assert_eq!(
        discord.count("POST", &format!("/channels/{outside}/messages")),
        0
    );
}
