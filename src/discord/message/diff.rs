//! What changes between two texts, as lines that begin with - and +, for moderators.
//!
//! Pure. Knows nothing of where the texts come from.

use crate::discord::message::limits::length;
use crate::discord::message::markdown::{clean, truncate};

/// Lines compared of each text; what comes after them counts as changed.
const LINES: usize = 200;
/// Most characters shown of a line.
const LINE: usize = 300;

/// A block that shows what was taken out and what was put in, at most `most` characters; empty when nothing changed.
pub fn block(old: &str, new: &str, most: usize) -> String {
    const FENCES: usize = 12;
    const CLOSING: usize = 24;
    let changed = lines(old, new);
    if changed.is_empty() {
        return String::new();
    }
    let mut text = "```diff".to_owned();
    for (done, line) in changed.iter().enumerate() {
        if length(&text) + length(line) + 1 + FENCES + CLOSING > most {
            let left = changed.len() - done;
            text.push_str(&format!("\n… and {left} more lines"));
            break;
        }
        text.push('\n');
        text.push_str(line);
    }
    text.push_str("\n```");
    if length(&text) <= most {
        text
    } else {
        String::new()
    }
}

/// Changed lines with their sign, in order.
fn lines(old: &str, new: &str) -> Vec<String> {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let (a, b) = (&old[..old.len().min(LINES)], &new[..new.len().min(LINES)]);
    // The length of the longest common run of lines from each pair of places on.
    let mut common = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] = if a[i] == b[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || common[i + 1][j] >= common[i][j + 1]) {
            found.push(signed('-', a[i]));
            i += 1;
        } else {
            found.push(signed('+', b[j]));
            j += 1;
        }
    }
    found.extend(old[a.len()..].iter().map(|line| signed('-', line)));
    found.extend(new[b.len()..].iter().map(|line| signed('+', line)));
    found
}

/// A line as it may stand in a block: nothing in it ends the block or calls anybody.
fn signed(sign: char, line: &str) -> String {
    let plain = clean(line).replace('`', "'").replace('@', "@\u{200B}");
    format!("{sign} {}", truncate(&plain, LINE))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_changed_lines_are_shown() {
        assert_eq!(
            block("a\nb\nc", "a\nx\nc\nd", 500),
            "```diff\n- b\n+ x\n+ d\n```"
        );
        assert_eq!(block("a\nb", "a\nb", 500), "");
        assert_eq!(
            block("", "``` @everyone", 500),
            "```diff\n+ ''' @\u{200B}everyone\n```"
        );
    }

    #[test]
    fn a_long_difference_says_how_much_is_left_out() {
        let new: String = (0..400).map(|line| format!("line {line}\n")).collect();
        let shown = block("", &new, 300);
        assert!(
            shown.ends_with("more lines\n```") && length(&shown) <= 300,
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn a_block_never_exceeds_its_room(old in "[ab`@\n😀]{0,300}", new in "[ab`@\n😀]{0,300}", most in 0_usize..400) {
            let shown = block(&old, &new, most);
            prop_assert!(length(&shown) <= most);
            prop_assert!(shown.is_empty() || shown.matches("```").count() == 2);
        }
    }
}
