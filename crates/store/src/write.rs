//! Transactions that write.
//!
//! SQLite has one writer, and the dear part of a write is the one flush to disk at its end. So one task owns the
//! writing connection, and all closures that wait when it becomes free share one transaction and one flush. They run
//! without savepoints first, for these cost more than most closures do; only where one of them fails, the
//! transaction is rolled back and its closures run again, each in its own savepoint. PostgreSQL groups commits by
//! itself: there every closure has its own transaction on a connection of the pool, which sees one state of the
//! database from its first statement on: who changes a row that somebody else has changed meanwhile runs again.

use std::cell::{Cell, RefCell};
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::any::AnyConnectOptions;
use sqlx::{AnyPool, Connection};
use tokio::sync::{mpsc, oneshot};
use tracing::{Instrument, Span};

use crate::sql::sql;
use crate::store::{Engine, connect};
use crate::{Conn, Result, StoreError};

/// So many closures share one commit at most: bounds the time that the first of them waits.
const GROUP: usize = 256;
/// So many closures may wait before callers are slowed down.
const WAITING: usize = 4096;
/// So often a transaction on PostgreSQL is run before its caller hears that the database is busy.
const RUNS: usize = 40;
/// So often a group is run on SQLite; each run may wait 5 s for another process that writes.
const GROUP_RUNS: usize = 4;

/// On PostgreSQL. At its default level two closures that read a row, change a field and write it whole would each
/// write over what the other did; SQLite has one writer and no such trouble.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ";

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
pub(crate) enum Writer {
    Group(mpsc::Sender<Message>),
    Pool(AnyPool),
}

/// What the writing task is told.
pub(crate) enum Message {
    Write(Box<dyn Work>),
    Close(oneshot::Sender<()>),
}

impl Writer {
    /// Starts the task that owns the writing connection of SQLite.
    pub(crate) fn group(conn: Conn, options: AnyConnectOptions) -> Self {
        let (to, from) = mpsc::channel(WAITING);
        tokio::spawn(Group { conn: Some(conn), options }.serve(from));
        Self::Group(to)
    }

    pub(crate) fn pool(pool: AnyPool) -> Self {
        Self::Pool(pool)
    }

    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Conn) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        E: From<StoreError> + Send + 'static,
        T: Send + 'static,
    {
        match self {
            Self::Group(to) => {
                let (reply, answer) = oneshot::channel();
                let waiting = Waiting { work, result: None, after: After::new(), span: Span::current(), reply };
                let sent = to.send(Message::Write(Box::new(waiting))).await;
                if sent.is_err() {
                    return Err(closed().into());
                }
                answer.await.unwrap_or_else(|_| Err(closed().into()))
            }
            Self::Pool(pool) => on_pool(pool, work).await,
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Group(to) => {
                let (reply, answer) = oneshot::channel();
                if to.send(Message::Close(reply)).await.is_ok() {
                    let _ = answer.await;
                }
            }
            Self::Pool(pool) => pool.close().await,
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

async fn on_pool<T, E, F>(pool: &AnyPool, work: F) -> Result<T, E>
where
    F: for<'t> Fn(&'t mut Conn) -> BoxFuture<'t, Result<T, E>>,
    E: From<StoreError>,
{
    let mut last = closed();
    for _ in 0..RUNS {
        let begun = Instant::now();
        let mut tx = pool.begin_with(BEGIN).await.map_err(StoreError::from)?;
        let (result, ran, after) = watch(work(&mut tx)).await;
        match (result, ran) {
            (Ok(value), Ran::Well) => {
                let (done, ran, _) = watch(Box::pin(async { Ok::<_, StoreError>(tx.commit().await?) })).await;
                match (done, ran) {
                    (Ok(()), _) => {
                        measure(begun, None);
                        tell(after);
                        return Ok(value);
                    }
                    (Err(error), Ran::Again) => last = error,
                    (Err(error), _) => return Err(error.into()),
                }
            }
            (result, Ran::Again) => {
                // What the closure made of it no longer matters: the next run says whether it still holds.
                drop(result);
                let _ = tx.rollback().await;
                last = StoreError::Unavailable { reason: "too many writers of the same rows".to_owned() };
                tokio::task::yield_now().await;
            }
            (Ok(_), Ran::Refused) => return Err(closed().into()),
            (Err(error), _) => {
                let _ = tx.rollback().await;
                return Err(error);
            }
        }
    }
    Err(last.into())
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
}

struct Waiting<T, E, F> {
    work: F,
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

/// The task that owns SQLite's writing connection.
struct Group {
    conn: Option<Conn>,
    options: AnyConnectOptions,
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
            none => none.insert(connect(Engine::Sqlite, &self.options).await.map_err(Stop::Lost)?),
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
    let (result, ran, _) = watch(Box::pin(sql(word).run(conn))).await;
    match (result, ran) {
        (Ok(_), _) => Ok(()),
        (Err(error), Ran::Again) => Err(Stop::Again(error)),
        (Err(error), _) => Err(Stop::Lost(error)),
    }
}
