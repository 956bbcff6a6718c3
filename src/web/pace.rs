//! How much one address may do: a bucket for each kind of thing, in bounded memory.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use lru::LruCache;

/// A kind of thing that a visitor does: how many at once, and how many more a second.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    burst: f64,
    a_second: f64,
}

/// Coming: a school behind one address may, a program that does nothing else may not.
pub(super) const COME: Kind = Kind {
    burst: 20.0,
    a_second: 0.1,
};
/// Commands, presses and forms.
pub(super) const ACT: Kind = Kind {
    burst: 30.0,
    a_second: 2.0,
};
/// What costs little: suggestions while somebody types, and looks at what is new.
pub(super) const LOOK: Kind = Kind {
    burst: 120.0,
    a_second: 15.0,
};

/// How many addresses are kept apart.
const KEPT: NonZeroUsize = match NonZeroUsize::new(4_096) {
    Some(kept) => kept,
    None => NonZeroUsize::MIN,
};

/// How full the buckets of one kind are, by address.
pub(super) struct Buckets {
    kind: Kind,
    levels: Mutex<LruCache<IpAddr, (f64, Instant)>>,
}

impl Buckets {
    /// Full buckets for everybody.
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            levels: Mutex::new(LruCache::new(KEPT)),
        }
    }

    /// Takes one; `false` where there is none.
    pub(super) fn take(&self, address: IpAddr, now: Instant) -> bool {
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        let full = (self.kind.burst, now);
        let (level, since) = levels.get_or_insert_mut(network(address), || full);
        let gained = now.saturating_duration_since(*since).as_secs_f64() * self.kind.a_second;
        *level = (*level + gained).min(self.kind.burst);
        *since = now;
        let enough = *level >= 1.0;
        if enough {
            *level -= 1.0;
        }
        enough
    }
}

/// Whose an address is: of version 6, one customer has all that begin with the same 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_address_waits_and_others_do_not() {
        let buckets = Buckets::new(ACT);
        let (one, other): (IpAddr, IpAddr) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let now = Instant::now();
        assert!((0..30).all(|_| buckets.take(one, now)));
        assert!(!buckets.take(one, now) && buckets.take(other, now));
        let later = now + Duration::from_secs(1);
        assert!(buckets.take(one, later) && buckets.take(one, later) && !buckets.take(one, later));
    }

    #[test]
    fn a_customer_of_version_six_has_one_bucket() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2::5"), of("2001:db8:1:2:9::"));
        assert_ne!(of("2001:db8:1:2::5"), of("2001:db8:1:3::5"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
