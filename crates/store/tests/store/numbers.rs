//! Numbers over time.

use sarafan_domain::delivery::State;
use sarafan_domain::id::{BrandId, RubricId};
use sarafan_store::numbers::sent::{self, RubricSums, Sums};
use sarafan_store::numbers::{self, Point};
use sarafan_store::{deliveries, posts};

use crate::bench::{Bench, at, delivery, new, on_both_engines, post};

on_both_engines! { numbers_are_kept_for_ever a_long_series_is_thinned missing_is_not_zero what_went_out_adds_up }

async fn numbers_are_kept_for_ever(bench: &Bench) {
    let stage = bench.brand().await;
    let subject = new();
    bench
        .write(move |conn| {
            Box::pin(async move {
                for (n, likes) in [(1, 5.0), (3, 9.0), (2, 7.0), (3, 10.0)] {
                    let values = [("likes", Some(likes)), ("views", Some(0.0)), ("views", Some(likes * 10.0))];
                    numbers::record(conn, stage.brand, subject, at(n), &values).await?;
                }
                numbers::record(conn, stage.brand, subject, at(9), &[]).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let latest = numbers::latest(&mut conn, stage.brand, &[subject, new()]).await.unwrap();
    assert_eq!(latest.len(), 1);
    assert_eq!(latest[&subject]["likes"], Point { at: at(3), value: Some(10.0) });
    assert_eq!(latest[&subject]["views"], Point { at: at(3), value: Some(100.0) });
    assert_eq!(numbers::latest(&mut conn, BrandId(new()), &[subject]).await.unwrap().len(), 0);
    bench.write(move |conn| Box::pin(async move { numbers::rebuild_latest(conn, stage.brand).await })).await.unwrap();
    assert_eq!(
        numbers::latest(&mut conn, stage.brand, &[subject]).await.unwrap(),
        latest,
        "derived anew it is the same"
    );
    let series = numbers::series(&mut conn, stage.brand, subject, "likes", at(2), at(3), 10).await.unwrap();
    assert_eq!(series.iter().map(|point| point.value).collect::<Vec<_>>(), [Some(7.0), Some(10.0)]);
    let before = numbers::first_before(&mut conn, stage.brand, subject, "likes", at(2)).await.unwrap();
    assert_eq!(before, Some(Point { at: at(2), value: Some(7.0) }));
    assert_eq!(numbers::first_before(&mut conn, stage.brand, subject, "likes", at(0)).await.unwrap(), None);
}

async fn a_long_series_is_thinned(bench: &Bench) {
    let stage = bench.brand().await;
    let subject = new();
    bench
        .write(move |conn| {
            Box::pin(async move {
                for n in 0..100 {
                    let value = f64::from(i32::try_from(n).unwrap_or_default());
                    numbers::record(conn, stage.brand, subject, at(n), &[("likes", Some(value))]).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let series = numbers::series(&mut conn, stage.brand, subject, "likes", at(0), at(99), 10).await.unwrap();
    let values: Vec<_> = series.iter().filter_map(|point| point.value).collect();
    assert_eq!(values, [9.0, 19.0, 29.0, 39.0, 49.0, 59.0, 69.0, 79.0, 89.0, 99.0]);
    let series = numbers::series(&mut conn, stage.brand, subject, "likes", at(0), at(99), 100).await.unwrap();
    assert_eq!(series.len(), 100);
}

async fn missing_is_not_zero(bench: &Bench) {
    let stage = bench.brand().await;
    let subject = new();
    bench
        .write(move |conn| {
            Box::pin(async move {
                numbers::record(conn, stage.brand, subject, at(1), &[("views", Some(4.0))]).await?;
                numbers::record(conn, stage.brand, subject, at(2), &[("views", None)]).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let latest = numbers::latest(&mut conn, stage.brand, &[subject]).await.unwrap();
    assert_eq!(latest[&subject]["views"], Point { at: at(2), value: None });
    let known = numbers::first_before(&mut conn, stage.brand, subject, "views", at(2)).await.unwrap();
    assert_eq!(known, Some(Point { at: at(1), value: Some(4.0) }));
}

async fn what_went_out_adds_up(bench: &Bench) {
    let stage = bench.brand().await;
    let rubric = RubricId(new());
    let day = 86_400;
    // Second it was sent, whether it has the rubric, reactions, replies; the last two were never counted.
    type Row = (i64, bool, Option<f64>, Option<f64>);
    let rows: [Row; 6] = [
        (10, true, Some(6.0), Some(1.0)),
        (20, true, Some(2.0), None),
        (30, false, None, Some(9.0)),
        (day + 5, true, Some(40.0), None),
        (day + 6, true, None, None),
        (day + 7, false, None, None),
    ];
    let ids = bench
        .write(move |conn| {
            Box::pin(async move {
                let mut ids = Vec::new();
                for (second, has_rubric, reactions, replies) in rows {
                    let mut row = post(stage, "sent");
                    row.content.rubric = has_rubric.then_some(rubric);
                    posts::insert(conn, &row).await?;
                    let mut one = delivery(stage, row.id, second);
                    (one.state, one.sent_at, one.next_at) = (State::Sent, Some(at(second)), None);
                    deliveries::insert(conn, &one).await?;
                    if reactions.is_some() || replies.is_some() {
                        let values = [("reactions", reactions), ("replies", replies), ("views", None)];
                        numbers::record(conn, stage.brand, one.id.0, at(second + 60), &values).await?;
                    }
                    ids.push(one.id);
                }
                let wall = [("followers", Some(50.0))];
                numbers::record(conn, stage.brand, stage.channel.0, at(9), &wall).await?;
                Ok(ids)
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let sums = async |conn: &mut _| sent::sums(conn, stage.brand, at(0), at(2 * day), day * 1_000_000).await.unwrap();
    let first = Sums {
        posts: 3,
        views: None,
        reactions: Some(8.0),
        replies: Some(10.0),
        reposts: None,
        engagement: Some(18.0),
        rates: Some(18.0 / 50.0),
        rated: 3,
    };
    let second = Sums {
        posts: 3,
        reactions: Some(40.0),
        engagement: Some(40.0),
        rates: Some(40.0 / 50.0),
        rated: 1,
        ..Sums::default()
    };
    let expected = vec![(0, first), (1, second)];
    assert_eq!(sums(&mut conn).await, expected);
    let (best, worst) = sent::extremes(&mut conn, stage.brand, at(0), at(2 * day), 5).await.unwrap();
    assert_eq!((best, worst), (vec![ids[3], ids[2]], vec![ids[1], ids[0]]), "four are known: two and two");
    let mut rubrics = sent::rubrics(&mut conn, stage.brand, at(0), at(2 * day)).await.unwrap();
    rubrics.sort_by_key(|one| one.rubric);
    let of = |rubric, posts, engagement| RubricSums { rubric, posts, engagement: Some(engagement) };
    assert_eq!(rubrics, [of(None, 2, 9.0), of(Some(rubric), 4, 7.0)]);
    let known = sent::engagements(&mut conn, stage.brand, at(0), at(day), 2).await.unwrap();
    assert_eq!(known, [(at(30), Some(9.0)), (at(20), Some(2.0))]);
    assert_eq!(sent::sums(&mut conn, BrandId(new()), at(0), at(day), 1).await.unwrap(), []);
    bench.write(move |conn| Box::pin(async move { numbers::rebuild_latest(conn, stage.brand).await })).await.unwrap();
    assert_eq!(sums(&mut conn).await, expected, "derived anew it is the same");
}
