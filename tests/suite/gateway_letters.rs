//! Direct messages about posts, with the running program: offered by moderators, begun and ended by members, sent once to whoever
//! may see the post.

use std::time::Duration;

use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    CHANNEL, GUILD, MEMBER, as_member, by, fresh, in_direct_message, press, subcommand, text,
};
use crate::fake_discord::rest::room;
use crate::fake_discord::{Bot, FakeDiscord, Outcome};
use crate::gateway_digests::{button, moderator};
use crate::store::on_both;
use crate::store::place::Place;

on_both!(
    members_get_one_message_about_a_post_until_they_want_no_more,
    a_message_that_waits_survives_the_death_of_the_program,
);

/// View Channel. Source: Discord documentation, "Permissions".
const VIEW_CHANNEL: u64 = 1 << 10;

async fn offer(discord: &FakeDiscord, options: &[(&str, u8, Value)]) -> String {
    let call = moderator(subcommand("digest", "subscribe", options));
    text(&discord.interact(call).await)
}

/// A new post in the channel: its id and what it says.
async fn posted(discord: &FakeDiscord) -> (String, Value) {
    let there = discord.count("POST", &format!("/channels/{CHANNEL}/messages"));
    let options = [
        ("topic", 3, json!("telehealth-expansion")),
        ("channel", 7, json!(CHANNEL)),
    ];
    let call = moderator(subcommand("digest", "new", &options));
    let preview = discord.interact(call).await;
    discord.interact(button(&preview, "Post now")).await;
    let path = format!("/channels/{CHANNEL}/messages");
    let body = discord
        .wait("a post", move |state| {
            let sent = state.requests.iter();
            let mut sent = sent.filter(|r| r.method == "POST" && r.path.ends_with(&path));
            sent.nth(there).map(|sent| sent.body.clone())
        })
        .await;
    let id = discord.shared.change(|state| {
        let newest = state.messages.iter().rev();
        let mut here = newest.filter(|(_, message)| message["channel_id"] == CHANNEL);
        here.next().map(|(id, _)| id.to_string())
    });
    (id.expect("it stands there"), body)
}

fn found(message: &Value, label: &str) -> Option<String> {
    let row = message["components"][0]["components"].as_array();
    let mut row = row.into_iter().flatten();
    let button = row.find(|part| part["label"] == label)?;
    button["custom_id"].as_str().map(str::to_owned)
}

/// What a member's press on the button below a post comes to.
async fn pressed(discord: &FakeDiscord, post: &Value, member: &str) -> String {
    let id = found(post, "Message me these").unwrap_or_else(|| panic!("no button: {post}"));
    let call = by(as_member(press(&id, post), 0, &[]), member);
    let token = call["token"].as_str().expect("a token").to_owned();
    let first = discord.interact(call).await;
    if first["type"] != 5 {
        return text(&first);
    }
    let path = format!("/{token}/messages/@original");
    text(&discord.request("PATCH", &path).await.body)
}

/// The direct messages that a member has got, the oldest first.
fn got(discord: &FakeDiscord, member: &str) -> Vec<Value> {
    let room = room(member);
    let path = format!("/channels/{room}/messages");
    discord.shared.change(|state| {
        let sent = state.requests.iter();
        let sent = sent.filter(|r| r.method == "POST" && r.path == path && r.status == 200);
        sent.map(|sent| sent.body.clone()).collect()
    })
}

async fn gets(discord: &FakeDiscord, member: &str, count: usize) -> Value {
    for _ in 0..400 {
        if let Some(last) = got(discord, member).get(count - 1) {
            return last.clone();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no message; there are {:?}", got(discord, member));
}

/// Waits until nobody but so many members read.
async fn readers(discord: &FakeDiscord, count: usize) {
    let wanted = format!("direct messages ({count} of at most 500 members)");
    for _ in 0..200 {
        let said = offer(discord, &[]).await;
        if said.contains(&wanted) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("not {count} readers: {}", offer(discord, &[]).await);
}

async fn members_get_one_message_about_a_post_until_they_want_no_more(place: &Place) {
    let discord = FakeDiscord::start().await;
    let mut bot = Bot::start_on(&discord, place);
    discord.ready(1).await;
    bot.logged("store opened").await;
    let (_, plain) = posted(&discord).await;
    assert_eq!(found(&plain, "Message me these"), None, "off by default");
    let refused = offer(&discord, &[("mention", 5, json!(true))]).await;
    assert!(refused.contains("no role for this"), "{refused}");
    let saved = offer(&discord, &[("direct", 5, json!(true))]).await;
    assert!(
        saved.contains("Posts from now on have the button **Message me these**.")
            && saved.contains("• all posts: direct messages (0 of at most 500 members)"),
        "{saved}"
    );
    let (_, post) = posted(&discord).await;
    assert_eq!(found(&post, "Tell me of these"), None);
    assert_eq!(discord.count("POST", "/users/@me/channels"), 0);

    let [closed, twice, leaves, closes] = [fresh(), fresh(), fresh(), fresh()];
    discord.shared.change(|state| {
        state.closed_to_messages.insert(closed.clone());
    });
    let told = pressed(&discord, &post, MEMBER).await;
    assert!(told.starts_with("You will get a short direct"), "{told}");
    let welcome = gets(&discord, MEMBER, 1).await;
    assert!(text(&welcome).contains("as you wanted"), "{welcome}");
    assert!(found(&welcome, "Stop these messages").is_some());
    let told = pressed(&discord, &post, &closed).await;
    assert!(
        told.starts_with("Nothing was changed: Discord does not let me send you"),
        "{told}"
    );
    for says in ["You will get", "Stopped: I won't send"] {
        let told = pressed(&discord, &post, &twice).await;
        assert!(told.starts_with(says), "{told}");
    }
    for member in [&leaves, &closes] {
        pressed(&discord, &post, member).await;
    }
    readers(&discord, 3).await;
    let opened = discord.count("POST", "/users/@me/channels");
    discord.shared.change(|state| {
        state.left.insert(leaves.clone());
        state.closed_to_messages.insert(closes.clone());
    });

    let (id, post) = posted(&discord).await;
    let letter = gets(&discord, MEMBER, 2).await;
    let link = format!("https://discord.com/channels/{GUILD}/{CHANNEL}/{id}");
    assert!(text(&letter).ends_with(&link), "{letter}");
    let title = post["embeds"][0]["title"].as_str().expect("a title");
    assert!(
        text(&letter).starts_with(&format!("**{title}**")),
        "{letter}"
    );
    assert!(text(&letter).chars().count() < 500, "{letter}");
    assert_eq!(letter["allowed_mentions"], json!({"parse": []}));
    // Whoever has left, or has closed their messages, is no reader any more.
    readers(&discord, 1).await;
    assert_eq!(
        discord.count("POST", "/users/@me/channels"),
        opened,
        "what is open is not opened again"
    );
    for member in [&twice, &leaves, &closes] {
        let letters = got(&discord, member);
        assert!(
            letters.iter().all(|letter| !text(letter).contains(&link)),
            "{letters:?}"
        );
    }
    assert!(got(&discord, &closed).is_empty());

    // The store forgot that it was sent, and Discord its nonce.
    bot.signal("KILL");
    bot.ended().await;
    let forgot = "INSERT INTO letters (posting, server, topic, member, tries, made_at, lease_until) \
         SELECT p.id, r.server, r.topic, r.member, 0, p.updated_at, 0 FROM postings p, readers r \
         WHERE p.id = (SELECT MAX(id) FROM postings)";
    assert_eq!(place.change(forgot).await, 1);
    discord.shared.change(|state| state.nonces.clear());
    let looked = format!("/channels/{}/messages", room(MEMBER));
    let before = discord.count("GET", &looked);
    let mut bot = Bot::start_on(&discord, place);
    discord.ready(2).await;
    discord
        .wait("a look at what was sent", move |state| {
            let asked = state.requests.iter();
            let asked = asked.filter(|r| r.method == "GET" && r.path == looked);
            (asked.count() > before).then_some(())
        })
        .await;
    // Nobody is told of what they cannot see.
    bot.logged("store opened").await;
    discord.shared.change(|state| state.denied = VIEW_CHANNEL);
    let asked = discord.count("GET", &format!("/members/{MEMBER}"));
    posted(&discord).await;
    discord
        .wait("a look at the member", move |state| {
            let all = state.requests.iter();
            let all = all.filter(|r| r.path.ends_with(&format!("/members/{MEMBER}")));
            (all.count() > asked).then_some(())
        })
        .await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(got(&discord, MEMBER).len(), 2, "each once");

    // The button in the message ends one's own alone.
    discord.shared.change(|state| state.denied = 0);
    let stop = found(&letter, "Stop these messages").expect("a button");
    let mut other = in_direct_message(press(&stop, &letter));
    other["user"]["id"] = json!(twice);
    let told = text(&discord.interact(other).await);
    assert!(told.contains("nothing to stop"), "{told}");
    let view = moderator(subcommand("my-data", "view", &[]));
    let seen = text(&discord.interact(view).await);
    assert!(
        seen.contains("topics of posts that I send you direct messages about: 1"),
        "{seen}"
    );
    for says in ["Stopped", "I don't send you these any more"] {
        let own = in_direct_message(press(&stop, &letter));
        let told = text(&discord.interact(own).await);
        assert!(told.starts_with(says), "{told}");
    }
    readers(&discord, 0).await;
    let ended = offer(&discord, &[("direct", 5, json!(false))]).await;
    assert!(ended.starts_with("Taken away"), "{ended}");
    let id = found(&post, "Message me these").expect("a button");
    let late = as_member(press(&id, &post), 0, &[]);
    let told = text(&discord.interact(late).await);
    assert!(told.contains("no longer offer direct messages"), "{told}");
    bot.signal("TERM");
    assert!(bot.ended().await.success());
}

async fn a_message_that_waits_survives_the_death_of_the_program(place: &Place) {
    let discord = FakeDiscord::start().await;
    let mut bot = Bot::start_on(&discord, place);
    discord.ready(1).await;
    bot.logged("store opened").await;
    offer(&discord, &[("direct", 5, json!(true))]).await;
    let (_, post) = posted(&discord).await;
    pressed(&discord, &post, MEMBER).await;
    gets(&discord, MEMBER, 1).await;
    let path = format!("/channels/{}/messages", room(MEMBER));
    discord.script("POST", &path, Outcome::RateLimited(60.0));
    posted(&discord).await;
    let held = path.clone();
    discord
        .wait("the limit", move |state| {
            let all = state.requests.iter();
            let mut all = all.filter(|r| r.method == "POST" && r.path == held && r.status == 429);
            all.next().map(|_| ())
        })
        .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    bot.signal("KILL");
    bot.ended().await;
    assert_eq!(got(&discord, MEMBER).len(), 1);
    assert_eq!(
        place.change("UPDATE letters SET lease_until = 0").await,
        1,
        "it waits"
    );
    discord.script("POST", &path, Outcome::DoneButFailed);
    let _bot = Bot::start_on(&discord, place);
    discord.ready(2).await;
    gets(&discord, MEMBER, 2).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let there = discord.shared.change(|state| {
        let all = state.messages.values();
        all.filter(|message| message["channel_id"] == room(MEMBER))
            .count()
    });
    assert_eq!(there, 2, "the first word and one letter");
}
