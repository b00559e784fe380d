//! How many jobs a second the queue carries: puts them, then claims and completes them one by one from several
//! callers at once. Not a test: it measures, and what it says depends on the machine.
//!
//! `cargo run --release --example queue_speed -- sqlite:///tmp/queue.db 20000 32`

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sarafan_domain::id::{BrandId, JobId};
use sarafan_domain::time::Timestamp;
use sarafan_store::jobs::{self, NewJob};
use sarafan_store::{Store, StoreError};
use uuid::Uuid;

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let mut words = std::env::args().skip(1);
    let url = words.next().unwrap_or_else(|| "sqlite:///tmp/queue.db".to_owned());
    let mut number = |default: usize| words.next().and_then(|word| word.parse().ok()).unwrap_or(default);
    let (count, callers, at_once, serial) = (number(20_000), number(32), number(1), number(0));
    let store = Store::open(&url, Timestamp::now()).await?;
    let brand = BrandId(Uuid::now_v7());
    put(&store, brand, count, serial).await?;

    let begun = Instant::now();
    let done = Arc::new(AtomicUsize::new(0));
    let mut tasks = Vec::new();
    for caller in 0..callers {
        let (store, done) = (store.clone(), Arc::clone(&done));
        tasks.push(tokio::spawn(async move { work(&store, &format!("worker {caller}"), at_once, &done, count).await }));
    }
    for task in tasks {
        task.await.map_err(|error| StoreError::Broken(error.to_string()))??;
    }
    say("claimed and completed", count, begun.elapsed());
    store.close().await;
    Ok(())
}

async fn put(store: &Store, brand: BrandId, count: usize, serial: usize) -> Result<(), StoreError> {
    let begun = Instant::now();
    let mut waiting = Vec::new();
    for n in 0..count {
        let job = NewJob {
            id: JobId(Uuid::now_v7()),
            kind: "publish".to_owned(),
            payload: serde_json::json!({ "delivery": n }),
            run_at: Timestamp::UNIX_EPOCH,
            serial: (serial > 0).then(|| (n % serial.max(1)).to_be_bytes().to_vec()),
            dedupe: Some(format!("publish:{n}")),
        };
        let store = store.clone();
        waiting.push(tokio::spawn(async move {
            store
                .write(move |conn| {
                    let job = job.clone();
                    Box::pin(async move { jobs::put(conn, brand, &job).await })
                })
                .await
        }));
        if waiting.len() >= 256 {
            for one in waiting.drain(..) {
                one.await.map_err(|error| StoreError::Broken(error.to_string()))??;
            }
        }
    }
    for one in waiting {
        one.await.map_err(|error| StoreError::Broken(error.to_string()))??;
    }
    say("put", count, begun.elapsed());
    Ok(())
}

async fn work(store: &Store, name: &str, at_once: usize, done: &AtomicUsize, count: usize) -> Result<(), StoreError> {
    while done.load(Ordering::Relaxed) < count {
        let name = name.to_owned();
        let now = Timestamp::now();
        let until = now + Duration::from_secs(60);
        let claimed = store
            .claim::<_, StoreError, _>(move |conn| {
                let name = name.clone();
                Box::pin(async move { jobs::claim(conn, &name, now, until, at_once, &["publish"]).await })
            })
            .await?;
        for one in claimed {
            store
                .write(move |conn| {
                    let token = one.token.clone();
                    Box::pin(async move { jobs::complete(conn, &token).await })
                })
                .await?;
            done.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

fn say(what: &str, count: usize, took: Duration) {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
    let rate = u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(1_000_000) / micros;
    println!("{what}: {count} in {took:?}, {rate} a second");
}
