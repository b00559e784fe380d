//! Links by which people without an account approve. Only the hash of a token is kept.

use sarafan_domain::approval::Covers;
use sarafan_domain::id::{BrandId, PersonId, ReviewLinkId};
use sarafan_domain::time::Timestamp;

use crate::paging::{Cursor, cut, one_more};
use crate::sql::{Fields, sql};
use crate::{Conn, Result};

/// A link.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkRow {
    /// Its id.
    pub id: ReviewLinkId,
    /// Of which brand; nothing of another one is ever shown by it.
    pub brand: BrandId,
    /// Hash of the token in the link.
    pub token_hash: Vec<u8>,
    /// Name of the person who was given it.
    pub name: String,
    /// Language of its page.
    pub language: String,
    /// Which posts it shows.
    pub covers: Covers,
    /// Who gave it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// It opens nothing after.
    pub expires_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
    /// When somebody last came by it, to a minute or so.
    pub used_at: Option<Timestamp>,
}

fn read(f: &mut Fields<'_>) -> Result<LinkRow> {
    Ok(LinkRow {
        id: f.id()?,
        brand: f.id()?,
        token_hash: f.bytes()?,
        name: f.text()?,
        language: f.text()?,
        covers: f.json()?,
        created_by: f.id()?,
        created_at: f.at()?,
        expires_at: f.at()?,
        revoked_at: f.at_opt()?,
        used_at: f.at_opt()?,
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, brand_id, token_hash, name, language, covers, created_by, created_at, expires_at, revoked_at, ",
            "used_at FROM review_link ",
            $rest
        )
    };
}

/// Adds a link.
///
/// # Errors
/// Conflict where id or token exist.
pub async fn insert_link(conn: &mut Conn, row: &LinkRow) -> Result<()> {
    sql("INSERT INTO review_link (brand_id, id, token_hash, name, language, covers, created_by, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(row.brand)
    .bind(row.id)
    .bind(&row.token_hash)
    .bind(&row.name)
    .bind(&row.language)
    .json(&row.covers)?
    .bind(row.created_by)
    .bind(row.created_at)
    .bind(row.expires_at)
    .must(conn)
    .await
}

/// One link.
///
/// # Errors
/// Not found.
pub async fn link(conn: &mut Conn, brand: BrandId, id: ReviewLinkId) -> Result<LinkRow> {
    sql(select!("WHERE brand_id = $1 AND id = $2")).bind(brand).bind(id).one(conn, read).await
}

/// The link of a token, unless it has ended or was taken back.
///
/// # Errors
/// Only those of the database.
pub async fn link_by_token(conn: &mut Conn, hash: &[u8], now: Timestamp) -> Result<Option<LinkRow>> {
    sql(select!("WHERE token_hash = $1 AND expires_at > $2 AND revoked_at IS NULL"))
        .bind(hash)
        .bind(now)
        .optional(conn, read)
        .await
}

/// The links of a brand, the newest first; those that ended are among them.
///
/// # Errors
/// Only those of the database.
pub async fn links(
    conn: &mut Conn,
    brand: BrandId,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<LinkRow>, Option<Cursor>)> {
    // Ids are in the order of time.
    let before = cursor.map_or(uuid::Uuid::max(), |cursor| cursor.id);
    let rows = sql(select!("WHERE brand_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"))
        .bind(brand)
        .bind(before)
        .bind(one_more(limit))
        .all(conn, read)
        .await?;
    Ok(cut(rows, limit, |row| Cursor { at: row.created_at.as_microsecond(), id: row.id.0 }))
}

/// Takes a link back.
///
/// # Errors
/// Not found, also where it was taken back before.
pub async fn revoke_link(conn: &mut Conn, brand: BrandId, id: ReviewLinkId, now: Timestamp) -> Result<()> {
    sql("UPDATE review_link SET revoked_at = $3 WHERE brand_id = $1 AND id = $2 AND revoked_at IS NULL")
        .bind(brand)
        .bind(id)
        .bind(now)
        .must(conn)
        .await
}

/// Somebody came by a link.
///
/// # Errors
/// Not found.
pub async fn touch_link(conn: &mut Conn, brand: BrandId, id: ReviewLinkId, now: Timestamp) -> Result<()> {
    sql("UPDATE review_link SET used_at = $3 WHERE brand_id = $1 AND id = $2")
        .bind(brand)
        .bind(id)
        .bind(now)
        .must(conn)
        .await
}
