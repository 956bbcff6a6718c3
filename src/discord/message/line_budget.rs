//! LineBudget of text that are added while they fit.

use crate::discord::message::limits::length;
use crate::discord::message::markdown::{fit, is_blank};

/// Room for the line that counts what of a list was left out.
pub(crate) const CLOSING: usize = 24;

/// Room that is left in a message's text for a line such as "Shared by …" that is put in front of it later.
pub(crate) const RESERVE: usize = 100;

/// LineBudget that are added while they fit.
pub(crate) struct LineBudget {
    pub(crate) text: String,
    /// Length of the text.
    used: usize,
    pub(crate) most: usize,
    pub(crate) left_out: usize,
}

impl LineBudget {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            text: String::new(),
            used: 0,
            most,
            left_out: 0,
        }
    }

    pub(crate) fn room(&self) -> usize {
        self.most
            .saturating_sub(self.used + usize::from(!self.text.is_empty()))
    }

    /// Adds a line, or counts it as left out.
    pub(crate) fn push(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let length = length(line);
        if length > self.room() {
            self.left_out += 1;
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
            self.used += 1;
        }
        self.text.push_str(line);
        self.used += length;
    }

    /// Adds as much of an escaped paragraph as fits, or nothing where that would be a few words only.
    pub(crate) fn push_cut(&mut self, text: &str, write: impl Fn(&str) -> String) {
        if is_blank(text) {
            return;
        }
        const FEW_WORDS: usize = 40;
        let whole = write(text.trim_end());
        let room = self.room();
        if length(&whole) <= room {
            self.push(&whole);
        } else if room > FEW_WORDS {
            self.push(&fit(text.trim_end(), room, write));
        }
    }

    /// Adds lines from an iterator, and at the end how many did not fit.
    pub(crate) fn push_all(&mut self, lines: impl Iterator<Item = String>, more: usize) {
        let mut left = more;
        for line in lines {
            if left > more || length(&line) + CLOSING > self.room() {
                left += 1;
            } else {
                self.push(&line);
            }
        }
        if left > 0 {
            self.push(&format!("… and {left} more"));
        }
    }
}
