//! Whether a text shows what it holds: letters that nobody sees, marks piled on one letter, letters that look like others.
//!
//! Pure. Knows characters; knows nothing of what a text is for.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Most marks on one letter: Vietnamese and Hebrew need two or three.
const MARKS: usize = 4;
/// Most parts of one picture that is put together of several; a family has four, with a skin colour each.
const PARTS: usize = 12;

/// Characters that leave no trace, and letters that are blank.
const UNSEEN: &[std::ops::RangeInclusive<char>] = &[
    '\u{ad}'..='\u{ad}',
    '\u{34f}'..='\u{34f}',
    '\u{61c}'..='\u{61c}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200f}',
    '\u{202a}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{2800}'..='\u{2800}',
    '\u{3164}'..='\u{3164}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff9}'..='\u{fffb}',
    '\u{1d173}'..='\u{1d17a}',
    '\u{e0000}'..='\u{e0fff}',
];
/// Those of them that words of some languages and pictures need between their letters.
const JOINING: &[std::ops::RangeInclusive<char>] = &[
    '\u{200c}'..='\u{200d}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{e0020}'..='\u{e007f}',
];
/// Those that turn the direction of what follows, so that it reads otherwise than it is.
const TURNING: &[std::ops::RangeInclusive<char>] =
    &['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];

fn within(ranges: &[std::ops::RangeInclusive<char>], letter: char) -> bool {
    ranges.iter().any(|range| range.contains(&letter))
}

/// Whether anything of the text is seen.
pub fn is_seen(text: &str) -> bool {
    text.chars().any(|c| {
        !c.is_whitespace() && !c.is_control() && !within(UNSEEN, c) && !is_combining_mark(c)
    })
}

/// What is wrong with the letters of a text, and what to do; `None` where each is seen as what it is.
pub fn mistake(text: &str) -> Option<&'static str> {
    if text.chars().any(|c| within(TURNING, c)) {
        return Some(
            "it holds marks that turn the direction of the text, so that it reads otherwise than it is; type it anew",
        );
    }
    let (mut marks, mut parts) = (0, 0);
    for letter in text.chars() {
        marks = if is_combining_mark(letter) && !within(UNSEEN, letter) {
            marks + 1
        } else {
            0
        };
        parts = match letter {
            '\u{200d}' => parts + 1,
            c if c.is_alphanumeric() || c.is_whitespace() => 0,
            c if within(JOINING, c) && c != '\u{200c}' => parts + 1,
            _ => parts,
        };
        if marks > MARKS || parts > PARTS {
            return Some("it piles up marks on one letter or picture; leave them out");
        }
    }
    text.split(|c: char| !c.is_alphabetic()).any(is_mixed).then_some(
        "it mixes letters of two alphabets in one word, where one looks like the other; type it anew in one of them",
    )
}

/// What is wrong with the letters of a title, beyond [`mistake`]: what nobody sees makes two titles that look the same.
pub fn mistake_in_title(title: &str) -> Option<&'static str> {
    let hidden = title
        .chars()
        .any(|c| within(UNSEEN, c) && !within(JOINING, c));
    mistake(title).or(hidden.then_some("it holds characters that nobody sees; type it anew"))
}

/// Whether a word has letters of the Latin alphabet and of one in which some look the same.
fn is_mixed(word: &str) -> bool {
    let of = |range: std::ops::RangeInclusive<char>| word.chars().any(|c| range.contains(&c));
    let latin = word
        .chars()
        .any(|c| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c));
    // "µg" and the like are written with letters of their own.
    latin && (of('\u{400}'..='\u{52f}') || of('\u{370}'..='\u{3ff}'))
}

/// The text as it is compared: what looks the same is the same.
pub fn folded(text: &str) -> String {
    let plain: String = text.nfkc().filter(|c| !within(UNSEEN, *c)).collect();
    plain
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_no_text() {
        for unseen in [
            "",
            " \t",
            "\u{200b}\u{200b}",
            "\u{3164}",
            "\u{2800} \u{feff}",
            "\u{301}\u{302}",
            "\u{e0041}",
        ] {
            assert!(!is_seen(unseen), "{unseen:?}");
        }
        assert!(is_seen("a") && is_seen("\u{200b}é") && is_seen("👍🏽"));
    }

    #[test]
    fn letters_that_are_not_what_they_look_like_are_named() {
        let zalgo = format!("n{}urse", "\u{301}".repeat(9));
        let family = format!("a👩{}", "\u{200d}👩".repeat(40));
        for bad in [
            "n\u{202e}esrun",
            &zalgo,
            &family,
            "nurse pr\u{430}ctitioner",
            "\u{391}pply",
        ] {
            assert!(mistake(bad).is_some(), "{bad:?}");
        }
        for good in [
            "How do I get in?",
            "Café Müller, naïve, Nguyễn",
            "медсестра и nurse",
            "שָׁלוֹם",
            "क्षत्रिय",
            "می‌خواهم",
            "👨‍👩‍👧‍👦 family 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "5 µg",
        ] {
            assert_eq!(mistake_in_title(good), None, "{good:?}");
        }
        assert!(mistake_in_title("nur\u{200b}se").is_some() && mistake("nur\u{200b}se").is_none());
    }

    #[test]
    fn titles_that_look_the_same_are_the_same() {
        for (one, other) in [
            ("Café", "cafe\u{301}"),
            ("Study  hall", "study hall\u{200b}"),
            ("ﬁrst", "first"),
            ("Ａ", "a"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
    }
}
