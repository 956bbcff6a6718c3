//! Payloads as Discord may send them tomorrow: what is not used can have any form, and stops nothing.

use careerbot::discord::interaction::decode;
use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    CHANNEL, GUILD, MANAGE_SERVER, as_member, autocomplete, bot_user, guild_message,
    message_command, press, slash, subcommand,
};
use crate::fake_discord::{APPLICATION, Bot, FakeDiscord};

async fn running() -> (FakeDiscord, Bot) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    (discord, bot)
}

/// What can be anywhere in a payload: each place, and a value that nobody knows there yet.
const STRANGE: &[(&str, &str)] = &[
    ("/member/user/public_flags", "1125899906842624"),
    ("/member/user/flags", "1125899906842624"),
    ("/member/user/avatar", "\"z_new-kind-of-picture\""),
    ("/member/user/avatar_decoration_data", "7"),
    ("/member/user/banner", "\"b\""),
    ("/member/user/accent_color", "-1"),
    ("/member/user/discriminator", "\"#\""),
    ("/member/user/premium_type", "99"),
    ("/member/user/locale", "5"),
    ("/member/user/primary_guild", "\"x\""),
    ("/member/avatar", "\"z\""),
    ("/member/flags", "1125899906842624"),
    ("/member/joined_at", "null"),
    ("/member/joined_at", "\"some day\""),
    ("/member/premium_since", "1"),
    ("/member/communication_disabled_until", "true"),
    ("/member/unusual_dm_activity_until", "[]"),
    ("/context", "9"),
    ("/guild", "\"x\""),
    ("/guild_locale", "5"),
    ("/locale", "\"tlh\""),
    ("/locale", "null"),
    ("/entitlements", "[{\"id\": 5}]"),
    ("/channel/type", "77"),
    ("/channel/flags", "1125899906842624"),
    ("/channel/topic", "[]"),
    ("/channel/thread_metadata", "5"),
    ("/authorizing_integration_owners/7", "\"1\""),
    ("/a_key_from_the_future", "{\"x\": [null]}"),
];

fn set(value: &mut Value, place: &str, new: &str) {
    let (parent, key) = place.rsplit_once('/').expect("a place");
    if let Some(map) = value.pointer_mut(parent).and_then(Value::as_object_mut) {
        map.insert(key.to_owned(), serde_json::from_str(new).expect("JSON"));
    }
}

#[test]
fn an_interaction_is_read_as_far_as_it_is_needed() {
    let preview = json!({"id": "9", "channel_id": CHANNEL, "author": bot_user(), "content": "x", "timestamp": "2026-01-01T00:00:00Z", "components": [], "embeds": [], "attachments": []});
    let calls = [
        slash("ask", &[("question", json!("What do nurses earn?"))]),
        autocomplete("role", &[("role", json!("nur"))]),
        press("x", &preview),
        as_member(subcommand("settings", "view", &[]), MANAGE_SERVER, &["5"]),
        message_command("Answer this", "What do nurses earn?"),
    ];
    for call in &calls {
        for (place, strange) in STRANGE {
            let mut strange_call = call.clone();
            set(&mut strange_call, place, strange);
            let read = decode::interaction(strange_call.to_string().as_bytes());
            let read = read.unwrap_or_else(|error| panic!("{place} = {strange}: {error}"));
            assert_eq!(
                read.id().to_string(),
                call["id"].as_str().expect("an id"),
                "{place}"
            );
        }
        // All at once.
        let mut all = call.clone();
        STRANGE
            .iter()
            .for_each(|(place, strange)| set(&mut all, place, strange));
        let read = decode::interaction(all.to_string().as_bytes()).expect("an interaction");
        assert_eq!(
            u8::from(read.kind()),
            call["type"].as_u64().expect("a kind") as u8
        );
    }
}

#[test]
fn what_is_needed_and_missing_is_still_missed() {
    let mut call = slash("ask", &[("question", json!("x"))]);
    call["channel_id"] = json!({});
    assert!(decode::interaction(call.to_string().as_bytes()).is_err());
    for broken in ["{}", "[]", "{\"type\": 2}", "7"] {
        assert!(decode::interaction(broken.as_bytes()).is_err(), "{broken}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mentions_and_commands_with_unknown_things_in_them_are_answered() {
    let (discord, bot) = running().await;
    let mut mention = guild_message(
        &format!("<@{APPLICATION}> what does a nurse do?"),
        &[bot_user()],
    );
    mention["type"] = json!(19);
    mention["author"]["public_flags"] = json!(1_u64 << 50);
    mention["author"]["avatar"] = json!("z_new");
    mention["mentions"] = json!([{"id": APPLICATION, "public_flags": 1_u64 << 50}]);
    mention["referenced_message"] =
        json!({"id": "1", "message_snapshots": [{"message": {"content": "forwarded"}}]});
    mention["message_snapshots"] = json!([{"message": {"content": "forwarded"}}]);
    mention["flags"] = json!(1_u64 << 50);
    discord.dispatch("MESSAGE_CREATE", mention);
    discord
        .request("POST", &format!("/channels/{CHANNEL}/messages"))
        .await;
    let mut call = slash(
        "ask",
        &[("question", json!("What does a telehealth coordinator do?"))],
    );
    call["member"]["user"]["public_flags"] = json!(1_u64 << 50);
    let said = discord.interact(call).await;
    assert!(
        said["data"]["content"].to_string().contains("elehealth"),
        "{said}"
    );
    discord.dispatch(
        "GUILD_CREATE",
        json!({"id": GUILD, "members": "x", "channels": [{"type": 99}]}),
    );
    discord.interact(slash("help", &[])).await;
    assert!(!bot.log().contains("cannot be decoded"), "{}", bot.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answer_this_reads_what_is_forwarded_and_what_stands_in_components() {
    let (discord, _bot) = running().await;
    let forwarded = json!([{"message": {"content": "What does a phlebotomist do?", "embeds": [], "attachments": [], "mentions": []}}]);
    let container = json!([{"type": 17, "components": [{"type": 9, "components": [{"type": 10, "content": "What does a phlebotomist do?"}], "accessory": {"type": 11}}]}]);
    for (key, value) in [("message_snapshots", forwarded), ("components", container)] {
        let mut call = message_command("Answer this", "");
        let messages = call["data"]["resolved"]["messages"]
            .as_object_mut()
            .expect("messages");
        for message in messages.values_mut() {
            message[key] = value.clone();
        }
        let said = discord.interact(call).await;
        assert!(
            said["data"]
                .to_string()
                .to_lowercase()
                .contains("phlebotom"),
            "{key}: {said}"
        );
        assert!(
            !said.to_string().contains("no text that I can read"),
            "{said}"
        );
    }
}
