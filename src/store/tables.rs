//! Every table and column, for backups, as the migrations make them: read from an empty database that they are run on. Left out
//! is what passes by itself (`deeds`, `logins`) and what Discord says anew (`removals`).

use sqlx::{ConnectOptions as _, SqliteConnection};
use tokio::sync::OnceCell;

use crate::store::columns::from_row;
use crate::store::error::{Error, Result};
use crate::store::schema::SQLITE_SCHEMA;

/// What a column holds; each may be missing (NULL).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Text,
    Boolean,
}

/// A column of a table.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// What stands in a column that came with a later step and is never empty, where a backup of before has nothing.
    pub(crate) before: Option<String>,
}

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    /// Columns that put its rows in order.
    pub(crate) key: String,
    /// Whether it counts its ids by itself.
    pub(crate) counts: bool,
}

impl Table {
    /// The names of its columns, in order.
    pub(crate) fn names(&self) -> Vec<&str> {
        let names = self.columns.iter().map(|column| column.name.as_str());
        names.collect()
    }
}

/// The columns of all tables, in the order in which they were made: each table after those that it refers to. SQLite has no type
/// for truth: such columns hold 0 or 1, by a check.
const COLUMNS: &str = "SELECT made.name AS owner, one.name AS name, one.type AS kind, one.dflt_value AS before, one.pk AS place, \
    instr(made.sql, 'CHECK (' || one.name || ' IN (0, 1))') > 0 AS truth, instr(made.sql, 'AUTOINCREMENT') > 0 AS counts \
    FROM sqlite_schema AS made JOIN pragma_table_info(made.name) AS one \
    WHERE made.type = 'table' AND substr(made.name, 1, 7) <> 'sqlite_' \
    AND made.name NOT IN ('_sqlx_migrations', 'deeds', 'logins', 'removals') ORDER BY made.rowid, one.cid";

struct Found {
    owner: String,
    name: String,
    kind: String,
    before: Option<String>,
    place: i64,
    truth: bool,
    counts: bool,
}
from_row!(Found {
    owner,
    name,
    kind,
    before,
    place,
    truth,
    counts
});

/// Every table, each after those that it refers to.
pub(crate) async fn tables() -> Result<&'static [Table]> {
    static TABLES: OnceCell<Vec<Table>> = OnceCell::const_new();
    TABLES.get_or_try_init(read).await.map(Vec::as_slice)
}

async fn read() -> Result<Vec<Table>> {
    const PLACE: &str = "the schema in memory";
    let sort = |error| Error::sort(PLACE, error);
    let memory = sqlx::sqlite::SqliteConnectOptions::new().in_memory(true);
    let mut memory: SqliteConnection = memory.connect().await.map_err(sort)?;
    let made = SQLITE_SCHEMA.run_direct(None, &mut memory, false).await;
    made.map_err(|error| Error::sort_migration(PLACE, error))?;
    let found: Vec<Found> = sqlx::query_as(COLUMNS)
        .fetch_all(&mut memory)
        .await
        .map_err(sort)?;
    let table = |columns: &[Found]| {
        let mut key: Vec<&Found> = columns.iter().filter(|column| column.place > 0).collect();
        key.sort_by_key(|column| column.place);
        let key: Vec<&str> = key.iter().map(|column| column.name.as_str()).collect();
        Some(Table {
            name: columns.first()?.owner.clone(),
            columns: columns.iter().map(column).collect(),
            key: key.join(", "),
            counts: columns.first()?.counts,
        })
    };
    let tables = found.chunk_by(|one, other| one.owner == other.owner);
    Ok(tables.filter_map(table).collect())
}

fn column(found: &Found) -> Column {
    let kind = match (found.truth, found.kind.as_str()) {
        (true, _) => Kind::Boolean,
        (false, "INTEGER") => Kind::Integer,
        (false, _) => Kind::Text,
    };
    // PostgreSQL takes no number for truth, and SQLite takes the word.
    let before = match (kind, found.before.as_deref()) {
        (Kind::Boolean, Some("0")) => Some("FALSE"),
        (Kind::Boolean, Some(_)) => Some("TRUE"),
        (_, before) => before,
    };
    Column {
        name: found.name.clone(),
        kind,
        before: before.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn tables_are_read_from_the_migrations() {
        let tables = tables().await.expect("read");
        let find = |name: &str| {
            let found = tables.iter().find(|table| table.name == name);
            found.unwrap_or_else(|| panic!("no {name}"))
        };
        let (entries, versions) = (find("entries"), find("entry_versions"));
        assert!(entries.counts && !versions.counts);
        assert_eq!(
            (entries.key.as_str(), versions.key.as_str()),
            ("id", "entry, version")
        );
        let place = |table: &Table| tables.iter().position(|one| one.name == table.name);
        assert!(place(entries) < place(versions), "it is referred to");
        let settings = &find("settings").columns;
        let of = |name: &str| {
            let found = settings.iter().find(|column| column.name == name);
            let found = found.unwrap_or_else(|| panic!("no {name}"));
            (found.kind, found.before.as_deref())
        };
        assert_eq!(of("server"), (Kind::Integer, None));
        assert_eq!(of("gaps"), (Kind::Boolean, None));
        assert_eq!(of("post_colour"), (Kind::Integer, None));
        assert_eq!(of("post_order"), (Kind::Text, Some("'points'")));
        assert_eq!(of("post_poll"), (Kind::Boolean, Some("FALSE")));
        let passing = ["deeds", "logins", "removals", "_sqlx_migrations"];
        assert!(
            tables
                .iter()
                .all(|table| !passing.contains(&table.name.as_str()))
        );
    }
}
