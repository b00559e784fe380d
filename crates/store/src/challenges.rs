//! What is under way at the entrance: a sign-in that waits for its second step, a passkey that is being added or shown, a
//! link that was sent. The token itself is never kept, only its hash.

use sarafan_domain::id::PersonId;
use sarafan_domain::time::Timestamp;

use crate::sql::{Fields, sql};
use crate::{Conn, Result};

/// Something under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChallengeRow {
    /// Hash of the token.
    pub token_hash: Vec<u8>,
    /// A word for what is under way; a token is good for nothing else.
    pub kind: String,
    /// Whose; `None` where nobody is known yet.
    pub person: Option<PersonId>,
    /// What is needed to go on, as JSON.
    pub state: String,
    /// Since when.
    pub created_at: Timestamp,
    /// It is over then.
    pub expires_at: Timestamp,
}

fn read(f: &mut Fields<'_>) -> Result<ChallengeRow> {
    Ok(ChallengeRow {
        token_hash: f.bytes()?,
        kind: f.text()?,
        person: f.id_opt()?,
        state: f.text()?,
        created_at: f.at()?,
        expires_at: f.at()?,
    })
}

/// Begins something, and forgets what is over.
///
/// # Errors
/// Conflict where the token exists.
pub async fn insert(conn: &mut Conn, row: &ChallengeRow) -> Result<()> {
    sql("DELETE FROM challenge WHERE expires_at <= $1").bind(row.created_at).run(conn).await?;
    sql("INSERT INTO challenge (token_hash, kind, person_id, state, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)")
    .bind(&row.token_hash)
    .bind(&row.kind)
    .bind(row.person)
    .bind(&row.state)
    .bind(row.created_at)
    .bind(row.expires_at)
    .must(conn)
    .await
}

/// What is under way with this token, unless it is over.
///
/// # Errors
/// Only those of the database.
pub async fn get(conn: &mut Conn, kind: &str, token_hash: &[u8], now: Timestamp) -> Result<Option<ChallengeRow>> {
    sql("SELECT token_hash, kind, person_id, state, created_at, expires_at FROM challenge \
         WHERE token_hash = $1 AND kind = $2 AND expires_at > $3")
    .bind(token_hash)
    .bind(kind)
    .bind(now)
    .optional(conn, read)
    .await
}

/// Ends it, once.
///
/// # Errors
/// Not found where it was ended before.
pub async fn take(conn: &mut Conn, token_hash: &[u8]) -> Result<()> {
    sql("DELETE FROM challenge WHERE token_hash = $1").bind(token_hash).must(conn).await
}

/// Ends everything of one kind that is under way for a person.
///
/// # Errors
/// Only those of the database.
pub async fn delete_of_person(conn: &mut Conn, kind: &str, person: PersonId) -> Result<()> {
    sql("DELETE FROM challenge WHERE person_id = $1 AND kind = $2").bind(person).bind(kind).run(conn).await.map(|_| ())
}
