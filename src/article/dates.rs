//! Dates as articles write them. Day and month as numbers alone are not taken: nobody knows which is which.

use jiff::civil::Date;

use crate::knowledge::own_trend::is_date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date as somebody types it: as this room writes dates, or as articles do.
pub fn read(text: &str) -> Option<String> {
    let text = text.trim();
    if is_date(text) {
        return Some(text.to_owned());
    }
    find(text)
}

/// The first date of a text, as `YYYY-MM-DD` or `YYYY-MM`: `2026-10-03`, `October 3, 2026`, `3 Oct. 2026`, `October 2026`.
pub(crate) fn find(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '(' | ')' | '—' | '–'))
        .filter(|word| !word.is_empty())
        .collect();
    (0..words.len()).find_map(|at| {
        iso(words[at]).or_else(|| {
            let month = month(words[at])?;
            let next = |offset: usize| words.get(at + offset).copied().unwrap_or_default();
            let before = at.checked_sub(1).map_or("", |at| words[at]);
            match (day(next(1)), year(next(1)), day(before)) {
                (Some(day), ..) => whole(year(next(2))?, month, day),
                (None, Some(year), Some(day)) => whole(year, month, day),
                (None, Some(year), None) => Some(format!("{year:04}-{month:02}")),
                _ => None,
            }
        })
    })
}

fn iso(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let date: Date = word.get(..10)?.parse().ok()?;
    let plain = word.len() == 10 || word[10..].starts_with('T');
    (plain && (1900..2200).contains(&date.year())).then(|| date.to_string())
}

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let short = word.len() == 3 || word == "sept";
    let place = MONTHS
        .iter()
        .position(|month| *month == word || short && month.starts_with(&word))?;
    i8::try_from(place + 1).ok()
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let ending = &word[digits.len()..];
    (matches!(ending, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2)
        .then(|| digits.parse().ok())?
}

fn year(word: &str) -> Option<i16> {
    let word = word.trim_end_matches(['.', ';', ':']);
    let year: i16 = (word.len() == 4).then(|| word.parse().ok())??;
    (1900..2200).contains(&year).then_some(year)
}

fn whole(year: i16, month: i8, day: i8) -> Option<String> {
    Date::new(year, month, day)
        .ok()
        .map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_as_people_write_them() {
        for (text, expected) in [
            ("Published 2026-10-03T08:00:00Z", Some("2026-10-03")),
            (
                "By Ann Ames | October 3rd, 2026 | 4 min read",
                Some("2026-10-03"),
            ),
            ("3 Oct. 2026", Some("2026-10-03")),
            ("Sept 12, 2026", Some("2026-09-12")),
            ("October 2026", Some("2026-10")),
            ("February 30, 2026", None),
            ("10/03/2026", None),
            ("In May they met", None),
            ("12345-10-03", None),
            ("", None),
        ] {
            assert_eq!(find(text).as_deref(), expected, "{text}");
        }
    }
}
