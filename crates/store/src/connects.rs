//! Connections of channels that a person began and has not finished: a choice of accounts, a visit to an OAuth server.

use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use crate::sql::{Fields, sql};
use crate::{Conn, Result};

/// A connection that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectRow {
    /// Its id, unguessable; the `state` of OAuth.
    pub id: Uuid,
    /// For which brand.
    pub brand: BrandId,
    /// Who began it.
    pub person: PersonId,
    /// Which network.
    pub network: String,
    /// What the connector needs to go on, sealed.
    pub sealed: Vec<u8>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// It cannot be finished after.
    pub expires_at: Timestamp,
}

fn read(f: &mut Fields<'_>) -> Result<ConnectRow> {
    Ok(ConnectRow {
        id: f.id()?,
        brand: f.id()?,
        person: f.id()?,
        network: f.text()?,
        sealed: f.bytes()?,
        created_at: f.at()?,
        expires_at: f.at()?,
    })
}

/// Adds a connection that was begun.
///
/// # Errors
/// Conflict where the id exists.
pub async fn insert(conn: &mut Conn, row: &ConnectRow) -> Result<()> {
    sql("INSERT INTO pending_connect (brand_id, id, person_id, network, sealed, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(row.brand)
    .bind(row.id)
    .bind(row.person)
    .bind(&row.network)
    .bind(&row.sealed)
    .bind(row.created_at)
    .bind(row.expires_at)
    .must(conn)
    .await
}

/// One of a brand, unless it has ended.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, id: Uuid, now: Timestamp) -> Result<ConnectRow> {
    sql("SELECT id, brand_id, person_id, network, sealed, created_at, expires_at FROM pending_connect \
         WHERE brand_id = $1 AND id = $2 AND expires_at > $3")
    .bind(brand)
    .bind(id)
    .bind(now)
    .one(conn, read)
    .await
}

/// One of whatever brand, unless it has ended: an OAuth server sends the person back with nothing but the id.
///
/// # Errors
/// Not found.
pub async fn find(conn: &mut Conn, id: Uuid, now: Timestamp) -> Result<ConnectRow> {
    sql("SELECT id, brand_id, person_id, network, sealed, created_at, expires_at FROM pending_connect \
         WHERE id = $1 AND expires_at > $2")
    .bind(id)
    .bind(now)
    .one(conn, read)
    .await
}

/// Forgets one; nothing happens where it is gone.
///
/// # Errors
/// Only those of the database.
pub async fn delete(conn: &mut Conn, brand: BrandId, id: Uuid) -> Result<()> {
    sql("DELETE FROM pending_connect WHERE brand_id = $1 AND id = $2").bind(brand).bind(id).run(conn).await.map(|_| ())
}

/// Forgets those that ended by themselves, and tells how many.
///
/// # Errors
/// Only those of the database.
pub async fn delete_expired(conn: &mut Conn, now: Timestamp) -> Result<u64> {
    sql("DELETE FROM pending_connect WHERE expires_at <= $1").bind(now).run(conn).await
}
