//! The words of a text that say what it is about, for texts that the knowledge knows nothing of: questions and titles of
//! what a community has written itself.
//!
//! Both sides go through the same function, so that "Children's R.N. résumés" and "children rn resume" meet. Knows nothing
//! of roles, of intents or of where the texts come from.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::knowledge::language::shipped_stop_words;
use crate::text::{self, Token, singular};

/// Words by which people ask for a thing ("how do I sign up for ... here?") without saying which. Where a question has any
/// other word, these need not be found.
const ASKING: &[&str] = &[
    "able",
    "actually",
    "address",
    "anybody",
    "anyone",
    "apply",
    "around",
    "ask",
    "asking",
    "attend",
    "available",
    "begin",
    "channel",
    "come",
    "community",
    "contact",
    "curious",
    "current",
    "currently",
    "date",
    "day",
    "detail",
    "discord",
    "enroll",
    "ever",
    "everyone",
    "exactly",
    "exist",
    "explain",
    "find",
    "go",
    "happen",
    "help",
    "here",
    "hold",
    "info",
    "information",
    "join",
    "kindly",
    "learn",
    "let",
    "link",
    "location",
    "look",
    "looking",
    "may",
    "maybe",
    "mean",
    "member",
    "mod",
    "moderator",
    "near",
    "now",
    "offer",
    "our",
    "participate",
    "place",
    "post",
    "question",
    "answer",
    "reach",
    "read",
    "register",
    "request",
    "say",
    "see",
    "server",
    "show",
    "sign",
    "signup",
    "someplace",
    "somewhere",
    "start",
    "still",
    "submit",
    "take",
    "thank",
    "thanks",
    "time",
    "today",
    "url",
    "us",
    "use",
    "way",
    "wondering",
    "yet",
];

/// Words that carry no meaning of their own, as they are written and as their stems.
static STOPS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    shipped_stop_words()
        .into_iter()
        .flat_map(|word| [singular(&word).into_owned(), word])
        .collect()
});

fn is_stop_word(token: &Token) -> bool {
    let known = |words: &[&str]| {
        words.contains(&token.stem.as_str()) || words.contains(&token.word.as_str())
    };
    let stops = STOPS.contains(&token.stem) || STOPS.contains(&token.word);
    stops && !known(ASKING) && !known(OWN_SUBJECTS)
}

/// Words that say nothing of which career is meant, and something in what a community writes about itself.
const OWN_SUBJECTS: &[&str] = &[
    "afternoon",
    "different",
    "end",
    "evening",
    "first",
    "hour",
    "last",
    "month",
    "morning",
    "new",
    "next",
    "old",
    "part",
    "week",
    "year",
];

/// Words that stand for each other, the first for all.
const SAME: &[&[&str]] = &[
    &[
        "pay",
        "salary",
        "wage",
        "earn",
        "earning",
        "compensation",
        "paycheck",
    ],
    &["resume", "cv"],
    &["meeting", "meetup", "meet-up", "session"],
    &["mentor", "mentoring", "mentorship"],
    &["volunteer", "volunteering"],
];

/// The keywords of a text, in order, each once: what carries its subject; the words of asking only where nothing else is
/// there; empty where nothing carries a meaning. Reads as much as [`text::clean`] does.
pub fn keywords(message: &str) -> Vec<String> {
    let tokens = text::clean(message).tokens;
    let mut bearing = Vec::new();
    let mut asking = Vec::new();
    for token in tokens.iter().filter(|token| !is_stop_word(token)) {
        let kept = if ASKING.contains(&token.stem.as_str()) || ASKING.contains(&token.word.as_str())
        {
            &mut asking
        } else {
            &mut bearing
        };
        let word = one(token);
        if !kept.contains(&word) {
            kept.push(word);
        }
    }
    if bearing.is_empty() { asking } else { bearing }
}

/// Every word of a text, each as [`keywords`] would write it. Reads as much as [`text::clean`] does.
pub fn all_words(message: &str) -> Vec<String> {
    text::clean(message).tokens.iter().map(one).collect()
}

fn one(token: &Token) -> String {
    let same = SAME
        .iter()
        .find(|same| same.contains(&token.stem.as_str()) || same.contains(&token.word.as_str()));
    same.and_then(|same| same.first())
        .map_or_else(|| token.stem.clone(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_carries_the_subject_is_kept() {
        for (text, expected) in [
            (
                "How do I sign up for the mentor program here?",
                &["mentor", "program"][..],
            ),
            ("where's the study hall?", &["study", "hall"]),
            ("Salary salaries pay", &["pay"]),
            (
                "What is the R.N. résumé review",
                &["rn", "resume", "review"],
            ),
            ("who can help us", &["help", "us"]),
            ("is it?", &[]),
            ("shifts of 12 hours", &["shift", "12", "hour"]),
        ] {
            assert_eq!(keywords(text), expected, "{text}");
        }
    }

    #[test]
    fn both_sides_write_a_word_the_same_way() {
        assert_eq!(
            all_words("The Mentorship Sessions"),
            ["the", "mentor", "meeting"]
        );
    }
}
