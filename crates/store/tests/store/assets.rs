//! The media library.

use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::id::*;
use sarafan_domain::post::{MediaRef, PostState};
use sarafan_store::assets::{AssetFilter, AssetRow};
use sarafan_store::posts::PostFilter;
use sarafan_store::{StoreError, assets, posts};

use crate::bench::{Bench, Stage, at, new, on_both_engines, post};

on_both_engines! { assets_are_found_again an_asset_in_use_stays the_same_bytes_are_one_asset }

fn asset(stage: Stage, n: u8, name: &str, folder: &str, labels: &[&str]) -> AssetRow {
    AssetRow {
        facts: AssetFacts {
            id: AssetId(new()),
            kind: if n.is_multiple_of(2) { AssetKind::Image } else { AssetKind::Video },
            mime: "image/jpeg".into(),
            bytes: 5_000_000_000,
            width: 1080,
            height: 1350,
            seconds: Some(1.5),
        },
        name: name.into(),
        folder: folder.into(),
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        alt: "Самовар".into(),
        source: "own".into(),
        rights: "all".into(),
        sha256: hex(n),
        blob: format!("aa/{n}"),
        created_at: at(i64::from(n)),
        created_by: stage.person,
    }
}

fn hex(n: u8) -> String {
    format!("{n:064x}")
}

async fn insert(bench: &Bench, stage: Stage, rows: &[AssetRow]) -> Result<(), StoreError> {
    let rows = rows.to_vec();
    bench
        .write(move |conn| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in &rows {
                    assets::insert(conn, stage.brand, row).await?;
                }
                Ok(())
            })
        })
        .await
}

async fn assets_are_found_again(bench: &Bench) {
    let stage = bench.brand().await;
    let rows = [
        asset(stage, 0, "Tea.jpg", "summer", &["tea", "новинка"]),
        asset(stage, 1, "100%_real.mp4", "summer", &["tea"]),
        asset(stage, 2, "logo.png", "", &[]),
    ];
    insert(bench, stage, &rows).await.unwrap();
    let mut conn = bench.read().await;
    assert_eq!(assets::get(&mut conn, stage.brand, rows[0].facts.id).await.unwrap(), rows[0]);
    assert!(assets::get(&mut conn, BrandId(new()), rows[0].facts.id).await.is_err());
    let wanted = [rows[2].facts.id, AssetId(new()), rows[0].facts.id];
    assert_eq!(assets::get_many(&mut conn, stage.brand, &wanted).await.unwrap(), [rows[2].clone(), rows[0].clone()]);
    assert_eq!(assets::by_hash(&mut conn, stage.brand, &hex(1)).await.unwrap().as_ref(), Some(&rows[1]));

    let text = |text: &str| Some(text.to_owned());
    let table: [(AssetFilter, &[usize]); 8] = [
        (AssetFilter::default(), &[2, 1, 0]),
        (AssetFilter { label: text("tea"), ..AssetFilter::default() }, &[1, 0]),
        (AssetFilter { folder: text("summer"), kind: Some(AssetKind::Video), ..AssetFilter::default() }, &[1]),
        (AssetFilter { folder: text(""), ..AssetFilter::default() }, &[2]),
        (AssetFilter { q: text("САМОВАР"), ..AssetFilter::default() }, &[2, 1, 0]),
        (AssetFilter { q: text("0%_"), ..AssetFilter::default() }, &[1]),
        (AssetFilter { q: text("Новин"), label: text("tea"), ..AssetFilter::default() }, &[0]),
        (AssetFilter { label: text("none"), ..AssetFilter::default() }, &[]),
    ];
    for (filter, expected) in table {
        // By pages of one: the cursor is part of the story.
        let (mut cursor, mut found) = (None, Vec::new());
        loop {
            let (page, next) = assets::list(&mut conn, stage.brand, &filter, cursor, 1).await.unwrap();
            found.extend(page.iter().map(|row| rows.iter().position(|known| known == row).unwrap()));
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(found, expected, "{filter:?}");
    }
    let folders = assets::folders(&mut conn, stage.brand).await.unwrap();
    assert_eq!(folders, [(String::new(), 1), ("summer".to_owned(), 2)]);
    assert_eq!(assets::labels(&mut conn, stage.brand).await.unwrap(), ["tea", "новинка"]);

    let moved = AssetRow { folder: "winter".into(), labels: vec!["snow".into()], ..rows[0].clone() };
    bench
        .write(move |conn| {
            let moved = moved.clone();
            Box::pin(async move { assets::update(conn, stage.brand, &moved).await })
        })
        .await
        .unwrap();
    assert_eq!(assets::labels(&mut conn, stage.brand).await.unwrap(), ["snow", "tea"]);
    let filter = AssetFilter { label: text("tea"), ..AssetFilter::default() };
    assert_eq!(assets::list(&mut conn, stage.brand, &filter, None, 9).await.unwrap().0.len(), 1);
}

async fn an_asset_in_use_stays(bench: &Bench) {
    let stage = bench.brand().await;
    let row = asset(stage, 0, "tea.jpg", "", &["tea"]);
    let id = row.facts.id;
    insert(bench, stage, &[row]).await.unwrap();
    let mut shown = post(stage, "Чай");
    shown.content.media = vec![MediaRef { asset: id, alt: String::new() }];
    let shown_id = shown.id;
    bench
        .write(move |conn| {
            let shown = shown.clone();
            Box::pin(async move { posts::insert(conn, &shown).await })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let filter = PostFilter { asset: Some(id), ..PostFilter::default() };
    let (uses, _) = posts::list(&mut conn, stage.brand, &filter, None, 10).await.unwrap();
    assert_eq!(uses.into_iter().map(|row| row.id).collect::<Vec<_>>(), [shown_id]);
    assert_eq!(assets::use_counts(&mut conn, stage.brand, &[id, AssetId(new())]).await.unwrap(), [(id, 1)]);
    for (state, free) in [(PostState::Draft, false), (PostState::Failed, false), (PostState::Sent, true)] {
        let result = bench
            .write(move |conn| {
                Box::pin(async move {
                    posts::set_state(conn, stage.brand, shown_id, state).await?;
                    assets::delete(conn, stage.brand, id).await
                })
            })
            .await;
        match result {
            Ok(()) => assert!(free, "{state:?}"),
            Err(error) => assert!(!free && matches!(error, StoreError::Conflict { what: "in use" }), "{error}"),
        }
    }
    assert!(assets::get(&mut conn, stage.brand, id).await.is_err());
    assert_eq!(assets::labels(&mut conn, stage.brand).await.unwrap(), Vec::<String>::new());
}

async fn the_same_bytes_are_one_asset(bench: &Bench) {
    let (stage, other) = (bench.brand().await, bench.brand().await);
    insert(bench, stage, &[asset(stage, 0, "a", "", &[])]).await.unwrap();
    let again = insert(bench, stage, &[asset(stage, 0, "b", "", &[])]).await;
    assert!(matches!(again, Err(StoreError::Conflict { what: "file" })), "{again:?}");
    insert(bench, other, &[asset(other, 0, "c", "", &[])]).await.unwrap();
}
