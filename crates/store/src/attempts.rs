//! The log of attempts: a row is committed before its request leaves, and completed when the outcome is known. Rows
//! are never removed while their delivery lives.

use sarafan_domain::id::{BrandId, DeliveryId};
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;

use crate::sql::sql;
use crate::{Conn, Result};

/// One attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptRow {
    /// Whose.
    pub brand: BrandId,
    /// Of which delivery.
    pub delivery: DeliveryId,
    /// Counts from 1 within the delivery.
    pub n: i64,
    /// Of which step.
    pub step: u32,
    /// `publish`, `resume`, `find`, `edit`, `delete`, `first_comment`.
    pub kind: String,
    /// When the request was about to leave.
    pub started_at: Timestamp,
    /// Which worker or person.
    pub by: Option<String>,
    /// When the outcome was known; `None` while it is not.
    pub ended_at: Option<Timestamp>,
    /// Code of the outcome; `None` while it is not known.
    pub outcome: Option<String>,
    /// What went wrong.
    pub detail: Option<Problem>,
}

/// Writes that a request is about to leave; the number must be the next one. What `row` says of an end is not kept.
///
/// # Errors
/// Conflict where that attempt exists; not found where the delivery does not.
pub async fn start(conn: &mut Conn, row: &AttemptRow) -> Result<()> {
    sql("INSERT INTO attempt (brand_id, delivery_id, n, step, kind, started_at, done_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(row.brand)
    .bind(row.delivery)
    .bind(row.n)
    .bind(row.step)
    .bind(&row.kind)
    .bind(row.started_at)
    .bind(row.by.as_ref())
    .must(conn)
    .await?;
    sql("UPDATE delivery SET attempts = attempts + 1 WHERE brand_id = $1 AND id = $2")
        .bind(row.brand)
        .bind(row.delivery)
        .must(conn)
        .await
}

/// Writes how an attempt came out.
///
/// # Errors
/// Not found, also where it has ended before: an outcome is written once.
pub async fn end(
    conn: &mut Conn,
    brand: BrandId,
    delivery: DeliveryId,
    n: i64,
    ended_at: Timestamp,
    outcome: &str,
    detail: Option<&Problem>,
) -> Result<()> {
    sql("UPDATE attempt SET ended_at = $4, outcome = $5, detail = $6 \
         WHERE brand_id = $1 AND delivery_id = $2 AND n = $3 AND ended_at IS NULL")
    .bind(brand)
    .bind(delivery)
    .bind(n)
    .bind(ended_at)
    .bind(outcome)
    .json_opt(detail)?
    .must(conn)
    .await
}

/// The attempts of a delivery in their order.
///
/// # Errors
/// Only those of the database.
pub async fn of_delivery(conn: &mut Conn, brand: BrandId, delivery: DeliveryId) -> Result<Vec<AttemptRow>> {
    sql("SELECT brand_id, delivery_id, n, step, kind, started_at, done_by, ended_at, outcome, detail FROM attempt \
         WHERE brand_id = $1 AND delivery_id = $2 ORDER BY n")
    .bind(brand)
    .bind(delivery)
    .all(conn, |f| {
        Ok(AttemptRow {
            brand: f.id()?,
            delivery: f.id()?,
            n: f.int()?,
            step: f.count()?,
            kind: f.text()?,
            started_at: f.at()?,
            by: f.text_opt()?,
            ended_at: f.at_opt()?,
            outcome: f.text_opt()?,
            detail: f.json_opt()?,
        })
    })
    .await
}
