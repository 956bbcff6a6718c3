//! Moderators at work with the running program: what Discord is asked, and what is said afterwards.

use careerbot::store::absences::Shard;
use careerbot::store::{ServerId, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::fake_discord::payloads::{CHANNEL, GUILD, MANAGE_SERVER, as_member, slash, subcommand};
use crate::fake_discord::{Bot, FakeDiscord};
use crate::store::on_both;
use crate::store::place::Place;

const OTHER_CHANNEL: &str = "300000000000000002";
const GONE: &str = "300000000000000003";

fn moderator(interaction: Value) -> Value {
    as_member(interaction, MANAGE_SERVER, &[])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn permissions_are_checked_in_each_channel_that_is_set() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    discord.shared.change(|state| {
        state.forbidden_channels.insert(OTHER_CHANNEL.to_owned());
        state.deleted_channels.insert(GONE.to_owned());
    });
    let options = [
        ("digest-channel", 7, json!(CHANNEL)),
        ("log-channel", 7, json!(OTHER_CHANNEL)),
        ("allow-channel", 7, json!(GONE)),
    ];
    discord
        .interact(moderator(subcommand("settings", "set", &options)))
        .await;
    discord
        .interact(moderator(subcommand("settings", "check", &[])))
        .await;
    let report = discord.request("PATCH", "/messages/@original").await.body;
    let lines: Vec<&str> = report["content"]
        .as_str()
        .expect("a text")
        .lines()
        .collect();
    assert_eq!(lines.len(), 4, "{report}");
    for (line, channel, says) in [
        (1, CHANNEL, "all is well"),
        (2, OTHER_CHANNEL, "I lack **Send Messages**"),
        (3, GONE, "gone"),
    ] {
        assert!(
            lines[line].contains(channel) && lines[line].contains(says),
            "{report}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_finds_a_forum_in_which_no_summary_can_be_posted() {
    let discord = FakeDiscord::start().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    discord.shared.change(|state| {
        state.channel_types.insert(OTHER_CHANNEL.to_owned(), 15);
        state.forum_tags.insert(
            OTHER_CHANNEL.to_owned(),
            json!([{"id": "1", "name": "News", "moderated": true}]),
        );
    });
    let options = [("digest-channel", 7, json!(OTHER_CHANNEL))];
    discord
        .interact(moderator(subcommand("settings", "set", &options)))
        .await;
    discord
        .interact(moderator(subcommand("settings", "check", &[])))
        .await;
    let report = discord.request("PATCH", "/messages/@original").await.body;
    assert!(
        report["content"]
            .as_str()
            .expect("a text")
            .contains("❌ It cannot be posted there"),
        "{report}"
    );
}

on_both!(
    a_server_that_removes_the_bot_is_kept_for_a_week_and_restored_at_its_return,
    a_server_that_removed_the_bot_while_it_was_away_is_forgotten_a_week_later,
);

async fn a_server_that_removes_the_bot_is_kept_for_a_week_and_restored_at_its_return(
    place: &Place,
) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_on(&discord, place);
    discord.ready(1).await;
    bot.logged("store opened").await;
    discord
        .interact(moderator(subcommand(
            "settings",
            "set",
            &[("time-zone", 3, json!("Europe/Paris"))],
        )))
        .await;
    let zone = || async {
        let view = discord
            .interact(moderator(subcommand("settings", "view", &[])))
            .await;
        view["data"]["content"]
            .as_str()
            .expect("a text")
            .contains("Europe/Paris")
    };
    discord.dispatch("GUILD_DELETE", json!({"id": GUILD, "unavailable": true}));
    assert!(zone().await, "an outage is no removal");
    discord.dispatch("GUILD_DELETE", json!({"id": GUILD}));
    bot.logged("what concerns it rests").await;
    assert!(zone().await, "Discord has said so in outages, too");
    let noted = async || {
        let touched = "UPDATE absences SET noticed_at = noticed_at";
        place.change(touched).await
    };
    assert_eq!(noted().await, 1, "it is deleted in a week");
    discord.dispatch("GUILD_CREATE", json!({"id": GUILD}));
    let end = std::time::Instant::now() + crate::fake_discord::PATIENCE;
    while noted().await > 0 {
        assert!(std::time::Instant::now() < end, "it is back");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(zone().await);
}

async fn a_server_that_removed_the_bot_while_it_was_away_is_forgotten_a_week_later(place: &Place) {
    let here = ServerId::new(GUILD.parse().expect("an id"));
    let (gone, back) = (ServerId::new(7), ServerId::new(8));
    let store = place.open().await;
    for server in [here, gone, back] {
        store
            .audit(server, UserId::NOBODY, "test", "x", Timestamp::now())
            .await
            .expect("written");
    }
    // The last login that any of them was missing at is eight days ago.
    let long_ago = Timestamp::now() - SignedDuration::from_hours(8 * 24);
    let missing = store
        .note_absences(
            &[],
            Shard {
                number: 0,
                total: 1,
            },
            long_ago,
        )
        .await
        .expect("written");
    assert_eq!(missing.len(), 3);
    store.close().await;
    drop(store);
    let discord = FakeDiscord::start().await;
    discord
        .shared
        .change(|state| state.guilds = vec![GUILD.to_owned(), "8".to_owned()]);
    let mut bot = Bot::start_on(&discord, place);
    discord.ready(1).await;
    bot.logged("removed a week ago").await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let store = place.open().await;
    for (server, lines) in [(here, 1), (gone, 0), (back, 1)] {
        assert_eq!(
            store.audit_log(server, None, 5).await.expect("read").len(),
            lines,
            "{server}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_cannot_be_opened_does_not_keep_the_bot_from_answering() {
    let discord = FakeDiscord::start().await;
    let file = tempfile::NamedTempFile::new().expect("a file");
    let place = file.path().join("below-a-file");
    let bot = Bot::start_with(
        &discord,
        &["serve"],
        &[("CAREERBOT_DATA", place.to_str().expect("UTF-8"))],
    );
    discord.ready(1).await;
    bot.logged("the store cannot be opened").await;
    let told = discord
        .interact(moderator(subcommand("settings", "view", &[])))
        .await;
    assert!(
        told["data"]["content"]
            .as_str()
            .expect("a text")
            .contains("store is not available"),
        "{told}"
    );
    let answer = discord
        .interact(slash(
            "ask",
            &[("question", json!("What does a dentist earn?"))],
        ))
        .await;
    assert!(
        !answer["data"]["content"]
            .as_str()
            .expect("a text")
            .contains("store"),
        "{answer}"
    );
}
