//! Load on the HTTP door: signed `/ask` interactions over the loopback interface, against a server that only verifies the signature.
//!
//! `cargo bench --bench http_load` prints the throughput of both, their ratio, and the latency at half of the throughput.
//! `cargo bench --bench http_load -- --minutes 10` then keeps that half load up and prints the server's memory each half minute.
//! The server is a process of its own; this one only sends. Requests are signed before they are timed, each from another member,
//! out of many servers, so that no rate limit answers in the place of the program.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that can't be set up has failed, and it reports on standard output"
)]

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use careerbot::http::signature::Signature;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Requests kept ready: at 6,000 a second each member asks once in 3 s, as slowly as the member's bucket refills.
const POOL: usize = 20_000;

/// Servers that they come from: at 6,000 a second each sends 3, and its bucket refills with 10.
const SERVERS: usize = 2_000;

/// Connections that send one request after the other.
const CONNECTIONS: usize = 16;

const QUESTIONS: &[&str] = &[
    "What does a telehealth coordinator do?",
    "How much does a nurse practitioner make in Texas?",
    "which healthcare jobs can I do from home",
    "How do I become a medical coder?",
    "compare registered nurse and physician assistant",
    "what is remote patient monitoring",
    "jobs that need no degree",
    "how do I fix my car",
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value =
        |name: &str| arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    match value("--fixed") {
        Some(file) => runtime.block_on(fixed_server(std::fs::read(file).expect("a body"))),
        None => {
            let minutes = value("--minutes").and_then(|text| text.parse().ok()).unwrap_or(0.0);
            let seconds = value("--seconds").and_then(|text| text.parse().ok()).unwrap_or(5.0);
            runtime.block_on(measure(Duration::from_secs_f64(seconds), Duration::from_secs_f64(minutes * 60.0)));
        }
    }
}

async fn measure(round: Duration, soak: Duration) {
    let home = tempfile::tempdir().expect("a folder");
    let pool = Arc::new(signed_pool(0));
    let real = Server::real(home.path());
    let body = first_answer(real.address, &pool).await;
    println!("an answer: {} bytes", body.len());
    let file = home.path().join("body");
    std::fs::write(&file, &body).expect("a file");
    let fixed = Server::fixed(&file);

    // Both warm up; then they take turns, so that both see the same machine.
    for server in [&real, &fixed] {
        flood(server.address, &pool, Duration::from_secs(1)).await;
    }
    let (mut real_rates, mut fixed_rates) = (Vec::new(), Vec::new());
    let (mut real_work, mut fixed_work) = ((0.0, 0.0), (0.0, 0.0));
    for _ in 0..3 {
        for (server, rates, work) in
            [(&fixed, &mut fixed_rates, &mut fixed_work), (&real, &mut real_rates, &mut real_work)]
        {
            let before = server.worked();
            let rate = flood(server.address, &pool, round).await;
            *work = (work.0 + server.worked() - before, work.1 + rate * round.as_secs_f64());
            rates.push(rate);
        }
    }
    let each = |(seconds, requests): (f64, f64)| 1e6 * seconds / requests;
    println!(
        "processor time of the server: {:.0} us an answer, {:.0} us with a fixed body",
        each(real_work),
        each(fixed_work)
    );
    let (real_rate, fixed_rate) = (median(&mut real_rates), median(&mut fixed_rates));
    println!(
        "throughput: {real_rate:.0}/s answering, {fixed_rate:.0}/s with a fixed body after the signature: {:.0} %",
        100.0 * real_rate / fixed_rate
    );

    let rate = real_rate / 2.0;
    let latencies = paced(real.address, &pool, rate, round.max(Duration::from_secs(5))).await;
    println!("at half of it, {rate:.0}/s: {}", percentiles(latencies));

    if !soak.is_zero() {
        println!("memory of the server at {rate:.0}/s for {:.0} minutes:", soak.as_secs_f64() / 60.0);
        let (end, mut first) = (Instant::now() + soak, None);
        println!("  start: {} KiB", real.resident());
        let mut number = 1;
        while Instant::now() < end {
            // Signatures age: each stretch has its own.
            let pool = Arc::new(signed_pool(number));
            number += 1;
            let latencies = paced(
                real.address,
                &pool,
                rate,
                Duration::from_secs(30).min(end.saturating_duration_since(Instant::now())),
            )
            .await;
            let now = real.resident();
            println!(
                "  {:>4.1} min: {now} KiB, {}",
                (soak.as_secs_f64() - end.saturating_duration_since(Instant::now()).as_secs_f64()) / 60.0,
                percentiles(latencies)
            );
            first.get_or_insert(now);
        }
        let (first, last) = (first.unwrap_or(0), real.resident());
        println!("  growth after the first half minute: {} KiB", i128::from(last) - i128::from(first));
    }
}

/// A server in a process of its own; stopped when dropped.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// The program itself.
    fn real(home: &std::path::Path) -> Self {
        let key: String = key().verifying_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut command = Command::new(env!("CARGO_BIN_EXE_careerbot"));
        command
            .args(["serve", "--http", "127.0.0.1:0"])
            .current_dir(home)
            .env("DISCORD_PUBLIC_KEY", key)
            .env("DISCORD_TOKEN", "")
            .env("CAREERBOT_DISCORD_API", "http://127.0.0.1:9");
        command
            .env("CAREERBOT_KNOWLEDGE", concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge"))
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
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a server");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let address = loop {
            let line = lines.next().expect("the server says where it listens").expect("text");
            if let Some((_, rest)) = line.split_once("listening address=") {
                break rest.trim().parse().expect("an address");
            }
        };
        // What it writes from now on is read and dropped: a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// Processor time so far, in seconds: unlike a rate it does not depend on what else the machine does.
    fn worked(&self) -> f64 {
        /// Ticks of the clock in `/proc`, the same on every Linux of today (`getconf CLK_TCK`).
        const TICKS: f64 = 100.0;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // Counted from behind the name, which may hold spaces: user and system time are the 12th and 13th fields there.
        let fields = stat.rsplit(')').next().unwrap_or("").split_whitespace().skip(11).take(2);
        fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS
    }

    /// Resident memory in KiB.
    fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
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

/// Verifies as the door does, and answers with the same bytes each time.
async fn fixed_server(body: Vec<u8>) {
    let public: String = key().verifying_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let state = Arc::new((Signature::new(&public).expect("a key"), body));
    let router = axum::Router::new().route("/interactions", axum::routing::post(fixed_answer)).with_state(state);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut stderr = std::io::stderr();
    let _ = std::io::Write::write_all(
        &mut stderr,
        format!("listening address={}\n", listener.local_addr().expect("bound")).as_bytes(),
    );
    axum::serve(listener, router).await.expect("it serves");
}

async fn fixed_answer(State(state): State<Arc<(Signature, Vec<u8>)>>, headers: HeaderMap, body: Body) -> Response {
    let now = i64::try_from(seconds()).unwrap_or(0);
    let Ok(bytes) = to_bytes(body, 256 * 1024).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    if !state.0.plausible(&headers, now) || !state.0.holds(&headers, &bytes) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    ([("content-type", "application/json")], state.1.clone()).into_response()
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// Whole requests, signed, ready to be written to a socket. Pools of different numbers share no member.
fn signed_pool(number: usize) -> Vec<Vec<u8>> {
    let key = key();
    let time = seconds().to_string();
    (0..POOL)
        .map(|index| {
            let id = 600_000_000_000_000_000 + number * POOL + index;
            let body = interaction(id, QUESTIONS[index % QUESTIONS.len()]);
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
    let (id, server) = (id.to_string(), (500_000_000_000_000_000 + id % SERVERS).to_string());
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
        Self { stream, buffer: Vec::with_capacity(64 * 1024) }
    }

    /// Sends a request and reads the whole answer; its body is what is left in the buffer from the returned place on.
    async fn send(&mut self, request: &[u8]) -> usize {
        self.stream.write_all(request).await.expect("it is sent");
        self.buffer.clear();
        let mut head = None;
        loop {
            if self.stream.read_buf(&mut self.buffer).await.expect("it is read") == 0 {
                panic!("the server has hung up");
            }
            if head.is_none()
                && let Some(end) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n")
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

/// The body of the first answer, which must be an answer.
async fn first_answer(address: SocketAddr, pool: &[Vec<u8>]) -> Vec<u8> {
    let mut connection = Connection::open(address).await;
    let start = connection.send(&pool[0]).await;
    let body = connection.buffer.split_off(start);
    let value: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    let text = value.to_string();
    assert!(
        value["type"] == 4 && text.to_lowercase().contains("telehealth coordinator"),
        "this is no answer to the question: {text}"
    );
    body
}

/// Sends as fast as it is answered; gives requests a second.
async fn flood(address: SocketAddr, pool: &Arc<Vec<Vec<u8>>>, time: Duration) -> f64 {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let started = Instant::now();
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await;
                let mut count = 0_u32;
                while started.elapsed() < time {
                    let start = connection.send(&pool[NEXT.fetch_add(1, Ordering::Relaxed) % POOL]).await;
                    // A private "try again in ..." is short: no such thing may be counted as an answer.
                    assert!(
                        connection.buffer.len() - start > 300,
                        "rate limited: {}",
                        String::from_utf8_lossy(&connection.buffer[start..])
                    );
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut total = 0;
    for sender in senders {
        total += sender.await.expect("a sender");
    }
    f64::from(total) / started.elapsed().as_secs_f64()
}

/// Sends at a rate, and times each answer from when its request was due, not from when it could be sent.
async fn paced(address: SocketAddr, pool: &Arc<Vec<Vec<u8>>>, rate: f64, time: Duration) -> Vec<Duration> {
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
                    connection.send(&pool[index % POOL]).await;
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
