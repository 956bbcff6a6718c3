//! Figures as people say them: `$46.90 an hour` for `46.90 USD an hour`, "about 13%" for "12.9%".
//!
//! Answers hold every figure exactly, and the dollar sign before yearly pay that BLS publishes alone: what programs read stays
//! plain. People read the words that are made here. Pure.

use std::borrow::Cow;

/// The text with sums in dollars as people write them; nothing else is changed.
pub fn dollars(text: &str) -> Cow<'_, str> {
    if !text.contains(" USD") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(" USD") {
        let (before, after) = (&rest[..at], &rest[at + " USD".len()..]);
        let start = before
            .rfind(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))
            .map_or(0, |place| place + last_len(before, place));
        let (head, sum) = before.split_at(start);
        out.push_str(head);
        if sum.starts_with(|c: char| c.is_ascii_digit()) {
            out.push('$');
            out.push_str(sum);
        } else {
            out.push_str(sum);
            out.push_str(" USD");
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn last_len(text: &str, place: usize) -> usize {
    text[place..].chars().next().map_or(1, char::len_utf8)
}

/// As [`dollars`], and percentages with a decimal rounded: "about 13%". Where rounding would make two different ones equal, all
/// stay exact.
pub fn rounded(text: &str) -> Cow<'_, str> {
    let text = dollars(text);
    let found = percents(&text);
    let tells_apart = found.iter().all(|one| {
        found
            .iter()
            .all(|other| one.value == other.value || one.whole() != other.whole())
    });
    if found.iter().all(|percent| !percent.decimal) || !tells_apart {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8 * found.len());
    let mut done = 0;
    for percent in found.iter().filter(|percent| percent.decimal) {
        out.push_str(&text[done..percent.start]);
        if !out.ends_with("about ") {
            out.push_str("about ");
        }
        out.push_str(&percent.words());
        done = percent.end;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// A percentage in a text: where it stands, with its sign, and what it is.
struct Percent {
    start: usize,
    end: usize,
    value: f64,
    decimal: bool,
    plus: bool,
}

impl Percent {
    fn whole(&self) -> f64 {
        self.value.round()
    }

    /// Rounded; what would be nothing keeps its decimal.
    fn words(&self) -> String {
        let sign = if self.plus { "+" } else { "" };
        if self.whole() == 0.0 {
            format!("{sign}{}%", self.value)
        } else {
            format!("{sign}{}%", self.whole())
        }
    }
}

fn percents(text: &str) -> Vec<Percent> {
    let number = |c: char| c.is_ascii_digit() || c == '.';
    text.match_indices('%')
        .filter_map(|(at, _)| {
            let head = &text[..at];
            let digits = head.trim_end_matches(number);
            let signed = digits
                .strip_suffix(['-', '+'])
                .filter(|before| before.is_empty() || before.ends_with([' ', '(']));
            let start = signed.map_or(digits.len(), str::len);
            let written = &head[start..];
            Some(Percent {
                start,
                end: at + 1,
                value: written.parse().ok()?,
                decimal: written.contains('.'),
                plus: written.starts_with('+'),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_bear_the_sign_that_people_write() {
        for (text, said) in [
            ("about 47 USD an hour", "about $47 an hour"),
            (
                "38.34 USD median; 31.12 USD low",
                "$38.34 median; $31.12 low",
            ),
            ("(45,760 USD a year)", "($45,760 a year)"),
            ("what USD means", "what USD means"),
            ("— 1,000 USD.", "— $1,000."),
            ("no sum", "no sum"),
        ] {
            assert_eq!(dollars(text), said);
        }
    }

    #[test]
    fn percentages_are_rounded_where_that_hides_no_difference() {
        for (text, said) in [
            ("grow 12.9% from", "grow about 13% from"),
            ("about 12.9%", "about 13%"),
            ("-4.4% (US)", "about -4% (US)"),
            ("jobs +5.6%", "jobs about +6%"),
            ("41%", "41%"),
            ("0.4%", "about 0.4%"),
            ("nurses 5.6%; others 5.8%", "nurses 5.6%; others 5.8%"),
            ("nurses 5.6%; others 3%", "nurses about 6%; others 3%"),
            ("100% and %", "100% and %"),
        ] {
            assert_eq!(rounded(text), said);
        }
    }
}
