//! The audit log: who changed what. Rows are added and never changed.

use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use crate::paging::{Cursor, cut, one_more};
use crate::sql::{Fields, sql};
use crate::{Conn, Result};

/// One line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for Sarafan itself.
    pub person: Option<PersonId>,
    /// What was done: `post.publish`.
    pub action: String,
    /// To what: `post:<id>`.
    pub subject: String,
    /// Details.
    pub detail: serde_json::Value,
}

/// What belongs to the installation and to no brand is kept under this id.
const NO_BRAND: BrandId = BrandId(Uuid::nil());

fn read(f: &mut Fields<'_>) -> Result<AuditRow> {
    Ok(AuditRow {
        id: f.id()?,
        at: f.at()?,
        person: f.id_opt()?,
        action: f.text()?,
        subject: f.text()?,
        detail: f.json()?,
    })
}

/// Adds a line; `brand` is `None` for what belongs to the whole installation.
///
/// # Errors
/// Only those of the database.
pub async fn insert(
    conn: &mut Conn,
    brand: Option<BrandId>,
    person: Option<PersonId>,
    action: &str,
    subject: &str,
    detail: &serde_json::Value,
    at: Timestamp,
) -> Result<()> {
    sql("INSERT INTO audit (brand_id, id, at, person_id, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(brand.unwrap_or(NO_BRAND))
        .bind(Uuid::now_v7())
        .bind(at)
        .bind(person)
        .bind(action)
        .bind(subject)
        .json(detail)?
        .must(conn)
        .await
}

/// The lines of a brand (or of the installation), newest first.
///
/// # Errors
/// Only those of the database.
pub async fn list(
    conn: &mut Conn,
    brand: Option<BrandId>,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<AuditRow>, Option<Cursor>)> {
    let from = cursor.unwrap_or(Cursor { at: i64::MAX, id: Uuid::max() });
    let rows = sql("SELECT id, at, person_id, action, subject, detail FROM audit \
                    WHERE brand_id = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4")
    .bind(brand.unwrap_or(NO_BRAND))
    .bind(from.at)
    .bind(from.id)
    .bind(one_more(limit))
    .all(conn, read)
    .await?;
    Ok(cut(rows, limit, |row| Cursor { at: row.at.as_microsecond(), id: row.id }))
}
