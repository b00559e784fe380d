//! People who can sign in. What they are in a brand is in `members`.

use sarafan_domain::id::PersonId;
use sarafan_domain::language::Lang;
use sarafan_domain::time::Timestamp;

use crate::sql::{Fields, only, sql};
use crate::{Conn, Result};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Its id.
    pub id: PersonId,
    /// Address; kept in lower case.
    pub email: String,
    /// As shown to others.
    pub name: String,
    /// Argon2id in its usual text form.
    pub password_hash: String,
    /// Language of the interface.
    pub language: Lang,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// May change what belongs to the whole installation.
    pub installation_owner: bool,
    /// When the account was made.
    pub created_at: Timestamp,
}

fn read(f: &mut Fields<'_>) -> Result<PersonRow> {
    Ok(PersonRow {
        id: f.id()?,
        email: f.text()?,
        name: f.text()?,
        password_hash: f.text()?,
        language: f.code(Lang::parse)?,
        theme: f.text()?,
        installation_owner: f.flag()?,
        created_at: f.at()?,
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, email, name, password_hash, language, theme, installation_owner, created_at FROM person ",
            $rest
        )
    };
}

/// Adds a person.
///
/// # Errors
/// Conflict `email` where the address is taken.
pub async fn insert(conn: &mut Conn, person: &PersonRow) -> Result<()> {
    sql("INSERT INTO person (id, email, name, password_hash, language, theme, installation_owner, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(person.id)
    .bind(person.email.to_lowercase())
    .bind(&person.name)
    .bind(&person.password_hash)
    .bind(person.language.code())
    .bind(&person.theme)
    .bind(person.installation_owner)
    .bind(person.created_at)
    .must(conn)
    .await
}

/// One person.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, id: PersonId) -> Result<PersonRow> {
    sql(select!("WHERE id = $1")).bind(id).one(conn, read).await
}

/// The person with this address, whatever its case.
///
/// # Errors
/// Only those of the database.
pub async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<PersonRow>> {
    sql(select!("WHERE email = $1")).bind(email.to_lowercase()).optional(conn, read).await
}

/// Saves everything but the id and the time of making.
///
/// # Errors
/// Not found; conflict `email` where the address is taken.
pub async fn update(conn: &mut Conn, person: &PersonRow) -> Result<()> {
    sql("UPDATE person SET email = $2, name = $3, password_hash = $4, language = $5, theme = $6, \
         installation_owner = $7 WHERE id = $1")
    .bind(person.id)
    .bind(person.email.to_lowercase())
    .bind(&person.name)
    .bind(&person.password_hash)
    .bind(person.language.code())
    .bind(&person.theme)
    .bind(person.installation_owner)
    .must(conn)
    .await
}

/// How many people there are; 0 means that the installation has no owner yet.
///
/// # Errors
/// Only those of the database.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    sql("SELECT count(*) FROM person").one(conn, only::int).await
}
