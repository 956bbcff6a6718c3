//! What moderators do with drafts of entries: revise them on what they saw, throw them away, take many from a file at once.
//!
//! Knows nothing of what a good entry is.

use jiff::Timestamp;

use crate::store::entries::{ADD_ENTRY, Content, ONE_DRAFT, version};
use crate::store::{Moment, Result, ServerId, Store, UserId, audit, step, transaction};

/// What stands in [`crate::store::drafts::Content::topic`] of a file of entries that waits for its confirmation.
pub const IMPORT: &str = "import";

/// Takes the entry's row, so that two replicas that change one entry take turns; gives nothing when the server has no such
/// entry, or it is removed.
const TAKE: &str = "UPDATE entries SET latest = latest WHERE id = $1 AND server = $2 AND removed_at IS NULL RETURNING latest";
/// The version that moderators see as the entry: the newest that is neither replaced nor thrown away.
const NEWEST: &str = "SELECT MAX(version) FROM entry_versions WHERE entry = $1 AND state IN ('draft', 'approved', 'live')";

impl Store {
    /// Saves a draft of a new version, if the newest one is still `seen`; gives its number. `None` means that the entry has
    /// changed since, is removed, or is not this server's. What is live stays live; an older draft is discarded.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn revise_entry(
        &self,
        server: ServerId,
        entry: i64,
        seen: i64,
        content: &Content,
        author: UserId,
        now: Timestamp,
    ) -> Result<Option<i64>> {
        let version = transaction!(self, tx => {
            let taken: Option<i64> = step!(self, tx, sqlx::query_scalar(TAKE).bind(entry).bind(server), fetch_optional);
            let newest: Option<i64> = step!(self, tx, sqlx::query_scalar(NEWEST).bind(entry), fetch_one);
            match taken {
                Some(latest) if newest == Some(seen) => {
                    let version = latest + 1;
                    let query = sqlx::query("UPDATE entries SET latest = $2 WHERE id = $1").bind(entry).bind(version);
                    step!(self, tx, query, execute);
                    let query = version!(entry, version, content, author, now);
                    step!(self, tx, query, execute);
                    step!(self, tx, sqlx::query(ONE_DRAFT).bind(entry).bind(version).bind(Moment::from(now)), execute);
                    let detail = format!("entry {entry} version {version}: {}", content.title);
                    audit::record!(self, tx, server, author, "entry.edit", &detail, now);
                    Some(version)
                }
                _ => None,
            }
        });
        Ok(version)
    }

    /// Throws a draft away. An entry that has never been live is removed with it; what is live stays live. `false` when
    /// there is no such draft.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn discard_entry(
        &self,
        server: ServerId,
        entry: i64,
        version: i64,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let taken: Option<i64> = step!(self, tx, sqlx::query_scalar(TAKE).bind(entry).bind(server), fetch_optional);
            let query = sqlx::query("UPDATE entry_versions SET state = 'discarded', updated_at = $3 \
                WHERE entry = $1 AND version = $2 AND state IN ('draft', 'approved') AND $4")
                .bind(entry)
                .bind(version)
                .bind(Moment::from(now))
                .bind(taken.is_some());
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                let query = sqlx::query("UPDATE entries SET removed_at = $2 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM \
                    entry_versions v WHERE v.entry = entries.id AND v.state IN ('draft', 'approved', 'live'))")
                    .bind(entry)
                    .bind(Moment::from(now));
                step!(self, tx, query, execute);
                audit::record!(self, tx, server, who, "entry.discard", &format!("entry {entry} version {version}"), now);
            }
            done
        });
        Ok(done)
    }

    /// Makes drafts of new entries from a file that waits as the draft `file` ([`IMPORT`]), all of them or none; gives their
    /// numbers. `None` when the file is gone: another press was faster.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn import_entries(
        &self,
        server: ServerId,
        file: i64,
        contents: &[Content],
        author: UserId,
        now: Timestamp,
    ) -> Result<Option<Vec<i64>>> {
        let made = transaction!(self, tx => {
            let query = sqlx::query("DELETE FROM drafts WHERE server = $1 AND id = $2 AND topic = $3").bind(server).bind(file).bind(IMPORT);
            if step!(self, tx, query, execute).rows_affected() > 0 {
                let mut made = Vec::with_capacity(contents.len());
                for content in contents {
                    let query = sqlx::query_scalar(ADD_ENTRY).bind(server).bind(Moment::from(now));
                    let id: i64 = step!(self, tx, query, fetch_one);
                    let query = version!(id, 1_i64, content, author, now);
                    step!(self, tx, query, execute);
                    audit::record!(self, tx, server, author, "entry.import", &format!("entry {id}: {}", content.title), now);
                    made.push(id);
                }
                Some(made)
            } else {
                None
            }
        });
        Ok(made)
    }
}
