//! A look at a store that leaves it as it is: nothing is made, migrated or locked.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use crate::store::error::{Error, Result};
use crate::store::file::beside;
use crate::store::open::{
    Location, newest, postgres_pool, postgres_version, refuse_newer, sqlite_at_rest, sqlite_version,
};
use crate::store::schema::{POSTGRES_SCHEMA, SQLITE_SCHEMA};

/// What there is where a store should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// A database that this program can use; `older` when its schema is brought up to date at the next start.
    Ready {
        /// Whether the next start changes the schema.
        older: bool,
    },
    /// None yet: the next start makes one.
    Absent,
    /// A careerbot has it open at this moment.
    InUse,
}

/// Looks at the place of a store; gives its name for people, too.
///
/// # Errors
/// As opening the store, but for what only writing to it would show.
pub async fn look(location: &Location) -> Result<(String, Seen)> {
    match location {
        Location::Sqlite(path) => {
            let place = path.display().to_string();
            let seen = sqlite(path, &place).await?;
            Ok((place, seen))
        }
        Location::Postgres(url) => {
            let (pool, place) = postgres_pool(url).await?;
            let found = postgres_version(&pool, &place).await;
            pool.close().await;
            let found = found?;
            refuse_newer(found, &POSTGRES_SCHEMA, &place)?;
            let older = found != Some(newest(&POSTGRES_SCHEMA));
            Ok((place, Seen::Ready { older }))
        }
    }
}

async fn sqlite(path: &Path, place: &str) -> Result<Seen> {
    let length = match std::fs::metadata(path) {
        Ok(meta) => meta.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Seen::Absent),
        Err(error) => return Err(Error::of_file(place, &error)),
    };
    let lock = File::open(beside(path, ".lock")).ok();
    let held = lock
        .as_ref()
        .is_some_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)));
    if held {
        return Ok(Seen::InUse);
    }
    if length == 0 {
        let marked = lock.is_some_and(|lock| lock.metadata().is_ok_and(|meta| meta.len() > 0));
        return if marked {
            Err(Error::Damaged {
                place: place.to_owned(),
                cause: "it is empty, and there was a database in it".to_owned(),
            })
        } else {
            Ok(Seen::Absent)
        };
    }
    let pool = sqlite_at_rest(path, place).await?;
    let found = sqlite_version(&pool, place).await;
    pool.close().await;
    let found = found?;
    refuse_newer(found, &SQLITE_SCHEMA, place)?;
    Ok(Seen::Ready {
        older: found != Some(newest(&SQLITE_SCHEMA)),
    })
}
