//! Families of roles that people name by one word: "nursing jobs over 90k", "therapy work from home".
//!
//! Knows which words name a family and which titles belong to it; knows nothing of conditions.

use crate::knowledge::Role;
use crate::question::normalize::Token;

/// A family of roles, by the words in their titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// As it stands behind "in": "nursing".
    pub name: &'static str,
    /// Words that name it in a question.
    words: &'static [&'static str],
    /// What a title of it holds, lower case.
    titles: &'static [&'static str],
}

#[rustfmt::skip]
const FAMILIES: &[Family] = &[
    Family { name: "nursing", words: &["nursing", "nurse", "nurses"], titles: &["nurse", "nursing"] },
    Family { name: "therapy", words: &["therapy", "therapist", "therapists", "teletherapy"], titles: &["therap", "speech-language", "mental health counselor"] },
    Family { name: "counseling", words: &["counseling", "counselor", "counselors", "counselling"], titles: &["counselor", "psychologist", "marriage and family"] },
    Family { name: "social work", words: &["social"], titles: &["social work"] },
    Family { name: "dental care", words: &["dental", "dentistry"], titles: &["dental", "dentist"] },
    Family { name: "imaging", words: &["imaging", "scanner", "scanners"], titles: &["sonographer", "radiolog", "mri", "cardiovascular technologist"] },
];

impl Family {
    /// The family that some word of the question names.
    pub fn named(tokens: &[Token]) -> Option<&'static Family> {
        FAMILIES.iter().find(|family| {
            tokens.iter().enumerate().any(|(at, token)| {
                // "Social" is half a name.
                family.words.contains(&token.word.as_str())
                    && (token.word != "social" || tokens.get(at + 1).is_some_and(|next| next.stem.starts_with("work")))
            })
        })
    }

    /// The family of that name.
    pub fn called(name: &str) -> Option<&'static Family> {
        FAMILIES.iter().find(|family| family.name == name)
    }

    /// Whether a role belongs to it.
    pub fn holds(&self, role: &Role) -> bool {
        let title = role.title.to_lowercase();
        self.titles.iter().any(|part| title.contains(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::normalize;

    #[test]
    fn one_word_names_a_family() {
        for (question, family) in [
            ("nursing jobs over 90k", Some("nursing")),
            ("social work with a bachelors", Some("social work")),
            ("social media jobs", None),
            ("anything in imaging", Some("imaging")),
        ] {
            let named = Family::named(&normalize::clean(question).tokens).map(|family| family.name);
            assert_eq!(named, family, "{question}");
        }
    }
}
