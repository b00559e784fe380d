//! Content categories of a brand.

use sarafan_domain::brand::Rubric;
use sarafan_domain::id::{BrandId, RubricId};

use crate::sql::{Fields, sql};
use crate::{Conn, Result};

fn read(f: &mut Fields<'_>) -> Result<Rubric> {
    Ok(Rubric {
        id: f.id()?,
        key: f.text()?,
        name: f.text()?,
        purpose: f.text()?,
        color: f.int()?,
        target_share: f.int_opt()?,
    })
}

/// The rubrics in the order they were added.
///
/// # Errors
/// Only those of the database.
pub async fn list(conn: &mut Conn, brand: BrandId) -> Result<Vec<Rubric>> {
    sql("SELECT id, key, name, purpose, color, target_share FROM rubric WHERE brand_id = $1 ORDER BY place, id")
        .bind(brand)
        .all(conn, read)
        .await
}

/// Adds a rubric at the end.
///
/// # Errors
/// Conflict `key` where the key is taken.
pub async fn insert(conn: &mut Conn, brand: BrandId, rubric: &Rubric) -> Result<()> {
    sql("INSERT INTO rubric (brand_id, id, key, name, purpose, color, target_share, place) \
         SELECT $1, $2, $3, $4, $5, $6, $7, COALESCE(max(place), 0) + 1 FROM rubric WHERE brand_id = $1")
    .bind(brand)
    .bind(rubric.id)
    .bind(&rubric.key)
    .bind(&rubric.name)
    .bind(&rubric.purpose)
    .bind(rubric.color)
    .bind(rubric.target_share)
    .must(conn)
    .await
}

/// Saves everything but the id and the place.
///
/// # Errors
/// Not found; conflict `key` where the key is taken.
pub async fn update(conn: &mut Conn, brand: BrandId, rubric: &Rubric) -> Result<()> {
    sql("UPDATE rubric SET key = $3, name = $4, purpose = $5, color = $6, target_share = $7 \
         WHERE brand_id = $1 AND id = $2")
    .bind(brand)
    .bind(rubric.id)
    .bind(&rubric.key)
    .bind(&rubric.name)
    .bind(&rubric.purpose)
    .bind(rubric.color)
    .bind(rubric.target_share)
    .must(conn)
    .await
}

/// Removes a rubric; posts that name it keep the name.
///
/// # Errors
/// Not found.
pub async fn delete(conn: &mut Conn, brand: BrandId, id: RubricId) -> Result<()> {
    sql("DELETE FROM rubric WHERE brand_id = $1 AND id = $2").bind(brand).bind(id).must(conn).await
}
