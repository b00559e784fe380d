//! Numbers over time: every value of every metric of every subject (a channel, a delivery, …), kept for ever. A value
//! may be missing, which is not the same as zero.

use std::collections::BTreeMap;

use sarafan_domain::id::BrandId;
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use crate::sql::{CHUNK, Fields, built, marks, sql};
use crate::{Conn, Result};

pub mod sent;

/// A value at its time; `None` is "the network did not say".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// When it was read.
    pub at: Timestamp,
    /// What it was.
    pub value: Option<f64>,
}

fn point(f: &mut Fields<'_>) -> Result<Point> {
    Ok(Point { at: f.at()?, value: f.real_opt()? })
}

/// Writes what was read of one subject at one time; the same metric at the same time again replaces the value.
///
/// # Errors
/// Only those of the database.
pub async fn record(
    conn: &mut Conn,
    brand: BrandId,
    subject: Uuid,
    at: Timestamp,
    values: &[(&str, Option<f64>)],
) -> Result<()> {
    // A metric named twice keeps its last value; PostgreSQL refuses to write one row twice in a statement.
    let values: BTreeMap<&str, Option<f64>> = values.iter().copied().collect();
    if values.is_empty() {
        return Ok(());
    }
    let rows = (0..values.len()).map(|row| format!("($1, $2, $3, ${}, ${})", 4 + 2 * row, 5 + 2 * row));
    let rows = rows.collect::<Vec<_>>().join(", ");
    let texts = [
        format!(
            "INSERT INTO snapshot (brand_id, subject_id, at, metric, value) VALUES {rows} \
             ON CONFLICT (brand_id, subject_id, metric, at) DO UPDATE SET value = excluded.value"
        ),
        format!(
            "INSERT INTO snapshot_latest (brand_id, subject_id, at, metric, value) VALUES {rows} \
             ON CONFLICT (brand_id, subject_id, metric) DO UPDATE SET at = excluded.at, value = excluded.value \
             WHERE snapshot_latest.at <= excluded.at"
        ),
    ];
    for text in texts {
        let statement = built(text).bind(brand).bind(subject).bind(at);
        let statement =
            values.iter().fold(statement, |statement, (metric, value)| statement.bind(*metric).bind(*value));
        statement.run(conn).await?;
    }
    sent::refresh(conn, brand, subject).await
}

/// The latest value of every metric of the subjects.
///
/// # Errors
/// Only those of the database.
pub async fn latest(
    conn: &mut Conn,
    brand: BrandId,
    subjects: &[Uuid],
) -> Result<BTreeMap<Uuid, BTreeMap<String, Point>>> {
    let mut found: BTreeMap<Uuid, BTreeMap<String, Point>> = BTreeMap::new();
    for some in subjects.chunks(CHUNK) {
        let text = format!(
            "SELECT subject_id, metric, at, value FROM snapshot_latest WHERE brand_id = $1 AND subject_id IN ({})",
            marks(2, some.len())
        );
        let statement =
            some.iter().fold(built(text).bind(brand), |statement, id| statement.bind(*id)).of_rows(some.len());
        let rows = statement.all(conn, |f| Ok((f.id::<Uuid>()?, f.text()?, point(f)?))).await?;
        for (subject, metric, point) in rows {
            found.entry(subject).or_default().insert(metric, point);
        }
    }
    Ok(found)
}

/// Derives the latest values of a brand anew from all that were ever read.
///
/// # Errors
/// Only those of the database.
pub async fn rebuild_latest(conn: &mut Conn, brand: BrandId) -> Result<()> {
    sql("DELETE FROM snapshot_latest WHERE brand_id = $1").bind(brand).run(conn).await?;
    sql("INSERT INTO snapshot_latest (brand_id, subject_id, metric, at, value) \
         SELECT s.brand_id, s.subject_id, s.metric, s.at, s.value FROM (SELECT subject_id, metric, max(at) AS last_at \
         FROM snapshot WHERE brand_id = $1 GROUP BY subject_id, metric) latest CROSS JOIN snapshot s \
         WHERE s.brand_id = $1 AND s.subject_id = latest.subject_id AND s.metric = latest.metric \
         AND s.at = latest.last_at")
    .bind(brand)
    .run(conn)
    .await?;
    sent::rebuild(conn, brand).await
}

/// The values of a metric from `from` to `to`, both included, in order. Where there are more than `max_points`, the
/// time is cut into as many equal parts and the last value of each is given.
///
/// # Errors
/// Only those of the database.
pub async fn series(
    conn: &mut Conn,
    brand: BrandId,
    subject: Uuid,
    metric: &str,
    from: Timestamp,
    to: Timestamp,
    max_points: i64,
) -> Result<Vec<Point>> {
    let (start, end) = (from.as_microsecond(), to.as_microsecond());
    let points = sql("SELECT at, value FROM snapshot WHERE brand_id = $1 AND subject_id = $2 AND metric = $3 \
                      AND at >= $4 AND at <= $5 ORDER BY at LIMIT $6")
    .bind(brand)
    .bind(subject)
    .bind(metric)
    .bind(start)
    .bind(end)
    .bind(max_points.saturating_add(1))
    .all(conn, point)
    .await?;
    if i64::try_from(points.len()).is_ok_and(|count| count <= max_points) {
        return Ok(points);
    }
    let part = end.saturating_sub(start) / max_points.max(1) + 1;
    sql("SELECT s.at, s.value FROM (SELECT max(at) AS last_at FROM snapshot WHERE brand_id = $1 AND subject_id = $2 \
         AND metric = $3 AND at >= $4 AND at <= $5 GROUP BY (at - $4) / $6) parts CROSS JOIN snapshot s \
         WHERE s.brand_id = $1 AND s.subject_id = $2 AND s.metric = $3 AND s.at = parts.last_at ORDER BY s.at")
    .bind(brand)
    .bind(subject)
    .bind(metric)
    .bind(start)
    .bind(end)
    .bind(part)
    .all(conn, point)
    .await
}

/// The last known value at `at` or before; times when the network did not say are passed over.
///
/// # Errors
/// Only those of the database.
pub async fn first_before(
    conn: &mut Conn,
    brand: BrandId,
    subject: Uuid,
    metric: &str,
    at: Timestamp,
) -> Result<Option<Point>> {
    sql("SELECT at, value FROM snapshot WHERE brand_id = $1 AND subject_id = $2 AND metric = $3 AND at <= $4 \
         AND value IS NOT NULL ORDER BY at DESC LIMIT 1")
    .bind(brand)
    .bind(subject)
    .bind(metric)
    .bind(at)
    .optional(conn, point)
    .await
}
