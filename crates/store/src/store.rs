//! Opening the database and handing out connections. Which engine it is matters here, in `write`, `migrate` and the
//! queue's claim; nowhere else.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgPool};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use sarafan_domain::time::Timestamp;

use crate::conn::Inner as Behind;
use crate::lite::Place;
use crate::write::{Level, Writer};
use crate::{Conn, Result, StoreError, migrate};

/// Which database is behind the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in the data folder.
    Sqlite,
    /// A server that several processes share.
    Postgres,
}

impl Engine {
    /// Tells SQLite which index a list walks. It keeps no statistics, takes a range of times for as good as a state,
    /// and would then look at every post of the brand. PostgreSQL knows its rows and has no such words.
    pub(crate) fn walk(self, index: &str) -> String {
        match self {
            Self::Sqlite => format!(" INDEXED BY {index}"),
            Self::Postgres => String::new(),
        }
    }

    /// Said to every connection that only reads. A write on it is then an error at once and not a lock that hangs.
    fn reading(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &["PRAGMA busy_timeout = 5000", "PRAGMA cache_size = -8192", "PRAGMA query_only = 1"],
            Self::Postgres => &["SET default_transaction_read_only = on"],
        }
    }

    /// Said to every connection that writes.
    fn writing(self) -> &'static [&'static str] {
        match self {
            // FULL: in WAL mode NORMAL loses the last commits when the power fails, and a lost "sent" is a post
            // that goes out twice.
            Self::Sqlite => &[
                "PRAGMA busy_timeout = 5000",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = 1",
                "PRAGMA cache_size = -16384",
                "PRAGMA temp_store = MEMORY",
                "PRAGMA journal_size_limit = 67108864",
            ],
            // A worker that froze or lost its network in the middle of a transaction must not hold its rows for ever: the
            // others would wait behind them.
            Self::Postgres => &["SET idle_in_transaction_session_timeout = '10s'"],
        }
    }
}

/// Readers of SQLite: one more than the cores of a small machine, so that a slow list does not stop the quick ones. They
/// look things up on the threads of whoever asks, so a program has so many threads more than it has cores.
pub const SQLITE_READERS: usize = 4;
/// Connections to PostgreSQL for reading, and as many for writing.
const POSTGRES_CONNECTIONS: u32 = 8;
/// So long somebody waits for a connection.
const PATIENCE: Duration = Duration::from_secs(30);

/// The database. Cheap to clone; all clones share its connections.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    target: Target,
    readers: Readers,
    pub(crate) writer: Writer,
}

/// Where the database is.
#[derive(Clone)]
pub(crate) enum Target {
    Sqlite(Place),
    Postgres(Box<PgConnectOptions>),
}

impl Target {
    fn parse(url: &str) -> Result<Self> {
        match url.split_once(':') {
            Some(("sqlite", _)) => Place::parse(url).map(Self::Sqlite),
            Some(("postgres" | "postgresql", _)) => {
                let options = url.parse::<PgConnectOptions>().map_err(|error| StoreError::Broken(error.to_string()))?;
                Ok(Self::Postgres(Box::new(options.disable_statement_logging())))
            }
            _ => Err(StoreError::Broken("the database must be sqlite:// or postgres://".to_owned())),
        }
    }

    fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A connection of its own to which these words were said.
    async fn open(&self, words: &'static [&'static str]) -> Result<Conn> {
        let behind = match self {
            Self::Sqlite(place) => Behind::Lite(place.open()?),
            Self::Postgres(options) => Behind::Direct(options.connect().await?),
        };
        let mut conn = Conn(behind);
        for word in words {
            conn.batch(word).await?;
        }
        Ok(conn)
    }

    /// A connection that writes.
    pub(crate) async fn writing(&self) -> Result<Conn> {
        self.open(self.engine().writing()).await
    }
}

/// Opens an SQLite database by itself, for writing.
pub(crate) async fn scratch(url: &str) -> Result<Conn> {
    Target::Sqlite(Place::parse(url)?).writing().await
}

impl Store {
    /// Opens `sqlite:///dir/sarafan.db` or `postgres://…`, creates what is missing and migrates under a lock.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it cannot be reached or created, [`StoreError::Newer`] where a newer Sarafan
    /// has written it, [`StoreError::Broken`] where the address makes no sense or a migration fails.
    pub async fn open(url: &str, now: Timestamp) -> Result<Self> {
        let target = Target::parse(url)?;
        let engine = target.engine();
        let mut conn = target.writing().await?;
        migrate::run(&mut conn, engine, now).await?;
        let (readers, writer) = match &target {
            Target::Sqlite(_) => (Readers::Sqlite(Arc::default()), Writer::group(conn, target.clone())?),
            Target::Postgres(options) => {
                conn.close().await?;
                let pool = |words| pool(options, words);
                (Readers::Postgres(pool(engine.reading())), Writer::lanes(pool(engine.writing())))
            }
        };
        Ok(Self(Arc::new(Inner { target, readers, writer })))
    }

    /// A connection for reading. Each statement sees what was committed when it began.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where none is free for 30 s or the database is gone.
    pub async fn read(&self) -> Result<Reader> {
        match &self.0.readers {
            Readers::Postgres(pool) => Ok(Reader { conn: Conn(Behind::Pooled(pool.acquire().await?)), back: None }),
            Readers::Sqlite(free) => {
                let permit = tokio::time::timeout(PATIENCE, Arc::clone(&free.permits).acquire_owned()).await;
                let permit = permit.map_err(|_| unavailable("no connection was free"))?;
                let permit = permit.map_err(|_| unavailable("the store is closed"))?;
                let waiting = free.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let conn = match waiting {
                    Some(conn) => conn,
                    None => self.0.target.open(Engine::Sqlite.reading()).await?,
                };
                Ok(Reader { conn, back: Some((Arc::clone(free), permit)) })
            }
        }
    }

    /// A connection of its own that sees all the time what was committed when it first looked.
    pub(crate) async fn snapshot(&self) -> Result<Conn> {
        let engine = self.engine();
        let mut conn = self.0.target.open(engine.reading()).await?;
        let begin = match engine {
            Engine::Sqlite => "BEGIN",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        conn.batch(begin).await?;
        Ok(conn)
    }

    /// A connection of its own for one transaction that is too large for [`Store::write`].
    pub(crate) async fn writing(&self) -> Result<Conn> {
        self.0.target.writing().await
    }

    /// Runs `work` in one transaction and returns when it is safely on disk.
    ///
    /// The closure may run again (the database was busy, a serialization failure, a neighbour in the same commit
    /// failed), so it does nothing but SQL; it must not call the store itself. Several closures that wait at the same
    /// time share one commit. Dropping the returned future does not undo anything.
    ///
    /// # Errors
    /// Whatever the closure says, after rolling back; else [`StoreError::Unavailable`] where the commit failed. Where
    /// the connection to PostgreSQL broke during the commit, nobody knows whether it took place.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Conn) -> futures::future::BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        E: From<StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.0.writer.write(Level::Whole, work).await
    }

    /// As [`Store::write`], and every statement sees what was committed last: for [`crate::jobs::claim`].
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn claim<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Conn) -> futures::future::BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        E: From<StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.0.writer.write(Level::Latest, work).await
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.0.target.engine()
    }

    /// Finishes what was begun and closes all connections.
    pub async fn close(&self) {
        match &self.0.readers {
            Readers::Postgres(pool) => pool.close().await,
            Readers::Sqlite(free) => free.close(),
        }
        self.0.writer.close().await;
    }
}

/// Connections for reading.
enum Readers {
    Sqlite(Arc<Free>),
    Postgres(PgPool),
}

/// Connections to SQLite that nobody uses; they are opened when they are first needed.
struct Free {
    waiting: Mutex<Vec<Conn>>,
    permits: Arc<Semaphore>,
}

impl Default for Free {
    fn default() -> Self {
        Self { waiting: Mutex::default(), permits: Arc::new(Semaphore::new(SQLITE_READERS)) }
    }
}

impl Free {
    fn put(&self, conn: Conn) {
        if matches!(conn.0, Behind::Lite(_)) && !self.permits.is_closed() {
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        }
    }

    fn close(&self) {
        self.permits.close();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn unavailable(reason: &str) -> StoreError {
    StoreError::Unavailable { reason: reason.to_owned() }
}

/// A connection for reading; goes back to the others when dropped.
pub struct Reader {
    conn: Conn,
    back: Option<(Arc<Free>, OwnedSemaphorePermit)>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some((free, permit)) = self.back.take() {
            free.put(Conn(self.conn.take()));
            drop(permit);
        }
    }
}

impl Deref for Reader {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

fn pool(options: &PgConnectOptions, words: &'static [&'static str]) -> PgPool {
    PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .test_before_acquire(true)
        .acquire_timeout(PATIENCE)
        .idle_timeout(Duration::from_secs(600))
        .after_connect(move |conn, _| {
            Box::pin(async move {
                for word in words {
                    sqlx::raw_sql(*word).execute(&mut *conn).await?;
                }
                Ok(())
            })
        })
        .connect_lazy_with(options.clone())
}
