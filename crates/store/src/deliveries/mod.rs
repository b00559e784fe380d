//! Deliveries: one variant on its way to one channel. What may become of one is decided in `domain`; here it is kept.

use sarafan_domain::delivery::{Delivery, Due, Published, State};
use sarafan_domain::id::{BrandId, ChannelId, DeliveryId, PostId};
use sarafan_domain::time::Timestamp;

use crate::sql::{CHUNK, Fields, Sql, built, marks, sql};
use crate::{Conn, Result, StoreError};

mod list;

pub use list::{COUNT_CEILING, DeliveryFilter, Order, counts, list};

/// A delivery as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryRow {
    /// The delivery.
    pub delivery: Delivery,
    /// Counts up with every change: give it back to [`update`].
    pub rev: i64,
    /// First line of its post.
    pub title: String,
    /// How many requests were started in all.
    pub attempts: i64,
}

/// What every read selects; `d` is the delivery, `p` its post.
const COLUMNS: &str = "SELECT d.id, d.brand_id, d.post_id, d.channel_id, d.state, d.due_at, d.wall, d.zone, d.step, d.tries, \
     d.refreshed, d.resume, d.next_at, d.external_id, d.url, d.parts, d.sent_at, d.reason, d.round, d.rev, d.attempts, \
     COALESCE(p.title, '') FROM delivery d";
const POST: &str = " LEFT JOIN post p ON p.brand_id = d.brand_id AND p.id = d.post_id WHERE ";

pub(crate) fn read(f: &mut Fields<'_>) -> Result<DeliveryRow> {
    let delivery = Delivery {
        id: f.id()?,
        brand: f.id()?,
        post: f.id()?,
        channel: f.id()?,
        state: f.code(State::parse)?,
        due: Due { at: f.at()?, wall: f.parse()?, zone: f.text()? },
        step: f.count()?,
        tries: f.count()?,
        refreshed: f.flag()?,
        resume: f.json_opt()?,
        next_at: f.at_opt()?,
        published: {
            let (external_id, url, parts) = (f.text_opt()?, f.text_opt()?, f.json_opt()?);
            external_id.map(|external_id| Published { external_id, url, parts: parts.unwrap_or_default() })
        },
        sent_at: f.at_opt()?,
        reason: f.json_opt()?,
        round: f.count()?,
    };
    Ok(DeliveryRow { delivery, rev: f.int()?, attempts: f.int()?, title: f.text()? })
}

fn select(rest: &str) -> Sql {
    built(format!("{COLUMNS}{POST}{rest}"))
}

/// Binds the whole row, as `$1` to `$19`.
fn bound(text: &'static str, d: &Delivery) -> Result<Sql> {
    sql(text)
        .bind(d.brand)
        .bind(d.id)
        .bind(d.post)
        .bind(d.channel)
        .bind(d.state.code())
        .bind(d.due.at)
        .bind(d.due.wall)
        .bind(&d.due.zone)
        .bind(d.step)
        .bind(d.tries)
        .bind(d.round)
        .bind(d.refreshed)
        .bind(d.next_at)
        .bind(d.sent_at)
        .bind(d.published.as_ref().map(|published| &published.external_id))
        .bind(d.published.as_ref().and_then(|published| published.url.as_ref()))
        .json_opt(d.published.as_ref().map(|published| &published.parts).filter(|parts| !parts.is_empty()))?
        .json_opt(d.reason.as_ref())?
        .json_opt(d.resume.as_ref())
}

/// Adds a delivery.
///
/// # Errors
/// Conflict where the id exists.
pub async fn insert(conn: &mut Conn, delivery: &Delivery) -> Result<()> {
    bound(
        "INSERT INTO delivery (brand_id, id, post_id, channel_id, state, due_at, wall, zone, step, tries, round, \
         refreshed, next_at, sent_at, external_id, url, parts, reason, resume, rev, attempts) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1, 0)",
        delivery,
    )?
    .must(conn)
    .await
}

/// One delivery.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, id: DeliveryId) -> Result<DeliveryRow> {
    select("d.brand_id = $1 AND d.id = $2").bind(brand).bind(id).one(conn, read).await
}

/// The deliveries of a post, the first due first.
///
/// # Errors
/// Only those of the database.
pub async fn of_post(conn: &mut Conn, brand: BrandId, post: PostId) -> Result<Vec<DeliveryRow>> {
    of_posts(conn, brand, &[post]).await
}

/// The deliveries of several posts, post by post, the first due first.
///
/// # Errors
/// Only those of the database.
pub async fn of_posts(conn: &mut Conn, brand: BrandId, posts: &[PostId]) -> Result<Vec<DeliveryRow>> {
    let walk = conn.engine().walk("delivery_post");
    let mut rows = Vec::new();
    for some in posts.chunks(CHUNK) {
        let text = format!(
            "{COLUMNS}{walk}{POST}d.brand_id = $1 AND d.post_id IN ({}) ORDER BY d.post_id, d.due_at, d.id",
            marks(2, some.len())
        );
        let statement =
            some.iter().fold(built(text).bind(brand), |statement, id| statement.bind(*id)).of_rows(some.len());
        rows.extend(statement.all(conn, read).await?);
    }
    Ok(rows)
}

/// Saves the whole delivery over revision `rev`, and returns the new revision.
///
/// # Errors
/// Conflict `rev` where somebody changed it since, or it is gone.
pub async fn update(conn: &mut Conn, delivery: &Delivery, rev: i64) -> Result<i64> {
    let changed = bound(
        "UPDATE delivery SET post_id = $3, channel_id = $4, state = $5, due_at = $6, wall = $7, zone = $8, step = $9, \
         tries = $10, round = $11, refreshed = $12, next_at = $13, sent_at = $14, external_id = $15, url = $16, \
         parts = $17, reason = $18, resume = $19, rev = $20 + 1 WHERE brand_id = $1 AND id = $2 AND rev = $20",
        delivery,
    )?
    .bind(rev)
    .run(conn)
    .await?;
    if changed == 0 { Err(StoreError::Conflict { what: "rev" }) } else { Ok(rev.saturating_add(1)) }
}

/// What went out at `since` or later, the first first; of one channel, or of all. Where it is more than `limit`, the
/// latest of it.
///
/// # Errors
/// Only those of the database.
pub async fn sent_since(
    conn: &mut Conn,
    brand: BrandId,
    channel: Option<ChannelId>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<DeliveryRow>> {
    let of = if channel.is_some() { " AND d.channel_id = $4" } else { "" };
    let text = format!("d.brand_id = $1 AND d.sent_at >= $2{of} ORDER BY d.sent_at DESC, d.id DESC LIMIT $3");
    let statement = select(&text).bind(brand).bind(since).bind(limit);
    let statement = match channel {
        Some(channel) => statement.bind(channel),
        None => statement,
    };
    let mut rows = statement.all(conn, read).await?;
    rows.reverse();
    Ok(rows)
}

/// The network's ids of what last went out on a channel, the latest first.
///
/// # Errors
/// Only those of the database.
pub async fn recent_external_ids(
    conn: &mut Conn,
    brand: BrandId,
    channel: ChannelId,
    limit: i64,
) -> Result<Vec<(DeliveryId, String)>> {
    sql("SELECT id, external_id FROM delivery WHERE brand_id = $1 AND channel_id = $2 AND sent_at IS NOT NULL \
         AND external_id IS NOT NULL ORDER BY sent_at DESC, id DESC LIMIT $3")
    .bind(brand)
    .bind(channel)
    .bind(limit)
    .all(conn, |f| Ok((f.id()?, f.text()?)))
    .await
}

/// Removes a delivery that never left, with its attempts.
///
/// # Errors
/// Not found.
pub async fn delete(conn: &mut Conn, brand: BrandId, id: DeliveryId) -> Result<()> {
    sql("DELETE FROM attempt WHERE brand_id = $1 AND delivery_id = $2").bind(brand).bind(id).run(conn).await?;
    sql("DELETE FROM delivery WHERE brand_id = $1 AND id = $2").bind(brand).bind(id).must(conn).await
}
