//! Is the work being done?

use sarafan_app::worker::Worker;
use serde_json::json;
use tokio::sync::watch;

use crate::world::World;

#[tokio::test]
async fn a_worker_that_was_never_heard_of_is_told_and_so_is_a_queue_that_stalls() {
    let world = World::new().await;
    let health = world.app.health().await.unwrap();
    assert!(!health.ok && !health.worker.alive);
    assert_eq!((health.worker.seen_seconds_ago, health.queue.due), (None, 0));

    world.channel(world.brand, "one").await;
    world.pass(jiff::SignedDuration::from_secs(200));
    let view = serde_json::to_value(world.app.health().await.unwrap()).unwrap();
    assert_eq!(view["queue"], json!({ "oldest_due_seconds": 200, "processed_seconds_ago": null, "due": 3 }));
}

#[tokio::test]
async fn a_living_worker_is_well_and_a_silent_one_is_dead() {
    let world = World::new().await;
    let (stop, stopping) = watch::channel(false);
    let working = tokio::spawn(Worker::new(world.app.clone()).run(stopping));
    let mut looks = 0;
    while !world.app.health().await.unwrap().ok {
        looks += 1;
        assert!(looks < 100_000, "the worker never said that it lives");
        tokio::task::yield_now().await;
    }
    world.pass(jiff::SignedDuration::from_secs(31));
    // It may have said so again meanwhile; once it has stopped it does not.
    stop.send(true).unwrap();
    working.await.unwrap();
    world.pass(jiff::SignedDuration::from_secs(31));
    let health = world.app.health().await.unwrap();
    assert!(!health.ok && !health.worker.alive, "{health:?}");
}
