//! Signed-in sessions. The token itself is never kept, only its hash.

use sarafan_domain::id::{PersonId, SessionId};
use sarafan_domain::time::Timestamp;

use crate::sql::{Fields, sql};
use crate::{Conn, Result};

/// A session on one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id, for the list of devices.
    pub id: SessionId,
    /// Hash of the token in the cookie.
    pub token_hash: Vec<u8>,
    /// Who.
    pub person: PersonId,
    /// Since when.
    pub created_at: Timestamp,
    /// Last used, to a minute or so.
    pub seen_at: Timestamp,
    /// Ends by itself.
    pub expires_at: Timestamp,
    /// `User-Agent`.
    pub agent: String,
    /// Address the sign-in came from.
    pub address: String,
}

fn read(f: &mut Fields<'_>) -> Result<SessionRow> {
    Ok(SessionRow {
        id: f.id()?,
        token_hash: f.bytes()?,
        person: f.id()?,
        created_at: f.at()?,
        seen_at: f.at()?,
        expires_at: f.at()?,
        agent: f.text()?,
        address: f.text()?,
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, token_hash, person_id, created_at, seen_at, expires_at, agent, address FROM session ",
            $rest
        )
    };
}

/// Adds a session.
///
/// # Errors
/// Conflict where id or token exist.
pub async fn insert(conn: &mut Conn, session: &SessionRow) -> Result<()> {
    sql("INSERT INTO session (id, token_hash, person_id, created_at, seen_at, expires_at, agent, address) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(session.id)
    .bind(&session.token_hash)
    .bind(session.person)
    .bind(session.created_at)
    .bind(session.seen_at)
    .bind(session.expires_at)
    .bind(&session.agent)
    .bind(&session.address)
    .must(conn)
    .await
}

/// The session of a token, unless it has ended.
///
/// # Errors
/// Only those of the database.
pub async fn by_token(conn: &mut Conn, token_hash: &[u8], now: Timestamp) -> Result<Option<SessionRow>> {
    sql(select!("WHERE token_hash = $1 AND expires_at > $2")).bind(token_hash).bind(now).optional(conn, read).await
}

/// Notes that it was used, and until when it now lasts.
///
/// # Errors
/// Not found.
pub async fn touch(conn: &mut Conn, id: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    sql("UPDATE session SET seen_at = $2, expires_at = $3 WHERE id = $1")
        .bind(id)
        .bind(now)
        .bind(expires_at)
        .must(conn)
        .await
}

/// Ends a session; nothing happens where it has ended before.
///
/// # Errors
/// Only those of the database.
pub async fn delete(conn: &mut Conn, id: SessionId) -> Result<()> {
    sql("DELETE FROM session WHERE id = $1").bind(id).run(conn).await.map(|_| ())
}

/// Ends all sessions of a person but `keep`, as after a change of the password.
///
/// # Errors
/// Only those of the database.
pub async fn delete_of_person(conn: &mut Conn, person: PersonId, keep: Option<SessionId>) -> Result<()> {
    match keep {
        Some(keep) => sql("DELETE FROM session WHERE person_id = $1 AND id <> $2").bind(person).bind(keep),
        None => sql("DELETE FROM session WHERE person_id = $1").bind(person),
    }
    .run(conn)
    .await
    .map(|_| ())
}

/// The sessions of a person, last used first.
///
/// # Errors
/// Only those of the database.
pub async fn list(conn: &mut Conn, person: PersonId) -> Result<Vec<SessionRow>> {
    sql(select!("WHERE person_id = $1 ORDER BY seen_at DESC, id")).bind(person).all(conn, read).await
}

/// Forgets sessions that ended by themselves, and tells how many.
///
/// # Errors
/// Only those of the database.
pub async fn delete_expired(conn: &mut Conn, now: Timestamp) -> Result<u64> {
    sql("DELETE FROM session WHERE expires_at <= $1").bind(now).run(conn).await
}
