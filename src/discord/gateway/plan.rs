//! Which shards this process keeps: all that Discord wants, or the part that the operator gave it.

use std::ops::RangeInclusive;

use crate::config::shards::Shards;
use crate::discord::api::client::GatewayBot;

/// The shards of this process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) mine: RangeInclusive<u32>,
    /// Of how many, at least 1.
    pub(super) total: u32,
}

impl Plan {
    /// The part that the operator gave; where there is none, all that Discord wants.
    pub(super) fn of(given: Option<Shards>, gateway: &GatewayBot) -> Self {
        match given {
            Some(Shards::Range { first, last, total }) => Self {
                mine: first..=last,
                total,
            },
            Some(Shards::None) | None => {
                let total = gateway.shards.max(1);
                Self {
                    mine: 0..=total - 1,
                    total,
                }
            }
        }
    }

    /// How many this process keeps.
    pub(super) fn count(&self) -> u32 {
        self.mine.end() - self.mine.start() + 1
    }

    /// Whether other processes keep some, too.
    pub(super) fn is_part(&self) -> bool {
        self.count() < self.total
    }
}
