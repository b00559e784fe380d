//! The job queue, which is also the outbox: an intent is saved in the transaction that caused it.
//!
//! A worker takes a job with a lease. Whoever holds the latest token holds the job: after a lease has run out and
//! somebody else took the job, the old token completes nothing. A job is removed only when its work is done. Claiming
//! is in `claim`. Nothing here knows what a job does; every job may run twice.

use sarafan_domain::id::{BrandId, JobId};
use sarafan_domain::time::Timestamp;

use crate::sql::{only, sql};
use crate::store::Engine;
use crate::{Conn, Result, StoreError};

mod claim;

pub use claim::{ClaimedJob, Token, claim};

/// A job to be put into the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// With what.
    pub payload: serde_json::Value,
    /// Not before.
    pub run_at: Timestamp,
    /// Jobs of a brand with the same key run one at a time, the earliest first: the bytes of a channel's id.
    pub serial: Option<Vec<u8>>,
    /// Unique in the brand among unfinished jobs: putting it again moves its time and replaces its payload. While
    /// such a job is being run, it is run once more afterwards, at the new time.
    pub dedupe: Option<String>,
}

/// A job of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Whose.
    pub brand: BrandId,
    /// What is to be done.
    pub kind: String,
    /// With what.
    pub payload: serde_json::Value,
    /// Not before.
    pub run_at: Timestamp,
    /// See [`NewJob::serial`].
    pub serial: Option<Vec<u8>>,
    /// See [`NewJob::dedupe`].
    pub dedupe: Option<String>,
    /// How often it was taken, this time included.
    pub tries: u32,
}

/// Puts a job into the queue.
///
/// # Errors
/// Conflict where the id exists.
pub async fn put(conn: &mut Conn, brand: BrandId, job: &NewJob) -> Result<()> {
    sql("INSERT INTO job (brand_id, id, kind, payload, run_at, wake_at, serial, dedupe, parked, tries) \
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7, 0, 0) \
         ON CONFLICT (brand_id, dedupe) WHERE dedupe IS NOT NULL DO UPDATE SET kind = excluded.kind, \
         payload = excluded.payload, \
         run_at = CASE WHEN job.token IS NULL THEN excluded.run_at ELSE job.run_at END, \
         wake_at = CASE WHEN job.token IS NULL THEN excluded.run_at ELSE job.wake_at END, \
         again_at = CASE WHEN job.token IS NULL THEN NULL ELSE excluded.run_at END, \
         parked = 0, tries = CASE WHEN job.token IS NULL THEN 0 ELSE job.tries END")
    .bind(brand)
    .bind(job.id)
    .bind(&job.kind)
    .json(&job.payload)?
    .bind(job.run_at)
    .bind(job.serial.as_ref())
    .bind(job.dedupe.as_ref())
    .must(conn)
    .await
}

/// Takes back an unfinished job that nobody has begun; one that is being run is not run again afterwards. Tells whether
/// there was one.
///
/// # Errors
/// Only those of the database.
pub async fn cancel(conn: &mut Conn, brand: BrandId, dedupe: &str) -> Result<bool> {
    let gone = sql("DELETE FROM job WHERE brand_id = $1 AND dedupe = $2 AND token IS NULL")
        .bind(brand)
        .bind(dedupe)
        .run(conn)
        .await?;
    if gone > 0 {
        return Ok(true);
    }
    let running = sql("UPDATE job SET again_at = NULL WHERE brand_id = $1 AND dedupe = $2")
        .bind(brand)
        .bind(dedupe)
        .run(conn)
        .await?;
    Ok(running > 0)
}

/// Is the job still ours? Nobody takes it before the end of the caller's transaction.
///
/// # Errors
/// Conflict `lease` where somebody else took it since.
pub async fn hold(conn: &mut Conn, token: &Token) -> Result<()> {
    let text = match conn.engine() {
        Engine::Sqlite => "SELECT 1 FROM job WHERE brand_id = $1 AND id = $2 AND token = $3",
        Engine::Postgres => "SELECT 1 FROM job WHERE brand_id = $1 AND id = $2 AND token = $3 FOR UPDATE",
    };
    let found = sql(text).bind(token.brand).bind(token.job).bind(&token.secret).all(conn, only::int).await?;
    if found.is_empty() { Err(LOST) } else { Ok(()) }
}

/// Keeps a job until `until`.
///
/// # Errors
/// Conflict `lease` where somebody else took it since.
pub async fn extend(conn: &mut Conn, token: &Token, until: Timestamp) -> Result<()> {
    let kept = sql("UPDATE job SET wake_at = $4 WHERE brand_id = $1 AND id = $2 AND token = $3")
        .bind(token.brand)
        .bind(token.job)
        .bind(&token.secret)
        .bind(until)
        .run(conn)
        .await?;
    if kept == 0 {
        return Err(StoreError::Conflict { what: "lease" });
    }
    if let Some(serial) = &token.serial {
        sql("UPDATE job_lane SET until = $4 WHERE brand_id = $1 AND serial = $2 AND token = $3 AND job_id = $5")
            .bind(token.brand)
            .bind(serial)
            .bind(&token.secret)
            .bind(until)
            .bind(token.job)
            .must(conn)
            .await
            .map_err(|error| if matches!(error, StoreError::NotFound) { LOST } else { error })?;
    }
    Ok(())
}

/// Brings leases that end after `latest` back to it: no lease is that long, so its time was taken from a clock that has
/// been put back since, and its holder may be gone. Who still lives renews it. Tells how many there were.
///
/// # Errors
/// Only those of the database.
pub async fn shorten(conn: &mut Conn, latest: Timestamp) -> Result<u64> {
    let jobs =
        sql("UPDATE job SET wake_at = $1 WHERE token IS NOT NULL AND wake_at > $1").bind(latest).run(conn).await?;
    if jobs > 0 {
        sql("UPDATE job_lane SET until = $1 WHERE until > $1").bind(latest).run(conn).await?;
        // Who waits for a lane waits until the end of its lease.
        sql("UPDATE job SET wake_at = $1 WHERE parked = 1 AND wake_at > $1").bind(latest).run(conn).await?;
    }
    Ok(jobs)
}

/// Whoever held a job is no more: all of them wait for their time again.
///
/// # Errors
/// Only those of the database.
pub async fn release_all(conn: &mut Conn) -> Result<()> {
    sql("UPDATE job SET token = NULL, worker = NULL, parked = 0, wake_at = run_at WHERE token IS NOT NULL OR parked = 1")
        .run(conn)
        .await?;
    sql("DELETE FROM job_lane").run(conn).await.map(|_| ())
}

/// Takes all jobs of a kind out of the queue, whoever holds them.
///
/// # Errors
/// Only those of the database.
pub async fn forget(conn: &mut Conn, kind: &str) -> Result<u64> {
    sql("DELETE FROM job WHERE kind = $1").bind(kind).run(conn).await
}

const LOST: StoreError = StoreError::Conflict { what: "lease" };

/// The work is done: the job leaves the queue, or waits for its next time where it was put again meanwhile.
///
/// # Errors
/// Conflict `lease` where somebody else took it since; what was done is then to be rolled back.
pub async fn complete(conn: &mut Conn, token: &Token) -> Result<()> {
    let done = sql("DELETE FROM job WHERE brand_id = $1 AND id = $2 AND token = $3 AND again_at IS NULL")
        .bind(token.brand)
        .bind(token.job)
        .bind(&token.secret)
        .run(conn)
        .await?;
    if done == 0 {
        sql("UPDATE job SET run_at = again_at, wake_at = again_at, again_at = NULL, token = NULL, worker = NULL, \
             tries = 0 WHERE brand_id = $1 AND id = $2 AND token = $3")
        .bind(token.brand)
        .bind(token.job)
        .bind(&token.secret)
        .run(conn)
        .await
        .and_then(|rows| if rows == 0 { Err(LOST) } else { Ok(()) })?;
    }
    release(conn, token).await
}

/// The work is to be tried again at `run_at`, or earlier where the job was put again for an earlier time.
///
/// # Errors
/// Conflict `lease` where somebody else took it since.
pub async fn retry(conn: &mut Conn, token: &Token, run_at: Timestamp) -> Result<()> {
    sql("UPDATE job SET run_at = CASE WHEN again_at < $4 THEN again_at ELSE $4 END, \
         wake_at = CASE WHEN again_at < $4 THEN again_at ELSE $4 END, again_at = NULL, token = NULL, worker = NULL \
         WHERE brand_id = $1 AND id = $2 AND token = $3")
    .bind(token.brand)
    .bind(token.job)
    .bind(&token.secret)
    .bind(run_at)
    .run(conn)
    .await
    .and_then(|rows| if rows == 0 { Err(LOST) } else { Ok(()) })?;
    release(conn, token).await
}

/// Frees the lane of a serial job, and wakes the next one that waits for it.
async fn release(conn: &mut Conn, token: &Token) -> Result<()> {
    let Some(serial) = &token.serial else { return Ok(()) };
    let freed = sql("DELETE FROM job_lane WHERE brand_id = $1 AND serial = $2 AND token = $3 AND job_id = $4")
        .bind(token.brand)
        .bind(serial)
        .bind(&token.secret)
        .bind(token.job)
        .run(conn)
        .await?;
    if freed == 0 {
        // The lease had run out and another job of the lane is under way: it wakes the next one.
        return Ok(());
    }
    // A parked job that is locked is being claimed after its own wait ended: it needs no waking.
    let text = match conn.engine() {
        Engine::Sqlite => {
            "UPDATE job SET wake_at = run_at, parked = 0 WHERE brand_id = $1 AND id = (SELECT id FROM job \
             WHERE brand_id = $1 AND serial = $2 AND parked = 1 ORDER BY run_at LIMIT 1)"
        }
        Engine::Postgres => {
            "UPDATE job SET wake_at = run_at, parked = 0 WHERE brand_id = $1 AND id = (SELECT id FROM job \
             WHERE brand_id = $1 AND serial = $2 AND parked = 1 ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
        }
    };
    sql(text).bind(token.brand).bind(serial).run(conn).await.map(|_| ())
}

/// From each kind to the next, so that the index by kind and time is never walked.
macro_rules! kinds {
    ($rest:literal) => {
        concat!(
            "WITH RECURSIVE step (kind) AS (SELECT min(kind) FROM job UNION ALL ",
            "SELECT (SELECT min(j.kind) FROM job j WHERE j.kind > step.kind) FROM step WHERE step.kind IS NOT NULL) ",
            $rest
        )
    };
}
use kinds;

/// When the next job is to be taken, whatever its kind: a time that has come, the next one to come, or the end of a
/// lease.
///
/// # Errors
/// Only those of the database.
pub async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql(kinds!(
        "SELECT min((SELECT min(j.wake_at) FROM job j WHERE j.kind = step.kind)) FROM step WHERE step.kind IS NOT NULL"
    ))
    .one(conn, only::at_opt)
    .await
}

/// How the queue does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueStats {
    /// Since when the job that waits longest could be taken; `None` where none waits. Jobs that wait for another of
    /// their lane do not count.
    pub oldest_due: Option<Timestamp>,
    /// How many could be taken; counting stops at 10,000 per kind.
    pub due: i64,
    /// How many are being run.
    pub running: i64,
}

/// How the queue does for one kind of job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindStats {
    /// The kind.
    pub kind: String,
    /// Since when the job that waits longest could be taken; `None` where none waits.
    pub oldest_due: Option<Timestamp>,
    /// How many could be taken; counting stops at 10,000.
    pub due: i64,
}

/// How the queue does at `now`, kind by kind; a kind without any job is absent.
///
/// # Errors
/// Only those of the database.
pub async fn stats_by_kind(conn: &mut Conn, now: Timestamp) -> Result<Vec<KindStats>> {
    sql(kinds!(
        "SELECT step.kind, (SELECT min(j.wake_at) FROM job j WHERE j.kind = step.kind AND j.wake_at <= $1), \
         (SELECT count(*) FROM (SELECT 1 FROM job j WHERE j.kind = step.kind AND j.wake_at <= $1 LIMIT 10000) counted) \
         FROM step WHERE step.kind IS NOT NULL"
    ))
    .bind(now)
    .all(conn, |f| Ok(KindStats { kind: f.text()?, oldest_due: f.at_opt()?, due: f.int()? }))
    .await
}

/// How the queue does at `now`.
///
/// # Errors
/// Only those of the database.
pub async fn stats(conn: &mut Conn, now: Timestamp) -> Result<QueueStats> {
    let due = sql(kinds!(
        "SELECT min((SELECT min(j.wake_at) FROM job j WHERE j.kind = step.kind AND j.wake_at <= $1)), \
         CAST(COALESCE(sum((SELECT count(*) FROM (SELECT 1 FROM job j WHERE j.kind = step.kind AND j.wake_at <= $1 \
         LIMIT 10000) counted)), 0) AS BIGINT) FROM step WHERE step.kind IS NOT NULL"
    ))
    .bind(now)
    .one(conn, |f| Ok((f.at_opt()?, f.int()?)))
    .await?;
    let running =
        sql("SELECT count(*) FROM job WHERE token IS NOT NULL AND wake_at > $1").bind(now).one(conn, only::int).await?;
    Ok(QueueStats { oldest_due: due.0, due: due.1, running })
}
