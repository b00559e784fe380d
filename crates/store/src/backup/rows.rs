//! A row as bytes: for each column 0 where it is missing, else 1 and the value; numbers have eight bytes, the low one
//! first, texts and bytes a length of four before them. Blocks of rows are deflated.

use std::io::{Read, Write};

use super::BackupError;
use super::file::damaged;
use crate::value::{Holds, Value};
use crate::{Result as StoreResult, StoreError};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

type Result<T> = std::result::Result<T, BackupError>;

/// A block is written out when it has so many bytes.
pub(super) const BLOCK: usize = 1 << 20;
/// No block has more when it is unpacked: one block and the largest row that a file may have.
const UNPACKED: u64 = 256 << 20;

impl Value {
    /// Appends it to a block.
    pub(super) fn write(&self, block: &mut Vec<u8>) -> StoreResult<()> {
        match self {
            Self::Int(Some(value)) => {
                block.push(1);
                block.extend(value.to_le_bytes());
            }
            Self::Real(Some(value)) => {
                block.push(1);
                block.extend(value.to_le_bytes());
            }
            Self::Text(Some(value)) => long(block, value.as_bytes())?,
            Self::Bytes(Some(value)) => long(block, value)?,
            Self::Int(None) | Self::Real(None) | Self::Text(None) | Self::Bytes(None) => block.push(0),
        }
        Ok(())
    }
}

fn long(block: &mut Vec<u8>, bytes: &[u8]) -> StoreResult<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| StoreError::Broken("a value is too large".to_owned()))?;
    block.push(1);
    block.extend(length.to_le_bytes());
    block.extend(bytes);
    Ok(())
}

/// Deflates a block.
pub(super) fn pack(block: &[u8]) -> Result<Vec<u8>> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
    packed.write_all(block).and_then(|()| packed.finish()).map_err(|error| BackupError::file(&error))
}

/// The rows of a block that was deflated.
pub(super) struct Block {
    bytes: Vec<u8>,
    next: usize,
    /// Where its frame begins.
    at: u64,
}

impl Block {
    pub(super) fn unpack(at: u64, packed: &[u8]) -> Result<Self> {
        let mut bytes = Vec::new();
        let read = DeflateDecoder::new(packed).take(UNPACKED).read_to_end(&mut bytes);
        read.map_err(|error| damaged(at, format!("rows: {error}")))?;
        Ok(Self { bytes, next: 0, at })
    }

    /// The next row; `None` after the last.
    pub(super) fn row(&mut self, columns: &[Holds]) -> Result<Option<Vec<Value>>> {
        if self.next >= self.bytes.len() {
            return Ok(None);
        }
        columns.iter().map(|holds| self.value(*holds)).collect::<Result<Vec<_>>>().map(Some)
    }

    fn value(&mut self, holds: Holds) -> Result<Value> {
        let there = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            _ => return Err(damaged(self.at, "a value that is neither there nor missing")),
        };
        Ok(match (holds, there) {
            (Holds::Int, true) => Value::Int(Some(i64::from_le_bytes(self.take()?))),
            (Holds::Int, false) => Value::Int(None),
            (Holds::Real, true) => Value::Real(Some(f64::from_le_bytes(self.take()?))),
            (Holds::Real, false) => Value::Real(None),
            (Holds::Text, true) => {
                let text = String::from_utf8(self.long()?);
                Value::Text(Some(text.map_err(|_| damaged(self.at, "a text that is none"))?))
            }
            (Holds::Text, false) => Value::Text(None),
            (Holds::Bytes, true) => Value::Bytes(Some(self.long()?)),
            (Holds::Bytes, false) => Value::Bytes(None),
        })
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let rest = self.bytes.get(self.next..).unwrap_or_default();
        let taken = rest.first_chunk::<N>().ok_or_else(|| damaged(self.at, "a row that is cut off"))?;
        self.next += N;
        Ok(*taken)
    }

    fn long(&mut self) -> Result<Vec<u8>> {
        let length = usize::try_from(u32::from_le_bytes(self.take()?)).unwrap_or(usize::MAX);
        let end = self.next.saturating_add(length);
        let taken = self.bytes.get(self.next..end).ok_or_else(|| damaged(self.at, "a row that is cut off"))?.to_vec();
        self.next = end;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_exactly() {
        let row = vec![
            Value::Int(Some(i64::MIN)),
            Value::Int(None),
            Value::Real(Some(0.1 + 0.2)),
            Value::Real(None),
            Value::Text(Some("Зерно и пар \u{1f33e}".into())),
            Value::Text(Some(String::new())),
            Value::Text(None),
            Value::Bytes(Some(vec![0, 255, 1])),
            Value::Bytes(None),
        ];
        let holds = [
            Holds::Int,
            Holds::Int,
            Holds::Real,
            Holds::Real,
            Holds::Text,
            Holds::Text,
            Holds::Text,
            Holds::Bytes,
            Holds::Bytes,
        ];
        let mut bytes = Vec::new();
        for value in row.iter().chain(&row) {
            value.write(&mut bytes).unwrap();
        }
        let mut block = Block::unpack(0, &pack(&bytes).unwrap()).unwrap();
        assert_eq!(block.row(&holds).unwrap().unwrap(), row);
        assert_eq!(block.row(&holds).unwrap().unwrap(), row);
        assert!(block.row(&holds).unwrap().is_none());
        let mut short = Block::unpack(0, &pack(&bytes[..bytes.len() - 2]).unwrap()).unwrap();
        assert!(short.row(&holds).is_ok() && short.row(&holds).is_err(), "cut off inside the second");
    }
}
