//! Server knowledge: entries that a server's moderators write, with every version kept.
//!
//! ```text
//! draft ──approve──> approved ──publish──> live ──> replaced (by a newer version) or removed
//!   └────────────────────┴──> discarded (thrown away, or a newer draft took its place)
//! ```
//! A live version stays live while a newer draft waits. Every operation names the server, and touches no other one's
//! entries. Knows nothing of search.

use jiff::Timestamp;

use crate::store::changes::notify;
use crate::store::columns::from_row;
use crate::store::columns::words;
use crate::store::{Change, Moment, Result, ServerId, Store, UserId, audit, step, transaction};

words! {
    /// Where a version of an entry stands.
    State {
        /// Written, not approved.
        Draft = "draft",
        /// Approved, not yet searched.
        Approved = "approved",
        /// Searched by questions in its server.
        Live = "live",
        /// Was live until a newer version took its place.
        Replaced = "replaced",
        /// Taken away with its entry.
        Removed = "removed",
        /// Never went live: thrown away, or a newer draft took its place.
        Discarded = "discarded",
    }
}

/// What a moderator writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Title.
    pub title: String,
    /// Markdown text.
    pub text: String,
    /// Address of the source; may be empty.
    pub source: String,
    /// Day on which it should be reviewed, `YYYY-MM-DD`; may be empty.
    pub review_on: String,
    /// What it has beside, where it is a trend, as `knowledge::own_trend` writes it.
    pub trend: Option<String>,
}

impl From<&Version> for Content {
    fn from(version: &Version) -> Self {
        Self {
            title: version.title.clone(),
            text: version.text.clone(),
            source: version.source.clone(),
            review_on: version.review_on.clone(),
            trend: version.trend.clone(),
        }
    }
}

/// One version of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The server that owns it.
    pub server: ServerId,
    /// The entry.
    pub entry: i64,
    /// Counts from 1 in each entry.
    pub version: i64,
    /// See [`Content::title`].
    pub title: String,
    /// See [`Content::text`].
    pub text: String,
    /// See [`Content::source`].
    pub source: String,
    /// See [`Content::review_on`].
    pub review_on: String,
    /// See [`Content::trend`].
    pub trend: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Who wrote it.
    pub author: UserId,
    /// Who approved it.
    pub approver: Option<UserId>,
    /// Who wrote the message that the entry is made of, where they want to be named.
    pub named: Option<UserId>,
    /// When it was written.
    pub created_at: Moment,
    /// When its state last changed.
    pub updated_at: Moment,
}
from_row!(Version { server, entry, version, title, text, source, review_on, trend, author, approver, named, created_at, updated_at; state });

/// What came of an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// It is approved.
    Done,
    /// The server wants a second moderator, and this is the author.
    OwnDraft,
    /// There is no such draft: another moderator was faster, or it was removed.
    NoDraft,
}

pub(super) const ADD_ENTRY: &str =
    "INSERT INTO entries (server, latest, created_at) VALUES ($1, 1, $2) RETURNING id";
pub(super) const ADD_VERSION: &str = "INSERT INTO entry_versions (entry, version, title, text, source, review_on, trend, state, author, created_at, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $9, 'draft', $7, $8, $8)";
const COPY_VERSION: &str = "INSERT INTO entry_versions (entry, version, title, text, source, review_on, trend, state, author, created_at, updated_at) \
    SELECT entry, $3, title, text, source, review_on, trend, 'draft', $4, $5, $5 FROM entry_versions WHERE entry = $1 AND version = $2";
/// Drafts that wait beside a newer one could go live behind it: there is one at a time. `$2` is the newer one.
pub(super) const ONE_DRAFT: &str = "UPDATE entry_versions SET state = 'discarded', updated_at = $3 \
    WHERE entry = $1 AND version < $2 AND state IN ('draft', 'approved')";
const SET_STATE: &str = "UPDATE entry_versions SET state = $4, approver = COALESCE($5, approver), updated_at = $6 \
    WHERE entry = $1 AND version = $2 AND state = $3 AND entry IN (SELECT id FROM entries WHERE server = $7 AND removed_at IS NULL)";

/// A statement that saves content as a version of an entry, for either database.
macro_rules! version {
    ($entry:expr, $version:expr, $content:expr, $author:expr, $now:expr) => {
        sqlx::query($crate::store::entries::ADD_VERSION)
            .bind($entry)
            .bind($version)
            .bind($crate::store::columns::clean(&$content.title))
            .bind($crate::store::columns::clean(&$content.text))
            .bind($crate::store::columns::clean(&$content.source))
            .bind($crate::store::columns::clean(&$content.review_on))
            .bind($author)
            .bind($crate::store::Moment::from($now))
            .bind($content.trend.as_deref().map($crate::store::columns::clean))
    };
}
pub(super) use version;

impl Store {
    /// Saves a draft of a new entry; gives the entry's number. Its version is 1.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn add_entry(
        &self,
        server: ServerId,
        content: &Content,
        author: UserId,
        now: Timestamp,
    ) -> Result<i64> {
        let id = transaction!(self, tx => {
            let query = sqlx::query_scalar(ADD_ENTRY).bind(server).bind(Moment::from(now));
            let id: i64 = step!(self, tx, query, fetch_one);
            let query = version!(id, 1_i64, content, author, now);
            step!(self, tx, query, execute);
            audit::record!(self, tx, server, author, "entry.add", &format!("entry {id}: {}", content.title), now);
            id
        });
        Ok(id)
    }

    /// Saves a draft of a new version; gives its number, or `None` when the server has no such entry. What is live stays live.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn edit_entry(
        &self,
        server: ServerId,
        entry: i64,
        content: &Content,
        author: UserId,
        now: Timestamp,
    ) -> Result<Option<i64>> {
        let version = transaction!(self, tx => {
            let query = sqlx::query_scalar(
                "UPDATE entries SET latest = latest + 1 WHERE id = $1 AND server = $2 AND removed_at IS NULL RETURNING latest",
            )
            .bind(entry)
            .bind(server);
            let version: Option<i64> = step!(self, tx, query, fetch_optional);
            if let Some(version) = version {
                let query = version!(entry, version, content, author, now);
                step!(self, tx, query, execute);
                step!(self, tx, sqlx::query(ONE_DRAFT).bind(entry).bind(version).bind(Moment::from(now)), execute);
                audit::record!(self, tx, server, author, "entry.edit", &format!("entry {entry} version {version}: {}", content.title), now);
            }
            version
        });
        Ok(version)
    }

    /// Approves a draft. With `two_step`, its author cannot.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn approve_entry(
        &self,
        server: ServerId,
        entry: i64,
        version: i64,
        who: UserId,
        two_step: bool,
        now: Timestamp,
    ) -> Result<Approval> {
        let approval = transaction!(self, tx => {
            let query = sqlx::query_scalar(
                "SELECT v.author FROM entry_versions v JOIN entries e ON e.id = v.entry \
                 WHERE e.server = $1 AND v.entry = $2 AND v.version = $3 AND v.state = 'draft'",
            )
            .bind(server)
            .bind(entry)
            .bind(version);
            let author: Option<UserId> = step!(self, tx, query, fetch_optional);
            if author.is_some_and(|author| two_step && author == who) {
                Approval::OwnDraft
            } else {
                let query = sqlx::query(SET_STATE)
                    .bind(entry)
                    .bind(version)
                    .bind(State::Draft.word())
                    .bind(State::Approved.word())
                    .bind(who)
                    .bind(Moment::from(now))
                    .bind(server);
                if step!(self, tx, query, execute).rows_affected() > 0 {
                    audit::record!(self, tx, server, who, "entry.approve", &format!("entry {entry} version {version}"), now);
                    Approval::Done
                } else {
                    Approval::NoDraft
                }
            }
        });
        Ok(approval)
    }

    /// Makes an approved version live; the one that was live is replaced. `false` when there is no such approved version.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn publish_entry(
        &self,
        server: ServerId,
        entry: i64,
        version: i64,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            // The entry's row is locked first, so that two replicas that publish two versions take turns.
            let query = sqlx::query("UPDATE entries SET latest = latest WHERE id = $1 AND server = $2 AND EXISTS (SELECT 1 FROM \
                entry_versions v WHERE v.entry = entries.id AND v.version = $3 AND v.state = 'approved')")
                .bind(entry)
                .bind(server)
                .bind(version);
            let found = step!(self, tx, query, execute).rows_affected() > 0;
            if found {
                let query = sqlx::query("UPDATE entry_versions SET state = 'replaced', updated_at = $2 WHERE entry = $1 AND state = 'live'")
                    .bind(entry)
                    .bind(Moment::from(now));
                step!(self, tx, query, execute);
                let query = sqlx::query(SET_STATE)
                    .bind(entry)
                    .bind(version)
                    .bind(State::Approved.word())
                    .bind(State::Live.word())
                    .bind(None::<UserId>)
                    .bind(Moment::from(now))
                    .bind(server);
                step!(self, tx, query, execute);
                audit::record!(self, tx, server, who, "entry.publish", &format!("entry {entry} version {version}"), now);
                notify!(self, tx, Change::Entries(server));
            }
            found
        });
        if done {
            self.announce(Change::Entries(server));
        }
        Ok(done)
    }

    /// Takes an entry away: no version stays live, drafts are dropped; the history stays. `false` when there is none.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn remove_entry(
        &self,
        server: ServerId,
        entry: i64,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query("UPDATE entries SET removed_at = $3 WHERE id = $1 AND server = $2 AND removed_at IS NULL")
                .bind(entry)
                .bind(server)
                .bind(Moment::from(now));
            let found = step!(self, tx, query, execute).rows_affected() > 0;
            if found {
                let query = sqlx::query("UPDATE entry_versions SET state = 'removed', updated_at = $2 WHERE entry = $1 AND state NOT IN ('replaced', 'discarded')")
                    .bind(entry)
                    .bind(Moment::from(now));
                step!(self, tx, query, execute);
                audit::record!(self, tx, server, who, "entry.remove", &format!("entry {entry}"), now);
                notify!(self, tx, Change::Entries(server));
            }
            found
        });
        if done {
            self.announce(Change::Entries(server));
        }
        Ok(done)
    }

    /// Copies an old version, of a removed entry too, to a new draft, which goes the usual way from there. Gives the new
    /// version's number, or `None` when there is no such version.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn restore_entry(
        &self,
        server: ServerId,
        entry: i64,
        version: i64,
        who: UserId,
        now: Timestamp,
    ) -> Result<Option<i64>> {
        let restored = transaction!(self, tx => {
            let query = sqlx::query_scalar(
                "UPDATE entries SET latest = latest + 1, removed_at = NULL WHERE id = $1 AND server = $2 \
                 AND EXISTS (SELECT 1 FROM entry_versions v WHERE v.entry = entries.id AND v.version = $3) RETURNING latest",
            )
            .bind(entry)
            .bind(server)
            .bind(version);
            let restored: Option<i64> = step!(self, tx, query, fetch_optional);
            if let Some(restored) = restored {
                let query = sqlx::query(COPY_VERSION).bind(entry).bind(version).bind(restored).bind(who).bind(Moment::from(now));
                step!(self, tx, query, execute);
                step!(self, tx, sqlx::query(ONE_DRAFT).bind(entry).bind(restored).bind(Moment::from(now)), execute);
                audit::record!(self, tx, server, who, "entry.restore", &format!("entry {entry} version {version} as {restored}"), now);
            }
            restored
        });
        Ok(restored)
    }
}
