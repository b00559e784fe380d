//! A statement with its values, and the values of a row: the only place that speaks the driver's language.
//!
//! No query builder: statements are written out, numbered `$1`, and mean the same on both engines.

use futures::stream::BoxStream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, AssertSqlSafe, Row, SqlSafeStr};
use uuid::Uuid;

use sarafan_domain::id::*;
use sarafan_domain::time::{Timestamp, Wall};

use crate::{Conn, Result, StoreError};

/// So many ids at most go into one statement.
pub(crate) const CHUNK: usize = 200;

type Query = sqlx::query::Query<'static, Any, AnyArguments>;

/// A statement and the values bound so far.
pub(crate) struct Sql(Query);

#[cfg(test)]
thread_local! {
    /// Every statement made on this thread, for the tests that look at how the database would run it.
    pub(crate) static MADE: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// A statement whose text is fixed.
pub(crate) fn sql(text: &'static str) -> Sql {
    #[cfg(test)]
    MADE.with_borrow_mut(|made| made.push(text.to_owned()));
    Sql(sqlx::query(text))
}

/// A statement whose text was put together from fixed pieces; never from anything a person typed.
pub(crate) fn built(text: String) -> Sql {
    #[cfg(test)]
    MADE.with_borrow_mut(|made| made.push(text.clone()));
    Sql(sqlx::query(AssertSqlSafe(text).into_sql_str()))
}

impl Sql {
    /// Binds the next value.
    pub(crate) fn bind(self, value: impl Bind) -> Self {
        Self(value.bind(self.0))
    }

    /// Binds a value that is kept as JSON.
    pub(crate) fn json<T: Serialize + ?Sized>(self, value: &T) -> Result<Self> {
        Ok(self.bind(to_json(value)?))
    }

    /// Binds a value that is kept as JSON, or nothing.
    pub(crate) fn json_opt<T: Serialize>(self, value: Option<&T>) -> Result<Self> {
        Ok(self.bind(value.map(to_json).transpose()?))
    }

    /// A statement whose text grows with the number of rows or ids: short ones and full chunks come again and are kept
    /// prepared, the lengths between would only push others out of the cache.
    pub(crate) fn of_rows(self, rows: usize) -> Self {
        if rows > 8 && rows != CHUNK { self.once() } else { self }
    }

    /// Keeps the statement out of the cache: its text hardly comes twice.
    pub(crate) fn once(self) -> Self {
        Self(self.0.persistent(false))
    }

    /// Runs it and tells how many rows it touched.
    pub(crate) async fn run(self, conn: &mut Conn) -> Result<u64> {
        Ok(self.0.execute(conn).await?.rows_affected())
    }

    /// Runs it; [`StoreError::NotFound`] where it touched nothing.
    pub(crate) async fn must(self, conn: &mut Conn) -> Result<()> {
        if self.run(conn).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// The first row, if any.
    pub(crate) async fn optional<T>(
        self,
        conn: &mut Conn,
        read: fn(&mut Fields<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        match self.0.fetch_optional(conn).await? {
            Some(row) => read(&mut Fields::of(&row)).map(Some),
            None => Ok(None),
        }
    }

    /// The row; [`StoreError::NotFound`] where there is none.
    pub(crate) async fn one<T>(self, conn: &mut Conn, read: fn(&mut Fields<'_>) -> Result<T>) -> Result<T> {
        self.optional(conn, read).await?.ok_or(StoreError::NotFound)
    }

    /// Row by row, for more than fits into memory.
    pub(crate) fn rows(self, conn: &mut Conn) -> BoxStream<'_, Result<AnyRow, sqlx::Error>> {
        self.0.fetch(conn)
    }

    /// All rows.
    pub(crate) async fn all<T>(self, conn: &mut Conn, read: fn(&mut Fields<'_>) -> Result<T>) -> Result<Vec<T>> {
        let rows = self.0.fetch_all(conn).await?;
        rows.iter().map(|row| read(&mut Fields::of(row))).collect()
    }
}

/// Writes a value as JSON.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Broken(format!("not JSON: {error}")))
}

/// Something that a column can hold.
pub(crate) trait Bind {
    fn bind(self, query: Query) -> Query;
}

macro_rules! plain {
    ($($type:ty)*) => {$(
        impl Bind for $type {
            fn bind(self, query: Query) -> Query {
                query.bind(self)
            }
        }
        impl Bind for Option<$type> {
            fn bind(self, query: Query) -> Query {
                query.bind(self)
            }
        }
    )*};
}
plain!(i64 f64 String Vec<u8>);

macro_rules! via {
    ($($type:ty => $plain:ty, $read:expr;)*) => {$(
        impl Bind for $type {
            fn bind(self, query: Query) -> Query {
                let read: fn($type) -> $plain = $read;
                query.bind(read(self))
            }
        }
        impl Bind for Option<$type> {
            fn bind(self, query: Query) -> Query {
                let read: fn($type) -> $plain = $read;
                query.bind(self.map(read))
            }
        }
    )*};
}
via! {
    &str => String, str::to_owned;
    &String => String, String::clone;
    &[u8] => Vec<u8>, <[u8]>::to_vec;
    &Vec<u8> => Vec<u8>, Vec::clone;
    bool => i64, i64::from;
    u32 => i64, i64::from;
    Timestamp => i64, Timestamp::as_microsecond;
    Wall => String, |wall| wall.to_string();
    Uuid => Vec<u8>, |id| id.as_bytes().to_vec();
    BrandId => Vec<u8>, BrandId::bytes;
    PersonId => Vec<u8>, PersonId::bytes;
    ChannelId => Vec<u8>, ChannelId::bytes;
    PostId => Vec<u8>, PostId::bytes;
    DeliveryId => Vec<u8>, DeliveryId::bytes;
    AssetId => Vec<u8>, AssetId::bytes;
    RubricId => Vec<u8>, RubricId::bytes;
    JobId => Vec<u8>, JobId::bytes;
    SeriesId => Vec<u8>, SeriesId::bytes;
    InvitationId => Vec<u8>, InvitationId::bytes;
    SessionId => Vec<u8>, SessionId::bytes;
    ApprovalEventId => Vec<u8>, ApprovalEventId::bytes;
    ReviewLinkId => Vec<u8>, ReviewLinkId::bytes;
    TokenId => Vec<u8>, TokenId::bytes;
}

/// The columns of a row, read in the order of the `SELECT`.
pub(crate) struct Fields<'r> {
    row: &'r AnyRow,
    next: usize,
}

impl<'r> Fields<'r> {
    pub(crate) fn of(row: &'r AnyRow) -> Self {
        Self { row, next: 0 }
    }

    fn take<T>(&mut self) -> Result<T>
    where
        T: sqlx::Decode<'r, Any> + sqlx::Type<Any>,
    {
        let index = self.next;
        self.next += 1;
        Ok(self.row.try_get(index)?)
    }

    /// A whole number.
    pub(crate) fn int(&mut self) -> Result<i64> {
        self.take()
    }

    /// A whole number that may be missing.
    pub(crate) fn int_opt(&mut self) -> Result<Option<i64>> {
        self.take()
    }

    /// A whole number of a smaller or unsigned type.
    pub(crate) fn count<T: TryFrom<i64>>(&mut self) -> Result<T> {
        T::try_from(self.int()?).map_err(|_| StoreError::unreadable("a number out of range"))
    }

    /// A real number that may be missing.
    pub(crate) fn real_opt(&mut self) -> Result<Option<f64>> {
        self.take()
    }

    /// Truth.
    pub(crate) fn flag(&mut self) -> Result<bool> {
        Ok(self.int()? != 0)
    }

    /// Text.
    pub(crate) fn text(&mut self) -> Result<String> {
        self.take()
    }

    /// Text that may be missing.
    pub(crate) fn text_opt(&mut self) -> Result<Option<String>> {
        self.take()
    }

    /// Bytes.
    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>> {
        self.take()
    }

    /// Bytes that may be missing.
    pub(crate) fn bytes_opt(&mut self) -> Result<Option<Vec<u8>>> {
        self.take()
    }

    /// An id.
    pub(crate) fn id<T: From<Uuid>>(&mut self) -> Result<T> {
        self.id_opt()?.ok_or_else(|| StoreError::unreadable("a missing id"))
    }

    /// An id that may be missing.
    pub(crate) fn id_opt<T: From<Uuid>>(&mut self) -> Result<Option<T>> {
        let Some(bytes) = self.take::<Option<&[u8]>>()? else { return Ok(None) };
        Uuid::from_slice(bytes).map(|id| Some(id.into())).map_err(|_| StoreError::unreadable("an id"))
    }

    /// An instant.
    pub(crate) fn at(&mut self) -> Result<Timestamp> {
        self.at_opt()?.ok_or_else(|| StoreError::unreadable("a missing instant"))
    }

    /// An instant that may be missing.
    pub(crate) fn at_opt(&mut self) -> Result<Option<Timestamp>> {
        self.int_opt()?.map(instant).transpose()
    }

    /// A word of a closed list.
    pub(crate) fn code<T>(&mut self, parse: fn(&str) -> Option<T>) -> Result<T> {
        let text: &str = self.take()?;
        parse(text).ok_or_else(|| StoreError::unreadable(text))
    }

    /// Text that is parsed.
    pub(crate) fn parse<T: std::str::FromStr>(&mut self) -> Result<T> {
        let text: &str = self.take()?;
        text.parse().map_err(|_| StoreError::unreadable(text))
    }

    /// JSON.
    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T> {
        let text: &str = self.take()?;
        serde_json::from_str(text).map_err(|error| StoreError::unreadable(&error.to_string()))
    }

    /// JSON that may be missing.
    pub(crate) fn json_opt<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
        let Some(text) = self.take::<Option<&str>>()? else { return Ok(None) };
        serde_json::from_str(text).map(Some).map_err(|error| StoreError::unreadable(&error.to_string()))
    }
}

/// Rows of one column.
pub(crate) mod only {
    use super::{Fields, Result, Timestamp, Uuid};

    /// A whole number.
    pub(crate) fn int(f: &mut Fields<'_>) -> Result<i64> {
        f.int()
    }

    /// Text.
    pub(crate) fn text(f: &mut Fields<'_>) -> Result<String> {
        f.text()
    }

    /// Bytes.
    pub(crate) fn bytes(f: &mut Fields<'_>) -> Result<Vec<u8>> {
        f.bytes()
    }

    /// An id.
    pub(crate) fn id<T: From<Uuid>>(f: &mut Fields<'_>) -> Result<T> {
        f.id()
    }

    /// An instant that may be missing.
    pub(crate) fn at_opt(f: &mut Fields<'_>) -> Result<Option<Timestamp>> {
        f.at_opt()
    }
}

/// An instant from its microseconds.
pub(crate) fn instant(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreError::unreadable("an instant out of range"))
}

/// `$2, $3, $4` for three values from number 2 on.
pub(crate) fn marks(first: usize, count: usize) -> String {
    (first..first + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// `($2, $3), ($4, $5)` for two rows of two values from number 2 on.
pub(crate) fn mark_rows(first: usize, rows: usize, width: usize) -> String {
    (0..rows).map(|row| format!("({})", marks(first + row * width, width))).collect::<Vec<_>>().join(", ")
}

/// The pattern for "contains this text", for `LIKE … ESCAPE '!'` on a column that is kept in lower case.
pub(crate) fn like(text: &str) -> String {
    let text = text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{text}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_on() {
        assert_eq!(marks(2, 3), "$2, $3, $4");
        assert_eq!(mark_rows(2, 2, 2), "($2, $3), ($4, $5)");
        assert_eq!((marks(2, 0), mark_rows(1, 0, 2)), (String::new(), String::new()));
    }

    #[test]
    fn a_search_takes_its_text_literally() {
        assert_eq!(like("50% Скидка_!"), "%50!% скидка!_!!%");
    }
}
