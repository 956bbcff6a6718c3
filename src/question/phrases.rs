//! Phrases among the words of a question, looked for by the hundred.
//!
//! Knows where a phrase stands; knows nothing of what it means.

use crate::question::normalize::Token;

/// The words of a question, to look for phrases in. Hundreds are looked for in each question and hardly one is there: a mark
/// for the first two letters of each word tells most of them at once.
pub(super) struct Words<'a> {
    pub(super) tokens: &'a [Token],
    marks: u64,
}

impl<'a> Words<'a> {
    pub(super) fn new(tokens: &'a [Token]) -> Self {
        Self { tokens, marks: tokens.iter().fold(0, |marks, token| marks | mark(&token.word)) }
    }

    pub(super) fn contain(&self, phrase: &str) -> bool {
        self.find(phrase).is_some()
    }

    /// The first place of the phrase, and the place after it.
    pub(super) fn find(&self, phrase: &str) -> Option<(usize, usize)> {
        if self.marks & mark(phrase) == 0 {
            return None;
        }
        (0..self.tokens.len()).find_map(|at| stands(self.tokens, at, phrase).map(|end| (at, end)))
    }
}

/// One of 64 bits, the same for all words that begin with the same two letters.
fn mark(text: &str) -> u64 {
    let letter = |place: usize| u64::from(text.as_bytes().get(place).copied().unwrap_or(b' '));
    1 << ((letter(0) * 7 + letter(1)) % 64)
}

/// The place after the phrase, where it stands at `at`.
pub(super) fn stands(tokens: &[Token], at: usize, phrase: &str) -> Option<usize> {
    let (mut place, mut rest) = (at, phrase);
    loop {
        rest = rest.strip_prefix(tokens.get(place)?.word.as_str())?;
        place += 1;
        if rest.is_empty() {
            return Some(place);
        }
        rest = rest.strip_prefix(' ')?;
    }
}
