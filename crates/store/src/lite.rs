//! SQLite, spoken to directly: a statement runs where it is called, without a thread in between and without a copy of
//! each row. What may take long runs elsewhere: writes on the thread of `write`, whole tables on one of their own.

use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Row, Statement, ToSql};

use crate::value::Value;
use crate::{Result, StoreError};

/// So many statements stay prepared on a connection.
const PREPARED: usize = 128;

/// Where a database is and how it is opened: `sqlite:///folder/file.db?mode=rwc` or `sqlite::memory:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// `None` in memory.
    path: Option<PathBuf>,
    flags: OpenFlags,
}

impl Place {
    /// Reads an address; the file is created where the address does not say otherwise.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let rest = url.strip_prefix("sqlite:").unwrap_or(url);
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (path, options) = rest.split_once('?').unwrap_or((rest, "mode=rwc"));
        let path = percent_decode_str(path).decode_utf8().map_err(|_| bad("its path is not UTF-8"))?;
        let mode = match options.strip_prefix("mode=") {
            Some("ro") => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Some("rw") => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Some("rwc") => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            _ => return Err(bad("after `?` it knows mode=ro, mode=rw and mode=rwc")),
        };
        let path = (path != ":memory:").then(|| PathBuf::from(path.as_ref()));
        // A connection is used by one thread at a time: its own locks would only cost.
        Ok(Self { path, flags: mode | OpenFlags::SQLITE_OPEN_NO_MUTEX })
    }

    pub(crate) fn open(&self) -> Result<Lite> {
        let conn = match &self.path {
            Some(path) => Connection::open_with_flags(path, self.flags)?,
            None => Connection::open_in_memory()?,
        };
        conn.set_prepared_statement_cache_capacity(PREPARED);
        Ok(Lite(conn))
    }
}

fn bad(why: &str) -> StoreError {
    StoreError::Broken(format!("the address of the database: {why}"))
}

/// A connection.
pub(crate) struct Lite(Connection);

/// Whether to look at more rows.
pub(crate) enum More {
    Yes,
    No,
}

impl Lite {
    /// Runs a statement and shows its rows, one by one; tells how many rows it changed, where it changes any.
    pub(crate) fn run(
        &self,
        text: &str,
        keep: bool,
        values: &[Value],
        mut show: impl FnMut(&Row<'_>) -> Result<More>,
    ) -> Result<u64> {
        let (mut kept, mut once);
        let statement: &mut Statement<'_> = if keep {
            kept = self.0.prepare_cached(text)?;
            &mut kept
        } else {
            once = self.0.prepare(text)?;
            &mut once
        };
        bind(statement, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            if let More::No = show(row)? {
                break;
            }
        }
        Ok(self.0.changes())
    }

    /// Runs statements without values, one after the other.
    pub(crate) fn batch(&self, text: &str) -> Result<()> {
        Ok(self.0.execute_batch(text)?)
    }

    pub(crate) fn close(self) -> Result<()> {
        self.0.close().map_err(|(_, error)| error.into())
    }
}

/// SQLite takes `$1` for a name, and gives a name that comes twice one place.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<()> {
    for place in 1..=statement.parameter_count() {
        let name = statement.parameter_name(place).unwrap_or_default();
        let number = name.strip_prefix('$').and_then(|number| number.parse::<usize>().ok());
        let value = number.and_then(|number| values.get(number.checked_sub(1)?));
        let value = value.ok_or_else(|| StoreError::Broken(format!("a statement without a value for `{name}`")))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Int(Some(value)) => ValueRef::Integer(*value),
            Self::Real(Some(value)) => ValueRef::Real(*value),
            Self::Text(Some(value)) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(Some(value)) => ValueRef::Blob(value),
            Self::Int(None) | Self::Real(None) | Self::Text(None) | Self::Bytes(None) => ValueRef::Null,
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_and_how() {
        let create = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        for (url, path, flags) in [
            ("sqlite:///data/a%20b%3F.db", Some("/data/a b?.db"), create),
            ("sqlite://a.db?mode=ro", Some("a.db"), OpenFlags::SQLITE_OPEN_READ_ONLY),
            ("sqlite:a.db?mode=rw", Some("a.db"), OpenFlags::SQLITE_OPEN_READ_WRITE),
            ("sqlite::memory:", None, create),
        ] {
            let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            assert_eq!(Place::parse(url).unwrap(), Place { path: path.map(PathBuf::from), flags }, "{url}");
        }
        assert!(Place::parse("sqlite://a.db?cache=shared").is_err());
    }

    #[test]
    fn values_go_by_their_numbers() {
        let lite = Place::parse("sqlite::memory:").unwrap().open().unwrap();
        let values =
            [Value::Int(Some(1)), Value::Text(Some("б".into())), Value::Real(None), Value::Bytes(Some(vec![0]))];
        let mut seen = Vec::new();
        let show = |row: &Row<'_>| {
            let cells = (0..5).map(|place| format!("{:?}", row.get_ref(place).unwrap()));
            seen.push(cells.collect::<Vec<_>>().join(" "));
            Ok(More::Yes)
        };
        lite.run("SELECT $2, $1, $4, $3, $1", true, &values, show).unwrap();
        assert_eq!(seen, [r#"Text([208, 177]) Integer(1) Blob([0]) Null Integer(1)"#]);
        let missing = lite.run("SELECT $1, $2", true, &values[..1], |_| Ok(More::Yes));
        assert!(matches!(missing, Err(StoreError::Broken(_))));
    }
}
