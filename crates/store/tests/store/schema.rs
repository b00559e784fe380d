//! The schema itself: every key begins with the brand, so that tables can be spread by it; both engines have the same
//! tables.

use std::collections::BTreeSet;

use sarafan_store::UNBRANDED;
use sqlx::{AnyConnection, Connection, Row};

use crate::bench::Bench;

async fn column(conn: &mut AnyConnection, text: String) -> Vec<String> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(text)).fetch_all(conn).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// The first column of every key, by the name of the index; of a primary key by the name of its table.
async fn keys(conn: &mut AnyConnection) -> Vec<(String, String)> {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                  AND name NOT LIKE 'post_words_%' ORDER BY name";
    let mut keys = Vec::new();
    for table in column(conn, tables.into()).await {
        let first = column(conn, format!("SELECT name FROM pragma_table_info('{table}') WHERE pk = 1")).await;
        keys.push((table.clone(), first.first().cloned().unwrap_or_default()));
        let text = format!("SELECT name FROM pragma_index_list('{table}') WHERE origin = 'c' ORDER BY name");
        for index in column(conn, text).await {
            let first = column(conn, format!("SELECT name FROM pragma_index_info('{index}') WHERE seqno = 0")).await;
            keys.push((index, first.first().cloned().unwrap_or_default()));
        }
    }
    keys
}

#[tokio::test]
async fn every_key_begins_with_the_brand() {
    let bench = Bench::sqlite().await;
    let mut conn = AnyConnection::connect(&bench.url).await.unwrap();
    let keys = keys(&mut conn).await;
    assert!(keys.len() > 30, "{keys:?}");
    let without: BTreeSet<&str> =
        keys.iter().filter(|(_, first)| first != "brand_id").map(|(name, _)| name.as_str()).collect();
    assert_eq!(without, UNBRANDED.iter().map(|(name, _)| *name).collect());
}

/// What a database that is spread by brand cannot keep unique by itself. Tables without a brand live whole on every node
/// or on one; of the tables with a brand, only links and answers of OAuth servers are unique beyond it.
const UNIQUE_BEYOND_A_BRAND: [(&str, &str); 9] = [
    ("idempotency_id", "the run of a request: an id"),
    ("invitation_token", "256 random bits: two never meet"),
    ("messenger_code_hash", "a table of the installation"),
    ("passkey_credential", "a device knows its own id only"),
    ("pending_connect_id", "a random id: two never meet"),
    ("person_email", "a table of the installation"),
    ("review_link_token", "256 random bits: two never meet"),
    ("session_token", "a table of the installation"),
    ("token_hash", "a request knows the token only"),
];

#[tokio::test]
async fn every_key_begins_with_the_brand_on_postgresql_too() {
    let Some(bench) = Bench::postgres().await else { return };
    let mut conn = AnyConnection::connect(&bench.url).await.unwrap();
    let text = |which: &str| {
        format!(
            "SELECT CAST(CASE WHEN i.indisprimary THEN t.relname ELSE c.relname END AS TEXT) FROM pg_index i \
             JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid \
             JOIN pg_namespace n ON n.oid = t.relnamespace \
             LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0] \
             WHERE n.nspname = current_schema() AND COALESCE(CAST(a.attname AS TEXT), '') <> 'brand_id' {which} ORDER BY 1"
        )
    };
    let without: BTreeSet<String> = column(&mut conn, text("")).await.into_iter().collect();
    assert_eq!(without, UNBRANDED.iter().map(|(name, _)| (*name).to_owned()).collect());
    let unique = column(&mut conn, text("AND i.indisunique AND NOT i.indisprimary")).await;
    assert_eq!(unique, UNIQUE_BEYOND_A_BRAND.map(|(name, _)| name));
    assert!(UNBRANDED.iter().chain(&UNIQUE_BEYOND_A_BRAND).all(|(_, why)| !why.is_empty()), "every exception says why");
    conn.close().await.unwrap();
    bench.clear().await;
}

#[tokio::test]
async fn both_engines_have_the_same_columns() {
    let Some(postgres) = Bench::postgres().await else { return };
    let sqlite = Bench::sqlite().await;
    let mut conn = AnyConnection::connect(&sqlite.url).await.unwrap();
    let text = "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || (c.\"notnull\" = 1) FROM sqlite_master m, \
                pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'post_words%'";
    let one: BTreeSet<String> = column(&mut conn, text.into())
        .await
        .into_iter()
        .map(|line| line.replace(" BLOB ", " BYTEA ").to_lowercase())
        .collect();
    let mut conn = AnyConnection::connect(&postgres.url).await.unwrap();
    let text = "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || \
                CASE is_nullable WHEN 'NO' THEN '1' ELSE '0' END FROM information_schema.columns \
                WHERE table_schema = current_schema()";
    let two: BTreeSet<String> = column(&mut conn, text.into()).await.into_iter().collect();
    assert_eq!(one, two);
    conn.close().await.unwrap();
    postgres.clear().await;
}
