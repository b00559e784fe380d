//! A back-up of an older schema is put back into the present one, by the migrations themselves.

use sarafan_domain::time::Timestamp;

use super::{Facts, Target, check, dump, layout, load};
use crate::blobs::Blobs;
use crate::sql::{only, sql};
use crate::{Store, migrate};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

async fn goes_into(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let old = format!("sqlite://{}/old.db?mode=rwc", folder.path().display());
    let mut conn = layout::scratch(&old, 1, at(0)).await.unwrap();
    sql("INSERT INTO setting (key, value) VALUES ('a', 'b')").run(&mut conn).await.unwrap();
    let blobs = Blobs::open(&format!("file://{}/media", folder.path().display()), None).unwrap();
    let path = folder.path().join("backup");
    let facts = Facts { version: "0.1.0".into(), now: at(0), keys: Vec::new(), locked_keys: None };
    dump::write(conn, &blobs, facts, &path).await.unwrap();
    let checked = check(&path, at(1)).await.unwrap();
    assert!(checked.header.schema == 1 && migrate::newest() > 1);
    assert!(!checked.totals.tables.contains_key("comment"));

    let store = Store::open(url, at(1)).await.unwrap();
    load::<_, super::BackupError, _>(&store, &blobs, &checked, Target::Empty, folder.path(), at(2), |conn| {
        Box::pin(async move {
            // The row of old, and a table that its schema did not have.
            let kept = sql("SELECT value FROM setting WHERE key = 'a'").one(conn, only::text).await?;
            let new = sql("SELECT count(*) FROM comment").one(conn, only::int).await?;
            assert_eq!((kept.as_str(), new), ("b", 0));
            Ok(())
        })
    })
    .await
    .unwrap();
    store.close().await;
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    names.sort();
    let left: Vec<_> = names.iter().filter(|name| name.to_string_lossy().starts_with("restore-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn an_older_backup_is_migrated() {
    let folder = tempfile::tempdir().unwrap();
    goes_into(&format!("sqlite://{}/new.db", folder.path().display())).await;
    let Ok(server) = std::env::var("SARAFAN_TEST_POSTGRES") else {
        println!("skipped: SARAFAN_TEST_POSTGRES is not set");
        return;
    };
    let schema = format!("test_{}", uuid::Uuid::now_v7().simple());
    sqlx::any::install_default_drivers();
    let mut conn = <sqlx::AnyConnection as sqlx::Connection>::connect(&server).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&mut conn).await.unwrap();
    let mark = if server.contains('?') { '&' } else { '?' };
    goes_into(&format!("{server}{mark}options=-csearch_path%3D{schema}")).await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE"))).execute(&mut conn).await.unwrap();
}
