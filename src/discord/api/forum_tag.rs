//! The tag of a post in a forum that wants one on each post.
//!
//! Pure: from what Discord tells of the forum. A tag for moderators alone is never taken: the bot may not use it.

use serenity::model::channel::{ChannelFlags, ForumTag};
use serenity::model::id::ForumTagId;

use crate::discord::api::model::Channel;

/// What is said of a forum that wants a tag and has none for the bot.
pub const NO_TAG: &str = "the forum wants a tag on each post, and every tag is for moderators alone: add one that all may use";

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
        id: ForumTagId,
        /// Its name, as members read it.
        name: String,
    },
    /// A tag, and there is none that may be used.
    NoneToUse,
}

/// What this channel wants.
pub fn tag(channel: &Channel) -> Tag {
    if !channel.flags.contains(ChannelFlags::REQUIRE_TAG) {
        return Tag::NotNeeded;
    }
    let tags = channel.available_tags.iter();
    let usable: Vec<&ForumTag> = tags.filter(|tag| !tag.moderated).collect();
    let fits = |word: &&str| {
        usable
            .iter()
            .find(|tag| tag.name.to_lowercase().contains(*word))
    };
    match FITTING.iter().find_map(fits).or(usable.first()) {
        Some(tag) => Tag::Fitting {
            id: tag.id,
            name: tag.name.clone(),
        },
        None => Tag::NoneToUse,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn channel(json: Value) -> Channel {
        serde_json::from_value(json).expect("a channel")
    }

    #[test]
    fn the_tag_that_fits_best_is_taken_and_none_of_moderators() {
        let check = |flags: u64, tags: Value, expected: Option<u64>| {
            let forum = json!({"type": 15, "flags": flags, "available_tags": tags});
            let found = tag(&channel(forum));
            let id = if let Tag::Fitting { id, .. } = &found {
                Some(id.get())
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
            Some(2),
        );
        check(
            16,
            json!([
                one("1", "Job", false),
                one("2", "TRENDS", false),
                one("3", "Digest", true)
            ]),
            Some(2),
        );
        check(
            16,
            json!([one("1", "Off topic", false), one("2", "Pets", false)]),
            Some(1),
        );
        assert_eq!(tag(&channel(json!({"type": 0}))), Tag::NotNeeded);
    }
}
