//! Brings a database to the present schema, under a lock, forward only.
//!
//! Not done here: data changes that need decisions, and going back; the way back is the back-up.

use sha2::{Digest, Sha256};

use sarafan_domain::time::Timestamp;

use crate::sql::sql;
use crate::store::Engine;
use crate::{Conn, Result, StoreError};

/// A step of the schema: what both engines understand, and what only one of them does.
struct Migration {
    version: i64,
    both: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// All migrations in order; a released one is never edited.
const MIGRATIONS: [Migration; 12] = [
    Migration {
        version: 1,
        both: include_str!("migrations/0001.sql"),
        sqlite: include_str!("migrations/0001.sqlite.sql"),
        postgres: include_str!("migrations/0001.postgres.sql"),
    },
    Migration { version: 2, both: include_str!("migrations/0002.sql"), sqlite: "", postgres: "" },
    Migration { version: 3, both: include_str!("migrations/0003.sql"), sqlite: "", postgres: "" },
    Migration { version: 4, both: include_str!("migrations/0004.sql"), sqlite: "", postgres: "" },
    Migration { version: 5, both: include_str!("migrations/0005.sql"), sqlite: "", postgres: "" },
    Migration { version: 6, both: include_str!("migrations/0006.sql"), sqlite: "", postgres: "" },
    Migration { version: 7, both: include_str!("migrations/0007.sql"), sqlite: "", postgres: "" },
    Migration { version: 8, both: include_str!("migrations/0008.sql"), sqlite: "", postgres: "" },
    Migration { version: 9, both: include_str!("migrations/0009.sql"), sqlite: "", postgres: "" },
    Migration { version: 10, both: include_str!("migrations/0010.sql"), sqlite: "", postgres: "" },
    Migration { version: 11, both: include_str!("migrations/0011.sql"), sqlite: "", postgres: "" },
    Migration { version: 12, both: include_str!("migrations/0012.sql"), sqlite: "", postgres: "" },
];

impl Migration {
    fn text(&self, engine: Engine) -> String {
        let own = match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        };
        format!("{};\n{own}", translate(self.both, engine))
    }
}

/// The keys that do not begin with the brand, and why; every other key does.
pub const UNBRANDED: [(&str, &str); 34] = [
    ("migration", "of the installation"),
    ("setting", "of the installation"),
    ("person", "a person may work for several brands"),
    ("person_email", "sign-in knows the address only"),
    ("session", "of a person"),
    ("session_token", "a cookie knows the token only"),
    ("session_person", "of a person"),
    ("token", "of a person"),
    ("token_hash", "a program shows the token only"),
    ("token_person", "of a person"),
    ("idempotency", "of a person"),
    ("idempotency_id", "what is done notes it by the run only"),
    ("idempotency_ends", "forgotten for everybody"),
    ("totp", "of a person"),
    ("recovery_code", "of a person"),
    ("passkey", "of a person"),
    ("passkey_credential", "a device knows its key only"),
    ("passkey_person", "of a person"),
    ("identity", "a provider knows its own name of a person only"),
    ("identity_person", "of a person"),
    ("challenge", "a browser knows the token only"),
    ("challenge_end", "of the installation"),
    ("messenger_chat", "of a person"),
    ("messenger_code", "of a person"),
    ("messenger_code_hash", "a messenger tells the word only"),
    ("brand", "is the brand"),
    ("member_person", "which brands a person works for"),
    ("invitation_token", "a link knows the token only"),
    ("review_link_token", "a link knows the token only"),
    ("pending_connect_id", "an OAuth server knows the id only"),
    ("job_wake", "workers look across brands"),
    ("job_leased", "workers look across brands"),
    ("worker", "of the installation"),
    ("post_words", "full text; a hit is looked up in its brand"),
];

/// The number of the last migration.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.len().try_into().unwrap_or(i64::MAX)
}

/// The names of all tables that migrations made.
pub(crate) fn tables() -> impl Iterator<Item = &'static str> {
    let made =
        |text: &'static str| text.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split_whitespace().next());
    MIGRATIONS.iter().flat_map(move |migration| made(migration.both))
}

/// Migrates.
pub(crate) async fn run(conn: &mut Conn, engine: Engine, now: Timestamp) -> Result<()> {
    run_to(conn, engine, now, newest()).await
}

/// Migrates up to a number.
pub(crate) async fn run_to(conn: &mut Conn, engine: Engine, now: Timestamp, last: i64) -> Result<()> {
    create_ledger(conn, engine).await?;
    let (begin, lock) = match engine {
        Engine::Sqlite => ("BEGIN IMMEDIATE", None),
        Engine::Postgres => ("BEGIN", Some("LOCK TABLE migration IN ACCESS EXCLUSIVE MODE")),
    };
    sql(begin).run(conn).await?;
    let result = async {
        if let Some(lock) = lock {
            sql(lock).run(conn).await?;
        }
        // SQLite begins to write in a file that may only be read as if it were to be read: nothing is removed here, but
        // that it could be is asked.
        sql("DELETE FROM migration WHERE version < 0").run(conn).await?;
        apply(conn, engine, now, last).await
    }
    .await;
    sql(if result.is_ok() { "COMMIT" } else { "ROLLBACK" }).run(conn).await?;
    result
}

/// Two processes that start together may both find no table: on PostgreSQL one of them then loses a race on the
/// catalogue, and only has to look again.
async fn create_ledger(conn: &mut Conn, engine: Engine) -> Result<()> {
    let text = "CREATE TABLE IF NOT EXISTS migration (version BIGINT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, \
                applied_at BIGINT NOT NULL)";
    match sql(text).run(conn).await {
        Err(StoreError::Conflict { .. } | StoreError::Broken(_)) if engine == Engine::Postgres => {
            sql(text).run(conn).await.map(|_| ())
        }
        other => other.map(|_| ()),
    }
}

async fn apply(conn: &mut Conn, engine: Engine, now: Timestamp, last: i64) -> Result<()> {
    let done: Vec<(i64, String)> =
        sql("SELECT version, hash FROM migration ORDER BY version").all(conn, |f| Ok((f.int()?, f.text()?))).await?;
    let known = newest();
    if let Some((found, _)) = done.last().filter(|(version, _)| *version > known) {
        return Err(StoreError::Newer { found: *found, known });
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.version <= last) {
        let (version, text) = (migration.version, migration.text(engine));
        let hash = hex::encode(Sha256::digest(text.as_bytes()));
        match done.iter().find(|(number, _)| *number == version) {
            Some((_, was)) if *was == hash => {}
            Some(_) => return Err(StoreError::Broken(format!("migration {version} is not the one that was applied"))),
            None => {
                conn.batch(&text).await?;
                sql("INSERT INTO migration (version, hash, applied_at) VALUES ($1, $2, $3)")
                    .bind(version)
                    .bind(hash)
                    .bind(now)
                    .run(conn)
                    .await?;
            }
        }
    }
    Ok(())
}

/// The words of the common text that the engines spell differently.
fn translate(text: &str, engine: Engine) -> String {
    let (bytes, clustered) = match engine {
        Engine::Sqlite => ("BLOB", "WITHOUT ROWID"),
        Engine::Postgres => ("BYTEA", ""),
    };
    text.replace("BYTES", bytes).replace("CLUSTERED", clustered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_engine_gets_its_own_words() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let text = MIGRATIONS[0].text(engine);
            assert!(!text.contains("BYTES") && !text.contains("CLUSTERED"));
        }
    }

    #[test]
    fn versions_count_up_from_one() {
        assert!(MIGRATIONS.iter().zip(1..).all(|(migration, n)| migration.version == n));
    }
}
