//! How often a digest is posted: every day, every week on a day, every month on a day.
//!
//! Knows dates; knows nothing of times of day or of time zones.

use jiff::civil::{Date, Weekday};

use crate::digest::schedule::Error;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// Every day.
    Day,
    /// Every week on a day.
    Week(Weekday),
    /// Every month on a day from 1 to 31; the last day of a month that is shorter.
    Month(i8),
}

/// The days of the week by their names.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

impl Cadence {
    /// From what a moderator chose: `day`, `week` or `month`, and the day on which (not needed for `day`). Where no day is
    /// given, it is that of `today`.
    ///
    /// # Errors
    /// Says which of the two cannot be read.
    pub fn parse(every: &str, on: Option<&str>, today: Date) -> Result<Self, Error> {
        let on = on.map(str::trim).filter(|on| !on.is_empty());
        let bad = || Error::On(on.unwrap_or_default().to_owned());
        match every {
            "day" => match on {
                None => Ok(Self::Day),
                Some(on) => Err(Error::EveryDayOn(on.to_owned())),
            },
            "week" => match on {
                None => Ok(Self::Week(today.weekday())),
                Some(name) => weekday(name).map(Self::Week).ok_or_else(bad),
            },
            "month" => match on {
                None => Ok(Self::Month(today.day())),
                Some(day) => {
                    let digits = day.bytes().all(|byte| byte.is_ascii_digit());
                    let day = day
                        .parse()
                        .ok()
                        .filter(|day| digits && (1..=31).contains(day));
                    day.map(Self::Month).ok_or_else(bad)
                }
            },
            other => Err(Error::Every(other.to_owned())),
        }
    }

    /// The word for how often.
    pub const fn every(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week(_) => "week",
            Self::Month(_) => "month",
        }
    }

    /// The day on which, as [`Cadence::parse`] reads it.
    pub fn on(self) -> Option<String> {
        match self {
            Self::Day => None,
            Self::Week(weekday) => Some(weekday_name(weekday).to_owned()),
            Self::Month(day) => Some(day.to_string()),
        }
    }

    /// Whether it falls on that date.
    pub(super) fn falls_on(self, date: Date) -> bool {
        match self {
            Self::Day => true,
            Self::Week(weekday) => date.weekday() == weekday,
            Self::Month(day) => date.day() == day.min(date.days_in_month()),
        }
    }
}

/// A day of the week by its name or at least its first three letters.
fn weekday(name: &str) -> Option<Weekday> {
    let name = name.to_ascii_lowercase();
    let name = name
        .strip_suffix('s')
        .filter(|_| name.len() > 6)
        .unwrap_or(&name);
    let begins = |full: &str| full.to_ascii_lowercase().starts_with(name);
    WEEKDAYS
        .iter()
        .find(|(full, _)| name.len() >= 3 && begins(full))
        .map(|(_, weekday)| *weekday)
}

/// The name of a day of the week.
pub(super) fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAYS
        .iter()
        .find(|(_, day)| *day == weekday)
        .map_or("", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_moderator_chose_is_read_and_written() {
        let today = jiff::civil::date(2026, 11, 22);
        assert_eq!(
            Cadence::parse("week", Some("tue"), today),
            Ok(Cadence::Week(Weekday::Tuesday))
        );
        assert_eq!(
            Cadence::parse("week", Some("Mondays"), today),
            Ok(Cadence::Week(Weekday::Monday))
        );
        assert_eq!(
            Cadence::parse("week", None, today),
            Ok(Cadence::Week(Weekday::Sunday))
        );
        assert_eq!(
            Cadence::parse("day", Some("Monday"), today),
            Err(Error::EveryDayOn("Monday".to_owned()))
        );
        assert_eq!(
            Cadence::parse("month", Some("32"), today),
            Err(Error::On("32".to_owned()))
        );
        for (name, weekday) in WEEKDAYS {
            assert_eq!(
                Cadence::parse("week", Some(name), today),
                Ok(Cadence::Week(weekday))
            );
            assert_eq!(Cadence::Week(weekday).on().as_deref(), Some(name));
        }
    }
}
