//! Deliveries and their attempts.

use sarafan_domain::delivery::{Delivery, Published, State};
use sarafan_domain::id::*;
use sarafan_domain::problem::Problem;
use sarafan_store::attempts::AttemptRow;
use sarafan_store::deliveries::{DeliveryFilter, Order};
use sarafan_store::{StoreError, attempts, deliveries, posts};

use crate::bench::{Bench, Stage, at, delivery, new, on_both_engines, post};

on_both_engines! { a_delivery_is_kept_whole an_attempt_ends_once the_queue_is_listed what_went_out_is_found }

async fn insert(bench: &Bench, rows: &[Delivery]) {
    let rows = rows.to_vec();
    bench
        .write(move |conn| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in &rows {
                    deliveries::insert(conn, row).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn update(bench: &Bench, row: &Delivery, rev: i64) -> Result<i64, StoreError> {
    let row = row.clone();
    bench
        .write(move |conn| {
            let row = row.clone();
            Box::pin(async move { deliveries::update(conn, &row, rev).await })
        })
        .await
}

async fn saved_post(bench: &Bench, stage: Stage) -> PostId {
    let row = post(stage, "Заголовок");
    let id = row.id;
    bench
        .write(move |conn| {
            let row = row.clone();
            Box::pin(async move { posts::insert(conn, &row).await })
        })
        .await
        .unwrap();
    id
}

async fn a_delivery_is_kept_whole(bench: &Bench) {
    let stage = bench.brand().await;
    let mut row = delivery(stage, saved_post(bench, stage).await, 10);
    insert(bench, std::slice::from_ref(&row)).await;
    let mut conn = bench.read().await;
    let kept = deliveries::get(&mut conn, stage.brand, row.id).await.unwrap();
    assert_eq!((&kept.delivery, kept.rev, kept.title.as_str(), kept.attempts), (&row, 1, "Заголовок", 0));

    row.state = State::Waiting;
    row.step = 2;
    row.tries = 3;
    row.round = 1;
    row.refreshed = true;
    row.resume = Some(serde_json::json!({ "container": "17" }));
    row.next_at = None;
    row.sent_at = Some(at(11));
    row.reason = Some(Problem::warning("rate-limited", "at").with("until", "soon"));
    row.published =
        Some(Published { external_id: "9".into(), url: Some("https://e.org/9".into()), parts: vec!["10".into()] });
    assert_eq!(update(bench, &row, 1).await.unwrap(), 2);
    assert_eq!(deliveries::get(&mut conn, stage.brand, row.id).await.unwrap().delivery, row);

    let late = update(bench, &Delivery { state: State::Cancelled, ..row.clone() }, 1).await;
    assert!(matches!(late, Err(StoreError::Conflict { what: "rev" })), "{late:?}");
    assert_eq!(deliveries::get(&mut conn, stage.brand, row.id).await.unwrap().delivery, row);
    assert!(matches!(deliveries::get(&mut conn, BrandId(new()), row.id).await, Err(StoreError::NotFound)));
    let of_post = deliveries::of_post(&mut conn, stage.brand, row.post).await.unwrap();
    assert_eq!(of_post.iter().map(|one| one.delivery.id).collect::<Vec<_>>(), [row.id]);
    assert_eq!(deliveries::of_posts(&mut conn, BrandId(new()), &[row.post]).await.unwrap(), []);
    bench
        .write(move |conn| Box::pin(async move { deliveries::delete(conn, stage.brand, row.id).await }))
        .await
        .unwrap();
    assert!(deliveries::get(&mut conn, stage.brand, row.id).await.is_err());
}

async fn an_attempt_ends_once(bench: &Bench) {
    let stage = bench.brand().await;
    let row = delivery(stage, saved_post(bench, stage).await, 10);
    insert(bench, std::slice::from_ref(&row)).await;
    let mut attempt = AttemptRow {
        brand: stage.brand,
        delivery: row.id,
        n: 1,
        step: 0,
        kind: "publish".into(),
        started_at: at(10),
        by: Some("worker".into()),
        ended_at: None,
        outcome: None,
        detail: None,
    };
    let saved = attempt.clone();
    let start = || {
        let attempt = saved.clone();
        bench.write(move |conn| {
            let attempt = attempt.clone();
            Box::pin(async move { attempts::start(conn, &attempt).await })
        })
    };
    start().await.unwrap();
    assert!(matches!(start().await, Err(StoreError::Conflict { what: "id" })), "the same number twice");
    let mut conn = bench.read().await;
    assert_eq!(attempts::of_delivery(&mut conn, stage.brand, row.id).await.unwrap(), [attempt.clone()]);
    assert_eq!(deliveries::get(&mut conn, stage.brand, row.id).await.unwrap().attempts, 1);

    let problem = Problem::error("text-too-long", "text").with("max", 300_usize);
    for (outcome, first) in [("rejected", true), ("sent", false)] {
        let problem = problem.clone();
        let ended = bench
            .write(move |conn| {
                let problem = problem.clone();
                Box::pin(
                    async move { attempts::end(conn, stage.brand, row.id, 1, at(11), outcome, Some(&problem)).await },
                )
            })
            .await;
        assert_eq!(ended.is_ok(), first, "an outcome is written once");
    }
    attempt.ended_at = Some(at(11));
    attempt.outcome = Some("rejected".into());
    attempt.detail = Some(problem);
    assert_eq!(attempts::of_delivery(&mut conn, stage.brand, row.id).await.unwrap(), [attempt]);
    assert_eq!(attempts::of_delivery(&mut conn, BrandId(new()), row.id).await.unwrap(), []);
}

async fn the_queue_is_listed(bench: &Bench) {
    let stage = bench.brand().await;
    let post = saved_post(bench, stage).await;
    let other = Stage { channel: ChannelId(new()), ..stage };
    let states = [State::Scheduled, State::Failed, State::Sent, State::Scheduled, State::Unknown];
    let rows: Vec<Delivery> = states
        .into_iter()
        .zip(0_i64..)
        .map(|(state, n)| Delivery { state, ..delivery(if n % 2 == 0 { stage } else { other }, post, n * 10) })
        .collect();
    insert(bench, &rows).await;
    let all = DeliveryFilter::default;
    let table: [(DeliveryFilter, &[usize]); 8] = [
        (all(), &[0, 1, 2, 3, 4]),
        (DeliveryFilter { order: Order::DueLast, ..all() }, &[4, 3, 2, 1, 0]),
        (DeliveryFilter { states: vec![State::Scheduled, State::Unknown], ..all() }, &[0, 3, 4]),
        (DeliveryFilter { states: vec![State::Scheduled], order: Order::DueLast, ..all() }, &[3, 0]),
        (DeliveryFilter { channel: Some(other.channel), ..all() }, &[1, 3]),
        (DeliveryFilter { channel: Some(other.channel), order: Order::DueLast, ..all() }, &[3, 1]),
        (DeliveryFilter { channel: Some(other.channel), states: vec![State::Failed, State::Sent], ..all() }, &[1]),
        (DeliveryFilter { from: Some(at(10)), to: Some(at(40)), ..all() }, &[1, 2, 3]),
    ];
    let mut conn = bench.read().await;
    for (filter, expected) in table {
        for limit in [1, 2, 100] {
            let (mut cursor, mut found) = (None, Vec::new());
            loop {
                let (page, next) = deliveries::list(&mut conn, stage.brand, &filter, cursor, limit).await.unwrap();
                found.extend(page.iter().map(|row| rows.iter().position(|one| one.id == row.delivery.id).unwrap()));
                cursor = next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(found, expected, "pages of {limit}: {filter:?}");
        }
    }
    let counts = deliveries::counts(&mut conn, stage.brand).await.unwrap();
    let some: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(some, [(State::Scheduled, 2), (State::Sent, 1), (State::Failed, 1), (State::Unknown, 1)]);
}

async fn what_went_out_is_found(bench: &Bench) {
    let stage = bench.brand().await;
    let post = saved_post(bench, stage).await;
    let other = Stage { channel: ChannelId(new()), ..stage };
    let out = |stage: Stage, seconds: i64, id: &str| Delivery {
        state: State::Sent,
        sent_at: Some(at(seconds)),
        published: Some(Published::one(id, None)),
        ..delivery(stage, post, seconds)
    };
    let rows = [out(stage, 10, "a"), out(other, 20, "b"), out(stage, 30, "c"), delivery(stage, post, 40)];
    insert(bench, &rows).await;
    let mut conn = bench.read().await;
    let ids =
        |rows: Vec<deliveries::DeliveryRow>| -> Vec<DeliveryId> { rows.iter().map(|row| row.delivery.id).collect() };
    let since = deliveries::sent_since(&mut conn, stage.brand, None, at(20), 10).await.unwrap();
    assert_eq!(ids(since), [rows[1].id, rows[2].id]);
    let since = deliveries::sent_since(&mut conn, stage.brand, Some(stage.channel), at(0), 1).await.unwrap();
    assert_eq!(ids(since), [rows[2].id], "the latest where there are more");
    let recent = deliveries::recent_external_ids(&mut conn, stage.brand, stage.channel, 10).await.unwrap();
    assert_eq!(recent, [(rows[2].id, "c".to_owned()), (rows[0].id, "a".to_owned())]);
}
