//! The HTTP door of the real program: signatures, ages, sizes and kinds of bodies, and stopping.

use serde_json::{Value, json};

use crate::fake_discord::payloads::{autocomplete, interaction, slash};
use crate::fake_discord::{Bot, FakeDiscord, signed};

/// The program with the HTTP door alone, and the address of the door.
async fn door(discord: &FakeDiscord) -> (Bot, std::net::SocketAddr) {
    let bot = Bot::start_with(
        discord,
        &["serve", "--http", "127.0.0.1:0"],
        &[
            ("DISCORD_PUBLIC_KEY", &signed::public_key()),
            ("DISCORD_TOKEN", ""),
        ],
    );
    let address = bot.address().await;
    (bot, address)
}

fn ping() -> Value {
    interaction(1, Value::Null)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signed_ping_is_answered_with_a_pong() {
    let discord = FakeDiscord::start().await;
    let (_bot, address) = door(&discord).await;
    for ping in [
        ping(),
        json!({"id": "1", "application_id": "2", "type": 1, "token": "t", "version": 1}),
        json!({"type": 1}),
    ] {
        let answer = signed::interaction(address, &ping).await;
        assert_eq!(
            (answer.status, answer.kind.as_str(), answer.json()),
            (200, "application/json", json!({"type": 1}))
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_old_future_and_missing_signatures_are_refused() {
    let discord = FakeDiscord::start().await;
    let (_bot, address) = door(&discord).await;
    let body = ping().to_string().into_bytes();
    let json = ("content-type", "application/json");
    let now = signed::now();
    let at = |time: u64| {
        (
            signed::signature(&time.to_string(), &body),
            time.to_string(),
        )
    };
    let check = async |what: &str, headers: &[(&str, &str)], body: &[u8], status: u16| {
        let answer = signed::post(address, headers, body.to_vec()).await;
        assert_eq!(answer.status, status, "{what}");
        if status != 200 {
            assert!(answer.bytes.is_empty(), "{what}: a refusal tells nothing");
        }
    };
    let (good, time) = at(now);
    check(
        "good",
        &[
            json,
            ("x-signature-ed25519", &good),
            ("x-signature-timestamp", &time),
        ],
        &body,
        200,
    )
    .await;
    check("no headers", &[json], &body, 401).await;
    check(
        "no time",
        &[json, ("x-signature-ed25519", &good)],
        &body,
        401,
    )
    .await;
    check(
        "another body",
        &[
            json,
            ("x-signature-ed25519", &good),
            ("x-signature-timestamp", &time),
        ],
        b"{\"type\": 1}",
        401,
    )
    .await;
    check(
        "another time",
        &[
            json,
            ("x-signature-ed25519", &good),
            ("x-signature-timestamp", &(now - 1).to_string()),
        ],
        &body,
        401,
    )
    .await;
    check(
        "no hex",
        &[
            json,
            ("x-signature-ed25519", &"z".repeat(128)),
            ("x-signature-timestamp", &time),
        ],
        &body,
        401,
    )
    .await;
    for shift in [now - 400, now + 400] {
        let (signature, time) = at(shift);
        check(
            "too old or too new, rightly signed",
            &[
                json,
                ("x-signature-ed25519", &signature),
                ("x-signature-timestamp", &time),
            ],
            &body,
            401,
        )
        .await;
    }
    let (signature, time) = at(now - 200);
    check(
        "three minutes old",
        &[
            json,
            ("x-signature-ed25519", &signature),
            ("x-signature-timestamp", &time),
        ],
        &body,
        200,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_json_of_a_bounded_size_is_taken() {
    let discord = FakeDiscord::start().await;
    let (_bot, address) = door(&discord).await;
    let send = async |kind: &str, body: Vec<u8>| {
        let time = signed::now().to_string();
        signed::post(
            address,
            &[
                ("content-type", kind),
                ("x-signature-ed25519", &signed::signature(&time, &body)),
                ("x-signature-timestamp", &time),
            ],
            body,
        )
        .await
        .status
    };
    let ping = ping().to_string().into_bytes();
    assert_eq!(
        send("application/json; charset=utf-8", ping.clone()).await,
        200
    );
    assert_eq!(send("text/plain", ping.clone()).await, 415);
    assert_eq!(send("application/json", b"not json".to_vec()).await, 400);
    assert_eq!(send("application/json", b"[]".to_vec()).await, 400);
    assert_eq!(send("application/json", vec![b' '; 300 * 1024]).await, 413);
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    assert_eq!(
        client
            .get(format!("http://{address}/interactions"))
            .send()
            .await
            .expect("an answer")
            .status(),
        405
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_autocomplete_and_broken_payloads_are_answered() {
    let discord = FakeDiscord::start().await;
    let (_bot, address) = door(&discord).await;
    let answer = signed::interaction(address, &slash("help", &[])).await;
    assert_eq!(
        (answer.status, answer.json()["type"].as_u64()),
        (200, Some(4))
    );
    let answer = signed::interaction(address, &autocomplete("role", &[("name", json!("nur"))]))
        .await
        .json();
    assert_eq!(answer["type"], 8, "{answer}");
    let mut broken = slash("help", &[]);
    broken["channel_id"] = json!([]);
    let body = signed::interaction(address, &broken).await.json();
    let says = body["data"]["content"].as_str().expect("words");
    assert!(
        says.contains(broken["id"].as_str().expect("an id")),
        "{says}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_is_shown_and_figures_on_an_address_of_their_own() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(
        &discord,
        &["serve", "--http", "127.0.0.1:0"],
        &[
            ("DISCORD_PUBLIC_KEY", &signed::public_key()),
            ("DISCORD_TOKEN", ""),
            ("CAREERBOT_METRICS", "127.0.0.1:0"),
        ],
    );
    let (address, inside) = (
        bot.address_of("interactions").await,
        bot.address_of("metrics").await,
    );
    signed::interaction(address, &slash("help", &[])).await;
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let get = async |address, path: &str| {
        let answer = client
            .get(format!("http://{address}{path}"))
            .send()
            .await
            .expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    for address in [address, inside] {
        assert_eq!(get(address, "/health/live").await, (200, "ok\n".to_owned()));
        let (status, said) = get(address, "/health/ready").await;
        assert!(
            status == 200 && said.contains("ok: gateway: not served\n"),
            "{said}"
        );
    }
    let figures = get(inside, "/metrics").await.1;
    assert!(
        figures.contains("careerbot_interactions_total{outcome=\"answered\"} 1"),
        "{figures}"
    );
    assert_eq!(
        get(address, "/metrics").await.0,
        404,
        "figures are nobody's business outside"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_are_refused_for_their_time_alone_are_said() {
    let discord = FakeDiscord::start().await;
    let (bot, address) = door(&discord).await;
    let body = ping().to_string().into_bytes();
    let time = (signed::now() + 600).to_string();
    let signature = signed::signature(&time, &body);
    let headers = |signature: &str| {
        vec![
            ("content-type", "application/json".to_owned()),
            ("x-signature-ed25519", signature.to_owned()),
            ("x-signature-timestamp", time.clone()),
        ]
    };
    for (signature, said) in [("0".repeat(128), false), (signature, true)] {
        let headers = headers(&signature);
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        for _ in 0..3 {
            assert_eq!(
                signed::post(address, &headers, body.clone()).await.status,
                401
            );
        }
        if said {
            bot.logged("this machine's clock is wrong").await;
            assert_eq!(
                bot.log().matches("this machine's clock is wrong").count(),
                1,
                "once a minute"
            );
        } else {
            assert!(
                !bot.log().contains("clock"),
                "a forged signature says nothing of the clock"
            );
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_say_nothing_keep_nobody_out() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with_descriptors(
        &discord,
        &["serve", "--http", "127.0.0.1:0"],
        &[
            ("DISCORD_PUBLIC_KEY", &signed::public_key()),
            ("DISCORD_TOKEN", ""),
        ],
        96,
    );
    let address = bot.address().await;
    let mut idle = Vec::new();
    for number in 0..200 {
        let Ok(mut stream) = tokio::net::TcpStream::connect(address).await else {
            continue;
        };
        if number % 2 == 0 {
            let _ = stream
                .write_all(b"POST /interactions HTTP/1.1\r\nhost: x\r\nx-half")
                .await;
        }
        idle.push(stream);
    }
    bot.logged("all connections are taken").await;
    // All of them end by themselves, and then everybody is served again.
    for stream in &mut idle {
        let mut rest = Vec::new();
        let ended =
            tokio::time::timeout(crate::fake_discord::PATIENCE, stream.read_to_end(&mut rest))
                .await;
        assert!(ended.is_ok(), "a connection without a request stays");
    }
    assert_eq!(
        signed::interaction(address, &slash("help", &[]))
            .await
            .status,
        200
    );
    assert!(
        !bot.log().contains("cannot be accepted"),
        "the other descriptors are left alone"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_comes_slowly_is_not_waited_for() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let discord = FakeDiscord::start().await;
    let (_bot, address) = door(&discord).await;
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("connected");
    let time = signed::now();
    let head = format!(
        "POST /interactions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\
         x-signature-ed25519: {}\r\nx-signature-timestamp: {time}\r\n\r\n{{",
        "0".repeat(128)
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    let begun = std::time::Instant::now();
    let mut answer = [0; 12];
    let read = stream.read_exact(&mut answer);
    tokio::time::timeout(crate::fake_discord::PATIENCE, read)
        .await
        .expect("in time")
        .expect("an answer");
    assert!(answer.starts_with(b"HTTP/1.1 4"), "{answer:?}");
    assert!(begun.elapsed() < std::time::Duration::from_secs(15));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_door_closes_on_sigterm() {
    let discord = FakeDiscord::start().await;
    let (mut bot, address) = door(&discord).await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    assert!(
        tokio::net::TcpStream::connect(address).await.is_err(),
        "nothing listens any more"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_is_said_before_anything_starts() {
    let discord = FakeDiscord::start().await;
    let cases = [
        (
            &["serve"][..],
            [("DISCORD_TOKEN", ""), ("DISCORD_PUBLIC_KEY", "")],
            "DISCORD_TOKEN is not set",
        ),
        (
            &["serve", "--http", "127.0.0.1:0"][..],
            [("DISCORD_TOKEN", ""), ("DISCORD_PUBLIC_KEY", "")],
            "DISCORD_PUBLIC_KEY is not set",
        ),
        (
            &["serve", "--http", "127.0.0.1:0"][..],
            [("DISCORD_TOKEN", ""), ("DISCORD_PUBLIC_KEY", "abc")],
            "DISCORD_PUBLIC_KEY is not 64 hex digits",
        ),
        (
            &["serve", "--http", "nowhere"][..],
            [("DISCORD_TOKEN", ""), ("DISCORD_PUBLIC_KEY", "")],
            "invalid",
        ),
    ];
    for (arguments, settings, says) in cases {
        let mut bot = Bot::start_with(&discord, arguments, &settings);
        assert!(!bot.ended().await.success(), "{says}");
        bot.logged(says).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_in_use_ends_the_program_with_its_name() {
    let discord = FakeDiscord::start().await;
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let address = taken.local_addr().expect("bound").to_string();
    let mut bot = Bot::start_with(
        &discord,
        &["serve", "--http", &address],
        &[
            ("DISCORD_PUBLIC_KEY", &signed::public_key()),
            ("DISCORD_TOKEN", ""),
        ],
    );
    assert!(!bot.ended().await.success());
    bot.logged(&format!("cannot listen on {address}")).await;
}
