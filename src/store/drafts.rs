//! Drafts: a summary that a moderator is preparing, so that the preview survives a restart.
//!
//! Knows nothing of how a preview looks.

use jiff::Timestamp;

use crate::store::audit::DAY;
use crate::store::columns::from_row;
use crate::store::columns::{clean, unique};
use crate::store::{
    ChannelId, Moment, Result, ServerId, ServerRoleId, Store, UserId, change, count, read,
};

/// How long a draft that nobody touches is kept, in days. Discord's own modals and tokens are long dead by then.
pub const KEPT_DAYS: i64 = 7;

/// What a draft holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Where it would go.
    pub channel: ChannelId,
    /// What it is about, as `digest` writes it.
    pub topic: String,
    /// How it is written.
    pub style: String,
    /// The one role that it would mention.
    pub mention_role: Option<ServerRoleId>,
    /// What would be posted.
    pub body: String,
}

/// A draft as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its number; no other draft has had it or will have it: its post is named after it.
    pub id: i64,
    /// Its server.
    pub server: ServerId,
    /// Who prepares it.
    pub author: UserId,
    /// See [`Content::channel`].
    pub channel: ChannelId,
    /// See [`Content::topic`].
    pub topic: String,
    /// See [`Content::style`].
    pub style: String,
    /// See [`Content::mention_role`].
    pub mention_role: Option<ServerRoleId>,
    /// See [`Content::body`].
    pub body: String,
    /// Rises with each change, so that an old preview cannot overwrite a newer text.
    pub revision: i64,
    /// When it was begun.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}
from_row!(Draft {
    id,
    server,
    author,
    channel,
    topic,
    style,
    mention_role,
    body,
    revision,
    created_at,
    updated_at
});

impl Store {
    /// Saves a new draft; gives its number. Its revision is 1.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_draft(
        &self,
        server: ServerId,
        author: UserId,
        content: &Content,
        now: Timestamp,
    ) -> Result<i64> {
        change!(
            self,
            sqlx::query_scalar(
                "INSERT INTO drafts (id, server, author, channel, topic, style, mention_role, body, revision, created_at, updated_at) \
                 VALUES ($9, $1, $2, $3, $4, $5, $6, $7, 1, $8, $8) RETURNING id"
            )
            .bind(server)
            .bind(author)
            .bind(content.channel)
            .bind(clean(&content.topic))
            .bind(clean(&content.style))
            .bind(content.mention_role)
            .bind(clean(&content.body))
            .bind(Moment::from(now))
            .bind(unique()),
            fetch_one
        )
    }

    /// Changes a draft that is still at `revision`; `false` when it is not, or is gone.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn change_draft(
        &self,
        server: ServerId,
        id: i64,
        revision: i64,
        content: &Content,
        now: Timestamp,
    ) -> Result<bool> {
        let done = count!(
            self,
            sqlx::query(
                "UPDATE drafts SET channel = $4, topic = $5, style = $6, mention_role = $7, body = $8, revision = revision + 1, \
                 updated_at = $9 WHERE server = $1 AND id = $2 AND revision = $3"
            )
            .bind(server)
            .bind(id)
            .bind(revision)
            .bind(content.channel)
            .bind(clean(&content.topic))
            .bind(clean(&content.style))
            .bind(content.mention_role)
            .bind(clean(&content.body))
            .bind(Moment::from(now))
        )?;
        Ok(done > 0)
    }

    /// One draft of a server.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn draft(&self, server: ServerId, id: i64) -> Result<Option<Draft>> {
        read!(
            self,
            sqlx::query_as("SELECT * FROM drafts WHERE server = $1 AND id = $2")
                .bind(server)
                .bind(id),
            fetch_optional
        )
    }

    /// The drafts of a server, except those on `but`; the last that was changed comes first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn drafts(&self, server: ServerId, but: &str, limit: u16) -> Result<Vec<Draft>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT * FROM drafts WHERE server = $1 AND topic <> $2 ORDER BY updated_at DESC, id DESC LIMIT $3"
            )
            .bind(server)
            .bind(but)
            .bind(i64::from(limit)),
            fetch_all
        )
    }

    /// Removes a draft; `false` when it is gone already.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn drop_draft(&self, server: ServerId, id: i64) -> Result<bool> {
        Ok(count!(
            self,
            sqlx::query("DELETE FROM drafts WHERE server = $1 AND id = $2")
                .bind(server)
                .bind(id)
        )? > 0)
    }

    /// Removes drafts that nobody touched for [`KEPT_DAYS`]; gives how many. To be called once a day.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_old_drafts(&self, now: Timestamp) -> Result<u64> {
        count!(
            self,
            sqlx::query("DELETE FROM drafts WHERE updated_at < $1")
                .bind(Moment::from(now).plus_millis(-KEPT_DAYS * DAY))
        )
    }
}
