//! What is written in a visitor's server, and the files that go with it: kept, changed, found and dropped again.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::web::keys::random;
use crate::web::server::{
    File, Kept, MOST_CALLS, MOST_THREADS, Part, Server, Thread, add, is, list, snowflake,
};

/// The flag of a message for one pair of eyes. Source: Discord documentation, message flags, `EPHEMERAL`.
const PRIVATE: u64 = 1 << 6;

/// Most bytes of messages, and of pictures and files, and most of each.
const MESSAGE_BYTES: usize = 400 * 1024;
const MOST_MESSAGES: usize = 150;
const FILE_BYTES: usize = 600 * 1024;
const MOST_FILES: usize = 16;
impl Server {
    /// What somebody has typed.
    pub(in crate::web) fn say(&mut self, channel: u64, by: Part, content: &str) -> u64 {
        let author = json!({"author": self.user(by), "mentions": [self.bot_user()]});
        self.write(
            channel,
            &json!({"content": content}),
            Vec::new(),
            None,
            &author,
        )
    }

    /// A post of the program; the same again where the nonce is one that was used.
    pub(in crate::web) fn post(
        &mut self,
        channel: u64,
        body: &Value,
        files: Vec<File>,
    ) -> Option<Value> {
        let nonce = body["nonce"].as_str().map(str::to_owned);
        let known = self
            .nonces
            .iter()
            .find(|(known, _)| nonce.as_ref() == Some(known));
        if let Some((_, id)) = known {
            return self.message(*id, None);
        }
        let extra = match &body["message_reference"] {
            Value::Null => Value::Null,
            reference => json!({"message_reference": reference}),
        };
        let id = self.write(channel, body, files, None, &extra);
        if let Some(nonce) = nonce {
            add(&mut self.nonces, (nonce, id), MOST_CALLS);
        }
        self.message(id, None)
    }

    /// Begins a thread in the forum, with its first message, which has the thread's own id.
    pub(in crate::web) fn begin_thread(
        &mut self,
        forum: u64,
        body: &Value,
        files: Vec<File>,
    ) -> Value {
        let id = snowflake();
        let name = body["name"].as_str().unwrap_or("post").to_owned();
        self.threads.push(Thread { id, forum, name });
        if self.threads.len() > MOST_THREADS {
            let oldest = self.threads.remove(0).id;
            self.delete_in(oldest);
        }
        self.put(id, id, &body["message"], files, None, &Value::Null);
        let mut thread = self.channel(id).unwrap_or_default();
        thread["message"] = self.message(id, None).unwrap_or_default();
        thread
    }

    /// Deletes a thread with all that is in it.
    pub(in crate::web) fn delete_thread(&mut self, id: u64) -> bool {
        let before = self.threads.len();
        self.threads.retain(|thread| thread.id != id);
        self.delete_in(id);
        self.threads.len() < before
    }

    fn delete_in(&mut self, channel: u64) {
        let channel = channel.to_string();
        let there: Vec<u64> = self
            .messages
            .iter()
            .filter(|(_, kept)| kept.message["channel_id"] == channel)
            .map(|(id, _)| *id)
            .collect();
        for id in there {
            self.delete(id);
        }
    }

    /// A message; only one in `channel` where that is given.
    pub(in crate::web) fn message(&self, id: u64, channel: Option<u64>) -> Option<Value> {
        let message = &self.messages.get(&id)?.message;
        let there = channel.is_none_or(|channel| is(&message["channel_id"], channel));
        (!message.is_null() && there).then(|| message.clone())
    }

    /// A message that this one of the two sees.
    pub(in crate::web) fn seen_by(&self, part: Part, id: u64) -> Option<Value> {
        let to = self.messages.get(&id)?.to;
        self.message(id, None)
            .filter(|_| to.is_none_or(|to| to == part))
    }

    /// What all see in a channel, newest first.
    pub(in crate::web) fn before(&self, channel: u64, before: u64, limit: usize) -> Vec<Value> {
        let channel = channel.to_string();
        self.messages
            .range(..before)
            .rev()
            .filter(|(_, kept)| kept.to.is_none() && kept.message["channel_id"] == channel)
            .take(limit)
            .map(|(_, kept)| kept.message.clone())
            .collect()
    }

    /// Deletes a message.
    pub(in crate::web) fn delete(&mut self, id: u64) -> bool {
        self.version += 1;
        let version = self.version;
        let kept = self.messages.get_mut(&id);
        kept.is_some_and(|kept| {
            kept.version = version;
            kept.bytes = 0;
            !std::mem::take(&mut kept.message).is_null()
        })
    }

    /// Marks a message of the announcements as published; `false` where it was.
    pub(in crate::web) fn publish(&mut self, id: u64) -> bool {
        self.version += 1;
        let version = self.version;
        self.messages.get_mut(&id).is_some_and(|kept| {
            kept.version = version;
            std::mem::replace(&mut kept.message["flags"], 1.into()) != 1
        })
    }

    /// A new message; its id.
    pub(super) fn write(
        &mut self,
        channel: u64,
        body: &Value,
        files: Vec<File>,
        by: Option<Part>,
        extra: &Value,
    ) -> u64 {
        let id = snowflake();
        self.put(id, channel, body, files, by, extra);
        id
    }

    fn put(
        &mut self,
        id: u64,
        channel: u64,
        body: &Value,
        files: Vec<File>,
        by: Option<Part>,
        extra: &Value,
    ) {
        let flags = body["flags"].as_u64().unwrap_or(0);
        let mut message = json!({
            "id": id.to_string(), "channel_id": channel.to_string(), "author": self.bot_user(), "content": "", "timestamp": Timestamp::now().to_string(),
            "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
            "components": [], "pinned": false, "type": 0, "flags": flags,
        });
        if let (Some(message), Some(extra)) = (message.as_object_mut(), extra.as_object()) {
            message.extend(extra.clone());
        }
        let kept = Kept {
            message,
            to: by.filter(|_| flags & PRIVATE != 0),
            version: 0,
            bytes: 0,
        };
        self.messages.insert(id, kept);
        self.change(id, body, files);
        self.tidy();
    }

    /// Takes over what a body says; what it does not name stays.
    pub(in crate::web) fn change(&mut self, id: u64, body: &Value, files: Vec<File>) {
        let emptied = body["attachments"].as_array().is_some_and(Vec::is_empty);
        let attachments: Vec<Value> = files.into_iter().map(|file| self.keep(file)).collect();
        self.version += 1;
        let version = self.version;
        let Some(kept) = self.messages.get_mut(&id) else {
            return;
        };
        if kept.message.is_null() {
            return;
        }
        for key in ["content", "embeds", "components"] {
            if !body[key].is_null() {
                kept.message[key] = body[key].clone();
            }
        }
        if emptied || !attachments.is_empty() {
            kept.message["attachments"] = attachments.into();
        }
        // Discord shows a file that an embed names by its address.
        let files = list(&kept.message["attachments"]);
        for embed in kept.message["embeds"].as_array_mut().into_iter().flatten() {
            let named = embed["image"]["url"]
                .as_str()
                .and_then(|url| url.strip_prefix("attachment://"));
            let found = files.iter().find(|file| file["filename"].as_str() == named);
            if let Some(url) = named.and(found).map(|file| file["url"].clone()) {
                embed["image"]["url"] = url;
            }
        }
        kept.version = version;
        kept.bytes = kept.message.to_string().len();
    }

    /// Keeps a file, and gives it as Discord names an attachment.
    fn keep(&mut self, file: File) -> Value {
        let key = random();
        let attachment = json!({
            "id": snowflake().to_string(), "filename": file.name, "description": file.alt, "size": file.bytes.len(), "url": format!("/files/{key}/{}", file.name),
            "proxy_url": format!("/files/{key}/{}", file.name), "content_type": if file.name.ends_with(".png") { "image/png" } else { "text/plain" },
        });
        add(&mut self.files, (key, file), MOST_FILES);
        let mut bytes: usize = self.files.iter().map(|(_, file)| file.bytes.len()).sum();
        while bytes > FILE_BYTES {
            let Some((_, dropped)) = self.files.pop_front() else {
                break;
            };
            bytes -= dropped.bytes.len();
        }
        attachment
    }

    /// A file that a visitor sends along with a command: its key.
    pub(in crate::web) fn upload(&mut self, file: File) -> String {
        let attachment = self.keep(file);
        let key = attachment["url"]
            .as_str()
            .and_then(|url| url.split('/').nth(2));
        key.unwrap_or_default().to_owned()
    }

    /// The file of this key.
    pub(in crate::web) fn file(&self, key: &str) -> Option<&File> {
        self.files
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, file)| file)
    }

    /// Drops the oldest messages where there are too many.
    fn tidy(&mut self) {
        let mut bytes: usize = self.messages.values().map(|kept| kept.bytes).sum();
        while self.messages.len() > MOST_MESSAGES || bytes > MESSAGE_BYTES {
            let Some((_, dropped)) = self.messages.pop_first() else {
                break;
            };
            bytes -= dropped.bytes;
        }
    }
}
