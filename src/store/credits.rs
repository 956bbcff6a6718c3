//! Entries that were made of a message: which one, who wrote it, and whether they want to be named.
//!
//! ```text
//! open ──asked──> asked ──> named <──> unnamed       nobody: an app wrote it, or its author's data were deleted
//! ```
//! Nobody is named who has not said so, and whoever has can take it back. Holds no words of the message.

use jiff::Timestamp;

use crate::store::changes::notify;
use crate::store::columns::{from_row, words};
use crate::store::entries::{ADD_ENTRY, Content, version};
use crate::store::{
    Change, ChannelId, MessageId, Moment, Result, ServerId, Store, UserId, audit, read, step,
    transaction,
};

words! {
    /// Whether the author of a message is named beside what was made of it.
    Consent {
        /// Not named: nobody has asked them.
        Open = "open",
        /// Not named: they were asked and have not said.
        Asked = "asked",
        /// Named, as they have said.
        Named = "named",
        /// Not named, as they have said.
        Unnamed = "unnamed",
        /// There is nobody to name.
        Nobody = "nobody",
    }
}

/// The message that an entry is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The channel that it stands in.
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
    /// Who wrote it; [`UserId::NOBODY`] where that is no member but an app.
    pub author: UserId,
}

/// Where an entry comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The entry.
    pub entry: i64,
    /// Its server.
    pub server: ServerId,
    /// See [`Origin::channel`].
    pub channel: ChannelId,
    /// See [`Origin::message`].
    pub message: MessageId,
    /// See [`Origin::author`].
    pub author: UserId,
    /// Whether they are named.
    pub state: Consent,
}
from_row!(Credit { entry, server, channel, message, author; state });

impl Credit {
    /// The message.
    pub fn origin(&self) -> Origin {
        Origin {
            channel: self.channel,
            message: self.message,
            author: self.author,
        }
    }
}

impl Store {
    /// Saves a draft of a new entry that is made of a message; gives the entry's number. Where the moderator `who` has written
    /// the message, taking it is their consent to be named; nobody else is named before they have said so.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn keep_message(
        &self,
        server: ServerId,
        content: &Content,
        origin: &Origin,
        who: UserId,
        now: Timestamp,
    ) -> Result<i64> {
        let state = match origin.author {
            UserId::NOBODY => Consent::Nobody,
            author if author == who => Consent::Named,
            _ => Consent::Open,
        };
        let id = transaction!(self, tx => {
            let query = sqlx::query_scalar(ADD_ENTRY).bind(server).bind(Moment::from(now));
            let id: i64 = step!(self, tx, query, fetch_one);
            let query = version!(id, 1_i64, content, who, now);
            step!(self, tx, query, execute);
            let query = sqlx::query("INSERT INTO credits (entry, server, channel, message, author, state, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
                .bind(id)
                .bind(server)
                .bind(origin.channel)
                .bind(origin.message)
                .bind(origin.author)
                .bind(state.word())
                .bind(Moment::from(now));
            step!(self, tx, query, execute);
            // Its title may be a line of the message: it does not stand here.
            audit::record!(self, tx, server, who, "entry.keep", &format!("entry {id}, from message {}", origin.message), now);
            id
        });
        Ok(id)
    }

    /// Where an entry of a server comes from; `None` where it is made of no message.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn credit(&self, server: ServerId, entry: i64) -> Result<Option<Credit>> {
        read!(
            self,
            sqlx::query_as("SELECT entry, server, channel, message, author, state FROM credits WHERE server = $1 AND entry = $2")
                .bind(server)
                .bind(entry),
            fetch_optional
        )
    }

    /// The newest entry of a server that stands and is made of this message.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn kept_as(&self, server: ServerId, message: MessageId) -> Result<Option<i64>> {
        read!(
            self,
            sqlx::query_scalar(
                "SELECT c.entry FROM credits c JOIN entries e ON e.id = c.entry WHERE c.server = $1 AND c.message = $2 \
                 AND e.removed_at IS NULL ORDER BY c.entry DESC LIMIT 1"
            )
            .bind(server)
            .bind(message),
            fetch_optional
        )
    }

    /// Saves that a moderator has the author of an entry's message asked; `false` where there is nobody to ask any more: they
    /// have said so, or there is no author.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn ask_author(
        &self,
        server: ServerId,
        entry: i64,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query("UPDATE credits SET state = 'asked', updated_at = $3 WHERE server = $1 AND entry = $2 AND state IN ('open', 'asked')")
                .bind(server)
                .bind(entry)
                .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                audit::record!(self, tx, server, who, "entry.ask-author", &format!("entry {entry}"), now);
            }
            done
        });
        Ok(done)
    }

    /// Saves whether `author` wants to be named beside an entry that is made of their message; `false` where it is not theirs.
    /// The log of moderators tells nothing of it: what it would hold is what the author may take back.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn name_author(
        &self,
        server: ServerId,
        entry: i64,
        author: UserId,
        named: bool,
        now: Timestamp,
    ) -> Result<bool> {
        let state = if named {
            Consent::Named
        } else {
            Consent::Unnamed
        };
        let done = transaction!(self, tx => {
            let query = sqlx::query("UPDATE credits SET state = $4, updated_at = $5 WHERE server = $1 AND entry = $2 AND author = $3 AND state <> 'nobody'")
                .bind(server)
                .bind(entry)
                .bind(author)
                .bind(state.word())
                .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                notify!(self, tx, Change::Entries(server));
            }
            done
        });
        if done {
            self.announce(Change::Entries(server));
        }
        Ok(done)
    }
}
