//! `/path`: three ways in a short card, one opened step by step, and the talk that goes on from it.

use careerbot::discord::App;
use serde_json::{Value, json};

use super::{NOON, app, at, button, content, first, is_private, menu, parts, reply_at, said};
use crate::fake_discord::payloads::{autocomplete, press, select, slash};

/// A nursing assistant in Ohio who earns $19 an hour and has less than four years.
fn call() -> Value {
    slash(
        "path",
        &[
            ("from", json!("nursing-assistant")),
            ("place", json!("OH")),
            ("time", json!("3 years")),
            ("pay", json!("19 an hour")),
        ],
    )
}

async fn ask(app: &App, question: &str, second: i64) -> String {
    let call = slash("ask", &[("question", json!(question))]);
    said(&reply_at(app, call, at(NOON + second)).await.first.body())
}

/// The names of what is suggested.
async fn suggested(option: &str, typed: &str) -> Vec<(String, String)> {
    let body = first(&app(), autocomplete("path", &[(option, json!(typed))])).await;
    let choices = body["data"]["choices"]
        .as_array()
        .cloned()
        .expect("choices");
    let text = |choice: &Value, key: &str| choice[key].as_str().expect("a text").to_owned();
    choices
        .iter()
        .map(|choice| (text(choice, "name"), text(choice, "value")))
        .collect()
}

#[tokio::test]
async fn three_ways_stand_in_a_card_each_with_length_gain_and_reason() {
    let body = first(&app(), call()).await;
    let words = said(&body);
    assert!(is_private(&body));
    for expected in [
        "nursing assistant in Ohio at $19 an hour",
        "at most 3 years",
        "Ohio, May 2025",
        "not a promise",
        "you earn now",
    ] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    let lines: Vec<String> = body["data"]["embeds"][0]["description"]
        .as_str()
        .expect("a list")
        .lines()
        .filter(|line| line.starts_with("• "))
        .map(str::to_owned)
        .collect();
    assert_eq!(lines.len(), 3, "{words}");
    for (line, reason) in lines.iter().zip(["First: ", "", ""]) {
        let last = line
            .trim_end_matches('.')
            .rsplit(". ")
            .next()
            .expect("a reason");
        assert!(
            line.contains(" a year more than you earn now") && line.ends_with('.'),
            "{line}"
        );
        assert!(last.starts_with(reason) && !last.contains('$'), "{line}");
    }
    let menu = menu(&body, 0);
    assert_eq!(menu["options"].as_array().map(Vec::len), Some(3));
    for label in ["Share", "Compare"] {
        button(&body, label);
    }
}

#[tokio::test]
async fn a_talk_goes_on_from_a_path_as_from_a_question() {
    let app = app();
    first(&app, call()).await;
    for (second, (question, expected)) in (1..).zip([
        ("which is quickest", "shortest"),
        ("without nights", "no nights|nights or weekends|nights"),
        ("in Columbus", "Columbus, OH"),
        ("what if I do have two years", "at most 2 years"),
    ]) {
        let words = ask(&app, question, second).await;
        assert!(
            expected.split('|').any(|one| words.contains(one)),
            "{question}: {words}"
        );
        assert!(words.contains("$19 an hour"), "{question}: {words}");
    }
}

#[tokio::test]
async fn one_way_opens_step_by_step_after_a_restart_and_the_talk_goes_on_from_it() {
    let card = first(&app(), call()).await;
    let menu = menu(&card, 0);
    let id = menu["custom_id"].as_str().expect("an id");
    let values: Vec<&str> = menu["options"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|option| option["value"].as_str())
        .collect();
    for value in &values {
        let restarted = app();
        let opened = first(&restarted, select(id, &[value], &card["data"])).await;
        let words = said(&opened);
        assert!(is_private(&opened));
        for expected in ["Step 1: ", "License: ", "$19 an hour", "lowest-paid tenth"] {
            assert!(words.contains(expected), "{value}, {expected}: {words}");
        }
        let next = ask(&restarted, "the second one, step by step", 1).await;
        let title = value_title(&card, values[1]);
        assert!(
            next.contains("Step 1: ") && next.to_lowercase().contains(&title.to_lowercase()),
            "{title}: {next}"
        );
    }
}

fn value_title(card: &Value, value: &str) -> String {
    let options = menu(card, 0)["options"].as_array().expect("options");
    let option = options.iter().find(|option| option["value"] == value);
    option.expect("an option")["label"]
        .as_str()
        .expect("a label")
        .to_owned()
}

#[tokio::test]
async fn the_goals_are_compared_at_a_press() {
    let app = app();
    let card = first(&app, call()).await;
    let compared = said(&first(&app, press(&button(&card, "Compare"), &card["data"])).await);
    for option in menu(&card, 0)["options"].as_array().into_iter().flatten() {
        let title = option["label"].as_str().expect("a label");
        assert!(compared.contains(title), "{title}: {compared}");
    }
}

#[tokio::test]
async fn a_named_goal_is_told_step_by_step() {
    let call = slash(
        "path",
        &[
            ("from", json!("LPN")),
            ("to", json!("nurse-practitioner")),
            ("place", json!("Columbus, OH")),
        ],
    );
    let body = first(&app(), call).await;
    let words = said(&body);
    let (one, two) = (
        words.find("Step 1: Registered nurse"),
        words.find("Step 2: Nurse practitioner"),
    );
    assert!(one.is_some() && one < two, "{words}");
    assert!(words.contains("Columbus, OH"), "{words}");
}

#[tokio::test]
async fn each_option_is_completed() {
    let names = |found: Vec<(String, String)>| -> Vec<String> {
        found.into_iter().map(|(name, _)| name).collect()
    };
    assert!(names(suggested("from", "").await).contains(&"A high school diploma".to_owned()));
    for (option, typed, expected) in [
        ("from", "cna", ("Nursing assistant", "nursing-assistant")),
        (
            "from",
            "waitr",
            ("Waitress: a high school diploma", "high-school"),
        ),
        (
            "from",
            "military",
            ("Training as a military medic or corpsman", "military-medic"),
        ),
        ("to", "np", ("Nurse practitioner", "nurse-practitioner")),
        ("place", "ohi", ("Ohio", "OH")),
        ("place", "columbus, oh", ("Columbus, OH", "0018140")),
        ("time", "", ("3 months", "3 months")),
        ("time", "2 y", ("2 years", "2 years")),
        ("time", "30 months", ("30 months", "30 months")),
        (
            "pay",
            "19",
            ("$19 an hour (about 39,520 USD a year, full time)", "19"),
        ),
        ("pay", "45k", ("$45,000 a year", "45k")),
    ] {
        let found = suggested(option, typed).await;
        let expected = (expected.0.to_owned(), expected.1.to_owned());
        assert!(found.contains(&expected), "{option} {typed}: {found:?}");
    }
    assert_eq!(names(suggested("pay", "a lot").await), Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_read_is_named_with_what_to_write() {
    let wrong = |option: &str, value: &str| {
        let mut options = vec![("from", json!("nursing-assistant"))];
        options.retain(|(name, _)| *name != option);
        options.push((option, json!(value)));
        slash("path", &options)
    };
    for (call, says) in [
        (slash("path", &[]), "Please name a role"),
        (wrong("from", "**@everyone**"), "I know no role"),
        (wrong("to", "beekeeper"), "I know no role"),
        (wrong("to", "nursing-assistant"), "there already"),
        (wrong("place", "Springfield"), "several places"),
        (wrong("place", "Atlantis"), "I know no area"),
        (wrong("time", "a while"), "18 months or 2 years"),
        (wrong("time", "900 years"), "18 months or 2 years"),
        (wrong("pay", "a lot"), "19 an hour or 45k a year"),
        (wrong("pay", "-3"), "19 an hour or 45k a year"),
    ] {
        let body = first(&app(), call).await;
        assert!(
            is_private(&body) && content(&body).contains(says) && parts(&body).len() <= 4,
            "{says}: {body}"
        );
        assert!(!content(&body).contains("**@"), "{body}");
    }
}

#[tokio::test]
async fn a_way_whose_role_is_gone_or_whose_code_is_broken_is_said_to_be_gone() {
    let card = first(&app(), call()).await;
    let id = menu(&card, 0)["custom_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    for pressed in [
        select(&id, &["no-such-role"], &card["data"]),
        select(&id, &["telehealth-expansion"], &card["data"]),
        select("1:j:r00000000_pOH", &["registered-nurse"], &card["data"]),
        press("1:j:zzz", &card["data"]),
    ] {
        let body = first(&app(), pressed).await;
        assert!(
            is_private(&body) && content(&body).contains("no longer in my knowledge"),
            "{body}"
        );
    }
}
