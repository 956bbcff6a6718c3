//! Opening: where the database is, connections, and bringing its schema up to date.
//!
//! Knows nothing of what the tables are for.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, PgPool, SqlitePool};
use tokio::sync::broadcast;
use tracing::warn;

use crate::store::changes;
use crate::store::database::{ACQUIRE, ANSWER, Backend, Store, settle};
use crate::store::error::{Error, Result};
use crate::store::file::{There, make_folder, mark, owners_alone, prepare_file};
use crate::store::schema::{POSTGRES_SCHEMA, SQLITE_SCHEMA};

/// The database's file in the data folder.
const FILE_NAME: &str = "careerbot.db";
/// How long a statement waits for another program's lock. Discord gives 3 s for a whole answer, of which the door leaves 1.8 s
/// for thinking, and a write of ours before may have waited as long: whoever asked is to read what went wrong, and not an apology.
const BUSY: Duration = Duration::from_millis(500);
/// The same on PostgreSQL, in its notation.
const POSTGRES_LOCK: &str = "1000ms";
/// How long a replica that starts waits for another one that brings the schema up to date.
const MIGRATION_LOCK: &str = "20s";
/// The parameter of an address that names a file with certificates.
const CERTIFICATES: &str = "sslrootcert=";
/// Connections of the SQLite reader pool, and of the PostgreSQL pool.
const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 8;
/// Room for changes that a slow receiver has not read yet; beyond it, the receiver is told to read everything anew.
const UNREAD_CHANGES: usize = 256;

/// Where a store is.
#[derive(Debug, Clone)]
pub enum Location {
    /// A file, made when it is missing together with its folder.
    Sqlite(PathBuf),
    /// An address `postgres://user:password@host/name`; the database must exist.
    Postgres(SecretString),
}

impl Location {
    /// The location that the environment asks for: `DATABASE_URL`, else `careerbot.db` in the data folder.
    ///
    /// # Errors
    /// [`Error::Address`] when the address is neither `postgres://` nor `sqlite:`.
    pub fn choose(database: Option<&SecretString>, data: &Path) -> Result<Self> {
        let Some(url) = database else {
            return Ok(Self::Sqlite(data.join(FILE_NAME)));
        };
        let text = url.expose_secret();
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path
                .strip_prefix("//")
                .unwrap_or(path)
                .split('?')
                .next()
                .unwrap_or_default();
            if path.is_empty() || path == ":memory:" {
                return Err(Error::Address("a file is needed after sqlite:".to_owned()));
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        // The driver's message is left out: it may quote the address, and with it the password.
        postgres_options(url)?;
        Ok(Self::Postgres(url.clone()))
    }
}

impl Store {
    /// Opens a store for reading and writing, makes it when it is missing, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::InUse`] when another careerbot has the file open, [`Error::NewerSchema`] when a newer one wrote it,
    /// [`Error::ReadOnly`], [`Error::DiskFull`], [`Error::Locked`], [`Error::Damaged`], [`Error::Lost`]. Nothing was
    /// changed then.
    pub async fn open(location: &Location) -> Result<Self> {
        let (changes, _) = broadcast::channel(UNREAD_CHANGES);
        match location {
            Location::Sqlite(path) => {
                let place = path.display().to_string();
                let lock = take_lock(path, &place)?;
                prepare_file(path, &lock, &place)?;
                // WAL lets readers go on while one writes. A reader cannot set the mode; it finds it in the file.
                let options = sqlite_options(path)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal);
                let write = sqlite_pool(options, 1, &place).await?;
                refuse_newer(
                    sqlite_version(&write, &place).await?,
                    &SQLITE_SCHEMA,
                    &place,
                )?;
                let mut connection = write
                    .acquire()
                    .await
                    .map_err(|error| Error::sort(&place, error))?;
                let migrated = SQLITE_SCHEMA
                    .run_direct(None, &mut *connection, false)
                    .await;
                migrated.map_err(|error| Error::sort_migration(&place, error))?;
                drop(connection);
                mark(&lock).map_err(|error| Error::sort(&place, sqlx::Error::Io(error)))?;
                let there = There::of(path, &place)?;
                let read =
                    sqlite_pool(sqlite_options(path).read_only(true), READERS, &place).await?;
                let backend = Backend::Sqlite {
                    read,
                    write,
                    there: Arc::new(there),
                    _lock: Arc::new(lock),
                };
                Ok(Self {
                    backend,
                    place: place.into(),
                    changes,
                })
            }
            Location::Postgres(url) => {
                let (pool, place) = postgres_pool(url).await?;
                refuse_newer(
                    postgres_version(&pool, &place).await?,
                    &POSTGRES_SCHEMA,
                    &place,
                )?;
                migrate(&pool, &place).await?;
                let listening = changes::listen(&pool, changes.clone(), &place).await?;
                let backend = Backend::Postgres {
                    pool,
                    _listening: Arc::new(listening),
                };
                Ok(Self {
                    backend,
                    place: place.into(),
                    changes,
                })
            }
        }
    }
}

/// Opens a SQLite file for reading only, beside a careerbot that may be running on it.
pub(crate) async fn sqlite_reader(path: &Path, place: &str) -> Result<SqlitePool> {
    if !path.is_file() {
        return Err(Error::NoDatabase(path.to_owned()));
    }
    let pool = sqlite_pool(sqlite_options(path).read_only(true), 1, place).await?;
    refuse_newer(sqlite_version(&pool, place).await?, &SQLITE_SCHEMA, place)?;
    Ok(pool)
}

/// Opens a SQLite file that no careerbot has open, for a look that leaves no trace: neither a log nor shared memory is made
/// beside it. What a program that was killed has left in its log is not seen.
pub(crate) async fn sqlite_at_rest(path: &Path, place: &str) -> Result<SqlitePool> {
    let options = sqlite_options(path).read_only(true).immutable(true);
    sqlite_pool(options, 1, place).await
}

/// Connects to PostgreSQL; gives the pool and the name of the place without its password.
pub(crate) async fn postgres_pool(url: &SecretString) -> Result<(PgPool, String)> {
    let options = postgres_options(url)?.application_name("careerbot");
    certificates(url)?;
    let place = format!(
        "PostgreSQL database {} on {}",
        options.get_database().unwrap_or("(default)"),
        options.get_host()
    );
    unread_parameters(url, &place);
    // synchronous_commit off in the server's settings would acknowledge what a crash can lose. Without lock_timeout, a
    // statement would wait for another program's lock for ever.
    let options = options.options([
        ("synchronous_commit", "on"),
        ("lock_timeout", POSTGRES_LOCK),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(ACQUIRE)
        // A connection whose other end has fallen silent is thrown away; the pool alone would wait for it for minutes.
        .after_release(|connection, _| {
            Box::pin(async move {
                let answered = tokio::time::timeout(ACQUIRE, connection.ping()).await;
                answered
                    .map_err(|_| sqlx::Error::PoolTimedOut)
                    .flatten()
                    .map(|()| true)
            })
        })
        .connect_with(options)
        .await
        .map_err(|error| Error::sort(&place, error))?;
    Ok((pool, place))
}

/// Reads an address. The driver's message is left out: it may quote the address, and with it the password.
fn postgres_options(url: &SecretString) -> Result<PgConnectOptions> {
    if splits(url.expose_secret()) {
        return Err(Error::Address(
            "a user's name or password with one of / ? # in it has to be percent-encoded, these as %2F %3F %23, and @ after the host as %40"
                .to_owned(),
        ));
    }
    PgConnectOptions::from_str(url.expose_secret()).map_err(|_| {
        Error::Address(
            "it is no postgres:// address, or sslmode is none of disable, prefer, require, verify-ca, verify-full; percent-encode what is no letter or digit in the user's name and password"
                .to_owned(),
        )
    })
}

/// Whether a password ends the address early: what comes after its `/`, `?` or `#` would be taken for the name of the database,
/// and names are printed.
fn splits(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find(['/', '?', '#'])
        .is_some_and(|end| rest[end..].contains('@'))
}

/// Parameters of an address that the driver reads; `options[...]` besides.
const PARAMETERS: &[&str] = &[
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
];

/// Warns of parameters that are not read, such as a misspelt `sslmode`. Neither names nor values are repeated: they may be a
/// piece of the password.
fn unread_parameters(url: &SecretString, place: &str) {
    let parameters = url
        .expose_secret()
        .split_once('?')
        .map_or("", |(_, parameters)| parameters);
    let known = |name: &str| {
        PARAMETERS.contains(&name) || name.starts_with("options[") || name.starts_with("options%5B")
    };
    let unread = parameters
        .split('&')
        .filter(|one| !one.is_empty() && !known(one.split('=').next().unwrap_or(one)))
        .count();
    if unread > 0 {
        warn!(%place, unread, "DATABASE_URL has parameters that are not read; those that are: {}", PARAMETERS.join(" "));
    }
}

/// Whether the file with certificates can be read: the driver's own message would speak of the connection.
fn certificates(url: &SecretString) -> Result<()> {
    let parameters = url
        .expose_secret()
        .split_once('?')
        .map_or("", |(_, parameters)| parameters);
    let named = parameters
        .split('&')
        .find_map(|one| one.strip_prefix(CERTIFICATES));
    // What is written with percent signs is left to the driver.
    match named.filter(|path| !path.contains('%')).map(Path::new) {
        Some(path) => File::open(path).map(drop).map_err(|cause| Error::File {
            path: path.to_owned(),
            cause,
        }),
        None => Ok(()),
    }
}

/// Brings the schema up to date, on a connection that waits for a replica which does the same.
async fn migrate(pool: &PgPool, place: &str) -> Result<()> {
    let options = (*pool.connect_options())
        .clone()
        .options([("lock_timeout", MIGRATION_LOCK)]);
    let connecting = tokio::time::timeout(ANSWER, sqlx::PgConnection::connect_with(&options));
    let mut connection = settle(place, connecting.await)?;
    POSTGRES_SCHEMA
        .run_direct(None, &mut connection, false)
        .await
        .map_err(|error| Error::sort_migration(place, error))?;
    connection
        .close()
        .await
        .map_err(|error| Error::sort(place, error))
}

/// The newest schema applied; `None` for a database without any.
pub(crate) async fn sqlite_version(pool: &SqlitePool, place: &str) -> Result<Option<i64>> {
    let sort = |error| Error::sort(place, error);
    let known: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
            .fetch_one(pool)
            .await
            .map_err(sort)?;
    if known == 0 {
        return Ok(None);
    }
    sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
        .fetch_one(pool)
        .await
        .map_err(sort)
}

pub(crate) async fn postgres_version(pool: &PgPool, place: &str) -> Result<Option<i64>> {
    let sort = |error| Error::sort(place, error);
    let known: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(pool)
        .await
        .map_err(sort)?;
    if !known {
        return Ok(None);
    }
    sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
        .fetch_one(pool)
        .await
        .map_err(sort)
}

/// The newest schema that this program knows.
pub(crate) fn newest(schema: &Migrator) -> i64 {
    schema
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0)
}

pub(crate) fn refuse_newer(found: Option<i64>, schema: &Migrator, place: &str) -> Result<()> {
    let known = newest(schema);
    match found {
        Some(found) if found > known => Err(Error::NewerSchema {
            place: place.to_owned(),
            found,
            known,
        }),
        _ => Ok(()),
    }
}

/// FULL syncs the log at each commit: NORMAL could lose acknowledged commits when the machine loses power, and moderators'
/// few writes can afford the sync.
fn sqlite_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .synchronous(SqliteSynchronous::Full)
}

async fn sqlite_pool(
    options: SqliteConnectOptions,
    connections: u32,
    place: &str,
) -> Result<SqlitePool> {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(None)
        .max_lifetime(None)
        // SQLite ends a transaction by itself when the disk is full or fails. The driver's own end of it fails then, and it would
        // take every later one on this connection for a part of the one that is gone.
        .after_release(|connection, _| {
            Box::pin(async move {
                connection
                    .ping()
                    .await
                    .map(|()| !connection.is_in_transaction())
            })
        })
        .connect_with(options)
        .await
        .map_err(|error| Error::sort(place, error))
}

/// Makes the folder and takes the lock file beside the database.
fn take_lock(path: &Path, place: &str) -> Result<File> {
    let sort = |error: std::io::Error| Error::of_file(place, &error);
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        make_folder(folder).map_err(sort)?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&name)
        .map_err(sort)?;
    owners_alone(&name);
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse {
            place: place.to_owned(),
        }),
        // Some network file systems have no locks; SQLite's own ones are then all there is.
        Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
            Ok(file)
        }
        Err(TryLockError::Error(error)) => Err(sort(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_splits_its_address_is_refused_without_a_piece_of_it() {
        for split in [
            "hunter2@winter/2026",
            "hunter2/2026",
            "hunter2?2026",
            "hunter2#2026",
            "2026/hunter2@x",
        ] {
            let url = SecretString::from(format!("postgres://bot:{split}@db.example/careers"));
            let said = Location::choose(Some(&url), Path::new("data"))
                .expect_err(split)
                .to_string();
            assert!(said.contains("percent-encoded"), "{said}");
            assert!(
                !said.contains("hunter2") && !said.contains("2026") && !said.contains("winter"),
                "{said}"
            );
        }
        for whole in [
            "postgres://bot:hunter2%2F2026@db.example/careers?sslmode=require",
            "postgres://bot:a@b@db.example/x",
        ] {
            let url = SecretString::from(whole.to_owned());
            assert!(
                Location::choose(Some(&url), Path::new("data")).is_ok(),
                "{whole}"
            );
        }
    }
}
