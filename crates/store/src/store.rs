//! Opening the database and handing out connections. Which engine it is matters here, in `write`, `migrate` and the
//! queue's claim; nowhere else.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool, Connection};

use sarafan_domain::time::Timestamp;

use crate::sql::built;
use crate::write::Writer;
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
    /// The engine of a connection.
    pub(crate) fn of(conn: &Conn) -> Self {
        if conn.backend_name() == "PostgreSQL" { Self::Postgres } else { Self::Sqlite }
    }

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

/// Readers of SQLite: one more than the cores of a small machine, so that a slow list does not stop the quick ones.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL for reading, and as many for writing.
const POSTGRES_CONNECTIONS: u32 = 8;

/// The database. Cheap to clone; all clones share its connections.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    engine: Engine,
    readers: AnyPool,
    pub(crate) writer: Writer,
}

impl Store {
    /// Opens `sqlite:///dir/sarafan.db` or `postgres://…`, creates what is missing and migrates under a lock.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it cannot be reached or created, [`StoreError::Newer`] where a newer Sarafan
    /// has written it, [`StoreError::Broken`] where the address makes no sense or a migration fails.
    pub async fn open(url: &str, now: Timestamp) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let engine = match url.split_once(':') {
            Some(("sqlite", _)) => Engine::Sqlite,
            Some(("postgres" | "postgresql", _)) => Engine::Postgres,
            _ => return Err(StoreError::Broken("the database must be sqlite:// or postgres://".to_owned())),
        };
        let options = options(engine, url)?;
        let mut conn = connect(engine, &options).await?;
        migrate::run(&mut conn, engine, now).await?;
        let readers = pool(engine, &options, engine.reading());
        let writer = match engine {
            Engine::Sqlite => Writer::group(conn, options),
            Engine::Postgres => {
                conn.close().await?;
                Writer::pool(pool(engine, &options, engine.writing()))
            }
        };
        Ok(Self(Arc::new(Inner { engine, readers, writer })))
    }

    /// A connection for reading. Each statement sees what was committed when it began.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where none is free for 30 s or the database is gone.
    pub async fn read(&self) -> Result<Reader> {
        Ok(Reader(self.0.readers.acquire().await?))
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
        self.0.writer.write(work).await
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// Finishes what was begun and closes all connections.
    pub async fn close(&self) {
        self.0.readers.close().await;
        self.0.writer.close().await;
    }
}

/// A connection for reading; goes back to the others when dropped.
pub struct Reader(PoolConnection<Any>);

impl Deref for Reader {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

fn options(engine: Engine, url: &str) -> Result<AnyConnectOptions> {
    let url = match engine {
        Engine::Sqlite if !url.contains('?') => format!("{url}?mode=rwc"),
        _ => url.to_owned(),
    };
    let options: AnyConnectOptions = url.parse().map_err(|error: sqlx::Error| StoreError::Broken(error.to_string()))?;
    Ok(sqlx::ConnectOptions::disable_statement_logging(options))
}

/// A connection that writes.
pub(crate) async fn connect(engine: Engine, options: &AnyConnectOptions) -> Result<Conn> {
    let mut conn = sqlx::ConnectOptions::connect(options).await?;
    say(&mut conn, engine.writing()).await?;
    Ok(conn)
}

async fn say(conn: &mut Conn, words: &'static [&'static str]) -> Result<()> {
    for word in words {
        built((*word).to_owned()).once().run(conn).await?;
    }
    Ok(())
}

fn pool(engine: Engine, options: &AnyConnectOptions, words: &'static [&'static str]) -> AnyPool {
    let count = match engine {
        Engine::Sqlite => SQLITE_READERS,
        Engine::Postgres => POSTGRES_CONNECTIONS,
    };
    AnyPoolOptions::new()
        .max_connections(count)
        .test_before_acquire(engine == Engine::Postgres)
        .acquire_timeout(Duration::from_secs(30))
        .idle_timeout(Duration::from_secs(600))
        .after_connect(move |conn, _| {
            Box::pin(async move { say(conn, words).await.map_err(|error| sqlx::Error::Configuration(Box::new(error))) })
        })
        .connect_lazy_with(options.clone())
}
