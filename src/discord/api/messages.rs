//! Calls about the messages and threads of a channel.

use serde_json::Value;
use serenity::builder::CreateAttachment;
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, ForumTagId, GuildId, MessageId};

use crate::discord::api::client::Rest;
use crate::discord::api::error::Error;
use crate::discord::api::model::{Message, ThreadList};
use crate::discord::api::transport::Call;

impl Rest {
    /// Posts in a channel, once for each `nonce` (at most 25 characters): Discord drops a second message with the same one.
    ///
    /// # Errors
    /// As every call.
    pub async fn post(
        &self,
        channel_id: ChannelId,
        mut body: Value,
        files: Vec<CreateAttachment>,
        nonce: &str,
    ) -> Result<MessageId, Error> {
        body["nonce"] = nonce.into();
        body["enforce_nonce"] = true.into();
        let call = Call::new(
            "posting in a channel",
            LightMethod::Post,
            Route::ChannelMessages { channel_id },
        );
        let call = Call {
            repeatable: true,
            ..call.body(body, files)
        };
        self.id("message", call).await
    }

    /// The newest messages of a channel, newest first, `limit` of them (at most 100); those before the id `before` where one is
    /// given.
    ///
    /// # Errors
    /// As every call.
    pub async fn messages_before(
        &self,
        channel_id: ChannelId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Message>, Error> {
        let mut call = Call::new(
            "reading a channel",
            LightMethod::Get,
            Route::ChannelMessages { channel_id },
        );
        let before = before.map(|before| ("before", before.to_string()));
        call.params = Some(
            before
                .into_iter()
                .chain([("limit", limit.to_string())])
                .collect(),
        );
        self.call(call).await
    }

    /// One message of a channel.
    ///
    /// # Errors
    /// As every call.
    pub async fn message(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
    ) -> Result<Message, Error> {
        let route = Route::ChannelMessage {
            channel_id,
            message_id,
        };
        self.call(Call::new("reading a message", LightMethod::Get, route))
            .await
    }

    /// Replaces what a message of the bot says.
    ///
    /// # Errors
    /// As every call.
    pub async fn edit_message(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
        body: Value,
    ) -> Result<(), Error> {
        let route = Route::ChannelMessage {
            channel_id,
            message_id,
        };
        self.done(Call::new("editing a message", LightMethod::Patch, route).body(body, Vec::new()))
            .await
    }

    /// Deletes a message of the bot.
    ///
    /// # Errors
    /// As every call.
    pub async fn delete_message(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
    ) -> Result<(), Error> {
        let route = Route::ChannelMessage {
            channel_id,
            message_id,
        };
        self.done(Call::new("deleting a message", LightMethod::Delete, route))
            .await
    }

    /// Deletes a thread with everything in it.
    ///
    /// # Errors
    /// As every call.
    pub async fn delete_thread(&self, channel_id: ChannelId) -> Result<(), Error> {
        self.done(Call::new(
            "deleting a thread",
            LightMethod::Delete,
            Route::Channel { channel_id },
        ))
        .await
    }

    /// Sends a message of an announcement channel to every server that follows the channel. Discord does it once.
    ///
    /// # Errors
    /// As every call.
    pub async fn publish(&self, channel_id: ChannelId, message_id: MessageId) -> Result<(), Error> {
        let route = Route::ChannelMessageCrosspost {
            channel_id,
            message_id,
        };
        self.done(Call::new("publishing a message", LightMethod::Post, route))
            .await
    }

    /// Opens a thread below a message. A message has one at most: twice does no harm.
    ///
    /// # Errors
    /// As every call.
    pub async fn open_thread(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
        name: &str,
    ) -> Result<(), Error> {
        let route = Route::ChannelMessageThreads {
            channel_id,
            message_id,
        };
        let call = Call::new("opening a thread", LightMethod::Post, route);
        let body = serde_json::json!({"name": name});
        self.done(call.body(body, Vec::new())).await
    }

    /// Begins a post in a forum, and gives the thread that it is, which is also the id of its first message. Discord takes no
    /// nonce here, so that it is not tried again when it is unknown whether it was sent. `tag` where the forum wants one;
    /// `files` are those that the message names.
    ///
    /// # Errors
    /// As every call.
    pub async fn post_in_forum(
        &self,
        channel_id: ChannelId,
        name: &str,
        tag: Option<ForumTagId>,
        body: Value,
        files: Vec<CreateAttachment>,
    ) -> Result<ChannelId, Error> {
        let call = Call::new(
            "posting in a forum",
            LightMethod::Post,
            Route::ChannelForumPosts { channel_id },
        );
        let mut thread = serde_json::json!({"name": name, "message": body});
        if let Some(tag) = tag {
            thread["applied_tags"] = serde_json::json!([tag]);
        }
        self.id("thread", call.body(thread, files)).await
    }

    /// The threads of a server that are open.
    ///
    /// # Errors
    /// As every call.
    pub async fn open_threads(&self, guild_id: GuildId) -> Result<ThreadList, Error> {
        self.call(Call::new(
            "reading open threads",
            LightMethod::Get,
            Route::GuildThreadsActive { guild_id },
        ))
        .await
    }

    /// The threads of a channel that were closed last.
    ///
    /// # Errors
    /// As every call.
    pub async fn closed_threads(&self, channel_id: ChannelId) -> Result<ThreadList, Error> {
        let route = Route::ChannelArchivedPublicThreads { channel_id };
        self.call(Call::new("reading closed threads", LightMethod::Get, route))
            .await
    }
}
