//! A gateway with many shards, for several processes at once: it knows which shard is logged in where, who logged in too early,
//! and how long a process takes to read what it is told. REST is that of the usual fake.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use crate::fake_discord::{APPLICATION, FakeDiscord, PATIENCE, payloads};

/// What Discord wants between two logins of one bucket.
const APART: Duration = Duration::from_secs(5);

/// A login that was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Login {
    pub(super) shard: u32,
    pub(super) at: Instant,
}

/// A connection that is logged in.
struct Session {
    shard: u32,
    send: mpsc::UnboundedSender<String>,
    sequence: u64,
    /// The last event that the program has said it has read.
    read: u64,
    gone: bool,
}

#[derive(Default)]
struct State {
    logins: Vec<Login>,
    sessions: Vec<Session>,
    faults: Vec<String>,
}

pub(super) struct Wide {
    pub(super) discord: FakeDiscord,
    state: Mutex<State>,
    pub(super) total: u32,
    max_concurrency: u32,
    /// The servers of each shard that READY names.
    servers: u64,
}

/// The `number`-th server of a shard. Source of the rule: Discord documentation, "Sharding".
pub(super) fn server(shard: u32, total: u32, number: u64) -> u64 {
    const FIRST: u64 = 1 << 36;
    (FIRST / u64::from(total) * u64::from(total) + number * u64::from(total) + u64::from(shard))
        << 22
}

impl Wide {
    /// A Discord that wants `total` shards with so many servers each, and lets `max_concurrency` of them log in at once.
    pub(super) async fn start(total: u32, max_concurrency: u32, servers: u64) -> Arc<Self> {
        let discord = FakeDiscord::start().await;
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("ws://{}", socket.local_addr().expect("bound"));
        discord.shared.change(|state| {
            state.shards = total;
            state.max_concurrency = max_concurrency;
            state.gateway_url = address;
        });
        let wide = Arc::new(Self {
            discord,
            state: Mutex::default(),
            total,
            max_concurrency,
            servers,
        });
        let serving = Arc::downgrade(&wide);
        tokio::spawn(async move {
            while let Ok((stream, _)) = socket.accept().await {
                let Some(wide) = serving.upgrade() else {
                    return;
                };
                tokio::spawn(wide.connection(stream));
            }
        });
        wide
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn connection(self: Arc<Self>, stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let Ok(socket) = tokio_tungstenite::accept_async(stream).await else {
            return;
        };
        let (mut out, mut incoming) = socket.split();
        let (send, mut waiting) = mpsc::unbounded_channel::<String>();
        let _ = send.send(json!({"op": 10, "d": {"heartbeat_interval": 41_250}}).to_string());
        tokio::spawn(async move {
            while let Some(text) = waiting.recv().await {
                if out.send(Message::Text(text)).await.is_err() {
                    return;
                }
            }
        });
        let mut session = None;
        while let Some(Ok(message)) = incoming.next().await {
            let Message::Text(text) = message else {
                continue;
            };
            let value: Value = serde_json::from_str(&text).unwrap_or_default();
            match value["op"].as_u64() {
                Some(1) => {
                    if let Some(place) = session {
                        let mut state = self.lock();
                        let held: &mut Session = &mut state.sessions[place];
                        held.read = value["d"].as_u64().unwrap_or(held.read);
                    }
                    let _ = send.send(json!({"op": 11, "d": null}).to_string());
                }
                Some(2) => session = self.login(&send, &value["d"]),
                // Nothing is kept for a process that comes back: it logs in anew.
                Some(6) => {
                    let _ = send.send(json!({"op": 9, "d": false}).to_string());
                }
                _ => {}
            }
        }
        if let Some(place) = session {
            self.lock().sessions[place].gone = true;
        }
    }

    /// Takes a login, unless it comes too early; the place of its session.
    fn login(&self, send: &mpsc::UnboundedSender<String>, data: &Value) -> Option<usize> {
        let shard = data["shard"][0]
            .as_u64()
            .and_then(|n| u32::try_from(n).ok())?;
        let at = Instant::now();
        let mut state = self.lock();
        if data["shard"][1] != self.total {
            state
                .faults
                .push(format!("a login of another division: {}", data["shard"]));
        }
        let bucket = |shard: u32| shard % self.max_concurrency;
        let before = state
            .logins
            .iter()
            .rev()
            .find(|login| bucket(login.shard) == bucket(shard))
            .copied();
        state.logins.push(Login { shard, at });
        if let Some(before) = before.filter(|before| at - before.at < APART) {
            let early = format!("shard {shard} {:?} after {}", at - before.at, before.shard);
            state.faults.push(early);
            let _ = send.send(json!({"op": 9, "d": false}).to_string());
            return None;
        }
        let guilds: Vec<Value> = (0..self.servers)
            .map(|number| json!({"id": server(shard, self.total, number).to_string(), "unavailable": true}))
            .collect();
        // Without a word on the shard: the program knows which it logged in.
        let ready = json!({"op": 0, "s": 1, "t": "READY", "d": {
            "v": 10, "user": payloads::bot_user(), "guilds": guilds, "session_id": format!("session-{}", state.logins.len()),
            "resume_gateway_url": null, "application": {"id": APPLICATION, "flags": 0},
        }});
        let _ = send.send(ready.to_string());
        state.sessions.push(Session {
            shard,
            send: send.clone(),
            sequence: 1,
            read: 0,
            gone: false,
        });
        Some(state.sessions.len() - 1)
    }

    /// Sends an event to every connection of a shard, as Discord does where one takes the place of another.
    pub(super) fn dispatch(&self, shard: u32, kind: &str, data: &Value) {
        let mut state = self.lock();
        for session in state.sessions.iter_mut() {
            if session.shard == shard && !session.gone {
                session.sequence += 1;
                let event = json!({"op": 0, "s": session.sequence, "t": kind, "d": data});
                let _ = session.send.send(event.to_string());
            }
        }
    }

    /// Tells each of these shards of all its servers and waits until the program has read that; how many, and how long it took.
    pub(super) async fn tell_servers(&self, shards: std::ops::Range<u32>) -> (u64, Duration) {
        let begun = Instant::now();
        let mut told = 0;
        for shard in shards.clone() {
            for number in 0..self.servers {
                let id = server(shard, self.total, number).to_string();
                self.dispatch(shard, "GUILD_CREATE", &guild(&id));
                told += 1;
                if number % 64 == 0 {
                    tokio::task::yield_now().await;
                }
            }
        }
        {
            let state = self.lock();
            for session in state
                .sessions
                .iter()
                .filter(|session| shards.contains(&session.shard))
            {
                let _ = session.send.send(json!({"op": 1, "d": null}).to_string());
            }
        }
        self.until("servers to be read", |state| {
            let mut mine = state
                .sessions
                .iter()
                .filter(|session| shards.contains(&session.shard) && !session.gone);
            mine.all(|session| session.read >= session.sequence)
        })
        .await;
        (told, begun.elapsed())
    }

    async fn until(&self, what: &str, done: impl Fn(&State) -> bool) {
        let end = Instant::now() + PATIENCE * (1 + self.total / 8);
        while !done(&self.lock()) {
            assert!(
                Instant::now() < end,
                "no {what}; faults: {:?}",
                self.faults()
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Waits until so many connections of these shards stand at once for each.
    pub(super) async fn stand(&self, shards: std::ops::Range<u32>, each: usize) {
        self.until("connections", |state| {
            let mut standing: HashMap<u32, usize> = HashMap::new();
            for session in state.sessions.iter().filter(|session| !session.gone) {
                *standing.entry(session.shard).or_default() += 1;
            }
            shards
                .clone()
                .all(|shard| standing.get(&shard).copied().unwrap_or(0) == each)
        })
        .await;
    }

    /// Who logged in too early, or otherwise than they should.
    pub(super) fn faults(&self) -> Vec<String> {
        self.lock().faults.clone()
    }

    pub(super) fn logins(&self) -> Vec<Login> {
        self.lock().logins.clone()
    }
}

/// A small server: what of it is never used makes up most of it, as it does with Discord.
fn guild(id: &str) -> Value {
    json!({
        "id": id, "name": "A server", "owner_id": "400000000000000009", "member_count": 25, "large": false, "unavailable": false,
        "joined_at": "2025-01-01T00:00:00.000000+00:00", "features": [], "emojis": [], "stickers": [], "threads": [], "members": [],
        "roles": [{"id": id, "name": "@everyone", "permissions": "2248473465835073", "position": 0, "color": 0, "hoist": false, "managed": false, "mentionable": false}],
        "channels": [{"id": "300000000000000001", "type": 0, "name": "careers", "position": 0, "permission_overwrites": [], "topic": null}],
    })
}
