//! Which workers live: each says so every few seconds, so that a dead one is seen.

use sarafan_domain::time::Timestamp;

use crate::sql::sql;
use crate::{Conn, Result};

/// A worker and when it was last heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerRow {
    /// Its name: machine and process.
    pub name: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was last heard of.
    pub seen_at: Timestamp,
}

/// "I live."
///
/// # Errors
/// Only those of the database.
pub async fn beat(conn: &mut Conn, worker: &str, now: Timestamp) -> Result<()> {
    sql("INSERT INTO worker (name, started_at, seen_at) VALUES ($1, $2, $2) \
         ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at")
    .bind(worker)
    .bind(now)
    .must(conn)
    .await
}

/// The workers heard of since, the latest first.
///
/// # Errors
/// Only those of the database.
pub async fn alive(conn: &mut Conn, since: Timestamp) -> Result<Vec<WorkerRow>> {
    sql("SELECT name, started_at, seen_at FROM worker WHERE seen_at >= $1 ORDER BY seen_at DESC, name")
        .bind(since)
        .all(conn, |f| Ok(WorkerRow { name: f.text()?, started_at: f.at()?, seen_at: f.at()? }))
        .await
}

/// "I go": an orderly stop is no death. Also forgets workers last heard of before `before`.
///
/// # Errors
/// Only those of the database.
pub async fn leave(conn: &mut Conn, worker: &str, before: Timestamp) -> Result<()> {
    sql("DELETE FROM worker WHERE name = $1 OR seen_at < $2").bind(worker).bind(before).run(conn).await.map(|_| ())
}
