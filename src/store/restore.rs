//! Restoring a backup: all of it or nothing.
//!
//! The whole file is read and checked first, then one transaction puts it in the place of what was there. A backup of an
//! older schema is brought up to date on the way.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use serde_json::Value;
use sqlx::{AssertSqlSafe, SqlitePool};

use crate::store::changes::notify;
use crate::store::columns::unique;
use crate::store::dump::{self, Rows};
use crate::store::open::{newest, sqlite_reader, sqlite_version};
use crate::store::schema::{POSTGRES_SCHEMA, SQLITE_SCHEMA};
use crate::store::tables::{Kind, Table, tables};
use crate::store::{Change, Error, Location, Result, Store, file, read, step, transaction};

/// What lets a table's numbers go on `$1` after the last one.
const LEAP_POSTGRES: &[&str] = &["SELECT setval(pg_get_serial_sequence('{name}', 'id'), \
    GREATEST(nextval(pg_get_serial_sequence('{name}', 'id')), (SELECT COALESCE(MAX(id), 0) FROM {name})) + $1)"];
const LEAP_SQLITE: &[&str] = &[
    "INSERT INTO sqlite_sequence (name, seq) SELECT '{name}', $1 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '{name}')",
    "UPDATE sqlite_sequence SET seq = seq + $1 WHERE name = '{name}'",
];

/// How every SQLite file begins (<https://sqlite.org/fileformat.html>, 1.3).
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";

impl Store {
    /// Puts the backup in `file` in the place of what the store at `location` holds; gives the number of records. A careerbot
    /// that runs on a SQLite file has to be stopped first; replicas on PostgreSQL hear [`Change::Everything`].
    ///
    /// # Errors
    /// [`Error::NotEmpty`] unless `replace`, [`Error::NewerSchema`], [`Error::BadBackup`] and whatever [`Store::open`] says.
    /// The store is unchanged then.
    pub async fn restore(location: &Location, file: &Path, replace: bool) -> Result<u64> {
        let rows = load(file).await.map_err(|error| match error {
            Error::Damaged { cause, .. } => Error::BadBackup {
                path: file.to_owned(),
                cause,
            },
            other => other,
        })?;
        let store = Self::open(location).await?;
        let done = store.apply(&rows, replace).await;
        store.close().await;
        done
    }

    async fn apply(&self, backup: &[Rows], replace: bool) -> Result<u64> {
        if !replace && !self.is_empty().await? {
            return Err(Error::NotEmpty {
                place: self.place().to_owned(),
            });
        }
        let known = tables().await?;
        // Numbers go on far after those restored: buttons of what was made since the backup bear the next ones.
        let leap = 1_000 + unique() % 9_000;
        let total = transaction!(self, tx => {
            for table in known.iter().rev() {
                // Every name comes from the schema.
                step!(self, tx, sqlx::query(AssertSqlSafe(format!("DELETE FROM {}", table.name))), execute);
            }
            let mut total = 0_u64;
            for Rows { table, rows } in backup {
                let statement = insert(table);
                for row in rows {
                    let mut query = sqlx::query(AssertSqlSafe(statement.as_str()));
                    for (column, value) in table.columns.iter().zip(row) {
                        query = match column.kind {
                            Kind::Integer => query.bind(value.as_i64()),
                            Kind::Text => query.bind(value.as_str()),
                            Kind::Boolean => query.bind(value.as_bool()),
                        };
                    }
                    step!(self, tx, query, execute);
                    total += 1;
                }
                if table.counts {
                    for statement in if self.is_shared() { LEAP_POSTGRES } else { LEAP_SQLITE } {
                        // Every name comes from the schema.
                        let statement = AssertSqlSafe(statement.replace("{name}", &table.name));
                        step!(self, tx, sqlx::query(statement).bind(leap), execute);
                    }
                }
            }
            notify!(self, tx, Change::Everything);
            total
        });
        self.announce(Change::Everything);
        Ok(total)
    }

    /// Whether no table holds a row.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_empty(&self) -> Result<bool> {
        for table in tables().await? {
            let statement = format!(
                "SELECT COUNT(*) FROM (SELECT 1 FROM {} LIMIT 1) AS found",
                table.name
            );
            let rows: i64 = read!(
                self,
                sqlx::query_scalar(AssertSqlSafe(statement.as_str())),
                fetch_one
            )?;
            if rows > 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn insert(table: &Table) -> String {
    let places: Vec<String> = (1..)
        .zip(&table.columns)
        .map(|(place, column)| match &column.before {
            Some(before) => format!("COALESCE(${place}, {before})"),
            None => format!("${place}"),
        })
        .collect();
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.name,
        table.names().join(", "),
        places.join(", ")
    )
}

/// Reads and checks a backup of either form.
async fn load(file: &Path) -> Result<Vec<Rows>> {
    let failed = |cause| Error::File {
        path: file.to_owned(),
        cause,
    };
    let mut begin = Vec::new();
    File::open(file)
        .map_err(failed)?
        .take(16)
        .read_to_end(&mut begin)
        .map_err(failed)?;
    if begin.is_empty() {
        return Err(Error::BadBackup {
            path: file.to_owned(),
            cause: "it is empty".to_owned(),
        });
    }
    if begin == SQLITE_MAGIC {
        return load_sqlite(file).await;
    }
    let known = newest(&POSTGRES_SCHEMA);
    dump::read(
        file,
        BufReader::new(File::open(file).map_err(failed)?),
        known,
        tables().await?,
    )
}

async fn load_sqlite(file: &Path) -> Result<Vec<Rows>> {
    let place = file.display().to_string();
    let pool = sqlite_reader(file, &place).await?;
    let Some(version) = sqlite_version(&pool, &place).await? else {
        return Err(Error::Damaged {
            place,
            cause: "it has no schema of careerbot".to_owned(),
        });
    };
    if version == newest(&SQLITE_SCHEMA) {
        let rows = load_pool(&pool, &place).await;
        pool.close().await;
        return rows;
    }
    // An older backup is brought up to date in a copy: the backup itself stays as it is.
    pool.close().await;
    let copy = Copy::make(file)?;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&copy.0);
    let pool = SqlitePool::connect_with(options)
        .await
        .map_err(|error| Error::sort(&place, error))?;
    let migrated = SQLITE_SCHEMA
        .run(&pool)
        .await
        .map_err(|error| Error::sort_migration(&place, error));
    let rows = match migrated {
        Ok(()) => load_pool(&pool, &place).await,
        Err(error) => Err(error),
    };
    pool.close().await;
    rows
}

async fn load_pool(pool: &SqlitePool, place: &str) -> Result<Vec<Rows>> {
    let verdict: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
        .fetch_one(pool)
        .await
        .map_err(|error| Error::sort(place, error))?;
    if verdict != "ok" {
        return Err(Error::Damaged {
            place: place.to_owned(),
            cause: verdict,
        });
    }
    let mut all = dump::none(tables().await?);
    dump::each_page!(table, place, pool, |row: Vec<Value>| {
        if let Some(rows) = all.iter_mut().find(|rows| rows.table.name == table.name) {
            rows.rows.push(row);
        }
        Ok::<(), Error>(())
    });
    Ok(all)
}

/// A copy of a file in the folder for passing files; removed when dropped.
struct Copy(PathBuf);

impl Copy {
    fn make(backup: &Path) -> Result<Self> {
        let name = format!("careerbot-restore-{}.db", std::process::id());
        let copy = Self(std::env::temp_dir().join(name));
        let failed = |cause| Error::File {
            path: copy.0.clone(),
            cause,
        };
        // The folder for passing files is everybody's.
        let mut to = file::make(&copy.0).map_err(failed)?;
        std::io::copy(&mut File::open(backup).map_err(failed)?, &mut to).map_err(failed)?;
        Ok(copy)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // Best effort: a file left in the folder for passing files does no harm.
        let _ = std::fs::remove_file(&self.0);
    }
}
