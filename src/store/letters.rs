//! Direct messages about posts: which members want one, by topic, and those that are on their way.
//!
//! A letter is planned in the same step in which its post is recorded, claimed for a lease by one copy of the program, and gone
//! when it is sent: whatever is restarted in between, none is lost, and one that may have arrived is looked for before it is
//! sent again. It goes with its reader: whoever wants no more gets no more. Knows nothing of how it is sent.

use std::time::Duration;

use jiff::Timestamp;

use crate::store::audit::DAY;
use crate::store::columns::from_row;
use crate::store::{
    ChannelId, Moment, Result, ServerId, Store, UserId, change, count, read, step, transaction,
};

/// Most members of a server who get direct messages about one topic.
pub const MOST_READERS: i64 = 500;
/// How long a letter waits to be sent before it is no news any more, in days.
pub const FRESH_DAYS: i64 = 2;

/// Who wants direct messages about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The server.
    pub server: ServerId,
    /// The topic for which moderators offer them, as in `subscriptions`.
    pub topic: String,
    /// The member.
    pub member: UserId,
}
from_row!(Reader {
    server,
    topic,
    member
});

/// A direct message that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The posting that it is about.
    pub posting: i64,
    /// The server.
    pub server: ServerId,
    /// The topic that the member wanted it for.
    pub topic: String,
    /// To whom.
    pub member: UserId,
    /// The channel of the direct messages with them, where it is known.
    pub room: Option<ChannelId>,
    /// How often it was claimed, this time included.
    pub tries: i64,
}
from_row!(Letter {
    posting,
    server,
    topic,
    member,
    room,
    tries
});

impl Letter {
    /// Whose it is.
    pub fn reader(&self) -> Reader {
        Reader {
            server: self.server,
            topic: self.topic.clone(),
            member: self.member,
        }
    }
}

/// What a press on the button came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toggled {
    /// They get direct messages from now on.
    On,
    /// They get none any more.
    Off,
    /// They would be more than [`MOST_READERS`].
    Full,
    /// Moderators offer none for this topic.
    NotOffered,
}

/// How many members of a server read about a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readers {
    /// The topic.
    pub topic: String,
    /// How many.
    pub members: i64,
}
from_row!(Readers { topic, members });

impl Store {
    /// Has a member get direct messages, or none any more where they get them.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn toggle_reader(&self, reader: &Reader, now: Timestamp) -> Result<Toggled> {
        let toggled = transaction!(self, tx => {
            // Whoever else presses waits here, so that they are never too many.
            let query = sqlx::query("UPDATE subscriptions SET direct = direct WHERE server = $1 AND topic = $2 AND direct")
                .bind(reader.server)
                .bind(&reader.topic);
            let offered = step!(self, tx, query, execute).rows_affected() > 0;
            let query = sqlx::query("DELETE FROM readers WHERE server = $1 AND topic = $2 AND member = $3")
                .bind(reader.server)
                .bind(&reader.topic)
                .bind(reader.member);
            let left = step!(self, tx, query, execute).rows_affected() > 0;
            if left {
                Toggled::Off
            } else if offered {
                let query = sqlx::query(
                    "INSERT INTO readers (server, topic, member, since) SELECT $1, $2, $3, $4 \
                     WHERE (SELECT COUNT(*) FROM readers WHERE server = $1 AND topic = $2) < $5",
                )
                .bind(reader.server)
                .bind(&reader.topic)
                .bind(reader.member)
                .bind(Moment::from(now))
                .bind(MOST_READERS);
                if step!(self, tx, query, execute).rows_affected() > 0 {
                    Toggled::On
                } else {
                    Toggled::Full
                }
            } else {
                Toggled::NotOffered
            }
        });
        Ok(toggled)
    }

    /// Ends a member's direct messages about a topic, those on their way included; `false` where they got none.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn stop_reading(&self, reader: &Reader) -> Result<bool> {
        let done = count!(
            self,
            sqlx::query("DELETE FROM readers WHERE server = $1 AND topic = $2 AND member = $3")
                .bind(reader.server)
                .bind(&reader.topic)
                .bind(reader.member)
        )?;
        Ok(done > 0)
    }

    /// What a member gets direct messages about, in one server.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read_by(&self, server: ServerId, member: UserId) -> Result<Vec<Reader>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT server, topic, member FROM readers WHERE server = $1 AND member = $2"
            )
            .bind(server)
            .bind(member),
            fetch_all
        )
    }

    /// How many members of a server get direct messages, by topic.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn readers(&self, server: ServerId) -> Result<Vec<Readers>> {
        read!(
            self,
            sqlx::query_as("SELECT topic, COUNT(*) AS members FROM readers WHERE server = $1 GROUP BY topic ORDER BY topic")
                .bind(server),
            fetch_all
        )
    }

    /// Saves the channel of the direct messages with a member.
    ///
    /// # Errors
    /// When the database cannot be written; it is opened again then.
    pub async fn set_room(&self, member: UserId, room: ChannelId) -> Result<()> {
        count!(
            self,
            sqlx::query("UPDATE readers SET room = $2 WHERE member = $1")
                .bind(member)
                .bind(room)
        )?;
        Ok(())
    }

    /// Claims the letter that waits longest, of a post that stands in its channel. Nobody else gets it before the lease is over.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is claimed then.
    pub async fn claim_letter(&self, lease: Duration, now: Timestamp) -> Result<Option<Letter>> {
        let lock = self.skip_locked("l");
        let statement = format!(
            "UPDATE letters SET lease_until = $2, tries = tries + 1 WHERE lease_until <= $1 AND (posting, member) = \
             (SELECT l.posting, l.member FROM letters l JOIN postings p ON p.id = l.posting WHERE l.lease_until <= $1 \
             AND l.made_at > $3 AND p.state = 'recorded' AND l.server NOT IN (SELECT server FROM removals) \
             ORDER BY l.lease_until, l.made_at, l.posting, l.member LIMIT 1{lock}) RETURNING posting, server, topic, member, tries, \
             (SELECT r.room FROM readers r WHERE r.server = letters.server AND r.topic = letters.topic AND r.member = letters.member) AS room"
        );
        let at = Moment::from(now);
        change!(
            self,
            // All of it stands above.
            sqlx::query_as(sqlx::AssertSqlSafe(statement.as_str()))
                .bind(at)
                .bind(Moment::after(now, lease))
                .bind(at.plus_millis(-FRESH_DAYS * DAY)),
            fetch_optional
        )
    }

    /// Saves that a letter is sent, or that it is to be sent no more.
    ///
    /// # Errors
    /// When the database cannot be written; it is then looked for before it is sent again.
    pub async fn settle_letter(&self, letter: &Letter) -> Result<()> {
        count!(
            self,
            sqlx::query("DELETE FROM letters WHERE posting = $1 AND member = $2")
                .bind(letter.posting)
                .bind(letter.member)
        )?;
        Ok(())
    }

    /// Gives a letter back until later; that was a try only where it is `counted`.
    ///
    /// # Errors
    /// When the database cannot be written; the lease then runs out by itself.
    pub async fn send_later(&self, letter: &Letter, until: Timestamp, counted: bool) -> Result<()> {
        count!(
            self,
            sqlx::query(
                "UPDATE letters SET lease_until = $3, tries = $4 WHERE posting = $1 AND member = $2"
            )
            .bind(letter.posting)
            .bind(letter.member)
            .bind(Moment::from(until))
            .bind(letter.tries - i64::from(!counted))
        )?;
        Ok(())
    }

    /// Forgets letters that nobody sent in time, and those of posts that were removed; gives how many. To be called once a day.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn forget_old_letters(&self, now: Timestamp) -> Result<u64> {
        count!(
            self,
            sqlx::query("DELETE FROM letters WHERE made_at <= $1 OR posting IN (SELECT id FROM postings WHERE state = 'removed')")
                .bind(Moment::from(now).plus_millis(-FRESH_DAYS * DAY))
        )
    }
}
