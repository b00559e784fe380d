//! Every schema that was ever released, with rows in all of its tables, is migrated to the present one on both engines,
//! and everything in it is still there and can be read.
//!
//! When a version is released whose last migration is new, its dump is added to `released/` and to [`DUMPS`]: the dump
//! before it, the statements of the migrations since (as `migrate` runs them), their rows in `migration` with their
//! hashes, and a row or two for every new table and column. A dump is never edited: it is what people have.

use std::collections::BTreeMap;

use sarafan_domain::approval::Standing;
use sarafan_domain::id::{BrandId, ChannelId, DeliveryId, PostId};
use sarafan_store::posts::PostFilter;
use sarafan_store::{Store, approvals, audit, brands, channels, credentials, deliveries, health, jobs, posts};
use sqlx::{AnyConnection, Connection, Row};
use uuid::Uuid;

use crate::bench::{Bench, at};

/// Number of the last migration, and the dump for SQLite and for PostgreSQL.
const DUMPS: [(i64, &str, &str); 4] = [
    (1, include_str!("released/0001.sqlite.sql"), include_str!("released/0001.postgres.sql")),
    (3, include_str!("released/0003.sqlite.sql"), include_str!("released/0003.postgres.sql")),
    (10, include_str!("released/0010.sqlite.sql"), include_str!("released/0010.postgres.sql")),
    (12, include_str!("released/0012.sqlite.sql"), include_str!("released/0012.postgres.sql")),
];

fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

/// How many rows each table has, as the dump says.
fn told(dump: &str) -> BTreeMap<&str, i64> {
    let mut rows = BTreeMap::new();
    // What a migration of old put in from other tables is no row of the dump.
    let values = dump.lines().filter(|line| line.contains(" VALUES ("));
    for line in values.filter_map(|line| line.strip_prefix("INSERT INTO ")) {
        let table = line.split_whitespace().next().unwrap();
        if !["migration", "post_words"].contains(&table) {
            *rows.entry(table).or_default() += 1;
        }
    }
    rows
}

async fn count(conn: &mut AnyConnection, table: &str) -> i64 {
    let text = format!("SELECT count(*) FROM {table}");
    sqlx::query(sqlx::AssertSqlSafe(text)).fetch_one(conn).await.unwrap().get(0)
}

async fn is_migrated(url: &str, schema: i64, dump: &str) {
    sqlx::any::install_default_drivers();
    let mut conn = AnyConnection::connect(url).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(dump.to_owned())).execute(&mut conn).await.unwrap();
    let tables = dump.matches("CREATE TABLE ").count() - 1;
    assert_eq!(told(dump).len(), tables, "a row in every table");

    let store = Store::open(url, at(0)).await.unwrap();
    let facts = health::facts(&mut store.read().await.unwrap()).await.unwrap();
    assert_eq!(facts.schema, health::newest_schema());
    assert!(schema <= facts.schema);
    for (table, rows) in told(dump) {
        assert_eq!(count(&mut conn, table).await, rows, "{table}");
    }
    conn.close().await.unwrap();
    reads(&store, schema).await;
    assert_eq!(health::integrity(&mut store.read().await.unwrap()).await.unwrap(), Vec::<String>::new());
    store.close().await;
    Store::open(url, at(1)).await.unwrap().close().await;
}

/// The present program reads what the old one wrote.
async fn reads(store: &Store, schema: i64) {
    let (brand, channel): (BrandId, ChannelId) = (id(0x0b), id(0x0c));
    let (post, delivery): (PostId, DeliveryId) = (id(0x05), id(0x0d));
    let mut conn = store.read().await.unwrap();
    assert_eq!(brands::get(&mut conn, brand).await.unwrap().name, "Зерно и пар");
    assert_eq!(channels::get(&mut conn, brand, channel).await.unwrap().handle, "@zerno");
    assert_eq!(credentials::get(&mut conn, brand, channel).await.unwrap().len(), 61);
    assert_eq!(posts::get(&mut conn, brand, post).await.unwrap().content.text, "Осенний помол уже в продаже");
    let filter = PostFilter { q: Some("осенн".into()), ..PostFilter::default() };
    assert_eq!(posts::list(&mut conn, brand, &filter, None, 10).await.unwrap().0.len(), 1);
    let found = deliveries::get(&mut conn, brand, delivery).await.unwrap();
    assert_eq!((found.delivery.state.code(), found.attempts), ("scheduled", 1));
    assert_eq!(jobs::stats(&mut conn, at(0)).await.unwrap().due, 1);
    assert_eq!(audit::list(&mut conn, Some(brand), &audit::AuditFilter::default(), None, 10).await.unwrap().0.len(), 1);
    if schema >= 10 {
        let asked = approvals::get(&mut conn, brand, post).await.unwrap().unwrap();
        assert_eq!((asked.approval.standing, asked.person), (Standing::Approved, Some(id(0x0e))));
        assert!(approvals::policy(&mut conn, brand).await.unwrap().required);
    }
}

#[tokio::test]
async fn every_released_schema_is_migrated() {
    for (schema, sqlite, postgres) in DUMPS {
        let folder = tempfile::tempdir().unwrap();
        is_migrated(&format!("sqlite://{}/old.db?mode=rwc", folder.path().display()), schema, sqlite).await;
        if let Some((bench, url)) = Bench::bare().await {
            is_migrated(&url, schema, postgres).await;
            bench.clear().await;
        }
    }
}

#[tokio::test]
async fn a_released_migration_that_was_edited_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/old.db?mode=rwc", folder.path().display());
    sqlx::any::install_default_drivers();
    let mut conn = AnyConnection::connect(&url).await.unwrap();
    let edited = DUMPS[0].1.replacen("INSERT INTO migration (version, hash, applied_at) VALUES (1, '", "$0", 1);
    assert_ne!(edited, DUMPS[0].1);
    let edited = edited.replacen("$0", "INSERT INTO migration (version, hash, applied_at) VALUES (1, 'x", 1);
    sqlx::raw_sql(sqlx::AssertSqlSafe(edited)).execute(&mut conn).await.unwrap();
    let refused = Store::open(&url, at(0)).await.map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("not the one that was applied"), "{refused}");
}
