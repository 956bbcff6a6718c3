//! The store, held to the same sentences on SQLite and on PostgreSQL.

pub(crate) mod place;
pub(crate) mod postgres;

mod backups;
mod changes;
mod durable;
mod feeds;
mod knowledge;
mod letters;
mod members;
pub(crate) mod postings;
mod publications;
mod recent;
mod serving;
mod silent;
mod tls;
mod trouble;

use careerbot::store::{ChannelId, ServerId, UserId};
use jiff::Timestamp;

pub(crate) const HERE: ServerId = ServerId::new(111);
pub(crate) const ELSEWHERE: ServerId = ServerId::new(222);
pub(crate) const ANN: UserId = UserId::new(80_351_110_224_678_912);
pub(crate) const BOB: UserId = UserId::new(2);
pub(crate) const CHANNEL: ChannelId = ChannelId::new(u64::MAX - 5);

/// Seconds after a fixed moment.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).expect("a moment")
}

/// Makes each test twice: on SQLite, and on PostgreSQL where it is installed.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name(&$crate::store::place::Place::sqlite()).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $name() {
                let Some(place) = $crate::store::place::Place::postgres(concat!(module_path!(), "::", stringify!($name))).await else { return };
                super::$name(&place).await;
            })+
        }
    };
}
pub(crate) use on_both;
