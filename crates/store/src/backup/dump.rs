//! Writes a back-up: tables from one reading transaction, then the files that the rows of the library name. The file
//! gets its name when it was read again and found whole.

use std::path::{Path, PathBuf};

use sarafan_domain::time::Timestamp;

use super::check::{Checked, check};
use super::file::{In, Kind, Out};
use super::layout::{self, Table};
use super::rows::{BLOCK, pack};
use super::{BackupError, Header, Totals, media};
use crate::blobs::Blobs;
use crate::conn::Rows;
use crate::sql::{only, sql};
use crate::store::Engine;
use crate::{Conn, Store};

type Result<T> = std::result::Result<T, BackupError>;

/// What `app` knows of the installation.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Version of the program.
    pub version: String,
    /// The present.
    pub now: Timestamp,
    /// The ids of the keys that open credentials.
    pub keys: Vec<String>,
    /// The keys themselves under a passphrase, where they are to be in the file.
    pub locked_keys: Option<Vec<u8>>,
}

/// Writes a back-up to `path` while work goes on, and reads it again.
///
/// # Errors
/// [`BackupError::Exists`]; [`BackupError::File`] where it cannot be written, for example because the disk is full;
/// those of the database and the storage. Nothing is left behind then.
pub async fn dump(store: &Store, blobs: &Blobs, facts: Facts, path: &Path) -> Result<Checked> {
    if path.symlink_metadata().is_ok() {
        return Err(BackupError::Exists);
    }
    let part = Part::beside(path);
    let now = facts.now;
    let written = write(store.snapshot().await?, blobs, facts, &part.0).await?;
    let checked = check(&part.0, now).await?;
    if checked.totals != written {
        return Err(BackupError::Damaged { at: 0, why: "it was not kept as it was written".to_owned() });
    }
    std::fs::rename(&part.0, path).map_err(|error| BackupError::file(&error))?;
    // The name is on the disk too; a folder that cannot be flushed is none that loses names.
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(Checked { path: path.to_owned(), ..checked })
}

/// A file that is not whole yet: goes when it is dropped.
struct Part(PathBuf);

impl Part {
    fn beside(path: &Path) -> Self {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".part-{}", uuid::Uuid::now_v7().simple()));
        Self(path.with_file_name(name))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Writes what `conn` sees, which stands in one reading transaction, to a new file.
pub(super) async fn write(mut conn: Conn, blobs: &Blobs, facts: Facts, path: &Path) -> Result<Totals> {
    let mut out = Out::create(path)?;
    let mut totals = Totals::default();
    let schema = sql("SELECT max(version) FROM migration").one(&mut conn, only::int).await?;
    let engine = match conn.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let header =
        Header { version: facts.version, schema, made_at: facts.now, engine: engine.to_owned(), keys: facts.keys };
    out.json(Kind::Header, &header)?;
    if let Some(keys) = &facts.locked_keys {
        out.frame(Kind::Keys, keys)?;
    }
    for table in layout::kept(&mut conn).await? {
        let rows = rows(&mut conn, &table, &mut out).await?;
        totals.tables.insert(table.name, rows);
    }
    conn.close().await?;
    // The rows are in the file already: which files belong to them is read from there, one block at a time.
    let end = out.flush()?;
    media::write(blobs, In::open(path)?, end, &mut out, &mut totals).await?;
    totals.sha256 = out.digest();
    out.json(Kind::End, &totals)?;
    out.close()?;
    Ok(totals)
}

/// All rows of a table as they come.
async fn rows(conn: &mut Conn, table: &Table, out: &mut Out) -> Result<u64> {
    out.json(Kind::Table, table)?;
    let mut rows = Rows::of(conn, format!("SELECT {} FROM {}", table.names(), table.name), table.holds())?;
    let (mut block, mut count) = (Vec::with_capacity(BLOCK), 0);
    while let Some(row) = rows.next().await? {
        for value in row {
            value.write(&mut block)?;
        }
        count += 1;
        if block.len() >= BLOCK {
            out.frame(Kind::Rows, &pack(&block)?)?;
            block.clear();
        }
    }
    if !block.is_empty() {
        out.frame(Kind::Rows, &pack(&block)?)?;
    }
    Ok(count)
}
