//! Brands, rubrics, channels and what opens them, connections begun, the audit log.

use sarafan_domain::audit::SubjectKind;
use sarafan_domain::brand::Rubric;
use sarafan_domain::channel::{ChannelState, Slot};
use sarafan_domain::id::*;
use sarafan_domain::problem::Problem;
use sarafan_store::audit::{AuditFilter, By};
use sarafan_store::connects::ConnectRow;
use sarafan_store::{StoreError, audit, brands, channels, connects, credentials, rubrics};

use crate::bench::{Bench, at, channel, new, on_both_engines};

on_both_engines! {
    a_brand_is_changed rubrics_keep_their_order a_channel_lives_and_is_removed a_connection_is_finished
    the_audit_log_is_paged
}

async fn a_brand_is_changed(bench: &Bench) {
    let stage = bench.brand().await;
    bench
        .write(move |conn| {
            Box::pin(async move {
                let mut brand = brands::get(conn, stage.brand).await?;
                brand.paused = true;
                brand.late_minutes = 5;
                brands::update(conn, &brand).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let brand = brands::get(&mut conn, stage.brand).await.unwrap();
    assert_eq!((brand.paused, brand.late_minutes, brand.name.as_str()), (true, 5, "Берёзка"));
    assert!(matches!(brands::get(&mut conn, BrandId(new())).await, Err(StoreError::NotFound)));
    assert_eq!(brands::all_ids(&mut conn).await.unwrap(), [stage.brand]);
}

async fn rubrics_keep_their_order(bench: &Bench) {
    let stage = bench.brand().await;
    let rubric = |key: &str| Rubric {
        id: RubricId(new()),
        key: key.into(),
        name: String::new(),
        purpose: String::new(),
        color: 3,
        target_share: Some(20),
    };
    let rows = [rubric("news"), rubric("education")];
    let saved = rows.clone();
    bench
        .write(move |conn| {
            let rows = saved.clone();
            Box::pin(async move {
                for row in &rows {
                    rubrics::insert(conn, stage.brand, row).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    assert_eq!(rubrics::list(&mut conn, stage.brand).await.unwrap(), rows);

    let [news, education] = rows;
    let same_key = Rubric { key: "education".into(), ..news.clone() };
    let taken = bench
        .write(move |conn| {
            let row = same_key.clone();
            Box::pin(async move { rubrics::update(conn, stage.brand, &row).await })
        })
        .await;
    assert!(matches!(taken, Err(StoreError::Conflict { what: "key" })), "{taken:?}");
    bench.write(move |conn| Box::pin(async move { rubrics::delete(conn, stage.brand, news.id).await })).await.unwrap();
    assert_eq!(rubrics::list(&mut conn, stage.brand).await.unwrap(), [education]);
}

async fn a_channel_lives_and_is_removed(bench: &Bench) {
    let stage = bench.brand().await;
    let mut changed = channel(stage, "mirror", "1");
    changed.state = ChannelState::Reconnect;
    changed.url = Some("https://example.org/news".into());
    changed.reason = Some("password changed".into());
    changed.slots = vec![Slot { weekday: 1, time: "09:30:00".parse().unwrap() }];
    changed.checked_at = Some(at(3));
    changed.health = Some(Problem::error("credential-expired", "channel").with("days", 3_usize));
    changed.expires_at = Some(at(1000));
    let saved = changed.clone();
    bench
        .write(move |conn| {
            let changed = saved.clone();
            Box::pin(async move {
                channels::update(conn, &changed).await?;
                credentials::put(conn, stage.brand, stage.channel, b"one", at(1)).await?;
                credentials::put(conn, stage.brand, stage.channel, b"two", at(2)).await?;
                channels::block(conn, stage.brand, stage.channel, at(50)).await?;
                channels::block(conn, stage.brand, stage.channel, at(40)).await
            })
        })
        .await
        .unwrap();
    changed.blocked_until = Some(at(50));
    let mut conn = bench.read().await;
    assert_eq!(channels::get(&mut conn, stage.brand, stage.channel).await.unwrap(), changed);
    assert_eq!(credentials::get(&mut conn, stage.brand, stage.channel).await.unwrap(), b"two");
    assert!(matches!(channels::get(&mut conn, BrandId(new()), stage.channel).await, Err(StoreError::NotFound)));
    assert_eq!(channels::all_active(&mut conn, 10, None).await.unwrap(), [], "it must be connected again");

    let twin = channel(crate::bench::Stage { channel: ChannelId(new()), ..stage }, "mirror", "1");
    let saved = twin.clone();
    let insert = move || {
        let twin = saved.clone();
        bench.write(move |conn| {
            let twin = twin.clone();
            Box::pin(async move { channels::insert(conn, &twin, at(9)).await })
        })
    };
    assert!(matches!(insert().await, Err(StoreError::Conflict { what: "channel" })));
    bench
        .write(move |conn| Box::pin(async move { channels::remove(conn, stage.brand, stage.channel, at(10)).await }))
        .await
        .unwrap();
    insert().await.unwrap();
    assert_eq!(channels::list(&mut conn, stage.brand).await.unwrap(), std::slice::from_ref(&twin));
    let both = [twin.id, stage.channel, twin.id];
    assert_eq!(channels::some(&mut conn, stage.brand, both).await.unwrap().len(), 2, "each once, removed ones too");
    assert_eq!(channels::some(&mut conn, BrandId(new()), both).await.unwrap(), []);
    let connected = channels::connected(&mut conn, stage.brand, &[twin.id, stage.channel]).await.unwrap();
    assert_eq!(connected, std::slice::from_ref(&twin));
    let found = channels::by_external(&mut conn, stage.brand, "mirror", "1").await.unwrap();
    assert_eq!(found.map(|channel| channel.id), Some(twin.id));
    assert!(credentials::get(&mut conn, stage.brand, stage.channel).await.is_err(), "a removed channel has no key");
    let all = channels::all_active(&mut conn, 10, None).await.unwrap();
    assert_eq!(all.iter().map(|channel| channel.id).collect::<Vec<_>>(), [twin.id]);
    assert_eq!(channels::all_active(&mut conn, 10, Some((stage.brand, twin.id))).await.unwrap(), []);
}

async fn a_connection_is_finished(bench: &Bench) {
    let stage = bench.brand().await;
    let row = ConnectRow {
        id: new(),
        brand: stage.brand,
        person: stage.person,
        network: "mirror".into(),
        sealed: vec![1, 2, 3],
        created_at: at(0),
        expires_at: at(600),
    };
    let saved = row.clone();
    bench
        .write(move |conn| {
            let row = saved.clone();
            Box::pin(async move { connects::insert(conn, &row).await })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    assert_eq!(connects::find(&mut conn, row.id, at(599)).await.unwrap(), row);
    assert_eq!(connects::get(&mut conn, stage.brand, row.id, at(1)).await.unwrap(), row);
    assert!(connects::get(&mut conn, BrandId(new()), row.id, at(1)).await.is_err());
    assert!(connects::find(&mut conn, row.id, at(600)).await.is_err(), "too late");
    let gone = bench.write(|conn| Box::pin(async move { connects::delete_expired(conn, at(600)).await })).await;
    assert_eq!(gone.unwrap(), 1);
    bench.write(move |conn| Box::pin(async move { connects::delete(conn, row.brand, row.id).await })).await.unwrap();
}

async fn the_audit_log_is_paged(bench: &Bench) {
    let stage = bench.brand().await;
    bench
        .write(move |conn| {
            Box::pin(async move {
                for n in 0..5 {
                    let detail = serde_json::json!({ "n": n });
                    let person = Some(stage.person);
                    audit::insert(conn, Some(stage.brand), person, "post.write", "post:1", &detail, at(n)).await?;
                }
                audit::insert(conn, None, None, "pause", "all", &serde_json::Value::Null, at(9)).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let (mut cursor, mut seen) = (None, Vec::new());
    loop {
        let (rows, next) = audit::list(&mut conn, Some(stage.brand), &AuditFilter::default(), cursor, 2).await.unwrap();
        seen.extend(rows.iter().map(|row| row.detail["n"].as_i64().unwrap()));
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, [4, 3, 2, 1, 0]);
    let (rows, _) = audit::list(&mut conn, None, &AuditFilter::default(), None, 10).await.unwrap();
    assert_eq!((rows.len(), rows[0].person), (1, None));

    let by = |by| AuditFilter { by: Some(by), ..AuditFilter::default() };
    let action = |action: &str| AuditFilter { action: Some(action.to_owned()), ..AuditFilter::default() };
    let found = [
        (by(By::Person(stage.person)), 5),
        (by(By::Nobody), 0),
        (action("post"), 5),
        (action("post.write"), 5),
        (action("pos"), 0),
        (action("post.writ"), 0),
        (AuditFilter { subject: Some("post:1".into()), from: Some(at(1)), to: Some(at(3)), ..action("post") }, 2),
        (AuditFilter { subject: Some("post:2".into()), ..AuditFilter::default() }, 0),
    ];
    for (filter, expected) in found {
        let (rows, _) = audit::list(&mut conn, Some(stage.brand), &filter, None, 10).await.unwrap();
        assert_eq!(rows.len(), expected, "{filter:?}");
    }
    let things = audit::things(&mut conn, stage.brand, &[stage.person.0, stage.channel.0, new()]).await.unwrap();
    assert_eq!((things.len(), things[&stage.channel.0].0), (1, SubjectKind::Channel), "{things:?}");
    let elsewhere = audit::things(&mut conn, BrandId(new()), &[stage.person.0, stage.channel.0]).await.unwrap();
    assert!(elsewhere.is_empty(), "another brand's things have no name here");
}
