//! Questions an import and a first page ask of all posts at once.

use std::collections::{BTreeMap, BTreeSet};

use sarafan_domain::id::{BrandId, PostId};
use sarafan_domain::post::{Content, PostState};

use crate::sql::{CHUNK, Sql, built, marks, only, sql};
use crate::{Conn, Result};

/// Which of these keys (ids of plan rows) a brand has already.
///
/// # Errors
/// Only those of the database.
pub async fn known_keys(conn: &mut Conn, brand: BrandId, keys: &[String]) -> Result<BTreeSet<String>> {
    let mut known = BTreeSet::new();
    for some in keys.chunks(CHUNK) {
        let text = format!("SELECT key FROM post WHERE brand_id = $1 AND key IN ({})", marks(2, some.len()));
        let statement = some.iter().fold(built(text).bind(brand), Sql::bind);
        known.extend(statement.of_rows(some.len()).all(conn, only::text).await?);
    }
    Ok(known)
}

/// How many posts in this state have problems.
///
/// # Errors
/// Only those of the database.
pub async fn count_with_problems(conn: &mut Conn, brand: BrandId, state: PostState) -> Result<i64> {
    sql("SELECT COUNT(*) FROM post WHERE brand_id = $1 AND state = $2 AND problems > 0")
        .bind(brand)
        .bind(state.code())
        .one(conn, only::int)
        .await
}

/// What is written in these posts; posts that are gone are left out.
///
/// # Errors
/// Only those of the database.
pub async fn contents(conn: &mut Conn, brand: BrandId, posts: &[PostId]) -> Result<BTreeMap<PostId, Content>> {
    let mut all = BTreeMap::new();
    for some in posts.chunks(CHUNK) {
        let text = format!("SELECT id, content FROM post WHERE brand_id = $1 AND id IN ({})", marks(2, some.len()));
        let statement = some.iter().fold(built(text).bind(brand), |statement, id| statement.bind(*id));
        all.extend(statement.of_rows(some.len()).all(conn, |f| Ok((f.id()?, f.json()?))).await?);
    }
    Ok(all)
}
