//! Settings, audit, feedback, gaps, and what is deleted on request.

use careerbot::store::absences::Shard;
use careerbot::store::counts::{Count, Kind, Tally};
use careerbot::store::credits::Consent;
use careerbot::store::settings::{LatePolicy, PostOrder, PostStyle, Settings};
use careerbot::store::subscriptions::Subscription;
use careerbot::store::{ChannelId, ServerRoleId, Store, UserId, entries};

use crate::store::place::Place;
use crate::store::{ANN, BOB, CHANNEL, ELSEWHERE, HERE, at, on_both};

on_both!(
    settings_are_kept_and_default,
    two_moderators_at_once_lose_no_change,
    a_change_that_is_refused_leaves_nothing,
    audit_is_kept_as_long_as_the_server_says,
    gaps_are_counted_only_where_wanted,
    feedback_is_counted,
    numbers_are_counted_once_by_week_and_only_where_wanted,
    a_member_is_forgotten_everywhere,
    roles_below_posts_are_kept_for_a_server_alone,
    a_server_is_forgotten_and_others_stay,
    a_server_that_is_missing_for_a_week_is_forgotten,
);

async fn settings_are_kept_and_default(place: &Place) {
    let store = place.open().await;
    assert_eq!(
        store.settings(HERE).await.expect("read"),
        Settings::default()
    );
    let settings = Settings {
        moderator_role: Some(ServerRoleId::new(u64::MAX)),
        digest_channel: Some(CHANNEL),
        log_channel: None,
        zone: "America/New_York".to_owned(),
        private_answers: false,
        allowed_channels: vec![CHANNEL, careerbot::store::ChannelId::new(9)],
        late_policy: LatePolicy::Ask,
        gaps: true,
        stats: true,
        two_step: true,
        audit_days: 30,
        posts: PostStyle {
            colour: Some(0x2A_7F_9E),
            intro: "Good morning!".to_owned(),
            closing: "See you next week.".to_owned(),
            order: PostOrder::Question,
            poll: true,
            thread: true,
        },
    };
    store
        .save_settings(HERE, &Settings::default(), ANN, "all\0 new", at(0))
        .await
        .expect("written");
    store
        .save_settings(HERE, &settings, ANN, "zone", at(1))
        .await
        .expect("written");
    store.close().await;
    drop(store);
    let store = place.open().await;
    assert_eq!(store.settings(HERE).await.expect("read"), settings);
    assert_eq!(
        store.settings(ELSEWHERE).await.expect("read"),
        Settings::default()
    );
    let log = store.audit_log(HERE, None, 10).await.expect("read");
    assert_eq!(
        log.iter()
            .map(|entry| entry.detail.as_str())
            .collect::<Vec<_>>(),
        ["zone", "all new"]
    );
    assert_eq!(
        store
            .audit_log(HERE, Some(log[0].id), 10)
            .await
            .expect("read")
            .len(),
        1
    );
}

async fn two_moderators_at_once_lose_no_change(place: &Place) {
    let store = place.open().await;
    let other = place.second(&store).await;
    // From nothing on: the first row is made by both at once.
    let mut tasks = Vec::new();
    for number in 1..=20 {
        let store = if number % 2 == 0 {
            store.clone()
        } else {
            other.clone()
        };
        tasks.push(tokio::spawn(async move {
            let add = |before: &Settings| {
                let mut after = before.clone();
                after.allowed_channels.push(ChannelId::new(number));
                Ok::<_, ()>((after, format!("channel {number}")))
            };
            store
                .change_settings(HERE, ANN, at(0), add)
                .await
                .expect("written")
                .expect("not refused")
        }));
    }
    for task in tasks {
        let (before, after) = task.await.expect("ran");
        assert_eq!(
            before.allowed_channels.len() + 1,
            after.allowed_channels.len()
        );
    }
    let mut kept: Vec<u64> = store
        .settings(HERE)
        .await
        .expect("read")
        .allowed_channels
        .iter()
        .map(|id| id.get())
        .collect();
    kept.sort_unstable();
    assert_eq!(kept, (1..=20).collect::<Vec<_>>());
    assert_eq!(
        store.audit_log(HERE, None, 100).await.expect("read").len(),
        20
    );
}

async fn a_change_that_is_refused_leaves_nothing(place: &Place) {
    let store = place.open().await;
    let refused = store
        .change_settings(HERE, ANN, at(0), |_| Err("no"))
        .await
        .expect("read");
    assert_eq!(refused, Err("no"));
    assert!(store.is_empty().await.expect("read"));
}

async fn audit_is_kept_as_long_as_the_server_says(place: &Place) {
    let store = place.open().await;
    let day = 86_400;
    store
        .save_settings(
            HERE,
            &Settings {
                audit_days: 10,
                ..Settings::default()
            },
            ANN,
            "ten days",
            at(0),
        )
        .await
        .expect("written");
    store
        .audit(ELSEWHERE, BOB, "refused", "a forged button", at(0))
        .await
        .expect("written");
    assert_eq!(
        store.forget_old_audit(at(10 * day)).await.expect("written"),
        0
    );
    assert_eq!(
        store
            .forget_old_audit(at(10 * day + 1))
            .await
            .expect("written"),
        1
    );
    assert_eq!(
        store
            .audit_log(ELSEWHERE, None, 10)
            .await
            .expect("read")
            .len(),
        1
    );
    assert_eq!(
        store
            .forget_old_audit(at(90 * day + 1))
            .await
            .expect("written"),
        1
    );
}

async fn gaps_are_counted_only_where_wanted(place: &Place) {
    let store = place.open().await;
    assert!(
        !store
            .count_gap(HERE, "How do I become a perfusionist?", at(0))
            .await
            .expect("written")
    );
    store
        .save_settings(
            HERE,
            &Settings {
                gaps: true,
                ..Settings::default()
            },
            ANN,
            "gaps",
            at(0),
        )
        .await
        .expect("written");
    for (seconds, question) in (0..).zip([
        "How do I become a perfusionist?",
        "how do i become a perfusionist",
        "Become a perfusionist <@5>",
    ]) {
        assert!(
            store.gaps(HERE).await.expect("read").is_empty(),
            "hidden below three"
        );
        assert!(
            store
                .count_gap(HERE, question, at(seconds))
                .await
                .expect("written")
        );
    }
    let gaps = store.gaps(HERE).await.expect("read");
    assert_eq!(gaps.len(), 1);
    assert_eq!(
        (gaps[0].question.as_str(), gaps[0].count),
        ("how do i become a perfusionist", 3)
    );
    assert_eq!(gaps[0].last_at.timestamp(), at(2));
    assert!(store.gaps(ELSEWHERE).await.expect("read").is_empty());
    assert!(
        !store
            .forget_gap(ELSEWHERE, &gaps[0].question)
            .await
            .expect("written")
    );
    assert_eq!(store.forget_gaps(ELSEWHERE).await.expect("written"), 0);
    assert!(
        store
            .forget_gap(HERE, &gaps[0].question)
            .await
            .expect("written")
    );
    assert!(store.gaps(HERE).await.expect("read").is_empty());
    assert_eq!(
        store
            .forget_old_gaps(at(91 * 86_400))
            .await
            .expect("written"),
        1
    );
}

async fn feedback_is_counted(place: &Place) {
    let store = place.open().await;
    for helpful in [true, false, false] {
        store
            .count_feedback(HERE, "role:paramedic", helpful)
            .await
            .expect("written");
    }
    let counts = store.feedback(HERE, 10).await.expect("read");
    assert_eq!((counts[0].helpful, counts[0].unhelpful), (1, 2));
}

async fn numbers_are_counted_once_by_week_and_only_where_wanted(place: &Place) {
    let store = place.open().await;
    let tally = |server, of, at, things: &[(Kind, &str)]| Tally {
        server,
        of,
        at,
        things: things
            .iter()
            .map(|(kind, what)| (*kind, (*what).to_owned()))
            .collect(),
    };
    let answered = [(Kind::Answered, ""), (Kind::Topic, "dent\0ist")];
    let week = 7 * 86_400;
    store
        .count_all(&[tally(HERE, None, at(0), &answered)])
        .await
        .expect("written");
    assert!(store.counts(HERE, at(0)).await.expect("read").is_empty());
    let settings = Settings {
        stats: true,
        ..Settings::default()
    };
    store
        .save_settings(HERE, &settings, ANN, "stats", at(0))
        .await
        .expect("written");
    let batch = [
        tally(HERE, Some(7), at(0), &answered),
        tally(HERE, Some(7), at(0), &answered),
        tally(HERE, Some(7), at(0), &[(Kind::Press, "9")]),
        tally(HERE, Some(u64::MAX), at(0), &answered),
        tally(HERE, None, at(week), &answered),
        tally(ELSEWHERE, Some(8), at(0), &answered),
    ];
    // Two copies of the program that got the same, at once; one has it in another order.
    let other = place.second(&store).await;
    let backwards: Vec<Tally> = batch.iter().rev().cloned().collect();
    let both = tokio::join!(store.count_all(&batch), other.count_all(&backwards));
    assert!(both.0.is_ok() && both.1.is_ok(), "{both:?}");
    let seen = |counts: Vec<Count>| -> Vec<(i64, Kind, String, i64)> {
        let seen = counts.into_iter().map(|one| {
            let weeks = (one.week.timestamp().as_second() - at(0).as_second()).div_euclid(week);
            (weeks, one.kind, one.what, one.count)
        });
        seen.collect()
    };
    let (word, slug) = (String::new, || "dentist".to_owned());
    assert_eq!(
        seen(store.counts(HERE, at(0)).await.expect("read")),
        [
            (0, Kind::Answered, word(), 2),
            (0, Kind::Topic, slug(), 2),
            (-1, Kind::Answered, word(), 2),
            (-1, Kind::Topic, slug(), 2),
        ],
        "what bears no id is counted each time, and no press on what is no post"
    );
    assert_eq!(store.counts(HERE, at(week)).await.expect("read").len(), 2);
    assert!(
        store
            .counts(ELSEWHERE, at(0))
            .await
            .expect("read")
            .is_empty()
    );
    // 26 weeks are kept, the one that runs among them.
    let kept = careerbot::store::counts::KEPT_WEEKS;
    let old = |weeks: i64| store.forget_old_counts(at(weeks * week));
    assert_eq!(old(kept - 1).await.expect("written"), 0);
    assert_eq!(old(kept).await.expect("written"), 2);
    assert_eq!(store.forget_counts(ELSEWHERE).await.expect("written"), 0);
    assert_eq!(store.forget_counts(HERE).await.expect("written"), 2);
    // However much is made up, a week has an end.
    let most = careerbot::store::counts::MOST_THINGS;
    let many: Vec<Tally> = (0..most + 10)
        .map(|number| tally(HERE, None, at(0), &[(Kind::Topic, &format!("x{number}"))]))
        .collect();
    for _ in 0..2 {
        store.count_all(&many).await.expect("written");
    }
    let counts = store.counts(HERE, at(0)).await.expect("read");
    assert_eq!(counts.len(), usize::try_from(most).expect("a number"));
    assert!(counts.iter().all(|count| count.count == 2));
}

async fn a_member_is_forgotten_everywhere(place: &Place) {
    let store = place.open().await;
    let content = entries::Content {
        title: "T".to_owned(),
        text: "x".to_owned(),
        source: String::new(),
        review_on: String::new(),
        trend: None,
    };
    let entry = store
        .add_entry(HERE, &content, ANN, at(0))
        .await
        .expect("written");
    store
        .approve_entry(HERE, entry, 1, ANN, false, at(0))
        .await
        .expect("written");
    store
        .audit(ELSEWHERE, ANN, "x", "y", at(0))
        .await
        .expect("written");
    let draft = super::postings::draft_content();
    let id = store
        .add_draft(HERE, ANN, &draft, at(0))
        .await
        .expect("written");
    let kept = store
        .add_draft(HERE, BOB, &draft, at(0))
        .await
        .expect("written");
    let own = super::knowledge::keep(&store, ANN, ANN, 1).await;
    let others = super::knowledge::keep(&store, BOB, ANN, 2).await;
    let named = |entry| {
        let store = store.clone();
        async move { store.entry_history(HERE, entry).await.expect("read")[0].named }
    };
    assert_eq!((named(own).await, named(others).await), (Some(ANN), None));
    let before = store.delete_member(ANN).await.expect("written");
    assert_eq!(
        (
            before.drafts,
            before.entry_versions,
            before.credits,
            before.audit
        ),
        (1, 2, 2, 4)
    );
    assert_eq!((named(own).await, named(others).await), (None, None));
    for entry in [own, others] {
        let credit = store.credit(HERE, entry).await.expect("read");
        let credit = credit.expect("what it is made of stays");
        assert_eq!(
            (credit.author, credit.state),
            (UserId::NOBODY, Consent::Nobody)
        );
        let again = store.name_author(HERE, entry, ANN, true, at(9)).await;
        assert!(!again.expect("written"), "nobody can be named any more");
    }
    assert_eq!(
        store.member_data(ANN).await.expect("read"),
        Default::default()
    );
    assert!(store.draft(HERE, id).await.expect("read").is_none());
    assert!(store.draft(HERE, kept).await.expect("read").is_some());
    let history = store.entry_history(HERE, entry).await.expect("read");
    assert_eq!(
        (history[0].author, history[0].approver),
        (UserId::NOBODY, Some(UserId::NOBODY))
    );
}

async fn a_server_that_is_missing_for_a_week_is_forgotten(place: &Place) {
    const ALL: Shard = Shard {
        number: 0,
        total: 1,
    };
    let store = place.open().await;
    let day = 86_400;
    for server in [HERE, ELSEWHERE] {
        super::postings::fill(&store, server).await;
    }
    assert_eq!(
        store
            .note_absences(&[HERE, ELSEWHERE], ALL, at(0))
            .await
            .expect("written"),
        []
    );
    let elsewhere = [
        Shard {
            number: 1,
            total: 2,
        },
        Shard {
            number: 0,
            total: 2,
        },
    ];
    let mut shards = Vec::new();
    for shard in elsewhere {
        shards.push(
            store
                .note_absences(&[], shard, at(0))
                .await
                .expect("written")
                .len(),
        );
    }
    assert_eq!(shards, [0, 2], "another login's servers are not missed");
    assert_eq!(
        store
            .note_absences(&[HERE], ALL, at(day))
            .await
            .expect("written"),
        [ELSEWHERE]
    );
    let both = [HERE, ELSEWHERE];
    assert_eq!(
        store
            .forget_absent(&both, at(7 * day - 1))
            .await
            .expect("written"),
        0,
        "missing since the first time"
    );
    assert_eq!(
        store
            .forget_absent(&[HERE], at(8 * day))
            .await
            .expect("written"),
        0,
        "it was seen meanwhile"
    );
    store.is_back(ELSEWHERE).await.expect("written");
    assert_eq!(
        store
            .forget_absent(&both, at(8 * day))
            .await
            .expect("written"),
        0,
        "it came back"
    );
    store
        .note_absences(&[HERE], ALL, at(10 * day))
        .await
        .expect("written");
    assert_eq!(
        store
            .forget_absent(&both, at(17 * day))
            .await
            .expect("written"),
        1
    );
    assert!(store.entries(ELSEWHERE).await.expect("read").is_empty());
    assert_eq!(store.entries(HERE).await.expect("read").len(), 1);
    assert_eq!(
        store
            .note_absences(&[HERE], ALL, at(17 * day))
            .await
            .expect("written"),
        []
    );
}

async fn a_server_is_forgotten_and_others_stay(place: &Place) {
    let store = place.open().await;
    for server in [HERE, ELSEWHERE] {
        super::postings::fill(&store, server).await;
    }
    store.delete_server(HERE).await.expect("written");
    assert!(store.digests(HERE).await.expect("read").is_empty());
    assert!(store.entries(HERE).await.expect("read").is_empty());
    assert!(
        store
            .audit_log(HERE, None, 10)
            .await
            .expect("read")
            .is_empty()
    );
    assert!(
        store
            .postings(HERE, None, 10)
            .await
            .expect("read")
            .is_empty()
    );
    assert_eq!(
        store.settings(HERE).await.expect("read"),
        Settings::default()
    );
    assert_eq!(store.digests(ELSEWHERE).await.expect("read").len(), 1);
    assert_eq!(store.entries(ELSEWHERE).await.expect("read").len(), 1);
    assert!(store.counts(HERE, at(0)).await.expect("read").is_empty());
    assert_eq!(store.counts(ELSEWHERE, at(0)).await.expect("read").len(), 1);
    store.delete_server(ELSEWHERE).await.expect("written");
    assert!(store.is_empty().await.expect("read"));
}

/// Offers a role for a topic.
pub(super) async fn subscribe(store: &Store, topic: &str, role: u64) {
    let wanted = Subscription {
        topic: topic.to_owned(),
        role: Some(ServerRoleId::new(role)),
        mention: role == 5,
        direct: false,
    };
    let done = store.set_subscription(HERE, &wanted, ANN, at(0)).await;
    done.expect("written");
}

async fn roles_below_posts_are_kept_for_a_server_alone(place: &Place) {
    let store = place.open().await;
    let there = |server| {
        let store = store.clone();
        async move {
            let all = store.subscriptions(server).await.expect("read");
            let short = all.into_iter();
            short
                .map(|one| {
                    (
                        one.topic,
                        one.role.map_or(0, |role| role.get()),
                        one.mention,
                    )
                })
                .collect::<Vec<_>>()
        }
    };
    subscribe(&store, "new", 4).await;
    subscribe(&store, "all", 4).await;
    subscribe(&store, "all", 5).await;
    let both = [("all".to_owned(), 5, true), ("new".to_owned(), 4, false)];
    assert_eq!(there(HERE).await, both);
    assert_eq!(there(ELSEWHERE).await, []);
    for (server, done) in [(ELSEWHERE, false), (HERE, true), (HERE, false)] {
        let dropped = store.drop_subscription(server, "new", ANN, at(1)).await;
        assert_eq!(dropped.expect("written"), done);
    }
    assert_eq!(there(HERE).await, both[..1]);
    let log = store.audit_log(HERE, None, 10).await.expect("read");
    let log: Vec<(&str, &str)> = log
        .iter()
        .map(|line| (line.what.as_str(), line.detail.as_str()))
        .collect();
    assert_eq!(
        log,
        [
            ("digest.unsubscribe", "new"),
            ("digest.subscribe", "all: role 5, mentioned"),
            ("digest.subscribe", "all: role 4"),
            ("digest.subscribe", "new: role 4"),
        ]
    );
    store.delete_server(HERE).await.expect("written");
    assert_eq!(there(HERE).await, []);
}
