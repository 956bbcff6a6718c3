//! A Discord of our own on the loopback interface: REST and gateway, in plain JSON, scriptable, and strict.
//!
//! The unchanged program connects to it through `CAREERBOT_DISCORD_API`. It records everything the bot sends, checks each body
//! against Discord's own description and limits, and panics at its end when one of them was wrong. It knows nothing of careers:
//! what a reply says is for the tests to judge.

pub(crate) mod bot;
pub(crate) mod gateway;
pub(crate) mod limits;
pub(crate) mod multipart;
pub(crate) mod openapi;
pub(crate) mod payloads;
pub(crate) mod rest;
pub(crate) mod signed;

use std::collections::{HashMap, HashSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

pub(crate) use bot::Bot;
pub(crate) use gateway::Order;
pub(crate) use rest::{Outcome, Recorded};

/// The bot's token, application and user.
pub(crate) const TOKEN: &str = "MTAw.fake.token-of-the-tests";
pub(crate) const APPLICATION: &str = "100000000000000001";

/// How long a test waits for anything at all: long, because the machine may be busy; a passing test never waits for it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

#[derive(Default)]
pub(crate) struct State {
    // REST
    pub commands: Vec<Value>,
    pub requests: Vec<Recorded>,
    pub problems: Vec<String>,
    /// Bodies are taken without a check.
    pub trusting: bool,
    pub scripts: VecDeque<rest::Script>,
    pub next_id: u64,
    /// How long a first response may take.
    pub response_time: Duration,
    /// Interactions that the bot may acknowledge, by their tokens.
    pub interactions: HashMap<String, Interaction>,
    pub deleted_channels: HashSet<String>,
    pub forbidden_channels: HashSet<String>,
    /// Whether the bot may open no threads below messages, and post no polls.
    pub without_threads: bool,
    pub nonces: HashMap<String, Value>,
    /// Files that lie at these paths.
    pub attachments: HashMap<String, rest::Served>,
    /// Type numbers of channels; those that are not here are text channels.
    pub channel_types: HashMap<String, u64>,
    /// The tags of forums that want one on each post.
    pub forum_tags: HashMap<String, Value>,
    /// Messages of the bot by id.
    pub messages: std::collections::BTreeMap<u64, Value>,
    /// Threads of forums: the forum, and whether the thread is closed.
    pub threads: HashMap<String, (String, bool)>,
    pub next_snowflake: u64,
    /// How many seconds Discord's clock is behind this machine's, which is fast then.
    pub clock_behind: i64,
    /// Channels in which the bot may write, but neither show embeds nor attach files.
    pub bare_channels: HashSet<String>,
    /// Channels in which the bot may write, but not read what was said before.
    pub unread_channels: HashSet<String>,
    /// Keys of the application that are other than usual.
    pub application: Value,
    /// The servers that the bot is in, and the channels of each.
    pub servers: Vec<Value>,
    pub server_channels: Vec<Value>,
    /// Its roles beside the one of everyone, those of the bot, and the code with which giving one is refused; 0 for none.
    pub roles: Vec<Value>,
    pub bot_roles: Vec<String>,
    pub roles_refused: u32,
    /// Members who take no direct messages, and those who have left.
    pub closed_to_messages: HashSet<String>,
    pub left: HashSet<String>,
    /// What everyone in it may not do.
    pub denied: u64,
    // gateway
    pub gateway_url: String,
    pub heartbeat_ms: u64,
    pub mute_heartbeats: bool,
    /// The servers that READY names.
    pub guilds: Vec<String>,
    pub connections: usize,
    pub link: Option<mpsc::UnboundedSender<Order>>,
    pub session: Option<String>,
    pub sequence: u64,
    pub events: Vec<Value>,
    pub identifies: Vec<Value>,
    pub resumes: Vec<Value>,
    pub readies: usize,
    pub heartbeats: usize,
    pub closed: Vec<Option<u16>>,
    /// Shards that the bot is told to have, and logins that it has left; 0 stands for the usual.
    pub shards: u32,
    pub logins_left: u32,
    /// How many shards may log in at once; 0 stands for 1.
    pub max_concurrency: u32,
    /// What happens to a request that no script is for, by the number of requests before it.
    pub weather: Option<fn(usize, &str, &str) -> Option<rest::Outcome>>,
    /// The gateway is away: connections are dropped.
    pub away: bool,
    /// What to answer the next IDENTIFYs or RESUMEs with, instead of READY or RESUMED.
    pub on_login: VecDeque<Order>,
}

/// An interaction that was sent to the bot.
pub(crate) struct Interaction {
    pub id: String,
    /// When.
    pub sent: Instant,
    /// The first response, once there is one.
    pub answered: Option<Value>,
    /// Whether the response "thinking" was replaced.
    pub thought: bool,
}

/// The running server. Dropping it checks that the bot sent nothing wrong.
pub(crate) struct FakeDiscord {
    pub base: String,
    pub shared: Arc<Shared>,
}

pub(crate) struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

impl Shared {
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Changes the state and wakes everyone who waits for something in it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let value = change(&mut self.lock());
        self.changed.send_modify(|count| *count += 1);
        value
    }
}

impl FakeDiscord {
    pub(crate) async fn start() -> Self {
        let rest = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let base = format!("http://{}", rest.local_addr().expect("bound"));
        let state = State {
            gateway_url: format!("ws://{}", socket.local_addr().expect("bound")),
            heartbeat_ms: 41_250,
            // Source: Discord documentation, "Interaction callback".
            response_time: Duration::from_secs(3),
            next_id: 200_000_000_000_000_000,
            ..State::default()
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: watch::channel(0).0,
        });
        tokio::spawn(rest::serve(rest, shared.clone()));
        tokio::spawn(gateway::serve(socket, shared.clone()));
        Self { base, shared }
    }

    /// An address of the loopback interface on which nothing listens.
    pub(crate) async fn nowhere() -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        listener.local_addr().expect("bound")
    }

    /// Waits until `found` finds something; panics with everything recorded when it takes too long.
    #[track_caller]
    pub(crate) fn wait<T, F: FnMut(&State) -> Option<T>>(
        &self,
        what: &str,
        mut found: F,
    ) -> impl Future<Output = T> + use<T, F> {
        let place = std::panic::Location::caller();
        let what = what.to_owned();
        let shared = self.shared.clone();
        async move {
            let mut changes = shared.changed.subscribe();
            let end = Instant::now() + PATIENCE;
            loop {
                changes.borrow_and_update();
                if let Some(value) = found(&shared.lock()) {
                    return value;
                }
                if tokio::time::timeout_at(end.into(), changes.changed())
                    .await
                    .is_err()
                {
                    let state = shared.lock();
                    let seen: Vec<String> = state
                        .requests
                        .iter()
                        .map(|r| format!("{} {} -> {}", r.method, r.path, r.status))
                        .collect();
                    panic!(
                        "{place}: no {what} after {PATIENCE:?}; requests:\n  {}\nidentified {} resumed {}",
                        seen.join("\n  "),
                        state.identifies.len(),
                        state.resumes.len()
                    );
                }
            }
        }
    }

    /// Waits for the `n`-th READY.
    pub(crate) async fn ready(&self, n: usize) {
        self.wait("READY", |state| (state.readies >= n).then_some(()))
            .await;
    }

    /// Sends a dispatch event over the gateway (kept for replay when the socket is down).
    pub(crate) fn dispatch(&self, kind: &str, data: Value) {
        self.shared
            .change(|state| gateway::dispatch(state, kind, data));
    }

    /// Gives the connection an order; does nothing when there is none.
    pub(crate) fn order(&self, order: Order) {
        self.shared.change(|state| {
            if let Some(link) = &state.link {
                let _ = link.send(order);
            }
        });
    }

    /// The next request that fits gets this outcome instead of the usual one. `path` is a part of the path.
    pub(crate) fn script(&self, method: &str, path: &str, outcome: Outcome) {
        self.shared.change(|state| {
            state.scripts.push_back(rest::Script {
                method: method.to_owned(),
                path: path.to_owned(),
                outcome,
            })
        });
    }

    /// Makes an interaction known without sending it, so that a callback to it is accepted.
    pub(crate) fn expect_interaction(&self, interaction: &Value) -> String {
        let token = interaction["token"]
            .as_str()
            .expect("an interaction has a token")
            .to_owned();
        let id = interaction["id"]
            .as_str()
            .expect("an interaction has an id")
            .to_owned();
        let interaction = Interaction {
            id,
            sent: Instant::now(),
            answered: None,
            thought: false,
        };
        self.shared
            .change(|state| state.interactions.insert(token.clone(), interaction));
        token
    }

    /// Takes note of a first response that came over HTTP.
    pub(crate) fn acknowledged(&self, token: &str, body: Value) {
        self.shared.change(|state| {
            if let Some(interaction) = state.interactions.get_mut(token) {
                interaction.answered = Some(body);
            }
        });
    }

    /// Sends an interaction over the gateway and waits for the body of the bot's first response.
    #[track_caller]
    pub(crate) fn interact(&self, interaction: Value) -> impl Future<Output = Value> + use<> {
        let token = self.expect_interaction(&interaction);
        self.dispatch("INTERACTION_CREATE", interaction);
        self.response(&token)
    }

    /// Waits for the accepted response to the interaction with this token.
    #[track_caller]
    pub(crate) fn response(&self, token: &str) -> impl Future<Output = Value> + use<> {
        let token = token.to_owned();
        self.wait("response to the interaction", move |state| {
            state
                .interactions
                .get(&token)
                .and_then(|interaction| interaction.answered.clone())
        })
    }

    /// Waits for a request of the bot whose path holds `path`.
    #[track_caller]
    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
    ) -> impl Future<Output = Recorded> + use<> {
        let (method, path) = (method.to_owned(), path.to_owned());
        self.wait(&format!("{method} {path}"), move |state| {
            state
                .requests
                .iter()
                .find(|r| r.method == method && r.path.contains(&path))
                .cloned()
        })
    }

    /// How many requests there were whose path holds `path`.
    pub(crate) fn count(&self, method: &str, path: &str) -> usize {
        self.shared
            .lock()
            .requests
            .iter()
            .filter(|r| r.method == method && r.path.contains(path))
            .count()
    }

    /// What the bot did wrong so far; taking it means that the test wanted it.
    pub(crate) fn take_problems(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.lock().problems)
    }
}

impl Drop for FakeDiscord {
    fn drop(&mut self) {
        let problems = self.take_problems();
        if !std::thread::panicking() {
            assert!(
                problems.is_empty(),
                "the bot sent what Discord refuses:\n  {}",
                problems.join("\n  ")
            );
        }
    }
}

/// An error body as Discord sends it.
pub(crate) fn error(code: u32, message: &str) -> Value {
    json!({"code": code, "message": message})
}
