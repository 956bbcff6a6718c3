//! When a digest is due: once, every day, week or month at a time of day in a time zone, but for the days of a pause.
//!
//! A local time that does not exist (clocks go forward) moves forward by the gap; one that exists twice (clocks go back) is
//! the first of the two, so it fires once; a month without the day uses its last one. Never looks at the clock.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::digest::cadence::{self, Cadence, place_name, weekday_name};
use crate::digest::time;

/// How often, at which time of day, in which zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    cadence: Cadence,
    at: Time,
    zone: TimeZone,
    zone_name: String,
    /// The first and the last day on which it is not posted.
    pause: Option<(Date, Date)>,
}

/// Why a schedule cannot be read; each says what to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No such time zone.
    #[error("\"{0}\" is not a time zone: write one such as America/New_York or UTC")]
    Zone(String),
    /// Not a time of day.
    #[error("\"{0}\" is not a time of day: write it as 9:00, 21:30 or 9:30 pm")]
    Time(String),
    /// Not a cadence.
    #[error("\"{0}\" is not day, week or month, nor once, weekday or two weeks")]
    Every(String),
    /// Not a date.
    #[error("\"{0}\" is not a date: write the day of a post that comes once as 2026-12-24")]
    OnDate(String),
    /// A pause that is none.
    #[error("\"{0}\" is no time between two dates: write both as 2026-12-24, the later one last")]
    Pause(String),
    /// A day where none belongs.
    #[error(
        "\"every day\" and \"weekday\" have no day of their own: leave \"{0}\" out, or choose week or month"
    )]
    EveryDayOn(String),
    /// Not a day of the week or month.
    #[error(
        "\"{0}\" is not a day: write a day of the week such as Monday, or of the month from 1 to 31 or such as first Monday"
    )]
    On(String),
}

impl Schedule {
    /// A schedule in the IANA zone `zone`. Seconds of the time are dropped.
    ///
    /// # Errors
    /// [`Error::Zone`] when there is no such zone.
    pub fn new(cadence: Cadence, at: Time, zone: &str) -> Result<Self, Error> {
        let found = TimeZone::get(zone.trim()).map_err(|_| Error::Zone(zone.to_owned()))?;
        let zone_name = found.iana_name().unwrap_or(zone.trim()).to_owned();
        let at = Time::new(at.hour(), at.minute(), 0, 0).unwrap_or(at);
        Ok(Self {
            cadence,
            at,
            zone: found,
            zone_name,
            pause: None,
        })
    }

    /// The same with a pause from the first to the last of two days, or without one.
    ///
    /// # Errors
    /// [`Error::Pause`] when the last day comes before the first.
    pub fn with_pause(self, pause: Option<(Date, Date)>) -> Result<Self, Error> {
        match pause {
            Some((from, until)) if until < from => Err(Error::Pause(format!("{from} to {until}"))),
            _ => Ok(Self { pause, ..self }),
        }
    }

    /// The first and the last day on which it is not posted.
    pub fn pause(&self) -> Option<(Date, Date)> {
        self.pause
    }

    /// Its zone.
    pub fn time_zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The name of its zone.
    pub fn zone(&self) -> &str {
        &self.zone_name
    }

    /// How often.
    pub fn cadence(&self) -> Cadence {
        self.cadence
    }

    /// At which time of day.
    pub fn at(&self) -> Time {
        self.at
    }

    /// The next `count` times that it is due after `t`.
    pub fn next_times(&self, t: Timestamp, count: usize) -> Vec<Timestamp> {
        std::iter::successors(self.next_after(t), |last| self.next_after(*last))
            .take(count)
            .collect()
    }

    /// What is unusual about it within a year of `now`, in sentences: shorter months, and days on which the clocks change
    /// at its time.
    pub fn remarks(&self, now: Timestamp) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Cadence::Month(day @ 29..) = self.cadence {
            remarks.push(format!(
                "In months without a day {day}, it is posted on the last day."
            ));
        }
        if let Some((from, until)) = self.pause {
            remarks.push(format!("From {from} to {until} nothing is posted."));
        }
        let year = now
            .checked_add(SignedDuration::from_hours(24 * 366))
            .unwrap_or(now);
        let (mut gap, mut fold) = (false, false);
        let times = std::iter::successors(self.next_after(now), |last| self.next_after(*last));
        for time in times.take_while(|time| *time <= year) {
            let local = time.to_zoned(self.zone.clone());
            let (date, at) = (local.date(), self.at.strftime("%H:%M"));
            if local.time() != self.at && !gap {
                gap = true;
                let moved = local.strftime("%H:%M");
                remarks.push(format!(
                    "On {date} the clocks go forward and there is no {at}: that day it is posted at {moved}."
                ));
            } else if self
                .zone
                .to_ambiguous_zoned(date.to_datetime(self.at))
                .is_ambiguous()
                && local.time() == self.at
                && !fold
            {
                fold = true;
                remarks.push(format!(
                    "On {date} the clocks go back and {at} comes twice: it is posted the first time only."
                ));
            }
        }
        remarks
    }

    /// The first time that it is due strictly after `t`. `None` where it is over, or at the end of all representable time.
    pub fn next_after(&self, t: Timestamp) -> Option<Timestamp> {
        // A gap can carry an occurrence into the next day, so the search begins a day early. A month is 31 days at most, and
        // a zone may have skipped a whole day: 64 days always hold an occurrence.
        let mut date = t
            .to_zoned(self.zone.clone())
            .date()
            .checked_sub(1.day())
            .ok()?
            .max(self.cadence.from().unwrap_or(Date::MIN));
        for _ in 0..64 {
            if let Some((_, until)) = self
                .pause
                .filter(|(from, until)| (*from..=*until).contains(&date))
            {
                date = until.checked_add(1.day()).ok()?;
                continue;
            }
            if self.cadence.falls_on(date) {
                let due = self.moment(date)?;
                if due > t {
                    return Some(due);
                }
            }
            date = date.checked_add(1.day()).ok()?;
        }
        None
    }

    /// The last time that it was due at or before `now`, given that it was due at `due`: what an outage leaves to post.
    pub fn last_due(&self, due: Timestamp, now: Timestamp) -> Timestamp {
        let mut last = due;
        // Far back, walking from one occurrence to the next would be slow.
        if now.duration_since(due) > SignedDuration::from_hours(24 * 70) {
            let near = now
                .checked_sub(SignedDuration::from_hours(24 * 69))
                .unwrap_or(due);
            last = self
                .next_after(near)
                .filter(|next| *next <= now)
                .unwrap_or(due);
        }
        while let Some(next) = self.next_after(last).filter(|next| *next <= now) {
            last = next;
        }
        last
    }

    /// The moment of its time of day on a date.
    fn moment(&self, date: Date) -> Option<Timestamp> {
        // "Compatible" of RFC 5545 and Temporal: forward over a gap, the first of two.
        self.zone
            .to_ambiguous_zoned(date.to_datetime(self.at))
            .compatible()
            .ok()
            .map(|zoned| zoned.timestamp())
    }
}

impl fmt::Display for Schedule {
    /// For people and for the store alike: `every week on Monday at 09:00 in America/New_York`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cadence {
            Cadence::Once(date) => write!(f, "once on {date}")?,
            Cadence::Day => f.write_str("every day")?,
            Cadence::Weekdays => f.write_str("every weekday")?,
            Cadence::Week(weekday) => write!(f, "every week on {}", weekday_name(weekday))?,
            Cadence::TwoWeeks(from) => {
                let weekday = weekday_name(from.weekday());
                write!(f, "every two weeks on {weekday} from {from}")?;
            }
            Cadence::Month(day) => write!(f, "every month on day {day}")?,
            Cadence::MonthWeekday(place, weekday) => {
                let (place, weekday) = (place_name(place), weekday_name(weekday));
                write!(f, "every month on the {place} {weekday}")?;
            }
        }
        write!(f, " at {} in {}", self.at.strftime("%H:%M"), self.zone_name)?;
        match self.pause {
            Some((from, until)) => write!(f, "{PAUSE}{from} to {until}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Schedule {
    type Err = Error;

    /// Reads what `Display` writes.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::Every(text.to_owned());
        let (posted, pause) = match text.split_once(PAUSE) {
            Some((text, pause)) => (text, Some(between(pause)?)),
            None => (text, None),
        };
        let rest = match posted.strip_prefix("every ") {
            Some(rest) => rest,
            None if posted.starts_with("once on ") => posted,
            None => return Err(bad()),
        };
        let (rest, zone) = rest.rsplit_once(" in ").ok_or_else(bad)?;
        let (when, at) = rest.rsplit_once(" at ").ok_or_else(bad)?;
        let at = time::parse(at).ok_or_else(|| Error::Time(at.to_owned()))?;
        let (every, on) = match when.split_once(" on ") {
            Some((every, on)) => (every, Some(on.strip_prefix("day ").unwrap_or(on))),
            None if matches!(when, "day" | "weekday") => (when, None),
            None => return Err(bad()),
        };
        Self::new(Cadence::parse(every, on, Date::ZERO)?, at, zone)?.with_pause(pause)
    }
}

/// What stands before a pause.
const PAUSE: &str = ", not from ";

/// The two dates of a pause, as `Display` writes them.
fn between(text: &str) -> Result<(Date, Date), Error> {
    let dates = text
        .split_once(" to ")
        .and_then(|(from, until)| Some((cadence::date(from)?, cadence::date(until)?)));
    dates.ok_or_else(|| Error::Pause(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::*;

    /// The occurrences after `from`, as local times with their offset.
    #[track_caller]
    fn check(schedule: &str, from: &str, expected: &[&str]) {
        let schedule: Schedule = schedule.parse().expect("a schedule");
        let mut t: Timestamp = from.parse().expect("a moment");
        for expected in expected {
            t = schedule.next_after(t).expect("a next one");
            assert_eq!(
                t.to_zoned(schedule.zone.clone())
                    .strftime("%a %F %H:%M %:z")
                    .to_string(),
                *expected
            );
        }
    }

    #[test]
    fn every_day_keeps_its_local_time_over_both_changes() {
        check(
            "every day at 09:00 in America/New_York",
            "2026-03-07T00:00:00Z",
            &["Sat 2026-03-07 09:00 -05:00", "Sun 2026-03-08 09:00 -04:00"],
        );
        check(
            "every day at 09:00 in America/New_York",
            "2026-10-31T14:00:00Z",
            &["Sun 2026-11-01 09:00 -05:00", "Mon 2026-11-02 09:00 -05:00"],
        );
    }

    #[test]
    fn a_time_that_does_not_exist_moves_forward() {
        check(
            "every day at 02:30 in America/New_York",
            "2026-03-07T08:00:00Z",
            &["Sun 2026-03-08 03:30 -04:00", "Mon 2026-03-09 02:30 -04:00"],
        );
        // Clocks go forward at midnight here.
        check(
            "every week on Sunday at 00:15 in Africa/Cairo",
            "2026-04-20T00:00:00Z",
            &["Sun 2026-04-26 00:15 +03:00"],
        );
        check(
            "every day at 00:15 in Africa/Cairo",
            "2026-04-23T00:00:00Z",
            &["Fri 2026-04-24 01:15 +03:00", "Sat 2026-04-25 00:15 +03:00"],
        );
    }

    #[test]
    fn a_time_that_exists_twice_fires_once() {
        check(
            "every day at 01:30 in America/New_York",
            "2026-10-31T12:00:00Z",
            &["Sun 2026-11-01 01:30 -04:00", "Mon 2026-11-02 01:30 -05:00"],
        );
    }

    #[test]
    fn a_day_that_a_zone_left_out_does_not_fire_twice() {
        check(
            "every day at 09:00 in Pacific/Apia",
            "2011-12-29T00:00:00Z",
            &[
                "Thu 2011-12-29 09:00 -10:00",
                "Sat 2011-12-31 09:00 +14:00",
                "Sun 2012-01-01 09:00 +14:00",
            ],
        );
    }

    #[test]
    fn weeks_and_months_find_their_day() {
        check(
            "every week on Monday at 09:00 in UTC",
            "2026-11-23T09:00:00Z",
            &["Mon 2026-11-30 09:00 +00:00", "Mon 2026-12-07 09:00 +00:00"],
        );
        check(
            "every month on day 31 at 12:00 in UTC",
            "2027-12-31T13:00:00Z",
            &[
                "Mon 2028-01-31 12:00 +00:00",
                "Tue 2028-02-29 12:00 +00:00",
                "Fri 2028-03-31 12:00 +00:00",
                "Sun 2028-04-30 12:00 +00:00",
            ],
        );
    }

    #[test]
    fn once_weekdays_two_weeks_and_days_of_a_month_find_their_day() {
        check(
            "once on 2026-12-24 at 09:00 in America/New_York",
            "2026-11-23T09:00:00Z",
            &["Thu 2026-12-24 09:00 -05:00"],
        );
        let once: Schedule = "once on 2026-12-24 at 09:00 in UTC"
            .parse()
            .expect("a schedule");
        assert_eq!(
            once.next_after("2026-12-24T09:00:00Z".parse().expect("a moment")),
            None
        );
        check(
            "every weekday at 09:00 in UTC",
            "2026-11-26T10:00:00Z",
            &["Fri 2026-11-27 09:00 +00:00", "Mon 2026-11-30 09:00 +00:00"],
        );
        check(
            "every two weeks on Monday from 2027-11-29 at 09:00 in America/New_York",
            "2026-11-01T10:00:00Z",
            &[
                "Mon 2027-11-29 09:00 -05:00",
                "Mon 2027-12-13 09:00 -05:00",
                "Mon 2027-12-27 09:00 -05:00",
            ],
        );
        check(
            "every month on the first Monday at 09:00 in UTC",
            "2026-11-02T09:00:00Z",
            &["Mon 2026-12-07 09:00 +00:00", "Mon 2027-01-04 09:00 +00:00"],
        );
        check(
            "every month on the last Friday at 09:00 in UTC",
            "2026-11-26T09:00:00Z",
            &["Fri 2026-11-27 09:00 +00:00", "Fri 2026-12-25 09:00 +00:00"],
        );
    }

    #[test]
    fn nothing_is_due_on_the_days_of_a_pause() {
        check(
            "every day at 09:00 in UTC, not from 2026-12-24 to 2027-06-02",
            "2026-12-22T10:00:00Z",
            &["Wed 2026-12-23 09:00 +00:00", "Thu 2027-06-03 09:00 +00:00"],
        );
        check(
            "every month on day 31 at 23:30 in America/New_York, not from 2026-12-24 to 2027-01-31",
            "2026-12-01T10:00:00Z",
            &["Sun 2027-02-28 23:30 -05:00"],
        );
        let paused: Schedule = "every day at 09:00 in UTC, not from 2026-12-24 to 2027-01-02"
            .parse()
            .expect("a schedule");
        assert_eq!(
            paused.last_due(
                "2026-12-23T09:00:00Z".parse().expect("a moment"),
                "2027-01-02T12:00:00Z".parse().expect("a moment")
            ),
            "2026-12-23T09:00:00Z"
                .parse::<Timestamp>()
                .expect("a moment")
        );
        assert_eq!(
            paused.remarks("2026-11-01T00:00:00Z".parse().expect("a moment")),
            ["From 2026-12-24 to 2027-01-02 nothing is posted."]
        );
    }

    #[test]
    fn an_outage_leaves_the_last_occurrence() {
        let daily: Schedule = "every day at 09:00 in UTC".parse().expect("a schedule");
        let moment = |text: &str| text.parse::<Timestamp>().expect("a moment");
        assert_eq!(
            daily.last_due(
                moment("2026-01-01T09:00:00Z"),
                moment("2026-01-01T09:01:00Z")
            ),
            moment("2026-01-01T09:00:00Z")
        );
        assert_eq!(
            daily.last_due(
                moment("2026-01-01T09:00:00Z"),
                moment("2026-01-04T08:59:00Z")
            ),
            moment("2026-01-03T09:00:00Z")
        );
        assert_eq!(
            daily.last_due(
                moment("1990-01-01T09:00:00Z"),
                moment("2026-01-04T09:00:00Z")
            ),
            moment("2026-01-04T09:00:00Z")
        );
    }

    #[test]
    fn what_is_written_is_read_and_mistakes_say_what_to_write() {
        for text in [
            "every day at 00:00 in UTC",
            "every week on Sunday at 23:59 in America/Argentina/Buenos_Aires",
            "every month on day 1 at 09:30 in Europe/London",
            "once on 2026-12-24 at 09:00 in UTC",
            "every weekday at 09:00 in UTC",
            "every two weeks on Monday from 2026-11-30 at 09:00 in UTC",
            "every month on the last Friday at 09:00 in UTC",
            "every day at 09:00 in UTC, not from 2026-12-24 to 2027-01-02",
        ] {
            assert_eq!(
                text.parse::<Schedule>().expect("a schedule").to_string(),
                text
            );
        }
        assert!(
            Schedule::new(Cadence::Day, Time::midnight(), "Mars/Olympus")
                .expect_err("no zone")
                .to_string()
                .contains("America/New_York")
        );
        for bad in [
            "",
            "every",
            "every week at 09:00 in UTC",
            "every day at 25:00 in UTC",
            "every day at 09:00",
            "every day at 09:00 in X",
            "once at 09:00 in UTC",
            "once on Monday at 09:00 in UTC",
            "weekly on Monday at 09:00 in UTC",
            "every day at 09:00 in UTC, not from 2027-01-02 to 2026-12-24",
            "every day at 09:00 in UTC, not from now",
        ] {
            assert!(bad.parse::<Schedule>().is_err(), "{bad}");
        }
    }

    #[test]
    fn days_on_which_the_clocks_change_are_told_beforehand() {
        let told = |schedule: &str| {
            let schedule: Schedule = schedule.parse().expect("a schedule");
            schedule.remarks("2026-01-01T00:00:00Z".parse().expect("a moment"))
        };
        assert_eq!(
            told("every day at 02:30 in America/New_York"),
            [
                "On 2026-03-08 the clocks go forward and there is no 02:30: that day it is posted at 03:30."
            ]
        );
        assert_eq!(
            told("every week on Sunday at 01:30 in America/New_York"),
            [
                "On 2026-11-01 the clocks go back and 01:30 comes twice: it is posted the first time only."
            ]
        );
        assert_eq!(
            told("every month on day 31 at 09:00 in America/New_York"),
            ["In months without a day 31, it is posted on the last day."]
        );
        for usual in [
            "every day at 09:00 in America/New_York",
            "every month on day 28 at 02:30 in UTC",
        ] {
            assert_eq!(told(usual), Vec::<String>::new(), "{usual}");
        }
    }

    proptest::proptest! {
        #[test]
        fn occurrences_always_move_forward(seconds in 0_i64..4_000_000_000, minute in 0_i8..60, hour in 0_i8..24, kind in 0_u8..6, zone in 0_usize..5) {
            let zones = ["America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"];
            let cadence = [
                Cadence::Day,
                Cadence::Week(Weekday::Friday),
                Cadence::Month(30),
                Cadence::Weekdays,
                Cadence::TwoWeeks(jiff::civil::date(1969, 12, 1)),
                Cadence::MonthWeekday(-1, Weekday::Friday),
            ][usize::from(kind)];
            let at = Time::new(hour, minute, 0, 0).expect("a time");
            let schedule = Schedule::new(cadence, at, zones[zone]).expect("a schedule");
            let t = Timestamp::from_second(seconds).expect("a moment");
            let next = schedule.next_after(t).expect("a next one");
            let longest = match cadence {
                Cadence::Day | Cadence::Once(_) => 50,
                Cadence::Weekdays => 3 * 24 + 26,
                Cadence::Week(_) => 7 * 24 + 26,
                Cadence::TwoWeeks(_) => 14 * 24 + 26,
                Cadence::Month(_) => 32 * 24,
                Cadence::MonthWeekday(..) => 36 * 24,
            };
            proptest::prop_assert!(next > t);
            proptest::prop_assert!(next.duration_since(t) <= SignedDuration::from_hours(longest));
            proptest::prop_assert!(schedule.next_after(next - SignedDuration::from_nanos(1)) == Some(next));
        }
    }
}
