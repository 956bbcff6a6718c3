//! Backups: a whole, consistent copy in one file, while the bot runs.
//!
//! On SQLite the file is a SQLite database; on PostgreSQL it is the logical form that `dump` describes. Both restore on
//! either database.

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sqlx::{PgPool, SqlitePool};

use crate::store::database::Backend;
use crate::store::open::{newest, postgres_pool, postgres_version, refuse_newer, sqlite_reader};
use crate::store::schema::POSTGRES_SCHEMA;
use crate::store::{Error, Location, Result, Store, dump, file};

/// Copies the store at `location` to a new file, also while another careerbot runs on it.
///
/// # Errors
/// [`Error::Exists`] when there is such a file, and whatever keeps the database from being read or the file from being
/// written. A file that is not whole never bears the name.
pub async fn backup(location: &Location, file: &Path, now: Timestamp) -> Result<()> {
    match location {
        Location::Sqlite(path) => {
            let pool = sqlite_reader(path, &path.display().to_string()).await?;
            let done = sqlite(&pool, file).await;
            pool.close().await;
            done
        }
        Location::Postgres(url) => {
            let (pool, place) = postgres_pool(url).await?;
            refuse_newer(
                postgres_version(&pool, &place).await?,
                &POSTGRES_SCHEMA,
                &place,
            )?;
            let done = postgres(&pool, &place, file, now).await;
            pool.close().await;
            done
        }
    }
}

impl Store {
    /// Copies the open store to a new file; reading and writing go on.
    ///
    /// # Errors
    /// As [`backup`].
    pub async fn backup(&self, file: &Path, now: Timestamp) -> Result<()> {
        match &self.backend {
            Backend::Sqlite { read, .. } => sqlite(read, file).await,
            Backend::Postgres { pool, .. } => postgres(pool, &self.place, file, now).await,
        }
    }
}

async fn sqlite(pool: &SqlitePool, file: &Path) -> Result<()> {
    let partial = begin(file)?;
    // VACUUM INTO wants a file that is missing or empty, and reads one consistent state of the database.
    let copied = match partial.to_str() {
        Some(name) => sqlx::query("VACUUM INTO $1")
            .bind(name)
            .execute(pool)
            .await
            .map(|_| ()),
        None => Err(sqlx::Error::Io(std::io::Error::other(
            "the name of the file is not UTF-8",
        ))),
    };
    let copied = copied.map_err(|error| Error::sort(&file.display().to_string(), error));
    finish(&partial, file, copied)
}

async fn postgres(pool: &PgPool, place: &str, file: &Path, now: Timestamp) -> Result<()> {
    let partial = begin(file)?;
    let copied = dump_postgres(pool, place, &partial, now).await;
    finish(&partial, file, copied)
}

async fn dump_postgres(pool: &PgPool, place: &str, partial: &Path, now: Timestamp) -> Result<()> {
    let sort = |error| Error::sort(place, error);
    let sort_file = |cause: std::io::Error| Error::of_file(&partial.display().to_string(), &cause);
    let out = OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(partial)
        .map_err(sort_file)?;
    let mut writer = dump::Writer::begin(BufWriter::new(out), newest(&POSTGRES_SCHEMA), now)
        .map_err(sort_file)?;
    // One snapshot for all tables.
    let mut tx = pool
        .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .await
        .map_err(sort)?;
    dump::each_page!(table, place, &mut *tx, |row: Vec<serde_json::Value>| writer
        .row(table, &row)
        .map_err(sort_file));
    tx.rollback().await.map_err(sort)?;
    writer.finish().map_err(sort_file)?;
    Ok(())
}

/// Makes the file under a passing name, so that a problem with the folder shows before anything is read.
fn begin(file: &Path) -> Result<PathBuf> {
    if file.exists() {
        return Err(Error::Exists(file.to_owned()));
    }
    let mut name = file.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    // What an interrupted backup left is overwritten.
    file::make(&partial).map_err(|cause| Error::of_file(&file.display().to_string(), &cause))?;
    Ok(partial)
}

/// Gives the file its name once all of it is on the disk; removes it when it is not whole.
fn finish(partial: &Path, file: &Path, copied: Result<()>) -> Result<()> {
    let named = copied.and_then(|()| {
        let sort = |cause: std::io::Error| Error::of_file(&file.display().to_string(), &cause);
        OpenOptions::new()
            .write(true)
            .open(partial)
            .and_then(|copy| copy.sync_all())
            .map_err(sort)?;
        if file.exists() {
            return Err(Error::Exists(file.to_owned()));
        }
        std::fs::rename(partial, file).map_err(sort)?;
        // The name itself is durable once the folder is; folders cannot be synced everywhere.
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(())
    });
    if named.is_err() {
        // Best effort: the error that is reported is the one that matters.
        let _ = std::fs::remove_file(partial);
    }
    named
}
