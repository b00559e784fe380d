//! What went out, added up by the database: overviews of a brand with any number of posts. One narrow row per delivery is
//! kept current whenever numbers of it are recorded, so that nothing here looks at snapshots.
//!
//! Missing stays missing: a sum of nothing known is unknown, a rate without its denominator is none.

use sarafan_domain::id::{BrandId, DeliveryId, RubricId};
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use crate::sql::{Fields, built, sql};
use crate::{Conn, Result};

/// What was counted of the posts of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sums {
    /// How many went out, counted or not.
    pub posts: i64,
    /// Views.
    pub views: Option<f64>,
    /// Reactions.
    pub reactions: Option<f64>,
    /// Replies.
    pub replies: Option<f64>,
    /// Reposts.
    pub reposts: Option<f64>,
    /// Reactions, replies and reposts, as far as each is known.
    pub engagement: Option<f64>,
    /// Sum of the rates of single posts: engagement by the followers that their channel has now.
    pub rates: Option<f64>,
    /// How many posts have such a rate.
    pub rated: i64,
}

/// What a rubric brought in a stretch of time; `None` stands for posts without one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RubricSums {
    /// The rubric.
    pub rubric: Option<RubricId>,
    /// How many posts went out.
    pub posts: i64,
    /// Median engagement of those where it is known.
    pub engagement: Option<f64>,
}

/// As `domain::metric::engagement` has it: the sum of the parts that are known.
const ENGAGEMENT: &str = "CASE WHEN COALESCE(n.reactions, n.replies, n.reposts) IS NOT NULL THEN \
     COALESCE(n.reactions, 0) + COALESCE(n.replies, 0) + COALESCE(n.reposts, 0) END";

const REFRESH: &str = "INSERT INTO sent_numbers (brand_id, sent_at, delivery_id, channel_id, views, reactions, replies, \
     reposts) SELECT d.brand_id, d.sent_at, d.id, d.channel_id, \
     max(CASE WHEN l.metric = 'views' THEN l.value END), max(CASE WHEN l.metric = 'reactions' THEN l.value END), \
     max(CASE WHEN l.metric = 'replies' THEN l.value END), max(CASE WHEN l.metric = 'reposts' THEN l.value END) \
     FROM delivery d JOIN snapshot_latest l ON l.brand_id = d.brand_id AND l.subject_id = d.id \
     WHERE d.brand_id = $1 AND d.sent_at IS NOT NULL";
const OVER: &str = "GROUP BY d.brand_id, d.sent_at, d.id, d.channel_id ON CONFLICT (brand_id, sent_at, delivery_id) DO \
     UPDATE SET channel_id = excluded.channel_id, views = excluded.views, reactions = excluded.reactions, \
     replies = excluded.replies, reposts = excluded.reposts";

/// Brings the row of a delivery to what `snapshot_latest` says; nothing happens for any other subject.
pub(super) async fn refresh(conn: &mut Conn, brand: BrandId, subject: Uuid) -> Result<()> {
    built(format!("{REFRESH} AND d.id = $2 {OVER}")).bind(brand).bind(subject).run(conn).await.map(|_| ())
}

/// Derives all rows of a brand anew.
pub(super) async fn rebuild(conn: &mut Conn, brand: BrandId) -> Result<()> {
    sql("DELETE FROM sent_numbers WHERE brand_id = $1").bind(brand).run(conn).await?;
    built(format!("{REFRESH} {OVER}")).bind(brand).run(conn).await.map(|_| ())
}

/// What went out from `from` until before `to`, in stretches of `step` microseconds that are counted from `from`; those in
/// which nothing went out are absent.
///
/// # Errors
/// Only those of the database.
pub async fn sums(
    conn: &mut Conn,
    brand: BrandId,
    from: Timestamp,
    to: Timestamp,
    step: i64,
) -> Result<Vec<(i64, Sums)>> {
    let engine = conn.engine();
    // `$2` twice on SQLite would be no trouble, and PostgreSQL must know that it is a number.
    let part = "(d.sent_at - CAST($2 AS BIGINT)) / CAST($4 AS BIGINT)";
    let walk = engine.walk("delivery_sent");
    let counted = format!(
        "SELECT {part}, count(*) FROM delivery d{walk} WHERE d.brand_id = $1 AND d.sent_at >= $2 AND d.sent_at < $3 \
         GROUP BY {part} ORDER BY {part}"
    );
    let bound = |text: String| built(text).bind(brand).bind(from).bind(to).bind(step.max(1));
    let posts: Vec<(i64, i64)> = bound(counted).all(conn, |f| Ok((f.int()?, f.int()?))).await?;
    // First what one channel did in a stretch, then by the followers of each: one look-up per channel, not per post.
    let part = part.replace("d.", "n.");
    let text = format!(
        "SELECT part, sum(views), sum(reactions), sum(replies), sum(reposts), sum(engagement), \
         sum(CASE WHEN f.value > 0 THEN engagement / f.value END), \
         CAST(COALESCE(sum(CASE WHEN f.value > 0 THEN known END), 0) AS BIGINT) FROM (SELECT {part} AS part, n.channel_id, \
         sum(n.views) AS views, sum(n.reactions) AS reactions, sum(n.replies) AS replies, sum(n.reposts) AS reposts, \
         sum({ENGAGEMENT}) AS engagement, count({ENGAGEMENT}) AS known FROM sent_numbers n \
         WHERE n.brand_id = $1 AND n.sent_at >= $2 AND n.sent_at < $3 GROUP BY {part}, n.channel_id) walls \
         LEFT JOIN snapshot_latest f ON f.brand_id = $1 AND f.subject_id = walls.channel_id AND f.metric = 'followers' \
         GROUP BY part"
    );
    let counted = bound(text).all(conn, read).await?;
    Ok(posts
        .into_iter()
        .map(|(part, posts)| {
            let known = counted.iter().find(|(other, _)| *other == part).map(|(_, sums)| *sums).unwrap_or_default();
            (part, Sums { posts, ..known })
        })
        .collect())
}

fn read(f: &mut Fields<'_>) -> Result<(i64, Sums)> {
    let part = f.int()?;
    let sums = Sums {
        posts: 0,
        views: f.real_opt()?,
        reactions: f.real_opt()?,
        replies: f.real_opt()?,
        reposts: f.real_opt()?,
        engagement: f.real_opt()?,
        rates: f.real_opt()?,
        rated: f.int()?,
    };
    Ok((part, sums))
}

/// The deliveries with the most engagement and those with the least, at most `count` of each; one that is among the most
/// is never among the least.
///
/// # Errors
/// Only those of the database.
pub async fn extremes(
    conn: &mut Conn,
    brand: BrandId,
    from: Timestamp,
    to: Timestamp,
    count: usize,
) -> Result<(Vec<DeliveryId>, Vec<DeliveryId>)> {
    let within = format!(
        "FROM (SELECT n.delivery_id, n.sent_at, {ENGAGEMENT} AS engagement FROM sent_numbers n \
         WHERE n.brand_id = $1 AND n.sent_at >= $2 AND n.sent_at < $3) known WHERE engagement IS NOT NULL"
    );
    let bound = |text: String| built(text).bind(brand).bind(from).bind(to);
    let known = bound(format!("SELECT count(*) {within}")).one(conn, crate::sql::only::int).await?;
    let known = usize::try_from(known).unwrap_or(0);
    let best = count.min(known.div_ceil(2));
    let limit = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let ids = |order: &str| format!("SELECT delivery_id {within} ORDER BY {order} LIMIT $4");
    let most = bound(ids("engagement DESC, sent_at, delivery_id")).bind(limit(best)).all(conn, only_delivery).await?;
    let least = count.min(known - best);
    let least =
        bound(ids("engagement, sent_at DESC, delivery_id DESC")).bind(limit(least)).all(conn, only_delivery).await?;
    Ok((most, least))
}

fn only_delivery(f: &mut Fields<'_>) -> Result<DeliveryId> {
    f.id()
}

/// The latest posts from `from` until before `to` with their engagement, the last first, at most `limit`.
///
/// # Errors
/// Only those of the database.
pub async fn engagements(
    conn: &mut Conn,
    brand: BrandId,
    from: Timestamp,
    to: Timestamp,
    limit: i64,
) -> Result<Vec<(Timestamp, Option<f64>)>> {
    built(format!(
        "SELECT n.sent_at, {ENGAGEMENT} FROM sent_numbers n WHERE n.brand_id = $1 AND n.sent_at >= $2 AND n.sent_at < $3 \
         ORDER BY n.sent_at DESC LIMIT $4"
    ))
    .bind(brand)
    .bind(from)
    .bind(to)
    .bind(limit)
    .all(conn, |f| Ok((f.at()?, f.real_opt()?)))
    .await
}

/// What each rubric brought from `from` until before `to`.
///
/// # Errors
/// Only those of the database.
pub async fn rubrics(conn: &mut Conn, brand: BrandId, from: Timestamp, to: Timestamp) -> Result<Vec<RubricSums>> {
    let walk = conn.engine().walk("delivery_sent");
    // The unknown come last, so that the known ones are numbered from 1 to `known`.
    built(format!(
        "SELECT rubric_id, count(*), avg(CASE WHEN place = (known + 1) / 2 OR place = (known + 2) / 2 THEN engagement END) \
         FROM (SELECT rubric_id, engagement, count(engagement) OVER (PARTITION BY rubric_id) AS known, \
         row_number() OVER (PARTITION BY rubric_id ORDER BY (engagement IS NULL), engagement) AS place \
         FROM (SELECT p.rubric_id, {ENGAGEMENT} AS engagement FROM delivery d{walk} \
         LEFT JOIN post p ON p.brand_id = d.brand_id AND p.id = d.post_id \
         LEFT JOIN sent_numbers n ON n.brand_id = d.brand_id AND n.sent_at = d.sent_at AND n.delivery_id = d.id \
         WHERE d.brand_id = $1 AND d.sent_at >= $2 AND d.sent_at < $3) sent) placed GROUP BY rubric_id"
    ))
    .bind(brand)
    .bind(from)
    .bind(to)
    .all(conn, |f| Ok(RubricSums { rubric: f.id_opt()?, posts: f.int()?, engagement: f.real_opt()? }))
    .await
}
