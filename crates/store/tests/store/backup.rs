//! Back-up and restore with every table filled, between all engines; what is damaged, foreign or newer touches nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use sarafan_store::backup::{BackupError, Checked, Facts, LEFT_OUT, Target, check, dump, load};
use sarafan_store::blobs::Blobs;
use sarafan_store::{Store, StoreError, posts, settings, workers};
use sqlx::{AnyConnection, Connection, Row};

use crate::bench::{Bench, at, on_both_engines, post};

on_both_engines! { what_is_written_meanwhile_is_in_or_out a_filled_installation_is_left_alone old_rows_go }

/// Every table as the schema has it, with its columns and their types.
pub(crate) async fn tables(bench: &Bench) -> BTreeMap<String, Vec<(String, String)>> {
    let mut conn = AnyConnection::connect(&bench.url).await.unwrap();
    let text = if conn.backend_name() == "PostgreSQL" {
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
         FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'migration' \
         ORDER BY table_name, ordinal_position"
    } else {
        "SELECT m.name, c.name, lower(c.type) FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' \
         AND m.name NOT LIKE 'post_words%' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'migration' ORDER BY m.name, c.cid"
    };
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in sqlx::query(text).fetch_all(&mut conn).await.unwrap() {
        tables.entry(row.get(0)).or_default().push((row.get(1), row.get(2)));
    }
    conn.close().await.unwrap();
    tables
}

/// Three rows in every table, each value another one; whatever may be missing is missing in the last row.
pub(crate) async fn fill(bench: &Bench) {
    let mut conn = AnyConnection::connect(&bench.url).await.unwrap();
    for (table, columns) in tables(bench).await {
        for n in 1_i64..=3 {
            let names: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            let values: Vec<String> =
                columns.iter().enumerate().map(|(place, (name, kind))| value(&conn, n, place, name, kind)).collect();
            let text = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "));
            sqlx::query(sqlx::AssertSqlSafe(text.clone())).execute(&mut conn).await.expect(&text);
        }
    }
    conn.close().await.unwrap();
}

fn value(conn: &AnyConnection, n: i64, place: usize, name: &str, kind: &str) -> String {
    let postgres = conn.backend_name() == "PostgreSQL";
    match (kind, name) {
        ("bigint", "installation_owner") => "1".into(),
        // Over what a float holds exactly.
        ("bigint", _) => (9_007_199_254_740_993_i64 + n * 100 + i64::try_from(place).unwrap()).to_string(),
        ("double precision", _) if n == 3 => "NULL".into(),
        ("double precision", _) => format!("{n}.30000000000000004"),
        ("text", "words") => format!("'слово ряд{n}'"),
        ("text", _) => format!("'{name} № {n} «Зерно» ''\"'"),
        _ if postgres => format!("'\\x{:032x}'", n * 1000 + i64::try_from(place).unwrap()),
        _ => format!("X'{:032x}'", n * 1000 + i64::try_from(place).unwrap()),
    }
}

/// All rows of every table as text, in an order of their own.
pub(crate) async fn rows(bench: &Bench) -> BTreeMap<String, BTreeSet<String>> {
    let mut conn = AnyConnection::connect(&bench.url).await.unwrap();
    let mut all = BTreeMap::new();
    for (table, columns) in tables(bench).await {
        let names: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let text = format!("SELECT {} FROM {table}", names.join(", "));
        let found = sqlx::query(sqlx::AssertSqlSafe(text)).fetch_all(&mut conn).await.unwrap();
        let one = |row: &sqlx::any::AnyRow| {
            let values = columns.iter().enumerate().map(|(place, (name, kind))| match kind.as_str() {
                "bigint" => format!("{name}={:?}", row.get::<Option<i64>, _>(place)),
                "double precision" => format!("{name}={:?}", row.get::<Option<f64>, _>(place)),
                "text" => format!("{name}={:?}", row.get::<Option<String>, _>(place)),
                _ => format!("{name}={:?}", row.get::<Option<Vec<u8>>, _>(place)),
            });
            values.collect::<Vec<_>>().join(" ")
        };
        all.insert(table, found.iter().map(one).collect());
    }
    conn.close().await.unwrap();
    all
}

/// A folder for back-ups and files.
struct Yard(tempfile::TempDir);

impl Yard {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn blobs(&self, name: &str) -> Blobs {
        Blobs::open(&format!("file://{}/{name}", self.0.path().display()), None).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let all = std::fs::read_dir(self.0.path()).unwrap();
        all.map(|one| one.unwrap().file_name().into_string().unwrap()).collect()
    }

    async fn backup(&self, store: &Store) -> Checked {
        dump(store, &self.blobs("media"), facts(), &self.path("backup")).await.unwrap()
    }

    async fn restore(&self, store: &Store, checked: &Checked, target: Target) -> Result<(), BackupError> {
        load(store, &self.blobs("other"), checked, target, self.0.path(), at(100), |_| Box::pin(async { Ok(()) })).await
    }
}

fn facts() -> Facts {
    Facts { version: "0.1.0".into(), now: at(50), keys: vec!["00112233".into()], locked_keys: Some(b"locked".to_vec()) }
}

pub(crate) async fn both() -> Vec<Bench> {
    let mut all = vec![Bench::sqlite().await];
    all.extend(Bench::postgres().await);
    all
}

/// The promise: what is in any table comes back in the other engine as it was.
#[tokio::test]
async fn every_table_comes_back_in_every_engine() {
    for from in both().await {
        fill(&from).await;
        let was = rows(&from).await;
        assert!(was.len() > 20 && was.values().all(|rows| rows.len() == 3), "{was:?}");
        for to in both().await {
            let yard = Yard::new();
            let keys = ["blob № 1", "blob № 2"].map(|key| format!("{key} «Зерно» '\""));
            for key in &keys {
                assert!(yard.blobs("media").put(key, Bytes::from(key.clone())).await.is_ok(), "{key}");
            }
            let checked = yard.backup(&from.store).await;
            let kept: BTreeSet<&String> =
                was.keys().filter(|name| !LEFT_OUT.iter().any(|(out, _)| out == name)).collect();
            assert_eq!(checked.totals.tables.keys().collect::<BTreeSet<_>>(), kept);
            assert!(checked.totals.tables.values().all(|rows| *rows == 3));
            assert_eq!((checked.totals.files, checked.totals.missing, checked.totals.changed), (2, 1, 2));
            yard.restore(&to.store, &checked, Target::Empty).await.unwrap();
            let now = rows(&to).await;
            for (table, rows) in &was {
                let left_out = LEFT_OUT.iter().any(|(name, _)| name == table);
                assert_eq!(now[table], if left_out { BTreeSet::new() } else { rows.clone() }, "{table}");
            }
            for key in &keys {
                assert_eq!(yard.blobs("other").get(key).await.unwrap(), key.as_bytes());
            }
            to.clear().await;
        }
        from.clear().await;
    }
}

#[tokio::test]
async fn files_come_from_s3_and_go_there() {
    let Ok(text) = std::env::var("SARAFAN_TEST_S3") else {
        println!("skipped: SARAFAN_TEST_S3 is not set");
        return;
    };
    let s3 = crate::blobs::s3(&text);
    let (bench, other, yard) = (Bench::sqlite().await, Bench::sqlite().await, Yard::new());
    // Larger than one piece and than one part of S3.
    let bytes: Bytes = (0..9_000_000_u32).flat_map(|n| n.to_le_bytes().into_iter().take(2)).collect::<Vec<u8>>().into();
    let key = format!("{}/large", uuid::Uuid::now_v7());
    s3.put(&key, bytes.clone()).await.unwrap();
    one_file(&bench, &key).await;
    let checked = dump(&bench.store, &s3, facts(), &yard.path("backup")).await.unwrap();
    s3.delete(&key).await.unwrap();
    load::<(), BackupError, _>(&other.store, &s3, &checked, Target::Empty, yard.0.path(), at(100), |_| {
        Box::pin(async { Ok(()) })
    })
    .await
    .unwrap();
    assert!(s3.get(&key).await.unwrap() == bytes);
    s3.delete(&key).await.unwrap();
}

/// A row of the library that names this file.
async fn one_file(bench: &Bench, key: &str) {
    let mut conn = AnyConnection::connect(&bench.url).await.unwrap();
    let columns = &tables(bench).await["asset"];
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let values: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(place, (name, kind))| match name.as_str() {
            "blob" => format!("'{key}'"),
            _ => value(&conn, 1, place, name, kind),
        })
        .collect();
    let text = format!("INSERT INTO asset ({}) VALUES ({})", names.join(", "), values.join(", "));
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

/// Somebody writes all the time, in two tables at once: a back-up has both or none.
async fn what_is_written_meanwhile_is_in_or_out(bench: &Bench) {
    let stage = bench.brand().await;
    let done = Arc::new(AtomicBool::new(false));
    let (store, stop) = (bench.store.clone(), Arc::clone(&done));
    let writing = tokio::spawn(async move {
        let mut n = 0;
        while !stop.load(Ordering::Relaxed) || n < 3 {
            n += 1;
            let written: Result<(), StoreError> = store
                .write(move |conn| {
                    Box::pin(async move {
                        posts::insert(conn, &post(stage, &format!("Пост {n}"))).await?;
                        settings::set(conn, "count", &n.to_string()).await
                    })
                })
                .await;
            written.unwrap();
        }
    });
    let yard = Yard::new();
    for round in 0..5 {
        let path = yard.path(&format!("backup {round}"));
        let checked = dump(&bench.store, &yard.blobs("media"), facts(), &path).await.unwrap();
        let other = Bench::sqlite().await;
        yard.restore(&other.store, &checked, Target::Empty).await.unwrap();
        let count = settings::get(&mut *other.read().await, "count").await.unwrap();
        let count = count.map_or(0, |count| count.parse::<u64>().unwrap());
        assert_eq!(checked.totals.tables["post"], count, "in the round {round}");
    }
    done.store(true, Ordering::Relaxed);
    writing.await.unwrap();
}

async fn a_filled_installation_is_left_alone(bench: &Bench) {
    let yard = Yard::new();
    let checked = yard.backup(&Bench::sqlite().await.store).await;
    bench.brand().await;
    let was = rows(bench).await;
    let refused = yard.restore(&bench.store, &checked, Target::Empty).await;
    assert!(matches!(refused, Err(BackupError::NotEmpty)), "{refused:?}");
    bench.write(|conn| Box::pin(async move { workers::beat(conn, "one", at(90)).await })).await.unwrap();
    let refused = yard.restore(&bench.store, &checked, Target::Anything).await;
    assert!(matches!(refused, Err(BackupError::Busy)), "{refused:?}");
    bench.write(|conn| Box::pin(async move { workers::leave(conn, "one", at(0)).await })).await.unwrap();
    assert_eq!(rows(bench).await, was);
    // A mistake at the very end takes everything back.
    let blobs = yard.blobs("other");
    let late = load(&bench.store, &blobs, &checked, Target::Anything, yard.0.path(), at(100), |_| {
        Box::pin(async { Err::<(), _>(BackupError::Foreign) })
    });
    assert!(matches!(late.await, Err(BackupError::Foreign)));
    assert_eq!(rows(bench).await, was);
}

/// What was there before is gone, also from the search, and what came is found.
async fn old_rows_go(bench: &Bench) {
    let yard = Yard::new();
    let source = Bench::sqlite().await;
    let stage = source.brand().await;
    let new = post(stage, "Осенний помол");
    source
        .write(move |conn| {
            let new = new.clone();
            Box::pin(async move { posts::insert(conn, &new).await })
        })
        .await
        .unwrap();
    let checked = yard.backup(&source.store).await;
    let before = bench.brand().await;
    let old = post(before, "Осенний чай");
    bench
        .write(move |conn| {
            let old = old.clone();
            Box::pin(async move { posts::insert(conn, &old).await })
        })
        .await
        .unwrap();
    yard.restore(&bench.store, &checked, Target::Anything).await.unwrap();
    for (brand, q, count) in [(stage.brand, "осен", 1), (stage.brand, "чай", 0), (before.brand, "осен", 0)] {
        let filter = posts::PostFilter { q: Some(q.into()), ..posts::PostFilter::default() };
        let (found, _) = posts::list(&mut *bench.read().await, brand, &filter, None, 10).await.unwrap();
        assert_eq!(found.len(), count, "{q}");
    }
}

async fn small() -> (Yard, Vec<u8>) {
    let (bench, yard) = (Bench::sqlite().await, Yard::new());
    bench.brand().await;
    one_file(&bench, "aa/file").await;
    yard.blobs("media").put("aa/file", Bytes::from_static(b"picture")).await.unwrap();
    yard.backup(&bench.store).await;
    let bytes = std::fs::read(yard.path("backup")).unwrap();
    (yard, bytes)
}

async fn refusal(path: &Path, bytes: &[u8]) -> BackupError {
    std::fs::write(path, bytes).unwrap();
    check(path, at(100)).await.map(|_| ()).expect_err("it must be refused")
}

#[tokio::test]
async fn a_file_that_is_not_whole_is_refused() {
    let (yard, bytes) = small().await;
    let path = yard.path("changed");
    std::fs::write(&path, &bytes).unwrap();
    assert!(check(&path, at(100)).await.is_ok());
    for cut in (0..bytes.len()).step_by(37).chain([bytes.len() - 1]) {
        let error = refusal(&path, &bytes[..cut]).await;
        assert!(matches!(error, BackupError::Damaged { .. } | BackupError::Foreign), "cut to {cut}: {error:?}");
    }
    for place in (0..bytes.len()).step_by(13) {
        let mut changed = bytes.clone();
        changed[place] ^= 0x40;
        refusal(&path, &changed).await;
    }
    let error = refusal(&path, &[&bytes[..], b"E"].concat()).await;
    assert!(matches!(error, BackupError::Damaged { .. }), "{error:?}");
}

#[tokio::test]
async fn foreign_and_newer_files_are_refused() {
    let (yard, bytes) = small().await;
    let path = yard.path("other");
    for foreign in [&b""[..], b"SQLite format 3\0", b"sarafan", b"%PDF-1.7 and so on and on"] {
        assert!(matches!(refusal(&path, foreign).await, BackupError::Foreign));
    }
    let mut form = bytes.clone();
    form[15] = 2;
    assert!(matches!(refusal(&path, &form).await, BackupError::Newer { .. }));
    let header = String::from_utf8_lossy(&bytes[21..300]).into_owned();
    let schema = header.find("\"schema\":").unwrap() + 21 + "\"schema\":".len();
    let mut newer = bytes.clone();
    newer[schema] = b'9';
    let error = refusal(&path, &newer).await;
    assert!(matches!(&error, BackupError::Newer { made_by } if made_by.contains("schema 9")), "{error:?}");
    assert!(matches!(check(&yard.path("none"), at(0)).await, Err(BackupError::File { .. })));
}

#[tokio::test]
async fn a_file_that_changes_after_the_check_is_not_put_back() {
    let (yard, mut bytes) = small().await;
    let (bench, path) = (Bench::sqlite().await, yard.path("backup"));
    let checked = check(&path, at(100)).await.unwrap();
    // The header says another engine: every row is still readable.
    let engine = bytes.windows(6).position(|part| part == b"sqlite").unwrap();
    bytes[engine] = b'S';
    std::fs::write(&path, &bytes).unwrap();
    let refused = yard.restore(&bench.store, &checked, Target::Empty).await;
    assert!(matches!(refused, Err(BackupError::Damaged { .. })), "{refused:?}");
    assert!(rows(&bench).await.values().all(BTreeSet::is_empty));
}

#[tokio::test]
async fn nothing_is_overwritten_and_nothing_left_behind() {
    let (bench, yard) = (Bench::sqlite().await, Yard::new());
    std::fs::write(yard.path("backup"), "mine").unwrap();
    let refused = dump(&bench.store, &yard.blobs("media"), facts(), &yard.path("backup")).await;
    assert!(matches!(refused, Err(BackupError::Exists)));
    assert_eq!(std::fs::read(yard.path("backup")).unwrap(), b"mine");
    one_file(&bench, "../outside").await;
    assert!(dump(&bench.store, &yard.blobs("media"), facts(), &yard.path("new")).await.is_err());
    assert!(dump(&bench.store, &yard.blobs("media"), facts(), &yard.path("no/folder")).await.is_err());
    let mut names = yard.names();
    names.sort();
    assert_eq!(names, ["backup", "media"]);
    #[cfg(unix)]
    {
        let (yard, _) = small().await;
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(yard.path("backup")).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}
