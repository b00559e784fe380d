//! The worker: claims what is due, runs it, sleeps until the next thing is due.
//!
//! The queue in the database is the truth; the wake-up calls of this process only make it sooner. A worker that dies
//! loses its leases, and what it held is looked at again by whoever claims it next.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use sarafan_domain::time::Timestamp;
use sarafan_store::jobs::{self, ClaimedJob};
use sarafan_store::workers;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tracing::Instrument;

use crate::jobs::{Kind, Outcome};
use crate::lease::{LEASE, Lease, Moment};
use crate::notices::Silence;
use crate::{App, AppError, crash, health, zones};

/// So many jobs run at a time in one process.
const PARALLEL: usize = 1024;
/// The queue is looked at least this often, for jobs that another process put there.
const GLANCE: Duration = Duration::from_millis(500);
/// After the database was away nothing is claimed for so long: outcomes that waited for it, here or in other processes,
/// are written down before anybody takes their jobs for lost.
const QUIET: Duration = Duration::from_secs(1);
/// A worker tells that it lives this often.
const BEAT: SignedDuration = SignedDuration::from_secs(5);

/// One worker of one process.
pub struct Worker {
    app: App,
    name: String,
    running: JoinSet<()>,
    beaten: Option<Timestamp>,
    /// Outcomes that wait for the database.
    unwritten: Arc<AtomicUsize>,
    /// Whether the others work.
    silence: Silence,
    /// When the rules of time zones were looked at last.
    zoned: Option<Timestamp>,
    /// Nothing is claimed until then: the database was away.
    quiet_until: Option<Instant>,
}

impl Worker {
    /// A worker with a name that no other process has.
    pub fn new(app: App) -> Self {
        let name = format!("{}-{}", std::process::id(), app.new_id::<sarafan_domain::id::JobId>());
        Self {
            silence: Silence::new(app.now()),
            app,
            name,
            running: JoinSet::new(),
            beaten: None,
            unwritten: Arc::default(),
            zoned: None,
            quiet_until: None,
        }
    }

    /// Works until `stop` says so, then lets what is running end.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        tracing::info!(worker = %self.name, "worker started");
        while !*stop.borrow() {
            let wait = match self.turn().await {
                Ok(wait) => wait,
                Err(error) => {
                    tracing::error!(%error, "the queue cannot be read");
                    self.quiet_until = Some(Instant::now() + QUIET);
                    GLANCE
                }
            };
            let app = self.app.clone();
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = app.woken() => {}
                Some(_) = self.running.join_next(), if !self.running.is_empty() => {}
                _ = stop.changed() => {}
            }
        }
        while self.running.join_next().await.is_some() {}
        self.leave().await;
        tracing::info!(worker = %self.name, "worker stopped");
    }

    /// Runs everything that is due now, for tests and for the command line: returns when nothing is.
    ///
    /// # Errors
    /// Where the queue cannot be read.
    pub async fn drain(&mut self) -> Result<(), AppError> {
        loop {
            let claimed = self.claim().await?;
            if claimed == 0 && self.running.is_empty() {
                return Ok(());
            }
            while self.running.join_next().await.is_some() {}
        }
    }

    /// One look at the queue; how long to sleep afterwards.
    async fn turn(&mut self) -> Result<Duration, AppError> {
        while self.running.try_join_next().is_some() {}
        self.tell_slots();
        self.beat().await?;
        self.follow_zones();
        if self.claim().await? > 0 && self.running.len() < PARALLEL {
            return Ok(Duration::ZERO);
        }
        let now = self.app.now();
        let next = jobs::next_due(&mut *self.app.store().read().await?).await?;
        let wait = next.map_or(GLANCE, |at| at.duration_since(now).unsigned_abs().min(GLANCE));
        // What is due but not claimable (its channel is busy) is looked at again when something ends, or shortly.
        Ok(if next.is_some_and(|at| at <= now) { Duration::from_millis(20) } else { wait })
    }

    async fn beat(&mut self) -> Result<(), AppError> {
        let now = self.app.now();
        if self.beaten.is_some_and(|at| now.duration_since(at) < BEAT && now >= at) {
            return Ok(());
        }
        let name = self.name.clone();
        // Clocks of two machines differ a little: only what is far beyond a lease is none.
        let longest = now.checked_add(LEASE + LEASE).unwrap_or(now);
        self.app
            .store()
            .write(move |conn| {
                let name = name.clone();
                Box::pin(async move {
                    workers::beat(conn, &name, now).await?;
                    let shortened = jobs::shorten(conn, longest).await?;
                    if shortened > 0 {
                        tracing::warn!(shortened, "the clock was put back: leases end when they would have");
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        self.beaten = Some(now);
        // After its own sign of life: whoever begins takes the place of one that fell silent.
        if let Err(error) = self.silence.look(&self.app).await {
            tracing::warn!(%error, "nobody knows whether the others work");
        }
        Ok(())
    }

    /// Looks now and then whether time zones have changed under posts that wait.
    fn follow_zones(&mut self) {
        let now = self.app.now();
        if self.zoned.is_some_and(|at| now.duration_since(at).abs() < zones::EVERY) {
            return;
        }
        self.zoned = Some(now);
        let app = self.app.clone();
        self.running.spawn(async move {
            if let Err(error) = app.follow_zone_rules().await {
                tracing::warn!(%error, "the rules of time zones could not be followed");
            }
        });
    }

    /// An orderly stop is no death, and a back-up may be put back at once.
    async fn leave(&self) {
        let (name, long_ago) = (self.name.clone(), self.app.now().checked_sub(health::REMEMBERED).unwrap_or_default());
        let left = self.app.store().write(move |conn| {
            let name = name.clone();
            Box::pin(async move { workers::leave(conn, &name, long_ago).await.map_err(AppError::from) })
        });
        if let Err(error) = left.await {
            tracing::warn!(%error, "the worker could not say goodbye");
        }
    }

    async fn claim(&mut self) -> Result<usize, AppError> {
        let free = PARALLEL.saturating_sub(self.running.len());
        let quiet = self.quiet_until.is_some_and(|until| Instant::now() < until);
        if free == 0 || quiet || self.unwritten.load(Ordering::SeqCst) > 0 {
            return Ok(0);
        }
        let now = self.app.now();
        // A glance before the write: an idle worker must not write to the disk twice a second.
        let due = jobs::next_due(&mut *self.app.store().read().await?).await?.is_some_and(|at| at <= now);
        if !due {
            return Ok(0);
        }
        let name = self.name.clone();
        let moment = Moment::now(self.app.clock().as_ref());
        let claimed = self
            .app
            .store()
            .claim(move |conn| {
                let name = name.clone();
                Box::pin(async move {
                    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
                    jobs::claim(conn, &name, now, moment.until(), free, &kinds).await.map_err(AppError::from)
                })
            })
            .await?;
        let count = claimed.len();
        for job in claimed {
            crash::point("claimed");
            let lease = Lease::new(Arc::clone(self.app.clock()), moment, Arc::clone(&self.unwritten));
            let span = job_span(&job);
            self.running.spawn(work(self.app.clone(), job, lease).instrument(span));
        }
        self.tell_slots();
        Ok(count)
    }

    fn tell_slots(&self) {
        let used = u32::try_from(self.running.len()).unwrap_or(u32::MAX);
        metrics::gauge!("sarafan_worker_slots_used").set(f64::from(used));
    }
}

/// Everything that a job logs, down to its network calls, carries these; what the job learns about its delivery is
/// filled in as it goes.
fn job_span(job: &ClaimedJob) -> tracing::Span {
    use tracing::field::Empty;
    let job = &job.job;
    tracing::info_span!("job", job = %job.id, kind = job.kind, brand = %job.brand, tries = job.tries,
        delivery = Empty, channel = Empty, network = Empty, attempt = Empty)
}

/// Runs one job and settles it; its own mistakes end here, in the log and in a later try.
async fn work(app: App, job: ClaimedJob, lease: Lease) {
    let started = Instant::now();
    let outcome = crate::jobs::run(&app, &job, &lease).await;
    measure(&job.job.kind, &outcome, started.elapsed());
    let settled = match outcome {
        Ok(Outcome::Settled) => return,
        Ok(Outcome::Done) => None,
        Ok(Outcome::Again(at)) => Some(at),
        // Somebody else holds it, or a person was quicker: what is true is in the rows, and the lease brings it back.
        Err(AppError::Conflict) => {
            tracing::info!(job = %job.job.id, kind = job.job.kind, "given up: it changed hands");
            return;
        }
        // What it was about is gone.
        Err(AppError::NotFound) => None,
        Err(error) => {
            tracing::error!(job = %job.job.id, kind = job.job.kind, %error, "job failed");
            let now = app.now();
            let wait = SignedDuration::from_secs(5_i64 << job.job.tries.min(9));
            Some(now.checked_add(wait).unwrap_or(now))
        }
    };
    crash::point("job-done");
    let ended = job.clone();
    let written = lease
        .written(&app, move |conn| {
            let job = ended.clone();
            Box::pin(async move {
                match settled {
                    Some(at) => jobs::retry(conn, &job.token, at).await,
                    None => jobs::complete(conn, &job.token).await,
                }
                .map_err(AppError::from)
            })
        })
        .await;
    match written {
        Ok(()) => {}
        Err(AppError::Conflict) => tracing::info!(job = %job.job.id, "done, but it had changed hands"),
        Err(error) => tracing::warn!(%error, "the end of a job could not be written; its lease will run out"),
    }
}

fn measure(kind: &str, outcome: &Result<Outcome, AppError>, took: Duration) {
    let kind = Kind::parse(kind).map_or("unknown", Kind::code);
    let ended = match outcome {
        Ok(Outcome::Settled | Outcome::Done) | Err(AppError::NotFound) => "done",
        Ok(Outcome::Again(_)) => "again",
        Err(AppError::Conflict) => "lost",
        Err(_) => "failed",
    };
    metrics::counter!("sarafan_jobs_total", "kind" => kind, "outcome" => ended).increment(1);
    metrics::histogram!("sarafan_job_seconds", "kind" => kind).record(took.as_secs_f64());
}
