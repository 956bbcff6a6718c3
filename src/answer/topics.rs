//! Roles and trends as subjects of an answer.

use crate::answer::model::{Choice, Subject, SubjectKind};
use crate::knowledge::{Knowledge, RoleId, Topic, pages};

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
        page: knowledge
            .address(&pages::of_topic(knowledge, topic))
            .unwrap_or_default(),
    }
}

/// A choice that leads to a topic by asking `question`; its label has room for 80 characters.
pub fn choice(knowledge: &Knowledge, topic: Topic, question: String) -> Choice {
    Choice {
        label: knowledge.title(topic).chars().take(80).collect(),
        question,
        subject: Some(subject(knowledge, topic)),
    }
}

/// Roles as subjects.
pub fn subjects(knowledge: &Knowledge, roles: impl IntoIterator<Item = RoleId>) -> Vec<Subject> {
    roles
        .into_iter()
        .map(|id| subject(knowledge, Topic::Role(id)))
        .collect()
}
