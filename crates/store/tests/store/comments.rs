//! Comments: found under their post in order, page by page, and by nobody else.

use sarafan_domain::delivery::{Published, State};
use sarafan_domain::id::{BrandId, ChannelId, DeliveryId, PostId};
use sarafan_store::comments::{self, CommentRow, Under};
use sarafan_store::{deliveries, posts};

use crate::bench::{Bench, Stage, at, delivery, new, on_both_engines, post};

on_both_engines! {
    comments_are_paged_and_kept_once
    what_something_stands_under_is_found_by_the_networks_id
    a_cursor_is_kept_per_channel
}

fn comment(stage: Stage, id: &str, under: Option<Under>, second: i64) -> CommentRow {
    CommentRow {
        channel: stage.channel,
        external_id: id.to_owned(),
        under,
        parent: Some("x".to_owned()),
        author: "Вера".to_owned(),
        author_id: "7".to_owned(),
        text: format!("text of {id}"),
        url: None,
        at: at(second),
        own: id.starts_with("own"),
    }
}

async fn put(bench: &Bench, stage: Stage, rows: Vec<CommentRow>) -> Vec<bool> {
    bench
        .write(move |conn| {
            let rows = rows.clone();
            Box::pin(async move {
                let mut new = Vec::new();
                for row in &rows {
                    new.push(comments::put(conn, stage.brand, row).await?);
                }
                Ok(new)
            })
        })
        .await
        .unwrap()
}

async fn comments_are_paged_and_kept_once(bench: &Bench) {
    let stage = bench.brand().await;
    let under = Under { post: PostId(new()), delivery: DeliveryId(new()) };
    // Two of the same second, and one that stands under nothing.
    let rows = vec![
        comment(stage, "b", Some(under), 5),
        comment(stage, "a", Some(under), 5),
        comment(stage, "own c", Some(under), 7),
        comment(stage, "alone", None, 6),
    ];
    assert_eq!(put(bench, stage, rows).await, [true; 4]);
    let changed = CommentRow { text: "changed".to_owned(), ..comment(stage, "a", None, 99) };
    assert_eq!(put(bench, stage, vec![changed]).await, [false]);

    let mut conn = bench.read().await;
    let (first, next) = comments::of_post(&mut conn, stage.brand, under.post, None, 2).await.unwrap();
    let (second, end) = comments::of_post(&mut conn, stage.brand, under.post, next.as_ref(), 2).await.unwrap();
    let texts: Vec<&str> = first.iter().chain(&second).map(|row| row.text.as_str()).collect();
    assert_eq!((texts, end), (vec!["changed", "text of b", "text of own c"], None));
    assert_eq!((first[0].under, first[0].at), (Some(under), at(5)), "only its words change");
    assert_eq!(comments::count(&mut conn, stage.brand, under.delivery).await.unwrap(), 2, "our own do not count");
    let (others, _) = comments::of_post(&mut conn, BrandId(new()), under.post, None, 9).await.unwrap();
    assert_eq!(others, []);
}

async fn what_something_stands_under_is_found_by_the_networks_id(bench: &Bench) {
    let stage = bench.brand().await;
    let row = post(stage, "out");
    let mut sent = delivery(stage, row.id, 1);
    sent.state = State::Sent;
    sent.sent_at = Some(at(2));
    sent.published = Some(Published::one("main".to_owned(), None));
    let under = Under { post: row.id, delivery: sent.id };
    bench
        .write(move |conn| {
            let (row, sent) = (row.clone(), sent.clone());
            Box::pin(async move {
                posts::insert(conn, &row).await?;
                deliveries::insert(conn, &sent).await
            })
        })
        .await
        .unwrap();
    put(bench, stage, vec![comment(stage, "1", Some(under), 5), comment(stage, "alone", None, 5)]).await;
    let mut conn = bench.read().await;
    let ids = ["main", "1", "alone", "nobody"];
    let found = comments::under(&mut conn, stage.brand, stage.channel, &ids).await.unwrap();
    assert_eq!((found.len(), found.get("main"), found.get("1")), (2, Some(&under), Some(&under)));
    for (brand, channel) in [(stage.brand, ChannelId(new())), (BrandId(new()), stage.channel)] {
        assert!(comments::under(&mut conn, brand, channel, &ids).await.unwrap().is_empty());
    }
}

async fn a_cursor_is_kept_per_channel(bench: &Bench) {
    let stage = bench.brand().await;
    for cursor in ["one", "two"] {
        bench
            .write(move |conn| {
                Box::pin(async move { comments::set_cursor(conn, stage.brand, stage.channel, cursor).await })
            })
            .await
            .unwrap();
        let mut conn = bench.read().await;
        let kept = comments::cursor(&mut conn, stage.brand, stage.channel).await.unwrap();
        assert_eq!(kept.as_deref(), Some(cursor));
        assert_eq!(comments::cursor(&mut conn, stage.brand, ChannelId(new())).await.unwrap(), None);
    }
}
