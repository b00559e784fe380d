//! The media library: what is known of each file. The bytes are in `blobs`.

use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::id::{AssetId, BrandId, PersonId, PostId};
use sarafan_domain::post::PostState;
use sarafan_domain::time::Timestamp;

use crate::paging::{Cursor, cut, one_more};
use crate::sql::{CHUNK, Fields, Sql, built, like, marks, only, sql};
use crate::{Conn, Result, StoreError, posts};

/// A file of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct AssetRow {
    /// What was read from the file itself; holds the id.
    pub facts: AssetFacts,
    /// Its name, for people.
    pub name: String,
    /// The folder; empty for the top.
    pub folder: String,
    /// Free labels.
    pub labels: Vec<String>,
    /// What it shows, for people who cannot see it; the default for posts.
    pub alt: String,
    /// Where it comes from.
    pub source: String,
    /// Who allowed what.
    pub rights: String,
    /// Of the bytes, in hex: the same bytes twice are the same asset.
    pub sha256: String,
    /// Key of the bytes in `blobs`.
    pub blob: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: PersonId,
}

/// Which assets to list.
#[derive(Debug, Clone, Default)]
pub struct AssetFilter {
    /// Part of the name, the alternative text, the source or a label; any case.
    pub q: Option<String>,
    /// In this folder.
    pub folder: Option<String>,
    /// With this label.
    pub label: Option<String>,
    /// Of this kind.
    pub kind: Option<AssetKind>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.kind, a.mime, a.bytes, a.width, a.height, a.seconds, a.name, a.folder, a.labels, a.alt, ",
            "a.source, a.rights, a.sha256, a.blob, a.created_at, a.created_by FROM asset a ",
            $rest
        )
    };
}

fn read(f: &mut Fields<'_>) -> Result<AssetRow> {
    Ok(AssetRow {
        facts: AssetFacts {
            id: f.id()?,
            kind: f.code(AssetKind::parse)?,
            mime: f.text()?,
            bytes: f.count()?,
            width: f.count()?,
            height: f.count()?,
            seconds: f.real_opt()?,
        },
        name: f.text()?,
        folder: f.text()?,
        labels: f.json()?,
        alt: f.text()?,
        source: f.text()?,
        rights: f.text()?,
        sha256: f.text()?,
        blob: f.text()?,
        created_at: f.at()?,
        created_by: f.id()?,
    })
}

/// Binds what a person can change, after brand and id: `$3` to `$9`.
fn bind_words(statement: Sql, asset: &AssetRow) -> Result<Sql> {
    let search = [&asset.name, &asset.alt, &asset.source].map(|text| text.to_lowercase()).join("\n");
    let labels = asset.labels.join("\n").to_lowercase();
    Ok(statement
        .bind(&asset.name)
        .bind(&asset.folder)
        .json(&asset.labels)?
        .bind(&asset.alt)
        .bind(&asset.source)
        .bind(&asset.rights)
        .bind(format!("{search}\n{labels}")))
}

async fn put_labels(conn: &mut Conn, brand: BrandId, asset: &AssetRow) -> Result<()> {
    let mut labels = asset.labels.clone();
    labels.sort();
    labels.dedup();
    for label in labels {
        sql("INSERT INTO asset_label (brand_id, label, created_at, asset_id) VALUES ($1, $2, $3, $4)")
            .bind(brand)
            .bind(label)
            .bind(asset.created_at)
            .bind(asset.facts.id)
            .must(conn)
            .await?;
    }
    Ok(())
}

/// The labels are told by the row that is in the table: no index leads from an asset to them.
async fn drop_labels(conn: &mut Conn, brand: BrandId, id: AssetId) -> Result<()> {
    let old = get(conn, brand, id).await?;
    for label in old.labels {
        sql("DELETE FROM asset_label WHERE brand_id = $1 AND label = $2 AND created_at = $3 AND asset_id = $4")
            .bind(brand)
            .bind(label)
            .bind(old.created_at)
            .bind(id)
            .run(conn)
            .await?;
    }
    Ok(())
}

/// Adds an asset whose bytes are already in `blobs`.
///
/// # Errors
/// Conflict `file` where the brand has a file with the same bytes.
pub async fn insert(conn: &mut Conn, brand: BrandId, asset: &AssetRow) -> Result<()> {
    let facts = &asset.facts;
    let bytes = i64::try_from(facts.bytes).unwrap_or(i64::MAX);
    let statement = sql(
        "INSERT INTO asset (brand_id, id, name, folder, labels, alt, source, rights, search, kind, mime, bytes, width, \
         height, seconds, sha256, blob, created_at, created_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    );
    bind_words(statement.bind(brand).bind(facts.id), asset)?
        .bind(facts.kind.code())
        .bind(&facts.mime)
        .bind(bytes)
        .bind(facts.width)
        .bind(facts.height)
        .bind(facts.seconds)
        .bind(&asset.sha256)
        .bind(&asset.blob)
        .bind(asset.created_at)
        .bind(asset.created_by)
        .must(conn)
        .await?;
    put_labels(conn, brand, asset).await
}

/// One asset.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, id: AssetId) -> Result<AssetRow> {
    sql(select!("WHERE a.brand_id = $1 AND a.id = $2")).bind(brand).bind(id).one(conn, read).await
}

/// Those of the assets that the brand has, in the order asked for.
///
/// # Errors
/// Only those of the database.
pub async fn get_many(conn: &mut Conn, brand: BrandId, ids: &[AssetId]) -> Result<Vec<AssetRow>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(CHUNK) {
        let text = format!("{} ({})", select!("WHERE a.brand_id = $1 AND a.id IN"), marks(2, some.len()));
        let statement =
            some.iter().fold(built(text).bind(brand), |statement, id| statement.bind(*id)).of_rows(some.len());
        found.extend(statement.all(conn, read).await?);
    }
    Ok(ids.iter().filter_map(|id| found.iter().find(|asset| asset.facts.id == *id).cloned()).collect())
}

/// The asset with these bytes.
///
/// # Errors
/// Only those of the database.
pub async fn by_hash(conn: &mut Conn, brand: BrandId, sha256: &str) -> Result<Option<AssetRow>> {
    sql(select!("WHERE a.brand_id = $1 AND a.sha256 = $2")).bind(brand).bind(sha256).optional(conn, read).await
}

/// Saves name, folder, labels, alternative text, source and rights.
///
/// # Errors
/// Not found.
pub async fn update(conn: &mut Conn, brand: BrandId, asset: &AssetRow) -> Result<()> {
    drop_labels(conn, brand, asset.facts.id).await?;
    let statement = sql("UPDATE asset SET name = $3, folder = $4, labels = $5, alt = $6, source = $7, rights = $8, \
                         search = $9 WHERE brand_id = $1 AND id = $2");
    bind_words(statement.bind(brand).bind(asset.facts.id), asset)?.must(conn).await?;
    put_labels(conn, brand, asset).await
}

/// Removes an asset; its bytes are the caller's matter.
///
/// # Errors
/// Not found; conflict `in use` while a post that is still to go out shows it.
pub async fn delete(conn: &mut Conn, brand: BrandId, id: AssetId) -> Result<()> {
    let done = [PostState::Sent, PostState::Deleted, PostState::Cancelled].map(PostState::code);
    let used = sql("SELECT p.id FROM post_tag t CROSS JOIN post p WHERE t.brand_id = $1 AND t.tag = $2 \
                    AND p.brand_id = t.brand_id AND p.id = t.post_id AND p.state NOT IN ($3, $4, $5) LIMIT 1")
    .bind(brand)
    .bind(posts::asset_tag(id))
    .bind(done[0])
    .bind(done[1])
    .bind(done[2])
    .optional(conn, only::id::<PostId>)
    .await?;
    if used.is_some() {
        return Err(StoreError::Conflict { what: "in use" });
    }
    drop_labels(conn, brand, id).await?;
    sql("DELETE FROM asset WHERE brand_id = $1 AND id = $2").bind(brand).bind(id).must(conn).await
}

/// A page of assets, newest first.
///
/// # Errors
/// Only those of the database.
pub async fn list(
    conn: &mut Conn,
    brand: BrandId,
    filter: &AssetFilter,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<AssetRow>, Option<Cursor>)> {
    let from = cursor.unwrap_or(Cursor { at: i64::MAX, id: uuid::Uuid::max() });
    // A label leads by its own table, everything else by the asset's own keys.
    let (table, key) = match &filter.label {
        Some(_) => ("FROM asset_label l CROSS JOIN asset a", "(l.created_at, l.asset_id)"),
        None => ("FROM asset a", "(a.created_at, a.id)"),
    };
    let mut text = select!("").replace("FROM asset a", table);
    text.push_str(&format!(
        "WHERE {}.brand_id = $1 AND {key} < ($2, $3)",
        if filter.label.is_some() { "l" } else { "a" }
    ));
    let mut values = Vec::new();
    let mut add = |piece: &str, value: Option<String>| {
        if let Some(value) = value {
            values.push(value);
            text.push_str(&piece.replace('#', &format!("${}", values.len() + 3)));
        }
    };
    add(" AND l.label = # AND a.brand_id = l.brand_id AND a.id = l.asset_id", filter.label.clone());
    add(" AND a.folder = #", filter.folder.clone());
    add(" AND a.kind = #", filter.kind.map(|kind| kind.code().to_owned()));
    add(" AND a.search LIKE # ESCAPE '!'", filter.q.as_deref().map(like));
    let [at, id] = key.trim_matches(['(', ')']).split(", ").collect::<Vec<_>>().try_into().unwrap_or(["", ""]);
    text.push_str(&format!(" ORDER BY {at} DESC, {id} DESC LIMIT ${}", values.len() + 4));
    let statement = built(text).bind(brand).bind(from.at).bind(from.id);
    let statement = values.into_iter().fold(statement, Sql::bind);
    let rows = statement.bind(one_more(limit)).all(conn, read).await?;
    Ok(cut(rows, limit, |row| Cursor { at: row.created_at.as_microsecond(), id: row.facts.id.0 }))
}

/// The folders that hold something, and how many files each, by name.
///
/// # Errors
/// Only those of the database.
pub async fn folders(conn: &mut Conn, brand: BrandId) -> Result<Vec<(String, i64)>> {
    sql("SELECT folder, count(*) FROM asset WHERE brand_id = $1 GROUP BY folder ORDER BY folder")
        .bind(brand)
        .all(conn, |f| Ok((f.text()?, f.int()?)))
        .await
}

/// The labels in use, by name.
///
/// # Errors
/// Only those of the database.
pub async fn labels(conn: &mut Conn, brand: BrandId) -> Result<Vec<String>> {
    sql("SELECT DISTINCT label FROM asset_label WHERE brand_id = $1 ORDER BY label")
        .bind(brand)
        .all(conn, only::text)
        .await
}

/// How many posts show each of the assets; those that none shows are absent.
///
/// # Errors
/// Only those of the database.
pub async fn use_counts(conn: &mut Conn, brand: BrandId, ids: &[AssetId]) -> Result<Vec<(AssetId, i64)>> {
    let mut counts = Vec::new();
    for id in ids {
        let count = sql("SELECT count(*) FROM post_tag WHERE brand_id = $1 AND tag = $2")
            .bind(brand)
            .bind(posts::asset_tag(*id))
            .one(conn, only::int)
            .await?;
        if count > 0 {
            counts.push((*id, count));
        }
    }
    Ok(counts)
}
