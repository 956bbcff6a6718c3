//! Discord as the client of the HTTP door: posts interactions with its signature, or with a wrong one.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::Value;

use super::multipart;

/// What the door answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub kind: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The JSON of the body; of a form, that of its `payload_json`.
    pub(crate) fn json(&self) -> Value {
        if self.kind.starts_with("multipart/form-data") {
            let parts = multipart::read(&self.kind, &self.bytes).expect("a readable form");
            let payload = parts
                .iter()
                .find(|part| part.name == "payload_json")
                .expect("payload_json");
            return serde_json::from_slice(&payload.data).expect("JSON");
        }
        assert_eq!(self.kind, "application/json");
        serde_json::from_slice(&self.bytes).expect("JSON")
    }
}

impl Answer {
    /// Names and bytes of the files beside the JSON.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        if !self.kind.starts_with("multipart/form-data") {
            return Vec::new();
        }
        let parts = multipart::read(&self.kind, &self.bytes).expect("a readable form");
        parts
            .into_iter()
            .filter_map(|part| Some((part.file?, part.data)))
            .collect()
    }
}

pub(crate) fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// The public key as `DISCORD_PUBLIC_KEY` holds it.
pub(crate) fn public_key() -> String {
    hex(key().verifying_key().as_bytes())
}

pub(crate) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_secs()
}

pub(crate) fn signature(timestamp: &str, body: &[u8]) -> String {
    hex(&key()
        .sign(&[timestamp.as_bytes(), body].concat())
        .to_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Posts a body with these headers.
pub(crate) async fn post(address: SocketAddr, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let mut request = client
        .post(format!("http://{address}/interactions"))
        .body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.expect("an answer");
    let kind = response
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_owned();
    Answer {
        status: response.status().as_u16(),
        kind,
        bytes: response.bytes().await.expect("a body").to_vec(),
    }
}

/// Posts an interaction as Discord does.
pub(crate) async fn interaction(address: SocketAddr, interaction: &Value) -> Answer {
    let (body, time) = (interaction.to_string().into_bytes(), now().to_string());
    post(
        address,
        &[
            ("content-type", "application/json"),
            ("x-signature-ed25519", &signature(&time, &body)),
            ("x-signature-timestamp", &time),
        ],
        body,
    )
    .await
}
