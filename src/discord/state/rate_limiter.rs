//! How fast a member and a server may ask: a token bucket each.
//!
//! Memory stays bounded however many members come. Knows no clock: the time is told with each question.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use governor::Quota;
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use jiff::Timestamp;
use serenity::model::id::{GuildId, UserId};

/// A bucket: how many at once, and after how long one more.
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    /// How many a full bucket gives.
    pub burst: NonZeroU32,
    /// How long until one more is there; not zero.
    pub refill: Duration,
}

/// How fast members and servers may ask.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// For each member, over all servers: 10 at once, then 20 a minute, more than a person reads.
    pub member: Bucket,
    /// For each server: 120 at once, then 10 a second, so that one server's crowd leaves room for the others.
    pub server: Bucket,
    /// How many members, and how many servers, are kept apart at most; 32 bytes or so each.
    pub keep: usize,
}

impl Default for Pace {
    fn default() -> Self {
        let bucket = |burst, refill_ms| Bucket {
            burst: NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN),
            refill: Duration::from_millis(refill_ms),
        };
        Self {
            member: bucket(10, 3_000),
            server: bucket(120, 100),
            keep: 50_000,
        }
    }
}

/// The buckets of all members and servers.
pub struct RateLimiter {
    members: Buckets<UserId>,
    servers: Buckets<GuildId>,
}

impl RateLimiter {
    /// Full buckets for everybody.
    pub fn new(pace: Pace) -> Self {
        Self {
            members: Buckets::new(pace.member, pace.keep),
            servers: Buckets::new(pace.server, pace.keep),
        }
    }

    /// Takes one from the member's bucket and one from the server's.
    ///
    /// # Errors
    /// Says how many seconds to wait, at least 1.
    pub fn take(&self, member: UserId, server: Option<GuildId>, now: Timestamp) -> Result<(), u64> {
        self.members.take(&member, now)?;
        server.map_or(Ok(()), |server| self.servers.take(&server, now))
    }
}

/// What somebody is told who has to wait.
pub fn words(seconds: u64) -> String {
    format!("That was a lot at once. Please try again in {seconds} s.")
}

type Limiter<K> = governor::RateLimiter<K, DashMapStateStore<K>, Told, NoOpMiddleware<Nanos>>;

struct Buckets<K: Hash + Eq + Clone> {
    quota: Quota,
    keep: usize,
    clock: Told,
    taken: AtomicU64,
    limiter: ArcSwap<Limiter<K>>,
}

/// How many takes pass between two looks at the memory.
const LOOK_EVERY: u64 = 1_024;

impl<K: Hash + Eq + Clone> Buckets<K> {
    fn new(bucket: Bucket, keep: usize) -> Self {
        let refill = bucket.refill.max(Duration::from_nanos(1));
        let quota = Quota::with_period(refill)
            .unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN))
            .allow_burst(bucket.burst);
        let clock = Told::default();
        let limiter = ArcSwap::from_pointee(governor::RateLimiter::dashmap_with_clock(
            quota,
            clock.clone(),
        ));
        Self {
            quota,
            keep,
            clock,
            taken: AtomicU64::new(0),
            limiter,
        }
    }

    fn take(&self, key: &K, now: Timestamp) -> Result<(), u64> {
        let nanos = u64::try_from(now.as_nanosecond()).unwrap_or(0);
        let now = Nanos::new(self.clock.0.fetch_max(nanos, Ordering::Relaxed).max(nanos));
        if self.taken.fetch_add(1, Ordering::Relaxed) % LOOK_EVERY == LOOK_EVERY - 1 {
            self.tidy();
        }
        self.limiter.load().check_key(key).map_err(|refused| {
            let wait = refused.wait_time_from(now);
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0).max(u64::from(wait.is_zero()))
        })
    }

    /// Forgets full buckets, and all of them should there still be too many: a moment's leniency for bounded memory.
    fn tidy(&self) {
        let limiter = self.limiter.load();
        if limiter.len() > self.keep {
            limiter.retain_recent();
            if limiter.len() > self.keep {
                self.limiter
                    .store(Arc::new(governor::RateLimiter::dashmap_with_clock(
                        self.quota,
                        self.clock.clone(),
                    )));
            }
        }
    }
}

/// A clock that shows the latest time it was told.
#[derive(Clone, Default)]
struct Told(Arc<AtomicU64>);

impl Clock for Told {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::new(self.0.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).expect("a time")
    }

    #[test]
    fn a_member_in_a_hurry_is_told_how_long_to_wait() {
        let throttle = RateLimiter::new(Pace::default());
        let member = UserId::new(1);
        for _ in 0..10 {
            assert_eq!(throttle.take(member, None, at(0)), Ok(()));
        }
        assert_eq!(throttle.take(member, None, at(0)), Err(3));
        assert_eq!(throttle.take(member, None, at(2)), Err(1));
        assert_eq!(throttle.take(member, None, at(3)), Ok(()));
        assert_eq!(
            throttle.take(UserId::new(2), None, at(3)),
            Ok(()),
            "others are not held up"
        );
    }

    #[test]
    fn a_server_has_a_bucket_of_its_own() {
        let throttle = RateLimiter::new(Pace::default());
        let server = Some(GuildId::new(7));
        for member in 1..=120 {
            assert_eq!(throttle.take(UserId::new(member), server, at(0)), Ok(()));
        }
        assert_eq!(throttle.take(UserId::new(500), server, at(0)), Err(1));
        assert_eq!(throttle.take(UserId::new(501), None, at(0)), Ok(()));
    }

    #[test]
    fn memory_is_bounded_however_many_members_come() {
        let throttle = RateLimiter::new(Pace {
            keep: 2_000,
            ..Pace::default()
        });
        for member in 1..=20_000 {
            let _ = throttle.take(UserId::new(member), None, at(0));
        }
        assert!(throttle.members.limiter.load().len() <= 2_000 + LOOK_EVERY as usize);
    }
}
