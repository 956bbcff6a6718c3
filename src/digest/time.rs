//! Times of day as moderators type them.

use jiff::civil::Time;

/// Reads `9`, `9:05`, `09:05`, `9am`, `9:05 PM`, `noon` and `midnight`. Seconds are not taken. `None` for anything else.
pub fn parse(text: &str) -> Option<Time> {
    let text: String =
        text.trim().to_ascii_lowercase().chars().filter(|c| !matches!(c, ' ' | '.' | '\u{a0}' | '\u{200b}')).collect();
    match text.as_str() {
        "noon" => return Some(Time::constant(12, 0, 0, 0)),
        "midnight" => return Some(Time::midnight()),
        _ => {}
    }
    let (digits, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (text.as_str(), None),
    };
    let (hour, minute) = digits.split_once(':').unwrap_or((digits, "00"));
    let short = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        (lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i8>().ok())?
    };
    let (hour, minute) = (short(hour, 1..=2)?, short(minute, 2..=2)?);
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(parse(text).map(|time| time.strftime("%H:%M").to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, expected) in [
            ("9", "09:00"),
            ("09:05", "09:05"),
            ("9am", "09:00"),
            ("9:05 PM", "21:05"),
            ("12am", "00:00"),
            ("12 p.m.", "12:00"),
            (" noon ", "12:00"),
            ("midnight", "00:00"),
            ("23:59", "23:59"),
            // Copied from a reply, in which nothing that looks like an address may become a link.
            ("9:\u{200b}30", "09:30"),
            ("0:00", "00:00"),
        ] {
            check(text, Some(expected));
        }
        for text in ["", "24:00", "9:5", "9:60", "13pm", "0am", "nine", "9:00:00", "-1", "+9", "009", "9:0 5", "am"] {
            check(text, (text == "9:0 5").then_some("09:05"));
        }
    }
}
