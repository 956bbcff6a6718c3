//! Schedules that fall due while the real program runs: on time, over a restart, on two programs, late, and refused.

use careerbot::digest::runner::LEASE;
use careerbot::store::digests::Definition;
use careerbot::store::postings::{Plan, Posting, State};
use careerbot::store::settings::{LatePolicy, Settings};
use careerbot::store::{ChannelId, ServerId, Store, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::fake_discord::payloads::{CHANNEL, GUILD, MANAGE_SERVER, as_member, press, subcommand};
use crate::fake_discord::{Bot, FakeDiscord, PATIENCE};
use crate::store::on_both;
use crate::store::place::Place;

const LOG: &str = "300000000000000002";

fn id(text: &str) -> u64 {
    text.parse().expect("an id")
}

fn here() -> ServerId {
    ServerId::new(id(GUILD))
}

/// A digest that is due so many seconds from now, and every day after that.
async fn due_in(store: &Store, seconds: i64) -> i64 {
    let now = Timestamp::now();
    let due = now + SignedDuration::from_secs(seconds);
    let definition = Definition {
        channel: ChannelId::new(id(CHANNEL)),
        topic: "next-trend".to_owned(),
        style: "short".to_owned(),
        schedule: format!("every day at {} in UTC", due.strftime("%H:%M")),
        mention_role: None,
    };
    store
        .add_digest(here(), &definition, due, UserId::new(5), now)
        .await
        .expect("written")
}

async fn set(store: &Store, late_policy: LatePolicy, log: bool) {
    let settings = Settings {
        late_policy,
        log_channel: log.then(|| ChannelId::new(id(LOG))),
        ..Settings::default()
    };
    store
        .save_settings(here(), &settings, UserId::new(5), "test", Timestamp::now())
        .await
        .expect("written");
}

/// Waits until the newest posting is in that state.
async fn reaches(store: &Store, state: State) -> Posting {
    let end = std::time::Instant::now() + PATIENCE;
    loop {
        let newest = store.postings(here(), None, 1).await.expect("read").pop();
        match newest {
            Some(posting) if posting.state == state => return posting,
            newest => assert!(std::time::Instant::now() < end, "not {state:?}: {newest:?}"),
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

fn posts(discord: &FakeDiscord, channel: &str) -> Vec<Value> {
    let state = discord.shared.lock();
    state
        .messages
        .values()
        .filter(|message| message["channel_id"] == channel)
        .cloned()
        .collect()
}

on_both!(
    a_schedule_falls_due_in_the_running_program_and_goes_out_once_with_a_kill_in_between,
    a_clock_that_is_fast_doubles_no_post_and_is_noticed,
    moderators_are_asked_about_a_late_post_in_the_log_channel_once_over_restarts,
);

async fn a_schedule_falls_due_in_the_running_program_and_goes_out_once_with_a_kill_in_between(
    place: &Place,
) {
    killed_in_between(place, 0).await;
}

async fn a_clock_that_is_fast_doubles_no_post_and_is_noticed(place: &Place) {
    killed_in_between(place, 120)
        .await
        .logged("this machine's clock is wrong: it is")
        .await;
}

/// The program is killed between Discord's taking a post and its answer, with its clock so many seconds fast.
async fn killed_in_between(place: &Place, fast: i64) -> Bot {
    let discord = FakeDiscord::start().await;
    discord.shared.lock().clock_behind = fast;
    let store = place.open().await;
    due_in(&store, 4).await;
    store.close().await;
    drop(store);
    let bot = Bot::start_on(&discord, place);
    let posted = format!("/channels/{CHANNEL}/messages");
    // The message stands in the channel, and the program dies before it can know: the answer never comes.
    discord.script("POST", &posted, crate::fake_discord::Outcome::DoneButSilent);
    discord
        .wait("the message", |state| {
            (!state.messages.is_empty()).then_some(())
        })
        .await;
    drop(bot);
    assert_eq!(posts(&discord, CHANNEL).len(), 1);
    // The dead program's claim runs out after three minutes; here its time is turned forward.
    let forward = "UPDATE postings SET lease_until = 0 WHERE state = 'sending'";
    let open = place.change(forward).await;
    assert_eq!(open, 1, "it was saved that it is about to be sent");
    // Discord forgets nonces after some minutes.
    discord.shared.change(|state| state.nonces.clear());
    let mut bot = Bot::start_on(&discord, place);
    bot.logged("posted=1").await;
    bot.signal("TERM");
    bot.ended().await;
    assert_eq!(
        posts(&discord, CHANNEL).len(),
        1,
        "found again, not sent again"
    );
    let posting = reaches(&place.open().await, State::Recorded).await;
    let stands = &posts(&discord, CHANNEL)[0];
    assert_eq!(
        posting.message.map(|id| id.to_string()).as_deref(),
        stands["id"].as_str()
    );
    bot
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_on_one_database_post_once_and_ask_once() {
    let Some(place) = Place::postgres("two_programs_on_one_database_post_once_and_ask_once").await
    else {
        return;
    };
    let discord = FakeDiscord::start().await;
    let store = place.open().await;
    set(&store, LatePolicy::Ask, true).await;
    due_in(&store, 8).await;
    due_in(&store, -7_200).await;
    let bots = [
        Bot::start_on(&discord, &place),
        Bot::start_on(&discord, &place),
    ];
    for bot in &bots {
        bot.logged("store opened").await;
    }
    discord
        .wait("the post and the question", |state| {
            (state.messages.len() >= 2).then_some(())
        })
        .await;
    // Long enough for the other program's turn.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(
        (posts(&discord, CHANNEL).len(), posts(&discord, LOG).len()),
        (1, 1)
    );
    assert_eq!(
        store.postings(here(), None, 10).await.expect("read").len(),
        2
    );
}

async fn moderators_are_asked_about_a_late_post_in_the_log_channel_once_over_restarts(
    place: &Place,
) {
    let discord = FakeDiscord::start().await;
    let store = place.open().await;
    set(&store, LatePolicy::Ask, true).await;
    due_in(&store, -7_200).await;
    store.close().await;
    drop(store);
    let bot = Bot::start_on(&discord, place);
    let question = discord
        .request("POST", &format!("/channels/{LOG}/messages"))
        .await
        .body;
    assert!(
        question["content"]
            .as_str()
            .expect("a text")
            .contains("Post it now?"),
        "{question}"
    );
    assert_eq!(question["allowed_mentions"], json!({"parse": []}));
    // Posts go out before the gateway is there.
    discord.ready(1).await;
    drop(bot);
    // It died before it could save that it has asked.
    place.change("UPDATE postings SET told = FALSE").await;
    discord.shared.change(|state| state.nonces.clear());
    let _bot = Bot::start_on(&discord, place);
    discord.ready(2).await;
    let id = question["components"][0]["components"][0]["custom_id"]
        .as_str()
        .expect("a button")
        .to_owned();
    let press_it = |permissions| as_member(press(&id, &question), permissions, &[]);
    let refused = discord.interact(press_it(0)).await;
    assert!(
        refused["data"]["content"]
            .as_str()
            .expect("a text")
            .contains("This is for moderators"),
        "{refused}"
    );
    assert_eq!(posts(&discord, CHANNEL).len(), 0);
    let done = discord.interact(press_it(MANAGE_SERVER)).await;
    assert!(
        done["data"]["content"]
            .as_str()
            .expect("a text")
            .contains("has it posted now"),
        "{done}"
    );
    let again = discord.interact(press_it(MANAGE_SERVER)).await;
    assert!(
        again["data"]["content"]
            .as_str()
            .expect("a text")
            .contains("decided before"),
        "{again}"
    );
    discord
        .wait("the post", |state| {
            state
                .messages
                .values()
                .any(|message| message["channel_id"] == CHANNEL)
                .then_some(())
        })
        .await;
    assert_eq!(
        (posts(&discord, CHANNEL).len(), posts(&discord, LOG).len()),
        (1, 1),
        "asked once, posted once"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_whose_channel_is_gone_is_paused_and_the_moderators_are_told() {
    let discord = FakeDiscord::start().await;
    discord
        .shared
        .change(|state| state.deleted_channels.insert(CHANNEL.to_owned()));
    let place = Place::sqlite();
    let store = place.open().await;
    set(&store, LatePolicy::Post, true).await;
    let digest = due_in(&store, -5).await;
    store.close().await;
    drop(store);
    let _bot = Bot::start_on(&discord, &place);
    let told = discord
        .request("POST", &format!("/channels/{LOG}/messages"))
        .await
        .body;
    let text = told["content"].as_str().expect("a text");
    assert!(
        text.contains("the channel is gone") && text.contains("The schedule is paused"),
        "{text}"
    );
    assert!(text.contains(&format!("/digest resume {digest}")), "{text}");
    let list = discord
        .interact(as_member(
            subcommand("digest", "list", &[]),
            MANAGE_SERVER,
            &[],
        ))
        .await;
    let text = list["data"]["content"].as_str().expect("a text");
    assert!(text.contains("**paused**: the channel is gone"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moderators_are_told_of_a_post_that_was_given_up_and_that_its_schedule_goes_on() {
    let discord = FakeDiscord::start().await;
    let place = Place::sqlite();
    let store = place.open().await;
    set(&store, LatePolicy::Post, true).await;
    let digest = due_in(&store, 3_600).await;
    let (due, now) = (
        store
            .digest(here(), digest)
            .await
            .expect("read")
            .expect("there")
            .next_due,
        Timestamp::now(),
    );
    let (due, tomorrow) = (
        due.expect("due"),
        Some(now + SignedDuration::from_hours(25)),
    );
    let then = now + SignedDuration::from_hours(2);
    assert!(
        store
            .plan(digest, due, due.timestamp(), Plan::Post, tomorrow, then)
            .await
            .expect("written")
    );
    let posting = store
        .claim("test", LEASE, then)
        .await
        .expect("written")
        .expect("due");
    store
        .fail(posting.id, "test", "no answer", false, then)
        .await
        .expect("written");
    store.close().await;
    drop(store);
    let _bot = Bot::start_on(&discord, &place);
    let told = discord
        .request("POST", &format!("/channels/{LOG}/messages"))
        .await
        .body;
    let text = told["content"].as_str().expect("a text");
    assert!(
        text.contains("could not be posted: no answer. The schedule goes on."),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_that_the_log_channel_does_not_take_is_skipped_and_told_in_the_history() {
    let discord = FakeDiscord::start().await;
    discord
        .shared
        .change(|state| state.deleted_channels.insert(LOG.to_owned()));
    let place = Place::sqlite();
    let store = place.open().await;
    set(&store, LatePolicy::Ask, true).await;
    due_in(&store, -7_200).await;
    store.close().await;
    drop(store);
    let mut bot = Bot::start_on(&discord, &place);
    bot.logged("the log channel takes no message").await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let posting = reaches(&place.open().await, State::Skipped).await;
    assert!(
        posting
            .reason
            .is_some_and(|reason| reason.contains("the channel is gone"))
    );
    assert!(posts(&discord, CHANNEL).is_empty());
}
