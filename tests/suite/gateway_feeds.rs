//! News feeds with the running program: subscribed to, told once in the log channel, drafted or ignored.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::fake_discord::payloads::{press, subcommand, typing};
use crate::fake_discord::rest::Recorded;
use crate::fake_discord::{Bot, FakeDiscord};
use crate::gateway_digests::{LOG, moderator};
use crate::store::on_both;
use crate::store::place::Place;

on_both!(news_is_told_once_to_those_who_subscribed_and_becomes_a_draft);

/// A host whose feed has these items, and the heads of the requests that it got.
#[derive(Clone, Default)]
struct Host(Arc<Mutex<(Vec<String>, Vec<String>)>>);

impl Host {
    /// Starts it; gives the address of its feed.
    async fn start(&self) -> String {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let address = format!(
            "http://{}/feed.xml",
            socket.local_addr().expect("an address")
        );
        let host = self.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = socket.accept().await {
                let mut head = vec![0; 8_192];
                let read = stream.read(&mut head).await.unwrap_or_default();
                let answer = host.answer(String::from_utf8_lossy(&head[..read]).to_lowercase());
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        address
    }

    fn answer(&self, head: String) -> String {
        let mut inside = self.0.lock().expect("a lock");
        let mark = format!("\"{}\"", inside.0.len());
        let same = head.contains(&format!("if-none-match: {mark}"));
        let items: String = inside.0.iter().rev().cloned().collect();
        inside.1.push(head);
        if same {
            return "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_owned();
        }
        let body = format!(
            "<rss version=\"2.0\"><channel><title>Ward Letter</title>{items}</channel></rss>"
        );
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\nETag: {mark}\r\n\r\n{body}")
    }

    fn publish(&self, item: &str) {
        self.0
            .lock()
            .expect("a lock")
            .0
            .push(format!("<item>{item}</item>"));
    }

    /// Waits until the feed was asked so often anew; gives all requests.
    async fn asked(&self, more: usize) -> Vec<String> {
        let before = self.0.lock().expect("a lock").1.len();
        for _ in 0..400 {
            let asked = self.0.lock().expect("a lock").1.clone();
            if asked.len() >= before + more {
                return asked;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the feed was not asked");
    }
}

fn feeds(options: &[(&str, u8, Value)]) -> Value {
    moderator(subcommand("trend-draft", "feeds", options))
}

/// The cards in the log channel, once there are so many.
async fn cards(discord: &FakeDiscord, count: usize) -> Vec<Recorded> {
    let path = format!("/channels/{LOG}/messages");
    discord
        .wait("cards", move |state| {
            let sent = state
                .requests
                .iter()
                .filter(|r| r.method == "POST" && r.path.ends_with(&path));
            let sent: Vec<Recorded> = sent.cloned().collect();
            (sent.len() >= count).then_some(sent)
        })
        .await
}

fn pressed(card: &Value, label: &str) -> Value {
    let buttons = card["components"][0]["components"]
        .as_array()
        .expect("buttons");
    let button = buttons
        .iter()
        .find(|button| button["label"] == label)
        .expect("a button");
    let mut card = card.clone();
    card["flags"] = json!(0);
    moderator(press(button["custom_id"].as_str().expect("an id"), &card))
}

fn text(body: &Value) -> &str {
    body["data"]["content"].as_str().expect("a text")
}

async fn news_is_told_once_to_those_who_subscribed_and_becomes_a_draft(place: &Place) {
    let host = Host::default();
    host.publish(
        "<guid>0</guid><title>An old piece</title><pubDate>Mon, 02 Nov 2020 09:00:00 GMT</pubDate>",
    );
    host.publish("<guid>1</guid><title>Old and undated</title>");
    let address = host.start().await;
    let discord = FakeDiscord::start().await;
    let (key, value) = place.setting();
    let settings = [(key, value.as_str()), ("CAREERBOT_FEEDS", address.as_str())];
    let mut bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(1).await;
    bot.logged("store opened").await;
    let subscribe = [("subscribe", 3, json!(address))];
    let refused = discord.interact(feeds(&subscribe)).await;
    assert!(text(&refused).contains("there is none"), "{refused}");
    let log = [("log-channel", 7, json!(LOG))];
    discord
        .interact(moderator(subcommand("settings", "set", &log)))
        .await;
    let other = [("subscribe", 3, json!("https://example.org/feed"))];
    let refused = discord.interact(feeds(&other)).await;
    assert!(text(&refused).contains("none of the feeds"), "{refused}");
    assert!(
        host.0.lock().expect("a lock").1.is_empty(),
        "nobody wants it yet"
    );
    let done = discord.interact(feeds(&subscribe)).await;
    assert!(
        text(&done).contains("Subscribed") && text(&done).contains("— subscribed"),
        "{done}"
    );
    let asked = host.asked(3).await;
    assert!(
        !asked[0].contains("if-none-match") && asked[2].contains("if-none-match: \"2\""),
        "{asked:?}"
    );
    assert!(
        asked
            .iter()
            .all(|head| !head.contains("authorization") && !head.contains("fake.token")),
        "{asked:?}"
    );

    host.publish(
        "<guid>2</guid><title>&lt;b&gt;Nurses&lt;/b&gt; @everyone [move](https://evil.example) behind a screen</title>\
         <link>https://news.example/two</link><description>&lt;p&gt;Registered nurses watch several wards at once from a room of screens, \
         and tell those at the bedside what they see.&lt;/p&gt;&lt;p&gt;Most hospitals ask for three years of practice.&lt;/p&gt;</description>",
    );
    host.publish("<guid>3</guid><title>To be ignored</title>");
    let told = cards(&discord, 2).await;
    let card = &told[0].body;
    let content = card["content"].as_str().expect("a text");
    assert!(
        content.contains("Nurses") && content.contains("<https://news.example/two>"),
        "{card}"
    );
    assert!(
        !content.contains("evil.example)") && !content.contains("<b>"),
        "{card}"
    );
    assert_eq!(card["allowed_mentions"], json!({"parse": []}));
    assert!(
        told[1].body["content"]
            .to_string()
            .contains("To be ignored"),
        "the oldest first"
    );
    host.asked(3).await;

    // Ignored, the card loses its buttons and keeps its mark.
    let ignored = discord.interact(pressed(&told[1].body, "Ignore")).await;
    assert_eq!(ignored["type"], 7, "{ignored}");
    assert!(
        text(&ignored).contains("Ignored by a moderator.\n-# ref n")
            && ignored["data"]["components"] == json!([]),
        "{ignored}"
    );
    let member = crate::fake_discord::payloads::as_member(pressed(card, "Draft"), 0, &[]);
    let refused = discord.interact(member).await;
    assert!(
        text(&refused).contains("This is for moderators"),
        "{refused}"
    );
    let foreign =
        crate::fake_discord::payloads::in_server("200000000000000099", pressed(card, "Draft"));
    let gone = discord.interact(foreign).await;
    assert!(
        text(&gone).contains("no longer kept"),
        "another server's news: {gone}"
    );
    let call = pressed(card, "Draft");
    assert_eq!(
        discord.interact(call.clone()).await,
        json!({"type": 5, "data": {"flags": 64}})
    );
    let token = call["token"].as_str().expect("a token");
    let draft = discord
        .request("PATCH", &format!("/{token}/messages/@original"))
        .await
        .body
        .to_string();
    assert!(
        draft.contains("behind a screen")
            && draft.contains("https://news.example/two")
            && draft.contains("Registered nurse"),
        "{draft}"
    );

    // A restart, and a store that forgot that it told of it: nothing is told again.
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let forgot =
        "UPDATE feed_news SET state = 'due', told_at = NULL, lease_until = 0 WHERE state = 'told'";
    assert_eq!(place.change(forgot).await, 1);
    let mut bot = Bot::start_with(&discord, &["serve"], &settings);
    discord.ready(2).await;
    host.asked(3).await;
    assert_eq!(cards(&discord, 2).await.len(), 2, "told once");
    let asks = typing("trend-draft", "feeds", "subscribe", "127");
    let choices = discord.interact(moderator(asks)).await;
    assert_eq!(choices["data"]["choices"][0]["value"], json!(address));
    let left = discord
        .interact(feeds(&[("unsubscribe", 3, json!("1"))]))
        .await;
    assert!(text(&left).contains("Unsubscribed"), "{left}");
    host.publish("<guid>4</guid><title>Too late</title>");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(
        cards(&discord, 2).await.len(),
        2,
        "nobody hears of it any more"
    );
    bot.signal("TERM");
    assert!(bot.ended().await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_that_cannot_be_read_is_said_and_stops_nothing() {
    let discord = FakeDiscord::start().await;
    let nowhere = FakeDiscord::nowhere().await;
    let host = Host::default();
    let feed = host.start().await;
    let list = format!("http://{nowhere}/feed {feed}");
    let bot = Bot::start_with(&discord, &["serve"], &[("CAREERBOT_FEEDS", &list)]);
    discord.ready(1).await;
    bot.logged("store opened").await;
    let log = [("log-channel", 7, json!(LOG))];
    discord
        .interact(moderator(subcommand("settings", "set", &log)))
        .await;
    for number in ["1", "2"] {
        discord
            .interact(feeds(&[("subscribe", 3, json!(number))]))
            .await;
    }
    bot.logged("a feed cannot be read").await;
    host.asked(2).await;
    host.publish("<guid>1</guid><title>One</title>");
    cards(&discord, 1).await;
    let list = discord.interact(feeds(&[])).await;
    assert!(
        text(&list).contains("I could not read it the last time (it cannot be reached)"),
        "{list}"
    );
    // Nobody's news: no feed is allowed.
    let bot = Bot::start(&discord);
    discord.ready(2).await;
    bot.logged("store opened").await;
    let none = discord.interact(feeds(&[])).await;
    assert!(text(&none).contains("allowed no news feeds"), "{none}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_on_one_database_ask_once_and_tell_once() {
    let name = "two_programs_on_one_database_ask_once_and_tell_once";
    let Some(place) = Place::postgres(name).await else {
        return;
    };
    let host = Host::default();
    host.publish("<guid>0</guid><title>Stood there before</title>");
    let address = host.start().await;
    let discord = FakeDiscord::start().await;
    let (key, value) = place.setting();
    let settings = [(key, value.as_str()), ("CAREERBOT_FEEDS", address.as_str())];
    let bots = [
        Bot::start_with(&discord, &["serve"], &settings),
        Bot::start_with(&discord, &["serve"], &settings),
    ];
    discord.ready(2).await;
    for bot in &bots {
        bot.logged("store opened").await;
    }
    let log = [("log-channel", 7, json!(LOG))];
    discord
        .interact(moderator(subcommand("settings", "set", &log)))
        .await;
    let subscribe = [("subscribe", 3, json!(address))];
    discord.interact(feeds(&subscribe)).await;
    host.asked(2).await;
    // Discord takes it twice where it is sent twice: no nonce is remembered.
    for number in 1..=12 {
        host.publish(&format!(
            "<guid>{number}</guid><title>Piece {number}.</title>"
        ));
        discord.shared.change(|state| state.nonces.clear());
        if number % 4 == 0 {
            host.asked(2).await;
        }
    }
    cards(&discord, 12).await;
    host.asked(4).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let told = cards(&discord, 12).await;
    for number in 1..=12 {
        let title = format!("Piece {number}.");
        let count = told
            .iter()
            .filter(|card| card.body["content"].to_string().contains(&title))
            .count();
        assert_eq!(count, 1, "{title} is told once");
    }
    assert_eq!(told.len(), 12);
    // Each item is asked for by one of them at a time: no more often than one alone would ask.
    let (before, started) = (host.0.lock().expect("a lock").1.len(), Instant::now());
    tokio::time::sleep(Duration::from_secs(5)).await;
    let asked = host.0.lock().expect("a lock").1.len() - before;
    let most = started.elapsed().as_millis() / 500 + 1;
    assert!(asked as u128 <= most, "{asked} times, not {most}");
}
