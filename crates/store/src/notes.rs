//! What the team says to each other about a post. The audience's words are in `comments`.

use sarafan_domain::id::{BrandId, NoteId, PersonId, PostId};
use sarafan_domain::time::Timestamp;

use crate::paging::{Cursor, cut, one_more};
use crate::sql::{Fields, sql};
use crate::{Conn, Result};

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteRow {
    /// Its id.
    pub id: NoteId,
    /// In which brand.
    pub brand: BrandId,
    /// On which post.
    pub post: PostId,
    /// Whose.
    pub person: PersonId,
    /// Plain text.
    pub text: String,
    /// Who is named in it.
    pub mentions: Vec<PersonId>,
    /// When it was written.
    pub at: Timestamp,
    /// When it was changed.
    pub edited_at: Option<Timestamp>,
}

fn read(f: &mut Fields<'_>) -> Result<NoteRow> {
    Ok(NoteRow {
        id: f.id()?,
        brand: f.id()?,
        post: f.id()?,
        person: f.id()?,
        text: f.text()?,
        mentions: f.json()?,
        at: f.at()?,
        edited_at: f.at_opt()?,
    })
}

/// Adds a note.
///
/// # Errors
/// Conflict where the id exists.
pub async fn insert(conn: &mut Conn, row: &NoteRow) -> Result<()> {
    sql("INSERT INTO note (brand_id, id, post_id, person_id, text, mentions, at, edited_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(row.brand)
    .bind(row.id)
    .bind(row.post)
    .bind(row.person)
    .bind(&row.text)
    .json(&row.mentions)?
    .bind(row.at)
    .bind(row.edited_at)
    .must(conn)
    .await
}

/// One note.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, id: NoteId) -> Result<NoteRow> {
    sql("SELECT id, brand_id, post_id, person_id, text, mentions, at, edited_at FROM note \
         WHERE brand_id = $1 AND id = $2")
    .bind(brand)
    .bind(id)
    .one(conn, read)
    .await
}

/// The notes on a post, newest first.
///
/// # Errors
/// Only those of the database.
pub async fn of_post(
    conn: &mut Conn,
    brand: BrandId,
    post: PostId,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<NoteRow>, Option<Cursor>)> {
    let from = cursor.unwrap_or(Cursor { at: i64::MAX, id: uuid::Uuid::max() });
    let rows = sql("SELECT id, brand_id, post_id, person_id, text, mentions, at, edited_at FROM note \
                    WHERE brand_id = $1 AND post_id = $2 AND (at, id) < ($3, $4) ORDER BY at DESC, id DESC LIMIT $5")
    .bind(brand)
    .bind(post)
    .bind(from.at)
    .bind(from.id)
    .bind(one_more(limit))
    .all(conn, read)
    .await?;
    Ok(cut(rows, limit, |row| Cursor { at: row.at.as_microsecond(), id: row.id.0 }))
}

/// Changes the words of a note.
///
/// # Errors
/// Not found.
pub async fn update(conn: &mut Conn, row: &NoteRow) -> Result<()> {
    sql("UPDATE note SET text = $3, mentions = $4, edited_at = $5 WHERE brand_id = $1 AND id = $2")
        .bind(row.brand)
        .bind(row.id)
        .bind(&row.text)
        .json(&row.mentions)?
        .bind(row.edited_at)
        .must(conn)
        .await
}

/// Removes a note.
///
/// # Errors
/// Not found.
pub async fn delete(conn: &mut Conn, brand: BrandId, id: NoteId) -> Result<()> {
    sql("DELETE FROM note WHERE brand_id = $1 AND id = $2").bind(brand).bind(id).must(conn).await
}
