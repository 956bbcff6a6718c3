//! Whether the program lives, and whether it can serve: gateway, Discord, store, index and knowledge, a line each.
//!
//! Answering goes on without a store, so that a store that is away stops no traffic: it is told, and figures show it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use jiff::Timestamp;
use tokio::time::timeout;

use crate::discord::App;
use crate::discord::api::client::Rest;

/// How long the store may take to show that it is there.
const PROBE: Duration = Duration::from_secs(1);

/// How one part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grade {
    /// As it should be.
    Fine,
    /// Not as it should be, and answers go on.
    Impaired,
    /// No answers, or no good ones.
    Down,
}

impl Grade {
    fn word(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Impaired => "impaired",
            Self::Down => "down",
        }
    }
}

/// The knowledge and the index in use, as they came to be loaded. Cheap to clone; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Loaded(Arc<Mutex<Inner>>);

#[derive(Debug, Clone, Default)]
struct Inner {
    at: Option<Timestamp>,
    in_memory: Option<String>,
    refused: Option<String>,
}

impl Loaded {
    /// Knowledge was loaded at this time; `in_memory` says why its index is in memory alone, where it is.
    pub fn set(&self, at: Timestamp, in_memory: Option<String>) {
        *self.lock() = Inner {
            at: Some(at),
            in_memory,
            refused: None,
        };
    }

    /// What there is was looked at again, and is what is in use.
    pub fn keep(&self) {
        self.lock().refused = None;
    }

    /// Newer knowledge was not taken, for this reason, and the old is still in use.
    pub fn refuse(&self, why: String) {
        self.lock().refused = Some(why);
    }

    fn get(&self) -> Inner {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is looked at.
#[derive(Clone)]
pub(super) struct Watched {
    pub(super) app: App,
    pub(super) rest: Arc<Rest>,
    pub(super) loaded: Loaded,
}

/// What was looked at, how it is, and in words.
pub(super) type Part = (&'static str, Grade, String);

impl Watched {
    /// Looks at every part, and sets the figures that come of it.
    pub(super) async fn look(&self) -> Vec<Part> {
        let now = Timestamp::now();
        let mut parts = Vec::new();
        parts.push(match self.app.connections().trouble() {
            Some(trouble) => ("gateway", Grade::Down, trouble),
            None => ("gateway", Grade::Fine, self.app.connections().words()),
        });
        parts.push(match self.rest.banned() {
            Some((wait, why)) => (
                "discord",
                Grade::Down,
                format!("nothing is sent for {} s: {why}", wait.as_secs()),
            ),
            None => ("discord", Grade::Fine, "requests are sent".to_owned()),
        });
        if let Some(ahead) = self.rest.clock_ahead() {
            // Signed, and so small that floating point holds it exactly.
            metrics::gauge!("careerbot_clock_ahead_seconds").set(ahead as f64);
        }
        parts.push(self.store(now).await);
        let loaded = self.loaded.get();
        parts.push(match &loaded.in_memory {
            Some(why) => ("index", Grade::Impaired, format!("in memory alone: {why}")),
            None => (
                "index",
                Grade::Fine,
                "in its folder and in memory".to_owned(),
            ),
        });
        metrics::gauge!("careerbot_index_in_memory_only").set(flag(loaded.in_memory.is_some()));
        parts.push(self.knowledge(&loaded, now));
        parts
    }

    async fn store(&self, now: Timestamp) -> Part {
        let (up, part) = match self.app.store() {
            None => (
                false,
                "not open: answers go on without settings and digests; the log says why".to_owned(),
            ),
            Some(store) => match timeout(PROBE, store.ping()).await {
                Ok(Ok(())) => (true, format!("{} answers", store.place())),
                Ok(Err(error)) => (false, error.to_string()),
                Err(_) => (false, format!("{} is silent", store.place())),
            },
        };
        metrics::gauge!("careerbot_store_up").set(flag(up));
        if let Some(store) = self.app.store().filter(|_| up)
            && let Ok(Ok(next)) = timeout(PROBE, store.next_due()).await
        {
            let late = next.map_or(0.0, |next| now.duration_since(next).as_secs_f64().max(0.0));
            metrics::gauge!("careerbot_digest_late_seconds").set(late);
        }
        let grade = if up { Grade::Fine } else { Grade::Impaired };
        ("store", grade, part)
    }

    fn knowledge(&self, loaded: &Inner, now: Timestamp) -> Part {
        let knowledge = self.app.advisor().knowledge();
        let (roles, trends) = (knowledge.roles.len(), knowledge.trends.len());
        let reviewed = || {
            let roles = knowledge.roles.iter().map(|role| role.reviewed);
            roles.chain(knowledge.trends.iter().map(|trend| trend.reviewed))
        };
        let oldest = reviewed().min();
        let age = loaded
            .at
            .map_or(0.0, |at| now.duration_since(at).as_secs_f64());
        metrics::gauge!("careerbot_knowledge_roles").set(roles as f64);
        metrics::gauge!("careerbot_knowledge_age_seconds").set(age);
        metrics::gauge!("careerbot_knowledge_refused").set(flag(loaded.refused.is_some()));
        if let Some(oldest) = oldest.and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok()) {
            let days = now.duration_since(oldest.timestamp()).as_secs_f64() / 86_400.0;
            metrics::gauge!("careerbot_knowledge_oldest_review_days").set(days.floor());
        }
        let words = format!(
            "{roles} roles and {trends} trends, loaded {:.0} s ago, reviewed on {} or later",
            age,
            oldest.map_or_else(|| "?".to_owned(), |day| day.to_string())
        );
        match &loaded.refused {
            Some(why) => (
                "knowledge",
                Grade::Impaired,
                format!("{words}; a newer one is not taken: {why}"),
            ),
            None => ("knowledge", Grade::Fine, words),
        }
    }

    /// 200, or 503 where a part is down, and a line for each part.
    async fn ready(self) -> (StatusCode, String) {
        let parts = self.look().await;
        let down = parts.iter().any(|(_, grade, _)| *grade == Grade::Down);
        let status = if down {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::OK
        };
        let lines = parts
            .iter()
            .map(|(what, grade, says)| format!("{}: {what}: {says}\n", grade.word()));
        (status, lines.collect())
    }
}

/// `/health/live`: 200 and `ok` for as long as the program runs. `/health/ready`, and `/health` for short: 200 when it can
/// answer, else 503, and a line for each part.
pub(super) fn routes(watched: Watched) -> Router {
    let ready = move || watched.clone().ready();
    Router::new()
        .route("/health/live", get(|| async { "ok\n" }))
        .route("/health/ready", get(ready.clone()))
        .route("/health", get(ready))
}

fn flag(is: bool) -> f64 {
    if is { 1.0 } else { 0.0 }
}
