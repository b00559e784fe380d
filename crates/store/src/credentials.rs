//! What opens a channel, sealed: this module never sees the secret itself (see `secrets`).

use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::time::Timestamp;

use crate::sql::{only, sql};
use crate::{Conn, Result};

/// Saves the credential of a channel in place of the one before.
///
/// # Errors
/// Only those of the database.
pub async fn put(conn: &mut Conn, brand: BrandId, channel: ChannelId, sealed: &[u8], now: Timestamp) -> Result<()> {
    sql("INSERT INTO credential (brand_id, channel_id, sealed, changed_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (brand_id, channel_id) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at")
    .bind(brand)
    .bind(channel)
    .bind(sealed)
    .bind(now)
    .must(conn)
    .await
}

/// The sealed credential of a channel.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, channel: ChannelId) -> Result<Vec<u8>> {
    sql("SELECT sealed FROM credential WHERE brand_id = $1 AND channel_id = $2")
        .bind(brand)
        .bind(channel)
        .one(conn, only::bytes)
        .await
}
