//! The values that stand in columns: ids of Discord, moments, and words with a fixed vocabulary.
//!
//! Knows how they are written down, not what they are used for.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use jiff::Timestamp;

/// Stores a number in a wrapping of its own as the bare number, on both databases. By hand: the library's derives build both
/// drivers, SQLite included, a second time for the compiler.
macro_rules! number {
    ($name:ident) => {
        number!(@of $name, sqlx::Sqlite);
        number!(@of $name, sqlx::Postgres);
    };
    (@of $name:ident, $database:ty) => {
        impl sqlx::Type<$database> for $name {
            fn type_info() -> <$database as sqlx::Database>::TypeInfo {
                <i64 as sqlx::Type<$database>>::type_info()
            }

            fn compatible(kind: &<$database as sqlx::Database>::TypeInfo) -> bool {
                <i64 as sqlx::Type<$database>>::compatible(kind)
            }
        }

        impl sqlx::Encode<'_, $database> for $name {
            fn encode_by_ref(
                &self,
                buffer: &mut <$database as sqlx::Database>::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                <i64 as sqlx::Encode<'_, $database>>::encode_by_ref(&self.0, buffer)
            }
        }

        impl<'r> sqlx::Decode<'r, $database> for $name {
            fn decode(
                value: <$database as sqlx::Database>::ValueRef<'r>,
            ) -> Result<Self, sqlx::error::BoxDynError> {
                <i64 as sqlx::Decode<'r, $database>>::decode(value).map(Self)
            }
        }
    };
}

/// Reads a row of either database into a struct, each field from the column of its name. Fields behind a semicolon are words of
/// a fixed vocabulary, which are made of a text. By hand for the reason that stands above.
macro_rules! from_row {
    ($name:ident { $($field:ident),+ $(; $($word:ident),+)? }) => {
        $crate::store::columns::from_row!(@of sqlx::sqlite::SqliteRow, $name, [$($field),+], [$($($word),+)?]);
        $crate::store::columns::from_row!(@of sqlx::postgres::PgRow, $name, [$($field),+], [$($($word),+)?]);
    };
    (@of $row:ty, $name:ident, [$($field:ident),+], [$($word:ident),*]) => {
        impl sqlx::FromRow<'_, $row> for $name {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                use sqlx::Row as _;
                Ok(Self {
                    $($field: row.try_get(stringify!($field))?,)+
                    $($word: $crate::store::columns::word(
                        stringify!($word),
                        row.try_get(stringify!($word))?,
                    )?,)*
                })
            }
        }
    };
}
pub(super) use from_row;

/// A word of a fixed vocabulary.
pub(super) fn word<T>(column: &str, text: String) -> sqlx::Result<T>
where
    T: TryFrom<String, Error: std::error::Error + Send + Sync + 'static>,
{
    T::try_from(text).map_err(|error| sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: Box::new(error),
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(i64);

        number!($name);

        impl $name {
            /// The id as Discord writes it. Kept bit for bit; databases have no unsigned integers.
            pub const fn new(id: u64) -> Self {
                Self(id.cast_signed())
            }

            /// The id as Discord writes it.
            pub const fn get(self) -> u64 {
                self.0.cast_unsigned()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.get())
            }
        }
    )+};
}

ids! {
    /// A Discord server.
    ServerId;
    /// A member or moderator; [`UserId::NOBODY`] where the member's data were deleted.
    UserId;
    /// A channel or thread of a server.
    ChannelId;
    /// A role of a server (a group of members, not a career).
    ServerRoleId;
    /// A message.
    MessageId;
}

/// A number that nobody had before and that no counter comes to: what bears it is told from everything else for ever, also
/// from what was there before a restore. At most 48 bits, so that it is short in a button.
pub(crate) fn unique() -> i64 {
    // Each state has keys of its own, from the system's randomness.
    let bits = RandomState::new().hash_one(std::process::id());
    i64::try_from(bits >> 16).unwrap_or(1).max(1)
}

impl UserId {
    /// Stands where a member's id was deleted on their wish.
    pub const NOBODY: Self = Self(0);
}

/// A moment as it stands in a column: UTC, whole milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment(i64);

number!(Moment);

impl Moment {
    /// The moment as a timestamp. A column changed by hand to a value beyond jiff's years gives the nearest it has.
    pub fn timestamp(self) -> Timestamp {
        let edge = if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Timestamp::from_millisecond(self.0).unwrap_or(edge)
    }

    /// The moment when a lease taken now ends.
    pub(crate) fn after(now: Timestamp, lease: Duration) -> Self {
        Self::from(now).plus_millis(i64::try_from(lease.as_millis()).unwrap_or(i64::MAX))
    }

    /// The moment some milliseconds later.
    pub(crate) const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

impl From<Timestamp> for Moment {
    /// Rounds down to the millisecond.
    fn from(timestamp: Timestamp) -> Self {
        Self(
            timestamp
                .as_nanosecond()
                .div_euclid(1_000_000)
                .clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64,
        )
    }
}

/// A text as it may stand in a column: PostgreSQL refuses NUL, so it is left out everywhere.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter(|c| *c != '\0').collect()
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every word, in order.
            pub const WORDS: &[&str] = &[$($word),+];

            /// The value of a word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }

            /// The word that stands in the column.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::store::columns::UnknownWord;
            fn try_from(word: String) -> std::result::Result<Self, Self::Error> {
                Self::parse(&word).ok_or($crate::store::columns::UnknownWord { word, known: Self::WORDS })
            }
        }
    )+};
}
pub(crate) use words;

/// A column holds a word that this program does not know.
#[derive(Debug, thiserror::Error)]
#[error("\"{word}\" is none of {}", known.join(", "))]
pub struct UnknownWord {
    pub(crate) word: String,
    pub(crate) known: &'static [&'static str],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_above_the_signed_range_survive() {
        assert_eq!(ServerId::new(u64::MAX).get(), u64::MAX);
        assert_eq!(
            UserId::new(80_351_110_224_678_912).to_string(),
            "80351110224678912"
        );
    }

    #[test]
    fn moments_round_down_to_the_millisecond() {
        let timestamp: Timestamp = "2026-11-22T21:56:57.123999Z".parse().expect("a timestamp");
        assert_eq!(
            Moment::from(timestamp).timestamp().to_string(),
            "2026-11-22T21:56:57.123Z"
        );
        let before: Timestamp = "1969-12-31T23:59:59.9999Z".parse().expect("a timestamp");
        assert_eq!(
            Moment::from(before).timestamp().to_string(),
            "1969-12-31T23:59:59.999Z"
        );
        assert_eq!(Moment(i64::MAX).timestamp(), Timestamp::MAX);
    }
}
