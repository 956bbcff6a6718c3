//! What is coming: the times of all of a server's digests, and what their next posts would say.
//!
//! Pure. Posts nothing and remembers nothing: each post is composed as if those before it had been posted.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::digest::compose::Composed;
use crate::digest::memory::Memory;
use crate::digest::news::Prints;
use crate::digest::own;
use crate::digest::schedule::Schedule;
use crate::digest::summary::Style;
use crate::digest::topic::Topic;
use crate::knowledge::Knowledge;
use crate::store::digests::Digest;
use crate::store::entries::Version;

/// A post that is coming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming<'a> {
    /// When.
    pub at: Timestamp,
    /// Of which digest.
    pub digest: &'a Digest,
    /// When its digest is due, with its zone.
    pub schedule: Schedule,
}

/// The posts after `now` of digests that run, until `until` and `each` of one digest at most, the soonest first.
pub fn posts<'a>(
    digests: &'a [Digest],
    now: Timestamp,
    until: Timestamp,
    each: usize,
) -> Vec<Coming<'a>> {
    let running = digests.iter().filter(|digest| digest.paused.is_none());
    let mut posts: Vec<Coming<'a>> = running
        .filter_map(|digest| Some((digest, digest.schedule.parse::<Schedule>().ok()?)))
        .flat_map(|(digest, schedule)| {
            let times = schedule.next_times(now, each);
            times.into_iter().map(move |at| Coming {
                at,
                digest,
                schedule: schedule.clone(),
            })
        })
        .filter(|coming| coming.at <= until)
        .collect();
    posts.sort_by_key(|coming| (coming.at, coming.digest.id));
    posts
}

/// What these posts would say, in their order; `None` where there would be nothing to say. `live` is what the server has
/// written, and `seen` what its last post of what is new has seen.
pub fn rehearse(
    knowledge: &Knowledge,
    live: &[Version],
    seen: Option<&Prints>,
    posts: &[Coming<'_>],
) -> Vec<Option<Composed>> {
    let mut memories: HashMap<i64, Memory> = HashMap::new();
    posts
        .iter()
        .map(|coming| {
            let digest = coming.digest;
            let memory = memories
                .entry(digest.id)
                .or_insert_with(|| Memory::parse(&digest.memory));
            let (topic, style) = (Topic::parse(&digest.topic)?, Style::parse(&digest.style)?);
            if topic == Topic::New && memory.seen.is_none() {
                memory.seen = seen.cloned();
            }
            let date = coming
                .at
                .to_zoned(coming.schedule.time_zone().clone())
                .date();
            let composed = own::next(knowledge, live, &topic, style, memory, date)?;
            if let Some(after) = &composed.memory {
                *memory = after.clone();
            }
            Some(composed)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{ChannelId, Moment, ServerId, UserId};

    fn digest(id: i64, topic: &str, schedule: &str, paused: bool) -> Digest {
        let now = Moment::from(Timestamp::UNIX_EPOCH);
        Digest {
            id,
            server: ServerId::new(1),
            channel: ChannelId::new(2),
            topic: topic.to_owned(),
            style: "short".to_owned(),
            schedule: schedule.to_owned(),
            mention_role: None,
            memory: String::new(),
            next_due: None,
            paused: paused.then(|| "a moderator paused it".to_owned()),
            ended_at: None,
            created_by: UserId::new(1),
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn what_is_coming_is_told_in_order_and_rehearsed_without_a_repetition() {
        let knowledge = crate::knowledge::load_shipped().expect("loads");
        let digests = [
            digest(1, "next-trend", "every day at 09:00 in UTC", false),
            digest(2, "new", "once on 2026-11-29 at 08:00 in UTC", false),
            digest(3, "next-role", "every day at 09:00 in UTC", true),
            digest(4, "next-role", "no schedule", false),
        ];
        let now: Timestamp = "2026-11-28T08:30:00Z".parse().expect("a moment");
        let until: Timestamp = "2026-11-30T23:00:00Z".parse().expect("a moment");
        let posts = posts(&digests, now, until, 5);
        let told: Vec<(i64, String)> = posts
            .iter()
            .map(|coming| (coming.digest.id, coming.at.to_string()))
            .collect();
        let expected = [
            (1, "2026-11-28T09:00:00Z"),
            (2, "2026-11-29T08:00:00Z"),
            (1, "2026-11-29T09:00:00Z"),
            (1, "2026-11-30T09:00:00Z"),
        ];
        assert_eq!(told, expected.map(|(id, at)| (id, at.to_owned())));
        let seen = crate::digest::news::prints(&knowledge);
        let said = rehearse(&knowledge, &[], Some(&seen), &posts);
        let topics: Vec<Option<&str>> = said
            .iter()
            .map(|composed| composed.as_ref().map(|composed| composed.topic.as_str()))
            .collect();
        assert_eq!(topics[1], None, "nothing is new");
        let trends: Vec<&str> = topics.into_iter().flatten().collect();
        assert_eq!(
            trends,
            knowledge.trends[..3]
                .iter()
                .map(|trend| format!("trend:{}", trend.slug))
                .collect::<Vec<_>>()
        );
    }
}
