//! The gateway's side of the fake: HELLO, IDENTIFY, READY, heartbeats, RESUME with replay, and everything that can go wrong.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::{APPLICATION, Interaction, Shared, State, TOKEN};

/// The intents that Discord grants only on request: presences, members, message content.
pub(crate) const PRIVILEGED: u64 = 1 << 8 | 1 << 1 | 1 << 15;

/// What a test makes the connection do.
#[derive(Clone, Debug)]
pub(crate) enum Order {
    /// Send this text as it is.
    Text(String),
    /// Ask the bot to reconnect (op 7).
    Reconnect,
    /// Say that the session is invalid (op 9); true when it can be resumed.
    InvalidSession(bool),
    /// Drop the connection without a word.
    Drop,
    /// Close with a code.
    Close(u16),
    /// Close without one.
    CloseBare,
}

pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(connection(stream, shared.clone()));
    }
}

/// Keeps an event for replay and sends it when the bot is connected.
pub(crate) fn dispatch(state: &mut State, kind: &str, data: Value) {
    state.sequence += 1;
    let event = json!({"op": 0, "s": state.sequence, "t": kind, "d": data});
    if let Some(link) = &state.link {
        let _ = link.send(Order::Text(event.to_string()));
        stamp(&mut state.interactions, &event);
    }
    state.events.push(event);
}

/// An interaction is to be answered from the moment on in which it is sent.
fn stamp(interactions: &mut HashMap<String, Interaction>, event: &Value) {
    if let Some(sent) = event["d"]["token"]
        .as_str()
        .and_then(|token| interactions.get_mut(token))
    {
        sent.sent = Instant::now();
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    if shared.lock().away {
        return;
    }
    let _ = stream.set_nodelay(true);
    let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else {
        return;
    };
    let (link, mut orders) = mpsc::unbounded_channel();
    let (number, interval) = shared.change(|state| {
        state.connections += 1;
        (state.connections, state.heartbeat_ms)
    });
    if socket
        .send(Message::Text(
            json!({"op": 10, "d": {"heartbeat_interval": interval}}).to_string(),
        ))
        .await
        .is_err()
    {
        return;
    }
    loop {
        tokio::select! {
            order = orders.recv() => {
                let Some(order) = order else { break };
                match order {
                    Order::Text(text) => { if socket.send(Message::Text(text)).await.is_err() { break } }
                    Order::Reconnect => { let _ = socket.send(Message::Text(json!({"op": 7, "d": null}).to_string())).await; }
                    Order::InvalidSession(resumable) => { let _ = socket.send(Message::Text(json!({"op": 9, "d": resumable}).to_string())).await; }
                    Order::Close(code) => { let _ = socket.close(Some(CloseFrame { code: code.into(), reason: "".into() })).await; }
                    Order::CloseBare => { let _ = socket.close(None).await; }
                    Order::Drop => break,
                }
            }
            message = socket.next() => match message {
                Some(Ok(Message::Text(text))) => {
                    let value: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
                    receive(&shared, &link, &value);
                }
                Some(Ok(Message::Close(frame))) => {
                    shared.change(|state| state.closed.push(frame.map(|frame| frame.code.into())));
                    // The answer to the close is sent by the next poll.
                    let _ = socket.next().await;
                    break;
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            },
        }
    }
    shared.change(|state| {
        if state.connections == number {
            state.link = None;
        }
    });
}

fn receive(shared: &Shared, link: &mpsc::UnboundedSender<Order>, value: &Value) {
    shared.change(|state| match value["op"].as_u64() {
        Some(1) => {
            state.heartbeats += 1;
            if !state.mute_heartbeats {
                let _ = link.send(Order::Text(json!({"op": 11, "d": null}).to_string()));
            }
        }
        Some(2) => identify(state, link, &value["d"]),
        Some(6) => resume(state, link, &value["d"]),
        Some(3) => {}
        _ => state
            .problems
            .push(format!("gateway: unknown payload {value}")),
    });
}

fn identify(state: &mut State, link: &mpsc::UnboundedSender<Order>, data: &Value) {
    state.identifies.push(data.clone());
    let intents = data["intents"].as_u64().unwrap_or(u64::MAX);
    if intents & PRIVILEGED != 0 {
        state.problems.push(format!(
            "IDENTIFY asks for privileged intents: {intents:#b}"
        ));
    }
    if data["token"] != TOKEN && data["token"] != format!("Bot {TOKEN}") {
        let _ = link.send(Order::Close(4004));
        return;
    }
    if let Some(order) = scripted(state) {
        let _ = link.send(order);
        return;
    }
    let session = format!("session-{}", state.identifies.len());
    state.session = Some(session.clone());
    state.sequence = 0;
    state.events.clear();
    state.link = Some(link.clone());
    state.readies += 1;
    let guilds: Vec<Value> = state
        .guilds
        .iter()
        .map(|id| json!({"id": id, "unavailable": true}))
        .collect();
    let ready = json!({
        "v": 10, "user": super::payloads::bot_user(), "guilds": guilds, "session_id": session, "resume_gateway_url": state.gateway_url,
        "shard": data["shard"], "application": {"id": APPLICATION, "flags": 0},
    });
    dispatch(state, "READY", ready);
}

fn resume(state: &mut State, link: &mpsc::UnboundedSender<Order>, data: &Value) {
    state.resumes.push(data.clone());
    if let Some(order) = scripted(state) {
        let _ = link.send(order);
        return;
    }
    if state.session.is_none() || data["session_id"].as_str() != state.session.as_deref() {
        let _ = link.send(Order::InvalidSession(false));
        return;
    }
    state.link = Some(link.clone());
    let seen = data["seq"].as_u64().unwrap_or(0);
    for event in state
        .events
        .iter()
        .filter(|event| event["s"].as_u64() > Some(seen))
    {
        let _ = link.send(Order::Text(event.to_string()));
        stamp(&mut state.interactions, event);
    }
    dispatch(state, "RESUMED", json!({}));
}

fn scripted(state: &mut State) -> Option<Order> {
    state.on_login.pop_front()
}
