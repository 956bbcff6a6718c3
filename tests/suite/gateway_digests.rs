//! A summary from its preview to the channel, with the running program, a restart in between, and refusals.

use std::time::Duration;

use careerbot::config::Config;
use careerbot::digest::runner::Poster as _;
use careerbot::digest::{Style, compose};
use careerbot::discord::api::client::Rest;
use careerbot::discord::moderation::digests::publisher::Channels;
use careerbot::store::Location;
use careerbot::store::postings::Manual;
use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    CHANNEL, MANAGE_SERVER, as_member, by, from_message, press, select, select_channel,
    select_role, subcommand, submit,
};
use crate::fake_discord::{Bot, FakeDiscord, Outcome, TOKEN, error};
use crate::store::place::Place;
use crate::store::{ANN, HERE, on_both};

pub(crate) const LOG: &str = "300000000000000002";
const FORUM: &str = "300000000000000015";
const ROLE: &str = "700000000000000001";

pub(crate) fn moderator(interaction: Value) -> Value {
    as_member(interaction, MANAGE_SERVER, &[])
}

pub(crate) fn new() -> Value {
    moderator(subcommand(
        "digest",
        "new",
        &[
            ("topic", 3, json!("trend:telehealth-expansion")),
            ("channel", 7, json!(CHANNEL)),
        ],
    ))
}

pub(crate) fn button(preview: &Value, label: &str) -> Value {
    let parts = preview["data"]["components"][0]["components"]
        .as_array()
        .expect("buttons");
    let id = parts
        .iter()
        .find(|part| part["label"] == label)
        .expect("a button")["custom_id"]
        .as_str()
        .expect("an id");
    moderator(press(id, &preview["data"]))
}

/// A Discord in whose channel the running bot has posted a summary.
async fn with_a_post() -> (FakeDiscord, Bot) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    let preview = discord.interact(new()).await;
    discord.interact(button(&preview, "Post now")).await;
    discord
        .request("POST", &format!("/channels/{CHANNEL}/messages"))
        .await;
    (discord, bot)
}

on_both!(
    after_a_restore_a_new_draft_is_posted_and_no_old_post_is_taken_for_it,
    a_channel_that_is_gone_is_said_to_the_moderators,
);

/// Restored into a fresh database, and into the old one with `--replace`.
async fn after_a_restore_a_new_draft_is_posted_and_no_old_post_is_taken_for_it(place: &Place) {
    use crate::fake_discord::bot::command;
    let discord = FakeDiscord::start().await;
    let mut bot = Bot::start_on(&discord, place);
    discord.ready(1).await;
    bot.logged("store opened").await;
    let preview = discord.interact(new()).await;
    discord.interact(button(&preview, "Post now")).await;
    let path = format!("/channels/{CHANNEL}/messages");
    discord.request("POST", &path).await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let copy = place.file("copy");
    let run = |place: &Place, arguments: &[&str]| {
        let (mut program, _home) = command(&discord.base, arguments);
        let (key, value) = place.setting();
        let done = program.env(key, value).status().expect("it starts");
        assert!(done.success(), "{arguments:?}");
    };
    let copy = copy.to_str().expect("UTF-8");
    run(place, &["backup", copy]);
    let fresh = match place.location() {
        Location::Sqlite(_) => Place::sqlite(),
        Location::Postgres(_) => Place::postgres("after_a_restore").await.expect("installed"),
    };
    run(&fresh, &["restore", copy]);
    run(place, &["restore", copy, "--replace"]);
    for (number, place) in [&fresh, place].into_iter().enumerate() {
        let mut bot = Bot::start_on(&discord, place);
        discord.ready(number + 2).await;
        bot.logged("store opened").await;
        let preview = discord.interact(new()).await;
        let said = discord.interact(button(&preview, "Post now")).await;
        let path = path.clone();
        discord
            .wait("another post", move |state| {
                let sent = state.requests.iter();
                let posts = sent.filter(|r| r.method == "POST" && r.path.ends_with(&path));
                (posts.count() == number + 2).then_some(())
            })
            .await;
        let newest = newest(&discord, CHANNEL).expect("a message")["id"].clone();
        let newest = newest.as_str().expect("an id");
        let said = said["data"]["content"].to_string();
        assert!(
            !said.contains("Posted") || said.contains(newest),
            "{said} is not {newest}"
        );
        bot.signal("TERM");
        assert!(bot.ended().await.success());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_survives_a_restart_and_is_posted_once_as_it_was_shown() {
    let discord = FakeDiscord::start().await;
    let data = tempfile::tempdir().expect("a folder");
    let settings = [("CAREERBOT_DATA", data.path().to_str().expect("UTF-8"))];
    let mut bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(1).await;
    let preview = discord.interact(new()).await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let _bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(2).await;
    let done = discord.interact(button(&preview, "Post now")).await;
    let posted = discord
        .request("POST", &format!("/channels/{CHANNEL}/messages"))
        .await
        .body;
    assert_eq!(
        posted["embeds"], preview["data"]["embeds"],
        "the post is the preview"
    );
    assert_eq!(
        (&posted["enforce_nonce"], &posted["allowed_mentions"]),
        (&json!(true), &json!({"parse": []}))
    );
    let labels: Vec<&str> = posted["components"]
        .as_array()
        .expect("rows")
        .iter()
        .flat_map(|row| row["components"].as_array().expect("parts"))
        .filter_map(|part| part["label"].as_str())
        .collect();
    assert_eq!(
        labels,
        ["Ask about this", "Roles", "Pay where I live"],
        "nobody else gets the moderators' buttons"
    );
    let chart = &posted["attachments"][0];
    assert!(
        chart["filename"]
            .as_str()
            .is_some_and(|name| name.starts_with("roles-"))
            && chart["description"]
                .as_str()
                .is_some_and(|alt| alt.contains("median $")),
        "{chart}"
    );
    assert!(
        done["data"]["content"]
            .as_str()
            .expect("a text")
            .contains(CHANNEL),
        "{done}"
    );
    let again = discord.interact(button(&preview, "Post now")).await;
    assert!(
        again["data"]["content"]
            .as_str()
            .expect("a text")
            .contains("gone"),
        "{again}"
    );
    assert_eq!(
        discord.count("POST", &format!("/channels/{CHANNEL}/messages")),
        1
    );
    let history = discord
        .interact(moderator(subcommand("digest", "history", &[])))
        .await;
    assert!(
        history["data"]["content"]
            .as_str()
            .expect("a text")
            .contains("Telehealth"),
        "{history}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_has_the_style_poll_and_thread_of_its_server_or_moderators_are_told_what_it_lacks() {
    let discord = FakeDiscord::start().await;
    let place = Place::sqlite();
    let bot = Bot::start_on(&discord, &place);
    discord.ready(1).await;
    bot.logged("store opened").await;
    let style = [
        ("log-channel", 7, json!(LOG)),
        ("post-colour", 3, json!("#2a7f9e")),
        ("post-introduction", 3, json!("Good morning, *all*!")),
        ("post-closing", 3, json!("See you next week.")),
        ("post-order", 3, json!("question")),
        ("post-poll", 5, json!(true)),
        ("post-thread", 5, json!(true)),
    ];
    let saved = discord
        .interact(moderator(subcommand("settings", "set", &style)))
        .await;
    let words = saved["data"]["content"].as_str().expect("a text");
    assert!(
        words.contains("colour #2A7F9E; question, points, roles"),
        "{words}"
    );
    let post = async || {
        let preview = discord.interact(new()).await;
        discord.interact(button(&preview, "Post now")).await;
        discord
            .request("POST", &format!("/channels/{CHANNEL}/messages"))
            .await
            .body
    };
    let posted = post().await;
    let embed = &posted["embeds"][0];
    let text = embed["description"].as_str().expect("a text");
    assert_eq!(embed["color"], 0x2A_7F_9E);
    assert!(text.starts_with("Good morning, \\*all\\*!\n\n"), "{text}");
    assert!(
        text.contains("\n\nSee you next week.\n\n**Sources**"),
        "{text}"
    );
    assert_eq!(
        posted["poll"]["answers"][0]["poll_media"]["text"],
        "Telehealth coordinator"
    );
    let thread = discord.request("POST", "/threads").await;
    assert!(
        thread
            .path
            .contains(&format!("/channels/{CHANNEL}/messages/")),
        "{}",
        thread.path
    );
    assert_eq!(thread.body["name"], "Trend: Telehealth expansion");
    assert_eq!(
        discord.count("POST", &format!("/channels/{LOG}/messages")),
        0
    );

    discord.shared.change(|state| state.without_threads = true);
    let before = discord.count("POST", &format!("/channels/{CHANNEL}/messages"));
    let refused = post().await;
    assert!(refused["poll"].is_object(), "it is tried with its poll");
    let told = discord
        .request("POST", &format!("/channels/{LOG}/messages"))
        .await
        .body;
    let told = told["content"].as_str().expect("a text");
    assert!(
        told.contains(&format!(
            "A summary is posted in <#{CHANNEL}>, but without the thread below it"
        )) && told.contains("without its poll"),
        "{told}"
    );
    assert_eq!(
        discord.count("POST", &format!("/channels/{CHANNEL}/messages")),
        before + 3,
        "once with the poll, refused, once without, and its thread, refused"
    );
}

async fn a_channel_that_is_gone_is_said_to_the_moderators(place: &Place) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_on(&discord, place);
    discord.ready(1).await;
    bot.logged("store opened").await;
    // What was said of the first posts of a database that is lost.
    discord.shared.change(|state| {
        for number in 1..9_u64 {
            let content = format!("A summary could not be posted.\n-# ref f{number}");
            let old = json!({"id": number.to_string(), "channel_id": LOG, "content": content, "author": {"id": "5"}});
            state.messages.insert(number, old);
        }
    });
    discord
        .interact(moderator(subcommand(
            "settings",
            "set",
            &[("log-channel", 7, json!(LOG))],
        )))
        .await;
    discord
        .shared
        .change(|state| state.deleted_channels.insert(CHANNEL.to_owned()));
    let preview = discord.interact(new()).await;
    discord.interact(button(&preview, "Post now")).await;
    let told = discord
        .request("POST", &format!("/channels/{LOG}/messages"))
        .await
        .body;
    assert!(
        told["content"]
            .as_str()
            .expect("a text")
            .contains("the channel is gone"),
        "{told}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_that_arrived_is_found_again_and_no_other_is_taken_for_it() {
    let discord = FakeDiscord::start().await;
    let config = Config {
        token: Some(TOKEN.to_owned().into()),
        discord_api: Some(discord.base.clone()),
        ..Config::default()
    };
    let rest = Rest::new(&config).expect("a client");
    let place = Place::sqlite();
    let store = place.open().await;
    let knowledge = careerbot::knowledge::load_shipped()
        .unwrap_or_else(|problems| panic!("{} problems", problems.len()));
    let topic = knowledge.find("telehealth-expansion").expect("a topic");
    let one = compose::of_topic(
        &knowledge,
        topic,
        Style::Short,
        jiff::civil::date(2026, 11, 22),
    );
    let channel = careerbot::store::ChannelId::new(CHANNEL.parse().expect("an id"));
    let body = one.to_body();
    let posting = async |channel, nonce: &'static str| {
        let (topic, style) = ("trend:telehealth-expansion", "short");
        let manual = Manual {
            channel,
            topic,
            style,
            mention_role: None,
            body: &body,
            nonce,
        };
        let id = store
            .post_now(HERE, &manual, None, ANN, crate::store::at(0))
            .await
            .expect("written");
        store.posting(HERE, id).await.expect("read").expect("there")
    };
    let (first, twin) = (
        posting(channel, "d1.1").await,
        posting(channel, "d1.11").await,
    );
    let channels = Channels::new(&rest);
    assert_eq!(channels.find(&first, &one).await, Ok(None));
    let sent = channels.post(&first, &one).await.expect("posted");
    assert_eq!(
        channels.post(&first, &one).await,
        Ok(sent),
        "the nonce makes it one"
    );
    assert_eq!(channels.find(&first, &one).await, Ok(Some(sent)));
    assert_eq!(
        channels.find(&twin, &one).await,
        Ok(None),
        "another post of the same words is not taken for it"
    );
    let second = channels.post(&twin, &one).await.expect("posted");
    assert_ne!(second.message, sent.message);
    assert_eq!(
        channels.find(&first, &one).await,
        Ok(Some(sent)),
        "nor after it was posted"
    );
    // Edited by a moderator since: its reference stays.
    discord.shared.change(|state| {
        for message in state.messages.values_mut() {
            message["embeds"][0]["title"] = json!("Other words");
        }
    });
    assert_eq!(channels.find(&twin, &one).await, Ok(Some(second)));
    // A busy channel: it stands behind more messages than Discord gives at once.
    discord.shared.change(|state| {
        for id in sent.message.get() - 250..sent.message.get() {
            let message = json!({"id": id.to_string(), "channel_id": CHANNEL, "author": {"id": "5"}, "embeds": []});
            state.messages.insert(id, message);
        }
    });
    assert_eq!(channels.find(&first, &one).await, Ok(Some(sent)));
    discord
        .shared
        .change(|state| state.channel_types.insert(FORUM.to_owned(), 15));
    let forum = careerbot::store::ChannelId::new(FORUM.parse().expect("an id"));
    let (thread, other) = (posting(forum, "d2.1").await, posting(forum, "d2.2").await);
    assert_eq!(channels.find(&thread, &one).await, Ok(None));
    let sent = channels.post(&thread, &one).await.expect("posted");
    assert_eq!(
        (sent.channel.get(), sent.channel != forum),
        (sent.message.get(), true),
        "the thread is the post"
    );
    assert_eq!(channels.find(&thread, &one).await, Ok(Some(sent)));
    assert_eq!(channels.find(&other, &one).await, Ok(None));
    discord.shared.change(|state| {
        for thread in state.threads.values_mut() {
            thread.1 = true;
        }
    });
    assert_eq!(
        channels.find(&thread, &one).await,
        Ok(Some(sent)),
        "also once it is closed"
    );
}

/// The buttons of a message of the bot, by their words.
pub(crate) fn part(message: &Value, label: &str) -> Option<String> {
    let rows = message["components"].as_array()?;
    let parts = rows
        .iter()
        .flat_map(|row| row["components"].as_array().cloned().unwrap_or_default());
    let found = parts.into_iter().find(|part| part["label"] == label)?;
    found["custom_id"].as_str().map(str::to_owned)
}

/// Does something, and waits for what the bot then makes of its first response.
pub(crate) async fn and_then(discord: &FakeDiscord, interaction: Value) -> Value {
    let token = interaction["token"].as_str().expect("a token").to_owned();
    discord.interact(interaction).await;
    discord
        .request("PATCH", &format!("{token}/messages/@original"))
        .await
        .body
}

/// The newest message of the bot in a channel.
fn newest(discord: &FakeDiscord, channel: &str) -> Option<Value> {
    let state = discord.shared.lock();
    state
        .messages
        .values()
        .rev()
        .find(|message| message["channel_id"] == channel)
        .cloned()
}

/// The post in the history. What has just reached the channel is noted a moment later: it is looked at again until then.
pub(crate) async fn open(discord: &FakeDiscord) -> Value {
    const TRIES: usize = 4;
    for _ in 0..TRIES {
        let view = look(discord).await;
        if part(&view, "Edit text").is_some() {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    look(discord).await
}

async fn look(discord: &FakeDiscord) -> Value {
    let page = discord
        .interact(moderator(subcommand("digest", "history", &[])))
        .await;
    let menu = &page["data"]["components"][0]["components"][0];
    let (id, value) = (
        menu["custom_id"].as_str().expect("a menu"),
        menu["options"][0]["value"].as_str().expect("a post"),
    );
    and_then(discord, moderator(select(id, &[value], &page["data"]))).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_is_published_edited_and_removed_by_any_moderator_also_after_a_restart() {
    let discord = FakeDiscord::start().await;
    discord
        .shared
        .change(|state| state.channel_types.insert(CHANNEL.to_owned(), 5));
    let data = tempfile::tempdir().expect("a folder");
    let settings = [("CAREERBOT_DATA", data.path().to_str().expect("UTF-8"))];
    let mut bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(1).await;
    let preview = discord.interact(new()).await;
    let offer = and_then(&discord, button(&preview, "Post now")).await;
    assert!(
        offer["content"]
            .as_str()
            .expect("a text")
            .contains("announcement channel"),
        "{offer}"
    );
    assert_eq!(discord.count("POST", "/crosspost"), 0, "never by default");
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let _bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(2).await;
    let asked = discord
        .interact(moderator(press(
            &part(&offer, "Publish").expect("a button"),
            &offer,
        )))
        .await;
    let done = and_then(&discord, button(&asked, "Publish it")).await;
    assert!(
        done["content"]
            .as_str()
            .expect("a text")
            .starts_with("Published"),
        "{done}"
    );
    let view = open(&discord).await;
    assert!(
        part(&view, "Publish").is_none()
            && view["content"]
                .as_str()
                .expect("a text")
                .contains("is published")
    );
    let form = discord
        .interact(moderator(press(
            &part(&view, "Edit text").expect("a button"),
            &view,
        )))
        .await;
    let words = [
        ("headline", "Other words"),
        ("lead", ""),
        ("points", "One point."),
        ("question", ""),
    ];
    let form_id = form["data"]["custom_id"].as_str().expect("an id");
    let changed = discord
        .interact(moderator(from_message(submit(form_id, &words), &view)))
        .await;
    let done = and_then(&discord, button(&changed, "Apply")).await;
    assert!(
        done["content"]
            .as_str()
            .expect("a text")
            .starts_with("Changed in the channel"),
        "{done}"
    );
    let stands = newest(&discord, CHANNEL).expect("a message");
    assert_eq!(
        stands["embeds"], changed["data"]["embeds"],
        "what was shown is what stands there"
    );
    assert_eq!(stands["embeds"][0]["title"], "Other words");
    let asked = discord
        .interact(moderator(press(
            &part(&done, "Remove").expect("a button"),
            &done,
        )))
        .await;
    let done = and_then(&discord, button(&asked, "Remove it")).await;
    assert!(
        done["content"]
            .as_str()
            .expect("a text")
            .starts_with("Removed from"),
        "{done}"
    );
    assert_eq!(newest(&discord, CHANNEL), None);
    let log = discord
        .interact(moderator(subcommand("settings", "log", &[])))
        .await;
    for what in [
        "posted a summary",
        "published a post",
        "edited a post",
        "removed a post",
    ] {
        assert!(
            log["data"]["content"]
                .as_str()
                .expect("a text")
                .contains(what),
            "{what}: {log}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_change_a_post_within_the_same_second_one_is_told_that_nothing_was_done() {
    let (discord, _bot) = with_a_post().await;
    let view = open(&discord).await;
    let form = discord
        .interact(moderator(press(
            &part(&view, "Edit text").expect("a button"),
            &view,
        )))
        .await;
    let form_id = form["data"]["custom_id"].as_str().expect("an id");
    let edited = async |headline: &str| {
        let words = [
            ("headline", headline),
            ("lead", ""),
            ("points", "One point."),
            ("question", ""),
        ];
        discord
            .interact(moderator(from_message(submit(form_id, &words), &view)))
            .await
    };
    let (one, other) = (
        edited("Words of one").await,
        edited("Words of another").await,
    );
    discord.script(
        "PATCH",
        &format!("/channels/{CHANNEL}/messages"),
        Outcome::Slow(Duration::from_millis(1_500)),
    );
    let (one, other) = tokio::join!(
        and_then(&discord, button(&one, "Apply")),
        and_then(&discord, by(button(&other, "Apply"), "400000000000000077")),
    );
    let told = [&one, &other].map(|body| body["content"].as_str().expect("a text").to_owned());
    let changed = told
        .iter()
        .filter(|text| text.starts_with("Changed in the channel"))
        .count();
    let refused = told
        .iter()
        .filter(|text| text.starts_with("Another moderator is changing this post"))
        .count();
    assert_eq!((changed, refused), (1, 1), "{told:?}");
    assert_eq!(
        discord.count("PATCH", &format!("/channels/{CHANNEL}/messages")),
        1,
        "one reached the channel"
    );
    let winner = if told[0].starts_with("Changed") {
        "Words of one"
    } else {
        "Words of another"
    };
    assert_eq!(
        newest(&discord, CHANNEL).expect("a message")["embeds"][0]["title"],
        winner
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edited_words_of_a_message_that_was_deleted_by_hand_come_back_as_a_file() {
    let (discord, _bot) = with_a_post().await;
    let view = open(&discord).await;
    let form = discord
        .interact(moderator(press(
            &part(&view, "Edit text").expect("a button"),
            &view,
        )))
        .await;
    let words = [
        ("headline", "My words"),
        ("lead", ""),
        ("points", "One point."),
        ("question", ""),
    ];
    let form_id = form["data"]["custom_id"].as_str().expect("an id");
    let changed = discord
        .interact(moderator(from_message(submit(form_id, &words), &view)))
        .await;
    discord.shared.change(|state| state.messages.clear());
    let apply = button(&changed, "Apply");
    let place = format!(
        "{}/messages/@original",
        apply["token"].as_str().expect("a token")
    );
    discord.interact(apply).await;
    let told = discord.request("PATCH", &place).await;
    let text = told.body["content"].as_str().expect("a text");
    assert!(
        text.contains("somebody deleted it") && text.ends_with("What you typed is in the file."),
        "{text}"
    );
    assert!(
        String::from_utf8_lossy(&told.files[0].1).contains("My words"),
        "{:?}",
        told.files
    );
    assert_eq!(
        told.body["components"],
        json!([]),
        "there is nothing to apply"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deed_is_done_once_although_its_word_has_to_be_sent_twice() {
    let (discord, _bot) = with_a_post().await;
    let view = open(&discord).await;
    let asked = discord
        .interact(moderator(press(
            &part(&view, "Remove").expect("a button"),
            &view,
        )))
        .await;
    let sure = button(&asked, "Remove it");
    let place = format!(
        "{}/messages/@original",
        sure["token"].as_str().expect("a token")
    );
    // As where the first response still is on its way.
    discord.script(
        "PATCH",
        &place,
        Outcome::Fail(404, error(10_015, "Unknown Webhook")),
    );
    discord.interact(sure).await;
    let told = discord
        .wait("the word", |state| {
            let mut sent = state
                .requests
                .iter()
                .filter(|request| request.method == "PATCH" && request.path.ends_with(&place));
            sent.find(|request| request.status == 200)
                .map(|request| request.body.clone())
        })
        .await;
    assert!(
        told["content"]
            .as_str()
            .expect("a text")
            .starts_with("Removed from"),
        "{told}"
    );
    assert_eq!(
        discord.count("DELETE", &format!("/channels/{CHANNEL}/messages")),
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_gone_or_forbidden_is_explained_in_plain_words() {
    let (discord, _bot) = with_a_post().await;
    let remove = async || {
        let view = open(&discord).await;
        let asked = discord
            .interact(moderator(press(
                &part(&view, "Remove").expect("a button"),
                &view,
            )))
            .await;
        (view, and_then(&discord, button(&asked, "Remove it")).await)
    };
    discord
        .shared
        .change(|state| state.forbidden_channels.insert(CHANNEL.to_owned()));
    let (_, done) = remove().await;
    let text = done["content"].as_str().expect("a text");
    assert!(
        text.contains("It was not removed: I cannot see the channel"),
        "{text}"
    );
    discord.shared.change(|state| {
        state.forbidden_channels.clear();
        state.messages.clear();
    });
    let (view, done) = remove().await;
    assert!(
        view["content"]
            .as_str()
            .expect("a text")
            .contains("somebody deleted it in the channel"),
        "{view}"
    );
    assert!(
        done["content"]
            .as_str()
            .expect("a text")
            .contains("nothing left to remove"),
        "{done}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forum_gets_a_thread_with_a_title_and_the_one_role_that_was_chosen_is_mentioned() {
    a_thread_of_its_own(15).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_media_channel_gets_the_same_with_its_chart() {
    a_thread_of_its_own(16).await;
}

async fn a_thread_of_its_own(kind: u64) {
    let discord = FakeDiscord::start().await;
    discord.shared.change(|state| {
        state.channel_types.insert(FORUM.to_owned(), kind);
    });
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let options = [
        ("topic", 3, json!("trend:telehealth-expansion")),
        ("channel", 7, json!(FORUM)),
    ];
    let preview = discord
        .interact(moderator(subcommand("digest", "new", &options)))
        .await;
    let menu = preview["data"]["components"][1]["components"][0]["custom_id"]
        .as_str()
        .expect("a menu of roles");
    let preview = discord
        .interact(moderator(select_role(menu, &[ROLE], &preview["data"])))
        .await;
    discord.interact(button(&preview, "Post now")).await;
    let posted = discord
        .request("POST", &format!("/channels/{FORUM}/threads"))
        .await;
    assert_eq!(posted.files.len(), 1, "the chart");
    assert!(posted.files[0].1.starts_with(b"\x89PNG"));
    let posted = posted.body;
    assert_eq!(posted["name"], preview["data"]["embeds"][0]["title"]);
    let message = &posted["message"];
    assert_eq!(message["embeds"], preview["data"]["embeds"]);
    assert_eq!(message["content"], format!("<@&{ROLE}>"));
    assert_eq!(
        message["allowed_mentions"],
        json!({"parse": [], "roles": [ROLE]})
    );
    let view = open(&discord).await;
    let asked = discord
        .interact(moderator(press(
            &part(&view, "Remove").expect("a button"),
            &view,
        )))
        .await;
    let question = asked["data"]["content"].as_str().expect("a text");
    assert!(
        question.contains("with everything that members have written below it"),
        "{question}"
    );
    and_then(&discord, button(&asked, "Remove it")).await;
    assert!(
        discord.shared.lock().threads.is_empty(),
        "the thread is gone, not its first message only"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forum_post_whose_thread_cannot_be_removed_says_what_stays() {
    let discord = FakeDiscord::start().await;
    discord
        .shared
        .change(|state| state.channel_types.insert(FORUM.to_owned(), 15));
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let options = [
        ("topic", 3, json!("trend:telehealth-expansion")),
        ("channel", 7, json!(FORUM)),
    ];
    let preview = discord
        .interact(moderator(subcommand("digest", "new", &options)))
        .await;
    discord.interact(button(&preview, "Post now")).await;
    discord
        .request("POST", &format!("/channels/{FORUM}/threads"))
        .await;
    discord
        .shared
        .change(|state| state.forbidden_channels.insert(FORUM.to_owned()));
    let view = open(&discord).await;
    let asked = discord
        .interact(moderator(press(
            &part(&view, "Remove").expect("a button"),
            &view,
        )))
        .await;
    let done = and_then(&discord, button(&asked, "Remove it")).await;
    let text = done["content"].as_str().expect("a text");
    assert!(
        text.contains("What members have written below it stays"),
        "{text}"
    );
    assert!(discord.shared.lock().messages.is_empty() && !discord.shared.lock().threads.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forum_that_wants_a_tag_gets_the_one_that_fits_and_the_preview_says_which() {
    let discord = FakeDiscord::start().await;
    let tags = |moderated: bool| json!([{"id": "61", "name": "Question", "moderated": moderated}, {"id": "62", "name": "News", "moderated": moderated}]);
    discord.shared.change(|state| {
        state.channel_types.insert(FORUM.to_owned(), 15);
        state.forum_tags.insert(FORUM.to_owned(), tags(false));
    });
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let options = [
        ("topic", 3, json!("trend:telehealth-expansion")),
        ("channel", 7, json!(FORUM)),
    ];
    let summary = || moderator(subcommand("digest", "new", &options));
    let preview = and_then(&discord, summary()).await;
    assert!(
        preview["content"]
            .as_str()
            .expect("a text")
            .contains("I take **News**"),
        "{preview}"
    );
    discord
        .interact(moderator(press(
            &part(&preview, "Post now").expect("a button"),
            &preview,
        )))
        .await;
    let posted = discord
        .request("POST", &format!("/channels/{FORUM}/threads"))
        .await
        .body;
    assert_eq!(posted["applied_tags"], json!(["62"]));
    discord
        .shared
        .change(|state| state.forum_tags.insert(FORUM.to_owned(), tags(true)));
    let preview = and_then(&discord, summary()).await;
    assert!(
        preview["content"]
            .as_str()
            .expect("a text")
            .contains("every tag is for moderators alone"),
        "{preview}"
    );
    let refused = discord
        .interact(moderator(press(
            &part(&preview, "Post now").expect("a button"),
            &preview,
        )))
        .await;
    let text = refused["data"]["content"].as_str().expect("a text");
    assert!(
        text.contains("every tag is for moderators alone") && text.contains("Its words are kept"),
        "{text}"
    );
    let draft = and_then(&discord, button(&refused, "Try again")).await;
    assert!(
        draft["content"]
            .as_str()
            .expect("a text")
            .starts_with("A draft of what could not be posted"),
        "{draft}"
    );
    let menu = discord
        .interact(moderator(press(
            &part(&draft, "Change channel").expect("a button"),
            &draft,
        )))
        .await;
    let menu_id = menu["data"]["components"][0]["components"][0]["custom_id"]
        .as_str()
        .expect("a menu of channels");
    let moved = discord
        .interact(moderator(select_channel(menu_id, CHANNEL, &menu["data"])))
        .await;
    discord.interact(button(&moved, "Post now")).await;
    let posted = discord
        .request("POST", &format!("/channels/{CHANNEL}/messages"))
        .await
        .body;
    assert_eq!(
        posted["embeds"], moved["data"]["embeds"],
        "the words arrive elsewhere"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_says_what_keeps_it_from_its_channel() {
    let discord = FakeDiscord::start().await;
    discord
        .shared
        .change(|state| state.forbidden_channels.insert(CHANNEL.to_owned()));
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let warned = and_then(&discord, new()).await;
    assert!(
        warned["content"]
            .as_str()
            .expect("a text")
            .contains("⚠ I lack **Send Messages**"),
        "{warned}"
    );
    assert!(
        part(&warned, "Post now").is_some() && !warned["embeds"][0].is_null(),
        "the preview stays whole"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_goes_out_without_its_chart_where_files_may_not_be_attached_and_that_is_said_before()
{
    let discord = FakeDiscord::start().await;
    discord.shared.change(|state| {
        state.channel_types.insert(FORUM.to_owned(), 15);
        state.denied = 1 << 15;
    });
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    for (channel, path) in [(CHANNEL, "messages"), (FORUM, "threads")] {
        let options = [
            ("topic", 3, json!("trend:telehealth-expansion")),
            ("channel", 7, json!(channel)),
        ];
        let call = moderator(subcommand("digest", "new", &options));
        let checked = and_then(&discord, call).await;
        let said = checked["content"].as_str().expect("a text");
        assert!(
            said.contains("without its chart") && said.contains("**Attach Files**"),
            "{said}"
        );
        assert!(
            checked["attachments"][0]["filename"].is_string(),
            "the preview still shows it: {checked}"
        );
        let post = button(&json!({"data": checked}), "Post now");
        let posted = discord.interact(post).await;
        let told = posted["data"]["content"].as_str().expect("a text");
        assert!(told.starts_with("Posted: "), "{told}");
        let path = format!("/channels/{channel}/{path}");
        let last = discord.shared.change(|state| {
            let mut all = state.requests.iter().rev();
            let found = all.find(|request| request.method == "POST" && request.path == path);
            found.map(|request| (request.status, request.files.len()))
        });
        let (status, files) = last.expect("a post");
        assert!(status < 300 && files == 0, "{status} {files}");
    }
    let settings = [
        ("digest-channel", 7, json!(CHANNEL)),
        ("post-poll", 5, json!(true)),
    ];
    discord
        .interact(moderator(subcommand("settings", "set", &settings)))
        .await;
    // What may be there stays: the poll goes out, the chart does not.
    let other = crate::fake_discord::payloads::fresh();
    let options = [("topic", 3, json!("trend:telehealth-expansion"))];
    let call = by(moderator(subcommand("digest", "new", &options)), &other);
    let preview = discord.interact(call).await;
    discord
        .interact(by(button(&preview, "Post now"), &other))
        .await;
    let polls = discord.shared.change(|state| {
        let all = state.requests.iter();
        let posted = all.filter(|request| request.method == "POST" && request.status < 300);
        posted
            .filter(|request| request.body["poll"].is_object() && request.files.is_empty())
            .count()
    });
    assert_eq!(polls, 1);
    let check = moderator(subcommand("settings", "check", &[]));
    let report = and_then(&discord, check).await;
    assert!(
        report["content"]
            .as_str()
            .expect("a text")
            .contains("⚠ posts go out without their chart"),
        "{report}"
    );
}
