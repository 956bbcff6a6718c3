//! `/stats` without a network: what is counted where a server wants it, what is never counted, and how it is shown.

use careerbot::store::ServerId;
use careerbot::store::counts::{Count, Kind};
use serde_json::{Value, json};

use super::entries::Desk;
use super::history::posted;
use super::moderators::{here, moderator};
use super::{NOON, at, button, content, is_private, kept, said};
use crate::fake_discord::payloads::{
    as_member, by, by_somebody_else, fresh, in_direct_message, press, slash, subcommand,
    user_installed,
};

/// What the shipped knowledge does not have.
const LOST: &str = "How do I fix my car?";

fn ask(question: &str) -> Value {
    by(slash("ask", &[("question", json!(question))]), &fresh())
}

fn set(on: bool) -> Value {
    moderator(subcommand("settings", "set", &[("stats", 5, json!(on))]))
}

impl Desk {
    async fn numbers(&self, server: ServerId) -> Vec<Count> {
        let store = self.app.store().expect("there");
        self.app.count_queue().write(store).await;
        store.counts(server, at(0)).await.expect("read")
    }

    /// How often something was counted here.
    async fn number(&self, kind: Kind, what: &str) -> i64 {
        let counts = self.numbers(here()).await;
        let these = counts
            .iter()
            .filter(|one| (one.kind, one.what.as_str()) == (kind, what));
        these.map(|count| count.count).sum()
    }

    async fn stats(&self) -> Value {
        self.numbers(here()).await;
        self.send(moderator(slash("stats", &[]))).await
    }
}

#[tokio::test]
async fn questions_are_counted_only_where_the_server_wants_it() {
    let desk = Desk::new().await;
    desk.send(ask("What does a dentist earn?")).await;
    assert!(desk.numbers(here()).await.is_empty(), "not asked for");
    let off = desk.stats().await;
    assert!(
        content(&off).contains("nothing is counted") && is_private(&off),
        "{off}"
    );
    let saved = desk.send(set(true)).await;
    assert!(
        content(&saved).contains("Numbers of each week: counted without names, see /stats"),
        "{saved}"
    );
    for elsewhere in [in_direct_message, user_installed, by_somebody_else] {
        desk.send(elsewhere(ask("What does a dentist earn?"))).await;
    }
    desk.send(ask("I want to kill myself")).await;
    assert!(
        desk.numbers(here()).await.is_empty(),
        "elsewhere, or in a crisis"
    );
    // Three times: the third answer is not made anew.
    for _ in 0..3 {
        desk.send(ask("What does a dentist earn?")).await;
    }
    desk.send(ask(LOST)).await;
    desk.send(by(slash("role", &[("name", json!("dentist"))]), &fresh()))
        .await;
    let roles = [("first", json!("dentist")), ("second", json!("paramedic"))];
    desk.send(by(slash("compare", &roles), &fresh())).await;
    for (kind, what, count) in [
        (Kind::Answered, "", 5),
        (Kind::NotCovered, "", 1),
        (Kind::AskedBack, "", 0),
        (Kind::Topic, "dentist", 5),
        (Kind::Topic, "paramedic", 1),
        (Kind::Aspect, "pay", 3),
        (Kind::Aspect, "compare", 1),
    ] {
        assert_eq!(desk.number(kind, what).await, count, "{kind:?} {what}");
    }
    let elsewhere = by_somebody_else(ask("x"));
    let elsewhere = elsewhere["guild_id"]
        .as_str()
        .and_then(|id| id.parse().ok());
    let elsewhere = ServerId::new(elsewhere.expect("an id"));
    assert!(desk.numbers(elsewhere).await.is_empty());
    let all = format!("{:?}", desk.numbers(here()).await);
    assert!(
        !all.contains("car") && !all.contains("earn"),
        "no words: {all}"
    );

    desk.send(set(false)).await;
    desk.send(ask("What does a dentist earn?")).await;
    assert!(
        desk.numbers(here()).await.is_empty(),
        "what was counted goes with the wish"
    );
}

#[tokio::test]
async fn what_was_said_before_is_not_asked_again() {
    let desk = Desk::new().await;
    desk.send(set(true)).await;
    let member = fresh();
    let say = |question: &str| by(slash("ask", &[("question", json!(question))]), &member);
    desk.send(say("What does a dentist earn?")).await;
    desk.send(say("thanks")).await;
    assert_eq!(desk.number(Kind::Topic, "dentist").await, 1);
    assert_eq!(desk.number(Kind::Aspect, "pay").await, 1);
    desk.send(say("and in Texas?")).await;
    assert_eq!(desk.number(Kind::Topic, "dentist").await, 2);
}

#[tokio::test]
async fn verdicts_and_presses_below_posts_are_counted_and_other_presses_are_not() {
    let desk = Desk::new().await;
    desk.send(set(true)).await;
    let answer = desk.send(ask("What does a dentist earn?")).await;
    let judged = press(&button(&answer, "👎 No"), &answer["data"]);
    desk.send(by(judged.clone(), &fresh())).await;
    desk.send(by(judged, &fresh())).await;
    let yes = press(&button(&answer, "Was this right? 👍 Yes"), &answer["data"]);
    desk.send(by(yes, &fresh())).await;
    assert_eq!(desk.number(Kind::Helpful, "").await, 1);
    assert_eq!(desk.number(Kind::Unhelpful, "").await, 2);

    posted(&desk.app, "d1.1").await;
    let tag = careerbot::discord::message::custom_id::Tag::of("telehealth-expansion");
    let pressed = |letter: char, message: &str, guild: fn(Value) -> Value| {
        let id = format!("1:i:{letter}{:08x}", tag.0);
        let mut pressed = press(&id, &json!({"content": ""}));
        pressed["message"]["id"] = json!(message);
        by(guild(pressed), &fresh())
    };
    let same = |pressed: Value| pressed;
    let form = desk.send(pressed('a', "9000", same)).await;
    assert_eq!(
        form["type"], 9,
        "the custom id is that of a post's button: {form}"
    );
    desk.send(pressed('r', "9000", same)).await;
    desk.send(pressed('r', "9001", same)).await;
    desk.send(pressed('r', "9000", by_somebody_else)).await;
    assert_eq!(desk.number(Kind::Press, "9000").await, 2);
    assert_eq!(
        desk.number(Kind::Press, "9001").await,
        0,
        "no post of this server"
    );
    let presses = desk.numbers(here()).await;
    let presses = presses.iter().filter(|count| count.kind == Kind::Press);
    assert_eq!(presses.count(), 1, "nor any press on an answer");

    let shown = desk.stats().await;
    let text = content(&shown);
    assert!(is_private(&shown), "{shown}");
    assert!(
        text.contains("Presses          0      0      0      2"),
        "{text}"
    );
    assert!(
        text.contains("Helped           0      0      0      1"),
        "{text}"
    );
    assert!(
        text.contains("**Nov 16** asked about: Dentist 1; of them: pay 1"),
        "{text}"
    );
    assert!(
        text.contains("Telehealth") && text.contains(&format!("(<t:{NOON}:d>): 2")),
        "{text}"
    );
    let lines = text.lines().skip_while(|line| *line != "```").skip(1);
    for line in lines.take_while(|line| *line != "```") {
        assert!(line.chars().count() <= 40, "too wide for a phone: {line}");
    }
}

#[tokio::test]
async fn numbers_are_for_moderators_and_can_be_taken_along() {
    let desk = Desk::new().await;
    let export = || moderator(slash("export", &[("what", json!("stats"))]));
    assert!(content(&desk.send(export()).await).contains("nothing is counted"));
    desk.send(set(true)).await;
    let empty = desk.stats().await;
    assert!(
        content(&empty).contains("Answered         0      0      0      0"),
        "{empty}"
    );
    desk.send(ask("What does a dentist earn?")).await;
    desk.numbers(here()).await;
    let file = kept(&desk.reply(export()).await);
    assert_eq!(
        file,
        "\"week\",\"kind\",\"what\",\"count\"\r\n\
         \"2026-11-16\",\"answered\",\"\",\"1\"\r\n\
         \"2026-11-16\",\"aspect\",\"pay\",\"1\"\r\n\
         \"2026-11-16\",\"topic\",\"dentist\",\"1\"\r\n"
    );
    let member = as_member(slash("stats", &[]), 0, &["9"]);
    let refused = desk.send(member).await;
    assert!(
        content(&refused).contains("This is for moderators") && !said(&refused).contains("Dentist"),
        "{refused}"
    );
}

#[tokio::test]
async fn the_longest_numbers_fit_into_a_message() {
    use careerbot::discord::moderation::stats::draw;
    use careerbot::store::counts::week;
    let desk = Desk::new().await;
    let knowledge = desk.app.advisor().knowledge();
    let mut counts = Vec::new();
    for ago in 0..4 {
        let week = week(at(NOON - ago * 7 * 86_400));
        for kind in [Kind::Answered, Kind::Press, Kind::Topic, Kind::Aspect] {
            for what in 0..5 {
                let what = format!("{what}{}", "*".repeat(100));
                let count = 999_999;
                counts.push(Count {
                    week,
                    kind,
                    what,
                    count,
                });
            }
        }
    }
    posted(&desk.app, "d1.1").await;
    let store = desk.app.store().expect("there");
    let post = store.postings(here(), None, 1).await.expect("read")[0].clone();
    let posts: Vec<_> = (0..20)
        .map(|_| careerbot::store::postings::Posting {
            topic: "*".repeat(200),
            ..post.clone()
        })
        .collect();
    let message = draw(&counts, &posts, &knowledge, at(NOON));
    assert_eq!(
        careerbot::discord::message::limits::check_message(&message.body()),
        Vec::<String>::new()
    );
    assert!(
        message.content.contains("kept for 26 weeks"),
        "{}",
        message.content
    );
}
