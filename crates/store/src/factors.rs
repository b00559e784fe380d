//! What a person can show beside the password: codes of an application, recovery codes, passkeys. Secrets are sealed
//! before they come here, codes are hashed.

use sarafan_domain::id::{PasskeyId, PersonId};
use sarafan_domain::time::Timestamp;

use crate::sql::{Fields, only, sql};
use crate::{Conn, Result};

/// An application that makes codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotpRow {
    /// Whose.
    pub person: PersonId,
    /// The sealed secret.
    pub sealed: Vec<u8>,
    /// When the secret was made.
    pub made_at: Timestamp,
    /// When the first code was given; before that it is asked for nowhere.
    pub confirmed_at: Option<Timestamp>,
    /// The step of the last code that was taken; no code of it or of an earlier one is taken again.
    pub last_step: i64,
}

/// A passkey of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Its id.
    pub id: PasskeyId,
    /// Whose.
    pub person: PersonId,
    /// As the device calls it.
    pub credential_id: Vec<u8>,
    /// As the person calls it.
    pub name: String,
    /// The public key with what belongs to it, as JSON.
    pub credential: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// Last used.
    pub used_at: Option<Timestamp>,
}

fn totp_row(f: &mut Fields<'_>) -> Result<TotpRow> {
    Ok(TotpRow {
        person: f.id()?,
        sealed: f.bytes()?,
        made_at: f.at()?,
        confirmed_at: f.at_opt()?,
        last_step: f.int()?,
    })
}

fn passkey_row(f: &mut Fields<'_>) -> Result<PasskeyRow> {
    Ok(PasskeyRow {
        id: f.id()?,
        person: f.id()?,
        credential_id: f.bytes()?,
        name: f.text()?,
        credential: f.text()?,
        created_at: f.at()?,
        used_at: f.at_opt()?,
    })
}

macro_rules! select_passkey {
    ($rest:literal) => {
        concat!("SELECT id, person_id, credential_id, name, credential, created_at, used_at FROM passkey ", $rest)
    };
}

/// The application of a person, confirmed or not.
///
/// # Errors
/// Only those of the database.
pub async fn totp(conn: &mut Conn, person: PersonId) -> Result<Option<TotpRow>> {
    sql("SELECT person_id, sealed, made_at, confirmed_at, last_step FROM totp WHERE person_id = $1")
        .bind(person)
        .optional(conn, totp_row)
        .await
}

/// Puts an application in place of the one that was begun before.
///
/// # Errors
/// Only those of the database.
pub async fn put_totp(conn: &mut Conn, row: &TotpRow) -> Result<()> {
    sql("INSERT INTO totp (person_id, sealed, made_at, confirmed_at, last_step) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed, made_at = excluded.made_at, \
         confirmed_at = excluded.confirmed_at, last_step = excluded.last_step")
    .bind(row.person)
    .bind(&row.sealed)
    .bind(row.made_at)
    .bind(row.confirmed_at)
    .bind(row.last_step)
    .must(conn)
    .await
}

/// Takes the code of a step, once: also of many who try at the same time.
///
/// # Errors
/// Not found where a code of this step or a later one was taken before.
pub async fn take_step(conn: &mut Conn, person: PersonId, step: i64) -> Result<()> {
    sql("UPDATE totp SET last_step = $2 WHERE person_id = $1 AND last_step < $2")
        .bind(person)
        .bind(step)
        .must(conn)
        .await
}

/// Notes that the first code was given.
///
/// # Errors
/// Not found where it is confirmed already.
pub async fn confirm_totp(conn: &mut Conn, person: PersonId, now: Timestamp) -> Result<()> {
    sql("UPDATE totp SET confirmed_at = $2 WHERE person_id = $1 AND confirmed_at IS NULL")
        .bind(person)
        .bind(now)
        .must(conn)
        .await
}

/// Takes the application away.
///
/// # Errors
/// Not found.
pub async fn delete_totp(conn: &mut Conn, person: PersonId) -> Result<()> {
    sql("DELETE FROM totp WHERE person_id = $1").bind(person).must(conn).await
}

/// Puts recovery codes in place of all earlier ones.
///
/// # Errors
/// Only those of the database.
pub async fn put_codes(conn: &mut Conn, person: PersonId, hashes: &[Vec<u8>]) -> Result<()> {
    delete_codes(conn, person).await?;
    for hash in hashes {
        sql("INSERT INTO recovery_code (person_id, hash) VALUES ($1, $2)").bind(person).bind(hash).must(conn).await?;
    }
    Ok(())
}

/// Takes a recovery code, once.
///
/// # Errors
/// Not found where there is no such code, or it was taken before.
pub async fn take_code(conn: &mut Conn, person: PersonId, hash: &[u8], now: Timestamp) -> Result<()> {
    sql("UPDATE recovery_code SET used_at = $3 WHERE person_id = $1 AND hash = $2 AND used_at IS NULL")
        .bind(person)
        .bind(hash)
        .bind(now)
        .must(conn)
        .await
}

/// How many recovery codes are left.
///
/// # Errors
/// Only those of the database.
pub async fn codes_left(conn: &mut Conn, person: PersonId) -> Result<usize> {
    let left = sql("SELECT count(*) FROM recovery_code WHERE person_id = $1 AND used_at IS NULL");
    Ok(left.bind(person).one(conn, only::int).await?.try_into().unwrap_or_default())
}

/// Forgets all recovery codes of a person.
///
/// # Errors
/// Only those of the database.
pub async fn delete_codes(conn: &mut Conn, person: PersonId) -> Result<()> {
    sql("DELETE FROM recovery_code WHERE person_id = $1").bind(person).run(conn).await.map(|_| ())
}

/// Adds a passkey.
///
/// # Errors
/// Conflict where the device's key is known already.
pub async fn add_passkey(conn: &mut Conn, row: &PasskeyRow) -> Result<()> {
    sql("INSERT INTO passkey (id, person_id, credential_id, name, credential, created_at, used_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(row.id)
    .bind(row.person)
    .bind(&row.credential_id)
    .bind(&row.name)
    .bind(&row.credential)
    .bind(row.created_at)
    .bind(row.used_at)
    .must(conn)
    .await
}

/// The passkeys of a person, oldest first.
///
/// # Errors
/// Only those of the database.
pub async fn passkeys(conn: &mut Conn, person: PersonId) -> Result<Vec<PasskeyRow>> {
    sql(select_passkey!("WHERE person_id = $1 ORDER BY created_at, id")).bind(person).all(conn, passkey_row).await
}

/// Renames a passkey of a person.
///
/// # Errors
/// Not found.
pub async fn name_passkey(conn: &mut Conn, person: PersonId, id: PasskeyId, name: &str) -> Result<()> {
    sql("UPDATE passkey SET name = $3 WHERE id = $1 AND person_id = $2")
        .bind(id)
        .bind(person)
        .bind(name)
        .must(conn)
        .await
}

/// Notes the use of a passkey with what its device now tells of it.
///
/// # Errors
/// Not found.
pub async fn use_passkey(conn: &mut Conn, id: PasskeyId, credential: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE passkey SET credential = $2, used_at = $3 WHERE id = $1")
        .bind(id)
        .bind(credential)
        .bind(now)
        .must(conn)
        .await
}

/// Takes a passkey of a person away.
///
/// # Errors
/// Not found.
pub async fn delete_passkey(conn: &mut Conn, person: PersonId, id: PasskeyId) -> Result<()> {
    sql("DELETE FROM passkey WHERE id = $1 AND person_id = $2").bind(id).bind(person).must(conn).await
}

/// Takes everything away that a person can show beside the password.
///
/// # Errors
/// Only those of the database.
pub async fn delete_all(conn: &mut Conn, person: PersonId) -> Result<()> {
    sql("DELETE FROM totp WHERE person_id = $1").bind(person).run(conn).await?;
    sql("DELETE FROM passkey WHERE person_id = $1").bind(person).run(conn).await?;
    delete_codes(conn, person).await
}
