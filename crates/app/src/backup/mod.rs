//! Back-up and restore: the whole installation in one file, and back. Anybody at the command line may do it; there is no
//! route to it. What the file looks like is `store`'s matter; what a restored post may still do is decided here.

use std::path::Path;

use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::backup::{self as file, BackupError, Checked, Facts};
use sarafan_store::settings;
use serde::Serialize;

use crate::{App, AppError};

mod keys;
mod restore;

pub use keys::LockedKeys;
pub use restore::{Lost, Restore, Restored};
pub use sarafan_store::backup::Target;

/// When the last back-up was made.
pub(crate) const LAST: &str = "backup.last";

/// What is in a back-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupView {
    /// Its size in bytes.
    pub bytes: u64,
    /// What it shows is as it was then.
    pub made_at: String,
    /// Version of the program that made it.
    pub version: String,
    /// Number of its schema.
    pub schema: i64,
    /// From which engine.
    pub engine: String,
    /// How many rows.
    pub rows: u64,
    /// How many files of the library.
    pub files: u64,
    /// How many bytes they have.
    pub file_bytes: u64,
    /// Files that the library knows and the storage did not have.
    pub missing_files: u64,
    /// Files that are not what the library says.
    pub changed_files: u64,
    /// Which keys open its credentials.
    pub key_ids: Vec<String>,
    /// Are the keys in it, under a passphrase?
    pub has_keys: bool,
}

/// A back-up that was read from its first byte to its last.
#[derive(Debug, Clone)]
pub struct Whole(Checked);

impl Whole {
    /// What is in it.
    pub fn view(&self) -> BackupView {
        let (header, totals) = (&self.0.header, &self.0.totals);
        BackupView {
            bytes: self.0.bytes,
            made_at: header.made_at.to_string(),
            version: header.version.clone(),
            schema: header.schema,
            engine: header.engine.clone(),
            rows: totals.rows(),
            files: totals.files,
            file_bytes: totals.file_bytes,
            missing_files: totals.missing,
            changed_files: totals.changed,
            key_ids: header.keys.clone(),
            has_keys: self.0.keys.is_some(),
        }
    }

    /// The keys in it, where they are.
    pub fn keys(&self) -> Option<LockedKeys> {
        self.0.keys.clone().map(LockedKeys::new)
    }
}

/// Reads a back-up and believes nothing it says.
///
/// # Errors
/// [`AppError::Refused`] `backup-foreign`, `backup-newer`, `backup-damaged`, `backup-file`.
pub async fn check(path: &Path, now: Timestamp) -> Result<Whole, AppError> {
    file::check(path, now).await.map(Whole).map_err(|error| about(error.into(), path))
}

impl App {
    /// Writes a back-up to a new file while work goes on, and reads it again.
    ///
    /// # Errors
    /// [`AppError::Refused`] `backup-exists` and `backup-file`; nothing is left behind then.
    pub async fn back_up(&self, path: &Path, keys: Option<LockedKeys>) -> Result<BackupView, AppError> {
        // To the second: it is shown to people.
        let now = Timestamp::from_second(self.now().as_second()).unwrap_or(self.now());
        let facts = Facts {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            now,
            keys: self.keyring().ids(),
            locked_keys: keys.map(LockedKeys::into_bytes),
        };
        let made =
            file::dump(self.store(), self.blobs(), facts, path).await.map_err(|error| about(error.into(), path))?;
        // What can only be read is backed up as well.
        let noted = self.store().write(move |conn| {
            Box::pin(async move { settings::set(conn, LAST, &now.to_string()).await.map_err(AppError::from) })
        });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "the time of the back-up could not be noted");
        }
        Ok(Whole(made).view())
    }
}

/// Names the file.
fn about(error: AppError, path: &Path) -> AppError {
    match error {
        AppError::Refused(problem) => AppError::Refused(problem.with("file", path.display().to_string())),
        other => other,
    }
}

impl From<BackupError> for AppError {
    fn from(error: BackupError) -> Self {
        Self::Refused(match error {
            BackupError::Exists => Problem::error("backup-exists", "file"),
            BackupError::File { reason } => Problem::error("backup-file", "file").with("reason", reason),
            BackupError::Foreign => Problem::error("backup-foreign", "file"),
            BackupError::Newer { made_by } => {
                Problem::error("backup-newer", "file").with("made", made_by).with("version", env!("CARGO_PKG_VERSION"))
            }
            BackupError::Damaged { at, why } => {
                Problem::error("backup-damaged", "file").with("at", at.to_string()).with("why", why)
            }
            BackupError::NotEmpty => Problem::error("restore-not-empty", "file"),
            BackupError::Busy => Problem::error("restore-busy", "file"),
            BackupError::Store(error) => return error.into(),
        })
    }
}
