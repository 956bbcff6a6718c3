//! Turns of the runner: on time, late, refused, and shared between replicas.

use std::time::Duration;

use careerbot::digest::memory::Memory;
use careerbot::digest::runner::{PostError, Runner, Turn};
use careerbot::knowledge::{Knowledge, load_shipped};
use careerbot::store::postings::State;
use careerbot::store::settings::{LatePolicy, Settings};
use careerbot::store::{MessageId, Store};
use jiff::Timestamp;

use super::channel::Channel;
use super::daily;
use crate::store::place::Place;
use crate::store::{ANN, ELSEWHERE, HERE, on_both};

on_both!(
    a_rotation_posts_each_trend_once_and_remembers,
    late_posts_follow_the_servers_policy,
    a_lost_channel_pauses_the_digest_and_no_answer_is_tried_again,
    what_discord_holds_back_is_kept_however_often_and_long,
    digests_of_a_server_that_has_removed_the_bot_rest_until_it_is_back,
    what_cannot_be_looked_for_is_given_up_and_its_digest_goes_on,
    what_has_nothing_to_say_is_skipped,
    a_pause_leaves_out_what_was_planned,
    without_a_log_channel_nobody_is_asked_and_the_history_says_so,
);

/// The first time at which the daily digest is due.
pub(crate) fn nine() -> Timestamp {
    "2026-11-23T14:00:00Z".parse().expect("a moment")
}

pub(crate) fn later(seconds: i64) -> Timestamp {
    Timestamp::from_second(nine().as_second() + seconds).expect("a moment")
}

pub(crate) const DAY: i64 = 86_400;

pub(crate) fn knowledge() -> Knowledge {
    load_shipped().expect("the shipped knowledge")
}

pub(crate) async fn turn(
    store: &Store,
    channel: &Channel,
    knowledge: &Knowledge,
    now: Timestamp,
) -> Turn {
    let clock = move || now;
    let runner = Runner {
        store,
        poster: channel,
        owner: "test",
        clock: &clock,
        watch: &|_| {},
    };
    runner.turn(knowledge).await.expect("a turn")
}

async fn a_rotation_posts_each_trend_once_and_remembers(place: &Place) {
    let (store, knowledge, channel) = (
        place.open().await,
        knowledge(),
        Channel::new(place.file("channel")),
    );
    let digest = store
        .add_digest(HERE, &daily("next-trend"), nine(), ANN, later(-60))
        .await
        .expect("written");
    assert_eq!(
        turn(&store, &channel, &knowledge, later(-1)).await,
        Turn::default()
    );
    for day in 0..10 {
        assert_eq!(
            turn(&store, &channel, &knowledge, later(day * DAY + 30)).await,
            Turn {
                planned: 1,
                posted: 1,
                ..Turn::default()
            }
        );
        assert_eq!(
            turn(&store, &channel, &knowledge, later(day * DAY + 60)).await,
            Turn::default()
        );
    }
    let mut headlines: Vec<String> = channel
        .messages()
        .into_iter()
        .map(|(_, headline)| headline)
        .collect();
    headlines.sort();
    headlines.dedup();
    assert_eq!(headlines.len(), 10);
    let memory = Memory::parse(
        &store
            .digest(HERE, digest)
            .await
            .expect("read")
            .expect("there")
            .memory,
    );
    assert_eq!(memory.posted.len(), 10);
    let posting = store.postings(HERE, None, 1).await.expect("read").remove(0);
    assert_eq!(
        (posting.state, posting.message),
        (State::Recorded, Some(MessageId::new(10)))
    );
    assert!(
        posting.topic.starts_with("trend:"),
        "the history names the trend: {}",
        posting.topic
    );
}

async fn late_posts_follow_the_servers_policy(place: &Place) {
    let (store, knowledge, channel) = (
        place.open().await,
        knowledge(),
        Channel::new(place.file("channel")),
    );
    let digest = store
        .add_digest(HERE, &daily("trend:remote-work"), nine(), ANN, later(-60))
        .await
        .expect("written");
    let policy = async |late_policy| {
        let log_channel = Some(crate::store::CHANNEL);
        store
            .save_settings(
                HERE,
                &Settings {
                    late_policy,
                    log_channel,
                    ..Settings::default()
                },
                ANN,
                "late",
                nine(),
            )
            .await
            .expect("written");
    };
    policy(LatePolicy::Skip).await;
    assert_eq!(
        turn(&store, &channel, &knowledge, later(3_600)).await,
        Turn {
            planned: 1,
            ..Turn::default()
        }
    );
    assert_eq!(
        store.postings(HERE, None, 1).await.expect("read")[0].state,
        State::Skipped
    );
    policy(LatePolicy::Ask).await;
    // Three days away: one question, not three.
    assert_eq!(
        turn(&store, &channel, &knowledge, later(3 * DAY + 7_200)).await,
        Turn {
            planned: 1,
            ..Turn::default()
        }
    );
    let asked = store.untold(10).await.expect("read").remove(0);
    assert_eq!(
        asked.reason.as_deref(),
        Some("it was due 2 hours ago, while the bot was away")
    );
    assert_eq!(
        asked.due_at.timestamp(),
        later(3 * DAY),
        "the time that is named is the one that the reason counts from"
    );
    assert!(
        store
            .decide_late(HERE, asked.id, true, ANN, later(3 * DAY + 7_300))
            .await
            .expect("written")
    );
    assert_eq!(
        turn(&store, &channel, &knowledge, later(3 * DAY + 7_300)).await,
        Turn {
            posted: 1,
            ..Turn::default()
        }
    );
    policy(LatePolicy::Post).await;
    assert_eq!(
        turn(&store, &channel, &knowledge, later(6 * DAY + 7_200)).await,
        Turn {
            planned: 1,
            posted: 1,
            ..Turn::default()
        }
    );
    assert_eq!(channel.messages().len(), 2);
    let next = store
        .digest(HERE, digest)
        .await
        .expect("read")
        .expect("there")
        .next_due
        .expect("goes on");
    assert_eq!(next.timestamp(), later(7 * DAY));
}

async fn a_lost_channel_pauses_the_digest_and_no_answer_is_tried_again(place: &Place) {
    let (store, knowledge, mut channel) = (
        place.open().await,
        knowledge(),
        Channel::new(place.file("channel")),
    );
    let digest = store
        .add_digest(HERE, &daily("new"), nine(), ANN, later(-60))
        .await
        .expect("written");
    channel.refuses = Some(PostError::Unclear("no answer".to_owned()));
    assert_eq!(
        turn(&store, &channel, &knowledge, nine()).await,
        Turn {
            planned: 1,
            waiting: 1,
            ..Turn::default()
        }
    );
    assert_eq!(
        turn(&store, &channel, &knowledge, later(29)).await,
        Turn::default(),
        "it waits"
    );
    let reason = "the token is not good".to_owned();
    channel.refuses = Some(PostError::Wait {
        time: Duration::from_secs(5),
        reason: reason.clone(),
    });
    assert_eq!(
        turn(&store, &channel, &knowledge, later(30)).await,
        Turn {
            waiting: 1,
            ..Turn::default()
        }
    );
    assert_eq!(
        store.postings(HERE, None, 1).await.expect("read")[0].reason,
        Some(reason),
        "the history tells why"
    );
    channel.refuses = Some(PostError::Refused("the channel is gone".to_owned()));
    assert_eq!(
        turn(&store, &channel, &knowledge, later(35)).await,
        Turn {
            failed: 1,
            ..Turn::default()
        }
    );
    let paused = store
        .digest(HERE, digest)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(paused.paused.as_deref(), Some("the channel is gone"));
    assert_eq!(paused.memory, "", "what was not posted is not remembered");
    assert_eq!(
        turn(&store, &channel, &knowledge, later(DAY)).await,
        Turn::default()
    );
    assert_eq!(store.untold(10).await.expect("read").len(), 1);
    assert!(
        store
            .resume_digest(HERE, digest, later(2 * DAY), ANN, later(DAY))
            .await
            .expect("written")
    );
    // Discord is away for good: it is given up after some attempts, not tried for ever.
    channel.refuses = Some(PostError::Unclear("no answer".to_owned()));
    let mut total = Turn::default();
    for minutes in 0..200 {
        let turn = turn(&store, &channel, &knowledge, later(2 * DAY + minutes * 60)).await;
        total.waiting += turn.waiting;
        total.failed += turn.failed;
    }
    assert_eq!((total.waiting, total.failed), (8, 1));
    let given_up = store.postings(HERE, None, 1).await.expect("read").remove(0);
    assert_eq!(
        given_up.reason.as_deref(),
        Some("Discord did not take it in 8 attempts: no answer")
    );
    assert!(channel.messages().is_empty());
    assert_eq!(
        store
            .digest(HERE, digest)
            .await
            .expect("read")
            .expect("there")
            .paused,
        None,
        "only that one is lost"
    );
    channel.refuses = None;
    assert_eq!(
        turn(&store, &channel, &knowledge, later(3 * DAY)).await,
        Turn {
            planned: 1,
            posted: 1,
            ..Turn::default()
        }
    );
}

async fn what_discord_holds_back_is_kept_however_often_and_long(place: &Place) {
    let (store, knowledge, mut channel) = (
        place.open().await,
        knowledge(),
        Channel::new(place.file("channel")),
    );
    let digest = store
        .add_digest(HERE, &daily("new"), nine(), ANN, later(-60))
        .await
        .expect("written");
    let held = |seconds, in_doubt| {
        let reason = "Discord says: You are being rate limited".to_owned();
        Some(PostError::Held {
            time: Duration::from_secs(seconds),
            reason,
            in_doubt,
        })
    };
    channel.refuses = held(3_900, false);
    let waits = Turn {
        waiting: 1,
        ..Turn::default()
    };
    assert_eq!(
        turn(&store, &channel, &knowledge, nine()).await,
        Turn {
            planned: 1,
            ..waits
        }
    );
    for hours in 1..20 {
        assert_eq!(
            turn(&store, &channel, &knowledge, later(hours * 3_901 - 60)).await,
            Turn::default(),
            "no sooner"
        );
        assert_eq!(
            turn(&store, &channel, &knowledge, later(hours * 3_901)).await,
            waits
        );
    }
    let untold = store.untold(10).await.expect("read");
    assert_eq!(untold.len(), 1, "moderators are told when it goes out");
    assert_eq!(
        (untold[0].state, untold[0].attempts),
        (State::Claimed, 0),
        "and that was no attempt"
    );
    assert!(
        untold[0]
            .lease_until
            .is_some_and(|until| until.timestamp() == later(19 * 3_901 + 3_900))
    );
    assert!(store.told(untold[0].id).await.expect("written"));
    assert_eq!(
        turn(&store, &channel, &knowledge, later(20 * 3_901)).await,
        waits
    );
    assert!(store.untold(10).await.expect("read").is_empty(), "once");
    // What names no usable wait is not asked for all the time.
    channel.refuses = held(0, false);
    assert_eq!(
        turn(&store, &channel, &knowledge, later(21 * 3_901)).await,
        waits
    );
    assert_eq!(
        turn(&store, &channel, &knowledge, later(21 * 3_901 + 29)).await,
        Turn::default()
    );
    // One that may have arrived is looked for.
    channel.refuses = held(60, true);
    assert_eq!(
        turn(&store, &channel, &knowledge, later(22 * 3_901)).await,
        waits
    );
    assert_eq!(
        store.postings(HERE, None, 1).await.expect("read")[0].state,
        State::Sending
    );
    channel.blind = held(3_900, false);
    assert_eq!(
        turn(&store, &channel, &knowledge, later(22 * 3_901 + 60)).await,
        waits
    );
    assert_eq!(
        store.postings(HERE, None, 1).await.expect("read")[0].state,
        State::Sending,
        "still not known"
    );
    (channel.refuses, channel.blind) = (None, None);
    let done = turn(&store, &channel, &knowledge, later(23 * 3_901 + 60)).await;
    assert_eq!((done.posted, channel.messages().len()), (1, 1));
    // What surely has not arrived is cancelled with its digest.
    channel.refuses = held(3_900, false);
    turn(&store, &channel, &knowledge, later(2 * DAY)).await;
    assert!(
        store
            .end_digest(HERE, digest, ANN, later(2 * DAY))
            .await
            .expect("written")
    );
    channel.refuses = None;
    assert_eq!(
        turn(&store, &channel, &knowledge, later(3 * DAY)).await,
        Turn::default()
    );
    assert_eq!(channel.messages().len(), 1);
}

async fn digests_of_a_server_that_has_removed_the_bot_rest_until_it_is_back(place: &Place) {
    let (store, knowledge, channel) = (
        place.open().await,
        knowledge(),
        Channel::new(place.file("channel")),
    );
    let digest = store
        .add_digest(HERE, &daily("new"), nine(), ANN, later(-60))
        .await
        .expect("written");
    store.note_removal(HERE, later(-30)).await.expect("written");
    store
        .note_removal(HERE, later(-20))
        .await
        .expect("once is enough");
    assert_eq!(
        turn(&store, &channel, &knowledge, later(60)).await,
        Turn::default()
    );
    assert_eq!(store.next_due().await.expect("read"), None);
    store.is_back(HERE).await.expect("written");
    assert_eq!(
        turn(&store, &channel, &knowledge, later(60)).await,
        Turn {
            planned: 1,
            posted: 1,
            ..Turn::default()
        }
    );
    let digest = store
        .digest(HERE, digest)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(digest.paused, None);
}

async fn what_cannot_be_looked_for_is_given_up_and_its_digest_goes_on(place: &Place) {
    let (store, knowledge, mut channel) = (
        place.open().await,
        knowledge(),
        Channel::new(place.file("channel")),
    );
    let digest = store
        .add_digest(HERE, &daily("new"), nine(), ANN, later(-60))
        .await
        .expect("written");
    let (mut waiting, mut failed) = (0, 0);
    channel.refuses = Some(PostError::Unclear("no answer".to_owned()));
    channel.blind = Some(PostError::Wait {
        time: Duration::from_secs(60),
        reason: "no token".to_owned(),
    });
    for minutes in 0..200 {
        let turn = turn(&store, &channel, &knowledge, later(minutes * 60)).await;
        (waiting, failed) = (waiting + turn.waiting, failed + turn.failed);
    }
    assert_eq!((waiting, failed), (8, 1));
    let given_up = store.postings(HERE, None, 1).await.expect("read").remove(0);
    let reason = "I could not find out whether it was posted, please look in the channel: no token";
    assert_eq!(given_up.reason.as_deref(), Some(reason));
    assert_eq!(
        store
            .digest(HERE, digest)
            .await
            .expect("read")
            .expect("there")
            .paused,
        None
    );
}

async fn what_has_nothing_to_say_is_skipped(place: &Place) {
    let (store, knowledge, channel) = (
        place.open().await,
        knowledge(),
        Channel::new(place.file("channel")),
    );
    store
        .add_digest(HERE, &daily("new"), nine(), ANN, later(-60))
        .await
        .expect("written");
    store
        .add_digest(HERE, &daily("role:no-such-role"), nine(), ANN, later(-60))
        .await
        .expect("written");
    assert_eq!(
        turn(&store, &channel, &knowledge, nine()).await,
        Turn {
            planned: 2,
            posted: 1,
            skipped: 1,
            ..Turn::default()
        }
    );
    assert_eq!(
        turn(&store, &channel, &knowledge, later(DAY)).await,
        Turn {
            planned: 2,
            skipped: 2,
            ..Turn::default()
        }
    );
    assert_eq!(channel.messages().len(), 1);
    // A new schedule goes on from what the server was told last; another server was told nothing.
    store
        .add_digest(HERE, &daily("new"), later(2 * DAY), ANN, later(DAY))
        .await
        .expect("written");
    store
        .add_digest(ELSEWHERE, &daily("new"), later(2 * DAY), ANN, later(DAY))
        .await
        .expect("written");
    assert_eq!(
        turn(&store, &channel, &knowledge, later(2 * DAY)).await,
        Turn {
            planned: 4,
            posted: 1,
            skipped: 3,
            ..Turn::default()
        }
    );
}

async fn without_a_log_channel_nobody_is_asked_and_the_history_says_so(place: &Place) {
    let (store, knowledge, channel) = (
        place.open().await,
        knowledge(),
        Channel::new(place.file("channel")),
    );
    store
        .add_digest(HERE, &daily("trend:remote-work"), nine(), ANN, later(-60))
        .await
        .expect("written");
    let settings = Settings {
        late_policy: LatePolicy::Ask,
        ..Settings::default()
    };
    store
        .save_settings(HERE, &settings, ANN, "late", nine())
        .await
        .expect("written");
    turn(&store, &channel, &knowledge, later(3_600)).await;
    let posting = store.postings(HERE, None, 1).await.expect("read").remove(0);
    assert_eq!(posting.state, State::Skipped);
    assert!(
        posting
            .reason
            .is_some_and(|reason| reason.contains("no log channel is set"))
    );
    assert!(store.untold(10).await.expect("read").is_empty());
    assert_eq!(
        store.next_due().await.expect("read"),
        Some(later(DAY)),
        "the next one comes as planned"
    );
}

async fn a_pause_leaves_out_what_was_planned(place: &Place) {
    let (store, knowledge, mut channel) = (
        place.open().await,
        knowledge(),
        Channel::new(place.file("channel")),
    );
    let digest = store
        .add_digest(HERE, &daily("trend:remote-work"), nine(), ANN, later(-60))
        .await
        .expect("written");
    store
        .save_settings(
            HERE,
            &Settings {
                late_policy: LatePolicy::Ask,
                log_channel: Some(crate::store::CHANNEL),
                ..Settings::default()
            },
            ANN,
            "late",
            nine(),
        )
        .await
        .expect("written");
    turn(&store, &channel, &knowledge, later(3_600)).await;
    assert_eq!(store.untold(10).await.expect("read").len(), 1);
    assert!(
        store
            .pause_digest(HERE, digest, "holidays", ANN, later(3_700))
            .await
            .expect("written")
    );
    assert!(
        store.untold(10).await.expect("read").is_empty(),
        "nobody is asked about a paused digest"
    );
    channel.refuses = None;
    assert_eq!(
        turn(&store, &channel, &knowledge, later(5 * DAY)).await,
        Turn::default()
    );
    assert!(channel.messages().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_replicas_post_every_digest_once() {
    let Some(place) = Place::postgres("two_replicas_post_every_digest_once").await else {
        return;
    };
    let (one, two) = (place.open().await, place.open().await);
    for _ in 0..20 {
        one.add_digest(HERE, &daily("trend:remote-work"), nine(), ANN, later(-60))
            .await
            .expect("written");
    }
    let file = place.file("channel");
    let run = |store: Store, owner: &'static str| {
        let channel = Channel::new(file.clone());
        tokio::spawn(async move {
            let knowledge = knowledge();
            let runner = Runner {
                store: &store,
                poster: &channel,
                owner,
                clock: &nine,
                watch: &|_| {},
            };
            runner.turn(&knowledge).await.expect("a turn").posted
        })
    };
    let (first, second) = (run(one, "one"), run(two.clone(), "two"));
    let posted = first.await.expect("ran") + second.await.expect("ran");
    let left = turn(&two, &Channel::new(file.clone()), &knowledge(), nine()).await;
    assert_eq!(posted + left.posted, 20);
    let mut nonces: Vec<String> = Channel::new(file)
        .messages()
        .into_iter()
        .map(|(nonce, _)| nonce)
        .collect();
    assert_eq!(nonces.len(), 20);
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 20);
}
