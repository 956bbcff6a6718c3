//! An interaction has its effect once, however often it comes and to however many copies of the program.

use std::net::SocketAddr;
use std::sync::Arc;

use careerbot::store::counts::Kind;
use careerbot::store::{Location, ServerId, UserId};
use futures_util::stream::{self, StreamExt as _};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    CHANNEL, GUILD, MANAGE_SERVER, as_member, fresh, in_server, press, schedule_daily, slash,
    subcommand, submit,
};
use crate::fake_discord::{Bot, FakeDiscord, Outcome, error, signed};
use crate::store::on_both;
use crate::store::place::Place;

fn http(place: &Place, discord: &FakeDiscord) -> Bot {
    let (store, key) = (place.setting(), signed::public_key());
    let settings = [
        ("DISCORD_PUBLIC_KEY", key.as_str()),
        ("DISCORD_TOKEN", ""),
        (store.0, &store.1),
    ];
    Bot::start_with(discord, &["serve", "--http", "127.0.0.1:0"], &settings)
}

/// What six deliveries of an interaction were answered with: three to each copy, all at once.
async fn deliver(doors: [SocketAddr; 2], call: Value) -> Vec<Value> {
    let deliveries = (0..6).map(|number| {
        let call = call.clone();
        async move {
            let answer = signed::interaction(doors[number % 2], &call).await;
            assert_eq!(answer.status, 200);
            answer.json()
        }
    });
    futures_util::future::join_all(deliveries).await
}

async fn two_copies(servers: usize) {
    let Some(place) = Place::postgres("an_interaction_that_comes_to_two_copies").await else {
        return;
    };
    let store = place.open().await;
    let discord = FakeDiscord::start().await;
    let copies = [http(&place, &discord), http(&place, &discord)];
    let doors = [copies[0].address().await, copies[1].address().await];
    let guilds: Arc<Vec<String>> = Arc::new((0..servers).map(|_| fresh()).collect());
    stream::iter(guilds.iter().cloned())
        .for_each_concurrent(3, |guild| async move {
            let answers = deliver(doors, schedule_daily(&guild)).await;
            let said = answers[0]["data"]["content"].as_str().unwrap_or_default();
            assert!(said.contains("Scheduled as number"), "{said}");
            assert!(
                answers.iter().all(|answer| *answer == answers[0]),
                "{answers:#?}"
            );
        })
        .await;
    for guild in guilds.iter() {
        let server = ServerId::new(guild.parse().expect("an id"));
        assert_eq!(
            store.digests(server).await.expect("read").len(),
            1,
            "server {guild}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interaction_that_comes_to_two_copies_and_three_times_to_each_has_one_effect() {
    two_copies(40).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute"]
async fn a_thousand_interactions_that_come_six_times_have_a_thousand_effects() {
    two_copies(1_000).await;
}

on_both!(
    whatever_is_sent_again_has_its_effect_once,
    an_event_that_comes_twice_is_carried_out_once,
    a_schedule_that_is_asked_for_again_by_hand_is_noticed_and_made_when_that_is_meant,
    a_draft_or_entry_that_is_sent_again_by_hand_is_noticed,
);

const ENTRY: [(&str, &str); 4] = [
    ("title", "When is the study hall open?"),
    ("text", "Every Friday at noon, in the voice channel."),
    ("source", ""),
    ("review", "2099-06-30"),
];

/// A schedule, a draft, an entry, a question without an answer and a verdict: each signed and sent six times, to two copies of
/// the program where they can share the store.
async fn whatever_is_sent_again_has_its_effect_once(place: &Place) {
    let discord = FakeDiscord::start().await;
    let store = if let Location::Postgres(_) = place.location() {
        Some(place.open().await)
    } else {
        None
    };
    let guild = fresh();
    let server = ServerId::new(guild.parse().expect("an id"));
    let mut copies = vec![http(place, &discord)];
    if store.is_some() {
        copies.push(http(place, &discord));
    }
    let doors = [
        copies[0].address().await,
        copies[copies.len() - 1].address().await,
    ];
    for copy in &copies {
        copy.logged("store opened").await;
    }
    let here = |call| in_server(&guild, as_member(call, MANAGE_SERVER, &[]));
    let gaps = [("gaps", 5, json!(true)), ("stats", 5, json!(true))];
    deliver(doors, here(subcommand("settings", "set", &gaps))).await;
    let draft = [
        ("topic", 3, json!("nurse-practitioner")),
        ("channel", 7, json!(CHANNEL)),
    ];
    let answer = [("question", json!("What does a dentist earn?"))];
    let answer = signed::interaction(doors[0], &here(slash("ask", &answer))).await;
    let lost = [("question", json!("How do I fix my car?"))];
    for call in [
        schedule_daily(&guild),
        here(subcommand("digest", "new", &draft)),
        here(submit("1:k:n0.0", &ENTRY)),
        here(slash("ask", &lost)),
        here(press("1:f:-", &answer.json()["data"])),
    ] {
        let mut answers = deliver(doors, call).await;
        // The chart of a preview is drawn once: the copy that comes second gives the same words without it.
        for answer in &mut answers {
            if let Some(data) = answer["data"].as_object_mut() {
                data.remove("attachments");
            }
        }
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{answers:#?}"
        );
    }
    for copy in &mut copies {
        copy.signal("TERM");
        assert!(copy.ended().await.success());
    }
    let store = match store {
        Some(store) => store,
        None => place.open().await,
    };
    let all = (
        store.digests(server).await.expect("read").len(),
        store.drafts(server, "-", 9).await.expect("read").len(),
        store.entry_lines(server).await.expect("read").len(),
    );
    assert_eq!(all, (1, 1, 1));
    let verdicts = store.feedback(server, 9).await.expect("read");
    let verdicts: Vec<i64> = verdicts.iter().map(|one| one.unhelpful).collect();
    assert_eq!(verdicts, [1]);
    let counts = store.counts(server, Timestamp::now()).await.expect("read");
    let times = |kind| -> Vec<i64> {
        let these = counts.iter().filter(|one| one.kind == kind);
        these.map(|one| one.count).collect()
    };
    assert_eq!(times(Kind::Answered), [1], "{counts:?}");
    assert_eq!(times(Kind::NotCovered), [1], "{counts:?}");
    assert_eq!(times(Kind::Unhelpful), [1], "{counts:?}");
    // Moderators see a question only once it was asked three times: what stands in the table is what counts. The one that was
    // judged stands there too.
    let more = "UPDATE gaps SET count = count WHERE count <> 1";
    assert_eq!(place.change(more).await, 0, "counted once each");
    assert_ne!(place.change("UPDATE gaps SET count = count").await, 0);
}

async fn running(place: &Place) -> (FakeDiscord, Bot) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_on(&discord, place);
    discord.ready(1).await;
    bot.logged("store opened").await;
    (discord, bot)
}

/// How many schedules the server has, once the program has ended.
async fn schedules(place: &Place, mut bot: Bot) -> usize {
    bot.signal("TERM");
    bot.ended().await;
    let server = ServerId::new(GUILD.parse().expect("an id"));
    let store = place.open().await;
    store.digests(server).await.expect("read").len()
}

async fn an_event_that_comes_twice_is_carried_out_once(place: &Place) {
    let (discord, bot) = running(place).await;
    let call = schedule_daily(GUILD);
    let token = discord.expect_interaction(&call);
    discord.dispatch("INTERACTION_CREATE", call.clone());
    discord.dispatch("INTERACTION_CREATE", call);
    let said = discord.response(&token).await["data"]["content"].to_string();
    assert!(said.contains("Scheduled as number"), "{said}");
    discord
        .wait("both answers", |state| {
            let sent = state.requests.iter();
            (sent.filter(|r| r.path.contains("/callback")).count() >= 2).then_some(())
        })
        .await;
    assert_eq!(schedules(place, bot).await, 1);
}

async fn a_schedule_that_is_asked_for_again_by_hand_is_noticed_and_made_when_that_is_meant(
    place: &Place,
) {
    let (discord, bot) = running(place).await;
    discord.script(
        "POST",
        "/callback",
        Outcome::Fail(404, error(10062, "Unknown interaction")),
    );
    let first = schedule_daily(GUILD);
    discord.expect_interaction(&first);
    discord.dispatch("INTERACTION_CREATE", first);
    bot.logged("response not delivered").await;
    let asked = discord.interact(schedule_daily(GUILD)).await;
    let said = asked["data"]["content"].to_string();
    assert!(
        said.contains("Nothing was added") && said.contains("this very schedule"),
        "{said}"
    );
    let id = asked["data"]["components"][0]["components"][0]["custom_id"]
        .as_str()
        .expect("a button");
    let pressed = || as_member(press(id, &asked["data"]), MANAGE_SERVER, &[]);
    let (one, other) = (pressed(), pressed());
    // Two presses, each of which comes twice.
    for call in [&one, &other, &one, &other] {
        discord.expect_interaction(call);
        discord.dispatch("INTERACTION_CREATE", call.clone());
    }
    let mut said = Vec::new();
    for call in [&one, &other] {
        let token = call["token"].as_str().expect("a token");
        said.push(discord.response(token).await["data"]["content"].to_string());
    }
    let count = |word: &str| said.iter().filter(|said| said.contains(word)).count();
    assert_eq!(
        (count("Scheduled as number"), count("done already")),
        (1, 1),
        "{said:?}"
    );
    assert_eq!(schedules(place, bot).await, 2);
}

async fn a_draft_or_entry_that_is_sent_again_by_hand_is_noticed(place: &Place) {
    let (discord, _bot) = running(place).await;
    let new = || {
        let options = [
            ("topic", 3, json!("nurse-practitioner")),
            ("channel", 7, json!(CHANNEL)),
        ];
        as_member(subcommand("digest", "new", &options), MANAGE_SERVER, &[])
    };
    let ids =
        |body: &Value| body["data"]["components"][0]["components"][0]["custom_id"].to_string();
    let first = discord.interact(new()).await;
    let second = discord.interact(new()).await;
    assert_eq!(ids(&first), ids(&second), "the same draft");
    assert!(
        second["data"]["content"]
            .to_string()
            .contains("begun this very draft already"),
        "{second}"
    );

    let form = discord
        .interact(as_member(
            subcommand("knowledge", "add", &[]),
            MANAGE_SERVER,
            &[],
        ))
        .await;
    let id = form["data"]["custom_id"]
        .as_str()
        .expect("a form")
        .to_owned();
    let sent = || as_member(submit(&id, &ENTRY), MANAGE_SERVER, &[]);
    discord.interact(sent()).await;
    let again = discord.interact(sent()).await;
    assert!(
        again["data"]["content"]
            .to_string()
            .contains("word for word"),
        "{again}"
    );
}

#[tokio::test]
async fn a_change_and_the_note_of_its_deed_are_made_together_or_not_at_all() {
    use careerbot::store::deeds::{Deed, Part, under};
    let mut places = vec![Place::sqlite()];
    places.extend(Place::postgres("a_change_and_the_note_of_its_deed").await);
    for place in places {
        let store = place.open().await;
        let (server, now) = (ServerId::new(1), Timestamp::UNIX_EPOCH);
        let count = |deed| {
            let store = store.clone();
            under(deed, async move {
                store.count_feedback(server, "role:dentist", true).await
            })
        };
        let (one, again, gap) = (
            Deed::new(u64::MAX, Part::Whole, now),
            Deed::new(u64::MAX, Part::Whole, now),
            Deed::new(u64::MAX, Part::Gap, now),
        );
        count(one.clone()).await.expect("counted");
        // What is done further under the same deed belongs to it.
        count(one.clone()).await.expect("counted");
        assert!(one.is_noted());
        assert!(
            matches!(
                count(again.clone()).await,
                Err(careerbot::store::Error::Repeated)
            ) && again.is_repeated()
        );
        count(gap).await.expect("another part is another deed");
        assert_eq!(store.feedback(server, 9).await.expect("read")[0].helpful, 3);
        store.keep_deed_reply(&one, "said").await.expect("kept");
        assert_eq!(
            store.deed_reply(&again).await.expect("read"),
            Some(Some("said".to_owned()))
        );
        let later = now + jiff::SignedDuration::from_hours(2);
        assert_eq!(store.forget_old_deeds(later).await.expect("forgotten"), 2);
        assert_eq!(store.deed_reply(&again).await.expect("read"), None);
        store
            .audit(server, UserId::new(1), "x", "y", now)
            .await
            .expect("written");
    }
}
