//! Is the work being done? What `/health` and the dot in the top bar show.

use jiff::SignedDuration;
use sarafan_store::{jobs, workers};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{App, AppError};

/// A worker that was not heard of for so long is dead; it says that it lives every five seconds.
const ALIVE: SignedDuration = SignedDuration::from_secs(30);
/// Dead workers are told of for so long.
pub(crate) const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 7);
/// A queue whose oldest job is due for longer stalls, in seconds.
const STALLED: u64 = 120;

/// Is the work being done?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HealthView {
    /// A worker lives and the queue moves.
    pub ok: bool,
    /// The queue.
    pub queue: QueueHealth,
    /// The worker heard of last.
    pub worker: WorkerHealth,
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

impl App {
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
        Ok(HealthView {
            ok: alive && oldest < STALLED,
            queue: QueueHealth {
                oldest_due_seconds: oldest,
                processed_seconds_ago: seen,
                due: u64::try_from(stats.due).unwrap_or(0),
            },
            worker: WorkerHealth { alive, seen_seconds_ago: seen },
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }
}
