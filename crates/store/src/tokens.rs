//! Tokens of programs. The token itself is never kept, only its hash.

use sarafan_domain::id::{BrandId, PersonId, TokenId};
use sarafan_domain::time::Timestamp;
use sarafan_domain::token::Scope;

use crate::sql::{Fields, sql};
use crate::{Conn, Result};

/// A token of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id.
    pub id: TokenId,
    /// Hash of the token.
    pub hash: Vec<u8>,
    /// Whose.
    pub person: PersonId,
    /// What it is for.
    pub name: String,
    /// Its last characters, by which people know it again.
    pub ending: String,
    /// What it is allowed.
    pub scopes: Vec<Scope>,
    /// In which brands; `None` for all of its person.
    pub brands: Option<Vec<BrandId>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// It opens nothing after.
    pub expires_at: Option<Timestamp>,
    /// Last used, to the minute.
    pub used_at: Option<Timestamp>,
}

fn read(f: &mut Fields<'_>) -> Result<TokenRow> {
    Ok(TokenRow {
        id: f.id()?,
        hash: f.bytes()?,
        person: f.id()?,
        name: f.text()?,
        ending: f.text()?,
        scopes: f.json()?,
        brands: f.json_opt()?,
        created_at: f.at()?,
        expires_at: f.at_opt()?,
        used_at: f.at_opt()?,
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, hash, person_id, name, ending, scopes, brands, created_at, expires_at, used_at FROM token ",
            $rest
        )
    };
}

/// Adds a token.
///
/// # Errors
/// Conflict where id or hash exist.
pub async fn insert(conn: &mut Conn, token: &TokenRow) -> Result<()> {
    sql("INSERT INTO token (id, hash, person_id, name, ending, scopes, brands, created_at, expires_at, used_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(token.id)
    .bind(&token.hash)
    .bind(token.person)
    .bind(&token.name)
    .bind(&token.ending)
    .json(&token.scopes)?
    .json_opt(token.brands.as_ref())?
    .bind(token.created_at)
    .bind(token.expires_at)
    .bind(token.used_at)
    .must(conn)
    .await
}

/// The token with this hash, unless it has ended.
///
/// # Errors
/// Only those of the database.
pub async fn by_hash(conn: &mut Conn, hash: &[u8], now: Timestamp) -> Result<Option<TokenRow>> {
    sql(select!("WHERE hash = $1 AND (expires_at IS NULL OR expires_at > $2)"))
        .bind(hash)
        .bind(now)
        .optional(conn, read)
        .await
}

/// One token, whoever it belongs to.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, id: TokenId) -> Result<TokenRow> {
    sql(select!("WHERE id = $1")).bind(id).one(conn, read).await
}

/// The tokens of a person, newest first.
///
/// # Errors
/// Only those of the database.
pub async fn of_person(conn: &mut Conn, person: PersonId) -> Result<Vec<TokenRow>> {
    sql(select!("WHERE person_id = $1 ORDER BY created_at DESC, id DESC")).bind(person).all(conn, read).await
}

/// The tokens of everybody, newest first.
///
/// # Errors
/// Only those of the database.
pub async fn all(conn: &mut Conn) -> Result<Vec<TokenRow>> {
    sql(select!("ORDER BY created_at DESC, id DESC")).all(conn, read).await
}

/// Notes that it was used; nothing happens where it is gone.
///
/// # Errors
/// Only those of the database.
pub async fn touch(conn: &mut Conn, id: TokenId, now: Timestamp) -> Result<()> {
    sql("UPDATE token SET used_at = $2 WHERE id = $1").bind(id).bind(now).run(conn).await.map(|_| ())
}

/// Revokes a token.
///
/// # Errors
/// Not found.
pub async fn delete(conn: &mut Conn, id: TokenId) -> Result<()> {
    sql("DELETE FROM token WHERE id = $1").bind(id).must(conn).await
}
