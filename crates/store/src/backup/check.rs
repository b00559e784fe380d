//! Reads all of a back-up and believes nothing: whoever holds a [`Checked`] knows that every row can be read, every file
//! is whole, and nothing is missing at the end.

use std::path::{Path, PathBuf};

use sarafan_domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::file::{Frame, In, Kind, damaged};
use super::layout::{self, Table};
use super::rows::Block;
use super::{BackupError, Header, Totals};
use crate::migrate;

type Result<T> = std::result::Result<T, BackupError>;

/// A file of the library begins.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FileHead {
    /// Its key in the storage.
    pub(super) key: String,
}

/// It ends.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FileEnd {
    pub(super) bytes: u64,
    /// In hex.
    pub(super) sha256: String,
}

/// A back-up that is whole.
#[derive(Debug, Clone)]
pub struct Checked {
    pub(super) path: PathBuf,
    /// What it says of itself.
    pub header: Header,
    /// What is in it.
    pub totals: Totals,
    /// The keys of its credentials under a passphrase, where they were put into it.
    pub keys: Option<Vec<u8>>,
    /// How many bytes it has.
    pub bytes: u64,
    /// SHA-256 of everything before the first file of the library.
    pub(super) tables_sha256: String,
}

impl Checked {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Reads a back-up from its first byte to its last.
///
/// # Errors
/// [`BackupError::Foreign`], [`BackupError::Newer`], [`BackupError::Damaged`]; [`BackupError::File`] where it cannot be
/// read.
pub async fn check(path: &Path, now: Timestamp) -> Result<Checked> {
    let mut file = In::open(path)?;
    let header: Header = match file.next()? {
        Some(frame) if frame.kind == Kind::Header => frame.json()?,
        _ => return Err(damaged(16, "it does not begin with a header")),
    };
    let known = migrate::newest();
    if header.schema > known {
        let made_by = format!("Sarafan {}, schema {}", header.version, header.schema);
        return Err(BackupError::Newer { made_by });
    }
    let tables = layout::of_schema(header.schema, now).await?;
    let mut story = Story { tables, ..Story::default() };
    loop {
        let (at, digest) = (file.at(), file.digest());
        let frame = file.next()?.ok_or_else(|| damaged(at, "it is cut off"))?;
        if frame.kind != Kind::End {
            story.frame(frame, digest)?;
            continue;
        }
        let totals: Totals = frame.json()?;
        let tables_sha256 = story.tables_sha256.clone().unwrap_or_else(|| digest.clone());
        story.finish(at)?;
        if totals.sha256 != digest {
            return Err(damaged(at, "its hash is another"));
        }
        let told = Totals { sha256: digest, changed: totals.changed, ..story.totals };
        if told != totals {
            return Err(damaged(at, "its counts are others"));
        }
        let bytes = file.at();
        if file.next()?.is_some() {
            return Err(damaged(bytes, "something follows its end"));
        }
        return Ok(Checked { path: path.to_owned(), header, totals, keys: story.keys, bytes, tables_sha256 });
    }
}

/// What was read so far.
#[derive(Default)]
struct Story {
    /// The tables that the header's schema has.
    tables: Vec<Table>,
    table: Option<Table>,
    file: Option<(Sha256, u64)>,
    keys: Option<Vec<u8>>,
    totals: Totals,
    tables_sha256: Option<String>,
}

impl Story {
    fn frame(&mut self, frame: Frame, digest: String) -> Result<()> {
        let at = frame.at;
        match (frame.kind, &mut self.file) {
            (Kind::Piece, Some((hash, bytes))) => {
                hash.update(&frame.bytes);
                *bytes = bytes.saturating_add(frame.bytes.len().try_into().unwrap_or(u64::MAX));
            }
            (Kind::Whole, Some(_)) => {
                let end: FileEnd = frame.json()?;
                let (hash, bytes) = self.file.take().unwrap_or_default();
                if end.bytes != bytes || end.sha256 != hex::encode(hash.finalize()) {
                    return Err(damaged(at, "a file of the library is another"));
                }
                self.totals.files += 1;
                self.totals.file_bytes = self.totals.file_bytes.saturating_add(bytes);
            }
            (Kind::File | Kind::Missing, None) => {
                frame.json::<FileHead>()?;
                self.tables_sha256.get_or_insert(digest);
                match frame.kind {
                    Kind::File => self.file = Some((Sha256::new(), 0)),
                    _ => self.totals.missing += 1,
                }
            }
            (Kind::Keys, None) if self.keys.is_none() && self.table.is_none() => self.keys = Some(frame.bytes),
            (Kind::Table, None) if self.tables_sha256.is_none() => self.begin(&frame)?,
            (Kind::Rows, None) if self.tables_sha256.is_none() => self.rows(&frame)?,
            _ => return Err(damaged(at, "a frame that has no place here")),
        }
        Ok(())
    }

    fn begin(&mut self, frame: &Frame) -> Result<()> {
        let table: Table = frame.json()?;
        if !self.tables.iter().any(|known| known.is_like(&table)) {
            return Err(damaged(frame.at, "a table that its schema does not have"));
        }
        if self.totals.tables.insert(table.name.clone(), 0).is_some() {
            return Err(damaged(frame.at, "a table stands in it twice"));
        }
        self.table = Some(table);
        Ok(())
    }

    fn rows(&mut self, frame: &Frame) -> Result<()> {
        let table = self.table.as_ref().ok_or_else(|| damaged(frame.at, "rows of no table"))?;
        let holds = table.holds();
        let mut block = Block::unpack(frame.at, &frame.bytes)?;
        let mut count = 0;
        while block.row(&holds)?.is_some() {
            count += 1;
        }
        if let Some(rows) = self.totals.tables.get_mut(&table.name) {
            *rows += count;
        }
        Ok(())
    }

    fn finish(&self, at: u64) -> Result<()> {
        if self.file.is_some() {
            return Err(damaged(at, "a file of the library has no end"));
        }
        match self.tables.iter().find(|table| !self.totals.tables.contains_key(&table.name)) {
            Some(table) => Err(damaged(at, format!("the table {} is missing", table.name))),
            None => Ok(()),
        }
    }
}
