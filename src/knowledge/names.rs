//! Names that are parsed once and trusted afterwards: slugs, SOC codes.
//!
//! Knows the form of a name, not whether anything bears it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of a role or trend in addresses and links: lower-case words joined by hyphens, at most 60 bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// A short number for a slug that outlives new versions: what buttons and codes hold in its place (CRC-32).
pub fn tag_of(slug: &str) -> u32 {
    crc32fast::hash(slug.as_bytes())
}

impl Slug {
    /// Parses a slug; `None` unless it is `[a-z0-9]+(-[a-z0-9]+)*` of at most 60 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = !text.is_empty()
            && text.len() <= 60
            && text.split('-').all(|part| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        fits.then(|| Self(text.to_owned()))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
            .ok_or_else(|| format!("\"{text}\" is not a slug (lower-case words joined by hyphens)"))
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

/// A code of the 2018 Standard Occupational Classification, such as `29-1141`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SocCode(u32);

impl SocCode {
    /// The total of all occupations (`00-0000`).
    pub const ALL: Self = Self(0);

    /// Parses `NN-NNNN`.
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('-')?;
        let digits =
            |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(major, 2) || !digits(minor, 4) {
            return None;
        }
        Some(Self(
            major.parse::<u32>().ok()? * 10_000 + minor.parse::<u32>().ok()?,
        ))
    }

    /// The broad occupation that holds this one: `29-1140` for `29-1141`.
    pub fn broad(self) -> Self {
        Self(self.0 / 10 * 10)
    }

    /// Whether this is the other or a group that holds it: `29-1000` holds `29-1141`.
    pub fn holds(self, other: Self) -> bool {
        let width = [10_000, 1_000, 100, 10]
            .into_iter()
            .find(|width| self.0.is_multiple_of(*width))
            .unwrap_or(1);
        self.0 / width == other.0 / width
    }
}

impl fmt::Display for SocCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lower_case_words() {
        assert!(Slug::parse("registered-nurse").is_some());
        for bad in ["", "Nurse", "a--b", "-a", "a-", "a b", "é"] {
            assert!(Slug::parse(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn a_group_holds_its_occupations() {
        let code = |text: &str| SocCode::parse(text).expect("a code");
        for (group, held) in [
            ("29-0000", "29-1141"),
            ("29-1000", "29-1141"),
            ("29-2010", "29-2011"),
            ("29-1141", "29-1141"),
        ] {
            assert!(code(group).holds(code(held)), "{group} and {held}");
        }
        for (other, free) in [
            ("29-0000", "31-1131"),
            ("29-2010", "29-2031"),
            ("29-1141", "29-1140"),
            ("29-1100", "29-1215"),
        ] {
            assert!(!code(other).holds(code(free)), "{other} and {free}");
        }
    }

    #[test]
    fn soc_codes_round_trip() {
        assert_eq!(
            SocCode::parse("29-1141").map(|c| c.to_string()).as_deref(),
            Some("29-1141")
        );
        assert_eq!(SocCode::parse("00-0000"), Some(SocCode::ALL));
        assert_eq!(
            SocCode::parse("29-1141").map(SocCode::broad),
            SocCode::parse("29-1140")
        );
        for bad in ["29-114", "291141", "29-1141.00", "aa-bbbb"] {
            assert!(SocCode::parse(bad).is_none(), "{bad:?}");
        }
    }
}
