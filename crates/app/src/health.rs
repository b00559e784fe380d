//! Is the work being done? What `/health` and the dot in the top bar show. What each answer means and what to do then
//! is in docs/observability.md.

use jiff::SignedDuration;
use sarafan_store::{jobs, workers};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{App, AppError};

/// A worker that was not heard of for so long is dead; it says that it lives every five seconds.
const ALIVE: SignedDuration = SignedDuration::from_secs(30);
/// Dead workers are told of for so long.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 7);
/// A queue whose oldest job is due for longer stalls, in seconds.
const STALLED: u64 = 120;

/// Less free space than this, in bytes, and a database can hardly write any more.
const DISK_LEAST: u64 = 100 << 20;

/// Is the work being done?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HealthView {
    /// A worker lives and the queue moves.
    pub ok: bool,
    /// The queue.
    pub queue: QueueHealth,
    /// The worker heard of last.
    pub worker: WorkerHealth,
    /// The database.
    pub database: DatabaseHealth,
    /// The disk of the data folder; `null` where the system does not tell.
    pub disk: Option<DiskHealth>,
    /// Version of the program.
    pub version: String,
}

/// The queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QueueHealth {
    /// How long the oldest job has been due and nobody has taken it.
    pub oldest_due_seconds: u64,
    /// How long ago a worker last looked at the queue.
    pub processed_seconds_ago: Option<u64>,
    /// How many jobs are due.
    pub due: u64,
}

/// The worker heard of last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkerHealth {
    /// Does it live?
    pub alive: bool,
    /// How long ago it was heard of.
    pub seen_seconds_ago: Option<u64>,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DatabaseHealth {
    /// Does it answer?
    pub answers: bool,
}

/// The disk of the data folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DiskHealth {
    /// Is there enough room?
    pub ok: bool,
    /// Bytes that may still be written.
    pub free_bytes: u64,
}

impl HealthView {
    /// What is told where the database does not answer: nothing is known of the work then.
    pub fn without_database(disk: Option<DiskHealth>) -> Self {
        Self {
            ok: false,
            queue: QueueHealth { oldest_due_seconds: 0, processed_seconds_ago: None, due: 0 },
            worker: WorkerHealth { alive: false, seen_seconds_ago: None },
            database: DatabaseHealth { answers: false },
            disk,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

impl App {
    /// How much room the data folder has; `None` where the system does not tell.
    pub fn disk(&self) -> Option<DiskHealth> {
        let told = rustix::fs::statvfs(&self.config().data).ok()?;
        let free_bytes = told.f_bavail.saturating_mul(told.f_frsize);
        Some(DiskHealth { ok: free_bytes >= DISK_LEAST, free_bytes })
    }

    /// Is the work being done?
    ///
    /// # Errors
    /// Where the database does not answer: then nothing is well.
    pub async fn health(&self) -> Result<HealthView, AppError> {
        let now = self.now();
        let mut conn = self.store().read().await?;
        let stats = jobs::stats(&mut conn, now).await?;
        let since = now.checked_sub(REMEMBERED).unwrap_or(now);
        let workers = workers::alive(&mut conn, since).await?;
        let ago = |at| u64::try_from(now.duration_since(at).as_secs()).unwrap_or(0);
        let seen = workers.first().map(|worker| ago(worker.seen_at));
        let alive = seen.is_some_and(|seconds| seconds < u64::try_from(ALIVE.as_secs()).unwrap_or(0));
        let oldest = stats.oldest_due.map_or(0, ago);
        let disk = self.disk();
        Ok(HealthView {
            ok: alive && oldest < STALLED && disk.as_ref().is_none_or(|disk| disk.ok),
            queue: QueueHealth {
                oldest_due_seconds: oldest,
                processed_seconds_ago: seen,
                due: u64::try_from(stats.due).unwrap_or(0),
            },
            worker: WorkerHealth { alive, seen_seconds_ago: seen },
            database: DatabaseHealth { answers: true },
            disk,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }
}
