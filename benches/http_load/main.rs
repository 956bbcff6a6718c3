//! Load on the HTTP door: signed `/ask` interactions over the loopback interface, against a server that only verifies the signature.
//!
//! `cargo bench --bench http_load` prints the throughput of both, their ratio, and the latency at half of the throughput, for two
//! streams of questions: eight usual ones over and over, and forty thousand of which no two are the same text.
//! `cargo bench --bench http_load -- --minutes 10` then keeps half load up and prints the server's memory each half minute.
//! `-- --seconds 20` makes each round longer (5 s otherwise).
//!
//! Both are the same server, with the same checks, routes and allocator; the other one sends the same bytes as soon as a signature
//! holds, an answer of the middle length. The servers are processes of their own; this one only sends. They take turns, over the
//! same number of connections and with the same requests, so that both see the same machine and the sender has the same work with
//! both but for the length of what it reads. Sender and server share the machine's cores: the processor time of the
//! server alone, for each request, is printed beside the rates. Requests are signed before they are timed, each from
//! another member, out of many servers, so that no rate limit answers in the place of the program.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that can't be set up has failed, and it reports on standard output"
)]

mod questions;

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use careerbot::http;
use careerbot::http::interactions::signed;
use careerbot::http::signature::Signature;
use ed25519_dalek::{Signer as _, SigningKey};
use mimalloc::MiMalloc;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

/// The allocator that the program uses.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Requests kept ready: at 13,000 a second each member asks once in 3 s, as slowly as the member's bucket refills.
const POOL: usize = 40_000;

/// Servers that they come from: at 13,000 a second each sends 6.5, and its bucket refills with 10.
const SERVERS: usize = 2_000;

/// Connections that send one request after the other.
const CONNECTIONS: usize = 16;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        arguments
            .iter()
            .position(|argument| argument == name)
            .and_then(|at| arguments.get(at + 1))
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    match value("--fixed") {
        Some(file) => runtime.block_on(fixed_server(std::fs::read(file).expect("a body"))),
        None => {
            let minutes = value("--minutes")
                .and_then(|text| text.parse().ok())
                .unwrap_or(0.0);
            let seconds = value("--seconds")
                .and_then(|text| text.parse().ok())
                .unwrap_or(5.0);
            runtime.block_on(measure(
                Duration::from_secs_f64(seconds),
                Duration::from_secs_f64(minutes * 60.0),
            ));
        }
    }
}

async fn measure(round: Duration, soak: Duration) {
    let home = tempfile::tempdir().expect("a folder");
    let streams = [
        ("eight usual questions", questions::usual(POOL)),
        ("distinct questions only", questions::distinct(POOL)),
    ];
    let mut pool = Arc::new(signed_pool(0, &streams[0].1));
    let real = Server::real(home.path());
    let body = middle_answer(real.address, &pool).await;
    println!("the fixed body: {} bytes", body.len());
    let file = home.path().join("body");
    std::fs::write(&file, &body).expect("a file");
    let fixed = Server::fixed(&file);

    let mut slowest = f64::INFINITY;
    for (number, (name, questions)) in streams.iter().enumerate() {
        // Signatures age: each stretch has its own.
        pool = Arc::new(signed_pool(1 + number, questions));
        println!("{name}:");
        slowest = slowest.min(compare(&real, &fixed, &pool, round).await);
    }

    if !soak.is_zero() {
        let rate = slowest / 2.0;
        println!(
            "memory of the server at {rate:.0}/s for {:.0} minutes, distinct questions:",
            soak.as_secs_f64() / 60.0
        );
        drop(pool);
        remember(&real, rate, soak, &streams[1].1).await;
    }
}

/// Both servers in turns, and the latency of the real one at half of its throughput; gives that throughput.
async fn compare(real: &Server, fixed: &Server, pool: &Arc<Vec<Vec<u8>>>, round: Duration) -> f64 {
    // Both warm up first.
    for server in [real, fixed] {
        flood(server, pool, Duration::from_secs(1)).await;
    }
    let (mut real_rates, mut fixed_rates) = (Vec::new(), Vec::new());
    let (mut real_work, mut fixed_work) = (Work::default(), Work::default());
    for _ in 0..3 {
        for (server, rates, work) in [
            (fixed, &mut fixed_rates, &mut fixed_work),
            (real, &mut real_rates, &mut real_work),
        ] {
            let before = server.worked();
            let sent = flood(server, pool, round).await;
            work.seconds += server.worked() - before;
            work.requests += sent.requests;
            work.bytes += sent.bytes;
            rates.push(sent.rate);
        }
    }
    println!(
        "  processor time of the server: {:.1} us an answer, {:.1} us with the fixed body: {:.0} %",
        real_work.each(),
        fixed_work.each(),
        100.0 * fixed_work.each() / real_work.each()
    );
    let (real_rate, fixed_rate) = (median(&mut real_rates), median(&mut fixed_rates));
    println!(
        "  throughput: {real_rate:.0}/s answering, {fixed_rate:.0}/s with the fixed body after the signature: {:.0} %",
        100.0 * real_rate / fixed_rate
    );
    println!(
        "  mean answer: {:.0} bytes",
        real_work.bytes / real_work.requests
    );
    let rate = real_rate / 2.0;
    let latencies = paced(real.address, pool, rate, round.max(Duration::from_secs(5))).await;
    println!("  at half of it, {rate:.0}/s: {}", percentiles(latencies));
    real_rate
}

/// What a server did in all its turns.
#[derive(Default)]
struct Work {
    seconds: f64,
    requests: f64,
    bytes: f64,
}

impl Work {
    /// Microseconds of processor time for a request.
    fn each(&self) -> f64 {
        1e6 * self.seconds / self.requests
    }
}

/// Keeps a load up and prints how much memory the server takes.
async fn remember(real: &Server, rate: f64, soak: Duration, questions: &[String]) {
    let (end, mut first) = (Instant::now() + soak, None);
    println!("  start: {} KiB", real.resident());
    let mut number = 3;
    while Instant::now() < end {
        let pool = Arc::new(signed_pool(number, questions));
        number += 1;
        let left = end.saturating_duration_since(Instant::now());
        let latencies = paced(real.address, &pool, rate, Duration::from_secs(30).min(left)).await;
        let now = real.resident();
        println!(
            "  {:>4.1} min: {now} KiB, {}",
            (soak.as_secs_f64() - end.saturating_duration_since(Instant::now()).as_secs_f64())
                / 60.0,
            percentiles(latencies)
        );
        first.get_or_insert(now);
    }
    let (first, last) = (first.unwrap_or(0), real.resident());
    println!(
        "  growth after the first half minute: {} KiB",
        i128::from(last) - i128::from(first)
    );
}

/// A server in a process of its own; stopped when dropped.
struct Server {
    child: Child,
    address: SocketAddr,
    /// The request that it gets next.
    next: Arc<AtomicUsize>,
}

impl Server {
    /// The program itself.
    fn real(home: &std::path::Path) -> Self {
        let key: String = key()
            .verifying_key()
            .as_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let mut command = Command::new(env!("CARGO_BIN_EXE_careerbot"));
        command
            .args(["serve", "--http", "127.0.0.1:0"])
            .current_dir(home)
            .env("DISCORD_PUBLIC_KEY", key)
            .env("DISCORD_TOKEN", "")
            .env("CAREERBOT_DISCORD_API", "http://127.0.0.1:9");
        command
            .env(
                "CAREERBOT_KNOWLEDGE",
                concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge"),
            )
            .env("CAREERBOT_INDEX", home.join("index"))
            .env("CAREERBOT_DATA", home.join("data"))
            .env("CAREERBOT_LOG", "info");
        Self::start(command)
    }

    /// This program again, with the fixed body.
    fn fixed(body: &std::path::Path) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.arg("--fixed").arg(body);
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a server");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let address = loop {
            let line = lines
                .next()
                .expect("the server says where it listens")
                .expect("text");
            if let Some((_, rest)) = line.split_once("listening address=") {
                break rest.trim().parse().expect("an address");
            }
        };
        // What it writes from now on is read and dropped: a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            address,
            next: Arc::default(),
        }
    }

    /// Processor time so far, in seconds: unlike a rate it does not depend on what else the machine does.
    fn worked(&self) -> f64 {
        /// Ticks of the clock in `/proc`, the same on every Linux of today (`getconf CLK_TCK`).
        const TICKS: f64 = 100.0;
        let stat =
            std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // Counted from behind the name, which may hold spaces: user and system time are the 12th and 13th fields there.
        let fields = stat
            .rsplit(')')
            .next()
            .unwrap_or("")
            .split_whitespace()
            .skip(11)
            .take(2);
        fields
            .filter_map(|field| field.parse::<f64>().ok())
            .sum::<f64>()
            / TICKS
    }

    /// Resident memory in KiB.
    fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .unwrap_or_default();
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next())
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same door, which answers with the same bytes each time.
async fn fixed_server(body: Vec<u8>) {
    careerbot::telemetry::start(None, "info", false).expect("logging");
    let public: String = key()
        .verifying_key()
        .as_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let state = Arc::new((Signature::new(&public).expect("a key"), body));
    let router = axum::Router::new()
        .route("/interactions", axum::routing::post(fixed_answer))
        .with_state(state);
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    http::listen(address, "a fixed answer", router, CancellationToken::new())
        .await
        .expect("it serves");
}

async fn fixed_answer(
    State(state): State<Arc<(Signature, Vec<u8>)>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    match signed(&state.0, &parts.headers, body).await {
        Ok(_) => ([(CONTENT_TYPE, "application/json")], state.1.clone()).into_response(),
        Err(status) => status.into_response(),
    }
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}

/// Whole requests, signed, ready to be written to a socket. Pools of different numbers share no member.
fn signed_pool(number: usize, questions: &[String]) -> Vec<Vec<u8>> {
    let key = key();
    let time = seconds().to_string();
    questions
        .iter()
        .enumerate()
        .map(|(index, question)| {
            let id = 600_000_000_000_000_000 + number * POOL + index;
            let body = interaction(id, question);
            let signature: String = key.sign(&[time.as_bytes(), body.as_bytes()].concat()).to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            format!(
                "POST /interactions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-signature-ed25519: {signature}\r\nx-signature-timestamp: {time}\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            )
            .into_bytes()
        })
        .collect()
}

fn interaction(id: usize, question: &str) -> String {
    let (id, server) = (
        id.to_string(),
        (500_000_000_000_000_000 + id % SERVERS).to_string(),
    );
    json!({
        "id": id, "application_id": "100000000000000001", "type": 2, "token": format!("token-{id}"), "version": 1,
        "data": {"id": "1", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": question}]},
        "guild_id": server, "guild": {"id": server, "locale": "en-US", "features": []}, "guild_locale": "en-US", "locale": "en-US",
        "channel_id": "300000000000000001", "channel": {"id": "300000000000000001", "type": 0, "name": "careers", "permissions": "2248473465835073", "guild_id": server, "nsfw": false, "position": 0, "flags": 0},
        "member": {
            "user": {"id": id, "username": "sam", "discriminator": "0", "global_name": "Sam", "avatar": null, "public_flags": 0},
            "nick": null, "avatar": null, "roles": [], "joined_at": "2025-01-01T00:00:00.000000+00:00", "premium_since": null, "deaf": false, "mute": false,
            "pending": false, "flags": 0, "permissions": "2248473465835073", "communication_disabled_until": null,
        },
        "app_permissions": "2248473465835073", "entitlements": [], "authorizing_integration_owners": {"0": server}, "context": 0, "attachment_size_limit": 10_485_760,
    })
    .to_string()
}

/// A connection that is kept open.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        Self {
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        }
    }

    /// Sends a request and reads the whole answer; its body is what is left in the buffer from the returned place on.
    async fn send(&mut self, request: &[u8]) -> usize {
        self.stream.write_all(request).await.expect("it is sent");
        self.buffer.clear();
        let mut head = None;
        loop {
            if self
                .stream
                .read_buf(&mut self.buffer)
                .await
                .expect("it is read")
                == 0
            {
                panic!("the server has hung up");
            }
            if head.is_none()
                && let Some(end) = self
                    .buffer
                    .windows(4)
                    .position(|window| window == b"\r\n\r\n")
            {
                let text = String::from_utf8_lossy(&self.buffer[..end]).to_lowercase();
                assert!(text.starts_with("http/1.1 200"), "{text}");
                let length: usize = text
                    .split("content-length: ")
                    .nth(1)
                    .and_then(|rest| rest.split("\r\n").next())
                    .and_then(|text| text.parse().ok())
                    .expect("a length");
                head = Some((end + 4, length));
            }
            if let Some((start, length)) = head
                && self.buffer.len() >= start + length
            {
                return start;
            }
        }
    }
}

/// The answer of middle length among those to the eight usual questions. The first of them must be an answer.
async fn middle_answer(address: SocketAddr, pool: &[Vec<u8>]) -> Vec<u8> {
    let mut connection = Connection::open(address).await;
    let mut bodies = Vec::new();
    for request in &pool[..8] {
        let start = connection.send(request).await;
        bodies.push(connection.buffer.split_off(start));
    }
    let value: serde_json::Value = serde_json::from_slice(&bodies[0]).expect("JSON");
    let text = value.to_string();
    assert!(
        value["type"] == 4 && text.to_lowercase().contains("telehealth coordinator"),
        "this is no answer to the question: {text}"
    );
    bodies.sort_by_key(Vec::len);
    bodies.swap_remove(4)
}

/// What was sent, and answered, in a time.
struct Sent {
    rate: f64,
    requests: f64,
    bytes: f64,
}

/// Sends as fast as it is answered, on from where the server's last turn ended: each member asks as seldom as can be.
async fn flood(server: &Server, pool: &Arc<Vec<Vec<u8>>>, time: Duration) -> Sent {
    let started = Instant::now();
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (pool, next, address) = (pool.clone(), server.next.clone(), server.address);
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await;
                let (mut count, mut bytes) = (0_u32, 0);
                while started.elapsed() < time {
                    let start = connection
                        .send(&pool[next.fetch_add(1, Ordering::Relaxed) % pool.len()])
                        .await;
                    let body = &connection.buffer[start..];
                    // A private "try again in ..." is short: no such thing may be counted as an answer.
                    assert!(
                        body.len() > 300,
                        "rate limited: {}",
                        String::from_utf8_lossy(body)
                    );
                    bytes += body.len();
                    count += 1;
                }
                (count, bytes)
            })
        })
        .collect();
    let (mut requests, mut bytes) = (0, 0);
    for sender in senders {
        let sent = sender.await.expect("a sender");
        requests += sent.0;
        bytes += sent.1;
    }
    let requests = f64::from(requests);
    Sent {
        rate: requests / started.elapsed().as_secs_f64(),
        requests,
        bytes: bytes as f64,
    }
}

/// Sends at a rate, and times each answer from when its request was due, not from when it could be sent.
async fn paced(
    address: SocketAddr,
    pool: &Arc<Vec<Vec<u8>>>,
    rate: f64,
    time: Duration,
) -> Vec<Duration> {
    let started = Instant::now();
    let gap = Duration::from_secs_f64(CONNECTIONS as f64 / rate);
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|number| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await;
                let mut latencies = Vec::new();
                let mut due = started + gap.mul_f64(number as f64 / CONNECTIONS as f64);
                let mut index = number;
                while due < started + time {
                    // Late because the answer before it was late: that counts. Late because the timer is a millisecond coarse: that does not.
                    let mut from = due;
                    if Instant::now() < due {
                        tokio::time::sleep_until(due.into()).await;
                        from = Instant::now();
                    }
                    connection.send(&pool[index % pool.len()]).await;
                    latencies.push(from.elapsed());
                    index += CONNECTIONS;
                    due += gap;
                }
                latencies
            })
        })
        .collect();
    let mut all = Vec::new();
    for sender in senders {
        all.extend(sender.await.expect("a sender"));
    }
    all
}

fn percentiles(mut latencies: Vec<Duration>) -> String {
    latencies.sort();
    let at = |share: f64| {
        latencies
            .get(((latencies.len() as f64 * share) as usize).min(latencies.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
            .as_secs_f64()
            * 1000.0
    };
    format!(
        "p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms over {} requests",
        at(0.5),
        at(0.99),
        at(1.0),
        latencies.len()
    )
}

fn median(rates: &mut [f64]) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
