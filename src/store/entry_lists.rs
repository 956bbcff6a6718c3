//! Lists of entries: what is searched, what moderators see, and the history.
//!
//! Reads only; entries are written in `entries`.

use crate::store::columns::from_row;
use crate::store::entries::{State, Version};
use crate::store::{Result, ServerId, Store, read};

/// An entry as a line of a list: without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The entry.
    pub entry: i64,
    /// Title of its newest version.
    pub title: String,
    /// Day of review of its newest version; may be empty.
    pub review_on: String,
    /// Whether a version of it is live.
    pub live: bool,
    /// Where its newest draft stands, when one waits.
    pub waiting: Option<State>,
    /// Whether it is removed.
    pub removed: bool,
    /// Whether it is a trend.
    pub trend: bool,
}

struct Row {
    entry: i64,
    title: String,
    review_on: String,
    state: State,
    removed: bool,
    trend: bool,
}
from_row!(Row { entry, title, review_on, removed, trend; state });

macro_rules! versions_where {
    ($condition:literal) => {
        concat!(
            "SELECT e.server, v.entry, v.version, v.title, v.text, v.source, v.review_on, v.trend, v.state, v.author, v.approver, \
             v.created_at, v.updated_at, c.author AS named FROM entry_versions v JOIN entries e ON e.id = v.entry \
             LEFT JOIN credits c ON c.entry = e.id AND c.state = 'named' WHERE ",
            $condition
        )
    };
}

impl Store {
    /// What questions in a server search: its live versions, by entry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn live_entries(&self, server: ServerId) -> Result<Vec<Version>> {
        read!(
            self,
            sqlx::query_as(versions_where!(
                "e.server = $1 AND v.state = 'live' ORDER BY v.entry"
            ))
            .bind(server),
            fetch_all
        )
    }

    /// Live versions of all servers, by entry, after the entry `after` (0 to begin): a page, to fill an index at the start.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn all_live_entries(&self, after: i64, limit: u16) -> Result<Vec<Version>> {
        read!(
            self,
            sqlx::query_as(versions_where!(
                "v.state = 'live' AND v.entry > $1 ORDER BY v.entry LIMIT $2"
            ))
            .bind(after)
            .bind(i64::from(limit)),
            fetch_all
        )
    }

    /// The newest version of each entry of a server, removed entries included (their state says so), newest entry first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries(&self, server: ServerId) -> Result<Vec<Version>> {
        read!(
            self,
            sqlx::query_as(versions_where!(
                "e.server = $1 AND v.version = e.latest ORDER BY v.entry DESC"
            ))
            .bind(server),
            fetch_all
        )
    }

    /// Every version of an entry of a server, newest first; empty when the server has no such entry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entry_history(&self, server: ServerId, entry: i64) -> Result<Vec<Version>> {
        read!(
            self,
            sqlx::query_as(versions_where!(
                "e.server = $1 AND v.entry = $2 ORDER BY v.version DESC"
            ))
            .bind(server)
            .bind(entry),
            fetch_all
        )
    }

    /// Every entry of a server as a line: those that stand first, then the removed ones, the newest first in both.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entry_lines(&self, server: ServerId) -> Result<Vec<Line>> {
        let rows: Vec<Row> = read!(
            self,
            sqlx::query_as(
                "SELECT v.entry, v.title, v.review_on, v.state, e.removed_at IS NOT NULL AS removed, v.trend IS NOT NULL AS trend \
                 FROM entry_versions v JOIN entries e ON e.id = v.entry WHERE e.server = $1 \
                 AND (v.state IN ('draft', 'approved', 'live') OR (e.removed_at IS NOT NULL AND v.version = e.latest)) \
                 ORDER BY removed, v.entry DESC, v.version DESC"
            )
            .bind(server),
            fetch_all
        )?;
        let mut lines: Vec<Line> = Vec::new();
        for row in rows {
            let live = row.state == State::Live;
            let waiting = (!live && !row.removed).then_some(row.state);
            match lines.last_mut() {
                Some(line) if line.entry == row.entry => line.live |= live,
                _ => lines.push(Line {
                    entry: row.entry,
                    title: row.title,
                    review_on: row.review_on,
                    live,
                    waiting,
                    removed: row.removed,
                    trend: row.trend,
                }),
            }
        }
        Ok(lines)
    }
}
