//! Settings of the whole installation: a word and its text. Settings of a brand are columns of the brand.

use crate::sql::{only, sql};
use crate::{Conn, Result};

/// The value of `key`.
///
/// # Errors
/// Only those of the database.
pub async fn get(conn: &mut Conn, key: &str) -> Result<Option<String>> {
    sql("SELECT value FROM setting WHERE key = $1").bind(key).optional(conn, only::text).await
}

/// Sets `key`.
///
/// # Errors
/// Only those of the database.
pub async fn set(conn: &mut Conn, key: &str, value: &str) -> Result<()> {
    sql("INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind(key)
        .bind(value)
        .must(conn)
        .await
}

/// Forgets `key`, if it is there.
///
/// # Errors
/// Only those of the database.
pub async fn delete(conn: &mut Conn, key: &str) -> Result<()> {
    sql("DELETE FROM setting WHERE key = $1").bind(key).run(conn).await.map(|_| ())
}
