//! What may stand in `CAREERBOT_LOG`: a level, or levels for parts of the program, with commas between them.
//!
//! The library that reads it takes every word that is no level for the name of a part, and then logs nothing at all.

use crate::config::keys::nearest;

/// From nothing to everything.
const LEVELS: &[&str] = &["off", "error", "warn", "info", "debug", "trace"];
/// Levels may be given by number, too.
const NUMBERS: &[&str] = &["0", "1", "2", "3", "4", "5"];
/// The one crate that is heard.
const OURS: &str = "careerbot";

/// What is wrong with a filter; `None` where it can be used. Repeats nothing of it: it may be a secret on the wrong line.
pub(super) fn fault(filter: &str) -> Option<String> {
    let parts = || filter.split(',').map(str::trim);
    let (number, wrong) = parts()
        .enumerate()
        .find_map(|(number, part)| wrong_level(part).map(|word| (number + 1, word)))?;
    let which = if parts().count() == 1 {
        String::new()
    } else {
        format!("part {number} of it ")
    };
    let meant = nearest(&wrong.to_lowercase(), LEVELS.iter().copied())
        .map_or(String::new(), |near| format!("; did you mean {near}?"));
    Some(format!(
        "{which}is no level{meant} (levels are {}; for a part of the program write careerbot::discord=debug)",
        LEVELS.join(", ")
    ))
}

/// The word of a part that should be a level and is none.
fn wrong_level(part: &str) -> Option<&str> {
    let is_level = |word: &str| {
        NUMBERS.contains(&word) || LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word))
    };
    match part.rsplit_once('=') {
        None if part.is_empty() => None,
        Some((_, level)) => (!is_level(level.trim())).then_some(level),
        None => {
            let name = part.split("::").next().unwrap_or(part);
            (!is_level(part) && name != OURS).then_some(part)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_level_is_told_with_the_near_one() {
        for (filter, words) in [
            ("inof", "is no level; did you mean info?"),
            ("warning", "is no level (levels are off"),
            (
                "info,careerbot=dbug",
                "part 2 of it is no level; did you mean debug?",
            ),
            ("verbose", "is no level (levels are off"),
            ("hyper", "is no level"),
            ("careerbot=", "is no level"),
        ] {
            let said = fault(filter).expect(filter);
            assert!(said.starts_with(words), "{filter}: {said}");
        }
        for filter in [
            "info",
            "WARN",
            "3",
            "info,",
            "careerbot",
            "careerbot::discord",
            "careerbot=debug",
            "warn, careerbot::discord=trace",
            "trace,tungstenite=trace,hyper=trace",
        ] {
            assert_eq!(fault(filter), None, "{filter}");
        }
    }
}
