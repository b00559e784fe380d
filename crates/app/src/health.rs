//! Is the work being done? What `/health` and the dot in the top bar show. What each answer means and what to do then
//! is in docs/observability.md.

use std::time::Duration;

use jiff::SignedDuration;
use sarafan_domain::time::Timestamp;
use sarafan_store::workers::WorkerRow;
use sarafan_store::{jobs, workers};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{App, AppError};

/// A worker that was not heard of for so long is dead; it says that it lives every five seconds. Pages hear of it every
/// ten, so that a dead one is seen within thirty.
const ALIVE: SignedDuration = SignedDuration::from_secs(20);
/// Dead workers are told of for so long.
pub(crate) const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 7);
/// One that fell silent is missed for so long. Where others live they do its work, and a machine may be gone for good.
const MISSED: SignedDuration = SignedDuration::from_hours(1);
/// A queue whose oldest job is due for longer stalls, in seconds.
const STALLED: u64 = 30;
/// A database that does not answer for so long is told of as away.
const ANSWERS: Duration = Duration::from_secs(3);

/// Less free space than this, in bytes, and a database can hardly write any more.
const DISK_LEAST: u64 = 100 << 20;

/// Is the work being done?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HealthView {
    /// A worker lives, none fell silent, and the queue moves.
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
    /// How many live.
    pub living: u64,
    /// How many fell silent without saying goodbye and nobody has begun in their place.
    pub silent: u64,
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

impl QueueHealth {
    /// Does it stand still?
    pub(crate) fn stalls(&self) -> bool {
        self.oldest_due_seconds >= STALLED
    }
}

impl HealthView {
    /// What is told where the database does not answer: nothing is known of the work then.
    pub fn without_database(disk: Option<DiskHealth>) -> Self {
        Self {
            ok: false,
            queue: QueueHealth { oldest_due_seconds: 0, processed_seconds_ago: None, due: 0 },
            worker: WorkerHealth { alive: false, seen_seconds_ago: None, living: 0, silent: 0 },
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
        let away = |_| AppError::Unavailable("the database does not answer".to_owned());
        let mut conn = tokio::time::timeout(ANSWERS, self.store().read()).await.map_err(away)??;
        let stats = jobs::stats(&mut conn, now).await?;
        let since = now.checked_sub(REMEMBERED).unwrap_or(now);
        let workers = workers::alive(&mut conn, since).await?;
        let ago = |at| u64::try_from(now.duration_since(at).as_secs()).unwrap_or(0);
        let seen = workers.first().map(|worker| ago(worker.seen_at));
        let (living, silent) = roll_call(&workers, now);
        let alive = living > 0;
        let oldest = stats.oldest_due.map_or(0, ago);
        let disk = self.disk();
        Ok(HealthView {
            ok: alive && silent == 0 && oldest < STALLED && disk.as_ref().is_none_or(|disk| disk.ok),
            queue: QueueHealth {
                oldest_due_seconds: oldest,
                processed_seconds_ago: seen,
                due: u64::try_from(stats.due).unwrap_or(0),
            },
            worker: WorkerHealth { alive, seen_seconds_ago: seen, living, silent },
            database: DatabaseHealth { answers: true },
            disk,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }
}

/// How many workers live, and how many fell silent without another one having begun in their place.
fn roll_call(workers: &[WorkerRow], now: Timestamp) -> (u64, u64) {
    // After the clock was put back, a dead worker's last word may lie ahead: that is no sign of life.
    let lives = |worker: &&WorkerRow| now.duration_since(worker.seen_at).abs() < ALIVE;
    let (living, silent): (Vec<_>, Vec<_>) = workers.iter().partition(lives);
    let mut begun: Vec<Timestamp> = workers.iter().map(|worker| worker.started_at).collect();
    begun.sort();
    let recent = |at: &Timestamp| now.duration_since(*at) < MISSED;
    let mut dead: Vec<Timestamp> = silent.iter().map(|worker| worker.seen_at).filter(recent).collect();
    dead.sort();
    // Each death is made good by one beginning after it, the earliest there is.
    let missed = dead.into_iter().filter(|died| match begun.iter().position(|began| began >= died) {
        Some(place) => {
            begun.remove(place);
            false
        }
        None => true,
    });
    let missed = missed.count();
    (count(living.len()), count(missed))
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    /// Workers as (began, last heard of), looked at in second 1000.
    fn called(workers: &[(i64, i64)]) -> (u64, u64) {
        let row =
            |(began, seen): &(i64, i64)| WorkerRow { name: String::new(), started_at: at(*began), seen_at: at(*seen) };
        roll_call(&workers.iter().map(row).collect::<Vec<_>>(), at(1000))
    }

    #[test]
    fn the_dead_are_counted_until_somebody_takes_their_place() {
        type Row = (&'static str, &'static [(i64, i64)], (u64, u64));
        let rows: [Row; 10] = [
            ("nobody ever", &[], (0, 0)),
            ("one lives", &[(0, 998)], (1, 0)),
            ("one is a little late", &[(0, 981)], (1, 0)),
            ("one is dead", &[(0, 980)], (0, 1)),
            ("one of two is dead", &[(0, 998), (0, 900)], (1, 1)),
            ("it was started again", &[(0, 900), (910, 998)], (1, 0)),
            ("two died, one was started again", &[(0, 900), (0, 905), (910, 998)], (1, 1)),
            ("the one that was started again died too", &[(0, 900), (910, 950)], (0, 1)),
            ("one died long ago, the other works on", &[(-9000, -2600), (-9000, 998)], (1, 0)),
            ("its last word is from the future", &[(0, 4600)], (0, 1)),
        ];
        for (what, workers, expected) in rows {
            assert_eq!(called(workers), expected, "{what}");
        }
    }
}
