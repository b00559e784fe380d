//! Connected channels. Their credentials are in `credentials`: secrets never travel with ordinary data.

use std::collections::BTreeSet;

use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::time::Timestamp;

use crate::sql::{CHUNK, Fields, Sql, built, marks, sql};
use crate::{Conn, Result};

fn read(f: &mut Fields<'_>) -> Result<Channel> {
    Ok(Channel {
        id: f.id()?,
        brand: f.id()?,
        network: f.text()?,
        external_id: f.text()?,
        name: f.text()?,
        handle: f.text()?,
        url: f.text_opt()?,
        state: f.code(ChannelState::parse)?,
        reason: f.text_opt()?,
        time_zone: f.text()?,
        slots: f.json()?,
        facts: f.json()?,
        checked_at: f.at_opt()?,
        health: f.json_opt()?,
        expires_at: f.at_opt()?,
        blocked_until: f.at_opt()?,
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, brand_id, network, external_id, name, handle, url, state, reason, time_zone, slots, facts, ",
            "checked_at, health, expires_at, blocked_until FROM channel ",
            $rest
        )
    };
}

/// Binds everything that [`insert`] and [`update`] both write, as `$1` to `$16`.
fn bound(text: &'static str, channel: &Channel) -> Result<Sql> {
    Ok(sql(text)
        .bind(channel.brand)
        .bind(channel.id)
        .bind(&channel.network)
        .bind(&channel.external_id)
        .bind(&channel.name)
        .bind(&channel.handle)
        .bind(channel.url.as_ref())
        .bind(channel.state.code())
        .bind(channel.reason.as_ref())
        .bind(&channel.time_zone)
        .json(&channel.slots)?
        .json(&channel.facts)?
        .bind(channel.checked_at)
        .json_opt(channel.health.as_ref())?
        .bind(channel.expires_at)
        .bind(channel.blocked_until))
}

/// Adds a channel.
///
/// # Errors
/// Conflict `channel` where the brand has that very channel connected.
pub async fn insert(conn: &mut Conn, channel: &Channel, now: Timestamp) -> Result<()> {
    bound(
        "INSERT INTO channel (brand_id, id, network, external_id, name, handle, url, state, reason, time_zone, slots, \
         facts, checked_at, health, expires_at, blocked_until, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        channel,
    )?
    .bind(now)
    .must(conn)
    .await
}

/// One channel, removed ones included: old posts still name them.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, id: ChannelId) -> Result<Channel> {
    sql(select!("WHERE brand_id = $1 AND id = $2")).bind(brand).bind(id).one(conn, read).await
}

/// The connected channels of a brand, by name.
///
/// # Errors
/// Only those of the database.
pub async fn list(conn: &mut Conn, brand: BrandId) -> Result<Vec<Channel>> {
    sql(select!("WHERE brand_id = $1 AND removed_at IS NULL ORDER BY name, id")).bind(brand).all(conn, read).await
}

/// Those of the named channels that exist, removed ones included, by name. An agency has hundreds of channels and a
/// post goes to a few of them.
///
/// # Errors
/// Only those of the database.
pub async fn some(conn: &mut Conn, brand: BrandId, ids: impl IntoIterator<Item = ChannelId>) -> Result<Vec<Channel>> {
    let ids: Vec<ChannelId> = ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(CHUNK) {
        let text = format!("{} AND id IN ({})", select!("WHERE brand_id = $1"), marks(2, part.len()));
        let statement = part.iter().fold(built(text).bind(brand), |statement, id| statement.bind(*id));
        found.extend(statement.of_rows(part.len()).all(conn, read).await?);
    }
    found.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(found)
}

/// The same without removed ones.
///
/// # Errors
/// Only those of the database.
pub async fn connected(conn: &mut Conn, brand: BrandId, ids: &[ChannelId]) -> Result<Vec<Channel>> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let one = sql(select!("WHERE brand_id = $1 AND id = $2 AND removed_at IS NULL")).bind(brand).bind(*id);
        found.extend(one.optional(conn, read).await?);
    }
    Ok(found)
}

/// Saves everything but the ids.
///
/// # Errors
/// Not found, also where it was removed; conflict `channel` where another one is the same account.
pub async fn update(conn: &mut Conn, channel: &Channel) -> Result<()> {
    bound(
        "UPDATE channel SET network = $3, external_id = $4, name = $5, handle = $6, url = $7, state = $8, \
         reason = $9, time_zone = $10, slots = $11, facts = $12, checked_at = $13, health = $14, expires_at = $15, \
         blocked_until = $16 WHERE brand_id = $1 AND id = $2 AND removed_at IS NULL",
        channel,
    )?
    .must(conn)
    .await
}

/// Removes a channel and its credential; posts, deliveries and numbers stay.
///
/// # Errors
/// Not found.
pub async fn remove(conn: &mut Conn, brand: BrandId, id: ChannelId, now: Timestamp) -> Result<()> {
    sql("UPDATE channel SET removed_at = $3 WHERE brand_id = $1 AND id = $2 AND removed_at IS NULL")
        .bind(brand)
        .bind(id)
        .bind(now)
        .must(conn)
        .await?;
    sql("DELETE FROM credential WHERE brand_id = $1 AND channel_id = $2").bind(brand).bind(id).run(conn).await?;
    Ok(())
}

/// The connected channel that is this account of this network.
///
/// # Errors
/// Only those of the database.
pub async fn by_external(conn: &mut Conn, brand: BrandId, network: &str, external_id: &str) -> Result<Option<Channel>> {
    sql(select!("WHERE brand_id = $1 AND network = $2 AND external_id = $3 AND removed_at IS NULL"))
        .bind(brand)
        .bind(network)
        .bind(external_id)
        .optional(conn, read)
        .await
}

/// Holds the channel back until then; never shortens a wait that was asked for before.
///
/// # Errors
/// Not found.
pub async fn block(conn: &mut Conn, brand: BrandId, id: ChannelId, until: Timestamp) -> Result<()> {
    sql("UPDATE channel SET blocked_until = CASE WHEN blocked_until > $3 THEN blocked_until ELSE $3 END \
         WHERE brand_id = $1 AND id = $2")
    .bind(brand)
    .bind(id)
    .bind(until)
    .must(conn)
    .await
}

/// Channels of all brands that are connected and in order, after the given one: for jobs that look at each.
///
/// # Errors
/// Only those of the database.
pub async fn all_active(conn: &mut Conn, limit: i64, after: Option<(BrandId, ChannelId)>) -> Result<Vec<Channel>> {
    let (brand, channel) = after.unwrap_or((BrandId(uuid::Uuid::nil()), ChannelId(uuid::Uuid::nil())));
    sql(select!(
        "WHERE (brand_id, id) > ($1, $2) AND removed_at IS NULL AND state = 'ok' ORDER BY brand_id, id LIMIT $3"
    ))
    .bind(brand)
    .bind(channel)
    .bind(limit)
    .all(conn, read)
    .await
}
