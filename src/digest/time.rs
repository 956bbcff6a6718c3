//! Times of day as moderators type them.

use jiff::civil::Time;

/// How the halves of a day are written, longer forms first, with the hours that each adds.
const HALVES: &[(&str, i8)] = &[
    ("a.m.", 0),
    ("p.m.", 12),
    ("a.m", 0),
    ("p.m", 12),
    ("am", 0),
    ("pm", 12),
];

/// Reads `9`, `9:05`, `09:05`, `9am`, `9:05 PM`, `12 p.m.`, `noon` and `midnight`. Seconds are not taken. `None` for anything
/// else: what could be meant otherwise is no time.
pub fn parse(text: &str) -> Option<Time> {
    // In a copied reply, nothing that looks like an address may become a link.
    let text = text
        .replace('\u{200b}', "")
        .replace('\u{a0}', " ")
        .trim()
        .to_ascii_lowercase();
    match text.as_str() {
        "noon" => return Some(Time::constant(12, 0, 0, 0)),
        "midnight" => return Some(Time::midnight()),
        _ => {}
    }
    let half = HALVES
        .iter()
        .find_map(|(word, hours)| Some((text.strip_suffix(word)?.trim_end(), *hours)));
    let (digits, half) = half.map_or((text.as_str(), None), |(digits, hours)| {
        (digits, Some(hours))
    });
    let (hour, minute) = digits.split_once(':').unwrap_or((digits, "00"));
    let short = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        (lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<i8>().ok())?
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
        assert_eq!(
            parse(text)
                .map(|time| time.strftime("%H:%M").to_string())
                .as_deref(),
            expected,
            "{text}"
        );
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
        for text in [
            "", "24:00", "9:5", "9:60", "13pm", "0am", "nine", "9:00:00", "-1", "+9", "009",
            "9:0 5", "am", "1.5", "1 2", "9. 30", "9.am", "9 a m", "9 :30",
        ] {
            check(text, None);
        }
    }
}
