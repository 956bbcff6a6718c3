//! Every reply can be read by everybody: where embeds are not shown, without colors and emoji, by a screen reader, and by
//! members who read Discord in another language.

use careerbot::answer::Item;
use careerbot::discord::interaction::response::{InitialResponse, Response};
use careerbot::discord::interaction::view_options::View;
use careerbot::discord::members::answer_view::{answer, whole};
use careerbot::discord::message::body::Message;
use careerbot::discord::message::markdown::escape;
use serde_json::{Value, json};

use super::commands::calls;
use super::{NOON, app, at, content, first, is_private, menu, parts, reply_at, said};
use crate::fake_discord::payloads::{press, slash};

/// Everything but Embed Links (1 << 14) and Administrator (1 << 3).
const NO_EMBEDS: u64 = 2_248_473_465_835_073 & !(1 << 14) & !(1 << 3);

/// The reply to every command, and to every button below each of them. `change` is done to each interaction first.
async fn every_reply(change: impl Fn(&mut Value)) -> Vec<(String, Response)> {
    let mut replies = Vec::new();
    for mut call in calls() {
        // An app for each, and time between the presses: nobody is in too much of a hurry.
        let app = app();
        change(&mut call);
        let name = call["data"]["name"].as_str().expect("a name").to_owned();
        let reply = reply_at(&app, call, at(NOON)).await;
        let body = reply.first.body();
        replies.push((format!("/{name}"), reply));
        let buttons: Vec<Value> = parts(&body)
            .into_iter()
            .filter(|part| part["type"] == 2)
            .cloned()
            .collect();
        for (place, button) in (1..).zip(buttons) {
            let mut message = body["data"].clone();
            message["flags"] = json!(64);
            let mut pressed = press(button["custom_id"].as_str().expect("an id"), &message);
            change(&mut pressed);
            let reply = reply_at(&app, pressed, at(NOON + 10 * place)).await;
            replies.push((format!("/{name}, {}", button["label"]), reply));
        }
    }
    assert!(replies.len() > 60, "{}", replies.len());
    replies
}

fn message(reply: &Response) -> Option<&Message> {
    match &reply.first {
        InitialResponse::Message(message) | InitialResponse::Update(message) => Some(message),
        _ => None,
    }
}

#[tokio::test]
async fn without_embed_links_no_reply_holds_an_embed_and_all_say_something() {
    for (name, reply) in
        every_reply(|call| call["app_permissions"] = json!(NO_EMBEDS.to_string())).await
    {
        let Some(message) = message(&reply) else {
            continue;
        };
        assert!(message.embeds.is_empty(), "{name}: {}", message.body());
        assert!(
            message.content.trim().len() > 20,
            "{name}: {}",
            message.body()
        );
    }
}

#[tokio::test]
async fn an_answer_as_text_still_names_its_sources() {
    for (command, options) in [
        ("role", vec![("name", json!("registered-nurse"))]),
        ("pay", vec![("role", json!("registered-nurse"))]),
        (
            "compare",
            vec![
                ("first", json!("registered-nurse")),
                ("second", json!("pharmacist")),
            ],
        ),
        ("explore", vec![]),
        ("trend", vec![("name", json!("telehealth-expansion"))]),
    ] {
        let mut call = slash(command, &options);
        call["app_permissions"] = json!(NO_EMBEDS.to_string());
        let body = first(&app(), call).await;
        let source = content(&body)
            .lines()
            .find(|line| line.starts_with("Source"));
        assert!(
            source.is_some_and(
                |line| line.contains("BLS ") && line.contains("](<https://www.bls.gov/")
            ),
            "{command}: {body}"
        );
    }
}

#[test]
fn a_list_as_text_names_all_that_fits_and_what_it_rests_on() {
    let app = app();
    let knowledge = app.advisor().knowledge();
    let trends = knowledge
        .trends
        .iter()
        .map(|trend| format!("which jobs does the trend {} change", trend.title));
    let others = [
        "list all trends",
        "highest paid jobs",
        "jobs without a degree",
        "remote jobs",
        "work with older adults but no degree",
    ];
    for question in trends.chain(others.map(str::to_owned)) {
        let found = app.advisor().ask(&question);
        let view = View {
            question: Some(&question),
            embeds: false,
            ..View::default()
        };
        let text = answer(&found, &view).content;
        let full = whole(&found, &view).content;
        assert!(
            found.items.len() > 3,
            "{question} is answered with a list: {text}"
        );
        let named = |item: &&Item| text.contains(&item.subject.title);
        let shown: Vec<&Item> = found.items.iter().filter(named).collect();
        assert!(
            shown.len() == found.items.len() || text.contains("… and "),
            "{question}: {text}"
        );
        let brief = found.brief.as_ref();
        for (place, item) in shown.iter().enumerate() {
            let note = brief.map_or(&item.note, |brief| &brief.notes[place]);
            let figure = note.contains(|c: char| c.is_ascii_digit());
            assert!(
                !figure || text.contains(&escape(note)),
                "{question}: a figure without what qualifies it: {text}"
            );
        }
        if let Some(brief) = brief {
            assert!(text.contains(&escape(&brief.scale)), "{question}: {text}");
        }
        for caveat in &found.caveats {
            assert!(
                full.contains(&escape(caveat)),
                "{question}: {caveat:?} is missing in {full}"
            );
        }
        assert!(text.contains("Source"), "{question}: {text}");
        assert!(
            full.contains("<t:") || full.contains("undated"),
            "{question}: the day of publication is missing in {full}"
        );
    }
}

#[tokio::test]
async fn no_label_is_an_emoji_alone_and_every_picture_has_words() {
    for (name, reply) in every_reply(|_| ()).await {
        let body = reply.first.body();
        for part in parts(&body) {
            let label = part["label"]
                .as_str()
                .or(part["placeholder"].as_str())
                .unwrap_or_default();
            assert!(
                label.chars().filter(|c| c.is_alphabetic()).count() >= 2,
                "{name}: {part}"
            );
        }
        for attachment in body["data"]["attachments"].as_array().into_iter().flatten() {
            let words = attachment["description"].as_str().unwrap_or_default();
            let file = attachment["filename"].as_str().unwrap_or_default();
            // What its figures look like, by the kind of chart.
            let figures = match file.split('-').next() {
                Some("pay" | "roles" | "ways") => "median $",
                Some("states" | "list") => " $",
                Some("growth") => "%",
                _ => panic!("{name}: a picture of no known kind: {attachment}"),
            };
            assert!(words.contains(figures), "{name}: {attachment}");
        }
        // A mark is never alone either: the line that it stands in says the same in words.
        let said = said(&body);
        for line in said.lines().filter(|line| line.contains(['✅', '❌', '⚠'])) {
            assert!(
                line.chars().filter(|c| c.is_alphabetic()).count() > 10,
                "{name}: {line}"
            );
        }
    }
}

#[tokio::test]
async fn every_private_reply_says_in_the_members_language_that_it_is_english() {
    let note = "Die Antworten sind auf Englisch.";
    for (name, reply) in every_reply(|call| call["locale"] = json!("de")).await {
        let Some(message) = message(&reply).filter(|message| message.private) else {
            continue;
        };
        let body = message.body().to_string();
        assert_eq!(body.matches(note).count(), 1, "{name}: {body}");
    }
    for (name, reply) in every_reply(|call| call["locale"] = json!("en-GB")).await {
        assert!(!reply.first.body().to_string().contains(note), "{name}");
    }
}

#[tokio::test]
async fn an_answer_leads_with_a_sentence_in_the_members_language() {
    let cases = [
        (
            "de",
            "what does a registered nurse earn",
            "Registered nurse: im Mittel $97,550 im Jahr (Median, US, May 2025).",
        ),
        (
            "es-419",
            "what does a dental hygienist earn in Texas",
            "Dental hygienist: $99,240 al año (mediana, Texas, May 2025).",
        ),
        (
            "fr",
            "does a phlebotomist need a license",
            "Voici la réponse sur : Phlebotomist.",
        ),
        (
            "de",
            "what does a care coordinator earn",
            "Hier ist die Antwort zu: Care coordinator.",
        ),
        (
            "de",
            "highest paid jobs",
            "Hier ist die Liste; an erster Stelle steht: ",
        ),
        ("fr", "what does a tech earn?", "Que veux-tu dire ? "),
        ("es-ES", "how do I fix my car", "No tengo respuesta a eso."),
    ];
    for (locale, question, lead) in cases {
        let mut call = slash("ask", &[("question", json!(question))]);
        call["locale"] = json!(locale);
        let body = first(&app(), call).await;
        let second = content(&body).lines().nth(1).unwrap_or_default();
        assert!(second.starts_with(lead), "{locale}, {question}: {body}");
    }
    let mut call = slash(
        "ask",
        &[("question", json!("what does a registered nurse earn"))],
    );
    call["locale"] = json!("en-GB");
    let body = first(&app(), call).await;
    assert!(
        content(&body)
            .lines()
            .nth(1)
            .is_some_and(|line| line.starts_with("Registered nurses"))
    );
}

#[tokio::test]
async fn trends_bear_the_numbers_by_which_they_can_be_asked_for() {
    let text = said(&first(&app(), slash("trends", &[])).await);
    assert!(
        text.contains("**1. Telehealth expansion**")
            && text.contains("**10. Advanced practice providers**"),
        "{text}"
    );
}

#[tokio::test]
async fn a_question_back_offers_its_choices_and_nothing_to_share() {
    let body = first(
        &app(),
        slash("ask", &[("question", json!("what does a tech earn?"))]),
    )
    .await;
    let labels: Vec<&str> = parts(&body)
        .iter()
        .filter_map(|part| part["label"].as_str())
        .collect();
    assert!(labels.contains(&"Surgical technologist"), "{labels:?}");
    assert!(
        !labels.contains(&"Share") && !labels.contains(&"Compare"),
        "{labels:?}"
    );
}

#[tokio::test]
async fn what_is_compared_can_be_opened_and_is_said_once() {
    let call = slash(
        "compare",
        &[
            ("first", json!("registered-nurse")),
            ("second", json!("pharmacist")),
        ],
    );
    let body = first(&app(), call).await;
    assert!(is_private(&body));
    let opens: Vec<&str> = menu(&body, 0)["options"]
        .as_array()
        .expect("roles")
        .iter()
        .filter_map(|role| role["value"].as_str())
        .collect();
    assert_eq!(opens[..2], ["registered-nurse", "pharmacist"]);
    let text = said(&body);
    assert!(
        !text.contains("What they do:"),
        "the direct answer says it: {text}"
    );
    let handbooks = text.matches("[BLS Handbook, 2024-34 edition]").count();
    assert_eq!(handbooks, 1, "one name for the pages of one source: {text}");
    assert!(text.contains("[(2)]("), "{text}");
}

#[test]
fn a_question_about_pay_names_the_source_of_the_figures_alone() {
    let knowledge = careerbot::knowledge::load_shipped()
        .unwrap_or_else(|problems| panic!("{}", problems.len()));
    let advisor = careerbot::advisor::Advisor::in_memory(knowledge).expect("an index in memory");
    let pay = advisor.pay("registered-nurse", None).expect("a role");
    assert_eq!(pay.sources.len(), 1, "{:?}", pay.sources);
    assert!(
        answer(&pay, &View::default())
            .body()
            .to_string()
            .contains("Source: [BLS wages, May 2025](https://www.bls.gov/oes/)")
    );
    assert!(
        whole(&pay, &View::default())
            .body()
            .to_string()
            .contains("Wage Statistics")
    );
}
