//! This machine's clock, held against Discord's: every answer says what time it is there.
//!
//! A wrong clock makes every signed request look old, and posts late or early. Knows headers and the time.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap};
use tracing::{info, warn};

/// From how many seconds on a difference is worth a word: far more than an answer takes.
pub const WORTH_A_WORD: i64 = 30;
/// Stands where nothing is known.
const UNKNOWN: i64 = i64::MIN;

/// What is known of the difference.
pub(crate) struct Clock {
    ahead: AtomicI64,
    warned: AtomicBool,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            ahead: AtomicI64::new(UNKNOWN),
            warned: AtomicBool::new(false),
        }
    }
}

impl Clock {
    /// How far this clock is ahead of Discord's, in seconds.
    pub(crate) fn ahead(&self) -> Option<i64> {
        Some(self.ahead.load(Ordering::Relaxed)).filter(|ahead| *ahead != UNKNOWN)
    }

    /// Notes the time of an answer that came just now; says so when the clocks come to differ, and when they agree again.
    pub(crate) fn note(&self, headers: &HeaderMap, now: Timestamp) {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let Some(there) =
            date.and_then(|date| rfc2822::DateTimeParser::new().parse_timestamp(date).ok())
        else {
            return;
        };
        let ahead = now.as_second() - there.as_second();
        self.ahead.store(ahead, Ordering::Relaxed);
        let wrong = ahead.abs() >= WORTH_A_WORD;
        if wrong == self.warned.swap(wrong, Ordering::Relaxed) {
            return;
        }
        if wrong {
            warn!("this machine's clock is wrong: {}", words(ahead));
        } else {
            info!("this machine's clock agrees with Discord's again");
        }
    }
}

/// A difference, and what to do about it.
pub fn words(ahead: i64) -> String {
    let direction = if ahead > 0 { "ahead of" } else { "behind" };
    format!(
        "it is {} s {direction} Discord's; set it by NTP, or requests over HTTP are refused and posts go out at the wrong time",
        ahead.unsigned_abs()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_read_from_an_answers_date() {
        let clock = Clock::default();
        let now = Timestamp::from_second(1_795_000_000).expect("a moment");
        let mut headers = HeaderMap::new();
        clock.note(&headers, now);
        assert_eq!(clock.ahead(), None);
        for (date, ahead) in [
            ("nonsense", None),
            (
                "Wed, 18 Nov 2026 12:26:40 GMT",
                Some(1_795_000_000 - 1_795_004_800),
            ),
        ] {
            headers.insert(DATE, date.parse().expect("a value"));
            clock.note(&headers, now);
            assert_eq!(clock.ahead(), ahead, "{date}");
        }
        assert!(words(-600).contains("600 s behind") && words(600).contains("600 s ahead of"));
    }
}
