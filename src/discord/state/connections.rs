//! Whether the gateway's connections stand, for health and metrics.
//!
//! Knows when each went down; knows nothing of why.

use std::ops::RangeInclusive;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How long a connection may be away before that is no passing hitch.
const HITCH: Duration = Duration::from_secs(60);

/// The connections that the program keeps; none at first.
#[derive(Debug, Default)]
pub struct Connections(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// The number of the first.
    first: u32,
    /// Since when each is down; `None` where it is up.
    down: Vec<Option<Instant>>,
    heard: Option<Instant>,
    /// Whether a gateway is served at all.
    expected: bool,
    /// Whether all connections have stood at once.
    stood: bool,
}

impl Connections {
    /// The gateway is going to be served; until it stands for the first time, that is trouble.
    pub fn expect(&self) {
        self.lock().expected = true;
    }

    /// How many connections stand, in words.
    pub fn words(&self) -> String {
        let inner = self.lock();
        match (inner.expected, inner.down.len()) {
            (false, 0) => "not served".to_owned(),
            (_, wanted) => format!("{} of {wanted} connections stand", up(&inner)),
        }
    }

    /// The last heartbeat of a connection was answered after this time.
    pub(crate) fn echoed(&self, shard: u32, after: Duration) {
        metrics::gauge!("careerbot_gateway_latency_seconds", "shard" => shard.to_string())
            .set(after.as_secs_f64());
    }

    /// The connections of these shards are wanted from now on.
    pub(crate) fn begin(&self, shards: RangeInclusive<u32>) {
        let mut inner = self.lock();
        inner.first = *shards.start();
        inner.down = shards.map(|_| Some(Instant::now())).collect();
        tell(&inner);
    }

    pub(crate) fn set_up(&self, shard: u32) {
        self.set(shard, None);
    }

    pub(crate) fn set_down(&self, shard: u32) {
        self.set(shard, Some(Instant::now()));
    }

    fn set(&self, shard: u32, since: Option<Instant>) {
        let mut inner = self.lock();
        let place = shard.checked_sub(inner.first);
        if let Some(line) = place
            .and_then(|place| usize::try_from(place).ok())
            .and_then(|place| inner.down.get_mut(place))
        {
            // Down is since the first time.
            *line = since.map(|since| line.unwrap_or(since));
        }
        inner.stood |= !inner.down.is_empty() && up(&inner) == inner.down.len();
        tell(&inner);
    }

    /// Something came in.
    pub(crate) fn hear(&self) {
        self.lock().heard = Some(Instant::now());
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        metrics::gauge!("careerbot_gateway_last_heard_timestamp_seconds").set(now.as_secs_f64());
    }

    /// What is the matter, where something is: connections that have not stood yet, or that are away for longer than a hitch.
    pub fn trouble(&self) -> Option<String> {
        let inner = self.lock();
        let away = |since: &Option<Instant>| {
            since
                .map(|since| since.elapsed())
                .filter(|time| *time > HITCH)
        };
        if inner.expected && !inner.stood {
            return Some(format!(
                "connecting; {} of {} connections stand",
                up(&inner),
                inner.down.len()
            ));
        }
        let longest = inner.down.iter().filter_map(away).max()?;
        let number = inner.down.iter().filter_map(away).count();
        let heard = inner.heard.map_or("never".to_owned(), |heard| {
            format!("{} s ago", heard.elapsed().as_secs())
        });
        Some(format!(
            "{number} of {} connections away, the longest for {} s; last heard {heard}",
            inner.down.len(),
            longest.as_secs()
        ))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn up(inner: &Inner) -> usize {
    inner.down.iter().filter(|since| since.is_none()).count()
}

fn tell(inner: &Inner) {
    // So few that floating point holds them exactly.
    metrics::gauge!("careerbot_gateway_connections_up").set(up(inner) as f64);
    metrics::gauge!("careerbot_gateway_connections_wanted").set(inner.down.len() as f64);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hitch_is_no_trouble_and_a_long_absence_is() {
        let lines = Connections::default();
        assert_eq!(
            lines.trouble(),
            None,
            "without a gateway there is none to be away"
        );
        lines.begin(0..=1);
        assert_eq!(lines.trouble(), None);
        lines.set_up(0);
        let long_ago = Instant::now().checked_sub(HITCH * 2);
        lines.lock().down[1] = long_ago;
        assert!(long_ago.is_none() || lines.trouble().is_some_and(|said| said.contains("1 of 2")));
        lines.set_down(1);
        assert_eq!(lines.lock().down[1], long_ago, "since the first time");
        lines.set_up(1);
        assert_eq!(lines.trouble(), None);
    }

    #[test]
    fn a_gateway_that_is_expected_is_trouble_until_it_has_stood() {
        let lines = Connections::default();
        assert_eq!(lines.words(), "not served");
        lines.expect();
        assert!(
            lines
                .trouble()
                .is_some_and(|said| said.starts_with("connecting"))
        );
        lines.begin(16..=17);
        lines.set_up(17);
        assert!(lines.trouble().is_some_and(|said| said.contains("1 of 2")));
        lines.set_up(16);
        assert_eq!(lines.trouble(), None);
        lines.set_down(16);
        assert_eq!(lines.trouble(), None, "a hitch is none");
        assert_eq!(lines.words(), "1 of 2 connections stand");
    }
}
