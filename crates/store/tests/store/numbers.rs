//! Numbers over time.

use sarafan_domain::id::BrandId;
use sarafan_store::numbers::{self, Point};

use crate::bench::{Bench, at, new, on_both_engines};

on_both_engines! { numbers_are_kept_for_ever a_long_series_is_thinned missing_is_not_zero }

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
