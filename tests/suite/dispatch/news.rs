//! News of feeds without a network: long lists and cards, and text that wants to be more than text.

use careerbot::config::feeds::Feeds;
use careerbot::discord::message::limits::check_message;
use careerbot::discord::moderation::news::card;
use careerbot::store::feeds::Item;
use serde_json::json;

use super::content;
use super::entries::Desk;
use super::moderators::moderator;
use crate::fake_discord::payloads::subcommand;

#[tokio::test]
async fn the_longest_list_of_feeds_fits_into_a_message() {
    let desk = Desk::new().await;
    let long = |number| format!("https://a.example/{number}/{}", "x`".repeat(200));
    desk.app.set_feeds(Feeds {
        addresses: (0..20).map(long).collect(),
        on_loopback: false,
    });
    desk.set(|settings| settings.log_channel = Some(careerbot::store::ChannelId::new(5)))
        .await;
    let feeds = |options: &[(&str, u8, serde_json::Value)]| {
        moderator(subcommand("trend-draft", "feeds", options))
    };
    let done = desk.send(feeds(&[("subscribe", 3, json!("20"))])).await;
    let text = content(&done);
    assert!(text.starts_with("Subscribed"), "{text}");
    assert!(text.contains("more, by their numbers") && text.ends_with("posted to members."));
    for wrong in ["0", "21", "-1", "x`@everyone"] {
        let refused = desk.send(feeds(&[("unsubscribe", 3, json!(wrong))])).await;
        assert!(content(&refused).contains("none of the feeds"), "{refused}");
    }
    let left = desk.send(feeds(&[("unsubscribe", 3, json!("20"))])).await;
    assert!(content(&left).starts_with("Unsubscribed"), "{left}");
}

#[test]
fn a_card_shows_text_and_nothing_else() {
    let wild = "**x** [y](https://evil.example) <@1> @everyone `z` > # -# ||s|| ".repeat(300);
    let item = Item {
        id: i64::MAX,
        feed: "https://a.example/feed".to_owned(),
        name: "1".to_owned(),
        title: wild.clone(),
        link: format!("https://a.example/{}", "%3E".repeat(150)),
        author: wild.clone(),
        published: None,
        text: wild,
    };
    let body = card(&item).post_body(None);
    assert_eq!(check_message(&body), Vec::<String>::new(), "{body}");
    let text = body["content"].as_str().expect("a text");
    assert!(
        !text.contains("](https://") && !text.contains("<@1>"),
        "{text}"
    );
    assert!(text.lines().count() <= 4 && text.ends_with('>'), "{text}");
    assert_eq!(body["allowed_mentions"], json!({"parse": []}));
}
