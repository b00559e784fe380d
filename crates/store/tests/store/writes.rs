//! Transactions: many waiting writes share one commit, and none of them is hurt by another.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sarafan_store::{Store, StoreError, settings};

use crate::bench::{Bench, at, on_both_engines};

on_both_engines! {
    a_failed_write_leaves_no_trace waiting_writes_do_not_hurt_each_other a_panic_is_an_error
    a_caller_that_leaves_does_not_stop_the_others opening_again_changes_nothing counters_do_not_lose
    others_are_told_after_the_commit
}

/// An error of the caller's own, as `app` has one.
#[derive(Debug, PartialEq)]
enum Own {
    No,
    Store(String),
}

impl From<StoreError> for Own {
    fn from(error: StoreError) -> Self {
        Self::Store(error.to_string())
    }
}

async fn get(bench: &Bench, key: &str) -> Option<String> {
    settings::get(&mut *bench.read().await, key).await.unwrap()
}

async fn a_failed_write_leaves_no_trace(bench: &Bench) {
    let result = bench
        .store
        .write::<(), Own, _>(|conn| {
            Box::pin(async move {
                settings::set(conn, "half", "done").await?;
                Err(Own::No)
            })
        })
        .await;
    assert_eq!(result, Err(Own::No));
    assert_eq!(get(bench, "half").await, None);
}

async fn waiting_writes_do_not_hurt_each_other(bench: &Bench) {
    // All at once, so that they share commits; every third says no after it has written.
    let writes = (0..100).map(|n| {
        bench.store.write::<usize, Own, _>(move |conn| {
            Box::pin(async move {
                settings::set(conn, &format!("key {n}"), "set").await?;
                if n % 3 == 0 { Err(Own::No) } else { Ok(n) }
            })
        })
    });
    let results = futures::future::join_all(writes).await;
    for (n, result) in results.into_iter().enumerate() {
        let refused = n % 3 == 0;
        assert_eq!(result, if refused { Err(Own::No) } else { Ok(n) });
        assert_eq!(get(bench, &format!("key {n}")).await.is_none(), refused, "key {n}");
    }
}

async fn a_panic_is_an_error(bench: &Bench) {
    let (bad, good) = tokio::join!(
        bench.write::<(), _>(|conn| {
            Box::pin(async move {
                settings::set(conn, "bad", "set").await?;
                assert!(conn.engine() != conn.engine(), "a defect");
                Ok(())
            })
        }),
        bench.write(|conn| Box::pin(async move { settings::set(conn, "good", "set").await })),
    );
    assert!(matches!(bad, Err(StoreError::Broken(_))), "{bad:?}");
    good.unwrap();
    assert_eq!((get(bench, "bad").await, get(bench, "good").await.as_deref()), (None, Some("set")));
}

async fn a_caller_that_leaves_does_not_stop_the_others(bench: &Bench) {
    let mut leaving = Box::pin(bench.write(|conn| Box::pin(async move { settings::set(conn, "left", "set").await })));
    let _ = futures::poll!(&mut leaving);
    drop(leaving);
    bench.write(|conn| Box::pin(async move { settings::set(conn, "stayed", "set").await })).await.unwrap();
    assert_eq!(get(bench, "stayed").await.as_deref(), Some("set"));
}

async fn opening_again_changes_nothing(bench: &Bench) {
    bench.write(|conn| Box::pin(async move { settings::set(conn, "kept", "yes").await })).await.unwrap();
    let (one, two) = tokio::join!(Store::open(&bench.url, at(1)), Store::open(&bench.url, at(2)));
    let (one, two) = (one.unwrap(), two.unwrap());
    let kept = settings::get(&mut two.read().await.unwrap(), "kept").await.unwrap();
    assert_eq!((kept.as_deref(), one.engine()), (Some("yes"), bench.store.engine()));
    one.close().await;
    two.close().await;
    let closed = one.write::<(), StoreError, _>(|_| Box::pin(async { Ok(()) })).await;
    assert!(matches!(closed, Err(StoreError::Unavailable { .. })), "{closed:?}");
}

/// Two stores on one database, as two processes: read, add one, write, many times at once.
async fn counters_do_not_lose(bench: &Bench) {
    bench.write(|conn| Box::pin(async move { settings::set(conn, "count", "0").await })).await.unwrap();
    let other = Store::open(&bench.url, at(1)).await.unwrap();
    let writes = (0..40).map(|n| {
        let store = if n % 2 == 0 { bench.store.clone() } else { other.clone() };
        async move {
            store
                .write::<(), StoreError, _>(|conn| {
                    Box::pin(async move {
                        let count: u32 = settings::get(conn, "count").await?.unwrap().parse().unwrap();
                        tokio::task::yield_now().await;
                        settings::set(conn, "count", &(count + 1).to_string()).await
                    })
                })
                .await
        }
    });
    for result in futures::future::join_all(writes).await {
        result.unwrap();
    }
    assert_eq!(get(bench, "count").await.as_deref(), Some("40"));
    other.close().await;
}

/// What a write wants said is said when its rows can be read, once however often it ran, and never where it failed.
async fn others_are_told_after_the_commit(bench: &Bench) {
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let writes = (0..20).map(|n| {
        let tell = tell.clone();
        bench.store.write::<(), Own, _>(move |conn| {
            let tell = tell.clone();
            Box::pin(async move {
                sarafan_store::after_commit(move || tell.send(n).unwrap());
                settings::set(conn, &format!("told {n}"), "yes").await?;
                if n % 3 == 0 { Err(Own::No) } else { Ok(()) }
            })
        })
    });
    let listen = async {
        let mut heard = Vec::new();
        while heard.len() < 13 {
            let n = told.recv().await.unwrap();
            assert_eq!(get(bench, &format!("told {n}")).await.as_deref(), Some("yes"), "{n}");
            heard.push(n);
        }
        heard.sort_unstable();
        heard
    };
    let (_, heard) = tokio::join!(futures::future::join_all(writes), listen);
    assert_eq!(heard, (0..20).filter(|n| n % 3 != 0).collect::<Vec<_>>());
    assert!(told.try_recv().is_err());
    sarafan_store::after_commit(move || tell.send(99).unwrap());
    assert_eq!(told.try_recv(), Ok(99), "at once where nothing runs");
}

#[tokio::test]
async fn an_address_that_makes_no_sense_is_refused() {
    for url in ["", "mysql://localhost/x", "sarafan.db"] {
        assert!(matches!(Store::open(url, at(0)).await, Err(StoreError::Broken(_))), "{url}");
    }
    let nowhere = Store::open("sqlite:///nowhere/at/all/x.db", at(0)).await;
    assert!(matches!(nowhere, Err(StoreError::Unavailable { .. })));
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let bench = Bench::sqlite().await;
    assert!(settings::set(&mut *bench.read().await, "key", "value").await.is_err());
    assert_eq!(get(&bench, "key").await, None);
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    use sqlx::Connection;
    let bench = Bench::sqlite().await;
    bench.store.close().await;
    let mut conn = sqlx::AnyConnection::connect(&bench.url).await.unwrap();
    let text = "INSERT INTO migration (version, hash, applied_at) VALUES (999, '', 0)";
    sqlx::query(text).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let newer = Store::open(&bench.url, at(1)).await;
    assert!(matches!(newer, Err(StoreError::Newer { found: 999, .. })));
}

/// Two transactions that wait for each other: PostgreSQL stops one of them, which runs again and gets through.
#[tokio::test]
async fn a_deadlock_is_run_again() {
    let Some(bench) = Bench::postgres().await else { return };
    bench
        .write(|conn| {
            Box::pin(async move {
                settings::set(conn, "a", "").await?;
                settings::set(conn, "b", "").await
            })
        })
        .await
        .unwrap();
    let meet = Arc::new(tokio::sync::Barrier::new(2));
    let runs = Arc::new(AtomicUsize::new(0));
    // Two processes: within one, closures that wait for each other may share a transaction.
    let twin = Store::open(&bench.url, at(0)).await.unwrap();
    let cross = |store: &Store, first: &'static str, second: &'static str| {
        let (store, meet, runs) = (store.clone(), Arc::clone(&meet), Arc::clone(&runs));
        async move {
            store
                .write::<_, StoreError, _>(move |conn| {
                    let (meet, runs) = (Arc::clone(&meet), Arc::clone(&runs));
                    Box::pin(async move {
                        settings::set(conn, first, first).await?;
                        if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                            meet.wait().await;
                        }
                        settings::set(conn, second, first).await
                    })
                })
                .await
        }
    };
    let (one, two) = tokio::join!(cross(&bench.store, "a", "b"), cross(&twin, "b", "a"));
    one.unwrap();
    two.unwrap();
    twin.close().await;
    assert!(runs.load(Ordering::SeqCst) >= 3, "one of them ran again");
    assert_eq!(get(&bench, "a").await, get(&bench, "b").await, "one after the other");
    bench.clear().await;
}

/// The limit of pages plays the full disk.
#[tokio::test]
async fn a_full_disk_is_told_and_passes() {
    let bench = Bench::sqlite().await;
    bench
        .write(|conn| {
            Box::pin(async move {
                settings::set(conn, "kept", "yes").await?;
                conn.batch("PRAGMA max_page_count = 1").await
            })
        })
        .await
        .unwrap();
    let (small, large, other) = tokio::join!(
        bench.write(|conn| Box::pin(async move { settings::set(conn, "small", "yes").await })),
        bench.write(|conn| Box::pin(async move { settings::set(conn, "large", &"x".repeat(2_000_000)).await })),
        bench.write(|conn| Box::pin(async move { settings::set(conn, "other", "yes").await })),
    );
    assert!(matches!(large, Err(StoreError::Full { .. })), "{large:?}");
    assert_eq!(get(&bench, "large").await, None);
    // Whoever shared its commit was told the truth, whatever it was.
    for (key, result) in [("small", small), ("other", other)] {
        assert_eq!(get(&bench, key).await.is_some(), result.is_ok(), "{key}: {result:?}");
    }
    // The limit belongs to the connection, and a new one was opened: the disk has room again.
    bench
        .write(|conn| Box::pin(async move { settings::set(conn, "large", &"x".repeat(2_000_000)).await }))
        .await
        .unwrap();
    assert_eq!(get(&bench, "kept").await.as_deref(), Some("yes"));
}
