//! `careerbot doctor`, the real program against the fake Discord: what it says when all is well, and for each thing that can be wrong.

use std::process::Output;

use serde_json::{Value, json};

use crate::fake_discord::{APPLICATION, FakeDiscord, Outcome, TOKEN, bot, payloads};

/// A Discord on which everything is as it should be.
async fn healthy() -> FakeDiscord {
    let discord = FakeDiscord::start().await;
    let commands = serde_json::to_value(careerbot::discord::commands()).expect("JSON");
    discord.shared.change(|state| {
        state.commands = commands.as_array().cloned().expect("a list");
        state.servers = vec![server(
            "Nursing Careers",
            careerbot::discord::api::permissions::INVITED.bits(),
        )];
        state.server_channels = vec![channel("careers", &json!([])), channel("help", &json!([]))];
    });
    discord
}

fn server(name: &str, permissions: u64) -> Value {
    json!({"id": payloads::GUILD, "name": name, "icon": null, "owner": false, "permissions": permissions.to_string(), "features": []})
}

fn channel(name: &str, overwrites: &Value) -> Value {
    json!({"id": payloads::fresh(), "type": 0, "name": name, "guild_id": payloads::GUILD, "position": 0, "permission_overwrites": overwrites})
}

/// Everyone in the server lacks these permissions in a channel.
fn without(permissions: u64) -> Value {
    json!([{"id": payloads::GUILD, "type": 0, "allow": "0", "deny": permissions.to_string()}])
}

/// Runs it and gives what it said, once it is sure that no token is in it.
async fn examined(discord: &FakeDiscord, settings: &[(&str, &str)]) -> (i32, String) {
    let (mut command, _home) = bot::command(&discord.base, &["doctor"]);
    command.envs(settings.iter().copied());
    let run = tokio::task::spawn_blocking(move || command.output().expect("the program runs"));
    let Output {
        status,
        stdout,
        stderr,
    } = run.await.expect("it ends");
    let (out, err) = (
        String::from_utf8_lossy(&stdout).into_owned(),
        String::from_utf8_lossy(&stderr).into_owned(),
    );
    assert!(
        !out.contains(TOKEN) && !err.contains(TOKEN),
        "the token is shown:\n{out}{err}"
    );
    assert_eq!(
        status.success(),
        err.is_empty() && !out.contains("PROBLEM"),
        "{out}{err}"
    );
    (status.code().expect("an exit code"), out)
}

/// What it says of one thing: one line.
#[track_caller]
fn about<'a>(out: &'a str, what: &str) -> &'a str {
    let line = out
        .lines()
        .find(|line| line.split("  ").next() == Some(what));
    line.unwrap_or_else(|| panic!("nothing about {what}:\n{out}"))
}

/// That one thing is found wrong, in words that hold all of these, and everything else fine.
#[track_caller]
fn assert_wrong((code, out): &(i32, String), what: &str, words: &[&str]) {
    assert_eq!(*code, 1, "{out}");
    assert_eq!(out.matches("PROBLEM").count(), 1, "{out}");
    let said = about(out, what);
    assert!(said.contains("PROBLEM"), "{said}");
    for word in words {
        assert!(said.contains(word), "\"{word}\" is not in: {said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_all_is_well_every_line_says_so() {
    let discord = healthy().await;
    let (code, out) = examined(&discord, &[("DISCORD_PUBLIC_KEY", &"0".repeat(64))]).await;
    assert_eq!(code, 0, "{out}");
    assert!(
        out.lines().all(|line| line.contains("  ok: ")),
        "a line each:\n{out}"
    );
    for (what, words) in [
        ("knowledge", "154 roles and 10 trends"),
        ("index", "ok:"),
        ("store", "none yet; the server makes"),
        ("token", "Discord takes it"),
        ("application", APPLICATION),
        ("invitation", "permissions=274878024704"),
        ("public key", "is the application's"),
        ("interactions", "over the gateway"),
        ("intents", "no privileged one is needed, and none is on"),
        ("gateway", "999 logins left, 1 shard"),
        ("commands", "are registered as this version has them"),
        ("server", "Nursing Careers: I may answer in 2 of 2 channels"),
    ] {
        assert!(about(&out, what).contains(words), "{what}:\n{out}");
    }
    let methods: Vec<String> = discord
        .shared
        .lock()
        .requests
        .iter()
        .map(|request| request.method.clone())
        .collect();
    assert!(
        methods.iter().all(|method| method == "GET"),
        "it changes nothing: {methods:?}"
    );
    assert_eq!(discord.shared.lock().connections, 0, "it does not log in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_missing_or_refused_is_said_with_what_to_do() {
    let discord = healthy().await;
    assert_wrong(
        &examined(&discord, &[("DISCORD_TOKEN", "")]).await,
        "token",
        &["not set", "Bot page", ".env"],
    );
    discord.script(
        "GET",
        "@me",
        Outcome::Fail(401, json!({"message": "401: Unauthorized", "code": 0})),
    );
    assert_wrong(
        &examined(&discord, &[]).await,
        "token",
        &["refuses", "Reset Token"],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discord_that_cannot_be_reached_is_told_from_a_bad_token() {
    let discord = healthy().await;
    let nowhere = format!("http://{}", FakeDiscord::nowhere().await);
    let found = examined(&discord, &[("CAREERBOT_DISCORD_API", &nowhere)]).await;
    assert_wrong(&found, "token", &["cannot be reached", "network"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_public_key_of_another_application_is_found() {
    let discord = healthy().await;
    let found = examined(&discord, &[("DISCORD_PUBLIC_KEY", &"ab".repeat(32))]).await;
    assert_wrong(
        &found,
        "public key",
        &["is not this application's", &"0".repeat(64)],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_for_interactions_starves_the_gateway_and_that_is_said() {
    let discord = healthy().await;
    discord.shared.lock().application =
        json!({"interactions_endpoint_url": "https://bot.example.org/interactions"});
    assert_wrong(
        &examined(&discord, &[]).await,
        "interactions",
        &["https://bot.example.org/interactions", "clear"],
    );
    let (code, out) = examined(&discord, &[("DISCORD_PUBLIC_KEY", &"0".repeat(64))]).await;
    assert!(
        code == 0 && about(&out, "interactions").contains("serve --http has to answer there"),
        "{out}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn privileged_intents_that_are_on_are_named_and_not_asked_for() {
    let discord = healthy().await;
    discord.shared.lock().application = json!({"flags": (1 << 19) | (1 << 15)});
    let (code, out) = examined(&discord, &[]).await;
    let said = about(&out, "intents");
    assert!(
        code == 0
            && said.contains("Server Members Intent, Message Content Intent may be switched off"),
        "{out}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_wrong_is_named() {
    let discord = healthy().await;
    discord.shared.lock().clock_behind = 600;
    assert_wrong(
        &examined(&discord, &[]).await,
        "clock",
        &["ahead of Discord's", "NTP"],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_that_differ_are_named_by_how_they_differ() {
    let discord = healthy().await;
    discord.shared.change(|state| {
        state.commands.retain(|command| command["name"] != "pay");
        state.commands[0]["description"] = json!("Something else");
        state
            .commands
            .push(json!({"id": "1", "name": "weather", "type": 1, "description": "Old"}));
    });
    let words = [
        "missing: pay",
        "different: ask",
        "careerbot serve registers",
    ];
    assert_wrong(&examined(&discord, &[]).await, "commands", &words);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn permissions_that_lack_in_a_server_or_a_channel_are_named() {
    let discord = healthy().await;
    let embed_links = 1 << 14;
    discord.shared.lock().servers = vec![server(
        "Bad\u{1b}[31mName",
        careerbot::discord::api::permissions::INVITED.bits() & !embed_links,
    )];
    let found = examined(&discord, &[]).await;
    assert!(
        !found.1.contains('\u{1b}'),
        "a server's name does not steer the terminal"
    );
    assert_wrong(
        &found,
        "server",
        &["lacks Embed Links", "permissions=274878024704"],
    );

    let discord = healthy().await;
    discord
        .shared
        .lock()
        .server_channels
        .push(channel("rules", &without(embed_links)));
    assert_wrong(
        &examined(&discord, &[]).await,
        "server",
        &["#rules (Embed Links)", "channel's settings"],
    );

    let discord = healthy().await;
    discord
        .shared
        .lock()
        .server_channels
        .push(channel("staff", &without(1 << 10)));
    let (code, out) = examined(&discord, &[]).await;
    assert!(
        code == 0 && about(&out, "server").contains("2 of 3 channels, not in #staff"),
        "{out}"
    );
    discord.shared.lock().server_channels.drain(..2);
    assert_wrong(
        &examined(&discord, &[]).await,
        "server",
        &["none of its channels", "View Channel"],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_in_no_server_is_given_its_invitation() {
    let discord = healthy().await;
    discord.shared.lock().servers.clear();
    let (code, out) = examined(&discord, &[]).await;
    assert!(
        code == 0
            && about(&out, "servers").contains("in none yet")
            && about(&out, "invitation").contains(&format!("client_id={APPLICATION}")),
        "{out}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_logins_left_is_said_with_the_time_to_wait() {
    let discord = healthy().await;
    let limit =
        json!({"total": 1000, "remaining": 0, "reset_after": 5_400_000, "max_concurrency": 1});
    let gateway = json!({"url": discord.shared.lock().gateway_url, "shards": 1, "session_start_limit": limit});
    discord.script("GET", "/gateway/bot", Outcome::Fail(200, gateway));
    assert_wrong(
        &examined(&discord, &[]).await,
        "gateway",
        &["no login is left for the next 90 min"],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_on_this_machine_is_said_too() {
    let discord = healthy().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "not a database, and not a folder").expect("written");
    let below = file.join("data").display().to_string();
    assert_wrong(
        &examined(&discord, &[("CAREERBOT_DATA", &below)]).await,
        "store",
        &["file"],
    );
    assert_wrong(
        &examined(&discord, &[("CAREERBOT_INDEX", &below)]).await,
        "index",
        &["CAREERBOT_INDEX"],
    );
    let empty = folder.path().display().to_string();
    let found = examined(&discord, &[("CAREERBOT_KNOWLEDGE", &empty)]).await;
    assert_wrong(&found, "knowledge", &["careerbot check"]);
}

/// Every file below a folder with its size and the time of its last change, as text.
fn everything(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let meta = entry.metadata().expect("its facts");
        let path = entry.path();
        let changed = meta.modified().expect("a time");
        found.push(format!("{} {} {changed:?}", path.display(), meta.len()));
        if meta.is_dir() {
            found.extend(everything(&path));
        }
    }
    found.sort();
    found
}

/// Runs it in a folder that may hold a database and an index, and makes sure that nothing there is touched.
async fn looked(discord: &FakeDiscord, folder: &std::path::Path) -> (i32, String) {
    let at = |name: &str| folder.join(name).display().to_string();
    let before = everything(folder);
    let settings = [
        ("CAREERBOT_DATA", at("data")),
        ("CAREERBOT_INDEX", at("index")),
    ];
    let settings: Vec<(&str, &str)> = settings
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    let found = examined(discord, &settings).await;
    assert_eq!(everything(folder), before, "something was written");
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_writes_nothing_whatever_it_finds() {
    let discord = healthy().await;
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out) = looked(&discord, folder.path()).await;
    assert!(
        code == 0 && about(&out, "index").contains("will be built"),
        "{out}"
    );
    assert!(about(&out, "store").contains("none yet"), "{out}");

    let file = folder.path().join("data/careerbot.db");
    let location = careerbot::store::Location::Sqlite(file.clone());
    let store = careerbot::store::Store::open(&location)
        .await
        .expect("opened");
    let (code, out) = looked(&discord, folder.path()).await;
    assert!(
        code == 0 && about(&out, "store").contains("is open in a careerbot that runs now"),
        "{out}"
    );
    store.close().await;
    drop(store);
    let (code, out) = looked(&discord, folder.path()).await;
    assert!(
        code == 0 && about(&out, "store").contains("is there and up to date"),
        "{out}"
    );
    std::fs::write(
        &file,
        "no database at all, and long enough to be read as a header of one. ".repeat(20),
    )
    .expect("written");
    assert_wrong(
        &looked(&discord, folder.path()).await,
        "store",
        &["careerbot.db"],
    );
    std::fs::write(&file, "").expect("emptied");
    assert_wrong(&looked(&discord, folder.path()).await, "store", &["empty"]);
}
