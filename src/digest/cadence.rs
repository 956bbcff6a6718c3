//! How often a digest is posted: once, every day, on weekdays, every week or two on a day, every month on a day.
//!
//! Knows dates; knows nothing of times of day or of time zones.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use crate::digest::schedule::Error;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// On one date.
    Once(Date),
    /// Every day.
    Day,
    /// Every day from Monday to Friday.
    Weekdays,
    /// Every week on a day.
    Week(Weekday),
    /// Every second week, from a date on.
    TwoWeeks(Date),
    /// Every month on a day from 1 to 31; the last day of a month that is shorter.
    Month(i8),
    /// Every month on the first, second, third or fourth such day of the week, or on the last (-1).
    MonthWeekday(i8, Weekday),
}

/// How often, as moderators choose it, with what it is called.
pub const EVERY: &[(&str, &str)] = &[
    ("once", "once, on one date"),
    ("day", "day"),
    ("weekday", "weekday, Monday to Friday"),
    ("week", "week"),
    ("two weeks", "two weeks"),
    ("month", "month"),
];

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

/// Which of the days of a month that are the same day of the week.
const PLACES: [(&str, i8); 5] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("last", -1),
];

impl Cadence {
    /// From what a moderator chose: one of [`EVERY`], and the day on which (not needed for `day` and `weekday`). Where no day
    /// is given, it is that of `today`. Every second week begins with the next such day, or `from` the date behind it.
    ///
    /// # Errors
    /// Says which of the two cannot be read.
    pub fn parse(every: &str, on: Option<&str>, today: Date) -> Result<Self, Error> {
        let on = on.map(str::trim).filter(|on| !on.is_empty());
        let bad = || Error::On(on.unwrap_or_default().to_owned());
        match every {
            "day" | "weekday" => match on {
                None if every == "day" => Ok(Self::Day),
                None => Ok(Self::Weekdays),
                Some(on) => Err(Error::EveryDayOn(on.to_owned())),
            },
            "once" => on
                .and_then(date)
                .map(Self::Once)
                .ok_or_else(|| Error::OnDate(on.unwrap_or_default().to_owned())),
            "week" => match on {
                None => Ok(Self::Week(today.weekday())),
                Some(name) => weekday(name).map(Self::Week).ok_or_else(bad),
            },
            "two weeks" => two_weeks(on, today).map(Self::TwoWeeks).ok_or_else(bad),
            "month" => match on {
                None => Ok(Self::Month(today.day())),
                Some(day) => month(day).ok_or_else(bad),
            },
            other => Err(Error::Every(other.to_owned())),
        }
    }

    /// The word for how often.
    pub const fn every(self) -> &'static str {
        match self {
            Self::Once(_) => "once",
            Self::Day => "day",
            Self::Weekdays => "weekday",
            Self::Week(_) => "week",
            Self::TwoWeeks(_) => "two weeks",
            Self::Month(_) | Self::MonthWeekday(..) => "month",
        }
    }

    /// The day on which, as [`Cadence::parse`] reads it.
    pub fn on(self) -> Option<String> {
        match self {
            Self::Day | Self::Weekdays => None,
            Self::Once(date) => Some(date.to_string()),
            Self::Week(weekday) => Some(weekday_name(weekday).to_owned()),
            Self::TwoWeeks(from) => Some(format!("{} from {from}", weekday_name(from.weekday()))),
            Self::Month(day) => Some(day.to_string()),
            Self::MonthWeekday(place, weekday) => {
                Some(format!("{} {}", place_name(place), weekday_name(weekday)))
            }
        }
    }

    /// Whether it falls on that date.
    pub(super) fn falls_on(self, date: Date) -> bool {
        match self {
            Self::Once(only) => date == only,
            Self::Day => true,
            Self::Weekdays => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
            Self::Week(weekday) => date.weekday() == weekday,
            Self::TwoWeeks(from) => {
                let days = date.duration_since(from).as_hours() / 24;
                days >= 0 && days % 14 == 0
            }
            Self::Month(day) => date.day() == day.min(date.days_in_month()),
            Self::MonthWeekday(place, weekday) => date
                .nth_weekday_of_month(place, weekday)
                .is_ok_and(|day| day == date),
        }
    }

    /// The date before which it never falls.
    pub(super) fn from(self) -> Option<Date> {
        match self {
            Self::Once(date) | Self::TwoWeeks(date) => Some(date),
            _ => None,
        }
    }
}

/// A date as moderators write it, `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    let shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    shaped.then(|| text.parse().ok())?
}

/// `Monday`, `Monday from 2026-12-07` or `2026-12-07`.
fn two_weeks(on: Option<&str>, today: Date) -> Option<Date> {
    let Some(on) = on else {
        return Some(today);
    };
    let (day, from) = on
        .split_once(" from ")
        .map_or((on, None), |(day, from)| (day, Some(from)));
    let from = match from {
        Some(from) => date(from.trim())?,
        None => match date(day) {
            Some(date) => return Some(date),
            None => today,
        },
    };
    let wanted = weekday(day)?;
    (0..7).find_map(|days| {
        let date = from.checked_add(days.days()).ok()?;
        (date.weekday() == wanted).then_some(date)
    })
}

/// `15`, or `first Monday`.
fn month(on: &str) -> Option<Cadence> {
    if let Some((place, day)) = on.trim_start_matches("the ").split_once(' ') {
        let place = place.to_ascii_lowercase();
        let (_, place) = PLACES.iter().find(|(word, _)| *word == place)?;
        return Some(Cadence::MonthWeekday(*place, weekday(day.trim())?));
    }
    let digits = on.bytes().all(|byte| byte.is_ascii_digit());
    let day = on
        .parse()
        .ok()
        .filter(|day| digits && (1..=31).contains(day));
    day.map(Cadence::Month)
}

/// The word for which of a month's days it is.
pub(super) fn place_name(place: i8) -> &'static str {
    PLACES
        .iter()
        .find(|(_, known)| *known == place)
        .map_or("", |(word, _)| word)
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
        let date = jiff::civil::date;
        for (every, on, expected) in [
            (
                "once",
                Some("2026-12-24"),
                Ok(Cadence::Once(date(2026, 12, 24))),
            ),
            ("once", None, Err(Error::OnDate(String::new()))),
            (
                "once",
                Some("24.12."),
                Err(Error::OnDate("24.12.".to_owned())),
            ),
            ("weekday", None, Ok(Cadence::Weekdays)),
            (
                "two weeks",
                Some("Mon"),
                Ok(Cadence::TwoWeeks(date(2026, 11, 23))),
            ),
            (
                "two weeks",
                Some("Monday from 2026-12-01"),
                Ok(Cadence::TwoWeeks(date(2026, 12, 7))),
            ),
            (
                "two weeks",
                Some("2026-12-09"),
                Ok(Cadence::TwoWeeks(date(2026, 12, 9))),
            ),
            ("two weeks", Some("soon"), Err(Error::On("soon".to_owned()))),
            (
                "month",
                Some("First Monday"),
                Ok(Cadence::MonthWeekday(1, Weekday::Monday)),
            ),
            (
                "month",
                Some("last fri"),
                Ok(Cadence::MonthWeekday(-1, Weekday::Friday)),
            ),
            (
                "month",
                Some("fifth Monday"),
                Err(Error::On("fifth Monday".to_owned())),
            ),
        ] {
            let read = Cadence::parse(every, on, today);
            assert_eq!(read, expected, "{every} {on:?}");
            if let Ok(cadence) = read {
                let again = Cadence::parse(cadence.every(), cadence.on().as_deref(), Date::ZERO);
                assert_eq!(again, Ok(cadence), "{every} {on:?}");
            }
        }
        for (name, weekday) in WEEKDAYS {
            assert_eq!(
                Cadence::parse("week", Some(name), today),
                Ok(Cadence::Week(weekday))
            );
            assert_eq!(Cadence::Week(weekday).on().as_deref(), Some(name));
        }
    }
}
