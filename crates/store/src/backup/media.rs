//! The files of the library: into a back-up and out of it, a piece at a time.

use futures::TryStreamExt;
use sha2::{Digest, Sha256};

use super::check::{Checked, FileEnd, FileHead};
use super::file::{In, Kind, Out, damaged};
use super::layout::Table;
use super::rows::Block;
use super::{BackupError, Totals};
use crate::StoreError;
use crate::blobs::Blobs;
use crate::value::Value;

type Result<T> = std::result::Result<T, BackupError>;

/// The table whose rows name files, and in which columns: the key and the hash.
const NAMED_BY: (&str, &str, &str) = ("asset", "blob", "sha256");
/// Pieces have about so many bytes.
const PIECE: usize = 1 << 20;

/// Appends the files that the rows before `end` name.
pub(super) async fn write(blobs: &Blobs, mut file: In, end: u64, out: &mut Out, totals: &mut Totals) -> Result<()> {
    let mut table: Option<Table> = None;
    while file.at() < end {
        let Some(frame) = file.next()? else { break };
        match (frame.kind, &table) {
            (Kind::Table, _) => table = Some(frame.json::<Table>()?).filter(|table| table.name == NAMED_BY.0),
            (Kind::Rows, Some(table)) => {
                let mut block = Block::unpack(frame.at, &frame.bytes)?;
                let (Some(key), Some(hash)) = (table.place(NAMED_BY.1), table.place(NAMED_BY.2)) else { continue };
                while let Some(row) = block.row(&table.holds())? {
                    if let (Some(Value::Text(Some(key))), Some(Value::Text(hash))) = (row.get(key), row.get(hash)) {
                        one(blobs, key, hash.as_deref(), out, totals).await?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

async fn one(blobs: &Blobs, key: &str, expected: Option<&str>, out: &mut Out, totals: &mut Totals) -> Result<()> {
    let head = FileHead { key: key.to_owned() };
    let mut bytes = match blobs.stream(key).await {
        Ok(bytes) => bytes,
        // Removed since the rows were read, or lost: whoever made the back-up is told.
        Err(StoreError::NotFound) => {
            totals.missing += 1;
            return out.json(Kind::Missing, &head);
        }
        Err(error) => return Err(error.into()),
    };
    out.json(Kind::File, &head)?;
    let (mut hash, mut length, mut piece) = (Sha256::new(), 0_u64, Vec::with_capacity(PIECE));
    while let Some(some) = bytes.try_next().await? {
        hash.update(&some);
        length = length.saturating_add(some.len().try_into().unwrap_or(u64::MAX));
        piece.extend_from_slice(&some);
        if piece.len() >= PIECE {
            out.frame(Kind::Piece, &piece)?;
            piece.clear();
        }
    }
    if !piece.is_empty() {
        out.frame(Kind::Piece, &piece)?;
    }
    let sha256 = hex::encode(hash.finalize());
    totals.files += 1;
    totals.file_bytes = totals.file_bytes.saturating_add(length);
    totals.changed += u64::from(expected.is_some_and(|expected| expected != sha256));
    out.json(Kind::Whole, &FileEnd { bytes: length, sha256 })
}

/// Puts the files of a back-up into the storage. A file that is there already and is named alike is the same one.
pub(super) async fn read(blobs: &Blobs, checked: &Checked) -> Result<()> {
    let mut file = In::open(&checked.path)?;
    let mut open = None;
    while let Some(frame) = file.next()? {
        match (frame.kind, &mut open) {
            (Kind::File, None) => open = Some((blobs.writer(&frame.json::<FileHead>()?.key)?, Sha256::new())),
            (Kind::Piece, Some((writer, hash))) => {
                hash.update(&frame.bytes);
                writer.write(frame.bytes.into()).await?;
            }
            (Kind::Whole, Some(_)) => {
                let end: FileEnd = frame.json()?;
                if let Some((writer, hash)) = open.take() {
                    if hex::encode(hash.finalize()) != end.sha256 {
                        writer.abort().await;
                        return Err(damaged(frame.at, "a file of the library has changed since it was checked"));
                    }
                    writer.finish().await?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
