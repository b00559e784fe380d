//! How the database itself does: what a doctor asks. What to make of it is `app`'s matter.

use sarafan_domain::time::Timestamp;

use crate::sql::{only, sql};
use crate::store::Engine;
use crate::{Conn, Result, Store, migrate, settings};

/// What the database says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Engine and version, as a person says it.
    pub engine: String,
    /// Number of its last migration.
    pub schema: i64,
    /// Its size in bytes.
    pub bytes: u64,
    /// SQLite: bytes that were written and are not in the main file yet.
    pub log_bytes: u64,
    /// PostgreSQL: what its clock shows.
    pub clock: Option<Timestamp>,
    /// The latest instant at which something was surely saved.
    pub last_saved: Option<Timestamp>,
}

/// Asks the database about itself.
///
/// # Errors
/// Only those of the database.
pub async fn facts(conn: &mut Conn) -> Result<Facts> {
    let schema = sql("SELECT max(version) FROM migration").one(conn, only::int).await?;
    let last_saved = sql("SELECT max(at) FROM (SELECT max(seen_at) AS at FROM worker UNION ALL \
                          SELECT max(applied_at) FROM migration UNION ALL SELECT max(seen_at) FROM session) saved")
    .one(conn, only::at_opt)
    .await?;
    match conn.engine() {
        Engine::Sqlite => {
            let version = sql("SELECT sqlite_version()").one(conn, only::text).await?;
            let file = sql("SELECT file FROM pragma_database_list WHERE name = 'main'").one(conn, only::text).await?;
            let size = |name: &str| std::fs::metadata(name).map_or(0, |file| file.len());
            let (bytes, log_bytes) = (size(&file), size(&format!("{file}-wal")));
            Ok(Facts { engine: format!("SQLite {version}"), schema, bytes, log_bytes, clock: None, last_saved })
        }
        Engine::Postgres => {
            let version = sql("SELECT current_setting('server_version')").one(conn, only::text).await?;
            let clock = sql("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)");
            let clock = clock.one(conn, only::at_opt).await?;
            let bytes = sql("SELECT pg_database_size(current_database())").one(conn, only::int).await?;
            let bytes = u64::try_from(bytes).unwrap_or(0);
            Ok(Facts { engine: format!("PostgreSQL {version}"), schema, bytes, log_bytes: 0, clock, last_saved })
        }
    }
}

/// The number of the newest migration that this program knows.
pub fn newest_schema() -> i64 {
    migrate::newest()
}

/// Reads the whole database and says what does not fit together; empty where all does. PostgreSQL has no such question:
/// there every table is read once.
///
/// # Errors
/// Damaged where it cannot even be read to the end.
pub async fn integrity(conn: &mut Conn) -> Result<Vec<String>> {
    match conn.engine() {
        Engine::Sqlite => {
            let said = sql("PRAGMA quick_check(20)").all(conn, only::text).await?;
            Ok(said.into_iter().filter(|line| line != "ok").collect())
        }
        Engine::Postgres => {
            for table in migrate::tables() {
                crate::sql::built(format!("SELECT count(*) FROM {table}")).once().one(conn, only::int).await?;
            }
            Ok(Vec::new())
        }
    }
}

/// Writes something small and takes it back: can anything be saved?
///
/// # Errors
/// Full, read-only, damaged or unavailable: that is the answer.
pub async fn probe(store: &Store) -> Result<()> {
    store
        .write(|conn| {
            Box::pin(async move {
                settings::set(conn, "doctor.probe", "1").await?;
                settings::delete(conn, "doctor.probe").await
            })
        })
        .await
}
