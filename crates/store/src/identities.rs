//! Who somebody is elsewhere: the name that an OpenID Connect provider has for a person of ours.

use sarafan_domain::id::PersonId;
use sarafan_domain::time::Timestamp;

use crate::sql::{only, sql};
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
}

/// The person behind a provider's name.
///
/// # Errors
/// Only those of the database.
pub async fn person(conn: &mut Conn, issuer: &str, subject: &str) -> Result<Option<PersonId>> {
    sql("SELECT person_id FROM identity WHERE issuer = $1 AND subject = $2")
        .bind(issuer)
        .bind(subject)
        .optional(conn, only::id)
        .await
}

/// Links a person to a provider's name.
///
/// # Errors
/// Conflict where the name is linked already.
pub async fn insert(conn: &mut Conn, row: &IdentityRow) -> Result<()> {
    sql("INSERT INTO identity (issuer, subject, person_id, linked_at) VALUES ($1, $2, $3, $4)")
        .bind(&row.issuer)
        .bind(&row.subject)
        .bind(row.person)
        .bind(row.linked_at)
        .must(conn)
        .await
}
