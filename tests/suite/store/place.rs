//! A fresh database for one test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use careerbot::store::{Error, Location, Store};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::Connection as _;
use tempfile::TempDir;

use crate::store::postgres;

/// Where a test's store is, and a folder for its files.
pub(crate) struct Place {
    folder: TempDir,
    location: Location,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let location = Location::Sqlite(folder.path().join("data").join("careerbot.db"));
        Self { folder, location }
    }

    /// `None`, after a loud word, where PostgreSQL is not installed.
    pub(crate) async fn postgres(test: &str) -> Option<Self> {
        let server = postgres::shared(test)?;
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let mut admin = sqlx::PgConnection::connect(&server.url("postgres"))
            .await
            .expect("the test server answers");
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut admin)
            .await
            .expect("a database");
        admin.close().await.expect("closed");
        Some(Self {
            folder: tempfile::tempdir().expect("a folder"),
            location: Location::Postgres(SecretString::from(server.url(&name))),
        })
    }

    pub(crate) fn location(&self) -> &Location {
        &self.location
    }

    /// What the program has to be told to use it.
    pub(crate) fn setting(&self) -> (&'static str, String) {
        match &self.location {
            Location::Sqlite(path) => {
                let folder = path.parent().and_then(Path::to_str).expect("UTF-8");
                ("CAREERBOT_DATA", folder.to_owned())
            }
            Location::Postgres(url) => ("DATABASE_URL", url.expose_secret().to_owned()),
        }
    }

    /// Changes rows by hand; how many.
    pub(crate) async fn change(&self, statement: &'static str) -> u64 {
        match &self.location {
            Location::Sqlite(path) => {
                let raw = rusqlite::Connection::open(path).expect("opened");
                raw.busy_timeout(Duration::from_secs(5)).expect("set");
                raw.execute(statement, []).expect("written") as u64
            }
            Location::Postgres(url) => {
                let raw = sqlx::PgConnection::connect(url.expose_secret()).await;
                let done = sqlx::query(statement)
                    .execute(&mut raw.expect("connected"))
                    .await;
                done.expect("written").rows_affected()
            }
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Opens it. A program that another test starts at this moment has all open files of this one until it is itself, and with
    /// them the lock of a store that was closed just now.
    pub(crate) async fn open(&self) -> Store {
        let end = Instant::now() + Duration::from_secs(5);
        loop {
            match Store::open(&self.location).await {
                Err(Error::InUse { .. }) if Instant::now() < end => {
                    tokio::time::sleep(Duration::from_millis(10)).await
                }
                opened => return opened.expect("the store opens"),
            }
        }
    }

    /// A second user of a store that is open: a replica where there can be one, else another task of the program.
    pub(crate) async fn second(&self, store: &Store) -> Store {
        if store.is_shared() {
            self.open().await
        } else {
            store.clone()
        }
    }
}
