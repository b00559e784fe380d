//! The form of the file: sixteen bytes that say what it is, then frames of a kind, a length and bytes, the last of which
//! holds the hash of all before. What is in the frames is not known here.
//!
//! Reading and writing block the thread: only commands do it, and nothing else waits in their process.

use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::BackupError;

type Result<T> = std::result::Result<T, BackupError>;

/// What the file begins with, before the number of its form.
const NAME: &[u8; 15] = b"sarafan backup\n";
/// The number of the present form.
const FORM: u8 = 1;
/// No frame is longer, in bytes.
const LONGEST: u32 = 80 * 1024 * 1024;

/// What a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// JSON: [`super::Header`].
    Header,
    /// The keys of credentials under a passphrase; what `app` made of them.
    Keys,
    /// JSON: a table begins.
    Table,
    /// A block of its rows, deflated.
    Rows,
    /// JSON: a file of the library begins.
    File,
    /// A piece of it.
    Piece,
    /// JSON: the file ends.
    Whole,
    /// JSON: a file that the storage did not have.
    Missing,
    /// JSON: [`super::Totals`].
    End,
}

const KINDS: [(Kind, u8); 9] = [
    (Kind::Header, b'H'),
    (Kind::Keys, b'K'),
    (Kind::Table, b'T'),
    (Kind::Rows, b'R'),
    (Kind::File, b'F'),
    (Kind::Piece, b'P'),
    (Kind::Whole, b'W'),
    (Kind::Missing, b'M'),
    (Kind::End, b'E'),
];

/// One frame.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) bytes: Vec<u8>,
    /// Where it begins.
    pub(super) at: u64,
}

impl Frame {
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.bytes).map_err(|error| damaged(self.at, format!("{:?}: {error}", self.kind)))
    }
}

pub(super) fn damaged(at: u64, why: impl Into<String>) -> BackupError {
    BackupError::Damaged { at, why: why.into() }
}

/// A file that is being written.
pub(super) struct Out {
    file: BufWriter<File>,
    hash: Sha256,
    at: u64,
}

impl Out {
    /// Makes the file, readable by its owner only: it holds what people wrote to each other.
    pub(super) fn create(path: &Path) -> Result<Self> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| BackupError::file(&error))?;
        let mut out = Self { file: BufWriter::with_capacity(1 << 18, file), hash: Sha256::new(), at: 0 };
        out.put(NAME)?;
        out.put(&[FORM])?;
        Ok(out)
    }

    pub(super) fn frame(&mut self, kind: Kind, bytes: &[u8]) -> Result<()> {
        let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| BackupError::File { reason: "a row is too large".to_owned() })?;
        let (_, letter) = KINDS.iter().find(|(known, _)| *known == kind).ok_or(BackupError::Foreign)?;
        self.put(&[*letter])?;
        self.put(&length.to_be_bytes())?;
        self.put(bytes)
    }

    pub(super) fn json<T: Serialize>(&mut self, kind: Kind, value: &T) -> Result<()> {
        let bytes = serde_json::to_vec(value).map_err(|error| BackupError::File { reason: error.to_string() })?;
        self.frame(kind, &bytes)
    }

    /// SHA-256 of everything so far, in hex.
    pub(super) fn digest(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }

    /// Where the next frame will begin; all before can be read by others.
    pub(super) fn flush(&mut self) -> Result<u64> {
        self.file.flush().map_err(|error| BackupError::file(&error))?;
        Ok(self.at)
    }

    /// Everything is on the disk when this returns.
    pub(super) fn close(mut self) -> Result<()> {
        self.flush()?;
        self.file.get_ref().sync_all().map_err(|error| BackupError::file(&error))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| BackupError::file(&error))?;
        self.hash.update(bytes);
        self.at = self.at.saturating_add(bytes.len().try_into().unwrap_or(u64::MAX));
        Ok(())
    }
}

/// A file that is being read.
pub(super) struct In {
    file: BufReader<File>,
    hash: Sha256,
    at: u64,
}

impl In {
    /// Opens it: is it ours, and of a form that we know?
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| BackupError::file(&error))?;
        let mut file = BufReader::with_capacity(1 << 18, file);
        let mut name = Vec::new();
        (&mut file).take(16).read_to_end(&mut name).map_err(|error| BackupError::file(&error))?;
        let form = match name.split_last() {
            Some((form, ours)) if ours == NAME => *form,
            _ => return Err(BackupError::Foreign),
        };
        if form > FORM {
            return Err(BackupError::Newer { made_by: format!("form {form}") });
        }
        if form != FORM {
            return Err(damaged(15, "the number of its form"));
        }
        let mut hash = Sha256::new();
        hash.update(&name);
        Ok(Self { file, hash, at: 16 })
    }

    /// SHA-256 of everything before the next frame, in hex.
    pub(super) fn digest(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }

    /// Where the next frame begins.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// The next frame; `None` where the file ends after the last.
    pub(super) fn next(&mut self) -> Result<Option<Frame>> {
        let at = self.at;
        let mut letter = [0];
        match self.file.read_exact(&mut letter) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(BackupError::file(&error)),
        }
        let mut length = [0; 4];
        self.file.read_exact(&mut length).map_err(|error| cut(at, &error))?;
        let length = (letter, u32::from_be_bytes(length));
        let kind = KINDS.iter().find(|(_, known)| letter == [*known]).map(|(kind, _)| *kind);
        let kind = kind.ok_or_else(|| damaged(at, "a frame of an unknown kind"))?;
        if length.1 > LONGEST {
            return Err(damaged(at, "a frame that is too long"));
        }
        // It grows with what is there, so that a wrong length takes no memory.
        let mut bytes = Vec::new();
        let read = (&mut self.file).take(length.1.into()).read_to_end(&mut bytes);
        let read = read.map_err(|error| BackupError::file(&error))?;
        if u32::try_from(read) != Ok(length.1) {
            return Err(damaged(at, "it is cut off"));
        }
        self.hash.update(length.0);
        self.hash.update(length.1.to_be_bytes());
        self.hash.update(&bytes);
        self.at = at.saturating_add(5).saturating_add(length.1.into());
        Ok(Some(Frame { kind, bytes, at }))
    }
}

fn cut(at: u64, error: &std::io::Error) -> BackupError {
    match error.kind() {
        ErrorKind::UnexpectedEof => damaged(at, "it is cut off"),
        _ => BackupError::file(error),
    }
}
