//! From facts and passages to an [`Answer`]: nothing is generated, everything is composed from the knowledge.
//!
//! Knows nothing of Discord, terminals, search or the clock.

pub mod model;
pub mod text;

pub use model::{Answer, Choice, Fact, Item, Outcome, Passage, SourceRef, Subject, SubjectKind, Table};
