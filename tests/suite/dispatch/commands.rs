//! Each command: what it answers, and what it says to input that it cannot use.

use careerbot::discord::members::commands::explore;
use careerbot::discord::message::limits::{MESSAGE_COMMANDS, SLASH_COMMANDS, check_command};
use careerbot::discord::message::locale::{locales, translated};
use careerbot::discord::router::commands::COMMANDS;
use serde_json::{Value, json};

use super::{NOON, app, at, content, first, is_private, menu, parts, reply_at, said};
use crate::fake_discord::openapi;
use crate::fake_discord::payloads::{
    autocomplete, by_somebody_else, fresh, in_direct_message, interaction, message_command, slash,
    subcommand as moderation,
};

fn bodies() -> Vec<Value> {
    careerbot::discord::commands()
        .iter()
        .map(|command| serde_json::to_value(command).expect("a command is JSON"))
        .collect()
}

/// The options of a command body, subcommands' own included, each with its path of names.
fn options(path: &str, body: &Value) -> Vec<(String, Value)> {
    let own = body["options"].as_array().cloned().unwrap_or_default();
    own.into_iter()
        .flat_map(|option| {
            let path = format!("{path} {}", option["name"].as_str().unwrap_or_default());
            let inner = options(&path, &option);
            std::iter::once((path, option)).chain(inner)
        })
        .collect()
}

#[test]
fn every_command_body_is_as_discord_wants_it() {
    let bodies = bodies();
    for body in &bodies {
        assert_eq!(check_command(body), Vec::<String>::new(), "{body}");
        assert_eq!(
            openapi::request("POST", "/applications/1/commands", body),
            Vec::<String>::new(),
            "{body}"
        );
        if body["default_member_permissions"].is_null() {
            assert_eq!(
                body["contexts"],
                json!([0, 1, 2]),
                "in servers, in direct messages, everywhere"
            );
            assert_eq!(
                body["integration_types"],
                json!([0, 1]),
                "installed by servers and by members"
            );
        } else {
            assert_eq!(body["default_member_permissions"], "32", "Manage Server");
            assert_eq!(
                (&body["contexts"], &body["integration_types"]),
                (&json!([0]), &json!([0])),
                "in servers that have the bot"
            );
        }
    }
    let slash = bodies.iter().filter(|body| body["type"] == 1).count();
    assert!(slash <= SLASH_COMMANDS && bodies.len() - slash <= MESSAGE_COMMANDS);
    let mut names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), COMMANDS.len(), "names are unique");
}

#[test]
fn every_name_and_description_stands_in_every_language() {
    for body in bodies() {
        let name = body["name"].as_str().expect("a name").to_owned();
        let described = body["type"] == 1;
        for (path, part) in
            std::iter::once((name.clone(), body.clone())).chain(options(&name, &body))
        {
            for locale in locales() {
                assert!(
                    part["name_localizations"][locale].is_string(),
                    "{path} has no name in {locale}"
                );
                assert!(
                    !described || part["description_localizations"][locale].is_string(),
                    "{path} has no description in {locale}"
                );
                let own = part["options"].as_array().cloned().unwrap_or_default();
                let mut names: Vec<_> = own
                    .iter()
                    .map(|option| option["name_localizations"][locale].clone())
                    .collect();
                let all = names.len();
                names.sort_by_key(Value::to_string);
                names.dedup();
                assert_eq!(
                    names.len(),
                    all,
                    "{path}: two options have one name in {locale}"
                );
            }
        }
    }
}

#[test]
fn every_choice_stands_in_every_language_and_no_two_alike() {
    for body in bodies() {
        let name = body["name"].as_str().expect("a name").to_owned();
        for (path, option) in options(&name, &body) {
            let choices = option["choices"].as_array().cloned().unwrap_or_default();
            for locale in locales() {
                let mut names: Vec<&str> = choices
                    .iter()
                    .map(|choice| {
                        choice["name_localizations"][locale].as_str().unwrap_or_else(|| {
                            panic!(
                                "{path}: {} has no words in {locale}; the files below src/discord/message/locale hold them",
                                choice["name"]
                            )
                        })
                    })
                    .collect();
                names.sort_unstable();
                names.dedup();
                assert_eq!(
                    names.len(),
                    choices.len(),
                    "{path}: two choices have one name in {locale}"
                );
            }
        }
    }
}

#[test]
fn nothing_is_translated_that_is_not_there_or_twice() {
    let mut known: Vec<String> = Vec::new();
    for body in bodies() {
        let name = body["name"].as_str().expect("a name").to_owned();
        for (path, option) in options(&name, &body) {
            let choices = option["choices"].as_array().into_iter().flatten();
            known.extend(
                choices
                    .filter_map(|choice| choice["name"].as_str())
                    .map(str::to_owned),
            );
            known.push(path);
        }
        known.push(name);
    }
    let mut seen = std::collections::HashSet::new();
    for (locale, key) in translated() {
        assert!(
            known.iter().any(|known| known == key),
            "{locale}: \"{key}\" is no command, option or choice"
        );
        assert!(
            seen.insert((locale, key)),
            "{locale}: \"{key}\" stands there twice"
        );
    }
}

/// A call of every slash command, with what it needs.
pub(super) fn calls() -> Vec<Value> {
    let subcommand = |name: &str| {
        interaction(
            2,
            json!({"id": fresh(), "name": "my-data", "type": 1, "options": [{"name": name, "type": 1, "options": []}]}),
        )
    };
    vec![
        slash(
            "ask",
            &[("question", json!("What does a telehealth coordinator do?"))],
        ),
        slash(
            "ask",
            &[
                ("question", json!("how do I fix my car")),
                ("private", json!(false)),
            ],
        ),
        slash("role", &[("name", json!("registered-nurse"))]),
        slash(
            "compare",
            &[
                ("first", json!("registered-nurse")),
                ("second", json!("pharmacist")),
            ],
        ),
        slash(
            "compare",
            &[
                ("first", json!("registered-nurse")),
                ("second", json!("pharmacist")),
                ("third", json!("dentist")),
            ],
        ),
        slash("pay", &[("role", json!("registered-nurse"))]),
        slash(
            "pay",
            &[("role", json!("registered-nurse")), ("state", json!("TX"))],
        ),
        slash(
            "pay",
            &[
                ("role", json!("registered-nurse")),
                ("area", json!("0026420")),
            ],
        ),
        slash("path", &[("from", json!("nursing-assistant"))]),
        slash(
            "path",
            &[
                ("from", json!("licensed-practical-nurse")),
                ("to", json!("nurse-practitioner")),
                ("place", json!("0018140")),
                ("time", json!("18 months")),
                ("pay", json!("28.50")),
            ],
        ),
        slash("explore", &[]),
        slash(
            "explore",
            &[
                ("pay", json!("8")),
                ("remote", json!("p")),
                ("interest", json!("i")),
                ("training", json!("m")),
                ("growth", json!("g")),
            ],
        ),
        slash("quiz", &[]),
        slash("trends", &[]),
        slash("trend", &[("name", json!("telehealth-expansion"))]),
        slash("sources", &[]),
        slash("privacy", &[]),
        subcommand("view"),
        subcommand("delete"),
        moderation("digest", "list", &[]),
        moderation("knowledge", "list", &[]),
        moderation("knowledge", "add", &[]),
        slash("gaps", &[]),
        slash("stats", &[]),
        slash("export", &[("what", json!("entries"))]),
        moderation("settings", "view", &[]),
        moderation(
            "settings",
            "set",
            &[("time-zone", 3, json!("America/New_York"))],
        ),
        slash("help", &[]),
        message_command("Answer this", "what do dentists earn"),
        message_command("Draft a trend from this", "An article."),
        message_command("Save as knowledge", "An answer."),
        moderation("trend-draft", "list", &[]),
    ]
}

#[tokio::test]
async fn every_command_is_answered_in_servers_and_in_direct_messages() {
    let called: Vec<String> = calls()
        .iter()
        .map(|call| call["data"]["name"].as_str().expect("a name").to_owned())
        .collect();
    for command in COMMANDS {
        assert!(
            called.contains(&command.name.to_owned()),
            "{} is not called",
            command.name
        );
    }
    for call in calls() {
        for call in [call.clone(), in_direct_message(call)] {
            let body = first(&app(), call).await;
            assert_eq!(body["type"], 4);
            assert!(!content(&body).is_empty());
        }
    }
}

#[tokio::test]
async fn every_command_can_be_read_where_embeds_are_not_shown() {
    for mut call in calls() {
        // Everything but Embed Links (1 << 14).
        call["app_permissions"] =
            json!((2_248_473_465_835_073_u64 & !(1 << 14) & !(1 << 3)).to_string());
        let body = first(&app(), call).await;
        assert!(body["data"]["embeds"].is_null(), "{body}");
        assert!(!content(&body).is_empty());
    }
}

#[tokio::test]
async fn only_ask_can_be_public_at_once() {
    for call in calls() {
        let public = call["data"]["options"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|option| option["name"] == "private");
        let body = first(&app(), call).await;
        assert_eq!(is_private(&body), !public, "{body}");
    }
}

#[tokio::test]
async fn the_question_is_repeated_and_does_nothing() {
    let question = "**@everyone** <@&1> [nurse](https://evil.example) pay? discord.gg/abc";
    let body = first(
        &app(),
        slash(
            "ask",
            &[("question", json!(question)), ("private", json!(false))],
        ),
    )
    .await;
    let text = content(&body);
    assert!(text.starts_with("> "), "{text}");
    for bad in [
        "**@",
        "@everyone",
        "<@&",
        "](https://",
        "https://",
        "discord.gg/",
    ] {
        assert!(!text.contains(bad), "{bad} in {text}");
    }
}

#[tokio::test]
async fn malformed_options_get_a_plain_reply() {
    let nested = json!({"id": fresh(), "name": "ask", "type": 1, "options": [{"name": "question", "type": 1, "options": []}]});
    let calls = [
        slash("ask", &[]),
        slash("ask", &[("question", json!("   "))]),
        slash("ask", &[("question", json!(true))]),
        interaction(2, nested),
        slash("role", &[]),
        slash("role", &[("name", json!(7))]),
        slash("role", &[("name", json!("telehealth-expansion"))]),
        slash("trend", &[("name", json!("registered-nurse"))]),
        slash("trend", &[("name", json!("**@everyone**"))]),
        slash(
            "compare",
            &[
                ("first", json!("registered-nurse")),
                ("second", json!("registered-nurse")),
            ],
        ),
        slash("compare", &[("first", json!("registered-nurse"))]),
        slash(
            "pay",
            &[("role", json!("registered-nurse")), ("state", json!("ZZ"))],
        ),
        slash(
            "pay",
            &[
                ("role", json!("registered-nurse")),
                ("area", json!("**@Atlantis**")),
            ],
        ),
        slash(
            "pay",
            &[
                ("role", json!("registered-nurse")),
                ("area", json!("Springfield")),
            ],
        ),
        slash(
            "pay",
            &[
                ("role", json!("registered-nurse")),
                ("area", json!("Houston")),
                ("state", json!("ME")),
            ],
        ),
        slash("pay", &[]),
        slash("path", &[]),
        slash("path", &[("from", json!("**@beekeeper**"))]),
        slash(
            "explore",
            &[
                ("pay", json!("a lot")),
                ("remote", json!(true)),
                ("growth", json!("é")),
            ],
        ),
        slash("my-data", &[]),
        message_command("Answer this", "  "),
    ];
    for call in calls {
        let shown = call["data"].to_string();
        let body = first(&app(), call).await;
        assert!(is_private(&body), "{shown}: {body}");
        assert!(
            content(&body).len() > 20 && !content(&body).contains("**@"),
            "{shown}: {body}"
        );
    }
}

#[tokio::test]
async fn an_unknown_command_says_what_to_do() {
    for call in [
        slash("weather", &[]),
        slash("", &[]),
        message_command("ask", "x"),
        interaction(
            2,
            json!({"id": fresh(), "name": "ask", "type": 2, "target_id": "1"}),
        ),
    ] {
        let body = first(&app(), call).await;
        assert!(
            is_private(&body) && content(&body).contains("/help"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_message_that_is_gone_cannot_be_answered() {
    let call = interaction(
        2,
        json!({"id": fresh(), "name": "Answer this", "type": 3, "target_id": fresh(), "resolved": {}}),
    );
    let body = first(&app(), call).await;
    assert!(content(&body).contains("deleted"), "{body}");
}

#[tokio::test]
async fn titles_and_states_find_their_slug_however_written() {
    for (name, options) in [
        ("role", vec![("name", json!("Registered Nurse"))]),
        (
            "pay",
            vec![
                ("role", json!("REGISTERED NURSE")),
                ("state", json!("texas")),
            ],
        ),
    ] {
        let body = first(&app(), slash(name, &options)).await;
        assert!(!content(&body).contains("I know no"), "{body}");
    }
}

#[tokio::test]
async fn pay_around_a_city_names_its_area_and_its_chart_marks_it() {
    for area in [
        "0026420",
        "Sugar Land",
        "houston, tx",
        "Houston-Pasadena-The Woodlands, TX",
    ] {
        let body = first(
            &app(),
            slash(
                "pay",
                &[("role", json!("registered-nurse")), ("area", json!(area))],
            ),
        )
        .await;
        let text = said(&body);
        assert!(
            text.contains(
                "In the Houston-Pasadena-The Woodlands, TX area, registered nurses typically earn $"
            ),
            "{text}"
        );
        assert!(
            text.contains("In Texas, registered nurses typically earn $")
                && text.contains("an hour (median, May 2025)"),
            "{text}"
        );
        let file = &body["data"]["attachments"][0];
        assert_eq!(
            file["filename"], "pay-registered-nurse-0026420.png",
            "{body}"
        );
        assert!(
            file["description"]
                .as_str()
                .is_some_and(|alt| alt.contains("Houston-Pasadena")),
            "{body}"
        );
    }
    let body = first(
        &app(),
        autocomplete(
            "pay",
            &[
                ("role", json!("registered-nurse")),
                ("area", json!("sugar l")),
            ],
        ),
    )
    .await;
    assert_eq!(body["data"]["choices"][0]["value"], "0026420", "{body}");
}

#[tokio::test]
async fn typing_is_answered_with_suggestions_and_nothing_else() {
    let calls = [
        autocomplete("role", &[("name", json!("nur"))]),
        autocomplete("role", &[("name", json!(""))]),
        autocomplete("trend", &[("name", json!("tele"))]),
        autocomplete(
            "compare",
            &[
                ("first", json!("registered-nurse")),
                ("second", json!("ph")),
            ],
        ),
        autocomplete(
            "pay",
            &[("role", json!("registered-nurse")), ("state", json!("te"))],
        ),
        autocomplete("ask", &[("question", json!("x"))]),
        autocomplete("weather", &[("day", json!("x"))]),
        autocomplete("role", &[]),
    ];
    for call in calls {
        assert_eq!(first(&app(), call).await["type"], 8);
    }
}

#[tokio::test]
async fn exploring_lists_roles_with_figures_and_sources() {
    let body = first(&app(), slash("explore", &[("pay", json!("a"))])).await;
    let text = said(&body);
    assert!(
        text.contains("$100,000 a year or more")
            && text.contains("BLS wages, May 2025")
            && text.contains("a year, jobs"),
        "{text}"
    );
    let open = menu(&body, 1)["options"].as_array().expect("roles");
    assert!(!open.is_empty() && open.len() <= 8);
    let pays: Vec<&str> = menu(&body, 0)["options"]
        .as_array()
        .expect("sorts")
        .iter()
        .filter(|sort| sort["default"] == true)
        .filter_map(|sort| sort["value"].as_str())
        .collect();
    assert_eq!(pays, ["p"]);
}

#[tokio::test]
async fn a_wish_that_no_role_meets_says_so() {
    let body = first(
        &app(),
        slash("explore", &[("pay", json!("c")), ("training", json!("h"))]),
    )
    .await;
    assert!(content(&body).contains("No role"), "{body}");
    assert_eq!(explore::Asked::default().encode(), "-----p");
}

#[tokio::test]
async fn members_who_read_another_language_are_told_that_answers_are_english() {
    for (locale, note) in [
        ("de", "Die Antworten sind auf Englisch."),
        ("fr", "Les réponses sont en anglais."),
        ("es-419", "Las respuestas están en inglés."),
        ("ja", "Answers are in English."),
    ] {
        for mut call in [slash("help", &[]), slash("explore", &[])] {
            call["locale"] = json!(locale);
            let body = first(&app(), call).await;
            assert!(said(&body).contains(note), "{locale}: {body}");
        }
    }
    assert!(!said(&first(&app(), slash("help", &[])).await).contains("in English"));
}

#[tokio::test]
async fn a_member_in_a_hurry_is_told_privately_how_long_to_wait() {
    let app = app();
    for _ in 0..10 {
        assert!(
            !content(
                &reply_at(&app, slash("help", &[]), at(NOON))
                    .await
                    .first
                    .body()
            )
            .contains("try again in")
        );
    }
    let refused = reply_at(
        &app,
        slash(
            "ask",
            &[("question", json!("x")), ("private", json!(false))],
        ),
        at(NOON),
    )
    .await
    .first
    .body();
    assert!(
        is_private(&refused) && content(&refused).contains("try again in 3 s"),
        "{refused}"
    );
    let suggestions = reply_at(
        &app,
        autocomplete("role", &[("name", json!("nur"))]),
        at(NOON),
    )
    .await
    .first
    .body();
    assert_eq!(suggestions["type"], 8, "typing is not held up");
    let later = reply_at(&app, slash("help", &[]), at(NOON + 3))
        .await
        .first
        .body();
    assert!(!content(&later).contains("try again in"));
}

#[tokio::test]
async fn what_is_remembered_can_be_seen_and_deleted() {
    let subcommand = |name: &str| {
        interaction(
            2,
            json!({"id": fresh(), "name": "my-data", "type": 1, "options": [{"name": name, "type": 1, "options": []}]}),
        )
    };
    let app = app();
    assert!(content(&first(&app, subcommand("view")).await).contains("keep nothing"));
    first(
        &app,
        slash("ask", &[("question", json!("what do nurses earn"))]),
    )
    .await;
    let seen = first(&app, subcommand("view")).await;
    assert!(
        content(&seen).contains("<#300000000000000001>")
            && content(&seen).contains(&format!("<t:{}:R>", NOON + 900)),
        "{seen}"
    );
    assert_eq!(parts(&seen).len(), 1, "a button to delete it");
    let later = reply_at(&app, subcommand("view"), at(NOON + 900))
        .await
        .first
        .body();
    assert!(content(&later).contains("keep nothing"), "{later}");
    assert!(content(&first(&app, subcommand("delete")).await).contains("deleted all"));
    assert!(content(&first(&app, subcommand("delete")).await).contains("nothing to delete"));
}

#[tokio::test]
async fn pay_comes_with_a_chart_that_is_also_in_words() {
    for (options, file) in [
        (
            vec![("role", json!("registered-nurse"))],
            "pay-registered-nurse-US.png",
        ),
        (
            vec![("role", json!("registered-nurse")), ("state", json!("tx"))],
            "pay-registered-nurse-TX.png",
        ),
    ] {
        let reply = reply_at(&app(), slash("pay", &options), at(NOON)).await;
        let attachment = &reply.first.body()["data"]["attachments"][0];
        assert_eq!(attachment["filename"], file);
        let words = attachment["description"].as_str().expect("words");
        assert!(
            words.contains("10th percentile $")
                && words.contains("median $")
                && words.contains("90th percentile $"),
            "{words}"
        );
        let files = reply.first.files();
        assert!(files.len() == 1 && files[0].data.starts_with(b"\x89PNG"));
    }
}

#[tokio::test]
async fn a_question_that_many_ask_gets_the_same_answer_and_starts_a_talk_each_time() {
    let app = app();
    let ask = |question: &str| by_somebody_else(slash("ask", &[("question", json!(question))]));
    for question in [
        "What does a registered nurse earn?",
        "jobs that need *no* degree",
        "how do I fix my car",
    ] {
        let first = reply_at(&app, ask(question), at(NOON)).await;
        for _ in 0..3 {
            let again = reply_at(&app, ask(question), at(NOON)).await;
            assert_eq!(again.first, first.first, "{question}");
            assert!(again.then.is_empty() && first.then.is_empty(), "{again:?}");
        }
    }
    // The fifth to ask may ask on as the first may: the answer may be a kept one, the talk is the member's own.
    let asked = ask("What does a registered nurse earn?");
    reply_at(&app, asked.clone(), at(NOON)).await;
    let mut followed = slash("ask", &[("question", json!("and in Texas?"))]);
    for place in ["member", "guild_id", "guild", "channel"] {
        followed[place] = asked[place].clone();
    }
    let followed = said(&reply_at(&app, followed, at(NOON + 1)).await.first.body());
    assert!(
        followed.contains("egistered nurse") && followed.contains("Texas"),
        "{followed}"
    );
    // Public and private ones are told apart.
    let public = by_somebody_else(slash(
        "ask",
        &[
            ("question", json!("What does a registered nurse earn?")),
            ("private", json!(false)),
        ],
    ));
    assert!(!is_private(
        &reply_at(&app, public, at(NOON + 2)).await.first.body()
    ));
}

#[tokio::test]
async fn a_follow_up_is_understood_for_fifteen_minutes_and_only_where_it_was_said() {
    let app = app();
    let ask = |question: &str| slash("ask", &[("question", json!(question))]);
    reply_at(&app, ask("What does a registered nurse earn?"), at(NOON)).await;
    let mut elsewhere = ask("and in Texas?");
    elsewhere["channel_id"] = json!("300000000000000077");
    elsewhere["channel"]["id"] = json!("300000000000000077");
    let alone = said(&reply_at(&app, elsewhere, at(NOON + 1)).await.first.body());
    assert!(
        alone.contains("which role you mean") && !alone.contains("nurses earned"),
        "{alone}"
    );
    let followed = said(
        &reply_at(&app, ask("and in Texas?"), at(NOON + 899))
            .await
            .first
            .body(),
    );
    assert!(
        followed.contains("egistered nurse") && followed.contains("Texas"),
        "{followed}"
    );
    let late = said(
        &reply_at(&app, ask("and in Ohio?"), at(NOON + 899 + 900))
            .await
            .first
            .body(),
    );
    assert!(
        late.contains("which role you mean") && !late.contains("nurses earned"),
        "{late}"
    );
}
