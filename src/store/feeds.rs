//! News feeds: when each was asked last, what stood in it, which servers hear of it, and what each of them was told.
//!
//! A feed is asked by one copy of the program at a time, and a server is told of an item once, whatever is restarted in between:
//! what it is to be told is a row, which is claimed for a lease. Knows nothing of how a feed is fetched or shown.

use std::time::Duration;

use jiff::Timestamp;

use crate::store::audit::DAY;
use crate::store::columns::{clean, from_row};
use crate::store::{
    Moment, Result, ServerId, Store, UserId, audit, change, count, read, step, transaction,
};

/// Most items that a server is told of within a day; the others wait.
pub const MOST_A_DAY: i64 = 20;
/// How long an item waits to be told before it is news no more, in days.
pub const FRESH_DAYS: i64 = 7;
/// How many days before it is found an item may have been published and still be news.
const LATE_DAYS: i64 = 14;
/// How long an item is kept that no longer stands in its feed, in days.
pub const KEPT_DAYS: i64 = 90;

/// A feed that is to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its address.
    pub address: String,
    /// The marks of the version that was fetched last.
    pub etag: Option<String>,
    /// The same, by time.
    pub modified: Option<String>,
    /// How often in a row it could not be fetched.
    pub failures: i64,
    /// Why, where it could not.
    pub problem: Option<String>,
}
from_row!(Feed {
    address,
    etag,
    modified,
    failures,
    problem
});

/// What was found in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Tells it from the feed's other items.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its address; may be empty.
    pub link: String,
    /// Who wrote it; may be empty.
    pub author: String,
    /// When it was published, where that is said.
    pub published: Option<Timestamp>,
    /// What it says; may be empty.
    pub text: String,
}

/// An item as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number.
    pub id: i64,
    /// The address of its feed.
    pub feed: String,
    /// Tells it from the feed's other items.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its address; may be empty.
    pub link: String,
    /// Who wrote it; may be empty.
    pub author: String,
    /// When it was published, where that is said.
    pub published: Option<Moment>,
    /// What it says; may be empty.
    pub text: String,
}
from_row!(Item {
    id,
    feed,
    name,
    title,
    link,
    author,
    published,
    text
});

/// An item that a server is to be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The server.
    pub server: ServerId,
    /// The item.
    pub item: i64,
}
from_row!(Due { server, item });

impl Store {
    /// Has a server hear of a feed's news from now on; `false` where it does already.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn subscribe(
        &self,
        server: ServerId,
        feed: &str,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query("INSERT INTO feed_subscriptions (server, feed, since) VALUES ($1, $2, $3) ON CONFLICT (server, feed) DO NOTHING")
                .bind(server)
                .bind(feed)
                .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                // It is asked soon, for all that stands in it: what is there before is no news.
                let query = sqlx::query("UPDATE feeds SET due_at = 0, etag = NULL, modified = NULL WHERE address = $1").bind(feed);
                step!(self, tx, query, execute);
                audit::record!(self, tx, server, who, "feed.subscribe", feed, now);
            }
            done
        });
        Ok(done)
    }

    /// Has a server hear no more of a feed; `false` where it did not.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn unsubscribe(
        &self,
        server: ServerId,
        feed: &str,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query("DELETE FROM feed_subscriptions WHERE server = $1 AND feed = $2").bind(server).bind(feed);
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                let query = sqlx::query("DELETE FROM feed_news WHERE server = $1 AND state = 'due' AND item IN (SELECT id FROM feed_items WHERE feed = $2)")
                    .bind(server)
                    .bind(feed);
                step!(self, tx, query, execute);
                audit::record!(self, tx, server, who, "feed.unsubscribe", feed, now);
            }
            done
        });
        Ok(done)
    }

    /// The feeds that a server hears of.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn feeds_heard(&self, server: ServerId) -> Result<Vec<String>> {
        read!(
            self,
            sqlx::query_scalar(
                "SELECT feed FROM feed_subscriptions WHERE server = $1 ORDER BY feed"
            )
            .bind(server),
            fetch_all
        )
    }

    /// A feed as it was asked last; `None` where it never was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn feed(&self, address: &str) -> Result<Option<Feed>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT address, etag, modified, failures, problem FROM feeds WHERE address = $1"
            )
            .bind(address),
            fetch_optional
        )
    }

    /// Claims a feed that is due and that somebody hears of; it is due again at `next`. `None` where it is not due: another copy of
    /// the program may be asking it.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is claimed then.
    pub async fn claim_feed(
        &self,
        address: &str,
        next: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Feed>> {
        let claimed = transaction!(self, tx => {
            let query = sqlx::query(
                "INSERT INTO feeds (address, due_at, failures) SELECT $1, 0, 0 WHERE EXISTS (SELECT 1 FROM feed_subscriptions WHERE feed = $1) \
                 ON CONFLICT (address) DO NOTHING",
            )
            .bind(address);
            step!(self, tx, query, execute);
            let query = sqlx::query_as(
                "UPDATE feeds SET due_at = $2 WHERE address = $1 AND due_at <= $3 \
                 AND EXISTS (SELECT 1 FROM feed_subscriptions WHERE feed = $1) RETURNING address, etag, modified, failures, problem",
            )
            .bind(address)
            .bind(Moment::from(next))
            .bind(Moment::from(now));
            step!(self, tx, query, fetch_optional)
        });
        Ok(claimed)
    }

    /// Saves what a feed holds (`None`: the same as before), the newest first, and plans what its subscribers are to be told: what
    /// came after they subscribed, and nothing that stood there before.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then, and the feed is asked again.
    pub async fn save_feed(
        &self,
        feed: &Feed,
        found: Option<&[Found]>,
        now: Timestamp,
    ) -> Result<()> {
        let at = Moment::from(now);
        transaction!(self, tx => {
            // The oldest first: numbers rise with time.
            for item in found.unwrap_or_default().iter().rev() {
                // A day that has not come is none.
                let published = item.published.map(Moment::from).filter(|day| *day <= at.plus_millis(DAY));
                let query = sqlx::query(
                    "INSERT INTO feed_items (feed, name, title, link, author, published, text, found_at, seen_at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (feed, name) DO UPDATE SET seen_at = excluded.seen_at",
                )
                .bind(&feed.address)
                .bind(clean(&item.name))
                .bind(clean(&item.title))
                .bind(clean(&item.link))
                .bind(clean(&item.author))
                .bind(published)
                .bind(clean(&item.text))
                .bind(at);
                step!(self, tx, query, execute);
            }
            let query = sqlx::query("UPDATE feeds SET etag = $2, modified = $3, failures = 0, problem = NULL WHERE address = $1")
                .bind(&feed.address)
                .bind(&feed.etag)
                .bind(&feed.modified);
            step!(self, tx, query, execute);
            let query = sqlx::query(
                "UPDATE feed_subscriptions SET after_item = COALESCE((SELECT MAX(id) FROM feed_items WHERE feed = $1), 0) \
                 WHERE feed = $1 AND after_item IS NULL",
            )
            .bind(&feed.address);
            step!(self, tx, query, execute);
            let query = sqlx::query(
                "INSERT INTO feed_news (server, item, state, lease_until) SELECT s.server, i.id, 'due', 0 \
                 FROM feed_subscriptions s JOIN feed_items i ON i.feed = s.feed WHERE s.feed = $1 AND i.found_at > $2 \
                 AND (i.id > s.after_item OR i.published > s.since) AND (i.published IS NULL OR i.published > i.found_at - $3) \
                 ON CONFLICT (server, item) DO NOTHING",
            )
            .bind(&feed.address)
            .bind(at.plus_millis(-FRESH_DAYS * DAY))
            .bind(LATE_DAYS * DAY);
            step!(self, tx, query, execute);
        });
        Ok(())
    }

    /// Saves that a feed could not be fetched, why, and when it is tried again.
    ///
    /// # Errors
    /// When the database cannot be written; it is then tried again at its usual time.
    pub async fn fail_feed(&self, address: &str, problem: &str, again: Timestamp) -> Result<()> {
        count!(
            self,
            sqlx::query("UPDATE feeds SET due_at = $3, failures = failures + 1, problem = $2 WHERE address = $1")
                .bind(address)
                .bind(clean(problem))
                .bind(Moment::from(again))
        )?;
        Ok(())
    }

    /// Claims an item that a server with a log channel is to be told of. Nobody else gets it before the lease is over.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is claimed then.
    pub async fn claim_news(&self, lease: Duration, now: Timestamp) -> Result<Option<Due>> {
        let lock = self.skip_locked("n");
        let statement = format!(
            "UPDATE feed_news SET lease_until = $2 WHERE state = 'due' AND lease_until <= $1 AND (server, item) = \
             (SELECT n.server, n.item FROM feed_news n JOIN settings s ON s.server = n.server WHERE n.state = 'due' \
             AND n.lease_until <= $1 AND s.log_channel IS NOT NULL AND n.server NOT IN (SELECT server FROM removals) \
             AND (SELECT COUNT(*) FROM feed_news t WHERE t.server = n.server AND t.told_at > $3) < $4 \
             ORDER BY n.item, n.server LIMIT 1{lock}) RETURNING server, item"
        );
        let at = Moment::from(now);
        change!(
            self,
            // All of it stands above.
            sqlx::query_as(sqlx::AssertSqlSafe(statement.as_str()))
                .bind(at)
                .bind(Moment::after(now, lease))
                .bind(at.plus_millis(-DAY))
                .bind(MOST_A_DAY),
            fetch_optional
        )
    }

    /// Saves that a server was told of an item.
    ///
    /// # Errors
    /// When the database cannot be written; it is then looked for in the channel before it is told again.
    pub async fn told_news(&self, due: Due, now: Timestamp) -> Result<()> {
        count!(
            self,
            sqlx::query("UPDATE feed_news SET state = 'told', told_at = $3 WHERE server = $1 AND item = $2 AND state = 'due'")
                .bind(due.server)
                .bind(due.item)
                .bind(Moment::from(now))
        )?;
        Ok(())
    }

    /// An item that a server is or was told of; `None` where it is none of that server's, or too old.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn news(&self, due: Due) -> Result<Option<Item>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT i.id, i.feed, i.name, i.title, i.link, i.author, i.published, i.text FROM feed_items i \
                 JOIN feed_news n ON n.item = i.id WHERE n.server = $1 AND i.id = $2"
            )
            .bind(due.server)
            .bind(due.item),
            fetch_optional
        )
    }

    /// Saves that a moderator wants nothing of an item; `false` where that was said before.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn ignore_news(&self, due: Due, who: UserId, now: Timestamp) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query("UPDATE feed_news SET state = 'ignored', told_at = COALESCE(told_at, $3) WHERE server = $1 AND item = $2 AND state <> 'ignored'")
                .bind(due.server)
                .bind(due.item)
                .bind(Moment::from(now));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                audit::record!(self, tx, due.server, who, "feed.ignore", &format!("item {}", due.item), now);
            }
            done
        });
        Ok(done)
    }

    /// Forgets what is news no more, items that left their feed long ago, and feeds that nobody hears of; gives how many records.
    /// To be called once a day.
    ///
    /// # Errors
    /// When the database cannot be written; what was deleted before stays deleted.
    pub async fn forget_old_news(&self, now: Timestamp) -> Result<u64> {
        let at = Moment::from(now);
        let news = count!(
            self,
            sqlx::query("DELETE FROM feed_news WHERE state = 'due' AND item IN (SELECT id FROM feed_items WHERE found_at < $1)")
                .bind(at.plus_millis(-FRESH_DAYS * DAY))
        )?;
        let items = count!(
            self,
            sqlx::query(
                "DELETE FROM feed_items WHERE seen_at < $1 AND (feed NOT IN (SELECT feed FROM feed_subscriptions) \
                 OR seen_at < (SELECT MAX(m.seen_at) FROM feed_items m WHERE m.feed = feed_items.feed))"
            )
            .bind(at.plus_millis(-KEPT_DAYS * DAY))
        )?;
        let feeds = count!(
            self,
            sqlx::query(
                "DELETE FROM feeds WHERE address NOT IN (SELECT feed FROM feed_subscriptions)"
            )
        )?;
        Ok(news + items + feeds)
    }
}
