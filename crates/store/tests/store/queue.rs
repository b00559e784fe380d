//! The job queue, told step by step. What holds at all times whatever happens is in `queue_random`.

use std::sync::Arc;

use sarafan_domain::id::*;
use sarafan_domain::time::Timestamp;
use sarafan_store::jobs::{self, ClaimedJob, NewJob, QueueStats, Token};
use sarafan_store::{Result, Store, StoreError, workers};
use tokio::sync::Notify;

use crate::bench::{Bench, at, new, on_both_engines};

on_both_engines! {
    a_job_is_done_once a_crash_is_a_lease_that_ends a_lost_lease_is_fenced one_at_a_time_per_serial_key
    a_long_lane_does_not_hide_others unique_jobs_are_moved a_unique_job_put_while_it_runs_runs_again
    kinds_are_served_in_order a_job_is_taken_back a_retry_waits workers_say_they_live
    a_lease_of_a_clock_that_was_put_back_is_shortened a_job_is_held_by_its_latest_token
}

fn job(kind: &str, seconds: i64) -> NewJob {
    NewJob {
        id: JobId(new()),
        kind: kind.into(),
        payload: serde_json::json!({ "n": seconds }),
        run_at: at(seconds),
        serial: None,
        dedupe: None,
    }
}

fn in_lane(lane: u8, seconds: i64) -> NewJob {
    NewJob { serial: Some(vec![lane; 16]), ..job("publish", seconds) }
}

async fn put(bench: &Bench, brand: BrandId, jobs: &[NewJob]) {
    let jobs = jobs.to_vec();
    bench
        .write(move |conn| {
            let jobs = jobs.clone();
            Box::pin(async move {
                for job in &jobs {
                    jobs::put(conn, brand, job).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn claim(bench: &Bench, now: i64, limit: usize) -> Vec<ClaimedJob> {
    claim_kinds(bench, now, limit, &[]).await
}

async fn claim_kinds(bench: &Bench, now: i64, limit: usize, kinds: &'static [&'static str]) -> Vec<ClaimedJob> {
    bench
        .store
        .claim::<_, StoreError, _>(move |conn| {
            Box::pin(async move { jobs::claim(conn, "worker", at(now), at(now + 30), limit, kinds).await })
        })
        .await
        .unwrap()
}

async fn complete(bench: &Bench, token: &Token) -> Result<()> {
    let token = token.clone();
    bench
        .write(move |conn| {
            let token = token.clone();
            Box::pin(async move { jobs::complete(conn, &token).await })
        })
        .await
}

async fn retry(bench: &Bench, token: &Token, run_at: Timestamp) -> Result<()> {
    let token = token.clone();
    bench
        .write(move |conn| {
            let token = token.clone();
            Box::pin(async move { jobs::retry(conn, &token, run_at).await })
        })
        .await
}

async fn extend(bench: &Bench, token: &Token, until: Timestamp) -> Result<()> {
    let token = token.clone();
    bench
        .write(move |conn| {
            let token = token.clone();
            Box::pin(async move { jobs::extend(conn, &token, until).await })
        })
        .await
}

async fn stats(bench: &Bench, now: i64) -> QueueStats {
    jobs::stats(&mut *bench.read().await, at(now)).await.unwrap()
}

async fn next_due(bench: &Bench) -> Option<Timestamp> {
    jobs::next_due(&mut *bench.read().await).await.unwrap()
}

fn ids(jobs: &[ClaimedJob]) -> Vec<JobId> {
    jobs.iter().map(|one| one.job.id).collect()
}

fn lost(result: &Result<()>) -> bool {
    matches!(result, Err(StoreError::Conflict { what: "lease" }))
}

async fn a_job_is_done_once(bench: &Bench) {
    let stage = bench.brand().await;
    assert_eq!(next_due(bench).await, None);
    assert_eq!(stats(bench, 0).await, QueueStats { oldest_due: None, due: 0, running: 0 });
    let [late, soon, later] = [job("publish", 5), job("stats", 2), job("publish", 90)];
    put(bench, stage.brand, &[late.clone(), soon.clone(), later.clone()]).await;
    assert_eq!(next_due(bench).await, Some(at(2)));
    assert!(claim(bench, 1, 10).await.is_empty(), "nothing is due");
    assert_eq!(stats(bench, 6).await, QueueStats { oldest_due: Some(at(2)), due: 2, running: 0 });

    let taken = claim(bench, 6, 10).await;
    assert_eq!(taken.len(), 2);
    let one = taken.iter().find(|one| one.job.id == soon.id).unwrap();
    let expected = jobs::Job {
        id: soon.id,
        brand: stage.brand,
        kind: "stats".into(),
        payload: serde_json::json!({ "n": 2 }),
        run_at: at(2),
        serial: None,
        dedupe: None,
        tries: 1,
    };
    assert_eq!(one.job, expected);
    assert!(claim(bench, 7, 10).await.is_empty(), "both are taken");
    assert_eq!(stats(bench, 7).await, QueueStats { oldest_due: None, due: 0, running: 2 });
    for one in &taken {
        complete(bench, &one.token).await.unwrap();
        assert!(lost(&complete(bench, &one.token).await), "done is done");
    }
    assert_eq!(next_due(bench).await, Some(at(90)));
    assert!(claim(bench, 80, 10).await.is_empty());
}

async fn a_crash_is_a_lease_that_ends(bench: &Bench) {
    let stage = bench.brand().await;
    put(bench, stage.brand, &[job("publish", 0)]).await;
    let first = claim(bench, 0, 1).await;
    assert!(claim(bench, 29, 1).await.is_empty());
    assert_eq!(next_due(bench).await, Some(at(30)), "the end of the lease");
    let second = claim(bench, 30, 1).await;
    assert_eq!(ids(&second), ids(&first));
    assert_eq!(second[0].job.tries, 2);
    complete(bench, &second[0].token).await.unwrap();
}

async fn a_lost_lease_is_fenced(bench: &Bench) {
    let stage = bench.brand().await;
    put(bench, stage.brand, &[in_lane(1, 0)]).await;
    let first = claim(bench, 0, 1).await.remove(0);
    extend(bench, &first.token, at(40)).await.unwrap();
    assert!(claim(bench, 39, 1).await.is_empty(), "it was kept longer");
    let second = claim(bench, 40, 1).await.remove(0);
    assert!(lost(&complete(bench, &first.token).await));
    assert!(lost(&retry(bench, &first.token, at(0)).await));
    assert!(lost(&extend(bench, &first.token, at(99)).await));
    complete(bench, &second.token).await.unwrap();
    assert_eq!(next_due(bench).await, None);
}

async fn one_at_a_time_per_serial_key(bench: &Bench) {
    let stage = bench.brand().await;
    let jobs = [in_lane(1, 3), in_lane(1, 1), in_lane(1, 2), in_lane(2, 4), job("publish", 5)];
    put(bench, stage.brand, &jobs).await;
    let mut taken = claim(bench, 10, 10).await;
    assert_eq!(ids(&taken), [jobs[1].id, jobs[3].id, jobs[4].id], "the first of each lane");
    assert!(claim(bench, 11, 10).await.is_empty());
    for expected in [&jobs[2], &jobs[0]] {
        complete(bench, &taken[0].token).await.unwrap();
        taken = claim(bench, 12, 10).await;
        assert_eq!(ids(&taken), [expected.id], "its turn has come");
        assert_eq!(taken[0].job.tries, 1, "waiting for a turn is no try");
    }
    // The same key in another brand is another lane.
    let other = bench.brand().await;
    put(bench, other.brand, &[in_lane(1, 0)]).await;
    assert_eq!(claim(bench, 13, 10).await.len(), 1);
}

/// Who gives a lane back looks for whom to wake among what its transaction sees. Whoever was parked in the meantime by
/// another process is woken too, and does not wait for the end of a lease that nobody holds any more.
#[tokio::test]
async fn who_is_parked_while_the_lane_is_given_back_is_woken() {
    let Some(bench) = Bench::postgres().await else { return };
    let stage = bench.brand().await;
    let jobs = [in_lane(1, 1), in_lane(1, 2)];
    put(&bench, stage.brand, &jobs).await;
    let first = claim(&bench, 10, 1).await.remove(0);
    let twin = Store::open(&bench.url, at(1)).await.unwrap();
    let (looked, parked) = (Arc::new(Notify::new()), Arc::new(Notify::new()));

    let ending = {
        let (looked, parked) = (Arc::clone(&looked), Arc::clone(&parked));
        bench.store.write::<_, StoreError, _>(move |conn| {
            let (looked, parked, token) = (Arc::clone(&looked), Arc::clone(&parked), first.token.clone());
            Box::pin(async move {
                // From here on the transaction sees the database as it is now.
                jobs::next_due(conn).await?;
                looked.notify_one();
                parked.notified().await;
                parked.notify_one();
                jobs::complete(conn, &token).await
            })
        })
    };
    let parking = async {
        looked.notified().await;
        let claimed = twin.claim::<_, StoreError, _>(|conn| {
            Box::pin(async move { jobs::claim(conn, "twin", at(11), at(41), 10, &[]).await })
        });
        assert!(claimed.await.unwrap().is_empty(), "the lane is taken");
        parked.notify_one();
    };
    let (ended, ()) = tokio::join!(ending, parking);
    ended.unwrap();
    assert_eq!(ids(&claim(&bench, 12, 10).await), [jobs[1].id], "its turn has come at once");
    twin.close().await;
    bench.clear().await;
}

async fn a_long_lane_does_not_hide_others(bench: &Bench) {
    let stage = bench.brand().await;
    let mut jobs: Vec<NewJob> = (0..40).map(|n| in_lane(1, n)).collect();
    jobs.push(in_lane(2, 40));
    put(bench, stage.brand, &jobs).await;
    let mut seen = Vec::new();
    for _ in 0..10 {
        seen.extend(ids(&claim(bench, 50, 8).await));
    }
    assert_eq!(seen, [jobs[0].id, jobs[40].id]);
    // A worker that dies holding a lane: the others of the lane come when its lease ends, one at a time.
    let after = claim(bench, 80, 8).await;
    assert_eq!(after.iter().filter(|one| one.job.serial == jobs[0].serial).count(), 1);
}

async fn unique_jobs_are_moved(bench: &Bench) {
    let stage = bench.brand().await;
    let unique = |seconds| NewJob { dedupe: Some("wake:1".into()), ..job("publish", seconds) };
    let first = unique(50);
    put(bench, stage.brand, &[first.clone(), unique(20)]).await;
    assert_eq!(next_due(bench).await, Some(at(20)));
    let other = bench.brand().await;
    put(bench, other.brand, &[unique(21)]).await;
    let taken = claim(bench, 30, 10).await;
    assert_eq!(taken.len(), 2, "one per brand");
    let own = taken.iter().find(|one| one.job.brand == stage.brand).unwrap();
    assert_eq!((own.job.id, &own.job.payload), (first.id, &serde_json::json!({ "n": 20 })));
    for one in taken {
        complete(bench, &one.token).await.unwrap();
    }
    put(bench, stage.brand, &[unique(60)]).await;
    assert_eq!(next_due(bench).await, Some(at(60)), "after it is done the name is free");
}

async fn a_unique_job_put_while_it_runs_runs_again(bench: &Bench) {
    let stage = bench.brand().await;
    let unique = |seconds| NewJob { dedupe: Some("wake:1".into()), serial: Some(vec![1]), ..job("publish", seconds) };
    put(bench, stage.brand, &[unique(0)]).await;
    let first = claim(bench, 0, 1).await.remove(0);
    put(bench, stage.brand, &[unique(7)]).await;
    assert!(claim(bench, 8, 1).await.is_empty(), "it is being run");
    complete(bench, &first.token).await.unwrap();
    let second = claim(bench, 8, 1).await.remove(0);
    assert_eq!((second.job.run_at, second.job.tries), (at(7), 1));
    // Putting and completing in one transaction, in whichever order, does not lose the next time.
    for put_first in [true, false] {
        let token = claim(bench, 999, 1).await.first().map_or_else(|| second.token.clone(), |one| one.token.clone());
        let next = unique(900);
        bench
            .write(move |conn| {
                let (token, next) = (token.clone(), next.clone());
                Box::pin(async move {
                    if put_first {
                        jobs::put(conn, stage.brand, &next).await?;
                    }
                    jobs::complete(conn, &token).await?;
                    if !put_first {
                        jobs::put(conn, stage.brand, &next).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        assert_eq!(next_due(bench).await, Some(at(900)));
    }
    // A retry comes at the earlier of the two times.
    let token = claim(bench, 901, 1).await.remove(0).token;
    put(bench, stage.brand, &[unique(950)]).await;
    retry(bench, &token, at(990)).await.unwrap();
    assert_eq!(next_due(bench).await, Some(at(950)));
}

async fn kinds_are_served_in_order(bench: &Bench) {
    let stage = bench.brand().await;
    let [publish, stats, other] = [job("publish", 9), job("stats", 1), job("other", 0)];
    put(bench, stage.brand, &[publish.clone(), stats.clone(), other.clone()]).await;
    assert_eq!(ids(&claim_kinds(bench, 10, 1, &["publish", "stats"]).await), [publish.id]);
    assert_eq!(ids(&claim_kinds(bench, 10, 5, &["publish", "stats"]).await), [stats.id]);
    assert_eq!(ids(&claim(bench, 10, 5).await), [other.id]);
}

async fn a_job_is_taken_back(bench: &Bench) {
    let stage = bench.brand().await;
    let unique = NewJob { dedupe: Some("wake:1".into()), ..job("publish", 0) };
    let cancel = || bench.write(move |conn| Box::pin(async move { jobs::cancel(conn, stage.brand, "wake:1").await }));
    assert!(!cancel().await.unwrap());
    put(bench, stage.brand, std::slice::from_ref(&unique)).await;
    assert!(cancel().await.unwrap());
    assert_eq!(next_due(bench).await, None);
    put(bench, stage.brand, std::slice::from_ref(&unique)).await;
    let taken = claim(bench, 0, 1).await.remove(0);
    put(bench, stage.brand, &[unique]).await;
    assert!(cancel().await.unwrap(), "it is being run, but not again");
    complete(bench, &taken.token).await.unwrap();
    assert_eq!(next_due(bench).await, None);
}

async fn a_retry_waits(bench: &Bench) {
    let stage = bench.brand().await;
    put(bench, stage.brand, &[in_lane(1, 0), in_lane(1, 1)]).await;
    let first = claim(bench, 5, 5).await.remove(0);
    retry(bench, &first.token, at(20)).await.unwrap();
    let second = claim(bench, 6, 5).await;
    assert_eq!(second.len(), 1, "the lane is free for the next one");
    assert_ne!(second[0].job.id, first.job.id);
    complete(bench, &second[0].token).await.unwrap();
    let again = claim(bench, 20, 5).await.remove(0);
    assert_eq!((again.job.id, again.job.tries), (first.job.id, 2));
}

async fn workers_say_they_live(bench: &Bench) {
    bench
        .write(|conn| {
            Box::pin(async move {
                workers::beat(conn, "one", at(0)).await?;
                workers::beat(conn, "two", at(1)).await?;
                workers::beat(conn, "one", at(20)).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let alive = workers::alive(&mut conn, at(10)).await.unwrap();
    assert_eq!(alive.len(), 1);
    assert_eq!((alive[0].name.as_str(), alive[0].started_at, alive[0].seen_at), ("one", at(0), at(20)));
    bench.write(|conn| Box::pin(async move { workers::leave(conn, "one", at(10)).await })).await.unwrap();
    assert_eq!(workers::alive(&mut conn, at(0)).await.unwrap(), [], "one left, two is long forgotten");
}

async fn a_lease_of_a_clock_that_was_put_back_is_shortened(bench: &Bench) {
    let stage = bench.brand().await;
    // Taken by a clock that was a day ahead; its holder died, and another one of its lane waits for it.
    put(bench, stage.brand, &[in_lane(1, 0), in_lane(1, 1), job("stats", 5000)]).await;
    assert_eq!(claim(bench, 86_400, 9).await.len(), 2, "one of the lane, and the other kind");
    assert_eq!(claim(bench, 100, 9).await, [], "by the right clock nothing is due for a day");
    let shorten = |now: i64| bench.write(move |conn| Box::pin(async move { jobs::shorten(conn, at(now + 60)).await }));
    assert_eq!(shorten(100).await.unwrap(), 2);
    assert_eq!(shorten(100).await.unwrap(), 0, "leases of this length are left alone");
    assert_eq!(claim(bench, 159, 9).await, []);
    let again = claim(bench, 160, 9).await;
    assert_eq!(again.iter().filter(|one| one.job.kind == "publish").count(), 1, "one at a time in the lane");
    // What waits for its time is no lease.
    let future = claim(bench, 161, 9).await;
    assert!(future.iter().all(|one| one.job.kind != "stats"), "{future:?}");
}

async fn a_job_is_held_by_its_latest_token(bench: &Bench) {
    let stage = bench.brand().await;
    put(bench, stage.brand, &[job("publish", 0)]).await;
    let hold = |token: &Token| {
        let token = token.clone();
        bench.write(move |conn| {
            let token = token.clone();
            Box::pin(async move { jobs::hold(conn, &token).await })
        })
    };
    let first = claim(bench, 0, 1).await.remove(0).token;
    hold(&first).await.unwrap();
    let second = claim(bench, 30, 1).await.remove(0).token;
    assert!(matches!(hold(&first).await, Err(StoreError::Conflict { what: "lease" })));
    hold(&second).await.unwrap();
}
