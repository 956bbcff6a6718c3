//! Roles that members take by a button below posts, as a server's moderators have chosen them: one for a topic, and one for all
//! topics without one of their own.
//!
//! Who has taken a role is Discord's to know, and stands nowhere here.

use jiff::Timestamp;

use crate::store::columns::{clean, from_row};
use crate::store::{Result, ServerId, ServerRoleId, Store, UserId, audit, read, step, transaction};

/// Stands for every topic without a role of its own.
pub const ALL: &str = "all";

/// A role for a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The topic, as `digest` writes it, or [`ALL`].
    pub topic: String,
    /// The role.
    pub role: ServerRoleId,
    /// Whether posts on the topic mention it, where they mention no other.
    pub mention: bool,
}
from_row!(Subscription {
    topic,
    role,
    mention
});

/// The one that holds for a post: that of the first of these topics that has one, else that of all.
pub fn of<'a>(all: &'a [Subscription], topics: &[&str]) -> Option<&'a Subscription> {
    let named = |topic: &str| all.iter().find(|one| one.topic == topic);
    topics.iter().find_map(|topic| named(topic)).or(named(ALL))
}

impl Store {
    /// The roles of a server, by topic.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn subscriptions(&self, server: ServerId) -> Result<Vec<Subscription>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT topic, role, mention FROM subscriptions WHERE server = $1 ORDER BY topic"
            )
            .bind(server),
            fetch_all
        )
    }

    /// Saves the role of a topic, in place of one that it had.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn set_subscription(
        &self,
        server: ServerId,
        wanted: &Subscription,
        who: UserId,
        now: Timestamp,
    ) -> Result<()> {
        transaction!(self, tx => {
            let query = sqlx::query("INSERT INTO subscriptions (server, topic, role, mention) VALUES ($1, $2, $3, $4) \
                ON CONFLICT (server, topic) DO UPDATE SET role = excluded.role, mention = excluded.mention")
                .bind(server)
                .bind(clean(&wanted.topic))
                .bind(wanted.role)
                .bind(wanted.mention);
            step!(self, tx, query, execute);
            let mention = if wanted.mention { ", mentioned" } else { "" };
            audit::record!(self, tx, server, who, "digest.subscribe", &format!("{}: role {}{mention}", wanted.topic, wanted.role), now);
        });
        Ok(())
    }

    /// Takes the role of a topic away; `false` where it has none.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn drop_subscription(
        &self,
        server: ServerId,
        topic: &str,
        who: UserId,
        now: Timestamp,
    ) -> Result<bool> {
        let done = transaction!(self, tx => {
            let query = sqlx::query("DELETE FROM subscriptions WHERE server = $1 AND topic = $2").bind(server).bind(clean(topic));
            let done = step!(self, tx, query, execute).rows_affected() > 0;
            if done {
                audit::record!(self, tx, server, who, "digest.unsubscribe", topic, now);
            }
            done
        });
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_topic_counts() {
        let one = |topic: &str, role| Subscription {
            topic: topic.to_owned(),
            role: ServerRoleId::new(role),
            mention: false,
        };
        let all = [one("next-trend", 2), one("trend:a", 1), one(ALL, 3)];
        let role = |topics: &[&str]| of(&all, topics).map(|found| found.role.get());
        assert_eq!(role(&["trend:a", "next-trend"]), Some(1));
        assert_eq!(role(&["trend:b", "next-trend"]), Some(2));
        assert_eq!(role(&["role:c"]), Some(3));
        assert_eq!(of(&all[..2], &["role:c"]), None);
    }
}
