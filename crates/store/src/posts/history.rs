//! What posts were: a row for each state that somebody saved.

use sarafan_domain::id::{BrandId, ChannelId, PostId};
use sarafan_domain::post::Content;
use sarafan_domain::post::history::Kept;

use crate::sql::{CHUNK, Fields, Sql, built, marks, sql};
use crate::{Conn, Result};

/// A state of a post.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionRow {
    /// Number, person and times.
    pub kept: Kept,
    /// The version that was brought back, where it was.
    pub restored: Option<i64>,
    /// Where it was to go.
    pub channels: Vec<ChannelId>,
    /// What was written.
    pub content: Content,
}

fn kept(f: &mut Fields<'_>) -> Result<Kept> {
    Ok(Kept { version: f.int()?, begun_at: f.at()?, saved_at: f.at()?, person: f.id()? })
}

fn read(f: &mut Fields<'_>) -> Result<VersionRow> {
    Ok(VersionRow { kept: kept(f)?, restored: f.int_opt()?, channels: f.json()?, content: f.json()? })
}

/// Which versions of a post there are, the oldest first.
///
/// # Errors
/// Only those of the database.
pub async fn versions(conn: &mut Conn, brand: BrandId, post: PostId) -> Result<Vec<Kept>> {
    sql("SELECT version, begun_at, saved_at, person_id FROM post_version WHERE brand_id = $1 AND post_id = $2 \
         ORDER BY version")
    .bind(brand)
    .bind(post)
    .all(conn, kept)
    .await
}

/// The newest versions before this one (all where there is none), the newest first.
///
/// # Errors
/// Only those of the database.
pub async fn history(
    conn: &mut Conn,
    brand: BrandId,
    post: PostId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<VersionRow>> {
    sql("SELECT version, begun_at, saved_at, person_id, restored, channels, content FROM post_version \
         WHERE brand_id = $1 AND post_id = $2 AND version < $3 ORDER BY version DESC LIMIT $4")
    .bind(brand)
    .bind(post)
    .bind(before.unwrap_or(i64::MAX))
    .bind(limit)
    .all(conn, read)
    .await
}

/// A version of a post.
///
/// # Errors
/// Not found.
pub async fn version(conn: &mut Conn, brand: BrandId, post: PostId, version: i64) -> Result<VersionRow> {
    sql("SELECT version, begun_at, saved_at, person_id, restored, channels, content FROM post_version \
         WHERE brand_id = $1 AND post_id = $2 AND version = $3")
    .bind(brand)
    .bind(post)
    .bind(version)
    .one(conn, read)
    .await
}

/// Keeps a version, in the place of those that are let go.
///
/// # Errors
/// Only those of the database.
pub async fn keep(conn: &mut Conn, brand: BrandId, post: PostId, row: &VersionRow, gone: &[i64]) -> Result<()> {
    for some in gone.chunks(CHUNK) {
        let text = format!(
            "DELETE FROM post_version WHERE brand_id = $1 AND post_id = $2 AND version IN ({})",
            marks(3, some.len())
        );
        some.iter().copied().fold(built(text).bind(brand).bind(post), Sql::bind).of_rows(some.len()).run(conn).await?;
    }
    sql("INSERT INTO post_version (brand_id, post_id, version, begun_at, saved_at, person_id, restored, channels, content) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(brand)
    .bind(post)
    .bind(row.kept.version)
    .bind(row.kept.begun_at)
    .bind(row.kept.saved_at)
    .bind(row.kept.person)
    .bind(row.restored)
    .json(&row.channels)?
    .json(&row.content)?
    .must(conn)
    .await
}

/// Lets all versions of a post go.
pub(super) async fn drop(conn: &mut Conn, brand: BrandId, post: PostId) -> Result<()> {
    sql("DELETE FROM post_version WHERE brand_id = $1 AND post_id = $2").bind(brand).bind(post).run(conn).await?;
    Ok(())
}
