//! Which language a message is written in, by its small words.

use crate::knowledge::language::{Class, LANGUAGES};
use crate::understanding::reading::Reading;

/// Small words of another language that show it.
const FEWEST: usize = 2;

/// The language of a message, where it is not English.
pub(crate) fn language(reading: &Reading) -> Option<&'static str> {
    let mut counts = vec![0_usize; LANGUAGES.len()];
    let mut english = 0;
    let mut seen: Vec<&str> = Vec::new();
    for (at, token) in reading.tokens.iter().enumerate() {
        let mut other = false;
        for (class, len) in reading.classes(at) {
            if let (Class::Language(place), 1) = (class, len) {
                counts[usize::from(*place)] += 1;
                other = true;
            }
        }
        if !other && reading.stop[at] {
            english += 1;
        }
        seen.push(&token.word);
    }
    let (place, most) = counts
        .iter()
        .enumerate()
        .max_by_key(|(place, count)| (**count, usize::MAX - place))?;
    (*most >= FEWEST && *most > english).then_some(LANGUAGES[place])
}
