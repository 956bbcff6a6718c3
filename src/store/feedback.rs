//! Feedback: how often answers on a subject helped or did not. Counts only; nothing says who pressed what.

use crate::store::columns::clean;
use crate::store::columns::from_row;
use crate::store::{Result, ServerId, Store, count, read};

/// Counts of one subject in one server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// What the answer was about, such as `role:registered-nurse`.
    pub subject: String,
    /// How many said that it helped.
    pub helpful: i64,
    /// How many said that it did not.
    pub unhelpful: i64,
}
from_row!(Counts {
    subject,
    helpful,
    unhelpful
});

impl Store {
    /// Counts one press. Use server 0 for direct messages.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn count_feedback(
        &self,
        server: ServerId,
        subject: &str,
        helpful: bool,
    ) -> Result<()> {
        let subject: String = clean(subject).chars().take(120).collect();
        count!(
            self,
            sqlx::query(
                "INSERT INTO feedback (server, subject, helpful, unhelpful) VALUES ($1, $2, $3, $4) ON CONFLICT (server, subject) \
                 DO UPDATE SET helpful = feedback.helpful + excluded.helpful, unhelpful = feedback.unhelpful + excluded.unhelpful"
            )
            .bind(server)
            .bind(&subject)
            .bind(i64::from(helpful))
            .bind(i64::from(!helpful))
        )?;
        Ok(())
    }

    /// The counts of a server, the least helpful subjects first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn feedback(&self, server: ServerId, limit: u16) -> Result<Vec<Counts>> {
        read!(
            self,
            sqlx::query_as(
                "SELECT subject, helpful, unhelpful FROM feedback WHERE server = $1 ORDER BY unhelpful DESC, helpful, subject LIMIT $2"
            )
            .bind(server)
            .bind(i64::from(limit)),
            fetch_all
        )
    }
}
