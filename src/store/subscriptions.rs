//! What members can take by a button below posts, as a server's moderators have chosen it: a role, direct messages or both, for a
//! topic, and for all topics without something of their own.
//!
//! Who has taken a role is Discord's to know, and stands nowhere here; who wants direct messages stands in `letters`.

use jiff::Timestamp;

use crate::store::columns::{clean, from_row};
use crate::store::{Result, ServerId, ServerRoleId, Store, UserId, audit, read, step, transaction};

/// Stands for every topic without something of its own.
pub const ALL: &str = "all";

/// What is offered for a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The topic, as `digest` writes it, or [`ALL`].
    pub topic: String,
    /// The role, where one is offered.
    pub role: Option<ServerRoleId>,
    /// Whether posts on the topic mention it, where they mention no other.
    pub mention: bool,
    /// Whether direct messages are offered.
    pub direct: bool,
}
from_row!(Subscription {
    topic,
    role,
    mention,
    direct
});

/// What holds for a post: that of the first of these topics that has something, else that of all.
pub fn of<'a>(all: &'a [Subscription], topics: &[&str]) -> Option<&'a Subscription> {
    let named = |topic: &str| all.iter().find(|one| one.topic == topic);
    topics.iter().find_map(|topic| named(topic)).or(named(ALL))
}

impl Store {
    /// What a server offers, by topic.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn subscriptions(&self, server: ServerId) -> Result<Vec<Subscription>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT topic, role, mention, direct FROM subscriptions WHERE server = $1 ORDER BY topic"
            )
            .bind(server),
            fetch_all
        )
    }

    /// Saves what is offered for a topic, in place of what was. Where that is no direct messages any more, nobody gets them.
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
            let query = sqlx::query("INSERT INTO subscriptions (server, topic, role, mention, direct) VALUES ($1, $2, $3, $4, $5) \
                ON CONFLICT (server, topic) DO UPDATE SET role = excluded.role, mention = excluded.mention, direct = excluded.direct")
                .bind(server)
                .bind(clean(&wanted.topic))
                .bind(wanted.role)
                .bind(wanted.mention)
                .bind(wanted.direct);
            step!(self, tx, query, execute);
            let query = sqlx::query("DELETE FROM readers WHERE server = $1 AND topic = $2 AND NOT CAST($3 AS BOOLEAN)")
                .bind(server)
                .bind(clean(&wanted.topic))
                .bind(wanted.direct);
            step!(self, tx, query, execute);
            let parts = [
                wanted.role.map(|role| format!("role {role}")),
                wanted.mention.then(|| "mentioned".to_owned()),
                wanted.direct.then(|| "direct messages".to_owned()),
            ];
            let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
            audit::record!(self, tx, server, who, "digest.subscribe", &format!("{}: {parts}", wanted.topic), now);
        });
        Ok(())
    }

    /// Offers nothing for a topic any more, and ends the direct messages about it; `false` where nothing is offered.
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
            role: Some(ServerRoleId::new(role)),
            mention: false,
            direct: false,
        };
        let all = [one("next-trend", 2), one("trend:a", 1), one(ALL, 3)];
        let role = |topics: &[&str]| of(&all, topics)?.role.map(|role| role.get());
        assert_eq!(role(&["trend:a", "next-trend"]), Some(1));
        assert_eq!(role(&["trend:b", "next-trend"]), Some(2));
        assert_eq!(role(&["role:c"]), Some(3));
        assert_eq!(of(&all[..2], &["role:c"]), None);
    }
}
