//! The one inner door: every question, from whichever side it comes, is answered here.
//!
//! Knows nothing of Discord, HTTP, terminals, databases or the clock.

use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::answer::{Answer, Outcome, Subject, SubjectKind};
use crate::knowledge::{Knowledge, State, Topic};

/// What to complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Titles of roles.
    Role,
    /// Titles of trends.
    Trend,
    /// States and territories.
    State,
}

/// One way to complete a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What to send back: a slug, or a state's postal code.
    pub value: String,
    /// What to show.
    pub title: String,
}

/// Answers questions. Cheap to share; the knowledge behind it can be swapped while questions are being answered.
pub struct Advisor {
    knowledge: ArcSwap<Knowledge>,
}

impl Advisor {
    /// An advisor on this knowledge.
    pub fn new(knowledge: Knowledge) -> Self {
        Self { knowledge: ArcSwap::from_pointee(knowledge) }
    }

    /// The knowledge as it stands now.
    pub fn knowledge(&self) -> Arc<Knowledge> {
        self.knowledge.load_full()
    }

    /// Answers a question in plain language. Any text is accepted.
    pub fn ask(&self, question: &str) -> Answer {
        let _ = question;
        Answer::new(Outcome::NotCovered, "Not covered")
    }

    /// All about a role; `None` when there is no such slug.
    pub fn role(&self, slug: &str) -> Option<Answer> {
        self.topic(slug, SubjectKind::Role)
    }

    /// All about a trend; `None` when there is no such slug.
    pub fn trend(&self, slug: &str) -> Option<Answer> {
        self.topic(slug, SubjectKind::Trend)
    }

    fn topic(&self, slug: &str, kind: SubjectKind) -> Option<Answer> {
        let knowledge = self.knowledge();
        let topic = knowledge.find(slug)?;
        let subject = subject(&knowledge, topic);
        if subject.kind != kind {
            return None;
        }
        let mut answer = Answer::new(Outcome::Answered, knowledge.title(topic));
        answer.subjects.push(subject);
        Some(answer)
    }

    /// The list of trends.
    pub fn trends(&self) -> Answer {
        Answer::new(Outcome::Answered, "Trends in healthcare work")
    }

    /// Roles side by side; `None` unless two or three slugs of roles are given.
    pub fn compare(&self, slugs: &[&str]) -> Option<Answer> {
        let _ = slugs;
        None
    }

    /// Pay of a role, in the whole US or in one state; `None` when there is no such role.
    pub fn pay(&self, slug: &str, state: Option<State>) -> Option<Answer> {
        let _ = state;
        self.role(slug)
    }

    /// Titles that complete a prefix, best first, at most `limit`. An empty prefix gives the first of all.
    pub fn complete(&self, prefix: &str, kind: Kind, limit: usize) -> Vec<Completion> {
        let _ = (prefix, kind, limit);
        Vec::new()
    }
}

/// A topic as a subject of an answer.
pub fn subject(knowledge: &Knowledge, topic: Topic) -> Subject {
    let (kind, number) = match topic {
        Topic::Role(_) => (SubjectKind::Role, None),
        Topic::Trend(id) => (SubjectKind::Trend, Some(knowledge.trend(id).number)),
    };
    Subject { kind, slug: knowledge.slug(topic).to_string(), number, title: knowledge.title(topic).to_owned() }
}
