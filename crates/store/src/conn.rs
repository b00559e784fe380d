//! A connection to either engine, and every row of a large table through it.

use futures::TryStreamExt;
use futures::stream::BoxStream;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::{Connection, PgConnection, Postgres, Transaction};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::lite::{Lite, More};
use crate::sql::Fields;
use crate::store::Engine;
use crate::value::{Holds, Value};
use crate::{Result, StoreError};

/// A connection, or the transaction that runs on it; what every function of this crate takes first.
pub struct Conn(pub(crate) Inner);

/// What is behind it.
pub(crate) enum Inner {
    Lite(Lite),
    Direct(PgConnection),
    Pooled(PoolConnection<Postgres>),
    Within(Transaction<'static, Postgres>),
    /// It was closed, or the thread that had it is no more.
    Gone,
}

/// What a statement runs on.
pub(crate) enum Line<'c> {
    Lite(&'c mut Lite),
    Postgres(&'c mut PgConnection),
}

impl Conn {
    /// Which engine it speaks to.
    pub fn engine(&self) -> Engine {
        if matches!(self.0, Inner::Lite(_)) { Engine::Sqlite } else { Engine::Postgres }
    }

    /// Runs statements that the program itself wrote, one after the other, and looks at no rows.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn batch(&mut self, text: &str) -> Result<()> {
        match self.line()? {
            Line::Lite(lite) => lite.batch(text),
            Line::Postgres(conn) => {
                sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned())).execute(conn).await?;
                Ok(())
            }
        }
    }

    pub(crate) fn line(&mut self) -> Result<Line<'_>> {
        match &mut self.0 {
            Inner::Lite(lite) => Ok(Line::Lite(lite)),
            Inner::Direct(conn) => Ok(Line::Postgres(conn)),
            Inner::Pooled(conn) => Ok(Line::Postgres(conn)),
            Inner::Within(conn) => Ok(Line::Postgres(conn)),
            Inner::Gone => Err(gone()),
        }
    }

    /// Takes what is behind it and leaves nothing.
    pub(crate) fn take(&mut self) -> Inner {
        std::mem::replace(&mut self.0, Inner::Gone)
    }

    pub(crate) async fn close(self) -> Result<()> {
        match self.0 {
            Inner::Lite(lite) => lite.close(),
            Inner::Direct(conn) => Ok(conn.close().await?),
            Inner::Pooled(_) | Inner::Within(_) | Inner::Gone => Ok(()),
        }
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable { reason: "the connection is closed".to_owned() }
}

/// So many rows travel together.
const BLOCK: usize = 256;

/// The rows of a statement one by one, for more than fits into memory. SQLite reads them on a thread of its own: a large
/// table takes seconds, and nobody else is to wait for it.
pub(crate) enum Rows<'c> {
    Lite {
        conn: &'c mut Conn,
        blocks: mpsc::Receiver<Vec<Vec<Value>>>,
        thread: Option<JoinHandle<(Lite, Result<()>)>>,
        ready: std::vec::IntoIter<Vec<Value>>,
    },
    Postgres {
        rows: BoxStream<'c, Result<PgRow, sqlx::Error>>,
        holds: Vec<Holds>,
    },
}

impl<'c> Rows<'c> {
    /// All rows of a statement without values.
    pub(crate) fn of(conn: &'c mut Conn, text: String, holds: Vec<Holds>) -> Result<Self> {
        if conn.engine() == Engine::Postgres {
            let Line::Postgres(line) = conn.line()? else { return Err(gone()) };
            let rows = sqlx::query(sqlx::AssertSqlSafe(text)).persistent(false).fetch(line);
            return Ok(Self::Postgres { rows, holds });
        }
        let Inner::Lite(lite) = conn.take() else { return Err(gone()) };
        let (to, blocks) = mpsc::channel(2);
        let thread = tokio::task::spawn_blocking(move || {
            let read = read(&lite, &text, &holds, &to);
            (lite, read)
        });
        Ok(Self::Lite { conn, blocks, thread: Some(thread), ready: Vec::new().into_iter() })
    }

    /// The next row; `None` after the last.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Value>>> {
        match self {
            Self::Postgres { rows, holds } => {
                let Some(row) = rows.try_next().await? else { return Ok(None) };
                let mut fields = Fields::postgres(&row);
                holds.iter().map(|holds| Value::read(&mut fields, *holds)).collect::<Result<Vec<_>>>().map(Some)
            }
            Self::Lite { conn, blocks, thread, ready } => {
                if let Some(row) = ready.next() {
                    return Ok(Some(row));
                }
                if let Some(block) = blocks.recv().await {
                    *ready = block.into_iter();
                    return Ok(ready.next());
                }
                let Some(thread) = thread.take() else { return Ok(None) };
                let (lite, read) = thread.await.map_err(|error| StoreError::Broken(error.to_string()))?;
                conn.0 = Inner::Lite(lite);
                read.map(|()| None)
            }
        }
    }
}

fn read(lite: &Lite, text: &str, holds: &[Holds], to: &mpsc::Sender<Vec<Vec<Value>>>) -> Result<()> {
    let mut block = Vec::with_capacity(BLOCK);
    lite.run(text, false, &[], |row| {
        let mut fields = Fields::lite(row);
        block.push(holds.iter().map(|holds| Value::read(&mut fields, *holds)).collect::<Result<Vec<_>>>()?);
        if block.len() == BLOCK && to.blocking_send(std::mem::take(&mut block)).is_err() {
            return Ok(More::No);
        }
        Ok(More::Yes)
    })?;
    if !block.is_empty() {
        let _ = to.blocking_send(block);
    }
    Ok(())
}
