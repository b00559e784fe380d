//! What can go wrong with the memory, named by what the caller does next.

/// The result of a store function.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why the store could not do it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// There is no such row in this brand: answer "not found".
    #[error("no such row")]
    NotFound,
    /// Somebody else was faster, or the row is in use: load again and decide anew, or tell the person.
    #[error("conflict: {what}")]
    Conflict {
        /// What is in the way: the name of a rule (`version`, `lease`, `in use`) or of a unique key.
        what: &'static str,
    },
    /// The database cannot be reached, is full or read-only: try again later, nothing was changed.
    #[error("the database is unavailable: {reason}")]
    Unavailable {
        /// For the log.
        reason: String,
    },
    /// A newer Sarafan has written this database: start that one.
    #[error("the database has schema {found}, this program knows {known}")]
    Newer {
        /// The schema found.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// A defect of ours or damaged data: log it; trying again does not help.
    #[error("the store is broken: {0}")]
    Broken(String),
}

impl StoreError {
    /// A value in the database that this program did not write.
    pub(crate) fn unreadable(what: &str) -> Self {
        Self::Broken(format!("unreadable value in the database: {what}"))
    }
}

/// PostgreSQL: serialization failure and deadlock.
const RUN_AGAIN: [&str; 2] = ["40001", "40P01"];

/// SQLite: busy and locked; interrupted, read-only, input or output, full, cannot open.
const SQLITE_BUSY: [i64; 2] = [5, 6];
const SQLITE_OUT: [i64; 5] = [9, 8, 10, 13, 14];

/// PostgreSQL's classes: connection, resources (disk full), operator intervention, system error; and a transaction that
/// stood still for too long.
const UNAVAILABLE: [&str; 5] = ["08", "53", "57", "58", "25P03"];

/// The names of the unique keys, as a caller hears of them: SQLite names columns, PostgreSQL the index.
const UNIQUE: [(&str, &str, &str); 9] = [
    ("person_email", "person.email", "email"),
    ("post_key", "post.brand_id, post.key", "key"),
    ("rubric_key", "rubric.brand_id, rubric.key", "key"),
    ("asset_sha256", "asset.sha256", "file"),
    ("channel_external", "channel.external_id", "channel"),
    ("job_dedupe", "job.dedupe", "dedupe"),
    ("session_token", "session.token_hash", "token"),
    ("invitation_token", "invitation.token_hash", "token"),
    ("pending_connect_id", "pending_connect.id", "connect"),
];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::RowNotFound => Self::NotFound,
            E::Database(db) => {
                let code = db.code().unwrap_or_default().into_owned();
                if db.is_unique_violation() {
                    let (message, index) = (db.message(), db.constraint().unwrap_or_default());
                    let named = UNIQUE.iter().find(|(name, columns, _)| *name == index || message.contains(columns));
                    return Self::Conflict { what: named.map_or("id", |(_, _, what)| what) };
                }
                // SQLite's codes are numbers, the class in the lowest byte; PostgreSQL's are five letters.
                let sqlite = code.parse::<i64>().ok().filter(|_| code.len() < 5).map(|code| code & 0xff);
                let is = |known: &[i64]| sqlite.is_some_and(|class| known.contains(&class));
                if RUN_AGAIN.contains(&code.as_str()) || is(&SQLITE_BUSY) {
                    crate::write::run_again();
                    return Self::Unavailable { reason: error.to_string() };
                }
                let postgres_out = sqlite.is_none() && UNAVAILABLE.iter().any(|class| code.starts_with(class));
                if is(&SQLITE_OUT) || postgres_out {
                    Self::Unavailable { reason: error.to_string() }
                } else {
                    Self::Broken(error.to_string())
                }
            }
            E::Io(_) | E::Tls(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::BeginFailed => {
                Self::Unavailable { reason: error.to_string() }
            }
            _ => Self::Broken(error.to_string()),
        }
    }
}
