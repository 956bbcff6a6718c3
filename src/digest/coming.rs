//! What is coming: the times of all of a server's digests.
//!
//! Pure.

use jiff::Timestamp;

use crate::digest::schedule::Schedule;
use crate::store::digests::Digest;

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
    fn what_is_coming_is_told_in_order() {
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
    }
}
