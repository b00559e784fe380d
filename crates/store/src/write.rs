//! Transactions that write.
//!
//! SQLite has one writer, and the dear part of a write is the one flush to disk at its end. So one thread owns the
//! writing connection, and all closures that wait when it becomes free share one transaction and one flush. They run
//! without savepoints first, for these cost more than most closures do; only where one of them fails, the
//! transaction is rolled back and its closures run again, each in its own savepoint. PostgreSQL has several lanes that
//! do the same: a lane takes all that waits when it becomes free, and where one closure of its transaction fails, each
//! runs again in its own. A transaction sees one state of the database from its first statement on: who changes a row
//! that somebody else has changed meanwhile runs again.

use std::cell::{Cell, RefCell};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::PgPool;
use tokio::sync::{Mutex, mpsc, oneshot};
use tracing::{Instrument, Span};

use crate::conn::Inner;
use crate::store::Target;
use crate::{Conn, Result, StoreError};

/// So many closures share one commit at most: bounds the time that the first of them waits.
const GROUP: usize = 256;
/// So many closures may wait before callers are slowed down.
const WAITING: usize = 4096;
/// So often a transaction on PostgreSQL is run before its caller hears that the database is busy.
const RUNS: usize = 40;
/// So often a group is run on SQLite; each run may wait 5 s for another process that writes.
const GROUP_RUNS: usize = 4;

/// So many connections to PostgreSQL write at a time, and so many closures share a transaction on one of them.
const LANES: usize = 4;
const LANE: usize = 32;

/// What a transaction on PostgreSQL sees of the others; SQLite has one writer and no such trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// One state of the database. With less, two closures that read a row, change a field and write it whole would each
    /// write over what the other did.
    Whole,
    /// With every statement what was committed last: two workers reach for the same rows all the time, and whoever comes
    /// second shall see what the first has left, not fail and begin anew.
    Latest,
}

impl Level {
    fn begin(self) -> &'static str {
        match self {
            Self::Whole => "BEGIN ISOLATION LEVEL REPEATABLE READ",
            // A claim is planned once and walks the index of what is due: planning costs more than the claim, and without
            // knowing the limit PostgreSQL would sort all that waits.
            Self::Latest => {
                "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL plan_cache_mode = force_generic_plan; \
                 SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"
            }
        }
    }
}

/// What waits for the commit of the write that runs.
type After = Vec<Box<dyn FnOnce() + Send>>;

/// What a closure that writes tells its transaction beside its result.
#[derive(Default)]
struct Running {
    /// Set where the database said that running it again helps. The caller's own error type hides ours, so the
    /// transaction would otherwise not learn it.
    again: Cell<bool>,
    after: RefCell<After>,
}

tokio::task_local! {
    static RUNNING: Running;
}

/// Tells the write that runs, if any, that running it again helps.
pub(crate) fn run_again() {
    let _ = RUNNING.try_with(|running| running.again.set(true));
}

/// Does something as soon as the transaction that runs is safely on disk, and not at all where it is rolled back;
/// at once where none runs. For telling others: whoever is told then finds the new state.
pub fn after_commit(hook: impl FnOnce() + Send + 'static) {
    let mut hook: Option<Box<dyn FnOnce() + Send>> = Some(Box::new(hook));
    let _ = RUNNING.try_with(|running| running.after.borrow_mut().extend(hook.take()));
    if let Some(hook) = hook {
        hook();
    }
}

/// Where writes go.
pub(crate) struct Writer {
    to: mpsc::Sender<Message>,
    /// PostgreSQL: the connections of its lanes.
    pool: Option<PgPool>,
}

/// What whoever writes is told.
pub(crate) enum Message {
    Write(Box<dyn Work>),
    Close(oneshot::Sender<()>),
}

impl Writer {
    /// Starts the thread that owns the writing connection of SQLite. Every statement and every flush blocks it, and
    /// nobody else.
    pub(crate) fn group(conn: Conn, target: Target) -> Result<Self> {
        let (to, from) = mpsc::channel(WAITING);
        let runtime = tokio::runtime::Handle::current();
        let group = Group { conn: Some(conn), target };
        let thread = std::thread::Builder::new().name("sqlite-writer".to_owned()).spawn(move || {
            let _within = runtime.enter();
            futures::executor::block_on(group.serve(from));
        });
        thread.map_err(|error| StoreError::Unavailable { reason: error.to_string() })?;
        Ok(Self { to, pool: None })
    }

    /// Starts the lanes of PostgreSQL.
    pub(crate) fn lanes(pool: PgPool) -> Self {
        let (to, from) = mpsc::channel(WAITING);
        let from = Arc::new(Mutex::new(from));
        for _ in 0..LANES {
            tokio::spawn(lane(pool.clone(), Arc::clone(&from)));
        }
        Self { to, pool: Some(pool) }
    }

    pub(crate) async fn write<T, E, F>(&self, level: Level, work: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Conn) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        E: From<StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let waiting = Waiting { work, level, result: None, after: After::new(), span: Span::current(), reply };
        if self.to.send(Message::Write(Box::new(waiting))).await.is_err() {
            return Err(closed().into());
        }
        answer.await.unwrap_or_else(|_| Err(closed().into()))
    }

    pub(crate) async fn close(&self) {
        if let Some(pool) = &self.pool {
            pool.close().await;
            return;
        }
        let (reply, answer) = oneshot::channel();
        if self.to.send(Message::Close(reply)).await.is_ok() {
            let _ = answer.await;
        }
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable { reason: "the store is closed".to_owned() }
}

/// How a closure came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ran {
    Well,
    Refused,
    /// The database was busy or could not serialize it.
    Again,
}

/// Runs the closure and notices what its own error type hides, and what it wants done after the commit.
async fn watch<T, E: From<StoreError>>(work: BoxFuture<'_, Result<T, E>>) -> (Result<T, E>, Ran, After) {
    RUNNING
        .scope(Running::default(), async move {
            let result = AssertUnwindSafe(work).catch_unwind().await;
            let result = result.unwrap_or_else(|_| Err(StoreError::Broken("a write panicked".to_owned()).into()));
            let (again, after) = RUNNING.with(|running| (running.again.get(), running.after.take()));
            let ran = match (&result, again) {
                (_, true) => Ran::Again,
                (Ok(_), false) => Ran::Well,
                (Err(_), false) => Ran::Refused,
            };
            (result, ran, after)
        })
        .await
}

fn tell(after: After) {
    for hook in after {
        hook();
    }
}

/// One connection to PostgreSQL that writes: takes what waits, and shares one transaction and one flush among it. With
/// little to do every closure finds a lane of its own.
async fn lane(pool: PgPool, from: Arc<Mutex<mpsc::Receiver<Message>>>) {
    let mut batch = Vec::with_capacity(GROUP);
    loop {
        if from.lock().await.recv_many(&mut batch, LANE).await == 0 {
            return;
        }
        let work = batch.drain(..).filter_map(|message| match message {
            Message::Write(one) => Some(one),
            Message::Close(_) => None,
        });
        let (whole, latest): (Vec<_>, Vec<_>) = work.partition(|one| one.level() == Level::Whole);
        for (level, work) in [(Level::Latest, latest), (Level::Whole, whole)] {
            together(&pool, level, work).await;
        }
    }
}

/// Runs closures in one transaction; where that does not get through, each in its own.
async fn together(pool: &PgPool, level: Level, mut work: Vec<Box<dyn Work>>) {
    let committed = if work.len() > 1 { shared(pool, level, &mut work).await } else { None };
    for one in work {
        match &committed {
            Some(committed) => one.finish(committed.clone()),
            None => alone(pool, one).await,
        }
    }
}

/// What the commit said; `None` where it surely did not take place and each may run by itself. A commit that broke is
/// told to all of them and never run again: nobody knows whether it took place.
async fn shared(pool: &PgPool, level: Level, work: &mut [Box<dyn Work>]) -> Option<Result<()>> {
    let begun = Instant::now();
    let tx = pool.begin_with(level.begin()).await.ok()?;
    let mut conn = Conn(Inner::Within(tx));
    for one in work.iter_mut() {
        if one.run(&mut conn).await != Ran::Well {
            if let Inner::Within(tx) = conn.take() {
                let _ = tx.rollback().await;
            }
            return None;
        }
    }
    let Inner::Within(tx) = conn.take() else { return None };
    let (done, ran, _) = watch(Box::pin(async { Ok::<_, StoreError>(tx.commit().await?) })).await;
    measure(begun, u32::try_from(work.len()).ok());
    (ran != Ran::Again).then_some(done)
}

/// Runs a closure in a transaction of its own, again as often as the database asks for it.
async fn alone(pool: &PgPool, mut one: Box<dyn Work>) {
    let mut last = StoreError::Unavailable { reason: "too many writers of the same rows".to_owned() };
    for _ in 0..RUNS {
        let begun = Instant::now();
        let tx = match pool.begin_with(one.level().begin()).await {
            Ok(tx) => tx,
            Err(error) => return one.finish(Err(error.into())),
        };
        let mut conn = Conn(Inner::Within(tx));
        let ran = one.run(&mut conn).await;
        let Inner::Within(tx) = conn.take() else { return one.finish(Err(closed())) };
        match ran {
            Ran::Well => {
                let (done, ran, _) = watch(Box::pin(async { Ok::<_, StoreError>(tx.commit().await?) })).await;
                match (done, ran) {
                    (Err(error), Ran::Again) => last = error,
                    (done, _) => {
                        measure(begun, None);
                        return one.finish(done);
                    }
                }
            }
            Ran::Again => {
                let _ = tx.rollback().await;
                tokio::task::yield_now().await;
            }
            Ran::Refused => {
                let _ = tx.rollback().await;
                return one.finish(Ok(()));
            }
        }
    }
    one.finish(Err(last));
}

/// What the metrics are told of a commit.
fn measure(begun: Instant, group: Option<u32>) {
    metrics::histogram!("sarafan_store_commit_seconds").record(begun.elapsed().as_secs_f64());
    if let Some(group) = group {
        metrics::histogram!("sarafan_store_group_size").record(f64::from(group));
    }
}

/// A closure that waits for its commit, its types forgotten.
pub(crate) trait Work: Send {
    fn run<'t>(&'t mut self, conn: &'t mut Conn) -> BoxFuture<'t, Ran>;
    fn finish(self: Box<Self>, commit: Result<()>);
    fn level(&self) -> Level;
}

struct Waiting<T, E, F> {
    work: F,
    level: Level,
    result: Option<Result<T, E>>,
    after: After,
    /// Of whoever asked for it: what the closure logs belongs there.
    span: Span,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work for Waiting<T, E, F>
where
    F: for<'t> Fn(&'t mut Conn) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    E: From<StoreError> + Send + 'static,
    T: Send + 'static,
{
    fn run<'t>(&'t mut self, conn: &'t mut Conn) -> BoxFuture<'t, Ran> {
        Box::pin(async move {
            let (result, ran, after) = watch((self.work)(conn)).instrument(self.span.clone()).await;
            (self.result, self.after) = (Some(result), after);
            ran
        })
    }

    fn level(&self) -> Level {
        self.level
    }

    fn finish(self: Box<Self>, commit: Result<()>) {
        if let (Some(Ok(_)), Ok(())) = (&self.result, &commit) {
            tell(self.after);
        }
        let result = match (self.result, commit) {
            (Some(Ok(_)) | None, Err(error)) => Err(error.into()),
            (Some(result), _) => result,
            (None, Ok(())) => Err(closed().into()),
        };
        // A caller that no longer waits does not mind.
        let _ = self.reply.send(result);
    }
}

/// What the thread that writes to SQLite owns.
struct Group {
    conn: Option<Conn>,
    target: Target,
}

/// Why a group did not get through.
enum Stop {
    /// One closure failed and there were no savepoints: run all again with them.
    Refused,
    /// Run all again.
    Again(StoreError),
    /// The connection is of no more use.
    Lost(StoreError),
}

impl Group {
    async fn serve(mut self, mut from: mpsc::Receiver<Message>) {
        let mut batch = Vec::with_capacity(GROUP);
        while from.recv_many(&mut batch, GROUP).await > 0 {
            let (mut work, mut closing) = (Vec::with_capacity(batch.len()), None);
            for message in batch.drain(..) {
                match message {
                    Message::Write(one) => work.push(one),
                    Message::Close(reply) => closing = Some(reply),
                }
            }
            if !work.is_empty() {
                self.commit(work).await;
            }
            if let Some(reply) = closing {
                if let Some(conn) = self.conn.take() {
                    let _ = conn.close().await;
                }
                let _ = reply.send(());
                return;
            }
        }
        if let Some(conn) = self.conn.take() {
            let _ = conn.close().await;
        }
    }

    async fn commit(&mut self, mut work: Vec<Box<dyn Work>>) {
        let mut savepoints = false;
        let mut last = closed();
        let mut outcome = None;
        let begun = Instant::now();
        for _ in 0..GROUP_RUNS {
            match self.attempt(&mut work, savepoints).await {
                Ok(()) => {
                    outcome = Some(Ok(()));
                    break;
                }
                Err(Stop::Refused) => savepoints = true,
                Err(Stop::Again(error)) => last = error,
                Err(Stop::Lost(error)) => {
                    // The next group opens a new connection: the disk may be back by then.
                    self.conn = None;
                    outcome = Some(Err(error));
                    break;
                }
            }
        }
        let outcome = outcome.unwrap_or(Err(last));
        measure(begun, u32::try_from(work.len()).ok());
        for one in work {
            one.finish(outcome.clone());
        }
    }

    async fn attempt(&mut self, work: &mut [Box<dyn Work>], savepoints: bool) -> Result<(), Stop> {
        let conn = match &mut self.conn {
            Some(conn) => conn,
            none => none.insert(self.target.writing().await.map_err(Stop::Lost)?),
        };
        control(conn, "BEGIN IMMEDIATE").await?;
        let alone = work.len() == 1;
        for one in work.iter_mut() {
            if savepoints {
                control(conn, "SAVEPOINT one").await?;
            }
            match (one.run(conn).await, savepoints) {
                (Ran::Well, false) => {}
                (Ran::Well, true) => control(conn, "RELEASE one").await?,
                (Ran::Refused, true) => control(conn, "ROLLBACK TO one; RELEASE one").await?,
                (Ran::Refused, false) => {
                    control(conn, "ROLLBACK").await?;
                    return if alone { Ok(()) } else { Err(Stop::Refused) };
                }
                (Ran::Again, _) => {
                    // SQLite may have rolled back by itself already.
                    let _ = control(conn, "ROLLBACK").await;
                    return Err(Stop::Again(StoreError::Unavailable { reason: "the database is busy".to_owned() }));
                }
            }
        }
        let committed = control(conn, "COMMIT").await;
        if committed.is_err() {
            let _ = control(conn, "ROLLBACK").await;
        }
        committed
    }
}

async fn control(conn: &mut Conn, word: &'static str) -> Result<(), Stop> {
    let (result, ran, _) = watch(Box::pin(conn.batch(word))).await;
    match (result, ran) {
        (Ok(_), _) => Ok(()),
        (Err(error), Ran::Again) => Err(Stop::Again(error)),
        (Err(error), _) => Err(Stop::Lost(error)),
    }
}
