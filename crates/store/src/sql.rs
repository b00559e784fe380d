//! A statement with its values, and the values of a row: the only place that speaks the driver's language.
//!
//! No query builder: statements are written out, numbered `$1`, and mean the same on both engines.

use std::borrow::Cow;

use rusqlite::types::ValueRef;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::{AssertSqlSafe, Postgres, Row, SqlSafeStr, TypeInfo, ValueRef as _};
use uuid::Uuid;

use sarafan_domain::id::*;
use sarafan_domain::time::{Timestamp, Wall};

use crate::conn::Line;
use crate::lite::More;
use crate::value::Value;
use crate::{Conn, Result, StoreError};

/// So many ids at most go into one statement.
pub(crate) const CHUNK: usize = 200;

/// A statement and the values bound so far.
pub(crate) struct Sql {
    text: Cow<'static, str>,
    values: Vec<Value>,
    /// Whether it stays prepared.
    keep: bool,
}

#[cfg(test)]
thread_local! {
    /// Every statement made on this thread, for the tests that look at how the database would run it.
    pub(crate) static MADE: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// A statement whose text is fixed.
pub(crate) fn sql(text: &'static str) -> Sql {
    Sql::of(Cow::Borrowed(text))
}

/// A statement whose text was put together from fixed pieces; never from anything a person typed.
pub(crate) fn built(text: String) -> Sql {
    Sql::of(Cow::Owned(text))
}

impl Sql {
    fn of(text: Cow<'static, str>) -> Self {
        #[cfg(test)]
        MADE.with_borrow_mut(|made| made.push(text.to_string()));
        Self { text, values: Vec::new(), keep: true }
    }

    /// Binds the next value.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
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
        Self { keep: false, ..self }
    }

    /// Runs it and tells how many rows it touched.
    pub(crate) async fn run(self, conn: &mut Conn) -> Result<u64> {
        match conn.line()? {
            Line::Lite(lite) => lite.run(&self.text, self.keep, &self.values, |_| Ok(More::Yes)),
            Line::Postgres(conn) => Ok(self.query().execute(conn).await?.rows_affected()),
        }
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
        match conn.line()? {
            Line::Lite(lite) => {
                let mut found = None;
                lite.run(&self.text, self.keep, &self.values, |row| {
                    found = Some(read(&mut Fields::lite(row))?);
                    Ok(More::No)
                })?;
                Ok(found)
            }
            Line::Postgres(conn) => match self.query().fetch_optional(conn).await? {
                Some(row) => read(&mut Fields::postgres(&row)).map(Some),
                None => Ok(None),
            },
        }
    }

    /// The row; [`StoreError::NotFound`] where there is none.
    pub(crate) async fn one<T>(self, conn: &mut Conn, read: fn(&mut Fields<'_>) -> Result<T>) -> Result<T> {
        self.optional(conn, read).await?.ok_or(StoreError::NotFound)
    }

    /// All rows.
    pub(crate) async fn all<T>(self, conn: &mut Conn, read: fn(&mut Fields<'_>) -> Result<T>) -> Result<Vec<T>> {
        match conn.line()? {
            Line::Lite(lite) => {
                let mut all = Vec::new();
                lite.run(&self.text, self.keep, &self.values, |row| {
                    all.push(read(&mut Fields::lite(row))?);
                    Ok(More::Yes)
                })?;
                Ok(all)
            }
            Line::Postgres(conn) => {
                let rows = self.query().fetch_all(conn).await?;
                rows.iter().map(|row| read(&mut Fields::postgres(row))).collect()
            }
        }
    }

    /// As PostgreSQL's driver wants it.
    fn query(self) -> sqlx::query::Query<'static, Postgres, PgArguments> {
        let text = match self.text {
            Cow::Borrowed(text) => text.into_sql_str(),
            Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
        };
        let query = sqlx::query(text).persistent(self.keep);
        self.values.into_iter().fold(query, |query, value| match value {
            Value::Int(value) => query.bind(value),
            Value::Real(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        })
    }
}

/// Writes a value as JSON.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Broken(format!("not JSON: {error}")))
}

macro_rules! kept {
    ($($type:ty => $kind:ident, $keep:expr;)*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Some(value).into()
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$kind(value.map($keep))
            }
        }
    )*};
}
kept! {
    i64 => Int, |number| number;
    f64 => Real, |number| number;
    String => Text, |text| text;
    Vec<u8> => Bytes, |bytes| bytes;
    &str => Text, str::to_owned;
    &String => Text, String::clone;
    &[u8] => Bytes, <[u8]>::to_vec;
    &Vec<u8> => Bytes, Vec::clone;
    bool => Int, i64::from;
    u32 => Int, i64::from;
    Timestamp => Int, Timestamp::as_microsecond;
    Wall => Text, |wall| wall.to_string();
    Uuid => Bytes, |id| id.as_bytes().to_vec();
    BrandId => Bytes, BrandId::bytes;
    PersonId => Bytes, PersonId::bytes;
    ChannelId => Bytes, ChannelId::bytes;
    PostId => Bytes, PostId::bytes;
    DeliveryId => Bytes, DeliveryId::bytes;
    AssetId => Bytes, AssetId::bytes;
    RubricId => Bytes, RubricId::bytes;
    JobId => Bytes, JobId::bytes;
    SeriesId => Bytes, SeriesId::bytes;
    InvitationId => Bytes, InvitationId::bytes;
    SessionId => Bytes, SessionId::bytes;
    ApprovalEventId => Bytes, ApprovalEventId::bytes;
    ReviewLinkId => Bytes, ReviewLinkId::bytes;
    TokenId => Bytes, TokenId::bytes;
    LetterId => Bytes, LetterId::bytes;
    NoticeId => Bytes, NoticeId::bytes;
    NoteId => Bytes, NoteId::bytes;
    TaskId => Bytes, TaskId::bytes;
    RunId => Bytes, RunId::bytes;
    WebhookId => Bytes, WebhookId::bytes;
    MessageId => Bytes, MessageId::bytes;
    PasskeyId => Bytes, PasskeyId::bytes;
}

/// The columns of a row, read in the order of the `SELECT`.
pub(crate) struct Fields<'r> {
    row: Columns<'r>,
    next: usize,
}

#[derive(Clone, Copy)]
enum Columns<'r> {
    Lite(&'r rusqlite::Row<'r>),
    Postgres(&'r PgRow),
}

impl<'r> Fields<'r> {
    pub(crate) fn lite(row: &'r rusqlite::Row<'_>) -> Self {
        Self { row: Columns::Lite(row), next: 0 }
    }

    pub(crate) fn postgres(row: &'r PgRow) -> Self {
        Self { row: Columns::Postgres(row), next: 0 }
    }

    fn place(&mut self) -> usize {
        let place = self.next;
        self.next += 1;
        place
    }

    fn text_ref(&mut self) -> Result<Option<&'r str>> {
        let place = self.place();
        match self.row {
            Columns::Lite(row) => match row.get_ref(place)? {
                ValueRef::Null => Ok(None),
                ValueRef::Text(text) => {
                    std::str::from_utf8(text).map(Some).map_err(|_| StoreError::unreadable("a text that is not UTF-8"))
                }
                _ => Err(StoreError::unreadable("a text of another type")),
            },
            Columns::Postgres(row) => Ok(row.try_get_unchecked(place)?),
        }
    }

    fn bytes_ref(&mut self) -> Result<Option<&'r [u8]>> {
        let place = self.place();
        match self.row {
            Columns::Lite(row) => match row.get_ref(place)? {
                ValueRef::Null => Ok(None),
                ValueRef::Blob(bytes) => Ok(Some(bytes)),
                _ => Err(StoreError::unreadable("bytes of another type")),
            },
            Columns::Postgres(row) => Ok(row.try_get(place)?),
        }
    }

    /// A whole number.
    pub(crate) fn int(&mut self) -> Result<i64> {
        self.int_opt()?.ok_or_else(|| StoreError::unreadable("a missing number"))
    }

    /// A whole number that may be missing.
    pub(crate) fn int_opt(&mut self) -> Result<Option<i64>> {
        let place = self.place();
        match self.row {
            Columns::Lite(row) => match row.get_ref(place)? {
                ValueRef::Null => Ok(None),
                ValueRef::Integer(number) => Ok(Some(number)),
                _ => Err(StoreError::unreadable("a number of another type")),
            },
            Columns::Postgres(row) => {
                // A constant of a statement is shorter than a column.
                let raw = row.try_get_raw(place)?;
                match raw.type_info().name() {
                    "INT4" => Ok(row.try_get::<Option<i32>, _>(place)?.map(i64::from)),
                    "INT2" => Ok(row.try_get::<Option<i16>, _>(place)?.map(i64::from)),
                    _ => Ok(row.try_get(place)?),
                }
            }
        }
    }

    /// A whole number of a smaller or unsigned type.
    pub(crate) fn count<T: TryFrom<i64>>(&mut self) -> Result<T> {
        T::try_from(self.int()?).map_err(|_| StoreError::unreadable("a number out of range"))
    }

    /// A real number that may be missing.
    pub(crate) fn real_opt(&mut self) -> Result<Option<f64>> {
        let place = self.place();
        match self.row {
            Columns::Lite(row) => Ok(row.get(place)?),
            Columns::Postgres(row) => Ok(row.try_get(place)?),
        }
    }

    /// Truth.
    pub(crate) fn flag(&mut self) -> Result<bool> {
        Ok(self.int()? != 0)
    }

    fn text_here(&mut self) -> Result<&'r str> {
        self.text_ref()?.ok_or_else(|| StoreError::unreadable("a missing text"))
    }

    /// Text.
    pub(crate) fn text(&mut self) -> Result<String> {
        self.text_here().map(str::to_owned)
    }

    /// Text that may be missing.
    pub(crate) fn text_opt(&mut self) -> Result<Option<String>> {
        Ok(self.text_ref()?.map(str::to_owned))
    }

    /// Bytes.
    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>> {
        self.bytes_opt()?.ok_or_else(|| StoreError::unreadable("missing bytes"))
    }

    /// Bytes that may be missing.
    pub(crate) fn bytes_opt(&mut self) -> Result<Option<Vec<u8>>> {
        Ok(self.bytes_ref()?.map(<[u8]>::to_vec))
    }

    /// An id.
    pub(crate) fn id<T: From<Uuid>>(&mut self) -> Result<T> {
        self.id_opt()?.ok_or_else(|| StoreError::unreadable("a missing id"))
    }

    /// An id that may be missing.
    pub(crate) fn id_opt<T: From<Uuid>>(&mut self) -> Result<Option<T>> {
        let Some(bytes) = self.bytes_ref()? else { return Ok(None) };
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
        let text = self.text_here()?;
        parse(text).ok_or_else(|| StoreError::unreadable(text))
    }

    /// The same, or nothing.
    pub(crate) fn code_opt<T>(&mut self, parse: fn(&str) -> Option<T>) -> Result<Option<T>> {
        let Some(text) = self.text_opt()? else { return Ok(None) };
        Ok(Some(parse(&text).ok_or_else(|| StoreError::unreadable(&text))?))
    }

    /// Text that is parsed.
    pub(crate) fn parse<T: std::str::FromStr>(&mut self) -> Result<T> {
        let text = self.text_here()?;
        text.parse().map_err(|_| StoreError::unreadable(text))
    }

    /// JSON.
    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T> {
        let text = self.text_here()?;
        serde_json::from_str(text).map_err(|error| StoreError::unreadable(&error.to_string()))
    }

    /// JSON that may be missing.
    pub(crate) fn json_opt<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
        let Some(text) = self.text_ref()? else { return Ok(None) };
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

    /// An id that may be missing.
    pub(crate) fn id_opt<T: From<Uuid>>(f: &mut Fields<'_>) -> Result<Option<T>> {
        f.id_opt()
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
