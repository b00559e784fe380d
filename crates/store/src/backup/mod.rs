//! The back-up: everything an installation keeps in one file of ours, whatever the engine, and the way back.
//!
//! A file is written from one reading transaction while work goes on, with the files of the library after it, and is
//! read again before it gets its name. It is put back in one transaction, after all of it was checked. `file` is the
//! form (docs/backup.md shows it), `layout` knows the tables, `rows` writes a row as bytes. Nothing is held in memory
//! but one block. Not here: what a restored post may still do; `app` decides that inside the transaction.

use sarafan_domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StoreError;

mod check;
mod dump;
mod file;
pub(crate) mod layout;
pub(crate) mod load;
mod media;
mod rows;
#[cfg(test)]
mod tests;

pub use check::{Checked, check};
pub use dump::{Facts, dump};
pub use layout::LEFT_OUT;
pub use load::{Target, is_free, load};

/// Why there is no back-up, or why it was not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file of that name: it is never overwritten.
    #[error("there is a file already")]
    Exists,
    /// The file cannot be read or written.
    #[error("the file: {reason}")]
    File {
        /// What the system said.
        reason: String,
    },
    /// It is no back-up of ours.
    #[error("not a back-up of Sarafan")]
    Foreign,
    /// A newer Sarafan made it: only that one can read it.
    #[error("made by a newer Sarafan: {made_by}")]
    Newer {
        /// Its version and schema, or the number of its form.
        made_by: String,
    },
    /// It was cut off or changed since it was made.
    #[error("damaged near byte {at}: {why}")]
    Damaged {
        /// About where.
        at: u64,
        /// What is wrong there, for the log.
        why: String,
    },
    /// There is an installation already, and nobody said that it may go.
    #[error("the installation is not empty")]
    NotEmpty,
    /// A worker is at work: it would send while posts are put back.
    #[error("a worker is at work")]
    Busy,
    /// The database or the storage of files.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    pub(crate) fn file(error: &std::io::Error) -> Self {
        Self::File { reason: error.to_string() }
    }
}

/// What a back-up says of itself at its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the program that made it.
    pub version: String,
    /// Number of the last migration of its database.
    pub schema: i64,
    /// When its transaction began.
    pub made_at: Timestamp,
    /// Of which engine it is; of no consequence.
    pub engine: String,
    /// The keys that open its credentials, the first one seals; see [`crate::secrets::Keyring::ids`].
    pub keys: Vec<String>,
}

/// What a back-up says of itself at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// How many rows each table has.
    pub tables: std::collections::BTreeMap<String, u64>,
    /// How many files of the library are in it.
    pub files: u64,
    /// How many bytes they have.
    pub file_bytes: u64,
    /// How many files the library knows and the storage did not have.
    pub missing: u64,
    /// How many files are not what the library says they are; they are kept as they were found.
    pub changed: u64,
    /// SHA-256 of everything before, in hex.
    pub sha256: String,
}

impl Totals {
    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.tables.values().sum()
    }
}
