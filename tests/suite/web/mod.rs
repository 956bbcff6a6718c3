//! The page that plays Discord: what it lets visitors do and what not, and in a real browser.

pub(crate) mod browser;
mod page;

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::fake_discord::bot::{Bot, command};

/// What the log calls the page.
const SERVES: &str = "a page to try careerbot at";

/// The program with its page and without a token, as somebody tries it out; temporary files are in its own folder.
async fn demo() -> (Bot, SocketAddr) {
    let (mut command, home) = command("http://127.0.0.1:9", &["serve", "--web", "127.0.0.1:0"]);
    command
        .env_remove("DISCORD_TOKEN")
        .env_remove("CAREERBOT_DISCORD_API")
        .env("TMPDIR", home.path());
    let bot = Bot::spawn(command, home);
    let address = bot.address_of(SERVES).await;
    (bot, address)
}

/// A visitor without a browser.
struct Visitor {
    client: reqwest::Client,
    base: String,
    key: String,
    /// For whom a proxy on this machine says that it asks.
    from: Option<&'static str>,
    server: Value,
}

impl Visitor {
    async fn come(address: SocketAddr) -> Self {
        Self::from(address, None).await
    }

    async fn from(address: SocketAddr, from: Option<&'static str>) -> Self {
        let client = reqwest::Client::builder().no_proxy().build();
        let mut visitor = Self {
            client: client.expect("a client"),
            base: format!("http://{address}"),
            key: String::new(),
            from,
            server: Value::Null,
        };
        let (status, come) = visitor.post("/come", "").await;
        assert_eq!(status, 200, "{come}");
        visitor.key = come["key"].as_str().expect("a key").to_owned();
        visitor.server = come["server"].clone();
        visitor
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> (u16, Value) {
        let mut request = request.header("x-visit", &self.key);
        if let Some(from) = self.from {
            request = request.header("x-forwarded-for", from);
        }
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let bytes = response.bytes().await.expect("a body");
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    async fn post(&self, path: &str, body: impl Into<reqwest::Body>) -> (u16, Value) {
        self.send(self.client.post(format!("{}{path}", self.base)).body(body))
            .await
    }

    /// The id of a channel.
    fn channel(&self, name: &str) -> String {
        let channels = self.server["channels"].as_array().expect("channels");
        let found = channels.iter().find(|channel| channel["name"] == name);
        found.expect(name)["id"].as_str().expect("an id").to_owned()
    }

    /// Does something in the first channel.
    async fn act(&self, part: &str, kind: u8, data: Value, message: Option<&str>) -> (u16, Value) {
        let deed = json!({"as": part, "channel": self.channel("careers"), "kind": kind, "data": data, "message": message});
        self.post("/act", deed.to_string()).await
    }

    /// Everything that was written, oldest first.
    async fn messages(&self) -> Vec<Value> {
        let (status, news) = self
            .send(self.client.get(format!("{}/news/0", self.base)))
            .await;
        assert_eq!(status, 200, "{news}");
        news["messages"].as_array().expect("messages").clone()
    }

    /// Waits until one that was written holds this.
    async fn written(&self, text: &str) -> Value {
        let end = std::time::Instant::now() + crate::fake_discord::PATIENCE;
        loop {
            let messages = self.messages().await;
            let found = messages
                .iter()
                .find(|message| message.to_string().contains(text));
            if let Some(found) = found {
                return found.clone();
            }
            assert!(
                std::time::Instant::now() < end,
                "{text} is not in {messages:#?}"
            );
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
}

fn ask(question: &str) -> Value {
    json!({"name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": question}]})
}
