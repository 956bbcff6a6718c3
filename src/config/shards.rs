//! Which connections to the gateway this process keeps, where another one keeps the rest.

use std::str::FromStr;

/// The most shards that a bot is divided into here; far more than Discord has asked anyone for.
const MOST: u32 = 16_384;

/// What stands in `CAREERBOT_SHARDS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shards {
    /// Those from the first to the last, both included, of a total.
    Range {
        /// The first, from 0 on.
        first: u32,
        /// The last; at least the first, and below the total.
        last: u32,
        /// Into how many all servers are divided; at least 1.
        total: u32,
    },
    /// `none`: another process has the gateway, or there is none and everything comes over HTTP.
    None,
}

impl Shards {
    /// Whether other processes keep connections that this one does not.
    pub fn is_part(self) -> bool {
        match self {
            Self::Range { first, last, total } => first > 0 || last + 1 < total,
            Self::None => true,
        }
    }
}

impl FromStr for Shards {
    type Err = String;

    /// Reads `0-15/64`, `3/64` or `none`; the error goes on a sentence that begins with the key.
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self::None);
        }
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| digits.parse::<u32>().unwrap_or(u32::MAX))
        };
        let read = text.split_once('/').and_then(|(range, total)| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            Some((number(first)?, number(last)?, number(total)?))
        });
        let Some((first, last, total)) = read else {
            return Err("is none of 0-15/64 (shards 0 to 15 of 64), 3/64 and none".to_owned());
        };
        if total == 0 || total > MOST {
            return Err(format!(
                "divides the servers into {total} shards: from 1 to {MOST} can be had"
            ));
        }
        if first > last {
            return Err(format!(
                "begins with shard {first} and ends with {last}: write {last}-{first}/{total}"
            ));
        }
        if last >= total {
            return Err(format!(
                "ends with shard {last}, and the last of {total} is {}",
                total - 1
            ));
        }
        Ok(Self::Range { first, last, total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_shards_is_read_or_told_what_is_wrong() {
        let range = |first, last, total| Ok(Shards::Range { first, last, total });
        for (text, read) in [
            ("0-15/64", range(0, 15, 64)),
            ("16-63/64", range(16, 63, 64)),
            ("3/64", range(3, 3, 64)),
            ("0/1", range(0, 0, 1)),
            ("none", Ok(Shards::None)),
        ] {
            assert_eq!(text.parse(), read, "{text}");
        }
        for (text, words) in [
            ("16-3/64", "write 3-16/64"),
            ("0-70/64", "the last of 64 is 63"),
            ("64/64", "the last of 64 is 63"),
            ("0-3/0", "from 1 to"),
            ("0-3/99999999999", "from 1 to"),
            ("99999999999/4", "the last of 4 is 3"),
            ("a/b", "is none of"),
            ("0-15", "is none of"),
            ("-3/4", "is none of"),
            ("0-/4", "is none of"),
            ("+1/4", "is none of"),
            ("0 - 3/4", "is none of"),
            ("0-1-2/4", "is none of"),
            ("0-3/4/5", "is none of"),
            ("None", "is none of"),
        ] {
            let said = text.parse::<Shards>().expect_err(text);
            assert!(said.contains(words), "{text}: {said}");
        }
        let whole: Shards = "0-3/4".parse().expect("all of them");
        let part: Shards = "0-2/4".parse().expect("some of them");
        assert!(!whole.is_part() && part.is_part() && Shards::None.is_part());
    }
}
