//! The WebSocket: text frames in and out, each way within a time.
//!
//! Knows bytes and close codes; knows nothing of what the frames mean, and writes none of them to a log: they hold the token
//! and what members wrote.

use std::borrow::Cow;
use std::time::Duration;

use serde_json::Value;
use serenity::futures::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

/// How long connecting may take, encryption included.
const CONNECT: Duration = Duration::from_secs(15);
/// How long a frame may take to leave: a socket whose other end is gone takes none.
const SEND: Duration = Duration::from_secs(10);
/// How long the other end may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);
/// Largest frame: what Discord tells of a server with thousands of channels.
const LARGEST: usize = 64 << 20;
/// Version of the gateway and form of its frames.
const QUERY: &str = "/?v=10&encoding=json";

/// An open connection.
pub(super) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What came in.
pub(super) enum Frame {
    Text(String),
    /// The other end has closed the connection, with this code.
    Closed(Option<u16>),
    /// The connection is lost.
    Lost,
}

impl Socket {
    /// Connects to a gateway's address.
    ///
    /// # Errors
    /// Why it did not come about, in words.
    pub(super) async fn connect(address: &str) -> Result<Self, String> {
        let config = WebSocketConfig {
            max_message_size: Some(LARGEST),
            max_frame_size: Some(LARGEST),
            ..WebSocketConfig::default()
        };
        let url = format!("{}{QUERY}", address.trim_end_matches('/'));
        match timeout(CONNECT, connect_async_with_config(url, Some(config), true)).await {
            Ok(Ok((stream, _))) => Ok(Self(stream)),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(format!("no connection within {} s", CONNECT.as_secs())),
        }
    }

    /// Waits for the next frame.
    pub(super) async fn next(&mut self) -> Frame {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return Frame::Text(text),
                Some(Ok(Message::Close(frame))) => {
                    return Frame::Closed(frame.map(|frame| frame.code.into()));
                }
                // Pings are answered below; nothing else is used here.
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Frame::Lost,
            }
        }
    }

    /// Sends a frame; `false` when it does not leave.
    pub(super) async fn send(&mut self, frame: &Value) -> bool {
        matches!(
            timeout(SEND, self.0.send(Message::Text(frame.to_string()))).await,
            Ok(Ok(()))
        )
    }

    /// Says goodbye, and waits a moment for the answer.
    pub(super) async fn close(mut self, code: u16) {
        let frame = CloseFrame {
            code: code.into(),
            reason: Cow::Borrowed(""),
        };
        let goodbye = async {
            if self.0.close(Some(frame)).await.is_ok() {
                while let Some(Ok(_)) = self.0.next().await {}
            }
        };
        let _ = timeout(GOODBYE, goodbye).await;
    }
}
