//! What a term stands for and means.

use crate::answer::model::{Answer, Outcome};
use crate::answer::refuse;
use crate::knowledge::Knowledge;

/// Every meaning of a term, by their places in the definitions.
pub fn answer(knowledge: &Knowledge, places: &[usize]) -> Answer {
    let meanings = places
        .iter()
        .filter_map(|place| knowledge.definitions.get(*place));
    let Some(first) = meanings.clone().next() else {
        return refuse::empty(knowledge);
    };
    let mut answer = Answer::new(Outcome::Answered, first.term.clone());
    for entry in meanings {
        answer.direct.push(match entry.stands_for.as_str() {
            "" => format!("{}: {}", entry.term, entry.means),
            letters => format!("{} stands for {letters}. {}", entry.term, entry.means),
        });
    }
    answer
}
