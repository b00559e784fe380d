//! Who somebody is elsewhere: the name that an OpenID Connect provider has for a person of ours.

use sarafan_domain::id::PersonId;
use sarafan_domain::time::Timestamp;

use crate::sql::{Fields, sql};
use crate::{Conn, Result};

/// A person of ours at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRow {
    /// The provider.
    pub issuer: String,
    /// Its own name for the person.
    pub subject: String,
    /// Who.
    pub person: PersonId,
    /// Since when.
    pub linked_at: Timestamp,
    /// Since when it opens nothing any more.
    pub unlinked_at: Option<Timestamp>,
}

fn read(f: &mut Fields<'_>) -> Result<IdentityRow> {
    Ok(IdentityRow {
        issuer: f.text()?,
        subject: f.text()?,
        person: f.id()?,
        linked_at: f.at()?,
        unlinked_at: f.at_opt()?,
    })
}

/// The person behind a provider's name.
///
/// # Errors
/// Only those of the database.
pub async fn get(conn: &mut Conn, issuer: &str, subject: &str) -> Result<Option<IdentityRow>> {
    sql("SELECT issuer, subject, person_id, linked_at, unlinked_at FROM identity WHERE issuer = $1 AND subject = $2")
        .bind(issuer)
        .bind(subject)
        .optional(conn, read)
        .await
}

/// The names of a person at providers, the oldest first; also those that open nothing any more.
///
/// # Errors
/// Only those of the database.
pub async fn of_person(conn: &mut Conn, person: PersonId) -> Result<Vec<IdentityRow>> {
    sql("SELECT issuer, subject, person_id, linked_at, unlinked_at FROM identity WHERE person_id = $1 \
         ORDER BY linked_at, issuer, subject")
    .bind(person)
    .all(conn, read)
    .await
}

/// Links a person to a provider's name.
///
/// # Errors
/// Conflict where the name is linked already.
pub async fn insert(conn: &mut Conn, row: &IdentityRow) -> Result<()> {
    sql("INSERT INTO identity (issuer, subject, person_id, linked_at, unlinked_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(&row.issuer)
        .bind(&row.subject)
        .bind(row.person)
        .bind(row.linked_at)
        .bind(row.unlinked_at)
        .must(conn)
        .await
}

/// From now on the name opens nothing.
///
/// # Errors
/// Not found where the person has no such name.
pub async fn unlink(conn: &mut Conn, person: PersonId, issuer: &str, subject: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE identity SET unlinked_at = $4 WHERE issuer = $2 AND subject = $3 AND person_id = $1")
        .bind(person)
        .bind(issuer)
        .bind(subject)
        .bind(now)
        .must(conn)
        .await
}

/// Forgets a name that opens nothing any more: whoever comes with it is a stranger again.
///
/// # Errors
/// Not found where the person has no such name, or it opens the door.
pub async fn forget(conn: &mut Conn, person: PersonId, issuer: &str, subject: &str) -> Result<()> {
    sql("DELETE FROM identity WHERE issuer = $2 AND subject = $3 AND person_id = $1 AND unlinked_at IS NOT NULL")
        .bind(person)
        .bind(issuer)
        .bind(subject)
        .must(conn)
        .await
}
