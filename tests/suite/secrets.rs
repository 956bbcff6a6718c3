//! No secret in anything that the program writes, at any level: neither as it is nor as bytes in decimal, hex or base64.

use std::process::Stdio;

use serde_json::json;

use crate::fake_discord::payloads::{self, guild_message, slash};
use crate::fake_discord::{APPLICATION, Bot, FakeDiscord, Order, TOKEN, bot};
use crate::store::on_both;
use crate::store::place::Place;

/// How a text can stand in a log.
fn forms(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let joined = |form: &dyn Fn(u8) -> String, by: &str| {
        bytes.iter().map(|b| form(*b)).collect::<Vec<_>>().join(by)
    };
    let mut forms = vec![
        secret.to_lowercase(),
        joined(&|b| b.to_string(), ", "),
        joined(&|b| b.to_string(), ","),
    ];
    forms.extend(["", " ", ", "].map(|by| joined(&|b| format!("{b:02x}"), by)));
    forms.push(joined(&|b| format!("0x{b:02x}"), ", "));
    // Base64 at each of its three offsets, without the letters that what stands around it decides.
    forms.extend((0..3).map(|offset| {
        let all = base64(&[&vec![0; offset][..], bytes].concat());
        let sure = (offset * 8).div_ceil(6)..(offset + bytes.len()) * 8 / 6;
        all[sure].to_lowercase()
    }));
    forms
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let three = |chunk: &[u8]| {
        (0..3).fold(0_u32, |all, i| {
            all << 8 | u32::from(*chunk.get(i).unwrap_or(&0))
        })
    };
    let letters = |bits: u32| {
        (0..4)
            .rev()
            .map(move |i| char::from(LETTERS[(bits >> (6 * i) & 63) as usize]))
    };
    bytes
        .chunks(3)
        .flat_map(|chunk| letters(three(chunk)))
        .collect()
}

#[track_caller]
fn assert_free_of(log: &str, secrets: &[&str]) {
    let log = log.to_lowercase();
    for secret in secrets {
        for form in forms(secret) {
            assert!(
                !log.contains(&form),
                "{secret} is written as {form}:\n{log}"
            );
        }
    }
}

#[test]
fn a_secret_would_be_seen_in_each_form() {
    assert!(base64(b"any carnal pleas").starts_with("YW55IGNhcm5hbCBwbGVhc"));
    for offset in 0..3 {
        let text = base64(&[&vec![b'x'; offset][..], b"hunter2", b"yyy"].concat());
        assert!(
            forms("hunter2")
                .iter()
                .any(|form| text.to_lowercase().contains(form)),
            "{text}"
        );
    }
}

on_both!(at_the_finest_level_neither_tokens_nor_texts_are_written);

async fn at_the_finest_level_neither_tokens_nor_texts_are_written(place: &Place) {
    let discord = FakeDiscord::start().await;
    let (key, value) = place.setting();
    let bot = Bot::start_with(
        &discord,
        &["serve"],
        &[
            (
                "CAREERBOT_LOG",
                "trace,tungstenite=trace,hyper=trace,sqlx=trace",
            ),
            (key, &value),
        ],
    );
    discord.ready(1).await;
    bot.logged("store opened").await;
    // What moderators write, and what members do not find, goes into the store.
    let moderator = |call| payloads::as_member(call, payloads::MANAGE_SERVER, &[]);
    let gaps = [("gaps", 5, json!(true))];
    discord
        .interact(moderator(payloads::subcommand("settings", "set", &gaps)))
        .await;
    let entry = [
        ("title", "When is zebrawords?"),
        (
            "text",
            "At zebrawords o'clock, every day of the week but one.",
        ),
        ("source", ""),
        ("review", "2099-06-30"),
    ];
    discord
        .interact(moderator(payloads::submit("1:k:n0.0", &entry)))
        .await;
    let lost = slash("ask", &[("question", json!("How do I fix my zebrawords?"))]);
    discord.interact(lost).await;
    let question = "zebrawords about nursing";
    let call = slash("ask", &[("question", json!(question))]);
    let token = call["token"].as_str().expect("a token").to_owned();
    discord.interact(call.clone()).await;
    let mut broken = call;
    let id = payloads::fresh();
    (broken["token"], broken["id"], broken["channel_id"]) =
        (json!(format!("token-{id}")), json!(id), json!({}));
    discord.interact(broken).await;
    discord.dispatch(
        "MESSAGE_CREATE",
        guild_message(
            &format!("<@{APPLICATION}> what does a zebrawords nurse do?"),
            &[payloads::bot_user()],
        ),
    );
    discord
        .request("POST", &format!("/channels/{}/messages", payloads::CHANNEL))
        .await;
    discord.order(Order::Text(
        json!({"op": 77, "d": {"content": question}}).to_string(),
    ));
    discord.order(Order::Drop);
    discord.interact(slash("help", &[])).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let log = bot.log();
    assert!(log.contains("answered"), "nothing is logged:\n{log}");
    assert_free_of(&log, &[TOKEN, &token, "zebrawords"]);
}

/// Runs the program to its end; everything that it has written.
fn run(arguments: &[&str], settings: &[(&str, &str)], file: Option<&[u8]>) -> String {
    let (mut command, home) = bot::command("http://127.0.0.1:9", arguments);
    command
        .envs(settings.iter().copied())
        .env("CAREERBOT_LOG", "trace")
        .envs(settings.iter().copied());
    if let Some(file) = file {
        std::fs::write(home.path().join(".env"), file).expect("written");
    }
    let output = command
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn a_secret_in_the_wrong_place_is_named_by_its_place_alone() {
    let secret = "MTAwMDAwMDAwMDAwMDAwMDAw.GabcdE.hunter2-hunter2-hunter2-hunter2";
    for key in [
        "DISCORD_TOKEN_FILE",
        "DISCORD_PUBLIC_KEY",
        "CAREERBOT_KNOWLEDGE",
        "CAREERBOT_INDEX",
        "CAREERBOT_DATA",
        "DATABASE_URL",
        "DATABASE_URL_FILE",
        "CAREERBOT_LOG",
        "CAREERBOT_LOG_FORMAT",
        "CAREERBOT_DISCORD_API",
        "CAREERBOT_METRICS",
        "CAREERBOT_WATCH",
        "CAREERBOT_FEEDS",
        "CAREERBOT_SITE",
        "CAREERBOT_SHARDS",
    ] {
        let said = run(&["sources"], &[(key, secret)], None);
        assert!(said.contains(key), "{key}: {said}");
        assert_free_of(&said, &[secret, "hunter2"]);
    }
}

#[test]
fn a_broken_settings_file_is_named_by_the_line_and_not_by_what_stands_there() {
    for file in [
        &b"A=1\nDISCORD_PUBLIC_KEY=hun\0ter2hunter2\n"[..],
        b"A=1\nhunter2 hunter2\n",
        b"A=1\nB=\"hunter2\n",
    ] {
        let said = run(&["sources"], &[], Some(file));
        assert!(said.contains(".env:2: "), "{said}");
        assert_free_of(&said, &["hunter2", "ter2hunter2"]);
    }
    let said = run(
        &["commands"],
        &[("DISCORD_TOKEN", "")],
        Some(b"\xef\xbb\xbfDISCORD_TOKEN=MTAw.x.y\n"),
    );
    assert!(
        said.contains("/ask"),
        "a mark at the beginning of the file does no harm: {said}"
    );
}

#[test]
fn an_address_of_a_database_gives_nothing_of_its_password_away() {
    for address in [
        "postgres://bot:hunter2@winter/2026@127.0.0.1:9/careers",
        "postgres://bot:winter?hunter2@127.0.0.1:9/careers",
        "postgres://bot:hunter2@127.0.0.1:9/careers?sslmode=hunter2",
        "postgres://bot:hunter2@127.0.0.1:9/careers?sslmod=hunter2&hunter2=1",
        "postgres://bot:hunter2@127.0.0.1:9/careers?port=hunter2",
    ] {
        let said = run(&["backup", "copy"], &[("DATABASE_URL", address)], None);
        assert!(said.contains("DATABASE_URL"), "{said}");
        assert_free_of(&said, &["hunter2", "winter"]);
    }
}
