//! What a term means.

use crate::answer::model::{Answer, Outcome};
use crate::answer::refuse;
use crate::knowledge::Knowledge;

/// The meaning of a term, by its place in the definitions.
pub fn answer(knowledge: &Knowledge, place: usize) -> Answer {
    let Some(definition) = knowledge.definitions.get(place) else { return refuse::empty(knowledge) };
    let mut answer = Answer::new(Outcome::Answered, definition.term.clone());
    for meaning in &definition.meanings {
        answer.direct.push(format!("{}: {meaning}", definition.term));
    }
    answer
}
