//! Which tables there are and what their columns hold, as the database itself says: a table that a later migration adds
//! is in the back-up without anybody thinking of it.

use serde::{Deserialize, Serialize};

use sarafan_domain::time::Timestamp;

use crate::sql::sql;
use crate::store::{self, Engine};
use crate::value::Holds;
use crate::{Conn, Result, StoreError, migrate};

/// Tables that are not in a back-up, and why. A restored database has them empty.
pub const LEFT_OUT: [(&str, &str); 8] = [
    ("session", "a session that was ended since must not live again: everybody signs in anew"),
    ("challenge", "a sign-in under way is over in minutes"),
    ("messenger_code", "linking a messenger is over in minutes"),
    ("pending_connect", "a connection under way is over in minutes"),
    ("idempotency", "whoever repeats a request after that asks what became of it"),
    ("letter", "what waited to be mailed was mailed since, or is written anew: its job finds nothing to do"),
    ("worker", "who works says so"),
    ("job_lane", "locks of workers that are no more"),
];

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) holds: Holds,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
}

impl Table {
    pub(crate) fn holds(&self) -> Vec<Holds> {
        self.columns.iter().map(|column| column.holds).collect()
    }

    /// The names of the columns, quoted: `repeat` and `key` are words of SQL.
    pub(crate) fn names(&self) -> String {
        self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ")
    }

    /// Where a column stands.
    pub(crate) fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|one| one.name == column)
    }

    /// The same table, whatever the order of its columns?
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let sorted = |table: &Self| {
            let mut columns = table.columns.clone();
            columns.sort();
            columns
        };
        self.name == other.name && sorted(self) == sorted(other)
    }
}

/// The tables that are kept in a back-up, by name.
pub(crate) async fn kept(conn: &mut Conn) -> Result<Vec<Table>> {
    let text = match conn.engine() {
        Engine::Sqlite => {
            "SELECT m.name, c.name, lower(c.type) FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' ORDER BY m.name, c.cid"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
             FROM information_schema.columns WHERE table_schema = current_schema() \
             ORDER BY table_name, ordinal_position"
        }
    };
    // Others may have tables of their own beside ours, and an index may keep its pages as tables.
    let ours: Vec<&str> = migrate::tables().filter(|name| !LEFT_OUT.iter().any(|(out, _)| out == name)).collect();
    let mut tables: Vec<Table> = Vec::new();
    for (table, name, holds) in sql(text).all(conn, |f| Ok((f.text()?, f.text()?, f.text()?))).await? {
        if !ours.contains(&table.as_str()) {
            continue;
        }
        let holds = match holds.as_str() {
            "bigint" => Holds::Int,
            "double precision" => Holds::Real,
            "text" => Holds::Text,
            "blob" | "bytea" => Holds::Bytes,
            other => return Err(StoreError::Broken(format!("no back-up knows the type {other} of {table}.{name}"))),
        };
        let column = Column { name, holds };
        match tables.last_mut() {
            Some(last) if last.name == table => last.columns.push(column),
            _ => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(tables)
}

/// The tables as they are after this migration.
pub(crate) async fn of_schema(schema: i64, now: Timestamp) -> Result<Vec<Table>> {
    kept(&mut scratch("sqlite::memory:", schema, now).await?).await
}

/// An empty database as it is after this migration.
pub(crate) async fn scratch(url: &str, schema: i64, now: Timestamp) -> Result<Conn> {
    let mut conn = store::scratch(url).await?;
    migrate::run_to(&mut conn, Engine::Sqlite, now, schema).await?;
    Ok(conn)
}
