//! `/gaps` without a network: what is counted, what is never counted, and the way from a question to its answer.

use careerbot::discord::interaction::follow_up::FollowUp;
use careerbot::discord::members::mention::{self, Heard};
use careerbot::store::gaps::Group;
use careerbot::store::{ServerId, feedback::Counts};
use serde_json::{Value, json};
use serenity::model::id::{ChannelId, GuildId, UserId};

use super::entries::{Desk, form_id};
use super::moderators::{here, moderator};
use super::{NOON, at, button, content, is_private, menu, said};
use crate::fake_discord::payloads::{
    GUILD, by, by_somebody_else, fresh, in_direct_message, message, message_command, press, select,
    slash, subcommand, user_installed,
};

/// What the shipped knowledge does not have.
const QUESTION: &str = "How do I fix my car?";

fn ask(question: &str) -> Value {
    slash("ask", &[("question", json!(question))])
}

impl Desk {
    async fn counted(&self) -> Vec<Group> {
        let store = self.app.store().expect("there");
        self.app.feedback_queue().write(store).await;
        store.gaps(here()).await.expect("read")
    }

    async fn verdicts(&self, server: ServerId) -> Vec<Counts> {
        let store = self.app.store().expect("there");
        self.app.feedback_queue().write(store).await;
        store.feedback(server, 10).await.expect("read")
    }
}

#[tokio::test]
async fn refused_questions_are_counted_only_where_the_server_wants_it() {
    let desk = Desk::new().await;
    for _ in 0..3 {
        desk.send(ask(QUESTION)).await;
    }
    assert!(desk.counted().await.is_empty(), "not asked for");
    let page = desk.send(moderator(slash("gaps", &[]))).await;
    assert!(
        content(&page).contains("nothing is counted") && is_private(&page),
        "{page}"
    );
    let set = moderator(subcommand("settings", "set", &[("gaps", 5, json!(true))]));
    assert!(content(&desk.send(set).await).contains("counted without names"));
    for elsewhere in [
        in_direct_message(ask(QUESTION)),
        user_installed(ask(QUESTION)),
        by_somebody_else(ask(QUESTION)),
    ] {
        for _ in 0..3 {
            desk.send(elsewhere.clone()).await;
        }
    }
    for _ in 0..3 {
        desk.send(by(ask("What does a dentist earn?"), &fresh()))
            .await;
        desk.send(by(ask("I want to kill myself"), &fresh())).await;
    }
    assert!(
        desk.counted().await.is_empty(),
        "answered, elsewhere, or in a crisis"
    );
    desk.send(ask(QUESTION)).await;
    desk.send(message_command("Answer this", "how do i fix my CAR <@123>"))
        .await;
    assert!(desk.counted().await.is_empty(), "shown from three on");
    let page = desk.send(moderator(slash("gaps", &[]))).await;
    assert!(
        content(&page).contains("yet") && !said(&page).contains("car"),
        "{page}"
    );
    let heard = Heard {
        bot: UserId::new(1),
        author: UserId::new(2),
        from_bot: false,
        guild: Some(GuildId::new(GUILD.parse().expect("an id"))),
        channel: ChannelId::new(3),
        content: format!("<@1> {QUESTION}"),
    };
    mention::reply(&desk.app, &heard, at(NOON))
        .await
        .expect("a reply");
    mention::reply(
        &desk.app,
        &Heard {
            guild: None,
            ..heard
        },
        at(NOON),
    )
    .await
    .expect("a reply");
    let groups = desk.counted().await;
    assert_eq!(
        (groups.len(), groups[0].count, groups[0].question.as_str()),
        (1, 3, "how do i fix my car")
    );
    let off = moderator(subcommand("settings", "set", &[("gaps", 5, json!(false))]));
    desk.send(off).await;
    assert!(
        desk.counted().await.is_empty(),
        "what was counted goes with the wish"
    );
    assert!(
        content(&desk.send(moderator(slash("gaps", &[]))).await).contains("nothing is counted")
    );
}

#[tokio::test]
async fn verdicts_are_counted_and_a_thumb_down_counts_the_question_above_it() {
    let desk = Desk::new().await;
    let answer = desk
        .send(ask(
            "What does a **dentist** earn at https://a.example @here?",
        ))
        .await;
    desk.send(press(
        &button(&answer, "Was this right? 👍 Yes"),
        &answer["data"],
    ))
    .await;
    // The same answer in the hands of the same member: pressing again counts nothing.
    let mut again = press(&button(&answer, "👎 No"), &answer["data"]);
    again["message"]["id"] = json!("900000000000000001");
    let elsewhere = by_somebody_else(again.clone());
    desk.send(elsewhere.clone()).await;
    for _ in 0..3 {
        let told = desk.send(elsewhere.clone()).await;
        assert!(
            content(&told).contains("I count it once") && is_private(&told),
            "{told}"
        );
    }
    let server = ServerId::new(
        elsewhere["guild_id"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .expect("an id"),
    );
    assert_eq!(desk.verdicts(server).await[0].unhelpful, 1);
    let thanks = desk
        .send(press(&button(&answer, "👎 No"), &answer["data"]))
        .await;
    assert!(
        content(&thanks).contains("without the question"),
        "{thanks}"
    );
    let counts = desk.verdicts(here()).await;
    assert_eq!(
        (
            counts[0].subject.as_str(),
            counts[0].helpful,
            counts[0].unhelpful
        ),
        ("role:dentist", 1, 1)
    );
    assert!(desk.counted().await.is_empty(), "not asked for");
    desk.set(|settings| settings.gaps = true).await;
    for _ in 0..3 {
        let thanks = desk
            .send(press(&button(&answer, "👎 No"), &answer["data"]))
            .await;
        assert!(content(&thanks).contains("never who asked"), "{thanks}");
    }
    let groups = desk.counted().await;
    assert_eq!(
        (groups.len(), groups[0].question.as_str(), groups[0].count),
        (1, "what does a dentist earn at", 3)
    );
    let card = desk
        .send(slash("role", &[("name", json!("dentist"))]))
        .await;
    desk.send(press(&button(&card, "👎 No"), &card["data"]))
        .await;
    assert_eq!(
        desk.counted().await[0].count,
        3,
        "a card was asked for by no question"
    );
    let mut mentioned = press(
        &button(&card, "👎 No"),
        &json!({"content": "Dentists treat teeth."}),
    );
    mentioned["message"]["referenced_message"] =
        message("<@1> What does a dentist earn at <@55>", &[]);
    desk.send(mentioned).await;
    assert_eq!(
        desk.counted().await[0].count,
        4,
        "what a mention asked is in the message that was replied to"
    );
    let page = desk.send(moderator(slash("gaps", &[]))).await;
    assert!(
        content(&page).contains("Answers that helped least")
            && content(&page).contains("Dentist: 👍 1 · 👎 6"),
        "{page}"
    );
    let direct = in_direct_message(press(&button(&answer, "👎 No"), &answer["data"]));
    desk.send(direct).await;
    assert_eq!(
        desk.counted().await[0].count,
        4,
        "nothing of direct messages"
    );
    assert_eq!(desk.verdicts(ServerId::new(0)).await[0].unhelpful, 1);
}

/// A server in which a question was asked three times and found nothing.
async fn with_a_gap() -> (Desk, Value) {
    let desk = Desk::new().await;
    desk.set(|settings| settings.gaps = true).await;
    for _ in 0..3 {
        desk.send(by(ask(QUESTION), &fresh())).await;
    }
    desk.app
        .feedback_queue()
        .write(desk.app.store().expect("there"))
        .await;
    let page = desk.send(moderator(slash("gaps", &[]))).await;
    assert!(
        content(&page).contains("how do i fix my car") && content(&page).contains("3 times"),
        "{page}"
    );
    let (id, value) = {
        let menu = menu(&page, 0);
        (
            menu["custom_id"].as_str().expect("an id"),
            menu["options"][0]["value"].as_str().expect("a value"),
        )
    };
    let one = desk
        .send(moderator(select(id, &[value], &page["data"])))
        .await;
    (desk, one)
}

#[tokio::test]
async fn a_question_leads_to_an_entry_that_is_tried_once_it_is_live() {
    let (mut desk, one) = with_a_gap().await;
    let form = desk.press(&one, "Write an answer").await;
    let title = form["data"]["components"][0]["components"][0]["value"]
        .as_str()
        .expect("a title")
        .to_owned();
    assert_eq!(title, "How do i fix my car");
    let words = [
        ("title", title.as_str()),
        (
            "text",
            "To fix your car, ask in the channel for cars: this server has one.",
        ),
        ("source", ""),
        ("review", "2027-06-30"),
    ];
    let draft = desk.fill(&form, &words, Some(&one)).await;
    desk.restart().await;
    let reply = desk
        .reply(moderator(press(&button(&draft, "Approve"), &draft["data"])))
        .await;
    let live = reply.first.body();
    assert!(
        content(&live).contains("It is live") && content(&live).contains("finds an answer now"),
        "{live}"
    );
    let [FollowUp::Message(tried)] = reply.then.as_slice() else {
        panic!("{:?}", reply.then)
    };
    assert!(
        tried.private && tried.content.contains("how do i fix my car"),
        "{tried:?}"
    );
    assert!(
        tried
            .embeds
            .iter()
            .any(|embed| embed.description.contains("channel for cars")),
        "{tried:?}"
    );
    assert!(
        desk.counted().await.is_empty(),
        "an answered question leaves the list"
    );
    assert!(
        said(&desk.send(ask(QUESTION)).await).contains("channel for cars"),
        "members find it"
    );
    assert!(form_id(&form).len() <= 100);
}

#[tokio::test]
async fn an_entry_that_does_not_answer_its_question_says_so() {
    let (desk, one) = with_a_gap().await;
    let form = desk.press(&one, "Write an answer").await;
    let words = [
        ("title", "Mentors"),
        ("text", "Ask a mentor."),
        ("source", ""),
        ("review", "2027-06-30"),
    ];
    let draft = desk.fill(&form, &words, Some(&one)).await;
    let live = desk.press(&draft, "Approve").await;
    assert!(content(&live).contains("still finds no answer"), "{live}");
    assert_eq!(desk.counted().await.len(), 1, "the question stays");
}

#[tokio::test]
async fn a_question_can_be_tried_and_dismissed() {
    let (desk, one) = with_a_gap().await;
    let reply = desk
        .reply(moderator(press(&button(&one, "Try it now"), &one["data"])))
        .await;
    assert!(
        matches!(reply.then.as_slice(), [FollowUp::Message(message)] if message.private),
        "{:?}",
        reply.then
    );
    let page = desk.press(&one, "Dismiss").await;
    assert!(content(&page).contains("yet"), "{page}");
    assert!(desk.counted().await.is_empty());
    let again = desk.press(&one, "Write an answer").await;
    assert!(content(&again).contains("no longer in the list"), "{again}");
    let log = desk
        .app
        .store()
        .expect("there")
        .audit_log(here(), None, 10)
        .await
        .expect("read");
    let line = log
        .iter()
        .find(|entry| entry.what == "gap.dismiss")
        .expect("written down");
    assert!(
        !line.detail.contains("car"),
        "the log holds no question: {}",
        line.detail
    );
    let stranger = by_somebody_else(moderator(press(&button(&one, "Try it now"), &one["data"])));
    assert!(content(&desk.send(stranger).await).contains("no longer in the list"));
}
