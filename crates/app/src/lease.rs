//! How long this process may still act for a job that it holds.
//!
//! The database knows who holds a job, but a request leaves without asking it. So each process keeps its own, shorter end
//! of the lease, on two clocks: the monotonic one, which nobody can set, and the wall clock, which goes on while the machine
//! sleeps. When either says that it is over, nothing may leave any more: somebody else may hold the job. Long work renews
//! the lease; what is known of a request is written down however long the database is away.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::SignedDuration;
use sarafan_domain::time::Timestamp;
use sarafan_store::Conn;
use sarafan_store::jobs::{self, ClaimedJob};
use tokio::time::Instant;

use crate::{App, AppError, Clock};

/// A worker holds a job for so long without a sign of life, by the database.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// The holder itself counts on so much less: clocks of two machines differ, and a request that is being cut off needs a
/// moment to be gone.
const MARGIN: SignedDuration = SignedDuration::from_secs(5);
/// Long work renews its lease this often.
const RENEW: Duration = Duration::from_secs(8);
/// A database that is away is asked again after this.
const RETRY: Duration = Duration::from_millis(200);
/// What is known of a request is kept in memory for so long while the database is away.
const PATIENCE: Duration = Duration::from_secs(600);

/// A moment on both clocks. Taken before the database is asked, so that a slow answer never makes a lease longer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    real: Instant,
    wall: Timestamp,
}

impl Moment {
    /// This moment.
    pub(crate) fn now(clock: &dyn Clock) -> Self {
        Self { real: Instant::now(), wall: clock.now() }
    }

    /// Until when the database keeps a job that is taken or renewed now.
    pub(crate) fn until(self) -> Timestamp {
        self.wall.checked_add(LEASE).unwrap_or(self.wall)
    }
}

/// The right to act for one job; cheap to clone, renewed for all clones.
#[derive(Clone)]
pub struct Lease {
    clock: Arc<dyn Clock>,
    since: Arc<Mutex<Moment>>,
    /// So many outcomes of this worker wait for the database.
    unwritten: Arc<AtomicUsize>,
}

impl Lease {
    /// A job that was claimed at `since`.
    pub(crate) fn new(clock: Arc<dyn Clock>, since: Moment, unwritten: Arc<AtomicUsize>) -> Self {
        Self { clock, since: Arc::new(Mutex::new(since)), unwritten }
    }

    fn since(&self) -> Moment {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn renewed(&self, since: Moment) {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }

    /// For how long this process may still act, by whichever clock says less.
    pub(crate) fn left(&self) -> Duration {
        let (since, now) = (self.since(), self.clock.now());
        let held = Duration::try_from(LEASE - MARGIN).unwrap_or_default();
        let real = held.saturating_sub(since.real.elapsed());
        let wall = held.saturating_sub(Duration::try_from(now.duration_since(since.wall)).unwrap_or_default());
        real.min(wall)
    }

    /// Inside the transaction that begins an attempt: is the job still ours? Renews the lease where little is left of it;
    /// the moment is then to be given to [`Lease::renewed`] after the commit.
    pub(crate) async fn hold(&self, conn: &mut Conn, job: &ClaimedJob) -> Result<Option<Moment>, AppError> {
        if self.left() > Duration::try_from(LEASE / 2).unwrap_or_default() {
            jobs::hold(conn, &job.token).await?;
            return Ok(None);
        }
        let moment = Moment::now(self.clock.as_ref());
        jobs::extend(conn, &job.token, moment.until()).await?;
        Ok(Some(moment))
    }

    /// Runs `work` and renews the lease beside it. Gives up, and drops the work with its request, when the lease is lost:
    /// somebody else holds the job then.
    pub(crate) async fn keep<T>(
        &self,
        app: &App,
        job: &ClaimedJob,
        work: impl Future<Output = T>,
    ) -> Result<T, AppError> {
        let (work, renewing) = (pin!(work), pin!(self.renew(app, job)));
        tokio::select! {
            biased;
            done = work => Ok(done),
            lost = renewing => Err(lost),
        }
    }

    /// Renews until the lease is lost. A database that does not answer does not end it before its time.
    async fn renew(&self, app: &App, job: &ClaimedJob) -> AppError {
        let mut wait = RENEW;
        loop {
            let left = self.left();
            tokio::time::sleep(wait.min(left)).await;
            let left = self.left();
            if left.is_zero() {
                tracing::warn!(job = %job.job.id, "the lease ended while the database was away");
                return AppError::Conflict;
            }
            let (moment, token) = (Moment::now(self.clock.as_ref()), job.token.clone());
            let asked = app.store().write(move |conn| {
                let token = token.clone();
                Box::pin(async move { jobs::extend(conn, &token, moment.until()).await.map_err(AppError::from) })
            });
            match tokio::time::timeout(left, asked).await {
                Ok(Ok(())) => {
                    self.renewed(moment);
                    wait = RENEW;
                }
                Ok(Err(AppError::Conflict | AppError::NotFound)) => return AppError::Conflict,
                Ok(Err(_)) | Err(_) => wait = RETRY,
            }
        }
    }

    /// Writes an outcome down, again and again while the database is away or its disk is full. The worker begins nothing new
    /// meanwhile: it could not write that down either.
    ///
    /// # Errors
    /// Whatever else `work` says; [`AppError::Conflict`] where somebody else took the job since.
    pub(crate) async fn written<T, F>(&self, app: &App, work: F) -> Result<T, AppError>
    where
        F: for<'t> Fn(&'t mut Conn) -> BoxFuture<'t, Result<T, AppError>> + Clone + Send + Sync + 'static,
        T: Send + 'static,
    {
        let begun = Instant::now();
        let mut waiting = None;
        loop {
            match app.store().write(work.clone()).await {
                Err(AppError::Unavailable(reason)) if begun.elapsed() < PATIENCE => {
                    if waiting.is_none() {
                        tracing::error!(reason, "an outcome waits for the database");
                    }
                    waiting.get_or_insert_with(|| Waiting::new(&self.unwritten));
                    tokio::time::sleep(RETRY).await;
                }
                other => return other,
            }
        }
    }
}

/// Counts an outcome that waits, for as long as it lives.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
