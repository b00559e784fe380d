//! Letters: kept sealed until their end, found by what they are about, forgotten in time.

use sarafan_domain::id::*;
use sarafan_domain::language::Lang;
use sarafan_store::letters::{self, LetterRow, LetterState};
use sarafan_store::{Conn, Result, StoreError};
use uuid::Uuid;

use crate::bench::{Bench, at, new, on_both_engines};

on_both_engines! { a_letter_comes_to_its_end a_letter_is_taken_back }

fn letter(brand: BrandId, about: Uuid) -> LetterRow {
    LetterRow {
        id: LetterId(new()),
        brand,
        kind: "invitation".into(),
        recipient: "zofia@example.org".into(),
        language: Lang::Pl,
        about: Some(about),
        state: LetterState::Waiting,
        tries: 0,
        reason: None,
        sealed: Some(vec![1, 2, 3]),
        created_at: at(0),
        expires_at: at(100),
        ended_at: None,
    }
}

async fn put(bench: &Bench, row: &LetterRow) {
    let row = row.clone();
    bench
        .write(move |conn: &mut Conn| {
            let row = row.clone();
            Box::pin(async move { letters::insert(conn, &row).await })
        })
        .await
        .unwrap();
}

async fn a_letter_comes_to_its_end(bench: &Bench) {
    let (brand, other, about) = (BrandId(new()), BrandId(new()), new());
    let row = letter(brand, about);
    put(bench, &row).await;
    let mut conn = bench.read().await;
    assert_eq!(letters::get(&mut conn, brand, row.id).await.unwrap(), row);
    assert!(matches!(letters::get(&mut conn, other, row.id).await, Err(StoreError::NotFound)));
    assert_eq!(letters::about(&mut conn, brand, &[about, new()]).await.unwrap(), [(about, LetterState::Waiting)]);
    drop(conn);

    let id = row.id;
    bench
        .write(move |conn: &mut Conn| {
            Box::pin(async move {
                letters::tried(conn, brand, id, "451 later").await?;
                letters::end(conn, brand, id, LetterState::Failed, Some("550 no"), at(20)).await
            })
        })
        .await
        .unwrap();
    let mut conn = bench.read().await;
    let ended = letters::get(&mut conn, brand, id).await.unwrap();
    assert_eq!((ended.tries, ended.sealed, ended.state), (2, None, LetterState::Failed));
    assert_eq!(letters::failed(&mut conn, brand, at(20)).await.unwrap(), (1, Some("550 no".into())));
    assert_eq!(letters::failed(&mut conn, brand, at(21)).await.unwrap(), (0, None));
    assert_eq!(letters::failed(&mut conn, other, at(0)).await.unwrap(), (0, None));
    drop(conn);

    for (before, gone) in [(20, 0), (21, 1)] {
        let forgotten: Result<u64> = bench
            .write(move |conn: &mut Conn| Box::pin(async move { letters::forget(conn, brand, at(before)).await }))
            .await;
        assert_eq!(forgotten.unwrap(), gone);
    }
}

async fn a_letter_is_taken_back(bench: &Bench) {
    let (brand, about) = (BrandId(new()), new());
    let sent = LetterRow { state: LetterState::Sent, sealed: None, ..letter(brand, about) };
    let waiting = letter(brand, about);
    put(bench, &sent).await;
    put(bench, &waiting).await;
    bench
        .write(move |conn: &mut Conn| Box::pin(async move { letters::take_back(conn, brand, about).await }))
        .await
        .unwrap();
    let mut conn = bench.read().await;
    assert!(matches!(letters::get(&mut conn, brand, waiting.id).await, Err(StoreError::NotFound)));
    assert_eq!(letters::get(&mut conn, brand, sent.id).await.unwrap(), sent);
}
