//! The real program against a Discord of our own: login, registration, every command, and everything that can break on the way.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    self, autocomplete, by_somebody_else, guild_message, in_direct_message, interaction, slash,
};
use crate::fake_discord::{Bot, FakeDiscord, Order, Outcome, bot, error};

/// Starts both and waits until the bot is ready.
async fn running() -> (FakeDiscord, Bot) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    (discord, bot)
}

fn ask() -> Value {
    slash(
        "ask",
        &[("question", json!("What does a telehealth coordinator do?"))],
    )
}

#[track_caller]
fn assert_message(body: &Value) {
    assert_eq!(body["type"], 4, "{body}");
    assert!(
        body["data"]["content"]
            .as_str()
            .is_some_and(|text| !text.is_empty()),
        "readable without embeds: {body}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_logs_in_without_privileged_intents() {
    let (discord, _bot) = running().await;
    let identify = discord.shared.lock().identifies[0].clone();
    let intents = identify["intents"].as_u64().expect("intents");
    assert_eq!(intents & crate::fake_discord::gateway::PRIVILEGED, 0);
    assert_eq!(
        intents,
        1 | 1 << 9 | 1 << 12,
        "servers, and messages there and in direct messages, nothing else"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_start_registers_the_commands_and_the_second_writes_nothing() {
    let (discord, bot) = running().await;
    let written = discord.request("PUT", "/commands").await;
    assert_eq!(
        written.body,
        serde_json::to_value(careerbot::discord::commands()).expect("commands")
    );
    let read = discord.request("GET", "/commands").await;
    assert_eq!(
        read.query.trim_matches('&'),
        "with_localizations=true",
        "without it Discord hides translations, and each start would write"
    );
    bot.logged("commands registered").await;
    drop(bot);
    let second = Bot::start(&discord);
    second.logged("commands are registered already").await;
    let writes =
        ["PUT", "POST", "PATCH", "DELETE"].map(|method| discord.count(method, "/commands"));
    assert_eq!(writes, [1, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_command_is_written_again() {
    let (discord, bot) = running().await;
    bot.logged("commands registered").await;
    drop(bot);
    discord.shared.lock().commands[0]["description"] = json!("from an older version");
    let second = Bot::start(&discord);
    second.logged("commands registered").await;
    assert_eq!(discord.count("PUT", "/commands"), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_that_are_not_ours_stay() {
    let discord = FakeDiscord::start().await;
    let entry = json!({"id": "5", "name": "launch", "type": 4, "handler": 2, "description": "", "contexts": null});
    let other = json!({"id": "6", "name": "play", "type": 1, "description": "Play something"});
    discord.shared.lock().commands = vec![entry, other];
    let bot = Bot::start(&discord);
    bot.logged("commands registered").await;
    let names = |state: &crate::fake_discord::State| -> Vec<String> {
        state
            .commands
            .iter()
            .map(|one| one["name"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let all = names(&discord.shared.lock());
    assert!(
        ["launch", "play", "ask"]
            .iter()
            .all(|name| all.contains(&(*name).to_owned())),
        "{all:?}"
    );
    drop(bot);
    let second = Bot::start(&discord);
    second.logged("commands are registered already").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_programs_commands_of_our_names_are_overwritten_only_when_told() {
    let discord = FakeDiscord::start().await;
    let theirs =
        json!({"id": "6", "name": "help", "type": 1, "description": "Help of another program"});
    discord.shared.lock().commands = vec![theirs.clone()];
    let bot = Bot::start(&discord);
    bot.logged("careerbot commands register --take-over").await;
    discord.ready(1).await;
    assert_eq!(discord.shared.lock().commands, [theirs]);
    for (arguments, good) in [
        (&["commands", "register"][..], false),
        (&["commands", "register", "--take-over"], true),
        (&["commands", "register"], true),
    ] {
        let (mut command, _home) = bot::command(&discord.base, arguments);
        assert_eq!(
            command.output().expect("it starts").status.success(),
            good,
            "{arguments:?}"
        );
    }
    assert_eq!(discord.count("PUT", "/commands"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_registration_does_not_keep_the_bot_from_answering() {
    let discord = FakeDiscord::start().await;
    discord.script(
        "PUT",
        "/commands",
        Outcome::Fail(403, error(50001, "Missing Access")),
    );
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    bot.logged("commands are not registered").await;
    assert_message(&discord.interact(ask()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_slash_command_is_answered_in_a_server_and_in_a_direct_message() {
    let (discord, _bot) = running().await;
    let commands = serde_json::to_value(careerbot::discord::commands()).expect("commands");
    for command in commands.as_array().expect("a list") {
        let call = filled(command);
        for call in [call.clone(), in_direct_message(call)] {
            // Fresh ids, so that each is an interaction of its own.
            let call = by_somebody_else(with_fresh_ids(call));
            let body = discord.interact(call).await;
            assert!(
                matches!(body["type"].as_u64(), Some(4 | 9)),
                "{}: {body}",
                command["name"]
            );
            if body["type"] == 4 {
                assert_message(&body);
                assert!(
                    !body.to_string().contains("try again in"),
                    "{}: no rate limit answers in its place: {body}",
                    command["name"]
                );
            }
        }
    }
}

fn with_fresh_ids(mut call: Value) -> Value {
    let id = payloads::fresh();
    call["token"] = json!(format!("token-{id}"));
    call["id"] = json!(id);
    call
}

/// A call of a command with all its required options, and its first subcommand where it has any.
pub(crate) fn filled(command: &Value) -> Value {
    let name = command["name"].as_str().expect("a name");
    if command["type"] == 3 {
        return payloads::message_command(name, "What does a telehealth coordinator do?");
    }
    fn fill(options: &Value) -> Vec<Value> {
        let value = |option: &Value| match (
            option["choices"][0]["value"].clone(),
            option["name"].as_str(),
        ) {
            (Value::Null, Some("question")) => json!("How much does a nurse practitioner make?"),
            (Value::Null, Some("first")) => json!("registered-nurse"),
            (Value::Null, _) if option["type"] == 3 => json!("nurse-practitioner"),
            (Value::Null, _) if option["type"] == 5 => json!(true),
            (Value::Null, _) => json!(1),
            (choice, _) => choice,
        };
        let options = options.as_array().cloned().unwrap_or_default();
        match options.iter().find(|option| option["type"] == 1) {
            Some(sub) => vec![json!({"name": sub["name"], "type": 1, "options": fill(&sub["options"])})],
            None => options
                .iter()
                .filter(|option| option["required"] == true)
                .map(|option| json!({"name": option["name"], "type": option["type"], "value": value(option)}))
                .collect(),
        }
    }
    interaction(
        2,
        json!({"id": payloads::fresh(), "name": name, "type": 1, "options": fill(&command["options"])}),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn autocomplete_gives_choices() {
    let (discord, _bot) = running().await;
    let body = discord
        .interact(autocomplete("role", &[("name", json!("tele"))]))
        .await;
    assert_eq!(body["type"], 8, "{body}");
    assert!(body["data"]["choices"].is_array());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_command_is_answered_in_plain_words() {
    let (discord, _bot) = running().await;
    let body = discord.interact(slash("from-an-older-version", &[])).await;
    assert_message(&body);
    assert_eq!(body["data"]["flags"], 64, "only the member sees it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_malformed_interaction_is_answered_counted_and_logged() {
    let (discord, bot) = running().await;
    let mut broken = ask();
    broken["data"] = json!({"name": 5});
    broken["channel_id"] = json!({});
    let id = broken["id"].as_str().expect("an id").to_owned();
    let body = discord.interact(broken).await;
    assert_message(&body);
    assert!(
        body["data"]["content"]
            .as_str()
            .is_some_and(|text| text.contains(&id)),
        "the apology has the id: {body}"
    );
    bot.logged("event cannot be decoded").await;
    // Two lines from two places, in either order.
    bot.logged(&id).await;
    // Not even an envelope: nothing to answer to, and the next one works.
    discord.dispatch("INTERACTION_CREATE", json!({"type": 2}));
    discord.dispatch("INTERACTION_CREATE", json!("nonsense"));
    discord.dispatch("A_KIND_OF_EVENT_FROM_THE_FUTURE", json!({"x": 1}));
    assert_message(&discord.interact(ask()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_the_token_nor_a_question_reaches_the_log() {
    let (discord, bot) = running().await;
    let question = "zebrawords about nursing";
    let call = slash("ask", &[("question", json!(question))]);
    let token = call["token"].as_str().expect("a token").to_owned();
    discord.script(
        "POST",
        "/callback",
        Outcome::Fail(500, json!({"message": "500"})),
    );
    discord.interact(call.clone()).await;
    let mut broken = with_fresh_ids(call);
    broken["channel_id"] = json!({});
    discord.interact(broken).await;
    // A payload that is no gateway payload at all, with the question in it.
    discord.order(Order::Text(
        json!({"op": 77, "d": {"content": question}}).to_string(),
    ));
    discord.order(Order::Text(format!("{{\"op\": 0, \"d\": \"{question}\"")));
    discord.interact(ask()).await;
    // Lines wait a moment to be written out together.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let log = bot.log();
    assert!(log.contains("answered"), "nothing is logged:\n{log}");
    assert_eq!(
        log.matches("a frame of the gateway").count(),
        2,
        "each broken frame is warned of:\n{log}"
    );
    assert!(
        !log.contains("zebrawords"),
        "a question is in the log:\n{log}"
    );
    assert!(
        !log.contains(&token) && !log.contains(crate::fake_discord::TOKEN),
        "a token is in the log:\n{log}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_socket_is_resumed_and_nothing_is_lost() {
    let (discord, _bot) = running().await;
    discord.interact(ask()).await;
    // The connection goes while an interaction is on its way: it is replayed after the resume.
    discord.order(Order::Drop);
    let replayed = ask();
    let token = discord.expect_interaction(&replayed);
    discord
        .wait("end of the connection", |state| {
            state.link.is_none().then_some(())
        })
        .await;
    discord.dispatch("INTERACTION_CREATE", replayed);
    assert_message(&discord.response(&token).await);
    let state = discord.shared.lock();
    assert_eq!((state.identifies.len(), state.resumes.len()), (1, 1));
    assert_eq!(state.resumes[0]["session_id"], "session-1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_to_reconnect_is_followed_by_a_resume() {
    let (discord, _bot) = running().await;
    discord.order(Order::Reconnect);
    discord
        .wait("RESUME", |state| (!state.resumes.is_empty()).then_some(()))
        .await;
    assert_message(&discord.interact(ask()).await);
    assert_eq!(discord.shared.lock().identifies.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resumable_invalid_session_is_resumed() {
    let (discord, _bot) = running().await;
    discord.order(Order::InvalidSession(true));
    discord
        .wait("RESUME", |state| (!state.resumes.is_empty()).then_some(()))
        .await;
    assert_message(&discord.interact(ask()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invalid_session_ends_in_a_second_login_without_registering_again() {
    let (discord, bot) = running().await;
    bot.logged("commands registered").await;
    discord.order(Order::InvalidSession(false));
    discord.ready(2).await;
    assert_message(&discord.interact(ask()).await);
    let counts = [("GET", "/commands"), ("PUT", "/commands")]
        .map(|(method, path)| discord.count(method, path));
    assert_eq!(counts, [1, 1], "a second READY registers nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_ready_out_of_the_blue_changes_nothing() {
    let (discord, bot) = running().await;
    bot.logged("commands registered").await;
    let again = discord.shared.lock().events[0]["d"].clone();
    discord.dispatch("READY", again);
    assert_message(&discord.interact(ask()).await);
    assert_eq!(
        (
            discord.count("GET", "/commands"),
            discord.count("PUT", "/commands")
        ),
        (1, 1)
    );
    assert_eq!(discord.shared.lock().identifies.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_that_allows_it_is_resumed() {
    let (discord, _bot) = running().await;
    discord.order(Order::Close(4000));
    discord
        .wait("RESUME", |state| (!state.resumes.is_empty()).then_some(()))
        .await;
    assert_message(&discord.interact(ask()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_without_a_code_is_survived() {
    let discord = FakeDiscord::start().await;
    discord.shared.lock().heartbeat_ms = 1_000;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    discord.order(Order::CloseBare);
    discord
        .wait("a new login", |state| {
            (state.connections >= 2 && state.link.is_some()).then_some(())
        })
        .await;
    assert_message(&discord.interact(ask()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heartbeats_are_sent_at_the_interval() {
    let discord = FakeDiscord::start().await;
    discord.shared.lock().heartbeat_ms = 100;
    let _bot = Bot::start(&discord);
    discord
        .wait("three heartbeats", |state| {
            (state.heartbeats >= 3).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_token_ends_the_program_with_what_to_do() {
    let discord = FakeDiscord::start().await;
    for where_refused in ["REST", "gateway"] {
        if where_refused == "REST" {
            discord.script(
                "GET",
                "@me",
                Outcome::Fail(401, json!({"message": "401: Unauthorized", "code": 0})),
            );
        } else {
            discord.shared.lock().on_login.push_back(Order::Close(4004));
        }
        let mut bot = Bot::start(&discord);
        let status = bot.ended().await;
        assert_eq!(status.code(), Some(1), "{where_refused}");
        bot.logged("Discord refuses DISCORD_TOKEN").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_gateway_call_is_tried_again_and_never_goes_to_the_public_address() {
    let discord = FakeDiscord::start().await;
    for _ in 0..3 {
        discord.script(
            "GET",
            "/gateway",
            Outcome::Fail(500, json!({"message": "500"})),
        );
    }
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    assert!(discord.count("GET", "/gateway") >= 4);
    assert!(!bot.log().contains("discord.gg"), "{}", bot.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_is_not_on_this_machine_is_refused_with_a_test_base() {
    let discord = FakeDiscord::start().await;
    discord.shared.lock().gateway_url = "wss://gateway.discord.gg".to_owned();
    let mut bot = Bot::start(&discord);
    assert_eq!(bot.ended().await.code(), Some(1));
    bot.logged("is not on this machine").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_to_another_host_is_not_followed() {
    let discord = FakeDiscord::start().await;
    let other = FakeDiscord::start().await;
    discord.script(
        "POST",
        "/callback",
        Outcome::Redirect(format!("{}/api/v10/elsewhere", other.base)),
    );
    let bot = Bot::start(&discord);
    discord.ready(1).await;
    let call = ask();
    discord.expect_interaction(&call);
    discord.dispatch("INTERACTION_CREATE", call);
    bot.logged("response not delivered").await;
    assert_eq!(other.shared.lock().requests.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rate_limited_callback_waits_as_long_as_discord_says() {
    let (discord, _bot) = running().await;
    discord.script("POST", "/callback", Outcome::RateLimited(0.4));
    assert_message(&discord.interact(ask()).await);
    let state = discord.shared.lock();
    let tries: Vec<_> = state
        .requests
        .iter()
        .filter(|request| request.path.ends_with("/callback"))
        .collect();
    assert_eq!(
        tries
            .iter()
            .map(|request| request.status)
            .collect::<Vec<_>>(),
        [429, 204]
    );
    assert!(
        tries[1].at - tries[0].at >= Duration::from_millis(400),
        "Retry-After is honoured"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_that_would_come_too_late_is_given_up_and_logged() {
    let (discord, bot) = running().await;
    discord.script("POST", "/callback", Outcome::RateLimited(30.0));
    let call = ask();
    discord.expect_interaction(&call);
    let sent = Instant::now();
    discord.dispatch("INTERACTION_CREATE", call);
    bot.logged("response not delivered").await;
    assert!(
        sent.elapsed() < Duration::from_secs(20),
        "it does not wait out the limit"
    );
    assert_eq!(
        discord.count("POST", "/callback"),
        1,
        "nothing is sent after the deadline"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_callback_is_cut_off_before_three_seconds() {
    let (discord, bot) = running().await;
    discord.script("POST", "/callback", Outcome::Slow(Duration::from_secs(8)));
    let call = ask();
    discord.expect_interaction(&call);
    discord.dispatch("INTERACTION_CREATE", call);
    bot.logged("not done in time").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_that_failed_is_tried_again() {
    let (discord, _bot) = running().await;
    discord.script(
        "POST",
        "/callback",
        Outcome::Fail(500, json!({"message": "500"})),
    );
    discord.script(
        "POST",
        "/callback",
        Outcome::Fail(503, json!({"message": "503"})),
    );
    assert_message(&discord.interact(ask()).await);
    assert_eq!(discord.count("POST", "/callback"), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_that_worked_and_said_500_counts_as_answered_on_the_second_try() {
    let (discord, bot) = running().await;
    discord.script("POST", "/callback", Outcome::DoneButFailed);
    assert_message(&discord.interact(ask()).await);
    discord
        .wait("the second try", |state| {
            state
                .requests
                .iter()
                .find(|r| r.path.ends_with("/callback") && r.status == 400)
                .map(drop)
        })
        .await;
    assert_message(&discord.interact(ask()).await);
    assert!(!bot.log().contains("not delivered"), "{}", bot.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interaction_that_discord_has_forgotten_is_logged_and_the_next_one_works() {
    let (discord, bot) = running().await;
    discord.dispatch("INTERACTION_CREATE", ask());
    bot.logged("code 10062").await;
    assert_message(&discord.interact(ask()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_response_that_discord_refuses_is_given_as_bare_text_and_then_as_an_apology() {
    let (discord, _bot) = running().await;
    let refused = || Outcome::Fail(403, error(50_013, "Missing Permissions"));
    discord.script("POST", "/callback", refused());
    let bare = discord.interact(ask()).await;
    assert_message(&bare);
    assert!(
        bare["data"]["embeds"].is_null() && bare["data"]["components"].is_null(),
        "{bare}"
    );
    assert!(
        bare["data"]["content"]
            .as_str()
            .is_some_and(|text| text.contains("https://www.onetonline.org")),
        "{bare}"
    );
    discord.script("POST", "/callback", refused());
    discord.script("POST", "/callback", refused());
    let call = with_fresh_ids(ask());
    let sorry = discord.interact(call.clone()).await;
    let code = call["id"].as_str().expect("an id");
    assert!(
        sorry["data"]["flags"] == 64 && sorry["data"]["content"].to_string().contains(code),
        "{sorry}"
    );
    assert_eq!(discord.count("POST", "/callback"), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_response_that_comes_too_late_is_not_followed_by_others() {
    let (discord, bot) = running().await;
    discord.shared.lock().response_time = Duration::ZERO;
    let call = ask();
    discord.expect_interaction(&call);
    discord.dispatch("INTERACTION_CREATE", call);
    bot.logged("code 10062").await;
    assert_eq!(discord.count("POST", "/callback"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_interactions_at_once_are_each_answered_once() {
    let (discord, _bot) = running().await;
    let calls: Vec<Value> = (0..100).map(|_| slash("trends", &[])).collect();
    for call in &calls {
        discord.expect_interaction(call);
    }
    for call in &calls {
        discord.dispatch("INTERACTION_CREATE", call.clone());
    }
    for call in &calls {
        discord
            .response(call["token"].as_str().expect("a token"))
            .await;
    }
    assert_eq!(discord.count("POST", "/callback"), 100);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_and_ctrl_c_finish_the_work_and_close_the_gateway() {
    for signal in ["TERM", "INT"] {
        let (discord, mut bot) = running().await;
        discord.script(
            "POST",
            "/callback",
            Outcome::Slow(Duration::from_millis(700)),
        );
        let call = ask();
        let token = discord.expect_interaction(&call);
        discord.dispatch("INTERACTION_CREATE", call);
        bot.logged("outcome=\"answered\"").await;
        bot.signal(signal);
        let status = bot.ended().await;
        assert!(status.success(), "{signal}: {status}");
        assert_message(&discord.response(&token).await);
        assert_eq!(
            discord.shared.lock().closed,
            [Some(1000)],
            "the gateway was closed with a goodbye"
        );
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_can_be_stopped_while_discord_is_away() {
    let nowhere = format!("http://{}", FakeDiscord::nowhere().await);
    let discord = FakeDiscord::start().await;
    let mut bot = Bot::start_with(&discord, &["serve"], &[("CAREERBOT_DISCORD_API", &nowhere)]);
    bot.logged("out of reach").await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_base_that_is_not_loopback_is_refused_before_anything_is_sent() {
    for base in [
        "http://10.0.0.1:80",
        "https://discord.com",
        "http://example.org:80",
    ] {
        let (mut command, _home) = bot::command(base, &["serve"]);
        let output = command.output().expect("the program runs");
        assert!(!output.status.success(), "{base}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("CAREERBOT_DISCORD_API"),
            "{base}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_that_do_not_mention_the_bot_get_no_reply() {
    let (discord, _bot) = running().await;
    discord.dispatch("MESSAGE_CREATE", guild_message("", &[]));
    let mut everyone = guild_message("@everyone what does a nurse do?", &[]);
    everyone["mention_everyone"] = json!(true);
    discord.dispatch("MESSAGE_CREATE", everyone);
    let mut own = guild_message(
        &format!("<@{}> hello", crate::fake_discord::APPLICATION),
        &[payloads::bot_user()],
    );
    own["author"] = payloads::bot_user();
    discord.dispatch("MESSAGE_CREATE", own);
    discord.interact(ask()).await;
    assert_eq!(discord.count("POST", "/channels/"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_count_answers_and_events_that_could_not_be_decoded() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(
        &discord,
        &["serve"],
        &[("CAREERBOT_METRICS", "127.0.0.1:0")],
    );
    let address = bot.address().await;
    discord.ready(1).await;
    discord.interact(ask()).await;
    let mut broken = ask();
    broken["channel_id"] = json!({});
    for kind in ["GUILD_CREATE", "GUILD_DELETE", "MESSAGE_CREATE", "READY"] {
        discord.dispatch(kind, json!({"id": {}}));
    }
    discord.dispatch("TYPING_START", json!({"id": {}}));
    discord.interact(broken).await;
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let get = async |path: &str| {
        client
            .get(format!("http://{address}{path}"))
            .send()
            .await
            .expect("an answer")
            .text()
            .await
            .expect("text")
    };
    assert_eq!(get("/health/live").await, "ok\n");
    let figures = get("/metrics").await;
    for line in [
        "careerbot_interactions_total{outcome=\"answered\"} 1",
        "careerbot_answers_total{outcome=\"answered\",label=\"duties\"} 1",
        "careerbot_interactions_total{outcome=\"undecodable\"} 1",
        "careerbot_gateway_undecodable_total{kind=\"INTERACTION_CREATE\"} 1",
        "careerbot_gateway_undecodable_total{kind=\"GUILD_CREATE\"} 1",
        "careerbot_gateway_undecodable_total{kind=\"GUILD_DELETE\"} 1",
        "careerbot_gateway_undecodable_total{kind=\"MESSAGE_CREATE\"} 1",
        "careerbot_gateway_undecodable_total{kind=\"READY\"} 1",
    ] {
        assert!(figures.contains(line), "{line} is not in\n{figures}");
    }
    assert!(!figures.contains("TYPING_START"), "nothing is done with it");
    bot.logged("event cannot be decoded kind=GUILD_DELETE")
        .await;
}
