//! Time zones of places, as moderators choose them.
//!
//! The database of zones also has names that are no place's: `EST` never changes its clock, while New York does, and
//! `localtime` is whatever this machine has. They are refused, and where the place is plain, it is offered.

use jiff::tz::TimeZone;

/// What people write for a place's time, and that place.
const MEANT: &[(&str, &str)] = &[
    ("est", "America/New_York"),
    ("edt", "America/New_York"),
    ("est5edt", "America/New_York"),
    ("eastern", "America/New_York"),
    ("cst", "America/Chicago"),
    ("cdt", "America/Chicago"),
    ("cst6cdt", "America/Chicago"),
    ("central", "America/Chicago"),
    ("mst", "America/Denver"),
    ("mdt", "America/Denver"),
    ("mst7mdt", "America/Denver"),
    ("mountain", "America/Denver"),
    ("arizona", "America/Phoenix"),
    ("pst", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("pst8pdt", "America/Los_Angeles"),
    ("pacific time", "America/Los_Angeles"),
    ("akst", "America/Anchorage"),
    ("hst", "Pacific/Honolulu"),
    ("hawaii", "Pacific/Honolulu"),
    ("gb", "Europe/London"),
    ("bst", "Europe/London"),
    ("wet", "Europe/Lisbon"),
    ("cet", "Europe/Paris"),
    ("met", "Europe/Paris"),
    ("eet", "Europe/Athens"),
    ("ist", "Asia/Kolkata"),
    ("japan", "Asia/Tokyo"),
    ("jst", "Asia/Tokyo"),
];

/// Parts of the database that hold no places.
const NO_PLACES: &[&str] = &["etc/", "posix/", "right/", "systemv/"];

/// Whether a zone's name is that of a place, or UTC.
fn is_place(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "utc" || name.contains('/') && !NO_PLACES.iter().any(|part| name.starts_with(part))
}

/// The place that is meant by what was typed, where that is plain.
pub fn meant(typed: &str) -> Option<&'static str> {
    let typed = typed.trim().to_ascii_lowercase();
    MEANT
        .iter()
        .find(|(word, _)| *word == typed)
        .map(|(_, place)| *place)
}

/// The name of the place's zone that was typed, in its own spelling; `None` where it is no place's.
pub fn of_place(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let found = TimeZone::get(typed).ok().filter(|_| is_place(typed))?;
    Some(found.iana_name().unwrap_or("UTC").to_owned())
}

/// Zones of places that fit what was typed: what is meant by it first, then those that begin with it.
pub fn suggest(typed: &str, most: usize) -> Vec<String> {
    let wanted = typed.trim().to_ascii_lowercase();
    let meant = MEANT
        .iter()
        .filter(|(word, _)| wanted.len() > 1 && word.starts_with(&wanted))
        .map(|(_, place)| *place);
    let mut names: Vec<String> = Vec::new();
    for place in meant {
        if !names.iter().any(|name| name == place) {
            names.push(place.to_owned());
        }
    }
    let wanted = wanted.replace(' ', "_");
    let mut found: Vec<(bool, String)> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| {
            is_place(name) && name.to_ascii_lowercase().contains(&wanted) && !names.contains(name)
        })
        .map(|name| {
            (
                !name
                    .to_ascii_lowercase()
                    .split('/')
                    .any(|part| part.starts_with(&wanted)),
                name,
            )
        })
        .collect();
    // Without a word typed, those of the US come first.
    found.sort_by_key(|(inside, name)| (*inside, !name.starts_with("America/"), name.clone()));
    names.extend(found.into_iter().map(|(_, name)| name));
    names.truncate(most);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_zones_of_places_are_taken() {
        for (typed, zone) in [
            ("America/New_York", Some("America/New_York")),
            (" europe/paris ", Some("Europe/Paris")),
            ("US/Eastern", Some("US/Eastern")),
            ("utc", Some("UTC")),
            ("EST", None),
            ("mst", None),
            ("EST5EDT", None),
            ("CET", None),
            ("localtime", None),
            ("posixrules", None),
            ("Factory", None),
            ("Etc/GMT+5", None),
            ("posix/America/New_York", None),
            ("Atlantis/Poseidonis", None),
            ("", None),
        ] {
            assert_eq!(of_place(typed).as_deref(), zone, "{typed}");
        }
    }

    #[test]
    fn what_is_meant_is_offered_first_and_is_a_place() {
        for (word, place) in MEANT {
            assert_eq!(of_place(place).as_deref(), Some(*place), "{word}");
            assert!(of_place(word).is_none(), "{word}");
            assert!(suggest(word, 25).contains(&(*place).to_owned()), "{word}");
        }
        assert_eq!(suggest("est", 25)[0], "America/New_York");
        assert_eq!(suggest("new york", 25)[0], "America/New_York");
        assert!(suggest("", 1_000).iter().all(|name| is_place(name)));
    }
}
