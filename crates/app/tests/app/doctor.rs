//! The doctor: each ailment has its finding, and a healthy installation has none.

use jiff::SignedDuration;
use sarafan_app::doctor::{Finding, Weight};
use sarafan_app::worker::Worker;
use sarafan_domain::language::Lang;
use sarafan_network::mail::play::PostOffice;
use sarafan_store::{StoreError, credentials, workers};

use crate::world::World;

/// What is not well, by its code.
async fn found(world: &World) -> Vec<(&'static str, Weight)> {
    let all = world.app.examine(true).await;
    for finding in &all {
        for lang in Lang::ALL {
            let view = finding.view(world.app.texts(), lang);
            assert!(!view.message.starts_with(finding.code) && !view.message.contains('{'), "{view:?}");
            assert_eq!(view.remedy.is_some(), finding.weight > Weight::Fine, "{view:?}");
        }
    }
    all.iter().filter(|one| one.weight > Weight::Fine).map(|one: &Finding| (one.code, one.weight)).collect()
}

async fn beats(world: &World) {
    let (store, now) = (world.store().await, world.app.now());
    let done: Result<(), StoreError> =
        store.write(move |conn| Box::pin(async move { workers::beat(conn, "one", now).await })).await;
    done.unwrap();
    store.close().await;
}

#[tokio::test]
async fn a_healthy_installation_has_nothing_to_mend() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    world.channel(world.brand, "wall").await;
    beats(&world).await;
    world.app.back_up(&world.path("backup"), None).await.unwrap();
    Worker::new(world.app.clone()).drain().await.unwrap();
    assert_eq!(found(&world).await, []);
}

#[tokio::test]
async fn what_is_missing_is_told() {
    let world = World::new().await;
    let notes = ["queue-no-worker", "backup-never", "mail-off"].map(|code| (code, Weight::Note));
    assert_eq!(found(&world).await, notes);
    beats(&world).await;
    world.app.back_up(&world.path("backup"), None).await.unwrap();
    world.app.pause_everything(&world.owner, true).await.unwrap();
    world.pass(SignedDuration::from_hours(24 * 8));
    let all = found(&world).await;
    assert!(all.contains(&("backup-old", Weight::Note)) && all.contains(&("paused", Weight::Note)), "{all:?}");
}

#[tokio::test]
async fn a_clock_that_went_back_is_told() {
    let world = World::new().await;
    world.pass(SignedDuration::from_mins(10));
    beats(&world).await;
    world.pass(SignedDuration::from_mins(-5));
    assert!(found(&world).await.contains(&("clock-back", Weight::Error)));
}

#[tokio::test]
async fn credentials_and_networks_are_looked_at() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let (store, brand, now) = (world.store().await, world.brand, world.app.now());
    let done: Result<(), StoreError> = store
        .write(move |conn| {
            Box::pin(async move { credentials::put(conn, brand, channel, b"\x01nothing of ours", now).await })
        })
        .await;
    done.unwrap();
    store.close().await;
    let all = found(&world).await;
    assert!(all.contains(&("credential-closed", Weight::Error)), "{all:?}");
    assert!(all.contains(&("network-refuses", Weight::Warning)), "{all:?}");
}

#[tokio::test]
async fn a_storage_that_is_gone_is_told() {
    let world = World::new().await;
    std::fs::remove_dir_all(world.path("files")).unwrap();
    std::fs::write(world.path("files"), "a file where the folder was").unwrap();
    assert!(found(&world).await.contains(&("storage-broken", Weight::Error)));
}
