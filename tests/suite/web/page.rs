//! What visitors can do without a browser, and cannot: rights, limits, and that nothing is kept.

use serde_json::{Value, json};

use super::{SERVES, Visitor, ask, demo};
use crate::fake_discord::FakeDiscord;
use crate::fake_discord::bot::Bot;
use crate::fake_discord::payloads::slash;

/// The custom id of the button with this label.
fn button(message: &Value, label: &str) -> Value {
    let rows = message["components"].as_array().expect("rows");
    let found = rows
        .iter()
        .flat_map(|row| row["components"].as_array().expect("components"))
        .find(|component| component["label"] == label);
    found.unwrap_or_else(|| panic!("no {label} in {message:#}"))["custom_id"].clone()
}

fn id(message: &Value) -> &str {
    message["id"].as_str().expect("an id")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_is_answered_shared_and_forgotten() {
    let (mut bot, address) = demo().await;
    let sam = Visitor::come(address).await;
    let (status, said) = sam
        .act(
            "member",
            2,
            ask("what does a sonographer earn in Texas?"),
            None,
        )
        .await;
    assert_eq!((status, said), (200, json!({})));
    let answer = sam.written("sonographer").await;
    assert_eq!(answer["for"], "member");
    let embed = answer["embeds"][0].to_string();
    assert!(embed.contains("Texas") && embed.contains('$'), "{embed}");

    let press = json!({"custom_id": button(&answer, "Share")});
    assert_eq!(sam.act("member", 3, press, Some(id(&answer))).await.0, 200);
    let shared = sam.written("Shared by").await;
    assert!(shared.get("for").is_none(), "{shared:#}");
    assert_eq!(shared["embeds"][0]["fields"], answer["embeds"][0]["fields"]);

    // A mention is heard as in any channel.
    let said = json!({"as": "member", "channel": sam.channel("careers"), "content": "<@1000000000000000001> what does a paramedic earn?"});
    assert_eq!(sam.post("/say", said.to_string()).await.0, 200);
    let reply = sam.written("aramedics typically earn").await;
    assert!(
        reply["message_reference"]["message_id"].is_string(),
        "{reply:#}"
    );

    let demos = || {
        let there = std::fs::read_dir(bot.data().parent().expect("a home")).expect("a home");
        there
            .flatten()
            .filter(|entry| {
                entry
                    .file_name()
                    .to_string_lossy()
                    .starts_with("careerbot-demo")
            })
            .count()
    };
    assert_eq!(demos(), 1);
    // The page alone opens no store of anybody's.
    assert!(!bot.data().join("careerbot.db").exists());
    let log = bot.log();
    assert!(
        !log.contains("sonographer") && !log.contains("paramedic"),
        "{log}"
    );
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let left = std::fs::read_dir(bot.data().parent().expect("a home")).expect("a home");
    let left: Vec<_> = left.flatten().map(|entry| entry.file_name()).collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains("demo")),
        "{left:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_moderator_posts_schedules_and_writes_and_a_member_may_not() {
    let (_bot, address) = demo().await;
    let visitor = Visitor::come(address).await;
    let news = visitor.channel("career-news");
    let digest = json!({"name": "digest", "type": 1, "options": [{"name": "new", "type": 1, "options": [
        {"name": "topic", "type": 3, "value": "telehealth-expansion"}, {"name": "channel", "type": 7, "value": news},
    ]}]});
    visitor.act("member", 2, digest.clone(), None).await;
    let refused = visitor.written("Manage Server").await;
    assert!(
        refused["embeds"].as_array().is_some_and(Vec::is_empty),
        "{refused:#}"
    );

    visitor.act("moderator", 2, digest, None).await;
    let preview = visitor.written("what is posted looks the same").await;
    let press = json!({"custom_id": button(&preview, "Post now")});
    // The other one of the two does not see it, and cannot press what is below it.
    assert_eq!(
        visitor
            .act("member", 3, press.clone(), Some(id(&preview)))
            .await
            .0,
        400
    );
    let (one, other) = tokio::join!(
        visitor.act("moderator", 3, press.clone(), Some(id(&preview))),
        visitor.act("moderator", 3, press.clone(), Some(id(&preview)))
    );
    assert!(one.0 == 200 || other.0 == 200, "{one:?} {other:?}");
    visitor.written("Posted:").await;
    let posts = |messages: Vec<Value>| {
        let there = messages
            .into_iter()
            .filter(|message| message["channel_id"] == news.as_str());
        there.collect::<Vec<Value>>()
    };
    let posted = posts(visitor.messages().await);
    assert_eq!(posted.len(), 1, "{posted:#?}");
    assert!(
        posted[0]["embeds"][0]["title"]
            .to_string()
            .contains("Telehealth")
    );

    let add = json!({"name": "knowledge", "type": 1, "options": [{"name": "add", "type": 1, "options": []}]});
    let (_, form) = visitor.act("moderator", 2, add, None).await;
    let custom_id = form["form"]["custom_id"].clone();
    let filled = json!({"custom_id": custom_id, "inputs": {"title": "Where we meet", "text": "In the library.", "source": "", "review": "2027-06-01"}});
    assert_eq!(visitor.act("moderator", 5, filled, None).await.0, 200);
    visitor.written("In the library.").await;
    let forged = json!({"custom_id": "e:nobody-gave-it-out", "inputs": {"title": "x"}});
    assert_eq!(visitor.act("moderator", 5, forged, None).await.0, 400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_acts_in_the_server_of_another() {
    let (_bot, address) = demo().await;
    let (one, other) = (Visitor::come(address).await, Visitor::come(address).await);
    one.act("member", 2, ask("what does a nurse do"), None)
        .await;
    let answer = one.written("nurse").await;
    assert!(other.messages().await.is_empty());
    let press = json!({"custom_id": button(&answer, "Share")});
    assert_eq!(
        other
            .act("member", 3, press.clone(), Some(id(&answer)))
            .await
            .0,
        400
    );
    let foreign =
        json!({"as": "member", "channel": one.channel("careers"), "kind": 2, "data": ask("x")});
    assert_eq!(other.post("/act", foreign.to_string()).await.0, 400);
    let foreign = json!({"as": "member", "channel": one.channel("careers"), "content": "hello"});
    assert_eq!(other.post("/say", foreign.to_string()).await.0, 400);
    // What is not below the message cannot be pressed either.
    let made_up = json!({"custom_id": "settings:anything"});
    assert_eq!(
        one.act("member", 3, made_up, Some(id(&answer))).await.0,
        400
    );
    let nobody = Visitor {
        key: "0".repeat(32),
        ..other
    };
    let (status, said) = nobody.act("member", 2, ask("x"), None).await;
    assert_eq!(status, 410);
    assert!(
        said["error"]
            .as_str()
            .is_some_and(|words| words.contains("Reload"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_much_too_large_and_odd_is_refused() {
    let (_bot, address) = demo().await;
    let visitor = Visitor::from(address, Some("203.0.113.5")).await;
    let large = json!({"as": "member", "channel": "1", "content": "x".repeat(70_000)});
    assert_eq!(visitor.post("/say", large.to_string()).await.0, 413);
    for odd in ["", "{", "[]", "{\"as\":\"owner\"}", "null"] {
        assert_eq!(visitor.post("/act", odd).await.0, 400, "{odd}");
    }
    let kinds = [0, 1, 6, 255];
    for kind in kinds {
        assert_eq!(visitor.act("member", kind, json!({}), None).await.0, 400);
    }
    for data in [
        Value::Null,
        json!([]),
        json!({"name": 5}),
        json!({"name": "ask", "options": "x"}),
        json!({"name": "ask", "type": 3}),
    ] {
        let (status, said) = visitor.act("member", 2, data.clone(), None).await;
        assert!(matches!(status, 200 | 400), "{data}: {status} {said}");
    }
    let mut last = 0;
    for _ in 0..40 {
        last = visitor
            .act("member", 2, json!({"name": "help", "type": 1}), None)
            .await
            .0;
    }
    assert_eq!(last, 429);
    // Somebody else is not kept waiting.
    let other = Visitor::from(address, Some("203.0.113.6")).await;
    assert_eq!(
        other
            .act("member", 2, json!({"name": "help", "type": 1}), None)
            .await
            .0,
        200
    );
    let mut come = 200;
    for _ in 0..30 {
        come = visitor.post("/come", "").await.0;
    }
    assert_eq!(come, 429);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_tells_the_browser_what_it_may_do() {
    let (_bot, address) = demo().await;
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    for path in [
        "/",
        "/app.js",
        "/look.css",
        "/icon.svg",
        "/nothing",
        "/files/0/x.png",
        "/news/0",
    ] {
        let response = client
            .get(format!("http://{address}{path}"))
            .send()
            .await
            .expect("an answer");
        let header = |name: &str| response.headers()[name].to_str().expect("text").to_owned();
        let policy = header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert!(response.headers().get("set-cookie").is_none(), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beside_a_running_bot_the_page_touches_nothing_of_it() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, &["serve", "--web", "127.0.0.1:0"], &[]);
    let address = bot.address_of(SERVES).await;
    discord.ready(1).await;
    let visitor = Visitor::come(address).await;
    let set = json!({"name": "settings", "type": 1, "options": [{"name": "set", "type": 1, "options": [{"name": "time-zone", "type": 3, "value": "Europe/Berlin"}]}]});
    visitor.act("moderator", 2, set, None).await;
    visitor.written("Saved").await;
    let said = json!({"as": "member", "channel": visitor.channel("careers"), "content": "<@1000000000000000001> what does a nurse earn?"});
    visitor.post("/say", said.to_string()).await;
    visitor.written("nurses typically earn").await;
    let server = visitor.server["id"].as_str().expect("an id").to_owned();
    let touched: Vec<String> = {
        let state = discord.shared.lock();
        let paths = state.requests.iter().map(|request| request.path.clone());
        paths
            .filter(|path| {
                path.contains(&server)
                    || path.contains("/messages")
                    || path.starts_with("/webhooks")
            })
            .collect()
    };
    assert_eq!(touched, Vec::<String>::new());
    assert_eq!(discord.take_problems(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_visitors_ask_is_none_of_the_bots_figures() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(
        &discord,
        &["serve", "--web", "127.0.0.1:0"],
        &[("CAREERBOT_METRICS", "127.0.0.1:0")],
    );
    let figures = async |address| {
        let client = reqwest::Client::builder().no_proxy().build();
        let asked = client
            .expect("a client")
            .get(format!("http://{address}/metrics"));
        let answer = asked.send().await.expect("an answer");
        let text = answer.text().await.expect("text");
        let counts = [
            "answers_total{",
            "interactions_total{",
            "answer_seconds_count",
        ];
        let is_count = |line: &&str| {
            counts
                .iter()
                .any(|count| line.starts_with(&format!("careerbot_{count}")))
        };
        text.lines()
            .filter(is_count)
            .map(str::to_owned)
            .collect::<Vec<String>>()
    };
    let metrics = bot.address_of("metrics").await;
    let sam = Visitor::come(bot.address_of(SERVES).await).await;
    discord.ready(1).await;
    let question = "what does a sonographer earn in Texas?";
    assert_eq!(sam.act("member", 2, ask(question), None).await.0, 200);
    sam.written("sonographer").await;
    assert_eq!(figures(metrics).await, Vec::<String>::new());
    discord
        .interact(slash("ask", &[("question", json!(question))]))
        .await;
    let mut counted = figures(metrics).await;
    counted.sort_unstable();
    assert_eq!(
        counted,
        [
            "careerbot_answer_seconds_count 1",
            "careerbot_answers_total{outcome=\"answered\",label=\"pay\"} 1",
            "careerbot_interactions_total{outcome=\"answered\"} 1",
        ]
    );
}
