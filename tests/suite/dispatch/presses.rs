//! Buttons and menus: each leads where it says, for whoever may press it, and outdated ones explain themselves.

use careerbot::discord::interaction::follow_up::FollowUp;
use careerbot::discord::interaction::response::InitialResponse;
use careerbot::discord::message::custom_id::{Action, Tag};
use serde_json::{Value, json};

use super::{
    NOON, app, at, button, content, first, is_private, menu, parts, reply_at, role_card, said,
};
use crate::fake_discord::payloads::{self, MEMBER, message_command, press, select, slash, submit};

fn id(action: Action) -> String {
    action.encode().expect("it fits")
}

/// The private message of a response, as a press on it carries it: an update keeps a message private without saying so.
fn message(body: &Value) -> Value {
    let mut message = body["data"].clone();
    message["flags"] = json!(64);
    message
}

/// The same message, seen by all and made for a member.
fn public(body: &Value, owner: &str) -> Value {
    let mut message = message(body);
    message["flags"] = json!(0);
    message["owner"] = json!(owner);
    message
}

/// A press on a public message that was made for `on["owner"]`.
fn press_public(custom_id: &str, on: &Value) -> Value {
    let mut press = press(custom_id, on);
    press["message"]["interaction_metadata"] = json!({
        "type": 2, "id": "77", "user": payloads::user(on["owner"].as_str().expect("an owner"), "sam"), "authorizing_integration_owners": {"0": payloads::GUILD},
    });
    press
}

#[tokio::test]
async fn outdated_and_broken_buttons_explain_themselves() {
    let app = app();
    let card = message(&role_card(&app).await);
    for (place, custom_id) in [
        "0:share",
        "2:t:00000000",
        "1:zz:",
        "",
        "1:c:xyz",
        "old button",
        "1:n:é",
    ]
    .into_iter()
    .enumerate()
    {
        let body = reply_at(&app, press(custom_id, &card), at(NOON + 10 * place as i64))
            .await
            .first
            .body();
        assert!(
            is_private(&body) && content(&body).contains("older version"),
            "{custom_id}: {body}"
        );
    }
    let body = first(&app, submit("old-form", &[("text", "x")])).await;
    assert!(
        is_private(&body) && content(&body).contains("older version"),
        "{body}"
    );
}

#[tokio::test]
async fn every_button_and_menu_works_on_after_a_restart() {
    for call in super::commands::calls() {
        let before = app();
        let reply = reply_at(&before, call, at(NOON)).await.first.body();
        let shown = message(&reply);
        for (place, part) in (1..).zip(
            parts(&reply)
                .into_iter()
                .filter(|part| part["disabled"] != true),
        ) {
            let id = part["custom_id"].as_str().expect("an id");
            let pressed = match part["type"].as_u64() {
                Some(3) => select(
                    id,
                    &[part["options"][0]["value"].as_str().expect("a value")],
                    &shown,
                ),
                _ => press(id, &shown),
            };
            // What the press forgets or counts is the only thing that the first program knows and the second does not.
            if id == self::id(Action::Forget) {
                continue;
            }
            let now = at(NOON + 60 * place);
            let (old, new) = (
                reply_at(&before, pressed.clone(), now).await,
                reply_at(&app(), pressed, now).await,
            );
            assert_eq!(old.first.body(), new.first.body(), "{part}");
        }
    }
}

#[tokio::test]
async fn ids_on_messages_of_others_do_nothing() {
    let mut forged = press(
        &id(Action::Share(None)),
        &json!({"content": "buy this", "flags": 64}),
    );
    forged["message"]["author"] = payloads::user("400000000000000077", "mallory");
    let body = first(&app(), forged).await;
    assert!(
        is_private(&body) && content(&body).contains("not mine"),
        "{body}"
    );
}

#[tokio::test]
async fn a_topic_that_left_the_knowledge_is_said_to_be_gone() {
    let app = app();
    let gone = Tag::of("no-such-role");
    for action in [
        Action::Topic(gone),
        Action::More(vec![gone]),
        Action::Page(vec![gone], 2),
        Action::CompareWith(vec![gone]),
        Action::Compare(vec![gone, gone]),
        Action::More(Vec::new()),
        Action::List("tno-such-trend".to_owned(), 0),
        Action::ListPage("p60000".to_owned(), 99),
    ] {
        let body = first(
            &app,
            press(&id(action), &json!({"content": "x", "flags": 64})),
        )
        .await;
        assert!(
            is_private(&body) && content(&body).contains("no longer"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn share_posts_what_was_read_under_the_members_name_and_once() {
    let app = app();
    let card = role_card(&app).await;
    let share = press(&button(&card, "Share"), &message(&card));
    let shared = reply_at(&app, share.clone(), at(NOON)).await;
    assert!(shared.then.is_empty());
    let shared = shared.first.body();
    assert_eq!(shared["type"], 4);
    assert!(!is_private(&shared), "for all to see: {shared}");
    assert_eq!(
        content(&shared),
        format!("Shared by <@{MEMBER}>\n{}", content(&card))
    );
    assert_eq!(shared["data"]["embeds"], card["data"]["embeds"]);
    assert!(
        parts(&shared).iter().all(|part| part["label"] != "Share") && !parts(&shared).is_empty(),
        "{shared}"
    );
    let again = first(&app, share).await;
    assert!(
        is_private(&again) && content(&again).contains("already"),
        "{again}"
    );
    let on_public = first(
        &app,
        press(&id(Action::Share(None)), &public(&card, MEMBER)),
    )
    .await;
    assert!(
        is_private(&on_public) && content(&on_public).contains("public already"),
        "{on_public}"
    );
}

#[tokio::test]
async fn an_answered_message_is_replied_to_when_the_answer_is_shared() {
    let app = app();
    let call = message_command("Answer this", "what do nurses earn?");
    let target = call["data"]["target_id"]
        .as_str()
        .expect("a target")
        .to_owned();
    let answer = first(&app, call).await;
    assert!(is_private(&answer));
    let share = press(&button(&answer, "Share"), &message(&answer));
    let reply = reply_at(&app, share.clone(), at(NOON)).await;
    assert_eq!(
        reply.first,
        InitialResponse::Noted,
        "the private answer stays as it is until the other is posted"
    );
    let [FollowUp::Share(sharing), FollowUp::Rows(rows)] = reply.then.as_slice() else {
        panic!("{:?}", reply.then)
    };
    assert_eq!(sharing.channel.to_string(), payloads::CHANNEL);
    assert_eq!(sharing.reply_to.to_string(), target);
    assert!(
        sharing
            .message
            .content
            .starts_with(&format!("Shared by <@{MEMBER}>\n"))
    );
    assert!(
        sharing.linked.content.contains(&format!("/{target}\n")),
        "{}",
        sharing.linked.content
    );
    let rows = serde_json::to_string(rows).expect("JSON");
    assert!(rows.contains("More") && !rows.contains("Share"), "{rows}");
    let again = first(&app, share.clone()).await;
    assert!(
        is_private(&again) && content(&again).contains("already"),
        "never twice: {again}"
    );
    app.shared_messages().forget(sharing.from);
    assert_eq!(
        reply_at(&app, share.clone(), at(NOON)).await.first,
        InitialResponse::Noted,
        "what failed can be tried again"
    );

    // Where the bot has no rights of its own it answers the press, and links the message.
    let mut outside = share;
    outside["authorizing_integration_owners"] = json!({"1": MEMBER});
    outside["message"]["id"] = json!(payloads::fresh());
    let reply = reply_at(&app, outside, at(NOON)).await;
    assert!(reply.then.is_empty());
    let body = reply.first.body();
    assert!(
        !is_private(&body) && content(&body).contains(&target),
        "{body}"
    );
}

#[tokio::test]
async fn sharing_where_outside_apps_may_not_post_says_what_to_do() {
    let app = app();
    let card = role_card(&app).await;
    let mut share = press(&button(&card, "Share"), &message(&card));
    share["authorizing_integration_owners"] = json!({"1": MEMBER});
    share["member"]["permissions"] = json!("2048");
    let body = first(&app, share).await;
    assert!(
        is_private(&body) && content(&body).contains("Use External Apps"),
        "{body}"
    );
}

/// What a member may do who can read here and use commands: View Channel and Use Application Commands.
const READS: u64 = 1 << 10 | 1 << 31;
const SEND: u64 = 1 << 11;
const SEND_IN_THREADS: u64 = 1 << 38;
const EXTERNAL_APPS: u64 = 1 << 50;
const ADMINISTRATOR: u64 = 1 << 3;

/// The same interaction in a thread.
fn in_thread(mut interaction: Value) -> Value {
    interaction["channel"]["type"] = json!(11);
    interaction["channel"]["parent_id"] = json!("300000000000000009");
    interaction["channel"]["thread_metadata"] = json!({"archived": false, "archive_timestamp": "2026-11-22T12:00:00.000000+00:00", "auto_archive_duration": 60, "locked": false});
    interaction
}

#[tokio::test]
async fn nobody_has_the_bot_say_what_they_may_not_say_themselves() {
    let ask = |may| {
        let asked = slash(
            "ask",
            &[
                ("question", json!("what do nurses earn?")),
                ("private", json!(false)),
            ],
        );
        payloads::as_member(payloads::by_somebody_else(asked), may, &[])
    };
    let same = |interaction| interaction;
    type Place = fn(Value) -> Value;
    let outside: Place = payloads::user_installed;
    let cases: [(u64, Place, Option<&str>); 10] = [
        (READS | SEND, same, None),
        (READS | ADMINISTRATOR, same, None),
        (READS, same, Some("Send Messages")),
        (READS | SEND_IN_THREADS, same, Some("Send Messages")),
        (READS | SEND, in_thread, Some("Send Messages in Threads")),
        (READS | SEND_IN_THREADS, in_thread, None),
        (READS | SEND, outside, Some("Use External Apps")),
        (READS | SEND | EXTERNAL_APPS, outside, None),
        (READS | ADMINISTRATOR, outside, None),
        (0, payloads::in_direct_message, None),
    ];
    for (may, place, missing) in cases {
        let app = app();
        let answer = first(&app, place(ask(may))).await;
        assert_eq!(is_private(&answer), missing.is_some(), "{answer}");
        let line = content(&answer).lines().last().expect("a line");
        match missing {
            Some(missing) => assert!(
                line.starts_with("-# Only you see this") && line.contains(missing),
                "{line}"
            ),
            None => assert!(!content(&answer).contains("Only you see this"), "{answer}"),
        }
        let call = message_command("Answer this", "what do nurses earn?");
        let replied = first(&app, payloads::by_somebody_else(call)).await;
        let plain = role_card(&app).await;
        for private in [&plain, &replied] {
            let share =
                payloads::by_somebody_else(press(&button(private, "Share"), &message(private)));
            let reply = reply_at(&app, place(payloads::as_member(share, may, &[])), at(NOON)).await;
            let body = reply.first.body();
            match missing {
                Some(missing) => {
                    assert!(
                        is_private(&body)
                            && content(&body).contains(missing)
                            && reply.then.is_empty(),
                        "{body}"
                    );
                }
                None => assert!(!is_private(&body), "{body}"),
            }
        }
    }
}

#[tokio::test]
async fn a_shared_page_that_is_turned_still_says_who_shared_it() {
    let begin = app();
    let card = role_card(&begin).await;
    let more = first(&begin, press(&button(&card, "More"), &message(&card))).await;
    for list in [first(&begin, slash("explore", &[])).await, more] {
        let app = app();
        let mut shared = first(&app, press(&button(&list, "Share"), &message(&list))).await;
        for label in ["Next", "Back", "Next"] {
            let on = public(&shared, MEMBER);
            let turned = first(
                &app,
                payloads::by(press_public(&button(&shared, label), &on), MEMBER),
            )
            .await;
            assert_eq!(turned["type"], 7);
            assert!(
                content(&turned).starts_with(&format!("Shared by <@{MEMBER}>\n")),
                "{turned}"
            );
            assert!(
                parts(&turned).iter().all(|part| part["label"] != "Share"),
                "{turned}"
            );
            assert_ne!(content(&turned), content(&shared));
            shared = turned;
        }
        let copy = first(
            &app,
            press_public(
                &button(&shared, "Back"),
                &public(&shared, "400000000000000055"),
            ),
        )
        .await;
        assert!(
            copy["type"] == 4 && is_private(&copy) && !content(&copy).contains("Shared by"),
            "{copy}"
        );
        assert!(
            parts(&copy).iter().any(|part| part["label"] == "Share"),
            "a copy can be shared: {copy}"
        );
    }
}

#[tokio::test]
async fn a_shared_result_is_not_turned_back_into_a_quiz() {
    let app = app();
    let quiz = slash("quiz", &[]);
    let result = first(
        &app,
        press(
            &id(Action::Quiz("ynynynynynyn".to_owned())),
            &message(&first(&app, quiz).await),
        ),
    )
    .await;
    let shared = first(&app, press(&button(&result, "Share"), &message(&result))).await;
    let again = first(
        &app,
        press_public(&button(&shared, "Start again"), &public(&shared, MEMBER)),
    )
    .await;
    assert!(
        again["type"] == 4 && is_private(&again) && content(&again).contains("Question 1 of"),
        "{again}"
    );
}

#[tokio::test]
async fn more_opens_pages_that_turn_in_place() {
    let app = app();
    let card = role_card(&app).await;
    let open = first(&app, press(&button(&card, "More"), &message(&card))).await;
    assert_eq!(open["type"], 4);
    assert!(
        is_private(&open)
            && content(&open).contains("page 1 of")
            && content(&open).contains("What they do"),
        "{open}"
    );
    let next = first(&app, press(&button(&open, "Next"), &message(&open))).await;
    assert_eq!(next["type"], 7);
    assert!(content(&next).contains("page 2 of"), "{next}");
    let back = first(&app, press(&button(&next, "Back"), &message(&next))).await;
    assert_eq!(content(&back), content(&open));
}

#[tokio::test]
async fn pages_of_others_open_as_a_private_copy() {
    let app = app();
    let list = first(&app, slash("explore", &[])).await;
    let next = button(&list, "Next");
    let own = first(&app, press_public(&next, &public(&list, MEMBER))).await;
    assert_eq!(own["type"], 7);
    let other = first(
        &app,
        press_public(&next, &public(&list, "400000000000000055")),
    )
    .await;
    assert_eq!(other["type"], 4);
    assert!(
        is_private(&other) && said(&other).contains("Page 2 of"),
        "{other}"
    );
}

#[tokio::test]
async fn exploring_can_be_sorted_and_paged_to_its_end() {
    let app = app();
    let mut list = first(&app, slash("explore", &[("remote", json!("p"))])).await;
    let sort = menu(&list, 0)["custom_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let by_title = first(&app, select(&sort, &["t"], &message(&list))).await;
    let titles: Vec<String> = menu(&by_title, 1)["options"]
        .as_array()
        .expect("roles")
        .iter()
        .map(|entry| entry["label"].as_str().expect("a title").to_lowercase())
        .collect();
    assert!(titles.is_sorted(), "{titles:?}");
    for page in 2..40 {
        let next = parts(&list)
            .into_iter()
            .find(|part| part["label"] == "Next")
            .expect("Next")
            .clone();
        if next["disabled"] == true {
            assert!(page > 3, "several pages");
            return;
        }
        list = reply_at(
            &app,
            press(next["custom_id"].as_str().expect("an id"), &message(&list)),
            at(NOON + page * 10),
        )
        .await
        .first
        .body();
        assert!(
            content(&list).contains(&format!("Page {page} of")),
            "{list}"
        );
    }
    panic!("the pages have no end");
}

#[tokio::test]
async fn the_quiz_runs_to_its_result_and_back() {
    let app = app();
    let mut step = first(&app, slash("quiz", &[])).await;
    assert!(content(&step).contains("Question 1 of 12"));
    let second = first(&app, press(&button(&step, "Yes"), &message(&step))).await;
    let back = first(&app, press(&button(&second, "Back"), &message(&second))).await;
    assert_eq!(content(&back), content(&step));
    for question in 2..=13 {
        step = reply_at(
            &app,
            press(&button(&step, "Yes"), &message(&step)),
            at(NOON + question * 10),
        )
        .await
        .first
        .body();
        assert_eq!(step["type"], 7);
    }
    assert!(said(&step).contains("ideas, not an assessment"), "{step}");
    assert_eq!(menu(&step, 0)["options"].as_array().map(Vec::len), Some(8));
    let again = reply_at(
        &app,
        press(&button(&step, "Start again"), &message(&step)),
        at(NOON + 999),
    )
    .await
    .first
    .body();
    assert!(content(&again).contains("Question 1 of 12"));
    let nothing = reply_at(
        &app,
        press(
            &id(Action::Quiz("nnnnnnnnnnnn".to_owned())),
            &message(&step),
        ),
        at(NOON + 1_999),
    )
    .await
    .first
    .body();
    assert!(content(&nothing).contains("no to everything"), "{nothing}");
}

#[tokio::test]
async fn compare_offers_the_related_roles() {
    let app = app();
    let card = role_card(&app).await;
    let offer = first(&app, press(&button(&card, "Compare"), &message(&card))).await;
    assert!(is_private(&offer));
    let menu = menu(&offer, 0);
    let values: Vec<&str> = menu["options"]
        .as_array()
        .expect("roles")
        .iter()
        .filter_map(|entry| entry["value"].as_str())
        .collect();
    assert!(
        values.contains(&"nurse-practitioner") && !values.contains(&"registered-nurse"),
        "{values:?}"
    );
    let compared = first(
        &app,
        select(
            menu["custom_id"].as_str().expect("an id"),
            &["nurse-practitioner"],
            &message(&offer),
        ),
    )
    .await;
    assert!(is_private(&compared), "{compared}");
    let stale = first(
        &app,
        select(
            menu["custom_id"].as_str().expect("an id"),
            &["gone"],
            &message(&offer),
        ),
    )
    .await;
    assert!(content(&stale).contains("no longer"), "{stale}");
}

#[tokio::test]
async fn under_a_comparison_another_role_can_be_added_and_more_is_told_of_each() {
    let app = app();
    let asked = [(
        "question",
        json!("registered nurse or dentist, who earns more?"),
    )];
    let named = [
        ("first", json!("registered-nurse")),
        ("second", json!("dentist")),
    ];
    for (turn, call) in (0..).zip([slash("compare", &named), slash("ask", &asked)]) {
        let compared = reply_at(&app, call, at(NOON + 100 * turn))
            .await
            .first
            .body();
        let more = first(&app, press(&button(&compared, "More"), &message(&compared))).await;
        // After a question its whole answer comes first, and all that is known of both a press later.
        let more = if turn == 0 {
            more
        } else {
            let text = said(&more);
            assert!(
                text.contains("Median pay a year (US)")
                    && text.contains("Bureau of Labor Statistics"),
                "{more}"
            );
            first(
                &super::app(),
                press(&button(&more, "Read on"), &message(&more)),
            )
            .await
        };
        let text = content(&more);
        assert!(
            text.contains("Registered nurse: $97,550") && text.contains("page 1 of"),
            "{more}"
        );
        let mut all = text.to_owned();
        let (mut page, mut later) = (more.clone(), 0);
        let reader = super::app();
        while parts(&page)
            .iter()
            .any(|part| part["label"] == "Next" && part["disabled"] != true)
        {
            later += 10;
            page = reply_at(
                &reader,
                press(&button(&page, "Next"), &message(&page)),
                at(NOON + later),
            )
            .await
            .first
            .body();
            all.push_str(content(&page));
        }
        for part in [
            "Registered nurse: What they do",
            "Dentist: What they do",
            "Sources",
            "Employment Projections 2025-35.",
        ] {
            assert!(all.contains(part), "{part}: {all}");
        }
        let next = first(&app, press(&button(&more, "Next"), &message(&more))).await;
        assert!(
            next["type"] == 7 && content(&next).contains("page 2 of"),
            "{next}"
        );
        let back = first(&app, press(&button(&next, "Overview"), &message(&next))).await;
        assert!(
            said(&back).contains("Pay: median a year") && said(&back).contains("entist"),
            "{back}"
        );

        let offer = first(
            &app,
            press(&button(&compared, "Compare"), &message(&compared)),
        )
        .await;
        let menu = menu(&offer, 0);
        let slug = menu["options"][0]["value"].as_str().expect("a role");
        assert!(slug != "registered-nurse" && slug != "dentist", "{offer}");
        let pick = select(
            menu["custom_id"].as_str().expect("an id"),
            &[slug],
            &message(&offer),
        );
        let three = reply_at(&app, pick, at(NOON + 100 * turn + 50))
            .await
            .first
            .body();
        let third = menu["options"][0]["label"].as_str().expect("a title");
        assert!(
            said(&three).contains(&format!("**{third}:**")) && said(&three).contains("highest"),
            "{third}: {three}"
        );
        assert!(
            button(&three, "Compare").starts_with("1:w:"),
            "a fourth one can be added"
        );
    }
    let four = first(
        &app,
        slash(
            "ask",
            &[(
                "question",
                json!("compare dentist, pharmacist, audiologist and paramedic"),
            )],
        ),
    )
    .await;
    assert!(said(&four).contains("**Paramedic:**"), "{four}");
    assert!(
        parts(&four).iter().all(|part| part["label"] != "Compare"),
        "no more fit"
    );
}

#[tokio::test]
async fn under_a_list_more_goes_on_where_it_ends_and_compare_takes_its_first_roles() {
    let app = app();
    let list = first(
        &app,
        slash(
            "ask",
            &[(
                "question",
                json!("jobs that pay over 60k without a master's degree"),
            )],
        ),
    )
    .await;
    let titles = |body: &Value| -> Vec<String> {
        let lines = body["data"]["embeds"][0]["description"]
            .as_str()
            .expect("a list")
            .lines();
        lines
            .filter_map(|line| Some(line.strip_prefix("• **")?.split("**").next()?.to_owned()))
            .collect()
    };
    let all = titles(&list);
    let more = first(&app, press(&button(&list, "More"), &message(&list))).await;
    // The card had no room for all of its twelve lines: the list begins anew, in full.
    assert!(
        more["type"] == 4 && is_private(&more) && content(&more).contains("Page 1 of"),
        "{more}"
    );
    let whole = titles(&more);
    assert!(
        whole.len() == 12 && (5..12).contains(&all.len()) && whole.starts_with(&all),
        "{all:?} {whole:?}"
    );
    assert!(said(&more).contains("median $") && said(&more).contains("Bureau of Labor Statistics"));
    let next = first(&app, press(&button(&more, "Next"), &message(&more))).await;
    let rest = titles(&next);
    assert!(
        content(&next).contains("Page 2 of")
            && !rest.is_empty()
            && rest.iter().all(|title| !whole.contains(title)),
        "{whole:?} {rest:?}"
    );
    let back = first(&app, press(&button(&next, "Back"), &message(&next))).await;
    assert!(back["type"] == 7 && titles(&back) == whole, "{back}");
    let compared = first(&app, press(&button(&list, "Compare"), &message(&list))).await;
    for title in &all[..3] {
        assert!(
            said(&compared).contains(&format!("**{title}:**")),
            "{title}: {compared}"
        );
    }
    assert!(!button(&list, "Explore roles").is_empty());

    let roles = first(
        &app,
        slash(
            "ask",
            &[(
                "question",
                json!("which roles does the aging population touch?"),
            )],
        ),
    )
    .await;
    let more = reply_at(
        &app,
        press(&button(&roles, "More"), &message(&roles)),
        at(NOON + 60),
    )
    .await
    .first
    .body();
    assert!(
        content(&more).contains("Page 1 of") && said(&more).contains("touched by the trend"),
        "{more}"
    );
}

#[tokio::test]
async fn under_a_trend_its_roles_can_be_compared() {
    let app = app();
    let trend = first(
        &app,
        slash("trend", &[("name", json!("telehealth-expansion"))]),
    )
    .await;
    let compared = first(&app, press(&button(&trend, "Compare"), &message(&trend))).await;
    assert!(
        said(&compared).contains("Telehealth coordinator")
            && said(&compared).contains("Pay: median a year"),
        "{compared}"
    );
    assert!(!button(&trend, "More").is_empty());
    let all = first(&app, slash("trends", &[])).await;
    let labels: Vec<&str> = parts(&all)
        .iter()
        .filter_map(|part| part["label"].as_str())
        .collect();
    assert_eq!(
        labels,
        ["Share", "Was this right? 👍 Yes", "👎 No"],
        "its menu opens each of them, and it names no role"
    );
}

#[tokio::test]
async fn explorations_and_the_end_of_the_quiz_can_be_judged() {
    let app = app();
    let explored = first(&app, slash("explore", &[])).await;
    let end = first(
        &app,
        press(
            &id(Action::Quiz("yyyyyyyyyyyy".to_owned())),
            &message(&explored),
        ),
    )
    .await;
    for body in [explored, end] {
        let thanks = first(&app, press(&button(&body, "👎 No"), &message(&body))).await;
        assert!(
            is_private(&thanks) && content(&thanks).starts_with("Thank you"),
            "{thanks}"
        );
    }
}

#[tokio::test]
async fn a_role_chosen_from_a_menu_is_opened() {
    let app = app();
    let list = first(&app, slash("explore", &[])).await;
    let menu = menu(&list, 1);
    let chosen = menu["options"][0].clone();
    let opened = first(
        &app,
        select(
            menu["custom_id"].as_str().expect("an id"),
            &[chosen["value"].as_str().expect("a slug")],
            &message(&list),
        ),
    )
    .await;
    assert!(
        is_private(&opened) && said(&opened).contains(chosen["label"].as_str().expect("a title")),
        "{opened}"
    );
    for values in [vec![], vec!["no-such-slug"], vec!["**"]] {
        let body = first(
            &app,
            select(
                menu["custom_id"].as_str().expect("an id"),
                &values,
                &message(&list),
            ),
        )
        .await;
        assert!(content(&body).contains("no longer"), "{body}");
    }
}

#[tokio::test]
async fn a_choice_button_asks_its_question() {
    let app = app();
    let body = first(
        &app,
        press(
            &id(Action::Ask("what do nurses earn?".to_owned())),
            &json!({"content": "x", "flags": 64}),
        ),
    )
    .await;
    assert!(
        is_private(&body) && content(&body).contains("what do nurses earn?"),
        "{body}"
    );
    assert!(
        !app.conversations()
            .of_member(
                serenity::model::id::UserId::new(MEMBER.parse().expect("an id")),
                at(NOON)
            )
            .is_empty(),
        "the talk goes on from there"
    );
}

#[tokio::test]
async fn a_verdict_is_thanked_for_privately() {
    let app = app();
    let card = role_card(&app).await;
    for label in ["Was this right? 👍 Yes", "👎 No"] {
        let body = first(&app, press(&button(&card, label), &message(&card))).await;
        assert!(
            is_private(&body) && content(&body).starts_with("Thank you"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn presses_are_throttled_like_commands() {
    let app = app();
    let card = message(&role_card(&app).await);
    let mut last = Value::Null;
    for _ in 0..10 {
        last = first(&app, press(&id(Action::Browse), &card)).await;
    }
    assert!(
        is_private(&last) && content(&last).contains("try again in"),
        "{last}"
    );
}

#[tokio::test]
async fn forgetting_by_button_forgets() {
    let app = app();
    first(&app, slash("ask", &[("question", json!("nurse"))])).await;
    let body = first(
        &app,
        press(&id(Action::Forget), &json!({"content": "x", "flags": 64})),
    )
    .await;
    assert_eq!(body["type"], 7);
    assert!(content(&body).contains("deleted all"), "{body}");
}

#[tokio::test]
async fn a_shared_chart_is_drawn_again() {
    let app = app();
    let pay = first(
        &app,
        slash(
            "pay",
            &[("role", json!("registered-nurse")), ("state", json!("TX"))],
        ),
    )
    .await;
    let name = "pay-registered-nurse-TX.png";
    let mut share = press(&button(&pay, "Share"), &message(&pay));
    share["message"]["attachments"] = json!([{"id": "9", "filename": name, "size": 5, "url": "https://cdn.example/x.png", "proxy_url": "https://cdn.example/x.png", "content_type": "image/png"}]);
    let reply = reply_at(&app, share, at(NOON)).await;
    assert_eq!(
        reply.first.body()["data"]["attachments"][0]["filename"],
        name
    );
    assert_eq!(reply.first.files().len(), 1);
}
