//! Taking jobs: due, not leased, one per serial key.
//!
//! A serial key that is taken is a row in `job_lane`; the row is the lock, so two workers cannot hold one key whatever
//! they do at the same time. A due job whose lane is taken is parked: it is put off to the end of the holder's lease
//! and woken when the holder is done, so that a long lane is not looked through again at every claim.

use std::collections::HashSet;

use sarafan_domain::id::{BrandId, JobId};
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use super::{Job, kinds};
use crate::sql::{Fields, built, mark_rows, only, sql};
use crate::store::Engine;
use crate::{Conn, Result};

/// The right to complete a job, for as long as nobody else took it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    pub(super) brand: BrandId,
    pub(super) job: JobId,
    pub(super) serial: Option<Vec<u8>>,
    pub(super) secret: Vec<u8>,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Token({})", self.job)
    }
}

/// A job that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedJob {
    /// The job.
    pub job: Job,
    /// Gives it back.
    pub token: Token,
}

/// After so many rounds of parked jobs a claim gives what it has; the next one goes on.
const ROUNDS: usize = 8;

/// Takes up to `limit` jobs that are due, for `worker` until `lease_until`. Kinds are served in the order given, all of
/// the first before any of the second; no kinds means any kind. Its transaction is [`crate::Store::claim`].
///
/// # Errors
/// Only those of the database.
pub async fn claim(
    conn: &mut Conn,
    worker: &str,
    now: Timestamp,
    lease_until: Timestamp,
    limit: usize,
    kinds: &[&str],
) -> Result<Vec<ClaimedJob>> {
    let all;
    let kinds: Vec<&str> = if kinds.is_empty() {
        all = sql(kinds!("SELECT kind FROM step WHERE kind IS NOT NULL")).all(conn, only::text).await?;
        all.iter().map(String::as_str).collect()
    } else {
        kinds.to_vec()
    };
    let claim = Claim { worker, now, lease_until, secret: Uuid::now_v7().as_bytes().to_vec() };
    let mut jobs = Vec::new();
    for kind in kinds {
        for _ in 0..ROUNDS {
            let left = limit.saturating_sub(jobs.len());
            if left == 0 {
                return Ok(jobs);
            }
            let taken = claim.take(conn, kind, left).await?;
            let count = taken.len();
            let kept = claim.lanes(conn, taken).await?;
            let parked = kept.len() < count;
            jobs.extend(kept);
            if !parked {
                break;
            }
        }
    }
    Ok(jobs)
}

struct Claim<'a> {
    worker: &'a str,
    now: Timestamp,
    lease_until: Timestamp,
    secret: Vec<u8>,
}

impl Claim<'_> {
    /// Leases the next due jobs of a kind, whatever their lanes.
    async fn take(&self, conn: &mut Conn, kind: &str, limit: usize) -> Result<Vec<ClaimedJob>> {
        let text = match conn.engine() {
            Engine::Sqlite => {
                "UPDATE job SET wake_at = $1, token = $2, worker = $3, tries = tries + 1, parked = 0 \
                 WHERE rowid IN (SELECT rowid FROM job WHERE kind = $4 AND wake_at <= $5 \
                 ORDER BY wake_at LIMIT $6) RETURNING brand_id, id, kind, payload, run_at, serial, dedupe, tries"
            }
            Engine::Postgres => {
                "WITH due AS MATERIALIZED (SELECT brand_id, id FROM job WHERE kind = $4 AND wake_at <= $5 \
                 ORDER BY wake_at LIMIT $6 FOR UPDATE SKIP LOCKED) \
                 UPDATE job SET wake_at = $1, token = $2, worker = $3, tries = job.tries + 1, parked = 0 FROM due \
                 WHERE job.brand_id = due.brand_id AND job.id = due.id RETURNING job.brand_id, job.id, job.kind, \
                 job.payload, job.run_at, job.serial, job.dedupe, job.tries"
            }
        };
        let mut jobs = sql(text)
            .bind(self.lease_until)
            .bind(&self.secret)
            .bind(self.worker)
            .bind(kind)
            .bind(self.now)
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .all(conn, read)
            .await?;
        jobs.sort_by_key(|job| (job.run_at, job.id));
        Ok(jobs.into_iter().map(|job| ClaimedJob { token: self.token(&job), job }).collect())
    }

    fn token(&self, job: &Job) -> Token {
        Token { brand: job.brand, job: job.id, serial: job.serial.clone(), secret: self.secret.clone() }
    }

    /// Keeps the jobs whose lanes could be taken, and parks the others.
    async fn lanes(&self, conn: &mut Conn, jobs: Vec<ClaimedJob>) -> Result<Vec<ClaimedJob>> {
        // The first of each lane, in the order of the lanes: two workers that want the same ones wait for each other
        // in turn and not crosswise.
        let mut first: Vec<(BrandId, &Vec<u8>, JobId)> = Vec::new();
        let mut seen = HashSet::new();
        for ClaimedJob { job, .. } in &jobs {
            if let Some(serial) = &job.serial
                && seen.insert((job.brand, serial))
            {
                first.push((job.brand, serial, job.id));
            }
        }
        if first.is_empty() {
            return Ok(jobs);
        }
        first.sort();
        // A lane that stays with its holder is written all the same: a holder who is just giving it back looks for
        // whom to wake in a snapshot from before this claim, and must fail on this row and look again.
        let text = format!(
            "INSERT INTO job_lane (until, token, brand_id, serial, job_id) VALUES {} ON CONFLICT (brand_id, serial) \
             DO UPDATE SET until = CASE WHEN job_lane.until <= $3 THEN excluded.until ELSE job_lane.until END, \
             token = CASE WHEN job_lane.until <= $3 THEN excluded.token ELSE job_lane.token END, \
             job_id = CASE WHEN job_lane.until <= $3 THEN excluded.job_id ELSE job_lane.job_id END \
             RETURNING CASE WHEN token = $2 THEN job_id END",
            (0..first.len()).map(lane_marks).collect::<Vec<_>>().join(", ")
        );
        let statement = built(text).bind(self.lease_until).bind(&self.secret).bind(self.now);
        let statement = first
            .iter()
            .fold(statement, |statement, (brand, serial, job)| statement.bind(*brand).bind(*serial).bind(*job));
        let held = statement.of_rows(first.len()).all(conn, only::id_opt).await?;
        let taken: HashSet<JobId> = held.into_iter().flatten().collect();
        let (kept, parked): (Vec<_>, Vec<_>) =
            jobs.into_iter().partition(|one| one.job.serial.is_none() || taken.contains(&one.job.id));
        self.park(conn, &parked).await?;
        Ok(kept)
    }

    async fn park(&self, conn: &mut Conn, jobs: &[ClaimedJob]) -> Result<()> {
        if jobs.is_empty() {
            return Ok(());
        }
        let text = format!(
            "UPDATE job SET parked = 1, token = NULL, worker = NULL, tries = tries - 1, wake_at = (SELECT l.until \
             FROM job_lane l WHERE l.brand_id = job.brand_id AND l.serial = job.serial) WHERE (brand_id, id) IN \
             (VALUES {})",
            mark_rows(1, jobs.len(), 2)
        );
        let statement = jobs.iter().fold(built(text), |statement, one| statement.bind(one.job.brand).bind(one.job.id));
        statement.of_rows(jobs.len()).run(conn).await.map(|_| ())
    }
}

fn lane_marks(row: usize) -> String {
    let first = 4 + 3 * row;
    format!("($1, $2, ${first}, ${}, ${})", first + 1, first + 2)
}

fn read(f: &mut Fields<'_>) -> Result<Job> {
    Ok(Job {
        brand: f.id()?,
        id: f.id()?,
        kind: f.text()?,
        payload: f.json()?,
        run_at: f.at()?,
        serial: f.bytes_opt()?,
        dedupe: f.text_opt()?,
        tries: f.count()?,
    })
}
