//! Requests that carry a key of the caller's, so that repeating one does nothing twice: what was asked, whether anything was
//! done, and what was answered. The answer is sealed by the caller.
//!
//! A run holds its key for a while and says again and again that it lives. Whatever changes something for it notes that in
//! the same transaction ([`acted`]), which fails where the run has lost its key: so a key acts once, whoever dies when.

use sarafan_domain::id::{PersonId, RunId};
use sarafan_domain::time::Timestamp;

use crate::sql::sql;
use crate::{Conn, Result, StoreError};

/// A request with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedRow {
    /// The run that holds or held it.
    pub run: RunId,
    /// Hash of what was asked.
    pub request: Vec<u8>,
    /// The run is given up for dead after.
    pub held_until: Timestamp,
    /// Was anything changed?
    pub acted: bool,
    /// The HTTP status and the sealed answer, once there is one.
    pub answer: Option<(u16, Vec<u8>)>,
}

/// A run that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// Who asks.
    pub person: PersonId,
    /// Their key.
    pub key: String,
    /// Its id.
    pub run: RunId,
    /// Hash of what is asked.
    pub request: Vec<u8>,
    /// It is given up for dead after, unless it says that it lives.
    pub held_until: Timestamp,
    /// All is forgotten after.
    pub ends_at: Timestamp,
}

/// Takes the key, where nobody has it; else tells who has.
///
/// # Errors
/// Only those of the database.
pub async fn begin(conn: &mut Conn, new: &NewRun, now: Timestamp) -> Result<Option<KeyedRow>> {
    sql("DELETE FROM idempotency WHERE ends_at <= $1").bind(now).run(conn).await?;
    let made = sql("INSERT INTO idempotency (person_id, key, id, request, held_until, ends_at, acted) \
                    VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (person_id, key) DO NOTHING")
    .bind(new.person)
    .bind(&new.key)
    .bind(new.run)
    .bind(&new.request)
    .bind(new.held_until)
    .bind(new.ends_at)
    .run(conn)
    .await?;
    if made > 0 {
        return Ok(None);
    }
    sql("SELECT id, request, held_until, acted, status, answer FROM idempotency WHERE person_id = $1 AND key = $2")
        .bind(new.person)
        .bind(&new.key)
        .one(conn, |f| {
            let (run, request, held_until, acted) = (f.id()?, f.bytes()?, f.at()?, f.flag()?);
            let (status, answer) = (f.int_opt()?, f.bytes_opt()?);
            let status = status.map(u16::try_from).transpose().map_err(|_| StoreError::unreadable("a status"))?;
            Ok(KeyedRow { run, request, held_until, acted, answer: status.zip(answer) })
        })
        .await
        .map(Some)
}

/// Takes the key from a run that died before it changed anything.
///
/// # Errors
/// Conflict `run` where somebody else was faster.
pub async fn take_over(conn: &mut Conn, old: RunId, new: &NewRun) -> Result<()> {
    let taken = sql(
        "UPDATE idempotency SET id = $2, held_until = $3, ends_at = $4 WHERE id = $1 AND acted = 0 AND status IS NULL",
    )
    .bind(old)
    .bind(new.run)
    .bind(new.held_until)
    .bind(new.ends_at)
    .run(conn)
    .await?;
    held(taken)
}

/// Says that the run lives.
///
/// # Errors
/// Conflict `run` where it has lost its key.
pub async fn hold(conn: &mut Conn, run: RunId, until: Timestamp) -> Result<()> {
    held(sql("UPDATE idempotency SET held_until = $2 WHERE id = $1").bind(run).bind(until).run(conn).await?)
}

/// Notes, in the transaction that changes something, that it did.
///
/// # Errors
/// Conflict `run` where it has lost its key: what was changed is then to be rolled back.
pub async fn acted(conn: &mut Conn, run: RunId) -> Result<()> {
    held(sql("UPDATE idempotency SET acted = 1 WHERE id = $1").bind(run).run(conn).await?)
}

/// Keeps the answer.
///
/// # Errors
/// Conflict `run` where it has lost its key.
pub async fn answer(conn: &mut Conn, run: RunId, status: u16, sealed: &[u8]) -> Result<()> {
    let kept = sql("UPDATE idempotency SET status = $2, answer = $3 WHERE id = $1")
        .bind(run)
        .bind(i64::from(status))
        .bind(sealed)
        .run(conn)
        .await?;
    held(kept)
}

/// The run ended without an answer to keep: where it changed nothing, its key is free again.
///
/// # Errors
/// Only those of the database.
pub async fn give_up(conn: &mut Conn, run: RunId, now: Timestamp) -> Result<()> {
    sql("DELETE FROM idempotency WHERE id = $1 AND acted = 0").bind(run).run(conn).await?;
    sql("UPDATE idempotency SET held_until = $2 WHERE id = $1").bind(run).bind(now).run(conn).await.map(|_| ())
}

fn held(rows: u64) -> Result<()> {
    if rows == 0 { Err(StoreError::Conflict { what: "run" }) } else { Ok(()) }
}
