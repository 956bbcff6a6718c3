//! What members can do under a public post of a summary.

use super::entries::form_id;
use super::*;
use crate::fake_discord::payloads::{press, submit};
use careerbot::digest::Style;
use careerbot::digest::compose::of_topic;
use careerbot::discord::moderation::digests::summary_view;

/// The post of a topic, as its channel has it, and its message as Discord sends it along with a press.
fn post(app: &App, slug: &str) -> Value {
    let knowledge = app.advisor().knowledge();
    let topic = knowledge.find(slug).expect("a topic");
    let date = jiff::civil::date(2026, 11, 22);
    let summary = of_topic(&knowledge, topic, Style::Short, date);
    let body = summary_view::post(&summary, "d1.1", None)
        .expect("it fits")
        .post_body(None);
    assert_eq!(check_message(&body), Vec::<String>::new());
    json!({"data": body})
}

#[tokio::test]
async fn a_post_can_be_asked_about_without_naming_its_topic() {
    let app = app();
    let post = post(&app, "registered-nurse");
    let form = first(&app, press(&button(&post, "Ask about this"), &post["data"])).await;
    let id = form_id(&form).to_owned();
    let answer = first(
        &app,
        submit(&id, &[("question", "what does it pay in Texas?")]),
    )
    .await;
    assert!(is_private(&answer), "{answer}");
    assert!(
        said(&answer).contains("In Texas, registered nurses typically earn"),
        "{answer}"
    );
    let nothing = first(&app, submit(&id, &[("question", "  ")])).await;
    assert!(content(&nothing).contains("no question in it"), "{nothing}");
}

#[tokio::test]
async fn its_roles_are_told_with_their_pay_and_can_be_opened() {
    let app = app();
    let post = post(&app, "telehealth-expansion");
    let roles = first(&app, press(&button(&post, "Roles"), &post["data"])).await;
    assert!(is_private(&roles), "{roles}");
    assert!(
        content(&roles).contains("• **Telehealth coordinator**: median pay $")
            && content(&roles).contains("U.S. Bureau of Labor Statistics"),
        "{roles}"
    );
    assert!(roles["data"]["components"][0]["components"][0]["options"].is_array());
}

#[tokio::test]
async fn pay_where_somebody_lives_is_told_of_a_role_and_of_the_roles_of_a_trend() {
    let app = app();
    for (slug, place, says, file) in [
        (
            "registered-nurse",
            "texas",
            "In Texas, registered nurses typically earn $",
            "pay-registered-nurse-TX.png",
        ),
        (
            "registered-nurse",
            "Houston",
            "In the Houston-Pasadena-The Woodlands, TX area, registered nurses typically earn",
            "pay-registered-nurse-0026420.png",
        ),
        ("telehealth-expansion", "CA", "In California, ", "roles-"),
    ] {
        let post = post(&app, slug);
        let form = first(
            &app,
            press(&button(&post, "Pay where I live"), &post["data"]),
        )
        .await;
        let pay = first(&app, submit(form_id(&form), &[("place", place)])).await;
        assert!(is_private(&pay) && content(&pay).contains(says), "{pay}");
        let name = pay["data"]["attachments"][0]["filename"]
            .as_str()
            .expect("a chart");
        assert!(name.starts_with(file), "{name}");
        let unknown = first(&app, submit(form_id(&form), &[("place", "*Atlantis*")])).await;
        assert!(
            is_private(&unknown) && unknown["data"]["attachments"].is_null(),
            "{unknown}"
        );
    }
}

#[tokio::test]
async fn a_topic_that_is_gone_is_said_to_be() {
    let app = app();
    let post = post(&app, "registered-nurse");
    for letter in ["a", "r", "p"] {
        let reply = first(&app, press(&format!("1:i:{letter}00000001"), &post["data"])).await;
        assert!(
            content(&reply).contains("no longer in my knowledge"),
            "{reply}"
        );
    }
    let reply = first(&app, submit("1:i:a00000001", &[("question", "x")])).await;
    assert!(
        content(&reply).contains("no longer in my knowledge"),
        "{reply}"
    );
}
