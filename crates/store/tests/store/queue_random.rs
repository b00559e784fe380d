//! What holds of the queue at all times, on random histories and with many workers at once: no job and no serial key
//! is ever held twice, only the latest token counts, and nothing is lost.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use sarafan_domain::id::*;
use sarafan_store::jobs::{self, ClaimedJob, NewJob, Token};
use sarafan_store::{Result, Store, StoreError};

use crate::bench::{Bench, at, new, on_both_engines};

on_both_engines! { random_histories_keep_the_rules many_workers_share_the_work }

/// Chance that can be repeated: the next number below `below`.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
    fn seconds(&mut self, below: u64) -> i64 {
        i64::try_from(self.roll(below)).unwrap()
    }
    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(from.len()).unwrap();
        (count > 0).then(|| &from[usize::try_from(self.roll(count)).unwrap()])
    }
}

/// What the test knows of a job.
#[derive(Debug, Clone)]
struct Known {
    run_at: i64,
    lane: Option<Vec<u8>>,
    /// The latest lease: its token and its end.
    lease: Option<(Token, i64)>,
}

/// The queue as it should be: so simple that it is surely right.
#[derive(Default)]
struct Model {
    now: i64,
    open: HashMap<JobId, Known>,
    tokens: Vec<(JobId, Token)>,
}

impl Model {
    fn holds(&self, token: &Token, job: JobId) -> bool {
        self.open.get(&job).and_then(|known| known.lease.as_ref()).is_some_and(|(latest, _)| latest == token)
    }

    fn claimed(&mut self, one: &ClaimedJob, until: i64) {
        let (id, now) = (one.job.id, self.now);
        let known = self.open.get(&id).cloned().expect("a job that is not open was given out");
        assert!(known.run_at <= now, "a job was given out before its time");
        assert!(known.lease.is_none_or(|(_, end)| end <= now), "a job that is held was given out");
        let held = |other: &Known| other.lease.as_ref().is_some_and(|(_, end)| *end > now);
        let overlap = known.lane.is_some() && self.open.values().any(|other| other.lane == known.lane && held(other));
        assert!(!overlap, "a serial key was given out twice");
        self.open.insert(id, Known { lease: Some((one.token.clone(), until)), ..known });
        self.tokens.push((id, one.token.clone()));
    }
}

async fn with_token<F>(bench: &Bench, token: &Token, what: F) -> Result<()>
where
    F: for<'t> Fn(&'t mut sarafan_store::Conn, Token) -> futures::future::BoxFuture<'t, Result<()>>
        + Send
        + Sync
        + 'static,
{
    let token = token.clone();
    bench.write(move |conn| what(conn, token.clone())).await
}

async fn claim(store: &Store, now: i64, until: i64, limit: usize) -> Vec<ClaimedJob> {
    store
        .claim::<_, StoreError, _>(move |conn| {
            Box::pin(async move { jobs::claim(conn, "w", at(now), at(until), limit, &["publish", "stats"]).await })
        })
        .await
        .unwrap()
}

async fn random_histories_keep_the_rules(bench: &Bench) {
    let stage = bench.brand().await;
    for seed in 0..12 {
        history(bench, stage.brand, Dice(seed * 7919 + 1)).await;
    }
}

async fn history(bench: &Bench, brand: BrandId, mut dice: Dice) {
    let mut model = Model::default();
    for _ in 0..120 {
        match dice.roll(10) {
            0..=2 => put(bench, brand, &mut model, &mut dice).await,
            3..=5 => {
                let until = model.now + 1 + dice.seconds(40);
                let limit = usize::try_from(1 + dice.roll(4)).unwrap();
                for one in claim(&bench.store, model.now, until, limit).await {
                    model.claimed(&one, until);
                }
            }
            6 => model.now += dice.seconds(25),
            _ => use_a_token(bench, &mut model, &mut dice).await,
        }
    }
    // Nothing is lost: with time enough everything that is open is given out and can be done.
    while !model.open.is_empty() {
        model.now += 100;
        let until = model.now + 1;
        let taken = claim(&bench.store, model.now, until, 3).await;
        assert!(!taken.is_empty(), "{} jobs were lost", model.open.len());
        for one in taken {
            model.claimed(&one, until);
            with_token(bench, &one.token, |conn, token| Box::pin(async move { jobs::complete(conn, &token).await }))
                .await
                .unwrap();
            model.open.remove(&one.job.id);
        }
    }
    assert!(claim(&bench.store, model.now + 1000, model.now + 1001, 9).await.is_empty(), "a job was there twice");
}

async fn put(bench: &Bench, brand: BrandId, model: &mut Model, dice: &mut Dice) {
    let lane = (dice.roll(3) > 0).then(|| vec![u8::try_from(dice.roll(3)).unwrap(); 16]);
    let run_at = model.now + dice.seconds(30);
    let job = NewJob {
        id: JobId(new()),
        kind: if dice.roll(2) == 0 { "publish".into() } else { "stats".into() },
        payload: serde_json::Value::Null,
        run_at: at(run_at),
        serial: lane.clone(),
        dedupe: None,
    };
    model.open.insert(job.id, Known { run_at, lane, lease: None });
    bench
        .write(move |conn| {
            let job = job.clone();
            Box::pin(async move { jobs::put(conn, brand, &job).await })
        })
        .await
        .unwrap();
}

/// Any token ever given out, old ones too: the model says whether it must be taken.
async fn use_a_token(bench: &Bench, model: &mut Model, dice: &mut Dice) {
    let Some((id, token)) = dice.pick(&model.tokens).cloned() else { return };
    let good = model.holds(&token, id);
    let (what, later) = (dice.roll(3), model.now + dice.seconds(30));
    // Once the lease has ended, another job of the lane may be under way: then the lane cannot be kept on.
    let ended = model.open.get(&id).and_then(|known| known.lease.as_ref()).is_some_and(|(_, end)| *end <= model.now);
    let result = match what {
        0 => with_token(bench, &token, |conn, token| Box::pin(async move { jobs::complete(conn, &token).await })).await,
        1 => {
            with_token(bench, &token, move |conn, token| {
                Box::pin(async move { jobs::retry(conn, &token, at(later)).await })
            })
            .await
        }
        _ if ended => return,
        _ => {
            with_token(bench, &token, move |conn, token| {
                Box::pin(async move { jobs::extend(conn, &token, at(later)).await })
            })
            .await
        }
    };
    // After the end of its lease a token may have been taken away without anybody having the job yet: the job was
    // put off behind another one of its lane. Before its end it holds.
    assert!(good || result.is_err(), "{what} with a token that is old");
    assert!(!good || ended || result.is_ok(), "{what} with a token that is good");
    if let Err(error) = result {
        assert!(matches!(error, StoreError::Conflict { what: "lease" }), "{error:?}");
        return;
    }
    match (what, model.open.get_mut(&id)) {
        (0, _) => {
            model.open.remove(&id);
        }
        (1, Some(known)) => {
            known.run_at = later;
            known.lease = None;
        }
        (_, Some(known)) => known.lease = Some((token, later)),
        (_, None) => {}
    }
}

/// Two stores, as two processes, with several workers each: every job is done exactly once, and while one is being
/// done nobody else has it or its lane.
async fn many_workers_share_the_work(bench: &Bench) {
    let stage = bench.brand().await;
    let count = 120;
    bench
        .write(move |conn| {
            Box::pin(async move {
                for n in 0..count {
                    let lane = u8::try_from(n % 7).ok().filter(|lane| *lane < 5);
                    let job = NewJob {
                        id: JobId(new()),
                        kind: "publish".into(),
                        payload: serde_json::Value::Null,
                        run_at: at(n),
                        serial: lane.map(|lane| vec![lane; 16]),
                        dedupe: None,
                    };
                    jobs::put(conn, stage.brand, &job).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let other = Store::open(&bench.url, at(0)).await.unwrap();
    let held: Arc<Mutex<HashSet<Vec<u8>>>> = Arc::default();
    let done: Arc<Mutex<HashSet<JobId>>> = Arc::default();
    let idle = Arc::new(AtomicUsize::new(0));
    let (said, _) = tokio::sync::watch::channel(());
    let said = Arc::new(said);
    let workers = (0..6_usize).map(|n| {
        let store = if n % 2 == 0 { bench.store.clone() } else { other.clone() };
        let (held, done, idle, said) = (Arc::clone(&held), Arc::clone(&done), Arc::clone(&idle), Arc::clone(&said));
        tokio::spawn(async move {
            let mut dice = Dice(u64::try_from(n).unwrap() + 1);
            let mut news = said.subscribe();
            while done.lock().unwrap().len() < 120 {
                news.borrow_and_update();
                let limit = usize::try_from(1 + dice.roll(5)).unwrap();
                let taken = claim(&store, 1000, 2000, limit).await;
                if taken.is_empty() {
                    // Whoever holds something is not idle; with all of them idle there is nobody to wait for.
                    let all = idle.fetch_add(1, Ordering::SeqCst) == 5 && !news.has_changed().unwrap();
                    assert!(!all || done.lock().unwrap().len() == 120, "jobs were lost");
                    news.changed().await.unwrap();
                    idle.fetch_sub(1, Ordering::SeqCst);
                }
                for one in &taken {
                    if let Some(lane) = &one.job.serial {
                        assert!(held.lock().unwrap().insert(lane.clone()), "a lane was held twice");
                    }
                }
                for one in taken {
                    if let Some(lane) = &one.job.serial {
                        held.lock().unwrap().remove(lane);
                    }
                    let token = one.token.clone();
                    store
                        .write::<_, StoreError, _>(move |conn| {
                            let token = token.clone();
                            Box::pin(async move { jobs::complete(conn, &token).await })
                        })
                        .await
                        .unwrap();
                    assert!(done.lock().unwrap().insert(one.job.id), "a job was done twice");
                    said.send_replace(());
                }
            }
        })
    });
    for worker in futures::future::join_all(workers).await {
        worker.unwrap();
    }
    assert_eq!(done.lock().unwrap().len(), 120, "jobs were lost");
    other.close().await;
}
