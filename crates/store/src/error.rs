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
    /// The database cannot be reached: try again later, nothing was changed.
    #[error("the database is unavailable: {reason}")]
    Unavailable {
        /// For the log.
        reason: String,
    },
    /// The disk is full: nothing was changed, and it can still be read.
    #[error("the disk of the database is full: {reason}")]
    Full {
        /// For the log.
        reason: String,
    },
    /// The database can only be read: nothing was changed.
    #[error("the database can only be read: {reason}")]
    ReadOnly {
        /// For the log.
        reason: String,
    },
    /// The database is damaged: stop, and put a back-up back.
    #[error("the database is damaged: {reason}")]
    Damaged {
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

/// SQLite: a key, the key of a table without rows' numbers, or such a number that is there already.
const SQLITE_UNIQUE: [i32; 3] = [2067, 1555, 2579];
/// SQLite: busy and locked; interrupted, input or output, cannot open; full; read-only; damaged, not a database.
const SQLITE_BUSY: [i32; 2] = [5, 6];
const SQLITE_OUT: [i32; 3] = [9, 10, 14];
const SQLITE_FULL: i32 = 13;
const SQLITE_READ_ONLY: i32 = 8;
const SQLITE_DAMAGED: [i32; 2] = [11, 26];

/// PostgreSQL: disk full; a transaction that may only read (a server that follows another one); damaged data or index.
const POSTGRES_FULL: &str = "53100";
const POSTGRES_READ_ONLY: &str = "25006";
const POSTGRES_DAMAGED: [&str; 2] = ["XX001", "XX002"];

/// PostgreSQL's classes: connection, resources, operator intervention, system error; and a transaction that stood still
/// for too long.
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

/// The name of a unique key, from the name of its index or the words of a message.
fn conflict(index: &str, message: &str) -> StoreError {
    let named = UNIQUE.iter().find(|(name, columns, _)| *name == index || message.contains(columns));
    StoreError::Conflict { what: named.map_or("id", |(_, _, what)| what) }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let reason = error.to_string();
        let Some(failure) = error.sqlite_error() else { return Self::Broken(reason) };
        // The class is in the lowest byte.
        let class = failure.extended_code & 0xff;
        if SQLITE_UNIQUE.contains(&failure.extended_code) {
            return conflict("", &reason);
        }
        if SQLITE_BUSY.contains(&class) {
            crate::write::run_again();
            return Self::Unavailable { reason };
        }
        match class {
            SQLITE_FULL => Self::Full { reason },
            SQLITE_READ_ONLY => Self::ReadOnly { reason },
            _ if SQLITE_DAMAGED.contains(&class) => Self::Damaged { reason },
            _ if SQLITE_OUT.contains(&class) => Self::Unavailable { reason },
            _ => Self::Broken(reason),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        let reason = error.to_string();
        match &error {
            E::RowNotFound => Self::NotFound,
            E::Database(db) => {
                let code = db.code().unwrap_or_default();
                let code = code.as_ref();
                if db.is_unique_violation() {
                    return conflict(db.constraint().unwrap_or_default(), db.message());
                }
                if RUN_AGAIN.contains(&code) {
                    crate::write::run_again();
                    return Self::Unavailable { reason };
                }
                match code {
                    POSTGRES_FULL => Self::Full { reason },
                    POSTGRES_READ_ONLY => Self::ReadOnly { reason },
                    _ if POSTGRES_DAMAGED.contains(&code) => Self::Damaged { reason },
                    _ if UNAVAILABLE.iter().any(|class| code.starts_with(class)) => Self::Unavailable { reason },
                    _ => Self::Broken(reason),
                }
            }
            E::Io(_) | E::Tls(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::BeginFailed => {
                Self::Unavailable { reason }
            }
            _ => Self::Broken(reason),
        }
    }
}
