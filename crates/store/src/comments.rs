//! Comments: what people wrote under posts, as the networks told it, and how far a channel's news were read. Answering
//! and assigning them is not here.

use std::collections::HashMap;

use sarafan_domain::id::{BrandId, ChannelId, DeliveryId, PostId};
use sarafan_domain::time::Timestamp;

use crate::sql::{CHUNK, Fields, built, marks, only, sql};
use crate::{Conn, Result};

/// One comment.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentRow {
    /// On which channel.
    pub channel: ChannelId,
    /// The network's id of it.
    pub external_id: String,
    /// What it stands under; `None` where it answers nothing of ours.
    pub under: Option<Under>,
    /// The network's id of what it answers.
    pub parent: Option<String>,
    /// Who wrote it, as people see it.
    pub author: String,
    /// The author's id over there.
    pub author_id: String,
    /// Plain text.
    pub text: String,
    /// Where it can be seen.
    pub url: Option<String>,
    /// When it was written.
    pub at: Timestamp,
    /// Written by the channel itself.
    pub own: bool,
}

/// What a comment stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Under {
    /// The post.
    pub post: PostId,
    /// As it went to this channel.
    pub delivery: DeliveryId,
}

fn read(f: &mut Fields<'_>) -> Result<CommentRow> {
    Ok(CommentRow {
        channel: f.id()?,
        external_id: f.text()?,
        under: {
            let (post, delivery): (Option<PostId>, Option<DeliveryId>) = (f.id_opt()?, f.id_opt()?);
            post.zip(delivery).map(|(post, delivery)| Under { post, delivery })
        },
        parent: f.text_opt()?,
        author: f.text()?,
        author_id: f.text()?,
        text: f.text()?,
        url: f.text_opt()?,
        at: f.at()?,
        own: f.flag()?,
    })
}

const COLUMNS: &str = "channel_id, external_id, post_id, delivery_id, parent, author, author_id, text, url, at, own";

/// Writes a comment; one that is known gets its newest words. `true` where it was not known.
///
/// # Errors
/// Only those of the database.
pub async fn put(conn: &mut Conn, brand: BrandId, row: &CommentRow) -> Result<bool> {
    let known = sql("UPDATE comment SET author = $4, text = $5, url = $6 \
                     WHERE brand_id = $1 AND channel_id = $2 AND external_id = $3")
    .bind(brand)
    .bind(row.channel)
    .bind(&row.external_id)
    .bind(&row.author)
    .bind(&row.text)
    .bind(row.url.as_ref())
    .run(conn)
    .await?;
    if known > 0 {
        return Ok(false);
    }
    sql("INSERT INTO comment (brand_id, channel_id, external_id, post_id, delivery_id, parent, author, author_id, \
         text, url, at, own) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(brand)
    .bind(row.channel)
    .bind(&row.external_id)
    .bind(row.under.map(|under| under.post))
    .bind(row.under.map(|under| under.delivery))
    .bind(row.parent.as_ref())
    .bind(&row.author)
    .bind(&row.author_id)
    .bind(&row.text)
    .bind(row.url.as_ref())
    .bind(row.at)
    .bind(row.own)
    .must(conn)
    .await?;
    Ok(true)
}

/// Where a page of comments ended: time, channel and the network's id of its last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// When the last one was written.
    pub at: Timestamp,
    /// On which channel.
    pub channel: ChannelId,
    /// Its id over there.
    pub external_id: String,
}

/// Comments under a post on all its channels, the oldest first, and where the next page begins.
///
/// # Errors
/// Only those of the database.
pub async fn of_post(
    conn: &mut Conn,
    brand: BrandId,
    post: PostId,
    after: Option<&After>,
    limit: usize,
) -> Result<(Vec<CommentRow>, Option<After>)> {
    let begin = if after.is_some() { " AND (at, channel_id, external_id) > ($4, $5, $6)" } else { "" };
    let text = format!(
        "SELECT {COLUMNS} FROM comment WHERE brand_id = $1 AND post_id = $2{begin} \
         ORDER BY at, channel_id, external_id LIMIT $3"
    );
    let mut statement = built(text).bind(brand).bind(post).bind(crate::paging::one_more(limit));
    if let Some(after) = after {
        statement = statement.bind(after.at).bind(after.channel).bind(&after.external_id);
    }
    let mut rows = statement.all(conn, read).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| After { at: row.at, channel: row.channel, external_id: row.external_id.clone() });
    Ok((rows, next))
}

/// How many comments of others stand under a delivery.
///
/// # Errors
/// Only those of the database.
pub async fn count(conn: &mut Conn, brand: BrandId, delivery: DeliveryId) -> Result<i64> {
    sql("SELECT count(*) FROM comment WHERE brand_id = $1 AND delivery_id = $2 AND own = 0")
        .bind(brand)
        .bind(delivery)
        .one(conn, only::int)
        .await
}

/// What things of a channel stand under, by the network's ids: a post itself, or a comment.
///
/// # Errors
/// Only those of the database.
pub async fn under(
    conn: &mut Conn,
    brand: BrandId,
    channel: ChannelId,
    ids: &[&str],
) -> Result<HashMap<String, Under>> {
    let mut found = HashMap::new();
    // A comment of the same id as a post would be overwritten by the post.
    for source in ["post_id, delivery_id FROM comment", "post_id, id FROM delivery"] {
        for some in ids.chunks(CHUNK) {
            let text = format!(
                "SELECT external_id, {source} WHERE brand_id = $1 AND channel_id = $2 AND external_id IN ({})",
                marks(3, some.len())
            );
            let statement =
                some.iter().fold(built(text).bind(brand).bind(channel), |statement, id| statement.bind(*id));
            let rows = statement
                .of_rows(some.len())
                .all(conn, |f| Ok((f.text()?, f.id_opt::<PostId>()?, f.id_opt::<DeliveryId>()?)))
                .await?;
            found.extend(
                rows.into_iter()
                    .filter_map(|(id, post, delivery)| Some((id, Under { post: post?, delivery: delivery? }))),
            );
        }
    }
    Ok(found)
}

/// How far the news of a channel were read.
///
/// # Errors
/// Only those of the database.
pub async fn cursor(conn: &mut Conn, brand: BrandId, channel: ChannelId) -> Result<Option<String>> {
    sql("SELECT cursor FROM channel_news WHERE brand_id = $1 AND channel_id = $2")
        .bind(brand)
        .bind(channel)
        .optional(conn, only::text)
        .await
}

/// The news of a channel were read as far as this.
///
/// # Errors
/// Only those of the database.
pub async fn set_cursor(conn: &mut Conn, brand: BrandId, channel: ChannelId, cursor: &str) -> Result<()> {
    sql("INSERT INTO channel_news (brand_id, channel_id, cursor) VALUES ($1, $2, $3) \
         ON CONFLICT (brand_id, channel_id) DO UPDATE SET cursor = excluded.cursor")
    .bind(brand)
    .bind(channel)
    .bind(cursor)
    .must(conn)
    .await
}
