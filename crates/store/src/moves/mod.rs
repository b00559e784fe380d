//! A brand on its way to another installation: everything of it in one archive, whatever the engine, and the way in.
//!
//! The archive is a plain tar file of JSON lines and files (docs/moving.md shows it). It is written from one reading
//! transaction; it is read twice: once to believe nothing, once to put it in, in one transaction. `tar` is the container,
//! `tables` knows which tables move and why others stay, `line` writes a row as JSON. Not here: what an arrived post may
//! still do; `app` decides that inside the transaction.

use std::collections::BTreeMap;

use sarafan_domain::id::BrandId;
use sarafan_domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StoreError;

mod check;
mod line;
mod read;
mod tables;
mod tar;
mod write;

pub use check::{Arriving, check};
pub use read::{arrive, rehearse};
pub use tables::{MOVES, STAYS};
pub use write::leave;

/// The number of the present form.
const FORM: u32 = 1;

/// Why a brand does not move.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The file cannot be read or written.
    #[error("the file: {reason}")]
    File {
        /// What the system said.
        reason: String,
    },
    /// It is no brand that Sarafan wrote.
    #[error("not an exported brand")]
    Foreign,
    /// A newer Sarafan wrote it, or an older one whose tables were others.
    #[error("made by another Sarafan: {made_by}")]
    Other {
        /// Its version.
        made_by: String,
    },
    /// It was cut off, changed, or never right.
    #[error("damaged at {at}: {why}")]
    Damaged {
        /// In which entry.
        at: String,
        /// What is wrong there.
        why: String,
    },
    /// This very brand is here already.
    #[error("the brand is here already")]
    Here,
    /// The database or the storage of files.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl MoveError {
    fn file(error: &std::io::Error) -> Self {
        Self::File { reason: error.to_string() }
    }

    fn damaged(at: &str, why: impl Into<String>) -> Self {
        Self::Damaged { at: at.to_owned(), why: why.into() }
    }
}

type Result<T> = std::result::Result<T, MoveError>;

/// What an archive says of itself at its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The number of its form.
    pub form: u32,
    /// Version of the program that wrote it.
    pub version: String,
    /// Number of the last migration of its database.
    pub schema: i64,
    /// When its transaction began.
    pub made_at: Timestamp,
    /// Which brand.
    pub brand: BrandId,
    /// Its name.
    pub name: String,
}

/// What it says of itself at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sums {
    /// How many rows each table has.
    pub tables: BTreeMap<String, u64>,
    /// How many files of the library are in it.
    pub files: u64,
    /// How many bytes they have.
    pub file_bytes: u64,
    /// Files that the library knows and the storage did not have, by the ids of their rows.
    pub missing: Vec<uuid::Uuid>,
    /// SHA-256 of everything before, in hex.
    pub sha256: String,
}

impl Sums {
    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.tables.values().sum()
    }
}

/// The entry with the [`Head`].
const HEAD: &str = "sarafan-brand.json";
/// The entry with the [`Sums`].
const END: &str = "end.json";
/// People are no table of a brand: of them goes what rows of the brand name.
const PEOPLE: &str = "person";

/// Where the file of a row of the library lies in the storage.
fn key(brand: BrandId, asset: uuid::Uuid) -> String {
    format!("assets/{brand}/{asset}/file")
}
