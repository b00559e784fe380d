//! Requests with a key: who takes it, who has lost it, and when it is forgotten.

use sarafan_domain::id::{PersonId, RunId};
use sarafan_store::idempotency::{self, KeyedRow, NewRun};
use sarafan_store::{Result, StoreError};

use crate::bench::{Bench, at, new, on_both_engines};

on_both_engines! { a_key_acts_once only_one_of_many_takes_a_key }

fn run(person: PersonId, key: &str, begun: i64) -> NewRun {
    let request = vec![1; 32];
    NewRun {
        person,
        key: key.into(),
        run: RunId(new()),
        request,
        held_until: at(begun + 60),
        ends_at: at(begun + 1000),
    }
}

async fn begin(bench: &Bench, new: &NewRun, now: i64) -> Option<KeyedRow> {
    let new = new.clone();
    bench
        .write(move |conn| {
            let new = new.clone();
            Box::pin(async move { idempotency::begin(conn, &new, at(now)).await })
        })
        .await
        .unwrap()
}

fn lost(result: &Result<()>) -> bool {
    matches!(result, Err(StoreError::Conflict { what: "run" }))
}

async fn a_key_acts_once(bench: &Bench) {
    let person = PersonId(new());
    let first = run(person, "k", 0);
    assert_eq!(begin(bench, &first, 0).await, None);
    let second = run(person, "k", 5);
    let held = begin(bench, &second, 5).await.unwrap();
    assert_eq!((held.run, held.held_until, held.acted, held.answer), (first.run, at(60), false, None));
    assert_eq!(begin(bench, &run(PersonId(new()), "k", 5), 5).await, None, "everybody has their own keys");

    let (one, two) = (first.run, second.run);
    bench.write(move |conn| Box::pin(idempotency::hold(conn, one, at(90)))).await.unwrap();
    let taking = second.clone();
    bench
        .write(move |conn| {
            let taking = taking.clone();
            Box::pin(async move { idempotency::take_over(conn, one, &taking).await })
        })
        .await
        .unwrap();
    assert!(lost(&bench.write(move |conn| Box::pin(idempotency::acted(conn, one))).await), "the first has lost it");
    assert!(lost(&bench.write(move |conn| Box::pin(idempotency::hold(conn, one, at(200)))).await));
    bench.write(move |conn| Box::pin(idempotency::acted(conn, two))).await.unwrap();
    let third = run(person, "k", 70);
    let taking = third.clone();
    let taken = bench
        .write(move |conn| {
            let taking = taking.clone();
            Box::pin(async move { idempotency::take_over(conn, two, &taking).await })
        })
        .await;
    assert!(lost(&taken), "what has acted is never taken over");
    bench.write(move |conn| Box::pin(idempotency::give_up(conn, two, at(80)))).await.unwrap();
    let found = begin(bench, &third, 81).await.unwrap();
    assert_eq!((found.acted, found.held_until), (true, at(80)));
    bench.write(move |conn| Box::pin(idempotency::answer(conn, two, 201, b"sealed"))).await.unwrap();
    assert_eq!(begin(bench, &third, 82).await.unwrap().answer, Some((201, b"sealed".to_vec())));
    assert_eq!(begin(bench, &third, 2000).await, None, "it is forgotten");

    let idle = run(person, "idle", 0);
    begin(bench, &idle, 0).await;
    let id = idle.run;
    bench.write(move |conn| Box::pin(idempotency::give_up(conn, id, at(1)))).await.unwrap();
    assert_eq!(begin(bench, &run(person, "idle", 2), 2).await, None, "what changed nothing frees its key");
}

async fn only_one_of_many_takes_a_key(bench: &Bench) {
    let person = PersonId(new());
    let runs: Vec<NewRun> = (0..8).map(|_| run(person, "k", 0)).collect();
    let begun = futures::future::join_all(runs.iter().map(|new| begin(bench, new, 0))).await;
    assert_eq!(begun.iter().filter(|row| row.is_none()).count(), 1);
}
