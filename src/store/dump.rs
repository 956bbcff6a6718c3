//! The logical backup: every row as JSON, one line each, readable on either database.
//!
//! ```text
//! {"format":"careerbot backup","version":1,"schema":1,"made":"2026-11-22T00:00:00Z"}
//! {"table":"settings","columns":["server","moderator_role",…]}
//! [4711,null,…]                      one line for each row of the table named last
//! …
//! {"rows":123,"crc32":"0badf00d"}    over every byte before this line
//! ```
//! Integers, texts, booleans and null stand as JSON has them; times are milliseconds since 1970. The last line proves that
//! the file is whole. Knows the tables only through [`tables`](crate::store::tables::tables).

use std::io::{BufRead, Write};
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ColumnIndex, Decode, Row, Type};

use crate::store::tables::{Kind, Table};
use crate::store::{Error, Result};

/// First words of the file.
pub(crate) const FORMAT: &str = "careerbot backup";
/// Version of the form of the lines, not of the schema.
const VERSION: i64 = 1;
/// Rows that are read from the database at a time.
const PAGE: i64 = 2_000;

/// The rows of one table, in the order of its columns.
pub(crate) struct Rows {
    pub(crate) table: &'static Table,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// The statement that reads a page of a table.
pub(crate) fn select(table: &Table, offset: i64) -> AssertSqlSafe<String> {
    // Every name comes from the schema.
    AssertSqlSafe(format!(
        "SELECT {} FROM {} ORDER BY {} LIMIT {PAGE} OFFSET {offset}",
        table.names().join(", "),
        table.name,
        table.key
    ))
}

/// A row of a table as JSON values.
pub(crate) fn values<R>(row: &R, table: &Table) -> sqlx::Result<Vec<Value>>
where
    R: Row,
    usize: ColumnIndex<R>,
    for<'r> i64: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> String: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> bool: Decode<'r, R::Database> + Type<R::Database>,
{
    table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            Ok(match column.kind {
                Kind::Integer => json!(row.try_get::<Option<i64>, _>(place)?),
                Kind::Text => json!(row.try_get::<Option<String>, _>(place)?),
                Kind::Boolean => json!(row.try_get::<Option<bool>, _>(place)?),
            })
        })
        .collect()
}

/// Reads all rows through `$fetch`, which runs a statement, and hands each page to `$take`.
macro_rules! each_page {
    ($table:ident, $place:expr, $executor:expr, $take:expr) => {
        for $table in $crate::store::tables::tables().await? {
            let mut offset = 0;
            loop {
                let page = sqlx::query($crate::store::dump::select($table, offset))
                    .fetch_all($executor)
                    .await
                    .map_err(|error| $crate::store::Error::sort($place, error))?;
                if page.is_empty() {
                    break;
                }
                offset += i64::try_from(page.len()).unwrap_or(i64::MAX);
                for row in &page {
                    let row = $crate::store::dump::values(row, $table)
                        .map_err(|error| $crate::store::Error::sort($place, error))?;
                    $take(row)?;
                }
            }
        }
    };
}
pub(crate) use each_page;

/// Writes the lines and counts them.
pub(crate) struct Writer<W> {
    out: W,
    sum: crc32fast::Hasher,
    rows: u64,
    table: &'static str,
}

impl<W: Write> Writer<W> {
    pub(crate) fn begin(out: W, schema: i64, made: Timestamp) -> std::io::Result<Self> {
        let mut writer = Self {
            out,
            sum: crc32fast::Hasher::new(),
            rows: 0,
            table: "",
        };
        writer.line(&json!({"format": FORMAT, "version": VERSION, "schema": schema, "made": made.to_string()}))?;
        Ok(writer)
    }

    pub(crate) fn row(&mut self, table: &'static Table, row: &[Value]) -> std::io::Result<()> {
        if self.table != table.name {
            self.line(&json!({"table": table.name, "columns": table.names()}))?;
            self.table = &table.name;
        }
        self.rows += 1;
        self.line(&json!(row))
    }

    /// Writes the last line; gives the number of rows and the sink.
    pub(crate) fn finish(mut self) -> std::io::Result<(u64, W)> {
        let sum = self.sum.clone().finalize();
        let rows = self.rows;
        self.line(&json!({"rows": rows, "crc32": format!("{sum:08x}")}))?;
        self.out.flush()?;
        Ok((rows, self.out))
    }

    fn line(&mut self, value: &Value) -> std::io::Result<()> {
        let mut line = value.to_string();
        line.push('\n');
        self.sum.update(line.as_bytes());
        self.out.write_all(line.as_bytes())
    }
}

/// Reads a whole logical backup into memory and checks all of it, so that nothing is applied from a file that is not whole.
///
/// # Errors
/// [`Error::NewerSchema`] and [`Error::Damaged`], with the line.
pub(crate) fn read(
    path: &Path,
    input: impl BufRead,
    known: i64,
    tables: &'static [Table],
) -> Result<Vec<Rows>> {
    let place = path.display().to_string();
    let damaged = |line: usize, what: &str| Error::Damaged {
        place: place.clone(),
        cause: format!("line {line}: {what}"),
    };
    let mut all = none(tables);
    let mut sum = crc32fast::Hasher::new();
    let mut now: Option<(usize, Vec<Option<usize>>)> = None;
    let (mut rows, mut whole) = (0_u64, false);
    for (number, line) in (1..).zip(input.lines()) {
        let line = line.map_err(|cause| match cause.kind() {
            std::io::ErrorKind::InvalidData => damaged(number, "not UTF-8"),
            _ => Error::File {
                path: path.to_owned(),
                cause,
            },
        })?;
        if whole {
            return Err(damaged(number, "goes on after its end"));
        }
        let value: Value = serde_json::from_str(&line).map_err(|_| damaged(number, "not JSON"))?;
        if number == 1 {
            check_head(&value, &place, known)?;
        } else if let Some(cells) = value.as_array() {
            let (index, places) = now
                .as_ref()
                .ok_or_else(|| damaged(number, "a row before its table"))?;
            let row = take_row(all[*index].table, places, cells)
                .map_err(|what| damaged(number, &what))?;
            all[*index].rows.push(row);
            rows += 1;
        } else if let Some(name) = value.get("table").and_then(Value::as_str) {
            let index = tables
                .iter()
                .position(|table| table.name == name)
                .ok_or_else(|| damaged(number, "an unknown table"))?;
            now = Some((
                index,
                places(&tables[index], &value).map_err(|what| damaged(number, &what))?,
            ));
        } else {
            let crc = format!("{:08x}", sum.clone().finalize());
            if value.get("rows").and_then(Value::as_u64) != Some(rows)
                || value.get("crc32").and_then(Value::as_str) != Some(&crc)
            {
                return Err(damaged(
                    number,
                    "the check sum does not fit: the file was changed or cut",
                ));
            }
            whole = true;
        }
        sum.update(line.as_bytes());
        sum.update(b"\n");
    }
    if whole {
        Ok(all)
    } else {
        Err(damaged(0, "the file ends too early"))
    }
}

/// Every table without a row.
pub(crate) fn none(tables: &'static [Table]) -> Vec<Rows> {
    let empty = |table| Rows {
        table,
        rows: Vec::new(),
    };
    tables.iter().map(empty).collect()
}

fn check_head(head: &Value, place: &str, known: i64) -> Result<()> {
    let number = |key: &str| head.get(key).and_then(Value::as_i64);
    let schema = number("schema");
    if head.get("format").and_then(Value::as_str) != Some(FORMAT) || schema.is_none() {
        return Err(Error::Damaged {
            place: place.to_owned(),
            cause: "it does not begin as a careerbot backup".to_owned(),
        });
    }
    match schema {
        Some(found) if found > known => Err(Error::NewerSchema {
            place: place.to_owned(),
            found,
            known,
        }),
        _ if number("version") != Some(VERSION) => Err(Error::Damaged {
            place: place.to_owned(),
            cause: "its form is of another version".to_owned(),
        }),
        _ => Ok(()),
    }
}

/// Where each column of the table stands in the lines; `None` for one that the backup does not have.
fn places(table: &Table, value: &Value) -> std::result::Result<Vec<Option<usize>>, String> {
    let named: Vec<&str> = value
        .get("columns")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let columns = table.names();
    if let Some(unknown) = named.iter().find(|name| !columns.contains(name)) {
        return Err(format!("unknown column \"{unknown}\""));
    }
    let place = |column: &&str| named.iter().position(|name| name == column);
    Ok(columns.iter().map(place).collect())
}

fn take_row(
    table: &Table,
    places: &[Option<usize>],
    cells: &[Value],
) -> std::result::Result<Vec<Value>, String> {
    table
        .columns
        .iter()
        .zip(places)
        .map(|(column, place)| {
            let cell = place
                .map_or(Some(&Value::Null), |place| cells.get(place))
                .ok_or("the row is too short")?;
            let fits = match column.kind {
                Kind::Integer => cell.is_i64(),
                Kind::Text => cell.is_string(),
                Kind::Boolean => cell.is_boolean(),
            };
            if fits || cell.is_null() {
                Ok(cell.clone())
            } else {
                Err(format!("{} is of the wrong kind", column.name))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tables::tables;

    async fn sample() -> Vec<u8> {
        let mut writer = Writer::begin(Vec::new(), 1, Timestamp::UNIX_EPOCH).expect("memory");
        let tables = tables().await.expect("read");
        let table = tables
            .iter()
            .find(|table| table.name == "feedback")
            .expect("a table");
        writer
            .row(
                table,
                &[json!(7), json!("role:x\n\"y\""), json!(1), json!(2)],
            )
            .expect("memory");
        writer.finish().expect("memory").1
    }

    async fn read_back(bytes: &[u8]) -> std::result::Result<usize, String> {
        let tables = tables().await.expect("read");
        read(Path::new("b.jsonl"), bytes, 1, tables)
            .map(|tables| tables.iter().map(|t| t.rows.len()).sum())
            .map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn what_was_written_is_read_back() {
        assert_eq!(read_back(&sample().await).await, Ok(1));
    }

    #[tokio::test]
    async fn every_cut_and_every_changed_byte_is_noticed() {
        let bytes = sample().await;
        for end in 0..bytes.len() - 1 {
            assert!(read_back(&bytes[..end]).await.is_err(), "cut at {end}");
        }
        for place in 0..bytes.len() - 1 {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert!(
                read_back(&changed).await.is_err(),
                "changed at {place}: {}",
                String::from_utf8_lossy(&changed)
            );
        }
    }

    #[tokio::test]
    async fn a_newer_schema_is_refused_by_its_number() {
        let newer = Writer::begin(Vec::new(), 99, Timestamp::UNIX_EPOCH)
            .and_then(Writer::finish)
            .expect("memory")
            .1;
        let error = read_back(&newer).await.expect_err("newer");
        assert!(
            error.contains("schema 99") && error.contains("up to 1"),
            "{error}"
        );
    }
}
