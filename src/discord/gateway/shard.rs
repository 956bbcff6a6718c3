//! One connection to the gateway, for as long as the program runs: logged in once, resumed whenever that is possible.
//!
//! Knows the gateway's operations; what comes of events is for `events`. A connection whose other end is silent is given up,
//! and while Discord is away, what it keeps for the session is not: nothing is lost that can be sent again.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use crate::discord::api::client::Rest;
use crate::discord::gateway::INTENTS;
use crate::discord::gateway::close::{Meaning, meaning};
use crate::discord::gateway::events::Events;
use crate::discord::gateway::logins::{Logins, Refused, Turn};
use crate::discord::gateway::socket::{Frame, Socket};
use crate::discord::state::connections::Connections;
use crate::store::absences;

/// How long Discord may take for its first word, and to confirm a login.
const HELLO: Duration = Duration::from_secs(20);
const CONFIRM: Duration = Duration::from_secs(60);
/// How long a heartbeat may go unanswered: a connection whose other end is gone looks like a quiet one.
const ECHO: Duration = Duration::from_secs(15);
/// The longest pause between two tries to connect.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// From how long on a connection has lasted, and a login.
const LASTING: Duration = Duration::from_secs(60);
/// The pause after short connections doubles with so many of them, and no more often than this.
const SHORT: u32 = 5;
const MOST_SHORT: u32 = 4;
const LASTING_LOGIN: Duration = Duration::from_secs(600);
/// Tries at the address that Discord gave for resuming, before the usual one is tried instead.
const TRIES_THERE: u32 = 3;
/// Close codes of ours: for good, and to come back.
const GOODBYE: u16 = 1000;
const BACK_SOON: u16 = 4000;

/// Numbers of operations. Source: Discord documentation, "Gateway Opcodes".
const EVENT: u64 = 0;
const HEARTBEAT: u64 = 1;
const LOGIN: u64 = 2;
const RESUME: u64 = 6;
const RECONNECT: u64 = 7;
const INVALID: u64 = 9;
const GREETING: u64 = 10;
const ECHOED: u64 = 11;

/// Why a shard ended by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ended {
    /// The token is not good.
    Token,
    /// Discord wants another number of shards.
    Replan(&'static str),
    /// Discord has closed for good.
    Fatal(&'static str),
}

/// All that a shard needs.
pub(super) struct Shard {
    pub(super) number: u32,
    pub(super) total: u32,
    pub(super) address: String,
    pub(super) token: SecretString,
    pub(super) rest: Arc<Rest>,
    pub(super) events: Arc<Events>,
    pub(super) logins: Arc<Logins>,
    pub(super) shutdown: CancellationToken,
}

/// What is needed to go on after an interruption.
struct Session {
    id: String,
    address: Option<String>,
    sequence: u64,
    since: Instant,
}

/// How far a connection came.
#[derive(Default)]
struct Tried {
    /// A login was sent.
    logged_in: bool,
    /// How long it stood, where it came to stand.
    lasted: Option<Duration>,
}

/// How a connection ended.
enum Next {
    /// The program stops.
    Stop,
    /// Connect again; where there is a session, it goes on.
    Again,
    /// The session is over.
    Login,
    Ended(Ended),
}

/// What Discord greets with.
#[derive(Deserialize)]
struct Greeting {
    /// Milliseconds between two heartbeats.
    heartbeat_interval: u64,
}

/// A frame of the gateway.
#[derive(Deserialize)]
struct Payload<'a> {
    op: u64,
    s: Option<u64>,
    t: Option<String>,
    #[serde(borrow)]
    d: Option<&'a RawValue>,
}

impl Shard {
    fn connections(&self) -> &Connections {
        self.events.connections()
    }

    /// Its servers.
    fn part(&self) -> absences::Shard {
        absences::Shard {
            number: self.number,
            total: self.total,
        }
    }

    /// Keeps the connection until the program stops, or Discord closes it for good.
    pub(super) async fn run(self) -> Result<(), Ended> {
        let mut session: Option<Session> = None;
        // In a row: tries that came to no connection, connections that did not last, and logins that did not.
        let (mut broken, mut short, mut failed) = (0_u32, 0_u32, 0_u32);
        loop {
            let mut turn = None;
            if session.is_none() {
                turn = tokio::select! {
                    may = self.logins.wait(self.number, failed) => Some(may.map_err(|Refused| Ended::Token)?),
                    () = self.shutdown.cancelled() => return Ok(()),
                };
            }
            let mut tried = Tried::default();
            let next = self
                .connection(&mut session, broken, &mut turn, &mut tried)
                .await;
            if let Some(turn) = turn {
                turn.given_back();
            }
            self.connections().set_down(self.number);
            (broken, short) = match tried.lasted {
                // Whoever waits for an answer is not kept waiting because the last connection was a short one.
                Some(lasted) if lasted < LASTING && short == 0 => (0, 1),
                Some(lasted) if lasted < LASTING => {
                    ((1 + short / SHORT).min(MOST_SHORT), short + 1)
                }
                Some(_) => (0, 0),
                None => (broken, short),
            };
            match next {
                Next::Stop => return Ok(()),
                Next::Ended(ended) => return Err(ended),
                Next::Login => {
                    let held = session
                        .take()
                        .map_or(Duration::ZERO, |session| session.since.elapsed());
                    failed = if held >= LASTING_LOGIN { 1 } else { failed + 1 };
                }
                Next::Again => {
                    // A login that never was confirmed.
                    if session.is_none() && tried.logged_in {
                        failed += 1;
                    }
                    let pause = pause(broken);
                    debug!(
                        shard = self.number,
                        pause_ms = pause.as_millis(),
                        "connecting again"
                    );
                    tokio::select! { () = sleep(pause) => {}, () = self.shutdown.cancelled() => return Ok(()) }
                }
            }
            broken += 1;
        }
    }

    /// One connection, from its greeting to its end; a login takes the `turn`, and `tried` is how far it came.
    async fn connection(
        &self,
        session: &mut Option<Session>,
        broken: u32,
        turn: &mut Option<Turn>,
        tried: &mut Tried,
    ) -> Next {
        let there = session
            .as_ref()
            .and_then(|session| session.address.as_deref())
            .filter(|_| broken < TRIES_THERE);
        let address = there.unwrap_or(&self.address);
        let opened = tokio::select! {
            opened = Socket::connect(address) => opened,
            () = self.shutdown.cancelled() => return Next::Stop,
        };
        let mut socket = match opened {
            Ok(socket) => socket,
            Err(error) => {
                warn!(shard = self.number, %error, "the gateway cannot be reached; trying again");
                return Next::Again;
            }
        };
        let Some(interval) = self.greeting(&mut socket).await else {
            return Next::Again;
        };
        let begin = match session {
            Some(Session { id, sequence, .. }) => json!({"op": RESUME, "d": {
                "token": self.token.expose_secret(), "session_id": id, "seq": sequence,
            }}),
            None => json!({"op": LOGIN, "d": {
                "token": self.token.expose_secret(), "intents": INTENTS.bits(), "shard": [self.number, self.total],
                "compress": false, "large_threshold": 50,
                "properties": {"os": std::env::consts::OS, "browser": "careerbot", "device": "careerbot"},
            }}),
        };
        tried.logged_in = session.is_none();
        let sent = socket.send(&begin).await;
        // One that did not leave whole may have arrived all the same.
        if let Some(turn) = turn.take() {
            turn.used();
        }
        if !sent {
            return Next::Again;
        }
        let mut standing = Standing {
            interval,
            // Somewhere within the first interval, so that a thousand bots do not beat at once.
            beat: Instant::now() + interval * jitter() / 1000,
            echo: None,
            confirm: Some(Instant::now() + CONFIRM),
            up: None,
        };
        let next = self.stand(&mut socket, session, &mut standing).await;
        tried.lasted = standing.up.map(|up| up.elapsed());
        match next {
            Next::Stop => socket.close(GOODBYE).await,
            Next::Again | Next::Login => socket.close(BACK_SOON).await,
            Next::Ended(_) => {}
        }
        next
    }

    /// How often Discord wants a heartbeat.
    async fn greeting(&self, socket: &mut Socket) -> Option<Duration> {
        let Ok(Frame::Text(text)) = timeout(HELLO, socket.next()).await else {
            return None;
        };
        let payload: Payload<'_> = serde_json::from_str(&text).ok()?;
        let data = payload.d.filter(|_| payload.op == GREETING)?;
        let greeting: Greeting = serde_json::from_str(data.get()).ok()?;
        Some(Duration::from_millis(greeting.heartbeat_interval.max(50)))
    }

    /// Takes frames and sends heartbeats until the connection ends.
    async fn stand(
        &self,
        socket: &mut Socket,
        session: &mut Option<Session>,
        standing: &mut Standing,
    ) -> Next {
        loop {
            let far = Instant::now() + Duration::from_secs(3_600);
            let frame = tokio::select! {
                frame = socket.next() => frame,
                () = sleep_until(standing.beat) => {
                    if !beat(socket, session.as_ref(), standing).await {
                        return Next::Again;
                    }
                    continue;
                }
                () = sleep_until(standing.echo.unwrap_or(far)), if standing.echo.is_some() => {
                    warn!(shard = self.number, "the gateway has fallen silent; connecting again");
                    return Next::Again;
                }
                () = sleep_until(standing.confirm.unwrap_or(far)), if standing.confirm.is_some() => {
                    warn!(shard = self.number, "the gateway does not confirm the login; connecting again");
                    return Next::Again;
                }
                () = self.shutdown.cancelled() => return Next::Stop,
            };
            let text = match frame {
                Frame::Text(text) => text,
                Frame::Lost => return Next::Again,
                Frame::Closed(code) => return self.closed(code),
            };
            self.connections().hear();
            let Ok(payload) = serde_json::from_str::<Payload<'_>>(&text) else {
                warn!(shard = self.number, "a frame of the gateway cannot be read");
                continue;
            };
            if let (Some(session), Some(sequence)) = (session.as_mut(), payload.s) {
                session.sequence = sequence;
            }
            let data = payload.d.map_or("null", RawValue::get);
            match payload.op {
                EVENT => {
                    let kind = payload.t.unwrap_or_default();
                    if self.confirms(&kind, data, payload.s, session) {
                        standing.confirm = None;
                        standing.up.get_or_insert_with(Instant::now);
                        self.connections().set_up(self.number);
                    }
                    self.events.take(self.part(), kind, data.to_owned());
                }
                HEARTBEAT => {
                    if !beat(socket, session.as_ref(), standing).await {
                        return Next::Again;
                    }
                }
                ECHOED => {
                    if let Some(end) = standing.echo.take() {
                        let after = (Instant::now() + ECHO).saturating_duration_since(end);
                        self.connections().echoed(self.number, after);
                    }
                }
                RECONNECT => return Next::Again,
                INVALID if data == "true" => return Next::Again,
                INVALID => return Next::Login,
                GREETING => {}
                op => warn!(
                    shard = self.number,
                    op, "a frame of the gateway is of a kind that is not known"
                ),
            }
        }
    }

    /// Whether an event says that the login or resume is good; notes the session.
    fn confirms(
        &self,
        kind: &str,
        data: &str,
        sequence: Option<u64>,
        session: &mut Option<Session>,
    ) -> bool {
        #[derive(Deserialize)]
        struct Ready {
            session_id: String,
            resume_gateway_url: Option<String>,
        }
        match kind {
            "RESUMED" => true,
            "READY" => match serde_json::from_str::<Ready>(data) {
                Ok(ready) => {
                    let address = ready
                        .resume_gateway_url
                        .filter(|address| self.rest.may_connect(address));
                    let sequence = sequence.unwrap_or(0);
                    *session = Some(Session {
                        id: ready.session_id,
                        address,
                        sequence,
                        since: Instant::now(),
                    });
                    true
                }
                Err(_) => false,
            },
            _ => false,
        }
    }

    fn closed(&self, code: Option<u16>) -> Next {
        let meaning = meaning(code);
        info!(
            shard = self.number,
            code,
            ?meaning,
            "Discord has closed the connection"
        );
        match meaning {
            Meaning::Resume => Next::Again,
            Meaning::Login => Next::Login,
            Meaning::Replan(why) => Next::Ended(Ended::Replan(why)),
            Meaning::Token => Next::Ended(Ended::Token),
            Meaning::Fatal(why) => Next::Ended(Ended::Fatal(why)),
        }
    }
}

/// The times of a connection.
struct Standing {
    interval: Duration,
    /// When the next heartbeat is sent.
    beat: Instant,
    /// By when the one that was sent has to be answered.
    echo: Option<Instant>,
    /// By when the login or resume has to be confirmed.
    confirm: Option<Instant>,
    /// Since when it is.
    up: Option<Instant>,
}

async fn beat(socket: &mut Socket, session: Option<&Session>, standing: &mut Standing) -> bool {
    let now = Instant::now();
    standing.beat = now + standing.interval;
    standing.echo.get_or_insert(now + ECHO);
    socket
        .send(&json!({"op": HEARTBEAT, "d": session.map(|session| session.sequence)}))
        .await
}

/// The pause before connecting again after so many connections that did not last; none after the first.
fn pause(broken: u32) -> Duration {
    match broken {
        0 => Duration::ZERO,
        _ => {
            (Duration::from_secs(1) * 2_u32.saturating_pow((broken - 1).min(10))).min(LONGEST_PAUSE)
                * (500 + jitter() / 2)
                / 1000
        }
    }
}

/// A random number below a thousand.
fn jitter() -> u32 {
    u32::try_from(RandomState::new().hash_one(0_u8) % 1000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_connection_again_is_made_at_once_and_further_ones_are_not() {
        assert_eq!(pause(0), Duration::ZERO);
        for (broken, least, most) in [(1, 500, 1_000), (3, 2_000, 4_000), (30, 30_000, 60_000)] {
            let pause = pause(broken).as_millis();
            assert!((least..=most).contains(&pause), "{broken}: {pause}");
        }
    }
}
