//! Puts a back-up back: the files first, then all rows in one transaction, which is the old installation until it ends
//! and the new one afterwards. A back-up of an older schema goes through a database of that schema, which is migrated.

use std::path::{Path, PathBuf};

use futures::future::BoxFuture;
use jiff::SignedDuration;
use sarafan_domain::time::Timestamp;

use super::check::Checked;
use super::file::{In, Kind, damaged};
use super::layout::{self, Table};
use super::rows::Block;
use super::{BackupError, LEFT_OUT, media};
use crate::blobs::Blobs;
use crate::conn::Rows;
use crate::sql::{Sql, built, mark_rows, only, sql};
use crate::store::Engine;
use crate::value::{Holds, Value};
use crate::{Conn, Store, migrate};

type Result<T> = std::result::Result<T, BackupError>;

/// A worker heard of so lately may be sending.
const AT_WORK: SignedDuration = SignedDuration::from_secs(30);
/// So many values go into one statement at most, and so many rows.
const VALUES: usize = 8_000;
const ROWS: usize = 200;

/// What may be overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Only an installation in which nothing was made yet.
    Empty,
    /// Whatever is there goes.
    Anything,
}

/// May a back-up be put back here?
///
/// # Errors
/// [`BackupError::NotEmpty`], [`BackupError::Busy`].
pub async fn is_free(conn: &mut Conn, target: Target, now: Timestamp) -> Result<()> {
    // After the clock was put back a last word may lie ahead: that is no sign of life.
    let (since, until) = (now.checked_sub(AT_WORK).unwrap_or(now), now.checked_add(AT_WORK).unwrap_or(now));
    let heard = sql("SELECT count(*) FROM worker WHERE seen_at > $1 AND seen_at < $2").bind(since).bind(until);
    if heard.one(conn, only::int).await? > 0 {
        return Err(BackupError::Busy);
    }
    if target == Target::Empty {
        // Settings are written by a mere start.
        for table in layout::kept(conn).await?.into_iter().filter(|table| table.name != "setting") {
            let text = format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) one", table.name);
            if built(text).once().one(conn, only::int).await? > 0 {
                return Err(BackupError::NotEmpty);
            }
        }
    }
    Ok(())
}

/// Puts a back-up in place of what is there. `settle` runs inside the transaction, after the last row. `scratch` is a
/// folder with room for a database, for a back-up of an older schema.
///
/// # Errors
/// As [`is_free`]; those of the database and the storage, and whatever `settle` says. The database is then as it was;
/// files may have come into the storage that no row names.
pub async fn load<T, E, F>(
    store: &Store,
    blobs: &Blobs,
    checked: &Checked,
    target: Target,
    scratch: &Path,
    now: Timestamp,
    settle: F,
) -> std::result::Result<T, E>
where
    F: for<'t> FnOnce(&'t mut Conn) -> BoxFuture<'t, std::result::Result<T, E>> + Send,
    E: From<BackupError>,
{
    let mut conn = store.writing().await.map_err(BackupError::from)?;
    is_free(&mut conn, target, now).await?;
    media::read(blobs, checked).await?;
    let mut old = Older::of(checked, scratch, now).await?;
    let begin = match store.engine() {
        Engine::Sqlite => "BEGIN IMMEDIATE",
        Engine::Postgres => "BEGIN",
    };
    sql(begin).run(&mut conn).await.map_err(BackupError::from)?;
    let done = async {
        is_free(&mut conn, target, now).await?;
        clear(&mut conn).await?;
        match &mut old {
            Some(old) => old.copy(&mut conn).await?,
            None => read(&mut conn, checked).await?,
        }
        index(&mut conn).await?;
        settle(&mut conn).await
    }
    .await;
    let word = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = sql(word).run(&mut conn).await.map_err(BackupError::from);
    let done = done?;
    ended?;
    drop(old);
    // The data are safe: what only makes them quicker may fail.
    let _ = polish(&mut conn).await;
    let _ = conn.close().await;
    Ok(done)
}

/// Empties every table but the list of migrations.
async fn clear(conn: &mut Conn) -> Result<()> {
    let mut names: Vec<String> = layout::kept(conn).await?.into_iter().map(|table| table.name).collect();
    names.extend(LEFT_OUT.iter().map(|(name, _)| (*name).to_owned()));
    match conn.engine() {
        Engine::Sqlite => {
            for name in names {
                built(format!("DELETE FROM {name}")).once().run(conn).await?;
            }
            sql("INSERT INTO post_words (post_words) VALUES ('delete-all')").run(conn).await?;
        }
        Engine::Postgres => {
            built(format!("TRUNCATE {}", names.join(", "))).once().run(conn).await?;
        }
    }
    Ok(())
}

/// Fills all tables from the file.
async fn read(conn: &mut Conn, checked: &Checked) -> Result<()> {
    let mut file = In::open(&checked.path)?;
    let have = layout::kept(conn).await?;
    let mut filler: Option<Filler> = None;
    loop {
        let digest = file.digest();
        let Some(frame) = file.next()? else { break };
        match (frame.kind, &mut filler) {
            (Kind::Table, _) => {
                if let Some(mut last) = filler.take() {
                    last.flush(conn).await?;
                }
                let table: Table = frame.json()?;
                let known = have.iter().any(|known| known.is_like(&table));
                filler = Some(known.then(|| Filler::new(table)).ok_or_else(|| damaged(frame.at, "an unknown table"))?);
            }
            (Kind::Rows, Some(filler)) => {
                let mut block = Block::unpack(frame.at, &frame.bytes)?;
                while let Some(row) = block.row(&filler.holds)? {
                    filler.put(conn, row).await?;
                }
            }
            (Kind::File | Kind::Missing | Kind::End, _) => {
                if digest != checked.tables_sha256 {
                    return Err(damaged(frame.at, "it has changed since it was checked"));
                }
                break;
            }
            _ => {}
        }
    }
    if let Some(mut last) = filler {
        last.flush(conn).await?;
    }
    Ok(())
}

/// Collects rows until they fill a statement.
pub(crate) struct Filler {
    pub(crate) table: Table,
    holds: Vec<Holds>,
    most: usize,
    waiting: Vec<Value>,
}

impl Filler {
    pub(crate) fn new(table: Table) -> Self {
        let most = (VALUES / table.columns.len().max(1)).clamp(1, ROWS);
        Self { holds: table.holds(), most, waiting: Vec::new(), table }
    }

    pub(crate) async fn put(&mut self, conn: &mut Conn, row: Vec<Value>) -> Result<()> {
        self.waiting.extend(row);
        if self.waiting.len() >= self.most * self.holds.len() { self.flush(conn).await } else { Ok(()) }
    }

    pub(crate) async fn flush(&mut self, conn: &mut Conn) -> Result<()> {
        let width = self.holds.len().max(1);
        let rows = self.waiting.len() / width;
        if rows == 0 {
            return Ok(());
        }
        let (name, names) = (&self.table.name, self.table.names());
        let text = format!("INSERT INTO {name} ({names}) VALUES {}", mark_rows(1, rows, width));
        let postgres = conn.engine() == Engine::Postgres;
        let statement: Sql = self.waiting.drain(..).fold(built(text), |statement, value| match value {
            // The one character that PostgreSQL cannot keep.
            Value::Text(Some(text)) if postgres && text.contains('\0') => {
                statement.bind(text.replace('\0', "\u{fffd}"))
            }
            value => statement.bind(value),
        });
        let statement = if rows == self.most { statement } else { statement.once() };
        statement.run(conn).await?;
        Ok(())
    }
}

/// A back-up of an older schema: a database of its own, beside, filled and migrated.
struct Older {
    conn: Conn,
    _file: Scratch,
}

/// A database that goes when it is dropped.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let mut name = self.0.clone().into_os_string();
            name.push(end);
            let _ = std::fs::remove_file(name);
        }
    }
}

impl Older {
    async fn of(checked: &Checked, folder: &Path, now: Timestamp) -> Result<Option<Self>> {
        if checked.header.schema == migrate::newest() {
            return Ok(None);
        }
        let file = Scratch(folder.join(format!("restore-{}.db", uuid::Uuid::now_v7().simple())));
        let name = file.0.display().to_string().replace('%', "%25").replace('?', "%3f");
        let mut conn = layout::scratch(&format!("sqlite://{name}?mode=rwc"), checked.header.schema, now).await?;
        // Nobody misses it when the power fails.
        sql("PRAGMA synchronous = OFF").run(&mut conn).await?;
        sql("BEGIN IMMEDIATE").run(&mut conn).await?;
        read(&mut conn, checked).await?;
        index(&mut conn).await?;
        sql("COMMIT").run(&mut conn).await?;
        migrate::run(&mut conn, Engine::Sqlite, now).await?;
        Ok(Some(Self { conn, _file: file }))
    }

    async fn copy(&mut self, to: &mut Conn) -> Result<()> {
        for table in layout::kept(&mut self.conn).await? {
            let text = format!("SELECT {} FROM {}", table.names(), table.name);
            let mut filler = Filler::new(table);
            let mut rows = Rows::of(&mut self.conn, text, filler.holds.clone())?;
            while let Some(row) = rows.next().await? {
                filler.put(to, row).await?;
            }
            filler.flush(to).await?;
        }
        Ok(())
    }
}

/// Whatever is derived from rows.
async fn index(conn: &mut Conn) -> Result<()> {
    if conn.engine() == Engine::Sqlite {
        sql("INSERT INTO post_words (rowid, words) SELECT rowid, words FROM post").run(conn).await?;
    }
    Ok(())
}

async fn polish(conn: &mut Conn) -> Result<()> {
    match conn.engine() {
        Engine::Sqlite => {
            sql("PRAGMA wal_checkpoint(TRUNCATE)").once().all(conn, |_| Ok(())).await?;
        }
        // Without numbers of its own PostgreSQL would walk whole tables until it has looked.
        Engine::Postgres => {
            for table in layout::kept(conn).await? {
                built(format!("ANALYZE {}", table.name)).once().run(conn).await?;
            }
        }
    }
    Ok(())
}
