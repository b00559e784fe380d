//! Posts of the content plan: one row each, with the tags that lists are filtered by. Lists are in `list`.

use sarafan_domain::id::{AssetId, BrandId, ChannelId, PersonId, PostId, SeriesId};
use sarafan_domain::post::{Content, PostState};
use sarafan_domain::schedule::{Mode, RepeatRule, Schedule};
use sarafan_domain::time::Timestamp;

use crate::sql::{CHUNK, Fields, Sql, built, marks, only, sql};
use crate::{Conn, Result, StoreError};

mod history;
mod keys;
mod list;
mod page;
mod words;

pub use history::{VersionRow, history, keep, version, versions};
pub use keys::{contents, count_with_problems, known_keys};
pub use list::{PostBriefRow, PostFilter, Sort, briefs, calendar, list};

/// A post.
#[derive(Debug, Clone, PartialEq)]
pub struct PostRow {
    /// Its id.
    pub id: PostId,
    /// Whose.
    pub brand: BrandId,
    /// Counts up with every change by a person.
    pub version: i64,
    /// Id of the row in the plan file it came from; unique in the brand.
    pub key: Option<String>,
    /// Where it stands.
    pub state: PostState,
    /// What the author wrote.
    pub content: Content,
    /// Where it goes.
    pub channels: Vec<ChannelId>,
    /// When it goes, on the wall.
    pub schedule: Option<Schedule>,
    /// The instant of `schedule`; what lists are ordered by.
    pub due_at: Option<Timestamp>,
    /// How it repeats.
    pub repeat: Option<RepeatRule>,
    /// The repeating post it belongs to.
    pub series: Option<SeriesId>,
    /// How many problems were found when it was last checked.
    pub problems: i64,
    /// Who wrote it.
    pub author: PersonId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When a person last changed it.
    pub updated_at: Timestamp,
}

/// Where undated posts stand in the order by time: after all others.
const UNDATED: i64 = i64::MAX;

fn due(at: Option<Timestamp>) -> i64 {
    at.map_or(UNDATED, Timestamp::as_microsecond)
}

fn due_of(f: &mut Fields<'_>) -> Result<Option<Timestamp>> {
    match f.int()? {
        UNDATED => Ok(None),
        at => crate::sql::instant(at).map(Some),
    }
}

fn mode_code(mode: Mode) -> &'static str {
    match mode {
        Mode::At => "at",
        Mode::Slot => "slot",
    }
}

fn schedule(f: &mut Fields<'_>) -> Result<Option<Schedule>> {
    let (mode, wall, zone) = (f.text_opt()?, f.text_opt()?, f.text_opt()?);
    let (Some(mode), Some(wall), Some(zone)) = (mode, wall, zone) else { return Ok(None) };
    let mode = [Mode::At, Mode::Slot].into_iter().find(|known| mode_code(*known) == mode);
    Ok(Some(Schedule {
        mode: mode.ok_or_else(|| StoreError::unreadable("a mode"))?,
        wall: wall.parse().map_err(|_| StoreError::unreadable(&wall))?,
        zone,
    }))
}

/// The first line with something in it, for lists; at most 120 characters.
pub fn title(content: &Content) -> String {
    let line = content.text.lines().map(str::trim).find(|line| !line.is_empty() && *line != "---").unwrap_or_default();
    line.chars().take(120).collect()
}

/// The tag of posts that show this asset.
pub(crate) fn asset_tag(id: AssetId) -> String {
    format!("asset:{id}")
}

fn channel_tag(id: ChannelId) -> String {
    format!("channel:{id}")
}

fn series_tag(id: SeriesId) -> String {
    format!("series:{id}")
}

/// Everything that posts are found by, in order and without repeats.
fn tags(post: &PostRow) -> Vec<String> {
    let content = &post.content;
    let own = content.media.iter();
    let media = own.chain(content.variants.iter().filter_map(|patch| patch.media.as_ref()).flatten());
    let mut tags: Vec<String> = media.map(|media| asset_tag(media.asset)).collect();
    tags.extend(post.channels.iter().map(|id| channel_tag(*id)));
    tags.extend(content.labels.iter().map(|label| format!("label:{label}")));
    tags.extend(content.rubric.map(|id| format!("rubric:{id}")));
    tags.extend(Some(&content.campaign).filter(|name| !name.is_empty()).map(|name| format!("campaign:{name}")));
    tags.extend(post.series.map(series_tag));
    tags.sort();
    tags.dedup();
    tags
}

/// Binds everything but the version, as `$1` to `$24`.
fn bound(text: &'static str, post: &PostRow, tags: &[String]) -> Result<Sql> {
    let content = &post.content;
    let schedule = post.schedule.as_ref();
    Ok(sql(text)
        .bind(post.brand)
        .bind(post.id)
        .bind(post.key.as_ref())
        .bind(post.state.code())
        .bind(due(post.due_at))
        .bind(schedule.map(|schedule| mode_code(schedule.mode)))
        .bind(schedule.map(|schedule| schedule.wall))
        .bind(schedule.map(|schedule| &schedule.zone))
        .bind(title(content))
        .bind(content.rubric)
        .bind(&content.campaign)
        .bind(&content.language)
        .json(&content.labels)?
        .json(&post.channels)?
        .bind(content.media.first().map(|media| media.asset))
        .bind(post.problems)
        .bind(post.author)
        .bind(post.series)
        .bind(post.created_at)
        .bind(post.updated_at)
        .json(tags)?
        .json_opt(post.repeat.as_ref())?
        .json(content)?
        .bind(words::of(post)))
}

async fn put_tags(conn: &mut Conn, brand: BrandId, id: PostId, due: i64, tags: &[String]) -> Result<()> {
    if tags.is_empty() {
        return Ok(());
    }
    let text = format!("INSERT INTO post_tag (brand_id, due_at, post_id, tag) VALUES {}", tag_rows(tags.len()));
    let statement = built(text).bind(brand).bind(due).bind(id);
    tags.iter().fold(statement, Sql::bind).must(conn).await
}

fn tag_rows(count: usize) -> String {
    (4..4 + count).map(|n| format!("($1, $2, $3, ${n})")).collect::<Vec<_>>().join(", ")
}

/// The row itself says which tags it has: an index from posts to tags would cost every insert.
async fn drop_tags(conn: &mut Conn, brand: BrandId, id: PostId) -> Result<()> {
    let (due, tags) = sql("SELECT due_at, tags FROM post WHERE brand_id = $1 AND id = $2")
        .bind(brand)
        .bind(id)
        .one(conn, |f| Ok((f.int()?, f.json::<Vec<String>>()?)))
        .await?;
    if tags.is_empty() {
        return Ok(());
    }
    let text = format!(
        "DELETE FROM post_tag WHERE brand_id = $1 AND due_at = $2 AND post_id = $3 AND tag IN ({})",
        marks(4, tags.len())
    );
    let statement = built(text).bind(brand).bind(due).bind(id);
    tags.into_iter().fold(statement, Sql::bind).run(conn).await.map(|_| ())
}

/// Adds a post; its version is taken as it is.
///
/// # Errors
/// Conflict `key` where the brand has a post with that key.
pub async fn insert(conn: &mut Conn, post: &PostRow) -> Result<()> {
    let tags = tags(post);
    bound(
        "INSERT INTO post (brand_id, id, key, state, due_at, mode, wall, zone, title, rubric_id, campaign, language, \
         labels, channels, thumb, problems, author_id, series_id, created_at, updated_at, tags, repeat, content, \
         words, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
         $19, $20, $21, $22, $23, $24, $25)",
        post,
        &tags,
    )?
    .bind(post.version)
    .must(conn)
    .await?;
    words::put(conn, post.brand, post.id).await?;
    put_tags(conn, post.brand, post.id, due(post.due_at), &tags).await
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, brand_id, version, key, state, content, channels, mode, wall, zone, due_at, repeat, ",
            "series_id, problems, author_id, created_at, updated_at FROM post ",
            $rest
        )
    };
}

fn read(f: &mut Fields<'_>) -> Result<PostRow> {
    Ok(PostRow {
        id: f.id()?,
        brand: f.id()?,
        version: f.int()?,
        key: f.text_opt()?,
        state: f.code(PostState::parse)?,
        content: f.json()?,
        channels: f.json()?,
        schedule: schedule(f)?,
        due_at: due_of(f)?,
        repeat: f.json_opt()?,
        series: f.id_opt()?,
        problems: f.int()?,
        author: f.id()?,
        created_at: f.at()?,
        updated_at: f.at()?,
    })
}

/// One post.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, id: PostId) -> Result<PostRow> {
    sql(select!("WHERE brand_id = $1 AND id = $2")).bind(brand).bind(id).one(conn, read).await
}

/// Some posts, in no order; those that are gone are left out.
///
/// # Errors
/// Only those of the database.
pub async fn some(conn: &mut Conn, brand: BrandId, ids: &[PostId]) -> Result<Vec<PostRow>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(CHUNK) {
        let text = format!("{} AND id IN ({})", select!("WHERE brand_id = $1"), marks(2, part.len()));
        let statement = part.iter().fold(built(text).bind(brand), |statement, id| statement.bind(*id));
        found.extend(statement.of_rows(part.len()).all(conn, read).await?);
    }
    Ok(found)
}

/// The post that came from this row of a plan file.
///
/// # Errors
/// Only those of the database.
pub async fn by_key(conn: &mut Conn, brand: BrandId, key: &str) -> Result<Option<PostRow>> {
    sql(select!("WHERE brand_id = $1 AND key = $2")).bind(brand).bind(key).optional(conn, read).await
}

/// The ids of a repeating post and its copies, the first due first.
///
/// # Errors
/// Only those of the database.
pub async fn of_series(conn: &mut Conn, brand: BrandId, series: SeriesId) -> Result<Vec<PostId>> {
    sql("SELECT post_id FROM post_tag WHERE brand_id = $1 AND tag = $2 ORDER BY due_at, post_id")
        .bind(brand)
        .bind(series_tag(series))
        .all(conn, only::id)
        .await
}

/// Saves a changed post as the version after `expected`, which it returns.
///
/// # Errors
/// Not found; conflict `version` where somebody saved it since; conflict `key`.
pub async fn update(conn: &mut Conn, post: &PostRow, expected: i64) -> Result<i64> {
    let tags = tags(post);
    drop_tags(conn, post.brand, post.id).await?;
    words::drop(conn, post.brand, post.id).await?;
    let changed = bound(
        "UPDATE post SET key = $3, state = $4, due_at = $5, mode = $6, wall = $7, zone = $8, title = $9, \
         rubric_id = $10, campaign = $11, language = $12, labels = $13, channels = $14, thumb = $15, problems = $16, \
         author_id = $17, series_id = $18, created_at = $19, updated_at = $20, tags = $21, repeat = $22, \
         content = $23, words = $24, version = $25 + 1 WHERE brand_id = $1 AND id = $2 AND version = $25",
        post,
        &tags,
    )?
    .bind(expected)
    .run(conn)
    .await?;
    if changed == 0 {
        return Err(StoreError::Conflict { what: "version" });
    }
    words::put(conn, post.brand, post.id).await?;
    put_tags(conn, post.brand, post.id, due(post.due_at), &tags).await?;
    Ok(expected.saturating_add(1))
}

/// Says where a post stands, without a new version: nobody's edit is lost by it.
///
/// # Errors
/// Not found.
pub async fn set_state(conn: &mut Conn, brand: BrandId, id: PostId, state: PostState) -> Result<()> {
    sql("UPDATE post SET state = $3 WHERE brand_id = $1 AND id = $2")
        .bind(brand)
        .bind(id)
        .bind(state.code())
        .must(conn)
        .await
}

/// Removes a post with its deliveries and their attempts; whether that may be is the caller's matter.
///
/// # Errors
/// Not found.
pub async fn delete(conn: &mut Conn, brand: BrandId, id: PostId) -> Result<()> {
    drop_tags(conn, brand, id).await?;
    words::drop(conn, brand, id).await?;
    history::drop(conn, brand, id).await?;
    sql("DELETE FROM attempt WHERE brand_id = $1 AND delivery_id IN \
         (SELECT id FROM delivery WHERE brand_id = $1 AND post_id = $2)")
    .bind(brand)
    .bind(id)
    .run(conn)
    .await?;
    sql("DELETE FROM delivery WHERE brand_id = $1 AND post_id = $2").bind(brand).bind(id).run(conn).await?;
    sql("DELETE FROM comment WHERE brand_id = $1 AND post_id = $2").bind(brand).bind(id).run(conn).await?;
    sql("DELETE FROM note WHERE brand_id = $1 AND post_id = $2").bind(brand).bind(id).run(conn).await?;
    crate::approvals::delete(conn, brand, id).await?;
    sql("DELETE FROM post WHERE brand_id = $1 AND id = $2").bind(brand).bind(id).must(conn).await
}

/// The labels that posts of the brand carry, by name.
///
/// # Errors
/// Only those of the database.
pub async fn labels(conn: &mut Conn, brand: BrandId) -> Result<Vec<String>> {
    // One step per label and not one per post: from each label to the next greater one.
    let text = "WITH RECURSIVE step (tag) AS (\
                SELECT min(tag) FROM post_tag WHERE brand_id = $1 AND tag >= 'label:' AND tag < 'label;' \
                UNION ALL SELECT (SELECT min(t.tag) FROM post_tag t WHERE t.brand_id = $1 AND t.tag > step.tag \
                AND t.tag < 'label;') FROM step WHERE step.tag IS NOT NULL) \
                SELECT tag FROM step WHERE tag IS NOT NULL ORDER BY tag";
    let tags = sql(text).bind(brand).all(conn, only::text).await?;
    Ok(tags.into_iter().filter_map(|tag| tag.strip_prefix("label:").map(str::to_owned)).collect())
}
