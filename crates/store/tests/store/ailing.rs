//! A database that ails, by real means: bytes that were overwritten, a file that may only be read, a limit of pages for a
//! full disk, connections that the server ends. Each has its own name, and nothing is half saved.

use std::io::{Seek, SeekFrom, Write};

use sarafan_store::{Store, StoreError, health, settings};

use crate::bench::{Bench, at};

async fn filled(path: &std::path::Path) -> String {
    let url = format!("sqlite://{}", path.display());
    let store = Store::open(&url, at(0)).await.unwrap();
    let written: Result<(), StoreError> = store
        .write(|conn| {
            Box::pin(async move {
                for n in 0..2000 {
                    settings::set(conn, &format!("key {n}"), &"value ".repeat(20)).await?;
                }
                Ok(())
            })
        })
        .await;
    written.unwrap();
    store.close().await;
    url
}

fn overwrite(path: &std::path::Path, from: u64, bytes: usize) {
    let mut file = std::fs::File::options().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(from)).unwrap();
    file.write_all(&vec![0xA5; bytes]).unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_database_is_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let url = filled(&path).await;
    overwrite(&path, 0, 200);
    let before = std::fs::read(&path).unwrap();
    let refused = Store::open(&url, at(1)).await.map(|_| ());
    assert!(matches!(refused, Err(StoreError::Damaged { .. })), "{refused:?}");
    assert!(std::fs::read(&path).unwrap() == before, "it is left as it is");
}

#[tokio::test]
async fn overwritten_pages_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let url = filled(&path).await;
    let whole = Store::open(&url, at(1)).await.unwrap();
    assert_eq!(health::integrity(&mut whole.read().await.unwrap()).await.unwrap(), Vec::<String>::new());
    whole.close().await;
    // Behind the schema, in the middle of the rows.
    let middle = std::fs::metadata(&path).unwrap().len() / 2 / 4096 * 4096;
    overwrite(&path, middle, 40_000);
    let store = Store::open(&url, at(1)).await.unwrap();
    let found = health::integrity(&mut store.read().await.unwrap()).await;
    assert!(
        matches!(&found, Ok(bad) if !bad.is_empty()) || matches!(found, Err(StoreError::Damaged { .. })),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_file_that_may_only_be_read_is_called_so() {
    let folder = tempfile::tempdir().unwrap();
    let url = filled(&folder.path().join("a.db")).await;
    let refused = Store::open(&format!("{url}?mode=ro"), at(1)).await.map(|_| ());
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_full_disk_is_called_so() {
    let bench = Bench::sqlite().await;
    let full: Result<(), StoreError> = bench
        .write(|conn| {
            Box::pin(async move {
                conn.batch("PRAGMA max_page_count = 1").await?;
                settings::set(conn, "large", &"x".repeat(2_000_000)).await
            })
        })
        .await;
    assert!(matches!(full, Err(StoreError::Full { .. })), "{full:?}");
    assert_eq!(settings::get(&mut *bench.read().await, "large").await.unwrap(), None);
    health::probe(&bench.store).await.unwrap();
}

/// The server ends the connection in the middle of a write: nothing is saved, and the next write finds a new one.
#[tokio::test]
async fn a_server_that_goes_and_comes_back_is_found_again() {
    let Some(bench) = Bench::postgres().await else { return };
    for _ in 0..3 {
        let gone: Result<(), StoreError> = bench
            .write(|conn| {
                Box::pin(async move {
                    settings::set(conn, "half", "saved").await?;
                    conn.batch("SELECT pg_terminate_backend(pg_backend_pid())").await
                })
            })
            .await;
        assert!(matches!(gone, Err(StoreError::Unavailable { .. })), "{gone:?}");
        health::probe(&bench.store).await.unwrap();
    }
    assert_eq!(settings::get(&mut *bench.read().await, "half").await.unwrap(), None);
    bench.clear().await;
}

#[tokio::test]
async fn a_healthy_database_tells_about_itself() {
    for bench in [Some(Bench::sqlite().await), Bench::postgres().await].into_iter().flatten() {
        let facts = health::facts(&mut *bench.read().await).await.unwrap();
        assert!(facts.bytes > 0 && facts.schema == health::newest_schema(), "{facts:?}");
        assert_eq!(facts.last_saved, Some(at(0)));
        health::probe(&bench.store).await.unwrap();
        assert_eq!(settings::get(&mut *bench.read().await, "doctor.probe").await.unwrap(), None);
        bench.clear().await;
    }
}
