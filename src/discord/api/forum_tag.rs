//! The tag of a post in a forum that wants one on each post.
//!
//! Pure: from what Discord tells of the forum. A tag for moderators alone is never taken: the bot may not use it.

use serde_json::Value;

/// What is said of a forum that wants a tag and has none for the bot.
pub const NO_TAG: &str = "the forum wants a tag on each post, and every tag is for moderators alone: add one that all may use";

/// The flag of a forum in which each post needs a tag. Source: Discord documentation, channel flags, `REQUIRE_TAG`.
const REQUIRE_TAG: u64 = 1 << 4;

/// Words of tags that fit a summary, the best first; where none is there, the forum's first tag is taken.
const FITTING: &[&str] = &[
    "trend", "digest", "summar", "news", "update", "career", "job", "resource", "info", "general",
];

/// What a forum wants of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// No tag.
    NotNeeded,
    /// A tag, of which this one fits best.
    Fitting {
        /// Its id.
        id: String,
        /// Its name, as members read it.
        name: String,
    },
    /// A tag, and there is none that may be used.
    NoneToUse,
}

/// What this channel wants, as Discord's JSON has it.
pub fn tag(channel: &Value) -> Tag {
    if channel["flags"].as_u64().unwrap_or(0) & REQUIRE_TAG == 0 {
        return Tag::NotNeeded;
    }
    let tags = channel["available_tags"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let usable = tags.iter().filter(|tag| tag["moderated"] != true);
    let named: Vec<(&str, &str)> = usable
        .filter_map(|tag| {
            Some((
                tag["id"].as_str()?,
                tag["name"].as_str().unwrap_or_default(),
            ))
        })
        .collect();
    let fits = |word: &&str| {
        named
            .iter()
            .find(|(_, name)| name.to_lowercase().contains(*word))
    };
    match FITTING.iter().find_map(fits).or(named.first()) {
        Some((id, name)) => Tag::Fitting {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
        },
        None => Tag::NoneToUse,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_tag_that_fits_best_is_taken_and_none_of_moderators() {
        let check = |flags: u64, tags: Value, expected: Option<&str>| {
            let found = tag(&json!({"type": 15, "flags": flags, "available_tags": tags}));
            let id = if let Tag::Fitting { id, .. } = &found {
                Some(id.as_str())
            } else {
                None
            };
            assert_eq!(id, expected, "{tags}: {found:?}");
            found
        };
        let one = |id: &str, name: &str, moderated: bool| json!({"id": id, "name": name, "moderated": moderated});
        assert_eq!(
            check(0, json!([one("1", "News", false)]), None),
            Tag::NotNeeded
        );
        assert_eq!(check(16, json!([]), None), Tag::NoneToUse);
        assert_eq!(
            check(16, json!([one("1", "News", true)]), None),
            Tag::NoneToUse
        );
        check(
            16,
            json!([one("1", "Question", false), one("2", "Career news", false)]),
            Some("2"),
        );
        check(
            16,
            json!([
                one("1", "Job", false),
                one("2", "TRENDS", false),
                one("3", "Digest", true)
            ]),
            Some("2"),
        );
        check(
            16,
            json!([one("1", "Off topic", false), one("2", "Pets", false)]),
            Some("1"),
        );
        assert_eq!(tag(&json!({"type": 0})), Tag::NotNeeded);
    }
}
