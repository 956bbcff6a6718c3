//! Roles and trends as subjects of an answer.

use crate::answer::model::{Subject, SubjectKind};
use crate::knowledge::{Knowledge, RoleId, Topic};

/// A topic as a subject.
pub fn subject(knowledge: &Knowledge, topic: Topic) -> Subject {
    let (kind, number) = match topic {
        Topic::Role(_) => (SubjectKind::Role, None),
        Topic::Trend(id) => (SubjectKind::Trend, Some(knowledge.trend(id).number)),
    };
    Subject {
        kind,
        slug: knowledge.slug(topic).to_string(),
        number,
        title: knowledge.title(topic).to_owned(),
    }
}

/// Roles as subjects.
pub fn subjects(knowledge: &Knowledge, roles: impl IntoIterator<Item = RoleId>) -> Vec<Subject> {
    roles
        .into_iter()
        .map(|id| subject(knowledge, Topic::Role(id)))
        .collect()
}
