//! Brands, the tenants.

use sarafan_domain::brand::Brand;
use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::member::Role;
use sarafan_domain::time::Timestamp;

use crate::sql::{Fields, only, sql};
use crate::{Conn, Result};

fn read(f: &mut Fields<'_>) -> Result<Brand> {
    Ok(Brand {
        id: f.id()?,
        name: f.text()?,
        language: f.text()?,
        time_zone: f.text()?,
        country: f.text()?,
        paused: f.flag()?,
        late_minutes: f.count()?,
    })
}

/// Adds a brand; its rubrics and members are added by themselves.
///
/// # Errors
/// Conflict where the id exists.
pub async fn insert(conn: &mut Conn, brand: &Brand, now: Timestamp) -> Result<()> {
    sql("INSERT INTO brand (id, name, language, time_zone, country, paused, late_minutes, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(brand.id)
    .bind(&brand.name)
    .bind(&brand.language)
    .bind(&brand.time_zone)
    .bind(&brand.country)
    .bind(brand.paused)
    .bind(brand.late_minutes)
    .bind(now)
    .must(conn)
    .await
}

/// One brand.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId) -> Result<Brand> {
    sql("SELECT id, name, language, time_zone, country, paused, late_minutes FROM brand WHERE id = $1")
        .bind(brand)
        .one(conn, read)
        .await
}

/// Saves everything but the id.
///
/// # Errors
/// Not found.
pub async fn update(conn: &mut Conn, brand: &Brand) -> Result<()> {
    sql("UPDATE brand SET name = $2, language = $3, time_zone = $4, country = $5, paused = $6, late_minutes = $7 \
         WHERE id = $1")
    .bind(brand.id)
    .bind(&brand.name)
    .bind(&brand.language)
    .bind(&brand.time_zone)
    .bind(&brand.country)
    .bind(brand.paused)
    .bind(brand.late_minutes)
    .must(conn)
    .await
}

/// The brands a person works for and what they are in each, by name.
///
/// # Errors
/// Only those of the database.
pub async fn of_person(conn: &mut Conn, person: PersonId) -> Result<Vec<(Brand, Role)>> {
    sql("SELECT b.id, b.name, b.language, b.time_zone, b.country, b.paused, b.late_minutes, m.role \
         FROM member m JOIN brand b ON b.id = m.brand_id WHERE m.person_id = $1 ORDER BY b.name, b.id")
    .bind(person)
    .all(conn, |f| Ok((read(f)?, f.code(Role::parse)?)))
    .await
}

/// The ids of all brands, for work that is done brand by brand.
///
/// # Errors
/// Only those of the database.
pub async fn all_ids(conn: &mut Conn) -> Result<Vec<BrandId>> {
    sql("SELECT id FROM brand ORDER BY id").all(conn, only::id).await
}
