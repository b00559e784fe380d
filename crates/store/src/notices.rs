//! What people are to hear of, and what they chose to.

use sarafan_domain::id::{BrandId, NoticeId, PersonId};
use sarafan_domain::notice::{Choices, Kind, Mail};
use sarafan_domain::time::Timestamp;
use serde_json::Value;

use crate::paging::{Cursor, cut, one_more};
use crate::sql::{Fields, built, marks, only, sql};
use crate::{Conn, Result};

/// So many are told at once by mail or messenger.
pub const MOST: usize = 2000;

/// A notice.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeRow {
    /// Its id.
    pub id: NoticeId,
    /// In which brand.
    pub brand: BrandId,
    /// For whom.
    pub person: PersonId,
    /// What it is of.
    pub kind: Kind,
    /// The words it is told with.
    pub told: Value,
    /// When it happened.
    pub at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
    /// Is it shown in the application?
    pub shown: bool,
    /// When it is still to be mailed, if it is.
    pub mail: Mail,
    /// Is it still to be told by messenger?
    pub messenger: bool,
}

/// A way out of the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By mail.
    Mail(Mail),
    /// By messenger.
    Messenger,
}

impl Way {
    /// Its column, and what stands there while something is still to be told so.
    fn place(self) -> (&'static str, i64) {
        match self {
            Self::Mail(mail) => ("mail", code(mail)),
            Self::Messenger => ("messenger", 1),
        }
    }
}

fn code(mail: Mail) -> i64 {
    match mail {
        Mail::Off => 0,
        Mail::Soon => 1,
        Mail::Hourly => 2,
        Mail::Daily => 3,
    }
}

fn read(f: &mut Fields<'_>) -> Result<NoticeRow> {
    Ok(NoticeRow {
        id: f.id()?,
        brand: f.id()?,
        person: f.id()?,
        kind: f.code(Kind::parse)?,
        told: f.json()?,
        at: f.at()?,
        read_at: f.at_opt()?,
        shown: f.flag()?,
        mail: match f.int()? {
            1 => Mail::Soon,
            2 => Mail::Hourly,
            3 => Mail::Daily,
            _ => Mail::Off,
        },
        messenger: f.flag()?,
    })
}

/// Adds a notice.
///
/// # Errors
/// Conflict where the id exists.
pub async fn insert(conn: &mut Conn, row: &NoticeRow) -> Result<()> {
    sql("INSERT INTO notice (brand_id, person_id, id, kind, told, at, read_at, shown, mail, messenger) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(row.brand)
    .bind(row.person)
    .bind(row.id)
    .bind(row.kind.code())
    .json(&row.told)?
    .bind(row.at)
    .bind(row.read_at)
    .bind(i64::from(row.shown))
    .bind(code(row.mail))
    .bind(i64::from(row.messenger))
    .must(conn)
    .await
}

/// What a person was told in a brand, newest first.
///
/// # Errors
/// Only those of the database.
pub async fn list(
    conn: &mut Conn,
    brand: BrandId,
    person: PersonId,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<NoticeRow>, Option<Cursor>)> {
    let from = cursor.unwrap_or(Cursor { at: i64::MAX, id: uuid::Uuid::max() });
    let rows = sql("SELECT id, brand_id, person_id, kind, told, at, read_at, shown, mail, messenger FROM notice \
                    WHERE brand_id = $1 AND person_id = $2 AND shown = 1 AND (at, id) < ($3, $4) \
                    ORDER BY at DESC, id DESC LIMIT $5")
    .bind(brand)
    .bind(person)
    .bind(from.at)
    .bind(from.id)
    .bind(one_more(limit))
    .all(conn, read)
    .await?;
    Ok(cut(rows, limit, |row| Cursor { at: row.at.as_microsecond(), id: row.id.0 }))
}

/// Is the same already told and not yet read?
///
/// # Errors
/// Only those of the database.
pub async fn is_told(conn: &mut Conn, row: &NoticeRow) -> Result<bool> {
    let found = sql("SELECT 1 FROM notice WHERE brand_id = $1 AND person_id = $2 AND kind = $3 AND told = $4 \
                     AND read_at IS NULL LIMIT 1")
    .bind(row.brand)
    .bind(row.person)
    .bind(row.kind.code())
    .json(&row.told)?
    .optional(conn, only::int)
    .await?;
    Ok(found.is_some())
}

/// How many are unread.
///
/// # Errors
/// Only those of the database.
pub async fn unread(conn: &mut Conn, brand: BrandId, person: PersonId) -> Result<i64> {
    sql("SELECT count(*) FROM notice WHERE brand_id = $1 AND person_id = $2 AND shown = 1 AND read_at IS NULL")
        .bind(brand)
        .bind(person)
        .one(conn, only::int)
        .await
}

/// Those that are unread and still to be told so, oldest first; at most [`MOST`].
///
/// # Errors
/// Only those of the database.
pub async fn waiting(conn: &mut Conn, brand: BrandId, person: PersonId, way: Way) -> Result<Vec<NoticeRow>> {
    let (column, value) = way.place();
    let text = format!(
        "SELECT id, brand_id, person_id, kind, told, at, read_at, shown, mail, messenger FROM notice \
         WHERE brand_id = $1 AND person_id = $2 AND {column} = $3 AND read_at IS NULL ORDER BY at, id LIMIT $4"
    );
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    built(text).bind(brand).bind(person).bind(value).bind(most).all(conn, read).await
}

/// They were told so, or are not to be any more. What was to be told in no other way is forgotten.
///
/// # Errors
/// Only those of the database.
pub async fn went(conn: &mut Conn, brand: BrandId, person: PersonId, way: Way, ids: &[NoticeId]) -> Result<()> {
    let (column, _) = way.place();
    for some in ids.chunks(crate::sql::CHUNK) {
        let text = format!(
            "UPDATE notice SET {column} = 0 WHERE brand_id = $1 AND person_id = $2 AND id IN ({})",
            marks(3, some.len())
        );
        let statement = built(text).bind(brand).bind(person);
        some.iter().fold(statement, |statement, id| statement.bind(*id)).of_rows(some.len()).run(conn).await?;
    }
    sql("DELETE FROM notice WHERE brand_id = $1 AND person_id = $2 AND shown = 0 AND mail = 0 AND messenger = 0")
        .bind(brand)
        .bind(person)
        .run(conn)
        .await
        .map(|_| ())
}

/// Nothing of all brands is to be mailed or told by messenger any more.
///
/// # Errors
/// Only those of the database.
pub async fn all_went(conn: &mut Conn) -> Result<()> {
    sql("UPDATE notice SET mail = 0, messenger = 0 WHERE mail <> 0 OR messenger <> 0").run(conn).await?;
    sql("DELETE FROM notice WHERE shown = 0").run(conn).await.map(|_| ())
}

/// One was read.
///
/// # Errors
/// Not found.
pub async fn mark_read(conn: &mut Conn, brand: BrandId, person: PersonId, id: NoticeId, now: Timestamp) -> Result<()> {
    sql("UPDATE notice SET read_at = COALESCE(read_at, $4) WHERE brand_id = $1 AND person_id = $2 AND id = $3")
        .bind(brand)
        .bind(person)
        .bind(id)
        .bind(now)
        .must(conn)
        .await
}

/// All were read.
///
/// # Errors
/// Only those of the database.
pub async fn mark_all_read(conn: &mut Conn, brand: BrandId, person: PersonId, now: Timestamp) -> Result<()> {
    sql("UPDATE notice SET read_at = $3 WHERE brand_id = $1 AND person_id = $2 AND read_at IS NULL")
        .bind(brand)
        .bind(person)
        .bind(now)
        .run(conn)
        .await
        .map(|_| ())
}

/// Forgets what a person read before.
///
/// # Errors
/// Only those of the database.
pub async fn forget(conn: &mut Conn, brand: BrandId, person: PersonId, before: Timestamp) -> Result<()> {
    sql("DELETE FROM notice WHERE brand_id = $1 AND person_id = $2 AND at < $3 AND read_at IS NOT NULL")
        .bind(brand)
        .bind(person)
        .bind(before)
        .run(conn)
        .await
        .map(|_| ())
}

fn chosen(f: &mut Fields<'_>) -> Result<Choices> {
    f.json()
}

/// What a person chose in a brand.
///
/// # Errors
/// Only those of the database.
pub async fn choices(conn: &mut Conn, brand: BrandId, person: PersonId) -> Result<Choices> {
    let found = sql("SELECT choices FROM notice_choice WHERE brand_id = $1 AND person_id = $2")
        .bind(brand)
        .bind(person)
        .optional(conn, chosen)
        .await?;
    Ok(found.unwrap_or_default())
}

/// A person chooses.
///
/// # Errors
/// Only those of the database.
pub async fn choose(conn: &mut Conn, brand: BrandId, person: PersonId, choices: &Choices) -> Result<()> {
    sql("INSERT INTO notice_choice (brand_id, person_id, choices) VALUES ($1, $2, $3) \
         ON CONFLICT (brand_id, person_id) DO UPDATE SET choices = excluded.choices")
    .bind(brand)
    .bind(person)
    .json(choices)?
    .must(conn)
    .await
}
